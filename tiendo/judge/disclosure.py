"""Whether a figure that is kept confidential can be worked out from what is published.

Protected is every row whose ``missing`` is ``c``.  What a reader knows of an edition are these
constraints, over n (numerator), m = d - n (the others) and d (denominator) of each indicator and
area, all of them whole numbers and none below 0:

1. what a row says: n and d, or a rate, which leaves n between the ends of its rounding times d;
2. of what is summed, the whole area's n, m and d are the sums of those of its areas (without those
   to whom it does not apply), whether the whole is published or only its parts are;
3. a part of an indicator has no larger n than that indicator has in the same area;
4. indicators that name the same denominator have the same d in an area, where they do wherever
   both are published;
5. of what is counted, the whole's numerator is the number of areas that hold the standard; and a
   standard implies those that it requires;
6. what an earlier version that stands says and a later one no longer does.

Series restated on other borders add nothing: they are worked out from what is published, and not at
all where an area's parts are missing.  Figures of other years bind nothing either.

From these each n, m and d gets an interval: 2, 3 and 4 all say "a total is the sum of its parts"
(3 with a rest that nobody knows), so a total lies between the sums of its parts' ends, and a part
between the total's ends less the others'.  This is repeated until nothing gets narrower.  Each step
cuts off only what is impossible, so the true number always stays inside: what is found to be narrow
is narrow.  For one sum the ends are those of the best attack; where several constraints share
numbers, a cleverer one might get somewhat narrower.

A figure is *given away* where the interval of its numerator, or that of its rate n / (n + m), is
narrower than 5 % either side: the half of its width is at most 5 % of its middle, so that one
number is within 5 % of whatever it may be (the p % rule of statistical offices; see Hundepool et
al., *Statistical Disclosure Control*, 2012, section 4.2).  Of a standard it is given away where it
is certain whether the area holds it.

What would be found is never told, in no message: they are printed in logs that others read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from itertools import chain
from math import ceil, floor

from tiendo.judge.measure import parts_of, rows_of
from tiendo.judge.owed import FigureKey, is_measurable
from tiendo.judge.scale import local_scale
from tiendo.judge.wholes import holds
from tiendo.terms import Aggregation, Archive, Edition, Figure, Indicator, Missing

Span = tuple[int, int | None]
"""The least and the greatest that a number may be; None: there is no greatest."""
Number = tuple[str, FigureKey]
"""One of n, m, d (or the rest of a parent beside its part) of an indicator in an area."""

NEAR = Fraction(1, 20)
"""How near, as a part of the figure itself, is too near."""
ROUNDS = 100
"""More than any chain of constraints is long; to stop early is to cut off less."""
FREE: Span = (0, None)
MOST = 5
"""How many figures at the most are named to be hidden too."""


class Leak(StrEnum):
    """How a confidential figure is given away."""

    FOLLOWS = "follows"
    """Exactly."""
    BOUNDED = "bounded"
    """Within 5 %."""
    PUBLISHED = "published"
    """An earlier version says it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Disclosure:
    """A confidential figure that is given away, and what would keep it."""

    indicator: str
    area: str
    leak: Leak
    version: int | None
    """The earlier version that says it, or that gives it away."""
    hide_too: tuple[FigureKey, ...]
    """Figures that keep it if they are hidden too; empty: no few ones do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Puzzle:
    """What is published of indicators that bind each other, as a reader sees it."""

    figures: Mapping[FigureKey, Figure]
    """Each row, and each that is lacking; without those to whom it does not apply."""
    sums: tuple[tuple[FigureKey, tuple[FigureKey, ...]], ...]
    """A whole and its parts."""
    children: tuple[tuple[FigureKey, FigureKey], ...]
    """A part and the indicator that it is part of."""
    alike: tuple[tuple[FigureKey, ...], ...]
    """Those that have the same denominator."""
    hidden: frozenset[FigureKey] = field(default=frozenset())


def disclosures(
    archive: Archive, edition: Edition, before: Sequence[Edition]
) -> Iterator[Disclosure]:
    """The confidential figures of an edition that are given away, by the plan's order.

    ``before`` are the earlier versions of its year that stand: they were published.
    """
    now = rows_of(archive, edition)
    if not any(_is_hidden(figure) for figure in now.values()):
        return
    then = {each.version: rows_of(archive, each) for each in before}
    told: dict[FigureKey, Disclosure] = {}
    for key, figure in now.items():
        said = [version for version, rows in then.items() if _is_said(rows.get(key))]
        if _is_hidden(figure) and said:
            told[key] = _told(key, Leak.PUBLISHED, version=said[-1])
    known = dict(now)
    for rows in reversed(then.values()):
        known |= {
            key: figure
            for key, figure in rows.items()
            if _is_said(figure) and not _is_said(known.get(key))
        }
    fixed = frozenset(key for key in known if not _is_said(now.get(key)))
    for each, rows in zip(before, then.values(), strict=True):
        for key, found in _found(archive, each, rows, frozenset(rows)).items():
            if key not in told and _is_hidden(now.get(key)):
                told[key] = replace(found, version=each.version)
    for key, found in _found(archive, edition, known, fixed).items():
        told.setdefault(key, found)
    order = {each.indicator: place for place, each in enumerate(archive.indicators)}
    yield from sorted(told.values(), key=lambda one: (order.get(one.indicator, 0), one.area))


def _found(
    archive: Archive,
    edition: Edition,
    rows: Mapping[FigureKey, Figure],
    fixed: frozenset[FigureKey],
) -> dict[FigureKey, Disclosure]:
    """What the figures of one edition give away; ``fixed`` ones can't be hidden any more."""
    found: dict[FigureKey, Disclosure] = {}
    for family in _families(archive.indicators):
        puzzle = _puzzle(archive, edition, family, rows)
        leaks = _leaks(puzzle)
        if leaks:
            keep = _enough(puzzle, archive.plan.scope, fixed)
            found |= {key: _told(key, leak, hide_too=keep) for key, leak in leaks.items()}
    for key in _standards_known(archive, edition, rows):
        others = [
            each
            for each in _parts(archive, edition, key[0], archive.indicators, rows)
            if each.area != key[1] and each.low is not None and (key[0], each.area) not in fixed
        ]
        keep = tuple(
            (key[0], each.area)
            for each in others
            if key
            not in _standards_known(archive, edition, {**rows, (key[0], each.area): _without(each)})
        )[:1]
        found[key] = _told(key, Leak.FOLLOWS, hide_too=keep or _own(key[0], archive, rows, fixed))
    return found


