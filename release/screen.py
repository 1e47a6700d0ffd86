"""A screen of its own with a window manager, a keyboard of two languages and hands: what a person does to a window."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from release.tools import FailedError, need, wait_for

TOOLS = ("Xvfb", "openbox", "xdotool", "setxkbmap")
PAUSE = 0.4
# xdotool loses letters that the keyboard of the moment does not have; keys with Ctrl are struck on the Latin one.
LATIN, RUSSIAN = "us", "ru"


class Screen:
    """``with Screen() as screen``: everything started on it ends with it."""

    def __init__(self, width: int = 1366, height: int = 768) -> None:
        need(*TOOLS)
        self._size = (width, height)
        self._started: list[subprocess.Popen[bytes]] = []
        self.display = ""

    def __enter__(self) -> Self:
        reader, writer = os.pipe()
        size = "{}x{}x24".format(*self._size)
        self._started.append(
            subprocess.Popen(
                ["Xvfb", "-displayfd", str(writer), "-screen", "0", size, "-nolisten", "tcp"],
                pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
        )  # fmt: skip
        os.close(writer)
        with os.fdopen(reader) as told:
            self.display = f":{told.readline().strip()}"
        self.hand("setxkbmap", "-layout", LATIN)
        self.start(["openbox"], {})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in reversed(self._started):
            process.terminate()
        for process in self._started:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """What a program on this screen sees."""
        mine = {name: value for name, value in os.environ.items() if name not in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
        return {**mine, "DISPLAY": self.display, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **more}

    def start(
        self, command: Sequence[str | Path], env: Mapping[str, str], log: Path | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a program on this screen; ``log`` takes what it says."""
        says = log.open("wb") if log else subprocess.DEVNULL
        process = subprocess.Popen(
            [str(part) for part in command], env=self.environment(env), stdin=subprocess.DEVNULL,
            stdout=says, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self._started.append(process)
        return process

    def hand(self, *words: str, check: bool = True) -> str:
        """A tool of the screen; returns what it says."""
        done = subprocess.run(words, env=self.environment({}), capture_output=True, text=True, check=False, timeout=60)
        if check and done.returncode != 0:
            raise FailedError(f"{' '.join(words)}: {done.stderr.strip()}")
        return done.stdout.strip()

    def picture(self, path: Path) -> None:
        """Keep what is on the screen, where scrot is installed."""
        if shutil.which("scrot"):
            self.hand("scrot", "-o", str(path), check=False)

    def window(self, title: str, seconds: float = 30) -> str:
        """The number of the visible window whose title holds ``title``, brought to the front; waits for it."""
        found: list[str] = []

        def seen() -> bool:
            found[:] = self.hand("xdotool", "search", "--onlyvisible", "--name", title, check=False).split()
            return bool(found)

        wait_for(seen, seconds, f"no window «{title}»")
        self.hand("xdotool", "windowactivate", "--sync", found[-1])
        time.sleep(PAUSE)
        return found[-1]

    def gone(self, title: str, seconds: float = 15) -> None:
        """Wait until no window is called so."""
        wait_for(
            lambda: not self.hand("xdotool", "search", "--onlyvisible", "--name", title, check=False),
            seconds,
            f"the window «{title}» stays open",
        )

    def key(self, *keys: str) -> None:
        """Press keys one after another, each for itself."""
        for one in keys:
            self.hand("xdotool", "key", "--clearmodifiers", one)
            time.sleep(PAUSE)

    def type(self, text: str) -> None:
        """Type a Russian text where the cursor is, on the Russian keyboard, and go back to the Latin one."""
        self.hand("setxkbmap", "-layout", RUSSIAN)
        time.sleep(PAUSE)
        self.hand("xdotool", "type", "--delay", "60", text)
        self.hand("setxkbmap", "-layout", LATIN)
        time.sleep(PAUSE)

    def click(self, window: str, x: int, y: int, button: int = 1) -> None:
        """Click inside a window."""
        self.hand("xdotool", "mousemove", "--window", window, str(x), str(y), "click", str(button))
        time.sleep(PAUSE)
