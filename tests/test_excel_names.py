from __future__ import annotations

import unicodedata
from functools import cache

import pytest
from excel_at_hand import LANGUAGES, archive, names
from hypothesis import given
from hypothesis import strategies as st

from tiendo.forms.cells import Cell, Fault, Found
from tiendo.forms.names import WHOLE, Names, area_of, indicator_of, names_of
from tiendo.forms.vocabulary import vocabulary
from tiendo.judge.owed import planned
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


@cache
def names_of_2026() -> Names:
    """Those of a form that communes fill in."""
    edition = planned(archive(), 2026)
    assert edition is not None
    assert edition.geography == "commune"
    return names_of(archive(), edition, vocabulary(LANGUAGES, "vi"))


def said_in_2026(value: str | int) -> object:
    found = area_of(Cell(value=value, place=Place(file="a.csv")), names_of_2026())
    if isinstance(found, Found):
        return found.value
    return found.code if isinstance(found, Fault) else found


@pytest.mark.parametrize(
    ("written", "area"),
    [
        ("Xã Cẩm Giàng", "xa-cam-giang-10903"),
        ("X. Cẩm Giang", "xa-cam-giang-10888"),
        ("Cẩm Giang", "xa-cam-giang-10888"),
        ("10903", "xa-cam-giang-10903"),
        ("10888", "xa-cam-giang-10888"),
        ("Phường Hải Dương", "phuong-hai-duong"),
        ("P. Hải Dương", "phuong-hai-duong"),
        ("Tỉnh Hải Dương", "hai-duong"),
        ("10525", "phuong-hai-duong"),
        ("Phường Tứ Minh", "phuong-tu-minh"),
        (10891, "phuong-tu-minh"),
        ("Xã Tứ Kỳ", "xa-tu-ky"),
        ("Xa Tu Ky", "xa-tu-ky"),
        ("Phường Việt Hoà", "phuong-viet-hoa"),
        ("10507", "phuong-thanh-dong"),
        ("10837", "phuong-nam-dong"),
    ],
)
def test_a_commune_of_today_is_known_by_its_name_and_by_its_code_of_today(
    written: str | int, area: str
) -> None:
    assert said_in_2026(written) == area


@pytest.mark.parametrize(
    ("written", "code"),
    [
        # Two communes that differ by one tone mark.
        ("cam giang", "import-area-two"),
        ("Xa Cam Giang", "import-area-two"),
        # A province and a ward; the city has ended.
        ("Hải Dương", "import-area-two"),
        ("hai duong", "import-area-two"),
        ("Thành phố Hải Dương", "import-area-not-here"),
        ("TP. Hải Dương", "import-area-not-here"),
        ("TPHD", "import-area-not-here"),
        ("Thành phố Hải Phòng", "import-area-not-here"),
        # A former district, or the commune that has its name.
        ("Tứ Kỳ", "import-area-two"),
        ("Tu Ky", "import-area-two"),
        ("Cẩm Giàng", "import-area-two"),
        ("Chí Linh", "import-area-two"),
        ("Huyện Tứ Kỳ", "import-area-not-here"),
        ("H. Tứ Kỳ", "import-area-not-here"),
        ("TX Kinh Môn", "import-area-not-here"),
        # Communes that have ended, and codes that were another's or are no more.
        ("Thị trấn Lai Cách", "import-area-not-here"),
        ("Thị trấn Cẩm Giang", "import-area-not-here"),
        ("Xã Hòa Bình", "import-area-not-here"),
        ("phuong-tu-minh-10540", "import-area-unknown"),
        ("10540", "import-code-unknown"),
        ("10510", "import-code-unknown"),
        ("10672", "import-code-unknown"),
        (288, "import-code-unknown"),
        ("31", "import-code-unknown"),
        # Of Hải Phòng, outside the plan's land.
        ("Phường Hòa Bình", "import-area-unknown"),
        ("Xã Nguyễn Bỉnh Khiêm", "import-area-unknown"),
    ],
)
def test_a_communes_form_takes_no_former_area_for_one_of_today(
    written: str | int, code: str
) -> None:
    assert said_in_2026(written) == code


def test_a_name_that_was_a_districts_is_asked_about_with_both() -> None:
    found = area_of(Cell(value="Tứ Kỳ", place=Place(file="a.csv")), names_of_2026())

    assert isinstance(found, Fault)
    assert found.facts["names"] == "Huyện Tứ Kỳ; Xã Tứ Kỳ"


def test_a_code_is_that_of_its_time() -> None:
    assert said("10891") == "import-code-unknown"
    assert said_in_2026("10891") == "phuong-tu-minh"
    assert archive().areas["thi-tran-lai-cach-10891"].code == "10891"


def test_every_name_that_the_plan_knows_an_area_by_is_that_area() -> None:
    for name in names().types:
        area = archive().areas[name]
        for text in (area.name.first, area.name["en"], *area.aliases):
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
