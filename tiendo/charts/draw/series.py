"""Charts of one indicator over the years."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import altair as alt

from tiendo.charts.draw.charts import Lead, Point, SeriesChart, Size, Target
from tiendo.charts.draw.frame import (
    Frame,
    Row,
    foot_layers,
    foot_of,
    foot_rows,
    framed,
    table,
    text_rows,
    texts_layer,
    tip,
    x_of,
    y_of,
)
from tiendo.charts.draw.labels import Box, Label, Placed, along, around, placed, width_of
from tiendo.charts.draw.palette import COLOURS, TEXT

_PICTURE = {Size.WIDE: (640.0, 300.0), Size.NARROW: (328.0, 230.0), Size.SMALL: (328.0, 200.0)}
_TOP, _RIGHT, _YEARS = 22.0, 12.0, 22.0
_BEFORE, _AFTER = 0.6, 0.45  # years of room beside the first and the last
_STEPS = {5: (1, 5), 10: (2, 5), 20: (5, 10), 30: (10, 10), 40: (10, 20), 50: (10, 25)}
_BEYOND = (20, 50)
_HALF_BAR = 10.0
"""Pixels on each side of a range's middle: a target on it leaves the range to be seen."""
_ALL_YEARS = 420
"""Pixels of a plot in which each year of a plan of ten has room for its name."""


def frame_of(chart: SeriesChart, *, interactive: bool = False) -> Frame:
    """The frame of a chart: the vertical axis ends with its scale unless less holds all figures."""
    width, height = _PICTURE[chart.size]
    ceiling = _ceiling(chart, (chart.highest, *(lead.value for lead in chart.leads)))
    left = round(width_of(chart.axis.pattern.format(ceiling), TEXT)) + 11.0
    bottom = _YEARS + foot_of(chart.remark, chart.notice, width)
    return Frame(
        width=width - left - _RIGHT,
        height=height - _TOP - _YEARS,
        left=left,
        top=_TOP,
        right=_RIGHT,
        bottom=bottom,
        first=chart.start - _BEFORE,
        last=chart.end + _AFTER,
        floor=chart.axis.lowest,
        ceiling=float(ceiling),
        text=TEXT,
        interactive=interactive,
    )


def tables_of(chart: SeriesChart, frame: Frame) -> dict[str, list[Row]]:
    """The rows of every layer of `template_of`."""
    step = _STEPS.get(int(frame.ceiling), _BEYOND)[chart.size is Size.SMALL]
    ticks = range(int(frame.floor), int(frame.ceiling) + 1, step)
    return {
        "ticks": [{"value": tick, "text": chart.axis.pattern.format(tick)} for tick in ticks],
        "years": [{"year": year} for year in range(chart.start, chart.end + 1)],
        "year_texts": _year_texts(chart, frame),
        "breaks": [{"year": year} for year, _text in _breaks(chart.points)],
        "guides": [
            {"from": start, "to": target.year, "value": target.value}
            for start, target in _guides(chart)
        ],
        "ahead": [{"year": year, "value": value} for year, value in _ahead(chart)],
        "leads": [
            {"year": lead.year, "value": lead.value, "tip": lead.tip}
            for lead in chart.leads
            if lead.text
        ],
        "line": _line(chart.points),
        "ranges": [
            {"year": p.year, "low": p.low, "high": p.high, "tip": p.tip}
            for p in chart.points
            if p.low is not None and p.high is not None
        ],
        "points": _marks(chart.points),
        "targets": [{"year": t.year, "value": t.value, "tip": t.tip} for t in chart.targets],
        "texts": text_rows(_texts(chart, frame), frame),
        **foot_rows(chart.remark, chart.notice, frame),
    }


