"""Which letters the site's typefaces can draw: what none of them has is drawn as an empty box.

The first typeface has what Vietnamese and English write; the second stands in for a letter that
the first lacks.  A page in a browser needs neither: the reader's own system stands in there.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

INSTEAD = "□"
"""What stands for a letter that can't be drawn; the first typeface has it."""

_SEGMENTS, _GROUPS = 4, 12
"""Formats of the table `cmap` (OpenType): of the first plane, and of all."""


def drawable(text: str, fonts: Path, only: str = "") -> str:
    """The text with `INSTEAD` for each letter that no typeface of a folder has.

    ``only`` is how the names of the files begin that count; empty: all do.
    """
    known = _letters(fonts, only)
    missing = {letter for letter in {*text} if letter >= " " and ord(letter) not in known}
    return text.translate({ord(letter): INSTEAD for letter in missing}) if missing else text


@lru_cache
def _letters(fonts: Path, only: str) -> frozenset[int]:
    return frozenset(
        number
        for file in sorted(fonts.glob(f"{only}*.ttf"))
        for number in _mapped(file.read_bytes())
    )


def _mapped(font: bytes) -> Iterator[int]:
    """The numbers of all letters that a TrueType font has a picture of."""
    (count,) = struct.unpack_from(">H", font, 4)
    tables = {
        tag: start
        for tag, _, start, _ in (
            struct.unpack_from(">4sLLL", font, 12 + 16 * at) for at in range(count)
        )
    }
    cmap = tables[b"cmap"]
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    for at in range(count):
        (offset,) = struct.unpack_from(">L", font, cmap + 4 + 8 * at + 4)
        start = cmap + offset
        (form,) = struct.unpack_from(">H", font, start)
        if form == _SEGMENTS:
            yield from _in_segments(font, start)
        elif form == _GROUPS:
            (groups,) = struct.unpack_from(">L", font, start + 12)
            for group in range(groups):
                first, last, _ = struct.unpack_from(">LLL", font, start + 16 + 12 * group)
                yield from range(first, last + 1)


def _in_segments(font: bytes, start: int) -> Iterator[int]:
    (twice,) = struct.unpack_from(">H", font, start + 6)
    segments = twice // 2
    ends = struct.unpack_from(f">{segments}H", font, start + 14)
    starts = struct.unpack_from(f">{segments}H", font, start + 16 + twice)
    shifts = struct.unpack_from(f">{segments}H", font, start + 16 + 2 * twice)
    at_ranges = start + 16 + 3 * twice
    ranges = struct.unpack_from(f">{segments}H", font, at_ranges)
    for place, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for number in range(first, min(last, 0xFFFE) + 1):
            glyph = number + shifts[place]
            if ranges[place]:
                at = at_ranges + 2 * place + ranges[place] + 2 * (number - first)
                (glyph,) = struct.unpack_from(">H", font, at)
            if glyph % 0x10000:
                yield number
