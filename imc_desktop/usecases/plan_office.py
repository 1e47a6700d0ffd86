"""What papers need to know of the office: its names, its directions, who approves."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from db.schema.office import Office
from db.store import Store
from imc_desktop.documents.parts import (
    BLANK_SIGNATURE,
    ApprovalBlock,
    SignatureLine,
    approval_by_act,
    approval_by_official,
)
from imc_desktop.domain.names import short_signature
from imc_desktop.domain.profile_rules import Block
from imc_desktop.usecases.office import office_of


@dataclass(frozen=True, slots=True)
class PaperOffice:
    """The office on paper. Without an office row everything is empty and papers print blanks."""

    short: str = ""
    full: str = ""
    genitive: str = ""
    parents: tuple[str, ...] = ()
    place: str = ""
    head_post: str = ""
    directions: tuple[str, ...] = ()
    calendar_year: bool = False
    blocks: tuple[Block, ...] = ()
    list_blocks: tuple[Block, ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        """Lines at the top of a paper: the body above, the office."""
        lines = [*(_capital(name) for name in self.parents[:1]), _capital(self.full or self.short)]
        return tuple(line for line in lines if line)

    @property
    def signatures(self) -> tuple[SignatureLine, ...]:
        """The head signs; the name is written by hand while nobody has told it."""
        return (SignatureLine(_capital(self.head_post) or "Руководитель", BLANK_SIGNATURE),)


def paper_office(store: Store) -> PaperOffice:
    """The office of this database as papers name it."""
    with store.read() as session:
        if session.scalars(select(Office.id).where(Office.deleted_at.is_(None))).first() is None:
            return PaperOffice()
    office = office_of(store)
    profile = office.profile
    return PaperOffice(
        short=office.short_name or profile.names.short,
        full=office.full_name or profile.names.full,
        genitive=office.genitive or profile.names.genitive,
        parents=tuple(body.name for body in profile.parents),
        place=profile.place,
        head_post=next((said.text for said in profile.list_of("posts")), ""),
        directions=tuple(said.text for said in profile.list_of("directions") if not said.parent),
        calendar_year=profile.plan.period == "calendar",
        blocks=profile.blocks_for("annual-plan"),
        list_blocks=profile.blocks_for("*"),
    )


def block_on_paper(block: Block, *, number: str = "", day: str = "") -> ApprovalBlock:
    """An approval block of the profile; what is not known prints as a line to fill in."""
    if block.by == "protocol":
        return approval_by_act(
            block.form, f"на заседании {block.body}", "протокол", side=block.side, date=day, number=number
        )
    if block.by == "order":
        return approval_by_act(block.form, block.title, "приказ", side=block.side, date=day, number=number)
    signer = short_signature(block.signer) if block.signer else ""
    return approval_by_official(block.form, block.title, signer, side=block.side, date=day)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