def template_of(frame: Frame) -> dict[str, Any]:
    """The layers, from the back to the front."""
    return framed(
        [
            alt.Chart(table("ticks"))
            .mark_rule(color=COLOURS["grid"])
            .encode(y=y_of("value", frame)),
            alt.Chart(table("years"))
            .mark_rule(color=COLOURS["axis"])
            .encode(
                x=x_of("year", frame),
                y=alt.value(frame.height),
                y2=alt.value(frame.height + 4),
            ),
            alt.Chart(table("ticks"))
            .mark_rule(color=COLOURS["axis"])
            .encode(y=y_of("value", frame))
            .transform_filter("datum.value === 0"),
            alt.Chart(table("ticks"))
            .mark_text(align="right", baseline="middle", fontSize=TEXT, color=COLOURS["muted"])
            .encode(x=alt.value(-5), y=y_of("value", frame), text=alt.Text("text:N")),
            _where_there_is_room(alt.Chart(table("year_texts")), frame)
            .mark_text(baseline="middle", fontSize=TEXT, color=COLOURS["muted"])
            .encode(x=x_of("year", frame), y=alt.value(frame.height + 13), text=alt.Text("text:N")),
            alt.Chart(table("breaks"))
            .mark_rule(color=COLOURS["axis"], strokeDash=[2, 3])
            .encode(x=x_of("year", frame)),
            alt.Chart(table("guides"))
            .mark_rule(color=COLOURS["target"], strokeDash=[4, 3])
            .encode(x=x_of("from", frame), x2=alt.X2("to"), y=y_of("value", frame)),
            alt.Chart(table("ahead"))
            .mark_line(color=COLOURS["missing"], strokeWidth=1.5, strokeDash=[2, 3])
            .encode(x=x_of("year", frame), y=y_of("value", frame)),
            alt.Chart(table("leads"))
            .mark_point(
                opacity=1,
                size=40.0,
                strokeWidth=1.5,
                stroke=COLOURS["missing"],
                fill=COLOURS["paper"],
            )
            .encode(x=x_of("year", frame), y=y_of("value", frame), **tip(frame)),
            alt.Chart(table("ranges"))
            .mark_rule(color=COLOURS["series"], strokeWidth=2 * _HALF_BAR - 6, opacity=0.3)
            .encode(x=x_of("year", frame), y=y_of("low", frame), y2=alt.Y2("high"), **tip(frame)),
            *(
                alt.Chart(table("ranges"))
                .mark_point(
                    shape="stroke",
                    size=(2 * _HALF_BAR) ** 2,
                    strokeWidth=2,
                    opacity=1,
                    color=COLOURS["series"],
                )
                .encode(x=x_of("year", frame), y=y_of(end, frame))
                for end in ("low", "high")
            ),
            alt.Chart(table("line"))
            .mark_line(color=COLOURS["series"], strokeWidth=2, strokeJoin="round")
            .encode(x=x_of("year", frame), y=y_of("value", frame)),
            alt.Chart(table("points"))
            .mark_point(opacity=1, size=52.0, strokeWidth=2, stroke=COLOURS["series"])
            .encode(
                x=x_of("year", frame),
                y=y_of("value", frame),
                fill=alt.Fill("fill:N", scale=None),
                **tip(frame),
            ),
            # In front: on a figure that equals its target both are seen.
            alt.Chart(table("targets"))
            .mark_point(filled=True, opacity=1, shape="diamond", size=78.0, color=COLOURS["target"])
            .encode(x=x_of("year", frame), y=y_of("value", frame), **tip(frame)),
            texts_layer(frame),
            *foot_layers(frame),
        ],
        frame,
    )


