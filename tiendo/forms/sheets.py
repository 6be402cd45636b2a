"""Any file that people call a table, as sheets of cells; or why it is none."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from tiendo.forms.cells import Cell, Repair
from tiendo.forms.old_letters import codec_of, has_foreign_signs, is_of_today, modern, shown
from tiendo.forms.workbooks import Opened, Sheet, letters, refusal, workbook
from tiendo.letters import letter_faults, mended
from tiendo.terms import Place, Problem

SEPARATORS = (";", ",", "\t", "|")
MOST_BYTES = 16 * 2**20
MOST_ROWS = 50_000
MOST_CELLS = 500_000
"""A plan with a thousand areas and a hundred indicators has fewer."""
_LONGEST_NAME = 200

# An OLE2 container (MS-CFB) names its streams in UTF-16.
_STREAM_OF_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_STREAMS_OF_EXCEL = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_STARTS = (
    (b"%PDF", "import-pdf"),
    (b"{\\rtf", "import-word"),
    (b"\x89PNG", "import-picture"),
    (b"\xff\xd8\xff", "import-picture"),
    (b"GIF8", "import-picture"),
    (b"Rar!", "import-not-a-table"),
    (b"7z\xbc\xaf", "import-not-a-table"),
    # BIFF 2 to 4, before containers.
    (b"\x09\x00\x04\x00", "import-old-excel"),
    (b"\x09\x02\x06\x00", "import-old-excel"),
    (b"\x09\x04\x06\x00", "import-old-excel"),
)


def opened(name: str, content: bytes, looks_like_head: Callable[[Sequence[str]], int]) -> Opened:
    """The sheets of a file.

    ``looks_like_head`` says how many of a row's texts head columns: it tells by which sign the
    columns of a CSV file are separated.
    """
    if not content.strip(b"\0 \t\r\n"):
        return refusal(name, "import-empty")
    if len(content) > MOST_BYTES:
        return refusal(name, "import-too-large")
    if content.startswith(b"PK"):
        found = workbook(name, content, MARKS_SHEET)
        if found.sheets and name.lower().endswith((".xlsm", ".xltm")):
            warning = Problem(code="import-macros", place=Place(file=name), stops=False)
            found = replace(found, problems=(*found.problems, warning))
        return found
    code = _other_kind(content)
    if code is not None:
        return refusal(name, code)
    return _table(name, content, looks_like_head)


def _other_kind(content: bytes) -> str | None:
    """What else than text a file is, as the code of its problem."""
    if not content.startswith(b"\xd0\xcf\x11\xe0"):
        return next((code for start, code in _STARTS if content.startswith(start)), None)
    if _STREAM_OF_PASSWORD in content:
        return "import-password"
    is_excel = any(stream in content for stream in _STREAMS_OF_EXCEL)
    return "import-old-excel" if is_excel else "import-word"


MARKS_SHEET = "tiendo"
"""The hidden sheet by which a form is known again."""


def _table(name: str, content: bytes, looks_like_head: Callable[[Sequence[str]], int]) -> Opened:
    text = _text(content)
    start = text.lstrip("\ufeff \t\r\n")[:200].casefold()
    if start.startswith(("<!doctype", "<html", "<table", "<?xml", "<meta")):
        return refusal(name, "import-web-page")
    if "\0" in text:
        return refusal(name, "import-not-a-table")
    first, _, rest = text.lstrip("\ufeff").partition("\n")
    told = re.fullmatch(r'"?sep=(.)"?', first.strip("\r"), re.IGNORECASE)
    body = rest if told else text.lstrip("\ufeff")
    skipped = 1 if told else 0
    best: list[list[str]] = []
    score, broken, best_separator = -1, False, ""
    for separator in (told[1],) if told else SEPARATORS:
        rows = _rows(body, separator)
        if rows is None:
            broken = True
            continue
        heads = max((looks_like_head(row[:300]) for row in rows[:60]), default=0)
        if heads > score:
            best, score, best_separator = rows, heads, separator
    if broken and score <= 0:
        return refusal(name, "import-quotes")
    if len(best) > MOST_ROWS or sum(len(row) for row in best) > MOST_CELLS:
        return refusal(name, "import-too-large")
    sheet = Sheet(
        file=name,
        name="",
        separator=best_separator,
        rows=tuple(
            tuple(
                Cell(
                    value=cell or None,
                    place=Place(
                        file=name, row=number + skipped, column=letters(at), value=cell or None
                    ),
                )
                for at, cell in enumerate(row)
            )
            for number, row in enumerate(best, start=1)
        ),
    )
    return Opened(sheets=(sheet,))


def _text(content: bytes) -> str:
    """The bytes as text; what is in no Unicode encoding as a reader of today shows it."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                return shown(content)
    even, odd = content[0:400:2], content[1:400:2]
    for part, encoding in ((odd, "utf-16-le"), (even, "utf-16-be")):
        if len(part) > 3 and part.count(0) > len(part) // 2:  # noqa: PLR2004 - some letters
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                break
    try:
        return content.decode()
    except UnicodeDecodeError:
        return shown(content)


