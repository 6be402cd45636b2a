"""Series across a change of borders: what later figures make on old borders, and the reverse.

Only parts that add up are restated: numerator and denominator of a ratio that is summed.  An area
that lies wholly inside the borders counts in full; one that straddles them makes the figure a
range over all the ways in which its people may be split.  Nothing is shared out by guess.
What is made here is the site's own working: never official, and no verdict rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from tiendo.judge.areas import existed, local_on
from tiendo.judge.lineage import Kin, Lineage, kin, lineage, state_on
from tiendo.judge.owed import FigureKey
from tiendo.judge.plan_then import breaking, broken_between
from tiendo.terms import Aggregation, Archive, Edition, Figure, Missing, Obstacle, Restated

Parts = tuple[int, int]
"""A numerator and its denominator."""


def span(certain: Parts, straddling: Sequence[Parts]) -> tuple[Fraction, Fraction] | None:
    """Least and greatest ratio on the borders; None where nobody may live inside them.

    ``certain`` holds N of D inside.  Of a straddling area with N' of D', any n of d may lie inside
    that leaves both sides possible: 0 <= n <= d and 0 <= N' - n <= D' - d.  With m = d - n, the
    people without, and M' = D' - N', this says just 0 <= n <= N' and 0 <= m <= M': each person may
    live on either side, whatever the others do.  With M = D - N the ratio is

        (N + Σn) / (N + Σn + M + Σm)

    which grows with each n and falls with each m.  It is therefore greatest at n = N', m = 0,
    where it is (N + ΣN') / (D + ΣN'), and least at n = 0, m = M', where it is N / (D + ΣM').
    Where one of these has no people, all who may live inside are of the other kind, and the ratio
    is the same for every split that has people: 0 without any with, 1 without any without.

    >>> span((40, 100), [(10, 20)])
    (Fraction(4, 11), Fraction(5, 11))
    """
    numerator, denominator = certain
    with_ = sum(part[0] for part in straddling)
    without = sum(part[1] for part in straddling) - with_
    if denominator + with_ + without == 0:
        return None
    low = Fraction(numerator, denominator + without) if denominator + without else Fraction(1)
    high = Fraction(numerator + with_, denominator + with_) if denominator + with_ else Fraction(0)
    return low, high


def restated(
    archive: Archive,
    editions: Sequence[Edition],
    figures: Mapping[FigureKey, Sequence[Figure]],
) -> dict[FigureKey, tuple[Restated, ...]]:
    """The figures of other borders' years, for each indicator that adds up and area that changed.

    The borders are those that an area ended with, or those that it has in the newest edition.
    For years after its end each edition has its row, if only to say why there is no figure; for
    years before, those with a figure have: an area has no past where it came from a part.
    """
    indicators = [
        each.indicator for each in archive.indicators if each.aggregation is Aggregation.SUM
    ]
    changes = breaking(archive)
    found: dict[FigureKey, list[Restated]] = {}
    for area, edition, relatives in _crossings(archive, editions):
        ended = not existed(archive.areas[area], edition.as_of) and _is_past(archive, area, edition)
        borders = _reference(archive, area, editions[-1].as_of)
        for indicator in indicators:
            row = _restated(indicator, area, edition, relatives, figures)
            if broken_between(changes, indicator, borders, edition.as_of):
                row = _redefined(row)
            if row.low is not None or (ended and (indicator, area) in figures):
                found.setdefault((indicator, area), []).append(row)
    return {
        key: tuple(_with_breaks(rows, figures, archive.plan.scope)) for key, rows in found.items()
    }


def _with_breaks(
    rows: Sequence[Restated], figures: Mapping[FigureKey, Sequence[Figure]], scope: str
) -> Iterator[Restated]:
    """The rows of a series, each with whether a break stands between it and the figure before.

    The area's own borders are no break here: to restate is to take that one away.
    """
    broken = False
    for row in rows:
        made_of = (scope, *row.inside, *row.straddling)
        told = _of_year(figures, row.indicator, made_of, row.year).values()
        broken = broken or any(figure.break_ for figure in told if figure is not None)
        if row.low is None:
            yield row
        else:
            yield replace(row, breaks=broken)
            broken = False


def _redefined(row: Restated) -> Restated:
    """What can't be compared with the area's own series is not put beside it."""
    return replace(
        row,
        low=None,
        high=None,
        certain=None,
        straddling_parts=None,
        obstacle=Obstacle.REDEFINED,
        absent=(),
    )


def _is_past(archive: Archive, area: str, edition: Edition) -> bool:
    until = archive.areas[area].until
    return until is not None and until < edition.as_of


def _crossings(archive: Archive, editions: Sequence[Edition]) -> Iterator[tuple[str, Edition, Kin]]:
    """Each area that reported, with each edition that found its land under other borders."""
    known = lineage(archive.areas, archive.area_changes)
    here = {
        edition.year: frozenset(local_on(archive, edition.geography, edition.as_of))
        for edition in editions
    }
    for area in sorted({area for areas in here.values() for area in areas}):
        if not known.days.get(area) and archive.areas[area].until is None:
            continue
        borders = _reference(archive, area, editions[-1].as_of)
        for edition in editions:
            if not _same_borders(known, area, borders, edition.as_of):
                yield (
                    area,
                    edition,
                    kin(known, area, borders, edition.as_of, here[edition.year]),
                )


def _reference(archive: Archive, area: str, newest: date) -> date:
    """The day whose borders an area's series stands on."""
    until = archive.areas[area].until
    return newest if until is None else min(until, newest)


