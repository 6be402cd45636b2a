"""What may be seen at a moment: which versions, areas and bodies; and what is newest of a year.

A version exists for the public from the instant of its release on, and not before: what comes
after this module never sees an unreleased figure (unless a preview asks for it).  Nor does it see
an area or a body that is yet to come, or the end of one that is still there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from tiendo.terms import Agency, Archive, Area, Duty, Edition, Release, Text


def release_of(archive: Archive, edition: Edition) -> Release | None:
    """The calendar's row of a version; None: it is a draft."""
    for release in archive.releases:
        if (release.year, release.version) == (edition.year, edition.version):
            return release
    return None


def is_signed_off(archive: Archive, edition: Edition) -> bool:
    """Whether a version is signed off; until then it is a draft, whatever is planned for it."""
    release = release_of(archive, edition)
    return release is not None and release.sha256 is not None


def is_public(release: Release | None, now: datetime) -> bool:
    """Whether a version is signed off and its hour has come."""
    return release is not None and release.sha256 is not None and release.released <= now


def first_release(releases: Iterable[Release], year: int, now: datetime) -> Release | None:
    """The release that made a year public; None: it is not public yet."""
    return min(_out(releases, year, now), key=lambda one: one.released, default=None)


def last_correction(releases: Iterable[Release], year: int, now: datetime) -> Release | None:
    """The newest release of a year that was public before; None: nothing was changed since."""
    out = _out(releases, year, now)
    return max(out, key=lambda one: one.released) if len(out) > 1 else None


def _out(releases: Iterable[Release], year: int, now: datetime) -> list[Release]:
    return [one for one in releases if one.year == year and is_public(one, now)]


def published(archive: Archive, now: datetime, *, preview: bool = False) -> Archive:
    """The archive with the versions that may be seen; of releases to come the dates alone.

    A planned release whose hour has passed without a signature is still to come.
    A preview lets every version in.  Areas and bodies are those of the day, or of the newest
    edition where that is of a later one.
    """
    seen = archive if preview else _public(archive, now)
    return known_on(seen, max([now.date(), *(edition.as_of for edition in seen.editions)]))


def _public(archive: Archive, now: datetime) -> Archive:
    seen = tuple(
        edition for edition in archive.editions if is_public(release_of(archive, edition), now)
    )
    return replace(
        with_editions(archive, seen),
        releases=tuple(
            release if is_public(release, now) else replace(release, sha256=None, note=Text(vi=""))
            for release in archive.releases
        ),
    )


def known_on(archive: Archive, day: date) -> Archive:
    """The archive without what is dated after a day: who begins, ends or takes over later.

    An area that is still there is told without its end, so that whoever has an end is no more.
    A parent of what is there stays, whenever it began: tables hold one parent for all times.
    """

    def has_begun(one: Area | Agency | Duty) -> bool:
        return one.since is None or one.since <= day

    begun = {name for name, area in archive.areas.items() if has_begun(area)}
    waiting = list(begun)
    while waiting:
        parent = archive.areas[waiting.pop()].parent or ""
        if parent in archive.areas and parent not in begun:
            begun.add(parent)
            waiting.append(parent)
    agencies = tuple(
        replace(each, until=None, successors=()) if _goes_on(each.until, day) else each
        for each in archive.agencies
        if has_begun(each)
    )
    bodies = {each.agency for each in agencies}
    return replace(
        archive,
        areas={
            name: replace(area, until=None) if _goes_on(area.until, day) else area
            for name, area in archive.areas.items()
            if name in begun
        },
        area_changes=tuple(change for change in archive.area_changes if change.on <= day),
        agencies=agencies,
        duties=tuple(
            replace(each, until=None) if _goes_on(each.until, day) else each
            for each in archive.duties
            if has_begun(each) and each.agency in bodies
        ),
        meaning_changes=tuple(each for each in archive.meaning_changes if each.on <= day),
    )


def _goes_on(until: date | None, day: date) -> bool:
    """Whether something has an end that has not come yet: its last day counts in full."""
    return until is not None and until >= day


def with_editions(archive: Archive, editions: Iterable[Edition]) -> Archive:
    """The archive as if it held no other versions than these, by year and version."""
    kept = tuple(sorted(editions, key=_order))
    keys = {(edition.year, edition.version) for edition in kept}
    rows = archive.observations
    known = [key in keys for key in zip(rows["year"], rows["version"], strict=True)]
    return replace(archive, editions=kept, observations=rows[known].reset_index(drop=True))


def newest(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """The highest version of each year, by year."""
    by_year = {edition.year: edition for edition in sorted(editions, key=_order)}
    return tuple(by_year[year] for year in sorted(by_year))


def _order(edition: Edition) -> tuple[int, int]:
    return edition.year, edition.version
