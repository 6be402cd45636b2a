"""Nothing is taken that was not said: what can be read in two ways is asked about with both, what
is common and harmless is known by name and told."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from excel_at_hand import (
    FIRST_ROW,
    SHEET,
    VI,
    book_of,
    codes,
    complete,
    csv_of,
    figures,
    filled,
    form,
    kinds,
    names,
    saved,
    taken,
    warned,
    xlsx_of,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from tiendo.forms.cells import odd_digits
from tiendo.forms.form_table import AT
from tiendo.forms.heads import brackets, unit_of
from tiendo.forms.intake import Intake
from tiendo.words.problems import remedy, sentence

Rows = Sequence[Sequence[Any]]

RATE = "Công dân học tập"
OTHER = "Kỹ năng sống"
LEVEL = "Xóa mù chữ mức độ 2"
TU_KY = {("cong-dan-ht", "tu-ky"): "60"}


def both(rows: Rows) -> tuple[Intake, Intake]:
    """The same cells as a CSV file of Excel and as a workbook."""
    return taken(csv_of(rows)), taken(xlsx_of(rows))


def book(rows: Rows, change: Callable[[Any], object]) -> Intake:
    made = book_of(rows)
    change(made.active)
    return taken(saved(made))


def in_form(change: Callable[[Any], object]) -> Intake:
    """A district's form, complete, with something done to its sheet."""
    content = form("ubnd-tu-ky")
    made = openpyxl.load_workbook(io.BytesIO(filled(content, complete(content))))
    change(made[SHEET])
    return taken(("biểu.xlsx", saved(made)))


def said(intake: Intake) -> str:
    """All that is told of what was not taken, as a clerk reads it."""
    told = [f"{sentence(each, VI)} {remedy(each, VI)}" for each in intake.problems]
    return "\n".join([*told, *(f"{each.kind}: {each.old}" for each in intake.repairs)])


# Brackets (a bracket is part of a head's meaning) -------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        f"{RATE} (%)",
        f"{RATE} [%]",
        f"{RATE}（％）".replace("％", "%"),
        f"(%) {RATE}",
        f"{RATE} (phần trăm)",
        f"{RATE} (tỷ lệ %)",
        f"{RATE} (ĐVT: %)",
        f"{RATE} (đơn vị tính: %)",
        f"{RATE} (2024)",
        f"{RATE} (năm 2024)",
        f"{RATE} (%) năm 2024",
        f"{RATE} (%, năm 2024)",
        f"{RATE} (nếu có)",
        "Cong dan hoc tap (%)",
    ],
)
def test_a_bracket_whose_unit_is_known_and_fits_is_read(head: str) -> None:
    for intake in both([["Địa bàn", head], ["Tứ Kỳ", 60]]):
        assert codes(intake) == []
        assert figures(intake) == TU_KY


@pytest.mark.parametrize(
    "rows",
    [
        [["Huyện (thị xã, thành phố)", RATE], ["Tứ Kỳ", 60]],
        [["Địa bàn", "Chỉ tiêu", "Tỷ lệ (%)"], ["Tứ Kỳ", RATE, 60]],
        [["Chỉ tiêu", "Tứ Kỳ (%)"], [RATE, 60]],
        [["Chỉ tiêu", "Tứ Kỳ (huyện)", "Gia Lộc"], [RATE, 60, ""]],
        [["Chỉ tiêu", "ĐVT", "Tứ Kỳ"], [RATE, "%", 60]],
        [["Chỉ tiêu", "Địa bàn", "Tỷ lệ"], [f"{RATE} (%)", "Tứ Kỳ", 60]],
        [["Đơn vị tính: %"], ["Địa bàn", RATE, "Ghi chú (nếu có)"], ["Tứ Kỳ", 60]],
    ],
)
def test_a_unit_that_is_known_and_fits_is_read_wherever_it_stands(rows: Rows) -> None:
    for intake in both(rows):
        assert [code for code in codes(intake) if code != "import-blank"] == []


