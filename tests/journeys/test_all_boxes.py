"""Every box of the program on small screens, with large type and in every scheme: nothing cut off, everything named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QDialog

from tests.journeys.boxes import furnish, kinds
from tests.journeys.conftest import Program
from tests.journeys.looks import faults
from tests.journeys.test_keyboard import nameless
from ui.common import fitting

Start = Callable[..., Program]

# The second number is what a task bar leaves. The last two are 1366×768 and 1920×1080 enlarged by the system to 150 and 200 %.
SCREENS = [(100, 1024, 728), (150, 1024, 728), (200, 1024, 728), (200, 1366, 728), (100, 911, 472), (100, 960, 500)]


def shown(box: QDialog, room: QRect) -> list[str]:
    """What is wrong with an open box."""
    QApplication.processEvents()
    found = [f"scrolls or is cut: {one}" for one in faults(box)]
    found += [f"no name: {one}" for one in nameless(box)]
    size = box.frameSize()
    if size.width() > room.width() or size.height() > room.height():
        found.append(f"too large: {size.width()}×{size.height()}")
    return found


@pytest.mark.parametrize(("scale", "width", "height"), SCREENS)
def test_every_box_fits(
    example: Path, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scale: int, width: int, height: int
) -> None:
    room = QRect(0, 0, width, height)
    screen = SimpleNamespace(availableGeometry=lambda: room)
    monkeypatch.setattr(fitting, "QGuiApplication", SimpleNamespace(primaryScreen=lambda: screen))
    office = furnish(start(example, scale), tmp_path, monkeypatch)
    seen: set[type[QDialog]] = set()
    found = []
    for kind, make in office.boxes():
        box = make()
        assert type(box) is kind
        box.show()
        office.program.wait()
        found += [f"{kind.__name__} «{box.windowTitle()}»: {one}" for one in shown(box, room)]
        seen.add(kind)
        box.close()
        box.deleteLater()
    office.pair.there.close()
    assert kinds() - seen == set(), "boxes nobody looks at"
    assert found == []
