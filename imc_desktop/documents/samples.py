"""Invented papers: one of each registered kind, for golden tests and the first sight of a preview."""

from __future__ import annotations

from imc_desktop.documents.annual_plan import (
    AnnualPlanContent,
    Cyclogram,
    CyclogramRow,
    MonthPlan,
    MonthRow,
    PlanItem,
    PlanSection,
    PlanSubsection,
)
from imc_desktop.documents.parts import SignatureLine, TextPart, approval_by_act, approval_by_official
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent

OFFICE = "МКУ «Информационно-методический центр» Ключегорского района"


def staff_list_sample() -> TableListContent:
    """Список педагогов."""
    return TableListContent(
        header=(OFFICE,),
        title=("Список педагогических работников", "на 20 ноября 2026 г."),
        columns=(
            ListColumn("Фамилия, имя, отчество", 28),
            ListColumn("Организация", 18),
            ListColumn("Должность, предмет", 24),
            ListColumn("Категория", 14),
            ListColumn("Действует до", 12, "center"),
            ListColumn("Стаж", 8, "right"),
        ),
        groups=(
            ListGroup(
                "",
                (
                    ListRow("p1", ("Абрамян Ирина Ашотовна", "СОШ № 3", "учитель, математика", "первая", "", "12")),
                    ListRow("p2", ("Әбілова Гүлнәр Қайратқызы", "СОШ № 5", "учитель, биология", "высшая", "", "24")),
                    ListRow("p3", ("Ёлкина Мария Петровна", "Лицей № 1", "педагог-психолог", "СЗД", "01.05.2029", "3")),
                ),
            ),
        ),
        signatures=(SignatureLine("Методист", "В. И. Снежинская"),),
        note="Всего: 3 человека",
    )


def due_list_sample() -> TableListContent:
    """Кому пора на курсы."""
    return TableListContent(
        title=("Кому пора на курсы повышения квалификации", "на 20 ноября 2026 г."),
        columns=(
            ListColumn("Фамилия, имя, отчество", 26),
            ListColumn("Организация, должность", 26),
            ListColumn("Последние курсы", 30),
            ListColumn("Срок", 12, "center"),
            ListColumn("Основание", 30),
        ),
        groups=(
            ListGroup(
                "■ Просрочено – 1",
                (
                    ListRow(
                        "p1",
                        (
                            "Ёлкина Мария Петровна",
                            "Лицей № 1, педагог-психолог",
                            "«Служба примирения», 72 ч, 14.03.2023",
                            "14.03.2026",
                            "раз в три года",
                        ),
                    ),
                ),
            ),
            ListGroup(
                "▲ В этом учебном году – 1",
                (
                    ListRow(
                        "p2",
                        ("Абрамян Ирина Ашотовна", "СОШ № 3, учитель", "36 ч, 02.2024", "02.2027", "раз в три года"),
                    ),
                ),
            ),
        ),
    )


def attestation_calendar_sample() -> TableListContent:
    """Календарь аттестации."""
    return TableListContent(
        header=(OFFICE,),
        title=("Календарь аттестации педагогических работников", "на 2026/2027 учебный год"),
        columns=(
            ListColumn("Фамилия, имя, отчество", 28),
            ListColumn("Организация", 16),
            ListColumn("Должность", 18),
            ListColumn("Имеет", 12),
            ListColumn("Претендует", 12),
            ListColumn("Заявление", 12, "center"),
        ),
        groups=(
            ListGroup(
                "Октябрь 2026 г.",
                (ListRow("c1", ("Абрамян И. А.", "СОШ № 3", "учитель", "первая", "высшая", "05.10.2026")),),
            ),
            ListGroup(
                "Ноябрь 2026 г.",
                (ListRow("c2", ("Ёлкина М. П.", "Лицей № 1", "педагог-психолог", "нет", "первая", "")),),
            ),
        ),
        signatures=(SignatureLine("Директор", "М. П. Озерская"),),
    )


