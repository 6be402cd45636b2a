"""How complete an edition is: by area, by indicator, cell by cell."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from tiendo.charts.pictures import MOST_NAMED
from tiendo.judge.completeness import (
    GAPS,
    Counted,
    Entry,
    State,
    areas_of_edition,
    counted,
    entries,
    indicators_of,
)
from tiendo.judge.owed import body_of_area
from tiendo.judge.reporting import Outcome, Reporting, reporting_of, reportings
from tiendo.pages.grid import Grid, GridRow
from tiendo.pages.heard_words import heard_words, silent_areas
from tiendo.pages.reporting import ReportRow, report_cell, report_row, year_words
from tiendo.terms import Edition, Level
from tiendo.words import addresses
from tiendo.words.desk import Desk, agency_link, area_link, indicator_link, unit_of
from tiendo.words.parts import Cell, Link, LinkedNote

MOST_AREAS = 30
"""Of more areas than this only those are listed where something is missing or late."""

MOST_ROWS = 100
"""More than that nobody reads on a page; the file holds all of them."""

SOFTER = (State.PRELIMINARY, State.ESTIMATED)
"""The states of figures that may still change."""

_KIND = {state: state.value for state in State} | {
    State.NOT_REPORTED: "x",
    State.CONFIDENTIAL: "c",
    State.NOT_COLLECTED: "n",
    State.NOT_APPLICABLE: "z",
    State.NOT_EXPECTED: "empty",
}
"""The cells' kinds: the reasons keep the letters that they have everywhere."""


@dataclass(frozen=True, kw_only=True, slots=True)
class QualityArea:
    """What an area has given of an edition, and when its report came."""

    name: Link
    report: Cell | None
    """When it came and whether in time; None where the area's body owes none."""
    count: str
    """"11 of 12"."""
    gaps: tuple[str, ...]
    """"Life skills: not reported. The report lacks this table."; without those that all share."""


