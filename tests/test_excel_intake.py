from __future__ import annotations

import io
import itertools
import random
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pandas as pd
import pytest
from excel_at_hand import (
    FIRST_ROW,
    LANGUAGES,
    NOW,
    SHEET,
    VI,
    YEAR,
    archive,
    book_of,
    codes,
    complete,
    csv_of,
    figures,
    filled,
    form,
    kinds,
    rows_of_form,
    saved,
    taken,
    warned,
    xlsx_of,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from makers_at_hand import EMPTY_CELLS

from tiendo.forms.form import forms
from tiendo.forms.form_table import AT
from tiendo.forms.intake import imported
from tiendo.read.contract import contract
from tiendo.terms import Status
from tiendo.words.wording import words

TU_KY = "ubnd-tu-ky"

TABLES = contract(("vi", "en")).edition


def returned(reporter: str, **others: Any) -> tuple[str, bytes]:
    content = form(reporter)
    return f"{reporter}.xlsx", filled(content, complete(content), **others)


def with_row(indicator: str, **cells: Any) -> tuple[str, bytes]:
    """The form of Tứ Kỳ, complete but for what is changed in one row."""
    content = form(TU_KY)
    rows = complete(content)
    rows[indicator, "tu-ky"] = cells
    return f"{TU_KY}.xlsx", filled(content, rows)


# Forms --------------------------------------------------------------------------------------


def test_a_form_that_was_filled_in_gives_its_rows() -> None:
    intake = taken(returned(TU_KY))

    assert codes(intake) == []
    assert (warned(intake), kinds(intake)) == ([], [])
    assert intake.folder == "results/2024/v1"
    assert figures(intake) == {
        ("xmc-md2", "tu-ky"): "2",
        ("pcgd-mn5t", "tu-ky"): "1",
        ("pcgd-th-md3", "tu-ky"): "1",
        ("pcgd-thcs-md3", "tu-ky"): "1",
        ("nl-thong-tin", "tu-ky"): "36/100",
        ("kn-song", "tu-ky"): "35/100",
        ("csgd-moi-truong-so", "tu-ky"): "34/100",
        ("tthtcd-cntt", "tu-ky"): "33/100",
        ("cong-dan-ht", "tu-ky"): "32/100",
        ("huyen-ht", "tu-ky"): "1",
    }
    assert intake.reports == (
        {
            "reporter": TU_KY,
            "received_on": "2024-12-10",
            "document": "Báo cáo minh họa số 1",
            "note_vi": "",
            "note_en": "",
        },
    )


def test_a_row_has_every_column_of_the_file_and_its_report_as_source() -> None:
    (row,) = (row for row in taken(returned(TU_KY)).observations if row["indicator"] == "kn-song")

    assert list(row) == list(TABLES["observations"].columns)
    assert {name: cell for name, cell in row.items() if cell} == {
        "indicator": "kn-song",
        "area": "tu-ky",
        "numerator": "35",
        "denominator": "100",
        "status": "A",
        "source": "Báo cáo minh họa số 1",
    }
    assert list(TABLES["reports"].columns) == list(taken(returned(TU_KY)).reports[0])


def test_every_cell_that_can_be_filled_in_comes_through() -> None:
    intake = taken(
        with_row(
            "xmc-md2",
            value=2,
            status="P – sơ bộ",
            as_of=date(2023, 12, 31),
            decision="Quyết định minh họa 01",
            decided_on=date(2023, 11, 20),
            valid_until=date(2026, 12, 31),
            source="Danh mục minh họa",
            note="Chờ công nhận lại.",
            **{"break": "Từ 2024 tính cả học viên trại."},
        )
    )

    assert codes(intake) == []
    assert intake.observations[0] == {
        "indicator": "xmc-md2",
        "area": "tu-ky",
        "numerator": "",
        "denominator": "",
        "value": "2",
        "status": "P",
        "missing": "",
        "as_of": "2023-12-31",
        "decision": "Quyết định minh họa 01",
        "decided_on": "2023-11-20",
        "valid_until": "2026-12-31",
        "source": "Danh mục minh họa",
        "break_vi": "Từ 2024 tính cả học viên trại.",
        "break_en": "",
        "note_vi": "Chờ công nhận lại.",
        "note_en": "",
    }


def test_forms_in_any_order_give_the_same() -> None:
    files = [returned(name) for name in (TU_KY, "so-gddt", "ubnd-nam-sach", "ldld-tinh")]
    first = taken(*files)

    assert codes(first) == []
    assert len(first.observations) == 10 + 10 + len(rows_of_form(form("so-gddt")))
    for order in itertools.islice(itertools.permutations(files), 1, 24, 7):
        assert taken(*order) == first


def test_a_form_given_twice_gives_the_same_as_once() -> None:
    name, content = returned(TU_KY)
    once = taken((name, content))
    twice = taken((name, content), ("lần 2.xlsx", content))

    assert (twice.observations, twice.reports) == (once.observations, once.reports)


def test_what_is_imported_again_over_its_own_rows_changes_nothing() -> None:
    first = taken(returned(TU_KY))
    table = archive().observations
    rows = [
        {
            **EMPTY_CELLS,
            **{name: cell for name, cell in row.items() if name in table.columns},
            "year": YEAR,
            "version": 1,
            "row": number,
            "sound": True,
            "numerator": int(row["numerator"]) if row["numerator"] else None,
            "denominator": int(row["denominator"]) if row["denominator"] else None,
            "value": row["value"] or None,
            "as_of": None,
            "decided_on": None,
            "valid_until": None,
        }
        for number, row in enumerate(first.observations)
    ]
    made = pd.DataFrame(rows, columns=table.columns).astype(table.dtypes)
    later = replace(archive(), observations=made)
    again = imported(dict([returned(TU_KY)]), later, YEAR, LANGUAGES)

    assert again.observations == first.observations
    assert again.replaced == ()


def test_what_stood_in_the_package_and_is_replaced_is_told() -> None:
    first = taken(csv_of([["Địa bàn", "Công dân học tập"], ["Tứ Kỳ", "50,5"]]))
    assert first.replaced == ()
    signed = {
        (row["indicator"], row["area"])
        for row in archive().observations.to_dict("records")
        if row["year"] == 2023
    }
    assert ("cong-dan-ht", "tu-ky") in signed
    draft = replace(
        archive(), releases=tuple(each for each in archive().releases if each.year != 2023)
    )

    intake = imported(
        {"a.csv": csv_of([["Địa bàn", "Công dân học tập"], ["Tứ Kỳ", "50,5"]])},
        draft,
        2023,
        LANGUAGES,
        status=Status.PRELIMINARY,
    )

    told = {(each.place.column, each.old, each.new) for each in intake.replaced}
    assert {("numerator", "30700", ""), ("status", "A", "P")} <= told
    (row,) = intake.observations
    assert row["source"] != ""


def test_an_english_form_is_read_like_a_vietnamese_one() -> None:
    content = forms(archive(), YEAR, TU_KY, words("en"), NOW)["form-2024-ubnd-tu-ky.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Figures"]
    for row in sheet.iter_rows(min_row=FIRST_ROW):
        if row[0].value:
            row[AT["missing"]].value = "x – " + words("en").say("missing.x.word")

    intake = taken(("a.xlsx", saved(book)))

    assert codes(intake) == []
    assert set(figures(intake).values()) == {"x"}


def test_an_empty_form_asks_for_each_row_and_gives_none() -> None:
    intake = taken(("a.xlsx", filled(form(TU_KY), {})))

    assert codes(intake) == ["import-blank"] * 10
    assert intake.observations == ()
    assert intake.reports == ()


def test_rows_that_the_department_may_leave_empty_are_not_asked_for() -> None:
    content = form("so-gddt")
    owed = {
        name: cells
        for name, cells in complete(content).items()
        if name[0] in {"dt-cmkt-15t", "dh-tro-len-15t", "dai-hoc-so", "tinh-ht"}
    }

    # What belongs to no district was given in the year before, so that it is awaited again.
    rest = ("csgd-moi-truong-so", "truc-thuoc-tinh")
    owed[rest] = complete(content)[rest]

    intake = taken(("a.xlsx", filled(content, owed)))

    assert codes(intake) == []
    assert set(figures(intake)) == set(owed)


def test_what_belongs_to_no_district_is_asked_for_where_it_was_given_before() -> None:
    content = form("so-gddt")
    given = complete(content)
    rest = ("csgd-moi-truong-so", "truc-thuoc-tinh")

    intake = taken(("a.xlsx", filled(content, {n: c for n, c in given.items() if n != rest})))

    assert codes(intake) == ["import-blank"]


def test_a_form_of_an_agency_without_figures_gives_its_report() -> None:
    intake = taken(("a.xlsx", filled(form("ldld-tinh"), {})))

    assert codes(intake) == []
    assert [report["reporter"] for report in intake.reports] == ["ldld-tinh"]


def test_a_report_without_its_day_is_asked_for_it() -> None:
    content = form(TU_KY)

    intake = taken(("a.xlsx", filled(content, complete(content), received=None)))

    assert codes(intake) == ["import-report-date"]


def test_the_same_report_on_two_days_is_a_question() -> None:
    content = form(TU_KY)
    other = filled(content, complete(content), received="11/12/2024")

    assert codes(taken(returned(TU_KY), ("b.xlsx", other))) == ["import-report-twice"]


def test_two_forms_that_differ_are_a_question_and_name_both_places() -> None:
    name, content = with_row("kn-song", numerator=36, denominator=100, status="A – chính thức")
    intake = taken(returned(TU_KY), ("b.xlsx", content))

    assert codes(intake) == ["import-twice"]
    (problem,) = intake.problems
    assert problem.place.file == f"{name} [{SHEET}]"
    assert problem.facts["first"] == "b.xlsx [Biểu số liệu], H17"
    assert problem.place.row == 17


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"numerator": 50, "denominator": 100}, ["import-status-missing"]),
        ({"numerator": 50, "status": "A"}, ["part-missing"]),
        ({"numerator": 101, "denominator": 100, "status": "A"}, ["numerator-above"]),
        ({"numerator": 0, "denominator": 0, "status": "A"}, ["denominator-zero"]),
        (
            {"numerator": 50, "denominator": 100, "value": 51, "status": "A"},
            ["value-not-quotient"],
        ),
        (
            {"numerator": 50, "denominator": 100, "status": "A", "missing": "x"},
            ["figure-and-reason"],
        ),
        ({"missing": "x", "status": "A"}, ["status-without-figure"]),
        ({"value": 120, "status": "A"}, ["percent-range"]),
        ({"value": 0.6, "status": "A"}, ["import-number-share"]),
        ({"value": 60.5, "status": "cuối cùng"}, ["import-status-wrong"]),
        ({"missing": "bận"}, ["import-reason-wrong"]),
        ({}, ["import-blank"]),
        ({"value": "-"}, ["import-mark"]),
        ({"value": "x"}, ["import-mark"]),
        ({"value": "khoảng 60", "status": "E"}, ["import-number-about"]),
        ({"value": "=SUM(1)", "status": "A"}, ["import-formula-empty"]),
        ({"value": 60, "status": "A", "note": "=cmd()"}, ["import-formula-empty"]),
        ({"value": 60, "status": "A", "note": "@SUM(A1)"}, ["cell-formula"]),
        ({"value": 60, "status": "A", "decided_on": "31/11/2024"}, ["import-date-wrong"]),
    ],
)
def test_a_row_that_is_not_right_is_asked_about(cells: dict[str, Any], found: list[str]) -> None:
    intake = taken(with_row("kn-song", **cells))

    assert codes(intake) == found
    assert intake.observations == ()
    assert {problem.place.row for problem in intake.problems} == {17}


