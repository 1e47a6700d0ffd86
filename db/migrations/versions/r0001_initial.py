"""The first schema, as frozen SQL beside this file: later changes of the classes must not change this revision."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table and index."""
    script = Path(__file__).with_name("r0001_initial.sql").read_text(encoding="utf-8")
    for statement in script.split(";\n"):
        if statement.strip():
            op.execute(statement)
