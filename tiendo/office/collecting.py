"""Forms handed out, and what comes back from them as a draft that still stands every check.

An import brings in a part of an edition at a time, so a draft may lack rows before it and after.
What it may not do is bring in anything that a check would stop at: then nothing is written.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from tiendo.config import Run, Site
from tiendo.forms.form import forms
from tiendo.forms.intake import Intake, imported
from tiendo.forms.litter import litter, not_entered, unread
from tiendo.forms.sheets import MOST_BYTES
from tiendo.judge.editions import release_of
from tiendo.judge.lacking import lacking
from tiendo.judge.owed import edition_of, planned, reporters
from tiendo.machine.write import hindrances_told, put, stand
from tiendo.office.versions import Files, Refused, filled, rows_at
from tiendo.site.inspection import Inspected, inspected_with
from tiendo.terms import Archive, Edition, Problem, Status
from tiendo.words.wording import Words

OBSERVATIONS = "observations"
MOST_FILES = 2_000
"""Of one import; a province of some hundred communes sends that many hundred."""
SHAPE = ("file-", "header-", "row-quotes", "row-cells")
"""How the codes begin of what is wrong with a whole table, not with what a row says."""


# Out ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedOut:
    """Forms that were asked for, by what became of each file."""

    written: tuple[str, ...]
    same: tuple[str, ...]
    """There already, as they would be made now."""
    kept: tuple[str, ...]
    """There already and different, so perhaps filled in: left as they are."""


def handed_out(
    archive: Archive,
    year: int,
    reporter: str | None,
    *,
    words: Words,
    now: datetime,
    folder: Path,
) -> HandedOut:
    """The forms of a year written into a folder; no file that differs is overwritten.

    Raises:
        Refused: the year can't be planned, is signed off, or the reporter owes nothing.
        CannotWrite: the folder does not take them.

    """
    edition = planned(archive, year)
    if edition is None:
        raise Refused("collecting.no-plan", year=year)
    release = release_of(archive, edition) if edition_of(archive, year) is not None else None
    if release is not None and release.sha256 is not None:
        raise Refused("collecting.form-signed", year=year)
    asked = {agency.agency for agency in reporters(archive, edition)}
    if reporter is not None and reporter not in asked:
        raise Refused(
            "collecting.no-reporter", reporter=reporter, known=words.listed(sorted(asked))
        )
    made = forms(archive, year, reporter, words, now)
    with hindrances_told(folder):
        stand(folder)
        there = {name: (folder / name).read_bytes() for name in made if (folder / name).exists()}
    put({name: content for name, content in made.items() if name not in there}, folder)
    return HandedOut(
        written=tuple(name for name in made if name not in there),
        same=tuple(name for name in made if there.get(name) == made[name]),
        kept=tuple(name for name in made if name in there and there[name] != made[name]),
    )


# In -----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenIn:
    """What an import comes to, before anything of it is written."""

    intake: Intake
    files: Files
    """What is to be written into the data folder; empty while a problem stops."""
    problems: tuple[Problem, ...]
    """In the files that were brought, or in what they would make of the draft."""
    lacking: Mapping[str, int]
    """How many rows each agency would still owe."""

    @property
    def stops(self) -> bool:
        """Whether nothing may be written."""
        return any(problem.stops for problem in self.problems)


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """The files that were named, and what lay beside them."""

    files: Mapping[str, bytes]
    told: tuple[Problem, ...]
    """What was passed over; none of it stops."""


def brought(paths: Iterable[Path]) -> Brought:
    """Files by their names; of a folder, those in it and in the folders in it.

    What operating systems and open programs leave there is known by name, passed over and told.
    Two files of one name are told apart by their folders.  Of a file that is larger than any that
    is read, only so much is taken as shows it.

    Raises:
        Refused: a path is no file and no folder, the disk does not give it, or there are more files
            than anybody fills in.

    """
    files: dict[Path, None] = {}
    told: list[Problem] = []
    for path in paths:
        with _unread(path):
            if path.is_dir():
                _walked(path, files, told)
            elif path.is_file():
                _found(path, files, told)
            else:
                raise Refused("collecting.no-file", file=_legible(path))
        if len(files) > MOST_FILES:
            raise Refused("collecting.too-many-files", count=MOST_FILES, folder=_legible(path))
    names = [each.name for each in files]
    found: dict[str, bytes] = {}
    for each in files:
        with _unread(each), each.open("rb") as file:
            name = each.name if names.count(each.name) == 1 else each.as_posix()
            found[_legible(name)] = file.read(MOST_BYTES + 1)
    if not found:
        raise Refused("collecting.no-files")
    return Brought(files=found, told=tuple(told))


@contextmanager
def _unread(path: Path) -> Iterator[None]:
    """Inside, whatever keeps a disk from giving a file or a folder is a refusal that names it."""
    try:
        yield
    except OSError as error:
        raise Refused("collecting.unreadable", file=_legible(error.filename or path)) from error


def _walked(folder: Path, files: dict[Path, None], told: list[Problem]) -> None:
    """A folder's files, those of the folders in it among them, in the order of their names."""
    for each in sorted(folder.iterdir()):
        if each.is_dir():
            passed = not_entered(each.name, _legible(each), link=each.is_symlink())
            if passed is not None:
                told.append(passed)
            elif len(files) <= MOST_FILES:
                _walked(each, files, told)
        elif each.is_file():
            _found(each, files, told)
        else:
            told.append(unread(_legible(each)))


