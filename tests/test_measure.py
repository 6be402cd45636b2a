"""From what areas reported to what that makes for the whole area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from makers_at_hand import EMPTY, EMPTY_CELLS, a_plan, an_archive, an_area, an_edition, an_indicator

from tiendo.judge.measure import aggregate, figures_of, parts_of, rows_of
from tiendo.read.archive import OBSERVATION_COLUMNS
from tiendo.terms import (
    Aggregation,
    Archive,
    Area,
    AreaChange,
    Figure,
    Indicator,
    Level,
    Measure,
    Missing,
    Status,
    Text,
)

SCOPE, REST = "tinh", "truc-thuoc"
AREAS_OF_ALL = ("an", "binh", "chau")

SUMMED = an_indicator(level=Level.LOCAL, aggregation=Aggregation.SUM)
COUNTED = replace(
    SUMMED,
    measure=Measure.STANDARD,
    aggregation=Aggregation.COUNT,
    counts="district",
    threshold=3,
)
WHOLE = replace(SUMMED, level=Level.WHOLE, aggregation=Aggregation.NONE)


def area(name: str, level: str, parent: str | None, **changed: Any) -> Area:
    made = an_area(area=name, level=level, parent=parent, code=name, name=Text(vi=name), type=level)
    return replace(made, **changed)


AREAS = {
    SCOPE: area(SCOPE, "province", None),
    REST: area(REST, "remainder", SCOPE),
    **{name: area(name, "district", SCOPE) for name in AREAS_OF_ALL},
}


def row(line: str) -> dict[str, object]:
    """A row from "year area figure", then P or E for its status and B for a break."""
    year, place, figure, *marks = line.split()
    parts = figure.split("/")
    known = figure not in {"z", "x", "c", "n"}
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
        "break_": Text(vi="cách đo mới") if "B" in marks else EMPTY,
        "note": Text(vi="ghi chú") if "N" in marks else EMPTY,
    }


def archive(
    indicator: Indicator,
    lines: Iterable[str],
    *,
    areas: Mapping[str, Area] = AREAS,
    geography: str = "district",
    years: Iterable[int] = (),
) -> Archive:
    """An archive of one indicator; an edition for each year of its rows and of ``years``."""
    rows = [row(line) for line in lines]
    return an_archive(
        plan=a_plan(scope=SCOPE),
        indicators=(indicator,),
        areas=areas,
        editions=tuple(
            an_edition(year=year, geography=geography)
            for year in sorted({int(str(each["year"])) for each in rows} | set(years))
        ),
        observations=pd.DataFrame(
            {
                name: pd.Series([each.get(name, EMPTY_CELLS[name]) for each in rows], dtype=dtype)
                for name, dtype in OBSERVATION_COLUMNS.items()
            }
        ),
    )


def series(known: Archive, place: str = SCOPE) -> list[Figure]:
    return figures_of(known, known.editions).get(("chi-tieu", place), [])


def whole(indicator: Indicator, *lines: str, **how: Any) -> Figure:
    """The whole area's figure in the last edition."""
    return series(archive(indicator, lines, **how))[-1]


def parts(figure: Figure) -> tuple[int | None, int | None, int | None]:
    return figure.numerator, figure.numerator_high, figure.denominator


# Sums ---------------------------------------------------------------------------------------


def test_a_sum_is_the_sum_of_numerators_over_the_sum_of_denominators() -> None:
    found = whole(SUMMED, "2024 an 5/10", "2024 binh 90/100", "2024 chau 0/10")
    assert parts(found) == (95, 95, 120)
    assert found.value == Fraction(9500, 120)
    assert found.aggregated


def test_a_mean_of_percentages_is_never_what_is_made() -> None:
    found = whole(SUMMED, "2024 an 5/10", "2024 binh 90/100", "2024 chau z")
    assert found.value == Fraction(9500, 110)
    assert found.value != 70


@pytest.mark.parametrize("reason", ["x", "c", "n"])
def test_a_sum_with_one_part_missing_is_no_figure_for_that_reason(reason: str) -> None:
    found = whole(SUMMED, "2024 an 5/10", "2024 binh 90/100", f"2024 chau {reason}")
    assert found.value is None
    assert (found.missing, found.absent) == (Missing(reason), ("chau",))


