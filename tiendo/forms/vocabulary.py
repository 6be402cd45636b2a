"""The words that people head columns with, and name areas, reasons and totals by.

They stand in the wording, in lists separated by ``;``, so that another language or another plan's
habits need no program.  A form in one language can be read by a program that speaks the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tiendo.letters import folded, mended, with_tone_first
from tiendo.terms import Missing, Status
from tiendo.words.wording import Words

Code = TypeVar("Code", Status, Missing)

FIELDS = (
    "indicator",
    "area",
    "code",
    "numerator",
    "denominator",
    "value",
    "parts",
    "status",
    "missing",
    "as_of",
    "decision",
    "decided_on",
    "valid_until",
    "source",
    "break",
    "note",
    "year",
    "unit",
    "ignored",
)
"""What a column can hold; ``parts`` is a numerator and a denominator in one cell."""

LABELS = (
    "document",
    "received_on",
    "report_note",
    "reporter",
    "year",
    "status",
    "as_of",
    "source",
    "unit",
)
"""What can be said once, above a table, for all of it."""

TYPES = (
    "province",
    "city",
    "town",
    "district",
    "ward",
    "commune",
    "township",
    "special-zone",
)
"""Types of areas whose names begin with a word for it."""

UNITS = ("percent", "count", "level", "parts", "day", "optional")
"""What a unit can say of the numbers beside it; ``optional`` says nothing ("if any")."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    """The words of all languages together; texts are keys as `key` makes them."""

    headers: Mapping[str, str]
    """A column's head to one of `FIELDS`."""
    labels: Mapping[str, str]
    """A line's beginning to one of `LABELS`."""
    prefixes: Mapping[str, frozenset[str]]
    """What an area's name begins with, to the types of area that it can be."""
    totals: frozenset[str]
    footers: tuple[str, ...]
    """Beginnings of what stands under a table; folded."""
    notes: tuple[str, ...]
    """Beginnings of remarks on a table, above or under it; folded."""
    dates: tuple[re.Pattern[str], ...]
    """How a day is written out in a line of text; for folded texts."""
    units: Mapping[str, frozenset[str]]
    """A unit to those of `UNITS` that it can say."""
    unit_words: tuple[str, ...]
    """Words before a unit, the longest first."""
    blanks: frozenset[str]
    """What people write where there is no figure."""
    about: tuple[str, ...]
    """Beginnings of figures that are none: about, nearly."""
    statuses: Mapping[str, Status]
    reasons: Mapping[str, Missing]
    levels: tuple[str, ...]
    """Words before a level."""
    joins: frozenset[str]
    """Words between the parts of a list."""
    years: frozenset[str]
    """Words beside a year in a head."""
    day_words: frozenset[str]
    """Words around the numbers of a date."""


def key(text: str) -> str:
    """A text for comparing: without case, look-alikes, odd spaces and signs at its ends."""
    plain = with_tone_first(mended(text)).casefold()
    return plain.strip(" .:;,*-–_\"'“”")


def spaced(text: str) -> str:
    """A key whose dots are followed by a space: "tp.x" is "tp. x"."""
    return " ".join(text.replace(".", ". ").split())


