"""What stands around a table: place and date, signatures, remarks.

None of it is a figure.  What is common (who signed, where and when) is known and passed over; what
says something of the figures is told, so that nobody takes it for read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tiendo.forms.cells import Cell
from tiendo.forms.names import Names
from tiendo.letters import folded, mended

_LONGEST_PLACE = 60
_FEWEST_WORDS_OF_A_REMARK = 9
"""Names, titles and recipients' lines are shorter."""
_MARK = re.compile(r"[*†‡]|\([0-9a-e]{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹]")
"""What the text of a footnote begins with."""


def is_place_and_date(text: str, names: Names) -> bool:
    """Whether a text says where and when something was signed: "Hải Dương, ngày … tháng …"."""
    plain = folded(text).strip("()[] ;")
    for pattern in names.words.dates:
        for found in pattern.finditer(plain):
            if not plain[: found.start()] and found.group()[:1].isalpha():
                return not plain[found.end() :].strip(" .,")
            before = plain[: found.start()].rstrip()
            is_place = before.endswith((",", "…", "..")) or found.group()[:1].isalpha()
            if (
                before
                and is_place
                and len(before) <= _LONGEST_PLACE
                and not re.search("[0-9:;]", before)
                and not is_note(text, names)
                and not plain[found.end() :].strip(" .,")
            ):
                return True
    return False


def without_days(text: str, names: Names) -> str:
    """A text, folded, without the days in it, whose years are not those of a table."""
    plain = folded(text)
    for pattern in names.words.dates:
        plain = pattern.sub(" ", plain)
    return plain


def is_note(text: str, names: Names) -> bool:
    """Whether a text is a remark on the table."""
    plain = folded(text).lstrip("(-–+ ")
    return bool(_MARK.match(mended(text))) or _begins(plain, names.words.notes)


def is_footer(text: str, names: Names) -> bool:
    """Whether a text is of those under a table: who made it, who gets it, where and when."""
    return _begins(folded(text).lstrip("( "), names.words.footers) or is_place_and_date(text, names)


def starts_footer(row: Sequence[Cell], names: Names) -> bool:
    """Whether a row is of those under a table."""
    texts = [mended(cell.text) for cell in row if _is_said(cell)]
    if not texts:
        return False
    known = [is_footer(text, names) for text in texts]
    return _begins(folded(texts[0]).lstrip("( "), names.words.footers) or all(known)


def remark_of(cell: Cell, names: Names) -> str:
    """The remark that a cell under a table holds; empty where it holds what is signed."""
    text = mended(cell.text)
    if not _is_said(cell) or not isinstance(cell.value, str):
        return ""
    if is_note(text, names):
        # A heading alone remarks nothing.
        return text if len(text.split(":", 1)[-1].split()) > 1 or ":" not in text else ""
    is_long = len(text.split()) >= _FEWEST_WORDS_OF_A_REMARK
    return text if is_long and not is_footer(text, names) else ""


def _is_said(cell: Cell) -> bool:
    return bool(mended(cell.text)) and not cell.inner


def _begins(plain: str, words: Sequence[str]) -> bool:
    return any(
        plain == word or plain.startswith((f"{word} ", f"{word}:", f"{word},", f"{word}("))
        for word in words
    )