def test_a_sum_lacking_parts_for_several_reasons_is_told_as_not_reported() -> None:
    found = whole(SUMMED, "2024 an 5/10", "2024 binh c", "2024 chau n")
    assert (found.missing, found.absent) == (Missing.NOT_REPORTED, ("binh", "chau"))


def test_a_row_that_is_not_there_is_a_part_not_reported() -> None:
    found = whole(SUMMED, "2024 an 5/10", "2024 binh 90/100")
    assert (found.missing, found.absent) == (Missing.NOT_REPORTED, ("chau",))


def test_an_area_that_an_indicator_does_not_apply_to_leaves_the_sum() -> None:
    found = whole(SUMMED, "2024 an 5/10", "2024 binh 9/10", "2024 chau z")
    assert (parts(found), found.absent) == ((14, 14, 20), ())


def test_what_applies_to_no_area_does_not_apply_to_the_whole() -> None:
    found = whole(SUMMED, "2024 an z", "2024 binh z", "2024 chau z")
    assert (found.value, found.missing) == (None, Missing.NOT_APPLICABLE)


def test_a_value_without_its_parts_gives_no_sum() -> None:
    found = whole(SUMMED, "2024 an 50", "2024 binh 90/100", "2024 chau 1/10")
    assert (found.value, found.absent) == (None, ("an",))


def test_a_denominator_of_nothing_gives_no_sum_and_no_crash() -> None:
    found = whole(SUMMED, "2024 an 0/0", "2024 binh 0/0", "2024 chau 0/0")
    assert found.value is None


def test_the_whole_areas_own_row_stands_over_an_incomplete_sum() -> None:
    found = whole(SUMMED, "2024 an 5/10", "2024 binh x", f"2024 {SCOPE} 40/100")
    assert (parts(found), found.aggregated) == ((40, 40, 100), False)


def test_the_whole_areas_own_row_stands_over_a_complete_sum() -> None:
    lines = ("2024 an 5/10", "2024 binh 5/10", "2024 chau 5/10 P", f"2024 {SCOPE} 15/30")
    found = whole(SUMMED, *lines)
    assert (found.aggregated, found.status) == (False, Status.OFFICIAL)


def test_the_whole_areas_own_row_without_a_figure_lends_its_break_and_note_to_the_sum() -> None:
    lines = ("2024 an 5/10", "2024 binh 5/10", "2024 chau 5/10", f"2024 {SCOPE} x B N")
    found = whole(SUMMED, *lines)
    assert (parts(found), found.missing) == ((15, 15, 30), None)
    assert (found.break_.first, found.note.first) == ("cách đo mới", "ghi chú")


def test_a_districts_break_is_not_the_whole_areas() -> None:
    lines = ("2024 an 5/10 B", "2024 binh 5/10 B", "2024 chau 5/10 B")
    assert whole(SUMMED, *lines).break_.first == ""


@pytest.mark.parametrize(
    ("marks", "status"),
    [
        (("", ""), Status.OFFICIAL),
        (("P", ""), Status.PRELIMINARY),
        (("", "E"), Status.ESTIMATED),
        (("P", "E"), Status.ESTIMATED),
    ],
)
def test_an_aggregate_is_as_uncertain_as_its_most_uncertain_part(
    marks: tuple[str, str], status: Status
) -> None:
    lines = (f"2024 an 5/10 {marks[0]}", f"2024 binh 5/10 {marks[1]}", "2024 chau 5/10")
    found = whole(SUMMED, *lines)
    assert (found.status, found.provisional) == (status, status is not Status.OFFICIAL)


# What belongs to no local area --------------------------------------------------------------

COMPLETE = ("an 1/10", "binh 1/10", "chau 1/10")


def of_years(*years: int) -> list[str]:
    return [f"{year} {line}" for year in years for line in COMPLETE]


def test_the_remainder_is_part_of_the_sum() -> None:
    assert parts(whole(SUMMED, *of_years(2024), f"2024 {REST} 7/70")) == (10, 10, 100)


