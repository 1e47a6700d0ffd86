"""A document that reads well: room between paragraphs, calm headings, at the present type size."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from ui.theme import Theme

HEADING_POINTS = {1: 16.0, 2: 12.0, 3: 10.0}
SPACE_ABOVE = {1: 0, 2: 16, 3: 12}
LINE_HEIGHT = 125
PRINT_POINTS = 11.0


def dress(document: QTextDocument, scale: float, *, margin: float = 16) -> None:
    """Give the blocks of a document their sizes and spaces; ``scale`` 1 is the usual size of type."""
    document.setDocumentMargin(margin)
    block = document.begin()
    while block.isValid():
        _dress_block(block, scale)
        block = block.next()


def paper(text: str, theme: Theme) -> QTextDocument:
    """The same page for the printer: black on white, in the size of a letter, whatever the screen shows."""
    document = QTextDocument()
    font = QFont(theme.font())
    font.setPointSizeF(PRINT_POINTS)
    document.setDefaultFont(font)
    document.setMarkdown(text)
    dress(document, PRINT_POINTS / 10, margin=0)
    black = QTextCharFormat()
    black.setForeground(QColor("black"))
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeCharFormat(black)
    return document


def _dress_block(block: QTextBlock, scale: float) -> None:
    cursor = QTextCursor(block)
    shape = block.blockFormat()
    level = shape.headingLevel()
    in_list = block.textList() is not None
    shape.setTopMargin(SPACE_ABOVE.get(level, 0) * scale)
    shape.setBottomMargin((3 if in_list else 6) * scale)
    if not level:
        shape.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.setBlockFormat(shape)
    if level:
        _enlarge(cursor, HEADING_POINTS.get(level, 10.0) * scale)
    elif in_list:
        cursor.setBlockCharFormat(QTextCharFormat())  # else the number is bold where the first words are


def _enlarge(cursor: QTextCursor, points: float) -> None:
    """A heading in its own size: Qt's own adjustment by level must go, it is stronger than any size."""
    look = QTextCharFormat()
    look.setFontPointSize(points)
    look.setFontWeight(QFont.Weight.DemiBold)
    cursor.setBlockCharFormat(look)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(look)
