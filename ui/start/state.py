"""What the tab «Сегодня» says, without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from imc_desktop.domain.words import MONTHS_GENITIVE, plural
from imc_desktop.usecases.copies import LastCopy
from imc_desktop.usecases.today import RuleTerms, Terms

_WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
_OLD_COPY = 7  # days after which a copy is called old


@dataclass(frozen=True, slots=True)
class Line:
    """A line that leads somewhere: to a tab, or to one of the window's actions."""

    key: str
    text: str
    tone: str = "text"
    tab: str = ""
    action: str = ""


def day_title(day: date, today: date) -> str:
    """«Сегодня, пятница», «Завтра, суббота», «23 ноября, понедельник»."""
    names = {0: "Сегодня", 1: "Завтра"}
    head = names.get((day - today).days, f"{day.day} {MONTHS_GENITIVE[day.month - 1]}")
    return f"{head}, {_WEEKDAYS[day.weekday()]}"


def course_lines(rules: Sequence[RuleTerms]) -> list[Line]:
    """Who must go to courses, a line per rule."""
    lines = []
    for one in rules:
        terms = one.terms
        counts = ((terms.overdue, "■", "просрочено"), (terms.this_year, "▲", "в этом году"))
        told = " · ".join(f"{mark} {count} {words}" for count, mark, words in counts if count)
        tone = "bad" if terms.overdue else "soon" if terms.this_year else "secondary"
        lines.append(Line(f"courses.{one.rule}", f"{one.title}: {told or 'никому не пора'}", tone, tab="courses"))
    return lines or [Line("courses", "○ учить пока некого", "secondary", tab="courses")]


def attestation_lines(terms: Terms, late: int) -> list[Line]:
    """Who is to be attested, and cases that stand still."""
    lines = _term_lines(terms)
    if late:
        words = plural(late, "дело не движется", "дела не движутся", "дел не движется")
        lines.insert(0, Line("attestation.late", f"■ {late} {words}", "bad", tab="attestation"))
    return lines


def plan_lines(overdue: int | None) -> list[Line]:
    """How the annual plan stands."""
    if overdue is None:
        return [Line("plan", "○ плана на этот учебный год нет", "secondary", tab="plan")]
    if not overdue:
        return [Line("plan", "✓ просроченных мероприятий нет", "ok", tab="plan")]
    words = plural(overdue, "мероприятие без отметки", "мероприятия без отметки", "мероприятий без отметки")
    return [Line("plan", f"■ {overdue} {words}", "bad", tab="plan")]


def open_lines(questions: int, copy: LastCopy | None, today: date) -> list[Line]:
    """Questions of imports and the age of the last proved copy."""
    lines = []
    if questions:
        words = plural(questions, "вопрос импорта ждёт", "вопроса импорта ждут", "вопросов импорта ждут")
        lines.append(Line("questions", f"▲ {questions} {words} ответа", "soon", action="questions"))
    if copy is None:
        return [*lines, Line("copy", "■ Проверенной копии ещё нет: сделайте на флешку", "bad", action="copy")]
    age = (today - copy.day).days
    when = {0: "сегодня", 1: "вчера"}.get(age, f"{age} {plural(age, 'день', 'дня', 'дней')} назад")
    old = age > _OLD_COPY
    lines.append(
        Line("copy", f"{'▲' if old else '✓'} Проверенная копия: {when}", "soon" if old else "ok", action="copy")
    )
    return lines


def _term_lines(terms: Terms) -> list[Line]:
    told = (
        ("overdue", terms.overdue, "■", "просрочено", "bad"),
        ("this_year", terms.this_year, "▲", "в этом учебном году", "soon"),
        ("no_data", terms.no_data, "○", "нет данных", "secondary"),
    )
    lines = [
        Line(f"attestation.{key}", f"{mark} {count} — {words}", tone, tab="attestation")
        for key, count, mark, words, tone in told
        if count
    ]
    return lines or [Line("attestation", "✓ в этом учебном году никому не пора", "ok", tab="attestation")]
