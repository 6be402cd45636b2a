"""What was known then: at each release, by the end of a year, before something was withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from tiendo.judge.areas import rest_on
from tiendo.judge.assess import known_of, results
from tiendo.judge.editions import is_public, published
from tiendo.judge.once import once
from tiendo.terms import Assessment, Edition, Results


@once
def then(known: Results, moment: datetime) -> Results:
    """What was public at a moment, as far as it is not taken back since."""
    told = {
        key: out
        for key, each in known.corrected.items()
        if (out := tuple(one for one in each if one.on is not None and one.on <= moment))
    }
    return results(published(known.archive, moment), moment, told=told)


def days(known: Results) -> Iterator[tuple[Edition, datetime]]:
    """Each version that is out with the moment of its release, in their order."""
    there = {(edition.year, edition.version): edition for edition in known.archive.editions}
    for release in sorted(known.calendar, key=lambda each: each.released):
        edition = there.get((release.year, release.version))
        if edition is not None and is_public(release, known.now):
            yield edition, release.released


@once
def known_by(known: Results, year: int) -> Results:
    """What the editions up to a year tell of the whole area."""
    if not known.editions or known.editions[-1].year <= year:
        return known
    return known_of(known, year, frozenset({known.archive.plan.scope}))


@once
def changed_at(results: Results, year: int) -> tuple[tuple[Assessment, Assessment], ...]:
    """The verdicts at a milestone that its own figures changed: as it was without them, and is.

    The whole area's, in the plan's order, where there was a figure before.
    """
    earlier = [edition.year for edition in results.editions if edition.year < year]
    if not earlier:
        return ()
    before, by_then = known_by(results, earlier[-1]), known_by(results, year)
    return tuple(
        (old, now)
        for indicator in results.archive.indicators
        for now in by_then.assessments.get((indicator.indicator, results.archive.plan.scope), ())
        for old in before.assessments.get((now.indicator, now.area), ())
        if old.target.year == now.target.year == year
        and old.latest is not None
        and old.verdict is not now.verdict
    )


@once
def as_once_published(known: Results) -> Results | None:
    """What there were pages of before versions were withdrawn, without their figures.

    None where nothing was: then every address that ever was is there.
    """
    archive = known.archive
    if not archive.withdrawn:
        return None
    every = (*archive.editions, *archive.withdrawn)
    ordered = sorted(every, key=lambda each: (each.year, each.version))
    editions = tuple(replace(each, stands=True) for each in ordered)
    return results(replace(archive, editions=editions, withdrawals=(), withdrawn=()), known.now)


def subjects_gone(known: Results) -> Iterator[tuple[str, str]]:
    """The indicators and areas that had figures and have none left: folder and name."""
    earlier = as_once_published(known)
    if earlier is None:
        return
    for part, kind in enumerate(("chi-tieu", "dia-ban")):
        had, has = (
            {key[part] for key, series in each.figures.items() if series}
            for each in (earlier, known)
        )
        if kind == "dia-ban":
            had |= _remainders(known)
        for name in sorted(had - has):
            yield kind, name


def _remainders(known: Results) -> set[str]:
    """What lies in no local area, on the days that withdrawn versions stand for.

    Only rows would tell whether it had figures, and those are gone; an address too many does no
    harm.
    """
    archive = known.archive
    return {area for edition in archive.withdrawn for area in rest_on(archive, edition.as_of)}
