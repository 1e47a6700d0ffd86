"""users list, users add, users end."""

from __future__ import annotations

import os
from datetime import date

from imc_desktop.cli.call import Call
from imc_desktop.cli.common import reading, tell, today, writing
from imc_desktop.domain.errors import UserError
from imc_desktop.domain.rights import Role
from imc_desktop.domain.words import fold, show_date
from imc_desktop.usecases.users import UserInput, add_user, end_user, offered_password, users

NEW_PASSWORD = "IMC_NEW_PASSWORD"  # noqa: S105 - the name of a variable


def users_command(call: Call) -> int:
    """Users: who there are, a new one, somebody's last day."""
    return {"list": _list, "add": _add, "end": _end}[call.options.what](call)


def _list(call: Call) -> int:
    with reading(call) as store:
        found = users(store, today())
    data = [
        {
            "id": one.id, "name": one.name, "role": str(one.role), "person": one.person or None,
            "since": one.since or None, "until": one.until or None, "left": one.left,
        }
        for one in found
    ]  # fmt: skip
    lines = [f"{one.name} — {one.role_title}{', до ' + show_date(one.until) if one.until else ''}" for one in found]
    tell(call, data, lines or ["Пользователей нет: каждый может всё."])
    return 0


def _add(call: Call) -> int:
    options = call.options
    password = os.environ.get(NEW_PASSWORD) or offered_password()
    given = UserInput(options.name, Role(options.role), None, _iso(options.since), _iso(options.until))
    with writing(call) as store:
        user = add_user(store, given, password, today())
    made_up = NEW_PASSWORD not in os.environ
    data = {"id": user, "name": options.name, "role": options.role, "password": password if made_up else None}
    told = [f"Пароль: {password}"] if made_up else []
    tell(call, data, [f"Заведён пользователь {options.name}.", *told])
    return 0


def _end(call: Call) -> int:
    options = call.options
    with writing(call) as store:
        found = next((one for one in users(store, today()) if fold(one.name) == fold(options.name)), None)
        if found is None:
            raise UserError(f"Пользователя «{options.name}» в базе нет.")
        end_user(store, found.id, options.until.isoformat(), today())
    tell(
        call,
        {"id": found.id, "until": options.until.isoformat()},
        [f"{found.name}: последний день {options.until:%d.%m.%Y}."],
    )
    return 0


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
