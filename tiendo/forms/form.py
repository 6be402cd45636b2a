"""A form as a workbook; with `published` the one door to XlsxWriter.

The same input gives the same bytes: its date of creation is the plan's, and XlsxWriter writes no
other.  The cells that are filled in are open, everything else is protected without a password: it
keeps from slips, and hides nothing.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime, time

from tiendo.forms.form_table import (
    AT,
    COLUMNS,
    DECISION,
    FIRST,
    HEAD,
    LINE,
    OPEN,
    WRONG,
    Draft,
    days,
    explain,
    is_awarded,
    table,
    validate,
)
from tiendo.forms.sheets import MARKS_SHEET
from tiendo.forms.vocabulary import option
from tiendo.judge.editions import published
from tiendo.judge.lacking import FORM_VERSION, owed, stamp
from tiendo.judge.owed import planned, reporters
from tiendo.judge.reporting import deadline, reporting_duties
from tiendo.machine.workbook import Drawn, begun
from tiendo.terms import Archive, Missing, Status
from tiendo.words.wording import Words

FONT = "Times New Roman"
REPORT = ("document", "received_on", "report_note")
"""What is asked of the report itself, in the order of its rows."""

STEPS = (
    "cells",
    "report",
    "ratio",
    "standard",
    "reason",
    "check",
    "source",
    "note",
    "send",
)
"""What the guide says, in its order."""

_REPORT_ROW = 6
_A4 = 9
_LETTERS_A_LINE = 92
"""So many fit into a line of the guide."""


def forms(
    archive: Archive, year: int, reporter: str | None, words: Words, now: datetime
) -> Mapping[str, bytes]:
    """One workbook for each agency that owes rows or a report, or for one of them.

    Empty where the year can't be planned, or the agency owes nothing.  Of the year before it shows
    what is public at ``now``, and nothing else.
    """
    edition = planned(archive, year)
    if edition is None:
        return {}
    known = published(archive, now)
    return {
        words.say("excel.file", year=year, reporter=agency.agency): _workbook(
            Draft(
                archive=archive,
                edition=edition,
                agency=agency,
                rows=owed(archive, edition, agency.agency, known),
                words=words,
            )
        )
        for agency in reporters(archive, edition)
        if reporter in {None, agency.agency}
    }


def _workbook(draft: Draft) -> bytes:
    target = io.BytesIO()
    book = begun(target, {"in_memory": True})
    book.set_properties(
        {
            "title": draft.words.say("excel.title", year=draft.edition.year),
            "author": "",
            "created": datetime.combine(draft.archive.plan.signed, time()),
        }
    )
    look = _Look(book)
    _guide(book.add_worksheet(draft.words.say("excel.sheet.guide")), look, draft)
    _form(book.add_worksheet(draft.words.say("excel.sheet.form")), look, draft)
    marks = book.add_worksheet(MARKS_SHEET)
    for at, (name, value) in enumerate(_marks(draft).items()):
        marks.write_string(at, 0, name)
        marks.write_string(at, 1, value)
    marks.very_hidden()
    marks.protect()
    book.close()
    return target.getvalue()


def _marks(draft: Draft) -> dict[str, str]:
    """What an import knows a form by."""
    return {
        "form": FORM_VERSION,
        "plan": draft.archive.plan.number,
        "year": str(draft.edition.year),
        "reporter": draft.agency.agency,
        "asked": stamp(draft.rows),
    }


class _Look:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Drawn) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Drawn] = {}

    def __call__(self, **properties: object) -> Drawn:
        """A cell's look."""
        every = {
            "font_name": FONT,
            "font_size": 11,
            "valign": "vcenter",
            "text_wrap": True,
            **properties,
        }
        return self.plain(**every)

    def plain(self, **properties: object) -> Drawn:
        """A look with nothing in common with others, for what is laid over another."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def _page(sheet: Drawn) -> None:
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P/&N")


# The guide ----------------------------------------------------------------------------------


def _guide(sheet: Drawn, look: _Look, draft: Draft) -> None:
    words = draft.words
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 5, look())
    sheet.set_column(1, 1, 95, look())
    title = words.say("excel.guide.title", year=draft.edition.year)
    sheet.write_string(0, 1, title, look(bold=True, font_size=14))
    sheet.write_string(1, 1, draft.agency.name[words.language], look(bold=True))
    row = 2
    if draft.edition.illustrative:
        sheet.write_string(row, 1, words.say("notice.short"), look(bold=True, font_color=WRONG))
        row += 1
    due = _deadline(draft)
    if due is not None:
        text = words.say("excel.guide.due", date=words.date(due))
        sheet.write_string(row, 1, text, look(bold=True))
        row += 1
    for number, step in enumerate(STEPS, start=1):
        row += 1
        sheet.write_number(row, 0, number, look(align="center", valign="top"))
        _line(sheet, row, words.say(f"excel.guide.step.{step}"), look(valign="top"))
    row += 1
    for kind, codes in (("status", Status), ("missing", Missing)):
        row += 1
        _line(sheet, row, words.say(f"excel.guide.{kind}"), look(bold=True))
        for code in codes:
            row += 1
            text = option(words, kind, code.value)
            if kind == "missing":
                text = f"{text}. {words.say(f'missing.{code.value}.meaning')}"
            _line(sheet, row, text, look())
    sheet.protect()
    _page(sheet)


def _line(sheet: Drawn, row: int, text: str, look: Drawn) -> None:
    sheet.write_string(row, 1, text, look)
    sheet.set_row(row, 15.5 * (len(text) // _LETTERS_A_LINE + 1))


def _deadline(draft: Draft) -> date | None:
    """The day before which the agency's report is owed."""
    duty = reporting_duties(draft.archive).get(draft.agency.agency)
    return deadline(duty, draft.edition.year) if duty is not None else None


