"""Spellings of organisations in a paper → organisations, known or new."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from imc_desktop.domain.organisations import (
    by_detail,
    full_name,
    is_organisation,
    match_organisation,
    organisation_key,
    short_name,
)
from imc_desktop.domain.words import sort_key
from imc_desktop.usecases.imports.world import Row, World

LONGEST_NAME = 160


class Organisations:
    """Finds organisations by any spelling ever met; makes new ones; remembers spellings."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._rows: dict[str, Row] = {row["id"]: row for row in world.load("organisation")}
        self._keys: dict[str, str] = {}
        self._spellings: dict[str, str] = {}
        self._cache: dict[str, str | None] = {}
        for row in self._rows.values():
            self._keys.setdefault(row["key"] or organisation_key(row["short_name"]), row["id"])
        for row in world.load("organisation_name"):
            if row["organisation_id"] in self._rows:
                self._keys.setdefault(row["key"], row["organisation_id"])
                self._spellings[row["spelling"]] = row["organisation_id"]

    def learn(self, spellings: list[str], paper_id: str, in_columns: AbstractSet[str] = frozenset()) -> None:
        """Resolve all spellings of a paper, the fullest first, so that vague ones meet what the full ones named.

        What stands in a register's own column of organisations (``in_columns``) is one even under an odd name.
        """
        for spelling in by_detail(sorted({text for text in spellings if text})):
            self._cache[spelling] = self._resolve(spelling, paper_id, is_told=spelling in in_columns)

    def find(self, spelling: str) -> str | None:
        """Id of the organisation a learnt spelling means; None when it names none."""
        return self._cache.get(spelling)

    def _resolve(self, spelling: str, paper_id: str, *, is_told: bool) -> str | None:
        if spelling in self._spellings:
            return self._spellings[spelling]
        found, certain = match_organisation(spelling, self._keys)
        if found is not None and certain:
            self._improve(self._rows[found], spelling)
            self._remember(found, spelling, paper_id)
            return found
        if found is None and (is_organisation(spelling) or (is_told and _may_be_name(spelling))):
            row = self._world.add(
                "organisation",
                short_name=short_name(spelling),
                full_name=full_name(spelling),
                key=organisation_key(spelling),
                sort_key=sort_key(short_name(spelling)),
            )
            identity = str(row["id"])
            self._rows[identity] = row
            self._remember(identity, spelling, paper_id)
            return identity
        return None

    def _improve(self, row: Row, spelling: str) -> None:
        """A fuller spelling gives the better name: «МБОУ «СОШ № 1»», not «СОШ №1»; a name given by hand stays."""
        better = short_name(spelling)
        if _rank(better) > _rank(row["short_name"]) and self._is_from_papers(row):
            row.set("short_name", better)
            row.set("sort_key", sort_key(better))
        if len(full_name(spelling)) > len(row["full_name"]):
            row.set("full_name", full_name(spelling))

    def _is_from_papers(self, row: Row) -> bool:
        met = (spelling for spelling, identity in self._spellings.items() if identity == row["id"])
        return any(short_name(spelling) == row["short_name"] for spelling in met)

    def _remember(self, identity: str, spelling: str, paper_id: str) -> None:
        key = organisation_key(spelling)
        self._keys.setdefault(key, identity)
        self._spellings[spelling] = identity
        self._world.add("organisation_name", organisation_id=identity, spelling=spelling, key=key, paper_id=paper_id)


def _may_be_name(spelling: str) -> bool:
    """«Теремок», «ЦВР «Радуга»»: words enough for a name and too few for a sentence."""
    words = spelling.split()
    return len(spelling) <= LONGEST_NAME and len(words) <= 12 and any(char.isalpha() for char in spelling)


def _rank(name: str) -> tuple[int, int, str]:
    """The order of names that does not depend on which paper came first: complete ones, of these the shortest."""
    return _worth(name), -len(name), name


def _worth(name: str) -> int:
    """How complete a short name is: legal form before the quotes, a kind and an own name inside them."""
    legal = name.partition("«")[0].strip()
    return 2 * bool(legal and legal.upper() == legal) + ("«" in name) + (name.count("«") > 1)
