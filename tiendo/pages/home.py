"""The home page: how the plan stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tiendo.judge.editions import first_release
from tiendo.pages.area_history import scope_ended
from tiendo.pages.corrections import correction_notes
from tiendo.pages.due import next_sentence as next_due_sentence
from tiendo.pages.legends import VerdictMeaning, legend
from tiendo.pages.maps import MetMap, met_maps, shades
from tiendo.pages.milestone import milestone_link, milestone_links, milestones
from tiendo.pages.overview import GoalGroup, goal_groups
from tiendo.pages.page import Page
from tiendo.pages.places import AreaGroup, areas_heading, grouped, today_areas
from tiendo.pages.plan_life import beside
from tiendo.pages.release_calendar import next_sentence
from tiendo.terms import Assessment, Results, Verdict
from tiendo.words import addresses
from tiendo.words.desk import (
    Desk,
    dateline,
    head,
)
from tiendo.words.figures import correction_legend, corrections_of
from tiendo.words.linked_data import Node
from tiendo.words.parts import Fact, Head, Link, LinkedNote, Note, VerdictCount
from tiendo.words.verdicts import (
    count_words,
    counts_sentence,
    marks,
    named_counts,
    verdict_word,
)
from tiendo.words.withdrawals import withdrawal_day

MOST_AREAS = 200
"""More areas than this are on the page of all areas only."""

MOST_CHANGES = 3
"""More verdicts than this that a milestone's own figures changed are told on its page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HomePage:
    """How the plan stands."""

    head: Head
    finding: str
    """The headline: "4 of 13 targets for 2025 met, 3 missed"."""
    besides: str
    """Of how many nothing can be concluded and why, and how many are provisional; may be empty."""
    introduction: str
    """What the plan is, who issued it when, and what this site does; two sentences."""
    dateline: str
    """"Figures up to 31 December 2024, released on 10 January 2025"."""
    milestone: str
    """What the counts are about: "Targets for 2025"."""
    counts: tuple[VerdictCount, ...]
    scope_ended: str
    """What the whole area became, and that its land is followed on; empty while it goes on."""
    milestones: tuple[Link, ...]
    """The pages of the milestones that have come."""
    goals: tuple[GoalGroup, ...]
    maps: tuple[MetMap, ...]
    """The areas of today where they lie, then those of before; empty where none has a place."""
    shades: tuple[str, ...]
    """What the steps of the tiles' fill mean, from "0"; empty without a map."""
    areas: tuple[AreaGroup, ...]
    """Areas that are not on the map, by what they lay in before; empty where all are on it."""
    areas_heading: str
    places: Link
    """To the list of all areas, old and new."""
    news: tuple[Fact, ...]
    next_release: str
    """When the next figures come: "Next: results of 2026, planned for …"."""
    due: Link | None
    """What falls due next, and the way to all that does; ``None`` where nothing is ahead."""
    legend: tuple[VerdictMeaning, ...]
    """The verdicts that occur on the page, in the order of the method page."""
    corrected: Link | None
    """As in `Closing`."""
    corrections: tuple[Note, ...]
    """Of the figures on this page."""
    beside: tuple[LinkedNote, ...]
    """The indicators that the plan asks for no more, or not yet; normally empty."""
    table_href: str
    search_href: str
    """Where a place that is typed is looked for."""
    method_href: str
    calendar_href: str
    data_href: str


