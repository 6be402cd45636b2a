"""Charts from ready-made texts and figures: the only door to Altair and vl-convert.

A chart becomes a Vega-Lite specification (`spec_of`), and that an SVG for a page or a file of its
own (`drawn`, then `inline_svg` or `standalone_svg`), or a chart to point at in the
reader's browser (`interactive_spec`, `javascript_bundle`).
"""

from __future__ import annotations

from tiendo.draw.card import Card, card_svg
from tiendo.draw.charts import (
    CellState,
    Chart,
    Lead,
    LevelCell,
    LevelGrid,
    LevelRow,
    Point,
    RankedArea,
    RankingChart,
    SeriesChart,
    Size,
    Spark,
    Target,
)
from tiendo.draw.drawn import drawn, interactive_json
from tiendo.draw.notice import notice_svg
from tiendo.draw.outlines import Outlined, by_area, outlines_svg
from tiendo.draw.palette import COLOURS, FONT
from tiendo.draw.render import javascript_bundle
from tiendo.draw.specs import Spec, interactive_spec, spec_of
from tiendo.draw.svg import Drawing, inline_svg, standalone_svg

__all__ = [
    "COLOURS",
    "FONT",
    "Card",
    "CellState",
    "Chart",
    "Drawing",
    "Lead",
    "LevelCell",
    "LevelGrid",
    "LevelRow",
    "Outlined",
    "Point",
    "RankedArea",
    "RankingChart",
    "SeriesChart",
    "Size",
    "Spark",
    "Spec",
    "Target",
    "by_area",
    "card_svg",
    "drawn",
    "inline_svg",
    "interactive_json",
    "interactive_spec",
    "javascript_bundle",
    "notice_svg",
    "outlines_svg",
    "spec_of",
    "standalone_svg",
]
