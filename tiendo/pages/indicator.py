"""An indicator's page: what is counted, what was promised, how it stands, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from tiendo.charts.pictures import (
    LONG,
    MOST_RANKED,
    by_area_name,
    course_name,
    level_words,
    named,
    placed,
    ranking_words,
    small,
)
from tiendo.charts.strips import axis_of, end_of
from tiendo.judge.clauses import of_target
from tiendo.judge.ranking import Ranked, areas_of, ranked, year_by_area
from tiendo.judge.scale import local_scale
from tiendo.judge.years import in_year
from tiendo.pages.area_history import scope_ended
from tiendo.pages.borders import FormerAreas, former_areas
from tiendo.pages.corrections import correction_notes
from tiendo.pages.datasets import dataset
from tiendo.pages.grid import FEW_ROWS, Grid, GridRow
from tiendo.pages.maps import AreaMap, area_map, year_cell
from tiendo.pages.overview import Drawings, Plans
from tiendo.pages.page import Page
from tiendo.pages.page_end import Closing, closing, source_text, sources_of
from tiendo.pages.plan_life import IndicatorLife, life
from tiendo.pages.quotes import quote_snippets
from tiendo.terms import (
    Aggregation,
    Assessment,
    Figure,
    Goal,
    Indicator,
    Level,
    Missing,
    Results,
    Unit,
    Verdict,
)
from tiendo.words import addresses
from tiendo.words.clauses import as_quoted, clause_link
from tiendo.words.desk import (
    Desk,
    agency_link,
    area_link,
    dateline,
    ended_word,
    head,
    home_link,
    indicator_link,
    scope_word,
    unit,
    unit_of,
)
from tiendo.words.downloads import indicator_download, indicator_files
from tiendo.words.figures import (
    break_reason,
    change_text,
    correction_mark,
    figure_text,
    gap,
    latest_before,
    latest_or_reason,
    level_text,
    shown,
    status_tag,
    status_text,
)
from tiendo.words.parts import Cell, Chart, Embed, Fact, Head, Link, Mark, Note, Shown
from tiendo.words.questions import note_texts
from tiendo.words.verdicts import (
    gap_signed,
    mark,
    pace_facts,
    sentences,
    target_of,
    target_text,
    verdict_cell,
    verdict_word,
)
from tiendo.words.wording import Words

MOST_MULTIPLES = 30
"""More charts than this nobody compares by eye; the table of areas by years has all figures."""


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
    """The language that the words are in (a translation is said to be one)."""
    clause: Link
    """Where in the plan the target stands."""
    """"Section II.2.1"."""
    translation_of: str = ""
    """The original of a translated ``quote``."""
    original_language: str = ""
    own_reading: bool = False
    """Whether the notice "this pace is the site's own reading" belongs here."""


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
    gap: str = ""
    """How far the value is above or below the target, as a number of points with its sign."""
    share: str = ""
    """Which part of its scale the value fills, in per cent, for a bar; empty without a figure."""


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
    """Over the name: "Indicator"."""
    goal: str
    """Beside it where there is no room for the way."""
    name: str
    """The full name."""
    dateline: str
    scope_ended: str
    """What the whole area became; empty while it goes on."""
    life: IndicatorLife
    headline: Milestone
    """The milestone in question; it is in ``milestones`` too."""
    milestones: tuple[Milestone, ...]
    meaning: str
    """What is counted: the definition's first sentence."""
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
    areas_gap: bool
    """Whether areas are told how far off they are, as none has a year before to compare with."""
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
    filtered: bool
    """Whether they are so many that a name is typed to find it."""
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


