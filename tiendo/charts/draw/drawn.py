"""Many charts at once, each drawn once: see `tiendo.machine.cache`.

A drawing is kept under the chart itself, all of which its text tells: whoever has it already need
not work out where its labels would go.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path

from tiendo.charts.draw.charts import Chart
from tiendo.charts.draw.render import register_fonts, render
from tiendo.charts.draw.specs import interactive_spec, spec_of
from tiendo.charts.draw.svg import Drawing
from tiendo.machine.cache import Cache, Progress, checksums


def drawn(
    charts: Mapping[str, Chart], *, fonts: Path, cache: Path, progress: Progress | None = None
) -> dict[str, Drawing]:
    """Every chart's drawing under its name, in the order given.

    What the caller's `__main__` does on import, each process that draws does too.
    """
    known = {
        name: _unpacked(content)
        for name, content in Cache(folder=cache, ending=".svg", world=_world(fonts)).all(
            charts,
            _drawn,
            recipe=repr,
            prepare=partial(register_fonts, fonts),
            progress=progress,
        )
    }
    return {name: known[name] for name in charts}


def interactive_json(chart: Chart, *, cache: Path) -> bytes:
    """The interactive form of a chart as JSON; made once and kept beside the drawings."""
    return Cache(folder=cache, ending=".json", world=_world()).once(
        repr(chart),
        lambda: json.dumps(interactive_spec(chart), ensure_ascii=False, sort_keys=True).encode(),
    )


@lru_cache
def _world(fonts: Path | None = None) -> str:
    """What every picture depends on besides its chart."""
    modules = checksums(Path(__file__).parent, "*.py")
    typeface = checksums(fonts, "*.ttf") if fonts else ""
    return f"{version('altair')} {version('vl-convert-python')} {modules} {typeface}"


def _drawn(chart: Chart) -> bytes:
    spec = spec_of(chart)
    drawing = render(spec.template, spec.tables)
    return f"{drawing.width!r} {drawing.height!r}\n{drawing.body}".encode()


def _unpacked(content: bytes) -> Drawing:
    size, _, body = content.decode().partition("\n")
    width, height = size.split(" ")
    return Drawing(width=float(width), height=float(height), body=body)
