"""From the text of a table to typed rows, by its own schema: the one door to Frictionless.

Frictionless is given lines of text, not files, because it guesses at separators and encodings, and
numbers that were looked at before: it takes ``1e3``, ``１２``, ``1_000`` and ``NaN`` for numbers.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from frictionless import Dialect, Package, Schema
from frictionless import Row as FrictionlessRow
from frictionless.resources import TableResource

from tiendo.config import EARLIEST, LATEST
from tiendo.letters import is_formula, letter_faults
from tiendo.read.contract import (
    DESCRIPTOR,
    LARGEST_TABLE,
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_ROWS,
    Table,
)
from tiendo.terms import NO_WORDS, Place, Problem, Text

Cells = Mapping[str, Any]
"""What a row says: by column, and its words in all languages by what their columns have in common.
"""

CELL_FORMS = {
    "integer": re.compile(r"-?[0-9]{1,40}"),
    "number": re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,12})?"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}
"""How a cell of a type is written; the codes of what is not are named after the types."""

LARGEST = 10**15

CELL_CONSTRAINTS = {
    "required": "required",
    "enum": "enum",
    "pattern": "pattern",
    "minimum": "range",
    "maximum": "range",
    "exclusiveMinimum": "range",
    "exclusiveMaximum": "range",
    "minLength": "length",
    "maxLength": "length",
}
"""Constraints of Table Schema, and the codes of a cell that breaks them."""

CELL_LIMITS = {
    "minimum": "≥ ",
    "maximum": "≤ ",
    "exclusiveMinimum": "> ",
    "exclusiveMaximum": "< ",
    "minLength": "≥ ",
    "maxLength": "≤ ",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row of a table: its line, its typed cells, and whether all of them could be read."""

    number: int
    cells: Cells
    sound: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """One table as text, with the schema that it is read by."""

    file: str
    table: Table
    schema: Mapping[str, Any]
    """Of Frictionless, with the contract's constraints in it."""
    patterns: Mapping[str, str]
    """The patterns of columns as the package's schema writes them."""
    rows: Sequence[Sequence[str | None]]
    """The header, then each line; a cell that no value can be read from is None."""
    refused: Mapping[int, Mapping[str, Problem]]
    """What was found in such cells, by row and column."""


def grid_of(
    text: str, file: str, resource: Mapping[str, Any], table: Table
) -> tuple[Grid | None, list[Problem]]:
    """The cells of a file; None where its header or schema is wrong: no cell could be trusted."""
    lines, problems = _lines(text, file)
    if problems:
        return None, problems
    if len(lines) > MOST_ROWS:
        return None, [
            Problem(
                code="table-long",
                place=Place(file=file, row=len(lines)),
                facts={"limit": str(MOST_ROWS)},
            )
        ]
    fields = resource["schema"]["fields"]
    names = [each["name"] for each in fields]
    problems = [*_schema_faults(fields, file, table), *_header_faults(lines[0], names, file)]
    if any(problem.stops for problem in problems):
        return None, problems
    kinds = {
        place: table.columns[name].type
        for place, name in enumerate(names)
        if name in table.columns and table.columns[name].type in CELL_FORMS
    }
    rows: list[Sequence[str | None]] = [lines[0]]
    refused: dict[int, dict[str, Problem]] = {}
    for number, cells in enumerate(lines[1:], start=2):
        row: list[str | None] = list(cells)
        for place, cell in enumerate(cells[: len(names)]):
            if len(cell) > LONGEST_TEXT:
                refused.setdefault(number, {})[names[place]] = _too_long(
                    Place(file=file, row=number, column=names[place], value=cell)
                )
                row[place] = None
        for place, kind in kinds.items():
            if place >= len(cells) or not row[place]:
                continue
            fault = number_fault(
                kind, Place(file=file, row=number, column=names[place], value=cells[place])
            )
            if fault is not None:
                refused.setdefault(number, {})[names[place]] = fault
                row[place] = None
        rows.append(row)
    schema, patterns = _schema(resource["schema"], table)
    grid = Grid(
        file=file, table=table, schema=schema, patterns=patterns, rows=rows, refused=refused
    )
    return grid, problems


