"""What one state of the data changes against another, in words: figures first, then verdicts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from tiendo.config import Site
from tiendo.judge.revisions import OF_THE_EDITION, between, said
from tiendo.terms import Archive, Assessment, Edition, Figure, Missing, Problem, Results
from tiendo.words.corrections import old_and_new
from tiendo.words.desk import Desk
from tiendo.words.figures import figure_detail, figure_text, gap
from tiendo.words.verdicts import mark
from tiendo.words.wording import Words

AT_MOST = 200
"""So many lines of one kind are told; the rest is counted."""

MARKDOWN = re.compile(r"([\\`*_\[\]<>|#])")

OF_RULES_THAT_COUNT_NOTHING = re.compile(
    "release-|revision-|signed-|version-|meaning-|official-|edition-lacks"
)
"""Codes of problems with which figures and verdicts can still be worked out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sides:
    """Both states, each with what it takes to tell of it."""

    old: Desk
    new: Desk

    def of(self, indicator: str) -> Desk:
        """The state that knows an indicator, the new one if both do."""
        return self.new if indicator in self.new.indicators else self.old

    def area(self, name: str) -> str:
        """An area's name in the state that knows it."""
        known = name in self.new.results.archive.areas
        return _plain((self.new if known else self.old).area_name(name))

    def indicator(self, name: str) -> str:
        """An indicator's short name."""
        desk = self.of(name)
        return _plain(desk.indicators[name].short[desk.language])

    def order(self, indicator: str, area: str) -> tuple[bool, int, str, str]:
        """The whole area first, then by the plan's own order of indicators."""
        desk = self.of(indicator)
        code = self.new.results.archive.areas.get(area)
        return (
            area != self.new.scope,
            list(desk.indicators).index(indicator),
            code.code if code is not None else "",
            area,
        )


def can_be_measured(archive: Archive | None, problems: Iterable[Problem]) -> bool:
    """Whether figures and verdicts can be worked out, whatever rules on versions are broken."""
    return archive is not None and not any(
        problem.stops and not OF_RULES_THAT_COUNT_NOTHING.match(problem.code)
        for problem in problems
    )


def told(old: Results, new: Results, site: Site, words: Words, title: str) -> str:
    """The differences as Markdown; one quiet sentence where there are none."""
    sides = _Sides(old=_desk(old, site, words), new=_desk(new, site, words))
    sections = (
        ("figures", _limited(words, [*_figures(sides)])),
        ("verdicts", _limited(words, [*_verdicts(sides)])),
        ("versions", _limited(words, [*_versions(sides)])),
        ("rest", [*_rest(sides)]),
    )
    lines = [f"# {title}"]
    for name, (count, found) in ((name, _counted(each)) for name, each in sections):
        if found:
            heading = words.say(f"versions.diff.{name}", count=count)
            lines += ["", f"## {heading}", "", *(f"- {line}" for line in found)]
    if len(lines) == 1:
        lines += ["", words.say("versions.diff.nothing")]
    return "\n".join(lines) + "\n"


def _counted(found: tuple[int, list[str]] | list[str]) -> tuple[int, list[str]]:
    return found if isinstance(found, tuple) else (len(found), found)


def _limited(words: Words, lines: list[str]) -> tuple[int, list[str]]:
    """How many lines there are, and as many of them as a person reads."""
    if len(lines) <= AT_MOST:
        return len(lines), lines
    more = words.say("versions.diff.more", count=len(lines) - AT_MOST)
    return len(lines), [*lines[:AT_MOST], more]


def _desk(known: Results, site: Site, words: Words) -> Desk:
    return Desk(
        results=known,
        site=site,
        words=words,
        here="",
        indicators={each.indicator: each for each in known.archive.indicators},
    )


# Figures ------------------------------------------------------------------------------------


def _figures(sides: _Sides) -> Iterator[str]:
    """Area, indicator, year: old and new, the whole area's first in each year."""
    old, new = _by_year(sides.old.results), _by_year(sides.new.results)
    days = [
        {edition.year: edition.as_of for edition in desk.results.editions}
        for desk in (sides.old, sides.new)
    ]

    def order(key: tuple[int, str, str]) -> tuple[int, tuple[bool, int, str, str]]:
        return -key[0], sides.order(key[1], key[2])

    for key in sorted({*old, *new}, key=order):
        was, now = old.get(key), new.get(key)
        year, indicator, area = key
        if said(was, days[0].get(year)) == said(now, days[1].get(year)):
            continue
        before, after = _figure_words(sides.of(indicator), was, now)
        yield sides.new.say(
            "versions.diff.figure",
            area=sides.area(area),
            indicator=sides.indicator(indicator),
            year=year,
            old=_plain(before),
            new=_plain(after),
        )


def _by_year(known: Results) -> dict[tuple[int, str, str], Figure]:
    return {
        (figure.year, figure.indicator, figure.area): figure
        for figure in chain.from_iterable(known.figures.values())
    }


def _figure_words(desk: Desk, was: Figure | None, now: Figure | None) -> tuple[str, str]:
    if was is None or now is None or was.low is None or now.low is None:
        return _value(desk, was), _value(desk, now)
    return old_and_new(desk, was, now)


def _value(desk: Desk, figure: Figure | None) -> str:
    """The figure alone, with what it was worked out from."""
    if figure is None:
        return desk.say("corrections_page.nothing")
    if figure.low is None:
        return gap(desk, figure.missing or Missing.NOT_REPORTED).word
    value, detail = figure_text(desk, figure), figure_detail(desk, figure)
    return desk.say("corrections_page.value", value=value, detail=detail) if detail else value


