"""A copy proves itself in words; going back to one is asked twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.store import Store
from db.swap import kept_files
from imc_desktop.usecases.copies import local_copy, restore_copy
from imc_desktop.usecases.copy_facts import copies_in, counts_words, describe_copy
from imc_desktop.usecases.office_making import create_office
from ui.context import Context
from ui.copies.copy_dialog import CopyDialog
from ui.copies.restore_dialog import Deeds, RestoreDialog
from ui.copies.state import age_words


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


def rename(store: Store, name: str) -> None:
    with store.change("правка") as session:
        session.connection().exec_driver_sql("UPDATE office SET short_name = ?", (name,))


def short_name(path: Path) -> str:
    store = Store(path)
    try:
        with store.read() as session:
            return str(session.connection().exec_driver_sql("SELECT short_name FROM office").scalar_one())
    finally:
        store.close()


def test_a_copy_is_made_and_proved(qtbot: QtBot, ctx: Context, store: Store, tmp_path: Path) -> None:
    stick = tmp_path / "флешка"
    stick.mkdir()
    dialog = CopyDialog(ctx)
    qtbot.addWidget(dialog)
    assert dialog.last.text() == "Копий этой базы ещё не было."
    assert not dialog.verb.isEnabled()
    dialog.folder.setText(str(stick))
    dialog.verb.click()
    assert dialog.made is None, "a plain copy is asked for twice"
    assert "без шифрования" in dialog.verb.text()
    dialog.verb.click()
    assert dialog.made is not None
    assert dialog.made.parent == stick
    assert "совпало" in dialog.result_text.text()
    assert "Можно вынимать" in dialog.result_text.text()
    assert "сегодня" in dialog.last.text()
    assert ctx.prefs.get("copies.folder", "") == str(stick)


def test_a_pulled_stick_is_a_sentence(qtbot: QtBot, ctx: Context, store: Store, tmp_path: Path) -> None:
    dialog = CopyDialog(ctx)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.folder.setText(str(tmp_path / "нет такой"))
    dialog.verb.click()
    dialog.verb.click()
    assert dialog.made is None
    assert "Вставьте флешку" in dialog.jobs.text.text()
    assert dialog.verb.isEnabled()


def test_going_back_is_asked_twice(qtbot: QtBot, ctx: Context, store: Store, today: date) -> None:
    local_copy(store, today=today - timedelta(days=3))
    rename(store, "Новое имя")
    path, put_back = store.path, list[Path]()

    def restore(copy: Path, identities: tuple[str, ...]) -> None:
        store.close()
        restore_copy(copy, path, identities=identities)
        put_back.append(copy)

    dialog = RestoreDialog(ctx, path, Deeds(restore))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.model.text_at(0, 1) == "3 дня назад"
    dialog.verb.click()
    assert "сделано 1 действие" in dialog.note.text()
    assert "«правка»" in dialog.note.text()
    assert dialog.verb.text() == "Заменить целиком"
    dialog.verb.click()
    assert put_back == []
    assert dialog.verb.text() == "Да, вернуться"
    dialog.verb.click()
    assert len(put_back) == 1
    assert dialog.restored == put_back[0]
    assert short_name(path) == "ИМЦ"
    assert short_name(kept_files(path)[0]) == "Новое имя"


def test_another_choice_asks_anew(qtbot: QtBot, ctx: Context, store: Store, today: date) -> None:
    local_copy(store, today=today - timedelta(days=9))
    rename(store, "Новое имя")
    local_copy(store, today=today)
    dialog = RestoreDialog(ctx, store.path, Deeds(lambda _copy, _keys: pytest.fail("не спрошено дважды")))
    qtbot.addWidget(dialog)
    dialog.show()
    assert [dialog.model.text_at(line, 1) for line in range(2)] == ["сегодня", "9 дней назад"]
    dialog.verb.click()
    dialog.table.selectRow(1)
    assert dialog.verb.text() == "Вернуться"
    dialog.verb.click()
    assert dialog.restored is None


def test_a_file_that_is_no_copy_is_refused(qtbot: QtBot, ctx: Context, store: Store, tmp_path: Path) -> None:
    dialog = RestoreDialog(ctx, store.path, Deeds(lambda _copy, _keys: None))
    qtbot.addWidget(dialog)
    dialog.show()
    assert "копий нет" in dialog.jobs.text.text()
    assert not dialog.verb.isEnabled()
    stranger = tmp_path / "фото.imcb"
    stranger.write_bytes(b"jpeg")
    dialog.add_file(stranger)
    assert "не копия базы" in dialog.jobs.text.text()
    assert describe_copy(stranger) is None


def test_a_spoiled_copy_is_told_before_anything_happens(
    qtbot: QtBot, ctx: Context, store: Store, today: date, tmp_path: Path
) -> None:
    proof = local_copy(store, today=today)
    data = bytearray(proof.path.read_bytes())
    place = data.find(b"\x28\xb5\x2f\xfd") + 40
    data[place] ^= 0xFF
    spoiled = tmp_path / "испорчена.imcb"
    spoiled.write_bytes(data)
    dialog = RestoreDialog(ctx, store.path, Deeds(lambda _copy, _keys: pytest.fail("испорченная копия")))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.add_file(spoiled)
    dialog.verb.click()
    assert dialog.verb.text() == "Вернуться"
    assert "копи" in dialog.jobs.text.text().casefold()


def test_copies_of_a_folder_newest_first(store: Store, today: date) -> None:
    first = local_copy(store, today=today)
    rename(store, "Иное")
    second = local_copy(store, today=today)
    assert [view.path for view in copies_in(first.path.parent)] == [second.path, first.path]


@pytest.mark.parametrize(
    ("days", "words"), [(0, "сегодня"), (1, "вчера"), (2, "2 дня назад"), (40, "40 дней назад"), (-2, "22.11.2026")]
)
def test_age(days: int, words: str, today: date) -> None:
    assert age_words((today - timedelta(days=days)).isoformat(), today) == words


def test_counts() -> None:
    assert counts_words({"person": 1200, "organisation": 24, "training": 0}) == "1\u00a0200 педагогов, 24 организации"
    assert counts_words({}) == "пока пусто"
