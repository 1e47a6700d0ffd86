"""update: check an installer on a stick against its manifest and run it."""

from __future__ import annotations

from imc_desktop import __version__
from imc_desktop.cli.call import Call
from imc_desktop.cli.common import tell
from imc_desktop.domain.errors import UserError
from imc_desktop.usecases.update import examine, forget, start


def update_command(call: Call) -> int:
    """Check the update in a folder; without ``--check`` start its installer and end."""
    update, installer = examine(call.options.folder)
    told = {"installed": __version__, "version": update.version, "whole": True, "started": not call.options.check}
    if call.options.check:
        forget(installer)
        tell(call, told, [f"Обновление {update.version} цело. Установлена версия {__version__}."])
        return 0
    try:
        start(installer, silent=True)
    except UserError:
        forget(installer)
        raise
    tell(call, told, [f"Обновление {update.version} цело, установка началась. Данные останутся на месте."])
    return 0
