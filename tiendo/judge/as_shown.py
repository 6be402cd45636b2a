"""Figures and what follows from them as people see them: rounded once, for every output.

Pages, charts, workbooks and sentences write what stands here, and ranks go by it: what rounding
hides is no lead.  A difference of two figures that are shown is the difference of what is shown,
so that whoever subtracts finds it; verdicts compare exact fractions (`tiendo.judge.assess`).
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from tiendo.judge.rounding import (
    as_given,
    downwards,
    half_up,
    kept_apart,
    told_apart,
    upwards,
)
from tiendo.judge.scale import bounded, scale_of
from tiendo.terms import Assessment, Figure, Indicator, Restated, Results, Target

ONLY_NOTHING = (Fraction(0),)
"""What a difference is kept apart from: a change that is one never reads as none."""


def target_number(target: Target) -> Decimal:
    """A target as the plan has it: never rounded, with its own decimals."""
    return as_given(target.value)


def target_level(results: Results, indicator: Indicator, assessment: Assessment) -> Decimal:
    """What a verdict compares with: the target as the plan has it, or the level of a standard."""
    if scale_of(results.archive.plan, indicator, assessment.area).is_held:
        return half_up(assessment.level, 0)
    return target_number(assessment.target)


def apart_from(results: Results, indicator: Indicator, area: str) -> tuple[Fraction, ...]:
    """What a value must not be rounded onto: the ends of its scale, and each of its targets."""
    judged = results.assessments.get((indicator.indicator, area), ())
    scale = scale_of(results.archive.plan, indicator, area)
    return (*scale.bounds, *(each.level for each in judged))


def ends(results: Results, indicator: Indicator, figure: Figure | Restated) -> tuple[Decimal, ...]:
    """The value of a figure, or both ends of its range rounded outwards; nothing where unknown."""
    low, high = figure.low, figure.high
    if low is None or high is None:
        return ()
    scale = scale_of(results.archive.plan, indicator, figure.area)
    if scale.is_held:
        return tuple(half_up(end, 0) for end in dict.fromkeys((low, high)))
    others = apart_from(results, indicator, figure.area)
    if low == high:
        return (kept_apart(low, scale.decimals, others),)
    return (
        kept_apart(low, scale.decimals, others, downwards),
        kept_apart(high, scale.decimals, others, upwards),
    )


def value(results: Results, indicator: Indicator, figure: Figure) -> Decimal | None:
    """An exact figure; None for a range, or where there is none."""
    shown = ends(results, indicator, figure)
    return shown[0] if len(shown) == 1 else None


def change(results: Results, indicator: Indicator, figure: Figure, before: Figure) -> Decimal:
    """By how much an exact figure differs from another, in points or levels.

    Where both are shown alike and are not, with as many decimals as tell it.

    Raises:
        ValueError: one of them is no exact figure.

    """
    new, old = value(results, indicator, figure), value(results, indicator, before)
    if new is None or old is None or figure.value is None or before.value is None:
        raise ValueError(figure, before)
    exact = figure.value - before.value
    if new == old and exact:
        return kept_apart(exact, indicator.decimals, ONLY_NOTHING)
    return new - old


def apart(
    results: Results, indicator: Indicator, figure: Figure, other: Figure
) -> tuple[tuple[Decimal, ...], tuple[Decimal, ...]]:
    """Two figures of a series beside each other: alike only where they are the same."""
    shown = ends(results, indicator, figure), ends(results, indicator, other)
    if shown[0] == shown[1] and figure.value is not None and other.value is not None:
        one, two = told_apart(figure.value, other.value, indicator.decimals)
        # The same figure twice is shown as it is everywhere.
        return shown if one == two else ((one,), (two,))
    return shown


def gap(results: Results, indicator: Indicator, assessment: Assessment) -> Decimal | None:
    """How far the latest figure and its target are apart, without a sign; None where unknown."""
    latest = assessment.latest
    shown = value(results, indicator, latest) if latest is not None else None
    if shown is None or assessment.gap is None:
        return None
    return abs(target_level(results, indicator, assessment) - shown)


def pace(results: Results, indicator: Indicator, assessment: Assessment) -> Decimal | None:
    """The mean change a year so far, with its sign; between two years one after the other theirs.

    None where there is no pace.
    """
    first, latest = assessment.first, assessment.latest
    if assessment.pace is None or first is None or latest is None:
        return None
    if latest.year == first.year + 1 and latest.value is not None:
        return change(results, indicator, latest, first)
    return kept_apart(assessment.pace, indicator.decimals, ONLY_NOTHING)


def needed_pace(results: Results, indicator: Indicator, assessment: Assessment) -> Decimal | None:
    """The change a year that the target needs, with its sign; in one year that is the gap.

    None where nothing is needed, or nothing can be done any more.
    """
    needed, latest = assessment.needed_pace, assessment.latest
    if needed is None or latest is None:
        return None
    left = gap(results, indicator, assessment)
    if left is not None and assessment.target.year == latest.year + 1:
        return left if needed > 0 else -left
    return kept_apart(needed, indicator.decimals, ONLY_NOTHING)


def bounded_lead(results: Results, indicator: Indicator, assessment: Assessment) -> Fraction:
    """Where a pace leads, as far as the scale goes; exactly."""
    scale = scale_of(results.archive.plan, indicator, assessment.area)
    return bounded(scale, assessment.leads_to or Fraction(0))


def lead(results: Results, indicator: Indicator, assessment: Assessment) -> Decimal:
    """Where a pace leads by the milestone, as far as the scale goes."""
    others = apart_from(results, indicator, assessment.area)
    return kept_apart(bounded_lead(results, indicator, assessment), indicator.decimals, others)
