"""Figures in words: a value, what it was worked out from, why there is none, how it changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from tiendo.judge import as_shown
from tiendo.judge.steps import rests_on_corrected
from tiendo.terms import (
    Assessment,
    Corrected,
    Difference,
    Figure,
    Indicator,
    Missing,
    Restated,
    Status,
    Unit,
)
from tiendo.words import addresses
from tiendo.words.desk import Desk, unit
from tiendo.words.parts import CorrectionMark, Gap, Link, Shown

MOST_FOLLOWED = 6
"""More areas than this are counted where a whole area's figure follows from theirs."""


def shown(desk: Desk, figure: Figure | None) -> Shown:
    """A figure as it is shown, or why there is none.

    Where there is not even a reason, nobody owes one: nothing is released yet, or it is not
    expected here.
    """
    if figure is None:
        return Shown(gap=Gap(kind="empty", word=desk.say("figure.none")))
    if figure.low is None or figure.high is None:
        return Shown(
            gap=gap(desk, figure.missing or Missing.NOT_REPORTED),
            corrected=correction_mark(desk, figure),
        )
    return Shown(
        text=figure_text(desk, figure),
        detail=figure_detail(desk, figure),
        provisional=status_tag(desk, figure),
        corrected=correction_mark(desk, figure),
    )


def latest_or_reason(desk: Desk, assessment: Assessment) -> Figure | None:
    """The figure that was judged; where there is none, the newest edition's own reason for that."""
    if assessment.latest is not None:
        return assessment.latest
    series = desk.results.figures.get((assessment.indicator, assessment.area), ())
    return series[-1] if series else None


def figure_text(desk: Desk, figure: Figure) -> str:
    """The value of a figure that is known: per cent, a range of them, a level or a title.

    Raises:
        ValueError: there is no value.

    """
    indicator = desk.indicators[figure.indicator]
    if figure.low is None or figure.high is None:
        raise ValueError(figure)
    unit_of_value = desk.scale(figure.indicator, figure.area).unit
    if unit_of_value is Unit.TITLE:
        return desk.say("figure.title-held" if figure.low else "figure.title-not-held")
    if unit_of_value is Unit.LEVEL:
        return level_text(desk, indicator, int(figure.low))
    return rate_text(desk, as_shown.ends(desk.results, indicator, figure))


def two_texts(desk: Desk, figure: Figure, other: Figure) -> tuple[str, str]:
    """Two known figures of a series beside each other, in words that are the same only for one."""
    indicator = desk.indicators[figure.indicator]
    if desk.scale(figure.indicator, figure.area).is_held:
        return figure_text(desk, figure), figure_text(desk, other)
    one, two = as_shown.apart(desk.results, indicator, figure, other)
    return rate_text(desk, one), rate_text(desk, two)


def rate_text(desk: Desk, ends: tuple[Decimal, ...]) -> str:
    """A rate, or the two ends of its range, as shown; empty where there is none."""
    if not ends:
        return ""
    if len(ends) == 1:
        return desk.words.percent(ends[0])
    low, high = desk.words.written(ends[0]), desk.words.percent(ends[1])
    return desk.say("figure.range", low=low, high=high)


def figure_said(desk: Desk, figure: Figure) -> str:
    """The value of a known figure in a sentence or a picture: with the sign of a correction."""
    return f"{figure_text(desk, figure)}{correction_sign(desk, figure)}"


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
    if desk.scale(figure.indicator, figure.area).difference is Difference.AREAS:
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
    change = as_shown.change(desk.results, indicator, figure, before)
    difference = desk.scale(figure.indicator, figure.area).difference
    if difference is Difference.LEVELS:
        return "" if change == 0 else desk.say("change.level", change=desk.words.change(change))
    if (
        difference is Difference.AREAS
        and figure.denominator == before.denominator
        and figure.numerator is not None
        and before.numerator is not None
    ):
        areas = figure.numerator - before.numerator
        if areas == 0:
            return desk.say("change.none")
        return desk.say(
            "change.areas",
            change=desk.words.change(Decimal(areas)),
            unit=unit(desk, indicator.counts or "", abs(areas)),
        )
    if change == 0:
        return desk.say("change.none")
    return desk.say("change.points", change=desk.words.change(change))


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


# What was changed after it was published ----------------------------------------------------


def corrections_of(desk: Desk, figure: Figure | None) -> tuple[Corrected, ...]:
    """How a figure was changed after it was published, oldest first; normally empty."""
    if figure is None:
        return ()
    key = (figure.indicator, figure.area, figure.year)
    found = desk.results.corrected.get(key, ())
    return tuple(one for one in found if one.version <= figure.version)


def correction_sign(desk: Desk, figure: Figure | None) -> str:
    """The sign of a figure that was changed after it was published; normally empty."""
    return desk.say("corrected.sign") if corrections_of(desk, figure) else ""


def correction_words(desk: Desk, figure: Figure | None) -> str:
    """When and why a figure was changed last, and what stood there before; normally empty."""
    found = corrections_of(desk, figure)
    return corrected_text(desk, found[-1]) if found else ""


def correction_footnote(desk: Desk, figure: Figure | None) -> str:
    """The sign with what it means at a figure: for where nothing leads to it; normally empty."""
    words = correction_words(desk, figure)
    return f"{correction_sign(desk, figure)} {words}" if words else ""


