"""From captions of columns to fields: the vocabulary first, then neighbours and the shape of the values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from imc_desktop.domain.papers import Column
from imc_desktop.exchange import shapes
from imc_desktop.exchange.grid import Cell
from imc_desktop.exchange.headings import SURE, Guess, Vocabulary

_IN_PARENTHESES = re.compile(r"\(([^)]*)\)?\s*$")
_REPEATED = frozenset({"course_year", "course_hours", "courses", "course_period"})
_LIST = re.compile(r"\s*[,;]\s*|\s+и\s+")
# Values a field cannot do without: a heading alone is not believed when none of the samples has the shape.
_NEEDED: dict[str, Callable[[Cell], bool]] = {
    "name": shapes.is_name,
    "surname": shapes.is_word,
    "graduated": shapes.is_year,
    "category": shapes.may_be_category,
}


# A heading of the first field whose values have the shape means the second one.
_BY_VALUES: tuple[tuple[str, Callable[[Cell], bool], float, str], ...] = (
    ("qualification", shapes.is_category, 0.8, "category"),
    ("category", shapes.is_bare_day, 0.6, "category_date"),
    ("category", shapes.is_act_number, 0.6, "category_order"),
    ("courses", shapes.is_year, 0.8, "course_year"),
    ("courses", shapes.is_hours, 0.8, "course_hours"),
    ("institution", shapes.is_year, 0.8, "graduated"),
    ("post", shapes.is_organisation, 0.9, "organisation"),
    ("organisation", shapes.is_number, 0.8, ""),
)


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands above a column. ``part``/``parts``: one heading merged over several columns.

    ``values`` are samples from under it, ``share`` tells how full the column is.
    """

    index: int
    own: str
    group: str = ""
    part: int = 0
    parts: int = 1
    values: tuple[Cell, ...] = ()
    share: float = 0.0

    @property
    def heading(self) -> str:
        """Group and own caption as a person would read them."""
        return f"{self.group} {self.own}".strip()


@dataclass(slots=True)
class _Place:
    """A column while it is being resolved."""

    caption: Caption
    guess: Guess

    @property
    def field(self) -> str:
        return self.guess.field


def resolve_columns(captions: tuple[Caption, ...], vocabulary: Vocabulary) -> tuple[Column, ...]:
    """Columns with fields guessed by the vocabulary (of one kind or of all)."""
    places = [_Place(one, _by_heading(one, vocabulary)) for one in captions]
    for place in places:
        _weigh_values(place, vocabulary)
    for at, place in enumerate(places):
        if not place.field and place.caption.own:
            place.guess = _by_neighbours(places, at, vocabulary)
    _second_jobs(places)
    _second_number(places)
    _term_of_category(places)
    _name_by_values(places, vocabulary)
    return tuple(
        Column(one.caption.index, one.caption.heading, one.field, tuple(_shown(v) for v in one.caption.values[:4]))
        for one in places
    )


def _shown(value: Cell) -> str:
    return str(value)[:200]


def _by_heading(caption: Caption, vocabulary: Vocabulary) -> Guess:
    if not caption.own:
        return Guess("", 0.0)
    whole = vocabulary.guess(caption.own, caption.group)
    if caption.parts == 1 or not whole.field:
        return whole
    return _part_of(caption, whole, vocabulary)


def _part_of(caption: Caption, whole: Guess, vocabulary: Vocabulary) -> Guess:
    """One heading over several columns: the list in its parentheses names them, or their values do."""
    found = _IN_PARENTHESES.search(caption.own)
    listed = [part for part in _LIST.split(found.group(1)) if part] if found else []
    if len(listed) == caption.parts:
        named = vocabulary.guess(listed[caption.part], caption.own[: found.start()] if found else "")
        if named.field:
            return named
    if vocabulary.theme_of(whole.field) == "education":
        if shapes.share(caption.values, shapes.is_year) > 0.5:
            return Guess("graduated", SURE)
        return Guess(("institution", "speciality", "qualification")[min(caption.part, 2)], SURE)
    if whole.field == "name":
        return (
            Guess(("surname", "first_name", "patronymic")[min(caption.part, 2)], SURE) if caption.parts == 3 else whole
        )
    return whole if caption.part == 0 else Guess("", whole.score)


def _weigh_values(place: _Place, vocabulary: Vocabulary) -> None:
    """Values against the heading: «Квалификация» with categories, «ФИО» without a single name."""
    values = place.caption.values
    if len(values) < 3:
        return
    known = {words.field for words in vocabulary.fields}
    for said, test, most, meant in _BY_VALUES:
        if place.field == said and (not meant or meant in known) and shapes.share(values, test) > most:
            place.guess = Guess(meant, SURE if meant else place.guess.score)
            return
    if (place.field == "category" and shapes.share(values, shapes.is_number) > 0.9 and not _small(values)) or (
        place.field in _NEEDED and shapes.share(values, _NEEDED[place.field]) < 0.1
    ):
        place.guess = Guess("", place.guess.score)


