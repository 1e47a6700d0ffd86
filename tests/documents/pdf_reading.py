"""Reads a PDF back with pypdfium2: text, sizes, ink."""

from __future__ import annotations

import pypdfium2

MM = 72 / 25.4


class ReadBack:
    """A PDF as a reader sees it."""

    def __init__(self, data: bytes) -> None:
        self._pdf = pypdfium2.PdfDocument(data)
        self.sizes = [tuple(round(side / MM) for side in page.get_size()) for page in self._pdf]
        self.texts = [self._text(number) for number in range(len(self.sizes))]

    def _text(self, number: int) -> str:
        text = self._pdf[number].get_textpage().get_text_range()
        return text.replace("\r\n", "\n").replace("\u00a0", " ")

    @property
    def flat(self) -> str:
        """The whole text without any white space or soft division."""
        return "".join("".join(self.texts).split())

    def text_in(self, page: int, box: tuple[float, float, float, float]) -> str:
        """Text inside (left, top, width, height), measured from the upper left corner."""
        left, top, width, height = box
        sheet = self._pdf[page]
        upper = sheet.get_size()[1]
        return str(
            sheet.get_textpage().get_text_bounded(
                left=left, bottom=upper - top - height, right=left + width, top=upper - top
            )
        )

    def rows(self, page: int, scale: float = 1.0) -> list[bytes]:
        """Grey values line by line."""
        bitmap = self._pdf[page].render(scale=scale, grayscale=True)
        data = bytes(bitmap.buffer)
        return [data[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height)]


def has_ink(rows: list[bytes]) -> bool:
    """True when any point is darker than paper."""
    return any(row and min(row) < 200 for row in rows)


def dump(data: bytes) -> str:
    """What the golden files hold: number and size of pages, then the text of each."""
    back = ReadBack(data)
    parts = [f"страниц: {len(back.sizes)}"]
    for number, (size, text) in enumerate(zip(back.sizes, back.texts, strict=True), 1):
        lines = [line.rstrip() for line in text.strip().split("\n")]
        parts.append(f"--- {number}: {size[0]}×{size[1]} мм\n" + "\n".join(lines))
    return "\n".join(parts) + "\n"