def _lines(text: str, file: str) -> tuple[list[list[str]], list[Problem]]:
    """The lines of a file of comma-separated values, cell by cell (RFC 4180)."""
    if "\r" in text.replace("\r\n", "") and "\n" not in text:
        return [], [Problem(code="file-line-ends", place=Place(file=file))]
    header = text.split("\n", 1)[0].rstrip("\r")
    for sign, name in ((";", ";"), ("\t", "Tab")):
        if "," not in header and sign in header:
            place = Place(file=file, row=1)
            return [], [Problem(code="file-separator", place=place, facts={"found": name})]
    # Too long a cell is told as such, by its row and column.
    csv.field_size_limit(LARGEST_TABLE)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[list[str]] = []
    try:
        lines.extend(reader)
    except csv.Error:
        place = Place(file=file, row=len(lines) + 1)
        return [], [Problem(code="row-quotes", place=place)]
    return lines, []


def _too_long(place: Place) -> Problem:
    """That a text is longer than any cell may be; of the text itself, its beginning."""
    return Problem(
        code="cell-length",
        place=replace(place, value=(place.value or "")[:LONGEST_NAME]),
        facts={"limit": f"{CELL_LIMITS['maxLength']}{LONGEST_TEXT}"},
    )


def number_fault(kind: str, place: Place) -> Problem | None:
    """Why a cell is no number or date as the contract writes them; None where it is one."""
    text = place.value or ""
    if not CELL_FORMS[kind].fullmatch(text):
        return Problem(code=f"cell-{kind}", place=place)
    if kind == "date":
        try:
            known = date.fromisoformat(text)
        except ValueError:
            return Problem(code="cell-date", place=place)
        low, high = EARLIEST, LATEST
        inside = low <= known <= high
        return (
            None
            if inside
            else Problem(code="cell-range", place=place, facts={"limit": f"{low} – {high}"})
        )
    if abs(Decimal(text)) > LARGEST:
        return Problem(code="cell-range", place=place, facts={"limit": f"≤ {LARGEST}"})
    return None


def _header_faults(labels: Sequence[str], expected: Sequence[str], file: str) -> Iterator[Problem]:
    place = Place(file=file, row=1)
    if sorted(labels) == sorted(expected) and list(labels) != list(expected):
        yield Problem(code="header-order", place=place, facts={"expected": ",".join(expected)})
    elif list(labels) != list(expected):
        missing = Counter(expected) - Counter(labels)
        extra = Counter(labels) - Counter(expected)
        yield Problem(
            code="header-wrong",
            place=place,
            facts={
                "missing": ", ".join(missing.elements()) or "–",
                "extra": ", ".join(name or "?" for name in extra.elements()) or "–",
                "expected": ",".join(expected),
            },
        )


def _schema_faults(
    fields: Sequence[Mapping[str, Any]], file: str, table: Table
) -> Iterator[Problem]:
    """A schema has the contract's columns, of the contract's types."""
    folder, _, name = file.rpartition("/")
    types = {each["name"]: each.get("type", "string") for each in fields}
    gone = [c.name for c in table.columns.values() if not c.optional and c.name not in types]
    unknown = [
        name for name in types if name not in table.columns and not table.is_passed_over(name)
    ]
    for code, columns in (("schema-lacks", gone), ("schema-unknown", unknown)):
        if columns:
            listed = ", ".join(columns)
            yield Problem(
                code=code,
                place=Place(file=f"{folder}/{DESCRIPTOR}", value=f"{name}: {listed}"),
                facts={"columns": listed, "table": name},
                stops=columns is gone,
            )
    for column in table.columns.values():
        if column.name in types and types[column.name] != column.type:
            yield Problem(
                code="schema-type",
                place=Place(file=f"{folder}/{DESCRIPTOR}", value=f"{name}: {column.name}"),
                facts={
                    "table": name,
                    "name": column.name,
                    "expected": column.type,
                    "found": str(types[column.name]),
                },
            )


