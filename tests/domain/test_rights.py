"""Roles and rights, passwords and PINs, the delay after failures."""

from __future__ import annotations

import pytest

from imc_desktop.domain.passwords import delay_after, offer, password_problems, pin_problems, plain, wait_words
from imc_desktop.domain.rights import RIGHTS, SIGN_IN_FIRST, Actor, Right, Role, may, refusal_of, who_may

HEADS_ONLY = {
    Right.APPROVE, Right.USERS, Right.KEYS, Right.RESTORE, Right.PLAIN_COPIES, Right.LOG,
}  # fmt: skip
WORKERS = {Right.EDIT, Right.IMPORT, Right.PRINT_PEOPLE, Right.EXPORT_PEOPLE, Right.COPY, Right.MERGE}
EVERYBODY = {Right.READ, Right.PRINT, Right.EXPORT}


def test_every_right_is_in_exactly_one_group() -> None:
    assert set(Right) == HEADS_ONLY | WORKERS | EVERYBODY
    assert len(Right) == len(HEADS_ONLY) + len(WORKERS) + len(EVERYBODY)


def test_what_each_role_may() -> None:
    assert RIGHTS[Role.HEAD] == set(Right)
    assert RIGHTS[Role.METHODIST] == WORKERS | EVERYBODY
    assert RIGHTS[Role.OBSERVER] == EVERYBODY


@pytest.mark.parametrize("right", list(Right))
def test_a_refusal_is_a_sentence_that_names_who_may(right: Right) -> None:
    words = who_may(right)
    assert words[0].isupper()
    assert words.endswith(".")
    assert ("заведующий." in words) is (right in HEADS_ONLY)
    for role in Role:
        actor = Actor("1", "Ложкина А.П.", role)
        assert refusal_of(actor, right) == ("" if may(role, right) else words)
    assert refusal_of(None, right) == SIGN_IN_FIRST


def test_the_words_of_two_refusals() -> None:
    assert who_may(Right.APPROVE) == "Утверждать план может заведующий. Войдите под его именем."
    assert who_may(Right.EDIT) == "Менять данные могут заведующий и методист. Войдите под именем одного из них."


@pytest.mark.parametrize("good", ["корова-река", "дом лес река сад", "Ключегорск26", "самовар у окна"])
def test_passwords_that_hold(good: str) -> None:
    assert password_problems(good) == [] or len(plain(good)) < 12
    assert bool(password_problems(good)) is (good == "корова-река")


@pytest.mark.parametrize("bad", ["", "короткий", "а а а а а", "111111111111", "абабабабабаб", "я" * 300])
def test_passwords_that_do_not(bad: str) -> None:
    problems = password_problems(bad)
    assert len(problems) == 1
    assert problems[0].where == "password"
    assert problems[0].text.endswith(".")


def test_one_password_whatever_the_keyboard_makes_of_it() -> None:
    assert plain("  й" + "  слово ") == plain("й слово") == "й слово"


@pytest.mark.parametrize(
    ("pin", "fine"),
    [("", True), ("482915", True), ("48291", False), ("777777", False), ("123456", False), ("987654", False),
     ("48a915", False), ("٤٨٢٩١٥", False), ("90482915", True)],
)  # fmt: skip
def test_pins(pin: str, fine: bool) -> None:
    assert (pin_problems(pin) == []) is fine


def test_an_offered_password_holds() -> None:
    picked = iter(["река", "самовар", "вьюга", "кедр", "лось"])
    words = offer(("а",), lambda _words: next(picked))
    assert words == "река самовар вьюга кедр лось"
    assert password_problems(words) == []


def test_the_delay_grows_to_half_a_minute_and_then_to_a_quarter_of_an_hour() -> None:
    assert [delay_after(failures) for failures in range(12)] == [0, 1, 2, 4, 8, 16, 30, 30, 30, 30, 900, 900]
    assert (wait_words(0.2), wait_words(29.4), wait_words(900)) == ("1 с", "30 с", "15 мин")