# Verdicts -----------------------------------------------------------------------------------


def _verdicts(sides: _Sides) -> Iterator[str]:
    """Area, indicator, milestone: from which verdict to which."""
    old, new = _by_milestone(sides.old.results), _by_milestone(sides.new.results)

    def order(key: tuple[str, str, int]) -> tuple[tuple[bool, int, str, str], int]:
        return sides.order(key[0], key[1]), key[2]

    for key in sorted({*old, *new}, key=order):
        before, after = _verdict(sides.old, old.get(key)), _verdict(sides.new, new.get(key))
        if before == after:
            continue
        indicator, area, year = key
        kind = "verdict" if before and after else "verdict-first" if after else "verdict-gone"
        yield sides.new.say(
            f"versions.diff.{kind}",
            area=sides.area(area),
            indicator=sides.indicator(indicator),
            year=year,
            old=before,
            new=after,
        )


def _by_milestone(known: Results) -> dict[tuple[str, str, int], Assessment]:
    return {
        (each.indicator, each.area, each.target.year): each
        for each in chain.from_iterable(known.assessments.values())
    }


def _verdict(desk: Desk, assessment: Assessment | None) -> str:
    """The verdict's word; empty where there is no verdict."""
    if assessment is None:
        return ""
    shown = mark(desk, assessment)
    if not shown.provisional:
        return shown.word
    return desk.say("corrections_page.value", value=shown.word, detail=shown.provisional)


# The rest -----------------------------------------------------------------------------------


def _versions(sides: _Sides) -> Iterator[str]:
    """Versions that came or went, what they stand for, and what the calendar says."""
    old, new = (_by_version(desk.results.archive) for desk in (sides.old, sides.new))
    for key in sorted({*old, *new}):
        year, version = key
        if key not in old or key not in new:
            name = "version-new" if key in new else "version-gone"
            yield sides.new.say(f"versions.diff.{name}", year=year, version=version)
            continue
        for name in OF_THE_EDITION:
            before, after = getattr(old[key], name), getattr(new[key], name)
            if before != after:
                yield sides.new.say(
                    "versions.diff.property",
                    year=year,
                    version=version,
                    name=name,
                    old=before,
                    new=after,
                )
        if old[key].illustrative != new[key].illustrative:
            name = "illustrative" if new[key].illustrative else "real"
            yield sides.new.say(f"versions.diff.{name}", year=year, version=version)
    yield from _calendar(sides)


def _calendar(sides: _Sides) -> Iterator[str]:
    rows = [
        {
            (row.year, row.version): (row.released, row.sha256)
            for row in desk.results.archive.releases
        }
        for desk in (sides.old, sides.new)
    ]
    for key in sorted({*rows[0], *rows[1]}):
        was, now = rows[0].get(key), rows[1].get(key)
        if was == now:
            continue
        name = "unplanned" if now is None else "signed" if now[1] is not None else "planned"
        moment = now or was
        if moment is not None:
            when = sides.new.words.moment(moment[0].astimezone(sides.new.site.timezone))
            yield sides.new.say(f"versions.diff.{name}", year=key[0], version=key[1], moment=when)


def _by_version(archive: Archive) -> dict[tuple[int, int], Edition]:
    return {(edition.year, edition.version): edition for edition in archive.editions}


def _rest(sides: _Sides) -> Iterator[str]:
    """How many rows of reports and actions, of plan and areas say something else."""
    before = {edition.year: edition for edition in sides.old.results.editions}
    rows = [
        difference
        for edition in sides.new.results.editions
        for difference in between(before.get(edition.year), edition)
    ]
    old, new = sides.old.results.archive, sides.new.results.archive
    counts = [
        (name, sum(difference.resource == name for difference in rows))
        for name in ("reports", "actions")
    ]
    counts += [(name, _apart(of(old), of(new))) for name, of in PARTS.items()]
    for name, count in counts:
        if count:
            yield sides.new.say(f"versions.diff.rows-{name}", count=count)


PARTS: Mapping[str, Callable[[Archive], Mapping[object, Any]]] = {
    "goals": lambda archive: {each.goal: each for each in archive.goals},
    "indicators": lambda archive: {each.indicator: each for each in archive.indicators},
    "targets": lambda archive: {
        (each.indicator, each.area, each.year): each for each in archive.targets
    },
    "agencies": lambda archive: {each.agency: each for each in archive.agencies},
    "duties": lambda archive: {(each.duty, each.agency): each for each in archive.duties},
    "plan-actions": lambda archive: {each.action: each for each in archive.actions},
    "text": lambda archive: {each.position: each for each in archive.text},
    "areas": lambda archive: {each.area: each for each in archive.areas.values()},
    "area-changes": lambda archive: {
        (each.on, each.from_area, each.to_area): each for each in archive.area_changes
    },
    "meaning-changes": lambda archive: {
        (each.on, each.resource, each.key, each.column): each for each in archive.meaning_changes
    },
}
"""The tables of plan and areas, by what tells their rows apart."""


def _apart(old: Mapping[object, Any], new: Mapping[object, Any]) -> int:
    """How many rows came, went or say something else; where they stand does not matter."""
    return sum(_bare(old.get(key)) != _bare(new.get(key)) for key in {*old, *new})


def _bare(noun: Any) -> object:  # noqa: ANN401 - any noun that has a row
    return None if noun is None else replace(noun, row=0)


def _plain(text: str) -> str:
    """A text from the data as it stands, whatever it would mean in Markdown."""
    return MARKDOWN.sub(r"\\\1", text)
