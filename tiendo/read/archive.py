"""From packages to an `Archive`: rows become nouns, descriptors become plan and editions.

What is wrong becomes a `Problem`; what could be read goes on, so that all findings of one run are
told together.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from tiendo.config import EARLIEST, LATEST, site_settings
from tiendo.read.boundaries import FILE as BOUNDARIES
from tiendo.read.boundaries import boundaries
from tiendo.read.contract import DESCRIPTOR, Table, contract
from tiendo.read.packages import PackageRead, edition_folders, package_read, strays
from tiendo.read.tables import Cells, number_fault, text_of
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
    DutyReport,
    DutyState,
    Edition,
    Goal,
    Indicator,
    Level,
    MeaningChange,
    Measure,
    Passage,
    PassageKind,
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
    Withdrawal,
)

Noun = TypeVar("Noun")

SIGNED_COPIES = ("indicators", "targets", "areas")
"""The resources that a version carries as copies of what it was measured by."""

MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?\+07:00")
"""A release's moment; always in the same time zone, so that pages show the hour that was meant."""

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
    "break_": "object",
    "note": "object",
}
"""Columns of `Archive.observations` and their dtypes.

``row`` is the line in the file as Excel counts; ``sound`` is False where a cell could not be
read.  ``value`` holds Decimal or None, the dates hold `datetime.date` or None, ``break_`` and
``note`` hold `Text`; other texts are empty where the cell was.
"""


def read(
    data: Path, languages: tuple[str, ...] | None = None
) -> tuple[Archive | None, list[Problem]]:
    """Everything in a data folder, and everything about it that can't be read.

    ``languages`` are those that it is read in, the first language first: the site's, unless others
    are said.
    The archive is None where plan or areas are so broken that nothing can be said about results.
    """
    languages = languages or site_settings().languages
    tables = contract(languages)
    plan = package_read(data, "plan", tables.plan)
    areas = package_read(data, "areas", tables.areas, beside=BOUNDARIES)
    releases = package_read(data, "results", tables.releases)
    editions = [
        package_read(data, folder, tables.edition) for folder in edition_folders(data / "results")
    ]
    problems = [
        *plan.problems,
        *areas.problems,
        *releases.problems,
        *(problem for edition in editions for problem in edition.problems),
        *strays(data / "results"),
    ]
    head, faults = _plan(plan, languages)
    problems += faults
    made = [_edition(package, languages) for package in editions]
    problems += [fault for _, faults in made for fault in faults]
    kept = [
        (package, edition)
        for package, (edition, _) in zip(editions, made, strict=True)
        if edition is not None
    ]
    calendar, faults = _releases(releases)
    problems += faults
    withdrawals, faults = _withdrawals(releases)
    problems += faults
    taken_back = {(each.year, each.version) for each in withdrawals if each.of_version}
    folders = {package.folder for package in editions}
    problems += [
        Problem(
            code="release-lost",
            place=Place(file="results/releases.csv", row=release.row, column="version"),
            facts={"folder": f"results/{release.year}/v{release.version}"},
        )
        for release in calendar
        if release.sha256
        and f"results/{release.year}/v{release.version}" not in folders
        # What was withdrawn may have to leave the folder too; its row and hash stay.
        and (release.year, release.version) not in taken_back
    ]
    known_areas = {area.area: area for area in _nouns(areas, "areas", _area)}
    outlines, faults = (
        boundaries(areas.files[BOUNDARIES], f"{areas.folder}/{BOUNDARIES}", known_areas)
        if BOUNDARIES in areas.files
        else ({}, [])
    )
    problems += faults
    if head is None or not plan.whole or not areas.whole:
        return None, problems
    goals = tuple(sorted(_nouns(plan, "goals", _goal), key=lambda goal: (goal.position, goal.goal)))
    indicators = _in_order(_nouns(plan, "indicators", _indicator), goals)
    archive = Archive(
        plan=head,
        goals=goals,
        indicators=indicators,
        targets=_targets_in_order(_nouns(plan, "targets", _target), indicators),
        agencies=_nouns(plan, "agencies", _agency),
        duties=_nouns(plan, "duties", _duty),
        actions=_nouns(plan, "actions", _action),
        meaning_changes=_nouns(plan, "changes", _meaning_change),
        text=_passages(plan),
        areas=known_areas,
        area_changes=_nouns(areas, "changes", _area_change),
        releases=calendar,
        editions=tuple(sorted((e for _, e in kept), key=lambda e: (e.year, e.version))),
        observations=_observations(kept),
        boundaries=outlines,
        withdrawals=withdrawals,
        languages=languages,
    )
    return archive, problems


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


