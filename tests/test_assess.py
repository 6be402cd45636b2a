"""The contract of verdicts: the rules in their order, one sentence of it in each test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from makers_at_hand import EMPTY, EMPTY_CELLS, a_plan, an_archive, an_area, an_edition, an_indicator

from tiendo.config import site_settings
from tiendo.judge.areas import existed
from tiendo.judge.assess import results
from tiendo.read.archive import OBSERVATION_COLUMNS
from tiendo.terms import (
    Aggregation,
    Archive,
    Area,
    Assessment,
    Direction,
    Edition,
    Indicator,
    Level,
    Measure,
    Results,
    Target,
    Text,
    Verdict,
)
from tiendo.words.desk import Desk
from tiendo.words.verdicts import gap_signed, gap_words, pace_facts, sentences
from tiendo.words.wording import words

NOW = datetime(2040, 1, 1, tzinfo=timezone(timedelta(hours=7)))
SCOPE = "tinh"
DISTRICTS = tuple(f"huyen-{number:02}" for number in range(1, 13))
COMMUNES = ("xa-1", "xa-2", "xa-3")
END = date(2025, 6, 30)
"""Last day of the province and of its districts; communes begin on the next."""

WHOLE = an_indicator()
"""A share that the whole area reports."""
SUMMED = replace(WHOLE, level=Level.LOCAL, aggregation=Aggregation.SUM)
COUNTED = replace(
    SUMMED,
    measure=Measure.STANDARD,
    aggregation=Aggregation.COUNT,
    counts="district",
    threshold=3,
)
TITLE = replace(WHOLE, measure=Measure.TITLE, direction=Direction.REACH)


def area(name: str, level: str, parent: str | None, **changed: Any) -> Area:
    made = an_area(area=name, level=level, parent=parent, code=name, name=Text(vi=name), type=level)
    return replace(made, **changed)


AREAS = {
    SCOPE: area(SCOPE, "province", None),
    **{name: area(name, "district", SCOPE) for name in DISTRICTS},
}
REFORMED = {
    **{name: replace(place, until=END) for name, place in AREAS.items()},
    **{name: area(name, "commune", SCOPE, since=END + timedelta(days=1)) for name in COMMUNES},
}


def edition(year: int, as_of: date, areas: Mapping[str, Area]) -> Edition:
    return an_edition(
        year=year,
        as_of=as_of,
        geography="district" if existed(areas[DISTRICTS[0]], as_of) else "commune",
    )


def row(line: str) -> dict[str, object]:
    """A row from "year area figure", then P or E for its status, B for a break, a date as as_of."""
    year, place, figure, *marks = line.split()
    parts = figure.split("/")
    known = figure not in {"z", "x", "c", "n"}
    days = [date.fromisoformat(mark) for mark in marks if "-" in mark]
    return {
        "year": int(year),
        "version": 1,
        "row": 2,
        "sound": True,
        "indicator": "chi-tieu",
        "area": place,
        "numerator": int(parts[0]) if len(parts) > 1 else None,
        "denominator": int(parts[1]) if len(parts) > 1 else None,
        "value": Decimal(figure) if known and len(parts) == 1 else None,
        "status": "" if not known else next((m for m in marks if m in {"P", "E"}), "A"),
        "missing": "" if known else figure,
        "as_of": days[0] if days else None,
        "break_": Text(vi="cách đo mới") if "B" in marks else EMPTY,
    }


def archive(
    indicator: Indicator,
    targets: Mapping[int, str],
    *lines: str,
    own: Mapping[tuple[str, int], str] | None = None,
    years: tuple[int, ...] = (),
    as_of: Mapping[int, date] | None = None,
    areas: Mapping[str, Area] = AREAS,
) -> Archive:
    """An archive of one indicator; editions for the years of its rows and for ``years``."""
    rows = [{"source": "", "decision": ""} | row(line) for line in lines]
    all_years = sorted({int(line.split()[0]) for line in lines} | set(years))
    wanted = {(None, year): value for year, value in targets.items()} | dict(own or {})
    return an_archive(
        plan=a_plan(scope=SCOPE),
        indicators=(indicator,),
        targets=tuple(
            (
                Target(
                    indicator="chi-tieu",
                    area=place,
                    year=year,
                    value=Decimal(value),
                    wording=EMPTY,
                    clause="",
                )
                for (place, year), value in wanted.items()
            )
        ),
        areas=areas,
        editions=tuple(
            edition(year, (as_of or {}).get(year, date(year, 12, 31)), areas) for year in all_years
        ),
        observations=pd.DataFrame(
            {
                name: pd.Series([each.get(name, EMPTY_CELLS[name]) for each in rows], dtype=dtype)
                for name, dtype in OBSERVATION_COLUMNS.items()
            }
        ),
    )


def judged(known: Archive, year: int = 2025, place: str = SCOPE) -> Assessment:
    """The assessment at a milestone."""
    series = results(known, NOW).assessments["chi-tieu", place]
    return next(each for each in series if each.target.year == year)


def verdict(
    indicator: Indicator, target: str, *lines: str, year: int = 2025, **how: Any
) -> Verdict:
    """The whole area's verdict on one target."""
    return judged(archive(indicator, {year: target}, *lines, **how), year).verdict


