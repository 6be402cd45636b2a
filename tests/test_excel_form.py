from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from excel_at_hand import (
    FIRST_ROW,
    LANGUAGES,
    NOW,
    SHEET,
    VI,
    YEAR,
    all_forms,
    archive,
    form,
    rows_of_form,
)

from tiendo.forms.form import forms
from tiendo.forms.form_table import AT, COLUMNS, IGNORED
from tiendo.forms.vocabulary import FIELDS, key, vocabulary
from tiendo.terms import Missing, Status
from tiendo.words.wording import Words, words


def sheet(content: bytes, name: str = SHEET) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))[name]


def texts(content: bytes, name: str = SHEET) -> list[str]:
    return [
        str(cell)
        for row in sheet(content, name).iter_rows(values_only=True)
        for cell in row
        if cell
    ]


def test_there_is_a_form_for_each_district_each_agency_with_a_duty_and_the_department() -> None:
    reporters = [name.removeprefix(f"bieu-{YEAR}-").removesuffix(".xlsx") for name in all_forms()]

    assert len(reporters) == 16
    assert {"so-gddt", "so-ldtbxh", "ldld-tinh", "hoi-khuyen-hoc"} < set(reporters)
    assert sum(name.startswith("ubnd-") for name in reporters) == 12


def test_one_reporter_gets_one_form() -> None:
    assert list(forms(archive(), YEAR, "ubnd-tu-ky", VI, NOW)) == ["bieu-2024-ubnd-tu-ky.xlsx"]
    assert forms(archive(), YEAR, "ubnd-nowhere", VI, NOW) == {}


def test_a_district_is_asked_for_its_own_rows() -> None:
    rows = rows_of_form(form("ubnd-tu-ky"))

    assert {area for _, area in rows} == {"tu-ky"}
    assert [indicator for indicator, _ in rows] == [
        indicator.indicator
        for indicator in archive().indicators
        if indicator.level.value == "local"
    ]


def test_the_department_is_asked_for_the_whole_area_s_rows_and_for_what_belongs_to_no_district() -> (
    None
):
    rows = rows_of_form(form("so-gddt"))

    assert {area for _, area in rows} == {"hai-duong", "truc-thuoc-tinh"}
    assert {name for name, area in rows if area == "hai-duong"} == {
        indicator.indicator for indicator in archive().indicators
    }


def test_an_agency_that_owes_no_figure_is_asked_for_its_report_alone() -> None:
    content = form("ldld-tinh")

    assert rows_of_form(content) == []
    assert VI.say("excel.report.document") in texts(content)


def test_the_same_input_gives_the_same_bytes() -> None:
    assert forms(archive(), YEAR, None, VI, NOW) == all_forms()


def test_no_form_says_when_or_by_whom_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(form("ubnd-tu-ky"))) as packed:
        core = packed.read("docProps/core.xml").decode()
        assert {part.date_time for part in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}

    assert set(re.findall(r"\d{4}-\d\d-\d\d", core)) == {archive().plan.signed.isoformat()}


def test_last_year_s_figures_stand_beside() -> None:
    content = form("ubnd-tu-ky")
    cells = [
        row[AT["before"]]
        for row in sheet(content).iter_rows(min_row=FIRST_ROW, values_only=True)
        if row[0]
    ]

    assert "2023: 47.700/91.000 = 52,4% (chính thức)" in cells
    assert "2023: chưa thu thập" in cells


def test_a_form_shows_nothing_of_a_year_that_is_not_public_yet() -> None:
    before_release = datetime(2023, 12, 20, tzinfo=NOW.tzinfo)
    content = forms(archive(), YEAR, "ubnd-tu-ky", VI, before_release)["bieu-2024-ubnd-tu-ky.xlsx"]

    assert [text for text in texts(content) if text.startswith("2023:")] == []


def test_what_is_filled_in_is_open_and_everything_else_is_protected_without_a_password() -> None:
    form_sheet = sheet(form("ubnd-tu-ky"))
    row = next(form_sheet.iter_rows(min_row=FIRST_ROW + 4))

    assert form_sheet.protection.sheet
    assert form_sheet.protection.password is None
    assert row[0].value == "nl-thong-tin"
    for column in COLUMNS:
        assert row[AT[column.name]].protection.locked == (not column.entered), column.name


def test_a_level_has_no_numerator_to_fill_in() -> None:
    row = next(sheet(form("ubnd-tu-ky")).iter_rows(min_row=FIRST_ROW))

    assert row[0].value == "xmc-md2"
    assert row[AT["numerator"]].protection.locked
    assert not row[AT["value"]].protection.locked


@pytest.mark.parametrize(
    ("agency", "shown"), [("so-gddt-hai-phong", True), ("ubnd-phuong-tu-minh", False)]
)
def test_columns_of_a_decision_are_shown_to_whom_a_decision_is_asked_of(
    agency: str, *, shown: bool
) -> None:
    found = forms(archive(), 2026, agency, VI, THEN)
    columns = sheet(found[f"bieu-2026-{agency}.xlsx"]).column_dimensions.values()
    hidden = {at - 1 for each in columns if each.hidden for at in range(each.min, each.max + 1)}
    decision = {AT[name] for name in ("decision", "decided_on", "valid_until")}
    assert hidden & decision == (set() if shown else decision)


def test_a_form_has_a_place_for_the_day_and_for_who_signs() -> None:
    signed = texts(form("ubnd-tu-ky"))[-3:]
    assert signed == ["…, ngày … tháng … năm …", "NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ"]


