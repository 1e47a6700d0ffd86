"""Words about a failure without the data it happened to: where and what kind, never a message, a value or a name.

What a log or a report may hold is what an office may hand to a stranger: no letters of a name, no number of a person.
"""

from __future__ import annotations

import logging
import re
import traceback
from pathlib import Path

_HIDDEN = "…"
# Our own messages are English: Russian and Kazakh letters can only come from data, a file's name or a person's.
_LETTERS = re.compile(r"[\u0400-\u04ff]+(?:[ .,'’«»\-]*[\u0400-\u04ff]+)*")
_NUMBERS = re.compile(r"\+?\d(?:[ \-()]{0,2}\d){5,}")  # СНИЛС, ИИН, telephone, passport; no line number is as long
_ADDRESSES = re.compile(r"\S+@\S+")


def hide(text: str) -> str:
    """The text with everything that may belong to a person left out."""
    for pattern in (_ADDRESSES, _LETTERS, _NUMBERS):
        text = pattern.sub(_HIDDEN, text)
    return text


def trace_of(error: BaseException) -> list[str]:
    """Kinds of an error and of what it came from, each with the places in the code it passed."""
    lines = []
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        frames = traceback.extract_tb(cause.__traceback__)
        lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        cause = cause.__cause__ or cause.__context__
    return lines


class FacelessFormatter(logging.Formatter):
    """Lines of the log: the time, the place, the words without personal data, the trace without messages."""

    def format(self, record: logging.LogRecord) -> str:
        when = self.formatTime(record)
        lines = [f"{when} {record.levelname} {record.name} {hide(record.getMessage())}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines += trace_of(record.exc_info[1])
        return "\n".join(lines)
