"""Words about copies, without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from imc_desktop.domain.dates import to_date
from imc_desktop.domain.words import date_short, plural

EMPTY = "пока пусто"
COUNT_WORDS = {
    "person": ("педагог", "педагога", "педагогов"),
    "organisation": ("организация", "организации", "организаций"),
    "training": ("запись о курсах", "записи о курсах", "записей о курсах"),
    "plan_item": ("строка планов", "строки планов", "строк планов"),
}


def age_words(made_on: str, today: date) -> str:
    """«сегодня», «вчера», «5 дней назад»; a day that is still to come is told as it is."""
    day = to_date(made_on)
    days = (today - day).days
    if days < 0:
        return date_short(day)
    if days < 2:
        return ("сегодня", "вчера")[days]
    return f"{days} {plural(days, 'день', 'дня', 'дней')} назад"


def counts_words(counts: Mapping[str, int]) -> str:
    """«1 200 педагогов, 24 организации …»."""
    told = [(counts[table], words) for table, words in COUNT_WORDS.items() if counts.get(table)]
    return ", ".join(f"{count:,} ".replace(",", "\u00a0") + plural(count, *words) for count, words in told) or EMPTY
