"""Reads profiles of offices and files of rules; refuses what it does not know in a sentence naming file and key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from imc_desktop.domain.errors import UserError
from imc_desktop.domain.kinds import CategoryName
from imc_desktop.domain.rule_data import (
    CourseRule,
    Group,
    Number,
    RuleSet,
    Source,
    StepRule,
    Validity,
    WordList,
)

_SOURCE = ("act", "clause", "edition", "valid_from", "valid_to", "verified", "text")
Shape = TypeVar("Shape")


class Said(NamedTuple):
    """A value of the regulation with the clause and the words it stands on."""

    text: str
    clause: str
    quote: str
    parent: str = ""
    source: str = ""  # named source of evidence of an indicator


class Names(NamedTuple):
    short: str
    full: str
    genitive: str
    clause: str
    quote: str


class Body(NamedTuple):
    """A body the office belongs to or reports to."""

    name: str
    genitive: str
    clause: str
    quote: str


class Block(NamedTuple):
    """An approval block of a document: ``form`` УТВЕРЖДАЮ, УТВЕРЖДЁН, ПРИНЯТО or СОГЛАСОВАНО.

    ``title`` is a post, never a person; ``body`` the collegial body in the form the block prints after «на заседании».
    ``key`` names the question whose answer replaces ``title`` (``body``); ``signer`` is the name set as ``<key>.name``.
    """

    document: str
    form: str
    side: str
    clause: str
    quote: str
    title: str = ""
    body: str = ""
    by: str = "official"  # official, protocol or order
    key: str = ""
    signer: str = ""
    place: int = 1  # order among the blocks of a side


class PlanRules(NamedTuple):
    """``period`` school or calendar; ``part_of`` the plan this one belongs to; ``corrections`` the shorter plans."""

    period: str
    clause: str
    quote: str
    part_of: str = ""
    corrections: tuple[str, ...] = ()
    cyclogram: bool = False
    ask: str = ""


class ReportRules(NamedTuple):
    """``period`` year or "" (on demand only); ``addressee`` is a post or a body."""

    period: str
    addressee: str
    clause: str
    quote: str
    operative: bool = False
    on_demand: bool = False
    ask: str = ""


class Ask(NamedTuple):
    """What the regulation leaves open: asked at the first start, set by ``new --set key=value``."""

    key: str
    question: str
    default: str
    why: str
    clause: str = ""
    quote: str = ""
    values: tuple[str, ...] = ()


class OwnStaff(NamedTuple):
    """``teach``: the office is (part of) an educational organisation, so the law on teachers binds its methodists."""

    teach: bool
    clause: str
    quote: str


class Quirk(NamedTuple):
    """A contradiction or slip of the regulation: as published, and what the program takes it for."""

    key: str
    published: str
    normalised: str
    clause: str
    quote: str
    note: str


class Guriff(NamedTuple):
    """An approval block of the regulation itself, line by line as published (persons' names masked)."""

    side: str
    lines: tuple[str, ...]
    clause: str
    quote: str


class Profile(NamedTuple):
    """An office as its regulation describes it."""

    id: str
    title: str
    country: str
    region: str
    language: str
    week_type: int
    regulation: str
    own_staff: OwnStaff
    names: Names
    plan: PlanRules
    report: ReportRules
    place: str = ""  # town on the title page
    parents: tuple[Body, ...] = ()
    blocks: tuple[Block, ...] = ()
    rules: tuple[CourseRule, ...] = ()
    asks: tuple[Ask, ...] = ()
    quirks: tuple[Quirk, ...] = ()
    guriffs: tuple[Guriff, ...] = ()
    said: Mapping[str, tuple[Said, ...]] = MappingProxyType({})

    def blocks_for(self, document: str) -> tuple[Block, ...]:
        """Approval blocks of a kind of document, left side first; a kind without its own takes those for all («*»)."""
        told = [block for block in self.blocks if block.title or block.body]
        own = [block for block in told if block.document == document]
        chosen = own or [block for block in told if block.document == "*"]
        return tuple(sorted(chosen, key=lambda block: (block.side, block.place)))

    def list_of(self, kind: str) -> tuple[Said, ...]:
        """One list of the regulation (``SAID_LISTS``), in its order; () when the regulation has none."""
        return self.said.get(kind, ())


SAID_LISTS = (
    "acts", "aims", "tasks", "directions", "functions", "duties", "activities", "forms", "services", "units", "posts",
    "councils", "indicators", "nomenclature", "institutes", "partners", "rights", "responsibilities", "mechanisms",
    "powers", "served", "changes", "control", "funding",
)  # fmt: skip


def load_profiles(folder: Path) -> list[Profile]:
    """All profiles of a folder, by file name."""
    return [load_profile(path) for path in sorted(folder.glob("*.toml"))]


def load_profile(path: Path) -> Profile:
    """One profile; UserError names the file and the key that is unknown, missing or of a wrong kind."""
    table = _read(path)
    place = _Place(path.name)
    parts: dict[str, Any] = {
        "names": _build(Names, table.pop("names", {}), place.at("names")),
        "plan": _build(PlanRules, table.pop("plan", {}), place.at("plan")),
        "own_staff": _build(OwnStaff, table.pop("own_staff", {}), place.at("own_staff")),
        "report": _build(ReportRules, table.pop("report", {}), place.at("report")),
        "rules": _rows(_course_rule, table.pop("rules", []), place.at("rules")),
    }
    for key, name, shape in _ROWS:
        parts[name] = tuple(_build(shape, row, place.at(key, n)) for n, row in enumerate(table.pop(key, []), 1))
    parts["said"] = {
        key: tuple(_build(Said, row, place.at(key, n)) for n, row in enumerate(table.pop(key), 1))
        for key in SAID_LISTS
        if key in table
    }
    return _build(Profile, table | parts, place)


_ROWS: tuple[tuple[str, str, type[Any]], ...] = (
    ("parents", "parents", Body),
    ("blocks", "blocks", Block),
    ("ask", "asks", Ask),
    ("quirks", "quirks", Quirk),
    ("guriffs", "guriffs", Guriff),
)


def load_rules(path: Path) -> RuleSet:
    """A file of dated law; UserError names the file and the key that is unknown, missing or of a wrong kind."""
    table = _read(path)
    place = _Place(path.name)
    country = table.pop("country", None)
    if country not in ("RU", "KZ"):
        raise UserError(f"Файл «{path.name}»: ключ «country» должен быть RU или KZ.")
    readers = {
        "courses": _course_rule,
        "numbers": _reader(Number),
        "lists": _reader(WordList),
        "validity": _reader(Validity),
        "steps": _reader(StepRule),
    }
    found: dict[str, Any] = {key: _rows(read, table.pop(key, []), place.at(key)) for key, read in readers.items()}
    if table:
        raise UserError(place.unknown(next(iter(table)), readers))
    return RuleSet(country=country, **found)


def office_rules(law: RuleSet, profile: Profile) -> RuleSet:
    """The law of the country together with the office's own rules."""
    return law.with_courses(profile.rules)


_OFFICE_KEYS = ("names.short", "names.full", "names.genitive", "parent", "parent.genitive", "place")


def answered(profile: Profile, answers: Mapping[str, str]) -> Profile:
    """The profile with open questions answered; a question not answered takes its default.

    Besides the profile's own keys: the names of an office that takes the profile for a pattern (``names.short`` …,
    ``parent``, ``place``) and ``<key of a block>.name`` (who signs).  Unknown keys and values are refused.
    """
    given = _given(profile, answers)
    names = {key.partition(".")[2]: text for key, text in given.items() if key.startswith("names.")}
    plan, report = profile.plan, profile.report
    return profile._replace(
        names=profile.names._replace(**names),
        parents=_answered_parents(profile.parents, given),
        place=given.get("place", profile.place),
        week_type=int(given.get("week_type", profile.week_type)),
        region=given.get("region", profile.region),
        plan=plan._replace(period=given.get("plan.period", plan.period)),
        report=report._replace(
            period=given.get("report.period", report.period),
            addressee=given.get("report.addressee", report.addressee),
        ),
        blocks=tuple(_answered_block(block, given) for block in profile.blocks),
        rules=tuple(_answered_rule(rule, given) for rule in profile.rules),
    )


def answer_keys(profile: Profile) -> tuple[str, ...]:
    """Every key ``answered`` takes for this profile, in alphabetical order."""
    signers = {f"{block.key}.name" for block in profile.blocks if block.key and block.by != "protocol"}
    return tuple(sorted({*(ask.key for ask in profile.asks), *signers, *_OFFICE_KEYS}))


def _given(profile: Profile, answers: Mapping[str, str]) -> dict[str, str]:
    """Answers and defaults together, checked."""
    allowed = answer_keys(profile)
    for key in answers:
        if key not in allowed:
            raise UserError(f"Профиль «{profile.id}» не спрашивает «{key}». Можно задать: {', '.join(allowed)}.")
    given = {ask.key: ask.default for ask in profile.asks} | {key: text.strip() for key, text in answers.items()}
    for ask in profile.asks:
        if ask.values and given[ask.key] not in ask.values:
            raise UserError(f"«{ask.key}»: «{given[ask.key]}» не подходит. Можно: {', '.join(ask.values)}.")
    return given


def _answered_parents(parents: tuple[Body, ...], given: Mapping[str, str]) -> tuple[Body, ...]:
    if not parents or "parent" not in given:
        return parents
    name = given["parent"]
    return (parents[0]._replace(name=name, genitive=given.get("parent.genitive", name)), *parents[1:])


def _answered_block(block: Block, given: Mapping[str, str]) -> Block:
    if block.by == "protocol":
        return block._replace(body=given.get(block.key, block.body))
    return block._replace(title=given.get(block.key, block.title), signer=given.get(f"{block.key}.name", ""))


def _answered_rule(rule: CourseRule, given: Mapping[str, str]) -> CourseRule:
    mode = given.get("rules.mode") if rule.hours else None
    return rule._replace(mode=mode) if mode else rule


class _Place(NamedTuple):
    """Where in a file we are, for sentences."""

    file: str
    section: str = ""
    row: int = 0

    def at(self, section: str, row: int = 0) -> _Place:
        return _Place(self.file, section, row)

    def __str__(self) -> str:
        section = f", раздел «{self.section}»" if self.section else ""
        return f"Файл «{self.file}»{section}{f', запись {self.row}' if self.row else ''}"

    def unknown(self, key: str, allowed: Iterable[str]) -> str:
        return f"{self}: неизвестный ключ «{key}». Допустимы: {', '.join(allowed)}."


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UserError(f"Нет файла «{path.name}».") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"Файл «{path.name}» не читается: {error}.") from error