# Nouns --------------------------------------------------------------------------------------


def _nouns(
    package: PackageRead, resource: str, make: Callable[[Cells, int], Noun]
) -> tuple[Noun, ...]:
    """One noun for each row that could be read."""
    return tuple(
        make(row.cells, row.number) for row in package.tables.get(resource, ()) if row.sound
    )


def _in_order(indicators: Iterable[Indicator], goals: Iterable[Goal]) -> tuple[Indicator, ...]:
    """Indicators as every page, sheet and file has them: goal by goal, each by its position.

    The order of rows in a file means nothing.
    """
    places = {goal.goal: place for place, goal in enumerate(goals)}
    return tuple(
        sorted(
            indicators,
            key=lambda each: (
                places.get(each.goal, len(places)),
                each.position,
                each.indicator,
            ),
        )
    )


def _targets_in_order(
    targets: Iterable[Target], indicators: Iterable[Indicator]
) -> tuple[Target, ...]:
    places = {each.indicator: place for place, each in enumerate(indicators)}
    return tuple(
        sorted(
            targets,
            key=lambda each: (
                places.get(each.indicator, len(places)),
                each.area or "",
                each.year,
            ),
        )
    )


def _text(head: Mapping[str, Any], stem: str, languages: Sequence[str]) -> Text:
    """Words that a descriptor gives in several languages."""
    return text_of(head, {language: f"{stem}_{language}" for language in languages})


def _several(cell: str | None) -> tuple[str, ...]:
    """The values of a cell that may hold several, separated by ``;``."""
    return tuple(part.strip() for part in (cell or "").split(";") if part.strip())


def _plan(package: PackageRead, languages: tuple[str, ...]) -> tuple[Plan | None, list[Problem]]:
    """The plan as its package's descriptor tells it; None where that lacks something."""
    first, *others = languages
    if not package.descriptor:
        return None, []
    own = package.descriptor.get("plan")
    head: Mapping[str, Any] = own if isinstance(own, dict) else {}
    title = {f"title_{first}": package.descriptor.get("title"), **head}
    texts = ("number", f"issuer_{first}", "scope", f"title_{first}")
    translated = (f"{stem}_{each}" for each in others for stem in ("issuer", "title", "short"))
    optional = (f"short_{first}", *translated)
    years = ("start", "end", "first_report_year")
    sections = head.get("sections", [])
    wrong = [
        *(name for name in texts if not isinstance(title.get(name), str) or not title[name]),
        *(name for name in optional if not isinstance(title.get(name, ""), str)),
        *(name for name in years if not _is_year(head.get(name))),
        *(() if _day(head.get("signed")) else ("signed",)),
        *(() if _are_sections(sections, first) else ("sections",)),
        *(() if _is_address(head.get("document", "")) else ("document",)),
    ]
    if wrong:
        place = Place(file=f"{package.folder}/{DESCRIPTOR}", column="plan")
        return None, [
            Problem(code="descriptor-plan", place=place, facts={"names": ", ".join(wrong)})
        ]
    return (
        Plan(
            number=head["number"],
            signed=date.fromisoformat(head["signed"]),
            title=_text(title, "title", languages),
            short=_text(title, "short", languages) or _text(title, "title", languages),
            issuer=_text(head, "issuer", languages),
            start=head["start"],
            end=head["end"],
            scope=head["scope"],
            first_report_year=head["first_report_year"],
            sections={entry["section"]: _text(entry, "title", languages) for entry in sections},
            document=head.get("document", ""),
        ),
        [],
    )


