"""The key of copies in the window: made with its sheet, asked for once, changed, checked, turned off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from db.store import Store
from imc_desktop.usecases import copy_keys
from imc_desktop.usecases.copies import copy_to
from imc_desktop.usecases.office_making import create_office
from ui.context import Context
from ui.copies.copy_dialog import CopyDialog
from ui.copies.keys_dialog import CheckSheetDialog, KeysDialog
from ui.copies.new_key_dialog import DONE, PASSWORD, SHEET, TYPE_BACK, NewKeyDialog
from ui.copies.restore_dialog import Deeds, RestoreDialog
from ui.copies.unlock_dialog import UnlockDialog

SECRET, OTHER = "сорок тысяч братьев", "другой длинный пароль"


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


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "флешка"
    folder.mkdir()
    return folder


@pytest.fixture
def boxes(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[Any], None]]:
    """What is done in the boxes that will open, in their order."""
    scripts: list[Callable[[Any], None]] = []

    def run(box: QDialog) -> int:
        box.show()
        scripts.pop(0)(box)
        if box.isVisible():
            QDialog.reject(box)
        return box.result()

    monkeypatch.setattr(QDialog, "exec", run)
    return scripts


def make_key(dialog: NewKeyDialog, password: str = SECRET) -> None:
    dialog.password.setText(password)
    dialog.again.setText(password)
    dialog.go_on()
    dialog.go_on()
    for line, number in zip(dialog.typed, dialog.asked, strict=True):
        line.setText(dialog.draft.groups[number - 1].lower())
    dialog.go_on()


def with_key(ctx: Context, password: str = SECRET) -> copy_keys.Draft:
    draft = copy_keys.draft_keys()
    copy_keys.put_in_force(ctx.store, draft, password, today=ctx.clock.today())
    return draft


def test_a_key_is_made_step_by_step(qtbot: QtBot, ctx: Context, store: Store) -> None:
    dialog = NewKeyDialog(ctx)
    qtbot.addWidget(dialog)
    dialog.password.setText("короткий")
    dialog.go_on()
    assert (dialog.step, "короткий" in dialog.problem.text()) == (PASSWORD, True)
    dialog.password.setText(SECRET)
    dialog.again.setText(OTHER)
    dialog.go_on()
    assert (dialog.step, "не совпали" in dialog.problem.text()) == (PASSWORD, True)
    dialog.again.setText(SECRET)
    dialog.go_on()
    assert (dialog.step, dialog.problem.text()) == (SHEET, "")
    dialog.go_on()
    dialog.go_on()
    assert (dialog.step, "Группы не те" in dialog.problem.text()) == (TYPE_BACK, True)
    assert copy_keys.key_view(store).key_id == ""
    dialog.go_back()
    assert dialog.step == SHEET
    dialog.go_on()
    for line, number in zip(dialog.typed, dialog.asked, strict=True):
        line.setText(dialog.draft.groups[number - 1])
    dialog.go_on()
    assert (dialog.step, dialog.made) == (DONE, dialog.draft.key_id)
    assert copy_keys.key_view(store).unlocked
    dialog.go_on()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_the_sheet_is_printed_and_not_kept(qtbot: QtBot, ctx: Context, store: Store, tmp_path: Path) -> None:
    dialog = NewKeyDialog(ctx)
    qtbot.addWidget(dialog)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "лист.pdf"))
    dialog.print_to(printer)
    assert (tmp_path / "лист.pdf").stat().st_size > 1000
    assert "ещё раз" in dialog.print.text()
    dialog.reject()
    assert copy_keys.key_view(store).key_id == ""
    with store.look() as connection:
        assert connection.execute("SELECT count(*) FROM access_log").fetchone() == (0,)


def test_a_copy_without_a_key_leads_to_one(
    qtbot: QtBot, ctx: Context, store: Store, stick: Path, boxes: list[Callable[[Any], None]]
) -> None:
    dialog = CopyDialog(ctx)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.key.isVisible()
    boxes.append(make_key)
    dialog.key.click()
    assert not dialog.key.isVisible()
    assert copy_keys.key_view(store).key_id in dialog.safety.text()
    dialog.folder.setText(str(stick))
    dialog.verb.click()
    assert dialog.made is not None
    assert "совпало" in dialog.result_text.text()


def test_the_password_is_asked_for_once_per_session(
    qtbot: QtBot, ctx: Context, store: Store, stick: Path, boxes: list[Callable[[Any], None]]
) -> None:
    with_key(ctx)
    store.keys.lock()
    dialog = CopyDialog(ctx)
    qtbot.addWidget(dialog)
    dialog.folder.setText(str(stick))
    said: list[str] = []

    def answer(box: UnlockDialog) -> None:
        box.password.setText(OTHER)
        box.accept()
        said.append(box.message.text())
        box.password.setText(SECRET)
        box.accept()

    boxes.append(answer)
    dialog.verb.click()
    assert "раскладку" in said[0]
    assert dialog.made is not None
    dialog.made = None
    dialog.verb.click()
    assert dialog.made is not None, "not asked again"


def test_giving_up_the_password_makes_no_copy(
    qtbot: QtBot, ctx: Context, store: Store, stick: Path, boxes: list[Callable[[Any], None]]
) -> None:
    with_key(ctx)
    store.keys.lock()
    dialog = CopyDialog(ctx)
    qtbot.addWidget(dialog)
    dialog.folder.setText(str(stick))
    boxes.append(lambda box: box.reject())
    dialog.verb.click()
    assert dialog.made is None
    assert list(stick.iterdir()) == []


def test_changing_the_key_names_what_old_keys_open(
    qtbot: QtBot, ctx: Context, store: Store, stick: Path, boxes: list[Callable[[Any], None]]
) -> None:
    first = with_key(ctx)
    copy = copy_to(store, stick, today=ctx.clock.today())
    store.keys.lock()
    dialog = KeysDialog(ctx)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "закрыт" in dialog.state.text()
    told: list[str] = []

    def by_paper(box: UnlockDialog) -> None:
        box.use_paper()
        box.paper.setText(" ".join(first.groups))
        box.accept()

    def change(box: NewKeyDialog) -> None:
        make_key(box, OTHER)
        told.append(box.told.text())
        box.go_on()

    boxes += [by_paper, change]
    dialog.make_key()
    assert "открываются 1 копия (флешка)" in told[0]
    assert copy.path.name in dialog.old.text()
    assert copy_keys.key_view(store).key_id != first.key_id
    store.keys.lock()
    assert copy_keys.unlock(store, OTHER)
    assert len(store.keys.identities) == 2, "the old copies open with the new password"


def test_the_sheet_is_checked(qtbot: QtBot, ctx: Context, store: Store, boxes: list[Callable[[Any], None]]) -> None:
    draft = with_key(ctx)
    dialog = KeysDialog(ctx)
    qtbot.addWidget(dialog)
    said: list[str] = []

    def check(box: CheckSheetDialog) -> None:
        box.text.setText("QPZRY9")
        box.accept()
        said.append(box.message.text())
        box.text.setText(" ".join(draft.groups))
        box.accept()

    boxes.append(check)
    dialog.check_sheet()
    assert "Это не ключ" in said[0]
    assert draft.key_id in dialog.said.text()


def test_turning_encryption_off_is_asked_twice(qtbot: QtBot, ctx: Context, store: Store) -> None:
    with_key(ctx)
    dialog = KeysDialog(ctx)
    qtbot.addWidget(dialog)
    dialog.turn_off()
    assert copy_keys.key_view(store).key_id
    assert "Да, отключить" in dialog.off.text()
    dialog.turn_off()
    assert copy_keys.key_view(store).key_id == ""
    assert "отключено" in dialog.said.text()


def test_going_back_to_an_encrypted_copy_asks_for_what_opens_it(
    qtbot: QtBot, ctx: Context, store: Store, stick: Path, boxes: list[Callable[[Any], None]]
) -> None:
    draft = with_key(ctx)
    copy = copy_to(store, stick, today=ctx.clock.today() - timedelta(days=1))
    store.keys.lock()
    taken: list[tuple[str, ...]] = []
    dialog = RestoreDialog(ctx, store.path, Deeds(lambda _copy, found: taken.append(found)))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.add_file(copy.path)

    def by_paper(box: UnlockDialog) -> None:
        box.use_paper()
        box.paper.setText(" ".join(draft.groups))
        box.accept()

    boxes.append(by_paper)
    dialog.go_on()
    assert "Копия цела" in dialog.jobs.text.text()
    assert dialog.verb.text() == "Да, вернуться", "nothing was done after the copy"
    dialog.go_on()
    assert taken == [(draft.paper.identity,)]


def test_a_trial_is_opened_beside(qtbot: QtBot, ctx: Context, store: Store, stick: Path) -> None:
    copy = copy_to(store, stick, today=ctx.clock.today())
    shown: list[Path] = []
    dialog = RestoreDialog(ctx, store.path, Deeds(lambda _copy, _keys: None, shown.append))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.add_file(copy.path)
    dialog.try_out()
    assert shown[0].name.startswith("Учебная база от ")
    assert "отдельном окне" in dialog.jobs.text.text()


def test_merging_is_offered_where_the_copy_has_more(qtbot: QtBot, ctx: Context, store: Store, stick: Path) -> None:
    with store.change("правка") as session:
        session.connection().exec_driver_sql("UPDATE office SET short_name = 'ИМЦ 2'")
    before = store.path.read_bytes()
    with store.change("ещё правка") as session:
        session.connection().exec_driver_sql("UPDATE office SET short_name = 'ИМЦ 3'")
    copy = copy_to(store, stick, today=ctx.clock.today())
    store.close()
    store.path.write_bytes(before)
    merged: list[Path] = []
    deeds = Deeds(lambda _copy, _keys: None, merge=lambda found, _keys: merged.append(found))
    dialog = RestoreDialog(ctx, store.path, deeds)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.add_file(copy.path)
    dialog.go_on()
    assert dialog.merge.isVisible()
    assert dialog.merge.isDefault()
    dialog.merge.click()
    assert merged == [copy.path]