def indicator_page(
    desk: Desk, indicator: Indicator, plans: Plans, drawings: Drawings
) -> IndicatorPage:
    """Everything on one indicator.

    Raises:
        KeyError: the indicator has no target, so that nothing can be said of it.

    """
    key = (indicator.indicator, desk.scope)
    headline = desk.results.headlines[key]
    milestones = tuple(_milestone(desk, assessment) for assessment in desk.results.assessments[key])
    shown_first = next(each for each in milestones if each.year == str(headline.target.year))
    series = desk.results.figures.get(key, ())
    goal = next(goal for goal in desk.results.archive.goals if goal.goal == indicator.goal)
    is_local = indicator.level is Level.LOCAL and bool(areas_of(desk.results, indicator))
    is_standard = local_scale(indicator).unit is Unit.LEVEL
    trail = (
        home_link(desk),
        Link(
            text=goal.name[desk.language],
            href=desk.href(addresses.HOME) + _place_of(desk, goal),
        ),
    )
    figures = _all_figures(desk, indicator)
    ranking = _ranking(desk, indicator) if is_local and not is_standard else ()
    multiples = _multiples(desk, indicator, plans, drawings) if is_local else ()
    return IndicatorPage(
        head=head(
            desk,
            title=indicator.short[desk.language],
            description=" ".join([f"{verdict_word(desk, headline)}.", *shown_first.sentences]),
            group=0,
            trail=trail,
            things=(
                dataset(
                    desk,
                    name=desk.say("dataset.indicator", indicator=indicator.short[desk.language]),
                    description=desk.say(
                        "dataset.indicator-description",
                        indicator=indicator.name[desk.language],
                        definition=indicator.definition[desk.language],
                    ),
                    place=desk.scope,
                    years=(figure.year for figure in figures),
                    files=indicator_files(desk, indicator.indicator),
                    variables=(indicator,),
                ),
            ),
        ),
        trail=trail,
        kicker=desk.say("tell.indicator.kicker"),
        goal=goal.name[desk.language],
        name=indicator.name[desk.language],
        dateline=dateline(desk),
        scope_ended=scope_ended(desk),
        life=life(desk, indicator),
        headline=shown_first,
        embeds=quote_snippets(desk, headline),
        milestones=milestones,
        meaning=re.split(r"(?<=\.)\s", indicator.definition[desk.language], maxsplit=1)[0],
        definition=_definition(desk, indicator),
        chart=placed(desk, course_name(indicator, desk.scope), plans, drawings),
        series_caption=desk.say(
            "tell.indicator.series",
            indicator=indicator.short[desk.language],
            area=desk.area_within(desk.scope),
        ),
        series=tuple(_series_row(desk, figure) for figure in series),
        areas_heading=_areas_heading(desk, indicator) if is_local else "",
        areas_finding=_areas_finding(desk, indicator) if is_local else "",
        areas_gap=any(row.gap for row in ranking) and not any(row.change for row in ranking),
        areas_against=_areas_against(desk, indicator) if is_local else "",
        areas_map=area_map(desk, indicator) if is_local else None,
        areas_chart=placed(desk, by_area_name(indicator), plans, drawings) if is_local else None,
        multiples_summary=desk.say("map.multiples", count=len(multiples)) if multiples else "",
        multiples=multiples,
        areas_caption=desk.say(
            "tell.indicator.areas-caption",
            indicator=indicator.short[desk.language],
            year=year_by_area(desk.results, indicator),
        )
        if is_local
        else "",
        areas=ranking,
        filtered=len(ranking) > FEW_ROWS,
        grid=_grid(desk, indicator) if is_local else None,
        former=former_areas(desk, indicator),
        sources=tuple(
            Note(about=desk.area_name(area), text=text)
            for area in areas_by_year(desk, indicator)
            if (text := sources_of(desk, desk.results.figures.get((indicator.indicator, area), ())))
        )
        if is_local
        else (),
        areas_none="" if is_local else _areas_none(desk, indicator),
        related=_related(desk, indicator),
        corrections=correction_notes(desk, indicator=indicator.indicator),
        closing=closing(
            desk,
            title=lambda at: indicator.short[at.language],
            figures=figures,
            downloads=(indicator_download(desk, indicator),) if figures else (),
        ),
    )


def _place_of(desk: Desk, goal: Goal) -> str:
    """Where a goal stands on the home page; empty where nothing of it is asked for any more."""
    stands = any(each.goal == goal.goal for each in desk.holding.values())
    return addresses.of_goal(goal.goal) if stands else ""


def _areas_none(desk: Desk, indicator: Indicator) -> str:
    """Why an indicator has no figures by area: it is not measured there, or none came yet."""
    if indicator.level is Level.LOCAL:
        return desk.say("tell.indicator.areas-none-yet")
    return desk.say("tell.indicator.areas-none", scope=scope_word(desk))