@pytest.mark.parametrize(
    ("head", "figure"),
    [
        (f"{RATE} (số TT)", 19),
        (f"{RATE} [số TT]", 19),
        (f"{RATE} {{số TT}}", 19),
        (f"{RATE}（số TT）", 19),
        (f"{RATE} (số TT", 19),
        (f"(số TT) {RATE}", 19),
        (f"{RATE} (%) (số TT)", 19),
        (f"{RATE} (%, số TT)", 19),
        (f"{RATE} (%; người)", 19),
        (f"{RATE} (ước)", 60),
        (f"{RATE} (kế hoạch)", 60),
        (f"{RATE} (nữ)", 60),
        (f"{RATE} (so với 2023)", 60),
        (f"{RATE} (2)", 60),
        (f"{RATE} (*)", "chưa báo cáo"),
    ],
)
def test_a_bracket_that_is_not_known_is_asked_about(head: str, figure: object) -> None:
    for intake in both([["Địa bàn", head], ["Tứ Kỳ", figure]]):
        assert codes(intake) == ["import-head-bracket"]
        (problem,) = (each for each in intake.problems if each.stops)
        assert problem.facts["first"] == RATE
        assert problem.facts["bracket"].strip("()[]{}") in head
        assert problem.place.value is not None


@pytest.mark.parametrize(
    "rows",
    [
        [["Địa bàn (cũ)", RATE, OTHER], ["Tứ Kỳ", 60, 50]],
        [["Địa bàn", RATE, "Ghi chú (nội bộ)"], ["Tứ Kỳ", 60, "Bà A báo miệng"]],
        [["Địa bàn", "Chỉ tiêu", "Tử số (%)", "Mẫu số"], ["Tứ Kỳ", RATE, 60, 100]],
        [["Địa bàn", "Chỉ tiêu", "Tử số (số TT)", "Mẫu số"], ["Tứ Kỳ", RATE, 60, 100]],
        [["Địa bàn", "Chỉ tiêu", "Tỷ lệ"], ["Tứ Kỳ", f"{RATE} (số người)", 60]],
        [["Địa bàn", "Chỉ tiêu", "Tỷ lệ (theo KH)"], ["Tứ Kỳ", RATE, 60]],
        [["Chỉ tiêu", "Tứ Kỳ (6 tháng)", "Gia Lộc"], [RATE, 60, 50]],
        [["Chỉ tiêu", "Tứ Kỳ (thị xã)", "Gia Lộc"], [RATE, 60, 50]],
    ],
)
def test_a_bracket_in_any_head_or_name_is_part_of_its_meaning(rows: Rows) -> None:
    for intake in both(rows):
        assert {*codes(intake)} <= {"import-head-bracket", "import-unit-not-percent"}
        assert codes(intake)
        assert intake.observations == ()


@pytest.mark.parametrize("other", ["số TT", "trung tâm", "SL", "đạt"])
def test_a_count_beside_its_rate_is_not_taken_for_the_rate(other: str) -> None:
    shown = next(each for each in names().indicators.shown.values() if "CNTT" in each)
    count, rate = (f"{shown} ({other})", 19), (f"{shown} (%)", 82.6)
    for first, second in ((count, rate), (rate, count)):
        rows: Rows = [["Địa bàn", first[0], second[0]], ["Tứ Kỳ", first[1], second[1]]]
        for intake in both(rows):
            assert codes(intake)
            assert intake.observations == ()


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["Địa bàn", f"{RATE} (người)"], ["Tứ Kỳ", 60]], "import-unit-not-percent"),
        ([["Địa bàn", f"{RATE} (mức độ)"], ["Tứ Kỳ", 60]], "import-unit-not-percent"),
        ([["Địa bàn", f"{LEVEL} (%)"], ["Tứ Kỳ", 2]], "import-unit-not-level"),
        ([["Địa bàn", f"{LEVEL} (huyện)"], ["Tứ Kỳ", 2]], "import-unit-not-level"),
        ([["Địa bàn", f"{LEVEL} (%)"], ["Tỉnh Hải Dương", 75]], "import-unit-not-count"),
        ([["Chỉ tiêu", "ĐVT", "Tứ Kỳ"], [RATE, "Người", 60]], "import-unit-not-percent"),
        ([["Chỉ tiêu", "ĐVT", "Tứ Kỳ"], [RATE, "Triệu đồng", 60]], "import-unit-not-percent"),
        ([["Đơn vị tính: người"], ["Địa bàn", RATE], ["Tứ Kỳ", 60]], "import-unit-not-percent"),
        ([["", "(ĐVT: TT)"], ["Địa bàn", RATE], ["Tứ Kỳ", 60]], "import-unit-not-percent"),
        ([["Đơn vị: người"], ["Địa bàn", RATE], ["Tứ Kỳ", 60]], "import-unit-not-percent"),
    ],
)
def test_a_unit_that_does_not_fit_is_asked_about_once(rows: Rows, code: str) -> None:
    more = [*rows, ["Gia Lộc", *rows[-1][1:]]] if rows[-1][0] == "Tứ Kỳ" else rows
    for intake in both(more):
        assert codes(intake) == [code]


