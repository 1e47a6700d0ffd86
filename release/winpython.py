"""Python for Windows without Windows: the runtime out of a wheel, the standard library of the Python that runs here.

The wheel (pinned by hash) carries python311.dll and every extension of the standard library, signed by the Python
Software Foundation. Two small things are made here: python.exe, which never leaves this folder, and python3.dll, which
passes every call on to python311.dll and which modules of the stable interface (PySide6) need beside the program.
"""

from __future__ import annotations

import shutil
import sys
import sysconfig
import zipfile
from pathlib import Path

from release import winroot
from release.lock import DEV_LOCK, WINDOWS_PIP, windows_requirements
from release.tools import FailedError, SkippedError, cache, digest_of, fresh, put_stamp, python_says, run, say, sha256
from release.tools import stamped as is_stamped

VERSION = (3, 11, 7)
CARRIER = "panda3d==1.10.14"
CARRIER_HASH = "1ddf01040b9c5497fb8659e3c5ef793a26c869cfdfb1b75e6d04d6fba0c03b73"
RUNTIME = "deploy_libs/python311.dll"
RUNTIME_HASH = "5ecda62f6fd2822355c560412f6d90be46a7f763f0ffeec9854177904632ac2d"
LIBRARIES = ("libffi-8.dll", "libcrypto-3.dll", "libssl-3.dll", "sqlite3.dll")
NOT_TAKEN = ("site-packages", "lib-dynload", "test", "__pycache__", "idlelib", "tkinter", "turtledemo", "ensurepip")
STUB = """
#include <windows.h>
extern __declspec(dllimport) int Py_Main(int, wchar_t **);
int wmain(int argc, wchar_t **argv) { return Py_Main(argc, argv); }
"""
FORWARDER = "int __stdcall DllMainCRTStartup(void *a, unsigned b, void *c) { return 1; }\n"
COMPILER = "x86_64-w64-mingw32-gcc"


def prepare() -> Path:
    """The folder with python.exe and the libraries of the development lock, made when it is not there yet."""
    if not python_says(VERSION):
        raise SkippedError(
            f"needs Python {'.'.join(map(str, VERSION))} to run it (its standard library goes to Windows), "
            f"this is {sys.version.split()[0]}"
        )
    winroot.prepare()
    folder = cache() / "python-windows"
    stamp = digest_of(DEV_LOCK, Path(__file__))
    if is_stamped(folder, stamp):
        return folder
    say("Making Python for Windows ...")
    carrier = _download_carrier()
    _unpack(carrier, fresh(folder))
    _standard_library(folder / "Lib")
    _compile(folder)
    _install_libraries(folder)
    told = winroot.wine([folder / "python.exe", "-c", "import sys, ssl, sqlite3; print(sys.version)"])
    if ".".join(map(str, VERSION)) not in told:
        raise FailedError(f"python.exe under Wine said: {told}")
    put_stamp(folder, stamp)
    return folder


def _download_carrier() -> Path:
    wheels = cache() / "wheels"
    wheels.mkdir(exist_ok=True)
    wanted = wheels / "runtime.txt"
    wanted.write_text(f"{CARRIER} --hash=sha256:{CARRIER_HASH}\n", encoding="utf-8")
    run([sys.executable, "-m", "pip", "download", "-q", *WINDOWS_PIP, "-d", wheels, "-r", wanted], words=CARRIER)
    return next(wheels.glob("panda3d-*.whl"))


def _unpack(carrier: Path, folder: Path) -> None:
    extensions = folder / "DLLs"
    extensions.mkdir()
    with zipfile.ZipFile(carrier) as wheel:
        for name in wheel.namelist():
            own = name.removeprefix("deploy_libs/")
            if own == name or "/" in own:
                continue
            if own.lower() == "vcruntime140.dll" or name == RUNTIME:
                (folder / own.lower()).write_bytes(wheel.read(name))
            elif own.endswith(".pyd") or own in LIBRARIES:
                (extensions / own).write_bytes(wheel.read(name))
    if sha256(folder / "python311.dll") != RUNTIME_HASH:
        raise FailedError("python311.dll is not the one that was checked")


def _standard_library(into: Path) -> None:
    shutil.copytree(
        sysconfig.get_path("stdlib"), into, ignore=lambda _folder, names: {
            name for name in names if name in NOT_TAKEN or name.startswith("config-3")
        },
    )  # fmt: skip
    (into / "site-packages").mkdir()


def _compile(folder: Path) -> None:
    """python.exe, and python3.dll as a list of forwards: one for each export of python311.dll."""
    work = fresh(cache() / "compile")
    (work / "stub.c").write_text(STUB, encoding="ascii")
    (work / "forward.c").write_text(FORWARDER, encoding="ascii")
    shutil.copy(folder / "python311.dll", work)
    winroot.linux(["gendef", "python311.dll"], cwd=work)
    definitions = (work / "python311.def").read_text(encoding="utf-8", errors="replace")
    names = [line.split()[0] for line in definitions.partition("EXPORTS")[2].splitlines() if line.split()]
    lines = [f"  {name}=python311.{name}" for name in names]
    (work / "python3.def").write_text("\n".join(["LIBRARY python3", "EXPORTS", *lines, ""]), encoding="ascii")
    winroot.linux(["x86_64-w64-mingw32-dlltool", "-d", "python311.def", "-l", "libpython311.a"], cwd=work)
    winroot.linux([COMPILER, "-municode", "-O2", "-s", "-o", "python.exe", "stub.c", "-L.", "-lpython311"], cwd=work)
    winroot.linux(
        [
            COMPILER, "-shared", "-nostdlib", "-nostartfiles", "-s", "-e", "DllMainCRTStartup",
            "-o", "python3.dll", "forward.c", "python3.def",
        ],
        cwd=work,
    )  # fmt: skip
    for name in ("python.exe", "python3.dll"):
        shutil.copy(work / name, folder)


def _install_libraries(folder: Path) -> None:
    wanted = windows_requirements(DEV_LOCK, cache() / "wheels" / "windows.txt")
    run(
        [
            sys.executable, "-m", "pip", "install", "-q", "--no-warn-script-location", "--no-compile", *WINDOWS_PIP,
            "--target", folder / "Lib" / "site-packages", "-r", wanted,
        ],
        words="libraries for Windows",
    )  # fmt: skip
