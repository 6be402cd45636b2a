from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from excel_at_hand import names
from hypothesis import given
from hypothesis import strategies as st

from tiendo.forms.cells import (
    Blank,
    Cell,
    Fault,
    Found,
    blank_or_fault,
    count,
    day,
    level,
    parts,
    percent,
)
from tiendo.terms import Place

WORDS = names().words


def cell(value: Any, **more: Any) -> Cell:
    return Cell(value=value, place=Place(file="a.csv"), **more)


def got(found: object) -> object:
    """A reading as one value: what was read, or the code of why not."""
    if isinstance(found, Found):
        return found.value
    return found.code if isinstance(found, Fault) else found


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1250", 1250),
        (1250, 1250),
        (Decimal("1250.0"), 1250),
        ("1.234", 1234),
        ("1.971.326", 1971326),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("１２５", "import-number-sign"),
        ("6¹", "import-number-signs"),
        ("100,0", 100),
        ("1.234,0", 1234),
        ("1,234,567", 1234567),
        ("1,234.0", 1234),
        ("1,234", "import-number-two-ways"),
        ("70.5", "import-number-not-whole"),
        ("70,5", "import-number-not-whole"),
        ("1.234,5", "import-number-not-whole"),
        (Decimal("1.234"), "import-number-not-whole"),
        ("-5", "import-number-negative"),
        ("\u22125", "import-number-negative"),
        (-5, "import-number-negative"),
        ("1e3", "import-number-wrong"),
        ("33,", "import-number-wrong"),
        (",5", "import-number-wrong"),
        ("1.23.456", "import-number-wrong"),
        ("1250 người", "import-number-wrong"),
        ("9/12", "import-number-wrong"),
        ("9" * 40, "import-number-wrong"),
        (date(2024, 12, 9), "import-number-date"),
    ],
)
def test_a_count_is_read_as_it_is_written_here(written: object, read: object) -> None:
    assert got(count(cell(written))) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("70,5", Decimal("70.5")),
        ("70.5", Decimal("70.5")),
        ("60%", Decimal(60)),
        ("60 %", Decimal(60)),
        ("70,5％", Decimal("70.5")),
        ("100,0", Decimal(100)),
        ("0", Decimal(0)),
        (0, Decimal(0)),
        ("0,6%", Decimal("0.6")),
        ("0,6", "import-number-share"),
        (Decimal("0.6"), "import-number-share"),
        ("1.234", "import-number-two-ways"),
        ("1,234", "import-number-two-ways"),
        ("1.234,5", "percent-range"),
        ("120", "percent-range"),
        (Decimal("100.01"), "percent-range"),
        ("1.971.326", "percent-range"),
        ("-5", "import-number-negative"),
        ("33,", "import-number-wrong"),
        (",5", "import-number-wrong"),
        ("1e3", "import-number-wrong"),
        ("9/12", "import-number-wrong"),
        (date(2024, 12, 9), "import-number-date"),
    ],
)
def test_a_percentage_is_read_as_it_is_written_here(written: object, read: object) -> None:
    assert got(percent(cell(written))) == read


def test_a_share_that_excel_shows_as_a_percentage_is_that_percentage() -> None:
    assert percent(cell(Decimal("0.6"), percent=True)) == Found(
        value=Decimal(60), repair="percent-format"
    )


def test_a_hundred_that_excel_shows_as_ten_thousand_percent_is_refused() -> None:
    assert got(percent(cell(100, percent=True))) == "percent-range"


@pytest.mark.parametrize(
    "mark",
    ["-", "–", "...", "…", "x", "X", "N/A", "KXĐ", "chưa có", "Không có số liệu", "/", "*"],
)
def test_what_stands_for_no_figure_is_a_mark_and_never_0(mark: str) -> None:
    assert blank_or_fault(cell(mark), WORDS) == Blank(mark=mark)


@pytest.mark.parametrize("nothing", [None, "", "  ", "\u200b"])
def test_an_empty_cell_is_blank(nothing: str | None) -> None:
    assert blank_or_fault(cell(nothing), WORDS) == Blank()


@pytest.mark.parametrize("about", [">60", "khoảng 60", "~60", "gần 60", "≥ 60", "KHOẢNG 60"])
def test_a_figure_that_is_only_about_right_is_refused(about: str) -> None:
    assert got(blank_or_fault(cell(about), WORDS)) == "import-number-about"


