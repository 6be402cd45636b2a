"""What looks wrong in a figure and may be right: a leap, a part that is more than its whole.

`tiendo.check.results` warns of these; a note in the data answers them, and both are then shown with
the figure.  What stands here is asked of the newest public version of each year alone, and
each of it once, here, for both.

| code | asked where |
| --- | --- |
| jump | a rate differs from last year's by so many points |
| figure-zero | nobody is left of five or more a year ago |
| denominator-jump | a denominator leaves last year's by more than a quarter |
| denominator-size | a first one is beyond a tenth to ten times the median of its area's type |
| denominator-apart | two that the plan names in the same words differ by more than a quarter |
| level-fall | a standard falls by two levels or more in a year |
| child-share | the share of a part in its whole differs from last year's by so many points |
| child-above-parent | a part without its denominator is more than its whole |
| report-copied | five or more ratios of a body, all of them, are last year's in both parts |
| year-copied | so are those of more than three bodies, or all of the edition's |

Where there are fewer than five to count, a rate jumps with every one of them: nothing of the kind
is asked there.  Nor is a figure compared with last year's where its series breaks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from statistics import median

from tiendo.judge.lineage import Lineage, lineage, predecessor
from tiendo.judge.scale import bounded, local_scale, scale_of
from tiendo.judge.years import of_year
from tiendo.terms import (
    NO_WORDS,
    Archive,
    Difference,
    Edition,
    Figure,
    Indicator,
    Level,
    Question,
    Results,
    Scale,
    Text,
    Unit,
)

Key = tuple[str, str, int]
"""An indicator, an area and a year."""

QUESTIONS = (
    "jump",
    "figure-zero",
    "denominator-jump",
    "denominator-size",
    "denominator-apart",
    "level-fall",
    "child-share",
    "child-above-parent",
    "report-copied",
    "year-copied",
)
"""Everything that is asked, in the order in which the page of data explains it."""

FEW = 5
"""Fewer than these are too few to take a rate of; and too few ratios to be told as copied."""
QUARTER = Fraction(1, 4)
"""How far a denominator may leave last year's, as a part of that one."""
TENFOLD = 10
"""How many times larger or smaller than usual a first denominator may be."""
ENOUGH_AREAS = 3
"""How many areas of a type have a usual size."""
LEVELS = 2
"""How many levels at once are a fall to be asked about."""
BODIES = 3
"""More bodies than these that copied last year's report are asked about together."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Year:
    """One edition with last year's, as they were reported."""

    archive: Archive
    indicators: Sequence[Indicator]
    given: Mapping[tuple[str, str], Figure]
    before: Mapping[tuple[str, str], Figure]
    """Last year's figures, of who held the same land, by the indicators and areas of now."""
    points: int
    """By how many percentage points a rate jumps."""


def asked(year: Year) -> Iterator[Question]:
    """What is asked about the figures of one edition, answered or not, in the plan's order.

    What is more than there can be is wrong, and told as that: nothing is asked of it, nor of what
    is compared with it.
    """
    can_be = {key: figure for key, figure in year.given.items() if not _is_too_much(figure)}
    year = replace(year, given=can_be)
    areas: dict[str, list[str]] = defaultdict(list)
    for name, area in sorted(year.given):
        areas[name].append(area)
    sizes = _usual_sizes(year)
    for indicator in year.indicators:
        for area in areas[indicator.indicator]:
            figure = year.given[indicator.indicator, area]
            if figure.value is None:
                continue
            before = year.before.get((indicator.indicator, area))
            if figure.break_ or (before is not None and before.value is None):
                before = None
            yield from _of_rate(year, indicator, figure, before)
            yield from _of_denominator(year, indicator, figure, before, sizes)
            yield from _of_parent(year, indicator, figure, before)
    yield from _copied(year)


def leaps(scale: Scale, mine: Fraction, before: Fraction, points: int) -> bool:
    """Whether a rate differs from last year's by so many percentage points or more.

    What is no per cent at all is wrong, and told as that.
    """
    is_rate = scale.difference is Difference.POINTS
    return is_rate and bounded(scale, mine) == mine and abs(mine - before) >= points


