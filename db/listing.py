"""Files of a folder by their names."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path


def matching(folder: Path, pattern: str) -> list[Path]:
    """What in a folder is called so, in no order; nothing when the folder is not there or may not be read.

    ``Path.glob`` will not do: in the root of an empty stick Windows answers it «no such file».
    """
    if not folder.is_dir():
        return []
    try:
        return [path for path in folder.iterdir() if fnmatch(path.name, pattern)]
    except PermissionError:
        return []
