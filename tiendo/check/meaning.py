"""The rules on what the plan and its areas mean: nothing of it changes without a row that says so.

As in `tiendo.check.results`, each rule is a generator: a `Problem` for each place that breaks it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from tiendo.judge.plan_then import BREAKS, is_signed
from tiendo.letters import nearest
from tiendo.read.contract import contract
from tiendo.terms import (
    Archive,
    Area,
    Edition,
    Indicator,
    MeaningChange,
    Place,
    Problem,
    Release,
    Target,
)

WORDS = ("numerator", "denominator", "definition")
"""What an indicator counts, in words: in the first language a change of them is one of meaning."""

MEANING = {
    "indicators": (
        "goal",
        "parent",
        "measure",
        "direction",
        "level",
        "aggregation",
        "counts",
        "threshold",
        "requires",
        "reporter",
        "since",
        "until",
        "successor",
        *WORDS,
    ),
    "targets": ("value",),
    "areas": ("level", "parent", "since", "until"),
}
"""The columns in which a change is a change of meaning, not of wording."""

KEY_COLUMN = {"indicators": "indicator", "targets": "indicator", "areas": "area"}
"""The column that stood for a whole row that came or went, before that was told by none."""

Row = tuple[str, str]
"""A table, and the key of a row of it."""

Cells = Mapping[str, str]
Tables = Mapping[str, Mapping[str, Cells]]
"""What cells mean, by table, then by the key of the row; equal where the meaning is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Change:
    """One cell, or one whole row, that means something else than it did."""

    resource: str
    key: str
    column: str
    """Empty: the whole row came or went."""
    old: str
    new: str


def meaning_problems(archive: Archive) -> Iterator[Problem]:
    """What changed in meaning since versions were signed is told, and what is told makes sense."""
    signed = sorted(
        (
            (release.released, edition.folder, edition)
            for release in archive.releases
            for edition in archive.editions
            if _is_of(release, edition) and is_signed(archive, edition)
        ),
        key=lambda each: each[:2],
    )
    states = [(edition.folder, _tables(*_copies(edition))) for _, _, edition in signed]
    today = _tables(archive.indicators, archive.targets, archive.areas.values())
    yield from _changes_sound(archive)
    gone = _taken_out(states, today)
    for (resource, key), folder in gone.items():
        yield Problem(
            code="row-taken-out",
            place=Place(
                file=f"{'areas' if resource == 'areas' else 'plan'}/{resource}.csv", value=key
            ),
            facts={"edition": folder},
        )
    told: set[tuple[str, str, str]] = set()
    # The newest first: what is still so today is told as it is today.
    for (folder, before), (following, after) in reversed([*pairwise([*states, ("", today)])]):
        for change in _differences(before, after, with_areas=not following):
            cell = (change.resource, change.key, change.column)
            of = _indicator(change.key) if change.resource == "targets" else change.key
            is_gone = (change.resource, change.key) in gone or ("indicators", of) in gone
            if cell not in told and not is_gone and not _is_explained(archive, change):
                told.add(cell)
                yield _problem(change, folder, archive.languages[0])


def _is_of(release: Release, edition: Edition) -> bool:
    return (release.year, release.version) == (edition.year, edition.version)


# What is compared ---------------------------------------------------------------------------


def _copies(edition: Edition) -> tuple[Iterable[Indicator], Iterable[Target], Iterable[Area]]:
    copies = edition.signed
    return (copies.indicators, copies.targets, copies.areas) if copies else ((), (), ())


def _tables(
    indicators: Iterable[Indicator], targets: Iterable[Target], areas: Iterable[Area]
) -> Tables:
    return {
        "indicators": {each.indicator: _indicator_cells(each) for each in indicators},
        "targets": {
            f"{each.indicator};{each.area or ''};{each.year}": {
                "value": f"{each.value.normalize():f}"
            }
            for each in targets
        },
        "areas": {
            each.area: {
                "level": each.level,
                "parent": each.parent or "",
                "since": each.since.isoformat() if each.since else "",
                "until": each.until.isoformat() if each.until else "",
            }
            for each in areas
        },
    }


def _indicator_cells(indicator: Indicator) -> Cells:
    return {
        "goal": indicator.goal,
        "parent": indicator.parent or "",
        "measure": indicator.measure.value,
        "direction": indicator.direction.value,
        "level": indicator.level.value,
        "aggregation": indicator.aggregation.value,
        "counts": indicator.counts or "",
        "threshold": _number(indicator.threshold),
        "requires": ";".join(f"{n.indicator}>={n.at_least}" for n in indicator.requires),
        "reporter": indicator.reporter,
        "since": _number(indicator.since),
        "until": _number(indicator.until),
        "successor": indicator.successor,
        "numerator": _plain(indicator.numerator.first),
        "denominator": _plain(indicator.denominator.first),
        "definition": _plain(indicator.definition.first),
    }


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _differences(before: Tables, after: Tables, *, with_areas: bool) -> Iterator[_Change]:
    """Each cell whose meaning is another, and each row that came or went.

    Of areas a copy holds only what was reported for, so they are held against today's alone, and
    none has come.
    """
    for resource in ("indicators", "targets", *(("areas",) if with_areas else ())):
        old, new = before[resource], after[resource]
        for key, cells in old.items():
            if key not in new:
                yield _Change(
                    resource=resource, key=key, column="", old=_row(resource, key, cells), new=""
                )
                continue
            for column in MEANING[resource]:
                if cells[column] != new[key][column]:
                    yield _Change(
                        resource=resource,
                        key=key,
                        column=column,
                        old=cells[column],
                        new=new[key][column],
                    )
        if resource == "areas":
            continue
        for key, cells in new.items():
            # The targets of what came came with it.
            if key not in old and (
                resource != "targets" or _indicator(key) in before["indicators"]
            ):
                yield _Change(
                    resource=resource, key=key, column="", old="", new=_row(resource, key, cells)
                )