def test_a_unit_that_is_known_by_its_kind_is_read_with_what_it_counts() -> None:
    rows: Rows = [
        ["Địa bàn", "Chỉ tiêu", "Tử số (người)", "Mẫu số (số người)", "Tỷ lệ (%)"],
        ["Tứ Kỳ", RATE, 50, 100, 50],
    ]
    for intake in both(rows):
        assert codes(intake) == []
    for head, value in ((f"{LEVEL} (mức độ)", 2), (f"{LEVEL} (cấp độ)", 1)):
        for intake in both([["Địa bàn", head], ["Tứ Kỳ", value]]):
            assert codes(intake) == []


KNOWN = ("Địa bàn", RATE, "Tử số", "Tỷ lệ", "Ghi chú", "Tứ Kỳ")


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(KNOWN),
    st.text(st.characters(categories=["L", "N", "S", "Zs", "Po"]), min_size=1, max_size=12),
    st.sampled_from(["()", "[]", "{}", "（）", "【】"]),
)
def test_a_head_with_a_bracket_that_is_not_known_is_never_taken(
    head: str, inner: str, signs: str
) -> None:
    inner = " ".join(inner.split())
    fits = unit_of(inner, names()) is not None or not any(sign.isalnum() for sign in inner)
    years = {"2024", "năm 2024"}
    text = f"{head} {signs[0]}{inner}{signs[1]}"
    rows: Rows = [["Huyện", "Chỉ tiêu", OTHER, text], ["Gia Lộc", "", 50, "60"]]

    intake = taken(xlsx_of(rows))

    if not fits and inner not in years:
        assert codes(intake)
        assert intake.observations == ()


# Twin columns -------------------------------------------------------------------------------

TWINS = [
    (RATE, RATE),
    (RATE, f"{RATE} (%)"),
    (f"{RATE} (%)", RATE.upper()),
    (RATE, "Cong dan hoc tap"),
    (RATE, "cong-dan-ht"),
    (RATE, unicodedata.normalize("NFD", RATE)),
    (RATE, f"{RATE}\u200b"),
]


@pytest.mark.parametrize("heads", TWINS)
def test_two_columns_of_one_meaning_that_differ_are_asked_about(heads: tuple[str, str]) -> None:
    rows: Rows = [["Địa bàn", *heads], ["Gia Lộc", 50, 50], ["Tứ Kỳ", 60, 61]]
    for intake in both(rows):
        assert codes(intake) == ["import-column-twice"]
        (problem,) = (each for each in intake.problems if each.stops)
        assert (problem.place.row, problem.place.column) == (3, "C")
        assert (problem.facts["other"], problem.place.value) == ("60", "61")
        assert problem.facts["first"] == "B3"


@pytest.mark.parametrize("heads", TWINS)
def test_two_columns_of_one_meaning_that_are_the_same_are_harmless_and_told(
    heads: tuple[str, str],
) -> None:
    for more in ([60, 60], [60, ""], ["", 60]):
        for intake in both([["Địa bàn", *heads], ["Tứ Kỳ", *more]]):
            assert codes(intake) == []
            assert "import-column-again" in warned(intake)
            assert figures(intake) == TU_KY


@pytest.mark.parametrize(
    "rows",
    [
        [["Địa bàn", "Chỉ tiêu", "Tử số", "Số đạt", "Mẫu số"], ["Tứ Kỳ", RATE, 50, 51, 100]],
        [["Địa bàn", "Chỉ tiêu", "Tỷ lệ", "Kết quả"], ["Tứ Kỳ", RATE, 50, 51]],
        [
            ["Địa bàn", "Chỉ tiêu", "Tỷ lệ", "Tỷ lệ"],
            ["Tứ Kỳ", RATE, 50, ""],
            ["Gia Lộc", RATE, "", 4],
        ],
        [["Địa bàn", RATE, "Ghi chú", "Giải thích"], ["Tứ Kỳ", 50, "một", "hai"]],
        [["Chỉ tiêu", "Tứ Kỳ", "H. Tứ Kỳ"], [RATE, 50, 51]],
        [["Địa bàn", RATE, f"{RATE} năm 2024", "Năm"], ["Tứ Kỳ", 50, 51, 2024]],
    ],
)
def test_columns_of_any_kind_that_say_two_things_are_asked_about(rows: Rows) -> None:
    for intake in both(rows):
        assert codes(intake)
        assert intake.observations == ()


