"""Heads of the change log in short form on approved papers: a tail cut off the log afterwards is seen against them."""

from __future__ import annotations

import json
import re

from sqlalchemy import text
from sqlalchemy.orm import Session

from imc_desktop.documents.text import shorten
from imc_desktop.domain.dates import school_year_title

_MOST = 3  # computers named on the foot of a page
_HEAD = re.compile(r"№ (\d+), ([0-9a-f]{4}) ([0-9a-f]{4})")
_HEADS = text(
    "SELECT t.rid, coalesce(r.label, ''), t.n, t.hash FROM txn t LEFT JOIN replica r ON r.rid = t.rid "
    "WHERE (t.rid, t.n) IN (SELECT rid, max(n) FROM txn WHERE hash <> '' GROUP BY rid) "
    "ORDER BY t.rid <> (SELECT replica FROM db_meta), t.id DESC"
)


def heads_words(session: Session) -> str:
    """«ПК-1 № 214, 3f2a 91c0»: this computer's last finished action first, then those of the others known here."""
    heads = session.execute(_HEADS).all()[:_MOST]
    return "; ".join(
        f"{shorten(label or rid[:4], 24)} № {n}, {stored[:4]} {stored[4:8]}" for rid, label, n, stored in heads
    )


def missing_heads(session: Session) -> list[str]:
    """Sentences about approved plans whose heads the log has no more; empty when it goes on from all of them."""
    found = []
    query = text(
        "SELECT d.title, d.content, p.year FROM issued_document d LEFT JOIN plan p ON p.id = d.subject_id "
        "WHERE d.deleted_at IS NULL ORDER BY d.id"
    )
    for title, content, year in session.execute(query).all():
        journal = str(json.loads(content).get("journal", ""))
        for number, first, second in _HEAD.findall(journal):
            known = session.execute(
                text("SELECT 1 FROM txn WHERE n = :n AND substr(hash, 1, 8) = :h"),
                {"n": int(number), "h": first + second},
            ).first()
            if known is None:
                name = f"план на {school_year_title(year)} учебный год" if year else title
                found.append(
                    f"Действия № {number} ({first} {second}), с которым утверждён {name}, в журнале больше нет."
                )
    return found
