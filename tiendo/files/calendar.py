"""The release calendar as a file that phones and computers subscribe to (RFC 5545).

It tells what comes when, never what it says: of releases to come it has what the calendar's page
has, their year and their moment.  The one door to icalendar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from tiendo.config import Site
from tiendo.ids import anchor
from tiendo.judge.due import Due, dues
from tiendo.judge.editions import is_overdue, is_public
from tiendo.terms import Release, Results
from tiendo.words import addresses
from tiendo.words.desk import Desk
from tiendo.words.due import what_words, when_words
from tiendo.words.releases import release_title
from tiendo.words.wording import Words

FRESH = timedelta(days=1)
"""How long a subscriber may keep what it has."""


def calendar_files(
    results: Results, site: Site, words: Mapping[str, Words]
) -> Iterator[tuple[str, bytes]]:
    """The calendar and the plan's dates in each language, by address."""
    for language in site.languages:
        desk = Desk(
            results=results,
            site=site,
            words=words[language],
            here=addresses.CALENDAR,
            indicators={each.indicator: each for each in results.archive.indicators},
        )
        path = addresses.in_language(addresses.CALENDAR_FILE, language, site)
        yield path, _calendar(desk)
        path = addresses.in_language(addresses.DUE_FILE, language, site)
        yield path, _dates_due(replace(desk, here=addresses.DUE))


def _calendar(desk: Desk) -> bytes:
    name = desk.say("calendar_file.name", site=desk.site.name[desk.language])
    calendar = _empty(desk, name, addresses.CALENDAR)
    said = _said_at(desk)
    for release in sorted(desk.results.calendar, key=lambda each: (each.year, each.version)):
        if not is_overdue(release, desk.results.now):
            calendar.add_component(_event(desk, release, said))
    content: bytes = calendar.to_ical()
    return content


def _dates_due(desk: Desk) -> bytes:
    """The dates of the plan that are ahead, each on the last day on which it is in time."""
    name = desk.say("due_page.file", site=desk.site.name[desk.language])
    calendar = _empty(desk, name, addresses.DUE)
    said = _said_at(desk)
    for due in dues(desk.results):
        if due.ahead:
            calendar.add_component(_date_due(desk, due, said))
    content: bytes = calendar.to_ical()
    return content


def _date_due(desk: Desk, due: Due, said: datetime) -> Event:
    event = Event()
    duty = due.duties[0]
    event.add("uid", f"due-{anchor(duty.duty)}-{due.year}@{_host(desk)}")
    event.add("dtstamp", said)
    event.add("dtstart", due.last)
    what, when = what_words(desk, due), when_words(desk, due)
    event.add("summary", f"{what[:1].upper()}{what[1:]}, {when}")
    event.add("description", f"{duty.text[desk.language]} {desk.notice}".strip())
    event.add("url", desk.absolute(addresses.DUE))
    event.add("transp", "TRANSPARENT")
    return event


def _empty(desk: Desk, name: str, page: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//tiendo//{desk.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    if desk.notice:
        # Also where it holds no date yet.
        calendar.add("description", desk.notice)
    calendar.add("refresh-interval", FRESH, parameters={"value": "DURATION"})
    calendar.add("url", desk.absolute(page))
    return calendar


def _host(desk: Desk) -> str:
    return desk.site.address.partition("//")[2].partition("/")[0]


def _event(desk: Desk, release: Release, said: datetime) -> Event:
    out = is_public(release, desk.results.now)
    plan = desk.results.archive.plan
    event = Event()
    event.add("uid", f"results-{release.year}-v{release.version}@{_host(desk)}")
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
