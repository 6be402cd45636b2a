"""Who owes which rows of an edition, and to whom they fall when a body has ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tiendo.judge.areas import existed, local_on, rest_on
from tiendo.judge.bodies import bodies_by_area, in_office
from tiendo.judge.editions import newest
from tiendo.judge.plan_then import asked
from tiendo.judge.reporting import is_to_report, owing_by_area
from tiendo.read.contract import AREA_LEVELS
from tiendo.terms import (
    AREA_LEVELS_WITHOUT_RANK,
    Agency,
    Aggregation,
    Archive,
    Edition,
    Indicator,
    Level,
)

FigureKey = tuple[str, str]
"""An indicator and an area."""


# Rows ---------------------------------------------------------------------------------------


def is_measurable(indicator: Indicator, edition: Edition) -> bool:
    """Whether the edition's geography is the level that a counted indicator counts."""
    return indicator.aggregation is not Aggregation.COUNT or indicator.counts == edition.geography


def local_rows(archive: Archive, edition: Edition, indicator: Indicator) -> tuple[str, ...]:
    """The local areas that owe a row for an indicator in an edition."""
    if indicator.level is Level.WHOLE or not is_measurable(indicator, edition):
        return ()
    return local_on(archive, edition.geography, edition.as_of)


def owing(archive: Archive, edition: Edition, indicator: Indicator) -> tuple[str, ...]:
    """The areas that owe a row: each local one, or the whole one alone."""
    if indicator.level is Level.WHOLE:
        return (archive.plan.scope,)
    return local_rows(archive, edition, indicator)


def allowed(archive: Archive, edition: Edition, indicator: Indicator) -> tuple[str, ...]:
    """The areas that have a row, or may: the whole one and, for a sum, what lies in no local one.

    In the order in which they are asked for.
    """
    if not is_measurable(indicator, edition):
        return ()
    is_sum = indicator.level is Level.LOCAL and indicator.aggregation is Aggregation.SUM
    return (
        archive.plan.scope,
        *(rest_on(archive, edition.as_of) if is_sum else ()),
        *local_rows(archive, edition, indicator),
    )


def rows_asked(archive: Archive, edition: Edition) -> Iterator[tuple[Indicator, str]]:
    """Every row that an edition is asked for, owed or not, in the plan's order."""
    for indicator in asked(archive, edition):
        for area in allowed(archive, edition, indicator):
            yield indicator, area


def is_optional(indicator: Indicator, area: str, edition: Edition, archive: Archive) -> bool:
    """Whether a row may stay empty.

    That is the whole area's, which is added up without it, and that of what belongs to no local
    area, until it is given for the first time.
    """
    if area == archive.plan.scope:
        return indicator.level is Level.LOCAL
    if archive.areas[area].level == edition.geography:
        return False
    return not reported_before(archive, edition, indicator, (area,))


def reported_before(
    archive: Archive, edition: Edition, indicator: Indicator, rest: tuple[str, ...]
) -> frozenset[FigureKey]:
    """Which of the areas that belong to no local one had a figure in an earlier edition."""
    if not rest or indicator.aggregation is not Aggregation.SUM:
        return frozenset()
    newest = {each.year: each.version for each in archive.editions if each.year < edition.year}
    rows = archive.observations
    rows = rows[rows["area"].isin(rest) & (rows["indicator"] == indicator.indicator)]
    rows = rows[rows["sound"] & (rows["missing"] == "")]
    return frozenset(
        (indicator.indicator, area)
        for year, version, area in zip(rows["year"], rows["version"], rows["area"], strict=True)
        if newest.get(year) == version
    )


# Bodies -------------------------------------------------------------------------------------


def reporter_of(archive: Archive, indicator: Indicator, area: str, on: date) -> Agency | None:
    """Who owes a row on a day: the area's own body; where it has none, the indicator's reporter.

    Of one that had ended by then, the one that had taken over, of whoever took over from that
    again; None where several had: of them nobody owes it alone.
    """
    own = body_of_area(archive, area, on) if area != archive.plan.scope else None
    there = in_office(archive, own.agency, on) if own is not None else ()
    there = there or in_office(archive, indicator.reporter, on)
    return there[0] if len(there) == 1 else None


def body_of_area(archive: Archive, area: str, on: date) -> Agency | None:
    """The body that reports for an area on a day, else did; None where the plan names none."""
    owing = owing_by_area(archive).get(area, ()) or bodies_by_area(archive).get(area, ())
    return next((each for each in owing if existed(each, on)), owing[-1] if owing else None)


def reporters(archive: Archive, edition: Edition) -> tuple[Agency, ...]:
    """The agencies that owe rows or a report in an edition, in the plan's order.

    Who has ended by the day that the figures stand for is asked no longer; successors are.
    """
    on = edition.as_of
    found = [reporter_of(archive, *pair, on) for pair in rows_asked(archive, edition)]
    for duty in archive.duties:
        if is_to_report(duty) and existed(duty, on):
            # What several took over, nobody is asked for by a guess.
            there = in_office(archive, duty.agency, on)
            found += there if len(there) == 1 else ()
    owing = {each.agency for each in found if each is not None}
    return tuple(agency for agency in archive.agencies if agency.agency in owing)


# Editions to come ---------------------------------------------------------------------------


def edition_of(archive: Archive, year: int) -> Edition | None:
    """The newest version of a year; None where there is none."""
    return next((each for each in newest(archive.editions) if each.year == year), None)


def planned(archive: Archive, year: int) -> Edition | None:
    """The edition of a year, or what it will be like; None where there is none to go by.

    It stands for the end of the year.
    """
    found = edition_of(archive, year)
    last = max(archive.editions, key=lambda each: (each.year, each.version), default=None)
    if found is not None or last is None:
        return found
    as_of = date(year, 12, 31)
    geography = level_on(archive, as_of, last) or last.geography
    return replace(last, year=year, version=1, as_of=as_of, geography=geography)


def level_on(archive: Archive, on: date, last: Edition | None) -> str | None:
    """The level that reports on a day: the last edition's, where it is still there, else the next.

    That is the highest below the plan's scope; None where there is none.
    """
    below = AREA_LEVELS[AREA_LEVELS.index(archive.areas[archive.plan.scope].level) + 1 :]
    for level in (*((last.geography,) if last is not None else ()), *below):
        if level not in AREA_LEVELS_WITHOUT_RANK and local_on(archive, level, on):
            return str(level)
    return None
