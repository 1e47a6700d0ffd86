"""The protocol of a merge: what came from where, what it changed, what people had to decide."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from db.store import Store
from imc_desktop.documents.act import ActContent, ActPart
from imc_desktop.documents.parts import ApprovalBlock, SignatureLine
from imc_desktop.documents.table_list import ListColumn, ListRow
from imc_desktop.domain.words import date_long
from imc_desktop.usecases.history import local_time
from imc_desktop.usecases.merge_conflicts import open_conflicts
from imc_desktop.usecases.merge_words import count_lines, duplicates, effects_of, sentences
from imc_desktop.usecases.plan_office import paper_office
from imc_desktop.usecases.printing.common import Paper, act_paper, act_sheet
from imc_desktop.usecases.printing.wish import Wish

KIND = "merge-protocol"
_FACTS = (ListColumn("Сведения", 38), ListColumn("Содержание", 62))
_SIDES = (
    ListColumn("Запись", 30), ListColumn("Поле", 16), ListColumn("Было", 16), ListColumn("Стороны", 38),
)  # fmt: skip
_DEEDS = (("Добавлено", "added"), ("Изменено", "changed"), ("Удалено", "deleted"))


def paper(store: Store, wish: Wish) -> Paper:
    """The protocol of the merge whose transaction ``wish.subject`` names (blank: the latest; without any, a form)."""
    return act_paper(KIND, _content(store, wish))


def sheet(store: Store, wish: Wish, path: Path) -> int:
    """The same as xlsx."""
    return act_sheet(path, _content(store, wish), wish)


def _content(store: Store, wish: Wish) -> ActContent:
    office = paper_office(store)
    with store.look() as connection:
        row = connection.execute(
            "SELECT m.txn_id, m.source, m.summary, t.author, t.wall_utc, t.n, t.hash FROM merge_log m "
            "JOIN txn t ON t.id = m.txn_id WHERE m.txn_id = ? OR ? = '' ORDER BY m.txn_id DESC LIMIT 1",
            (wish.subject, wish.subject),
        ).fetchone()
        if row is None:
            return _blank((office.header, office.place, tuple(office.signatures)), wish.on)
        txn_id, source, summary, author, wall, number, head = row
        changes = sentences(connection, effects_of(connection, txn_id))
        notices = duplicates(connection, txn_id)
    told: Mapping[str, Any] = json.loads(summary)
    facts = (
        ("С чем сверено", source),
        ("Когда и кто", f"{local_time(wall)}, {author}"),
        ("Принято действий", str(told["transactions"])),
        *((words.split(": ", 1)[0], words.split(": ", 1)[1]) for words in _counts(told)),
        ("Найдено расхождений", str(told["conflicts"])),
        ("Копия перед сверкой", told["safety"]),
        ("Запись журнала", f"№ {number}, {head[:8]}"),
    )
    waiting = tuple(
        ListRow(
            card.key,
            (
                card.record,
                card.field,
                card.before or "–",
                "; ".join(f"{side.where}: {side.value} ({side.who})" for side in card.sides),
            ),
        )
        for card in open_conflicts(store)
    )
    return protocol_content(
        (office.header, office.place, tuple(office.signatures)), wish.on, facts, (changes, notices, waiting)
    )


def _blank(office: tuple[tuple[str, ...], str, tuple[SignatureLine, ...]], on: date) -> ActContent:
    """The same with lines to fill in: no merge was made on this computer."""
    names = ("С чем сверено", "Когда и кто", "Добавлено", "Изменено", "Удалено", "Найдено расхождений")
    return protocol_content(office, on, tuple((name, "") for name in names), ((), (), ()))


def protocol_content(
    office: tuple[tuple[str, ...], str, tuple[SignatureLine, ...]],
    on: date,
    facts: tuple[tuple[str, str], ...],
    found: tuple[tuple[str, ...], tuple[str, ...], tuple[ListRow, ...]],
) -> ActContent:
    """The paper: facts, open conflicts, what needs a look, every change."""
    header, place, signatures = office
    changes, notices, waiting = found
    still = "Нерешённых расхождений нет." if not waiting else "На день печати ждут решения:"
    return ActContent(
        header=header,
        corners=(ApprovalBlock("left", (place,)), ApprovalBlock("right", (date_long(on),))),
        title=("ПРОТОКОЛ", "сверки двух копий базы"),
        parts=(
            ActPart("", (), _FACTS, tuple(ListRow(name, (name, value)) for name, value in facts)),
            ActPart("1. Расхождения", (still,), _SIDES if waiting else (), waiting),
            ActPart("2. На что обратить внимание", notices or ("Нет.",)),
            ActPart("3. Что изменилось", tuple(f"– {line}" for line in changes) or ("Ничего.",)),
        ),
        signatures=(SignatureLine("Сверку провёл(а)", ""), *signatures),
    )


def _counts(told: Mapping[str, Any]) -> tuple[str, ...]:
    return count_lines(*((verb, told[key]) for verb, key in _DEEDS))
