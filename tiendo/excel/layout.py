"""Where in a sheet the table is, and what each of its columns holds.

People put a title above, heads in two rows with merged cells, a row of column numbers under them,
and who made it below.  A column is what its heads say together: an indicator over "numerator".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tiendo.excel.cells import Cell, Fault, Found
from tiendo.excel.names import Names, area_of, indicator_of
from tiendo.excel.vocabulary import key
from tiendo.excel.workbooks import Sheet
from tiendo.letters import folded, mended
from tiendo.terms import Place

KEYS = frozenset({"indicator", "area", "code"})
"""Fields that say what a row is about."""

LONGEST_HEAD = 400
"""What is longer is a paragraph."""

ROWS_LOOKED_AT = 80
"""The head of a table stands among so many first rows."""

_YEAR = re.compile(r"(?<!\d)(20\d\d|19\d\d)(?!\d)")
_SCHOOL_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*[-–/]\s*(20\d\d)(?!\d)")
_UNIT = re.compile(r"\s*\([^()]*\)")
_NUMBERING = re.compile(r"\(?([a-e]|\d{1,2})\)?(\s*=.*)?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Role:
    """What a head says of its column, as far as it says it."""

    field: str = ""
    indicator: str = ""
    area: str | None = None
    year: int | None = None


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
    school_year: Cell | None = None
    """Where its title names a school year."""


def head_score(texts: Sequence[str], names: Names) -> int:
    """How many of a row's texts head columns; 0 where none says what its rows are about."""
    roles = [role for text in texts if isinstance(role := head(text, names), Role)]
    places = sum(role.area is not None for role in roles)
    measured = sum(bool(role.indicator) for role in roles)
    keys = sum(role.field in KEYS for role in roles)
    enough = keys or places > 1 or measured > 1
    # A data row of a long table holds a name of each kind, and is no head.
    is_data = not keys and places == 1 and measured == 1
    return len(roles) if enough and not is_data else 0


def head(text: str, names: Names) -> Role | Fault | None:
    """What a text says as the head of a column; None: nothing that is known here."""
    plain = mended(text)
    if not plain or len(plain) > LONGEST_HEAD:
        return None
    if has_school_year(plain):
        return Fault(code="import-school-year")
    field = _field(plain, names)
    if field:
        return Role(field=field)
    years = {int(year) for year in _YEAR.findall(plain)}
    if len(years) == 1:
        rest = _without_year(plain, names)
        inner = head(rest, names) if rest else Role()
        if isinstance(inner, Role):
            return replace(inner, year=years.pop())
    return _named(plain, names)


def _named(text: str, names: Names) -> Role | Fault | None:
    """The indicator or area that heads a column."""
    without_unit = _UNIT.sub("", text)
    found = indicator_of(text, names)
    if isinstance(found, Found):
        return Role(indicator=found.value, field="value" if "%" in text else "")
    if re.fullmatch(r"[\d., ]*", text):
        return None
    there = area_of(Cell(value=without_unit, place=Place(file="")), names)
    return Role(area=there.value) if isinstance(there, Found) else found


def has_school_year(text: str) -> bool:
    """Whether a text speaks of a school year, which is two years with a sign between them."""
    return any(int(last) == int(first) + 1 for first, last in _SCHOOL_YEAR.findall(text))


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
    labels, years = _above(sheet.rows[:top], names)
    return Table(
        sheet=sheet,
        columns=tuple(_columns(sheet, top, bottom, names)),
        rows=tuple(rows),
        labels=labels,
        years=frozenset(years),
        school_year=next(
            (cell for row in sheet.rows[:top] for cell in row if has_school_year(_text(cell))), None
        ),
    )


def starts_footer(row: Sequence[Cell], names: Names) -> bool:
    """Whether a row is of those under a table: who made it, who gets it."""
    first = next((folded(_text(cell)) for cell in row if _text(cell)), "")
    return any(
        first == word or first.startswith((f"{word} ", f"{word}:", f"{word},", f"{word}("))
        for word in names.words.footers
    )


