"""Areas in their time: which existed on a day, which lie in a territory, what became of them.

An area's id is unique for ever, its code only in its time; ended areas stay.  What one became
stands in `AreaChange` rows: a new name, code or level is a new area with a ``whole`` row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tiendo.terms import AREA_LEVELS_WITHOUT_RANK, Area, AreaChange


@dataclass(frozen=True, kw_only=True, slots=True)
class Heir:
    """An area that has taken over another one's territory, wholly or in part."""

    area: Area
    whole: bool
    """Whether all of the heir's territory comes from the area that it is an heir of."""


def existed(area: Area, on: date) -> bool:
    """Whether an area was in force on a day."""
    return (area.since is None or area.since <= on) and (area.until is None or on <= area.until)


def in_territory(
    areas: Mapping[str, Area], changes: Iterable[AreaChange], scope: str
) -> frozenset[str]:
    """The areas that lie in the scope's territory, at whatever time.

    By their parents, or by their own descent through the changes; not by a parent's descent,
    since a parent that took the territory over holds other land too.
    """
    origins = defaultdict(list)
    for change in changes:
        if change.from_area != change.to_area:
            origins[change.to_area].append(change.from_area)

    known: dict[str, bool] = {}

    def below(name: str) -> bool:
        seen = set()
        while name and name not in seen:
            if name == scope:
                return True
            seen.add(name)
            area = areas.get(name)
            name = (area.parent if area else None) or ""
        return False

    def inside(name: str) -> bool:
        if name not in known:
            known[name] = False  # a circle of changes leads nowhere
            known[name] = below(name) or (
                # What took over the scope as a whole holds other land too: it is no part of it.
                scope not in origins[name] and any(inside(origin) for origin in origins[name])
            )
        return known[name]

    return frozenset(name for name in areas if name != scope and inside(name))


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
        Heir(area=areas[heir], whole=backward[heir] <= origins)
        for heir in sorted(found, key=lambda heir: (areas[heir].code, heir))
        if heir in areas
    )
