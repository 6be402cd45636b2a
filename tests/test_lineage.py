"""What an area became and came from: told apart are wholly, in part and possibly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from makers_at_hand import an_area
from test_areas import FIRST, LAST, STRADDLING, SUCCESSORS, real
from worlds_at_hand import World, all_ways, day, without, worlds

from tiendo.judge.areas import in_territory, local_areas
from tiendo.judge.lineage import Kin, Lineage, Share, kin, lineage, predecessor
from tiendo.terms import Text

WHOLE, PARTIAL, POSSIBLE = Share.WHOLE, Share.PARTIAL, Share.POSSIBLE


def of(world: World) -> Lineage:
    return lineage(world.areas(), world.changes())


def asked(world: World, area: str, period: int, other: int) -> Kin:
    return kin(of(world), area, day(period), day(other), world.areas_in(other))


def shares(found: Kin) -> dict[str, tuple[Share, Share]]:
    return {each.area: (each.given, each.taken) for each in found.relatives}


# Examples -----------------------------------------------------------------------------------


def test_an_area_that_did_not_change_is_its_own_relative() -> None:
    world = World(pieces=(("a", "a"), ("b", "b")))

    assert shares(asked(world, "a", 0, 1)) == {"a": (WHOLE, WHOLE)}


def test_a_renamed_area_is_the_same_land() -> None:
    world = World(pieces=(("old", "new"), ("old", "new")))

    assert shares(asked(world, "old", 0, 1)) == {"new": (WHOLE, WHOLE)}
    assert shares(asked(world, "new", 1, 0)) == {"old": (WHOLE, WHOLE)}


def test_whoever_held_just_the_same_land_came_before_and_of_others_nobody_did() -> None:
    world = World(
        pieces=(("a", "a"), ("old", "new"), ("b", "c"), ("d", "c"), ("e", "e"), ("e", "f"))
    )
    known = of(world)

    def before(area: str, among: tuple[str, ...]) -> str | None:
        return predecessor(known, area, day(1), day(0), among)

    everyone = tuple(world.areas_in(0))
    assert {area: before(area, everyone) for area in world.areas_in(1)} == {
        "a": "a",
        "new": "old",
        "c": None,
        "e": None,
        "f": None,
    }
    # It need not be one of those that report, where its borders stayed the same.
    assert (before("a", ()), before("new", ())) == ("a", None)


def test_an_area_renamed_twice_is_the_same_land() -> None:
    world = World(pieces=(("a", "b", "c"),))

    assert shares(asked(world, "a", 0, 2)) == {"c": (WHOLE, WHOLE)}


def test_of_a_split_area_each_successor_is_a_part_and_wholly_inside() -> None:
    world = World(pieces=(("a", "b"), ("a", "c")))

    assert shares(asked(world, "a", 0, 1)) == {"b": (PARTIAL, WHOLE), "c": (PARTIAL, WHOLE)}


def test_what_was_split_and_merged_again_is_whole() -> None:
    world = World(pieces=(("a", "b", "d"), ("a", "c", "d"), ("x", "x", "d")))

    assert shares(asked(world, "a", 0, 2)) == {"d": (WHOLE, PARTIAL)}


def test_a_part_of_a_whole_that_took_in_others_is_only_possible() -> None:
    world = World(pieces=(("a", "m", "p"), ("b", "m", "q")))

    assert shares(asked(world, "a", 0, 2)) == {
        "p": (POSSIBLE, POSSIBLE),
        "q": (POSSIBLE, POSSIBLE),
    }


def test_a_part_of_a_part_is_certain_where_the_middle_lay_wholly_inside() -> None:
    world = World(pieces=(("a", "b", "d"), ("a", "b", "e"), ("a", "c", "c")))

    assert shares(asked(world, "a", 0, 2))["d"] == (PARTIAL, WHOLE)


def test_a_part_that_went_on_wholly_is_certain() -> None:
    world = World(pieces=(("a", "m", "n"), ("a", "c", "c"), ("b", "m", "n")))

    assert shares(asked(world, "a", 0, 2)) == {"n": (PARTIAL, PARTIAL), "c": (PARTIAL, WHOLE)}


def test_an_area_that_takes_land_in_keeps_all_of_its_own() -> None:
    world = World(pieces=(("a", "a"), ("b", "a")))

    assert shares(asked(world, "a", 0, 1)) == {"a": (WHOLE, PARTIAL)}


def test_an_area_that_gives_land_away_goes_on_with_the_rest() -> None:
    world = World(pieces=(("a", "a"), ("a", "b"), ("b", "b")))

    assert shares(asked(world, "a", 0, 1)) == {"a": (PARTIAL, WHOLE), "b": (PARTIAL, PARTIAL)}


def test_a_circle_of_names_ends() -> None:
    world = World(pieces=(("a", "b", "a"), ("b", "a", "b")))
    found = asked(world, "a", 0, 2)

    assert shares(found) == {"a": (WHOLE, WHOLE)}
    assert found.complete


def test_land_that_no_row_tells_of_leaves_the_relatives_incomplete() -> None:
    world = World(pieces=(("a", "b"), ("a", "c")))
    known = lineage(world.areas(), world.changes()[:1])
    found = kin(known, "a", day(0), day(1), ("b", "c"))

    assert shares(found) == {"b": (PARTIAL, WHOLE)}
    assert not found.complete


def test_relatives_that_are_not_asked_about_leave_it_incomplete() -> None:
    world = World(pieces=(("a", "b"), ("a", "c")))

    assert not kin(of(world), "a", day(0), day(1), ("b",)).complete


def test_a_dissolved_district_became_what_its_communes_became() -> None:
    world = World(
        pieces=(("k", "m"), ("l", "m"), ("n", "m"), ("n", "o")), districts=("D1", "D1", "D2", "D2")
    )
    known = of(world)

    assert shares(kin(known, "D1", day(0), day(1), "mo")) == {"m": (WHOLE, PARTIAL)}
    assert shares(kin(known, "o", day(1), day(0), ("D1", "D2"))) == {"D2": (WHOLE, PARTIAL)}


def test_a_commune_that_ended_before_its_district_is_no_part_of_what_that_became() -> None:
    # In 2022 k went into m; in 2023 their district was dissolved, and m was renamed.
    world = World(pieces=(("k", "m", "n"), ("m", "m", "n")))
    whole = an_area(
        area="D1", level="district", name=Text(vi="D1"), until=day(2) - timedelta(days=1)
    )
    inner = {name: replace(area, parent="D1") for name, area in world.areas().items()}
    inner["n"] = replace(inner["n"], parent=None)
    known = lineage({**inner, "D1": whole}, world.changes())
    found = kin(known, "D1", day(1), day(2), ("n",))

    assert shares(found) == {"n": (WHOLE, WHOLE)}
    assert found.complete


# Laws ---------------------------------------------------------------------------------------


@given(worlds(), st.data())
def test_what_is_said_of_two_areas_is_true_in_the_world(world: World, data: st.DataObject) -> None:
    period, other = (data.draw(st.integers(0, world.periods - 1)) for _ in "ab")
    area = data.draw(st.sampled_from(world.areas_in(period)))
    held = world.land(area, period)
    found = asked(world, area, period, other)

    overlapping = {name for name in world.areas_in(other) if held & world.land(name, other)}
    assert overlapping <= {each.area for each in found.relatives}
    for each in found.relatives:
        theirs = world.land(each.area, other)
        assert each.given is not WHOLE or held <= theirs
        assert each.taken is not WHOLE or theirs <= held
        assert {each.given, each.taken} == {POSSIBLE} or held & theirs


@given(worlds(), st.data())
def test_the_shares_of_an_areas_successors_cover_it(world: World, data: st.DataObject) -> None:
    period, other = (data.draw(st.integers(0, world.periods - 1)) for _ in "ab")
    area = data.draw(st.sampled_from(world.areas_in(period)))
    found = asked(world, area, period, other)
    together: set[int] = set().union(*(world.land(each.area, other) for each in found.relatives))

    assert found.complete
    assert world.land(area, period) <= together


@given(worlds(), st.data())
def test_nothing_more_could_be_said_than_is_said(world: World, data: st.DataObject) -> None:
    """What is not whole, or not certain, is so in another world that has the same rows."""
    last = world.periods - 1
    area = data.draw(st.sampled_from(world.areas_in(0)))
    every = all_ways(world)
    assert every.changes() == world.changes()
    for each in asked(world, area, 0, last).relatives:
        held, theirs = every.land(area, 0), every.land(each.area, last)
        assert (each.given is WHOLE) == (held <= theirs)
        assert (each.taken is WHOLE) == (theirs <= held)
        apart = without(every, [(area, 0), (each.area, last)])
        same = apart is not None and apart.changes() == world.changes()
        same = same and apart is not None and apart.areas_in(0) == world.areas_in(0)
        # An area that nothing happened to has no row, but land.
        same = same and apart is not None and apart.areas_in(last) == world.areas_in(last)
        assert ({each.given, each.taken} == {POSSIBLE}) == same


def composed(world: World, area: str) -> dict[str, tuple[Share, Share]]:
    """What two tables of relatives, of one change each, say of both changes."""
    first = shares(asked(world, area, 0, 1))
    second = {middle: shares(asked(world, middle, 1, 2)) for middle in first}
    found: dict[str, tuple[Share, Share]] = {}
    for end in sorted({name for table in second.values() for name in table}):
        back = shares(asked(world, end, 2, 1))
        certain = any(
            (near[0] is not POSSIBLE and far[0] is WHOLE)
            or (near[1] is WHOLE and far[0] is not POSSIBLE)
            for middle, near in first.items()
            if (far := second[middle].get(end))
        )
        overlap = PARTIAL if certain else POSSIBLE
        inside = all(middle in first and first[middle][1] is WHOLE for middle in back)
        holds = all(second[middle].get(end, (overlap,))[0] is WHOLE for middle in first)
        found[end] = (WHOLE if holds else overlap, WHOLE if inside else overlap)
    return found


@given(worlds(periods=3), st.data())
def test_going_over_two_changes_is_going_over_their_composition(
    world: World, data: st.DataObject
) -> None:
    area = data.draw(st.sampled_from(world.areas_in(0)))

    assert shares(asked(world, area, 0, 2)) == composed(world, area)


@given(worlds(), st.data())
def test_from_either_side_two_areas_are_the_same_kin(world: World, data: st.DataObject) -> None:
    last = world.periods - 1
    area = data.draw(st.sampled_from(world.areas_in(0)))
    for each in asked(world, area, 0, last).relatives:
        assert shares(asked(world, each.area, last, 0))[area] == (each.taken, each.given)


@given(worlds(districts=True), st.data())
def test_what_is_said_of_a_dissolved_district_is_true(world: World, data: st.DataObject) -> None:
    last = world.periods - 1
    known = of(world)
    district = data.draw(st.sampled_from(sorted(set(world.districts))))
    held = world.land(district, 0)
    found = kin(known, district, day(0), day(last), world.areas_in(last))
    back = {
        name: kin(known, name, day(last), day(0), set(world.districts))
        for name in world.areas_in(last)
    }

    # A commune that goes on after its district is not told from what it holds later: see below.
    for each in found.relatives:
        theirs = world.land(each.area, last)
        assert each.given is not WHOLE or held <= theirs
        assert each.taken is not WHOLE or theirs <= held
    assert found.complete
    for name, others in back.items():
        assert others.complete
        for other in others.relatives:
            theirs = world.land(other.area, 0)
            assert other.given is not WHOLE or world.land(name, last) <= theirs
            assert other.taken is not WHOLE or theirs <= world.land(name, last)


# The reform of July 2025 --------------------------------------------------------------------


@pytest.fixture(scope="module")
def known() -> Lineage:
    return lineage(real().areas, real().area_changes)


def communes(on: date) -> tuple[str, ...]:
    archive = real()
    territory = in_territory(archive.areas, archive.area_changes, archive.plan.scope)
    return local_areas(archive.areas, territory, "commune", on)


def codes(names: tuple[str, ...]) -> set[str]:
    return {real().areas[name].code for name in names}


@pytest.mark.parametrize("district", SUCCESSORS)
def test_of_a_former_district_the_communes_inside_and_those_across_are_told(
    known: Lineage, district: str
) -> None:
    found = kin(known, district, LAST, date(2025, 12, 31), communes(FIRST))
    across = {code for code, districts in STRADDLING.items() if district in districts.split()}
    plain = {code for code in SUCCESSORS[district].split() if not code.endswith("*")}

    assert codes(found.straddling) == across
    assert codes(found.inside) == plain
    assert found.complete


def test_tu_minh_is_in_part_of_two_districts_and_holds_neither(known: Lineage) -> None:
    found = kin(known, "phuong-tu-minh", FIRST, date(2023, 12, 31), SUCCESSORS)

    assert shares(found) == {
        "cam-giang": (PARTIAL, PARTIAL),
        "tp-hai-duong": (PARTIAL, PARTIAL),
    }
    assert found.complete


def test_the_ward_of_the_citys_name_lay_wholly_in_the_city(known: Lineage) -> None:
    found = kin(known, "phuong-hai-duong", FIRST, LAST, SUCCESSORS)

    assert shares(found) == {"tp-hai-duong": (WHOLE, PARTIAL)}
