"""One folder with a ``datapackage.json``: its descriptor, its files, its tables.

Files are opened here and nowhere else, each once: what is measured is what was signed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tiendo.config import as_numbers
from tiendo.read.contract import (
    DESCRIPTOR,
    LARGEST_DESCRIPTOR,
    LARGEST_TABLE,
    MOST_STRAYS,
    Table,
    resource_of,
)
from tiendo.read.descriptor import REASON, descriptor_faults, needs_of, strange_patterns
from tiendo.read.tables import Grid, Row, grid_of, letter_problems, typed_rows
from tiendo.terms import Place, Problem

YEAR, VERSION = re.compile("[0-9]{4}"), re.compile("v[1-9][0-9]{0,2}")
"""Names of the folders of results."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PackageRead:
    """One package as read: its descriptor, rows by resource, files by name."""

    folder: str
    descriptor: Mapping[str, Any]
    tables: Mapping[str, tuple[Row, ...]]
    files: Mapping[str, bytes]
    whole: bool
    """Whether every table that it must hold is there, and each of its rows could be read."""
    problems: list[Problem] = field(default_factory=list)


def needed_program(data: Path) -> str | None:
    """The oldest version of the program that can read these data, where they say it.

    A package says it as ``"needs": {"tiendo": "0.2"}`` in its descriptor; the newest of them
    counts.  A descriptor that can't be read says nothing here, and is told of where it is read.
    """
    found: dict[tuple[int, ...], str] = {}
    for folder in ("plan", "areas", "results", *edition_folders(data / "results")):
        raw, fault = _content(data, f"{folder}/{DESCRIPTOR}")
        with suppress(ValueError, RecursionError):
            descriptor = json.loads(raw.decode("utf-8-sig")) if fault is None else {}
            version = needs_of(descriptor)
            if version is not None and (numbers := as_numbers(version)):
                found[numbers] = version
    return found[max(found)] if found else None


def edition_folders(results: Path) -> list[str]:
    """The folders of all versions of all years, relative to the data folder."""
    return sorted(
        f"results/{path.parent.name}/{path.name}"
        for path in results.glob("*/v*")
        if path.is_dir() and YEAR.fullmatch(path.parent.name) and VERSION.fullmatch(path.name)
    )


def strays(results: Path) -> Iterator[Problem]:
    """A results folder holds years, a year holds versions, and nothing else."""
    if results.is_dir():
        yield from _stray(_strays(results))


def _strays(results: Path) -> Iterator[str]:
    for path in sorted(results.iterdir()):
        if path.is_file() and path.name in {DESCRIPTOR, "releases.csv", "withdrawals.csv"}:
            continue
        if not (path.is_dir() and YEAR.fullmatch(path.name)):
            yield f"results/{_told(path)}"
            continue
        for inner in sorted(path.iterdir()):
            if not (inner.is_dir() and VERSION.fullmatch(inner.name)):
                yield f"results/{path.name}/{_told(inner)}"


def _stray(files: Iterable[str]) -> Iterator[Problem]:
    """What belongs nowhere: some by their names, and how many more there are."""
    found = list(files)
    for file in found[:MOST_STRAYS]:
        yield Problem(code="file-stray", place=Place(file=file))
    if more := found[MOST_STRAYS:]:
        folder = more[0].rpartition("/")[0]
        yield Problem(code="files-stray", place=Place(file=folder), facts={"count": str(len(more))})


def _told(path: Path) -> str:
    """The name of a file as text that can be written anywhere, whatever bytes it is made of."""
    return path.name.encode("utf-8", "replace").decode()