def _indicator(key: str) -> str:
    """The indicator that a target's key names."""
    return key.partition(";")[0]


def _row(resource: str, key: str, cells: Cells) -> str:
    """What stands for a whole row where it came or went."""
    return cells["value"] if resource == "targets" else key


# What is asked ------------------------------------------------------------------------------


def _taken_out(states: Sequence[tuple[str, Tables]], today: Tables) -> Mapping[Row, str]:
    """The indicators and areas that a version was signed for and that are there no more.

    What ends says when: its row stays, or nobody could say of what the figures were.
    """
    return {
        (resource, key): folder
        for folder, tables in states
        for resource in ("indicators", "areas")
        for key in tables[resource]
        if key not in today[resource]
    }


def _problem(change: _Change, folder: str, first: str) -> Problem:
    """A change that nobody told of, with the row that would."""
    column = f"{change.column}_{first}" if change.column in WORDS else change.column
    if not column:
        code = "meaning-came" if change.new else "meaning-went"
    else:
        code = "meaning-changed" if column == change.column else "definition-changed"
    return Problem(
        code=code,
        place=Place(
            file=f"{'areas' if change.resource == 'areas' else 'plan'}/{change.resource}.csv",
            column=column or None,
            value=change.new if column else change.key,
        ),
        facts={
            "which": change.key,
            "old": change.old,
            "edition": folder,
            "line": _line(replace(change, column=column)),
        },
    )


def _line(change: _Change) -> str:
    """How the row that is asked for begins, after its date."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(
        [change.resource, change.key, change.column, change.old, change.new]
    )
    return text.getvalue()


def _is_explained(archive: Archive, change: _Change) -> bool:
    """Whether rows of plan/changes.csv lead from the one value to the other, one after another."""
    rows = sorted(
        (each for each in archive.meaning_changes if _is_about(each, change, archive.languages[0])),
        key=lambda each: (each.on, each.row),
    )
    if not change.column:
        return any(bool(row.old) == bool(change.old) != bool(row.new) for row in rows)
    reached = {_plain(change.old)}
    for row in rows:
        if _plain(row.old) in reached:
            reached.add(_plain(row.new))
    return len(reached) > 1 and _plain(change.new) in reached


def _is_about(row: MeaningChange, change: _Change, first: str) -> bool:
    if (row.resource, row.key) != (change.resource, change.key):
        return False
    if not change.column:
        return row.column in {"", KEY_COLUMN[change.resource]}
    return _column(row, first) == change.column


def _column(row: MeaningChange, first: str) -> str:
    """What a row tells of; of words those of the first language, whether or not it says so."""
    stem = row.column.removesuffix(f"_{first}")
    return stem if stem in WORDS else row.column


def _plain(text: str) -> str:
    """A value as text that is equal where the value is (70 and 70.0, whatever its spaces)."""
    try:
        return f"{Decimal(text).normalize():f}"
    except InvalidOperation:
        return " ".join(text.split())


# The rows that tell -------------------------------------------------------------------------


def _changes_sound(archive: Archive) -> Iterator[Problem]:
    """A row of changes names what there is, and says of words whether series can be read on."""
    asked, first = contract(archive.languages), archive.languages[0]
    indicators = [each.indicator for each in archive.indicators]
    known: Mapping[str, tuple[Iterable[str], Iterable[str]]] = {
        "indicators": (indicators, (*asked.plan["indicators"].columns, *WORDS)),
        "targets": (indicators, (*asked.plan["targets"].columns, *WORDS)),
        "areas": (archive.areas, asked.areas["areas"].columns),
    }
    for row in archive.meaning_changes:
        if row.resource in known:
            keys, columns = known[row.resource]
            key = _indicator(row.key) if row.resource == "targets" else row.key
            for column, name, names in (("key", key, keys), ("column", row.column, columns)):
                if name and name not in names:
                    yield Problem(
                        code="name-unknown",
                        place=_place(row, column, name),
                        facts={"nearest": nearest(name, names)},
                    )
        if row.resource == "indicators":
            if row.column and not row.breaks and _column(row, first) in {"measure", *WORDS}:
                yield Problem(
                    code="breaks-missing", place=_place(row, "breaks", ""), facts={"which": row.key}
                )
        elif row.breaks == BREAKS:
            yield Problem(code="breaks-misplaced", place=_place(row, "breaks", row.breaks))


def _place(row: MeaningChange, column: str, value: str) -> Place:
    return Place(file="plan/changes.csv", row=row.row, column=column, value=value)
