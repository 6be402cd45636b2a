"""The rows of a table as figures: what is said of an indicator in an area."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from tiendo.excel.cells import Cell, Fault, Found, Repair, repaired
from tiendo.excel.layout import Column, Role, Table, starts_footer
from tiendo.excel.names import WHOLE, Names, agency_of, area_of, indicator_of, prefix_and_rest
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


@dataclass(kw_only=True, slots=True)
class Entries:
    """What a table says, and the questions that it leaves."""

    said: list[Said] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)


def entries_of(table: Table, year: int, names: Names) -> Entries:
    """All that a table says of a year."""
    found = Entries()
    columns = [*_of_the_year(table, year, found)]
    _headless(table, names, found)
    if found.problems and any(problem.stops for problem in found.problems):
        return found
    keys = [column for column in columns if column.is_key]
    figures = [column for column in columns if not column.is_key and column.role.field != "year"]
    years = [column for column in columns if column.role.field == "year"]
    default = _default_area(table, names)
    for number, row in enumerate(table.rows):
        if not any(_holds(cell) for cell in row):
            continue
        if starts_footer(row, names):
            _tell_footer(row, table.rows[number + 1 :], keys, names, found)
            break
        if not table.sheet.name and _is_too_long(row, table, found):
            continue
        if _is_other_year(row, years, year, found):
            continue
        _read_row(row, keys, figures, default, (names, found))
    return found


def _is_too_long(row: tuple[Cell, ...], table: Table, found: Entries) -> bool:
    """Whether a row of a CSV file has more cells than heads: a comma may have cut a number."""
    expected = max(column.at for column in table.columns) + 1
    if not any(_holds(cell) for cell in row[expected:]):
        return False
    facts = {"found": str(len(row)), "expected": str(expected)}
    place = replace(row[expected].place, value=row[expected].text)
    found.problems.append(Problem(code="row-cells", place=place, facts=facts))
    return True


def _of_the_year(table: Table, year: int, found: Entries) -> Iterator[Column]:
    """The columns that hold the year's figures; those of other years are left out and told."""
    if table.school_year is not None:
        place = replace(table.school_year.place, value=mended(table.school_year.text))
        found.problems.append(Problem(code="import-school-year", place=place))
        return
    label = table.labels.get("year")
    told = {int(label.text)} if label is not None and label.text.isdigit() else set()
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


def _headless(table: Table, names: Names, found: Entries) -> None:
    """Figures under no head, to the right of the names: what they are is asked, once a column."""
    known = {column.at for column in table.columns}
    first = min((column.at for column in table.columns if column.is_key), default=0)
    asked: set[int] = set()
    for row in table.rows:
        if starts_footer(row, names):
            return
        for at, cell in enumerate(row[: max(known) + 1] if not table.sheet.name else row):
            is_figure = isinstance(cell.value, int | Decimal) or cell.text.strip().isdigit()
            if at > first and at not in known | asked and is_figure and not cell.inner:
                asked.add(at)
                place = replace(cell.place, value=cell.text)
                found.problems.append(Problem(code="import-headless", place=place))


def _not_understood(table: Table, column: Column, found: Entries) -> Iterator[Column]:
    """A column whose head says nothing may go where it holds no figure; else it is asked about."""
    fault = column.fault or Fault(code="import-head-unknown")
    holds = any(
        column.at < len(row)
        and row[column.at].value is not None
        and (
            not isinstance(row[column.at].value, str)
            or any(sign.isdigit() for sign in row[column.at].text)
        )
        for row in table.rows
    )
    stops = holds or fault.code != "import-head-unknown"
    found.problems.append(
        Problem(
            code=fault.code if stops else "import-column-ignored",
            place=column.place,
            facts=fault.facts,
            stops=stops,
        )
    )
    yield from ()


def _default_area(table: Table, names: Names) -> str | None:
    """The area of a table that names none in its rows: its sheet's, or its reporter's."""
    cell = Cell(value=table.sheet.name or None, place=Place(file=table.sheet.title))
    there = area_of(cell, names)
    if isinstance(there, Found) and there.value != WHOLE:
        return there.value
    return None


