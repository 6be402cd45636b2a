"""Which versions are public at a moment, and which is the newest of its year.

A version exists for the public from the instant of its release on, and not before: what comes
after this module never sees an unreleased figure (unless a preview asks for it).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from tiendo.terms import Archive, Edition, Release, Text


def release_of(archive: Archive, edition: Edition) -> Release | None:
    """The calendar's row of a version; None: it is a draft."""
    for release in archive.releases:
        if (release.year, release.version) == (edition.year, edition.version):
            return release
    return None


def is_public(release: Release | None, now: datetime) -> bool:
    """Whether a version is signed off and its hour has come."""
    return release is not None and release.sha256 is not None and release.released <= now


def published(archive: Archive, now: datetime, *, preview: bool = False) -> Archive:
    """The archive with the versions that may be seen; of releases to come the dates alone.

    A planned release whose hour has passed without a signature is still to come.
    A preview lets everything in.
    """
    if preview:
        return archive
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