def corrected_text(desk: Desk, one: Corrected) -> str:
    """A change in words: when, of which kind, what stood there before, why."""
    day = one.on.astimezone(desk.site.timezone).date() if one.on is not None else None
    if one.kind == "withdrawn" and day is not None:
        reason = one.reason[desk.language]
        areas = desk.words.listed(map(desk.area_within, one.follows_from))
        reason = reason or desk.say("withdrawn.follows", areas=areas)
        return desk.say("withdrawn.label", day=desk.words.date(day), reason=reason)
    return desk.say(
        "corrected.label",
        kind=desk.say(f"correction_kind.{one.kind}"),
        day=desk.words.date(day) if day is not None else desk.say("notice.preview"),
        version=one.version,
        old=desk.say("withdrawn.hidden-old")
        if one.hidden
        else old_and_new(desk, one.old, one.new)[0],
        reason=reason_words(desk, one.reason[desk.language], one.follows_from),
    )


def reason_words(desk: Desk, reason: str, follows_from: Sequence[str]) -> str:
    """Why a figure was changed: the data's reason, or whose changed figures it follows from."""
    if reason or not follows_from:
        return reason or desk.say("corrections_page.derived")
    if len(follows_from) > MOST_FOLLOWED:
        return desk.say("corrected.follows-many", count=desk.words.number(len(follows_from)))
    areas = desk.words.listed(map(desk.area_within, follows_from))
    return desk.say("corrected.follows", areas=areas)


def correction_mark(desk: Desk, figure: Figure | None) -> CorrectionMark | None:
    """The sign at a figure with the way to what it means; None where it stands as published."""
    found = corrections_of(desk, figure)
    if not found:
        return None
    newest = found[-1]
    sign, label = desk.say("corrected.sign"), corrected_text(desk, newest)
    return CorrectionMark(
        sign=sign,
        name=desk.say(
            "corrected.name",
            sign=sign,
            indicator=desk.indicators[newest.indicator].short[desk.language],
            area=desk.area_within(newest.area),
            year=newest.year,
            label=label,
        ),
        label=label,
        href=_told_at(desk, newest),
    )


def _told_at(desk: Desk, one: Corrected) -> str:
    """Where a change is told: on the page at hand if that is the figure's own, else with all."""
    if one.kind == "withdrawn":
        names = (one.indicator, *(one.follows_from or (one.area,)))
        place = addresses.withdrawal_id(one.year, one.version, *names)
        return f"{desk.href(addresses.CORRECTIONS)}#{place}"
    place = addresses.correction_id(one.year, one.version, one.indicator, one.area)
    own = {
        addresses.of_indicator(one.indicator),
        addresses.of_area(one.area),
        addresses.of_year(one.year),
        *((addresses.HOME,) if one.area == desk.scope else ()),
    }
    page = "" if desk.here in own else desk.href(addresses.CORRECTIONS)
    return f"{page}#{place}"


def correction_legend(desk: Desk, figures: Sequence[Figure] = ()) -> Link | None:
    """What the sign means, with the way to all corrections; None where no sign can stand.

    ``figures`` are those of the page, beside which the whole area's may be told; none: any.
    """
    indicators = {figure.indicator for figure in figures}
    areas = {desk.scope, *(figure.area for figure in figures)}
    if not any(
        not figures or (indicator in indicators and area in areas)
        for indicator, area, _ in desk.results.corrected
    ):
        return None
    return Link(text=desk.say("corrected.legend"), href=desk.href(addresses.CORRECTIONS))


def old_and_new(desk: Desk, was: Figure | None, now: Figure | None) -> tuple[str, str]:
    """Both sides of a changed figure in words that differ."""
    old = figure_aspects(desk, was) if was is not None else {}
    new = figure_aspects(desk, now) if now is not None else {}
    if was is not None and now is not None and None not in {was.low, now.low}:
        before, after = two_texts(desk, was, now)
        old["value"], new["value"] = _with_detail(desk, was, before), _with_detail(desk, now, after)
    return differing(desk, old, new)


def differing(desk: Desk, old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, str]:
    """Of two sides, each in named parts, the parts that differ; in words where there is nothing."""
    told = [name for name in new if old.get(name) != new[name] or name not in old]
    told += [name for name in old if name not in new]
    nothing = desk.say("corrections_page.nothing")
    return (
        ", ".join(old[name] for name in told if old.get(name)) or nothing,
        ", ".join(new[name] for name in told if new.get(name)) or nothing,
    )


def _with_detail(desk: Desk, figure: Figure, text: str) -> str:
    """A figure in words with what it was worked out from."""
    detail = figure_detail(desk, figure)
    return desk.say("corrections_page.value", value=text, detail=detail) if detail else text


def figure_aspects(desk: Desk, figure: Figure) -> dict[str, str]:
    """What a figure says, each part in words."""
    if figure.low is None:
        value = gap(desk, figure.missing or Missing.NOT_REPORTED).word
    else:
        value = _with_detail(desk, figure, figure_text(desk, figure))
    until = desk.words.date(figure.valid_until) if figure.valid_until is not None else ""
    as_of = desk.words.date(figure.as_of)
    reason = figure.break_[desk.language]
    return {
        "value": value,
        "status": desk.say(f"status.{figure.status.value}") if figure.status else "",
        "as_of": desk.say("corrections_page.as-of", day=as_of),
        "valid_until": desk.say("corrections_page.valid-until", day=until) if until else "",
        "break": desk.say("closing.break", reason=reason) if reason else "",
    }


def restated_text(desk: Desk, indicator: Indicator, row: Restated) -> str:
    """Per cent, or a range of them; empty where there is no figure."""
    text = rate_text(desk, as_shown.ends(desk.results, indicator, row))
    sign = desk.say("corrected.sign") if rests_on_corrected(desk.results, row) else ""
    return f"{text}{sign}" if text else ""


def obstacle_text(desk: Desk, row: Restated) -> str:
    """Why there is no figure; empty where there is one."""
    if row.obstacle is None:
        return ""
    return desk.say(
        f"restate.obstacle.{row.obstacle.value}",
        areas=desk.words.listed(map(desk.area_within, row.absent)),
    )
