"""The charts of the pages: which there are, what they show, and what they say in words.

Each chart's words are worked out from the same figures as its marks, so that they can't differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from tiendo.charts.draw import (
    Axis,
    CellState,
    Drawing,
    Lead,
    LevelCell,
    LevelGrid,
    LevelRow,
    Point,
    RankedArea,
    RankingChart,
    SeriesChart,
    Size,
    StripChart,
    Target,
    bullet_body,
    bullet_svg,
    inline_svg,
)
from tiendo.charts.embeds import snippets
from tiendo.charts.picture import Picture, picture_file, picture_files
from tiendo.charts.strips import axis_of, end_of, on_a_page, strip_of
from tiendo.judge import as_shown
from tiendo.judge.once import once
from tiendo.judge.ranking import areas_of, ranked, year_by_area
from tiendo.judge.scale import local_scale, whole_scale
from tiendo.judge.years import in_year
from tiendo.terms import (
    Assessment,
    Figure,
    Indicator,
    Level,
    Missing,
    Restated,
    Results,
    Unit,
    Verdict,
)
from tiendo.words.desk import Desk, ended_word, first_without, unit_of, with_pages
from tiendo.words.figures import (
    correction_sign,
    correction_words,
    corrections_of,
    figure_detail,
    figure_said,
    gap,
    level_text,
    restated_text,
    within,
)
from tiendo.words.parts import Chart
from tiendo.words.verdicts import target_text

MOST_RANKED = 80
"""A ranking of more areas than this is a table only: its labels could not be read."""

MOST_WITH_PIXELS = 100
"""Of more areas than this the charts are there as SVG alone: a PNG costs some 40 ms and 30 kB."""
MOST_NAMED = 6
"""More areas than this are not named in a sentence but counted: the table has them all."""


def pictures(desk: Desk) -> Iterator[Picture]:
    """Every chart of the site in one language."""
    yield from indicator_pictures(desk)
    yield from area_pictures(desk)


def indicator_pictures(desk: Desk) -> Iterator[Picture]:
    """The charts of the indicators' pages."""
    for indicator in desk.indicators.values():
        series = desk.results.figures.get((indicator.indicator, desk.scope), ())
        if _has_course(indicator, series):
            yield _course(desk, indicator, series)
        yield from _by_area(desk, indicator)


def area_pictures(desk: Desk) -> Iterator[Picture]:
    """The charts of the areas' pages."""
    few = len(with_pages(desk.results)) <= MOST_WITH_PIXELS
    for (name, area), series in desk.results.figures.items():
        indicator = desk.indicators[name]
        if area == desk.scope or not desk.scale(name, area).has_pace:
            continue
        if (name, area) in desk.results.assessments and any(f.low is not None for f in series):
            course = _series_chart(desk, indicator, area, series, Size.SMALL)
            strip = strip_of(desk, indicator, course)
            summary = course_words(desk, indicator, area, series)
            yield Picture(
                name=course_name(indicator, area),
                drawable=strip or course,
                caption=desk.say(
                    "chart.strip" if strip else "chart.course",
                    indicator=indicator.short[desk.language],
                    area=desk.area_within(area),
                    year=year_by_area(desk.results, indicator),
                ),
                summary=f"{summary} {_among_words(desk, indicator)}".strip() if strip else summary,
                published=True,
                interactive=False,
                pixels=few,
                area=area,
            )


def course_name(indicator: Indicator, area: str) -> str:
    """The name of the chart of an indicator over the years, in an area."""
    return f"{indicator.indicator}--{area}"


def by_area_name(indicator: Indicator) -> str:
    """The name of the chart of an indicator's areas."""
    return f"{indicator.indicator}--dia-ban"


LONG = 30
"""A ranking of more areas than this is a file and an interactive chart: its page lists the same."""


