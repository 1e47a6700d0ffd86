"""update: check an installer on a stick against its manifest and run it."""

from __future__ import annotations

import platform

from imc_desktop import __version__
from imc_desktop.cli.call import Call
from imc_desktop.cli.common import tell
from imc_desktop.domain.errors import UserError
from imc_desktop.usecases.update import bring, find_update, refuse_unless_newer, start


def update_command(call: Call) -> int:
    """Check the update in a folder; without ``--check`` start its installer and end."""
    update = find_update(call.options.folder)
    refuse_unless_newer(update, __version__)
    installer = bring(update)
    told = {"installed": __version__, "version": update.version, "whole": True, "started": not call.options.check}
    if call.options.check:
        installer.unlink()
        tell(call, told, [f"Обновление {update.version} цело. Установлена версия {__version__}."])
        return 0
    if platform.system() != "Windows":
        installer.unlink()
        raise UserError("Обновление цело, но его установщик работает только в Windows.")
    start(installer, silent=True)
    tell(call, told, [f"Обновление {update.version} цело, установка началась. Данные останутся на месте."])
    return 0
