"""From files to an `Archive`: the one door to Frictionless.

Each folder with a ``datapackage.json`` is read by its own Table Schemas in one pass that gives
typed rows and everything that is wrong with them.  What is wrong becomes a `Problem`; what could
be read goes on, so that all findings of one run are told together.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
from frictionless import Package, Resource, system
from frictionless.exception import FrictionlessException

from tiendo.letters import is_formula, letter_faults
from tiendo.terms import (
    Action,
    ActionReport,
    ActionState,
    Agency,
    Aggregation,
    Archive,
    Area,
    AreaChange,
    Direction,
    Duty,
    Edition,
    Goal,
    Indicator,
    Level,
    MeaningChange,
    Measure,
    Place,
    Plan,
    Problem,
    Release,
    Report,
    Requirement,
    Revision,
    Signed,
    Target,
    Text,
)

Cells = Mapping[str, Any]
Noun = TypeVar("Noun")

DESCRIPTOR = "datapackage.json"
SIGNED_COPIES = ("indicators", "targets", "areas")
"""The resources that a version carries as copies of what it was measured by."""

CELL_TYPES = frozenset({"integer", "number", "date", "datetime", "boolean"})
"""Types of Table Schema that have a sentence of their own for a cell that is not of the type."""

CELL_CONSTRAINTS = {
    "required": "required",
    "enum": "enum",
    "pattern": "pattern",
    "minimum": "range",
    "maximum": "range",
    "unique": "unique",
}
"""Constraints of Table Schema that have a sentence of their own."""

OBSERVATION_COLUMNS = {
    "year": "int64",
    "version": "int64",
    "row": "int64",
    "sound": "bool",
    "indicator": "str",
    "area": "str",
    "numerator": "Int64",
    "denominator": "Int64",
    "value": "object",
    "status": "str",
    "missing": "str",
    "as_of": "object",
    "decision": "str",
    "decided_on": "object",
    "valid_until": "object",
    "source": "str",
    "break_vi": "str",
    "break_en": "str",
    "note_vi": "str",
    "note_en": "str",
}
"""Columns of `Archive.observations` and their dtypes.

``row`` is the line in the file as Excel counts; ``sound`` is False where a cell could not be
read.  ``value`` holds Decimal or None, the dates hold `datetime.date` or None, texts are empty
where the cell was.
"""

PLAN_COLUMNS = {
    "goals": "goal position name_vi",
    "indicators": "indicator goal position parent name_vi short_vi measure direction level "
    "aggregation counts threshold requires reporter decimals numerator_vi denominator_vi "
    "definition_vi caveat_vi",
    "targets": "indicator area year value wording_vi clause",
    "agencies": "agency area name_vi short_vi since until successors",
    "duties": "duty agency role text_vi clause due since until",
    "actions": "action section text_vi recurrence lead lead_basis",
    "changes": "on resource key column old new reason_vi",
}
AREA_COLUMNS = {
    "areas": "area level parent code name_vi type since until tile_row tile_col aliases",
    "changes": "on from_area to_area part act",
}
RELEASE_COLUMNS = {"releases": "year version released sha256 note_vi"}
EDITION_COLUMNS = {
    "observations": "indicator area numerator denominator value status missing as_of decision "
    "decided_on valid_until source break_vi note_vi",
    "reports": "reporter received_on document note_vi",
    "actions": "action state summary_vi evidence",
}
REVISION_COLUMNS = "indicator area resource key kind reason_vi"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """One row of a table: its line, its typed cells, and whether all of them could be read."""

    number: int
    cells: Cells
    sound: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class _PackageRead:
    """One package as read: its descriptor, rows by resource, files by name."""

    folder: str
    descriptor: Mapping[str, Any]
    tables: Mapping[str, tuple[_Row, ...]]
    files: Mapping[str, bytes]
    problems: list[Problem] = field(default_factory=list)


def read(data: Path) -> tuple[Archive | None, list[Problem]]:
    """Everything in a data folder, and everything about it that can't be read.

    The archive is None where plan or areas are so broken that nothing can be said about results.
    """
    plan = _package(data, "plan", PLAN_COLUMNS)
    areas = _package(data, "areas", AREA_COLUMNS)
    releases = _package(data, "results", RELEASE_COLUMNS)
    editions = [
        _package(data, folder, EDITION_COLUMNS) for folder in _edition_folders(data / "results")
    ]
    problems = [
        *plan.problems,
        *areas.problems,
        *releases.problems,
        *(problem for edition in editions for problem in edition.problems),
        *_strays(data / "results"),
    ]
    head, faults = _plan(plan)
    problems += faults
    if head is None or any(problem.stops for problem in [*plan.problems, *areas.problems]):
        return None, problems
    made = [_edition(package) for package in editions]
    problems += [fault for _, faults in made for fault in faults]
    kept = [
        (package, edition)
        for package, (edition, _) in zip(editions, made, strict=True)
        if edition is not None
    ]
    calendar, faults = _releases(releases)
    problems += faults
    archive = Archive(
        plan=head,
        goals=_nouns(plan, "goals", _goal),
        indicators=_nouns(plan, "indicators", _indicator),
        targets=_nouns(plan, "targets", _target),
        agencies=_nouns(plan, "agencies", _agency),
        duties=_nouns(plan, "duties", _duty),
        actions=_nouns(plan, "actions", _action),
        meaning_changes=_nouns(plan, "changes", _meaning_change),
        areas={area.area: area for area in _nouns(areas, "areas", _area)},
        area_changes=_nouns(areas, "changes", _area_change),
        releases=calendar,
        editions=tuple(sorted((e for _, e in kept), key=lambda e: (e.year, e.version))),
        observations=_observations(kept),
    )
    return archive, problems


def as_published(data: Path, folder: str) -> tuple[Mapping[str, Any], Mapping[str, bytes]]:
    """A package's descriptor and its files as they stand, for the archive of downloads."""
    package = _package(data, folder, {})
    return package.descriptor, package.files


