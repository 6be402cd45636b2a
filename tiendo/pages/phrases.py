"""Figures, verdicts and their arithmetic in words; what every page's builder starts from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from tiendo.config import Site
from tiendo.pages import addresses
from tiendo.pages.contexts import Cell, Fact, Gap, Head, Link, Mark, Shown, VerdictCount
from tiendo.terms import (
    Aggregation,
    Area,
    Assessment,
    Direction,
    Edition,
    Figure,
    Indicator,
    Measure,
    Missing,
    Release,
    Results,
    Target,
    Verdict,
)
from tiendo.wording import Words

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """All that a builder writes from: what is known, in which words, and on which page."""

    results: Results
    site: Site
    words: Words
    here: str
    """Address of the page being written, without its language's folder."""
    indicators: Mapping[str, Indicator]
    preview: bool = False

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.words.language

    def say(self, key: str, **facts: object) -> str:
        """A sentence of the wording, with facts."""
        return self.words.say(key, **facts)

    def href(self, page: str) -> str:
        """The way from this page to another in the same language."""
        return addresses.relative(page, self.here)

    def file_href(self, file: str) -> str:
        """The way from this page to a file that all languages share."""
        deeper = "" if self.language == self.site.languages[0] else "x/"
        return addresses.relative(file, deeper + self.here)

    def absolute(self, page: str, language: str | None = None) -> str:
        """A page's full address."""
        return self.site.address + addresses.in_language(
            page, language or self.language, self.site.languages[0]
        )

    def area(self, name: str) -> Area:
        """An area by its id."""
        return self.results.archive.areas[name]

    def area_name(self, name: str) -> str:
        """An area's full name."""
        return self.area(name).name[self.language]

    def area_within(self, name: str) -> str:
        """An area's full name as it stands within a sentence: "huyện", not "Huyện"."""
        full = self.area_name(name)
        kind = self.say(f"area_type.{self.area(name).type}")
        return kind.lower() + full.removeprefix(kind) if full.startswith(f"{kind} ") else full

    @property
    def scope(self) -> str:
        """The id of the whole area."""
        return self.results.archive.plan.scope


def head(desk: Desk, *, title: str, description: str, group: int) -> Head:
    """What a page says about itself."""
    languages = desk.site.languages
    other = next((name for name in languages if name != desk.language), desk.language)
    folder = "" if desk.language == languages[0] else f"{desk.language}/"
    target = addresses.in_language(desk.here, other, languages[0])
    return Head(
        language=desk.language,
        title=title,
        description=description,
        canonical=desk.absolute(desk.here),
        alternate_vi=desk.absolute(desk.here, "vi"),
        alternate_en=desk.absolute(desk.here, "en"),
        switch_href=addresses.relative(target, folder + desk.here),
        group=group,
        noindex=desk.results.illustrative or desk.preview,
        banner=desk.say("notice.illustrative") if desk.results.illustrative else "",
        watermark=desk.say("notice.preview") if desk.preview else "",
    )


# Figures ------------------------------------------------------------------------------------


def shown(desk: Desk, figure: Figure | None, against: Fraction | None = None) -> Shown:
    """A figure as it is shown, or why there is none.

    ``against`` is the target that rounding must not cross.
    """
    if figure is None or figure.low is None or figure.high is None:
        missing = figure.missing if figure is not None and figure.missing else None
        return Shown(gap=gap(desk, missing or Missing.NOT_REPORTED))
    return Shown(
        text=figure_text(desk, figure, against),
        detail=figure_detail(desk, figure),
        provisional=desk.say("status.provisional") if figure.provisional else "",
    )


