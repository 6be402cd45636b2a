"""Places on the tile map for the communes of today, as they were found once: ``data/areas/``.

The table is the truth from then on, and a place may be changed by hand; this script stays as the
record of how they were found, and is needed neither to build the site nor to test it::

    python tests/make_tiles.py

Coordinates and areas are those of ``vietnamadminunits`` 1.0.4 (MIT).  Two communes count as
neighbours where the circles of their areas, a third as wide again, touch; real borders are not in the
package.  From an order by rows, two tiles change places as long as that makes the sum of all
displacements, and of the distances of neighbours that do not touch, smaller.  What the map keeps of
the land and what it does not is told in ``tests/test_areas_data.py``.
"""

from __future__ import annotations

import csv
import math
import sqlite3
from contextlib import closing
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent.parent / "data" / "areas" / "areas.csv"
COLUMNS = 6
NEAR = 1.35
"""How much wider than their areas' circles communes reach out to neighbours."""
PULL = 1.5
"""What a neighbour that does not touch weighs against a displacement of one tile."""

LAST = COLUMNS - 1
TINY = 1e-9

Cell = tuple[float, float]
"""Row and column of the grid, from 0."""
Land = dict[str, tuple[float, float, float]]
"""By code: kilometres to the east and to the south, and the radius of a circle of its area."""


def package(name: str) -> Path:
    """The folder that holds a package's data files, which is not imported for them."""
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "data"


def vietnamadminunits(query: str) -> list[tuple[Any, ...]]:
    """What the package's database answers."""
    file = package("vietnamadminunits") / "dataset.db"
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def land(codes: list[str]) -> Land:
    """Where communes lie."""
    rows = vietnamadminunits("select wardCode, wardLat, wardLon, wardAreaKm2 from admin_units")
    degree = 111.2
    flat = math.cos(math.radians(20.9))
    return {
        code: (east * degree * flat, -north * degree, math.sqrt(area / math.pi))
        for code, north, east, area in rows
        if code in codes
    }


def neighbours(places: Land) -> list[tuple[str, str]]:
    """Pairs of communes that are taken for neighbours."""
    return [
        (one, other)
        for one, other in combinations(sorted(places), 2)
        if math.dist(places[one][:2], places[other][:2])
        <= NEAR * (places[one][2] + places[other][2])
    ]


def wanted(places: Land, rows: int) -> dict[str, Cell]:
    """Where in a grid of so many rows each commune would stand if there were no others."""
    ends = [(min(axis), max(axis)) for axis in zip(*places.values(), strict=True)]
    (west, east), (north, south), _ = ends
    return {
        code: ((y - north) / (south - north) * (rows - 1), (x - west) / (east - west) * LAST)
        for code, (x, y, _) in places.items()
    }


def by_rows(aims: dict[str, Cell], rows: int) -> dict[Cell, str]:
    """A commune in each cell of the grid: the northernmost in the first row; some stay empty."""
    ordered = sorted(aims, key=lambda code: aims[code])
    found: dict[Cell, str] = {}
    for row in range(rows):
        part = ordered[row * COLUMNS : (row + 1) * COLUMNS]
        part.sort(key=lambda code: aims[code][1])
        found |= {(row, column): code for column, code in enumerate(part)}
    return found


def arranged(places: Land) -> dict[str, tuple[int, int]]:
    """Row and column, from 1, of each commune."""
    rows = math.ceil(len(places) / COLUMNS)
    aims = wanted(places, rows)
    taken = by_rows(aims, rows)
    pairs = neighbours(places)
    cells = [(row, column) for row in range(rows) for column in range(COLUMNS)]

    def cost() -> float:
        where = {code: cell for cell, code in taken.items()}
        moved = sum(math.dist(cell, aims[code]) ** 2 for code, cell in where.items())
        apart = sum(
            max(abs(a - b) for a, b in zip(where[one], where[other], strict=True)) - 1
            for one, other in pairs
        )
        return moved + PULL * apart

    least = cost()
    is_better = True
    while is_better:
        is_better = False
        for one, other in combinations(cells, 2):
            before = dict(taken)
            swapped = {one: taken.pop(other, ""), other: taken.pop(one, "")}
            taken |= {cell: code for cell, code in swapped.items() if code}
            if cost() < least - TINY:
                least, is_better = cost(), True
            else:
                taken = before
    return {code: (int(row) + 1, int(column) + 1) for (row, column), code in taken.items()}


def main() -> None:
    """Write the places into the table of areas."""
    with FILE.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        names = list(reader.fieldnames or ())
        rows = list(reader)
    today = [row for row in rows if row["level"] == "commune" and not row["until"]]
    tiles = arranged(land([row["code"] for row in today]))
    for row in today:
        row["tile_row"], row["tile_col"] = map(str, tiles[row["code"]])
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
