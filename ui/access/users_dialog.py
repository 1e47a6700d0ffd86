"""«Пользователи»: who signs in, in which role, until when; passwords are given here, never shown again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from imc_desktop.domain.errors import Problem
from imc_desktop.domain.passwords import password_problems
from imc_desktop.domain.rights import ROLE_TITLES, Role
from imc_desktop.domain.words import show_date
from imc_desktop.usecases.people_choice import people_choices
from imc_desktop.usecases.users import (
    UserInput,
    UserView,
    add_user,
    edit_user,
    offered_password,
    reset_password,
    user_problems,
    users,
)
from ui.common.dialog import FormDialog
from ui.common.empty_state import EmptyState
from ui.common.fitting import fitting
from ui.common.flow import Flow
from ui.common.form import Field
from ui.common.rows_layout import Column
from ui.common.rows_model import RowsModel
from ui.common.table import Table
from ui.context import Context, MessageAction

SIZE = (820, 460)
NOBODY = (
    "Пока пользователей нет, каждый, кто сел за этот компьютер, может всё, а изменения подписываются именем "
    "пользователя Windows. Заведите заведующего: с этого дня программа спрашивает, кто работает, и каждый делает "
    "только то, что положено его роли."
)
ROLE_WORDS = (
    "Заведующий может всё. Методист ведёт кадры, курсы, аттестацию и проект плана, печатает и делает копии. "
    "Наблюдатель только смотрит."
)
COLUMNS: tuple[Column[UserView], ...] = (
    Column("name", "Имя", lambda one: one.name, keep=True),
    Column("role", "Роль", lambda one: one.role_title, weight=0.6),
    Column("person", "Карточка", lambda one: one.person),
    Column("since", "С", lambda one: show_date(one.since), weight=0.3),
    Column("until", "По", lambda one: show_date(one.until), tone=lambda one: "bad" if one.left else "", weight=0.3),
    Column("pin", "ПИН", lambda one: "есть" if one.has_pin else "", weight=0.2),
)


class UsersDialog(QDialog):
    """The list with its deeds; the very first user closes it, because then somebody must sign in."""

    help_page = "users"

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.setWindowTitle("Пользователи")
        self.resize(fitting(ctx, SIZE))
        self.model: RowsModel[UserView] = RowsModel(COLUMNS, lambda one: one.id, ctx.theme)
        self.table = Table(self.model, ctx.theme, ctx.prefs, "users", "Пользователи")
        self.table.opened.connect(self.edit)
        self.table.currentRow.connect(self._allow)
        empty = EmptyState(
            ctx.theme, "users", "Пользователей пока нет", NOBODY, [MessageAction("Завести заведующего…", self.add)]
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(empty)
        self.words = QLabel(ROLE_WORDS, wordWrap=True)
        self.words.setObjectName("secondary")
        self.add_button = self._button("Добавить…", self.add)
        self.edit_button = self._button("Изменить…", self.edit_current)
        self.reset_button = self._button("Новый пароль…", self.reset_current)
        close = self._button("Закрыть", self.accept)
        foot = Flow()
        foot.add(self.add_button, self.edit_button, self.reset_button)
        foot.add(close, end=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.stack, 1)
        column.addWidget(self.words)
        column.addLayout(foot)
        self.refresh()

    @classmethod
    def run(cls, parent: QWidget | None, ctx: Context) -> None:
        """Show the list until it is closed."""
        dialog = cls(ctx, parent)
        dialog.exec()
        dialog.deleteLater()

    def refresh(self) -> None:
        """Read the users anew."""
        found = users(self.ctx.store, self.ctx.clock.today())
        self.model.set_rows(found)
        self.stack.setCurrentIndex(0 if found else 1)
        self.add_button.setVisible(bool(found))
        self.words.setVisible(bool(found))
        for button in (self.edit_button, self.reset_button):
            button.setVisible(bool(found))
        self._allow()

    @Slot()
    def add(self) -> None:
        """A new user; the first one makes everybody sign in."""
        first = not self.ctx.signed_in
        if NewUserDialog(self.ctx, first=first, parent=self).exec():
            if first:
                self.accept()
            else:
                self.refresh()

    @Slot(object)
    def edit(self, user: UserView) -> None:
        """Name, role, person, days."""
        if EditUserDialog(self.ctx, user, parent=self).exec():
            self.refresh()

    @Slot()
    def edit_current(self) -> None:
        """The same from the button."""
        if (user := self.table.current()) is not None:
            self.edit(user)

    @Slot()
    def reset_current(self) -> None:
        """A new password for somebody who forgot theirs."""
        if (user := self.table.current()) is not None:
            NewPasswordDialog(self.ctx, user, parent=self).exec()
            self.refresh()

    @Slot()
    def _allow(self) -> None:
        for button in (self.edit_button, self.reset_button):
            button.setEnabled(self.table.current() is not None)

    def _button(self, title: str, run: Any) -> QPushButton:
        button = QPushButton(title)
        button.setAutoDefault(False)
        button.clicked.connect(run)
        return button


def _fields(people: Mapping[str, str], *, first: bool = False) -> tuple[Field, ...]:
    roles = [(role, title) for role, title in ROLE_TITLES.items() if not first or role is Role.HEAD]
    return (
        Field("name", "Имя", required=True, hint="Ложкина А. П."),
        Field("role", "Роль", "choice", choices=tuple(roles)),
        Field("person", "Карточка педагога", suggestions=tuple(people), hint="если есть в кадрах"),
        Field("since", "Работает с", "date"),
        Field("until", "по", "date", open_ended=True),
    )


_PASSWORD = Field("password", "Пароль", required=True, hint="12 знаков или 4 слова")


class _UserForm(FormDialog):
    """What adding and editing share: the person of the register behind a line of letters."""

    help_page = "users"

    user_id = ""

    def __init__(self, ctx: Context, title: str, verb: str, initial: Mapping[str, Any], **more: Any) -> None:
        self.people = people_choices(ctx.store, ctx.clock.today())
        extra, first, parent = more.get("extra", ()), more.get("first", False), more.get("parent")
        super().__init__(
            ctx, title, (*_fields(self.people, first=first), *extra), verb=verb, initial=initial,
            check=self.found, deed=self.save, parent=parent,
        )  # fmt: skip

    def given(self, values: Mapping[str, Any]) -> UserInput:
        """The input of the use case."""
        person = self.people.get(values["person"]) or None
        return UserInput(values["name"], Role(values["role"]), person, values["since"], values["until"])

    def found(self, values: dict[str, Any]) -> Sequence[Problem]:
        """Problems at their fields."""
        problems = user_problems(self.ctx.store, self.given(values), self.ctx.clock.today(), self.user_id)
        if values["person"] and values["person"] not in self.people:
            problems.append(Problem("person", "Выберите педагога из списка или оставьте поле пустым."))
        return problems

    def save(self, values: dict[str, Any]) -> str:
        """The deed."""
        raise NotImplementedError


class NewUserDialog(_UserForm):
    """A new user with a first password, which is told to them and may be changed by them."""

    def __init__(self, ctx: Context, *, first: bool = False, parent: QWidget | None = None) -> None:
        title, verb = ("Заведующий", "Завести") if first else ("Новый пользователь", "Добавить")
        initial = {"since": ctx.clock.today().isoformat(), "role": Role.HEAD if first else Role.METHODIST}
        super().__init__(ctx, title, verb, initial, extra=(_PASSWORD,), first=first, parent=parent)
        offer_words(self)

    def found(self, values: dict[str, Any]) -> Sequence[Problem]:
        return [*super().found(values), *password_problems(values["password"])]

    def save(self, values: dict[str, Any]) -> str:
        today = self.ctx.clock.today()
        return add_user(self.ctx.store, self.given(values), values["password"], today)


class EditUserDialog(_UserForm):
    """Name, role, person and days of a user."""

    def __init__(self, ctx: Context, user: UserView, parent: QWidget | None = None) -> None:
        self.user_id = user.id
        initial = {"name": user.name, "role": user.role, "since": user.since, "until": user.until}
        super().__init__(ctx, user.name, "Сохранить", initial, parent=parent)
        line = next((line for line, key in self.people.items() if key == user.person_id), "")
        self.form.set_values({"person": line})

    def save(self, values: dict[str, Any]) -> str:
        edit_user(self.ctx.store, self.user_id, self.given(values), self.ctx.clock.today())
        return self.user_id


class NewPasswordDialog(FormDialog):
    """Somebody forgot: a new password is given, the old one and the PIN are gone."""

    help_page = "users"

    def __init__(self, ctx: Context, user: UserView, parent: QWidget | None = None) -> None:
        self._user = user
        super().__init__(
            ctx, f"Новый пароль: {user.name}", (_PASSWORD,), verb="Сменить пароль",
            check=lambda values: password_problems(values["password"]), deed=self._save, parent=parent,
        )  # fmt: skip
        offer_words(self)

    def _save(self, values: dict[str, Any]) -> None:
        reset_password(self.ctx.store, self._user.id, values["password"])


def offer_words(dialog: FormDialog) -> None:
    """A link under the password: random words that are easy to remember and to type."""
    editor = dialog.form.editors["password"]
    link = QPushButton("Предложить слова")
    link.setProperty("link", True)
    link.setAutoDefault(False)
    if isinstance(editor, QLineEdit):
        link.clicked.connect(partial(_offer, editor))
    dialog.body.insertWidget(1, link)
    dialog.fit()


def _offer(editor: QLineEdit) -> None:
    editor.setText(offered_password())
    editor.setFocus()
