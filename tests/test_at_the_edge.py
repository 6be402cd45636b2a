"""What holds exactly at an edge: the last value that is let through, and the first that is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from packages_at_hand import NOW, draft, inspect, observed, sign_again, told, unobserved

from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.judge.ranking import Ranked
from tiendo.judge.standings import fell_back
from tiendo.terms import Archive, Direction, MeaningChange, Results, Text

SCOPE = "may-trang"


def archive(data: Path) -> Archive:
    found = inspect(data).archive
    assert found is not None
    return found


def known(data: Path) -> Results:
    return results(published(archive(data), NOW, preview=True), NOW, preview=True)


@pytest.mark.parametrize(
    ("value", "fits"),
    [("12.5", True), ("12", True), ("13", True), ("11", False), ("14", False), ("12.4", False)],
)
def test_a_value_is_its_quotient_rounded_either_way_at_half_a_digit(
    value: str,
    fits: bool,  # noqa: FBT001 - a parameter
    tmp_path: Path,
) -> None:
    data = draft(tmp_path)
    observed(data, "biet-boi", "ben-lau", numerator="50", denominator="400", value=value)

    assert any(each.startswith("value-not-quotient") for each in told(data)) is not fits


@pytest.mark.parametrize(
    ("on", "fits"), [("2024-01-01", True), ("2024-12-31", True), ("2025-01-01", False)]
)
def test_a_row_may_stand_for_the_day_of_its_edition_and_for_none_after_it(
    on: str,
    fits: bool,  # noqa: FBT001 - a parameter
    tmp_path: Path,
) -> None:
    data = draft(tmp_path)
    observed(data, "biet-boi", "ben-lau", as_of=on)

    assert any(each.startswith("row-date") for each in told(data)) is not fits


@pytest.mark.parametrize(("part", "fits"), [("179", True), ("180", True), ("181", False)])
def test_a_part_may_be_all_of_what_it_is_a_part_of_and_no_more(
    part: str,
    fits: bool,  # noqa: FBT001 - a parameter
    tmp_path: Path,
) -> None:
    data = draft(tmp_path)
    observed(data, "boi-xa", "ben-lau", numerator=part)

    assert any(each.startswith("child-above-parent") for each in told(data)) is not fits


@pytest.mark.parametrize(
    ("then", "is_known"),
    [({}, False), ({"numerator": "", "denominator": "", "status": "", "missing": "x"}, True)],
    ids=["with a figure", "without one"],
)
def test_what_belongs_to_no_area_is_awaited_from_its_first_figure_on(
    then: dict[str, str],
    is_known: bool,  # noqa: FBT001 - a parameter
    tmp_path: Path,
) -> None:
    data = draft(tmp_path)
    observed(data, "biet-boi", "truong-cua-tinh", year=2023, **then)
    sign_again(data)
    unobserved(data, "biet-boi", "truong-cua-tinh")

    (figure,) = (
        each for each in known(data).figures["biet-boi", SCOPE] if each.year == NOW.year - 1
    )
    assert (figure.value is not None) is is_known


@pytest.mark.parametrize(
    ("numerator", "broken", "expected"),
    [
        ("180", "", []),
        ("100", "", ["ben-lau"]),
        ("100", "Đếm cách khác.", []),
    ],
)
def test_nobody_is_said_to_fall_back_across_a_break(
    numerator: str, broken: str, expected: list[str], tmp_path: Path
) -> None:
    data = draft(tmp_path)
    observed(data, "biet-boi", "ben-lau", numerator=numerator, break_vi=broken)
    found = known(data)
    (indicator,) = (each for each in found.archive.indicators if each.indicator == "biet-boi")

    pairs = fell_back(found, indicator, found.locals_[2024], (2023, 2024))
    assert [new.area for _, new in pairs] == expected


@pytest.mark.parametrize("direction", [Direction.UP, Direction.DOWN])
def test_who_stays_the_same_does_not_fall_back(direction: Direction, tmp_path: Path) -> None:
    data = draft(tmp_path)
    found = known(data)
    (indicator,) = (each for each in found.archive.indicators if each.indicator == "biet-boi")

    same = (2024, 2024)
    assert fell_back(found, replace(indicator, direction=direction), ["ben-lau"], same) == ()


@pytest.mark.parametrize(
    ("sharing", "count", "expected"), [(1, 3, False), (1, 4, True), (2, 8, True), (3, 8, False)]
)
def test_a_place_that_more_than_a_quarter_share_is_no_distinction(
    sharing: int,
    count: int,
    expected: bool,  # noqa: FBT001 - a parameter
) -> None:
    found = Ranked(
        year=2024, areas=("a",), rows={"a": None}, places={"a": (1, sharing)}, count=count
    )
    assert found.stands_out("a") is expected


@pytest.mark.parametrize(("days", "seen"), [(-1, True), (0, True), (1, False)])
def test_a_change_of_meaning_is_not_told_before_its_day(
    days: int,
    seen: bool,  # noqa: FBT001 - a parameter
    tmp_path: Path,
) -> None:
    change = MeaningChange(
        on=NOW.date() + timedelta(days=days),
        resource="indicators",
        key="biet-boi",
        column="definition_vi",
        old="",
        new="",
        reason=Text(vi="Minh họa."),
    )
    whole = replace(archive(draft(tmp_path)), meaning_changes=(change,))

    assert bool(published(whole, NOW).meaning_changes) is seen
