"""What the tab «Кадры» says, without Qt: words of the list, sections of the card's inner tabs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from imc_desktop.domain.kinds import OPEN_ENDED, DueStatus, EmploymentKind
from imc_desktop.domain.rule_data import Due
from imc_desktop.domain.words import show_date, show_phone
from imc_desktop.usecases.staff_card_views import HeldCategory, JobView, PersonCard, TrainingView
from imc_desktop.usecases.staff_dues import PersonDues
from imc_desktop.usecases.staff_values import Standing, brief_organisation
from ui.common.card import CardRow, CardSection
from ui.common.status_mark import Status
from ui.staff.marks import STANDINGS

Open = Callable[[str, str], object]  # (table, id): edit a fact
Why = Callable[[str], object]  # (key): show or hide an explanation

TABS = (
    ("general", "Общее"),
    ("courses", "Курсы"),
    ("attestation", "Аттестация"),
    ("work", "Работа"),
    ("history", "История"),
)
_DUES = {
    DueStatus.OVERDUE: Status.OVERDUE,
    DueStatus.THIS_YEAR: Status.SOON,
    DueStatus.NEXT_YEAR: Status.OK,
    DueStatus.LATER: Status.OK,
    DueStatus.NO_DATA: Status.UNKNOWN,
    DueStatus.DEFERRED: Status.POSTPONED,
    DueStatus.EXEMPT: Status.OK,
}
_MEETINGS = {"consultation": "консультация", "lesson_visit": "посещён урок"}


def subtitle(card: PersonCard) -> str:
    """«учитель, математика · СОШ № 5 · с 01.09.2017»."""
    if not card.jobs:
        return "сейчас нигде не работает"
    job = card.jobs[0]
    since = f"с {show_date(job.since)}" if job.since else ""
    post = ", ".join(part for part in (job.post, job.subjects) if part)
    return " · ".join(part for part in (post, brief_organisation(job.organisation), since) if part)


def general(card: PersonCard, dues: PersonDues, shown: set[str], open_fact: Open, why: Why) -> list[CardSection]:
    """Terms first, then the facts."""
    return [
        CardSection(
            "Сроки",
            (*_dues("Курсы", dues.courses, shown, why), *_dues("Аттестация", dues.attestation, shown, why)),
            "никакие правила не касаются этой должности",
        ),
        CardSection("Категория", tuple(_categories(card.categories, open_fact)), "нет"),
        CardSection("Место работы", tuple(_jobs(card.jobs, open_fact)), "сейчас нет"),
        *([CardSection("Работала прежде", tuple(_jobs(card.past_jobs, open_fact)))] if card.past_jobs else []),
        CardSection("Образование и стаж", (*_educations(card, open_fact), *_experience(card, open_fact))),
        CardSection("Личное", tuple(_personal(card, open_fact))),
    ]


def courses(card: PersonCard, dues: PersonDues, shown: set[str], open_fact: Open, why: Why) -> list[CardSection]:
    """Who says when she must study, what is planned, what has been finished."""
    planned = tuple(
        CardRow(
            one.planned_year,
            one.theme or "тема не выбрана",
            more=f"прошлые курсы: {one.last_year}" if one.last_year else "",
        )
        for one in card.planned_courses
    )
    done = tuple(_training(one, open_fact) for one in card.trainings)
    return [
        CardSection(
            "Сроки", tuple(_dues("Курсы", dues.courses, shown, why)), "правила о курсах не касаются этой должности"
        ),
        *([CardSection("Запланированы", planned)] if planned else []),
        CardSection("Пройдены", done, "курсов в карточке нет"),
    ]


def attestation(card: PersonCard, dues: PersonDues, shown: set[str], open_fact: Open, why: Why) -> list[CardSection]:
    """Terms, categories, cases."""
    cases = tuple(
        CardRow(
            show_date(one.month),
            f"на {one.requested}" if one.requested else "категория не указана",
            more=_joined(
                ", ".join(part for part in (one.post, one.subjects) if part),
                f"имеется: {one.current}" if one.current else "",
                f"до {show_date(one.current_until)}" if one.current_until else "",
                f"заявление {show_date(one.application_date)}" if one.application_date else "",
                one.result,
                one.note,
            ),
        )
        for one in card.cases
    )
    return [
        CardSection(
            "Сроки",
            tuple(_dues("Аттестация", dues.attestation, shown, why)),
            "правила аттестации не касаются этой должности",
        ),
        CardSection("Категории и соответствие", tuple(_categories(card.categories, open_fact)), "нет"),
        CardSection("По графику", cases, "в графике нет"),
    ]


def work(card: PersonCard) -> list[CardSection]:
    """Associations, consultations, visited lessons."""
    groups = tuple(CardRow(one.role, one.title) for one in card.groups)
    meetings = tuple(
        CardRow(
            show_date(one.day) if one.day else "без даты",
            one.topic or "тема не указана",
            more=_joined(_MEETINGS[one.kind], one.details, one.methodist),
        )
        for one in card.meetings
    )
    return [
        CardSection("Методические объединения", groups, "не состоит"),
        CardSection("Консультации и посещения", meetings, "не было"),
    ]


# --- parts ------------------------------------------------------------------------------------------------------------


def questions(card: PersonCard, answer: Callable[[], object]) -> list[CardSection]:
    """What imports left open about the person; a click leads to the answers."""
    if not card.questions:
        return []
    rows = tuple(CardRow("", one.text, Status.SOON, open=answer) for one in card.questions)
    return [CardSection("Вопросы импорта", rows)]


def _dues(label: str, dues: Sequence[Due], shown: set[str], why: Why) -> Iterable[CardRow]:
    """A line per rule, titled by the rule; unfolded it says why."""
    for number, due in enumerate(dues):
        key = f"{due.rule_id}|{due.post}"
        more = f"{due.title}. {' '.join((due.why, *due.warnings))}" if key in shown else due.title
        yield CardRow(label if not number else "", due_words(due), _DUES[due.status], more=more, why=partial(why, key))


def due_words(due: Due) -> str:
    """«просрочено с 14.03.2026», «до 31.12.2028»."""
    match due.status:
        case DueStatus.OVERDUE:
            return f"просрочено с {show_date(due.due or '')}"
        case DueStatus.NO_DATA:
            return "нет данных"
        case DueStatus.EXEMPT:
            return "не требуется"
        case DueStatus.DEFERRED:
            return f"отложено до {show_date(due.due)}" if due.due else "отложено"
        case _:
            return f"до {show_date(due.due)}" if due.due else "срок не наступает"


def _categories(held: Iterable[HeldCategory], open_fact: Open) -> Iterable[CardRow]:
    for one in held:
        status = STANDINGS[one.view.standing]
        until = one.view.until
        words = f"до {show_date(until)}" if until and until != OPEN_ENDED else until or "срок неизвестен"
        yield CardRow(
            one.category,
            f"истекла {show_date(until)}" if one.view.standing is Standing.EXPIRED else words,
            status,
            more=_joined(
                one.post,
                f"решение {show_date(one.decision_date)}" if one.decision_date else "",
                f"приказ № {one.act_number}" if one.act_number else "",
                f"от {show_date(one.act_date)}" if one.act_date and one.act_date != one.decision_date else "",
                one.issuer,
            ),
            open=partial(open_fact, "category", one.id),
        )


def _jobs(jobs: Iterable[JobView], open_fact: Open) -> Iterable[CardRow]:
    for job in jobs:
        period = " ".join(
            part
            for part in (
                f"с {show_date(job.since)}" if job.since else "",
                f"по {show_date(job.until)}" if job.until else "",
            )
            if part
        )
        yield CardRow(
            brief_organisation(job.organisation),
            ", ".join(part for part in (job.post or "должность не указана", job.subjects) if part),
            more=_joined(
                job.kind if job.kind != EmploymentKind.MAIN else "",
                f"ставка {job.rate.replace('.', ',')}" if job.rate else "",
                period,
                f"таб. № {job.personnel_number}" if job.personnel_number else "",
            ),
            open=partial(open_fact, "employment", job.id),
        )


def _educations(card: PersonCard, open_fact: Open) -> Iterable[CardRow]:
    for one in card.educations:
        yield CardRow(
            "Образование",
            ", ".join(part for part in (one.level, one.institution, one.year) if part),
            more=_joined(one.speciality, one.qualification),
            open=partial(open_fact, "education", one.id),
        )


def _experience(card: PersonCard, open_fact: Open) -> Iterable[CardRow]:
    for one in card.experience:
        yield CardRow(
            f"Стаж {one.title}",
            one.now.words,
            more="день подсчёта не указан" if not one.as_of else "",
            open=partial(open_fact, "experience", one.id),
        )


def _training(one: TrainingView, open_fact: Open) -> CardRow:
    numbers = _joined(
        f"№ {one.document_number}" if one.document_number else "",
        f"рег. № {one.registration_number}" if one.registration_number else "",
    )
    hours = f"{one.hours} ч" if one.hours is not None else "часы не указаны"
    return CardRow(
        show_date(one.finished) if one.finished else "без даты",
        one.title,
        more=_joined(one.kind, hours, one.provider, numbers, "дистанционно" if one.distance else ""),
        open=partial(open_fact, "training", one.id),
    )


def _personal(card: PersonCard, open_fact: Open) -> Iterable[CardRow]:
    told = (
        ("Дата рождения", show_date(card.birth) if card.birth else ""),
        ("Прежняя фамилия", ", ".join(card.former_surnames)),
        ("Телефон", show_phone(card.phone)),
        ("Эл. почта", card.email),
        ("СНИЛС", card.snils),
        ("ИИН", card.iin),
        ("Отложено до", show_date(card.deferred_until) if card.deferred_until else ""),
        ("Примечание", card.note),
    )
    for label, value in told:
        if value:
            yield CardRow(label, value)
    for award in card.awards:
        yield CardRow("Награда", award.title, open=partial(open_fact, "award", award.id))
    if card.source:
        yield CardRow("Откуда", card.source)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