@cache
def _plan_of(shape: Any) -> tuple[dict[str, str], frozenset[str]]:
    """Fields of a named tuple with their written types, and those that must be given."""
    kinds = {name: hint.__forward_arg__ for name, hint in shape.__annotations__.items()}
    return kinds, frozenset(kinds.keys() - shape._field_defaults.keys())


_KINDS: dict[str, tuple[type, str]] = {
    "str": (str, "строка"),
    "int": (int, "целое число"),
    "bool": (bool, "true или false"),
}


def _build(shape: type[Shape], table: Mapping[str, Any], place: _Place) -> Shape:
    """A named tuple from a table: every key known, every needed key there, plain kinds checked."""
    hashable: Any = shape
    kinds, needed = _plan_of(hashable)
    values: dict[str, Any] = {}
    for key, value in table.items():
        kind = kinds.get(key)
        if kind is None:
            raise UserError(place.unknown(key, kinds))
        if kind in _KINDS:
            plain, words = _KINDS[kind]
            if type(value) is not plain:
                raise UserError(f"{place}: у ключа «{key}» должно быть значение: {words}.")
        values[key] = tuple(value) if isinstance(value, list) else value
    missing = needed - values.keys()
    if missing:
        raise UserError(f"{place}: не хватает ключа «{min(missing)}».")
    return shape(**values)


