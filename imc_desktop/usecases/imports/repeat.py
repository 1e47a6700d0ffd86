"""A paper taken in before, read the same way, has nothing new to say: what people changed since is not touched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from imc_desktop import __version__
from imc_desktop.domain.papers import PaperRead
from imc_desktop.usecases.imports.report import COUNTED, Contradiction, FileReport, Unclear
from imc_desktop.usecases.imports.world import Row

_OPEN = ""


def reading_of(paper: PaperRead) -> str:
    """How a paper was read: its tables, their columns as guessed or corrected, the version of the program."""
    told = [
        [table.sheet, str(table.kind), table.organisation, table.rows, len(table.records), len(table.rejected)]
        + [[column.index, column.field] for column in table.columns]
        for table in paper.tables
    ]
    text = json.dumps([__version__, paper.as_of, told], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def note_reading(row: Row, paper: PaperRead, report: FileReport) -> None:
    """Keep with the paper how it was read and what came of it."""
    counters = {name: {key: count for key, count in told.items() if count} for name, told in report.counters.items()}
    kept = json.loads(row["summary"]) | {
        "reading": reading_of(paper),
        "counters": {name: told for name, told in counters.items() if told},
    }
    row.set("summary", json.dumps(kept, ensure_ascii=False))


def told_before(row: Row, paper: PaperRead, report: FileReport, questions: Iterable[Row]) -> bool:
    """True when the paper was taken in like this before; the report then says «the same», and what is still open."""
    kept: dict[str, Any] = json.loads(row["summary"])
    if kept.get("reading") != reading_of(paper):
        return False
    mine = [one for one in questions if one["paper_id"] == row["id"] and one["answer"] == _OPEN]
    report.unclear = [_unclear(one) for one in mine if one["kind"] == "unclear"]
    report.contradictions = [_contradiction(one) for one in mine if one["kind"] == "contradiction"]
    for name in COUNTED:
        told = kept["counters"].get(name, {})
        unclear = min(told.get("unclear", 0), len(report.unclear))
        report.counters[name]["unclear"] = unclear
        report.counters[name]["same"] = sum(told.values()) - unclear
    return True


def _unclear(question: Row) -> Unclear:
    candidates = tuple(json.loads(question["candidates"]))
    return Unclear(question["sheet"], question["row"], question["who"], question["here"], candidates)


def _contradiction(question: Row) -> Contradiction:
    return Contradiction(
        question["sheet"],
        question["row"],
        question["field"],
        question["here"],
        question["known"],
        question["person_id"],
        question["who"],
        question["place"],
    )
