"""The table of a form: its columns, its rows, and what each open cell may hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Protocol

from tiendo.forms.vocabulary import option
from tiendo.forms.workbooks import letters
from tiendo.judge.lacking import Owed
from tiendo.judge.rounding import kept_apart
from tiendo.judge.scale import scale_of
from tiendo.machine.workbook import Drawn
from tiendo.terms import Agency, Archive, Difference, Edition, Missing, Scale, Status, Unit
from tiendo.words.wording import Words

MOST_LEVELS = 9
"""What a form takes for a level unless the plan asks for more: beyond that it is a slip."""
MOST_COUNTED = 10**9
LINE, HEADS, OPEN, SHUT, WRONG = "#808080", "#DDE6EF", "#FFFBE6", "#E7E7E7", "#B00020"


class Look(Protocol):
    """Gives the formats of a workbook."""

    def __call__(self, **properties: object) -> Drawn:
        """A cell's look."""

    def plain(self, **properties: object) -> Drawn:
        """A look with nothing in common with others."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What a form is made from."""

    archive: Archive
    edition: Edition
    agency: Agency
    rows: tuple[Owed, ...]
    words: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class _Column:
    """A column of the form, in its order."""

    name: str
    width: int
    entered: bool = False
    hidden: bool = False


COLUMNS = (
    _Column(name="indicator_id", width=4, hidden=True),
    _Column(name="area_id", width=4, hidden=True),
    _Column(name="number", width=4),
    _Column(name="indicator", width=25),
    _Column(name="area", width=14),
    _Column(name="how", width=27),
    _Column(name="before", width=15),
    _Column(name="numerator", width=10, entered=True),
    _Column(name="denominator", width=10, entered=True),
    _Column(name="computed", width=7),
    _Column(name="value", width=8, entered=True),
    _Column(name="status", width=11, entered=True),
    _Column(name="missing", width=12, entered=True),
    _Column(name="check", width=12),
    _Column(name="as_of", width=10, entered=True),
    _Column(name="decision", width=12, entered=True),
    _Column(name="decided_on", width=10, entered=True),
    _Column(name="valid_until", width=10, entered=True),
    _Column(name="source", width=14, entered=True),
    _Column(name="break", width=14, entered=True),
    _Column(name="note", width=16, entered=True),
)
AT = {column.name: at for at, column in enumerate(COLUMNS)}
"""A column's number, from 0, by its name."""
IGNORED = ("number", "how", "before", "computed", "check")
"""Columns that are read by people only; an import passes over them."""
FIRST = next(at for at, column in enumerate(COLUMNS) if not column.hidden)
"""The first column that is seen."""
DECISION = frozenset({"decision", "decided_on", "valid_until"})
"""Columns of what is awarded; a share has no such thing."""
DATES = frozenset({"as_of", "decided_on", "valid_until"})
"""Columns of days."""
HEAD = 10
"""The row of the table's heads, from 0."""


def table(sheet: Drawn, look: Look, draft: Draft) -> None:
    """The heads, the rows and the place for signatures."""
    head = look(bold=True, align="center", border=1, border_color=LINE, bg_color=HEADS)
    for at, column in enumerate(COLUMNS):
        text = column.name.removesuffix("_id")
        if not column.hidden:
            text = draft.words.say(f"excel.column.{column.name}")
        sheet.write_string(HEAD, at, text, head)
    sheet.set_row(HEAD, 62)
    for number, row in enumerate(draft.rows, start=1):
        _row(sheet, look, draft, row, number)
    last = HEAD + len(draft.rows)
    _warn(sheet, look, last)
    sheet.freeze_panes(HEAD + 1, AT["indicator"] + 1)
    sheet.repeat_rows(HEAD)
    sheet.print_area(0, FIRST, last + 7, len(COLUMNS) - 1)
    sign = look(bold=True, align="center", text_wrap=False)
    day = look(italic=True, align="center", text_wrap=False)
    sheet.write_string(last + 2, AT["source"], draft.words.say("excel.signed.day"), day)
    sheet.write_string(last + 3, AT["how"], draft.words.say("excel.signed.maker"), sign)
    sheet.write_string(last + 3, AT["source"], draft.words.say("excel.signed.head"), sign)


