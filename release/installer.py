"""The installer, its manifest for a stick, and the whole life of an installed program under Wine."""

from __future__ import annotations

from pathlib import Path

from imc_desktop import __version__
from imc_desktop.usecases.update import MANIFEST, PRODUCT
from release import former, windows, winroot
from release.icon import ICON, draw_side
from release.office import Office
from release.packing import SCRIPT, SIDE, describe, words_for
from release.tools import (
    FailedError,
    cache,
    fresh,
    megabytes,
    say,
    sha256,
)

LIMIT = 50_000_000
OLDER_THAN_INSTALLED = 3  # the installer's exit code
KEY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\IMC Desktop"
CLASSES = r"Software\Classes"


def pack(version: str, into: Path, *, quick: bool = False, source: Path | None = None) -> Path:
    """Make the installer of the built folder (or of ``source``) and its manifest in ``into``.

    ``quick`` trades size for time.
    """
    source = source or windows.built()
    made = into / f"{PRODUCT}-{version}-setup.exe"
    places = {"SOURCE": source, "OUT": made, "ICON": ICON, "SIDE": draw_side(into / SIDE)}
    inside = {name: winroot.inside(path) for name, path in places.items()}
    winroot.linux(["makensis", *words_for(version, source, inside, quick=quick), SCRIPT], minutes=20)
    describe(made, version)
    return made


def make() -> str:
    """The installer of this version, as small as it gets, beside its manifest."""
    folder = fresh(cache() / "installer")
    say("Packing the installer (two minutes) ...")
    made = pack(__version__, folder)
    size = made.stat().st_size
    if size > LIMIT:
        raise FailedError(f"the installer has {megabytes(size)}, more than {megabytes(LIMIT)}")
    return f"{made.name} {megabytes(size)} (goal: at most {megabytes(LIMIT)}) and {MANIFEST}"


def live() -> str:
    """Install silently, work, update from a stick, refuse a downgrade, go back to nothing: the data stay."""
    stick = fresh(cache() / "stick")
    older = pack(__version__, fresh(cache() / "older"), quick=True)
    newer_version = next_version(__version__)
    pack(newer_version, stick, quick=True)
    office = Office()
    office.run(older, "/S")
    _must(office.known(KEY, "DisplayVersion") == __version__, "the version is not in the registry")
    _must(office.link.is_file(), "no entry in the Start menu")
    _must(str(windows.PROGRAM) in office.known(rf"{CLASSES}\IMCDesktop.Database\shell\open\command"), "no association")
    _must(office.known(rf"{CLASSES}\.imcb") == "IMCDesktop.Copy", "no association of copies")
    say(office.command("new", "--profile", "bohan"))
    database = office.data / "office.imc"
    before = sha256(database)
    past = former.lay_out(office.data)
    say(office.command("update", stick))
    _must(office.known(KEY, "DisplayVersion") == newer_version, "the update did not install itself")
    _must(sha256(database) == before, "the update touched the data")
    say(office.command("check"))
    say(former.migrate(office, past))
    say(former.refuse_newer(office, database))
    office.run(older, "/S", expect=OLDER_THAN_INSTALLED)
    _must(office.known(KEY, "DisplayVersion") == newer_version, "a downgrade was not refused")
    _damage(stick)
    told = office.command("update", stick, expect=1)
    _must("не совпала" in told, f"a damaged update was not refused: {told}")
    office.run(office.program / "uninstall.exe", "/S")
    _must(not office.program.exists(), f"left behind: {sorted(office.program.rglob('*'))[:5]}")
    _must(not office.link.exists() and not office.known(KEY, "DisplayVersion"), "left behind: menu or registry")
    _must(not office.known(rf"{CLASSES}\.imc"), "left behind: association")
    _must(sha256(database) == before, "the uninstaller touched the data")
    return (
        f"installed, ran, updated {__version__} → {newer_version}, data of revision 1 migrated; "
        "refused: downgrade, damage, newer data; removed, data kept"
    )


def drives() -> str:
    """A stick and a share of this Windows: the database is refused there, a copy goes to the stick and is proved."""
    program = windows.built()
    office = Office()
    for letter, kind in (("e:", "floppy"), ("f:", "network")):
        office.run("reg", "add", r"HKLM\Software\Wine\Drives", "/v", letter, "/d", kind, "/f")
        folder = fresh(office.prefix / f"disk-{letter[0]}")
        (office.prefix / "dosdevices" / letter).symlink_to(winroot.inside(folder))
    commands = program / windows.COMMANDS
    for place in ("E:\\Учёт.imc", "F:\\Учёт.imc"):
        told = office.run(commands, "new", "--profile", "bohan", "--database", place, expect=1)
        say(told.strip())
    _must(not list(office.prefix.glob("disk-*/*.imc")), "a database was made on a stick or a share")
    office.run(commands, "new", "--profile", "bohan")
    say(office.run(commands, "backup", "E:\\").strip())
    copies = list((office.prefix / "disk-e").glob("*.imcb"))
    _must(len(copies) == 1, f"copies on the stick: {len(copies)}")
    say(office.run(commands, "verify", copies[0]).strip())
    return "no database on a stick or a share, a proved copy on the stick (drive letters of Wine)"


def portable() -> str:
    """Portable: nothing outside the folder, the database beside the program, updated in place, no downgrade."""
    made = pack(__version__, fresh(cache() / "older"), quick=True)
    stick = pack(next_version(__version__), fresh(cache() / "stick"), quick=True).parent
    office = Office()
    folder = office.prefix / "drive_c" / "Переносная программа"
    place = ["/S", "/PORTABLE", "/D=C:\\Переносная", "программа"]  # Wine puts no marks around them: as it must be
    office.run(made, *place)
    office.run(folder / windows.COMMANDS, "new", "--profile", "bohan")
    database = folder / "data" / "office.imc"
    _must(database.is_file(), "the database is not beside the program")
    before, mark = sha256(database), folder / "_internal" / "прежняя"
    mark.touch()
    office.run(folder / windows.COMMANDS, "update", stick)
    _must(not mark.exists() and (folder / windows.PROGRAM).is_file(), "the portable program did not update itself")
    office.run(made, "/S", *place[2:])  # without the word: repaired by hand
    past = pack("0.0.1", fresh(cache() / "older"), quick=True)
    office.run(past, *place, expect=OLDER_THAN_INSTALLED)
    office.run(folder / windows.COMMANDS, "check")
    _must(sha256(database) == before, "the update touched the data")
    _must(not office.known(KEY, "DisplayVersion") and not office.link.exists(), "portable, yet it left traces")
    return "a portable folder keeps its data beside the program, updates itself, refuses a downgrade, leaves no trace"


def next_version(version: str) -> str:
    """The version after this one."""
    *first, last = version.split(".")
    return ".".join([*first, str(int(last) + 1)])


def _damage(stick: Path) -> None:
    """One byte of the installer on the stick is another one."""
    installer = next(stick.glob("*.exe"))
    with installer.open("r+b") as file:
        file.seek(installer.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 1]))


def _must(condition: bool, otherwise: str) -> None:
    if not condition:
        raise FailedError(otherwise)
