"""What every release step uses: the cache outside the repository, running programs, clear words for a missing tool."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CACHE_VARIABLE = "IMC_RELEASE_CACHE"


class SkippedError(Exception):
    """The step cannot be done on this machine; the text says which tool is missing."""


class FailedError(Exception):
    """The step was done and the product is not good enough; the text says where."""


def cache() -> Path:
    """The folder for downloads, roots and builds: IMC_RELEASE_CACHE, or one in the user's cache."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        folder = Path(named)
    else:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "imc-desktop-release"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def need(*names: str) -> None:
    """SkippedError when a program is not installed."""
    missing = [name for name in names if shutil.which(name) is None]
    if missing:
        raise SkippedError(f"not installed: {', '.join(missing)}")


def need_root(why: str) -> None:
    """SkippedError when we may not mount and chroot."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        raise SkippedError(f"needs root ({why})")


def say(text: str) -> None:
    print(text, flush=True)


def run(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    minutes: float = 10,
    log: Path | None = None,
    words: str = "",
    expect: int = 0,
) -> str:
    """Run a program to its end and return what it said; FailedError with the last lines when it ends otherwise.

    ``expect`` is the exit code that is right; ``log`` keeps everything it said; ``words`` name the step in the failure.
    """
    done = subprocess.run(
        [str(part) for part in command],
        env=dict(env) if env is not None else None,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=minutes * 60,
        check=False,
    )
    told = done.stdout.decode("utf-8", "replace")
    if log is not None:
        log.write_text(told, encoding="utf-8")
    if done.returncode != expect:
        tail = "\n".join(told.splitlines()[-25:])
        raise FailedError(f"{words or command[0]}: exit code {done.returncode} instead of {expect}\n{tail}")
    return told


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fresh(folder: Path) -> Path:
    """An empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def folder_size(folder: Path) -> int:
    """Bytes of all files, links not followed."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def digest_of(*parts: Path | str) -> str:
    """One hash of files and texts: the stamp that says whether something prepared is still right."""
    told = hashlib.sha256()
    for part in parts:
        told.update(part.read_bytes() if isinstance(part, Path) else part.encode())
        told.update(b"\0")
    return told.hexdigest()


def stamped(folder: Path, stamp: str) -> bool:
    """Whether ``folder`` was finished with this stamp."""
    mark = folder / ".stamp"
    return mark.is_file() and mark.read_text(encoding="utf-8") == stamp


def put_stamp(folder: Path, stamp: str) -> None:
    (folder / ".stamp").write_text(stamp, encoding="utf-8")


def wait_for(condition: Callable[[], object], seconds: float, words: str) -> None:
    """Ask ``condition`` until it is true; FailedError with ``words`` after ``seconds``."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.1)
    raise FailedError(words)


def python_says(version: tuple[int, int, int]) -> bool:
    return sys.version_info[:3] == version
