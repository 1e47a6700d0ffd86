"""self-test: every layer once in a temporary folder; a protocol an office can send back."""

from __future__ import annotations

import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from db.connect import copy_database
from db.restore import begin_replica
from db.schema.people import Person
from db.store import Store
from db.verify import problems_of
from imc_desktop import __version__
from imc_desktop.cli.call import Call
from imc_desktop.cli.common import tell
from imc_desktop.documents.fonts import check_glyphs
from imc_desktop.usecases.copies import closed_or_proved, copy_to, restore_copy, verify_file
from imc_desktop.usecases.copy_facts import counts_words
from imc_desktop.usecases.copy_keys import draft_keys, put_in_force
from imc_desktop.usecases.demo import PLAN_YEAR, demo_papers, make_demo_database
from imc_desktop.usecases.due import due_as_json
from imc_desktop.usecases.exporting import export
from imc_desktop.usecases.imports.run import import_papers, read_papers
from imc_desktop.usecases.plan import approve
from imc_desktop.usecases.printing.registry import make
from imc_desktop.usecases.staff_json import people_as_json

_ON = date(2026, 11, 20)
_PEOPLE = 1200


class _StepFailedError(Exception):
    """A step gave something else than it must."""


class _Bench:
    """The steps share one temporary database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "проверка.imc"
        self._store: Store | None = None

    @property
    def store(self) -> Store:
        if self._store is None:
            self._store = Store(self.database)
        return self._store

    def close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

    def take_papers(self) -> str:
        self._store, report = make_demo_database(self.database, today=_ON)
        people = len(people_as_json(self.store, _ON))
        _must(people == _PEOPLE, f"людей {people}, должно быть {_PEOPLE}")
        return f"{len(report.files)} файлов, {people} человек"

    def take_again(self) -> str:
        counter = self.store.change_counter()
        import_papers(self.store, read_papers(self.store, demo_papers()[:1]), today=_ON)
        _must(self.store.change_counter() == counter, "повторный импорт что-то изменил")
        return "повторный импорт ничего не меняет"

    def deadlines(self) -> str:
        rows = due_as_json(self.store, "courses", _ON) + due_as_json(self.store, "attestation", _ON)
        _must(all(row["why"] for row in rows) and len(rows) > _PEOPLE, "не у всех сроков есть объяснение")
        return f"{len(rows)} сроков с объяснениями"

    def undo(self) -> str:
        label = self.store.undo()
        _must(not people_as_json(self.store, _ON), "отмена импорта оставила людей")
        self.store.redo()
        return f"отменено и повторено: {label}"

    def paper(self) -> str:
        draft = make(self.store, "annual-plan", year=PLAN_YEAR, on=_ON)
        _must(draft == make(self.store, "annual-plan", year=PLAN_YEAR, on=_ON), "черновик печатается по-разному")
        approve(self.store, PLAN_YEAR, today=_ON)
        approved = make(self.store, "annual-plan", year=PLAN_YEAR, on=_ON)
        _must(approved.startswith(b"%PDF") and approved != draft, "утверждённый план не напечатан")
        return f"план: {len(approved) // 1024} КБ"

    def sheet(self) -> str:
        path = self.folder / "план.xlsx"
        export(self.store, "annual-plan", path, year=PLAN_YEAR, on=_ON)
        return f"{path.stat().st_size // 1024} КБ"

    def glyphs(self) -> str:
        missing = check_glyphs()
        _must(not missing, f"нет букв: {missing}")
        return "русские и казахские буквы на месте"

    def copies(self) -> str:
        proof = copy_to(self.store, self.folder, today=_ON)
        self.close()
        kept = restore_copy(proof.path, self.database)
        _must(kept is not None and verify_file(self.database) is None, "копия не вернулась")
        return counts_words(proof.manifest.counts)

    def keys(self) -> str:
        draft = draft_keys()
        put_in_force(self.store, draft, draft.office.identity, today=_ON)
        proof = copy_to(self.store, self.folder, today=_ON)
        closed = closed_or_proved(proof.path)
        _must(closed is not None, "зашифрованная копия открылась без ключа")
        _must(closed_or_proved(proof.path, [draft.paper.identity]) is None, "бумажный ключ не открыл копию")
        return f"копия зашифрована ключом {proof.manifest.key_id} и открылась бумажным"

    def merge(self) -> str:
        other = self.folder / "второй компьютер.imc"
        copy_database(self.store.path, other)
        with closing(sqlite3.connect(other)) as connection, connection:
            begin_replica(connection, "clone")
        for path, phone in ((other, "8-902"), (self.store.path, "8-901")):
            store = self.store if path == self.store.path else Store(path)
            person = people_as_json(store, _ON)[0]["id"]
            with store.change("Правка") as session:
                session.get_one(Person, person).phone = phone
            if store is not self.store:
                store.close()
        done = self.store.merge("Сверка", other)
        _must(done.conflicts == 1, f"расхождений {done.conflicts} вместо одного")
        self.store.undo()
        _must(not problems_of(self.store.path), "после сверки журнал не сходится")
        return "принято сделанное на втором компьютере, расхождение найдено, сверка отменена"

    def preview(self) -> str:
        from PySide6.QtCore import QSize  # noqa: PLC0415 - the steps that need Qt
        from PySide6.QtPdf import QPdfDocument  # noqa: PLC0415

        path = self.folder / "план.pdf"
        path.write_bytes(make(self.store, "annual-plan", year=PLAN_YEAR, on=_ON))
        app, document = _application(), QPdfDocument()
        document.load(str(path))
        picture = document.render(0, QSize(300, 420))
        dark = sum(picture.pixelColor(x, y).lightness() < 128 for x in range(0, 300, 3) for y in range(0, 420, 3))
        pages = document.pageCount()
        document.close()
        _must(app is not None and pages > 0 and dark > 0, "первая страница плана пуста")
        return f"страниц: {pages}, первая нарисована"

    def counts_of_none(self) -> str:
        from PySide6.QtWidgets import QLabel  # noqa: PLC0415

        app = _application()
        label = QLabel()
        before = sys.getrefcount(None)
        for number in range(1000):
            label.setText(str(number))
        lost = before - sys.getrefcount(None)
        _must(app is not None and abs(lost) < 300, f"Qt теряет ссылки на None: {lost}")
        return "Qt рисует и не теряет ссылок"


def _application() -> Any:
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    return QApplication.instance() or QApplication(["self-test", "-platform", "offscreen"])


def self_test_command(call: Call) -> int:
    """Run every step; exit code 1 when one fails."""
    with tempfile.TemporaryDirectory(prefix="imc-self-test-") as folder:
        bench = _Bench(Path(folder))
        try:
            steps = [_run(name, step) for name, step in _steps(bench)]
        finally:
            bench.close()
    whole = all(step["ok"] for step in steps)
    about = {
        "version": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "sqlite": sqlite3.sqlite_version,
    }
    lines = [f"IMC Desktop {__version__}, Python {about['python']}, SQLite {about['sqlite']}, {about['system']}"]
    lines += [
        f"{'ок ' if step['ok'] else 'НЕТ'} {step['step']}: {step['told']} ({step['seconds']:.1f} с)" for step in steps
    ]
    lines.append("Программа исправна." if whole else "Программа неисправна: отправьте этот протокол разработчику.")
    tell(call, {"whole": whole, "about": about, "steps": steps}, lines)
    return 0 if whole else 1


def _steps(bench: _Bench) -> list[tuple[str, Callable[[], str]]]:
    return [
        ("база и импорт", bench.take_papers),
        ("повторный импорт", bench.take_again),
        ("сроки", bench.deadlines),
        ("отмена", bench.undo),
        ("печать", bench.paper),
        ("таблица Excel", bench.sheet),
        ("шрифты", bench.glyphs),
        ("копия и возврат", bench.copies),
        ("ключ копий", bench.keys),
        ("сверка", bench.merge),
        ("предпросмотр", bench.preview),
        ("окно", bench.counts_of_none),
    ]


def _run(name: str, step: Callable[[], str]) -> dict[str, Any]:
    started = time.perf_counter()
    try:
        told, good = step(), True
    except Exception as error:  # noqa: BLE001 - the protocol names every kind of failure
        told, good = f"{type(error).__name__}: {error}", False
    return {"step": name, "ok": good, "told": told, "seconds": round(time.perf_counter() - started, 2)}


def _must(condition: bool, otherwise: str) -> None:
    if not condition:
        raise _StepFailedError(otherwise)
