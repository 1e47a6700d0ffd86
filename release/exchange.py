"""Installations that are cut off, refused or starved of room: the former program stays whole, the next run mends.

The real installer script around a toy program of three parts, so that every point of the exchange can be tried. What a
power cut leaves is laid out on the disk move by move, forwards and while an exchange is being undone.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from release import winpython, winroot
from release.installer import pack
from release.office import Office
from release.tools import FailedError, cache, fresh, say

INTERNAL, COMMANDS, PROGRAM = "_internal", "imc-desktop-cli.exe", "imc-desktop.exe"
PARTS = (INTERNAL, COMMANDS, PROGRAM)
OLD, NEW = "imc-desktop.old", "imc-desktop.new"
FORMER, NEWER, LARGE = "0.0.1", "0.0.2", "0.0.3"
FILLER = 2_000_000  # a small disk holds two toys, but not one beside a large one
LARGE_FILLER, ROOM = 4_000_000, "5m"
DONE, HELD, REFUSED = 0, 4, (2, 6)
# One start of Wine for all: the folder of a state, installed into; its exit code beside it.
INSTALL = """
for folder in "$2"/*/; do
  code=0; wine "$1" /S /PORTABLE "/D=Z:$(echo "${folder%/}" | tr / '\\\\')" || code=$?
  echo $code > "${folder%/}.code"
done
wineserver -w
"""
# The same on a disk that is too small; what it held at the end takes the place of the state.
INSTALL_WITHOUT_ROOM = """
set -e
mkdir /tmp/small
for folder in "$2"/*/; do
  mount -t tmpfs -o size=$3 tmpfs /tmp/small
  cp -a "$folder". /tmp/small/
  code=0; wine "$1" /S /PORTABLE '/D=Z:\\tmp\\small' || code=$?
  wineserver -w
  echo $code > "${folder%/}.code"
  rm -r "$folder"; cp -a /tmp/small "${folder%/}"
  umount /tmp/small
done
"""
# Somebody has the file open, in the way in which it can be written but not moved.
INSTALL_WHILE_HELD = """
wine "$3" -c "import sys, time
with open(sys.argv[1], 'rb'):
    print('held', flush=True)
    sys.stdin.read()" "$4" < /tmp/fifo > /tmp/held & holder=$!
