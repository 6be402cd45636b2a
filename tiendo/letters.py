"""Letters that look right and are not, and names that look alike.

Vietnamese text reaches a CSV file through many programs; what they do to it is listed with bytes
in Unicode's own charts (UAX #15 for composed forms).  Everything here works on single strings.
"""

from __future__ import annotations

import re
import unicodedata

LOOK_ALIKES = {"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"}  # noqa: RUF001 - they are the point
"""Eth and African D, which look like the Vietnamese letter and never equal it."""

_INVISIBLE = re.compile("[\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff\u00ad]")
# UTF-8 read as Windows-1252: a lead byte shown as a letter, then a continuation byte.
_MOJIBAKE = re.compile(
    "[ÃÂÄÅÆ][\u0080-\u00bf\u2018-\u203a\u2122\u0152-\u0192]|á[º»][\u0080-\u2122]|â€|\ufffd"
)
_LOSSY = re.compile(r"\w\?+\w")
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def letter_faults(text: str) -> tuple[str, ...]:
    """The codes of what is wrong with the letters of a text, in the order of severity."""
    if text.isascii():
        return ("letters-lossy",) if _LOSSY.search(text) and "://" not in text else ()
    faults = []
    if _MOJIBAKE.search(text):
        faults.append("letters-mojibake")
    if any(letter in text for letter in LOOK_ALIKES):
        faults.append("letters-look-alike")
    if not unicodedata.is_normalized("NFC", text):
        faults.append("letters-decomposed")
    if _INVISIBLE.search(text):
        faults.append("letters-invisible")
    if _LOSSY.search(text) and "://" not in text:
        faults.append("letters-lossy")
    return tuple(faults)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run this text as a formula (CSV injection, OWASP)."""
    return bool(_FORMULA.match(text))


def mended(text: str) -> str:
    """The text with composed letters, the Vietnamese Đ, ordinary spaces and no invisible signs."""
    for wrong, right in LOOK_ALIKES.items():
        text = text.replace(wrong, right)
    text = re.sub("[\u200b\u2060\ufeff\u00ad]", "", unicodedata.normalize("NFC", text))
    return " ".join(_INVISIBLE.sub(" ", text).split())


def with_tone_first(text: str) -> str:
    """The text with tone marks of open oa, oe, uy on their first letter (hòa, khỏe, thủy).

    >>> with_tone_first("Thuỷ") == "Thủy"
    True
    >>> with_tone_first("Quý") == "Quý"
    True
    """
    parts = unicodedata.normalize("NFD", text)
    moved = re.sub(
        f"(?<![qQ])([oO](?=[aAeE])|[uU](?=[yY]))([aeyAEY])([{_TONES}])(?![A-Za-z])",
        r"\1\3\2",
        parts,
    )
    return unicodedata.normalize("NFC", moved)


def folded(text: str) -> str:
    """The text without case, tone marks, hooks and the bar of đ, single-spaced; for matching only.

    >>> folded("  Cẩm  GIÀNG ")
    'cam giang'
    """
    plain = unicodedata.normalize("NFD", mended(text))
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
    return " ".join(plain.replace("đ", "d").replace("Đ", "D").casefold().split())


def slug(text: str) -> str:
    """An ascii id from a name, words joined by hyphens.

    >>> slug("Phường Hải Dương")
    'phuong-hai-duong'
    """
    return re.sub(r"[^a-z0-9]+", "-", folded(text)).strip("-")
