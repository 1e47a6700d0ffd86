"""People to choose from in a form: one line each, no two alike."""

from __future__ import annotations

from collections import Counter
from datetime import date

from db.store import Store
from imc_desktop.usecases.rule_facts import Bound, basis_of, load_people
from imc_desktop.usecases.staff_values import brief_organisation


def people_choices(store: Store, on: date) -> dict[str, str]:
    """Line → id, in the order of names: «Иванова Мария Петровна · СОШ № 5»; namesakes get post and number."""
    with store.look() as connection:
        people = list(load_people(connection, basis_of(store, on)).values())
    plain = Counter(_line(bound) for bound in people)
    found: dict[str, str] = {}
    for bound in people:
        line = _line(bound)
        if plain[line] > 1:
            line = " · ".join(part for part in (line, bound.post, bound.subjects) if part)
        number, unique = 2, line
        while unique in found:
            number, unique = number + 1, f"{line} · {number}"
        found[unique] = bound.id
    return found


def _line(bound: Bound) -> str:
    return " · ".join(part for part in (bound.person, brief_organisation(bound.organisation)) if part)
