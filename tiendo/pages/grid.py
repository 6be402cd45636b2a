"""A table of cells with a name for each row and each column."""

from __future__ import annotations

from dataclasses import dataclass

from tiendo.words.parts import Cell, Link


@dataclass(frozen=True, kw_only=True, slots=True)
class GridRow:
    """A row of a grid: what it is about, and its cells in the order of the columns."""

    name: Link
    cells: tuple[Cell, ...]
    note: str = ""
    """Small words under the name: "until 30 June 2025"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A table of cells with a name for each row and each column."""

    id: str
    caption: str
    corner: str
    """Heading of the first column: "District"."""
    columns: tuple[Link, ...]
    rows: tuple[GridRow, ...]