def seal(files: Mapping[str, bytes]) -> str:
    """The hash that signs a version: over its files, their line ends taken as LF.

    Over the lines ``<sha256 of the file>  <name>`` in byte order of the names.
    """
    lines = "".join(
        _seal_line(name, files[name]) for name in sorted(files, key=lambda name: name.encode())
    )
    return hashlib.sha256(lines.encode()).hexdigest()


def _seal_line(name: str, content: bytes) -> str:
    unified = content.replace(b"\r\n", b"\n")
    return f"{hashlib.sha256(unified).hexdigest()}  {name}\n"


# Packages -----------------------------------------------------------------------------------


def _edition_folders(results: Path) -> list[str]:
    return sorted(
        f"results/{path.parent.name}/{path.name}"
        for path in results.glob("[0-9][0-9][0-9][0-9]/v*")
        if path.is_dir() and re.fullmatch(r"v[1-9][0-9]*", path.name)
    )


def _strays(results: Path) -> Iterator[Problem]:
    """A results folder holds years, a year holds versions, and nothing else."""
    if not results.is_dir():
        return
    for path in sorted(results.iterdir()):
        if path.is_file() and path.name in {DESCRIPTOR, "releases.csv"}:
            continue
        if not (path.is_dir() and re.fullmatch(r"[0-9]{4}", path.name)):
            yield Problem(code="file-stray", place=Place(file=f"results/{path.name}"))
            continue
        for inner in sorted(path.iterdir()):
            if not (inner.is_dir() and re.fullmatch(r"v[1-9][0-9]*", inner.name)):
                yield Problem(
                    code="file-stray", place=Place(file=f"results/{path.name}/{inner.name}")
                )


