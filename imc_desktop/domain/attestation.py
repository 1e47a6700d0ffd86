"""Who must be attested, by when and why; how long a category lives; the steps of a case.

Russia: 273-ФЗ ст. 49, 51 and приказ 196; Kazakhstan: приказ № 83.  All numbers come from the rule set, by date.
Соответствие занимаемой должности (СЗД) belongs to a post in an organisation; a category belongs to a post.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from imc_desktop.domain import dates, words
from imc_desktop.domain.category_end import CategoryFact, until_of, validity_rule
from imc_desktop.domain.courses import status_of
from imc_desktop.domain.dates import school_year_ends
from imc_desktop.domain.kinds import OPEN_ENDED, CategoryName, DueStatus
from imc_desktop.domain.posts import PostGroup, classify, normal_post
from imc_desktop.domain.rule_data import (
    AnyRule,
    DayRules,
    Due,
    Number,
    PersonFacts,
    PostFact,
    RuleSet,
    StepRule,
    Validity,
    last_day,
)


class WorkCalendar(Protocol):
    """What the steps need of a calendar of working days."""

    def is_working(self, day: date, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class Step:
    """A dated step of a case: ``unit`` in words («не позднее чем за 30 календарных дней»)."""

    id: str
    title: str
    due: date
    unit: str
    source: str
    verified: bool


def due_attestation(person: PersonFacts, facts: Sequence[CategoryFact], rules: RuleSet, on: date) -> list[Due]:
    """One answer per post the person holds; without a known post one answer for the person."""
    posts = person.posts or (PostFact(""),)
    scheme = _SCHEMES[rules.country]
    found = [scheme(_Case(person, post, _for_post(facts, post), rules, on)) for post in posts]
    return [due for due in found if due is not None]


@dataclass(frozen=True, slots=True)
class AttestationThresholds:
    """The numbers of one day for statuses in bulk."""

    country: str
    day: str
    this_year_to: str
    next_year_to: str
    newcomer_years: int


def attestation_thresholds(rules: RuleSet, on: date) -> AttestationThresholds:
    """What ``attestation_status`` needs; made once for a whole district."""
    newcomer = rules.at(on).numbers.get("szd.newcomer")
    years = newcomer.value if newcomer else 0
    return AttestationThresholds(rules.country, on.isoformat(), *school_year_ends(on), years)


def attestation_status(
    group: PostGroup, until: str, szd_until: str, since: str, limits: AttestationThresholds
) -> DueStatus | None:
    """The status without making reasons, equal to that of ``due_attestation`` for somebody without deferrals.

    ``until`` is the latest end (``until_of``) of a category of the post, "бессрочно" being later than any day, and
    ``szd_until`` that of СЗД; ``since`` is a whole ISO day; "" = none.  None = no rule binds the post.
    """
    if group in (PostGroup.OTHER, PostGroup.HIGHER):
        return None
    due = until
    if limits.country == "RU":
        if group in (PostGroup.HEAD, PostGroup.DEPUTY, PostGroup.UNIT_HEAD):
            return DueStatus.EXEMPT
        if until == OPEN_ENDED:
            return DueStatus.EXEMPT
        if until < limits.day:
            due = max(until, szd_until, _later(since, limits.newcomer_years))
    if not due:
        return DueStatus.NO_DATA
    if due < limits.day:
        return DueStatus.OVERDUE
    if due <= limits.this_year_to:
        return DueStatus.THIS_YEAR
    return DueStatus.NEXT_YEAR if due <= limits.next_year_to else DueStatus.LATER


def _later(iso: str, years: int) -> str:
    """Text some years later; only for comparing (29 February stays)."""
    return f"{int(iso[:4]) + years:04d}{iso[4:]}" if iso else ""


def case_steps(kind: CategoryName, anchor: date, calendar: WorkCalendar, rules: RuleSet) -> list[Step]:
    """Steps of a case from its meeting (СЗД) or application day, each with its last day, in order of days.

    Raises UserError when the rules name no steps for this kind of case.
    """
    day_rules = rules.at(anchor)
    done: dict[str, date] = {}
    steps: list[Step] = []
    for rule in day_rules.steps:
        if kind not in rule.kinds:
            continue
        due = _shift(done.get(rule.anchor, anchor), rule, calendar)
        done[rule.id] = due
        steps.append(
            Step(rule.id, rule.title, due, _unit_words(rule), day_rules.source_note(rule), rule.source.verified)
        )
    return sorted(steps, key=lambda step: step.due)


@dataclass(frozen=True, slots=True)
class _Case:
    """One post of one person on one day."""

    person: PersonFacts
    post: PostFact
    facts: tuple[CategoryFact, ...]
    rules: RuleSet
    on: date

    @property
    def day(self) -> str:
        return self.on.isoformat()

    @property
    def in_force(self) -> DayRules:
        return self.rules.at(self.on)

    def answer(
        self,
        rule: AnyRule,
        status: DueStatus,
        sentences: Sequence[str],
        *,
        due: str | None,
        last: str,
        warnings: tuple[str, ...] = (),
    ) -> Due:
        """The answer with its reason; a deferral that holds on the day goes before any date."""
        day_rules = self.in_force
        text = [*sentences]
        deferred = self.person.deferred_until(self.day)
        if deferred and status not in (DueStatus.EXEMPT, DueStatus.DEFERRED):
            status = DueStatus.DEFERRED
            text.append(f"Отложено до {words.show_date(deferred)}.")
        if status is DueStatus.OVERDUE:
            text.append(f"На {words.show_date(self.day)} срок прошёл.")
        source = day_rules.source_note(rule)
        text.append(f"Основание: {source}.")
        return Due(
            rule_id=rule.id,
            title=rule.title,
            source=source,
            verified=rule.source.verified,
            status=status,
            due=due,
            last=last,
            why=" ".join(text),
            post=self.post.post,
            organisation=self.post.organisation,
            warnings=(*warnings, *_planning_warnings(self, due, status)),
        )


def _due_ru(case: _Case) -> Due | None:
    group = classify(case.post.post, "RU")
    lists = case.in_force.lists
    shown = case.post.post
    if group is PostGroup.HEAD:
        text = f"Должность «{shown}»: аттестация обязательна, порядок и сроки устанавливает учредитель."
        return case.answer(lists["heads.founder"], DueStatus.EXEMPT, [text], due=None, last="")
    if group in (PostGroup.DEPUTY, PostGroup.UNIT_HEAD):
        text = f"Должность «{shown}» не педагогическая: аттестация педагогов на неё не распространяется."
        return case.answer(lists["deputies.none"], DueStatus.EXEMPT, [text], due=None, last="")
    if group in (PostGroup.OTHER, PostGroup.HIGHER):
        return None
    return _by_category(case) or _by_szd(case)


def _by_category(case: _Case) -> Due | None:
    """The answer of a category that is valid on the day, or None."""
    ranked = [(fact, until_of(fact, case.rules)) for fact in case.facts if fact.category not in _NOT_CATEGORIES]
    valid = [(fact, until) for fact, until in ranked if until == OPEN_ENDED or (until and until >= case.day)]
    if valid:
        fact, until = max(valid, key=lambda pair: pair[1])  # a Cyrillic letter sorts after every digit
    else:
        unknown = [fact for fact, until in ranked if not until]
        if not unknown:
            return None
        fact, until = unknown[0], ""
    decided = _decided_words(fact)
    rule = _rule_of(fact, until, case.rules) or case.in_force.number("szd.period")
    if until == OPEN_ENDED:
        status, text = DueStatus.EXEMPT, f"{decided} действует бессрочно, аттестация на соответствие не нужна."
    elif until:
        given = f"дата решения плюс {_years(rule)}" if fact.valid_until in ("", OPEN_ENDED) else "по документу"
        status, text = status_of(until, case.on), f"{decided} действует до {words.show_date(until)} ({given})."
    elif fact.decision_date:
        status, text = (
            DueStatus.NO_DATA,
            f"{decided}: без точной даты не определить, по какому порядку она установлена.",
        )
    else:
        status, text = DueStatus.NO_DATA, ": не указаны ни дата решения, ни срок действия — срок не определить."
    return case.answer(
        rule,
        status,
        [f"Категория «{fact.category}»{text}"],
        due=until if until != OPEN_ENDED and until else None,
        last=last_day(fact.decision_date),
        warnings=_conflict(fact, until),
    )


def _by_szd(case: _Case) -> Due:
    """СЗД: the latest of last decision + period, beginning in the post + term, return from leave + term."""
    rules = case.in_force
    period = rules.number("szd.period")
    bases = _szd_bases(case, period, rules.number("szd.newcomer"))
    decided = [last_day(fact.decision_date) for fact in case.facts if fact.category is CategoryName.SZD]
    last = max(decided, default="")
    rule_text = f"Действующей категории нет. Аттестация на соответствие занимаемой должности: раз в {_years(period)}."
    if not bases:
        text = "В учёте нет ни прежней аттестации, ни даты начала работы в должности."
        return case.answer(period, DueStatus.NO_DATA, [rule_text, text], due=None, last=last)
    due, reason = max([*bases, *_deferral_bases(case)])
    text = f"Срок — {words.show_date(due)}: {reason}."
    if not decided:
        text += " Прежней аттестации на соответствие в учёте нет."
    return case.answer(period, status_of(due, case.on), [rule_text, text], due=due, last=last)


def _szd_bases(case: _Case, period: Number, newcomer: Number) -> list[tuple[str, str]]:
    """Days the next attestation of conformity may be counted from, each with its reason in words."""
    bases: list[tuple[str, str]] = []
    for fact in case.facts:
        decided, until = last_day(fact.decision_date), until_of(fact, case.rules)
        if fact.category is CategoryName.SZD and decided:
            reason = f"последняя аттестация на соответствие {words.show_date(decided)} плюс {_years(period)}"
            bases.append((dates.add_years(decided, period.value), reason))
        elif fact.category is CategoryName.SZD and until not in ("", OPEN_ENDED):
            bases.append((until, f"соответствие подтверждено до {words.show_date(until)} (по документу)"))
        elif fact.category not in _NOT_CATEGORIES and until not in ("", OPEN_ENDED):
            bases.append((until, f"срок категории «{fact.category}» закончился {words.show_date(until)}"))
    if case.post.since:
        since = last_day(case.post.since)
        reason = f"начало работы в должности {words.show_date(case.post.since)} плюс {_years(newcomer)}"
        bases.append((dates.add_years(since, newcomer.value), reason))
    return bases


def _due_kz(case: _Case) -> Due | None:
    group = classify(case.post.post, "KZ")
    if group in (PostGroup.OTHER, PostGroup.HIGHER):
        return None
    rule = case.in_force.number("kz.period.head" if group is PostGroup.HEAD else "kz.period")
    held = [(_kz_until(fact, rule.value), fact) for fact in case.facts if fact.category not in _NOT_CATEGORIES]
    dated = [(until, fact) for until, fact in held if until]
    rule_text = f"Правило: аттестация не реже одного раза в {_years(rule)}."
    if not dated:
        text = "В учёте нет ни даты решения о категории, ни срока её действия."
        return case.answer(rule, DueStatus.NO_DATA, [rule_text, text], due=None, last="")
    until, fact = max(dated, key=lambda pair: pair[0])
    given = "по документу" if fact.valid_until else f"дата решения плюс {_years(rule)}"
    text = f"Категория «{fact.category}»{_decided_words(fact)} действует до {words.show_date(until)} ({given})."
    due = max([(until, ""), *_deferral_bases(case)])[0]
    if due != until:
        text += f" После перерыва — до {words.show_date(due)}."
    late = case.in_force.number("kz.late_years")
    warn = f"При заявлении после срока категория ниже на одну ступень на {_years(late)}."
    return case.answer(
        rule, status_of(due, case.on), [rule_text, text, warn], due=due, last=last_day(fact.decision_date)
    )


_SCHEMES: dict[str, Callable[[_Case], Due | None]] = {"RU": _due_ru, "KZ": _due_kz}
_NOT_CATEGORIES = frozenset({CategoryName.SZD, CategoryName.NONE})


def _for_post(facts: Sequence[CategoryFact], post: PostFact) -> tuple[CategoryFact, ...]:
    """Facts of this post: a category follows the post, СЗД the post and the organisation; unsaid parts fit all."""
    name = normal_post(post.post).name
    return tuple(
        fact
        for fact in facts
        if (not fact.post or not name or normal_post(fact.post).name == name)
        and (
            fact.category is not CategoryName.SZD
            or not fact.organisation
            or not post.organisation
            or words.fold(fact.organisation) == words.fold(post.organisation)
        )
    )


def _rule_of(fact: CategoryFact, until: str, rules: RuleSet) -> Validity | None:
    """The rule of validity behind an end: that of the decision's day, else the one that gives such an end."""
    found = validity_rule(fact.category, fact.decision_date, rules)
    if found is not None:
        return found
    fitting = [rule for rule in rules.validity if fact.category in rule.categories]
    return next((rule for rule in fitting if bool(rule.years) == (until != OPEN_ENDED)), None)


