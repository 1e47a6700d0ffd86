"""Who must study, by which rule, by when and why.

Every rule is answered apart: the law's three years and an office's own rule are two clocks (domain rules, trap 1).
Only documents of additional professional education count (list ``courses.kinds`` of the rule set).
A date without a day counts as its last day, so that nobody is called overdue while he may not be; the text says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from imc_desktop.domain import dates, words
from imc_desktop.domain.kinds import DueStatus, TrainingKind
from imc_desktop.domain.rule_data import CourseRule, DayRules, Due, Group, PersonFacts, RuleSet, last_day

PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class CourseFact:
    """One finished course; ``finished`` is ISO of any precision, ``provider_kind`` "private" when known to be."""

    finished: str
    hours: int | None = None
    kind: TrainingKind = TrainingKind.PK
    title: str = ""
    provider_kind: str = ""
    started: str = ""


@dataclass(frozen=True, slots=True)
class CourseThreshold:
    """One rule of one day as ISO texts, for grouped SQL over last days of courses.

    A person's ``last`` = the latest last-day of a course that has a kind of ``kinds`` and at least ``min_hours`` hours.
    """

    rule_id: str
    title: str
    groups: frozenset[Group]
    kinds: tuple[str, ...]
    min_hours: int
    mode: str
    years: int
    overdue_before: str
    this_year_to: str
    next_year_to: str


@dataclass(frozen=True, slots=True)
class _Pick:
    """What answers a rule: the last day that counts, the courses behind it and what is left to say."""

    last: str
    used: tuple[CourseFact, ...] = ()
    total: int = 0


def status_of(due: str, on: date) -> DueStatus:
    """Decision 25: overdue = due before the day; this_year = within the school year that holds it."""
    this_year, next_year = dates.school_year_ends(on)
    if due < on.isoformat():
        return DueStatus.OVERDUE
    if due <= this_year:
        return DueStatus.THIS_YEAR
    return DueStatus.NEXT_YEAR if due <= next_year else DueStatus.LATER


def rules_for(groups: Iterable[Group], rules: RuleSet, on: date) -> tuple[CourseRule, ...]:
    """The course rules in force on the day that bind somebody of these groups."""
    bound = frozenset(groups)
    return tuple(rule for rule in rules.at(on).courses if rule.who & bound)


def due_courses(person: PersonFacts, facts: Sequence[CourseFact], rules: RuleSet, on: date) -> list[Due]:
    """One answer per rule that binds the person."""
    return [explain_course(person, facts, rule, rules, on) for rule in rules_for(person.groups, rules, on)]


def explain_course(person: PersonFacts, facts: Sequence[CourseFact], rule: CourseRule, rules: RuleSet, on: date) -> Due:
    """The answer of one rule with its reason: inputs with their dates, act, clause and edition."""
    day_rules = rules.at(on)
    counted = _counted(facts, day_rules, on)
    pick = _pick_sum(counted, rule) if rule.mode == "sum" else _pick_single(counted, rule)
    due = dates.add_years(pick.last, rule.years) if pick.last else None
    deferred = person.deferred_until(on.isoformat())
    if deferred:
        status = DueStatus.DEFERRED
    elif due is None:
        status = DueStatus.NO_DATA
    else:
        status = status_of(due, on)
    source = day_rules.source_note(rule)
    parts = [_rule_sentence(rule), _found_sentence(pick, counted, rule, on)]
    if due:
        parts.append(
            f"Следующий срок — {words.show_date(due)} ({words.show_date(pick.last)} плюс {_years(rule.years)})."
        )
    if deferred:
        parts.append(f"Отложено до {words.show_date(deferred)}.")
    elif status is DueStatus.OVERDUE:
        parts.append(f"На {words.show_date(on.isoformat())} срок прошёл.")
    parts.append(f"Основание: {source}.")
    return Due(
        rule_id=rule.id,
        title=rule.title,
        source=source,
        verified=rule.source.verified,
        status=status,
        due=due,
        last=pick.last,
        why=" ".join(parts),
        warnings=(*_provider_warnings(facts, day_rules), *_short_warnings(counted, day_rules)),
    )


def course_thresholds(rules: RuleSet, on: date) -> list[CourseThreshold]:
    """Every course rule of the day as ISO texts to compare with; rules of mode ``sum`` need their rows summed."""
    this_year, next_year = dates.school_year_ends(on)
    day_rules = rules.at(on)
    kinds = day_rules.lists["courses.kinds"].values if "courses.kinds" in day_rules.lists else ()
    return [
        CourseThreshold(
            rule_id=rule.id,
            title=rule.title,
            groups=rule.who,
            kinds=kinds,
            min_hours=rule.hours,
            mode=rule.mode,
            years=rule.years,
            overdue_before=_back(on.isoformat(), rule.years),
            this_year_to=_back(this_year, rule.years),
            next_year_to=_back(next_year, rule.years),
        )
        for rule in day_rules.courses
    ]


def status_from_last(last: str | None, threshold: CourseThreshold) -> DueStatus:
    """The status for the last day that counts, without making dates; equal to what ``explain_course`` says."""
    if not last:
        return DueStatus.NO_DATA
    day = last if len(last) == 10 else last_day(last)
    if day < threshold.overdue_before:
        return DueStatus.OVERDUE
    if day <= threshold.this_year_to:
        return DueStatus.THIS_YEAR
    return DueStatus.NEXT_YEAR if day <= threshold.next_year_to else DueStatus.LATER


def last_of_sum(rows: Iterable[tuple[str, str, int | None]], hours: int) -> str:
    """For a summing rule: (last day, title, hours) rows of one person → the day from which the sum is reached, or "".

    The same programme counts once, with the most hours it was ever taken for since that day.
    """
    best: dict[str, int] = {}
    total = 0
    for day, title, amount in sorted(rows, key=lambda row: row[0], reverse=True):
        key = words.fold(title) or f"{day} {len(best)}"
        gain = max((amount or 0) - best.get(key, 0), 0)
        best[key] = best.get(key, 0) + gain
        total += gain
        if total >= hours:
            return day
    return ""


def _back(iso: str, years: int) -> str:
    """The text threshold: a last day is less than it exactly when that day plus the years lies before ``iso``."""
    return f"{int(iso[:4]) - years:04d}{iso[4:]}"


def _counted(facts: Sequence[CourseFact], day_rules: DayRules, on: date) -> list[tuple[str, CourseFact]]:
    """Courses that are additional professional education and finished by the day, newest first."""
    kinds: Sequence[str] = day_rules.lists["courses.kinds"].values if "courses.kinds" in day_rules.lists else ()
    first_days = ((last_day(item.finished), item) for item in facts if item.finished and item.kind.value in kinds)
    done = [(day, item) for day, item in first_days if item.finished <= on.isoformat()[: len(item.finished)]]
    return sorted(done, key=lambda pair: pair[0], reverse=True)


def _pick_single(counted: Sequence[tuple[str, CourseFact]], rule: CourseRule) -> _Pick:
    for day, item in counted:
        if not rule.hours or (item.hours or 0) >= rule.hours:
            return _Pick(day, (item,), item.hours or 0)
    return _Pick("")


def _pick_sum(counted: Sequence[tuple[str, CourseFact]], rule: CourseRule) -> _Pick:
    last = last_of_sum([(day, item.title, item.hours) for day, item in counted], rule.hours)
    if not last:
        return _Pick("")
    used = [(day, item) for day, item in counted if day >= last]
    return _Pick(last, tuple(item for _, item in used), _distinct_hours(used))


def _distinct_hours(counted: Iterable[tuple[str, CourseFact]]) -> int:
    """Hours of different programmes, the same title once."""
    best: dict[str, int] = {}
    for number, (day, item) in enumerate(counted):
        key = words.fold(item.title) or f"{day} {number}"
        best[key] = max(best.get(key, 0), item.hours or 0)
    return sum(best.values())


def _years(count: int) -> str:
    return f"{count} {words.plural(count, 'год', 'года', 'лет')}"


def _hours(count: int) -> str:
    return f"{count} ч"


def _rule_sentence(rule: CourseRule) -> str:
    if rule.hours and rule.mode == "sum":
        amount = f", всего не менее {_hours(rule.hours)}"
    elif rule.hours:
        amount = f", программа не менее {_hours(rule.hours)}"
    else:
        amount = ""
    right = " (это право работника)" if rule.right else ""
    return f"Правило: не реже одного раза в {_years(rule.years)}{amount}{right}."


def _course_words(item: CourseFact) -> str:
    title = f"«{item.title}», " if item.title else ""
    hours = _hours(item.hours) if item.hours is not None else "часы не указаны"
    return f"{title}{item.kind.value}, {hours}, окончен {_finished_words(item.finished)}"


def _finished_words(iso: str) -> str:
    if len(iso) == 10:
        return words.show_date(iso)
    return f"{words.show_date(iso)} (день не указан, взят последний: {words.show_date(last_day(iso))})"


def _found_sentence(pick: _Pick, counted: Sequence[tuple[str, CourseFact]], rule: CourseRule, on: date) -> str:
    if not counted:
        return "Пройденных курсов в учёте нет."
    window = [pair for pair in counted if pair[0] > _back(on.isoformat(), rule.years)]
    beside = f"Всего за {_years(rule.years)} по разным программам — {_hours(_distinct_hours(window))}"
    if rule.mode == "sum":
        if not pick.last:
            return f"{beside}, нужного объёма нет."
        return f"Засчитано {_hours(pick.total)}: {'; '.join(_course_words(item) for item in pick.used)}."
    if not pick.last:
        blank = sum(1 for _, item in counted if item.hours is None)
        unknown = f", у {blank} {words.plural(blank, 'курса', 'курсов', 'курсов')} часы не указаны" if blank else ""
        newest = _course_words(counted[0][1])
        return f"Программы такого объёма в учёте нет{unknown}; последний курс: {newest}. {beside}."
    text = f"Последний засчитанный курс: {_course_words(pick.used[0])}."
    return f"{text} {beside}." if rule.hours else text


def _provider_warnings(facts: Sequence[CourseFact], day_rules: DayRules) -> tuple[str, ...]:
    """Courses begun at a private provider after the restriction came into force: warned about, never refused."""
    rule = day_rules.lists.get("courses.providers")
    if rule is None:
        return ()
    found = [
        item
        for item in facts
        if item.provider_kind == PRIVATE and (item.started or item.finished) >= rule.source.valid_from
    ]
    return tuple(
        f"Курс «{item.title}» начат после {words.show_date(rule.source.valid_from)} в частной организации: "
        f"для работающих по основным общеобразовательным программам это ограничено. Основание: {rule.source.cite()}."
        for item in found
    )


def _short_warnings(counted: Sequence[tuple[str, CourseFact]], day_rules: DayRules) -> tuple[str, ...]:
    """Courses shorter than their kind may be: probably a seminar, or a slip of the hours."""
    keys = {TrainingKind.PK: "courses.pk_min_hours", TrainingKind.PP: "courses.pp_min_hours"}
    found = []
    for _, item in counted:
        least = day_rules.numbers.get(keys.get(item.kind, ""))
        if least is not None and item.hours is not None and item.hours < least.value:
            limit = f"{least.value} ч ({least.source.cite()})"
            found.append(f"Курс «{item.title}»: {item.hours} ч, а для вида «{item.kind}» нужно не менее {limit}.")
    return tuple(found)
