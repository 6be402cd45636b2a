"""The page of reports: who reported when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tiendo.judge.reporting import (
    Excuse,
    Outcome,
    Reporting,
    deadline,
    owing_bodies,
    owing_by_area,
    reporting_duties,
    reporting_of,
    reportings,
)
from tiendo.pages.grid import Grid, GridRow
from tiendo.pages.heard_words import heard_words, silent_areas
from tiendo.pages.page import Page
from tiendo.pages.page_end import Closing, closing
from tiendo.pages.reporting import ReportRow, report_cell, report_row, rule, year_words
from tiendo.terms import Agency
from tiendo.words import addresses
from tiendo.words.desk import Desk, agency_link, head
from tiendo.words.downloads import edition_table
from tiendo.words.parts import Cell, Head, Link, LinkedNote


@dataclass(frozen=True, kw_only=True, slots=True)
class HeardYears:
    """Of how many of all areas anything came, for the years of which the same is to be said."""

    years: tuple[Link, ...]
    sentence: str
    silent: LinkedNote | None
    """None where nobody sent nothing, or the sentence names them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportYear:
    """A year's reporting in a line."""

    year: Link
    on_time: str
    late: str
    none: str
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportsPage:
    """Who reported when."""

    head: Head
    title: str
    finding: str
    rule: str
    """"Due before 15 December: the last moment is 24:00 on 14 December, Viet Nam time."."""
    years: tuple[ReportYear, ...]
    heard: tuple[HeardYears, ...]
    """Of how many of all areas anything came, the newest year first."""
    grid: Grid
    """Rows are the bodies that owe a report, columns the years; a cell's ``text`` is the date."""
    legend: tuple[Cell, ...]
    closing: Closing


def reports_page(desk: Desk) -> ReportsPage:
    """Who reported when, against the plan's dates."""
    title = desk.say("reports_page.title")
    editions = desk.results.editions
    finding = " ".join((*_findings(desk), *_awaited(desk)))
    return ReportsPage(
        head=head(
            desk,
            title=title,
            description=desk.say("reports_page.description"),
            group=1,
        ),
        title=title,
        finding=finding or desk.say("reports_page.nothing"),
        rule=rule(desk),
        years=tuple(_year(desk, edition.year) for edition in reversed(editions)),
        heard=tuple(_heard(desk)),
        grid=_grid(desk),
        legend=tuple(
            Cell(kind=outcome.value, word=desk.say(f"reporting.{outcome.value}.word"))
            for outcome in Outcome
        ),
        closing=closing(
            desk,
            title=lambda at: at.say("reports_page.title"),
            downloads=tuple(
                table
                for edition in reversed(editions)
                if (table := edition_table(desk, edition, "reports.csv")) is not None
            ),
        ),
    )


def reports_of_area(desk: Desk, area: str) -> tuple[ReportRow, ...]:
    """The reports that an area's own body owed, newest year first; empty where it owes none."""
    return tuple(
        report_row(
            desk,
            reporting_of(desk.results, agency, edition.year),
            Link(text=str(edition.year), href=desk.href(addresses.of_year(edition.year))),
        )
        for agency in owing_by_area(desk.results.archive).get(area, ())
        for edition in reversed(desk.results.editions)
    )


def _findings(desk: Desk) -> Iterator[str]:
    """How the newest year with a public edition went."""
    if desk.results.editions:
        year = desk.results.editions[-1].year
        yield year_words(desk, year)
        yield from filter(None, [heard_words(desk, year)])


def _awaited(desk: Desk) -> Iterator[str]:
    """The years whose date has passed and whose edition is planned, but not out."""
    today = desk.results.now.astimezone(desk.site.timezone).date()
    public = {edition.year for edition in desk.results.editions}
    for release in desk.results.calendar:
        if release.year in public or release.version != 1:
            continue
        if release.year < desk.results.archive.plan.first_report_year:
            continue
        duties = reporting_duties(desk.results.archive)
        owing = [
            due
            for agency in owing_bodies(desk.results)
            if (due := deadline(duties[agency.agency], release.year)) is not None
            and reporting_of(desk.results, agency, release.year).excuse
            not in {Excuse.ENDED, Excuse.NOT_YET}
        ]
        if owing and min(owing) <= today:
            when = release.released.astimezone(desk.site.timezone)
            key = "awaited" if release.released > desk.results.now else "overdue"
            yield desk.say(
                f"reports_page.{key}", year=release.year, when=desk.words.date(when.date())
            )


def _heard(desk: Desk) -> Iterator[HeardYears]:
    """What the page's finding does not say: of earlier years, and who sent nothing."""
    found: dict[tuple[str, LinkedNote | None], list[Link]] = {}
    for back, edition in enumerate(reversed(desk.results.editions)):
        told = heard_words(desk, edition.year), silent_areas(desk, edition.year)
        year = Link(text=str(edition.year), href=desk.href(addresses.of_year(edition.year)))
        if told[0] and (back or told[1]):
            found.setdefault(told, []).append(year)
    for (sentence, silent), years in found.items():
        yield HeardYears(years=tuple(years), sentence=sentence, silent=silent)


def _year(desk: Desk, year: int) -> ReportYear:
    outcomes = [reporting.outcome for reporting in reportings(desk.results, year)]
    owed = any(outcome is not Outcome.NOT_DUE for outcome in outcomes)

    def count(outcome: Outcome) -> str:
        return desk.words.number(outcomes.count(outcome)) if owed else ""

    return ReportYear(
        year=Link(text=str(year), href=desk.href(addresses.of_year(year))),
        on_time=count(Outcome.ON_TIME),
        late=count(Outcome.LATE),
        none=count(Outcome.NONE),
        sentence="" if owed else year_words(desk, year),
    )


def _grid(desk: Desk) -> Grid:
    editions = desk.results.editions
    return Grid(
        id="tung-noi",
        caption=desk.say("reports_page.grid"),
        corner=desk.say("reports_page.corner"),
        columns=tuple(
            Link(text=str(edition.year), href=desk.href(addresses.of_year(edition.year)))
            for edition in editions
        ),
        rows=tuple(
            GridRow(
                name=agency_link(desk, agency.agency),
                cells=tuple(_cell(desk, agency, edition.year) for edition in editions),
                note=desk.say("reform.until", until=desk.words.date(agency.until))
                if agency.until
                else "",
            )
            for agency in owing_bodies(desk.results)
        ),
    )


def _cell(desk: Desk, agency: Agency, year: int) -> Cell:
    reporting: Reporting = reporting_of(desk.results, agency, year)
    return report_cell(desk, reporting)


PAGE = Page(
    id="reports",
    address=addresses.REPORTS,
    build=lambda at, _material, _: reports_page(at),
    menu="delivery",
)