def _is_year(value: object) -> bool:
    return (
        isinstance(value, int)
        and not isinstance(value, bool)
        and EARLIEST.year <= value <= LATEST.year
    )


def _is_address(value: object) -> bool:
    """Whether it is an address of the web, or empty."""
    return isinstance(value, str) and re.fullmatch(r"(https?://[^\s\"<>]+)?", value) is not None


def _are_sections(value: object, first: str) -> bool:
    return isinstance(value, list) and all(
        isinstance(entry, dict)
        and all(isinstance(text, str) for text in entry.values())
        and {"section", f"title_{first}"} <= {*entry}
        for entry in value
    )


def _day(value: object) -> date | None:
    """The date that a descriptor's property holds; None where it holds none."""
    if not isinstance(value, str) or number_fault("date", Place(file="", value=value)):
        return None
    return date.fromisoformat(value)


def _goal(cells: Cells, row: int) -> Goal:
    return Goal(goal=cells["goal"], position=cells["position"], name=cells["name"], row=row)


def _indicator(cells: Cells, row: int) -> Indicator:
    return Indicator(
        indicator=cells["indicator"],
        goal=cells["goal"],
        position=cells["position"],
        parent=cells["parent"],
        name=cells["name"],
        short=cells["short"],
        measure=Measure(cells["measure"]),
        direction=Direction(cells["direction"]),
        level=Level(cells["level"]),
        aggregation=Aggregation(cells["aggregation"]),
        counts=cells["counts"],
        threshold=cells["threshold"],
        requires=requirements(cells["requires"]),
        reporter=cells["reporter"],
        decimals=cells["decimals"] if cells["decimals"] is not None else 1,
        numerator=cells["numerator"],
        denominator=cells["denominator"],
        definition=cells["definition"],
        caveat=cells["caveat"],
        since=cells.get("since"),
        until=cells.get("until"),
        successor=cells.get("successor") or "",
        row=row,
    )


def requirements(cell: str | None) -> tuple[Requirement, ...]:
    """The levels of other standards that a cell names.

    Raises:
        ValueError: it is written in another way.

    """
    return tuple(
        Requirement(indicator=name, at_least=int(level))
        for name, _, level in (part.partition(">=") for part in _several(cell))
    )


def _target(cells: Cells, row: int) -> Target:
    return Target(
        indicator=cells["indicator"],
        area=cells["area"],
        year=cells["year"],
        value=cells["value"],
        wording=cells["wording"],
        clause=cells["clause"] or "",
        row=row,
    )


def _agency(cells: Cells, row: int) -> Agency:
    return Agency(
        agency=cells["agency"],
        area=cells["area"],
        name=cells["name"],
        short=cells["short"] or cells["name"],
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
        text=cells["text"],
        clause=cells["clause"] or "",
        due=str(cells["due"] or ""),
        since=cells["since"],
        until=cells["until"],
        recipients=_several(cells.get("recipient")),
        row=row,
    )


def _action(cells: Cells, row: int) -> Action:
    return Action(
        action=cells["action"],
        section=cells["section"],
        text=cells["text"],
        recurrence=cells["recurrence"],
        leads=_several(cells["lead"]),
        lead_basis=cells["lead_basis"] or "",
        lead_clause=cells.get("lead_clause") or "",
        lead_reason=cells["lead_reason"],
        row=row,
    )


def _passages(package: PackageRead) -> tuple[Passage, ...]:
    """The plan's text from its beginning; none where a row of it could not be read."""
    whole = all(row.sound for row in package.tables.get("text", ()))
    found = _nouns(package, "text", _passage) if whole else ()
    return tuple(sorted(found, key=lambda passage: passage.position))


def _passage(cells: Cells, row: int) -> Passage:
    return Passage(
        position=cells["position"],
        clause=cells["clause"] or "",
        kind=PassageKind(cells["kind"]),
        text=cells["text"],
        note=cells["note"],
        note_source=cells["note_source"] or "",
        row=row,
    )


