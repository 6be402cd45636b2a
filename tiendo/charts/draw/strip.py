"""An area among the others on one scale: all of them as faint dots, this one large, the target.

The dots of all areas are one drawing that many pages share (`field_svg`); a page adds its own mark
to it (`own_svg`), and what is taken along has both (`template_of`).  All three have one scale.
"""

from __future__ import annotations

from html import escape
from typing import Any, NamedTuple

import altair as alt

from tiendo.charts.draw.charts import StripChart
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
)
from tiendo.charts.draw.labels import width_of
from tiendo.charts.draw.palette import COLOURS, TEXT

_WIDTH, _MARGIN = 328.0, 9.0
_LABEL, _LINE, _TICKS = 20.0, 28.0, 18.0
_DOT, _OWN = 4.0, 7.0
_FAINT = 0.3
_GAP = 8.0
"""Pixels between two texts under the line at the least."""


def frame_of(chart: StripChart, *, interactive: bool = False) -> Frame:
    """The frame: one line from the lower to the upper end of the scale."""
    return Frame(
        width=_WIDTH - 2 * _MARGIN,
        height=_LINE,
        left=_MARGIN,
        top=_LABEL,
        right=_MARGIN,
        bottom=_TICKS + foot_of(chart.remark, chart.notice, _WIDTH),
        first=chart.axis.lowest,
        last=chart.highest,
        floor=1.0,
        ceiling=-1.0,
        text=TEXT,
        interactive=interactive,
    )


def tables_of(chart: StripChart, frame: Frame) -> dict[str, list[Row]]:
    """The rows of every layer of `template_of`."""
    own = chart.own
    at = (own.low or 0.0) if own.value is None else own.value
    over = _inside(frame.x(at), width_of(own.label, TEXT, bold=True))
    return {
        "line": [{"from": frame.first, "to": frame.last}],
        "others": [{"value": value} for value in chart.others],
        "target": [{"value": chart.target.value}] if chart.target else [],
        "range": [{"from": own.low, "to": own.high, "tip": own.tip}] if own.value is None else [],
        "own": []
        if own.value is None
        else [
            {
                "value": own.value,
                "tip": own.tip,
                "fill": COLOURS["paper" if own.provisional else "series"],
            }
        ],
        "texts": [
            *(
                _row(frame, text, frame.top + frame.height + _TICKS / 2)
                for text in _below(chart, frame)
            ),
            _row(frame, _Text(own.label, over, "middle", "ink"), _LABEL / 2, weight=600),
        ],
        **foot_rows(chart.remark, chart.notice, frame),
    }


def template_of(frame: Frame) -> dict[str, Any]:
    """The layers, from the back to the front."""
    middle = alt.value(frame.height / 2)
    return framed(
        [
            alt.Chart(table("line"))
            .mark_rule(color=COLOURS["axis"])
            .encode(x=x_of("from", frame), x2=alt.X2("to"), y=middle),
            alt.Chart(table("others"))
            .mark_point(filled=True, color=COLOURS["missing"], opacity=_FAINT, size=4 * _DOT * _DOT)
            .encode(x=x_of("value", frame), y=middle),
            alt.Chart(table("target"))
            .mark_rule(color=COLOURS["target"], strokeWidth=2, strokeDash=[4, 3])
            .encode(x=x_of("value", frame), y=alt.value(0), y2=alt.value(frame.height)),
            alt.Chart(table("range"))
            .mark_rule(color=COLOURS["series"], strokeWidth=2 * _OWN)
            .encode(x=x_of("from", frame), x2=alt.X2("to"), y=middle, **tip(frame)),
            alt.Chart(table("own"))
            .mark_point(opacity=1, size=4 * _OWN * _OWN, strokeWidth=2, stroke=COLOURS["series"])
            .encode(
                x=x_of("value", frame),
                y=middle,
                fill=alt.Fill("fill:N", scale=None),
                **tip(frame),
            ),
            texts_layer(frame),
            *foot_layers(frame),
        ],
        frame,
    )


