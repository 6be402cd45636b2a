"""The page of agencies: who is to do what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tiendo.pages import addresses
from tiendo.pages.contexts import AgenciesPage, AgencyBlock, DutyRow, Link
from tiendo.pages.desk import Desk, area_link, head, unit_of
from tiendo.pages.reporting import (
    BEFORE,
    bodies,
    day_text,
    deadline,
    reporting_duties,
    terms_of,
)
from tiendo.terms import Agency, Archive, Duty

_ANY_YEAR = 2024
"""For days that stand for every year's; a leap year."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """One agency; or several committees of areas that have exactly the same duties."""

    id: str
    members: tuple[Agency, ...]
    duties: tuple[Duty, ...]
    """The duties of the first member."""


def agencies_page(desk: Desk) -> AgenciesPage:
    """Who is to do what, in the plan's order."""
    title = desk.say("agencies_page.title")
    archive = desk.results.archive
    with_duties = [group for group in groups(archive) if group.duties]
    finding = desk.say(
        "agencies_page.finding",
        duties=len({duty.duty for duty in archive.duties}),
        bodies=sum(len(group.members) for group in with_duties),
        reporting=len(reporting_duties(archive)),
    )
    return AgenciesPage(
        head=head(desk, title=title, description=finding, group=1),
        title=title,
        finding=finding,
        notice=desk.say("agencies_page.notice"),
        agencies=tuple(_block(desk, group) for group in groups(archive)),
    )


def agency_link(desk: Desk, name: str) -> Link:
    """An agency by its name, with its place on the page of agencies if it has one."""
    archive = desk.results.archive
    agency = bodies(archive).get(name)
    if agency is None:
        return Link(text=name)
    group = _group_of(archive).get(name)
    return Link(
        text=agency.name[desk.language],
        href=desk.href(addresses.of_agency(group.id)) if group is not None else "",
    )


@lru_cache(maxsize=4)
def committees(archive: Archive) -> Mapping[str, Agency]:
    """The committee of each area that has one."""
    return {agency.area: agency for agency in archive.agencies if agency.area is not None}


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
        group = _group_of(desk.results.archive).get(name)
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


@lru_cache(maxsize=4)
def groups(archive: Archive) -> tuple[Group, ...]:
    """The agencies with duties in the plan's order, then those that a reader meets elsewhere.

    Those are the agencies that lead an action and the successors of all others.
    """
    duties: dict[str, list[Duty]] = {}
    for duty in archive.duties:
        duties.setdefault(duty.agency, []).append(duty)
    known = bodies(archive)
    together: dict[object, list[Agency]] = {}
    for name, theirs in duties.items():
        if name in known:
            together.setdefault(_likeness(archive, known[name], theirs), []).append(known[name])
    found = [
        Group(
            id=_id(archive, members, duties[members[0].agency][0]),
            members=members,
            duties=tuple(duties[members[0].agency]),
        )
        for members in (tuple(each) for each in together.values())
    ]
    alike: dict[object, list[Agency]] = {}
    for name in _met_elsewhere(archive, duties):
        alike.setdefault(_likeness(archive, known[name], ()), []).append(known[name])
    found.extend(
        Group(id=_id(archive, members, None), members=members, duties=())
        for members in (tuple(each) for each in alike.values())
    )
    return tuple(found)


def _likeness(archive: Archive, agency: Agency, duties: Sequence[Duty]) -> object:
    """Equal for committees of areas of one level with the same duties; else the agency's own.

    Where none has any: of those that were there at the same time.
    """
    if agency.area is None or agency.area not in archive.areas:
        return agency.agency
    level = archive.areas[agency.area].level
    if not duties:
        return level, agency.since, agency.until
    return level, tuple((d.duty, d.role, d.text, d.due, d.since, d.until) for d in duties)


def _id(archive: Archive, members: tuple[Agency, ...], duty: Duty | None) -> str:
    first = members[0]
    if len(members) == 1 or first.area is None:
        return addresses.anchor(first.agency)
    level = archive.areas[first.area].level
    return addresses.anchor(f"{level}-{duty.duty}" if duty is not None else level)


@lru_cache(maxsize=4)
def _group_of(archive: Archive) -> Mapping[str, Group]:
    return {each.agency: group for group in groups(archive) for each in group.members}


@lru_cache(maxsize=4)
def _predecessors(archive: Archive) -> Mapping[str, tuple[Agency, ...]]:
    found: dict[str, tuple[Agency, ...]] = {}
    for agency in archive.agencies:
        for name in agency.successors:
            found[name] = (*found.get(name, ()), agency)
    return found


def _met_elsewhere(archive: Archive, duties: Mapping[str, object]) -> tuple[str, ...]:
    """Agencies without duties that lead an action, or took over from one that is shown."""
    known = bodies(archive)
    shown = list(duties)
    shown += [name for action in archive.actions for name in action.leads]
    shown += [indicator.reporter for indicator in archive.indicators]
    found: dict[str, None] = {}
    while shown:
        name = shown.pop(0)
        if name in found or name not in known:
            continue
        found[name] = None
        shown.extend(known[name].successors)
    return tuple(
        agency.agency
        for agency in archive.agencies
        if agency.agency in found and agency.agency not in duties
    )


def _block(desk: Desk, group: Group) -> AgencyBlock:
    first = group.members[0]
    several = len(group.members) > 1
    same_dates = len({(each.since, each.until) for each in group.members}) == 1
    successors = {name: None for each in group.members for name in each.successors}
    return AgencyBlock(
        id=group.id,
        name=group_name(desk, group),
        dates=_dates(desk, first.since, first.until) if same_dates else "",
        successors=agency_links(desk, successors),
        members=tuple(_member(desk, each) for each in group.members) if several else (),
        reporting=_reporting(desk, group),
        duties=tuple(_duty(desk, duty) for duty in group.duties),
    )


def _member(desk: Desk, agency: Agency) -> Link:
    if agency.area is None:
        return Link(text=agency.name[desk.language])
    return area_link(desk, agency.area)


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
    before = {
        agency.agency: None
        for each in group.members
        for agency in _predecessors(archive).get(each.agency, ())
    }
    if before:
        names = desk.words.listed(link.text for link in agency_links(desk, before))
        sentences.append(desk.say("agencies_page.takes-over", names=names))
    leads = sum(1 for action in archive.actions if first.agency in action.leads)
    if leads:
        sentences.append(desk.say("agencies_page.leads", count=leads))
    return " ".join(sentences)


def _duty(desk: Desk, duty: Duty) -> DutyRow:
    translated = desk.language == "en" and bool(duty.text.en)
    key = f"role.{duty.role}"
    dates = _dates(desk, duty.since, duty.until)
    clause = desk.say("agencies_page.clause", clause=duty.clause)
    return DutyRow(
        code=duty.duty,
        role=desk.say(key) if desk.words.knows(key) else "",
        quote=duty.text[desk.language],
        quote_language="en" if translated else "vi",
        clause=f"{clause}, {dates}" if dates else clause,
        due=_due(desk, duty),
    )


def _due(desk: Desk, duty: Duty) -> str:
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
