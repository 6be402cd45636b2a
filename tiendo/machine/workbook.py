"""A workbook drawn from what stands in it.  The one door to XlsxWriter, which has no types.

What is drawn follows from a `Book` alone: equal ones give equal bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter

Drawn = Any
"""XlsxWriter's books, sheets and formats."""

Cell = tuple[object, str]
"""What stands in a cell, and how a number is shown."""

_BUTTON = 4
"""So many letters of a heading give way to the button that sorts and filters."""
_LINE_HEIGHT = 15
_COVER_WIDTH = 76
_A4 = 9
_STYLE = "Table Style Light 1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A sheet to be: one table from its first cell on."""

    name: str
    """Of the table, for programs."""
    title: str
    """Of its sheet."""
    headings: tuple[str, ...]
    widths: tuple[float, ...]
    """In letters."""
    rows: Iterable[Sequence[Cell]]
    """All of them at once, or one by one where the book is written so."""
    pages_wide: int
    """On paper."""
    kept_in_sight: int
    """So many columns are printed again on each page to the right."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """A workbook to be: a cover in one column, then its tables."""

    title: str
    subject: str
    author: str
    notice: str
    """Said in bold on the cover, in the properties and at the foot of each page."""
    created: datetime
    language: str
    cover: str
    """The cover's sheet."""
    lines: tuple[str, ...]
    """Below the title, each in a row."""
    address: tuple[str, str]
    """Where it leads, and what is said of it."""
    contents: str
    """The heading above what is inside."""
    inside: tuple[tuple[str, str], ...]
    """Each sheet with a sentence."""
    tables: tuple[Table, ...]
    date_shape: str
    """How a day is shown, in Excel's letters."""
    row_by_row: bool
    """Written without being held whole, which XlsxWriter can't do within an Excel table."""


def begun(target: BinaryIO, way: dict[str, bool]) -> Drawn:
    """An empty workbook that will be written to ``target`` when it is closed."""
    return xlsxwriter.Workbook(target, way)


def drawn(what: Book) -> bytes:
    """The workbook as a file."""
    target = io.BytesIO()
    book = begun(target, {"constant_memory" if what.row_by_row else "in_memory": True})
    book.set_properties(
        {
            "title": what.title,
            "subject": what.subject,
            "author": what.author,
            "comments": what.notice,
            "created": what.created,
        }
    )
    book.set_custom_property("Language", what.language)
    look = _Look(book)
    _cover(book.add_worksheet(what.cover), look, what)
    for table in what.tables:
        _sheet(book, look, what, table)
    book.close()
    return target.getvalue()


class _Look:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Drawn) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Drawn] = {}

    def __call__(self, **properties: object) -> Drawn:
        """A cell's look."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **properties})
        return self._made[key]


def _cover(sheet: Drawn, look: _Look, what: Book) -> None:
    """One column, from top to bottom, so that it can be read aloud."""
    sheet.set_column(0, 0, _COVER_WIDTH)
    sheet.write_string(0, 0, what.title, look(bold=True, font_size=14, text_wrap=True))
    sheet.set_row(0, 1.5 * _LINE_HEIGHT * _lines(what.title, 0.7 * _COVER_WIDTH))
    row = 1
    for line in filter(None, what.lines):
        sheet.write_string(row, 0, line, look(text_wrap=True, bold=line == what.notice))
        sheet.set_row(row, _LINE_HEIGHT * _lines(line, _COVER_WIDTH))
        row += 1
    address, said = what.address
    sheet.write_url(row, 0, address, string=said)
    sheet.write_string(row + 1, 0, what.contents, look(bold=True))
    row += 2
    for title, text in what.inside:
        sheet.write_url(row, 0, f"internal:'{title}'!A1", string=text)
        row += 1
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _sheet(book: Drawn, look: _Look, what: Book, table: Table) -> None:
    """A table's headings, its rows, and how it is printed."""
    sheet = book.add_worksheet(table.title)
    bold = look(bold=True, text_wrap=True)
    for at, width in enumerate(table.widths):
        sheet.set_column(at, at, width)
    for at, heading in enumerate(table.headings):
        sheet.write_string(0, at, heading, bold)
    sheet.set_row(0, _height(table.headings, [width - _BUTTON for width in table.widths]))
    last = 0
    for last, row in enumerate(table.rows, start=1):
        # Excel would find the height by itself; other programs take it as it is told.
        sheet.set_row(last, _height([value for value, _ in row], table.widths))
        for at, cell in enumerate(row):
            _put(sheet, look, (last, at), cell, what.date_shape)
    whole = (0, 0, last, len(table.headings) - 1)
    if what.row_by_row:
        sheet.autofilter(*whole)
    else:
        columns = [{"header": heading, "header_format": bold} for heading in table.headings]
        sheet.add_table(*whole, {"name": table.name, "style": _STYLE, "columns": columns})
    # Codes of areas are no numbers: some begin with a nought.
    sheet.ignore_errors({"number_stored_as_text": "A:XFD"})
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(table.pages_wide, 0)
    if table.kept_in_sight:
        sheet.repeat_columns(0, table.kept_in_sight - 1)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L{what.notice}&R&P/&N")


def _put(sheet: Drawn, look: _Look, place: tuple[int, int], cell: Cell, date_shape: str) -> None:
    value, shown = cell
    if value is None:
        return
    if isinstance(value, date):
        day = datetime.combine(value, time())
        sheet.write_datetime(*place, day, look(num_format=date_shape))
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(*place, value, look(num_format=shown or "0"))
    else:
        sheet.write_string(*place, str(value), look(text_wrap=True))


def _height(values: Iterable[object], widths: Iterable[float]) -> float:
    return _LINE_HEIGHT * max(
        _lines(value, width) if isinstance(value, str) else 1
        for value, width in zip(values, widths, strict=True)
    )


def _lines(text: str, width: float) -> int:
    """So many lines a text takes in a column of so many letters, at most."""
    return int(len(text) * 1.1 // width) + 1
