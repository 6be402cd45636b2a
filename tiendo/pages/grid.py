"""A table of cells with a name for each row and each column."""

from __future__ import annotations

from dataclasses import dataclass

from tiendo.words.parts import Cell, Link

FEW_ROWS = 10
"""So many are looked through by eye; more have a box to filter them by name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GridRow:
    """A row of a grid: what it is about, and its cells in the order of the columns."""

    name: Link
    cells: tuple[Cell, ...]
    whole: bool = False
    """Whether it stands for all the others: it keeps its place when they are sorted."""
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
    sorted: bool = False
    """Whether a reader may put the rows in another order: where they compare."""
    filtered: bool = False
    """Whether the rows are so many that a name is typed to find it."""
