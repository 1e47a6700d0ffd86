"""Parts that papers share: the heading, approval blocks, signatures, running text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from imc_desktop.documents.frame import Flow, Look
from imc_desktop.documents.text import NBSP, Line

BLANK_DATE = "«___» __________ 20__ г."
BLANK_NUMBER = "№ _____"
BLANK_SIGNATURE = "_____________"


@dataclass(frozen=True, slots=True)
class ApprovalBlock:
    """One corner block, line by line as it must stand; ``side`` is ``left`` or ``right``."""

    side: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Post, a place for the signature, initials and surname."""

    post: str
    name: str


@dataclass(frozen=True, slots=True)
class TextPart:
    """A titled piece of running text; a paragraph beginning with «– » or «1. » is a list line."""

    title: str
    paragraphs: tuple[str, ...] = ()


def approval_by_official(word: str, post: str, name: str, *, side: str = "right", date: str = "") -> ApprovalBlock:
    """УТВЕРЖДАЮ / СОГЛАСОВАНО by a person (ГОСТ Р 7.0.97): word, post, signature and name, date or a blank for it."""
    return ApprovalBlock(side, (word, post, f"{BLANK_SIGNATURE} {name}".rstrip(), date or BLANK_DATE))


def approval_by_act(word: str, *act: str, side: str = "right", date: str = "", number: str = "") -> ApprovalBlock:
    """УТВЕРЖДЁН «приказом директора …» от … № …; ПРИНЯТО «на заседании …», «протокол» № … / от ….

    What is not yet known prints as a blank to fill in («№ _____», «___» __________ 20__ г.).
    """
    day, named = f"от {date or BLANK_DATE}", f"№ {number}" if number else BLANK_NUMBER
    if act and act[-1].casefold().startswith("протокол"):
        return ApprovalBlock(side, (word, *act[:-1], f"{act[-1]} {named}", day))
    return ApprovalBlock(side, (word, *act, f"{day} {named}"))


def put_centred(flow: Flow, lines: Sequence[str], look: Look, *, after: float = 0.0) -> None:
    """Centred lines over the full width; nothing when there are none."""
    for text in lines:
        for line in flow.setter.balanced(text, look.face, look.size, flow.width * 0.86):
            if flow.room < look.leading - 0.01:
                flow.new_page()
            flow.y += flow.put((line,), (flow.left, flow.y, flow.width), look)
    if lines:
        flow.y += after


def put_approvals(flow: Flow, blocks: Sequence[ApprovalBlock]) -> None:
    """Corner blocks: left ones from the left margin, right ones up to the right margin; none wider than 8 cm."""
    look = body_look(flow)
    top = flow.y
    depths = [put_corner(flow, blocks, side, top, look) for side in ("left", "right")]
    flow.y = top + max(depths)


def put_corner(flow: Flow, blocks: Sequence[ApprovalBlock], side: str, top: float, look: Look) -> float:
    """The blocks of one side under each other; returns the height taken."""
    limit = min(flow.style.text.corner_width, flow.width / 2 - look.size)
    setted = [
        [flow.setter.wrap(text, look.face, look.size, limit) for text in block.lines]
        for block in blocks
        if block.side == side
    ]
    widest = max((line.width for block in setted for lines in block for line in lines), default=0.0)
    left = flow.left if side == "left" else flow.right - widest
    y = top
    for block in setted:
        for lines in block:
            y += flow.put(lines, (left, y, widest), look) if lines else look.leading / 2
        y += look.leading
    return y - top


def signatures_height(flow: Flow, signatures: Sequence[SignatureLine], note: str = "") -> float:
    """Height of the signatures with the space before them (so that the last row can be kept with them)."""
    look = body_look(flow)
    heights = [look.height(_post(flow, line, look)) or look.leading for line in signatures]
    total = look.leading * 1.2 + sum(heights) + look.leading * 0.8 * len(heights) if heights else 0.0
    if note:
        small = _small(flow)
        total += look.leading * 0.5 + small.height(flow.setter.wrap(note, small.face, small.size, flow.width))
    return total


