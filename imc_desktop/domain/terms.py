"""Terms of plan items: what people write («III неделя октября», «ежеквартально, до 10 числа») as days of the calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from imc_desktop.domain import term_calendar as calendar
from imc_desktop.domain.term_calendar import Span
from imc_desktop.domain.term_tokens import Token, prepare, tokens_of
from imc_desktop.domain.term_words import long_words, occurrence_words

__all__ = ["Term", "occurrence_words", "understand"]

_Modifier = Callable[[int, int], list[Span]]


@dataclass(frozen=True, slots=True)
class Term:
    """A term as written and as understood.

    ``spans``: first and last day of each occurrence or continuous stretch, in order; a deadline is one day.
    ``recurrence``: daily, weekly, every_two_weeks, monthly, twice_a_month, every_two_months, quarterly, each_term,
    half_yearly, twice_a_year, three_a_year, several_a_year, yearly, all_year, on_request, by_schedule or None.
    ``understood``: a Russian sentence, None when the term is not understood.
    """

    text: str
    spans: tuple[Span, ...] = ()
    recurrence: str | None = None
    understood: str | None = None


@lru_cache(maxsize=4096)
def understand(text: str, year: int) -> Term:
    """What a term of a plan means in the school year that begins in ``year`` (decisions 23); never raises.

    Months without a year: August–December of ``year``, January–July of the next; «IV кв.» = October–December;
    «II полугодие» = January–May; «в течение года», «ежемесячно» run from September to May; «2 раза в год» is once in
    each half-year; a quarterly deadline falls in September, December, March and June; «до октября» is 30 September.
    """
    try:
        reading = _Reading(year)
        reading.read(tokens_of(prepare(text), year))
        return reading.term(text)
    except ValueError:  # a day that never was («31 сентября»), a fifth quarter
        return Term(text)


# --- reading --------------------------------------------------------------------------------------------------------

_DAY = "(?:Nn?M|D)"
_NUMBERS = "N(?:[,-]N)*"
_BASE = re.compile(
    rf"(?P<days>(?:s(?:{_DAY}|Nn?)[-Pt]|(?:{_DAY}|N)-){_DAY})"
    rf"|(?P<several>N(?:,N)+n?M)"
    rf"|(?P<since>s{_DAY})"
    rf"|(?P<day>{_DAY})"
    rf"|(?P<months>(?:s[MY]*?M[-Pt]|M[-P])M)"
    rf"|(?P<since_month>sM)"
    rf"|(?P<month>M)"
    rf"|(?P<quarter>{_NUMBERS}qY?)"
    rf"|(?P<half>{_NUMBERS}h[YZ]?)"
    rf"|(?P<term>{_NUMBERS}c)"
    rf"|(?P<holidays>S?kY?)"
    rf"|(?P<season>S(?:-S)?Y?)"
    rf"|(?P<school_year>Z)"
    rf"|(?P<year>Y)"
)
_DEADLINE_KZ = re.compile(rf"{_DAY}t")
_PART = re.compile(r"(?P<deadline>t)?(?P<part>b(?:-b)?)(?:K?(?P<every>[ocqhw])|(?P<base>g)|(?=[MNDSkYZ]))")
_MODIFIER = re.compile(
    rf"(?P<until>t(?P<till>Nn?)(?!\w*M))|(?:s(?P<from>N)n?[-P]|(?P<from2>N)-)(?P<to>N)n"
    rf"|(?P<numbers>{_NUMBERS})(?P<unit>[wdlW])|(?P<on>Nn)|(?P<week_days>P?K?W(?:[,-]W)*)"
)
_AFTER_MODIFIER = re.compile(r"(?P<every>P?K?o|oK)?(?P<months>,?M(?:[-P]M|(?:,M)*))?")
_FREQUENCY = re.compile(
    r"(?:N[,-])?(?P<times>N)?rK?(?P<step>N)?(?P<unit>[wqohgcyZ])|(?P<word>E)|K(?P<each>[woqhcgy])|(?P<each_kz>[woqhcgy])K"
)
_ALWAYS = re.compile(r"T[TA]*[gZ]|[gZ]T|A+[gZ]?|T(?=,|$)")
_RELATIVE = re.compile(r"[Tt]N[ywo]")
_EXCEPT = re.compile(r"X[,s]?(?P<months>M(?:[-,P]M)*)")
_FREQUENCY_OF = {"y": "daily", "w": "weekly", "o": "monthly", "q": "quarterly", "h": "half_yearly", "c": "each_term"}
_FREQUENCY_OF_WORD = {1: "weekly", 2: "monthly", 3: "quarterly", 4: "yearly", 5: "daily"}
_TIMES_A_YEAR = {0: "yearly", 1: "yearly", 2: "twice_a_year", 3: "three_a_year", 4: "quarterly"}


@dataclass(slots=True)
class _Reading:
    """What has been found so far in one term."""

    plan_year: int
    spans: list[Span] = field(default_factory=list)
    modifiers: list[_Modifier] = field(default_factory=list)
    weekdays: tuple[int, ...] = ()
    frequency: str | None = None
    part: int = 0
    deadline: bool = False
    approximate: bool = False
    flags: set[str] = field(default_factory=set)
    excluded: set[int] = field(default_factory=set)

    # -- walking along the codes --

    def read(self, tokens: list[Token]) -> None:
        codes = "".join(token.code for token in tokens)
        place = 0
        while place < len(codes):
            place = self._step(tokens, codes, place)

    def _step(self, tokens: list[Token], codes: str, place: int) -> int:
        """Understand what begins at one place; the next place."""
        for pattern, take in (
            (_EXCEPT, self._take_except),
            (_RELATIVE, self._take_relative),
            (_ALWAYS, self._take_always),
            (_FREQUENCY, self._take_frequency),
            (_PART, self._take_part),
            (_MODIFIER, self._take_modifier),
        ):
            found = pattern.match(codes, place)
            if found:
                end = take(found, tokens)
                if end:
                    return end
        return self._take_base(tokens, codes, place)

    def _take_base(self, tokens: list[Token], codes: str, place: int) -> int:
        """A stretch of the calendar, a deadline before it, or a word about requests and schedules."""
        code = codes[place]
        if code == "t" and (found := _BASE.match(codes, place + 1)):
            spans = self._base(found, tokens)
            exact = found["day"] or found["days"] or found["several"]
            day = spans[-1][1] if exact or tokens[place].word == "t!" else spans[0][0] - timedelta(days=1)
            self._add([(day, day)], deadline=True)
            return found.end()
        if found := _BASE.match(codes, place):
            kazakh = _DEADLINE_KZ.match(codes, place)
            self._add(self._base(found, tokens), deadline=bool(kazakh))
            return kazakh.end() if kazakh else found.end()
        if code in "QG":
            self.flags.add("on_request" if code == "Q" else "by_schedule")
        return place + 1

    def _add(self, spans: list[Span], *, deadline: bool = False) -> None:
        self.spans += spans
        self.deadline = self.deadline or deadline

    # -- pieces --

    def _take_except(self, found: re.Match[str], tokens: list[Token]) -> int:
        codes, start = found["months"], found.start("months")
        if codes[1:2] in {"-", "P"}:
            first, last = self._month_range(tokens[start], tokens[start + 2])
            self.excluded |= {month.month for month, _ in calendar.months_between(first[0], last[1])}
        else:
            self.excluded |= {token.month for token in tokens[start : found.end()] if token.code == "M"}
        return found.end()

    def _take_relative(self, found: re.Match[str], _tokens: list[Token]) -> int:
        self.flags.add("relative")
        return found.end()

    def _take_always(self, found: re.Match[str], tokens: list[Token]) -> int:
        self.flags.add("all_year")
        if any(token.code == "A" and token.value for token in tokens[found.start() : found.end()]):
            self.flags.add("round_the_year")
        for token in tokens[found.start() : found.end()]:
            if token.code == "Z" and token.year is not None:
                self.plan_year = token.year
        return found.end()

    def _take_frequency(self, found: re.Match[str], tokens: list[Token]) -> int:
        if found["word"]:
            self.frequency = _FREQUENCY_OF_WORD[tokens[found.start()].value]
            return found.end()
        unit = (found["unit"] or found["each"] or found["each_kz"]).replace("Z", "g")
        times = tokens[found.start("times")].value if found["times"] else 1
        step = tokens[found.start("step")].value if found["step"] else 1
        if step > 1 and unit in "wo":
            self.frequency = "every_two_weeks" if unit == "w" else "every_two_months"
        elif step > 1:
            self.flags.add("some_years")
        elif unit == "g":
            self.frequency = _TIMES_A_YEAR.get(times, "several_a_year")
        else:
            self.frequency = "twice_a_month" if unit == "o" and times == 2 else _FREQUENCY_OF[unit]
        return found.end()

    def _take_part(self, found: re.Match[str], tokens: list[Token]) -> int:
        """«конец октября», «в конце каждого месяца», «до конца года», «начало-середина марта»."""
        part = tokens[found.start("part")]
        last_part = tokens[found.end("part") - 1].value
        if found["every"]:
            self.frequency, self.part = _FREQUENCY_OF[found["every"]], part.value
            return found.end()
        if found["base"]:
            spans, end = [calendar.study_year(self.plan_year)], found.end()
        else:
            codes = "".join(token.code for token in tokens)
            base = _BASE.match(codes, found.end())
            if not base:
                return found.end()
            spans, end = self._base(base, tokens), base.end()
        if found["deadline"]:
            first, last = spans[0][0], spans[-1][1]
            if part.value == 1:
                day = first if tokens[found.start()].value == 2 else first - timedelta(days=1)
            else:
                day = last if part.value == 3 else calendar.part_of((first, last), 2)[1]
            self._add([(day, day)], deadline=True)
        else:
            self._add([(calendar.part_of(span, part.value)[0], calendar.part_of(span, last_part)[1]) for span in spans])
        return end

    def _take_modifier(self, found: re.Match[str], tokens: list[Token]) -> int:
        """A place inside a month: «III неделя», «до 10 числа», «2-й вторник», «1-10 числа», «по средам»."""
        modifier = self._modifier(found, tokens)
        codes = "".join(token.code for token in tokens)
        after = _AFTER_MODIFIER.match(codes, found.end())
        end = after.end() if after else found.end()
        if modifier is None:
            return found.end()
        if after and after["months"] and not after["months"].startswith(","):
            for first, last in self._months_of(tokens[after.start("months") : end]):
                for month, _ in calendar.months_between(first, last):
                    self.spans += modifier(month.year, month.month)
            return end
        if after and after["every"]:
            self.frequency = self.frequency or "monthly"
            end = after.end("every")
        else:
            end = found.end()
        self.modifiers.append(modifier)
        return end

    def _modifier(self, found: re.Match[str], tokens: list[Token]) -> _Modifier | None:
        if found["week_days"]:
            self.weekdays += _weekdays([token for token in tokens[found.start() : found.end()] if token.code in "W-"])
            return None
        if found["until"]:
            self.deadline = True
            return _day_of_month(*[tokens[found.start("till")].value] * 2)
        if found["to"]:
            group = "from" if found["from"] else "from2"
            return _day_of_month(tokens[found.start(group)].value, tokens[found.start("to")].value)
        if found["on"]:
            return _day_of_month(*[tokens[found.start("on")].value] * 2)
        numbers = _numbers(tokens[found.start("numbers") : found.end("numbers")])
        unit = tokens[found.start("unit")]
        return _of_month(unit.code, numbers, unit.value)

    # -- stretches of the calendar --

    def _base(self, found: re.Match[str], tokens: list[Token]) -> list[Span]:
        kind = found.lastgroup or ""
        part = tokens[found.start() : found.end()]
        if kind in {"days", "several", "since", "day"}:
            return self._days(kind, part)
        if kind in {"months", "since_month", "month"}:
            return self._months(kind, [token for token in part if token.code == "M"])
        if kind in {"quarter", "half", "term"}:
            return self._numbered(kind, part)
        year = next((token.year for token in part if token.code == "Y"), None)
        if kind == "holidays":
            self.approximate = True
            seasons = [token.value for token in part if token.code == "S"] or [1, 2, 3]
            return [calendar.holidays_of_pupils(self.plan_year, season) for season in seasons]
        if kind == "season":
            seasons = [token.value for token in part if token.code == "S"]
            spans = [calendar.season_span(self.plan_year, season, year) for season in seasons]
            return [(spans[0][0], spans[-1][1])]
        if kind == "school_year":
            self.flags.add("all_year")
            self.plan_year = part[0].year or self.plan_year
            return []
        return [(date(year or self.plan_year, 1, 1), date(year or self.plan_year, 12, 31))]

    def _year(self, token: Token) -> int:
        return token.year if token.year is not None else calendar.year_of_month(token.month, self.plan_year)

    def _days(self, kind: str, part: list[Token]) -> list[Span]:
        """Days, ranges of days, lists of days that share a month."""
        points: list[tuple[Token, Token | None]] = []
        for token in part:
            if token.code in "ND":
                points.append((token, token if token.code == "D" else None))
            elif token.code == "M":
                points[-1] = points[-1][0], token
        months: list[Token] = []
        for _, month in reversed(points):
            months.append(month or months[-1])
        months.reverse()
        if kind == "days":
            return [self._day_range(points[0][0].value, months[0], points[-1][0].value, months[-1])]
        days = [
            date(self._year(month), month.month, point.value) for (point, _), month in zip(points, months, strict=True)
        ]
        if kind == "since":
            study_end = calendar.study_year(self.plan_year)[1]
            return [(days[0], max(study_end, days[0]))]
        return [(day, day) for day in days]

    def _day_range(self, first_day: int, first: Token, last_day: int, last: Token) -> Span:
        start_year, end_year = self._year(first), self._year(last)
        if first.year is None and last.year is not None:
            start_year = last.year - ((first.month, first_day) > (last.month, last_day))
        elif last.year is None:
            end_year = start_year + ((last.month, last_day) < (first.month, first_day))
        return _span(date(start_year, first.month, first_day), date(end_year, last.month, last_day))

    def _months(self, kind: str, part: list[Token]) -> list[Span]:
        if kind == "months":
            first, last = self._month_range(part[0], part[-1])
            return [_span(first[0], last[1])]
        month = part[0]
        span = calendar.month_span(self._year(month), month.month)
        if kind == "since_month":
            return [(span[0], max(span[1], calendar.study_year(self.plan_year)[1]))]
        july_before = bool(self.spans) and self.spans[-1][1].month == 7 and month.month == 8 and month.year is None
        return [calendar.month_span(self.spans[-1][1].year, 8)] if july_before else [span]

    def _month_range(self, first: Token, last: Token) -> tuple[Span, Span]:
        """Both ends of a range of months; what has no year follows or precedes what has."""
        if first.year is None and last.year is not None:
            start = last.year - (first.month > last.month)
            return calendar.month_span(start, first.month), calendar.month_span(last.year, last.month)
        start = self._year(first)
        end = last.year if last.year is not None else start + (last.month < first.month)
        return calendar.month_span(start, first.month), calendar.month_span(end, last.month)

    def _months_of(self, part: list[Token]) -> list[Span]:
        months = [token for token in part if token.code == "M"]
        if len(part) == 3 and part[1].code in "-P":
            first, last = self._month_range(months[0], months[1])
            return [_span(first[0], last[1])]
        return [calendar.month_span(self._year(token), token.month) for token in months]

    def _numbered(self, kind: str, part: list[Token]) -> list[Span]:
        """Quarters, half-years and school terms by number; «1–2 четверть» is one stretch."""
        numbers = [token.value for token in part if token.code == "N"]
        year = next((token.year for token in part if token.code == "Y"), None)
        spans: list[Span] = []
        for number in numbers:
            if kind == "quarter":
                spans.append(calendar.quarter_span(self.plan_year, number, year))
            elif kind == "half":
                spans.append(calendar.half_year(self.plan_year, number))
            else:
                self.approximate = True
                spans.append(calendar.school_term(self.plan_year, number))
        if len(spans) > 1 and any(token.code == "-" for token in part):
            return [_span(spans[0][0], spans[-1][1])]
        return spans

    # -- the whole --

    def term(self, text: str) -> Term:
        """Everything found, put together."""
        spans = self._occurrences()
        spans = [span for span in spans if span[0].month not in self.excluded or span[0] != span[1]]
        ordered = tuple(sorted(set(spans)))
        recurrence = self._recurrence(ordered)
        return Term(text, ordered, recurrence, self._sentence(ordered, recurrence))

    def _recurrence(self, spans: tuple[Span, ...]) -> str | None:
        if self.frequency:
            return self.frequency
        if self.weekdays:
            return "weekly"
        if self.modifiers and len(spans) > 1:
            return "monthly"
        if not self.spans:
            for flag in ("all_year", "on_request", "by_schedule"):
                if flag in self.flags:
                    return flag
        return None

    def _windows(self) -> list[Span]:
        """Stretches within which something recurs."""
        if self.spans and any(first != last for first, last in self.spans):
            return self.spans
        first, last = calendar.study_year(self.plan_year)
        if "round_the_year" in self.flags:
            last = date(self.plan_year + 1, 8, 31)
        return self._without_excluded((first, last))

    def _without_excluded(self, span: Span) -> list[Span]:
        if not self.excluded:
            return [span]
        result: list[Span] = []
        for month in calendar.months_between(*span):
            if month[0].month in self.excluded:
                continue
            if result and result[-1][1] + timedelta(days=1) == month[0]:
                result[-1] = (result[-1][0], month[1])
            else:
                result.append(month)
        return result

    def _occurrences(self) -> list[Span]:
        if self.weekdays:
            return [(day, day) for day in _each_day(self._windows()) if day.weekday() in self.weekdays]
        if self.modifiers:
            months = self._months_for_modifiers()
            return [span for month in months for take in self.modifiers for span in take(month.year, month.month)]
        if self.frequency:
            spans = self._frequent(self.frequency)
            return [calendar.part_of(span, self.part) for span in spans] if self.part else spans
        if not self.spans and "all_year" in self.flags:
            return self._windows()
        return self.spans

    def _months_for_modifiers(self) -> list[date]:
        """Months in which «до 10 числа» or «III неделя» falls."""
        if not self.spans and self.frequency in {"quarterly", "half_yearly", "twice_a_year"}:
            numbers = (9, 12, 3, 6) if self.frequency == "quarterly" else (12, 5)
            return [date(calendar.year_of_month(number, self.plan_year), number, 1) for number in numbers]
        return [month for span in self._windows() for month, _ in calendar.months_between(*span)]

    def _frequent(self, frequency: str) -> list[Span]:
        """Occurrences of what recurs; told stretches limit short periods and replace long ones."""
        windows = self._windows()
        dated = bool(self.spans)
        if dated and windows == self.spans and len(windows) == 1 and (windows[0][1] - windows[0][0]).days > 150:
            dated = False
        if frequency == "daily":
            return windows
        if frequency in {"weekly", "every_two_weeks"}:
            return _weeks(windows)[:: 1 if frequency == "weekly" else 2]
        if frequency in {"monthly", "every_two_months", "twice_a_month"}:
            if self.spans and windows is not self.spans:
                return self.spans
            months = [month for span in windows for month in calendar.months_between(*span)]
            if frequency == "twice_a_month":
                return [calendar.half_of_month(m.year, m.month, half) for m, _ in months for half in (1, 2)]
            return months[:: 1 if frequency == "monthly" else 2]
        if dated:
            return self.spans
        return _clipped(self._long(frequency), windows) if self.spans else self._long(frequency)

    def _long(self, frequency: str) -> list[Span]:
        year = self.plan_year
        if frequency == "quarterly":
            return calendar.quarters(year)
        if frequency == "each_term":
            self.approximate = True
            return [calendar.school_term(year, number) for number in (1, 2, 3, 4)]
        if frequency in {"half_yearly", "twice_a_year"}:
            return [calendar.half_year(year, number) for number in (1, 2)]
        if frequency == "three_a_year":
            return [calendar.season_span(year, number) for number in (1, 2, 3)]
        return [calendar.study_year(year)]

    def _sentence(self, spans: tuple[Span, ...], recurrence: str | None) -> str | None:
        """How it was understood; None when nothing was."""
        extra = [words for flag, words in _FLAG_WORDS.items() if flag in self.flags]
        if not spans:
            if not extra:
                return None
            return f"{extra[0][0].upper()}{extra[0][1:]}: дня в календаре нет."
        if recurrence == "all_year":
            words = f"весь год: {_listed(spans)}"
        elif recurrence:
            words = f"{_RECURRENCE_WORDS[recurrence]}: {occurrence_words(spans)}"
        elif self.deadline and all(first == last for first, last in spans):
            words = f"не позже {_listed(spans)}"
        else:
            words = _listed(spans)
        if self.deadline and recurrence and self.modifiers:
            words += " (не позже этого дня)"
        if self.approximate:
            words = f"примерно {words}; уточните дни"
        words = "; ".join([words, *extra]) if recurrence not in {"all_year", "on_request", "by_schedule"} else words
        return f"{words[0].upper()}{words[1:].rstrip('.')}."


_FLAG_WORDS = {
    "on_request": "по запросу",
    "by_schedule": "по отдельному графику",
    "relative": "срок считается от события",
    "some_years": "раз в несколько лет",
}
_RECURRENCE_WORDS = {
    "daily": "каждый день",
    "weekly": "каждую неделю",
    "every_two_weeks": "раз в две недели",
    "monthly": "каждый месяц",
    "twice_a_month": "два раза в месяц",
    "every_two_months": "раз в два месяца",
    "quarterly": "раз в квартал",
    "each_term": "раз в учебную четверть",
    "half_yearly": "раз в полугодие",
    "twice_a_year": "два раза в год, по разу в полугодие",
    "three_a_year": "три раза в год",
    "several_a_year": "несколько раз в год",
    "yearly": "раз в год",
}


def _listed(spans: tuple[Span, ...]) -> str:
    return "; ".join(long_words(span) for span in spans)


def _span(first: date, last: date) -> Span:
    if last < first:
        raise ValueError(first)
    return first, last


def _numbers(tokens: list[Token]) -> list[int]:
    """«1, 3» → 1, 3; «1–3» → 1, 2, 3."""
    result: list[int] = []
    for place, token in enumerate(tokens):
        if token.code != "N":
            continue
        if place and tokens[place - 1].code == "-" and result:
            result += range(result[-1] + 1, token.value + 1)
        else:
            result.append(token.value)
    return result


def _weekdays(tokens: list[Token]) -> tuple[int, ...]:
    if len(tokens) == 3 and tokens[1].code == "-":
        return tuple(range(tokens[0].value, tokens[2].value + 1))
    return tuple(token.value for token in tokens if token.code == "W")


def _day_of_month(first: int, last: int) -> _Modifier:
    """Days of every month; a month that is too short ends earlier."""
    if not 1 <= first <= last <= 31:
        raise ValueError(first)

    def take(year: int, month: int) -> list[Span]:
        end = calendar.month_span(year, month)[1]
        return [(end.replace(day=min(first, end.day)), end.replace(day=min(last, end.day)))]

    return take


def _of_month(unit: str, numbers: list[int], weekday: int) -> _Modifier:
    """Weeks, decades, halves or weekdays of a month by number."""

    def take(year: int, month: int) -> list[Span]:
        if unit == "w":
            return [calendar.week_of_month(year, month, number) for number in numbers]
        if unit == "d":
            return [calendar.decade_of_month(year, month, number) for number in numbers]
        if unit == "l":
            return [calendar.half_of_month(year, month, number) for number in numbers]
        return [calendar.weekday_of_month(year, month, weekday, number) for number in numbers]

    return take


def _each_day(windows: list[Span]) -> list[date]:
    return [date.fromordinal(day) for first, last in windows for day in range(first.toordinal(), last.toordinal() + 1)]


def _weeks(windows: list[Span]) -> list[Span]:
    """Work weeks, Monday to Friday, cut at the ends of the windows."""
    weeks: dict[date, Span] = {}
    for day in _each_day(windows):
        if day.weekday() < 5:
            monday = day - timedelta(days=day.weekday())
            first, _ = weeks.get(monday, (day, day))
            weeks[monday] = (first, day)
    return list(weeks.values())


def _clipped(spans: list[Span], windows: list[Span]) -> list[Span]:
    """The parts of spans that lie in the windows."""
    pairs = [(max(a, first), min(b, last)) for a, b in spans for first, last in windows]
    return [(first, last) for first, last in pairs if first <= last]
