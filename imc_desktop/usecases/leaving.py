"""What leaves the office on a stick: where a file is going, and the words of the log that find it again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from db.store import Store
from db.volumes import VolumeKind, removable_volumes, volume_of
from imc_desktop.domain.words import fold
from imc_desktop.usecases.carriers import CarrierRow, carriers

HIDDEN_WORDS = "идентификаторы скрыты"
_IN_LOG = re.compile(r"; носитель «(.*?)»(?: \[(.*?)\])?(?:;|$)")


class Medium(NamedTuple):
    """A removable volume a file is written to."""

    label: str
    serial: str

    @property
    def name(self) -> str:
        """«KINGSTON (1A2B-3C4D)»."""
        return (
            f"{self.label} ({self.serial})" if self.label and self.serial else self.label or self.serial or "без имени"
        )


def medium_of(path: Path) -> Medium | None:
    """The removable medium a path lies on; None for the office's own disks."""
    volume = volume_of(path)
    return Medium(volume.label, volume.serial) if volume.kind is VolumeKind.REMOVABLE else None


def media_in() -> list[Medium]:
    """Removable media that are in now."""
    return [Medium(volume.label, volume.serial) for volume in removable_volumes()]


def carrier_on(rows: Iterable[CarrierRow], medium: Medium) -> CarrierRow | None:
    """The entry of the register a medium stands in, found by its serial number."""
    key = serial_key(medium.serial)
    return next((row for row in rows if key and serial_key(row.serial) == key), None)


def leaving_words(store: Store, path: Path) -> str:
    """What to tell before a list goes to a removable medium; "" when the file stays in the office."""
    medium = medium_of(path)
    if medium is None:
        return ""
    known = carrier_on(carriers(store), medium)
    place = known.name if known else f"{medium.name}, в журнале учёта его нет"
    return f"Файл уходит на съёмный носитель: {place}. Запись об этом останется в журнале."


def log_words(title: str, path: Path, *, masked: bool = False) -> str:
    """«Список педагогов; список.xlsx; носитель «KINGSTON» [1A2B-3C4D]; идентификаторы скрыты»."""
    parts = [title, path.name]
    medium = medium_of(path)
    if medium is not None:
        parts.append(" ".join(["носитель", f"«{medium.label}»", f"[{medium.serial}]" if medium.serial else ""]).strip())
    if masked:
        parts.append(HIDDEN_WORDS)
    return "; ".join(parts)


def logged_medium(details: str) -> Medium | None:
    """The medium that ``log_words`` wrote into the details of an entry."""
    found = _IN_LOG.search(details)
    return Medium(found[1], found[2] or "") if found else None


def serial_key(serial: str) -> str:
    """«1a2b-3c4d» and «1A2B3C4D» are one serial number."""
    return "".join(char for char in serial if char.isalnum()).upper()


def same_medium(one: Medium, other: Medium) -> bool:
    """True when both are one volume: by serial number, by label only where a serial is not known."""
    if one.serial and other.serial:
        return serial_key(one.serial) == serial_key(other.serial)
    return bool(one.label) and fold(one.label) == fold(other.label)
