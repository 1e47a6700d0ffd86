"""Contents of papers as canonical JSON: what an approved paper is remembered by."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Hashable
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Content = TypeVar("Content")


def to_json(content: object) -> str:
    """Canonical JSON: sorted keys, no spaces; fields at their defaults left out: a new field changes no old hash."""
    return json.dumps(_encode(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(kind: type[Content], text: str) -> Content:
    """The content that ``to_json`` wrote; raises ValueError when the text is not such a content."""
    try:
        value: Content = _decode(kind, json.loads(text))
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not a {kind.__name__}: {error}") from error
    return value


def content_hash(content: object) -> str:
    """SHA-256 of the canonical JSON; its first eight digits stand in the control line."""
    return hashlib.sha256(to_json(content).encode("utf-8", "surrogatepass")).hexdigest()


def version(content: object) -> str:
    """The eight digits printed on every page."""
    return content_hash(content)[:8]


def _encode(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {
            field.name: _encode(item)
            for field in dataclasses.fields(value)
            if (item := getattr(value, field.name)) != field.default or field.default is dataclasses.MISSING
        }
    if isinstance(value, tuple | list):
        return [_encode(item) for item in value]
    return value


def _decode(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        if value is None:
            return None
        return _decode(next(part for part in get_args(kind) if part is not type(None)), value)
    if origin is tuple:
        if not isinstance(value, list):
            raise TypeError("a list was expected")
        return tuple(_decode(get_args(kind)[0], item) for item in value)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _decode(hints[name], item) for name, item in value.items()})
    if not isinstance(value, kind) and not (kind is float and isinstance(value, int)):
        raise TypeError(f"{kind.__name__} was expected")
    return value


@lru_cache(maxsize=64)
def _hints(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(kind)
