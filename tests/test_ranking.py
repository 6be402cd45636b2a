"""Who ranks where among the areas of an indicator, and who got worse."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from test_measure import SUMMED, archive

from tiendo.judge.assess import results
from tiendo.judge.ranking import ranked
from tiendo.judge.standings import fell_back
from tiendo.terms import Direction, Indicator, Results

NOW = datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=7)))
FALLING = replace(SUMMED, direction=Direction.DOWN)


def known(indicator: Indicator, *lines: str) -> Results:
    return results(archive(indicator, lines), NOW)


@pytest.mark.parametrize(
    ("indicator", "figures", "order", "places"),
    [
        (SUMMED, ("30/100", "50/100", "40/100"), "binh chau an", {"an": (3, 1), "binh": (1, 1), "chau": (2, 1)}),
        (FALLING, ("30/100", "50/100", "40/100"), "an chau binh", {"an": (1, 1), "binh": (3, 1), "chau": (2, 1)}),
        # Who is alike shares a place, and the next one's is as many further.
        (SUMMED, ("50/100", "50/100", "40/100"), "an binh chau", {"an": (1, 2), "binh": (1, 2), "chau": (3, 1)}),
        # Who has no figure comes last and has no place.
        (SUMMED, ("x", "0/100", "c"), "binh an chau", {"binh": (1, 1)}),
        (FALLING, ("x", "0/100", "c"), "binh an chau", {"binh": (1, 1)}),
    ],
)  # fmt: skip
def test_areas_are_ranked_by_what_the_plan_wants_and_who_has_no_figure_comes_last(
    indicator: Indicator,
    figures: tuple[str, ...],
    order: str,
    places: dict[str, tuple[int, int]],
) -> None:
    lines = [f"2024 {area} {given}" for area, given in zip(("an", "binh", "chau"), figures, strict=True)]  # fmt: skip

    found = ranked(known(indicator, *lines), indicator)

    assert " ".join(found.rows) == order
    assert dict(found.places) == places
    assert (found.year, found.count) == (2024, len(places))


def test_areas_that_got_worse_are_those_whose_exact_figure_went_the_other_way() -> None:
    lines = (
        *("2023 an 50/100", "2023 binh 40/100", "2023 chau 50/100"),
        *("2024 an 40/100", "2024 binh 50/100", "2024 chau 50/100"),
    )

    def worse(indicator: Indicator, *given: str) -> list[str]:
        areas = ("an", "binh", "chau")
        found = fell_back(known(indicator, *given), indicator, areas, (2023, 2024))
        return [new.area for _, new in found]

    assert worse(SUMMED, *lines) == ["an"]
    assert worse(FALLING, *lines) == ["binh"]
    # Across a break nobody fell back, nor where one of both years is not known.
    assert worse(SUMMED, *lines[:3], "2024 an 40/100 B", *lines[4:]) == []
    assert worse(SUMMED, *lines[:3], "2024 an x", *lines[4:]) == []
    assert worse(SUMMED, "2023 an x", *lines[1:]) == []
