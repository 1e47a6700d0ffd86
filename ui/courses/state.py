"""What the tab «Курсы» says, without Qt: groups, words of the lists, sections of the card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from imc_desktop.domain.dates import school_year_ends, school_year_of, school_year_title
from imc_desktop.domain.kinds import DueStatus
from imc_desktop.domain.rule_data import Due
from imc_desktop.domain.words import plural, show_date
from imc_desktop.usecases.courses import CourseDueRow, CoursePlanRow, RuleChip, TrainingRow
from imc_desktop.usecases.staff_values import brief_organisation
from ui.common.card import CardRow, CardSection
from ui.common.status_mark import Status, marked, tone

ALL_RULES = ""
CALLED = frozenset({DueStatus.OVERDUE, DueStatus.THIS_YEAR, DueStatus.NEXT_YEAR})
GROUPS: Mapping[DueStatus, str] = {
    DueStatus.OVERDUE: "Просрочено",
    DueStatus.THIS_YEAR: "В этом учебном году",
    DueStatus.NEXT_YEAR: "В следующем учебном году",
    DueStatus.NO_DATA: "Нет данных",
    DueStatus.DEFERRED: "Отложено",
    DueStatus.LATER: "Спокойно",
}
MARKS: Mapping[DueStatus, Status] = {
    DueStatus.OVERDUE: Status.OVERDUE,
    DueStatus.THIS_YEAR: Status.SOON,
    DueStatus.NEXT_YEAR: Status.OK,
    DueStatus.NO_DATA: Status.UNKNOWN,
    DueStatus.DEFERRED: Status.POSTPONED,
    DueStatus.LATER: Status.OK,
    DueStatus.EXEMPT: Status.OK,
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A counter that narrows the list to its statuses when pressed."""

    key: str
    count: int
    title: str
    note: str
    status: Status
    statuses: frozenset[DueStatus]


def tiles(rows: Sequence[CourseDueRow], on: date) -> list[Tile]:
    """The five counters of what is listed; «спокойно» holds those put off too."""
    counts = Counter(row.status for row in rows)
    blank = len({row.organisation_id for row in rows if row.status is DueStatus.NO_DATA})
    ask = f"в {blank} {plural(blank, 'организации', 'организациях', 'организациях')}" if blank else "всё есть"
    this_year = show_date(school_year_ends(on)[0])
    put_off = counts[DueStatus.DEFERRED]
    calm = f"срок позже; отложено у {put_off}" if put_off else "срок позже"
    told = (
        ("overdue", "просрочено", "срок прошёл", Status.OVERDUE, {DueStatus.OVERDUE}),
        ("this_year", "в этом году", f"срок до {this_year}", Status.SOON, {DueStatus.THIS_YEAR}),
        ("next_year", "в следующем", school_year_title(school_year_of(on) + 1), Status.OK, {DueStatus.NEXT_YEAR}),
        ("no_data", "нет данных", ask, Status.UNKNOWN, {DueStatus.NO_DATA}),
        ("later", "спокойно", calm, Status.OK, {DueStatus.LATER, DueStatus.DEFERRED}),
    )
    return [
        Tile(key, sum(counts[one] for one in statuses), title, note, status, frozenset(statuses))
        for key, title, note, status, statuses in told
    ]


def calls(count: Mapping[DueStatus, int]) -> int:
    """How many people a rule calls now."""
    return count[DueStatus.OVERDUE] + count[DueStatus.THIS_YEAR]


def busiest(counts: Mapping[str, Mapping[DueStatus, int]]) -> str:
    """The rule that calls most people now: the one to begin with."""
    return max(counts, key=lambda rule: calls(counts[rule]), default=ALL_RULES)


def due_words(row: CourseDueRow) -> str:
    """«■ 14.03.2026», «▲ до 31.05.2027», «○ нет данных»."""
    if row.status in (DueStatus.NO_DATA, DueStatus.DEFERRED):
        return marked(MARKS[row.status])
    before = "" if row.status is DueStatus.OVERDUE else "до "
    return marked(MARKS[row.status], f"{before}{show_date(row.due)}")


def due_tone(row: CourseDueRow) -> str:
    """The colour of the status."""
    return tone(MARKS[row.status])


def post_words(row: CourseDueRow | CoursePlanRow) -> str:
    """«учитель, математика»."""
    return ", ".join(part for part in (row.post, row.subjects) if part)


def organisation_words(row: CourseDueRow | CoursePlanRow | TrainingRow) -> str:
    """The organisation without its legal form."""
    return brief_organisation(row.organisation)


def size_words(row: TrainingRow) -> str:
    """«72 ч», "" when nobody has told."""
    return "" if row.hours is None else f"{row.hours} ч"


def document_words(row: TrainingRow) -> str:
    """Number and day of the document."""
    day = f"от {show_date(row.document_date)}" if row.document_date else ""
    return " ".join(part for part in (row.document_number or row.registration_number, day) if part)


def done_words(row: CoursePlanRow, on: date) -> str:
    """How a line of the perspective plan stands."""
    if row.done:
        return marked(Status.OK, "пройдены")
    if row.planned_year and row.planned_year < str(on.year):
        return marked(Status.OVERDUE, "не пройдены")
    return "в плане"


def done_tone(row: CoursePlanRow, on: date) -> str:
    """Its colour."""
    if row.done:
        return "ok"
    return "bad" if row.planned_year and row.planned_year < str(on.year) else "secondary"


def card_sections(
    dues: Sequence[Due],
    done: Sequence[TrainingRow],
    explained: set[str],
    explain: Callable[[str], object],
    open_training: Callable[[str], object],
) -> list[CardSection]:
    """Terms by rule, with the full reason of those asked for; the courses finished."""
    terms = [
        CardRow(
            due.title,
            _term(due),
            status=MARKS[due.status],
            more=" ".join((due.why, *due.warnings)) if due.rule_id in explained else "",
            why=partial(explain, due.rule_id),
        )
        for due in dues
    ]
    courses = [
        CardRow(
            show_date(one.finished) or "без даты",
            one.title or "без названия",
            more=", ".join(part for part in (one.kind, size_words(one), one.provider) if part),
            open=partial(open_training, one.id),
        )
        for one in done
    ]
    return [
        CardSection("Сроки", tuple(terms), "правила о курсах не касаются этой должности"),
        CardSection("Пройдены", tuple(courses), "курсов в карточке нет"),
    ]


def chip_titles(rules: Sequence[RuleChip], counts: Mapping[str, Mapping[DueStatus, int]]) -> list[tuple[str, str]]:
    """(rule, title) of the chips: rules that bind somebody, and all together when there are several."""
    bound = [(rule.id, rule.title) for rule in rules if sum(counts.get(rule.id, {}).values())]
    return [*bound, (ALL_RULES, "Все правила")] if len(bound) > 1 else bound


def _term(due: Due) -> str:
    if due.status is DueStatus.NO_DATA:
        return "нет данных"
    if due.status is DueStatus.DEFERRED or not due.due:
        return "отложено"
    return f"просрочено с {show_date(due.due)}" if due.status is DueStatus.OVERDUE else f"до {show_date(due.due)}"
