"""The rules of the data contract, each with one example that breaks it and one that keeps it.

Every test starts from the small case (tests/cases/README.md), in which nothing is wrong.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from packages_at_hand import (
    NOW,
    SITE,
    SMALL,
    draft,
    inspect,
    line,
    observed,
    problems,
    sign_again,
    signed_again,
    small,
    swap,
    table,
    told,
    unobserved,
    write_table,
)

from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.terms import Archive, Problem
from tiendo.words.problems import reported
from tiendo.words.wording import words

ROWS = "2024/v1/observations.csv"
SOURCE = "Danh mục minh họa"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return draft(tmp_path)


def codes(found: Iterable[Problem]) -> list[str]:
    return [problem.code for problem in found]


def add_area(data: Path, **cells: str) -> None:
    file = data / "areas" / "areas.csv"
    write_table(file, [*table(file), {"parent": "may-trang", "type": "district", **cells}])


def with_dates(data: Path, area: str, **cells: str) -> None:
    file = data / "areas" / "areas.csv"
    rows = table(file)
    for row in rows:
        if row["area"] == area:
            row.update(cells)
    write_table(file, rows)


# Indicators and areas ------------------------------------------------------------------------


def test_nothing_is_wrong_with_the_small_case(data: Path) -> None:
    assert told(data) == []


def test_an_indicator_that_the_plan_does_not_have_is_told(data: Path) -> None:
    observed(data, "biet-boy", "ben-lau", missing="x")

    assert told(data) == [f"indicator-unknown {ROWS}:17 indicator biet-boy"]
    assert problems(data)[0].facts["nearest"] == "biet-boi"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Doi Che", "doi-che"),
        ("doi_che", "doi-che"),
        ("Đồi Chè", "doi-che"),
        ("Huyện Đồi Chè", "doi-che"),
        ("Thị xã Sông Xanh", "song-xanh"),
        ("TX. Sông Xanh", "song-xanh"),
        ("Bến Lâu", "ben-lau"),
        ("H. Bến Lau", "ben-lau"),
        ("1. Đồi Chè", "doi-che"),
        ("Tỉnh Mây Trắng", "may-trang"),
        ("Trường thuộc tỉnh", "truong-cua-tinh"),
        ("Tổng cộng", ""),
    ],
)
def test_an_area_given_by_its_name_is_not_taken_for_its_id_and_the_id_is_suggested(
    typed: str, meant: str, data: Path
) -> None:
    observed(data, "biet-boi", typed, missing="x")

    found = problems(data)

    assert [(each.code, each.facts["nearest"]) for each in found] == [("area-unknown", meant)]


def test_an_area_has_no_row_before_it_exists(data: Path) -> None:
    add_area(data, area="cu-lao", level="district", name_vi="Huyện Cù Lao", since="2025-01-01")
    observed(data, "biet-boi", "cu-lao", missing="x")

    assert told(data) == [f"area-not-then {ROWS}:17 area cu-lao"]


def test_an_area_that_ended_that_year_may_have_a_row_of_its_last_state(data: Path) -> None:
    add_area(data, area="cu-lao", level="district", name_vi="Huyện Cù Lao", until="2024-06-30", since="2024-01-01")  # fmt: skip
    observed(data, "be-boi", "cu-lao", value="1", status="A", source=SOURCE, as_of="2024-06-30")

    assert told(data) == []


def test_an_area_that_ended_the_year_before_has_no_row(data: Path) -> None:
    add_area(data, area="cu-lao", level="district", name_vi="Huyện Cù Lao", until="2023-06-30", since="2023-01-01")  # fmt: skip
    observed(data, "be-boi", "cu-lao", value="1", status="A", source=SOURCE, as_of="2023-06-30")

    assert told(data) == [f"row-unexpected {ROWS}:17 area cu-lao"]


def test_each_local_area_owes_a_row_of_each_local_indicator(data: Path) -> None:
    unobserved(data, "bo-sach", "doi-che")

    assert told(signed_again(data)) == [f"row-missing {ROWS} indicator, area bo-sach, doi-che"]


def test_a_row_that_could_not_be_read_is_not_told_as_missing_too(data: Path) -> None:
    swap(data / "results/2024/v1/observations.csv", "biet-boi,doi-che,", "biet-boi,,")

    assert codes(problems(signed_again(data))) == ["cell-required"]


def test_a_draft_whose_figures_could_not_be_read_at_all_lacks_nothing(data: Path) -> None:
    (data / "results/2024/v1/observations.csv").write_bytes("Đồi Chè".encode("utf-16"))

    assert codes(problems(data)) == ["file-encoding"]


def test_the_whole_area_owes_a_row_of_what_is_reported_for_it_alone(data: Path) -> None:
    unobserved(data, "tinh-doc", "may-trang")

    assert told(signed_again(data)) == [f"row-missing {ROWS} indicator, area tinh-doc, may-trang"]


def test_a_new_local_area_owes_its_rows_from_its_first_edition_on(data: Path) -> None:
    add_area(data, area="cu-lao", level="district", name_vi="Huyện Cù Lao", since="2024-07-01")

    lacking = [each.facts for each in problems(data) if each.code == "draft-lacks"]

    assert {"body": "Huyện Cù Lao", "count": "4"} in lacking


def test_what_is_reported_for_the_whole_area_has_no_row_of_a_local_one(data: Path) -> None:
    observed(data, "tinh-doc", "ben-lau", missing="z")

    assert told(data) == [f"row-unexpected {ROWS}:17 area ben-lau"]


def test_a_remainder_is_part_of_sums_and_never_of_counts(data: Path) -> None:
    observed(data, "be-boi", "truong-cua-tinh", missing="z")

    assert told(data) == [f"row-unexpected {ROWS}:17 area truong-cua-tinh"]


def by_communes(data: Path) -> None:
    """An edition of 2025 that communes report, in which the districts are gone."""
    for name in ("ben-lau", "doi-che", "song-xanh"):
        with_dates(data, name, until="2025-06-30")
    schema = data / "areas" / "datapackage.json"
    swap(schema, '["province", "district", "remainder"]', '["province", "district", "remainder", "commune"]')  # fmt: skip
    swap(schema, '["province", "district", "town", "remainder"]', '["province", "district", "town", "remainder", "commune"]')  # fmt: skip
    add_area(data, area="xa-ben-lau", level="commune", name_vi="Xã Bến Lau", since="2025-07-01", type="commune")  # fmt: skip
    old, new = data / "results" / "2024", data / "results" / "2025"
    old.rename(new)
    reports = new / "v1" / "reports.csv"
    reports.write_text(re.sub(r"2024-12-\d\d", "2025-05-20", reports.read_text()))
    descriptor = new / "v1" / "datapackage.json"
    descriptor.write_text(descriptor.read_text().replace("2024", "2025").replace('"geography": "district"', '"geography": "commune"'))  # fmt: skip
    changed = data / "plan" / "changes.csv"
    changed.write_text(
        changed.read_text()
        + "".join(
            f"2025-07-01,areas,{name},until,,2025-06-30,Kết thúc cấp huyện.,\n"
            for name in ("ben-lau", "doi-che", "song-xanh")
        )
    )
    write_table(
        new / "v1" / "observations.csv",
        [
            {"indicator": name, "area": area, "missing": "x"}
            for name, area in (
                ("biet-boi", "xa-ben-lau"),
                ("boi-xa", "xa-ben-lau"),
                ("dong-cua", "may-trang"),
                ("tinh-doc", "may-trang"),
            )
        ],
    )
    observed(data, "biet-boi", "truong-cua-tinh", year=2025, missing="x")


def test_a_counted_indicator_owes_nothing_where_its_level_no_longer_reports(data: Path) -> None:
    by_communes(data)

    assert told(data) == []


@pytest.mark.parametrize("area", ["xa-ben-lau", "may-trang"])
def test_a_counted_indicator_has_no_row_where_its_level_no_longer_reports(
    area: str, data: Path
) -> None:
    by_communes(data)
    observed(data, "be-boi", area, year=2025, missing="z")

    assert told(data) == [f"row-not-counted 2025/v1/observations.csv:7 area {area}"]


def test_a_counted_indicator_may_have_the_outcome_of_areas_that_ended_that_year(data: Path) -> None:
    by_communes(data)
    observed(data, "be-boi", "ben-lau", year=2025, value="1", status="A", source=SOURCE, as_of="2025-06-30")  # fmt: skip

    assert told(data) == []


# Figures -------------------------------------------------------------------------------------


def test_a_row_holds_a_figure_or_the_reason_why_there_is_none(data: Path) -> None:
    observed(data, "boi-xa", "doi-che", missing="")

    assert told(signed_again(data)) == [f"figure-or-reason {ROWS}:7 value"]


def test_a_row_does_not_hold_a_figure_and_a_reason_for_none(data: Path) -> None:
    observed(data, "biet-boi", "ben-lau", missing="x")

    assert told(data) == [f"figure-and-reason {ROWS}:2 missing x"]


def test_a_figure_has_a_status(data: Path) -> None:
    observed(data, "biet-boi", "ben-lau", status="")

    assert told(data) == [f"status-missing {ROWS}:2 status"]


def test_what_is_missing_has_no_status(data: Path) -> None:
    observed(data, "boi-xa", "doi-che", status="A")

    assert told(data) == [f"status-without-figure {ROWS}:7 status A"]


@pytest.mark.parametrize("part", ["numerator", "denominator"])
def test_a_numerator_and_its_denominator_come_together(part: str, data: Path) -> None:
    observed(data, "dong-cua", "may-trang", value="30", **{part: ""})  # type: ignore[arg-type]

    assert told(data) == [f"part-missing {ROWS}:15 {part}"]


def test_a_numerator_is_not_above_its_denominator(data: Path) -> None:
    observed(data, "dong-cua", "may-trang", numerator="41")

    assert told(data) == [f"numerator-above {ROWS}:15 numerator 41"]


def test_a_numerator_may_equal_its_denominator(data: Path) -> None:
    observed(data, "dong-cua", "may-trang", numerator="40")

    assert told(data) == []


def test_a_denominator_is_not_zero(data: Path) -> None:
    observed(data, "dong-cua", "may-trang", numerator="0", denominator="0")

    assert told(data) == [f"denominator-zero {ROWS}:15 denominator 0"]


@pytest.mark.parametrize("value", ["42.9", "42.86", "43", "42.857"])
def test_a_value_is_the_quotient_of_its_parts_within_its_own_rounding(
    value: str, data: Path
) -> None:
    observed(data, "biet-boi", "ben-lau", value=value)

    assert told(data) == []


@pytest.mark.parametrize("value", ["42.8", "42", "42.850", "0.43"])
def test_a_value_that_is_not_the_quotient_of_its_parts_is_told(value: str, data: Path) -> None:
    observed(data, "biet-boi", "ben-lau", value=value)

    assert told(data) == [f"value-not-quotient {ROWS}:2 value {value}"]


@pytest.mark.parametrize(("value", "found"), [("100", []), ("100.1", ["percent-range"])])
def test_a_ratio_lies_between_nothing_and_everything(
    value: str, found: list[str], data: Path
) -> None:
    observed(data, "dong-cua", "may-trang", numerator="", denominator="", value=value)

    assert codes(problems(data)) == found


@pytest.mark.parametrize(
    ("indicator", "area", "value"),
    [
        ("be-boi", "song-xanh", "0.5"),
        ("tinh-doc", "may-trang", "2"),
        ("tinh-doc", "may-trang", "0.5"),
    ],
)
def test_a_level_is_a_whole_number_and_a_title_is_held_or_not(
    indicator: str, area: str, value: str, data: Path
) -> None:
    observed(data, indicator, area, value=value)

    assert codes(problems(data)) == ["level-wrong"]


def test_a_level_has_no_parts(data: Path) -> None:
    observed(data, "be-boi", "ben-lau", numerator="1", denominator="1")

    assert told(data) == [f"level-with-parts {ROWS}:9 numerator 1"]


def test_the_whole_areas_count_is_given_in_areas(data: Path) -> None:
    observed(data, "be-boi", "may-trang", value="66.7", status="A", source=SOURCE)

    assert told(data) == [f"count-without-parts {ROWS}:17 value 66.7"]


def test_a_recognition_that_ran_out_is_level_0(data: Path) -> None:
    observed(data, "be-boi", "doi-che", value="1")

    assert told(data) == [f"recognition-expired {ROWS}:10 valid_until 2024-06-30"]


def test_a_recognition_that_was_valid_on_the_rows_own_date_stands(data: Path) -> None:
    observed(data, "be-boi", "doi-che", value="1", as_of="2024-06-30")

    assert told(data) == []


def test_no_row_is_dated_after_its_edition(data: Path) -> None:
    observed(data, "be-boi", "ben-lau", as_of="2025-01-01")

    assert told(data) == [f"row-date {ROWS}:9 as_of 2025-01-01"]


def test_a_ratio_is_dated_in_its_editions_year(data: Path) -> None:
    observed(data, "biet-boi", "ben-lau", as_of="2023-12-31")

    assert told(data) == [f"row-date {ROWS}:2 as_of 2023-12-31"]


def test_a_standard_may_have_been_looked_at_a_year_ago(data: Path) -> None:
    observed(data, "be-boi", "ben-lau", as_of="2023-11-20")

    assert told(data) == []


def test_a_figure_names_its_source(data: Path) -> None:
    observed(data, "biet-boi", "ben-lau", source="")

    assert told(data) == [f"source-missing {ROWS}:2 source"]


def test_a_source_is_a_report_or_a_source_of_the_package(data: Path) -> None:
    observed(data, "biet-boi", "ben-lau", source="Danh mục minh hoạ")

    assert told(data) == [f"source-unknown {ROWS}:2 source Danh mục minh hoạ"]
    assert problems(data)[0].facts["nearest"] == "Danh mục minh họa"


# Figures beside figures ----------------------------------------------------------------------


def test_a_standard_is_held_only_where_those_that_it_requires_are(data: Path) -> None:
    observed(data, "bo-sach", "doi-che", value="1")

    assert told(data) == [f"standard-implies {ROWS}:13 value 1"]
    assert problems(data)[0].facts["other_row"] == "10"


def test_a_standard_that_is_not_held_requires_nothing(data: Path) -> None:
    observed(data, "bo-sach", "doi-che", value="0")

    assert told(data) == []


def test_what_is_not_known_of_a_required_standard_is_not_held_against_the_other(
    data: Path,
) -> None:
    observed(data, "be-boi", "ben-lau", value="", status="", missing="x")

    assert told(data) == []


def test_a_part_is_not_more_than_what_it_is_part_of(data: Path) -> None:
    observed(data, "boi-xa", "ben-lau", numerator="181", note_vi="Tăng mạnh.")

    assert told(data) == [f"child-above-parent {ROWS}:6 numerator 181"]


def test_rates_of_different_denominators_say_nothing_of_each_other(data: Path) -> None:
    observed(data, "boi-xa", "ben-lau", numerator="60", denominator="60", note_vi="Chỉ lớp 5.")

    assert told(data) == []


def test_rates_of_unknown_denominators_are_asked_about(data: Path) -> None:
    observed(data, "biet-boi", "ben-lau", numerator="", denominator="", value="40")
    observed(data, "boi-xa", "ben-lau", numerator="", denominator="", value="45", break_vi="Đổi.")

    found = problems(data)

    assert [(each.code, each.stops) for each in found] == [("child-above-parent", False)]


def test_the_whole_areas_row_is_what_its_parts_make(data: Path) -> None:
    observed(data, "biet-boi", "may-trang", numerator="560", denominator="1300", status="A", source=SOURCE)  # fmt: skip
    assert told(data) == []

    observed(data, "biet-boi", "may-trang", numerator="561")
    assert told(data) == [f"whole-disagrees {ROWS}:17 numerator 561"]


def test_the_whole_areas_row_is_not_what_its_parts_make_over_other_denominators(
    data: Path,
) -> None:
    observed(data, "biet-boi", "may-trang", numerator="1120", denominator="2600", status="A", source=SOURCE)  # fmt: skip

    assert codes(problems(data)) == ["whole-disagrees"]


@pytest.mark.parametrize(("value", "found"), [("43.1", []), ("43.2", ["whole-disagrees"])])
def test_the_whole_areas_value_agrees_within_its_rounding(
    value: str, found: list[str], data: Path
) -> None:
    observed(data, "biet-boi", "may-trang", value=value, status="A", source=SOURCE)

    assert codes(problems(data)) == found


@pytest.mark.parametrize(
    ("held", "found"),
    [("0", ["whole-disagrees"]), ("1", []), ("2", []), ("3", ["whole-disagrees"])],
)
def test_the_whole_areas_count_lies_in_the_range_that_missing_areas_leave(
    held: str, found: list[str], data: Path
) -> None:
    observed(data, "bo-sach", "song-xanh", missing="x")  # beside a count, c would be no secret
    observed(data, "bo-sach", "may-trang", numerator=held, denominator="3", status="A", source=SOURCE)  # fmt: skip

    assert codes(problems(data)) == found


def test_the_whole_areas_row_stands_alone_where_a_sum_lacks_a_part(data: Path) -> None:
    observed(data, "boi-xa", "may-trang", numerator="170", denominator="1240", status="A", source=SOURCE)  # fmt: skip

    assert told(data) == []


def test_a_remainder_may_be_absent_until_its_first_figure(data: Path) -> None:
    for year in (2023, 2024):
        unobserved(data, "biet-boi", "truong-cua-tinh", year)
    sign_again(data)
    observed(data, "biet-boi", "may-trang", numerator="540", denominator="1240", status="A", source=SOURCE)  # fmt: skip

    assert told(data) == []


def test_a_remainder_that_once_had_a_figure_is_missed_in_the_sum(data: Path) -> None:
    unobserved(data, "biet-boi", "truong-cua-tinh")
    observed(data, "biet-boi", "may-trang", numerator="600", denominator="1300", status="A", source=SOURCE)  # fmt: skip

    assert told(data) == ["draft-lacks 2024/v1/observations.csv"]
    assert told(signed_again(data)) == []


# Jumps ---------------------------------------------------------------------------------------


def jumped(data: Path) -> None:
    observed(data, "biet-boi", "doi-che", numerator="155", denominator="310")


def test_a_jump_against_last_year_is_asked_about(data: Path) -> None:
    jumped(data)

    found = problems(data)

    assert [(each.code, each.place.row, each.stops) for each in found] == [("jump", 3, False)]
    assert found[0].facts == {
        "name": "Huyện Đồi Chè",
        "before": "30.0",
        "now": "50.0",
        "change": "+20.0",
        "limit": "20",
    }


def test_a_fall_is_a_jump_too(data: Path) -> None:
    observed(data, "biet-boi", "doi-che", numerator="31", denominator="310")

    assert codes(problems(data)) == ["jump"]


def test_a_change_just_under_the_limit_is_none(data: Path) -> None:
    observed(data, "biet-boi", "doi-che", numerator="154", denominator="310")

    assert told(data) == []


@pytest.mark.parametrize("answer", ["note_vi", "break_vi"])
def test_a_jump_is_answered_by_a_note(answer: str, data: Path) -> None:
    jumped(data)
    observed(data, "biet-boi", "doi-che", **{answer: "Mở thêm bể bơi."})  # type: ignore[arg-type]

    assert told(data) == []


def became(data: Path, *changes: tuple[str, str, str]) -> None:
    """What happened to areas on 1 July 2024, between the two editions."""
    file = data / "areas" / "changes.csv"
    names = ("on", "from_area", "to_area", "part", "act")
    rows = [("2024-07-01", *change, "Nghị quyết minh họa") for change in changes]
    write_table(file, [dict(zip(names, row, strict=True)) for row in rows])


def ended(data: Path, *names: str) -> None:
    for name in names:
        with_dates(data, name, until="2024-06-30")
    file = data / "plan" / "changes.csv"
    rows = [f"2024-07-01,areas,{name},until,,2024-06-30,Sắp xếp minh họa.,\n" for name in names]
    file.write_text(file.read_text() + "".join(rows))


def renamed(data: Path, old: str, new: str, **cells: str) -> None:
    """An area that goes over whole to another one, which reports in its place."""
    ended(data, old)
    add_area(data, area=new, level="district", since="2024-07-01", **cells)
    file = data / "results" / ROWS
    write_table(
        file, [{**row, "area": new if row["area"] == old else row["area"]} for row in table(file)]
    )
    became(data, (old, new, "whole"))


def test_an_area_that_went_over_whole_is_asked_about_what_its_land_had_before(data: Path) -> None:
    jumped(data)
    renamed(data, "doi-che", "doi-tra", name_vi="Huyện Đồi Trà", code="904")

    (found,) = problems(data)

    assert (found.code, found.place.row, found.stops) == ("jump", 3, False)
    assert (found.facts["name"], found.facts["before"]) == ("Huyện Đồi Chè", "30.0")


def test_an_area_that_went_over_whole_and_went_on_alike_is_asked_nothing(data: Path) -> None:
    renamed(data, "doi-che", "doi-tra", name_vi="Huyện Đồi Trà", code="904")

    assert told(data) == []


@pytest.mark.parametrize("area", ["doi-che", "ben-lau"])
def test_an_area_that_gave_land_away_or_took_it_in_has_nothing_to_jump_from(
    area: str, data: Path
) -> None:
    became(data, ("doi-che", "doi-che", "partial"), ("doi-che", "ben-lau", "partial"))
    observed(data, "biet-boi", area, numerator="300", denominator="310")

    assert not {"jump", "denominator-jump"} & {*codes(problems(data))}


def test_an_area_of_two_that_were_merged_has_nothing_to_jump_from(data: Path) -> None:
    jumped(data)
    unobserved(data, "biet-boi", "ben-lau")
    for name in ("boi-xa", "be-boi", "bo-sach"):
        unobserved(data, name, "ben-lau")
    renamed(data, "doi-che", "doi-ben", name_vi="Huyện Đồi Bến", code="904")
    ended(data, "ben-lau")
    became(data, ("doi-che", "doi-ben", "whole"), ("ben-lau", "doi-ben", "whole"))

    assert told(data) == []


def test_the_whole_area_keeps_its_land_and_is_asked_whoever_it_belongs_to(data: Path) -> None:
    add_area(data, area="bien-xanh", level="province", parent="", type="province", code="91", name_vi="Tỉnh Biển Xanh")  # fmt: skip
    ended(data, "may-trang")
    became(data, ("may-trang", "bien-xanh", "partial"))
    observed(data, "dong-cua", "may-trang", numerator="30", break_vi="")

    found = [each for each in problems(data) if not each.stops]

    assert [(each.code, each.facts["before"]) for each in found] == [("jump", "40.0")]


# Reports and actions -------------------------------------------------------------------------


def test_who_reports_is_an_agency_of_the_plan(data: Path) -> None:
    swap(data / "results/2024/v1/reports.csv", "ubnd-ben-lau", "ubnd-ben-lao")

    assert told(data) == ["reporter-unknown 2024/v1/reports.csv:3 reporter ubnd-ben-lao"]
    assert problems(data)[0].facts["nearest"] == "ubnd-ben-lau"


def test_every_action_of_the_plan_is_told_of(data: Path) -> None:
    swap(data / "results/2024/v1/actions.csv", "II.1.2,", "II.1.3,")

    assert told(data) == [
        "action-missing 2024/v1/actions.csv action II.1.2",
        "action-unknown 2024/v1/actions.csv:3 action II.1.3",
    ]


# The plan ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("plan/indicators.csv", "be-boi>=1", "ho-boi>=1", "name-unknown"),
        ("plan/indicators.csv", "count,district,1,", "count,district,,", "threshold-missing"),
        ("plan/indicators.csv", "hold,local,count,district,", "hold,local,count,,", "counts-missing"),
        ("plan/indicators.csv", "reach,whole,none", "reach,local,none", "indicator-misfit"),
        ("plan/indicators.csv", "down,whole,none", "down,whole,sum", "indicator-misfit"),
        ("plan/indicators.csv", "hold,local,count", "hold,local,sum", "indicator-misfit"),
        ("plan/indicators.csv", "ratio,up,local,sum,,,,so-giao-duc,1,Học sinh bơi", "ratio,up,local,none,,,,so-giao-duc,1,Học sinh bơi", None),
        ("plan/targets.csv", "biet-boi,ben-lau,2025", "biet-boi,ben-lou,2025", "name-unknown"),
        ("plan/targets.csv", "tinh-doc,,2028,1,", "tinh-doc,,2028,100,", "target-misfit"),
        ("plan/targets.csv", "tinh-doc,,2028,1,", "tinh-doc,ben-lau,2028,1,", "target-misfit"),
        ("plan/targets.csv", "be-boi,,2025,100,", "be-boi,ben-lau,2025,2,", None),
        ("plan/targets.csv", "be-boi,,2025,100,", "be-boi,ben-lau,2025,1.5,", "target-misfit"),
        ("plan/agencies.csv", "ubnd-ben-lau,ben-lau,", "ubnd-ben-lau,ben-lou,", "name-unknown"),
        ("plan/agencies.csv", "Sở Giáo dục,,,", "Sở Giáo dục,,,so-moi", "name-unknown"),
        ("plan/agencies.csv", "Sở Giáo dục,,,", "Sở Giáo dục,2024-01-01,2023-01-01,", "dates-reversed"),
        ("plan/agencies.csv", "Sở Giáo dục,,,", "Sở Giáo dục,2024-01-01,2024-01-01,", None),
        ("plan/duties.csv", "III.1,yearly,", "III.1,before:02-30,", "due-wrong"),
        ("plan/duties.csv", "III.1,yearly,", "III.1,yearly;2025;before:12-15,", None),
        ("plan/duties.csv", "III.1,yearly,", "III.1,hằng năm,", "due-wrong"),
        ("plan/actions.csv", "so-giao-duc,plan", "so-giao-duc,", "lead-basis-missing"),
        ("plan/actions.csv", "so-giao-duc,plan", "so-dien-luc,plan", "name-unknown"),
        ("plan/datapackage.json", '"scope": "may-trang"', '"scope": "may-den"', "name-unknown"),
        ("plan/datapackage.json", '"end": 2028', '"end": 2021', "dates-reversed"),
        ("areas/areas.csv", "doi-che,district,may-trang", "doi-che,district,doi-che", "circle"),
        ("areas/areas.csv", "town,,,2,1", "town,2024-02-01,2024-01-01,2,1", "dates-reversed"),
        ("areas/areas.csv", "Đồi Chè\n", "Đồi Chè;BEN LAU\n", "alias-taken"),
    ],
)  # fmt: skip
def test_the_plan_and_its_areas_make_sense(
    file: str, old: str, new: str, code: str | None, tmp_path: Path
) -> None:
    data = small(tmp_path)
    swap(data / file, old, new)

    found = [each for each in problems(data) if not each.code.startswith("meaning-")]

    if code is None:
        assert found == []
    else:
        first, _, _ = file.partition(".")
        assert code in {each.code for each in found if each.place.file.startswith(first)}


def test_areas_name_areas_that_there_are_though_their_schema_has_no_keys_that_say_so(
    tmp_path: Path,
) -> None:
    data = small(tmp_path)
    file = data / "areas/datapackage.json"
    descriptor = json.loads(file.read_text())
    for resource in descriptor["resources"]:
        resource["schema"].pop("foreignKeys", None)
    file.write_text(json.dumps(descriptor, ensure_ascii=False))
    swap(data / "areas/areas.csv", "doi-che,district,may-trang", "doi-che,district,may-trank")
    changes = data / "areas/changes.csv"
    changes.write_text(
        changes.read_text()
        + "2024-02-01,ben-lau,song-xanh,partial,NQ 1\n2024-02-01,ben-lao,song-xank,whole,NQ 2\n"
    )

    unknown = [each for each in problems(data) if each.code == "name-unknown"]

    assert [(line(each), each.facts["nearest"]) for each in unknown] == [
        ("name-unknown areas/areas.csv:4 parent may-trank", "may-trang"),
        ("name-unknown areas/changes.csv:3 from_area ben-lao", "ben-lau"),
        ("name-unknown areas/changes.csv:3 to_area song-xank", "song-xanh"),
    ]


def test_two_areas_that_share_a_single_day_may_not_have_the_same_name(data: Path) -> None:
    add_area(data, area="doi-che-cu", level="district", name_vi="Huyện Đồi Chè", until="2000-01-01", aliases="Đồi Chè")  # fmt: skip
    with_dates(data, "doi-che", since="2000-01-01")
    explained(data, "2025-01-01,areas,doi-che,since,,2000-01-01,Ghi thêm.,")

    assert told(data) == [
        "alias-taken areas/areas.csv:4 aliases Đồi Chè",
        "alias-taken areas/areas.csv:7 aliases Đồi Chè",
    ]


def test_two_areas_of_different_times_may_have_the_same_name(data: Path) -> None:
    add_area(data, area="doi-che-cu", level="district", name_vi="Huyện Đồi Chè", until="2000-01-01", aliases="Đồi Chè")  # fmt: skip
    with_dates(data, "doi-che", since="2000-01-02")
    changed = data / "plan" / "changes.csv"
    changed.write_text(
        changed.read_text() + "2025-01-01,areas,doi-che,since,,2000-01-02,Ghi thêm.,\n"
    )

    assert told(data) == []


# Meaning -------------------------------------------------------------------------------------


def retargeted(data: Path, value: str) -> None:
    swap(data / "plan" / "targets.csv", "biet-boi,,2025,50,", f"biet-boi,,2025,{value},")


def explained(data: Path, *rows: str) -> None:
    file = data / "plan" / "changes.csv"
    file.write_text(file.read_text() + "".join(f"{row}\n" for row in rows))


CELL = "targets,biet-boi;;2025,value"


def test_a_target_that_changed_after_a_version_was_signed_on_it_is_told(tmp_path: Path) -> None:
    data = small(tmp_path)
    retargeted(data, "55")

    found = problems(data)

    assert [(each.code, each.facts["which"], each.facts["old"]) for each in found] == [
        ("meaning-changed", "biet-boi;;2025", "50")
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [f"2025-02-01,{CELL},50,55,Điều chỉnh.,"],
        [f"2025-02-01,{CELL},50.0,55.0,Điều chỉnh.,"],
        [f"2025-02-01,{CELL},50,52,Điều chỉnh.,", f"2025-03-01,{CELL},52,55,Điều chỉnh lại.,"],
        [f"2025-03-01,{CELL},52,55,Điều chỉnh lại.,", f"2025-02-01,{CELL},50,52,Điều chỉnh.,"],
    ],
)
def test_rows_that_lead_from_the_signed_value_to_todays_explain_it(
    rows: list[str], tmp_path: Path
) -> None:
    data = small(tmp_path)
    retargeted(data, "55")
    explained(data, *rows)

    assert told(data) == []


@pytest.mark.parametrize(
    "rows",
    [
        [f"2025-02-01,{CELL},50,60,Điều chỉnh.,"],
        [f"2025-02-01,{CELL},45,55,Điều chỉnh.,"],
        ["2025-02-01,targets,biet-boi;;2028,value,50,55,Điều chỉnh.,"],
    ],
)
def test_a_row_that_says_something_else_explains_nothing(rows: list[str], tmp_path: Path) -> None:
    data = small(tmp_path)
    retargeted(data, "55")
    explained(data, *rows)

    assert codes(problems(data)) == ["meaning-changed"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("plan/targets.csv", "Đến năm 2028: 80%.", "Đến năm 2028 đạt 80%."),
        ("plan/targets.csv", "biet-boi,,2028,80,", "biet-boi,,2028,80.0,"),
        ("plan/indicators.csv", "Pupils who can swim,Pupils who can swim", "Can swim,Can swim"),
        ("areas/areas.csv", "Bến Lau;H. Bến Lau", "Bến Lau"),
    ],
)
def test_wordings_may_change(file: str, old: str, new: str, tmp_path: Path) -> None:
    data = small(tmp_path)
    text = (data / file).read_text()
    (data / file).write_text(text.replace(old, new, 1))

    assert told(data) == []


def test_a_target_that_was_added_or_taken_away_is_a_change_of_meaning(tmp_path: Path) -> None:
    data = small(tmp_path)
    swap(data / "plan" / "targets.csv", "biet-boi,,2028,80,", "biet-boi,,2027,80,")

    assert sorted(each.facts["which"] for each in problems(data)) == [
        "biet-boi;;2027",
        "biet-boi;;2028",
    ]


@pytest.mark.parametrize(
    ("column", "cells", "row"),
    [
        ("until", "district,,2030-12-31", "areas,doi-che,until,,2030-12-31"),
        ("since", "district,2000-01-01,", "areas,doi-che,since,,2000-01-01"),
    ],
)
def test_a_day_of_an_area_that_changed_is_told_until_a_row_says_why(
    column: str, cells: str, row: str, tmp_path: Path
) -> None:
    data = small(tmp_path)
    swap(data / "areas/areas.csv", "District,district,,,1,2", f"District,{cells},1,2")
    new = row.rpartition(",")[2]

    (found,) = problems(data)

    assert line(found) == f"meaning-changed areas/areas.csv {column} {new}"
    assert (found.facts["which"], found.facts["old"]) == ("doi-che", "")
    assert found.facts["line"] == row
    explained(data, f"2025-02-01,{row},Nghị quyết 1.,")
    assert told(data) == []


@pytest.mark.parametrize("column", ["", "indicator"])
def test_a_target_that_came_is_explained_by_a_row_without_a_column_or_of_its_indicator(
    column: str, tmp_path: Path
) -> None:
    data = small(tmp_path)
    swap(
        data / "plan" / "targets.csv",
        "boi-xa,,2028,40,",
        "boi-xa,,2025,20,Đến năm 2025: 20%.,By 2025: 20%.,I\nboi-xa,,2028,40,",
    )
    assert codes(problems(data)) == ["meaning-came"]

    explained(data, f"2025-02-01,targets,boi-xa;;2025,{column},,20,Thêm mốc.,")

    assert told(data) == []


def test_what_went_with_an_indicator_that_was_taken_out_is_not_told_again(tmp_path: Path) -> None:
    data = small(tmp_path)
    for name in ("indicators", "targets"):
        file = data / "plan" / f"{name}.csv"
        kept = [row for row in table(file) if row["indicator"] != "tinh-doc"]
        write_table(file, kept)

    found = [each for each in problems(data) if each.place.file.startswith("plan/")]

    assert [line(each) for each in found] == ["row-taken-out plan/indicators.csv tinh-doc"]


@pytest.mark.parametrize(
    ("row", "at"),
    [
        ("areas,doi-tre,since,,2000-01-01", "key doi-tre"),
        ("areas,doi-che,sinse,,2000-01-01", "column sinse"),
        ("indicators,biet-boy,threshold,1,2", "key biet-boy"),
        ("indicators,biet-boi,treshold,1,2", "column treshold"),
        ("targets,biet-boy;;2025,value,1,2", "key biet-boy"),
        ("targets,biet-boi;;2025,valu,1,2", "column valu"),
    ],
)
def test_a_row_of_changes_names_what_there_is(row: str, at: str, data: Path) -> None:
    explained(data, f"2025-02-01,{row},Nghị quyết 1.,")

    assert told(data) == [f"name-unknown plan/changes.csv:2 {at}"]


def test_a_draft_is_not_what_meaning_is_held_against(data: Path) -> None:
    swap(data / "results/2024/v1/targets.csv", "biet-boi,,2025,50,", "biet-boi,,2025,99,")

    assert told(data) == []


# Versions ------------------------------------------------------------------------------------


def second_version(data: Path, released: str, *, signed: bool = True) -> None:
    """A version 2 of 2024, the same as version 1."""
    first, second = data / "results/2024/v1", data / "results/2024/v2"
    second.mkdir()
    for file in first.iterdir():
        (second / file.name).write_bytes(file.read_bytes())
    descriptor = json.loads((second / "datapackage.json").read_text())
    descriptor |= {"version": "2", "reason_vi": "Sửa một số."}
    (second / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False))
    file = data / "results" / "releases.csv"
    sha256 = "0" * 64 if signed else ""
    rows = [{"year": "2024", "version": "2", "released": released, "sha256": sha256}]
    write_table(file, [*table(file), *rows])
    sign_again(data)


def test_a_signed_version_is_never_edited(tmp_path: Path) -> None:
    data = small(tmp_path)
    observed(data, "biet-boi", "ben-lau", numerator="181")

    assert codes(problems(data)) == ["signed-changed"]


def test_a_file_taken_out_of_a_signed_version_is_told(tmp_path: Path) -> None:
    data = small(tmp_path)
    (data / "results/2024/v1/areas.csv").unlink()

    assert codes(problems(data)) == ["file-missing", "signed-changed"]


def test_a_draft_may_be_edited(data: Path) -> None:
    observed(data, "biet-boi", "ben-lau", numerator="181")

    assert told(data) == []


def test_a_signed_version_that_is_gone_is_told(tmp_path: Path) -> None:
    data = small(tmp_path)
    (data / "results/2024").rename(tmp_path / "2024")

    assert told(data) == ["release-lost releases.csv:3 version"]


def test_versions_are_numbered_without_gaps(data: Path) -> None:
    (data / "results/2024/v1").rename(data / "results/2024/v2")
    swap(data / "results/2024/v2/datapackage.json", '"version": "1"', '"version": "2", "reason_vi": "Sửa."')  # fmt: skip

    assert told(data) == ["version-gap 2024/v2"]


def test_a_later_version_says_why_it_was_made(data: Path) -> None:
    (data / "results/2024/v1").rename(data / "results/2024/v2")
    swap(data / "results/2024/v2/datapackage.json", '"version": "1"', '"version": "2"')

    assert "edition-lacks 2024/v2/datapackage.json reason_vi" in told(data)


def test_a_later_version_is_released_later(tmp_path: Path) -> None:
    data = small(tmp_path)
    second_version(data, "2025-01-15T09:00:00+07:00")

    assert told(data) == ["release-order releases.csv:5 released 2025-01-15T09:00:00+07:00"]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("hour", ["08", "09"])
def test_two_versions_that_are_not_one_after_the_other_are_told_in_plain_words(
    tmp_path: Path, language: str, hour: str
) -> None:
    data = small(tmp_path)
    second_version(data, f"2025-01-15T{hour}:00:00+07:00")

    text = reported(problems(data), "text", words(language))

    said = {
        "vi": (
            "Số liệu năm 2024: phiên bản 2 phải công bố muộn hơn phiên bản 1, nhưng lịch ghi "
            f"2025-01-15 {hour}:00 cho phiên bản 2 và 2025-01-15 09:00 cho phiên bản 1."
        ),
        "en": (
            "Figures of 2024: version 2 has to come out later than version 1, but the calendar has "
            f"2025-01-15 {hour}:00 for version 2 and 2025-01-15 09:00 for version 1."
        ),
    }
    assert said[language] in text


def test_a_later_version_is_in_order(tmp_path: Path) -> None:
    data = small(tmp_path)
    second_version(data, "2025-02-15T09:00:00+07:00")

    assert told(data) == []


def test_a_version_is_not_signed_before_the_one_before_it(data: Path) -> None:
    second_version(data, "2025-02-15T09:00:00+07:00")

    assert told(data) == ["release-skips releases.csv:4 version 2"]


def test_figures_stand_for_a_day_of_their_year(data: Path) -> None:
    swap(data / "results/2024/v1/datapackage.json", "2024-12-31", "2025-01-01")

    assert "edition-year 2024/v1/datapackage.json as_of 2025-01-01" in told(data)


def test_figures_are_not_released_before_the_day_that_they_stand_for(tmp_path: Path) -> None:
    data = small(tmp_path)
    swap(data / "results/releases.csv", "2025-01-15T09:00:00", "2024-12-30T09:00:00")

    assert told(data) == ["release-before releases.csv:3 released 2024-12-30T09:00:00+07:00"]


def test_a_release_that_was_announced_and_did_not_come_is_asked_about(tmp_path: Path) -> None:
    due = datetime(2026, 1, 15, 9, tzinfo=SITE.timezone)

    before = problems(small(tmp_path), now=due - timedelta(seconds=1))
    after = problems(tmp_path / "data", now=due)

    assert (codes(before), codes(after)) == ([], ["release-overdue"])
    assert not after[0].stops


def test_an_official_site_refuses_illustrative_figures() -> None:
    found = inspect(SMALL, official=True).problems

    assert [(each.code, each.place.file) for each in found] == [
        ("official-illustrative", f"results/{year}/v1/datapackage.json") for year in (2023, 2024)
    ]


# Laws ----------------------------------------------------------------------------------------


def shuffled(data: Path, seed: int) -> None:
    """All tables of a data folder with their rows in another order; what is signed is signed anew."""
    chance = random.Random(seed)  # noqa: S311 - nothing is secret
    for file in sorted(data.rglob("*.csv")):
        rows = list(csv.reader(io.StringIO(file.read_text(), newline="")))
        body = rows[1:]
        chance.shuffle(body)
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([rows[0], *body])
        file.write_text(text.getvalue())


def figures(archive: Archive) -> object:
    known = results(published(archive, NOW, preview=True), NOW)
    return known.figures, [
        (key, each.verdict, each.gap, each.pace)
        for key, several in sorted(known.assessments.items())
        for each in several
    ]


@settings(max_examples=8, deadline=None, database=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_the_order_of_rows_matters_neither_to_problems_nor_to_figures(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = draft(tmp_path_factory.mktemp("data"))
    observed(data, "biet-boi", "ben-lau", numerator="421")
    unobserved(data, "bo-sach", "doi-che")
    observed(data, "boi-xa", "doi-che", missing="", note_vi="H?i")
    as_it_was = inspect(data)

    shuffled(data, seed)
    sign_again(data)
    now = inspect(data)

    def seen(found: Iterable[Problem]) -> list[tuple[str, str | None, str | None]]:
        return sorted(
            (each.code, each.place.column or "", each.place.value or "") for each in found
        )

    assert seen(now.problems) == seen(as_it_was.problems)
    assert now.archive is not None
    assert as_it_was.archive is not None
    assert figures(now.archive) == figures(as_it_was.archive)


def test_a_quotient_is_never_told_as_the_value_that_it_is_not(data: Path) -> None:
    observed(
        data, "dong-cua", "may-trang", numerator="99999", denominator="100000", value="100.0000"
    )

    (problem,) = problems(data)

    assert (problem.code, problem.facts["quotient"]) == ("value-not-quotient", "99.999")