def home_page(desk: Desk, before: Results | None) -> HomePage:
    """How the plan stands; ``before`` is what was known without the newest edition."""
    plan = desk.results.archive.plan
    milestone, judged = in_question(desk)
    finding = finding_of(desk)
    maps = met_maps(desk)
    return HomePage(
        head=head(
            desk,
            title=plan.short[desk.language],
            description=finding,
            group=0,
            things=(_website(desk),),
        ),
        finding=_heading(desk, milestone, judged) if desk.results.editions else finding,
        besides=_besides(desk, judged) if desk.results.editions else "",
        introduction=desk.say(
            "tell.home.introduction",
            number=plan.number,
            issuer=plan.issuer[desk.language],
            signed=desk.words.long_date(plan.signed),
            title=plan.short[desk.language],
            start=plan.start,
            end=plan.end,
        ),
        dateline=dateline(desk),
        milestone=desk.say("tell.home.milestone", year=milestone),
        # Before the first release there is nothing to be counted, and nobody owes anything.
        counts=named_counts(desk, judged) if desk.results.editions else (),
        scope_ended=scope_ended(desk),
        milestones=milestone_links(desk),
        goals=goal_groups(desk, None),
        maps=maps,
        shades=shades(desk) if maps else (),
        areas=_areas_without_tile(desk),
        areas_heading=areas_heading(desk, today_areas(desk)),
        places=Link(text=desk.say("reform.places.link"), href=desk.href(addresses.PLACES)),
        news=tuple(_news(desk, before)),
        next_release=next_sentence(desk),
        due=_due(desk),
        legend=legend(desk, desk.results.headlines.values()),
        corrected=correction_legend(desk),
        corrections=_corrections(desk),
        beside=beside(desk),
        table_href=desk.href(addresses.TABLE),
        search_href=desk.href(addresses.FIND),
        method_href=desk.href(addresses.METHOD),
        calendar_href=desk.href(addresses.CALENDAR),
        data_href=desk.href(addresses.DATA),
    )


def _due(desk: Desk) -> Link | None:
    sentence = next_due_sentence(desk)
    return Link(text=sentence, href=desk.href(addresses.DUE)) if sentence else None


def _corrections(desk: Desk) -> tuple[Note, ...]:
    """What was changed in the figures that this page shows: the whole area's latest."""
    latest = [
        headline.latest
        for (_, area), headline in desk.results.headlines.items()
        if area == desk.scope
    ]
    return tuple(
        note
        for figure in latest
        if figure is not None and corrections_of(desk, figure)
        for note in correction_notes(
            desk, indicator=figure.indicator, area=figure.area, year=figure.year
        )
    )


def _website(desk: Desk) -> Node:
    return {
        "@type": "WebSite",
        "name": desk.site.name[desk.language],
        "description": desk.site.description[desk.language],
        "url": desk.absolute(addresses.HOME),
        "inLanguage": desk.language,
    }


def in_question(desk: Desk, results: Results | None = None) -> tuple[int, list[Assessment]]:
    """The milestone that most indicators of the whole area now go for, and their verdicts.

    One that is still to come, where there is any: what ends before it has had its last.
    """
    known = results or desk.results
    headlines = [
        known.headlines[name, desk.scope]
        for name in desk.holding
        if (name, desk.scope) in known.headlines
    ]
    years = [headline.target.year for headline in headlines]
    newest = known.editions[-1].year if known.editions else 0
    year = min([year for year in years if year >= newest] or years, default=0)
    return year, [headline for headline in headlines if headline.target.year == year]


def finding_of(desk: Desk) -> str:
    """The headline in a sentence: of so many targets, so many are met, on track, behind."""
    milestone, judged = in_question(desk)
    if not desk.results.editions:
        total = desk.words.number(len(judged))
        return desk.say("tell.home.finding-nothing", total=total, year=milestone)
    return desk.say(
        "tell.home.finding",
        total=desk.words.number(len(judged)),
        year=milestone,
        counts=counts_sentence(desk, marks(desk, judged)),
    )


UNDECIDED = frozenset({Verdict.NOT_MEASURABLE, Verdict.TOO_LITTLE_DATA})
"""Verdicts that conclude nothing: told apart from those that do."""


def _heading(desk: Desk, milestone: int, judged: Sequence[Assessment]) -> str:
    """How many are met, then what else is concluded."""
    met = sum(each.verdict is Verdict.MET for each in judged)
    others = [each for each in judged if each.verdict not in {*UNDECIDED, Verdict.MET}]
    first = desk.say("tell.home.met", met=met, total=desk.words.number(len(judged)), year=milestone)
    return desk.words.listed([first, *count_words(desk, marks(desk, others))])


