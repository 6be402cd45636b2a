"""The picture that a shared link shows: a figure and its verdict, or how many have which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from tiendo.charts.draw.labels import lines_of, width_of
from tiendo.charts.draw.palette import COLOURS, FONT, KINDS
from tiendo.charts.draw.signs import Sign

WIDTH, HEIGHT = 1200, 630
"""Pixels: what Open Graph's readers cut nothing from."""

_LEFT = 64
_ROOM = WIDTH - 2 * _LEFT
_BAND = "#12263f"
_WARNING = "#f5efd5"
_ONE_LINE = 240
"""Below this, in pixels, a title of one line ends."""
_SIZE, _LINE, _LAST_LINE = 34, 46, 470
"""Of the finding: letters, lines, and where the last of them stands at the lowest; pixels."""
_BESIDE = 124
"""Pixels from a title's last line down to the figure's: verdict and bullet have room there."""


_LARGEST, _SMALLEST = 150, 60
"""Letter sizes of a figure, in pixels."""
_BAR_HEIGHT = 72
BULLET = (460.0, 54.0)
"""Width and height of the bullet beside a figure, in pixels."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """A part of the bar of verdicts: how many have this one."""

    kind: str
    count: int
    word: str
    """"3 missed"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """What stands on it, ready to be read."""

    site: str
    kicker: str
    title: str
    finding: str
    dateline: str
    notice: str = ""
    figure: str = ""
    """"60.8%"; empty where there is none."""
    kind: str = ""
    """The verdict on the figure, for its shape and colour."""
    word: str = ""
    """"Met"."""
    bullet: str = ""
    """The figure and its targets on their scale, of the size of `BULLET`; empty without a scale."""
    shares: tuple[Share, ...] = ()
    """The bar of verdicts, instead of a figure."""


def card_svg(card: Card, signs: Mapping[str, Sign]) -> str:
    """The card as a stand-alone SVG; too long a finding is cut after a whole word.

    ``signs`` are the shapes before verdicts, by kind.
    """
    titles = lines_of(card.title, 60, _ROOM, bold=True)[:2]
    y = 196.0
    parts = [_text(card.site, 62, 36, 600, COLOURS["paper"])]
    parts.append(_text(card.kicker, 152, 26, 400, COLOURS["muted"]))
    for line in titles:
        y += 22 if line is titles[0] else 68
        parts.append(_text(line, y, 60, 600, COLOURS["ink"]))
    if card.shares:
        y += 38
        parts += _bar(card.shares, y, signs)
        y += _BAR_HEIGHT + 4
    elif card.word:
        drawn, y = _answer(card, y, signs)
        parts += drawn
    parts += _finding(card.finding, y)
    dates = lines_of(card.dateline, 22, _ROOM)[:2]
    parts += (
        _text(line, 532 - 28 * (len(dates) - at) + 8, 22, 400, COLOURS["muted"])
        for at, line in enumerate(dates)
    )
    below = (
        f'<path fill="{_WARNING}" d="M0,548H{WIDTH}V{HEIGHT}H0Z"/>'
        + _text(card.notice, 599, 32, 600, COLOURS["ink"])
        if card.notice
        else ""
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}" font-family="\'{FONT}\',sans-serif">'
        f'<path fill="{COLOURS["paper"]}" d="M0,0H{WIDTH}V{HEIGHT}H0Z"/>'
        f'<path fill="{_BAND}" d="M0,0H{WIDTH}V96H0Z"/>{below}{"".join(parts)}</svg>\n'
    )


def _answer(card: Card, y: float, signs: Mapping[str, Sign]) -> tuple[list[str], float]:
    """The figure, large; beside it the verdict, and under that the bullet. And where it ends."""
    beside = 48 + max(BULLET[0] if card.bullet else 0, 60 + _width(card.word, 42))
    size = _LARGEST if y < _ONE_LINE else _LARGEST - 40
    while card.figure and size > _SMALLEST and _width(card.figure, size) > _ROOM - beside:
        size -= 2
    base = y + max(24 + size * 0.72, _BESIDE if card.bullet else 0)
    left = _LEFT + (_width(card.figure, size) + 48 if card.figure else 0)
    colour = KINDS[card.kind]
    word_at = base - (66 if card.bullet else 8)
    parts = [_text(card.figure, base, size, 600, COLOURS["ink"])] if card.figure else []
    place = f' x="{left:.0f}" y="{word_at - 36:.0f}" width="44" height="44"'
    parts += [
        signs[card.kind].svg(colour, COLOURS["paper"], place),
        _text(card.word, word_at, 42, 600, colour, left=left + 60),
    ]
    if card.bullet:
        at = f"{left:.0f},{base - BULLET[1] + 4:.0f}"
        parts.append(f'<g fill="none" transform="translate({at})">{card.bullet}</g>')
    return parts, base + 8


def _bar(shares: Sequence[Share], y: float, signs: Mapping[str, Sign]) -> list[str]:
    """The parts side by side, each as wide as its count, with its shape and number."""
    gap = 4.0
    whole = sum(share.count for share in shares)
    room = _ROOM - gap * (len(shares) - 1)
    parts, left = [], float(_LEFT)
    for share in shares:
        width = room * share.count / whole
        colour = KINDS[share.kind]
        parts.append(
            f'<path fill="{colour}" d="M{left:.1f},{y:g}h{width:.1f}v{_BAR_HEIGHT}h{-width:.1f}Z"/>'
        )
        place = f' x="{left + 12:.1f}" y="{y + 20:g}" width="32" height="32"'
        parts.append(signs[share.kind].svg(COLOURS["paper"], colour, place))
        words = share.word if _width(share.word, 30) <= width - 64 else str(share.count)
        if _width(words, 30) <= width - 58:
            parts.append(_text(words, y + 47, 30, 600, COLOURS["paper"], left=left + 54))
        left += width + gap
    return parts


def _finding(finding: str, y: float) -> list[str]:
    """As many lines of the finding as there is room for above the dateline."""
    lines = lines_of(finding, _SIZE, _ROOM)
    room_for = max(0, int((_LAST_LINE - y) // _LINE))
    if len(lines) > room_for:
        lines = [*lines[: room_for - 1], lines[room_for - 1] + " …"] if room_for else []
    return [
        _text(line, y + _LINE * (1 + at), _SIZE, 400, COLOURS["ink"])
        for at, line in enumerate(lines)
    ]


def _width(text: str, size: float) -> float:
    return width_of(text, size, bold=True)


def _text(
    text: str, y: float, size: float, weight: int, colour: str, *, left: float = _LEFT
) -> str:
    return (
        f'<text x="{left:g}" y="{y:g}" font-size="{size:g}" font-weight="{weight}"'
        f' fill="{colour}">{escape(text, quote=False)}</text>'
    )
