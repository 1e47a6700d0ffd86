"""HTML text → tags and texts, in time that grows with the length only.

The parser of the standard library takes a minute for 100 KB of unfinished tags, so pages from outside do not get to it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# Their content is no markup; the first end tag ends them.
_RAW = {name: re.compile(rf"(?i)</{name}(?=[\s/>])") for name in ("script", "style", "textarea", "title", "xmp")}
_SHOWN_RAW = "title"
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/<>]*+)((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>""")
# An attribute with a quotation mark nobody closed: the tag ends at the first «>».
_LOOSE_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*+)([^<>]*+)>")
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'<>]++))?""")
_LONGEST_TAG = 20_000
_BROKEN_REFERENCE = re.compile(r"&#(?=\d{8}|x[0-9a-f]{8})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A tag, when ``name`` is given («/td» for an end), else a text."""

    name: str = ""
    attrs: dict[str, str] = field(default_factory=dict)
    text: str = ""


def tokens(page: str) -> Iterator[Token]:
    """Tags in lower case with their attributes and the texts between, references decoded, comments left out."""
    place, end = 0, len(page)
    while place < end:
        begin = page.find("<", place)
        if begin < 0:
            begin = end
        if begin > place:
            yield Token(text=decoded(page[place:begin]))
        if begin == end:
            return
        if page.startswith(("<!", "<?"), begin):
            place = _after_declaration(page, begin)
            continue
        tag = _TAG.match(page, begin, begin + _LONGEST_TAG) or _LOOSE_TAG.match(page, begin, begin + _LONGEST_TAG)
        if not tag:
            yield Token(text="<")
            place = begin + 1
            continue
        place = tag.end()
        name = tag[2].lower()
        if tag[1]:
            yield Token(f"/{name}")
            continue
        yield Token(name, _attributes(tag[3]))
        if name in _RAW:
            finish = _RAW[name].search(page, place)
            raw = page[place : finish.start() if finish else end]
            if name == _SHOWN_RAW and finish:
                yield Token(text=decoded(raw))
            place = finish.start() if finish else end


def _after_declaration(page: str, begin: int) -> int:
    """Behind a comment, a document type or a processing instruction; unfinished ones reach to the end."""
    if page.startswith("<!--", begin):
        finish = page.find("-->", begin + 2)
        return finish + 3 if finish >= 0 else len(page)
    finish = page.find(">", begin)
    return finish + 1 if finish >= 0 else len(page)


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        value = match[2] or ""
        found.setdefault(match[1].lower(), decoded(value.strip("\"'")))
    return found


def decoded(text: str) -> str:
    """«&nbsp;», «&#1086;» and the like as characters; an impossible number stays as it is written."""
    if "&" not in text:
        return text
    return html.unescape(_BROKEN_REFERENCE.sub("&amp;#", text))
