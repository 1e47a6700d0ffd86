"""The plan of work: when an item happens, what its marks say, whether the plan is ready to be printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from imc_desktop.domain.dates import school_year_title, to_date
from imc_desktop.domain.errors import Problem, Severity
from imc_desktop.domain.term_words import long_words, occurrence_words
from imc_desktop.domain.terms import Term, understand
from imc_desktop.domain.words import date_short, fold

_MONTH = re.compile(r"\d{4}-\d\d")
_YEAR_PAIR = re.compile(r"(?<!\d)(20\d\d)\s*[-–—/]\s*(?:20)?(\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_LOOKS_BACK = ("анализ", "итог", "отчет", "результат", "самообследован", "мониторинг", "за 20")
_NOT_DONE = ("не ", "нет", "отмен", "снят")
_MOVED = ("перенес",)


class Mark(StrEnum):
    """What became of one time an item happens."""

    NONE = ""
    DONE = "done"
    NOT_DONE = "not_done"
    MOVED = "moved"


class ItemState(StrEnum):
    """An item of the plan as of a day."""

    DONE = "done"
    NOT_DONE = "not_done"
    OVERDUE = "overdue"
    RUNNING = "running"
    AHEAD = "ahead"
    NO_DATE = "no_date"  # on request, by schedule: nothing can be late
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time an item happens; ``moved_to`` is the day it was put off to."""

    first: date
    last: date
    mark: Mark = Mark.NONE
    moved_to: str = ""
    note: str = ""

    @property
    def due(self) -> date:
        """The day after which it is late."""
        return to_date(self.moved_to, last=True) if self.moved_to else self.last

    @property
    def closed(self) -> bool:
        """True when it is done, or known not to happen."""
        return self.mark in (Mark.DONE, Mark.NOT_DONE)


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What the check before printing needs of an item."""

    id: str
    number: str
    title: str
    term: Term
    responsible: str
    texts: tuple[str, ...] = ()


def term_of(text: str, year: int) -> Term:
    """A term as written in a plan; a month «2026-09» (cyclogram) is that month."""
    if _MONTH.fullmatch(text.strip()):
        span = (to_date(text.strip()), to_date(text.strip(), last=True))
        return Term(text, (span,), None, long_words(span))
    return understand(text, year)


def short_term(term: Term) -> str:
    """The understanding in a few words for a column, "" when the term is not understood."""
    return occurrence_words(term.spans, term.recurrence) or (term.understood or "" if term.spans else "")


def paper_mark(text: str) -> Mark:
    """What a mark written on paper says («выполнено», «не проводилось», «перенесено на май»)."""
    if not text.strip(" -–—._"):
        return Mark.NONE
    folded = fold(text)
    if folded.startswith(_NOT_DONE):
        return Mark.NOT_DONE
    return Mark.MOVED if folded.startswith(_MOVED) else Mark.DONE


def item_state(term: Term, occurrences: Sequence[Occurrence], written: str, on: date) -> ItemState:
    """The state on a day: what is late comes first, then what runs, then what lies ahead."""
    by_paper = paper_mark(written)
    if by_paper in (Mark.DONE, Mark.NOT_DONE) and not any(one.mark for one in occurrences):
        return ItemState.DONE if by_paper is Mark.DONE else ItemState.NOT_DONE
    if not term.spans:
        if occurrences and occurrences[-1].closed:
            return ItemState.DONE if occurrences[-1].mark is Mark.DONE else ItemState.NOT_DONE
        return ItemState.NO_DATE if term.understood else ItemState.UNCLEAR
    waiting = [one for one in occurrences if not one.closed]
    if not waiting:
        return ItemState.NOT_DONE if any(one.mark is Mark.NOT_DONE for one in occurrences) else ItemState.DONE
    if any(one.due < on for one in waiting):
        return ItemState.OVERDUE
    if any(one.first <= on for one in waiting):
        return ItemState.RUNNING
    return ItemState.AHEAD


def occurrence_state(one: Occurrence, on: date) -> ItemState:
    """The state of one time an item happens."""
    if one.closed:
        return ItemState.DONE if one.mark is Mark.DONE else ItemState.NOT_DONE
    if one.due < on:
        return ItemState.OVERDUE
    return ItemState.RUNNING if one.first <= on and not one.moved_to else ItemState.AHEAD


def mark_words(state: ItemState, occurrences: Sequence[Occurrence], written: str, on: date) -> str:
    """The state in words for the column «Отметка»."""
    done = sum(one.mark is Mark.DONE for one in occurrences)
    many = len(occurrences) > 1
    waiting = [one for one in occurrences if not one.closed]
    moved = next((one for one in waiting if one.moved_to), None)
    match state:
        case ItemState.DONE:
            return written or (f"исполнено, {done} из {len(occurrences)}" if many else "исполнено")
        case ItemState.NOT_DONE:
            if many and done:
                return f"исполнено {done} из {len(occurrences)}"
            return written or _with_note("не исполнено", occurrences)
        case ItemState.OVERDUE:
            late = [one for one in waiting if one.due < on]
            return f"не отмечено: {len(late)} из {len(occurrences)}" if many else "не отмечено"
        case ItemState.RUNNING | ItemState.AHEAD:
            if moved is not None:
                return f"перенесено на {date_short(moved.due)}"
            if done:
                return f"{done} из {len(occurrences)}, ждёт {date_short(waiting[0].due)}"
            return "идёт" if state is ItemState.RUNNING else "впереди"
        case ItemState.NO_DATE:
            return "по мере надобности"
    return "срок не понят"


def paper_words(occurrences: Sequence[Occurrence], written: str) -> str:
    """What stands in «Отметка о выполнении» on paper: nothing before there is a mark."""
    marked = [one for one in occurrences if one.mark]
    if written or not marked:
        return written
    done = sum(one.mark is Mark.DONE for one in marked)
    if done == len(occurrences):
        return "исполнено"
    parts = [f"исполнено {done} из {len(occurrences)}"] if done else []
    parts += [f"перенесено на {date_short(one.due)}" for one in marked if one.mark is Mark.MOVED and one.moved_to]
    refused = [one for one in marked if one.mark is Mark.NOT_DONE]
    if refused:
        parts.append(_with_note("не исполнено", refused))
    return "; ".join(parts)


def _with_note(words: str, occurrences: Sequence[Occurrence]) -> str:
    note = next((one.note for one in occurrences if one.note), "")
    return f"{words}: {note}" if note else words


def plan_span(year: int) -> tuple[date, date]:
    """Days a plan of a school year may speak of: August before it belongs to it (decisions 23)."""
    return date(year, 8, 1), date(year + 1, 8, 31)


def next_number(numbers: Iterable[str]) -> str:
    """The number after the last one of a section: «1.9.» → «1.10.»; "" when there is none to go on from."""
    last = ""
    for number in numbers:
        last = number.strip() or last
    found = re.search(r"(\d+)(\D*)$", last)
    return f"{last[: found.start()]}{int(found[1]) + 1}{found[2]}" if found else ""


def ready_to_print(items: Sequence[ItemFacts], year: int) -> list[Problem]:
    """Findings before printing or approving; ``where`` is the id of the item."""
    if not items:
        return [Problem("plan", "В плане нет ни одного мероприятия.", Severity.ERROR)]
    return [problem for item in items for problem in _item_problems(item, year)]


def _item_problems(item: ItemFacts, year: int) -> list[Problem]:
    name = _name_of(item)
    found: list[tuple[str, Severity]] = []
    if not item.title.strip():
        found.append(("не написано, что делается", Severity.ERROR))
    if not item.term.text.strip():
        found.append(("нет срока", Severity.WARNING))
    elif item.term.understood is None:
        found.append((f"срок «{item.term.text}» не понят", Severity.WARNING))
    elif _outside(item.term, year):
        found.append((f"срок «{item.term.text}» вне {school_year_title(year)} учебного года", Severity.WARNING))
    if not item.responsible.strip():
        found.append(("нет ответственного", Severity.WARNING))
    if stale := stale_year(item.title, year):
        found.append((f"в названии остался {stale} год", Severity.WARNING))
    return [Problem(item.id, f"{name}: {text}.", severity) for text, severity in found]


def _name_of(item: ItemFacts) -> str:
    title = item.title if len(item.title) <= 60 else f"{item.title[:57].rstrip()}…"
    return f"{item.number.rstrip('.')} «{title}»".strip()


def _outside(term: Term, year: int) -> bool:
    first, last = plan_span(year)
    return any(span[1] < first or span[0] > last for span in term.spans)


def stale_year(title: str, year: int) -> str:
    """The earlier year left in a title («… 2025/2026»), "" when there is none or the item looks back on purpose."""
    folded = fold(title)
    if any(word in folded for word in _LOOKS_BACK):
        return ""
    for first, second in _YEAR_PAIR.findall(title):
        if int(first) < year and int(second) == (int(first) + 1) % 100:
            return f"{first}/20{second}"
    rest = _YEAR_PAIR.sub(" ", title)
    return next((found for found in _YEAR.findall(rest) if int(found) < year), "")
