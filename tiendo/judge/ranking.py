"""Who ranks where among the areas of an indicator."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tiendo.judge import as_shown
from tiendo.judge.once import once
from tiendo.judge.years import in_year
from tiendo.terms import Direction, Figure, Indicator, Results

MOST_SHARING = Fraction(1, 4)
"""A first or last place that a larger part of the areas shares says nothing of one of them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranked:
    """The areas of an indicator in the newest edition that has figures of it by area."""

    year: int
    """0 where there is none."""
    areas: tuple[str, ...]
    """In the order of their codes."""
    rows: Mapping[str, Figure | None]
    """With their figures of that year, best first, those without at the end."""
    places: Mapping[str, tuple[int, int]]
    """The place of each area that has a figure, from 1 on, and how many areas share it.

    Figures that are shown alike share one: what rounding hides is no lead.
    """
    count: int
    """How many areas have a figure."""

    @property
    def alike(self) -> bool:
        """Whether nobody comes before anybody: all figures are shown alike, or there is one."""
        return all(sharing == self.count for _, sharing in self.places.values())

    def stands_out(self, area: str) -> bool:
        """Whether few enough share the place of an area that has a figure."""
        _, sharing = self.places[area]
        return sharing <= self.count * MOST_SHARING


def ranked(results: Results, indicator: Indicator) -> Ranked:
    """The areas of an indicator in their order.

    Every card of every area asks for it, so that it is worked out once for all of them.
    """
    return _all_ranked(results)[indicator.indicator]


@once
def _all_ranked(results: Results) -> dict[str, Ranked]:
    return {each.indicator: _ranked(results, each) for each in results.archive.indicators}


def _ranked(results: Results, indicator: Indicator) -> Ranked:
    for edition in reversed(results.editions):
        areas = results.locals_[edition.year]
        rows = [(area, in_year(results, indicator.indicator, area, edition.year)) for area in areas]
        if any(figure is not None for _, figure in rows):
            year = edition.year
            break
    else:
        year, areas, rows = 0, (), []
    best = -1 if indicator.direction is not Direction.DOWN else 1
    values = {
        area: best * ends[0]
        for area, figure in rows
        if figure is not None and (ends := as_shown.ends(results, indicator, figure))
    }
    rows.sort(key=lambda row: (row[0] not in values, values.get(row[0], 0)))
    ordered = sorted(values.values())
    places = {
        area: (bisect_left(ordered, value) + 1, ordered.count(value))
        for area, value in values.items()
    }
    return Ranked(year=year, areas=areas, rows=dict(rows), places=places, count=len(values))


def areas_of(results: Results, indicator: Indicator) -> tuple[str, ...]:
    """The local areas of the newest edition that has figures of an indicator by area."""
    return ranked(results, indicator).areas


def year_by_area(results: Results, indicator: Indicator) -> int:
    """The year of that edition; 0 where there is none."""
    return ranked(results, indicator).year
