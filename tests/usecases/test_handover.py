"""The act of handing over gathers what a name answers for, with and without users' accounts."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pypdfium2

from db.schema.base import new_id
from db.schema.security import AppUser, KeySlot
from db.store import Store
from imc_desktop.domain.rights import Actor, Role
from imc_desktop.usecases.carriers import CarrierInput, add_carrier, give_carrier, take_back
from imc_desktop.usecases.handover import gather, known_names
from imc_desktop.usecases.plan import plan_rows
from imc_desktop.usecases.printing import registry as printing
from imc_desktop.usecases.printing.wish import Wish

WHO = "Вебер Е. С."


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    words = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    return words


def test_names_are_those_the_plan_and_the_register_name(district: Store) -> None:
    one = add_carrier(district, CarrierInput("флешка"))
    give_carrier(district, one, "Тихомирова О. Л.", "2026-09-01")
    assert {"Вебер Е. С.", "Снежинская В. И.", "Тихомирова О. Л."} <= set(known_names(district))


def test_items_of_the_plan_are_found_by_the_name_as_written(district: Store, today: date) -> None:
    found = gather(district, WHO, today)
    plan = plan_rows(district, 2026, today)
    assert plan is not None
    own = {item.id for item in plan.items if WHO in item.people}
    assert own
    assert own <= {task.key for task in found.tasks} | {item.id for item in plan.items if not item.next_open(today)}
    assert gather(district, "Неведомова Я. Я.", today).tasks == ()
    assert found.account is None
    assert found.questions == 12
    assert found.consultations > 0


def test_account_and_keys_are_named(district: Store, today: date) -> None:
    one = add_carrier(district, CarrierInput("флешка", "KINGSTON"))
    give_carrier(district, one, WHO, "2026-09-01")
    with district.change("пользователь") as session:
        user = AppUser(id=new_id(), name="Вебер Елена Сергеевна", role="methodist")
        user_id = user.id
        session.add(user)
        session.flush()
        session.add(KeySlot(id=new_id(), key_id="K-1", user_id=user_id, kdf="{}", salt="", nonce="", box=""))
    district.actor = Actor(user_id, "Вебер Елена Сергеевна", Role.HEAD)
    paper = printing.prepare(
        district, "handover", Wish(2026, today, subject="Вебер Елена Сергеевна", receiver="Снежинская В. И.")
    )
    words = words_of(paper.pdf)
    for part in ("Учётную запись «Вебер Елена Сергеевна» (методист) закрыть", "Сменить ключ копий: пароль", "KINGSTON",
                 "Вернуть носители", "В. И. Снежинская", "Е. С. Вебер"):  # fmt: skip
        assert part in words, part


def test_a_medium_given_back_is_not_handed_over(district: Store, today: date) -> None:
    one = add_carrier(district, CarrierInput("флешка", "KINGSTON"))
    give_carrier(district, one, WHO, "2026-09-01")
    assert [row.id for row in gather(district, WHO, today).carriers] == [one]
    take_back(district, one, "2026-10-01")
    assert gather(district, WHO, today).carriers == ()


def test_without_a_name_it_is_a_form_to_fill_in(district: Store, today: date) -> None:
    words = words_of(printing.prepare(district, "handover", Wish(2026, today)).pdf)
    assert "_______________________________ передаёт" in words
    assert "Закрыть учётную запись" in words
    assert "Вебер" not in words
