"""Setting of texts: cleaning, binding, dividing, filling."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imc_desktop.documents.content import content_hash, from_json, to_json
from imc_desktop.documents.fonts import face
from imc_desktop.documents.parts import ApprovalBlock
from imc_desktop.documents.style import default_style, parse_style, resources_dir
from imc_desktop.documents.table_list import TableListContent
from imc_desktop.documents.text import NBSP, Setter, bind, clean, hyphenation_points

FONT = face("serif")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ясинская Л.Г., Вебер Е.С.", "Ясинская~Л.Г., Вебер~Е.С."),
        ("Ясинская Л.Г. Ковальчук Т.Н.", "Ясинская~Л.Г. Ковальчук~Т.Н."),
        ("_____ М. П. Озерская", "_____ М.~П.~Озерская"),
        ("А.А. Каменский", "А.А.~Каменский"),
        ("Озерская М.П", "Озерская~М.П"),
        ("СОШ № 5", "СОШ №~5"),
        ("27-28 августа 2026 г.", "27-28~августа 2026~г."),
        ("работа с детьми и педагогами", "работа с~детьми и~педагогами"),
        ("зам. директоров по УВР", "зам.~директоров по~УВР"),
        ("план – факт", "план~– факт"),
        ("приказ", "приказ"),
    ],
)
def test_what_a_typist_keeps_together(text: str, shown: str) -> None:
    assert bind(text) == shown.replace("~", NBSP)


@pytest.mark.parametrize(
    ("raw", "tidy"),
    [
        (" a\t b\u00a0c ", "a b c"),
        ("a\r\nb\rc\x0bd", "a\nb\nc\nd"),
        ("\x00\x1f\x7f\ufeff\u202eя\ud800", "я"),
        ("и\u0306", "й"),
        ("сло\u00adво", "слово"),
    ],
)
def test_cleaning(raw: str, tidy: str) -> None:
    assert clean(raw) == tidy


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("методический", "ме-то-ди-чес-кий"),
        ("план", "план"),
        ("ИМЦ", "ИМЦ"),
        ("подъезд", "подъ-езд"),
    ],
)
def test_words_are_divided_only_where_allowed(word: str, parts: str) -> None:
    allowed = hyphenation_points(word)
    wanted = [len("".join(parts.split("-")[: number + 1])) for number in range(parts.count("-"))]
    assert set(wanted) <= set(allowed)
    assert all(2 <= at <= len(word) - 3 for at in allowed)
    if "-" not in parts:
        assert allowed == []


def test_long_words_are_divided_with_a_hyphen_and_urls_without() -> None:
    lines = [line.text for line in Setter().wrap("«Профессионального»", FONT, 10, 50)]
    assert len(lines) > 1
    assert all(line.endswith("-") for line in lines[:-1])
    url = [line.text for line in Setter().wrap("https://example.invalid/program/2026", FONT, 10, 60)]
    assert "".join(url) == "https://example.invalid/program/2026"


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs", "S"]), max_size=200),
    st.floats(30, 400),
)
def test_no_line_is_too_wide_and_no_letter_is_lost(text: str, width: float) -> None:
    lines = Setter().wrap(text, FONT, 10, width)
    assert all(line.width <= width + 0.01 or len(line.text) == 1 for line in lines)
    kept = "".join(line.text for line in lines)
    assert [c for c in kept if c.isalnum()] == [c for c in clean(text) if c.isalnum()]


def test_titles_are_balanced() -> None:
    text = "муниципального казённого учреждения «Информационно-методический центр»"
    lines = Setter().balanced(text, FONT, 12, 380)
    assert len(lines) == len(Setter().wrap(text, FONT, 12, 380)) == 2
    assert min(line.width for line in lines) > 0.6 * max(line.width for line in lines)


def test_json_is_canonical_and_strict() -> None:
    block = ApprovalBlock("left", ("УТВЕРЖДАЮ",))
    assert to_json(block) == '{"lines":["УТВЕРЖДАЮ"],"side":"left"}'
    assert from_json(ApprovalBlock, to_json(block)) == block
    assert to_json(TableListContent((), (), ())) == '{"columns":[],"groups":[],"title":[]}'
    assert len(content_hash(block)) == 64
    for wrong in ('{"side":"left"}', '{"lines":"x","side":"left"}', '{"lines":[],"side":1}', '{"more":1}', "[]", "{"):
        with pytest.raises(ValueError):  # noqa: PT011 - the text of the message is not the promise
            from_json(ApprovalBlock, wrong)


def test_style_refuses_unknown_keys() -> None:
    text = (resources_dir() / "styles" / "documents.toml").read_text(encoding="utf-8")
    assert parse_style(text) == default_style()
    with pytest.raises(TypeError):
        parse_style(text.replace("[table]", "[table]\ncolour = 3"))
