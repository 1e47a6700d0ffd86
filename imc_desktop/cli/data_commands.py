"""import, questions, undo, history."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from imc_desktop.cli.call import Call
from imc_desktop.cli.common import reading, tell, today, writing
from imc_desktop.usecases.history import history_as_json
from imc_desktop.usecases.imports.questions import open_questions
from imc_desktop.usecases.imports.report import FileReport, ImportReport
from imc_desktop.usecases.imports.run import import_papers, preview_import, read_papers

_WORDS = {
    "people": "люди",
    "training": "курсы",
    "categories": "категории",
    "attestation_cases": "дела аттестации",
    "plan_items": "строки плана",
    "cyclogram_events": "дела циклограммы",
    "month_items": "строки плана месяца",
    "memberships": "члены объединений",
    "journal_records": "записи журналов",
    "course_plans": "план курсов",
}
_OUTCOMES = {"new": "новых", "changed": "изменится", "same": "без изменений", "unclear": "неясно"}


def import_command(call: Call) -> int:
    """Take papers in; a refused paper is told on stderr and the code is 1, the others are applied."""
    if call.options.dry_run:
        with reading(call) as store:
            papers = read_papers(store, call.options.files)
            report = preview_import(store, papers, today=today())
    else:
        with writing(call) as store:
            papers = read_papers(store, call.options.files)
            report = import_papers(store, papers, today=today())
    tell(call, report.as_json(), _import_lines(report))
    for file in report.refused:
        print(file.refused, file=sys.stderr)
    return 1 if report.refused else 0


def _import_lines(report: ImportReport) -> Iterator[str]:
    for file in report.files:
        if not file.refused:
            yield f"{file.file}:"
            yield from _file_lines(file)
    if report.answered:
        yield f"Ответилось вопросов прежних импортов: {report.answered}."


def _file_lines(file: FileReport) -> Iterator[str]:
    for name, counter in file.counters.items():
        told = ", ".join(f"{_OUTCOMES[outcome]} {count}" for outcome, count in counter.items() if count)
        if told:
            yield f"  {_WORDS[name]}: {told}"
    if file.ignored:
        yield f"  пропущено итогов, подписей, вакансий и служебных строк: {file.ignored}"
    for cell in file.rejected:
        yield f"  не принято {cell.sheet}, {cell.cell}: {cell.reason}"
    for found in file.contradictions:
        yield f"  противоречие {found.sheet}, строка {found.row}: {found.person}: {found.here} ≠ {found.known}"
    for row in file.unclear:
        yield f"  вопрос {row.sheet}, строка {row.row}: {row.name}: {row.reason}"
    for note in file.notes:
        yield f"  {note}"


def questions_command(call: Call) -> int:
    """Open questions of all imports."""
    with reading(call) as store:
        questions = open_questions(store)
    tell(
        call, [one.as_json() for one in questions], (one.text for one in questions) if questions else ["Вопросов нет."]
    )
    return 0


def undo_command(call: Call) -> int:
    """Take back the last action."""
    with writing(call) as store:
        label = store.undo()
    tell(call, {"undone": label}, [f"Отменено: {label}"])
    return 0


def history_command(call: Call) -> int:
    """The log of changes, of everything or of one record."""
    with reading(call) as store:
        data = history_as_json(store, call.options.record)
    lines = [one.get("text") or f"{one['when']} · {one['action']} · {one['author']}" for one in data]
    tell(call, data, lines or ["Изменений нет."])
    return 0
