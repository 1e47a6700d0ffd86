"""Every letter of both alphabets and every mark the papers use has a glyph in the shipped fonts."""

from __future__ import annotations

import pytest

from imc_desktop.documents.fonts import MARKS, WEIGHTS, face
from imc_desktop.documents.style import default_style, resources_dir
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent, render_with_map
from tests.documents.pdf_reading import ReadBack, has_ink

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
MARKS_USED = "✓▲■○◇☐№«»–—₽₸…§°•"
ALL = sorted(set(RUSSIAN + RUSSIAN.upper() + KAZAKH + KAZAKH.upper() + MARKS_USED))


@pytest.mark.parametrize("family", ["serif", "sans"])
@pytest.mark.parametrize("weight", WEIGHTS)
def test_each_font_draws_all_letters_and_marks(family: str, weight: str) -> None:
    font = face(family, weight)
    assert [char for char in ALL if not font.drawable(char)] == []
    assert [char for char in RUSSIAN + KAZAKH if not font.has(char)] == []


def test_letters_read_back_and_leave_ink() -> None:
    rows = tuple(ListRow(f"k{number}", ("", char)) for number, char in enumerate(ALL))
    content = TableListContent(
        ("Буквы",), (ListColumn("Пусто", 30), ListColumn("Знак", 10)), (ListGroup("", rows),), numbered=False
    )
    data, boxes = render_with_map(content)
    back = ReadBack(data)
    scale = 2.0
    pages = {page: back.rows(page, scale) for page in range(len(back.sizes))}
    for box, char in zip(boxes, ALL, strict=True):
        inside = (box.left, box.top, box.width, box.height)
        assert char in back.text_in(box.page, inside), f"U+{ord(char):04X}"
        start, end = int((box.left + box.width * 0.75 + 2) * scale), int((box.left + box.width * 0.95) * scale)
        lines = pages[box.page][int((box.top + 1) * scale) + 1 : int((box.top + box.height - 1) * scale)]
        assert has_ink([line[start:end] for line in lines]), f"U+{ord(char):04X}"


def test_missing_letters_fall_back_run_by_run() -> None:
    font = face("serif")
    assert font.runs("да ✓ нет") == (("serif-regular", "да "), ("marks-regular", "✓"), ("serif-regular", " нет"))
    assert font.runs("中") == (("marks-regular", "□"),)
    assert font.width("中") == face(MARKS).width("□")


def test_fonts_come_with_their_licences() -> None:
    folder = resources_dir() / "fonts"
    files = {name for trio in default_style().fonts.values() for name in trio}
    assert {path.name for path in folder.glob("*.ttf")} == files
    assert "SIL OPEN FONT LICENSE" in (folder / "LICENSE-Liberation.txt").read_text(encoding="utf-8")
    assert "Bitstream Vera" in (folder / "LICENSE-DejaVu.txt").read_text(encoding="utf-8")
