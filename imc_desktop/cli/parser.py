"""The command line's grammar; ``--json`` and ``--database`` stand anywhere (decisions 20)."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NoReturn

USAGE = """Как вызывать: python -m imc_desktop [КОМАНДА] [--database ФАЙЛ.imc] [--json]
Без команды открывается окно.

  profiles                                    профили учреждений
  new --profile ИМЯ [--set ключ=значение …]   новая база
  demo [--output ПАПКА]                       вымышленный район: импорт, сроки, план, окно
  import ФАЙЛ… [--dry-run]                    принять таблицы (с --dry-run только показать)
  questions                                   открытые вопросы импорта
  undo                                        отменить последнее действие
  history [--record ID]                       журнал изменений
  list people|organisations|training|categories|cases|plan|journals [--on ДАТА] [--year ГОД] [--period ПЕРИОД]
  due courses|attestation [--on ДАТА]         кому пора
  approve annual-plan --year ГОД [--protocol N --protocol-date Д --order N --order-date Д --approved-date Д]
  print --list                                что печатается
  print ВИД --output ФАЙЛ.pdf [--year ГОД] [--on ДАТА]
  export ВИД --output ФАЙЛ.xlsx [--year ГОД] [--on ДАТА]
  term ТЕКСТ --year ГОД                       как понят срок
  backup ПАПКА                                проверенная копия базы
  verify ФАЙЛ                                 проверить копию или базу
  restore ФАЙЛ                                вернуть базу из копии
  check                                       проверить базу
  self-test                                   проверить программу

Даты — 2026-11-20. Коды: 0 — сделано, 1 — отказано (предложение на stderr), 2 — неверный вызов."""

LISTS = ("people", "organisations", "training", "categories", "cases", "plan", "journals")


class WrongUsageError(Exception):
    """The command was called in a way that does not exist; the text says which."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:  # noqa: ARG002 - argparse speaks English
        raise WrongUsageError(f"Так команду «{self.prog}» вызвать нельзя.")


@dataclass(frozen=True, slots=True)
class Call:
    """A parsed command line. ``options`` holds the command's own arguments."""

    command: str | None
    options: argparse.Namespace
    as_json: bool
    database: Path | None


def parse(argv: Sequence[str]) -> Call:
    """Parse the arguments; raises WrongUsageError in a sentence."""
    rest, as_json, database = _take_common(list(argv))
    if not rest:
        return Call(None, argparse.Namespace(), as_json, database)
    command, *own = rest
    parser = _parsers().get(command)
    if parser is None:
        raise WrongUsageError(f"Нет команды «{command}».")
    options = parser.parse_args(own)
    if command == "print" and not options.list and not (options.kind and options.output):
        raise WrongUsageError("Так команду «print» вызвать нельзя: назовите вид документа и --output.")
    return Call(command, options, as_json, database)


def _take_common(argv: list[str]) -> tuple[list[str], bool, Path | None]:
    rest: list[str] = []
    as_json, database = False, None
    words = iter(argv)
    for word in words:
        if word == "--":
            rest.extend(words)
        elif word == "--json":
            as_json = True
        elif word == "--database":
            value = next(words, None)
            if value is None:
                raise WrongUsageError("После --database нужен файл базы.")
            database = Path(value)
        elif word.startswith("--database="):
            database = Path(word.partition("=")[2])
        else:
            rest.append(word)
    return rest, as_json, database


def _parsers() -> dict[str, _Parser]:
    parsers = {
        name: _Parser(prog=name, add_help=False, allow_abbrev=False)
        for name in [
            "profiles",
            "new",
            "demo",
            "import",
            "questions",
            "undo",
            "history",
            "list",
            "due",
            "approve",
            "print",
            "export",
            "term",
            "backup",
            "verify",
            "restore",
            "check",
            "self-test",
        ]
    }
    parsers["new"].add_argument("--profile", required=True)
    parsers["new"].add_argument("--set", action="append", default=[], type=_pair)
    parsers["demo"].add_argument("--output", type=Path)
    parsers["import"].add_argument("files", nargs="+", type=Path)
    parsers["import"].add_argument("--dry-run", action="store_true")
    parsers["history"].add_argument("--record")
    parsers["list"].add_argument("what", choices=LISTS)
    parsers["list"].add_argument("--period")
    parsers["due"].add_argument("what", choices=("courses", "attestation"))
    for name in ("list", "due", "print", "export"):
        parsers[name].add_argument("--on", type=date.fromisoformat)
    for name in ("list", "print", "export"):
        parsers[name].add_argument("--year", type=int)
    approve = parsers["approve"]
    approve.add_argument("what", choices=("annual-plan",))
    approve.add_argument("--year", type=int, required=True)
    for option in ("--protocol", "--order"):
        approve.add_argument(option, default="")
    for option in ("--protocol-date", "--order-date", "--approved-date"):
        approve.add_argument(option, type=date.fromisoformat)
    parsers["print"].add_argument("kind", nargs="?")
    parsers["print"].add_argument("--list", action="store_true")
    parsers["print"].add_argument("--output", type=Path)
    parsers["export"].add_argument("kind")
    parsers["export"].add_argument("--output", type=Path, required=True)
    parsers["term"].add_argument("text")
    parsers["term"].add_argument("--year", type=int, required=True)
    parsers["backup"].add_argument("folder", type=Path)
    for name in ("verify", "restore"):
        parsers[name].add_argument("file", type=Path)
    return parsers


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key:
        raise argparse.ArgumentTypeError(text)
    return key, value
