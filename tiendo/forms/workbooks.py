"""Workbooks as sheets of cells.  The one door to openpyxl.

openpyxl builds what a file describes; what it describes is looked at before: a file of some
kilobytes can describe gigabytes.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock

from tiendo.forms.cells import Cell, Value
from tiendo.letters import mended
from tiendo.terms import Place, Problem

Kept = Any
"""openpyxl's books, sheets and cells, which have no types."""

MOST_BYTES = 64 * 2**20
"""So much may a workbook hold when it is unpacked; the largest form has 1% of it."""
MOST_PARTS = 2_000
MOST_RATIO = 200
"""So many times larger than packed may a part be; text of tables is some 20 times."""
SMALL_PART = 2**20
"""Below this a part may be packed as well as it can."""
MOST_CELLS = 500_000
MOST_COLUMNS = 1_000
LONGEST_COMMENT = 300

_DRAWING = re.compile(r"xl/drawings/drawing[0-9]+\.xml")
_SHAPE = re.compile(rb"<(?:[a-z]+:)?(?:pic|sp)[ >]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A sheet's cells up to the last that holds something; a CSV file is one sheet."""

    file: str
    name: str
    """Empty for a CSV file."""
    rows: tuple[tuple[Cell, ...], ...]
    origins: tuple[tuple[int, ...], ...] = ()
    """For each cell the number of the merged cell that it is part of; 0: of none."""
    marks: dict[str, str] = field(default_factory=dict)
    """What the workbook's hidden sheet of marks says; empty: it is no form."""
    hidden: frozenset[int] = frozenset()
    """Columns, from 0, that are not seen."""
    separator: str = ""
    """The sign between the columns of a CSV file."""

    @property
    def title(self) -> str:
        """Where it is, for a `Place`."""
        return f"{self.file} [{self.name}]" if self.name else self.file


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """What a file holds: its sheets, or why there are none."""

    sheets: tuple[Sheet, ...] = ()
    problems: tuple[Problem, ...] = ()


def workbook(name: str, content: bytes, marks_sheet: str) -> Opened:
    """The visible sheets of a workbook; what is hidden is told."""
    code = _fault(content)
    if code is not None:
        return refusal(name, code)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values = openpyxl.load_workbook(
                io.BytesIO(content), data_only=True, keep_links=False, rich_text=True
            )
            formulas = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
            found = _sheets(name, values, formulas, marks_sheet)
    except Exception:  # noqa: BLE001 - openpyxl raises whatever a broken file makes it trip over
        return refusal(name, "import-corrupt")
    if not _is_drawn_on(content):
        return found
    warning = Problem(code="import-drawing", place=Place(file=name), stops=False)
    return replace(found, problems=(*found.problems, warning))


def _is_drawn_on(content: bytes) -> bool:
    """Whether pictures or shapes with words lie on a sheet; charts say what its cells say."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        drawings = [each for each in packed.infolist() if _DRAWING.fullmatch(each.filename)]
        return any(_SHAPE.search(packed.read(each)) for each in drawings)


def refusal(name: str, code: str, **facts: str) -> Opened:
    """A file that is not read at all."""
    return Opened(problems=(Problem(code=code, place=Place(file=name), facts=facts),))


def _fault(content: bytes) -> str | None:
    """Why a zip file is not opened as a workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            return (
                _size_fault(parts)
                or _kind_fault({part.filename for part in parts})
                or _content_fault(packed, parts)
            )
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError):
        return "import-corrupt"
    except RuntimeError:  # an encrypted part
        return "import-password"


def _size_fault(parts: Sequence[zipfile.ZipInfo]) -> str | None:
    if any(part.flag_bits & 1 for part in parts):
        return "import-password"
    is_bomb = any(
        part.file_size > SMALL_PART and part.file_size > MOST_RATIO * part.compress_size
        for part in parts
    )
    size = sum(part.file_size for part in parts)
    return "import-too-large" if is_bomb or len(parts) > MOST_PARTS or size > MOST_BYTES else None


def _kind_fault(names: Collection[str]) -> str | None:
    if "xl/workbook.xml" in names:
        return None
    if "xl/workbook.bin" in names or "mimetype" in names:
        return "import-other-format"
    is_document = any(name.startswith(("word/", "ppt/")) for name in names)
    return "import-word" if is_document else "import-not-a-table"


