"""Row images of the log: what a row held when it appeared. Made and read without SQLAlchemy."""

from __future__ import annotations

import re
from collections.abc import Iterable

_IMAGE_PART = re.compile(r"(\w+)=('(?:[^']|'')*'|[^',]+),")


def row_image(image: str) -> dict[str, str]:
    """The columns of an insert's row image that were not empty, as text."""
    return {
        name: value[1:-1].replace("''", "'") if value.startswith("'") else value
        for name, value in _IMAGE_PART.findall(image)
    }


def image_expression(table: str, columns: Iterable[str]) -> str:
    """The SQL expression of a row's image, of the columns that carry data; ``row_image`` reads it."""
    return " || ".join(
        f"CASE WHEN {table}.\"{column}\" <> '' THEN '{column}=' || quote({table}.\"{column}\") || ',' ELSE '' END"
        for column in columns
    )
