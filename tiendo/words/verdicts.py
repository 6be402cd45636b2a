"""Verdicts and their arithmetic in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tiendo.judge import as_shown
from tiendo.judge.completeness import indicators_of
from tiendo.judge.scale import whole_scale
from tiendo.terms import Assessment, Direction, Figure, Indicator, Target, Unit, Verdict
from tiendo.words import addresses
from tiendo.words.desk import Desk, edition_of, scope_word, unit
from tiendo.words.figures import (
    correction_mark,
    figure_detail,
    figure_said,
    figure_text,
    level_text,
    within,
)
from tiendo.words.parts import Cell, DescribedLink, Fact, Link, Mark, VerdictCount

VERDICT_ORDER = (
    Verdict.MET,
    Verdict.ON_TRACK,
    Verdict.BEHIND,
    Verdict.NOT_MOVING,
    Verdict.NOT_HELD,
    Verdict.LOST,
    Verdict.MISSED,
    Verdict.TOO_LITTLE_DATA,
    Verdict.NOT_MEASURABLE,
)
"""The order in which counts are told: good news first, unknown last."""


NOT_BY_ITS_FIGURE = frozenset({Verdict.TOO_LITTLE_DATA, Verdict.NOT_MEASURABLE})
"""Verdicts that don't rest on the latest figure, but on what else there is or is not."""

OTHER_GROUND = Fraction(3, 2)
"""A denominator that changed by more than this factor is told beside rates that are compared."""


def mark(desk: Desk, assessment: Assessment) -> Mark:
    """A verdict as it is shown."""
    return Mark(
        kind=assessment.verdict.value,
        word=desk.say(f"verdict.{assessment.verdict.value}.word"),
        provisional=desk.say("status.provisional") if assessment.provisional else "",
        dated="" if assessment.verdict in NOT_BY_ITS_FIGURE else dated(desk, assessment),
    )


def dated(desk: Desk, assessment: Assessment) -> str:
    """The year of the figure that was judged; empty where it is that of the newest edition.

    That is the newest that the area reported for, up to the milestone.
    """
    latest = assessment.latest
    newest = edition_of(desk, assessment.area) or next(reversed(desk.results.editions), None)
    if latest is None or latest.low is None or newest is None:
        return ""
    if latest.year == min(newest.year, assessment.target.year):
        return ""
    return desk.say("status.dated", year=latest.year)


def verdict_word(desk: Desk, assessment: Assessment) -> str:
    """A verdict in running text: "Đã đạt (tạm tính)"; the year is in the sentence beside it."""
    judged = mark(desk, assessment)
    if not judged.provisional:
        return judged.word
    return desk.say("status.noted", word=judged.word, notes=judged.provisional)


def bare_mark(desk: Desk, verdict: Verdict) -> Mark:
    """A verdict's mark without a case, for legends and counts."""
    return Mark(kind=verdict.value, word=desk.say(f"verdict.{verdict.value}.word"))


def marks(desk: Desk, assessments: Iterable[Assessment]) -> tuple[Mark, ...]:
    """Verdicts as they are shown, to be counted."""
    return tuple(mark(desk, assessment) for assessment in assessments)


def verdict_counts(desk: Desk, shown: Iterable[Mark]) -> tuple[VerdictCount, ...]:
    """How many indicators carry each verdict, those that occur; and how many provisionally."""
    return tuple(
        VerdictCount(
            mark=replace(
                bare_mark(desk, verdict),
                provisional=desk.say("status.some-provisional", count=soft) if soft else "",
            ),
            count=desk.words.number(count),
            unit=desk.say("unit.indicator", count=count),
        )
        for verdict, count, soft in counted(shown)
    )


def named_counts(desk: Desk, judged: Iterable[Assessment]) -> tuple[VerdictCount, ...]:
    """As `verdict_counts`, each with its indicators by name, in the order given, and their gaps."""
    every = tuple(judged)
    return tuple(
        replace(
            one,
            names=tuple(
                DescribedLink(
                    link=Link(
                        text=desk.indicators[each.indicator].short[desk.language],
                        href=desk.href(addresses.of_indicator(each.indicator)),
                    ),
                    text=remark(desk, each),
                )
                for each in every
                if each.verdict.value == one.mark.kind
            ),
        )
        for one in verdict_counts(desk, marks(desk, every))
    )


