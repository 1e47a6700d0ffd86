"""Corrections of columns, remembered by the headings of the table: the next paper of this layout is read as told."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import select

from db.schema.base import new_id
from db.schema.office import ImportLayout
from db.store import Store


def remembered_layouts(store: Store) -> dict[str, dict[int, str]]:
    """Signature of a table's headings → column index → field."""
    with store.read() as session:
        rows = session.execute(
            select(ImportLayout.signature, ImportLayout.columns).where(ImportLayout.deleted_at.is_(None))
        ).all()
    return {
        signature: {int(index): field for index, field in json.loads(columns).items()} for signature, columns in rows
    }


def remember_layout(store: Store, sender: str, signature: str, columns: Mapping[int, str]) -> None:
    """Keep a correction; a later one for the same headings replaces it."""
    text = json.dumps({str(index): field for index, field in columns.items()}, ensure_ascii=False)
    with store.change(f"Столбцы для файлов «{sender}»") as session:
        known = session.scalars(
            select(ImportLayout).where(ImportLayout.signature == signature, ImportLayout.deleted_at.is_(None))
        ).first()
        if known is None:
            session.add(ImportLayout(id=new_id(), sender=sender, signature=signature, columns=text))
        else:
            known.columns = text