def _small(values: tuple[Cell, ...]) -> bool:
    """Only 1 and 2: ranks of categories written as numbers."""
    return {str(value).strip(" .") for value in values} <= {"1", "2", "0"}


def _by_neighbours(places: list[_Place], at: int, vocabulary: Vocabulary) -> Guess:
    """A caption without its group («год», «от», «часы»): the theme of the nearest column that needs it, left first."""
    candidates = {vocabulary.theme_of(one.field): one for one in reversed(vocabulary.captions(places[at].caption.own))}
    values = places[at].caption.values
    taken = {place.field for place in places}
    for other in sorted(range(len(places)), key=lambda one: (abs(one - at), one > at)):
        if other == at or not places[other].field:
            continue
        guess = candidates.get(vocabulary.theme_of(places[other].field))
        if guess is None or (guess.field in taken and guess.field not in _REPEATED):
            continue
        if _fits(guess.field, values) and not _says_itself(guess.field, places):
            return Guess(guess.field, min(guess.score, 0.8))
    return places[at].guess


def _says_itself(field: str, places: list[_Place]) -> bool:
    """True when the main column of the theme already tells the date or year in its cells."""
    main = {"category_date": "category", "category_until": "category", "graduated": "institution"}.get(field)
    values = [value for place in places if place.field == main for value in place.caption.values]
    return bool(values) and shapes.share(values, shapes.has_year) > 0.3


def _fits(field: str, values: tuple[Cell, ...]) -> bool:
    """A year of courses is a recent one, a date is a date."""
    if not values:
        return True
    if field == "course_year":
        return shapes.share(values, lambda one: shapes.is_year(one) or shapes.is_day(one)) > 0.5
    if field == "graduated":
        return shapes.share(values, shapes.is_year) > 0.5
    if field in ("category_date", "category_until"):
        return shapes.share(values, lambda one: shapes.is_year(one) or shapes.is_day(one)) > 0.2
    return True


def _second_jobs(places: list[_Place]) -> None:
    """A second «Ставка» («Должность») belongs to the second job: the one nearest to it, or the emptier of two."""
    rates = [place for place in places if place.field == "rate"]
    if len(rates) < 2 or any(place.field == "extra_rate" for place in places):
        return
    emptiest, fullest = (pick(rates, key=lambda one: one.caption.share) for pick in (min, max))
    extra = [place.caption.index for place in places if place.field == "extra_post"]
    posts = [place.caption.index for place in places if place.field == "post"]
    after = [rate for rate in rates if _nearest_left(rate.caption.index, extra, posts)]
    if 2 * emptiest.caption.share < fullest.caption.share:
        second = emptiest
    else:
        second = after[-1] if after else rates[-1]
    second.guess = Guess("extra_rate", SURE)


def _second_number(places: list[_Place]) -> None:
    """«Серия» and «Номер»: a second number beside a series is that of the document."""
    numbers = [at for at, place in enumerate(places) if place.field == "number"]
    fields = {place.field for place in places}
    if len(numbers) > 1 and "course_series" in fields and "course_document" not in fields:
        places[numbers[-1]].guess = Guess("course_document", SURE)


def _term_of_category(places: list[_Place]) -> None:
    """«Срок» in a list of categories where nothing is said of courses: how long the category is valid."""
    fields = {place.field for place in places}
    if "category" not in fields or fields & {"category_until", "courses", "course_hours", "retraining"}:
        return
    for place in places:
        if place.field in ("course_period", "course_end") and shapes.share(place.caption.values, _is_term) > 0.8:
            place.guess = Guess("category_until", SURE)
            return


def _is_term(value: Cell) -> bool:
    return shapes.is_day(value) or shapes.is_year(value) or "бессроч" in str(value).lower()


def _nearest_left(index: int, extra: list[int], posts: list[int]) -> bool:
    left = [(at, True) for at in extra if at < index] + [(at, False) for at in posts if at < index]
    return bool(left) and max(left)[1]


def _name_by_values(places: list[_Place], vocabulary: Vocabulary) -> None:
    """When no heading says where the names are, the column full of names does."""
    known = {words.field for words in vocabulary.fields}
    if "name" not in known or any(place.field in ("name", "surname") for place in places):
        return
    unclaimed = [place for place in places if not place.field and len(place.caption.values) >= 3]
    best = max(unclaimed, key=lambda one: shapes.share(one.caption.values, shapes.is_name), default=None)
    if best is not None and shapes.share(best.caption.values, shapes.is_name) > 0.6:
        best.guess = replace(best.guess, field="name")
