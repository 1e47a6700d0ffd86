"""The office: made from a profile with answers, and the rules that bind its people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select

from db.schema.base import new_id
from db.schema.office import Office, RuleEdition
from db.store import Store
from imc_desktop import paths
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.profile_rules import (
    Ask,
    Profile,
    answer_keys,
    answered,
    load_profile,
    load_profiles,
    load_rules,
    office_rules,
)
from imc_desktop.domain.rule_data import Group, RuleSet
from imc_desktop.domain.rule_data import RuleEdition as Edition


@dataclass(frozen=True, slots=True)
class OfficeView:
    """The office of a database: names, where it stands, and the profile with its answers."""

    short_name: str
    full_name: str
    genitive: str
    country: str
    demo: bool
    profile: Profile
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ProfileView:
    """A profile to choose from; ``asks`` are the questions its regulation leaves open.

    ``names`` are the profile's own answers to the keys every office may set (``names.short`` …, ``parent``).
    """

    id: str
    title: str
    country: str
    regulation: str
    asks: tuple[Ask, ...]
    keys: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)


def profiles() -> list[ProfileView]:
    """The profiles the program knows, by title."""
    return [
        ProfileView(one.id, one.title, one.country, one.regulation, one.asks, answer_keys(one), _own_names(one))
        for one in sorted(load_profiles(paths.resources() / "profiles"), key=lambda one: one.title)
    ]


def _own_names(profile: Profile) -> dict[str, str]:
    names = {f"names.{key}": getattr(profile.names, key) for key in ("short", "full", "genitive")}
    if profile.parents:
        names |= {"parent": profile.parents[0].name, "parent.genitive": profile.parents[0].genitive}
    return names


def create_office(path: Path, profile_id: str, answers: Mapping[str, str], *, demo: bool = False) -> Store:
    """A new database for an office of this profile; refuses an existing file, an unknown profile or answer."""
    profile = answered(_profile(profile_id), answers)
    path.parent.mkdir(parents=True, exist_ok=True)
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
    except BaseException:
        store.close()
        path.unlink(missing_ok=True)
        raise
    return store


def office_of(store: Store) -> OfficeView:
    """The office of this database; UserError when the file holds none."""
    with store.read() as session:
        row = session.scalars(select(Office).where(Office.deleted_at.is_(None))).first()
        if row is None:
            raise UserError(f"В базе {store.path.name} нет учреждения. Создайте базу заново командой «Новая база».")
        answers = json.loads(row.answers)
        return OfficeView(
            row.short_name,
            row.full_name,
            row.genitive,
            row.country,
            bool(row.demo),
            answered(_profile(row.profile), answers),
            answers,
        )


def office_rules_of(store: Store) -> RuleSet:
    """The law of the office's country, its own rules, and the editions it has entered."""
    office = office_of(store)
    with store.read() as session:
        rows = session.scalars(select(RuleEdition).where(RuleEdition.deleted_at.is_(None))).all()
        editions = [_edition(row) for row in rows]
    return office_rules(_law(office.country), office.profile).with_editions(editions)


def edit_rule(store: Store, edition: Edition) -> None:
    """Enter the office's own edition of a rule, in force from its ``valid_from``; checked before it is written."""
    office_rules_of(store).with_editions([edition])
    with store.change(f"Правило: {edition.rule_id}") as session:
        session.add(
            RuleEdition(
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


def _edition(row: RuleEdition) -> Edition:
    return Edition(
        rule_id=row.rule,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        title=row.title,
        who=_groups(row.who.split(",")),
        value=row.value,
        years=row.years,
        hours=row.hours,
        mode=row.mode or None,
        act=row.act,
        clause=row.clause,
        verified=bool(row.verified),
    )


def _groups(words: Iterable[str]) -> frozenset[Group]:
    return frozenset(Group(word) for word in words if word)


@lru_cache(maxsize=8)
def _profile(profile_id: str) -> Profile:
    path = paths.resources() / "profiles" / f"{profile_id}.toml"
    if not profile_id.replace("-", "").isalnum() or not path.is_file():
        known = ", ".join(sorted(one.stem for one in path.parent.glob("*.toml")))
        raise UserError(f"Нет профиля «{profile_id}». Есть: {known}.")
    return load_profile(path)


@lru_cache(maxsize=4)
def _law(country: str) -> RuleSet:
    return load_rules(paths.resources() / "rules" / f"{country}.toml")
