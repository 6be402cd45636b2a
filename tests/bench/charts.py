"""What a chart costs, by hand: `python tests/bench/charts.py [AREAS]`.

First one small chart on one core, by five ways of drawing it; then a country: six small charts for
each area in two languages, drawn on all cores into an empty cache, and once more from the cache.
"""

from __future__ import annotations

import gzip
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import vl_convert

sys.path.insert(0, str(Path(__file__).parents[2]))

from tiendo.charts.draw import (
    Axis,
    CellState,
    Chart,
    LevelCell,
    LevelGrid,
    LevelRow,
    Point,
    RankedArea,
    RankingChart,
    SeriesChart,
    Size,
    Target,
    drawn,
    inline_svg,
    series,
    spec_of,
)
from tiendo.charts.draw.render import register_fonts, render
from tiendo.charts.draw.svg import drawing_of

FONTS = Path(__file__).parents[2] / "site_config" / "assets" / "fonts"
PERCENT = Axis(lowest=0.0, highest=100.0, pattern="{}%")
TARGETS = (
    Target(year=2025, value=70.0, text="2025: 70%"),
    Target(year=2030, value=90.0, text="2030: 90%"),
)


def chart_of(number: int, size: Size = Size.SMALL) -> SeriesChart:
    """A chart that differs from every other by its figures."""
    chance = random.Random(number)  # noqa: S311 - figures of an example
    values = [chance.uniform(20.0, 90.0) for _ in range(4)]
    points = tuple(
        Point(
            year=2021 + i,
            value=value,
            label=f"{value:.1f}%".replace(".", ","),
            provisional=i == len(values) - 1,
        )
        for i, value in enumerate(values)
    )
    return SeriesChart(
        size=size,
        axis=PERCENT,
        points=points,
        targets=TARGETS,
        start=2021,
        end=2030,
        remark="○ tạm tính",
        notice="Số liệu minh họa",
    )


def milliseconds(act: Callable[[int], object], times: int) -> float:
    """The mean over `times` calls after a first one."""
    act(0)
    start = time.perf_counter()
    for turn in range(1, times + 1):
        act(turn)
    return (time.perf_counter() - start) / times * 1000


def ways() -> dict[str, float]:
    """Milliseconds for each step and each way of taking it."""
    register_fonts(FONTS)
    chart = chart_of(1)
    frame = series.frame_of(chart)
    spec = spec_of(chart)
    whole = spec.whole()
    vega_svg = vl_convert.vegalite_to_svg(whole)
    return {
        "Altair builds the template": milliseconds(lambda _: series.template_of(frame), 10),
        "a specification with the template kept": milliseconds(lambda i: spec_of(chart_of(i)), 500),
        "Vega-Lite to Vega": milliseconds(lambda _: vl_convert.vegalite_to_vega(whole), 30),
        "Vega-Lite to SVG": milliseconds(lambda _: vl_convert.vegalite_to_svg(whole), 30),
        "Vega kept, to SVG, made small": milliseconds(
            lambda _: render(spec.template, spec.tables), 200
        ),
        "of which making it small": milliseconds(lambda _: drawing_of(vega_svg), 200),
    }


def kinds() -> dict[str, Chart]:
    """One of each kind, of a size that the site has."""
    rows = tuple(
        RankedArea(name=f"Huyện số {i}", value=90.0 - i, label=f"{90 - i},0%") for i in range(12)
    )
    states = list(CellState)
    levels = tuple(
        LevelRow(
            name=f"Huyện số {i}",
            cells=tuple(
                LevelCell(text=str((i + y) % 3), state=states[(i * y) % 3]) for y in range(4)
            ),
        )
        for i in range(12)
    )
    wide = chart_of(1, Size.WIDE)
    return {
        "series, wide": wide,
        "series, narrow": chart_of(1, Size.NARROW),
        "series, small": chart_of(1),
        "ranking of 12": RankingChart(
            size=Size.NARROW, rows=rows, target=70.0, target_text="2025: 70%"
        ),
        "grid of 12 by 4": LevelGrid(
            size=Size.NARROW, columns=("2021", "2022", "2023", "2024"), rows=levels
        ),
    }


def main(areas: int) -> None:
    """Print the tables."""
    for way, cost in ways().items():
        print(f"{way:40} {cost:8.2f} ms")
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        for kind, drawing in drawn(kinds(), fonts=FONTS, cache=cache).items():
            text = inline_svg(drawing, alt="").encode()
            print(f"{kind:40} {len(text):8} bytes {len(gzip.compress(text)):6} gzip")
        charts: dict[str, Chart] = {str(i): chart_of(i + 1) for i in range(areas * 6 * 2)}
        for turn in ("empty cache", "full cache"):
            start = time.perf_counter()
            drawn(charts, fonts=FONTS, cache=cache)
            seconds = time.perf_counter() - start
            print(f"{len(charts)} charts, {os.cpu_count()} cores, {turn:14} {seconds:8.1f} s")
        kept = list(cache.glob("*.svg"))
        print(f"{len(kept)} different pictures, {sum(f.stat().st_size for f in kept):,} bytes")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
