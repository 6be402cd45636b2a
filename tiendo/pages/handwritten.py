"""Pages written by hand, with what they name: the plan, the site, the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from tiendo.pages.data import licence_terms
from tiendo.pages.legends import GapMeaning, VerdictMeaning, gap_meanings
from tiendo.pages.page import Material, Page
from tiendo.pages.plan_life import MeaningChangeRow, changed_row, changes_in_order
from tiendo.pages.reporting import rule
from tiendo.read.manuscripts import Manuscript, chosen, text_of, with_names, written
from tiendo.terms import Aggregation, Assessment, Missing, Verdict
from tiendo.words import addresses
from tiendo.words.desk import Desk, head, indicator_link, unit_of
from tiendo.words.parts import Head, Link
from tiendo.words.verdicts import bare_mark, sentences

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
"""The verdicts in the order in which they are tried, as in `tiendo.judge.assess`."""

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


@dataclass(frozen=True, kw_only=True, slots=True)
class HandwrittenPart:
    """A piece of a page written by hand: its own HTML, or one of the tables that it names."""

    html: Markup = Markup("")  # noqa: RUF009 - a constant, nothing is called for each instance
    notice: str = ""
    """That the figures are illustrative, in full."""
    example: tuple[str, ...] = ()
    """A worked verdict of this very plan: the sentences of a `Milestone`."""
    example_link: Link = Link(text="")
    verdicts: tuple[VerdictMeaning, ...] = ()
    """In the order in which they are tried, with rules."""
    verdicts_caption: str = ""
    gaps: tuple[GapMeaning, ...] = ()
    changes: tuple[MeaningChangeRow, ...] = ()
    no_changes: str = ""
    """That no target and no definition has changed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HandwrittenPage:
    """A page from ``docs/<language>/*.md``."""

    head: Head
    parts: tuple[HandwrittenPart, ...]


def handwritten_page(desk: Desk, name: str, manuscript: Manuscript) -> HandwrittenPage:
    """The page that the wording calls by this name."""
    plan = desk.results.archive.plan
    words, blocks = _words(desk), _blocks(desk)
    return HandwrittenPage(
        head=head(
            desk,
            title=desk.say(f"handwritten.{name}.title"),
            description=desk.say(f"handwritten.{name}.description", plan=plan.number),
            group=GROUP,
        ),
        parts=tuple(
            blocks[piece]
            if at % 2
            # It has been through `manuscripts`, and its values are escaped.
            else HandwrittenPart(html=Markup(manuscript.filled(piece, words)))  # noqa: S704
            for at, piece in enumerate(manuscript.pieces)
        ),
    )


def _words(desk: Desk) -> dict[str, Markup]:
    """What the names stand for that are words inside a line."""
    plan = desk.results.archive.plan
    editions = desk.results.editions
    here = desk.results.locals_.get(editions[-1].year, ()) if editions else ()
    years = sorted({target.year for target in desk.results.archive.targets})
    contact = desk.site.contact_address
    # It stands inside a sentence, which has its own full stop.
    how = escape(desk.site.contact[desk.language].rstrip("."))
    texts = {
        "areas.count": desk.words.number(len(here)),
        "areas.unit": unit_of(desk, here),
        "contact": Markup('<a href="{}">{}</a>').format(contact, how) if contact else how,
        "indicators.count": desk.words.number(len(desk.holding)),
        "licence": f"{licence_terms(desk)} {desk.site.license}",
        "milestones": desk.words.listed([str(year) for year in years]),
        "operator": desk.site.publisher[desk.language],
        "plan.issuer": plan.issuer[desk.language],
        "plan.number": plan.number,
        "plan.period": f"{plan.start}–{plan.end}",
        "plan.signed": desk.words.date(plan.signed),
        "plan.title": plan.title[desk.language],
        "report.rule": rule(desk),
        "scope": _scope(desk, here),
    }
    return {name: escape(text) for name, text in texts.items()}


def _blocks(desk: Desk) -> dict[str, HandwrittenPart]:
    """What the names stand for that have a line to themselves."""
    example = _example(desk)
    changes = changes_in_order(desk)
    illustrative = desk.results.illustrative
    return {
        "area.verdicts": HandwrittenPart(
            verdicts=tuple(_meaning(desk, verdict, "area_rule") for verdict in AREA_RULES),
            verdicts_caption=desk.say("method.area_verdicts_caption"),
        ),
        "changes": HandwrittenPart(
            changes=tuple(changed_row(desk, change) for change in changes),
            no_changes="" if changes else desk.say("method.no_changes"),
        ),
        "example": HandwrittenPart(
            example=sentences(desk, example) if example else (),
            example_link=indicator_link(desk, desk.indicators[example.indicator])
            if example
            else Link(text=""),
        ),
        "gaps": HandwrittenPart(gaps=gap_meanings(desk, [*Missing])),
        "notice": HandwrittenPart(
            notice=desk.say("handwritten.illustrative") if illustrative else ""
        ),
        "verdicts": HandwrittenPart(
            verdicts=tuple(_meaning(desk, verdict, "rule") for verdict in RULES),
            verdicts_caption=desk.say("method.verdicts_caption"),
        ),
    }


def _scope(desk: Desk, here: Sequence[str]) -> str:
    """The whole area with the number of its areas; before the first release these are not told."""
    name = desk.area_name(desk.scope)
    if not here:
        return name
    return f"{name}: {desk.words.number(len(here))} {unit_of(desk, here)}"


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


def _build(desk: Desk, material: Material, name: str, address: str) -> HandwrittenPage:
    """Whether it may be published has been looked at by `check`."""
    path = chosen(material.docs, desk.language, addresses.HANDWRITTEN[address])
    text = text_of(path) if path is not None else None
    return handwritten_page(desk, name, written(with_names(text or "", desk.site.names)))


def _page(name: str, address: str, group: str) -> Page:
    return Page(
        id=name,
        address=address,
        build=lambda at, material, _: _build(at, material, name, address),
        template="handwritten",
        menu=group,
    )


PAGES = (
    _page("method", addresses.METHOD, "about"),
    _page("about", addresses.ABOUT, "about"),
    _page("accessibility", addresses.ACCESSIBILITY, "about"),
    _page("guide", addresses.GUIDE, ""),
)
