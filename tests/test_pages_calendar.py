"""What is out, what is to come, and what is overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from tiendo.config import site_settings
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.pages.release_calendar import calendar_page
from tiendo.read.archive import read
from tiendo.terms import Release, Text
from tiendo.words.desk import Desk
from tiendo.words.wording import words

HERE = timezone(timedelta(hours=7))
DATA = Path(__file__).parent.parent / "data"


def release(year: int, when: datetime, sha256: str | None = "0" * 64, version: int = 1) -> Release:
    return Release(
        year=year, version=version, released=when, sha256=sha256, note=Text(vi="ghi chú")
    )


def desk(now: datetime, *releases: Release) -> Desk:
    archive, _ = read(DATA)
    assert archive is not None
    seen = published(replace(archive, releases=releases), now)
    return Desk(
        results=results(seen, now),
        site=site_settings(),
        words=words("vi"),
        here="calendar/",
        indicators={},
    )


NINE = datetime(2025, 1, 16, 9, tzinfo=HERE)


def test_a_signed_release_is_out_from_its_minute_on() -> None:
    page = calendar_page(desk(NINE, release(2024, NINE)))
    assert [row.what.text for row in page.past] == ["Kết quả năm 2024"]
    assert page.coming == ()
    assert page.past[0].datetime == "2025-01-16T09:00+07:00"


def test_a_minute_before_only_its_date_is_known() -> None:
    page = calendar_page(desk(NINE - timedelta(minutes=1), release(2024, NINE)))
    assert page.past == ()
    assert [(row.when, row.what.href, row.version, row.note) for row in page.coming] == [
        ("09:00 ngày 16/01/2025 (giờ Việt Nam)", "", "", "")
    ]


def test_a_planned_release_whose_hour_has_passed_says_that_it_is_overdue() -> None:
    page = calendar_page(desk(NINE, release(2024, NINE, None)))
    assert [row.version for row in page.coming] == ["Quá hẹn: đến giờ mà chưa công bố"]
    assert "đã quá hẹn" in page.finding


def test_the_next_release_stands_first_and_the_newest_past_one_too() -> None:
    year = timedelta(days=365)
    page = calendar_page(
        desk(
            NINE,
            release(2026, NINE + 2 * year, None),
            release(2025, NINE + year, None),
            release(2023, NINE - year),
            release(2024, NINE),
        )
    )
    assert [row.what.text[-4:] for row in page.coming] == ["2025", "2026"]
    assert [row.what.text[-4:] for row in page.past] == ["2024", "2023"]


def test_a_new_version_of_a_public_year_is_announced_as_one() -> None:
    page = calendar_page(
        desk(NINE, release(2024, NINE), release(2024, NINE + timedelta(days=9), version=2))
    )
    assert [row.what.text for row in page.coming] == ["Phiên bản mới của kết quả năm 2024"]


def test_without_a_date_it_says_so() -> None:
    page = calendar_page(desk(NINE, release(2024, NINE)))
    assert page.coming_none == "Chưa định ngày công bố kỳ tới."