def placed(
    desk: Desk, name: str, plans: Mapping[str, Picture], drawings: Mapping[str, Drawing]
) -> Chart | None:
    """A chart ready for its place on a page; None where there is nothing to draw."""
    plan = plans.get(name)
    if plan is None:
        return None
    words = f"{plan.caption}. {plan.summary}"
    if plan.narrow is None:
        svg = inline_svg(drawings[name], alt=words)
    elif isinstance(plan.drawable, RankingChart) and len(plan.drawable.rows) > LONG:
        svg = ""
    else:
        svg = inline_svg(drawings[name], alt=words, classes="td-wide") + inline_svg(
            drawings[f"{name}--narrow"], alt=words, classes="td-narrow"
        )
    interactive = plan.published and plan.interactive
    return Chart(
        id=name,
        svg=Markup(svg),  # noqa: S704 - made by our own program from escaped text
        caption=plan.caption,
        summary=plan.summary,
        notice=desk.notice,
        spec_href=desk.file_href(picture_file(desk, name, "vl.json")) if interactive else "",
        label=desk.say("chart.interactive") if interactive else "",
        downloads=picture_files(desk, plan),
        embeds=snippets(desk, plan, drawings[name]),
    )


def small(
    desk: Desk,
    name: str,
    plans: Mapping[str, Picture],
    drawings: Mapping[str, Drawing],
) -> Markup:
    """A small chart for a card, told by its name as by those who go from picture to picture."""
    plan = plans.get(name)
    if plan is None:
        return Markup("")
    if isinstance(plan.drawable, StripChart):
        return on_a_page(desk, plan, plan.drawable)
    words = f"{plan.caption}. {plan.summary}"
    return Markup(inline_svg(drawings[name], alt=words))  # noqa: S704 - as in `placed`


def bullet(desk: Desk, indicator: Indicator, figure: Figure | None) -> Markup:
    """A figure of the whole area and its targets on their scale; empty where there is none."""
    drawn = _bullet(desk, indicator, figure)
    return Markup(bullet_svg(*drawn)) if drawn else Markup("")  # noqa: S704 - as in `placed`


def bullet_in(
    desk: Desk, indicator: Indicator, figure: Figure | None, *, size: tuple[float, float], look: str
) -> str:
    """The same within another SVG: in a size in pixels, its fill with the attributes ``look``."""
    drawn = _bullet(desk, indicator, figure)
    return bullet_body(*drawn, size=size, look=look) if drawn else ""


def _bullet(
    desk: Desk, indicator: Indicator, figure: Figure | None
) -> tuple[Axis, float, Point, tuple[Target, ...]] | None:
    if figure is None or figure.low is None or not whole_scale(indicator).has_pace:
        return None
    axis = axis_of(whole_scale(indicator))
    targets = tuple(_targets(desk, indicator, desk.scope))
    (point,) = _points(desk, (figure,))
    ends = (point.value or 0.0, point.high or 0.0, *(each.value for each in targets))
    return axis, end_of(axis, ends), point, targets


# Over the years -----------------------------------------------------------------------------


def _has_course(indicator: Indicator, series: Sequence[Figure]) -> bool:
    return whole_scale(indicator).has_pace and any(f.low is not None for f in series)


def _course(desk: Desk, indicator: Indicator, series: Sequence[Figure]) -> Picture:
    area = desk.scope
    return Picture(
        name=course_name(indicator, area),
        drawable=_series_chart(desk, indicator, area, series, Size.WIDE),
        narrow=_series_chart(desk, indicator, area, series, Size.NARROW),
        caption=desk.say(
            "chart.course", indicator=indicator.short[desk.language], area=desk.area_within(area)
        ),
        summary=course_words(desk, indicator, area, series),
        published=True,
    )


def _series_chart(
    desk: Desk, indicator: Indicator, area: str, series: Sequence[Figure], size: Size
) -> SeriesChart:
    plan = desk.results.archive.plan
    leads = tuple(_leads(desk, indicator)) if area == desk.scope else ()
    return SeriesChart(
        size=size,
        axis=axis_of(desk.scale(indicator.indicator, area)),
        points=_with_restated(desk, indicator, area, tuple(_points(desk, series))),
        targets=tuple(_targets(desk, indicator, area)),
        start=plan.start,
        end=plan.end,
        remark=" · ".join(
            desk.say(key)
            for key, is_so in (
                ("chart.hollow", any(f.provisional for f in series)),
                ("corrected.in-picture", _is_changed(desk, series)),
                ("chart.own-reading", bool(leads)),
                ("restate.chart.remark", bool(_restated(desk, indicator, area))),
            )
            if is_so
        ),
        notice=desk.notice,
        leads=leads,
        highest=0.0 if area == desk.scope else _highest(desk.results)[indicator.indicator],
    )


