"""From Vega's SVG to a small one: flat, rounded, without what a picture in a page needs not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby
from xml.etree import ElementTree as ET

from tiendo.charts.draw.labels import lines_of
from tiendo.charts.draw.palette import COLOURS, FONT, TEXT

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_FAMILY = f"'{FONT}','Source Sans 3',system-ui,sans-serif"
_MOVE = re.compile(r"translate\(([^,)]+),([^)]+)\)")
_STEP = re.compile(r"([A-Za-z])|(-?\d*\.?\d+(?:e-?\d+)?)")
_CIRCLE = re.compile(r"M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0")
_LONE_START = re.compile(r"M[-\d.]+,[-\d.]+Z?(?=M|$)")
_STYLE = (
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linejoin",
    "opacity",
    "fill-opacity",
    "stroke-opacity",
    "text-anchor",
    "font-size",
    "font-weight",
)
_DEFAULT = {
    "opacity": "1",
    "stroke-width": "1",
    "text-anchor": "start",
    "font-weight": "400",
    "fill": "none",
}
_TITLE_SIZE = 15.0
_TITLE_LINE = 20.0
_SOURCE_LINE = 16.0
_MARGIN = 10.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawing:
    """A drawn chart, not yet put anywhere: pixels of its natural size, and the marks as SVG."""

    width: float
    height: float
    body: str


@dataclass(frozen=True, slots=True)
class _Mark:
    tag: str
    style: Mapping[str, str]
    place: Mapping[str, str]
    text: str = ""


def drawing_of(vega_svg: str) -> Drawing:
    """What Vega drew, made small; raises ValueError for anything that no chart here consists of."""
    root = ET.fromstring(vega_svg)  # noqa: S314 - our own renderer's output
    marks = list(_marks(root, 0.0, 0.0))
    return Drawing(
        width=float(root.attrib["width"]),
        height=float(root.attrib["height"]),
        body="".join(_groups(_merged(marks))),
    )


def inline_svg(drawing: Drawing, *, alt: str, classes: str = "") -> str:
    """For a page with `charts.css`: one line, without ids, in the page's colours and typeface.

    An empty `alt` is for a picture whose figures stand beside it: readers of the page by ear pass
    over it.
    """
    return (
        f'<svg class="{escape(f"td-chart {classes}".strip())}"{_role(alt)}'
        f' viewBox="0 0 {_number(drawing.width)} {_number(drawing.height)}" fill="none">'
        f"{drawing.body}</svg>"
    )


def standalone_svg(
    drawing: Drawing, *, alt: str, title: str, language: str, source: str = ""
) -> str:
    """A file that explains itself: title above, source below, on paper, in the light colours.

    ``language`` is the code of the language of its words: nothing around the file tells it.
    """
    titles = lines_of(title, _TITLE_SIZE, drawing.width, bold=True)
    sources = lines_of(source, TEXT, drawing.width)
    head = _MARGIN + len(titles) * _TITLE_LINE + 6
    below = head + drawing.height
    height = below + len(sources) * _SOURCE_LINE + _MARGIN
    texts = [
        *(
            _line(text, _MARGIN + 15 + i * _TITLE_LINE, _TITLE_SIZE, "ink", 600)
            for i, text in enumerate(titles)
        ),
        *(
            _line(text, below + 12 + i * _SOURCE_LINE, TEXT, "muted", 400)
            for i, text in enumerate(sources)
        ),
    ]
    wide, high = _number(drawing.width + 2 * _MARGIN), _number(height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{language}"{_role(alt)} width="{wide}"'
        f' height="{high}" viewBox="0 0 {wide} {high}" fill="none" font-family="{_FAMILY}">'
        f'<path fill="{COLOURS["paper"]}" d="M0,0h{wide}v{high}H0Z"/>{"".join(texts)}'
        f'<g transform="translate({_number(_MARGIN)},{_number(head)})">{drawing.body}</g></svg>\n'
    )


def _role(alt: str) -> str:
    return f' role="img" aria-label="{escape(alt)}"' if alt else ' aria-hidden="true"'


def _line(text: str, y: float, size: float, colour: str, weight: int) -> str:
    return (
        f'<text x="{_number(_MARGIN)}" y="{_number(y)}" font-size="{_number(size)}"'
        f' font-weight="{weight}" fill="{COLOURS[colour]}">{escape(text, quote=False)}</text>'
    )


def _number(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _marks(node: ET.Element, dx: float, dy: float) -> Iterator[_Mark]:
    """The visible leaves, from the back to the front, with all shifts applied."""
    transform = node.get("transform")
    if transform:
        shift = _MOVE.fullmatch(transform)
        if not shift:
            raise ValueError(transform)
        dx, dy = dx + float(shift[1]), dy + float(shift[2])
    tag = node.tag.removeprefix(_NAMESPACE)
    if tag in ("svg", "g"):
        for child in node:
            yield from _marks(child, dx, dy)
    elif tag not in _MARK_OF:
        raise ValueError(tag)
    else:
        style = _style(node)
        mark = _MARK_OF[tag](node, style, dx, dy)
        if mark and ("fill" in style or "stroke" in style):
            yield mark


def _style(node: ET.Element) -> dict[str, str]:
    """What tells the mark's look, without what SVG takes for granted."""
    style = {
        name: value.removesuffix("px")
        for name in _STYLE
        if (value := node.get(name)) and value != _DEFAULT.get(name)
    }
    if "stroke" not in style:
        style.pop("stroke-width", None)
    return style