def districts(year: int, *levels: int | str) -> list[str]:
    """A row of each district: the levels given, then the last of them for all others."""
    filled = [*levels, *[levels[-1]] * (len(DISTRICTS) - len(levels))]
    return [f"{year} {name} {level}" for name, level in zip(DISTRICTS, filled, strict=True)]


def held(year: int, count: int) -> list[str]:
    """A row of each district, so many of which hold the standard."""
    return districts(year, *[3] * count, *[2] * (len(DISTRICTS) - count))


# What a verdict follows from ----------------------------------------------------------------


def test_a_verdict_follows_from_the_figures_up_to_its_milestone_and_from_no_later_one() -> None:
    early = archive(WHOLE, {2025: "70"}, f"2024 {SCOPE} 60", f"2025 {SCOPE} 65")
    later = archive(WHOLE, {2025: "70"}, f"2024 {SCOPE} 60", f"2025 {SCOPE} 65", f"2026 {SCOPE} 90")
    assert judged(early).verdict is Verdict.MISSED
    assert judged(later) == judged(early)


def test_a_later_break_changes_no_earlier_verdict() -> None:
    lines = (f"2023 {SCOPE} 50", f"2024 {SCOPE} 61")
    later = (*lines, f"2026 {SCOPE} 80 B")
    assert verdict(WHOLE, "70", *lines) is Verdict.ON_TRACK
    assert verdict(WHOLE, "70", *later) is Verdict.ON_TRACK


def test_new_years_eve_alone_changes_no_verdict() -> None:
    known = archive(WHOLE, {2025: "70"}, f"2023 {SCOPE} 60", f"2024 {SCOPE} 61")
    eve = datetime(2025, 12, 31, 23, 59, tzinfo=NOW.tzinfo)
    before, after = (
        results(known, moment).assessments for moment in (eve, eve + timedelta(minutes=1))
    )
    assert before == after
    assert judged(known).verdict is Verdict.BEHIND


def test_every_milestone_has_its_verdict() -> None:
    known = archive(WHOLE, {2025: "60", 2030: "90"}, f"2024 {SCOPE} 60", f"2025 {SCOPE} 61")
    found = results(known, NOW).assessments["chi-tieu", SCOPE]
    assert [(each.target.year, each.verdict) for each in found] == [
        (2025, Verdict.MET),
        (2030, Verdict.BEHIND),
    ]


@pytest.mark.parametrize(
    ("newest", "milestone"), [(2024, 2025), (2025, 2025), (2026, 2030), (2030, 2030), (2031, 2030)]
)
def test_the_headline_is_the_first_target_year_not_before_the_newest_edition_else_the_last(
    newest: int, milestone: int
) -> None:
    known = archive(WHOLE, {2025: "60", 2030: "90"}, f"{newest} {SCOPE} 50")
    assert results(known, NOW).headlines["chi-tieu", SCOPE].target.year == milestone


def test_without_any_edition_there_is_a_verdict_and_the_first_milestone_is_in_question() -> None:
    known = archive(WHOLE, {2025: "60", 2030: "90"})
    headline = results(known, NOW).headlines["chi-tieu", SCOPE]
    assert (headline.verdict, headline.target.year) == (Verdict.TOO_LITTLE_DATA, 2025)


# Comparing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numerator", "target", "expected"),
    [
        (8, "66.67", Verdict.MISSED),
        (8, "66.66", Verdict.MET),
        (8, "70", Verdict.MISSED),
        (9, "75", Verdict.MET),
        (9, "75.1", Verdict.MISSED),
    ],
)
def test_counts_are_compared_exactly_before_any_rounding(
    numerator: int, target: str, expected: Verdict
) -> None:
    assert verdict(COUNTED, target, *held(2025, numerator)) is expected


def test_a_share_that_rounds_to_its_target_misses_it() -> None:
    assert verdict(WHOLE, "70", f"2025 {SCOPE} 6999999/10000000") is Verdict.MISSED


def test_a_third_of_the_way_each_year_is_exactly_on_track() -> None:
    lines = (f"2022 {SCOPE} 0/3", f"2023 {SCOPE} 1/3")
    assert verdict(WHOLE, "100", *lines) is Verdict.ON_TRACK


@pytest.mark.parametrize(
    ("target", "of", "needed"),
    [("70", 12, 9), ("90", 12, 11), ("25", 12, 3), ("50", 12, 6), ("100", 12, 12), ("70", 4, 3)],
)
def test_a_share_of_areas_needs_a_whole_number_of_them(target: str, of: int, needed: int) -> None:
    kept = {name: AREAS[name] for name in (SCOPE, *DISTRICTS[:of])}
    lines = [f"2024 {name} 0" for name in DISTRICTS[:of]]
    found = judged(archive(COUNTED, {2025: target}, *lines, areas=kept))
    assert (found.needed_count, found.gap_count) == (needed, needed)


# The rules, in their order ------------------------------------------------------------------


def test_what_counts_areas_that_have_ended_is_not_measurable_from_the_next_edition_on() -> None:
    lines = held(2024, 12)
    assert verdict(COUNTED, "70", *lines, areas=REFORMED) is Verdict.MET
    after = verdict(COUNTED, "70", *lines, years=(2025,), areas=REFORMED)
    assert after is Verdict.NOT_MEASURABLE