def _conflict(fact: CategoryFact, until: str) -> tuple[str, ...]:
    """A paper that names an end the rules do not know, or none where they do: said, not silently mended."""
    said = last_day(fact.valid_until)
    if not said or said == until:
        return ()
    return (
        f"В документе срок категории «{words.show_date(said)}», по правилам — «{words.show_date(until)}»: сверьте.",
    )


def _kz_until(fact: CategoryFact, years: int) -> str:
    if fact.valid_until and fact.valid_until != OPEN_ENDED:
        return last_day(fact.valid_until)
    return dates.add_years(last_day(fact.decision_date), years) if fact.decision_date else ""


def _decided_words(fact: CategoryFact) -> str:
    if not fact.decision_date:
        return ""
    number = f", № {fact.act_number}" if fact.act_number else ""
    return f" (решение {words.show_date(fact.decision_date)}{number})"


def _deferral_bases(case: _Case) -> list[tuple[str, str]]:
    """Ends of deferrals plus the years the rules give for their neutral code."""
    found = []
    for item in case.person.deferrals:
        number = case.in_force.numbers.get(f"deferral.{item.code}")
        until = last_day(item.until)
        if number is None or not until:
            continue
        reason = f"окончание отсрочки {words.show_date(until)} плюс {_years(number)}"
        found.append((dates.add_years(until, number.value), reason))
    return found


