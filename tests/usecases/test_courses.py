"""Who must study: statuses, dates and reasons on real databases; both ways of counting agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.kinds import DueStatus
from imc_desktop.domain.rule_data import Group, RuleEdition
from imc_desktop.usecases.courses import course_plans, course_rules, due_courses_list, plan_years, trainings, why
from imc_desktop.usecases.due import due_as_json
from imc_desktop.usecases.due_sql import due_counts, due_people
from imc_desktop.usecases.office_making import create_office, edit_rule
from imc_desktop.usecases.people_choice import people_choices
from tests.usecases.people_maker import put_course, put_person, put_school

LAW, OWN, OFFICE = "ru.courses", "bohan.courses", "bohan.own_staff"
KEYS = {
    "person_id", "person", "organisation_id", "organisation", "post", "rule", "rule_id", "source", "last", "due",
    "status", "why", "warnings",
}  # fmt: skip


@pytest.fixture
def school(office: Store) -> str:
    return put_school(office)


def row_of(store: Store, rule: str, on: date) -> tuple[str, str, str]:
    """(status, due, reason) of the only person."""
    (row,) = due_courses_list(store, on, rule)
    return row.status.value, row.due, row.reason


@pytest.mark.parametrize(
    ("finished", "status", "due"),
    [
        ("2023-11-19", "overdue", "2026-11-19"),
        ("2023-11-20", "this_year", "2026-11-20"),
        ("2023", "this_year", "2026-12-31"),
        ("2024-02", "this_year", "2027-02-28"),
        ("2024-08-31", "this_year", "2027-08-31"),
        ("2024-09-01", "next_year", "2027-09-01"),
        ("2025-08-31", "next_year", "2028-08-31"),
        ("2025-09-01", "later", "2028-09-01"),
        ("2026", "later", "2029-12-31"),
        ("2026-11-21", "no_data", ""),  # not finished yet
        ("", "no_data", ""),
    ],
)
def test_every_status_of_the_law(office: Store, school: str, today: date, finished: str, status: str, due: str) -> None:
    put_course(office, put_person(office, school), finished)
    assert row_of(office, LAW, today)[:2] == (status, due)
    assert due_counts(office, today)[LAW][DueStatus(status)] == 1
    called = due_people(office, today, LAW, (DueStatus(status),))
    assert [one.status.value for one in called] == [status]


def test_a_short_programme_does_not_answer_the_office_rule(office: Store, school: str, today: date) -> None:
    person = put_person(office, school)
    put_course(office, person, "2026-03-14", 72)
    assert row_of(office, OWN, today) == ("no_data", "", "нет программы от 144 ч; последний курс 72 ч, 14.03.2026")
    put_course(office, person, "2024-03-14", 144, title="Менеджмент")
    assert row_of(office, OWN, today) == ("later", "2029-03-14", "засчитан курс 14.03.2024")
    assert row_of(office, LAW, today) == ("later", "2029-03-14", "последний курс 72 ч, 14.03.2026")


@pytest.mark.parametrize("kind", ["семинар", "стажировка", "иное"])
def test_only_additional_professional_education_counts(office: Store, school: str, today: date, kind: str) -> None:
    put_course(office, put_person(office, school), "2026-03-14", kind=kind)
    assert row_of(office, LAW, today) == ("no_data", "", "курсов в карточке нет")


@pytest.mark.parametrize(
    ("posts", "role", "rules"),
    [
        (("учитель",), "staff", {LAW, OWN}),
        (("директор",), "staff", {OWN}),
        (("директор", "учитель"), "staff", {LAW, OWN}),
        (("",), "staff", {LAW, OWN}),  # a row without a post counts as a teacher's
        ((), "staff", {LAW, OWN}),
        (("повар",), "staff", set()),
        (("методист",), "office", {OFFICE}),
    ],
)
def test_rules_bind_by_posts(
    office: Store, school: str, today: date, posts: tuple[str, ...], role: str, rules: set[str]
) -> None:
    put_person(office, school, posts=posts, role=role)
    assert {row.rule_id for row in due_courses_list(office, today)} == rules
    assert {rule for rule, count in due_counts(office, today).items() if count[DueStatus.NO_DATA]} == rules
    assert {row["rule_id"] for row in due_as_json(office, "courses", today)} == rules


@pytest.mark.parametrize(
    ("since", "until", "bound"),
    [("", "2026-11-19", False), ("", "2026-11-20", True), ("", "2026", True), ("2026-11-21", "", False)],
)
def test_who_has_left_is_not_called(
    office: Store, school: str, today: date, since: str, until: str, bound: bool
) -> None:
    person = put_person(office, school, since=since, until=until)
    put_course(office, person, "2020-03-14")
    assert bool(due_courses_list(office, today)) is bound
    assert bool(due_people(office, today, LAW)) is bound
    assert bool(due_as_json(office, "courses", today)) is bound
    assert len(trainings(office, today)) == 1


def test_a_deferral_goes_before_the_date(office: Store, school: str, today: date) -> None:
    put_course(office, put_person(office, school, deferred_until="2027-02"), "2020-03-14")
    assert row_of(office, LAW, today) == ("deferred", "2023-03-14", "отложено до 28.02.2027")
    assert due_counts(office, today)[LAW][DueStatus.DEFERRED] == 1
    assert due_people(office, today, LAW) == []


def test_a_changed_course_changes_date_and_sentence(office: Store, school: str, today: date) -> None:
    person = put_person(office, school)
    put_course(office, person, "2023-03-14", title="Ранний")
    before = why(office, person, LAW, today)
    assert (before.due, before.status) == ("2026-03-14", DueStatus.OVERDUE)
    assert "«Ранний», ПК, 72 ч, окончен 14.03.2023" in before.why
    put_course(office, person, "2025-10-01", title="Поздний")
    after = why(office, person, LAW, today)
    assert (after.due, after.status) == ("2028-10-01", DueStatus.LATER)
    assert "«Поздний»" in after.why
    office.undo()
    assert why(office, person, LAW, today) == before


def test_a_changed_number_changes_date_and_sentence(office: Store, school: str, today: date) -> None:
    person = put_person(office, school)
    put_course(office, person, "2023-03-14")
    edit_rule(office, RuleEdition(LAW, "2026-01-01", years=4))
    assert row_of(office, LAW, today)[:2] == ("this_year", "2027-03-14")
    found = why(office, person, LAW, today)
    assert "одного раза в 4 года" in found.why
    assert "изменено учреждением с 01.01.2026" in found.why
    office.undo()
    assert row_of(office, LAW, today)[:2] == ("overdue", "2026-03-14")


def test_a_rule_of_the_office_that_adds_hours_up(office: Store, school: str, today: date) -> None:
    person = put_person(office, school)
    put_course(office, person, "2024-03-14", 72, title="Первая")
    put_course(office, person, "2026-03-14", 72, title="Вторая")
    edit_rule(office, RuleEdition(OWN, "2026-01-01", mode="sum"))
    assert row_of(office, OWN, today) == ("later", "2029-03-14", "144 ч набрано с 14.03.2024")
    assert due_counts(office, today)[OWN][DueStatus.LATER] == 1


def test_a_new_rule_of_the_office_binds_at_once(office: Store, school: str, today: date) -> None:
    put_course(office, put_person(office, school), "2025-10-01")
    edit_rule(
        office, RuleEdition("own.yearly", "2026-09-01", who=frozenset({Group.TEACHERS}), years=1, act="Приказ № 5")
    )
    assert row_of(office, "own.yearly", today)[:2] == ("overdue", "2026-10-01")
    assert "own.yearly" in [rule.id for rule in course_rules(office, today)]
    assert [rule.id for rule in course_rules(office, today)][-1] == LAW


def test_an_unknown_rule_or_person_is_refused(office: Store, school: str, today: date) -> None:
    person = put_person(office, school)
    with pytest.raises(UserError, match="не относится"):
        why(office, person, OFFICE, today)
    with pytest.raises(UserError, match="в учёте уже нет"):
        why(office, "нет", LAW, today)
    with pytest.raises(UserError, match="courses"):
        due_as_json(office, "everything", today)
    assert due_people(office, today, "нет") == []


def test_json_of_a_person(office: Store, school: str, today: date) -> None:
    person = put_person(office, school)
    put_course(office, person, "2023-03-14")
    rows = due_as_json(office, "courses", today)
    assert [set(row) for row in rows] == [KEYS, KEYS]
    (law,) = [row for row in rows if row["rule_id"] == LAW]
    told = {key: law[key] for key in ("person_id", "person", "organisation", "post", "last", "due", "status")}
    assert told == {
        "person_id": person, "person": "Грачёва Анна Ильинична", "organisation": "МБОУ «Озёрная СОШ»",
        "post": "учитель", "last": "2023-03-14", "due": "2026-03-14", "status": "overdue",
    }  # fmt: skip
    assert law["rule"] == "Закон: раз в 3 года"
    assert law["source"].startswith("273-ФЗ")
    assert law["source"] in law["why"]
    (own,) = [row for row in rows if row["rule_id"] == OWN]
    assert (own["last"], own["due"], own["status"]) == (None, None, "no_data")


def test_the_district_is_counted_alike_by_sql_and_by_the_domain(district: Store, today: date) -> None:
    told = {(row["person_id"], row["rule_id"]): row for row in due_as_json(district, "courses", today)}
    listed = {(row.person_id, row.rule_id): row for row in due_courses_list(district, today)}
    assert {key: (row["status"], row["due"] or "", row["last"] or "") for key, row in told.items()} == {
        key: (row.status.value, row.due, row.last) for key, row in listed.items()
    }
    counts = {
        rule: {status.value: n for status, n in by.items() if n} for rule, by in due_counts(district, today).items()
    }
    assert {rule: by for rule, by in counts.items() if by} == {
        rule: dict(Counter(row["status"] for row in told.values() if row["rule_id"] == rule)) for rule in (OWN, LAW)
    }
    for rule in (OWN, LAW):
        wanted = {key[0] for key, row in told.items() if key[1] == rule and row["status"] in ("overdue", "this_year")}
        assert {one.person_id for one in due_people(district, today, rule)} == wanted


def test_lists_of_the_district(district: Store, today: date) -> None:
    done = trainings(district, today)
    assert len(done) == 2008
    assert [row.finished for row in done] == sorted((row.finished for row in done), reverse=True)
    assert plan_years(district) == [2026, 2027]
    assert {row.planned_year for row in course_plans(district, today, 2027)} == {"2027"}
    assert len(people_choices(district, today)) == 1200
    one = done[0]
    assert one.id in [row.id for row in trainings(district, today, one.person_id)]
    rows = due_courses_list(district, today, LAW)
    assert [row.status for row in rows[:45]] == [DueStatus.OVERDUE] * 45


@pytest.fixture
def kamysty(tmp_path: Path) -> Iterator[Store]:
    store = create_office(tmp_path / "камысты.imc", "kamysty", {})
    yield store
    store.close()


def test_kazakhstan_adds_hours_of_different_programmes(kamysty: Store, today: date) -> None:
    school = put_school(kamysty, "КГУ «Алтынсаринская ОШ»")
    person = put_person(kamysty, school, "Ахметова Сауле Маратовна")
    put_course(kamysty, person, "2024-05-20", 18, title="Бірінші")
    assert row_of(kamysty, "kz.courses", today) == (
        "no_data",
        "",
        "нет в сумме от 36 ч; последний курс 18 ч, 20.05.2024",
    )
    put_course(kamysty, person, "2025-05-20", 18, title="Екінші")
    assert row_of(kamysty, "kz.courses", today)[:2] == ("this_year", "2027-05-20")
    found = why(kamysty, person, "kz.courses", today)
    assert found.due == "2027-05-20"
    assert "ст. 37 п. 4" in found.source
    assert [one.person_id for one in due_people(kamysty, today, "kz.courses")] == [person]
