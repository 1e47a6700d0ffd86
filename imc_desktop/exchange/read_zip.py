"""Zip containers: xlsx, xlsm and xlsb go through the guard to calamine, ods has a reader of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from imc_desktop.exchange.grid import Sheet
from imc_desktop.exchange.layout import Layout, clipped, hidden_notes, no_result
from imc_desktop.exchange.limits import MAX_SHEETS, Progress, UnreadableError, share_of
from imc_desktop.exchange.read_book import read_book
from imc_desktop.exchange.read_ods import read_ods
from imc_desktop.exchange.sheet_guard import GuardedSheet
from imc_desktop.exchange.xlsb_guard import guarded_xlsb_part
from imc_desktop.exchange.xml_events import parse_xml
from imc_desktop.exchange.zip_parts import ZipParts, packed

# Only what reading cells needs: pictures, charts, macros, caches and links stay outside.
_BOOK_PART = re.compile(
    r"(?i)(?:\[content_types\]\.xml|_rels/\.rels|xl/_rels/[^/]+\.rels|xl/worksheets/[^/]+\.(?:xml|bin)"
    r"|xl/(?:workbook|sharedstrings|styles)\d*\.(?:xml|bin))\Z"
)
_BOOK_LIST = re.compile(r"(?i)xl/(?:workbook\d*\.xml|_rels/workbook\d*\.xml\.rels)\Z")
_SHEET_PART = re.compile(r"(?i)xl/worksheets/[^/]+\.xml\Z")
_STRINGS_PART = re.compile(r"(?i)xl/sharedstrings\d*\.xml\Z")
_STRINGS_MARK = re.compile(rb"sst\b[^<>]*>")
_COUNTS = re.compile(rb"""(?i)\s(?:unique)?count\s*=\s*(?:"[^"<>]*"|'[^'<>]*')""")
_OTHER_KINDS = (
    ("word/", "это документ Word, а не таблица; скопируйте таблицу из него в книгу Excel и загрузите её"),
    ("ppt/", "это презентация, а не таблица"),
    ("visio/", "это схема Visio, а не таблица"),
    ("META-INF/MANIFEST.MF", "это программа, а не таблица"),
    ("OEBPS/", "это электронная книга, а не таблица"),
    ("Index/Document.iwa", "это документ Numbers; сохраните его в Numbers как книгу Excel"),
)
_BEFORE = 0.3  # the share of the work that the guard is


def read_zip(data: bytes, progress: Progress) -> tuple[list[Sheet], list[str]]:
    """Sheets of the book in the container and what a person should know of them."""
    parts = ZipParts(data)
    lowered = {name.lower() for name in parts.names}
    if "xl/workbook.xml" in lowered or any(re.fullmatch(r"xl/workbook\d*\.xml", name) for name in lowered):
        return _read_xlsx(parts, progress)
    if "xl/workbook.bin" in lowered:
        book = {name: guarded_xlsb_part(name, part) for name, part in parts.unpacked(_wanted).items()}
        sheets = read_book(packed(book), {}, progress)
        return sheets, hidden_notes(sheets)
    if "content.xml" in parts.names:
        return _read_open_document(parts, progress)
    for beginning, answer in _OTHER_KINDS:
        if any(name.startswith(beginning) for name in parts.names):
            raise UnreadableError(answer)
    raise UnreadableError("это архив, а не таблица; распакуйте его и загрузите файлы по одному")


def _wanted(name: str) -> bool:
    return bool(_BOOK_PART.match(name))


def _read_open_document(parts: ZipParts, progress: Progress) -> tuple[list[Sheet], list[str]]:
    wanted = {"mimetype", "content.xml", "META-INF/manifest.xml"}
    found = parts.unpacked(lambda name: name in wanted)
    kind = found.get("mimetype", b"")
    if b"encryption-data" in found.get("META-INF/manifest.xml", b""):
        raise UnreadableError("файл защищён паролем; откройте его, снимите защиту и сохраните")
    if b"opendocument.text" in kind:
        raise UnreadableError("это текстовый документ, а не таблица; скопируйте таблицу из него в книгу и загрузите её")
    if kind and b"spreadsheet" not in kind:
        raise UnreadableError("это не таблица, а другой документ OpenDocument")
    sheets, notes = read_ods(found["content.xml"], progress)
    return sheets, notes + hidden_notes(sheets)


def _read_xlsx(container: ZipParts, progress: Progress) -> tuple[list[Sheet], list[str]]:
    names = _sheet_names(container.unpacked(lambda name: bool(_BOOK_LIST.match(name))))
    parts = container.unpacked(lambda name: _wanted(name) or name.lower() in names)
    layouts: dict[str, Layout] = {}
    notes: list[str] = []
    inspected = [name for name in parts if name.lower() in names or _SHEET_PART.match(name)]
    for index, part in enumerate(inspected):
        share = share_of(progress, _BEFORE * index / len(inspected), _BEFORE * (index + 1) / len(inspected))
        guarded = GuardedSheet(parts[part], share, part)
        parts[part] = guarded.data
        title = names.get(part.lower(), part)
        notes += guarded.strays.note(title)
        if guarded.without_result:
            notes.append(no_result(title, guarded.without_result))
        if guarded.layout:
            layouts[title] = guarded.layout
    for part in parts:
        if _STRINGS_PART.match(part):
            parts[part] = _uncounted(parts[part])
    sheets = read_book(packed(parts), layouts, share_of(progress, _BEFORE, 1.0))
    sheets = [replace(sheet, merged=clipped(list(sheet.merged), sheet.rows)) for sheet in sheets]
    return sheets, notes + hidden_notes(sheets)


def _uncounted(strings: bytes) -> bytes:
    """Shared strings without their declared number: calamine reserves memory for whatever it says."""
    return _STRINGS_MARK.sub(lambda mark: _COUNTS.sub(b"", mark[0]), strings)


class _Names:
    """Sheets of workbook.xml and targets of its relationships."""

    def __init__(self) -> None:
        self.sheets: dict[str, str] = {}
        self.targets: dict[str, str] = {}

    def start(self, name: str, attrs: dict[str, str]) -> None:
        if name == "sheet":
            self.sheets.setdefault(attrs.get("id", ""), attrs.get("name", ""))
        elif name == "Relationship":
            self.targets[attrs.get("Id", "")] = attrs.get("Target", "")

    def end(self, name: str) -> None:
        """Nothing ends that matters."""

    def text(self, data: str) -> None:
        """No text matters."""


def _sheet_names(parts: dict[str, bytes]) -> dict[str, str]:
    """Part name in lower case → sheet name."""
    found = _Names()
    for name, data in parts.items():
        parse_xml(data, found, lambda _share: None, name)
    if len(found.sheets) > MAX_SHEETS:
        raise UnreadableError(f"в книге больше {MAX_SHEETS} листов; оставьте только нужные")
    parts_of = {key: target.lstrip("/").lower() for key, target in found.targets.items()}
    return {
        target if target.startswith("xl/") else f"xl/{target}": found.sheets[key]
        for key, target in parts_of.items()
        if key in found.sheets
    }