@dataclass(frozen=True, kw_only=True, slots=True)
class QualityIndicator:
    """How many areas have given an indicator in an edition."""

    name: Link
    count: str
    """"11 of 12"."""
    softer: str
    """"3 preliminary and 1 estimated"; or empty."""
    gaps: tuple[str, ...]
    """"Nam Sach district: not reported"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class QualityEdition:
    """How complete an edition is."""

    id: str
    year: Link
    heading: str
    finding: str
    """Who reported in time, of how many areas anything came, how many cells are filled."""
    silent: LinkedNote | None
    """Who sent nothing; None where nobody is so, or the finding names them."""
    common: tuple[str, ...]
    """What no area has given, each told once for all."""
    indicators_caption: str
    indicators: tuple[QualityIndicator, ...]
    areas_caption: str
    areas: tuple[QualityArea, ...]
    areas_note: str
    """How many areas are not listed and why; empty where all are."""
    others_caption: str
    others: tuple[ReportRow, ...]
    """The bodies that report for no area listed here."""
    grid: Grid | None
    """Rows are all areas, columns the indicators; None where they are too many for a page."""


def _word(desk: Desk, state: State) -> str:
    return desk.say(f"quality_state.{state.value}.word")


def legend(desk: Desk) -> tuple[Cell, ...]:
    """The states that occur in the editions, in their order."""
    found = {
        entry.state
        for edition in desk.results.editions
        for entry in entries(desk.results, edition).values()
    }
    return tuple(_cell(desk, state) for state in State if state in found)


def quality_edition(
    desk: Desk, edition: Edition, *, most_areas: int = MOST_AREAS, most_in_grid: int = MOST_AREAS
) -> QualityEdition:
    """Who reported in time, which cells are filled, and why the others are not.

    Of more than ``most_areas`` only those with something to tell are listed; of more than
    ``most_in_grid`` there is no grid, since a page of many thousand cells is none.
    """
    cells = entries(desk.results, edition)
    total = counted(cells.values())
    year = edition.year
    common = _common(desk, edition)
    areas, left_out = _areas(desk, edition, common, most_areas)
    told = (year_words(desk, year), heard_words(desk, year), _cells_words(desk, total))
    return QualityEdition(
        id=f"nam-{year}",
        year=Link(text=str(year), href=desk.href(addresses.of_year(year))),
        heading=desk.say("quality_page.edition", year=year, version=edition.version),
        finding=" ".join(filter(None, told)),
        silent=silent_areas(desk, year),
        common=tuple(common.values()),
        indicators_caption=desk.say("quality_page.indicators", year=year),
        indicators=tuple(
            _indicator(desk, edition, name) for name in indicators_of(desk.results, edition)
        ),
        areas_caption=desk.say("quality_page.areas", year=year),
        areas=tuple(_area(desk, edition, area, common) for area in areas),
        areas_note=left_out,
        others_caption=desk.say("quality_page.others", year=year),
        others=tuple(
            report_row(desk, each, agency_link(desk, each.agency.agency))
            for each in _without_area(desk, edition)[:MOST_ROWS]
        ),
        grid=_grid(desk, edition, most_in_grid),
    )


def _cells_words(desk: Desk, total: Counted) -> str:
    """How many cells are filled, and why the others are not."""
    facts = {"owed": desk.words.number(total.owed), "given": desk.words.number(total.given)}
    softer = _counts(desk, total, SOFTER)
    if not total.owed:
        return desk.say("quality_cells.none")
    key = "some" if total.gaps else "all"
    parts = [desk.say(f"quality_cells.{key}", **facts)]
    if softer:
        parts.append(desk.say("quality_cells.softer", counts=desk.words.listed(softer)))
    if total.gaps:
        reasons = desk.words.listed(_counts(desk, total, GAPS))
        parts.append(desk.say("quality_cells.gaps", count=total.gaps, reasons=reasons))
    if State.NOT_APPLICABLE in total.by_state:
        besides = total.by_state[State.NOT_APPLICABLE]
        parts.append(desk.say("quality_cells.besides", count=besides))
    return " ".join(parts)


def _counts(desk: Desk, total: Counted, states: Iterable[State]) -> list[str]:
    """How many cells are in each of these states, without those that none is in."""
    return [
        desk.say(f"quality_state.{state.value}.count", count=total.by_state[state])
        for state in states
        if state in total.by_state
    ]


def _without_area(desk: Desk, edition: Edition) -> list[Reporting]:
    """The bodies that owe a report and are not told of under an area."""
    here = {*desk.results.locals_[edition.year]}
    return [each for each in reportings(desk.results, edition.year) if each.agency.area not in here]


def _common(desk: Desk, edition: Edition) -> dict[str, str]:
    """The indicators of which no area has a figure, for one reason, each told once."""
    found = {}
    cells = entries(desk.results, edition)
    here = desk.results.locals_[edition.year]
    for name in indicators_of(desk.results, edition):
        indicator = desk.indicators[name]
        asked = [area for area in here if cells[name, area].expected]
        own = [cells[name, area] for area in asked]
        states = {entry.state for entry in own}
        if len(own) < 2 or len(states) > 1 or not states <= {*GAPS}:  # noqa: PLR2004 - "all"
            continue
        text = desk.say(
            "quality_page.common",
            indicator=indicator.short[desk.language],
            reason=_word(desk, own[0].state),
            number=desk.words.number(len(own)),
            unit=unit_of(desk, asked),
        )
        notes = {entry.figure.note[desk.language] if entry.figure else "" for entry in own}
        found[name] = " ".join([text, *(notes if len(notes) == 1 else ())]).strip()
    return found


def _areas(
    desk: Desk, edition: Edition, common: Container[str], most: int
) -> tuple[tuple[str, ...], str]:
    """The areas that are listed, and what is said of the others."""
    every = areas_of_edition(desk.results, edition)
    if len(every) <= most:
        return every, ""
    cells = entries(desk.results, edition)
    lacking = [
        area
        for area in every
        if area == desk.scope
        or _late(desk, edition, area)
        or any(
            cells[name, area].expected and cells[name, area].state in GAPS
            for name in desk.indicators
            if name not in common
        )
    ]
    shown = tuple(lacking[:MOST_ROWS])
    listed = {*lacking}
    complete = [area for area in desk.results.locals_[edition.year] if area not in listed]
    cut = len(lacking) - len(shown)
    told = []
    if complete:
        unit = unit_of(desk, complete)
        told.append(desk.say("quality_page.complete-areas", count=len(complete), unit=unit))
    if cut:
        told.append(desk.say("quality_page.more-areas", count=cut))
    return shown, " ".join(told)


def _late(desk: Desk, edition: Edition, area: str) -> bool:
    body = body_of_area(desk.results.archive, area, edition.as_of)
    return body is not None and reporting_of(desk.results, body, edition.year).outcome in {
        Outcome.LATE,
        Outcome.NONE,
    }


def _area(desk: Desk, edition: Edition, area: str, common: Container[str]) -> QualityArea:
    cells = entries(desk.results, edition)
    own = [cells[name, area] for name in desk.indicators]
    body = body_of_area(desk.results.archive, area, edition.as_of)
    count = counted(own)
    return QualityArea(
        name=_area_link(desk, area),
        report=report_cell(desk, reporting_of(desk.results, body, edition.year))
        if body is not None and area != desk.scope
        else None,
        count=_of(desk, count),
        gaps=tuple(
            _gap(desk, desk.indicators[entry.indicator].short[desk.language], entry)
            for entry in own
            if entry.expected
            and entry.indicator not in common
            and (entry.state in GAPS or entry.state is State.NOT_APPLICABLE)
        ),
    )


def _of(desk: Desk, count: Counted) -> str:
    if not count.owed:
        return desk.say("grid.not-expected")
    given, owed = desk.words.number(count.given), desk.words.number(count.owed)
    return desk.say("figure.of", numerator=given, denominator=owed)


def _gap(desk: Desk, what: str, entry: Entry) -> str:
    note = entry.figure.note[desk.language] if entry.figure else ""
    text = desk.say("quality_page.gap", what=what, reason=_word(desk, entry.state))
    return f"{text} {note}".strip()


def _indicator(desk: Desk, edition: Edition, name: str) -> QualityIndicator:
    cells = entries(desk.results, edition)
    own = [cells[name, area] for area in areas_of_edition(desk.results, edition)]
    count = counted(own)
    gaps = []
    for state in (*GAPS, State.NOT_APPLICABLE):
        areas = tuple(entry.area for entry in own if entry.expected and entry.state is state)
        if areas:
            gaps.append(
                desk.say(
                    "quality_page.gap",
                    what=_areas_words(desk, areas, edition),
                    reason=_word(desk, state),
                )
            )
    whole = cells[name, desk.scope]
    if whole.state is State.NOT_DERIVED:
        gaps.append(desk.say("quality_page.not-derived", area=desk.area_within(desk.scope)))
    return QualityIndicator(
        name=indicator_link(desk, desk.indicators[name]),
        count=_of(desk, count),
        softer=desk.words.listed(_counts(desk, count, SOFTER)),
        gaps=tuple(gaps),
    )


def _areas_words(desk: Desk, areas: Sequence[str], edition: Edition) -> str:
    here = desk.results.locals_[edition.year]
    if len(areas) == len(here) > 1:
        number = desk.words.number(len(areas))
        return desk.say("quality_page.every", number=number, unit=unit_of(desk, areas))
    if len(areas) <= MOST_NAMED:
        return desk.areas_listed(areas)
    return f"{desk.words.number(len(areas))} {unit_of(desk, areas)}"


def _area_link(desk: Desk, area: str) -> Link:
    if area == desk.scope:
        return Link(text=desk.area_name(area), href=desk.href(addresses.HOME))
    return area_link(desk, area)


def _grid(desk: Desk, edition: Edition, most: int) -> Grid | None:
    """Area by local indicator; of the others no area has a cell, the list above tells of them."""
    areas = areas_of_edition(desk.results, edition)
    if len(areas) > most:
        return None
    cells = entries(desk.results, edition)
    every = [desk.indicators[name] for name in indicators_of(desk.results, edition)]
    columns = [each for each in every if each.level is Level.LOCAL] or every
    return Grid(
        id=f"o-{edition.year}",
        caption=desk.say("quality_page.grid", year=edition.year),
        corner=desk.say("tell.indicator.area-column"),
        columns=tuple(indicator_link(desk, each) for each in columns),
        rows=tuple(
            GridRow(
                name=_area_link(desk, area),
                cells=tuple(_cell(desk, cells[each.indicator, area].state) for each in columns),
            )
            for area in areas
        ),
    )


def _cell(desk: Desk, state: State) -> Cell:
    return Cell(kind=_KIND[state], word=_word(desk, state))
