"""People at the window: the first user, signing in, the lock over open boxes, changing places, what a role may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from db.store import Store
from imc_desktop.domain.rights import Actor, Role
from imc_desktop.usecases import users as users_module
from imc_desktop.usecases.copy_keys import draft_keys, put_in_force
from imc_desktop.usecases.users import Cost, UserInput, add_user, set_own_pin
from tests.journeys.conftest import Person, Program, press
from ui.access.lock import TITLE, Cover
from ui.access.own_dialog import OwnDialog
from ui.access.recover_dialog import RecoverDialog
from ui.access.users_dialog import NewUserDialog, UsersDialog
from ui.staff.dialogs import PersonDialog

PASSWORD = "река самовар вьюга кедр"  # noqa: S105 - invented
HEAD, METHODIST, OBSERVER = "Ложкина А.П.", "Вебер Е.С.", "Снежинская В.И."
Start = Callable[..., Program]


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(users_module, "COST", Cost(8, 1, 1))


@pytest.fixture
def staffed(example: Path, day: date) -> Path:
    """The invented district with three users; the methodist has a PIN."""
    store = Store(example)
    for role, name in ((Role.HEAD, HEAD), (Role.METHODIST, METHODIST), (Role.OBSERVER, OBSERVER)):
        user = add_user(store, UserInput(name, role), PASSWORD, day)
        if role is Role.METHODIST:
            head, store.actor = store.actor, Actor(user, name, role)
            set_own_pin(store, PASSWORD, "482915")
            store.actor = head
        store.actor = store.actor or Actor(user, name, role)
    store.close()
    return example


def sign_in(program: Program, name: str, password: str = PASSWORD) -> None:
    """Choose a name, type the password, press the verb."""
    dialog = program.desk.seat.keeper.dialog
    assert dialog is not None
    dialog.names.setCurrentIndex(
        next(n for n in range(dialog.names.count()) if dialog.names.itemText(n).startswith(name))
    )
    dialog.password.edit.setText(password)
    press(dialog, "Войти")
    program.wait()


def covered() -> list[str]:
    """Kinds of the windows that show a sheet only."""
    windows = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    return sorted(type(one).__name__ for one in windows if any(cover.isVisible() for cover in one.findChildren(Cover)))


def test_the_first_user_is_made_and_then_signs_in(start: Start, office: Path, person: Person) -> None:
    program = start(office)
    assert not program.window.actions_by_key["lock"].isEnabled()

    def make(box: NewUserDialog) -> None:
        box.form.set_values({"name": HEAD})
        press(box, "Предложить слова")
        box.form.set_values({"password": PASSWORD})
        press(box, "Завести")

    def open_list(box: UsersDialog) -> None:
        person.will(NewUserDialog, make)
        press(box, "Завести заведующего")

    person.will(UsersDialog, open_list)
    program.trigger("users")
    assert program.ctx.store is None
    assert program.window.current_key == ""
    sign_in(program, HEAD)
    assert program.window.status.who.text() == HEAD
    assert program.window.current_key == "staff"
    assert program.window.actions_by_key["lock"].isEnabled()


def test_nothing_is_shown_before_somebody_signs_in(start: Start, staffed: Path) -> None:
    program = start(staffed)
    assert program.ctx.store is None
    assert program.window.host.pages == {}
    assert not program.window.status.lock.isVisible()
    program.desk.seat.keeper.dialog.reject()
    QApplication.processEvents()
    press(program.window, "Войти")
    sign_in(program, METHODIST, "не тот пароль вовсе")
    assert "не подошёл" in program.desk.seat.keeper.dialog.message.text()
    assert not program.desk.seat.keeper.dialog.verb.isEnabled()


def test_the_lock_covers_open_boxes_and_keeps_drafts(start: Start, staffed: Path) -> None:
    program = start(staffed)
    sign_in(program, METHODIST)
    program.page("staff").table.setFocus()
    QTest.keyClick(program.page("staff").table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(program.page("staff").table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text()

    program.page("staff").tools.add.click()
    boxes: list[PersonDialog] = [*program.window.findChildren(PersonDialog)]
    box = boxes[0]
    title = box.windowTitle()
    box.form.set_values({"surname": "Щукина", "name": "Вера"})
    program.desk.seat.lock()
    QApplication.processEvents()
    unlock = program.desk.seat.keeper.guard.dialog
    assert covered() == ["MainWindow", "PersonDialog"]
    assert box.windowTitle() == program.window.windowTitle() == TITLE
    assert QGuiApplication.clipboard().text() == ""
    assert QApplication.activeModalWidget() is unlock
    late = QDialog(program.window)
    late.setModal(True)
    late.setWindowTitle("Итог работы, которая кончилась под замком")
    late.show()
    program.qtbot.waitUntil(lambda: len(covered()) == 3)
    assert QApplication.activeModalWidget() is unlock
    assert late.windowTitle() == TITLE
    late.close()
    QTest.keyClick(unlock, Qt.Key.Key_Escape)
    assert unlock.isVisible()
    unlock.password.edit.setText("482915")
    press(unlock, "Открыть")
    QApplication.processEvents()
    assert covered() == []
    assert box.windowTitle() == title
    assert box.form.values()["name"] == "Вера"
    box.reject()


def test_a_locked_window_takes_no_files_and_no_second_start(
    start: Start, staffed: Path, example: Path, tmp_path: Path
) -> None:
    program = start(staffed)
    sign_in(program, METHODIST)
    program.desk.seat.lock()
    QApplication.processEvents()
    paper = tmp_path / "кадры.xlsx"
    paper.write_bytes(b"PK")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(paper))])
    event = QDropEvent(
        QPoint(50, 50), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    assert not program.window.acceptDrops()
    QApplication.sendEvent(program.window, event)
    program.desk.called_again([paper])
    assert "сначала закончите" in program.said
    program.desk.take_files([paper])
    assert "снимите блокировку" in program.said
    assert covered() == ["MainWindow"]
    assert program.desk.seat.keeper.guard.locked


def test_idle_minutes_lock(start: Start, staffed: Path) -> None:
    program = start(staffed)
    seconds = [0.0]
    keeper = program.desk.seat.keeper
    keeper.watch._now = lambda: seconds[0]
    sign_in(program, METHODIST)
    seconds[0] = 599.0
    keeper.watch.look()
    assert not keeper.guard.locked
    QTest.mouseClick(program.window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    seconds[0] = 1198.0
    keeper.watch.look()
    assert not keeper.guard.locked
    seconds[0] = 1199.5
    keeper.watch.look()
    assert keeper.guard.locked


def test_an_observer_takes_the_place_and_may_only_look(start: Start, staffed: Path) -> None:
    program = start(staffed)
    sign_in(program, METHODIST)
    program.page("staff")
    keeper = program.desk.seat.keeper
    program.desk.seat.lock()
    press(keeper.guard.dialog, "Сменить")
    assert covered() == []
    assert program.ctx.store is None
    sign_in(program, OBSERVER)
    assert program.window.status.who.text() == OBSERVER
    actions = program.window.actions_by_key
    for key, allowed in (("import", False), ("copy", False), ("restore", False), ("users", False), ("own", True)):
        assert actions[key].isEnabled() is allowed, key
    assert actions["users"].toolTip() == "Заводить и менять пользователей может заведующий. Войдите под его именем."
    with program.ctx.store.look() as connection:
        acts = [row[0] for row in connection.execute("SELECT act FROM access_log ORDER BY id")]
    assert acts[-5:] == ["login", "view", "locked", "logout", "login"]


def test_my_own_password_pin_and_minutes(start: Start, staffed: Path, person: Person) -> None:
    program = start(staffed)
    sign_in(program, OBSERVER)

    def change(box: OwnDialog) -> None:
        new = "лось кедр вьюга самовар"
        box.form.set_values({"present": PASSWORD, "password": new, "again": new, "pin": "739164", "minutes": 4})
        press(box, "Сохранить")
        assert box.isVisible()
        box.form.set_values({"minutes": 5})
        press(box, "Сохранить")

    person.will(OwnDialog, change)
    program.trigger("own")
    program.desk.seat.lock()
    unlock = program.desk.seat.keeper.guard.dialog
    unlock.password.edit.setText("739164")
    press(unlock, "Открыть")
    assert not program.desk.seat.keeper.guard.locked


def test_what_an_observer_may_not_do_is_grey_and_says_who_may(start: Start, staffed: Path) -> None:
    program = start(staffed)
    sign_in(program, OBSERVER)
    staff = program.page("staff")
    assert not staff.tools.add.isEnabled()
    assert staff.tools.add.toolTip().startswith("Менять данные могут заведующий и методист.")
    staff.tools.add.setEnabled(True)
    assert not staff.tools.add.isEnabled()
    assert not staff.tools.print.isEnabled()
    assert not staff.card.edit.isEnabled()
    QGuiApplication.clipboard().setText("прежнее")
    staff.table.setFocus()
    for key, words in ((Qt.Key.Key_Delete, "Менять данные"), (Qt.Key.Key_Insert, "Менять данные")):
        QTest.keyClick(staff.table, key)
        assert program.said.startswith(words)
    QTest.keyClick(staff.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert program.said.startswith("Выгружать списки людей")
    assert QGuiApplication.clipboard().text() == "прежнее"
    plan = program.page("plan")
    assert not plan.header.approve.isEnabled()
    assert plan.header.approve.toolTip() == "Утверждать план может заведующий. Войдите под его именем."
    assert plan.header.print.isEnabled()
    for key in ("courses", "attestation"):
        page = program.page(key)
        assert not page.add.isEnabled()
        assert not page.print.isEnabled()


def test_a_methodist_copies_and_that_is_logged_once(start: Start, staffed: Path) -> None:
    program = start(staffed)
    sign_in(program, METHODIST)
    table = program.page("staff").table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    with program.ctx.store.look() as connection:
        lines = connection.execute("SELECT author, count FROM access_log WHERE act = 'copied'").fetchall()
    assert lines == [(METHODIST, 1200)]
    assert QGuiApplication.clipboard().text().count("\n") == 1200


def test_a_head_who_forgot_the_password_has_the_paper(start: Start, staffed: Path, person: Person, day: date) -> None:
    store = Store(staffed)
    store.actor = Actor("", HEAD, Role.HEAD)
    draft = draft_keys()
    put_in_force(store, draft, "пароль копий кабинета", today=day)
    store.close()
    program = start(staffed)

    def recover(box: RecoverDialog) -> None:
        box.form.set_values({"sheet": draft.paper.identity, "password": "лось кедр вьюга самовар"})
        press(box, "Задать")

    person.will(RecoverDialog, recover)
    press(program.desk.seat.keeper.dialog, "Заведующий забыл")
    program.wait()
    assert program.window.status.who.text() == HEAD
    assert program.window.current_key == "staff"
