"""A plan of which nothing is public yet: nobody owes anything, and no page claims or shows nothing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache

import pytest
from packages_at_hand import SITE, SMALL
from pages_at_hand import pages

from tiendo.files.feeds import feeds
from tiendo.files.open_data import open_data
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.read.archive import read
from tiendo.terms import Results
from tiendo.words.wording import words

NOW = datetime(2023, 1, 1, tzinfo=SITE.timezone)
TOLD = {language: words(language) for language in SITE.languages}

LOCAL = ("biet-boi", "boi-xa", "be-boi", "bo-sach")
"""The indicators that each district will report."""
OF_THE_PROGRAM = ("tro-giup", "huong-dan", "phuong-phap", "thuat-ngu")
"""Pages that explain words and steps, whatever was released."""


@cache
def known() -> Results:
    archive, _ = read(SMALL)
    assert archive is not None
    return results(published(archive, NOW), NOW)


@cache
def rendered() -> Mapping[str, str]:
    files = {**open_data(known(), SITE, TOLD), **dict(feeds(known(), SITE, TOLD))}
    return {
        path: content.decode()
        for path, content in pages(known(), SITE, files)
        if path.endswith(".md") and not path.partition("/")[2].startswith(OF_THE_PROGRAM)
    }


def test_there_are_pages_and_nothing_is_public() -> None:
    assert known().editions == ()
    assert len(rendered()) > 30


@pytest.mark.parametrize("missing", ["x", "n", "c", "z"])
def test_no_page_says_that_somebody_did_not_report(missing: str) -> None:
    # The page of all files explains every reason that may stand in them.
    found = [
        path
        for path, text in rendered().items()
        if TOLD[path[:2]].say(f"missing.{missing}.word") in text and "so-lieu/" not in path
    ]
    assert found == []


def test_no_page_has_a_table_a_list_or_a_bar_with_nothing_in_it() -> None:
    nothing = re.compile(
        r"<tbody[^>]*>\s*</tbody>|<ul[^>]*>\s*</ul>|<dl[^>]*>\s*</dl>|</h2>\s*</section>"
    )
    found = [(path, nothing.findall(text)) for path, text in rendered().items()]
    assert [(path, what) for path, what in found if what] == []


def test_no_sentence_has_two_stops_or_counts_areas_that_are_not_known() -> None:
    found = [
        (path, match[0])
        for path, text in rendered().items()
        for match in re.finditer(r"[^.\n]{0,40}\.\.(?!\.)|Tỉnh Mây Trắng: 0[^\n]*", text)
        if "://" not in match[0] and "../" not in text[match.start() : match.end() + 1]
    ]
    assert found == []


@pytest.mark.parametrize("language", SITE.languages)
def test_an_indicator_that_areas_report_is_not_said_to_be_the_wholes_alone(language: str) -> None:
    told = TOLD[language]
    for name in LOCAL:
        text = rendered()[f"{language}/chi-tieu/{name}/index.md"]
        assert told.say("tell.indicator.areas-none-yet") in text
        assert told.say("tell.indicator.areas-none", scope=told.say("scope.province")) not in text


@pytest.mark.parametrize("language", SITE.languages)
def test_the_home_page_says_how_many_targets_there_are_and_that_nothing_came_yet(
    language: str,
) -> None:
    finding = TOLD[language].say("tell.home.finding-nothing", total="4", year=2025)
    text = rendered()[f"{language}/index.md"]
    assert f">{finding}<" in text
    assert "td-counts" not in text


def test_the_tables_tell_of_no_figure_that_is_owed() -> None:
    files = open_data(known(), SITE, TOLD)
    for name in ("so-lieu", "chat-luong"):
        assert list(csv.DictReader(io.StringIO(files[f"du-lieu/{name}.csv"].decode()))) == []
    verdicts = list(csv.DictReader(io.StringIO(files["du-lieu/ket-luan.csv"].decode())))
    assert {(row["verdict"], row["value"], row["gap"]) for row in verdicts} == {
        ("too-little-data", "", "")
    }
