"""Figures as workbooks, as one zip, and as catalogues: what whoever opens them finds."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tiendo.config import site_settings
from tiendo.files import workbooks as module
from tiendo.files.open_data import figure_files
from tiendo.files.producers import each_file, listing
from tiendo.files.workbooks import FIGURES, VERDICTS, workbook_files
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.pages.data import data_page
from tiendo.read.archive import read
from tiendo.terms import Archive, Results, Text
from tiendo.words import downloads
from tiendo.words.desk import Desk
from tiendo.words.wording import Words, words

DATA = Path(__file__).parent.parent / "data"
HERE = timezone(timedelta(hours=7))
NOW = datetime(2026, 2, 1, tzinfo=HERE)
RELEASED = datetime(2025, 1, 16, 9, tzinfo=HERE)
"""When the figures of 2024 came out."""
SITE = site_settings()
VI = words("vi")
NOTICE = VI.say("notice.short")
WHOLE = "du-lieu/so-lieu.xlsx"
NOTES, NUMBERS, JUDGED = "Ghi chú", "Số liệu", "Đánh giá"
FOLDERS = {"vi": "", "en": "en/"}

both_languages = pytest.mark.parametrize("language", FOLDERS)


@cache
def archive() -> Archive:
    found, problems = read(DATA)
    assert found is not None
    assert not [problem for problem in problems if problem.stops]
    return found


@cache
def told() -> Mapping[str, Words]:
    return {language: words(language) for language in SITE.languages}


@cache
def known(now: datetime = NOW) -> Results:
    return results(published(archive(), now), now)


def made(found: Results) -> dict[str, bytes]:
    return dict(each_file((workbook_files,), found, SITE, told()))


def whole(found: Results) -> bytes:
    """The workbook of everything alone, which is made first."""
    path, content = next(each_file((workbook_files,), found, SITE, told()))
    assert path == WHOLE
    return content


@cache
def books() -> Mapping[str, bytes]:
    return made(known())


@cache
def files() -> Mapping[str, bytes]:
    return dict(figure_files(known(), SITE, told()))


@cache
def opened(path: str) -> Any:
    return openpyxl.load_workbook(io.BytesIO(books()[path]))


def rows(path: str, sheet: str) -> Iterator[dict[str, Any]]:
    head, *lines = opened(path)[sheet].iter_rows(values_only=True)
    for line in lines:
        yield dict(zip(head, line, strict=True))


def lines(name: str) -> list[dict[str, str]]:
    text = files()[f"du-lieu/{name}.csv"].decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def cover(path: str) -> list[str]:
    return [row[0] for row in opened(path).worksheets[0].iter_rows(values_only=True)]


# Which workbooks there are ------------------------------------------------------------------


def test_everything_each_indicator_and_each_area_with_figures_has_a_workbook() -> None:
    tables = {path.removesuffix(".csv") for path in files() if path.endswith(".csv")}
    parts = {stem for stem in tables if "/chi-tieu/" in stem or "/dia-ban/" in stem}
    stems = {stem for stem in parts if not stem.endswith("-excel")}
    assert len(stems) > 14 + 12
    vietnamese = {f"{stem}.xlsx" for stem in stems} | {WHOLE}
    assert set(books()) == vietnamese | {f"en/{path}" for path in vietnamese}


def test_of_very_many_areas_only_everything_and_the_indicators_have_workbooks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(downloads, "MOST_WORKBOOKS", 20)
    found = results(published(archive(), NOW), NOW)
    kinds = {path.removeprefix("en/").split("/")[1] for path in made(found)}
    assert kinds == {"chi-tieu", "so-lieu.xlsx"}
    at = replace(desk(), results=found)
    assert "xlsx" not in dict(downloads.area_files(at, "tu-ky"))
    assert "xlsx" in dict(downloads.indicator_files(at, "xmc-md2"))


def test_where_excel_cannot_hold_everything_the_page_says_so_and_offers_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = {path: size for path, size in listing(files()).items() if path != WHOLE}
    monkeypatch.setattr(downloads, "MOST_ROWS", 100)
    assert next(workbook_files(known(), SITE, told()))[0] != WHOLE
    catalogue = dict(figure_files(known(), SITE, told()))["du-lieu/catalog.jsonld"].decode()
    assert ".xlsx" not in catalogue
    row = downloads.whole_download(desk())
    assert "nhiều hơn một trang Excel chứa được" in row.note
    page = data_page(desk(), files=kept, columns=())
    assert row.note in {each.note for group in page.groups for each in group.rows}


def desk(language: str = "vi") -> Desk:
    indicators = {each.indicator: each for each in known().archive.indicators}
    return Desk(results=known(), site=SITE, words=words(language), here="", indicators=indicators)


@both_languages
def test_a_page_offers_the_workbooks_in_its_own_language(language: str) -> None:
    at = desk(language)
    offered = [
        file.href
        for download in (
            downloads.whole_download(at),
            downloads.area_download(at, "tu-ky"),
            downloads.indicator_download(at, at.indicators["kn-song"]),
        )
        for file in download.files
        if file.href.endswith(".xlsx")
    ]
    names = ("so-lieu", "dia-ban/tu-ky", "chi-tieu/kn-song")
    # An English page stands one folder deeper.
    way = {"vi": "", "en": "../en/"}[language]
    assert offered == [f"{way}du-lieu/{name}.xlsx" for name in names]


# What a workbook is like --------------------------------------------------------------------


TU_KY = {
    "vi": (
        "Huyện Tứ Kỳ: số liệu và đánh giá",
        (
            "Năm 2024, phiên bản 2: số liệu đến 31/12/2024, công bố lần đầu ngày 16/01/2025, "
            "đính chính gần nhất ngày 20/05/2025"
        ),
    ),
    "en": (
        "Tứ Kỳ District: figures and verdicts",
        (
            "2024, version 2: figures up to 31 December 2024, first released on 16 January 2025, "
            "last corrected on 20 May 2025"
        ),
    ),
}


@both_languages
def test_the_cover_says_what_it_is_that_it_is_invented_and_under_which_licence(
    language: str,
) -> None:
    title, edition = TU_KY[language]
    text = cover(f"{FOLDERS[language]}du-lieu/dia-ban/tu-ky.xlsx")
    assert text[:2] == [title, words(language).say("notice.short")]
    joined = "\n".join(text)
    for part in (
        archive().plan.number,
        edition,
        SITE.license,
        f"{SITE.address}{FOLDERS[language]}dia-ban/tu-ky/",
        SITE.publisher[language],
    ):
        assert part in joined


@both_languages
def test_an_english_workbook_is_the_vietnamese_one_in_english(language: str) -> None:
    """The same sheets with the same numbers; no label of the other language."""
    other = {"vi": "en", "en": "vi"}[language]
    say, theirs = words(language).say, words(other).say
    mine = opened(FOLDERS[language] + WHOLE)
    numbers = [
        [cell for row in book.worksheets[2].values for cell in row if isinstance(cell, int | float)]
        for book in (mine, opened(FOLDERS[other] + WHOLE))
    ]
    assert numbers[0] == numbers[1] != []
    assert mine.sheetnames == [
        say(f"sheets.sheet.{name}") for name in ("cover", "notes", "figures", "verdicts")
    ]
    for name, columns, sheet in zip(
        ("figures", "verdicts"), (FIGURES, VERDICTS), mine.worksheets[2:], strict=True
    ):
        head, *lines = sheet.values
        assert len(head) == len(columns), name
        labels = [
            downloads.column_label(words(language), module._column(each, desk(language)))
            for each in columns
        ]
        assert list(head) == labels
        shown = {value for line in lines for value in line}
        verdicts = {"met", "behind", "too-little-data"} if name == "verdicts" else set()
        for verdict in verdicts:
            assert say(f"verdict.{verdict}.word") in shown
            assert theirs(f"verdict.{verdict}.word") not in shown
    named = FIGURES.index("area_name")
    places = {row[named] for row in mine.worksheets[2].values}
    assert archive().areas["tu-ky"].name[language] in places
    assert archive().areas["tu-ky"].name[other] not in places


@pytest.mark.parametrize("path", [WHOLE, "du-lieu/chi-tieu/kn-song.xlsx"])
def test_after_cover_and_notes_each_sheet_is_one_table_from_its_first_cell_on(path: str) -> None:
    book = opened(path)
    assert book.sheetnames == ["Bìa", NOTES, NUMBERS, JUDGED]
    for sheet in book.worksheets:
        assert sheet.merged_cells.ranges == set(), sheet.title
        assert sheet.sheet_state == "visible"
        filled = [any(cell is not None for cell in row) for row in sheet.values]
        assert all(filled), f"{sheet.title}: an empty row"
    for sheet in book.worksheets[1:]:
        (table,) = sheet.tables.values()
        assert table.ref == sheet.dimensions
        assert table.ref.startswith("A1:")
        assert table.headerRowCount == 1
        head = [cell.value for cell in sheet[1]]
        assert len(set(head)) == len(head)


def test_no_meaning_is_told_by_colour() -> None:
    for sheet in opened("du-lieu/dia-ban/tu-ky.xlsx").worksheets[1:]:
        colours = {
            (cell.fill.fill_type, cell.font.color.value if cell.font.color else None)
            for row in sheet.iter_rows(min_row=2)
            for cell in row
        }
        assert len(colours) == 1, sheet.title


def test_it_holds_the_rows_of_the_table_with_the_same_numbers() -> None:
    shown = list(rows(WHOLE, NUMBERS))
    expected = lines("so-lieu")
    assert len(shown) == len(expected) > 500
    for row, line in zip(shown, expected, strict=True):
        assert (row["Mã chỉ tiêu"], row["Mã địa bàn"]) == (line["indicator"], line["area"])
        assert row["Năm"] == int(line["year"])
        assert row["Số liệu đến ngày"].date() == date.fromisoformat(line["as_of"])
        assert row["Lưu ý"] == line["notice"]
        if line["value"]:
            assert row["Giá trị"] == float(line["value"])
        else:
            assert row["Giá trị"] == f"[{line['missing']}]"
            assert row["Lý do thiếu"] == VI.say(f"missing.{line['missing']}.word")
    assert [row["Đánh giá"] for row in rows(WHOLE, JUDGED)] == [
        VI.say(f"verdict.{line['verdict']}.word") for line in lines("ket-luan")
    ]


def test_every_sign_for_a_missing_figure_and_every_column_is_explained() -> None:
    explained = {row["Từ hoặc ký hiệu"]: row["Ý nghĩa"] for row in rows(WHOLE, NOTES)}
    assert {"[x]", "[c]", "[z]", "[n]"} <= set(explained)
    signs = {row["Giá trị"] for row in rows(WHOLE, NUMBERS) if isinstance(row["Giá trị"], str)}
    assert signs
    assert signs <= set(explained)
    heads = {cell.value for sheet in (NUMBERS, JUDGED) for cell in opened(WHOLE)[sheet][1]}
    assert len(heads) == len({*FIGURES, *VERDICTS})
    assert heads <= set(explained)


def test_a_number_is_a_number_with_the_decimals_of_its_indicator() -> None:
    indicators = {each.indicator: each for each in archive().indicators}
    formats = set()
    for row in opened(WHOLE)[NUMBERS].iter_rows(min_row=2):
        at = dict(zip(FIGURES, row, strict=True))
        if isinstance(at["value"].value, str):
            continue
        assert at["value"].data_type == "n"
        shown = at["value"].number_format
        formats.add(shown)
        if at["unit"].value == "%":
            least = indicators[at["indicator"].value].decimals
            assert len(shown.partition(".")[2]) >= least
        else:
            assert shown == "0"
    assert "0.0" in formats


def test_no_rounded_number_crosses_its_target() -> None:
    """Where one decimal would show a figure on the target that it misses, more are shown."""
    key = next(
        key
        for key, found in known().figures.items()
        if found[-1].low is not None
        and found[-1].low.denominator > 1
        and known().assessments.get(key)
    )
    (first, *others) = known().assessments[key]
    figure = known().figures[key][-1]
    assert figure.low is not None
    close = replace(first, level=figure.low + Fraction(1, 1000))
    found = replace(known(), assessments={**known().assessments, key: (close, *others)})
    book = openpyxl.load_workbook(io.BytesIO(whole(found)))
    shown = [
        at["value"].number_format
        for row in book[NUMBERS].iter_rows(min_row=2)
        for at in [dict(zip(FIGURES, row, strict=True))]
        if (at["indicator"].value, at["area"].value, at["year"].value) == (*key, figure.year)
    ]
    assert [len(each) >= len("0.000") for each in shown] == [True]


@both_languages
def test_its_properties_say_title_language_and_notice(language: str) -> None:
    path = FOLDERS[language] + WHOLE
    book = opened(path)
    assert book.properties.title == cover(path)[0]
    assert book.properties.description == words(language).say("notice.short")
    assert {each.name: each.value for each in book.custom_doc_props.props} == {"Language": language}


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    rows_ = archive().observations.copy()
    rows_["note"] = rows_["note"].where(rows_["year"] != 2024, Text(vi="=1+1"))
    found = results(published(replace(archive(), observations=rows_), NOW), NOW)
    content = whole(found)
    book = openpyxl.load_workbook(io.BytesIO(content))
    at = FIGURES.index("note")
    cells = [row[at] for row in book[NUMBERS].iter_rows() if row[at].value == "=1+1"]
    assert cells
    assert {cell.data_type for cell in cells} <= {"s", "f"}
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert not [name for name in parts.namelist() if b"<f>" in parts.read(name)]


def test_the_same_figures_give_the_same_bytes() -> None:
    again = made(results(published(archive(), NOW), NOW))
    assert again == books()
    assert dict(figure_files(known(), SITE, told())) == files()


def test_a_long_table_is_written_row_by_row_with_the_same_cells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_IN_MEMORY", 100)
    content = whole(known())
    assert content == whole(known())
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in (NOTES, NUMBERS, JUDGED):
        assert list(book[sheet].values) == list(opened(WHOLE)[sheet].values)
        assert book[sheet].auto_filter.ref == book[sheet].dimensions


def test_a_second_before_its_release_nothing_of_an_edition_stands_in_a_workbook_or_the_zip() -> (
    None
):
    before = RELEASED - timedelta(seconds=1)
    plain = archive()
    without = replace(
        plain,
        editions=tuple(each for each in plain.editions if each.year < 2024),
        observations=plain.observations[plain.observations["year"] < 2024].reset_index(drop=True),
    )
    never, early = (results(published(each, before), before) for each in (without, plain))
    assert whole(early) == whole(never)
    zips = [dict(figure_files(each, SITE, told()))[downloads.ARCHIVE] for each in (early, never)]
    assert zips[0] == zips[1]
    assert whole(known(RELEASED)) != whole(early)


# Everything in one zip ----------------------------------------------------------------------


def test_the_zip_holds_every_whole_table_as_it_is_published_with_its_description() -> None:
    whole = {
        path.rpartition("/")[2]: content
        for path, content in files().items()
        if path.count("/") == 1 and path.endswith((".csv", "datapackage.json"))
    }
    assert len(whole) == 2 * 4 + 1
    with zipfile.ZipFile(io.BytesIO(files()["du-lieu/so-lieu.zip"])) as packed:
        names = packed.namelist()
        assert names == sorted([*whole, "README.txt"])
        assert {name: packed.read(name) for name in whole} == whole
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in packed.infolist()} == {zipfile.ZIP_DEFLATED}


def test_its_readme_says_in_both_languages_what_it_is_and_what_each_column_means() -> None:
    with zipfile.ZipFile(io.BytesIO(files()["du-lieu/so-lieu.zip"])) as packed:
        text = packed.read("README.txt").decode("utf-8-sig")
        resources = json.loads(packed.read("datapackage.json"))["resources"]
    for one in told().values():
        assert one.say("notice.short") in text
        assert one.say("sheets.illustrative") in text
        assert one.say("sheets.licence", licence=SITE.license) in text
        for resource in resources:
            for column in resource["schema"]["fields"]:
                assert f"{column['name']} ({column['type']}): " in text
                assert downloads.column_meaning(one, column["name"]) in text


# Catalogues ---------------------------------------------------------------------------------


def catalogue() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files()["du-lieu/catalog.jsonld"])
    return found


def test_the_catalogue_offers_only_files_that_are_published() -> None:
    offered = [
        part["dcat:downloadURL"]["@id"].removeprefix(SITE.address)
        for each in catalogue()["dcat:dataset"]
        for part in each["dcat:distribution"]
    ]
    assert len(set(offered)) == len(offered)
    assert {*offered} - {*files(), *books()} == set()
    assert {WHOLE, "du-lieu/so-lieu.csv", "du-lieu/so-lieu.zip", "api/v1/ket-luan.json"} < {
        *offered
    }


def test_the_catalogue_says_in_which_language_each_workbook_is() -> None:
    told_of = {
        part["dcat:downloadURL"]["@id"]: [one["@id"] for one in part["dct:language"]]
        for each in catalogue()["dcat:dataset"]
        for part in each["dcat:distribution"]
        if "dct:language" in part
    }
    of = "http://id.loc.gov/vocabulary/iso639-1/"
    assert told_of == {
        f"{SITE.address}{WHOLE}": [f"{of}vi"],
        f"{SITE.address}en/{WHOLE}": [f"{of}en"],
    }


def test_each_data_set_says_publisher_licence_time_place_and_that_it_is_invented() -> None:
    sets = catalogue()["dcat:dataset"]
    assert [each["dct:identifier"] for each in sets] == [
        "so-lieu",
        "ket-luan",
        "chat-luong",
        "tinh-lai",
    ]
    for each in sets:
        assert each["@type"] == "dcat:Dataset"
        assert each["dct:license"] == {
            "@id": "https://creativecommons.org/licenses/by/4.0/",
            "@type": "dct:LicenseDocument",
        }
        assert each["dct:publisher"]["foaf:name"][0]["@value"] == SITE.publisher.first
        assert each["dct:temporal"]["dcat:startDate"]["@value"] == "2021-01-01"
        assert each["dct:temporal"]["dcat:endDate"]["@value"] == "2025-12-31"
        assert each["dct:issued"]["@value"] < each["dct:modified"]["@value"] == "2026-01-15"
        assert each["dct:spatial"]["skos:prefLabel"][0]["@value"] == "Tỉnh Hải Dương"
        assert [one["@language"] for one in each["dct:description"]] == list(SITE.languages)
        for one in each["dct:description"]:
            assert one["@value"].startswith(told()[one["@language"]].say("notice.short"))


def test_all_that_the_catalogue_points_at_has_a_class_but_files_and_pages_of_their_own() -> None:
    """DCAT-AP asks for it, and whoever has no list of licences and media types needs it."""
    plain = set()

    def look(node: object, name: str) -> None:
        if isinstance(node, dict):
            if "@id" in node and "@type" not in node:
                plain.add(name)
            for key, inner in node.items():
                look(inner, key)
        elif isinstance(node, list):
            for inner in node:
                look(inner, name)

    look(catalogue(), "")
    assert plain == {"dcat:accessURL", "dcat:downloadURL"}


def test_csv_on_the_web_describes_each_table_as_it_is() -> None:
    found = json.loads(files()["du-lieu/csv-metadata.json"])
    assert NOTICE in found["dc:description"]
    for each in found["tables"]:
        head = files()[f"du-lieu/{each['url']}"].decode().split("\r\n")[0].split(",")
        columns = each["tableSchema"]["columns"]
        assert [column["titles"] for column in columns] == head
        assert {*each["tableSchema"]["primaryKey"]} <= {*head}
        assert {column["datatype"] for column in columns} <= {
            *("string", "integer", "number", "boolean", "date")
        }
