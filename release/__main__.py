"""``python -m release NAME``: one command for each proof of a release, ``all`` for the whole set, nothing for the list.

Exit code 0 done, 1 failed, 3 skipped because a tool is missing (``all`` fails only on failures).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence

from release import (
    accessibility,
    calendars,
    exchange,
    icon,
    installer,
    linux,
    lock,
    measure,
    notices,
    pages,
    window,
    windows,
)
from release.tools import FailedError, SkippedError, cache, say

DONE, FAILED, SKIPPED = 0, 1, 3
Step = Callable[[], str]
STEPS: dict[str, tuple[Step, str]] = {
    "lock": (lambda: lock.prove_windows(cache() / "dry-run"), "every locked library has a wheel for Windows"),
    "notices-check": (notices.check, "licences and notices are those of the lock"),
    "calendars-check": (calendars.check, "working days are those of the library that knows them"),
    "linux-folder": (linux.check_folder, "build for Linux, self-test in a root without Python"),
    "window": (window.drive, "the real window under Xvfb: keyboard, mouse, Cyrillic"),
    "accessibility": (accessibility.audit, "what a screen reader hears in the real window"),
    "measure": (measure.compare, "start and memory against a frozen empty window"),
    "windows-build": (windows.build, "build for Windows under Wine"),
    "windows-smoke": (windows.smoke, "start it from a Cyrillic path, self-test, plan, two code pages"),
    "windows-window": (windows.show, "its window under Wine: shown, pictured, closed"),
    "windows-installer": (installer.make, "the installer and its manifest for a stick"),
    "windows-install": (installer.live, "silent install, run, update from a stick, no downgrade, uninstall"),
    "windows-pages": (pages.drive, "the installer's pages read and answered by the keyboard, with pictures"),
    "windows-exchange": (exchange.prove, "installations cut off, refused, without room: mended or undone"),
    "windows-portable": (installer.portable, "portable folder"),
    "windows-drives": (installer.drives, "no database on a removable or network drive, a proved copy on a stick"),
    "windows-files": (windows.files, "file and copy tests under Windows' file rules"),
}
MAKERS: dict[str, tuple[Step, str]] = {
    "notices": (notices.write, "write the licences and notices from the lock"),
    "calendars": (calendars.write, "write the working days from the library that knows them"),
    "icon": (icon.write, "draw the icon anew"),
}


def main(argv: Sequence[str]) -> int:
    """Run the named step."""
    known = STEPS | MAKERS
    if list(argv) == ["all"]:
        return _all()
    if len(argv) != 1 or argv[0] not in known:
        say("python -m release NAME, where NAME is one of:")
        for name, (_step, words) in known.items():
            say(f"  {name:18} {words}")
        say("  all                every proof; a release needs all of them")
        return 2
    return _run(argv[0], known[argv[0]][0])


def _all() -> int:
    codes = {name: _run(name, step) for name, (step, _words) in STEPS.items()}
    words = {DONE: "done", FAILED: "FAILED", SKIPPED: "skipped"}
    say("\n" + "\n".join(f"{name:18} {words[code]}" for name, code in codes.items()))
    return FAILED if FAILED in codes.values() else DONE


def _run(name: str, step: Step) -> int:
    started = time.monotonic()
    try:
        told, code = step(), DONE
    except SkippedError as reason:
        told, code = f"SKIPPED: {reason}", SKIPPED
    except FailedError as reason:
        told, code = f"FAILED: {reason}", FAILED
    say(f"{name}: {told} ({time.monotonic() - started:.0f} s)")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