def _ceiling(chart: SeriesChart, others: tuple[float, ...] = ()) -> int:
    figures = [
        figure
        for figure in (
            *others,
            *(f for p in chart.points for f in (p.value, p.low, p.high)),
            *(t.value for t in chart.targets),
        )
        if figure is not None
    ]
    end = chart.axis.highest
    highest = max(figures, default=end or 0.0)
    near = next((bound for bound in _STEPS if highest <= bound), -int(-highest // 20) * 20)
    if end is None or highest > end:
        return near
    return min(near, int(end)) if near in _STEPS else int(end)


def _ahead(chart: SeriesChart) -> list[tuple[float, float]]:
    """The way from the newest figure on."""
    known = [(point.year, point.value) for point in chart.points if point.value is not None]
    if not chart.leads:
        return []
    return [*known[-1:], *((lead.year, lead.value) for lead in chart.leads)]


def _line(points: tuple[Point, ...]) -> list[Row]:
    """Rows without a value cut the line: where a year lacks one and where a segment ends."""
    rows: list[Row] = []
    for before, point in pairwise((None, *points)):
        if before and point and (point.year > before.year + 1 or point.segment != before.segment):
            rows.append({"year": point.year - 0.5, "value": None})
        if point:
            rows.append({"year": point.year, "value": point.value})
    return rows


def _marks(points: tuple[Point, ...]) -> list[Row]:
    return [
        {
            "year": p.year,
            "value": p.value,
            "fill": COLOURS["paper" if p.provisional else "series"],
            "tip": p.tip,
        }
        for p in points
        if p.value is not None
    ]


def _breaks(points: tuple[Point, ...]) -> list[tuple[float, str]]:
    return [
        (point.year - 0.5, point.break_text)
        for before, point in pairwise(points)
        if point.segment != before.segment
    ]


def _guides(chart: SeriesChart) -> list[tuple[float, Target]]:
    """Each target with the year that its guide comes from: the one before it ends there."""
    edges = [chart.start - _BEFORE, *(float(target.year) for target in chart.targets)]
    return list(zip(edges, chart.targets, strict=False))


def _guide_box(start: float, target: Target, frame: Frame) -> Box:
    y = frame.y(target.value)
    return Box(frame.x(start), y - 1, frame.x(target.year), y + 1)


def _year_texts(chart: SeriesChart, frame: Frame) -> list[Row]:
    named = _named_years(chart, frame, every=chart.size is Size.WIDE)
    texts: list[Row] = [{"year": year, "text": str(year)} for year in named]
    if not frame.interactive:
        return texts
    few = replace(frame, width=frame_of(replace(chart, size=Size.NARROW)).width)
    always = _named_years(chart, few, every=False)
    return [{**text, "always": text["year"] in always} for text in texts]


def _where_there_is_room(years: alt.Chart, frame: Frame) -> alt.Chart:
    """An interactive chart is as wide as its reader's window lets it be."""
    if not frame.interactive:
        return years
    return years.transform_filter(f"datum.always || width >= {_ALL_YEARS}")


def _named_years(chart: SeriesChart, frame: Frame, *, every: bool) -> list[int]:
    """The plan's ends and the targets' years, the newest figure's, and then all that find room."""
    years = range(chart.start, chart.end + 1)
    wanted = [chart.start, chart.end, *(t.year for t in chart.targets)]
    if every:
        wanted += years
    elif chart.points:
        wanted.append(chart.points[-1].year)
    need = width_of("2000", TEXT) + 5
    named: list[int] = []
    for year in wanted:
        if all(abs(frame.x(year) - frame.x(other)) >= need for other in named):
            named.append(year)
    return sorted(named)


def _texts(chart: SeriesChart, frame: Frame) -> list[Placed]:
    shown = [p for p in chart.points if p.value is not None or p.low is not None]
    line = [(frame.x(p.year), frame.y(p.value)) for p in chart.points if p.value is not None]
    taken = [
        *along(line),
        *(around(x, y, 5.0) for x, y in line),
        *(around(frame.x(t.year), frame.y(t.value), 6.0) for t in chart.targets),
        *along([(frame.x(year), frame.y(value)) for year, value in _ahead(chart)]),
        *(_bar(p, frame) for p in shown if p.low is not None),
        *(_guide_box(start, target, frame) for start, target in _guides(chart)),
        Box(0.0, 0.0, frame.left, frame.y(0)),
        *(
            Box(frame.x(year) - 2, 0.0, frame.x(year) + 2, frame.y(0))
            for year, _text in _breaks(chart.points)
        ),
    ]
    newest = next((p for p in reversed(shown) if p.reported), shown[-1] if shown else None)
    labels = [
        *(_target_label(target, frame) for target in chart.targets),
        *(_point_label(point, frame, newest=True) for point in shown if point is newest),
        *(_point_label(point, frame, newest=False) for point in shown if not point.reported),
        *(_break_label(year, text, frame) for year, text in _breaks(chart.points) if text),
        *(_lead_label(lead, frame) for lead in reversed(chart.leads)),
        *(
            _point_label(point, frame, newest=False)
            for point in reversed(shown)
            if point is not newest and chart.size is not Size.SMALL and point.reported
        ),
    ]
    return placed(
        [label for label in labels if label.text],
        taken=taken,
        frame=frame.room(left=2),
        anchors=[*line, *((frame.x(t.year), frame.y(t.value)) for t in chart.targets)],
    )


def _bar(point: Point, frame: Frame) -> Box:
    x = frame.x(point.year)
    return Box(
        x - _HALF_BAR,
        frame.y(point.high or 0.0) - 2,
        x + _HALF_BAR,
        frame.y(point.low or 0.0) + 2,
    )


def _target_label(target: Target, frame: Frame) -> Label:
    return Label(
        text=target.text,
        x=frame.x(target.year),
        y=frame.y(target.value),
        size=TEXT,
        colour=COLOURS["target"],
        gap=_HALF_BAR,
        needed=True,
        sides=("above", "above-left", "below", "below-left", "right", "left"),
    )


def _lead_label(lead: Lead, frame: Frame) -> Label:
    return Label(
        text=lead.text,
        x=frame.x(lead.year),
        y=frame.y(lead.value),
        size=TEXT,
        colour=COLOURS["muted"],
        gap=5.0,
        sides=("below-left", "above-left", "below", "above", "left"),
    )


def _point_label(point: Point, frame: Frame, *, newest: bool) -> Label:
    top = point.value if point.high is None else max(point.high, point.value or 0.0)
    bottom = point.value if point.low is None else point.low
    x, upper, lower = frame.x(point.year), frame.y(top or 0.0), frame.y(bottom or 0.0)
    side = _HALF_BAR + 4
    beside = tuple(
        spot
        for y in range(int(upper) + 4, int(lower), 4)
        for spot in ((x + side, float(y), "left"), (x - side, float(y), "right"))
    )
    over = ((x, upper - 12, "center"), (x, lower + 12, "center"))
    further = tuple(
        (x + shift, y + up, align)
        for up in (0, -6, 6, -12, 12)
        for shift, align in ((0.0, "left"), (0.0, "right"))
        for y in (upper - 12, lower + 12)
    )
    return Label(
        text=point.label,
        x=x,
        y=(upper + lower) / 2,
        spots=() if point.low is None else (*over, *beside, *further),
        size=TEXT,
        bold=newest,
        colour=COLOURS["ink"],
        gap=(lower - upper) / 2 + 5.0,
        needed=newest or not point.reported,
        sides=("above", "below", "above-left", "below-right", "below-left", "right", "left"),
    )


_OVER = ((0.0, "center"), (-20.0, "left"), (20.0, "right"), (0.0, "left"), (0.0, "right"))
"""Where a rule's text may stand above the plot: shifted by pixels, and so aligned."""


def _beside(x: float, y: float) -> tuple[tuple[float, float, str], ...]:
    return (x + 5, y, "left"), (x - 5, y, "right")


def _break_label(year: float, text: str, frame: Frame) -> Label:
    return Label(
        text=text,
        x=frame.x(year),
        y=frame.y(0) - 10,
        size=TEXT,
        colour=COLOURS["muted"],
        needed=True,
        spots=(
            *_beside(frame.x(year), frame.y(0) - 10),
            *((frame.x(year) + shift, 9.0, align) for shift, align in _OVER),
            *(
                spot
                for y in range(int(frame.y(0)) - 25, int(frame.top), -5)
                for spot in _beside(frame.x(year), float(y))
            ),
        ),
    )
