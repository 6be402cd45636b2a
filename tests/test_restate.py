"""Series on the borders of other years: exact where parts fit, a range where they straddle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from functools import cache
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages_at_hand import SMALL, inspect
from worlds_at_hand import World, day, worlds

from tiendo.judge.restate import restated, span
from tiendo.terms import Archive, Edition, Figure, Missing, Obstacle, Restated, Status

parts = st.integers(0, 4).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d)))


# The range ----------------------------------------------------------------------------------


def splits(part: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Every share n of d that may lie inside, so that what remains outside is possible too."""
    numerator, denominator = part
    for d in range(denominator + 1):
        for n in range(d + 1):
            if 0 <= numerator - n <= denominator - d:
                yield n, d


@given(parts, st.lists(parts, max_size=3))
def test_the_range_is_that_of_all_splits(
    certain: tuple[int, int], straddling: list[tuple[int, int]]
) -> None:
    ratios = [
        Fraction(certain[0] + sum(n for n, _ in split), people)
        for split in product(*(list(splits(part)) for part in straddling))
        if (people := certain[1] + sum(d for _, d in split))
    ]

    assert span(certain, straddling) == ((min(ratios), max(ratios)) if ratios else None)


@pytest.mark.parametrize(
    ("certain", "straddling", "expected"),
    [
        ((40, 100), [], (Fraction(2, 5), Fraction(2, 5))),
        ((40, 100), [(0, 0)], (Fraction(2, 5), Fraction(2, 5))),
        ((40, 100), [(10, 20)], (Fraction(40, 110), Fraction(50, 110))),
        ((0, 0), [(10, 20)], (Fraction(0), Fraction(1))),
        ((0, 0), [(20, 20)], (Fraction(1), Fraction(1))),
        ((0, 0), [(0, 20)], (Fraction(0), Fraction(0))),
        ((0, 0), [(0, 0)], None),
    ],
)
def test_a_range_goes_from_what_is_certain_to_what_is_possible(
    certain: tuple[int, int],
    straddling: list[tuple[int, int]],
    expected: tuple[Fraction, Fraction] | None,
) -> None:
    assert span(certain, straddling) == expected


# Of a world ---------------------------------------------------------------------------------

PIECE = st.tuples(st.integers(0, 3), st.integers(0, 3))
"""People of a piece of land: those with, and those without."""
INDICATOR = "biet-boi"


@cache
def small_plan() -> Archive:
    archive = inspect(SMALL).archive
    assert archive is not None
    return archive


def archive_of(world: World) -> Archive:
    """The small plan in another world, whose scope holds all of it."""
    archive = small_plan()
    scope = archive.areas[archive.plan.scope]
    areas = {
        name: replace(area, parent=area.parent or scope.area)
        for name, area in world.areas().items()
    }
    return replace(
        archive, areas={**areas, scope.area: scope}, area_changes=world.changes(), editions=()
    )


def edition(world: World, period: int) -> Edition:
    """What the areas of a period's last day reported; of the first, the districts if there are."""
    by_district = period == 0 and world.districts
    return replace(
        small_plan().editions[0],
        year=day(period).year,
        as_of=day(period + 1) - timedelta(days=1),
        geography="district" if by_district else "commune",
    )


def figure(area: str, year: int, people: list[tuple[int, int]]) -> Figure:
    """What an area reports that has these pieces of land."""
    with_ = sum(piece[0] for piece in people)
    all_ = sum(sum(piece) for piece in people)
    value = Fraction(100 * with_, all_) if all_ else None
    return Figure(
        indicator=INDICATOR,
        area=area,
        year=year,
        version=1,
        as_of=day(0),
        low=value,
        high=value,
        numerator=with_,
        numerator_high=with_,
        denominator=all_,
        status=Status.OFFICIAL,
    )


def told(
    world: World, people: list[list[tuple[int, int]]], **changed: object
) -> tuple[dict[tuple[str, str], tuple[Restated, ...]], dict[tuple[str, str], list[Figure]]]:
    """What is restated where each area reported its own people in each year.

    ``changed`` are fields of the figures of areas, in the last year.
    """
    archive = archive_of(world)
    editions = [edition(world, period) for period in range(world.periods)]
    figures: dict[tuple[str, str], list[Figure]] = {}
    for period in range(world.periods):
        names = set(world.districts) if period == 0 and world.districts else world.areas_in(period)
        for name in sorted(names):
            land = sorted(world.land(name, period))
            one = figure(name, day(period).year, [people[period][at] for at in land])
            if period == world.periods - 1 and name in changed:
                one = replace(one, **changed[name])  # type: ignore[arg-type]
            figures.setdefault((INDICATOR, name), []).append(one)
    return restated(archive, editions, figures), figures


@st.composite
def peopled(
    draw: st.DrawFn, *, districts: bool = False
) -> tuple[World, list[list[tuple[int, int]]]]:
    world = draw(worlds(districts=districts))
    count = len(world.pieces)
    counts = st.lists(PIECE, min_size=count, max_size=count)
    return world, [draw(counts) for _ in range(world.periods)]


@pytest.mark.parametrize("districts", [False, True])
def test_what_is_restated_is_true(districts: bool) -> None:  # noqa: FBT001 - a parameter
    """In the world that the rows are of, the figure on the borders lies in the range."""

    @given(peopled(districts=districts))
    def holds(known: tuple[World, list[list[tuple[int, int]]]]) -> None:
        world, people = known
        for (_, area), rows in told(world, people)[0].items():
            # The borders that its series stands on: the last that it had.
            last = max(p for p in range(world.periods) if world.land(area, p))
            land = world.land(area, last)
            for row in rows:
                period = row.year - day(0).year
                with_ = sum(people[period][at][0] for at in land)
                all_ = sum(sum(people[period][at]) for at in land)
                assert (
                    row.low is None
                    or row.high is None
                    or not all_
                    or (row.low <= Fraction(100 * with_, all_) <= row.high)
                )
                if row.low is not None and not row.straddling:
                    assert row.certain == (with_, all_)
                    assert row.low == row.high

    holds()


