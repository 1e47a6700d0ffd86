"""The boxes in which people and facts are written: fields from a table, checks from the use case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from imc_desktop.domain.errors import Problem
from imc_desktop.domain.kinds import TRAINING_TITLES, CategoryName, EducationLevel, EmploymentKind, ExperienceKind
from imc_desktop.domain.posts import known_posts
from imc_desktop.domain.words import fold
from imc_desktop.usecases.organisations_list import organisations
from imc_desktop.usecases.staff_card_views import PersonCard
from imc_desktop.usecases.staff_edit import person_problems
from imc_desktop.usecases.staff_input import (
    AwardInput,
    CategoryInput,
    EducationInput,
    ExperienceInput,
    FactInput,
    JobInput,
    PersonInput,
    TrainingInput,
    check_fact,
)
from imc_desktop.usecases.staff_values import EXPERIENCE_TITLES
from ui.common.dialog import FormDialog
from ui.common.form import Field
from ui.context import Context

_KZ = "KZ_"
_SAME_EVERYWHERE = {CategoryName.METHODIST, CategoryName.MENTOR}


@dataclass(frozen=True, slots=True)
class FactSpec:
    """How a fact is called and written; ``views`` names the card's list that holds it."""

    title: str
    kind: Callable[..., FactInput]
    views: str
    fields: Callable[[Context], tuple[Field, ...]]


