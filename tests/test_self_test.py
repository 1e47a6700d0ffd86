"""The self-test finds what is broken: each step is seen failing; its protocol is one page and names nobody."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from db.migrations import runner
from db.schema.people import Person
from db.store import Store
from imc_desktop import paths
from imc_desktop.cli.self_test import command, district, drawing
from imc_desktop.cli.self_test.bench import Bench
from imc_desktop.cli.self_test.command import STEPS, run_step
from imc_desktop.documents import fonts
from imc_desktop.domain import production_calendar, workdays
from imc_desktop.usecases import demo, office
from imc_desktop.usecases.copies import copy_to
from imc_desktop.usecases.self_check import (
    BROKEN,
    NOT_DONE,
    CheckOutcome,
    CheckStep,
    machine_facts,
    protocol_lines,
    protocol_paper,
    step_of,
    without_places,
)
from tests.documents.pdf_reading import ReadBack
from tests.test_command_line import run

RUN = dict(STEPS)
Monkey = pytest.MonkeyPatch
Plant = Callable[[Bench, Monkey], None]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    bench = Bench(tmp_path_factory.mktemp("самопроверка"))
    assert run_step("", RUN["база и импорт"], bench).ok
    bench.close()
    return bench.database


@pytest.fixture
def bench(made: Path, tmp_path: Path) -> Iterator[Bench]:
    """A district of its own."""
    one = Bench(tmp_path)
    shutil.copy(made, one.database)
    yield one
    one.close()
    fonts.face.cache_clear()


# --- faults -----------------------------------------------------------------------------------------------------------


def paper_missing(bench: Bench, monkey: Monkey) -> None:
    bench.database.unlink()
    monkey.setattr(demo, "demo_papers", lambda: demo_papers[1:])


def new_paper(bench: Bench, monkey: Monkey) -> None:
    paper = bench.folder / "ещё.csv"
    paper.write_text("ФИО;Должность;Школа\nПришлая Анна Ивановна;учитель;МБОУ «Озёрная СОШ»\n", encoding="utf-8")
    monkey.setattr(district, "demo_papers", lambda: [paper])


def spoil_migration(bench: Bench, monkey: Monkey, more: str) -> None:
    """The shipped revisions with one more statement in the second."""
    here = Path(shutil.copytree(Path(runner.__file__).parent, bench.folder / "migrations"))
    script = here / "versions" / "r0002_copies.sql"
    script.write_text(f"{script.read_text(encoding='utf-8')};\n{more}", encoding="utf-8")
    monkey.setattr(runner, "_HERE", here)


def migration_loses(bench: Bench, monkey: Monkey) -> None:
    spoil_migration(bench, monkey, "DELETE FROM person WHERE surname = 'Щёголева';")


def migration_breaks(bench: Bench, monkey: Monkey) -> None:
    spoil_migration(bench, monkey, "ALTER TABLE persons ADD COLUMN x TEXT;")


def rule_changed(bench: Bench, monkey: Monkey, file: str, rule: str, number: str) -> None:
    """Another number in the first rule of this id."""
    folder = Path(shutil.copytree(paths.resources(), bench.folder / "resources", ignore=shutil.ignore_patterns("demo")))
    law = folder / "rules" / file
    before, found, after = law.read_text(encoding="utf-8").partition(f"id = '{rule}'")
    assert found
    law.write_text(before + found + after.replace(number, f"{number[:-1]}4", 1), encoding="utf-8")
    monkey.setattr(paths, "resources", lambda: folder)
    office._law.cache_clear()


def law_of_russia(bench: Bench, monkey: Monkey) -> None:
    rule_changed(bench, monkey, "ru.toml", "ru.courses", "years = 3")


def law_of_kazakhstan(bench: Bench, monkey: Monkey) -> None:
    rule_changed(bench, monkey, "kz.toml", "kz.period", "value = 5")


def holidays_unknown(_bench: Bench, monkey: Monkey) -> None:
    monkey.setitem(production_calendar.YEARS["RU"], 2026, ("", ""))
    monkey.setitem(production_calendar.YEARS["KZ"], 2026, ("", ""))
    workdays._differing.cache_clear()


def people_gone(bench: Bench, _monkey: Monkey) -> None:
    with bench.store.change("Ушли") as session:
        session.query(Person).update({Person.deleted_at: "2026-11-20T00:00:00+00:00"})


def undo_does_nothing(_bench: Bench, monkey: Monkey) -> None:
    monkey.setattr(Store, "undo", lambda _store: "Импорт")


def font_missing(bench: Bench, monkey: Monkey) -> None:
    folder = Path(shutil.copytree(paths.resources() / "fonts", bench.folder / "fonts"))
    (folder / "LiberationSerif-Regular.ttf").unlink()
    monkey.setattr(fonts, "resources_dir", lambda: bench.folder)
    fonts.face.cache_clear()


def font_not_inside(_bench: Bench, monkey: Monkey) -> None:
    monkey.setattr(drawing, "render", lambda _content: blank_pdf())


def no_room_for_sheet(bench: Bench, _monkey: Monkey) -> None:
    (bench.folder / "план.xlsx").mkdir()


def copy_spoilt(_bench: Bench, monkey: Monkey) -> None:
    def spoil(*given: object, **named: object) -> object:
        proof = copy_to(*given, **named)  # type: ignore[arg-type]
        whole = bytearray(proof.path.read_bytes())
        whole[len(whole) // 2] ^= 0xFF
        proof.path.write_bytes(whole)
        return proof

    monkey.setattr(district, "copy_to", spoil)


def key_not_used(_bench: Bench, monkey: Monkey) -> None:
    monkey.setattr(district, "put_in_force", lambda *_given, **_named: None)


def no_conflict(_bench: Bench, monkey: Monkey) -> None:
    call = district._call
    monkey.setattr(district, "_call", lambda store, _phone: call(store, "8-900"))


def plan_blank(_bench: Bench, monkey: Monkey) -> None:
    monkey.setattr(drawing, "make", lambda *_given, **_named: blank_pdf())


def none_leaks(_bench: Bench, monkey: Monkey) -> None:
    left = iter(range(5000, 0, -1000))
    monkey.setattr(sys, "getrefcount", lambda _thing: next(left))


def blank_pdf() -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


FAULTS: list[tuple[str, Plant, str]] = [
    ("база и импорт", paper_missing, "должно быть 1200"),
    ("повторный импорт", new_paper, "что-то изменил"),
    ("обновление базы", migration_loses, "люди другие"),
    ("обновление базы", migration_breaks, "persons"),
    ("правила", law_of_russia, "Россия, правило ru.courses"),
    ("правила", law_of_kazakhstan, "Казахстан, правило kz.period"),
    ("правила", holidays_unknown, "праздник не известен"),
    ("сроки", people_gone, "объяснение"),
    ("отмена", undo_does_nothing, "оставила людей"),
    ("печать", font_missing, "LiberationSerif-Regular.ttf"),
    ("таблица Excel", no_room_for_sheet, "план.xlsx"),
    ("шрифты", font_missing, "LiberationSerif-Regular.ttf"),
    ("шрифты", font_not_inside, "не вложен"),
    ("копия и возврат", copy_spoilt, ""),
    ("ключ копий", key_not_used, "без ключа"),
    ("сверка", no_conflict, "расхождений 0"),
    ("предпросмотр", plan_blank, "пуста"),
    ("окно", none_leaks, "теряет ссылки"),
]
demo_papers = demo.demo_papers()


@pytest.mark.parametrize(("name", "plant", "words"), FAULTS, ids=lambda one: getattr(one, "__name__", None))
def test_a_step_finds_what_is_broken(bench: Bench, monkeypatch: Monkey, name: str, plant: Plant, words: str) -> None:
    with monkeypatch.context() as monkey:
        plant(bench, monkey)
        step = run_step(name, RUN[name], bench)
    forget()
    assert not step.ok
    assert words in step.told
    assert str(bench.folder) not in step.told
    assert protocol_lines(CheckOutcome((), (step,)))[-3].startswith(f"НЕТ {name}: ")


def forget() -> None:
    """What was read of spoilt resources."""
    office._law.cache_clear()
    workdays._differing.cache_clear()


def test_every_step_has_a_fault() -> None:
    assert {name for name, _, _ in FAULTS} == {name for name, _ in STEPS}


# --- the protocol -----------------------------------------------------------------------------------------------------

FACTS = machine_facts(datetime(2026, 11, 20, 10, 42, tzinfo=UTC))


def outcome(told: str, *, ok: bool) -> CheckOutcome:
    return CheckOutcome(FACTS, tuple(CheckStep(name, ok, told, 1.25) for name, _ in STEPS))


def test_the_protocol_is_one_page() -> None:
    for told, ok in (("проверено", True), ("ValueError: очень длинное объяснение того, что случилось. " * 20, False)):
        back = ReadBack(protocol_paper(outcome(told, ok=ok)).pdf)
        assert back.sizes == [(210, 297)]
        assert all(name in back.texts[0] for name in ("обновление базы", "Кодовая страница", "Свободно на диске базы"))
        assert ("исправно" in back.texts[0], "НЕТ" in back.texts[0]) == (ok, not ok)
        assert outcome(told, ok=ok).verdict.split(":")[0] in back.texts[0]


def test_an_unfinished_check_is_no_good_one() -> None:
    half = outcome("", ok=True)._replace(finished=False)
    assert (half.whole, half.verdict) == (False, NOT_DONE)
    assert not CheckOutcome(FACTS, ()).whole


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (r"[Errno 2] No such file: 'C:\\Users\\Снежинская В. И\\AppData\\Local\\Temp\\a.pdf'", "'a.pdf'"),
        (r"Нет файла C:\Users\Вера Снежинская\office.imc.", "Нет файла office.imc."),
        ("Файл «/data/vera/Мои папки/план.xlsx» не записан", "«план.xlsx»"),
        (r"\\server\Снежинская\a.imc занят", "a.imc занят"),
        ("vera.snow: доступ закрыт; /srv/тест/x/y.pdf", "…: доступ закрыт; y.pdf"),
        ("план: 86 КБ, и/или 20.11.2026", "план: 86 КБ, и/или 20.11.2026"),
    ],
)
def test_no_folder_and_no_user_is_named(monkeypatch: Monkey, text: str, left: str) -> None:
    monkeypatch.setenv("USERNAME", "vera.snow")
    told = without_places(text, [Path("/srv/тест/x")])
    assert left in told
    assert "Снеж" not in told
    assert "vera" not in told


def one_step(monkeypatch: Monkey, run_it: Callable[[Bench], str]) -> None:
    monkeypatch.setattr(command, "STEPS", (("шаг", run_it), ("второй", lambda _bench: "сделано")))


def fails(bench: Bench) -> str:
    raise OSError(13, "Permission denied", str(bench.folder / "план.xlsx"))


def test_a_failed_step_is_told_and_the_others_are_tried(monkeypatch: Monkey, tmp_path: Path) -> None:
    one_step(monkeypatch, fails)
    answer = run("self-test", "--output", tmp_path / "протокол.txt")
    assert answer.code == 1
    assert BROKEN in answer.out
    written = (tmp_path / "протокол.txt").read_text(encoding="utf-8-sig")
    for text in (answer.out, written):
        assert "НЕТ шаг: PermissionError: [Errno 13] Permission denied: 'план.xlsx'" in text
        assert "ок  второй: сделано" in text
    assert "imc-self-test-" not in written


def test_every_step_is_told_at_once(monkeypatch: Monkey) -> None:
    one_step(monkeypatch, lambda _bench: "хорошо")
    lines = [json.loads(line) for line in run("self-test", "--each").out.splitlines()]
    assert [line["begins"] for line in lines if "begins" in line] == ["шаг", "второй"]
    assert [step_of(line).told for line in lines if "told" in line] == ["хорошо", "сделано"]
    assert lines[-1]["whole"] is True
    assert dict(lines[-1]["facts"])["Версия программы"]


def test_the_protocol_goes_where_it_is_told(monkeypatch: Monkey, tmp_path: Path) -> None:
    one_step(monkeypatch, lambda _bench: "хорошо")
    assert run("self-test", "--output", tmp_path / "п.pdf").code == 0
    assert "Программа исправна." in ReadBack((tmp_path / "п.pdf").read_bytes()).texts[0]
    (tmp_path / "занят.txt").mkdir()
    for path, words in ((tmp_path / "п.docx", ".pdf или .txt"), (tmp_path / "занят.txt", "не записан")):
        answer = run("self-test", "--output", path)
        assert (answer.code, answer.out) == (1, "")
        assert words in answer.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["занят.txt", "п.pdf"]
