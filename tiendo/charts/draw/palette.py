"""Every colour and letter size of the charts: one table, which `charts.css` re-colours."""

from __future__ import annotations

from types import MappingProxyType

FONT = "Tiendo Sans"

COLOURS = MappingProxyType(
    {
        "ink": "#1b2733",
        "muted": "#566270",
        "grid": "#dde3e8",
        "axis": "#7f8b97",
        "series": "#1d5f9e",
        "target": "#b0480a",
        "met": "#2b6cab",
        "below": "#a8500f",
        "missing": "#75818d",
        "paper": "#ffffff",
    }
)
"""The light theme. Each name is the CSS variable `--td-<name>`, so no two may share a value:
a stylesheet finds a mark's meaning by its colour. Text (ink, muted, target) has at least 4.5:1
on paper and paper on met, the other marks at least 3:1; grid carries no meaning."""

TEXT = 13.0
"""Pixels. No chart is shown smaller than it is drawn on a window of 360 px or more."""

KINDS = MappingProxyType(
    {
        "met": "#0b6b57",
        "on-track": "#1d5f9e",
        "behind": "#8a4a08",
        "not-held": "#8a4a08",
        "not-moving": "#665200",
        "lost": "#a3243b",
        "missed": "#a3243b",
        "too-little-data": "#52606d",
        "not-measurable": "#52606d",
    }
)
"""The colour of each verdict where there is no style sheet: that of the site's in the light."""
