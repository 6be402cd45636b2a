"""The rows of a table as figures: what is said of an indicator in an area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tiendo.forms.around import is_note, remark_of, starts_footer
from tiendo.forms.cells import Cell, Fault, Found, Repair, repaired
from tiendo.forms.columns import columns_of, holds, is_number, is_wide
from tiendo.forms.heads import Unit, is_year, measured
from tiendo.forms.layout import Column, Table
from tiendo.forms.names import WHOLE, Names, agency_of, area_of, prefix_and_rest
from tiendo.forms.shifts import shifted
from tiendo.letters import folded, mended
from tiendo.terms import Place, Problem

Key = tuple[str, str]
"""An indicator and an area."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What one table says of one indicator in one area."""

    key: Key
    total: bool
    """Whether it stands in a row of totals, which may only add up the others."""
    cells: Mapping[str, Cell]
    """By field."""
    place: Place
    """Where it begins."""
    units: Mapping[str, Unit] = field(default_factory=dict)
    """In what its figures are said to be, by field; only where it is said."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Keys:
    """What a row is about, as far as its own cells say it."""

    indicator: str
    area: str | None
    unit: Unit | None


@dataclass(kw_only=True, slots=True)
class Entries:
    """What a table says, and the questions that it leaves."""

    said: list[Said] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)


def entries_of(table: Table, year: int, names: Names) -> Entries:
    """All that a table says of a year."""
    heard = columns_of(table, year, names)
    found = Entries(problems=heard.problems, repairs=heard.repairs)
    if any(problem.stops for problem in found.problems):
        return found
    columns = heard.columns
    keys = [column for column in columns if column.is_key]
    figures = [column for column in columns if not column.is_key and column.role.field != "year"]
    years = [column for column in columns if column.role.field == "year"]
    default = _default_area(table, names)
    last = -1
    line: Cell | None
    lines: list[tuple[int, Cell]] = []
    for number, row in enumerate(table.rows):
        if not any(holds(cell) for cell in row):
            continue
        if starts_footer(row, names):
            _tell_footer(table.rows[number:], keys, names, found)
            break
        question = shifted(row, table, columns, names.levels)
        if question is not None:
            found.problems.append(question)
            continue
        if _is_other_year(row, years, year, found):
            continue
        line = _line(row, [*keys, *years], figures, names)
        if line is None:
            count = len(found.said)
            line = _read_row(row, keys, figures, default, (names, found))
            last = number if len(found.said) > count else last
        if line is not None:
            lines.append((number, line))
    _tell_lines(lines, last, found)
    return found


def _line(
    row: Sequence[Cell], named: Sequence[Column], figures: Sequence[Column], names: Names
) -> Cell | None:
    """The one text of a row that holds nothing else, where it can be no name and no figure."""
    texts = [cell for cell in row if holds(cell)]
    first = texts[0]
    own = [cell for cell in texts if not cell.inner]
    if len(own) != 1 or own[0] is not first or not isinstance(first.value, str):
        return None
    if any(cell.value != first.value for cell in texts[1:]) or first.error or first.formula:
        return None
    at = next(place for place, cell in enumerate(row) if cell is first)
    if len(texts) == 1 and at in {column.at for column in named}:
        return None
    in_figures = len(texts) == 1 and at in {column.at for column in figures}
    is_numbered = any(sign.isnumeric() for sign in first.text)
    if in_figures and is_numbered and not is_note(first.text, names):
        return None
    is_word = sum(sign.isalpha() for sign in first.text) > 1
    there = area_of(first, names)
    return first if is_word and not isinstance(there, Found) else None


def _tell_lines(lines: Sequence[tuple[int, Cell]], last: int, found: Entries) -> None:
    """Lines between the rows head sections; those after the last row remark on the table."""
    for number, cell in lines:
        text = mended(cell.text)
        if number > last and found.said:
            place = replace(cell.place, value=text)
            found.problems.append(Problem(code="import-note-outside", place=place, stops=False))
        else:
            found.repairs.append(Repair(kind="line", place=cell.place, old=text, new=""))


def _default_area(table: Table, names: Names) -> str | None:
    """The area of a table that names none in its rows: its sheet's, or its reporter's."""
    cell = Cell(value=table.sheet.name or None, place=Place(file=table.sheet.title))
    there = area_of(cell, names)
    if isinstance(there, Found) and there.value != WHOLE:
        return there.value
    return None


def _tell_footer(
    rows: Sequence[tuple[Cell, ...]], keys: list[Column], names: Names, found: Entries
) -> None:
    """What stands under a table is passed over, unless figures are among it; remarks are told."""
    first = next(cell for cell in rows[0] if mended(cell.text))
    found.repairs.append(Repair(kind="footer", place=first.place, old=mended(first.text), new=""))
    for row in rows:
        for cell in row:
            if remark := remark_of(cell, names):
                place = replace(cell.place, value=remark)
                found.problems.append(Problem(code="import-note-outside", place=place, stops=False))
    for other in rows[1:]:
        for column in keys:
            name = other[column.at] if column.at < len(other) else None
            if name is None or not mended(name.text) or starts_footer(other, names):
                continue
            there, _ = _named(name, column, names)
            if isinstance(there, Found) and any(is_number(each) for each in other[column.at + 1 :]):
                place = replace(name.place, value=mended(name.text))
                found.problems.append(Problem(code="import-after-footer", place=place))
                return


def _is_other_year(row: tuple[Cell, ...], years: list[Column], year: int, found: Entries) -> bool:
    """Whether a row is of another year; a year that can't be read is a question."""
    for column in years:
        cell = row[column.at] if column.at < len(row) else None
        text = mended(cell.text) if cell is not None else ""
        if cell is None or not text or text == str(year):
            continue
        if is_year(text):
            found.repairs.append(Repair(kind="other-year", place=cell.place, old=text, new=""))
        else:
            school = any(sign in text for sign in "-–/")
            code = "import-school-year" if school else "import-year"
            found.problems.append(
                Problem(
                    code=code,
                    place=replace(cell.place, value=text),
                    facts={"year": str(year)},
                )
            )
        return True
    return False


