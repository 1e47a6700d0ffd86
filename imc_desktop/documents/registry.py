"""The kinds of printed papers. A line here brings a paper into the golden tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from imc_desktop.documents import act, annual_plan, key_sheet, samples, samples_lists, samples_media, table_list
from imc_desktop.documents.act import ActContent
from imc_desktop.documents.annual_plan import AnnualPlanContent
from imc_desktop.documents.frame import RowBox
from imc_desktop.documents.key_sheet import KeySheetContent
from imc_desktop.documents.table_list import TableListContent


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind: its name on the command line, what people call it, how it is made."""

    name: str
    title: str
    content: type[Any]
    render: Callable[[Any], bytes]
    render_with_map: Callable[[Any], tuple[bytes, list[RowBox]]]
    sample: Callable[[], Any]


def _list_kind(name: str, title: str, sample: Callable[[], TableListContent]) -> DocumentKind:
    return DocumentKind(name, title, TableListContent, table_list.render, table_list.render_with_map, sample)


def _act_kind(name: str, title: str, sample: Callable[[], ActContent]) -> DocumentKind:
    return DocumentKind(name, title, ActContent, act.render, act.render_with_map, sample)


KINDS = (
    DocumentKind(
        "annual-plan",
        "Годовой план работы",
        AnnualPlanContent,
        annual_plan.render,
        annual_plan.render_with_map,
        samples.annual_plan_sample,
    ),
    _list_kind("month-plan", "План работы на месяц", samples.month_plan_sample),
    _list_kind("staff-list", "Список педагогов", samples.staff_list_sample),
    _list_kind("due-list", "Кому пора на курсы", samples.due_list_sample),
    _list_kind("attestation-calendar", "Календарь аттестации", samples.attestation_calendar_sample),
    _list_kind("course-plan", "Перспективный план повышения квалификации", samples_lists.course_plan_sample),
    _list_kind("training-list", "Журнал повышения квалификации", samples_lists.training_list_sample),
    _list_kind("attestation-cases", "Дела об аттестации", samples_lists.attestation_cases_sample),
    _list_kind("attestation-terms", "Сроки аттестации", samples_lists.attestation_terms_sample),
    _list_kind("associations", "Состав методических объединений", samples_lists.associations_sample),
    _list_kind("consultations", "Журнал консультаций", samples_lists.consultations_sample),
    _list_kind("lesson-visits", "Журнал посещений уроков", samples_lists.lesson_visits_sample),
    _list_kind("carrier-register", "Журнал учёта носителей", samples_media.carrier_register_sample),
    _list_kind("copy-register", "Журнал копий", samples_media.copy_register_sample),
    _act_kind("incident-first", "Уведомление о происшествии", samples_media.incident_first_sample),
    _act_kind("incident-results", "Итоги расследования происшествия", samples_media.incident_results_sample),
    _act_kind("merge-protocol", "Протокол сверки копий", samples_media.merge_protocol_sample),
    DocumentKind(
        "key-sheet",
        "Бумажный ключ копий",
        KeySheetContent,
        key_sheet.render,
        key_sheet.render_with_map,
        samples_media.key_sheet_sample,
    ),
    _act_kind("handover", "Акт приёма-передачи дел", samples_media.handover_sample),
)


def document_kind(name: str) -> DocumentKind:
    """The kind of this name; KeyError when there is none."""
    return {kind.name: kind for kind in KINDS}[name]
