"""How an area's page opens: what is met, what is not, what changed, where it stands, what lacks.

Each sentence holds nothing but what its figures say, so that it can be quoted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tiendo.judge import as_shown
from tiendo.judge.ranking import ranked
from tiendo.judge.scale import local_scale
from tiendo.judge.standings import standings
from tiendo.judge.years import in_year
from tiendo.terms import Assessment, Figure, Verdict
from tiendo.words.desk import Desk, unit_of
from tiendo.words.figures import change_text, gap
from tiendo.words.parts import Fact
from tiendo.words.verdicts import VERDICT_ORDER, remark

MOST_LISTED = 6
"""More indicators than this are not named in one sentence but counted: the table has them all."""


def opening(desk: Desk, area: str, judged: Sequence[Assessment]) -> tuple[Fact, ...]:
    """The findings on one area, each under the question that it answers."""
    found = beside(desk, area, judged)
    return (*by_verdict(desk, judged), *found) if found else ()


def beside(desk: Desk, area: str, judged: Sequence[Assessment]) -> tuple[Fact, ...]:
    """What changed, where the area stands among the others, what lacks."""
    years = [
        edition.year
        for edition in desk.results.editions
        if area in desk.results.locals_[edition.year]
    ]
    if not years or not judged:
        return ()
    found = [
        _changes(desk, area, years),
        _standing(desk, area, years[-1], judged),
        _lacking(desk, area, years[-1]),
    ]
    return tuple(fact for fact in found if fact is not None)


def by_verdict(desk: Desk, judged: Sequence[Assessment]) -> Iterable[Fact]:
    """The indicators of each verdict by name; those that fall short with what is missing."""
    for verdict in VERDICT_ORDER:
        names = [_named(desk, each) for each in judged if each.verdict is verdict]
        if names:
            yield Fact(term=desk.say(f"verdict.{verdict.value}.word"), text=_listed(desk, names))


def _named(desk: Desk, assessment: Assessment) -> str:
    """An indicator with what it falls short by, and whether that is provisional or of old."""
    name = desk.indicators[assessment.indicator].short[desk.language]
    what = remark(desk, assessment)
    return desk.say("opening.with", indicator=name, what=what) if what else name


def _listed(desk: Desk, names: Sequence[str]) -> str:
    """Names in a sentence; of many the first and how many more there are.

    With semicolons: there are commas in names.
    """
    if len(names) > MOST_LISTED:
        more = desk.say("opening.more", count=len(names) - MOST_LISTED + 1)
        names = [*names[: MOST_LISTED - 1], more]
    return "; ".join(names)


# Against the year before --------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class _Change:
    """An indicator's change against the year before."""

    indicator: str
    amount: Decimal
    """In points or levels, as shown: what rounding hides makes none of them the largest."""
    text: str


def _changes(desk: Desk, area: str, years: Sequence[int]) -> Fact | None:
    """What rose, fell and stayed since the edition before, where the two can be compared."""
    if len(years) < 2:  # noqa: PLR2004 - a pair to compare
        return None
    before, now = years[-2:]
    points: list[_Change] = []
    levels: list[_Change] = []
    apart = 0
    for name, indicator in desk.indicators.items():
        old, new = (in_year(desk.results, name, area, each) for each in (before, now))
        if new is None or new.value is None:
            continue
        if old is None or old.value is None or new.breaks:
            apart += 1
            continue
        change = _Change(
            indicator=indicator.short[desk.language],
            amount=as_shown.change(desk.results, indicator, new, old),
            text=change_text(desk, new, old),
        )
        (levels if local_scale(indicator).is_held else points).append(change)
    if not points and not levels:
        return None
    term = desk.say("opening.since", year=before)
    parts = [_most(desk, points, 1), _most(desk, points, -1)]
    parts += [_each(desk, levels, 1), _each(desk, levels, -1)]
    same = [change for change in (*points, *levels) if change.amount == 0]
    if same:
        parts.append(desk.say("opening.same", count=len(same)))
    if apart:
        parts.append(desk.say("opening.apart", count=apart))
    text = ". ".join(part[:1].upper() + part[1:] for part in parts if part)
    return Fact(term=term, text=f"{text}.")


def _most(desk: Desk, changes: Sequence[_Change], sign: int) -> str:
    """How many rates moved this way, and which of them the most."""
    moved = [change for change in changes if change.amount * sign > 0]
    if not moved:
        return ""
    most = max(change.amount * sign for change in moved)
    first = [change for change in moved if change.amount * sign == most]
    way = "up" if sign > 0 else "down"
    how = "one" if len(moved) == 1 else "alike" if len(first) == len(moved) else "most"
    return desk.say(
        f"opening.{way}-{how}",
        count=len(moved),
        indicators=_listed(desk, [change.indicator for change in first]),
        change=first[0].text,
    )