def figure_text(desk: Desk, figure: Figure, against: Fraction | None = None) -> str:
    """The value of a figure that is known: per cent, a range of them, a level or a title.

    Raises:
        ValueError: there is no value.

    """
    indicator = desk.indicators[figure.indicator]
    if figure.low is None or figure.high is None:
        raise ValueError(figure)
    if indicator.measure is Measure.TITLE:
        return desk.say("figure.title-held" if figure.low else "figure.title-not-held")
    if indicator.measure is Measure.STANDARD and figure.area != desk.scope:
        return level_text(desk, indicator, int(figure.low))
    low = desk.words.percent(figure.low, indicator.decimals, against)
    if figure.low == figure.high:
        return low
    high = desk.words.percent(figure.high, indicator.decimals, against)
    return desk.say("figure.range", low=low.removesuffix("%"), high=high)


def level_text(desk: Desk, indicator: Indicator, level: int) -> str:
    """A level of a standard in words; "held" where the standard has one level only."""
    if level == 0:
        return desk.say("figure.level-none")
    if indicator.threshold == 1 and level == 1:
        return desk.say("figure.level-held")
    return desk.say("figure.level", level=level)


def figure_detail(desk: Desk, figure: Figure) -> str:
    """What a figure was worked out from: counts of areas or of whatever the indicator counts."""
    if figure.numerator is None or figure.denominator is None:
        return ""
    indicator = desk.indicators[figure.indicator]
    numerator = desk.words.number(figure.numerator)
    if figure.numerator_high not in {None, figure.numerator}:
        numerator = f"{numerator}–{desk.words.number(figure.numerator_high or 0)}"
    if indicator.aggregation is Aggregation.COUNT:
        return desk.say(
            "figure.of-areas",
            numerator=numerator,
            denominator=desk.words.number(figure.denominator),
            unit=unit(desk, indicator.counts or "", figure.denominator),
        )
    return desk.say(
        "figure.of", numerator=numerator, denominator=desk.words.number(figure.denominator)
    )


def unit(desk: Desk, level: str, count: int) -> str:
    """What areas of a level are called, for a count of them."""
    return desk.say(f"level.{level}", count=count)


def gap(desk: Desk, missing: Missing) -> Gap:
    """The short word of a missing reason."""
    return Gap(kind=missing.value, word=desk.say(f"missing.{missing.value}.word"))


def change_text(desk: Desk, figure: Figure, before: Figure | None) -> str:
    """The change against the figure before, where the two can be compared; else empty."""
    if before is None or figure.value is None or before.value is None or figure.break_:
        return ""
    indicator = desk.indicators[figure.indicator]
    change = figure.value - before.value
    is_level = indicator.measure is Measure.STANDARD and figure.area != desk.scope
    if is_level or indicator.measure is Measure.TITLE:
        return "" if change == 0 else desk.say("change.level", change=desk.words.change(change))
    if (
        indicator.aggregation is Aggregation.COUNT
        and figure.denominator == before.denominator
        and figure.numerator is not None
        and before.numerator is not None
    ):
        areas = figure.numerator - before.numerator
        if areas == 0:
            return desk.say("change.none")
        return desk.say(
            "change.areas",
            change=desk.words.change(Fraction(areas)),
            unit=unit(desk, indicator.counts or "", abs(areas)),
        )
    if change == 0:
        return desk.say("change.none")
    return desk.say("change.points", change=desk.words.change(change, indicator.decimals))


def status_text(desk: Desk, figure: Figure) -> str:
    """How a figure came about: its observation status, and whether this site worked it out."""
    if figure.low is None:
        return ""
    word = desk.say(f"status.{figure.status.value}") if figure.status else ""
    return desk.say("status.aggregated", status=word) if figure.aggregated else word


def latest_before(series: Iterable[Figure], year: int) -> Figure | None:
    """The last known figure before a year, as far as a break does not stand between them."""
    found = None
    for figure in series:
        if figure.year < year:
            found = None if figure.break_ and figure.low is None else found
            found = figure if figure.low is not None else found
    return found


# Verdicts -----------------------------------------------------------------------------------


def mark(desk: Desk, assessment: Assessment) -> Mark:
    """A verdict as it is shown."""
    return Mark(
        kind=assessment.verdict.value,
        word=desk.say(f"verdict.{assessment.verdict.value}.word"),
        provisional=desk.say("status.provisional") if assessment.provisional else "",
    )


