"""``python -m release.here``: the installer of ``dist/imc-desktop``, made on this Windows itself with its own makensis.

Exit code 0 done, 1 failed, 3 skipped because something is missing.
"""

from __future__ import annotations

import sys

from imc_desktop import __version__
from imc_desktop.usecases.update import MANIFEST, PRODUCT
from release.icon import ICON, draw_side
from release.packing import SCRIPT, SIDE, describe, words_for
from release.tools import ROOT, FailedError, SkippedError, fresh, megabytes, need, run, say


def make() -> str:
    """Pack the folder that PyInstaller made here; the installer and its manifest lie in ``dist/installer``."""
    need("makensis")
    source = ROOT / "dist" / "imc-desktop"
    if not source.is_dir():
        raise SkippedError("no folder yet: python -m PyInstaller --noconfirm build.spec")
    folder = fresh(ROOT / "dist" / "installer")
    made = folder / f"{PRODUCT}-{__version__}-setup.exe"
    places = {"SOURCE": source, "OUT": made, "ICON": ICON, "SIDE": draw_side(folder / SIDE)}
    run(["makensis", *words_for(__version__, source, places), SCRIPT], minutes=20)
    describe(made, __version__)
    return f"{made.name} {megabytes(made.stat().st_size)} and {MANIFEST} in dist/installer"


if __name__ == "__main__":
    try:
        say(make())
    except SkippedError as reason:
        say(f"SKIPPED: {reason}")
        sys.exit(3)
    except FailedError as reason:
        say(f"FAILED: {reason}")
        sys.exit(1)
