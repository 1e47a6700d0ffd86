"""Shapes of dated rules and of the answers they give.

A rule is data: a number with its act, clause, edition and the days it is in force.  ``RuleSet.at(day)`` gives what
is in force on a day; nothing in Python code holds a number of the law.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from imc_desktop.domain.dates import to_date
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.kinds import OPEN_ENDED, CategoryName, DueStatus
from imc_desktop.domain.words import plural, show_date

NOT_VERIFIED = "не сверено"


def last_day(iso: str) -> str:
    """The last ISO day of a partial date ("2023" → "2023-12-31"); "" and «бессрочно» stay."""
    if not iso or len(iso) == 10 or iso == OPEN_ENDED:
        return iso
    return to_date(iso, last=True).isoformat()


class Group(StrEnum):
    """Whom a rule binds."""

    TEACHERS = "teachers"
    HEADS = "heads"
    OWN_STAFF = "own_staff"


class Source(NamedTuple):
    """Where a number comes from; ``valid_to`` is "" while no end is known."""

    act: str
    clause: str = ""
    edition: str = ""
    valid_from: str = ""
    valid_to: str = ""
    verified: bool = False
    text: str = ""

    def cite(self) -> str:
        """«273-ФЗ, ст. 49 ч. 2 (ред. …; не сверено)»."""
        head = ", ".join(part for part in (self.act, self.clause) if part)
        notes = [self.edition] if self.edition else []
        if not self.verified:
            notes.append(NOT_VERIFIED)
        return f"{head} ({'; '.join(notes)})" if notes else head

    def in_force(self, day: str) -> bool:
        """True when the ISO day lies within the rule's own dates."""
        return self.valid_from <= day and (not self.valid_to or day <= self.valid_to)


class CourseRule(NamedTuple):
    """How often ``who`` must study; ``hours`` 0 = no least number of hours; ``mode`` is single or sum."""

    id: str
    title: str
    who: frozenset[Group]
    years: int
    source: Source
    hours: int = 0
    mode: str = "single"
    right: bool = False  # a right of the worker, not a duty


class Number(NamedTuple):
    """One number of an act: ``value`` in ``unit`` (years, days, working_days, hours, percent, people)."""

    id: str
    title: str
    value: int
    unit: str
    source: Source


class WordList(NamedTuple):
    """A closed list an act gives (kinds of courses that count, providers allowed …)."""

    id: str
    title: str
    values: tuple[str, ...]
    source: Source


class Validity(NamedTuple):
    """How long a category decided while ``source`` is in force lives; ``years`` 0 = without end."""

    id: str
    title: str
    categories: frozenset[CategoryName]
    years: int
    source: Source


class StepRule(NamedTuple):
    """A step of an attestation: ``offset`` in ``unit`` from ``anchor`` (meeting, application or a step's id)."""

    id: str
    kinds: frozenset[CategoryName]
    title: str
    anchor: str
    offset: int
    unit: str
    source: Source


class RuleEdition(NamedTuple):
    """A rule changed by the office: new numbers for the rule ``rule_id`` from ``valid_from``; None = unchanged.

    For a course rule ``who``, ``years``, ``hours`` and ``mode`` count, for a number or a step only ``value`` (days of
    a step without sign).  An id nobody knows, with ``who`` and ``years``, is a new course rule of the office.
    """

    rule_id: str
    valid_from: str
    valid_to: str = ""
    title: str = ""
    who: frozenset[Group] = frozenset()
    value: int | None = None
    years: int | None = None
    hours: int | None = None
    mode: str | None = None
    act: str = ""
    clause: str = ""
    verified: bool = False


AnyRule = CourseRule | Number | WordList | Validity | StepRule


