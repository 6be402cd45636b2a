"""The columns of a table that are read, and the questions that they leave.

A column is read where its heads say what it holds, of this year, once, and in the open.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from tiendo.forms.around import starts_footer
from tiendo.forms.cells import Cell, Fault, Repair
from tiendo.forms.heads import UNKNOWN_BRACKET, Role
from tiendo.forms.layout import FIGURES, Column, Table
from tiendo.forms.names import Names
from tiendo.forms.vocabulary import key
from tiendo.letters import mended
from tiendo.terms import Place, Problem

_NUMBER = re.compile(r"[0-9][0-9.,/ ]*%?")


@dataclass(kw_only=True, slots=True)
class Heard:
    """The columns that are read, and what is to be told of all of them."""

    columns: list[Column] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)


def columns_of(table: Table, year: int, names: Names) -> Heard:
    """The columns that hold a year's figures, each once."""
    found = Heard()
    found.columns += _of_the_year(table, year, found)
    _headless(table, names, found)
    body = _body(table, names)
    _loose(body, found)
    _hidden(table, body, found)
    found.columns = _each_once(body, found)
    for first, second in table.doubled:
        place = replace(second.place, value=mended(second.text))
        facts = {"other": mended(first.text), "first": shown(first.place)}
        found.problems.append(Problem(code="import-label-twice", place=place, facts=facts))
    for note in table.notes:
        place = replace(note.place, value=mended(note.text))
        found.problems.append(Problem(code="import-note-outside", place=place, stops=False))
    return found


def is_wide(columns: Iterable[Column]) -> bool:
    """Whether heads name indicators or areas, so that a row holds several figures."""
    return any(each.role.indicator or each.role.area is not None for each in columns)


def is_number(cell: Cell) -> bool:
    """Whether a cell holds something that is written as a figure."""
    if isinstance(cell.value, bool):
        return False
    if isinstance(cell.value, int | Decimal):
        return True
    return bool(_NUMBER.fullmatch(mended(cell.text)))


def shown(place: Place) -> str:
    """A cell's address, for a sentence."""
    return f"{place.column or ''}{place.row or ''}"


def holds(cell: Cell) -> bool:
    """Whether anything stands in a cell."""
    return bool(mended(cell.text)) or cell.formula or cell.error


def _body(table: Table, names: Names) -> Sequence[tuple[Cell, ...]]:
    """The rows before what stands under the table."""
    for number, row in enumerate(table.rows):
        if starts_footer(row, names):
            return table.rows[:number]
    return table.rows


# Years and heads ----------------------------------------------------------------------------


def _of_the_year(table: Table, year: int, found: Heard) -> Iterator[Column]:
    """The columns that hold the year's figures; those of other years are left out and told."""
    if table.school_year is not None:
        place = replace(table.school_year.place, value=mended(table.school_year.text))
        found.problems.append(Problem(code="import-school-year", place=place))
        return
    label = table.labels.get("year")
    is_year = label is not None and re.fullmatch("[0-9]{4}", label.text)
    told = {int(label.text)} if label is not None and is_year else set()
    for other in sorted((told or table.years) - {year}):
        if year not in (told or table.years):
            place = label.place if label is not None else Place(file=table.sheet.title)
            found.problems.append(
                Problem(
                    code="import-year",
                    place=replace(place, value=str(other)),
                    facts={"year": str(year)},
                )
            )
            return
    in_heads = {column.role.year for column in table.columns if column.role.year}
    for column in table.columns:
        if column.role.field == "ignored":
            _tell_left_out(table, column, found)
            continue
        if column.role.year not in {None, year}:
            if year in in_heads:
                found.repairs.append(
                    Repair(
                        kind="other-year",
                        place=column.place,
                        old=column.place.value or "",
                        new="",
                    )
                )
            else:
                found.problems.append(
                    Problem(code="import-year", place=column.place, facts={"year": str(year)})
                )
            continue
        if column.fault is not None or column.role == Role():
            yield from _not_understood(table, column, found)
            continue
        yield column


def _tell_left_out(table: Table, column: Column, found: Heard) -> None:
    """A plan, a rank or a running number under an indicator's own head is told."""
    is_named = column.role.indicator or column.role.area is not None
    if is_named and any(holds(cell) for cell in _cells(table.rows, column)):
        told = Problem(code="import-column-left-out", place=column.place, stops=False)
        found.problems.append(told)


def _headless(table: Table, names: Names, found: Heard) -> None:
    """What stands under no head, to the right of the names, once a column: figures are asked
    about, words are told.
    """
    known = {column.at for column in table.columns}
    first = min((column.at for column in table.columns if column.is_key), default=0)
    asked: set[int] = set()
    for row in _body(table, names):
        for at, cell in enumerate(row if table.sheet.name else row[: table.width]):
            if at <= first or at in known | asked or cell.inner or not holds(cell):
                continue
            if not any(holds(row[other]) for other in known if other < len(row)):
                # A line of text between the rows, which is told as one.
                continue
            asked.add(at)
            place = replace(cell.place, value=mended(cell.text))
            if is_number(cell) or any(sign.isnumeric() for sign in cell.text):
                found.problems.append(Problem(code="import-headless", place=place))
            else:
                told = Problem(code="import-headless-words", place=place, stops=False)
                found.problems.append(told)