def _package(data: Path, folder: str, wanted: Mapping[str, str]) -> _PackageRead:
    """One folder read by its own descriptor; ``wanted`` are the columns that must be there."""
    place = Place(file=f"{folder}/{DESCRIPTOR}")
    nothing = _PackageRead(folder=folder, descriptor={}, tables={}, files={})
    path = data / folder / DESCRIPTOR
    try:
        raw = path.read_bytes()
        descriptor = json.loads(raw.decode("utf-8-sig"))
    except FileNotFoundError:
        nothing.problems.append(Problem(code="file-missing", place=place))
        return nothing
    except OSError as error:
        nothing.problems.append(
            Problem(code="file-unreadable", place=place, facts={"reason": error.strerror or ""})
        )
        return nothing
    except UnicodeDecodeError:
        nothing.problems.append(Problem(code="file-encoding", place=place))
        return nothing
    except json.JSONDecodeError as error:
        nothing.problems.append(
            Problem(
                code="descriptor-json",
                place=Place(file=place.file, row=error.lineno),
                facts={"column": str(error.colno)},
            )
        )
        return nothing
    faults = list(_descriptor_faults(descriptor, place))
    if faults:
        nothing.problems.extend(faults)
        return nothing
    return _tables(data, folder, descriptor, raw, wanted)


def _descriptor_faults(descriptor: object, place: Place) -> Iterator[Problem]:
    if not isinstance(descriptor, dict):
        yield Problem(code="descriptor-invalid", place=place, facts={"note": "{ }"})
        return
    notes: list[str] = []
    try:
        Package.from_descriptor(json.loads(json.dumps(descriptor)))
    except FrictionlessException as error:
        notes = [reason.note for reason in error.reasons] or [error.error.note]
    if not notes:
        for resource in descriptor.get("resources", []):
            name = resource.get("path") if isinstance(resource, dict) else None
            if not isinstance(name, str) or not re.fullmatch(r"[a-z0-9_-]+\.csv", name):
                notes.append(f"path: {name}")
            elif not isinstance(resource.get("schema"), dict):
                notes.append(f"{name}: schema")
    for note in notes:
        yield Problem(code="descriptor-invalid", place=place, facts={"note": note})


def _tables(
    data: Path, folder: str, descriptor: dict[str, Any], raw: bytes, wanted: Mapping[str, str]
) -> _PackageRead:
    root = data / folder
    files: dict[str, bytes] = {DESCRIPTOR: raw}
    problems: list[Problem] = []
    names = {resource["name"]: resource["path"] for resource in descriptor["resources"]}
    for missing in sorted(set(wanted) - set(names)):
        problems.append(
            Problem(
                code="resource-missing",
                place=Place(file=f"{folder}/{DESCRIPTOR}"),
                facts={"resource": missing},
            )
        )
    for path in sorted(root.iterdir()) if folder != "results" else ():
        if path.name not in {*names.values(), DESCRIPTOR}:
            problems.append(Problem(code="file-stray", place=Place(file=f"{folder}/{path.name}")))
    readable = []
    for name, path in names.items():
        content, fault = _content(root / path, f"{folder}/{path}")
        if fault is None:
            files[path] = content
            readable.append(name)
        else:
            problems.append(fault)
    tables: dict[str, tuple[_Row, ...]] = {}
    with system.use_context(trusted=False):
        package = Package.from_descriptor(descriptor, basepath=str(root))
        for name in readable:
            resource = package.get_resource(name)
            resource.encoding = "utf-8-sig"
            for key in list(resource.schema.foreign_keys):
                if key["reference"]["resource"] not in {*readable, ""}:
                    resource.schema.foreign_keys.remove(key)
            file = f"{folder}/{names[name]}"
            rows, faults = _rows(resource, file, wanted.get(name, ""))
            problems += faults
            tables[name] = rows
    return _PackageRead(
        folder=folder, descriptor=descriptor, tables=tables, files=files, problems=problems
    )


