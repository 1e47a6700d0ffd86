"""The window: tabs, lazy imports, the strip, undo, keys, the demo frame, dropped files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from imc_desktop.domain.errors import EnvironmentProblem, UserError
from tests.ui.conftest import type_text
from ui.common.page import Page
from ui.context import Context, MessageAction
from ui.crash import CrashDialog, report_text
from ui.errors import sentence_for
from ui.main_window import MainWindow
from ui.registry import PAGES, ActionSpec, PageSpec, hidden_imports
from ui.russian import speak_russian

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Change:
    label: str
    tables: frozenset[str]


class ListStore:
    """A store in miniature: a list of words, undone one by one, telling its listeners."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.undone: list[str] = []
        self.listeners: list[Callable[[Change], None]] = []

    @contextmanager
    def read(self) -> Iterator[list[str]]:
        yield self.words

    def subscribe(self, listener: Callable[[Change], None]) -> None:
        self.listeners.append(listener)

    def add(self, word: str, table: str = "word") -> None:
        self.words.append(word)
        self._tell(f"добавлено «{word}»", table)

    def undo(self) -> str:
        self.undone.append(self.words.pop())
        self._tell("отмена", "word")
        return self.undone[-1]

    def redo(self) -> str:
        self.words.append(self.undone.pop())
        self._tell("повтор", "word")
        return self.words[-1]

    @property
    def undo_label(self) -> str | None:
        return f"добавлено «{self.words[-1]}»" if self.words else None

    @property
    def redo_label(self) -> str | None:
        return f"добавлено «{self.undone[-1]}»" if self.undone else None

    def _tell(self, label: str, table: str) -> None:
        for listener in self.listeners:
            listener(Change(label, frozenset({table})))


class WordsPage(Page):
    """A tab of the tests: shows the words and has a field."""

    title = "Слова"
    watches = frozenset({"word"})

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.reads = 0
        self.label = QLabel()
        self.field = QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.label)
        column.addWidget(self.field)

    def refresh(self) -> None:
        self.reads += 1
        self.label.setText(", ".join(self.ctx.store.words))

    def focus_filter(self) -> None:
        self.field.setFocus()


class OtherPage(WordsPage):
    title = "Другое"


class BrokenPage(WordsPage):
    title = "Сломанная"

    def refresh(self) -> None:
        raise UserError("Список не читается.")


PAGES_HERE = (
    PageSpec("words", "Слова", "list-details", f"{__name__}:WordsPage", frozenset({"word"})),
    PageSpec("other", "Другое", "star", f"{__name__}:OtherPage", frozenset({"word"})),
)


@pytest.fixture
def window(qtbot: QtBot, ctx: Context) -> MainWindow:
    made = MainWindow(ctx, (), PAGES_HERE)
    qtbot.addWidget(made)
    ctx.attach(ListStore())
    made.show_pages()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def words_page(window: MainWindow) -> WordsPage:
    page = window.page("words")
    assert isinstance(page, WordsPage)
    return page


