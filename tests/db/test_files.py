"""The port of file operations: it tries again, never writes over, and can be told to fail at any step."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from db.files import FileOps, files, swapped
from db.migrate import create_database
from db.place import must_have_room
from imc_desktop.domain.errors import EnvironmentProblem


class Counting(FileOps):
    """Fails at the k-th step with an error; ``for_ever`` from then on."""

    def __init__(self, fail_at: int = 0, error: OSError | None = None, *, for_ever: bool = False) -> None:
        self.steps: list[str] = []
        self.waited = 0.0
        self._fail_at, self._error, self._for_ever = fail_at, error, for_ever

    def step(self, name: str, path: Path) -> None:
        self.steps.append(name)
        here = len(self.steps)
        if self._error is not None and (here == self._fail_at or (self._for_ever and here > self._fail_at)):
            raise self._error

    def pause(self, seconds: float) -> None:
        self.waited += seconds


def held_by_antivirus() -> OSError:
    error = PermissionError(errno.EACCES, "занят")
    error.winerror = 32  # type: ignore[attr-defined]
    return error


def test_a_written_file_is_whole_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "копия.bin"
    parts = [b"a" * 3_000_000, memoryview(b"b")]
    files().write_new(path, parts)
    assert files().read_back(path) == files().read(path) == b"".join(parts)
    with pytest.raises(FileExistsError):
        files().write_new(path, [b"c"])
    assert path.stat().st_size == 3_000_001


def test_a_swap_waits_while_another_program_holds_the_file(tmp_path: Path) -> None:
    source, target = tmp_path / "новый", tmp_path / "старый"
    source.write_text("новый", encoding="utf-8")
    target.write_text("старый", encoding="utf-8")
    ops = Counting(1, held_by_antivirus())
    ops.replace(source, target)
    assert target.read_text(encoding="utf-8") == "новый"
    assert 0 < ops.waited < 0.1


def test_a_swap_that_never_succeeds_leaves_both_files(tmp_path: Path) -> None:
    source, target = tmp_path / "новый", tmp_path / "старый"
    source.write_text("новый", encoding="utf-8")
    target.write_text("старый", encoding="utf-8")
    ops = Counting(1, held_by_antivirus(), for_ever=True)
    with pytest.raises(PermissionError):
        ops.replace(source, target)
    assert (source.read_text(encoding="utf-8"), target.read_text(encoding="utf-8")) == ("новый", "старый")
    assert 2 < ops.waited < 3


def test_another_refusal_is_told_at_once(tmp_path: Path) -> None:
    ops = Counting(1, OSError(errno.EIO, "сбой"), for_ever=True)
    with pytest.raises(OSError, match="сбой"):
        ops.replace(tmp_path / "a", tmp_path / "b")
    assert ops.waited == 0


def test_a_database_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    counted = Counting()
    with swapped(counted):
        create_database(tmp_path / "пробная.imc")
    swap = counted.steps.index("replace") + 1
    for number in range(1, swap + 1):
        path = tmp_path / f"{number}.imc"
        full = Counting(number, OSError(errno.ENOSPC, "нет места"))
        with swapped(full), pytest.raises(EnvironmentProblem, match="нет места"):
            create_database(path)
        assert not path.exists()
    assert not list(tmp_path.glob("*.part"))


def test_a_disk_that_does_not_say_its_room_is_a_sentence(tmp_path: Path) -> None:
    refused = Counting(1, OSError(errno.EIO, "Input/output error"))
    with swapped(refused), pytest.raises(EnvironmentProblem, match=r"импорта.*не отвечает"):
        must_have_room(tmp_path / "база.imc", tmp_path, "импорта")
    assert refused.steps == ["free"]
