"""The page of agencies: who is to do what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tiendo.judge.bodies import Group, bodies, group_of, groups, predecessors
from tiendo.judge.due import able_to, dues
from tiendo.judge.reporting import BEFORE, deadline, owed, reporting_duties, terms_of
from tiendo.pages.page import Page
from tiendo.pages.reporting import counts_words, day_text, outcome_words
from tiendo.terms import Agency, Duty
from tiendo.words import addresses
from tiendo.words.clauses import duty_link
from tiendo.words.desk import Desk, agency_link, area_link, head, unit_of
from tiendo.words.parts import Head, Link

_ANY_YEAR = 2024
"""For days that stand for every year's; a leap year."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyRow:
    """What the plan asks of an agency."""

    code: str
    """"V.1.1"."""
    role: str
    """"leads", "reports"; empty where the plan gives none."""
    quote: str
    """The plan's words, or their translation."""
    quote_language: str
    clause: Link
    """Where in the plan it stands."""
    dates: str
    """From when until when it is owed, where that is not always."""
    due: str
    """"every year, before 15 December"; empty: no date given."""
    to: tuple[Link, ...]
    """To whom it is owed, where the plan names them."""
    came: tuple[str, ...]
    """What came of it, date by date, the latest first: "2024: in time"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """One of several bodies that a block stands for."""

    id: str
    link: Link
    """Its area."""
    before: tuple[Link, ...]
    """The areas whose committees' work it took over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AgencyBlock:
    """An agency with its duties; or several with the same duties (the districts' committees)."""

    id: str
    name: str
    dates: str
    """"until 28 February 2025"; empty while it goes on."""
    before: tuple[Link, ...]
    """Who did it before."""
    successors: tuple[Link, ...]
    """Who took the work over."""
    passed: str
    """What is said, and what is not, of the duties where a body ended or took over."""
    members: tuple[Member, ...]
    """Where one block stands for several bodies: each with a link to its area."""
    reporting: str
    """"Owes a report before 15 December each year" or "The plan asks no regular report"."""
    duties: tuple[DutyRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AgenciesPage:
    """Who is to do what."""

    head: Head
    title: str
    finding: str
    notice: str
    agencies: tuple[AgencyBlock, ...]


def agencies_page(desk: Desk) -> AgenciesPage:
    """Who is to do what, in the plan's order."""
    title = desk.say("agencies_page.title")
    archive = desk.results.archive
    with_duties = [group for group in groups(archive) if group.duties]
    reporting = reporting_duties(archive)
    days = {day for duty in reporting.values() if (day := deadline(duty, _ANY_YEAR)) is not None}
    finding = desk.say(
        "agencies_page.finding" if days else "agencies_page.finding-undated",
        duties=len({duty.duty for duty in archive.duties}),
        bodies=sum(len(group.members) for group in with_duties),
        reporting=len(reporting),
        day=desk.words.listed(day_text(desk, day) for day in sorted(days)),
    )
    return AgenciesPage(
        head=head(desk, title=title, description=finding, group=1),
        title=title,
        finding=finding,
        notice=" ".join(_notices(desk)),
        agencies=tuple(_block(desk, group) for group in groups(archive)),
    )


def _notices(desk: Desk) -> Iterator[str]:
    """How the page is to be read; that the plan is silent on what ended bodies leave behind."""
    yield desk.say("agencies_page.notice")
    with_duties = {duty.agency for duty in desk.results.archive.duties}
    if any(each.until and each.agency in with_duties for each in desk.results.archive.agencies):
        yield desk.say("agencies_page.passed-on")


def agency_links(desk: Desk, names: Iterable[str]) -> tuple[Link, ...]:
    """Several agencies; a group that is there with all of its members is named once."""
    wanted = tuple(names)
    whole = {
        group.id: group
        for group in groups(desk.results.archive)
        if len(group.members) > 1 and {each.agency for each in group.members} <= set(wanted)
    }
    links: dict[str, Link] = {}
    for name in wanted:
        group = group_of(desk.results.archive).get(name)
        if group is not None and group.id in whole:
            href = desk.href(addresses.of_agency(group.id))
            links.setdefault(group.id, Link(text=group_name(desk, group), href=href))
        else:
            links.setdefault(name, agency_link(desk, name))
    return tuple(links.values())


def taken_over(desk: Desk, names: Iterable[str]) -> tuple[Link, ...]:
    """Who does now what agencies did that are no more, over any number of changes.

    Not the committees of areas: where one fell into many, their areas' pages tell which.
    """
    known = bodies(desk.results.archive)
    found: dict[str, None] = {}
    open_ = [known[name] for name in names if name in known]
    seen: set[str] = set()
    while open_:
        agency = open_.pop(0)
        if agency.agency in seen or agency.until is None:
            continue
        seen.add(agency.agency)
        for name in agency.successors:
            heir = known.get(name)
            if heir is None or heir.area is not None:
                continue
            if heir.until is None:
                found[name] = None
            else:
                open_.append(heir)
    return agency_links(desk, found)


def group_name(desk: Desk, group: Group) -> str:
    """What a group is called: its one agency's name, or "the committees of the 12 districts"."""
    if len(group.members) == 1:
        return group.members[0].name[desk.language]
    areas = [each.area for each in group.members if each.area is not None]
    count = len(group.members)
    return desk.say("agencies_page.committees", count=count, unit=unit_of(desk, areas))


def _block(desk: Desk, group: Group) -> AgencyBlock:
    first = group.members[0]
    several = len(group.members) > 1
    same_dates = len({(each.since, each.until) for each in group.members}) == 1
    successors = {name: None for each in group.members for name in each.successors}
    return AgencyBlock(
        id=group.id,
        name=group_name(desk, group),
        dates=_dates(desk, first.since, first.until) if same_dates else "",
        before=agency_links(desk, _before(desk, group)),
        successors=agency_links(desk, successors),
        passed=_passed(desk, group),
        members=tuple(_member(desk, each) for each in group.members) if several else (),
        reporting=_reporting(desk, group),
        duties=tuple(_duty(desk, group, duty) for duty in group.duties),
    )


def _member(desk: Desk, agency: Agency) -> Member:
    earlier = predecessors(desk.results.archive).get(agency.agency, ())
    return Member(
        id=addresses.anchor(agency.agency),
        link=area_link(desk, agency.area)
        if agency.area is not None
        else Link(text=agency.name[desk.language]),
        before=tuple(area_link(desk, each.area) for each in earlier if each.area is not None),
    )


def _before(desk: Desk, group: Group) -> dict[str, None]:
    """Those from whom the bodies of a group took over."""
    earlier = predecessors(desk.results.archive)
    return {
        agency.agency: None for each in group.members for agency in earlier.get(each.agency, ())
    }


def _passed(desk: Desk, group: Group) -> str:
    """Where a body took over from one with duties: that the plan does not say what passed on."""
    archive = desk.results.archive
    if group.duties:
        return ""
    names = {each.agency for each in group.members}
    clauses = {duty.clause: None for duty in archive.duties if able_to(archive, duty) & names}
    if not clauses:
        return ""
    told = desk.words.listed(desk.say("clause.whole", clause=clause) for clause in clauses)
    return desk.say("agencies_page.taken-on", clauses=told)


def _came(desk: Desk, group: Group, duty: Duty) -> Iterator[str]:
    """What is known of each date on which a duty was due, the latest first."""
    names = {each.agency for each in group.members}
    for due in reversed(dues(desk.results)):
        if not any(each.duty == duty.duty and each.agency in names for each in due.duties):
            continue
        reports = [each for each in due.reports if each.agency.agency in names]
        asked = owed(reports)
        if asked and len(reports) > 1:
            words = counts_words(desk, asked)
        elif reports:
            words = outcome_words(desk, reports[0])
        else:
            words = desk.say(f"due_page.state.{due.state.value}")
        yield desk.say("agencies_page.came", year=due.year, words=words)


def _reporting(desk: Desk, group: Group) -> str:
    """What reports the plan asks of an agency; for one without duties, why it stands here."""
    first = group.members[0]
    if group.duties:
        days = [day for duty in group.duties if (day := deadline(duty, _ANY_YEAR)) is not None]
        if not days:
            return desk.say("agencies_page.no-report")
        return desk.say("agencies_page.report", day=day_text(desk, min(days)))
    archive = desk.results.archive
    sentences = [desk.say("agencies_page.no-duties")]
    leads = sum(1 for action in archive.actions if first.agency in action.leads)
    if leads:
        sentences.append(desk.say("agencies_page.leads", count=leads))
    return " ".join(sentences)


def _duty(desk: Desk, group: Group, duty: Duty) -> DutyRow:
    key = f"role.{duty.role}"
    return DutyRow(
        code=duty.duty,
        role=desk.say(key) if desk.words.knows(key) else "",
        quote=duty.text[desk.language],
        quote_language=duty.text.spoken(desk.language),
        clause=duty_link(desk, duty),
        dates=_dates(desk, duty.since, duty.until),
        due=due_words(desk, duty),
        to=agency_links(desk, duty.recipients),
        came=tuple(_came(desk, group, duty)),
    )


def due_words(desk: Desk, duty: Duty) -> str:
    """When a duty is due: "every year, before 15 December"; several are enumerated."""
    words = []
    for part in terms_of(duty):
        if part.startswith(BEFORE):
            day = deadline(duty, _ANY_YEAR)
            words.append(desk.say("due.before", day=day_text(desk, day)) if day else part)
        elif part.isdecimal():
            words.append(desk.say("due.year", year=part))
        else:
            words.append(desk.say(f"due.{part}"))
    return desk.words.listed(words)


def _dates(desk: Desk, since: date | None, until: date | None) -> str:
    """From when until when something was there; empty for what was there always."""
    if since is not None and until is not None:
        return desk.say(
            "agencies_page.between",
            since=desk.words.date(since),
            until=desk.words.date(until),
        )
    if since is not None:
        return desk.say("agencies_page.since", since=desk.words.date(since))
    if until is not None:
        return desk.say("agencies_page.until", until=desk.words.date(until))
    return ""


PAGE = Page(
    id="agencies",
    address=addresses.AGENCIES,
    build=lambda at, _material, _: agencies_page(at),
    menu="delivery",
)