def _told(
    key: FigureKey,
    leak: Leak,
    *,
    version: int | None = None,
    hide_too: tuple[FigureKey, ...] = (),
) -> Disclosure:
    return Disclosure(indicator=key[0], area=key[1], leak=leak, version=version, hide_too=hide_too)


def _own(
    indicator: str, archive: Archive, rows: Mapping[FigureKey, Figure], fixed: Collection[FigureKey]
) -> tuple[FigureKey, ...]:
    key = (indicator, archive.plan.scope)
    return (key,) if _is_said(rows.get(key)) and key not in fixed else ()


# What is known ------------------------------------------------------------------------------


def _is_hidden(figure: Figure | None) -> bool:
    return figure is not None and figure.missing is Missing.CONFIDENTIAL


def _is_said(figure: Figure | None) -> bool:
    return figure is not None and figure.low is not None


def _without(figure: Figure) -> Figure:
    """A row as it would be if its figure were confidential."""
    return replace(
        figure,
        low=None,
        high=None,
        numerator=None,
        numerator_high=None,
        denominator=None,
        missing=Missing.CONFIDENTIAL,
    )


def _families(indicators: Sequence[Indicator]) -> Iterator[tuple[Indicator, ...]]:
    """The ratios that bind each other: by what they are part of, or by their denominators."""
    ratios = [each for each in indicators if not local_scale(each).is_held]
    left = {each.indicator: each for each in ratios}
    while left:
        family = [left.pop(next(iter(left)))]
        for one in family:
            near = [each for each in left.values() if _binds(one, each)]
            family += [left.pop(each.indicator) for each in near]
        yield tuple(family)


def _binds(one: Indicator, other: Indicator) -> bool:
    return one.indicator == other.parent or other.indicator == one.parent or _alike(one, other)


def _alike(one: Indicator, other: Indicator) -> bool:
    """Whether the plan names the same denominator for both, in the same words."""
    return one.denominator.first == other.denominator.first != ""


def _parts(
    archive: Archive,
    edition: Edition,
    name: str,
    indicators: Sequence[Indicator],
    rows: Mapping[FigureKey, Figure],
) -> tuple[Figure, ...]:
    """The rows that a whole is made of, and those that are lacking."""
    indicator = next(each for each in indicators if each.indicator == name)
    return tuple(
        part
        for part in parts_of(archive, edition, indicator, rows)
        if part.missing is not Missing.NOT_APPLICABLE
    )