def _read_row(
    row: tuple[Cell, ...],
    keys: list[Column],
    figures: list[Column],
    default: str | None,
    reading: tuple[Names, Entries],
) -> Cell | None:
    """What a row says, added to what was found; a cell where it is a line without figures."""
    names, found = reading
    filled = [column for column in figures if column.at < len(row) and holds(row[column.at])]
    own = _keys_of_row(row, keys, names, found, has_figures=bool(filled))
    if not isinstance(own, _Keys):
        return own
    said: dict[Key, dict[str, tuple[Cell, Column]]] = {}
    nameless = False
    shared: dict[str, tuple[Cell, Column]] = {}
    wide = is_wide(figures)
    for column in figures:
        role = column.role
        if column.at >= len(row) and not (role.indicator or role.area is not None):
            continue
        cell = row[column.at] if column.at < len(row) else _nothing(row, column)
        here = (
            role.indicator or own.indicator,
            role.area if role.area is not None else (own.area if own.area is not None else default),
        )
        if not role.indicator and role.area is None and wide:
            shared[role.field] = cell, column
            continue
        if not here[0] or here[1] is None:
            nameless = nameless or holds(cell)
            continue
        said.setdefault((here[0], here[1]), {}).setdefault(role.field or "figure", (cell, column))
    if nameless:
        first = next(cell for cell in row if mended(cell.text))
        found.problems.append(
            Problem(
                code="import-row-nameless",
                place=replace(first.place, value=mended(first.text)),
            )
        )
        return None
    for (name, there), read in said.items():
        cells = {**{f: c for f, c in shared.items() if f not in read}, **read}
        found.said.append(
            Said(
                key=(name, names.scope if there == WHOLE else there),
                total=there == WHOLE,
                cells={field: cell for field, (cell, _) in cells.items()},
                place=next(iter(read.values()))[0].place,
                units={
                    field: unit
                    for field, (_, column) in cells.items()
                    if (unit := column.role.unit or own.unit) is not None
                },
            )
        )
    if said or own.indicator or own.area is not None:
        return None
    # A row that is about nothing and holds no figure: words beside the table.
    return next((cell for cell in row if isinstance(cell.value, str) and not is_number(cell)), None)


def _nothing(row: Sequence[Cell], column: Column) -> Cell:
    """The cell that a row of a CSV file, cut short, does not have."""
    place = replace(column.place, row=row[0].place.row, value=None)
    return Cell(value=None, place=place)


def _keys_of_row(
    row: tuple[Cell, ...],
    keys: list[Column],
    names: Names,
    found: Entries,
    *,
    has_figures: bool,
) -> _Keys | Cell | None:
    """What a row is about; the cell that makes it a line; None where its names leave a question."""
    indicators: dict[str, Cell] = {}
    areas: dict[str, Cell] = {}
    units: list[Unit] = []
    for column in keys:
        cell = row[column.at] if column.at < len(row) else None
        if cell is None or not mended(cell.text):
            continue
        there = replace(cell.place, value=mended(cell.text))
        read, unit = _named(cell, column, names)
        if unit is not None:
            units.append(replace(unit, place=there))
        if isinstance(read, Found):
            goes_to = indicators if column.role.field == "indicator" else areas
            goes_to.setdefault(read.value, cell)
            found.repairs += repaired(cell, read.repair, read.value)
            continue
        if not has_figures and not is_number(cell) and not _is_nearly(cell, read, names):
            # The head of a section, or a line of text: no figure hangs on it.
            return cell
        found.problems.append(Problem(code=read.code, place=there, facts=read.facts))
        return None
    if {WHOLE, names.scope} <= {*areas}:
        del areas[WHOLE]
    for several in (indicators, areas):
        if len(several) > 1:
            first, second = list(several.values())[:2]
            found.problems.append(
                Problem(
                    code="import-names-disagree",
                    place=replace(second.place, value=mended(second.text)),
                    facts={"other": mended(first.text)},
                )
            )
            return None
    return _Keys(
        indicator=next(iter(indicators), ""),
        area=next(iter(areas), None),
        unit=units[0] if units else None,
    )


def _named(cell: Cell, column: Column, names: Names) -> tuple[Found[str] | Fault, Unit | None]:
    """The indicator or the area that a cell names, and the unit beside it."""
    if cell.struck:
        return Fault(code="import-cell-struck"), None
    if column.role.field == "indicator":
        read, unit = measured(cell.text, names)
        return read or Fault(code="import-indicator-unknown", facts={"nearest": ""}), unit
    found = area_of(cell, names)
    return found or Fault(code="import-area-unknown", facts={"nearest": ""}), None


def _is_nearly(cell: Cell, fault: Fault, names: Names) -> bool:
    """Whether a name that is not known differs from one that is only by its accents."""
    if not fault.code.endswith("unknown"):
        return True
    near = prefix_and_rest(fault.facts.get("nearest", ""), names.words)[1]
    return folded(near) == folded(prefix_and_rest(cell.text, names.words)[1])


def reporter_of(table: Table, names: Names) -> str | None:
    """The agency that a table says it is from."""
    cell = table.labels.get("reporter")
    return agency_of(cell.text, names) if cell is not None else None
