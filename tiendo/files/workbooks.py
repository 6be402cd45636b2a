"""Figures as workbooks for readers: a cover, notes, then one table a sheet.

As the Government Statistical Service's guidance on accessible spreadsheets asks, but for the
titles, which stand on the cover so that each table begins in A1: tables marked as such, one
heading row, no merged cells, no blank rows, nothing said by colour, a sign for what is missing.

The same figures give the same bytes: a workbook's date is the newest edition's.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import partial

from tiendo.config import Site
from tiendo.files.catalogue import edition_lines, licence_line
from tiendo.files.open_data import (
    VALUE_DECIMALS,
    Key,
    Row,
    figure_rows,
    grouped,
    reported_keys,
    verdict_rows,
)
from tiendo.judge.as_shown import ONLY_NOTHING, apart_from, target_number
from tiendo.judge.past import as_once_published, subjects_gone
from tiendo.judge.rounding import kept_apart
from tiendo.machine.outputs import Making
from tiendo.machine.workbook import Book, Cell, Table, begun, drawn
from tiendo.terms import Missing, Results, Verdict
from tiendo.words import addresses
from tiendo.words.desk import Desk, has_page
from tiendo.words.downloads import (
    WORKBOOK,
    areas_have_workbooks,
    column_label,
    column_meaning,
    fits,
    workbook_file,
)
from tiendo.words.withdrawals import withdrawal_notes
from tiendo.words.wording import Words

MOST_IN_MEMORY = 20_000
"""A longer table is written row by row, which XlsxWriter can't do within an Excel table."""

FIGURES = (
    "indicator_name",
    "area_name",
    "year",
    "as_of",
    "value",
    "value_high",
    "unit",
    "numerator",
    "numerator_high",
    "denominator",
    "obs_status",
    "missing",
    "aggregated",
    "break",
    "decision",
    "decided_on",
    "valid_until",
    "source",
    "note",
    "version",
    "indicator",
    "area",
    "area_code",
    "notice",
    "first_released",
    "last_corrected",
    "revised",
    "revised_on",
    "revised_from",
    "revised_from_high",
    "revised_from_numerator",
    "revised_from_denominator",
    "revised_from_status",
    "revised_from_missing",
    "revised_from_version",
    "revision_kind",
    "revision_follows_from",
    "revision_reason",
    "indicator_since",
    "indicator_until",
    "indicator_successor",
)
"""Columns of the sheet of figures: what people look for first, codes last.

A column keeps its place for ever: new ones come at the end."""

VERDICTS = (
    "indicator_name",
    "area_name",
    "milestone",
    "target",
    "own_target",
    "verdict",
    "provisional",
    "headline",
    "year",
    "value",
    "value_high",
    "gap",
    "needed_count",
    "gap_count",
    "pace",
    "needed_pace",
    "leads_to",
    "indicator",
    "area",
    "notice",
    "revised",
)
"""Columns of the sheet of verdicts."""

TRANSLATED = frozenset({"indicator_name", "area_name", "break", "note", "revision_reason"})
"""Columns that rows have once for each language."""
MEASURED = frozenset(
    {
        *("value", "value_high", "target", "gap", "pace", "needed_pace", "leads_to"),
        *("revised_from", "revised_from_high"),
    }
)
"""Columns in the unit of the indicator, shown with its decimals."""
COUNTED = frozenset(
    {
        *("numerator", "numerator_high", "denominator"),
        *("revised_from_numerator", "revised_from_denominator"),
    }
)
"""Columns of numbers that may be large."""
COMPARED = frozenset({"value", "value_high", "leads_to", "revised_from", "revised_from_high"})
"""Columns that a reader holds against the target: rounding must not carry them over it."""
_WIDTHS = {
    "indicator_name": 38,
    "area_name": 26,
    "decision": 32,
    "source": 70,
    "note": 60,
    "year": 10,
    "milestone": 12,
    "version": 13,
    "break": 34,
    "verdict": 20,
    "indicator": 20,
    "area": 20,
    "notice": 40,
    "revision_follows_from": 30,
    "revision_reason": 60,
}
_WIDTH = 15
_PAGES_WIDE = 3
_KEPT_IN_SIGHT = 2
"""So many columns, indicator and area, are printed again on each page to the right."""
_NOTES_WIDTHS = (16, 30, 90)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Book:
    """What a workbook is about, and its rows when they are asked for."""

    title: str
    address: str
    figures: Callable[[], Iterator[Row]]
    verdicts: Callable[[], Iterator[Row]]
    counts: tuple[int, int]
    """The rows of either."""


def workbook_files(
    results: Results, site: Site, words: Mapping[str, Words]
) -> Iterator[tuple[str, bytes | Making]]:
    """A workbook of everything, of each indicator, and of each area where they are few enough.

    Each in every language of the site.
    """
    for language in site.languages:
        desk = Desk(
            results=results,
            site=site,
            words=words[language],
            here="",
            indicators={each.indicator: each for each in results.archive.indicators},
        )
        for path, content in _workbooks(desk, words):
            yield workbook_file(site, path, language), content
        for path, content in _notices(desk):
            yield workbook_file(site, path, language), content


