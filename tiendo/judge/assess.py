"""Verdicts: what the figures say of each target, with all of the arithmetic.

A verdict belongs to an indicator, an area and a milestone (a target's year), and follows from the
public figures up to that year and from nothing else.  The rules stand in the order in which they
are tried; the first that fits gives the verdict.  Compared are exact fractions, never rounded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from math import ceil, floor

from tiendo.judge.areas import local_on
from tiendo.judge.editions import newest
from tiendo.judge.measure import figures_of
from tiendo.judge.owed import FigureKey
from tiendo.judge.plan_then import in_force
from tiendo.judge.restate import restated
from tiendo.judge.revisions import CorrectedKey, corrected
from tiendo.judge.scale import scale_of, whole_scale
from tiendo.terms import (
    AREA_LEVELS_WITHOUT_RANK,
    Aggregation,
    Archive,
    Assessment,
    Corrected,
    Difference,
    Direction,
    Edition,
    Figure,
    Indicator,
    Results,
    Scale,
    Target,
    Unit,
    Verdict,
)

_FROM_PACE = frozenset({Verdict.ON_TRACK, Verdict.BEHIND, Verdict.NOT_MOVING})
"""Verdicts that rest on the first figure as well as on the latest."""


_Standing = frozenset[tuple[str, date]]
"""A level of areas and a day on which there were any."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Case:
    """One indicator, area and milestone with what may be known of it."""

    indicator: Indicator
    area: str
    scale: Scale
    target: Target
    level: Fraction
    known: tuple[Figure, ...]
    """The figures up to the milestone that are known, exact or ranges, by year.

    One that its own parts contradict is among them as the latest only, and gives no verdict.
    """
    since_break: tuple[Figure, ...]
    """Those of them since the last break."""
    is_scope: bool
    measurable: bool
    awaited: bool
    """Whether the milestone year's edition is public and could give a figure."""
    completed: bool
    """Whether the area completed the milestone year, so that it can miss it."""


def results(
    archive: Archive,
    now: datetime,
    *,
    preview: bool = False,
    told: Mapping[CorrectedKey, tuple[Corrected, ...]] | None = None,
) -> Results:
    """Figures, verdicts and headlines of everything that may be seen in an archive.

    ``told`` is what was corrected, where that was worked out already.
    """
    editions = newest(archive.editions)
    figures = figures_of(archive, editions)
    for indicator in archive.indicators:
        figures.setdefault((indicator.indicator, archive.plan.scope), [])
    judged = _judged(archive, now, editions, {key: tuple(each) for key, each in figures.items()})
    return replace(
        judged,
        preview=preview,
        restated=restated(archive, editions, figures),
        corrected=corrected(archive) if told is None else told,
    )


def known_of(known: Results, year: int, areas: frozenset[str]) -> Results:
    """What was known of some areas, and of no other, before any later edition was out.

    By today's versions: a figure that was corrected is as it is now.
    """
    archive = replace(
        known.archive,
        editions=tuple(edition for edition in known.archive.editions if edition.year <= year),
    )
    figures = {
        (name, area): tuple(figure for figure in series if figure.year <= year)
        for (name, area), series in known.figures.items()
        if area in areas
    }
    return replace(
        _judged(archive, known.now, newest(archive.editions), figures),
        preview=known.preview,
        corrected=known.corrected,
    )


def _judged(
    archive: Archive,
    now: datetime,
    editions: tuple[Edition, ...],
    figures: Mapping[FigureKey, tuple[Figure, ...]],
) -> Results:
    """The figures with a verdict on each of them."""
    indicators = {indicator.indicator: indicator for indicator in archive.indicators}
    standing = _standing(archive, editions)
    assessments: dict[FigureKey, tuple[Assessment, ...]] = {}
    headlines: dict[FigureKey, Assessment] = {}
    for (name, area), series in figures.items():
        if archive.areas[area].level in AREA_LEVELS_WITHOUT_RANK:
            continue
        judged = _assessments(
            archive, indicators[name], area, series=series, editions=editions, standing=standing
        )
        if judged:
            assessments[name, area] = judged
            headlines[name, area] = _headline(judged, _editions_of(archive, area, series, editions))
    return Results(
        archive=archive,
        now=now,
        editions=editions,
        calendar=archive.releases,
        figures=figures,
        assessments=assessments,
        headlines=headlines,
        locals_={
            edition.year: local_on(archive, edition.geography, edition.as_of)
            for edition in editions
        },
        illustrative=any(edition.illustrative for edition in archive.editions),
    )


