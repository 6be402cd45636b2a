"""The indicators at a glance, grouped by goal: on the home page and on each edition's page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from tiendo.charts.draw import Drawing
from tiendo.charts.picture import Picture
from tiendo.charts.pictures import bullet
from tiendo.judge.completeness import indicators_of
from tiendo.judge.years import in_year
from tiendo.terms import Figure, Indicator, Verdict
from tiendo.words import addresses
from tiendo.words.desk import Desk, indicator_link
from tiendo.words.figures import change_text, latest_before, shown
from tiendo.words.parts import Fact, Link, Mark, Shown
from tiendo.words.verdicts import bare_mark, gap_words, mark, target_of

Plans = Mapping[str, Picture]
Drawings = Mapping[str, Drawing]


@dataclass(frozen=True, kw_only=True, slots=True)
class IndicatorRow:
    """One indicator at a glance, on the home page and on a year's page."""

    name: Link
    """The short name."""
    code: str
    """Position as shown: "A4"; empty if none is used."""
    child: bool
    """Whether it is part of the indicator above it."""
    value: Shown
    year: str
    """Year of the figure: "2024"."""
    targets: tuple[Fact, ...]
    """One for each milestone: term "2025", text "70%"."""
    mark: Mark
    gap: str
    """The one thing to know: "1 district short", "3.2 points above the target"."""
    bullet: Markup = Markup("")  # noqa: RUF009 - a constant, nothing is called for each instance
    """The figure and its targets on their scale, decorative; empty where there is none."""
    change: str = ""
    """Change against the edition before: "+2.1 points"; used on a year's page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalGroup:
    """The indicators of one goal of the plan."""

    id: str
    name: str
    rows: tuple[IndicatorRow, ...]


def goal_groups(desk: Desk, year: int | None) -> tuple[GoalGroup, ...]:
    """Every indicator in the whole area, in the plan's order.

    With a year: that edition's own figures and their change against the year before; where
    what is counted had ended by then, its last.  Without: the latest known figures.
    """
    edition = next((each for each in desk.results.editions if each.year == year), None)
    names = {*desk.holding} if edition is None else {*indicators_of(desk.results, edition)}
    shown = [each for name, each in desk.indicators.items() if name in names]
    return tuple(
        GoalGroup(
            id=addresses.anchor(goal.goal),
            name=goal.name[desk.language],
            rows=tuple(
                _row(desk, indicator, year) for indicator in shown if indicator.goal == goal.goal
            ),
        )
        for goal in desk.results.archive.goals
        if any(indicator.goal == goal.goal for indicator in shown)
    )


def _row(desk: Desk, indicator: Indicator, year: int | None) -> IndicatorRow:
    key = (indicator.indicator, desk.scope)
    headline = desk.results.headlines.get(key)
    series = desk.results.figures.get(key, ())
    figure: Figure | None
    if year is None:
        figure = headline.latest if headline and headline.latest else _last(series)
    else:
        figure = in_year(desk.results, *key, year)
        if figure is None and headline and headline.verdict is Verdict.NOT_MEASURABLE:
            # What was counted had ended: its last result stands, under its own year.
            figure = headline.latest
    before = latest_before(series, figure.year) if figure is not None else None
    return IndicatorRow(
        name=indicator_link(desk, indicator),
        code="",
        child=indicator.parent is not None,
        value=shown(desk, figure),
        year=str(figure.year) if figure is not None and figure.low is not None else "",
        targets=tuple(
            Fact(term=str(each.target.year), text=target_of(desk, each))
            for each in desk.results.assessments.get(key, ())
        ),
        mark=mark(desk, headline) if headline else _no_verdict(desk),
        gap=gap_words(desk, headline) if headline else "",
        bullet=bullet(desk, indicator, figure),
        change=change_text(desk, figure, before) if figure is not None else "",
    )


def _last(series: tuple[Figure, ...]) -> Figure | None:
    return series[-1] if series else None


def _no_verdict(desk: Desk) -> Mark:
    return bare_mark(desk, Verdict.TOO_LITTLE_DATA)