def test_the_last_result_of_what_is_not_measurable_stays_with_its_date() -> None:
    lines = (*held(2023, 8), *[f"{line} P" for line in held(2024, 9)])
    found = judged(archive(COUNTED, {2030: "90"}, *lines, years=(2025,), areas=REFORMED), 2030)
    assert found.latest is not None
    assert (found.latest.numerator, found.latest.as_of) == (9, date(2024, 12, 31))
    assert (found.needed_pace, found.leads_to, found.provisional) == (None, None, False)


def test_not_measurable_is_decided_on_the_day_that_the_edition_stands_for() -> None:
    lines = held(2025, 12)
    found = verdict(COUNTED, "70", *lines, as_of={2025: END}, areas=REFORMED)
    assert found is Verdict.MET


def test_a_milestone_before_the_areas_ended_keeps_its_verdict() -> None:
    targets = {2024: "70", 2025: "70"}
    known = archive(COUNTED, targets, *held(2024, 8), years=(2025,), areas=REFORMED)
    assert judged(known, 2024).verdict is Verdict.MISSED
    assert judged(known, 2025).verdict is Verdict.NOT_MEASURABLE


def test_a_title_whose_holder_has_ended_is_not_measurable() -> None:
    lines = (f"2023 {SCOPE} 1", f"2024 {SCOPE} 1")
    assert verdict(TITLE, "1", *lines, year=2030, areas=REFORMED) is Verdict.MET
    after = verdict(TITLE, "1", *lines, year=2030, years=(2025,), areas=REFORMED)
    assert after is Verdict.NOT_MEASURABLE


def test_a_title_is_measurable_on_its_holders_last_day() -> None:
    found = verdict(TITLE, "1", f"2025 {SCOPE} 1", as_of={2025: END}, areas=REFORMED)
    assert found is Verdict.MET


def test_a_share_of_the_territory_goes_on_after_its_unit_ended() -> None:
    lines = (f"2024 {SCOPE} 60", f"2025 {SCOPE} 72")
    assert verdict(WHOLE, "70", *lines, areas=REFORMED) is Verdict.MET


def test_no_figure_at_all_is_too_little_data() -> None:
    assert verdict(WHOLE, "70", f"2024 {SCOPE} x") is Verdict.TOO_LITTLE_DATA


def test_a_milestone_years_edition_without_a_figure_is_too_little_data_even_after_good_years() -> (
    None
):
    lines = (f"2023 {SCOPE} 80", f"2024 {SCOPE} 90")
    assert verdict(WHOLE, "70", *lines) is Verdict.MET
    assert verdict(WHOLE, "70", *lines, f"2025 {SCOPE} n") is Verdict.TOO_LITTLE_DATA


def test_a_milestone_without_a_figure_of_its_own_tells_of_no_way_to_it() -> None:
    found = judged(
        archive(WHOLE, {2025: "70"}, f"2023 {SCOPE} 50 P", f"2024 {SCOPE} 60 P", f"2025 {SCOPE} n")
    )
    assert (found.needed_pace, found.leads_to, found.provisional) == (None, None, False)


def test_the_latest_figure_that_meets_the_target_is_met_also_when_it_falls() -> None:
    assert verdict(WHOLE, "70", f"2023 {SCOPE} 90", f"2024 {SCOPE} 70") is Verdict.MET


def test_met_needs_no_second_figure() -> None:
    assert verdict(WHOLE, "70", f"2024 {SCOPE} 70 B") is Verdict.MET


def test_what_holds_still_is_met() -> None:
    hold = replace(COUNTED, direction=Direction.HOLD)
    assert verdict(hold, "100", *held(2023, 12), *held(2024, 12)) is Verdict.MET


def test_missed_only_by_the_milestone_years_own_figure() -> None:
    assert verdict(WHOLE, "70", f"2023 {SCOPE} 60", f"2024 {SCOPE} 59") is Verdict.NOT_MOVING
    assert verdict(WHOLE, "70", f"2024 {SCOPE} 60", f"2025 {SCOPE} 69.9") is Verdict.MISSED


def test_missed_comes_before_lost() -> None:
    hold = replace(WHOLE, direction=Direction.HOLD)
    assert verdict(hold, "100", f"2024 {SCOPE} 100", f"2025 {SCOPE} 99") is Verdict.MISSED


def test_a_hold_that_was_met_and_no_longer_is_is_lost() -> None:
    hold = replace(COUNTED, direction=Direction.HOLD)
    assert verdict(hold, "100", *held(2022, 12), *held(2023, 11)) is Verdict.LOST


def test_a_hold_once_lost_stays_lost_while_it_climbs_back() -> None:
    hold = replace(COUNTED, direction=Direction.HOLD)
    lines = (*held(2021, 12), *held(2022, 9), *held(2023, 11))
    assert verdict(hold, "100", *lines) is Verdict.LOST


def test_a_hold_that_was_met_only_before_the_break_is_not_lost() -> None:
    hold = replace(WHOLE, direction=Direction.HOLD)
    lines = (f"2021 {SCOPE} 100", f"2022 {SCOPE} 80 B", f"2023 {SCOPE} 85")
    assert verdict(hold, "100", *lines) is Verdict.BEHIND


