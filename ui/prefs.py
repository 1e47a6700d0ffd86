"""What the program remembers per person: a small JSON file, never the database."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Prefs:
    """Key → JSON value. A missing or spoiled file is an empty one; ``save`` replaces the file in one step."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._values: dict[str, Any] = self._load()
        self._dirty = False
        self.on_change: Callable[[], None] | None = None

    def get(self, key: str, default: Any = None) -> Any:
        """The remembered value, or ``default`` when there is none or its type is another one."""
        value = self._values.get(key, default)
        if default is not None and not isinstance(value, type(default)):
            return default
        return value

    def set(self, key: str, value: Any) -> None:
        """Remember a JSON value; it reaches the disk at the next ``save``."""
        if self._values.get(key) == value:
            return
        self._values[key] = value
        self._dirty = True
        if self.on_change is not None:
            self.on_change()

    def save(self) -> bool:
        """Write when something changed; False when the folder refuses (a read-only stick is no reason to stop)."""
        if self._path is None or not self._dirty:
            return True
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part = self._path.with_suffix(".part")
            part.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), encoding="utf-8")
            os.replace(part, self._path)  # noqa: PTH105 - one step also over an existing file on Windows
        except OSError:
            return False
        self._dirty = False
        return True

    def _load(self) -> dict[str, Any]:
        if self._path is None:
            return {}
        try:
            values = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return values if isinstance(values, dict) else {}
