"""Letters that look right and are not, and names that look alike.

Vietnamese text reaches a CSV file through many programs; what they do to it is listed with bytes
in Unicode's own charts (UAX #15 for composed forms).  Everything here works on single strings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

LOOK_ALIKES = {"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"}
"""Eth and African D, which look like the Vietnamese letter and never equal it."""

_WIDE_SPACES = frozenset("\t\x0b\x0c\u2028\u2029\u3164")
"""What nobody sees and yet parts two words, besides the spaces of all kinds."""
# UTF-8 read as Windows-1252 (a lead byte shown as a letter, then a continuation byte) or as CP437.
_MOJIBAKE = re.compile(
    "[ÃÂÄÅÆ][\u0080-\u00bf\u2018-\u203a\u2122\u0152-\u0192]|á[º»][\u0080-\u2122]|â€"
    "|[\ufffd\u2500-\u257f]"
)
# TCVN3 has Vietnamese letters where Windows-1252 has signs, VNI and VISCII where it has letters of
# other languages.  A word or two of those is a foreign name, but not in a text without a single
# letter that Vietnamese alone has.
_SIGN_IN_WORD = re.compile("[A-Za-zÀ-ÿ][¡-©¬-¯´¶¸¼-¾¿×÷]|[¡-©¬-¯´¶¸¼-¾¿×÷][A-Za-zÀ-ÿ]")
_FOREIGN = re.compile("[ÄÅÆÇËÎÏÑÖØÛÜßäåæçëîïñöøûüÿ]")
_VIETNAMESE = re.compile("[ăĂđĐơƠưƯ\u1ea0-\u1ef9]")
_OTHER_SCRIPT = re.compile("[A-Za-zÀ-ỹ][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-zÀ-ỹ]")
_LOSSY = re.compile(r"\w\?+\w")
_WIDE = re.compile("[\uff01-\uff5e\uffe0-\uffe6]")
_FORMULA = re.compile(r"^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def letter_faults(text: str) -> tuple[str, ...]:
    """The codes of what is wrong with the letters of a text, in the order of severity."""
    faults = []
    if not text.isascii():
        if _MOJIBAKE.search(text) or _is_old_font(text):
            faults.append("letters-mojibake")
        if any(letter in text for letter in LOOK_ALIKES) or _OTHER_SCRIPT.search(text):
            faults.append("letters-look-alike")
        if not unicodedata.is_normalized("NFC", text):
            faults.append("letters-decomposed")
        if _WIDE.search(text):
            faults.append("letters-wide")
    if any(map(is_unseen, {*text})):
        faults.append("letters-invisible")
    if _LOSSY.search(text) and "://" not in text:
        faults.append("letters-lossy")
    return tuple(faults)


@lru_cache(maxsize=4096)
def is_unseen(letter: str) -> bool:
    """Whether a letter shows nothing, is not told from a space, or means nothing to all readers.

    Controls but for line ends, spaces that are none, signs of writing direction and of how other
    signs look, tags, private letters, and what Unicode has not given to any letter.
    """
    return letter not in " \n\r" and (
        unicodedata.category(letter) in _UNSEEN or bool(_BLANK.match(letter))
    )


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U0001d159\U000e0100-\U000e01ef]"
)
"""Letters and marks that nobody sees, by their numbers: no category tells them."""


def _is_old_font(text: str) -> bool:
    """Whether a text was typed for a font of the time before Unicode."""
    if _VIETNAMESE.search(text):
        return False
    words = text.split()
    foreign = sum(1 for word in words if _FOREIGN.search(word))
    return bool(_SIGN_IN_WORD.search(text)) or (foreign > 1 and 2 * foreign >= len(words))


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run this text as a formula (CSV injection, OWASP)."""
    return bool(_FORMULA.match(text))


def mended(text: str) -> str:
    """The text with composed letters, the Vietnamese Đ, ordinary spaces and no invisible signs."""
    for wrong, right in LOOK_ALIKES.items():
        text = text.replace(wrong, right)
    text = unicodedata.normalize("NFC", text)
    if unseen := {letter for letter in {*text} if is_unseen(letter)}:
        text = "".join(_instead(letter) if letter in unseen else letter for letter in text)
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def _instead(letter: str) -> str:
    """What stands for a letter that nobody sees: a space where it takes room, else nothing."""
    takes_room = letter in _WIDE_SPACES or unicodedata.category(letter) in {"Zs", "Co"}
    return " " if takes_room else ""


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


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like this one; empty where none is like it.

    >>> nearest("Tứ Kỳ", ["tu-ky", "tien-ky"])
    'tu-ky'
    """
    by_slug = {slug(each): each for each in known}
    sought = slug(name)
    if sought in by_slug:
        return by_slug[sought]
    return next((by_slug[each] for each in get_close_matches(sought, by_slug, n=1)), "")
