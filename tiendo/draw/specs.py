"""Vega-Lite specifications: Altair writes one for each layout, and a chart fills in its tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tiendo.draw import grid, ranking, series
from tiendo.draw.charts import Chart, LevelGrid, RankingChart, SeriesChart, Spark
from tiendo.draw.frame import Frame, Tables


@dataclass(frozen=True, kw_only=True, slots=True)
class Spec:
    """A Vega-Lite specification in its two parts: building the template costs some 40 ms, and a
    template is shared by all charts of one layout.
    """

    template: str  # JSON with the names of the tables
    tables: str  # JSON: rows by table name

    def whole(self) -> dict[str, Any]:
        """Template and tables as one specification that any Vega-Lite program draws."""
        spec: dict[str, Any] = json.loads(self.template)
        return {**spec, "datasets": json.loads(self.tables)}


def spec_of(chart: Chart) -> Spec:
    """The chart's specification; equal charts give equal texts."""
    kind, frame, tables = _parts(chart, interactive=False)
    return Spec(template=_template(kind, frame), tables=_json(tables))


def interactive_spec(chart: Chart) -> dict[str, Any]:
    """The same chart for a reader's browser: tooltips on its marks, as wide as its container."""
    kind, frame, tables = _parts(chart, interactive=True)
    return {**json.loads(_template(kind, frame)), "datasets": dict(tables)}


_TEMPLATES = {
    "series": series.template_of,
    "spark": series.spark_template_of,
    "ranking": ranking.template_of,
    "grid": grid.template_of,
}


@lru_cache
def _template(kind: str, frame: Frame) -> str:
    return _json(_TEMPLATES[kind](frame))


def _parts(chart: Chart, *, interactive: bool) -> tuple[str, Frame, Tables]:
    match chart:
        case SeriesChart():
            frame = series.frame_of(chart, interactive=interactive)
            return "series", frame, series.tables_of(chart, frame)
        case Spark():
            frame = series.spark_frame_of(chart, interactive=interactive)
            return "spark", frame, series.spark_tables_of(chart)
        case RankingChart():
            frame = ranking.frame_of(chart, interactive=interactive)
            return "ranking", frame, ranking.tables_of(chart, frame)
        case LevelGrid():
            frame = grid.frame_of(chart, interactive=interactive)
            return "grid", frame, grid.tables_of(chart, frame)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
