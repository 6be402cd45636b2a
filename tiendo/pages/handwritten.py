"""What pages written by hand may name: the plan, the site, the rules."""

from __future__ import annotations

from tiendo.pages import addresses
from tiendo.pages.contexts import (
    HandwrittenPage,
    Link,
    VerdictMeaning,
)
from tiendo.pages.data import gap_meanings
from tiendo.pages.desk import Desk, head, indicator_link, unit_of
from tiendo.pages.plan_life import changed_row, changes_in_order
from tiendo.pages.release_calendar import next_sentence
from tiendo.pages.reporting import rule
from tiendo.pages.verdict_words import bare_mark, sentences
from tiendo.terms import Aggregation, Assessment, Verdict

TITLES = {
    addresses.METHOD: "method",
    addresses.ABOUT: "about",
    addresses.ACCESSIBILITY: "accessibility",
    addresses.GUIDE: "guide",
    addresses.NOT_FOUND: "not-found",
}
"""The pages written by hand, by their addresses, and what the wording calls them."""

RULES = (
    Verdict.NOT_MEASURABLE,
    Verdict.TOO_LITTLE_DATA,
    Verdict.MET,
    Verdict.MISSED,
    Verdict.LOST,
    Verdict.ON_TRACK,
    Verdict.BEHIND,
    Verdict.NOT_MOVING,
)
"""The verdicts in the order in which they are tried, as in `tiendo.assess`."""

AREA_RULES = (
    Verdict.NOT_MEASURABLE,
    Verdict.TOO_LITTLE_DATA,
    Verdict.MET,
    Verdict.MISSED,
    Verdict.LOST,
    Verdict.NOT_HELD,
)
"""The same for one area's standard, and for titles."""

GROUP = 3


def handwritten_page(desk: Desk, address: str) -> HandwrittenPage:
    """What the page at this address may name.

    Raises:
        KeyError: no page written by hand has this address.

    """
    name = TITLES[address]
    plan = desk.results.archive.plan
    editions = desk.results.editions
    here = desk.results.locals_.get(editions[-1].year, ()) if editions else ()
    example = _example(desk)
    years = sorted({target.year for target in desk.results.archive.targets})
    return HandwrittenPage(
        head=head(
            desk,
            title=desk.say(f"handwritten.{name}.title"),
            description=desk.say(f"handwritten.{name}.description", plan=plan.number),
            group=GROUP,
        ),
        plan_title=plan.title[desk.language],
        plan_number=plan.number,
        plan_signed=desk.words.date(plan.signed),
        plan_issuer=plan.issuer[desk.language],
        plan_period=f"{plan.start}–{plan.end}",
        scope=desk.area_name(desk.scope),
        indicator_count=desk.words.number(len(desk.holding)),
        area_count=desk.words.number(len(here)),
        area_unit=unit_of(desk, here),
        milestones=tuple(str(year) for year in years),
        illustrative=desk.say("handwritten.illustrative") if desk.results.illustrative else "",
        operator=desk.site.publisher[desk.language],
        # It stands inside a sentence, which has its own full stop.
        contact=Link(
            text=desk.site.contact[desk.language].rstrip("."), href=desk.site.contact_address
        ),
        respond_within="",
        licence=desk.say("data_page.licence"),
        licence_link=Link(text=desk.site.license),
        verdicts=tuple(_meaning(desk, verdict, "rule") for verdict in RULES),
        area_verdicts=tuple(_meaning(desk, verdict, "area_rule") for verdict in AREA_RULES),
        gaps=gap_meanings(desk),
        example=sentences(desk, example) if example else (),
        example_link=(
            indicator_link(desk, desk.indicators[example.indicator]) if example else Link(text="")
        ),
        report_rule=rule(desk),
        next_release=next_sentence(desk),
        meaning_changes=tuple(changed_row(desk, change) for change in changes_in_order(desk)),
        home_href=desk.href(addresses.HOME),
        data_href=desk.href(addresses.DATA),
        calendar_href=desk.href(addresses.CALENDAR),
        corrections_href=desk.href(addresses.CORRECTIONS),
        quality_href=desk.href(addresses.QUALITY),
        method_href=desk.href(addresses.METHOD),
        about_href=desk.href(addresses.ABOUT),
        accessibility_href=desk.href(addresses.ACCESSIBILITY),
        places_href=desk.href(addresses.PLACES),
    )


def _meaning(desk: Desk, verdict: Verdict, rules: str) -> VerdictMeaning:
    return VerdictMeaning(
        mark=bare_mark(desk, verdict),
        meaning=desk.say(f"verdict.{verdict.value}.meaning"),
        rule=desk.say(f"{rules}.{verdict.value}"),
    )


def _example(desk: Desk) -> Assessment | None:
    """The verdict that has most arithmetic to show, the nearest milestone first.

    One on its way to its target rather than one that was judged; a count rather than a rate.
    """
    telling = (
        {Verdict.ON_TRACK, Verdict.BEHIND},
        {Verdict.MISSED, Verdict.LOST, Verdict.NOT_MOVING},
        {Verdict.MET},
        set(Verdict),
    )

    def rank(assessment: Assessment) -> tuple[int, bool, int]:
        counts = desk.indicators[assessment.indicator].aggregation is Aggregation.COUNT
        place = next(n for n, verdicts in enumerate(telling) if assessment.verdict in verdicts)
        return place, not counts, assessment.target.year

    known = (
        assessment
        for name in desk.indicators
        for assessment in desk.results.assessments.get((name, desk.scope), ())
        if assessment.latest is not None
    )
    return min(known, key=rank, default=None)
