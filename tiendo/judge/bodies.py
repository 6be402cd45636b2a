"""Who a body is, whether it was there on a day, and who took over from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tiendo.ids import anchor
from tiendo.judge.areas import existed
from tiendo.judge.once import once
from tiendo.terms import Agency, Archive, Duty


@once
def bodies(archive: Archive) -> Mapping[str, Agency]:
    """The agencies by their ids."""
    return {agency.agency: agency for agency in archive.agencies}


def heirs_of(archive: Archive, agency: Agency) -> tuple[Agency, ...]:
    """Who took over from an agency at whatever time, and from those again, nearest first."""
    known = bodies(archive)
    found: dict[str, Agency] = {}
    waiting = list(agency.successors)
    while waiting:
        name = waiting.pop(0)
        if name in known and name not in found and name != agency.agency:
            found[name] = known[name]
            waiting.extend(known[name].successors)
    return tuple(found.values())


def in_office(archive: Archive, name: str, on: date) -> tuple[Agency, ...]:
    """A body that is there on a day; of one that had ended, those that had taken over by then.

    Of whoever had taken over and ended too, those that took over from that.
    """
    known = bodies(archive)
    found: dict[str, Agency | None] = {}
    waiting = [name]
    while waiting:
        each = known.get(waiting.pop(0))
        if each is None or each.agency in found:
            continue
        found[each.agency] = each if existed(each, on) else None
        if is_over(each.until, on):
            waiting += each.successors
    return tuple(each for each in found.values() if each is not None)


def is_over(until: date | None, due: date) -> bool:
    """Whether something that held until a day was over before another."""
    return until is not None and until < due


@once
def bodies_by_area(archive: Archive) -> Mapping[str, tuple[Agency, ...]]:
    """The agencies that are an area's own, by their areas."""
    found: dict[str, tuple[Agency, ...]] = {}
    for agency in archive.agencies:
        if agency.area:
            found[agency.area] = (*found.get(agency.area, ()), agency)
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """One agency; or several committees of areas that have exactly the same duties."""

    id: str
    members: tuple[Agency, ...]
    duties: tuple[Duty, ...]
    """The duties of the first member."""


@once
def committees(archive: Archive) -> Mapping[str, Agency]:
    """The committee of each area that has one."""
    return {agency.area: agency for agency in archive.agencies if agency.area is not None}


@once
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
        return anchor(first.agency)
    level = archive.areas[first.area].level
    return anchor(f"{level}-{duty.duty}" if duty is not None else level)


@once
def group_of(archive: Archive) -> Mapping[str, Group]:
    """The group of each agency that is in one."""
    return {each.agency: group for group in groups(archive) for each in group.members}


@once
def predecessors(archive: Archive) -> Mapping[str, tuple[Agency, ...]]:
    """Those that an agency took over from."""
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
