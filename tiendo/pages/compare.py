"""The page where areas are set side by side.

The page holds every area's row; a script of the site's own takes the chosen ones out of it and
turns them into columns.  Who runs no script has the whole table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tiendo.pages.legends import GapMeaning, VerdictMeaning, gap_meanings, legend
from tiendo.pages.page import Page
from tiendo.pages.page_end import Closing, closing
from tiendo.pages.table import MOST_ROWS, newest_figure, verdict_and_figure
from tiendo.terms import Indicator, Level
from tiendo.words import addresses
from tiendo.words.desk import Desk, area_link, dateline, has_page, head, indicator_link, scope_word
from tiendo.words.parts import Cell, Head, Link
from tiendo.words.verdicts import against_words, dated, target_text


@dataclass(frozen=True, kw_only=True, slots=True)
class CompareColumn:
    """An indicator that areas are compared by."""

    id: str
    name: Link
    target: str
    """"Target 2025: 60%"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CompareRow:
    """An area that can be chosen."""

    id: str
    """As in the address of its page."""
    name: Link
    note: str
    """"Until 30 June 2025"; empty for one that goes on."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CompareGroup:
    """Areas of one kind."""

    name: str
    rows: tuple[CompareRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ComparePage:
    """Areas side by side."""

    head: Head
    title: str
    finding: str
    dateline: str
    against: str
    caption: str
    columns: tuple[CompareColumn, ...]
    width: str
    """How many columns the table has, with that of the names."""
    groups: tuple[CompareGroup, ...]
    """The whole area first, then the areas of the newest edition, then those of earlier ones."""
    cut_off: str
    """That not every area has a row, and what to do about one that has none; normally empty."""
    pages_href: str
    """Where the areas' pages stand, for what has no row."""
    legend: tuple[VerdictMeaning, ...]
    gaps: tuple[GapMeaning, ...]
    closing: Closing


def compare_page(desk: Desk) -> ComparePage:
    """Every area by every indicator, to choose from."""
    title = desk.say("compare_page.title")
    finding = desk.say("compare_page.finding", scope=scope_word(desk))
    shown = list(_shown(desk))
    indicators = _columns_order(desk)
    areas = {desk.scope, *(area for _, group in shown for area in group)}
    missing = {
        figure.missing
        for area in areas
        for each in indicators
        if (figure := newest_figure(desk, each, area)) is not None and figure.missing
    }
    whole = CompareGroup(
        name=desk.say("compare_page.whole"), rows=(_row(desk, indicators, desk.scope),)
    )
    return ComparePage(
        head=head(desk, title=title, description=finding, group=0),
        title=title,
        finding=finding,
        dateline=dateline(desk),
        against=against_words(desk),
        caption=desk.say("compare_page.caption"),
        columns=tuple(_column(desk, each) for each in indicators),
        width=str(len(indicators) + 1),
        groups=(
            whole,
            *(
                CompareGroup(name=name, rows=tuple(_row(desk, indicators, area) for area in group))
                for name, group in shown
            ),
        ),
        cut_off=desk.say("compare_page.cut-off", rows=desk.words.number(MOST_ROWS))
        if len(areas) - 1 < len(_all(desk))
        else "",
        pages_href=desk.href(addresses.of_area("")).rstrip("/") + "/",
        legend=legend(
            desk, (each for (_, area), each in desk.results.headlines.items() if area in areas)
        ),
        gaps=gap_meanings(desk, missing),
        closing=closing(desk, title=lambda at: at.say("compare_page.title")),
    )


def _columns_order(desk: Desk) -> list[Indicator]:
    """The local indicators, first those of which the newest areas have figures.

    On a phone only the first columns are seen, and these would be empty after a reform.
    """
    newest = desk.results.editions[-1:]
    here = {area for edition in newest for area in desk.results.locals_[edition.year]}
    measured = {name for name, area in desk.results.figures if area in here}
    found = [
        each
        for each in desk.indicators.values()
        if each.level is Level.LOCAL and (each.indicator, desk.scope) in desk.results.headlines
    ]
    return sorted(found, key=lambda each: each.indicator not in measured)


def compare_link(desk: Desk, area: str) -> Link:
    """To the page with an area already chosen."""
    return Link(text=desk.say("compare_page.link"), href=f"{desk.href(addresses.COMPARE)}?a={area}")


def _all(desk: Desk) -> dict[str, int]:
    """Every area that has a page, with the last year that it reported for; the newest first."""
    found: dict[str, int] = {}
    for edition in reversed(desk.results.editions):
        for area in desk.results.locals_[edition.year]:
            found.setdefault(area, edition.year)
    return found


def _shown(desk: Desk) -> Iterator[tuple[str, list[str]]]:
    """The areas in the table, by kind and by the year up to which they reported."""
    groups: dict[tuple[str, int], list[str]] = {}
    for area, year in list(_all(desk).items())[:MOST_ROWS]:
        groups.setdefault((desk.area(area).level, year), []).append(area)
    newest = desk.results.editions[-1].year if desk.results.editions else 0
    for (level, year), areas in groups.items():
        kind = desk.say(f"compare_page.kind.{level}")
        key = "compare_page.group" if year == newest else "compare_page.group-until"
        yield desk.say(key, kind=kind, year=year), areas


def _column(desk: Desk, indicator: Indicator) -> CompareColumn:
    target = desk.results.headlines[indicator.indicator, desk.scope].target
    return CompareColumn(
        id=indicator.indicator,
        name=indicator_link(desk, indicator),
        target=desk.say("compare_page.target", year=target.year, target=target_text(desk, target)),
    )


def _row(desk: Desk, indicators: list[Indicator], area: str) -> CompareRow:
    until = desk.area(area).until
    is_whole = area == desk.scope
    name = area_link(desk, area) if has_page(desk, area) else None
    return CompareRow(
        id=area,
        name=name or Link(text=desk.area_name(area), href=desk.href(addresses.HOME)),
        note=desk.say("tell.area.until", until=desk.words.date(until))
        if until is not None and not is_whole
        else "",
        cells=tuple(_cell(desk, each, area) for each in indicators),
    )


def _cell(desk: Desk, indicator: Indicator, area: str) -> Cell:
    """As in the table; where the figure is not of the newest year, with its year."""
    cell = verdict_and_figure(desk, indicator, area)
    headline = desk.results.headlines.get((indicator.indicator, area))
    latest = headline.latest if headline is not None else None
    newest = desk.results.editions[-1].year if desk.results.editions else 0
    if headline is None or latest is None or latest.year == newest or not cell.text:
        return cell
    if dated(desk, headline) or newest_figure(desk, indicator, area) is not None:
        return cell  # says its year already
    return replace(cell, text=desk.say("tell.table.older", value=cell.text, year=latest.year))


PAGE = Page(
    id="compare",
    address=addresses.COMPARE,
    build=lambda at, _material, _: compare_page(at),
    menu="progress",
)
