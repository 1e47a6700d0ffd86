"""Finding header blocks: one to three rows of headings, group captions above, repeated headers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from imc_desktop.domain.words import fold, month_number
from imc_desktop.exchange.grid import Cell, Sheet, Span
from imc_desktop.exchange.headings import Vocabulary, unwrap
from imc_desktop.exchange.resolve import Caption
from imc_desktop.exchange.shapes import is_year

LONGEST_CAPTION = 200
MAX_HEADER_ROWS = 4
_HAS_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}|\d{5,}")
_QUANTITY = re.compile(r"\d+\.\d+\.?$|\d+(?:[.,]\d+)?\s*(?:лет|год|г\.|л\.|мес|ч\b|ч\.|час)", re.IGNORECASE)
_AS_OF = re.compile(r"\([^)]*\)?|\bна \d{1,2}\.\d{1,2}\.\d{2,4}")
_FULL_NAME = re.compile(
    r"[^\W\d_][\w-]+ [^\W\d_]\w+ \w+(?:вич|вна|ична|улы|ұлы|кызы|қызы|оглы)"
    r"|[А-ЯЁӘІҢҒҮҰҚӨҺ][а-яёәіңғүұқөһ-]{2,} [А-ЯЁӘІҢҒҮҰҚӨҺ]\. ?(?:[А-ЯЁӘІҢҒҮҰҚӨҺ]\.?)?",
    re.IGNORECASE,
)
_SURE_HEADING = 0.8


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """Rows of a header and the captions of its columns; ``text_top`` is where the text above it begins."""

    rows: range
    captions: tuple[Caption, ...]
    text_top: int

    def same_as(self, other: HeaderBlock) -> bool:
        """True when the other block repeats this one."""
        mine = [(one.index, fold(one.heading)) for one in self.captions]
        return mine == [(one.index, fold(one.heading)) for one in other.captions]


def find_headers(sheet: Sheet, vocabulary: Vocabulary) -> list[HeaderBlock]:
    """Header blocks from top to bottom."""
    blocks: list[HeaderBlock] = []
    known: dict[str, int] = {}
    index, since_break = 0, True
    rows = sheet.rows
    gap_top = 0
    while index < len(rows):
        row = rows[index]
        filled = len(row) - row.count(None) - row.count("")
        if filled <= 1:
            if not since_break:
                gap_top = index
            since_break = True
            index += 1
            continue
        candidate = since_break or not blocks or _repeats(row, known)
        if _is_again(row, filled, known) or (candidate and looks_like_header(row, vocabulary, again=bool(blocks))):
            block = _grow(sheet, index, vocabulary, gap_top)
            blocks.append(block)
            known = _fingerprint(rows[block.rows.start])
            index = block.rows.stop
            since_break = False
            gap_top = index
            continue
        since_break = not blocks and index < 60
        gap_top = gap_top if since_break else index + 1
        index += 1
    return blocks


def _fingerprint(row: tuple[Cell, ...]) -> dict[str, int]:
    return {cell: at for at, cell in enumerate(row) if isinstance(cell, str) and cell}


def _repeats(row: tuple[Cell, ...], known: dict[str, int]) -> bool:
    """True when several cells stand word for word where the last header had them."""
    if not known:
        return False
    same = 0
    for text, at in known.items():
        if at < len(row) and row[at] == text:
            same += 1
            if same >= 2:
                return True
        elif not same:
            return False
    return False


def _is_again(row: tuple[Cell, ...], filled: int, known: dict[str, int]) -> bool:
    """True for the last header word for word."""
    return filled == len(known) > 2 and all(at < len(row) and row[at] == text for text, at in known.items())


def looks_like_header(row: tuple[Cell, ...], vocabulary: Vocabulary, *, again: bool = False) -> bool:
    """True for a row of headings: several cells the vocabulary knows and nothing that only data has.

    Below a table that is already found (``again``) the vocabulary has to know more, and better.
    """
    texts = [" ".join(unwrap(cell).split()) for cell in row if isinstance(cell, str) and cell.strip()]
    if len(texts) < 2 or any(
        cell not in (None, "") and not isinstance(cell, str) and not is_year(cell) for cell in row
    ):
        return False
    if any(_only_data_has(text, vocabulary) for text in texts):
        return False
    guesses = [vocabulary.guess(text) for text in texts if len(text) <= LONGEST_CAPTION]
    sure = [one for one in guesses if one.field and one.score >= (_SURE_HEADING if again else 0.0)]
    fields, known = {one.field for one in sure}, len(sure)
    months = sum(1 for text in texts if month_number(text) is not None)
    needed = 2 if len(texts) <= 4 else 3
    return (len(fields) >= needed and known >= (0.5 if again else 0.34) * len(texts)) or (known >= 1 and months >= 4)


def _only_data_has(text: str, vocabulary: Vocabulary) -> bool:
    """A date, a number that is no year, a full name: never in a header."""
    if text.isdigit() or is_year(text):
        return not is_year(text)
    bare = _AS_OF.sub(" ", text)
    if _HAS_DATE.search(bare) or _QUANTITY.match(text):
        return True
    return _FULL_NAME.fullmatch(text) is not None and vocabulary.guess(text).score < _SURE_HEADING


def is_numbering(row: tuple[Cell, ...]) -> bool:
    """True for the row of column numbers «1 2 3 …»."""
    numbers: list[int] = []
    for cell in row:
        if cell is None or cell == "" or (isinstance(cell, str) and len(cell.strip()) == 1 and cell.strip().isalpha()):
            continue
        number = _as_int(cell)
        if number is None:
            return False
        numbers.append(number)
    return (
        len(numbers) >= 2
        and sum(cell not in (None, "") for cell in row) >= 3
        and max(numbers) - min(numbers) == len(numbers) - 1 == len(set(numbers)) - 1
    )


def _as_int(cell: Cell) -> int | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else None
    if isinstance(cell, str):
        text = cell.strip().rstrip(".")
        return int(text) if text.isdecimal() and len(text) < 4 else None
    return None


def _grow(sheet: Sheet, index: int, vocabulary: Vocabulary, top: int) -> HeaderBlock:
    """The whole header block around a row that looks like a header."""
    start, stop = index, index + 1
    if index > top and _is_group_row(sheet, index - 1, index, vocabulary):
        start = index - 1
    deepest = max(
        (span.bottom for span in sheet.merged if span.top in range(start, stop) and span.bottom > span.top), default=0
    )
    while stop < len(sheet.rows) and stop - start < MAX_HEADER_ROWS:
        if stop <= deepest or _is_caption_row(sheet, start, stop):
            if is_numbering(sheet.rows[stop]):
                break
            stop += 1
        else:
            break
    rows = range(start, stop)
    return HeaderBlock(rows, find_captions(sheet, rows, stop), top)


def _text(row: tuple[Cell, ...], at: int) -> str:
    cell = row[at] if at < len(row) else None
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(unwrap(str(cell)).split())


def _is_group_row(sheet: Sheet, above: int, row: int, vocabulary: Vocabulary) -> bool:
    """True when the row above holds captions of groups over blank neighbours, not a title or an approval block."""
    upper, lower = sheet.rows[above], sheet.rows[row]
    places = [at for at in range(len(upper)) if _text(upper, at)]
    if not places or any(not isinstance(upper[at], str) for at in places):
        return False
    spans = [span for span in sheet.merged if span.top == above and span.left in places]
    if any(span.right > span.left and span.left == 0 for span in spans):
        return False
    if places == [0]:
        return False  # a lone text over the first column is the title of the table
    width = max(len(lower), 1)
    if any(at >= width for at in places) or (all(_text(lower, at) for at in places) is False and len(places) == 1):
        return False
    known = [at for at in places if vocabulary.guess(_text(upper, at)).field]
    return bool(known) and len(known) * 2 >= len(places)


def _is_caption_row(sheet: Sheet, start: int, row: int) -> bool:
    """True for a row of sub-captions: texts only, all of them under groups (blank to the right of a heading)."""
    head, sub = sheet.rows[row - 1], sheet.rows[row]
    places = [at for at in range(len(sub)) if _text(sub, at)]
    if not places or any(not isinstance(sub[at], str) for at in places):
        return False
    width = max((at for at in range(len(head)) if _text(head, at)), default=0)
    last = max(places)
    if len(places) == 1 and (places[0] == 0 or _is_wide(sheet, row, places[0], width)):
        return False
    spans = [span for span in sheet.merged if start <= span.top <= row - 1 and span.right > span.left]
    inside = False
    for at in places:
        grouped = any(span.left <= at <= span.right for span in spans)
        open_group = not _text(head, at) or (at < max(width, last) and not _text(head, at + 1))
        if not grouped and not open_group:
            return False
        inside = inside or grouped or open_group
    return inside and len(places) < max(2, len([1 for at in range(len(head)) if _text(head, at)]) + 6)


def _is_wide(sheet: Sheet, row: int, at: int, width: int) -> bool:
    """True for a text merged over more than half of the table: a separator."""
    return any(
        span.top == row and span.left == at and 2 * (span.right - span.left + 1) > width for span in sheet.merged
    )


def find_captions(sheet: Sheet, rows: range, data_top: int) -> tuple[Caption, ...]:
    """Captions of all columns of a header block (also of an empty one): own text, group text, joined heading."""
    width = max(len(row) for row in (*sheet.rows[rows.start : rows.stop], *sheet.rows[data_top : data_top + 3]))
    spans = [span for span in sheet.merged if span.top in rows]
    below = sheet.rows[data_top : data_top + 40]
    lines = {at: [_text(sheet.rows[row], at) for row in rows] for at in range(width)}
    for span in spans:
        _fill(lines, span, rows, width)
    if len(rows) > 1:
        _fill_open_groups(lines, rows, width, spans)
    captions: list[Caption] = []
    for at in range(width):
        parts = list(dict.fromkeys(part for part in lines[at] if part))
        own = parts[-1] if parts else ""
        group = " ".join(parts[:-1])
        captions.append(Caption(at, own, group))
    written = {at for row in rows for at in range(width) if _text(sheet.rows[row], at)}
    return _with_parts(tuple(captions), below, written)


def _fill(lines: dict[int, list[str]], span: Span, rows: range, width: int) -> None:
    """A merged caption stands over every column of its span."""
    text = lines[span.left][span.top - rows.start] if span.left < width else ""
    if not text:
        return
    for at in range(span.left, min(span.right, width - 1) + 1):
        lines[at][span.top - rows.start] = text


def _fill_open_groups(lines: dict[int, list[str]], rows: range, width: int, spans: list[Span]) -> None:
    """Without merged ranges a caption stands over the blanks to its right that have something below."""
    for level in range(len(rows) - 1):
        last = ""
        for at in range(width):
            here = lines[at][level]
            covered = any(span.left <= at <= span.right and span.top - rows.start <= level for span in spans)
            if here or covered:
                last = here
            elif last and any(lines[at][level + 1 :]):
                lines[at][level] = last
            else:
                last = ""


def _with_parts(
    captions: tuple[Caption, ...], below: tuple[tuple[Cell, ...], ...], written: set[int]
) -> tuple[Caption, ...]:
    """Columns of one caption merged (or left blank) over several get their number in it; blank empty columns go.

    Two columns side by side that are both headed «Ставка» are two columns.
    """
    runs: list[list[Caption]] = []
    for caption in captions:
        filled = any(caption.index < len(row) and row[caption.index] not in (None, "") for row in below)
        if not caption.heading and not filled:
            runs.append([])
        elif runs and runs[-1] and (not caption.heading or caption.heading == runs[-1][0].heading):
            runs[-1].append(caption)
        else:
            runs.append([caption])
    runs = [part for run in runs for part in (_apart(run) if {one.index for one in run} <= written else [run])]
    return tuple(
        replace(one, own=one.own or run[0].own, group=one.group or run[0].group, part=part, parts=len(run))
        for run in runs
        for part, one in enumerate(run)
    )


def _apart(run: list[Caption]) -> list[list[Caption]]:
    """A heading written twice names two columns; written oftener it is a merged one that an export repeated."""
    return [[one] for one in run] if len(run) == 2 else [run]
