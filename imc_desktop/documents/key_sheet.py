"""The sheet with the paper key of copies: large groups to read, a square code to scan, where to keep it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.graphics.barcode.qr import QrCodeWidget

from imc_desktop.documents import content as codec
from imc_desktop.documents.frame import Flow, Furniture, RowBox, draw
from imc_desktop.documents.parts import TextPart, body_look, put_centred, put_text
from imc_desktop.documents.style import MM, default_style

PREFIX = "AGE-SECRET-KEY-1"
GROUPS, IN_ROW = 10, 5
_BLANK_GROUP = "______"
_CODE = 46 * MM
_QUIET = 4  # modules of white around a code
TITLE = "БУМАЖНЫЙ КЛЮЧ КОПИЙ"
_WHAT = (
    "Этот ключ открывает копии базы, сделанные на флешку, если пароль копий забыт или компьютер погиб. "
    "Программа ключ не хранит: второй раз она его не покажет и не напечатает."
)
_KEEP = (
    "– Храните лист в сейфе или в запечатанном конверте у руководителя, отдельно от флешек с копиями.",
    "– Не фотографируйте и не пересылайте: кто видел лист, тот откроет копии.",
    "– Раз в год проверяйте лист: меню ⋮ → «Ключи и носители» → «Ключи копий…» → «Проверить бумажный ключ».",
    "– Лист потерян или его видели посторонние – смените ключ в том же окне.",
    "– Потеряны и пароль, и лист – копии на флешках не откроет никто. База на компьютере при этом цела.",
)
_WITHOUT_PROGRAM = (
    "– Без программы: всё написано в файле «ПРОЧТИ.txt» внутри копии. Ключ целиком – начало и все группы "
    "без пробелов – находится и в квадратном коде."
)
_HOW = ("– В программе: меню ⋮ → «Вернуться к копии…», выбрать копию, ввести группы подряд.", _WITHOUT_PROGRAM)


@dataclass(frozen=True, slots=True)
class KeySheetContent:
    """``groups`` of the paper identity, in order; none = a form to write them in by hand."""

    office: str
    key_id: str
    made_on: str
    groups: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Canonical JSON of the content."""
        return codec.to_json(self)

    @staticmethod
    def from_json(text: str) -> KeySheetContent:
        """The content back from its JSON; ValueError when it is something else."""
        return codec.from_json(KeySheetContent, text)


def render(content: KeySheetContent) -> bytes:
    """The sheet as PDF; the same content gives the same bytes."""
    return render_with_map(content)[0]


def render_with_map(content: KeySheetContent) -> tuple[bytes, list[RowBox]]:
    """The PDF; no rows to lead back from."""
    style = default_style()
    flow = Flow(style, style.portrait)
    body = body_look(flow, align="center")
    put_centred(flow, (content.office,), body, after=body.leading * 0.6)
    put_centred(flow, (TITLE,), body_look(flow, weight="bold", align="center", size=style.text.title_size))
    put_centred(flow, (f"№ ключа {content.key_id} · сделан {content.made_on}",), body, after=body.leading * 0.6)
    put_text(flow, TextPart("", (_WHAT,)))
    _put_groups(flow, content.groups or (_BLANK_GROUP,) * GROUPS)
    if content.groups:
        _put_code(flow, PREFIX + "".join(content.groups))
    put_text(flow, TextPart("Где хранить", _KEEP))
    put_text(flow, TextPart("Как открыть копию", _HOW))
    # The number of the key and not a hash of the content: nothing of the secret stands in the control line.
    return draw(flow, Furniture(f"Бумажный ключ копий {content.key_id}", content.key_id, author=content.office)), []


def _put_groups(flow: Flow, groups: tuple[str, ...]) -> None:
    small = body_look(flow, align="center", size=flow.style.text.size - 4)
    large = body_look(flow, weight="bold", align="center", size=flow.style.text.size + 4)
    put_centred(flow, (f"Начало у всех ключей одно: {PREFIX}",), small, after=small.leading * 0.4)
    cell = flow.width / IN_ROW
    for start in range(0, len(groups), IN_ROW):
        for place, group in enumerate(groups[start : start + IN_ROW]):
            left = flow.left + place * cell
            for text, look, top in (
                (str(start + place + 1), small, flow.y),
                (group, large, flow.y + small.leading),
            ):
                flow.put(flow.setter.wrap(text, look.face, look.size, cell), (left, top, cell), look)
        flow.y += small.leading + large.leading * 1.3


def _put_code(flow: Flow, text: str) -> None:
    widget = QrCodeWidget(text, barLevel="M")
    widget.qr.make()
    count = widget.qr.getModuleCount()
    side, left = _CODE / count, flow.left + (flow.width - _CODE) / 2
    top = flow.y + side * _QUIET
    for row in range(count):
        for first, length in _runs([bool(widget.qr.isDark(row, column)) for column in range(count)]):
            flow.page.fills.append((left + first * side, top + row * side, length * side, side))
    flow.y += _CODE + 2 * side * _QUIET


def _runs(dark: list[bool]) -> Iterator[tuple[int, int]]:
    """Where black begins and how long it lasts."""
    first = -1
    for place, black in enumerate([*dark, False]):
        if black and first < 0:
            first = place
        elif not black and first >= 0:
            yield first, place - first
            first = -1