def _choices(values: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((value, value) for value in values)


def _posts(ctx: Context) -> tuple[str, ...]:
    return tuple(known_posts(_country(ctx)))


def _country(ctx: Context) -> str:
    return str(getattr(ctx.rules, "country", "RU"))


def _organisations(ctx: Context) -> tuple[str, ...]:
    return tuple(row.short_name for row in organisations(ctx.store, ctx.clock.today()))


def _job_fields(ctx: Context) -> tuple[Field, ...]:
    return (
        Field(
            "organisation",
            "Организация",
            required=True,
            suggestions=_organisations(ctx),
            hint="начните писать название",
        ),
        Field("post", "Должность", required=True, suggestions=_posts(ctx)),
        Field("subjects", "Предметы", hint="через запятую"),
        Field("kind", "Вид работы", "choice", choices=_choices([str(kind) for kind in EmploymentKind])),
        Field("rate", "Ставка", hint="1 или 0,5"),
        Field("since", "Работает с", "date"),
        Field("until", "По", "date"),
        Field("personnel_number", "Табельный номер"),
    )


def _category_names(ctx: Context) -> tuple[tuple[str, str], ...]:
    kz = _country(ctx) == "KZ"
    names = [
        name
        for name in CategoryName
        if name is not CategoryName.NONE and (name.name.startswith(_KZ) is kz or (kz and name in _SAME_EVERYWHERE))
    ]
    return _choices([str(name) for name in names])


def _category_fields(ctx: Context) -> tuple[Field, ...]:
    return (
        Field("category", "Категория", "choice", choices=_category_names(ctx)),
        Field("post", "По должности", suggestions=_posts(ctx)),
        Field("decision_date", "Дата решения", "date"),
        Field("valid_until", "Срок по документу", "date", open_ended=True),
        Field("act_number", "Номер приказа"),
        Field("act_date", "Дата приказа", "date"),
        Field("issuer", "Кем присвоена"),
    )


def _education_fields(_ctx: Context) -> tuple[Field, ...]:
    return (
        Field(
            "level", "Уровень", "choice", choices=(("", "не указан"), *_choices([str(one) for one in EducationLevel]))
        ),
        Field("institution", "Учебное заведение"),
        Field("year", "Год окончания"),
        Field("speciality", "Специальность"),
        Field("qualification", "Квалификация"),
    )


def _experience_fields(_ctx: Context) -> tuple[Field, ...]:
    kinds = tuple((str(kind), EXPERIENCE_TITLES[kind]) for kind in ExperienceKind)
    return (
        Field("kind", "Стаж", "choice", choices=kinds),
        Field("years", "Полных лет", "number", required=True),
        Field("months", "Месяцев", "number"),
        Field("as_of", "На какой день", "date", required=True),
    )


def _training_fields(_ctx: Context) -> tuple[Field, ...]:
    return (
        Field("title", "Название", "multi", required=True),
        Field("kind", "Вид", "choice", choices=tuple((str(kind), title) for kind, title in TRAINING_TITLES.items())),
        Field("hours", "Часов", "number"),
        Field("provider", "Где"),
        Field("starts", "Начало", "date"),
        Field("ends", "Окончание", "date"),
        Field("document_number", "Номер документа"),
        Field("registration_number", "Рег. номер"),
        Field("document_date", "Дата документа", "date"),
        Field("distance", "Дистанционно", "check"),
    )


def _award_fields(_ctx: Context) -> tuple[Field, ...]:
    return (Field("title", "Награда", required=True),)


FACTS: dict[str, FactSpec] = {
    "employment": FactSpec("Место работы", JobInput, "jobs past_jobs", _job_fields),
    "category": FactSpec("Категория", CategoryInput, "categories", _category_fields),
    "training": FactSpec("Курсы", TrainingInput, "trainings", _training_fields),
    "education": FactSpec("Образование", EducationInput, "educations", _education_fields),
    "experience": FactSpec("Стаж", ExperienceInput, "experience", _experience_fields),
    "award": FactSpec("Награда", AwardInput, "awards", _award_fields),
}
_PERSON = (
    Field("surname", "Фамилия", required=True),
    Field("name", "Имя"),
    Field("patronymic", "Отчество"),
    Field("keep_former", "Фамилия сменилась: прежнюю помнить", "check"),
    Field("birth", "Дата рождения", "date"),
    Field("sex", "Пол", "choice", choices=(("", "по имени"), ("ж", "женский"), ("м", "мужской"))),
    Field("phone", "Телефон", hint="+7 924 123-45-67"),
    Field("email", "Эл. почта"),
)
_PAPERS = {
    "RU": Field("snils", "СНИЛС", hint="123-456-789 00"),
    "KZ": Field("iin", "ИИН"),
}
_MORE = (
    Field("deferred_until", "Отложено до", "date", hint="отпуск по уходу, длительная болезнь: причина не пишется"),
    Field("note", "Примечание", "multi"),
)


class PersonDialog(FormDialog):
    """A person's own fields; a new card also asks where she works."""

    help_page = "staff"

    saved = Signal(object)

    def __init__(self, ctx: Context, person: PersonCard | None, parent: QWidget | None = None) -> None:
        fields = [field for field in _PERSON if person is not None or field.key != "keep_former"]
        fields += (
            [_PAPERS.get(_country(ctx), _PAPERS["RU"]), *_MORE] if person is not None else list(_job_fields(ctx)[:3])
        )
        title = person.full_name if person is not None else "Новая карточка"
        super().__init__(
            ctx, title, fields, verb="Сохранить" if person else "Добавить", initial=_initial(person),
            check=self._check_person, parent=parent,
        )  # fmt: skip
        self._person = person
        self.form.changed.connect(self._show_surname_question)
        self._show_surname_question()
        self.form.editors["surname"].setFocus()

    @Slot()
    def _show_surname_question(self) -> None:
        """Only another surname raises the question whether the old one is to be remembered."""
        if self._person is not None:
            other = fold(str(self.form.values()["surname"])) != fold(self._person.surname)
            self.form.set_shown("keep_former", shown=other)

    def _check_person(self, values: dict[str, Any]) -> Sequence[Problem]:
        given, job = person_input(values, self._person)
        today = self.ctx.clock.today()
        return [*person_problems(given, today), *(check_fact(job, given.birth, today) if job else ())]

    def deed(self) -> Any:
        given, job = person_input(self.values(), self._person)
        self.saved.emit((given, job))
        return given


class FactDialog(FormDialog):
    """One fact of a person; one that exists can be taken away."""

    help_page = "staff"

    saved = Signal(object)
    removed = Signal()

    def __init__(
        self, ctx: Context, table: str, person: PersonCard, fact_id: str = "", parent: QWidget | None = None
    ) -> None:
        self._spec = FACTS[table]
        self._person = person
        initial = self._values_of(fact_id, ctx.day_to_offer())
        super().__init__(
            ctx, f"{self._spec.title}: {person.full_name}", self._spec.fields(ctx), initial=initial,
            verb="Сохранить" if fact_id else "Добавить", check=self._check_fact, parent=parent,
        )  # fmt: skip
        next(iter(self.form.editors.values())).setFocus()
        if fact_id:
            remove = QPushButton(ctx.theme.icon("trash"), "Удалить")
            remove.setAutoDefault(False)
            remove.setProperty("flat", True)
            remove.clicked.connect(self._remove)
            self._foot.insertWidget(0, remove)

    def _values_of(self, fact_id: str, today: str) -> dict[str, Any]:
        for views in self._spec.views.split():
            for view in getattr(self._person, views):
                if view.id == fact_id:
                    return {field: getattr(view, field) for field in view.__slots__}
        return {"as_of": today}

    def _check_fact(self, values: dict[str, Any]) -> Sequence[Problem]:
        return check_fact(self._spec.kind(**values), self._person.birth, self.ctx.clock.today())

    def deed(self) -> Any:
        given = self._spec.kind(**self.values())
        self.saved.emit(given)
        return given

    @Slot()
    def _remove(self) -> None:
        self.reject()
        self.removed.emit()


def person_input(values: dict[str, Any], person: PersonCard | None) -> tuple[PersonInput, JobInput | None]:
    """The form's values as inputs; the organisation belongs to a new card only."""
    told = dict(values)
    place = {key: told.pop(key, "") for key in ("organisation", "post", "subjects")}
    known = asdict(_person_input_of(person)) if person is not None else {}
    job = JobInput(**place) if place["organisation"] else None
    return PersonInput(**{**known, **told}), job


def _person_input_of(person: PersonCard) -> PersonInput:
    return PersonInput(
        person.surname, person.name, person.patronymic, person.birth, person.sex, person.phone, person.email,
        person.snils, person.iin, person.note, person.deferred_until,
    )  # fmt: skip


def _initial(person: PersonCard | None) -> dict[str, Any]:
    return asdict(_person_input_of(person)) if person is not None else {}