@pytest.mark.parametrize(
    ("cells", "figure"),
    [
        ({"value": "60,5", "status": "A"}, "60.5"),
        ({"numerator": "1.250", "denominator": "3.000", "status": "ước tính"}, "1250/3000"),
        ({"missing": "Chưa báo cáo"}, "x"),
        ({"missing": "z"}, "z"),
        ({"value": "bảo mật"}, "c"),
        ({"value": "-", "missing": "n"}, "n"),
        ({"value": 0, "status": "A"}, "0"),
    ],
)
def test_a_row_that_can_be_read_is_taken(cells: dict[str, Any], figure: str) -> None:
    intake = taken(with_row("kn-song", **cells))

    assert codes(intake) == []
    assert figures(intake)["kn-song", "tu-ky"] == figure


def test_a_part_that_is_larger_than_what_it_is_part_of_is_asked_about() -> None:
    content = form("so-gddt")
    rows = complete(content)
    rows["dh-tro-len-15t", "hai-duong"] = {"numerator": 99, "denominator": 100, "status": "A"}

    intake = taken(("a.xlsx", filled(content, rows)))

    assert set(codes(intake)) == {"import-child-above-parent"}


def test_rows_that_were_sorted_away_from_their_ids_are_found_out() -> None:
    name, content = returned(TU_KY)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[SHEET]
    for at in range(4, len(sheet[FIRST_ROW]) + 1):
        first, second = sheet.cell(FIRST_ROW, at), sheet.cell(FIRST_ROW + 1, at)
        first.value, second.value = second.value, first.value

    assert codes(taken((name, saved(book)))) == ["import-names-disagree"] * 2


