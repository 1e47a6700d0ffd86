"""Every registered paper, read back and compared with tests/golden (IMC_RENEW_GOLDEN=1 writes them anew)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from imc_desktop.documents.registry import KINDS, DocumentKind, document_kind
from tests.documents.pdf_reading import dump

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
_PRINT_HASHES = (
    "import hashlib; from imc_desktop.documents.registry import KINDS; "
    "print([hashlib.sha256(kind.render(kind.sample())).hexdigest() for kind in KINDS])"
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_sample_reads_back_as_agreed(kind: DocumentKind) -> None:
    path = GOLDEN / f"{kind.name}.txt"
    got = dump(kind.render(kind.sample()))
    if os.environ.get("IMC_RENEW_GOLDEN"):
        path.write_text(got, encoding="utf-8", newline="\n")
    assert got == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_content_survives_json(kind: DocumentKind) -> None:
    content = kind.sample()
    text = content.to_json()
    assert kind.content.from_json(text) == content
    assert kind.content.from_json(text).to_json() == text
    assert kind.render(kind.content.from_json(text)) == kind.render(content)


def test_no_golden_file_without_a_kind() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == {kind.name for kind in KINDS}


def test_kinds_are_found_by_name() -> None:
    assert document_kind("annual-plan").title == "Годовой план работы"
    with pytest.raises(KeyError):
        document_kind("no-such-paper")


def test_bytes_do_not_depend_on_the_process() -> None:
    seen = {
        subprocess.run(
            [sys.executable, "-c", _PRINT_HASHES],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "Asia/Almaty"), ("2", "UTC"))
    }
    assert len(seen) == 1