def _not_understood(table: Table, column: Column, found: Heard) -> Iterator[Column]:
    """A column whose head says nothing may go where it holds no figure; else it is asked about."""
    fault = column.fault or Fault(code="import-head-unknown")
    cells = [row[column.at] for row in table.rows if column.at < len(row)]
    if fault.code == UNKNOWN_BRACKET:
        # Without its bracket it would be read: words are as good as figures.
        stops = any(holds(cell) for cell in cells)
    else:
        stops = fault.code != "import-head-unknown" or any(
            cell.value is not None
            and (not isinstance(cell.value, str) or any(sign.isnumeric() for sign in cell.text))
            for cell in cells
        )
    found.problems.append(
        Problem(
            code=fault.code if stops else "import-column-ignored",
            place=column.place,
            facts=fault.facts,
            stops=stops,
        )
    )
    yield from ()


# Each once, and in the open -----------------------------------------------------------------


def _loose(body: Sequence[tuple[Cell, ...]], found: Heard) -> None:
    """A column of figures that does not say of what, beside several that do, is asked about."""
    named = [each for each in found.columns if each.role.indicator or each.role.area is not None]
    of_what = {(each.role.indicator, each.role.area) for each in named}
    if len(of_what) <= 1:
        return
    for column in [*found.columns]:
        if column in named or column.role.field not in FIGURES:
            continue
        found.columns.remove(column)
        if any(holds(cell) for cell in _cells(body, column)):
            facts = {"first": named[0].place.value or "", "second": named[-1].place.value or ""}
            asked = Problem(code="import-head-loose", place=column.place, facts=facts)
            found.problems.append(asked)


def _hidden(table: Table, body: Sequence[tuple[Cell, ...]], found: Heard) -> None:
    """What is read and can't be seen: names are told, all else is asked about."""
    told: list[Column] = []
    for column in found.columns:
        if column.at not in table.sheet.hidden:
            continue
        first = next((cell for cell in _cells(body, column) if holds(cell)), None)
        if first is None:
            continue
        if not column.is_key:
            place = replace(column.place, value=mended(first.text))
            facts = {"head": column.place.value or "", "first": shown(first.place)}
            found.problems.append(Problem(code="import-hidden-column", place=place, facts=facts))
        elif not table.sheet.marks:
            # A form hides its own ids.
            told.append(column)
    for column in told:
        warning = Problem(code="import-hidden-names", place=column.place, stops=False)
        found.problems.append(warning)


def _each_once(body: Sequence[tuple[Cell, ...]], found: Heard) -> list[Column]:
    """The columns without those that say again what another says; where they differ, it is asked.

    "Rate" and "Rate (%)" of one indicator say the same, whatever way they are written.
    """
    by_meaning: dict[tuple[object, ...], list[Column]] = defaultdict(list)
    for column in found.columns:
        role = column.role
        name = role.field or "value"
        by_meaning[name, role.indicator, role.area].append(column)
    again: list[Column] = []
    for columns in by_meaning.values():
        first, *others = columns
        if first.is_key or first.role.field == "year":
            continue
        for other in others:
            pair = _difference(body, first, other)
            if pair is not None:
                place = replace(pair[1].place, value=mended(pair[1].text))
                facts = {
                    "head": other.place.value or "",
                    "other": mended(pair[0].text),
                    "first": shown(pair[0].place),
                }
                found.problems.append(Problem(code="import-column-twice", place=place, facts=facts))
            elif {first.role.field, other.role.field} == {"", "value"} and _are_parts(body, first):
                continue
            else:
                facts = {"first": shown(first.place)}
                told = Problem(
                    code="import-column-again", place=other.place, facts=facts, stops=False
                )
                found.problems.append(told)
            if _is_empty(body, first):
                again.append(first)
                first = other
            else:
                again.append(other)
    return [column for column in found.columns if column not in again]


def _are_parts(body: Sequence[tuple[Cell, ...]], column: Column) -> bool:
    return any("/" in cell.text for cell in _cells(body, column))


def _difference(
    body: Sequence[tuple[Cell, ...]], first: Column, other: Column
) -> tuple[Cell, Cell] | None:
    """The first cells of two columns that say two things; None where there are none.

    A column that is empty says nothing; a cell that is empty beside one that is not, does.
    """
    if _is_empty(body, first) or _is_empty(body, other):
        return None
    for row in body:
        left, right = (
            row[each.at] if each.at < len(row) else Cell(value=None, place=each.place)
            for each in (first, other)
        )
        if first.role.field != other.role.field and "/" in left.text + right.text:
            continue
        if _said(left) != _said(right):
            return left, right
    return None


def _is_empty(body: Sequence[tuple[Cell, ...]], column: Column) -> bool:
    return not any(holds(cell) for cell in _cells(body, column))


def _said(cell: Cell) -> str:
    text = key(cell.text)
    if _NUMBER.fullmatch(text):
        text = text.rstrip("%").replace(",", ".")
    return f"{text}%" if cell.percent else text


def _cells(body: Sequence[tuple[Cell, ...]], column: Column) -> Iterator[Cell]:
    return (row[column.at] for row in body if column.at < len(row))
