"""The closed lists of the published tables: every code with what it means, for the page of data."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tiendo.judge.completeness import State
from tiendo.judge.questions import QUESTIONS
from tiendo.judge.reporting import Outcome
from tiendo.terms import ActionState, Missing, Obstacle, Status, Verdict
from tiendo.words.desk import Desk
from tiendo.words.figures import within
from tiendo.words.parts import Fact

LISTS: tuple[tuple[str, Collection[str], str], ...] = (
    ("obs_status", tuple(Status), "status.{}"),
    ("missing", tuple(Missing), "missing.{}.word"),
    ("break", ("B",), "code.break.{}"),
    ("unit", ("percent", "level", "title"), "code.unit.{}"),
    ("verdict", tuple(Verdict), "verdict.{}.word"),
    (
        "state",
        [state for state in State if state is not State.NOT_EXPECTED],
        "quality_state.{}.word",
    ),
    ("report", tuple(Outcome), "reporting.{}.word"),
    ("question", QUESTIONS, "code.question.{}"),
    ("basis", ("exact", "range", "none"), "code.basis.{}"),
    ("obstacle", tuple(Obstacle), "code.obstacle.{}"),
    ("action_state", tuple(ActionState), "action_state.{}.word"),
    ("correction_kind", ("correction", "scheduled", "late"), "correction_kind.{}"),
)
"""A column, its codes, and the key of a code's words.

The last two are columns of the packages of an edition: ``state`` in actions.csv and ``kind`` in
changes.csv.
"""

IN_PACKAGES = {"action_state": "actions.csv: state", "correction_kind": "changes.csv: kind"}


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeList:
    """The codes that a column may hold."""

    column: str
    span: str
    """How many codes there are: "3"."""
    codes: tuple[Fact, ...]


def code_lists(desk: Desk) -> tuple[CodeList, ...]:
    """Every closed list, with what each code means."""
    return tuple(
        CodeList(
            column=IN_PACKAGES.get(column, column),
            span=str(len(codes)),
            codes=tuple(Fact(term=str(code), text=_meaning(desk, key, code)) for code in codes),
        )
        for column, codes, key in LISTS
    )


def _meaning(desk: Desk, key: str, code: str) -> str:
    """What a code means: its word, and a sentence where there is one."""
    word = desk.say(key.format(code))
    longer = key.format(code).removesuffix("word") + "meaning"
    if not key.endswith(".word") or not desk.words.knows(longer):
        return word
    return desk.say("code.with-meaning", word=word, meaning=within(desk.say(longer)))
