"""How the areas of an edition stand: how many indicators each meets, which got worse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tiendo.judge.once import once
from tiendo.judge.years import in_year
from tiendo.terms import Assessment, Direction, Figure, Indicator, Results, Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """The areas of an edition that gave figures, and how many indicators they meet."""

    areas: frozenset[str]
    met: Sequence[int]
    """For each of them, ascending."""
    lacking: int
    """How many of them lack the year's figure of something that they are not known to meet."""


@once
def standings(results: Results) -> Mapping[int, Standing]:
    """How the areas of each edition stand, by year.

    Worked out once for all areas: asked by each of thousands, it would be millions of counts.
    """
    judged: dict[str, list[Assessment]] = {}
    for (_, area), headline in results.headlines.items():
        judged.setdefault(area, []).append(headline)
    gave = {
        (area, figure.year)
        for (_, area), series in results.figures.items()
        for figure in series
        if figure.low is not None
    }
    found = {}
    for year, areas in results.locals_.items():
        known = {area: judged.get(area, []) for area in areas if (area, year) in gave}
        found[year] = Standing(
            areas=frozenset(known),
            met=sorted(
                sum(each.verdict is Verdict.MET for each in every) for every in known.values()
            ),
            lacking=sum(any(_is_open(each, year) for each in every) for every in known.values()),
        )
    return found


def _is_open(headline: Assessment, year: int) -> bool:
    """Whether the year's own figure, were it known, might meet what is not met."""
    latest = headline.latest
    if headline.verdict is Verdict.MET:
        return False
    return latest is None or latest.year != year or latest.value is None


def fell_back(
    results: Results, indicator: Indicator, areas: Iterable[str], years: tuple[int, int]
) -> tuple[tuple[Figure, Figure], ...]:
    """The exact figures of two years of each area that got worse; none across a break."""
    worse = 1 if indicator.direction is Direction.DOWN else -1
    found = []
    for area in areas:
        old, new = (in_year(results, indicator.indicator, area, year) for year in years)
        if old is None or new is None or new.breaks or old.value is None or new.value is None:
            continue
        if worse * (new.value - old.value) > 0:
            found.append((old, new))
    return tuple(found)
