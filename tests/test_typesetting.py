"""Areas on one sheet of paper: one page, words that can be searched, for screen readers too."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from unicodedata import is_normalized

import pytest
from packages_at_hand import SITE
from paper_at_hand import asked

from tiendo.config import ROOT
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.pages.area import area_page
from tiendo.pages.paper import Sheet, sheets
from tiendo.read.archive import read
from tiendo.site.typesetting import Bitmap, Press, pixels, press, printed, set_in_type
from tiendo.terms import Verdict
from tiendo.words import addresses
from tiendo.words.desk import Desk
from tiendo.words.parts import Fact
from tiendo.words.wording import words

LANGUAGES = ("vi", "en")
NOTICE = {"vi": "Số liệu minh họa", "en": "Illustrative data"}


def file_of(area: str, language: str) -> str:
    return addresses.in_language(addresses.sheet_of_area(area), language, SITE)


@cache
def desk_of(language: str) -> Desk:
    archive, _ = read(ROOT / "data")
    assert archive is not None
    now = datetime(2026, 11, 24, tzinfo=SITE.timezone)
    return Desk(
        results=results(published(archive, now), now),
        site=SITE,
        words=words(language),
        here="",
        indicators={each.indicator: each for each in archive.indicators},
    )


@cache
def said(language: str) -> Mapping[str, Sheet]:
    """What the sheets of a language say, by their files."""
    return dict(sheets(desk_of(language)))


@cache
def typesetter() -> Press:
    return press(
        ROOT / "templates" / "area.typ",
        signs=ROOT / "site_config" / "theme" / "partials" / "marks.html",
        fonts=ROOT / "site_config" / "assets" / "fonts",
    )


def pdf_of(sheet: Sheet) -> bytes:
    return set_in_type(json.dumps(asdict(sheet)), press=typesetter())


@cache
def pdfs(language: str) -> Mapping[str, bytes]:
    return {file: pdf_of(sheet) for file, sheet in said(language).items()}


def text_of(pdf: bytes) -> str:
    """The words of a PDF in the order in which they are read, with single spaces."""
    return " ".join(asked("pdftotext", pdf).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_area_that_has_a_page_has_a_sheet_of_one_a4_page(language: str) -> None:
    desk = desk_of(language)
    areas = {area for here in desk.results.locals_.values() for area in here}
    assert set(pdfs(language)) == {file_of(area, language) for area in areas}
    told = {file: asked("pdfinfo", pdf) for file, pdf in pdfs(language).items()}
    pages = {
        file: re.findall(r"^Pages: +(\d+)$", text, re.MULTILINE) for file, text in told.items()
    }
    assert pages == {file: ["1"] for file in told}
    assert all(re.search(r"^Page size: .*\(A4\)$", text, re.MULTILINE) for text in told.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letters_of_the_fullest_sheet_can_still_be_read(language: str) -> None:
    """Its first words are of the size of all others; their box is 1.42 times as high as that."""
    for file, pdf in pdfs(language).items():
        boxes = asked("pdftotext", pdf, "-bbox-layout")
        first = re.search(r'<word [^>]*yMin="([0-9.]+)"[^>]*yMax="([0-9.]+)"', boxes)
        assert first is not None
        assert float(first[2]) - float(first[1]) > 8 * 1.42, file


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_come_back_from_the_paper_letter_by_letter(language: str) -> None:
    for file, pdf in pdfs(language).items():
        sheet, text = said(language)[file], text_of(pdf)
        assert is_normalized("NFC", text), file
        for words_ in (*sheet.warnings, sheet.name, sheet.finding, sheet.caption, sheet.address):
            assert words_ in text, (file, words_)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_indicator_stands_with_its_figures_target_and_verdict(language: str) -> None:
    for file in (file_of("tu-ky", language), file_of("phuong-tu-minh", language)):
        sheet, text = said(language)[file], text_of(pdfs(language)[file])
        assert len(sheet.rows) > 4
        for row in sheet.rows:
            for part in (row.name, row.target, row.mark.word, row.values[-1].text):
                assert part in text, (file, part)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_printed_says_first_and_last_that_it_is_illustrative(language: str) -> None:
    for file, pdf in pdfs(language).items():
        text = text_of(pdf)
        assert text.startswith(NOTICE[language]), file
        assert text.count(NOTICE[language]) >= 2, file
        assert words(language).say("theme.not_official") in text, file


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_screen_reader_gets_title_language_structure_and_the_standard(language: str) -> None:
    for file in (file_of("tu-ky", language), file_of("phuong-tu-minh", language)):
        pdf = pdfs(language)[file]
        assert re.search(r"^Tagged: +yes$", asked("pdfinfo", pdf), re.MULTILINE)
        assert said(language)[file].title in asked("pdfinfo", pdf)
        assert f"/Lang({language})".encode() in pdf.replace(b"/Lang (", b"/Lang(")
        assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
        structure = asked("pdfinfo", pdf, "-struct")
        assert {"H1", "H2", "Table", "THead", "TH", "TD"} <= {
            word.rstrip(":") for word in structure.split()
        }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_says_what_the_page_says(language: str) -> None:
    desk = replace(desk_of(language), here=addresses.of_area("tu-ky"))
    page, sheet = area_page(desk, "tu-ky", {}, {}), said(language)[file_of("tu-ky", language)]
    assert (sheet.name, sheet.finding, sheet.facts) == (page.name, page.finding, page.opening)
    assert [row.mark for row in sheet.rows] == [row.mark for row in page.table]
    assert page.ended is not None
    assert page.ended.notice in sheet.remarks
    everything = " ".join(line for part in sheet.parts for line in part.lines)
    # The paper shows nothing that the site restated: it cites the district's own edition alone.
    cited = page.closing.citations[0].text
    beside = {
        "vi": " Có dùng thêm số liệu kỳ 2025 (phiên bản 1).",
        "en": " Also uses figures of edition 2025 (version 1).",
    }
    assert beside[language] in cited
    assert cited.replace(beside[language], "") in everything
    assert [source.text for source in page.closing.sources if source.text not in everything] == []


def test_every_verdict_has_its_sign() -> None:
    assert {verdict.value for verdict in Verdict} <= set(json.loads(typesetter().signs))
    assert "currentColor" not in typesetter().signs
    assert "class=" not in typesetter().signs


def test_what_is_in_the_data_is_words_and_never_a_command() -> None:
    sheet = said("vi")[file_of("tu-ky", "vi")]
    odd = "#panic() *đậm* $x$ [ngoặc] <nhãn> \\ // @tên"
    pdf = pdf_of(replace(sheet, finding=odd, facts=(Fact(term=odd, text=odd),)))
    assert text_of(pdf).count(odd) == 3


def test_a_sheet_that_is_too_full_for_a_page_goes_on_on_the_next() -> None:
    sheet = said("vi")[file_of("tu-ky", "vi")]
    pdf = pdf_of(replace(sheet, rows=sheet.rows * 20))
    assert int(re.findall(r"Pages: +(\d+)", asked("pdfinfo", pdf))[0]) > 1
    assert sheet.parts[-1].lines[-1].split(" https")[0] in text_of(pdf)


def test_the_same_words_give_the_same_bytes_and_are_set_once(tmp_path: Path) -> None:
    told: list[int] = []

    def make(sheet: Sheet) -> bytes:
        told.clear()
        ((_, content),) = printed(
            {"it": json.dumps(asdict(sheet))},
            typesetter(),
            cache=tmp_path,
            progress=lambda done, _: told.append(done),
        )
        return content

    sheet = said("vi")[file_of("tu-ky", "vi")]
    first = make(sheet)
    assert told == [1]
    assert make(sheet) == first == pdf_of(sheet)
    assert told == []
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(first[:-9])
    assert make(sheet) == first
    assert told == [1]
    assert make(replace(sheet, name="Xã khác")) != first
    assert told == [1]


def test_another_typeface_never_takes_the_place_of_ours(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        press(
            ROOT / "templates" / "area.typ",
            signs=ROOT / "site_config" / "theme" / "partials" / "marks.html",
            fonts=tmp_path,
        )


def test_of_very_many_areas_none_has_a_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tiendo.words.desk.MOST_WITH_SHEETS", 75)
    assert list(sheets(desk_of("vi"))) == []
    page = area_page(replace(desk_of("vi"), here=addresses.of_area("tu-ky")), "tu-ky", {}, {})
    assert ".pdf" not in json.dumps(asdict(page.closing))


STRANGE = {
    "per mille": "12 ‰, 3 ₿, ½ ⅔",
    "Greek and Cyrillic": "Ελλάδα, Москва",
    "from right to left": "\u0634\u0643\u0631\u0627 \u05ea\u05d5\u05d3\u05d4",
    "Chinese": "\u4e2d\u6587 \u8d8a\u5357",
    "Nôm of another plane": "\U00020000 \U0002a6d6",
    "faces": "😀 👍🏽 🇻🇳",
    "letters that meet": "\u0915\u094d\u0937 \u0e01\u0e33 \u1000\u1039\u1000",
    "marks that pile up": "Z\u0334\u0300\u0301\u0302\u0303\u0304\u0305",
    "markup of the sheet": "#panic() *a* _b_ $x$ `c` <d> @e \\ // /* https://x.example",
    "markup of pages": "<b>&amp;</b> [a](b) {{ c }} {% d %}",
}


@pytest.mark.parametrize("words_", STRANGE.values(), ids=STRANGE)
def test_a_sheet_is_made_of_any_letters(words_: str) -> None:
    sheet = next(iter(said("vi").values()))
    strange = replace(
        sheet,
        name=words_,
        title=words_,
        finding=words_,
        remarks=(words_,),
        facts=(Fact(term=words_, text=words_),),
        footing=(words_,),
    )

    text = text_of(pdf_of(strange))

    # What can be drawn is there to be read; a box stands for each letter that can't.
    assert "□" in text or all(word in text for word in words_.split())


def test_a_picture_shows_letters_that_its_own_typeface_lacks(tmp_path: Path) -> None:
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30" viewBox="0 0 90 30"'
        ' font-family="\'Tiendo Sans\',sans-serif"><text x="9" y="20">{}</text></svg>'
    )
    drawn = dict(
        pixels(
            {
                sign: Bitmap(svg=picture.format(f"a{sign}b"), scale=1)
                for sign in ("", " ", "‰", "λ", "□", "\u4e2d")
            },
            fonts=typesetter().fonts,
            cache=tmp_path,
        )
    )

    assert drawn["\u4e2d"] == drawn["□"]
    assert len({*drawn.values()}) == len(drawn) - 1
