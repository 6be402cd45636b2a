"""The life of a version: made to be filled in, signed off, corrected by the next one.

Each step takes what was read and gives the files to be written, by their paths in the data folder,
in the order in which they must come to stand.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tiendo.judge.areas import rest_on
from tiendo.judge.editions import release_of
from tiendo.judge.measure import rows_of
from tiendo.judge.owed import allowed, level_on, owing
from tiendo.judge.plan_then import asked
from tiendo.read.archive import SIGNED_COPIES, seal
from tiendo.read.contract import DESCRIPTOR, Table, contract, resource_of
from tiendo.read.descriptor import REASON
from tiendo.read.packages import PackageRead, edition_folders, package_read
from tiendo.terms import NO_WORDS, ActionState, Archive, Edition

Files = Mapping[str, bytes]
"""Contents by path, relative to the data folder."""

CHANGES = "changes"
CALENDAR = "results/releases.csv"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TO_FILL_IN = ("observations", "reports", "actions")
LAST_DAY = (12, 31)


class Refused(Exception):
    """A step that can't be taken; ``key`` is of the sentence that says why."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts


@dataclass(frozen=True, kw_only=True, slots=True)
class Sources:
    """The packages that a version is made from, as they stand in their files."""

    plan: PackageRead
    areas: PackageRead
    releases: PackageRead
    folders: tuple[str, ...]
    """All versions that there are, also those that can't be read."""

    def versions(self, year: int) -> list[int]:
        """The versions of a year that have a folder, in order."""
        found = (folder.split("/") for folder in self.folders)
        return sorted(int(version[1:]) for _, of, version in found if int(of) == year)


def sources(data: Path, languages: tuple[str, ...]) -> Sources:
    """The packages of plan, areas and calendar."""
    tables = contract(languages)
    return Sources(
        plan=package_read(data, "plan", tables.plan),
        areas=package_read(data, "areas", tables.areas),
        releases=package_read(data, "results", tables.releases),
        folders=tuple(edition_folders(data / "results")),
    )


# A new year ---------------------------------------------------------------------------------


def fresh(archive: Archive, given: Sources, year: int) -> Files:
    """A first version to fill in, with every row that will be owed.

    Raises:
        Refused: the year is there, or no areas can be told that would report.

    """
    folder = f"results/{year}/v1"
    if given.versions(year):
        raise Refused("versions.exists", folder=f"results/{year}")
    as_of = date(year, *LAST_DAY)
    model = archive.editions[-1] if archive.editions else None
    geography = level_on(archive, as_of, model)
    if geography is None:
        raise Refused("versions.no-areas", year=year)
    tables = contract(archive.languages).edition
    descriptor = _fresh_descriptor(given, model, year, tables) | {
        "as_of": as_of.isoformat(),
        "geography": geography,
    }
    made = Edition(
        year=year,
        version=1,
        folder=folder,
        as_of=as_of,
        illustrative=False,
        geography=geography,
        reason=NO_WORDS,
        sources=(),
        licenses=(),
        reports=(),
        actions=(),
        revisions=(),
        signed=None,
        sha256="",
        files={},
    )
    rows: dict[str, list[dict[str, str]]] = {
        "observations": [
            {"indicator": indicator, "area": area}
            for indicator, area in _expected(archive, made, model)
        ],
        "reports": [],
        "actions": [
            {"action": action.action, "state": ActionState.UNKNOWN.value}
            for action in archive.actions
        ],
    }
    empty = {
        resource["path"]: _csv(_names(resource), rows[resource["name"]])
        for resource in descriptor["resources"]
    }
    return _in(folder, {**empty, DESCRIPTOR: _json(descriptor)})


def _expected(
    archive: Archive, edition: Edition, model: Edition | None
) -> Iterable[tuple[str, str]]:
    """Indicators and areas that owe a row, and what belongs to no area where it had one before."""
    before = rows_of(archive, model) if model is not None else {}
    rest = rest_on(archive, edition.as_of)
    for indicator in asked(archive, edition):
        may = allowed(archive, edition, indicator)
        again = (each for each in rest if each in may and (indicator.indicator, each) in before)
        for area in (*owing(archive, edition, indicator), *again):
            yield indicator.indicator, area


