"""What each version that came out changed of what the public had seen until then.

The data only gives the reasons; what changed is worked out by comparing, figures and verdicts as
they were met.  So a whole area's figure that changed because a district's did is told too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from tiendo.judge.assess import results
from tiendo.judge.editions import with_editions
from tiendo.judge.once import once
from tiendo.judge.past import days, then
from tiendo.judge.revisions import OF_THE_EDITION, Thing, between, reason_of, revision_of
from tiendo.terms import Assessment, Corrected, Edition, Restated, Results, Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One thing that differs between two versions of an edition."""

    after: Edition
    resource: str
    """``observations``, ``reports``, ``actions``, or ``edition`` for its date and geography."""
    key: str
    """The reporter or the action; empty for figures and editions."""
    indicator: str
    area: str
    old: Thing | None
    new: Thing | None
    kind: str
    reason: Text
    """Empty for a whole area's figure that follows from local ones."""
    verdicts: tuple[Assessment, Assessment] | None = None
    """Old and new, at the same milestone, where the change made them differ."""
    follows_from: tuple[str, ...] = ()
    """The areas whose changed figures a whole area's follows from."""
    hidden: bool = False
    """Whether what stood there was withdrawn."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A version that came out, and what it changed of what the public had seen until then."""

    edition: Edition
    changes: tuple[Change, ...]
    """Against the version of the same year before it; none for the first of a year."""
    verdicts: tuple[tuple[Assessment, Assessment], ...]
    """Old and new, at the milestone in question, of whatever was judged before and after."""


def changes(known: Results) -> tuple[Change, ...]:
    """All that differs between versions of the same year, the newest version first."""
    return tuple(change for step in steps(known) for change in step.changes)


def rests_on_corrected(known: Results, row: Restated) -> bool:
    """Whether a figure on other borders is made of one that was changed."""
    areas = (*row.inside, *row.straddling)
    return any((row.indicator, area, row.year) in known.corrected for area in areas)


@once
def steps(known: Results) -> tuple[Step, ...]:
    """Every version that may be seen, the newest first, with what it changed."""
    archive = known.archive
    out = tuple(days(known))
    public = {(edition.year, edition.version) for edition, _ in out}
    planned = {(one.year, one.version): one.released.timestamp() for one in known.calendar}

    def when(draft: Edition) -> tuple[float, int, int]:
        key = (draft.year, draft.version)
        return planned.get(key, float("inf")), *key

    # Drafts, seen in a preview, come last.
    drafts = sorted(
        (each for each in archive.editions if (each.year, each.version) not in public), key=when
    )
    found: list[Step] = []
    old: Results | None = None
    for _, together in groupby(out, key=lambda each: each[1]):
        editions = tuple(together)
        new = then(known, editions[0][1])
        # What came out at the same moment changed the verdicts together: told with the first.
        found += [
            _step(found, each, old, new, first=not at) for at, (each, _) in enumerate(editions)
        ]
        old = new
    for at, each in enumerate(drafts, start=1):
        seen = with_editions(archive, (*(edition for edition, _ in out), *drafts[:at]))
        new = known if at == len(drafts) else results(seen, known.now, told=known.corrected)
        found.append(_step(found, each, old, new))
        old = new
    return tuple(reversed(found))


def _step(
    before: Sequence[Step],
    edition: Edition,
    old: Results | None,
    new: Results,
    *,
    first: bool = True,
) -> Step:
    earlier = [each.edition for each in before if each.edition.year == edition.year]
    is_next = bool(earlier) and earlier[-1].version + 1 == edition.version
    return Step(
        edition=edition,
        changes=tuple(_between(earlier[-1] if is_next else None, edition, old or new, new)),
        verdicts=tuple(_verdict_changes(old, new)) if old is not None and first else (),
    )


def _verdict_changes(old: Results, new: Results) -> Iterator[tuple[Assessment, Assessment]]:
    """The verdicts that differ, where a figure stood behind the old one.

    That one is no longer provisional is no change of it.
    """
    for indicator, area in new.headlines:
        was, now = _verdicts(old, new, indicator, area) or (None, None)
        if was is None or now is None or was.latest is None:
            continue
        if was.verdict is not now.verdict:
            yield was, now


def _between(
    before: Edition | None, after: Edition, old: Results, new: Results
) -> Iterator[Change]:
    """What a version changed; of one whose forerunner was withdrawn, what it gives reasons for."""
    if before is None:
        yield from _figure_changes(after, old, new)
        return
    yield from _descriptor_changes(before, after)
    yield from _figure_changes(after, old, new)
    yield from _row_changes(before, after)


def _descriptor_changes(before: Edition, after: Edition) -> Iterator[Change]:
    if (before.as_of, before.geography) != (after.as_of, after.geography):
        revision = revision_of(after, keys=frozenset(OF_THE_EDITION))
        yield Change(
            after=after,
            resource="edition",
            key="",
            indicator="",
            area="",
            old=before,
            new=after,
            kind=revision.kind if revision is not None else "correction",
            reason=revision.reason if revision is not None else after.reason,
        )


def _row_changes(before: Edition, after: Edition) -> Iterator[Change]:
    for difference in between(before, after):
        revision = reason_of(after, difference)
        kind = "late" if difference.old is None else "correction"
        yield Change(
            after=after,
            resource=difference.resource,
            key=difference.key,
            indicator="",
            area="",
            old=difference.old,
            new=difference.new,
            kind=revision.kind if revision is not None else kind,
            reason=revision.reason if revision is not None else after.reason,
        )


def _figure_changes(after: Edition, old: Results, new: Results) -> Iterator[Change]:
    """The figures that differ; a whole area's after the local ones that it follows from."""
    for one in _brought(new).get((after.year, after.version), ()):
        yield Change(
            after=after,
            resource="observations",
            key="",
            indicator=one.indicator,
            area=one.area,
            old=one.old,
            new=one.new,
            kind=one.kind,
            reason=one.reason,
            follows_from=one.follows_from,
            hidden=one.hidden,
            verdicts=_verdicts(old, new, one.indicator, one.area),
        )


def _brought(known: Results) -> Mapping[tuple[int, int], tuple[Corrected, ...]]:
    """The changed figures by the version that brought them, in the order in which they are told."""
    found: dict[tuple[int, int], list[Corrected]] = {}
    for changed in known.corrected.values():
        for one in changed:
            if one.kind != "withdrawn":
                found.setdefault((one.year, one.version), []).append(one)
    scope = known.archive.plan.scope
    return {
        version: tuple(sorted(ones, key=lambda one: one.area == scope))
        for version, ones in found.items()
    }


def _verdicts(
    old: Results, new: Results, indicator: str, area: str
) -> tuple[Assessment, Assessment] | None:
    """The verdicts before and after at the milestone in question, where they differ."""
    now = new.headlines.get((indicator, area))
    if now is None:
        return None
    for was in old.assessments.get((indicator, area), ()):
        if was.target.year == now.target.year:
            same = (was.verdict, was.provisional) == (now.verdict, now.provisional)
            return None if same else (was, now)
    return None
