"""By what hour whom to tell, what follows from what was on a lost medium, and what a masked sheet hides."""

from __future__ import annotations

from datetime import datetime

import pytest

from imc_desktop import paths
from imc_desktop.domain.incidents import (
    FIRST,
    RESULTS,
    Exposure,
    Held,
    advice,
    deadline,
    harm,
    left_words,
    notice_rules,
    read_time,
    summary,
)
from imc_desktop.domain.masking import mask_identifiers
from imc_desktop.domain.workdays import Calendar

NOTICED = datetime(2026, 11, 20, 14, 5)  # noqa: DTZ001 - the office's own clock; a Friday
COPY = Held("Копия № 7", "19.11.2026", 1200, ("фамилия, имя, отчество", "телефон"), "K-1")
SHEET = Held("Список; список.xlsx", "20.11.2026", 40, ("фамилия, имя, отчество", "должность"))


def test_russian_terms_run_from_the_hour_it_was_noticed() -> None:
    told = notice_rules((paths.resources() / "notices" / "ru.toml").read_text(encoding="utf-8"))
    assert deadline(told[FIRST], NOTICED, Calendar("RU")) == datetime(2026, 11, 21, 14, 5)  # noqa: DTZ001
    assert deadline(told[RESULTS], NOTICED, Calendar("RU")) == datetime(2026, 11, 23, 14, 5)  # noqa: DTZ001


def test_kazakh_term_is_a_working_day_and_the_second_has_none() -> None:
    told = notice_rules((paths.resources() / "notices" / "kz.toml").read_text(encoding="utf-8"))
    monday = deadline(told[FIRST], NOTICED, Calendar("KZ"))
    assert monday is not None
    assert (monday.day, monday.hour) == (23, 18)
    assert deadline(told[RESULTS], NOTICED, Calendar("KZ")) is None


@pytest.mark.parametrize("country", ["ru", "kz"])
def test_what_nobody_read_says_so(country: str) -> None:
    told = notice_rules((paths.resources() / "notices" / f"{country}.toml").read_text(encoding="utf-8"))
    assert all(rule.source.endswith("(не сверено)") for rule in told.values())


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (17, 5, "осталось 21 ч"), (14, 5, "осталось 24 ч"), (17, 6, "осталось 20 ч"),
    ],
)  # fmt: skip
def test_hours_left(hour: int, minute: int, words: str) -> None:
    due = datetime(2026, 11, 21, 14, 5)  # noqa: DTZ001
    assert left_words(due, datetime(2026, 11, 20, hour, minute)) == words  # noqa: DTZ001


def test_the_last_minutes_and_what_is_late() -> None:
    due = datetime(2026, 11, 21, 14, 5)  # noqa: DTZ001
    assert left_words(due, datetime(2026, 11, 21, 13, 25)) == "осталось 40 мин"  # noqa: DTZ001
    assert left_words(due, datetime(2026, 11, 21, 17, 10)) == "просрочено на 3 ч"  # noqa: DTZ001
    assert left_words(due, datetime(2026, 12, 1, 14, 5)) == "просрочено на 10 дней"  # noqa: DTZ001


@pytest.mark.parametrize(
    ("typed", "read"), [("9:05", "09:05"), ("14.30", "14:30"), ("1430", "14:30"), ("9ч15", "09:15")]
)
def test_time_as_typed(typed: str, read: str) -> None:
    assert read_time(typed) == read


@pytest.mark.parametrize("typed", ["", "25:00", "14:75", "утром"])
def test_no_time(typed: str) -> None:
    with pytest.raises(ValueError, match="14:05"):
        read_time(typed)


def test_people_are_not_counted_twice_and_data_are_named_once() -> None:
    held = Exposure("№ 1", items=(COPY, SHEET, COPY))
    assert held.people == 1200
    assert held.open_people == 40
    assert held.data == ("фамилия, имя, отчество", "телефон", "должность")
    assert held.keys == ("K-1",)
    assert not held.encrypted


def test_nothing_known_is_not_called_safe() -> None:
    assert not Exposure("№ 1").encrypted
    assert "не значит, что он пуст" in advice(Exposure("№ 1"), "K-1")[0]
    assert summary(Exposure("№ 1")) == "записей не известно"


def test_a_key_in_use_is_to_be_changed_an_old_one_is_not() -> None:
    held = Exposure("№ 1", items=(COPY,))
    assert any("Смените ключ" in line for line in advice(held, "K-1"))
    assert not any("Смените ключ" in line for line in advice(held, "K-2"))
    assert not any("незашифрованное" in line for line in advice(held, "K-1"))
    assert "не является сертифицированным" in harm(held)


def test_open_sheets_count_as_leaked() -> None:
    held = Exposure("№ 1", items=(COPY, SHEET))
    assert "40 людях" in advice(held, "")[0]
    assert "40 людях" in harm(held)
    assert summary(held) == "до 1\u00a0200 человек · есть незашифрованное"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("123-456-789 00", "***00"),
        ("12345678900", "***00"),
        ("ИИН 880512400123", "ИИН ***23"),
        ("+79241234567", "***67"),
        ("8 (395) 412-14-56, доб. 3", "***56, доб. 3"),
        ("Исполнитель: Снежинская В. И., 2-14-56", "Исполнитель: Снежинская В. И., ***56"),
        ("ivanova@school.example", "i***@***"),
    ],
)
def test_identifiers_are_hidden(text: str, masked: str) -> None:
    assert mask_identifiers(text) == masked


@pytest.mark.parametrize(
    "text",
    ["20.11.2026", "2026-11-20", "2026/2027", "приказ № 128-ОД", "382407654321", "1 200", "8 классов", "СОШ № 3"],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask_identifiers(text) == text
