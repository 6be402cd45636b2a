"""Where in the plan's text its targets, actions and duties stand, and what a quotation cuts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tiendo.judge.once import once
from tiendo.terms import Action, Archive, Duty, Passage, PassageKind, Target

_NUMBER = re.compile(r"([IVXLC]+|[0-9]+(\.[0-9]+)*|\w)[.)]\s*")
"""How the plan numbers a passage; the number is none of its words."""


_OF_NONE = frozenset({PassageKind.TITLE, PassageKind.RECIPIENT, PassageKind.SIGNATURE})
"""What stands around the clauses."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What stands in one clause, each in the order of its table."""

    targets: tuple[Target, ...] = ()
    actions: tuple[Action, ...] = ()
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Quoted:
    """Where words stand, and whether others stand around them in the same passage."""

    clause: str
    """Empty where the text has neither the words nor the clause that was named for them."""
    begins_before: bool = False
    goes_on: bool = False


@once
def clauses(archive: Archive) -> tuple[tuple[str, Passage], ...]:
    """The passages in their order, each with the clause it belongs to; empty where it has none."""
    return tuple(_by_clause(archive))


@once
def kinds(archive: Archive) -> Mapping[str, PassageKind]:
    """What each clause of the text is, in the text's order."""
    return {clause: passage.kind for clause, passage in clauses(archive) if passage.clause}


def _by_clause(archive: Archive) -> Iterator[tuple[str, Passage]]:
    clause = ""
    for passage in archive.text:
        clause = "" if passage.kind in _OF_NONE else passage.clause or clause
        yield clause, passage


def unnumbered(text: str) -> str:
    """The words of a passage without its number.

    >>> unnumbered("IV. KINH PHÍ"), unnumbered("3.1. Ứng dụng")
    ('KINH PHÍ', 'Ứng dụng')
    """
    return _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text


def quoted(archive: Archive, named: str, words: str) -> Quoted:
    """Where words stand: in the first passage of the named clause, or below it, that holds them.

    Where none does, in the named clause itself.
    """
    for clause, passage in clauses(archive):
        if _is_below(clause, named) and words in passage.text.first:
            before, _, after = passage.text.first.partition(words)
            return Quoted(
                clause=clause,
                begins_before=_NUMBER.sub("", before, count=1).strip() != "",
                goes_on=after.strip() != "",
            )
    return Quoted(clause=named if named in kinds(archive) else "")


def _is_below(clause: str, named: str) -> bool:
    """Whether a clause is another one, or a part of it."""
    return clause == named or clause.startswith((f"{named}.", f"{named}-"))


def of_target(archive: Archive, target: Target) -> Quoted:
    """Where a target stands."""
    return quoted(archive, target.clause, target.wording.first)


def of_action(archive: Archive, action: Action) -> Quoted:
    """Where an action stands."""
    return quoted(archive, action.section, action.text.first)


def of_duty(archive: Archive, duty: Duty) -> Quoted:
    """Where a duty stands."""
    return quoted(archive, duty.clause, duty.text.first)


@once
def standing(archive: Archive) -> Mapping[str, Standing]:
    """What stands in each clause that has something."""
    targets: dict[str, list[Target]] = {}
    actions: dict[str, list[Action]] = {}
    duties: dict[str, list[Duty]] = {}
    for target in archive.targets:
        targets.setdefault(of_target(archive, target).clause, []).append(target)
    for action in archive.actions:
        actions.setdefault(of_action(archive, action).clause, []).append(action)
    for duty in archive.duties:
        duties.setdefault(of_duty(archive, duty).clause, []).append(duty)
    return {
        clause: Standing(
            targets=tuple(targets.get(clause, ())),
            actions=tuple(actions.get(clause, ())),
            duties=tuple(duties.get(clause, ())),
        )
        for clause in {*targets, *actions, *duties} - {""}
    }
