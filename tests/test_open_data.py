"""Figures and verdicts as files: what stands in them, in which form, and what never does."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from functools import cache
from math import floor
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, system
from hypothesis import given, settings
from hypothesis import strategies as st
from packages_at_hand import sign_again, small, write_table
from packages_at_hand import table as table_of
from pages_at_hand import markdown, plans_of

from tiendo.charts.draw import interactive_spec
from tiendo.config import site_settings
from tiendo.files import open_data as module
from tiendo.files.open_data import COLUMNS as OF_FIGURES
from tiendo.files.open_data import QUALITY_COLUMNS as OF_QUALITY
from tiendo.files.open_data import VERDICT_COLUMNS, in_languages, open_data
from tiendo.files.producers import listing
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.read.archive import read
from tiendo.terms import Archive, Text
from tiendo.words.downloads import column_label
from tiendo.words.wording import Words, words

DATA = Path(__file__).parent.parent / "data"
HERE = timezone(timedelta(hours=7))
NOW = datetime(2025, 2, 1, tzinfo=HERE)
RELEASED = datetime(2025, 1, 16, 9, tzinfo=HERE)
"""When the figures of 2024 came out."""
SITE = site_settings()
COLUMNS = in_languages(OF_FIGURES, SITE.languages)
QUALITY_COLUMNS = in_languages(OF_QUALITY, SITE.languages)
NOTICES = tuple(words(language).say("notice.short") for language in SITE.languages)
TABLES = (("so-lieu", COLUMNS), ("ket-luan", VERDICT_COLUMNS), ("chat-luong", QUALITY_COLUMNS))
"""The whole tables, with their columns."""
NUMBERS = [
    name
    for name, kind in (*COLUMNS, *VERDICT_COLUMNS, *QUALITY_COLUMNS)
    if kind in {"number", "integer"}
]
DATES = [name for name, kind in (*COLUMNS, *QUALITY_COLUMNS) if kind == "date"]

law = settings(deadline=None, max_examples=50, derandomize=True, database=None)
"""The same examples every time, however slow the machine."""

Row = dict[str, str]


@cache
def archive() -> Archive:
    found, problems = read(DATA)
    assert found is not None
    assert not [problem for problem in problems if problem.stops]
    return found


@cache
def told() -> Mapping[str, Words]:
    return {language: words(language) for language in SITE.languages}


def made(known: Archive, now: datetime = NOW) -> dict[str, bytes]:
    return open_data(results(published(known, now), now), SITE, told())


@cache
def files() -> Mapping[str, bytes]:
    return made(archive())


def own(found: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The files made here, without the packages as they were signed; of a zip what it tells."""
    for name, content in found.items():
        if name.endswith(".zip"):
            yield name, zipfile.ZipFile(io.BytesIO(content)).read("README.txt")
        elif not name.startswith("du-lieu/nam/"):
            yield name, content


def table(content: bytes, separator: str = ",") -> list[Row]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True))


def with_note(note: str) -> Archive:
    """The archive with one note in its newest figures."""
    known = archive()
    rows = known.observations.copy()
    rows["note"] = rows["note"].mask(rows["year"] == 2024, Text(vi=note))
    return replace(known, observations=rows)


# Which files there are ----------------------------------------------------------------------


def test_there_is_a_file_in_each_form_for_the_whole_for_every_indicator_and_for_every_area() -> (
    None
):
    found = files()
    stems = ["so-lieu", "ket-luan", "chat-luong"]
    stems += [f"chi-tieu/{each.indicator}" for each in archive().indicators]
    stems += [
        f"dia-ban/{name}" for name, area in archive().areas.items() if area.level == "district"
    ]
    for stem in stems:
        assert {f"du-lieu/{stem}.csv", f"du-lieu/{stem}-excel.csv", f"api/v1/{stem}.json"} <= {
            *found
        }
    assert "du-lieu/datapackage.json" in found


