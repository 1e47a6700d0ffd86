"""Entry of the command line: exit code 0 done, 1 refused with a sentence on stderr, 2 wrong usage."""

from __future__ import annotations

import contextlib
import gc
import io
import logging
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from imc_desktop.cli.call import USAGE, Call, WrongUsageError, take_common
from imc_desktop.domain.errors import UserError
from imc_desktop.paths import COPY_SUFFIX, DATABASE_SUFFIX, log_folder

# Command → "module:function"; a command's imports are paid for by that command only, the window pays for none.
COMMANDS = {
    "profiles": "imc_desktop.cli.office_commands:profiles_command",
    "new": "imc_desktop.cli.office_commands:new_command",
    "demo": "imc_desktop.cli.demo:demo_command",
    "import": "imc_desktop.cli.data_commands:import_command",
    "questions": "imc_desktop.cli.data_commands:questions_command",
    "undo": "imc_desktop.cli.data_commands:undo_command",
    "history": "imc_desktop.cli.data_commands:history_command",
    "list": "imc_desktop.cli.list_commands:list_command",
    "due": "imc_desktop.cli.list_commands:due_command",
    "term": "imc_desktop.cli.list_commands:term_command",
    "approve": "imc_desktop.cli.paper_commands:approve_command",
    "print": "imc_desktop.cli.paper_commands:print_command",
    "export": "imc_desktop.cli.paper_commands:export_command",
    "backup": "imc_desktop.cli.copy_commands:backup_command",
    "verify": "imc_desktop.cli.copy_commands:verify_command",
    "restore": "imc_desktop.cli.copy_commands:restore_command",
    "merge": "imc_desktop.cli.merge_commands:merge_command",
    "conflicts": "imc_desktop.cli.merge_commands:conflicts_command",
    "users": "imc_desktop.cli.user_commands:users_command",
    "check": "imc_desktop.cli.copy_commands:check_command",
    "update": "imc_desktop.cli.update_command:update_command",
    "self-test": "imc_desktop.cli.self_test.command:self_test_command",
}
_GRAMMAR = "imc_desktop.cli.grammar:read"
_WINDOW = "imc_desktop.app:run_window"
_LOG = "imc_desktop.logs:start_log"


def main(argv: Sequence[str]) -> int:
    """Run one command, or the window when there is none."""
    _speak_utf8()
    if any(word in ("--help", "-h", "help") for word in argv[:1]):
        print(USAGE)
        return 0
    try:
        words, as_json, database, user = take_common(argv)
        if len(words) == 1 and words[0].lower().endswith((DATABASE_SUFFIX, COPY_SUFFIX)):
            database, words = Path(words[0]), []  # a double click on a file of ours
        if not words:
            gc.disable()  # until the window has been painted: nothing of a start is garbage
            return int(_target(_WINDOW)(database))
        command, *own = words
        call = Call(command, _target(_GRAMMAR)(command, own), as_json, database, user)
        return int(_target(COMMANDS[command])(call))
    except WrongUsageError as error:
        print(f"{error}\n\n{USAGE}", file=sys.stderr)
        return 2
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        print("Прервано. Данные не изменены.", file=sys.stderr)
        return 1
    except Exception:  # the last place before the person: a sentence, the rest goes to the log
        _target(_LOG)(log_folder())
        logging.getLogger("imc_desktop").exception("Unexpected failure of a command")
        print(
            "Команда не выполнена из-за ошибки программы. Данные не изменены. Подробности в журнале.", file=sys.stderr
        )
        return 1


def _target(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found


def _speak_utf8() -> None:
    """Pipes on a Russian Windows speak cp1251; ours speak UTF-8. A windowed program has no streams at all."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(OSError):
                stream.reconfigure(encoding="utf-8", errors="replace")
