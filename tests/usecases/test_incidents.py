"""A lost stick: what was on it by the logs, by what hour to tell, the notices, and the way to the end."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.incidents import FIRST, RESULTS
from imc_desktop.usecases import exporting
from imc_desktop.usecases.carriers import CarrierInput, add_carrier, carriers
from imc_desktop.usecases.copies import copy_to
from imc_desktop.usecases.copy_keys import draft_keys, put_in_force
from imc_desktop.usecases.copy_register import active_key, copies
from imc_desktop.usecases.incidents import (
    IncidentInput,
    add_incident,
    close_incident,
    edit_incident,
    incident,
    incidents,
    mark_sent,
    open_incidents,
    set_findings,
)
from imc_desktop.usecases.leaving import medium_of
from imc_desktop.usecases.office_making import create_office
from imc_desktop.usecases.printing import registry as printing
from imc_desktop.usecases.printing.wish import Wish
from tests.usecases.test_printing_lists import first_page

NOW = datetime(2026, 11, 20, 17, 5)  # noqa: DTZ001 - the office's own clock
NOTICED = "2026-11-20T14:05"


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for a stick."""
    folder = tmp_path / "KINGSTON"
    folder.mkdir()
    monkeypatch.setenv("IMC_STICKS", str(folder))
    return folder


def register(store: Store, stick: Path) -> str:
    medium = medium_of(stick / "файл")
    assert medium is not None
    return add_carrier(store, CarrierInput("флешка", medium.label, medium.serial))


def log_copy(store: Store, stick: Path, number: int, key: str) -> None:
    """A copy as the log of copies holds it."""
    medium = medium_of(stick / "файл")
    assert medium is not None
    with closing(sqlite3.connect(store.path)) as raw:
        raw.execute(
            "INSERT INTO copy_log(backup_id, name, rid, sequence, place, leaves, volume_label, volume_serial, sha256,"
            " vector, counts, key_id, author, made_utc, verified_utc, verified_on) "
            "SELECT ?, ?, replica, ?, ?, 1, ?, ?, '', '{}', ?, ?, 'Вебер Е. С.', '2026-11-19T06:40:00+00:00',"
            " '2026-11-19T06:40:00+00:00', '[]' FROM db_meta",
            (f"b{number}", f"imc_{number}.imcb", number, str(stick), medium.label, medium.serial,
             json.dumps({"person": 1200}), key),
        )  # fmt: skip
        raw.commit()


def test_an_encrypted_copy_on_a_registered_stick(office: Store, stick: Path) -> None:
    carrier = register(office, stick)
    log_copy(office, stick, 7, "K-1")
    assert copies(office)[0].carrier == "№ 1, флешка KINGSTON"
    one = add_incident(office, IncidentInput(NOTICED, carrier, circumstances="Выпала в автобусе."), NOW)
    row = incident(office, one, NOW)
    assert row.exposure.encrypted
    assert row.exposure.people == 1200
    assert [deadline.words for deadline in row.deadlines] == ["осталось 21 ч", "осталось 69 ч"]
    assert carriers(office)[0].state_words == "утерян 20.11.2026"
    office.undo()
    assert incidents(office, NOW) == []
    assert carriers(office)[0].state_words == "в учреждении"


def test_a_sheet_written_to_the_stick_is_found_again(district: Store, stick: Path, today: date, tmp_path: Path) -> None:
    carrier = register(district, stick)
    log_copy(district, stick, 7, "K-1")
    exporting.export(district, "staff-list", stick / "список.xlsx", Wish(2026, today))
    exporting.export(district, "staff-list", tmp_path / "дома.xlsx", Wish(2026, today))
    row = incident(district, add_incident(district, IncidentInput(NOTICED, carrier), NOW), NOW)
    assert [item.what for item in row.exposure.items] == ["Копия базы № 7, imc_7.imcb", "Список педагогов; список.xlsx"]
    assert row.exposure.open_people == 1200
    assert "дата рождения" in row.exposure.data
    assert any("незашифрованное" in line for line in row.advice)


def test_a_stick_out_of_the_register_is_told_by_hand(office: Store, stick: Path) -> None:
    medium = medium_of(stick / "файл")
    assert medium is not None
    log_copy(office, stick, 3, "")
    one = add_incident(office, IncidentInput(NOTICED, label="KINGSTON", serial=medium.serial), NOW)
    row = incident(office, one, NOW)
    assert row.exposure.carrier.startswith("носитель не из журнала KINGSTON")
    assert not row.exposure.encrypted
    other = IncidentInput(NOTICED, label="чужая", serial="FFFF-0000")
    edit_incident(office, one, other, NOW)
    assert incident(office, one, NOW).exposure.items == ()


def test_impossible_days_are_refused(office: Store) -> None:
    with pytest.raises(UserError, match="ещё не наступил"):
        add_incident(office, IncidentInput("2026-11-21T14:05"), NOW)
    with pytest.raises(UserError, match="позже, чем заметили"):
        add_incident(office, IncidentInput(NOTICED, happened="2026-11-21"), NOW)
    assert incidents(office, NOW) == []


