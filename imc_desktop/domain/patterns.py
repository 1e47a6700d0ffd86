"""Regular expressions that cost nothing until they are used: the list of people needs few of those of papers."""

from __future__ import annotations

import re
from typing import Any, cast

_VERBS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer", "pattern")


class _Later:
    """Stands for a pattern; from the first use on its verbs are those of the compiled one."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _VERBS:
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        for verb in _VERBS:
            setattr(self, verb, getattr(compiled, verb))
        return getattr(compiled, name)


def later(source: str, flags: int = 0) -> re.Pattern[str]:
    """Like ``re.compile``, but compiled at the first use."""
    return cast("re.Pattern[str]", _Later(source, flags))