def remark(desk: Desk, assessment: Assessment) -> str:
    """What an indicator falls short by, and whether that is provisional or of old."""
    judged = mark(desk, assessment)
    missing = gap_words(desk, assessment) if assessment.verdict is not Verdict.MET else ""
    return ", ".join(filter(None, (missing, judged.provisional, judged.dated)))


def counts_sentence(desk: Desk, shown: Iterable[Mark]) -> str:
    """The verdict counts as an enumeration: "5 đã đạt (1 tạm tính), 4 đúng tiến độ và 3 …"."""
    return desk.words.listed(
        desk.say(
            "status.noted",
            word=desk.say(f"verdict.{verdict.value}.count", count=count),
            notes=desk.say("status.some-provisional", count=soft),
        )
        if soft
        else desk.say(f"verdict.{verdict.value}.count", count=count)
        for verdict, count, soft in counted(shown)
    )


def count_words(desk: Desk, shown: Iterable[Mark]) -> Iterator[str]:
    """Each verdict with its number, whatever is provisional: "3 không đạt"."""
    for verdict, count, _ in counted(shown):
        yield desk.say(f"verdict.{verdict.value}.count", count=count)


def counted(shown: Iterable[Mark]) -> Iterator[tuple[Verdict, int, int]]:
    """Each verdict that occurs, how often, and how often provisionally."""
    every = tuple(shown)
    for verdict in VERDICT_ORDER:
        of_it = [each for each in every if each.kind == verdict.value]
        if of_it:
            yield verdict, len(of_it), sum(bool(each.provisional) for each in of_it)


def target_text(desk: Desk, target: Target, level: Fraction | None = None) -> str:
    """What is to be reached: per cent, a level, or a title; ``level`` for an area's standard."""
    indicator = desk.indicators[target.indicator]
    if whole_scale(indicator).unit is Unit.TITLE:
        return desk.say("target.title")
    if level is not None:
        return desk.say("target.level", level=level_text(desk, indicator, int(level)))
    return desk.words.percent(as_shown.target_number(target))


def is_level_case(desk: Desk, assessment: Assessment) -> bool:
    """Whether the verdict is on an area's standard, which has a level and no pace."""
    return desk.scale(assessment.indicator, assessment.area).unit is Unit.LEVEL


def target_of(desk: Desk, assessment: Assessment) -> str:
    """What an assessment compares with, in words."""
    level = assessment.level if is_level_case(desk, assessment) else None
    return target_text(desk, assessment.target, level)


def target_words(desk: Desk, assessment: Assessment) -> str:
    """What an area is measured by, and whose target it is, as a line of its own."""
    return desk.say(
        "tell.area.own-target" if assessment.own_target else "tell.area.target",
        scope=scope_word(desk),
        year=assessment.target.year,
        target=target_of(desk, assessment),
    )


def whose_target(desk: Desk, assessment: Assessment) -> str:
    """Whose target it is, for an area that is measured against the whole plan's."""
    if assessment.area == desk.scope or assessment.own_target:
        return ""
    return desk.say("target.of-the-plan", scope=scope_word(desk))


def against_words(desk: Desk) -> str:
    """Whose targets areas are measured by, where many stand in one table."""
    own = any(each.area not in {None, desk.scope} for each in desk.results.archive.targets)
    key = "tell.area.against-own" if own else "tell.area.against"
    return desk.say(key, scope=scope_word(desk))


def sentences(desk: Desk, assessment: Assessment) -> tuple[str, ...]:
    """The arithmetic of a verdict: the finding first, then the pace where there is one."""
    parts = (
        finding_sentence(desk, assessment),
        pace_sentence(desk, assessment),
        _why_too_little(desk, assessment),
        _other_ground(desk, assessment),
    )
    return tuple(part for part in parts if part)


def is_other_ground(before: int, after: int) -> bool:
    """Whether a denominator grew or shrank by so much that rates before and after are not alike."""
    return max(before, after) > OTHER_GROUND * min(before, after)


