"""backup, verify and restore of an office with a key: by password, by the paper key, and refused without."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from db.files import FileOps, swapped
from db.store import Store
from db.swap import is_interrupted
from imc_desktop.cli.main import main
from imc_desktop.usecases.copy_keys import Draft, draft_keys, put_in_force
from imc_desktop.usecases.office_making import create_office

PASSWORD = "сорок тысяч братьев"  # noqa: S105 - a test's own


class Answer(NamedTuple):
    code: int
    out: str
    err: str


def run(*words: object) -> Answer:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([str(word) for word in words])
    return Answer(code, out.getvalue(), err.getvalue())


class Office(NamedTuple):
    database: Path
    stick: Path
    draft: Draft


@pytest.fixture
def office(tmp_path: Path) -> Office:
    database, stick = tmp_path / "кабинет.imc", tmp_path / "флешка"
    stick.mkdir()
    store = create_office(database, "bohan", {})
    draft = draft_keys()
    put_in_force(store, draft, PASSWORD, today=date(2026, 11, 20))
    store.close()
    return Office(database, stick, draft)


def copied(office: Office, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IMC_PASSWORD", PASSWORD)
    answer = run("backup", office.stick, "--database", office.database, "--json")
    told = json.loads(answer.out)
    assert told["encrypted"] is True
    return Path(told["file"])


def test_a_copy_is_made_checked_and_put_back_by_password(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = copied(office, monkeypatch)
    assert run("verify", copy, "--database", office.database).code == 0
    kept = json.loads(run("restore", copy, "--database", office.database, "--json").out)["kept"]
    assert Path(kept).is_file()
    assert run("verify", copy, "--database", office.stick / "нет.imc").code == 0, "the copy's own boxes are enough"


def test_without_the_password_nothing_is_done(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = copied(office, monkeypatch)
    before = office.database.read_bytes()
    monkeypatch.setenv("IMC_PASSWORD", "не тот пароль совсем")
    for words in (("backup", office.stick), ("verify", copy), ("restore", copy)):
        answer = run(*words, "--database", office.database)
        assert (answer.code, "Не тот пароль" in answer.err) == (1, True), words
    monkeypatch.delenv("IMC_PASSWORD")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert "IMC_PASSWORD" in run("verify", copy).err
    assert office.database.read_bytes() == before
    assert [path.name for path in office.stick.iterdir()] == [copy.name]


def test_the_paper_key_opens_a_copy(office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    copy = copied(office, monkeypatch)
    monkeypatch.delenv("IMC_PASSWORD")
    paper = tmp_path / "ключ.txt"
    paper.write_text("# с листа\n" + " ".join(office.draft.groups).lower(), encoding="utf-8")
    assert run("verify", copy, "--paper-key-file", paper).code == 0
    assert run("restore", copy, "--paper-key-file", paper, "--database", office.database).code == 0
    paper.write_text("QPZRY9", encoding="utf-8")
    assert "Это не ключ" in run("verify", copy, "--paper-key-file", paper).err
    assert "не читается" in run("verify", copy, "--paper-key-file", tmp_path / "нет.txt").err


def test_a_cut_restore_is_ended_by_the_next_command(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = copied(office, monkeypatch)

    class CutError(BaseException):
        pass

    class Cut(FileOps):
        def step(self, name: str, path: Path) -> None:
            if name == "replace" and path == office.database:
                raise CutError
            if office.database.exists() is False:
                raise CutError

    with swapped(Cut()), pytest.raises(CutError):
        run("restore", copy, "--database", office.database)
    assert not office.database.exists()
    assert is_interrupted(office.database)
    assert run("backup", office.stick, "--database", office.database).code == 0
    assert not is_interrupted(office.database)
    Store(office.database, writable=False).close()


def test_a_plain_copy_says_so(tmp_path: Path) -> None:
    database = tmp_path / "кабинет.imc"
    create_office(database, "bohan", {}).close()
    answer = run("backup", tmp_path, "--database", database)
    assert answer.code == 0
    assert "НЕ зашифрована" in answer.out
