"""What a password and a PIN must be, words to make one of, and how long to wait after failures. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from imc_desktop.domain.errors import Problem

LETTERS = 12
WORDS = 4
OFFERED_WORDS = 5  # of 661 words: 47 bits, each guess an eighth of a second of Argon2id
PIN_DIGITS = 6
_DIFFERENT = 5  # «111111111111» is long, too
_MOST_LETTERS = 200
MOST_FAILURES = 10
_LONGEST_DELAY = 30
_REST = 900


def plain(password: str) -> str:
    """The password as it is hashed: one form of its letters, single spaces, nothing at its ends."""
    return " ".join(unicodedata.normalize("NFC", password).split())


def password_problems(password: str, where: str = "password") -> list[Problem]:
    """What stands against a new password."""
    text = plain(password)
    words = [word for word in text.replace("-", " ").split() if len(word) > 2]
    if len(text) < LETTERS and len(words) < WORDS:
        return [Problem(where, f"Слишком коротко: нужно не меньше {LETTERS} знаков или {WORDS} слова.")]
    if len(set(text.casefold())) < _DIFFERENT:
        return [Problem(where, "Слишком просто: знаки повторяются.")]
    if len(text) > _MOST_LETTERS:
        return [Problem(where, f"Слишком длинно: не больше {_MOST_LETTERS} знаков.")]
    return []


def pin_problems(pin: str, where: str = "pin") -> list[Problem]:
    """What stands against a new PIN; a blank takes it away."""
    if not pin:
        return []
    if not (pin.isascii() and pin.isdigit()) or len(pin) < PIN_DIGITS:
        return [Problem(where, f"ПИН — это не меньше {PIN_DIGITS} цифр.")]
    if len(set(pin)) == 1 or pin in "01234567890123456789" or pin in "98765432109876543210":
        return [Problem(where, "Слишком простой ПИН: возьмите цифры вразброс.")]
    return []


def offer(words: Sequence[str], choose: Callable[[Sequence[str]], str]) -> str:
    """A password of words; ``choose`` takes one by chance (``secrets.choice``)."""
    return " ".join(choose(words) for _ in range(OFFERED_WORDS))


def delay_after(failures: int) -> int:
    """Seconds before the next attempt: 1, 2, 4 … 30, and a quarter of an hour after ten failures on end."""
    if failures <= 0:
        return 0
    return _REST if failures >= MOST_FAILURES else min(_LONGEST_DELAY, 2 ** (failures - 1))


def wait_words(seconds: float) -> str:
    """«4 секунды», «14 минут»: how long to wait, rounded up."""
    whole = max(1, -int(-seconds // 1))
    return f"{whole} с" if whole < 90 else f"{-(-whole // 60)} мин"
