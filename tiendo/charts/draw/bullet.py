"""A figure and its targets on one scale, in the height of a line of text, without any text."""

from __future__ import annotations

from collections.abc import Sequence

from tiendo.charts.draw.charts import Axis, Point, Target
from tiendo.charts.draw.palette import COLOURS

WIDTH, HEIGHT = 110.0, 18.0
_RANGE = 0.4
"""Opacity of what a range leaves open."""


def bullet_svg(axis: Axis, highest: float, point: Point, targets: Sequence[Target]) -> str:
    """A track from end to end of the scale, filled up to the figure, and a tick for each target.

    For a page with `charts.css`, decorative: the figures stand beside it.  The fill takes the
    colour of the verdict around it.
    """
    body = bullet_body(axis, highest, point, targets, size=(WIDTH, HEIGHT), look='class="td-own"')
    return (
        f'<svg class="td-chart td-bullet" aria-hidden="true" viewBox="0 0 {WIDTH:g} {HEIGHT:g}"'
        f' fill="none">{body}</svg>'
    )


def bullet_body(
    axis: Axis,
    highest: float,
    point: Point,
    targets: Sequence[Target],
    *,
    size: tuple[float, float],
    look: str,
) -> str:
    """What a bullet of a size in pixels is drawn of; ``look`` are the attributes of its fill."""
    width, height = size
    bar = round(height / 3)
    stroke = round(height / 9)

    def x(value: float) -> float:
        return (value - axis.lowest) / (highest - axis.lowest) * (width - stroke) + stroke / 2

    low = point.low if point.value is None else point.value
    start, end = x(max(axis.lowest, 0.0)), x(low or 0.0)
    top = (height - bar) / 2
    fill = _bar(start, end, top, bar, f" {look}")
    if point.value is None and point.high is not None:
        fill += _bar(end, x(point.high), top, bar, f' {look} fill-opacity="{_RANGE:g}"')
    ticks = "".join(f"M{x(each.value):.1f},1V{height - 1:g}" for each in targets)
    left, right = stroke / 2, width - stroke / 2
    return (
        f'<path fill="{COLOURS["grid"]}" d="M{left:g},{top:g}H{right:g}v{bar:g}H{left:g}Z"/>'
        f'{fill}<path stroke="{COLOURS["target"]}" stroke-width="{stroke}" d="{ticks}"/>'
    )


def _bar(start: float, end: float, top: float, height: float, look: str) -> str:
    left, right = sorted((start, end))
    return f'<path{look} d="M{left:.1f},{top:g}H{right:.1f}v{height:g}H{left:.1f}Z"/>'