def _notices(desk: Desk) -> Iterator[tuple[str, bytes]]:
    """A notice at the address of each workbook whose figures were all withdrawn."""
    results = desk.results
    once = as_once_published(results)
    if once is None:
        return
    told = [desk.say("withdrawn.file"), *(note.text for note in withdrawal_notes(desk))]
    for kind, name in subjects_gone(results):
        if kind == "chi-tieu" or areas_have_workbooks(once):
            yield f"{addresses.FILES}{kind}/{name}.xlsx", _notice(desk, told)


def _notice(desk: Desk, lines: Sequence[str]) -> bytes:
    target = io.BytesIO()
    book = begun(target, {"in_memory": True})
    signed = desk.results.archive.plan.signed
    book.set_properties({"title": lines[0], "created": datetime.combine(signed, time())})
    book.set_custom_property("Language", desk.language)
    sheet = book.add_worksheet(desk.say("sheets.sheet.cover"))
    sheet.set_column(0, 0, 90, book.add_format({"text_wrap": True, "valign": "top"}))
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)
    book.close()
    return target.getvalue()


def _workbooks(desk: Desk, words: Mapping[str, Words]) -> Iterator[tuple[str, bytes | Making]]:
    results, site = desk.results, desk.site
    reported, judged = reported_keys(results), list(results.assessments)

    def about(title: str, page: str, figures: list[Key], verdicts: list[Key]) -> _Book:
        return _Book(
            title=title,
            address=desk.absolute(page),
            figures=lambda: figure_rows(results, site, words, figures),
            verdicts=lambda: verdict_rows(results, site, words, verdicts),
            counts=(
                sum(len(results.figures[key]) for key in figures),
                sum(len(results.assessments[key]) for key in verdicts),
            ),
        )

    plan = results.archive.plan.short[desk.language]
    if fits(results):
        title = desk.say("sheets.title.whole", plan=plan)
        yield WORKBOOK, _made(_workbook(desk, about(title, addresses.DATA, reported, judged)))
    verdicts = grouped(judged, 0)
    for name, keys in grouped(reported, 0).items():
        title = desk.say("sheets.title.indicator", name=desk.indicators[name].short[desk.language])
        book = about(title, addresses.of_indicator(name), keys, verdicts.get(name, []))
        if book.counts[0]:
            yield f"{addresses.FILES}chi-tieu/{name}.xlsx", _made(_workbook(desk, book))
    if not areas_have_workbooks(results):
        return
    verdicts = grouped(judged, 1)
    for name, keys in grouped(reported, 1).items():
        title = desk.say("sheets.title.area", name=desk.area_name(name))
        page = addresses.of_area(name) if has_page(desk, name) else addresses.DATA
        book = about(title, page, keys, verdicts.get(name, []))
        if book.counts[0]:
            yield f"{addresses.FILES}dia-ban/{name}.xlsx", _made(_workbook(desk, book))


def _made(book: Book) -> bytes | Making:
    """A workbook that is held whole tells all that it is made from; another is drawn at once."""
    return drawn(book) if book.row_by_row else Making(recipe=repr(book), make=partial(drawn, book))


def _workbook(desk: Desk, about: _Book) -> Book:
    say, plan, editions = desk.say, desk.results.archive.plan, desk.results.editions
    row_by_row = max(about.counts) > MOST_IN_MEMORY
    tables = [
        (name, columns, rows, count)
        for name, columns, rows, count in (
            ("figures", FIGURES, about.figures, about.counts[0]),
            ("verdicts", VERDICTS, about.verdicts, about.counts[1]),
        )
        if count
    ]
    columns = dict.fromkeys(name for _, names, _, _ in tables for name in names)
    notes = say("sheets.sheet.notes")
    return Book(
        title=about.title,
        subject=plan.title[desk.language],
        author=desk.site.publisher[desk.language],
        notice=desk.notice,
        created=datetime.combine(editions[-1].as_of if editions else plan.signed, time()),
        language=desk.language,
        cover=say("sheets.sheet.cover"),
        lines=(
            desk.notice,
            say("sheets.illustrative") if desk.results.illustrative else "",
            say("sheets.plan", number=plan.number, title=plan.title[desk.language]),
            *edition_lines(desk),
            say("sheets.publisher", name=desk.site.publisher[desk.language]),
            licence_line(desk),
        ),
        address=(about.address, say("sheets.address", address=about.address)),
        contents=say("sheets.cover.contents"),
        inside=(
            (notes, say("sheets.cover.notes", sheet=notes)),
            *(
                (title, say("sheets.cover.table", sheet=title, count=desk.words.number(count)))
                for title, count in (
                    (say(f"sheets.sheet.{name}"), count) for name, _, _, count in tables
                )
            ),
        ),
        tables=(
            Table(
                name="notes",
                title=notes,
                headings=tuple(say(f"sheets.notes.{name}") for name in ("kind", "term", "meaning")),
                widths=_NOTES_WIDTHS,
                rows=tuple(tuple((text, "") for text in line) for line in _notes(desk, columns)),
                pages_wide=1,
                kept_in_sight=0,
            ),
            *(
                _table(desk, name, names, rows(), row_by_row=row_by_row)
                for name, names, rows, _ in tables
            ),
        ),
        date_shape=say("sheets.date"),
        row_by_row=row_by_row,
    )


