"""Where areas come from and what became of them, in words; and what else has their name or code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tiendo.judge.once import once
from tiendo.letters import folded
from tiendo.terms import AREA_LEVELS_WITHOUT_RANK, Archive, Area, AreaChange
from tiendo.words import addresses
from tiendo.words.desk import Desk, area_link, has_page, scope_word
from tiendo.words.parts import DescribedLink, Link, LinkedNote
from tiendo.words.wording import Words, words

MOST_NAMESAKES = 6
"""More areas of the same name than this are told by their number."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OriginGroup:
    """What an area was made of, as far as it lay in one other area."""

    name: Link
    """Without a text where it lay in none."""
    share: str
    """Whether the new area lies wholly in it."""
    parts: tuple[DescribedLink, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Index:
    """The areas of an archive by what they are looked for by."""

    into: Mapping[str, tuple[AreaChange, ...]]
    """The changes that made an area, by its id."""
    out_of: Mapping[str, tuple[AreaChange, ...]]
    """The changes that an area went into, by its id."""
    by_stem: Mapping[str, tuple[str, ...]]
    """Areas by their name without its kind, marks and case."""
    by_code: Mapping[str, tuple[str, ...]]


def origins(desk: Desk, area: str) -> tuple[OriginGroup, ...]:
    """What an area was made of, under the areas that its parts lay in."""
    archive = desk.results.archive
    place = desk.area(area)
    made = [change for change in index(archive).into.get(area, ()) if change.on == place.since]
    groups: dict[str, list[AreaChange]] = {}
    for change in made:
        if change.from_area in archive.areas:
            groups.setdefault(desk.area(change.from_area).parent or "", []).append(change)
    return tuple(
        OriginGroup(
            name=_group_link(desk, parent),
            share="" if not parent else desk.say(_share_key(groups)),
            parts=tuple(
                DescribedLink(
                    link=Link(
                        text=told(desk, change.from_area), href=place_href(desk, change.from_area)
                    ),
                    text=desk.say(f"reform.part.{change.part}"),
                )
                for change in changes
            ),
        )
        for parent, changes in sorted(groups.items(), key=lambda each: _order(archive, each[0]))
    )


def origins_finding(desk: Desk, area: str) -> str:
    """What an area was made of, in a sentence; empty where it did not begin with a change."""
    made = [
        change
        for change in index(desk.results.archive).into.get(area, ())
        if change.on == desk.area(area).since
    ]
    if not made:
        return ""
    return desk.say(
        "reform.origins-finding",
        on=desk.words.date(made[0].on),
        parts=desk.words.listed(_origin(desk, change) for change in made),
    )


def _origin(desk: Desk, change: AreaChange) -> str:
    """A part of what an area was made of; "former" where today's area has the same name."""
    name = desk.area_within(change.from_area)
    former = "-former" if name == desk.area_within(change.to_area) else ""
    return desk.say(f"reform.origin-{change.part}{former}", area=name)


def scope_ended(desk: Desk, year: int | None = None) -> str:
    """That the whole area ended, what it became and that its land is followed on.

    Empty while it went on in the edition of the year; None: in the newest one.
    """
    until = desk.area(desk.scope).until
    told = [each for each in desk.results.editions if year in {None, each.year}]
    if until is None or not told or told[-1].as_of <= until:
        return ""
    changes = index(desk.results.archive).out_of.get(desk.scope, ())
    heirs = [each.to_area for each in changes if each.to_area in desk.results.archive.areas]
    return desk.say(
        "reform.scope-ended" if heirs else "reform.scope-ended-alone",
        scope=desk.area_name(desk.scope),
        kind=scope_word(desk),
        until=desk.words.date(until),
        heirs=desk.words.listed(desk.area_within(each) for each in heirs),
    )


def told_short(desk: Desk, area: str) -> str:
    """An area by kind and name, with its time."""
    when = dates(desk, area)
    name = desk.area_within(area)
    return f"{name} ({when})" if when else name


def former_parents(archive: Archive, area: str) -> tuple[str, ...]:
    """The areas that the parts of an area lay in before it began, by code."""
    since = archive.areas[area].since
    found = {
        archive.areas[change.from_area].parent or ""
        for change in index(archive).into.get(area, ())
        if change.on == since and change.from_area in archive.areas
    }
    return tuple(sorted(found - {""}, key=lambda name: _order(archive, name)))


def lies_in(desk: Desk, area: str) -> str:
    """What an area lies in today, and what it lay in before: "Thành phố Hải Phòng"."""
    parent = desk.area(area).parent
    return desk.area_name(parent or desk.scope)


def namesakes(desk: Desk, area: str) -> LinkedNote:
    """What else is called the same and must not be taken for it; empty where nothing is."""
    kinds = words(desk.site.languages[0])
    known = index(desk.results.archive).by_stem
    found = [n for n in known.get(stem(desk.area(area), kinds), ()) if n != area]
    if not found:
        return LinkedNote(text="", links=())
    if len(found) > MOST_NAMESAKES:
        many = desk.say("reform.namesakes-many", area=desk.area_within(area), count=len(found))
        return LinkedNote(text=many, links=())
    return LinkedNote(
        text=desk.say("reform.namesakes", area=told(desk, area)),
        links=tuple(Link(text=told(desk, name), href=place_href(desk, name)) for name in found),
    )


def same_code(desk: Desk, area: str) -> str:
    """Which other area had or has the same official code, in its time."""
    place = desk.area(area)
    found = index(desk.results.archive).by_code.get(place.code, ())
    others = [name for name in found if name != area and place.code]
    said = []
    for key, after in (("reform.same-code", False), ("reform.same-code-now", True)):
        those = [told_short(desk, name) for name in others if _later(desk, area, name) is after]
        if those:
            said.append(desk.say(key, code=place.code, others=desk.words.listed(those)))
    return " ".join(said)


def _later(desk: Desk, area: str, other: str) -> bool:
    """Whether another area began after this one had ended."""
    until, since = desk.area(area).until, desk.area(other).since
    return until is not None and since is not None and since > until


def told(desk: Desk, area: str) -> str:
    """An area so that it can't be mistaken: kind, name, code and time."""
    place = desk.area(area)
    facts = [desk.say("reform.code", code=place.code)] if place.code else []
    when = dates(desk, area)
    facts += [when] if when else []
    name = desk.area_within(area)
    return f"{name} ({', '.join(facts)})" if facts else name


def dates(desk: Desk, area: str) -> str:
    """When an area was there: "đến 30/06/2025"; empty for one that always was and goes on."""
    place = desk.area(area)
    if place.since and place.until:
        return desk.say(
            "reform.from-to",
            since=desk.words.date(place.since),
            until=desk.words.date(place.until),
        )
    if place.until:
        return desk.say("reform.until", until=desk.words.date(place.until))
    return desk.say("reform.since", since=desk.words.date(place.since)) if place.since else ""


def place_href(desk: Desk, area: str) -> str:
    """The way to an area: its page, else its line in the list of all areas; empty without."""
    if has_page(desk, area):
        return desk.href(addresses.of_area(area))
    if area == desk.scope:
        return desk.href(addresses.HOME)
    return desk.href(addresses.of_place(area)) if is_former(desk, area) else ""


def is_former(desk: Desk, name: str) -> bool:
    """Whether an area has ended, for who reads now: it has a line in the list of all areas."""
    return (
        # An end to come is not in what may be seen (`tiendo.judge.editions`).
        desk.area(name).until is not None
        and name != desk.scope
        and desk.area(name).level not in AREA_LEVELS_WITHOUT_RANK
    )


def stem(area: Area, kinds: Words) -> str:
    """An area's name without its kind, for matching: "hai duong"."""
    kind = kinds.say(f"area_type.{area.type}")
    return folded(area.name.first.removeprefix(f"{kind} "))


@once
def index(archive: Archive) -> Index:
    """The areas of an archive by what they are looked for by."""
    kinds = words(archive.languages[0])
    into: dict[str, list[AreaChange]] = {}
    out_of: dict[str, list[AreaChange]] = {}
    for change in archive.area_changes:
        into.setdefault(change.to_area, []).append(change)
        out_of.setdefault(change.from_area, []).append(change)
    by_stem: dict[str, list[str]] = {}
    by_code: dict[str, list[str]] = {}
    for name, area in archive.areas.items():
        by_stem.setdefault(stem(area, kinds), []).append(name)
        by_code.setdefault(area.code, []).append(name)

    return Index(
        into={name: tuple(changes) for name, changes in into.items()},
        out_of={name: tuple(changes) for name, changes in out_of.items()},
        by_stem={key: tuple(names) for key, names in by_stem.items()},
        by_code={key: tuple(names) for key, names in by_code.items()},
    )


def _order(archive: Archive, name: str) -> tuple[str, str]:
    return (archive.areas[name].code if name in archive.areas else "", name)


def _share_key(groups: Mapping[str, object]) -> str:
    return "reform.wholly-in" if len(groups) == 1 else "reform.partly-in"


def _group_link(desk: Desk, parent: str) -> Link:
    if not parent:
        return Link(text="")
    when = dates(desk, parent)
    link = area_link(desk, parent)
    return Link(text=f"{link.text} ({when})" if when else link.text, href=link.href)