def _assessments(
    archive: Archive,
    indicator: Indicator,
    area: str,
    *,
    series: Sequence[Figure],
    editions: Sequence[Edition],
    standing: _Standing,
) -> tuple[Assessment, ...]:
    """One assessment for each milestone of an indicator in an area, by year."""
    seen = _editions_of(archive, area, series, editions)
    ended = _ended(archive, area, editions)
    targets = _targets(archive, indicator, area)
    return tuple(
        _assessment(
            archive,
            indicator,
            area,
            target=target,
            series=series,
            editions=seen,
            standing=standing,
            ended=ended,
        )
        for _, target in sorted(targets.items())
    )


def _targets(archive: Archive, indicator: Indicator, area: str) -> Mapping[int, Target]:
    """The targets that an area is measured against, by year: its own, else the whole plan's.

    Of years in which the indicator is asked for: what ended promises nothing beyond its record.
    """
    scope = archive.plan.scope
    found: dict[int, Target] = {}
    for target in archive.targets:
        if target.indicator == indicator.indicator and target.area in {None, area, scope}:
            plan_wide = target.area is None or (target.area == scope and area != scope)
            if not plan_wide or target.year not in found:
                found[target.year] = target
    kept = {year: target for year, target in found.items() if in_force(indicator, year)}
    # What ended before the first of its milestones has that one: it can't be measured any more.
    return kept or {year: found[year] for year in sorted(found)[:1] if _is_over(indicator, year)}


def _is_over(indicator: Indicator, year: int) -> bool:
    """Whether an indicator is asked for no more in a year."""
    return indicator.until is not None and indicator.until < year


def _editions_of(
    archive: Archive, area: str, series: Sequence[Figure], editions: Sequence[Edition]
) -> tuple[Edition, ...]:
    """The editions that bear on an area: for one that ended, those up to its last figure."""
    ended = _ended(archive, area, editions)
    if ended is None:
        return tuple(editions)
    last = max(
        (f.year for f in series if f.low is not None and f.as_of <= ended), default=ended.year - 1
    )
    return tuple(edition for edition in editions if edition.year <= last)


def _ended(archive: Archive, area: str, editions: Sequence[Edition]) -> date | None:
    """The last day of an area that ended before the newest edition; the scope never ends."""
    until = archive.areas[area].until
    if area == archive.plan.scope or until is None or not editions:
        return None
    return until if until < editions[-1].as_of else None


def _headline(judged: Sequence[Assessment], editions: Sequence[Edition]) -> Assessment:
    """The milestone in question: the first not before the newest edition, else the last."""
    year = editions[-1].year if editions else 0
    return next((each for each in judged if each.target.year >= year), judged[-1])


