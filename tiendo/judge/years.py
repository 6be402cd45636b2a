"""The figure of a year: looked up, never searched for."""

from __future__ import annotations

from collections.abc import Mapping

from tiendo.judge.once import once
from tiendo.terms import Figure, Results


@once
def by_year(results: Results) -> Mapping[int, Mapping[tuple[str, str], Figure]]:
    """The figures of each year by indicator and area; without the years that have none."""
    found: dict[int, dict[tuple[str, str], Figure]] = {}
    for key, series in results.figures.items():
        for figure in series:
            found.setdefault(figure.year, {})[key] = figure
    return found


def of_year(results: Results, year: int) -> Mapping[tuple[str, str], Figure]:
    """The figures of a year by indicator and area."""
    return by_year(results).get(year, {})


def in_year(results: Results, indicator: str, area: str, year: int) -> Figure | None:
    """The figure of a year; None where none is expected or given."""
    return of_year(results, year).get((indicator, area))
