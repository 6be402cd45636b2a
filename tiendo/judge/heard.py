"""Which of all areas that an edition stands for anything has come from, whoever owed a report.

A plan may ask one body for a report and every area for figures: that the one came in time says
nothing of the others.  An area is heard where its own body sent a report, or where a figure of it
stands, or the answer that it is confidential or does not apply.
That a figure was not reported, or not collected, is no answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tiendo.judge.bodies import bodies
from tiendo.judge.once import once
from tiendo.judge.owed import local_rows
from tiendo.judge.plan_then import asked
from tiendo.judge.reporting import owing_by_area
from tiendo.terms import Edition, Figure, Missing, Results

ANSWERS = frozenset({Missing.CONFIDENTIAL, Missing.NOT_APPLICABLE})
"""The reasons for no figure that somebody who has looked gives."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """What is known of an edition's areas."""

    areas: tuple[str, ...]
    """All local areas of the edition, in their order."""
    silent: tuple[str, ...]
    """Those of them that nothing has come from."""

    @property
    def count(self) -> int:
        """How many something has come from."""
        return len(self.areas) - len(self.silent)


@once
def heard(results: Results) -> Mapping[int, Heard]:
    """Who was heard, by year; without the years that ask no area for anything, and had none."""
    answered = set(_answered(results))
    found = {}
    for edition in results.editions:
        areas = results.locals_[edition.year]
        of_bodies = _reported(results, edition)
        silent = tuple(
            area for area in areas if (edition.year, area) not in answered and area not in of_bodies
        )
        if len(silent) < len(areas) or (areas and _asks(results, edition)):
            found[edition.year] = Heard(areas=areas, silent=silent)
    return found


def _answered(results: Results) -> Iterator[tuple[int, str]]:
    """Year and area of each answer in an area's rows; a withdrawn one is confidential there."""
    for (_, area), series in results.figures.items():
        for figure in series:
            if _is_answer(figure):
                yield figure.year, area


def _is_answer(figure: Figure) -> bool:
    return not figure.aggregated and (figure.low is not None or figure.missing in ANSWERS)


def _reported(results: Results, edition: Edition) -> set[str]:
    """The areas whose own bodies sent a report."""
    known = bodies(results.archive)
    senders = (known.get(report.reporter) for report in edition.reports)
    return {sender.area for sender in senders if sender is not None and sender.area}


def _asks(results: Results, edition: Edition) -> bool:
    """Whether an edition asks its areas for anything: for figures, or their bodies for a report."""
    archive, owing = results.archive, owing_by_area(results.archive)
    return any(local_rows(archive, edition, each) for each in asked(archive, edition)) or any(
        area in owing for area in results.locals_[edition.year]
    )
