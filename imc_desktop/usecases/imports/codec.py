"""Records of papers as JSON and back: what an open question keeps until it is answered."""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from imc_desktop.domain import papers

_TYPES = {
    cls.__name__: cls
    for cls in (
        papers.PersonRecord,
        papers.CoursePlanRecord,
        papers.AttestationCaseRecord,
        papers.MemberRecord,
        papers.ConsultationRecord,
        papers.VisitRecord,
    )
}


def encode(record: Any, **context: Any) -> str:
    """A record with the context needed to take it in later (kind of table, id of a row that waits for the person)."""
    return json.dumps({"type": type(record).__name__, "record": asdict(record), **context}, ensure_ascii=False)


def decode(text: str) -> tuple[Any, dict[str, Any]]:
    """The record and its context, as ``encode`` wrote them."""
    data = json.loads(text)
    cls = _TYPES[data.pop("type")]
    return _build(cls, data.pop("record")), data


@lru_cache(maxsize=32)
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _build(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _build(next(part for part in get_args(hint) if part is not type(None)), value)
    if origin is tuple:
        return tuple(_build(get_args(hint)[0], item) for item in value)
    if origin in (dict, Mapping) or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return dict(value)
    if isinstance(hint, type) and is_dataclass(hint):
        hints = _hints(hint)
        return hint(**{one.name: _build(hints[one.name], value[one.name]) for one in fields(hint) if one.name in value})
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    return value
