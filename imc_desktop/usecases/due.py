"""Who is due, as the command line shows it (decisions 21, 25): a row per person and rule that binds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from db.store import Store
from imc_desktop.domain.attestation import due_attestation
from imc_desktop.domain.courses import due_courses
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.rule_data import Due
from imc_desktop.usecases.rule_facts import Bound, basis_of, load_categories, load_courses, load_people

COURSES, ATTESTATION = "courses", "attestation"


def due_as_json(store: Store, what: str, on: date) -> list[dict[str, Any]]:
    """Everybody with their terms on the day, in the order of names; ``what`` is courses or attestation.

    ``source`` cites act, clause and edition; ``last`` and ``due`` are ISO days or null.
    """
    if what not in (COURSES, ATTESTATION):
        raise UserError(f"Сроки бывают «{COURSES}» и «{ATTESTATION}», а не «{what}».")
    basis = basis_of(store, on)
    with store.look() as connection:
        people = load_people(connection, basis)
        if what == COURSES:
            courses = load_courses(connection)
            found = ((one, due_courses(one.facts, courses.get(one.id, ()), basis.rules, on)) for one in people.values())
        else:
            known = load_categories(connection)
            found = (
                (one, due_attestation(one.facts, known.get(one.id, ()), basis.rules, on))
                for one in people.values()
                if one.under_attestation
            )
        return _rows(found, _organisation_ids(store))


def _organisation_ids(store: Store) -> dict[str, str]:
    """Ids by short name: a term of a second job names that job's organisation."""
    with store.look() as connection:
        rows = connection.execute("SELECT short_name, id FROM organisation WHERE deleted_at IS NULL")
        return {str(name): str(identity) for name, identity in rows}


def _rows(found: Iterable[tuple[Bound, list[Due]]], ids: Mapping[str, str]) -> list[dict[str, Any]]:
    return [_row(bound, due, ids) for bound, dues in found for due in dues]


def _row(bound: Bound, due: Due, ids: Mapping[str, str]) -> dict[str, Any]:
    organisation = due.organisation or bound.organisation
    own = organisation == bound.organisation
    return {
        "person_id": bound.id,
        "person": bound.person,
        "organisation_id": (bound.organisation_id if own else ids.get(organisation)) or None,
        "organisation": organisation,
        "post": due.post or bound.post,
        "rule": due.title,
        "rule_id": due.rule_id,
        "source": due.source,
        "last": due.last or None,
        "due": due.due,
        "status": due.status.value,
        "why": due.why,
        "warnings": list(due.warnings),
    }