@once
def _highest(results: Results) -> Mapping[str, float]:
    """The highest figure of each indicator in any area, so that areas' charts have one scale."""
    found = {each.indicator: 0.0 for each in results.archive.indicators}
    for (name, area), series in results.figures.items():
        if area != results.archive.plan.scope:
            known = (float(figure.high) for figure in series if figure.high is not None)
            found[name] = max(found[name], *known, 0.0)
    for (name, _), rows in results.restated.items():
        found[name] = max(found[name], *(float(row.high or 0) for row in rows))
    return found


def _leads(desk: Desk, indicator: Indicator) -> Iterator[Lead]:
    """Where the whole area's pace leads, at each target that it has not met."""
    ahead = _ahead(desk, indicator)
    for at, each in enumerate(ahead):
        latest, pace, leads_to = each.latest, each.pace, each.leads_to
        if latest is None or latest.value is None or pace is None or leads_to is None:
            continue
        bounded = as_shown.bounded_lead(desk.results, indicator, each)
        if bounded != leads_to:
            kink = float(latest.year + (bounded - latest.value) / pace)
            if at == 0 or kink > ahead[at - 1].target.year:
                yield Lead(year=round(kink, 2), value=float(bounded))
        text = desk.say("chart.lead", value=_lead(desk, indicator, each))
        yield Lead(
            year=each.target.year,
            value=float(bounded),
            text=text,
            tip=_joined(each.target.year, text),
        )


def _lead(desk: Desk, indicator: Indicator, assessment: Assessment) -> str:
    """Where a pace leads, in words."""
    return desk.words.percent(as_shown.lead(desk.results, indicator, assessment))


def _ahead(desk: Desk, indicator: Indicator) -> list[Assessment]:
    """The verdicts on the whole area that rest on a pace and leave something to be reached."""
    return [
        each
        for each in desk.results.assessments.get((indicator.indicator, desk.scope), ())
        if each.leads_to is not None and each.verdict not in {Verdict.MET, Verdict.MISSED}
    ]


def _points(desk: Desk, series: Sequence[Figure]) -> Iterator[Point]:
    segment = 0
    for figure in series:
        broken = figure.breaks
        segment += broken
        if figure.low is None or figure.high is None:
            continue
        text = figure_said(desk, figure)
        is_exact = figure.value is not None
        yield Point(
            year=figure.year,
            value=float(figure.low) if is_exact else None,
            low=None if is_exact else float(figure.low),
            high=None if is_exact else float(figure.high),
            label=text,
            tip=_tip(desk, figure, text, figure.year),
            provisional=figure.provisional,
            segment=segment,
            break_text=desk.say("chart.break" if figure.break_ else "restate.chart.break")
            if broken
            else "",
        )


def _restated(desk: Desk, indicator: Indicator, area: str) -> list[Restated]:
    """The years on an area's borders that have a figure."""
    rows = desk.results.restated.get((indicator.indicator, area), ())
    return [row for row in rows if row.low is not None]


def _with_restated(
    desk: Desk, indicator: Indicator, area: str, points: tuple[Point, ...]
) -> tuple[Point, ...]:
    """The reported figures, cut off from what the site worked out, which no line joins.

    A series that ended is cut off from nothing too, so that its end is seen.
    """
    rows = _restated(desk, indicator, area)
    reported = {point.year for point in points}
    last = max((point.segment for point in points), default=0)
    worked = [
        Point(
            year=row.year,
            value=None,
            low=float(row.low or 0),
            high=float(row.high or 0),
            label=restated_text(desk, indicator, row),
            tip=_joined(row.year, restated_text(desk, indicator, row)),
            provisional=row.provisional,
            segment=last + 1,
            reported=False,
        )
        for row in rows
        if row.year not in reported
    ]
    cut = desk.say("restate.chart.break")
    if (gone := first_without(desk, area)) is not None:
        cut = desk.say("restate.chart.ended", on=desk.words.date(gone))
        year = max(gone.year, 1 + max(reported, default=0))
        if year not in {row.year for row in rows} and year <= desk.results.archive.plan.end:
            worked.append(Point(year=year, value=None, segment=last + 1, reported=False))
    found: list[Point] = []
    for point in sorted((*points, *worked), key=lambda each: each.year):
        is_cut = bool(found) and (point.segment != found[-1].segment)
        found.append(replace(point, break_text=point.break_text or cut) if is_cut else point)
    return tuple(found)