def test_what_is_said_twice_above_a_table_is_asked_about() -> None:
    rows: Rows = [
        ["Tình trạng: sơ bộ"],
        ["Tình trạng: chính thức"],
        ["Địa bàn", RATE],
        ["Tứ Kỳ", 60],
    ]
    same: Rows = [["Tình trạng: sơ bộ"], ["Tình trạng:", "sơ bộ"], ["Địa bàn", RATE], ["Tứ Kỳ", 60]]
    for intake in both(rows):
        assert codes(intake) == ["import-label-twice"]
    for intake in both(same):
        assert codes(intake) == []


def test_a_head_over_several_columns_that_comes_out_of_a_csv_file_goes_on_over_them() -> None:
    rows: Rows = [
        ["Đơn vị", RATE, "", OTHER, ""],
        ["", "Tử số", "Mẫu số", "Tử số", "Mẫu số"],
        ["Tứ Kỳ", 50, 100, 30, 60],
    ]
    for intake in both(rows):
        assert codes(intake) == []
        assert figures(intake) == {
            ("cong-dan-ht", "tu-ky"): "50/100",
            ("kn-song", "tu-ky"): "30/60",
        }


def test_a_column_that_does_not_say_of_what_it_is_is_asked_about() -> None:
    for intake in both([["Đơn vị", RATE, OTHER, "Mẫu số"], ["Tứ Kỳ", 50, 30, 60]]):
        assert codes(intake) == ["import-head-loose"]


@pytest.mark.parametrize("upper", ["Kế hoạch", "Mục tiêu", "Cùng kỳ"])
def test_what_was_planned_is_not_taken_for_what_came_of_it(upper: str) -> None:
    rows: Rows = [["Đơn vị", upper, "Thực hiện"], ["", RATE, RATE], ["Tứ Kỳ", 80, 60]]
    for intake in both(rows):
        assert codes(intake) == []
        assert figures(intake) == TU_KY
        assert "import-column-left-out" in warned(intake)


@pytest.mark.parametrize("counted", ["Số TT", "TT", "Xếp hạng"])
def test_a_column_that_is_left_out_under_an_indicator_is_told(counted: str) -> None:
    for intake in both([["Địa bàn", RATE, ""], ["", counted, "%"], ["Tứ Kỳ", 19, 60]]):
        assert codes(intake) == []
        assert figures(intake) == TU_KY
        assert "import-column-left-out" in warned(intake)


def test_a_row_that_stands_one_cell_to_the_left_is_asked_about() -> None:
    for intake in both([["", "Địa bàn", RATE], ["Tứ Kỳ", 60]]):
        assert codes(intake) == ["import-code-unknown"]


# Digits that are none of 0 to 9 -------------------------------------------------------------


@pytest.mark.parametrize(
    "figure",
    ["6¹", "6₁", "61¹", "①", "6①", "½", "6½", "६", "६०", "６０", "６0", "Ⅵ", "⑹", "⒍", "㊅", "𝟔𝟎", "𝟼0",
     "٦٠", "6⁰", "60,5²", "6/1²", "¹", "6𐒡", "❻", "🄆"],
)  # fmt: skip
@pytest.mark.parametrize("head", [RATE, LEVEL])
def test_a_digit_of_another_kind_makes_no_number(figure: str, head: str) -> None:
    for intake in both([["Địa bàn", head], ["Tứ Kỳ", figure]]):
        assert {*codes(intake)} <= {"import-number-signs", "import-number-sign"}
        assert codes(intake)
        (problem,) = (each for each in intake.problems if each.stops)
        assert (problem.place.row, problem.place.column) == (2, "B")
        assert problem.facts["second"]


def test_both_readings_of_a_raised_digit_are_shown() -> None:
    intake = taken(csv_of([["Địa bàn", RATE], ["Tứ Kỳ", "6¹"]]))

    assert "6 hay 61" in said(intake)


