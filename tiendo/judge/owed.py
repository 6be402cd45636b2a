"""Who owes which rows of an edition, and what was known of them a year before."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tiendo.judge.areas import in_territory, local_areas, remainders
from tiendo.judge.editions import newest
from tiendo.judge.measure import expected_areas, is_measurable, reported_before, rows_of
from tiendo.judge.plan_then import asked
from tiendo.judge.reporting import BEFORE
from tiendo.judge.unread import may_stand
from tiendo.terms import Agency, Aggregation, Archive, Area, Edition, Figure, Indicator, Level

FORM_VERSION = "1"
"""Raised whenever a form that was sent out can no longer be read as it was meant."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """One row that an agency is asked for."""

    indicator: Indicator
    area: Area
    optional: bool
    """Whether it may stay empty: the whole area's row, which is added up without it, and that of
    what belongs to no local area, until it is given for the first time."""
    before: Figure | None
    """What was given for it in the edition of the year before."""


def edition_of(archive: Archive, year: int) -> Edition | None:
    """The newest version of a year; None where there is none."""
    return next((each for each in newest(archive.editions) if each.year == year), None)


def planned(archive: Archive, year: int) -> Edition | None:
    """The edition of a year, or what it will be like; None where there is none to go by.

    It stands for the end of the year, and is reported by the level of the last edition, or, where
    that has ended by then, by the level that is there instead.
    """
    found = edition_of(archive, year)
    last = max(archive.editions, key=lambda each: (each.year, each.version), default=None)
    if found is not None or last is None:
        return found
    as_of = date(year, 12, 31)
    territory = in_territory(archive.areas, archive.area_changes, archive.plan.scope)
    levels = [last.geography, *sorted({archive.areas[name].level for name in territory})]
    rest = {archive.areas[name].level for name in remainders(archive.areas, territory, as_of)}
    geography = next(
        (
            level
            for level in levels
            if level not in rest and local_areas(archive.areas, territory, level, as_of)
        ),
        last.geography,
    )
    return replace(last, year=year, version=1, as_of=as_of, geography=geography)


def reporters(archive: Archive, edition: Edition) -> tuple[Agency, ...]:
    """The agencies that owe rows or a report in an edition, in the plan's order.

    Who has ended by the day that the figures stand for is asked no longer; successors are.
    """
    owing = {_reporter(archive, edition, *pair) for pair in _pairs(archive, edition)}
    for duty in archive.duties:
        if duty.due.startswith(BEFORE) and _in_force(duty.since, duty.until, edition.as_of):
            # What several took over, nobody is asked for by a guess.
            heirs = _in_office(archive, duty.agency, edition.as_of)
            owing |= {*heirs} if len(heirs) == 1 else set()
    return tuple(agency for agency in archive.agencies if agency.agency in owing)


def owed(archive: Archive, edition: Edition, reporter: str, known: Archive) -> tuple[Owed, ...]:
    """The rows that an agency is asked for, in the plan's order.

    ``known`` is what may be seen of other years: a form is no way around an embargo.
    """
    before = _before(known, edition)
    return tuple(
        Owed(
            indicator=indicator,
            area=archive.areas[area],
            optional=is_optional(indicator, area, edition, archive),
            before=before.get((indicator.indicator, area)),
        )
        for indicator, area in _pairs(archive, edition)
        if _reporter(archive, edition, indicator, area) == reporter
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """A row that is owed and has neither a figure nor a reason."""

    indicator: Indicator
    area: str
    reporter: str | None
    """Who owes it; None where the plan names nobody who is there on that day."""


def gaps(archive: Archive, edition: Edition) -> tuple[Gap, ...]:
    """What an edition lacks, in the plan's order.  A row that can't be read is no gap."""
    there = rows_of(archive, edition)
    return tuple(
        Gap(
            indicator=indicator,
            area=area,
            reporter=_reporter(archive, edition, indicator, area),
        )
        for indicator, area in _pairs(archive, edition)
        if is_empty(there.get((indicator.indicator, area)))
        and not is_optional(indicator, area, edition, archive)
        and not may_stand(edition, "observations", indicator=indicator.indicator, area=area)
    )


def is_empty(figure: Figure | None) -> bool:
    """Whether a row says nothing yet: neither a figure nor why there is none."""
    return figure is None or (
        figure.low is None and figure.numerator is None and figure.missing is None
    )


def lacking(archive: Archive, edition: Edition) -> Mapping[str, int]:
    """How many rows that are owed have neither a figure nor a reason, by who owes them."""
    return Counter(gap.reporter for gap in gaps(archive, edition) if gap.reporter is not None)


def stamp(rows: Iterable[Owed]) -> str:
    """A hash of what is asked and how: another one means that the plan was changed since."""
    lines = "".join(
        f"{row.indicator.indicator}|{row.area.area}|{row.indicator.name.vi}|{row.indicator.measure}"
        f"|{row.indicator.threshold}|{row.optional}\n"
        for row in rows
    )
    return hashlib.sha256(lines.encode()).hexdigest()[:16]


def _pairs(archive: Archive, edition: Edition) -> list[tuple[Indicator, str]]:
    territory = in_territory(archive.areas, archive.area_changes, archive.plan.scope)
    here = local_areas(archive.areas, territory, edition.geography, edition.as_of)
    rest = remainders(archive.areas, territory, edition.as_of)
    pairs: list[tuple[Indicator, str]] = []
    for indicator in asked(archive, edition):
        if not is_measurable(indicator, edition):
            continue
        pairs.append((indicator, archive.plan.scope))
        if indicator.level is Level.LOCAL:
            if indicator.aggregation is Aggregation.SUM:
                pairs += [(indicator, area) for area in rest]
            pairs += [(indicator, area) for area in expected_areas(indicator, edition, here)]
    return pairs


def is_optional(indicator: Indicator, area: str, edition: Edition, archive: Archive) -> bool:
    """Whether a row may stay empty; see ``Owed``."""
    if area == archive.plan.scope:
        return indicator.level is Level.LOCAL
    if archive.areas[area].level == edition.geography:
        return False
    return not reported_before(archive, edition, indicator, (area,))


def _reporter(archive: Archive, edition: Edition, indicator: Indicator, area: str) -> str | None:
    """Who owes a row: the area's own agency, else who reports the whole area's."""
    if area != archive.plan.scope:
        for agency in archive.agencies:
            if agency.area == area and _in_force(agency.since, agency.until, edition.as_of):
                return agency.agency
    heirs = _in_office(archive, indicator.reporter, edition.as_of)
    return heirs[0] if heirs else None


def _in_office(archive: Archive, name: str, on: date) -> tuple[str, ...]:
    """An agency, or those that took it over, as far as they are there on a day."""
    agencies = {agency.agency: agency for agency in archive.agencies}
    found: list[str] = []
    waiting, seen = [name], set()
    while waiting:
        each = agencies.get(waiting.pop(0))
        if each is None or each.agency in seen:
            continue
        seen.add(each.agency)
        if _in_force(each.since, each.until, on):
            found.append(each.agency)
        elif each.until is not None and each.until < on:
            waiting += each.successors
    return tuple(found)


def _in_force(since: date | None, until: date | None, on: date) -> bool:
    return (since is None or since <= on) and (until is None or on <= until)


def _before(archive: Archive, edition: Edition) -> Mapping[tuple[str, str], Figure]:
    last = edition_of(archive, edition.year - 1)
    if last is None:
        return {}
    return rows_of(archive, last)
