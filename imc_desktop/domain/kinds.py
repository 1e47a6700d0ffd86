"""Closed lists of the field; values are what people read and what ``--json`` prints."""

from __future__ import annotations

from enum import StrEnum

OPEN_ENDED = "бессрочно"  # the end of a category that has none


class CategoryName(StrEnum):
    """Result of an attestation for one post. СЗД is not a category and is never ranked with them."""

    HIGHEST = "высшая"
    FIRST = "первая"
    SZD = "СЗД"
    METHODIST = "педагог-методист"
    MENTOR = "педагог-наставник"
    NONE = "нет"
    SECOND = "вторая"  # abolished in Russia in 2014, still met in Kazakh papers
    KZ_TRAINEE = "педагог-стажер"
    KZ_TEACHER = "педагог"
    KZ_MODERATOR = "педагог-модератор"
    KZ_EXPERT = "педагог-эксперт"
    KZ_RESEARCHER = "педагог-исследователь"
    KZ_MASTER = "педагог-мастер"
    KZ_HEAD_3 = "руководитель третьей категории"
    KZ_HEAD_2 = "руководитель второй категории"
    KZ_HEAD_1 = "руководитель первой категории"
    KZ_DEPUTY_3 = "заместитель руководителя третьей категории"
    KZ_DEPUTY_2 = "заместитель руководителя второй категории"
    KZ_DEPUTY_1 = "заместитель руководителя первой категории"


class TrainingKind(StrEnum):
    PK = "ПК"
    PP = "ПП"
    INTERNSHIP = "стажировка"
    SEMINAR = "семинар"
    OTHER = "иное"


# As a person chooses them in a box; lists show the short value.
TRAINING_TITLES = {
    TrainingKind.PK: "повышение квалификации (ПК)",
    TrainingKind.PP: "профессиональная переподготовка (ПП)",
    TrainingKind.INTERNSHIP: "стажировка",
    TrainingKind.SEMINAR: "семинар, вебинар",
    TrainingKind.OTHER: "иное",
}


class EducationLevel(StrEnum):
    HIGHER = "высшее"
    UNFINISHED_HIGHER = "неоконченное высшее"
    VOCATIONAL = "среднее профессиональное"
    SECONDARY = "среднее общее"


class EmploymentKind(StrEnum):
    MAIN = "основной"
    INTERNAL = "внутренний совместитель"
    EXTERNAL = "внешний совместитель"


class ExperienceKind(StrEnum):
    TOTAL = "total"
    PEDAGOGICAL = "pedagogical"
    ORGANISATION = "organisation"
    POST = "post"


class DueStatus(StrEnum):
    """``this_year`` = due within the school year that holds the day asked for."""

    OVERDUE = "overdue"
    THIS_YEAR = "this_year"
    NEXT_YEAR = "next_year"
    LATER = "later"
    NO_DATA = "no_data"
    DEFERRED = "deferred"
    EXEMPT = "exempt"


class TableKind(StrEnum):
    """Kinds of tables the importer tells apart (decisions.md 22)."""

    STAFF_REGISTER = "staff_register"
    COURSE_JOURNAL = "course_journal"
    COURSE_PLAN = "course_plan"
    ATTESTATION_SCHEDULE = "attestation_schedule"
    CATEGORY_ORDER = "category_order"
    ANNUAL_PLAN = "annual_plan"
    CYCLOGRAM = "cyclogram"
    MONTH_PLAN = "month_plan"
    GROUP_ROSTER = "group_roster"
    CONSULTATIONS = "consultations"
    LESSON_VISITS = "lesson_visits"
    SUMMARY = "summary"
    LISTS = "lists"
    UNKNOWN = "unknown"
