"""What looks wrong in a figure and may be right: a leap, a part that is more than its whole.

`tiendo.check` warns of these; a note in the data answers them, and both are then shown with the
figure.  What stands here is asked of the newest public version of each year alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from tiendo.lineage import Lineage, lineage, predecessor
from tiendo.terms import Figure, Indicator, Measure, Question, Results

Key = tuple[str, str, int]
"""An indicator, an area and a year."""


def leaps(indicator: Indicator, mine: Fraction, before: Fraction, points: int) -> bool:
    """Whether a rate differs from last year's by so many percentage points or more.

    What is no per cent at all is wrong, and told as that.
    """
    possible = 0 <= mine <= 100  # noqa: PLR2004 - per cent
    return indicator.measure is Measure.RATIO and possible and abs(mine - before) >= points


def exceeds(part: Fraction | None, whole: Fraction | None) -> bool:
    """Whether a part is more than the whole it belongs to, where neither gives its denominator.

    Rates of different denominators say nothing of each other; where neither is given, they may
    well be the same.
    """
    return part is not None and whole is not None and part > whole


def questions(results: Results, points: int) -> Mapping[Key, tuple[Question, ...]]:
    """What is asked about figures that were reported, answered or not, in the plan's order."""
    found: dict[Key, tuple[Question, ...]] = {}
    known = lineage(results.archive.areas, results.archive.area_changes)
    for indicator in results.archive.indicators:
        for area in sorted(area for name, area in results.figures if name == indicator.indicator):
            for asked in _of_series(results, known, indicator, area, points):
                key = (indicator.indicator, area, asked.figure.year)
                found[key] = (*found.get(key, ()), asked)
    return found


def _of_series(
    results: Results, known: Lineage, indicator: Indicator, area: str, points: int
) -> Iterator[Question]:
    given = _given(results, indicator.indicator, area)
    wholes = _given(results, indicator.parent, area) if indicator.parent else {}
    for year, figure in given.items():
        mine, whole = figure.value, wholes.get(year)
        if mine is None:
            continue
        before = _a_year_ago(results, known, figure)
        if (
            before is not None
            and before.value is not None
            # What can't be compared with earlier years has no leap.
            and not figure.break_
            and leaps(indicator, mine, before.value, points)
        ):
            yield Question(
                code="jump",
                figure=figure,
                other=before,
                change=mine - before.value,
                answer=figure.note,
            )
        if (
            whole is not None
            and whole.value is not None
            and figure.denominator is None
            and whole.denominator is None
            and exceeds(mine, whole.value)
        ):
            yield Question(
                code="child-above-parent",
                figure=figure,
                other=whole,
                change=mine - whole.value,
                answer=figure.note,
            )


def _a_year_ago(results: Results, known: Lineage, figure: Figure) -> Figure | None:
    """What was reported the year before of the land that a figure is of, by whoever held it."""
    year, area = figure.year - 1, figure.area
    day = next((each.as_of for each in results.editions if each.year == year), None)
    if day is None:
        return None
    if area in known.days and area != results.archive.plan.scope:
        found = predecessor(known, area, figure.as_of, day, frozenset(results.locals_[year]))
        if found is None:
            return None
        area = found
    return _given(results, figure.indicator, area).get(year)


def _given(results: Results, indicator: str, area: str) -> dict[int, Figure]:
    """The figures that were reported, by year; what was worked out here asks nobody anything."""
    series = results.figures.get((indicator, area), ())
    return {figure.year: figure for figure in series if not figure.aggregated}
