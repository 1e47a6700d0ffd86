"""What the tab «Сегодня» says, without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from imc_desktop.domain.words import MONTHS_GENITIVE, plural
from imc_desktop.usecases.copy_facts import LastCopy
from imc_desktop.usecases.today import RuleTerms, Terms

if TYPE_CHECKING:
    from imc_desktop.usecases.incidents import IncidentRow

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


def course_sections(rules: Sequence[RuleTerms]) -> list[tuple[str, list[Line]]]:
    """Who must go to courses: a section per rule, because every rule is a clock of its own."""
    told = [(f"Курсы · {one.title}", _term_lines("courses", one.rule, one.terms)) for one in rules]
    return told or [("Курсы", [Line("courses", "○ учить пока некого", "secondary", tab="courses")])]


def attestation_lines(terms: Terms, late: int) -> list[Line]:
    """Who is to be attested, and cases that stand still."""
    lines = _term_lines("attestation", "", terms)
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


def incident_lines(rows: Sequence[IncidentRow]) -> list[Line]:
    """Incidents that are not closed, with the hours that are left; nothing while there is none."""
    lines = []
    for row in rows:
        following = row.next_deadline
        if following is None:
            text, tone = f"○ {row.exposure.carrier}: дело не закрыто", "soon"
        else:
            mark = "■" if following.tone == "bad" else "▲"
            text, tone = f"{mark} {following.rule.short}: {following.words}", following.tone
        lines.append(Line(f"incident.{row.id}", text, tone, action="incident"))
    return lines


def conflict_lines(count: int) -> list[Line]:
    """Conflicts of copies that wait for a decision; nothing while there is none."""
    if not count:
        return []
    words = plural(count, "расхождение копий ждёт", "расхождения копий ждут", "расхождений копий ждут")
    return [Line("conflicts", f"≠ {count} {words} решения", "soon", action="conflicts")]


def open_lines(questions: int, copy: LastCopy | None, today: date, *, is_example: bool = False) -> list[Line]:
    """Questions of imports and the age of the last proved copy; an example needs no copies."""
    lines = []
    if questions:
        words = plural(questions, "вопрос импорта ждёт", "вопроса импорта ждут", "вопросов импорта ждут")
        lines.append(Line("questions", f"▲ {questions} {words} ответа", "soon", action="questions"))
    if is_example:
        return lines
    if copy is None:
        return [*lines, Line("copy", "■ Проверенной копии ещё нет: сделайте на флешку", "bad", action="copy")]
    age = (today - copy.day).days
    when = {0: "сегодня", 1: "вчера"}.get(age, f"{age} {plural(age, 'день', 'дня', 'дней')} назад")
    old = age > _OLD_COPY
    lines.append(
        Line("copy", f"{'▲' if old else '✓'} Проверенная копия: {when}", "soon" if old else "ok", action="copy")
    )
    return lines


def _term_lines(tab: str, rule: str, terms: Terms) -> list[Line]:
    told = (
        ("overdue", terms.overdue, "■", "просрочено", "bad"),
        ("this_year", terms.this_year, "▲", "в этом учебном году", "soon"),
        ("no_data", terms.no_data, "○", "нет данных", "secondary"),
    )
    head = ".".join(part for part in (tab, rule) if part)
    lines = [
        Line(f"{head}.{key}", f"{mark} {count} — {words}", tone, tab=tab)
        for key, count, mark, words, tone in told
        if count
    ]
    return lines or [Line(head, "✓ в этом учебном году никому не пора", "ok", tab=tab)]
