"""What the wizard asks and how answers become those of the office, without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from imc_desktop.usecases.office import ProfileView

COUNTRIES = {"RU": "Россия", "KZ": "Казахстан"}
NAME_FIELDS = (
    ("names.short", "Краткое название", "ИМЦ"),
    ("names.full", "Полное название", ""),
    ("names.genitive", "Полное название: кого? чего?", "информационно-методического центра…"),
    ("parent", "Вышестоящий орган", ""),
    ("parent.genitive", "Вышестоящий орган: кого? чего?", "управления образования…"),
    ("place", "Населённый пункт", "как на титульном листе"),
)
SIGNERS = (
    ("plan.approver.name", "Кто утверждает план"),
    ("plan.agreed.name", "Кто согласует план"),
    ("documents.approver.name", "Кто утверждает списки и графики"),
    ("documents.agreed.name", "Кто согласует списки и графики"),
)
SIGNER_HINT = "И. О. Фамилия; можно вписать позже"
VALUES = {
    "school": "на учебный год",
    "calendar": "на календарный год",
    "year": "раз в год",
    "half-year": "раз в полугодие",
    "quarter": "раз в квартал",
    "month": "раз в месяц",
    "single": "нужный объём одной программой",
    "sum": "часы разных курсов складываются",
    "5": "пять",
    "6": "шесть",
}


@dataclass(frozen=True, slots=True)
class WizardChoice:
    """What the person decided: a new database at ``path``, or (``demo``) to look at the example."""

    path: Path | None
    demo: bool = False


def asked_on_names(profile: ProfileView) -> tuple[tuple[str, str, str], ...]:
    """Names and signers this profile may be told: (key, label, hint)."""
    signers = tuple((key, label, SIGNER_HINT) for key, label in SIGNERS)
    return tuple(field for field in (*NAME_FIELDS, *signers) if field[0] in profile.keys)


def own_value(profile: ProfileView, key: str) -> str:
    """What the profile itself says for a key."""
    defaults = {ask.key: ask.default for ask in profile.asks}
    return profile.names.get(key, defaults.get(key, ""))


def answers_of(profile: ProfileView, told: Mapping[str, str]) -> dict[str, str]:
    """What goes into the new database: every open question, and the names that differ from the profile's own."""
    asked = {ask.key for ask in profile.asks}
    kept = {key: text.strip() for key, text in told.items() if key in profile.keys}
    return {key: text for key, text in kept.items() if key in asked or text != own_value(profile, key)}


def shown_value(text: str) -> str:
    """A closed answer in words."""
    return VALUES.get(text, text)


def file_name_of(short: str) -> str:
    """A file name from the short name of an office: «ИМЦ Боханский» → «ИМЦ Боханский»; never empty."""
    clean = "".join(char for char in short if char.isalnum() or char in " -_").strip()
    return clean[:60] or "office"
