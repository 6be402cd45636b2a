"""What may be seen at a moment: which versions, areas and bodies; and what is newest of a year.

What was published can be withdrawn, a whole version or a single figure of it: it is gone from the
moment on that its row says, and that it is gone is told.

A version exists for the public from the instant of its release on, and not before: what comes
after this module never sees an unreleased figure (unless a preview asks for it).  Nor does it see
an area or a body that is yet to come, or the end of one that is still there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

import pandas as pd

from tiendo.terms import (
    NO_WORDS,
    Agency,
    Archive,
    Area,
    Duty,
    Edition,
    Missing,
    Release,
    Withdrawal,
)

OBSERVATIONS = "observations.csv"
"""The file of a version's package that its figures stand in."""


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


def is_overdue(release: Release, now: datetime) -> bool:
    """Whether a planned release's hour has passed without it."""
    return release.sha256 is None and release.released <= now


def in_force(archive: Archive, now: datetime) -> tuple[Withdrawal, ...]:
    """What is withdrawn at a moment."""
    return tuple(each for each in archive.withdrawals if each.withdrawn <= now)


def first_release(releases: Iterable[Release], year: int, now: datetime) -> Release | None:
    """The release that made a year public; None: it is not public yet."""
    return min(_out(releases, year, now), key=lambda one: one.released, default=None)


def last_correction(archive: Archive, year: int, now: datetime) -> Release | None:
    """The newest release of a year that was public before; None: nothing was changed since.

    A version that was withdrawn corrects nothing any more.
    """
    gone = {(one.year, one.version) for one in in_force(archive, now) if one.of_version}
    out = _out(archive.releases, year, now)
    first = min(out, key=lambda one: one.released, default=None)
    later = [one for one in out if one is not first and (one.year, one.version) not in gone]
    return max(later, key=lambda one: one.released, default=None)


def _out(releases: Iterable[Release], year: int, now: datetime) -> list[Release]:
    return [one for one in releases if one.year == year and is_public(one, now)]


def published(archive: Archive, now: datetime, *, preview: bool = False) -> Archive:
    """The archive with the versions that may be seen; of releases to come the dates alone.

    A planned release whose hour has passed without a signature is still to come.  What is withdrawn
    by then is gone, and nothing takes its place but a later version, or what was said to.
    A preview lets every version in.  Areas and bodies are those of the day, or of the newest
    edition where that is of a later one.
    """
    seen = archive if preview else _public(archive, now)
    seen = _without_withdrawn(seen, _gone(archive, now))
    return known_on(seen, max([now.date(), *(edition.as_of for edition in seen.editions)]))


def _public(archive: Archive, now: datetime) -> Archive:
    seen = tuple(
        edition for edition in archive.editions if is_public(release_of(archive, edition), now)
    )
    return replace(
        with_editions(archive, seen),
        releases=tuple(
            release if is_public(release, now) else replace(release, sha256=None, note=NO_WORDS)
            for release in archive.releases
        ),
    )


def _gone(archive: Archive, now: datetime) -> tuple[Withdrawal, ...]:
    """What is withdrawn at a moment, or was seen to be so already: what is gone stays gone.

    So a day before a version was withdrawn is told without it too, as soon as it was out.
    """
    already = {
        _order(edition)
        for edition in archive.withdrawn
        if is_public(release_of(archive, edition), now)
    }
    return tuple(
        one
        for one in archive.withdrawals
        if one.withdrawn <= now or (one.of_version and (one.year, one.version) in already)
    )


def _without_withdrawn(archive: Archive, withdrawals: tuple[Withdrawal, ...]) -> Archive:
    """The archive without what was taken back, of which the names alone stay."""
    if not withdrawals and all(edition.stands for edition in archive.editions):
        return replace(archive, withdrawals=())
    gone = {(one.year, one.version): one for one in withdrawals if one.of_version}
    top: dict[int, tuple[int, int]] = {}
    for key in sorted({*map(_order, archive.editions), *gone}):
        top[key[0]] = key
    kept, withdrawn = [], []
    for edition in archive.editions:
        if _order(edition) in gone:
            nameless = dict.fromkeys(edition.files, b"")
            withdrawn.append(replace(edition, files=nameless, reports=(), actions=()))
            continue
        last = gone.get(top[edition.year])
        stands = last is None or (last.instead is not None and edition.version <= last.instead)
        kept.append(replace(edition, stands=stands))
    single = [one for one in withdrawals if not one.of_version]
    seen = with_editions(archive, [_blanked(edition, single) for edition in kept])
    return replace(
        seen,
        observations=_blank_rows(seen.observations, single),
        withdrawals=withdrawals,
        withdrawn=(*archive.withdrawn, *withdrawn),
    )


def without_withdrawn_figures(archive: Archive) -> Archive:
    """The archive with nothing in the rows that are or will be taken back one by one."""
    single = [one for one in archive.withdrawals if not one.of_version]
    if not single:
        return archive
    return replace(archive, observations=_blank_rows(archive.observations, single))


_SAID = ("numerator", "denominator", "value", "decided_on", "valid_until")
"""What a row says of its figure, besides texts."""


def _blank_rows(rows: pd.DataFrame, single: Sequence[Withdrawal]) -> pd.DataFrame:
    """The observations with nothing in those that were taken back but the reason."""
    if not single:
        return rows
    blank = rows.copy()
    for one in single:
        here = (blank["year"] == one.year) & (blank["version"] == one.version)
        here &= (blank["indicator"] == one.indicator) & (blank["area"] == one.area)
        for column in _SAID:
            blank.loc[here, column] = None
        for column in ("status", "decision", "source"):
            blank.loc[here, column] = ""
        blank.loc[here, "missing"] = Missing.CONFIDENTIAL.value
        blank["note"] = blank["note"].mask(here, one.reason)
    return blank


def _blanked(edition: Edition, single: Sequence[Withdrawal]) -> Edition:
    """An edition whose file of figures lacks those that were taken back."""
    mine = {
        (one.indicator, one.area): one
        for one in single
        if (one.year, one.version) == (edition.year, edition.version)
    }
    content = edition.files.get(OBSERVATIONS)
    if not mine or content is None:
        return edition
    header, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for line in lines:
        row = dict(zip(header, line, strict=False))
        one = mine.get((row.get("indicator", ""), row.get("area", "")))
        if one is not None:
            left = {
                "missing": Missing.CONFIDENTIAL.value,
                **{f"note_{language}": words for language, words in one.reason.said},
            }
            keys = {name: row[name] for name in ("indicator", "area")}
            row = {name: {**keys, **left}.get(name, "") for name in header}
        writer.writerow(row.values())
    return replace(edition, files={**edition.files, OBSERVATIONS: out.getvalue().encode()})


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
    return replace(archive, editions=kept, observations=rows.loc[known].reset_index(drop=True))


def newest(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """The highest version of each year that stands, by year."""
    by_year = {edition.year: edition for edition in sorted(editions, key=_order) if edition.stands}
    return tuple(by_year[year] for year in sorted(by_year))


def _order(edition: Edition) -> tuple[int, int]:
    return edition.year, edition.version
