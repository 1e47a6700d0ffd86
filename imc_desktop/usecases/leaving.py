"""What leaves the office on a stick: where a file is going, and the words of the log that find it again."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from db.store import Store
from db.volumes import VolumeKind, removable_volumes, volume_of
from imc_desktop.usecases.carriers import carriers

HIDDEN_WORDS = "идентификаторы скрыты"


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


def leaving_words(store: Store, path: Path) -> str:
    """What to tell before a list goes to a removable medium; "" when the file stays in the office."""
    medium = medium_of(path)
    if medium is None:
        return ""
    known = next((row for row in carriers(store) if row.serial and row.serial == medium.serial), None)
    place = known.name if known else f"{medium.name}, в журнале учёта его нет"
    return f"Файл уходит на съёмный носитель: {place}. Запись об этом останется в журнале."


def medium_mark(label: str, serial: str) -> str:
    """How a medium stands in the details of the log: by its serial, by its label where there is none."""
    return f"[{serial}]" if serial else f"«{label}»"


def log_words(title: str, path: Path, *, masked: bool = False) -> str:
    """«Список педагогов; список.xlsx; носитель «KINGSTON» [1A2B-3C4D]; идентификаторы скрыты»."""
    parts = [title, path.name]
    medium = medium_of(path)
    if medium is not None:
        parts.append(" ".join(["носитель", f"«{medium.label}»", f"[{medium.serial}]" if medium.serial else ""]).strip())
    if masked:
        parts.append(HIDDEN_WORDS)
    return "; ".join(parts)
