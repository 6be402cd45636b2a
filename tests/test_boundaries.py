"""Outlines of areas: read from GeoJSON, drawn simplified, in the page's own colours and shapes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from math import cos, radians, sin
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages_at_hand import NOW, SITE, inspect, small, told

from tiendo.charts.draw import by_area, outlines_svg
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.pages.maps import AreaMap, area_map
from tiendo.read.archive import read
from tiendo.read.boundaries import FILE, boundaries
from tiendo.words.desk import Desk
from tiendo.words.wording import words

AREAS = ("ben-lau", "doi-che", "song-xanh")


def square(west: float, south: float, side: float = 0.1) -> list[list[float]]:
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(area: object, *rings: list[list[float]], kind: str = "Polygon") -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": area,
        "properties": {},
        "geometry": {"type": kind, "coordinates": list(rings)},
    }


def collection(*features: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


THREE = collection(
    feature("ben-lau", square(106.0, 20.0)),
    feature("doi-che", square(106.1, 20.0)),
    feature("song-xanh", square(106.0, 20.1)),
)


def codes(content: bytes) -> list[str]:
    return [problem.code for problem in boundaries(content, FILE, AREAS)[1]]


def test_an_outline_belongs_to_the_area_that_its_id_names() -> None:
    found, problems = boundaries(THREE, FILE, AREAS)
    assert problems == []
    assert list(found) == list(AREAS)
    assert found["doi-che"][0][0][0] == (106.1, 20.0)


def test_parts_holes_and_heights_are_understood() -> None:
    island = [[*position, 3.5] for position in square(106.5, 20.5)]
    parts = {
        "type": "MultiPolygon",
        "coordinates": [[square(106.0, 20.0), square(106.02, 20.02, 0.01)], [island]],
    }
    found, problems = boundaries(
        collection({"type": "Feature", "id": "ben-lau", "geometry": parts}), FILE, AREAS
    )
    assert problems == []
    assert [len(polygon) for polygon in found["ben-lau"]] == [2, 1]
    assert found["ben-lau"][1][0][0] == (106.5, 20.5)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe", "boundaries-unreadable"),
        (b"[" * 100_000, "boundaries-unreadable"),
        (b'{"type": "Topology"}', "boundaries-unreadable"),
        (collection(7), "boundaries-area-unknown"),
        (collection(feature(901, square(106.0, 20.0))), "boundaries-area-unknown"),
        (collection(feature("ben-lau", square(106.0, 20.0), kind="Line")), "boundaries-geometry"),
        (collection(feature("ben-lau")), "boundaries-geometry"),
        (collection(feature("ben-lau", square(106.0, 20.0)[:-1])), "boundaries-ring"),
        (collection(feature("ben-lau", square(20.0, 106.0))), "boundaries-position"),
        (collection(feature("ben-lau", square(591000.0, 2304000.0))), "boundaries-position"),
        (
            collection(feature("ben-lau", [[True, 1], [0, 1], [1, 1], [True, 1]])),
            "boundaries-position",
        ),
    ],
)
def test_what_is_no_outline_is_told_and_left_out(content: bytes, code: str) -> None:
    found, problems = boundaries(content, FILE, AREAS)
    assert [problem.code for problem in problems] == [code]
    assert found == {}


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["type", "id", "geometry", "coordinates", "features"]), inner
            )
        ),
        max_leaves=20,
    )
)
def test_whatever_a_file_holds_is_answered_without_a_traceback(document: object) -> None:
    boundaries(json.dumps(document).encode(), FILE, AREAS)
    boundaries(collection(document), FILE, AREAS)
    boundaries(
        collection({"id": "ben-lau", "geometry": {"type": "Polygon", "coordinates": document}}),
        FILE,
        AREAS,
    )


def test_a_folder_of_areas_may_hold_the_file_and_none_other(tmp_path: Path) -> None:
    data = small(tmp_path)
    (data / "areas" / FILE).write_bytes(THREE)
    assert told(data) == []
    (data / "areas" / "other.geojson").write_bytes(THREE)
    assert told(data) == ["file-stray areas/other.geojson"]


def test_a_file_that_can_not_be_read_is_a_problem(tmp_path: Path) -> None:
    data = small(tmp_path)
    (data / "areas" / FILE).mkdir()
    assert told(data) == [f"file-unreadable areas/{FILE}"]
    assert inspect(data).stops


# Drawn --------------------------------------------------------------------------------------


def drawn(content: bytes) -> ET.Element:
    found, problems = boundaries(content, FILE, AREAS)
    assert problems == []
    kinds = {area: ("met", f"{area}: 7%") for area in AREAS}
    return ET.fromstring(outlines_svg(by_area(found, kinds), alt="Bản đồ"))  # noqa: S314


def numbers(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"([\d.]+),([\d.]+)", path)]


def test_an_area_is_drawn_with_its_kind_its_words_and_a_shape() -> None:
    svg = drawn(THREE)
    paths = svg.findall("path")
    assert [path.findtext("title") for path in paths] == [f"{area}: 7%" for area in AREAS]
    assert {path.get("class") for path in paths} == {"td-k-met"}
    assert [use.get("href") for use in svg.findall("use")] == ["#td-met"] * 3
    assert (svg.get("role"), svg.get("aria-label")) == ("img", "Bản đồ")


def test_north_is_above_and_a_degree_of_longitude_is_shorter_than_one_of_latitude() -> None:
    ben_lau, doi_che, song_xanh = (
        numbers(path.get("d") or "") for path in drawn(THREE).findall("path")
    )
    assert max(y for _, y in song_xanh) <= min(y for _, y in ben_lau) + 0.1
    assert min(x for x, _ in doi_che) >= max(x for x, _ in ben_lau) - 0.1
    wide = max(x for x, _ in ben_lau) - min(x for x, _ in ben_lau)
    high = max(y for _, y in ben_lau) - min(y for _, y in ben_lau)
    assert wide / high == pytest.approx(cos(radians(20.1)), abs=0.01)


def test_a_finely_drawn_coast_becomes_a_few_points_that_are_off_by_less_than_a_pixel() -> None:
    circle = [
        [106 + 0.1 * cos(radians(at / 100)), 20 + 0.1 * sin(radians(at / 100))]
        for at in range(36_000)
    ]
    svg = drawn(collection(feature("ben-lau", [*circle, circle[0]])))
    (path,) = svg.findall("path")
    points = numbers(path.get("d") or "")
    assert len(points) < 100
    middle = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
    _, _, width, height = map(float, (svg.get("viewBox") or "").split())
    assert middle[0] == pytest.approx((width - 4) / 2, abs=3)
    assert middle[1] == pytest.approx((height - 4) / 2, abs=3)


def test_areas_without_an_outline_are_left_to_the_table() -> None:
    svg = drawn(collection(feature("doi-che", square(106.1, 20.0))))
    assert [path.findtext("title") for path in svg.findall("path")] == ["doi-che: 7%"]


# On a page ----------------------------------------------------------------------------------


def map_of(data: Path, indicator: str, language: str = "vi") -> AreaMap | None:
    archive, problems = read(data)
    assert archive is not None
    assert problems == []
    desk = Desk(
        results=results(published(archive, NOW), NOW),
        site=SITE,
        words=words(language),
        here=f"indicator/{indicator}/",
        indicators={each.indicator: each for each in archive.indicators},
    )
    return area_map(desk, desk.indicators[indicator])


def test_without_outlines_areas_are_tiles_with_figure_and_verdict_in_words(tmp_path: Path) -> None:
    shown = map_of(small(tmp_path), "biet-boi")
    assert shown is not None
    assert [(year.year, year.chosen, str(year.svg)) for year in shown.years] == [
        ("2023", False, ""),
        ("2024", True, ""),
    ]
    tiles = {tile.name.text: tile for tile in shown.years[-1].tiles}
    doi_che = tiles["Huyện Đồi Chè"]
    assert (doi_che.row, doi_che.column) == ("1", "2")
    assert (doi_che.cell.text, doi_che.cell.word) == ("41,9%", "Đúng tiến độ")
    first = {tile.name.text: tile.cell.word for tile in shown.years[0].tiles}
    assert first["Huyện Đồi Chè"] == "Chưa đủ số liệu"  # one figure makes no pace
    assert "không vẽ ranh giới" in shown.notice
    assert "Số liệu minh họa" in shown.notice


def test_with_outlines_they_are_drawn_instead(tmp_path: Path) -> None:
    data = small(tmp_path)
    (data / "areas" / FILE).write_bytes(THREE)
    shown = map_of(data, "biet-boi", "en")
    assert shown is not None
    assert [year.tiles for year in shown.years] == [(), ()]
    assert "Đồi Chè District: 41.9% · On track" in shown.years[-1].svg
    assert shown.years[-1].svg.count("<path") == 3
    assert "no borders" not in shown.notice


def test_where_no_area_has_a_place_there_is_no_map(tmp_path: Path) -> None:
    data = small(tmp_path)
    areas = data / "areas" / "areas.csv"
    areas.write_text(re.sub(r",\d,\d,", ",,,", areas.read_text(encoding="utf-8")), encoding="utf-8")
    assert map_of(data, "biet-boi") is None
    assert map_of(data, "tinh-doc") is None


def test_a_year_whose_areas_have_no_place_is_named(tmp_path: Path) -> None:
    archive, _ = read(small(tmp_path))
    assert archive is not None
    known = results(published(archive, NOW), NOW)
    # As after a reform: the newest year's areas are others.
    known = replace(known, locals_={**known.locals_, 2024: ("truong-cua-tinh",)})
    desk = Desk(
        results=known,
        site=SITE,
        words=words("vi"),
        here="",
        indicators={each.indicator: each for each in archive.indicators},
    )
    shown = area_map(desk, desk.indicators["biet-boi"])
    assert shown is not None
    assert [(year.year, year.chosen) for year in shown.years] == [("2023", True)]
    assert "Không có bản đồ năm 2024" in shown.notice
