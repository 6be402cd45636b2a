"""The data files as the program needs them: tables, columns, types, keys and closed lists.

A package is read by its own schema, which may be narrower than what stands here and never wider:
what is needed here holds whatever a schema leaves out.  docs/developers explains the files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from tiendo.config import languages_known
from tiendo.ids import LONGEST as LONGEST_ID
from tiendo.terms import (
    ActionState,
    Aggregation,
    Direction,
    DutyState,
    Level,
    Measure,
    Missing,
    PassageKind,
    Status,
)

DESCRIPTOR = "datapackage.json"
"""The file that makes a folder a data package."""

ID = "[a-z0-9]+(-[a-z0-9]+)*"
"""An id is part of addresses."""

REQUIREMENTS = f"{ID}>=[0-9]{{1,3}}(;{ID}>=[0-9]{{1,3}})*"

CODE = "[A-Za-z0-9]+([.-][A-Za-z0-9]+)*"
"""What stands for an action, a duty, a section: as plans number them, `III.1.2a`."""

_DUE = "(before:[0-9]{2}-[0-9]{2}|yearly|[0-9]{4})"

PATTERNS = frozenset(
    {
        ID,
        f"{ID}(;{ID})*",
        f"{ID}>=[0-9]+(;{ID}>=[0-9]+)*",
        "[a-z0-9-]+>=[0-9]+(;[a-z0-9-]+>=[0-9]+)*",
        REQUIREMENTS,
        CODE,
        f"{_DUE}(;{_DUE})*",
        "[IVX]+(\\.[0-9]+)*",
        "[IVX]+(\\.[0-9]+)+[a-z]?",
        "[0-9]+",
        "([0-9]{2}|[0-9]{3}|[0-9]{5})",
        "[0-9a-f]{64}",
    }
)
"""The patterns that a package's schema may ask for, with or without ``^`` and ``$``.

Any other is never run: there are some that take a computer years for a short text.
"""

LONGEST_NAME, LONGEST_TEXT = 300, 5_000
"""Letters of a name, and of any other cell."""

MOST_ROWS, LARGEST_TABLE, LARGEST_DESCRIPTOR = 2_000_000, 256_000_000, 4_000_000
"""Rows of a table, bytes of a table and of a descriptor."""

MOST_STRAYS = 20
"""So many files that belong nowhere are named in a folder; the rest is counted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """What a column of a table must be."""

    name: str
    type: str
    """Of Table Schema: string, integer, number, date or datetime."""
    required: bool
    """Whether each of its cells must be filled in."""
    optional: bool
    """Whether it may be absent: what came later, and translations."""
    limits: Mapping[str, Any]
    """Constraints of Table Schema that hold also where the package's schema lacks them; None: one
    that is not asked for even where it stands there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """What a table of a package must be."""

    columns: Mapping[str, Column]
    key: tuple[str, ...]
    """The columns that tell its rows apart; empty: its own schema says."""
    texts: Mapping[str, Mapping[str, str]]
    """What it says in words: a column for each language, the first language's first."""
    optional: bool = False
    """Whether a package may do without it."""
    known: bool = False
    """Whether its file may lie in the folder without the descriptor naming it: read by the contract
    then, so that whoever needs it in a hurry writes no schema."""
    copy: bool = field(default=False)
    """Whether it is a copy of another package's table, signed with the version that holds it."""

    def is_passed_over(self, column: str) -> bool:
        """Whether a column holds words in a language that the program knows, not this site."""
        stem, _, language = column.rpartition("_")
        return stem in self.texts and language in languages_known()


def _values(kind: type[StrEnum]) -> dict[str, Any]:
    return {"enum": [each.value for each in kind]}


AREA_LEVELS = ("province", "district", "commune", "remainder")
"""The highest first."""

_YEAR = {"minimum": 1900, "maximum": 2199}
_ID = {"pattern": ID, "maxLength": LONGEST_ID}
_CODE = {"pattern": CODE, "maxLength": LONGEST_ID}
_COUNT = {"minimum": 0}