def vocabulary(languages: Sequence[Words], first: str) -> Vocabulary:
    """The words of these languages; what stands in an earlier one wins.

    ``first`` is the language in which people give reasons and notes: a column of the data is known
    by its own name, too.
    """
    headers = _table(languages, "excel.header", FIELDS, both=("excel.column",))
    return Vocabulary(
        headers={**headers, f"break_{first}": "break", f"note_{first}": "note"},
        labels=_table(languages, "excel.label", LABELS, both=("excel.report",)),
        prefixes=_prefixes(languages),
        totals=frozenset(_keys(languages, "excel.total")),
        footers=tuple(folded(text) for text in _texts(languages, "excel.footer")),
        notes=tuple(folded(text) for text in _texts(languages, "excel.note-words")),
        dates=tuple(_dated(text) for text in _texts(languages, "excel.dated")),
        units=_units(languages),
        unit_words=tuple(sorted(_keys(languages, "excel.unit-words"), key=len, reverse=True)),
        blanks=frozenset(
            text.casefold() for text in _texts(languages, "excel.blank", separator=" ")
        )
        | frozenset(_keys(languages, "excel.blank-words")),
        about=tuple(text.casefold() for text in _texts(languages, "excel.about")),
        statuses=_codes(languages, "status", Status),
        reasons=_codes(languages, "missing", Missing),
        levels=tuple(sorted(_keys(languages, "excel.level-words"), key=len, reverse=True)),
        joins=frozenset(_keys(languages, "excel.joins")),
        years=frozenset(_keys(languages, "excel.year-words")),
        day_words=frozenset(_keys(languages, "excel.day-words")),
    )


def option(words: Words, kind: str, code: str) -> str:
    """What a drop-down shows for a code of status or missing: the letter and its word."""
    word = words.say(f"status.{code}" if kind == "status" else f"missing.{code}.word")
    return words.say("excel.option", code=code, word=word)


def _texts(languages: Iterable[Words], name: str, separator: str = ";") -> list[str]:
    return [
        text.strip()
        for words in languages
        if name in words.sentences
        for text in words.sentences[name].split(separator)
        if text.strip()
    ]


def _keys(languages: Iterable[Words], name: str) -> list[str]:
    return [key(text) for text in _texts(languages, name)]


def _table(
    languages: Sequence[Words], name: str, codes: Iterable[str], both: Iterable[str]
) -> Mapping[str, str]:
    """Each code by its own name, by the form's word for it, and by what people say."""
    found: dict[str, str] = {}
    for code in codes:
        found.setdefault(code, code)
        for place in (*both, name):
            for text in _keys(languages, f"{place}.{code}"):
                found.setdefault(text, code)
    return found


def _prefixes(languages: Sequence[Words]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code in TYPES:
        for text in _texts(languages, f"excel.prefix.{code}"):
            found.setdefault(spaced(key(text)), set()).add(code)
    return {
        text: frozenset(found[text]) for text in sorted(found, key=lambda text: (-len(text), text))
    }


def _units(languages: Sequence[Words]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind in UNITS:
        for text in _keys(languages, f"excel.unit.{kind}"):
            found.setdefault(text, set()).add(kind)
    return {text: frozenset(kinds) for text, kinds in found.items()}


_GAP = "[.…_]+"
"""What is left open in a line that is to be completed by hand."""
_NUMBERS = {
    "%d": f"(?:[0-9]{{1,2}}|{_GAP})?",
    "%D": f"(?:[0-9]{{1,2}}|{_GAP})",
    "%y": f"(?:(?:19|20)[0-9]{{2}}|20{_GAP}|{_GAP})",
    "%w": "[a-z]+",
}


def _dated(pattern: str) -> re.Pattern[str]:
    """A day's way of writing: ``%d`` is a day or month that may be left open, ``%D`` one that may
    not, ``%y`` a year, ``%w`` a month's name.
    """
    made = "".join(
        _NUMBERS.get(part) or re.escape(folded(f".{part}.")[1:-1]).replace("\\ ", " ?")
        for part in re.split("(%[dDyw])", pattern)
    )
    # Before a number and after one nothing of a longer number may stand.
    return re.compile(f"(?<![0-9]){made}(?![0-9])")


def _codes(languages: Sequence[Words], kind: str, codes: type[Code]) -> Mapping[str, Code]:
    found: dict[str, Code] = {}
    for code in codes:
        found[key(code.value)] = code
        for words in languages:
            shown = option(words, kind, code.value)
            for text in (shown, re.sub(r"^\W*\w\W+", "", shown)):
                found.setdefault(key(text), code)
        for text in _keys(languages, f"excel.{kind}-words.{code.value}"):
            found.setdefault(text, code)
    return found