@pytest.mark.parametrize("column", ["numerator", "denominator", "value", "as_of", "decided_on"])
def test_a_digit_of_another_kind_is_asked_about_in_every_column_of_a_form(column: str) -> None:
    figure = "1²/11/2024" if column in {"as_of", "decided_on"} else "3²"
    content = form("ubnd-tu-ky")
    rows = complete(content)
    rows["kn-song", "tu-ky"] |= {column: figure}

    intake = taken(("a.xlsx", filled(content, rows)))

    assert codes(intake) == ["import-number-signs"]


@pytest.mark.parametrize("where", ["Năm: ²", "Năm: ２０２４", "Tính đến ngày: 3¹/12/2024"])
def test_a_digit_of_another_kind_above_a_table_is_no_traceback(where: str) -> None:
    for intake in both([[where], ["Địa bàn", RATE], ["Tứ Kỳ", 60]]):
        assert isinstance(codes(intake), list)
        assert not any(row["as_of"] for row in intake.observations)


@pytest.mark.parametrize("look", ["superscript", "subscript"])
def test_a_digit_that_only_looks_raised_in_a_workbook_is_raised(look: str) -> None:
    def raise_it(sheet: Any) -> None:
        sheet["B2"] = CellRichText("6", TextBlock(InlineFont(vertAlign=look), "1"))

    intake = book([["Địa bàn", RATE], ["Tứ Kỳ", ""]], raise_it)

    assert codes(intake) == ["import-number-signs"]


def test_text_of_several_looks_is_that_text() -> None:
    def paint(sheet: Any) -> None:
        sheet["A2"] = CellRichText("Tứ ", TextBlock(InlineFont(b=True), "Kỳ"))
        sheet["B2"] = CellRichText(TextBlock(InlineFont(b=True), "6"), "0")

    assert figures(book([["Địa bàn", RATE], ["", ""]], paint)) == TU_KY


@pytest.mark.parametrize("cell", ["A2", "B2", "C2"])
def test_what_is_struck_out_is_asked_about(cell: str) -> None:
    rows: Rows = [["Địa bàn", RATE, "Ghi chú"], ["Tứ Kỳ", 60, "xem lại"]]

    def whole(sheet: Any) -> None:
        sheet[cell].font = Font(strike=True)

    def a_part(sheet: Any) -> None:
        old = str(sheet[cell].value)
        sheet[cell] = CellRichText(TextBlock(InlineFont(strike=True), old[:1]), old[1:])

    for change in (whole, a_part):
        assert codes(book(rows, change)) == ["import-cell-struck"]


ODD = st.characters(categories=["Nd", "Nl", "No"], min_codepoint=128)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(alphabet="0123456789,./% ", max_size=4),
    ODD,
    st.text(alphabet="0123456789,./% ", max_size=4),
    st.sampled_from([RATE, LEVEL]),
)
def test_no_digit_but_0_to_9_is_ever_part_of_a_number(
    before: str, digit: str, after: str, head: str
) -> None:
    intake = taken(csv_of([["Địa bàn", head], ["Tứ Kỳ", before + digit + after]]))

    assert odd_digits(digit) == digit
    assert codes(intake)
    assert intake.observations == ()


# A comma that cuts a number in two ----------------------------------------------------------


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (["Địa bàn", RATE, "Ghi chú", "Nguồn"], "Tứ Kỳ,60,5,"),
        (["Địa bàn", RATE, "Ghi chú", "Nguồn"], "Tứ Kỳ,60,5"),
        (["Địa bàn", RATE, "Ghi chú", "Nguồn"], "Tứ Kỳ,60,5,,"),
        (["Địa bàn", RATE, "Ghi chú", "Nguồn"], "Tứ Kỳ,60,5,đã rà soát,"),
        (["Địa bàn", RATE, OTHER, "Ghi chú"], "Tứ Kỳ,60,5,"),
        (["Địa bàn", RATE, OTHER, "Ghi chú"], "Tứ Kỳ,60,5,40,"),
        (["Địa bàn", RATE, OTHER, "Ghi chú"], "Tứ Kỳ,60,5,40,5,"),
        (["Địa bàn", RATE, "Tình trạng", "Ghi chú"], "Tứ Kỳ,60,5,A"),
        (["Địa bàn", RATE], "Tứ Kỳ,60,5"),
        (["Chỉ tiêu", "Tứ Kỳ", "Gia Lộc"], f"{RATE},60,5,40"),
        (["Chỉ tiêu", "Tứ Kỳ", "Gia Lộc", "Nam Sách"], f"{RATE},60,50,"),
        (["Địa bàn", "Chỉ tiêu", "Tử số", "Mẫu số", "Ghi chú"], f"Tứ Kỳ,{RATE},1,250,3000"),
        (["Địa bàn", "Chỉ tiêu", "Tử số", "Mẫu số"], f"Tứ Kỳ,{RATE},1,250,3,000"),
    ],
)
def test_a_row_that_a_comma_may_have_cut_is_asked_about(heads: list[str], row: str) -> None:
    intake = taken((",".join(heads) + "\r\n" + row + "\r\n").encode())

    assert codes(intake) == ["import-row-split"]
    (problem,) = (each for each in intake.problems if each.stops)
    assert problem.place.row == 2
    first, second = problem.facts["first"], problem.facts["second"]
    assert problem.facts["joined"] == f"{first},{second}"


