"""Where in a sheet the table is, and what each of its columns holds.

People put a title above, heads in two rows with merged cells, a row of column numbers under them,
and who made it below.  A column is what its heads say together: an indicator over "numerator".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tiendo.forms.around import is_note, without_days
from tiendo.forms.cells import Cell, Fault, Found, day
from tiendo.forms.heads import (
    KEYS,
    UNKNOWN_BRACKET,
    Role,
    has_school_year,
    head,
    is_year,
    together,
    unit_of,
    years_in,
)
from tiendo.forms.names import Names
from tiendo.forms.vocabulary import key
from tiendo.forms.workbooks import Sheet
from tiendo.letters import folded, mended
from tiendo.terms import Place

ROWS_LOOKED_AT = 80
"""The head of a table stands among so many first rows."""

FIGURES = frozenset({"numerator", "denominator", "value", "parts"})
"""Fields of a figure."""

DAYS_ABOVE = frozenset({"as_of", "received_on"})
"""Labels of days, which need no colon before them."""

_NUMBERING = re.compile(r"\(?([a-e]|[0-9]{1,2})\)?(\s*=.*)?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of a table."""

    at: int
    role: Role
    place: Place
    """Its lowest head."""
    fault: Fault | None = None
    """Why its head is not understood; None where it is."""

    @property
    def is_key(self) -> bool:
        """Whether it says what its rows are about."""
        return self.role.field in KEYS


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table in a sheet."""

    sheet: Sheet
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    labels: Mapping[str, Cell]
    """What is said once for all of it, by the vocabulary's labels."""
    years: frozenset[int]
    """The years that its title names."""
    width: int
    """How many cells the rows of its heads have."""
    school_year: Cell | None = None
    """Where its title names a school year."""
    doubled: tuple[tuple[Cell, Cell], ...] = ()
    """What is said above twice, and not the same."""
    notes: tuple[Cell, ...] = ()
    """Remarks that stand above."""


def head_score(texts: Sequence[str], names: Names) -> int:
    """How many of a row's texts head columns; 0 where none says what its rows are about."""
    found = [head(text, names) for text in texts]
    roles = [role for role in found if isinstance(role, Role)]
    asked = sum(isinstance(each, Fault) and each.code == UNKNOWN_BRACKET for each in found)
    places = sum(role.area is not None for role in roles)
    measured = sum(bool(role.indicator) for role in roles) + asked
    keys = sum(role.field in KEYS for role in roles)
    enough = keys or places > 1 or measured > 1
    # A data row of a long table holds a name of each kind, and is no head.
    is_data = not keys and places == 1 and measured == 1
    return len(roles) + asked if enough and not is_data else 0


def table_of(sheet: Sheet, names: Names) -> Table | None:
    """The table in a sheet; None where there is none."""
    quiet = names.quiet
    first = next(
        (
            number
            for number, row in enumerate(sheet.rows[:ROWS_LOOKED_AT])
            if head_score(_distinct(sheet, number, row), quiet) > 1
        ),
        None,
    )
    if first is None:
        return None
    top, bottom = first, first
    while top > 0 and _is_group_row(sheet, top - 1, quiet):
        top -= 1
    keys = [
        at
        for at, cell in enumerate(sheet.rows[first])
        if isinstance(role := head(_text(cell), quiet), Role) and role.field in KEYS
    ]
    while bottom + 1 < len(sheet.rows) and _is_lower_head(sheet, bottom + 1, keys, names):
        bottom += 1
    rows = [*sheet.rows[bottom + 1 :]]
    if rows and _is_numbering(rows[0]):
        rows = rows[1:]
    above = _above(sheet.rows[:top], names)
    return Table(
        sheet=sheet,
        columns=tuple(_columns(sheet, top, bottom, names)),
        rows=tuple(rows),
        labels=above.labels,
        years=frozenset(above.years),
        school_year=next(
            (cell for row in sheet.rows[:top] for cell in row if has_school_year(_text(cell))), None
        ),
        doubled=tuple(above.doubled),
        notes=tuple(above.notes),
        width=max(len(row) for row in sheet.rows[top : bottom + 1]),
    )


# Heads --------------------------------------------------------------------------------------


def _text(cell: Cell) -> str:
    if cell.error or isinstance(cell.value, bool):
        return ""
    return mended(cell.text)


def _distinct(sheet: Sheet, number: int, row: Sequence[Cell]) -> list[str]:
    """The texts of a row, a merged cell's only once."""
    seen: set[int] = set()
    texts = []
    for at, cell in enumerate(row):
        origin = sheet.origins[number][at] if sheet.origins else 0
        if origin and origin in seen:
            continue
        seen.add(origin)
        texts.append(_text(cell))
    return texts


def _is_group_row(sheet: Sheet, number: int, names: Names) -> bool:
    """Whether each text of a row heads columns together with what stands under it."""
    texts = [text for text in _distinct(sheet, number, sheet.rows[number]) if text]
    found = [head(text, names) for text in texts]
    return bool(texts) and all(
        isinstance(each, Role) or (isinstance(each, Fault) and each.code == UNKNOWN_BRACKET)
        for each in found
    )


def _is_lower_head(sheet: Sheet, number: int, keys: Sequence[int], names: Names) -> bool:
    """Whether a row goes on the head above: it says nothing of its own where rows are named."""
    row = sheet.rows[number]
    if any(at < len(row) and _text(row[at]) and not _goes_on(sheet, number, at) for at in keys):
        return False
    own = [cell for at, cell in enumerate(row) if _text(cell) and not _goes_on(sheet, number, at)]
    return bool(own) and all(
        _is_year(cell) or (isinstance(cell.value, str) and head(_text(cell), names) is not None)
        for cell in own
    )


