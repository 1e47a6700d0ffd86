"""Children under ``strace``: their system calls recorded with all data, or made to fail, or to kill at the k-th.

The child is forked warm and waits at a gate until strace holds it, so only the deed itself is seen.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tests.faults.children import Child, Deed, started

# Calls that change files or their names: what a deed can be interrupted at.
CHANGING = (
    "openat", "write", "pwrite64", "sendfile", "copy_file_range", "ftruncate", "fallocate", "fsync", "fdatasync",
    "rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "link", "linkat",
)  # fmt: skip
_PLACES = (
    "close",
    "lseek",
    "read",
    "writev",
)  # what a replay must know besides: which file, where in it; children acknowledge by writev
_ALL_DATA = 1 << 24
_ANYBODY = 0xFFFFFFFF  # PR_SET_PTRACER_ANY
_SET_PTRACER = 0x59616D61
_CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+)(?:<.*)?")
_HEX = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_DESCRIPTOR = re.compile(r"(\d+|AT_FDCWD)<((?:\\x[0-9a-f]{2}|[^>\\])*)>")


@dataclass(frozen=True, slots=True)
class Call:
    """One finished system call: descriptors as (number, path), strings as bytes, other arguments as strace writes them."""

    name: str
    descriptors: tuple[tuple[int, str], ...]
    strings: tuple[bytes, ...]
    arguments: tuple[str, ...]
    result: int


@lru_cache(maxsize=1)
def missing() -> str:
    """Why children cannot be traced here; "" when they can."""
    if sys.platform != "linux":
        return "system calls are traced on Linux only"
    if shutil.which("strace") is None:
        return "strace is not installed"
    try:
        child = traced(lambda acknowledge: acknowledge("here"), ["-e", "trace=write"])
    except OSError as error:
        return f"tracing is not allowed here ({error})"
    return "" if child.wait() == 0 and child.told == ["here"] else "tracing is not allowed here"


def traced(deed: Deed, options: Sequence[str]) -> Child:
    """Start ``deed`` in a child held by strace; OSError when strace cannot take hold of it."""
    gate, opener = os.pipe()

    def held_first() -> None:
        os.close(opener)
        ctypes.CDLL(None).prctl(_SET_PTRACER, ctypes.c_ulong(_ANYBODY), 0, 0, 0)  # where only parents may trace (Yama)
        os.read(gate, 1)

    child = started(deed, first=held_first)
    os.close(gate)
    try:
        tracer = subprocess.Popen(
            ["strace", "-p", str(child.pid), *options], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )  # fmt: skip
        child.after = tracer.communicate
        said = tracer.stderr.readline().decode(errors="replace") if tracer.stderr else ""
        if "attached" not in said:
            child.kill()
            child.wait()
            raise OSError(said.strip() or "strace ended")
    finally:
        os.close(opener)  # the gate opens
    return child


def recorded(deed: Deed, log: Path) -> tuple[Child, list[Call]]:
    """Do ``deed`` to its end and return every call that changes files, with all data, in order."""
    wanted = ",".join([*CHANGING, *_PLACES])
    child = traced(
        deed, ["-o", str(log), "-y", "-xx", "-s", str(_ALL_DATA), "-e", f"trace={wanted}", "-e", "signal=none"]
    )
    child.wait()
    return child, list(calls_of(log))


def counted(deed: Deed, names: Sequence[str], log: Path) -> Counter[str]:
    """Do ``deed`` to its end and count its calls of these names."""
    child = traced(deed, ["-o", str(log), "-e", f"trace={','.join(names)}", "-e", "signal=none"])
    if child.wait():
        raise AssertionError(f"the deed failed without a fault: {child.told}")
    with log.open(encoding="utf-8", errors="replace") as lines:
        return Counter(line.partition("(")[0] for line in lines if "(" in line)


def calls_of(log: Path) -> Iterator[Call]:
    """The finished calls of a log; ValueError for a line that cannot be understood."""
    with log.open(encoding="ascii") as lines:
        for line in lines:
            if line.startswith(("+++", "---")) or "= ?" in line[-40:]:
                continue
            found = _CALL.match(line)
            if found is None:
                raise ValueError(f"strace wrote what this suite does not read: {line[:200]}")
            yield _call(found[1], found[2], int(found[3]))


def _call(name: str, arguments: str, result: int) -> Call:
    strings = tuple(_unhexed(one) for one in _HEX.findall(arguments))
    plain = _HEX.sub("*", arguments)
    descriptors = tuple(
        (-1 if number == "AT_FDCWD" else int(number), _unhexed(path).decode("utf-8", "surrogateescape"))
        for number, path in _DESCRIPTOR.findall(plain)
    )
    return Call(name, descriptors, strings, tuple(_DESCRIPTOR.sub("#", plain).split(", ")), result)


def _unhexed(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", "")) if text.startswith("\\x") else text.encode()
