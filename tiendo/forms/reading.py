"""Files read into one heap of rows, reports and questions, whatever kind of file each is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from tiendo.forms.cells import Fault, Found, Repair, day
from tiendo.forms.entries import entries_of, reporter_of
from tiendo.forms.layout import Table, above, head_score, table_of
from tiendo.forms.names import Names, is_known
from tiendo.forms.rows import Frame, Row, row_of, text_of
from tiendo.forms.sheets import opened, with_letters
from tiendo.forms.vocabulary import key
from tiendo.forms.workbooks import Sheet
from tiendo.judge.lacking import FORM_VERSION, owed, stamp
from tiendo.judge.owed import allowed, is_measurable, reporters
from tiendo.judge.plan_then import asked
from tiendo.letters import mended
from tiendo.terms import Archive, Edition, Indicator, Place, Problem, Status


@dataclass(kw_only=True, slots=True)
class Reading:
    """What has been read so far."""

    archive: Archive
    edition: Edition
    names: Names
    here: tuple[str, ...]
    rest: tuple[str, ...]
    indicators: Mapping[str, Indicator]
    status: Status | None
    rows: list[Row] = field(default_factory=list)
    plain: set[int] = field(default_factory=set)
    """Which of the rows are of no form, by their place in the list."""
    reports: list[tuple[Place, Mapping[str, str]]] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


# Files --------------------------------------------------------------------------------------


def read_file(name: str, content: bytes, reading: Reading) -> None:
    """What a file holds, added to what was read before."""
    names = reading.names
    quiet = names.quiet
    found = opened(name, content, lambda texts: head_score(texts, quiet))
    reading.problems += found.problems
    if not found.sheets:
        return
    sheets, repairs, problems = with_letters(found.sheets, partial(is_known, names=names))
    reading.repairs += repairs
    reading.problems += problems
    if problems:
        return
    tables = 0
    for sheet in sheets:
        table = table_of(sheet, names)
        if table is not None:
            tables += 1
            _read_table(table, reading)
        elif sheet.marks:
            tables += _read_report_alone(sheet, reading)
        elif any(cell.value is not None for row in sheet.rows for cell in row):
            reading.problems.append(
                Problem(code="import-sheet-passed-over", place=Place(file=sheet.title), stops=False)
            )
    if not tables:
        reading.problems.append(Problem(code="import-no-table", place=Place(file=name)))


def _read_report_alone(sheet: Sheet, reading: Reading) -> bool:
    """The report's block of a form without rows; False for a sheet that has none."""
    labels = above(sheet.rows, reading.names).labels
    table = Table(sheet=sheet, columns=(), rows=(), labels=labels, years=frozenset(), width=0)
    reporter = _form_reporter(table, reading)
    if reporter is None:
        return False
    _read_report(table, reporter, reading)
    return True


def _read_table(table: Table, reading: Reading) -> None:
    is_form = bool(table.sheet.marks)
    reporter = _form_reporter(table, reading) if is_form else reporter_of(table, reading.names)
    if is_form and reporter is None:
        return
    document = _read_report(table, reporter, reading)
    entries = entries_of(table, reading.edition.year, reading.names)
    reading.problems += entries.problems
    # Under a form stands what the form itself put there.
    reading.repairs += [each for each in entries.repairs if not (is_form and each.kind == "footer")]
    frame = _frame(table, document, reading)
    asked = (
        {
            (row.indicator.indicator, row.area.area)
            for row in owed(reading.archive, reading.edition, reporter, reading.archive)
        }
        if is_form and reporter is not None
        else None
    )
    lacking: list[Row] = []
    for said in entries.said:
        indicator = reading.indicators[said.key[0]]
        if asked is not None and said.key not in asked:
            reading.problems.append(
                Problem(
                    code="import-not-owed", place=said.place, facts={"reporter": reporter or ""}
                )
            )
            continue
        fault = None if said.total else _unexpected(indicator, said.key[1], reading)
        if fault is not None:
            reading.problems.append(
                Problem(
                    code=fault,
                    place=said.place,
                    facts={
                        "indicator": indicator.short.first,
                        "area": reading.archive.areas[said.key[1]].name.first,
                    },
                )
            )
            continue
        row = row_of(said, indicator, frame)
        if row.lacks_status and not said.total:
            lacking.append(row)
        if not is_form:
            reading.plain.add(len(reading.rows))
        reading.rows.append(row)
    _ask_status(lacking, table, reading)