def _planning_warnings(case: _Case, due: str | None, status: DueStatus) -> tuple[str, ...]:
    """The planned meeting needs notice; a near due date without a planned meeting is said."""
    numbers = case.in_force.numbers
    name = normal_post(case.post.post).name
    planned = [day for post, day in case.person.planned if day and normal_post(post).name in ("", name)]
    notice = [rule for rule in case.in_force.steps if rule.id == "szd.presentation"]
    if planned and notice:
        before, source = timedelta(days=notice[0].offset), notice[0].source.cite()
        return tuple(
            f"Заседание {words.show_date(day)}: ознакомить под подпись не позднее "
            f"{words.date_short(dates.to_date(day) + before)} ({source})."
            for day in planned
        )
    near = numbers.get("program.warn_days")
    active = status in (DueStatus.OVERDUE, DueStatus.THIS_YEAR, DueStatus.NEXT_YEAR)
    if near is None or due is None or not active:
        return ()
    if due > (case.on + timedelta(days=near.value)).isoformat():
        return ()
    return ("Срок близко или прошёл, а дата заседания не назначена.",)


def _years(rule: Number | Validity) -> str:
    count = rule.years if isinstance(rule, Validity) else rule.value
    return f"{count} {words.plural(count, 'год', 'года', 'лет')}"


def _shift(anchor: date, rule: StepRule, calendar: WorkCalendar) -> date:
    """The anchor moved by calendar or by working days."""
    if rule.unit != "working_days":
        return anchor + timedelta(days=rule.offset)
    step = timedelta(days=1 if rule.offset > 0 else -1)
    left, day = abs(rule.offset), anchor
    while left:
        day += step
        left -= calendar.is_working(day)
    return day


def _unit_words(rule: StepRule) -> str:
    count = abs(rule.offset)
    if not count:
        return "в этот день"
    of_work, until = rule.unit == "working_days", rule.offset < 0
    one, few, many = _DAY_WORDS[of_work, until]
    days = f"{count} {words.plural(count, one, few, many)}"
    return f"не позднее чем за {days}" if until else f"в течение {days}"


# (working days?, accusative after «за»?) → one, few, many
_DAY_WORDS = {
    (True, True): ("рабочий день", "рабочих дня", "рабочих дней"),
    (True, False): ("рабочего дня", "рабочих дней", "рабочих дней"),
    (False, True): ("календарный день", "календарных дня", "календарных дней"),
    (False, False): ("календарного дня", "календарных дней", "календарных дней"),
}