def _targets(desk: Desk, indicator: Indicator, area: str) -> Iterator[Target]:
    for assessment in desk.results.assessments.get((indicator.indicator, area), ()):
        text = desk.say(
            "chart.target",
            year=assessment.target.year,
            target=target_text(desk, assessment.target),
        )
        yield Target(
            year=assessment.target.year,
            value=float(assessment.level),
            text=text,
            tip=desk.say("chart.target-said", said=text),
        )


def course_words(desk: Desk, indicator: Indicator, area: str, series: Sequence[Figure]) -> str:
    """What a chart over the years shows, in a sentence for each of: course, breaks, targets."""
    known = [figure for figure in series if figure.low is not None]
    listed = desk.words.listed(
        desk.say("chart.year-value", year=f.year, value=figure_said(desk, f)) for f in known
    )
    parts = [desk.say("chart.values", values=listed) if known else desk.say("chart.nothing")]
    parts += [desk.say("chart.break-in", year=figure.year) for figure in series if figure.breaks]
    parts += [
        desk.say("corrected.in-year", year=figure.year, told=within(told))
        for figure in series
        if (told := correction_words(desk, figure))
    ]
    if (gone := first_without(desk, area)) is not None:
        parts.append(desk.say("restate.chart.ends", on=desk.words.date(gone)))
    if rows := _restated(desk, indicator, area):
        listed = desk.words.listed(
            desk.say("chart.year-value", year=row.year, value=restated_text(desk, indicator, row))
            for row in rows
        )
        parts.append(desk.say("restate.chart.values", values=listed))
    targets = [
        desk.say("chart.year-value", year=a.target.year, value=target_text(desk, a.target))
        for a in desk.results.assessments.get((indicator.indicator, area), ())
    ]
    if targets:
        parts.append(desk.say("chart.targets", targets=desk.words.listed(targets)))
    ahead = _ahead(desk, indicator) if area == desk.scope else []
    if ahead:
        leads = [
            desk.say(
                "chart.year-value",
                year=each.target.year,
                value=_lead(desk, indicator, each),
            )
            for each in ahead
        ]
        parts.append(desk.say("chart.leads", values=desk.words.listed(leads)))
    return " ".join(parts)


# By area ------------------------------------------------------------------------------------


def _by_area(desk: Desk, indicator: Indicator) -> Iterator[Picture]:
    if indicator.level is not Level.LOCAL or not desk.results.editions:
        return
    areas = areas_of(desk.results, indicator)
    if not areas or len(areas) > MOST_RANKED:
        return
    if local_scale(indicator).unit is Unit.LEVEL:
        yield _level_grid(desk, indicator, areas)
    else:
        yield _ranking(desk, indicator, areas)


def _ranking(desk: Desk, indicator: Indicator, areas: Sequence[str]) -> Picture:
    rows = tuple(ranked(desk.results, indicator).rows.items())
    year = year_by_area(desk.results, indicator)
    headlines: list[Assessment] = [
        headline
        for area in areas
        if (headline := desk.results.headlines.get((indicator.indicator, area)))
    ]
    target = headlines[0] if headlines else None
    chart = {
        size: RankingChart(
            size=size,
            rows=tuple(_ranked_row(desk, area, figure) for area, figure in rows),
            target=float(target.level) if target else None,
            target_text=desk.say(
                "chart.target", year=target.target.year, target=target_text(desk, target.target)
            )
            if target
            else "",
            remark=" · ".join(
                desk.say(key)
                for key, is_so in (
                    ("chart.hollow", any(f and f.provisional for _, f in rows)),
                    ("corrected.in-picture", _is_changed(desk, (f for _, f in rows))),
                )
                if is_so
            ),
            notice=desk.notice,
        )
        for size in (Size.WIDE, Size.NARROW)
    }
    return Picture(
        name=by_area_name(indicator),
        drawable=chart[Size.WIDE],
        narrow=chart[Size.NARROW],
        caption=desk.say("chart.ranking", indicator=indicator.short[desk.language], year=year),
        summary=ranking_words(desk, indicator, rows),
        published=True,
    )