def _found(path: Path, files: dict[Path, None], told: list[Problem]) -> None:
    ignored = litter(path.name, _legible(path))
    if ignored is None:
        files[path] = None
    else:
        told.append(ignored)


def _legible(path: Path | str) -> str:
    """A name that can be printed, whatever bytes it has on the disk."""
    text = os.fsencode(path).decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


def taken_in(
    files: Mapping[str, bytes],
    found: Inspected,
    year: int,
    *,
    run: Run,
    site: Site,
    languages: tuple[Words, ...],
    status: Status | None = None,
) -> TakenIn:
    """What files would make of the draft of a year, and what is wrong with them.

    ``languages`` are those whose words files may use, the first that of the messages.
    """
    archive = found.archive
    if archive is None:
        return TakenIn(intake=Intake(folder=""), files={}, problems=found.problems, lacking={})
    intake = imported(files, archive, year, languages, status=status)
    edition = edition_of(archive, year)
    if edition is None or any(problem.stops for problem in intake.problems):
        return TakenIn(intake=intake, files={}, problems=intake.problems, lacking={})
    unreadable = _unreadable(found, edition)
    if unreadable:
        return TakenIn(intake=intake, files={}, problems=unreadable, lacking={})
    made = filled(edition, observations=intake.observations, reports=intake.reports)
    after = inspected_with(made, run, site)
    known = {_identity(problem) for problem in found.problems}
    fresh = [problem for problem in after.problems if _identity(problem) not in known]
    told = _in_their_files(fresh, made, edition, intake, languages[0], first=archive.languages[0])
    problems = (*intake.problems, *told)
    if after.archive is None or any(problem.stops for problem in problems):
        return TakenIn(intake=intake, files={}, problems=problems, lacking={})
    new = edition_of(after.archive, year)
    return TakenIn(
        intake=intake,
        files=made,
        problems=problems,
        lacking=lacking(after.archive, new) if new is not None else {},
    )


def _unreadable(found: Inspected, edition: Edition) -> tuple[Problem, ...]:
    """What keeps whole files of the draft from being read: merging into them could lose rows."""
    return tuple(
        problem
        for problem in found.problems
        if problem.stops
        and problem.place.file.startswith(f"{edition.folder}/")
        and problem.code.startswith(SHAPE)
    )


def _identity(problem: Problem) -> tuple[object, ...]:
    return problem.code, problem.place, tuple(sorted(problem.facts.items()))


def _in_their_files(
    problems: Iterable[Problem],
    made: Files,
    edition: Edition,
    intake: Intake,
    words: Words,
    *,
    first: str,
) -> Iterable[Problem]:
    """Problems of the draft's rows, told of the cells of the files that they were brought in by."""
    path = f"{edition.folder}/{OBSERVATIONS}.csv"
    keys = [(row["indicator"], row["area"]) for row in rows_at(made, path)]
    for problem in problems:
        place = problem.place
        if place.file != path or place.row is None:
            yield problem
            continue
        at = place.row - 2
        brought = intake.places.get(keys[at]) if at < len(keys) else None
        if brought is None:
            yield problem
            continue
        stem = (place.column or "").removesuffix(f"_{first}")
        named = f"excel.column.{stem}"
        column = words.say(named) if words.knows(named) else place.column
        yield replace(
            problem, place=replace(place, file=brought.file, row=brought.row, column=column)
        )