@pytest.mark.parametrize(
    ("latest", "expected"),
    [(10, Verdict.ON_TRACK), (9, Verdict.BEHIND), (8, Verdict.NOT_MOVING)],
)
def test_a_hold_that_was_never_met_goes_on_as_up(latest: int, expected: Verdict) -> None:
    hold = replace(COUNTED, direction=Direction.HOLD)
    assert verdict(hold, "100", *held(2023, 8), *held(2024, latest), year=2025) is expected


def test_what_is_meant_to_rise_is_never_lost() -> None:
    assert verdict(WHOLE, "70", f"2022 {SCOPE} 75", f"2023 {SCOPE} 65") is Verdict.NOT_MOVING


def test_one_figure_alone_is_too_little_data() -> None:
    assert verdict(WHOLE, "70", f"2024 {SCOPE} 60") is Verdict.TOO_LITTLE_DATA


def test_one_figure_since_the_break_is_too_little_data() -> None:
    lines = (f"2022 {SCOPE} 40", f"2023 {SCOPE} 50", f"2024 {SCOPE} 60 B")
    assert verdict(WHOLE, "70", *lines) is Verdict.TOO_LITTLE_DATA


def test_one_figure_tells_what_is_needed_but_not_where_it_leads() -> None:
    found = judged(archive(WHOLE, {2025: "70"}, f"2023 {SCOPE} 60"))
    assert (found.gap, found.needed_pace, found.pace, found.leads_to) == (
        Fraction(10),
        Fraction(5),
        None,
        None,
    )


def test_a_break_in_a_year_without_a_figure_breaks_too() -> None:
    lines = (f"2022 {SCOPE} 40", f"2023 {SCOPE} n B", f"2024 {SCOPE} 60")
    assert verdict(WHOLE, "70", *lines) is Verdict.TOO_LITTLE_DATA


def test_the_pace_starts_again_at_the_break_itself() -> None:
    lines = (f"2021 {SCOPE} 20", f"2022 {SCOPE} 50 B", f"2024 {SCOPE} 60")
    found = judged(archive(WHOLE, {2025: "70"}, *lines))
    assert found.first is not None
    assert (found.first.year, found.pace, found.verdict) == (2022, Fraction(5), Verdict.BEHIND)


@pytest.mark.parametrize(
    ("target", "expected"), [("65", Verdict.ON_TRACK), ("65.1", Verdict.BEHIND)]
)
def test_on_track_means_that_the_mean_change_reaches_the_target(
    target: str, expected: Verdict
) -> None:
    lines = (f"2022 {SCOPE} 50", f"2023 {SCOPE} 59", f"2024 {SCOPE} 60")
    assert verdict(WHOLE, target, *lines) is expected


def test_the_mean_change_counts_years_and_not_editions() -> None:
    found = judged(archive(WHOLE, {2025: "70"}, f"2021 {SCOPE} 30", f"2024 {SCOPE} 60"))
    assert (found.pace, found.verdict) == (Fraction(10), Verdict.ON_TRACK)


def test_a_year_without_a_figure_makes_the_way_longer_not_the_pace_quicker() -> None:
    lines = (f"2021 {SCOPE} 30", f"2022 {SCOPE} x", f"2023 {SCOPE} 40", f"2024 {SCOPE} x")
    found = judged(archive(WHOLE, {2025: "50"}, *lines))
    assert (found.pace, found.leads_to, found.verdict) == (
        Fraction(5),
        Fraction(50),
        Verdict.ON_TRACK,
    )


@pytest.mark.parametrize("latest", ["60", "59.9"])
def test_no_rise_and_a_fall_are_not_moving(latest: str) -> None:
    assert verdict(WHOLE, "70", f"2023 {SCOPE} 60", f"2024 {SCOPE} {latest}") is Verdict.NOT_MOVING


def test_a_rise_and_fall_in_between_does_not_matter_to_the_mean() -> None:
    lines = (f"2021 {SCOPE} 50", f"2022 {SCOPE} 69", f"2023 {SCOPE} 54")
    assert judged(archive(WHOLE, {2025: "70"}, *lines)).pace == 2


# Direction ----------------------------------------------------------------------------------

FALLING = replace(WHOLE, direction=Direction.DOWN)


@pytest.mark.parametrize(
    ("first", "latest", "expected"),
    [
        ("12", "10", Verdict.MET),
        ("14", "12", Verdict.ON_TRACK),
        ("14", "13", Verdict.BEHIND),
        ("13", "13", Verdict.NOT_MOVING),
        ("13", "14", Verdict.NOT_MOVING),
    ],
)
def test_what_is_meant_to_fall_is_judged_in_the_mirror(
    first: str, latest: str, expected: Verdict
) -> None:
    lines = (f"2023 {SCOPE} {first}", f"2024 {SCOPE} {latest}")
    assert verdict(FALLING, "10", *lines) is expected


def test_what_is_meant_to_fall_misses_above_its_target() -> None:
    assert verdict(FALLING, "10", f"2025 {SCOPE} 10.1") is Verdict.MISSED
    assert verdict(FALLING, "10", f"2025 {SCOPE} 10") is Verdict.MET


def test_the_gap_of_what_is_meant_to_fall_is_what_it_is_too_high() -> None:
    found = judged(archive(FALLING, {2026: "10"}, f"2023 {SCOPE} 14", f"2024 {SCOPE} 13"), 2026)
    assert (found.gap, found.pace, found.needed_pace, found.leads_to) == (
        Fraction(3),
        Fraction(-1),
        Fraction(-3, 2),
        Fraction(11),
    )


