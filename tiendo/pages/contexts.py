"""What each page shows, as ready strings: the contract between builders and templates.

Every class is a page or a part of one.  A template gets exactly two names: ``page`` (one of the
classes that end in ``Page``) and ``say`` (a fixed label of the language by its key in
``site_config/wording/<language>/pages.toml``).  Templates place and never decide, so a builder
says everything here, in the language of the page:

- A ``str`` is plain text, escaped by the template: numbers, dates and units are formatted
  already ("66.7%", "1,204 of 1,811 people", "10 January 2025").  Empty means "nothing to show",
  and what stands around it disappears.
- A field named ``href`` is ready for an ``href`` attribute: relative to the page it stands on and
  ending in ``/`` for pages ("../../dia-ban/tu-ky/"), or a file ("../../du-lieu/x.csv").  In
  classes where it may be empty, the text stands without a link.
- A ``Markup`` is HTML or SVG that is placed as it stands.  It must not contain an empty line.
- A ``kind`` is the ascii end of a CSS class and of a symbol's name; it is never shown.  Verdicts
  use the values of `tiendo.terms.Verdict`, actions those of `tiendo.terms.ActionState`.
- A ``bool`` or an optional part decides only whether something is placed.
- An ``id`` is ascii and unique on its page.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from tiendo.words.parts import (
    Cell,
    Chart,
    Correction,
    Download,
    Embed,
    Fact,
    Gap,
    Head,
    Link,
    Mark,
    Note,
    Shown,
    Source,
    VerdictCount,
)

# Parts that several pages share ----------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class VerdictMeaning:
    """A row of the legend and of the method page: a verdict and when it is given."""

    mark: Mark
    meaning: str
    """Short, for legends: "reached the target"."""
    rule: str = ""
    """In full, for the method page: "The latest figure reaches the target …"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GapMeaning:
    """A row of the explanation of missing figures."""

    gap: Gap
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """A line that a reporter copies: what, of which date and version, where."""

    label: str
    """What it leads to: always the newest figures, or this version for ever."""
    language: str
    """The language that it is written in."""
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Closing:
    """The end of every page with figures: notes, sources, files, how to cite."""

    corrected: Link | None = None
    """What the sign at a corrected figure means, and the way to all corrections; None: there are
    none."""
    notes: tuple[Note, ...] = ()
    sources: tuple[Source, ...] = ()
    downloads: tuple[Download, ...] = ()
    key: Link = Link(text="")
    """To what the columns and codes of the files mean."""
    citations: tuple[Citation, ...] = ()
    """In the page's language."""
    others: tuple[Citation, ...] = ()
    """To the other editions whose figures the page shows; normally empty."""
    translated: tuple[Citation, ...] = ()
    """All of them in the other languages."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Milestone:
    """One target with its verdict and the whole arithmetic; on indicator pages."""

    id: str
    """"muc-tieu-2025"."""
    year: str
    """"2025"."""
    mark: Mark
    target: str
    """"70%"; for a title "recognised"."""
    at_least: str
    """What the target comes to in whole areas: "at least 9 of 12 districts"; or empty."""
    value: Shown
    """The figure that was compared."""
    value_year: str
    """Its year: "2024"."""
    sentences: tuple[str, ...]
    """The arithmetic in words: "2024: 8 of 12 districts (66.7%). Target 2025: 70%, that is at
    least 9 districts: 1 district short."  First the finding, then the pace."""
    facts: tuple[Fact, ...]
    """The same arithmetic as terms: gap, change a year so far, change a year needed, where this
    pace leads.  Empty for titles and standards, which have no pace."""
    quote: str
    """The plan's own words."""
    quote_language: str
    """"vi" or "en": the language the words are in (a translation is said to be one)."""
    clause: str
    """"Section II.2.1"."""
    translation_of: str = ""
    """On English pages: the Vietnamese original of ``quote``."""
    own_reading: bool = False
    """Whether the notice "this pace is the site's own reading" belongs here."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """A row of the calendar; for those to come only date and year are known."""

    when: str
    """"9:00, 10 January 2025 (Viet Nam time)"."""
    datetime: str
    """The same as ISO 8601 with offset, for ``<time datetime>``."""
    what: Link
    """"Results of 2024"."""
    version: str
    """"First release", "Version 2: correction"; empty for those to come."""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class GridRow:
    """A row of a grid: what it is about, and its cells in the order of the columns."""

    name: Link
    cells: tuple[Cell, ...]
    note: str = ""
    """Small words under the name: "until 30 June 2025"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A table of cells with a name for each row and each column."""

    id: str
    caption: str
    corner: str
    """Heading of the first column: "District"."""
    columns: tuple[Link, ...]
    rows: tuple[GridRow, ...]


# Home --------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class IndicatorRow:
    """One indicator at a glance, on the home page and on a year's page."""

    name: Link
    """The short name."""
    code: str
    """Position as shown: "A4"; empty if none is used."""
    child: bool
    """Whether it is part of the indicator above it."""
    value: Shown
    year: str
    """Year of the figure: "2024"."""
    targets: tuple[Fact, ...]
    """One for each milestone: term "2025", text "70%"."""
    mark: Mark
    gap: str
    """The one thing to know: "1 district short", "3.2 points above the target"."""
    sparkline: Markup = Markup("")  # noqa: RUF009 - a constant, nothing is called for each instance
    """A small chart of the series, decorative (``aria-hidden``); empty where there is none."""
    change: str = ""
    """Change against the edition before: "+2.1 points"; used on a year's page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalGroup:
    """The indicators of one goal of the plan."""

    id: str
    name: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Tile:
    """A district on the tile map."""

    row: str
    """From "1", for CSS grid."""
    column: str
    """From "1"."""
    name: str
    href: str
    words: str
    """"7 of 10 met"."""
    shade: str
    """"0" (none met) to "4" (all met): the step of the fill; the words say the same."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TileMap:
    """The districts where they lie, roughly: a list of links that a grid arranges."""

    caption: str
    notice: str
    """That it shows no borders and no scale."""
    columns: str
    """How many tiles stand beside each other."""
    crowded: bool
    """Whether they are so many that a phone needs smaller letters."""
    tiles: tuple[Tile, ...]
    """In the order in which they should be read without the grid (alphabet)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaGroup:
    """Areas that lay in one other area before; one that straddles stands under each of them."""

    name: Link
    """Without a text where they are not grouped."""
    areas: tuple[Successor, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """One thing that is new."""

    when: str
    text: str
    href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class HomePage:
    """How the plan stands."""

    head: Head
    finding: str
    """The headline: "Of 13 targets for 2025, 5 are met, 4 are on track and 3 are behind."."""
    introduction: str
    """What the plan is, who issued it when, and what this site does; two sentences."""
    dateline: str
    """"Figures up to 31 December 2024, released on 10 January 2025"."""
    milestone: str
    """What the counts are about: "Targets for 2025"."""
    counts: tuple[VerdictCount, ...]
    scope_ended: str
    """What the whole area became, and that its land is followed on; empty while it goes on."""
    milestones: tuple[Link, ...]
    """The pages of the milestones that have come."""
    goals: tuple[GoalGroup, ...]
    map: TileMap | None
    """``None`` where no area has a place on it (then ``areas`` alone stands)."""
    areas: tuple[AreaGroup, ...]
    """Areas that are not on the map, by what they lay in before; empty where all are on it."""
    areas_heading: str
    places: Link
    """To the list of all areas, old and new."""
    news: tuple[News, ...]
    next_release: str
    """When the next figures come: "Next: results of 2026, planned for …"."""
    legend: tuple[VerdictMeaning, ...]
    """The verdicts that occur on the page, in the order of the method page."""
    corrected: Link | None
    """As in `Closing`."""
    corrections: tuple[Note, ...]
    """Of the figures on this page."""
    beside: tuple[LinkedNote, ...]
    """The indicators that the plan asks for no more, or not yet; normally empty."""
    table_href: str
    method_href: str
    calendar_href: str
    data_href: str


# Indicator ---------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkedNote:
    """A remark, and where it leads."""

    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class IndicatorLife:
    """What the plan's years did to an indicator."""

    notes: tuple[LinkedNote, ...]
    """Since when it is asked for and until when, what it follows and what follows it."""
    changes: tuple[Note, ...]
    """What was changed of it after figures were published on it; empty: nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Definition:
    """What is counted."""

    definition: str
    numerator: str
    denominator: str
    caveat: str
    """What a reader may misunderstand, and what the plan leaves open."""
    aggregation: str
    """How local figures make the whole area's: "districts that hold it, out of all"."""
    reporter: Link
    """Who owes the figure."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SeriesRow:
    """A year of the whole area's series."""

    year: Link
    value: Shown
    change: str
    """Against the year before: "+1 district", "+2.1 points"; empty for the first or a break."""
    status: str
    """"official", "preliminary", "estimated", "worked out from district figures"."""
    source: str
    note: str
    """Note and reason of a break, if any."""
    breaks: str = ""
    """"break in series", where this figure can't be compared with those before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RankedArea:
    """An area in the ranking of an indicator's latest year."""

    rank: str
    """"1", "3=" ; empty where there is no figure."""
    area: Link
    value: Shown
    change: str
    mark: Mark | None
    """``None`` where an area has no verdict of its own."""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MapTile:
    """An area on an indicator's tile map."""

    row: str
    """From "1", for CSS grid."""
    column: str
    name: Link
    cell: Cell
    """Its figure of the year, with the verdict by then."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MapYear:
    """The areas of one year: as tiles, or as they lie."""

    id: str
    year: str
    chosen: bool
    """Whether it is the one that is seen first."""
    columns: str
    """How many tiles stand beside each other."""
    crowded: bool
    """Whether they are so many that a phone needs smaller letters."""
    tiles: tuple[MapTile, ...]
    svg: Markup
    """The outlines, with their own text alternative; empty where there are tiles."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaMap:
    """An indicator's areas where they lie, year by year."""

    caption: str
    choose: str
    """Words over the choice of years."""
    years: tuple[MapYear, ...]
    notice: str
    """That figures are illustrative, that it shows no borders, and whose verdict is shown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Multiple:
    """An area's course among those of the others."""

    name: Link
    mark: Mark | None
    chart: Markup
    """With its own text alternative."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IndicatorPage:
    """Everything on one indicator."""

    head: Head
    trail: tuple[Link, ...]
    """The way from the home page: home, goal (``/#goal``); the page itself is left out."""
    kicker: str
    """Over the name: "Indicator A4 · Literacy and universal education"."""
    name: str
    """The full name."""
    dateline: str
    scope_ended: str
    """What the whole area became; empty while it goes on."""
    life: IndicatorLife
    headline: Milestone
    """The milestone in question; it is in ``milestones`` too."""
    milestones: tuple[Milestone, ...]
    definition: Definition
    chart: Chart | None
    embeds: tuple[Embed, ...]
    """What to put into another page to show the whole area's figure there."""
    series_caption: str
    series: tuple[SeriesRow, ...]
    areas_heading: str
    """"The 12 districts in 2024"; empty where there is nothing by area."""
    areas_finding: str
    """"Highest: X (81.2%). Lowest: Y (54.0%). 2 did not report."; empty as above."""
    areas_against: str
    """"Compared with the province's target for 2025 (60%)"."""
    areas_map: AreaMap | None
    """``None`` where no area has a place."""
    areas_chart: Chart | None
    multiples_summary: str
    """Words that open the charts of single areas: "The 12 areas over the years"."""
    multiples: tuple[Multiple, ...]
    """A chart for each area that has figures of several years, all with one scale."""
    areas_caption: str
    areas: tuple[RankedArea, ...]
    """Ranked, then those without a figure; empty for standards (see ``grid``)."""
    grid: Grid | None
    """Areas by years; ``None`` where they are too many."""
    sources: tuple[Note, ...]
    """Where each area's figures come from, by area."""
    former: FormerAreas | None
    """``None`` where no area ended, or what it reported can't be followed on."""
    areas_none: str
    """Why there is nothing by area: "The source publishes this for the whole province only."."""
    related: tuple[Link, ...]
    """Parent, children, the indicators before and after."""
    corrections: tuple[Note, ...]
    """Corrections of its figures, newest first; empty: none."""
    closing: Closing


# Area --------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaCard:
    """A ratio in an area."""

    id: str
    name: Link
    mark: Mark
    value: Shown
    year: str
    target: str
    """"Province's target 2025: 60%"."""
    sentence: str
    """The arithmetic in a sentence."""
    compare: str
    """"Province 57.3%; 4th of 12"; empty where there is no rank."""
    source: str = ""
    """Where the figure comes from: document and day."""
    note: str = ""
    """What is asked of the figure, with its answer; normally empty."""
    chart: Markup = Markup("")  # noqa: RUF009 - a constant, nothing is called for each instance
    """A small chart with its own text alternative."""
    files: tuple[Link, ...] = ()
    """The chart to take along: "SVG", "PNG"."""
    borders: Link | None = None
    """To why its line is cut: years in which the land was under other borders."""
    restated_from: str = ""
    """From which editions those years were worked out."""
    embeds: tuple[Embed, ...] = ()
    """What to put into another page to show the figure or its chart there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaStrip:
    """A standard in an area: held or not, year by year."""

    id: str
    name: Link
    mark: Mark
    target: str
    """"Target: level 3"."""
    sentence: str
    """By which decision it is held, and where the newest figure comes from."""
    cells: tuple[Cell, ...]
    """One for each year, in the order of ``AreaPage.years``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaTableRow:
    """An indicator in an area with all its years."""

    id: str
    """The indicator's."""
    name: Link
    child: bool
    values: tuple[Shown, ...]
    """One for each year, in the order of ``AreaPage.years``."""
    after: Link | None
    """Where the area is no more: that the series ends, and the way to why."""
    target: str
    mark: Mark
    outcome: str = ""
    """The last result after its last year, with edition and version; normally empty."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MissingRow:
    """A figure that is missing, and why."""

    indicator: Link
    year: str
    gap: Gap
    text: str
    """The note of the data, or the meaning of the reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportRow:
    """A year's report of a body."""

    name: Link
    """The year on an area's page, the body on a year's page."""
    received: str
    """"12 December 2024"; empty where none came."""
    cell: Cell
    """``on-time``, ``late``, ``none`` or ``not-due``, with its word ("2 days late")."""
    document: str
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Successor:
    """An area that an ended area became, wholly or in part."""

    name: Link
    part: str
    """"also takes in parts of Kim Thanh"; empty where it lies wholly in the old area."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OriginPart:
    """An area that another was made of."""

    name: str
    """With its kind, code and time: "xã Gia Xuyên (mã 11017, đến 30/06/2025)"."""
    href: str
    share: str
    """"all of it" or "a part of it"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OriginGroup:
    """What an area was made of, as far as it lay in one other area."""

    name: Link
    """Without a text where it lay in none."""
    share: str
    """Whether the new area lies wholly in it."""
    parts: tuple[OriginPart, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """What became of an area that is no more."""

    notice: str
    """"The district ended on 30 June 2025. Its last figures stand here, dated."."""
    act: str
    """The legal act as the data names it; empty if it names none."""
    successors: tuple[Successor, ...]


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


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaPage:
    """Everything on one area."""

    head: Head
    trail: tuple[Link, ...]
    kicker: str
    """"District · Hai Duong province"."""
    name: str
    dates: str
    """"Until 30 June 2025"; empty for one that goes on and was always there."""
    not_that: tuple[str, ...]
    """What else has this name, or this code in another time; one sentence each."""
    origins: tuple[OriginGroup, ...]
    """Empty for an area that did not begin with a change."""
    origins_finding: str
    finding: str
    """"Of 10 indicators, Tu Ky meets 6 and is behind in 2."."""
    dateline: str
    own_edition: str
    """Which edition its figures are of, where others are shown too; else empty."""
    against: str
    """"Compared with the province's targets: the plan sets none for single districts."."""
    body: Link | None
    """The committee that answers for the area, linked to its duties."""
    ended: Ended | None
    counts: tuple[VerdictCount, ...]
    opening: tuple[Fact, ...]
    """The findings: what is met, what is not, what changed, how it stands, what lacks."""
    years: tuple[str, ...]
    cards: tuple[AreaCard, ...]
    strips: tuple[AreaStrip, ...]
    strips_caption: str
    strips_embeds: tuple[Embed, ...]
    """What to put into another page to show a standard there."""
    table_caption: str
    table_after: str
    """Heads what stands for the time after the area's end: "From 1 July 2025"; empty: none."""
    table: tuple[AreaTableRow, ...]
    borders: Borders | None
    sources: tuple[Note, ...]
    """Where each figure comes from, by indicator."""
    missing: tuple[MissingRow, ...]
    reports_caption: str
    """"Reports handed in; due before 15 December each year"; empty: owes none."""
    reports: tuple[ReportRow, ...]
    compare: Link
    """To this area beside others."""
    feed: Link
    """What is new of this area."""
    neighbours: tuple[Link, ...]
    """The other areas of its kind, for going on."""
    corrections: tuple[Note, ...]
    closing: Closing


# On paper ----------------------------------------------------------------------------------------


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


# Places ------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class FormerPlace:
    """An area that has ended, in the list of all."""

    id: str
    name: Link
    within: Link | None
    """What it lay in: where figures of its time are."""
    detail: str
    """Its code and its time."""
    successors: tuple[Successor, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceLetter:
    """Former areas whose names begin alike."""

    id: str
    letter: str
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
    former: tuple[PlaceLetter, ...]
    acts: str
    closing: Closing


# Milestone ---------------------------------------------------------------------------------------


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
    later: str
    """Which indicators have no target for this year; empty where all have one."""
    links: tuple[Link, ...]
    closing: Closing


# Year --------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class FellBackArea:
    """An area whose figure is worse than the year before."""

    area: Link
    text: str
    """"from 36.3% to 36.1%"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FellBack:
    """The areas that fell back in one indicator."""

    indicator: Link
    areas: tuple[FellBackArea, ...]
    more: str
    """"and 12 more areas"; empty where all are named."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Movement:
    """Who fell back against the year before."""

    heading: str
    note: str
    """What is compared; or that nobody fell back, or that nothing can be compared."""
    last: Link | None
    """Where nothing can be compared: the way to the last year that could be."""
    fell: tuple[FellBack, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class YearPage:
    """One edition."""

    head: Head
    trail: tuple[Link, ...]
    kicker: str
    title: str
    """"Results of 2024"."""
    finding: str
    scope_ended: str
    """What the whole area became; empty while it went on."""
    withdrawn: tuple[Note, ...]
    """What was taken back of this year's figures."""
    superseded: str
    """"A newer edition is out: 2024"; empty for the newest."""
    newest_href: str
    facts: tuple[Fact, ...]
    """As of, released, version, geography, status."""
    counts: tuple[VerdictCount, ...]
    goals: tuple[GoalGroup, ...]
    movement: Movement | None
    """None for the first edition."""
    reports_finding: str
    """"13 of 15 bodies reported, 11 in time."."""
    quality: Link
    """To what is missing and asked about in this year's figures."""
    reports_caption: str
    reports: tuple[ReportRow, ...]
    unasked_caption: str
    """"64 bodies reported without being asked"; empty where none did."""
    unasked: tuple[ReportRow, ...]
    """The reports that the plan asked of nobody; folded, for there may be many."""
    years: tuple[Link, ...]
    """All editions; the one shown has no ``href``."""
    corrections: tuple[Note, ...]
    closing: Closing


# Tables, actions, agencies, reports --------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class TablePage:
    """District by indicator."""

    head: Head
    title: str
    finding: str
    dateline: str
    scope_ended: str
    """What the whole area became; empty while it goes on."""
    against: str
    grid: Grid
    """Rows are areas, the first the whole area; columns are indicators (short names)."""
    past: tuple[Grid, ...]
    """The same of areas that have ended, with their last results: one for each level."""
    legend: tuple[VerdictMeaning, ...]
    gaps: tuple[GapMeaning, ...]
    """The reasons that occur in the table."""
    closing: Closing


@dataclass(frozen=True, kw_only=True, slots=True)
class CompareColumn:
    """An indicator that areas are compared by."""

    id: str
    name: Link
    target: str
    """"Target 2025: 60%"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CompareRow:
    """An area that can be chosen."""

    id: str
    """As in the address of its page."""
    name: Link
    note: str
    """"Until 30 June 2025"; empty for one that goes on."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CompareGroup:
    """Areas of one kind."""

    name: str
    rows: tuple[CompareRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ComparePage:
    """Areas side by side."""

    head: Head
    title: str
    finding: str
    dateline: str
    against: str
    caption: str
    columns: tuple[CompareColumn, ...]
    width: str
    """How many columns the table has, with that of the names."""
    groups: tuple[CompareGroup, ...]
    """The whole area first, then the areas of the newest edition, then those of earlier ones."""
    cut_off: str
    """That not every area has a row, and what to do about one that has none; normally empty."""
    pages_href: str
    """Where the areas' pages stand, for what has no row."""
    legend: tuple[VerdictMeaning, ...]
    gaps: tuple[GapMeaning, ...]
    closing: Closing


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionYear:
    """What was said of an action in an edition."""

    year: str
    kind: str
    """A value of `tiendo.terms.ActionState`."""
    word: str
    """"under way"."""
    summary: str
    evidence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionRow:
    """A task of the plan."""

    id: str
    """"iii-1-2"."""
    code: str
    """"III.1.2"."""
    text: str
    recurrence: str
    """"every year"."""
    leads: tuple[Link, ...]
    """The agencies in the lead, linked to their place on the agencies' page."""
    taken_over: tuple[Link, ...]
    """Who took over from those that are no more."""
    lead_basis: str
    """"inferred by this site from section V" or "named by the plan"."""
    latest: ActionYear | None
    earlier: tuple[ActionYear, ...]
    """Newest first, without ``latest``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionSection:
    """The tasks of one section of the plan."""

    id: str
    name: str
    rows: tuple[ActionRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionCount:
    """How many actions are in a state."""

    kind: str
    word: str
    count: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionsPage:
    """The tasks of the plan and how far they have come."""

    head: Head
    title: str
    finding: str
    dateline: str
    notice: str
    """That leads are inferred, and what that means."""
    counts: tuple[ActionCount, ...]
    sections: tuple[ActionSection, ...]
    closing: Closing


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
    clause: str
    due: str
    """"every year, before 15 December"; empty: no date given."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AgencyBlock:
    """An agency with its duties; or several with the same duties (the districts' committees)."""

    id: str
    name: str
    dates: str
    """"until 28 February 2025"; empty while it goes on."""
    successors: tuple[Link, ...]
    members: tuple[Link, ...]
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


@dataclass(frozen=True, kw_only=True, slots=True)
class SilentAreas:
    """The areas that sent nothing for a year, behind a fold."""

    summary: str
    areas: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class HeardYear:
    """Of how many of all areas anything came for a year."""

    year: Link
    sentence: str
    silent: SilentAreas | None
    """None where nobody sent nothing, or the sentence names them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportYear:
    """A year's reporting in a line."""

    year: Link
    on_time: str
    late: str
    none: str
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportsPage:
    """Who reported when."""

    head: Head
    title: str
    finding: str
    rule: str
    """"Due before 15 December: the last moment is 24:00 on 14 December, Viet Nam time."."""
    years: tuple[ReportYear, ...]
    heard: tuple[HeardYear, ...]
    """Of how many of all areas anything came, the newest year first."""
    grid: Grid
    """Rows are the bodies that owe a report, columns the years; a cell's ``text`` is the date."""
    legend: tuple[Cell, ...]
    closing: Closing


# Data, corrections, calendar ---------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class DownloadGroup:
    """Downloads of one kind: everything, by indicator, by area, by edition."""

    id: str
    name: str
    note: str
    rows: tuple[Download, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DictionaryRow:
    """A column of the data."""

    column: str
    type: str
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Code:
    """A code in the data, with what it means."""

    code: str
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeList:
    """The codes that a column may hold."""

    column: str
    span: str
    """How many codes there are: "3"."""
    codes: tuple[Code, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Checksum:
    """A file and its SHA-256."""

    file: Link
    size: str
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DataPage:
    """All files to take away."""

    head: Head
    title: str
    introduction: str
    groups: tuple[DownloadGroup, ...]
    """The first holds everything and stands out."""
    forms: tuple[Fact, ...]
    """What each form is good for: term "CSV for Excel", text "semicolons, decimal commas …"."""
    licence: str
    licence_link: Link
    """Its text; ``href`` may be empty (pages name no third party's address)."""
    dictionary: tuple[DictionaryRow, ...]
    codes: tuple[CodeList, ...]
    """What every code means that a file may hold."""
    checksums: tuple[Checksum, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawnPage:
    """What stands where a page had nothing but figures that were withdrawn."""

    head: Head
    trail: tuple[Link, ...]
    title: str
    lead: str
    notes: tuple[Note, ...]
    """What was withdrawn, when and why."""
    corrections: Link


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionsPage:
    """What was changed after it was published."""

    head: Head
    title: str
    finding: str
    """"No published figure has been changed so far."."""
    introduction: str
    withdrawals: tuple[Note, ...]
    """What was taken back, newest first."""
    feed: Link
    rows: tuple[Correction, ...]


# Data quality ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class QualityArea:
    """What an area has given of an edition, and when its report came."""

    name: Link
    report: Cell | None
    """When it came and whether in time; None where the area's body owes none."""
    count: str
    """"11 of 12"."""
    gaps: tuple[str, ...]
    """"Life skills: not reported. The report lacks this table."; without those that all share."""


@dataclass(frozen=True, kw_only=True, slots=True)
class QualityIndicator:
    """How many areas have given an indicator in an edition."""

    name: Link
    count: str
    """"11 of 12"."""
    softer: str
    """"3 preliminary and 1 estimated"; or empty."""
    gaps: tuple[str, ...]
    """"Nam Sach district: not reported"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class QualityEdition:
    """How complete an edition is."""

    id: str
    year: Link
    heading: str
    finding: str
    """Who reported in time, of how many areas anything came, how many cells are filled."""
    silent: SilentAreas | None
    """Who sent nothing; None where nobody is so, or the finding names them."""
    common: tuple[str, ...]
    """What no area has given, each told once for all."""
    indicators_caption: str
    indicators: tuple[QualityIndicator, ...]
    areas_caption: str
    areas: tuple[QualityArea, ...]
    areas_note: str
    """How many areas are not listed and why; empty where all are."""
    others_caption: str
    others: tuple[ReportRow, ...]
    """The bodies that report for no area listed here."""
    grid: Grid | None
    """Rows are all areas, columns the indicators; None where they are too many for a page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionRow:
    """A warning: which figure, what looks wrong, and what was said to it."""

    indicator: Link
    area: Link
    year: Link
    what: str
    answer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class QualityPage:
    """Who has given what, why cells are empty, what is asked of figures."""

    head: Head
    title: str
    finding: str
    introduction: str
    newest: QualityEdition | None
    """None where nothing is public yet."""
    earlier: tuple[QualityEdition, ...]
    questions_finding: str
    questions_rule: str
    overdue: tuple[str, ...]
    """Announced releases whose hour passed without one."""
    open: tuple[QuestionRow, ...]
    open_more: str
    answered: tuple[QuestionRow, ...]
    answered_more: str
    legend: tuple[Cell, ...]
    """The states that occur in the grids."""
    closing: Closing


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarPage:
    """When figures came and will come."""

    head: Head
    title: str
    finding: str
    rule: str
    file: Link
    """The calendar as a file to subscribe to."""
    feed: Link
    coming: tuple[Release, ...]
    past: tuple[Release, ...]
    """Newest first."""
    coming_none: str
    """"No date has been announced."; empty where there is one."""


# Help for those who enter figures ----------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class HelpEntry:
    """A problem code in the list of all."""

    code: Link
    what: str
    """Its message, with "…" for what differs: "“…” is not a number."."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HelpGroup:
    """The codes that one meets in the same place."""

    title: str
    id: str
    entries: tuple[HelpEntry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ProblemsPage:
    """All problem codes."""

    head: Head
    title: str
    groups: tuple[HelpGroup, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class HelpExample:
    """What was written, and what should have been."""

    wrong: str
    right: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProblemPage:
    """What one problem code means, and how to mend it."""

    head: Head
    trail: tuple[Link, ...]
    code: str
    what: str
    kind: str
    """Whether it keeps from publishing, in words."""
    do: str
    sign_off: str
    """How a note answers it; empty where none does."""
    why: str
    steps: tuple[str, ...]
    example: HelpExample | None


# Finding ---------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class FindEntry:
    """Something that can be looked for, and where it is."""

    link: Link
    detail: str
    """What tells it from others of the same name: its dates, its code."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FindGroup:
    """Things of one kind, in the order in which one looks for them."""

    id: str
    title: str
    entries: tuple[FindEntry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FindPage:
    """Everything that can be looked for; what was searched for stands above it."""

    head: Head
    title: str
    lead: str
    groups: tuple[FindGroup, ...]


# Inside other pages ------------------------------------------------------------------------------


# Pages written by hand ---------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class MeaningChangeRow:
    """A change in what the plan or an area means, after figures were published on it."""

    when: str
    what: str
    old: str
    new: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HandwrittenPart:
    """A piece of a page written by hand: its own HTML, or one of the tables that it names."""

    html: Markup = Markup("")  # noqa: RUF009 - a constant, nothing is called for each instance
    notice: str = ""
    """That the figures are illustrative, in full."""
    example: tuple[str, ...] = ()
    """A worked verdict of this very plan: the sentences of a `Milestone`."""
    example_link: Link = Link(text="")
    verdicts: tuple[VerdictMeaning, ...] = ()
    """In the order in which they are tried, with rules."""
    verdicts_caption: str = ""
    gaps: tuple[GapMeaning, ...] = ()
    changes: tuple[MeaningChangeRow, ...] = ()
    no_changes: str = ""
    """That no target and no definition has changed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HandwrittenPage:
    """A page from ``docs/<language>/*.md``."""

    head: Head
    parts: tuple[HandwrittenPart, ...]
