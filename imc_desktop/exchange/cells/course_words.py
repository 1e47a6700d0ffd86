"""Words and shapes by which the parts of a course are told apart."""

from __future__ import annotations

import re
from typing import Final

from imc_desktop.domain.kinds import TrainingKind as K
from imc_desktop.exchange.cells.common import DATE, MONTH_WORDS, WORD_DATE, YEAR_TAIL


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


# --- kinds ----------------------------------------------------------------------------------------------------------

KINDS: Final[tuple[tuple[re.Pattern[str], K], ...]] = (
    (_any_of(r"пере\s*подготов\w*", r"переобучени\w*", r"(?<![а-я])(?:пп|п/п)(?![а-я])", r"диплом\w*"), K.PP),
    (_any_of(r"стажиров\w*"), K.INTERNSHIP),
    (_any_of(r"семинар\w*", r"вебинар\w*", r"мастер-класс\w*", r"конференци\w*", r"форум\w*"), K.SEMINAR),
    (_any_of(r"(?<![а-я])(?:кпк|пк)(?![а-я])", r"повышени\w*\s+квалиф\w*", r"курс\w*", r"удостоверени\w*"), K.PK),
    (_any_of(r"(?<![а-я])иное(?![а-я])", r"сертификат\w*", r"прочее", r"другое"), K.OTHER),
)
"""What a cell of the column «вид» says."""

KINDS_AROUND: Final[tuple[tuple[re.Pattern[str], K], ...]] = (
    (_any_of(r"пере\s*подготов", r"диплом"), K.PP),
    (_any_of(r"стажировк"), K.INTERNSHIP),
    (_any_of(r"семинар", r"вебинар"), K.SEMINAR),
    (_any_of(r"удостоверени", r"повышени\w*\s+квалиф", r"(?<![а-я])кпк(?![а-я])"), K.PK),
)
"""What words around a title say."""

PREFIX: Final = re.compile(
    r"^\s*(?P<k>(?:удостоверение о\s+|диплом о\s+)?(?:(?:проф(?:ессиональн\w*|\.)?|дополнительн\w*)\s*)?"
    r"пере\s*подготовк\w*|стажировк\w*|(?:курс\w*\s+)?повышени\w*\s+квалификац\w*|(?:семинар|вебинар|курс)\w*(?=\s*[:«\"])"
    r"|(?:кпк|пк|пп|п/п)(?![а-яa-z/-]))(?:\s+по\s+(?:программе|теме|направлению))?"
    r"\s*(?P<c>[:–—-]|по\s+(?:программе|теме)\s*:?)?\s*",
    re.IGNORECASE,
)

# --- facts ----------------------------------------------------------------------------------------------------------

_NOT_IN_NUMBER = r"(?<![\d./№-])"
HOURS: Final = _any_of(
    rf"{_NOT_IN_NUMBER}(?P<h>\d{{1,4}})\s*(?:(?:акад\w*\.?|учебн\w*)\s*)?(?:\(\s*дист\w*\.?\s*\)\s*)?"
    r"(?:ч(?:ас\w*|\.|(?![а-яё]))\.?|сағат|сагат)",
    r"объ[её]м\w*\s*[:-]?\s*(?P<h2>\d{1,4})(?!\d)",
)
BARE_HOURS: Final = _any_of(rf"{_NOT_IN_NUMBER}(?P<h>\d{{1,4}})\s*\(\s*дист\w*\.?\s*\)")
_DISTANT = r"(?:дистанц\w*|дист\.?(?![а-яё])|онлайн|on-?line|(?:заочно\s+с|с\s+применением)\s+дот|дот(?![а-яё]))"
DISTANCE: Final = _any_of(rf"\(?\s*{_DISTANT}\s*(?:форма\w*|обучени\w*)?\s*\)?")
ABOUT_DISTANCE: Final = _any_of(
    r"\(\s*(?:дистанц\w*|дист\.?|онлайн|дот)\s*\)", r"(?:^|[,;])\s*(?:дистанц\w*|дист\.|онлайн)\s*(?=[,;\d]|$)"
)

