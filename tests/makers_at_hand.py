"""Nouns for tests that are about a few of their properties: the others are what is usual."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from tiendo.read.archive import OBSERVATION_COLUMNS
from tiendo.terms import (
    NO_WORDS,
    Aggregation,
    Archive,
    Area,
    Direction,
    Edition,
    Indicator,
    Level,
    Measure,
    Plan,
)

EMPTY = NO_WORDS

_INDICATOR = Indicator(
    indicator="chi-tieu",
    goal="g",
    position=1,
    parent=None,
    name=EMPTY,
    short=EMPTY,
    measure=Measure.RATIO,
    direction=Direction.UP,
    level=Level.WHOLE,
    aggregation=Aggregation.NONE,
    counts=None,
    threshold=None,
    requires=(),
    reporter="so",
    decimals=1,
    numerator=EMPTY,
    denominator=EMPTY,
    definition=EMPTY,
    caveat=EMPTY,
)
_AREA = Area(
    area="tinh",
    level="province",
    parent=None,
    code="",
    name=EMPTY,
    type="",
    since=None,
    until=None,
    tile_row=None,
    tile_col=None,
    aliases=(),
)
_EDITION = Edition(
    year=2024,
    version=1,
    folder="",
    as_of=date(2024, 12, 31),
    illustrative=True,
    geography="district",
    reason=EMPTY,
    sources=(),
    licenses=(),
    reports=(),
    actions=(),
    revisions=(),
    signed=None,
    sha256="",
    files={},
)
_PLAN = Plan(
    number="1/KH",
    signed=date(2021, 11, 15),
    title=EMPTY,
    short=EMPTY,
    issuer=EMPTY,
    start=2021,
    end=2030,
    scope="tinh",
    first_report_year=2021,
)


def an_indicator(**changed: Any) -> Indicator:
    """A share that the whole area reports."""
    return replace(_INDICATOR, **changed)


def an_area(**changed: Any) -> Area:
    """A province."""
    return replace(_AREA, **changed)


def an_edition(**changed: Any) -> Edition:
    """The first version of 2024, which stands for the end of its year."""
    day = {"as_of": date(changed["year"], 12, 31)} if "year" in changed else {}
    return replace(_EDITION, **{**day, **changed})


def a_plan(**changed: Any) -> Plan:
    """A plan of ten years for a province."""
    return replace(_PLAN, **changed)


EMPTY_CELLS: dict[str, Any] = {
    name: "" if dtype == "str" else None for name, dtype in OBSERVATION_COLUMNS.items()
} | {"break_": EMPTY, "note": EMPTY}
"""What a row of observations says where nothing is said."""


def an_archive(**changed: Any) -> Archive:
    """An archive of nothing."""
    nothing: dict[str, Any] = {
        "plan": _PLAN,
        "goals": (),
        "indicators": (),
        "targets": (),
        "agencies": (),
        "duties": (),
        "actions": (),
        "meaning_changes": (),
        "areas": {},
        "area_changes": (),
        "releases": (),
        "editions": (),
        "languages": ("vi",),
        "observations": pd.DataFrame({name: [] for name in OBSERVATION_COLUMNS}),
    }
    return Archive(**{**nothing, **changed})