def bare_mark(desk: Desk, verdict: Verdict) -> Mark:
    """A verdict's mark without a case, for legends and counts."""
    return Mark(kind=verdict.value, word=desk.say(f"verdict.{verdict.value}.word"))


def verdict_counts(desk: Desk, assessments: Iterable[Assessment]) -> tuple[VerdictCount, ...]:
    """How many indicators carry each verdict, those that occur."""
    verdicts = [assessment.verdict for assessment in assessments]
    return tuple(
        VerdictCount(
            mark=bare_mark(desk, verdict),
            count=desk.words.number(verdicts.count(verdict)),
            unit=desk.say("unit.indicator", count=verdicts.count(verdict)),
        )
        for verdict in VERDICT_ORDER
        if verdict in verdicts
    )


def counts_sentence(desk: Desk, assessments: Iterable[Assessment]) -> str:
    """The verdict counts as an enumeration: "5 đã đạt, 4 đúng nhịp và 3 chậm nhịp"."""
    verdicts = [assessment.verdict for assessment in assessments]
    return desk.words.listed(
        desk.say(f"verdict.{verdict.value}.count", count=verdicts.count(verdict))
        for verdict in VERDICT_ORDER
        if verdict in verdicts
    )


def target_text(desk: Desk, target: Target, level: Fraction | None = None) -> str:
    """What is to be reached: per cent, a level, or a title; ``level`` for an area's standard."""
    indicator = desk.indicators[target.indicator]
    if indicator.measure is Measure.TITLE:
        return desk.say("target.title")
    if level is not None:
        return desk.say("target.level", level=level_text(desk, indicator, int(level)))
    return desk.words.percent(Fraction(target.value), indicator.decimals)


def is_level_case(desk: Desk, assessment: Assessment) -> bool:
    """Whether the verdict is on an area's standard, which has a level and no pace."""
    indicator = desk.indicators[assessment.indicator]
    return indicator.measure is Measure.STANDARD and assessment.area != desk.scope


def target_of(desk: Desk, assessment: Assessment) -> str:
    """What an assessment compares with, in words."""
    level = assessment.level if is_level_case(desk, assessment) else None
    return target_text(desk, assessment.target, level)


def whose_target(desk: Desk, assessment: Assessment) -> str:
    """Whose target it is, for an area that is measured against the whole plan's."""
    if assessment.area == desk.scope or assessment.own_target:
        return ""
    return desk.say("target.of-the-plan", scope=scope_word(desk))


def scope_word(desk: Desk) -> str:
    """What the whole area is called in passing: "tỉnh", "the province"."""
    return desk.say(f"scope.{desk.area(desk.scope).level}")


def sentences(desk: Desk, assessment: Assessment) -> tuple[str, ...]:
    """The arithmetic of a verdict: the finding first, then the pace where there is one."""
    finding = finding_sentence(desk, assessment)
    return tuple(part for part in (finding, pace_sentence(desk, assessment)) if part)


def finding_sentence(desk: Desk, assessment: Assessment) -> str:
    """Value, target and what is missing between them."""
    latest, target = assessment.latest, assessment.target
    facts: dict[str, object] = {
        "target_year": target.year,
        "target": _within(target_of(desk, assessment)),
        "whose": whose_target(desk, assessment),
        "scope": scope_word(desk),
    }
    if assessment.verdict is Verdict.NOT_MEASURABLE:
        return _last_result(desk, assessment, facts)
    if latest is None or latest.low is None:
        return desk.say("finding.nothing", **facts)
    against = None if is_level_case(desk, assessment) else assessment.level
    facts |= {"year": latest.year, "value": _within(figure_text(desk, latest, against))}
    return _known_finding(desk, assessment, latest, facts)


