"""What a term says, piece by piece, before it is laid out over the school year."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from imc_desktop.domain import term_calendar as calendar
from imc_desktop.domain.term_calendar import Span
from imc_desktop.domain.term_stretches import DAY, NUMBERS, STRETCH, months_named, stretches
from imc_desktop.domain.term_tokens import Token
from imc_desktop.domain.term_words import in_month

Place = Callable[[int, int], list[Span]]  # year, month → days of that month

_DEADLINE_KZ = re.compile(rf"{DAY}t")
_PART = re.compile(r"(?P<deadline>t)?(?P<part>b(?:[-,]b)?)(?:K?(?P<every>[ocqhw])|(?P<base>g)|(?=[MNDSkYZ]))")
_PLACE = re.compile(
    rf"(?P<until>t(?P<till>N)n?(?![nM]))|(?:s(?P<from>N)n?[-P]|(?P<from2>N)-)(?P<to>N)n"
    rf"|(?P<numbers>{NUMBERS})(?P<unit>[wdlW])|(?P<on>Nn)"
)
_AFTER_PLACE = re.compile(r"(?P<every>P?K?o|oK)?(?P<months>M(?:[-P]M|(?:,M)*))?")
_WEEKDAYS = re.compile(r"(?P<every>[PK]*)W(?:[,-]W)*")
_FREQUENCY = re.compile(
    r"(?:N[,-])?(?P<times>N)?r[,K]?(?P<step>N)?(?P<unit>[wqohgcyZ])"
    r"|(?P<word>E)|K(?P<each>[woqhcgy])|(?P<each_kz>[woqhcgy])K|[oP](?P<of>q)|P(?P<results>[hc])"
    r"|K(?P<gap>N)(?P<gap_unit>[wo])(?![oM])"
)
_ALWAYS = re.compile(r"T[TA]*[gZ]|[gZ]T|A+[gZ]?|T(?=,|$)")
_RELATIVE = re.compile(r"[Ttz]N[ywo]")
_EXCEPT = re.compile(r"X[,s]?(?P<months>M(?:[-,P]M)*)")
_FREQUENCY_OF = {"y": "daily", "w": "weekly", "o": "monthly", "q": "quarterly", "h": "half_yearly", "c": "each_term"}
_FREQUENCY_OF_WORD = {1: "weekly", 2: "monthly", 3: "quarterly", 4: "yearly", 5: "daily"}
_TIMES_A_YEAR = {0: "yearly", 1: "yearly", 2: "twice_a_year", 3: "three_a_year", 4: "quarterly"}


@dataclass(slots=True)
class Reading:
    """Pieces of one term: stretches, places inside months, how often, and what is said besides."""

    plan_year: int
    spans: list[Span] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    place_words: list[str] = field(default_factory=list)
    weekdays: tuple[int, ...] = ()
    frequency: str | None = None
    part: int = 0
    deadline: bool = False
    approximate: bool = False
    flags: set[str] = field(default_factory=set)
    excluded: set[int] = field(default_factory=set)

    def read(self, tokens: list[Token]) -> None:
        """Understand all tokens from left to right; what says nothing about time is passed over."""
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
            (_PLACE, self._take_place),
            (_WEEKDAYS, self._take_weekdays),
        ):
            if found := pattern.match(codes, place):
                return take(found, tokens)
        return self._take_stretch(tokens, codes, place)

    def _stretch(self, found: re.Match[str], tokens: list[Token]) -> list[Span]:
        result = stretches(found, tokens, self.plan_year)
        self.approximate = self.approximate or result.approximate
        if result.school_year is not None:
            self.plan_year = result.school_year
            self.flags.add("all_year")
        return result.spans

    def _take_stretch(self, tokens: list[Token], codes: str, place: int) -> int:
        """A stretch of the calendar, a deadline before it, or a word about requests and schedules."""
        code = codes[place]
        if code == "t" and (found := STRETCH.match(codes, place + 1)):
            if spans := self._stretch(found, tokens):
                exact = found.lastgroup in {"day", "days", "several"}
                self._deadline(spans[-1] if exact else (spans[0][0], spans[0][0] - timedelta(days=1)))
            return found.end()
        if found := STRETCH.match(codes, place):
            spans = self._stretch(found, tokens)
            if kazakh := _DEADLINE_KZ.match(codes, place):
                self._deadline(spans[-1])
                return kazakh.end()
            self.spans += self._after_july(spans, tokens[place])
            return found.end()
        if code in "QG":
            self.flags.add("on_request" if code == "Q" else "by_schedule")
        elif code == "N" and tokens[place].word == "го" and self.frequency:
            self._add_place(_days_of_month(tokens[place].value, tokens[place].value), f"{tokens[place].value} числа")
        return place + 1

    def _deadline(self, span: Span) -> None:
        self.spans.append((span[1], span[1]))
        self.deadline = True

    def _after_july(self, spans: list[Span], token: Token) -> list[Span]:
        """In «июнь, июль, август» August belongs to the same summer."""
        after = self.spans and self.spans[-1][1].month == 7 and token.month == 8 and token.year is None
        return [calendar.month_span(self.spans[-1][1].year, 8)] if after and len(spans) == 1 else spans

    def _take_except(self, found: re.Match[str], tokens: list[Token]) -> int:
        for first, last in months_named(tokens[found.start("months") : found.end()], self.plan_year):
            self.excluded |= {month.month for month, _ in calendar.months_between(first, last)}
        return found.end()

    def _take_relative(self, found: re.Match[str], _tokens: list[Token]) -> int:
        self.flags.add("relative")
        return found.end()

    def _take_always(self, found: re.Match[str], tokens: list[Token]) -> int:
        self.flags.add("all_year")
        for token in tokens[found.start() : found.end()]:
            if token.code == "A" and token.value:
                self.flags.add("round_the_year")
            if token.code == "Z" and token.year is not None:
                self.plan_year = token.year
        return found.end()

    def _take_frequency(self, found: re.Match[str], tokens: list[Token]) -> int:
        if found["word"]:
            self.frequency = _FREQUENCY_OF_WORD[tokens[found.start()].value]
            return found.end()
        named = ("unit", "each", "each_kz", "of", "results", "gap_unit")
        unit = next(found[group] for group in named if found[group]).replace("Z", "g")
        times = tokens[found.start("times")].value if found["times"] else 1
        gap = "step" if found["step"] else "gap"
        step = tokens[found.start(gap)].value if found[gap] else 1
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
        """«конец октября», «в конце каждого месяца», «до конца года», «конец августа – начало сентября»."""
        part, last_part = tokens[found.start("part")].value, tokens[found.end("part") - 1].value
        if found["every"]:
            self.frequency, self.part = _FREQUENCY_OF[found["every"]], part
            return found.end()
        spans, end = [calendar.study_year(self.plan_year)], found.end()
        if not found["base"]:
            base = STRETCH.match("".join(token.code for token in tokens), end)
            spans = self._stretch(base, tokens) if base else []
            end = base.end() if base else end
        if not spans:
            return end
        if "," in found["part"]:
            self.spans += [calendar.part_of(span, number) for span in spans for number in (part, last_part)]
            return end
        first, last = calendar.part_of(spans[0], part)[0], calendar.part_of(spans[-1], last_part)[1]
        if found["deadline"]:
            before = timedelta(days=tokens[found.start()].value == 1)
            self._deadline((first, first - before) if part == 1 else (first, last))
        elif found.start() and tokens[found.start() - 1].code == "-" and self.spans and self.spans[-1][0] < last:
            self.spans[-1] = self.spans[-1][0], last
        else:
            self.spans.append((first, last))
        return end

    def _take_place(self, found: re.Match[str], tokens: list[Token]) -> int:
        """A place inside a month, of a month named right after it or of every month of the term."""
        place, words = self._place(found, tokens)
        after = _AFTER_PLACE.match("".join(token.code for token in tokens), found.end())
        if after and after["months"]:
            for first, last in months_named(tokens[after.start("months") : after.end()], self.plan_year):
                for month, _ in calendar.months_between(first, last):
                    self.spans += place(month.year, month.month)
            return after.end()
        self._add_place(place, words)
        if after and after["every"]:
            self.frequency = self.frequency or "monthly"
            return after.end("every")
        return found.end()

    def _add_place(self, place: Place, words: str) -> None:
        self.places.append(place)
        self.place_words.append(words)

    def _place(self, found: re.Match[str], tokens: list[Token]) -> tuple[Place, str]:
        """«III неделя», «до 10 числа», «2-й вторник», «1–10 числа»."""
        if found["until"] or found["on"]:
            self.deadline = self.deadline or bool(found["until"])
            day = tokens[found.start("till" if found["until"] else "on")].value
            return _days_of_month(day, day), f"до {day} числа" if found["until"] else f"{day} числа"
        if found["to"]:
            first = tokens[found.start("from" if found["from"] else "from2")].value
            last = tokens[found.start("to")].value
            return _days_of_month(first, last), f"с {first} по {last} число"
        numbers = _numbers(tokens[found.start("numbers") : found.end("numbers")])
        unit = tokens[found.start("unit")]
        return _in_month(unit.code, numbers, unit.value), in_month(unit.code, numbers, unit.value)

    def _take_weekdays(self, found: re.Match[str], tokens: list[Token]) -> int:
        """«по вторникам»; a weekday beside a date («12 октября, понедельник») says nothing new."""
        part = [token for token in tokens[found.start() : found.end()] if token.code in "W-,"]
        beside = bool(self.spans) and self.spans[-1][0] == self.spans[-1][1] and not found["every"]
        if beside and not self.frequency:
            return found.end()
        if len(part) == 3 and part[1].code == "-":
            self.weekdays += tuple(range(part[0].value, part[2].value + 1))
        else:
            self.weekdays += tuple(token.value for token in part if token.code == "W")
        return found.end()


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


def _days_of_month(first: int, last: int) -> Place:
    """Days of a month by number; a month that is too short ends earlier."""
    if not 1 <= first <= last <= 31:
        raise ValueError(first)

    def take(year: int, month: int) -> list[Span]:
        end = calendar.month_span(year, month)[1]
        return [(end.replace(day=min(first, end.day)), end.replace(day=min(last, end.day)))]

    return take


def _in_month(unit: str, numbers: list[int], weekday: int) -> Place:
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
