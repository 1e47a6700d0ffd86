"""Where things are: a checkout, a frozen folder, a portable copy, the user's data folder."""

from __future__ import annotations

import sys
from pathlib import Path

from platformdirs import user_data_path, user_log_path

_APP = "IMC Desktop"
PORTABLE_MARK = "portable.ini"
DATABASE_SUFFIX = ".imc"
COPY_SUFFIX = ".imcb"


def is_frozen() -> bool:
    """Whether this is the built program, not a checkout."""
    return bool(getattr(sys, "frozen", False))


def program_folder() -> Path:
    """The folder of the executable when frozen, else the top of the checkout."""
    if is_frozen():
        return Path(sys.executable).parent
    return Path(__file__).resolve().parents[1]


def command_line() -> list[str]:
    """How this very program is called with a command: the second program of the folder when frozen."""
    if getattr(sys, "frozen", False):
        own = Path(sys.executable)
        return [str(own.with_name(f"imc-desktop-cli{own.suffix}"))]
    return [sys.executable, "-m", "imc_desktop"]


def resources() -> Path:
    """Profiles, rules, fonts, icons and the demo papers."""
    return Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parents[1])) / "resources"


def data_folder() -> Path:
    """Where the office's database lies by default: beside a portable program, else in the user's data folder."""
    if (program_folder() / PORTABLE_MARK).is_file():
        return program_folder() / "data"
    return computer_folder()


def computer_folder() -> Path:
    """The user's data folder on this computer, portable or not."""
    return user_data_path(_APP, appauthor=False)


def default_database() -> Path:
    """The database that is opened when nobody names one."""
    return data_folder() / f"office{DATABASE_SUFFIX}"


def demo_folder() -> Path:
    """Where «Посмотреть на примере» keeps its separate database."""
    return data_folder() / "demo"


def log_folder() -> Path:
    """Where the rotating log goes."""
    return user_log_path(_APP, appauthor=False)