def test_a_count_that_is_meant_to_fall_may_have_so_many_areas_at_most() -> None:
    fewer = replace(COUNTED, direction=Direction.DOWN)
    found = judged(archive(fewer, {2025: "20"}, *held(2024, 5)))
    assert (found.needed_count, found.gap_count) == (2, 3)
    assert verdict(fewer, "20", *held(2025, 3)) is Verdict.MISSED
    assert verdict(fewer, "20", *held(2025, 2)) is Verdict.MET


# Ranges -------------------------------------------------------------------------------------


def some_unknown(year: int, certain: int, unknown: int) -> list[str]:
    """A row of each district: so many hold the standard, of so many it is not known."""
    rest = len(DISTRICTS) - certain - unknown
    return districts(year, *[3] * certain, *["x"] * unknown, *[2] * rest)


def test_a_range_gives_the_verdict_that_both_its_ends_give() -> None:
    assert verdict(COUNTED, "70", *some_unknown(2025, 9, 2)) is Verdict.MET
    assert verdict(COUNTED, "70", *some_unknown(2025, 6, 2)) is Verdict.MISSED
    lines = (*held(2022, 2), *some_unknown(2023, 5, 1))
    assert verdict(COUNTED, "70", *lines) is Verdict.ON_TRACK


def test_a_range_that_straddles_the_target_is_too_little_data() -> None:
    assert verdict(COUNTED, "70", *some_unknown(2025, 8, 1)) is Verdict.TOO_LITTLE_DATA


def test_a_range_that_straddles_the_pace_is_too_little_data() -> None:
    lines = (*held(2023, 7), *some_unknown(2024, 7, 1))
    assert verdict(COUNTED, "70", *lines) is Verdict.TOO_LITTLE_DATA


def test_a_range_has_no_gap_and_no_pace_to_tell() -> None:
    found = judged(archive(COUNTED, {2025: "70"}, *held(2022, 2), *some_unknown(2023, 5, 1)))
    assert (found.gap, found.gap_count, found.pace, found.leads_to) == (None, None, None, None)
    assert found.needed_count == 9


def test_a_range_starts_no_pace() -> None:
    lines = (*some_unknown(2022, 2, 1), *held(2023, 5))
    assert verdict(COUNTED, "70", *lines) is Verdict.TOO_LITTLE_DATA
    found = judged(archive(COUNTED, {2025: "70"}, *lines, *held(2024, 6)))
    assert found.first is not None
    assert (found.first.year, found.verdict) == (2023, Verdict.BEHIND)


def test_a_range_that_may_have_met_the_target_is_no_proof_that_it_was_held() -> None:
    hold = replace(COUNTED, direction=Direction.HOLD)
    perhaps = (*held(2021, 10), *some_unknown(2022, 11, 1), *held(2023, 11))
    assert verdict(hold, "100", *perhaps, year=2024) is Verdict.BEHIND


# One area -----------------------------------------------------------------------------------

ONE = DISTRICTS[0]


def of_one(indicator: Indicator, targets: Mapping[int, str], *lines: str, **how: Any) -> Verdict:
    """One district's verdict at the first milestone."""
    known = archive(indicator, targets, *lines, **how)
    return results(known, NOW).assessments["chi-tieu", ONE][0].verdict


def test_an_areas_standard_is_compared_with_the_threshold_and_not_with_the_share() -> None:
    known = archive(COUNTED, {2025: "70"}, f"2024 {ONE} 3")
    found = judged(known, place=ONE)
    assert (found.level, found.own_target, found.verdict) == (Fraction(3), False, Verdict.MET)


def test_a_standard_without_levels_is_held_from_the_first_on() -> None:
    plain = replace(COUNTED, threshold=None)
    assert of_one(plain, {2025: "70"}, f"2024 {ONE} 1") is Verdict.MET
    assert of_one(plain, {2025: "70"}, f"2024 {ONE} 0") is Verdict.NOT_HELD


def test_a_target_of_the_whole_area_by_name_is_the_plans_and_no_districts_own() -> None:
    known = archive(SUMMED, {}, f"2024 {ONE} 60/100", own={(SCOPE, 2025): "70", (ONE, 2025): "55"})
    found = results(known, NOW).assessments
    assert [each.level for each in found["chi-tieu", ONE]] == [55]
    (other,) = found["chi-tieu", DISTRICTS[1]]
    assert (other.level, other.own_target) == (Fraction(70), False)
    assert [each.level for each in found["chi-tieu", SCOPE]] == [70]


def test_another_indicators_targets_are_no_measure_of_this_one() -> None:
    known = archive(WHOLE, {2025: "70"}, f"2024 {SCOPE} 60")
    other = replace(known.targets[0], indicator="chi-tieu-khac", year=2026)
    found = results(replace(known, targets=(*known.targets, other)), NOW)
    assert [each.target.year for each in found.assessments["chi-tieu", SCOPE]] == [2025]


def test_an_areas_standard_is_compared_with_its_own_targets_level_where_it_has_one() -> None:
    known = archive(COUNTED, {2025: "70"}, f"2024 {ONE} 2", own={(ONE, 2025): "2"})
    found = judged(known, place=ONE)
    assert (found.level, found.own_target, found.verdict) == (Fraction(2), True, Verdict.MET)
    assert judged(known, place=DISTRICTS[1]).own_target is False