def _other_ground(desk: Desk, assessment: Assessment) -> str:
    """That the first and the latest rate are over very different wholes; normally empty."""
    first, latest = assessment.first, assessment.latest
    if first is None or latest is None or not (first.denominator and latest.denominator):
        return ""
    if not is_other_ground(first.denominator, latest.denominator):
        return ""
    return desk.say(
        "finding.other-ground",
        before=desk.words.number(first.denominator),
        first=first.year,
        after=desk.words.number(latest.denominator),
        latest=latest.year,
    )


def _why_too_little(desk: Desk, assessment: Assessment) -> str:
    """Why a known figure allows no verdict: its own parts speak against it, the milestone's own
    is lacking, or it is alone.
    """
    latest, first, milestone = assessment.latest, assessment.first, assessment.target.year
    if assessment.verdict is Verdict.TOO_LITTLE_DATA and latest and latest.contradicted:
        return desk.say("pace.contradicted", year=latest.year)
    if assessment.verdict is not Verdict.TOO_LITTLE_DATA or latest is None or latest.value is None:
        return ""
    if latest.year < milestone and any(e.year == milestone for e in desk.results.editions):
        return desk.say("pace.own-figure-lacking", year=milestone)
    if first is not None and first.year == latest.year:
        return desk.say("pace.one-figure", year=latest.year)
    return ""


def finding_sentence(desk: Desk, assessment: Assessment) -> str:
    """Value, target and what is missing between them."""
    latest, target = assessment.latest, assessment.target
    facts: dict[str, object] = {
        "target_year": target.year,
        "target": within(target_of(desk, assessment)),
        "whose": whose_target(desk, assessment),
        "scope": scope_word(desk),
    }
    if assessment.verdict is Verdict.NOT_MEASURABLE:
        return _last_result(desk, assessment, facts)
    if latest is None or latest.low is None:
        return desk.say("finding.nothing", **facts)
    facts |= {"year": latest.year, "value": within(figure_said(desk, latest))}
    return _known_finding(desk, assessment, latest, facts)


def _known_finding(
    desk: Desk, assessment: Assessment, latest: Figure, facts: dict[str, object]
) -> str:
    indicator = desk.indicators[assessment.indicator]
    if is_level_case(desk, assessment):
        return desk.say(f"finding.level.{assessment.verdict.value}", **facts)
    if desk.scale(assessment.indicator, assessment.area).unit is Unit.TITLE:
        return desk.say("finding.title", **facts)
    if _has_no_say(assessment):
        return desk.say("finding.range", **facts)
    if assessment.needed_count is not None and indicator.direction is not Direction.DOWN:
        return _count_finding(desk, assessment, latest, facts)
    if assessment.gap is None:
        return desk.say("finding.range", **facts)
    facts["gap"] = _gap_points(desk, assessment)
    return desk.say(f"finding.ratio.{_side(assessment, indicator)}", **facts)


def _has_no_say(assessment: Assessment) -> bool:
    """Whether the latest figure would meet the target, but is not what the verdict goes by."""
    return (
        assessment.verdict in {Verdict.TOO_LITTLE_DATA, Verdict.NOT_MEASURABLE}
        and assessment.gap is not None
        and assessment.gap <= 0
    )


def _is_no_gap(desk: Desk, assessment: Assessment) -> bool:
    """Whether the distance of the latest figure to the target says nothing beside the verdict.

    What an older year lacks is not what lacks now, where nobody knows how much that is.
    """
    if assessment.verdict is Verdict.NOT_MEASURABLE or _has_no_say(assessment):
        return True
    return assessment.verdict in NOT_BY_ITS_FIGURE and bool(dated(desk, assessment))


def _side(assessment: Assessment, indicator: Indicator) -> str:
    gap_ = assessment.gap or Fraction(0)
    if gap_ == 0:
        return "equal"
    side = "short" if gap_ > 0 else "over"
    return f"{side}-down" if indicator.direction is Direction.DOWN else side