def _row(sheet: Drawn, look: Look, draft: Draft, row: Owed, number: int) -> None:
    at = HEAD + number
    words = draft.words
    is_level = _scale(row, draft.archive).is_held
    # "The share of districts that" is not what one district is asked.
    name = row.indicator.short if is_level else row.indicator.name
    texts = {
        "indicator_id": row.indicator.indicator,
        "area_id": row.area.area,
        "indicator": name[words.language],
        "area": row.area.name[words.language],
        "how": _how(row, draft),
        "before": _before(row, draft),
    }
    box = {"border": 1, "border_color": LINE}
    sheet.write_number(at, AT["number"], number, look(**box, align="center"))
    for column, text in texts.items():
        sheet.write_string(at, AT[column], text, look(**box, font_size=10))
    for column, cell in _entered(row, draft).items():
        _cell(sheet, look(**box, **cell.look), (at, AT[column]), words, cell)
    _formulas(sheet, look, at, row, draft)
    lines = max(_lines(text, AT[name]) for name, text in texts.items() if name in {*SEEN})
    sheet.set_row(at, 13.5 * max(2, lines))


SEEN = ("indicator", "area", "how", "before")
"""Columns whose texts need room."""


def _lines(text: str, column: int) -> int:
    """How many lines a text needs in a column; no program says, so a little more than it seems."""
    return int(len(text) / (COLUMNS[column].width * 1.05)) + 1


# Open cells ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class _Cell:
    """A cell that is filled in, or shut because this row has no such thing."""

    look: Mapping[str, object]
    name: str = ""
    """What it is in the wording; empty: shut."""
    rule: Mapping[str, object] | Callable[[Words], Mapping[str, object]] | None = None


_SHUT = _Cell(look={"bg_color": SHUT})


def _entered(row: Owed, draft: Draft) -> dict[str, _Cell]:
    """The cells of a row that are filled in, by column."""
    scale = _scale(row, draft.archive)
    is_count = scale.difference is Difference.AREAS
    cells: dict[str, _Cell] = {}
    for column in COLUMNS:
        if not column.entered:
            continue
        name = column.name
        if name in {"numerator", "denominator"}:
            rule = _between("integer", MOST_COUNTED, least=int(name == "denominator"))
            cells[name] = _SHUT if scale.is_held else _open(name, "#,##0", rule)
        elif name == "value":
            cells[name] = _SHUT if is_count else _value(scale)
        elif name in DATES:
            cells[name] = _open(name, "dd/mm/yyyy", days(draft.edition.year, 40))
        elif name in {"status", "missing"}:
            cells[name] = _open(name, "@", _statuses if name == "status" else _reasons)
        else:
            cells[name] = _open(name, "@", None)
    return cells


def _value(scale: Scale) -> _Cell:
    highest = int(scale.highest or 0)
    if scale.unit is Unit.LEVEL:
        highest = max(MOST_LEVELS, scale.held_from)
    if scale.is_held:
        return _open(scale.unit.value, "0", _between("integer", highest))
    return _open(scale.unit.value, "0.0##", _between("decimal", highest))


def _open(
    name: str,
    form: str,
    rule: Mapping[str, object] | Callable[[Words], Mapping[str, object]] | None,
) -> _Cell:
    return _Cell(look={"bg_color": OPEN, "locked": False, "num_format": form}, name=name, rule=rule)


def _between(kind: str, highest: int, least: int = 0) -> Mapping[str, object]:
    return {"validate": kind, "criteria": "between", "minimum": least, "maximum": highest}


def _statuses(words: Words) -> Mapping[str, object]:
    return {"validate": "list", "source": [option(words, "status", each) for each in Status]}


def _reasons(words: Words) -> Mapping[str, object]:
    return {"validate": "list", "source": [option(words, "missing", each) for each in Missing]}


def days(year: int, around: int) -> Mapping[str, object]:
    """The rule for a day so many years around one."""
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": date(max(1990, year - around), 1, 1),
        "maximum": date(year + around, 12, 31),
    }


def _cell(sheet: Drawn, look: Drawn, at: tuple[int, int], words: Words, cell: _Cell) -> None:
    sheet.write_blank(*at, None, look)
    if not cell.name:
        return
    rule = cell.rule(words) if callable(cell.rule) else cell.rule
    if rule is None:
        explain(sheet, at, words, cell.name)
    else:
        validate(sheet, at, words, cell.name, rule)


def validate(
    sheet: Drawn, at: tuple[int, int], words: Words, name: str, rule: Mapping[str, object]
) -> None:
    """A check of a cell, with what it says beside it and against what is wrong."""
    told = {
        "input_title": words.say(f"excel.input.{name}.title"),
        "input_message": words.say(f"excel.input.{name}.message"),
        "error_title": words.say("excel.input.error"),
        "error_message": words.say(f"excel.input.{name}.wrong"),
    }
    sheet.data_validation(*at, *at, {**rule, **told})


def explain(sheet: Drawn, at: tuple[int, int], words: Words, name: str) -> None:
    """What goes into a cell of free text, where that needs telling."""
    if words.knows(f"excel.input.{name}.title"):
        told = {
            "input_title": words.say(f"excel.input.{name}.title"),
            "input_message": words.say(f"excel.input.{name}.message"),
        }
        sheet.data_validation(*at, *at, {"validate": "any", **told})


