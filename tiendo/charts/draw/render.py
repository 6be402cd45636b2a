"""The way to vl-convert: pictures from specifications, and Vega for the reader's browser."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import vl_convert

from tiendo.charts.draw.svg import Drawing, drawing_of
from tiendo.machine.cache import Cache


@lru_cache
def register_fonts(folder: Path) -> None:
    """Let this process measure and draw with the TrueType fonts of a folder.

    Raises FileNotFoundError where it holds none: a picture in a stand-in typeface has wrong
    Vietnamese marks and no error tells it.
    """
    if not any(folder.glob("*.ttf")):
        raise FileNotFoundError(folder / "*.ttf")
    vl_convert.register_font_directory(str(folder))


def render(template: str, tables: str) -> Drawing:
    """Draw a specification given in its two parts, as JSON.

    A template is compiled from Vega-Lite to Vega once, which leaves 40% of the time per chart.
    """
    vega = _compiled(template)
    text = json.dumps(json.loads(tables), ensure_ascii=False)
    beyond = {ord(letter): chr(_FREE + at) for at, letter in enumerate(_beyond(text))}
    rows = json.loads(text.translate(beyond))
    data = [{**s, "values": rows[s["name"]]} if s["name"] in rows else s for s in vega["data"]]
    drawing = drawing_of(vl_convert.vega_to_svg(json.dumps({**vega, "data": data})))
    if not beyond:
        return drawing
    back = {ord(stand_in): chr(letter) for letter, stand_in in beyond.items()}
    return replace(drawing, body=drawing.body.translate(back))


_FREE, _ROOM = 0xE000, 0x1900
"""Private letters, which no text of the data has: the first, and how many there are."""


def _beyond(text: str) -> list[str]:
    """Letters beyond the first plane, which Vega cuts in two where a text is too long.

    The renderer then fails on the half, so each has a stand-in as long as Vega looks at it.
    """
    return sorted({letter for letter in text if letter > "\uffff"})[:_ROOM]


def javascript_bundle(cache: Path) -> tuple[str, bytes]:
    """Vega, Vega-Lite and Vega-Embed as one script, with a file name that changes with its bytes.

    Made once for each version of vl-convert (2 s) and kept in the cache folder.
    """
    content = Cache(folder=cache, ending=".js", world=version("vl-convert-python")).once(
        "vega",
        lambda: vl_convert.javascript_bundle().encode(),  # type: ignore[call-arg]  # its stub asks too much
    )
    return f"vega.{hashlib.sha256(content).hexdigest()[:12]}.js", content


@lru_cache(maxsize=1024)
def _compiled(template: str) -> dict[str, Any]:
    vega: dict[str, Any] = vl_convert.vegalite_to_vega(template)
    return vega
