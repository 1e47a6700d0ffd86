"""Terms of attestation and cases: statuses, steps with working days, the month and the year, undo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db.schema.base import new_id
from db.schema.office import CalendarDay
from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.kinds import DueStatus
from imc_desktop.domain.rule_data import RuleEdition
from imc_desktop.usecases.attestation import due_attestation_list, why_attestation
from imc_desktop.usecases.attestation_calendar import OTHER_STEPS, THIS_MONTH, calendar, month_and_year, year_strip
from imc_desktop.usecases.attestation_cases import CaseState, case_card, cases, steps_for
from imc_desktop.usecases.due import due_as_json
from imc_desktop.usecases.office_making import create_office, edit_rule
from tests.usecases.people_maker import put_case, put_category, put_person, put_school


@pytest.fixture
def person(office: Store) -> str:
    return put_person(office, put_school(office))


def row_of(store: Store, on: date) -> tuple[str, str]:
    """(status, due) of the only person."""
    (row,) = due_attestation_list(store, on)
    return row.status.value, row.due


@pytest.mark.parametrize(
    ("category", "decided", "until", "status", "due"),
    [
        ("первая", "2021-11-19", "2026-11-19", "overdue", "2026-11-19"),  # an old one that has expired
        ("первая", "2022-05-12", "", "this_year", "2027-05-12"),
        ("высшая", "2023-03-14", "2028-03-14", "next_year", "2028-03-14"),
        ("высшая", "2024-03-14", "", "exempt", ""),  # a new one without end
        ("СЗД", "2021-10-15", "", "overdue", "2026-10-15"),
        ("СЗД", "2022-02-01", "", "this_year", "2027-02-01"),
        ("СЗД", "2024-02-01", "", "later", "2029-02-01"),
        ("первая", "", "", "no_data", ""),
    ],
)
def test_statuses_in_russia(
    office: Store, person: str, today: date, category: str, decided: str, until: str, status: str, due: str
) -> None:
    put_category(office, person, category, decided, until)
    assert row_of(office, today) == (status, due)
    (told,) = due_as_json(office, "attestation", today)
    assert (told["status"], told["due"] or "") == (status, due)
    assert told["source"] in told["why"]


@pytest.mark.parametrize(
    ("post", "since", "role", "expected"),
    [
        ("учитель", "2025-09-01", "staff", [("next_year", "2027-09-01")]),
        ("учитель", "", "staff", [("no_data", "")]),
        ("директор", "2010-09-01", "staff", [("exempt", "")]),
        ("повар", "", "staff", []),
        ("методист", "2010-09-01", "office", []),  # own staff of an office that does not teach
    ],
)
def test_terms_by_post(
    office: Store, today: date, post: str, since: str, role: str, expected: list[tuple[str, str]]
) -> None:
    put_person(office, put_school(office), posts=(post,), since=since, role=role)
    found = [(row.status.value, row.due) for row in due_attestation_list(office, today)]
    assert found == expected


def test_a_deferral_goes_before_the_date(office: Store, today: date) -> None:
    person = put_person(office, put_school(office), deferred_until="2027-03-01")
    put_category(office, person, "СЗД", "2020-10-15")
    assert row_of(office, today)[0] == "deferred"


def test_a_changed_input_and_a_changed_number_change_date_and_sentence(office: Store, person: str, today: date) -> None:
    put_category(office, person, "СЗД", "2021-10-15")
    (before,) = why_attestation(office, person, today)
    assert "15.10.2021 плюс 5 лет" in before.why
    put_category(office, person, "СЗД", "2023-10-15")
    (after,) = why_attestation(office, person, today)
    assert (before.due, after.due) == ("2026-10-15", "2028-10-15")
    assert "15.10.2023 плюс 5 лет" in after.why
    edit_rule(office, RuleEdition("szd.period", "2026-01-01", value=4))
    (changed,) = why_attestation(office, person, today)
    assert changed.due == "2027-10-15"
    assert "15.10.2023 плюс 4 года" in changed.why
    assert "изменено учреждением" in changed.why
    office.undo()
    assert why_attestation(office, person, today) == [after]


def test_the_list_says_what_is_held_and_why(office: Store, person: str, today: date) -> None:
    put_category(office, person, "СЗД", "2022-02-01")
    (row,) = due_attestation_list(office, today)
    assert (row.category, row.szd) == ("СЗД, до 01.02.2027", True)
    assert row.reason == "последняя аттестация на соответствие 01.02.2022 плюс 5 лет."
    put_category(office, person, "первая", "2024-03-14")
    (row,) = due_attestation_list(office, today)
    assert row.category == "первая, бессрочно"
    assert row.reason.endswith("аттестация на соответствие не нужна.")


@pytest.mark.parametrize(
    ("more", "state", "step"),
    [
        ({"month": "2026-10"}, CaseState.LATE, "заявления нет"),
        ({"month": "2026-12"}, CaseState.NEAR, "заявления нет"),
        ({"month": "2027-05"}, CaseState.PLANNED, "заявления нет"),
        ({}, CaseState.PLANNED, "заявления нет"),
        ({"application_date": "2026-11-05"}, CaseState.ACTIVE, "до 05.12.2026: заявление рассмотрено"),
        ({"application_date": "2026-10-20"}, CaseState.ACTIVE, "до 18.01.2027: решение комиссии региона"),
        ({"application_date": "2026-01-20"}, CaseState.LATE, "все сроки прошли, итог не внесён"),
        ({"application_date": "2026-01-20", "result": "высшая"}, CaseState.DONE, "итог: высшая"),
    ],
)
def test_states_of_a_case_about_a_category(
    office: Store, person: str, today: date, more: dict[str, str], state: CaseState, step: str
) -> None:
    put_case(office, person, "высшая", **more)
    (row,) = cases(office, today)
    assert (row.state, row.step) == (state, step)


def test_steps_of_conformity_are_counted_from_the_meeting_by_working_days(
    office: Store, person: str, today: date
) -> None:
    case = put_case(office, person, "СЗД", month="2026-12", meeting_date="2026-12-30")
    steps = case_card(office, case, today).steps
    assert [step.due for step in steps] == [
        "2026-11-30", "2026-11-30", "2026-12-23", "2026-12-30", "2027-01-12", "2027-01-15",
    ]  # fmt: skip
    assert [step.nearest for step in steps] == [True, False, False, False, False, False]
    with office.change("день") as session:
        session.add(CalendarDay(id=new_id(), day="2027-01-11", kind="holiday"))
    assert [step.due for step in case_card(office, case, today).steps][-2:] == ["2027-01-13", "2027-01-18"]
    edit_rule(office, RuleEdition("szd.presentation", "2026-01-01", value=40))
    assert case_card(office, case, today).steps[0].due == "2026-11-20"
    with pytest.raises(UserError, match="уже нет"):
        case_card(office, "нет", today)


@pytest.mark.parametrize(
    ("requested", "day", "count"),
    [("СЗД", "2026-12-30", 6), ("первая", "2026-12-30", 3), ("СЗД", "2026-12", 0), ("", "2026-12-30", 0)],
)
def test_steps_of_a_case_being_written(office: Store, today: date, requested: str, day: str, count: int) -> None:
    assert len(steps_for(office, requested, day, today)) == count


def test_a_month_holds_cases_terms_and_steps_of_others(office: Store, today: date) -> None:
    school = put_school(office)
    first = put_person(office, school, "Белкина Вера Павловна")
    second = put_person(office, school, "Дроздова Нина Олеговна")
    third = put_person(office, school, "Ежова Рита Львовна")
    case = put_case(office, first, "высшая", month="2026-11", application_date="2026-11-05", current_until="2026-11-23")
    other = put_case(office, second, "первая", month="2026-10", application_date="2026-10-20")
    put_category(office, first, "первая", "2021-11-23", "2026-11-23")  # its case is open: no second row
    put_category(office, third, "первая", "2021-11-26", "2026-11-26")
    view = calendar(office, "2026-11", today)
    rows = {row.key: row for row in view.rows}
    assert view.title == "Ноябрь 2026"
    assert [row.short for row in view.rows] == ["Белкина В. П.", "Ежова Р. Л.", "Дроздова Н. О."]
    assert [row.group for row in view.rows] == [THIS_MONTH, THIS_MONTH, OTHER_STEPS]
    assert rows[case].what == "высшая, заявление 05.11"
    assert rows[f"{third}:0"].what == "первая, срок 26.11"
    assert rows[f"{third}:0"].step == "дела нет"
    cells = {cell.day: cell for week in view.weeks for cell in week}
    chips = {day: [(chip.kind, chip.title) for chip in cell.chips] for day, cell in cells.items() if cell.chips}
    assert chips == {
        "2026-11-05": [("application", "Белкина В. П.")],
        "2026-11-19": [("step", "Дроздова Н. О.")],
        "2026-11-23": [("ends", "Белкина В. П.")],
        "2026-11-26": [("ends", "Ежова Р. Л.")],
    }
    assert cells["2026-11-19"].chips[0].keys == (other,)
    assert [day for day, cell in cells.items() if cell.today] == ["2026-11-20"]
    assert not cells["2026-11-04"].working
    assert cells["2026-11-03"].working


@pytest.mark.parametrize(("month", "weeks"), [("2027-02", 4), ("2026-11", 6), ("2027-03", 5)])
def test_a_month_has_as_many_weeks_as_it_needs(office: Store, today: date, month: str, weeks: int) -> None:
    view = calendar(office, month, today)
    assert len(view.weeks) == weeks
    assert {len(week) for week in view.weeks} == {7}


def test_the_year_counts_what_the_months_list(district: Store, today: date) -> None:
    strip = year_strip(district, 2026, today)
    assert [load.title for load in strip] == [
        "Сен",
        "Окт",
        "Ноя",
        "Дек",
        "Янв",
        "Фев",
        "Мар",
        "Апр",
        "Май",
        "Июн",
        "Июл",
        "Авг",
    ]
    assert [load.month for load in strip if load.current] == ["2026-11"]
    assert month_and_year(district, "2027-08", today) == (calendar(district, "2027-08", today), strip)
    for load in strip:
        rows = [row for row in calendar(district, load.month, today).rows if row.group == THIS_MONTH]
        assert (load.categories, load.szd) == (
            sum(not row.szd for row in rows), sum(row.szd for row in rows),
        )  # fmt: skip
    assert sum(load.categories + load.szd for load in strip) > len(cases(district, today)) == 167


def test_the_district_told_in_json_and_in_the_list_is_the_same(district: Store, today: date) -> None:
    told = Counter(
        (row["person_id"], row["status"], row["due"] or "") for row in due_as_json(district, "attestation", today)
    )
    listed = Counter((row.person_id, row.status.value, row.due) for row in due_attestation_list(district, today))
    assert told == listed
    assert {DueStatus.OVERDUE, DueStatus.EXEMPT, DueStatus.NO_DATA} <= {
        row.status for row in due_attestation_list(district, today)
    }


@pytest.fixture
def kamysty(tmp_path: Path) -> Iterator[Store]:
    store = create_office(tmp_path / "камысты.imc", "kamysty", {})
    yield store
    store.close()


@pytest.mark.parametrize(
    ("post", "category", "decided", "due"),
    [
        ("учитель", "педагог-эксперт", "2022-05-20", "2027-05-20"),
        ("директор", "руководитель второй категории", "2024-05-20", "2027-05-20"),
        ("методист", "педагог-модератор", "2021-05-20", "2026-05-20"),
    ],
)
def test_kazakhstan_five_years_for_teachers_three_for_heads(
    kamysty: Store, today: date, post: str, category: str, decided: str, due: str
) -> None:
    person = put_person(kamysty, put_school(kamysty), "Ахметова Сауле Маратовна", (post,))
    put_category(kamysty, person, category, decided, post=post)
    (row,) = due_attestation_list(kamysty, today)
    assert row.due == due
    assert row.status is (DueStatus.OVERDUE if due < today.isoformat() else DueStatus.THIS_YEAR)