def test_every_public_version_can_be_had_as_it_was_signed() -> None:
    folder = DATA / "results" / "2023" / "v1"
    for path in folder.iterdir():
        assert files()[f"du-lieu/nam/2023/v1/{path.name}"] == path.read_bytes()


def test_the_files_of_indicators_hold_the_rows_of_the_whole_file_between_them() -> None:
    parts = [
        row
        for each in archive().indicators
        for row in table(files()[f"du-lieu/chi-tieu/{each.indicator}.csv"])
    ]
    assert parts == table(files()["du-lieu/so-lieu.csv"])


# CSV ----------------------------------------------------------------------------------------

AWKWARD = 'dấu phẩy, dấu "nháy"; và\nxuống dòng'


def csv_files(found: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    yield from ((name, content) for name, content in own(found) if name.endswith(".csv"))


def test_records_end_as_rfc_4180_says_and_only_within_quotes_may_a_line_break_stand() -> None:
    for name, content in csv_files(made(with_note(AWKWARD))):
        text = content.decode("utf-8-sig")
        assert text.endswith("\r\n"), name
        outside = re.sub(r'"(?:[^"]|"")*"', "", text)
        assert "\n" not in outside.replace("\r\n", ""), name
        assert "\r" not in outside.replace("\r\n", ""), name


def test_whatever_stands_in_a_note_comes_back_from_both_forms() -> None:
    found = made(with_note(AWKWARD))
    notes = {row["note_vi"] for row in table(found["du-lieu/so-lieu.csv"]) if row["year"] == "2024"}
    assert AWKWARD in notes
    excel = table(found["du-lieu/so-lieu-excel.csv"], ";")
    assert {row["Ghi chú"] for row in excel if row["Năm"] == "2024"} == notes


def test_the_machine_form_is_utf_8_without_a_mark_and_has_the_documented_columns() -> None:
    for stem, columns in TABLES:
        content = files()[f"du-lieu/{stem}.csv"]
        assert not content.startswith(b"\xef\xbb\xbf")
        assert list(table(content)[0]) == [name for name, _ in columns]


def test_the_form_for_excel_has_a_mark_semicolons_and_vietnamese_headings_none_of_them_twice() -> (
    None
):
    for stem, columns in TABLES:
        content = files()[f"du-lieu/{stem}-excel.csv"]
        assert content.startswith(b"\xef\xbb\xbf")
        headings = content.decode("utf-8-sig").split("\r\n")[0].split(";")
        assert len(set(headings)) == len(headings) == len(columns)
        assert headings == [column_label(told()["vi"], name) for name, _ in columns]
        assert not {name for name, _ in columns} & set(headings)


def test_the_form_for_excel_says_the_same_with_decimal_commas_and_days_first() -> None:
    for stem, columns in TABLES:
        plain = table(files()[f"du-lieu/{stem}.csv"])
        excel = table(files()[f"du-lieu/{stem}-excel.csv"], ";")
        assert len(plain) == len(excel)
        for row, shown in zip(plain, excel, strict=True):
            cells = list(shown.values())
            for (name, _), cell in zip(columns, cells, strict=True):
                wanted = row[name]
                if name in NUMBERS:
                    wanted = wanted.replace(".", ",")
                elif name in DATES and wanted:
                    wanted = "/".join(reversed(wanted.split("-")))
                assert cell == wanted, name


def test_numbers_are_written_plainly_and_nothing_is_minus_nought() -> None:
    for stem, _ in TABLES:
        for row in table(files()[f"du-lieu/{stem}.csv"]):
            for name in set(NUMBERS) & set(row):
                assert re.fullmatch(r"|-?(0|[1-9][0-9]*)(\.[0-9]{1,4})?", row[name]), row
                assert row[name] not in {"-0", "-0.0"}


# What the numbers are -----------------------------------------------------------------------


def rounded(value: Fraction) -> str:
    """Half up to four decimals, without noughts at the end."""
    scaled = floor(value * 10_000 + Fraction(1, 2))
    text = f"{scaled // 10_000}.{scaled % 10_000:04}".rstrip("0").rstrip(".")
    return text if value.denominator == 1 or "." in text else f"{text}.0"


def test_every_value_is_its_numerator_over_its_denominator() -> None:
    checked = 0
    for row in table(files()["du-lieu/so-lieu.csv"]):
        if not row["numerator"]:
            continue
        of = int(row["denominator"])
        assert row["value"] == rounded(Fraction(100 * int(row["numerator"]), of))
        if row["numerator_high"]:
            assert row["value_high"] == rounded(Fraction(100 * int(row["numerator_high"]), of))
        checked += 1
    assert checked > 100


def test_a_row_has_a_value_or_a_reason_for_none() -> None:
    for row in table(files()["du-lieu/so-lieu.csv"]):
        assert bool(row["value"]) != bool(row["missing"]), row


def test_a_figure_stands_as_it_was_reported() -> None:
    for year in ("2021", "2022", "2023", "2024"):
        path = DATA / "results" / year / "v1" / "observations.csv"
        shown = {
            (row["indicator"], row["area"]): row
            for row in table(files()["du-lieu/so-lieu.csv"])
            if row["year"] == year
        }
        for row in table(path.read_bytes()):
            out = shown[row["indicator"], row["area"]]
            if out["aggregated"] == "true":
                continue
            for name in ("numerator", "denominator", "missing", "decision", "source", "note_vi"):
                assert out[name] == row[name]
            assert out["obs_status"] == row["status"]
            if row["value"] and not row["numerator"]:
                assert Fraction(out["value"]) == Fraction(row["value"])


def test_a_range_says_both_of_its_ends() -> None:
    known = archive()
    rows = known.observations.copy()
    counted = next(each for each in known.indicators if each.counts)
    gone = (rows["year"] == 2024) & (rows["indicator"] == counted.indicator)
    place = rows[gone & (rows["area"] != known.plan.scope)].index[0]
    rows.loc[place, ["value", "status", "missing"]] = [None, "", "x"]
    rows = rows[~(gone & (rows["area"] == known.plan.scope))].reset_index(drop=True)
    (row,) = (
        row
        for row in table(made(replace(known, observations=rows))["du-lieu/so-lieu.csv"])
        if (row["indicator"], row["area"], row["year"])
        == (counted.indicator, known.plan.scope, "2024")
    )
    assert int(row["numerator_high"]) > int(row["numerator"])
    assert Fraction(row["value_high"]) > Fraction(row["value"])


@law
@given(st.fractions(min_value=-200, max_value=200))
def test_a_value_is_within_half_of_its_last_decimal_and_no_number_is_minus_nought(
    value: Fraction,
) -> None:
    number = module._number(value)
    assert number is not None
    assert abs(Fraction(str(number)) - value) <= Fraction(1, 20_000)
    assert not str(number).startswith("-0.0") or number != 0


def test_halves_are_rounded_away_from_nought_as_on_the_pages() -> None:
    assert module._number(Fraction(1, 20_000)) == 0.0001
    assert module._number(Fraction(-1, 20_000)) == -0.0001
    assert str(module._number(Fraction(-1, 30_000))) == "0"


def test_the_verdicts_say_which_milestone_is_in_question() -> None:
    rows = table(files()["du-lieu/ket-luan.csv"])
    places = {(row["indicator"], row["area"]) for row in rows}
    in_question = [
        (row["indicator"], row["area"], row["milestone"])
        for row in rows
        if row["headline"] == "true"
    ]
    assert len(in_question) == len(places)
    assert {year for name, _, year in in_question if name != "tinh-ht"} == {"2025"}


def version_of(folder: Path, day: str) -> tuple[str, bytes]:
    """The version of the package of all figures on a day, and its table of figures."""
    known, _ = read(folder)
    assert known is not None
    found = made(known, datetime.fromisoformat(day).replace(tzinfo=HERE))
    package = json.loads(found["du-lieu/datapackage.json"])
    catalogued = json.loads(found["du-lieu/catalog.jsonld"])["dcat:dataset"]
    assert {each["dcat:version"] for each in catalogued} <= {package["version"]}
    return package["version"], found["du-lieu/so-lieu.csv"]


def test_the_package_has_another_version_after_every_release_of_whichever_year(
    tmp_path: Path,
) -> None:
    folder = small(tmp_path)
    for year, released, numerator in (
        ("2023", "2025-02-01", "191"),
        ("2024", "2025-03-01", "192"),
        ("2023", "2025-04-01", "193"),
    ):
        corrected(folder, year, f"{released}T09:00:00+07:00", numerator)

    told = [
        version_of(folder, day)
        for day in (
            *("2023-06-01", "2024-06-01", "2025-01-31"),
            *("2025-02-02", "2025-03-02", "2025-04-02", "2025-06-01"),
        )
    ]

    assert [version for version, _ in told] == [
        *("0", "2023.1", "2024.1"),
        *("2024.2", "2024.3", "2024.4", "2024.4"),
    ]
    assert len({table for _, table in told}) == len({version for version, _ in told})


def corrected(folder: Path, year: str, released: str, numerator: str) -> None:
    """One more version of a year, in which one count is another."""
    before = max((folder / "results" / year).iterdir())
    after = before.with_name(f"v{int(before.name[1:]) + 1}")
    shutil.copytree(before, after)
    descriptor = json.loads((after / "datapackage.json").read_text())
    descriptor |= {"version": after.name[1:], "reason_vi": "Sửa một số."}
    (after / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False))
    rows = table_of(after / "observations.csv")
    for row in rows:
        if (row["indicator"], row["area"]) == ("biet-boi", "ben-lau"):
            row["numerator"] = numerator
    write_table(after / "observations.csv", rows)
    calendar = folder / "results" / "releases.csv"
    out = {"year": year, "version": after.name[1:], "released": released, "sha256": "0" * 64}
    write_table(calendar, [*table_of(calendar), out])
    sign_again(folder)


