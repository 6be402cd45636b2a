"""The outlines of areas from a GeoJSON file (RFC 7946), where the data have one.

A feature stands for the area that its ``id`` names.  Other members are passed over: what an area
is called and when it was stands in the table of areas.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from tiendo.terms import Outline, Place, Problem

FILE = "boundaries.geojson"
"""Its name in the folder of areas; the only file there that no table and no descriptor is."""

_LEAST = 4
"""Positions of a ring: three corners and the first once more (RFC 7946, 3.1.6)."""
_EAST, _NORTH = 180.0, 90.0


def boundaries(
    content: bytes, file: str, areas: Collection[str]
) -> tuple[dict[str, Outline], list[Problem]]:
    """The outlines by area, and what is wrong with them.

    ``areas`` are the ids that there are.  An outline with a fault is left out.
    """
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        row = error.lineno if isinstance(error, json.JSONDecodeError) else None
        return {}, [Problem(code="boundaries-unreadable", place=Place(file=file, row=row))]
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection":
        return {}, [Problem(code="boundaries-unreadable", place=Place(file=file))]
    found: dict[str, Outline] = {}
    problems: list[Problem] = []
    for at, feature in enumerate(features, start=1):
        name = feature.get("id") if isinstance(feature, dict) else None
        told = name if isinstance(name, str) else ""
        place = Place(file=file, column="id", value=told or None)
        facts = {"feature": str(at), "area": told or "–"}
        if told not in areas:
            problems.append(Problem(code="boundaries-area-unknown", place=place, facts=facts))
        elif told in found:
            problems.append(Problem(code="boundaries-area-twice", place=place, facts=facts))
        else:
            geometry = feature.get("geometry")
            fault = next(_faults(geometry), None)
            if fault is None:
                found[told] = _outline(geometry)
            else:
                code, note = fault
                place = Place(file=file, column="geometry", value=note)
                problems.append(Problem(code=code, place=place, facts={**facts, "note": note}))
    return found, problems


def _polygons(geometry: Any) -> list[Any] | None:  # noqa: ANN401 - whatever the file holds
    """The polygons of a geometry; None for what is none."""
    if not isinstance(geometry, dict):
        return None
    parts = geometry.get("coordinates")
    if not isinstance(parts, list) or not parts:
        return None
    return {"Polygon": [parts], "MultiPolygon": parts}.get(str(geometry.get("type")))


def _faults(geometry: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - whatever the file holds
    """The code of each fault with what stands there."""
    polygons = _polygons(geometry)
    if polygons is None:
        kind = geometry.get("type") if isinstance(geometry, dict) else geometry
        yield "boundaries-geometry", str(kind)
        return
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            yield "boundaries-geometry", "[]"
            return
        for ring in polygon:
            if not isinstance(ring, list) or len(ring) < _LEAST or ring[0] != ring[-1]:
                size = len(ring) if isinstance(ring, list) else 0
                yield "boundaries-ring", str(size)
                return
            for position in ring:
                if not _is_position(position):
                    yield "boundaries-position", str(position)[:40]
                    return


def _is_position(position: object) -> bool:
    """Whether it is a longitude and a latitude in degrees, in this order; a height may follow."""
    if not isinstance(position, list) or len(position) not in {2, 3}:
        return False
    if not all(isinstance(n, int | float) and not isinstance(n, bool) for n in position):
        return False
    return bool(abs(position[0]) <= _EAST and abs(position[1]) <= _NORTH)


def _outline(geometry: Any) -> Outline:  # noqa: ANN401 - found sound before
    return tuple(
        tuple(tuple((float(x), float(y)) for x, y, *_ in ring) for ring in polygon)
        for polygon in _polygons(geometry) or ()
    )