def package_read(
    data: Path, folder: str, tables: Mapping[str, Table], *, beside: str = ""
) -> PackageRead:
    """One folder read by its own descriptor; ``tables`` are what it must hold.

    ``beside`` is a file that it may hold besides, which is no table.
    """
    file = f"{folder}/{DESCRIPTOR}"
    nothing = PackageRead(folder=folder, descriptor={}, tables={}, files={}, whole=False)
    raw, fault = _content(data, file)
    if fault is not None:
        nothing.problems.append(fault)
        return nothing
    try:
        descriptor = json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_without_twins, parse_constant=_no_number
        )
        json.dumps(descriptor, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        nothing.problems.append(
            Problem(
                code="descriptor-json",
                place=Place(file=file, row=error.lineno),
                facts={"column": str(error.colno)},
            )
        )
        return nothing
    except (ValueError, RecursionError) as error:
        # Well-formed, and yet nothing that means one thing everywhere: a name given twice, NaN,
        # half a surrogate pair, brackets nested by the thousand.
        note = str(error) if isinstance(error, _Twin) else "JSON"
        nothing.problems.append(
            Problem(code="descriptor-invalid", place=Place(file=file), facts={"note": note})
        )
        return nothing
    nothing.problems.extend(
        Problem(code="descriptor-invalid", place=Place(file=file, value=note), facts={"note": note})
        for note in descriptor_faults(descriptor)
    )
    if not nothing.problems:
        nothing.problems.extend(
            Problem(code="schema-pattern", place=Place(file=file, column=at, value=pattern))
            for at, pattern in strange_patterns(descriptor)
        )
    if nothing.problems:
        return nothing
    found = _tables(data, folder, descriptor, raw, tables, beside=beside)
    if beside and (data / folder / beside).exists():
        content, fault = _content(data, f"{folder}/{beside}")
        if fault is None:
            found = replace(found, files={**found.files, beside: content})
        else:
            found.problems.append(fault)
    return found


class _Twin(ValueError):
    """A name stands twice in one object of a JSON file."""


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twin(next(f"{name} ×2" for name in names if names.count(name) > 1))
    return made


def _no_number(name: str) -> None:
    raise ValueError(name)


def _content(data: Path, file: str) -> tuple[bytes, Problem | None]:
    """The bytes of a file, and what keeps them from being read as text."""
    path = data / file
    content, fault, row = b"", None, None
    try:
        if not path.resolve().is_relative_to(data.resolve()):
            fault = "file-outside"
        elif path.exists() and not path.is_file():
            fault = "file-unreadable"  # a folder; a pipe would keep us waiting
        elif path.stat().st_size > _most_bytes(file):
            fault = "file-large"
        else:
            content = path.read_bytes()
            fault, row = _text_fault(content)
    except (FileNotFoundError, NotADirectoryError):
        fault = "file-missing"
    except (OSError, RuntimeError):  # a circle of links is a RuntimeError up to Python 3.12
        fault = "file-unreadable"
    if fault is None:
        return content, None
    place = Place(file=file, row=row)
    limit = {"limit": f"{_most_bytes(file) // 1_000_000}"} if fault == "file-large" else {}
    return content, Problem(code=fault, place=place, facts=limit)


def _most_bytes(file: str) -> int:
    return LARGEST_DESCRIPTOR if file.endswith(DESCRIPTOR) else LARGEST_TABLE


def _text_fault(content: bytes) -> tuple[str | None, int | None]:
    """Why bytes are no text in UTF-8, and in which line, where that is known."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "file-workbook", None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "file-encoding", content[: error.start].count(b"\n") + 1
    if "\0" in text:
        return "file-encoding", None
    return (None if text.strip() else "file-empty"), None


def _tables(
    data: Path,
    folder: str,
    descriptor: Mapping[str, Any],
    raw: bytes,
    tables: Mapping[str, Table],
    *,
    beside: str,
) -> PackageRead:
    files: dict[str, bytes] = {DESCRIPTOR: raw}
    place = Place(file=f"{folder}/{DESCRIPTOR}")
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    resources |= {
        name: resource_of(name, table)
        for name, table in tables.items()
        if table.known and name not in resources and (data / folder / f"{name}.csv").exists()
    }
    problems = [
        *_descriptor_letters(descriptor, place.file),
        *(
            Problem(
                code="resource-missing",
                place=Place(file=place.file, value=name),
                facts={"resource": name},
            )
            for name in tables
            if name not in resources and not tables[name].optional
        ),
        *(
            Problem(
                code="resource-unknown",
                place=Place(file=place.file, value=name),
                facts={"resource": name},
            )
            for name in resources
            if name not in tables
        ),
    ]
    declared = {DESCRIPTOR, beside, *(resource["path"] for resource in resources.values())}
    problems += _stray(
        f"{folder}/{_told(path)}"
        for path in sorted((data / folder).iterdir())
        if folder != "results" and path.name not in declared
    )
    grids: dict[str, Grid] = {}
    for name, resource in resources.items():
        file = f"{folder}/{resource['path']}"
        content, fault = _content(data, file)
        if fault is None:
            files[resource["path"]] = content
            faults: list[Problem] = []
            if name in tables:
                grid, faults = grid_of(content.decode("utf-8-sig"), file, resource, tables[name])
                if grid is not None:
                    grids[name] = grid
            problems += faults
        else:
            problems.append(fault)
    rows, faults = typed_rows(grids)
    problems += faults
    if "observations" in rows and not rows["observations"]:
        # Nobody knows which rows it had: that they lack follows from it.
        del rows["observations"]
        problems.append(Problem(code="table-empty", place=Place(file=grids["observations"].file)))
    return PackageRead(
        folder=folder,
        descriptor=descriptor,
        tables=rows,
        files=files,
        whole=all(name in rows or table.optional for name, table in tables.items())
        and all(row.sound for found in rows.values() for row in found),
        problems=problems,
    )


def _descriptor_letters(descriptor: Mapping[str, Any], file: str) -> Iterator[Problem]:
    """What is wrong with the letters of the names and titles that are shown or compared."""
    named: list[tuple[str, object]] = [
        (name, text)
        for name, text in descriptor.items()
        if name in {"title", "geography"} or name.startswith(REASON)
    ]
    for group in ("sources", "licenses", "contributors"):
        named += [
            (f"{group}[{place}].title", entry.get("title"))
            for place, entry in enumerate(descriptor.get(group, ()))
        ]
    plan = descriptor.get("plan")
    if isinstance(plan, dict):
        named += [(f"plan.{name}", text) for name, text in plan.items()]
        sections = plan.get("sections")
        for place, entry in enumerate(sections if isinstance(sections, list) else ()):
            if isinstance(entry, dict):
                named += [(f"plan.sections[{place}].{name}", entry[name]) for name in entry]
    cells = {name: text for name, text in named if isinstance(text, str)}
    yield from letter_problems(cells, cells, file, None)
