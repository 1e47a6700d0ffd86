"""What is open in a working session; apart from ``db.keys``, because the window starts without cryptography."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class KeyRing:
    """Identities open in this working session: key id → age identity. Empty = locked. Lives in memory only."""

    identities: dict[str, str] = field(default_factory=dict)

    @property
    def unlocked(self) -> bool:
        """Whether any encrypted copy can be opened without asking."""
        return bool(self.identities)

    def lock(self) -> None:
        """Forget everything."""
        self.identities.clear()
