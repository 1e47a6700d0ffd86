"""backup, verify, restore, check."""

from __future__ import annotations

from functools import partial

from imc_desktop.cli.call import Call
from imc_desktop.cli.common import database_of, now, tell, today, writing
from imc_desktop.cli.copy_keys import open_key, with_identities
from imc_desktop.cli.signing_in import entered
from imc_desktop.domain.errors import UserError
from imc_desktop.usecases.copies import copy_to, restore_copy, verify_file
from imc_desktop.usecases.copy_facts import counts_words


def backup_command(call: Call) -> int:
    """A proved copy in a folder."""
    with writing(call) as store:
        open_key(store)
        proof = copy_to(store, call.options.folder, today=today(), now=now())
    closed = bool(proof.manifest.key_id)
    counts = counts_words(proof.manifest.counts)
    tell(
        call,
        {
            "file": str(proof.path),
            "sequence": proof.manifest.sequence,
            "counts": dict(proof.manifest.counts),
            "proved": True,
            "encrypted": closed,
        },
        [
            f"Копия {proof.path.name} записана и проверена: {counts} — совпало.",
            "Копия зашифрована." if closed else "Копия НЕ зашифрована: ключа копий в базе нет.",
        ],
    )
    return 0


def verify_command(call: Call) -> int:
    """Prove a copy or check a database file."""
    file = call.options.file
    proof = with_identities(partial(verify_file, file), call.options.paper_key_file, database_of(call))
    counts = dict(proof.manifest.counts) if proof else {}
    words = f" {counts_words(counts)}." if proof else ""
    tell(call, {"file": str(call.options.file), "whole": True, "counts": counts}, [f"Файл цел.{words}"])
    return 0


def restore_command(call: Call) -> int:
    """Put a proved copy in the place of the database."""
    file, database = call.options.file, database_of(call)
    actor = entered(call, database, today())
    kept = with_identities(
        lambda found: restore_copy(file, database, actor=actor, identities=found), call.options.paper_key_file, database
    )
    words = f" Прежняя база сохранена: {kept}." if kept else ""
    tell(
        call,
        {"database": str(database_of(call)), "kept": str(kept) if kept else None},
        [f"База возвращена из копии {call.options.file.name}.{words}"],
    )
    return 0


def check_command(call: Call) -> int:
    """Check the database completely."""
    path = database_of(call)
    if verify_file(path) is not None:
        raise UserError(f"{path.name} — копия, а не база. Проверьте её командой verify.")
    tell(call, {"database": str(path), "whole": True}, [f"База {path.name} цела."])
    return 0
