"""The release calendar for phones: what a subscriber's program reads in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from icalendar import Calendar
from packages_at_hand import SITE

from tiendo.config import ROOT
from tiendo.files.calendar import calendar_files
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.read.archive import read
from tiendo.terms import Archive, Results
from tiendo.words.wording import words

NINE = datetime(2025, 1, 16, 9, tzinfo=SITE.timezone)
"""When the figures of 2024 came out."""
PATHS = {"vi": "lich-cong-bo.ics", "en": "en/lich-cong-bo.ics"}
MOST = 75
"""Octets of a line: RFC 5545, section 3.1."""


@cache
def archive() -> Archive:
    found, _ = read(ROOT / "data")
    assert found is not None
    return found


def known(now: datetime) -> Results:
    return results(published(archive(), now), now)


def files(now: datetime) -> dict[str, bytes]:
    return dict(calendar_files(known(now), SITE, {name: words(name) for name in PATHS}))


def events(now: datetime, language: str = "vi") -> dict[str, dict[str, str]]:
    calendar = Calendar.from_ical(files(now)[PATHS[language]])
    return {
        str(event["uid"]).partition("@")[0]: {
            name: str(event[name]) for name in ("summary", "description", "status", "url")
        }
        | {"start": event.decoded("dtstart").astimezone(UTC).isoformat()}
        for event in calendar.walk("VEVENT")
    }


def test_a_release_that_came_and_one_to_come_stand_at_their_moment() -> None:
    found = events(NINE)

    assert found["results-2024-v1"]["start"] == "2025-01-16T02:00:00+00:00"
    assert found["results-2024-v1"]["status"] == "CONFIRMED"
    assert found["results-2024-v1"]["url"] == f"{SITE.address}nam/2024/"
    assert found["results-2025-v1"]["status"] == "TENTATIVE"
    assert found["results-2025-v1"]["url"] == f"{SITE.address}lich-cong-bo/"


def test_a_second_before_its_hour_only_the_date_of_a_release_is_told() -> None:
    found = events(NINE - timedelta(seconds=1))["results-2024-v1"]

    assert found["status"] == "TENTATIVE"
    assert found["start"] == "2025-01-16T02:00:00+00:00"
    assert "minh họa năm 2024" not in str(files(NINE - timedelta(seconds=1)))


@pytest.mark.parametrize("language", PATHS)
def test_every_event_says_that_the_figures_are_illustrative(language: str) -> None:
    told = words(language)

    for event in events(NINE, language).values():
        assert told.say("notice.short") in event["description"]
        assert archive().plan.short[language] in event["summary"]


@pytest.mark.parametrize("language", PATHS)
def test_lines_are_folded_between_letters(language: str) -> None:
    content = files(NINE)[PATHS[language]]

    lines = content.split(b"\r\n")
    assert [line for line in lines if len(line) > MOST] == []
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in lines:
        line.decode()


def test_the_same_data_give_the_same_bytes_whatever_the_hour() -> None:
    assert files(NINE) == files(NINE + timedelta(days=100)), "no release came out in between"