def _tell_footer(
    row: tuple[Cell, ...],
    below: Sequence[tuple[Cell, ...]],
    keys: list[Column],
    names: Names,
    found: Entries,
) -> None:
    """What stands under a table is passed over, unless figures of an area are among it."""
    first = next(cell for cell in row if mended(cell.text))
    found.repairs.append(Repair(kind="footer", place=first.place, old=mended(first.text), new=""))
    at = next((column.at for column in keys if column.role.field == "area"), None)
    for other in below:
        if at is None or at >= len(other):
            continue
        cell = other[at]
        there = area_of(cell, names)
        if isinstance(there, Found) and any(
            isinstance(figure.value, int | Decimal) or figure.text.strip().isdigit()
            for place, figure in enumerate(other)
            if place > at
        ):
            place_of_it = replace(cell.place, value=mended(cell.text))
            found.problems.append(Problem(code="import-after-footer", place=place_of_it))
            return


def _is_other_year(row: tuple[Cell, ...], years: list[Column], year: int, found: Entries) -> bool:
    """Whether a row is of another year; a year that can't be read is a question."""
    for column in years:
        cell = row[column.at] if column.at < len(row) else None
        text = mended(cell.text) if cell is not None else ""
        if cell is None or not text or text == str(year):
            continue
        if text.isdigit() and len(text) == 4:  # noqa: PLR2004 - digits of a year
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
) -> None:
    names, found = reading
    filled = [column for column in figures if column.at < len(row) and _holds(row[column.at])]
    own = _keys_of_row(row, keys, names, found, has_figures=bool(filled))
    if own is None:
        return
    indicator, area = own
    said: dict[Key, dict[str, Cell]] = {}
    nameless = False
    shared: dict[str, Cell] = {}
    for column in figures:
        if column.at >= len(row):
            continue
        role = column.role
        cell = row[column.at]
        here = (
            role.indicator or indicator,
            role.area if role.area is not None else (area if area is not None else default),
        )
        if not role.indicator and role.area is None and _is_wide(figures):
            shared[role.field] = cell
            continue
        if not here[0] or here[1] is None:
            nameless = nameless or _holds(cell)
            continue
        said.setdefault((here[0], here[1]), {}).setdefault(role.field or "figure", cell)
    if nameless:
        first = next(cell for cell in row if mended(cell.text))
        found.problems.append(
            Problem(
                code="import-row-nameless",
                place=replace(first.place, value=mended(first.text)),
            )
        )
        return
    for (name, there), cells in said.items():
        place = next(iter(cells.values())).place
        found.said.append(
            Said(
                key=(name, names.scope if there == WHOLE else there),
                total=there == WHOLE,
                cells={**{f: c for f, c in shared.items() if f not in cells}, **cells},
                place=place,
            )
        )


def _is_wide(figures: list[Column]) -> bool:
    return any(column.role.indicator or column.role.area is not None for column in figures)


def _holds(cell: Cell) -> bool:
    return bool(mended(cell.text)) or cell.formula or cell.error


def _keys_of_row(
    row: tuple[Cell, ...],
    keys: list[Column],
    names: Names,
    found: Entries,
    *,
    has_figures: bool,
) -> tuple[str, str | None] | None:
    """What a row is about; None where it is skipped or its names leave a question."""
    indicators: dict[str, Cell] = {}
    areas: dict[str, Cell] = {}
    for column in keys:
        cell = row[column.at] if column.at < len(row) else None
        if cell is None or not mended(cell.text):
            continue
        if column.role.field == "indicator":
            read = indicator_of(cell.text, names)
            fault = Fault(code="import-indicator-unknown", facts={"nearest": ""})
            goes_to = indicators
        else:
            read = area_of(cell, names)
            fault = Fault(code="import-area-unknown", facts={"nearest": ""})
            goes_to = areas
        if isinstance(read, Found):
            goes_to.setdefault(read.value, cell)
            found.repairs += repaired(cell, read.repair, read.value)
            continue
        fault = read or fault
        if not has_figures and not _is_nearly(cell, fault, names):
            # The head of a section, or a line of text: no figure hangs on it.
            found.repairs.append(
                Repair(kind="line", place=cell.place, old=mended(cell.text), new="")
            )
            return None
        found.problems.append(
            Problem(
                code=fault.code,
                place=replace(cell.place, value=mended(cell.text)),
                facts=fault.facts,
            )
        )
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
    return next(iter(indicators), ""), next(iter(areas), None)


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