# Heads --------------------------------------------------------------------------------------


def _text(cell: Cell) -> str:
    if cell.error or isinstance(cell.value, bool):
        return ""
    return mended(cell.text)


def _field(text: str, names: Names) -> str:
    headers = names.words.headers
    for candidate in (text, _UNIT.sub("", text)):
        if found := headers.get(key(candidate)):
            return found
    return ""


def _without_year(text: str, names: Names) -> str:
    rest = " ".join(_YEAR.sub(" ", text).split())
    said = key(rest)
    for word in sorted(names.words.years, key=len, reverse=True):
        if said == word:
            return ""
        if said.startswith(f"{word} "):
            return rest[len(word) :].strip(" -–:,.")
        if said.endswith(f" {word}"):
            return rest[: -len(word)].strip(" -–:,.")
    return rest.strip(" -–:,.")


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
    return bool(texts) and all(isinstance(head(text, names), Role) for text in texts)


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
    return bool(_YEAR.fullmatch(_text(cell)))


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
        for number in range(top, bottom + 1):
            row = sheet.rows[number]
            if at >= len(row) or not _text(row[at]) or _goes_on(sheet, number, at):
                continue
            place = replace(row[at].place, value=_text(row[at]))
            found = head(_text(row[at]), names)
            if isinstance(found, Role):
                role = Role(
                    field=found.field or role.field,
                    indicator=found.indicator or role.indicator,
                    area=found.area if found.area is not None else role.area,
                    year=found.year or role.year,
                )
                fault = fault if fault and fault.code == "import-school-year" else None
            else:
                fault = fault or found or Fault(code="import-head-unknown")
        if place is not None:
            columns.append(Column(at=at, role=role, place=place, fault=fault))
    return columns


def _is_numbering(row: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns: A, B, 1, 2, 3."""
    texts = [_text(cell) for cell in row if _text(cell)]
    found = [_NUMBERING.fullmatch(text) for text in texts]
    if len(texts) < 3 or not all(found):  # noqa: PLR2004 - fewer may be figures
        return False
    numbers = [int(match[1]) for match in found if match and match[1].isdigit()]
    return numbers == list(range(1, len(numbers) + 1)) or numbers == list(
        range(2, len(numbers) + 2)
    )


# What stands above --------------------------------------------------------------------------


def labels_of(rows: Sequence[Sequence[Cell]], names: Names) -> Mapping[str, Cell]:
    """What a sheet without a table says once."""
    return _above(rows, names)[0]


def _above(rows: Sequence[Sequence[Cell]], names: Names) -> tuple[dict[str, Cell], set[int]]:
    """What is said once for the whole table, and the years that the title names."""
    labels: dict[str, Cell] = {}
    years: set[int] = set()
    for row in rows:
        for at, cell in enumerate(row):
            text = _text(cell)
            if not text or cell.inner:
                continue
            before, colon, after = text.partition(":")
            label = names.words.labels.get(key(before))
            if label and colon and after.strip():
                labels.setdefault(label, replace(cell, value=after.strip()))
            elif label and (not colon or not after.strip()):
                value = next(
                    (
                        other
                        for other in row[at + 1 :]
                        if other.value is not None and other.value != cell.value
                    ),
                    None,
                )
                if value is not None:
                    labels.setdefault(label, replace(value, inner=False))
            elif not isinstance(cell.value, int):
                years |= _title_years(text, names)
    return labels, years


def _title_years(text: str, names: Names) -> set[int]:
    """The years in a title that stand beside the word for a year."""
    found = set()
    for match in _YEAR.finditer(text):
        before = key(text[: match.start()])
        if any(before == word or before.endswith(f" {word}") for word in names.words.years):
            found.add(int(match[1]))
    return found
