"""The public command line: commands, exit codes, shapes of --json, on real temporary databases."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from db.lock import DatabaseLock
from imc_desktop.cli.grammar import LISTS
from imc_desktop.cli.main import COMMANDS, main

ROOT = Path(__file__).resolve().parents[1]
PAPERS = sorted(path for path in (ROOT / "resources" / "demo").iterdir() if path.name[:2].isdigit())
ON = "2026-11-20"
COUNTERS = {"new", "changed", "same", "unclear"}
STATUSES = {"overdue", "this_year", "next_year", "later", "no_data", "deferred", "exempt"}


@dataclass(frozen=True)
class Answer:
    """What a command gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run(*words: object) -> Answer:
    """One command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([str(word) for word in words])
    return Answer(code, out.getvalue(), err.getvalue())


def spawn(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """One command in a process of its own, its output redirected."""
    return subprocess.run(
        [sys.executable, "-m", "imc_desktop", *map(str, words)],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=False, timeout=60,
    )  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """The invented district, made by the commands; with the report of the import."""
    database = tmp_path_factory.mktemp("district") / "район.imc"
    assert run("new", "--profile", "bohan", "--database", database).code == 0
    report = run("import", *PAPERS, "--json", "--database", database)
    assert (report.code, report.err) == (0, "")
    return database, report.json


@pytest.fixture
def database(made: tuple[Path, Any], tmp_path: Path) -> Path:
    """A copy of the district of one test."""
    return Path(shutil.copy(made[0], tmp_path / "база данных.imc"))


@pytest.fixture
def ask(database: Path) -> Callable[..., Any]:
    """The JSON of a command on the district."""

    def asked(*words: object) -> Any:
        answer = run(*words, "--database", database, "--json")
        assert (answer.code, answer.err) == (0, ""), answer.err
        return answer.json

    return asked


# --- wrong usage and refusals -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["list"],
        ["list", "cats"],
        ["due", "courses", "--on", "завтра"],
        ["new"],
        ["new", "--profile", "bohan", "--set", "без знака равенства"],
        ["print"],
        ["print", "annual-plan"],
        ["term", "сентябрь"],
        ["approve", "annual-plan", "--year", "двадцать шестой"],
        ["profiles", "--json", "--database"],
        ["profiles", "лишнее"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_two(words: list[str]) -> None:
    answer = run(*words)
    assert answer.code == 2
    assert answer.out == ""
    assert "Как вызывать" in answer.err


@pytest.mark.parametrize("command", sorted({"list people", "due courses", "undo", "backup .", "check", "questions"}))
def test_a_missing_database_is_refused_in_a_sentence(command: str, tmp_path: Path) -> None:
    answer = run(*command.split(), "--database", tmp_path / "нет.imc")
    assert answer.code == 1
    assert answer.out == ""
    assert "нет.imc" in answer.err
    assert len(answer.err.splitlines()) == 1
    assert not (tmp_path / "нет.imc").exists()


def test_help_names_every_command() -> None:
    answer = run("--help")
    assert answer.code == 0
    assert all(f"  {command}" in answer.out for command in COMMANDS)


def test_new_refuses_an_existing_file_and_an_unknown_profile(database: Path, tmp_path: Path) -> None:
    before = database.read_bytes()
    assert run("new", "--profile", "bohan", "--database", database).code == 1
    assert database.read_bytes() == before
    assert run("new", "--profile", "нигде", "--database", tmp_path / "н.imc").code == 1
    assert not (tmp_path / "н.imc").exists()


# --- where options stand, where the database lies ---------------------------------------------------------------------


def test_common_options_stand_anywhere(database: Path) -> None:
    said = {
        run(*words).out
        for words in (
            ["--json", "--database", database, "list", "organisations"],
            ["list", "--json", "organisations", f"--database={database}"],
            ["list", "organisations", "--database", database, "--json"],
        )
    }
    assert len(said) == 1
    assert len(json.loads(said.pop())) == 24


@pytest.mark.skipif(sys.platform != "linux", reason="the data folder is named by XDG_DATA_HOME on Linux only")
def test_without_a_name_the_database_lies_in_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    answer = run("new", "--profile", "kamysty", "--json")
    assert answer.code in (0, 1)
    if answer.code:  # the folder itself is made by the program, never asked of a person
        pytest.fail(answer.err)
    assert Path(answer.json["database"]).is_relative_to(tmp_path)
    assert run("list", "people", "--json").json == []


def test_profiles_say_what_they_leave_open() -> None:
    profiles = run("profiles", "--json").json
    assert {one["id"] for one in profiles} == {"bohan", "spb", "kamysty", "sosnovy-bor", "vyatskie-polyany"}
    assert all({"key", "question"} <= set(ask) for one in profiles for ask in one["asks"])


def test_answers_are_taken_at_creation(tmp_path: Path) -> None:
    answer = run(
        "new", "--profile", "bohan", "--set", "names.short=ИМЦ Заречья", "--database", tmp_path / "з.imc", "--json"
    )
    assert (answer.code, answer.err) == (0, "")
    assert answer.json["office"] == "ИМЦ Заречья"


# --- import, undo, history --------------------------------------------------------------------------------------------


def test_import_reports_every_paper(made: tuple[Path, Any]) -> None:
    files = made[1]["files"]
    assert [file["file"] for file in files] == [path.name for path in PAPERS]
    for file in files:
        assert {"kind", "tables", "people", "training", "ignored", "rejected", "contradictions"} <= set(file)
        assert set(file["people"]) == COUNTERS == set(file["training"])
        assert all({"sheet", "kind", "rows"} <= set(table) for table in file["tables"])
        assert all({"sheet", "cell", "reason"} <= set(cell) for cell in file["rejected"])
        assert all({"sheet", "row", "field", "here", "known"} <= set(one) for one in file["contradictions"])
    assert sum(file["people"]["new"] for file in files) == 1200
    assert sum(len(file["contradictions"]) for file in files) == 5


def test_a_refused_file_stops_nothing_and_gives_one(tmp_path: Path) -> None:
    database, bad = tmp_path / "база.imc", tmp_path / "битый.xlsx"
    bad.write_bytes(b"PK\x03\x04 not a workbook")
    run("new", "--profile", "bohan", "--database", database)
    answer = run("import", bad, PAPERS[3], "--database", database, "--json")
    assert answer.code == 1
    assert "битый.xlsx" in answer.err
    taken = {file["file"]: file["people"]["new"] for file in answer.json["files"]}
    assert taken[PAPERS[3].name] > 0
    people = run("list", "people", "--database", database, "--json").json
    assert len(people) == taken[PAPERS[3].name]


def test_a_dry_run_writes_nothing_and_says_the_same(tmp_path: Path) -> None:
    database = tmp_path / "база.imc"
    run("new", "--profile", "bohan", "--database", database)
    before = database.read_bytes()
    preview = run("import", PAPERS[3], "--dry-run", "--database", database, "--json")
    assert database.read_bytes() == before
    assert preview.json["files"] == run("import", PAPERS[3], "--database", database, "--json").json["files"]


def test_undo_takes_one_import_back_whole(database: Path, ask: Callable[..., Any]) -> None:
    undone = ask("undo")["undone"]
    assert "10 файлов" in undone
    assert ask("list", "people") == []
    assert undone in json.dumps(ask("history"), ensure_ascii=False)
    again = run("import", *PAPERS[:1], "--database", database)
    assert again.code == 0
    assert ask("list", "people")


def test_importing_again_changes_nothing(ask: Callable[..., Any]) -> None:
    files = ask("import", PAPERS[0])["files"]
    assert files[0]["people"]["new"] == files[0]["people"]["changed"] == 0
    assert files[0]["people"]["same"] > 1000


def test_history_of_one_record(ask: Callable[..., Any]) -> None:
    person = ask("list", "people")[0]
    assert ask("history", "--record", person["id"])


# --- lists ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", LISTS)
def test_every_list_is_there_for_people_and_for_programs(what: str, database: Path, ask: Callable[..., Any]) -> None:
    assert ask("list", what, "--on", ON)
    told = run("list", what, "--on", ON, "--database", database)
    assert told.code == 0
    assert told.out.strip()


def test_shape_of_people(ask: Callable[..., Any]) -> None:
    people = ask("list", "people", "--on", ON)
    assert len(people) == len({person["id"] for person in people}) == 1200
    for person in people:
        assert {
            "surname", "name", "patronymic", "former_surnames", "birth", "sex", "education", "experience", "employments",
            "categories", "training_count",
        } <= set(person)  # fmt: skip
        for job in person["employments"]:
            assert {"organisation_id", "organisation", "post", "subjects", "main", "rate"} <= set(job)
        for one in person["categories"]:
            assert {"category", "post", "decision_date", "valid_until", "act_number", "act_date"} <= set(one)


def test_references_name_people_by_id_and_full_name(ask: Callable[..., Any]) -> None:
    known = {
        person["id"]: " ".join(filter(None, (person["surname"], person["name"], person["patronymic"])))
        for person in ask("list", "people", "--on", ON)
    }
    trainings = ask("list", "training")
    assert len(trainings) > 1500
    for row in trainings:
        assert known[row["person_id"]] == row["person"]
        assert {"title", "provider", "kind", "hours", "start", "end", "document_number", "document_date"} <= set(row)
        assert row["kind"] in {"ПК", "ПП", "стажировка", "семинар", "иное", "", None}


@pytest.mark.parametrize("what", ["courses", "attestation"])
def test_shape_of_due(what: str, ask: Callable[..., Any]) -> None:
    rows = ask("due", what, "--on", ON)
    keys = {(row["person_id"], row["rule"], row.get("organisation_id"), row.get("post")) for row in rows}
    assert len(keys) == len(rows) > 500
    for row in rows:
        assert {"person_id", "person", "rule", "source", "last", "due", "status", "why"} <= set(row)
        assert row["status"] in STATUSES
        assert row["why"]
        if row["status"] == "overdue":
            assert row["due"] < ON
        if row["status"] == "this_year" and row["due"]:
            assert ON <= row["due"] <= "2027-08-31"


def test_shape_of_the_plan(ask: Callable[..., Any]) -> None:
    items = ask("list", "plan", "--year", "2026")
    assert items
    for item in items:
        assert {
            "id", "section", "number", "title", "term", "spans", "understood", "responsible", "place", "expected",
            "occurrences",
        } <= set(item)  # fmt: skip
        assert all(len(span) == 2 and span[0] <= span[1] for span in item["spans"])
    assert ask("list", "plan", "--year", "2026", "--period", "cyclogram")


@pytest.mark.parametrize(
    ("text", "spans", "recurrence"),
    [
        ("сентябрь", [["2026-09-01", "2026-09-30"]], None),
        ("IV кв.", [["2026-10-01", "2026-12-31"]], None),
        ("август", [["2026-08-01", "2026-08-31"]], None),
        ("по запросу", [], "on_request"),
    ],
)
def test_shape_of_a_term(text: str, spans: list[list[str]], recurrence: str | None) -> None:
    term = run("term", text, "--year", "2026", "--json").json
    assert (term["spans"], term["recurrence"]) == (spans, recurrence)
    assert term["understood"]


def test_a_term_that_is_not_understood_says_so() -> None:
    assert run("term", "абракадабра", "--year", "2026", "--json").json["understood"] is None


# --- paper ------------------------------------------------------------------------------------------------------------


def test_an_approved_plan_prints_the_same_bytes_and_cannot_be_undone(database: Path, tmp_path: Path) -> None:
    where = ["--database", database, "--year", 2026, "--on", ON]
    draft, first, second = tmp_path / "проект.pdf", tmp_path / "1.pdf", tmp_path / "2.pdf"
    assert run("print", "annual-plan", "--output", draft, *where).code == 0
    assert run("print", "annual-plan", "--output", first, *where).code == 0
    assert draft.read_bytes() == first.read_bytes()
    approved = run("approve", "annual-plan", "--year", 2026, "--order", "54", "--order-date", "2026-08-31",
                   "--database", database)  # fmt: skip
    assert (approved.code, approved.err) == (0, "")
    for path in (first, second):
        assert run("print", "annual-plan", "--output", path, *where).code == 0
    assert first.read_bytes() == second.read_bytes() != draft.read_bytes()
    refused = run("undo", "--database", database)
    assert refused.code == 1
    assert refused.err


def test_every_kind_prints_and_exports(database: Path, tmp_path: Path) -> None:
    kinds = run("print", "--list", "--json").json
    assert "annual-plan" in {kind["kind"] for kind in kinds}
    for kind in (kind["kind"] for kind in kinds):
        where = ["--database", database, "--on", ON]
        assert run("print", kind, "--output", tmp_path / f"{kind}.pdf", *where).code == 0
        assert (tmp_path / f"{kind}.pdf").read_bytes().startswith(b"%PDF")
        assert run("export", kind, "--output", tmp_path / f"{kind}.xlsx", *where).code == 0
        assert (tmp_path / f"{kind}.xlsx").read_bytes().startswith(b"PK")
    assert not list(tmp_path.glob("*.part"))


def test_an_unknown_kind_and_a_missing_folder_are_refused(database: Path, tmp_path: Path) -> None:
    unknown = run("print", "nothing", "--output", tmp_path / "н.pdf", "--database", database)
    assert (unknown.code, "annual-plan" in unknown.err) == (1, True)
    nowhere = run("print", "staff-list", "--output", tmp_path / "нет" / "н.pdf", "--database", database)
    assert nowhere.code == 1
    assert nowhere.err


# --- copies -----------------------------------------------------------------------------------------------------------


def test_a_copy_proves_itself_and_comes_back(database: Path, tmp_path: Path, ask: Callable[..., Any]) -> None:
    copy = Path(ask("backup", tmp_path)["file"])
    assert copy.suffix == ".imcb"
    assert run("verify", copy).code == 0
    assert run("check", "--database", database).code == 0
    ask("undo")
    assert ask("list", "people") == []
    kept = Path(ask("restore", copy)["kept"])
    assert kept.is_file()
    assert len(ask("list", "people")) == 1200
    spoiled = bytearray(copy.read_bytes())
    spoiled[len(spoiled) // 2] ^= 0xFF
    copy.write_bytes(spoiled)
    assert run("verify", copy).code == 1
    before = database.read_bytes()
    assert run("restore", copy, "--database", database).code == 1
    assert database.read_bytes() == before


def test_a_broken_database_is_told(database: Path) -> None:
    data = bytearray(database.read_bytes())
    data[4096 * 20 : 4096 * 60] = b"\xff" * (4096 * 40)
    database.write_bytes(data)
    answer = run("check", "--database", database)
    assert answer.code == 1
    assert database.name in answer.err


# --- other processes --------------------------------------------------------------------------------------------------


def test_beside_an_open_program_one_reads_but_does_not_write(database: Path, tmp_path: Path) -> None:
    before = database.read_bytes()
    with DatabaseLock(database):
        assert spawn("list", "organisations", "--database", database).returncode == 0
        for words in (["undo"], ["import", PAPERS[3]]):
            refused = spawn(*words, "--database", database)
            assert refused.returncode == 1
            assert refused.stderr.decode("utf-8").strip()
    assert database.read_bytes() == before


def test_redirected_output_is_utf8_whatever_the_console_speaks() -> None:
    answer = spawn("profiles", PYTHONIOENCODING="cp1251", PYTHONUTF8="0", LC_ALL="C")
    assert answer.returncode == 0
    assert "метод" in answer.stdout.decode("utf-8").lower()


def test_self_test_passes() -> None:
    answer = run("self-test", "--json")
    assert answer.code == 0, answer.out
    assert answer.json["whole"]
    assert all(step["ok"] for step in answer.json["steps"])