def test_an_id_that_was_changed_is_found_out() -> None:
    name, content = returned(TU_KY)
    book = openpyxl.load_workbook(io.BytesIO(content))
    for row in book[SHEET].iter_rows(min_row=FIRST_ROW, max_row=FIRST_ROW + 9):
        row[1].value, row[4].value = "gia-loc", "Huyện Gia Lộc"

    assert codes(taken((name, saved(book)))) == ["import-not-owed"] * 10


@pytest.mark.parametrize(
    ("mark", "value", "found"),
    [
        ("form", "99", "import-form-form"),
        ("plan", "1/KH", "import-form-plan"),
        ("year", "2023", "import-form-year"),
        ("reporter", "ubnd-nowhere", "import-form-reporter"),
    ],
)
def test_a_form_of_another_plan_year_or_body_is_refused(mark: str, value: str, found: str) -> None:
    name, content = returned(TU_KY)
    book = openpyxl.load_workbook(io.BytesIO(content))
    for row in book["tiendo"].iter_rows():
        if row[0].value == mark:
            row[1].value = value

    assert found in codes(taken((name, saved(book))))


def test_a_form_made_before_the_plan_changed_is_read_and_told() -> None:
    name, content = returned(TU_KY)
    book = openpyxl.load_workbook(io.BytesIO(content))
    book["tiendo"]["B5"] = "0123456789abcdef"

    intake = taken((name, saved(book)))

    assert (codes(intake), warned(intake)) == ([], ["import-form-older"])