# Other borders ------------------------------------------------------------------------------


@cache
def after_the_reform() -> Mapping[str, bytes]:
    return made(archive(), datetime(2026, 7, 1, tzinfo=HERE))


def test_a_figure_on_other_borders_is_a_range_with_both_ends_or_none() -> None:
    rows = table(after_the_reform()["du-lieu/tinh-lai.csv"])
    assert {row["basis"] for row in rows} == {"exact", "range", "none"}
    for row in rows:
        ends = [end for end in (row["value"], row["value_high"]) if end]
        assert len(ends) == {"exact": 1, "range": 2, "none": 0}[row["basis"]], row
        assert len(set(ends)) == len(ends), row
        assert bool(row["obstacle"]) == (row["basis"] == "none")


def test_a_figure_on_other_borders_that_is_an_estimate_is_provisional() -> None:
    for row in table(after_the_reform()["du-lieu/tinh-lai.csv"]):
        assert (row["obs_status"] in {"E", "P"}) == (row["provisional"] == "true"), row


def test_a_figure_on_other_borders_breaks_where_what_it_is_made_of_does_and_there_alone() -> None:
    figures = {
        (row["indicator"], row["area"], row["year"]): row
        for row in table(after_the_reform()["du-lieu/so-lieu.csv"])
    }
    broken = 0
    for row in table(after_the_reform()["du-lieu/tinh-lai.csv"]):
        parts = [
            "hai-duong",
            *filter(None, (*row["inside"].split(";"), *row["straddling"].split(";"))),
        ]
        told = [figures.get((row["indicator"], part, row["year"])) for part in parts]
        breaks = any(each is not None and each["break_vi"] for each in told)
        assert row["break"] == ("B" if breaks and row["value"] else ""), row
        broken += bool(row["break"])
    # All of the one indicator of which the province says that it can't be compared.
    assert broken >= 11


