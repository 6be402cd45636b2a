"""What may stand in a row that could not be read: nothing is said to be missing that may.

A cell that can't be read is the cause; that a source is unknown, a row missing or a reason not
given, because of it, would be a consequence, told instead of the cause fifty times.
"""

from __future__ import annotations

from tiendo.letters import folded
from tiendo.terms import Edition


def may_stand(edition: Edition, table: str, **cells: str) -> bool:
    """Whether a row with these cells may be among those of a table that could not be read."""
    rows = edition.unread.get(table, ())
    return rows is None or any(
        all(_may_say(row.get(name), cell) for name, cell in cells.items()) for row in rows
    )


def _may_say(there: object, cell: str) -> bool:
    """Whether a cell is meant by what stands there, whose letters may be what is wrong with it."""
    return not there or folded(str(there)) == folded(cell)