def _fresh_descriptor(
    given: Sources, model: Edition | None, year: int, tables: Mapping[str, Table]
) -> dict[str, Any]:
    """What the newest edition says of itself, said of another year; else what the plan says."""
    if model is None:
        of_plan = given.plan.descriptor
        return {
            "$schema": PROFILE,
            "name": f"results-{year}",
            "version": "1",
            "year": year,
            "as_of": "",
            # Whoever starts says whether the figures are real: nothing here could know.
            "illustrative": None,
            "geography": "",
            "licenses": of_plan.get("licenses", []),
            "contributors": of_plan.get("contributors", []),
            "sources": [],
            "resources": [resource_of(name, tables[name]) for name in TO_FILL_IN],
        }
    descriptor = _without_reason(_descriptor(model))
    then = re.compile(rf"(?<!\d){model.year}(?!\d)")
    for name in ("title", "description"):
        if name in descriptor:
            descriptor[name] = then.sub(str(year), descriptor[name])
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    return descriptor | {
        "name": f"results-{year}",
        "version": "1",
        "year": year,
        "sources": [],
        "resources": [_to_fill_in(resources[name], tables[name]) for name in TO_FILL_IN],
    }


def _keyed(resource: dict[str, Any], table: Table) -> None:
    """Give a resource the key that the contract tells its rows apart by, where it has one."""
    if table.key:
        resource["schema"]["primaryKey"] = list(table.key)


def _widened(resource: dict[str, Any], table: Table) -> dict[str, Any]:
    """A resource with the columns and the key that came to the contract later."""
    _keyed(resource, table)
    fields = resource["schema"]["fields"]
    there = [each["name"] for each in fields]
    fresh = {
        each["name"]: each for each in resource_of(resource["name"], table)["schema"]["fields"]
    }
    names = [*table.columns]
    for at, name in enumerate(names):
        if name not in there:
            before = next((n for n in reversed(names[:at]) if n in there), None)
            place = there.index(before) + 1 if before is not None else 0
            there.insert(place, name)
            fields.insert(place, fresh[name])
    return resource


def _in_columns(content: bytes, resource: Mapping[str, Any]) -> bytes:
    """A table under a header that may be longer than its own; as it is where it is not."""
    names, rows = _table(content)
    return content if names == _names(resource) else _csv(_names(resource), rows)


def _to_fill_in(resource: dict[str, Any], table: Table) -> dict[str, Any]:
    """A resource whose cells may be empty where the contract lets them be.

    Of an action whose state is unknown there is nothing to say.
    """
    for each in _widened(resource, table)["schema"]["fields"]:
        column = table.columns.get(each["name"])
        if column is not None and not column.required:
            each.get("constraints", {}).pop("required", None)
    return resource


def filled(
    edition: Edition,
    *,
    observations: Sequence[Mapping[str, str]],
    reports: Sequence[Mapping[str, str]],
) -> Files:
    """A draft's tables with rows in the place of those of the same key, or after the last one."""
    made = {}
    for name, rows in (("observations", observations), ("reports", reports)):
        key = {"observations": ("indicator", "area"), "reports": ("reporter", "document")}[name]
        path = next(
            resource["path"]
            for resource in _descriptor(edition)["resources"]
            if resource["name"] == name
        )
        names, there = _table(edition.files[path])
        fresh = {tuple(row[column] for column in key): row for row in rows}
        merged = [
            fresh.pop(tuple(row.get(column) or "" for column in key), row) for row in there
        ] + list(fresh.values())
        content = _csv(names, merged)
        if merged != there:
            made[path] = content
    return _in(edition.folder, made)


def rows_at(files: Files, path: str) -> list[dict[str, str]]:
    """The rows of one of the files; none where it is not among them."""
    return _table(files[path])[1] if path in files else []


# A correction -------------------------------------------------------------------------------


def next_version(archive: Archive, edition: Edition) -> int:
    """The number after all that were signed for an edition's year.

    Those too whose folders are gone, as what they held was withdrawn.
    """
    signed = (
        each.version for each in archive.releases if each.year == edition.year and each.sha256
    )
    return max(edition.version, *signed) + 1


def correction(archive: Archive, edition: Edition) -> Files:
    """The next version of an edition: its files, without what was signed with them.

    Raises:
        Refused: it is not signed off, so it can still be changed itself.

    """
    release = release_of(archive, edition)
    if release is None or release.sha256 is None:
        raise Refused("versions.still-draft", folder=edition.folder)
    version = next_version(archive, edition)
    folder = f"results/{edition.year}/v{version}"
    descriptor = _descriptor(edition)
    kept = [
        resource
        for resource in descriptor["resources"]
        if resource["name"] not in {*SIGNED_COPIES, CHANGES}
    ]
    asked = contract(archive.languages).edition
    changes = resource_of(CHANGES, asked[CHANGES])
    changes["schema"]["primaryKey"] = ["indicator", "area", "resource", "key"]
    tables = {
        resource["path"]: _in_columns(edition.files[resource["path"]], resource)
        for resource in (_widened(resource, asked[resource["name"]]) for resource in kept)
    }
    tables[changes["path"]] = _csv(_names(changes), [])
    head = _without_reason(descriptor) | {"version": str(version)}
    del head["resources"]
    head |= {f"{REASON}{language}": "" for language in archive.languages}
    head["resources"] = [*kept, changes]
    return _in(folder, {**tables, DESCRIPTOR: _json(head)})