@pytest.mark.parametrize(
    "text",
    [
        f'Địa bàn,{RATE},Ghi chú\r\nTứ Kỳ,"60,5",5 xã chưa gửi\r\n',
        f"Địa bàn,{RATE},{OTHER},Ghi chú\r\nTứ Kỳ,60,50,\r\nGia Lộc,70,40,\r\n",
        f"Địa bàn,{RATE},{OTHER}\r\nTứ Kỳ,60,5\r\n",
        f"Địa bàn;{RATE};{OTHER};Ghi chú\r\nTứ Kỳ;60;5;\r\n",
        f"Địa bàn,{LEVEL},Quyết định số\r\nTứ Kỳ,2,125\r\n",
        f"STT,Địa bàn,{RATE},,\r\n1,Tứ Kỳ,60,,\r\n2,Gia Lộc,50,,\r\n",
        f"Địa bàn,Chỉ tiêu,Tử số,Mẫu số,Ghi chú\r\nTứ Kỳ,{RATE},50,100,\r\n",
    ],
)
def test_a_row_that_can_be_read_in_one_way_is_read(text: str) -> None:
    assert codes(taken(text.encode())) == []


def test_a_figure_among_the_words_of_a_workbook_is_asked_about() -> None:
    rows: Rows = [["Địa bàn", RATE, "Ghi chú", "Nguồn"], ["Tứ Kỳ", 60, 5, None]]

    assert codes(taken(xlsx_of(rows))) == ["import-row-split"]


def test_words_under_no_head_are_told() -> None:
    for intake in both([["Địa bàn", RATE, ""], ["Tứ Kỳ", 60, "hai xã chưa gửi"]]):
        assert codes(intake) == []
        assert "import-headless-words" in warned(intake)
        assert "hai xã chưa gửi" in said(intake)


# Place and date, signatures, remarks --------------------------------------------------------

SIGNED = [
    "Hải Dương, ngày 10 tháng 12 năm 2024",
    "Hải Dương, ngày    tháng 12 năm 2024",
    "Hải Dương, ngày     tháng     năm 2024",
    "Hải Dương, ngày … tháng … năm 2024",
    "Hải Dương, ngày ... tháng ... năm 20...",
    "Hải Dương, ngày.....tháng.....năm.....",
    "Hải Dương ngày 10 tháng 12 năm 2024",
    "Hải Dương, ngày 10/12/2024",
    "Hải Dương, ngày 10-12-2024",
    "Hải Dương, 10/12/2024",
    "Hải Dương, 10.12.2024",
    "HẢI DƯƠNG, NGÀY 10 THÁNG 12 NĂM 2024",
    "Hai Duong, ngay 10 thang 12 nam 2024",
    "TP. Hải Dương, ngày 05 tháng 01 năm 2025",
    "Tứ Kỳ, ngày 10 tháng 12 năm 2024",
    "Huyện Tứ Kỳ, ngày 10 tháng 12 năm 2024",
    "(Hải Dương, ngày 10 tháng 12 năm 2024)",
    "……, ngày 10 tháng 12 năm 2024",
    "Ngày 10 tháng 12 năm 2024",
    "Ngày 10/12/2024",
    "Hai Duong, 10 December 2024",
    "Hai Duong, December 10, 2024",
]