def _rows(text: str, separator: str) -> list[list[str]] | None:
    """The rows; None where the quotes are not closed.  A row is where it starts in the file."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append([cell.strip() for cell in row])
            # A cell of several lines moves what comes after it down.
            rows += [[] for _ in range(reader.line_num - len(rows))]
    except csv.Error:
        return None
    return rows


# Letters ------------------------------------------------------------------------------------


def with_letters(
    sheets: Sequence[Sheet], known: Callable[[str], bool]
) -> tuple[list[Sheet], list[Repair], list[Problem]]:
    """The sheets of one file with letters of today, what was converted, and what can't be.

    ``known`` says whether a text is a name that such a file holds.
    """
    cells = [cell for sheet in sheets for row in sheet.rows for cell in row]
    texts = {cell.value for cell in cells if isinstance(cell.value, str)}
    codec = codec_of(texts, known)
    made, wrong = _converted(texts, codec, known)
    lost = next((cell for cell in cells if cell.value in wrong and not cell.inner), None)
    if lost is not None:
        # One file has one fault of its letters: the first place stands for all.
        return [], [], [_letters_problem(lost)]
    repairs = [
        Repair(
            kind="old-letters",
            place=cell.place,
            old=cell.value,
            new=f"{made[cell.value]} ({codec})",
        )
        for cell in cells
        if isinstance(cell.value, str) and cell.value in made and not cell.inner
    ]
    found = [
        replace(
            sheet, rows=tuple(tuple(_with_text(cell, made) for cell in row) for row in sheet.rows)
        )
        for sheet in sheets
    ]
    return (found if made else [*sheets]), repairs, []


def _with_text(cell: Cell, made: Mapping[str, str]) -> Cell:
    if not isinstance(cell.value, str) or cell.value not in made:
        return cell
    text = made[cell.value]
    return replace(cell, value=text, place=replace(cell.place, value=text))


def _converted(
    texts: Iterable[str], codec: str | None, known: Callable[[str], bool]
) -> tuple[dict[str, str], set[str]]:
    """The texts that an old encoding turns into letters, and those that nothing does."""
    odd = {text for text in texts if not text.isascii() or "?" in text}
    all_old = not any(is_of_today(text) for text in odd)
    made: dict[str, str] = {}
    wrong: set[str] = set()
    for text in odd:
        faults = set(letter_faults(text)) & {"letters-mojibake", "letters-lossy"}
        new = modern(text, codec) if codec else None
        is_old = all_old or bool(faults) or has_foreign_signs(text)
        if new not in {None, text} and not known(text) and (is_old or known(new or "")):
            made[text] = new or ""
        elif faults:
            wrong.add(text)
    return made, wrong


def _letters_problem(cell: Cell) -> Problem:
    lossy = "letters-lossy" in letter_faults(cell.text)
    value = mended(cell.text)[:_LONGEST_NAME]
    return Problem(
        code="import-letters-lost" if lossy else "import-letters-old",
        place=replace(cell.place, value=value),
    )
