"""Attestation: which rule answers for which post, by when and why; how long categories live; steps of a case."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imc_desktop.domain.attestation import (
    attestation_status,
    attestation_thresholds,
    case_steps,
    due_attestation,
)
from imc_desktop.domain.category_end import CategoryFact, until_of, valid_until_for
from imc_desktop.domain.kinds import OPEN_ENDED, CategoryName, DueStatus
from imc_desktop.domain.posts import classify
from imc_desktop.domain.profile_rules import load_rules
from imc_desktop.domain.rule_data import DeferralFact, Due, PersonFacts, PostFact, RuleEdition, RuleSet
from imc_desktop.domain.workdays import Calendar

RULES = Path(__file__).parents[2] / "resources" / "rules"
RU, KZ = load_rules(RULES / "ru.toml"), load_rules(RULES / "kz.toml")
TODAY = date(2026, 11, 20)
C = CategoryName


class FiveDays:
    """Monday to Friday, with 4 November off."""

    def is_working(self, day: date) -> bool:
        return day.weekday() < 5 and (day.month, day.day) != (11, 4)


def _due(
    facts: list[CategoryFact], since: str = "2015-09-01", rules: RuleSet = RU, post: str = "учитель", on: date = TODAY
) -> Due:
    person = PersonFacts("p", posts=(PostFact(post, "СОШ № 1", since),))
    (found,) = due_attestation(person, facts, rules, on)
    return found


@pytest.mark.parametrize(
    ("category", "decided", "until"),
    [
        (C.FIRST, "2022-05-12", "2027-05-12"),
        (C.HIGHEST, "2023-08-31", "2028-08-31"),
        (C.HIGHEST, "2023-09-01", OPEN_ENDED),
        (C.FIRST, "2024", OPEN_ENDED),
        (C.FIRST, "2021", "2026-12-31"),
        (C.FIRST, "2021-03", "2026-03-31"),
        (C.FIRST, "2023", ""),  # the year of the change: cannot be told
        (C.FIRST, "2023-08", "2028-08-31"),
        (C.FIRST, "", ""),
        (C.FIRST, "2020-02-29", "2025-02-28"),
        (C.METHODIST, "2024-04-24", OPEN_ENDED),
        (C.METHODIST, "2022-04-24", ""),  # did not exist
        (C.MENTOR, "2025-01-15", OPEN_ENDED),
        (C.SZD, "2024-01-15", "2029-01-15"),
        (C.NONE, "2024-01-15", ""),
    ],
)
def test_russian_categories_by_the_day_of_the_decision(category: CategoryName, decided: str, until: str) -> None:
    assert valid_until_for(category, decided, RU) == until


@pytest.mark.parametrize(
    ("category", "until"),
    [(C.KZ_EXPERT, "2029-03-01"), (C.KZ_HEAD_2, "2027-03-01"), (C.KZ_DEPUTY_1, "2029-03-01"), (C.METHODIST, "")],
)
def test_kazakh_categories(category: CategoryName, until: str) -> None:
    assert valid_until_for(category, "2024-03-01", KZ) == until


@pytest.mark.parametrize(
    ("facts", "since", "due", "status", "rule"),
    [
        # a category that is valid
        ([CategoryFact(C.FIRST, decision_date="2024-04-24")], "2015", None, DueStatus.EXEMPT, "category.196"),
        ([CategoryFact(C.FIRST, valid_until=OPEN_ENDED)], "2015", None, DueStatus.EXEMPT, "category.196"),
        ([CategoryFact(C.HIGHEST, decision_date="2022-03-01")], "2015", "2027-03-01", DueStatus.THIS_YEAR, "category.276"),
        ([CategoryFact(C.HIGHEST, decision_date="2023-03-01")], "2015", "2028-03-01", DueStatus.NEXT_YEAR, "category.276"),
        ([CategoryFact(C.HIGHEST, decision_date="2022-03-01", valid_until="2026-12-31")], "2015", "2026-12-31",
         DueStatus.THIS_YEAR, "category.276"),
        ([CategoryFact(C.FIRST, decision_date="2021-11-20")], "2015", "2026-11-20", DueStatus.THIS_YEAR, "category.276"),
        # the later end answers
        ([CategoryFact(C.HIGHEST, decision_date="2021-03-01"), CategoryFact(C.METHODIST, decision_date="2025-01-15")],
         "2015", None, DueStatus.EXEMPT, "category.196"),
        # it ran out: under СЗД from that day
        ([CategoryFact(C.FIRST, decision_date="2021-11-19")], "2015", "2026-11-19", DueStatus.OVERDUE, "szd.period"),
        ([CategoryFact(C.FIRST, decision_date="2019-02-01"), CategoryFact(C.SZD, decision_date="2025-03-01")], "2015",
         "2030-03-01", DueStatus.LATER, "szd.period"),
        # СЗД
        ([CategoryFact(C.SZD, decision_date="2023-01-15")], "", "2028-01-15", DueStatus.NEXT_YEAR, "szd.period"),
        ([CategoryFact(C.SZD, decision_date="2020-01-15"), CategoryFact(C.SZD, decision_date="2023-01-15")], "",
         "2028-01-15", DueStatus.NEXT_YEAR, "szd.period"),
        ([], "2025-09-01", "2027-09-01", DueStatus.NEXT_YEAR, "szd.period"),
        ([], "2015-09-01", "2017-09-01", DueStatus.OVERDUE, "szd.period"),
        ([CategoryFact(C.SZD, decision_date="2021-03-01")], "2025-09-01", "2027-09-01", DueStatus.NEXT_YEAR, "szd.period"),
        ([CategoryFact(C.SZD, organisation="СОШ № 9", decision_date="2025-03-01")], "2025-09-01", "2027-09-01",
         DueStatus.NEXT_YEAR, "szd.period"),  # of another organisation: starts again
        ([CategoryFact(C.SZD, post="воспитатель", decision_date="2025-03-01")], "2025-09-01", "2027-09-01",
         DueStatus.NEXT_YEAR, "szd.period"),  # of another post
        ([CategoryFact(C.FIRST, organisation="СОШ № 9", decision_date="2024-03-01")], "2025", None, DueStatus.EXEMPT,
         "category.196"),  # a category goes with the person
        ([CategoryFact(C.HIGHEST, post="Учитель химии", decision_date="2024-03-01")], "2015", None, DueStatus.EXEMPT,
         "category.196"),
        ([CategoryFact(C.NONE)], "2026-01-01", "2028-01-01", DueStatus.NEXT_YEAR, "szd.period"),
        ([CategoryFact(C.SZD, valid_until="2027-01-02")], "", "2027-01-02", DueStatus.THIS_YEAR, "szd.period"),
        # nothing to go by
        ([], "", None, DueStatus.NO_DATA, "szd.period"),
        ([CategoryFact(C.FIRST)], "2015", None, DueStatus.NO_DATA, "category.276"),
        ([CategoryFact(C.FIRST, decision_date="2023")], "2015", None, DueStatus.NO_DATA, "category.276"),
        ([CategoryFact(C.FIRST, valid_until="2027-02-02")], "2015", "2027-02-02", DueStatus.THIS_YEAR, "category.276"),
    ],
)  # fmt: skip
def test_russia(facts: list[CategoryFact], since: str, due: str | None, status: DueStatus, rule: str) -> None:
    found = _due(facts, since)
    assert (found.due, found.status, found.rule_id) == (due, status, rule)
    assert "Основание: " in found.why


@pytest.mark.parametrize(
    ("post", "rule", "words"),
    [
        ("директор", "heads.founder", "учредитель"),
        ("заместитель директора по УВР", "deputies.none", "не педагогическая"),
        ("заведующий отделом", "deputies.none", "не педагогическая"),
    ],
)
def test_leaders_are_not_attested_as_teachers(post: str, rule: str, words: str) -> None:
    found = _due([CategoryFact(C.SZD, decision_date="2010-01-01")], post=post)
    assert (found.status, found.rule_id) == (DueStatus.EXEMPT, rule)
    assert words in found.why


def test_a_director_who_teaches_is_attested_as_a_teacher_too() -> None:
    person = PersonFacts("p", posts=(PostFact("директор"), PostFact("учитель физики", since="2025-09-01")))
    found = due_attestation(person, [], RU, TODAY)
    assert [(due.post, due.status) for due in found] == [
        ("директор", DueStatus.EXEMPT),
        ("учитель физики", DueStatus.NEXT_YEAR),
    ]


def test_other_staff_has_no_rule() -> None:
    assert due_attestation(PersonFacts("p", posts=(PostFact("повар"),)), [], RU, TODAY) == []
    assert due_attestation(PersonFacts("p", posts=(PostFact("повар"),)), [], KZ, TODAY) == []


def test_a_row_without_a_post_still_answers() -> None:
    (found,) = due_attestation(PersonFacts("p"), [CategoryFact(C.FIRST, decision_date="2024-04-24")], RU, TODAY)
    assert found.status is DueStatus.EXEMPT


@pytest.mark.parametrize(
    ("deferrals", "due", "status"),
    [
        ((DeferralFact("2", "2027-01-15"),), "2029-01-15", DueStatus.DEFERRED),
        ((DeferralFact("2", "2026-01-15"),), "2028-01-15", DueStatus.NEXT_YEAR),
        ((DeferralFact("1", "2026-01-15"),), "2027-01-15", DueStatus.THIS_YEAR),
        ((DeferralFact("9", "2026-01-15"),), "2017-09-01", DueStatus.OVERDUE),
    ],
)
def test_deferrals(deferrals: tuple[DeferralFact, ...], due: str, status: DueStatus) -> None:
    person = PersonFacts("p", posts=(PostFact("учитель", since="2015-09-01"),), deferrals=deferrals)
    (found,) = due_attestation(person, [], RU, TODAY)
    assert (found.due, found.status) == (due, status)


def test_the_reason_names_inputs_and_source() -> None:
    why = _due([CategoryFact(C.SZD, decision_date="2020-03-14")], "2015-09-01").why
    for words in ("раз в 5 лет", "14.03.2020", "14.03.2025", "ст. 49 ч. 2", "срок прошёл"):
        assert words in why
    why = _due([CategoryFact(C.FIRST, decision_date="2022-05-12", act_number="1571-к")]).why
    for words in ("«первая»", "решение 12.05.2022, № 1571-к", "12.05.2027", "№ 276"):
        assert words in why
    assert "Прежней аттестации на соответствие в учёте нет" in _due([]).why
    assert ".." not in why


def test_a_changed_input_and_a_changed_number_change_date_and_sentence() -> None:
    facts = [CategoryFact(C.SZD, decision_date="2024-03-14")]
    before = _due(facts)
    moved = _due([replace(facts[0], decision_date="2025-03-14")])
    shorter = _due(facts, rules=RU.with_editions([RuleEdition("szd.period", "2026-01-01", value=3)]))
    assert (before.due, moved.due, shorter.due) == ("2029-03-14", "2030-03-14", "2027-03-14")
    assert len({before.why, moved.why, shorter.why}) == 3
    assert "раз в 3 года" in shorter.why


def test_a_planned_meeting_needs_notice_and_a_near_date_a_meeting() -> None:
    person = PersonFacts("p", posts=(PostFact("учитель", since="2015-09-01"),), planned=(("учитель", "2026-12-25"),))
    (planned,) = due_attestation(person, [], RU, TODAY)
    assert "не позднее 25.11.2026" in planned.warnings[0]
    assert "дата заседания не назначена" in _due([]).warnings[0]
    assert _due([CategoryFact(C.SZD, decision_date="2024-03-14")]).warnings == ()


@pytest.mark.parametrize(
    ("post", "facts", "due", "status"),
    [
        ("учитель", [CategoryFact(C.KZ_EXPERT, decision_date="2022-05-10")], "2027-05-10", DueStatus.THIS_YEAR),
        ("директор", [CategoryFact(C.KZ_HEAD_2, decision_date="2024-09-10")], "2027-09-10", DueStatus.NEXT_YEAR),
        ("заместитель директора", [CategoryFact(C.KZ_DEPUTY_2, decision_date="2020-05-10")], "2025-05-10", DueStatus.OVERDUE),
        ("әдіскер", [CategoryFact(C.KZ_MASTER, valid_until="2031-01-01")], "2031-01-01", DueStatus.LATER),
        ("руководитель методического кабинета", [CategoryFact(C.KZ_EXPERT, decision_date="2023-05-10")], "2028-05-10",
         DueStatus.NEXT_YEAR),
        ("учитель", [CategoryFact(C.FIRST)], None, DueStatus.NO_DATA),
        ("учитель", [], None, DueStatus.NO_DATA),
    ],
)  # fmt: skip
def test_kazakhstan(post: str, facts: list[CategoryFact], due: str | None, status: DueStatus) -> None:
    found = _due(facts, rules=KZ, post=post)
    assert (found.due, found.status) == (due, status)
    if due:
        assert "на одну ступень" in found.why


@pytest.mark.parametrize(
    ("decided", "said", "due", "words"),
    [
        ("2024-05-01", "2029-05-01", None, "В документе срок категории «01.05.2029», по правилам — «бессрочно»"),
        ("2022-05-01", OPEN_ENDED, "2027-05-01", "В документе срок категории «бессрочно», по правилам — «01.05.2027»"),
        ("2022-05-01", "2027-04-30", "2027-04-30", ""),
        ("2024-05-01", OPEN_ENDED, None, ""),
    ],
)
def test_a_paper_against_the_rules_is_told(decided: str, said: str, due: str | None, words: str) -> None:
    found = _due([CategoryFact(C.FIRST, decision_date=decided, valid_until=said)])
    told = [text for text in found.warnings if "В документе" in text]
    assert found.due == due
    assert (words in told[0]) if words else not told


def test_steps_of_a_case_of_conformity() -> None:
    steps = case_steps(C.SZD, date(2026, 11, 6), FiveDays(), RU)
    assert [(step.id, step.due.isoformat(), step.unit) for step in steps] == [
        ("szd.order", "2026-10-07", "не позднее чем за 30 календарных дней"),
        ("szd.presentation", "2026-10-07", "не позднее чем за 30 календарных дней"),
        ("szd.additional", "2026-10-29", "не позднее чем за 5 рабочих дней"),
        ("szd.meeting", "2026-11-06", "в этот день"),
        ("szd.extract", "2026-11-10", "в течение 2 рабочих дней"),
        ("szd.acquaint", "2026-11-13", "в течение 3 рабочих дней"),
    ]
    assert [step.verified for step in steps] == [False, False, True, True, False, False]


def test_the_office_may_give_longer_notice_and_the_real_calendar_is_taken() -> None:
    rules = RU.with_editions([RuleEdition("szd.presentation", "2026-01-01", value=45, verified=True)])
    found = {step.id: step for step in case_steps(C.SZD, date(2026, 11, 6), Calendar("RU"), rules)}
    assert found["szd.presentation"].due == date(2026, 9, 22)
    assert found["szd.presentation"].unit == "не позднее чем за 45 календарных дней"
    assert found["szd.order"].due == date(2026, 10, 7)
    assert found["szd.extract"].due == date(2026, 11, 10)


def test_steps_of_a_case_of_a_category() -> None:
    steps = case_steps(C.HIGHEST, date(2026, 10, 1), FiveDays(), RU)
    assert [(step.id, step.due.isoformat()) for step in steps] == [
        ("category.application", "2026-10-01"),
        ("category.considered", "2026-10-31"),
        ("category.decided", "2026-12-30"),
    ]
    assert [step.due.isoformat() for step in case_steps(C.KZ_EXPERT, date(2026, 10, 2), FiveDays(), KZ)] == [
        "2026-10-02",
        "2026-10-05",
    ]
    assert case_steps(C.KZ_EXPERT, date(2026, 10, 2), FiveDays(), RU) == []


DAYS = st.dates(date(2010, 1, 1), date(2027, 12, 31)).map(date.isoformat)
MAYBE = st.one_of(st.just(""), DAYS)
PARTIAL = st.one_of(MAYBE, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4]))
POSTS = st.sampled_from(
    ["учитель", "директор", "заместитель директора", "методист", "повар", "", "зав. отделом", "доцент"]
)
FACTS = st.lists(
    st.builds(
        CategoryFact,
        st.sampled_from(CategoryName),
        POSTS,
        st.sampled_from(["", "СОШ № 1", "СОШ № 2"]),
        PARTIAL,
        st.one_of(PARTIAL, st.just(OPEN_ENDED)),
    ),
    max_size=5,
)
PEOPLE = st.builds(
    PersonFacts,
    st.just("p"),
    posts=st.lists(st.builds(PostFact, POSTS, st.sampled_from(["", "СОШ № 1"]), PARTIAL), max_size=3).map(tuple),
    deferrals=st.lists(st.builds(DeferralFact, st.sampled_from("12x"), PARTIAL), max_size=2).map(tuple),
    planned=st.lists(st.tuples(POSTS, PARTIAL), max_size=1).map(tuple),
)
SLOW = settings(max_examples=150, deadline=None)


@SLOW
@given(PEOPLE, FACTS, st.sampled_from([RU, KZ]), st.dates(date(2012, 1, 1), date(2035, 1, 1)))
def test_never_raises(person: PersonFacts, facts: list[CategoryFact], rules: RuleSet, on: date) -> None:
    for due in due_attestation(person, facts, rules, on):
        assert due.why
        assert due.status in (DueStatus.EXEMPT, DueStatus.NO_DATA, DueStatus.DEFERRED) or due.due


@SLOW
@given(DAYS, MAYBE, st.integers(1, 2000))
def test_a_later_decision_never_makes_due_earlier(decided: str, since: str, by: int) -> None:
    later = (date.fromisoformat(decided) + timedelta(days=by)).isoformat()
    for category, started in ((C.SZD, since), (C.FIRST, "")):
        before = _due([CategoryFact(category, decision_date=decided)], started)
        after = _due([CategoryFact(category, decision_date=later)], started)
        assert (after.due or "9999") >= (before.due or "9999")


@SLOW
@given(POSTS, MAYBE, MAYBE, st.one_of(MAYBE, st.just(OPEN_ENDED)), st.sampled_from([RU, KZ]))
def test_the_bulk_way_says_the_same(post: str, since: str, szd: str, until: str, rules: RuleSet) -> None:
    if until == OPEN_ENDED and rules is KZ:
        return
    facts = [CategoryFact(C.SZD, decision_date=szd)] if szd else []
    if until:
        facts.append(CategoryFact(C.FIRST, valid_until=until))
    found = due_attestation(PersonFacts("p", posts=(PostFact(post, "", since),)), facts, rules, TODAY)
    szd_until = until_of(facts[0], rules) if szd else ""
    limits = attestation_thresholds(rules, TODAY)
    quick = attestation_status(classify(post, rules.country), until, szd_until, since, limits)
    assert [due.status for due in found] == ([quick] if quick else [])
