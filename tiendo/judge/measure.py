"""From observations to figures: what each area reported, and what that makes for the whole area.

A sum is the sum of numerators over the sum of denominators; a count is the areas that hold a
standard over all areas.  A mean of percentages does not exist here.  What is missing stays
missing: a count becomes a range from certain to possible, a sum becomes no figure at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tiendo.judge.areas import rest_on
from tiendo.judge.lineage import lineage, state_on
from tiendo.judge.observations import observations
from tiendo.judge.owed import FigureKey, is_measurable, local_rows, reported_before
from tiendo.judge.plan_then import asked, breaking, is_counted_anew
from tiendo.judge.wholes import contradicts, holds, is_known
from tiendo.terms import (
    Aggregation,
    Archive,
    Edition,
    Figure,
    Indicator,
    Level,
    Missing,
    Observation,
    Status,
)


def figures_of(archive: Archive, editions: Sequence[Edition]) -> dict[FigureKey, list[Figure]]:
    """The figures of each indicator and area, one for each edition, in the editions' order.

    An area has a figure, or a reason for none, wherever one is expected of it or it has a row.
    """
    series: dict[FigureKey, list[Figure]] = defaultdict(list)
    since: set[FigureKey] = set()
    for edition in editions:
        found = rows_of(archive, edition)
        # A row of a draft that says nothing yet is a row that is not there.
        given = {key: each for key, each in found.items() if each.low is not None or each.missing}
        rest = rest_on(archive, edition.as_of)
        for indicator in asked(archive, edition):
            expected = local_rows(archive, edition, indicator)
            for area in expected:
                key = (indicator.indicator, area)
                series[key].append(given.pop(key) if key in given else _unreported(edition, key))
            awaited = _awaited(indicator, rest, given, since)
            for area in awaited:
                key = (indicator.indicator, area)
                series[key].append(_unreported(edition, key))
            parts = [
                *(series[indicator.indicator, area][-1] for area in (*expected, *awaited)),
                *(given[indicator.indicator, area] for area in _optional(indicator, rest, given)),
            ]
            scope_key = (indicator.indicator, archive.plan.scope)
            own = given.pop(scope_key, None)
            words, own = own, None if is_counted_anew(archive, edition, indicator) else own
            whole = whole_figure(indicator, edition, archive.plan.scope, own, parts)
            if whole is not None and words is not None and own is None:
                whole = _with_own_words(whole, words)
            if whole is not None:
                series[scope_key].append(whole)
        for key, figure in sorted(given.items()):
            series[key].append(figure)
            if figure.low is not None:
                since.add(key)
    return _with_breaks(archive, editions, _with_borders(archive, series))


def _with_borders(
    archive: Archive, series: Mapping[FigureKey, list[Figure]]
) -> dict[FigureKey, list[Figure]]:
    """The series with a mark where an area that goes on has other borders than before.

    The scope's territory stays the same: its series breaks by its own row alone.
    """
    known = lineage(archive.areas, archive.area_changes)

    def marked(area: str, figures: list[Figure]) -> list[Figure]:
        if area == archive.plan.scope or area not in known.days:
            return figures
        states = [state_on(known, area, figure.as_of) for figure in figures]
        return [
            replace(figure, reshaped=state != before)
            for figure, state, before in zip(figures, states, [*states[:1], *states], strict=False)
        ]

    return {key: marked(key[1], figures) for key, figures in series.items()}


def _with_breaks(
    archive: Archive, editions: Sequence[Edition], series: dict[FigureKey, list[Figure]]
) -> dict[FigureKey, list[Figure]]:
    """The series with the reason where a change of the plan keeps them from being read on.

    That is in the first edition that stands for no day before it, or, of an area that has no
    figure there, in its next one.  What a row itself says of a break is not said again.
    """
    found = {key: [*figures] for key, figures in series.items()}
    changes = breaking(archive)
    for key, figures in found.items():
        for change in changes.get(key[0], ()):
            before = {each.year for each in editions if each.as_of < change.on}
            after = {each.year for each in editions if each.as_of >= change.on}
            place = next((at for at, each in enumerate(figures) if each.year in after), None)
            if place is None or not before:
                continue
            figure = figures[place]
            # Who came later than the change has no past that it would part from.
            if place > 0 or figure.year == min(after):
                figures[place] = replace(figure, break_=figure.break_ or change.reason)
    return found


def given_figure(edition: Edition, row: Observation) -> Figure:
    """The figure in a row of observations, as it was reported."""
    numerator, denominator = row.numerator, row.denominator
    if numerator is not None and denominator:
        value: Fraction | None = Fraction(100 * numerator, denominator)
    else:
        value = row.exact
    status = Status(row.status) if row.status else None
    return Figure(
        indicator=row.indicator,
        area=row.area,
        year=edition.year,
        version=edition.version,
        as_of=row.as_of or edition.as_of,
        low=value,
        high=value,
        numerator=numerator,
        numerator_high=numerator,
        denominator=denominator,
        status=status,
        provisional=status in {Status.PRELIMINARY, Status.ESTIMATED},
        missing=Missing(row.missing) if row.missing else None,
        rounding=half_of_last_decimal(row.value)
        if row.value is not None and numerator is None and denominator is None
        else Fraction(0),
        decision=row.decision,
        decided_on=row.decided_on,
        valid_until=row.valid_until,
        source=row.source,
        break_=row.break_,
        note=row.note,
    )


def half_of_last_decimal(number: Decimal) -> Fraction:
    """How far a number may be from what it was rounded from.

    >>> half_of_last_decimal(Decimal("43.0"))
    Fraction(1, 20)
    """
    exponent = number.as_tuple().exponent
    return Fraction(10) ** (exponent if isinstance(exponent, int) else 0) / 2


def whole_figure(
    indicator: Indicator,
    edition: Edition,
    scope: str,
    own: Figure | None,
    parts: Sequence[Figure],
) -> Figure | None:
    """The whole area's figure: its own row where that holds a figure, else what its parts make.

    None where none is expected: the indicator counts areas of another level than reported.
    """
    if own is not None and own.low is not None:
        is_other = not is_measurable(indicator, edition)
        return replace(own, contradicted=not is_other and contradicts(indicator, own, parts))
    if indicator.aggregation is Aggregation.NONE or not is_measurable(indicator, edition):
        return own or (
            _unreported(edition, (indicator.indicator, scope))
            if indicator.level is Level.WHOLE
            else None
        )
    made = aggregate(indicator, edition, scope, parts)
    if own is None:
        return made
    if made.low is None:
        return own
    return _with_own_words(made, own)


def aggregate(
    indicator: Indicator, edition: Edition, scope: str, parts: Sequence[Figure]
) -> Figure:
    """What the local figures of one edition make for the whole area."""
    counted = [part for part in parts if part.missing is not Missing.NOT_APPLICABLE]
    known = [part for part in counted if is_known(indicator, part)]
    unknown = [part for part in counted if not is_known(indicator, part)]
    key = (indicator.indicator, scope)
    absent = tuple(part.area for part in unknown)
    if not known or (unknown and indicator.aggregation is Aggregation.SUM):
        reasons = {part.missing for part in unknown or parts}
        return _unreported(edition, key, reasons=reasons, absent=absent)
    if indicator.aggregation is Aggregation.COUNT:
        held = sum(1 for part in known if holds(indicator, part))
        numerator, possible, denominator = held, held + len(unknown), len(counted)
    else:
        numerator = possible = sum(part.numerator or 0 for part in known)
        denominator = sum(part.denominator or 0 for part in known)
    statuses = {part.status for part in known}
    status = next(
        (s for s in (Status.ESTIMATED, Status.PRELIMINARY) if s in statuses), Status.OFFICIAL
    )
    return Figure(
        indicator=indicator.indicator,
        area=scope,
        year=edition.year,
        version=edition.version,
        as_of=edition.as_of,
        low=Fraction(100 * numerator, denominator),
        high=Fraction(100 * possible, denominator),
        numerator=numerator,
        numerator_high=possible,
        denominator=denominator,
        status=status,
        provisional=status is not Status.OFFICIAL,
        absent=absent,
        aggregated=True,
    )


def parts_of(
    archive: Archive, edition: Edition, indicator: Indicator, given: Mapping[FigureKey, Figure]
) -> tuple[Figure, ...]:
    """The figures of one edition that its aggregate is made of, with those not reported."""
    rest = rest_on(archive, edition.as_of)
    since = reported_before(archive, edition, indicator, rest)
    return tuple(
        given.get((indicator.indicator, area)) or _unreported(edition, (indicator.indicator, area))
        for area in (
            *local_rows(archive, edition, indicator),
            *_optional(indicator, rest, given),
            *_awaited(indicator, rest, given, since),
        )
    )


def _optional(
    indicator: Indicator, rest: tuple[str, ...], given: Mapping[FigureKey, Figure]
) -> tuple[str, ...]:
    """What belongs to no local area and has a row for a sum in this edition."""
    if indicator.aggregation is not Aggregation.SUM:
        return ()
    return tuple(area for area in rest if (indicator.indicator, area) in given)


def _awaited(
    indicator: Indicator,
    rest: tuple[str, ...],
    given: Mapping[FigureKey, Figure],
    since: Container[FigureKey],
) -> tuple[str, ...]:
    """What belongs to no local area and lacks its row for a sum: expected from its first figure."""
    if indicator.aggregation is not Aggregation.SUM:
        return ()
    keys = [(indicator.indicator, area) for area in rest]
    return tuple(key[1] for key in keys if key in since and key not in given)


def rows_of(archive: Archive, edition: Edition) -> dict[FigureKey, Figure]:
    """The figures in an edition's rows that could be read, by indicator and area."""
    return {
        (row.indicator, row.area): given_figure(edition, row)
        for row in observations(archive, edition)
        if row.sound
    }


def _unreported(
    edition: Edition,
    key: FigureKey,
    reasons: Iterable[Missing | None] = (),
    absent: tuple[str, ...] = (),
) -> Figure:
    """No figure; for the common reason of its parts, where they have one."""
    only = set(reasons)
    reason = only.pop() if len(only) == 1 else None
    return Figure(
        indicator=key[0],
        area=key[1],
        year=edition.year,
        version=edition.version,
        as_of=edition.as_of,
        missing=reason or Missing.NOT_REPORTED,
        absent=absent,
        aggregated=bool(absent),
    )


def _with_own_words(made: Figure, own: Figure) -> Figure:
    """An aggregate with the note and the break that the whole area's own row gives."""
    return replace(made, break_=own.break_, note=own.note)