# JSON ---------------------------------------------------------------------------------------


def as_cell(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("stem", [stem for stem, _ in TABLES])
def test_json_says_the_same_as_csv(stem: str) -> None:
    whole = json.loads(files()[f"api/v1/{stem}.json"])
    rows = [[as_cell(cell) for cell in row] for row in whole["rows"]]
    assert rows == [list(row.values()) for row in table(files()[f"du-lieu/{stem}.csv"])]


def test_the_json_of_an_area_holds_its_figures_and_its_verdicts() -> None:
    found = json.loads(files()["api/v1/dia-ban/tu-ky.json"])
    assert {row["area"] for row in (*found["figures"], *found["verdicts"])} == {"tu-ky"}
    assert [edition["year"] for edition in found["editions"]] == [2021, 2022, 2023, 2024]


def test_json_is_utf_8_as_people_can_read_it() -> None:
    assert "Huyện Tứ Kỳ".encode() in files()["api/v1/dia-ban/tu-ky.json"]


# The data package ---------------------------------------------------------------------------


def valid(found: Mapping[str, bytes], folder: Path) -> list[Any]:
    """What Frictionless has to say against the package and all of its rows."""
    for name in ("datapackage.json", *(f"{stem}.csv" for stem, _ in TABLES)):
        (folder / name).write_bytes(found[f"du-lieu/{name}"])
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    return list(report.flatten(["type", "note", "fieldName", "rowNumber"]))


def test_the_data_package_is_valid_with_all_of_its_rows(tmp_path: Path) -> None:
    assert valid(files(), tmp_path) == []


def test_the_data_package_is_valid_before_anything_is_public(tmp_path: Path) -> None:
    assert valid(made(archive(), datetime(2021, 1, 1, tzinfo=HERE)), tmp_path) == []


def test_one_other_byte_makes_the_data_package_invalid(tmp_path: Path) -> None:
    name = "du-lieu/so-lieu.csv"
    changed = {**files(), name: files()[name].replace(b"Nam", b"nam", 1)}
    assert changed[name] != files()[name]
    assert [kind for kind, *_ in valid(changed, tmp_path)] == ["hash-count"]


def test_sizes_and_hashes_are_those_of_the_files() -> None:
    descriptor = json.loads(files()["du-lieu/datapackage.json"])
    listed = listing(files())
    for resource in descriptor["resources"]:
        content = files()[f"du-lieu/{resource['path']}"]
        digest = hashlib.sha256(content).hexdigest()
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{digest}")
        assert listed[f"du-lieu/{resource['path']}"] == (len(content), digest)
    assert set(listed) == set(files())


def test_every_column_says_what_it_means() -> None:
    descriptor = json.loads(files()["du-lieu/datapackage.json"])
    for resource in descriptor["resources"]:
        for field in resource["schema"]["fields"]:
            assert field["title"]
            assert field["description"]


# Illustrative figures -----------------------------------------------------------------------


def test_every_file_of_illustrative_figures_says_so_in_both_languages() -> None:
    for name, content in own(files()):
        assert all(notice.encode() in content for notice in NOTICES), name


def test_every_signed_package_of_illustrative_figures_says_so_in_its_descriptor() -> None:
    for edition in published(archive(), NOW).editions:
        name = f"du-lieu/nam/{edition.year}/v{edition.version}/datapackage.json"
        assert json.loads(files()[name])["illustrative"] is True


def test_official_figures_beside_illustrative_ones_are_not_called_illustrative() -> None:
    known = archive()
    mixed = replace(
        known,
        editions=tuple(replace(each, illustrative=each.year == 2021) for each in known.editions),
    )
    for row in table(made(mixed)["du-lieu/so-lieu.csv"]):
        invented = row["year"] == "2021"
        assert (row["illustrative"], bool(row["notice"])) == (str(invented).lower(), invented)


def test_official_figures_carry_no_notice_anywhere() -> None:
    known = archive()
    official = replace(
        known, editions=tuple(replace(each, illustrative=False) for each in known.editions)
    )
    for name, content in own(made(official)):
        for row in table(content) if name.endswith("so-lieu.csv") else ():
            assert row["notice"] == ""
    assert json.loads(made(official)["api/v1/so-lieu.json"])["notice"] == ""


# What never stands in them ------------------------------------------------------------------

CANARY = "chim-hoang-yen"


def tainted() -> Archive:
    """The archive with a mark in every text and file of the newest version."""
    known = archive()
    rows = known.observations.copy()
    new = rows["year"] == 2024
    for column in ("source", "decision"):
        rows.loc[new, column] = CANARY
    mark = Text(vi=CANARY, en=CANARY)
    for column in ("note", "break_"):
        rows[column] = rows[column].mask(new, mark)
    return replace(
        known,
        observations=rows,
        editions=tuple(
            each
            if each.year != 2024
            else replace(
                each,
                reason=mark,
                sources=(CANARY,),
                reports=tuple(
                    replace(report, document=CANARY, note=mark) for report in each.reports
                ),
                actions=tuple(
                    replace(action, summary=mark, evidence=CANARY) for action in each.actions
                ),
                files={name: CANARY.encode() for name in each.files},
            )
            for each in known.editions
        ),
        releases=tuple(
            replace(each, note=mark) if each.year == 2024 else each for each in known.releases
        ),
    )


def without_2024() -> Archive:
    """The archive as if the newest version had never been written."""
    known = archive()
    rows = known.observations
    return replace(
        known,
        editions=tuple(each for each in known.editions if each.year != 2024),
        observations=rows[rows["year"] != 2024].reset_index(drop=True),
    )


def everything(known: Archive, now: datetime) -> dict[str, bytes]:
    """Every file, page and chart of the site in both languages; charts as what they are made of."""
    found = results(published(known, now), now)
    everywhere = made(known, now)
    for language, spoken in told().items():
        plans = plans_of(found, SITE, spoken)
        listed = listing(everywhere)
        everywhere |= {
            f"{language}/{path}": page
            for path, page in markdown(found, SITE, spoken, plans, listed).items()
        }
        everywhere |= {
            f"{language}/{name}.json": json.dumps(
                [interactive_spec(plan.drawable), plan.caption, plan.summary], ensure_ascii=False
            ).encode()
            for name, plan in plans.items()
        }
    return everywhere


def test_a_second_before_its_release_nothing_of_a_version_stands_in_any_file_page_or_chart() -> (
    None
):
    before = everything(tainted(), RELEASED - timedelta(seconds=1))
    assert [name for name, content in before.items() if CANARY.encode() in content] == []
    assert before == everything(without_2024(), RELEASED - timedelta(seconds=1))


def test_from_the_second_of_its_release_on_it_stands_in_files_and_pages() -> None:
    after = everything(tainted(), RELEASED)
    marked = {name for name, content in after.items() if CANARY.encode() in content}
    assert {
        "du-lieu/so-lieu.csv",
        "du-lieu/so-lieu-excel.csv",
        "api/v1/so-lieu.json",
        "du-lieu/datapackage.json",
        "du-lieu/nam/2024/v1/observations.csv",
        "vi/dia-ban/tu-ky/index.md",
        "en/dia-ban/tu-ky/index.md",
        "vi/lich-cong-bo/index.md",
    } <= marked


def test_the_order_of_rows_changes_no_byte() -> None:
    known = archive()
    rows = known.observations.iloc[::-1].reset_index(drop=True)
    assert made(replace(known, observations=rows)) == files()
