"""Role × action with the real deeds: what a role may not do is refused in a sentence and leaves nothing behind."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.rights import SIGN_IN_FIRST, Actor, Right, Role, may, who_may
from imc_desktop.usecases import users as users_module
from imc_desktop.usecases.access_log import access_lines, authors, export_log
from imc_desktop.usecases.clock import confirm_clock
from imc_desktop.usecases.computer import name_this_computer
from imc_desktop.usecases.copies import copy_to, local_copy, restore_copy
from imc_desktop.usecases.copy_keys import check_paper, draft_keys, drop_boxes, put_in_force, turn_off
from imc_desktop.usecases.exporting import export
from imc_desktop.usecases.imports.run import import_papers, preview_import
from imc_desktop.usecases.merge_conflicts import settle_alike, settle_conflict
from imc_desktop.usecases.merging import merge_copy, preview_merge
from imc_desktop.usecases.plan_approve import approve
from imc_desktop.usecases.plan_edit import add_section
from imc_desktop.usecases.printing.registry import make
from imc_desktop.usecases.printing.wish import Wish
from imc_desktop.usecases.signing_in import Door
from imc_desktop.usecases.staff_edit import add_person, delete_people
from imc_desktop.usecases.staff_input import PersonInput
from imc_desktop.usecases.users import Cost, UserInput, add_user, edit_user, end_user, reset_password, users
from imc_desktop.usecases.views_seen import note_copied
from tests.usecases.people_maker import put_person, put_school
from tests.usecases.plan_maker import put_plan

PASSWORD = "река самовар вьюга кедр"  # noqa: S105 - invented
YEAR = 2026
USECASES = Path(__file__).parents[2] / "imc_desktop" / "usecases"


def allowed(answer: str, act: Callable[[], object]) -> object:
    """A deed that came past the gate and found nothing to do, which its own tests try."""
    try:
        return act()
    except UserError as error:
        if answer not in str(error):
            raise
        return None


@dataclass
class Scene:
    """An office with people, a plan and three users."""

    store: Store
    folder: Path
    today: date
    person: str
    plan: str
    ids: dict[Role, str]

    def print(self, kind: str) -> object:
        return make(self.store, kind, Wish(YEAR, self.today))

    def export(self, kind: str) -> object:
        return export(self.store, kind, self.folder / f"{kind}.xlsx", Wish(YEAR, self.today))

    def edit_methodist(self) -> object:
        return edit_user(self.store, self.ids[Role.METHODIST], UserInput("Вебер Е.С.", Role.OBSERVER), self.today)

    def undo(self) -> object:
        actor, self.store.actor = self.store.actor, Actor("", "подготовка", Role.HEAD)
        put_school(self.store, "МБОУ «Дальняя СОШ»")
        self.store.actor = actor
        return self.store.undo()

    def new_key(self) -> object:
        return put_in_force(self.store, draft_keys(), PASSWORD, today=self.today)

    def drill(self) -> object:
        actor, self.store.actor = self.store.actor, Actor("", "подготовка", Role.HEAD)
        draft = draft_keys()
        put_in_force(self.store, draft, PASSWORD, today=self.today)
        self.store.actor = actor
        return check_paper(self.store, draft.paper.identity)

    def copy_made(self) -> Path:
        """A copy of this very database, whoever works."""
        return local_copy(self.store, today=self.today).path

    def settle(self) -> object:
        return allowed("уже решено", lambda: settle_conflict(self.store, "такого нет", side=0))

    def settle_alike(self) -> object:
        return allowed("уже решена", lambda: settle_alike(self.store, ["такого нет"], ours=True))

    def merge(self) -> object:
        copy = self.copy_made()
        return allowed("сверять нечего", lambda: merge_copy(self.store, copy, today=self.today))

    def restore(self) -> object:
        actor, self.store.actor = self.store.actor, Actor("", "подготовка", Role.HEAD)
        copy = local_copy(self.store, today=self.today).path
        self.store.close()
        self.store.actor = actor
        return restore_copy(copy, self.store.path, actor=actor)


Act = Callable[[Scene], object]
# What is done, with the right it asks for; "module:function" → for the test that none is forgotten.
ACTIONS: dict[str, tuple[Right, Act]] = {
    "staff_edit:add_person": (
        Right.EDIT,
        lambda s: add_person(s.store, PersonInput(surname="Щукина", name="Вера"), s.today),
    ),
    "staff_edit:delete_people": (Right.EDIT, lambda s: delete_people(s.store, [s.person])),
    "clock:confirm_clock": (Right.EDIT, lambda s: confirm_clock(s.store)),
    "computer:name_this_computer": (Right.EDIT, lambda s: name_this_computer(s.store, "ПК-7")),
    "plan_edit:add_section": (Right.EDIT, lambda s: add_section(s.store, s.plan, "9. Прочее")),
    "store:undo": (Right.EDIT, Scene.undo),
    "imports.run:import_papers": (Right.IMPORT, lambda s: import_papers(s.store, [], today=s.today)),
    "imports.run:preview_import": (Right.IMPORT, lambda s: preview_import(s.store, [], today=s.today)),
    "printing.registry:make annual-plan": (Right.PRINT, lambda s: s.print("annual-plan")),
    "printing.registry:make staff-list": (Right.PRINT_PEOPLE, lambda s: s.print("staff-list")),
    "printing.registry:make due-list": (Right.PRINT_PEOPLE, lambda s: s.print("due-list")),
    "printing.registry:make attestation-calendar": (Right.PRINT_PEOPLE, lambda s: s.print("attestation-calendar")),
    "printing.registry:make course-plan": (Right.PRINT_PEOPLE, lambda s: s.print("course-plan")),
    "printing.registry:make training-list": (Right.PRINT_PEOPLE, lambda s: s.print("training-list")),
    "printing.registry:make attestation-cases": (Right.PRINT_PEOPLE, lambda s: s.print("attestation-cases")),
    "printing.registry:make attestation-terms": (Right.PRINT_PEOPLE, lambda s: s.print("attestation-terms")),
    "printing.registry:make associations": (Right.PRINT_PEOPLE, lambda s: s.print("associations")),
    "printing.registry:make consultations": (Right.PRINT_PEOPLE, lambda s: s.print("consultations")),
    "printing.registry:make lesson-visits": (Right.PRINT_PEOPLE, lambda s: s.print("lesson-visits")),
    "exporting:export annual-plan": (Right.EXPORT, lambda s: s.export("annual-plan")),
    "exporting:export staff-list": (Right.EXPORT_PEOPLE, lambda s: s.export("staff-list")),
    "copies:copy_to": (Right.COPY, lambda s: copy_to(s.store, s.folder, today=s.today)),
    "copies:restore_copy": (Right.RESTORE, Scene.restore),
    "merging:preview_merge": (Right.MERGE, lambda s: preview_merge(s.store, s.copy_made())),
    "merging:merge_copy": (Right.MERGE, Scene.merge),
    "merge_conflicts:settle_conflict": (Right.MERGE, Scene.settle),
    "merge_conflicts:settle_alike": (Right.MERGE, Scene.settle_alike),
    "copy_keys:put_in_force": (Right.KEYS, Scene.new_key),
    "copy_keys:turn_off": (Right.PLAIN_COPIES, lambda s: turn_off(s.store, today=s.today)),
    "copy_keys:check_paper": (Right.KEYS, Scene.drill),
    "copy_keys:drop_boxes": (Right.USERS, lambda s: drop_boxes(s.store, s.ids.get(Role.OBSERVER, "никто"))),
    "access_log:access_lines": (Right.LOG, lambda s: access_lines(s.store)),
    "access_log:authors": (Right.LOG, lambda s: authors(s.store)),
    "access_log:export_log": (Right.LOG, lambda s: export_log(s.store, s.folder / "журнал.xlsx", [], "Журнал")),
    "views_seen:note_copied": (Right.EXPORT_PEOPLE, lambda s: note_copied(s.store, "Педагоги", 3)),
    "plan_approve:approve": (Right.APPROVE, lambda s: approve(s.store, YEAR, today=s.today)),
    "users:add_user": (
        Right.USERS,
        lambda s: add_user(s.store, UserInput("Щукина В.А.", Role.OBSERVER), PASSWORD, s.today),
    ),
    "users:edit_user": (Right.USERS, Scene.edit_methodist),
    "users:end_user": (Right.USERS, lambda s: end_user(s.store, s.ids[Role.METHODIST], "2026-11-01", s.today)),
    "users:reset_password": (
        Right.USERS,
        lambda s: reset_password(s.store, s.ids[Role.OBSERVER], "лось кедр вьюга самовар"),
    ),
}
# Something is written before these begin.
PREPARED = ("store:undo", "copies:restore_copy", "copy_keys:check_paper", "merging:preview_merge", "merging:merge_copy")
# Deeds that are everybody's own, with the reason.
OWN = {
    "users:change_own_password": "whoever is signed in, their own",
    "users:set_own_pin": "whoever is signed in, their own",
    "copy_keys:add_box": "whoever is signed in, their own password",
}


@pytest.fixture
def scene(office: Store, tmp_path: Path, today: date, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(users_module, "COST", Cost(8, 1, 1))
    person = put_person(office, put_school(office))
    plan = put_plan(office)["plan"]
    ids = {}
    names = {Role.HEAD: "Ложкина А.П.", Role.METHODIST: "Вебер Е.С.", Role.OBSERVER: "Снежинская В.И."}
    for role, name in names.items():
        ids[role] = add_user(office, UserInput(name, role), PASSWORD, today)
        office.actor = office.actor or Actor(ids[role], name, role)
    office.actor = None
    return Scene(office, tmp_path, today, person, plan, ids)


def content(store: Store) -> list[str]:
    with store.look() as connection:
        return [line for line in connection.iterdump() if not line.startswith('INSERT INTO "sqlite_')]


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("name", list(ACTIONS))
def test_role_by_action(scene: Scene, name: str, role: Role | None) -> None:
    right, act = ACTIONS[name]
    store = scene.store
    if role is not None:
        Door(store, lambda: 0.0).sign_in(scene.ids[role], PASSWORD, scene.today)
    if role is not None and may(role, right):
        act(scene)
        return
    before = content(store) if name not in PREPARED else []
    files = sorted(scene.folder.iterdir())
    with pytest.raises(UserError) as told:
        act(scene)
    assert str(told.value) == (SIGN_IN_FIRST if role is None else who_may(right))
    if before:
        assert content(store) == before
        assert sorted(scene.folder.iterdir()) == files


def test_while_there_are_no_users_everybody_may_all(office: Store, tmp_path: Path, today: date) -> None:
    person = put_person(office, put_school(office))
    free = Scene(office, tmp_path, today, person, put_plan(office)["plan"], {})
    for name, (_, act) in ACTIONS.items():
        if not name.startswith("users:"):
            act(free)
            if name == "copies:restore_copy":
                free.store = Store(free.store.path)
    assert users(free.store, today) == []
    free.store.close()


def test_a_broken_database_asks_nobody_before_it_is_brought_back(scene: Scene) -> None:
    scene.store.actor = Actor("", "подготовка", Role.HEAD)
    copy = local_copy(scene.store, today=scene.today).path
    scene.store.close()
    scene.store.path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    assert restore_copy(copy, scene.store.path) is not None


def _functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted(USECASES.rglob("*.py")):
        module = ".".join(path.relative_to(USECASES).with_suffix("").parts)
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                yield f"{module}:{node.name}", node


def _calls(function: ast.FunctionDef, name: str) -> list[ast.Call]:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return [one for one in calls if ast.unparse(one.func).rpartition(".")[2] == name]


def _rights(function: ast.FunctionDef) -> set[str]:
    """Names of the rights a function asks for by itself."""
    asked = [*_calls(function, "require"), *_calls(function, "change")]
    nodes = [node for call in asked for node in ast.walk(call) if isinstance(node, ast.Attribute)]
    return {node.attr for node in nodes if isinstance(node.value, ast.Name) and node.value.id == "Right"}


def test_what_asks_for_a_right_of_its_own_is_in_the_matrix() -> None:
    tried: dict[str, set[str]] = {}
    for name, (right, _) in ACTIONS.items():
        tried.setdefault(name.partition(" ")[0], set()).add(right.name)
    asking = {name: rights for name, one in _functions() if (rights := _rights(one)) - {"READ"}}
    delegated = {"printing.registry:prepare": "printing.registry:make", "copies:_ask_for_right": "copies:restore_copy"}
    for name, rights in asking.items():
        assert rights <= tried.get(delegated.get(name, name), set()), f"{name} is not tried by every role"
    assert {name for name, one in _functions() if _rights(one) == {"READ"}} - {"users:_own_id"} == OWN.keys()


def test_what_leaves_a_trace_without_writing_asks_for_a_right() -> None:
    """A deed that is only logged passes no gate of the store: it must ask itself, or stand here with the reason."""
    known = {
        "copies:_logged": "copy_to asks; the program's own copies are made whoever works",
        "printing.registry:log_print": "the paper was prepared, which asked",
    }
    silent = {name for name, one in _functions() if _calls(one, "log_access") and not _rights(one)}
    assert silent == known.keys()


def test_everything_that_ends_the_undo_stack_says_its_right() -> None:
    for name, one in _functions():
        for call in _calls(one, "change"):
            words = {keyword.arg for keyword in call.keywords}
            assert "barrier" not in words or "right" in words or name == "office_making:create_office", name