def _table(
    desk: Desk, name: str, names: Sequence[str], rows: Iterable[Row], *, row_by_row: bool
) -> Table:
    cells = (tuple(_cell(desk, row, each) for each in names) for row in rows)
    return Table(
        name=name,
        title=desk.say(f"sheets.sheet.{name}"),
        headings=tuple(column_label(desk.words, _column(each, desk)) for each in names),
        widths=tuple(_WIDTHS.get(each, _WIDTH) for each in names),
        rows=cells if row_by_row else tuple(cells),
        pages_wide=_PAGES_WIDE,
        kept_in_sight=_KEPT_IN_SIGHT,
    )


def _notes(desk: Desk, columns: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Of what kind, which sign or word, and what it means."""
    say = desk.say
    for missing in Missing:
        word, meaning = (say(f"missing.{missing.value}.{part}") for part in ("word", "meaning"))
        text = say("sheets.notes.missing", word=word[:1].upper() + word[1:], meaning=meaning)
        yield say("sheets.notes.symbol"), f"[{missing.value}]", text
    ends = {
        end: say(f"column_label.{name}") for end, name in (("low", "value"), ("high", "value_high"))
    }
    figures = say("sheets.sheet.figures")
    for name in ("blank", "range", "digits"):
        meaning = say(f"sheets.notes.{name}-meaning", figures=figures, **ends)
        yield say("sheets.notes.rule"), say(f"sheets.notes.{name}"), meaning
    for verdict in Verdict:
        word, meaning = (say(f"verdict.{verdict.value}.{part}") for part in ("word", "meaning"))
        yield say("sheets.notes.verdict"), word, meaning
    for name in columns:
        column = _column(name, desk)
        own = f"sheets.column.{name}"
        meaning = say(own) if desk.words.knows(own) else column_meaning(desk.words, column)
        yield say("sheets.notes.column"), column_label(desk.words, column), meaning


# Cells --------------------------------------------------------------------------------------


def _column(name: str, desk: Desk) -> str:
    """A column of open data by what it is called here."""
    return f"{name}_{desk.language}" if name in TRANSLATED else name


def _cell(desk: Desk, row: Row, name: str) -> Cell:
    """What a reader sees in a cell: words where open data have codes."""
    if name == "indicator_name":
        return desk.indicators[str(row["indicator"])].short[desk.language], ""
    if name == "area_name":
        return desk.area_name(str(row["area"])), ""
    value = row.get(_column(name, desk))
    if name == "value" and value is None and row.get("missing"):
        return f"[{row['missing']}]", ""
    if isinstance(value, int | float | Decimal) and name in MEASURED:
        return _measured(desk, row, name, Decimal(str(value)))
    if name in COUNTED:
        return value, "#,##0"
    return _in_words(desk, name, value), ""


def _in_words(desk: Desk, name: str, value: object) -> object:
    if value is None:
        return None
    if isinstance(value, bool):
        return desk.say("sheets.yes" if value else "sheets.no")
    if name in {"missing", "revised_from_missing"}:
        return desk.say(f"missing.{value}.word")
    if name == "verdict":
        return desk.say(f"verdict.{value}.word")
    places = {
        "unit": "sheets.unit",
        "obs_status": "status",
        "revised_from_status": "status",
        "revision_kind": "correction_kind",
    }
    return desk.say(f"{places[name]}.{value}") if name in places else value


def _measured(desk: Desk, row: Row, name: str, value: Decimal) -> Cell:
    """A number in the unit of its indicator, and with how many decimals it is shown.

    Targets as the plan has them.  The ends of a range have all decimals that the file has: no
    format of a workbook rounds them outwards.
    """
    indicator, area = desk.indicators[str(row["indicator"])], str(row["area"])
    if desk.scale(indicator.indicator, area).is_held:
        return value, "0" if value == int(value) else "0.0"
    if name == "target":
        year = row["milestone"]
        judged = desk.results.assessments[indicator.indicator, area]
        shown = next(target_number(each.target) for each in judged if each.target.year == year)
        return value, _format(shown)
    others: tuple[Fraction, ...] = ONLY_NOTHING
    if name in COMPARED:
        others = apart_from(desk.results, indicator, area)
    is_end = name in {"value", "value_high"} and row["value_high"] is not None
    decimals = max(indicator.decimals, VALUE_DECIMALS) if is_end else indicator.decimals
    return value, _format(kept_apart(Fraction(value), decimals, others))


def _format(shown: Decimal) -> str:
    """With as many decimals as a number is shown by."""
    decimals = len(f"{shown:f}".partition(".")[2])
    return "0." + "0" * decimals if decimals else "0"
