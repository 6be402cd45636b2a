"""Text from before Unicode: TCVN3 (the .VnTime fonts), VNI and Windows-1258.

All three are seen here as what a reader of today shows of them, Windows-1252 letters ("H¶i D­¬ng",
"Haûi Döông", "Ðaòt chuâÒn").  Whether a file is in one of them is not guessed from how often which
letters occur: it is certain only where the names that it must hold come out of it.

Sources of the tables: TCVN 5712:1993 (VN3) as in glibc's charmap TCVN5712-1, whose small letters
are the same; the VNI encoding for Windows; Windows code page 1258.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from tiendo.letters import letter_faults, mended

_GRAVE, _ACUTE, _TILDE, _HOOK, _DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_TONES = (_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT)
_D, _CAPITAL_D = chr(0x111), chr(0x110)

# TCVN3: the letters without tone, then for each the bytes with grave, hook, tilde, acute, dot.
_TCVN3_PLAIN = {
    0xA1: "A" + _BREVE,
    0xA2: "A" + _CIRCUMFLEX,
    0xA3: "E" + _CIRCUMFLEX,
    0xA4: "O" + _CIRCUMFLEX,
    0xA5: "O" + _HORN,
    0xA6: "U" + _HORN,
    0xA7: _CAPITAL_D,
    0xA8: "a" + _BREVE,
    0xA9: "a" + _CIRCUMFLEX,
    0xAA: "e" + _CIRCUMFLEX,
    0xAB: "o" + _CIRCUMFLEX,
    0xAC: "o" + _HORN,
    0xAD: "u" + _HORN,
    0xAE: _D,
}
_TCVN3_TONED = {
    "a": "b5 b6 b7 b8 b9",
    "a" + _BREVE: "bb bc bd be c6",
    "a" + _CIRCUMFLEX: "c7 c8 c9 ca cb",
    "e": "cc ce cf d0 d1",
    "e" + _CIRCUMFLEX: "d2 d3 d4 d5 d6",
    "i": "d7 d8 dc dd de",
    "o": "df e1 e2 e3 e4",
    "o" + _CIRCUMFLEX: "e5 e6 e7 e8 e9",
    "o" + _HORN: "ea eb ec ed ee",
    "u": "ef f1 f2 f3 f4",
    "u" + _HORN: "f5 f6 f7 f8 f9",
    "y": "fa fb fc fd fe",
}
# VNI: a sign after the letter; capitals have the sign 0x20 lower.
_VNI_MARKS = {
    0xF8: _GRAVE,
    0xF9: _ACUTE,
    0xF5: _TILDE,
    0xFB: _HOOK,
    0xEF: _DOT,
    0xE2: _CIRCUMFLEX,
    0xE0: _CIRCUMFLEX + _GRAVE,
    0xE1: _CIRCUMFLEX + _ACUTE,
    0xE3: _CIRCUMFLEX + _TILDE,
    0xE5: _CIRCUMFLEX + _HOOK,
    0xE4: _CIRCUMFLEX + _DOT,
    0xEA: _BREVE,
    0xE8: _BREVE + _GRAVE,
    0xE9: _BREVE + _ACUTE,
    0xFC: _BREVE + _TILDE,
    0xFA: _BREVE + _HOOK,
    0xEB: _BREVE + _DOT,
}
_VNI_ALONE = {
    0xF1: _D,
    0xF4: "o" + _HORN,
    0xF6: "u" + _HORN,
    0xEC: "i" + _GRAVE,
    0xED: "i" + _ACUTE,
    0xF3: "i" + _TILDE,
    0xE6: "i" + _HOOK,
    0xF2: "i" + _DOT,
    0xEE: "y" + _DOT,
}
_CAPITAL = 0x20
_UNSHOWN = {chr(code): bytes([code]) for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
"""Bytes that mean nothing in Windows-1252 and are kept as themselves."""


def shown(content: bytes) -> str:
    """Bytes as a reader of today shows them, in Windows-1252, none lost."""
    return "".join(
        bytes([byte]).decode("cp1252") if chr(byte) not in _UNSHOWN else chr(byte)
        for byte in content
    )


@cache
def _tcvn3() -> Mapping[str, str]:
    made = {chr(byte): letter for byte, letter in _TCVN3_PLAIN.items()}
    for letter, codes in _TCVN3_TONED.items():
        for tone, code in zip(_TONES, bytes.fromhex(codes), strict=True):
            made[chr(code)] = letter + tone
    return {sign: unicodedata.normalize("NFC", letter) for sign, letter in made.items()}


@cache
def _vni() -> Mapping[str, str]:
    made: dict[str, str] = {}
    for lowered in (0, _CAPITAL):
        for code, letter in _VNI_ALONE.items():
            made[chr(code - lowered)] = letter.upper() if lowered else letter
    bases = {**{letter: letter for letter in "aeouyAEOUY"}, **made}
    for base, letter in bases.items():
        for code, mark in _VNI_MARKS.items():
            whole = unicodedata.normalize("NFC", letter + mark)
            if len(whole) == 1:
                # A capital may carry a small sign: the first letter of a name does.
                made[base + chr(code)] = whole
                made[base + chr(code - _CAPITAL)] = whole
    return {sign: unicodedata.normalize("NFC", letter) for sign, letter in made.items()}


def _by_table(table: Mapping[str, str]) -> Callable[[str], str]:
    pattern = re.compile("|".join(re.escape(sign) for sign in sorted(table, key=len, reverse=True)))
    return lambda text: pattern.sub(lambda found: table[found.group()], text)


def _as_1258(text: str) -> str:
    """Text shown in Windows-1252 as what it is in Windows-1258; as it was where it is not."""
    try:
        content = b"".join(_UNSHOWN.get(sign) or sign.encode("cp1252") for sign in text)
        return unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeError:
        return text


@cache
def codecs() -> Mapping[str, Callable[[str], str]]:
    """How each old encoding becomes letters, by its name."""
    return {
        "TCVN3": _by_table(_tcvn3()),
        "VNI": _by_table(_vni()),
        "Windows-1258": _as_1258,
    }


def codec_of(texts: Iterable[str], known: Callable[[str], bool]) -> str | None:
    """The old encoding that the texts are in; None where they are in none, or it is not certain.

    Certain is what turns texts that are no known name into known names, where no other does.
    """
    odd = {text for text in texts if not text.isascii() and not known(text)}
    hits = {
        name: sum(1 for text in odd if (made := convert(text)) != text and known(made))
        for name, convert in codecs().items()
    }
    found = [name for name, count in hits.items() if count]
    return found[0] if len(found) == 1 else None


def modern(text: str, codec: str) -> str | None:
    """The text as letters; None where it does not become clean Vietnamese text."""
    made = codecs()[codec](text)
    return None if letter_faults(mended(made)) else made


_SHOWN = frozenset(shown(bytes(range(0x80, 0x100))))


def is_of_today(text: str) -> bool:
    """Whether the text has a letter that Windows-1252 lacks: no old encoding shows it."""
    return any(
        sign.isalpha() and not sign.isascii() and sign not in _SHOWN
        for sign in unicodedata.normalize("NFC", text)
    )


def has_foreign_signs(text: str) -> bool:
    """Whether the text has a letter or sign that no Vietnamese text has."""
    letters = frozenset(_tcvn3().values())
    return any(
        not sign.isascii() and sign not in letters and sign.lower() not in letters
        for sign in unicodedata.normalize("NFC", text)
        if sign.isalpha() or sign in _SIGNS
    )


_SIGNS = frozenset(shown(bytes([*range(0xA1, 0xC0), 0xD7, 0xF7])))
"""What Windows-1252 has where TCVN3 has letters."""
