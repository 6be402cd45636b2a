"""What a table says of one indicator in one area, as the row of a package.

A row comes with the columns that its table has and no others: what a table does not speak of
stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tiendo.forms.cells import (
    Blank,
    Cell,
    Fault,
    Found,
    Repair,
    blank_or_fault,
    count,
    day,
    level,
    parts,
    percent,
    repaired,
)
from tiendo.forms.entries import Said
from tiendo.forms.heads import Unit, unit_of
from tiendo.forms.names import Names
from tiendo.forms.vocabulary import Vocabulary, key
from tiendo.judge.rounding import kept_apart
from tiendo.judge.scale import bounded, scale_of
from tiendo.letters import is_formula, mended
from tiendo.terms import Difference, Edition, Indicator, Place, Plan, Problem, Status

FIGURE = ("numerator", "denominator", "value", "status", "missing")
"""Columns that are replaced together: a new figure has no old reason beside it."""

_NOT_IN_UNIT = {
    "percent": "import-unit-not-percent",
    "level": "import-unit-not-level",
    "count": "import-unit-not-count",
}

TEXTS = ("decision", "source", "break", "note")
DAYS = ("as_of", "decided_on", "valid_until")


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """What a row is read within."""

    edition: Edition
    words: Vocabulary
    plan: Plan
    counted: int
    """How many areas a count counts."""
    status: Status | None
    """Of figures whose table has no word on it; None: it is asked."""
    as_of: date | None
    """The day that the whole table stands for, where it says one."""
    source: str
    """Of figures that name none."""
    names: Names
    unit: Cell | None = None
    """In what the whole table's figures are said to be."""


@dataclass(kw_only=True, slots=True)
class Row:
    """A row as far as it could be read."""

    said: Said
    columns: dict[str, str] = field(default_factory=dict)
    """As in the package's file; only those that the table speaks of."""
    problems: list[Problem] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    empty: bool = False
    """Whether nothing at all stands where a figure should."""
    lacks_status: bool = False

    @property
    def place(self) -> Place:
        """Where its figure begins."""
        return self.said.place

    def ask(self, cell: Cell, code: str, **facts: str) -> None:
        """A question about a cell."""
        place = replace(cell.place, value=cell.text)
        self.problems.append(Problem(code=code, place=place, facts=facts))


def row_of(said: Said, indicator: Indicator, frame: Frame) -> Row:
    """What is said, read; its questions are in the row."""
    row = Row(said=said)
    _reason(row, frame)
    _unit(row, indicator, frame)
    _figure(row, indicator, frame)
    _status(row, frame)
    for name in DAYS:
        _day(row, name, frame)
    for name in TEXTS:
        _text(row, name)
    has_figure = bool(row.columns.get("value") or row.columns.get("numerator"))
    if has_figure and not row.columns.get("source") and frame.source:
        row.columns["source"] = frame.source
    if has_figure and row.columns.get("missing"):
        cell = said.cells.get("missing") or next(iter(said.cells.values()))
        row.ask(cell, "figure-and-reason")
    broken = None if row.problems else _broken(row, indicator, frame)
    if broken is not None:
        row.problems.append(broken)
    row.empty = not has_figure and not row.columns.get("missing") and not row.problems
    return row


# Figures ------------------------------------------------------------------------------------


def _unit(row: Row, indicator: Indicator, frame: Frame) -> None:
    """Whether a figure is in the unit that is said of it; of any other it is asked."""
    scale = scale_of(frame.plan, indicator, row.said.key[1])
    is_counted = scale.difference is Difference.AREAS
    needed = "level" if scale.is_held else "count" if is_counted else "percent"
    for name in ("value", "figure"):
        cell = row.said.cells.get(name)
        if cell is None or blank_or_fault(cell, frame.words) is not None:
            continue
        unit = row.said.units.get(name) or _said_unit(row, frame)
        if unit is None or (row.said.total and "level" in unit.kinds):
            continue
        if "parts" in unit.kinds or (is_counted and name == "figure"):
            fits = name == "figure" and _looks_like_parts(cell, counted=is_counted)
            fits = fits and bool(unit.kinds & {"parts", "count"})
        else:
            fits = needed in unit.kinds
        if not fits:
            facts = {"unit": unit.text, "indicator": indicator.short.first}
            asked = Problem(code=_NOT_IN_UNIT[needed], place=unit.place, facts=facts)
            row.problems.append(asked)


