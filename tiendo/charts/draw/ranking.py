"""Areas beside each other as bars, with the target across them."""

from __future__ import annotations

from math import ceil
from typing import Any

import altair as alt

from tiendo.charts.draw.charts import RankedArea, RankingChart, Size
from tiendo.charts.draw.frame import (
    Frame,
    Row,
    foot_layers,
    foot_of,
    foot_rows,
    framed,
    table,
    texts_layer,
    tip,
    x_of,
    y_of,
)
from tiendo.charts.draw.labels import width_of
from tiendo.charts.draw.palette import COLOURS, TEXT

_WIDTH = {Size.WIDE: 640.0, Size.NARROW: 328.0, Size.SMALL: 328.0}
_MANY = 40
_ROW, _DENSE_ROW = 22.0, 17.0
_HEAD = 22.0
_NAMES_SHARE = 0.45
_BAR = 0.3  # half of its height, in rows


def frame_of(chart: RankingChart, *, interactive: bool = False) -> Frame:
    """The frame of a chart: a row for each area, names in full up to 45% of the width."""
    dense = len(chart.rows) > _MANY
    width = _WIDTH[chart.size]
    names = max((width_of(row.name, TEXT, bold=row.emphasis) for row in chart.rows), default=0.0)
    left = ceil(min(names, width * _NAMES_SHARE)) + 8.0
    right = (
        round(
            max((width_of(r.label, TEXT, bold=r.emphasis) for r in _with_bar(chart)), default=0.0)
        )
        + 10.0
    )
    return Frame(
        width=width - left - right,
        height=len(chart.rows) * (_DENSE_ROW if dense else _ROW),
        left=left,
        top=_HEAD if chart.target_text else 2.0,
        right=right,
        bottom=2.0 + foot_of(chart.remark, chart.notice, _WIDTH[chart.size]),
        first=0.0,
        last=_widest(chart),
        floor=len(chart.rows) - 0.5,
        ceiling=-0.5,
        text=TEXT,
        interactive=interactive,
    )


def tables_of(chart: RankingChart, frame: Frame) -> dict[str, list[Row]]:
    """The rows of every layer of `template_of`; `at` counts the areas downwards from 0."""
    places = list(enumerate(chart.rows))
    return {
        "names": [
            {"at": at, "text": row.name, "weight": 600 if row.emphasis else 400}
            for at, row in places
        ],
        "solid": [
            {"from": 0.0, "to": end, "top": at - _BAR, "bottom": at + _BAR, "tip": row.tip}
            for at, row in places
            if not row.provisional
            and (end := row.low if row.value is None else row.value) is not None
        ],
        "hollow": [
            {"from": start, "to": end, "top": at - _BAR, "bottom": at + _BAR, "tip": row.tip}
            for at, row in places
            for start, end in _hollow(row)
        ],
        "floor": [{"top": -0.5, "bottom": len(_with_bar(chart)) - 0.5}],
        "target": (
            []
            if chart.target is None
            else [
                {
                    "value": chart.target,
                    "text": chart.target_text,
                    "align": _target_align(chart, frame),
                    "top": -0.5,
                    "bottom": len(_with_bar(chart)) - 0.5,
                }
            ]
        ),
        "texts": [_text_row(at, row, chart, frame) for at, row in places],
        **foot_rows(chart.remark, chart.notice, frame),
    }


def template_of(frame: Frame) -> dict[str, Any]:
    """The layers, from the back to the front."""
    place = {"y": y_of("top", frame), "y2": alt.Y2("bottom")}
    bar = {"x": x_of("from", frame), "x2": alt.X2("to"), **place}
    return framed(
        [
            alt.Chart(table("names"))
            .mark_text(
                align="right",
                baseline="middle",
                fontSize=frame.text,
                fontWeight=alt.ExprRef("datum.weight"),
                color=COLOURS["ink"],
                limit=frame.left - 6,
            )
            .encode(x=alt.value(-7), y=y_of("at", frame), text=alt.Text("text:N")),
            alt.Chart(table("solid"))
            .mark_rect(color=COLOURS["series"])
            .encode(**bar, **tip(frame)),
            alt.Chart(table("hollow"))
            .mark_rect(fill=COLOURS["paper"], stroke=COLOURS["series"], strokeWidth=1.5)
            .encode(**bar, **tip(frame)),
            alt.Chart(table("floor"))
            .mark_rule(color=COLOURS["axis"])
            .encode(x=alt.value(0), **place),
            alt.Chart(table("target"))
            .mark_rule(color=COLOURS["paper"], strokeWidth=4)
            .encode(x=x_of("value", frame), **place),
            alt.Chart(table("target"))
            .mark_rule(color=COLOURS["target"], strokeWidth=2, strokeDash=[4, 3])
            .encode(x=x_of("value", frame), **place),
            alt.Chart(table("target"))
            .mark_text(
                baseline="middle",
                fontSize=TEXT,
                align=alt.ExprRef("datum.align"),
                color=COLOURS["target"],
            )
            .encode(x=x_of("value", frame), y=alt.value(-12), text=alt.Text("text:N")),
            texts_layer(frame),
            *foot_layers(frame),
        ],
        frame,
    )


def _with_bar(chart: RankingChart) -> list[RankedArea]:
    return [row for row in chart.rows if row.value is not None or row.low is not None]


def _hollow(row: RankedArea) -> list[tuple[float, float]]:
    if row.value is not None:
        return [(0.0, row.value)] if row.provisional else []
    if row.low is not None and row.high is not None:
        return [(row.low, row.high)]
    return []


def _end(row: RankedArea) -> float:
    ends = (figure for figure in (row.value, row.high, row.low) if figure is not None)
    return max(ends, default=0.0)


def _widest(chart: RankingChart) -> float:
    return max(1.0, chart.target or 0.0, *(_end(row) for row in chart.rows), 0.0)


def _target_align(chart: RankingChart, frame: Frame) -> str:
    half = width_of(chart.target_text, TEXT) / 2
    x = frame.x(chart.target or 0.0)
    if x + half > frame.picture_width:
        return "right"
    return "left" if x - half < 0 else "center"


def _text_row(at: int, row: RankedArea, chart: RankingChart, frame: Frame) -> Row:
    told = row.value is not None or row.low is not None
    bold = row.emphasis and told
    start = frame.x(_end(row)) + 6
    if told and chart.target is not None:
        line = frame.x(chart.target)
        if start - 4 < line < start + width_of(row.label, frame.text, bold=bold) + 4:
            start = line + 6
    return {
        "x": round(frame.at_x(start), 3),
        "y": at,
        "text": row.label,
        "align": "left",
        "colour": COLOURS["ink" if told else "muted"],
        "weight": 600 if bold else 400,
    }
