"""The importer on real databases: the preview is the deed, again changes nothing, undo brings everything back."""

from __future__ import annotations

import csv
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from db.files import FileOps, swapped
from db.images import row_image
from db.schema.people import Person
from db.schema.tables import journalled
from db.store import Store
from db.verify import problems_of
from imc_desktop import paths
from imc_desktop.domain.errors import EnvironmentProblem, UserError
from imc_desktop.usecases.imports.effects import preview_with_effects
from imc_desktop.usecases.imports.layouts import remember_layout
from imc_desktop.usecases.imports.report import ImportReport
from imc_desktop.usecases.imports.run import ReadPaper, import_papers, preview_import, read_papers
from tests.conftest import TODAY

ROOT = Path(__file__).parents[2]
DEMO = sorted(path for path in (paths.resources() / "demo").iterdir() if path.name[:2].isdigit())
SURNAMES = ("Абрамова", "Белова", "Громова", "Ёлкина", "Жукова", "Зимина", "Котова", "Лаптева", "Мишина", "Носова")
NAMES = ("Анна", "Вера", "Галина", "Елена", "Ирина", "Мария", "Ольга", "Софья")
PATRONYMICS = ("Ивановна", "Петровна", "Семёновна", "Фёдоровна", "Юрьевна")
SCHOOLS = ("МБОУ «СОШ № 1»", "МБОУ «СОШ № 2»", "МКДОУ «Детский сад № 4»")
POSTS = ("учитель математики", "учитель начальных классов", "воспитатель", "педагог-психолог", "директор")
CATEGORIES = ("высшая, 12.03.2024", "первая", "СЗД 2023", "", "нет")
HEADINGS = (
    "№",
    "ФИО",
    "Дата рождения",
    "Место работы",
    "Должность",
    "Категория",
    "Педагогический стаж",
    "Курсы",
    "Телефон",
)


def quiet(_share: float, _words: str) -> None:
    return


def a_row(dice: random.Random, number: int) -> list[str]:
    name = [dice.choice(SURNAMES), dice.choice(NAMES), dice.choice(PATRONYMICS)]
    if dice.random() < 0.08:
        name = [name[0], f"{name[1][0]}. {name[2][0]}."]
    birth = f"{dice.randint(1, 28):02d}.{dice.randint(1, 12):02d}.{dice.randint(1960, 1999)}"
    course = f"«Программа {dice.randint(1, 6)}», {dice.choice((16, 36, 72))} ч., {dice.randint(2022, 2026)}"
    return [
        str(number), " ".join(name), dice.choice((birth, birth, birth[6:], "", "31.02.1980")), dice.choice(SCHOOLS),
        dice.choice(POSTS), dice.choice(CATEGORIES), str(dice.randint(0, 40)), dice.choice((course, "")),
        dice.choice(("", f"8 902 000-{dice.randint(10, 99)}-{dice.randint(10, 99)}")),
    ]  # fmt: skip


def a_register(path: Path, seed: int, rows: int = 40) -> Path:
    """A random register: some cells wrong, some names only initials, one person may stand twice."""
    dice = random.Random(seed)
    lines = [a_row(dice, number) for number in range(1, rows + 1)]
    order = list(range(len(HEADINGS)))
    dice.shuffle(order)
    table = [[HEADINGS[place] for place in order], *([line[place] for place in order] for line in lines)]
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows(table)
        return path
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(2026, 11, 20, tzinfo=UTC)})  # the same rows give the same file
        sheet = book.add_worksheet("Педагоги")
        sheet.write(0, 0, f"Список педагогов на 01.{dice.randint(1, 12):02d}.{2020 + dice.randint(0, 6)}")
        for line, cells in enumerate(table, 2):
            sheet.write_row(line, 0, cells)
        if seed % 2:
            sheet.set_column(dice.randint(0, 8), dice.randint(0, 8), None, None, {"hidden": True})
    return path


