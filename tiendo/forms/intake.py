"""Forms and tables as rows of a package, or the questions that they leave.

The order of the files, and how often they are read, change nothing.  Rows are given only where no
question is left: half an import would be a guess about the other half.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tiendo.forms.cells import Repair
from tiendo.forms.entries import Key
from tiendo.forms.merging import (
    absent_areas,
    add_total,
    child_problems,
    one_row,
    order_of,
    problem_key,
    problem_order,
    reports_once,
    sorted_repairs,
    standing_rows,
    whole_row,
)
from tiendo.forms.names import names_of
from tiendo.forms.reading import Reading, read_file
from tiendo.forms.rows import Row
from tiendo.forms.vocabulary import vocabulary
from tiendo.judge.areas import local_on, rest_on
from tiendo.judge.editions import release_of
from tiendo.judge.owed import edition_of
from tiendo.terms import Archive, Level, Place, Problem, Status
from tiendo.words.wording import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Intake:
    """What files hold for an edition."""

    folder: str
    """The edition's package, relative to the data folder; empty where there is none."""
    observations: tuple[Mapping[str, str], ...] = ()
    """Whole rows of observations.csv, by indicator and area, to take the place of those there."""
    reports: tuple[Mapping[str, str], ...] = ()
    """Whole rows of reports.csv, by reporter and document, to take the place of those there."""
    places: Mapping[Key, Place] = field(default_factory=dict)
    """Where in the files each of the observations stands, by indicator and area."""
    replaced: tuple[Repair, ...] = ()
    """What stands in the package and would be another thing; the column is its place's."""
    repairs: tuple[Repair, ...] = ()
    """What was changed in reading, and what was passed over."""
    problems: tuple[Problem, ...] = ()
    """Questions; while one that stops is among them, there are no rows."""


def imported(
    files: Mapping[str, bytes],
    archive: Archive,
    year: int,
    languages: Sequence[Words],
    *,
    status: Status | None = None,
) -> Intake:
    """The rows that files hold for the newest version of a year, or the questions they leave.

    ``languages`` are those whose words files may use; ``status`` is that of figures whose tables
    do not say it.
    """
    edition = edition_of(archive, year)
    place = Place(file=f"results/{year}")
    if edition is None:
        problem = Problem(code="import-no-edition", place=place, facts={"year": str(year)})
        return Intake(folder="", problems=(problem,))
    release = release_of(archive, edition)
    if release is not None and release.sha256 is not None:
        problem = Problem(
            code="import-signed", place=Place(file=edition.folder), facts={"year": str(year)}
        )
        return Intake(folder=edition.folder, problems=(problem,))
    reading = Reading(
        archive=archive,
        edition=edition,
        names=names_of(archive, edition, vocabulary(tuple(languages), archive.languages[0])),
        here=local_on(archive, edition.geography, edition.as_of),
        rest=rest_on(archive, edition.as_of),
        indicators={each.indicator: each for each in archive.indicators},
        status=status,
    )
    for name in sorted(files, key=lambda name: (unicodedata.normalize("NFC", name), name)):
        read_file(unicodedata.normalize("NFC", name), files[name], reading)
    return _merged(reading)


# Together -----------------------------------------------------------------------------------


def _merged(reading: Reading) -> Intake:
    standing = standing_rows(reading)
    by_key: dict[Key, list[Row]] = defaultdict(list)
    totals: list[Row] = []
    plain: set[str] = set()
    for number, row in enumerate(reading.rows):
        if row.said.total and reading.indicators[row.said.key[0]].level is Level.LOCAL:
            totals.append(row)
        else:
            by_key[row.said.key].append(row)
            if number in reading.plain:
                plain.add(row.said.key[0])
    new: dict[Key, dict[str, str]] = {}
    places: dict[Key, Place] = {}
    for name, rows in by_key.items():
        columns = one_row(name, rows, reading)
        if columns is not None:
            new[name] = columns
            places[name] = min((row.place for row in rows if not row.empty), key=order_of)
    # Where a question is left, an area may be missing from what adds up.
    asked = any(problem.stops for problem in reading.problems)
    for row in totals if not asked else ():
        add_total(row, new, places, standing, reading)
    whole = {name: whole_row(name, columns, standing, reading) for name, columns in new.items()}
    reading.problems += child_problems(whole, places, standing, reading)
    reading.problems += absent_areas(plain, whole, standing, reading)
    reports = reports_once(reading)
    once = {problem_key(problem): problem for problem in reading.problems}
    problems = tuple(sorted(once.values(), key=problem_order))
    repairs = sorted_repairs(reading.repairs)
    if any(problem.stops for problem in problems):
        return Intake(folder=reading.edition.folder, repairs=repairs, problems=problems)
    order = {each.indicator: place for place, each in enumerate(reading.archive.indicators)}
    ordered = sorted(
        whole, key=lambda name: (order[name[0]], reading.archive.areas[name[1]].code, name)
    )
    return Intake(
        folder=reading.edition.folder,
        observations=tuple(whole[name] for name in ordered),
        reports=reports,
        places={name: places[name] for name in ordered},
        replaced=sorted_repairs(
            Repair(
                kind="replaced",
                place=replace(places[name], column=column),
                old=standing[name][column],
                new=whole[name][column],
            )
            for name in ordered
            if name in standing
            for column in whole[name]
            if standing[name][column] and standing[name][column] != whole[name][column]
        ),
        repairs=repairs,
        problems=problems,
    )
