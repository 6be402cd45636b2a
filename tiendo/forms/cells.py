"""One cell: what stands in it, as a number, a day, a code, or why it is none.

A number is read as it is written in Vietnam (Luật Kế toán 2015, Điều 11: dot after thousands, comma
before decimals).  What could be read in two ways is a fault with both readings, never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Generic, TypeVar

from tiendo.forms.vocabulary import Vocabulary, key
from tiendo.letters import folded, mended
from tiendo.terms import Place

Value = str | int | Decimal | bool | date | None
"""What stands in a cell; a number with a fraction is a Decimal, a moment is its day."""

Read = TypeVar("Read")

LARGEST = 10**12
"""No count of people or institutions is larger."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A cell as it stands in its sheet."""

    value: Value
    place: Place
    percent: bool = False
    """Whether it is shown as a percentage: 0.6 is shown as 60%."""
    formula: bool = False
    """Whether a formula made it; a value of None: the file does not hold what it makes."""
    error: bool = False
    """Whether it shows an error, like a division by zero."""
    inner: bool = False
    """Whether it is a merged cell's further part, with the value of its first."""
    serial: bool = False
    """Whether a number can be a day: it stands in a workbook, whose first day is known."""
    epoch_1904: bool = False
    struck: bool = False
    """Whether it, or a part of it, is struck out."""

    @property
    def text(self) -> str:
        """What stands in it, as a person reads it; empty for nothing."""
        if self.value is None:
            return ""
        if isinstance(self.value, Decimal):
            return f"{self.value:f}"
        return str(self.value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Repair:
    """What was changed in reading, so that nobody has to trust that it was right."""

    kind: str
    """Its sentence stands in the wording under ``excel.repair``."""
    place: Place
    old: str
    new: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Found(Generic[Read]):
    """What a cell was read as."""

    value: Read
    repair: str = ""
    """The kind of repair that reading it took; empty: it stood there as it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """Why a cell could not be read, as a problem's code and facts."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Blank:
    """A cell without a figure; ``mark`` is what stands there instead, if anything."""

    mark: str = ""


def repaired(cell: Cell, kind: str, new: str) -> tuple[Repair, ...]:
    """The repair that reading a cell took; none where its kind is empty."""
    if not kind:
        return ()
    old = cell.text + ("%" if cell.percent else "")
    return (Repair(kind=kind, place=cell.place, old=old, new=new),)


# Numbers ------------------------------------------------------------------------------------

_PLAIN = re.compile(r"[0-9]+")
_DOTS = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
_COMMAS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+")
_SPACES = re.compile(r"[0-9]{1,3}( [0-9]{3})+")
_VIETNAMESE = re.compile(r"([0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),([0-9]+)")
_ENGLISH = re.compile(r"([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)\.([0-9]+)")
_PARTS = re.compile(r"(\S+) ?(?:/|:) ?(\S+)")
_WHOLE_PERCENT = 100


def odd_digits(text: str) -> str:
    """The signs of a text that stand for a number and are none of 0 to 9.

    Raised and lowered digits may be a footnote's mark, circled ones a running number; those of
    another script, fractions and wide digits are no figure that anybody typed here.

    >>> odd_digits("6¹"), odd_digits("½"), odd_digits("60,5％")
    ('¹', '½', '')
    """
    return "".join(
        sign
        for sign in text
        if not sign.isascii()
        and (
            unicodedata.category(sign).startswith("N")
            or any(narrow in "0123456789" for narrow in unicodedata.normalize("NFKC", sign))
        )
    )


def oddly_written(text: str) -> Fault | None:
    """The question about digits that are none of 0 to 9, with what they could be; None: none."""
    odd = odd_digits(text)
    if not odd:
        return None
    without = mended("".join(sign for sign in text if sign not in odd))
    # A sign of fractions takes a whole number before it.
    other = mended("".join(_as_number(sign) if sign in odd else sign for sign in text))
    if any(sign in "0123456789" for sign in without):
        return Fault(code="import-number-signs", facts={"first": without, "second": other})
    return Fault(code="import-number-sign", facts={"second": other})


def _as_number(sign: str) -> str:
    value = unicodedata.numeric(sign, None)
    if value is None or value != int(value):
        return unicodedata.normalize("NFKC", sign).replace("\u2044", "/")
    return str(int(value))


def plain(text: str) -> str:
    """Text with ordinary signs and spaces, for reading numbers and days.

    Digits stay as they are: who reads them has asked `oddly_written` before.
    """
    narrow = unicodedata.normalize("NFKC", mended(text).replace("…", "..."))
    return " ".join(narrow.replace("\u2212", "-").replace("\u2013", "-").split())


def blank_or_fault(cell: Cell, words: Vocabulary) -> Blank | Fault | None:
    """What keeps a cell from holding a figure at all; None where nothing does."""
    if cell.error:
        return Fault(code="import-cell-error")
    if cell.value is None:
        return Fault(code="import-formula-empty") if cell.formula else Blank()
    if cell.inner:
        return Fault(code="import-cell-merged")
    if isinstance(cell.value, bool):
        return Fault(code="import-number-wrong")
    if cell.struck:
        return Fault(code="import-cell-struck")
    return _no_figure(mended(cell.value), words) if isinstance(cell.value, str) else None


def _no_figure(text: str, words: Vocabulary) -> Blank | Fault | None:
    """Why a text is no figure, by its words and signs alone."""
    if text.casefold() in words.blanks or key(text) in words.blanks or not key(text):
        return Blank(mark=text)
    if odd := oddly_written(text):
        return odd
    if text.startswith("="):
        return Fault(code="import-formula-text")
    is_about = any(folded(text).startswith(f"{folded(about)} ") for about in words.about)
    if is_about or text[0] in "<>~\u2248\u2265\u2264\u00b1":
        return Fault(code="import-number-about")
    return None


def _no_digits(cell: Cell) -> Fault | None:
    """Why what stands in a cell is not written in digits."""
    if isinstance(cell.value, date):
        return Fault(code="import-number-date")
    return oddly_written(cell.text)


def count(cell: Cell) -> Found[int] | Fault:
    """A number of people, schools, areas: whole and not negative."""
    if (fault := _no_digits(cell)) is not None:
        return fault
    if isinstance(cell.value, int | Decimal):
        return _whole(Decimal(cell.value))
    text = plain(cell.text)
    if _PLAIN.fullmatch(text):
        return _whole(Decimal(text))
    if re.fullmatch(r"[0-9]{1,3},[0-9]{3}", text):
        return _two_ways(text.replace(",", ""), text)
    if re.fullmatch(r"[0-9]+\.[0-9]+", text) and not _DOTS.fullmatch(text):
        return Fault(code="import-number-not-whole", facts={"value": text})
    number = _grouped(text)
    return _no_number(text) if number is None else _noted(_whole(number))


def _grouped(text: str) -> Decimal | None:
    """The number in a text with signs for thousands or decimals that can mean one thing only."""
    for pattern, sign in ((_DOTS, "."), (_COMMAS, ","), (_SPACES, " ")):
        if pattern.fullmatch(text):
            return Decimal(text.replace(sign, ""))
    if found := _VIETNAMESE.fullmatch(text):
        return _decimal(found[1].replace(".", ""), found[2])
    if found := _ENGLISH.fullmatch(text):
        return _decimal(found[1].replace(",", ""), found[2])
    return None


def percent(cell: Cell) -> Found[Decimal] | Fault:
    """Per cent, from 0 to 100."""
    if (fault := _no_digits(cell)) is not None:
        return fault
    if isinstance(cell.value, int | Decimal):
        number = Decimal(cell.value)
        if cell.percent:
            return _in_percent(Found(value=number * _WHOLE_PERCENT, repair="percent-format"))
        return _in_percent(_not_a_share(number, Found(value=number)))
    text = plain(cell.text)
    signed = text.endswith("%")
    text = text.removesuffix("%").rstrip()
    found: Found[Decimal] | Fault
    if _PLAIN.fullmatch(text):
        found = Found(value=Decimal(text), repair="notation" if signed else "")
    elif _DOTS.fullmatch(text) or _COMMAS.fullmatch(text):
        if text.count(".") + text.count(",") > 1:
            return Fault(code="percent-range")
        found = _two_ways(re.sub("[.,]", "", text), re.sub("[.,]", ",", text))
    elif parts := _VIETNAMESE.fullmatch(text):
        found = Found(value=_decimal(parts[1].replace(".", ""), parts[2]), repair="notation")
    elif parts := _ENGLISH.fullmatch(text):
        found = Found(value=_decimal(parts[1].replace(",", ""), parts[2]), repair="decimal-dot")
    else:
        return _no_number(text)
    if isinstance(found, Found) and not signed:
        found = _not_a_share(found.value, found)
    return _in_percent(found)


def parts(cell: Cell, whole: int | None) -> Found[tuple[int, int]] | Fault:
    """A numerator and a denominator in one cell, as 9/12.

    Excel turns 9/12 into a day of this year; that is undone only where ``whole``, the number of
    areas that are counted, says which of day and month the denominator is.
    """
    if isinstance(cell.value, date):
        pair = (cell.value.day, cell.value.month)
        if whole in pair and max(pair) == whole:
            return Found(value=(min(pair), max(pair)), repair="fraction-date")
        facts = {"first": f"{min(pair)}/{max(pair)}", "second": f"{cell.value:%d/%m/%Y}"}
        return Fault(code="import-parts-date", facts=facts)
    if odd := oddly_written(cell.text):
        return odd
    found = _PARTS.fullmatch(plain(cell.text)) if isinstance(cell.value, str) else None
    if found is None:
        return Fault(code="import-parts-wrong")
    numbers = [count(replace(cell, value=text)) for text in found.groups()]
    for number in numbers:
        if isinstance(number, Fault):
            return Fault(code="import-parts-wrong")
    first, second = (number.value for number in numbers if isinstance(number, Found))
    return Found(value=(first, second), repair="parts")


def level(cell: Cell, words: Vocabulary) -> Found[int] | Fault:
    """A level of a standard, 0 for none; with or without its word ("Mức độ 2")."""
    if (fault := _no_digits(cell)) is not None:
        return fault
    if isinstance(cell.value, int | Decimal):
        if cell.percent:
            return Fault(code="import-level-wrong")
        found = _whole(Decimal(cell.value))
        return Fault(code="import-level-wrong") if isinstance(found, Fault) else found
    text = plain(cell.text)
    if text.isascii() and text.isdigit():
        return Found(value=int(text))
    said = key(text)
    for word in words.levels:
        rest = said.removeprefix(word).strip()
        if rest != said and rest.isascii() and rest.isdigit():
            return Found(value=int(rest), repair="notation")
    return Fault(code="import-level-wrong")


def _decimal(whole: str, fraction: str) -> Decimal:
    return Decimal(f"{whole}.{fraction}")


def _whole(number: Decimal) -> Found[int] | Fault:
    try:
        if number < 0:
            return Fault(code="import-number-negative")
        if number > LARGEST:
            return Fault(code="import-number-wrong")
        if number != number.to_integral_value():
            return Fault(code="import-number-not-whole", facts={"value": f"{number:f}"})
    except InvalidOperation:
        return Fault(code="import-number-wrong")
    return Found(value=int(number))


def _noted(found: Found[int] | Fault) -> Found[int] | Fault:
    return found if isinstance(found, Fault) else replace(found, repair="notation")


def _two_ways(first: str, second: str) -> Fault:
    return Fault(code="import-number-two-ways", facts={"first": first, "second": second})


def _no_number(text: str) -> Fault:
    negative = text.startswith("-") and text[1:2].isdigit()
    return Fault(code="import-number-negative" if negative else "import-number-wrong")


def _not_a_share(number: Decimal, found: Found[Decimal]) -> Found[Decimal] | Fault:
    """A percentage below 1 may be a share of 1: 0.6 is 0.6% or 60%."""
    if 0 < number < 1:
        facts = {"first": _shown(number), "second": _shown(number * _WHOLE_PERCENT)}
        return Fault(code="import-number-share", facts=facts)
    return found


def _in_percent(found: Found[Decimal] | Fault) -> Found[Decimal] | Fault:
    if isinstance(found, Fault):
        return found
    try:
        if not 0 <= found.value <= _WHOLE_PERCENT:
            return Fault(code="percent-range")
        return replace(found, value=found.value.normalize())
    except InvalidOperation:
        return Fault(code="import-number-wrong")


def _shown(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")


# Days ---------------------------------------------------------------------------------------

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
_DAY = re.compile(r"([0-9]{1,2}) ?[/.\- ] ?([0-9]{1,2}) ?[/.\- ] ?([0-9]{4}|[0-9]{2})")
_FIRST_YEAR, _LAST_YEAR = 1990, 2199


def day(cell: Cell, words: Vocabulary) -> Found[date] | Blank | Fault:
    """A day, written in the order of Vietnam: 05/10/2024 is 5 October."""
    if cell.error or cell.struck:
        return Fault(code="import-cell-error" if cell.error else "import-cell-struck")
    if cell.value is None:
        return Fault(code="import-formula-empty") if cell.formula else Blank()
    if isinstance(cell.value, date):
        return _sensible(cell.value, "")
    if isinstance(cell.value, str):
        return oddly_written(cell.value) or _of_text(cell, plain(cell.value), words)
    if isinstance(cell.value, bool):
        return Fault(code="import-date-wrong")
    return _of_serial(cell, cell.value)


def _of_text(cell: Cell, text: str, words: Vocabulary) -> Found[date] | Blank | Fault:
    if not key(text) or text.casefold() in words.blanks:
        return Blank(mark=text)
    if _PLAIN.fullmatch(text):
        return _of_serial(cell, int(text[:9]))
    if found := _ISO.fullmatch(text):
        return _of_numbers(found[1], found[2], found[3], "")
    said = " ".join(
        word for word in text.replace(",", " ").split() if key(word) not in words.day_words
    )
    if (found := _DAY.fullmatch(said)) and len(found[3]) == 4:  # noqa: PLR2004 - digits of a year
        return _of_numbers(found[3], found[2], found[1], "date")
    if found or re.fullmatch(r"([0-9]{1,2}[/.\- ])?[0-9]{4}", said):
        return Fault(code="import-date-short")
    return Fault(code="import-date-wrong")


def _of_serial(cell: Cell, number: int | Decimal) -> Found[date] | Fault:
    """A day as Excel counts them: since 1900, or since 1904 in files of old Macs."""
    if number != int(number) or not 0 < number < 100_000:  # noqa: PLR2004 - the year 2173
        return Fault(code="import-date-wrong")
    if number < 2200:  # noqa: PLR2004 - that is a year, or no day of a plan
        return Fault(code="import-date-short")
    days = timedelta(days=int(number))
    since_1900, since_1904 = date(1899, 12, 30) + days, date(1904, 1, 1) + days
    if not cell.serial:
        facts = {"first": since_1900.isoformat(), "second": since_1904.isoformat()}
        return Fault(code="import-date-serial", facts=facts)
    return _sensible(since_1904 if cell.epoch_1904 else since_1900, "serial")


def _of_numbers(year: str, month: str, number: str, repair: str) -> Found[date] | Fault:
    try:
        return _sensible(date(int(year), int(month), int(number)), repair)
    except ValueError:
        return Fault(code="import-date-wrong")


def _sensible(found: date, repair: str) -> Found[date] | Fault:
    only = found.date() if isinstance(found, datetime) else found
    if not _FIRST_YEAR <= only.year <= _LAST_YEAR:
        return Fault(code="import-date-wrong")
    return Found(value=only, repair=repair)
