"""Files of a folder, also in the root of an empty stick on Windows."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from db.copy_names import copies_of
from db.listing import matching
from imc_desktop.usecases.copy_facts import copies_in


@pytest.fixture
def empty_stick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Windows finds no first file in the root of an empty disk and says that there is no such file."""

    def scandir(path: str | Path = ".") -> None:
        raise FileNotFoundError(2, "No such file or directory", str(path))

    monkeypatch.setattr(os, "scandir", scandir)
    return tmp_path


def test_an_empty_stick_holds_no_copies_and_is_no_failure(empty_stick: Path) -> None:
    assert copies_of(empty_stick, "a1b2c3d4", "pk1a0b1") == []
    assert copies_in(empty_stick) == []
    assert matching(empty_stick, "*") == []


def test_files_are_told_by_their_names(tmp_path: Path) -> None:
    for name in ("imc_a.imcb", "imc_b.imcb", "imc_b.imcb.part", "фото.jpg"):
        (tmp_path / name).touch()
    assert sorted(path.name for path in matching(tmp_path, "imc_*.imcb")) == ["imc_a.imcb", "imc_b.imcb"]
    assert matching(tmp_path / "нет такой", "*") == []
