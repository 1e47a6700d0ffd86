"""Jobs, the bus and preferences: threads end on the window's thread, nothing is lost, nothing hangs."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from imc_desktop.domain.errors import UserError
from tests.second_start import call_from_another_process
from ui.common.progress import ProgressLine
from ui.context import Bus, Context
from ui.jobs import CancelledError, ImmediateRunner, JobRunner, Progress, Report
from ui.prefs import Prefs
from ui.single_instance import SingleInstance
from ui.theme import Theme


def on_gui_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


@pytest.fixture
def runner(qapp: QApplication) -> JobRunner:
    made = JobRunner()
    yield made
    made.shutdown()


def test_work_is_beside_and_callbacks_are_on_the_window_thread(qtbot: QtBot, runner: JobRunner) -> None:
    seen: list[tuple[str, bool]] = []

    def work(report: Report) -> str:
        seen.append(("work", on_gui_thread()))
        report(1, 1, "строк 1")
        return "готово"

    runner.run(
        work,
        done=lambda result: seen.append((result, on_gui_thread())),
        progress=lambda step: seen.append((step.text, on_gui_thread())),
        title="Импорт",
    )
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen == [("work", False), ("строк 1", True), ("готово", True)]
    assert runner.running == ()


def test_jobs_wait_for_each_other(qtbot: QtBot, runner: JobRunner) -> None:
    order: list[int] = []
    for number in range(5):
        runner.run(lambda _report, n=number: order.append(n), done=lambda _r: None)
    qtbot.waitUntil(lambda: not runner.running)
    assert order == [0, 1, 2, 3, 4]


def test_cancel_stops_the_work_and_nobody_hears_of_it(qtbot: QtBot, runner: JobRunner) -> None:
    begun, stopped, told = threading.Event(), threading.Event(), []

    def work(report: Report) -> None:
        begun.set()
        try:
            while True:
                report(1, 2)
        except CancelledError:
            stopped.set()
            raise

    job = runner.run(work, done=told.append, failed=told.append)
    assert begun.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: not runner.running)
    assert stopped.is_set()
    assert told == []


def test_errors_of_a_job_reach_the_person(qtbot: QtBot, theme: Theme, ctx: Context, runner: JobRunner) -> None:
    failures: list[BaseException] = []

    def work(_report: Report) -> None:
        raise UserError("Файл открыт в Excel.")

    runner.run(work, failed=failures.append)
    qtbot.waitUntil(lambda: len(failures) == 1)
    with qtbot.waitSignal(ctx.bus.message) as told:
        ctx.jobs.run(work)
    assert told.args[0].text == "Файл открыт в Excel."


def test_the_runner_of_the_tests_works_at_once(qapp: QApplication) -> None:
    seen: list[object] = []
    ImmediateRunner().run(lambda report: report(1, 2, "x") or 5, done=seen.append, progress=seen.append)
    assert seen == [Progress(1, 2, "x"), 5]


def test_changes_from_a_worker_arrive_on_the_window_thread(qtbot: QtBot) -> None:
    bus, seen = Bus(), []
    bus.changed.connect(lambda change: seen.append((change, on_gui_thread())))
    bus.publish("сразу")
    assert seen == [("сразу", True)]
    worker = threading.Thread(target=bus.publish, args=("потом",))
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[1] == ("потом", True)


def test_a_long_job_is_shown_and_can_be_stopped(qtbot: QtBot, theme: Theme, runner: JobRunner) -> None:
    line = ProgressLine(runner, theme)
    qtbot.addWidget(line)
    go = threading.Event()

    def work(report: Report) -> None:
        report(1, 1, "1 200 строк")
        go.wait(5)
        report(1, 1)

    runner.run(work, title="Импорт")
    qtbot.waitUntil(line.isVisible, timeout=2000)
    assert line._text.text() == "Импорт: 1 200 строк"
    line._cancel.click()
    go.set()
    qtbot.waitUntil(lambda: not line.isVisible())


def test_prefs_survive_and_a_spoiled_file_is_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "вид" / "prefs.json"
    prefs = Prefs(path)
    prefs.set("view.scale", 125)
    prefs.set("list.staff.order", ["name", "org"])
    assert prefs.save()
    again = Prefs(path)
    assert again.get("view.scale", 100) == 125
    assert again.get("view.scale", "светлая") == "светлая"
    path.write_text("{ не json", encoding="utf-8")
    assert Prefs(path).get("view.scale", 100) == 100


def test_prefs_in_a_place_that_refuses_do_not_stop_the_program(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    prefs = Prefs(tmp_path / "file" / "prefs.json")
    prefs.set("a", 1)
    assert not prefs.save()


def test_the_second_start_hands_over_its_files(qtbot: QtBot, tmp_path: Path) -> None:
    name = str(tmp_path / "one")
    first, second = SingleInstance(name), SingleInstance(name)
    assert first.claim([])
    with qtbot.waitSignal(first.raised) as told:
        call_from_another_process(name, tmp_path / "база.imc", qtbot)
    assert told.args == [[tmp_path / "база.imc"]]
    first.release()
    assert second.claim([]), "the name is free again"
    second.release()


def test_asking_for_the_thread_does_not_free_it(qtbot: QtBot) -> None:
    """A wrapper of the main thread's object takes it along when collected; the next event loop dies."""
    for _ in range(20):
        bus = Bus()
        bus.publish("x")
        gc.collect()
        qtbot.wait(1)