def test_the_remainder_is_optional_until_its_first_figure() -> None:
    assert parts(whole(SUMMED, *of_years(2023, 2024))) == (3, 3, 30)


def test_the_remainders_absence_after_its_first_figure_is_not_reported() -> None:
    known = archive(SUMMED, [*of_years(2022, 2023, 2024), f"2023 {REST} 7/70"])
    assert [figure.value is None for figure in series(known)] == [False, False, True]
    assert series(known)[-1].absent == (REST,)
    assert [(figure.year, figure.missing) for figure in series(known, REST)] == [
        (2023, None),
        (2024, Missing.NOT_REPORTED),
    ]


def test_the_remainder_may_say_why_it_has_no_figure_before_it_ever_had_one() -> None:
    found = whole(SUMMED, *of_years(2024), f"2024 {REST} c")
    assert (found.missing, found.absent) == (Missing.CONFIDENTIAL, (REST,))


def test_the_remainder_is_never_counted() -> None:
    lines = ("2024 an 3", "2024 binh 3", "2024 chau 0", f"2024 {REST} 3")
    assert parts(whole(COUNTED, *lines)) == (2, 2, 3)


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_the_parts_of_an_edition_are_those_that_its_sum_is_made_of(year: int) -> None:
    known = archive(SUMMED, [*of_years(2022, 2023, 2024), f"2023 {REST} 7/70"])
    edition = next(each for each in known.editions if each.year == year)
    made = aggregate(
        SUMMED, edition, SCOPE, parts_of(known, edition, SUMMED, rows_of(known, edition))
    )
    assert made == next(figure for figure in series(known) if figure.year == year)


# Counts -------------------------------------------------------------------------------------


def test_a_count_is_the_areas_that_meet_the_threshold_over_all_areas() -> None:
    found = whole(COUNTED, "2024 an 3", "2024 binh 2", "2024 chau 4")
    assert parts(found) == (2, 2, 3)
    assert found.value == Fraction(200, 3)


@pytest.mark.parametrize("reason", ["x", "c", "n"])
def test_a_count_with_areas_missing_is_a_range_from_certain_to_possible(reason: str) -> None:
    found = whole(COUNTED, "2024 an 3", "2024 binh 2", f"2024 chau {reason}")
    assert parts(found) == (1, 2, 3)
    assert (found.low, found.high, found.value) == (Fraction(100, 3), Fraction(200, 3), None)
    assert found.absent == ("chau",)


def test_an_area_that_a_standard_does_not_apply_to_leaves_numerator_and_denominator() -> None:
    assert parts(whole(COUNTED, "2024 an 3", "2024 binh 2", "2024 chau z")) == (1, 1, 2)


def test_a_count_of_which_nothing_is_known_is_no_figure() -> None:
    found = whole(COUNTED, "2024 an x", "2024 binh x", "2024 chau x")
    assert (found.low, found.high, found.missing) == (None, None, Missing.NOT_REPORTED)


def test_the_whole_areas_own_count_stands_over_a_range() -> None:
    lines = ("2024 an 3", "2024 binh 2", "2024 chau x", f"2024 {SCOPE} 2/3")
    found = whole(COUNTED, *lines)
    assert (parts(found), found.aggregated) == ((2, 2, 3), False)


def test_where_the_areas_that_are_counted_do_not_report_there_is_nothing() -> None:
    areas = AREAS | {name: area(name, "commune", "an") for name in ("xa", "phuong")}
    known = archive(COUNTED, ["2024 xa 3"], areas=areas, geography="commune")
    assert [series(known, place) for place in (SCOPE, "an", "phuong")] == [[], [], []]


def test_the_whole_area_may_say_why_nothing_is_counted_any_more() -> None:
    areas = AREAS | {"xa": area("xa", "commune", "an")}
    known = archive(COUNTED, [f"2024 {SCOPE} z"], areas=areas, geography="commune")
    assert [figure.missing for figure in series(known)] == [Missing.NOT_APPLICABLE]


# Who is expected ----------------------------------------------------------------------------

ENDED = AREAS | {
    **{name: area(name, "district", SCOPE, until=date(2025, 6, 30)) for name in AREAS_OF_ALL},
    "xa": area("xa", "commune", SCOPE, since=date(2025, 7, 1)),
}


