"""The tabs of the window, in their order. A tab's module is imported when the tab is first shown."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from ui.common.page import Page
    from ui.context import Context


class PageSpec(NamedTuple):
    """One tab: ``target`` is "module:Class"; ``shows`` names the tables whose records it can open."""

    key: str
    title: str
    icon: str
    target: str
    shows: frozenset[str] = frozenset()


class ActionSpec(NamedTuple):
    """One entry of the window's menu; ``run`` is given by the composition root.

    Groups are parted by lines, those of ``SUBMENUS`` open aside.
    """

    key: str
    group: str
    title: str
    icon: str
    run: Callable[[], object]
    shortcut: str = ""
    needs_database: bool = True
    right: str = ""  # a value of domain.rights.Right
    needs_users: bool = False


# Groups that are seldom wanted: a menu of its own each, with its icon.
SUBMENUS = {"Ключи и носители": "key", "Люди": "users"}
# The last part of the menu, after «Справка» and «Клавиши».
ABOUT_GROUP = "О программе"

PAGES: tuple[PageSpec, ...] = (
    PageSpec("start", "Сегодня", "home", "ui.start.page:StartPage"),
    PageSpec("staff", "Кадры", "users", "ui.staff.page:StaffPage", frozenset({"person"})),
    PageSpec("courses", "Курсы", "school", "ui.courses.page:CoursesPage", frozenset({"training", "course_plan"})),
    PageSpec(
        "attestation",
        "Аттестация",
        "calendar-event",
        "ui.attestation.page:AttestationPage",
        frozenset({"attestation_case"}),
    ),
    PageSpec("plan", "План", "clipboard-list", "ui.plan.page:PlanPage", frozenset({"plan_item"})),
    PageSpec(
        "work",
        "Методработа",
        "notebook",
        "ui.work.page:WorkPage",
        frozenset({"membership", "consultation", "lesson_visit"}),
    ),
)


def load_page(spec: PageSpec, ctx: Context) -> Page:
    """Import and build a tab's page."""
    return resolve(spec.target)(ctx)  # type: ignore[no-any-return]


def resolve(target: str) -> Any:
    """The object a "module:Name" target names."""
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


def hidden_imports() -> list[str]:
    """Modules the frozen build must take along although no import statement names them."""
    return [spec.target.partition(":")[0] for spec in PAGES]
