"""Areas as they lie: outlines in a flat projection, each in the colour of a kind, with its shape.

Drawn by the program itself: a page's map needs no more of a drawing library than its paths, and
takes colours and shapes from the page, so that it is right in the dark, on paper and in the
reader's own colours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, hypot, radians

from tiendo.terms import Outline

_SIDE = 480.0
"""Pixels of the longer side."""
_STEP = 0.7
"""Pixels by which an outline may be off: less than is seen at twice this size."""
_GLYPH = 15.0
_LEAST_ROOM = 7.0
"""Pixels from an area's middle to the middle of the next sign, at the least, for it to be drawn."""

_Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlined:
    """An area on the map."""

    outline: Outline
    kind: str
    """The end of the class and of the symbol's name that the page gives the kind."""
    tip: str
    """What it says when it is pointed at."""


def outlines_svg(areas: Sequence[Outlined], *, alt: str) -> str:
    """A map of areas in one line, for a page that has the symbols of the kinds."""
    points = [p for area in areas for polygon in area.outline for ring in polygon for p in ring]
    if not points:
        return ""
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    # Degrees of longitude are as much shorter as the cosine of the latitude in the middle.
    narrow = cos(radians((south + north) / 2))
    scale = _SIDE / max((east - west) * narrow, north - south, 1e-9)
    width, height = (east - west) * narrow * scale, (north - south) * scale

    def placed(point: tuple[float, float]) -> tuple[float, float]:
        return (point[0] - west) * narrow * scale, (north - point[1]) * scale

    shapes, signs = [], []
    taken: list[tuple[float, float]] = []
    for area in areas:
        rings = [
            _thinned([placed(point) for point in ring])
            for polygon in area.outline
            for ring in polygon
        ]
        path = "".join(_path(ring) for ring in rings)
        kind = escape(area.kind)
        shapes.append(
            f'<path class="td-k-{kind}" d="{path}"><title>{escape(area.tip)}</title></path>'
        )
        x, y = _middle(max(rings, key=lambda ring: abs(_twice_the_area(ring))))
        if all(hypot(x - a, y - b) >= _LEAST_ROOM for a, b in taken):
            taken.append((x, y))
            signs.append(
                f'<use class="td-k-{kind}" href="#td-{kind}" x="{x - _GLYPH / 2:.1f}"'
                f' y="{y - _GLYPH / 2:.1f}" width="{_GLYPH:g}" height="{_GLYPH:g}"/>'
            )
    return (
        f'<svg class="td-outlines" role="img" aria-label="{escape(alt)}"'
        f' viewBox="-2 -2 {width + 4:.0f} {height + 4:.0f}">{"".join(shapes)}{"".join(signs)}</svg>'
    )


def by_area(
    outlines: Mapping[str, Outline], kinds: Mapping[str, tuple[str, str]]
) -> tuple[Outlined, ...]:
    """The areas that have an outline, with their kind and tip, in the order of the kinds."""
    return tuple(
        Outlined(outline=outlines[area], kind=kind, tip=tip)
        for area, (kind, tip) in kinds.items()
        if area in outlines
    )


def _path(ring: _Points) -> str:
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in ring[:-1]) + "Z"


def _thinned(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A ring without the points that nobody would miss (Douglas and Peucker), closed as it was.

    Without recursion: a coast may have a hundred thousand points.
    """
    far = max(range(len(ring)), key=lambda at: hypot(*_apart(ring[0], ring[at])))
    kept = {0, far, len(ring) - 1}
    waiting = [(0, far), (far, len(ring) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:  # noqa: PLR2004 - neighbours
            continue
        off, at = max(
            (_off(ring[first], ring[last], ring[between]), between)
            for between in range(first + 1, last)
        )
        if off > _STEP:
            kept.add(at)
            waiting += [(first, at), (at, last)]
    return [ring[at] for at in sorted(kept)]


def _apart(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return other[0] - one[0], other[1] - one[1]


def _off(start: tuple[float, float], end: tuple[float, float], point: tuple[float, float]) -> float:
    """How far a point is from the line between two others."""
    (dx, dy), (px, py) = _apart(start, end), _apart(start, point)
    length = hypot(dx, dy)
    return abs(dx * py - dy * px) / length if length else hypot(px, py)


def _twice_the_area(ring: _Points) -> float:
    return sum(
        ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True)
    )


def _middle(ring: _Points) -> tuple[float, float]:
    """The centre of gravity of a ring; of one without extent its first point."""
    double = _twice_the_area(ring)
    if abs(double) < 1e-9:  # noqa: PLR2004 - nothing, in floats
        return ring[0]
    x = y = 0.0
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = ax * by - bx * ay
        x, y = x + (ax + bx) * cross, y + (ay + by) * cross
    return x / (3 * double), y / (3 * double)