def _count_finding(
    desk: Desk, assessment: Assessment, latest: Figure, facts: dict[str, object]
) -> str:
    indicator = desk.indicators[assessment.indicator]
    level = indicator.counts or ""
    needed = assessment.needed_count or 0
    facts |= {
        "detail": figure_detail(desk, latest),
        "needed": desk.words.number(needed),
        "needed_unit": unit(desk, level, needed),
        "unit": unit(desk, level, latest.denominator or 0),
    }
    if latest.value is None:
        facts["absent"] = desk.words.listed(desk.area_within(area) for area in latest.absent)
        return desk.say("finding.count.range", **facts)
    missing = assessment.gap_count or 0
    facts |= {"gap": desk.words.number(missing), "gap_unit": unit(desk, level, missing)}
    over = (latest.numerator or 0) - needed
    facts |= {"over": desk.words.number(max(over, 0)), "over_unit": unit(desk, level, over)}
    side = "short" if missing else ("all" if latest.numerator == latest.denominator else "enough")
    return desk.say(f"finding.count.{side}", **facts)


def _last_result(desk: Desk, assessment: Assessment, facts: dict[str, object]) -> str:
    latest = assessment.latest
    if latest is None or latest.low is None:
        return desk.say("finding.not-measurable-nothing", **facts)
    facts["value"] = figure_said(desk, latest)
    facts["detail"] = figure_detail(desk, latest)
    facts["as_of"] = desk.words.date(latest.as_of)
    key = "finding.not-measurable" if facts["detail"] else "finding.not-measurable-bare"
    return desk.say(key, **facts)


def pace_sentence(desk: Desk, assessment: Assessment) -> str:
    """The change a year so far, the change needed and where this leads; empty without a pace."""
    first, latest = assessment.first, assessment.latest
    if assessment.pace is None or first is None or latest is None:
        return ""
    if assessment.verdict in {Verdict.MET, Verdict.MISSED} or assessment.leads_to is None:
        return ""
    indicator = desk.indicators[assessment.indicator]
    facts: dict[str, object] = {
        "first": first.year,
        "latest": latest.year,
        "each": desk.say(
            "pace.in-one-year" if assessment.target.year == latest.year + 1 else "pace.each-year",
            target_year=assessment.target.year,
        ),
        "pace": _points(desk, as_shown.pace(desk.results, indicator, assessment)),
        "target_year": assessment.target.year,
        "leads_to": desk.words.percent(as_shown.lead(desk.results, indicator, assessment)),
        "needed": _points(desk, as_shown.needed_pace(desk.results, indicator, assessment)),
    }
    course = "up" if assessment.pace > 0 else "down" if assessment.pace < 0 else "flat"
    how = "once" if latest.year == first.year + 1 else "mean"
    facts["change"] = desk.say(f"pace.change.{course}-{how}", **facts)
    wanted = "-wanted-down" if _is_down(desk, assessment) else ""
    if assessment.ended is None:
        return desk.say(f"pace.{course}{wanted}", **facts)
    # Nothing can be made up for any more: this is how it stood.
    facts["until"] = desk.words.date(assessment.ended)
    if course == "flat":
        return desk.say("pace.ended-flat", **facts)
    would = desk.say(f"pace.would.{course}{wanted}", **facts)
    return desk.say("pace.ended", would=would, **facts)


def _is_down(desk: Desk, assessment: Assessment) -> bool:
    return desk.indicators[assessment.indicator].direction is Direction.DOWN


def _gap_key(desk: Desk, assessment: Assessment) -> str:
    """Which sentence tells a gap in points: short of the target or past it, upwards or down."""
    key = "gap.short" if (assessment.gap or 0) > 0 else "gap.over"
    return f"{key}-down" if _is_down(desk, assessment) else key


def gap_words(desk: Desk, assessment: Assessment) -> str:
    """The one thing to know of a verdict, in a few words."""
    indicator = desk.indicators[assessment.indicator]
    if _is_no_gap(desk, assessment):
        return ""
    if assessment.gap_count and indicator.direction is not Direction.DOWN:
        return desk.say(
            "gap.areas",
            gap=desk.words.number(assessment.gap_count),
            unit=unit(desk, indicator.counts or "", assessment.gap_count),
        )
    if assessment.gap is None or desk.scale(assessment.indicator, assessment.area).is_held:
        return ""
    if assessment.gap == 0 or assessment.gap_count == 0:
        return desk.say("gap.reached")
    return desk.say(_gap_key(desk, assessment), gap=_gap_points(desk, assessment))