@given(peopled())
def test_restating_keeps_totals(known: tuple[World, list[list[tuple[int, int]]]]) -> None:
    """What lies inside some old borders and what straddles, each counted once, is all there is."""
    world, people = known
    found, figures = told(world, people)
    last = world.periods - 1
    ended = {name for name in world.areas_in(0) if world.areas()[name].until}
    reported = {name: figures[INDICATOR, name][-1] for name in world.areas_in(last)}
    for year_rows in found.values():
        for row in year_rows:
            if row.year != day(last).year or row.certain is None or row.straddling_parts is None:
                continue
            each = [reported[name] for name in row.inside]
            assert row.certain == (
                sum(f.numerator or 0 for f in each),
                sum(f.denominator or 0 for f in each),
            )
    if ended == set(world.areas_in(0)) and all(
        world.areas()[name].until == day(1) - timedelta(days=1) for name in ended
    ):
        rows = [found[INDICATOR, name][-1] for name in sorted(ended)]
        inside = [name for row in rows for name in row.inside]
        across = {name for row in rows for name in row.straddling}
        assert len(inside) == len(set(inside))
        assert not across & set(inside)
        assert across | set(inside) == set(world.areas_in(last))


@given(peopled())
def test_an_area_whose_borders_never_changed_has_nothing_restated(
    known: tuple[World, list[list[tuple[int, int]]]],
) -> None:
    world, people = known
    named = {name for each in world.changes() for name in (each.from_area, each.to_area)}

    assert {area for _, area in told(world, people)[0]} <= named


# What there is no figure for ----------------------------------------------------------------

SPLIT = World(pieces=(("a", "b"), ("a", "c"), ("x", "x")))
ACROSS = World(pieces=(("a", "b"), ("a", "c"), ("d", "c")))
PEOPLE = [[(4, 6), (2, 2), (1, 1)], [(5, 5), (3, 1), (1, 1)]]


def last_of(world: World, area: str, **changed: object) -> Restated:
    return told(world, PEOPLE, **changed)[0][INDICATOR, area][-1]


def test_a_split_area_goes_on_as_the_sum_of_its_successors() -> None:
    row = last_of(SPLIT, "a")

    assert (row.certain, row.straddling, row.low, row.high) == (
        (8, 14),
        (),
        Fraction(800, 14),
        Fraction(800, 14),
    )


def test_where_a_successor_straddles_the_figure_is_a_range_and_names_it() -> None:
    row = last_of(ACROSS, "a")

    assert (row.inside, row.straddling) == (("b",), ("c",))
    assert (row.certain, row.straddling_parts) == ((5, 10), (4, 6))
    assert (row.low, row.high) == (Fraction(500, 12), Fraction(900, 14))


def test_an_area_with_nothing_inside_has_no_figure() -> None:
    row = last_of(ACROSS, "d")

    assert (row.low, row.high, row.obstacle) == (None, None, Obstacle.ALL_STRADDLE)
    assert row.straddling == ("c",)


@pytest.mark.parametrize("missing", ["x", "c", "n"])
@pytest.mark.parametrize("area", ["b", "c"])
def test_a_part_that_is_missing_makes_no_figure(missing: str, area: str) -> None:
    gone = {
        "missing": Missing(missing),
        "low": None,
        "high": None,
        "numerator": None,
        "denominator": None,
    }
    row = last_of(ACROSS, "a", **{area: gone})

    assert (row.low, row.high, row.obstacle, row.absent) == (None, None, Obstacle.ABSENT, (area,))


def test_a_value_without_its_parts_makes_no_figure() -> None:
    row = last_of(SPLIT, "a", b={"numerator": None, "denominator": None})

    assert (row.obstacle, row.absent) == (Obstacle.ABSENT, ("b",))


def test_what_does_not_apply_leaves_the_sum() -> None:
    gone = {
        "missing": Missing.NOT_APPLICABLE,
        "low": None,
        "high": None,
        "numerator": None,
        "denominator": None,
    }
    row = last_of(SPLIT, "a", b=gone)

    assert (row.certain, row.low) == ((3, 4), Fraction(75))


def test_a_preliminary_part_makes_it_provisional() -> None:
    for world in (SPLIT, ACROSS):
        for part in ("b", "c"):
            assert last_of(world, "a", **{part: {"provisional": True}}).provisional
        assert not last_of(world, "a").provisional


def test_nobody_inside_makes_no_figure() -> None:
    row = told(SPLIT, [[(1, 1)] * 3, [(0, 0)] * 3])[0][INDICATOR, "a"][-1]

    assert row.obstacle is Obstacle.EMPTY


def test_a_merged_area_has_the_past_of_those_that_it_was_made_of() -> None:
    world = World(pieces=(("a", "m"), ("b", "m"), ("c", "m")))
    found, _ = told(world, PEOPLE)
    (row,) = found[INDICATOR, "m"]

    assert (row.year, row.inside, row.certain) == (2021, ("a", "b", "c"), (7, 16))


def test_an_area_made_of_a_part_has_no_past() -> None:
    assert (INDICATOR, "b") not in told(SPLIT, PEOPLE)[0]


def test_a_renamed_area_has_its_past() -> None:
    world = World(pieces=(("a", "m"), ("a", "m"), ("x", "x")))
    (row,) = told(world, PEOPLE)[0][INDICATOR, "m"]

    assert (row.year, row.certain) == (2021, (6, 14))
