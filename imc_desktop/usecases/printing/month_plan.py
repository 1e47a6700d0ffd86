"""The plan of the month that holds the day: its own lines, then those of the annual plan it does not repeat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.store import Store
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent
from imc_desktop.domain.plan import paper_words
from imc_desktop.domain.words import MONTHS, date_short
from imc_desktop.usecases.plan_month import LONG, DayLine, agenda
from imc_desktop.usecases.plan_office import PaperOffice, block_on_paper, paper_office
from imc_desktop.usecases.printing.wish import Wish

COLUMNS = (
    ListColumn("Дата", 13, "center"),
    ListColumn("Время", 13, "center"),
    ListColumn("Мероприятие", 52),
    ListColumn("Место проведения", 22),
    ListColumn("Ответственный", 26),
    ListColumn("Отметка", 16),
)


def content(store: Store, wish: Wish) -> TableListContent:
    """The list as it is wished for."""
    lines = agenda(store, wish.on.isoformat()[:7], wish.on, once=True)
    return month_content(lines, paper_office(store), wish.on)


def month_content(lines: Sequence[DayLine], office: PaperOffice, on: date) -> TableListContent:
    """Days in order without a heading, then what goes on all the month."""
    days = tuple([_row(line) for line in lines if line.group != LONG])
    long = tuple([_row(line) for line in lines if line.group == LONG])
    groups = [ListGroup(title, rows) for title, rows in (("", days), (LONG, long)) if rows]
    whose = office.genitive or office.full
    return TableListContent(
        header=office.header,
        approvals=tuple(block_on_paper(block) for block in office.list_blocks),
        title=tuple(line for line in ("ПЛАН РАБОТЫ", whose, f"на {MONTHS[on.month - 1]} {on.year} года") if line),
        columns=COLUMNS,
        groups=tuple(groups),
        signatures=office.signatures,
    )


def _row(line: DayLine) -> ListRow:
    item, one = line.item, line.occurrence
    short = line.group != LONG
    whole = one.moved_to or one.first == one.last
    day = date_short(line.day) if whole else item.term_short
    mark = paper_words((one,), item.written_mark)
    cells = (day if short else "", item.time, item.title, item.place, item.responsible, mark)
    return ListRow(item.id, cells)
