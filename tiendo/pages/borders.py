"""What later figures make on the borders of an area that ended or changed, on its own page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tiendo.judge.areas import existed
from tiendo.terms import Indicator, Restated
from tiendo.words.desk import Desk, area_link, edition_words, indicator_link
from tiendo.words.downloads import restated_download
from tiendo.words.figures import obstacle_text, restated_text, shown
from tiendo.words.parts import Download, Link, Shown
from tiendo.words.verdicts import is_other_ground

MOST_FORMER = 60
"""More former areas than this are not told on an indicator's page, only each on its own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BorderCell:
    """A year on an area's borders: a figure or a range, or the reason why there is none."""

    text: str = ""
    detail: str = ""
    """"1,234 of 5,678 in areas wholly inside"."""
    provisional: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BorderRow:
    """One indicator on an area's borders."""

    name: Link
    reported: Shown | None
    """The last figure that the area itself reported."""
    reported_year: str
    cells: tuple[BorderCell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Borders:
    """What figures make on an area's borders in years in which its land was under others."""

    title: str
    lead: str
    """That this is the site's own working, and changes no verdict."""
    caption: str
    reported: str
    years: tuple[str, ...]
    rows: tuple[BorderRow, ...]
    inside_label: str
    inside: tuple[Link, ...]
    straddling_label: str
    straddling: tuple[Link, ...]
    range_: str
    """Why there is a range; empty where nothing straddles."""
    editions: str
    """From which editions and versions it was worked out; empty where nothing could be."""
    unlike: str
    """The indicators whose denominators the change made very different; empty: none."""
    rest: str
    """The indicators that can't be restated, and why; empty: none."""
    notice: str
    download: Download


@dataclass(frozen=True, kw_only=True, slots=True)
class FormerAreas:
    """An indicator on the borders of areas that ended; ``Borders`` is the same of one area."""

    title: str
    lead: str
    caption: str
    notice: str
    reported: str
    years: tuple[str, ...]
    unlike: str
    """The areas whose denominators the change made very different; empty: none."""
    rows: tuple[BorderRow, ...]
    """One for each former area; its page, to which the name leads, says what was added up."""


def borders(desk: Desk, area: str) -> Borders | None:
    """An area's indicators on its borders in the years of others; None where there are none."""
    found = {
        name: rows
        for name in desk.indicators
        if (rows := desk.results.restated.get((name, area), ()))
    }
    if not found:
        return None
    every = [row for rows in found.values() for row in rows]
    years = sorted({row.year for row in every})
    straddling = _named(desk, (name for row in every for name in row.straddling))
    place = desk.area_within(area)
    is_past = not existed(desk.area(area), desk.results.editions[-1].as_of)
    kind = "old" if is_past else "new"
    others = [
        indicator.short[desk.language]
        for name, indicator in desk.indicators.items()
        if name not in found and (name, area) in desk.results.figures
    ]
    return Borders(
        title=desk.say(f"restate.title.{kind}"),
        lead=desk.say(f"restate.lead.{kind}", area=place),
        caption=desk.say("restate.caption", area=place),
        reported=desk.say("restate.reported"),
        years=tuple(desk.say("restate.year", year=year) for year in years),
        rows=tuple(
            _row(desk, indicator_link(desk, desk.indicators[name]), rows, years)
            for name, rows in found.items()
        ),
        inside_label=desk.say("restate.inside"),
        inside=_named(desk, (name for row in every for name in row.inside)),
        straddling_label=desk.say("restate.straddling") if straddling else "",
        straddling=straddling,
        range_=desk.say("restate.range") if straddling else "",
        editions=restated_from(desk, area, "section", found),
        unlike=_unlike(
            desk,
            ((desk.indicators[name].short[desk.language], rows) for name, rows in found.items()),
        ),
        rest=desk.say("restate.rest", indicators=desk.words.listed(others), area=place)
        if others and is_past
        else "",
        notice=desk.notice,
        download=restated_download(desk),
    )


def former_areas(desk: Desk, indicator: Indicator) -> FormerAreas | None:
    """An indicator on the borders of the areas that ended; None where none can be followed."""
    last = desk.results.editions[-1].as_of if desk.results.editions else None
    found = {
        area: rows
        for (name, area), rows in desk.results.restated.items()
        if name == indicator.indicator and last and not existed(desk.area(area), last)
    }
    if not found or len(found) > MOST_FORMER:
        return None
    years = sorted({row.year for rows in found.values() for row in rows})
    return FormerAreas(
        title=desk.say("restate.title.old"),
        lead=desk.say("restate.former", range=desk.say("restate.range")),
        caption=desk.say("restate.former-caption", indicator=indicator.short[desk.language]),
        notice=desk.notice,
        reported=desk.say("restate.reported"),
        years=tuple(desk.say("restate.year", year=year) for year in years),
        unlike=_unlike(desk, ((desk.area_within(area), rows) for area, rows in found.items())),
        rows=tuple(
            _row(desk, area_link(desk, area), found[area], years)
            for area in sorted(found, key=lambda name: (desk.area(name).code, name))
        ),
    )


def _unlike(desk: Desk, found: Iterable[tuple[str, tuple[Restated, ...]]]) -> str:
    """Of what the denominators, at the nearest, are far from those reported before; by labels."""
    told = []
    for label, rows in found:
        series = desk.results.figures.get((rows[0].indicator, rows[0].area), ())
        before = next((each.denominator for each in reversed(series) if each.denominator), None)
        last = next((row for row in reversed(rows) if row.low is not None), None)
        if before is None or last is None:
            continue
        sure = last.certain[1] if last.certain else 0
        possible = sure + (last.straddling_parts[1] if last.straddling_parts else 0)
        nearest = min(max(sure, before), possible)
        if nearest and is_other_ground(before, nearest):
            after = desk.words.number(sure)
            if possible != sure:
                after = desk.say("figure.range", low=after, high=desk.words.number(possible))
            told.append(
                desk.say(
                    "restate.unlike-one",
                    what=label,
                    before=desk.words.number(before),
                    after=after,
                )
            )
    return desk.say("restate.unlike", all=desk.words.listed(told)) if told else ""


def restated_from(desk: Desk, area: str, where: str, indicators: Iterable[str]) -> str:
    """From which editions an area's figures were restated; empty where none were.

    ``where`` it is told: ``section`` or ``chart``.
    """
    years = {
        row.year
        for name in indicators
        for row in desk.results.restated.get((name, area), ())
        if row.low is not None
    }
    editions = [edition for edition in desk.results.editions if edition.year in years]
    if not editions:
        return ""
    return desk.say(f"restate.from.{where}", editions=edition_words(desk, editions))


def _named(desk: Desk, names: Iterable[str]) -> tuple[Link, ...]:
    """Areas once each, by their codes."""
    ordered = sorted(set(names), key=lambda name: (desk.area(name).code, name))
    return tuple(area_link(desk, name) for name in ordered)


def _row(desk: Desk, name: Link, rows: tuple[Restated, ...], years: Iterable[int]) -> BorderRow:
    indicator, area = desk.indicators[rows[0].indicator], rows[0].area
    by_year = {row.year: row for row in rows}
    series = desk.results.figures.get((indicator.indicator, area), ())
    known = [figure for figure in series if figure.low is not None]
    return BorderRow(
        name=name,
        reported=shown(desk, known[-1]) if known else None,
        reported_year=str(known[-1].year) if known else "",
        cells=tuple(
            _cell(desk, indicator, by_year[year]) if year in by_year else BorderCell()
            for year in years
        ),
    )


def _cell(desk: Desk, indicator: Indicator, row: Restated) -> BorderCell:
    """A year in words: the figure or its range, or why there is none."""
    text = restated_text(desk, indicator, row)
    if not text:
        return BorderCell(reason=obstacle_text(desk, row))
    certain = row.certain or (0, 0)
    return BorderCell(
        text=text,
        detail="; ".join(
            filter(
                None,
                (
                    desk.say(
                        "restate.certain",
                        numerator=desk.words.number(certain[0]),
                        denominator=desk.words.number(certain[1]),
                    ),
                    desk.say("restate.breaks") if row.breaks else "",
                ),
            )
        ),
        provisional=desk.say("status.soft") if row.provisional else "",
    )