def gap_signed(desk: Desk, assessment: Assessment) -> str:
    """The same as a bare number with its sign, "−5.1" below the target; empty without points.

    Who stands on the target is 0.0 away from it, which is a distance as well.
    """
    points = as_shown.gap(desk.results, desk.indicators[assessment.indicator], assessment)
    if (
        _is_no_gap(desk, assessment)
        or assessment.gap is None
        or assessment.gap_count
        or points is None
        or desk.scale(assessment.indicator, assessment.area).is_held
    ):
        return ""
    is_below = (assessment.gap > 0) is not _is_down(desk, assessment)
    return desk.words.change(-points if is_below else points)


def _gap_points(desk: Desk, assessment: Assessment) -> str:
    """How far the latest figure and its target are apart, as both are shown."""
    indicator = desk.indicators[assessment.indicator]
    return _points(desk, as_shown.gap(desk.results, indicator, assessment))


def _points(desk: Desk, points: Decimal | None) -> str:
    """An amount of points without a sign, as a bare number."""
    return desk.words.written(abs(points or Decimal(0)))


def pace_facts(desk: Desk, assessment: Assessment) -> tuple[Fact, ...]:
    """The arithmetic as terms: gap, change so far, change needed, where the pace leads."""
    indicator = desk.indicators[assessment.indicator]
    facts = []
    if (
        not _is_no_gap(desk, assessment)
        and assessment.gap is not None
        and assessment.first is not None
    ):
        key = _gap_key(desk, assessment) if assessment.gap else "gap.reached"
        text = desk.say(key, gap=_gap_points(desk, assessment))
        facts.append(Fact(term=desk.say("pace.gap"), text=text))
    pace = as_shown.pace(desk.results, indicator, assessment)
    if pace is not None and assessment.first is not None and assessment.latest:
        years = (assessment.first.year, assessment.latest.year)
        key = "pace.so-far-one" if years[0] + 1 == years[1] else "pace.so-far"
        term = desk.say(key, first=years[0], latest=years[1])
        text = desk.say("pace.points", points=desk.words.change(pace))
        facts.append(Fact(term=term, text=text))
    needed = as_shown.needed_pace(desk.results, indicator, assessment)
    if needed is not None and assessment.latest is not None:
        is_one = assessment.latest.year + 1 == assessment.target.year
        key = "pace.needed-one" if is_one else "pace.needed"
        term = desk.say(key, year=assessment.target.year)
        text = desk.say("pace.points", points=desk.words.change(needed))
        facts.append(Fact(term=term, text=text))
    if assessment.leads_to is not None:
        term = desk.say("pace.leads", year=assessment.target.year)
        text = desk.words.percent(as_shown.lead(desk.results, indicator, assessment))
        facts.append(Fact(term=term, text=text))
    return tuple(facts)


def verdict_cell(desk: Desk, assessment: Assessment | None, href: str = "") -> Cell:
    """A verdict in a grid, with the figure that it stands on."""
    if assessment is None:
        return Cell(kind="empty", word=desk.say("grid.not-expected"))
    latest = assessment.latest
    text = ""
    if latest is not None and latest.low is not None:
        text = figure_text(desk, latest)
        if dated(desk, assessment):
            text = desk.say("tell.table.older", year=latest.year, value=text)
    return Cell(
        kind=assessment.verdict.value,
        word=desk.say(f"verdict.{assessment.verdict.value}.word"),
        text=text,
        provisional=desk.say("status.provisional") if assessment.provisional else "",
        href=href,
        corrected=correction_mark(desk, latest),
    )


def area_headlines(desk: Desk, area: str) -> list[Assessment]:
    """The verdicts on one area, in the plan's order; of one that ended, as it was asked last."""
    last = edition_of(desk, area)
    names = desk.holding if last is None else indicators_of(desk.results, last)
    return [
        desk.results.headlines[name, area]
        for name in names
        if (name, area) in desk.results.headlines
    ]