def test_the_figures_of_ended_areas_are_never_aggregated() -> None:
    lines = ["2025 xa 1/10", "2025 an 9/10", "2025 binh 9/10"]
    known = archive(SUMMED, lines, areas=ENDED, geography="commune")
    assert parts(series(known)[-1]) == (1, 1, 10)
    assert parts(series(known, "an")[-1]) == (9, 9, 10)


def test_an_area_has_a_reason_for_none_wherever_a_figure_is_expected_of_it() -> None:
    known = archive(SUMMED, ["2024 an 5/10"], years=[2023])
    assert [(figure.year, figure.missing) for figure in series(known, "binh")] == [
        (2023, Missing.NOT_REPORTED),
        (2024, Missing.NOT_REPORTED),
    ]


def test_nothing_is_expected_of_an_area_before_it_began_or_after_it_ended() -> None:
    known = archive(SUMMED, ["2024 an 5/10"], areas=ENDED, years=[2026])
    assert [figure.year for figure in series(known, "an")] == [2024]
    assert series(known, "xa") == []


def test_what_the_whole_area_reports_is_only_as_reported() -> None:
    assert whole(WHOLE, f"2024 {SCOPE} 33.3").value == Fraction(333, 10)
    assert [figure.missing for figure in series(archive(WHOLE, [], years=[2024]))] == [
        Missing.NOT_REPORTED
    ]


def test_of_local_areas_nothing_is_expected_that_the_whole_area_reports() -> None:
    assert series(archive(WHOLE, [f"2024 {SCOPE} 33.3"]), "an") == []


def test_a_figure_has_its_own_date_or_else_its_editions() -> None:
    known = archive(SUMMED, ["2024 an 5/10", "2024 binh 5/10"])
    known.observations["as_of"] = [date(2024, 9, 30), None]
    assert [series(known, place)[0].as_of for place in ("an", "binh")] == [
        date(2024, 9, 30),
        date(2024, 12, 31),
    ]


def test_a_figure_is_provisional_by_its_own_status() -> None:
    lines = ["2024 an 5/10", "2024 binh 5/10 P", "2024 chau 5/10 E"]
    found = [series(archive(SUMMED, lines), place)[0].provisional for place in AREAS_OF_ALL]
    assert found == [False, True, True]


def test_a_denominator_alone_is_no_figure() -> None:
    known = archive(SUMMED, ["2024 an 5/10"])
    known.observations["numerator"] = pd.Series([None], dtype="Int64")
    assert series(known, "an")[0].value is None


def test_a_row_that_could_not_be_read_is_no_figure() -> None:
    known = archive(SUMMED, ["2024 an 5/10"])
    known.observations["sound"] = False
    assert series(known, "an")[0].missing is Missing.NOT_REPORTED


def test_a_quotient_is_exact_whatever_the_value_beside_it_says() -> None:
    known = archive(SUMMED, ["2024 an 1/3"])
    known.observations["value"] = pd.Series([Decimal("33.3")], dtype="object")
    assert series(known, "an")[0].value == Fraction(100, 3)


def test_large_counts_stay_exact() -> None:
    big = 10**17
    lines = [f"2024 {name} {big - 1}/{big}" for name in AREAS_OF_ALL]
    found = whole(SUMMED, *lines)
    assert found.value == 100 * Fraction(big - 1, big)


# Laws ---------------------------------------------------------------------------------------

law = settings(deadline=None, max_examples=50, derandomize=True, database=None)
"""The same examples every time, however slow the machine."""

counts = st.integers(0, 1000).flatmap(
    lambda denominator: st.tuples(st.integers(0, denominator), st.just(denominator))
)
ratios = st.lists(counts.filter(lambda pair: pair[1] > 0), min_size=3, max_size=3)
cells = st.lists(st.sampled_from(["0", "2", "3", "x", "c", "n", "z"]), min_size=3, max_size=3)


def lines_of(figures: Iterable[object]) -> list[str]:
    return [f"2024 {name} {each}" for name, each in zip(AREAS_OF_ALL, figures, strict=True)]


