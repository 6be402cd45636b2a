"""Sheets of paper as PDF, for screen readers and for search too; pictures as PNG.

The one door to Typst, and to oxipng, which leaves of a picture what is needed for the same pixels.
Each is made once: see `tiendo.machine.cache`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Final

import oxipng
import typst

from tiendo.charts.draw import COLOURS, signs_of
from tiendo.machine.cache import Cache, Progress, checksums
from tiendo.site.typefaces import drawable

STANDARD: Final = "ua-1"
"""PDF/UA-1: Typst refuses a document without title, language, tags, or words for its pictures."""

OWN: Final = "tiendo-sans"
"""How the files of the first typeface begin; another stands in for the letters that it lacks."""

_SVG_UNITS_PER_INCH = 96
_EFFORT = 9
"""Of 12; the highest two save another 4 % and take seven times as long."""
_PICTURE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """What sheets are set with."""

    template: bytes
    """A Typst document that reads `sheet` and `signs` from its inputs, both JSON."""
    signs: str
    """The signs before verdicts: SVG by kind, as JSON."""
    fonts: Path


def press(template: Path, *, signs: Path, fonts: Path) -> Press:
    """What sheets are set with, from its files; `signs` holds the site's symbols.

    Raises:
        FileNotFoundError: there is no typeface; another one would take its place without a word.

    """
    if not any(fonts.glob("*.ttf")):
        raise FileNotFoundError(fonts)
    return Press(
        template=template.read_bytes(),
        signs=json.dumps(
            {
                kind: sign.svg(COLOURS["ink"], COLOURS["paper"])
                for kind, sign in signs_of(signs.read_text(encoding="utf-8")).items()
            },
            sort_keys=True,
        ),
        fonts=fonts,
    )


def printed(
    sheets: Mapping[str, str], press: Press, *, cache: Path, progress: Progress | None = None
) -> Iterator[tuple[str, bytes]]:
    """Each sheet, given as JSON, as PDF under its name, one by one."""
    world = " ".join(
        (
            version("typst"),
            STANDARD,
            press.template.decode(),
            press.signs,
            checksums(press.fonts, "*.ttf"),
        )
    )
    return Cache(folder=cache, ending=".pdf", world=world).all(
        sheets, partial(set_in_type, press=press), recipe=str, progress=progress
    )


def set_in_type(sheet: str, *, press: Press) -> bytes:
    """One sheet, given as JSON, as PDF; the same words give the same bytes.

    Raises:
        typst.TypstError: template and sheet don't fit, or the sheet can't be made accessible.

    """
    words = json.dumps(json.loads(sheet), ensure_ascii=False)
    try:
        return _set(drawable(words, press.fonts), press)
    except typst.TypstError:
        # A typeface may have all letters of a word and yet no picture of some meeting of them.
        return _set(drawable(words, press.fonts, OWN), press)


def _set(sheet: str, press: Press) -> bytes:
    content = typst.compile(
        press.template,
        font_paths=_fonts(press.fonts),
        sys_inputs={"sheet": sheet, "signs": press.signs},
        pdf_standards=STANDARD,
        timestamp=0,
    )
    if not isinstance(content, bytes):
        raise TypeError(content)
    return content.rstrip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Bitmap:
    """A picture to be made of a stand-alone SVG."""

    svg: str
    scale: float
    """Pixels per unit of the SVG."""


def pixels(
    bitmaps: Mapping[str, Bitmap], *, fonts: Path, cache: Path, progress: Progress | None = None
) -> Iterator[tuple[str, bytes]]:
    """Each picture as PNG under its name, one by one.

    Raises:
        FileNotFoundError: there is no typeface; texts would be left out without a word.

    """
    by = f"{version('typst')} {version('pyoxipng')} {_EFFORT}"
    world = f"{by} {_PICTURE.decode()} {checksums(fonts, '*.ttf')}"
    return Cache(folder=cache, ending=".png", world=world).all(
        bitmaps,
        partial(_png, fonts=fonts),
        recipe=lambda bitmap: f"{bitmap.scale} {bitmap.svg}",
        progress=progress,
    )


def _png(bitmap: Bitmap, *, fonts: Path) -> bytes:
    content = typst.compile(
        _PICTURE,
        font_paths=_fonts(fonts),
        sys_inputs={"svg": drawable(bitmap.svg, fonts)},
        format="png",
        ppi=_SVG_UNITS_PER_INCH * bitmap.scale,
    )
    if not isinstance(content, bytes):
        raise TypeError(content)
    # A drawing has few colours: as a palette, unfiltered, it takes less than half, in 20 ms.
    return oxipng.optimize_from_memory(
        content,
        level=1,
        strip=oxipng.StripChunks.safe(),
        filter=[oxipng.RowFilter.NoOp],
        deflate=oxipng.Deflaters.libdeflater(_EFFORT),
    )


@lru_cache
def _fonts(folder: Path) -> typst.Fonts:
    """The typeface of the site and no other: what a machine has would make other bytes."""
    return typst.Fonts(False, False, [str(folder)])
