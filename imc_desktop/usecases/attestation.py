"""Attestation: everybody's terms by post, with reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.store import Store
from imc_desktop.domain.attestation import due_attestation
from imc_desktop.domain.category_end import CategoryFact, until_of
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.kinds import OPEN_ENDED, CategoryName, DueStatus
from imc_desktop.domain.posts import normal_post
from imc_desktop.domain.rule_data import Due
from imc_desktop.domain.words import show_date
from imc_desktop.usecases.courses import STATUS_ORDER
from imc_desktop.usecases.rule_facts import Basis, Bound, basis_of, load_categories, load_people

_REASON = re.compile(r"Срок — \S+: |(?=В учёте нет )")
_RANK = {status: place for place, status in enumerate(STATUS_ORDER)}


@dataclass(frozen=True, slots=True)
class AttestationDueRow:
    """A post of a person with its term; ``due`` is "" where there is none. ``category`` is what is held now."""

    key: str
    person_id: str
    person: str
    short: str
    sort_key: str
    organisation_id: str
    organisation: str
    post: str
    category: str
    rule_id: str
    szd: bool
    status: DueStatus
    due: str
    last: str
    reason: str
    source: str
    warnings: tuple[str, ...]


def due_attestation_list(store: Store, on: date) -> list[AttestationDueRow]:
    """Everybody's terms on the day, a row per post, the most urgent first."""
    basis = basis_of(store, on)
    with store.look() as connection:
        people, known = load_people(connection, basis), load_categories(connection)
    rows = [row for bound in people.values() for row in due_rows(bound, known.get(bound.id, ()), basis)]
    return sorted(rows, key=lambda row: (_RANK[row.status], row.due or "9", row.sort_key, row.key))


def due_rows(bound: Bound, facts: Sequence[CategoryFact], basis: Basis) -> list[AttestationDueRow]:
    """The terms of one person as rows."""
    if not bound.under_attestation:
        return []
    dues = due_attestation(bound.facts, facts, basis.rules, basis.on)
    held = _held(facts, basis)
    return [_due_row(bound, due, number, held) for number, due in enumerate(dues)]


def why_attestation(store: Store, person_id: str, on: date) -> list[Due]:
    """The full answers of every post of a person."""
    basis = basis_of(store, on)
    with store.look() as connection:
        bound = load_people(connection, basis, [person_id], everybody=True).get(person_id)
        facts = load_categories(connection, [person_id]).get(person_id, [])
    if bound is None:
        raise UserError("Этого работника в учёте уже нет.")
    return due_attestation(bound.facts, facts, basis.rules, on) if bound.under_attestation else []


def _due_row(bound: Bound, due: Due, number: int, held: Mapping[str, str]) -> AttestationDueRow:
    post = due.post or bound.post
    return AttestationDueRow(
        key=f"{bound.id}:{number}",
        person_id=bound.id,
        person=bound.person,
        short=bound.short,
        sort_key=bound.sort_key,
        organisation_id=bound.organisation_id,
        organisation=due.organisation or bound.organisation,
        post=post,
        category=held.get(normal_post(post).name) or held.get("", ""),
        rule_id=due.rule_id,
        szd=due.rule_id.startswith("szd."),
        status=due.status,
        due=due.due or "",
        last=due.last,
        reason=_reason(due),
        source=due.source,
        warnings=due.warnings,
    )


def _reason(due: Due) -> str:
    """The part of the reason a list has room for: without the rule it stands on, its act, and the term itself."""
    text = due.why.removesuffix(f" Основание: {due.source}.")
    found = _REASON.search(text)
    return text[found.end() :] if found else text


def _held(facts: Iterable[CategoryFact], basis: Basis) -> dict[str, str]:
    """What is held on the day, by normal post: the category that lives longest, else СЗД."""
    best: dict[str, tuple[bool, str, str]] = {}
    for fact in facts:
        until = until_of(fact, basis.rules)
        if fact.category is CategoryName.NONE or (until and until != OPEN_ENDED and until < basis.day):
            continue
        words = f"{fact.category}, бессрочно" if until == OPEN_ENDED else str(fact.category)
        if until and until != OPEN_ENDED:
            words += f", до {show_date(until)}"
        post = normal_post(fact.post).name
        best[post] = max(best.get(post, (False, "", "")), (fact.category is not CategoryName.SZD, until, words))
    return {post: words for post, (_, _, words) in best.items()}
