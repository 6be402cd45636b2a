"""Tables and forms for tests: the plan's own names, an edition that may be written, cells to fill in."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from tiendo.config import ROOT, site_settings
from tiendo.forms.form import forms
from tiendo.forms.form_table import AT
from tiendo.forms.intake import Intake, imported
from tiendo.forms.names import Names, names_of
from tiendo.forms.vocabulary import vocabulary
from tiendo.judge.owed import edition_of
from tiendo.read.archive import read
from tiendo.terms import Archive, Status
from tiendo.words.problems import sentence
from tiendo.words.wording import words

YEAR = 2024
NOW = datetime(2024, 12, 1, tzinfo=site_settings().timezone)
VI, EN = words("vi"), words("en")
LANGUAGES = (VI, EN)
SHEET = "Biểu số liệu"
FIRST_ROW = 12
"""The first row of a form that is filled in, as Excel counts."""


@cache
def archive() -> Archive:
    """The plan's data with an edition of 2024 that is not signed off and has no figure yet."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(shutil.copytree(ROOT / "data", Path(folder) / "data"))
        releases = data / "results" / "releases.csv"
        lines = releases.read_text().splitlines(keepends=True)
        releases.write_text("".join(line for line in lines if not line.startswith("2024")))
        for version in data.glob(f"results/{YEAR}/v*"):
            if version.name != "v1":
                shutil.rmtree(version)
        for name in ("observations", "reports"):
            file = data / f"results/{YEAR}/v1/{name}.csv"
            file.write_text(file.read_text().split("\n", 1)[0] + "\n")
        found, _ = read(data)
    assert found is not None
    return found


@cache
def names() -> Names:
    edition = edition_of(archive(), YEAR)
    assert edition is not None
    return names_of(archive(), edition, vocabulary(LANGUAGES, "vi"))


@cache
def all_forms() -> Mapping[str, bytes]:
    return forms(archive(), YEAR, None, VI, NOW)


def form(reporter: str) -> bytes:
    return all_forms()[f"bieu-{YEAR}-{reporter}.xlsx"]


def rows_of_form(content: bytes) -> list[tuple[str, str]]:
    """The indicators and areas that a form asks for, from its hidden columns."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))[SHEET]
    return [
        (row[0], row[1])
        for row in sheet.iter_rows(min_row=FIRST_ROW, max_col=2, values_only=True)
        if row[0] and row[1]
    ]


def filled(
    content: bytes,
    cells: Mapping[tuple[str, str], Mapping[str, Any]],
    *,
    document: str = "Báo cáo minh họa số 1",
    received: Any = datetime(2024, 12, 10),  # noqa: DTZ001 - a cell's date
    **others: Mapping[str, Any],
) -> bytes:
    """A form filled in as a person does it; ``others`` are cells by sheet and address."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[SHEET]
    sheet["F7"], sheet["F8"] = document, received
    for row in sheet.iter_rows(min_row=FIRST_ROW):
        for column, value in cells.get((row[0].value, row[1].value), {}).items():
            row[AT[column]].value = value
    for address, value in others.get("cells", {}).items():
        sheet[address] = value
    return saved(book)


def saved(book: Any) -> bytes:
    target = io.BytesIO()
    book.save(target)
    content: bytes = target.getvalue()
    return content


def as_reported(content: bytes, data: Path, year: int) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of a form with what an edition of the data says of them."""
    text = (data / f"results/{year}/v1/observations.csv").read_text()
    rows = csv.DictReader(io.StringIO(text, newline=""))
    said = {(row["indicator"], row["area"]): row for row in rows}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for name in rows_of_form(content):
        row = said.get(name, {})
        cells: dict[str, Any] = {
            column: float(row[column]) if column == "value" else int(row[column])
            for column in ("numerator", "denominator", "value")
            if row.get(column)
        }
        cells |= {
            column: datetime.fromisoformat(row[column])
            for column in ("as_of", "decided_on", "valid_until")
            if row.get(column)
        }
        cells |= {
            column.removesuffix("_vi"): row[column]
            for column in ("status", "missing", "decision", "break_vi", "note_vi")
            if row.get(column)
        }
        found[name] = cells
    return found


def complete(content: bytes) -> dict[tuple[str, str], dict[str, Any]]:
    """Something sound in each row of a form."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))[SHEET]
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for number, row in enumerate(sheet.iter_rows(min_row=FIRST_ROW)):
        if row[0].value is None or row[1].value is None:
            continue
        status = {"status": "A – chính thức"}
        if row[AT["numerator"]].protection.locked:
            level = 2 if row[0].value == "xmc-md2" else 1
            found[row[0].value, row[1].value] = {"value": level, **status}
        elif row[AT["value"]].protection.locked:
            found[row[0].value, row[1].value] = {"missing": "x – chưa báo cáo"}
        else:
            found[row[0].value, row[1].value] = {
                "numerator": 40 - number,
                "denominator": 100,
                **status,
            }
    return found


def csv_of(rows: Sequence[Any], separator: str = ";") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def xlsx_of(rows: Sequence[Any], name: str = "Sheet1") -> bytes:
    return saved(book_of(rows, name))


def book_of(rows: Sequence[Any], name: str = "Sheet1") -> Any:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    return book


def taken(*files: bytes | tuple[str, bytes], status: Status | None = Status.OFFICIAL) -> Intake:
    """What files hold; named by their place unless they come with a name."""
    named = dict(
        file
        if isinstance(file, tuple)
        else (f"{number}.{'xlsx' if file[:2] == b'PK' else 'csv'}", file)
        for number, file in enumerate(files)
    )
    return imported(named, archive(), YEAR, LANGUAGES, status=status)


def codes(intake: Intake) -> list[str]:
    """The codes of all questions that stop, and that they can be said."""
    for problem in intake.problems:
        for language in LANGUAGES:
            assert sentence(problem, language)
    return sorted(problem.code for problem in intake.problems if problem.stops)


def warned(intake: Intake) -> list[str]:
    return sorted(problem.code for problem in intake.problems if not problem.stops)


def kinds(intake: Intake) -> list[str]:
    for repair in intake.repairs:
        assert VI.knows(f"excel.repair.{repair.kind}"), repair.kind
        assert EN.knows(f"excel.repair.{repair.kind}"), repair.kind
    return sorted({repair.kind for repair in intake.repairs})


def figures(intake: Intake) -> dict[tuple[str, str], str]:
    """What was taken, as one text for each indicator and area."""
    return {
        (row["indicator"], row["area"]): row["missing"]
        or row["value"]
        or f"{row['numerator']}/{row['denominator']}"
        for row in intake.observations
    }
