"""Where an area has one figure alone: its place among all areas, instead of a course of one dot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from tiendo.charts.draw import Axis, Point, StripChart, Target, field_svg, own_svg
from tiendo.charts.draw.strip import SIZE
from tiendo.charts.picture import Picture, indicator_of, picture_file
from tiendo.judge.ranking import ranked
from tiendo.terms import Indicator
from tiendo.words.desk import Desk, unit_of

_ROOM = 1.05
"""A scale without an end of its own ends this much beyond the highest figure."""


def strip_chart(
    desk: Desk,
    indicator: Indicator,
    *,
    axis: Axis,
    points: Sequence[Point],
    targets: Sequence[Target],
    highest: float,
    remark: str,
) -> StripChart | None:
    """An area's one figure among those of the others; None where there is more or less to show."""
    among = ranked(desk.results, indicator)
    if len(points) != 1 or points[0].year != among.year or among.count < 2:  # noqa: PLR2004 - nobody else
        return None
    target = next((each for each in targets if each.year >= among.year), None)
    return StripChart(
        axis=axis,
        highest=end_of(axis, (highest, *(each.value for each in targets))),
        others=tuple(
            float(figure.value)
            for figure in among.rows.values()
            if figure is not None and figure.value is not None
        ),
        own=points[0],
        target=target,
        remark=remark,
        notice=desk.notice,
    )


def end_of(axis: Axis, figures: Iterable[float]) -> float:
    """Where a scale ends: with itself, or beyond the highest figure that it has to hold."""
    return axis.highest if axis.highest is not None else max(figures) * _ROOM or 1.0


def field_name(indicator: str) -> str:
    """The stem of the file with the dots of all areas."""
    return f"{indicator}--cham"


def fields(desk: Desk, plans: Mapping[str, Picture]) -> Iterator[tuple[str, bytes]]:
    """The dots of all areas, a file an indicator, which the pages of the areas share."""
    done = set()
    for plan in plans.values():
        name = indicator_of(plan)
        if isinstance(plan.drawable, StripChart) and name not in done:
            done.add(name)
            indicator = desk.indicators[name]
            among = ranked(desk.results, indicator)
            title = desk.say(
                "chart.field",
                indicator=indicator.short[desk.language],
                unit=unit_of(desk, list(among.places)),
                year=among.year,
            )
            words = " ".join(filter(None, (title, f"{desk.notice}." if desk.notice else "")))
            path = picture_file(desk, field_name(name), "svg")
            yield path, field_svg(plan.drawable, title=words).encode()


def on_a_page(desk: Desk, plan: Picture, chart: StripChart) -> Markup:
    """A strip in its place: the shared dots, and over them what is this area's own."""
    width, height = SIZE
    field = escape(desk.file_href(picture_file(desk, field_name(indicator_of(plan)), "svg")))
    return Markup(  # noqa: S704 - made by our own program from escaped text
        f'<div class="td-strip"><img src="{field}" alt="" width="{width}" height="{height}">'
        f"{own_svg(chart)}</div>"
    )
