"""The step about rules: known facts must give known terms, in both countries, and the working days must be known."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import date
from typing import NamedTuple

from db.schema.base import new_id
from db.schema.learning import Training
from db.schema.people import Category, Employment, Organisation, Person
from db.store import Store
from imc_desktop.cli.self_test.bench import ON, Bench, must
from imc_desktop.domain.kinds import TrainingKind
from imc_desktop.domain.words import show_date, sort_key
from imc_desktop.domain.workdays import Calendar
from imc_desktop.usecases.due import ATTESTATION, COURSES, due_as_json
from imc_desktop.usecases.office_making import create_office


class _Known(NamedTuple):
    """Facts of a teacher and what must come of them: the rule, the status, the day."""

    surname: str
    fact: Training | Category
    rule: str
    status: str
    due: str | None


class _Country(NamedTuple):
    code: str
    profile: str
    name: str
    known: tuple[_Known, ...]
    rest: date
    work: date


def _countries() -> Sequence[_Country]:
    russia = (
        _Known("Первая", _course("2024-08-31", 72), "ru.courses", "this_year", "2027-08-31"),
        _Known("Вторая", _course("2024-09-01", 72), "ru.courses", "next_year", "2027-09-01"),
        _Known("Третья", _category("СЗД", "2021-10-15"), "szd.period", "overdue", "2026-10-15"),
        _Known("Четвёртая", _category("высшая", "2024-03-14"), "category.196", "exempt", None),
    )
    kazakhstan = (
        _Known("Бірінші", _course("2024-02-29", 72), "kz.courses", "this_year", "2027-02-28"),
        _Known("Екінші", _category("педагог-эксперт", "2023-05-12"), "kz.period", "next_year", "2028-05-12"),
    )
    return (
        _Country("RU", "bohan", "Россия", russia, date(2026, 11, 4), date(2026, 11, 5)),
        _Country("KZ", "kamysty", "Казахстан", kazakhstan, date(2025, 12, 16), date(2025, 12, 17)),
    )


def rules(bench: Bench) -> str:
    told = []
    for country in _countries():
        _judge(bench, country)
        calendar = Calendar(country.code)
        must(not calendar.is_working(country.rest), f"{show_date(country.rest.isoformat())}: праздник не известен")
        must(calendar.is_working(country.work), f"{show_date(country.work.isoformat())}: рабочий день не известен")
        told.append(f"{country.name} {len(country.known)}")
    return f"известные сроки пересчитаны: {', '.join(told)}; праздники на месте"


def _judge(bench: Bench, country: _Country) -> None:
    """Put the facts into a database of this country and compare what the program says of them."""
    with closing(create_office(bench.folder / f"{country.profile}.imc", country.profile, {})) as store:
        for known in country.known:
            _put(store, known)
        found = {
            (row["person"].split()[0], row["rule_id"]): (row["status"], row["due"])
            for what in (COURSES, ATTESTATION)
            for row in due_as_json(store, what, ON)
        }
    for known in country.known:
        got = found.get((known.surname, known.rule))
        must(
            got == (known.status, known.due),
            f"{country.name}, правило {known.rule}: {got} вместо {(known.status, known.due)}",
        )


def _put(store: Store, known: _Known) -> None:
    with store.change("Проверка") as session:
        school = Organisation(id=new_id(), short_name=f"Школа {known.surname}")
        person = Person(id=new_id(), surname=known.surname, name="Анна", role="staff", sort_key=sort_key(known.surname))
        session.add_all([school, person])
        session.flush()
        known.fact.person_id = person.id
        job = Employment(id=new_id(), person_id=person.id, organisation_id=school.id, post="учитель")
        session.add_all([job, known.fact])


def _course(finished: str, hours: int) -> Training:
    return Training(
        id=new_id(), title="Курс", kind=TrainingKind.PK.value, hours=hours, ends=finished, finished=finished
    )


def _category(category: str, decided: str) -> Category:
    return Category(id=new_id(), category=category, post="учитель", decision_date=decided)
