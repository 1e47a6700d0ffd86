"""Courses: each rule answered apart, with its reason; the bulk way says the same."""

import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imc_desktop.domain.courses import (
    CourseFact,
    course_thresholds,
    due_courses,
    last_of_sum,
    status_from_last,
    status_of,
)
from imc_desktop.domain.kinds import DueStatus, TrainingKind
from imc_desktop.domain.profile_rules import load_profile, load_rules, office_rules
from imc_desktop.domain.rule_data import DeferralFact, Due, Group, PersonFacts, RuleEdition, RuleSet, last_day

RESOURCES = Path(__file__).parents[2] / "resources"
LAW = load_rules(RESOURCES / "rules" / "ru.toml")
RU = office_rules(LAW, load_profile(RESOURCES / "profiles" / "bohan.toml"))
KZ = office_rules(load_rules(RESOURCES / "rules" / "kz.toml"), load_profile(RESOURCES / "profiles" / "kamysty.toml"))
TODAY = date(2026, 11, 20)
TEACHER = PersonFacts("p1", frozenset({Group.TEACHERS}))
HEAD = PersonFacts("p2", frozenset({Group.HEADS}))
STAFF = PersonFacts("p3", frozenset({Group.OWN_STAFF}))


def _course(finished: str, hours: int | None = 72, title: str = "ФГОС", **given: object) -> CourseFact:
    return CourseFact(finished, hours, title=title, **given)  # type: ignore[arg-type]


def _dues(person: PersonFacts, courses: list[CourseFact], rules: RuleSet = RU, on: date = TODAY) -> dict[str, Due]:
    return {due.rule_id: due for due in due_courses(person, courses, rules, on)}


@pytest.mark.parametrize(
    ("person", "rules", "bound"),
    [
        (TEACHER, RU, {"ru.courses", "bohan.courses"}),
        (HEAD, RU, {"bohan.courses"}),
        (STAFF, RU, {"bohan.own_staff"}),
        (replace(TEACHER, groups=frozenset({Group.TEACHERS, Group.OWN_STAFF})), RU,
         {"ru.courses", "bohan.courses", "bohan.own_staff"}),
        (TEACHER, KZ, {"kz.courses"}),
        (HEAD, KZ, {"kz.courses"}),
        (STAFF, KZ, {"kamysty.own_staff"}),
        (replace(TEACHER, groups=frozenset()), RU, set()),
    ],
)  # fmt: skip
def test_a_rule_binds_its_own_people(person: PersonFacts, rules: RuleSet, bound: set[str]) -> None:
    assert set(_dues(person, [], rules)) == bound


@pytest.mark.parametrize(
    ("finished", "due", "status"),
    [
        ("2023-11-19", "2026-11-19", DueStatus.OVERDUE),
        ("2023-11-20", "2026-11-20", DueStatus.THIS_YEAR),
        ("2024-08-31", "2027-08-31", DueStatus.THIS_YEAR),
        ("2024-09-01", "2027-09-01", DueStatus.NEXT_YEAR),
        ("2025-08-31", "2028-08-31", DueStatus.NEXT_YEAR),
        ("2025-09-01", "2028-09-01", DueStatus.LATER),
        ("2024-02-29", "2027-02-28", DueStatus.THIS_YEAR),
        ("2023", "2026-12-31", DueStatus.THIS_YEAR),
        ("2022", "2025-12-31", DueStatus.OVERDUE),
        ("2023-10", "2026-10-31", DueStatus.OVERDUE),
        ("2026", "2029-12-31", DueStatus.LATER),
        ("2026-12-01", None, DueStatus.NO_DATA),  # not finished yet
        ("", None, DueStatus.NO_DATA),
    ],
)
def test_the_law_counts_three_years(finished: str, due: str | None, status: DueStatus) -> None:
    found = _dues(TEACHER, [_course(finished)])["ru.courses"]
    assert (found.due, found.status) == (due, status)


@pytest.mark.parametrize(
    ("courses", "due", "status"),
    [
        ([_course("2024-03-01", 144)], "2029-03-01", DueStatus.LATER),
        ([_course("2024-03-01", 143)], None, DueStatus.NO_DATA),
        ([_course("2024-03-01", 72, "А"), _course("2025-03-01", 72, "Б")], None, DueStatus.NO_DATA),
        ([_course("2020-03-01", 252, kind=TrainingKind.PP), _course("2025-03-01")], "2025-03-01", DueStatus.OVERDUE),
        ([_course("2024-03-01", None)], None, DueStatus.NO_DATA),
        ([_course("2024-03-01", 200, kind=TrainingKind.SEMINAR)], None, DueStatus.NO_DATA),
    ],
)
def test_the_regulation_wants_one_programme_of_144_hours(
    courses: list[CourseFact], due: str | None, status: DueStatus
) -> None:
    found = _dues(TEACHER, courses)["bohan.courses"]
    assert (found.due, found.status) == (due, status)


