from __future__ import annotations

import unicodedata

import pytest
from excel_at_hand import archive, names
from hypothesis import given
from hypothesis import strategies as st

from tiendo.excel.cells import Cell, Fault, Found
from tiendo.excel.names import WHOLE, area_of, indicator_of
from tiendo.terms import Place


def said(value: str | int) -> object:
    found = area_of(Cell(value=value, place=Place(file="a.csv")), names())
    if isinstance(found, Found):
        return found.value
    return found.code if isinstance(found, Fault) else found


@pytest.mark.parametrize(
    ("written", "area"),
    [
        ("Thành phố Hải Dương", "tp-hai-duong"),
        ("TP Hải Dương", "tp-hai-duong"),
        ("TP. Hải Dương", "tp-hai-duong"),
        ("Tp.Hải Dương", "tp-hai-duong"),
        ("T.P Hải Dương", "tp-hai-duong"),
        ("TPHD", "tp-hai-duong"),
        ("Thành phố  hải dương ", "tp-hai-duong"),
        ("Huyện Tứ Kỳ", "tu-ky"),
        ("H. Tứ Kỳ", "tu-ky"),
        ("Tứ kỳ", "tu-ky"),
        ("Tứ Kì", "tu-ky"),
        ("Tu Ky", "tu-ky"),
        ("H.Tu Ky", "tu-ky"),
        ("TỨ KỲ", "tu-ky"),
        ("Thị xã Kinh Môn", "kinh-mon"),
        ("TX Kinh Môn", "kinh-mon"),
        ("TX. Kinh Môn", "kinh-mon"),
        ("Huyện Kinh Môn", "kinh-mon"),
        ("TX Chí Linh", "chi-linh"),
        ("Cẩm Giàng", "cam-giang"),
        ("Huyện  Gia Lộc", "gia-loc"),
        ("1. Nam Sách", "nam-sach"),
        ("10) Tứ Kỳ", "tu-ky"),
        ("IV. Gia Lộc", "gia-loc"),
        ("288", "tp-hai-duong"),
        ("0288", "tp-hai-duong"),
        ("288.0", "tp-hai-duong"),
        ("288 ", "tp-hai-duong"),
        (288, "tp-hai-duong"),
        ("tu-ky", "tu-ky"),
        ("Tỉnh Hải Dương", "hai-duong"),
        ("Toàn tỉnh", WHOLE),
        ("Tổng cộng", WHOLE),
        ("CỘNG:", WHOLE),
        ("Tổng", WHOLE),
        ("Trực thuộc tỉnh", "truc-thuoc-tinh"),
    ],
)
def test_an_area_is_known_by_whatever_it_is_called(written: str | int, area: str) -> None:
    assert said(written) == area


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Hải Dương", "import-area-two"),
        ("HẢI DƯƠNG", "import-area-two"),
        ("hai duong", "import-area-two"),
        ("Cẩm Giang", "import-area-unknown"),
        ("Thanh Miên", "import-area-unknown"),
        ("Hài Dương", "import-area-unknown"),
        ("Huyện Chí Linh", "import-area-unknown"),
        ("Thủy Nguyên", "import-area-unknown"),
        ("Phường Hải Dương", "import-area-not-here"),
        ("Xã Thanh Hà", "import-area-not-here"),
        ("289", "import-code-unknown"),
        (11074, "import-code-unknown"),
        ("Khối cơ quan", "import-area-unknown"),
    ],
)
def test_a_name_that_is_not_certain_is_refused(written: str | int, code: str) -> None:
    assert said(written) == code


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("Cẩm Giang", "Huyện Cẩm Giàng"),
        ("Thanh Miên", "Huyện Thanh Miện"),
        ("1. Thanh Miên", "Huyện Thanh Miện"),
    ],
)
def test_a_wrong_accent_is_asked_about_with_the_nearest_name(written: str, nearest: str) -> None:
    found = area_of(Cell(value=written, place=Place(file="a.csv")), names())

    assert isinstance(found, Fault)
    assert found.facts["nearest"] == nearest


def test_every_name_that_the_plan_knows_an_area_by_is_that_area() -> None:
    for name in names().types:
        area = archive().areas[name]
        for text in (area.name.vi, area.name.en, *area.aliases):
            for form in ("NFC", "NFD"):
                assert said(unicodedata.normalize(form, text)) == name


def test_letters_that_only_look_right_are_read_and_told() -> None:
    found = area_of(Cell(value="Huyện Gia Lộc\u00a0", place=Place(file="a.csv")), names())
    unseen = area_of(Cell(value="Tứ\u200b Kỳ", place=Place(file="a.csv")), names())

    assert found == Found(value="gia-loc", repair="letters")
    assert unseen == Found(value="tu-ky", repair="letters")


@pytest.mark.parametrize(
    ("written", "indicator"),
    [
        ("cong-dan-ht", "cong-dan-ht"),
        ("Công dân học tập", "cong-dan-ht"),
        ("công dân  học tập", "cong-dan-ht"),
        ("12. Công dân học tập", "cong-dan-ht"),
        ("Xoá mù chữ mức độ 2", "xmc-md2"),
        ("cong dan hoc tap", "cong-dan-ht"),
        ("Tỷ lệ công dân đạt danh hiệu công dân học tập", "cong-dan-ht"),
    ],
)
def test_an_indicator_is_known_by_its_names(written: str, indicator: str) -> None:
    found = indicator_of(written, names())

    assert isinstance(found, Found)
    assert found.value == indicator


def test_an_indicator_with_a_wrong_accent_is_asked_about() -> None:
    found = indicator_of("Công dân học tâp", names())

    assert isinstance(found, Fault)
    assert found.facts["nearest"] == "Công dân học tập"


@given(st.text())
def test_whatever_stands_in_a_cell_is_a_name_or_none(text: str) -> None:
    found = area_of(Cell(value=text, place=Place(file="a.csv")), names())

    assert found is None or isinstance(found, Found | Fault)
    assert isinstance(indicator_of(text, names()), Found | Fault | None)
