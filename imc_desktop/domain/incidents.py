"""An incident with personal data: by what hour whom to tell, and what follows from what lay on a lost medium."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import NamedTuple

from imc_desktop.domain.words import plural
from imc_desktop.domain.workdays import Calendar

FIRST, RESULTS = "first", "results"
NOT_CHECKED = "не сверено"
_TIME = re.compile(r"([01]?\d|2[0-3])[:.\-ч ]?([0-5]\d)")
_DAY_END = time(18, 0)  # the end of an office's day, when a term is given in working days
_HOURS_SHOWN = 72  # what is further off is told in days


class NoticeRule(NamedTuple):
    """One notice the law asks for. Both terms 0: the sources name none."""

    key: str
    title: tuple[str, ...]
    short: str
    hours: int
    workdays: int
    act: str
    clause: str
    form: str
    verified: bool
    addressee: tuple[str, ...]

    @property
    def source(self) -> str:
        """The act and its clause, with «не сверено» where nobody read it."""
        words = ", ".join(part for part in (self.act, self.clause) if part)
        return words if self.verified else f"{words} ({NOT_CHECKED})"


def notice_rules(text: str) -> dict[str, NoticeRule]:
    """The notices of a country from its data file; KeyError or TypeError for a file that is not whole."""
    raw = tomllib.loads(text)
    return {
        key: NoticeRule(key, tuple(raw[key].pop("title")), addressee=tuple(raw[key].pop("addressee")), **raw[key])
        for key in (FIRST, RESULTS)
    }


def read_time(text: str) -> str:
    """«9:05», «14.30», «1430» as «09:05»; raises ValueError in a sentence."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise ValueError("Время пишется так: 14:05.")
    return f"{int(found[1]):02}:{found[2]}"


def deadline(rule: NoticeRule, noticed: datetime, calendar: Calendar) -> datetime | None:
    """By when a notice must be out; None when the sources name no term."""
    if rule.hours:
        return noticed + timedelta(hours=rule.hours)
    if rule.workdays:
        return datetime.combine(calendar.add_working_days(noticed.date(), rule.workdays), _DAY_END)
    return None


def left_words(due: datetime, now: datetime) -> str:
    """«осталось 21 ч», «осталось 40 мин», «просрочено на 3 ч»."""
    late = now > due
    minutes = int(abs(due - now).total_seconds()) // 60
    hours = minutes // 60
    if hours > _HOURS_SHOWN:
        days = hours // 24
        amount = f"{days} {plural(days, 'день', 'дня', 'дней')}"
    else:
        amount = f"{hours} ч" if hours else f"{minutes} мин"
    return f"просрочено на {amount}" if late else f"осталось {amount}"


@dataclass(frozen=True, slots=True)
class Held:
    """A thing known to have been written to a medium: ``key_id`` is "" when it is not encrypted."""

    what: str
    day: str
    people: int
    data: tuple[str, ...] = ()
    key_id: str = ""


@dataclass(frozen=True, slots=True)
class Exposure:
    """What was on a medium by the program's own logs; a medium of the register or one named by hand."""

    carrier: str
    label: str = ""
    serial: str = ""
    items: tuple[Held, ...] = ()

    @property
    def people(self) -> int:
        """How many people at most: the same people stand in every copy."""
        return max((item.people for item in self.items), default=0)

    @property
    def open_people(self) -> int:
        """How many people's data lay there unencrypted."""
        return max((item.people for item in self.open_items), default=0)

    @property
    def open_items(self) -> tuple[Held, ...]:
        """What was not encrypted."""
        return tuple([item for item in self.items if not item.key_id])

    @property
    def encrypted(self) -> bool:
        """True when something is known of and all of it was encrypted."""
        return bool(self.items) and not self.open_items

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that open the copies, each once."""
        return tuple(dict.fromkeys(item.key_id for item in self.items if item.key_id))

    @property
    def data(self) -> tuple[str, ...]:
        """Kinds of data, each once, in the order met."""
        return tuple(dict.fromkeys(kind for item in self.items for kind in item.data))


def advice(exposure: Exposure, active_key: str, *, other_computers: bool = False) -> tuple[str, ...]:
    """What to do now, the most urgent first; ``active_key`` is the key new copies are encrypted by ("" = none).

    ``other_computers``: the data are also worked on elsewhere, and the log of copies is each computer's own.
    """
    told: list[str] = []
    if not exposure.items:
        told.append(
            "В журналах копий и выгрузок этого носителя нет. Это не значит, что он пуст: "
            "спросите, кто и что на него записывал, и впишите в обстоятельства."
        )
    if exposure.open_items:
        told.append(f"Есть незашифрованное: считайте, что сведения о {_people(exposure.open_people)} стали доступны.")
    if exposure.keys:
        told.append("Выясните, не было ли с носителем пароля или бумажного ключа: тогда копии не защищены.")
    if active_key and active_key in exposure.keys:
        told.append("Смените ключ копий: этим ключом шифруются и новые копии. Прежние копии он откроет и дальше.")
    if other_computers:
        told.append("Копии, сделанные на другом компьютере, стоят в его журнале: посмотрите и там.")
    return tuple(told)


def _people(count: int) -> str:
    return f"{_grouped(count)} {plural(count, 'человеке', 'людях', 'людях')}"


def people_words(count: int) -> str:
    """«1 200 человек», «не известно»."""
    if not count:
        return "не известно"
    return f"{_grouped(count)} {plural(count, 'человек', 'человека', 'человек')}"


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", "\u00a0")


def harm(exposure: Exposure) -> str:
    """The probable harm in a sentence for the notice; what a person writes himself goes before it."""
    if not exposure.items:
        return "Устанавливается: по журналам программы записи на носитель не известны."
    if exposure.encrypted:
        return (
            "Все известные записи зашифрованы; без пароля учреждения или бумажного ключа они не читаются. "
            "Шифрование программы не является сертифицированным средством криптографической защиты."
        )
    return (
        f"Возможен доступ посторонних к перечисленным сведениям о {_people(exposure.open_people)}: "
        "использование их для навязывания услуг и обмана от имени учреждения."
    )


def moment_words(iso: str) -> str:
    """«2026-11-20T14:05» as «20.11.2026 в 14:05»; "" stays."""
    if not iso:
        return ""
    moment = datetime.fromisoformat(iso)
    return f"{moment:%d.%m.%Y} в {moment:%H:%M}"


def summary(exposure: Exposure, names: Sequence[str] = ()) -> str:
    """What was on it in one sentence for a list: «до 1 200 человек · зашифровано»."""
    if not exposure.items:
        return "записей не известно"
    state = "зашифровано" if exposure.encrypted else "есть незашифрованное"
    return " · ".join([f"до {people_words(exposure.people)}", state, *names])