# What is worked out -------------------------------------------------------------------------


def _formulas(sheet: Drawn, look: Look, at: int, row: Owed, draft: Draft) -> None:
    """The percentage, and what the row still lacks, while it is filled in."""
    box = {"border": 1, "border_color": LINE, "bg_color": SHUT}
    is_level = _scale(row, draft.archive).is_held
    n, d, v, s, m = (
        f"{letters(AT[name])}{at + 1}"
        for name in ("numerator", "denominator", "value", "status", "missing")
    )
    if is_level:
        sheet.write_blank(at, AT["computed"], None, look(**box))
    else:
        made = f'=IF(AND(ISNUMBER({n}),ISNUMBER({d}),N({d})>0),{n}/{d}*100,"")'
        sheet.write_formula(at, AT["computed"], made, look(**box, num_format="0.0"), "")
    said = {
        name: draft.words.say(f"excel.check.{name}").replace('"', '""')
        for name in ("both", "part", "above", "status", "good", "nothing", "optional")
    }
    has = f'{v}<>""' if is_level else f'OR({n}<>"",{d}<>"",{v}<>"")'
    tests = [(f'AND({has},{m}<>"")', said["both"])]
    if not is_level:
        tests += [
            (f'({n}<>"")<>({d}<>"")', said["part"]),
            (f"AND(ISNUMBER({n}),ISNUMBER({d}),N({n})>N({d}))", said["above"]),
        ]
    tests += [(f'AND({has},{s}="")', said["status"]), (f'OR({has},{m}<>"")', said["good"])]
    nothing = said["optional" if row.optional else "nothing"]
    check = "".join(f'IF({test},"{text}",' for test, text in tests)
    check = f'={check}"{nothing}"{")" * len(tests)}'
    sheet.write_formula(at, AT["check"], check, look(**box, italic=True, font_size=10), nothing)


def _warn(sheet: Drawn, look: Look, last: int) -> None:
    """A numerator above its denominator stands out while it is typed."""
    n, d = (f"${letters(AT[name])}{HEAD + 2}" for name in ("numerator", "denominator"))
    rule = {
        "type": "formula",
        "criteria": f"=AND(ISNUMBER({n}),ISNUMBER({d}),{n}>{d})",
        "format": look.plain(font_color=WRONG, bold=True),
    }
    sheet.conditional_format(HEAD + 1, AT["numerator"], last, AT["denominator"], rule)


# Words --------------------------------------------------------------------------------------


def is_awarded(draft: Draft) -> bool:
    """Whether any row asks for what is awarded by a decision."""
    return any(_scale(row, draft.archive).is_held for row in draft.rows)


def _scale(row: Owed, archive: Archive) -> Scale:
    return scale_of(archive.plan, row.indicator, row.area.area)


def _how(row: Owed, draft: Draft) -> str:
    words, language = draft.words, draft.words.language
    scale = _scale(row, draft.archive)
    if scale.unit is Unit.TITLE:
        text = words.say("excel.how.title")
    elif scale.unit is Unit.LEVEL:
        text = words.say("excel.how.level", threshold=scale.held_from)
    elif row.indicator.numerator and row.indicator.denominator:
        text = words.say(
            "excel.how.ratio",
            numerator=row.indicator.numerator[language],
            denominator=row.indicator.denominator[language],
        )
    else:
        text = words.say("excel.how.parts")
    if row.area.area != draft.archive.plan.scope and row.area.level != draft.edition.geography:
        return f"{text} {words.say('excel.how.remainder')}"
    if row.optional:
        return f"{text} {words.say('excel.how.optional')}"
    return text


def _before(row: Owed, draft: Draft) -> str:
    """The year before, in one line."""
    words, figure = draft.words, row.before
    if figure is None:
        return ""
    if figure.low is None:
        word = words.say(f"missing.{figure.missing.value}.word") if figure.missing else ""
        return words.say("excel.before.missing", year=figure.year, word=word)
    scale = _scale(row, draft.archive)
    if scale.is_held:
        value = words.number(figure.low)
    else:
        targets = draft.archive.targets
        others = [Fraction(t.value) for t in targets if t.indicator == figure.indicator]
        shown = kept_apart(figure.low, scale.decimals, (*scale.bounds, *others))
        value = words.percent(shown)
    status = words.say(f"status.{figure.status.value}") if figure.status else ""
    if figure.numerator is None or figure.denominator is None:
        return words.say("excel.before.value", year=figure.year, value=value, status=status)
    return words.say(
        "excel.before.parts",
        year=figure.year,
        numerator=words.number(figure.numerator),
        denominator=words.number(figure.denominator),
        value=value,
        status=status,
    )
