"""The release calendar as a file that phones and computers subscribe to (RFC 5545).

It tells what comes when, never what it says: of releases to come it has what the calendar's page
has, their year and their moment.  The one door to icalendar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from tiendo.config import Site
from tiendo.judge.editions import is_overdue, is_public
from tiendo.terms import Release, Results
from tiendo.words import addresses
from tiendo.words.desk import Desk
from tiendo.words.releases import release_title
from tiendo.words.wording import Words

FRESH = timedelta(days=1)
"""How long a subscriber may keep what it has."""


def calendar_files(
    results: Results, site: Site, words: Mapping[str, Words]
) -> Iterator[tuple[str, bytes]]:
    """The calendar in each language, by address."""
    for language in site.languages:
        desk = Desk(
            results=results,
            site=site,
            words=words[language],
            here=addresses.CALENDAR,
            indicators={each.indicator: each for each in results.archive.indicators},
        )
        path = addresses.in_language(addresses.CALENDAR_FILE, language, site.languages[0])
        yield path, _calendar(desk)


def _calendar(desk: Desk) -> bytes:
    name = desk.say("calendar_file.name", site=desk.site.name[desk.language])
    calendar = Calendar()
    calendar.add("prodid", f"-//tiendo//{desk.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", FRESH, parameters={"value": "DURATION"})
    calendar.add("url", desk.absolute(addresses.CALENDAR))
    said = _said_at(desk)
    for release in sorted(desk.results.calendar, key=lambda each: (each.year, each.version)):
        if not is_overdue(release, desk.results.now):
            calendar.add_component(_event(desk, release, said))
    content: bytes = calendar.to_ical()
    return content


def _event(desk: Desk, release: Release, said: datetime) -> Event:
    out = is_public(release, desk.results.now)
    plan = desk.results.archive.plan
    event = Event()
    host = desk.site.address.partition("//")[2].partition("/")[0]
    event.add("uid", f"results-{release.year}-v{release.version}@{host}")
    event.add("dtstamp", release.released.astimezone(UTC) if out else said)
    event.add("dtstart", release.released.astimezone(UTC))
    event.add("summary", f"{release_title(desk, release)}: {plan.short[desk.language]}")
    told = desk.say(
        f"calendar_file.{'past' if out else 'coming'}",
        site=desk.site.name[desk.language],
        notice=desk.notice,
    )
    event.add("description", told.strip())
    page = addresses.of_year(release.year) if out else addresses.CALENDAR
    event.add("url", desk.absolute(page))
    event.add("status", "CONFIRMED" if out else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    return event


def _said_at(desk: Desk) -> datetime:
    """When the calendar was last known to say what it says: the same input gives the same bytes."""
    out = [row.released for row in desk.results.calendar if is_public(row, desk.results.now)]
    signed = datetime.combine(
        desk.results.archive.plan.signed, datetime.min.time(), desk.site.timezone
    )
    return max(out, default=signed).astimezone(UTC)
