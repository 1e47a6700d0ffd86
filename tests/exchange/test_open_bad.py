"""Damaged, hostile and foreign files: a sentence naming the file, quickly, and never anything else."""

from __future__ import annotations

import random
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from imc_desktop.domain.errors import EnvironmentProblem, UserError
from imc_desktop.exchange.open_paper import open_paper
from tests.exchange import bad_papers

DEMO = Path(__file__).parents[2] / "resources" / "demo"
SECONDS = 20.0  # far above any answer, far below a hang: speed itself is measured by tests/bench


def refused(path: Path) -> str:
    begun = time.perf_counter()
    with pytest.raises(UserError) as caught:
        open_paper(path)
    assert time.perf_counter() - begun < SECONDS
    assert path.name in str(caught.value)
    return str(caught.value)


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", sorted(bad_papers.not_tables()))
def test_not_a_table_is_said_in_a_sentence(tmp_path: Path, name: str) -> None:
    text = refused(written(tmp_path, name, bad_papers.not_tables()[name]))
    assert text.endswith(".")
    assert "Error" not in text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("закрытый паролем.xlsx", "паролем"),
        ("закрытый.zip.xlsx", "паролем"),
        ("приказ.docx", "документ Word"),
        ("старый Word.xls", "документ Word"),
        ("справка.xlsx", "PDF"),
        ("пустой.xlsx", "пуст"),
        ("обрезанный.xlsx", "не целиком"),
        ("порченый.xlsx", "sheet1.xml"),
        ("сущности.xlsx", "сущностей"),
        ("архив.xls", "архив"),
    ],
)
def test_the_sentence_names_the_reason(tmp_path: Path, name: str, words: str) -> None:
    assert words in refused(written(tmp_path, name, bad_papers.not_tables()[name]))


@pytest.mark.parametrize("name", sorted(bad_papers.bombs()))
def test_bombs_are_refused_in_time(tmp_path: Path, name: str) -> None:
    refused(written(tmp_path, name, bad_papers.bombs()[name]))


def test_missing_file_and_folder(tmp_path: Path) -> None:
    assert "не найден" in refused(tmp_path / "нет такого.xlsx")
    assert "папка" in refused(tmp_path)


def test_file_open_in_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "занят.xlsx", b"PK")

    def locked(_self: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(EnvironmentProblem, match=r"занят.xlsx.*Закройте"):
        open_paper(path)


def damaged(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice([1, 2, 5, 20])):
        changed += b" " * (not changed)
        place, other = chance.randrange(len(changed)), chance.randrange(len(changed))
        kind = chance.randrange(4)
        if kind == 0:
            changed[place] = chance.randrange(256)
        elif kind == 1:
            del changed[place : place + chance.randrange(1, 100)]
        elif kind == 2:
            changed[place:place] = changed[other : other + chance.randrange(1, 200)]
        else:
            changed[place : place + 1] = chance.choice([b"999999999", b"<", b'"', b"\0", b"XFD1048576", b"\xff" * 4])
    return bytes(changed)


def damaged_inside(chance: random.Random, data: bytes) -> bytes:
    """One part of the container damaged, the container itself whole."""
    source = zipfile.ZipFile(BytesIO(data))
    victim = chance.choice(source.namelist())
    return bad_papers.zipped(
        {
            name: damaged(chance, source.read(name)) if name == victim else source.read(name)
            for name in source.namelist()
        }
    )


@pytest.mark.parametrize("kind", ["container", "parts", "xls", "ods", "html", "csv"])
def test_random_damage_never_leaks_an_exception(tmp_path: Path, kind: str) -> None:
    sources = {
        "xls": (DEMO / "04_spisok_SOSH3.xls").read_bytes(),
        "ods": bad_papers.ods('<table:table table:name="A"><table:table-row table:number-rows-repeated="3">'
                              '<table:table-cell table:number-columns-repeated="2" office:value-type="float" '
                              'office:value="1"/></table:table-row></table:table>'),
        "html": (DEMO / "06_sveden_employees_SOSH1.html").read_bytes()[:6000],
        "csv": (DEMO / "05_vygruzka_kadry_cp1251.csv").read_bytes()[:6000],
    }  # fmt: skip
    data = sources.get(kind, bad_papers.small_book())
    change = damaged_inside if kind in {"parts", "ods"} else damaged
    opened = 0
    for seed in range(300):
        path = written(tmp_path, f"{kind}.xls", change(random.Random(seed), data))
        begun = time.perf_counter()
        try:
            answer = open_paper(path).file
            opened += 1
        except UserError as problem:
            answer = str(problem)
        assert path.name in answer
        assert time.perf_counter() - begun < SECONDS, seed
    assert opened < 300 or kind in {"html", "csv"}


class StopError(Exception):
    """What the person's «Отмена» raises."""


@pytest.mark.parametrize("name", ["01_reestr_rayon_1200.xlsx", "06_sveden_employees_SOSH1.html", "10_RMO_zhurnaly.ods"])
def test_progress_may_stop_the_reading(name: str) -> None:
    seen: list[float] = []

    def stop(share: float) -> None:
        seen.append(share)
        raise StopError

    with pytest.raises(StopError):
        open_paper(DEMO / name, progress=stop)
    shares: list[float] = []
    open_paper(DEMO / name, progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