def _schema(own: Mapping[str, Any], table: Table) -> tuple[dict[str, Any], dict[str, str]]:
    """A table's own schema narrowed to what the contract asks for, and its patterns."""
    fields: list[dict[str, Any]] = []
    patterns: dict[str, str] = {}
    for each in own["fields"]:
        column = table.columns.get(each["name"])
        limits = dict(each.get("constraints", {})) if column is not None else {}
        if column is not None:
            if column.required:
                limits["required"] = True
            for name, limit in column.limits.items():
                limits[name] = _narrower(name, limits.get(name), limit)
        limits = {name: limit for name, limit in limits.items() if limit is not None}
        if "pattern" in limits:
            patterns[each["name"]] = limits["pattern"]
            limits["pattern"] = f"(?:{limits['pattern']})"
        kind = column.type if column is not None else "string"
        fields.append(
            {
                "name": each["name"],
                # A moment is read by us: Frictionless knows more ways to write one.
                "type": "string" if kind == "datetime" else kind,
                "constraints": limits,
            }
        )
    key = own.get("primaryKey", [])
    return {
        "fields": fields,
        "primaryKey": list(table.key) or ([key] if isinstance(key, str) else key),
        "foreignKeys": own.get("foreignKeys", []),
        "missingValues": [""],
    }, patterns


def _narrower(name: str, own: Any, limit: Any) -> Any:  # noqa: ANN401 - as JSON has it
    if own is None or limit is None or name == "pattern":
        return limit
    if name == "enum":
        return [value for value in own if value in limit] or limit
    return max(own, limit) if name == "minimum" else min(own, limit)


def typed_rows(
    grids: Mapping[str, Grid],
) -> tuple[dict[str, tuple[Row, ...]], list[Problem]]:
    """The rows of a package's tables by their names, typed, and all that is wrong with them."""
    rows = {}
    problems: list[Problem] = []
    typed = {name: _resource(name, grid, grids) for name, grid in grids.items()}
    Package(resources=list(typed.values()))  # foreign keys are looked up in it
    for name, grid in grids.items():
        rows[name], faults = _rows(typed[name], grid)
        problems += faults
    return rows, problems


def _resource(name: str, grid: Grid, grids: Mapping[str, Grid]) -> TableResource:
    """A table for Frictionless; keys into tables that could not be read are left out."""
    schema = dict(grid.schema)
    schema["foreignKeys"] = [
        key
        for key in schema["foreignKeys"]
        if not key["reference"].get("resource") or key["reference"]["resource"] in grids
    ]
    return TableResource(
        name=name,
        data=lambda: grid.rows,
        schema=Schema.from_descriptor(schema),
        dialect=Dialect(header=True, header_rows=[1]),
    )


def _rows(resource: TableResource, grid: Grid) -> tuple[tuple[Row, ...], list[Problem]]:
    """All rows of a table, typed, and everything that is wrong with them."""
    rows: list[Row] = []
    problems: list[Problem] = []
    texts = [
        each.name
        for each in resource.schema.fields
        if each.type == "string" and "enum" not in each.constraints
    ]
    with resource:
        for row in resource.row_stream:
            if any(error.type == "blank-row" for error in row.errors) and not (
                grid.refused.get(row.row_number)
            ):
                place = Place(file=grid.file, row=row.row_number)
                problems.append(Problem(code="row-blank", place=place, stops=False))
                continue
            faults = list(_row_faults(resource, row, grid))
            cells = row.to_dict()
            cells |= {stem: text_of(cells, each) for stem, each in grid.table.texts.items()}
            problems += faults
            if not grid.table.copy and not any(fault.code == "row-cells" for fault in faults):
                problems += letter_problems(cells, texts, grid.file, row.row_number)
                problems += [
                    Problem(
                        code="translation-alone",
                        place=Place(file=grid.file, row=row.row_number, column=first, value=""),
                        facts={"other": other},
                    )
                    for first, *others in (each.values() for each in grid.table.texts.values())
                    for other in others
                    if cells.get(other) and first in cells and not cells[first]
                ]
            rows.append(Row(number=row.row_number, cells=cells, sound=not faults))
    return tuple(rows), problems


