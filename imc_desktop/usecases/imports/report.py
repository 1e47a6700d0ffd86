"""What an import did or would do: counters, changes, contradictions, rejected cells; and its JSON (decisions 22)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from imc_desktop.domain.names import initials
from imc_desktop.domain.papers import PersonName, Rejected

COUNTED = (
    "people",
    "training",
    "categories",
    "attestation_cases",
    "plan_items",
    "cyclogram_events",
    "month_items",
    "memberships",
    "journal_records",
    "course_plans",
)
OUTCOMES = ("new", "changed", "same", "unclear")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The same fact with another value: shown, kept as an open question, never chosen."""

    sheet: str
    row: int
    field: str
    here: str
    known: str
    person_id: str
    person: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """A row that could mean several people or nobody known; becomes an open question."""

    sheet: str
    row: int
    name: str
    reason: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is (or will be) written: ``kind`` new or changed; shown as «было → стало»."""

    kind: str
    subject: str
    person_id: str
    who: str
    field: str
    before: str
    after: str
    place: str


@dataclass(frozen=True, slots=True)
class TableSummary:
    sheet: str
    kind: str
    rows: int
    organisation: str = ""


@dataclass
class FileReport:
    """One paper's part of an import. ``refused`` holds the sentence when the paper could not be taken at all."""

    file: str
    kind: str = "unknown"
    tables: tuple[TableSummary, ...] = ()
    counters: dict[str, dict[str, int]] = field(
        default_factory=lambda: {name: dict.fromkeys(OUTCOMES, 0) for name in COUNTED}
    )
    ignored: int = 0
    rejected: tuple[Rejected, ...] = ()
    contradictions: list[Contradiction] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    refused: str = ""

    def count(self, what: str, outcome: str) -> None:
        """One more of ``what`` with this outcome."""
        self.counters[what][outcome] += 1

    def as_json(self) -> dict[str, Any]:
        """The public shape of the command line."""
        return {
            "file": self.file,
            "kind": self.kind,
            "tables": [{"sheet": t.sheet, "kind": t.kind, "rows": t.rows} for t in self.tables],
            **self.counters,
            "ignored": self.ignored,
            "rejected": [{"sheet": r.sheet, "cell": r.cell, "reason": r.reason} for r in self.rejected],
            "contradictions": [
                {
                    "sheet": c.sheet,
                    "row": c.row,
                    "field": c.field,
                    "here": c.here,
                    "known": c.known,
                    "person_id": c.person_id,
                    "person": c.person,
                }
                for c in self.contradictions
            ],
            "unclear": [
                {"sheet": u.sheet, "row": u.row, "name": u.name, "reason": u.reason, "candidates": list(u.candidates)}
                for u in self.unclear
            ],
            "renamed": self.renamed,
            "notes": list(self.notes),
            "refused": self.refused or None,
        }


@dataclass
class ImportReport:
    """The whole import; ``answered`` counts old questions that the new papers answered by themselves."""

    files: list[FileReport] = field(default_factory=list)
    answered: int = 0
    label: str = ""

    @property
    def refused(self) -> list[FileReport]:
        """Papers that were not taken."""
        return [file for file in self.files if file.refused]

    def total(self, what: str, outcome: str) -> int:
        """Sum of a counter over all papers."""
        return sum(file.counters[what][outcome] for file in self.files)

    def changes_anything(self) -> bool:
        """False when everything was known already."""
        return any(self.total(what, outcome) for what in COUNTED for outcome in ("new", "changed"))

    def as_json(self) -> dict[str, Any]:
        """The public shape of the command line."""
        return {"files": [file.as_json() for file in self.files], "answered": self.answered}


def kind_of(kinds: Iterable[str]) -> str:
    """The kind of a file: that of its table with the most weight, data before lists and summaries."""
    kinds = list(kinds)
    return next(
        (kind for kind in kinds if kind not in ("summary", "lists", "unknown")), kinds[0] if kinds else "unknown"
    )


def shown_name(name: PersonName) -> str:
    """A name as people read it: initials get their dots back."""
    return str(name) if name.is_full else initials(name)