@dataclass(frozen=True, slots=True)
class DayRules:
    """What is in force on one day. ``expired`` names rules whose last known edition has ended."""

    day: str
    courses: tuple[CourseRule, ...]
    numbers: dict[str, Number]
    lists: dict[str, WordList]
    steps: tuple[StepRule, ...]
    expired: frozenset[str]

    def number(self, key: str) -> Number:
        """The number ``key``; a rule set that lacks it is refused in a sentence."""
        found = self.numbers.get(key)
        if found is None:
            raise UserError(f"В правилах на {self.day} нет числа «{key}». Дополните файл правил.")
        return found

    def source_note(self, rule: AnyRule) -> str:
        """The citation, and a warning when the act's own term is over on this day."""
        if rule.source.valid_from > self.day:
            return f"{rule.source.cite()}; на {show_date(self.day)} эта редакция ещё не действовала"
        if rule.id in self.expired:
            ended = show_date(rule.source.valid_to)
            return f"{rule.source.cite()}; срок действия акта закончился {ended}, сверьте новую редакцию"
        return rule.source.cite()


@dataclass(frozen=True)
class RuleSet:
    """All editions of all rules of a country and an office; ``country`` is RU or KZ."""

    country: str
    courses: tuple[CourseRule, ...] = ()
    numbers: tuple[Number, ...] = ()
    lists: tuple[WordList, ...] = ()
    validity: tuple[Validity, ...] = ()
    steps: tuple[StepRule, ...] = ()
    editions: tuple[RuleEdition, ...] = ()
    _days: dict[str, DayRules] = field(default_factory=dict, compare=False, repr=False)

    def at(self, on: date) -> DayRules:
        """What is in force on the day; kept, so that asking again costs nothing."""
        day = on.isoformat()
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = _day_rules(self, day)
        return found

    def validity_of(self, category: CategoryName, day: str) -> Validity | None:
        """The rule of validity in force on the ISO day of a decision, else the last one known before it."""
        known = [rule for rule in self.validity if category in rule.categories and rule.source.valid_from <= day]
        return max(known, key=lambda rule: (rule.source.in_force(day), rule.source.valid_from), default=None)

    def with_courses(self, rules: Iterable[CourseRule]) -> RuleSet:
        """The same set with the office's own course rules added."""
        return replace(self, courses=(*self.courses, *rules), _days={})

    def with_editions(self, editions: Iterable[RuleEdition]) -> RuleSet:
        """The same set with rules the office has changed; a later ``valid_from`` wins."""
        known = (
            {rule.id for rule in self.courses} | {rule.id for rule in self.numbers} | {rule.id for rule in self.steps}
        )
        changes, new = [], []
        for edition in editions:
            if edition.rule_id in known:
                changes.append(edition)
            elif edition.who and edition.years:
                new.append(_new_course(edition))
            else:
                raise UserError(f"Изменение относится к неизвестному правилу «{edition.rule_id}».")
        return replace(self, courses=(*self.courses, *new), editions=(*self.editions, *changes), _days={})


class PostFact(NamedTuple):
    """A post held: ``since`` is the ISO day (or month, year) of the appointment or ""."""

    post: str
    organisation: str = ""
    since: str = ""


