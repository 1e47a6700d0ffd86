"""Row images of the log: what a row held when it appeared. Read without SQLAlchemy."""

from __future__ import annotations

import re

_IMAGE_PART = re.compile(r"(\w+)=('(?:[^']|'')*'|[^',]+),")


def row_image(image: str) -> dict[str, str]:
    """The columns of an insert's row image that were not empty, as text."""
    return {
        name: value[1:-1].replace("''", "'") if value.startswith("'") else value
        for name, value in _IMAGE_PART.findall(image)
    }
