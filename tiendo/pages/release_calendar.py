"""The page of the release calendar: when figures came and will come."""

from __future__ import annotations

from dataclasses import dataclass

from tiendo.judge.editions import is_overdue, is_public
from tiendo.pages.page import Page
from tiendo.terms import Release as ReleaseRow
from tiendo.words import addresses
from tiendo.words.desk import Desk, feed_link, head
from tiendo.words.parts import Head, Link
from tiendo.words.releases import release_title, when_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """A row of the calendar; for those to come only date and year are known."""

    when: str
    """"9:00, 10 January 2025 (Viet Nam time)"."""
    datetime: str
    """The same as ISO 8601 with offset, for ``<time datetime>``."""
    what: Link
    """"Results of 2024"."""
    version: str
    """"First release", "Version 2: correction"; empty for those to come."""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarPage:
    """When figures came and will come."""

    head: Head
    title: str
    finding: str
    rule: str
    file: Link
    """The calendar as a file to subscribe to."""
    feed: Link
    coming: tuple[Release, ...]
    past: tuple[Release, ...]
    """Newest first."""
    coming_none: str
    """"No date has been announced."; empty where there is one."""


def calendar_page(desk: Desk) -> CalendarPage:
    """When figures came and will come, to the minute."""
    title = desk.say("calendar_page.title")
    ahead = coming(desk)
    finding = _finding(desk)
    return CalendarPage(
        head=head(desk, title=title, description=finding, group=2),
        title=title,
        finding=finding,
        rule=desk.say("calendar_page.rule"),
        file=Link(text=desk.say("calendar.subscribe"), href=desk.href(addresses.CALENDAR_FILE)),
        feed=Link(text=desk.say("feeds.follow"), href=feed_link(desk).href),
        coming=ahead,
        past=past(desk),
        coming_none="" if ahead else desk.say("calendar_page.coming-none"),
    )


def coming(desk: Desk) -> tuple[Release, ...]:
    """The releases to come, the next one first; those past their date say so."""
    return tuple(_row(desk, release) for release in _coming_rows(desk))


def past(desk: Desk) -> tuple[Release, ...]:
    """The releases that are public, newest first."""
    rows = [release for release in desk.results.calendar if is_public(release, desk.results.now)]
    return tuple(_row(desk, release) for release in sorted(rows, key=_order, reverse=True))


def next_sentence(desk: Desk) -> str:
    """When the next figures come; or that they are overdue, or that no date is known."""
    rows = _coming_rows(desk)
    if not rows:
        return desk.say("calendar_page.coming-none")
    overdue = [release for release in rows if is_overdue(release, desk.results.now)]
    ahead = [release for release in rows if not is_overdue(release, desk.results.now)]
    sentences = [
        desk.say(
            "calendar_page.overdue-sentence", year=release.year, when=when_words(desk, release)
        )
        for release in overdue
    ]
    if ahead:
        sentences.append(
            desk.say("calendar_page.next", year=ahead[0].year, when=when_words(desk, ahead[0]))
        )
    return " ".join(sentences)


def _coming_rows(desk: Desk) -> tuple[ReleaseRow, ...]:
    rows = [
        release for release in desk.results.calendar if not is_public(release, desk.results.now)
    ]
    return tuple(sorted(rows, key=_order))


def _order(release: ReleaseRow) -> tuple[float, int, int]:
    return release.released.timestamp(), release.year, release.version


def _row(desk: Desk, release: ReleaseRow) -> Release:
    public = {edition.year for edition in desk.results.editions}
    out = is_public(release, desk.results.now)
    href = desk.href(addresses.of_year(release.year)) if out and release.year in public else ""
    version = ""
    note = release.note[desk.language]
    if out:
        key = "first" if release.version == 1 else "later"
        version = desk.say(f"calendar_page.{key}", version=release.version)
        if gone := _withdrawn(desk, release):
            version = f"{version}, {gone}"
    elif is_overdue(release, desk.results.now):
        version = desk.say("calendar_page.overdue")
    return Release(
        when=when_words(desk, release),
        datetime=release.released.astimezone(desk.site.timezone).isoformat(timespec="minutes"),
        what=Link(text=release_title(desk, release), href=href),
        version=version,
        note=note,
    )


def _withdrawn(desk: Desk, release: ReleaseRow) -> str:
    """That what a release brought was withdrawn, and when; normally empty."""
    for one in desk.results.archive.withdrawals:
        if one.of_version and (one.year, one.version) == (release.year, release.version):
            day = one.withdrawn.astimezone(desk.site.timezone).date()
            return desk.say("withdrawn.short", day=desk.words.date(day))
    return ""


def _finding(desk: Desk) -> str:
    rows = [release for release in desk.results.calendar if is_public(release, desk.results.now)]
    ahead = next_sentence(desk)
    if not rows:
        return f"{desk.say('calendar_page.none-out')} {ahead}"
    newest = max(rows, key=_order)
    told = desk.say("calendar_page.newest", year=newest.year, when=when_words(desk, newest))
    return f"{told} {ahead}"


PAGE = Page(
    id="calendar",
    address=addresses.CALENDAR,
    build=lambda at, _material, _: calendar_page(at),
    menu="data",
)
