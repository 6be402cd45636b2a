"""The picture that a shared link shows: a page's finding in large letters."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from tiendo.charts.draw.labels import lines_of
from tiendo.charts.draw.palette import COLOURS, FONT

WIDTH, HEIGHT = 1200, 630
"""Pixels: what Open Graph's readers cut nothing from."""

_LEFT = 64
_ROOM = WIDTH - 2 * _LEFT
_BAND = "#12263f"
_WARNING = "#f5efd5"
_MOST_LINES = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """What stands on it, ready to be read."""

    site: str
    kicker: str
    title: str
    finding: str
    dateline: str
    notice: str = ""


def card_svg(card: Card) -> str:
    """The card as a stand-alone SVG; too long a finding is cut after a whole word."""
    titles = lines_of(card.title, 60, _ROOM, bold=True)[:2]
    size = 34
    room_for = _MOST_LINES - len(titles) + 1
    findings = lines_of(card.finding, size, _ROOM)
    if len(findings) > room_for:
        findings = [*findings[: room_for - 1], findings[room_for - 1] + " …"]
    y = 196
    texts = [_text(card.site, 62, 36, 600, COLOURS["paper"])]
    texts.append(_text(card.kicker, 152, 26, 400, COLOURS["muted"]))
    for line in titles:
        y += 22 if line is titles[0] else 68
        texts.append(_text(line, y, 60, 600, COLOURS["ink"]))
    y += 22
    for line in findings:
        y += 48
        texts.append(_text(line, y, size, 400, COLOURS["ink"]))
    texts.append(_text(card.dateline, 516, 26, 400, COLOURS["muted"]))
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
        f'<path fill="{_BAND}" d="M0,0H{WIDTH}V96H0Z"/>{below}{"".join(texts)}</svg>\n'
    )


def _text(text: str, y: float, size: int, weight: int, colour: str) -> str:
    return (
        f'<text x="{_LEFT}" y="{y}" font-size="{size}" font-weight="{weight}"'
        f' fill="{colour}">{escape(text, quote=False)}</text>'
    )