def _each(desk: Desk, changes: Sequence[_Change], sign: int) -> str:
    """The standards that went a level up, or down."""
    moved = [change.indicator for change in changes if change.amount * sign > 0]
    way = "up" if sign > 0 else "down"
    if not moved:
        return ""
    return desk.say(f"opening.level-{way}", indicators=_listed(desk, moved))


# Among the others ---------------------------------------------------------------------------


def _standing(desk: Desk, area: str, year: int, judged: Sequence[Assessment]) -> Fact | None:
    """How many areas of the same edition meet more, as many and fewer; its best and last places.

    Counts and places, no mark: the plan weighs no indicator against another.  An area that gave
    nothing stands nowhere; how many of the others may meet more than is known is told.
    """
    standing = standings(desk.results)[year]
    if area not in standing.areas or len(standing.areas) < 2:  # noqa: PLR2004 - nobody else
        return None
    met = standing.met
    own = sum(each.verdict is Verdict.MET for each in judged)
    fewer, more = bisect_left(met, own), len(met) - bisect_right(met, own)
    called = unit_of(desk, list(standing.areas))
    facts: dict[str, object] = {
        "met": desk.words.number(own),
        "indicators": desk.say("unit.indicator", count=own),
        "open": desk.words.number(standing.lacking),
        "all": desk.words.number(len(met)),
        "unit": called,
    }
    others = {"more": more, "same": len(met) - fewer - more - 1, "fewer": fewer}
    told = [
        desk.say(
            f"opening.standing-{which}",
            count=count,
            number=desk.words.number(count),
            unit=called,
        )
        for which, count in others.items()
        if count
    ]
    if not more:
        told.insert(0, desk.say("opening.standing-more-none", unit=called))
    facts["others"] = ", ".join(told)
    parts = [
        desk.say("opening.standing" if more or fewer else "opening.standing-alike", **facts),
        desk.say("opening.standing-open", count=standing.lacking, **facts)
        if standing.lacking
        else "",
        _places(desk, area, year),
    ]
    every = len(met) == len(desk.results.locals_[year])
    return Fact(
        term=desk.say("opening.among" if every else "opening.among-known", **facts),
        text=" ".join(part for part in parts if part),
    )


def _places(desk: Desk, area: str, year: int) -> str:
    """In which rates the area comes first of all, and in which last."""
    found: dict[str, list[str]] = {
        which: [] for which in ("first", "first-shared", "last", "last-shared")
    }
    for indicator in desk.indicators.values():
        among = ranked(desk.results, indicator)
        figure = among.rows.get(area)
        if local_scale(indicator).is_held or among.year != year or figure is None:
            continue
        if figure.value is None:
            continue
        place, sharing = among.places[area]
        if not among.stands_out(area):
            continue
        alone = "" if sharing == 1 else "-shared"
        if place == 1:
            found[f"first{alone}"].append(indicator.short[desk.language])
        elif place + sharing - 1 == among.count:
            found[f"last{alone}"].append(indicator.short[desk.language])
    parts = [
        desk.say(f"opening.{which}", indicators=_listed(desk, names))
        for which, names in found.items()
        if names
    ]
    return " ".join(parts)


# What lacks ---------------------------------------------------------------------------------


def _lacking(desk: Desk, area: str, year: int) -> Fact:
    """The indicators without a figure in the newest edition, with the reason."""
    figures = [
        figure
        for name in desk.indicators
        if (figure := in_year(desk.results, name, area, year)) is not None
    ]
    lacking = [figure for figure in figures if figure.low is None]
    provisional = [figure for figure in figures if figure.provisional]
    parts = [
        desk.say("opening.lacking", indicators=_listed(desk, [_why(desk, f) for f in lacking]))
        if lacking
        else desk.say("opening.complete", count=len(figures))
    ]
    if provisional:
        parts.append(desk.say("opening.provisional", count=len(provisional)))
    return Fact(term=desk.say("opening.lack", year=year), text=" ".join(parts))


def _why(desk: Desk, figure: Figure) -> str:
    name = desk.indicators[figure.indicator].short[desk.language]
    if figure.missing is None:
        return name
    return desk.say("opening.with", indicator=name, what=gap(desk, figure.missing).word)