def _rows(read: Any, rows: Iterable[Mapping[str, Any]], place: _Place) -> tuple[Any, ...]:
    return tuple(read(row, place.at(place.section, number)) for number, row in enumerate(rows, 1))


def _source(table: dict[str, Any], place: _Place) -> Source:
    """Takes the fields of a source out of the table; act, clause, edition, first day and verified must be there."""
    found = {key: table.pop(key) for key in _SOURCE if key in table}
    for key in ("act", "clause", "edition", "valid_from", "verified", "text"):
        if key not in found:
            raise UserError(f"{place}: не хватает ключа «{key}».")
    return _build(Source, found, place)


def _reader(shape: type[Any]) -> Any:
    """A reader of one kind of rule: categories by their names, the source from the row's own fields."""

    def read(row: Mapping[str, Any], place: _Place) -> Any:
        table = dict(row)
        source = _source(table, place)
        for key in ("categories", "kinds"):
            if key in table:
                table[key] = frozenset(_category(name, place) for name in table[key])
        return _build(shape, {**table, "source": source}, place)

    return read


def _category(name: str, place: _Place) -> CategoryName:
    try:
        return CategoryName(name)
    except ValueError as error:
        raise UserError(f"{place}: неизвестная категория «{name}».") from error


def _course_rule(row: Mapping[str, Any], place: _Place) -> CourseRule:
    table = dict(row)
    source = _source(table, place)
    try:
        who = frozenset(Group(name) for name in table.pop("who", ()))
    except ValueError as error:
        raise UserError(f"{place}: в ключе «who» можно только {', '.join(Group)}.") from error
    if table.get("mode", "single") not in ("single", "sum"):
        raise UserError(f"{place}: ключ «mode» — single или sum.")
    return _build(CourseRule, {**table, "who": who, "source": source}, place)
