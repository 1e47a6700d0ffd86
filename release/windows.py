"""The folder for Windows: built under Wine, started under Wine, its file rules tried under Wine. Never on Windows."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from release import winpython, winroot
from release.tools import ROOT, FailedError, SkippedError, cache, folder_size, fresh, megabytes, run, say

PROGRAM, COMMANDS = "imc-desktop.exe", "imc-desktop-cli.exe"
LIMIT = 140_000_000
CODE_PAGES = {winroot.RUSSIAN: "cp1251", winroot.PLAIN: "cp1252"}
# Start, wait for the title of an opened database, keep a picture, close by the keyboard, wait for the end.
SHOW = """
openbox & sleep 1
wine "$1" --database "$2" & program=$!
seen() { xdotool search --onlyvisible --name '— IMC Desktop'; }
n=0; until seen; do n=$((n + 1)); [ $n -lt 240 ] || exit 7; sleep 0.5; done
sleep 4; import -window root "$3"
xdotool windowactivate --sync "$(seen | tail -n 1)" key alt+F4
wait $program && echo closed
wineserver -w
"""
# What touches files: the database, copies, locks. The rest of the tests says nothing new under Windows' rules.
FILE_TESTS = (
    "tests/db",
    *(
        f"tests/usecases/test_{name}.py"
        for name in ("carriers", "copies", "copy_relations", "folders", "merging", "update")
    ),
    "tests/exchange/test_open_bad.py",
)


def folder() -> Path:
    return cache() / "windows" / "dist" / "imc-desktop"


def built() -> Path:
    """The folder made by an earlier ``windows-build``; SkippedError without one."""
    if not (folder() / PROGRAM).is_file():
        raise SkippedError("no Windows folder yet: python -m release windows-build")
    winroot.prepare()
    return folder()


def build() -> str:
    """Freeze for Windows with the Python for Windows, under Wine."""
    python = winpython.prepare()
    place = cache() / "windows"
    fresh(place)
    say("Freezing for Windows under Wine (two minutes) ...")
    winroot.wine(
        [
            python / "python.exe", "-m", "PyInstaller", "--noconfirm", "--distpath", place / "dist",
            "--workpath", place / "work", ROOT / "build.spec",
        ],
        minutes=25, log=place / "build.log",
    )  # fmt: skip
    if not (folder() / PROGRAM).is_file():
        raise FailedError(f"no program was built: {(place / 'build.log').name} in the cache")
    size = folder_size(folder())
    if size > LIMIT:
        raise FailedError(f"the Windows folder has {megabytes(size)}, more than {megabytes(LIMIT)}")
    return f"Windows folder {megabytes(size)} (goal: at most {megabytes(LIMIT)})"


def smoke() -> str:
    """Start from a path with Cyrillic and a space, in both code pages: self-test, the plan on paper."""
    program = _copied(built())
    python = winpython.prepare()
    for locale, page in CODE_PAGES.items():
        told = winroot.wine(
            [python / "python.exe", "-c", "import locale; print(locale.getpreferredencoding())"], locale=locale
        )
        if page not in told:
            raise FailedError(f"Wine with {locale} speaks {told.strip()}, not {page}")
        say(f"--- {page}")
        say(winroot.wine([program / COMMANDS, "self-test"], locale=locale, cwd=program.parent))
        _print_plan(program, locale)
    return "starts from a Cyrillic path, self-test passed and plan printed with cp1251 and cp1252 (Wine 10)"


def _copied(source: Path) -> Path:
    place = cache() / "work" / "Рабочая папка" / "imc-desktop"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(source, place)
    return place


def _print_plan(program: Path, locale: str) -> None:
    """An office of its own, the sample's plan taken in, approved and printed; the paper is looked at."""
    work = fresh(program.parent / f"База {locale}")
    database, paper = work / "Учёт №1.imc", work / "План.pdf"
    plan = program / "_internal" / "resources" / "demo" / "09_plan_IMC_2026-2027.xlsx"
    for words in (
        ["new", "--profile", "bohan"],
        ["import", plan],
        ["print", "annual-plan", "--year", "2026", "--output", paper],
    ):
        winroot.wine([program / COMMANDS, *words, "--database", database], locale=locale)
    if not paper.read_bytes().startswith(b"%PDF"):
        raise FailedError(f"the plan was not printed under {locale}")
    if shutil.which("pdftotext"):
        text = run(["pdftotext", "-layout", paper, "-"], words="pdftotext")
        if "план" not in text.lower():
            raise FailedError("the printed plan does not say that it is one")


def show() -> str:
    """The window of the Windows program: shown with its database, a picture of it kept, closed from outside."""
    program = built()
    work = fresh(cache() / "work" / "windows-window")
    database, picture = work / "Учёт №1.imc", cache() / "work" / "windows-window.png"
    winroot.wine([program / COMMANDS, "new", "--profile", "bohan", "--database", database])
    started = time.monotonic()
    told = winroot.locked(
        ["timeout", "300", "sh", "-c", winroot.ON_A_SCREEN, "screen", "sh", "-c", SHOW, "show",
         winroot.windows_path(program / PROGRAM), winroot.windows_path(database), picture],
        env=winroot.wine_environment(winroot.RUSSIAN),
    )  # fmt: skip
    seconds = time.monotonic() - started
    if "closed" not in told:
        raise FailedError(f"the window did not come or did not close: {told[-500:]}")
    return f"window shown and closed under Wine in {seconds:.0f} s (picture: {picture.name} in the cache)"


def files() -> str:
    """The tests that touch files, run by the Python for Windows: open files, reserved names, locks."""
    python = winpython.prepare()
    wanted = [name for name in FILE_TESTS if (ROOT / name).exists()]
    last = ""
    for locale, page in CODE_PAGES.items():
        told = winroot.wine(
            [
                python / "python.exe", "-m", "pytest", "-p", "no:cacheprovider", "--basetemp",
                cache() / "work" / "pytest", *wanted,
            ],
            cwd=ROOT, locale=locale, minutes=20, env={"QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
        last = told.strip().splitlines()[-1]
        say(f"{page}: {last}")
    return f"file tests under Windows' rules: {last}"
