"""The plan in its years: what an edition answers to, what it is asked for, where series break.

A plan lives on after figures were signed off on it: indicators come, end and are followed by
others, rules change.  A signed version answers to the plan that is signed with it, and to no later
one; what is open answers to today's, as far as that held on the day that its figures stand for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tiendo.judge.areas import existed
from tiendo.judge.editions import is_signed_off
from tiendo.read.archive import requirements
from tiendo.terms import (
    Aggregation,
    Archive,
    Direction,
    Edition,
    Indicator,
    Level,
    MeaningChange,
    Measure,
)

BREAKS = "yes"
"""What ``breaks`` says where a series can't be read across a change; ``no``: it can."""

_PARTS: Mapping[str, Callable[[str], Any]] = {
    "parent": lambda text: text or None,
    "measure": Measure,
    "direction": Direction,
    "level": Level,
    "aggregation": Aggregation,
    "counts": lambda text: text or None,
    "threshold": lambda text: int(text) if text else None,
    "requires": requirements,
    "reporter": str,
}
"""The rules of an indicator that hold from a day on, each with how it is read."""


def is_signed(archive: Archive, edition: Edition) -> bool:
    """Whether a version is signed off, with the plan that it was measured by."""
    return edition.signed is not None and is_signed_off(archive, edition)


def in_force(indicator: Indicator, year: int) -> bool:
    """Whether the plan asks for an indicator in the edition of a year."""
    return (indicator.since is None or indicator.since <= year) and (
        indicator.until is None or year <= indicator.until
    )


def holding(archive: Archive, editions: Sequence[Edition]) -> tuple[Indicator, ...]:
    """The indicators that the plan asks for in the newest edition that may be seen."""
    year = editions[-1].year if editions else archive.plan.first_report_year
    return tuple(each for each in archive.indicators if in_force(each, year))


def checked_by(archive: Archive, edition: Edition) -> Archive:
    """The archive with the plan and the areas that a version answers to.

    Of areas a version has signed those alone that it reported for: an area of its level that it
    did not know has come later.
    """
    if edition.signed is None or not is_signed(archive, edition):
        return replace(archive, indicators=held_on(archive, edition.as_of))
    signed = {area.area: area for area in edition.signed.areas}
    return replace(
        archive,
        indicators=edition.signed.indicators,
        targets=edition.signed.targets,
        areas={
            name: area
            for name, area in archive.areas.items()
            if area.level != edition.geography or name in signed or not existed(area, edition.as_of)
        }
        | signed,
    )


def asked(archive: Archive, edition: Edition) -> tuple[Indicator, ...]:
    """The indicators that an edition is asked for: as they are today, in the form that it knew.

    Who reports what and how it adds up is as it was then; names and rules are today's.

    What the plan had not yet, or no more, nobody owes.
    """
    then = {each.indicator: each for each in checked_by(archive, edition).indicators}
    return tuple(
        replace(
            indicator,
            measure=known.measure,
            level=known.level,
            aggregation=known.aggregation,
            counts=known.counts,
            reporter=known.reporter,
        )
        for indicator in archive.indicators
        if (known := then.get(indicator.indicator)) is not None
        and in_force(indicator, edition.year)
        and in_force(known, edition.year)
    )


def is_counted_anew(archive: Archive, edition: Edition, indicator: Indicator) -> bool:
    """Whether a count is made by another rule today than an edition knew.

    What was reported of the whole area then counts by that rule; the areas' own rows do not.
    """
    if indicator.aggregation is not Aggregation.COUNT:
        return False
    then = {each.indicator: each for each in checked_by(archive, edition).indicators}
    known = then.get(indicator.indicator)
    return known is not None and known.threshold != indicator.threshold


def held_on(archive: Archive, on: date) -> tuple[Indicator, ...]:
    """The indicators as the plan had them on a day: what changed later is taken back.

    Rules alone: names and definitions are told in today's words, and years say themselves from
    when on they count.  An indicator that came later and says no year of its own is not there.
    """
    later = [
        change
        for change in sorted(archive.meaning_changes, key=lambda each: (each.on, each.row))
        if change.resource == "indicators" and change.on > on
    ]
    came = {change.key for change in later if is_arrival(change)}
    return tuple(
        _taken_back(indicator, later)
        for indicator in archive.indicators
        if indicator.since is not None or indicator.indicator not in came
    )


def is_arrival(change: MeaningChange) -> bool:
    """Whether a change is a row that came: without a column, or with that of its own id."""
    return change.column in {"", "indicator", "area"} and not change.old and bool(change.new)


def _taken_back(indicator: Indicator, later: Sequence[MeaningChange]) -> Indicator:
    """An indicator before some changes of it, the last one first."""
    before: dict[str, Any] = {}
    for change in reversed(later):
        if change.key == indicator.indicator and change.column in _PARTS:
            try:
                before[change.column] = _PARTS[change.column](change.old)
            except ValueError:
                continue  # No rule that there ever was: told where the row stands.
    return replace(indicator, **before)


def breaking(archive: Archive) -> Mapping[str, tuple[MeaningChange, ...]]:
    """The changes that series can't be read across, by indicator, in the order of their days."""
    found: dict[str, tuple[MeaningChange, ...]] = {}
    for change in sorted(archive.meaning_changes, key=lambda each: (each.on, each.row)):
        if change.resource == "indicators" and change.breaks == BREAKS:
            found[change.key] = (*found.get(change.key, ()), change)
    return found


def broken_between(
    changes: Mapping[str, Iterable[MeaningChange]], indicator: str, one: date, other: date
) -> MeaningChange | None:
    """The last change that keeps figures of two days from being compared; None: they can be."""
    first, last = sorted((one, other))
    found = [each for each in changes.get(indicator, ()) if first < each.on <= last]
    return found[-1] if found else None


def predecessors(indicators: Iterable[Indicator], name: str) -> Iterator[Indicator]:
    """The indicators that one took over from."""
    return (each for each in indicators if each.successor == name)