def exceeds(part: Fraction | None, whole: Fraction | None) -> bool:
    """Whether a part is more than the whole it belongs to, where neither gives its denominator.

    Rates of different denominators say nothing of each other; where neither is given, they may
    well be the same.
    """
    return part is not None and whole is not None and part > whole


# Figure by figure ---------------------------------------------------------------------------


def _of_rate(
    year: Year, indicator: Indicator, figure: Figure, before: Figure | None
) -> Iterator[Question]:
    mine, then = figure.value, before.value if before is not None else None
    if before is None or mine is None or then is None:
        return
    scale = scale_of(year.archive.plan, indicator, figure.area)
    if scale.unit is Unit.LEVEL:
        if then - mine >= LEVELS:
            yield _question("level-fall", figure, before, mine - then)
    elif _is_few(figure) or _is_few(before):
        return
    elif leaps(scale, mine, then, year.points):
        yield _question("jump", figure, before, mine - then)
    elif (
        scale.difference is Difference.POINTS
        and mine == 0
        and then > 0
        and (before.numerator is None or before.numerator >= FEW)
    ):
        yield _question("figure-zero", figure, before, mine - then)


def _of_denominator(
    year: Year,
    indicator: Indicator,
    figure: Figure,
    before: Figure | None,
    sizes: Mapping[tuple[str, str], Fraction],
) -> Iterator[Question]:
    people = figure.denominator
    scale = scale_of(year.archive.plan, indicator, figure.area)
    if scale.difference is not Difference.POINTS or not people:
        return
    then = before.denominator if before is not None else None
    if before is not None and then:
        if _differ(people, then) and max(people, then) >= FEW:
            yield _question("denominator-jump", figure, before, Fraction(people - then))
        return
    usual = sizes.get((indicator.indicator, _type(year, figure.area)))
    if usual is not None and not usual / TENFOLD <= people <= usual * TENFOLD:
        yield _question("denominator-size", figure, None, Fraction(people), usual=usual)
        return
    for other in year.indicators:
        if other.indicator == indicator.indicator:
            break
        twin = year.given.get((other.indicator, figure.area))
        if (
            twin is not None
            and twin.denominator
            and _is_same(indicator, other)
            and _differ(people, twin.denominator)
            and max(people, twin.denominator) >= FEW
        ):
            change = Fraction(people - twin.denominator)
            yield _question("denominator-apart", figure, twin, change)
            return


def _of_parent(
    year: Year, indicator: Indicator, figure: Figure, before: Figure | None
) -> Iterator[Question]:
    if not indicator.parent:
        return
    whole = year.given.get((indicator.parent, figure.area))
    if whole is None or figure.value is None or whole.value is None:
        return
    if figure.denominator is None and whole.denominator is None:
        if exceeds(figure.value, whole.value):
            yield _question("child-above-parent", figure, whole, figure.value - whole.value)
        return
    then = year.before.get((indicator.parent, figure.area))
    share, share_then = _share(figure, whole), _share(before, then)
    if share is None or share_then is None or whole.break_:
        return
    if abs(share - share_then) >= year.points:
        yield _question("child-share", figure, whole, share, usual=share_then)


def _share(part: Figure | None, whole: Figure | None) -> Fraction | None:
    """How much of a whole's numerator its part has, in per cent; None where that says nothing."""
    if part is None or whole is None or part.numerator is None or whole.numerator is None:
        return None
    if part.denominator != whole.denominator or whole.numerator < FEW:
        return None
    return Fraction(100 * part.numerator, whole.numerator)


def _is_too_much(figure: Figure) -> bool:
    """Whether more were counted than there are."""
    if figure.numerator is None or figure.denominator is None:
        return False
    return figure.numerator > figure.denominator


def _is_few(figure: Figure) -> bool:
    return figure.denominator is not None and figure.denominator < FEW


def _differ(one: int, other: int) -> bool:
    """Whether a denominator is further from another than a quarter of that one."""
    return abs(one - other) > QUARTER * other


def _is_same(one: Indicator, other: Indicator) -> bool:
    """Whether the plan names the same denominator for both, in the same words."""
    return one.denominator.first == other.denominator.first != ""


