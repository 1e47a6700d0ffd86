"""The command line in an office with users: everybody names themselves, and does what their role may."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from db.store import Store
from imc_desktop.cli import signing_in
from imc_desktop.cli.main import main
from imc_desktop.usecases import users as users_module
from imc_desktop.usecases.users import Cost

PASSWORD = "река самовар вьюга кедр"  # noqa: S105 - invented
HEAD, METHODIST, OBSERVER = "Ложкина А.П.", "Вебер Е.С.", "Снежинская В.И."
Answer = tuple[int, str, str]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(users_module, "COST", Cost(8, 1, 1))
    monkeypatch.setattr(signing_in.time, "sleep", lambda _seconds: None)
    monkeypatch.setenv("IMC_PASSWORD", PASSWORD)
    monkeypatch.setenv("IMC_NEW_PASSWORD", PASSWORD)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("office") / "кабинет.imc"
    assert call("new", "--profile", "bohan", "--database", path)[0] == 0
    return path


@pytest.fixture
def database(office: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(office, tmp_path / "база.imc"))


@pytest.fixture
def as_user(database: Path) -> Callable[..., Answer]:
    """A command in somebody's name on an office with three users."""
    assert call("users", "add", "--name", HEAD, "--role", "head", "--database", database)[0] == 0
    for name, role in ((METHODIST, "methodist"), (OBSERVER, "observer")):
        given = ("users", "add", "--name", name, "--role", role, "--user", HEAD, "--database", database)
        assert call(*given)[0] == 0
    return lambda name, *words: call(*words, "--database", database, *(["--user", name] if name else []))


def call(*words: object) -> Answer:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([str(word) for word in words])
    return code, out.getvalue(), err.getvalue()


def test_the_first_user_is_a_head_and_words_are_made_up(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert call("users", "list", "--database", database)[1] == "Пользователей нет: каждый может всё.\n"
    code, _, said = call("users", "add", "--name", METHODIST, "--role", "methodist", "--database", database)
    assert (code, said) == (1, "Первым заводят заведующего.\n")
    monkeypatch.delenv("IMC_NEW_PASSWORD")
    code, told, _ = call("users", "add", "--name", HEAD, "--role", "head", "--database", database)
    made = told.splitlines()[1].removeprefix("Пароль: ")
    assert code == 0
    assert len(made.split()) == 5
    monkeypatch.setenv("IMC_PASSWORD", made)
    assert call("list", "people", "--database", database, "--user", HEAD)[0] == 0


def test_nobody_reads_without_a_name_and_the_right_password(
    as_user: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (("list", "people"), ("undo",), ("export", "staff-list", "--output", "x.xlsx"), ("history",)):
        code, told, said = as_user("", *words)
        assert (code, told) == (1, "")
        assert said.startswith("В этой базе заведены пользователи. Назовите себя: --user ИМЯ")
    assert as_user("никто", "list", "people")[2].startswith("Пользователя «никто» в базе нет. Есть: Ложкина А.П.;")
    monkeypatch.setenv("IMC_PASSWORD", "не тот пароль вовсе")
    assert as_user(HEAD, "list", "people")[2].startswith("Пароль не подошёл")
    monkeypatch.delenv("IMC_PASSWORD")
    assert as_user(HEAD, "list", "people")[2].startswith("Нужен пароль")


def test_failures_are_logged_and_ten_shut_the_command_line(
    as_user: Callable[..., Answer], database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = [0.0]
    monkeypatch.setattr(signing_in.time, "monotonic", lambda: seconds[0])

    def sleep(wait: float) -> None:
        seconds[0] += wait

    monkeypatch.setattr(signing_in.time, "sleep", sleep)
    monkeypatch.setenv("IMC_PASSWORD", "не тот пароль вовсе")
    for _ in range(10):
        as_user(OBSERVER, "list", "people")
    monkeypatch.setenv("IMC_PASSWORD", PASSWORD)
    assert as_user(OBSERVER, "list", "people")[2] == "Слишком много неудачных попыток. Войдите в окне программы.\n"
    assert as_user(HEAD, "list", "people")[0] == 0
    store = Store(database)
    with store.look() as connection:
        count = connection.execute("SELECT count(*) FROM access_log WHERE act = 'login_failed'").fetchone()[0]
    store.close()
    assert count == 10
    assert seconds[0] == 1 + 2 + 4 + 8 + 16 + 4 * 30


def test_roles_hold_on_the_command_line(as_user: Callable[..., Answer], tmp_path: Path) -> None:
    copies = tmp_path / "копии"
    copies.mkdir()
    sheet = tmp_path / "список.xlsx"
    assert as_user(OBSERVER, "list", "people")[0] == 0
    code, _, said = as_user(OBSERVER, "export", "staff-list", "--output", sheet)
    assert (code, said[:48]) == (1, "Выгружать списки людей могут заведующий и методи")
    assert not sheet.exists()
    assert as_user(METHODIST, "export", "staff-list", "--output", sheet)[0] == 0
    assert as_user(OBSERVER, "backup", copies)[0] == 1
    assert as_user(METHODIST, "backup", copies)[0] == 0
    (copy,) = copies.glob("*.imcb")
    assert as_user(METHODIST, "restore", copy)[2].startswith("Возвращать базу из копии может заведующий")
    assert as_user("", "restore", copy)[0] == 1
    assert as_user(HEAD, "restore", copy)[0] == 0
    assert as_user(METHODIST, "users", "end", "--name", OBSERVER, "--until", "2026-01-31")[0] == 1
    assert as_user(HEAD, "users", "end", "--name", OBSERVER, "--until", "2026-01-31")[0] == 0
    assert as_user(OBSERVER, "list", "people")[0] == 1
    assert (
        as_user(HEAD, "users", "end", "--name", HEAD, "--until", "2026-01-31")[2]
        == "Кто-то должен остаться заведующим.\n"
    )


def test_wrong_calls_are_two(database: Path) -> None:
    for words in (("users",), ("users", "add"), ("users", "end", "--name", HEAD), ("list", "people", "--user")):
        assert call(*words)[0] == 2
