"""What a self-test found, and its one-page protocol: read by a stranger, so no person and no folder is named in it."""

from __future__ import annotations

import getpass
import locale
import os
import platform
import re
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import gettempdir
from typing import Any, NamedTuple

from imc_desktop import paths
from imc_desktop.documents.act import ActContent, ActPart, lay_out
from imc_desktop.documents.table_list import ListColumn, ListRow
from imc_desktop.domain.errors import EnvironmentProblem, UserError
from imc_desktop.usecases.about import versions
from imc_desktop.usecases.printing.common import Paper, act_paper

KIND = "self-test"
WHOLE = "Программа исправна."
BROKEN = "Программа неисправна: отправьте этот протокол разработчику."
NOT_DONE = "Проверка не закончилась: отправьте этот протокол разработчику."
_FACTS = (ListColumn("Сведения", 34), ListColumn("Содержание", 66))
_STEPS = (ListColumn("Шаг", 22), ListColumn("Итог", 12), ListColumn("Что проверено", 57), ListColumn("Секунд", 9))
_GIGABYTE = 1_000_000_000
_LENGTHS = (240, 110, 50)  # letters of a text on paper, the first at which the protocol is one page
_SHORTEST_NAME = 3
_PATH = re.compile(r"(?:[A-Za-z]:[\\/]+|\\\\+|(?<![\w/])/)(?:[^\\/:*?\"'«»<>|\r\n]+[\\/]+)+")


class CheckStep(NamedTuple):
    """A step: ``told`` says what was checked or what went wrong."""

    name: str
    ok: bool
    told: str
    seconds: float


class CheckOutcome(NamedTuple):
    """All that the protocol says. ``facts`` are a label and a text; ``finished``: every step was tried."""

    facts: tuple[tuple[str, str], ...]
    steps: tuple[CheckStep, ...]
    finished: bool = True

    @property
    def whole(self) -> bool:
        """Every step was tried and did what it must."""
        return self.finished and bool(self.steps) and all(step.ok for step in self.steps)

    @property
    def verdict(self) -> str:
        """The sentence at the end."""
        if not self.finished:
            return NOT_DONE
        return WHOLE if self.whole else BROKEN


def step_of(told: Mapping[str, Any]) -> CheckStep:
    """A step as the command line tells it; KeyError, TypeError or ValueError when it is none."""
    return CheckStep(str(told["step"]), bool(told["ok"]), str(told["told"]), float(told["seconds"]))


def machine_facts(now: datetime) -> tuple[tuple[str, str], ...]:
    """The program and this computer without its name, its user or a folder."""
    facts = [(fact.label, fact.text) for fact in versions()]
    frozen = "установлена" if getattr(sys, "frozen", False) else "запущена из исходного текста"
    return (
        ("Проверено", now.strftime("%d.%m.%Y %H:%M %z").strip()),
        *facts,
        ("Программа", f"{frozen}, {platform.machine() or 'неизвестный процессор'}"),
        ("Кодовая страница", f"{locale.getencoding()}, имена файлов {sys.getfilesystemencoding()}"),
        ("Свободно на диске базы", _room(paths.data_folder())),
        ("Свободно на диске временных файлов", _room(Path(gettempdir()))),
    )


def without_places(text: str, folders: Iterable[Path] = ()) -> str:
    """Text without folders, which hold names of people, and without the computer's and its user's name.

    A path keeps its last part only; ``folders`` are hidden however they are spelt.
    """
    for folder in sorted(map(str, (*folders, Path.home(), Path(gettempdir()))), key=len, reverse=True):
        for spelt in {folder, folder.replace("\\", "\\\\"), folder.replace("\\", "/")} - {"/", ""}:
            text = re.sub(re.escape(spelt) + r"(?:[\\/]+|(?![\w]))", "", text, flags=re.IGNORECASE)
    text = _PATH.sub("", text)
    for name in _own_names():
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "…", text, flags=re.IGNORECASE)
    return text


def protocol_lines(outcome: CheckOutcome) -> list[str]:
    """The protocol as plain text."""
    lines = ["Протокол проверки программы IMC Desktop", ""]
    lines += [f"{label}: {text}" for label, text in outcome.facts]
    lines += ["", *step_lines(outcome.steps), "", outcome.verdict]
    return lines


def step_lines(steps: Sequence[CheckStep]) -> list[str]:
    """A line per step."""
    return [f"{'ок ' if step.ok else 'НЕТ'} {step.name}: {step.told} ({step.seconds:.1f} с)" for step in steps]


def protocol_paper(outcome: CheckOutcome) -> Paper:
    """The protocol on one page: long texts are cut when it would be more."""
    for most in _LENGTHS:
        content = _content(outcome, most)
        if len(lay_out(content).pages) == 1:
            break
    return act_paper(KIND, content)


def ending_of(path: Path) -> str:
    """``.pdf`` or ``.txt``; UserError for a file that is to be called otherwise."""
    ending = path.suffix.lower()
    if ending not in (".pdf", ".txt"):
        raise UserError(f"Протокол пишется в файл .pdf или .txt, а не «{path.name}». Назовите файл иначе.")
    return ending


def write_protocol(path: Path, outcome: CheckOutcome) -> None:
    """The protocol as PDF or as text, by the file's ending."""
    if ending_of(path) == ".pdf":
        data = protocol_paper(outcome).pdf
    else:
        data = ("\r\n".join(protocol_lines(outcome)) + "\r\n").encode("utf-8-sig")
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise EnvironmentProblem(
            f"Файл {path} не записан: {error.strerror}. Закройте его в других программах, проверьте папку и место."
        ) from error


def _content(outcome: CheckOutcome, most: int) -> ActContent:
    facts = tuple(ListRow(label, (label, _cut(text, most))) for label, text in outcome.facts)
    steps = tuple(
        ListRow(step.name, (step.name, "исправно" if step.ok else "НЕТ", _cut(step.told, most), _seconds(step)))
        for step in outcome.steps
    )
    return ActContent(
        title=("ПРОТОКОЛ", "проверки программы IMC Desktop"),
        parts=(ActPart("", (), _FACTS, facts), ActPart("", (), _STEPS, steps), ActPart("", (outcome.verdict,))),
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _seconds(step: CheckStep) -> str:
    return f"{step.seconds:.1f}".replace(".", ",")


def _room(folder: Path) -> str:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        return f"{shutil.disk_usage(folder).free / _GIGABYTE:.1f} ГБ".replace(".", ",")
    except OSError:
        return "неизвестно"


def _own_names() -> set[str]:
    names = {platform.node(), Path.home().name, *(os.environ.get(key, "") for key in ("USERNAME", "USER", "LOGNAME"))}
    try:
        names.add(getpass.getuser())
    except (OSError, KeyError, ImportError):  # who is not in the list of users
        names.discard("")
    return {name for name in names if len(name) >= _SHORTEST_NAME}
