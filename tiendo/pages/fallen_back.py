"""Who fell back against the year before: what a year's page tells of its areas, by indicator."""

from __future__ import annotations

from dataclasses import dataclass

from tiendo.charts.pictures import MOST_NAMED
from tiendo.judge.standings import fell_back
from tiendo.terms import Direction, Edition, Indicator, Verdict
from tiendo.words import addresses
from tiendo.words.desk import Desk, area_link, indicator_link
from tiendo.words.figures import correction_sign, two_texts, within
from tiendo.words.parts import DescribedLink, Link


@dataclass(frozen=True, kw_only=True, slots=True)
class FellBack:
    """The areas that fell back in one indicator."""

    indicator: Link
    areas: tuple[DescribedLink, ...]
    more: str
    """"and 12 more areas"; empty where all are named."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Movement:
    """Who fell back against the year before."""

    heading: str
    note: str
    """What is compared; or that nobody fell back, or that nothing can be compared."""
    last: Link | None
    """Where nothing can be compared: the way to the last year that could be."""
    fell: tuple[FellBack, ...]


def movement(desk: Desk, edition: Edition) -> Movement | None:
    """The areas whose figure is worse than in the edition before; None for the first edition."""
    editions = desk.results.editions
    place = editions.index(edition)
    if place == 0:
        return None
    before = editions[place - 1].year
    both = _in_both(desk, place)
    fell = tuple(
        row
        for indicator in desk.indicators.values()
        if (row := _fell_back(desk, indicator, both, (before, edition.year))) is not None
    )
    facts = {"before": before, "year": edition.year}
    apart = bool(desk.results.locals_[edition.year]) and not both
    if apart:
        note = desk.say("movement.apart", **facts)
    elif fell:
        note = desk.say("movement.lead", word=desk.say(f"verdict.{Verdict.LOST.value}.word"))
    else:
        note = desk.say("movement.none", **facts)
    return Movement(
        heading=desk.say("movement.heading", **facts),
        note=note,
        last=_last_compared(desk, place) if apart else None,
        fell=fell,
    )


def _in_both(desk: Desk, place: int) -> list[str]:
    """The areas that reported in an edition and in the one before it."""
    before, year = (desk.results.editions[at].year for at in (place - 1, place))
    there = {*desk.results.locals_[before]}
    return [area for area in desk.results.locals_[year] if area in there]


def _last_compared(desk: Desk, place: int) -> Link | None:
    """The way to the last year before an edition whose areas can be compared."""
    editions = desk.results.editions
    for earlier in range(place - 1, 0, -1):
        if _in_both(desk, earlier):
            year = editions[earlier].year
            text = desk.say("movement.last", before=editions[earlier - 1].year, year=year)
            return Link(text=text, href=f"{desk.href(addresses.of_year(year))}#lui")
    return None


def _fell_back(
    desk: Desk, indicator: Indicator, areas: list[str], years: tuple[int, int]
) -> FellBack | None:
    key = "movement.change-up" if indicator.direction is Direction.DOWN else "movement.change"
    rows = []
    for old, new in fell_back(desk.results, indicator, areas, years):
        was, now = two_texts(desk, old, new)
        rows.append(
            DescribedLink(
                link=area_link(desk, new.area),
                text=desk.say(
                    key,
                    old=f"{within(was)}{correction_sign(desk, old)}",
                    new=f"{within(now)}{correction_sign(desk, new)}",
                ),
            )
        )
    if not rows:
        return None
    more = len(rows) - MOST_NAMED
    return FellBack(
        indicator=indicator_link(desk, indicator),
        areas=tuple(rows[:MOST_NAMED]),
        more=desk.say("movement.more", count=desk.words.number(more)) if more > 0 else "",
    )
