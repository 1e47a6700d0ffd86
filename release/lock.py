"""The lock file: its pins, those that concern Windows, and the proof that every one of them has a wheel there."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from typing import NamedTuple

from packaging.markers import Marker
from packaging.utils import canonicalize_name

from release.tools import ROOT, SkippedError, fresh, run, say

LOCK, DEV_LOCK = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
WINDOWS = {
    "sys_platform": "win32",
    "platform_system": "Windows",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "python_version": "3.11",
    "python_full_version": "3.11.7",
}
# pip's words for the same: it downloads for another system only when told every tag.
WINDOWS_PIP = [
    "--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp",
    "--abi", "cp311", "--abi", "abi3", "--abi", "none", "--only-binary=:all:", "--no-deps", "--require-hashes",
]  # fmt: skip


class Pin(NamedTuple):
    """One line of a lock: the canonical name, the version, the marker's text ("" for none), the hashes."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    def on(self, system: dict[str, str]) -> bool:
        """Whether this pin is installed on a system, given as an environment of markers."""
        return not self.marker or Marker(self.marker).evaluate(system)

    def line(self) -> str:
        """The pin as pip reads it, without the marker."""
        return " ".join([f"{self.name}=={self.version}", *(f"--hash=sha256:{value}" for value in self.hashes)])


def pins(lock: Path) -> list[Pin]:
    """Every pin of a lock file, in its order."""
    found = []
    for entry in re.split(r"\n(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8")):
        head = re.match(r"([\w.-]+)==(\S+?)\s*(?:;\s*(.+?))?\s*(?:\\\s*)?(?:\n|$)", entry)
        if head is not None:
            hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", entry))
            found.append(Pin(canonicalize_name(head[1]), head[2], head[3] or "", hashes))
    return found


def windows_requirements(lock: Path, into: Path) -> Path:
    """A requirements file of the pins that concern Windows; returns ``into``."""
    lines = [pin.line() for pin in pins(lock) if pin.on(WINDOWS)]
    into.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return into


def prove_windows(folder: Path) -> str:
    """Resolve both locks for Windows with wheels only and every hash: nothing is missing, nothing is built there."""
    if importlib.util.find_spec("uv") is None:
        raise SkippedError("not installed: uv (python -m pip install uv)")
    for lock in (LOCK, DEV_LOCK):
        told = run(
            [
                sys.executable, "-m", "uv", "pip", "install", "--dry-run", "--python-platform", "windows",
                "--python-version", "3.11", "--only-binary", ":all:", "--require-hashes", "--target", fresh(folder),
                "-r", lock,
            ],
            words=f"{lock.name} for Windows",
        )  # fmt: skip
        say(f"{lock.name}: {told.strip().splitlines()[0]}")
    count = sum(pin.on(WINDOWS) for pin in pins(LOCK))
    return f"{count} libraries of requirements.lock have wheels for Windows, with hashes"
