"""Pages without a table: a card for every person, «Образование: …» line by line → the table they amount to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from imc_desktop.exchange.cell_values import cut
from imc_desktop.exchange.limits import MAX_COLUMNS

NAME = "Ф.И.О."
POST = "Должность"
_LABELLED = re.compile(r"([^\W\d_][^:;–—\n]{2,59}?)\s*(?::|\s[–—-]\s)\s*(\S.*)\Z", re.DOTALL)
_WORD = r"[А-ЯЁӘҒҚҢӨҰҮІ][а-яёәғқңөұүһі]+(?:-[А-ЯЁӘҒҚҢӨҰҮІ][а-яёәғқңөұүһі]+)?"
_PERSON = re.compile(rf"{_WORD}\s+{_WORD}(?:\s+{_WORD}(?:\s+(?:оглы|кызы|улы|қызы|ұлы))?)?\Z", re.IGNORECASE)
_CAPITAL = re.compile(rf"{_WORD}")
_FEWEST = 2
_LONGEST_POST = 120


def cards_as_rows(blocks: Iterable[tuple[str, str]]) -> list[tuple[str | None, ...]]:
    """A heading row and a row for every card; empty when the page has no cards."""
    cards = [card for card in _cards(_lines(blocks)) if len(card) > 1]
    labels = Counter(label for card in cards for label in card)
    kept = [label for label, count in labels.items() if count >= _FEWEST or len(cards) == 1][:MAX_COLUMNS]
    if len(cards) < _FEWEST or len(kept) < _FEWEST:
        return []
    return [tuple(kept), *(cut([card.get(label) for label in kept]) for card in cards)]


def _lines(blocks: Iterable[tuple[str, str]]) -> Iterator[str]:
    for tag, text in blocks:
        if tag != "title":
            yield from (line.strip() for line in text.split("\n") if line.strip())


def _cards(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    """A card begins with a line that is a person's name; lines with labels fill it, the first plain one is the post."""
    card: dict[str, str] = {}
    for line in lines:
        if _is_person(line):
            if card:
                yield card
            card = {NAME: line}
            continue
        labelled = _LABELLED.match(line)
        if not card:
            continue
        if labelled:
            label = labelled[1].strip()
            card[label] = f"{card[label]}\n{labelled[2]}" if label in card else labelled[2]
        elif len(card) == 1 and len(line) <= _LONGEST_POST:
            card[POST] = line
    if card:
        yield card


def _is_person(line: str) -> bool:
    words = line.split()
    return 2 <= len(words) <= 4 and bool(_PERSON.match(line)) and all(_CAPITAL.match(word) for word in words[:3])
