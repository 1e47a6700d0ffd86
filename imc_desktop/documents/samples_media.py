"""Invented papers of the register of media, the log of copies, an incident and a handover."""

from __future__ import annotations

from imc_desktop.documents.act import ActContent, ActPart
from imc_desktop.documents.key_sheet import KeySheetContent
from imc_desktop.documents.parts import BLANK_DATE, BLANK_NUMBER, ApprovalBlock, SignatureLine
from imc_desktop.documents.samples import OFFICE
from imc_desktop.documents.table_list import ListColumn, ListGroup, ListRow, TableListContent

_TWO = (ListColumn("Сведения", 38), ListColumn("Содержание", 62))


def carrier_register_sample() -> TableListContent:
    """Журнал учёта носителей."""
    return TableListContent(
        header=(OFFICE,),
        title=("Журнал учёта съёмных носителей персональных данных", "на 20 ноября 2026 г."),
        columns=(
            ListColumn("Учётный №", 8, "center"), ListColumn("Вид, метка", 20), ListColumn("Серийный номер", 16),
            ListColumn("Кому выдан", 22), ListColumn("Выдан", 11, "center"), ListColumn("Возвращён", 11, "center"),
            ListColumn("Состояние", 16), ListColumn("Примечание", 24), ListColumn("Подпись", 12),
        ),
        groups=(
            ListGroup(
                "",
                (
                    ListRow(
                        "c1",
                        ("1", "флешка KINGSTON", "1A2B-3C4D", "Снежинская В. И.", "01.09.2026", "", "выдан", "", ""),
                    ),
                    ListRow(
                        "c2", ("2", "внешний диск", "", "", "", "", "в учреждении", "копии базы, сейф", "")
                    ),
                ),
            ),
        ),
        signatures=(SignatureLine("Ответственный за учёт носителей", ""),),
        numbered=False,
    )  # fmt: skip


def copy_register_sample() -> TableListContent:
    """Журнал копий."""
    return TableListContent(
        header=(OFFICE,),
        title=("Журнал резервных копий", "на 20 ноября 2026 г."),
        columns=(
            ListColumn("№ копии", 8, "center"), ListColumn("Сделана", 13, "center"), ListColumn("Файл", 30),
            ListColumn("Носитель", 24), ListColumn("Ключ", 14), ListColumn("Проверена", 20), ListColumn("Кто", 16),
        ),
        groups=(
            ListGroup(
                "",
                (
                    ListRow(
                        "k1",
                        (
                            "214", "19.11.2026 16:40", "imc_4f1c_PC1_000214_20261119-1640.imcb",
                            "№ 1, флешка KINGSTON (1A2B-3C4D)", "KC-41D2", "19.11.2026, ПК-1", "Снежинская В. И.",
                        ),
                    ),
                ),
            ),
        ),
        signatures=(SignatureLine("Руководитель", ""),),
        numbered=False,
    )  # fmt: skip


def incident_first_sample() -> ActContent:
    """Уведомление за 24 часа."""
    rows = (
        ("Наименование оператора", OFFICE),
        ("Когда выявлено", "20.11.2026 в 14:05"),
        ("Что произошло", "Утрачен съёмный носитель: № 1, флешка KINGSTON (1A2B-3C4D)"),
        ("Число людей", "не более 1\u00a0200 человек"),
        ("Защита", "Все известные записи зашифрованы."),
    )
    return ActContent(
        header=(OFFICE,),
        corners=(
            ApprovalBlock("left", (f"{BLANK_NUMBER} от", BLANK_DATE)),
            ApprovalBlock("right", ("Управление Роскомнадзора", "по _____________________________")),
        ),
        title=("УВЕДОМЛЕНИЕ", "об инциденте с персональными данными (первичное)"),
        parts=(
            ActPart(
                "",
                ("Сообщаем о происшествии, выявленном 20.11.2026 в 14:05.",),
                _TWO,
                tuple(ListRow(name, (name, text)) for name, text in rows),
            ),
        ),
        signatures=(SignatureLine("Директор", "М. П. Озерская"),),
        note="Основание: Федеральный закон от 27.07.2006 № 152-ФЗ, ст. 21 ч. 3.1 (не сверено)",
    )