def _puzzle(
    archive: Archive,
    edition: Edition,
    family: Sequence[Indicator],
    rows: Mapping[FigureKey, Figure],
) -> _Puzzle:
    figures: dict[FigureKey, Figure] = {}
    sums = []
    for indicator in family:
        name, whole = indicator.indicator, (indicator.indicator, archive.plan.scope)
        parts = _parts(archive, edition, name, family, rows)
        figures |= {(name, part.area): part for part in parts}
        if whole in rows and rows[whole].missing is not Missing.NOT_APPLICABLE:
            figures[whole] = rows[whole]
        if parts and indicator.aggregation is Aggregation.SUM and whole in figures:
            sums.append((whole, tuple((name, part.area) for part in parts)))
    children = [
        ((each.indicator, area), (each.parent or "", area))
        for each in family
        for name, area in figures
        if name == each.indicator and (each.parent, area) in figures
    ]
    return _Puzzle(
        figures=figures,
        sums=tuple(sums),
        children=tuple(children),
        alike=tuple(_same_denominators(family, figures)),
        hidden=frozenset(key for key, figure in figures.items() if _is_hidden(figure)),
    )


def _same_denominators(
    family: Sequence[Indicator], figures: Mapping[FigureKey, Figure]
) -> Iterator[tuple[FigureKey, ...]]:
    """The figures of an area that have one denominator, where the published ones agree on it."""
    for place, one in enumerate(family):
        for other in family[place + 1 :]:
            pairs = [
                ((one.indicator, area), (other.indicator, area))
                for name, area in figures
                if name == one.indicator and (other.indicator, area) in figures
            ]
            both = [
                (figures[mine].denominator, figures[theirs].denominator) for mine, theirs in pairs
            ]
            both = [pair for pair in both if None not in pair]
            if _alike(one, other) and both and all(mine == theirs for mine, theirs in both):
                yield from pairs


# What follows -------------------------------------------------------------------------------


def _leaks(puzzle: _Puzzle) -> dict[FigureKey, Leak]:
    """The hidden figures that are given away; none where the published ones contradict each other.

    That is a problem of its own.
    """
    if not puzzle.hidden:
        return {}
    spans = narrowed(*_constraints(puzzle))
    if spans is None:
        return {}
    found = {}
    for key in sorted(puzzle.hidden):
        held, others = spans["n", key], spans["m", key]
        low, high = _rates(held, others)
        if held[0] == held[1] or low == high:
            found[key] = Leak.FOLLOWS
        elif _is_near(*held) or _is_near(low, high):
            found[key] = Leak.BOUNDED
    return found


def _is_near(low: int | Fraction, high: int | Fraction | None) -> bool:
    """Whether half of the width is no more than 5 % of the middle."""
    return high is not None and high - low <= NEAR * (high + low)


def _rates(held: Span, others: Span) -> tuple[Fraction, Fraction]:
    """Between which ends n / (n + m) lies.  Where n can be nothing but 0, it is 0."""
    if held[1] == 0:
        return Fraction(0), Fraction(0)
    if others[1] == 0:
        return Fraction(1), Fraction(1)
    low = Fraction(0) if others[1] is None else Fraction(held[0], held[0] + others[1])
    high = Fraction(1) if held[1] is None else Fraction(held[1], held[1] + others[0])
    return low, high


Sum = tuple[Number, tuple[Number, ...]]
Rate = tuple[Number, Number, Fraction, Fraction]
"""n, d and between which ends n / d lies."""


def _constraints(puzzle: _Puzzle) -> tuple[dict[Number, Span], list[Sum], list[Rate]]:
    spans: dict[Number, Span] = {}
    sums: list[Sum] = []
    rates: list[Rate] = []
    for key, figure in puzzle.figures.items():
        held, people = figure.numerator, figure.denominator
        is_given = held is not None and people is not None and key not in puzzle.hidden
        if is_given and held is not None and people is not None:
            spans["n", key], spans["d", key] = (held, held), (people, people)
            spans["m", key] = (people - held, people - held)
        else:
            spans |= dict.fromkeys((("n", key), ("m", key), ("d", key)), FREE)
            if figure.low is not None and key not in puzzle.hidden:
                ends = (figure.low - figure.rounding, figure.low + figure.rounding)
                low, high = max(ends[0], Fraction(0)), min(ends[1], Fraction(100))
                rates.append((("n", key), ("d", key), low / 100, high / 100))
        sums.append((("d", key), (("n", key), ("m", key))))
    for whole, parts in puzzle.sums:
        sums += [((kind, whole), tuple((kind, part) for part in parts)) for kind in "nmd"]
    for child, parent in puzzle.children:
        spans["rest", child] = FREE
        sums.append((("n", parent), (("n", child), ("rest", child))))
    for one, *others in puzzle.alike:
        sums += [(("d", one), (("d", other),)) for other in others]
    return spans, sums, rates


