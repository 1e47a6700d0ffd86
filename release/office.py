"""One user's Windows under Wine: a disk of its own, the program installed there, what it does and leaves."""

from __future__ import annotations

from pathlib import Path

from release import windows, winpython, winroot
from release.tools import FailedError, cache, fresh

LINK = "Методический кабинет (IMC Desktop).lnk"
READ_REGISTRY = """
import sys, winreg
try:
    key = winreg.OpenKey(winreg.HKEY_CURRENT_USER, sys.argv[1])
    print("<<" + str(winreg.QueryValueEx(key, sys.argv[2])[0]) + ">>")
except OSError:
    pass
"""


class Office:
    """One user's Windows: a Wine disk of its own, on which the program is installed, updated and removed."""

    def __init__(self) -> None:
        self.prefix = fresh(cache() / "prefix-office")
        local = self.prefix / "drive_c" / "users" / "root" / "AppData"
        self.program = local / "Local" / "Programs" / "IMC Desktop"
        self.data = local / "Local" / "IMC Desktop"
        self.link = local / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs" / LINK

    def run(self, *words: str | Path, expect: int = 0) -> str:
        """Run a Windows program in this office to the end of everything it started."""
        return winroot.wine(words, env={"WINEPREFIX": str(winroot.inside(self.prefix))}, cwd=self.prefix, expect=expect)

    def command(self, *words: str | Path, expect: int = 0) -> str:
        """A command of the installed program."""
        return self.run(self.program / windows.COMMANDS, *words, expect=expect)

    def known(self, key: str, name: str = "") -> str:
        """A value of the current user's registry, "" when there is none."""
        python = winpython.prepare() / "python.exe"
        told = self.run(python, "-X", "utf8", "-c", READ_REGISTRY, key, name)
        return told.partition("<<")[2].rpartition(">>")[0]

    def show(self, database: Path, picture: Path) -> None:
        """Open a database in the window of the installed program, keep a picture, close by the keyboard."""
        told = winroot.locked(
            ["timeout", "300", "sh", "-c", winroot.ON_A_SCREEN, "screen", "sh", "-c", windows.SHOW, "show",
             *map(winroot.windows_path, (self.program / windows.PROGRAM, database)), picture],
            env=self.environment,
        )  # fmt: skip
        if "closed" not in told:
            raise FailedError(f"the window did not come or did not close: {told[-500:]}")

    @property
    def environment(self) -> dict[str, str]:
        """What Wine is told to be this user's Windows, in Russian."""
        return {**winroot.wine_environment(winroot.RUSSIAN), "WINEPREFIX": str(winroot.inside(self.prefix))}