def _said_unit(row: Row, frame: Frame) -> Unit | None:
    """The unit in a row's own column, else the one that is said above the table."""
    own = row.said.cells.get("unit")
    if own is not None and row.said.cells.get("numerator"):
        return None
    cell = own if own is not None and mended(own.text) else frame.unit
    if cell is None:
        return None
    known = unit_of(cell.text, frame.names)
    place = replace(cell.place, value=mended(cell.text))
    return replace(
        known or Unit(text=mended(cell.text), kinds=frozenset()),
        place=place,
    )


def _reason(row: Row, frame: Frame) -> None:
    """Why there is no figure: by its own column, or as a word in the figure's place."""
    cell = row.said.cells.get("missing")
    if cell is not None and mended(cell.text):
        found = frame.words.reasons.get(key(cell.text))
        if found is None or cell.inner:
            row.ask(cell, "import-reason-wrong")
        else:
            row.columns["missing"] = found.value
        return
    for name in ("figure", "value", "numerator", "parts"):
        cell = row.said.cells.get(name)
        text = key(cell.text) if cell is not None and isinstance(cell.value, str) else ""
        # A letter alone may be a tick, or a word cut short.
        if len(text) > 1 and text in frame.words.reasons:
            row.columns["missing"] = frame.words.reasons[text].value


def _figure(row: Row, indicator: Indicator, frame: Frame) -> None:
    area = row.said.key[1]
    for name in FIGURE[:3]:
        row.columns.setdefault(name, "")
    row.columns.setdefault("missing", "")
    scale = scale_of(frame.plan, indicator, area)
    whole = frame.counted if scale.difference is Difference.AREAS else None
    readers: dict[str, Callable[[Cell], Found[str] | Fault]] = {
        "numerator": _shown(count),
        "denominator": _shown(count),
        "value": _shown((lambda cell: level(cell, frame.words)) if scale.is_held else percent),
    }
    for name in ("numerator", "denominator", "value"):
        cell = row.said.cells.get(name)
        if cell is not None:
            _read(row, name, cell, readers[name], frame)
    for name in ("parts", "figure"):
        cell = row.said.cells.get(name)
        if cell is None:
            continue
        if name == "parts" or (
            not scale.is_held and _looks_like_parts(cell, counted=whole is not None)
        ):
            _parts(row, cell, whole, frame)
        else:
            _read(row, "value", cell, readers["value"], frame)


def _looks_like_parts(cell: Cell, *, counted: bool) -> bool:
    if isinstance(cell.value, date):
        return True
    return counted or (isinstance(cell.value, str) and "/" in cell.value)


def _shown(
    read: Callable[[Cell], Found[int] | Fault] | Callable[[Cell], Found[Decimal] | Fault],
) -> Callable[[Cell], Found[str] | Fault]:
    def shown(cell: Cell) -> Found[str] | Fault:
        found = read(cell)
        if isinstance(found, Fault):
            return found
        return Found(value=f"{found.value:f}" if isinstance(found.value, Decimal)
                     else str(found.value), repair=found.repair)  # fmt: skip

    return shown


def _is_there(row: Row, cell: Cell, frame: Frame) -> bool:
    """Whether a cell holds something to read as a figure; a mark without a reason is asked."""
    if (
        row.columns.get("missing")
        and isinstance(cell.value, str)
        and (key(cell.text) in frame.words.reasons)
    ):
        return False
    there = blank_or_fault(cell, frame.words)
    if isinstance(there, Fault):
        row.ask(cell, there.code, **there.facts)
    elif isinstance(there, Blank) and there.mark and not row.columns.get("missing"):
        row.ask(cell, "import-mark")
    return there is None


def _read(
    row: Row,
    name: str,
    cell: Cell,
    read: Callable[[Cell], Found[str] | Fault],
    frame: Frame,
) -> None:
    if not _is_there(row, cell, frame):
        return
    found = read(cell)
    if isinstance(found, Fault):
        row.ask(cell, found.code, **found.facts)
        return
    row.columns[name] = found.value
    row.repairs += repaired(cell, found.repair, found.value)
    if cell.formula:
        row.repairs.append(Repair(kind="formula", place=cell.place, old=cell.text, new=found.value))


def _parts(row: Row, cell: Cell, whole: int | None, frame: Frame) -> None:
    if not _is_there(row, cell, frame):
        return
    found = parts(cell, whole)
    if isinstance(found, Fault):
        row.ask(cell, found.code, **found.facts)
        return
    numerator, denominator = found.value
    row.columns["numerator"], row.columns["denominator"] = str(numerator), str(denominator)
    row.repairs += repaired(cell, found.repair, f"{numerator}/{denominator}")