# Signing off --------------------------------------------------------------------------------


def moment_of_release(
    archive: Archive, edition: Edition, *, asked: datetime | None, now: datetime
) -> datetime:
    """When a version is to come out: as asked, else as planned, else now.

    Raises:
        Refused: it is signed off, or an earlier version comes out no earlier.

    """
    planned = release_of(archive, edition)
    if planned is not None and planned.sha256 is not None:
        raise Refused(
            "versions.signed",
            folder=edition.folder,
            year=edition.year,
            moment=planned.released,
        )
    moment = asked
    if moment is None:
        moment = planned.released if planned is not None and planned.released > now else now
    moment = moment.astimezone(now.tzinfo).replace(microsecond=0)
    for release in archive.releases:
        earlier = release.year == edition.year and release.version < edition.version
        if earlier and release.sha256 is not None and release.released >= moment:
            raise Refused(
                "versions.before-earlier", version=release.version, moment=release.released
            )
    return moment


def signed(archive: Archive, given: Sources, edition: Edition, moment: datetime) -> Files:
    """A version with what it was measured by, and, last, the calendar with its row and hash."""
    descriptor = _descriptor(edition)
    reported = {area for _, area in rows_of(archive, edition)}
    copies = [
        _copy(given.plan, "indicators", None),
        _copy(given.plan, "targets", None),
        _copy(given.areas, "areas", reported),
    ]
    own = [each for each in descriptor["resources"] if each["name"] not in SIGNED_COPIES]
    for each in own:
        _keyed(each, contract(archive.languages).edition[each["name"]])
    descriptor["resources"] = [*own, *(resource for resource, _ in copies)]
    files = {resource["path"]: edition.files[resource["path"]] for resource in own}
    added = {resource["path"]: content for resource, content in copies}
    added[DESCRIPTOR] = _json(descriptor)
    sha256 = seal({**files, **added})
    calendar = _with_release(given.releases, edition, moment, sha256)
    return {**_in(edition.folder, added), CALENDAR: calendar}


def _copy(package: PackageRead, name: str, areas: set[str] | None) -> tuple[dict[str, Any], bytes]:
    """A table of plan or areas as a resource of another package; of areas those that reported.

    A foreign key stays where what it refers to is copied whole.
    """
    found: dict[str, Any] = json.loads(
        json.dumps(next(each for each in package.descriptor["resources"] if each["name"] == name))
    )
    content = package.files[found["path"]]
    if areas is not None:
        names, rows = _table(content)
        content = _csv(names, [row for row in rows if row["area"] in areas])
    carried = {"", "indicators", "targets"} if areas is None else set()
    schema = found["schema"]
    keys = [
        key
        for key in schema.pop("foreignKeys", [])
        if key["reference"].get("resource", "") in carried
    ]
    if keys:
        schema["foreignKeys"] = keys
    return found | {"path": f"{name}.csv"}, content


def _with_release(releases: PackageRead, edition: Edition, moment: datetime, sha256: str) -> bytes:
    """The calendar with the row of a version; what was planned for it gives way."""
    names, rows = _table(releases.files["releases.csv"])
    row = {
        "year": str(edition.year),
        "version": str(edition.version),
        "released": moment.isoformat(timespec="seconds"),
        "sha256": sha256,
        **{f"note_{language}": words for language, words in edition.reason.said},
    }
    key = (edition.year, edition.version)
    kept = [each for each in rows if _key(each) != key]
    place = next((at for at, each in enumerate(kept) if _key(each) > key), len(kept))
    return _csv(names, [*kept[:place], row, *kept[place:]])


def _key(row: Mapping[str, str]) -> tuple[int, int]:
    return int(row["year"]), int(row["version"])


# Files --------------------------------------------------------------------------------------


def _descriptor(edition: Edition) -> dict[str, Any]:
    """An edition's descriptor as it stands in its file."""
    read: dict[str, Any] = json.loads(edition.files[DESCRIPTOR].decode("utf-8-sig"))
    return read


def _without_reason(descriptor: dict[str, Any]) -> dict[str, Any]:
    """A descriptor that says nothing yet of why there is another version."""
    return {name: value for name, value in descriptor.items() if not name.startswith(REASON)}


def _names(resource: Mapping[str, Any]) -> list[str]:
    return [each["name"] for each in resource["schema"]["fields"]]


def _in(folder: str, files: Files) -> Files:
    return {f"{folder}/{name}": content for name, content in files.items()}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _table(content: bytes) -> tuple[list[str], list[dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    rows = list(reader)
    return list(reader.fieldnames or ()), rows


def _csv(names: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