def _all_figures(desk: Desk, indicator: Indicator) -> list[Figure]:
    """The whole area's figures first, then the local ones."""
    own = list(desk.results.figures.get((indicator.indicator, desk.scope), ()))
    return own + [
        figure
        for (name, area), series in desk.results.figures.items()
        if name == indicator.indicator and area != desk.scope
        for figure in series
    ]


def _milestone(desk: Desk, assessment: Assessment) -> Milestone:
    target = assessment.target
    latest = assessment.latest
    spoken, first = target.wording.spoken(desk.language), desk.site.languages[0]
    at_least = ""
    indicator = desk.indicators[assessment.indicator]
    if assessment.needed_count is not None and latest is not None and latest.denominator:
        is_all = assessment.needed_count == latest.denominator
        at_least = desk.say(
            "tell.indicator.at-least-all" if is_all else "tell.indicator.at-least",
            needed=assessment.needed_count,
            all=latest.denominator,
            unit=unit(desk, indicator.counts or "", latest.denominator),
        )
    place = of_target(desk.results.archive, target)
    clause = clause_link(desk, place.clause or target.clause)
    return Milestone(
        id=f"muc-tieu-{target.year}",
        year=str(target.year),
        mark=mark(desk, assessment),
        target=target_of(desk, assessment),
        at_least=at_least,
        value=shown(desk, latest_or_reason(desk, assessment)),
        value_year=str(latest.year) if latest else "",
        sentences=sentences(desk, assessment),
        facts=pace_facts(desk, assessment),
        quote=as_quoted(desk, place, target.wording[desk.language]),
        quote_language=spoken,
        clause=replace(clause, text=desk.say("tell.indicator.clause", clause=clause.text)),
        translation_of=target.wording.first if spoken != first else "",
        original_language=first,
        own_reading=assessment.pace is not None,
    )


def _definition(desk: Desk, indicator: Indicator) -> Definition:
    return Definition(
        definition=indicator.definition[desk.language],
        numerator=indicator.numerator[desk.language],
        denominator=indicator.denominator[desk.language],
        caveat=indicator.caveat[desk.language],
        aggregation=desk.say(
            f"tell.aggregation.{indicator.aggregation.value}",
            unit=unit(desk, indicator.counts or "district", 2)
            if indicator.aggregation is Aggregation.COUNT
            else "",
            scope=scope_word(desk),
            threshold=level_text(desk, indicator, local_scale(indicator).held_from)
            if local_scale(indicator).unit is Unit.LEVEL
            else "",
        ),
        reporter=agency_link(desk, indicator.reporter),
    )


def _series_row(desk: Desk, figure: Figure) -> SeriesRow:
    before = in_year(desk.results, figure.indicator, figure.area, figure.year - 1)
    notes = [break_reason(desk, figure), *note_texts(desk, figure)]
    if figure.absent and len(figure.absent) < len(desk.results.locals_.get(figure.year, ())):
        notes.append(
            desk.say(
                "tell.indicator.absent",
                areas=named(desk, figure.absent),
            )
        )
    return SeriesRow(
        year=Link(text=str(figure.year), href=desk.href(addresses.of_year(figure.year))),
        value=shown(desk, figure),
        change=change_text(desk, figure, before),
        status=status_text(desk, figure),
        source=source_text(desk, figure),
        note=" ".join(note for note in notes if note),
        breaks=desk.say("tell.indicator.breaks") if figure.breaks else "",
    )


# By area ------------------------------------------------------------------------------------


def _areas_heading(desk: Desk, indicator: Indicator) -> str:
    areas = areas_of(desk.results, indicator)
    return desk.say(
        "tell.indicator.areas-heading",
        number=desk.words.number(len(areas)),
        unit=unit_of(desk, areas),
        year=year_by_area(desk.results, indicator),
    )