def _status(row: Row, frame: Frame) -> None:
    cell = row.said.cells.get("status")
    has_figure = bool(row.columns["value"] or row.columns["numerator"])
    row.columns["status"] = ""
    if cell is not None and mended(cell.text):
        found = frame.words.statuses.get(key(cell.text))
        if found is None:
            row.ask(cell, "import-status-wrong")
        elif has_figure:
            row.columns["status"] = found.value
        elif row.columns["missing"]:
            row.ask(cell, "status-without-figure")
    elif has_figure and frame.status is not None and cell is None:
        row.columns["status"] = frame.status.value
    elif has_figure:
        row.lacks_status = True


# The rest -----------------------------------------------------------------------------------


def _day(row: Row, name: str, frame: Frame) -> None:
    cell = row.said.cells.get(name)
    if cell is None:
        if name == "as_of" and frame.as_of is not None and frame.as_of != frame.edition.as_of:
            row.columns[name] = frame.as_of.isoformat()
        return
    found = day(cell, frame.words)
    if isinstance(found, Fault):
        row.ask(cell, found.code, **found.facts)
    elif isinstance(found, Blank):
        row.columns[name] = ""
    else:
        same = name == "as_of" and found.value == frame.edition.as_of
        row.columns[name] = "" if same else found.value.isoformat()
        row.repairs += repaired(cell, found.repair, found.value.isoformat())


def _text(row: Row, name: str) -> None:
    cell = row.said.cells.get(name)
    if cell is None:
        return
    text, fault, repair = text_of(cell)
    if fault is not None:
        row.ask(cell, fault)
        return
    row.columns[name] = text
    if repair is not None:
        row.repairs.append(repair)


def text_of(cell: Cell) -> tuple[str, str | None, Repair | None]:
    """A cell's free text; the code of what is wrong with it; what was mended in it."""
    if cell.error:
        return "", "import-cell-error", None
    if cell.formula and cell.value is None:
        return "", "import-formula-empty", None
    if cell.struck:
        return "", "import-cell-struck", None
    text = f"{cell.value:%d/%m/%Y}" if isinstance(cell.value, date) else mended(cell.text)
    if is_formula(text):
        return "", "cell-formula", None
    changed = isinstance(cell.value, str) and text != cell.value.strip()
    repair = Repair(kind="letters", place=cell.place, old=cell.text, new=text) if changed else None
    return text, None, repair


# Rules on one row ---------------------------------------------------------------------------


def _broken(row: Row, indicator: Indicator, frame: Frame) -> Problem | None:
    """What a row breaks of the rules on figures, in the words of the check."""
    numerator, denominator, value = (
        row.columns[name] for name in ("numerator", "denominator", "value")
    )
    scale = scale_of(frame.plan, indicator, row.said.key[1])
    if scale.is_held:
        if numerator or denominator:
            return _rule(row, "level-with-parts", "numerator")
        is_possible = not value or bounded(scale, Fraction(value)) == int(value)
        return None if is_possible else _rule(row, "level-wrong", "value")
    if bool(numerator) != bool(denominator):
        return _rule(row, "part-missing", "denominator" if numerator else "numerator")
    if numerator:
        return _parts_broken(row, int(numerator), int(denominator), value)
    if value and scale.difference is Difference.AREAS:
        return _rule(row, "count-without-parts", "value")
    return None


def _parts_broken(row: Row, numerator: int, denominator: int, value: str) -> Problem | None:
    if denominator == 0:
        return _rule(row, "denominator-zero", "denominator")
    if numerator > denominator:
        return _rule(row, "numerator-above", "numerator", denominator=str(denominator))
    made = Fraction(100 * numerator, denominator)
    digits = len(value.partition(".")[2])
    if value and abs(made - Fraction(value)) > Fraction(1, 2 * 10**digits):
        facts = {"numerator": str(numerator), "denominator": str(denominator)}
        quotient = f"{kept_apart(made, 2, (Fraction(value),)):f}"
        return _rule(row, "value-not-quotient", "value", quotient=quotient, **facts)
    return None


def _rule(row: Row, code: str, name: str, **facts: str) -> Problem:
    cells = row.said.cells
    first = next(iter(cells.values()))
    cell = cells.get(name) or cells.get("parts") or cells.get("figure") or first
    place = replace(cell.place, value=row.columns.get(name) or cell.text)
    return Problem(code=code, place=place, facts=facts)
