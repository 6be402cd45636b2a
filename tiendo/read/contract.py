"""The data files as the program needs them: tables, columns, types, keys and closed lists.

A package is read by its own schema, which may be narrower than what stands here and never wider:
what is needed here holds whatever a schema leaves out.  docs/developers explains the files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

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
    optional: bool = False
    """Whether a package may do without it."""
    known: bool = False
    """Whether its file may lie in the folder without the descriptor naming it: read by the contract
    then, so that whoever needs it in a hurry writes no schema."""
    copy: bool = field(default=False)
    """Whether it is a copy of another package's table, signed with the version that holds it."""


def _values(kind: type[StrEnum]) -> dict[str, Any]:
    return {"enum": [each.value for each in kind]}


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
    "areas.level": {"enum": ["province", "district", "commune", "remainder"]},
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


def _table(
    name: str,
    key: str,
    columns: str,
    *,
    optional: bool = False,
    known: bool = False,
    copy: bool = False,
) -> Table:
    """A table from ``name:type`` of its columns; ``!``: filled in always, ``?``: may be absent."""
    made = {}
    for text in columns.split():
        column, _, kind = text.rstrip("!?").partition(":")
        made[column] = Column(
            name=column,
            type=kind or "string",
            required=text.endswith("!"),
            optional=text.endswith("?"),
            limits=_LIMITS.get(f"{name}.{column}", _BY_NAME.get(column.partition("_")[0], {})),
        )
    return Table(columns=made, key=tuple(key.split()), optional=optional, known=known, copy=copy)


_INDICATORS = (
    "indicator! goal! position:integer! parent name_vi! name_en? short_vi! short_en? measure! "
    "direction! level! aggregation! counts threshold:integer requires reporter! "
    "decimals:integer! numerator_vi numerator_en? denominator_vi denominator_en? definition_vi "
    "definition_en? caveat_vi caveat_en? since:integer? until:integer? successor?"
)
_TARGETS = "indicator! area year:integer! value:number! wording_vi! wording_en? clause"
_AREAS = (
    "area! level! parent code name_vi! name_en? type! since:date until:date tile_row:integer "
    "tile_col:integer aliases"
)

PLAN: Mapping[str, Table] = {
    "goals": _table("goals", "goal", "goal! position:integer! name_vi! name_en?"),
    "indicators": _table("indicators", "indicator", _INDICATORS),
    "targets": _table("targets", "indicator area year", _TARGETS),
    "agencies": _table(
        "agencies",
        "agency",
        "agency! area name_vi! name_en? short_vi since:date until:date successors",
    ),
    "duties": _table(
        "duties",
        "duty agency",
        "duty! agency! role! text_vi! text_en? clause due since:date until:date recipient?",
    ),
    "actions": _table(
        "actions",
        "action",
        "action! section! text_vi! text_en? recurrence! lead lead_basis lead_clause? "
        "lead_reason_vi? lead_reason_en?",
    ),
    "changes": _table(
        "changes",
        "on resource key column",
        "on:date! resource! key! column old new reason_vi! reason_en? breaks?",
    ),
    "text": _table(
        "text",
        "position",
        "position:integer! clause kind! text_vi! text_en? note_vi note_en? note_source",
        optional=True,
    ),
}
AREAS: Mapping[str, Table] = {
    "areas": _table("areas", "area", _AREAS),
    "changes": _table("changes", "on from_area to_area", "on:date! from_area! to_area! part! act"),
}
RELEASES: Mapping[str, Table] = {
    "releases": _table(
        "releases",
        "year version",
        "year:integer! version:integer! released:datetime! sha256 note_vi note_en?",
    ),
    "withdrawals": _table(
        "withdrawals",
        "year version indicator area",
        "year:integer! version:integer! indicator area withdrawn:datetime! instead:integer "
        "reason_vi! reason_en?",
        optional=True,
        known=True,
    ),
}
EDITION: Mapping[str, Table] = {
    "observations": _table(
        "observations",
        "indicator area",
        "indicator! area! numerator:integer denominator:integer value:number status missing "
        "as_of:date decision decided_on:date valid_until:date source break_vi break_en? note_vi "
        "note_en?",
    ),
    "reports": _table(
        "reports", "reporter document", "reporter! received_on:date! document note_vi"
    ),
    "actions": _table("actions", "action", "action! state! summary_vi summary_en? evidence"),
    "duties": _table(
        "duties",
        "duty agency",
        "duty! agency! state! on:date summary_vi summary_en? evidence",
        optional=True,
    ),
    "changes": _table(
        "changes",
        "",
        "indicator area resource key kind! reason_vi! reason_en?",
        optional=True,
    ),
    "indicators": _table("indicators", "indicator", _INDICATORS, optional=True, copy=True),
    "targets": _table("targets", "indicator area year", _TARGETS, optional=True, copy=True),
    "areas": _table("areas", "area", _AREAS, optional=True, copy=True),
}


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