def test_a_form_s_sheet_in_a_workbook_of_its_own_is_still_a_table() -> None:
    _, content = returned(TU_KY)
    book = openpyxl.load_workbook(io.BytesIO(content))
    del book["tiendo"], book["Hướng dẫn"]

    intake = taken(("chép lại.xlsx", saved(book)))

    assert codes(intake) == []
    assert figures(intake) == figures(taken(returned(TU_KY)))


def test_nothing_is_taken_from_good_files_while_another_leaves_a_question() -> None:
    intake = taken(returned(TU_KY), ("b.csv", b"%PDF-1.7"))

    assert codes(intake) == ["import-pdf"]
    assert (intake.observations, intake.reports) == ((), ())


# Editions -----------------------------------------------------------------------------------


def test_a_signed_edition_is_not_written_into() -> None:
    intake = imported({}, archive(), 2023, LANGUAGES)

    assert codes(intake) == ["import-signed"]


def test_a_year_without_a_folder_asks_for_it() -> None:
    assert codes(imported({}, archive(), 2031, LANGUAGES)) == ["import-no-edition"]


# Tables of people's own making --------------------------------------------------------------

WIDE: list[list[Any]] = [
    ["STT", "Địa bàn", "Xóa mù chữ mức độ 2", "Công dân học tập (%)"],
    [1, "TP. Hải Dương", 2, "70,5"],
    [2, "H. Tứ Kỳ", "Mức độ 2", "60%"],
]
TAKEN = {
    ("xmc-md2", "tp-hai-duong"): "2",
    ("xmc-md2", "tu-ky"): "2",
    ("cong-dan-ht", "tp-hai-duong"): "70.5",
    ("cong-dan-ht", "tu-ky"): "60",
}


def test_a_table_of_areas_by_indicators_is_read() -> None:
    assert figures(taken(csv_of(WIDE))) == TAKEN
    assert figures(taken(xlsx_of(WIDE))) == TAKEN


def test_a_table_of_indicators_by_areas_is_read() -> None:
    turned: list[list[Any]] = [list(row) for row in zip(*[row[1:] for row in WIDE], strict=True)]
    turned[0][0] = "Chỉ tiêu"

    assert figures(taken(csv_of(turned))) == TAKEN


def test_long_rows_are_read() -> None:
    rows = [
        ["Chỉ tiêu", "Huyện", "Số đạt", "Tổng số", "Tỷ lệ", "Tình trạng", "Lý do"],
        ["Công dân học tập", "Tứ Kỳ", "1.250", "3000", "41,67", "sơ bộ", ""],
        ["Xóa mù chữ mức độ 2", "Tứ Kỳ", "", "", "2", "chính thức", ""],
        ["Huyện học tập", "Gia Lộc", "", "", "", "", "chưa báo cáo"],
    ]

    intake = taken(csv_of(rows), status=None)

    assert codes(intake) == []
    assert [(row["value"], row["status"], row["missing"]) for row in intake.observations] == [
        ("2", "A", ""),
        ("41.67", "P", ""),
        ("", "", "x"),
    ]