exec 9> /tmp/fifo
n=0; until grep -q held /tmp/held; do n=$((n + 1)); [ $n -lt 100 ] || exit 7; sleep 0.1; done
code=0; wine "$1" /S /PORTABLE "/D=$2" || code=$?
exec 9>&-
wait $holder
wineserver -w
exit $code
"""
Places = dict[str, str]  # where each version of each part lies: "" is the program's own folder


class State(NamedTuple):
    """What a cut leaves: ``former`` and ``newer`` say where each part of the two programs lies."""

    name: str
    former: Places
    newer: Places

    @property
    def finished(self) -> bool:
        """Whether the exchange had come to its end."""
        return all(place == "" for place in self.newer.values())


def states() -> list[State]:
    """Every state between a whole former program beside an unpacked newer one and the end, and those of undoing."""
    former, newer = dict.fromkeys(PARTS, ""), dict.fromkeys(PARTS, NEW)
    moves = [*((former, part, OLD) for part in reversed(PARTS)), *((newer, part, "") for part in PARTS)]
    found = [State("0-unpacked", dict(former), dict(newer))]
    for number, (which, part, place) in enumerate(moves, 1):
        which[part] = place
        found.append(State(f"{number}-{part}", dict(former), dict(newer)))
        if number < len(moves):
            found += _undone(f"{number}-{part}", dict(former), dict(newer))
    return found


def _undone(name: str, former: Places, newer: Places) -> Iterator[State]:
    number = 0
    for part in PARTS:
        if former[part] != OLD:
            continue
        for which, place in ((newer, NEW), (former, "")):
            if which[part] != place:
                which[part] = place
                number += 1
                yield State(f"{name}-undone-{number}", dict(former), dict(newer))


def prove() -> str:
    """Every cut mended by the next run; no room and a held file leave the former program; nothing is left behind."""
    place = fresh(cache() / "work" / "exchange")
    older = pack(FORMER, fresh(place / "older"), quick=True, source=_toy(place / "toy-former", FORMER))
    newer = pack(NEWER, fresh(place / "newer"), quick=True, source=_toy(place / "toy-newer", NEWER))
    large = pack(LARGE, fresh(place / "large"), quick=True, source=_toy(place / "toy-large", LARGE, LARGE_FILLER))
    tried = states()
    say(f"{len(tried)} states of an exchange that was cut off ...")
    _lay_out(tried, place / "mended", place)
    _wine(INSTALL, newer, winroot.inside(place / "mended"))
    for state in tried:
        _must_be(place / "mended" / state.name, NEWER, (DONE,))
    say("the same on a disk without room ...")
    _lay_out(tried, place / "starved", place)
    _wine(INSTALL_WITHOUT_ROOM, large, winroot.inside(place / "starved"), ROOM)
    for state in tried:
        _must_be(place / "starved" / state.name, NEWER if state.finished else FORMER, REFUSED)
    say("a file is held ...")
    _held(older, newer, place / "held")
    return f"{len(tried)} cuts mended by the next run; without room or with a held file the former program stays"


def _held(older: Path, newer: Path, folder: Path) -> None:
    """A file of the present program cannot be moved: refused, the former program is whole; then the update works."""
    for part in (PROGRAM, COMMANDS):
        _wine(INSTALL, older, winroot.inside(fresh(folder / part).parent))
        _must_be(folder / part, FORMER, (DONE,))
        where = winroot.windows_path(folder / part)
        python = winpython.prepare() / "python.exe"
        words = (where, python, f"{where}\\{part}")
        _wine("mkfifo /tmp/fifo\n" + INSTALL_WHILE_HELD, newer, *words, expect=HELD)
        _must_be(folder / part, FORMER, (DONE,))
        _wine(INSTALL, newer, winroot.inside(folder))
        _must_be(folder / part, NEWER, (DONE,))
        shutil.rmtree(folder / part)


def _toy(folder: Path, version: str, filler: int = FILLER) -> Path:
    """A program of three parts that say which version they are of."""
    (fresh(folder) / INTERNAL / "inner").mkdir(parents=True)
    for part in (PROGRAM, COMMANDS, f"{INTERNAL}/inner/version"):
        (folder / part).write_text(version, encoding="ascii")
    (folder / INTERNAL / "filler").write_bytes(bytes(range(256)) * (filler // 256))
    return folder


def _lay_out(tried: list[State], into: Path, toys: Path) -> None:
    fresh(into)
    for state in tried:
        for source, places in ((toys / "toy-former", state.former), (toys / "toy-newer", state.newer)):
            for part, where in places.items():
                target = into / state.name / where / part
                target.parent.mkdir(parents=True, exist_ok=True)
                if not target.exists():  # the end: the former part was moved aside before
                    (shutil.copytree if part == INTERNAL else shutil.copy2)(source / part, target)


def _must_be(folder: Path, version: str, codes: tuple[int, ...]) -> None:
    """FailedError unless the folder holds one whole program of a version, and nothing of an exchange."""
    code = int((folder.parent / f"{folder.name}.code").read_text(encoding="ascii"))
    parts = (PROGRAM, COMMANDS, f"{INTERNAL}/inner/version")
    found = [(folder / part).read_text(encoding="ascii") if (folder / part).is_file() else "-" for part in parts]
    left = sorted(one.name for one in folder.iterdir() if one.name in (OLD, NEW))
    if code not in codes or found != [version] * len(parts) or left:
        raise FailedError(f"{folder.parent.name}/{folder.name}: exit code {code}, parts {found}, left behind {left}")


def _wine(script: str, *words: str | Path, expect: int = DONE) -> None:
    office = Office()
    told = [
        winroot.windows_path(word) if isinstance(word, Path) and word.suffix == ".exe" else str(word) for word in words
    ]
    winroot.locked(
        ["sh", "-c", winroot.ON_A_SCREEN, "screen", "sh", "-c", script, "exchange", *told],
        env=office.environment,
        expect=expect,
    )