def incident_results_sample() -> ActContent:
    """Итоги расследования за 72 часа."""
    first = incident_first_sample()
    rows = (
        ("Итоги расследования", "Носитель оставлен в автобусе, не найден. Пароля при нём не было."),
        ("Лица, действия которых стали причиной", "_______________________________"),
        ("Принятые меры", "Ключ копий сменён 20.11.2026; с сотрудниками проведён инструктаж."),
    )
    return ActContent(
        header=first.header,
        corners=first.corners,
        title=("УВЕДОМЛЕНИЕ", "о результатах внутреннего расследования инцидента", "с персональными данными"),
        parts=(ActPart("", (), _TWO, tuple(ListRow(name, (name, text)) for name, text in rows)),),
        signatures=first.signatures,
        note=first.note,
    )


def handover_sample() -> ActContent:
    """Акт приёма-передачи дел."""
    return ActContent(
        header=(OFFICE,),
        corners=(ApprovalBlock("left", ("с. Ключи",)), ApprovalBlock("right", ("20 ноября 2026 г.",))),
        title=("АКТ", "приёма-передачи дел"),
        parts=(
            ActPart("", ("Снежинская В. И. сдала, а Вебер Е. С. приняла дела на 20 ноября 2026 г.",)),
            ActPart(
                "1. Мероприятия плана без отметки о выполнении – 1",
                (),
                (ListColumn("№", 10, "center"), ListColumn("Мероприятие", 60), ListColumn("Срок", 24)),
                (ListRow("i1", ("1.2", "Заседание методического совета", "ежеквартально")),),
            ),
            ActPart("2. Носители", ("Носителей по журналу не числится.",)),
        ),
        signatures=(
            SignatureLine("Дела сдал", "В. И. Снежинская"),
            SignatureLine("Дела принял", "Е. С. Вебер"),
            SignatureLine("Директор", "М. П. Озерская"),
        ),
    )


def key_sheet_sample() -> KeySheetContent:
    """Бумажный ключ копий: an invented key that opens nothing."""
    letters = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L" * 2
    return KeySheetContent(
        office=OFFICE,
        key_id="0a1b2c3d",
        made_on="20.11.2026",
        groups=tuple(letters[start : start + 6] for start in range(0, 58, 6)),
    )


def merge_protocol_sample() -> ActContent:
    """Протокол сверки."""
    facts = (
        ("С чем сверено", "ПК-2, копия от 19.11.2026 № 37"),
        ("Когда и кто", "20.11.2026 09:40, Снежинская В. И."),
        ("Принято действий", "37"),
        ("Добавлено", "2 педагога, 14 записей о курсах"),
        ("Изменено", "5 педагогов"),
        ("Найдено расхождений", "1"),
        ("Копия перед сверкой", "imc_4f1c_PC1_000215_20261120-0939.imcb"),
        ("Запись журнала", "№ 412, 3f2a91c0"),
    )
    sides = (
        ListColumn("Запись", 30), ListColumn("Поле", 16), ListColumn("Было", 16), ListColumn("Стороны", 38),
    )  # fmt: skip
    told = ("Озёрная Ольга Павловна", "телефон", "пусто", "на этом ПК: 8-900-000-00-01; на ПК-2: 8-900-000-00-02")
    return ActContent(
        header=(OFFICE,),
        corners=(ApprovalBlock("left", ("с. Ключи",)), ApprovalBlock("right", ("20 ноября 2026 г.",))),
        title=("ПРОТОКОЛ", "сверки двух копий базы"),
        parts=(
            ActPart("", (), _TWO, tuple(ListRow(name, (name, value)) for name, value in facts)),
            ActPart("1. Расхождения", ("На день печати ждут решения:",), sides, (ListRow("c", told),)),
            ActPart(
                "2. На что обратить внимание",
                ("Возможный дубликат: Лесная Анна Петровна есть и здесь, и в копии",),
            ),
            ActPart(
                "3. Что изменилось",
                (
                    "– Новое: карточка «Лесная Анна Петровна» (Речная О. П.)",
                    "– Озёрная Ольга Павловна: эл. почта: пусто → ozer@example.org (Речная О. П.)",
                ),
            ),
        ),
        signatures=(SignatureLine("Сверку провёл(а)", ""),),
    )
