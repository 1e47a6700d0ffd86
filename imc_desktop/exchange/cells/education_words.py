"""Words for levels of education and for institutions; patterns over small letters with ё written е."""

from __future__ import annotations

import re
from typing import Final

from imc_desktop.domain.kinds import EducationLevel as Level
from imc_desktop.exchange.cells.common import YEAR_TAIL


def _one_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


_BEGIN = r"(?<![а-я])"
LEVELS: Final[tuple[tuple[re.Pattern[str], Level], ...]] = (
    (
        _one_of(
            rf"{_BEGIN}(?:н|не|(?:неок|незак|незаверш|неполн)\w*\.?)\s*[/.-]?\s*высш\w*\.?",
            r"студент\w*|обучается",
            rf"{_BEGIN}н/в(?![а-я])",
            r"получа\w+ высш\w*",
        ),
        Level.UNFINISHED_HIGHER,
    ),
    (
        _one_of(
            rf"{_BEGIN}(?:высш\w*|в/о|во(?![а-я])|бакалавр\w*|магистр\w*|специалитет|аспирантур\w*|жо[ғг]ары)\.?"
            r"(?:\s*-?\s*(?:проф\w*|пед\w*|непед\w*|образование)\.?)*"
        ),
        Level.HIGHER,
    ),
    (
        _one_of(
            rf"{_BEGIN}(?:спо(?![а-я])|с/сп\w*|(?:средн\w*|сред|ср)[.\s/-]*(?:проф|спец|тех|пед)\w*\.?|нпо(?![а-я])"
            r"|начальн\w* проф\w*|арнаулы орта|техник\w* и проф\w*)(?:\s*(?:обр\w*|пед\w*)\.?)*"
        ),
        Level.VOCATIONAL,
    ),
    (
        _one_of(rf"{_BEGIN}(?:средн\w*|ср\.|общее среднее|орта)(?:\s*(?:общ\w*|полн\w*|образ\w*|\(полное\)))*"),
        Level.SECONDARY,
    ),
)
LETTERS: Final[dict[str, Level]] = {
    "в": Level.HIGHER,
    "вп": Level.HIGHER,
    "сп": Level.VOCATIONAL,
    "ссп": Level.VOCATIONAL,
    "сс": Level.VOCATIONAL,
    "с": Level.SECONDARY,
    "нв": Level.UNFINISHED_HIGHER,
}
"""A level told by letters alone."""

AFTER_LEVEL: Final = re.compile(r"\s*(?:проф\w*\.?\s*)?(?:обр(?:азование|\.)?(?![а-я]))?\s*", re.IGNORECASE)
NOISE: Final = re.compile(
    r"(?:специалист|бакалавр\w*|магистр\w*|специалитет|диплом\w*(?:\s+(?:№|серия).*)?|\d\s*курс|год(?:\s+окончания)?|в|окончил\w*(?:\(а\))?|выпуск\w*|г\.?"
    r"|образование|\W+)",
    re.IGNORECASE,
)
YEAR: Final = re.compile(
    rf"(?:(?:в|окончил\w*(?:\(а\))?)\s+)?\(?(?<!\d)((?:19[3-9]|20[0-6])\d)(?!\d){YEAR_TAIL}(?:\s*окончания)?\)?",
    re.IGNORECASE,
)
RETRAINING: Final = re.compile(
    r"(?:проф(?:ессиональн\w*|\.)?\s*|дополнительн\w*\s*)?(?:пере(?:подготовк\w*|обучени\w*)|п/п(?![а-я]))"
    r"|(?<![А-Яа-я])ПП(?=\s*[:«\"–-])",
    re.IGNORECASE,
)
INSTITUTION: Final = re.compile(
    r"университет|институт|академи|колледж|училищ|техникум|консерватори|гимнази|школ[аы] |лицей|семинари|педуч"
    r"|(?<![а-яё])[а-яё-]*(?:вуз|пту)(?![а-яё])",
    re.IGNORECASE,
)
ABBREVIATION: Final = re.compile(
    r"(?:ФГБОУ|ФГАОУ|ГБПОУ|ГАПОУ|ГОУ|ГБОУ|КГБ?ПОУ|ОГБПОУ|НОУ|ЧОУ|АНО|РГП|КГКП|ГККП|ТОО)\b"
    r"|^[А-ЯЁA-Z][А-ЯЁа-яёA-Z]{0,3}[А-ЯЁA-Z]{1,6}(?:\s*им\.?.*)?$"
)
LABEL: Final = re.compile(
    r"^(?:((?:по\s+)?специальност\w*|направлени\w*(?: подготовки)?|профиль)|(квалификаци\w*)"
    r"|(учебн\w+ заведени\w*|образовательн\w+ (?:учреждени|организаци)\w*|вуз|диплом|оконч\w*(?:\(а\))?)"
    r"|(уровень(?: образования)?|образование)|(год(?: окончания)?))"
    r"(?:\s+по диплому)?\s*[:–—-]?\s*(?=\S)",
    re.IGNORECASE,
)
"""«специальность - », «квалификация: », «окончил(а) » before a value."""
