"""Areas in their time: which existed on a day, which lie in a territory, what became of them.

An area's id is unique for ever, its code only in its time; ended areas stay.  What one became
stands in `AreaChange` rows: a new name, code or level is a new area with a ``whole`` row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from tiendo.judge.once import once
from tiendo.terms import AREA_LEVELS_WITHOUT_RANK, Archive, Area, AreaChange


@dataclass(frozen=True, kw_only=True, slots=True)
class Heir:
    """An area that has taken over another one's territory, wholly or in part."""

    area: Area
    whole: bool
    """Whether all of the heir's territory comes from the area that it is an heir of."""


class Dated(Protocol):
    """What is there from a day on, until another: an area, a body, a duty."""

    @property
    def since(self) -> date | None:
        """Its first day; ``None``: it was there before."""

    @property
    def until(self) -> date | None:
        """Its last day; ``None``: it goes on."""


def existed(one: Dated, on: date) -> bool:
    """Whether an area, a body or a duty was in force on a day."""
    return (one.since is None or one.since <= on) and (one.until is None or on <= one.until)


@once
def territory(archive: Archive) -> frozenset[str]:
    """The areas that lie in the territory of the plan's scope, at whatever time."""
    return in_territory(archive.areas, archive.area_changes, archive.plan.scope)


@once
def local_on(archive: Archive, geography: str, on: date) -> tuple[str, ...]:
    """The areas of a level in force in the plan's territory on a day, by code, then id."""
    return local_areas(archive.areas, territory(archive), geography, on)


@once
def rest_on(archive: Archive, on: date) -> tuple[str, ...]:
    """The areas for what belongs to no local area of the plan, in force on a day."""
    return remainders(archive.areas, territory(archive), on)


def in_territory(
    areas: Mapping[str, Area], changes: Iterable[AreaChange], scope: str
) -> frozenset[str]:
    """The areas that lie in the scope's territory, at whatever time.

    By their parents, or by their own descent through the changes; not by a parent's descent,
    since a parent that took the territory over holds other land too.  An area that goes on and
    gains land stays where it was: only what began with a change descends by it.
    """
    children = defaultdict(list)
    for name, area in areas.items():
        if area.parent:
            children[area.parent].append(name)
    heirs_of = defaultdict(list)
    for change in changes:
        heir = areas.get(change.to_area)
        if heir is not None and not existed(heir, change.on - timedelta(days=1)):
            heirs_of[change.from_area].append(change.to_area)
    # What took over the scope as a whole may hold other land too: it is no part of it.
    found = {scope, *heirs_of[scope]}
    within = _reached([scope], children, found)
    return frozenset(_reached(within, heirs_of, found) + within)


def _reached(
    starts: Iterable[str], ways: Mapping[str, Iterable[str]], found: set[str]
) -> list[str]:
    """What the ways lead to that was not found before; a circle ends where it began."""
    reached: list[str] = []
    waiting = list(starts)
    while waiting:
        for name in ways.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                reached.append(name)
                waiting.append(name)
    return reached


def local_areas(
    areas: Mapping[str, Area], territory: frozenset[str], geography: str, on: date
) -> tuple[str, ...]:
    """The areas of a level in force in a territory on a day, by code, then id."""
    return tuple(
        sorted(
            (
                name
                for name in territory
                if areas[name].level == geography and existed(areas[name], on)
            ),
            key=lambda name: (areas[name].code, name),
        )
    )


def remainders(areas: Mapping[str, Area], territory: frozenset[str], on: date) -> tuple[str, ...]:
    """The areas for what belongs to no local area, in force in a territory on a day."""
    return tuple(
        sorted(
            name
            for name in territory
            if areas[name].level in AREA_LEVELS_WITHOUT_RANK and existed(areas[name], on)
        )
    )


def heirs(areas: Mapping[str, Area], changes: Iterable[AreaChange], name: str) -> tuple[Heir, ...]:
    """What an area that ended became, directly; by its parts where it has no change of its own.

    A district that was dissolved has no row: its communes have.  By code, then id.
    """
    area = areas[name]
    if area.until is None:
        return ()
    ended = {
        part.area
        for part in areas.values()
        if part.parent == name and part.until is not None and part.until >= area.until
    }
    forward: dict[str, list[str]] = defaultdict(list)
    backward: dict[str, set[str]] = defaultdict(set)
    day = area.until + timedelta(days=1)
    for change in changes:
        if change.on == day:
            forward[change.from_area].append(change.to_area)
            backward[change.to_area].add(change.from_area)
    origins = {name} if forward[name] else ended
    found = {heir for origin in origins for heir in forward[origin]}
    return tuple(
        Heir(
            area=areas[heir],
            # What it held before it went on holding: land of its own.
            whole=backward[heir] <= origins and not existed(areas[heir], area.until),
        )
        for heir in sorted(found, key=lambda heir: (areas[heir].code, heir))
        if heir in areas
    )
