"""Many charts at once: those drawn before come from a folder, the rest are drawn on all cores."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path

from tiendo.draw.charts import Chart
from tiendo.draw.render import register_fonts, render
from tiendo.draw.specs import Spec, interactive_spec_of, spec_of
from tiendo.draw.svg import Drawing
from tiendo.workers import uninterrupted, workers

_FEW = 60
_CHUNK = 32
_DAY = 86_400.0
_TOUCHED_AGAIN_AFTER = 1 * _DAY
_KEPT_FOR = 14 * _DAY


def drawn(
    charts: Mapping[str, Chart],
    *,
    fonts: Path,
    cache: Path,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Drawing]:
    """Every chart's drawing under its name, in the order given.

    `cache` holds one file for each different picture, named by what it depends on: specification,
    fonts, versions of the libraries, and the modules of this package. A file that is not
    whole is drawn again; one that no build used for 14 days is removed. `progress` is told how
    many of the charts to be drawn are done; where all are known it is not called, and no process
    is started. What the caller's `__main__` does on import, each process does too.
    """
    cache.mkdir(parents=True, exist_ok=True)
    world = _world(fonts)
    names: dict[str, str] = {}
    missing: dict[str, Spec] = {}
    known: dict[str, Drawing] = {}
    for name, chart in charts.items():
        spec = spec_of(chart)
        key = names[name] = _key(spec, world)
        if key in known or key in missing:
            continue
        kept = _kept(cache / f"{key}.svg")
        if kept:
            known[key] = kept
        else:
            missing[key] = spec
    for done, (key, drawing) in enumerate(_drawn(missing, fonts), start=1):
        _keep(cache / f"{key}.svg", drawing)
        known[key] = drawing
        if progress:
            progress(done, len(missing))
    _prune(cache, set(known))
    return {name: known[key] for name, key in names.items()}


def interactive_json(chart: Chart, *, cache: Path) -> bytes:
    """The interactive form of a chart as JSON; made once and kept beside the drawings."""
    spec = interactive_spec_of(chart)
    file = cache / f"{_key(spec, _world())}.json"
    kept = _known_text(file)
    if kept is not None:
        return kept.encode()
    text = json.dumps(spec.whole(), ensure_ascii=False, sort_keys=True)
    cache.mkdir(parents=True, exist_ok=True)
    _replace(file, f"{_checksum(text)}\n{text}")
    return text.encode()


def _known_text(file: Path) -> str | None:
    """The text in a file, which is marked as used; None where it is not what was written."""
    try:
        checksum, _, text = file.read_text(encoding="utf-8").partition("\n")
        if checksum != _checksum(text):
            return None
        if time.time() - file.stat().st_mtime > _TOUCHED_AGAIN_AFTER:
            os.utime(file)
    except (OSError, ValueError):
        return None
    return text


@lru_cache
def _world(fonts: Path | None = None) -> str:
    """What every picture depends on besides its specification."""
    # A template follows from kind and frame by these modules: with them, it need not be built.
    files = sorted(Path(__file__).parent.glob("*.py"))
    if fonts is not None:
        files += sorted(fonts.glob("*.ttf"))
    sums = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    return " ".join([version("altair"), version("vl-convert-python"), *sums])


def _key(spec: Spec, world: str) -> str:
    return hashlib.sha256(f"{world}\n{spec.kind}\n{spec.frame}\n{spec.tables}".encode()).hexdigest()


def _drawn(specs: Mapping[str, Spec], fonts: Path) -> Iterator[tuple[str, Drawing]]:
    if len(specs) <= _FEW:  # drawn before the first process would stand
        if specs:
            register_fonts(fonts)
        yield from ((key, _draw(spec)) for key, spec in specs.items())
        return
    with workers(prepare=partial(register_fonts, fonts)) as pool:
        with uninterrupted():
            drawings = pool.map(_draw, specs.values(), chunksize=_CHUNK)
        yield from zip(specs, drawings, strict=True)


def _draw(spec: Spec) -> Drawing:
    return render(spec.template, spec.tables)


def _kept(file: Path) -> Drawing | None:
    """The drawing in a file; None where there is none or it is not what was written."""
    try:
        head, _, body = file.read_text(encoding="utf-8").partition("\n")
        width, height, checksum = head.split(" ")
        if checksum == _checksum(f"{width} {height}\n{body}"):
            return Drawing(width=float(width), height=float(height), body=body)
    except (OSError, ValueError):
        pass
    return None


def _keep(file: Path, drawing: Drawing) -> None:
    width, height = repr(drawing.width), repr(drawing.height)
    checksum = _checksum(f"{width} {height}\n{drawing.body}")
    _replace(file, f"{width} {height} {checksum}\n{drawing.body}")


def _replace(file: Path, text: str) -> None:
    fresh = file.with_suffix(f".{os.getpid()}.new")
    fresh.write_text(text, encoding="utf-8", newline="\n")
    fresh.replace(file)


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _prune(cache: Path, used: set[str]) -> None:
    """Mark what was used, remove what was not for long: the clock decides about space alone."""
    now = time.time()
    for entry in os.scandir(cache):
        stem, _, kind = entry.name.partition(".")
        if kind not in {"svg", "json", "png"} and not kind.endswith(".new"):
            continue
        age = now - entry.stat().st_mtime
        if stem in used and age > _TOUCHED_AGAIN_AFTER:
            os.utime(entry.path)
        elif stem not in used and age > _KEPT_FOR:
            Path(entry.path).unlink(missing_ok=True)
