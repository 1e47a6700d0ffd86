"""A disk that loses power: what was synced stays, what was not is kept, lost or torn at random.

A record of system calls becomes a list of operations; ``Replay`` carries them out up to a point and then shows what a
person may find after the power came back. The model is harsher than common file systems: names are safe only after a
sync of a folder, and of the names changed since then any number of the earliest may have reached the medium.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.strace import Call

_SECTOR = 512
_STYLES = ("none", "all", "some", "some", "torn")


@dataclass(frozen=True, slots=True)
class Op:
    """``what``: write, cut, sync (of a file), name, gone, move, folder, syncnames, told."""

    what: str
    file: int = 0
    at: int = 0
    data: bytes = b""
    path: str = ""
    other: str = ""


@dataclass(slots=True)
class _Open:
    file: int
    position: int = 0


class Recorder:
    """Calls of a program → operations on the files under one folder."""

    def __init__(self, root: Path, stick: str = "stick") -> None:
        """``stick`` is the folder that stands for a disk of its own."""
        self.root, self.stick = root.resolve(), stick
        self._root = f"{self.root}/"
        self.ops: list[Op] = []
        self.began: dict[str, bytes] = {
            str(path): path.read_bytes() for path in root.resolve().rglob("*") if path.is_file()
        }
        self.folders = [str(path) for path in root.resolve().rglob("*") if path.is_dir()]
        self._names = {path: number for number, path in enumerate(self.began, 1)}
        self._sizes = {number: len(self.began[path]) for path, number in self._names.items()}
        self.numbers = dict(self._names)
        self._open: dict[int, _Open | None] = {}

    def take(self, calls: Iterable[Call]) -> list[Op]:
        """All operations; NotImplementedError for a call on these files that the model does not know."""
        for call in calls:
            if call.result >= 0:
                getattr(self, f"_{call.name}", self._unknown)(call)
        return self.ops

    def _unknown(self, call: Call) -> None:
        if any(path.startswith(self._root) for _, path in call.descriptors):
            raise NotImplementedError(f"the disk does not know {call.name}")

    def _path(self, call: Call, which: int = 0) -> str:
        """The path a call names: absolute, or within the folder of its descriptor."""
        path = call.strings[which].decode("utf-8", "surrogateescape")
        return path if path.startswith("/") else f"{call.descriptors[which][1]}/{path}"

    def _mine(self, path: str) -> bool:
        return path.startswith(self._root)

    def _openat(self, call: Call) -> None:
        path = self._path(call)
        self._open[call.result] = None
        if not self._mine(path) or path in self.folders:
            return
        flags = call.arguments[2]
        if path not in self._names:
            number = self._names[path] = len(self._sizes) + 1
            self._sizes[number] = 0
            self.ops.append(Op("name", number, path=path))
        file = self._names[path]
        if "O_TRUNC" in flags and self._sizes[file]:
            self._cut(file, 0)
        self._open[call.result] = _Open(file, self._sizes[file] if "O_APPEND" in flags else 0)

    def _close(self, call: Call) -> None:
        self._open.pop(call.descriptors[0][0], None)

    def _opened(self, call: Call, which: int = 0) -> _Open | None:
        return self._open.get(call.descriptors[which][0])

    def _read(self, call: Call) -> None:
        if opened := self._opened(call):
            opened.position += call.result

    def _lseek(self, call: Call) -> None:
        if opened := self._opened(call):
            opened.position = call.result

    def _write(self, call: Call) -> None:
        if opened := self._opened(call):
            self._put(opened, opened.position, call.strings[0][: call.result])
            opened.position += call.result

    def _writev(self, call: Call) -> None:
        if self._opened(call):
            self._write(call)
        elif call.descriptors[0][1].startswith("pipe:"):  # acknowledgements
            self.ops += [Op("told", path=words) for words in call.strings[0].decode().split("\n") if words]

    def _pwrite64(self, call: Call) -> None:
        if opened := self._opened(call):
            self._put(opened, int(call.arguments[3]), call.strings[0][: call.result])

    def _put(self, opened: _Open, at: int, data: bytes) -> None:
        self.ops.append(Op("write", opened.file, at, data))
        self._sizes[opened.file] = max(self._sizes[opened.file], at + len(data))

    def _ftruncate(self, call: Call) -> None:
        if opened := self._opened(call):
            self._cut(opened.file, int(call.arguments[1]))

    def _cut(self, file: int, size: int) -> None:
        self.ops.append(Op("cut", file, size))
        self._sizes[file] = size

    def _fsync(self, call: Call) -> None:
        if opened := self._opened(call):
            self.ops.append(Op("sync", opened.file))
        elif f"{call.descriptors[0][1]}/".startswith(self._root):
            self.ops.append(Op("syncnames", path=call.descriptors[0][1]))

    _fdatasync = _fsync

    def _rename(self, call: Call) -> None:
        source, target = self._path(call, 0), self._path(call, 1)
        if self._mine(source) != self._mine(target):
            raise NotImplementedError(f"moved across the edge of the disk: {source} {target}")
        if self._mine(source):
            if source in self.folders:
                raise NotImplementedError("the disk does not rename folders")
            self._names[target] = self._names.pop(source)
            self.ops.append(Op("move", path=source, other=target))

    _renameat = _renameat2 = _rename

    def _unlink(self, call: Call) -> None:
        path = self._path(call)
        if self._mine(path):
            self._names.pop(path, None)
            self.ops.append(Op("gone", path=path))

    _unlinkat = _rmdir = _unlink

    def _mkdir(self, call: Call) -> None:
        path = self._path(call)
        if self._mine(path):
            self.folders.append(path)
            self.ops.append(Op("folder", path=path))

    _mkdirat = _mkdir


@dataclass(slots=True)
class _File:
    safe: bytearray
    pending: list[Op] = field(default_factory=list)

    def sync(self) -> None:
        for op in self.pending:
            _apply(self.safe, op)
        self.pending.clear()

    def found(self, chance: random.Random, style: str) -> bytes:
        """The content a person may find."""
        data, share = bytearray(self.safe), chance.random()
        for op in self.pending:
            if style == "all" or (style != "none" and chance.random() < share):
                _apply(data, op)
            elif style == "torn" and op.what == "write" and chance.random() < 0.5:
                for start in range(0, len(op.data), _SECTOR):
                    if chance.random() < 0.5:
                        _apply(data, Op("write", at=op.at + start, data=op.data[start : start + _SECTOR]))
            elif op.what == "write" and chance.random() < 0.2:  # the size was written, the data were not
                data.extend(bytes(max(0, op.at + len(op.data) - len(data))))
        return bytes(data)


def _apply(data: bytearray, op: Op) -> None:
    if op.what == "cut":
        del data[op.at :]
        data.extend(bytes(op.at - len(data)))
    else:
        data.extend(bytes(max(0, op.at - len(data))))
        data[op.at : op.at + len(op.data)] = op.data


class Replay:
    """The disk at some moment of the record; moments are visited in their order."""

    def __init__(self, recorder: Recorder) -> None:
        self._ops = recorder.ops
        self._at = 0
        self._files = {number: _File(bytearray(recorder.began[path])) for path, number in recorder.numbers.items()}
        self._names: dict[str, int] = dict(recorder.numbers)
        self._pending: dict[str, list[Op]] = {}  # of each volume, in their order
        self._root, self._stick = str(recorder.root), recorder.stick
        self.told: list[str] = []

    def advance(self, at: int) -> None:
        """Carry the operations before number ``at`` out."""
        for op in self._ops[self._at : at]:
            self._do(op)
        self._at = max(self._at, at)

    def _do(self, op: Op) -> None:
        if op.what == "told":
            self.told.append(op.path)
        elif op.what == "sync":
            self._files[op.file].sync()
        elif op.what == "syncnames":
            for change in self._pending.pop(self._volume(op.path), []):
                _rename(self._names, change)
        elif op.what in {"write", "cut"}:
            self._files[op.file].pending.append(op)
        else:
            if op.what == "name":
                self._files[op.file] = _File(bytearray())
            self._pending.setdefault(self._volume(op.path), []).append(op)

    def _volume(self, path: str) -> str:
        """The stick is a disk of its own: what is synced on one says nothing of the other."""
        return self._root if path.startswith(f"{self._root}/{self._stick}") else ""

    def image(self, chance: random.Random) -> dict[str, bytes]:
        """Path → content of every file as it may be found if the power fails now."""
        names = dict(self._names)
        for pending in self._pending.values():
            for change in pending[: chance.randint(0, len(pending))]:
                _rename(names, change)
        style = chance.choice(_STYLES)
        return {path: self._files[file].found(chance, style) for path, file in names.items()}


def _rename(names: dict[str, int], op: Op) -> None:
    if op.what == "name":
        names[op.path] = op.file
    elif op.what == "move":
        names[op.other] = names.pop(op.path)
    elif op.what == "gone":
        names.pop(op.path, None)


def write_image(image: dict[str, bytes], former: Path, folder: Path) -> None:
    """Put an image of what was under ``former`` into ``folder``, which is emptied of its files."""
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()
    for name, data in image.items():
        path = folder / Path(name).relative_to(former.resolve())
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
