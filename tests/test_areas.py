"""Which areas existed when, which lie in a territory, what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from makers_at_hand import an_area

from tiendo.judge.areas import existed, heirs, in_territory, local_areas, remainders
from tiendo.read.archive import read
from tiendo.terms import Archive, Area, AreaChange, Text

DATA = Path(__file__).parent.parent / "data"
LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)

SUCCESSORS = {
    "tp-hai-duong": "10507 10525 10532 10537 10543* 10660* 10837 11002*",
    "chi-linh": "10546 10549 10552 10570 10573 10603",
    "nam-sach": "10606 10615 10633 10642 10645",
    "kinh-mon": "10675 10678* 10705* 10714 10726 10729 10744",
    "kim-thanh": "10750* 10756* 10792 10804",
    "thanh-ha": "10813 10816 10843* 10846 10882",
    "cam-giang": "10888 10891* 10903 10909 10930",
    "binh-giang": "10945 10966 10972 10993*",
    "gia-loc": "10999 11020 11050 11065*",
    "tu-ky": "11074 11086* 11113 11131 11140 11146",
    "ninh-giang": "11164 11167 11203 11218 11224",
    "thanh-mien": "11239 11242* 11254 11257 11284",
}
"""The communes of July 2025 by the district that most of each came from, by code.

