"""The pages of the help: what there is, in which order, and which of them speak of something."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import NamedTuple

# Tabs come first and are called as the tabs are; the file of a page is ``resources/help/<name>.md``.
CONTENTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Вкладки", ("start", "staff", "courses", "attestation", "plan", "work")),
    ("Таблицы и бумаги", ("import", "questions", "preview")),
    ("Копии и сверка", ("copy", "restore", "keys", "merge")),
    ("Люди и порядок", ("users", "carriers")),
    ("Начало и трудности", ("first-run", "shortcuts", "update", "check", "trouble")),
)
FIRST = "start"
_ENDING = ".md"
_STEM = 4  # letters a word is told by at least


class HelpPage(NamedTuple):
    """One page: its name, its heading and its text in Markdown."""

    name: str
    title: str
    text: str


class Library:
    """Reads the pages when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def pages(self) -> dict[str, HelpPage]:
        """All pages by name, in the order of the contents."""
        return {name: self._read(name) for _, names in CONTENTS for name in names}

    def speaking_of(self, words: str) -> list[str]:
        """Names of the pages in which every word occurs, whatever its ending; all of them for no words."""
        stems = [stem_of(word) for word in words.split()]
        return [name for name, page in self.pages.items() if all(stem in folded(page.text) for stem in stems)]

    def _read(self, name: str) -> HelpPage:
        text = (self._folder / f"{name}{_ENDING}").read_text(encoding="utf-8")
        return HelpPage(name, text.partition("\n")[0].removeprefix("# ").strip(), text)


def page_of_link(link: str) -> str:
    """The page a link inside the help leads to: ``staff`` for ``staff.md``, "" for anything else."""
    return link.removesuffix(_ENDING) if link.endswith(_ENDING) and "/" not in link else ""


def folded(text: str) -> str:
    """Text as it is searched: no capitals, no «ё»."""
    return text.casefold().replace("ё", "е")


def stem_of(word: str) -> str:
    """The part of a word that stays when its ending changes."""
    plain = folded(word)
    return plain[: max(_STEM, len(plain) * 2 // 3)]
