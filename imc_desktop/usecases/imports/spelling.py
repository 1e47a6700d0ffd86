"""Ё where papers left it out: «Королева» among Королёвы is Королёва typed without the dots."""

from __future__ import annotations

from collections import Counter, defaultdict

from imc_desktop.domain.papers import PersonName
from imc_desktop.domain.words import fold, sort_key
from imc_desktop.usecases.imports.world import World

NAME_PARTS = ("surname", "name", "patronymic")
# Given names and patronymics that are never pronounced with е.
_ALWAYS = {
    "name": ("Алёна", "Артём", "Пётр", "Семён", "Фёдор", "Фёкла", "Матрёна", "Парфён"),
    "patronymic": ("Артёмович", "Артёмовна", "Семёнович", "Семёновна", "Фёдорович", "Фёдоровна"),
}
_ENOUGH = 2
_MOST = 2 / 3


def settle_yo(world: World) -> None:
    """Give a surname, name or patronymic the spelling with ё that most of its bearers have.

    At least two bearers and two thirds of all must have it; a few given names have it always. A card edited by hand
    keeps its spelling.
    """
    spellings: dict[str, dict[str, Counter[str]]] = {part: defaultdict(Counter) for part in NAME_PARTS}
    for person in world.people.values():
        for part in NAME_PARTS:
            text = person.row[part]
            if "е" in text or "ё" in text.lower():
                spellings[part][fold(text)][text] += 1
    dotted = {
        part: _dotted(known) | {fold(text): text for text in _ALWAYS.get(part, ())} for part, known in spellings.items()
    }
    for person in world.people.values():
        if person.row["paper_id"] is None:
            continue
        changed = [
            person.row.set(part, better) for part in NAME_PARTS if (better := dotted[part].get(fold(person.row[part])))
        ]
        if any(changed):
            person.row.set("sort_key", sort_key(str(PersonName(*(person.row[part] for part in NAME_PARTS)))))


def _dotted(known: dict[str, Counter[str]]) -> dict[str, str]:
    """Folded spelling → the one with ё, where it clearly prevails."""
    chosen: dict[str, str] = {}
    for folded, counter in known.items():
        spelling, bearers = max(counter.items(), key=lambda pair: ("ё" in pair[0].lower(), pair[1]))
        if "ё" in spelling.lower() and len(counter) > 1 and bearers >= _ENOUGH and bearers >= _MOST * counter.total():
            chosen[folded] = spelling
    return chosen