@pytest.mark.parametrize("line", SIGNED)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_place_and_date_below_a_table_are_known(line: str, at: int) -> None:
    rows: list[list[Any]] = [["Địa bàn", RATE, OTHER], ["Tứ Kỳ", 60, 50], [], [""] * at + [line]]
    rows += [
        ["NGƯỜI LẬP BIỂU", "", "KT. CHỦ TỊCH"],
        ["(Ký, ghi rõ họ tên)"],
        ["Trần Thị B", "", "Lê C"],
    ]
    for intake in both(rows):
        assert codes(intake) == []
        assert len(intake.observations) == 2
        assert kinds(intake) == ["footer"]
        assert "import-note-outside" not in warned(intake)


@pytest.mark.parametrize(("merged", "row"), [("B3:C3", ["", SIGNED[0]]), ("A3:C3", [SIGNED[0]])])
def test_place_and_date_merged_over_several_columns_are_known(merged: str, row: list[str]) -> None:
    rows: Rows = [["Địa bàn", RATE, OTHER], ["Tứ Kỳ", 60, 50], row]

    intake = book(rows, lambda sheet: sheet.merge_cells(merged))

    assert codes(intake) == []
    assert len(intake.observations) == 2


@pytest.mark.parametrize(
    "line",
    [
        *SIGNED,
        "Hải Dương, ngày 10 tháng 01 năm 2025",
        "(Kèm theo Báo cáo số 12/BC-UBND ngày 10 tháng 01 năm 2025 của UBND huyện)",
        "(Kèm theo Công văn số 12/CV ngày 10/01/2025)",
    ],
)
def test_place_and_date_above_a_table_name_no_year_of_it(line: str) -> None:
    for intake in both([["", line], ["BIỂU SỐ LIỆU"], ["Địa bàn", RATE], ["Tứ Kỳ", 60]]):
        assert codes(intake) == []
        assert figures(intake) == TU_KY


def test_a_title_s_year_is_still_that_of_the_table() -> None:
    for intake in both([["KẾT QUẢ NĂM 2023"], ["Địa bàn", RATE], ["Tứ Kỳ", 60]]):
        assert codes(intake) == ["import-year"]


@pytest.mark.parametrize(
    "line",
    ["Số liệu tính đến ngày 30/11/2024", "(Số liệu tính đến 30/11/2024)", "Thời điểm 30/11/2024"],
)
def test_the_day_of_a_table_is_known_without_a_colon(line: str) -> None:
    for intake in both([[line], ["Địa bàn", RATE], ["Tứ Kỳ", 60]]):
        assert codes(intake) == []
        assert intake.observations[0]["as_of"] == "2024-11-30"


@pytest.mark.parametrize(
    "note",
    [
        "Ghi chú: số liệu chưa gồm trường tư thục",
        "* Chưa gồm trường tư thục",
        "(1) Gồm cả học viên của trại",
        "¹ Gồm cả học viên của trại",
        "Lưu ý: ba xã chưa gửi",
        "Nguồn: Báo cáo của các phòng",
        "Chưa gồm trường tư thục",
        "Số liệu của ba xã mới sáp nhập được tính ước theo năm trước",
    ],
)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_remark_below_a_table_is_told_with_its_words(note: str, at: int) -> None:
    rows: Rows = [["STT", "Địa bàn", RATE], [1, "Tứ Kỳ", 60], [], [""] * at + [note]]
    for more in ([], [["Người lập biểu"], ["Trần Thị B"]]):
        for intake in both([*rows, *more]):
            assert codes(intake) == []
            assert figures(intake) == TU_KY
            assert [each.place.value for each in intake.problems if "note" in each.code] == [note]


def test_a_remark_after_the_signature_and_above_the_table_is_told_too() -> None:
    rows: Rows = [
        ["Ghi chú: số tạm tính"],
        ["Địa bàn", RATE],
        ["Tứ Kỳ", 60],
        ["Người lập biểu"],
        ["Ghi chú: ba xã chưa gửi"],
    ]
    for intake in both(rows):
        assert warned(intake).count("import-note-outside") == 2


def test_a_remark_below_a_form_is_told_and_its_signatures_are_not() -> None:
    def remark(sheet: Any) -> None:
        sheet.cell(sheet.max_row + 3, AT["number"] + 1).value = "Ghi chú: ba xã chưa gửi"
        sheet.cell(sheet.max_row + 1, AT["source"] + 1).value = SIGNED[0]

    intake = in_form(remark)

    assert codes(intake) == []
    assert warned(intake) == ["import-note-outside"]
    assert "ba xã chưa gửi" in said(intake)


