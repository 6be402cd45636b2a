"""The page of a milestone: what of a year's targets was met, missed or can't be measured, and why.

Of a year whose own edition is not public yet it says how far its targets are from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tiendo.judge.past import changed_at
from tiendo.judge.scale import whole_scale
from tiendo.judge.years import in_year
from tiendo.pages.area_history import scope_ended
from tiendo.pages.page import Page
from tiendo.pages.page_end import Closing, closing
from tiendo.terms import Aggregation, Assessment, Edition, Indicator, Results, Unit, Verdict
from tiendo.words import addresses
from tiendo.words.desk import Desk, area_link, head, home_link, indicator_link, released_words, unit
from tiendo.words.downloads import edition_download
from tiendo.words.figures import shown
from tiendo.words.parts import DescribedLink, Head, Link, Mark, Note, Shown, VerdictCount
from tiendo.words.verdicts import (
    VERDICT_ORDER,
    counts_sentence,
    mark,
    marks,
    sentences,
    target_of,
    verdict_counts,
    verdict_word,
)

ORDER = (Verdict.MET, Verdict.MISSED, *(v for v in VERDICT_ORDER if v is not Verdict.MISSED))
"""Groups as they are read: what was met, then what was missed, then what nobody knows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MilestoneRow:
    """One indicator at a milestone."""

    name: Link
    child: bool
    target: str
    value: Shown
    when: str
    """The day that the result stands for."""
    mark: Mark
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MilestoneGroup:
    """The indicators with one verdict."""

    id: str
    heading: str
    meaning: str
    rows: tuple[MilestoneRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MilestonePage:
    """What of a year's targets was met, missed or can't be measured, and why."""

    head: Head
    trail: tuple[Link, ...]
    kicker: str
    title: str
    finding: str
    dateline: str
    scope_ended: str
    """What the whole area became; empty while it goes on."""
    counts: tuple[VerdictCount, ...]
    groups: tuple[MilestoneGroup, ...]
    changes: tuple[Note, ...]
    """The verdicts that the milestone year's own figures changed: indicator, old and new."""
    areas_heading: str
    areas: tuple[DescribedLink, ...]
    """How many of the milestone's targets each area meets, by its own figures."""
    later: str
    """Which indicators have no target for this year; empty where all have one."""
    links: tuple[Link, ...]
    closing: Closing


def milestones(results: Results) -> tuple[int, ...]:
    """The target years whose own edition may be seen."""
    years = {edition.year for edition in results.editions}
    return tuple(sorted({target.year for target in results.archive.targets} & years))


def ahead(results: Results) -> tuple[int, ...]:
    """The target years after the newest edition that may be seen; none before the first one.

    A year whose own figures were all taken back is not ahead.
    """
    newest = max((edition.year for edition in results.editions), default=None)
    years = {target.year for target in results.archive.targets}
    years -= {one.year for one in results.archive.withdrawals}
    return tuple(sorted(year for year in years if newest is not None and year > newest))


def milestone_title(desk: Desk, year: int) -> str:
    """What a milestone's page is called: one behind is judged, one ahead is looked at from here."""
    key = "title-ahead" if year in ahead(desk.results) else "title"
    return desk.say(f"reform.milestone.{key}", year=year)


def milestone_link(desk: Desk, year: int, *, short: bool = False) -> Link:
    """The way to a milestone's page; a short one is named by its year alone."""
    key = "link-ahead" if year in ahead(desk.results) else "link"
    return Link(
        text=desk.say("menu.milestone" if short else f"reform.milestone.{key}", year=year),
        href=desk.href(addresses.of_milestone(year)),
    )


def milestone_links(desk: Desk, *, short: bool = False) -> tuple[Link, ...]:
    """The ways to all milestones: those behind, the latest first, then those ahead."""
    years = (*reversed(milestones(desk.results)), *ahead(desk.results))
    return tuple(milestone_link(desk, year, short=short) for year in years)


def milestone_page(desk: Desk, year: int) -> MilestonePage:
    """What of a year's targets was met, missed or can't be measured, and why.

    Raises:
        KeyError: the year has no edition that may be seen, and is not ahead.

    """
    editions = {each.year: each for each in desk.results.editions}
    edition = editions[max(editions)] if year in ahead(desk.results) else editions[year]
    judged = _judged(desk, year)
    title = milestone_title(desk, year)
    finding = desk.say(
        "reform.milestone.finding",
        total=desk.words.number(len(judged)),
        year=year,
        counts=counts_sentence(desk, marks(desk, judged)),
    )
    later = [
        each.short[desk.language]
        for each in _in_order(desk)
        if each.indicator not in {one.indicator for one in judged}
    ]
    return MilestonePage(
        head=head(
            desk,
            title=title,
            description=desk.say(
                "reform.milestone.description-ahead"
                if year in ahead(desk.results)
                else "reform.milestone.description",
                year=year,
                plan=desk.results.archive.plan.number,
            ),
            group=0,
        ),
        trail=(home_link(desk),),
        kicker=desk.results.archive.plan.short[desk.language],
        title=title,
        finding=finding,
        scope_ended=scope_ended(desk, year),
        dateline=desk.say(
            "reform.milestone.dateline",
            as_of=desk.words.date(edition.as_of),
            version=edition.version,
            out=released_words(desk, edition),
        ),
        counts=verdict_counts(desk, marks(desk, judged)),
        groups=tuple(
            _group(desk, verdict, [each for each in judged if each.verdict is verdict])
            for verdict in dict.fromkeys(ORDER)
            if any(each.verdict is verdict for each in judged)
        ),
        changes=tuple(_changed(desk, old, now) for old, now in changed_at(desk.results, year)),
        areas_heading=desk.say("reform.milestone.areas", year=year),
        areas=tuple(_areas(desk, year, edition)),
        later=desk.say("reform.milestone.later", year=year, indicators=desk.words.listed(later))
        if later
        else "",
        links=tuple(_links(desk, edition, judged)),
        closing=closing(
            desk,
            title=lambda at: milestone_title(at, year),
            edition=edition,
            figures=tuple(each.latest for each in judged if each.latest is not None),
            downloads=(edition_download(desk, edition),),
        ),
    )


def _links(desk: Desk, edition: Edition, judged: list[Assessment]) -> Iterator[Link]:
    """To the year whose figures these are; and, of what can't be measured any more, to why."""
    yield Link(
        text=desk.say("year_page.title", year=edition.year),
        href=desk.href(addresses.of_year(edition.year)),
    )
    if any(each.verdict is Verdict.NOT_MEASURABLE for each in judged):
        yield Link(
            text=desk.say("reform.milestone.method"),
            href=f"{desk.href(addresses.METHOD)}#doi-dia-gioi",
        )


def _areas(desk: Desk, year: int, edition: Edition) -> Iterator[DescribedLink]:
    """Each area that reported, with how its figures stand against the milestone's targets."""
    for area in desk.results.locals_[edition.year]:
        judged = [
            each
            for indicator in _in_order(desk)
            for each in desk.results.assessments.get((indicator.indicator, area), ())
            if each.target.year == year
        ]
        if judged:
            counts = counts_sentence(desk, marks(desk, judged))
            yield DescribedLink(link=area_link(desk, area), text=counts)


def _changed(desk: Desk, old: Assessment, now: Assessment) -> Note:
    return Note(
        about=desk.indicators[now.indicator].short[desk.language],
        text=desk.say(
            "reform.milestone.changed", old=verdict_word(desk, old), new=verdict_word(desk, now)
        ),
    )


def _in_order(desk: Desk) -> list[Indicator]:
    return list(desk.indicators.values())


def _judged(desk: Desk, year: int) -> list[Assessment]:
    """The whole area's verdicts at a milestone, in the plan's order."""
    return [
        each
        for indicator in _in_order(desk)
        for each in desk.results.assessments.get((indicator.indicator, desk.scope), ())
        if each.target.year == year
    ]


def _group(desk: Desk, verdict: Verdict, judged: list[Assessment]) -> MilestoneGroup:
    return MilestoneGroup(
        id=f"muc-{verdict.value}",
        heading=desk.say(
            "reform.milestone.heading",
            count=desk.words.number(len(judged)),
            word=desk.say(f"verdict.{verdict.value}.word"),
        ),
        meaning=desk.say(f"verdict.{verdict.value}.meaning"),
        rows=tuple(_row(desk, each) for each in judged),
    )


def _row(desk: Desk, assessment: Assessment) -> MilestoneRow:
    indicator = desk.indicators[assessment.indicator]
    latest = assessment.latest
    return MilestoneRow(
        name=indicator_link(desk, indicator),
        child=indicator.parent is not None,
        target=target_of(desk, assessment),
        value=shown(desk, latest),
        when=desk.words.date(latest.as_of) if latest is not None else "",
        mark=mark(desk, assessment),
        why=" ".join((*sentences(desk, assessment), *_why(desk, assessment))),
    )


def _why(desk: Desk, assessment: Assessment) -> tuple[str, ...]:
    """What sentences on the arithmetic leave open: who is no more, who has not reported."""
    if assessment.verdict is Verdict.NOT_MEASURABLE:
        return tuple(filter(None, (_ended(desk, assessment), _outcome(desk, assessment))))
    if assessment.verdict is Verdict.TOO_LITTLE_DATA:
        own = in_year(desk.results, assessment.indicator, assessment.area, assessment.target.year)
        if own is not None and own.absent:
            areas = desk.words.listed(desk.area_within(area) for area in own.absent)
            return (desk.say("tell.indicator.absent", areas=areas),)
    return ()


def _ended(desk: Desk, assessment: Assessment) -> str:
    """Who was counted, or held the title, and ended when."""
    indicator = desk.indicators[assessment.indicator]
    if whole_scale(indicator).unit is Unit.TITLE:
        until = desk.area(desk.scope).until
        name = desk.area_name(desk.scope)
        told = desk.words.date(until) if until is not None else ""
        return desk.say("reform.milestone.holder-ended", area=name, until=told) if told else ""
    if indicator.aggregation is not Aggregation.COUNT or indicator.counts is None:
        return ""
    counted = {
        area
        for edition in desk.results.editions
        for area in desk.results.locals_[edition.year]
        if desk.area(area).level == indicator.counts
    }
    last = max((u for area in counted if (u := desk.area(area).until) is not None), default=None)
    if last is None:
        return ""
    return desk.say(
        "reform.milestone.level-ended",
        count=desk.words.number(len(counted)),
        unit=unit(desk, indicator.counts, len(counted)),
        until=desk.words.date(last),
    )


def _outcome(desk: Desk, assessment: Assessment) -> str:
    """How the last result stood against the target, which is no verdict."""
    if assessment.gap is None:
        return ""
    return desk.say(f"reform.milestone.outcome-{'short' if assessment.gap > 0 else 'enough'}")


PAGE = Page(
    id="milestone",
    address=addresses.MILESTONES,
    build=lambda at, _, year: milestone_page(at, int(year)),
    # The last one stands in the menu: the newest behind, or the next while none is behind.
    subjects=lambda results, _: map(str, (*reversed(ahead(results)), *milestones(results))),
    menu="progress",
    withdrawn=lambda desk, year: milestone_title(desk, int(year)),
)
