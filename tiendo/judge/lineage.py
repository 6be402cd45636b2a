"""What an area became and came from, over any number of changes, and by its parts.

An area's borders stay what they are between two changes that name it: that is a *state* of it.
A change leads from states that end to states that begin, always forward in time, so no circle of
names is one here.  A state holds some land that nobody has measured; what is known is which states
gave land to which.  Everything below follows from that alone:

- a state lies in a later one if every way that its land went leads there;
- it lies in an earlier one if every way that its land came starts there;
- two of them certainly overlap if some step between them starts with land of the one and ends in
  land of the other.  Else they may overlap, if any way leads from one to the other.

An area that ended without a row of its own became what its parts became.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tiendo.judge.areas import existed
from tiendo.terms import Area, AreaChange

State = tuple[str, int]
"""An area, and how many of the changes that name it lie behind it."""

_NOWHERE: State = ("", 0)
"""Where land went that no row tells of."""

_DAY = timedelta(days=1)


class Share(StrEnum):
    """How much of one area's land another one holds."""

    WHOLE = "whole"
    PARTIAL = "partial"
    POSSIBLE = "possible"
    """Perhaps none: a part of a part, and nobody knows of which."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Relative:
    """An area of another day that holds, or may hold, land of the one asked about."""

    area: str
    given: Share
    """How much of the land asked about lies in this relative."""
    taken: Share
    """How much of this relative's land lies in the area asked about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kin:
    """All relatives of an area on another day."""

    relatives: tuple[Relative, ...]
    """By id."""
    complete: bool
    """Whether they hold all of its land; else rows are missing, or lead to other areas."""

    @property
    def inside(self) -> tuple[str, ...]:
        """Those that lie wholly in the area."""
        return tuple(each.area for each in self.relatives if each.taken is Share.WHOLE)

    @property
    def straddling(self) -> tuple[str, ...]:
        """Those that lie in it with a part, or may."""
        return tuple(each.area for each in self.relatives if each.taken is not Share.WHOLE)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Lineage:
    """The states of all areas that changed, and the ways their land went."""

    areas: Mapping[str, Area]
    days: Mapping[str, Sequence[date]]
    """The days of the changes that name an area."""
    after: Mapping[State, Sequence[State]]
    before: Mapping[State, Sequence[State]]
    parts: Mapping[State, Sequence[State]]
    """Of a state that ended without a row: the states of the areas that it consisted of."""
    wholes: Mapping[State, Sequence[State]]
    """The other way round: what ended around a state."""


def lineage(areas: Mapping[str, Area], changes: Iterable[AreaChange]) -> Lineage:
    """The ways of all land, from the rows of changes and the parents of areas."""
    rows = sorted(
        {
            (each.on, each.from_area, each.to_area, each.part)
            for each in changes
            if each.from_area in areas and each.to_area in areas
        }
    )
    named: dict[str, set[date]] = defaultdict(set)
    for on, from_area, to_area, _ in rows:
        named[from_area].add(on)
        named[to_area].add(on)
    days = {area: sorted(found) for area, found in named.items()}
    after: dict[State, list[State]] = defaultdict(list)
    lost: set[State] = set()
    for on, from_area, to_area, part in rows:
        left = (from_area, bisect_right(days[from_area], on) - 1)
        after[left].append((to_area, bisect_right(days[to_area], on)))
        if part == "partial":
            lost.add(left)
    for area, found in days.items():
        for index, on in enumerate(found):
            # It took land in, and kept all of its own.
            goes_on = existed(areas[area], on - _DAY) and existed(areas[area], on)
            if goes_on and not after[area, index]:
                after[area, index].append((area, index + 1))
    for left in lost:
        if len(after[left]) == 1:
            after[left].append(_NOWHERE)
    parts = _parts(areas, days, after)
    return Lineage(
        areas=areas,
        days=days,
        after={state: ways for state, ways in after.items() if ways},
        before=_turned(after),
        parts=parts,
        wholes=_turned(parts),
    )


def _parts(
    areas: Mapping[str, Area],
    days: Mapping[str, Sequence[date]],
    after: Mapping[State, Sequence[State]],
) -> dict[State, list[State]]:
    """For each area that ended without a row of its own, the areas that were in it at the end."""
    parts: dict[State, list[State]] = defaultdict(list)
    for name in sorted(areas):
        whole = areas.get(areas[name].parent or "")
        if whole is None or whole.until is None or not existed(areas[name], whole.until):
            continue
        state = (whole.area, len(days.get(whole.area, ())))
        if not after.get(state):
            parts[state].append((name, bisect_right(days.get(name, ()), whole.until)))
    return parts


