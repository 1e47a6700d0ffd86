"""Names of copies, and which of them stay: ordered by the number in the name, never by a clock.

``imc_<lineage>_<computer>_<number>_<yyyymmdd-hhmm>.imcb``; a file of another form was not written by the program and
is never touched. The day in a name only says which copies belong to one day, week or month.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from db.listing import matching

LAST, DAYS, WEEKS, MONTHS = 10, 7, 5, 12
SUFFIX, PART = ".imcb", ".part"
_NAME = re.compile(r"imc_([0-9a-f]{4})_([a-z0-9]{1,16})_(\d{6,9})_(\d{8})-\d{4}\.imcb")
_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщыэюяәғқңөұүһі"
_LATIN = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh sch y e yu ya a g q n o u u h i"
_LETTERS = dict(zip(_CYRILLIC, _LATIN.split(), strict=True))


class CopyName(NamedTuple):
    """A file the program wrote, as its name tells."""

    path: Path
    lineage: str
    computer: str
    number: int
    day: str


def computer_mark(label: str, install_id: str) -> str:
    """ASCII name of a computer: letters of its label and four signs of its own («ПК-1» → ``pk1a0b1``)."""
    told = "".join(_LETTERS.get(letter, letter) for letter in label.lower())
    return re.sub(r"[^a-z0-9]", "", told)[:10] + re.sub(r"[^a-z0-9]", "", install_id.lower())[:4].rjust(4, "0")


def copy_path(folder: Path, db_id: str, computer: str, number: int, now: datetime) -> Path:
    """The full name of a copy."""
    return folder / f"imc_{db_id[:4]}_{computer}_{number:06d}_{now:%Y%m%d-%H%M}{SUFFIX}"


def copies_of(folder: Path, db_id: str, computer: str) -> list[CopyName]:
    """The copies of one database from one computer in a folder, newest first."""
    found = [
        CopyName(path, match[1], match[2], int(match[3]), match[4])
        for path in matching(folder, f"imc_{db_id[:4]}_*{SUFFIX}")
        if (match := _NAME.fullmatch(path.name)) and match[2] == computer
    ]
    return sorted(found, key=lambda one: (one.number, one.path.name), reverse=True)


def to_drop(copies: Iterable[CopyName]) -> list[CopyName]:
    """Of copies from newest to oldest those no longer kept: 10 last, then one of each of 7 days, 5 weeks, 12 months."""
    rest = list(copies)[LAST:]
    dropped = []
    for most, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        seen: set[object] = set()
        while rest and (len(seen) < most or period(rest[0].day) in seen):
            one = rest.pop(0)
            if period(one.day) in seen:
                dropped.append(one)
            seen.add(period(one.day))
    return dropped + rest


def _day(day: str) -> object:
    return day


def _week(day: str) -> object:
    try:
        return date.fromisoformat(day).isocalendar()[:2]
    except ValueError:
        return day


def _month(day: str) -> object:
    return day[:6]
