"""Rights as use cases and windows ask for them: ``require(store, Right.X)`` at the beginning of a deed."""

from __future__ import annotations

from db.gate import has_users, refusal, require

__all__ = ["has_users", "refusal", "require"]