def _content_fault(packed: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> str | None:
    """Whether a part is broken, or defines words that multiply when they are read."""
    for part in parts:
        # What a size says may be untrue: zipfile unpacks no more than it says.
        text = packed.read(part)
        if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in text:
            return "import-corrupt"
    return None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Book:
    """What holds for all cells of a workbook."""

    name: str
    epoch: int
    struck: frozenset[int]
    """The fonts that strike out."""


def _sheets(name: str, values: Kept, formulas: Kept, marks_sheet: str) -> Opened:
    found: list[Sheet] = []
    problems: list[Problem] = []
    marks: dict[str, str] = {}
    if marks_sheet in values.sheetnames:
        sheet = values[marks_sheet]
        for row in sheet.iter_rows(max_row=40, max_col=2, values_only=True):
            if row[0] is not None and row[1] is not None:
                marks[str(row[0])] = str(row[1])
    for sheet in values.worksheets:
        place = Place(file=f"{name} [{sheet.title}]")
        if sheet.title == marks_sheet:
            continue
        if sheet.sheet_state != "visible":
            problems.append(Problem(code="import-hidden-sheet", place=place, stops=False))
            continue
        cells = [cell for cell in _filled(sheet) if cell.column <= MOST_COLUMNS]
        if len(cells) > MOST_CELLS or _area(cells) > 4 * MOST_CELLS:
            problems.append(Problem(code="import-too-large", place=place))
            continue
        problems += _hidden_rows(sheet, place, {cell.row for cell in cells})
        problems += _comments(sheet, place)
        book = _Book(
            name=name,
            epoch=values.epoch.year,
            struck=frozenset(
                at
                for at, font in enumerate(values._fonts)  # noqa: SLF001
                if font.strike
            ),
        )
        found.append(_sheet(book, sheet, formulas[sheet.title], cells))
    return Opened(
        sheets=tuple(replace(sheet, marks=marks) for sheet in found), problems=tuple(problems)
    )


def _filled(sheet: Kept) -> list[Kept]:
    """The cells that hold something; walking rows would make a cell wherever there is none."""
    return [
        cell
        for cell in sheet._cells.values()  # noqa: SLF001
        if cell.value is not None or cell.data_type == "f"
    ]


def _area(cells: list[Kept]) -> int:
    if not cells:
        return 0
    return int(max(cell.row for cell in cells) * max(cell.column for cell in cells))


def _hidden_rows(sheet: Kept, place: Place, filled: set[int]) -> list[Problem]:
    rows = {number: sheet.row_dimensions[number] for number in sorted(filled)}
    hidden = [number for number, row in rows.items() if row.hidden]
    if not hidden:
        return []
    return [
        Problem(
            code="import-hidden-rows",
            place=replace(place, row=hidden[0]),
            facts={"count": str(len(hidden))},
            stops=False,
        )
    ]


def _hidden_columns(sheet: Kept) -> frozenset[int]:
    """The columns that are not seen, from 0; the file has those beside each other as one."""
    return frozenset(
        number - 1
        for each in sheet.column_dimensions.values()
        if each.hidden and each.min and each.max
        for number in range(each.min, min(each.max, MOST_COLUMNS) + 1)
    )


def _comments(sheet: Kept, place: Place) -> list[Problem]:
    """Remarks that hang on cells: nobody would see them again, so they are told."""
    found = []
    for cell in sorted(sheet._cells.values(), key=lambda each: (each.row, each.column)):  # noqa: SLF001
        text = mended(cell.comment.text or "") if cell.comment is not None else ""
        if text:
            where = replace(
                place, row=cell.row, column=letters(cell.column - 1), value=text[:LONGEST_COMMENT]
            )
            found.append(Problem(code="import-comment", place=where, stops=False))
    return found


def _sheet(book: _Book, sheet: Kept, formulas: Kept, filled: list[Kept]) -> Sheet:
    made = [
        cell for cell in _filled(formulas) if cell.data_type == "f" and cell.column <= MOST_COLUMNS
    ]
    if _area(made) > 4 * MOST_CELLS:
        made = []
    height = max((cell.row for cell in [*filled, *made]), default=0)
    width = max((cell.column for cell in [*filled, *made]), default=0)
    title = f"{book.name} [{sheet.title}]"
    grid = [
        [
            Cell(value=None, place=Place(file=title, row=row + 1, column=letters(column)))
            for column in range(width)
        ]
        for row in range(height)
    ]
    for cell in filled:
        grid[cell.row - 1][cell.column - 1] = _cell(cell, grid, book)
    for cell in made:
        there = grid[cell.row - 1][cell.column - 1]
        grid[cell.row - 1][cell.column - 1] = replace(there, formula=True)
    origins = [[0] * width for _ in range(height)]
    for number, merged in enumerate(sheet.merged_cells.ranges, start=1):
        top, left = merged.min_row - 1, merged.min_col - 1
        if top >= height or left >= width:
            continue
        first = grid[top][left]
        for row in range(top, min(merged.max_row, height)):
            for column in range(left, min(merged.max_col, width)):
                origins[row][column] = number
                if (row, column) != (top, left):
                    place = grid[row][column].place
                    grid[row][column] = replace(first, inner=True, place=place)
    return Sheet(
        file=book.name,
        name=sheet.title,
        hidden=_hidden_columns(sheet),
        rows=tuple(tuple(row) for row in grid),
        origins=tuple(tuple(row) for row in origins),
    )


def _cell(cell: Kept, grid: list[list[Cell]], book: _Book) -> Cell:
    there: Cell = grid[cell.row - 1][cell.column - 1]
    value = _value(cell.value)
    shown = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return replace(
        there,
        value=value,
        place=replace(there.place, value=shown),
        # Not a percent sign in quotes, which is only shown.
        percent="%" in re.sub(r'"[^"]*"|\\.', "", str(cell.number_format or "")),
        error=cell.data_type == "e",
        serial=True,
        epoch_1904=book.epoch > 1900,  # noqa: PLR2004
        struck=cell._style.fontId in book.struck or _has_struck(cell.value),  # noqa: SLF001
    )


def _has_struck(value: object) -> bool:
    return isinstance(value, CellRichText) and any(
        isinstance(part, TextBlock) and part.font.strike for part in value
    )


def _with_raised(text: CellRichText) -> str:
    """A text of several looks; digits that are raised or lowered in it stay so.

    "6¹" is often a 6 and a 1 that is set higher; without its look it would be 61.
    """
    made = ""
    for part in text:
        if not isinstance(part, TextBlock):
            made += str(part)
        elif part.font.vertAlign in {"superscript", "subscript"}:
            made += part.text.translate(_RAISED)
        else:
            made += part.text
    return made


def _value(value: object) -> Value:
    if isinstance(value, CellRichText):
        return _with_raised(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float):
        # Excel keeps 15 digits; what comes after is of the machine's making.
        number = Decimal(format(value, ".15g"))
        return int(number) if number == number.to_integral_value() else number
    if isinstance(value, bool | int | str | date) or value is None:
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)


def letters(column: int) -> str:
    """A column's letters, from its number, which begins with 0."""
    made = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        made = chr(ord("A") + rest) + made
    return made