def text_of(cells: Cells, columns: Mapping[str, str]) -> Text:
    """Words in the languages whose columns these are, the first language's first."""
    given = {language: cells.get(column) or "" for language, column in columns.items()}
    return Text(**given) if any(given.values()) else NO_WORDS


def _row_faults(resource: TableResource, row: FrictionlessRow, grid: Grid) -> Iterator[Problem]:
    """What Frictionless found in a row, in our own codes."""
    file, number = grid.file, row.row_number
    if len(row.cells) != len(resource.schema.fields):
        yield Problem(
            code="row-cells",
            place=Place(file=file, row=number),
            facts={"found": str(len(row.cells)), "expected": str(len(resource.schema.fields))},
        )
        return
    refused = grid.refused.get(number, {})
    yield from refused.values()
    raw = dict(zip(resource.schema.field_names, row.cells, strict=True))
    told = set(refused)
    for error in row.errors:
        names = error.to_descriptor()
        column = names.get("fieldName")
        place = Place(file=file, row=number, column=column, value=str(raw.get(column) or ""))
        if error.type == "constraint-error" and column not in told:
            told.add(column)
            yield from _constraint_faults(resource, place, grid)
        elif error.type == "unique-error" and resource.schema.primary_key != [column]:
            yield Problem(code="cell-unique", place=place)
        elif error.type == "primary-key":
            key = resource.schema.primary_key
            twin = re.search(r"position (\d+)", error.note)
            if twin is not None and not {*key} & {*refused}:
                value = ", ".join(raw[name] or "" for name in key)
                place = Place(file=file, row=number, column=", ".join(key), value=value)
                yield Problem(code="row-twice", place=place, facts={"first": twin[1]})
        elif error.type == "foreign-key":
            yield Problem(
                code="key-unknown",
                place=Place(
                    file=file,
                    row=number,
                    column=", ".join(names["fieldNames"]),
                    value=", ".join(str(cell) for cell in names["fieldCells"]),
                ),
                facts={"table": names["referenceName"] or file.rpartition("/")[2][:-4]},
            )


def _constraint_faults(resource: TableResource, place: Place, grid: Grid) -> Iterator[Problem]:
    """One problem for each constraint of the cell's column that its value breaks."""
    column = place.column or ""
    schema_field = resource.schema.get_field(column)
    _, notes = schema_field.read_cell(place.value or None)
    for name in notes or {}:
        limit = schema_field.constraints.get(name)
        if name == "pattern":
            limit = grid.patterns[column]
        elif isinstance(limit, list):
            limit = ", ".join(map(str, limit))
        sign = CELL_LIMITS.get(name, "")
        yield Problem(
            code=f"cell-{CELL_CONSTRAINTS[name]}", place=place, facts={"limit": f"{sign}{limit}"}
        )


def letter_problems(
    cells: Cells, columns: Iterable[str], file: str, row: int | None
) -> Iterator[Problem]:
    """What is wrong with the letters of texts: of a row's cells, or a descriptor's properties."""
    for column in columns:
        text = cells.get(column)
        if not isinstance(text, str) or not text:
            continue
        place = Place(file=file, row=row, column=column, value=text)
        if len(text) > LONGEST_TEXT:
            yield _too_long(place)
            continue
        for code in letter_faults(text):
            yield Problem(code=code, place=place)
        if is_formula(text):
            yield Problem(code="cell-formula", place=place)
        if "  " in text or text != text.strip():
            yield Problem(code="cell-spaces", place=place)
        if len(text.splitlines()) > 1:
            yield Problem(code="cell-lines", place=place)
