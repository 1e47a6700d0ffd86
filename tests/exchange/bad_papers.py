"""Papers that are damaged, hostile or simply not tables, made on the spot."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import xlsxwriter

from imc_desktop.exchange.ole import built

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
FIRST = '<row r="1"><c r="A1" t="str"><v>Ф.И.О.</v></c><c r="B1" t="str"><v>Должность</v></c></row>'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in parts.items():
            container.writestr(name, data)
    return target.getvalue()


def xlsx_parts(rows: str, after: str = "", strings: str = "") -> dict[str, str | bytes]:
    """The parts of a small book with one sheet «Реестр» whose rows are given as markup."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
        '<sheet name="Реестр" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>',
    }
    return parts | ({"xl/sharedStrings.xml": strings} if strings else {})


def xlsx(rows: str, after: str = "", strings: str = "") -> bytes:
    return zipped(xlsx_parts(rows, after, strings))


def small_book() -> bytes:
    """An honest book as a spreadsheet program writes it: title, dates, formulas, a hidden sheet."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Реестр")
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.merge_range(0, 0, 0, 4, "Список педагогов")
        for number in range(1, 12):
            sheet.write_row(number, 0, [f"Иванова Анна {number}", number, "учитель", "первая"])
            sheet.write_number(number, 4, 40_000 + number, day)
            sheet.write_formula(number, 5, f"=B{number}+1", None, number + 1)
        hidden = book.add_worksheet("Списки")
        hidden.hide()
        hidden.write(0, 0, "высшая")
    return target.getvalue()


def ods(body: str, styles: str = "") -> bytes:
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
    )
    content = (
        f"<office:document-content{names}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def xlsb(last_column: int = 1, declared_strings: int = 2) -> bytes:
    """A binary book of one row: two strings, the second of them in the given column."""

    def record(kind: int, body: bytes = b"") -> bytes:
        head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return head + bytes([len(body)]) + body

    def text(value: str) -> bytes:
        return struct.pack("<I", len(value)) + value.encode("utf-16-le")

    row = struct.pack("<IIHHBI", 0, 0, 300, 0, 0, 0)
    cells = b"".join(
        record(7, struct.pack("<III", column, 0, number)) for number, column in enumerate((0, last_column))
    )
    sheet = record(129) + record(148, struct.pack("<IIII", 0, 0, 0, 1)) + record(145) + record(0, row) + cells
    strings = record(159, struct.pack("<II", declared_strings, declared_strings))
    strings += b"".join(record(19, b"\0" + text(value)) for value in ("Ф.И.О.", "Должность"))
    listed = record(156, struct.pack("<II", 0, 1) + text("rId1") + text("Реестр"))
    parts = xlsx_parts("")
    relations = str(parts["xl/_rels/workbook.xml.rels"]).replace("sheet1.xml", "sheet1.bin")
    strings_link = f'<Relationship Id="rId2" Type="{_REL}/sharedStrings" Target="sharedStrings.bin"/>'
    return zipped(
        {
            "[Content_Types].xml": parts["[Content_Types].xml"],
            "_rels/.rels": str(parts["_rels/.rels"]).replace("workbook.xml", "workbook.bin"),
            "xl/workbook.bin": record(131) + record(143) + listed + record(144) + record(132),
            "xl/_rels/workbook.bin.rels": relations.replace("</Relationships>", f"{strings_link}</Relationships>"),
            "xl/worksheets/sheet1.bin": sheet + record(146) + record(130),
            "xl/sharedStrings.bin": strings + record(160),
        }
    )


def not_tables() -> dict[str, bytes]:
    """File name → content that is no table or cannot be opened."""
    book = small_book()
    damaged = bytearray(book)
    place = damaged.find(b"xl/worksheets/sheet1.xml") + 40
    damaged[place : place + 20] = bytes(20)
    encrypted = bytearray(book)
    directory = encrypted.find(b"PK\x01\x02")
    while directory >= 0:
        encrypted[directory + 8] |= 1
        directory = encrypted.find(b"PK\x01\x02", directory + 4)
    return {
        "пустой.xlsx": b"",
        "одни пробелы.csv": b" \r\n\r\n",
        "обрезанный.xlsx": book[: len(book) // 2],
        "хвост.xlsx": book[len(book) // 2 :],
        "порченый.xlsx": bytes(damaged),
        "закрытый.zip.xlsx": bytes(encrypted),
        "закрытый паролем.xlsx": built("EncryptedPackage", bytes(5000)),
        "старый Word.xls": built("WordDocument", bytes(5000)),
        "обрезанный старый.xls": built("Workbook", bytes(5000))[:1400],
        "шум.xlsx": bytes(range(256)) * 40,
        "справка.xlsx": b"%PDF-1.7\n" + bytes(range(256)),
        "приказ.docx": zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}),
        "письмо.rtf": b"{\\rtf1\\ansi text}",
        "доклад.pptx": zipped({"ppt/presentation.xml": "<p/>"}),
        "письмо.odt": zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
        "архив.xls": zipped({"реестр.xlsx": book}),
        "скан.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "фото.xls": b"\xff\xd8\xff\xe0" + bytes(range(256)),
        "страница.html": "<html><body><p>Раздел в разработке</p></body></html>".encode(),
        "данные.csv": b'{"rows": [1, 2, 3]}',
        "без листов.xlsx": zipped(xlsx_parts("") | {"xl/workbook.xml": "<workbook><sheets/></workbook>"}),
        "пустой лист.xlsx": xlsx(""),
        "сущности.xlsx": zipped(
            xlsx_parts("") | {"xl/worksheets/sheet1.xml": '<!DOCTYPE a [<!ENTITY b "ccc">]><worksheet>&b;</worksheet>'}
        ),
    }


def bombs() -> dict[str, bytes]:
    """File name → content made to eat memory or time; every one must be refused."""
    many_rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 101_502))
    wide = "".join("<c><v>1</v></c>" for _ in range(2_000))
    diagonal = "".join(f'<row r="{row}"><c r="KN{row}"><v>1</v></c></row>' for row in range(1, 60_000))
    cell = '<table:table-cell office:value-type="string"><text:p>ы</text:p></table:table-cell>'
    return {
        "бомба.xlsx": zipped(xlsx_parts(FIRST) | {"xl/sharedStrings.xml": b"<sst>" + bytes(60_000_000)}),
        "миллион строк.xlsx": xlsx(many_rows),
        "широкий.xlsx": xlsx(f'<row r="1">{wide}</row>'),
        "разрежённый.xlsx": xlsx(diagonal),
        "строки.ods": ods(
            f'<table:table table:name="A"><table:table-row table:number-rows-repeated="1048576">{cell}'
            "</table:table-row></table:table>"
        ),
        "далеко.xlsb": xlsb(last_column=16_000),
        "вложения.html": b"<table><tr><td rowspan=60000 colspan=300>x" + b"<td rowspan=60000 colspan=299>y" * 3
        + b"<tr><td>1" * 20_000,
        "без разделителей.csv": "Ф.И.О.;Должность\n".encode() + b"a" * 2_000_000,
        "столбцы.csv": (";".join("1" for _ in range(400)) + "\r\n").encode() * 3,
    }  # fmt: skip
