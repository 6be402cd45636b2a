"""Everything that can be looked for, and where it is.

The same entries make the page that lists them all, for whoever has no JavaScript, and the short
list that the search in the reader's browser looks through (`site_config/assets/find.js`).  They
hold names and no figures, so that the list stays small where there are thousands of areas.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tiendo.judge.areas import existed
from tiendo.judge.bodies import committees, group_of, groups
from tiendo.judge.clauses import clauses, standing, unnumbered
from tiendo.letters import folded
from tiendo.pages.agencies import group_name
from tiendo.pages.glossary import VERDICTS, terms
from tiendo.pages.milestone import ahead, milestones
from tiendo.pages.page import Page
from tiendo.terms import Agency, Area, AreaChange, Duty, Verdict
from tiendo.words import addresses
from tiendo.words.clauses import clause_link
from tiendo.words.desk import Desk, has_page, head, scope_word, unit_of
from tiendo.words.parts import DescribedLink, Head, Link, LinkGroup

WEIGHT = 3
WEIGHTS = {"action": 2, "duty": 1, "clause": 1, "term": 1}
"""What a word in a title counts, against 1 elsewhere; a sentence is less of a name."""

LONGEST = 90
"""Letters of a title; a sentence of the plan goes on behind it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FindPage:
    """Everything that can be looked for; what was searched for stands above it."""

    head: Head
    title: str
    lead: str
    groups: tuple[LinkGroup, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """Something that can be looked for."""

    title: str
    kind: str
    """What it is, in words: "Chỉ tiêu", "Cấp xã"."""
    address: str
    group: str
    """The group of the list that it stands in."""
    detail: str = ""
    words: str = ""
    """Words that also find it and are not in its title."""


def find_page(desk: Desk, pages: Sequence[Page]) -> FindPage:
    """The list of everything, by kind."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries(desk, pages):
        found[entry.group].append(entry)
    return FindPage(
        head=head(
            desk, title=desk.say("find.title"), description=desk.say("find.description"), group=0
        ),
        title=desk.say("find.title"),
        lead=desk.say("find.lead"),
        groups=tuple(
            LinkGroup(
                id=name,
                title=_group_title(desk, name),
                entries=tuple(
                    DescribedLink(
                        link=Link(text=each.title, href=desk.href(each.address)),
                        text=each.detail,
                    )
                    for each in members
                ),
            )
            for name, members in found.items()
        ),
    )


def find_index(desk: Desk, pages: Sequence[Page]) -> bytes:
    """The kinds and what a word in a title of theirs weighs; each entry in five columns.

    Those are its title, the number of its kind, its address, detail and further words.
    """
    every = entries(desk, pages)
    kinds = {entry.kind: WEIGHTS.get(entry.group, WEIGHT) for entry in every}
    place = {kind: number for number, kind in enumerate(kinds)}
    content = {
        "kinds": list(kinds.items()),
        "entries": [
            [
                each.title,
                place[each.kind],
                addresses.named(each.address, desk.site),
                each.detail,
                each.words,
            ]
            for each in every
        ],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def entries(desk: Desk, pages: Sequence[Page]) -> tuple[Entry, ...]:
    """Everything that can be looked for: these pages, and what the plan and its results name.

    Of two that fit a search equally well the first is shown first.
    """
    return (
        *_areas(desk),
        *_indicators(desk),
        *_years(desk),
        *_pages(desk, pages),
        *_verdicts(desk),
        *_terms(desk),
        *_agencies(desk),
        *_actions(desk),
        *_duties(desk),
        *_clauses(desk),
    )


def further(title: str, *texts: str) -> str:
    """The words of some texts that a title has not, each once, as they are spelt.

    >>> further("Huyện Tứ Kỳ", "Tứ Kỳ", "H. Tứ Kì")
    'H Kì'
    """
    known = set(_WORD.findall(folded(title)))
    found: dict[str, None] = {}
    for text in texts:
        for word in _WORD.findall(text):
            if folded(word) not in known:
                found[word] = None
    return " ".join(found)


_WORD = re.compile(r"\w+")


def _group_title(desk: Desk, name: str) -> str:
    kind, _, level = name.partition("-")
    areas = [
        area.area
        for area in desk.results.archive.areas.values()
        if area.level == level and has_page(desk, area.area) == (kind == "area")
    ]
    return desk.say(f"find.group.{kind}", unit=unit_of(desk, areas))


# Areas --------------------------------------------------------------------------------------


def _areas(desk: Desk) -> Iterator[Entry]:
    """The whole area, those that have pages, and those that came before them and have none."""
    archive = desk.results.archive
    yield _area(desk, archive.areas[desk.scope], addresses.HOME, whole=True)
    shown = [area for area in archive.areas.values() if has_page(desk, area.area)]
    levels = Counter(area.level for area in shown)
    namesakes = Counter((area.level, folded(area.name[desk.language])) for area in shown)
    today = desk.results.now.date()
    # Those that are there today first, and the larger ones: there are fewer of them.
    for area in sorted(
        shown,
        key=lambda area: (
            not existed(area, today),
            levels[area.level],
            area.level,
            *_order(desk, area),
        ),
    ):
        entry = _area(desk, area, addresses.of_area(area.area))
        if namesakes[area.level, folded(area.name[desk.language])] > 1:
            code = desk.say("find.code", code=area.code)
            entry = replace(entry, detail=" · ".join(filter(None, (entry.detail, code))))
        yield entry
    yield from _earlier(desk)


def _earlier(desk: Desk) -> Iterator[Entry]:
    """Areas that ended and have no page, once for each that has one and took land of theirs."""
    areas = desk.results.archive.areas
    found: list[tuple[Area, AreaChange]] = [
        (areas[change.from_area], change)
        for change in desk.results.archive.area_changes
        if change.from_area in areas
        and areas[change.from_area].until is not None
        and not has_page(desk, change.from_area)
        and has_page(desk, change.to_area)
    ]
    for area, change in sorted(
        found, key=lambda pair: (*_order(desk, pair[0]), pair[1].part != "whole", pair[1].to_area)
    ):
        entry = _area(desk, area, addresses.of_area(change.to_area))
        became = desk.say(f"find.became.{change.part}", area=desk.area_within(change.to_area))
        yield replace(
            entry,
            detail=", ".join(filter(None, (entry.detail, became))),
            group=f"earlier-{area.level}",
        )


def _area(desk: Desk, area: Area, address: str, *, whole: bool = False) -> Entry:
    title = area.name[desk.language]
    committee = committees(desk.results.archive).get(area.area)
    names = (*area.name.all, *area.aliases, area.code)
    if committee is not None:
        names = (*names, *_called(committee))
    details = [_dates(desk, area)]
    if whole:
        details.append(desk.say("find.whole", scope=scope_word(desk)))
    return Entry(
        title=title,
        kind=desk.say(f"find.level.{area.level}"),
        address=address,
        group="page" if whole else f"area-{area.level}",
        detail=" · ".join(filter(None, details)),
        words=further(title, *names),
    )


def _order(desk: Desk, area: Area) -> tuple[str, str, str]:
    """By the name without what kind of area it is, as people look for it."""
    name = area.name[desk.language].removeprefix(f"{desk.say(f'area_type.{area.type}')} ")
    return folded(name), name, area.area


def _dates(desk: Desk, dated: Area | Agency) -> str:
    facts = {
        name: desk.words.date(day)
        for name, day in (("since", dated.since), ("until", dated.until))
        if day is not None
    }
    return desk.say(f"find.dates.{'-'.join(facts)}", **facts) if facts else ""


# The rest -----------------------------------------------------------------------------------


def _indicators(desk: Desk) -> Iterator[Entry]:
    archive = desk.results.archive
    goals = {goal.goal: goal for goal in archive.goals}
    for indicator in archive.indicators:
        if (indicator.indicator, desk.scope) not in desk.results.headlines:
            continue
        title = indicator.short[desk.language]
        yield Entry(
            title=title,
            kind=desk.say("find.kind.indicator"),
            address=addresses.of_indicator(indicator.indicator),
            group="indicator",
            detail=indicator.name[desk.language],
            words=further(
                title,
                indicator.numerator[desk.language],
                *indicator.short.all,
                *indicator.name.all,
                indicator.indicator,
                goals[indicator.goal].name[desk.language],
            ),
        )


def _years(desk: Desk) -> Iterator[Entry]:
    for year in (*milestones(desk.results), *ahead(desk.results)):
        yield Entry(
            title=desk.say("find.milestone", year=year),
            kind=desk.say("find.kind.milestone"),
            address=addresses.of_milestone(year),
            group="year",
            words=desk.say("find.words.milestone"),
        )
    for edition in reversed(desk.results.editions):
        title = desk.say("menu.year", year=edition.year)
        yield Entry(
            title=title,
            kind=desk.say("find.kind.year"),
            address=addresses.of_year(edition.year),
            group="year",
            detail=desk.say("find.as-of", date=desk.words.date(edition.as_of)),
            words=further(title, desk.say("find.words.year")),
        )


def _pages(desk: Desk, pages: Sequence[Page]) -> Iterator[Entry]:
    number = desk.results.archive.plan.number  # the page about the site tells of the plan
    for page in pages:
        there = ("", page.address) in page.addresses(desk.results, desk.words)
        if not there or not page.searched:
            continue
        title = desk.say(f"find.page.{page.id}")
        yield Entry(
            title=title,
            kind=desk.say("find.kind.page"),
            address=page.address,
            group="page",
            words=desk.say(f"find.words.{page.id}", plan=number),
        )


def _verdicts(desk: Desk) -> Iterator[Entry]:
    for verdict in Verdict:
        yield Entry(
            title=desk.say(f"verdict.{verdict.value}.word"),
            kind=desk.say("find.kind.verdict"),
            address=VERDICTS,
            group="verdict",
            detail=desk.say(f"verdict.{verdict.value}.meaning"),
        )


def _terms(desk: Desk) -> Iterator[Entry]:
    """The words that this site explains; the verdicts are found as that."""
    for term in terms(desk.words):
        if not term.elsewhere:
            yield Entry(
                title=term.word,
                kind=desk.say("find.kind.term"),
                address=addresses.of_term(term.id),
                group="term",
                detail=term.meaning,
            )


def _agencies(desk: Desk) -> Iterator[Entry]:
    for group in groups(desk.results.archive):
        first = group.members[0]
        title = group_name(desk, group)
        yield Entry(
            title=title,
            kind=desk.say("find.kind.agency"),
            address=addresses.of_agency(group.id),
            group="agency",
            detail=_dates(desk, first),
            words=further(title, *_called(first)) if len(group.members) == 1 else "",
        )


def _called(agency: Agency) -> tuple[str, ...]:
    return *agency.short.all, *agency.name.all


def _actions(desk: Desk) -> Iterator[Entry]:
    for action in desk.results.archive.actions:
        text = action.text[desk.language]
        title = _cut(text)
        yield Entry(
            title=title,
            kind=desk.say("find.kind.action"),
            address=addresses.of_action(action.action),
            group="action",
            detail=action.action,
            words=_whole(text),
        )


def _duties(desk: Desk) -> Iterator[Entry]:
    """What the plan asks of bodies, once each, and the first of those that it asks."""
    found: dict[str, Duty] = {}
    for duty in desk.results.archive.duties:
        found.setdefault(duty.duty, duty)
    for duty in found.values():
        group = group_of(desk.results.archive)[duty.agency]
        text = duty.text[desk.language]
        yield Entry(
            title=_cut(text),
            kind=desk.say("find.kind.duty"),
            address=addresses.of_agency(group.id),
            group="duty",
            detail=f"{group_name(desk, group)} · {duty.duty}",
            words=_whole(text),
        )


def _clauses(desk: Desk) -> Iterator[Entry]:
    """The plan's clauses, save those that are an action or a duty, which is found as that."""
    archive = desk.results.archive
    texts: dict[str, list[str]] = defaultdict(list)
    for clause, passage in clauses(archive):
        known = standing(archive).get(clause)
        if clause and not (known and (known.actions or known.duties)):
            texts[clause].append(unnumbered(passage.text[desk.language]))
    for clause, passages in texts.items():
        yield Entry(
            title=_cut(passages[0]),
            kind=desk.say("find.kind.clause"),
            address=addresses.of_clause(clause),
            group="clause",
            detail=clause_link(desk, clause).text,
            words=_whole(*passages),
        )


def _whole(*texts: str) -> str:
    """Texts in full, so that their words are found in one piece; empty where a title says all."""
    text = " ".join(texts)
    return "" if text == _cut(text) else text


def _cut(text: str) -> str:
    """The beginning of a text, in whole words."""
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rpartition(" ")[0].rstrip(" ,;:.–-") + "…"


PAGE = Page(
    id="find",
    address=addresses.FIND,
    build=lambda at, material, _: find_page(at, material.pages),
    searched=False,
)