def test_a_standard_never_held_is_not_held_however_much_it_rises() -> None:
    assert of_one(COUNTED, {2025: "70"}, f"2023 {ONE} 1", f"2024 {ONE} 2") is Verdict.NOT_HELD


def test_a_standard_that_was_held_is_lost_whatever_the_direction() -> None:
    assert of_one(COUNTED, {2025: "70"}, f"2023 {ONE} 3", f"2024 {ONE} 2") is Verdict.LOST


def test_an_area_misses_no_target_of_the_whole_plan() -> None:
    assert of_one(COUNTED, {2025: "70"}, f"2025 {ONE} 2") is Verdict.NOT_HELD


def test_an_area_misses_its_own_target_by_the_milestone_years_own_figure() -> None:
    own = {(ONE, 2024): "3"}
    assert of_one(COUNTED, {}, f"2023 {ONE} 2", own=own) is Verdict.NOT_HELD
    assert of_one(COUNTED, {}, f"2023 {ONE} 3", f"2024 {ONE} 2", own=own) is Verdict.MISSED


def test_a_standard_without_a_figure_in_the_milestone_years_edition_is_too_little_data() -> None:
    assert of_one(COUNTED, {2025: "70"}, f"2024 {ONE} x") is Verdict.TOO_LITTLE_DATA
    lines = (f"2023 {ONE} 3", f"2024 {ONE} x")
    assert of_one(COUNTED, {2024: "70"}, *lines) is Verdict.TOO_LITTLE_DATA
    assert of_one(COUNTED, {2025: "70"}, *lines) is Verdict.MET


def test_a_standard_has_no_pace() -> None:
    found = judged(archive(COUNTED, {2025: "70"}, f"2023 {ONE} 1", f"2024 {ONE} 2"), place=ONE)
    assert (found.gap, found.pace, found.first, found.needed_count) == (
        Fraction(1),
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((f"2024 {SCOPE} 0",), Verdict.NOT_HELD),
        ((f"2024 {SCOPE} 1",), Verdict.MET),
        ((f"2023 {SCOPE} 1", f"2024 {SCOPE} 0"), Verdict.LOST),
        ((f"2025 {SCOPE} 0",), Verdict.MISSED),
        ((f"2025 {SCOPE} x",), Verdict.TOO_LITTLE_DATA),
        ((f"2024 {SCOPE} 1", f"2025 {SCOPE} x"), Verdict.TOO_LITTLE_DATA),
        ((), Verdict.TOO_LITTLE_DATA),
    ],
)
def test_a_title_is_held_or_not(lines: tuple[str, ...], expected: Verdict) -> None:
    assert verdict(TITLE, "1", *lines) is expected


def test_a_districts_own_target_of_a_share_takes_the_place_of_the_plans() -> None:
    known = archive(SUMMED, {2025: "70", 2030: "90"}, f"2024 {ONE} 60/100", own={(ONE, 2025): "55"})
    found = results(known, NOW).assessments["chi-tieu", ONE]
    assert [(each.target.year, each.level, each.own_target) for each in found] == [
        (2025, Fraction(55), True),
        (2030, Fraction(90), False),
    ]
    assert found[0].verdict is Verdict.MET
    assert judged(known, 2025).level == 70


# Areas that ended ---------------------------------------------------------------------------


def test_an_ended_area_keeps_the_verdict_and_the_headline_of_its_last_figure_dated() -> None:
    lines = (f"2023 {ONE} 50/100", f"2024 {ONE} 60/100")
    then, now = (
        results(
            archive(SUMMED, {2025: "70", 2030: "90"}, *lines, years=later, areas=REFORMED), NOW
        ).headlines["chi-tieu", ONE]
        for later in ((), (2025, 2026))
    )
    assert (then.verdict, then.target.year, then.ended) == (Verdict.ON_TRACK, 2025, None)
    assert now == replace(then, ended=END)


def test_an_ended_area_misses_no_year_that_it_did_not_complete() -> None:
    lines = (f"2024 {ONE} 60/100", f"2025 {ONE} 65/100 2025-06-30", f"2025 {COMMUNES[0]} 1/2")
    known = archive(SUMMED, {2025: "70"}, *lines, areas=REFORMED)
    assert judged(known, place=ONE).verdict is Verdict.BEHIND


def test_an_ended_area_has_met_what_its_last_figure_meets() -> None:
    lines = (f"2024 {ONE} 60/100", f"2025 {ONE} 75/100 2025-06-30", f"2025 {COMMUNES[0]} 1/2")
    known = archive(SUMMED, {2025: "70"}, *lines, areas=REFORMED)
    assert judged(known, place=ONE).verdict is Verdict.MET


def test_an_ended_area_has_missed_a_year_that_it_did_complete() -> None:
    lines = (f"2024 {ONE} 60/100",)
    known = archive(SUMMED, {2024: "70"}, *lines, years=(2025,), areas=REFORMED)
    assert judged(known, 2024, ONE).verdict is Verdict.MISSED


def test_an_ended_area_with_its_own_target_for_the_year_it_ended_in_has_not_missed_it() -> None:
    lines = (f"2024 {ONE} 2", f"2025 {ONE} 2 2025-06-30")
    own = {(ONE, 2025): "3"}
    known = archive(COUNTED, {}, *lines, own=own, years=(2026,), areas=REFORMED)
    assert judged(known, 2025, ONE).verdict is Verdict.NOT_HELD


