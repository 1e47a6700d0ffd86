"""The office of a database: what is rotten there is said in a sentence."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.store import Store
from imc_desktop.domain.errors import UserError
from imc_desktop.usecases.office import office_of
from imc_desktop.usecases.office_making import create_office


def test_answers_that_cannot_be_read_are_damage(tmp_path: Path) -> None:
    path = tmp_path / "кабинет.imc"
    create_office(path, "bohan", {}).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        (trigger,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'log_office_answers'").fetchone()
        connection.execute("DROP TRIGGER log_office_answers")
        connection.execute("UPDATE office SET answers = '{} \"'")
        connection.execute(trigger)
    store = Store(path)
    with pytest.raises(UserError, match="повреждён"):
        office_of(store)
    store.close()