def _meaning_change(cells: Cells, row: int) -> MeaningChange:
    return MeaningChange(
        on=cells["on"],
        resource=cells["resource"],
        key=cells["key"],
        column=cells["column"] or "",
        old=str(cells["old"] or ""),
        new=str(cells["new"] or ""),
        reason=cells["reason"],
        breaks=cells.get("breaks") or "",
        row=row,
    )


def _area(cells: Cells, row: int) -> Area:
    return Area(
        area=cells["area"],
        level=cells["level"],
        parent=cells["parent"],
        code=str(cells["code"] or ""),
        name=cells["name"],
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


def _releases(package: PackageRead) -> tuple[tuple[Release, ...], list[Problem]]:
    """The calendar in the order of its years and versions."""
    releases: list[Release] = []
    problems: list[Problem] = []
    for row in package.tables.get("releases", ()):
        if not row.sound:
            continue
        text = row.cells["released"]
        released = _moment(text)
        if released is None:
            problems.append(_no_moment(package, "releases", row.number, "released", text))
            continue
        releases.append(
            Release(
                year=row.cells["year"],
                version=row.cells["version"],
                released=released,
                sha256=row.cells["sha256"],
                note=row.cells["note"],
                row=row.number,
            )
        )
    return tuple(sorted(releases, key=lambda release: (release.year, release.version))), problems


def _withdrawals(package: PackageRead) -> tuple[tuple[Withdrawal, ...], list[Problem]]:
    """What was taken back, by moment."""
    found: list[Withdrawal] = []
    problems: list[Problem] = []
    for row in package.tables.get("withdrawals", ()):
        if not row.sound:
            continue
        text = row.cells["withdrawn"]
        moment = _moment(text)
        if moment is None:
            problems.append(_no_moment(package, "withdrawals", row.number, "withdrawn", text))
            continue
        found.append(
            Withdrawal(
                year=row.cells["year"],
                version=row.cells["version"],
                indicator=row.cells["indicator"] or "",
                area=row.cells["area"] or "",
                withdrawn=moment,
                instead=row.cells["instead"],
                reason=row.cells["reason"],
                row=row.number,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.withdrawn, each.row))), problems


def _moment(text: str) -> datetime | None:
    """A date and time with the offset of the place; None: it is none."""
    try:
        moment = datetime.fromisoformat(text) if MOMENT.fullmatch(text) else None
    except ValueError:
        return None
    return moment if moment and EARLIEST.year <= moment.year <= LATEST.year else None


def _no_moment(package: PackageRead, table: str, row: int, column: str, text: str) -> Problem:
    return Problem(
        code="release-moment",
        place=Place(file=f"{package.folder}/{table}.csv", row=row, column=column, value=text),
    )


# Editions -----------------------------------------------------------------------------------