def annual_plan_sample() -> AnnualPlanContent:
    """An invented plan that uses every part of the paper."""
    return AnnualPlanContent(
        header=(
            "Управление образования администрации Ключегорского района",
            "Муниципальное казённое учреждение «Информационно-методический центр»",
        ),
        approvals=(
            approval_by_act("ПРИНЯТО", "на заседании методического совета", "протокол", side="left"),
            approval_by_official("УТВЕРЖДАЮ", "Директор МКУ «ИМЦ»", "М. П. Озерская"),
        ),
        title=(
            "ПЛАН РАБОТЫ",
            "муниципального казённого учреждения «Информационно-методический центр»",
            "на 2026/2027 учебный год",
        ),
        place_year="с. Ключегорское, 2026",
        theme="Методическая тема: «Профессиональное развитие педагога как условие качества образования»",
        texts=_sample_texts(),
        sections=_sample_sections(),
        signatures=(SignatureLine("Директор", "М. П. Озерская"),),
        executor="Исполнитель: Снежинская В. И., 2-14-56",
        draft=True,
        cyclogram=Cyclogram(
            "Циклограмма деятельности",
            ("Сентябрь", "Октябрь", "Ноябрь"),
            (CyclogramRow("Аттестация", ("• Приём заявлений", "• Экспертиза портфолио\n• Консультации", "")),),
        ),
        months=(
            MonthPlan(
                "План работы на октябрь 2026 года",
                (MonthRow("02.10", "14.30", "Формирование банка опыта", "ИМЦ", "Ясинская Л. Г."),),
            ),
        ),
    )


def _sample_texts() -> tuple[TextPart, ...]:
    return (
        TextPart(
            "Анализ работы за 2025/2026 учебный год",
            (
                (
                    "В 2025/2026 учебном году методическая работа строилась на изучении профессиональных затруднений "
                    "педагогов. Курсы повышения квалификации прошли 214 человек, из них 61 – по программам объёмом "
                    "не менее 72 часов."
                ),
                "Нерешённым остаётся привлечение молодых учителей к работе районных методических объединений.",
            ),
        ),
        TextPart("Цель и задачи", ("Цель: методическое сопровождение педагогов района.", "1. Обновить банк опыта.")),
    )


def _sample_sections() -> tuple[PlanSection, ...]:
    return (
        PlanSection(
            "1. Организационно-методическая деятельность",
            (
                PlanItem(
                    "item-1",
                    "1.1",
                    "Утверждение плана работы ИМЦ",
                    "август",
                    "ИМЦ",
                    "заместители директоров по УВР",
                    "Ясинская Л. Г., Вебер Е. С.",
                    "приказ",
                ),
                PlanItem("item-2", "1.2", "Заседание методического совета", "ежеквартально, до 10 числа"),
            ),
            (
                PlanSubsection(
                    "1.1. Сопровождение образовательных организаций",
                    (PlanItem("item-3", "1.3", "Мониторинг обеспеченности кадрами", "IV кв.", mark="✓"),),
                ),
            ),
            "section-1",
        ),
        PlanSection(
            "2. Аттестация педагогических работников",
            (PlanItem("item-4", "2.1", "Консультации по аттестации", "по запросу", responsible="все методисты"),),
        ),
    )


def month_plan_sample() -> TableListContent:
    """План работы на месяц."""
    return TableListContent(
        header=(OFFICE,),
        approvals=(approval_by_official("УТВЕРЖДАЮ", "Директор", "М. П. Озерская"),),
        title=("ПЛАН РАБОТЫ", "на октябрь 2026 года"),
        columns=(
            ListColumn("Дата", 12, "center"),
            ListColumn("Время", 12, "center"),
            ListColumn("Мероприятие", 44),
            ListColumn("Место проведения", 22),
            ListColumn("Ответственный", 24),
            ListColumn("Отметка", 16),
        ),
        groups=(
            ListGroup("", (ListRow("i1", ("02.10.2026", "14.30", "Совещание методистов", "ИМЦ", "Вебер Е. С.", "")),)),
            ListGroup(
                "В течение месяца",
                (ListRow("i2", ("", "", "Приём заявок на курсы", "дистанционно", "Снежинская В. И.", "выполнено")),),
            ),
        ),
        signatures=(SignatureLine("Методист", "В. И. Снежинская"),),
    )
