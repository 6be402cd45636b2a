"""Files as people send them: how each kind ends, converted, mended and told, or refused with a question."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from excel_at_hand import (
    LANGUAGES,
    NOW,
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
    names,
    rows_of_form,
    saved,
    taken,
    warned,
    xlsx_of,
)

from tiendo.config import ROOT
from tiendo.forms.form import forms
from tiendo.forms.intake import imported
from tiendo.forms.names import is_known
from tiendo.forms.old_letters import codec_of, codecs, modern, shown
from tiendo.terms import Archive, Place, Problem, Status, Text
from tiendo.words.problems import remedy, sentence

ROWS = [
    ["Mã", "Địa bàn", "Công dân học tập (%)", "Ghi chú"],
    ["288", "TP. Hải Dương", "70,5", "Đạt chuẩn phổ cập"],
    ["298", "Huyện Tứ Kỳ", "60", "Đã kiểm tra ở xã"],
]
GIVEN = {("cong-dan-ht", "tp-hai-duong"): "70.5", ("cong-dan-ht", "tu-ky"): "60"}
NOTES = ["Đạt chuẩn phổ cập", "Đã kiểm tra ở xã"]
TEXT = csv_of(ROWS).decode()


def in_tcvn3(text: str) -> bytes:
    back = {letter: sign for sign, letter in tcvn3_table().items()}
    # The fonts have no capitals with tones: people type a small letter, or the font shows it.
    made = [back.get(letter) or back.get(letter.lower()) or letter for letter in text]
    return "".join(made).encode("latin-1")


def tcvn3_table() -> dict[str, str]:
    return {
        chr(code): made
        for code in range(0xA1, 0xFF)
        if (made := codecs()["TCVN3"](chr(code))) != chr(code)
    }


def in_vni(text: str) -> bytes:
    marks = {"\u0300": "ø", "\u0301": "ù", "\u0303": "õ", "\u0309": "û", "\u0323": "ï",
             "\u0302": "â", "\u0306": "ê"}  # fmt: skip
    both = {"âø": "à", "âù": "á", "âõ": "ã", "âû": "å", "âï": "ä",
            "êø": "è", "êù": "é", "êõ": "ü", "êû": "ú", "êï": "ë"}  # fmt: skip
    alone = {"đ": "ñ", "Đ": "Ñ", "ì": "ì", "í": "í", "ĩ": "ó", "ỉ": "æ", "ị": "ò", "ỵ": "î"}
    made = ""
    for letter in unicodedata.normalize("NFC", text):
        if letter in alone:
            made += alone[letter]
            continue
        base, *rest = list(unicodedata.normalize("NFD", letter))
        horn = "\u031b" in rest
        base = {"o": "ô", "u": "ö", "O": "Ô", "U": "Ö"}[base] if horn else base
        # Ordered as VNI has them: the shape before the tone.
        signs = "".join(marks[mark] for mark in sorted(rest, key="\u0302\u0306".find, reverse=True)
                        if mark != "\u031b")  # fmt: skip
        made += base + both.get(signs, signs)
    return made.encode("cp1252")


def in_1258(text: str) -> bytes:
    made = b""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = [mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323"]
        rest = unicodedata.normalize("NFC", "".join(p for p in parts if p not in tones))
        made += (rest + "".join(tones)).encode("cp1258")
    return made


# Encodings ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (TEXT.encode(), []),
        (b"\xef\xbb\xbf" + TEXT.encode(), []),
        (TEXT.encode("utf-16"), []),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), []),
        (TEXT.replace(";", "\t").encode("utf-16"), []),
        (TEXT.encode("utf-16-le"), []),
        (("sep=;\r\n" + TEXT).encode(), []),
        (TEXT.replace("\r\n", "\n").encode(), []),
        (TEXT.replace("\r\n", "\r").encode(), []),
        (unicodedata.normalize("NFD", TEXT).encode(), ["letters"]),
        (TEXT.replace("Đ", "Ð").encode(), ["letters"]),
        (in_1258(TEXT), ["old-letters"]),
        (in_tcvn3(TEXT), ["old-letters"]),
        (in_vni(TEXT), ["old-letters"]),
        (shown(in_tcvn3(TEXT)).encode(), ["old-letters"]),
        (shown(in_vni(TEXT)).encode(), ["old-letters"]),
        (shown(in_1258(TEXT)).encode(), ["old-letters"]),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-be", "unicode text of Excel", "utf-16 without mark",
         "sep=;", "lf", "cr", "nfd", "eth", "windows-1258", "tcvn3", "vni", "tcvn3 seen as latin",
         "vni seen as latin", "windows-1258 seen as latin"],
)  # fmt: skip
def test_text_in_an_encoding_that_is_certain_is_read(content: bytes, kind: list[str]) -> None:
    intake = taken(("bảng.csv", content))

    assert codes(intake) == []
    assert figures(intake) == GIVEN
    assert [row["note_vi"].lower() for row in intake.observations] == [n.lower() for n in NOTES]
    assert [found for found in kinds(intake) if found != "notation"] == kind


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (TEXT.encode().decode("cp1252", "replace").encode(), "import-letters-old"),
        (TEXT.encode().decode("cp437").encode(), "import-letters-old"),
        ("Mã;Địa bàn;Công dân học tập\n288;H?i D??ng;70\n".encode(), "import-letters-lost"),
        ("Mã;Đ\xf1 bµn;C«ng\n1;Häi Dß½ng;70\n".encode("latin-1", "replace"), "import-letters-old"),
        (b"a;b\n\x00\x01\x02;\xff\xfe\n" * 9, "import-not-a-table"),
    ],
    ids=["utf-8 read as windows-1252", "utf-8 read as cp437", "question marks", "viscii", "bytes"],
)
def test_text_that_is_not_certain_is_refused_with_advice(content: bytes, code: str) -> None:
    assert codes(taken(("bảng.csv", content))) == [code]


def test_old_letters_in_cells_of_a_workbook_are_converted_beside_letters_of_today() -> None:
    rows = [
        ["Địa bàn", "Công dân học tập", "Ghi chú"],
        [shown(in_tcvn3("Huyện Tứ Kỳ")), 60, "Đã kiểm tra"],
        [shown(in_tcvn3("Huyện Nam Sách")), 50, shown(in_tcvn3("chờ số liệu của xã"))],
    ]

    intake = taken(xlsx_of(rows))

    assert codes(intake) == []
    assert [row["note_vi"] for row in intake.observations] == ["chờ số liệu của xã", "Đã kiểm tra"]


@pytest.mark.parametrize(
    ("seen", "codec", "text"),
    [
        ("H¶i D­¬ng", "TCVN3", "Hải Dương"),
        ("§¹t chuÈn phæ cËp", "TCVN3", "Đạt chuẩn phổ cập"),
        ("T×nh h×nh kinh tÕ-x· héi", "TCVN3", "Tình hình kinh tế-xã hội"),
        ("Haûi Döông, huyeän Töù Kyø", "VNI", "Hải Dương, huyện Tứ Kỳ"),
        ("Ñaït chuaån", "VNI", "Đạt chuẩn"),
        ("TÆNH HAÛI DÖÔNG", "VNI", "TỈNH HẢI DƯƠNG"),
        ("Ðaòt chuâÒn", "Windows-1258", "Đạt chuẩn"),
    ],
)
def test_what_a_reader_of_today_shows_of_old_letters_is_turned_back(
    seen: str, codec: str, text: str
) -> None:
    assert modern(seen, codec) == text


def test_the_bytes_of_the_field_s_own_examples_are_read() -> None:
    assert modern(shown(bytes.fromhex("48b6692044adac6e67")), "TCVN3") == "Hải Dương"
    cp1258 = bytes.fromhex("d061f2742063687 5e2d26e".replace(" ", ""))
    assert modern(shown(cp1258), "Windows-1258") == "Đạt chuẩn"


def test_every_area_and_indicator_comes_back_from_each_old_encoding() -> None:
    areas = [archive().areas[name].name.first for name in names().types]
    texts = [*areas, *(indicator.short.first for indicator in archive().indicators)]
    for encode, codec in ((in_tcvn3, "TCVN3"), (in_vni, "VNI"), (in_1258, "Windows-1258")):
        for text in texts:
            assert modern(shown(encode(text)), codec) in {text, text[0].lower() + text[1:]} or (
                (modern(shown(encode(text)), codec) or "").lower() == text.lower()
            )


def test_letters_of_today_are_taken_for_no_old_encoding() -> None:
    texts = [archive().areas[name].name.first for name in archive().areas]
    notes = [action.text.first for action in archive().actions]

    assert codec_of([*texts, *notes], lambda text: is_known(text, names())) is None


# Separators, heads, rows --------------------------------------------------------------------


def table(*rows: list[object]) -> bytes:
    return csv_of([["Địa bàn", "Công dân học tập"], *rows])


@pytest.mark.parametrize(
    ("content", "given", "kind"),
    [
        (TEXT.replace(";", ",").replace("70,5", '"70,5"').encode(), GIVEN, ["notation"]),
        ((TEXT.replace("\r\n", ";;;;\r\n") + ";;;;;\r\n").encode(), GIVEN, ["notation"]),
        (TEXT.replace(NOTES[1], f'"{NOTES[1].replace(" ", chr(10), 1)}"').encode(), GIVEN, ["letters", "notation"]),
        (
            csv_of([["BIỂU 1"], [], ["Kèm theo báo cáo"], [], *ROWS, [], ["Nơi nhận:"], ["- Sở"]]),
            GIVEN,
            ["footer", "notation"],
        ),
        (csv_of([ROWS[0], ["", "I. Khối thành phố"], *ROWS[1:]]), GIVEN, ["line", "notation"]),
        (csv_of([ROWS[0], ["A", "B", "1", "2"], *ROWS[1:]]), GIVEN, ["notation"]),
    ],
    ids=["commas", "empty columns", "a cell of two lines", "title and recipients", "a section",
         "numbered columns"],
)  # fmt: skip
def test_tables_as_people_make_them_are_read(
    content: bytes, given: dict[tuple[str, str], str], kind: list[str]
) -> None:
    intake = taken(content)

    assert codes(intake) == []
    assert figures(intake) == given
    assert kinds(intake) == kind


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (table(["Tứ Kỳ", "50"], ["Huyện Tứ Kỳ", "50"]), ["import-twice"]),
        (table(["Tứ Kỳ", "50"], ["", "40"]), ["import-row-nameless"]),
        (table(["Cẩm Giang", "50"]), ["import-area-unknown"]),
        (table(["Thanh Miên", "50"]), ["import-area-unknown"]),
        (table(["Hải Dương", "50"]), ["import-area-two"]),
        (table(["Phường Hải Dương", "50"]), ["import-area-not-here"]),
        (table(["11074", "50"]), ["import-code-unknown"]),
        (
            csv_of([["Mã", "Địa bàn", "Kỹ năng sống"], ["290", "Tứ Kỳ", "5"]]),
            ["import-names-disagree"],
        ),
        (csv_of([["Địa bàn", "Công dân học tâp"], ["Tứ Kỳ", "50"]]), ["import-no-table"]),
        (
            csv_of([["Địa bàn", "Kỹ năng sống", "Công dân học tâp"], ["Tứ Kỳ", "50", "40"]]),
            ["import-indicator-unknown"],
        ),
        (
            csv_of([["Địa bàn", "Kỹ năng sống", "Số lớp"], ["Tứ Kỳ", "50", "40"]]),
            ["import-head-unknown"],
        ),
        (
            csv_of([["Địa bàn", "", "Kỹ năng sống"], ["Tứ Kỳ", "50", "40"]]),
            ["import-headless"],
        ),
        (
            csv_of([["Chỉ tiêu", "Huyện", "Kết quả"], ["Dân số", "Tứ Kỳ", "4"]]),
            ["import-indicator-unknown"],
        ),
        (csv_of([["Biểu năm 2023"], ["Địa bàn", "Kỹ năng sống"], ["Tứ Kỳ", "5"]]), ["import-year"]),
        (
            csv_of([["Địa bàn", "Kỹ năng sống năm 2023"], ["Tứ Kỳ", "5"]]),
            ["import-year"],
        ),
        (
            csv_of([["Địa bàn", "Kỹ năng sống 2024-2025"], ["Tứ Kỳ", "5"]]),
            ["import-no-table"],
        ),
        (
            csv_of([["Năm", "Địa bàn", "Kỹ năng sống"], ["2023-2024", "Tứ Kỳ", "5"]]),
            ["import-school-year"],
        ),
        (
            csv_of([["Địa bàn", "Đào tạo chuyên môn kỹ thuật"], ["Tứ Kỳ", "5"]]),
            ["import-row-unexpected"],
        ),
        (
            csv_of([["Biểu năm học 2023-2024"], ["Địa bàn", "Kỹ năng sống"], ["Tứ Kỳ", "5"]]),
            ["import-school-year"],
        ),
        (b'\xc4\x90\xe1\xbb\x8ba b\xc3\xa0n;"a\n', ["import-quotes"]),
        (TEXT.replace(";", ",").encode(), ["import-row-split"]),
        (TEXT.replace("60;", "60;;;").encode(), ["row-cells"]),
        (table(["Tứ Kỳ", "50"], ["Ghi chú:", ""], ["Gia Lộc", "40"]), ["import-after-footer"]),
    ],
)
def test_a_table_that_leaves_a_question_is_refused_with_it(
    content: bytes, found: list[str]
) -> None:
    intake = taken(content)

    assert codes(intake) == found
    assert intake.observations == ()


def test_an_indicator_that_counts_districts_has_no_figure_where_communes_report() -> None:
    *before, edition = (each for each in archive().editions if each.year <= 2024)
    communes = replace(edition, geography="commune", as_of=date(2025, 12, 31))
    later = replace(archive(), editions=(*before, communes))
    rows = [["Địa bàn", "Xóa mù chữ mức độ 2"], ["Xã Tứ Kỳ", 2]]

    intake = imported({"a.csv": csv_of(rows)}, later, 2024, LANGUAGES)

    assert codes(intake) == ["import-row-not-counted"]


def succeeded(since: int, called: str = "") -> Archive:
    """The plan, where from a year on another indicator is asked instead of life skills."""
    known = archive()
    old = next(each for each in known.indicators if each.indicator == "kn-song")
    ended = replace(old, until=since - 1, successor="kn-so")
    new = replace(old, indicator="kn-so", since=since)
    if called:
        new = replace(new, name=Text(vi=called), short=Text(vi=called))
    others = [each for each in known.indicators if each is not old]
    return replace(known, indicators=(*others, ended, new))


def test_an_indicator_that_has_ended_takes_no_figure_and_is_asked_for_in_no_form() -> None:
    plan = succeeded(YEAR, "Kỹ năng số")
    rows = [["Địa bàn", "Kỹ năng sống"], ["Tứ Kỳ", "50"]]

    intake = imported({"a.csv": csv_of(rows)}, plan, YEAR, LANGUAGES, status=Status.OFFICIAL)

    assert codes(intake) == ["import-not-in-force"]
    asked = dict(
        rows_of_form(forms(plan, YEAR, "ubnd-tu-ky", VI, NOW)["bieu-2024-ubnd-tu-ky.xlsx"])
    )
    assert "kn-so" in asked
    assert "kn-song" not in asked


def test_a_name_that_a_successor_took_over_means_the_one_that_is_asked_for() -> None:
    rows = [["Địa bàn", "Kỹ năng sống"], ["Tứ Kỳ", "50"]]

    for since, meant in ((YEAR, "kn-so"), (YEAR + 1, "kn-song")):
        intake = imported(
            {"a.csv": csv_of(rows)}, succeeded(since), YEAR, LANGUAGES, status=Status.OFFICIAL
        )
        assert set(figures(intake)) == {(meant, "tu-ky")}


def test_a_column_of_words_that_is_not_known_is_passed_over_and_told() -> None:
    rows = [["Địa bàn", "Kỹ năng sống", "Cán bộ phụ trách"], ["Tứ Kỳ", "50", "Bà A"]]

    intake = taken(csv_of(rows))

    assert figures(intake) == {("kn-song", "tu-ky"): "50"}
    assert "import-column-ignored" in warned(intake)


def test_rows_of_another_year_are_passed_over_and_told() -> None:
    rows = [
        ["Năm", "Địa bàn", "Kỹ năng sống"],
        ["2023", "Tứ Kỳ", "40"],
        ["2024", "Tứ Kỳ", "50"],
    ]

    intake = taken(csv_of(rows))

    assert figures(intake) == {("kn-song", "tu-ky"): "50"}
    assert kinds(intake) == ["other-year"]


@pytest.mark.parametrize(
    ("figure", "found"),
    [
        ("", "import-blank"),
        ("-", "import-mark"),
        ("–", "import-mark"),
        ("...", "import-mark"),
        ("…", "import-mark"),
        ("x", "import-mark"),
        ("N/A", "import-mark"),
        ("KXĐ", "import-mark"),
        ("chưa có", "import-mark"),
        (">60", "import-number-about"),
        ("khoảng 60", "import-number-about"),
        ("~60", "import-number-about"),
        ("120", "percent-range"),
        ("-5", "import-number-negative"),
        ("0,6", "import-number-share"),
        ("1.234", "import-number-two-ways"),
        ("1,234", "import-number-two-ways"),
        ("1e3", "import-number-wrong"),
        ("=B3*100", "import-formula-text"),
        ("33,", "import-number-wrong"),
        (",5", "import-number-wrong"),
    ],
)
def test_a_figure_that_is_not_certain_is_asked_about(figure: str, found: str) -> None:
    assert codes(taken(table(["Tứ Kỳ", figure]))) == [found]


def test_a_fraction_that_became_a_day_is_turned_back_only_where_the_areas_are_counted() -> None:
    counted = book_of([["Địa bàn", "Xóa mù chữ mức độ 2"], ["Tỉnh Hải Dương", date(2024, 12, 9)]])
    ratio = book_of([["Địa bàn", "n/N", "Chỉ tiêu"], ["Tứ Kỳ", date(2024, 12, 9), "Kỹ năng sống"]])

    intake = taken(saved(counted))
    assert figures(intake) == {("xmc-md2", "hai-duong"): "9/12"}
    assert kinds(intake) == ["fraction-date"]
    asked = taken(saved(ratio))
    assert codes(asked) == ["import-parts-date"]
    assert asked.problems[0].facts["first"] == "9/12"


# Workbooks ----------------------------------------------------------------------------------

FIGURES: list[list[Any]] = [["Địa bàn", "Công dân học tập"], ["Tứ Kỳ", 50]]


def changed(change: Callable[[Any], object], rows: list[list[Any]] = FIGURES) -> bytes:
    book = book_of(rows)
    change(book)
    return saved(book)


def test_a_share_in_a_percentage_format_is_that_percentage() -> None:
    def share(book: Any) -> None:
        book.active["B2"] = 0.6
        book.active["B2"].number_format = "0%"

    intake = taken(changed(share))

    assert figures(intake) == {("cong-dan-ht", "tu-ky"): "60"}
    assert kinds(intake) == ["percent-format"]


def test_a_share_without_a_percentage_format_is_a_question() -> None:
    assert codes(taken(xlsx_of([FIGURES[0], ["Tứ Kỳ", 0.6]]))) == ["import-number-share"]


def test_a_formula_without_its_result_is_a_question() -> None:
    assert codes(taken(xlsx_of([FIGURES[0], ["Tứ Kỳ", "=25*2"]]))) == ["import-formula-empty"]


def test_a_formula_with_its_result_is_read_and_told() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, text in enumerate(FIGURES[0]):
        sheet.write_string(0, at, str(text))
    sheet.write_string(1, 0, "Tứ Kỳ")
    sheet.write_formula(1, 1, "=25*2", None, 50)
    book.close()

    intake = taken(target.getvalue())

    assert figures(intake) == {("cong-dan-ht", "tu-ky"): "50"}
    assert kinds(intake) == ["formula"]


def test_a_cell_that_shows_an_error_is_a_question() -> None:
    assert codes(taken(xlsx_of([FIGURES[0], ["Tứ Kỳ", "#DIV/0!"]]))) == ["import-cell-error"]


def test_a_figure_merged_over_two_rows_is_a_question() -> None:
    rows: list[list[Any]] = [FIGURES[0], ["Tứ Kỳ", 50], ["Gia Lộc", None]]

    assert codes(taken(changed(lambda book: book.active.merge_cells("B2:B3"), rows))) == [
        "import-cell-merged"
    ]


def test_a_day_in_the_calendar_of_old_macs_is_that_day() -> None:
    rows: list[list[Any]] = [
        ["Địa bàn", "Xóa mù chữ mức độ 2", "Ngày quyết định"],
        ["Tứ Kỳ", 2, 44179],
    ]

    def mac(book: Any) -> None:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    (row,) = taken(changed(mac, rows)).observations
    (other,) = taken(changed(lambda _: None, [rows[0], ["Tứ Kỳ", 2, 45641]])).observations

    assert row["decided_on"] == other["decided_on"] == "2024-12-15"


def test_a_hidden_sheet_is_not_read_and_hidden_rows_are_and_both_are_told() -> None:
    def hide(book: Any) -> None:
        other = book.create_sheet("cũ")
        other.append(FIGURES[0])
        other.append(["Gia Lộc", 10])
        other.sheet_state = "hidden"
        book.active.row_dimensions[2].hidden = True

    intake = taken(changed(hide))

    assert figures(intake) == {("cong-dan-ht", "tu-ky"): "50"}
    assert warned(intake) == ["import-areas-absent", "import-hidden-rows", "import-hidden-sheet"]


def test_a_sheet_without_a_table_is_passed_over_and_told() -> None:
    def more(book: Any) -> None:
        book.create_sheet("ghi chú").append(["Số liệu do phòng cung cấp."])

    assert "import-sheet-passed-over" in warned(taken(changed(more)))


def test_a_workbook_with_macros_is_read_as_data_alone() -> None:
    intake = taken(("a.xlsm", xlsx_of(FIGURES)))

    assert codes(intake) == []
    assert "import-macros" in warned(intake)


def ole(*streams: str) -> bytes:
    names_of_streams = b"".join(name.encode("utf-16-le") + b"\0\0" for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + names_of_streams + bytes(500)


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return target.getvalue()


def with_entities() -> bytes:
    with zipfile.ZipFile(io.BytesIO(xlsx_of(FIGURES))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    parts["xl/workbook.xml"] = bomb + parts["xl/workbook.xml"].partition(b"?>")[2]
    return zipped(parts)


def encrypted_zip() -> bytes:
    content = bytearray(xlsx_of(FIGURES))
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        at = content.find(start)
        while at >= 0:
            flags = at + (6 if start == b"PK\x03\x04" else 8)
            (value,) = struct.unpack_from("<H", content, flags)
            struct.pack_into("<H", content, flags, value | 1)
            at = content.find(start, at + 4)
    return bytes(content)


def far_away() -> bytes:
    def fill(book: Any) -> None:
        book.active["ALL1048576"] = "x"

    return changed(fill)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xls", ole("Workbook"), "import-old-excel"),
        ("a.xls", ole("Book"), "import-old-excel"),
        ("a.xls", b"\x09\x04\x06\x00\x00\x00\x10\x00", "import-old-excel"),
        ("a.xlsx", ole("EncryptionInfo", "EncryptedPackage"), "import-password"),
        ("a.xlsx", encrypted_zip(), "import-password"),
        ("a.xlsx", ole("WordDocument"), "import-word"),
        ("a.xlsx", zipped({"word/document.xml": b"<a/>"}), "import-word"),
        ("a.xlsx", b"{\\rtf1 a}", "import-word"),
        ("a.xlsx", b"%PDF-1.7 1 0 obj", "import-pdf"),
        ("a.xlsx", b"\x89PNG\r\n\x1a\n", "import-picture"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "import-web-page"),
        ("a.xls", b'<?xml version="1.0"?><Workbook/>', "import-web-page"),
        ("a.ods", zipped({"mimetype": b"application/vnd.oasis", "content.xml": b"<a/>"}),
         "import-other-format"),
        ("a.xlsb", zipped({"xl/workbook.bin": b"a"}), "import-other-format"),
        ("a.xlsx", zipped({"a.txt": b"a"}), "import-not-a-table"),
        ("a.xlsx", b"PK\x03\x04 broken", "import-corrupt"),
        ("a.xlsx", xlsx_of(FIGURES)[:-200], "import-corrupt"),
        ("a.xlsx", zipped({"xl/workbook.xml": b"<a"}), "import-corrupt"),
        ("a.xlsx", with_entities(), "import-corrupt"),
        ("a.xlsx", zipped({"xl/workbook.xml": bytes(70 * 2**20)}), "import-too-large"),
        ("a.xlsx", zipped({"xl/workbook.xml": b"<a/>", "b": bytes(20 * 2**20)}), "import-too-large"),
        ("a.xlsx", zipped({f"{number}": b"" for number in range(2500)}), "import-too-large"),
        ("a.xlsx", far_away(), "import-too-large"),
        ("a.csv", b"a;b;c\n" * 60_000, "import-too-large"),
        ("a.csv", bytes(b"a" * (20 * 2**20)), "import-too-large"),
        ("a.xlsx", b"", "import-empty"),
        ("a.csv", b"\xef\xbb\xbf\r\n\r\n", "import-no-table"),
        ("a.csv", b"khong co gi\n1;2;3\n", "import-no-table"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_with_advice(
    name: str, content: bytes, code: str
) -> None:
    assert codes(taken((name, content))) == [code]


def test_a_file_name_in_decomposed_letters_is_the_same_name() -> None:
    intake = taken((unicodedata.normalize("NFD", "báo cáo tháng 12.csv"), table(["Tứ Kỳ", "x"])))

    assert intake.problems[0].place.file == "báo cáo tháng 12.csv"


def test_a_form_that_was_opened_and_saved_by_libreoffice_s_kind_is_still_a_form() -> None:
    content = form("ubnd-tu-ky")
    again = openpyxl.load_workbook(io.BytesIO(filled(content, complete(content))))

    assert codes(taken(("a.xlsx", saved(again)))) == []


# Codes --------------------------------------------------------------------------------------


def codes_in_sentences(language: int) -> set[str]:
    return {
        key.split(".")[1]
        for key in LANGUAGES[language].sentences
        if key.startswith("problem.import-") and key.endswith(".what")
    }


def codes_in_program() -> set[str]:
    source = "\n".join(path.read_text() for path in (ROOT / "tiendo" / "forms").glob("*.py"))
    known = codes_in_sentences(0)
    found = {code for code in known if f'"{code}"' in source}
    return found | {f"import-form-{name}" for name in ("form", "plan", "year")}


def test_every_question_has_its_words_and_no_words_are_without_a_question() -> None:
    assert codes_in_sentences(0) == codes_in_sentences(1) == codes_in_program()


def test_every_question_is_asked_somewhere_in_these_tests() -> None:
    told = "\n".join(path.read_text() for path in sorted((ROOT / "tests").glob("test_excel_*.py")))

    assert {code for code in codes_in_program() if f'"{code}"' not in told} == set()


@pytest.mark.parametrize("code", sorted(codes_in_sentences(0)))
def test_a_question_can_be_said_with_the_facts_that_it_comes_with(code: str) -> None:
    facts = dict.fromkeys(
        ("year", "expected", "reporter", "names", "other", "indicator", "area", "first", "second",
         "count", "made", "child", "child_value", "parent", "parent_value", "head", "bracket",
         "unit", "joined"),
        "x",
    )  # fmt: skip
    problem = Problem(code=code, place=Place(file="a.csv", row=1, value="v"), facts=facts)

    for told in LANGUAGES:
        assert sentence(problem, told)
        assert remedy(problem, told)


def test_the_wording_of_the_excel_room_says_nothing_of_this_plan() -> None:
    text = "".join(
        path.read_text() for path in Path(ROOT / "site_config" / "wording").glob("*/*excel.toml")
    )

    assert [name for name in ("Hải Dương", "4206", "Tứ Kỳ") if name in text] == []
