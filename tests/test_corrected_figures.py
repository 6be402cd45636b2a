"""What was corrected after it came out, on every page, picture and file that shows it.

The case ``corrected`` is the small case with a second version of 2024: a correction, a late figure
and a scheduled revision, and what follows from them for the whole province.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packages_at_hand import CASES, NOW, SITE, inspect
from pages_at_hand import desk_of, pages, plans_of, readable

from tiendo.charts.draw import RankingChart, SeriesChart
from tiendo.files.open_data import COLUMNS, in_languages, open_data
from tiendo.files.workbooks import FIGURES
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.pages.cards import cards
from tiendo.pages.paper import sheets
from tiendo.pages.quotes import quote_pages, quote_snippets
from tiendo.site.build import _embed_files
from tiendo.terms import Archive, Results
from tiendo.words import addresses
from tiendo.words.desk import citation, dateline
from tiendo.words.wording import words

Golden = Callable[[Path, str], None]

CORRECTIONS = addresses.named(addresses.CORRECTIONS, SITE)
CORRECTED = CASES / "corrected"
TOLD = {language: words(language) for language in SITE.languages}
BETWEEN = datetime(2025, 2, 1, tzinfo=SITE.timezone)
"""The first version of 2024 is out, the second is not."""

ASTERISK = "&#42;"
"""How a page writes the sign, so that it is not taken for Markdown."""

WHOLE, PART, LATE = "42,3%", "40,5%", "13,7%"
"""The province's rate that follows from a district's, that district's, and the province's rate
that a late figure made known; no other figure is written so."""


@cache
def archive() -> Archive:
    found = inspect(CORRECTED / "data")
    assert found.problems == ()
    assert found.archive is not None
    return found.archive


@cache
def known(now: datetime = NOW) -> Results:
    return results(published(archive(), now), now)


@cache
def rendered() -> Mapping[str, str]:
    files = open_data(known(), SITE, TOLD)
    return {
        path: content.decode().replace(ASTERISK, "*")
        for path, content in pages(known(), SITE, files)
        if path.endswith(".md") and addresses.named(addresses.HELP, SITE) not in path
    }


@cache
def rows() -> Mapping[tuple[str, str, str], Mapping[str, str]]:
    table = open_data(known(), SITE, TOLD)["du-lieu/so-lieu.csv"].decode()
    return {
        (row["indicator"], row["area"], row["year"]): row
        for row in csv.DictReader(io.StringIO(table))
    }


# The judgement ------------------------------------------------------------------------------


def test_a_figure_is_corrected_from_a_value_in_a_version_of_a_kind_for_a_reason() -> None:
    told = {
        key[:2]: (
            [one.kind for one in changed],
            changed[-1].old and changed[-1].old.numerator,
            changed[-1].new and changed[-1].new.numerator,
            changed[-1].reason.first,
            changed[-1].follows_from,
        )
        for key, changed in known().corrected.items()
    }
    assert told == {
        ("biet-boi", "ben-lau"): (["correction"], 180, 170, "Mười em được tính hai lần.", ()),
        ("biet-boi", "song-xanh"): (
            ["scheduled"],
            230,
            230,
            "Số sơ bộ nay là số chính thức.",
            (),
        ),
        ("boi-xa", "doi-che"): (["late"], None, 20, "Đồi Chè nộp muộn.", ()),
        ("biet-boi", "may-trang"): (["correction"], 560, 550, "", ("ben-lau", "song-xanh")),
        ("boi-xa", "may-trang"): (["late"], None, 170, "", ("doi-che",)),
    }
    assert {one.version for changed in known().corrected.values() for one in changed} == {2}
    out = {one.on for changed in known().corrected.values() for one in changed}
    assert [day.isoformat() for day in out if day] == ["2025-03-20T09:00:00+07:00"]


def test_before_the_second_version_is_out_nothing_is_corrected() -> None:
    assert known(BETWEEN).corrected == {}


@settings(max_examples=25)
@given(st.lists(st.integers(0, 300), min_size=3, max_size=3))
def test_a_sum_is_corrected_exactly_where_it_moved(numerators: list[int]) -> None:
    table = archive().observations.copy()
    areas = ("ben-lau", "doi-che", "song-xanh")
    before = []
    for area, numerator in zip(areas, numerators, strict=True):
        here = (table["indicator"] == "biet-boi") & (table["area"] == area)
        here &= table["year"] == 2024
        table.loc[here, "status"] = "A"
        before.append(int(table.loc[here & (table["version"] == 1), "numerator"].iloc[0]))
        table.loc[here & (table["version"] == 2), "numerator"] = numerator
    changed = results(replace(archive(), observations=table), NOW).corrected
    moved = [area for area, a, b in zip(areas, before, numerators, strict=True) if a != b]
    assert [area for area in areas if ("biet-boi", area, 2024) in changed] == moved
    is_other_sum = sum(before) != sum(numerators)
    assert (("biet-boi", "may-trang", 2024) in changed) == is_other_sum


# On pages -----------------------------------------------------------------------------------

SIGNED = (
    r"\*"
    r'|</(?:span|b)><(?:a|span) class="td-corrected"'
)
TOLD_APART = r" \(\d"
"""Old and new beside each other, in the list of corrections."""


@pytest.mark.parametrize("value", [WHOLE, PART, LATE])
def test_a_corrected_figure_has_its_sign_on_every_page_that_shows_it(value: str) -> None:
    shown = re.compile(rf"(?<![\d,]){value}")
    ends = re.compile(f"{SIGNED}|{TOLD_APART}")
    found = 0
    for path, text in rendered().items():
        if path.startswith("vi/"):
            for place in shown.finditer(text):
                found += 1
                rest = text[place.end() : place.end() + 200]
                assert ends.match(rest), f"{path}: {rest[:80]}"
    assert found > 5


def test_a_sign_leads_to_the_old_value_and_the_reason() -> None:
    marked = re.compile(r'<a class="td-corrected" href="([^"]+)" title="([^"]+)"')
    seen = set()
    for path, text in rendered().items():
        here = path.partition("/")[2].removesuffix("index.md")
        for href, label in marked.findall(text):
            page, _, place = href.partition("#")
            language = path.partition("/")[0]
            target = f"{language}/{CORRECTIONS}index.md" if page else path
            assert not page or addresses.relative(CORRECTIONS, here) == page
            assert f'id="{place}"' in rendered()[target], f"{path}: {href}"
            assert ("Trước đó: " if language == "vi" else "Before: ") in label
            seen.add(path)
    for page in ("", "nam/2024/", "chi-tieu/biet-boi/", "dia-ban/ben-lau/", "bang-tong-hop/"):
        assert f"vi/{page}index.md" in seen
        assert f"en/{page}index.md" in seen


def test_a_page_with_a_sign_says_what_it_means() -> None:
    for path, text in rendered().items():
        if 'class="td-corrected"' in text:
            told = TOLD[path.partition("/")[0]]
            assert told.say("corrected.legend") in text, path


@pytest.mark.parametrize("language", SITE.languages)
def test_the_corrected_case_gives_these_pages(language: str, golden: Golden) -> None:
    for page in ("", "nam/2024/", "chi-tieu/biet-boi/", "dia-ban/doi-che/", "dinh-chinh/"):
        path = f"{language}/{page}index.md"
        golden(CORRECTED / "expected" / "pages" / path, readable(rendered()[path]))


# When ---------------------------------------------------------------------------------------


def test_first_release_and_last_correction_are_told_apart() -> None:
    once, twice = (
        "công bố ngày 15/01/2025",
        ("công bố lần đầu ngày 15/01/2025, đính chính gần nhất ngày 20/03/2025"),
    )
    told = TOLD["vi"]
    before, after = (desk_of(known(now), SITE, told) for now in (BETWEEN, NOW))
    assert once in citation(before, "x")
    assert twice in citation(after, "x")
    for page in ("", "chi-tieu/biet-boi/", "dia-ban/ben-lau/", "bang-tong-hop/"):
        assert twice in rendered()[f"vi/{page}index.md"], page
    year = rendered()["vi/nam/2024/index.md"]
    assert "<dt>Công bố lần đầu</dt>" in year
    assert "<dt>Đính chính gần nhất</dt>" in year
    row = rows()["biet-boi", "doi-che", "2024"]
    assert (row["first_released"], row["last_corrected"]) == ("2025-01-15", "2025-03-20")
    assert (row["revised"], row["revised_on"]) == ("false", "")


def test_a_correction_of_an_older_year_is_told_beside_the_newest_release() -> None:
    later = datetime(2026, 2, 1, tzinfo=SITE.timezone)
    at = desk_of(results(published(archive(), later), later), SITE, TOLD["vi"])
    newest = replace(at.results.editions[-1], year=2025, version=1)
    calendar = tuple(
        replace(release, sha256="0" * 64) if release.year == newest.year else release
        for release in at.results.calendar
    )
    both = replace(at.results, editions=(*at.results.editions, newest), calendar=calendar)
    assert dateline(replace(at, results=both)) == (
        "Số liệu đến 31/12/2024, công bố ngày 15/01/2026; "
        "đính chính gần nhất ngày 20/03/2025 (số liệu năm 2024)"
    )


# In pictures, on paper, in other people's pages ---------------------------------------------


def test_a_picture_has_the_sign_the_footnote_and_the_reason() -> None:
    plans = plans_of(known(), SITE, TOLD["vi"])
    course = plans["biet-boi--may-trang"]
    assert isinstance(course.drawable, SeriesChart)
    assert [point.label for point in course.drawable.points] == ["29,6%", f"{WHOLE}*"]
    assert "* đã sửa sau công bố" in course.drawable.remark
    assert "Trước đó: 43,1%" in course.summary
    ranking = plans["biet-boi--dia-ban"].drawable
    assert isinstance(ranking, RankingChart)
    assert {row.label for row in ranking.rows} == {"45,1%*", "41,9%", f"{PART}*"}
    assert "* đã sửa sau công bố" in ranking.remark


def test_a_picture_of_the_first_version_stays_without_a_sign() -> None:
    plans = plans_of(known(BETWEEN), SITE, TOLD["vi"])
    course = plans["biet-boi--may-trang"].drawable
    assert isinstance(course, SeriesChart)
    assert [point.label for point in course.points] == ["29,6%", "43,1%"]
    assert "*" not in course.remark


def test_a_sheet_a_card_and_a_quotation_have_the_sign_and_what_it_means() -> None:
    at = desk_of(known(), SITE, TOLD["vi"])
    sheet = next(each for path, each in sheets(at) if "ben-lau" in path)
    assert f"{PART}*" in {value.text for row in sheet.rows for value in row.values}
    said = json.dumps(asdict(sheet), ensure_ascii=False)
    assert TOLD["vi"].say("corrected.on-paper") in said
    assert "42,9% (180 trên 420) → 40,5% (170 trên 420). Mười em được tính hai lần." in said
    card = next(each for path, each in cards(at) if "biet-boi" in path)
    assert f"{WHOLE}*" in card.finding
    assert card.finding.endswith(TOLD["vi"].say("corrected.card"))
    _, pinned = quote_snippets(at, known().headlines["biet-boi", "may-trang"])
    assert f"{WHOLE}*" in pinned.code
    assert "* Sửa ngày 20/03/2025 (sửa sai, phiên bản 2). Trước đó: 43,1%" in pinned.code
    frames = _embed_files(at, {}, (), {})
    frame = frames[f"{next(iter(dict(quote_pages(at))))}index.html"].decode().replace(ASTERISK, "*")
    assert "* Sửa ngày 20/03/2025" in frame


# In files -----------------------------------------------------------------------------------


def test_new_columns_come_at_the_end() -> None:
    names = [name for name, _ in in_languages(COLUMNS, SITE.languages)]
    assert names[29:31] == ["notice", "first_released"]
    assert FIGURES[23:25] == ("notice", "first_released")


def test_the_table_says_what_was_revised_from_what_when_and_why() -> None:
    cells = (
        *("revised", "revised_on", "revised_from", "revised_from_numerator"),
        *("revised_from_missing", "revised_from_version", "revision_kind"),
        *("revision_follows_from", "revision_reason_vi"),
    )
    told = {
        key[:2]: tuple(row[cell] for cell in cells)
        for key, row in rows().items()
        if row["revised"] == "true"
    }
    day = "2025-03-20"
    assert told == {
        ("biet-boi", "ben-lau"): (
            *("true", day, "42.8571", "180", "", "1", "correction", ""),
            "Mười em được tính hai lần.",
        ),
        ("biet-boi", "song-xanh"): (
            *("true", day, "45.098", "230", "", "1", "scheduled", ""),
            "Số sơ bộ nay là số chính thức.",
        ),
        ("boi-xa", "doi-che"): (
            *("true", day, "", "", "x", "1", "late", ""),
            "Đồi Chè nộp muộn.",
        ),
        ("biet-boi", "may-trang"): (
            *("true", day, "43.0769", "560", "", "1", "correction"),
            *("ben-lau;song-xanh", ""),
        ),
        ("boi-xa", "may-trang"): ("true", day, "", "", "x", "1", "late", "doi-che", ""),
    }


def test_the_json_says_when_each_year_came_out_and_was_corrected() -> None:
    head = json.loads(open_data(known(), SITE, TOLD)["api/v1/so-lieu.json"])
    assert [
        (each["year"], each["version"], each["first_released"], each["last_corrected"])
        for each in head["editions"]
    ] == [(2023, 1, "2024-01-15", None), (2024, 2, "2025-01-15", "2025-03-20")]