def _usual_sizes(year: Year) -> dict[tuple[str, str], Fraction]:
    """The median denominator of each indicator in each type of area that there are enough of."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for (name, area), figure in year.given.items():
        if figure.denominator:
            found[name, _type(year, area)].append(figure.denominator)
    return {key: Fraction(median(each)) for key, each in found.items() if len(each) >= ENOUGH_AREAS}


def _type(year: Year, area: str) -> str:
    known = year.archive.areas.get(area)
    return known.type if known is not None else ""


def _question(
    code: str,
    figure: Figure,
    other: Figure | None,
    change: Fraction,
    *,
    usual: Fraction | None = None,
    answer: Text | None = None,
) -> Question:
    return Question(
        code=code,
        figure=figure,
        other=other,
        change=change,
        usual=usual,
        answer=figure.note if answer is None else answer,
    )


# Report by report ---------------------------------------------------------------------------


def _copied(year: Year) -> Iterator[Question]:
    """The reports that say of every ratio what last year's said, each or all together."""
    reports: dict[str, list[Figure]] = defaultdict(list)
    for indicator in year.indicators:
        for (name, area), figure in year.given.items():
            if name == indicator.indicator and not local_scale(indicator).is_held:
                is_own = area == year.archive.plan.scope and indicator.level is Level.WHOLE
                if figure.value is not None:
                    reports[f"by {indicator.reporter}" if is_own else area].append(figure)
    every = [figure for figures in reports.values() for figure in figures]
    same = [each for each in reports.values() if _is_copy(year, each)]
    if _is_copy(year, every) or len(same) > BODIES:
        rows = every if _is_copy(year, every) else [figure for each in same for figure in each]
        yield _copy(year, "year-copied", rows)
        return
    for figures in same:
        yield _copy(year, "report-copied", figures)


def _is_copy(year: Year, figures: Sequence[Figure]) -> bool:
    return len(figures) >= FEW and all(_is_last_years(year, each) for each in figures)


def _is_last_years(year: Year, figure: Figure) -> bool:
    before = year.before.get((figure.indicator, figure.area))
    return (
        before is not None
        and figure.numerator is not None
        and (figure.numerator, figure.denominator) == (before.numerator, before.denominator)
    )


def _copy(year: Year, code: str, figures: Sequence[Figure]) -> Question:
    """Asked at the first row; its note answers, where it was not copied along with the figures."""
    first = figures[0]
    before = year.before[first.indicator, first.area]
    answer = first.note if first.note != before.note else NO_WORDS
    return _question(code, first, before, Fraction(len(figures)), answer=answer)


# Of what is public --------------------------------------------------------------------------


def questions(results: Results, points: int) -> Mapping[Key, tuple[Question, ...]]:
    """What is asked about figures that were reported, answered or not, in the plan's order."""
    found: dict[Key, tuple[Question, ...]] = {}
    known = lineage(results.archive.areas, results.archive.area_changes)
    given = {edition.year: _reported(results, edition.year) for edition in results.editions}
    for edition in results.editions:
        year = Year(
            archive=results.archive,
            indicators=results.archive.indicators,
            given=given[edition.year],
            before=_a_year_ago(results, known, edition, given),
            points=points,
        )
        for one in asked(year):
            key = (one.figure.indicator, one.figure.area, edition.year)
            found[key] = (*found.get(key, ()), one)
    return found


def _a_year_ago(
    results: Results,
    known: Lineage,
    edition: Edition,
    given: Mapping[int, Mapping[tuple[str, str], Figure]],
) -> dict[tuple[str, str], Figure]:
    """What was reported the year before of the land that a figure is of, by whoever held it."""
    last = next((each for each in results.editions if each.year == edition.year - 1), None)
    if last is None:
        return {}
    then = frozenset(results.locals_[last.year])
    found = {}
    for (name, area), figure in given[edition.year].items():
        same: str | None = area
        if area in known.days and area != results.archive.plan.scope:
            same = predecessor(known, area, figure.as_of, last.as_of, then)
        before = given[last.year].get((name, same or ""))
        if before is not None:
            found[name, area] = before
    return found


def _reported(results: Results, year: int) -> dict[tuple[str, str], Figure]:
    """The figures that were reported; what was worked out here asks nobody anything."""
    return {key: figure for key, figure in of_year(results, year).items() if not figure.aggregated}