def _content(path: Path, file: str) -> tuple[bytes, Problem | None]:
    """The bytes of a table, and what keeps them from being read as text."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return b"", Problem(code="file-missing", place=Place(file=file))
    except OSError as error:
        return b"", Problem(
            code="file-unreadable", place=Place(file=file), facts={"reason": error.strerror or ""}
        )
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return content, Problem(code="file-workbook", place=Place(file=file))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        return content, Problem(code="file-encoding", place=Place(file=file, row=row))
    header = text.split("\n", 1)[0].rstrip("\r")
    if "\0" in text:
        return content, Problem(code="file-encoding", place=Place(file=file))
    if not header:
        return content, Problem(code="file-empty", place=Place(file=file))
    if "," not in header:
        for sign, name in ((";", ";"), ("\t", "Tab")):
            if sign in header:
                return content, Problem(
                    code="file-separator", place=Place(file=file, row=1), facts={"found": name}
                )
    return content, None


def _rows(resource: Resource, file: str, wanted: str) -> tuple[tuple[_Row, ...], list[Problem]]:
    """All rows of a table; none where its header is wrong, since no cell could be trusted."""
    rows: list[_Row] = []
    problems: list[Problem] = []
    try:
        with resource:
            problems += _header_faults(resource, file, wanted)
            if problems:
                return (), problems
            texts = [f.name for f in resource.schema.fields if f.type == "string"]
            for row in resource.row_stream:
                kinds = {error.type for error in row.errors}
                if "blank-row" in kinds:
                    problems.append(
                        Problem(
                            code="row-blank",
                            place=Place(file=file, row=row.row_number),
                            stops=False,
                        )
                    )
                    continue
                faults = list(_row_faults(resource, row, file)) if row.errors else []
                cells = row.to_dict()
                letters = list(_letter_problems(cells, texts, file, row.row_number))
                problems += [*faults, *letters]
                rows.append(_Row(number=row.row_number, cells=cells, sound=not faults))
    except FrictionlessException as error:
        problems.append(
            Problem(
                code="file-unreadable", place=Place(file=file), facts={"reason": error.error.note}
            )
        )
    return tuple(rows), problems


def _header_faults(resource: Resource, file: str, wanted: str) -> Iterator[Problem]:
    labels = [str(label) for label in resource.labels]
    expected = resource.schema.field_names
    if resource.header.errors:
        yield Problem(
            code="header-wrong",
            place=Place(file=file, row=1),
            facts={
                "missing": ", ".join(name for name in expected if name not in labels) or "–",
                "extra": ", ".join(name or "?" for name in labels if name not in expected) or "–",
                "expected": ", ".join(expected),
            },
        )
        return
    gone = [name for name in wanted.split() if name not in expected]
    if gone:
        yield Problem(
            code="schema-lacks",
            place=Place(file=f"{file.rsplit('/', 1)[0]}/{DESCRIPTOR}"),
            facts={"columns": ", ".join(gone), "table": file.rsplit("/", 1)[1]},
        )


def _row_faults(resource: Resource, row: Any, file: str) -> Iterator[Problem]:  # noqa: ANN401
    """What Frictionless found in a row, in our own codes."""
    raw = dict(zip(resource.schema.field_names, row.cells, strict=False))
    for error in row.errors:
        column = getattr(error, "field_name", "") or None
        value = None if column is None else str(raw.get(column, ""))
        place = Place(file=file, row=row.row_number, column=column, value=value)
        if error.type == "type-error":
            kind = resource.schema.get_field(column).type
            yield Problem(code=f"cell-{kind if kind in CELL_TYPES else 'type'}", place=place)
        elif error.type == "constraint-error":
            yield from _constraint_faults(resource, place)
        elif error.type == "primary-key":
            key = resource.schema.primary_key
            twin = re.search(r"position (\d+)", error.note)
            if twin is None:
                continue  # an empty key, which its own cells already tell
            yield Problem(
                code="row-twice",
                place=Place(
                    file=file,
                    row=row.row_number,
                    column=", ".join(key),
                    value=", ".join(str(raw.get(name, "")) for name in key),
                ),
                facts={"first": twin[1]},
            )
        elif error.type == "foreign-key":
            names = error.to_descriptor()
            cells = [str(cell) for cell in names["fieldCells"]]
            yield Problem(
                code="key-unknown",
                place=Place(
                    file=file,
                    row=row.row_number,
                    column=", ".join(names["fieldNames"]),
                    value=", ".join(cells),
                ),
                facts={"table": f"{names['referenceName'] or file}"},
            )
        elif error.type in {"missing-cell", "extra-cell"}:
            if error.field_number in {len(row.cells), len(resource.schema.fields) + 1} or (
                error.type == "missing-cell" and error.field_number == len(row.cells) + 1
            ):
                yield Problem(
                    code="row-cells",
                    place=Place(file=file, row=row.row_number),
                    facts={
                        "found": str(len(row.cells)),
                        "expected": str(len(resource.schema.fields)),
                    },
                )


def _constraint_faults(resource: Resource, place: Place) -> Iterator[Problem]:
    """One problem for each constraint of the cell's column that its value breaks."""
    schema_field = resource.schema.get_field(place.column or "")
    _, notes = schema_field.read_cell(place.value or None)
    for name in notes or {}:
        if name == "type":
            continue
        limit = schema_field.constraints.get(name)
        yield Problem(
            code=f"cell-{CELL_CONSTRAINTS.get(name, 'constraint')}",
            place=place,
            facts={"limit": ", ".join(map(str, limit)) if isinstance(limit, list) else str(limit)},
        )