_DOC_WORD = r"(?:удостов\w*|удост\.?|уд\.|диплом\w*|свид\w*|сертиф\w*|документ\w*|бланк\w*|серия)"
_DOC_ABOUT = r"(?:\s+о\s+(?:пк|пп|повышении\s+квалификации|проф\w*\.?\s*переподготовке))?"
_NUMBER = r"[A-ZА-ЯЁ]{0,5}[-\s]{0,2}(?:№\s*)?\d[\d/-]*(?:\s\d[\d/-]*)*(?:\s?[-/][A-ZА-Яа-я]{1,3})?"
REGISTRATION: Final = _any_of(r"рег(?:истрационный|\.)?\s*(?:номер|№|н\.)\s*(?:№\s*)?[:–-]?\s*(?P<n>[\w/-]*\d[\w/-]*)")
DOCUMENT: Final = _any_of(
    rf"(?:{_DOC_WORD}{_DOC_ABOUT}\s*[:,]?\s*(?:серия\s*)?(?P<s>[A-ZА-ЯЁ\d]{{1,8}}\s+)?)?№+\s*(?P<n>{_NUMBER})",
    rf"{_DOC_WORD}(?:\s+о\s+\w+(?:\s+\w+)?)?\s*[:,]?\s*(?P<n2>{_NUMBER})",
)
DOCUMENT_NAME: Final = _any_of(rf"^{_DOC_WORD}{_DOC_ABOUT}(?:\s*серия)?")

_FULL_DAY = rf"(?:{DATE}|{WORD_DATE}){YEAR_TAIL}"
DOCUMENT_DATE: Final = _any_of(rf"(?:от|выдан\w*|дата\s+выдачи\s*:?)\s*(?P<d>{DATE}|{WORD_DATE}){YEAR_TAIL}")
PERIOD: Final = _any_of(
    rf"(?:с\s*)?{_FULL_DAY}\s*(?:по|до|[–—-])\s*{_FULL_DAY}",
    rf"(?:с\s*)?\d{{1,2}}(?:\.\d{{1,2}}\.?|\s+{MONTH_WORDS})?\s*(?:по|[–—-])\s*{_FULL_DAY}",
)
DAY: Final = _any_of(_FULL_DAY)
MONTH: Final = _any_of(
    rf"(?<![а-яё]){MONTH_WORDS}\s+(?:19|20)\d\d(?!\d){YEAR_TAIL}",
    rf"(?<!\d)(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d(?!\d){YEAR_TAIL}",
)
YEAR: Final = _any_of(
    rf"\(\s*(?P<b>(?:19|20)\d\d){YEAR_TAIL}\s*\)", rf"{_NOT_IN_NUMBER}(?P<y>(?:19|20)\d\d){YEAR_TAIL}(?!\d)(?![./-]\d)"
)
ONLY_YEARS: Final = _any_of(rf"\W*(?:(?:19|20)\d\d{YEAR_TAIL}\W*)+")

# --- names ----------------------------------------------------------------------------------------------------------

LEGAL_FORM: Final = re.compile(
    r"^(?:в\s+|на базе\s+)?(?:[фгмчнкаор]{1,4}(?:б|а|к)?(?:о|п)?у(?:\s?(?:дпо|во|впо|спо|до))?|ано|чоу\w*|ноч?у|но"
    r"|фгбну|тоо|цнппм\w*|дпо|(?:ооо|оао|ао|зао|ип|нп)(?=\s*[«\"]))(?![а-яё])",
    re.IGNORECASE,
)
PROVIDER: Final = re.compile(
    r"(?<![а-яё])(?:[а-яё]*(?:ирос?т?|ипк)[а-яё]*|[а-яё]*имц|рмк|(?:ресурсн|учебн)\w+ центр|институт\w*"
    r"|университет\w*|академи\w*|колледж\w*|центр\w* (?:развития|непрерывн|повышени|дополнит|образов|педагог)\w*"
    r"|өрлеу|инфоурок|фоксфорд|[а-яё]{1,4}гп?у)(?![а-яё])",
    re.IGNORECASE,
)
TITLE_NAMED: Final = re.compile(
    r"(?:по\s+(?:[а-яё.]+\s+){0,3}программе|по\s+теме|на\s+тему|тем[аы]|программ[аы])\s*[:–—-]?\s*(?:[а-яё]+\s+){0,3}(?=«)",
    re.IGNORECASE,
)
"""«по дополнительной профессиональной программе «…»»: what stands in the quotes is the title."""
