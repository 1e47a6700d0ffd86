"""Opening, changing, closing and deleting cases: checks, the category a result adds, undo."""

from __future__ import annotations

from datetime import date

import pytest

from db.store import Store
from imc_desktop.domain.errors import Severity, UserError
from imc_desktop.usecases.attestation import due_attestation_list
from imc_desktop.usecases.attestation_cases import CaseState, cases
from imc_desktop.usecases.attestation_edit import (
    FIT,
    NOT_FIT,
    REFUSED,
    CaseInput,
    ResultInput,
    add_case,
    case_input,
    case_problems,
    categories_of,
    delete_cases,
    edit_case,
    record_result,
    result_problems,
)
from tests.usecases.people_maker import put_case, put_category, put_person, put_school


@pytest.fixture
def person(office: Store) -> str:
    return put_person(office, put_school(office))


def test_a_case_is_opened_changed_and_taken_back(office: Store, person: str, today: date) -> None:
    made = add_case(office, CaseInput(person, "первая", application_date="2026-11-05"), today)
    assert office.undo_label == "Новое дело: Грачёва А. И., первая"
    (row,) = cases(office, today)
    assert (row.post, row.organisation, row.plan_month) == ("учитель", "МБОУ «Озёрная СОШ»", "2026-11")
    given = case_input(office, made)
    edit_case(office, made, CaseInput(person, "высшая", post=given.post, month="2027-02"), today)
    (row,) = cases(office, today)
    assert (row.requested, row.plan_month, row.application_date) == ("высшая", "2027-02", "")
    office.undo()
    assert case_input(office, made) == given
    delete_cases(office, [made])
    assert cases(office, today) == []
    assert office.undo() == "Удалено: 1 дело, Грачёва А. И."
    assert len(cases(office, today)) == 1


@pytest.mark.parametrize(
    ("more", "field", "severity", "words"),
    [
        ({"requested": ""}, "requested", Severity.ERROR, "на что"),
        ({"requested": "третья"}, "requested", Severity.ERROR, "на что"),
        ({"requested": "первая", "application_date": "2026-12"}, "application_date", Severity.ERROR, "день"),
        ({"requested": "СЗД", "meeting_date": "2026-12-10"}, "meeting_date", Severity.WARNING, "меньше 30 дней"),
        ({"requested": "высшая"}, "requested", Severity.WARNING, "уже есть"),
    ],
)
def test_what_stands_against_a_case(
    office: Store, person: str, today: date, more: dict[str, str], field: str, severity: Severity, words: str
) -> None:
    put_case(office, person, "высшая")
    (found,) = case_problems(office, CaseInput(person, **more), today)
    assert (found.where, found.severity) == (field, severity)
    assert words in found.text
    if severity is Severity.ERROR:
        with pytest.raises(UserError, match=words):
            add_case(office, CaseInput(person, **more), today)


@pytest.mark.parametrize("meeting", ["2026-12-20", "2027-02-10", "2026-10-10"])
def test_a_meeting_that_can_be_told_of_in_time_is_fine(office: Store, person: str, today: date, meeting: str) -> None:
    assert case_problems(office, CaseInput(person, "СЗД", meeting_date=meeting), today) == []


@pytest.mark.parametrize(
    ("requested", "granted", "decided", "held", "status"),
    [
        ("первая", "первая", "2026-11-10", "первая, бессрочно", "exempt"),
        ("первая", REFUSED, "2026-11-10", "", "no_data"),
        ("СЗД", FIT, "2026-11-10", "СЗД, до 10.11.2031", "later"),
        ("СЗД", NOT_FIT, "2026-11-10", "", "no_data"),
    ],
)
def test_a_result_closes_the_case_and_adds_what_was_granted(
    office: Store, person: str, today: date, requested: str, granted: str, decided: str, held: str, status: str
) -> None:
    case = put_case(office, person, requested, month="2026-11")
    record_result(office, case, ResultInput(granted, decided, act_number="77"), today)
    (row,) = cases(office, today)
    assert (row.state, row.result) == (CaseState.DONE, f"{granted}, 10.11.2026")
    (due,) = due_attestation_list(office, today)
    assert (due.category, due.status.value) == (held, status)
    with pytest.raises(UserError, match="уже записан"):
        record_result(office, case, ResultInput(granted, decided), today)
    office.undo()
    assert cases(office, today)[0].state is not CaseState.DONE
    assert due_attestation_list(office, today)[0].category == ""


def test_a_result_replaces_what_had_expired(office: Store, person: str, today: date) -> None:
    put_category(office, person, "первая", "2021-10-12", "2026-10-12")
    assert due_attestation_list(office, today)[0].status.value == "overdue"
    case = put_case(office, person, "первая")
    record_result(office, case, ResultInput("первая", "2026-10-20"), today)
    assert due_attestation_list(office, today)[0].status.value == "exempt"


def test_a_result_needs_a_day(today: date) -> None:
    assert result_problems(ResultInput("первая", ""), today)[0].severity is Severity.ERROR
    assert result_problems(ResultInput("первая", "2027-01-10"), today)[0].severity is Severity.WARNING
    assert result_problems(ResultInput("первая", "2026-11-20"), today) == []


def test_what_can_be_asked_for(office: Store, today: date) -> None:
    assert categories_of(office, today) == ["высшая", "первая", "СЗД", "педагог-методист", "педагог-наставник"]
