"""Child processes that do the work and may die: forked from this warm process, so that one costs milliseconds.

The command has one thread only; nothing here may be used in a process with threads (pytest starts the command).
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

Acknowledge = Callable[[str], None]
Deed = Callable[[Acknowledge], None]

CRASHED = 70  # exit status of a child whose deed raised what it must not raise
_DEADLINE = 120.0


@dataclass(slots=True)
class Child:
    """A running child: what it acknowledged so far, and how it ended (negative: killed by that signal)."""

    pid: int
    pipe: int
    told: list[str] = field(default_factory=list)
    status: int | None = None
    after: Callable[[], object] | None = None  # what must end when the child has ended
    _rest: bytes = b""

    def listen(self, seconds: float, until_told: int | None = None) -> bool:
        """Take in what the child tells, so long or until it has told so much; False when it has closed its end."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and (until_told is None or len(self.told) < until_told):
            if not select.select([self.pipe], [], [], left)[0]:
                return True
            data = os.read(self.pipe, 65536)
            if not data:
                return False
            *whole, self._rest = (self._rest + data).split(b"\n")
            self.told += [line.decode() for line in whole]
        return True

    def kill(self) -> None:
        """End it at once, as a power failure of this process."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self, seconds: float = _DEADLINE) -> int:
        """The exit status, after everything it told was taken in; a child that hangs is killed (status -9)."""
        if self.status is None:
            if self.listen(seconds):
                self.kill()
                while self.listen(seconds):
                    pass
            os.close(self.pipe)
            self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
            if self.after is not None:
                self.after()
        return self.status


def started(deed: Deed, *, first: Callable[[], object] | None = None) -> Child:
    """Fork a child that does ``deed``, after ``first`` (waiting to be let go, setting limits)."""
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Child(pid, reading)
    status = CRASHED
    try:
        os.close(reading)
        if first is not None:
            first()
        deed(lambda words: _tell(writing, words))
        status = 0
    except BaseException as error:  # noqa: BLE001 - the child ends here, whatever it was
        with suppress(BaseException):
            _tell(writing, f"!{type(error).__name__}: {error} {_place(error)}".replace("\n", " "))
    finally:
        os._exit(status)


def _tell(pipe: int, words: str) -> None:
    os.writev(pipe, [f"{words}\n".encode("utf-8", "replace")])  # a call of its own: faults are put into write


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"[{frames[-1].filename}:{frames[-1].lineno}]" if frames else ""
