"""The window of media: the register, the log of copies, incidents; the box before a list goes to a stick; handover."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.schema.base import new_id
from db.schema.people import Person
from db.store import Store
from imc_desktop.app import _Host
from imc_desktop.usecases.carriers import CarrierInput, add_carrier, carriers, give_carrier
from imc_desktop.usecases.copies import copy_to
from imc_desktop.usecases.copy_keys import draft_keys, put_in_force
from imc_desktop.usecases.incidents import IncidentInput, add_incident, incidents
from imc_desktop.usecases.leaving import medium_of
from imc_desktop.usecases.office_making import create_office
from tests.journeys.looks import faults
from ui.clock import FixedClock
from ui.common.leaving_box import LeavingBox, write_out
from ui.context import Context
from ui.main_window import MainWindow
from ui.media.dialogs import CarrierDialog, give_box
from ui.media.handover_dialog import HandoverDialog
from ui.media.incident_dialog import IncidentDialog
from ui.media.window import CARRIERS, INCIDENTS, MediaWindow
from ui.preview.window import PaperWish, PreviewWindow
from ui.start.page import StartPage
from ui.start.state import incident_lines

NOW = datetime(2026, 11, 20, 17, 5)  # noqa: DTZ001 - the office's own clock


@pytest.fixture(scope="module")
def empty_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("office") / "office.imc"
    create_office(path, "bohan", {}).close()
    return path


@pytest.fixture
def store(ctx: Context, empty_office: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "база.imc"
    path.write_bytes(empty_office.read_bytes())
    opened = Store(path, author="проверка")
    ctx.clock = FixedClock(NOW)
    ctx.attach(opened, database=path)
    yield opened
    opened.close()


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "KINGSTON"
    folder.mkdir()
    monkeypatch.setenv("IMC_STICKS", str(folder))
    return folder


@pytest.fixture
def window(qtbot: QtBot, ctx: Context, store: Store) -> MediaWindow:
    made = MediaWindow(ctx)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_stick_that_is_in_fills_its_own_entry(qtbot: QtBot, ctx: Context, store: Store, stick: Path) -> None:
    box = CarrierDialog(ctx)
    qtbot.addWidget(box)
    box.accept()
    (row,) = carriers(store)
    medium = medium_of(stick / "файл")
    assert medium is not None
    assert (row.number, row.label, row.serial) == ("1", "KINGSTON", medium.serial)
    again = CarrierDialog(ctx)
    qtbot.addWidget(again)
    assert again.form.values()["serial"] == ""


def test_the_register_says_what_can_be_done(qtbot: QtBot, ctx: Context, store: Store, window: MediaWindow) -> None:
    page = window.carriers
    assert page.stack.currentIndex() == 1
    one = add_carrier(store, CarrierInput("флешка", "KINGSTON"))
    assert page.stack.currentIndex() == 0
    assert page.give.isEnabled()
    assert not page.back.isEnabled()
    box = give_box(ctx, page.table.current(), page)
    qtbot.addWidget(box)
    box.form.set_values({"holder": "Вебер Е. С."})
    box.accept()
    assert page.back.isEnabled()
    assert page.model.text_at(0, 4) == "выдан 20.11.2026"
    assert window.undo.toolTip() == "Носитель выдан: Вебер Е. С."
    window.undo.click()
    assert not carriers(store)[0].given
    assert one == carriers(store)[0].id


def test_what_was_done_before_the_window_is_not_undone_from_it(qtbot: QtBot, ctx: Context, store: Store) -> None:
    add_carrier(store, CarrierInput("флешка"))
    window = MediaWindow(ctx)
    qtbot.addWidget(window)
    assert not window.undo.isEnabled()


def test_a_lost_stick_goes_to_the_incidents(qtbot: QtBot, store: Store, window: MediaWindow) -> None:
    add_carrier(store, CarrierInput("внешний диск"))
    one = add_carrier(store, CarrierInput("флешка", "KINGSTON", "1A2B-3C4D"))
    window.carriers.table.choose(one)
    window.carriers.loss.click()
    assert window.views.key == INCIDENTS
    box = window.incidents.findChild(IncidentDialog)
    assert box is not None
    assert box.form.values()["carrier_id"] == one
    assert "не известны" in box.told.text()
    box.form.set_values({"circumstances": "Выпала в автобусе."})
    box.accept()
    (row,) = incidents(store, NOW)
    assert row.given.noticed == "2026-11-20T17:05"
    assert window.incidents.model.text_at(0, 1) == "▲ осталось 24 ч"
    window.open_view(CARRIERS)
    assert window.carriers.model.text_at(1, 4) == "утерян 20.11.2026"


def test_a_medium_out_of_the_register_asks_for_its_name(qtbot: QtBot, ctx: Context, store: Store) -> None:
    one = add_carrier(store, CarrierInput("флешка", "KINGSTON", "1A2B-3C4D"))
    give_carrier(store, one, "Вебер Е. С.", "2026-09-01")
    box = IncidentDialog(ctx)
    qtbot.addWidget(box)
    assert box.form.values()["carrier_id"] == one
    assert not box.form.editors["label"].isVisibleTo(box)
    box.form.set_values({"carrier_id": ""})
    assert box.form.editors["label"].isVisibleTo(box)
    box.form.set_values({"time": "утром"})
    box.accept()
    assert incidents(store, NOW) == []
    box.form.set_values({"time": "9.30", "label": "своя"})
    box.accept()
    (row,) = incidents(store, NOW)
    assert row.given.noticed == "2026-11-20T09:30"
    assert row.exposure.carrier == "носитель не из журнала своя"


def test_the_minute_hand_moves_and_a_closed_case_says_so(ctx: Context, store: Store, window: MediaWindow) -> None:
    add_incident(store, IncidentInput("2026-11-20T14:05"), NOW)
    page = window.incidents
    window.open_view(INCIDENTS)
    assert page.model.text_at(0, 1) == "▲ осталось 21 ч"
    ctx.clock = FixedClock(NOW + timedelta(hours=22))
    page._count_anew()
    assert page.model.text_at(0, 1) == "■ просрочено на 1 ч"
    page.details.buttons["close"].click()
    assert window.strip.message is not None
    assert "выводы" in window.strip.message.text


def test_today_counts_the_hours(qtbot: QtBot, ctx: Context, store: Store) -> None:
    page = StartPage(ctx)
    qtbot.addWidget(page)
    page.show()
    assert not [key for key in page.links if key.startswith("incident")]
    one = add_incident(store, IncidentInput("2026-11-20T14:05"), NOW)
    assert page.links[f"incident.{one}"].text() == "▲ Уведомление за 24 часа: осталось 21 ч"
    store.undo()
    assert not [key for key in page.links if key.startswith("incident")]
    assert incident_lines([]) == []


def test_a_list_on_its_way_to_a_stick_is_asked_about(
    qtbot: QtBot, ctx: Context, store: Store, stick: Path, today: date, tmp_path: Path
) -> None:
    with store.change("человек") as session:
        session.add(Person(id=new_id(), surname="Абрамян", name="Ирина", sort_key="абрамян", note="+79241234567"))
    preview = PreviewWindow(ctx, PaperWish("staff-list", 2026, today))
    qtbot.addWidget(preview)
    preview._write_sheet(tmp_path / "дома.xlsx", masked=False)
    done: list[bool] = []
    assert write_out(preview, ctx, "staff-list", tmp_path / "дома.xlsx", done.append) is None
    assert write_out(preview, ctx, "month-plan", stick / "план.xlsx", done.append) is None
    assert done == [False, False]
    box = write_out(preview, ctx, "staff-list", stick / "список.xlsx", done.append)
    assert isinstance(box, LeavingBox)
    assert box.hide_numbers.isChecked()
    box.accept()
    assert done[-1] is True
    preview._write_sheet(stick / "список.xlsx", masked=True)
    book = openpyxl.load_workbook(stick / "список.xlsx", read_only=True)
    assert "Абрамян Ирина" in [row[1] for row in book.worksheets[0].iter_rows(values_only=True) if len(row) > 1]
    book.close()
    with store.look() as connection:
        details, count = connection.execute("SELECT details, count FROM access_log ORDER BY id DESC LIMIT 1").fetchone()
    assert "носитель «KINGSTON»" in details
    assert details.endswith("идентификаторы скрыты")
    assert count == 1


def test_handing_over_shows_the_act(qtbot: QtBot, ctx: Context, store: Store) -> None:
    box = HandoverDialog(ctx)
    qtbot.addWidget(box)
    box.accept()
    assert box.result() == 0
    box.form.set_values({"who": "Вебер Е. С.", "receiver": "Ясинская Л. Г."})
    box.accept()
    preview = box.findChild(PreviewWindow)
    assert preview is not None
    assert preview.paper is not None
    assert preview.paper.title == "Акт приёма-передачи дел"
    preview.close()


def test_a_lost_key_leads_to_the_keys(qtbot: QtBot, ctx: Context, store: Store, stick: Path, today: date) -> None:
    main = MainWindow(ctx, _Host().actions(), ())
    qtbot.addWidget(main)
    main.actions_of_window.enable(has_database=True)
    put_in_force(store, draft_keys(), "четыре простых слова подряд", today=today)
    copy_to(store, stick, today=today)
    medium = medium_of(stick / "файл")
    assert medium is not None
    add_incident(store, IncidentInput("2026-11-20T14:05", label=medium.label, serial=medium.serial), NOW)
    window = MediaWindow(ctx, INCIDENTS, main)
    window.show()
    asked: list[str] = []
    main.actions_by_key["copy-keys"].triggered.connect(lambda: asked.append("ключ"))
    window.incidents.details.buttons["key"].click()
    assert len(asked) == 1
    put_in_force(store, draft_keys(), "совсем другие четыре слова", today=today)
    assert "key" not in window.incidents.details.buttons


def test_no_two_actions_of_the_window_share_a_key(qtbot: QtBot, ctx: Context) -> None:
    specs = _Host().actions()
    main = MainWindow(ctx, specs, ())
    qtbot.addWidget(main)
    assert {spec.key: spec.title for spec in specs} == {
        spec.key: main.actions_by_key[spec.key].text() for spec in specs
    }


@pytest.mark.parametrize(
    ("scale", "width", "height"), [(100, 1180, 680), (150, 1350, 700), (200, 1350, 700), (100, 895, 402)]
)
def test_nothing_is_cut_off(
    qtbot: QtBot, ctx: Context, store: Store, stick: Path, today: date, scale: int, width: int, height: int
) -> None:
    ctx.theme.set_scale(scale)
    medium = medium_of(stick / "файл")
    assert medium is not None
    one = add_carrier(store, CarrierInput("флешка", medium.label, medium.serial, note="ключи от кабинета на брелоке"))
    give_carrier(store, one, "Снежинская Валентина Игоревна", "2026-09-01")
    put_in_force(store, draft_keys(), "четыре простых слова подряд", today=today)
    copy_to(store, stick, today=today)
    add_incident(store, IncidentInput("2026-11-20T14:05", one, circumstances="Выпала в автобусе."), NOW)
    window = MediaWindow(ctx)
    qtbot.addWidget(window)
    window.show()
    window.resize(width, height)
    found = []
    for key in window.pages:
        window.open_view(key)
        QApplication.processEvents()
        found += [f"{key}: {one}" for one in faults(window)]
    assert found == []
    for box in (CarrierDialog(ctx), IncidentDialog(ctx), HandoverDialog(ctx)):
        qtbot.addWidget(box)
        box.show()
        QApplication.processEvents()
        assert faults(box) == []
