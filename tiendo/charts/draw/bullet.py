"""A figure and its targets on one scale, in the height of a line of text, without any text."""

from __future__ import annotations

from collections.abc import Sequence

from tiendo.charts.draw.charts import Axis, Point, Target
from tiendo.charts.draw.palette import COLOURS

WIDTH, HEIGHT = 110.0, 18.0
_BAR = 6.0
_RANGE = 0.4
"""Opacity of what a range leaves open."""


def bullet_svg(axis: Axis, highest: float, point: Point, targets: Sequence[Target]) -> str:
    """A track from end to end of the scale, filled up to the figure, and a tick for each target.

    For a page with `charts.css`, decorative: the figures stand beside it.  The fill takes the
    colour of the verdict around it.
    """

    def x(value: float) -> float:
        return (value - axis.lowest) / (highest - axis.lowest) * (WIDTH - 2) + 1

    low = point.low if point.value is None else point.value
    start, end = x(max(axis.lowest, 0.0)), x(low or 0.0)
    top = (HEIGHT - _BAR) / 2
    fill = _bar(start, end, top, ' class="td-own"')
    if point.value is None and point.high is not None:
        fill += _bar(end, x(point.high), top, f' class="td-own" fill-opacity="{_RANGE:g}"')
    ticks = "".join(f"M{x(each.value):.1f},1V{HEIGHT - 1:g}" for each in targets)
    return (
        f'<svg class="td-chart td-bullet" aria-hidden="true" viewBox="0 0 {WIDTH:g} {HEIGHT:g}"'
        f' fill="none"><path fill="{COLOURS["grid"]}" d="M1,{top:g}H{WIDTH - 1:g}v{_BAR:g}H1Z"/>'
        f'{fill}<path stroke="{COLOURS["target"]}" stroke-width="2" d="{ticks}"/></svg>'
    )


def _bar(start: float, end: float, top: float, look: str) -> str:
    left, right = sorted((start, end))
    return f'<path{look} d="M{left:.1f},{top:g}H{right:.1f}v{_BAR:g}H{left:.1f}Z"/>'
