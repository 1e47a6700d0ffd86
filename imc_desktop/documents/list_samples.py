"""Invented lists: one of each registered kind, for golden tests and the first sight of a preview."""

from __future__ import annotations

from imc_desktop.documents.parts import SignatureLine
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
