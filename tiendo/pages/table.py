"""The table of all areas by all indicators, in words and shapes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tiendo.judge.owed import is_measurable
from tiendo.judge.years import in_year
from tiendo.pages.area_history import scope_ended
from tiendo.pages.grid import FEW_ROWS, Grid, GridRow
from tiendo.pages.legends import GapMeaning, VerdictMeaning, gap_meanings, legend
from tiendo.pages.page import Page
from tiendo.pages.page_end import Closing, closing
from tiendo.pages.places import today_areas
from tiendo.terms import Figure, Indicator, Level
from tiendo.words import addresses
from tiendo.words.desk import (
    Desk,
    area_link,
    dateline,
    edition_of,
    head,
    past_areas,
    scope_word,
    unit_of,
)
from tiendo.words.figures import gap
from tiendo.words.parts import Cell, Head, Link
from tiendo.words.verdicts import against_words, verdict_cell

MOST_ROWS = 400
"""A table of more areas than this would be no page for a phone; the data files hold all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TablePage:
    """District by indicator."""

    head: Head
    title: str
    finding: str
    dateline: str
    scope_ended: str
    """What the whole area became; empty while it goes on."""
    against: str
    left_out: tuple[str, ...]
    """Which indicators have no column, and why."""
    grid: Grid
    """Rows are areas, the first the whole area; columns are indicators (short names)."""
    past: tuple[Grid, ...]
    """The same of areas that have ended, with their last results: one for each level."""
    legend: tuple[VerdictMeaning, ...]
    gaps: tuple[GapMeaning, ...]
    """The reasons that occur in the table."""
    closing: Closing


def table_page(desk: Desk) -> TablePage:
    """District by indicator, the whole area first."""
    every = today_areas(desk)
    areas = every[:MOST_ROWS]
    ever = [each for each in desk.indicators.values() if each.level is Level.LOCAL]
    local = [each for each in desk.holding.values() if each.level is Level.LOCAL]
    whole = [each for each in desk.holding.values() if each.level is Level.WHOLE]
    newest_edition = desk.results.editions[-1] if desk.results.editions else None
    here = [each for each in local if newest_edition is None or is_measurable(each, newest_edition)]
    indicators = here or local or whole
    past = _past(desk, ever)
    shown = {desk.scope, *areas, *(area for _, ended in past for area in ended)}
    headlines = [
        headline for (_, area), headline in desk.results.headlines.items() if area in shown
    ]
    newest = [
        figure
        for area in (desk.scope, *areas)
        for indicator in indicators
        if (figure := newest_figure(desk, indicator, area)) is not None
    ]
    missing = {figure.missing for figure in newest if figure.missing}
    finding = _finding(desk, every, len(indicators))
    return TablePage(
        head=head(desk, title=desk.say("tell.table.title"), description=finding, group=0),
        title=desk.say("tell.table.title"),
        finding=finding,
        dateline=dateline(desk),
        scope_ended=scope_ended(desk),
        against=" ".join(
            [
                against_words(desk),
                *_cut_off(desk, every),
            ]
        ),
        left_out=(
            *_left_out(desk),
            *_counted_before(desk, [each for each in local if each not in indicators]),
        ),
        grid=Grid(
            id="bang-tong-hop",
            caption=desk.say("tell.table.caption"),
            corner=desk.say("tell.indicator.area-column"),
            columns=_columns(desk, indicators),
            rows=tuple(
                GridRow(
                    name=Link(text=desk.area_name(area), href=desk.href(addresses.HOME))
                    if area == desk.scope
                    else area_link(desk, area),
                    whole=area == desk.scope,
                    cells=tuple(
                        verdict_and_figure(desk, indicator, area) for indicator in indicators
                    ),
                )
                for area in (desk.scope, *areas)
            ),
            sorted=True,
            filtered=len(areas) > FEW_ROWS,
        ),
        past=tuple(
            _past_grid(desk, level, ended, _of_theirs(desk, ever, ended)) for level, ended in past
        ),
        legend=legend(desk, headlines),
        gaps=gap_meanings(desk, missing),
        closing=closing(
            desk,
            title=lambda at: at.say("tell.table.title"),
            figures=(),
        ),
    )