_LIMITS: Mapping[str, Mapping[str, Any]] = {
    "goals.goal": _ID,
    "indicators.indicator": _ID,
    "indicators.measure": _values(Measure),
    "indicators.direction": _values(Direction),
    "indicators.level": _values(Level),
    "indicators.aggregation": _values(Aggregation),
    "indicators.threshold": {"minimum": 1, "maximum": 99},
    "indicators.requires": {"pattern": REQUIREMENTS},
    "indicators.since": _YEAR,
    "indicators.until": _YEAR,
    "indicators.successor": _ID,
    "indicators.decimals": {"minimum": 0, "maximum": 6},
    "targets.year": _YEAR,
    "targets.value": {"minimum": 0, "maximum": 100},
    "agencies.agency": _ID,
    "actions.action": _CODE,
    "actions.section": _CODE,
    "duties.duty": _CODE,
    "duties.role": {
        "enum": [
            "lead",
            "coordinate",
            "organise",
            "implement",
            "direct",
            "manage",
            "research",
            "report",
        ]
    },
    "text.clause": _CODE,
    "text.kind": _values(PassageKind),
    "actions.lead_clause": _CODE,
    "actions.recurrence": {"enum": ["once", "yearly", "continuous", "milestone"]},
    "actions.lead_basis": {"enum": ["plan", "inferred"]},
    "actions.state": _values(ActionState),
    "duties.state": _values(DutyState),
    "areas.area": _ID,
    "areas.level": {"enum": [*AREA_LEVELS]},
    "areas.type": {
        "enum": [
            "province",
            "city",
            "town",
            "district",
            "ward",
            "commune",
            "township",
            "special-zone",
            "remainder",
        ]
    },
    "areas.tile_row": {"minimum": 1, "maximum": 99},
    "areas.tile_col": {"minimum": 1, "maximum": 99},
    # Empty where a whole row came or went.
    "changes.column": {"required": None},
    "changes.breaks": {"enum": ["yes", "no"]},
    "changes.part": {"enum": ["whole", "partial"]},
    "changes.kind": {"enum": ["correction", "scheduled", "late"]},
    "releases.year": _YEAR,
    "releases.version": {"minimum": 1, "maximum": 999},
    "releases.sha256": {"pattern": "[0-9a-f]{64}"},
    "withdrawals.year": _YEAR,
    "withdrawals.version": {"minimum": 1, "maximum": 999},
    "withdrawals.instead": {"minimum": 1, "maximum": 999},
    # Whatever is no id of plan or areas is told as unknown, with the id that is most like it.
    "observations.indicator": {"pattern": None},
    "observations.area": {"pattern": None},
    "observations.numerator": _COUNT,
    "observations.denominator": _COUNT,
    "observations.value": _COUNT,
    "observations.status": _values(Status),
    "observations.missing": _values(Missing),
}

_BY_NAME: Mapping[str, Mapping[str, Any]] = {
    "name": {"maxLength": LONGEST_NAME},
    "short": {"maxLength": LONGEST_NAME},
}
"""Constraints of columns of any table, by how their names begin."""


def _table(name: str, key: str, columns: str, **said: bool) -> Callable[[tuple[str, ...]], Table]:
    """A table from ``name:type`` of its columns; ``!``: filled in always, ``?``: may be absent.

    A name that ends in ``_`` stands for a column for each language: the first language's as it
    says, each other one empty or absent where there is no translation.
    """

    def spoken(languages: tuple[str, ...]) -> Table:
        made, texts = {}, {}
        for text in columns.split():
            column, _, kind = text.rstrip("!?").partition(":")
            marks = {column: text}
            if column.endswith("_"):
                marks = {f"{column}{language}": "?" for language in languages}
                marks[f"{column}{languages[0]}"] = text
                texts[column[:-1]] = dict(zip(languages, marks, strict=True))
            for each, mark in marks.items():
                made[each] = Column(
                    name=each,
                    type=kind or "string",
                    required=mark.endswith("!"),
                    optional=mark.endswith("?"),
                    limits=_LIMITS.get(f"{name}.{each}", _BY_NAME.get(each.partition("_")[0], {})),
                )
        return Table(columns=made, key=tuple(key.split()), texts=texts, **said)

    return spoken


