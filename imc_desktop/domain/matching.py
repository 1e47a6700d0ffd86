"""Who is meant: a name met in a paper against the people already known. Pure: facts in, a decision out.

Rules (decisions 16): a full name is found again by birth date or organisation; namesakes stay apart; initials alone are
never enough to make a person; whatever is doubtful becomes a question.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from imc_desktop.domain.dates import same_fact
from imc_desktop.domain.names import compatible, sex_of
from imc_desktop.domain.papers import PersonName
from imc_desktop.domain.words import fold


class Verdict(StrEnum):
    NEW = "new"
    KNOWN = "known"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Mention:
    """A person as one paper tells of her: all rows with one name (and birth or organisation) together."""

    name: PersonName
    organisations: frozenset[str] = frozenset()
    birth: str = ""
    posts: frozenset[str] = frozenset()  # folded
    second_job: bool = False
    twins: bool = False  # one list has several people with these initials
    listed: bool = True  # the organisation's whole staff is known by full names


@dataclass(frozen=True, slots=True)
class Known:
    """A person as the register has her."""

    id: str
    name: PersonName
    organisations: frozenset[str] = frozenset()
    birth: str = ""
    posts: frozenset[str] = frozenset()
    second_job: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """``person`` is set for KNOWN; ``candidates`` and ``reason`` (Russian) for UNCLEAR."""

    verdict: Verdict
    person: str = ""
    candidates: tuple[str, ...] = ()
    reason: str = ""
    surname_changed: bool = False


NOBODY = Decision(Verdict.NEW)  # nobody known is meant


def decide(mention: Mention, candidates: Sequence[Known], *, spoken_for: AbstractSet[str] = frozenset()) -> Decision:
    """Which of the candidates is meant. ``spoken_for``: people whom other rows of the same paper mean for certain."""
    if not candidates and mention.name.is_full:
        return NOBODY
    named = [known for known in candidates if compatible(mention.name, known.name)]
    fitting = [known for known in named if _births_agree(mention, known)]
    if not mention.name.is_full:
        return _by_initials(mention, fitting)
    same_day = [known for known in fitting if known.birth == mention.birth and len(mention.birth) == 10]
    here = [known for known in fitting if mention.organisations & known.organisations]
    for group in (same_day, here):
        chosen = group if len(group) == 1 else [known for known in group if known in same_day and known in here]
        if len(chosen) == 1:
            return Decision(Verdict.KNOWN, chosen[0].id)
        if len(group) > 1:
            return _unclear(group, "однофамильцы с тем же именем и отчеством в одной организации")
    if fitting:
        return _elsewhere(mention, fitting)
    contradicting = [
        known for known in named if mention.organisations & known.organisations and known.id not in spoken_for
    ]
    # The same full name in the same organisation with another birth date: one person, and a contradiction to show.
    return Decision(Verdict.KNOWN, contradicting[0].id) if len(contradicting) == 1 else NOBODY


def decide_surname_change(mention: Mention, candidates: Sequence[Known], *, spoken_for: AbstractSet[str]) -> Decision:
    """Whether a full name that nobody bears is a known woman under another surname.

    Sure only within one organisation and when nobody else there has this name and patronymic: with the same day of
    birth, or with one of the two sides telling a birth that does not disagree while the post agrees.
    """
    if not (mention.name.is_full and mention.name.patronymic):
        return NOBODY
    alike = [
        known
        for known in candidates
        if known.id not in spoken_for
        and fold(known.name.name) == fold(mention.name.name)
        and fold(known.name.patronymic) == fold(mention.name.patronymic)
        and _births_agree(mention, known)
        and mention.organisations & known.organisations
    ]
    same_day = [known for known in alike if known.birth == mention.birth and len(mention.birth) == 10]
    chosen = same_day or [known for known in alike if _may_have_married(mention, known)]
    if len(chosen) == 1:
        return Decision(Verdict.KNOWN, chosen[0].id, surname_changed=True)
    return NOBODY


def _may_have_married(mention: Mention, known: Known) -> bool:
    if sex_of(mention.name) != "ж":
        return False
    if mention.birth and known.birth:
        return True
    posts_agree = not mention.posts or not known.posts or bool(mention.posts & known.posts)
    return posts_agree and bool(mention.birth or known.birth)


def _births_agree(mention: Mention, known: Known) -> bool:
    return same_fact(mention.birth, known.birth)


def _elsewhere(mention: Mention, fitting: Sequence[Known]) -> Decision:
    """The name fits, the organisation does not."""
    told = [known for known in fitting if mention.birth and known.birth]
    if len(told) == 1:
        return Decision(Verdict.KNOWN, told[0].id)
    if len(fitting) == 1:
        known = fitting[0]
        if not mention.organisations or not known.organisations or mention.second_job or known.second_job:
            return Decision(Verdict.KNOWN, known.id)
    return _unclear(fitting, "такие же фамилия, имя и отчество есть в другой организации")


def _by_initials(mention: Mention, fitting: Sequence[Known]) -> Decision:
    here = [known for known in fitting if mention.organisations & known.organisations]
    if not mention.organisations:
        here = list(fitting)
    if len(here) == 1 and len(mention.birth) == 10 and here[0].birth == mention.birth:
        return Decision(Verdict.KNOWN, here[0].id)
    if mention.twins or len(here) > 1:
        return _unclear(here, "инициалы подходят нескольким людям")
    if here and not mention.listed:
        return _unclear(here, "указаны только инициалы, а полного списка организации пока нет")
    if here:
        return Decision(Verdict.KNOWN, here[0].id)
    return _unclear(fitting, "указаны только инициалы, такого человека в организации пока нет")


def _unclear(candidates: Sequence[Known], reason: str) -> Decision:
    return Decision(Verdict.UNCLEAR, candidates=tuple(known.id for known in candidates), reason=reason)
