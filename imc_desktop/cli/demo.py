"""demo: the invented district from its papers to the printed plan, then the window (or its pictures)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from db.lock import DatabaseLock
from imc_desktop import paths
from imc_desktop.app import run_window, save_pictures
from imc_desktop.cli.call import Call
from imc_desktop.cli.common import tell, today
from imc_desktop.domain.words import plural
from imc_desktop.usecases.demo import Demo, make_demo

_STATUS = {
    "overdue": "просрочено",
    "this_year": "в этом учебном году",
    "next_year": "в следующем",
    "later": "позже",
    "no_data": "нет данных",
    "deferred": "отложено",
    "exempt": "не требуется",
}
_SUBJECT = {"courses": "Курсы", "attestation": "Аттестация"}


def demo_command(call: Call) -> int:
    """Make the district; open the window when there is a screen, else save pictures of the tabs."""
    folder: Path = call.options.output or call.database or paths.demo_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with DatabaseLock(folder / f"demo{paths.DATABASE_SUFFIX}"):
        demo = make_demo(folder, today=today())
    pictures = [] if _has_screen() else save_pictures(demo.database, folder)
    tell(call, _as_json(demo, pictures), _lines(demo, pictures))
    sys.stdout.flush()
    if _has_screen() and not call.as_json:
        return run_window(demo.database)
    return 0


def _has_screen() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _as_json(demo: Demo, pictures: list[Path]) -> dict[str, object]:
    return {
        "database": str(demo.database),
        "plan": str(demo.plan),
        "due": demo.due,
        "pictures": [str(path) for path in pictures],
        **demo.report.as_json(),
    }


def _lines(demo: Demo, pictures: list[Path]) -> list[str]:
    report = demo.report
    people = report.total("people", "new")
    taken = (
        f"Из {len(report.files)} файлов принято: {people} {plural(people, 'человек', 'человека', 'человек')}, "
        f"записей о курсах {report.total('training', 'new')}, мероприятий плана {report.total('plan_items', 'new')}."
    )
    lines = [f"Вымышленный район: {demo.database}", taken]
    for kind, counts in demo.due.items():
        told = ", ".join(f"{_STATUS[status]} {counts[status]}" for status in _STATUS if status in counts)
        lines.append(f"{_SUBJECT[kind]}: {told}.")
    lines.append(f"Утверждённый план напечатан: {demo.plan}")
    if pictures:
        lines.append("Экрана здесь нет, окно не открыто. Снимки вкладок: " + ", ".join(str(path) for path in pictures))
    return lines
