"""approve, print, export."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from imc_desktop.cli.call import Call
from imc_desktop.cli.common import logging, tell, today, writing
from imc_desktop.domain.errors import EnvironmentProblem
from imc_desktop.usecases.clock import confirm_clock
from imc_desktop.usecases.exporting import export
from imc_desktop.usecases.plan import approve
from imc_desktop.usecases.plan_years import latest_plan_year
from imc_desktop.usecases.printing.registry import make, print_list
from imc_desktop.usecases.printing.wish import Wish


def approve_command(call: Call) -> int:
    """Approve the annual plan: it is frozen with its numbers and dates."""
    options = call.options
    with writing(call) as store:
        if options.clock_is_right:
            confirm_clock(store)
        document = approve(
            store,
            options.year,
            today=today(),
            protocol=options.protocol,
            protocol_date=_iso(options.protocol_date),
            order=options.order,
            order_date=_iso(options.order_date),
            approved_date=_iso(options.approved_date),
        )
    tell(
        call,
        {"year": options.year, "state": "approved", "document": document},
        [f"План на {options.year}/{options.year + 1} учебный год утверждён."],
    )
    return 0


def print_command(call: Call) -> int:
    """Write a document as PDF, or list the documents."""
    options = call.options
    if options.list:
        kinds = print_list()
        tell(call, kinds, (f"{one['kind']:24} {one['title']}" for one in kinds))
        return 0
    on = options.on or today()
    with logging(call) as store:
        year = options.year if options.year is not None else latest_plan_year(store, on)
        wish = Wish(year, on, subject=options.subject, receiver=options.receiver)
        data = make(store, options.kind, wish, path=options.output)
    _write(options.output, data)
    tell(call, {"kind": options.kind, "output": str(options.output)}, [f"Записано: {options.output}"])
    return 0


def export_command(call: Call) -> int:
    """Write a list or the plan as xlsx."""
    options = call.options
    on = options.on or today()
    with logging(call) as store:
        year = options.year if options.year is not None else latest_plan_year(store, on)
        wish = Wish(year, on, subject=options.subject, receiver=options.receiver, masked=options.mask)
        export(store, options.kind, options.output, wish)
    tell(call, {"kind": options.kind, "output": str(options.output)}, [f"Записано: {options.output}"])
    return 0


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise EnvironmentProblem(
            f"Файл {path} не записан: {error.strerror}. Закройте его в других программах, проверьте папку и место."
        ) from error
