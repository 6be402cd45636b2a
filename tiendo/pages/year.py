"""The page of a year: one edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tiendo.judge.completeness import indicators_of
from tiendo.judge.editions import first_release, last_correction
from tiendo.judge.past import known_by
from tiendo.judge.reporting import reportings, unasked
from tiendo.judge.years import of_year
from tiendo.pages.area_history import scope_ended
from tiendo.pages.corrections import correction_notes
from tiendo.pages.fallen_back import Movement, movement
from tiendo.pages.heard_words import heard_words
from tiendo.pages.overview import GoalGroup, goal_groups
from tiendo.pages.page import Page
from tiendo.pages.page_end import Closing, closing
from tiendo.pages.reporting import ReportRow, caption, report_row, year_words
from tiendo.terms import Edition
from tiendo.words import addresses
from tiendo.words.desk import Desk, agency_link, head, home_link, unit_of
from tiendo.words.downloads import edition_download, every_version
from tiendo.words.parts import Fact, Head, Link, Mark, Note, VerdictCount
from tiendo.words.releases import when_words
from tiendo.words.verdicts import counts_sentence, verdict_counts
from tiendo.words.withdrawals import withdrawal_notes


@dataclass(frozen=True, kw_only=True, slots=True)
class YearPage:
    """One edition."""

    head: Head
    trail: tuple[Link, ...]
    kicker: str
    title: str
    """"Results of 2024"."""
    finding: str
    scope_ended: str
    """What the whole area became; empty while it went on."""
    withdrawn: tuple[Note, ...]
    """What was taken back of this year's figures."""
    superseded: str
    """"A newer edition is out: 2024"; empty for the newest."""
    newest_href: str
    facts: tuple[Fact, ...]
    """As of, released, version, geography, status."""
    counts: tuple[VerdictCount, ...]
    goals: tuple[GoalGroup, ...]
    movement: Movement | None
    """None for the first edition."""
    reports_finding: str
    """"13 of 15 bodies reported, 11 in time."."""
    quality: Link
    """To what is missing and asked about in this year's figures."""
    reports_caption: str
    reports: tuple[ReportRow, ...]
    unasked_caption: str
    """"64 bodies reported without being asked"; empty where none did."""
    unasked: tuple[ReportRow, ...]
    """The reports that the plan asked of nobody; folded, for there may be many."""
    years: tuple[Link, ...]
    """All editions; the one shown has no ``href``."""
    corrections: tuple[Note, ...]
    closing: Closing


def year_page(desk: Desk, year: int) -> YearPage:
    """The newest version of a year's edition, with its own figures.

    Raises:
        KeyError: the year has no edition that may be seen.

    """
    edition = {each.year: each for each in desk.results.editions}[year]
    newest = desk.results.editions[-1]
    title = desk.say("year_page.title", year=year)
    groups = goal_groups(_desk_of(desk, year), year)
    finding = _finding(desk, edition, groups)
    others = unasked(desk.results, edition)
    return YearPage(
        head=head(desk, title=title, description=finding, group=0),
        trail=(home_link(desk),),
        kicker=desk.results.archive.plan.short[desk.language],
        title=title,
        finding=finding,
        scope_ended=scope_ended(desk, year),
        withdrawn=withdrawal_notes(desk, year=year),
        superseded="" if newest is edition else desk.say("year_page.superseded", year=newest.year),
        newest_href="" if newest is edition else desk.href(addresses.of_year(newest.year)),
        facts=_facts(desk, edition),
        counts=verdict_counts(desk, _marks(groups)),
        goals=groups,
        movement=movement(desk, edition),
        reports_finding=f"{year_words(desk, year)} {heard_words(desk, year)}".strip(),
        quality=Link(
            text=desk.say("quality_page.of-year", year=year),
            href=desk.href(addresses.QUALITY) + f"#nam-{year}",
        ),
        reports_caption=caption(desk, year),
        reports=tuple(
            report_row(desk, each, agency_link(desk, each.agency.agency))
            for each in reportings(desk.results, year)
        ),
        unasked_caption=desk.say("reform.unasked", count=len(others)) if others else "",
        unasked=tuple(
            report_row(desk, each, agency_link(desk, each.agency.agency)) for each in others
        ),
        years=tuple(
            Link(
                text=str(each.year),
                href="" if each.year == year else desk.href(addresses.of_year(each.year)),
            )
            for each in desk.results.editions
        ),
        corrections=correction_notes(desk, year=year),
        closing=closing(
            desk,
            title=lambda at: at.say("year_page.title", year=year),
            edition=edition,
            figures=tuple(
                figure
                for (_, area), figure in of_year(desk.results, year).items()
                if area == desk.scope
            ),
            downloads=tuple(
                edition_download(desk, each) for each in every_version(desk) if each.year == year
            ),
            sources=tuple((source, year) for source in edition.sources),
        ),
    )


