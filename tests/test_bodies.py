"""Who a body is on a day, what it owes of an edition, and what an edition to come will be like."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from makers_at_hand import EMPTY, a_plan, an_archive, an_area, an_edition, an_indicator

from tiendo.judge.bodies import bodies_by_area, group_of, groups, heirs_of, in_office, predecessors
from tiendo.judge.lacking import owed
from tiendo.judge.owed import (
    allowed,
    body_of_area,
    edition_of,
    level_on,
    owing,
    planned,
    reporter_of,
    reporters,
    rows_asked,
)
from tiendo.terms import Action, Agency, Aggregation, Archive, Area, Duty, Level, Measure

LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)
"""The districts' last day, and the communes' first."""
END_OF_2024, END_OF_2025 = date(2024, 12, 31), date(2025, 12, 31)


def body(
    name: str,
    area: str | None = None,
    *heirs: str,
    since: date | None = None,
    until: date | None = None,
) -> Agency:
    return Agency(
        agency=name,
        area=area,
        name=EMPTY,
        short=EMPTY,
        since=since,
        until=until,
        successors=heirs,
    )


def duty(agency: str, name: str = "v-1", due: str = "before:12-15", **more: object) -> Duty:
    told = {"role": "", "text": EMPTY, "clause": "", "since": None, "until": None} | more
    return Duty(duty=name, agency=agency, due=due, **told)  # type: ignore[arg-type]


def leads(*agencies: str) -> Action:
    return Action(
        action="a", section="", text=EMPTY, recurrence="", leads=agencies, lead_basis="plan"
    )


def names(found: tuple[Agency, ...]) -> list[str]:
    return [each.agency for each in found]


def district(name: str) -> Area:
    return an_area(area=name, level="district", parent="tinh", code=name, until=LAST)


AREAS = {
    "tinh": an_area(),
    "an": district("an"),
    "binh": district("binh"),
    "con-lai": an_area(area="con-lai", level="remainder", parent="tinh"),
    "xa": an_area(area="xa", level="commune", parent="tinh", since=FIRST),
}
SUMMED = an_indicator(
    indicator="tong", level=Level.LOCAL, aggregation=Aggregation.SUM, reporter="so-a"
)
COUNTED = replace(
    SUMMED,
    indicator="dem",
    measure=Measure.STANDARD,
    aggregation=Aggregation.COUNT,
    counts="district",
    threshold=1,
)
WHOLE = an_indicator(indicator="ca-tinh", reporter="so-b")
PLAN: Archive = an_archive(
    areas=AREAS,
    indicators=(SUMMED, COUNTED, WHOLE),
    agencies=(
        body("so-a"),
        body("so-b", None, "so-c", until=LAST),
        body("so-c", since=FIRST),
        body("so-d", None, "so-a", "so-c", until=LAST),
        body("uy-ban-an", "an", until=LAST),
        body("uy-ban-binh", "binh", until=LAST),
        body("uy-ban-xa", "xa", since=FIRST),
        body("hoi"),
    ),
    duties=(duty("uy-ban-an"), duty("uy-ban-binh"), duty("so-d"), duty("hoi", due="yearly")),
    editions=(an_edition(),),
)
IN_2025 = an_edition(year=2025, geography="commune")


# Who it is ----------------------------------------------------------------------------------


def test_of_a_body_that_had_ended_whoever_had_taken_over_by_then_is_in_office() -> None:
    chain = an_archive(
        agencies=(
            body("mot", None, "hai", "ba", until=date(2023, 6, 30)),
            body("hai", None, "bon", since=date(2023, 7, 1), until=LAST),
            body("ba", since=date(2024, 1, 1)),
            body("bon", None, "mot", since=FIRST),
        )
    )
    for day, there in (
        (date(2023, 6, 30), ["mot"]),
        (date(2023, 7, 1), ["hai"]),
        (date(2024, 1, 1), ["hai", "ba"]),
        (LAST, ["hai", "ba"]),
        (FIRST, ["ba", "bon"]),
    ):
        assert names(in_office(chain, "mot", day)) == there
    assert in_office(chain, "khong-co", FIRST) == ()
    lost = (body("mot", None, "khong-co", "hai", until=LAST), body("hai"))
    assert names(in_office(an_archive(agencies=lost), "mot", FIRST)) == ["hai"]


def test_heirs_are_told_nearest_first_and_none_is_its_own() -> None:
    agencies = (body("mot", None, "hai", "ba"), body("hai", None, "bon", "mot"), body("ba"))
    known = an_archive(agencies=(*agencies, body("bon", None, "khong-co")))

    assert names(heirs_of(known, agencies[0])) == ["hai", "ba", "bon"]
    assert {name: names(found) for name, found in predecessors(known).items()} == {
        "hai": ["mot"],
        "ba": ["mot"],
        "bon": ["hai"],
        "mot": ["hai"],
        "khong-co": ["bon"],
    }


def test_committees_with_the_same_duties_are_one_group_and_so_are_those_of_one_time_without() -> (
    None
):
    known = replace(
        PLAN,
        areas={**AREAS, "xa-2": replace(AREAS["xa"], area="xa-2")},
        agencies=(
            *PLAN.agencies,
            body("uy-ban-xa-2", "xa-2", since=FIRST),
            body("khong-gap"),
        ),
        actions=(leads("uy-ban-xa", "uy-ban-xa-2", "khong-co"),),
    )

    found = {each.id: names(each.members) for each in groups(known)}

    assert found == {
        "district-v-1": ["uy-ban-an", "uy-ban-binh"],
        "so-d": ["so-d"],
        "hoi": ["hoi"],
        # Without duties: who reports, who took over, who leads.
        "so-a": ["so-a"],
        "so-b": ["so-b"],
        "so-c": ["so-c"],
        "commune": ["uy-ban-xa", "uy-ban-xa-2"],
    }
    assert group_of(known)["uy-ban-binh"].duties == (PLAN.duties[0],)
    assert "khong-gap" not in group_of(known)


@pytest.mark.parametrize(
    "other",
    [
        duty("uy-ban-binh", role="lead"),
        duty("uy-ban-binh", due="before:12-14"),
        duty("uy-ban-binh", until=LAST),
        duty("uy-ban-binh", since=FIRST),
        duty("uy-ban-binh", "v-2"),
    ],
)
def test_a_committee_whose_duty_differs_in_anything_stands_alone(other: Duty) -> None:
    known = replace(PLAN, duties=(PLAN.duties[0], other))

    assert names(group_of(known)["uy-ban-an"].members) == ["uy-ban-an"]


# What it owes -------------------------------------------------------------------------------


def test_a_row_is_asked_of_the_whole_of_what_lies_nowhere_else_and_of_each_local_area() -> None:
    edition = PLAN.editions[0]

    assert [(each.indicator, area) for each, area in rows_asked(PLAN, edition)] == [
        *(("tong", area) for area in ("tinh", "con-lai", "an", "binh")),
        *(("dem", area) for area in ("tinh", "an", "binh")),
        ("ca-tinh", "tinh"),
    ]
    assert owing(PLAN, edition, SUMMED) == ("an", "binh")
    assert owing(PLAN, edition, WHOLE) == ("tinh",)
    # A count of districts is asked of nobody where communes report.
    assert (allowed(PLAN, IN_2025, COUNTED), owing(PLAN, IN_2025, COUNTED)) == ((), ())


def test_an_areas_row_is_owed_by_its_own_body_and_the_wholes_by_the_indicators() -> None:
    def who(indicator: str, area: str, on: date) -> str | None:
        known = {each.indicator: each for each in PLAN.indicators}
        found = reporter_of(PLAN, known[indicator], area, on)
        return found.agency if found is not None else None

    assert who("tong", "an", END_OF_2024) == "uy-ban-an"
    assert who("tong", "tinh", END_OF_2024) == "so-a"
    assert who("ca-tinh", "tinh", LAST) == "so-b"
    assert who("ca-tinh", "tinh", FIRST) == "so-c"
    # No body of its own, or one that has ended without heirs.
    assert who("tong", "con-lai", END_OF_2024) == "so-a"
    assert who("tong", "an", FIRST) == "so-a"
    # Several took over: nobody owes it alone.
    split = replace(WHOLE, reporter="so-d")
    assert reporter_of(PLAN, split, "tinh", FIRST) is None
    assert reporter_of(PLAN, split, "tinh", LAST) == PLAN.agencies[3]


def test_of_the_bodies_of_an_area_the_one_that_is_to_report_and_is_there_speaks_for_it() -> None:
    two = (
        body("cu", "an", until=date(2023, 12, 31)),
        body("moi", "an", since=date(2024, 1, 1)),
        body("ban", "an"),
    )
    known = replace(PLAN, agencies=two, duties=(duty("cu"), duty("moi")))

    assert body_of_area(known, "an", date(2023, 12, 31)) == two[0]
    assert body_of_area(known, "an", date(2024, 1, 1)) == two[1]
    # Without a duty to report: any that is its own; where none is there any more, the last one.
    assert body_of_area(replace(known, duties=()), "an", date(2024, 1, 1)) == two[1]
    gone = replace(known, agencies=two[:1], duties=(duty("cu"),))
    assert body_of_area(gone, "an", date(2024, 1, 1)) == two[0]
    assert body_of_area(known, "binh", date(2024, 1, 1)) is None
    assert names(bodies_by_area(known)["an"]) == ["cu", "moi", "ban"]


def test_who_owes_rows_or_a_report_is_asked_for_and_heirs_of_whoever_has_ended() -> None:
    assert names(reporters(PLAN, PLAN.editions[0])) == [
        "so-a",
        "so-b",
        "so-d",
        "uy-ban-an",
        "uy-ban-binh",
    ]
    # so-d ended for two heirs, of whom nobody is asked by a guess; a duty that ended asks nobody.
    assert names(reporters(PLAN, IN_2025)) == ["so-a", "so-c", "uy-ban-xa"]
    heir = replace(PLAN, duties=(duty("so-b"), duty("hoi", until=LAST)), indicators=())
    assert names(reporters(heir, IN_2025)) == ["so-c"]


# Editions to come ---------------------------------------------------------------------------


def test_a_year_to_come_is_like_the_newest_edition_at_its_own_end_and_on_its_level() -> None:
    last = an_edition(version=2)
    known = replace(PLAN, editions=(an_edition(year=2023), an_edition(), last))

    assert planned(known, 2024) == last
    assert edition_of(known, 2024) == last
    assert edition_of(known, 2025) is None
    assert planned(known, 2025) == replace(
        last, year=2025, version=1, as_of=END_OF_2025, geography="commune"
    )
    assert planned(replace(PLAN, editions=()), 2025) is None


def test_the_level_that_reports_is_the_last_editions_while_it_is_there_else_the_next_below() -> (
    None
):
    (edition,) = PLAN.editions
    assert level_on(PLAN, LAST, edition) == "district"
    assert level_on(PLAN, FIRST, edition) == "commune"
    # Nothing before it: the highest below the scope that there is.
    assert level_on(PLAN, LAST, None) == "district"
    assert level_on(PLAN, LAST, IN_2025) == "district"
    only = {name: AREAS[name] for name in ("tinh", "con-lai")}
    assert level_on(replace(PLAN, areas=only), LAST, edition) is None
    # What lies below a scope that is a district itself.
    own = an_area(area="an", level="district")
    below = replace(PLAN, plan=a_plan(scope="an"), areas={"an": own, "xa": replace(AREAS["xa"], parent="an")})  # fmt: skip
    assert level_on(below, FIRST, None) == "commune"


def test_each_body_is_asked_for_its_own_rows_and_told_which_may_stay_empty() -> None:
    def asked(reporter: str) -> list[tuple[str, str, bool]]:
        found = owed(PLAN, PLAN.editions[0], reporter, PLAN)
        assert [each.before for each in found] == [None] * len(found)
        return [(each.indicator.indicator, each.area.area, each.optional) for each in found]

    assert asked("uy-ban-an") == [("tong", "an", False), ("dem", "an", False)]
    # The whole is added up without its own row, and what lies nowhere has reported nothing yet.
    assert asked("so-a") == [
        ("tong", "tinh", True),
        ("tong", "con-lai", True),
        ("dem", "tinh", True),
    ]
    assert asked("so-b") == [("ca-tinh", "tinh", False)]
    assert asked("hoi") == []