def test_an_ended_area_that_never_reported_has_too_little_data() -> None:
    lines = (f"2024 {DISTRICTS[1]} 1/2",)
    known = archive(SUMMED, {2025: "70"}, *lines, years=(2025,), areas=REFORMED)
    assert judged(known, place=ONE).verdict is Verdict.TOO_LITTLE_DATA


def test_an_area_has_not_ended_on_its_last_day() -> None:
    lines = (f"2025 {ONE} 60/100",)
    known = archive(SUMMED, {2025: "70"}, *lines, as_of={2025: END}, areas=REFORMED)
    assert judged(known, place=ONE).ended is None


def test_a_figure_restated_for_a_day_after_its_end_is_not_an_areas_last() -> None:
    lines = (f"2023 {ONE} 50/100", f"2024 {ONE} 60/100", f"2025 {ONE} 99/100 2025-12-31")
    found = judged(archive(SUMMED, {2025: "70"}, *lines, areas=REFORMED), place=ONE)
    assert found.latest is not None
    assert (found.latest.year, found.verdict) == (2024, Verdict.ON_TRACK)


def test_a_year_without_a_figure_is_not_an_ended_areas_last() -> None:
    lines = (f"2023 {ONE} 50/100", f"2024 {ONE} x")
    known = archive(SUMMED, {2023: "70", 2025: "70"}, *lines, years=(2025, 2026), areas=REFORMED)
    assert results(known, NOW).headlines["chi-tieu", ONE].target.year == 2023


def test_the_milestone_of_an_ended_area_that_never_reported_is_that_of_its_last_full_year() -> None:
    lines = (f"2024 {DISTRICTS[1]} 1/2",)
    targets = {2023: "70", 2024: "70", 2025: "70"}
    known = archive(SUMMED, targets, *lines, years=(2026,), areas=REFORMED)
    assert results(known, NOW).headlines["chi-tieu", ONE].target.year == 2024


def test_an_area_whose_last_day_was_a_years_last_has_completed_that_year() -> None:
    areas = {**AREAS, ONE: replace(AREAS[ONE], until=date(2024, 12, 31))}
    known = archive(SUMMED, {2024: "70"}, f"2024 {ONE} 60/100", years=(2025,), areas=areas)
    assert judged(known, 2024, ONE).verdict is Verdict.MISSED


def test_the_scope_never_ends() -> None:
    lines = (f"2025 {SCOPE} 60",)
    found = judged(archive(WHOLE, {2025: "70"}, *lines, years=(2026,), areas=REFORMED))
    assert (found.verdict, found.ended) == (Verdict.MISSED, None)


# Provisional --------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["P", "E"])
def test_a_preliminary_or_estimated_figure_makes_the_verdict_provisional(status: str) -> None:
    assert judged(archive(WHOLE, {2025: "70"}, f"2024 {SCOPE} 75 {status}")).provisional is True
    assert judged(archive(WHOLE, {2025: "70"}, f"2024 {SCOPE} 75")).provisional is False


def test_one_preliminary_figure_inside_an_aggregate_makes_the_verdict_provisional() -> None:
    lines = held(2024, 9)
    assert judged(archive(COUNTED, {2025: "70"}, *lines)).provisional is False
    found = judged(archive(COUNTED, {2025: "70"}, f"{lines[0]} P", *lines[1:]))
    assert (found.verdict, found.provisional) == (Verdict.MET, True)


def test_a_pace_that_starts_at_an_estimate_is_provisional() -> None:
    found = judged(archive(WHOLE, {2025: "70"}, f"2023 {SCOPE} 50 E", f"2024 {SCOPE} 60"))
    assert (found.verdict, found.provisional) == (Verdict.ON_TRACK, True)


def test_an_old_estimate_does_not_make_provisional_what_official_figures_meet() -> None:
    found = judged(archive(WHOLE, {2025: "70"}, f"2023 {SCOPE} 50 E", f"2024 {SCOPE} 70"))
    assert (found.verdict, found.provisional) == (Verdict.MET, False)


def test_what_was_held_by_an_estimate_alone_is_lost_provisionally() -> None:
    hold = replace(WHOLE, direction=Direction.HOLD)
    lost = judged(archive(hold, {2025: "70"}, f"2022 {SCOPE} 70 E", f"2023 {SCOPE} 60"))
    assert (lost.verdict, lost.provisional) == (Verdict.LOST, True)
    sure = (f"2021 {SCOPE} 70", f"2022 {SCOPE} 70 E", f"2023 {SCOPE} 60")
    assert judged(archive(hold, {2025: "70"}, *sure)).provisional is False


def test_a_pace_of_official_figures_is_not_provisional() -> None:
    lines = (f"2022 {SCOPE} 50", f"2023 {SCOPE} 55 E", f"2024 {SCOPE} 60")
    found = judged(archive(WHOLE, {2025: "70"}, *lines))
    assert (found.verdict, found.provisional) == (Verdict.BEHIND, False)


# Breaks and aggregates ----------------------------------------------------------------------


def test_the_whole_areas_series_does_not_break_with_a_districts() -> None:
    lines = (*held(2023, 7), *[f"{line} B" for line in held(2024, 8)])
    assert verdict(COUNTED, "75", *lines) is Verdict.ON_TRACK


