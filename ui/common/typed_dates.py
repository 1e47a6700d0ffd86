"""What a person means by what they type into a date field. No Qt."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from imc_desktop.domain.dates import parse_day, to_date
from imc_desktop.domain.kinds import OPEN_ENDED
from imc_desktop.domain.words import date_long, show_date

WORDS = {"сегодня": 0, "вчера": -1, "завтра": 1, "позавчера": -2, "послезавтра": 2}
_STEP = re.compile(r"([+-])\s*(\d{1,4})\s*([дднмгл]?)[а-яё.]*", re.IGNORECASE)
_DAY_MONTH = re.compile(r"(\d{1,2})[.,/\- ](\d{1,2})[.,/]?")
_SHORT_YEAR = re.compile(r"(\d{1,2})[.,/\- ](\d{1,2})[.,/\- ](\d{2})")
NOT_UNDERSTOOD = "Дата не понята. Напишите, например, 5.9.2026, сегодня или 2019."


def understand_date(typed: str, today: date, *, base: str = "", open_ended: bool = False) -> str:
    """ISO text of the precision typed; "" for nothing. ValueError with a Russian sentence when it is no date.

    5.9 · 05092026 · 0509 · 05.09.26 · сегодня · +3г, −10д (from ``base``, else today) · 09.2026 · 2019 г. · бессрочно.
    """
    text = typed.strip().lower()
    if not text:
        return ""
    if text in WORDS:
        return (today + timedelta(days=WORDS[text])).isoformat()
    if open_ended and OPEN_ENDED.startswith(text) and len(text) >= 2:
        return OPEN_ENDED
    if step := _STEP.fullmatch(text):
        return _stepped(step, to_date(base) if base and base != OPEN_ENDED else today)
    if text.isdigit() and (found := _digits(text, today)):
        return found
    if short := _SHORT_YEAR.fullmatch(text):
        return parse_day(f"{short[1]}.{short[2]}.{_full_year(int(short[3]), today)}")
    if day := _DAY_MONTH.fullmatch(text):
        return parse_day(f"{day[1]}.{day[2]}.{today.year}")
    found = parse_day(text, base_year=today.year)
    if not found:
        raise ValueError(NOT_UNDERSTOOD)
    return found


def show_typed(iso: str) -> str:
    """How a date stands in its field: 05.09.2026, 09.2026, 2019, бессрочно."""
    if len(iso) == 10 and iso[4] == "-":
        return f"{iso[8:]}.{iso[5:7]}.{iso[:4]}"
    if len(iso) == 7:
        return f"{iso[5:]}.{iso[:4]}"
    return iso


def in_words(iso: str) -> str:
    """The date for the tooltip: «5 сентября 2026 г.», «2019 г.»."""
    if len(iso) == 10 and iso != OPEN_ENDED:
        return date_long(to_date(iso))
    return iso if iso in ("", OPEN_ENDED) else show_date(iso)


def _digits(text: str, today: date) -> str:
    if len(text) == 8:
        return parse_day(f"{text[:2]}.{text[2:4]}.{text[4:]}")
    if len(text) == 6:
        return parse_day(f"{text[:2]}.{text[2:4]}.{_full_year(int(text[4:]), today)}")
    if len(text) == 4 and not 1900 <= int(text) <= 2100:
        return parse_day(f"{text[:2]}.{text[2:]}.{today.year}")
    if len(text) <= 2:
        return parse_day(f"{text}.{today.month:02}.{today.year}")
    return ""


def _full_year(two_digits: int, today: date) -> int:
    year = 2000 + two_digits
    return year if year <= today.year + 20 else year - 100


def _stepped(step: re.Match[str], start: date) -> str:
    count = int(step[2]) * (1 if step[1] == "+" else -1)
    unit = step[3] or "д"
    if unit in "дн":
        return (start + timedelta(days=count * (7 if unit == "н" else 1))).isoformat()
    months = start.year * 12 + start.month - 1 + (count if unit == "м" else count * 12)
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        raise ValueError(NOT_UNDERSTOOD)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).isoformat()
