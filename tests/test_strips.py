"""Strips: where an area's one figure lies among those of all areas."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages_at_hand import plans_of

from tiendo.charts.draw import Axis, Point, StripChart, Target, drawn, field_svg, own_svg
from tiendo.charts.draw.labels import width_of
from tiendo.charts.draw.palette import TEXT
from tiendo.config import ROOT, site_settings
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.read.archive import read
from tiendo.words.wording import words

FONTS = ROOT / "site_config" / "assets" / "fonts"
CHART = StripChart(
    axis=Axis(lowest=0.0, highest=100.0, pattern="{}%"),
    highest=100.0,
    others=(32.5, 44.0, 58.4),
    own=Point(year=2025, value=44.0, label="44,0%"),
    target=Target(year=2025, value=60.0, text="2025: 60%"),
    notice="Số liệu minh họa",
)


def circles(svg: str) -> list[tuple[float, float]]:
    """Place across and radius of each circle."""
    found = re.findall(r'<circle[^>]*cx="([-\d.]+)"[^>]*r="([\d.]+)"', svg)
    return [(float(x), float(r)) for x, r in found]


def texts(svg: str) -> list[tuple[str, float, float]]:
    """Each text with its left and right end."""
    found = []
    for attributes, text in re.findall(r"<text([^>]*)>([^<]*)</text>", svg):
        x = float(re.search(r' x="([-\d.]+)"', attributes)[1])  # type: ignore[index]
        anchor = re.search(r'text-anchor="(\w+)"', attributes)[1]  # type: ignore[index]
        width = width_of(text, TEXT)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        found.append((text, left, left + width))
    return found


def test_the_page_and_the_file_put_an_area_and_the_others_in_the_same_places(
    tmp_path: Path,
) -> None:
    whole = circles(drawn({"one": CHART}, fonts=FONTS, cache=tmp_path)["one"].body)
    (own,) = circles(own_svg(CHART))
    field = circles(field_svg(CHART, title=""))
    assert sorted(x for x, r in whole if r == 4) == sorted(x for x, _ in field)
    assert [x for x, r in whole if r > 4] == [own[0]]
    assert own[0] in {x for x, _ in field}


def test_the_dots_of_all_areas_are_the_same_whichever_area_a_page_is_about() -> None:
    other = replace(CHART, own=Point(year=2025, value=58.4, label="58,4%"))
    assert field_svg(CHART, title="") == field_svg(other, title="")


def test_what_a_page_holds_of_its_own_is_no_neighbour_s_figure() -> None:
    moved = replace(CHART, others=(10.0, 44.0, 99.0))
    assert own_svg(moved) == own_svg(CHART)


def test_a_figure_that_is_not_official_is_hollow_and_a_range_is_a_bar(tmp_path: Path) -> None:
    hollow = replace(CHART, own=replace(CHART.own, provisional=True))
    assert 'class="td-own td-own--hollow"' in own_svg(hollow)
    range_ = replace(CHART, own=Point(year=2025, value=None, low=40.0, high=50.0, label="40–50%"))
    assert circles(own_svg(range_)) == []
    bar = re.search(r'class="td-own" d="M([\d.]+),[\d.]+H([\d.]+)', own_svg(range_))
    assert bar is not None
    low, high = float(bar[1]), float(bar[2])
    assert low < high
    assert "40–50%" in drawn({"one": range_}, fonts=FONTS, cache=tmp_path)["one"].body


@given(
    lowest=st.sampled_from([-100.0, 0.0, 5.0]),
    span=st.sampled_from([1.0, 95.0, 100.0, 2500.0]),
    part=st.floats(0, 1),
    at=st.floats(0, 1),
)
def test_wherever_the_target_lies_its_text_and_the_ends_are_read(
    lowest: float, span: float, part: float, at: float
) -> None:
    highest = lowest + span
    chart = replace(
        CHART,
        axis=Axis(lowest=lowest, highest=None, pattern="{}"),
        highest=highest,
        others=(lowest, highest),
        own=Point(year=2025, value=lowest + at * span, label="1"),
        target=Target(year=2025, value=lowest + part * span, text="2025: nhiều nhất 1.234,5 vụ"),
    )
    found = sorted(texts(own_svg(chart)), key=lambda each: each[1])
    assert any("2025" in text for text, _, _ in found)
    assert all(left >= 0 and right <= 328 for _, left, right in found)
    assert all(one[2] < next_[1] for one, next_ in pairwise(found))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_area_with_one_figure_has_a_strip_and_one_with_more_a_course(language: str) -> None:
    archive, _ = read(ROOT / "data")
    assert archive is not None
    now = datetime.fromisoformat("2026-11-24T12:00:00+07:00")
    known = results(published(archive, now), now)
    plans = plans_of(known, site_settings(), words(language))
    kinds = set()
    frames: dict[str, set[object]] = {}
    for plan in plans.values():
        if not plan.area:
            continue
        key = (plan.name.partition("--")[0], plan.area)
        told = [each.low for each in known.figures[key] if each.low is not None]
        told += [each.low for each in known.restated.get(key, ()) if each.low is not None]
        is_strip = isinstance(plan.drawable, StripChart)
        assert is_strip == (len(told) == 1), plan.name
        kinds.add(is_strip)
        if isinstance(plan.drawable, StripChart):
            assert plan.drawable.own.value in plan.drawable.others
            frames.setdefault(key[0], set()).add((plan.drawable.axis, plan.drawable.highest))
            assert plan.drawable.own.label in plan.summary
    assert kinds == {True, False}
    assert {len(each) for each in frames.values()} == {1}, "all areas lie on the shared dots"
