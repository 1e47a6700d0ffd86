"""What can go wrong, as sentences for a person."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class UserError(Exception):
    """Something the person can mend: the text is a Russian sentence saying what, where and what to do."""


class EnvironmentProblem(UserError):  # noqa: N818 - the architecture's word
    """The machine is at fault (full disk, pulled stick, file open in Excel); the text says what to do."""


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Problem(NamedTuple):
    """One finding: ``where`` names a field, a cell or an item; ``text`` is a Russian sentence."""

    where: str
    text: str
    severity: Severity = Severity.ERROR
