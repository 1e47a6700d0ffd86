"""The office of a database, the profiles there are, and the rules that bind its people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

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
from imc_desktop.domain.rule_data import Group, RuleEdition, RuleSet


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


def office_of(store: Store) -> OfficeView:
    """The office of this database; UserError when the file holds none."""
    with store.look() as connection:
        row = connection.execute(
            "SELECT short_name, full_name, genitive, country, demo, profile, answers FROM office "
            "WHERE deleted_at IS NULL ORDER BY id LIMIT 1"
        ).fetchone()
    if row is None:
        raise UserError(f"В базе {store.path.name} нет учреждения. Создайте базу заново командой «Новая база».")
    short, full, genitive, country, demo, profile, told = row
    try:
        answers = json.loads(told)
    except ValueError:
        raise UserError(f"Файл базы {store.path.name} повреждён. Вернитесь к проверенной копии.") from None
    return OfficeView(short, full, genitive, country, bool(demo), answered(profile_of(profile), answers), answers)


def office_rules_of(store: Store) -> RuleSet:
    """The law of the office's country, its own rules, and the editions it has entered."""
    office = office_of(store)
    with store.look() as connection:
        rows = connection.execute(
            "SELECT rule, title, who, value, years, hours, mode, act, clause, valid_from, valid_to, verified "
            "FROM rule_edition WHERE deleted_at IS NULL ORDER BY id"
        ).fetchall()
    return office_rules(_law(office.country), office.profile).with_editions([_edition(row) for row in rows])


def _edition(row: tuple[Any, ...]) -> RuleEdition:
    rule, title, who, value, years, hours, mode, act, clause, valid_from, valid_to, verified = row
    groups = frozenset(Group(word) for word in who.split(",") if word)
    return RuleEdition(
        rule_id=rule,
        valid_from=valid_from,
        valid_to=valid_to,
        title=title,
        who=groups,
        value=value,
        years=years,
        hours=hours,
        mode=mode or None,
        act=act,
        clause=clause,
        verified=bool(verified),
    )


@lru_cache(maxsize=8)
def profile_of(profile_id: str) -> Profile:
    """The profile of this name, as shipped; UserError naming those there are."""
    path = paths.resources() / "profiles" / f"{profile_id}.toml"
    if not profile_id.replace("-", "").isalnum() or not path.is_file():
        known = ", ".join(sorted(one.stem for one in path.parent.glob("*.toml")))
        raise UserError(f"Нет профиля «{profile_id}». Есть: {known}.")
    return load_profile(path)


@lru_cache(maxsize=4)
def _law(country: str) -> RuleSet:
    return load_rules(paths.resources() / "rules" / f"{country}.toml")