class DeferralFact(NamedTuple):
    """Out of reckoning until a day, under a neutral code of the rules (never a reason of health)."""

    code: str
    until: str


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the rules need to know about a person."""

    id: str
    groups: frozenset[Group] = frozenset()
    posts: tuple[PostFact, ...] = ()
    deferrals: tuple[DeferralFact, ...] = ()
    planned: tuple[tuple[str, str], ...] = ()  # (post, ISO day of the planned meeting)

    def deferred_until(self, day: str) -> str:
        """The latest ISO end of a deferral that holds on the day, or ""."""
        ends = (last_day(item.until) for item in self.deferrals)
        return max((end for end in ends if end >= day), default="")


class Due(NamedTuple):
    """One rule applied to one person: ``due`` is an ISO day or None, ``why`` a full Russian explanation."""

    rule_id: str
    title: str
    source: str
    verified: bool
    status: DueStatus
    due: str | None
    last: str
    why: str
    post: str = ""
    organisation: str = ""
    warnings: tuple[str, ...] = ()


def _changed(source: Source, edition: RuleEdition) -> Source:
    return source._replace(
        act=edition.act or source.act,
        clause=edition.clause or source.clause,
        edition=f"изменено учреждением с {show_date(edition.valid_from)}",
        valid_from=edition.valid_from,
        valid_to=edition.valid_to,
        verified=edition.verified,
    )


def _new_course(edition: RuleEdition) -> CourseRule:
    source = Source(
        act=edition.act or "Решение учреждения",
        clause=edition.clause,
        valid_from=edition.valid_from,
        valid_to=edition.valid_to,
        verified=edition.verified,
    )
    years, hours, mode = edition.years or 0, edition.hours or 0, edition.mode or "single"
    title = edition.title or _course_title(source.act, years, hours, mode)
    return CourseRule(edition.rule_id, title, edition.who, years, source, hours, mode)


def _course_title(head: str, years: int, hours: int, mode: str) -> str:
    """«Положение 3.2.2: 5 лет, 144 ч»."""
    amount = f", {hours} ч{' в сумме' if mode == 'sum' else ''}" if hours else ""
    return f"{head}: {years} {plural(years, 'год', 'года', 'лет')}{amount}"


def _apply_course(rule: CourseRule, edition: RuleEdition) -> CourseRule:
    years = rule.years if edition.years is None else edition.years
    hours = rule.hours if edition.hours is None else edition.hours
    mode = edition.mode or rule.mode
    return rule._replace(
        title=edition.title or _course_title(rule.title.partition(":")[0], years, hours, mode),
        who=edition.who or rule.who,
        years=years,
        hours=hours,
        mode=mode,
        source=_changed(rule.source, edition),
    )


def _apply_number(rule: Number, edition: RuleEdition) -> Number:
    value = rule.value if edition.value is None else edition.value
    return rule._replace(value=value, source=_changed(rule.source, edition))


def _apply_step(rule: StepRule, edition: RuleEdition) -> StepRule:
    """New days in the step's own direction."""
    days = abs(rule.offset) if edition.value is None else edition.value
    return rule._replace(offset=-days if rule.offset < 0 else days, source=_changed(rule.source, edition))


def _current(rules: Iterable[Any], day: str, expired: set[str]) -> dict[str, Any]:
    """Per id the edition in force on the day, else the last one that ended before it (noted in ``expired``)."""
    chosen: dict[str, Any] = {}
    for rule in sorted(rules, key=lambda item: (item.source.in_force(day), item.source.valid_from)):
        if rule.source.valid_from <= day:
            chosen[rule.id] = rule
        elif not isinstance(rule, CourseRule):
            chosen.setdefault(rule.id, rule)  # a day before the first edition known: the oldest one answers
    expired.update(key for key, rule in chosen.items() if not rule.source.in_force(day))
    return chosen


def _day_rules(rules: RuleSet, day: str) -> DayRules:
    expired: set[str] = set()
    courses: dict[str, CourseRule] = _current(rules.courses, day, expired)
    numbers: dict[str, Number] = _current(rules.numbers, day, expired)
    steps: dict[str, StepRule] = _current(rules.steps, day, expired)
    for edition in sorted(rules.editions, key=lambda item: item.valid_from):
        if edition.valid_from > day or (edition.valid_to and edition.valid_to < day):
            continue
        if edition.rule_id in courses:
            courses[edition.rule_id] = _apply_course(courses[edition.rule_id], edition)
        elif edition.rule_id in numbers:
            numbers[edition.rule_id] = _apply_number(numbers[edition.rule_id], edition)
        elif edition.rule_id in steps:
            steps[edition.rule_id] = _apply_step(steps[edition.rule_id], edition)
        expired.discard(edition.rule_id)
    return DayRules(
        day=day,
        courses=tuple(courses.values()),
        numbers=numbers,
        lists=_current(rules.lists, day, expired),
        steps=tuple(steps.values()),
        expired=frozenset(expired),
    )