def test_heads_in_two_rows_with_merged_cells_are_read() -> None:
    book = book_of(
        [
            ["BIỂU TỔNG HỢP NĂM 2024"],
            ["TT", "Đơn vị", "Công dân học tập", None, "Kỹ năng sống", None],
            [None, None, "Tử số", "Mẫu số", "Tử số", "Mẫu số"],
            ["A", "B", 1, 2, 3, 4],
            [1, "Tứ Kỳ", 50, 100, 30, 60],
            [2, "Gia Lộc", 40, 80, 20, 90],
            [None, "Tổng cộng", 90, 180, 50, 150],
            [],
            ["Người lập biểu", None, None, "Thủ trưởng đơn vị"],
            ["Nguyễn Văn A"],
        ]
    )
    for merged in ("A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2"):
        book.active.merge_cells(merged)

    intake = taken(saved(book))

    assert codes(intake) == []
    assert figures(intake) == {
        ("kn-song", "gia-loc"): "20/90",
        ("kn-song", "tu-ky"): "30/60",
        ("cong-dan-ht", "gia-loc"): "40/80",
        ("cong-dan-ht", "tu-ky"): "50/100",
    }
    assert kinds(intake) == ["footer", "total"]


def test_result_over_two_years_takes_this_year_s() -> None:
    book = book_of(
        [
            ["TT", "Chỉ tiêu", "Huyện", "Kết quả", None],
            [None, None, None, 2023, 2024],
            [1, "Công dân học tập", "Tứ Kỳ", 40, 50],
        ]
    )
    for merged in ("A1:A2", "B1:B2", "C1:C2", "D1:E1"):
        book.active.merge_cells(merged)

    intake = taken(saved(book))

    assert codes(intake) == []
    assert figures(intake) == {("cong-dan-ht", "tu-ky"): "50"}
    assert kinds(intake) == ["other-year"]


def test_a_district_merged_over_its_rows_names_each_of_them() -> None:
    book = book_of(
        [
            ["Huyện", "Chỉ tiêu", "Giá trị"],
            ["Tứ Kỳ", "Công dân học tập", 50],
            [None, "Kỹ năng sống", 40],
        ]
    )
    book.active.merge_cells("A2:A3")

    assert figures(taken(saved(book))) == {
        ("kn-song", "tu-ky"): "40",
        ("cong-dan-ht", "tu-ky"): "50",
    }


def test_sheets_named_by_district_name_their_rows() -> None:
    book = book_of([["Chỉ tiêu", "Giá trị"], ["Công dân học tập", 50]], "Tứ Kỳ")
    other = book.create_sheet("Gia Lộc")
    for row in [["Chỉ tiêu", "Giá trị"], ["Công dân học tập", 40]]:
        other.append(row)

    assert figures(taken(saved(book))) == {
        ("cong-dan-ht", "gia-loc"): "40",
        ("cong-dan-ht", "tu-ky"): "50",
    }


def test_what_is_said_above_a_table_holds_for_all_of_it() -> None:
    rows = [
        ["Đơn vị báo cáo:", "Hội Khuyến học tỉnh"],
        ["Văn bản báo cáo: Báo cáo minh họa số 9"],
        ["Ngày gửi báo cáo", "12/12/2024"],
        ["Tình trạng: sơ bộ"],
        ["Tính đến ngày: 30/11/2024"],
        ["Địa bàn", "Công dân học tập"],
        ["Tứ Kỳ", "50"],
    ]

    intake = taken(csv_of(rows), status=None)

    assert codes(intake) == []
    (row,) = intake.observations
    assert (row["status"], row["as_of"], row["source"]) == (
        "P",
        "2024-11-30",
        "Báo cáo minh họa số 9",
    )
    assert intake.reports[0]["received_on"] == "2024-12-12"
    assert intake.reports[0]["reporter"] == "hoi-khuyen-hoc"


def test_areas_that_a_table_leaves_out_are_told() -> None:
    intake = taken(csv_of(WIDE))

    assert warned(intake) == ["import-areas-absent"]
    assert intake.problems[0].facts["count"] == "10"
    assert "Cẩm Giàng" in intake.problems[0].facts["names"]


