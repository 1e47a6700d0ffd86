"""How the list marks categories: what is shown first needs nothing heavier than this."""

from __future__ import annotations

from imc_desktop.domain.words import show_date
from imc_desktop.usecases.staff_values import CategoryView, Standing
from ui.common.status_mark import Status, marked

STANDINGS = {
    Standing.VALID: Status.OK,
    Standing.EXPIRING: Status.SOON,
    Standing.EXPIRED: Status.OVERDUE,
    Standing.UNKNOWN: Status.UNKNOWN,
    Standing.NONE: Status.UNKNOWN,
}
STANDING_TITLES = (
    (Standing.VALID, "действует"),
    (Standing.EXPIRING, "истекает в этом учебном году"),
    (Standing.EXPIRED, "истекла"),
    (Standing.UNKNOWN, "срок неизвестен"),
    (Standing.NONE, "нет категории"),
)


def category_words(view: CategoryView) -> str:
    """«первая, до 31.08.2028», «высшая, истекла 14.03.2026», «без категории»."""
    if view.standing is Standing.NONE:
        return "без категории"
    if view.standing is Standing.EXPIRED:
        return f"{view.name}, истекла {show_date(view.until)}"
    return view.words


def category_mark(view: CategoryView) -> str:
    """The same with its shape."""
    return marked(STANDINGS[view.standing], category_words(view))


def name_mark(name: str, *, in_conflict: bool) -> str:
    """The name, with a mark while copies differ about this person."""
    return f"≠ {name}" if in_conflict else name
