"""What is asked about figures, in words, beside the note that answers it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from tiendo.judge import as_shown
from tiendo.judge.once import once
from tiendo.judge.questions import Key, questions
from tiendo.judge.rounding import kept_apart
from tiendo.terms import Figure, Indicator, Question, Results
from tiendo.words.desk import Desk
from tiendo.words.figures import figure_said


@once
def _asked(results: Results, points: int) -> Mapping[Key, tuple[Question, ...]]:
    return questions(results, points)


def all_questions(desk: Desk) -> tuple[Question, ...]:
    """All that is asked of the figures that may be seen, newest year first."""
    every = [one for asked in _asked(desk.results, desk.site.jump_points).values() for one in asked]
    return tuple(sorted(every, key=lambda one: -one.figure.year))


def question_text(desk: Desk, question: Question) -> str:
    """What looks wrong: by how much it changed, or what it is compared with."""
    figure, other = question.figure, question.other
    indicator = desk.indicators[figure.indicator]
    facts: dict[str, object] = {"value": figure_said(desk, figure)}
    if figure.denominator is not None:
        facts["people"] = desk.words.number(figure.denominator)
    if other is None:
        usual = desk.words.number(question.usual or 0)
        return desk.say("question.denominator-size", usual=usual, **facts)
    whole = desk.indicators[other.indicator].short[desk.language]
    facts |= {"other": figure_said(desk, other), "year": str(other.year), "indicator": whole}
    if other.denominator is not None:
        facts["before"] = desk.words.number(other.denominator)
    if question.code == "jump":
        facts["change"] = desk.words.change(as_shown.change(desk.results, indicator, figure, other))
        if other.area != figure.area:
            return desk.say("question.jump-from", area=desk.area_within(other.area), **facts)
    if question.code == "child-share":
        facts["share"] = _share(desk, question.change, indicator)
        facts["then"] = _share(desk, question.usual or Fraction(0), indicator)
    if question.code in {"report-copied", "year-copied"}:
        facts["count"] = desk.words.number(int(question.change))
    if question.code == "child-above-parent":
        key = "above-level" if desk.scale(figure.indicator, figure.area).is_held else "above"
        return desk.say(f"question.{key}", **facts)
    return desk.say(f"question.{question.code}", **facts)


def _share(desk: Desk, share: Fraction, indicator: Indicator) -> str:
    """A part in per cent, never rounded onto none or all."""
    return desk.words.percent(kept_apart(share, indicator.decimals))


def answer_text(desk: Desk, question: Question) -> str:
    """What was said to it, or that nobody did yet."""
    if not question.answer:
        return desk.say("question.open")
    return desk.say("question.answered", note=question.answer[desk.language])


def asked_texts(desk: Desk, figure: Figure) -> tuple[str, ...]:
    """What is asked of a figure, each with its answer; empty where nothing is."""
    key = (figure.indicator, figure.area, figure.year)
    return tuple(
        f"{question_text(desk, one)} {answer_text(desk, one)}"
        for one in _asked(desk.results, desk.site.jump_points).get(key, ())
    )


def note_texts(desk: Desk, figure: Figure) -> tuple[str, ...]:
    """The note of a figure; where it answers a question, that question stands before it."""
    asked = asked_texts(desk, figure)
    note = figure.note[desk.language]
    if not note or any(note in text for text in asked):
        return asked
    return (*asked, note)