With a star: also from parts of another district.
"""

STRADDLING = {
    "10543": "tp-hai-duong cam-giang",
    "10660": "tp-hai-duong thanh-ha",
    "10678": "chi-linh kinh-mon",
    "10705": "nam-sach kinh-mon kim-thanh",
    "10750": "kinh-mon kim-thanh",
    "10756": "nam-sach kim-thanh thanh-ha",
    "10843": "thanh-ha kim-thanh",
    "10891": "tp-hai-duong cam-giang",
    "10993": "binh-giang thanh-mien",
    "11002": "tp-hai-duong gia-loc",
    "11065": "gia-loc thanh-mien",
    "11086": "thanh-ha tu-ky",
    "11242": "thanh-mien binh-giang",
}


@cache
def real() -> Archive:
    archive, _ = read(DATA)
    assert archive is not None
    return archive


def within(archive: Archive) -> frozenset[str]:
    return in_territory(archive.areas, archive.area_changes, archive.plan.scope)


# The plan's own areas -----------------------------------------------------------------------


@pytest.mark.parametrize("on", [date(2021, 12, 31), date(2024, 12, 31), LAST])
def test_the_province_has_its_12_districts_until_they_end(on: date) -> None:
    assert local_areas(real().areas, within(real()), "district", on) == tuple(SUCCESSORS)


def test_from_the_day_of_the_reform_on_there_is_no_district() -> None:
    assert local_areas(real().areas, within(real()), "district", FIRST) == ()


def test_at_the_end_of_2025_the_territory_has_exactly_the_64_communes() -> None:
    found = local_areas(real().areas, within(real()), "commune", date(2025, 12, 31))
    assert len(found) == 64
    codes = {code.rstrip("*") for row in SUCCESSORS.values() for code in row.split()}
    assert {real().areas[name].code for name in found} == codes


def test_at_the_end_of_2024_the_territory_has_207_communes() -> None:
    assert len(local_areas(real().areas, within(real()), "commune", date(2024, 12, 31))) == 207


def test_a_commune_of_the_new_parent_that_comes_from_elsewhere_is_not_in_the_territory() -> None:
    stranger = replace(real().areas["xa-tu-ky"], area="xa-vinh-bao", code="11824")
    areas = {**real().areas, "xa-vinh-bao": stranger}
    found = in_territory(areas, real().area_changes, "hai-duong")
    assert "xa-vinh-bao" not in found
    assert "xa-tu-ky" in found


def test_neither_the_scope_nor_what_took_it_over_is_part_of_the_territory() -> None:
    assert {"hai-duong", "hai-phong"} & within(real()) == set()


def test_the_areas_of_a_day_stand_by_code_and_then_by_id() -> None:
    found = local_areas(real().areas, within(real()), "commune", date(2025, 12, 31))
    codes = [real().areas[name].code for name in found]
    assert codes == sorted(codes)


def test_what_belongs_to_no_district_is_a_remainder_and_no_local_area() -> None:
    assert remainders(real().areas, within(real()), date(2024, 12, 31)) == ("truc-thuoc-tinh",)
    ended = {**real().areas}
    ended["truc-thuoc-tinh"] = replace(ended["truc-thuoc-tinh"], until=LAST)
    assert remainders(ended, within(real()), FIRST) == ()


@pytest.mark.parametrize("district", SUCCESSORS)
def test_a_district_became_its_communes_of_today_and_those_it_shares(district: str) -> None:
    found = {
        heir.area.code: heir.whole for heir in heirs(real().areas, real().area_changes, district)
    }
    mine = {code.rstrip("*"): not code.endswith("*") for code in SUCCESSORS[district].split()} | {
        code: False for code, places in STRADDLING.items() if district in places.split()
    }
    assert found == mine


def test_tu_ky_became_six_communes_one_of_them_partly_from_thanh_ha() -> None:
    found = heirs(real().areas, real().area_changes, "tu-ky")
    assert [(heir.area.name.first, heir.whole) for heir in found] == [
        ("Xã Tứ Kỳ", True),
        ("Xã Đại Sơn", False),
        ("Xã Tân Kỳ", True),
        ("Xã Chí Minh", True),
        ("Xã Lạc Phượng", True),
        ("Xã Nguyên Giáp", True),
    ]


def test_the_two_communes_that_differ_by_one_tone_mark_are_two_heirs() -> None:
    found = heirs(real().areas, real().area_changes, "cam-giang")
    names = {heir.area.area: heir.area.name.first for heir in found}
    assert names["xa-cam-giang-10888"] == "Xã Cẩm Giang"
    assert names["xa-cam-giang-10903"] == "Xã Cẩm Giàng"


def test_the_province_became_a_part_of_what_was_there_before() -> None:
    (heir,) = heirs(real().areas, real().area_changes, "hai-duong")
    assert (heir.area.area, heir.whole) == ("hai-phong", False)


def test_an_area_that_goes_on_has_no_heirs() -> None:
    assert heirs(real().areas, real().area_changes, "xa-tu-ky") == ()


# Areas made up ------------------------------------------------------------------------------


def area(name: str, level: str = "commune", parent: str | None = None, **changed: Any) -> Area:
    made = an_area(area=name, level=level, parent=parent, code=name, name=Text(vi=name), type=level)
    return replace(made, **changed)


def change(origin: str, heir: str, on: date = FIRST, part: str = "whole") -> AreaChange:
    return AreaChange(on=on, from_area=origin, to_area=heir, part=part, act="")


def known(*areas: Area) -> dict[str, Area]:
    return {each.area: each for each in areas}


def old(name: str, parent: str | None, **changed: Any) -> Area:
    return area(name, parent=parent, until=LAST, **changed)


def new(name: str, parent: str | None = None, **changed: Any) -> Area:
    return area(name, parent=parent, since=FIRST, **changed)


SCOPE = area("tinh", "province", until=LAST)
OTHER = area("thanh-pho", "province")


def test_an_area_is_in_force_on_its_first_and_on_its_last_day() -> None:
    short = area("xa", since=FIRST, until=FIRST + timedelta(days=9))
    days = [FIRST + timedelta(days=shift) for shift in (-1, 0, 9, 10)]
    assert [existed(short, day) for day in days] == [False, True, True, False]


def test_what_an_heir_became_lies_in_the_territory_too() -> None:
    later = date(2027, 1, 1)
    areas = known(
        SCOPE,
        OTHER,
        old("a", "tinh"),
        new("b", "thanh-pho", until=later - timedelta(days=1)),
        area("c", parent="thanh-pho", since=later),
    )
    found = in_territory(areas, [change("b", "c", later), change("a", "b")], "tinh")
    assert found == {"a", "b", "c"}


def test_an_area_belongs_by_its_own_descent_and_not_by_its_parents() -> None:
    areas = known(SCOPE, OTHER, old("huyen", "tinh"), new("quan", "thanh-pho"), new("xa", "quan"))
    assert in_territory(areas, [change("huyen", "quan")], "tinh") == {"huyen", "quan"}


def test_an_area_from_parts_of_two_provinces_lies_in_both_territories() -> None:
    areas = known(SCOPE, OTHER, old("a", "tinh"), old("b", "thanh-pho"), new("c", "thanh-pho"))
    changes = [change("a", "c"), change("b", "c")]
    assert "c" in in_territory(areas, changes, "tinh")
    assert "c" in in_territory(areas, changes, "thanh-pho")


def test_an_area_outside_that_goes_on_and_gains_land_stays_outside() -> None:
    areas = known(SCOPE, OTHER, area("a", parent="tinh"), area("b", parent="thanh-pho"))
    moved = [change("a", "b", part="partial"), change("a", "a", part="partial")]
    assert in_territory(areas, moved, "tinh") == {"a"}


def test_an_area_of_the_territory_that_gives_land_to_itself_is_no_heir_of_its_own() -> None:
    areas = known(SCOPE, area("a", parent="tinh"), new("b"))
    split = [change("a", "a", part="partial"), change("a", "b", part="partial")]
    assert in_territory(areas, split, "tinh") == {"a", "b"}
    assert heirs(areas, split, "a") == ()


def test_a_circle_of_changes_ends() -> None:
    areas = known(SCOPE, new("a"), new("b"), new("c"))
    circle = [change("a", "b"), change("b", "a")]
    assert in_territory(areas, circle, "tinh") == frozenset()
    assert in_territory({**areas, "d": old("d", "tinh")}, [*circle, change("d", "a")], "tinh") == {
        "a",
        "b",
        "d",
    }


def test_a_circle_of_parents_ends() -> None:
    areas = known(SCOPE, area("a", parent="b"), area("b", parent="a"))
    assert in_territory(areas, [], "tinh") == frozenset()


def test_a_parent_or_an_heir_that_is_not_known_leads_nowhere() -> None:
    areas = known(SCOPE, old("a", "tinh"), area("b", parent="nowhere"))
    assert in_territory(areas, [change("a", "gone"), change("gone", "b")], "tinh") == {"a"}


def test_a_renamed_area_has_one_heir_which_is_wholly_its_own() -> None:
    areas = known(SCOPE, old("xa-cu", "tinh"), new("xa-moi"))
    (heir,) = heirs(areas, [change("xa-cu", "xa-moi")], "xa-cu")
    assert (heir.area.area, heir.whole) == ("xa-moi", True)


def test_a_district_with_a_row_of_its_own_became_that_and_not_what_its_communes_became() -> None:
    areas = known(
        SCOPE,
        area("huyen", "district", "tinh", until=LAST),
        area("thi-xa", "district", "thanh-pho", since=FIRST),
        old("xa", "huyen"),
        new("phuong", "thi-xa"),
    )
    changes = [change("huyen", "thi-xa"), change("xa", "phuong")]
    assert [heir.area.area for heir in heirs(areas, changes, "huyen")] == ["thi-xa"]


def test_an_heir_that_was_there_before_is_not_wholly_from_what_it_took_in() -> None:
    areas = known(SCOPE, old("a", "tinh"), area("b", parent="tinh"))
    (heir,) = heirs(areas, [change("a", "b")], "a")
    assert heir.whole is False


def test_only_the_change_at_its_end_tells_what_an_area_became() -> None:
    areas = known(SCOPE, old("a", "tinh"), area("b", since=date(2023, 1, 1)), new("c"))
    changes = [
        change("a", "b", date(2023, 1, 1), "partial"),
        change("a", "a", date(2023, 1, 1), "partial"),
        change("a", "c"),
    ]
    assert [heir.area.area for heir in heirs(areas, changes, "a")] == ["c"]


def test_communes_that_ended_before_their_district_are_not_what_it_became() -> None:
    early = date(2024, 11, 30)
    areas = known(
        SCOPE,
        area("huyen", "district", "tinh", until=LAST),
        area("xa-1", parent="huyen", until=early),
        area("xa-2", parent="huyen", since=early + timedelta(days=1), until=LAST),
        new("xa-3"),
    )
    changes = [change("xa-1", "xa-2", early + timedelta(days=1)), change("xa-2", "xa-3")]
    assert [heir.area.area for heir in heirs(areas, changes, "huyen")] == ["xa-3"]


# Laws ---------------------------------------------------------------------------------------


law = settings(deadline=None, max_examples=50, derandomize=True, database=None)
"""The same examples every time, however slow the machine."""


@st.composite
def histories(draw: st.DrawFn) -> tuple[dict[str, Area], list[AreaChange]]:
    """Three times of four areas each, some of the first in the scope; every one began by changes."""
    days = [None, date(2023, 1, 1), date(2025, 1, 1)]
    ends = [date(2022, 12, 31), date(2024, 12, 31), None]
    areas = {"tinh": area("tinh", "province"), "thanh-pho": area("thanh-pho", "province")}
    changes = []
    for time in range(3):
        for place in range(4):
            parent = draw(st.sampled_from(["tinh", "thanh-pho"])) if time == 0 else None
            name = f"xa-{time}-{place}"
            areas[name] = area(name, parent=parent, since=days[time], until=ends[time])
            origins = draw(st.sets(st.integers(0, 3), min_size=1)) if time else set()
            changes += [
                change(f"xa-{time - 1}-{origin}", name, days[time] or FIRST) for origin in origins
            ]
    return areas, changes


@law
@given(histories(), st.randoms())
def test_the_order_of_areas_and_of_changes_does_not_matter(
    history: tuple[dict[str, Area], list[AreaChange]], order: Any
) -> None:
    areas, changes = history
    names, shuffled = list(areas), list(changes)
    order.shuffle(names)
    order.shuffle(shuffled)
    assert in_territory({name: areas[name] for name in names}, shuffled, "tinh") == in_territory(
        areas, changes, "tinh"
    )


@law
@given(histories())
def test_an_heir_lies_in_the_territory_just_where_something_it_came_from_does(
    history: tuple[dict[str, Area], list[AreaChange]],
) -> None:
    areas, changes = history
    found = in_territory(areas, changes, "tinh")
    for name, each in areas.items():
        origins = origins_of(changes, name)
        if each.parent is None and origins:
            assert (name in found) == bool(origins & found)


def origins_of(changes: Iterable[AreaChange], name: str) -> set[str]:
    return {each.from_area for each in changes if each.to_area == name}


@law
@given(histories())
def test_whoever_has_an_heir_is_among_its_origins_and_alone_where_it_is_whole(
    history: tuple[dict[str, Area], list[AreaChange]],
) -> None:
    areas, changes = history
    for name, each in areas.items():
        if each.until is None:
            continue
        for heir in heirs(areas, changes, name):
            origins = origins_of(changes, heir.area.area)
            assert name in origins
            assert heir.whole == (origins == {name})
