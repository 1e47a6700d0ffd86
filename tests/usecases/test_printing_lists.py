"""Lists on paper and as sheets, of the invented district."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from db.store import Store
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent
from imc_desktop.domain.kinds import DueStatus
from imc_desktop.usecases import exporting
from imc_desktop.usecases.attestation_cases import CaseRow, CaseState, cases
from imc_desktop.usecases.courses import due_courses_list, trainings
from imc_desktop.usecases.plan_office import PaperOffice
from imc_desktop.usecases.printing import registry as printing
from imc_desktop.usecases.printing.attestation_calendar import calendar_content
from imc_desktop.usecases.printing.common import file_name, list_paper
from imc_desktop.usecases.printing.personal import DATA_OF_KINDS
from imc_desktop.usecases.printing.wish import Shown, Wish
from imc_desktop.usecases.staff import people

LISTS = ("staff-list", "due-list", "attestation-calendar")
MORE = (
    "course-plan",
    "training-list",
    "attestation-cases",
    "attestation-terms",
    "associations",
    "consultations",
    "lesson-visits",
)


def first_page(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    words = " ".join(document[0].get_textpage().get_text_range().split())
    document.close()
    return words


def a_case(name: str, month: str, **more: str) -> CaseRow:
    said = {
        "id": name, "person_id": name, "person": name, "short": name, "sort_key": name, "organisation_id": "",
        "organisation": "СОШ № 1", "post": "учитель", "subjects": "химия", "requested": "высшая", "current": "первая",
        "current_until": "2027-05-12", "month": month, "application_date": "", "meeting_date": "", "result": "",
        "note": "", "step": "", "step_due": "",
    }  # fmt: skip
    return CaseRow(**{**said, **more}, szd=False, state=CaseState.PLANNED)  # type: ignore[arg-type]


def test_the_kinds_are_listed() -> None:
    listed = [kind["kind"] for kind in printing.print_list()]
    assert listed[:12] == ["annual-plan", "month-plan", *LISTS, *MORE]
    assert listed == [kind.name for kind in printing.KINDS]


def test_of_every_list_of_people_it_is_known_which_data_stand_on_it() -> None:
    """An incident must name them when such a list was on a lost stick."""
    assert {kind.name for kind in printing.KINDS if kind.personal} == DATA_OF_KINDS.keys()


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("staff-list", "Список педагогических работников на 20 ноября 2026 г."),
        ("due-list", "Кому пора на курсы повышения квалификации на 20 ноября 2026 г."),
        ("attestation-calendar", "на 2026/2027 учебный год"),
        ("course-plan", "Перспективный план повышения квалификации на 20 ноября 2026 г."),
        ("training-list", "Журнал повышения квалификации на 20 ноября 2026 г."),
        ("attestation-cases", "Дела об аттестации педагогических работников на 20 ноября 2026 г."),
        ("attestation-terms", "Сроки аттестации педагогических работников на 20 ноября 2026 г."),
        ("associations", "Состав методических объединений на 20 ноября 2026 г."),
        ("consultations", "Журнал консультаций на 20 ноября 2026 г."),
        ("lesson-visits", "Журнал посещений уроков на 20 ноября 2026 г."),
    ],
)
def test_lists_print_the_same_twice_and_go_to_excel(
    district: Store, today: date, tmp_path: Path, kind: str, says: str
) -> None:
    pdf = printing.make(district, kind, Wish(2026, today))
    assert says in first_page(pdf)
    assert pdf == printing.make(district, kind, Wish(2026, today))
    path = tmp_path / "список.xlsx"
    exporting.export(district, kind, path, Wish(2026, today))
    book = openpyxl.load_workbook(path, read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    assert "№ п/п" in [row[0] for row in rows]
    paper = printing.prepare(district, kind, Wish(2026, today))
    assert len({place.key for place in paper.places if place.key}) == len(
        [row for row in rows if isinstance(row[0], int)]
    )


def test_everybody_of_the_register_is_on_the_list(district: Store, today: date) -> None:
    paper = printing.prepare(district, "staff-list", Wish(2026, today))
    assert len({place.key for place in paper.places if place.key}) == 1200


def test_the_calendar_holds_its_school_year_only() -> None:
    rows = (
        a_case("Абрамов", "2026-10", application_date="2026-10-05"),
        a_case("Белова", "2027-08"),
        a_case("Волков", "2026-08"),
        a_case("Громова", ""),
        a_case("Давыдов", "", result="отказ"),
    )
    content = calendar_content(rows, PaperOffice(), 2026)
    assert [(group.title, [row.key for row in group.rows]) for group in content.groups] == [
        ("Октябрь 2026 г. – 1", ["Абрамов"]),
        ("Август 2027 г. – 1", ["Белова"]),
        ("Месяц не назначен – 1", ["Громова"]),
    ]
    assert content.groups[0].rows[0].cells[3:6] == ("первая, до 12.05.2027", "высшая", "05.10.2026")


def test_an_empty_list_prints_too() -> None:
    content = TableListContent(("Список",), (ListColumn("Имя"),), (ListGroup("", ()),))
    assert "Список" in first_page(list_paper("staff-list", content).pdf)
    content = TableListContent(("Список",), (ListColumn("Имя"),), (ListGroup("", (ListRow("a", ("б",)),)),))
    assert [place.key for place in list_paper("staff-list", content).places] == ["a"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [("План: 2026/2027", "План 2026 2027"), ("…?", "…"), ("", "Документ"), ("а" * 300, "а" * 100)],
)
def test_titles_become_file_names(title: str, expected: str) -> None:
    assert file_name(title) == expected


def test_a_narrowed_list_prints_what_is_shown_in_its_order_and_says_so(
    district: Store, today: date, tmp_path: Path
) -> None:
    keys = tuple(row.id for row in reversed(people(district, today)[10:13]))
    wish = Wish(2026, today, shown=Shown((*keys, "gone"), "Организация: СОШ № 5"))
    paper = printing.prepare(district, "staff-list", wish)
    assert [place.key for place in paper.places if place.key] == list(keys)
    assert "Отбор: Организация: СОШ № 5" in first_page(paper.pdf)
    assert "Всего: 3 человека" in first_page(paper.pdf)
    exporting.export(district, "staff-list", tmp_path / "список.xlsx", wish)
    with district.look() as connection:
        logged = connection.execute("SELECT count FROM access_log ORDER BY id DESC LIMIT 1").fetchone()
    assert logged == (3,)


def test_who_is_due_by_one_rule_prints_by_that_rule(district: Store, today: date) -> None:
    rows = [row for row in due_courses_list(district, today, "ru.courses") if row.status is DueStatus.LATER][:2]
    urgent = [row for row in due_courses_list(district, today, "ru.courses") if row.status is DueStatus.OVERDUE][:2]
    wish = Wish(2026, today, shown=Shown(tuple(row.key for row in (*rows, *urgent)), "правило «Закон»"))
    words = first_page(printing.prepare(district, "due-list", wish).pdf)
    assert "■ Просрочено – 2" in words
    assert "Срок позже – 2" in words
    assert words.index("Просрочено") < words.index("Срок позже")


def test_cases_of_the_screen_are_printed_by_months(district: Store, today: date) -> None:
    some = [row for row in cases(district, today) if row.plan_month][-3:]
    wish = Wish(2026, today, shown=Shown(tuple(row.id for row in some), "Организация: Лицей № 5"))
    paper = printing.prepare(district, "attestation-cases", wish)
    assert {place.key for place in paper.places if place.key} == {row.id for row in some}
    assert "Дела об аттестации" in first_page(paper.pdf)
    assert "Отбор: Организация: Лицей № 5" in first_page(paper.pdf)
    assert "УТВЕРЖДАЮ" not in first_page(paper.pdf).upper()


@pytest.mark.parametrize("kind", MORE)
def test_every_list_prints_only_what_is_shown(district: Store, today: date, kind: str) -> None:
    whole = printing.prepare(district, kind, Wish(2026, today))
    key = next(place.key for place in whole.places if place.key)
    one = printing.prepare(district, kind, Wish(2026, today, shown=Shown((key,), "«слово»")))
    assert (one.records, [place.key for place in one.places if place.key]) == (1, [key])
    assert "Отбор: «слово»" in first_page(one.pdf)
    assert whole.records > 1


def test_the_whole_list_of_cases_is_of_every_year(district: Store, today: date) -> None:
    paper = printing.prepare(district, "attestation-cases", Wish(2019, today))
    assert {place.key for place in paper.places if place.key} == {row.id for row in cases(district, today)}


def test_who_came_since_the_list_was_shown_prints_unless_it_is_narrowed(district: Store, today: date) -> None:
    keys = tuple(row.id for row in people(district, today)[:-1])
    whole = printing.prepare(district, "staff-list", Wish(2026, today, shown=Shown(keys)))
    narrow = printing.prepare(district, "staff-list", Wish(2026, today, shown=Shown(keys, "«а»")))
    assert (whole.records, narrow.records) == (len(keys) + 1, len(keys))


def test_people_are_counted_not_rows(district: Store, today: date, tmp_path: Path) -> None:
    rows = trainings(district, today)
    several = [row for row in rows if sum(one.person_id == row.person_id for one in rows) > 1]
    one = several[0].person_id
    wish = Wish(2026, today, shown=Shown(tuple(row.id for row in several if row.person_id == one), "«слово»"))
    printing.make(district, "training-list", wish)
    exporting.export(district, "training-list", tmp_path / "курсы.xlsx", wish)
    with district.look() as connection:
        logged = connection.execute("SELECT count FROM access_log ORDER BY id DESC LIMIT 2").fetchall()
    assert logged == [(1,), (1,)]