def test_drop_downs_show_words_and_not_letters_alone() -> None:
    lists = {
        rule.formula1
        for rule in sheet(form("ubnd-tu-ky")).data_validations.dataValidation
        if rule.type == "list"
    }

    assert lists == {
        '"A – chính thức,P – sơ bộ,E – ước tính"',
        '"z – không áp dụng,x – chưa báo cáo,c – không công bố,n – chưa thu thập"',
    }


def test_every_check_of_a_cell_explains_itself() -> None:
    for content in (form("ubnd-tu-ky"), form("so-gddt")):
        for rule in sheet(content).data_validations.dataValidation:
            assert rule.promptTitle
            assert rule.prompt
            assert rule.error or rule.type in {None, "none"}


def test_a_form_prints_on_a4_landscape_with_its_head_on_each_page_and_stands_still_on_screen() -> (
    None
):
    form_sheet = sheet(form("so-gddt"))

    assert form_sheet.page_setup.orientation == "landscape"
    assert int(form_sheet.page_setup.paperSize) == 9
    assert form_sheet.print_title_rows == "$11:$11"
    assert form_sheet.freeze_panes == "E12"


def test_illustrative_figures_are_called_so_on_both_sheets() -> None:
    notice = VI.say("notice.short")

    assert notice in texts(form("ubnd-tu-ky"))
    assert notice in texts(form("ubnd-tu-ky"), VI.say("excel.sheet.guide"))


def test_the_guide_names_the_day_that_the_plan_sets() -> None:
    told = texts(form("ubnd-tu-ky"), VI.say("excel.sheet.guide"))

    assert any("15/12/2024" in text for text in told)
    assert not any("15/12" in text for text in texts(form("so-gddt"), "Hướng dẫn"))


def test_the_mark_by_which_a_form_is_known_is_hidden() -> None:
    mark = sheet(form("ubnd-tu-ky"), "tiendo")

    assert mark.sheet_state == "veryHidden"
    marks = {row[0]: row[1] for row in mark.iter_rows(values_only=True)}
    assert marks.pop("asked")
    assert marks == {
        "form": "1",
        "plan": "4206/KH-UBND",
        "year": "2024",
        "reporter": "ubnd-tu-ky",
    }


THEN = datetime(2026, 12, 1, tzinfo=UTC)


def test_after_districts_ended_each_commune_gets_a_form_and_successors_are_asked() -> None:
    found = forms(archive(), 2026, None, VI, THEN)
    committees = {name for name in found if "-ubnd-" in name}

    assert len(committees) == 64
    assert set(found) - committees == {
        "bieu-2026-hoi-khuyen-hoc.xlsx",
        "bieu-2026-ldld-hai-phong.xlsx",
        "bieu-2026-so-gddt-hai-phong.xlsx",
    }
    rows = rows_of_form(found["bieu-2026-ubnd-phuong-tu-minh.xlsx"])
    assert {area for _, area in rows} == {"phuong-tu-minh"}
    assert "xmc-md2" not in {indicator for indicator, _ in rows}
    rows = rows_of_form(found["bieu-2026-so-gddt-hai-phong.xlsx"])
    assert {area for _, area in rows} == {"hai-duong", "truc-thuoc-tinh"}


def test_areas_without_a_body_are_asked_of_the_department() -> None:
    bodies = tuple(each for each in archive().agencies if not each.agency.startswith("ubnd-"))
    found = forms(replace(archive(), agencies=bodies), 2026, None, VI, THEN)

    assert set(found) == {
        "bieu-2026-hoi-khuyen-hoc.xlsx",
        "bieu-2026-ldld-hai-phong.xlsx",
        "bieu-2026-so-gddt-hai-phong.xlsx",
    }
    rows = rows_of_form(found["bieu-2026-so-gddt-hai-phong.xlsx"])
    assert "xmc-md2" not in {indicator for indicator, _ in rows}
    assert len({area for _, area in rows}) == 66


# Words --------------------------------------------------------------------------------------


@pytest.mark.parametrize("told", LANGUAGES, ids=lambda told: told.language)
def test_every_column_of_a_form_is_known_when_it_comes_back(told: Words) -> None:
    headers = vocabulary((told,), "vi").headers

    for column in COLUMNS:
        if column.hidden:
            continue
        text = told.say(f"excel.column.{column.name}")
        expected = "ignored" if column.name in IGNORED else column.name
        assert headers[key(text)] == expected, column.name
    assert {"indicator", "area"} <= set(headers)


@pytest.mark.parametrize("told", LANGUAGES, ids=lambda told: told.language)
def test_what_a_drop_down_shows_is_known_when_it_comes_back(told: Words) -> None:
    known = vocabulary((told,), "vi")

    for status in Status:
        assert known.statuses[key(told.say("excel.option", code=status.value, word=told.say(f"status.{status.value}")))] is status  # fmt: skip
    for reason in Missing:
        assert known.reasons[key(told.say(f"missing.{reason.value}.word"))] is reason


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_name_for_a_column_means_one_thing(language: str) -> None:
    told = words(language)
    seen: dict[str, str] = {}
    for field in FIELDS:
        for text in told.sentences[f"excel.header.{field}"].split(";"):
            assert seen.setdefault(key(text), field) == field, text


@pytest.mark.parametrize("told", LANGUAGES, ids=lambda told: told.language)
def test_what_excel_shows_beside_a_cell_fits_into_its_box(told: Words) -> None:
    for name, text in told.sentences.items():
        if name.startswith("excel.input."):
            limit = 32 if name.endswith(".title") or name == "excel.input.error" else 255
            assert len(text) <= limit, name
            if name.endswith(".title"):
                assert len(text) <= 32
