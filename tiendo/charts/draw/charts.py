"""What can be drawn. Texts come in ready to be read, figures as numbers of their scale."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Size(StrEnum):
    """The room that a chart is laid out for; every size scales, none changes its layout."""

    WIDE = "wide"  # 640 px: a column on a desk
    NARROW = "narrow"  # 328 px: a phone, or half a column
    SMALL = "small"  # 328 px, less high: a card among others


class CellState(StrEnum):
    """What a cell of a level grid tells, by its shape as well as by its colour."""

    MET = "met"  # filled
    BELOW = "below"  # outlined
    MISSING = "missing"  # text alone


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A year's figure. Without `value` it joins no line; `low` and `high` are the ends of a range
    from certain to possible, drawn as a bar whether or not there is a value.
    """

    year: int
    value: float | None
    low: float | None = None
    high: float | None = None
    label: str = ""  # beside the mark, left out where there is no room; the newest always stands
    tip: str = ""  # interactive form only
    provisional: bool = False  # drawn hollow
    segment: int = 0  # the line is cut where it changes
    break_text: str = ""  # on the first point of a new segment: why it was cut
    reported: bool = True  # False: worked out by the site; its label yields to a reported one's


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """What is to be reached in a year; `text` stands beside its mark."""

    year: int
    value: float
    text: str = ""
    tip: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lead:
    """A point on the way that the pace so far would go on: nobody's plan, and drawn as such."""

    year: float  # a part of a year where the way meets an end of the scale
    value: float
    text: str = ""  # beside the mark; without text there is no mark
    tip: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Axis:
    """What the figures of a chart over the years are measured in."""

    lowest: float
    highest: float | None  # None: as high as the figures go
    pattern: str  # of whole numbers on the vertical axis


@dataclass(frozen=True, kw_only=True, slots=True)
class SeriesChart:
    """One indicator over the years of a plan, for one area."""

    size: Size
    axis: Axis
    points: tuple[Point, ...]
    targets: tuple[Target, ...]
    start: int
    end: int
    remark: str = ""  # below, on the left: what a hollow point means
    notice: str = ""  # below, on the right: that figures are illustrative
    leads: tuple[Lead, ...] = ()  # from the newest figure on, by year
    highest: float = 0.0  # what the axis holds at least: charts side by side have one scale


@dataclass(frozen=True, kw_only=True, slots=True)
class RankedArea:
    """An area's bar. Without value and range, `label` is the reason and stands in its place."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    label: str
    tip: str = ""
    provisional: bool = False  # drawn hollow
    emphasis: bool = False  # the area that the page is about


@dataclass(frozen=True, kw_only=True, slots=True)
class RankingChart:
    """Areas beside each other, in the order given; those without a figure belong at the end."""

    size: Size
    rows: tuple[RankedArea, ...]
    target: float | None = None
    target_text: str = ""
    remark: str = ""
    notice: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelCell:
    """A level held in a year: `text` is one to three characters."""

    text: str
    state: CellState
    tip: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelRow:
    """An area's cells, one for each column."""

    name: str
    cells: tuple[LevelCell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelGrid:
    """Areas by years: which level of a standard each held."""

    size: Size
    columns: tuple[str, ...]
    rows: tuple[LevelRow, ...]
    legend: tuple[tuple[CellState, str], ...] = ()
    remark: str = ""
    notice: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class StripChart:
    """An area's one figure among those of all areas."""

    axis: Axis
    highest: float  # where the line ends: with the scale, or with the figures
    others: tuple[float, ...]  # of all areas, its own too
    own: Point
    target: Target | None
    remark: str = ""
    notice: str = ""


Chart = SeriesChart | RankingChart | LevelGrid | StripChart