def test_the_way_to_the_end(office: Store, stick: Path) -> None:
    one = add_incident(office, IncidentInput(NOTICED, register(office, stick)), NOW)
    with pytest.raises(UserError, match="выводы"):
        close_incident(office, one, NOW.date())
    set_findings(office, one, "Не найдена.", "Ключ сменён.")
    with pytest.raises(UserError, match="первое уведомление"):
        close_incident(office, one, NOW.date())
    with pytest.raises(UserError, match="раньше"):
        mark_sent(office, one, FIRST, "2026-11-19T17:05")
    mark_sent(office, one, FIRST, "2026-11-20T17:05")
    mark_sent(office, one, RESULTS, "2026-11-24T17:05")
    told = incident(office, one, NOW + timedelta(days=5))
    assert told.deadlines[0].words == "отправлено 20.11.2026 в 17:05"
    assert told.deadlines[1].words.endswith("позже срока")
    assert told.next_deadline is None
    assert len(open_incidents(office, NOW)) == 1
    close_incident(office, one, NOW.date())
    assert open_incidents(office, NOW) == []
    with pytest.raises(UserError, match="закрыто"):
        set_findings(office, one, "Найдена!", "")
    office.undo()
    assert len(open_incidents(office, NOW)) == 1


def test_notices_print_what_is_known(office: Store, stick: Path, today: date) -> None:
    carrier = register(office, stick)
    log_copy(office, stick, 7, "K-1")
    with pytest.raises(UserError, match="Происшествий"):
        printing.prepare(office, "incident-first", Wish(2026, today, subject="нет такого"))
    form = first_page(printing.prepare(office, "incident-first", Wish(2026, today)).pdf)
    assert "Предполагаемый вред ___" in form
    assert "1 200" not in form
    one = add_incident(office, IncidentInput(NOTICED, carrier, circumstances="Выпала в автобусе."), NOW)
    set_findings(office, one, "Не найдена.", "Ключ сменён.")
    words = first_page(printing.prepare(office, "incident-first", Wish(2026, today, subject=one)).pdf)
    for part in ("Управление Роскомнадзора", "20.11.2026 в 14:05", "не более 1 200 человек", "Выпала в автобусе.",
                 "Ключ: K-1", "(не сверено)", "№ 1, флешка KINGSTON"):  # fmt: skip
        assert part in words, part
    words = first_page(printing.prepare(office, "incident-results", Wish(2026, today, subject=one)).pdf)
    assert "Не найдена." in words
    assert "Ключ сменён." in words


def test_kazakhstan_has_its_own_act_and_a_blank_for_whom(tmp_path: Path, today: date) -> None:
    store = create_office(tmp_path / "кз.imc", "kamysty", {})
    try:
        one = add_incident(store, IncidentInput(NOTICED, label="KINGSTON"), NOW)
        row = incident(store, one, NOW)
        assert row.deadlines[0].due == "2026-11-23T18:00"
        assert "не назван" in row.deadlines[1].words
        words = first_page(printing.prepare(store, "incident-first", Wish(2026, today, subject=one)).pdf)
        assert "94-V" in words
        assert "Роскомнадзор" not in words
    finally:
        store.close()


def test_a_real_copy_and_a_changed_key(office: Store, stick: Path, today: date) -> None:
    carrier = register(office, stick)
    put_in_force(office, draft_keys(), "четыре простых слова подряд", today=today)
    copy_to(office, stick, today=today)
    one = add_incident(office, IncidentInput(NOTICED, carrier), NOW)
    row = incident(office, one, NOW)
    assert row.exposure.encrypted
    assert row.exposure.keys == (active_key(office),)
    assert any("Смените ключ" in line for line in row.advice)
    assert "утерян" in copies(office)[0].carrier
    put_in_force(office, draft_keys(), "совсем другие четыре слова", today=today)
    assert not any("Смените ключ" in line for line in incident(office, one, NOW).advice)
    assert copies(office)[0].key.endswith("сменён")


def test_a_serial_typed_with_dashes_is_the_same_stick(office: Store, stick: Path) -> None:
    log_copy(office, stick, 3, "K-1")
    medium = medium_of(stick / "файл")
    assert medium is not None
    typed = f"{medium.serial[:4]}-{medium.serial[4:]}".lower()
    row = incident(office, add_incident(office, IncidentInput(NOTICED, label="не помню", serial=typed), NOW), NOW)
    assert len(row.exposure.items) == 1
    row = incident(office, add_incident(office, IncidentInput(NOTICED, label="kingston"), NOW), NOW)
    assert len(row.exposure.items) == 1


def test_papers_saved_to_the_stick_count_plans_do_not(district: Store, stick: Path, today: date) -> None:
    carrier = register(district, stick)
    for kind in ("staff-list", "annual-plan"):
        paper = printing.prepare(district, kind, Wish(2026, today))
        printing.log_print(district, paper, stick / f"{kind}.pdf")
        printing.log_print(district, paper, None)
    exporting.export(district, "due-list", stick / "курсы.xlsx", Wish(2026, today, masked=True))
    held = incident(district, add_incident(district, IncidentInput(NOTICED, carrier), NOW), NOW).exposure
    assert [item.what for item in held.items] == [
        "Список педагогических работников на 20 ноября 2026 г.; staff-list.pdf",
        "Кому пора на курсы; курсы.xlsx (идентификаторы скрыты)",
    ]
    assert "повышение квалификации" in held.data
    assert held.items[0].people == 1200