def contents(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Everything a person can see, table by table."""
    with store.read() as session:
        connection = session.connection()
        return {
            cls.__tablename__: [
                tuple(row)
                for row in connection.exec_driver_sql(
                    f"SELECT * FROM {cls.__tablename__} WHERE deleted_at IS NULL ORDER BY id"
                )
            ]
            for cls in journalled()
        }


def told(report: ImportReport) -> list[dict[str, Any]]:
    """A report without the ids that every run gives anew."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(one) for key, one in value.items() if key not in ("person_id", "candidates")}
        return [plain(one) for one in value] if isinstance(value, list | tuple) else value

    return [plain(asdict(file)) for file in report.files]


def people_of(store: Store) -> int:
    with store.read() as session:
        return int(
            session.connection().exec_driver_sql("SELECT count(*) FROM person WHERE deleted_at IS NULL").scalar_one()
        )


def take(store: Store, files: Sequence[Path], today: date) -> tuple[list[ReadPaper], ImportReport]:
    papers = read_papers(store, files)
    return papers, import_papers(store, papers, today=today)


@pytest.mark.parametrize("seed", range(8))
def test_random_registers_preview_again_and_undo(office: Store, tmp_path: Path, today: date, seed: int) -> None:
    suffix = ".csv" if seed % 3 == 2 else ".xlsx"
    first, second = (a_register(tmp_path / f"список {n}{suffix}", seed * 2 + n) for n in (0, 1))
    take(office, [first], today)
    before, counter = contents(office), office.change_counter()
    papers = read_papers(office, [second, first])
    preview = preview_import(office, papers, today=today)
    assert contents(office) == before
    assert office.change_counter() == counter
    report = import_papers(office, papers, today=today)
    assert told(preview) == told(report)
    after, counter = contents(office), office.change_counter()
    _, again = take(office, [first, second], today)
    assert not again.changes_anything()
    assert contents(office) == after
    assert office.change_counter() == counter
    office.undo()
    assert contents(office) == before
    office.redo()
    assert contents(office) == after


@pytest.mark.parametrize("seed", range(4))
def test_every_written_value_is_shown_before(office: Store, tmp_path: Path, today: date, seed: int) -> None:
    """What the change log gets is what the third page has listed: every known person touched, every new one."""
    take(office, [a_register(tmp_path / "было.xlsx", seed)], today)
    papers = read_papers(office, [a_register(tmp_path / "стало.xlsx", seed + 1)])
    preview = preview_with_effects(office, papers, today=today, progress=quiet)
    known = {row[0] for row in contents(office)["person"]}
    import_papers(office, papers, today=today)
    with office.read() as session:
        changes = (
            session.connection()
            .exec_driver_sql("SELECT tbl, row_id, field, after FROM change WHERE txn_id > ?", (preview.counter,))
            .all()
        )
        owners = {
            row[0]: f"{row[1]} {row[2]} {row[3]}".strip()
            for row in session.connection().exec_driver_sql("SELECT id, surname, name, patronymic FROM person")
        }
    fresh = [row_id for table, row_id, field, _ in changes if table == "person" and not field]
    assert sorted(owners[one] for one in fresh) == sorted(
        effect.who for effect in preview.effects if effect.subject == "people" and effect.kind == "new"
    )
    touched = {row_image(after).get("person_id", "") for table, _, field, after in changes if not field} & known
    assert {owners[one] for one in touched} <= {effect.who for effect in preview.effects}
    trainings = [row_id for table, row_id, field, _ in changes if table == "training" and not field]
    assert len(trainings) == sum(1 for one in preview.effects if (one.subject, one.kind) == ("training", "new"))


def test_shuffled_papers_give_the_same_district(office: Store, today: date) -> None:
    papers = read_papers(office, DEMO)
    shuffled = random.Random(7).sample(papers, len(papers))
    for paper in shuffled:
        import_papers(office, [paper], today=today)
    seen = contents(office)
    assert (len(seen["person"]), len(seen["organisation"]), len(seen["former_name"])) == (1200, 24, 8)
    with office.read() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT field, count(*) FROM question WHERE kind = 'contradiction' AND deleted_at IS NULL GROUP BY field"
        )
        assert dict(tuple(row) for row in rows) == {"birth": 2, "category": 3}
    counter = office.change_counter()
    assert not import_papers(office, papers, today=today).changes_anything()
    assert office.change_counter() == counter


def test_a_value_typed_by_hand_outlives_the_same_paper(district: Store, today: date) -> None:
    with district.change("правка") as session:
        person = (
            session.query(Person).filter(Person.deleted_at.is_(None), Person.phone != "").order_by(Person.id).first()
        )
        assert person is not None
        person.phone, person.paper_id, chosen = "+79990000000", None, person.id
    take(district, DEMO, today)
    with district.read() as session:
        assert session.get_one(Person, chosen).phone == "+79990000000"


def test_undo_of_the_whole_district(office: Store, district_database: Path, today: date) -> None:
    store = Store(shutil.copy(district_database, office.path.with_name("district.imc")))
    try:
        store.undo()
        seen = contents(store)
        assert {table: rows for table, rows in seen.items() if rows and table != "office"} == {}
    finally:
        store.close()