def _areas_finding(desk: Desk, indicator: Indicator) -> str:
    if local_scale(indicator).unit is Unit.LEVEL:
        return level_words(desk, indicator, areas_of(desk.results, indicator))
    among = ranked(desk.results, indicator)
    extremes = ranking_words(desk, indicator, tuple(among.rows.items()))
    if not among.places:
        return extremes
    judged = (desk.results.headlines.get((indicator.indicator, area)) for area in among.places)
    met = sum(each is not None and each.verdict is Verdict.MET for each in judged)
    headline = desk.results.headlines[indicator.indicator, desk.scope]
    finding = desk.say(
        "tell.indicator.met-of" if met else "tell.indicator.met-none",
        met=desk.words.number(met),
        all=desk.words.number(among.count),
        unit=unit_of(desk, list(among.places)),
        year=headline.target.year,
        target=target_text(desk, headline.target),
    )
    return f"{finding} {extremes}"


def _areas_against(desk: Desk, indicator: Indicator) -> str:
    headline = desk.results.headlines[indicator.indicator, desk.scope]
    if local_scale(indicator).unit is Unit.LEVEL:
        return desk.say(
            "tell.indicator.against-level",
            level=level_text(desk, indicator, local_scale(indicator).held_from),
        )
    return desk.say(
        "tell.indicator.against",
        scope=scope_word(desk),
        year=headline.target.year,
        target=target_text(desk, headline.target),
    )


def _ranking(desk: Desk, indicator: Indicator) -> tuple[RankedArea, ...]:
    among = ranked(desk.results, indicator)
    axis = axis_of(local_scale(indicator))
    known = [float(each.low) for each in among.rows.values() if each and each.low is not None]
    end = end_of(axis, known) if known else 0.0
    return tuple(
        _ranked_area(
            desk,
            indicator,
            area,
            figure,
            rank_of(area, among),
            bar=(axis.lowest, end),
            long=len(known) > LONG,
        )
        for area, figure in among.rows.items()
    )


def _ranked_area(
    desk: Desk,
    indicator: Indicator,
    area: str,
    figure: Figure | None,
    rank: str,
    *,
    bar: tuple[float, float],
    long: bool,
) -> RankedArea:
    """``bar`` are the ends of the scale that its bar is drawn on; a ``long`` list is brief."""
    headline = desk.results.headlines.get((indicator.indicator, area))
    series = desk.results.figures.get((indicator.indicator, area), ())
    before = latest_before(series, figure.year) if figure is not None else None
    is_last_year = before is not None and figure is not None and before.year == figure.year - 1
    note = ""
    if figure is not None:
        note = " ".join(
            part for part in (break_reason(desk, figure), *note_texts(desk, figure)) if part
        )
    value = shown(desk, figure)
    return RankedArea(
        rank=rank,
        area=area_link(desk, area),
        value=replace(value, detail="") if long else value,
        change=change_text(desk, figure, before) if figure is not None and is_last_year else "",
        mark=mark(desk, headline) if headline else None,
        note=note,
        gap=gap_signed(desk, headline) if headline and headline.latest is figure else "",
        share="" if figure is None or figure.low is None else _share(float(figure.low), *bar),
    )


def _share(value: float, start: float, end: float) -> str:
    """Which part of a scale a value fills, in per cent."""
    return str(round(100 * (value - start) / (end - start)))


def rank_of(area: str, among: Ranked) -> str:
    """An area's place among all; equal ones share it ("3=").

    Empty without a figure, and where all are alike: nobody is first there.
    """
    if area not in among.places or among.alike:
        return ""
    place, sharing = among.places[area]
    return f"{place}=" if sharing > 1 else str(place)


def _grid(desk: Desk, indicator: Indicator) -> Grid | None:
    """Areas by years with their verdict at the end: those that can be followed over years.

    After a reform the newest areas have one year only; they stand in the ranking.
    """
    is_standard = local_scale(indicator).unit is Unit.LEVEL
    known = {
        area: {figure.year for figure in desk.results.figures[indicator.indicator, area]}
        for area in areas_by_year(desk, indicator)
        if (indicator.indicator, area) in desk.results.figures
    }
    areas = [area for area, years in known.items() if is_standard or len(years) > 1]
    if not areas or (len(areas) > MOST_RANKED and not is_standard):
        return None
    had = {year for area in areas for year in known[area]}
    years = [edition.year for edition in desk.results.editions if edition.year in had]
    cell = level_cell if is_standard else year_cell
    return Grid(
        id=f"{indicator.indicator}-grid",
        caption=desk.say("tell.indicator.grid-caption", indicator=indicator.short[desk.language]),
        corner=desk.say("tell.indicator.area-column"),
        columns=(
            *(Link(text=str(year), href=desk.href(addresses.of_year(year))) for year in years),
            Link(text=desk.say("tell.indicator.verdict-column")),
        ),
        rows=tuple(
            GridRow(
                name=area_link(desk, area),
                cells=(
                    *(cell(desk, indicator, area, year) for year in years),
                    _verdict_only(desk, indicator, area),
                ),
            )
            for area in areas
        ),
    )