def _besides(desk: Desk, judged: Sequence[Assessment]) -> str:
    """What the heading does not say: what is open, and what is provisional."""
    soft = sum(each.provisional for each in judged)
    said = (_undecided(desk, judged), desk.say("tell.home.soft", count=soft) if soft else "")
    return " ".join(filter(None, said))


def _undecided(desk: Desk, judged: Iterable[Assessment]) -> str:
    undecided = [each for each in judged if each.verdict in UNDECIDED]
    if not undecided:
        return ""
    kinds = tuple(count_words(desk, marks(desk, undecided)))
    # What is all of one kind has its word right below.
    key = "tell.home.open" if len(kinds) > 1 else "tell.home.open-alike"
    return desk.say(key, count=len(undecided), counts=desk.words.listed(kinds))


def _areas_without_tile(desk: Desk) -> tuple[AreaGroup, ...]:
    areas = [area for area in today_areas(desk) if desk.area(area).tile_row is None]
    return grouped(desk, areas) if len(areas) <= MOST_AREAS else ()


def _news(desk: Desk, before: Results | None) -> list[Fact]:
    """The newest release, and what it changed in the verdicts on the whole area."""
    released = [
        release
        for release in desk.results.calendar
        if release.sha256 is not None and release.released <= desk.results.now
    ]
    if not released or not desk.results.editions:
        return []
    newest = max(released, key=lambda release: release.released)
    is_first = newest is first_release(released, newest.year, desk.results.now)
    day = desk.words.date(newest.released.astimezone(desk.site.timezone).date())
    news = [
        Fact(
            term=day,
            text=desk.say(
                "tell.home.released" if is_first else "tell.home.corrected", year=newest.year
            ),
            href=desk.href(addresses.of_year(newest.year) if is_first else addresses.CORRECTIONS),
        )
    ]
    withdrawn = [
        Fact(
            term=withdrawal_day(desk, one),
            text=desk.say("withdrawn.news", year=one.year, version=one.version),
            href=desk.href(addresses.CORRECTIONS) + "#rut-lai",
        )
        for one in reversed(desk.results.archive.withdrawals)
        if one.withdrawn > newest.released
    ]
    return [*withdrawn, *news, *_changed_verdicts(desk, before)]


def _changed_verdicts(desk: Desk, before: Results | None) -> list[Fact]:
    """The verdicts that the newest edition changed; of a milestone that has come, its page."""
    milestone, judged = in_question(desk)
    pairs = [
        (old, now)
        for now in judged
        if before is not None
        and (old := _same_milestone(before, now)) is not None
        and old.verdict is not now.verdict
    ]
    if milestone in milestones(desk.results) and len(pairs) > MOST_CHANGES:
        to = milestone_link(desk, milestone)
        text = desk.say("reform.milestone.news", year=milestone, count=len(pairs))
        return [Fact(term="", text=text, href=f"{to.href}#thay-doi")]
    return [
        Fact(
            term="",
            text=desk.say(
                "tell.home.verdict-changed",
                indicator=desk.indicators[now.indicator].short[desk.language],
                year=milestone,
                old=desk.say(f"verdict.{old.verdict.value}.word"),
                new=verdict_word(desk, now),
            ),
            href=desk.href(addresses.of_indicator(now.indicator)),
        )
        for old, now in pairs
    ]


def _same_milestone(results: Results, assessment: Assessment) -> Assessment | None:
    key = (assessment.indicator, assessment.area)
    for each in results.assessments.get(key, ()):
        if each.target.year == assessment.target.year and each.latest is not None:
            return each
    return None


PAGE = Page(
    id="home",
    address=addresses.HOME,
    build=lambda at, material, _: home_page(at, material.before),
    menu="progress",
)