def _same_borders(known: Lineage, area: str, borders: date, on: date) -> bool:
    return existed(known.areas[area], on) and state_on(known, area, borders) == state_on(
        known, area, on
    )


def _restated(
    indicator: str,
    area: str,
    edition: Edition,
    relatives: Kin,
    figures: Mapping[FigureKey, Sequence[Figure]],
) -> Restated:
    """One year on the borders, or the reason why it can't be had."""
    inside = _of_year(figures, indicator, relatives.inside, edition.year)
    straddling = _of_year(figures, indicator, relatives.straddling, edition.year)
    counted = {
        name: figure
        for name, figure in (*inside.items(), *straddling.items())
        if figure is None or figure.missing is not Missing.NOT_APPLICABLE
    }
    absent = tuple(sorted(name for name, figure in counted.items() if _parts(figure) is None))
    certain = [parts for name in inside if (parts := _parts(counted.get(name)))]
    split = [parts for name in straddling if (parts := _parts(counted.get(name)))]
    obstacle, ends = None, None
    if not relatives.complete:
        obstacle = Obstacle.UNTRACED
    elif not relatives.inside:
        obstacle = Obstacle.ALL_STRADDLE
    elif absent:
        obstacle = Obstacle.ABSENT
    else:
        ends = span(_summed(certain), split)
        obstacle = Obstacle.EMPTY if ends is None else None
    sums = (_summed(certain), _summed(split)) if ends else (None, None)
    return Restated(
        indicator=indicator,
        area=area,
        year=edition.year,
        version=edition.version,
        as_of=edition.as_of,
        low=100 * ends[0] if ends else None,
        high=100 * ends[1] if ends else None,
        certain=sums[0],
        straddling_parts=sums[1],
        inside=relatives.inside,
        straddling=relatives.straddling,
        provisional=any(figure.provisional for figure in counted.values() if figure),
        obstacle=obstacle,
        absent=absent,
    )


def _of_year(
    figures: Mapping[FigureKey, Sequence[Figure]],
    indicator: str,
    areas: Sequence[str],
    year: int,
) -> dict[str, Figure | None]:
    return {
        area: next((f for f in figures.get((indicator, area), ()) if f.year == year), None)
        for area in areas
    }


def _parts(figure: Figure | None) -> Parts | None:
    """Numerator and denominator, where both were given."""
    if figure is None or figure.numerator is None or figure.denominator is None:
        return None
    return figure.numerator, figure.denominator


def _summed(parts: Sequence[Parts]) -> Parts:
    return sum(part[0] for part in parts), sum(part[1] for part in parts)
