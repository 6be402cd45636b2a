"""What a value is measured in, and that nobody asks for it in another way."""

from __future__ import annotations

import ast
from fractions import Fraction
from pathlib import Path

import pytest
from test_as_shown import small_archive

from tiendo.judge.scale import bounded, scale_of
from tiendo.terms import Difference, Scale, Unit

PROGRAM = Path(__file__).parent.parent / "tiendo"

MAY_ASK = {"judge/scale", "check/plan"}
"""The scale itself, and the rules on what a plan says of an indicator."""
MAY_NAME = MAY_ASK | {"terms", "read/contract", "read/archive", "judge/plan_then"}
"""They, and whoever makes a measure of what is written."""


def scale(indicator: str, area: str) -> Scale:
    archive = small_archive()
    known = {each.indicator: each for each in archive.indicators}
    return scale_of(archive.plan, known[indicator], area)


@pytest.mark.parametrize(
    ("asked", "unit", "highest", "difference", "held_from"),
    [
        (("biet-boi", "ben-lau"), Unit.PERCENT, 100, Difference.POINTS, 0),
        (("biet-boi", "may-trang"), Unit.PERCENT, 100, Difference.POINTS, 0),
        (("bo-sach", "ben-lau"), Unit.LEVEL, 99, Difference.LEVELS, 2),
        (("bo-sach", "may-trang"), Unit.PERCENT, 100, Difference.AREAS, 0),
        (("tinh-doc", "may-trang"), Unit.TITLE, 1, Difference.LEVELS, 1),
    ],
)
def test_a_standard_is_a_level_in_an_area_and_a_count_in_the_whole_one(
    asked: tuple[str, str], unit: Unit, highest: int, difference: Difference, held_from: int
) -> None:
    found = scale(*asked)
    assert (found.unit, found.bounds) == (unit, (Fraction(0), Fraction(highest)))
    assert (found.difference, found.held_from) == (difference, held_from)
    is_rate = unit is Unit.PERCENT
    assert (found.has_pace, found.is_held) == (is_rate, not is_rate)
    assert is_rate or found.decimals == 0


def test_a_value_goes_no_further_than_its_scale() -> None:
    rate = scale("biet-boi", "ben-lau")
    assert [bounded(rate, Fraction(each)) for each in (-3, 40, 130)] == [0, 40, 100]


def test_nobody_else_asks_how_an_indicator_is_measured() -> None:
    found: dict[str, list[str]] = {}
    for source in sorted(PROGRAM.rglob("*.py")):
        name = source.relative_to(PROGRAM).with_suffix("").as_posix()
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.ImportFrom) and "Measure" in {n.name for n in node.names}
            asked = isinstance(node, ast.Compare | ast.Match) and any(
                isinstance(part, ast.Attribute) and part.attr == "measure"
                for part in ast.walk(node)
            )
            # A threshold that may be missing has its one answer too.
            asked |= isinstance(node, ast.BoolOp) and ".threshold or" in ast.unparse(node)
            if (named and name not in MAY_NAME) or (asked and name not in MAY_ASK):
                found.setdefault(name, []).append(ast.unparse(node))
    assert found == {}