# The form -----------------------------------------------------------------------------------


def _form(sheet: Drawn, look: _Look, draft: Draft) -> None:
    sheet.hide_gridlines(2)
    one_area = len({row.area.area for row in draft.rows}) == 1
    needless = {"area"} if one_area else set()
    if not is_awarded(draft):
        needless |= DECISION
    for at, column in enumerate(COLUMNS):
        hidden = column.hidden or column.name in needless
        sheet.set_column(at, at, column.width, look(), {"hidden": hidden})
    _head(sheet, look, draft)
    _report(sheet, look, draft)
    if draft.rows:
        table(sheet, look, draft)
    else:
        text = draft.words.say("excel.nothing-owed")
        sheet.write_string(HEAD, FIRST, text, look(text_wrap=False))
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_landscape()
    _page(sheet)
    sheet.activate()


def _head(sheet: Drawn, look: _Look, draft: Draft) -> None:
    """The title's block: who reports, on what plan, which year, as of when."""
    words = draft.words
    name = draft.agency.name[words.language].upper()
    sheet.write_string(0, FIRST, name, look(text_wrap=False, bold=True))
    plan = words.say("excel.plan", number=draft.archive.plan.number)
    sheet.write_string(1, FIRST, plan, look(text_wrap=False))
    last = len(COLUMNS) - 1
    if draft.edition.illustrative:
        notice = look(bold=True, align="right", font_color=WRONG, text_wrap=False)
        sheet.merge_range(0, last - 3, 0, last, words.say("notice.short"), notice)
    small = look(italic=True, align="center", text_wrap=False)
    title = words.say("excel.title", year=draft.edition.year)
    as_of = words.say("excel.as-of", date=words.long_date(draft.edition.as_of))
    for row, text, style in (
        (2, title, look(bold=True, font_size=14, align="center", text_wrap=False)),
        (3, draft.archive.plan.title[words.language], small),
        (4, as_of, small),
    ):
        sheet.merge_range(row, FIRST, row, last, text, style)


def _report(sheet: Drawn, look: _Look, draft: Draft) -> None:
    """The report's own block: what document it is, and its day."""
    first, last = AT["how"], AT["status"]
    for row, name in enumerate(REPORT, start=_REPORT_ROW):
        label = draft.words.say(f"excel.report.{name}")
        sheet.write_string(row, FIRST, label, look(bold=True, text_wrap=False))
        cell = look(
            locked=False,
            border=1,
            border_color=LINE,
            bg_color=OPEN,
            align="left",
            num_format="dd/mm/yyyy" if name == "received_on" else "@",
        )
        sheet.merge_range(row, first, row, last, "", cell)
        if name == "received_on":
            rule = days(draft.edition.year, 2)
            validate(sheet, (row, first), draft.words, name, rule)
        else:
            explain(sheet, (row, first), draft.words, name)
