"""Who has given what of an edition, and when: what stands in each cell that is expected.

The whole area's own row of a local indicator is nobody's debt: there its sum or count is told as
worked out.  What is not applicable is no gap either; the other reasons are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tiendo.judge.bodies import bodies, bodies_by_area, heirs_of, is_active
from tiendo.judge.measure import expected_areas
from tiendo.judge.once import once
from tiendo.judge.plan_then import asked
from tiendo.judge.reporting import owing_by_area
from tiendo.terms import (
    Agency,
    Archive,
    Edition,
    Figure,
    Indicator,
    Level,
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
    others = {area for _, area in _figures(results, edition.year)} - {*first}
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
        names |= {name for name, _ in _figures(results, edition.year)}
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


def reporter_of(archive: Archive, indicator: Indicator, area: str, on: date) -> Agency | None:
    """Who owes a cell on a day: the area's own body, for the whole area the indicator's reporter.

    Of one that had ended by then, the one that had taken over, of whoever took over from that
    again; None where several had: of them nobody owes it alone.
    """
    if area == archive.plan.scope:
        body = bodies(archive).get(indicator.reporter)
    else:
        body = body_of_area(archive, area, on)
    if body is None or is_active(body, on):
        return body
    heirs = [each for each in heirs_of(archive, body) if is_active(each, on)]
    return heirs[0] if len(heirs) == 1 else None


def body_of_area(archive: Archive, area: str, on: date) -> Agency | None:
    """The body that reports for an area on a day, else did; None where the plan names none."""
    owing = owing_by_area(archive).get(area, ()) or bodies_by_area(archive).get(area, ())
    return next((each for each in owing if is_active(each, on)), owing[-1] if owing else None)


@once
def _by_year(results: Results) -> Mapping[int, Mapping[tuple[str, str], Figure]]:
    found: dict[int, dict[tuple[str, str], Figure]] = {}
    for key, series in results.figures.items():
        for figure in series:
            found.setdefault(figure.year, {})[key] = figure
    return found


def _figures(results: Results, year: int) -> Mapping[tuple[str, str], Figure]:
    return _by_year(results).get(year, {})


@once
def _entries(results: Results) -> Mapping[int, Mapping[tuple[str, str], Entry]]:
    found = {}
    for edition in results.editions:
        figures = _figures(results, edition.year)
        areas = areas_of_edition(results, edition)
        cells = {}
        known = {each.indicator: each for each in asked(results.archive, edition)}
        for indicator in results.archive.indicators:
            owed = _owed(results, known.get(indicator.indicator), edition)
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


def _owed(results: Results, indicator: Indicator | None, edition: Edition) -> set[str]:
    """The areas that owe a cell of an indicator; None: the edition is not asked for it."""
    if indicator is None:
        return set()
    if indicator.level is Level.WHOLE:
        return {results.archive.plan.scope}
    return {*expected_areas(indicator, edition, results.locals_[edition.year])}


def _state(figure: Figure | None, *, expected: bool) -> State:
    if figure is None:
        return State.NOT_REPORTED if expected else State.NOT_EXPECTED
    if figure.aggregated:
        return State.NOT_DERIVED if figure.low is None else State.DERIVED
    if figure.low is None:
        return _BY_REASON[figure.missing or Missing.NOT_REPORTED]
    return _BY_STATUS[figure.status or Status.OFFICIAL]
