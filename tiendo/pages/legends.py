"""What the verdicts and the reasons for missing figures on a page mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from tiendo.terms import Assessment, Missing, Verdict
from tiendo.words.desk import Desk
from tiendo.words.figures import gap
from tiendo.words.parts import Gap, Mark
from tiendo.words.verdicts import VERDICT_ORDER, bare_mark


@dataclass(frozen=True, kw_only=True, slots=True)
class VerdictMeaning:
    """A row of the legend and of the method page: a verdict and when it is given."""

    mark: Mark
    meaning: str
    """Short, for legends: "reached the target"."""
    rule: str = ""
    """In full, for the method page: "The latest figure reaches the target …"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GapMeaning:
    """A row of the explanation of missing figures."""

    gap: Gap
    meaning: str


def legend(desk: Desk, judged: Iterable[Assessment]) -> tuple[VerdictMeaning, ...]:
    """The meanings of the verdicts that occur."""
    occurring = {assessment.verdict for assessment in judged}
    return meanings(desk, [verdict for verdict in VERDICT_ORDER if verdict in occurring])


def meanings(desk: Desk, verdicts: Sequence[Verdict]) -> tuple[VerdictMeaning, ...]:
    """What each of these verdicts means, in short."""
    return tuple(
        VerdictMeaning(
            mark=bare_mark(desk, verdict), meaning=desk.say(f"verdict.{verdict.value}.meaning")
        )
        for verdict in verdicts
    )


def gap_meanings(desk: Desk, occurring: Collection[Missing]) -> tuple[GapMeaning, ...]:
    """What each of these reasons for a missing figure means, in the order of the list of all."""
    return tuple(
        GapMeaning(gap=gap(desk, reason), meaning=desk.say(f"missing.{reason.value}.meaning"))
        for reason in Missing
        if reason in occurring
    )