def _line_mark(node: ET.Element, style: dict[str, str], x: float, y: float) -> _Mark:
    end_x, end_y = (float(node.get(name, "0")) for name in ("x2", "y2"))
    if not end_y:
        end = f"H{_number(x + end_x)}"
    elif not end_x:
        end = f"V{_number(y + end_y)}"
    else:
        end = f"L{_number(x + end_x)},{_number(y + end_y)}"
    return _Mark("path", style, {"d": f"M{_number(x)},{_number(y)}{end}"})


def _path_mark(node: ET.Element, style: dict[str, str], x: float, y: float) -> _Mark | None:
    path = node.get("d", "")
    circle = _CIRCLE.fullmatch(path)
    if circle:
        place = {"cx": _number(x), "cy": _number(y), "r": _number(float(circle[1]))}
        return _Mark("circle", style, place)
    shifted = _LONE_START.sub("", _shifted(path, x, y))
    return _Mark("path", style, {"d": shifted}) if shifted else None


def _text_mark(node: ET.Element, style: dict[str, str], x: float, y: float) -> _Mark | None:
    rim = {"paint-order": "stroke", "stroke-linejoin": "round"} if "stroke" in style else {}
    place = {"x": _number(x), "y": _number(y)}
    return _Mark("text", {**style, **rim}, place, node.text) if node.text else None


_MARK_OF = {"line": _line_mark, "path": _path_mark, "text": _text_mark}


def _shifted(path: str, dx: float, dy: float) -> str:
    """A path moved: its absolute steps are shifted, its relative ones stand."""
    out: list[str] = []
    command, at = "", 0
    for letter, number in _STEP.findall(path):
        if letter:
            if letter.upper() not in "MLHVAZ":
                raise ValueError(path)
            command, at = letter, 0
            out.append(letter)
            continue
        shift = {"M": (dx, dy), "L": (dx, dy), "H": (dx,), "V": (dy,)}.get(command)
        if command == "A":
            shift = (0.0, 0.0, 0.0, 0.0, 0.0, dx, dy)
        value = float(number) + (shift[at % len(shift)] if shift else 0.0)
        out.append(("," if at else "") + _number(value))
        at += 1
    return "".join(out)


def _merged(marks: Iterable[_Mark]) -> Iterator[_Mark]:
    """Neighbouring shapes of one style as one path: they are opaque or lie apart."""
    for (tag, style), run in groupby(marks, key=lambda mark: (mark.tag, dict(mark.style))):
        if tag == "path":
            yield _Mark("path", style, {"d": "".join(mark.place["d"] for mark in run)})
        else:
            yield from run


def _groups(marks: Iterable[_Mark]) -> Iterator[str]:
    """The marks as SVG; what neighbours of one kind share is said once, around them."""
    for _, run in groupby(marks, key=_kind):
        together = list(run)
        shared = dict(together[0].style)
        for mark in together[1:]:
            shared = {k: v for k, v in shared.items() if mark.style.get(k) == v}
        if len(together) == 1 or not shared:
            yield from (_element(mark, mark.style) for mark in together)
            continue
        inner = "".join(
            _element(mark, {k: v for k, v in mark.style.items() if k not in shared})
            for mark in together
        )
        yield f"<g{_attributes(shared)}>{inner}</g>"


def _kind(mark: _Mark) -> tuple[str, str, str]:
    """Marks of a kind share enough to be put into one group."""
    return mark.tag, mark.style.get("fill", ""), mark.style.get("stroke", "")


def _element(mark: _Mark, style: Mapping[str, str]) -> str:
    start = f"<{mark.tag}{_attributes(style)}{_attributes(mark.place)}"
    return f"{start}>{escape(mark.text, quote=False)}</text>" if mark.text else f"{start}/>"


def _attributes(values: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in values.items())