def test_a_table_without_a_status_asks_once() -> None:
    assert codes(taken(csv_of(WIDE), status=None)) == ["import-status-nowhere"]


# Totals -------------------------------------------------------------------------------------


def districts() -> list[str]:
    return [archive().areas[name].name.first for name in archive().areas if name in LOCAL]


LOCAL = [area.area for area in archive().areas.values() if area.level == "district"]


def test_a_total_that_adds_up_is_passed_over_and_makes_no_thirteenth_district() -> None:
    rows: list[list[object]] = [["Huyện", "Xóa mù chữ mức độ 2"]]
    rows += [[name, 2 if number < 9 else 1] for number, name in enumerate(districts())]
    for total in ("9/12", 9):
        intake = taken(csv_of([*rows, ["Toàn tỉnh", total]]))

        assert codes(intake) == []
        assert len(intake.observations) == 12
        assert "total" in kinds(intake)


def test_a_total_that_does_not_add_up_is_asked_about() -> None:
    rows: list[list[object]] = [["Huyện", "Xóa mù chữ mức độ 2"]]
    rows += [[name, 2] for name in districts()]

    assert codes(taken(csv_of([*rows, ["Toàn tỉnh", "11/12"]]))) == ["import-total-disagrees"]


def test_a_total_of_percentages_without_parts_is_the_whole_area_s_own_figure() -> None:
    intake = taken(csv_of([*WIDE[:1], *WIDE[1:], ["", "Toàn tỉnh", "", "65,2"]]))

    assert codes(intake) == []
    assert figures(intake) == TAKEN | {("cong-dan-ht", "hai-duong"): "65.2"}


def test_a_total_of_an_indicator_of_the_whole_area_is_its_figure() -> None:
    rows = [["Địa bàn", "Đại học số và học liệu số"], ["Toàn tỉnh", "3/4"]]

    assert figures(taken(csv_of(rows))) == {("dai-hoc-so", "hai-duong"): "3/4"}


# Laws ---------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.permutations(WIDE[1:]), st.sampled_from([";", ",", "\t", "|"]))
def test_the_order_of_rows_and_the_sign_between_columns_do_not_matter(
    rows: list[list[object]], separator: str
) -> None:
    assert figures(taken(csv_of([WIDE[0], *rows], separator))) == TAKEN


@settings(deadline=None)
@given(st.binary(max_size=2000), st.sampled_from(["a.xlsx", "a.csv", "a.xls"]))
def test_whatever_bytes_come_there_is_a_question_and_never_a_traceback(
    content: bytes, name: str
) -> None:
    intake = taken((name, content))

    assert codes(intake)
    assert intake.observations == ()


@settings(deadline=None)
@given(st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF", b"\xff\xfe",
                        b"\xef\xbb\xbf", b"<html>", b"sep=;\n"]), st.binary(max_size=500))  # fmt: skip
def test_whatever_follows_a_known_beginning_is_a_question(start: bytes, rest: bytes) -> None:
    assert codes(taken(("a.xlsx", start + rest)))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_a_form_with_broken_bytes_is_never_a_traceback(seed: int, count: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's own
    content = bytearray(returned(TU_KY)[1])
    for _ in range(count):
        content[chance.randrange(len(content))] = chance.randrange(256)

    codes(taken(("a.xlsx", bytes(content))))


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
    st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc", "Cn"]), max_size=20),
    st.sampled_from(["Địa bàn", "Chỉ tiêu", "Tứ Kỳ", "Công dân học tập", "2024", "Tử số", "-"]),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.lists(CELLS, max_size=6), max_size=8))
def test_whatever_stands_in_a_workbook_is_never_a_traceback(rows: list[list[object]]) -> None:
    codes(taken(xlsx_of(rows)))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(0, 11), st.sampled_from(sorted(AT)), CELLS)
def test_whatever_is_written_into_a_form_is_taken_or_asked_about(
    row: int, column: str, value: object
) -> None:
    name, content = returned(TU_KY)
    book = openpyxl.load_workbook(io.BytesIO(content))
    book[SHEET].cell(FIRST_ROW + row, AT[column] + 1).value = value

    intake = taken((name, saved(book)))

    assert bool(codes(intake)) != bool(intake.observations)


def test_every_kind_of_repair_has_its_words() -> None:
    assert all(VI.knows(f"excel.repair.{kind}") for kind in ("letters", "old-letters", "replaced"))