def stop_at(share: float) -> Callable[[float, str], None]:
    def progress(done: float, _words: str) -> None:
        if done >= share:
            raise KeyboardInterrupt

    return progress


@pytest.mark.parametrize("share", [0.0, 0.5, 0.95])
def test_a_stopped_import_writes_nothing(district: Store, tmp_path: Path, today: date, share: float) -> None:
    papers = read_papers(district, [a_register(tmp_path / f"{n}.xlsx", n) for n in (1, 2, 3)])
    before, counter = contents(district), district.change_counter()
    with pytest.raises(KeyboardInterrupt):
        import_papers(district, papers, today=today, progress=stop_at(share))
    assert contents(district) == before
    assert district.change_counter() == counter
    import_papers(district, papers, today=today)
    assert district.change_counter() == counter + 1


KILLED = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from db.store import Store
from imc_desktop.usecases.imports import run
from imc_desktop.usecases.imports.world import World
store = Store(Path(sys.argv[2]))
papers = run.read_papers(store, [Path(name) for name in sys.argv[3:]])
flush = World.flush
def slow(self):
    flush(self)
    print("written", flush=True)
    sys.stdin.read()
World.flush = slow
run.import_papers(store, papers, today=date(2026, 11, 20))
"""


def test_a_process_killed_in_mid_import_leaves_the_base_as_it_was(district: Store, tmp_path: Path) -> None:
    """Every row is in the file but not committed when the process dies."""
    before, path = contents(district), district.path
    district.close()
    files = [str(a_register(tmp_path / "много.xlsx", 5, rows=600))]
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(ROOT), str(path), *files],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        assert process.stdout.readline().strip() == "written"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stdin.close()
    assert problems_of(path) == []
    store = Store(path)
    try:
        assert contents(store) == before
    finally:
        store.close()


def test_the_window_reads_while_an_import_writes(district: Store, tmp_path: Path, today: date) -> None:
    papers = read_papers(district, [a_register(tmp_path / "много.xlsx", 9, rows=1500)])
    count, slowest, working = people_of(district), 0.0, threading.Event()

    def deed() -> None:
        working.set()
        import_papers(district, papers, today=today)

    worker = threading.Thread(target=deed)
    worker.start()
    working.wait()
    seen = set()
    while worker.is_alive():
        began = time.monotonic()
        seen.add(people_of(district))
        slowest = max(slowest, time.monotonic() - began)
        time.sleep(0.005)
    worker.join()
    final = people_of(district)
    assert final > count
    assert seen <= {count, final}
    assert slowest < 2


def test_refused_files_stop_nothing(office: Store, tmp_path: Path, today: date) -> None:
    broken = tmp_path / "сломан.xlsx"
    broken.write_bytes(b"PK\x03\x04" + b"\0" * 50)
    absent = tmp_path / "нет такого.xlsx"
    good = a_register(tmp_path / "хороший.xlsx", 3)
    papers, report = take(office, [broken, absent, good], today)
    assert [bool(file.refused) for file in report.files] == [True, True, False]
    assert all(broken.name in paper.refused or "нет такого" in paper.refused for paper in papers[:2])
    assert people_of(office) > 0
    assert office.undo_label == "Импорт: хороший.xlsx"


def test_a_remembered_correction_is_used_next_time(office: Store, tmp_path: Path, today: date) -> None:
    path = tmp_path / "школа.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(2026, 11, 20, tzinfo=UTC)})  # the same rows give the same file
        sheet = book.add_worksheet("Кадры")
        sheet.write_row(0, 0, ["ФИО", "Должность", "Место работы"])
        for line, name in enumerate(("Белова Анна Ивановна", "Носова Вера Петровна", "Котова Ольга Юрьевна"), 1):
            sheet.write_row(line, 0, [name, "музыка", "МБОУ «СОШ № 5»"])
    [read] = read_papers(office, [path])
    assert read.paper is not None
    [table] = read.paper.tables
    take(office, [path], today)
    assert awards_of(office) == []
    remember_layout(office, "СОШ № 5", table.signature, {1: "awards"})
    _, report = take(office, [path], today)
    assert awards_of(office) == ["музыка"] * 3
    assert report.total("people", "changed") == 3
    _, again = take(office, [path], today)
    assert not again.changes_anything()


def awards_of(store: Store) -> list[str]:
    with store.read() as session:
        query = "SELECT title FROM award WHERE deleted_at IS NULL"
        return list(session.connection().exec_driver_sql(query).scalars())


def a_list(path: Path, *rows: Sequence[str], headings: Sequence[str] = ("ФИО", "Дата рождения", "Должность")) -> Path:
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(2026, 11, 20, tzinfo=UTC)})  # the same rows give the same file
        sheet = book.add_worksheet("СОШ № 5")
        sheet.write(0, 0, "МБОУ «СОШ № 5»")
        sheet.write_row(2, 0, headings)
        for line, row in enumerate(rows, 3):
            sheet.write_row(line, 0, row)
    return path


def names_in(store: Store) -> list[str]:
    with store.read() as session:
        query = "SELECT surname || ' ' || name FROM person WHERE deleted_at IS NULL ORDER BY 1"
        return list(session.connection().exec_driver_sql(query).scalars())


def test_two_women_of_one_list_stay_two(office: Store, tmp_path: Path, today: date) -> None:
    """The same name and patronymic, the same post: one of them without a birth date is nobody's former surname."""
    path = a_list(
        tmp_path / "список.xlsx",
        ("Зимина Ольга Семёновна", "", "учитель"),
        ("Мишина Ольга Семёновна", "21.02.1974", "учитель"),
        ("Котова Анна Ивановна", "03.04.1980", "учитель"),
    )
    take(office, [path], today)
    assert names_in(office) == ["Зимина Ольга", "Котова Анна", "Мишина Ольга"]
    other = a_list(tmp_path / "ещё.xlsx", ("Носова Вера Петровна", "01.02.1981", "учитель"))
    take(office, [other, path], today)
    assert names_in(office) == ["Зимина Ольга", "Котова Анна", "Мишина Ольга", "Носова Вера"]