def areas_by_year(desk: Desk, indicator: Indicator) -> tuple[str, ...]:
    """The areas that an indicator has figures of, those of the newest edition first."""
    found = dict.fromkeys(areas_of(desk.results, indicator))
    for edition in reversed(desk.results.editions):
        found |= dict.fromkeys(
            area
            for area in desk.results.locals_[edition.year]
            if (indicator.indicator, area) in desk.results.figures
        )
    return tuple(found)


def _multiples(
    desk: Desk, indicator: Indicator, plans: Plans, drawings: Drawings
) -> tuple[Multiple, ...]:
    """The courses of the areas that have one; none where nobody could take them in."""
    found = []
    for area in areas_by_year(desk, indicator):
        series = desk.results.figures.get((indicator.indicator, area), ())
        chart = small(desk, course_name(indicator, area), plans, drawings)
        if chart and len([figure for figure in series if figure.low is not None]) > 1:
            headline = desk.results.headlines.get((indicator.indicator, area))
            found.append(
                Multiple(
                    name=area_link(desk, area),
                    mark=mark(desk, headline) if headline else None,
                    chart=chart,
                )
            )
            if len(found) > MOST_MULTIPLES:
                return ()
    return tuple(found)


def _verdict_only(desk: Desk, indicator: Indicator, area: str) -> Cell:
    headline = desk.results.headlines.get((indicator.indicator, area))
    if headline is None:
        return verdict_cell(desk, headline)
    judged = mark(desk, headline)
    return Cell(
        kind=judged.kind,
        word=desk.say("status.noted", word=judged.word, notes=judged.dated)
        if judged.dated
        else judged.word,
        provisional=judged.provisional,
    )


def level_cell(desk: Desk, indicator: Indicator, area: str, year: int) -> Cell:
    """Whether an area held a standard in a year, and at which level."""
    figure = in_year(desk.results, indicator.indicator, area, year)
    if figure is None:
        ended = ended_word(desk, area, year)
        return Cell(kind="empty", word=ended or desk.say("grid.not-expected"))
    if figure.low is None:
        reason = gap(desk, figure.missing or Missing.NOT_REPORTED)
        return Cell(kind=reason.kind, word=reason.word, corrected=correction_mark(desk, figure))
    held_from = local_scale(indicator).held_from
    held = figure.low >= held_from
    return Cell(
        kind="held" if held else "not-held",
        word=desk.say("tell.cell.held" if held else "tell.cell.not-held"),
        text=figure_text(desk, figure) if figure.low > 0 and held_from > 1 else "",
        provisional=status_tag(desk, figure),
        corrected=correction_mark(desk, figure),
    )


def _related(desk: Desk, indicator: Indicator) -> tuple[Link, ...]:
    """Its parent and children, then the others of its goal."""
    near = [
        other
        for other in desk.indicators.values()
        if other is not indicator
        and (
            other.indicator == indicator.parent
            or other.parent == indicator.indicator
            or other.goal == indicator.goal
        )
    ]
    return tuple(indicator_link(desk, other) for other in near)


def _subjects(results: Results, _: Words) -> Iterator[str]:
    """The indicators that there is a verdict on."""
    for each in results.archive.indicators:
        if (each.indicator, results.archive.plan.scope) in results.headlines:
            yield each.indicator


PAGE = Page(
    id="indicator",
    address=addresses.INDICATORS,
    build=lambda at, material, name: indicator_page(
        at, at.indicators[name], material.plans, material.drawings
    ),
    subjects=_subjects,
    withdrawn=lambda desk, name: desk.indicators[name].short[desk.language],
)
