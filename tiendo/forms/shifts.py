"""Rows whose cells may stand in the wrong columns: a comma within a number has cut it in two.

"Tứ Kỳ,60,5," is 60 and 5, or 60.5.  Both readings are shown where the second is likely: the row is
longer than its heads, or a figure stands where words do, or a last figure is left empty.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from tiendo.forms.cells import Cell
from tiendo.forms.columns import holds
from tiendo.forms.layout import FIGURES, Column, Table
from tiendo.letters import mended
from tiendo.terms import Problem

WORDS = frozenset({"status", "missing", "decision", "source", "break", "note"})
"""Fields of words, where a figure alone says nothing."""

_WHOLE = re.compile(r"[0-9]{1,3}(\.[0-9]{3})*|[0-9]+")
_REST = re.compile(r"[0-9]+%?")


def shifted(
    row: Sequence[Cell], table: Table, columns: Sequence[Column], levels: Collection[str]
) -> Problem | None:
    """The question that a row's cells leave, before they are read; None where there is none.

    ``levels`` are the indicators whose figures are levels, which have no decimals.
    """
    by_place = {column.at: column for column in columns}
    pairs = [
        at
        for at, (left, right) in enumerate(pairwise(row))
        if _is_figure(by_place.get(at)) and _is_pair(left, right)
    ]
    by_comma = table.sheet.separator == ","
    expected = max(column.at for column in table.columns) + 1
    beyond = max(expected, table.width)
    is_longer = not table.sheet.name and any(holds(cell) for cell in row[beyond:])
    is_ragged = by_comma and len(row) > table.width
    for at in pairs:
        left, right = by_place[at], by_place.get(at + 1)
        is_level = left.role.indicator in levels
        among_words = right is not None and right.role.field in WORDS and not is_level
        is_cut = by_comma and not is_level and _leaves_a_gap(row, at, by_place, expected)
        if (is_longer and by_comma) or is_ragged or among_words or is_cut:
            return _question(row[at], row[at + 1])
    if is_longer:
        facts = {"found": str(len(row)), "expected": str(expected)}
        place = replace(row[beyond].place, value=row[beyond].text)
        return Problem(code="row-cells", place=place, facts=facts)
    return None


def _leaves_a_gap(row: Sequence[Cell], at: int, columns: dict[int, Column], expected: int) -> bool:
    """Whether a row has room for one cell less: its last cell is empty.

    A digit alone is what comes after a decimal comma; two may as well be a figure, unless a figure
    is what the row ends without.
    """
    right = columns.get(at + 1)
    is_rate = columns[at].role.field in {"", "value"} and _is_figure(right)
    last = row[expected - 1] if expected <= len(row) else None
    if not is_rate or at + 1 >= expected - 1 or (last is not None and holds(last)):
        return False
    return len(row[at + 1].text.strip()) == 1 or _is_figure(columns.get(expected - 1))


def _is_figure(column: Column | None) -> bool:
    if column is None or column.is_key:
        return False
    role = column.role
    return role.field in FIGURES or (
        not role.field and bool(role.indicator or role.area is not None)
    )


def _is_pair(left: Cell, right: Cell) -> bool:
    texts = mended(left.text), mended(right.text)
    return bool(_WHOLE.fullmatch(texts[0]) and _REST.fullmatch(texts[1]))


def _question(left: Cell, right: Cell) -> Problem:
    first, second = mended(left.text), mended(right.text)
    place = replace(left.place, value=f"{first}, {second}")
    facts = {"first": first, "second": second, "joined": f"{first},{second}"}
    return Problem(code="import-row-split", place=place, facts=facts)
