"""The one door through which papers come in: any file → a grid of cells, or a sentence saying why not."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from imc_desktop.domain.errors import EnvironmentProblem, UserError
from imc_desktop.exchange.decode import decode
from imc_desktop.exchange.grid import Sheet, Workbook
from imc_desktop.exchange.limits import MAX_UNPACKED, Progress, UnreadableError
from imc_desktop.exchange.read_csv import read_csv
from imc_desktop.exchange.read_html import read_html
from imc_desktop.exchange.read_ole import read_ole
from imc_desktop.exchange.read_xml_book import read_xml_book
from imc_desktop.exchange.read_zip import read_zip

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SPREADSHEET_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
_HEAD = 4096
_FOREIGN = (
    (b"%PDF", "это документ PDF, а не таблица; запросите у организации исходный файл Excel"),
    (b"{\\rtf", "это документ Word (RTF), а не таблица; скопируйте таблицу из него в книгу Excel и загрузите её"),
    (b"\x89PNG", "это картинка, а не таблица; запросите у организации исходный файл Excel"),
    (b"\xff\xd8\xff", "это фотография, а не таблица; запросите у организации исходный файл Excel"),
    (b"GIF8", "это картинка, а не таблица; запросите у организации исходный файл Excel"),
    (b"II*\x00", "это скан (TIFF), а не таблица; запросите у организации исходный файл Excel"),
    (b"MM\x00*", "это скан (TIFF), а не таблица; запросите у организации исходный файл Excel"),
    (b"Rar!", "это архив, а не таблица; распакуйте его и загрузите файлы по одному"),
    (b"7z\xbc\xaf", "это архив, а не таблица; распакуйте его и загрузите файлы по одному"),
    (b"\x1f\x8b", "это архив, а не таблица; распакуйте его и загрузите файлы по одному"),
    (b"MZ\x90\x00", "это программа, а не таблица; не открывайте её"),
    (b"SQLite format 3\x00", "это база данных, а не таблица"),
    (b"MIME-Version:", "это веб-архив; откройте его в Excel и сохраните как книгу .xlsx"),
    (b"\x09\x08", "это книга очень старого Excel; откройте её в LibreOffice и сохраните как .xlsx"),
    (b"\x09\x04", "это книга очень старого Excel; откройте её в LibreOffice и сохраните как .xlsx"),
    (b"\x09\x02", "это книга очень старого Excel; откройте её в LibreOffice и сохраните как .xlsx"),
)
_CHARSET = re.compile(rb"""(?i)(?:charset|encoding)\s*=\s*["']?([\w-]+)""")
_HTML = re.compile(r"(?i)<(?:!doctype html|html|head|body|table|meta|tr|div|p|h\d)\b")


def _nowhere(_share: float) -> None:
    """Progress that nobody watches."""


def open_paper(path: Path, *, progress: Progress | None = None) -> Workbook:
    """The paper as sheets of cells; its kind is told by the content, never by the extension.

    Raises UserError with a sentence naming the file, what is wrong with it and what to do. ``progress`` gets the share
    done (0…1) and may raise to stop the reading; what it raises passes through.
    """
    tell = progress or _nowhere
    data = _bytes_of(path)
    try:
        sheets, notes, title = _sheets(data, path, tell)
    except UnreadableError as problem:
        raise UserError(f"Файл «{path.name}» не загружен: {problem}.") from problem
    if not any(sheet.rows for sheet in sheets):
        raise UserError(
            f"Файл «{path.name}» не загружен: в нём нет ни одной заполненной ячейки. Проверьте, тот ли это файл."
        )
    tell(1.0)
    return Workbook(path.name, hashlib.sha256(data).hexdigest(), tuple(sheets), tuple(notes), title)


def _bytes_of(path: Path) -> bytes:
    name = path.name
    try:
        if path.is_dir():
            raise UserError(f"«{name}» — папка, а не файл. Выберите файлы внутри неё.")
        if path.stat().st_size > MAX_UNPACKED:
            raise UserError(f"Файл «{name}» больше {MAX_UNPACKED // 1024 // 1024} МБ. Разделите его на части.")
        data = path.read_bytes()
    except FileNotFoundError as problem:
        raise UserError(f"Файл «{name}» не найден. Возможно, его переместили или переименовали.") from problem
    except PermissionError as problem:
        raise EnvironmentProblem(
            f"Файл «{name}» занят другой программой или закрыт для чтения. Закройте его в Excel и попробуйте снова."
        ) from problem
    except (OSError, ValueError) as problem:
        raise EnvironmentProblem(
            f"Файл «{name}» не читается: диск или сеть недоступны. Скопируйте его на этот компьютер и попробуйте снова."
        ) from problem
    if not data.strip(b"\0 \t\r\n"):
        raise UserError(f"Файл «{name}» пуст. Запросите его заново.")
    return data


def _sheets(data: bytes, path: Path, progress: Progress) -> tuple[list[Sheet], list[str], str]:
    """Sheets, notes and the title of the page, by the kind of the content."""
    if data.startswith(b"PK"):
        return (*read_zip(data, progress), "")
    if data.startswith(_OLE):
        return (*read_ole(data, progress), "")
    for beginning, answer in _FOREIGN:
        if data.startswith(beginning):
            raise UnreadableError(answer)
    if _SPREADSHEET_XML in data[:_HEAD] and data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        return (*read_xml_book(data, progress), "")
    declared = _CHARSET.search(data[:_HEAD])
    text = decode(data, declared[1].decode() if declared else "")
    if text.lstrip()[:1] == "<" and _HTML.search(text):
        sheets, title = read_html(text, progress)
        if not sheets:
            raise UnreadableError("на этой странице нет таблиц; сохраните страницу с таблицей целиком")
        return sheets, [], title
    if text.lstrip()[:1] in {"<", "{"}:
        raise UnreadableError("это файл программы, а не таблица; выгрузите данные в Excel или CSV")
    return [read_csv(text, path.stem)], [], ""
