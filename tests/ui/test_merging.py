"""«Сверка»: what is shown before anything is written, what is asked for, cards decided by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from db.schema.base import new_id
from db.schema.learning import Training
from db.schema.people import Person
from db.store import Store
from imc_desktop.usecases.conflict_marks import conflict_count
from imc_desktop.usecases.copies import copy_to
from imc_desktop.usecases.copy_compare import CopyDifference, Relation
from imc_desktop.usecases.copy_keys import draft_keys, put_in_force
from imc_desktop.usecases.merge_conflicts import open_conflicts
from imc_desktop.usecases.merge_views import ConflictView, MergePreview, Side
from imc_desktop.usecases.merge_words import GONE, NEW
from imc_desktop.usecases.merging import merge_copy
from imc_desktop.usecases.office_making import create_office
from tests.ui.conftest import type_text
from tests.usecases.test_merging import NOW, Pair
from ui.common.dialog import FormDialog
from ui.context import Context
from ui.copies.copy_dialog import CopyDialog
from ui.copies.unlock_dialog import UnlockDialog
from ui.merging.cards import ConflictsDialog
from ui.merging.dialog import CHOOSE, PREVIEW, RESULT, MergeDialog
from ui.merging.state import (
    alike,
    choice_title,
    conflict_words,
    counters,
    counts_to_come,
    deletion_words,
    lines_of,
    side_heading,
    sides_of,
    standing_words,
)

PASSWORD = "длинный пароль копий"  # noqa: S105 - invented


@pytest.fixture(scope="module")
def empty_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("office") / "office.imc"
    create_office(path, "bohan", {}).close()
    return path


@pytest.fixture
def pair(ctx: Context, empty_office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    path = tmp_path / "кабинет.imc"
    path.write_bytes(empty_office.read_bytes())
    made = Pair(Store(path, author="Иванова М. П."), tmp_path)
    monkeypatch.setenv("IMC_STICKS", str(made.stick))
    ctx.attach(made.here, database=path)
    yield made
    made.there.close()
    made.here.close()


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[tuple[type[QDialog], Callable[..., object]]]:
    """Boxes that wait are answered in this order; one that nobody expects fails."""
    scripts: list[tuple[type[QDialog], Callable[..., object]]] = []

    def answer(box: QDialog) -> int:
        kind, script = scripts.pop(0)
        assert isinstance(box, kind), box
        box.show()
        script(box)
        return box.result()

    monkeypatch.setattr(QDialog, "exec", answer)
    return scripts


def shown(qtbot: QtBot, widget: QDialog) -> None:
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)


def started(qtbot: QtBot, ctx: Context, first: Path | None = None) -> MergeDialog:
    dialog = MergeDialog(ctx)
    shown(qtbot, dialog)
    dialog.start(first)
    return dialog


def cards(qtbot: QtBot, ctx: Context) -> ConflictsDialog:
    dialog = ConflictsDialog(ctx)
    shown(qtbot, dialog)
    return dialog


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def phones(store: Store) -> list[str]:
    with store.look() as eye:
        return [row[0] for row in eye.execute("SELECT phone FROM person WHERE deleted_at IS NULL ORDER BY surname")]


def in_conflict(pair: Pair, today: date) -> None:
    """Telephones of both people changed on both sides, and taken in here."""
    for row in (0, 1):
        pair.edit(pair.here, row, phone=f"8-1{row}")
        pair.edit(pair.there, row, phone=f"8-2{row}")
    merge_copy(pair.here, pair.copy(today), today=today, now=NOW)


# --- steps ------------------------------------------------------------------------------------------------------------


def test_the_newest_copy_of_the_other_computer_is_compared_and_taken_in(
    qtbot: QtBot, ctx: Context, pair: Pair, today: date
) -> None:
    pair.edit(pair.here, 0, phone="8-11")
    pair.edit(pair.there, 1, phone="8-22")
    pair.copy(today)
    pair.edit(pair.there, 1, email="b@example.org")
    newest = pair.copy(today)
    copy_to(pair.here, pair.stick, today=today, now=NOW)
    before = phones(pair.here)
    dialog = started(qtbot, ctx)
    assert dialog.step == CHOOSE
    assert dialog.choose_page.chosen is not None
    assert dialog.choose_page.chosen.path == newest
    news = [dialog.choose_page.model.text_at(line, 0) for line in range(3)]
    assert news == ["2 изменения", "1 изменение", "нового нет"]
    click(dialog.verb)
    assert dialog.step == PREVIEW
    assert "в копии 2 изменения, которых нет здесь; здесь 1 изменение" in dialog.preview_page.standing.text()
    assert dialog.preview_page.counts.text() == "Изменится: 1 педагог."
    told = [dialog.preview_page.model.text_at(line, 1) for line in range(2)]
    assert "Белова Анна Ивановна: телефон: пусто → 8-22 (Речная О. П.)" in told
    assert phones(pair.here) == before, "nothing was written yet"
    click(dialog.verb)
    assert dialog.step == RESULT
    assert phones(pair.here) == ["8-11", "8-22"]
    assert "Расхождений нет" in dialog.outcome.left.text()
    assert not dialog.outcome.conflicts.isVisible()
    click(dialog.outcome.undo)
    assert phones(pair.here) == before
    assert dialog.merged is None
    assert "отменена" in dialog.outcome.title.text()
    ctx.redo()
    assert phones(pair.here) == ["8-11", "8-22"], "as the page says"


def test_a_copy_with_nothing_new_cannot_be_taken_in(qtbot: QtBot, ctx: Context, pair: Pair, today: date) -> None:
    copy = pair.copy(today)
    pair.edit(pair.here, 0, phone="8-11")
    dialog = started(qtbot, ctx, copy)
    assert dialog.step == PREVIEW, "a copy that was named is compared at once"
    assert "нет ничего нового" in dialog.preview_page.standing.text()
    assert not dialog.verb.isEnabled()
    click(dialog.back)
    assert dialog.step == CHOOSE


def test_without_copies_the_page_says_what_to_do(qtbot: QtBot, ctx: Context, pair: Pair, tmp_path: Path) -> None:
    dialog = started(qtbot, ctx)
    assert dialog.choose_page.empty.isVisible()
    assert not dialog.verb.isEnabled()
    stranger = tmp_path / "фото.imcb"
    stranger.write_bytes(b"jpeg")
    assert not dialog.add_file(stranger)
    assert "не копия базы" in dialog.jobs.text.text()


def test_counters_tell_what_comes_and_goes(qtbot: QtBot, ctx: Context, pair: Pair, today: date) -> None:
    with pair.there.change("Новая") as session:
        session.add(Person(id=new_id(), surname="Юдина"))
    with pair.there.change("Удаление") as session:
        session.get_one(Person, pair.ids(pair.there)[0]).deleted_at = "2026-11-20"
    dialog = started(qtbot, ctx, pair.copy(today))
    page = dialog.preview_page
    told = [chip.text() for chip in page.chips.values() if not chip.isHidden()]
    assert told == ["Исчезнет 1", "Появится 1"]


def test_a_mass_deletion_waits_for_its_number(qtbot: QtBot, ctx: Context, pair: Pair, today: date) -> None:
    with pair.here.change("Много") as session:
        session.add_all(Person(id=new_id(), surname=f"Некто{number:02}") for number in range(60))
    merge_copy(pair.there, copy_to(pair.here, pair.stick, today=today, now=NOW).path, today=today, now=NOW)
    with pair.there.change("Чистка") as session:
        session.connection().exec_driver_sql("UPDATE person SET deleted_at = '2026-11-20' WHERE surname LIKE 'Некто%'")
    dialog = started(qtbot, ctx, pair.copy(today))
    page = dialog.preview_page
    assert dialog.step == PREVIEW, dialog.jobs.text.text()
    qtbot.waitUntil(page.danger.isVisible)
    assert "исчезнет 60 записей" in page.warning.text()
    assert page.typed.hasFocus()
    assert not dialog.verb.isEnabled()
    type_text(page.typed, "59")
    assert not dialog.verb.isEnabled()
    page.typed.clear()
    type_text(page.typed, "60")
    click(dialog.verb)
    assert dialog.step == RESULT
    assert len(phones(pair.here)) == 2


def test_an_encrypted_copy_asks_for_its_password(
    qtbot: QtBot, ctx: Context, pair: Pair, today: date, answers: list[tuple[type[QDialog], Callable[..., object]]]
) -> None:
    put_in_force(pair.there, draft_keys(), PASSWORD, today=today)
    pair.edit(pair.there, 1, phone="8-22")
    copy = pair.copy(today)

    def give_up(box: UnlockDialog) -> None:
        box.reject()

    def unlock(box: UnlockDialog) -> None:
        type_text(box.password, PASSWORD)
        box.verb.click()

    answers += [(UnlockDialog, give_up), (UnlockDialog, unlock)]
    dialog = started(qtbot, ctx, copy)
    assert dialog.step == CHOOSE
    click(dialog.verb)
    assert dialog.step == PREVIEW
    click(dialog.verb)
    assert dialog.step == RESULT
    assert phones(pair.here) == ["", "8-22"]


def test_a_database_that_moved_meanwhile_is_shown_again(qtbot: QtBot, ctx: Context, pair: Pair, today: date) -> None:
    pair.edit(pair.there, 1, phone="8-22")
    dialog = started(qtbot, ctx, pair.copy(today))
    pair.edit(pair.here, 1, phone="8-11")
    click(dialog.verb)
    assert dialog.step == PREVIEW
    assert "изменилась" in dialog.jobs.text.text()
    assert dialog.preview_page.chips["conflict"].text() == "Расхождений 1"
    click(dialog.verb)
    assert dialog.step == RESULT
    assert "1 расхождение ждёт" in dialog.outcome.left.text()


def test_the_result_leads_to_cards_and_to_a_fresh_copy(
    qtbot: QtBot, ctx: Context, pair: Pair, today: date, answers: list[tuple[type[QDialog], Callable[..., object]]]
) -> None:
    pair.edit(pair.here, 0, phone="8-11")
    pair.edit(pair.there, 0, phone="8-22")
    dialog = started(qtbot, ctx, pair.copy(today))
    dialog.preview_page.narrow("conflict")
    assert dialog.preview_page.model.shown == 1
    click(dialog.verb)

    def decide(box: ConflictsDialog) -> None:
        box.page.press(2)
        box.accept()

    answers += [(ConflictsDialog, decide), (CopyDialog, lambda box: box.reject())]
    click(dialog.outcome.conflicts)
    assert phones(pair.here)[0] == "8-22"
    assert "Расхождений нет" in dialog.outcome.left.text()
    click(dialog.outcome.copy)
    assert answers == []
    click(dialog.outcome.undo)
    assert phones(pair.here)[0] == "8-11", "the merge and what was decided after it"


def test_the_merge_is_not_taken_back_over_other_work(qtbot: QtBot, ctx: Context, pair: Pair, today: date) -> None:
    pair.edit(pair.there, 1, phone="8-22")
    dialog = started(qtbot, ctx, pair.copy(today))
    click(dialog.verb)
    pair.edit(pair.here, 0, phone="8-11")
    click(dialog.outcome.undo)
    assert "по шагам" in dialog.jobs.text.text()
    assert phones(pair.here) == ["8-11", "8-22"]


# --- cards ------------------------------------------------------------------------------------------------------------


def test_a_card_is_decided_by_a_click_and_taken_back(qtbot: QtBot, ctx: Context, pair: Pair, today: date) -> None:
    in_conflict(pair, today)
    dialog = cards(qtbot, ctx)
    page = dialog.page
    assert page.shown is not None
    assert page.shown.record == "Абрамова Анна Ивановна"
    assert [button.accessibleName() for button in page.buttons()] == ["Оставить наше", "Взять их", "Вписать…", "Позже"]
    letters = [button.text().partition("&")[2][:1] for button in page.buttons()]
    assert len(set(letters)) == len(letters), "one letter, one button"
    assert not dialog.undo.isEnabled()
    click(page.buttons()[1])
    assert phones(pair.here)[0] == "8-20"
    assert conflict_count(pair.here) == 1
    assert page.shown is not None
    assert page.shown.record == "Белова Анна Ивановна", "the next one"
    assert page.table.hasFocus()
    click(dialog.undo)
    assert conflict_count(pair.here) == 2
    assert not dialog.undo.isEnabled()


def test_cards_by_keyboard_alone(qtbot: QtBot, ctx: Context, pair: Pair, today: date) -> None:
    in_conflict(pair, today)
    dialog = cards(qtbot, ctx)
    table = dialog.page.table
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_1)
    assert phones(pair.here)[1] == "8-11"
    QTest.keyClick(table, Qt.Key.Key_2)
    assert phones(pair.here)[0] == "8-20"
    assert dialog.page.stack.currentIndex() == 1, "nothing is left"


def test_later_leaves_the_conflict_and_goes_on(qtbot: QtBot, ctx: Context, pair: Pair, today: date) -> None:
    in_conflict(pair, today)
    dialog = cards(qtbot, ctx)
    page = dialog.page
    first = page.shown
    page.press(4)
    assert page.shown != first
    page.press(4)
    assert page.shown == first
    assert conflict_count(pair.here) == 2


def test_a_value_is_written_in(
    qtbot: QtBot, ctx: Context, pair: Pair, today: date, answers: list[tuple[type[QDialog], Callable[..., object]]]
) -> None:
    pair.edit(pair.here, 0, birth="1971-05-12")
    pair.edit(pair.there, 0, birth="1971-05-13")
    merge_copy(pair.here, pair.copy(today), today=today, now=NOW)
    dialog = cards(qtbot, ctx)
    page = dialog.page
    told = []

    def write(box: FormDialog) -> None:
        line = box.focusWidget()
        assert line is not None
        for text in ("не помню", "14.05.1971"):
            line.clear()  # type: ignore[attr-defined]
            type_text(line, text)
            box.verb.click()
            told.append(box.message.text())

    answers.append((FormDialog, write))
    page.press(3)
    assert "не дата" in told[0]
    with pair.here.look() as eye:
        assert eye.execute("SELECT birth FROM person ORDER BY surname").fetchone()[0] == "1971-05-14"
    assert conflict_count(pair.here) == 0


@pytest.mark.parametrize(("button", "wanted"), [(0, ["8-10", "8-11"]), (1, ["8-20", "8-21"])])
def test_the_same_field_is_decided_for_all_in_one_step(
    qtbot: QtBot, ctx: Context, pair: Pair, today: date, button: int, wanted: list[str]
) -> None:
    in_conflict(pair, today)
    dialog = cards(qtbot, ctx)
    page = dialog.page
    assert page.card is not None
    click(page.card.bulk[button])
    assert phones(pair.here) == wanted
    assert conflict_count(pair.here) == 0
    pair.here.undo()
    assert conflict_count(pair.here) == 2


def test_a_merge_redone_still_tells_whose_values_they_are(qtbot: QtBot, ctx: Context, pair: Pair, today: date) -> None:
    in_conflict(pair, today)
    with pair.there.change("Удаление") as session:
        session.get_one(Person, pair.ids(pair.there)[0]).deleted_at = "2026-11-20"
    merge_copy(pair.here, pair.copy(today), today=today, now=NOW)
    before = [(card.key, sides_of(card)) for card in open_conflicts(pair.here)]
    for deed in (pair.here.undo, pair.here.undo, pair.here.redo, pair.here.redo):
        deed()
    after = [(card.key, sides_of(card)) for card in open_conflicts(pair.here)]
    assert [key for key, _ in after] == [key for key, _ in before]
    for (_, told), (_, wanted) in zip(after, before, strict=True):
        assert {(side.value, side.who, side.where) for _, side in told} == {
            (side.value, side.who, side.where) for _, side in wanted
        }
    dialog = cards(qtbot, ctx)
    assert dialog.page.card is not None


def test_a_deletion_says_who_deleted_and_who_changed(qtbot: QtBot, ctx: Context, pair: Pair, today: date) -> None:
    pair.edit(pair.here, 0, phone="8-11")
    with pair.there.change("Удаление") as session:
        session.get_one(Person, pair.ids(pair.there)[0]).deleted_at = "2026-11-20"
    merge_copy(pair.here, pair.copy(today), today=today, now=NOW)
    [card] = open_conflicts(pair.here)
    assert deletion_words(card) == "удалено на ПК-2, изменено на этом ПК"
    assert [side.who for side in card.sides] == ["Иванова М. П.", "Речная О. П."]
    dialog = cards(qtbot, ctx)
    page = dialog.page
    assert [button.accessibleName() for button in page.buttons()] == ["Оставить", "Удалить", "Позже"]
    page.press(2)
    assert len(phones(pair.here)) == 1


def test_links_to_other_records_are_chosen_not_typed(qtbot: QtBot, ctx: Context, pair: Pair, today: date) -> None:
    training = new_id()
    with pair.here.change("Курсы") as session:
        session.add(Training(id=training, person_id=pair.ids(pair.here)[0], title="Практикум"))
    merge_copy(pair.there, copy_to(pair.here, pair.stick, today=today, now=NOW).path, today=today, now=NOW)
    for store, row in ((pair.here, 1), (pair.there, 0)):
        with store.change("Не та") as session:
            session.get_one(Training, training).person_id = pair.ids(store)[row]
    with pair.there.change("Третья") as session:
        third = Person(id=new_id(), surname="Власова")
        session.add(third)
        session.flush()
        session.get_one(Training, training).person_id = third.id
    merge_copy(pair.here, pair.copy(today), today=today, now=NOW)
    dialog = cards(qtbot, ctx)
    page = dialog.page
    assert [button.accessibleName() for button in page.buttons()] == ["Оставить наше", "Взять их", "Позже"]


def test_no_conflicts_says_what_the_place_is_for(qtbot: QtBot, ctx: Context, pair: Pair) -> None:
    dialog = cards(qtbot, ctx)
    assert dialog.page.stack.currentIndex() == 1
    assert not dialog.page.counter.isVisible()


# --- words ------------------------------------------------------------------------------------------------------------

OURS = Side("1", "Иванова", "на этом ПК", "12.05.2026 10:00", shown=False, ours=True)
THEIRS = Side("2", "Петрова", "на ПК-2", "13.05.2026 10:00", shown=True, ours=False)
OTHERS = Side("", "Сидорова", "на ПК-3", "", shown=False, ours=False)
CARD = ConflictView("a|phone", "Белова А.", "карточка", "телефон", "0", (THEIRS, OURS), deletion=False)


def test_ours_stand_first_and_keep_their_numbers() -> None:
    assert [number for number, _ in sides_of(CARD)] == [1, 0]
    assert [choice_title(CARD, number) for number, _ in sides_of(CARD)] == ["&Оставить наше", "&Взять их"]
    of_three = CARD._replace(sides=(*CARD.sides, OTHERS))
    assert [choice_title(of_three, number) for number, _ in sides_of(of_three)][1:] == ["Взять с ПК-2", "Взять с ПК-3"]
    mine = CARD._replace(sides=(OURS, OURS._replace(value="3")))
    assert [choice_title(mine, number) for number in (0, 1)] == ["Оставить это", "Оставить это"]


def test_sides_and_conflicts_in_words() -> None:
    assert side_heading(THEIRS) == "На ПК-2 — Петрова, 13.05.2026 10:00 · показано"
    assert side_heading(OTHERS) == "На ПК-3 — Сидорова"
    assert conflict_words(CARD) == "Белова А.: телефон — на этом ПК: 1; на ПК-2: 2"


def test_only_plain_pairs_of_one_field_are_alike() -> None:
    other = CARD._replace(key="b|phone")
    three = CARD._replace(key="c|phone", sides=(*CARD.sides, OTHERS))
    note = CARD._replace(key="a|note", field="примечание")
    deletion = CARD._replace(key="d|deleted_at", deletion=True)
    views = [CARD, other, three, note, deletion]
    assert alike(views, CARD) == ["a|phone", "b|phone"]
    assert alike(views, three) == []
    assert alike(views, deletion) == []


@pytest.mark.parametrize(
    ("relation", "beginning"),
    [
        (Relation.AHEAD, "В копии есть всё, что в этой базе, и ещё 5 изменений."),
        (Relation.DIVERGED, "Работали с обеих сторон: в копии 5 изменений"),
        (Relation.BEHIND, "В копии нет ничего нового: здесь есть всё из неё и ещё 2 изменения."),
        (Relation.SAME, "В копии то же"),
    ],
)
def test_how_copies_stand(relation: Relation, beginning: str) -> None:
    standing = CopyDifference(relation, 2, 5, (), {})
    preview = MergePreview(Path("к.imcb"), "ПК-2", standing, (), (), (), (), 0, 1)
    assert standing_words(preview).startswith(beginning)


def test_what_needs_an_eye_stands_first() -> None:
    standing = CopyDifference(Relation.AHEAD, 0, 5, (), {})
    changes = ("Белова: телефон: 1 → 2", f"{NEW}карточка «Юдин»", f"{GONE}курсы «Практикум»")
    preview = MergePreview(Path("к.imcb"), "ПК-2", standing, (), changes, (CARD,), (), 0, 1)
    lines = lines_of(preview)
    assert [line.outcome for line in lines] == ["conflict", "gone", "new", "changed"]
    assert lines[1].text == "курсы «Практикум»"
    assert counters(lines) == {"conflict": 1, "gone": 1, "new": 1, "changed": 1}
    assert counts_to_come(("Добавлено: 2 педагога", "Удалено: 1 педагог")) == (
        "Добавится: 2 педагога. Удалится: 1 педагог."
    )
