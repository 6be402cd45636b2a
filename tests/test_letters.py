from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.letters import folded, is_formula, letter_faults, mended, nearest, slug, with_tone_first

VIETNAMESE = (
    "Cộng hòa, Đắk Lắk, quỹ khuyến học, Tứ Kỳ, Cẩm Giàng, Thủy Nguyên: 70,5% – “đạt” (9/12)"
)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (VIETNAMESE, ()),
        ("Đại học Tübingen, Đại học Würzburg", ()),
        ("Curaçao", ()),
        ("25 km², 3 m³, 30 °C, ½ số xã, © 2024", ()),
        ("https://example.org/?a=1&b?c", ()),
        ("Háº£i DÆ°Æ¡ng", ("letters-mojibake",)),
        ("Hß║úi D╞░╞íng", ("letters-mojibake",)),
        ("H\ufffdi", ("letters-mojibake",)),
        ("§¹t chuÈn phæ cËp", ("letters-mojibake",)),  # TCVN3
        ("T×nh h×nh kinh tÕ", ("letters-mojibake",)),  # TCVN3
        ("Haûi Döông, huyeän Töù Kyø, Ñaït chuaån", ("letters-mojibake",)),  # VNI
        ("Häi Dß½ng", ("letters-mojibake",)),  # VISCII
        ("Ðạt chuẩn", ("letters-look-alike",)),  # eth
        ("Ɖạt chuẩn", ("letters-look-alike",)),  # African D
        ("Hải Dươпg", ("letters-look-alike",)),  # Cyrillic п
        ("Ha\u0309i Du\u031bo\u031bng", ("letters-decomposed",)),
        ("７０％", ("letters-wide",)),
        ("Nam\u00a0Sách", ("letters-invisible",)),
        ("Nam\u200bSách", ("letters-invisible",)),
        ("Nam\u202eSách", ("letters-invisible",)),  # turns the writing round
        ("Nam\tSach", ("letters-invisible",)),
        ("a\x07b", ("letters-invisible",)),
        ("H?i D??ng", ("letters-lossy",)),
        ("Ðạt\u00a0chu?n", ("letters-look-alike", "letters-invisible", "letters-lossy")),
    ],
)
def test_letters_that_are_not_what_they_look_like_are_found(
    text: str, faults: tuple[str, ...]
) -> None:
    assert letter_faults(text) == faults


def test_text_of_windows_1258_is_found_by_the_eth_in_it() -> None:
    shown = unicodedata.normalize("NFD", "Đạt").replace("Đ", "D")
    garbled = b"\xd0a\xf2t chu\xe2\xd2n".decode("cp1252")

    assert (shown, letter_faults(garbled)) == ("Da\u0323t", ("letters-look-alike",))


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_what_a_spreadsheet_would_run_is_a_formula(text: str) -> None:
    assert is_formula(text)


@pytest.mark.parametrize("text", ["1 = 1", "–5 điểm", "Đạt", "", "(-5)"])
def test_what_a_spreadsheet_shows_as_it_is_is_none(text: str) -> None:
    assert not is_formula(text)


def test_mended_text_has_composed_letters_the_right_d_and_ordinary_spaces() -> None:
    assert mended("  Ða\u0323t\u00a0 chua\u0309\u200bn ") == "Đạt chuản"


@given(st.text())
def test_mending_twice_changes_nothing_more(text: str) -> None:
    assert mended(mended(text)) == mended(text)


@given(st.text(alphabet=st.sampled_from("àảãáạăâđêôơưỳýỷỹỵ hồ Quý Thuỷ")))
def test_mended_vietnamese_has_no_fault_left(text: str) -> None:
    assert letter_faults(mended(unicodedata.normalize("NFD", text))) == ()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  Cẩm  GIÀNG ", "cam giang"),
        ("Đường", "duong"),
        ("Ðường", "duong"),
        ("du\u031bo\u031b\u0300ng", "duong"),
        ("TP. Hải Dương", "tp. hai duong"),
    ],
)
def test_folding_leaves_what_is_typed_without_marks(text: str, plain: str) -> None:
    assert folded(text) == plain


@given(st.text())
def test_folding_takes_composed_and_decomposed_letters_for_the_same(text: str) -> None:
    assert folded(unicodedata.normalize("NFD", text)) == folded(unicodedata.normalize("NFC", text))


@given(st.text())
def test_a_slug_is_an_id_or_nothing(text: str) -> None:
    assert slug(text).strip("-") == slug(text)
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@pytest.mark.parametrize(
    ("new", "old"),
    [("Thuỷ", "Thủy"), ("hoà", "hòa"), ("khoẻ", "khỏe"), ("Quý", "Quý"), ("hoàng", "hoàng")],
)
def test_tones_of_open_syllables_are_put_on_their_first_letter(new: str, old: str) -> None:
    assert with_tone_first(new) == old


@pytest.mark.parametrize("typed", ["Tu Ky", "tu_ky", "Tứ Kỳ", "TỨ KỲ", "tu-ki", "Tứ Kì"])
def test_the_nearest_name_is_the_one_that_was_meant(typed: str) -> None:
    assert nearest(typed, ["nam-sach", "tu-ky", "thanh-ha"]) == "tu-ky"


def test_what_is_like_nothing_has_no_nearest_name() -> None:
    assert nearest("Tổng cộng", ["nam-sach", "tu-ky"]) == ""
