"""What a version that is not signed off lacks yet: told while it grows, insisted on at its release.

A draft may be unfinished: it can be pushed, shared and built as a preview.  Whoever signs it off
says of each row what it is, or why there is nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from tiendo.judge.editions import is_signed_off
from tiendo.judge.lacking import Gap, gaps, is_empty
from tiendo.judge.measure import rows_of
from tiendo.terms import ActionState, Aggregation, Archive, Edition, Place, Problem


def draft_problems(archive: Archive) -> Iterator[Problem]:
    """A row that is owed in a draft is filled in at some time: how many lack, body by body."""
    for edition in archive.editions:
        if not is_signed_off(archive, edition):
            yield from _lacks(archive, edition, gaps(archive, edition))


def release_problems(archive: Archive, edition: Edition) -> Iterator[Problem]:
    """What keeps a version from being signed off, and what it would cost; what is asked first.

    What belongs to no local area may be left out: its absence says that it was not reported.
    """
    everything = gaps(archive, edition)
    missing = tuple(
        gap
        for gap in everything
        if archive.areas[gap.area].level == edition.geography or gap.area == archive.plan.scope
    )
    yield from _lacks(archive, edition, [gap for gap in everything if gap not in missing])
    yield from _lacks(archive, edition, missing, at_release=True)
    lost = _totals(archive, edition, missing)
    if lost:
        yield Problem(
            code="release-costs",
            place=_place(edition),
            facts={
                "count": str(len(lost)),
                "scope": archive.areas[archive.plan.scope].name.first,
                "names": "; ".join(lost),
            },
        )
    states = [report.state for report in edition.actions]
    if states and all(state is ActionState.UNKNOWN for state in states):
        yield Problem(
            code="release-actions-unknown",
            place=Place(file=f"{edition.folder}/actions.csv", column="state"),
            facts={"count": str(len(states))},
            stops=False,
        )


def _lacks(
    archive: Archive, edition: Edition, missing: Iterable[Gap], *, at_release: bool = False
) -> Iterator[Problem]:
    for body, count in Counter(_body(archive, gap) for gap in missing).items():
        yield Problem(
            code="release-lacks" if at_release else "draft-lacks",
            place=_place(edition),
            facts={"body": body, "count": str(count)},
            stops=at_release,
        )


def _place(edition: Edition) -> Place:
    return Place(file=f"{edition.folder}/observations.csv")


def _body(archive: Archive, gap: Gap) -> str:
    """Who owes a row, by the name that people know it by: an area's committee by its area."""
    if gap.area != archive.plan.scope or gap.reporter is None:
        return archive.areas[gap.area].name.first
    return gap.reporter.short.first


def _totals(archive: Archive, edition: Edition, missing: tuple[Gap, ...]) -> tuple[str, ...]:
    """The figures of the whole area that can't be told, or only as a range, without these rows."""
    own = rows_of(archive, edition)
    scope = archive.plan.scope
    return tuple(
        dict.fromkeys(
            gap.indicator.short.first
            for gap in missing
            if gap.area == scope
            or (
                gap.indicator.aggregation is not Aggregation.NONE
                and is_empty(own.get((gap.indicator.indicator, scope)))
            )
        )
    )
