"""The list of people: columns, chips, the conditions behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from imc_desktop.domain.words import show_date, show_phone, sort_key
from imc_desktop.usecases.staff import PersonRow
from imc_desktop.usecases.staff_values import Standing, brief_organisation, brief_post
from ui.common.filter_bar import ChoiceChip, FilterBar
from ui.common.rows_model import Column, RowsModel
from ui.common.status_mark import tone
from ui.common.table import Table
from ui.context import Context
from ui.staff.marks import STANDING_TITLES, STANDINGS, category_mark, name_mark

COLUMNS: tuple[Column[PersonRow], ...] = (
    Column(
        "name", "ФИО", lambda row: name_mark(row.full_name, in_conflict=row.in_conflict),
        sort=lambda row: row.sort_key, min_chars=18, keep=True,
    ),
    Column(
        "organisation", "Организация", lambda row: brief_organisation(row.organisation),
        sort=lambda row: row.organisation_sort, min_chars=9, weight=1.0, yields=1,
    ),
    Column("post", "Должность", lambda row: brief_post(row.post), min_chars=17, weight=1.4, yields=2),
    Column("subjects", "Предмет", lambda row: row.subjects, min_chars=8, weight=1.2, yields=3),
    Column(
        "category", "Категория", lambda row: category_mark(row.category),
        sort=lambda row: f"{row.category.until or '~'} {row.category.name}",
        tone=lambda row: tone(STANDINGS[row.category.standing]), min_chars=20, keep=True, weight=0.6,
    ),
    Column("birth", "Дата рождения", lambda row: show_date(row.birth) if row.birth else "", sort=lambda row: row.birth,
           hidden=True, align="right"),
    Column("phone", "Телефон", lambda row: show_phone(row.phone), sort=lambda row: row.phone, hidden=True),
    Column("former", "Прежняя фамилия", lambda row: row.former, hidden=True),
    Column("also", "Ещё работает", lambda row: row.also, hidden=True),
)  # fmt: skip


def people_table(ctx: Context) -> Table:
    """The list, empty yet."""
    model: RowsModel[PersonRow] = RowsModel(COLUMNS, lambda row: row.id, ctx.theme, search=lambda row: row.search)
    return Table(model, ctx.theme, ctx.prefs, "staff", "Список педагогов")


class StaffFilter:
    """The chips of the list; their values are what the list holds now."""

    def __init__(self, bar: FilterBar) -> None:
        self.organisation: ChoiceChip = bar.add_choice(
            "organisation", "Организация", lambda row, value: value == row.organisation_id
        )
        self.post: ChoiceChip = bar.add_choice("post", "Должность", lambda row, value: row.post == value)
        self.category: ChoiceChip = bar.add_choice("category", "Категория", _has_category)
        self.standing: ChoiceChip = bar.add_choice(
            "standing", "Срок категории", lambda row, value: row.category.standing is value
        )

    def offer(self, rows: Sequence[PersonRow]) -> None:
        """Values to choose from, with counts."""
        places = {row.organisation_id: (row.organisation_sort, row.organisation) for row in rows if row.organisation_id}
        self.organisation.set_options(
            _counted(
                (row.organisation_id for row in rows),
                [(key, brief_organisation(name)) for key, (_, name) in sorted(places.items(), key=lambda one: one[1])],
            )
        )
        posts = sorted({row.post for row in rows if row.post}, key=sort_key)
        self.post.set_options(_counted((row.post for row in rows), [(post, post) for post in posts]))
        names = sorted({row.category.name for row in rows if row.category.name}, key=sort_key)
        options = [(name, name) for name in names] + [("", "без категории")]
        self.category.set_options(_counted((row.category.name for row in rows), options))
        standings = [(standing, title) for standing, title in STANDING_TITLES if standing is not Standing.NONE]
        self.standing.set_options(_counted((row.category.standing for row in rows), standings))


def _has_category(row: PersonRow, value: str) -> bool:
    return row.category.name == value


def _counted(values: Iterable[object], options: Sequence[tuple[object, str]]) -> list[tuple[object, str]]:
    counts: dict[object, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return [(value, f"{title} · {counts[value]}") for value, title in options if value in counts]
