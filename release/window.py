"""The real window under Xvfb, driven from outside by keyboard and mouse; what happened is asked of the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from release.screen import Screen
from release.tools import ROOT, FailedError, cache, fresh, run, wait_for

SURNAME, NAME, MIDDLE = "Ёлкина-Щукина", "Эльвира", "Объёмовна"
PERSON = f"{SURNAME} {NAME} {MIDDLE}"
POST = "воспитатель"
FIELDS_BETWEEN = 4  # birth, sex, telephone, mail
TITLE, CARD = "IMC Desktop", "Новая карточка"
TAB_COURSES = (255, 20)  # inside the window at 100 %
PATIENCE = 20


class Driven:
    """One program on one screen, with folders of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._user = f"window-{uuid.uuid4().hex[:8]}"  # the window of the step before may not be gone yet
        self.database = folder / "Учёт №1 (проба).imc"
        built = cache() / "linux" / "dist" / "imc-desktop"
        frozen = (built / "imc-desktop").is_file()
        self.window_command: list[str | Path] = (
            [built / "imc-desktop"] if frozen else [sys.executable, "-m", "imc_desktop"]
        )
        self.commands: list[str | Path] = [built / "imc-desktop-cli"] if frozen else self.window_command
        self.kind = "frozen" if frozen else "from source"

    @property
    def environment(self) -> Mapping[str, str]:
        """A user nobody else is."""
        own = {f"XDG_{name}_HOME": str(self.folder / name.lower()) for name in ("DATA", "STATE", "CONFIG", "CACHE")}
        return {**own, "HOME": str(self.folder), "USER": self._user, "LANG": "C.UTF-8"}

    def command(self, *words: str | Path) -> str:
        """A command of the program."""
        return run(
            [*self.commands, *words, "--database", self.database],
            env={**os.environ, **self.environment}, cwd=ROOT, words=f"command {words[0]}",
        )  # fmt: skip

    def people(self) -> list[str]:
        """The names on the list, read beside the open window."""
        told: list[dict[str, Any]] = json.loads(self.command("list", "people", "--json"))
        return [str(one["person"]) for one in told]

    @property
    def school(self) -> str:
        """An organisation that the list knows, in letters that a keyboard has."""
        told: list[dict[str, Any]] = json.loads(self.command("list", "organisations", "--json"))
        return next(str(name) for name in told[0]["spellings"] if "«" not in name)

    def tab(self) -> str:
        """The tab that the window remembered at its end."""
        kept = next(self.folder.rglob("window.json"))
        return str(json.loads(kept.read_text(encoding="utf-8")).get("window.tab", ""))


def drive() -> str:
    """Type a card in Cyrillic, undo and redo it, click a tab, close; FailedError with a picture's place on failure."""
    driven = Driven(fresh(cache() / "work" / "window"))
    driven.command("new", "--profile", "bohan")
    driven.command("import", ROOT / "resources" / "demo" / "03_pedagogi_DOU.xlsx")
    picture = cache() / "work" / "window.png"
    with Screen() as screen:
        program = screen.start(
            [*driven.window_command, "--database", driven.database], driven.environment, driven.folder / "said.txt"
        )
        try:
            _work(screen, driven, program)
        except FailedError as error:
            screen.picture(picture)
            ended = "running" if program.poll() is None else f"ended with {program.returncode}"
            said = (driven.folder / "said.txt").read_text(encoding="utf-8", errors="replace")[-2000:]
            raise FailedError(f"{error}; program {ended}; picture: {picture.name} in the cache\n{said}") from None
    return f"the {driven.kind} window took a card in Cyrillic by keyboard, undo, redo, a click, and closed by itself"


def _work(screen: Screen, driven: Driven, program: subprocess.Popen[bytes]) -> None:
    window = screen.window(TITLE)
    time.sleep(1)
    screen.key("alt+2")
    screen.key("ctrl+n")
    screen.window(CARD)
    for text in (SURNAME, NAME, MIDDLE):
        screen.type(text)
        screen.key("Tab")
    screen.key(*["Tab"] * FIELDS_BETWEEN)
    for text in (driven.school, POST):
        screen.type(text)
        screen.key("Tab")
    screen.picture(cache() / "work" / "window-card.png")
    screen.key("Return")
    screen.gone(CARD)
    _listed(driven, present=True)
    window = screen.window(TITLE)
    screen.key("ctrl+z")
    _listed(driven, present=False)
    screen.key("ctrl+y")
    _listed(driven, present=True)
    screen.click(window, *TAB_COURSES)
    time.sleep(1)
    screen.key("alt+F4")
    wait_for(lambda: program.poll() is not None, PATIENCE, "the window did not close by Alt+F4")
    if program.returncode != 0:
        raise FailedError(f"the program ended with exit code {program.returncode}")
    if driven.tab() != "courses":
        raise FailedError(f"the click did not reach the tab: {driven.tab()}")
    if not list(driven.database.parent.rglob("*.imcb")):
        raise FailedError("no copy was made at exit")


def _listed(driven: Driven, *, present: bool) -> None:
    wait_for(
        lambda: (PERSON in driven.people()) == present,
        PATIENCE,
        f"{PERSON} {'is not' if present else 'is still'} on the list of {len(driven.people())}",
    )
