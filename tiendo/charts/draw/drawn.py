"""Many charts at once, each drawn once: see `tiendo.machine.cache`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path

from tiendo.charts.draw.charts import Chart
from tiendo.charts.draw.render import register_fonts, render
from tiendo.charts.draw.specs import Spec, interactive_spec_of, spec_of
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
            {name: spec_of(chart) for name, chart in charts.items()},
            _drawn,
            recipe=_recipe,
            prepare=partial(register_fonts, fonts),
            progress=progress,
        )
    }
    return {name: known[name] for name in charts}


def interactive_json(chart: Chart, *, cache: Path) -> bytes:
    """The interactive form of a chart as JSON; made once and kept beside the drawings."""
    spec = interactive_spec_of(chart)
    return Cache(folder=cache, ending=".json", world=_world()).once(
        _recipe(spec),
        lambda: json.dumps(spec.whole(), ensure_ascii=False, sort_keys=True).encode(),
    )


@lru_cache
def _world(fonts: Path | None = None) -> str:
    """What every picture depends on besides its specification."""
    # A template follows from kind and frame by these modules: with them, it need not be built.
    modules = checksums(Path(__file__).parent, "*.py")
    typeface = checksums(fonts, "*.ttf") if fonts else ""
    return f"{version('altair')} {version('vl-convert-python')} {modules} {typeface}"


def _recipe(spec: Spec) -> str:
    return f"{spec.kind}\n{spec.frame}\n{spec.tables}"


def _drawn(spec: Spec) -> bytes:
    drawing = render(spec.template, spec.tables)
    return f"{drawing.width!r} {drawing.height!r}\n{drawing.body}".encode()


def _unpacked(content: bytes) -> Drawing:
    size, _, body = content.decode().partition("\n")
    width, height = size.split(" ")
    return Drawing(width=float(width), height=float(height), body=body)
