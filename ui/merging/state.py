"""Words and lines of «Сверка», without Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from imc_desktop.domain.words import plural
from imc_desktop.usecases.copy_compare import CopyDifference, Relation
from imc_desktop.usecases.copy_places import FoundCopy
from imc_desktop.usecases.merge_views import ConflictView, MergePreview, Side
from imc_desktop.usecases.merge_words import BACK, GONE, NEW

MERGEABLE = frozenset({Relation.AHEAD, Relation.DIVERGED})
EMPTY = "пусто"
DECIDED = "Расхождени"  # how the steps of decisions begin: «Расхождение решено», «Расхождения решены»
# What a line of the preview is about: its mark in the list and the title of its counter.
OUTCOMES = {
    "conflict": ("≠ расхождение", "bad", "Расхождений"),
    "gone": ("× исчезнет", "bad", "Исчезнет"),
    "new": ("+ появится", "ok", "Появится"),
    "changed": ("✎ изменится", "text", "Изменится"),
}
_TO_COME = {"Добавлено": "Добавится", "Изменено": "Изменится", "Удалено": "Удалится"}
_BEGINNINGS = {NEW: "new", BACK: "new", GONE: "gone"}


class Offered(NamedTuple):
    """A copy to compare with; ``standing`` None: it does not know its history. ``place`` tells where it lies."""

    found: FoundCopy
    standing: CopyDifference | None

    @property
    def path(self) -> Path:
        """Its file."""
        return self.found.path

    @property
    def news(self) -> str:
        """What a person gets from it: «37 изменений», «нового нет», «другая база»."""
        if self.standing is None:
            return "прежнего вида"
        if self.standing.relation in MERGEABLE:
            return changes_words(self.standing.found)
        return {Relation.UNRELATED: "другая база", Relation.FORKED: "не сверить"}.get(
            self.standing.relation, "нового нет"
        )


class Line(NamedTuple):
    """A line of what would happen: ``outcome`` is what the counters narrow by."""

    number: int
    outcome: str
    text: str


def changes_words(count: int) -> str:
    """«37 изменений»."""
    return f"{count} {plural(count, 'изменение', 'изменения', 'изменений')}"


def waiting_words(count: int) -> str:
    """«3 расхождения ждут решения»."""
    return f"{count} {plural(count, 'расхождение ждёт', 'расхождения ждут', 'расхождений ждут')} решения"


def standing_words(preview: MergePreview) -> str:
    """How the copy stands to this database, in a sentence or two."""
    standing = preview.standing
    found, lost = changes_words(standing.found), changes_words(standing.lost)
    if standing.relation is Relation.AHEAD:
        return f"В копии есть всё, что в этой базе, и ещё {found}. После сверки они появятся и здесь."
    if standing.relation is Relation.DIVERGED:
        return (
            f"Работали с обеих сторон: в копии {found}, которых нет здесь; здесь {lost}, которых нет в копии. "
            "После сверки здесь будет и то и другое."
        )
    if standing.relation is Relation.BEHIND:
        return (
            f"В копии нет ничего нового: здесь есть всё из неё и ещё {lost}. Сделайте свежую копию на флешку: "
            "принимать есть что другому компьютеру."
        )
    return "В копии то же, что в этой базе: сверять нечего."


def lines_of(preview: MergePreview) -> list[Line]:
    """What needs an eye first: conflicts, what goes, what appears, what changes."""
    told = [("conflict", conflict_words(view)) for view in preview.conflicts]
    for sentence in preview.changes:
        beginning = next((words for words in _BEGINNINGS if sentence.startswith(words)), "")
        told.append((_BEGINNINGS.get(beginning, "changed"), sentence.removeprefix(beginning)))
    order = list(OUTCOMES)
    told.sort(key=lambda one: order.index(one[0]))
    return [Line(number, *parts) for number, parts in enumerate(told)]


def counters(lines: Sequence[Line]) -> dict[str, int]:
    """How many lines of each outcome there are."""
    counted = Counter(line.outcome for line in lines)
    return {key: counted[key] for key in OUTCOMES}


def conflict_words(view: ConflictView) -> str:
    """«Абрамова А. И.: телефон — на этом ПК: 8-900…; на ПК-2: 8-901…»."""
    if view.deletion:
        return f"{about(view)}: {deletion_words(view)}"
    told = "; ".join(f"{side.where}: {side.value or EMPTY}" for _, side in sides_of(view))
    return f"{about(view)}: {view.field} — {told}"


def about(view: ConflictView) -> str:
    """Whose record it is: its name, else what kind of record."""
    return view.record or view.kind


def deletion_words(view: ConflictView) -> str:
    """«удалено на ПК-2, изменено на этом ПК»."""
    kept, gone = view.sides[:2]
    elsewhere = kept.where if kept.where != gone.where else "на другой стороне"
    return f"удалено {gone.where}, изменено {elsewhere}"


def side_heading(side: Side) -> str:
    """«На этом ПК — Иванова М. П., 20.11.2026 10:42 · показано»."""
    where = side.where[:1].upper() + side.where[1:]
    told = ", ".join(part for part in (side.who, side.when) if part)
    shown = " · показано" if side.shown else ""
    return (f"{where} — {told}" if told else where) + shown


def sides_of(view: ConflictView) -> list[tuple[int, Side]]:
    """Sides with the numbers they are chosen by, ours first; of a deletion: to keep, to delete."""
    told = list(enumerate(view.sides))
    return told if view.deletion else sorted(told, key=lambda one: not one[1].ours)


def choice_title(view: ConflictView, number: int) -> str:
    """What the button of a side says, with the letter that Alt presses."""
    if view.deletion:
        return ("&Оставить", "&Удалить")[number]
    side = view.sides[number]
    if side.ours:
        return "&Оставить наше" if sum(one.ours for one in view.sides) == 1 else "Оставить это"
    if sum(not one.ours for one in view.sides) == 1:
        return "&Взять их"
    return f"Взять {side.where.replace('на ', 'с ', 1)}"


def counts_to_come(counts: Sequence[str]) -> str:
    """«Добавится: 2 педагога. Изменится: …»: what a merge tells as done is still to come."""
    told = []
    for words in counts:
        verb, colon, rest = words.partition(":")
        told.append(_TO_COME.get(verb, verb) + colon + rest)
    return ". ".join(told) + "." if told else ""


def alike(views: Sequence[ConflictView], view: ConflictView) -> list[str]:
    """Keys of conflicts about the same field of the same kind of record that stand ours against theirs."""
    if not _is_plain(view):
        return []
    return [one.key for one in views if (one.kind, one.field) == (view.kind, view.field) and _is_plain(one)]


def typed_first(view: ConflictView) -> str:
    """What the field to write into begins with: the value the lists show."""
    shown = next((side.value for side in view.sides if side.shown), "")
    return "" if shown == EMPTY else shown


def _is_plain(view: ConflictView) -> bool:
    return not view.deletion and sorted(side.ours for side in view.sides) == [False, True]
