"""Figures in words: a value, what it was worked out from, why there is none, how it changed."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tiendo.pages.contexts import Gap, Shown
from tiendo.pages.desk import Desk, unit
from tiendo.terms import (
    Aggregation,
    Figure,
    Indicator,
    Measure,
    Missing,
    Status,
)


def shown(desk: Desk, figure: Figure | None, against: Fraction | None = None) -> Shown:
    """A figure as it is shown, or why there is none.

    ``against`` is the target that rounding must not cross.
    """
    if figure is None or figure.low is None or figure.high is None:
        missing = figure.missing if figure is not None and figure.missing else None
        return Shown(gap=gap(desk, missing or Missing.NOT_REPORTED))
    return Shown(
        text=figure_text(desk, figure, against),
        detail=figure_detail(desk, figure),
        provisional=status_tag(desk, figure),
    )


def figure_text(desk: Desk, figure: Figure, against: Fraction | None = None) -> str:
    """The value of a figure that is known: per cent, a range of them, a level or a title.

    Raises:
        ValueError: there is no value.

    """
    indicator = desk.indicators[figure.indicator]
    if figure.low is None or figure.high is None:
        raise ValueError(figure)
    if indicator.measure is Measure.TITLE:
        return desk.say("figure.title-held" if figure.low else "figure.title-not-held")
    if indicator.measure is Measure.STANDARD and figure.area != desk.scope:
        return level_text(desk, indicator, int(figure.low))
    low = desk.words.percent(figure.low, indicator.decimals, against)
    if figure.low == figure.high:
        return low
    high = desk.words.percent(figure.high, indicator.decimals, against)
    return desk.say("figure.range", low=low.removesuffix("%"), high=high)


def within(text: str) -> str:
    """A label as it stands within a sentence."""
    return text[:1].lower() + text[1:]


def level_text(desk: Desk, indicator: Indicator, level: int) -> str:
    """A level of a standard in words; "held" where the standard has one level only."""
    if level == 0:
        return desk.say("figure.level-none")
    if indicator.threshold == 1 and level == 1:
        return desk.say("figure.level-held")
    return desk.say("figure.level", level=level)


def figure_detail(desk: Desk, figure: Figure) -> str:
    """What a figure was worked out from: counts of areas or of whatever the indicator counts."""
    if figure.numerator is None or figure.denominator is None:
        return ""
    indicator = desk.indicators[figure.indicator]
    numerator = desk.words.number(figure.numerator)
    if figure.numerator_high not in {None, figure.numerator}:
        numerator = f"{numerator}–{desk.words.number(figure.numerator_high or 0)}"
    if indicator.aggregation is Aggregation.COUNT:
        return desk.say(
            "figure.of-areas",
            numerator=numerator,
            denominator=desk.words.number(figure.denominator),
            unit=unit(desk, indicator.counts or "", figure.denominator),
        )
    return desk.say(
        "figure.of", numerator=numerator, denominator=desk.words.number(figure.denominator)
    )


def break_reason(desk: Desk, figure: Figure) -> str:
    """Why a figure can't be compared with earlier ones; empty: it can."""
    if figure.break_:
        return figure.break_[desk.language]
    return desk.say("restate.reshaped") if figure.reshaped else ""


def gap(desk: Desk, missing: Missing) -> Gap:
    """The short word of a missing reason."""
    return Gap(kind=missing.value, word=desk.say(f"missing.{missing.value}.word"))


def change_text(desk: Desk, figure: Figure, before: Figure | None) -> str:
    """The change against the figure before, where the two can be compared; else empty."""
    if before is None or figure.value is None or before.value is None or figure.breaks:
        return ""
    indicator = desk.indicators[figure.indicator]
    change = figure.value - before.value
    is_level = indicator.measure is Measure.STANDARD and figure.area != desk.scope
    if is_level or indicator.measure is Measure.TITLE:
        return "" if change == 0 else desk.say("change.level", change=desk.words.change(change))
    if (
        indicator.aggregation is Aggregation.COUNT
        and figure.denominator == before.denominator
        and figure.numerator is not None
        and before.numerator is not None
    ):
        areas = figure.numerator - before.numerator
        if areas == 0:
            return desk.say("change.none")
        return desk.say(
            "change.areas",
            change=desk.words.change(Fraction(areas)),
            unit=unit(desk, indicator.counts or "", abs(areas)),
        )
    if change == 0:
        return desk.say("change.none")
    return desk.say("change.points", change=desk.words.change(change, indicator.decimals))


def status_tag(desk: Desk, figure: Figure) -> str:
    """That a figure is preliminary or estimated, or has such figures in it; else empty."""
    if not figure.provisional:
        return ""
    return desk.say(f"status.{(figure.status or Status.PRELIMINARY).value}")


def status_text(desk: Desk, figure: Figure) -> str:
    """How a figure came about: its observation status, and whether this site worked it out."""
    if figure.low is None:
        return ""
    word = desk.say(f"status.{figure.status.value}") if figure.status else ""
    return desk.say("status.aggregated", status=word) if figure.aggregated else word


def latest_before(series: Iterable[Figure], year: int) -> Figure | None:
    """The last known figure before a year, as far as a break does not stand between them."""
    found = None
    for figure in series:
        if figure.year < year:
            found = None if figure.breaks and figure.low is None else found
            found = figure if figure.low is not None else found
    return found
