"""Who may do what: three roles, one table. Pure; where somebody's right is checked is said in ``db.gate``."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What somebody is in the office; stored in ``app_user.role``."""

    HEAD = "head"
    METHODIST = "methodist"
    OBSERVER = "observer"


class Right(StrEnum):
    """Something that not everybody may do."""

    READ = "read"
    PRINT = "print"  # papers about work, plans: nobody's data on them
    EXPORT = "export"
    EDIT = "edit"
    IMPORT = "import"
    PRINT_PEOPLE = "print_people"  # lists of people leave the program
    EXPORT_PEOPLE = "export_people"  # also by the clipboard
    COPY = "copy"
    MERGE = "merge"
    APPROVE = "approve"
    USERS = "users"
    KEYS = "keys"
    RESTORE = "restore"
    PLAIN_COPIES = "plain_copies"  # encryption of copies turned off
    LOG = "log"


class Actor(NamedTuple):
    """Somebody signed in, in whose name things are done."""

    user_id: str
    name: str
    role: Role


ROLE_TITLES = {Role.HEAD: "заведующий", Role.METHODIST: "методист", Role.OBSERVER: "наблюдатель"}

_OBSERVER = frozenset({Right.READ, Right.PRINT, Right.EXPORT})
_METHODIST = _OBSERVER | {
    Right.EDIT,
    Right.IMPORT,
    Right.PRINT_PEOPLE,
    Right.EXPORT_PEOPLE,
    Right.COPY,
    Right.MERGE,
}
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.HEAD: frozenset(Right),
    Role.METHODIST: _METHODIST,
    Role.OBSERVER: _OBSERVER,
}

# The beginning of a refusal: «Утверждать план может заведующий.»
_DEEDS = {
    Right.READ: "Смотреть данные",
    Right.PRINT: "Печатать",
    Right.EXPORT: "Сохранять в Excel",
    Right.EDIT: "Менять данные",
    Right.IMPORT: "Принимать таблицы",
    Right.PRINT_PEOPLE: "Печатать списки людей",
    Right.EXPORT_PEOPLE: "Выгружать списки людей",
    Right.COPY: "Делать копии базы",
    Right.MERGE: "Сверять базу с копией",
    Right.APPROVE: "Утверждать план",
    Right.USERS: "Заводить и менять пользователей",
    Right.KEYS: "Менять ключи копий",
    Right.RESTORE: "Возвращать базу из копии",
    Right.PLAIN_COPIES: "Отключать шифрование копий",
    Right.LOG: "Смотреть журнал обращений",
}
SIGN_IN_FIRST = "Сначала войдите: в этой базе заведены пользователи."


def may(role: Role, right: Right) -> bool:
    """Whether a role has a right."""
    return right in RIGHTS[role]


def refusal_of(actor: Actor | None, right: Right) -> str:
    """One sentence why somebody (None: nobody has signed in) may not, "" when they may."""
    if actor is None:
        return SIGN_IN_FIRST
    return "" if may(actor.role, right) else who_may(right)


def who_may(right: Right) -> str:
    """«Утверждать план может заведующий. Войдите под его именем.»"""
    titles = [ROLE_TITLES[role] for role in Role if may(role, right)]
    if len(titles) == 1:
        return f"{_DEEDS[right]} может {titles[0]}. Войдите под его именем."
    named = f"{', '.join(titles[:-1])} и {titles[-1]}"
    return f"{_DEEDS[right]} могут {named}. Войдите под именем одного из них."