def test_the_whole_areas_series_breaks_by_its_own_row_even_over_an_aggregate() -> None:
    lines = (*held(2023, 7), *held(2024, 8), f"2024 {SCOPE} x B")
    assert verdict(COUNTED, "75", *lines) is Verdict.TOO_LITTLE_DATA


# What is told -------------------------------------------------------------------------------


def test_the_arithmetic_of_a_count() -> None:
    found = judged(archive(COUNTED, {2025: "70"}, *held(2022, 6), *held(2024, 8)))
    assert (found.gap, found.needed_count, found.gap_count) == (Fraction(10, 3), 9, 1)
    assert (found.pace, found.needed_pace, found.leads_to) == (
        Fraction(25, 3),
        Fraction(10, 3),
        Fraction(75),
    )


def test_what_is_met_lacks_nothing() -> None:
    found = judged(archive(COUNTED, {2025: "70"}, *held(2024, 10)))
    assert (found.gap_count, found.needed_pace) == (0, None)
    assert found.gap is not None
    assert found.gap < 0


def test_what_reaches_its_target_exactly_needs_no_change() -> None:
    found = judged(archive(WHOLE, {2025: "70"}, f"2023 {SCOPE} 60", f"2024 {SCOPE} 70"))
    assert (found.gap, found.needed_pace, found.leads_to) == (Fraction(0), None, Fraction(80))


def test_a_share_of_areas_without_their_number_tells_of_no_number() -> None:
    found = archive(COUNTED, {2025: "70"}, f"2024 {SCOPE} 66.7")
    assert (judged(found).needed_count, judged(found).gap_count) == (None, None)
    assert told(found) == (
        "Năm 2024: 66,7%. Mục tiêu 2025 là 70%: còn thiếu 3,3 điểm phần trăm.",
        "Mới có một năm so sánh được (2024) nên chưa tính được nhịp.",
    )


def desk(known: Results) -> Desk:
    return Desk(
        results=known,
        site=site_settings(),
        words=words("vi"),
        here="",
        indicators={"chi-tieu": known.archive.indicators[0]},
    )


def told(known: Archive, place: str = SCOPE) -> tuple[str, ...]:
    found = results(known, NOW)
    return sentences(desk(found), found.assessments["chi-tieu", place][0])


def test_a_count_is_told_in_whole_areas() -> None:
    finding, _ = told(archive(COUNTED, {2025: "70"}, *held(2024, 8)))
    assert finding == (
        "Năm 2024: 8 trên 12 huyện (66,7%). Mục tiêu 2025 là 70%, tức ít nhất 9 huyện: "
        "còn thiếu 1 huyện."
    )


def test_a_share_just_below_its_target_is_not_told_as_if_it_had_reached_it() -> None:
    finding = told(archive(WHOLE, {2025: "70"}, f"2024 {SCOPE} 69999/100000"))[0]
    assert finding.startswith("Năm 2024: 69,999%. Mục tiêu 2025 là 70%")
    assert "0,001" in finding


def test_what_is_not_measurable_tells_of_no_pace_to_a_milestone() -> None:
    lines = (*held(2023, 7), *held(2024, 8))
    known = archive(COUNTED, {2030: "90"}, *lines, years=(2025,), areas=REFORMED)
    found = results(known, NOW)
    assessment = found.assessments["chi-tieu", SCOPE][0]
    assert len(sentences(desk(found), assessment)) == 1
    assert gap_words(desk(found), assessment) == ""
    assert [fact.term for fact in pace_facts(desk(found), assessment)] == [
        "Thay đổi từ năm 2023 đến năm 2024"
    ]


def test_an_old_figure_is_not_told_as_met_where_the_milestones_own_is_lacking() -> None:
    known = archive(WHOLE, {2025: "70"}, f"2024 {SCOPE} 80", f"2025 {SCOPE} n")
    found = results(known, NOW)
    assessment = found.assessments["chi-tieu", SCOPE][0]
    assert sentences(desk(found), assessment) == (
        "Năm 2024: 80,0%. Mục tiêu 2025: 70%.",
        "Chưa có kết quả của chính năm 2025.",
    )
    assert gap_words(desk(found), assessment) == ""


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("70", "0,0"),
        ("700/1000", "0,0"),
        ("75.1", "+5,1"),
        ("69999/100000", "−0,001"),
        ("x", ""),
    ],
)
@pytest.mark.parametrize("wanted", Direction)
def test_an_area_s_distance_to_its_target_has_a_sign_and_is_nought_where_it_stands_on_it(
    figure: str, said: str, wanted: Direction
) -> None:
    indicator = replace(WHOLE, direction=wanted)
    found = results(archive(indicator, {2025: "70"}, f"2024 {SCOPE} {figure}"), NOW)
    assert gap_signed(desk(found), found.assessments["chi-tieu", SCOPE][0]) == said


def test_a_count_that_is_meant_to_fall_is_not_told_as_so_many_at_least() -> None:
    fewer = replace(COUNTED, direction=Direction.DOWN)
    finding = told(archive(fewer, {2025: "20"}, *held(2024, 3)))[0]
    assert finding == (
        "Năm 2024: 25,0%. Mục tiêu 2025 là không quá 20%: còn cao hơn 5,0 điểm phần trăm."
    )
