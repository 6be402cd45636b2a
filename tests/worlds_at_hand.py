"""Small worlds for tests: land in pieces, who held each on each of some days, and the rows of it.

A world is made of pieces of land; each piece has its history, the areas that held it in turn.
The rows of changes are what a clerk would write who saw that: they tell less than the histories.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st
from makers_at_hand import an_area

from tiendo.terms import Area, AreaChange, Text

FIRST = date(2021, 7, 1)

History = tuple[str, ...]
"""The areas that held a piece of land, one for each period."""


def day(period: int) -> date:
    """The first day of a period."""
    return FIRST.replace(year=FIRST.year + period)


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """Pieces of land with their histories."""

    pieces: tuple[History, ...]
    districts: tuple[str, ...] = ()
    """For each piece the district of its first area, all of which end with the first period."""

    @property
    def periods(self) -> int:
        return len(self.pieces[0])

    def areas_in(self, period: int) -> list[str]:
        return sorted({piece[period] for piece in self.pieces})

    def land(self, area: str, period: int) -> set[int]:
        """The pieces that an area, or a district, held."""
        held = {at for at, piece in enumerate(self.pieces) if piece[period] == area}
        if period == 0:
            held |= {at for at, name in enumerate(self.districts) if name == area}
        return held

    def areas(self) -> dict[str, Area]:
        periods: dict[str, list[int]] = defaultdict(list)
        parents: dict[str, str] = {}
        for at, piece in enumerate(self.pieces):
            for period, name in enumerate(piece):
                periods[name].append(period)
            if self.districts:
                parents[piece[0]] = self.districts[at]
        return {
            name: _area(name, min(held), max(held), self.periods, parents.get(name))
            for name, held in periods.items()
        } | {name: _area(name, 0, 0, self.periods, None) for name in self.districts}

    def changes(self) -> tuple[AreaChange, ...]:
        """The rows that tell it, as the contract of the data wants them."""
        return tuple(
            AreaChange(on=day(period), from_area=left, to_area=end, part=part, act="x")
            for period in range(1, self.periods)
            for left, end, part in sorted(self.steps(period))
        )

    def steps(self, period: int) -> set[tuple[str, str, str]]:
        """What happened on the first day of a period: from, to, and how much."""
        ends: dict[str, set[str]] = defaultdict(set)
        for piece in self.pieces:
            ends[piece[period - 1]].add(piece[period])
        return {
            (left, end, "whole" if len(found) == 1 else "partial")
            for left, found in ends.items()
            for end in found
            if found != {left}
        }


def _area(name: str, first: int, last: int, periods: int, parent: str | None) -> Area:
    return an_area(
        area=name,
        level="district" if name.startswith("D") else "commune",
        parent=parent,
        code=name,
        name=Text(vi=name),
        since=day(first) if first else None,
        until=day(last + 1) - timedelta(days=1) if last < periods - 1 else None,
    )


@st.composite
def worlds(draw: st.DrawFn, *, periods: int | None = None, districts: bool = False) -> World:
    """Merges, splits, transfers, renames and areas that go on, in up to four periods."""
    count = draw(st.integers(1, 7))
    length = periods or draw(st.integers(2, 4))
    groups = st.lists(st.integers(0, 3), min_size=count, max_size=count)
    held = [[f"a0{group}" for group in draw(groups)]]
    for period in range(1, length):
        before = held[-1]
        names: dict[int, str] = {}
        taken: set[str] = set()
        grouped = draw(groups)
        for group in sorted(set(grouped)):
            # An area may go on: with some of its own land, under its name.
            own = {before[at] for at in range(count) if grouped[at] == group} - taken
            names[group] = draw(st.sampled_from([f"a{period}{group}", *sorted(own)]))
            taken.add(names[group])
        held.append([names[group] for group in grouped])
    parents: dict[str, str] = {}
    if districts:
        parents = {name: f"D{draw(st.integers(0, 2))}" for name in sorted(set(held[0]))}
    return World(
        pieces=tuple(zip(*held, strict=True)),
        districts=tuple(parents[name] for name in held[0]) if districts else (),
    )


def all_ways(world: World) -> World:
    """A piece of land for every way that the rows allow."""
    ways: list[History] = [(name,) for name in world.areas_in(0)]
    for period in range(1, world.periods):
        links = {(piece[period - 1], piece[period]) for piece in world.pieces}
        ways = [(*way, end) for way in ways for left, end in sorted(links) if left == way[-1]]
    return World(pieces=tuple(ways))


def without(world: World, avoided: Iterable[tuple[str, int]]) -> World | None:
    """The same world without the pieces that passed all of these; None where nothing is left."""
    passed = list(avoided)
    kept = tuple(
        piece for piece in world.pieces if not all(piece[period] == area for area, period in passed)
    )
    return World(pieces=kept) if kept else None
