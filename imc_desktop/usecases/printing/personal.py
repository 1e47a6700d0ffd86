"""Which kinds of data stand on which paper: what an incident must name."""

from __future__ import annotations

_NAME = "фамилия, имя, отчество"
_WORK = "место работы, должность"

DATA_OF_KINDS: dict[str, tuple[str, ...]] = {
    "staff-list": (_NAME, "дата рождения", _WORK, "категория и аттестация"),
    "due-list": (_NAME, _WORK, "повышение квалификации"),
    "attestation-calendar": (_NAME, _WORK, "категория и аттестация"),
    "attestation-cases": (_NAME, _WORK, "категория и аттестация"),
    "course-plan": (_NAME, _WORK, "повышение квалификации"),
    "training-list": (_NAME, _WORK, "повышение квалификации"),
    "attestation-terms": (_NAME, _WORK, "категория и аттестация"),
    "associations": (_NAME, _WORK, "телефон"),
    "consultations": (_NAME, _WORK, "обращения за консультацией"),
    "lesson-visits": (_NAME, _WORK, "посещённые уроки и их анализ"),
    "merge-protocol": (_NAME, "изменённые сведения карточек"),
}
