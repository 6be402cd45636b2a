"""The shapes before verdicts, taken from the site's own, for pictures that have no style sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_SYMBOL = re.compile(r'<symbol id="td-([a-z-]+)" viewBox="([0-9 ]+)">(.*?)</symbol>')


@dataclass(frozen=True, slots=True)
class Sign:
    """A shape: its view box, and SVG that asks for the colours of a style sheet."""

    box: str
    body: str

    def svg(self, colour: str, cut: str, place: str = "") -> str:
        """The shape as an SVG in two colours; ``cut`` is for lines within what is filled.

        ``place`` are attributes besides: where it stands in another SVG, and how large.
        """
        body = self.body.replace("currentColor", colour)
        for name, line in (("td-line", colour), ("td-cut", cut)):
            body = body.replace(
                f'class="{name}"', f'fill="none" stroke="{line}" stroke-width="1.8"'
            )
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{self.box}"{place}>{body}</svg>'


def signs_of(symbols: str) -> Mapping[str, Sign]:
    """The shapes by kind, from the site's own file of symbols."""
    return {kind: Sign(box, body) for kind, box, body in _SYMBOL.findall(symbols)}