def field_svg(chart: StripChart, *, title: str) -> str:
    """All areas' dots as a picture of its own, which says by its title what it is.

    Nothing of the area that the chart is about goes into it.
    """
    frame = frame_of(chart)
    middle = _LINE / 2
    dots = "".join(
        f'<circle cx="{frame.x(value):.1f}" cy="{middle:g}" r="{_DOT:g}"/>'
        for value in sorted(chart.others)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH:g}" height="{_height():g}"'
        f' viewBox="0 0 {_WIDTH:g} {_height():g}"><title>{escape(title, quote=False)}</title>'
        f'<path stroke="{COLOURS["axis"]}" d="M{frame.x(frame.first):.1f},{middle:g}'
        f'H{frame.x(frame.last):.1f}"/>'
        f'<g fill="{COLOURS["missing"]}" fill-opacity="{_FAINT:g}">{dots}</g></svg>\n'
    )


def own_svg(chart: StripChart) -> str:
    """An area's own mark, the target and the ends of the scale, to lie over `field_svg`.

    For a page with `charts.css`: what it says stands beside it in words.
    """
    frame = frame_of(chart)
    middle, below = _LINE / 2, _LINE + 13
    own = chart.own
    target = (
        f'<path stroke="{COLOURS["target"]}" stroke-width="2" stroke-dasharray="4,3"'
        f' d="M{frame.x(chart.target.value):.1f},1V{_LINE - 1:g}"/>'
        if chart.target
        else ""
    )
    texts = "".join(
        f'<text x="{one.x:.1f}" y="{below:g}" text-anchor="{one.anchor}"'
        f' fill="{COLOURS[one.colour]}">{escape(one.text, quote=False)}</text>'
        for one in _below(chart, frame)
    )
    if own.value is not None:
        hollow = " td-own--hollow" if own.provisional else ""
        mark = (
            f'<circle class="td-own{hollow}" cx="{frame.x(own.value):.1f}" cy="{middle:g}"'
            f' r="{_OWN:g}"/>'
        )
    else:
        low, high = frame.x(own.low or 0.0), frame.x(own.high or 0.0)
        mark = (
            f'<path class="td-own" d="M{low:.1f},{middle - _OWN:g}H{max(high, low + 1):.1f}'
            f'v{2 * _OWN:g}H{low:.1f}Z"/>'
        )
    return (
        f'<svg class="td-chart" aria-hidden="true" viewBox="0 0 {_WIDTH:g} {_height():g}"'
        f' fill="none">{target}<g font-size="{TEXT:g}">{texts}</g>{mark}</svg>'
    )


SIZE = (int(_WIDTH), int(_LINE + _TICKS))
"""Pixels of `field_svg` and `own_svg`."""

_ALIGN = {"start": "left", "middle": "center", "end": "right"}


class _Text(NamedTuple):
    """A text, the pixels of its place across the picture, and its look."""

    text: str
    x: float
    anchor: str
    colour: str


def _row(frame: Frame, text: _Text, y: float, *, weight: int = 400) -> Row:
    """A text at this height, in pixels of the picture."""
    return {
        "x": round(frame.at_x(text.x), 3),
        "y": round(frame.at_y(y), 3),
        "text": text.text,
        "align": _ALIGN[text.anchor],
        "colour": COLOURS[text.colour],
        "weight": weight,
    }


def _height() -> float:
    return _LINE + _TICKS


def _inside(x: float, width: float) -> float:
    """The middle of a text near `x` that stays within the picture."""
    return min(max(x, width / 2 + 1), _WIDTH - width / 2 - 1)


def _below(chart: StripChart, frame: Frame) -> list[_Text]:
    """The texts under the line: both ends of the scale, and the target, to which an end yields."""
    low, high = (
        _Text(chart.axis.pattern.format(f"{value:g}"), x, anchor, "muted")
        for value, x, anchor in ((frame.first, 1.0, "start"), (frame.last, _WIDTH - 1, "end"))
    )
    if chart.target is None:
        return [low, high]
    half = width_of(chart.target.text, TEXT) / 2
    middle = _inside(frame.x(chart.target.value), 2 * half)
    target = _Text(chart.target.text, middle, "middle", "target")
    left = low.x + width_of(low.text, TEXT) + _GAP
    right = high.x - width_of(high.text, TEXT) - _GAP
    ends = [low] if left < middle - half else []
    return [*ends, target, *([high] if middle + half < right else [])]
