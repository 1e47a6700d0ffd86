"""Identifiers hidden for what leaves the office: who knows the number sees whose it is, a stranger learns nothing."""

from __future__ import annotations

import re

_PHONE = re.compile(r"(?<![\d.])(?:\+\s?7|8)(?:[\s()-]*\d){10}(?!\d)|(?<![\d.-])\d{1,3}-\d{2}-\d{2}(?![\d.-])")
_SNILS = re.compile(r"(?<!\d)\d{3}-?\d{3}-?\d{3}[ -]?\d{2}(?!\d)")
# A Kazakh number begins with the day of birth: a document's number of twelve digits seldom does.
_IIN = re.compile(r"(?<!\d)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[0-6]\d{5}(?!\d)")
_MAIL = re.compile(r"\b[\w.+-]+@(?:[\w-]+\.)+[\w-]+")


def mask_identifiers(text: str) -> str:
    """СНИЛС, ИИН and phones keep their last two digits, an e-mail address its first letter."""
    for pattern in (_PHONE, _SNILS, _IIN):
        text = pattern.sub(lambda found: f"***{found[0][-2:]}", text)
    return _MAIL.sub(lambda found: f"{found[0][0]}***@***", text)
