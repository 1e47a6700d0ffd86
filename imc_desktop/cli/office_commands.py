"""profiles, new."""

from __future__ import annotations

from imc_desktop.cli.call import Call
from imc_desktop.cli.common import database_of, tell
from imc_desktop.usecases.office import office_of, profiles
from imc_desktop.usecases.office_making import create_office


def profiles_command(call: Call) -> int:
    """The office profiles and what each leaves open."""
    known = profiles()
    data = [
        {
            "id": one.id,
            "title": one.title,
            "country": one.country,
            "regulation": one.regulation,
            "keys": list(one.keys),
            "asks": [
                {"key": ask.key, "question": ask.question, "default": ask.default, "why": ask.why} for ask in one.asks
            ],
        }
        for one in known
    ]
    tell(call, data, (f"{one.id:18} {one.title}" for one in known))
    return 0


def new_command(call: Call) -> int:
    """A new database for an office."""
    path = database_of(call)
    store = create_office(path, call.options.profile, dict(call.options.set))
    try:
        office = office_of(store)
    finally:
        store.close()
    tell(
        call,
        {"database": str(path), "profile": call.options.profile, "office": office.short_name},
        [f"Создана база {path} для учреждения «{office.short_name}»."],
    )
    return 0
