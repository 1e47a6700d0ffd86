"""Boxes, paper and what a hostile box may ask for."""

from __future__ import annotations

import pytest

from db import keys


def test_a_box_opens_with_its_password_only() -> None:
    pair = keys.new_pair()
    box = keys.close_box(pair.identity, "четыре слова или фраза")
    assert keys.open_box(box, "четыре слова или фраза") == pair.identity
    assert keys.open_box(box, "четыре слова") is None
    assert pair.identity not in str(box)


@pytest.mark.parametrize(
    "kdf",
    [
        {"name": "argon2id", "memory_kib": 2**30, "passes": 3, "lanes": 1},
        {"name": "argon2id", "memory_kib": 65536, "passes": 10**6, "lanes": 1},
        {"name": "argon2id", "memory_kib": -1, "passes": 3, "lanes": 1},
        {"name": "md5", "memory_kib": 65536, "passes": 3, "lanes": 1},
        {"name": "argon2id"},
    ],
)
def test_a_box_cannot_ask_for_all_memory_and_an_hour(kdf: dict[str, object]) -> None:
    box = keys.close_box(keys.new_pair().identity, "пароль из двенадцати")
    assert keys.open_box(box._replace(kdf=kdf), "пароль из двенадцати") is None


def test_the_paper_key_is_read_as_people_type_it() -> None:
    pair = keys.new_pair()
    groups = keys.grouped(pair.identity)
    assert all(len(group) == 6 for group in groups[:-1])
    for typed in (" ".join(groups), "-".join(groups).lower(), f"# лист\n{pair.identity}\n", "\n".join(groups)):
        assert keys.read_paper(typed) == pair.identity
    wrong = groups[0][:-1] + ("Q" if groups[0][-1] != "Q" else "P")
    for typed in ("", "AGE-SECRET-KEY-1", " ".join([wrong, *groups[1:]]), " ".join(groups[:-1])):
        with pytest.raises(ValueError, match="identity"):
            keys.read_paper(typed)


def test_a_former_identity_is_opened_by_the_next_one() -> None:
    former, present = keys.new_pair(), keys.new_pair()
    handed = keys.handed_over(former.identity, present.recipient)
    assert keys.taken_over(handed, [present.identity]) == former.identity
    assert keys.taken_over(handed, [keys.new_pair().identity]) is None
    assert keys.taken_over("не base64!", [present.identity]) is None


def test_a_changed_age_file_is_not_opened() -> None:
    pair = keys.new_pair()
    closed = bytearray(keys.encrypt(b"data" * 100, [pair.recipient]))
    assert keys.decrypt(bytes(closed), [pair.identity]) == b"data" * 100
    closed[-3] ^= 1
    assert keys.decrypt(bytes(closed), [pair.identity]) is None
    assert keys.decrypt(bytes(closed), []) is None
