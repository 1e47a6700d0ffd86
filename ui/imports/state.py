"""Lines and counters of the third page, without Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from imc_desktop.domain.words import show_date
from imc_desktop.usecases.imports.effects import Preview
from imc_desktop.usecases.imports.report import COUNTED

OUTCOMES = (
    ("new", "Новых"),
    ("changed", "Изменится"),
    ("same", "Без изменений"),
    ("unclear", "Неясно"),
    ("contradiction", "Противоречий"),
    ("rejected", "Отклонено"),
)
MARKS = {
    "new": ("+ новое", "ok"),
    "changed": ("✎ изменится", "text"),
    "unclear": ("? неясно", "soon"),
    "contradiction": ("≠ противоречие", "bad"),
    "rejected": ("× отклонено", "bad"),
}
SUBJECTS = {
    "people": "Педагоги",
    "training": "Курсы",
    "categories": "Категории",
    "attestation_cases": "Аттестация",
    "course_plans": "План курсов",
    "plan_items": "План",
    "cyclogram_events": "Циклограмма",
    "month_items": "План месяца",
    "memberships": "РМО",
    "journal_records": "Журналы",
    "organisations": "Организации",
    "groups": "Объединения",
    "contacts": "Контакты",
}
_FIELDS = {"birth": "дата рождения", "category": "категория"}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list: ``outcome`` and ``subject`` are what counters and the chooser narrow by."""

    number: int
    outcome: str
    subject: str
    who: str
    what: str
    before: str
    after: str
    where: str


def lines_of(preview: Preview) -> list[Line]:
    """What needs an eye first: contradictions, unclear and rejected rows, then changes, then what is new."""
    told = [*_doubtful(preview), *_effects(preview, "changed"), *_effects(preview, "new")]
    return [Line(number, *parts) for number, parts in enumerate(told)]


def counters(preview: Preview, subject: str = "") -> dict[str, int]:
    """The numbers on top; rows with doubts are counted for all subjects together."""
    files = preview.report.files
    subjects = (subject,) if subject else tuple(SUBJECTS)
    found = dict.fromkeys((key for key, _ in OUTCOMES), 0)
    effects = Counter((effect.subject, effect.kind) for effect in preview.effects)
    for one in subjects:
        for outcome in ("new", "changed", "same"):
            if one in COUNTED:
                found[outcome] += preview.report.total(one, outcome)
            else:
                found[outcome] += effects[one, outcome]
    found["unclear"] = sum(len(file.unclear) for file in files)
    found["contradiction"] = sum(len(file.contradictions) for file in files)
    found["rejected"] = sum(len(file.rejected) for file in files)
    return found


def subjects_of(preview: Preview) -> list[tuple[str, str]]:
    """Subjects this import touches, as (key, title)."""
    touched = {effect.subject for effect in preview.effects}
    return [(key, title) for key, title in SUBJECTS.items() if key in touched]


def summary_of(preview: Preview) -> list[tuple[str, dict[str, int]]]:
    """The counters of every subject this import touches or knows already, for the last page."""
    table = [(title, counters(preview, key)) for key, title in SUBJECTS.items()]
    return [(title, found) for title, found in table if found["new"] or found["changed"] or found["same"]]


def told_result(found: dict[str, int]) -> str:
    """«добавлено 12, изменено 40, без изменений 130»: the sentence of the result."""
    words = (("new", "добавлено"), ("changed", "изменено"), ("same", "без изменений"))
    return ", ".join(f"{word} {number(found[key])}" for key, word in words)


def with_dots(name: str) -> str:
    """«Ермакова М А» → «Ермакова М. А.»."""
    return " ".join(f"{word}." if len(word) == 1 else word for word in name.split())


def where_words(file: str, sheet: str, place: str) -> str:
    """«педагоги: G53, 04_список.xls»; a sheet called like its file is not told twice."""
    sheet = "" if sheet == file.rpartition(".")[0] else sheet.strip()
    spot = ": ".join(part for part in (sheet, place.replace("record", "запись")) if part)
    return ", ".join(part for part in (spot, file) if part)


def number(count: int) -> str:
    """1214 → «1 214»."""
    return f"{count:,}".replace(",", "\u00a0")


def _effects(preview: Preview, kind: str) -> Iterator[tuple[str, str, str, str, str, str, str]]:
    for effect in preview.effects:
        if effect.kind == kind:
            sheet, _, place = effect.place.rpartition(": ")
            where = where_words(effect.file, sheet, place)
            yield kind, effect.subject, effect.who, effect.what, effect.before, effect.after, where


def _doubtful(preview: Preview) -> Iterator[tuple[str, str, str, str, str, str, str]]:
    for file in preview.report.files:
        for found in file.contradictions:
            known, here = found.known, found.here
            if found.field == "birth":
                known, here = show_date(known), show_date(here)
            where = where_words(file.file, found.sheet, found.cell or str(found.row))
            yield "contradiction", "", found.person, _FIELDS.get(found.field, found.field), known, here, where
        for row in file.unclear:
            where = where_words(file.file, row.sheet, str(row.row))
            yield "unclear", "", with_dots(row.name), "кто это?", "", row.reason, where
        for cell in file.rejected:
            place = cell.cell.replace("record", "запись")
            values = " · ".join(cell.values[:4])
            yield "rejected", "", "", place, values, cell.reason, where_words(file.file, cell.sheet, "")
