"""The steps on the invented district: import, undo, terms, papers, copies, keys, merging."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from db.connect import copy_database
from db.restore import begin_replica
from db.schema.people import Person
from db.store import Store
from db.verify import problems_of
from imc_desktop.cli.self_test.bench import ON, Bench, must
from imc_desktop.usecases.copies import closed_or_proved, copy_to, restore_copy, verify_file
from imc_desktop.usecases.copy_facts import counts_words
from imc_desktop.usecases.copy_keys import draft_keys, put_in_force
from imc_desktop.usecases.demo import PLAN_YEAR, demo_papers, make_demo_database
from imc_desktop.usecases.due import due_as_json
from imc_desktop.usecases.exporting import export
from imc_desktop.usecases.imports.run import import_papers, read_papers
from imc_desktop.usecases.plan import approve
from imc_desktop.usecases.printing.registry import make
from imc_desktop.usecases.printing.wish import Wish
from imc_desktop.usecases.staff_json import people_as_json

_PEOPLE = 1200


def take_papers(bench: Bench) -> str:
    store, report = make_demo_database(bench.database, today=ON)
    bench.keep(store)
    people = len(people_as_json(store, ON))
    must(people == _PEOPLE, f"людей {people}, должно быть {_PEOPLE}")
    return f"{len(report.files)} файлов, {people} человек"


def take_again(bench: Bench) -> str:
    counter = bench.store.change_counter()
    import_papers(bench.store, read_papers(bench.store, demo_papers()[:1]), today=ON)
    must(bench.store.change_counter() == counter, "повторный импорт что-то изменил")
    return "повторный импорт ничего не меняет"


def deadlines(bench: Bench) -> str:
    rows = due_as_json(bench.store, "courses", ON) + due_as_json(bench.store, "attestation", ON)
    must(all(row["why"] for row in rows) and len(rows) > _PEOPLE, "не у всех сроков есть объяснение")
    return f"{len(rows)} сроков с объяснениями"


def undo(bench: Bench) -> str:
    label = bench.store.undo()
    must(not people_as_json(bench.store, ON), "отмена импорта оставила людей")
    bench.store.redo()
    must(len(people_as_json(bench.store, ON)) == _PEOPLE, "повтор импорта вернул не всех людей")
    return f"отменено и повторено: {label}"


def paper(bench: Bench) -> str:
    draft = make(bench.store, "annual-plan", Wish(PLAN_YEAR, ON))
    must(draft == make(bench.store, "annual-plan", Wish(PLAN_YEAR, ON)), "черновик печатается по-разному")
    approve(bench.store, PLAN_YEAR, today=ON)
    approved = make(bench.store, "annual-plan", Wish(PLAN_YEAR, ON))
    must(approved.startswith(b"%PDF") and approved != draft, "утверждённый план не напечатан")
    return f"план: {len(approved) // 1024} КБ"


def sheet(bench: Bench) -> str:
    path = bench.folder / "план.xlsx"
    export(bench.store, "annual-plan", path, Wish(PLAN_YEAR, ON))
    return f"{path.stat().st_size // 1024} КБ"


def copies(bench: Bench) -> str:
    proof = copy_to(bench.store, bench.folder, today=ON)
    bench.close()
    kept = restore_copy(proof.path, bench.database)
    must(kept is not None and verify_file(bench.database) is None, "копия не вернулась")
    return counts_words(proof.manifest.counts)


def keys(bench: Bench) -> str:
    draft = draft_keys()
    put_in_force(bench.store, draft, draft.office.identity, today=ON)
    proof = copy_to(bench.store, bench.folder, today=ON)
    closed = closed_or_proved(proof.path)
    must(closed is not None, "зашифрованная копия открылась без ключа")
    must(closed_or_proved(proof.path, [draft.paper.identity]) is None, "бумажный ключ не открыл копию")
    return f"копия зашифрована ключом {proof.manifest.key_id} и открылась бумажным"


def merge(bench: Bench) -> str:
    other = bench.folder / "второй компьютер.imc"
    copy_database(bench.store.path, other)
    with closing(sqlite3.connect(other)) as connection, connection:
        begin_replica(connection, "clone")
    _call(bench.store, "8-901")
    with closing(Store(other)) as second:
        _call(second, "8-902")
    done = bench.store.merge("Сверка", other)
    must(done.conflicts == 1, f"расхождений {done.conflicts} вместо одного")
    bench.store.undo()
    must(not problems_of(bench.store.path), "после сверки журнал не сходится")
    return "принято сделанное на втором компьютере, расхождение найдено, сверка отменена"


def _call(store: Store, phone: str) -> None:
    person = people_as_json(store, ON)[0]["id"]
    with store.change("Правка") as session:
        session.get_one(Person, person).phone = phone
