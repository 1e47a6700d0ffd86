"""backup, verify, restore, check."""

from __future__ import annotations

from imc_desktop.cli.call import Call
from imc_desktop.cli.common import database_of, tell, today, writing
from imc_desktop.domain.errors import UserError
from imc_desktop.usecases.copies import copy_to, restore_copy, verify_file
from imc_desktop.usecases.copy_facts import counts_words


def backup_command(call: Call) -> int:
    """A proved copy in a folder."""
    with writing(call) as store:
        proof = copy_to(store, call.options.folder, today=today())
    tell(
        call,
        {
            "file": str(proof.path),
            "sequence": proof.manifest.sequence,
            "counts": dict(proof.manifest.counts),
            "proved": True,
            "encrypted": bool(proof.manifest.key_id),
        },
        [f"Копия {proof.path.name} записана и проверена: {counts_words(proof.manifest.counts)} — совпало."],
    )
    return 0


def verify_command(call: Call) -> int:
    """Prove a copy or check a database file."""
    proof = verify_file(call.options.file)
    counts = dict(proof.manifest.counts) if proof else {}
    words = f" {counts_words(counts)}." if proof else ""
    tell(call, {"file": str(call.options.file), "whole": True, "counts": counts}, [f"Файл цел.{words}"])
    return 0


def restore_command(call: Call) -> int:
    """Put a proved copy in the place of the database."""
    kept = restore_copy(call.options.file, database_of(call))
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
