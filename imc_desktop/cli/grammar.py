"""The arguments of every command; imported when there is a command."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from imc_desktop.cli.call import WrongUsageError
from imc_desktop.domain.rights import Role

NAMES = (
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
    "merge",
    "conflicts",
    "check",
    "users",
    "update",
    "self-test",
)
LISTS = ("people", "organisations", "training", "categories", "cases", "plan", "journals")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:  # noqa: ARG002 - argparse speaks English
        raise WrongUsageError(f"Так команду «{self.prog}» вызвать нельзя.")


def read(command: str, own: Sequence[str]) -> argparse.Namespace:
    """A command's own arguments; raises WrongUsageError in a sentence."""
    parser = _parsers().get(command)
    if parser is None:
        raise WrongUsageError(f"Нет команды «{command}».")
    options = parser.parse_args(own)
    if command == "print" and not options.list and not (options.kind and options.output):
        raise WrongUsageError("Так команду «print» вызвать нельзя: назовите вид документа и --output.")
    if command == "users" and not _whole_users(options):
        raise WrongUsageError("Так команду «users» вызвать нельзя: назовите --name, роль или последний день.")
    return options


def _whole_users(options: argparse.Namespace) -> bool:
    needed = {"list": True, "add": options.name and options.role, "end": options.name and options.until}
    return bool(needed[options.what])


def _parsers() -> dict[str, _Parser]:
    parsers = {name: _Parser(prog=name, add_help=False, allow_abbrev=False) for name in NAMES}
    parsers["new"].add_argument("--profile", required=True)
    parsers["new"].add_argument("--set", action="append", default=[], type=_pair)
    parsers["demo"].add_argument("--output", type=Path)
    parsers["import"].add_argument("files", nargs="+", type=Path)
    parsers["import"].add_argument("--dry-run", action="store_true")
    parsers["history"].add_argument("--record")
    users = parsers["users"]
    users.add_argument("what", choices=("list", "add", "end"))
    users.add_argument("--name", default="")
    users.add_argument("--role", choices=[str(role) for role in Role])
    for option in ("--since", "--until"):
        users.add_argument(option, type=date.fromisoformat)
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
    approve.add_argument("--clock-is-right", action="store_true")
    for option in ("--protocol-date", "--order-date", "--approved-date"):
        approve.add_argument(option, type=date.fromisoformat)
    _papers(parsers)
    parsers["term"].add_argument("text")
    parsers["term"].add_argument("--year", type=int, required=True)
    parsers["backup"].add_argument("folder", type=Path)
    parsers["update"].add_argument("folder", type=Path)
    parsers["update"].add_argument("--check", action="store_true")
    parsers["self-test"].add_argument("--output", type=Path)
    parsers["self-test"].add_argument("--each", action="store_true")
    parsers["merge"].add_argument("--dry-run", action="store_true")
    parsers["merge"].add_argument("--deletions", type=int)
    parsers["conflicts"].add_argument("--settle")
    parsers["conflicts"].add_argument("--side", type=int)
    parsers["conflicts"].add_argument("--value")
    for name in ("verify", "restore", "merge"):
        parsers[name].add_argument("file", type=Path)
        parsers[name].add_argument("--paper-key-file", type=Path)
    return parsers


def _papers(parsers: dict[str, _Parser]) -> None:
    """What print and export are asked."""
    parsers["print"].add_argument("kind", nargs="?")
    parsers["print"].add_argument("--list", action="store_true")
    parsers["print"].add_argument("--output", type=Path)
    parsers["export"].add_argument("kind")
    parsers["export"].add_argument("--output", type=Path, required=True)
    parsers["export"].add_argument("--mask", action="store_true")
    for name in ("print", "export"):
        parsers[name].add_argument("--subject", default="")
        parsers[name].add_argument("--receiver", default="")


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key:
        raise argparse.ArgumentTypeError(text)
    return key, value
