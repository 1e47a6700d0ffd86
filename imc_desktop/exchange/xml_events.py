"""Expat with the dangerous parts of XML refused: no document types, no entities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from xml.parsers import expat

from imc_desktop.exchange.limits import Progress, UnreadableError

_CHUNK = 1024 * 1024


class XmlTarget(Protocol):
    """Who listens: names come without prefixes, attributes too."""

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Characters."""


def local(name: str) -> str:
    """«table:table-cell» → «table-cell»."""
    return name.rpartition(":")[2]


def parse_xml(data: bytes, target: XmlTarget, progress: Progress, part: str) -> None:
    """Feed the listener; a document type or broken markup is refused in a sentence."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = _start(target.start)
    parser.EndElementHandler = lambda name: target.end(local(name))
    parser.CharacterDataHandler = target.text
    parser.StartDoctypeDeclHandler = _refuse
    for offset in range(0, len(data) + 1, _CHUNK):
        try:
            parser.Parse(data[offset : offset + _CHUNK], offset + _CHUNK > len(data))
        except (expat.ExpatError, ValueError, LookupError) as problem:
            raise UnreadableError(f"часть «{part}» повреждена; получите или сохраните файл заново") from problem
        progress(offset / (len(data) + 1))


def _start(handler: Callable[[str, dict[str, str]], None]) -> Callable[[str, dict[str, str]], None]:
    def begin(name: str, attrs: dict[str, str]) -> None:
        handler(local(name), {local(key): value for key, value in attrs.items()})

    return begin


def _refuse(*_declaration: object) -> None:
    raise UnreadableError("внутри есть объявления сущностей, каких в обычных книгах не бывает; сохраните её заново")
