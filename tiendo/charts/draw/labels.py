"""Where texts go: how wide they are, and where they hide neither marks nor each other."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import hypot

_ADVANCE = {
    **dict.fromkeys("0123456789", 0.50),
    **dict.fromkeys(" .,:;'|iljI·", 0.26),
    **dict.fromkeys("()-/trf", 0.33),
    **dict.fromkeys("mwMW%○●", 0.85),
    **dict.fromkeys("CDGHNOQU", 0.65),
}
_OTHER_CAPITAL = 0.57
_OTHER = 0.53
_SEMIBOLD = 1.05
_TEXT_WEIGHS = 4.0
_SIDE = 1.5  # pixels kept free beside a text
_AWAY = (0.0, 4.0, 8.0, 12.0, 17.0, 23.0, 30.0)
"""Pixels by which a label may stand further away than its gap, tried in this order."""


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Pixels that a text takes in the charts' typeface, a little generously: no font is opened."""
    return _ems(text) * size * (_SEMIBOLD if bold else 1.0)


@lru_cache(maxsize=100_000)
def _ems(text: str) -> float:
    """How often as wide as its size; one name or number stands in many charts."""
    letters = [c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)]
    return sum(_ADVANCE.get(c, _OTHER_CAPITAL if c.isupper() else _OTHER) for c in letters)


def lines_of(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The text in lines that each fit into `room` pixels, cut between words."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def shared_with(self, other: Box) -> float:
        """The area that the two share, in square pixels."""
        if (
            self.left >= other.right
            or other.left >= self.right
            or self.top >= other.bottom
            or other.top >= self.bottom
        ):
            return 0.0
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height

    def away_from(self, x: float, y: float) -> float:
        """Pixels from a place to the nearest part of the rectangle."""
        return hypot(
            max(self.left - x, 0.0, x - self.right), max(self.top - y, 0.0, y - self.bottom)
        )

    def within(self, other: Box) -> bool:
        """Whether no part stands outside of the other."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A text that belongs to a mark at `x`, `y`; the first place that is free is taken."""

    text: str
    x: float
    y: float
    size: float
    bold: bool = False
    colour: str
    gap: float = 5.0
    needed: bool = False  # stands where it hides least, even where no place is free
    spots: tuple[tuple[float, float, str], ...] = ()  # x, y, align: these, in place of the sides
    sides: tuple[str, ...] = ("above", "below", "right", "left")


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A label with the anchor of its text: horizontal alignment, vertical middle."""

    label: Label
    x: float
    y: float
    align: str


def around(x: float, y: float, reach: float) -> Box:
    """The square that a mark covers."""
    return Box(x - reach, y - reach, x + reach, y + reach)


def along(line: Sequence[tuple[float, float]], step: float = 6.0) -> list[Box]:
    """Small boxes that together cover a line through the given places."""
    boxes: list[Box] = []
    for (x1, y1), (x2, y2) in pairwise(line):
        count = max(1, int((abs(x2 - x1) + abs(y2 - y1)) / step))
        boxes += [
            around(x1 + (x2 - x1) * i / count, y1 + (y2 - y1) * i / count, 2.0)
            for i in range(count + 1)
        ]
    return boxes


def _candidates(label: Label) -> Iterable[tuple[Placed, Box]]:
    """Places for a label, the nearest first; one that is needed may stand further away."""
    if label.spots:
        yield from (_at(label, *spot) for spot in label.spots)
        return
    for away in _AWAY if label.needed else _AWAY[:1]:
        yield from _around(label, away)


def _at(label: Label, x: float, y: float, align: str) -> tuple[Placed, Box]:
    width, half = width_of(label.text, label.size, bold=label.bold), label.size * 0.5
    left = x - {"center": width / 2, "left": 0.0, "right": width}[align]
    box = Box(left - _SIDE, y - half, left + width + _SIDE, y + half)
    return Placed(label=label, x=x, y=y, align=align), box


def _around(label: Label, away: float) -> Iterable[tuple[Placed, Box]]:
    half = label.size * 0.5
    rise = label.gap + half + away
    shift = label.gap + 2 + away
    places = {
        "above": (label.x, label.y - rise, "center"),
        "below": (label.x, label.y + rise, "center"),
        "right": (label.x + shift, label.y, "left"),
        "left": (label.x - shift, label.y, "right"),
        "above-left": (label.x + label.gap, label.y - rise, "right"),
        "below-left": (label.x + label.gap, label.y + rise, "right"),
        "above-right": (label.x - label.gap, label.y - rise, "left"),
        "below-right": (label.x - label.gap, label.y + rise, "left"),
    }
    for side in label.sides:
        yield _at(label, *places[side])


def placed(
    labels: Iterable[Label],
    *,
    taken: Iterable[Box],
    frame: Box,
    anchors: Sequence[tuple[float, float]] = (),
) -> list[Placed]:
    """The labels that find a free place within the frame, in the order of their importance.

    None stands nearer to another of the ``anchors``, the middles of marks, than to its own, so
    that it is read as that one's. A label that is needed and finds no free place stands where it
    hides least (a mark rather than a text), moved into the frame where it is wider than its mark
    leaves room for.
    """
    marks = list(taken)
    texts: list[Box] = []
    found: list[Placed] = []
    for label in labels:
        inside = [pair for pair in _candidates(label) if pair[1].within(frame)]
        inside = [pair for pair in inside if _is_read_right(label, pair[1], anchors)] or inside
        if label.needed and not inside:
            inside = [_moved_into(frame, *next(iter(_candidates(label))))]
        best: tuple[float, Placed, Box] | None = None
        for place, box in inside:
            hidden = _hidden(box, marks) + _hidden(box, texts) * _TEXT_WEIGHS
            if best is None or hidden < best[0]:
                best = (hidden, place, box)
            if not hidden:
                break
        if best and (label.needed or not best[0]):
            found.append(best[1])
            texts.append(best[2])
    return found


def _is_read_right(label: Label, box: Box, anchors: Sequence[tuple[float, float]]) -> bool:
    own = max(box.away_from(label.x, label.y), label.gap + _AWAY[1])
    return label.spots != () or all(
        box.away_from(x, y) >= own for x, y in anchors if (x, y) != (label.x, label.y)
    )


def _hidden(box: Box, others: Iterable[Box]) -> float:
    return sum(box.shared_with(other) for other in others)


def _moved_into(frame: Box, place: Placed, box: Box) -> tuple[Placed, Box]:
    left = max(frame.left, min(box.left, frame.right - (box.right - box.left)))
    top = max(frame.top, min(box.top, frame.bottom - (box.bottom - box.top)))
    moved = Box(left, top, left + box.right - box.left, top + box.bottom - box.top)
    middle = (moved.top + moved.bottom) / 2
    return replace(place, x=moved.left + _SIDE, y=middle, align="left"), moved
