"""The rules that the plan's own text must keep, where it is given."""

from __future__ import annotations

from collections.abc import Iterator

from tiendo.ids import clause_anchor
from tiendo.judge.clauses import kinds
from tiendo.letters import nearest
from tiendo.terms import Archive, Place, Problem

FILE = "plan/text.csv"


def text_problems(archive: Archive) -> Iterator[Problem]:
    """What the plan's text says of itself fits together, and what names a clause of it is right."""
    yield from _clauses_once(archive)
    yield from _remarks_sourced(archive)
    yield from _clauses_known(archive)


def _clauses_once(archive: Archive) -> Iterator[Problem]:
    """A clause leads to one passage."""
    led: dict[str, str] = {}
    for passage in archive.text:
        if not passage.clause:
            continue
        place = clause_anchor(passage.clause)
        if place in led:
            yield Problem(
                code="clause-twice",
                place=Place(file=FILE, row=passage.row, column="clause", value=passage.clause),
                facts={"other": led[place]},
            )
        led.setdefault(place, passage.clause)


def _remarks_sourced(archive: Archive) -> Iterator[Problem]:
    """A remark of the site says where it is from."""
    for passage in archive.text:
        if passage.note and not passage.note_source:
            yield Problem(
                code="note-without-source",
                place=Place(file=FILE, row=passage.row, column="note_source", value=""),
            )


def _clauses_known(archive: Archive) -> Iterator[Problem]:
    """A clause that is named stands in the text."""
    # In the order of the text: of two that are as near the first is named, on every machine.
    known = kinds(archive)
    if not known:
        return
    for file, row, column, clause in _named(archive):
        if clause and clause not in known:
            yield Problem(
                code="clause-unknown",
                place=Place(file=f"plan/{file}", row=row, column=column, value=clause),
                facts={"nearest": nearest(clause, known)},
            )


def _named(archive: Archive) -> Iterator[tuple[str, int, str, str]]:
    """File, row, column and clause, for all clauses that the plan's tables name."""
    for target in archive.targets:
        yield "targets.csv", target.row, "clause", target.clause
    for duty in archive.duties:
        yield "duties.csv", duty.row, "clause", duty.clause
    for action in archive.actions:
        yield "actions.csv", action.row, "section", action.section
        yield "actions.csv", action.row, "lead_clause", action.lead_clause
