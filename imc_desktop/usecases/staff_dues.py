"""What is due for one person: every rule of courses and attestation that binds her, answered in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.store import Store
from imc_desktop.domain.attestation import due_attestation
from imc_desktop.domain.courses import due_courses
from imc_desktop.domain.rule_data import Due
from imc_desktop.usecases.rule_facts import basis_of, load_categories, load_courses, load_people


@dataclass(frozen=True, slots=True)
class PersonDues:
    """Answers of the rules on a day; empty where no rule binds."""

    courses: tuple[Due, ...] = ()
    attestation: tuple[Due, ...] = ()


def person_dues(store: Store, person_id: str, on: date) -> PersonDues:
    """All terms of a person as of a day."""
    basis = basis_of(store, on)
    with store.look() as connection:
        bound = load_people(connection, basis, [person_id], everybody=True).get(person_id)
        if bound is None:
            return PersonDues()
        courses = load_courses(connection, [person_id]).get(person_id, [])
        categories = load_categories(connection, [person_id]).get(person_id, [])
    return PersonDues(
        tuple(due_courses(bound.facts, courses, basis.rules, on)),
        tuple(due_attestation(bound.facts, categories, basis.rules, on)) if bound.under_attestation else (),
    )