def _letter_problems(
    cells: Cells, columns: Iterable[str], file: str, row: int
) -> Iterator[Problem]:
    for column in columns:
        text = cells.get(column)
        if not isinstance(text, str) or not text:
            continue
        place = Place(file=file, row=row, column=column, value=text)
        for code in letter_faults(text):
            yield Problem(code=code, place=place)
        if is_formula(text):
            yield Problem(code="cell-formula", place=place)
        if text != text.strip():
            yield Problem(code="cell-spaces", place=place)


# Nouns --------------------------------------------------------------------------------------


def _nouns(
    package: _PackageRead, resource: str, make: Callable[[Cells, int], Noun]
) -> tuple[Noun, ...]:
    """One noun for each row that could be read."""
    return tuple(
        make(row.cells, row.number) for row in package.tables.get(resource, ()) if row.sound
    )


def _text(cells: Cells, stem: str) -> Text:
    return Text(vi=cells.get(f"{stem}_vi") or "", en=cells.get(f"{stem}_en") or "")


def _several(cell: str | None) -> tuple[str, ...]:
    """The values of a cell that may hold several, separated by ``;``."""
    return tuple(part.strip() for part in (cell or "").split(";") if part.strip())


def _plan(package: _PackageRead) -> tuple[Plan | None, list[Problem]]:
    if not package.descriptor:
        return None, []
    head: Any = package.descriptor.get("plan")
    place = Place(file=f"{package.folder}/{DESCRIPTOR}")
    title = {"title_vi": package.descriptor.get("title"), **(head or {})}
    try:
        return (
            Plan(
                number=str(head["number"]),
                signed=date.fromisoformat(head["signed"]),
                title=_text(title, "title"),
                short=_text(title, "short" if title.get("short_vi") else "title"),
                issuer=Text(vi=str(head["issuer_vi"]), en=str(head.get("issuer_en") or "")),
                start=int(str(head["start"])[:4]),
                end=int(str(head["end"])[:4]),
                scope=str(head["scope"]),
                first_report_year=int(head["first_report_year"]),
                sections={
                    entry["section"]: _text(entry, "title") for entry in head.get("sections", ())
                },
            ),
            [],
        )
    except (KeyError, ValueError, TypeError, AttributeError):
        names = "number, signed, issuer_vi, start, end, scope, first_report_year"
        return None, [Problem(code="descriptor-plan", place=place, facts={"names": names})]


def _goal(cells: Cells, row: int) -> Goal:
    return Goal(goal=cells["goal"], position=cells["position"], name=_text(cells, "name"), row=row)


def _indicator(cells: Cells, row: int) -> Indicator:
    return Indicator(
        indicator=cells["indicator"],
        goal=cells["goal"],
        position=cells["position"],
        parent=cells["parent"],
        name=_text(cells, "name"),
        short=_text(cells, "short"),
        measure=Measure(cells["measure"]),
        direction=Direction(cells["direction"]),
        level=Level(cells["level"]),
        aggregation=Aggregation(cells["aggregation"]),
        counts=cells["counts"],
        threshold=cells["threshold"],
        requires=tuple(
            Requirement(indicator=name, at_least=int(level))
            for name, _, level in (part.partition(">=") for part in _several(cells["requires"]))
        ),
        reporter=cells["reporter"],
        decimals=cells["decimals"] if cells["decimals"] is not None else 1,
        numerator=_text(cells, "numerator"),
        denominator=_text(cells, "denominator"),
        definition=_text(cells, "definition"),
        caveat=_text(cells, "caveat"),
        row=row,
    )


