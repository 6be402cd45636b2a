"""A report comes in on a day on which it can: after its year has begun, and before it is told of."""

from __future__ import annotations

from pathlib import Path

import pytest
from packages_at_hand import draft, problems, sign_again, small, swap

REPORTS = "results/2024/v1/reports.csv"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2016-12-12", [("report-too-early", True)]),
        ("2023-12-31", [("report-too-early", True)]),
        ("2024-01-01", []),
        ("2025-06-01", []),
        ("2025-06-02", [("report-not-yet", False)]),
        ("2042-12-10", [("report-not-yet", False)]),
    ],
)
def test_a_day_that_cannot_be_is_refused_or_asked_about(
    day: str, expected: list[tuple[str, bool]], tmp_path: Path
) -> None:
    data = draft(tmp_path)
    swap(data / REPORTS, "ubnd-ben-lau,2024-12-10", f"ubnd-ben-lau,{day}")

    assert [(each.code, each.stops) for each in problems(data)] == expected


@pytest.mark.parametrize(
    ("day", "expected"), [("2025-01-15", []), ("2025-01-16", [("report-not-yet", True)])]
)
def test_what_is_signed_off_holds_no_report_that_came_after_its_release(
    day: str, expected: list[tuple[str, bool]], tmp_path: Path
) -> None:
    data = small(tmp_path)
    swap(data / REPORTS, "ubnd-ben-lau,2024-12-10", f"ubnd-ben-lau,{day}")
    sign_again(data)

    assert [(each.code, each.stops) for each in problems(data)] == expected