def _assessment(
    archive: Archive,
    indicator: Indicator,
    area: str,
    *,
    target: Target,
    series: Sequence[Figure],
    editions: Sequence[Edition],
    standing: _Standing,
    ended: date | None,
) -> Assessment:
    upto = [edition for edition in editions if edition.year <= target.year]
    years = {edition.year for edition in upto}
    figures = [figure for figure in series if figure.year in years]
    break_year = max((figure.year for figure in figures if figure.breaks), default=0)
    given = [figure for figure in figures if figure.low is not None]
    known = tuple(figure for figure in given if not figure.contradicted or figure is given[-1])
    is_scope = area == archive.plan.scope
    scale = scale_of(archive.plan, indicator, area)
    own = target.area == area
    until = archive.areas[area].until
    case = _Case(
        indicator=indicator,
        area=area,
        scale=scale,
        target=target,
        # The plan's target counts the areas that hold a level; one area is asked for the level.
        level=Fraction(scale.held_from)
        if scale.unit is Unit.LEVEL and not own
        else Fraction(target.value),
        known=known,
        since_break=tuple(figure for figure in known if figure.year >= break_year),
        is_scope=is_scope,
        measurable=_is_measurable(archive, indicator, upto, standing),
        awaited=target.year in years,
        completed=is_scope or until is None or until >= date(target.year, 12, 31),
    )
    verdict = _pace_verdict(case) if scale.has_pace else _level_verdict(case, own=own)
    return _told(case, verdict, own=own, ended=ended)


def _is_measurable(
    archive: Archive,
    indicator: Indicator,
    editions: Sequence[Edition],
    standing: _Standing,
) -> bool:
    """Whether what is counted, or the holder of a title, still exists in the newest edition."""
    if not editions:
        return True
    on = editions[-1].as_of
    if whole_scale(indicator).unit is Unit.TITLE:
        until = archive.areas[archive.plan.scope].until
        return until is None or on <= until
    if indicator.aggregation is Aggregation.COUNT:
        return (indicator.counts or "", on) in standing
    return True


def _standing(archive: Archive, editions: Sequence[Edition]) -> _Standing:
    """Of the levels that are counted, those that had areas on the days of the editions."""
    levels = {each.counts or "" for each in archive.indicators}
    return frozenset(
        (level, edition.as_of)
        for level in levels
        for edition in editions
        if local_on(archive, level, edition.as_of)
    )


# Rules --------------------------------------------------------------------------------------


def _pace_verdict(case: _Case) -> Verdict:
    """For ratios, and for counts over the whole area."""
    if _is_over(case.indicator, case.target.year) or (case.is_scope and not case.measurable):
        return Verdict.NOT_MEASURABLE
    if _lacks_figure(case):
        return Verdict.TOO_LITTLE_DATA
    latest = case.known[-1]
    verdicts = {_verdict_at(case, end) for end in (latest.low, latest.high) if end is not None}
    return verdicts.pop() if len(verdicts) == 1 else Verdict.TOO_LITTLE_DATA


def _verdict_at(case: _Case, value: Fraction) -> Verdict:
    """The verdict if the latest figure were exactly this."""
    if _meets(case, value):
        return Verdict.MET
    if case.known[-1].year == case.target.year and case.completed:
        return Verdict.MISSED
    if case.indicator.direction is Direction.HOLD and _held_before(case, case.since_break):
        return Verdict.LOST
    change = _pace(case, value)
    if change is None:
        return Verdict.TOO_LITTLE_DATA
    years = case.target.year - case.known[-1].year
    if _meets(case, value + change * years):
        return Verdict.ON_TRACK
    return Verdict.BEHIND if _forward(case, change) > 0 else Verdict.NOT_MOVING


def _level_verdict(case: _Case, *, own: bool) -> Verdict:
    """For one area's standard, and for titles: held or not, without a pace."""
    is_title = case.scale.unit is Unit.TITLE
    if _is_over(case.indicator, case.target.year) or (is_title and not case.measurable):
        return Verdict.NOT_MEASURABLE
    if _lacks_figure(case):
        return Verdict.TOO_LITTLE_DATA
    latest = case.known[-1]
    if _surely_meets(case, latest):
        return Verdict.MET
    if (own or is_title) and latest.year == case.target.year and case.completed:
        return Verdict.MISSED
    if _held_before(case, case.known):
        return Verdict.LOST
    return Verdict.NOT_HELD


def _lacks_figure(case: _Case) -> bool:
    """Whether no figure can be judged: there is none, not the milestone year's, or no true one."""
    return (
        not case.known
        or (case.awaited and case.known[-1].year != case.target.year)
        or case.known[-1].contradicted
    )