def _is_year(cell: Cell) -> bool:
    return is_year(_text(cell))


def _goes_on(sheet: Sheet, number: int, at: int) -> bool:
    """Whether a cell is part of a merged one that began in a row above."""
    if not sheet.origins or number == 0:
        return False
    origin = sheet.origins[number][at]
    return bool(origin) and sheet.origins[number - 1][at] == origin


def _columns(sheet: Sheet, top: int, bottom: int, names: Names) -> list[Column]:
    columns: list[Column] = []
    width = max(len(row) for row in sheet.rows[top : bottom + 1])
    for at in range(width):
        role, fault, place = Role(), None, None
        rows: list[int] = []
        for number in range(top, bottom + 1):
            row = sheet.rows[number]
            if at >= len(row) or not _text(row[at]) or _goes_on(sheet, number, at):
                continue
            place = replace(row[at].place, value=_text(row[at]))
            found = head(_text(row[at]), names)
            if isinstance(found, Role):
                role = together(role, _placed(found, place))
            else:
                fault = fault or found or Fault(code="import-head-unknown")
            rows.append(number)
        if place is None:
            continue
        if rows[0] > top and not fault and _needs_group(role):
            group = _group(sheet, (top, rows[0]), at, names)
            if isinstance(group, Fault):
                fault = group
            elif group is not None:
                role = together(_placed(group, place), role)
        columns.append(Column(at=at, role=role, place=place, fault=fault))
    return columns


def _placed(role: Role, place: Place) -> Role:
    return role if role.unit is None else replace(role, unit=replace(role.unit, place=place))


def _needs_group(role: Role) -> bool:
    """Whether a head says how its figures are given, but not of what."""
    is_figure = role.field in FIGURES or (not role.field and role.year is not None)
    return is_figure and not role.indicator and role.area is None


def _group(sheet: Sheet, rows: tuple[int, int], at: int, names: Names) -> Role | Fault | None:
    """What stands over a column that no cell stands over: the head to its left goes on.

    So a head over several columns comes out of a CSV file, or of a sheet where it was centred and
    not merged.  It goes on only over columns that have heads under it, as its own has.
    """
    top, bottom = rows
    for number in range(top, bottom):
        for left in range(at - 1, -1, -1):
            if left >= len(sheet.rows[bottom]) or not _text(sheet.rows[bottom][left]):
                break
            row = sheet.rows[number]
            if left < len(row) and _text(row[left]):
                found = head(_text(row[left]), names)
                is_key = isinstance(found, Role) and found.field in KEYS
                return None if is_key else found
    return None


def _is_numbering(row: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns: A, B, 1, 2, 3."""
    texts = [_text(cell) for cell in row if _text(cell)]
    found = [_NUMBERING.fullmatch(text) for text in texts]
    if len(texts) < 3 or not all(found):  # noqa: PLR2004 - fewer may be figures
        return False
    numbers = [int(match[1]) for match in found if match and match[1].isdecimal()]
    return numbers == list(range(1, len(numbers) + 1)) or numbers == list(
        range(2, len(numbers) + 2)
    )


# What stands above --------------------------------------------------------------------------


@dataclass(kw_only=True, slots=True)
class Above:
    """What is said once for the whole table."""

    labels: dict[str, Cell] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)
    """The years that the title names; not those of days."""
    doubled: list[tuple[Cell, Cell]] = field(default_factory=list)
    """What is said twice, and not the same."""
    notes: list[Cell] = field(default_factory=list)


def above(rows: Sequence[Sequence[Cell]], names: Names) -> Above:
    """What a sheet without a table says once."""
    return _above(rows, names)


def _above(rows: Sequence[Sequence[Cell]], names: Names) -> Above:
    found = Above()
    for row in rows:
        for at, cell in enumerate(row):
            text = _text(cell)
            if not text or cell.inner:
                continue
            label, said = _label(cell, row[at + 1 :], names)
            if label and said is not None:
                first = found.labels.setdefault(label, said)
                if key(first.text) != key(said.text):
                    found.doubled.append((first, said))
            elif not label and not isinstance(cell.value, int):
                if is_note(text, names):
                    found.notes.append(cell)
                found.years |= _title_years(text, names)
    return found


def _label(cell: Cell, after: Sequence[Cell], names: Names) -> tuple[str, Cell | None]:
    """What a cell says once for the whole table, and its value, there or in a cell after it."""
    labels = names.words.labels
    text = _text(cell).strip("()[] ")
    before, colon, rest = text.partition(":")
    label = labels.get(key(before), "")
    if label and colon and rest.strip():
        label = "unit" if label == "reporter" and unit_of(rest, names) else label
        return label, replace(cell, value=rest.strip())
    if label:
        value = next(
            (other for other in after if other.value is not None and other.value != cell.value),
            None,
        )
        return label, None if value is None else replace(value, inner=False)
    for word, name in labels.items():
        if name in DAYS_ABOVE and key(text).startswith(f"{word} "):
            said = replace(cell, value=text[len(word) :].strip(" :,."))
            if isinstance(day(said, names.words), Found):
                return name, said
    return "", None


def _title_years(text: str, names: Names) -> set[int]:
    """The years in a title that stand beside the word for a year."""
    words = {folded(word) for word in names.words.years}
    plain = folded(without_days(text, names))
    found = set()
    for year in years_in(plain):
        before = key(plain[: plain.index(str(year))])
        if any(before == word or before.endswith(f" {word}") for word in words):
            found.add(year)
    return found
