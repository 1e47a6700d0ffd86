"""The installer's script with its words, and the manifest that lies beside it on a stick."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from imc_desktop.usecases.update import MANIFEST, PRODUCT
from release.tools import ROOT, folder_size, sha256

SCRIPT = ROOT / "release" / "installer.nsi"
SIDE = "side.bmp"  # the picture at the left, drawn beside the installer while it is made


def words_for(version: str, source: Path, places: Mapping[str, Path], *, quick: bool = False) -> list[str]:
    """What makensis is told before the script; ``places`` are SOURCE, OUT, ICON and SIDE as makensis sees them."""
    defined = {"VERSION": version, **places, "SIZE_KB": folder_size(source) // 1024}
    words = [f"-D{name}={value}" for name, value in defined.items()] + (["-DFAST"] if quick else [])
    return ["-V2", "-WX", "-INPUTCHARSET", "UTF8", *words]


def describe(made: Path, version: str) -> None:
    """Write the manifest beside an installer and remove what only its making needed."""
    told = {
        "product": PRODUCT,
        "version": version,
        "file": made.name,
        "sha256": sha256(made),
        "size": made.stat().st_size,
    }
    (made.parent / MANIFEST).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    (made.parent / SIDE).unlink()