def narrowed(
    spans: Mapping[Number, Span], sums: Sequence[Sum], rates: Sequence[Rate] = ()
) -> dict[Number, Span] | None:
    """The spans, as narrow as the constraints make them one by one; None where none fits them.

    >>> a, b, whole = (("n", ("swim", area)) for area in ("a", "b", "whole"))
    >>> narrowed({a: (0, None), b: (3, 4), whole: (9, 9)}, [(whole, (a, b))])[a]
    (5, 6)
    """
    now = dict(spans)
    for _ in range(ROUNDS):
        before = dict(now)
        for number, span in chain(_of_sums(now, sums), _of_rates(now, rates)):
            low = max(now[number][0], span[0])
            high = _least(now[number][1], span[1])
            if high is not None and low > high:
                return None
            now[number] = (low, high)
        if now == before:
            break
    return now


def _of_sums(now: Mapping[Number, Span], sums: Iterable[Sum]) -> Iterator[tuple[Number, Span]]:
    for total, parts in sums:
        low = sum(now[part][0] for part in parts)
        highs = [now[part][1] for part in parts]
        yield total, (low, _total(highs))
        least, most = now[total]
        for place, part in enumerate(parts):
            others = _total(highs[:place] + highs[place + 1 :])
            lowest = 0 if others is None else max(least - others, 0)
            yield part, (lowest, None if most is None else most - (low - now[part][0]))
            low = sum(now[each][0] for each in parts)
            highs[place] = now[part][1]


def _of_rates(now: Mapping[Number, Span], rates: Iterable[Rate]) -> Iterator[tuple[Number, Span]]:
    for held, people, low, high in rates:
        least, most = now[people]
        yield held, (ceil(low * least), None if most is None else floor(high * most))
        least, most = now[held]
        yield (
            people,
            (
                ceil(least / high) if high else 0,
                floor(most / low) if low and most is not None else None,
            ),
        )


def _total(highs: Sequence[int | None]) -> int | None:
    known = [high for high in highs if high is not None]
    return sum(known) if len(known) == len(highs) else None


def _least(one: int | None, other: int | None) -> int | None:
    known = [high for high in (one, other) if high is not None]
    return min(known) if known else None


# What would keep it -------------------------------------------------------------------------


def _enough(puzzle: _Puzzle, scope: str, fixed: Collection[FigureKey]) -> tuple[FigureKey, ...]:
    """Few and small figures that keep all that is hidden; of areas first, then of the whole.

    One is tried, then ever more beginning with the smallest; empty where `MOST` are not enough.
    """
    leaking = {name for name, _ in _leaks(puzzle)}
    free = [
        key
        for key, figure in puzzle.figures.items()
        if _is_said(figure) and key not in fixed and key not in puzzle.hidden
    ]
    free.sort(
        key=lambda key: (
            key[1] == scope,
            key[0] not in leaking,
            puzzle.figures[key].denominator or 0,
            key,
        )
    )
    ways = [*((key,) for key in free), *(tuple(free[: n + 2]) for n in range(MOST - 1))]
    return next(
        (way for way in ways if not _leaks(replace(puzzle, hidden=puzzle.hidden | {*way}))), ()
    )


# Standards ----------------------------------------------------------------------------------


def _standards_known(
    archive: Archive, edition: Edition, rows: Mapping[FigureKey, Figure]
) -> Iterator[FigureKey]:
    """The hidden standards of which it is certain whether the area holds them."""
    for indicator in archive.indicators:
        if indicator.aggregation is not Aggregation.COUNT or not is_measurable(indicator, edition):
            continue
        parts = _parts(archive, edition, indicator.indicator, archive.indicators, rows)
        certain = {
            part.area: state
            for part in parts
            if (state := _implied(archive.indicators, indicator, part, rows)) is not None
        }
        own = rows.get((indicator.indicator, archive.plan.scope))
        held = sum(certain.values())
        open_ = len(parts) - len(certain)
        if own is not None and own.numerator is not None and own.numerator in {held, held + open_}:
            certain = dict.fromkeys((part.area for part in parts), True)
        for part in parts:
            if _is_hidden(part) and part.area in certain:
                yield indicator.indicator, part.area
        if _is_hidden(own) and not open_:
            yield indicator.indicator, archive.plan.scope


def _implied(
    indicators: Sequence[Indicator],
    indicator: Indicator,
    part: Figure,
    rows: Mapping[FigureKey, Figure],
) -> bool | None:
    """Whether an area holds a standard, as its own row or others tell; None: that is open."""
    if part.low is not None:
        return holds(indicator, part)
    for need in indicator.requires:
        other = rows.get((need.indicator, part.area))
        level = other.low if other is not None else None
        # What is no level at all is wrong, and told as that.
        if level is not None and level.denominator == 1 and level < need.at_least:
            return False
    for each in indicators:
        above = rows.get((each.indicator, part.area))
        if above is not None and above.low is not None and above.low >= 1:
            for need in each.requires:
                enough = need.at_least >= local_scale(indicator).held_from
                if need.indicator == indicator.indicator and enough:
                    return True
    return None
