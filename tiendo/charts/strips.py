"""Where an area has one figure alone: its place among all areas, instead of a course of one dot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup, escape

from tiendo.charts.draw import (
    Axis,
    Point,
    SeriesChart,
    StripChart,
    Target,
    field_svg,
    own_svg,
)
from tiendo.charts.draw.strip import SIZE
from tiendo.charts.picture import Picture, indicator_of, picture_file
from tiendo.judge.once import once
from tiendo.judge.ranking import ranked
from tiendo.judge.scale import local_scale
from tiendo.terms import Indicator, Level, Results, Scale, Unit
from tiendo.words.desk import Desk, unit_of

TICKS = {Unit.PERCENT: "{}%"}
"""How whole numbers are written on an axis; levels and titles have no course to draw."""

MOST_SHOWN = 300
"""Among more areas than this each is shown by its course: every strip holds the dots of all."""

_ROOM = 1.05
"""A scale without an end of its own ends this much beyond the highest figure."""


def strip_of(desk: Desk, indicator: Indicator, course: SeriesChart) -> StripChart | None:
    """What an area's course of one figure shows, among the others; None where it is no such course.

    ``course`` is the chart of the area over the years.
    """
    among = ranked(desk.results, indicator)
    if len(course.points) != 1 or course.points[0].year != among.year:
        return None
    if not 1 < among.count <= MOST_SHOWN:
        return None
    target = next((each for each in course.targets if each.year >= among.year), None)
    return _chart(desk, indicator, course.points[0], target, course.remark)


def _chart(
    desk: Desk, indicator: Indicator, own: Point, target: Target | None, remark: str
) -> StripChart:
    return StripChart(
        axis=axis_of(local_scale(indicator)),
        highest=_ends(desk.results)[indicator.indicator],
        others=_dots(desk.results)[indicator.indicator],
        own=own,
        target=target,
        remark=remark,
        notice=desk.notice,
    )


@once
def _dots(results: Results) -> Mapping[str, tuple[float, ...]]:
    """The known figures of all areas by indicator: the same for the picture of each of them."""
    return {
        each.indicator: tuple(
            float(figure.value)
            for figure in ranked(results, each).rows.values()
            if figure is not None and figure.value is not None
        )
        for each in results.archive.indicators
    }


def has_field(indicator: Indicator) -> bool:
    """Whether areas are compared on the scale of an indicator."""
    return indicator.level is Level.LOCAL and local_scale(indicator).has_pace


@once
def _ends(results: Results) -> Mapping[str, float]:
    """Where the scale of each indicator ends, so that all areas' strips lie over one another."""
    found: dict[str, list[float]] = {each.indicator: [0.0] for each in results.archive.indicators}
    for (name, area), series in results.figures.items():
        if area != results.archive.plan.scope:
            found[name] += [float(f.high) for f in series if f.high is not None]
    for (name, area), judged in results.assessments.items():
        if area != results.archive.plan.scope:
            found[name] += [float(each.level) for each in judged]
    return {
        each.indicator: end_of(axis_of(local_scale(each)), found[each.indicator])
        for each in results.archive.indicators
        if local_scale(each).has_pace
    }


def axis_of(scale: Scale) -> Axis:
    """What figures on a scale are drawn on."""
    return Axis(
        lowest=float(scale.lowest),
        highest=None if scale.highest is None else float(scale.highest),
        pattern=TICKS[scale.unit],
    )


def end_of(axis: Axis, figures: Iterable[float]) -> float:
    """Where a scale ends: with itself, or beyond the highest figure that it has to hold."""
    return axis.highest if axis.highest is not None else max(figures) * _ROOM or 1.0


def field_name(indicator: str) -> str:
    """The stem of the file with the dots of all areas."""
    return f"{indicator}--cham"


def fields(desk: Desk) -> Iterator[tuple[str, bytes]]:
    """The dots of all areas, a file an indicator, which the pages of the areas share.

    They stand whether or not an area has a strip this year: an address that was public stays.
    """
    for name, indicator in desk.indicators.items():
        among = ranked(desk.results, indicator)
        if not has_field(indicator) or not among.year or among.count > MOST_SHOWN:
            continue
        title = desk.say(
            "chart.field",
            indicator=indicator.short[desk.language],
            unit=unit_of(desk, list(among.areas)),
            year=among.year,
        )
        words = " ".join(filter(None, (title, f"{desk.notice}." if desk.notice else "")))
        chart = _chart(desk, indicator, Point(year=among.year, value=None), None, "")
        yield picture_file(desk, field_name(name), "svg"), field_svg(chart, title=words).encode()


def on_a_page(desk: Desk, plan: Picture, chart: StripChart) -> Markup:
    """A strip in its place: the shared dots, and over them what is this area's own."""
    width, height = SIZE
    field = escape(desk.file_href(picture_file(desk, field_name(indicator_of(plan)), "svg")))
    return Markup(  # noqa: S704 - made by our own program from escaped text
        f'<div class="td-strip"><img src="{field}" alt="" width="{width}" height="{height}">'
        f"{own_svg(chart)}</div>"
    )