def _edition(
    package: PackageRead, languages: tuple[str, ...]
) -> tuple[Edition | None, list[Problem]]:
    """The edition in a folder; None where its descriptor does not say what it is."""
    descriptor = package.descriptor
    if not descriptor:
        return None, []
    place = Place(file=f"{package.folder}/{DESCRIPTOR}")
    _, year, version = package.folder.split("/")
    problems = [
        Problem(
            code="edition-name",
            place=Place(file=place.file, column=name, value=_as_json(descriptor.get(name))),
            facts={"expected": expected},
        )
        for name, expected in (
            ("name", f"results-{year}"),
            ("version", version[1:]),
            ("year", year),
        )
        if _as_json(descriptor.get(name)) != expected
    ]
    if not isinstance(descriptor.get("illustrative"), bool):
        problems.append(Problem(code="illustrative-missing", place=place))
    reason = () if version == "v1" else (f"reason_{languages[0]}",)
    wanted = ("geography", "licenses", "contributors", *reason)
    problems += [
        Problem(
            code="edition-lacks", place=Place(file=place.file, column=name), facts={"name": name}
        )
        for name in wanted
        if not descriptor.get(name)
    ]
    as_of = _day(descriptor.get("as_of"))
    if as_of is None:
        value = _as_json(descriptor.get("as_of"))
        problems.append(
            Problem(code="edition-as-of", place=Place(file=place.file, column="as_of", value=value))
        )
    misnamed = any(problem.code == "edition-name" for problem in problems)
    geography = descriptor.get("geography")
    if misnamed or as_of is None or not isinstance(geography, str) or not geography:
        return None, problems
    # What else its descriptor lacks hides nothing of what is wrong in its rows.
    return (
        Edition(
            year=int(year),
            version=int(version[1:]),
            folder=package.folder,
            as_of=as_of,
            illustrative=descriptor.get("illustrative") is not False,
            geography=geography,
            reason=_text(descriptor, "reason", languages),
            sources=tuple(source.get("title", "") for source in descriptor.get("sources") or ()),
            licenses=tuple(entry.get("name", "") for entry in descriptor.get("licenses") or ()),
            reports=_nouns(package, "reports", _report),
            actions=_nouns(package, "actions", _action_report),
            duties=_nouns(package, "duties", _duty_report),
            revisions=_nouns(package, "changes", _revision),
            signed=_signed(package),
            sha256=seal(package.files),
            files=package.files,
            unread=_unread(package, contract(languages).edition),
        ),
        problems,
    )


def _unread(
    package: PackageRead, tables: Mapping[str, Table]
) -> dict[str, tuple[Cells, ...] | None]:
    """What of an edition's tables could not be read; see `Edition.unread`."""
    declared = {resource["name"] for resource in package.descriptor["resources"]}
    rows = {
        name: None
        if name not in package.tables
        else tuple(row.cells for row in package.tables[name] if not row.sound)
        for name, table in tables.items()
        if name in declared or not table.optional
    }
    return {name: cells for name, cells in rows.items() if cells is None or cells}


def _as_json(value: object) -> str:
    """A descriptor's property as a person reads it; empty where it is absent."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _report(cells: Cells, row: int) -> Report:
    return Report(
        reporter=cells["reporter"],
        received_on=cells["received_on"],
        document=cells["document"] or "",
        note=cells["note"],
        row=row,
    )


def _action_report(cells: Cells, row: int) -> ActionReport:
    return ActionReport(
        action=cells["action"],
        state=ActionState(cells["state"]),
        summary=cells["summary"],
        evidence=cells["evidence"] or "",
        row=row,
    )


def _duty_report(cells: Cells, row: int) -> DutyReport:
    return DutyReport(
        duty=cells["duty"],
        agency=cells["agency"],
        state=DutyState(cells["state"]),
        on=cells["on"],
        summary=cells["summary"],
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
        reason=cells["reason"],
        row=row,
    )


def _signed(package: PackageRead) -> Signed | None:
    """The copies of plan and areas in the version's folder; None where it was not signed off."""
    if not all(name in package.tables for name in SIGNED_COPIES):
        return None
    return Signed(
        indicators=_nouns(package, "indicators", _indicator),
        targets=_nouns(package, "targets", _target),
        areas=_nouns(package, "areas", _area),
    )


def _observations(editions: Iterable[tuple[PackageRead, Edition]]) -> pd.DataFrame:
    """All rows of all editions, in the order of the files."""
    columns: dict[str, list[Any]] = {name: [] for name in OBSERVATION_COLUMNS}
    for package, edition in sorted(editions, key=lambda pair: (pair[1].year, pair[1].version)):
        for row in package.tables.get("observations", ()):
            columns["year"].append(edition.year)
            columns["version"].append(edition.version)
            columns["row"].append(row.number)
            columns["sound"].append(row.sound)
            for name, dtype in list(OBSERVATION_COLUMNS.items())[4:]:
                cell = row.cells.get(name.removesuffix("_"))
                columns[name].append(("" if cell is None else cell) if dtype == "str" else cell)
    return pd.DataFrame(
        {name: pd.Series(columns[name], dtype=dtype) for name, dtype in OBSERVATION_COLUMNS.items()}
    )
