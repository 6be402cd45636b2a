"""Who has given what of an edition, and when: what stands in each cell that is expected.

The whole area's own row of a local indicator is nobody's debt: there its sum or count is told as
worked out.  What is not applicable is no gap either; the other reasons are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tiendo.judge.once import once
from tiendo.judge.owed import owing
from tiendo.judge.plan_then import asked
from tiendo.judge.years import of_year
from tiendo.terms import (
    Edition,
    Figure,
    Missing,
    Results,
    Status,
)


class State(StrEnum):
    """What stands in a cell; the values are the kinds of cells and the codes in the file."""

    GIVEN = "given"
    PRELIMINARY = "preliminary"
    ESTIMATED = "estimated"
    NOT_REPORTED = "not-reported"
    CONFIDENTIAL = "confidential"
    NOT_COLLECTED = "not-collected"
    NOT_APPLICABLE = "not-applicable"
    DERIVED = "derived"
    """Not reported, but worked out by this site from the areas' figures."""
    NOT_DERIVED = "not-derived"
    """It could not be worked out, since areas are missing."""
    NOT_EXPECTED = "not-expected"


GIVEN = frozenset({State.GIVEN, State.PRELIMINARY, State.ESTIMATED})
"""The states of a cell that holds a reported figure."""

GAPS = (State.NOT_REPORTED, State.NOT_COLLECTED, State.CONFIDENTIAL)
"""The states of a cell that should hold a figure and does not."""

_BY_STATUS = {
    Status.OFFICIAL: State.GIVEN,
    Status.PRELIMINARY: State.PRELIMINARY,
    Status.ESTIMATED: State.ESTIMATED,
}
_BY_REASON = {
    Missing.NOT_APPLICABLE: State.NOT_APPLICABLE,
    Missing.NOT_REPORTED: State.NOT_REPORTED,
    Missing.CONFIDENTIAL: State.CONFIDENTIAL,
    Missing.NOT_COLLECTED: State.NOT_COLLECTED,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One cell of an edition: an indicator in an area."""

    indicator: str
    area: str
    expected: bool
    """Whether a figure is owed: each local indicator by each local area, others by the whole."""
    state: State
    figure: Figure | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """How many cells of some are filled, and why the others are not."""

    owed: int
    """Cells that should hold a figure; without those where the indicator is not applicable."""
    given: int
    by_state: Mapping[State, int]

    @property
    def gaps(self) -> int:
        """Cells that should hold a figure and do not."""
        return self.owed - self.given


def areas_of_edition(results: Results, edition: Edition) -> tuple[str, ...]:
    """The whole area, the local ones, then others with rows: remainders, areas that ended."""
    here = results.locals_[edition.year]
    first = (results.archive.plan.scope, *here)
    others = {area for _, area in of_year(results, edition.year)} - {*first}
    return (*first, *sorted(others))


def entries(results: Results, edition: Edition) -> Mapping[tuple[str, str], Entry]:
    """Every cell of an edition by indicator and area, in the order of plan and areas."""
    return _entries(results)[edition.year]


def indicators_of(results: Results, edition: Edition) -> tuple[str, ...]:
    """The indicators that an edition is asked for, or has figures of, in the plan's order."""
    return _indicators(results)[edition.year]


@once
def _indicators(results: Results) -> Mapping[int, tuple[str, ...]]:
    found = {}
    for edition in results.editions:
        names = {each.indicator for each in asked(results.archive, edition)}
        names |= {name for name, _ in of_year(results, edition.year)}
        found[edition.year] = tuple(
            each.indicator for each in results.archive.indicators if each.indicator in names
        )
    return found


def counted(cells: Iterable[Entry]) -> Counted:
    """The expected ones of some cells, counted."""
    states = [cell.state for cell in cells if cell.expected]
    by_state = {state: states.count(state) for state in State if state in states}
    return Counted(
        owed=len(states) - by_state.get(State.NOT_APPLICABLE, 0),
        given=sum(by_state.get(state, 0) for state in GIVEN),
        by_state=by_state,
    )


@once
def _entries(results: Results) -> Mapping[int, Mapping[tuple[str, str], Entry]]:
    found = {}
    for edition in results.editions:
        figures = of_year(results, edition.year)
        areas = areas_of_edition(results, edition)
        cells = {}
        known = {each.indicator: each for each in asked(results.archive, edition)}
        for indicator in results.archive.indicators:
            then = known.get(indicator.indicator)
            owed = {*owing(results.archive, edition, then)} if then is not None else set()
            for area in areas:
                key = (indicator.indicator, area)
                figure = figures.get(key)
                cells[key] = Entry(
                    indicator=indicator.indicator,
                    area=area,
                    expected=area in owed,
                    state=_state(figure, expected=area in owed),
                    figure=figure,
                )
        found[edition.year] = cells
    return found


def _state(figure: Figure | None, *, expected: bool) -> State:
    if figure is None:
        return State.NOT_REPORTED if expected else State.NOT_EXPECTED
    if figure.aggregated:
        return State.NOT_DERIVED if figure.low is None else State.DERIVED
    if figure.low is None:
        return _BY_REASON[figure.missing or Missing.NOT_REPORTED]
    return _BY_STATUS[figure.status or Status.OFFICIAL]