def _known_finding(
    desk: Desk, assessment: Assessment, latest: Figure, facts: dict[str, object]
) -> str:
    indicator = desk.indicators[assessment.indicator]
    if is_level_case(desk, assessment):
        return desk.say(f"finding.level.{assessment.verdict.value}", **facts)
    if indicator.measure is Measure.TITLE:
        return desk.say("finding.title", **facts)
    if _has_no_say(assessment):
        return desk.say("finding.range", **facts)
    if assessment.needed_count is not None and indicator.direction is not Direction.DOWN:
        return _count_finding(desk, assessment, latest, facts)
    if assessment.gap is None:
        return desk.say("finding.range", **facts)
    facts["gap"] = desk.words.points(assessment.gap, indicator.decimals)
    return desk.say(f"finding.ratio.{_side(assessment, indicator)}", **facts)


def _within(text: str) -> str:
    """A label as it stands within a sentence."""
    return text[:1].lower() + text[1:]


def _has_no_say(assessment: Assessment) -> bool:
    """Whether the latest figure would meet the target, but is not what the verdict goes by."""
    return (
        assessment.verdict in {Verdict.TOO_LITTLE_DATA, Verdict.NOT_MEASURABLE}
        and assessment.gap is not None
        and assessment.gap <= 0
    )


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
    facts["value"] = figure_text(desk, latest, assessment.level)
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
    decimals = desk.indicators[assessment.indicator].decimals
    facts: dict[str, object] = {
        "first": first.year,
        "latest": latest.year,
        "pace": desk.words.points(assessment.pace, decimals),
        "target_year": assessment.target.year,
        "leads_to": desk.words.percent(
            min(max(assessment.leads_to, Fraction(0)), Fraction(100)),
            decimals,
            assessment.level,
        ),
        "needed": desk.words.points(assessment.needed_pace or Fraction(0), decimals),
    }
    course = "up" if assessment.pace > 0 else "down" if assessment.pace < 0 else "flat"
    wanted = "-wanted-down" if _is_down(desk, assessment) else ""
    return desk.say(f"pace.{course}{wanted}", **facts)


def _is_down(desk: Desk, assessment: Assessment) -> bool:
    return desk.indicators[assessment.indicator].direction is Direction.DOWN


def _gap_key(desk: Desk, assessment: Assessment) -> str:
    """Which sentence tells a gap in points: short of the target or past it, upwards or down."""
    key = "gap.short" if (assessment.gap or 0) > 0 else "gap.over"
    return f"{key}-down" if _is_down(desk, assessment) else key


def gap_words(desk: Desk, assessment: Assessment) -> str:
    """The one thing to know of a verdict, in a few words."""
    indicator = desk.indicators[assessment.indicator]
    if assessment.verdict is Verdict.NOT_MEASURABLE or _has_no_say(assessment):
        return ""
    if assessment.gap_count and indicator.direction is not Direction.DOWN:
        return desk.say(
            "gap.areas",
            gap=desk.words.number(assessment.gap_count),
            unit=unit(desk, indicator.counts or "", assessment.gap_count),
        )
    if (
        assessment.gap is None
        or indicator.measure is Measure.TITLE
        or is_level_case(desk, assessment)
    ):
        return ""
    if assessment.gap == 0 or assessment.gap_count == 0:
        return desk.say("gap.reached")
    points = desk.words.points(assessment.gap, indicator.decimals)
    return desk.say(_gap_key(desk, assessment), gap=points)


def pace_facts(desk: Desk, assessment: Assessment) -> tuple[Fact, ...]:
    """The arithmetic as terms: gap, change so far, change needed, where the pace leads."""
    decimals = desk.indicators[assessment.indicator].decimals
    facts = []
    has_say = assessment.verdict is not Verdict.NOT_MEASURABLE and not _has_no_say(assessment)
    if has_say and assessment.gap is not None and assessment.first is not None:
        points = desk.words.points(assessment.gap, decimals)
        text = desk.say(_gap_key(desk, assessment), gap=points)
        facts.append(Fact(term=desk.say("pace.gap"), text=text))
    if assessment.pace is not None and assessment.first is not None and assessment.latest:
        term = desk.say("pace.so-far", first=assessment.first.year, latest=assessment.latest.year)
        text = desk.say("pace.points", points=desk.words.change(assessment.pace, decimals))
        facts.append(Fact(term=term, text=text))
    if assessment.needed_pace is not None:
        term = desk.say("pace.needed", year=assessment.target.year)
        text = desk.say("pace.points", points=desk.words.change(assessment.needed_pace, decimals))
        facts.append(Fact(term=term, text=text))
    if assessment.leads_to is not None:
        bounded = min(max(assessment.leads_to, Fraction(0)), Fraction(100))
        term = desk.say("pace.leads", year=assessment.target.year)
        text = desk.words.percent(bounded, decimals, assessment.level)
        facts.append(Fact(term=term, text=text))
    return tuple(facts)


