"""What all kinds of charts share: the frame around the plot, named tables, texts as one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from tiendo.charts.draw.labels import Box, Placed, lines_of, width_of
from tiendo.charts.draw.palette import COLOURS, FONT, TEXT

Row = Mapping[str, str | float | None]
Tables = Mapping[str, Sequence[Row]]
"""The data of one chart by table name. All that differs between two charts of one layout."""

_FOOT = 20.0
_FOOT_LINE = 17.0
_TIGHT = 2.0  # where Vega itself makes room for what stands around the plot


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """The plot inside its picture, in pixels, and the figures that its edges stand for.

    `first` and `last` are the left and right edge, `floor` and `ceiling` the lower and upper one.
    """

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    first: float
    last: float
    floor: float
    ceiling: float
    text: float
    interactive: bool = False

    @property
    def picture_width(self) -> float:
        """With the room for names and texts beside the plot."""
        return self.left + self.width + self.right

    @property
    def picture_height(self) -> float:
        """With the room for texts above and below the plot."""
        return self.top + self.height + self.bottom

    def x(self, value: float) -> float:
        """Pixels from the picture's left edge."""
        return self.left + (value - self.first) / (self.last - self.first) * self.width

    def y(self, value: float) -> float:
        """Pixels from the picture's upper edge."""
        return self.top + (self.ceiling - value) / (self.ceiling - self.floor) * self.height

    def at_x(self, pixels: float) -> float:
        """The figure that `x` puts at these pixels."""
        return self.first + (pixels - self.left) / self.width * (self.last - self.first)

    def at_y(self, pixels: float) -> float:
        """The figure that `y` puts at these pixels."""
        return self.ceiling - (pixels - self.top) / self.height * (self.ceiling - self.floor)

    def room(self, *, left: float = 0.0) -> Box:
        """Where labels may stand: from `left` to the right edge, above the plot's lower edge."""
        return Box(left, 0.0, self.picture_width, self.top + self.height - 1)


def _foot(remark: str, notice: str, width: float) -> tuple[list[str], str]:
    """The lines of the remark, and the notice that stands at the right end of the last of them.

    Where that has no room left, the notice is a line of its own.
    """
    lines = lines_of(remark, TEXT, width - 2)
    if lines and notice and width_of(f"{lines[-1]}  {notice}", TEXT) > width:
        lines.append("")
    return lines, notice


def foot_of(remark: str, notice: str, width: float) -> float:
    """Pixels that the lines with remark and notice take below a chart of this width."""
    lines, _ = _foot(remark, notice, width)
    return _FOOT + _FOOT_LINE * max(0, len(lines) - 1) if remark or notice else 0.0


def foot_rows(remark: str, notice: str, frame: Frame) -> dict[str, list[Row]]:
    """The lines below a chart, as tables: `up` is how many pixels above the last one."""
    lines, notice = _foot(remark, notice, frame.picture_width)
    last = len(lines) - 1
    return {
        "remark": [
            {"text": text, "up": _FOOT_LINE * (last - at)} for at, text in enumerate(lines) if text
        ],
        "notice": [{"text": notice, "up": 0.0}] if notice else [],
    }


def text_rows(texts: Sequence[Placed], frame: Frame) -> list[Row]:
    """Placed labels in the figures of the plot, so that they follow it when its width changes."""
    return [
        {
            "x": round(frame.at_x(text.x), 3),
            "y": round(frame.at_y(text.y), 3),
            "text": text.label.text,
            "align": text.align,
            "colour": text.label.colour,
            "weight": 600 if text.label.bold else 400,
        }
        for text in texts
    ]


def table(name: str) -> alt.NamedData:
    """A table that is filled in when a chart is drawn."""
    return alt.NamedData(name=name)


def x_of(field: str, frame: Frame) -> alt.X:
    """The horizontal place of a field."""
    scale = alt.Scale(domain=[frame.first, frame.last], nice=False, zero=False)
    return alt.X(f"{field}:Q", scale=scale, axis=None)


def y_of(field: str, frame: Frame) -> alt.Y:
    """The vertical place of a field."""
    scale = alt.Scale(domain=[frame.floor, frame.ceiling], nice=False, zero=False)
    return alt.Y(f"{field}:Q", scale=scale, axis=None)


def tip(frame: Frame) -> dict[str, Any]:
    """The tooltip of a mark whose table has a column `tip`; none where nobody can point at it."""
    return {"tooltip": alt.Tooltip("tip:N")} if frame.interactive else {}


def texts_layer(frame: Frame, name: str = "texts") -> alt.Chart:
    """The table of `text_rows`, each text with a rim of paper that keeps it apart from lines."""
    layer: alt.Chart = (
        alt.Chart(table(name))
        .mark_text(
            baseline="middle",
            fontSize=frame.text,
            align=alt.ExprRef("datum.align"),
            fontWeight=alt.ExprRef("datum.weight"),
            stroke=COLOURS["paper"],
            strokeWidth=3,
        )
        .encode(
            x=x_of("x", frame),
            y=y_of("y", frame),
            text=alt.Text("text:N"),
            fill=alt.Fill("colour:N", scale=None),
        )
    )
    return layer


def foot_layers(frame: Frame) -> list[alt.Chart]:
    """The remark on the left and the notice on the right, at the lower edge of the picture."""
    last = frame.height + frame.bottom - 9
    y = alt.Y("down:Q", scale=None, axis=None)
    remark, notice = (
        alt.Chart(table(name))
        .transform_calculate(down=f"{last} - datum.up")
        .mark_text(
            align=alt.ExprRef(f"'{align}'"),
            baseline="middle",
            fontSize=TEXT,
            color=COLOURS["muted"],
        )
        for name, align in (("remark", "left"), ("notice", "right"))
    )
    end = alt.ExprRef(f"width + {frame.right - 1}")
    return [
        remark.encode(x=alt.value(1 - frame.left), y=y, text=alt.Text("text:N")),
        notice.encode(x=alt.value(end), y=y, text=alt.Text("text:N")),
    ]


def _around(frame: Frame) -> dict[str, float]:
    return {
        "left": frame.left,
        "top": frame.top,
        "right": frame.right,
        "bottom": frame.bottom,
    }


def framed(layers: Sequence[alt.Chart], frame: Frame) -> dict[str, Any]:
    """The Vega-Lite specification of the layers, with its tables still empty."""
    chart = (
        alt.layer(*layers)
        .properties(
            width="container" if frame.interactive else frame.width,
            height=frame.height,
            autosize=(
                alt.AutoSizeParams(type="fit-x", contains="padding")
                if frame.interactive
                else alt.AutoSizeParams(type="none")
            ),
            padding=_TIGHT if frame.interactive else _around(frame),
        )
        .configure(aria=False, font=FONT, view=alt.ViewConfig(stroke=None))
    )
    spec: dict[str, Any] = chart.to_dict()
    spec["background"] = None  # Altair refuses it, though it is what draws no rectangle
    return spec
