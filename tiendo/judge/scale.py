"""What a value is measured in: the scale of an indicator in an area.

A standard is a level in one area and a count of areas in the whole one: what holds of a value
follows from both.  Nothing else asks how an indicator is measured.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from tiendo.terms import Difference, Indicator, Measure, Plan, Scale, Unit

HIGHEST_LEVEL = 99
"""No standard has more levels; a threshold or a target of one is no higher either."""


def scale_of(plan: Plan, indicator: Indicator, area: str) -> Scale:
    """What a value of an indicator in an area is measured in."""
    return whole_scale(indicator) if area == plan.scope else local_scale(indicator)


def whole_scale(indicator: Indicator) -> Scale:
    """What a value of the plan's whole area is measured in."""
    return _scale(indicator.measure, indicator.decimals, indicator.threshold, is_whole=True)


def local_scale(indicator: Indicator) -> Scale:
    """What a value of any other area is measured in."""
    return _scale(indicator.measure, indicator.decimals, indicator.threshold, is_whole=False)


@lru_cache
def _scale(measure: Measure, decimals: int, threshold: int | None, *, is_whole: bool) -> Scale:
    """One for all values that are measured alike: each row of a country asks for its own."""
    if measure is Measure.RATIO or (measure is Measure.STANDARD and is_whole):
        return Scale(
            unit=Unit.PERCENT,
            lowest=Fraction(0),
            highest=Fraction(100),
            decimals=decimals,
            difference=Difference.POINTS if measure is Measure.RATIO else Difference.AREAS,
            has_pace=True,
        )
    is_title = measure is Measure.TITLE
    return Scale(
        unit=Unit.TITLE if is_title else Unit.LEVEL,
        lowest=Fraction(0),
        highest=Fraction(1 if is_title else HIGHEST_LEVEL),
        decimals=0,
        difference=Difference.LEVELS,
        has_pace=False,
        # A rule asks for the threshold: without one nothing is published.
        held_from=1 if is_title else threshold or 1,
    )


def bounded(scale: Scale, value: Fraction) -> Fraction:
    """A value as far as the scale goes."""
    value = max(value, scale.lowest)
    return value if scale.highest is None else min(value, scale.highest)
