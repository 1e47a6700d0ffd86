"""The help: every place has its page, every page begins with what to print, no link leads nowhere, F1 works in boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QListWidget
from pytestqt.qtbot import QtBot

from imc_desktop.usecases.about import licences
from tests.test_architecture import PACKAGES, ROOT
from tests.ui.conftest import RESOURCES, type_text
from ui.common.dialog import Dialog, FormDialog
from ui.common.form import Field
from ui.common.steps import StepsDialog
from ui.context import Context
from ui.help.boxes import AboutDialog, KeysDialog, LicencesDialog, PlainDialog
from ui.help.library import CONTENTS, Library, page_of_link
from ui.help.window import HelpWindow
from ui.main_window import MainWindow
from ui.registry import PAGES, resolve

NAMES = [name for _, names in CONTENTS for name in names]
LINK = re.compile(r"\[[^\]]+\]\(([^)]+)\)")
BASES = {Dialog, FormDialog, StepsDialog, PlainDialog}
BOX = re.compile(r"^class (\w+)\((?:\w+, )*\w*(?:Dialog|Window)\w*(?:\[\w+\])?(?:, \w+)*\):", re.MULTILINE)


@pytest.fixture
def library() -> Library:
    return Library(RESOURCES / "help")


@pytest.fixture
def window(qtbot: QtBot, ctx: Context) -> MainWindow:
    made = MainWindow(ctx)
    qtbot.addWidget(made)
    made.actions_of_window.answer_help()
    made.show_start()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def boxes() -> Iterator[type[QDialog]]:
    """Every class of box of the window."""
    for path in sorted((ROOT / "ui").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for name in BOX.findall(path.read_text(encoding="utf-8")):
            found = resolve(f"{module}:{name}")
            if issubclass(found, QDialog) and found not in BASES:
                yield found


def opened_help() -> list[HelpWindow]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, HelpWindow) and one.isVisible()]


def test_every_tab_and_every_box_names_a_page() -> None:
    assert "ui" in PACKAGES
    found = list(boxes())
    assert len(found) > 15
    nameless = [f"{box.__module__}.{box.__name__}" for box in found if getattr(box, "help_page", "") not in NAMES]
    assert nameless == []
    assert [spec.key for spec in PAGES if spec.key not in NAMES] == []


def test_contents_and_files_are_the_same() -> None:
    assert sorted(NAMES) == sorted(path.stem for path in (RESOURCES / "help").glob("*.md"))
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole(library: Library, name: str) -> None:
    text = library.pages[name].text
    first, second = [line for line in text.splitlines() if line.strip()][:2]
    assert first.startswith("# ")
    assert second == "## Что напечатать"
    assert text.rstrip().count("\n## Если что-то не так\n") == 1, "what to do when something is wrong"
    assert [link for link in LINK.findall(text) if page_of_link(link) not in NAMES] == []


@pytest.mark.parametrize(
    ("link", "page"), [("staff.md", "staff"), ("https://example.org/a.md", ""), ("../staff.md", ""), ("staff", "")]
)
def test_only_pages_of_the_help_are_followed(link: str, page: str) -> None:
    assert page_of_link(link) == page


def test_words_are_found_whatever_their_ending(library: Library) -> None:
    assert "copy" in library.speaking_of("флешкой")
    assert library.speaking_of("синхрофазотрон") == []
    assert library.speaking_of("") == NAMES
    assert "carriers" in library.speaking_of("ПОТЕРЯННАЯ флешка")


def test_f1_opens_the_page_of_the_place(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: len(opened_help()) == 1)
    assert opened_help()[0].page == "first-run"
    window.show_failure("База не открылась", "Файл повреждён.")
    window.actions_by_key["help"].trigger()
    assert [one.page for one in opened_help()] == ["trouble"], "the same window, another page"


def test_f1_works_in_a_box_that_waits(window: MainWindow, qtbot: QtBot, ctx: Context) -> None:
    class Box(FormDialog):
        help_page = "plan"

    box = Box(ctx, "Мероприятие", [Field("title", "Название")], parent=window)
    qtbot.addWidget(box)
    box.setModal(True)
    box.show()
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: len(opened_help()) == 1)
    assert opened_help()[0].page == "plan"
    assert opened_help()[0].parentWidget() is box, "else the box that waits would keep the keyboard"
    opened_help()[0].close()


@pytest.fixture
def reader(qtbot: QtBot, ctx: Context, library: Library) -> HelpWindow:
    made = HelpWindow(ctx, library)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.go_to("staff")
    made.show()
    return made


def titles(reader: HelpWindow) -> list[str]:
    lines = [reader.contents.item(number) for number in range(reader.contents.count())]
    return [line.text() for line in lines if line.flags() & Qt.ItemFlag.ItemIsSelectable]


def test_one_reads_on_and_back(reader: HelpWindow) -> None:
    assert "Карточка" in reader.text.toPlainText()
    reader.text.anchorClicked.emit(QUrl("questions.md"))
    reader.text.anchorClicked.emit(QUrl("https://example.org/"))
    assert reader.page == "questions"
    assert not reader.forward.isEnabled()
    reader.back.click()
    assert reader.page == "staff"
    assert not reader.back.isEnabled()
    reader.forward.click()
    assert reader.page == "questions"
    assert reader.contents.currentItem().text() == "Вопросы импорта"


def test_the_search_narrows_the_contents_and_marks_the_words(reader: HelpWindow) -> None:
    assert len(titles(reader)) == len(NAMES)
    type_text(reader.search, "утвердить")
    assert titles(reader)
    assert len(titles(reader)) < len(NAMES)
    reader.search.returnPressed.emit()
    assert reader.page in Library(RESOURCES / "help").speaking_of("утвердить")
    assert reader.text.extraSelections()
    reader.search.setText("синхрофазотрон")
    assert reader.contents.item(0).text() == "Такого слова в справке нет"
    assert titles(reader) == []


def test_a_page_is_printed(reader: HelpWindow, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "page.pdf"))
    reader.print_to(printer)
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast"])
def test_the_text_follows_colours_and_size(reader: HelpWindow, scheme: str) -> None:
    reader.ctx.theme.set_scheme(scheme)
    reader.ctx.theme.set_scale(200)
    block = reader.text.document().begin()
    assert block.text() == "Кадры"
    assert block.begin().fragment().charFormat().fontPointSize() == 32
    assert reader.text.horizontalScrollBar().maximum() == 0


def test_about_says_versions_and_places_and_copies_them(qtbot: QtBot, ctx: Context, tmp_path: Path) -> None:
    ctx.database = tmp_path / "кабинет.imc"
    box = AboutDialog(ctx)
    qtbot.addWidget(box)
    labels = {fact.label for fact in box.facts}
    assert {
        "Версия программы",
        "Вид базы",
        "Qt",
        "Python",
        "SQLite",
        "База",
        "Копии рядом с базой",
        "Журнал сбоев",
    } <= labels
    assert all(fact.text for fact in box.facts)
    box.copy.click()
    assert str(tmp_path / "кабинет.imc") in QGuiApplication.clipboard().text()
    box.close()


def test_all_licences_can_be_read(qtbot: QtBot, ctx: Context) -> None:
    box = LicencesDialog(ctx)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(box)
    names: QListWidget = box.names
    assert names.item(0).text() == "Qt и как её заменить"
    assert "заменить" in box.text.toPlainText()
    shipped = {path for path in (RESOURCES / "licences").rglob("*") if path.is_file()}
    assert shipped <= {path for _, path in licences()}
    for number in range(names.count()):
        names.setCurrentRow(number)
        assert len(box.text.toPlainText()) > 200, names.item(number).text()


def test_keys_are_listed(qtbot: QtBot, ctx: Context, window: MainWindow) -> None:
    box = KeysDialog(ctx, list(window.actions_by_key.values()), window)
    qtbot.addWidget(box)
    told = {label.text() for label in box.findChildren(QLabel)}
    assert {"F1", "Справка", "Ctrl+0"} <= told
    box.close()