@law
@given(cells, st.permutations(range(3)), st.sampled_from([SUMMED, COUNTED]))
def test_the_order_of_rows_does_not_matter(
    levels: list[str], order: list[int], indicator: Indicator
) -> None:
    lines = [*lines_of(levels), f"2024 {REST} 1/2", f"2023 {REST} 1/2"]
    shuffled = [lines[place] for place in order] + lines[:2:-1]
    one, other = (
        figures_of(known, known.editions)
        for known in (archive(indicator, lines), archive(indicator, shuffled))
    )
    assert list(one.items()) == list(other.items())


@law
@given(st.lists(counts.filter(lambda pair: pair[1] > 0), min_size=4, max_size=4))
def test_splitting_an_areas_counts_into_two_parts_keeps_the_total(
    shares: list[tuple[int, int]],
) -> None:
    (one, of_one), (other, of_other), *others = shares
    names = ("an-tren", "an-duoi", "binh", "chau")
    areas = {SCOPE: AREAS[SCOPE]} | {name: area(name, "district", SCOPE) for name in names}
    lines = [f"2024 {name} {n}/{d}" for name, (n, d) in zip(names, shares, strict=True)]
    split = whole(SUMMED, *lines, areas=areas)
    merged = [(one + other, of_one + of_other), *others]
    together = whole(SUMMED, *lines_of(f"{n}/{d}" for n, d in merged))
    assert (split.low, parts(split)) == (together.low, parts(together))


@law
@given(cells.filter(lambda levels: {"0", "2", "3"} & set(levels)))
def test_one_more_area_missing_widens_a_range_and_takes_in_both_of_its_ends(
    levels: list[str],
) -> None:
    before = whole(COUNTED, *lines_of(levels))
    for place, level in enumerate(levels):
        if level in {"x", "c", "n", "z"}:
            continue
        after = whole(COUNTED, *lines_of([*levels[:place], "x", *levels[place + 1 :]]))
        if after.low is None:
            continue
        assert before.low is not None
        assert before.high is not None
        assert after.high is not None
        assert after.low <= before.low <= before.high <= after.high
        assert after.high - after.low > before.high - before.low


@law
@given(cells.filter(lambda levels: {"0", "2", "3"} & set(levels)), st.sampled_from(["0", "3"]))
def test_whatever_the_missing_areas_turn_out_to_be_the_count_lies_in_the_range(
    levels: list[str], turned_out: str
) -> None:
    before = whole(COUNTED, *lines_of(levels))
    known = [turned_out if level in {"x", "c", "n"} else level for level in levels]
    after = whole(COUNTED, *lines_of(known))
    assert after.value == (before.high if turned_out == "3" else before.low)


@law
@given(ratios)
def test_a_sum_lies_between_its_smallest_and_its_largest_part(
    shares: list[tuple[int, int]],
) -> None:
    found = whole(SUMMED, *lines_of(f"{n}/{d}" for n, d in shares)).value
    each = [Fraction(100 * n, d) for n, d in shares]
    assert found is not None
    assert min(each) <= found <= max(each)


@pytest.mark.parametrize(
    ("given", "off"),
    [
        ("43", Fraction(1, 2)),
        ("43.0", Fraction(1, 20)),
        ("43.25", Fraction(1, 200)),
        # What has its parts is exact, and so is what is not there.
        ("12/40", Fraction(0)),
        ("x", Fraction(0)),
    ],
)
def test_a_value_without_parts_is_off_by_half_of_its_last_decimal_at_the_most(
    given: str, off: Fraction
) -> None:
    assert whole(WHOLE, f"2024 {SCOPE} {given}").rounding == off


def test_a_series_breaks_where_the_areas_borders_changed_and_nowhere_else() -> None:
    lines = [f"{year} {name} 10/20" for year in (2022, 2023, 2024) for name in AREAS_OF_ALL]
    moved = AreaChange(on=date(2023, 6, 1), from_area="an", to_area="binh", part="partial", act="")
    known = replace(archive(SUMMED, lines), area_changes=(moved,))

    found = {name: [each.reshaped for each in series(known, name)] for name in AREAS_OF_ALL}

    assert found == {
        "an": [False, True, False],
        "binh": [False, True, False],
        "chau": [False, False, False],
    }
