"""Invented lists of courses and attestation: what golden files and previews without a database are made of."""

from __future__ import annotations

from imc_desktop.documents.parts import SignatureLine
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent

OFFICE = "МКУ «Информационно-методический центр» Заречного района"
HEAD = (SignatureLine("Заведующий", "______________"),)


def course_plan_sample() -> TableListContent:
    """Перспективный план повышения квалификации."""
    return TableListContent(
        header=(OFFICE,),
        title=("Перспективный план повышения квалификации", "на 20 ноября 2026 г."),
        columns=(
            ListColumn("Фамилия, имя, отчество", 30),
            ListColumn("Организация", 24),
            ListColumn("Должность, предмет", 26),
            ListColumn("Прошлые курсы", 12, "center"),
            ListColumn("Тема", 34),
            ListColumn("Отметка", 12),
        ),
        groups=(
            ListGroup("2026 год – 1", (_row("p1", "Ёлкина Мария Петровна", "Лицей № 1", "учитель, химия", "2023"),)),
            ListGroup("Год не выбран – 1", (_row("p2", "Әбенова Гүлназ", "СОШ № 3", "воспитатель", ""),)),
        ),
        signatures=HEAD,
    )


def training_list_sample() -> TableListContent:
    """Журнал повышения квалификации."""
    return TableListContent(
        header=(OFFICE,),
        title=("Журнал повышения квалификации", "на 20 ноября 2026 г.", "Отбор: Организация: Лицей № 1"),
        columns=(
            ListColumn("Фамилия, имя, отчество", 28),
            ListColumn("Организация", 22),
            ListColumn("Программа", 38),
            ListColumn("Вид", 7, "center"),
            ListColumn("Часов", 8, "center"),
            ListColumn("Документ", 18),
        ),
        groups=(
            ListGroup(
                "",
                (
                    ListRow(
                        "t1",
                        (
                            "Ёлкина Мария Петровна", "Лицей № 1", "Функциональная грамотность на уроках химии", "ПК",
                            "72", "7723 № 00512 от 14.03.2023",
                        ),
                    ),
                ),
            ),
        ),
        signatures=HEAD,
        note="Всего: 1 запись",
    )  # fmt: skip


def attestation_terms_sample() -> TableListContent:
    """Сроки аттестации."""
    return TableListContent(
        header=(OFFICE,),
        title=("Сроки аттестации педагогических работников", "на 20 ноября 2026 г."),
        columns=(
            ListColumn("Фамилия, имя, отчество", 30),
            ListColumn("Организация", 24),
            ListColumn("Должность", 22),
            ListColumn("Действует", 22),
            ListColumn("Срок", 12, "center"),
            ListColumn("Почему", 36),
        ),
        groups=(
            ListGroup(
                "■ Просрочено – 1",
                (
                    ListRow(
                        "p3:0",
                        (
                            "Абрамян Ирина Ашотовна", "СОШ № 3", "учитель", "первая, до 26.09.2026", "26.09.2026",
                            "категория на пять лет, решение от 26.09.2021",
                        ),
                    ),
                ),
            ),
        ),
        signatures=HEAD,
    )  # fmt: skip


def attestation_cases_sample() -> TableListContent:
    """Дела об аттестации."""
    columns = ("Фамилия, имя, отчество", "Организация", "Должность, предмет", "Имеет", "Претендует", "Заявление")
    cells = ("Абрамян Ирина Ашотовна", "СОШ № 3", "учитель, математика", "первая", "высшая", "05.11.2026")
    return _journal("Дела об аттестации педагогических работников", columns, "Ноябрь 2026 г. – 1", cells)


def associations_sample() -> TableListContent:
    """Состав методических объединений."""
    columns = ("Фамилия, имя, отчество", "Организация", "Должность", "Роль", "Телефон")
    cells = ("Ёлкина Мария Петровна", "Лицей № 1", "учитель", "руководитель", "8-900-000-00-01")
    return _journal("Состав методических объединений", columns, "РМО учителей химии – 1", cells)


def consultations_sample() -> TableListContent:
    """Журнал консультаций."""
    columns = ("Дата", "Кто обратился", "Организация", "Тема", "Форма", "Методист")
    cells = ("12.10.2026", "Әбенова Гүлназ", "СОШ № 3", "Рабочая программа воспитания", "очно", "Вебер Е. С.")
    return _journal("Журнал консультаций", columns, "", cells)


def lesson_visits_sample() -> TableListContent:
    """Журнал посещений уроков."""
    columns = ("Дата", "Учитель", "Организация", "Предмет, класс", "Тема урока", "Цель", "Итог", "Посетил")
    cells = (
        "05.11.2026", "Абрамян Ирина Ашотовна", "СОШ № 3", "математика, 7А", "Линейная функция", "аттестация",
        "цели достигнуты; усилить работу в парах", "Вебер Е. С.",
    )  # fmt: skip
    return _journal("Журнал посещений уроков", columns, "", cells)


def _journal(title: str, columns: tuple[str, ...], group: str, cells: tuple[str, ...]) -> TableListContent:
    return TableListContent(
        header=(OFFICE,),
        title=(title, "на 20 ноября 2026 г."),
        columns=tuple(ListColumn(name, 20) for name in columns),
        groups=(ListGroup(group, (ListRow("w1", cells),)),),
        signatures=HEAD,
    )


def _row(key: str, person: str, organisation: str, post: str, last: str) -> ListRow:
    return ListRow(key, (person, organisation, post, last, "Обновлённые стандарты: работа с текстом", ""))
