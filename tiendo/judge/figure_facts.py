"""Figures in the facts of problems: rounded as pages show them, so that what is told is so.

A figure is never told as nothing, all, a target or the figure that it is said to differ from
unless it is that; what is told to have changed by so much adds up.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from tiendo.judge.questions import QUARTER, TENFOLD
from tiendo.judge.rounding import (
    downwards,
    half_up,
    kept_apart,
    told_apart,
    upwards,
)
from tiendo.judge.scale import scale_of
from tiendo.judge.wholes import Room
from tiendo.terms import Archive, Figure, Indicator, Question, Scale

ONLY_NOTHING = (Fraction(0),)
PER_CENT = 100


def asked_facts(archive: Archive, year: int, one: Question, points: int) -> dict[str, str]:
    """What is told of a question; ``points`` is by how many points a rate jumps."""
    other = one.other
    name = archive.areas[other.area if other is not None else one.figure.area].name.first
    if one.code in {"report-copied", "year-copied"}:
        return {"name": name, "count": str(one.change), "before": str(year - 1)}
    if one.code == "denominator-size":
        usual = kept_apart(one.usual or Fraction(0), 0, ONLY_NOTHING)
        return {"name": name, "usual": str(usual), "times": str(TENFOLD)}
    if other is None:
        return {}
    if one.code.startswith("denominator"):
        part = Fraction(PER_CENT * one.change, other.denominator or 1)
        limit = PER_CENT * QUARTER
        return {
            "name": name,
            "other": other.indicator,
            "before": str(other.denominator),
            "change": _signed(kept_apart(part, 0, (*ONLY_NOTHING, limit, -limit))),
        }
    indicator = next(each for each in archive.indicators if each.indicator == one.figure.indicator)
    scale = scale_of(archive.plan, indicator, one.figure.area)
    if one.code == "child-share":
        before, now, _ = _changed(one.usual or Fraction(0), one.change, scale, (), points)
        return {
            "parent": other.indicator,
            "before": str(before),
            "now": str(now),
            "limit": str(points),
        }
    before, now, change = _changed(
        other.value or Fraction(0),
        one.figure.value or Fraction(0),
        scale,
        () if scale.is_held else _targets(archive, indicator, one.figure.area),
        points,
    )
    return {
        "name": name,
        "before": str(before),
        "now": str(now),
        "change": _signed(change),
        "limit": str(points),
    }


def whole_told(figure: Figure, given: str) -> str:
    """A whole's own figure; ``given`` is its cell where it has no parts."""
    if figure.numerator is None:
        return f"{given}%"
    if figure.numerator != figure.numerator_high:
        return f"{figure.numerator}–{figure.numerator_high}/{figure.denominator}"
    return f"{figure.numerator}/{figure.denominator}"


def room_told(left: Room, whole: Figure, scale: Scale, decimals: int) -> str:
    """What the parts make, or leave possible: the ends outwards, yet never onto the whole's own.

    ``decimals``: those that the whole's own has; the scale's are the least.
    """
    decimals = max(decimals, scale.decimals)
    most = left.numerator + left.blank
    if left.counted and most != left.numerator:
        return f"{left.numerator}–{most}/{left.denominator}"
    if left.counted or not left.rates:
        return f"{left.numerator}/{left.denominator}"
    low, high = left.ends()
    others = (*scale.bounds, *(() if whole.low is None else (whole.low,)))
    if low == high:
        return f"{kept_apart(low, decimals, others)}%"
    ends = kept_apart(low, decimals, others, downwards), kept_apart(high, decimals, others, upwards)
    return f"{ends[0]}–{ends[1]}%"


def _changed(
    before: Fraction, now: Fraction, scale: Scale, targets: tuple[Fraction, ...], points: int
) -> tuple[Decimal, Decimal, Decimal]:
    """Two rates and their difference, which is that of what is told and as far as the exact one."""
    others, decimals = (*scale.bounds, *targets), scale.decimals
    while True:
        shown = kept_apart(before, decimals, others), kept_apart(now, decimals, others)
        if shown[0] == shown[1]:
            shown = told_apart(before, now, decimals)
        change = shown[1] - shown[0]
        if (abs(Fraction(change)) >= points) == (abs(now - before) >= points):
            return (*shown, change)
        decimals += 1


def _targets(archive: Archive, indicator: Indicator, area: str) -> tuple[Fraction, ...]:
    return tuple(
        Fraction(target.value)
        for target in archive.targets
        if target.indicator == indicator.indicator and target.area in {None, area}
    )


def _signed(shown: Decimal) -> str:
    return f"{shown:+f}" if shown else f"{half_up(Fraction(0), 0)}"
