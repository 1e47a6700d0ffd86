"""Cycles die on the window's thread, and only there."""

from __future__ import annotations

import gc
import threading
import weakref

from pytestqt.qtbot import QtBot

from ui.collector import WindowCollector


class Knot:
    """An object that only the collector of cycles can free."""

    def __init__(self, died_in: list[int]) -> None:
        self.me = self
        weakref.finalize(self, lambda: died_in.append(threading.get_ident()))


def test_cycles_die_on_the_windows_thread(qtbot: QtBot) -> None:
    collector = WindowCollector()
    died_in: list[int] = []

    def work() -> None:
        for _ in range(5_000):
            Knot(died_in)

    gc.collect()
    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert died_in == []
    collector.collect()
    assert set(died_in) == {threading.get_ident()}
    collector.deleteLater()