def _target(cells: Cells, row: int) -> Target:
    return Target(
        indicator=cells["indicator"],
        area=cells["area"],
        year=cells["year"],
        value=cells["value"],
        wording=_text(cells, "wording"),
        clause=cells["clause"] or "",
        row=row,
    )


def _agency(cells: Cells, row: int) -> Agency:
    return Agency(
        agency=cells["agency"],
        area=cells["area"],
        name=_text(cells, "name"),
        short=cells["short_vi"] or cells["name_vi"],
        since=cells["since"],
        until=cells["until"],
        successors=_several(cells["successors"]),
        row=row,
    )


def _duty(cells: Cells, row: int) -> Duty:
    return Duty(
        duty=cells["duty"],
        agency=cells["agency"],
        role=cells["role"] or "",
        text=_text(cells, "text"),
        clause=cells["clause"] or "",
        due=str(cells["due"] or ""),
        since=cells["since"],
        until=cells["until"],
        row=row,
    )


def _action(cells: Cells, row: int) -> Action:
    return Action(
        action=cells["action"],
        section=cells["section"],
        text=_text(cells, "text"),
        recurrence=cells["recurrence"],
        leads=_several(cells["lead"]),
        lead_basis=cells["lead_basis"] or "",
        row=row,
    )


def _meaning_change(cells: Cells, row: int) -> MeaningChange:
    return MeaningChange(
        on=cells["on"],
        resource=cells["resource"],
        key=cells["key"],
        column=cells["column"],
        old=str(cells["old"] or ""),
        new=str(cells["new"] or ""),
        reason=_text(cells, "reason"),
        row=row,
    )


def _area(cells: Cells, row: int) -> Area:
    return Area(
        area=cells["area"],
        level=cells["level"],
        parent=cells["parent"],
        code=str(cells["code"] or ""),
        name=_text(cells, "name"),
        type=cells["type"] or "",
        since=cells["since"],
        until=cells["until"],
        tile_row=cells["tile_row"],
        tile_col=cells["tile_col"],
        aliases=_several(cells["aliases"]),
        row=row,
    )


def _area_change(cells: Cells, row: int) -> AreaChange:
    return AreaChange(
        on=cells["on"],
        from_area=cells["from_area"],
        to_area=cells["to_area"],
        part=cells["part"],
        act=cells["act"] or "",
        row=row,
    )


def _releases(package: _PackageRead) -> tuple[tuple[Release, ...], list[Problem]]:
    """The calendar in the order of its years and versions."""
    releases: list[Release] = []
    problems: list[Problem] = []
    for row in package.tables.get("releases", ()):
        if not row.sound:
            continue
        text = str(row.cells["released"] or "")
        try:
            released = datetime.fromisoformat(text)
        except ValueError:
            released = None
        if released is None or released.tzinfo is None:
            problems.append(
                Problem(
                    code="release-moment",
                    place=Place(
                        file=f"{package.folder}/releases.csv",
                        row=row.number,
                        column="released",
                        value=text,
                    ),
                )
            )
            continue
        releases.append(
            Release(
                year=row.cells["year"],
                version=int(row.cells["version"]),
                released=released,
                sha256=row.cells["sha256"],
                note=_text(row.cells, "note"),
                row=row.number,
            )
        )
    return tuple(sorted(releases, key=lambda release: (release.year, release.version))), problems


# Editions -----------------------------------------------------------------------------------