def _desk_of(desk: Desk, year: int) -> Desk:
    """The same desk with only what the editions up to a year tell of the whole area."""
    return replace(desk, results=known_by(desk.results, year))


def _marks(groups: tuple[GoalGroup, ...]) -> tuple[Mark, ...]:
    """The verdicts that the page shows, to be counted."""
    return tuple(row.mark for group in groups for row in group.rows)


def _finding(desk: Desk, edition: Edition, groups: tuple[GoalGroup, ...]) -> str:
    shown = _marks(groups)
    finding = desk.say(
        "year_page.finding",
        as_of=desk.words.date(edition.as_of),
        indicators=len(shown),
        counts=counts_sentence(desk, shown),
    )
    return " ".join([finding, *_asked_later(desk, edition)])


def _asked_later(desk: Desk, edition: Edition) -> Iterator[str]:
    """Which indicators the nearest milestone asks nothing of: its page counts fewer targets."""
    targets = {
        name: {each.target.year for each in desk.results.assessments.get((name, desk.scope), ())}
        for name in indicators_of(desk.results, edition)
    }
    ahead = [each for years in targets.values() for each in years if each >= edition.year]
    nearest = min(ahead, default=0)
    without = [name for name, years in targets.items() if years and nearest not in years]
    if without:
        names = desk.words.listed(desk.indicators[name].short[desk.language] for name in without)
        yield desk.say("year_page.asked-later", count=len(without), year=nearest, indicators=names)


def _facts(desk: Desk, edition: Edition) -> tuple[Fact, ...]:
    release = first_release(desk.results.calendar, edition.year, desk.results.now)
    changed = last_correction(desk.results.archive, edition.year, desk.results.now)
    here = desk.results.locals_.get(edition.year, ())
    version_facts = [
        Fact(term=desk.say("year_page.as-of"), text=desk.words.date(edition.as_of)),
        Fact(
            term=desk.say("released.first"),
            text=when_words(desk, release) if release is not None else desk.say("notice.preview"),
            href=desk.href(addresses.CALENDAR),
        ),
        *(
            (
                Fact(
                    term=desk.say("released.corrected"),
                    text=when_words(desk, changed),
                    href=desk.href(addresses.CORRECTIONS),
                ),
            )
            if changed is not None
            else ()
        ),
        Fact(term=desk.say("year_page.version"), text=str(edition.version)),
        Fact(
            term=desk.say("year_page.geography"),
            text=f"{desk.words.number(len(here))} {unit_of(desk, here)}",
        ),
    ]
    if edition.illustrative:
        version_facts.append(Fact(term=desk.say("year_page.status"), text=desk.say("notice.short")))
    if edition.reason:
        version_facts.append(
            Fact(
                term=desk.say("year_page.reason"),
                text=edition.reason[desk.language],
                href=desk.href(addresses.CORRECTIONS),
            )
        )
    return tuple(version_facts)


PAGE = Page(
    id="year",
    address=addresses.YEARS,
    build=lambda at, _, year: year_page(at, int(year)),
    subjects=lambda results, _: (str(edition.year) for edition in results.editions),
    menu="progress",
    withdrawn=lambda desk, year: desk.say("year_page.title", year=year),
)
