"""What the tab «Аттестация» says, without Qt: months, words of the lists and of the calendar, sections of the card."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from imc_desktop.domain.kinds import DueStatus
from imc_desktop.domain.rule_data import Due
from imc_desktop.domain.words import MONTHS, MONTHS_GENITIVE, show_date
from imc_desktop.usecases.attestation import AttestationDueRow
from imc_desktop.usecases.attestation_calendar import DayCell, DayChip, MonthLoad, MonthRow
from imc_desktop.usecases.attestation_cases import CaseCard, CaseRow, CaseState, StepView
from imc_desktop.usecases.staff_values import brief_organisation
from ui.common.card import CardRow, CardSection
from ui.common.status_mark import Status, marked, tone

STATES: Mapping[CaseState, Status] = {
    CaseState.LATE: Status.OVERDUE,
    CaseState.NEAR: Status.SOON,
    CaseState.ACTIVE: Status.OK,
    CaseState.PLANNED: Status.UNKNOWN,
    CaseState.DONE: Status.OK,
}
STATE_TITLES: Mapping[CaseState, str] = {
    CaseState.LATE: "просрочено",
    CaseState.NEAR: "пора начинать",
    CaseState.ACTIVE: "идёт",
    CaseState.PLANNED: "в графике",
    CaseState.DONE: "завершено",
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
GROUPS: Mapping[DueStatus, str] = {
    DueStatus.OVERDUE: "Просрочено",
    DueStatus.THIS_YEAR: "В этом учебном году",
    DueStatus.NEXT_YEAR: "В следующем учебном году",
    DueStatus.NO_DATA: "Нет данных",
    DueStatus.DEFERRED: "Отложено",
    DueStatus.LATER: "Позже",
    DueStatus.EXEMPT: "Не требуется",
}
CHIP_MARKS = {"meeting": "◆", "application": "●", "step": "○", "ends": "▲"}
LEGEND = "◆ заседание   ● заявление   ○ шаг дела   ▲ конец срока   ■ срок вышел"
_CHIP_WORDS = {
    "meeting": "заседание комиссии", "application": "заявление", "step": "последний день шага", "ends": "конец срока",
}  # fmt: skip
_TONES = {"meeting": "ok", "application": "accent", "step": "secondary", "ends": "soon"}


def shift_month(month: str, by: int) -> str:
    """«2026-12» and 1 give «2027-01»."""
    year, number = divmod(int(month[:4]) * 12 + int(month[5:7]) - 1 + by, 12)
    return f"{year}-{number + 1:02d}"


def school_year_of_month(month: str) -> int:
    """The school year a month belongs to."""
    year, number = int(month[:4]), int(month[5:7])
    return year if number >= 9 else year - 1


def month_words(month: str) -> str:
    """«октябрь 2026», a day as a day."""
    return f"{MONTHS[int(month[5:7]) - 1]} {month[:4]}" if len(month) == 7 else show_date(month)


def day_words(day: str) -> str:
    """«12 ноября»."""
    return f"{int(day[8:])} {MONTHS_GENITIVE[int(day[5:7]) - 1]}"


def load_words(load: MonthLoad) -> str:
    """What a bar of the year says to a reader of the screen."""
    return f"{month_words(load.month)}: категории — {load.categories}, соответствие — {load.szd}"


def chip_mark(chip: DayChip) -> str:
    """The shape of what happens."""
    return "■" if chip.kind == "ends" and chip.passed else CHIP_MARKS[chip.kind]


def chip_tone(chip: DayChip) -> str:
    """Its colour."""
    return "bad" if chip.kind == "ends" and chip.passed else _TONES[chip.kind]


def chip_hint(chip: DayChip, names: Mapping[str, str]) -> str:
    """Everybody the chip stands for, in words."""
    what = "срок вышел" if chip.kind == "ends" and chip.passed else _CHIP_WORDS[chip.kind]
    return f"{what}: {', '.join(names.get(key, '') for key in chip.keys)}"


def cell_words(cell: DayCell, names: Mapping[str, str]) -> str:
    """A day with all that happens on it."""
    told = "; ".join(chip_hint(chip, names) for chip in cell.chips) or "ничего"
    return f"{day_words(cell.day)}: {told}"


# --- lists ------------------------------------------------------------------------------------------------------------


def what_words(row: MonthRow) -> str:
    """«■ первая, срок 12.11.2026»."""
    return marked(STATES[row.state], row.what)


def requested_words(row: CaseRow) -> str:
    """What is asked for, with the shape of the state."""
    return marked(STATES[row.state], row.requested or "не указано")


def state_tone(row: MonthRow | CaseRow) -> str:
    """The colour of the state."""
    return tone(STATES[row.state])


def current_words(row: CaseRow) -> str:
    """«первая, до 12.05.2027»."""
    until = f"до {show_date(row.current_until)}" if row.current_until else ""
    return ", ".join(part for part in (row.current, until) if part)


def post_words(row: CaseRow) -> str:
    """«учитель, математика»."""
    return ", ".join(part for part in (row.post, row.subjects) if part)


def organisation_words(row: MonthRow | CaseRow | AttestationDueRow) -> str:
    """The organisation without its legal form."""
    return brief_organisation(row.organisation)


def due_words(row: AttestationDueRow) -> str:
    """«■ 14.03.2026», «▲ до 31.05.2027», «✓ не требуется»."""
    if row.status is DueStatus.EXEMPT:
        return marked(Status.OK, "не требуется")
    if row.status in (DueStatus.NO_DATA, DueStatus.DEFERRED):
        return marked(MARKS[row.status])
    before = "" if row.status is DueStatus.OVERDUE else "до "
    return marked(MARKS[row.status], f"{before}{show_date(row.due)}")


def due_tone(row: AttestationDueRow) -> str:
    """The colour of the status."""
    return "secondary" if row.status is DueStatus.EXEMPT else tone(MARKS[row.status])


# --- the card ---------------------------------------------------------------------------------------------------------


def case_sections(card: CaseCard, explained: set[str], explain: Callable[[str], object]) -> list[CardSection]:
    """The case, its steps, and why its person is to be attested."""
    row = card.row
    case = [
        CardRow("На что", row.requested or "не указано", status=STATES[row.state], more=STATE_TITLES[row.state]),
        CardRow("Имеется", current_words(row) or "нет"),
        CardRow("Месяц", month_words(row.plan_month) if row.plan_month else "не назначен"),
        CardRow("Заседание" if row.szd else "Заявление", _day(row.meeting_date if row.szd else row.application_date)),
    ]
    if row.result:
        case.append(CardRow("Итог", row.result, status=Status.OK))
    if row.note:
        case.append(CardRow("Примечание", row.note))
    missing = "назначьте день заседания — шаги посчитаются" if row.szd else "впишите день заявления — шаги посчитаются"
    return [
        CardSection("Дело", tuple(case)),
        CardSection("Шаги", tuple(step_row(step) for step in card.steps), missing),
        CardSection("Сроки", tuple(due_row(due, explained, explain) for due in card.dues), "аттестация не требуется"),
    ]


def due_sections(dues: Sequence[Due], explained: set[str], explain: Callable[[str], object]) -> list[CardSection]:
    """Terms of every post, each with its reason."""
    rows = tuple(due_row(due, explained, explain) for due in dues)
    return [CardSection("Сроки", rows, "аттестация не требуется")]


def step_row(step: StepView) -> CardRow:
    """A step: its last day first; the nearest one is marked."""
    status = Status.SOON if step.nearest else Status.OK if step.passed else None
    return CardRow(show_date(step.due), step.title, status=status, more=f"{step.unit}; {step.source}")


def due_row(due: Due, explained: set[str], explain: Callable[[str], object]) -> CardRow:
    """A term; unfolded it says why."""
    key = f"{due.rule_id}|{due.post}"
    value = {
        DueStatus.EXEMPT: "не требуется",
        DueStatus.NO_DATA: "нет данных",
        DueStatus.DEFERRED: "отложено",
        DueStatus.OVERDUE: f"просрочено с {show_date(due.due or '')}",
    }.get(due.status, f"до {show_date(due.due or '')}")
    more = " ".join((due.why, *due.warnings)) if key in explained else ""
    return CardRow(due.post or "Аттестация", value, status=MARKS[due.status], more=more, why=partial(explain, key))


def _day(iso: str) -> str:
    return show_date(iso) if iso else "не назначен"
