"""Vega-Lite specifications: Altair writes one for each layout, and a chart fills in its tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tiendo.charts.draw import grid, ranking, series, strip
from tiendo.charts.draw.charts import (
    Chart,
    LevelGrid,
    RankingChart,
    SeriesChart,
    StripChart,
)
from tiendo.charts.draw.frame import Frame, Tables


@dataclass(frozen=True, kw_only=True, slots=True)
class Spec:
    """A Vega-Lite specification in its two parts: building the template costs some 40 ms, and a
    template is shared by all charts of one layout. It hangs on kind and frame alone, and is only
    built where it is asked for: a chart that is known by them need not be.
    """

    kind: str
    frame: Frame
    tables: str  # JSON: rows by table name

    @property
    def template(self) -> str:
        """JSON with the names of the tables."""
        return _template(self.kind, self.frame)

    def whole(self) -> dict[str, Any]:
        """Template and tables as one specification that any Vega-Lite program draws."""
        spec: dict[str, Any] = json.loads(self.template)
        return {**spec, "datasets": json.loads(self.tables)}


def spec_of(chart: Chart) -> Spec:
    """The chart's specification; equal charts give equal texts."""
    return _spec(chart, interactive=False)


def interactive_spec(chart: Chart) -> dict[str, Any]:
    """The same chart for a reader's browser: tooltips on its marks, as wide as its container."""
    return _spec(chart, interactive=True).whole()


def _spec(chart: Chart, *, interactive: bool) -> Spec:
    kind, frame, tables = _parts(chart, interactive=interactive)
    return Spec(kind=kind, frame=frame, tables=_json(tables))


_TEMPLATES = {
    "series": series.template_of,
    "ranking": ranking.template_of,
    "grid": grid.template_of,
    "strip": strip.template_of,
}


@lru_cache(maxsize=1024)
def _template(kind: str, frame: Frame) -> str:
    return _json(_TEMPLATES[kind](frame))


def _parts(chart: Chart, *, interactive: bool) -> tuple[str, Frame, Tables]:
    match chart:
        case SeriesChart():
            frame = series.frame_of(chart, interactive=interactive)
            return "series", frame, series.tables_of(chart, frame)
        case RankingChart():
            frame = ranking.frame_of(chart, interactive=interactive)
            return "ranking", frame, ranking.tables_of(chart, frame)
        case LevelGrid():
            frame = grid.frame_of(chart, interactive=interactive)
            return "grid", frame, grid.tables_of(chart, frame)
        case StripChart():
            frame = strip.frame_of(chart, interactive=interactive)
            return "strip", frame, strip.tables_of(chart, frame)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