def _unexpected(indicator: Indicator, area: str, reading: Reading) -> str | None:
    """Why an indicator has no row in an area of this edition."""
    now = {each.indicator for each in asked(reading.archive, reading.edition)}
    if indicator.indicator not in now:
        return "import-not-in-force"
    if not is_measurable(indicator, reading.edition):
        return "import-row-not-counted"
    may = allowed(reading.archive, reading.edition, indicator)
    return None if area in may else "import-row-unexpected"


def _ask_status(lacking: Sequence[Row], table: Table, reading: Reading) -> None:
    """A table without a word on status asks once; one with a column asks in each row."""
    if not lacking:
        return
    own = [row for row in lacking if "status" in row.said.cells]
    for row in own:
        cell = row.said.cells["status"]
        reading.problems.append(Problem(code="import-status-missing", place=cell.place))
    if len(own) < len(lacking):
        reading.problems.append(
            Problem(code="import-status-nowhere", place=Place(file=table.sheet.title))
        )


def _frame(table: Table, document: str, reading: Reading) -> Frame:
    words = reading.names.words
    status = reading.status
    cell = table.labels.get("status")
    if cell is not None:
        found = words.statuses.get(key(cell.text))
        if found is None:
            place = replace(cell.place, value=cell.text)
            reading.problems.append(Problem(code="import-status-wrong", place=place))
        status = found or status
    as_of: date | None = None
    cell = table.labels.get("as_of")
    if cell is not None:
        read = day(cell, words)
        if isinstance(read, Fault):
            place = replace(cell.place, value=cell.text)
            reading.problems.append(Problem(code=read.code, place=place, facts=read.facts))
        elif isinstance(read, Found):
            as_of = read.value
    source = table.labels.get("source")
    unit = table.labels.get("unit")
    own = any(column.role.field == "numerator" for column in table.columns)
    return Frame(
        edition=reading.edition,
        words=words,
        plan=reading.archive.plan,
        counted=len(reading.here),
        names=reading.names,
        # Of parts and their rate in one table, it may be the unit of the parts.
        unit=None if unit is None or own else replace(unit, value=mended(unit.text)),
        status=status,
        as_of=as_of,
        source=text_of(source)[0] if source is not None else document,
    )


# Forms --------------------------------------------------------------------------------------


def _form_reporter(table: Table, reading: Reading) -> str | None:
    """Whose form it is; None where it is no form of this plan and year, which is told."""
    marks = table.sheet.marks
    place = Place(file=table.sheet.file)
    wanted = {
        "form": FORM_VERSION,
        "plan": reading.archive.plan.number,
        "year": str(reading.edition.year),
    }
    for name, value in wanted.items():
        if marks.get(name) != value:
            reading.problems.append(
                Problem(
                    code=f"import-form-{name}",
                    place=replace(place, value=marks.get(name, "")),
                    facts={"expected": value},
                )
            )
            return None
    reporter = marks.get("reporter", "")
    known = {agency.agency for agency in reporters(reading.archive, reading.edition)}
    if reporter not in known:
        reading.problems.append(
            Problem(code="import-form-reporter", place=replace(place, value=reporter))
        )
        return None
    rows = owed(reading.archive, reading.edition, reporter, reading.archive)
    if marks.get("asked") != stamp(rows):
        reading.problems.append(Problem(code="import-form-older", place=place, stops=False))
    return reporter


def _read_report(table: Table, reporter: str | None, reading: Reading) -> str:
    """The report that a table comes with; gives its document, which is its figures' source."""
    cells = {
        name: table.labels[name]
        for name in ("document", "received_on", "report_note")
        if name in table.labels
    }
    texts: dict[str, str] = {}
    for name in ("document", "report_note"):
        if name in cells:
            texts[name], code, repair = text_of(cells[name])
            if code is not None:
                place = replace(cells[name].place, value=cells[name].text)
                reading.problems.append(Problem(code=code, place=place))
            if repair is not None:
                reading.repairs.append(repair)
    document = texts.get("document", "")
    if reporter is None or not cells:
        return document
    cell = cells.get("received_on")
    read = day(cell, reading.names.words) if cell is not None else None
    if cell is not None and isinstance(read, Fault):
        place = replace(cell.place, value=cell.text)
        reading.problems.append(Problem(code=read.code, place=place, facts=read.facts))
    elif isinstance(read, Found):
        row = {
            "reporter": reporter,
            "received_on": read.value.isoformat(),
            "document": document,
            f"note_{reading.archive.languages[0]}": texts.get("report_note", ""),
        }
        reading.reports.append((Place(file=table.sheet.title), row))
    else:
        place = next(iter(cells.values())).place
        reading.problems.append(Problem(code="import-report-date", place=place))
    return document
