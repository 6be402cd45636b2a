"""What the search looks through: names of everything that has a page, and no figure."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from bench.country import Country, make
from packages_at_hand import SITE, small, without_text

from tiendo.config import ROOT
from tiendo.ids import anchor, clause_anchor
from tiendo.judge.assess import results
from tiendo.judge.clauses import standing
from tiendo.judge.editions import published
from tiendo.letters import folded
from tiendo.pages.contents import PAGES
from tiendo.pages.search import entries, find_index, find_page, further
from tiendo.read.archive import read
from tiendo.words.desk import Desk
from tiendo.words.wording import words

MOST_BYTES = 40_000
"""Over the wire, for a country of 3,000 areas: about the size of a photograph on a phone."""

MOST_FOR_A_PLAN = 30_000
"""The same for the shipped plan, with all that it says."""

FINDER_ONCE = 4_264
"""What the finder itself weighed when it knew of no duty and no clause."""


def desk_of(data: Path, language: str = "vi", now: datetime | None = None) -> Desk:
    archive, _ = read(data)
    assert archive is not None
    now = now or datetime(2025, 6, 1, tzinfo=SITE.timezone)
    return Desk(
        results=results(published(archive, now), now),
        site=SITE,
        words=words(language),
        here="find/",
        indicators={each.indicator: each for each in archive.indicators},
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_everything_that_can_be_searched_for_stands_in_the_list_too(
    tmp_path: Path, language: str
) -> None:
    desk = desk_of(small(tmp_path), language)
    listed = {
        (entry.link.text, entry.link.href)
        for group in find_page(desk, PAGES).groups
        for entry in group.entries
    }
    index = json.loads(find_index(desk, PAGES))
    assert listed == {(title, f"../{address}") for title, _, address, _, _ in index["entries"]}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_duty_action_and_clause_of_the_plan_is_found_where_it_stands(
    tmp_path: Path, language: str
) -> None:
    desk = desk_of(small(tmp_path), language)
    archive = desk.results.archive
    found = entries(desk, PAGES)
    there = {entry.address for entry in found}
    assert {f"actions/#{anchor(each.action)}" for each in archive.actions} <= there
    duties = [entry for entry in found if entry.group == "duty"]
    assert len(duties) == len({duty.duty for duty in archive.duties})
    assert {entry.address for entry in duties} <= {
        entry.address for entry in found if entry.group == "agency"
    }
    named = {each.clause for each in archive.text if each.clause}
    told = {clause for clause, known in standing(archive).items() if known.actions or known.duties}
    assert {entry.address for entry in found if entry.group == "clause"} == {
        f"plan/#{clause_anchor(clause)}" for clause in named - told
    }


def test_areas_that_are_there_today_stand_before_those_that_ended() -> None:
    later = datetime(2026, 11, 24, tzinfo=SITE.timezone)
    found = entries(desk_of(ROOT / "data", now=later), PAGES)
    areas = [each for each in found if each.group.startswith("area-")]
    ended = ["đã kết thúc" in entry.detail for entry in areas]
    assert ended == sorted(ended)
    assert {True, False} == set(ended)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_looked_through_comes_in_few_bytes_and_the_finder_in_few_more_than_it_did(
    language: str,
) -> None:
    later = datetime(2026, 11, 24, tzinfo=SITE.timezone)
    index = find_index(desk_of(ROOT / "data", language, later), PAGES)
    assert len(gzip.compress(index, 6, mtime=0)) <= MOST_FOR_A_PLAN
    finder = (ROOT / "site_config" / "assets" / "find.js").read_bytes()
    assert len(gzip.compress(finder, 6, mtime=0)) <= FINDER_ONCE + 500


def test_the_index_is_the_same_each_time(tmp_path: Path) -> None:
    data = small(tmp_path)
    assert find_index(desk_of(data), PAGES) == find_index(desk_of(data), PAGES)


def test_a_year_that_is_not_released_can_not_be_found(tmp_path: Path) -> None:
    data = small(tmp_path)
    early = datetime(2024, 6, 1, tzinfo=SITE.timezone)
    titles = {entry.title for entry in entries(desk_of(data, now=early), PAGES)}
    assert "Năm 2023" in titles
    assert "Năm 2024" not in titles


def test_a_name_in_the_other_language_and_an_alias_find_it_too() -> None:
    found = {entry.address: entry for entry in entries(desk_of(ROOT / "data", "en"), PAGES)}
    district = found["area/tu-ky/"]
    assert district.title == "Tứ Kỳ District"
    assert {"huyen", "ki", "ubnd"} <= {folded(word) for word in district.words.split()}
    assert "chu" in folded(found["indicator/xmc-md2/"].words).split()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_plan_itself_and_what_is_due_are_found_and_the_plan_where_its_text_stands(
    tmp_path: Path, language: str
) -> None:
    desk = desk_of(small(tmp_path), language)
    found = {entry.address: entry for entry in entries(desk, PAGES)}
    number = desk.results.archive.plan.number
    assert set(number.split()) <= {*found["plan/"].words.split(), *found["plan/"].title.split()}
    assert "due/" in found

    textless = entries(desk_of(without_text(tmp_path / "data"), language), PAGES)
    lost = found.keys() - {entry.address for entry in textless}
    assert {address.partition("#")[0] for address in lost} == {"plan/"}


def test_words_that_the_title_has_are_not_said_again() -> None:
    assert further("Huyện Tứ Kỳ", "Tứ Kỳ", "tu ky", "H. Tứ Kì", "H.Tứ Kỳ") == "H Kì"
    assert further("Số liệu", "") == ""


def test_only_areas_that_share_a_name_carry_their_code() -> None:
    areas = [
        entry
        for entry in entries(
            desk_of(ROOT / "data", now=datetime(2026, 11, 24, tzinfo=SITE.timezone)), PAGES
        )
        if entry.group in {"area-district", "area-commune"}
    ]
    coded = {entry.address for entry in areas if "mã" in entry.detail.split()}
    names = Counter((entry.group, folded(entry.title)) for entry in areas)
    assert {"area/xa-cam-giang-10888/", "area/xa-cam-giang-10903/"} <= coded
    assert coded == {
        entry.address for entry in areas if names[entry.group, folded(entry.title)] > 1
    }


def test_a_country_of_3000_areas_is_found_in_few_bytes(tmp_path: Path) -> None:
    make(Country(areas=3000, indicators=1, editions=1), tmp_path / "country")
    later = datetime(2022, 6, 1, tzinfo=SITE.timezone)
    index = find_index(desk_of(tmp_path / "country", now=later), PAGES)
    assert len(json.loads(index)["entries"]) > 3000
    assert len(gzip.compress(index, 6, mtime=0)) < MOST_BYTES