def _ranked_row(desk: Desk, area: str, figure: Figure | None) -> RankedArea:
    name = desk.area_name(area)
    if figure is None or figure.low is None:
        reason = figure.missing if figure and figure.missing else Missing.NOT_REPORTED
        word = f"{gap(desk, reason).word}{correction_sign(desk, figure)}"
        return RankedArea(name=name, value=None, label=word)
    text = figure_said(desk, figure)
    return RankedArea(
        name=name,
        value=float(figure.low),
        label=text,
        tip=_tip(desk, figure, text, name),
        provisional=figure.provisional,
    )


def _tip(desk: Desk, figure: Figure, text: str, *of: object) -> str:
    """What is said of a figure that is pointed at or walked to; ``of`` is what it is of."""
    return _joined(*of, text, figure_detail(desk, figure), correction_words(desk, figure))


def _joined(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)


def _is_changed(desk: Desk, figures: Iterable[Figure | None]) -> bool:
    """Whether a picture's figures need the footnote that some were changed."""
    return any(corrections_of(desk, figure) for figure in figures)


def named(desk: Desk, areas: Sequence[str]) -> str:
    """Areas in a sentence: by their names, or how many they are where nobody would read them."""
    if len(areas) <= MOST_NAMED:
        return desk.words.listed(map(desk.area_within, areas))
    number = desk.words.number(len(areas))
    return f"{number} {unit_of(desk, areas)}"


def ranking_words(
    desk: Desk, indicator: Indicator, rows: Sequence[tuple[str, Figure | None]]
) -> str:
    """The highest, the lowest and who is missing, in sentences; or that all are alike."""
    known = {
        area: (shown, figure)
        for area, figure in rows
        if figure is not None
        and (shown := as_shown.value(desk.results, indicator, figure)) is not None
    }
    if not known:
        return desk.say("chart.nothing")
    values = sorted({shown for shown, _ in known.values()})
    told = [("chart.highest", values[-1]), ("chart.lowest", values[0])]
    if len(values) == 1:
        told = [("chart.only" if len(known) == 1 else "chart.all-alike", values[0])]
    parts = []
    for key, value in told:
        at = {area: figure for area, (shown, figure) in known.items() if shown == value}
        parts.append(
            desk.say(
                key,
                areas=named(desk, list(at)),
                number=desk.words.number(len(at)),
                unit=unit_of(desk, list(at)),
                value=figure_said(desk, next(iter(at.values()))),
            )
        )
    absent = [area for area, figure in rows if figure is None or figure.low is None]
    if absent:
        parts.append(desk.say("chart.absent", areas=named(desk, absent)))
    parts += _changed_areas(desk, (figure for _, figure in rows))
    return " ".join(parts)


def _among_words(desk: Desk, indicator: Indicator) -> str:
    """The ends of what all areas reached, for the picture of one of them."""
    ends = _extremes(desk.results).get(indicator.indicator)
    if ends is None:
        return ""
    among = ranked(desk.results, indicator)
    number, lowest, highest = ends
    return desk.say(
        "chart.among",
        number=desk.words.number(number),
        unit=unit_of(desk, list(among.places)),
        lowest=figure_said(desk, lowest),
        highest=figure_said(desk, highest),
    )