def _held_before(case: _Case, known: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures before the latest that met the target."""
    return tuple(figure for figure in known[:-1] if _surely_meets(case, figure))


def _meets(case: _Case, value: Fraction) -> bool:
    if case.indicator.direction is Direction.DOWN:
        return value <= case.level
    return value >= case.level


def _surely_meets(case: _Case, figure: Figure) -> bool:
    """Whether a figure meets the target at both of its ends."""
    return all(_meets(case, end) for end in (figure.low, figure.high) if end is not None)


def _forward(case: _Case, change: Fraction) -> Fraction:
    """A change as progress: more than 0 is in the direction that the plan wants."""
    return -change if case.indicator.direction is Direction.DOWN else change


def _pace(case: _Case, value: Fraction) -> Fraction | None:
    """Mean change a year from the first exact figure since the break to the latest one's value.

    None with fewer than two figures: a range may be the latest, but starts no pace.
    """
    latest = case.known[-1]
    first = _first(case)
    if first is None or first.low is None or first.year == latest.year:
        return None
    return (value - first.low) / (latest.year - first.year)


def _first(case: _Case) -> Figure | None:
    return next((figure for figure in case.since_break if figure.value is not None), None)


# The arithmetic -----------------------------------------------------------------------------


def _told(case: _Case, verdict: Verdict, *, own: bool, ended: date | None) -> Assessment:
    """The verdict with the numbers that it follows from."""
    latest = case.known[-1] if case.known else None
    first = _first(case) if case.scale.has_pace else None
    value = latest.value if latest is not None else None
    gap = pace = needed = leads_to = None
    if latest is not None and value is not None and not latest.contradicted:
        gap = _forward(case, case.level - value)
        if case.scale.has_pace:
            pace = _pace(case, value)
            years = case.target.year - latest.year
            if years > 0 and not _is_closed(case, verdict):
                needed = (case.level - value) / years if gap > 0 else None
                leads_to = value + pace * years if pace is not None else None
    needed_count, gap_count = _areas_needed(case)
    return Assessment(
        indicator=case.indicator.indicator,
        area=case.area,
        target=case.target,
        own_target=own,
        level=case.level,
        verdict=verdict,
        provisional=_is_provisional(case, verdict),
        latest=latest,
        first=first,
        gap=gap,
        needed_count=needed_count,
        gap_count=gap_count,
        pace=pace,
        needed_pace=needed,
        leads_to=leads_to,
        ended=ended,
    )


def _is_closed(case: _Case, verdict: Verdict) -> bool:
    """Whether nothing is to be said of the milestone any more, for want of a figure of its own."""
    return verdict is Verdict.NOT_MEASURABLE or _lacks_figure(case)


def _areas_needed(case: _Case) -> tuple[int | None, int | None]:
    """For a count over the whole area: how many areas meet the target, and how many are lacking.

    The least number of areas, or the greatest where the plan wants fewer.  None for what is no
    count; the second also for a range.
    """
    latest = case.known[-1] if case.known else None
    if (
        latest is None
        or not latest.denominator
        or case.scale.difference is not Difference.AREAS
        or latest.contradicted
    ):
        return None, None
    exact = case.level * latest.denominator / 100
    is_down = case.indicator.direction is Direction.DOWN
    needed = floor(exact) if is_down else ceil(exact)
    if latest.value is None or latest.numerator is None:
        return needed, None
    lacking = latest.numerator - needed if is_down else needed - latest.numerator
    return needed, max(0, lacking)


def _is_provisional(case: _Case, verdict: Verdict) -> bool:
    """Whether a figure that the verdict rests on is preliminary or estimated, or contains one.

    A case that is closed without a figure rests on none.
    """
    if _is_closed(case, verdict):
        return False
    first = _first(case) if verdict in _FROM_PACE else None
    held = _held_before(case, case.since_break if case.scale.has_pace else case.known)
    return (
        case.known[-1].provisional
        or (first is not None and first.provisional)
        or (verdict is Verdict.LOST and all(figure.provisional for figure in held))
    )
