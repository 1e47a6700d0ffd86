"""Methodical work of the invented district as lists and as the command line shows it."""

from __future__ import annotations

from datetime import date

from db.store import Store
from imc_desktop.usecases.work import consultations, groups, journals_as_json, lesson_visits, members


def test_groups_with_their_heads_and_members(district: Store, today: date) -> None:
    found = groups(district, today)
    assert len(found) == 11
    assert all(group.head_id for group in found)
    assert {group.title: group.members for group in found}["РМО учителей географии"] == 15
    rows = members(district, today)
    assert len(rows) == sum(group.members for group in found) == 230
    heads = [row.person for row in rows if row.role == "руководитель"]
    assert heads == [group.head for group in found]
    assert [
        row.role for before, row in zip([None, *rows], rows, strict=False) if not before or before.group != row.group
    ] == (["руководитель"] * 11)
    assert all(row.organisation and row.post for row in rows)


def test_journals_are_newest_first_and_name_the_person_in_full(district: Store) -> None:
    asked, seen = consultations(district), lesson_visits(district)
    assert (len(asked), len(seen)) == (120, 40)
    assert [row.day for row in asked] == sorted((row.day for row in asked), reverse=True)
    unsure = [row for row in asked if not row.person_id]
    assert [row.person for row in unsure] == ["Трофимова В А"]
    assert all(len(row.person.split()) == 3 for row in asked if row.person_id)
    assert all(row.klass and row.subject for row in seen)


def test_journals_as_json(district: Store, today: date) -> None:
    told = journals_as_json(district, today)
    kinds = [one["kind"] for one in told]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "membership": 230,
        "consultation": 120,
        "lesson_visit": 40,
    }
    keys = {
        "kind", "id", "person_id", "person", "organisation_id", "organisation", "date", "topic", "form", "methodist",
        "subject", "group", "group_id", "role", "purpose", "analysis",
    }  # fmt: skip
    assert all(set(one) == keys for one in told)
    assert all(one["group"] and one["role"] for one in told if one["kind"] == "membership")