def verdict_cell(desk: Desk, assessment: Assessment | None, href: str = "") -> Cell:
    """A verdict in a grid, with the figure that it stands on."""
    if assessment is None:
        return Cell(kind="empty", word=desk.say("grid.not-expected"))
    latest = assessment.latest
    text = ""
    if latest is not None and latest.low is not None:
        text = figure_text(desk, latest, assessment.level)
    return Cell(
        kind=assessment.verdict.value,
        word=desk.say(f"verdict.{assessment.verdict.value}.word"),
        text=text,
        provisional=desk.say("status.provisional") if assessment.provisional else "",
        href=href,
    )


# Editions -----------------------------------------------------------------------------------


def release_of(desk: Desk, edition: Edition) -> Release | None:
    """The calendar's row of an edition; None for a draft in a preview."""
    for release in desk.results.calendar:
        if (release.year, release.version) == (edition.year, edition.version):
            return release
    return None


def released_on(desk: Desk, edition: Edition) -> date | None:
    """The day of an edition's release, where the site stands."""
    release = release_of(desk, edition)
    return release.released.astimezone(desk.site.timezone).date() if release else None


def dateline(desk: Desk) -> str:
    """How old the newest figures are, and since when they are public."""
    if not desk.results.editions:
        return desk.say("dateline.none")
    edition = desk.results.editions[-1]
    released = released_on(desk, edition)
    if released is None:
        return desk.say("dateline.draft", as_of=desk.words.date(edition.as_of))
    return desk.say(
        "dateline.released",
        as_of=desk.words.date(edition.as_of),
        released=desk.words.date(released),
    )


def citation(desk: Desk, title: str) -> str:
    """One line to copy: what, of which plan, which figures in which version, where."""
    plan = desk.results.archive.plan
    facts: dict[str, object] = {
        "title": title,
        "plan": plan.number,
        "site": desk.site.name[desk.language],
        "address": desk.absolute(desk.here),
        "notice": desk.say("notice.short") if desk.results.illustrative else "",
    }
    if not desk.results.editions:
        return desk.say("citation.nothing", **facts)
    edition = desk.results.editions[-1]
    released = released_on(desk, edition)
    facts |= {
        "year": edition.year,
        "version": edition.version,
        "as_of": desk.words.date(edition.as_of),
        "released": desk.words.date(released) if released else desk.say("notice.preview"),
    }
    return desk.say("citation.text", **facts)


def home_link(desk: Desk) -> Link:
    """The way home, for trails."""
    return Link(text=desk.say("trail.home"), href=desk.href(addresses.HOME))


def indicator_link(desk: Desk, indicator: Indicator) -> Link:
    """An indicator by its short name."""
    return Link(
        text=indicator.short[desk.language],
        href=desk.href(addresses.of_indicator(indicator.indicator)),
    )


def area_link(desk: Desk, name: str) -> Link:
    """An area by its full name; without a page where it never reported."""
    href = desk.href(addresses.of_area(name)) if has_page(desk, name) else ""
    return Link(text=desk.area_name(name), href=href)


def has_page(desk: Desk, name: str) -> bool:
    """Whether an area has a page: the local areas of some edition that may be seen."""
    return name in _with_pages(desk.results)


@lru_cache(maxsize=4)
def _with_pages(results: Results) -> frozenset[str]:
    return frozenset(area for here in results.locals_.values() for area in here)