_INDICATORS = (
    "indicator! goal! position:integer! parent name_! short_! measure! direction! level! "
    "aggregation! counts threshold:integer requires reporter! decimals:integer! numerator_ "
    "denominator_ definition_ caveat_ since:integer? until:integer? successor?"
)
_TARGETS = "indicator! area year:integer! value:number! wording_! clause"
_AREAS = (
    "area! level! parent code name_! type! since:date until:date tile_row:integer "
    "tile_col:integer aliases"
)

_PLAN = {
    "goals": _table("goals", "goal", "goal! position:integer! name_!"),
    "indicators": _table("indicators", "indicator", _INDICATORS),
    "targets": _table("targets", "indicator area year", _TARGETS),
    "agencies": _table(
        "agencies",
        "agency",
        "agency! area name_! short_? since:date until:date successors",
    ),
    "duties": _table(
        "duties",
        "duty agency",
        "duty! agency! role! text_! clause due since:date until:date recipient?",
    ),
    "actions": _table(
        "actions",
        "action",
        "action! section! text_! recurrence! lead lead_basis lead_clause? lead_reason_?",
    ),
    "changes": _table(
        "changes",
        "on resource key column",
        "on:date! resource! key! column old new reason_! breaks?",
    ),
    "text": _table(
        "text",
        "position",
        "position:integer! clause kind! text_! note_ note_source",
        optional=True,
    ),
}
_OF_AREAS = {
    "areas": _table("areas", "area", _AREAS),
    "changes": _table("changes", "on from_area to_area", "on:date! from_area! to_area! part! act"),
}
_RELEASES = {
    "releases": _table(
        "releases",
        "year version",
        "year:integer! version:integer! released:datetime! sha256 note_",
    ),
    "withdrawals": _table(
        "withdrawals",
        "year version indicator area",
        "year:integer! version:integer! indicator area withdrawn:datetime! instead:integer "
        "reason_!",
        optional=True,
        known=True,
    ),
}
_EDITION = {
    "observations": _table(
        "observations",
        "indicator area",
        "indicator! area! numerator:integer denominator:integer value:number status missing "
        "as_of:date decision decided_on:date valid_until:date source break_ note_",
    ),
    "reports": _table(
        "reports", "reporter document", "reporter! received_on:date! document note_?"
    ),
    "actions": _table("actions", "action", "action! state! summary_ evidence"),
    "duties": _table(
        "duties",
        "duty agency",
        "duty! agency! state! on:date summary_ evidence",
        optional=True,
    ),
    "changes": _table(
        "changes",
        "",
        "indicator area resource key kind! reason_!",
        optional=True,
    ),
    "indicators": _table("indicators", "indicator", _INDICATORS, optional=True, copy=True),
    "targets": _table("targets", "indicator area year", _TARGETS, optional=True, copy=True),
    "areas": _table("areas", "area", _AREAS, optional=True, copy=True),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Contract:
    """What the tables of the packages must be, by their names."""

    plan: Mapping[str, Table]
    areas: Mapping[str, Table]
    releases: Mapping[str, Table]
    edition: Mapping[str, Table]


@cache
def contract(languages: tuple[str, ...]) -> Contract:
    """The tables of a site that speaks these languages, the first language first."""
    plan, areas, releases, edition = (
        {name: table(languages) for name, table in tables.items()}
        for tables in (_PLAN, _OF_AREAS, _RELEASES, _EDITION)
    )
    return Contract(plan=plan, areas=areas, releases=releases, edition=edition)


def resource_of(name: str, table: Table) -> dict[str, Any]:
    """A resource as the contract has it."""
    fields = []
    for column in table.columns.values():
        limits = {key: limit for key, limit in column.limits.items() if limit is not None}
        constraints = {**({"required": True} if column.required else {}), **limits}
        made: dict[str, Any] = {"name": column.name, "type": column.type}
        fields.append(made | ({"constraints": constraints} if constraints else {}))
    schema: dict[str, Any] = {"fields": fields}
    if table.key:
        schema["primaryKey"] = list(table.key)
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema | {"missingValues": [""]},
    }
