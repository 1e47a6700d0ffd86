"""What a screen reader hears: every focusable control of the real window has a Russian name, asked through AT-SPI."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from release.screen import Screen
from release.tools import ROOT, FailedError, SkippedError, cache, fresh, need, run, say
from release.window import TITLE, Driven

SYSTEM_PYTHON = "/usr/bin/python3"  # pyatspi is a package of the system
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
TABS = 6
# Boxes over the tabs, by their titles, and the keys that open them; () is the menu behind ⋮, from its end.
BOXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Новая карточка", ("alt+2", "ctrl+n")),
    ("Справка", ("F1",)),
    ("Клавиши", ("ctrl+slash",)),
    ("Проверка программы", ()),
)
MENU, FROM_MENU = (1254, 20), ("Up", "Up", "Return")  # inside the window as it comes at 100 %
LEAST_CONTROLS = 40  # fewer would mean that the tree was not read
# Prints, as JSON, the controls heard and those without a word in Russian.
READER = r"""
import json, re, sys, time
import pyatspi
program = None
for _ in range(100):
    desktop = pyatspi.Registry.getDesktop(0)
    program = next((one for one in desktop if one and "imc" in one.name.lower()), None)
    if program is not None and len(program):
        break
    time.sleep(0.1)
heard, nameless = 0, []
def walk(node, depth):
    global heard
    states = node.getState()
    if not states.contains(pyatspi.STATE_SHOWING) and depth > 1:
        return
    role = node.getRoleName()
    if states.contains(pyatspi.STATE_FOCUSABLE) and role not in ("filler", "panel", "viewport", "table cell"):
        heard += 1
        # On Linux Qt tells a combo box's value as its name; its own name is asked by the journeys.
        if role != "combo box" and not re.search("[А-Яа-яЁё]", node.name or ""):
            nameless.append(f"{role} «{node.name}» in «{node.parent.name if node.parent else ''}»")
    if role not in ("table", "tree", "tree table", "list"):
        for child in node:
            if child is not None:
                walk(child, depth + 1)
if program is not None:
    walk(program, 0)
print(json.dumps({"heard": heard, "nameless": nameless}, ensure_ascii=False))
"""


def audit() -> str:
    """Open the invented district, go through the tabs and some boxes; FailedError names the controls without a name."""
    launcher = _tools()
    driven = Driven(fresh(cache() / "work" / "audit"))
    run(
        [*driven.commands, "demo", "--output", driven.folder / "demo"],
        env={**os.environ, **driven.environment, "QT_QPA_PLATFORM": "offscreen", "DISPLAY": ""}, cwd=ROOT, words="demo",
    )  # fmt: skip
    database = next(driven.folder.rglob("*.imc"))
    with Screen() as screen, _Bus(screen, launcher) as bus:
        env = {**driven.environment, **bus.environment}
        program = screen.start([*driven.window_command, "--database", database], env, driven.folder / "said.txt")
        screen.window(TITLE)
        found: list[str] = []
        heard = 0
        for number in range(1, TABS + 1):
            screen.key(f"alt+{number}")
            time.sleep(1)
            told = _hear(screen, env)
            heard += told[0]
            say(f"  tab {number}: {told[0]} controls")
            found += [f"tab {number}: {one}" for one in told[1]]
        for title, keys in BOXES:
            if not keys:
                screen.click(screen.window(TITLE), *MENU)
            screen.key(*(keys or FROM_MENU))
            screen.window(title)
            time.sleep(1)
            told = _hear(screen, env)
            heard += told[0]
            found += [f"{title}: {one}" for one in told[1]]
            screen.key("Escape")
            screen.gone(title)
        program.terminate()
    if heard < LEAST_CONTROLS:
        raise FailedError(f"only {heard} controls were heard: the tree was not read")
    if found:
        raise FailedError("controls without a Russian name:\n  " + "\n  ".join(sorted(set(found))))
    return f"AT-SPI: {heard} focusable controls in {TABS} tabs and {len(BOXES)} boxes, every one with a Russian name"


def _tools() -> Path:
    need("dbus-daemon")
    launcher = next((Path(one) for one in LAUNCHERS if Path(one).is_file()), None)
    if launcher is None:
        raise SkippedError("not installed: at-spi2-core")
    if (
        not shutil.which(SYSTEM_PYTHON)
        or subprocess.run([SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False).returncode
    ):
        raise SkippedError("not installed: python3-pyatspi gir1.2-atspi-2.0")
    return launcher


class _Bus:
    """A message bus of our own, with the accessibility bus on it: both must be there before the program."""

    def __init__(self, screen: Screen, launcher: Path) -> None:
        self._screen, self._launcher = screen, launcher
        self.environment: dict[str, str] = {}

    def __enter__(self) -> Self:
        daemon = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
            env=self._screen.environment({}), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self._daemon = daemon
        assert daemon.stdout is not None  # noqa: S101
        self.environment = {
            "DBUS_SESSION_BUS_ADDRESS": daemon.stdout.readline().strip(),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_ACCESSIBILITY": "1",
        }
        self._screen.start([self._launcher, "--launch-immediately"], self.environment)
        time.sleep(1)
        return self

    def __exit__(self, *_error: object) -> None:
        self._daemon.terminate()
        self._daemon.wait(10)


def _hear(screen: Screen, env: Mapping[str, str]) -> tuple[int, list[str]]:
    told = json.loads(
        run([SYSTEM_PYTHON, "-c", READER], env=screen.environment(env), words="the reader").splitlines()[-1]
    )
    return int(told["heard"]), [str(one) for one in told["nameless"]]
