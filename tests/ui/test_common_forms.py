"""Date fields, forms, boxes, cards and the small widgets."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from imc_desktop.domain.errors import Problem, Severity, UserError
from tests.ui.conftest import type_text
from ui.common.card import Card, CardRow, CardSection
from ui.common.dates import CalendarPopup, DateField
from ui.common.dialog import LARGEST, FormDialog
from ui.common.empty_state import EmptyState
from ui.common.form import Field, Form, read_number
from ui.common.list_detail import ListDetail
from ui.common.segmented import Segmented
from ui.common.status_mark import Status, StatusLabel, marked
from ui.common.typed_dates import show_typed, understand_date
from ui.context import Context, MessageAction

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("", ""),
        ("5.9", "2026-09-05"),
        ("5/9", "2026-09-05"),
        ("5.9.", "2026-09-05"),
        ("0509", "2026-09-05"),
        ("5", "2026-11-05"),
        ("05092026", "2026-09-05"),
        ("050926", "2026-09-05"),
        ("05.09.26", "2026-09-05"),
        ("17.10.65", "1965-10-17"),
        ("5.9.2026", "2026-09-05"),
        ("5 сентября 2026 г.", "2026-09-05"),
        ("2026-09-05", "2026-09-05"),
        ("Сегодня", "2026-11-20"),
        ("завтра", "2026-11-21"),
        ("вчера", "2026-11-19"),
        ("+3г", "2029-11-20"),
        ("+3 года", "2029-11-20"),
        ("+5 лет", "2031-11-20"),
        ("-1м", "2026-10-20"),
        ("+2н", "2026-12-04"),
        ("+10", "2026-11-30"),
        ("2019", "2019"),
        ("2019 г.", "2019"),
        ("09.2026", "2026-09"),
        ("сентябрь 2026", "2026-09"),
    ],
)
def test_what_is_typed_is_understood(typed: str, iso: str) -> None:
    assert understand_date(typed, TODAY) == iso


@pytest.mark.parametrize("typed", ["31.02.2026", "32.1", "абв", "3113", "99999999", "29.2.2027"])
def test_what_is_no_date_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\w+"):
        understand_date(typed, TODAY)


def test_steps_count_from_the_date_in_the_field() -> None:
    assert understand_date("+5л", TODAY, base="2024-02-29") == "2029-02-28"
    assert understand_date("бес", TODAY, open_ended=True) == "бессрочно"


@pytest.mark.parametrize(
    ("iso", "shown"),
    [("2026-09-05", "05.09.2026"), ("2026-09", "09.2026"), ("2019", "2019"), ("бессрочно", "бессрочно")],
)
def test_dates_are_shown_with_their_precision(iso: str, shown: str) -> None:
    assert show_typed(iso) == shown
    assert understand_date(shown, TODAY, open_ended=True) == iso


def test_the_date_field_completes_what_is_typed(qtbot: QtBot, ctx: Context) -> None:
    field = DateField(ctx.theme, ctx.clock)
    qtbot.addWidget(field)
    told: list[str] = []
    field.dateChanged.connect(told.append)
    type_text(field, "сегодня")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), field.toolTip()) == ("20.11.2026", "20 ноября 2026 г.")
    field.setText("31.02.2026")
    assert field.iso() == ""
    assert field.problem
    assert told == ["2026-11-20"]


def test_f4_opens_the_calendar(qtbot: QtBot, ctx: Context) -> None:
    field = DateField(ctx.theme, ctx.clock)
    qtbot.addWidget(field)
    field.set_iso("2026-09-05")
    field.show()
    qtbot.keyClick(field, Qt.Key.Key_F4)
    popup = field.findChild(CalendarPopup)
    assert popup.calendar.selectedDate() == QDate(2026, 9, 5)
    popup.calendar.clicked.emit(QDate(2026, 9, 7))
    assert field.iso() == "2026-09-07"


FIELDS = (
    Field("name", "ФИО", required=True),
    Field("note", "Заметка", "multi"),
    Field("kind", "Вид", "choice", choices=(("", "не указан"), ("ПК", "повышение квалификации"))),
    Field("on", "Дата", "date"),
    Field("hours", "Часы", "number"),
    Field("rate", "Ставка", "number", decimals=2),
    Field("main", "Основная работа", "check"),
    Field("place", "Учреждение", suggestions=("СОШ № 1",)),
)
VALUES = {
    "name": "Иванова Мария", "note": "первая\nвторая", "kind": "ПК", "on": "2026-09", "hours": 72, "rate": 0.75,
    "main": True, "place": "СОШ № 1",
}  # fmt: skip


def test_a_form_gives_back_what_it_was_given(qtbot: QtBot, ctx: Context) -> None:
    form = Form(FIELDS, ctx.theme, ctx.clock)
    qtbot.addWidget(form)
    form.set_values(VALUES)
    assert form.values() == VALUES
    assert form.own_problems() == []
    assert isinstance(form.editors["main"], QCheckBox)
    assert isinstance(form.editors["note"], QPlainTextEdit)
    assert all(editor.accessibleName() for editor in form.editors.values())


def test_problems_stand_at_their_fields(qtbot: QtBot, ctx: Context) -> None:
    form = Form(FIELDS, ctx.theme, ctx.clock)
    qtbot.addWidget(form)
    form.show()
    form.set_values({"name": " ", "hours": "много", "on": ""})
    on = form.editors["on"]
    assert isinstance(on, QLineEdit)
    on.setText("31.02.2026")
    problems = form.own_problems()
    assert [p.where for p in problems] == ["name", "on", "hours"]
    left = form.paint_problems([*problems, Problem("нигде", "Общее.")])
    assert [p.where for p in left] == ["нигде"]
    assert form.editors["name"].property("problem")
    assert form.editors["name"].accessibleDescription() == "Заполните поле."
    assert not form.editors["kind"].property("problem")
    form.paint_problems([])
    assert not form.editors["name"].property("problem")


@pytest.mark.parametrize(
    ("text", "decimals", "value"),
    [("1 200", 0, 1200), ("0,75", 2, 0.75), ("", 0, None), ("1,5", 0, None), ("x", 2, None)],
)
def test_numbers_as_typed(text: str, decimals: int, value: float | None) -> None:
    assert read_number(text, decimals) == value


def test_a_box_stays_open_until_nothing_stands_against_it(qtbot: QtBot, ctx: Context) -> None:
    done: list[dict[str, object]] = []
    faults: list[Problem] = []

    def deed(values: dict[str, object]) -> None:
        if values["name"] == "занято":
            raise UserError("Такой педагог уже есть.")
        done.append(values)

    box = FormDialog(ctx, "Педагог", FIELDS[:2], verb="Добавить", check=lambda _values: faults, deed=deed)
    qtbot.addWidget(box)
    box.show()
    box.verb.click()
    assert box.isVisible()
    box.form.set_values({"name": "занято"})
    box.verb.click()
    assert (box.isVisible(), box.message.text()) == (True, "Такой педагог уже есть.")
    box.form.set_values({"name": "Иванова"})
    faults.append(Problem("name", "Похожий уже есть.", Severity.WARNING))
    box.verb.click()
    assert (box.isVisible(), box.verb.text()) == (True, "Всё равно добавить")
    box.verb.click()
    assert not box.isVisible()
    assert done == [{"name": "Иванова", "note": ""}]


def test_every_box_fits_a_small_screen(qtbot: QtBot, ctx: Context) -> None:
    many = [Field(f"f{n}", f"Поле {n}", "multi") for n in range(40)]
    box = FormDialog(ctx, "Много полей", many)
    qtbot.addWidget(box)
    box.show()
    assert box.width() <= LARGEST[0]
    assert box.height() <= LARGEST[1]


def test_the_card_shows_values_with_reasons(qtbot: QtBot, ctx: Context) -> None:
    asked: list[str] = []
    card = Card(ctx.theme, [("main", "Общее"), ("courses", "Курсы")])
    qtbot.addWidget(card)
    card.show()
    card.show_head("Баженова Лидия", "учитель · СОШ № 1")
    row = CardRow("Курсы", "просрочены <с 2026>", Status.OVERDUE, "108 из 144 ч", why=lambda: asked.append("why"))
    card.show_sections([CardSection("Сроки", (row,)), CardSection("Работа", ())])
    texts = [label.text() for label in card.findChildren(QLabel)]
    value = next(label for label in card.findChildren(QLabel) if "почему?" in label.text())
    assert "■ просрочены &lt;с 2026&gt;" in value.text()
    assert "нет данных" in texts
    value.linkActivated.emit("why")
    assert asked == ["why"]
    with qtbot.waitSignal(card.tabChosen) as told:
        card.tabs.setCurrentIndex(1)
    assert told.args == ["courses"]
    card.show_nothing("Выберите строку")
    assert card.title.text() == ""


def test_on_a_narrow_window_the_card_is_a_page(qtbot: QtBot, ctx: Context) -> None:
    left, right = QWidget(), QWidget()
    both = ListDetail(left, right, ctx, "staff")
    qtbot.addWidget(both)
    both.resize(1366, 600)
    both.show()
    assert left.isVisible()
    assert right.isVisible()
    both.resize(1000, 600)
    QApplication.processEvents()
    assert not right.isVisible()
    both.open_detail()
    assert (left.isVisible(), right.isVisible()) == (False, True)
    qtbot.keyClick(both, Qt.Key.Key_Escape)
    assert (left.isVisible(), right.isVisible()) == (True, False)


def test_small_widgets(qtbot: QtBot, ctx: Context) -> None:
    pressed: list[str] = []
    views = Segmented([("table", "Таблица"), ("month", "Месяц")])
    qtbot.addWidget(views)
    views.chosen.connect(pressed.append)
    views.choose("month")
    assert (views.key, pressed) == ("month", [])
    views.button("table").click()
    assert (views.key, pressed) == ("table", ["table"])
    empty = EmptyState(
        ctx.theme,
        "users",
        "Пока никого",
        "Добавьте педагога.",
        [MessageAction("Добавить", lambda: pressed.append("+"))],
    )
    qtbot.addWidget(empty)
    empty.buttons[0].click()
    assert pressed[-1] == "+"
    label = StatusLabel(ctx.theme, Status.SOON, "до 05.2027")
    qtbot.addWidget(label)
    assert label.text() == "▲ до 05.2027"
    assert marked(Status.UNKNOWN) == "○ нет данных"