def _turned(ways: Mapping[State, Iterable[State]]) -> dict[State, list[State]]:
    turned: dict[State, list[State]] = defaultdict(list)
    for left, ends in ways.items():
        for end in ends:
            turned[end].append(left)
    return dict(turned)


def state_on(known: Lineage, area: str, on: date) -> State:
    """Which state of an area was in force on a day; for a day outside its time the nearest."""
    return area, bisect_right(known.days.get(area, ()), on)


def kin(known: Lineage, area: str, on: date, other: date, among: Iterable[str]) -> Kin:
    """What held, on another day, the land that an area held on a day; of some areas alone."""
    start = state_on(known, area, on)
    wanted = frozenset(among)

    def is_final(state: State) -> bool:
        name = state[0]
        return (
            name in wanted
            and existed(known.areas[name], other)
            and state == state_on(known, name, other)
        )

    is_later = on <= other
    reached = _reached(known, start, is_final, is_later=is_later)
    finals = sorted(state for state in reached if is_final(state))
    covered = (_lying_in_later if is_later else _lying_in_earlier)(known, finals, reached)
    from_start = (_lying_in_earlier if is_later else _lying_in_later)(known, [start], reached)
    relatives = []
    for final in finals:
        from_final = (_lying_in_later if is_later else _lying_in_earlier)(known, [final], reached)
        sides = (from_start, from_final) if is_later else (from_final, from_start)
        overlap = Share.PARTIAL if _overlap(known, *sides) else Share.POSSIBLE
        relatives.append(
            Relative(
                area=final[0],
                given=Share.WHOLE if start in from_final else overlap,
                taken=Share.WHOLE if final in from_start else overlap,
            )
        )
    return Kin(relatives=tuple(relatives), complete=start in covered)


def predecessor(
    known: Lineage, area: str, on: date, earlier: date, among: Iterable[str]
) -> str | None:
    """Who held, on an earlier day, all the land that an area holds on a day, and no other.

    The area itself where its borders stayed the same, else one of some areas that went over
    whole, under another name, code or level; None where nobody held just this land.
    """
    then = state_on(known, area, earlier)
    if existed(known.areas[area], earlier) and then == state_on(known, area, on):
        return area
    same = [
        each.area
        for each in kin(known, area, on, earlier, among).relatives
        if each.given is Share.WHOLE and each.taken is Share.WHOLE
    ]
    return same[0] if len(same) == 1 else None


def _reached(
    known: Lineage, start: State, is_final: Callable[[State], bool], *, is_later: bool
) -> set[State]:
    """The states that land may have passed on its way, in one direction, up to the final ones."""
    ways = (known.after, known.parts) if is_later else (known.before, known.wholes)
    found = {start}
    waiting = [start]
    while waiting:
        state = waiting.pop()
        if is_final(state):
            continue
        for way in ways:
            for near in way.get(state, ()):
                if near not in found:
                    found.add(near)
                    waiting.append(near)
    return found


def _lying_in_earlier(known: Lineage, seeds: Iterable[State], among: set[State]) -> set[State]:
    """The states whose land all comes from the seeds: by all of their ways, or as part of one."""
    found = set(seeds)
    waiting = list(found)
    while waiting:
        state = waiting.pop()
        inner = [part for part in known.parts.get(state, ()) if part in among]
        inner += [
            near
            for near in known.after.get(state, ())
            if near in among and all(origin in found for origin in known.before[near])
        ]
        fresh = set(inner) - found
        found |= fresh
        waiting += fresh
    return found


def _lying_in_later(known: Lineage, seeds: Iterable[State], among: set[State]) -> set[State]:
    """The states whose land all went to the seeds: by all of their ways, or with all parts."""
    found = set(seeds)
    waiting = list(found)
    while waiting:
        state = waiting.pop()
        fresh = {
            near
            for ways, back in ((known.before, known.after), (known.wholes, known.parts))
            for near in ways.get(state, ())
            if near in among and near not in found and all(end in found for end in back[near])
        }
        found |= fresh
        waiting += fresh
    return found


def _overlap(known: Lineage, earlier: set[State], later: set[State]) -> bool:
    """Whether some land certainly lies in both: all of a state's, or all of what a step moved."""
    return any(
        state in later or any(near in later for near in known.after.get(state, ()))
        for state in earlier
    )
