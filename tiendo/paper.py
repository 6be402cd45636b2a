"""Sheets of paper as PDF, for screen readers and for search too; the one door to Typst.

Those made before come from a folder, the rest are set on all cores.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Final

import typst

from tiendo.workers import uninterrupted, workers

STANDARD: Final = "ua-1"
"""PDF/UA-1: Typst refuses a document without title, language, tags, or words for its pictures."""

_FEW = 60
_CHUNK = 16
_BEGINNING = b"%PDF-"
_END = b"%%EOF"
_TOUCHED_AGAIN_AFTER = 86_400.0
_KEPT_FOR = 14 * 86_400.0
_SIGN = re.compile(r'<symbol id="td-([a-z-]+)" viewBox="([0-9 ]+)">(.*?)</symbol>')
_INK = "#1b2733"
_STYLES = {
    'class="td-line"': f'fill="none" stroke="{_INK}" stroke-width="1.8"',
    'class="td-cut"': 'fill="none" stroke="#fff" stroke-width="1.8"',
    "currentColor": _INK,
}
"""What the site's style sheet makes of the signs, said in each: paper has no style sheet."""


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
                kind: _standing_alone(body, box)
                for kind, box, body in _SIGN.findall(signs.read_text(encoding="utf-8"))
            },
            sort_keys=True,
        ),
        fonts=fonts,
    )


def _standing_alone(body: str, box: str) -> str:
    for name, style in _STYLES.items():
        body = body.replace(name, style)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{body}</svg>'


def printed(
    sheets: Mapping[str, str],
    press: Press,
    *,
    cache: Path,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Each sheet, given as JSON, as PDF under its name.

    `cache` holds a file for each, named by what it is made of and with; one that was cut off is
    made again, and one that no build used for 14 days is removed.  `progress` is told how many of
    the sheets to be made are done; where all are known it is not called.
    """
    cache.mkdir(parents=True, exist_ok=True)
    world = _world(press)
    files = {name: cache / f"{_sum(world, sheet)}.pdf" for name, sheet in sheets.items()}
    missing: dict[str, str] = {}
    for name, file in files.items():
        kept = _kept(file)
        if kept is None:
            missing[name] = sheets[name]
        else:
            yield name, kept
    for done, (name, content) in enumerate(_made(missing, press), start=1):
        fresh = files[name].with_suffix(f".{os.getpid()}.new")
        fresh.write_bytes(content)
        fresh.replace(files[name])
        yield name, content
        if progress:
            progress(done, len(missing))
    _prune(cache, {file.name for file in files.values()})


def _world(press: Press) -> str:
    """What every sheet depends on besides its words."""
    fonts = [
        hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(press.fonts.glob("*.ttf"))
    ]
    return " ".join(
        [
            version("typst"),
            STANDARD,
            _sum("", press.template.decode()),
            _sum("", press.signs),
            *fonts,
        ]
    )


def _sum(world: str, text: str) -> str:
    return hashlib.sha256(f"{world}\n{text}".encode()).hexdigest()


def _kept(file: Path) -> bytes | None:
    """The sheet in a file, which is marked as used; None where it is not whole."""
    try:
        content = file.read_bytes()
        if not (content.startswith(_BEGINNING) and content.endswith(_END)):
            return None
        if time.time() - file.stat().st_mtime > _TOUCHED_AGAIN_AFTER:
            os.utime(file)
    except OSError:
        return None
    return content


def _prune(cache: Path, used: set[str]) -> None:
    """Remove what was not used for long: the clock decides about space alone."""
    now = time.time()
    for entry in os.scandir(cache):
        if entry.name not in used and now - entry.stat().st_mtime > _KEPT_FOR:
            Path(entry.path).unlink(missing_ok=True)


def _made(sheets: Mapping[str, str], press: Press) -> Iterator[tuple[str, bytes]]:
    make = partial(set_in_type, press=press)
    if len(sheets) <= _FEW:
        yield from ((name, make(sheet)) for name, sheet in sheets.items())
        return
    with workers() as pool:
        with uninterrupted():
            made = pool.map(make, sheets.values(), chunksize=_CHUNK)
        yield from zip(sheets, made, strict=True)


def set_in_type(sheet: str, *, press: Press) -> bytes:
    """One sheet as PDF; the same words give the same bytes.

    Raises:
        typst.TypstError: template and sheet don't fit, or the sheet can't be made accessible.

    """
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


@lru_cache
def _fonts(folder: Path) -> typst.Fonts:
    """The typeface of the site and no other: what a machine has would make other bytes."""
    return typst.Fonts(False, False, [str(folder)])