def test_of_two_new_women_none_is_taken_for_a_married_one(office: Store, tmp_path: Path, today: date) -> None:
    take(office, [a_list(tmp_path / "было.xlsx", ("Белова Ирина Семёновна", "", "учитель"))], today)
    path = a_list(
        tmp_path / "стало.xlsx",
        ("Абрамова Ирина Семёновна", "12.01.1975", "учитель"),
        ("Абрамова Ирина Семёновна", "07.09.1997", "учитель"),
    )
    take(office, [path], today)
    assert names_in(office) == ["Абрамова Ирина", "Абрамова Ирина", "Белова Ирина"]


def test_a_post_corrected_by_hand_is_not_doubled_by_another_paper(office: Store, tmp_path: Path, today: date) -> None:
    row = ("Белова Ирина Семёновна", "05.06.1980", "учитель")
    take(office, [a_list(tmp_path / "было.xlsx", row)], today)
    with office.change("правка") as session:
        session.connection().exec_driver_sql("UPDATE employment SET post = 'учитель физики', paper_id = NULL")
    take(office, [a_list(tmp_path / "снова.xlsx", row, headings=("Ф.И.О.", "Дата рождения", "Должность"))], today)
    with office.read() as session:
        assert session.connection().exec_driver_sql("SELECT post FROM employment").scalars().all() == ["учитель физики"]


def test_what_a_person_deleted_does_not_come_back_with_the_same_paper(district: Store, today: date) -> None:
    with district.change("удаление") as session:
        session.connection().exec_driver_sql(
            "UPDATE training SET deleted_at = '2026-11-20' WHERE id IN (SELECT id FROM training ORDER BY id LIMIT 5)"
        )
    before = contents(district)
    _, report = take(district, DEMO[:3], today)
    assert contents(district) == before
    assert not report.changes_anything()


def test_an_older_program_says_why_it_cannot_write(district: Store, tmp_path: Path, today: date) -> None:
    store = Store(district.path, writable=False)
    try:
        papers = read_papers(store, [a_register(tmp_path / "список.xlsx", 1)])
        with pytest.raises(UserError, match="только для просмотра"):
            import_papers(store, papers, today=today)
    finally:
        store.close()


def test_the_scratch_copy_is_gone_after_the_preview(
    district: Store, tmp_path: Path, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "временные"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    papers = read_papers(district, [a_register(tmp_path / "список.xlsx", 1)])
    preview_import(district, papers, today=today)
    assert list(folder.iterdir()) == []
    with closing(sqlite3.connect(district.path)) as plain:
        assert plain.execute("SELECT count(*) FROM journal_open").fetchone() == (0,)


class FullDisk(FileOps):
    """A disk with a megabyte free."""

    def free(self, folder: Path) -> int:
        return 2**20


def test_an_import_asks_for_room_first(store: Store) -> None:
    counter = store.change_counter()
    with swapped(FullDisk()), pytest.raises(EnvironmentProblem, match="Для импорта мало места"):
        import_papers(store, [], today=TODAY)
    assert store.change_counter() == counter