def test_first_paint_needs_no_heavy_library() -> None:
    code = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from datetime import date
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ui.clock import FixedClock
from ui.context import Context
from ui.jobs import JobRunner
from ui.main_window import MainWindow
from ui.prefs import Prefs
from ui.theme import Theme
app = QApplication([])
prefs = Prefs()
window = MainWindow(Context(prefs, Theme(app, Path({str(ROOT / "resources")!r}), prefs), FixedClock(date(2026, 11, 20)), JobRunner()))
window.show()
app.processEvents()
print([name for name in ("sqlalchemy", "alembic", "reportlab", "openpyxl", "python_calamine", "docx", "numpy", "PySide6.QtPdf") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


def test_large_type_on_a_small_screen_folds_the_tabs(window: MainWindow) -> None:
    window.resize(1024, 700)
    words = [tab.toolButtonStyle() for tab in window.top.tabs]
    assert set(words) == {Qt.ToolButtonStyle.ToolButtonTextBesideIcon}
    bare, worded = Qt.ToolButtonStyle.ToolButtonIconOnly, Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    for width, styles in ((320, [worded, bare]), (200, [bare, bare])):
        window.top.setFixedWidth(width)
        QApplication.processEvents()
        assert [tab.toolButtonStyle() for tab in window.top.tabs] == styles, "the shown tab keeps its word longest"


def test_every_tab_is_named_once() -> None:
    assert len({spec.key for spec in PAGES}) == len(PAGES) == len(hidden_imports())
    for spec in PAGES:
        assert (ROOT / "resources" / "icons" / "outline" / f"{spec.icon}.svg").is_file()


def test_pages_are_built_when_first_shown(window: MainWindow) -> None:
    assert window.current_key == "words"
    assert window.page("other") is None
    window.open_page("other")
    assert window.current_key == "other"
    assert window.ctx.prefs.get("window.tab", "") == "other"


def test_a_change_refreshes_the_visible_page_and_stales_the_hidden_one(window: MainWindow) -> None:
    page, store = words_page(window), window.ctx.store
    window.open_page("other")
    before = page.reads
    store.add("мел")
    assert page.reads == before
    assert page.stale
    window.open_page("words")
    assert (page.reads, page.label.text()) == (before + 1, "мел")


def test_a_change_of_other_tables_is_none_of_the_pages_business(window: MainWindow) -> None:
    page = words_page(window)
    before = page.reads
    window.ctx.store.add("мел", table="plan")
    assert page.reads == before
    assert not page.stale


def test_undo_names_the_step_and_the_page_follows(window: MainWindow, qtbot: QtBot) -> None:
    window.ctx.store.add("импорт СОШ № 5")
    undo = window.actions_by_key["undo"]
    assert undo.text() == "Отменить: добавлено «импорт СОШ № 5»"
    assert "Ctrl+Z" in undo.toolTip()
    window.top.tabs[0].setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert words_page(window).label.text() == ""
    assert window.strip.message is not None
    assert window.strip.message.text.startswith("Отменено: добавлено")
    assert not undo.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert words_page(window).label.text() == "импорт СОШ № 5"


def test_in_a_field_undo_belongs_to_the_field(window: MainWindow, qtbot: QtBot) -> None:
    window.ctx.store.add("мел")
    field = words_page(window).field
    field.setFocus()
    type_text(field, "Ёж")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() != "Ёж"
    assert window.ctx.store.words == ["мел"]


def test_alt_digit_and_ctrl_f(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.current_key == "other"
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert words_page(window).field.hasFocus()
    reads = words_page(window).reads
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert words_page(window).reads == reads + 1


def test_type_size_by_keys_and_wheel_is_remembered(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert window.ctx.theme.scale == 110
    here = QPointF(20, 300)
    wheel = QWheelEvent(
        here, here, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(window, wheel)
    assert window.ctx.theme.scale == 125
    qtbot.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert window.ctx.theme.scale == 100


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (UserError("Проверьте год."), "Проверьте год."),
        (EnvironmentProblem("Флешка вынута."), "Флешка вынута."),
        (PermissionError(13, "", "C:/папка/список.xlsx"), "Нет доступа к файлу «список.xlsx»"),
        (FileNotFoundError(2, "", "план.pdf"), "«план.pdf» не найден"),
        (OSError(28, "No space"), "нет места"),
        (ValueError("x"), None),
    ],
)
def test_what_a_person_can_mend_is_a_sentence(error: Exception, says: str | None) -> None:
    told = sentence_for(error)
    assert told is None if says is None else says in (told or "")


def test_a_failed_action_is_told_in_the_strip(window: MainWindow) -> None:
    def fail() -> None:
        raise UserError("Дата решения раньше даты рождения. Проверьте год.")

    window.ctx.attempt(fail)
    assert window.strip.isVisible()
    assert window.strip.message is not None
    assert window.strip.message.kind == "error"


def test_a_fault_of_the_program_opens_the_crash_window_and_work_goes_on(window: MainWindow, qtbot: QtBot) -> None:
    def fail() -> None:
        raise ZeroDivisionError("Иванова Мария Петровна")

    window.ctx.attempt(fail)
    boxes = [box for box in QApplication.topLevelWidgets() if isinstance(box, CrashDialog)]
    assert len(boxes) == 1
    assert any("Данные сохранены" in label.text() for label in boxes[0].findChildren(QLabel))
    boxes[0].accept()
    window.ctx.store.add("дальше")
    assert words_page(window).label.text() == "дальше"


def test_the_report_names_the_place_and_no_person() -> None:
    with pytest.raises(ValueError, match="Иванова") as caught:
        int("Иванова")
    text = report_text(caught.value)
    assert "ValueError" in text
    assert "test_shell.py" in text
    assert "Иванова" not in text
    assert str(ROOT) not in text


def test_a_page_that_cannot_read_says_so(qtbot: QtBot, ctx: Context) -> None:
    made = MainWindow(ctx, (), (PAGES_HERE[0]._replace(target=f"{__name__}:BrokenPage"),))
    qtbot.addWidget(made)
    ctx.attach(ListStore())
    made.show_pages()
    made.show()
    assert made.strip.message is not None
    assert made.strip.message.text == "Список не читается."


def test_the_strip_follows_its_link_once(window: MainWindow, qtbot: QtBot) -> None:
    followed: list[str] = []
    window.ctx.tell("Добавлено 12.", "success", MessageAction("Отменить", lambda: followed.append("да")))
    link = next(b for b in window.strip.findChildren(QAbstractButton) if b.text() == "Отменить")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert followed == ["да"]
    assert not window.strip.isVisible()


def test_without_a_database_the_window_offers_three_ways(qtbot: QtBot, ctx: Context) -> None:
    pressed: list[str] = []
    actions = [
        ActionSpec(key, "file", key, "database", lambda key=key: pressed.append(key), needs_database=key == "copy")
        for key in ("new", "open", "demo", "copy")
    ]
    made = MainWindow(ctx, actions, PAGES_HERE)
    qtbot.addWidget(made)
    made.show_start()
    made.show()
    titles = [b.text() for b in made.findChildren(QAbstractButton) if b.isVisible() and b.text()]
    assert titles[-3:] == ["Новая база…", "Открыть…", "Посмотреть на примере"] or {
        "Новая база…", "Открыть…", "Посмотреть на примере",
    } <= set(titles)  # fmt: skip
    assert not made.actions_by_key["copy"].isEnabled()
    made.actions_by_key["open"].trigger()
    assert pressed == ["open"]
    assert not any(tab.isVisible() for tab in made.top.tabs)


def test_the_demo_database_is_framed(window: MainWindow) -> None:
    label = next(x for x in window.findChildren(QLabel) if x.objectName() == "demobar")
    assert not label.isVisible()
    window.ctx.is_demo = True
    window.show_pages()
    assert label.isVisible()
    assert "вымышленный район" in label.text()


def test_the_status_bar_says_what_was_saved(window: MainWindow) -> None:
    window.ctx.store.add("Баженова Л. Г.")
    assert window.status.saved.text() == "Сохранено 10:42 · добавлено «Баженова Л. Г.»"


def test_what_does_not_fit_the_foot_ends_in_dots(window: MainWindow) -> None:
    window.ctx.store.add("Баженова Л. Г. " * 30)
    window.status.who.setText("Ложкина А. П. — заведующий")
    saved = window.status.saved
    QApplication.processEvents()
    assert saved.shown().endswith("…")
    assert saved.shown().startswith("Сохранено 10:42 · добавлено")
    assert saved.toolTip() == saved.text()
    window.ctx.store.add("слово")
    assert saved.shown() == saved.text()
    assert window.status.who.width() >= window.status.who.sizeHint().width()


def test_dropped_files_are_passed_on(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    paper = tmp_path / "Школа 5.xlsx"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(paper)), QUrl("https://example.org/x")])
    copy, no_button, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, no_button, plain)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(window.filesDropped) as told:
        window.dropEvent(QDropEvent(QPointF(5, 5), copy, data, no_button, plain))
    assert told.args == [[paper]]


def test_everything_that_takes_the_focus_has_a_name(window: MainWindow) -> None:
    nameless = [
        type(widget).__name__
        for widget in window.top.findChildren(QWidget) + window.strip.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]
    assert nameless == []


def test_help_boxes_open_without_blocking(window: MainWindow) -> None:
    window.actions_by_key["keys"].trigger()
    window.actions_by_key["about"].trigger()
    titles = {box.windowTitle() for box in QApplication.topLevelWidgets() if box.isVisible()}
    assert {"Клавиши", "О программе"} <= titles
    for box in QApplication.topLevelWidgets():
        if box.windowTitle() in ("Клавиши", "О программе"):
            box.close()


def test_qt_speaks_russian(qapp: QApplication) -> None:
    assert speak_russian(qapp)
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Отмена"


def test_calls_of_qt_do_not_eat_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(1000):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) < 200
