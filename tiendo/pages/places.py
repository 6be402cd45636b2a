"""The page of all areas: those of today, those that ended, and which became which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tiendo.letters import folded
from tiendo.pages.area_history import dates, former_parents, index, is_former
from tiendo.pages.page import Page
from tiendo.pages.page_end import Closing, closing
from tiendo.words import addresses
from tiendo.words.desk import Desk, area_link, head, home_link, unit_of
from tiendo.words.parts import DescribedLink, Head, Link


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaGroup:
    """Areas that lay in one other area before; one that straddles stands under each of them."""

    name: Link
    """Without a text where they are not grouped."""
    areas: tuple[DescribedLink, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FormerPlace:
    """An area that has ended, in the list of all."""

    id: str
    name: Link
    detail: str
    """Its code and its time."""
    successors: tuple[DescribedLink, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FormerGroup:
    """Former areas that lay in one other."""

    id: str
    name: str
    places: tuple[FormerPlace, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacesPage:
    """Every area, old and new, and which became which."""

    head: Head
    trail: tuple[Link, ...]
    title: str
    finding: str
    how: str
    today_heading: str
    today: tuple[AreaGroup, ...]
    straddling: str
    """What the mark of a part means; empty where no area straddles."""
    former_heading: str
    former: tuple[FormerGroup, ...]
    acts: str
    closing: Closing


def places_page(desk: Desk) -> PlacesPage:
    """Every area, old and new, and which became which."""
    title = desk.say("reform.places.title")
    today = today_areas(desk)
    former = [name for name in desk.results.archive.areas if is_former(desk, name)]
    groups = grouped(desk, today)
    finding = _finding(desk, today, former)
    straddlers = [area for area in today if len(former_parents(desk.results.archive, area)) > 1]
    acts = sorted({change.act for change in desk.results.archive.area_changes if change.act})
    return PlacesPage(
        head=head(desk, title=title, description=finding, group=0),
        trail=(home_link(desk),),
        title=title,
        finding=finding,
        # There is nothing to open before the first release.
        how=desk.say("reform.places.how") if desk.results.editions else "",
        today_heading=areas_heading(desk, today),
        today=groups,
        straddling=desk.say(
            "reform.places.straddling",
            count=len(straddlers),
            unit=unit_of(desk, straddlers),
        )
        if straddlers
        else "",
        former_heading=desk.say("reform.places.former"),
        former=_by_parent(desk, former),
        acts=desk.say("reform.places.acts", acts=desk.words.listed(acts)) if acts else "",
        closing=closing(desk, title=lambda at: at.say("reform.places.title")),
    )


def today_areas(desk: Desk) -> tuple[str, ...]:
    """The local areas of the newest edition."""
    if not desk.results.editions:
        return ()
    return desk.results.locals_[desk.results.editions[-1].year]


def areas_heading(desk: Desk, areas: Sequence[str]) -> str:
    """How many areas there are, and since when: "64 xã, phường (từ 01/07/2025)"."""
    if not areas:
        return desk.say("home.areas")
    when = {dates(desk, area) for area in areas}
    return desk.say(
        "reform.areas-since" if when != {""} and len(when) == 1 else "reform.areas",
        count=desk.words.number(len(areas)),
        unit=unit_of(desk, areas),
        when=next(iter(when)),
    )


def grouped(desk: Desk, areas: Iterable[str]) -> tuple[AreaGroup, ...]:
    """Areas under what they lay in before; one that straddles stands under each, marked."""
    archive = desk.results.archive
    found: dict[str, list[DescribedLink]] = {}
    for area in areas:
        parents = former_parents(archive, area)
        part = desk.say("tell.area.partly") if len(parents) > 1 else ""
        for parent in parents or ("",):
            each = DescribedLink(link=area_link(desk, area), text=part)
            found.setdefault(parent, []).append(each)
    return tuple(
        AreaGroup(name=_dated(desk, parent), areas=tuple(found[parent]))
        for parent in sorted(found, key=lambda name: _order(desk, name))
    )


def _finding(desk: Desk, today: Sequence[str], former: Sequence[str]) -> str:
    levels: dict[str, list[str]] = {}
    for name in former:
        levels.setdefault(desk.area(name).level, []).append(name)
    if not desk.results.editions:
        return desk.say("reform.places.finding-nothing")
    if not former or not today:
        return desk.say("reform.places.finding-none")
    told = [f"{desk.words.number(len(each))} {unit_of(desk, each)}" for each in levels.values()]
    return desk.say(
        "reform.places.finding",
        former=desk.words.listed(told),
        today=desk.say(
            "reform.areas",
            count=desk.words.number(len(today)),
            unit=unit_of(desk, today),
        ),
    )


def _by_parent(desk: Desk, former: Sequence[str]) -> tuple[FormerGroup, ...]:
    """The areas that ended under what they lay in, by their names without their kinds."""
    groups: dict[str, list[str]] = {}
    for name in former:
        groups.setdefault(desk.area(name).parent or "", []).append(name)
    return tuple(
        FormerGroup(
            id=f"trong-{addresses.anchor(parent)}" if parent else "trong",
            name=desk.say(
                "reform.places.group",
                parent=desk.area_name(parent) if parent else "",
                number=desk.words.number(len(groups[parent])),
                unit=unit_of(desk, groups[parent]),
            ),
            places=tuple(
                _former(desk, name)
                for name in sorted(
                    groups[parent], key=lambda each: (folded(_bare(desk, each)), each)
                )
            ),
        )
        for parent in sorted(groups, key=lambda each: (each != desk.scope, _order(desk, each)))
    )


def _bare(desk: Desk, name: str) -> str:
    """An area's name without its kind."""
    kind = desk.say(f"area_type.{desk.area(name).type}")
    full = desk.area_name(name)
    return full.removeprefix(f"{kind} ").removesuffix(f" {kind}")


def _former(desk: Desk, name: str) -> FormerPlace:
    place = desk.area(name)
    changes = index(desk.results.archive).out_of.get(name, ())
    detail = [desk.say("reform.code", code=place.code)] if place.code else []
    detail += [dates(desk, name)]
    successors = [
        DescribedLink(
            link=area_link(desk, change.to_area),
            text=desk.say(f"reform.part.{change.part}") if change.part != "whole" else "",
        )
        for change in changes
        if change.to_area in desk.results.archive.areas
    ]
    return FormerPlace(
        id=addresses.anchor(name),
        name=Link(text=desk.area_name(name), href=area_link(desk, name).href),
        detail=", ".join(detail),
        successors=tuple(successors),
    )


def _dated(desk: Desk, name: str) -> Link:
    if not name:
        return Link(text="")
    link = area_link(desk, name)
    when = dates(desk, name)
    return Link(text=f"{link.text} ({when})" if when else link.text, href=link.href)


def _order(desk: Desk, name: str) -> tuple[str, str]:
    return (desk.area(name).code if name else "", name)


PAGE = Page(
    id="places",
    address=addresses.PLACES,
    build=lambda at, _material, _: places_page(at),
    menu="progress",
)
