"""Runs the revisions with Alembic, then puts the triggers back and stamps the file's header."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from db.changelog import install_triggers
from db.connect import APPLICATION_ID, SCHEMA_REVISION
from imc_desktop.domain.errors import UserError

_HERE = Path(__file__).parent


def upgrade(path: Path, revision: int = SCHEMA_REVISION) -> None:
    """Bring the database file at ``path`` (new or older) to a revision, this program's unless told, in one transaction.

    A former one has no triggers: they are made for the tables of today.
    """
    # Never by an address: it would read «%20» in the name of a folder as a space.
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(path), poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _connect(raw: Any, _record: Any) -> None:
        raw.isolation_level = None  # DDL must roll back as well
        raw.execute("PRAGMA foreign_keys=OFF")  # batch operations rebuild tables

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        _run(engine, revision)
    except DatabaseError as error:
        sentence = f"База {path.name} повреждена, обновить её не удалось. Вернитесь к проверенной копии."
        raise UserError(sentence) from error
    finally:
        engine.dispose()


def _run(engine: Engine, revision: int) -> None:
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        command.upgrade(config, "head" if revision == SCHEMA_REVISION else f"{revision:04}")
        if revision == SCHEMA_REVISION:
            install_triggers(connection)
        connection.execute(text(f"PRAGMA application_id={APPLICATION_ID}"))
        connection.execute(text(f"PRAGMA user_version={revision}"))
