"""What the window says of a database that has just been opened."""

from __future__ import annotations

from imc_desktop.held import HeldDatabase
from imc_desktop.trial import is_trial
from imc_desktop.usecases.clock import clock_doubt, confirm_clock
from ui.context import Context, MessageAction
from ui.errors import FAILED

_OLD_FILE = (
    "В этом файле базы нет последних действий, сделанных на этом компьютере: {}. Похоже, на его место положили старый "
    "файл. Если это не нарочно, вернитесь к копии: меню ⋮ → «Вернуться к копии…»."
)


def tell_notices(ctx: Context, held: HeldDatabase, copy_here: MessageAction) -> None:
    """One message with everything a person should know before working; nothing when all is well."""
    texts, actions = [], []
    if held.viewing:
        texts.append(held.viewing)
        if not is_trial(held.path):
            actions.append(copy_here)
    doubt = clock_doubt(held.store)
    ctx.clock_in_doubt = bool(doubt)
    if doubt:
        texts.append(f"{doubt} До этого даты не подставляются и план утвердить нельзя.")
        if not held.viewing:
            actions.append(MessageAction("Часы верны", lambda: _vouch(ctx, held)))
    if held.missing:
        texts.append(_OLD_FILE.format(held.missing))
    if held.recovered:
        texts.append(held.recovered)
    if texts:
        ctx.tell(" ".join(texts), "warning", *actions)


def _vouch(ctx: Context, held: HeldDatabase) -> None:
    if ctx.attempt(lambda: confirm_clock(held.store)) is not FAILED:
        ctx.clock_in_doubt = False
        ctx.tell("Часам можно верить: даты снова подставляются, план можно утверждать.", "success")