def _past(desk: Desk, indicators: list[Indicator]) -> list[tuple[str, list[str]]]:
    """The areas that reported once and have ended, by level."""
    today = set(today_areas(desk))
    found: dict[str, dict[str, None]] = {}
    for edition in desk.results.editions:
        for area in desk.results.locals_[edition.year]:
            if area not in today and any(
                (each.indicator, area) in desk.results.headlines for each in indicators
            ):
                found.setdefault(desk.area(area).level, {})[area] = None
    return [(level, [*areas][:MOST_ROWS]) for level, areas in found.items()]


def _of_theirs(desk: Desk, indicators: list[Indicator], areas: list[str]) -> list[Indicator]:
    """The indicators that areas were ever judged by: what came after them has no column."""
    return [
        each
        for each in indicators
        if any((each.indicator, area) in desk.results.headlines for area in areas)
    ]


def _past_grid(desk: Desk, level: str, areas: list[str], indicators: list[Indicator]) -> Grid:
    return Grid(
        id=f"da-ket-thuc-{level}",
        caption=past_areas(desk, areas),
        corner=desk.say("tell.indicator.area-column"),
        columns=_columns(desk, indicators),
        rows=tuple(
            GridRow(
                name=area_link(desk, area),
                cells=tuple(verdict_and_figure(desk, indicator, area) for indicator in indicators),
            )
            for area in areas
        ),
        sorted=True,
    )


def _columns(desk: Desk, indicators: list[Indicator]) -> tuple[Link, ...]:
    return tuple(
        Link(
            text=indicator.short[desk.language],
            href=desk.href(addresses.of_indicator(indicator.indicator)),
        )
        for indicator in indicators
    )


def _counted_before(desk: Desk, indicators: list[Indicator]) -> tuple[str, ...]:
    """Which indicators have no column any more, since what they count has ended."""
    if not indicators:
        return ()
    names = desk.words.listed(each.short[desk.language] for each in indicators)
    return (desk.say("reform.counted-before", indicators=names),)


def _left_out(desk: Desk) -> tuple[str, ...]:
    """Which indicators have no column, since no area has a figure of its own of them."""
    names = [
        each.short[desk.language] for each in desk.holding.values() if each.level is Level.WHOLE
    ]
    if not names:
        return ()
    listed = desk.words.listed(names)
    return (desk.say("tell.table.whole-only", scope=scope_word(desk), indicators=listed),)


def _cut_off(desk: Desk, every: tuple[str, ...]) -> tuple[str, ...]:
    """That not all areas have a row, where it is so."""
    if len(every) <= MOST_ROWS:
        return ()
    return (
        desk.say(
            "tell.table.cut-off",
            rows=desk.words.number(MOST_ROWS),
            areas=desk.words.number(len(every)),
            unit=unit_of(desk, every),
        ),
    )


def _finding(desk: Desk, areas: Sequence[str], indicators: int) -> str:
    if not areas:
        return desk.say("tell.table.finding-none")
    return desk.say(
        "tell.table.finding",
        areas=desk.words.number(len(areas)),
        unit=unit_of(desk, areas),
        indicators=desk.words.number(indicators),
        scope=scope_word(desk),
    )


def newest_figure(desk: Desk, indicator: Indicator, area: str) -> Figure | None:
    """The figure or reason in the newest edition that an area reported for; the whole: of all."""
    edition = edition_of(desk, area) or (desk.results.editions or (None,))[-1]
    year = edition.year if edition is not None else 0
    return in_year(desk.results, indicator.indicator, area, year)


def verdict_and_figure(desk: Desk, indicator: Indicator, area: str) -> Cell:
    """A verdict with its figure; where the newest edition has none, the reason too."""
    headline = desk.results.headlines.get((indicator.indicator, area))
    if headline is None:
        return Cell(kind="empty", word=desk.say("grid.not-expected"))
    cell = verdict_cell(desk, headline)
    newest = newest_figure(desk, indicator, area)
    if newest is not None and newest.low is None and newest.missing is not None:
        word = desk.say(
            "tell.table.with-reason",
            verdict=cell.word,
            year=newest.year,
            reason=gap(desk, newest.missing).word,
        )
        return replace(cell, word=word)
    return cell


PAGE = Page(
    id="table",
    address=addresses.TABLE,
    build=lambda at, _material, _: table_page(at),
    menu="progress",
)