@pytest.mark.parametrize(
    "rows",
    [
        [["Chỉ tiêu", "Tứ Kỳ"], [RATE, 60], ["Ghi chú:"], [OTHER, "50,5"]],
        [["Địa bàn", RATE], ["Tứ Kỳ", 60], [SIGNED[0]], ["Gia Lộc", "70,5"]],
        [["Mã", RATE], ["298", 60], ["Người lập"], ["297", "70,5"]],
    ],
)
def test_figures_below_what_ends_a_table_are_asked_about(rows: Rows) -> None:
    for intake in both(rows):
        assert codes(intake) == ["import-after-footer"]


# What is hidden, and what hangs on cells ----------------------------------------------------

HIDDEN: list[list[Any]] = [["Mã", "Địa bàn", RATE, "Ghi chú"], ["298", "Tứ Kỳ", 60, "rà soát"]]


@pytest.mark.parametrize("column", ["C", "D"])
def test_a_hidden_column_is_asked_about(column: str) -> None:
    def hide(sheet: Any) -> None:
        sheet.column_dimensions[column].hidden = True

    intake = book(HIDDEN, hide)

    assert codes(intake) == ["import-hidden-column"]
    (problem,) = (each for each in intake.problems if each.stops)
    assert problem.place.value in {"60", "rà soát"}


def test_hidden_columns_that_the_file_has_as_one_are_all_hidden() -> None:
    def hide(sheet: Any) -> None:
        sheet.column_dimensions.group("C", "D", hidden=True)

    assert codes(book(HIDDEN, hide)) == ["import-hidden-column"] * 2


def test_a_hidden_column_of_names_is_read_and_told_and_an_empty_one_is_nothing() -> None:
    def hide(sheet: Any) -> None:
        sheet.column_dimensions["A"].hidden = True
        sheet.column_dimensions["D"].hidden = True
        sheet["D2"] = None

    intake = book(HIDDEN, hide)

    assert codes(intake) == []
    assert "import-hidden-names" in warned(intake)


def test_a_form_s_own_hidden_columns_are_nothing_and_a_hidden_figure_is_asked_about() -> None:
    def hide(sheet: Any) -> None:
        letter = openpyxl.utils.get_column_letter(AT["denominator"] + 1)
        sheet.column_dimensions[letter].hidden = True

    assert warned(in_form(lambda _: None)) == []
    assert codes(in_form(hide)) == ["import-hidden-column"]


def test_comments_on_cells_are_told_with_their_cell_and_words() -> None:
    def comment(sheet: Any) -> None:
        sheet["C2"].comment = Comment("Số tạm, chờ xã Minh Đức", "Bà A")
        sheet["F9"].comment = Comment("Ô trống cũng có lời", "Bà A")

    intake = book(HIDDEN, comment)

    assert codes(intake) == []
    told = [each for each in intake.problems if each.code == "import-comment"]
    assert [(each.place.row, each.place.column, each.place.value) for each in told] == [
        (2, "C", "Số tạm, chờ xã Minh Đức"),
        (9, "F", "Ô trống cũng có lời"),
    ]


def test_a_comment_in_a_form_is_told() -> None:
    def comment(sheet: Any) -> None:
        sheet.cell(FIRST_ROW, AT["value"] + 1).comment = Comment("Chờ quyết định", "Bà A")

    assert warned(in_form(comment)) == ["import-comment"]


def test_a_text_box_or_a_picture_on_a_sheet_is_told() -> None:
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = made.add_worksheet()
    for number, row in enumerate([["Địa bàn", RATE], ["Tứ Kỳ", 60]]):
        sheet.write_row(number, 0, row)
    sheet.insert_textbox(5, 1, "Gia Lộc: 70,5")
    made.close()

    assert "import-drawing" in warned(taken(target.getvalue()))


# Laws ---------------------------------------------------------------------------------------


def test_brackets_of_every_kind_are_seen() -> None:
    for opened, closed in ("()", "[]", "{}", "（）", "［］", "【】", "〔〕", "⁽⁾", "⟨⟩"):
        assert brackets(f"Tỷ lệ {opened}số TT{closed}") == ("Tỷ lệ", ("số TT",))
    assert brackets("Tỷ lệ ((%))") == ("Tỷ lệ", ("%",))
    assert brackets("Tỷ lệ") == ("Tỷ lệ", ())
