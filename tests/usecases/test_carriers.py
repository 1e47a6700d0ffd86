"""The register of media: numbers, hand to hand, lost and destroyed, undone step by step."""

from __future__ import annotations

from datetime import date

import pytest

from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.usecases.carriers import (
    CarrierInput,
    CarrierRow,
    add_carrier,
    carriers,
    delete_carrier,
    edit_carrier,
    give_carrier,
    mark_destroyed,
    take_back,
)
from imc_desktop.usecases.printing import registry as printing
from imc_desktop.usecases.printing.wish import Wish

STICK = CarrierInput("флешка", "KINGSTON", "1A2B-3C4D")


def only(store: Store) -> CarrierRow:
    (row,) = carriers(store)
    return row


def test_numbers_follow_and_are_never_given_again(office: Store) -> None:
    first = add_carrier(office, STICK)
    last = add_carrier(office, CarrierInput("внешний диск", number="7"))
    delete_carrier(office, last)
    add_carrier(office, CarrierInput("внешний диск"))
    assert [row.number for row in carriers(office)] == ["1", "8"]
    office.undo()
    assert [row.id for row in carriers(office)] == [first]


def test_hand_to_hand_keeps_who_had_it(office: Store) -> None:
    one = add_carrier(office, STICK)
    assert only(office).state_words == "в учреждении"
    give_carrier(office, one, "Вебер Е. С.", "2026-09-01")
    give_carrier(office, one, "Ясинская Л. Г.", "2026-10-05")
    row = only(office)
    assert (row.holder, row.given, row.state_words) == ("Ясинская Л. Г.", True, "выдан 05.10.2026")
    assert row.note == "ранее: Вебер Е. С., 01.09.2026–05.10.2026"
    take_back(office, one, "2026-11-01")
    assert only(office).state_words == "в учреждении"
    office.undo()
    assert only(office).given
    office.undo()
    assert only(office).holder == "Вебер Е. С."


def test_what_cannot_be_is_refused_in_a_sentence(office: Store) -> None:
    one = add_carrier(office, STICK)
    with pytest.raises(UserError, match="никому не выдан"):
        take_back(office, one, "2026-11-01")
    give_carrier(office, one, "Вебер Е. С.", "2026-09-01")
    with pytest.raises(UserError, match="не может быть раньше"):
        take_back(office, one, "2026-08-01")
    with pytest.raises(UserError, match="кому"):
        give_carrier(office, one, " ", "2026-11-01")
    with pytest.raises(UserError, match="уже записан"):
        add_carrier(office, CarrierInput("флешка", "другая", STICK.serial))
    with pytest.raises(UserError, match="Номер 1"):
        add_carrier(office, CarrierInput("флешка", number="1"))
    mark_destroyed(office, one, "2026-11-20", "акт № 3")
    with pytest.raises(UserError, match="не выдают"):
        give_carrier(office, one, "Вебер Е. С.", "2026-11-21")
    assert only(office).state_words == "уничтожен 20.11.2026"
    assert only(office).note.endswith("акт № 3")


def test_an_entry_is_corrected(office: Store) -> None:
    one = add_carrier(office, STICK)
    edit_carrier(office, one, CarrierInput("флешка", "SANDISK", STICK.serial, "1", "красная"))
    assert only(office).name == "№ 1, флешка SANDISK"
    office.undo()
    assert only(office).name == "№ 1, флешка KINGSTON"


def test_the_register_prints_all_media(office: Store, today: date) -> None:
    add_carrier(office, STICK)
    gone = add_carrier(office, CarrierInput("карта памяти"))
    mark_destroyed(office, gone, "2026-11-20", "акт № 3")
    paper = printing.prepare(office, "carrier-register", Wish(2026, today))
    assert paper.records == 2
    assert paper.title == "Журнал учёта съёмных носителей персональных данных на 20 ноября 2026 г."
