"""Charts from ready-made texts and figures: the only door to Altair and vl-convert.

A chart becomes a Vega-Lite specification (`spec_of`), and that an SVG for a page or a file of its
own (`drawn`, then `inline_svg` or `standalone_svg`), or a chart to point at in the
reader's browser (`interactive_spec`, `javascript_bundle`).

bullet    a figure and its targets on one scale, in the height of a line of text
card      the picture that a shared link shows: a figure and its verdict, or how many have which
charts    what can be drawn. Texts come in ready to be read, figures as numbers of their scale
drawn     many charts at once, each drawn once
frame     what all kinds of charts share: the frame around the plot, named tables, texts
grid      levels held: areas downwards, years across
labels    where texts go: how wide they are, and where they hide neither marks nor each other
notice    a picture that is nothing but words: what stands where a picture was withdrawn
outlines  areas as they lie: outlines in a flat projection, each in the colour of a kind
palette   every colour and letter size of the charts: one table, which `charts.css` re-colours
ranking   areas beside each other as bars, with the target across them
render    the way to vl-convert: pictures from specifications, and Vega for the reader's browser
series    charts of one indicator over the years
signs     the shapes before verdicts, for pictures that have no style sheet
specs     specifications: Altair writes one for each layout, and a chart fills in its tables
strip     an area among the others on one scale: all of them as faint dots, this one large
svg       from Vega's SVG to a small one: flat, rounded, without what a picture in a page needs not
"""

from __future__ import annotations

from tiendo.charts.draw.bullet import bullet_body, bullet_svg
from tiendo.charts.draw.card import BULLET, Card, Share, card_svg
from tiendo.charts.draw.charts import (
    Axis,
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
    StripChart,
    Target,
)
from tiendo.charts.draw.drawn import drawn, interactive_json
from tiendo.charts.draw.notice import notice_svg
from tiendo.charts.draw.outlines import Outlined, by_area, outlines_svg
from tiendo.charts.draw.palette import COLOURS, FONT, KINDS
from tiendo.charts.draw.render import javascript_bundle
from tiendo.charts.draw.signs import Sign, signs_of
from tiendo.charts.draw.specs import Spec, interactive_spec, spec_of
from tiendo.charts.draw.strip import field_svg, own_svg
from tiendo.charts.draw.svg import Drawing, inline_svg, standalone_svg

__all__ = [
    "BULLET",
    "COLOURS",
    "FONT",
    "KINDS",
    "Axis",
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
    "Share",
    "Sign",
    "Size",
    "Spec",
    "StripChart",
    "Target",
    "bullet_body",
    "bullet_svg",
    "by_area",
    "card_svg",
    "drawn",
    "field_svg",
    "inline_svg",
    "interactive_json",
    "interactive_spec",
    "javascript_bundle",
    "notice_svg",
    "outlines_svg",
    "own_svg",
    "signs_of",
    "spec_of",
    "standalone_svg",
]
