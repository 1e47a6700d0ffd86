"""Which school year a command means when it names none."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from db.schema.work import Plan
from db.store import Store
from imc_desktop.domain.dates import school_year_of


def latest_plan_year(store: Store, on: date) -> int:
    """The school year that holds ``on`` when it has a plan, else the latest year that has one, else that of ``on``."""
    year = school_year_of(on)
    with store.read() as session:
        years = set(session.scalars(select(Plan.year).where(Plan.deleted_at.is_(None))))
    return year if year in years or not years else max(years)