@pytest.mark.parametrize(
    ("there", "code"),
    [
        (cell(None, formula=True), "import-formula-empty"),
        (cell("=B3*100"), "import-formula-text"),
        (cell("#DIV/0!", error=True), "import-cell-error"),
        (cell(50, inner=True), "import-cell-merged"),
        (cell(True), "import-number-wrong"),
    ],
)
def test_what_can_hold_no_figure_says_why(there: Cell, code: str) -> None:
    assert got(blank_or_fault(there, WORDS)) == code


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (2, 2),
        ("0", 0),
        ("Mức 2", 2),
        ("mức độ 3", 3),
        ("Đạt mức độ 2", 2),
        ("Đạt", "import-level-wrong"),
        ("Chưa đạt", "import-level-wrong"),
        (Decimal("2.5"), "import-level-wrong"),
        ("II", "import-level-wrong"),
        (date(2024, 1, 2), "import-number-date"),
    ],
)
def test_a_level_is_a_number_with_or_without_its_word(written: object, read: object) -> None:
    assert got(level(cell(written), WORDS)) == read


@pytest.mark.parametrize(
    ("written", "whole", "read"),
    [
        ("9/12", None, (9, 12)),
        ("9 / 12", None, (9, 12)),
        ("1.250/3.000", None, (1250, 3000)),
        (date(2024, 12, 9), 12, (9, 12)),
        (date(2024, 9, 12), 12, (9, 12)),
        (date(2024, 12, 12), 12, (12, 12)),
        (date(2024, 12, 9), None, "import-parts-date"),
        (date(2024, 12, 20), 12, "import-parts-date"),
        ("9", None, "import-parts-wrong"),
        ("9/12/2024", None, "import-parts-wrong"),
        ("9,5/12", None, "import-parts-wrong"),
        (9, 12, "import-parts-wrong"),
    ],
)
def test_two_numbers_in_a_cell_are_told_from_a_day(
    written: object, whole: int | None, read: object
) -> None:
    assert got(parts(cell(written), whole)) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-12-15", date(2024, 12, 15)),
        ("15/12/2024", date(2024, 12, 15)),
        ("15-12-2024", date(2024, 12, 15)),
        ("15.12.2024", date(2024, 12, 15)),
        ("ngày 15 tháng 12 năm 2024", date(2024, 12, 15)),
        ("Ngày 05 tháng 02 năm 2024", date(2024, 2, 5)),
        ("05/10/2024", date(2024, 10, 5)),
        ("31/11/2024", "import-date-wrong"),
        ("12/31/2024", "import-date-wrong"),
        ("12/2024", "import-date-short"),
        ("tháng 12 năm 2024", "import-date-short"),
        ("2024", "import-date-short"),
        (2024, "import-date-short"),
        ("15/12/24", "import-date-short"),
        ("45641", "import-date-serial"),
        ("hôm qua", "import-date-wrong"),
        ("15/12/0024", "import-date-wrong"),
        (date(1900, 1, 1), "import-date-wrong"),
    ],
)
def test_a_day_is_read_in_the_order_of_this_country(written: object, read: object) -> None:
    assert got(day(cell(written), WORDS)) == read


def test_a_serial_number_in_a_workbook_is_a_day_by_the_workbook_s_own_calendar() -> None:
    assert got(day(cell(45641, serial=True), WORDS)) == date(2024, 12, 15)
    assert got(day(cell(44179, serial=True, epoch_1904=True), WORDS)) == date(2024, 12, 15)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.text(),
    st.text(alphabet="0123456789.,-%/ eE+", max_size=12),
)


@given(VALUES, st.fixed_dictionaries({"percent": st.booleans(), "serial": st.booleans()}))
def test_whatever_stands_in_a_cell_is_read_or_refused(
    value: object, looks: dict[str, bool]
) -> None:
    there = cell(value, **looks)
    fault = blank_or_fault(there, WORDS)
    if fault is None:
        for read in (count(there), percent(there), level(there, WORDS), parts(there, 12)):
            assert isinstance(read, Found | Fault)
    assert isinstance(day(there, WORDS), Found | Fault | Blank)


@given(st.integers(min_value=0, max_value=10**9))
def test_a_number_grouped_by_dots_is_the_number(number: int) -> None:
    assert got(count(cell(f"{number:,}".replace(",", ".")))) == number


@given(st.decimals(min_value=1, max_value=100, places=2))
def test_a_percentage_with_a_comma_is_the_percentage(number: Decimal) -> None:
    assert got(percent(cell(f"{number:.2f}".replace(".", ",")))) == number
