"""The sample papers as an oracle: what truth.json says about their cells, and nothing left not understood."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from imc_desktop.domain.kinds import ExperienceKind, TrainingKind
from imc_desktop.domain.papers import ExperienceIn, PostIn, TrainingIn
from imc_desktop.exchange.cells.category import parse_category
from imc_desktop.exchange.cells.courses import parse_courses, parse_document, parse_hours, parse_kind, parse_title
from imc_desktop.exchange.cells.education import parse_education, parse_level
from imc_desktop.exchange.cells.experience import parse_experience, parse_experience_mixed
from imc_desktop.exchange.cells.posts import is_known_post, parse_post_or_subjects, parse_posts, parse_subjects
from imc_desktop.exchange.cells.simple import parse_award, parse_phone, parse_rate, parse_sex
from imc_desktop.exchange.grid import Cell

ROOT = Path(__file__).parents[3]
PAPERS = {path.name[:2]: path for path in (ROOT / "resources" / "demo").glob("[01]*.*")}
T, P, ORG = ExperienceKind.TOTAL, ExperienceKind.PEDAGOGICAL, ExperienceKind.ORGANISATION
Expected = dict[str, Any]


@lru_cache(maxsize=1)
def truth() -> dict[str, Any]:
    files: dict[str, Any] = json.loads((ROOT / "tests" / "data" / "truth.json").read_text("utf-8"))["files"]
    return {name[:2]: content for name, content in files.items()}


@lru_cache(maxsize=32)
def rows(paper: str, sheet: str) -> list[list[Cell]]:
    return CalamineWorkbook.from_path(PAPERS[paper]).get_sheet_by_name(sheet).to_python(skip_empty_area=False)  # type: ignore[return-value]


def known(paper: str, sheet: str) -> Iterator[tuple[list[Cell], Expected]]:
    """Rows of a sheet that truth tells about."""
    for row in truth()[paper]["rows"]:
        if row["sheet"] == sheet:
            yield rows(paper, sheet)[row["row"] - 1], row["expected"]


def years(item: ExperienceIn | None) -> Expected | None:
    return {"years": item.years, "months": item.months} if item else None


def category(cell: Cell) -> str:
    found = parse_category(cell)
    return found.category.value.lower() if found else "нет"


def post_and_subject(posts: tuple[PostIn, ...]) -> tuple[str, str | None]:
    return posts[0].post, posts[0].subjects[0] if posts[0].subjects else None


def check_courses(found: tuple[TrainingIn, ...], expected: list[Expected]) -> None:
    assert len(found) == len(expected)
    for item, want in zip(found, expected, strict=True):
        said = {
            "topic": item.title,
            "hours": item.hours,
            "kind": {TrainingKind.PK: "КПК", TrainingKind.PP: "ПП"}[item.kind],
            "provider": item.provider,
            "start": item.start,
            "end": item.end,
            "year": int(item.end[:4]) if item.end else None,
            "doc_no": item.document_number,
            "doc_date": item.document_date,
        }
        assert {key: said[key] for key in want} == want


def test_district_register() -> None:
    for row, want in known("01", "Реестр"):
        assert parse_posts(row[5])[0].post == want["post"]
        assert (parse_subjects(row[6]) or (None,))[0] == want["subject"]
        assert parse_level(row[7]) == want["education"]
        education, _ = parse_education(row[8])
        assert education is not None
        assert (education.institution, education.year) == (want["institution"], str(want["graduated"]))
        for column, kind, key in ((10, T, "experience_total"), (11, P, "experience_ped"), (12, ORG, "experience_org")):
            assert years(parse_experience(row[column], kind)) == want[key]
        assert category(row[13]) == want["category"]
        assert parse_hours(row[19]) == (want["last_course"] or {}).get("hours")


def test_district_register_is_understood_to_the_last_row() -> None:
    for row in rows("01", "Реестр")[13:1279]:
        if not row[1] or str(row[1]).startswith("Итого"):
            continue
        assert all(is_known_post(item.post) for item in parse_posts(row[5]))
        assert parse_experience(row[10], T) is not None
        assert parse_experience(row[11], P) is not None
        parse_category(row[13])
        assert parse_level(row[7]) is not None
        assert "" not in parse_subjects(row[6])


@pytest.mark.parametrize(("column", "kind", "key"), [(5, T, "experience_total"), (6, P, "experience_ped")])
def test_school_with_long_words(column: int, kind: ExperienceKind, key: str) -> None:
    for row, want in known("02", "СОШ №4"):
        found = parse_experience(row[column], kind)
        assert found is not None
        assert (found.years, found.months or 0) == (want[key]["years"], want[key]["months"] or 0)
        posts, subjects = parse_post_or_subjects(row[4])
        assert bool(posts) != bool(subjects)
        check_courses(parse_courses(row[12]), want["courses"])


def test_school_with_fractions() -> None:
    for row, want in known("02", "Верхнеключевская"):
        total, pedagogical = parse_experience_mixed(row[5])
        assert (years(total), years(pedagogical)) == (want["experience_total"], want["experience_ped"])
        assert category(row[3]) == want["category"]
        assert parse_phone(row[8]) == "+" + want["phone"]
        check_courses(parse_courses(row[7]), want["courses"])


def test_school_with_acts_in_the_category() -> None:
    for row, want in known("02", "Озёрная СОШ "):
        found = parse_category(row[4])
        assert found is not None
        assert found.category.value.lower() == want["category"]
        assert (found.act_number or None, found.act_date or None) == (
            want.get("category_order"),
            want.get("category_date"),
        )
        check_courses(parse_courses(row[7]), want["courses"])


def test_school_with_terms_in_the_category() -> None:
    for row, want in known("02", "Каменская"):
        found = parse_category(row[7])
        assert found is not None
        assert found.category.value.lower() == want["category"]
        assert (found.valid_until or None) == want.get("category_until")


def test_school_with_glued_experience() -> None:
    for row, want in known("02", "Лист5"):
        total, pedagogical = parse_experience_mixed(row[4])
        assert (years(total), years(pedagogical)) == (want["experience_total"], want["experience_ped"])
        check_courses(parse_courses(row[5]), want["courses"])


def test_kindergartens() -> None:
    for row, want in known("03", "ДОУ"):
        assert parse_posts(row[3])[0].post == want["post"]
        assert parse_level(row[6]) == want["education"]
        assert category(row[8]) == want["category"]
        assert float(parse_rate(row[17])) == want["rate"]
        courses = [
            (parse_title(row[at]), parse_hours(row[at + 1]), int(str(row[at + 2])[:4])) for at in (11, 14) if row[at]
        ]
        for (title, hours, year), course in zip(courses, want["courses"], strict=True):
            assert (title[0], hours, year) == (course["topic"], course["hours"], course["year"])
            assert title[1] is (TrainingKind.PP if course["kind"] == "ПП" else None)


def test_one_school_in_an_old_file() -> None:
    for row, want in known("04", "педагоги"):
        assert post_and_subject(parse_posts(row[3])) == (want["post"], want["subject"])
        education, _ = parse_education(row[4])
        assert education is not None
        told = (education.level, education.institution, education.year, education.speciality)
        assert told == (want["education"], want["institution"], str(want["graduated"]), want["speciality"])
        total, pedagogical = parse_experience_mixed(row[5])
        assert (years(total), years(pedagogical)) == (want["experience_total"], want["experience_ped"])
        found = parse_category(row[6])
        assert found is not None
        assert found.category.value.lower() == want["category"]
        assert (found.act_number or None, found.act_date or None) == (
            want.get("category_order"),
            want.get("category_date"),
        )
        check_courses(parse_courses(row[8]), want["courses"])
        assert parse_award(row[10]) == ((want["award"],) if want["award"] else ())


def test_all_courses_of_one_school() -> None:
    assert sum(len(parse_courses(row[8])) for row in rows("04", "педагоги")[6:84]) == 154


def test_personnel_program() -> None:
    with PAPERS["05"].open(encoding="cp1251", newline="") as file:
        records = [record for record in csv.reader(file, delimiter=";") if record and record[0].isdigit()]
    assert sum(len(parse_courses(record[21])) for record in records) == 681
    by_number = {int(record[0]): record for record in records}
    for told in truth()["05"]["rows"]:
        record, want = by_number[told["record"]], told["expected"]
        assert parse_posts(record[8])[0].post == want["post"]
        assert (parse_subjects(record[9]) or (None,))[0] == want["subject"]
        assert parse_level(record[10]) == want["education"]
        for column, kind, key in ((11, T, "experience_total"), (12, P, "experience_ped")):
            found = parse_experience(record[column], kind)
            assert found is not None
            assert (found.years, found.months or 0) == (want[key]["years"], want[key]["months"] or 0)
        assert category(record[13]) == want["category"]
        assert float(parse_rate(record[17])) == want["rate"]
        assert parse_award(record[20]) == ((want["award"],) if want["award"] else ())
        assert (parse_sex(record[4]), parse_phone(record[6])) == (want["sex"], "+" + want["phone_digits"])
        check_courses(parse_courses(record[21]), want["courses"])


@pytest.mark.parametrize("sheet", ["2023", "2024", "2025"])
def test_journal_of_certificates(sheet: str) -> None:
    for row, want in known("07", sheet):
        kind = TrainingKind.PP if want["kind"] == "ПП" else TrainingKind.PK
        assert parse_kind(row[6]) is kind
        assert parse_title(row[7])[0] == want["topic"]
        assert parse_hours(row[9]) == want["hours"]
        assert parse_document(row[2]) == (want["doc_no"], "", "")
        assert parse_posts(row[5])[0].post == want["post"]


def test_attestation_schedule() -> None:
    for row, want in known("08", "График"):
        assert post_and_subject(parse_posts(row[3])) == (want["post"], want["subject"])
        found = parse_category(row[4])
        assert found is not None
        assert found.category.value.lower() == want["category"]
        assert (found.act_number or None, found.act_date or None) == (
            want.get("category_order"),
            want.get("category_date"),
        )
        assert category(row[6]) == want["requested"]


def test_roster() -> None:
    for row, want in known("10", "Состав РМО"):
        assert category(row[3]) == want["category"]
        assert years(parse_experience(row[4], P)) == want["experience_ped"]