def test_the_sum_is_shown_beside_the_single_programme() -> None:
    courses = [_course("2024-03-01", 72, "А"), _course("2025-03-01", 72, "Б"), _course("2024-09-01", None, "В")]
    why = _dues(TEACHER, courses)["bohan.courses"].why
    assert "по разным программам — 144 ч" in why
    assert "у 1 курса часы не указаны" in why


def test_the_office_may_count_the_sum() -> None:
    rules = RU.with_editions([RuleEdition("bohan.courses", "2026-01-01", mode="sum")])
    courses = [_course("2024-03-01", 72, "А"), _course("2025-03-01", 72, "Б"), _course("2026-03-01", 16, "В")]
    found = _dues(TEACHER, courses, rules)["bohan.courses"]
    assert (found.due, found.last) == ("2029-03-01", "2024-03-01")
    assert "Засчитано 160 ч" in found.why


@pytest.mark.parametrize(
    ("courses", "due"),
    [
        ([_course("2024-03-01", 36)], "2027-03-01"),
        ([_course("2024-03-01", 18, "А"), _course("2025-03-01", 18, "Б")], "2027-03-01"),
        ([_course("2024-03-01", 18, "А"), _course("2025-03-01", 18, "а")], None),  # the same programme counts once
        ([_course("2024-03-01", 36, "А"), _course("2025-03-01", 18, "А")], "2027-03-01"),
        ([_course("2024-03-01", 18, ""), _course("2024-03-01", 18, "")], "2027-03-01"),  # untitled: not the same
        ([_course("2024-03-01", None)], None),
    ],
)
def test_kazakhstan_sums_hours_of_different_programmes(courses: list[CourseFact], due: str | None) -> None:
    assert _dues(TEACHER, courses, KZ)["kz.courses"].due == due


def test_the_reason_names_inputs_and_source() -> None:
    why = _dues(TEACHER, [_course("2023-03-14", 72, "Функциональная грамотность")])["ru.courses"].why
    for words in ("одного раза в 3 года", "право работника", "«Функциональная грамотность», ПК, 72 ч", "14.03.2023",
                  "14.03.2026", "273-ФЗ", "ст. 47 ч. 5 п. 2", "срок прошёл"):  # fmt: skip
        assert words in why
    assert ".." not in why
    why = _dues(TEACHER, [_course("2023")])["ru.courses"].why
    assert "день не указан, взят последний: 31.12.2023" in why
    assert "не сверено" in _dues(TEACHER, [], KZ)["kz.courses"].why
    assert "Пройденных курсов в учёте нет" in _dues(TEACHER, [])["ru.courses"].why


def test_a_changed_input_changes_date_and_sentence() -> None:
    before = _dues(TEACHER, [_course("2024-03-14")])["ru.courses"]
    after = _dues(TEACHER, [_course("2025-03-14")])["ru.courses"]
    assert (before.due, after.due) == ("2027-03-14", "2028-03-14")
    assert "14.03.2028" in after.why
    assert "14.03.2028" not in before.why


def test_a_changed_number_changes_date_and_sentence() -> None:
    rules = RU.with_editions([RuleEdition("ru.courses", "2026-01-01", years=4)])
    found = _dues(TEACHER, [_course("2024-03-14")], rules)["ru.courses"]
    assert found.due == "2028-03-14"
    assert found.title == "Закон: 4 года"
    assert "одного раза в 4 года" in found.why
    assert "изменено учреждением с 01.01.2026" in found.why


def test_a_deferral_goes_before_the_date() -> None:
    away = replace(TEACHER, deferrals=(DeferralFact("2", "2027-02"),))
    found = _dues(away, [_course("2020-01-10")])["ru.courses"]
    assert found.status is DueStatus.DEFERRED
    assert "Отложено до 28.02.2027" in found.why
    over = replace(TEACHER, deferrals=(DeferralFact("2", "2026-11-19"),))
    assert _dues(over, [_course("2020-01-10")])["ru.courses"].status is DueStatus.OVERDUE


@pytest.mark.parametrize(
    ("course", "warned"),
    [
        (_course("2025-12-01", provider_kind="private", started="2025-09-01"), True),
        (_course("2025-12-01", provider_kind="private", started="2025-08-31"), False),
        (_course("2025-12-01", provider_kind="state", started="2025-10-01"), False),
    ],
)
def test_a_private_provider_is_warned_about(course: CourseFact, warned: bool) -> None:
    found = _dues(TEACHER, [course])["ru.courses"]
    assert bool(found.warnings) is warned
    assert found.due == "2028-12-01"


