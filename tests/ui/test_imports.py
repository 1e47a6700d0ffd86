"""The import window: four pages, nothing written before the button, corrections, stop, the way back, questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest
import xlsxwriter
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from db.store import Store
from imc_desktop.usecases.copy_facts import local_folder
from imc_desktop.usecases.imports import effects
from imc_desktop.usecases.imports.layouts import remembered_layouts
from imc_desktop.usecases.imports.questions import open_questions
from imc_desktop.usecases.office_making import create_office
from ui.context import Context
from ui.imports.dialog import COLUMNS, FILES, PREVIEW, RESULT, ImportDialog
from ui.imports.questions import QuestionsDialog, QuestionsPage
from ui.imports.state import counters, with_dots
from ui.jobs import JobRunner

HEADINGS = ("ФИО", "Дата рождения", "Должность", "Телефон")
ROWS = (
    ("Белова Анна Ивановна", "05.06.1980", "учитель математики", "8 902 000-11-01"),
    ("Носова Вера Петровна", "17.10.1975", "учитель химии", "8 902 000-11-02"),
    ("Котова О. Ю.", "", "учитель", ""),
    ("Мишина Е. А.", "", "учитель", ""),
)


def a_list(path: Path, rows: Sequence[Sequence[str]] = ROWS, headings: Sequence[str] = HEADINGS) -> Path:
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(2026, 11, 20, tzinfo=UTC)})  # the same rows give the same file
        sheet = book.add_worksheet("Педагоги")
        sheet.write(0, 0, "МБОУ «СОШ № 5»")
        sheet.write_row(2, 0, headings)
        for line, row in enumerate(rows, 3):
            sheet.write_row(line, 0, row)
    return path


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
    ctx.attach(opened, database=path)
    yield opened
    opened.close()


def opened_dialog(qtbot: QtBot, ctx: Context, *paths: Path) -> ImportDialog:
    dialog = ImportDialog(ctx, paths)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.start()
    return dialog


def imported(qtbot: QtBot, ctx: Context, path: Path) -> ImportDialog:
    dialog = opened_dialog(qtbot, ctx, path)
    while dialog.step != RESULT:
        dialog.go_on()
    return dialog


def people_of(store: Store) -> list[tuple[str, str]]:
    with store.read() as session:
        query = "SELECT surname, phone FROM person WHERE deleted_at IS NULL ORDER BY surname"
        return [tuple(row) for row in session.connection().exec_driver_sql(query)]


def texts(widget: ImportDialog) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_four_pages_from_files_to_result(qtbot: QtBot, ctx: Context, store: Store, tmp_path: Path) -> None:
    dialog = opened_dialog(qtbot, ctx, a_list(tmp_path / "Список СОШ 5.xlsx"))
    assert dialog.step == FILES
    assert "Педагоги — список педагогов, 4 строки, МБОУ «СОШ № 5»" in texts(dialog)
    dialog.go_on()
    assert dialog.step == COLUMNS
    assert [dialog.columns.choice(line).currentData() for line in range(4)] == ["name", "birth", "post", "phone"]
    dialog.go_on()
    assert dialog.step == PREVIEW
    assert people_of(store) == []
    page = dialog.preview_page
    assert (page.chips["new"].text(), page.chips["unclear"].text()) == ("Новых 3", "Неясно 2")
    assert not page.chips["rejected"].isVisible()
    dialog.go_on()
    assert dialog.step == RESULT
    assert [name for name, _ in people_of(store)] == ["Белова", "Носова"]
    assert dialog.outcome.questions.text() == "Ответить на 2 вопроса…"
    assert store.undo_label == "Импорт: Список СОШ 5.xlsx"
    assert dialog.report is not None


def test_undo_on_the_last_page_brings_everything_back(qtbot: QtBot, ctx: Context, store: Store, tmp_path: Path) -> None:
    dialog = imported(qtbot, ctx, a_list(tmp_path / "Список.xlsx"))
    dialog.outcome.undo.click()
    assert people_of(store) == []
    assert dialog.report is None
    assert dialog.outcome.title.text() == "Импорт отменён"
    assert not dialog.outcome.undo.isEnabled()


def test_the_same_file_again_has_nothing_to_import(qtbot: QtBot, ctx: Context, store: Store, tmp_path: Path) -> None:
    path = a_list(tmp_path / "Список.xlsx", ROWS[:2])
    imported(qtbot, ctx, path)
    counter = store.change_counter()
    dialog = opened_dialog(qtbot, ctx, path)
    dialog.go_on()
    dialog.go_on()
    assert dialog.step == PREVIEW
    assert not dialog.verb.isEnabled()
    assert dialog.jobs.text.text() == "Всё это уже есть в базе."
    assert dialog.preview_page.chips["same"].text() == "Без изменений 2"
    assert store.change_counter() == counter


def test_counters_narrow_the_list(qtbot: QtBot, ctx: Context, store: Store, tmp_path: Path) -> None:
    imported(qtbot, ctx, a_list(tmp_path / "было.xlsx", ROWS[:2]))
    rows = (
        ("Белова Анна Ивановна", "05.06.1981", "учитель математики", "8 902 000-22-02"),
        *ROWS[1:],
        ("Зимина Ольга Юрьевна", "", "директор", ""),
    )
    dialog = opened_dialog(qtbot, ctx, a_list(tmp_path / "стало.xlsx", rows))
    dialog.go_on()
    dialog.go_on()
    page = dialog.preview_page
    for outcome in ("new", "changed", "contradiction", "unclear"):
        page.chips[outcome].click()
        shown = page.model.shown_rows()
        assert page.outcome == outcome
        assert shown
        assert {line.outcome for line in shown} == {outcome}
        page.chips[outcome].click()
        assert page.model.shown == page.model.total
    changed = [line for line in page.model.shown_rows() if line.outcome == "changed"]
    assert [(line.what, line.before, line.after) for line in changed] == [("телефон", "+79020001101", "+79020002202")]
    contradiction = next(line for line in page.model.shown_rows() if line.outcome == "contradiction")
    assert (contradiction.before, contradiction.after) == ("05.06.1980", "05.06.1981")
    page.filter.setText("зимина")
    page._apply()
    assert [line.who for line in page.model.shown_rows()] == ["Зимина Ольга Юрьевна"]


def test_a_corrected_column_is_read_anew_and_remembered(
    qtbot: QtBot, ctx: Context, store: Store, tmp_path: Path
) -> None:
    path = a_list(tmp_path / "Список.xlsx", ROWS[:2])
    dialog = opened_dialog(qtbot, ctx, path)
    dialog.go_on()
    choice = dialog.columns.choice(3)
    choice.setCurrentIndex(choice.findData(""))
    dialog.go_on()
    assert dialog.step == PREVIEW
    dialog.go_on()
    assert people_of(store) == [("Белова", ""), ("Носова", "")]
    assert list(remembered_layouts(store).values()) == [{3: ""}]
    dialog.outcome.undo.click()
    assert people_of(store) == []
    again = opened_dialog(qtbot, ctx, path)
    again.go_on()
    assert again.columns.choice(3).currentData() == "", "what was told about the columns stays told"


def test_when_the_base_moved_the_preview_is_made_again(
    qtbot: QtBot, ctx: Context, store: Store, tmp_path: Path
) -> None:
    dialog = opened_dialog(qtbot, ctx, a_list(tmp_path / "Список.xlsx", ROWS[:2]))
    dialog.go_on()
    dialog.go_on()
    with store.change("другое") as session:
        session.connection().exec_driver_sql("UPDATE office SET genitive = 'иного центра'")
    dialog.go_on()
    assert dialog.step == PREVIEW
    assert "изменилась" in dialog.jobs.text.text()
    assert people_of(store) == []
    dialog.go_on()
    assert dialog.step == RESULT
    assert len(people_of(store)) == 2


def test_a_copy_is_made_before_an_import_into_a_base_with_data(
    qtbot: QtBot, ctx: Context, store: Store, tmp_path: Path
) -> None:
    imported(qtbot, ctx, a_list(tmp_path / "раз.xlsx", ROWS[:1]))
    assert not local_folder(store.path).exists()
    imported(qtbot, ctx, a_list(tmp_path / "два.xlsx", ROWS[:2]))
    assert len(list(local_folder(store.path).glob("*.imcb"))) == 1


def test_only_refused_files_lead_nowhere(qtbot: QtBot, ctx: Context, store: Store, tmp_path: Path) -> None:
    broken = tmp_path / "сломан.xlsx"
    broken.write_bytes(b"PK\x03\x04" + b"\0" * 50)
    dialog = opened_dialog(qtbot, ctx, broken)
    assert dialog.step == FILES
    assert not dialog.verb.isEnabled()
    assert "Не принято: 1" in texts(dialog)


def test_dropped_files_join_the_first_page(qtbot: QtBot, ctx: Context, store: Store, tmp_path: Path) -> None:
    dialog = opened_dialog(qtbot, ctx, a_list(tmp_path / "раз.xlsx"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(a_list(tmp_path / "два.xlsx")))])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    dialog.dropEvent(drop)
    assert [paper.file for paper in dialog.papers] == ["раз.xlsx", "два.xlsx"]


def test_rejected_rows_are_saved_with_reason_and_row(qtbot: QtBot, ctx: Context, store: Store, tmp_path: Path) -> None:
    rows = (*ROWS[:2], ("Зимина Ольга Юрьевна", "31.02.1980", "директор", "8 902 000-11-03"))
    dialog = imported(qtbot, ctx, a_list(tmp_path / "Список.xlsx", rows))
    assert dialog.outcome.rejects.isVisible()
    target = tmp_path / "не принято.xlsx"
    dialog.save_rejects(target)
    cells = [[cell for cell in row if cell] for row in load_workbook(target).active.iter_rows(values_only=True)]
    found = next(row for row in cells if row[:1] == ["B6"])
    assert found[2:] == ["Зимина Ольга Юрьевна", "31.02.1980", "директор", "8 902 000-11-03"]
    assert "Сохранено" in dialog.jobs.text.text()


def test_stop_in_the_middle_writes_nothing(
    qtbot: QtBot, ctx: Context, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real worker thread: the job is stopped while it works, the window stays and says so."""
    dialog = opened_dialog(qtbot, ctx, a_list(tmp_path / "Список.xlsx"))
    dialog.go_on()
    runner = JobRunner()
    runner.uncaught.connect(ctx.report_error)
    monkeypatch.setattr(ctx, "jobs", runner)
    dialog = ImportDialog(ctx, [tmp_path / "Список.xlsx"])
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.start()
    qtbot.waitUntil(lambda: not dialog.jobs.busy and dialog.step == FILES and bool(dialog.papers))
    dialog.go_on()
    dialog.go_on()
    qtbot.waitUntil(lambda: not dialog.jobs.busy and dialog.step == PREVIEW)
    here, go = Event(), Event()
    deed = effects.import_papers

    def waiting(*args: object, **named: object) -> object:
        here.set()
        go.wait(5)
        return deed(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("ui.imports.work.import_papers", waiting)
    dialog.go_on()
    assert not dialog.verb.isEnabled()
    qtbot.waitUntil(here.is_set)
    dialog.reject()
    assert dialog.isVisible()
    go.set()
    qtbot.waitUntil(lambda: not dialog.jobs.busy)
    assert dialog.step == PREVIEW
    assert "ничего не изменилось" in dialog.jobs.text.text()
    assert people_of(store) == []
    runner.shutdown()


def test_questions_are_answered_in_place(qtbot: QtBot, ctx: Context, store: Store, tmp_path: Path) -> None:
    rows = (
        ("Котова Ольга Юрьевна", "01.02.1980", "учитель", ""),
        ("Котова Олеся Юлиановна", "", "учитель", ""),
        *ROWS[2:3],
    )
    imported(qtbot, ctx, a_list(tmp_path / "Список.xlsx", rows))
    page = QuestionsPage(ctx)
    qtbot.addWidget(page)
    page.show()
    assert page.counter.text() == "1 открытый вопрос"
    assert page.answers() == ["Котова Ольга Юрьевна", "Котова Олеся Юлиановна", "Новый человек", "Пропустить"]
    page.buttons[1].click()
    assert open_questions(store) == []
    assert page.stack.currentIndex() == 1
    ctx.undo()
    assert len(open_questions(store)) == 1
    assert page.stack.currentIndex() == 0


def test_a_contradiction_offers_card_and_file(qtbot: QtBot, ctx: Context, store: Store, tmp_path: Path) -> None:
    imported(qtbot, ctx, a_list(tmp_path / "раз.xlsx", ROWS[:1]))
    other = (ROWS[0][0], "05.06.1981", *ROWS[0][2:])
    imported(qtbot, ctx, a_list(tmp_path / "два.xlsx", [other]))
    dialog = QuestionsDialog(ctx)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.page.answers() == ["В карточке: 05.06.1980", "В файле: 05.06.1981"]
    dialog.page.buttons[1].click()
    with store.read() as session:
        assert session.connection().exec_driver_sql("SELECT birth FROM person").scalar_one() == "1981-06-05"
    assert dialog.undo.isEnabled()
    dialog.undo.click()
    assert len(open_questions(store)) == 1


def test_all_of_a_list_with_initials_are_new(qtbot: QtBot, ctx: Context, store: Store, tmp_path: Path) -> None:
    imported(qtbot, ctx, a_list(tmp_path / "Список.xlsx", ROWS[2:]))
    page = QuestionsPage(ctx)
    qtbot.addWidget(page)
    page.show()
    assert page.answers()[-1] == "Все — новые люди (2)"
    page.buttons[-1].click()
    assert [name for name, _ in people_of(store)] == ["Котова", "Мишина"]
    assert open_questions(store) == []
    store.undo()
    assert people_of(store) == []


def test_the_counters_are_those_of_the_report(qtbot: QtBot, ctx: Context, store: Store, tmp_path: Path) -> None:
    dialog = opened_dialog(qtbot, ctx, a_list(tmp_path / "Список.xlsx"))
    dialog.go_on()
    dialog.go_on()
    assert dialog.preview is not None
    assert counters(dialog.preview, "people")["new"] == dialog.preview.report.total("people", "new") == 2
    assert with_dots("Котова О Ю") == "Котова О. Ю."
