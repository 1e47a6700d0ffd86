"""Hostile papers made by hand: bombs, far cells, entities, lies in the container, wild values."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from imc_desktop.usecases.imports.run import ReadPaper
from tests.exchange.bad_papers import FIRST, bombs, not_tables, ods, xlsb, xlsx, xlsx_parts, zipped

_SHEET = "xl/worksheets/sheet1.xml"
_STRINGS = "xl/sharedStrings.xml"
_HEAD = "<table><tr><th>№</th><th>Ф.И.О.</th><th>Должность</th></tr>"
_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "лол">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + ']><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&l9;</t></si></sst>'
)
_OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@dataclass(frozen=True, slots=True)
class Case:
    """``refused``: True must be refused, False must be read, None either way."""

    content: Callable[[], bytes]
    refused: bool | None = None
    never: str = ""  # a text that must not come in

    def complaint(self, read: ReadPaper) -> str:
        """What is wrong with the way the paper was taken; "" when nothing is."""
        if self.refused is not None and self.refused != (read.paper is None):
            return "read, but must be refused" if self.refused else f"refused, but is good: {read.refused}"
        return "what lies outside came in" if self.never and self.never in repr(read.paper) else ""


def _row(cells: str, number: int = 2) -> str:
    return f'{FIRST}<row r="{number}">{cells}</row>'


def _cell(value: str, kind: str = "") -> str:
    return f'<c r="A2"{f" t={chr(34)}{kind}{chr(34)}" if kind else ""}><v>{value}</v></c>'


def _with(parts: dict[str, str | bytes]) -> bytes:
    return zipped(xlsx_parts(FIRST) | parts)


def _doubled() -> bytes:
    target = io.BytesIO(xlsx(FIRST))
    with zipfile.ZipFile(target, "a") as container:
        container.writestr(zipfile.ZipInfo(_SHEET), "<worksheet/>")
    return target.getvalue()


def _lying(declared: int) -> bytes:
    """The directory declares another size than the part has."""
    data = bytearray(_with({_STRINGS: b"<sst>" + b"a" * 3_000_000 + b"</sst>"}))
    at = data.rfind(_STRINGS.encode()) - 46
    data[at + 24 : at + 28] = struct.pack("<I", declared)
    return bytes(data)


def _overlapping() -> bytes:
    """Thousands of names for one compressed part: the directory is small, the sum is not."""
    data = bytearray(_with({"xl/worksheets/sheet2.xml": b"a" * 1_000_000}))
    end = data.rfind(b"PK\x05\x06")
    start = struct.unpack("<I", data[end + 16 : end + 20])[0]
    last = data.rfind(b"PK\x01\x02", start, end)
    entry = bytes(data[last:end])
    entries = b"".join(
        entry.replace(b"sheet2.xml", f"s{number:04}.xml".encode().rjust(10, b"x")) for number in range(4_000)
    )
    count, size = 4_000 + 5, end - start + len(entries)
    tail = bytearray(data[end:])
    tail[8:20] = struct.pack("<HHII", count & 0xFFFF, count & 0xFFFF, size, start)
    return bytes(data[:end]) + entries + bytes(tail)


def _linked() -> bytes:
    target = io.BytesIO(xlsx(FIRST))
    with zipfile.ZipFile(target, "a") as container:
        info = zipfile.ZipInfo("xl/worksheets/sheet2.xml")
        info.external_attr = 0o120777 << 16
        container.writestr(info, "/etc/hostname")
    return target.getvalue()


def _looped_sectors() -> bytes:
    """An old book whose allocation table points back at itself."""
    data = bytearray(not_tables()["старый Word.xls"])
    for place in range(512, 1024, 4):
        data[place : place + 4] = struct.pack("<I", 0)
    return bytes(data)


def _deep(name: str, depth: int) -> str:
    return f"<{name}>" * depth + "x" + f"</{name}>" * depth


def _own() -> dict[str, Case]:
    far = _row('<c r="XFD1048576"><v>1</v></c>', 1048576)
    wild = "".join(
        f'<row r="{n}"><c r="A{n}"{kind}><v>{value}</v></c></row>'
        for n, (kind, value) in enumerate(
            (
                (' t="d"', "2024-13-45"), ("", "1e300"), ("", "NaN"), ("", "-1e308"), (' s="1"', "99999999"), (' s="1"', "-5"),
                (' t="s"', "999999"), (' t="s"', "-1"), (' t="b"', "7"), (' t="e"', "#REF!"), (' t="zzz"', "?"),
                (' s="4000000000"', "1"), ("", "9" * 5000), (' t="d"', "0000-00-00"), ("", "inf"),
            ),
            start=2,
        )
    )  # fmt: skip
    injected = "".join(
        f'<row r="{n}"><c r="A{n}" t="str"><v>{text}</v></c></row>'
        for n, text in enumerate(
            ("=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-2", '=HYPERLINK("x")'.replace('"', "&quot;")), start=2
        )
    )
    billion = zlib.compress(b"0" * 10)
    link = '<externalLink><externalBook r:id="rId1"/></externalLink>'
    return {
        "far cell.xlsx": Case(lambda: xlsx(far)),
        "far cell without a place.xlsx": Case(lambda: xlsx('<row r="1048576"><c><v>1</v></c></row>')),
        "laughs in strings.xlsx": Case(lambda: _with({_STRINGS: _LAUGHS}), refused=True),
        "laughs in sheet.xlsx": Case(lambda: _with({_SHEET: _LAUGHS}), refused=True),
        "laughs in utf-16.xlsx": Case(lambda: _with({_STRINGS: _LAUGHS.encode("utf-16")})),
        "laughs far down.xlsx": Case(lambda: _with({_SHEET: "<?xml version='1.0'?>" + " " * 9000 + _LAUGHS[21:]})),
        "laughs.ods": Case(lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": _LAUGHS}), refused=True),
        "laughs.xml": Case(lambda: _LAUGHS.replace("<sst ", '<Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" ').replace("</sst>", "</Workbook>").encode()),
        "entity of a file.xlsx": Case(lambda: _with({_SHEET: f'{_OUTSIDE}<worksheet><sheetData><row><c t="str"><v>&x;</v></c></row></sheetData></worksheet>'}), refused=True),
        "entity of a file.html": Case(f"{_OUTSIDE}<html>{_HEAD}<tr><td>1<td>&x;<td>учитель</table></html>".encode),
        "external link.xlsx": Case(lambda: _with({"xl/externalLinks/externalLink1.xml": link}), refused=False),
        "target outside.xlsx": Case(lambda: _with({"xl/_rels/workbook.xml.rels": str(xlsx_parts("")["xl/_rels/workbook.xml.rels"]).replace("worksheets/sheet1.xml", "../../../../etc/hostname")})),
        "target on a share.xlsx": Case(lambda: _with({"xl/_rels/workbook.xml.rels": str(xlsx_parts("")["xl/_rels/workbook.xml.rels"]).replace('Target="', 'TargetMode="External" Target="\\\\host\\share\\')})),
        "doubled part.xlsx": Case(_doubled),
        "names outside.xlsx": Case(lambda: _with({"../../evil.xml": "x", "/etc/evil": "x", "C:\\evil": "x", "xl/../../evil.xml": "x"}), refused=False),
        "link for a part.xlsx": Case(_linked),
        "size lies, less.xlsx": Case(lambda: _lying(10)),
        "size lies, more.xlsx": Case(lambda: _lying(0x7FFFFFFF)),
        "overlapping parts.xlsx": Case(_overlapping),
        "many parts.xlsx": Case(lambda: _with({f"xl/worksheets/s{n}.xml": "<worksheet/>" for n in range(6_000)}), refused=True),
        "many sheets.xlsx": Case(lambda: _with({"xl/workbook.xml": str(xlsx_parts("")["xl/workbook.xml"]).replace("</sheets>", "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(2, 3_000)) + "</sheets>")})),
        "bomb of strings.xlsx": Case(lambda: _with({_STRINGS: b"<sst>" + b"<si><t>" + b"a" * 30_000_000 + b"</t></si></sst>"}), refused=True),
        "many strings.xlsx": Case(lambda: _with({_STRINGS: "<sst>" + "<si><t>ааа</t></si>" * 100_000 + "</sst>"})),
        "count of strings lies.xlsx": Case(lambda: xlsx(FIRST, strings='<sst count="4000000000" uniqueCount="4000000000"><si><t>a</t></si></sst>')),
        "wild values.xlsx": Case(lambda: xlsx(FIRST + wild)),
        "formulas as text.xlsx": Case(lambda: xlsx(FIRST + injected)),
        "merged without end.xlsx": Case(lambda: xlsx(FIRST, after="<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 5_000 + "</mergeCells>")),
        "deep sheet.xlsx": Case(lambda: xlsx(_deep("c", 50_000))),
        "deep strings.xlsx": Case(lambda: xlsx(FIRST, strings=f"<sst><si>{_deep('r', 50_000)}</si></sst>")),
        "deep page.html": Case(f"<html><table><tr><td>{_deep('div', 60_000)}</table>".encode),
        "tables in tables.html": Case(("<html>" + "<table><tr><td>" * 20_000).encode),
        "attributes.html": Case(lambda: b"<html><table " + b"a=1 " * 500_000 + b"><tr><td>x</table>"),
        "never closed.html": Case(lambda: b"<html><table><tr><td" + b"<" * 500_000),
        "deep document.ods": Case(lambda: ods(_deep("table:table", 20_000))),
        "columns without end.ods": Case(lambda: ods('<table:table table:name="A"><table:table-row><table:table-cell table:number-columns-repeated="2000000000" office:value-type="float" office:value="1"/></table:table-row></table:table>')),
        "minus rows.ods": Case(lambda: ods('<table:table table:name="A"><table:table-row table:number-rows-repeated="-5"><table:table-cell office:value-type="date" office:date-value="2024-13-45"/></table:table-row></table:table>')),
        "one long line.csv": Case(lambda: "Ф.И.О.;Должность\n".encode() + b"a" * 5_000_000),
        "only quotes.csv": Case(lambda: b'"' * 3_000_000),
        "only separators.csv": Case(lambda: b";" * 3_000_000),
        "nul bytes.csv": Case(lambda: "Ф.И.О.;Должность\nИва\0нов;учитель\n".encode() * 100),
        "sectors in a loop.xls": Case(_looped_sectors, refused=True),
        "packed twice.xlsx": Case(lambda: _with({_SHEET: billion})),
        "far.xlsb": Case(lambda: xlsb(last_column=16_383), refused=True),
        "strings lie.xlsb": Case(lambda: xlsb(declared_strings=0x7FFFFFFF)),
        "macros.xlsm": Case(lambda: _with({"xl/vbaProject.bin": bytes(1000)}), refused=False),
    }  # fmt: skip


# Those of the tests of exchange come last: within the tests they are tried there.
CRAFTED: dict[str, Case] = {
    **_own(),
    **{name: Case(lambda data=data: data, refused=True) for name, data in not_tables().items()},
    **{name: Case(lambda name=name: bombs()[name], refused=True) for name in bombs()},
}