def test_a_course_too_short_for_its_kind_is_warned_about() -> None:
    assert "16 ч" in _dues(TEACHER, [_course("2026-03-01", 8)])["ru.courses"].warnings[0]


DAYS = st.dates(date(2015, 1, 1), date(2026, 11, 20)).map(date.isoformat)
PARTIAL = st.one_of(DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4]), st.just(""))
COURSES = st.lists(
    st.builds(
        CourseFact,
        PARTIAL,
        st.one_of(st.none(), st.integers(1, 600)),
        st.sampled_from(TrainingKind),
        st.sampled_from(["", "А", "Б", "В"]),
        st.sampled_from(["", "private", "state"]),
        PARTIAL,
    ),
    max_size=6,
)
PEOPLE = st.builds(
    PersonFacts,
    st.just("p"),
    st.frozensets(st.sampled_from(Group)),
    deferrals=st.lists(st.builds(DeferralFact, st.sampled_from("12x"), PARTIAL), max_size=2).map(tuple),
)
RULES = st.sampled_from([RU, KZ, RU.with_editions([RuleEdition("bohan.courses", "2020-01-01", mode="sum")])])
SLOW = settings(max_examples=150, deadline=None)


@SLOW
@given(PEOPLE, COURSES, RULES, st.dates(date(2016, 1, 1), date(2035, 1, 1)))
def test_never_raises(person: PersonFacts, courses: list[CourseFact], rules: RuleSet, on: date) -> None:
    for due in due_courses(person, courses, rules, on):
        assert due.why
        assert (due.due is None) == (not due.last)


@SLOW
@given(COURSES.filter(len), RULES, st.integers(0, 5), st.integers(1, 900))
def test_a_later_course_never_makes_due_earlier(courses: list[CourseFact], rules: RuleSet, which: int, by: int) -> None:
    person = PersonFacts("p", frozenset(Group))
    which %= len(courses)
    moved = courses[which]
    if len(moved.finished) != 10:
        return
    day = min(date.fromisoformat(moved.finished) + timedelta(days=by), TODAY).isoformat()
    later = [*courses[:which], replace(moved, finished=day), *courses[which + 1 :]]
    before, after = _dues(person, courses, rules), _dues(person, later, rules)
    assert all((after[key].due or "") >= (before[key].due or "") for key in before)


@SLOW
@given(COURSES, RULES, st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_the_bulk_way_says_the_same(courses: list[CourseFact], rules: RuleSet, on: date) -> None:
    slow = {due.rule_id: due.status for due in due_courses(PersonFacts("p", frozenset(Group)), courses, rules, on)}
    for limit in course_thresholds(rules, on):
        rows = [
            (last_day(item.finished), item.title, item.hours)
            for item in courses
            if item.kind in limit.kinds and item.finished and item.finished <= on.isoformat()[: len(item.finished)]
        ]
        if limit.mode == "sum":
            last = last_of_sum(rows, limit.min_hours)
        else:
            last = max((day for day, _, hours in rows if (hours or 0) >= limit.min_hours), default="")
        assert status_from_last(last, limit) is slow[limit.rule_id]


def test_thresholds_work_in_sql() -> None:
    base = sqlite3.connect(":memory:")
    base.execute("create table training (person, last_day, hours)")
    base.executemany(
        "insert into training values (?, ?, ?)",
        [(1, "2023-11-19", 72), (2, "2023-11-20", 72), (3, "2021-11-19", 144), (3, "2026-01-01", 16)],
    )
    found = {}
    for limit in course_thresholds(RU, TODAY):
        rows = base.execute(
            "select person, max(last_day) from training where coalesce(hours, 0) >= ? and last_day <= ? group by person",
            (limit.min_hours, TODAY.isoformat()),
        )
        found[limit.rule_id] = {person: status_from_last(last, limit) for person, last in rows}
    base.close()
    assert found["ru.courses"] == {1: DueStatus.OVERDUE, 2: DueStatus.THIS_YEAR, 3: DueStatus.LATER}
    assert found["bohan.courses"] == {3: DueStatus.OVERDUE}


def test_status_of_borders() -> None:
    assert status_of("2026-11-19", TODAY) is DueStatus.OVERDUE
    assert status_of("2026-11-20", TODAY) is DueStatus.THIS_YEAR
    assert status_of("2027-09-01", TODAY) is DueStatus.NEXT_YEAR