def _edition(package: _PackageRead) -> tuple[Edition | None, list[Problem]]:
    """The edition in a folder; None where its descriptor does not say what it is."""
    descriptor = package.descriptor
    if not descriptor:
        return None, []
    place = Place(file=f"{package.folder}/{DESCRIPTOR}")
    _, year, version = package.folder.split("/")
    problems = [
        Problem(
            code="edition-name",
            place=Place(file=place.file, column=name, value=str(descriptor.get(name))),
            facts={"expected": expected},
        )
        for name, expected in (
            ("name", f"results-{year}"),
            ("version", version[1:]),
            ("year", year),
        )
        if str(descriptor.get(name)) != expected
    ]
    if not isinstance(descriptor.get("illustrative"), bool):
        problems.append(Problem(code="illustrative-missing", place=place))
    if not descriptor.get("geography"):
        problems.append(Problem(code="edition-lacks", place=place, facts={"name": "geography"}))
    try:
        as_of = date.fromisoformat(str(descriptor.get("as_of")))
    except ValueError:
        problems.append(
            Problem(
                code="edition-as-of",
                place=Place(file=place.file, column="as_of", value=str(descriptor.get("as_of"))),
            )
        )
    if problems:
        return None, problems
    return (
        Edition(
            year=int(year),
            version=int(version[1:]),
            folder=package.folder,
            as_of=as_of,
            illustrative=descriptor["illustrative"],
            geography=descriptor["geography"],
            reason=_text(descriptor, "reason"),
            sources=tuple(source.get("title", "") for source in descriptor.get("sources", ())),
            licenses=tuple(entry.get("name", "") for entry in descriptor.get("licenses", ())),
            reports=_nouns(package, "reports", _report),
            actions=_nouns(package, "actions", _action_report),
            revisions=_nouns(package, "changes", _revision),
            signed=_signed(package),
            sha256=seal(package.files),
            files=package.files,
        ),
        [],
    )


def _report(cells: Cells, row: int) -> Report:
    return Report(
        reporter=cells["reporter"],
        received_on=cells["received_on"],
        document=cells["document"] or "",
        note=cells["note_vi"] or "",
        row=row,
    )


def _action_report(cells: Cells, row: int) -> ActionReport:
    return ActionReport(
        action=cells["action"],
        state=ActionState(cells["state"]),
        summary=_text(cells, "summary"),
        evidence=cells["evidence"] or "",
        row=row,
    )


def _revision(cells: Cells, row: int) -> Revision:
    return Revision(
        indicator=cells["indicator"] or "",
        area=cells["area"] or "",
        resource=cells["resource"] or "",
        key=cells["key"] or "",
        kind=cells["kind"],
        reason=_text(cells, "reason"),
        row=row,
    )


def _signed(package: _PackageRead) -> Signed | None:
    """The copies of plan and areas in the version's folder; None where it was not signed off."""
    if not all(name in package.tables for name in SIGNED_COPIES):
        return None
    tables = {
        name: tuple(
            {column: _as_text(cell) for column, cell in row.cells.items()}
            for row in package.tables[name]
        )
        for name in SIGNED_COPIES
    }
    return Signed(indicators=tables["indicators"], targets=tables["targets"], areas=tables["areas"])


def _as_text(cell: object) -> str:
    """A typed cell as text that is equal where the meaning is (70 and 70.0)."""
    if cell is None:
        return ""
    return f"{cell.normalize():f}" if isinstance(cell, Decimal) else str(cell)


def _observations(editions: Iterable[tuple[_PackageRead, Edition]]) -> pd.DataFrame:
    """All rows of all editions, in the order of the files."""
    columns: dict[str, list[Any]] = {name: [] for name in OBSERVATION_COLUMNS}
    for package, edition in sorted(editions, key=lambda pair: (pair[1].year, pair[1].version)):
        for row in package.tables.get("observations", ()):
            columns["year"].append(edition.year)
            columns["version"].append(edition.version)
            columns["row"].append(row.number)
            columns["sound"].append(row.sound)
            for name, dtype in list(OBSERVATION_COLUMNS.items())[4:]:
                cell = row.cells.get(name)
                columns[name].append(("" if cell is None else cell) if dtype == "str" else cell)
    return pd.DataFrame(
        {name: pd.Series(columns[name], dtype=dtype) for name, dtype in OBSERVATION_COLUMNS.items()}
    )
