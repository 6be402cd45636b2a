"""An area on one sheet of paper: what its page says, without links, charts and files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tiendo.pages.area import AreaPage, AreaTableRow, area_page
from tiendo.pages.page_end import year_ranges
from tiendo.pages.reporting import ReportRow
from tiendo.words import addresses
from tiendo.words.desk import Desk, citation, edition_of, editions_beside, with_pages, with_sheet
from tiendo.words.downloads import sheet_file
from tiendo.words.parts import Fact, Mark, Note, Shown, Source

MOST_YEARS = 5
"""The newest years that a sheet shows: more columns than that are not read on paper."""

MOST_NOTES = 8
"""More notes than that would leave the figures no room on one page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetValue:
    """A cell of a printed table."""

    text: str
    """The figure, or the word for why there is none."""
    detail: str = ""
    """What it was worked out from, and whether it is provisional."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetRow:
    """An indicator in a printed table."""

    name: str
    values: tuple[SheetValue, ...]
    """One for each year in ``Sheet.columns``."""
    target: str
    mark: Mark


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetPart:
    """A heading with lines under it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """An area on one sheet of paper, for `tiendo.site.typesetting`: all text, nothing a link."""

    language: str
    title: str
    """The document's own title."""
    author: str
    """The site's name."""
    warnings: tuple[str, ...]
    """Before everything else: that figures are invented, or not yet public."""
    kicker: str
    name: str
    finding: str
    remarks: tuple[str, ...]
    """How old the figures are, what became of the area, what has the same name."""
    facts: tuple[Fact, ...]
    caption: str
    columns: tuple[str, ...]
    """Indicator, years, target, verdict."""
    rows: tuple[SheetRow, ...]
    parts: tuple[SheetPart, ...]
    """What is missing, corrections, reports, sources, citation; only those that have lines."""
    footing: tuple[str, ...]
    """At the foot of the paper: the notice, whose page it is, its address."""
    address: str


def sheets(desk: Desk) -> Iterator[tuple[str, Sheet]]:
    """The sheets of a language by their files."""
    for area in sorted(with_pages(desk.results)):
        if with_sheet(desk, area):
            at = replace(desk, here=addresses.of_area(area))
            yield sheet_file(desk, area), sheet_of(at, area, area_page(at, area, {}, {}))


def sheet_of(desk: Desk, area: str, page: AreaPage) -> Sheet:
    """What an area's page says, on paper; the desk's page is that one."""
    # What the site restated does not stand on paper.
    beside = editions_beside(desk, area, restated=False)
    parts = {
        "area.missing": _missing(desk, page),
        "common.notes": _notes(desk, page),
        "common.corrections": _corrections(desk, page),
        "area.reports": _reports(desk, page.reports),
        "common.sources": _sources(desk, page.closing.sources),
        "common.citation": (citation(desk, page.name, edition_of(desk, area), beside=beside),),
    }
    warnings = tuple(filter(None, (page.head.watermark, _banner(desk))))
    return Sheet(
        language=desk.language,
        title=desk.say("paper.title", area=page.name, plan=desk.results.archive.plan.number),
        author=desk.site.name[desk.language],
        warnings=warnings,
        kicker=page.kicker,
        name=page.name,
        finding=page.finding,
        remarks=_remarks(page),
        facts=page.opening,
        caption=page.table_caption,
        columns=(
            desk.say("common.indicator"),
            *page.years[-MOST_YEARS:],
            desk.say("common.target"),
            desk.say("common.verdict"),
        ),
        rows=tuple(_row(row) for row in page.table),
        parts=tuple(
            SheetPart(heading=desk.say(heading), lines=lines)
            for heading, lines in parts.items()
            if lines
        ),
        footing=tuple(filter(None, (desk.notice, page.dateline, desk.say("theme.not_official")))),
        address=page.head.canonical,
    )


def _banner(desk: Desk) -> str:
    return desk.say("paper.illustrative") if desk.results.illustrative else ""


def _remarks(page: AreaPage) -> tuple[str, ...]:
    dated = " · ".join(filter(None, (page.dateline, page.dates)))
    ended = (page.ended.notice,) if page.ended else ()
    # On paper a link is its words.
    not_that = (
        f"{note.text} {', '.join(link.text for link in note.links)}." if note.links else note.text
        for note in page.not_that
    )
    return (dated, *ended, *not_that, *filter(None, (page.origins_finding,)), page.against)


def _row(row: AreaTableRow) -> SheetRow:
    values = row.values[-MOST_YEARS:]
    return SheetRow(
        name=row.name.text,
        # What a figure was worked out from is told of the newest alone: the paper is narrow.
        values=(*(_value(each, short=True) for each in values[:-1]), *map(_value, values[-1:])),
        target=row.target,
        mark=row.mark,
    )


def _value(shown: Shown, *, short: bool = False) -> SheetValue:
    sign = shown.corrected.sign if shown.corrected is not None else ""
    if shown.gap:
        return SheetValue(text=f"{shown.gap.word}{sign}")
    parts = (shown.provisional, "" if short else shown.detail)
    return SheetValue(text=f"{shown.text}{sign}", detail=" · ".join(filter(None, parts)))


def _missing(desk: Desk, page: AreaPage) -> tuple[str, ...]:
    """The gaps, those of one indicator and one reason together."""
    years: dict[tuple[str, str, str], list[int]] = {}
    for gap in page.missing:
        years.setdefault((gap.indicator.text, gap.gap.word, gap.text), []).append(int(gap.year))
    return tuple(
        desk.say("paper.missing", indicator=name, years=year_ranges(given), word=word, text=text)
        for (name, word, text), given in years.items()
    )


def _notes(desk: Desk, page: AreaPage) -> tuple[str, ...]:
    """The notes on figures that are there; of many the first, and that the page has more."""
    gaps = {gap.text for gap in page.missing}
    notes = [note for note in page.closing.notes if note.text not in gaps]
    said = tuple(_noted(desk, note) for note in notes[:MOST_NOTES])
    if len(notes) <= MOST_NOTES:
        return said
    return (*said, desk.say("paper.more-notes", count=len(notes) - MOST_NOTES))


def _corrections(desk: Desk, page: AreaPage) -> tuple[str, ...]:
    """What the sign in the table means, and what was changed."""
    said = tuple(_noted(desk, note) for note in page.corrections)
    return (desk.say("corrected.on-paper"), *said) if said else ()


def _noted(desk: Desk, note: Note) -> str:
    return desk.say("paper.note", about=note.about, text=note.text) if note.about else note.text


def _reports(desk: Desk, rows: tuple[ReportRow, ...]) -> tuple[str, ...]:
    said = [
        desk.say(
            "paper.report-received", year=row.name.text, how=row.cell.word, received=row.received
        )
        if row.received
        else desk.say("paper.report", year=row.name.text, how=row.cell.word)
        for row in rows
    ]
    return ("; ".join(said),) if said else ()


def _sources(desk: Desk, sources: tuple[Source, ...]) -> tuple[str, ...]:
    said = [
        desk.say("paper.source", source=source.text, years=source.years)
        if source.years
        else source.text
        for source in sources
    ]
    return ("; ".join(said),) if said else ()
