"""merge, conflicts."""

from __future__ import annotations

from imc_desktop.cli.call import Call, WrongUsageError
from imc_desktop.cli.common import database_of, now, reading, tell, today, writing
from imc_desktop.cli.copy_keys import open_key, with_identities
from imc_desktop.usecases.copy_keys import identities_of
from imc_desktop.usecases.merge_conflicts import open_conflicts, settle_conflict
from imc_desktop.usecases.merge_views import ConflictView
from imc_desktop.usecases.merging import merge_copy, preview_merge


def merge_command(call: Call) -> int:
    """Take a copy in, or (``--dry-run``) tell what that would do."""
    options = call.options
    with writing(call) as store:
        open_key(store)
        if options.dry_run:
            told = with_identities(
                lambda found: preview_merge(store, options.file, identities=identities_of(store, found)),
                options.paper_key_file,
                database_of(call),
            )
            shape = {
                "relation": str(told.standing.relation),
                "theirs": told.standing.found,
                "ours": told.standing.lost,
                "counts": list(told.counts),
                "changes": list(told.changes),
                "conflicts": [_card(card) for card in told.conflicts],
                "notices": list(told.notices),
                "deletions": told.deletions,
            }
            lines = [f"{told.source}. {told.standing.words}", *told.counts, *told.changes, *told.notices]
        else:
            done = with_identities(
                lambda found: merge_copy(
                    store,
                    options.file,
                    today=today(),
                    now=now(),
                    identities=identities_of(store, found),
                    deletions=options.deletions,
                ),
                options.paper_key_file,
                database_of(call),
            )
            shape = {"txn": done.txn_id, "words": done.words, "conflicts": done.conflicts}
            lines = [done.words, f"Расхождений: {done.conflicts}."]
    tell(call, shape, lines)
    return 0


def conflicts_command(call: Call) -> int:
    """List what waits for a decision, or decide one: ``--settle KEY`` with ``--side N`` or ``--value TEXT``."""
    options = call.options
    if options.settle:
        if (options.side is None) == (options.value is None):
            raise WrongUsageError("Назовите сторону (--side) или значение (--value).")
        with writing(call) as store:
            settle_conflict(store, options.settle, side=options.side, value=options.value)
        tell(call, {"settled": options.settle}, ["Расхождение решено."])
        return 0
    with reading(call) as store:
        cards = open_conflicts(store)
    lines = [
        f"{card.key}  {card.record}, {card.field}: " + " | ".join(f"{one.where}: {one.value}" for one in card.sides)
        for card in cards
    ]
    tell(call, {"conflicts": [_card(card) for card in cards]}, lines or ["Расхождений нет."])
    return 0


def _card(card: ConflictView) -> dict[str, object]:
    return {
        "key": card.key,
        "record": card.record,
        "field": card.field,
        "before": card.before,
        "deletion": card.deletion,
        "sides": [side._asdict() for side in card.sides],
    }