@once
def _extremes(results: Results) -> Mapping[str, tuple[int, Figure, Figure]]:
    """How many areas have a figure as shown, by indicator, and the lowest and highest of these."""
    found = {}
    for indicator in results.archive.indicators:
        known = sorted(
            (
                (shown, figure)
                for figure in ranked(results, indicator).rows.values()
                if figure is not None
                and (shown := as_shown.value(results, indicator, figure)) is not None
            ),
            key=lambda each: (each[0], each[1].area),
        )
        if known:
            found[indicator.indicator] = (len(known), known[0][1], known[-1][1])
    return found


def _changed_areas(desk: Desk, figures: Iterable[Figure | None]) -> tuple[str, ...]:
    """Which areas' figures were changed after they were published, in a sentence."""
    areas = [figure.area for figure in figures if figure and corrections_of(desk, figure)]
    return (desk.say("corrected.in-areas", areas=named(desk, areas)),) if areas else ()


def _level_grid(desk: Desk, indicator: Indicator, areas: Sequence[str]) -> Picture:
    years = [
        edition.year
        for edition in desk.results.editions
        if any(in_year(desk.results, indicator.indicator, area, edition.year) for area in areas)
    ]
    rows = tuple(
        LevelRow(
            name=desk.area_name(area),
            cells=tuple(_level_cell(desk, indicator, area, year) for year in years),
        )
        for area in areas
    )
    states = {cell.state for row in rows for cell in row.cells}
    return Picture(
        name=by_area_name(indicator),
        drawable=LevelGrid(
            size=Size.NARROW,
            columns=tuple(str(year) for year in years),
            rows=rows,
            legend=tuple(
                (state, desk.say(f"chart.state.{state.value}"))
                for state in CellState
                if state in states
            ),
            notice=" · ".join(
                filter(
                    None,
                    (
                        desk.say("corrected.in-picture")
                        if _is_changed(
                            desk,
                            (
                                in_year(desk.results, indicator.indicator, area, year)
                                for area in areas
                                for year in years
                            ),
                        )
                        else "",
                        desk.notice,
                    ),
                )
            ),
        ),
        caption=desk.say("chart.levels", indicator=indicator.short[desk.language]),
        summary=level_words(desk, indicator, areas),
        published=True,
    )


def _level_cell(desk: Desk, indicator: Indicator, area: str, year: int) -> LevelCell:
    figure = in_year(desk.results, indicator.indicator, area, year)
    of = (desk.area_name(area), year)
    if figure is None and (ended := ended_word(desk, area, year)):
        return LevelCell(text="–", state=CellState.MISSING, tip=_joined(*of, ended))
    if figure is None or figure.low is None:
        reason = figure.missing if figure and figure.missing else Missing.NOT_REPORTED
        return LevelCell(
            text=f"–{correction_sign(desk, figure)}",
            state=CellState.MISSING,
            tip=_joined(*of, gap(desk, reason).word, correction_words(desk, figure)),
        )
    held = figure.low >= local_scale(indicator).held_from
    return LevelCell(
        text=f"{int(figure.low)}{correction_sign(desk, figure)}",
        state=CellState.MET if held else CellState.BELOW,
        tip=_tip(desk, figure, level_text(desk, indicator, int(figure.low)), *of),
    )


def level_words(desk: Desk, indicator: Indicator, areas: Sequence[str]) -> str:
    """Who holds the standard in the newest year, who does not and who is missing."""
    year = year_by_area(desk.results, indicator)
    figures = [(area, in_year(desk.results, indicator.indicator, area, year)) for area in areas]
    threshold = local_scale(indicator).held_from
    held = [a for a, f in figures if f is not None and f.low is not None and f.low >= threshold]
    below = [a for a, f in figures if f is not None and f.low is not None and f.low < threshold]
    absent = [a for a, f in figures if f is None or f.low is None]
    parts = [
        desk.say(
            "chart.held",
            year=year,
            held=desk.words.number(len(held)),
            all=desk.words.number(len(figures)),
        )
    ]
    if below:
        parts.append(desk.say("chart.below", areas=named(desk, below)))
    if absent:
        parts.append(desk.say("chart.absent", areas=named(desk, absent)))
    parts += _changed_areas(desk, (figure for _, figure in figures))
    return " ".join(parts)