def put_signatures(flow: Flow, signatures: Sequence[SignatureLine], note: str = "") -> None:
    """Post – place for the signature – initials and surname; then a small line («Исполнитель: …»)."""
    look, small = body_look(flow), _small(flow)
    if flow.room < signatures_height(flow, signatures, note) and flow.y > flow.top:
        flow.new_page()
    if signatures:
        flow.y += look.leading * 1.2
    for signature in signatures:
        _put_signature(flow, signature, look)
    if note:
        flow.y += look.leading * 0.5
        for line in flow.setter.wrap(note, small.face, small.size, flow.width):
            if flow.room < small.leading - 0.01:
                flow.new_page()
            flow.y += flow.put((line,), (flow.left, flow.y, flow.width), small)


def _put_signature(flow: Flow, line: SignatureLine, look: Look) -> None:
    post = _post(flow, line, look)
    height = look.height(post) or look.leading
    if flow.room < height - 0.01:
        flow.new_page()
    flow.put(post, (flow.left, flow.y, flow.width), look)
    base = flow.y + height - look.leading * 0.12
    start = flow.left + flow.width * 0.44
    flow.page.rules.append((start, base, start + flow.width * 0.16, base))
    room = flow.width * 0.37
    name = flow.setter.wrap(line.name, look.face, look.size, room)
    flow.put(name[:1], (start + flow.width * 0.18, flow.y + height - look.leading, room), look)
    flow.y += height + look.leading * 0.8


def _small(flow: Flow) -> Look:
    return body_look(flow, size=flow.style.text.size - 2)


def _post(flow: Flow, line: SignatureLine, look: Look) -> tuple[Line, ...]:
    return flow.setter.wrap(line.post, look.face, look.size, flow.width * 0.42)


def put_text(flow: Flow, part: TextPart) -> None:
    """A titled running text, justified, with the paragraph indent; it flows over pages."""
    look = body_look(flow)
    bold = body_look(flow, weight="bold", align="center")
    if flow.room < 4 * look.leading:
        flow.new_page()
    if part.title:
        put_centred(flow, (part.title,), bold, after=look.leading * 0.4)
    for paragraph in part.paragraphs:
        _put_paragraph(flow, paragraph, look)
    flow.y += look.leading * 0.8


def _put_paragraph(flow: Flow, text: str, look: Look) -> None:
    """One paragraph; at least two of its lines stay together on either side of a page's end."""
    indent = flow.style.text.indent
    lines = _indented(flow, text, look, indent)
    for number, line in enumerate(lines):
        left = len(lines) - number
        if flow.room < look.leading or (left == 2 and len(lines) > 2 and flow.room < 2 * look.leading):
            flow.new_page()
        shift = indent if number == 0 else 0.0
        _put_justified(flow, line, flow.left + shift, flow.width - shift, look)
        flow.y += look.leading


def _indented(flow: Flow, text: str, look: Look, indent: float) -> list[Line]:
    """The first line is shorter by the indent, the others take the full width."""
    setter, face = flow.setter, look.face
    narrow = setter.wrap(text, face, look.size, flow.width - indent)
    if len(narrow) <= 1:
        return list(narrow)
    rest = " ".join(line.text for line in narrow[1:])
    return [narrow[0], *setter.wrap(rest, face, look.size, flow.width)]


def _put_justified(flow: Flow, line: Line, left: float, width: float, look: Look) -> None:
    words = line.text.replace(NBSP, " ").split(" ")
    spare = width - line.width
    if line.last or line.runs or len(words) < 2 or spare <= 0:
        flow.put((line,), (left, flow.y, width), look)
        return
    gap = (look.face.width(" ") * look.size) + spare / (len(words) - 1)
    lefts, x = [], left
    pieces = []
    for word in words:
        wide = look.face.width(word) * look.size
        lefts.append(x)
        pieces.append(Line(word, wide))
        x += wide + gap
    for at, piece in zip(lefts, pieces, strict=True):
        flow.put((piece,), (at, flow.y, piece.width), look)


def body_look(flow: Flow, *, weight: str = "regular", align: str = "left", size: float = 0.0) -> Look:
    """The look of running text, or a variation of it."""
    style = flow.style.text
    size = size or style.size
    return Look(style.family, size, size * style.leading, weight, align)
