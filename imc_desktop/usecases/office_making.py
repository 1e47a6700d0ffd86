"""Making an office's database from a profile with answers, and entering the office's own editions of rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from db.schema.base import new_id
from db.schema.office import Office
from db.schema.office import RuleEdition as EditionRow
from db.store import Store
from imc_desktop.domain.errors import EnvironmentProblem
from imc_desktop.domain.profile_rules import answered
from imc_desktop.domain.rule_data import RuleEdition
from imc_desktop.usecases.computer import claim
from imc_desktop.usecases.office import office_rules_of, profile_of


def create_office(path: Path, profile_id: str, answers: Mapping[str, str], *, demo: bool = False) -> Store:
    """A new database for an office of this profile; refuses an existing file, an unknown profile or answer."""
    profile = answered(profile_of(profile_id), answers)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem(
            f"Папку {path.parent} создать нельзя: {error.strerror or error}. Выберите другую."
        ) from error
    store = Store.create(path)
    try:
        with store.change(f"Новая база: {profile.names.short}", barrier=True) as session:
            session.add(
                Office(
                    id=new_id(),
                    profile=profile_id,
                    country=profile.country.lower(),
                    short_name=profile.names.short,
                    full_name=profile.names.full,
                    genitive=profile.names.genitive,
                    answers=json.dumps(dict(answers), ensure_ascii=False, sort_keys=True),
                    demo=int(demo),
                )
            )
        claim(path)
    except BaseException:
        store.close()
        path.unlink(missing_ok=True)
        raise
    return store


def edit_rule(store: Store, edition: RuleEdition) -> None:
    """Enter the office's own edition of a rule, in force from its ``valid_from``; checked before it is written."""
    office_rules_of(store).with_editions([edition])
    with store.change(f"Правило: {edition.rule_id}") as session:
        session.add(
            EditionRow(
                id=new_id(),
                rule=edition.rule_id,
                title=edition.title,
                who=",".join(sorted(edition.who)),
                value=edition.value,
                years=edition.years,
                hours=edition.hours,
                mode=edition.mode or "",
                act=edition.act,
                clause=edition.clause,
                valid_from=edition.valid_from,
                valid_to=edition.valid_to,
                verified=int(edition.verified),
            )
        )
