"""Levels held: areas downwards, years across."""

from __future__ import annotations

from itertools import accumulate
from math import ceil
from typing import Any

import altair as alt

from tiendo.charts.draw.charts import CellState, LevelGrid, Size
from tiendo.charts.draw.frame import (
    Frame,
    Row,
    foot_layers,
    foot_of,
    foot_rows,
    framed,
    table,
    tip,
    x_of,
    y_of,
)
from tiendo.charts.draw.labels import width_of
from tiendo.charts.draw.palette import COLOURS, TEXT

_WIDTH = {Size.WIDE: 640.0, Size.NARROW: 328.0, Size.SMALL: 328.0}
_WIDEST_CELL = 90.0
_ROW = 24.0
_BOX = 30.0
_HEAD = 22.0
_LEGEND = 24.0
_NAMES_SHARE = 0.5
_SWATCH = 13.0
_INK_OF = {
    CellState.MET: COLOURS["paper"],
    CellState.BELOW: COLOURS["ink"],
    CellState.MISSING: COLOURS["muted"],
}


def frame_of(chart: LevelGrid, *, interactive: bool = False) -> Frame:
    """The frame of a grid: cells of one width, as wide as names leave room for."""
    names = max((width_of(row.name, TEXT) for row in chart.rows), default=0.0)
    left = ceil(min(names, _WIDTH[chart.size] * _NAMES_SHARE)) + 9.0
    count = max(1, len(chart.columns))
    picture = _WIDTH[chart.size]
    width = round(min((picture - left) / count, _WIDEST_CELL) * count, 1)
    return Frame(
        width=width,
        height=len(chart.rows) * _ROW,
        left=left,
        top=_HEAD,
        right=picture - left - width,
        bottom=2.0
        + (_LEGEND if chart.legend else 0.0)
        + foot_of(chart.remark, chart.notice, picture),
        first=-0.5,
        last=count - 0.5,
        floor=len(chart.rows) - 0.5,
        ceiling=-0.5,
        text=TEXT,
        interactive=interactive,
    )


def tables_of(chart: LevelGrid, frame: Frame) -> dict[str, list[Row]]:
    """The rows of every layer of `template_of`; `at` counts rows, `column` columns, from 0."""
    states = list(CellState)
    cells = sorted(
        (
            (at, column, cell)
            for at, row in enumerate(chart.rows)
            for column, cell in enumerate(row.cells)
        ),
        key=lambda place: states.index(place[2].state),  # neighbours of one style take less room
    )
    half = min(_BOX / frame.width * len(chart.columns), 0.86) / 2
    return {
        "columns": _headings(chart, frame),
        "names": [{"at": at, "text": row.name} for at, row in enumerate(chart.rows)],
        "lines": [{"at": at - 0.5} for at in range(len(chart.rows) + 1)],
        **{
            state.value: [
                {
                    "left": round(column - half, 3),
                    "right": round(column + half, 3),
                    "top": at - 0.38,
                    "bottom": at + 0.38,
                    "tip": cell.tip,
                }
                for at, column, cell in cells
                if cell.state is state
            ]
            for state in (CellState.MET, CellState.BELOW)
        },
        "cells": [
            {
                "column": column,
                "at": at,
                "text": cell.text,
                "colour": _INK_OF[cell.state],
                "weight": 600 if cell.state is CellState.MET else 400,
                "tip": cell.tip,
            }
            for at, column, cell in cells
        ],
        **_legend_tables(chart, frame),
        **foot_rows(chart.remark, chart.notice, frame),
    }


def template_of(frame: Frame) -> dict[str, Any]:
    """The layers, from the back to the front."""
    box = {
        "x": x_of("left", frame),
        "x2": alt.X2("right"),
        "y": y_of("top", frame),
        "y2": alt.Y2("bottom"),
    }
    return framed(
        [
            alt.Chart(table("lines"))
            .mark_rule(color=COLOURS["grid"])
            .encode(x=alt.value(-frame.left), x2=alt.value("width"), y=y_of("at", frame)),
            alt.Chart(table("columns"))
            .mark_text(baseline="middle", fontSize=TEXT, color=COLOURS["muted"])
            .encode(x=x_of("column", frame), y=alt.value(-11), text=alt.Text("text:N")),
            alt.Chart(table("names"))
            .mark_text(
                align="left",
                baseline="middle",
                fontSize=TEXT,
                color=COLOURS["ink"],
                limit=frame.left - 6,
            )
            .encode(x=alt.value(1 - frame.left), y=y_of("at", frame), text=alt.Text("text:N")),
            alt.Chart(table("met")).mark_rect(color=COLOURS["met"]).encode(**box, **tip(frame)),
            alt.Chart(table("below"))
            .mark_rect(fill=COLOURS["paper"], stroke=COLOURS["below"], strokeWidth=1.5)
            .encode(**box, **tip(frame)),
            alt.Chart(table("cells"))
            .mark_text(baseline="middle", fontSize=TEXT, fontWeight=alt.ExprRef("datum.weight"))
            .encode(
                x=x_of("column", frame),
                y=y_of("at", frame),
                text=alt.Text("text:N"),
                fill=alt.Fill("colour:N", scale=None),
                **tip(frame),
            ),
            *_legend_layers(frame),
            *foot_layers(frame),
        ],
        frame,
    )


def _headings(chart: LevelGrid, frame: Frame) -> list[Row]:
    """The columns' texts, or every second or third one, counted from the last."""
    count = max(1, len(chart.columns))
    need = max((width_of(text, TEXT) for text in chart.columns), default=0.0) + 6
    step = ceil(need / (frame.width / count))
    return [
        {"column": at, "text": text}
        for at, text in enumerate(chart.columns)
        if (count - 1 - at) % step == 0
    ]


def _legend_tables(chart: LevelGrid, frame: Frame) -> dict[str, list[Row]]:
    widths = [
        (_SWATCH + 5 if state is not CellState.MISSING else 0.0) + width_of(text, TEXT) + 14
        for state, text in chart.legend
    ]
    starts = list(accumulate(widths, initial=1 - frame.left))
    entries = [(x, state, text) for x, (state, text) in zip(starts, chart.legend, strict=False)]
    boxes = [(x, state) for x, state, _text in entries if state is not CellState.MISSING]
    return {
        "swatches": [
            {
                "x": round(x + _SWATCH / 2, 1),
                "fill": COLOURS["met" if state is CellState.MET else "paper"],
                "stroke": COLOURS["met" if state is CellState.MET else "below"],
            }
            for x, state in boxes
        ],
        "meanings": [
            {"x": round(x + (0 if state is CellState.MISSING else _SWATCH + 5), 1), "text": text}
            for x, state, text in entries
        ],
    }


def _legend_layers(frame: Frame) -> list[alt.Chart]:
    y = alt.value(frame.height + 15)
    x = alt.X("x:Q", scale=None, axis=None)
    return [
        alt.Chart(table("swatches"))
        .mark_point(shape="square", opacity=1, size=(_SWATCH - 1.5) ** 2, strokeWidth=1.5)
        .encode(
            x=x,
            y=y,
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("stroke:N", scale=None),
        ),
        alt.Chart(table("meanings"))
        .mark_text(align="left", baseline="middle", fontSize=TEXT, color=COLOURS["muted"])
        .encode(x=x, y=y, text=alt.Text("text:N")),
    ]
