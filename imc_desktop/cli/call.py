"""How the program is called: ``--json`` and ``--database`` stand anywhere (decisions 20)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from argparse import Namespace

USAGE = """Как вызывать: python -m imc_desktop [КОМАНДА] [--database ФАЙЛ.imc] [--user ИМЯ] [--json]
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
                        [--clock-is-right]      (часы компьютера верны, хотя программа сомневается)
  print --list                                что печатается
  print ВИД --output ФАЙЛ.pdf [--year ГОД] [--on ДАТА]
  export ВИД --output ФАЙЛ.xlsx [--year ГОД] [--on ДАТА]
  term ТЕКСТ --year ГОД                       как понят срок
  backup ПАПКА                                проверенная копия базы
  verify ФАЙЛ [--paper-key-file КЛЮЧ.txt]     проверить копию или базу
  restore ФАЙЛ [--paper-key-file КЛЮЧ.txt]    вернуть базу из копии
  merge ФАЙЛ [--dry-run] [--deletions N] [--paper-key-file КЛЮЧ.txt]
                                              принять в базу сделанное в копии с другого ПК
  conflicts [--settle КЛЮЧ --side N | --value ТЕКСТ]   расхождения двух копий и решения
  check                                       проверить базу
  users list                                  пользователи
  users add --name ИМЯ --role head|methodist|observer [--since ДАТА] [--until ДАТА]
                                              завести (пароль — в IMC_NEW_PASSWORD, иначе программа придумает слова)
  users end --name ИМЯ --until ДАТА           последний день работы
  update ПАПКА [--check]                      обновить программу с флешки (с --check только проверить)
  self-test [--output ФАЙЛ.pdf|.txt] [--each] проверить программу и записать протокол на одну страницу
                                              (с --each каждый шаг — строка JSON, как только он сделан)

Если в базе заведены пользователи, назовите себя: --user ИМЯ. Пароль — в переменной IMC_PASSWORD, иначе программа
спросит его; он же открывает зашифрованные копии.
Даты — 2026-11-20. Коды: 0 — сделано, 1 — отказано (предложение на stderr), 2 — неверный вызов."""


class WrongUsageError(Exception):
    """The command was called in a way that does not exist; the text says which."""


class Call(NamedTuple):
    """A parsed command line. ``options`` holds the command's own arguments."""

    command: str
    options: Namespace
    as_json: bool
    database: Path | None
    user: str = ""


def take_common(argv: Sequence[str]) -> tuple[list[str], bool, Path | None, str]:
    """The words left, whether ``--json`` was among them, the database and the user named; raises WrongUsageError."""
    rest: list[str] = []
    as_json, user = False, ""
    database: Path | None = None
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
        elif word == "--user":
            name = next(words, None)
            if not name:
                raise WrongUsageError("После --user нужно имя пользователя.")
            user = name
        elif word.startswith("--user="):
            user = word.partition("=")[2]
        else:
            rest.append(word)
    return rest, as_json, database, user
