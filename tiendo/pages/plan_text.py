"""The plan to read, word for word, and beside each clause what is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from tiendo.ids import clause_anchor
from tiendo.judge.clauses import clauses, standing
from tiendo.pages.actions import latest_states
from tiendo.pages.agencies import agency_links, due_words
from tiendo.pages.page import Page
from tiendo.terms import Action, ActionState, Duty, Passage, PassageKind, Target
from tiendo.words import addresses
from tiendo.words.desk import Desk, head, indicator_link
from tiendo.words.figures import figure_said
from tiendo.words.parts import Head, Link, Mark
from tiendo.words.verdicts import mark

DEEPEST = 5
"""Headings go from h2 to h5."""


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownOf:
    """One thing that the site knows of a clause: its own words and figures, not the plan's."""

    link: Link
    mark: Mark | None
    value: str
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PassageShown:
    """A piece of the plan's text."""

    id: str
    """Empty where nothing leads to it."""
    text: str
    language: str
    known: tuple[KnownOf, ...]
    note: str
    """The site's own remark; mostly empty."""
    note_source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PassageRun:
    """A heading; or passages of one kind that follow each other."""

    tag: str
    """"h3"; empty where it is no heading."""
    style: str
    """How passages look that are no items: a value of `tiendo.terms.PassageKind`, or "letterhead".
    """
    headings: tuple[PassageShown, ...]
    items: tuple[PassageShown, ...]
    others: tuple[PassageShown, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ContentsEntry:
    """A heading in the table of contents, with those below it."""

    link: Link
    below: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanPage:
    """The whole plan as a page to read."""

    head: Head
    kicker: str
    title: str
    finding: str
    translated: str
    """That the words are the site's own translation; empty in the plan's language."""
    source: str
    """Where the document itself can be read, or that this is not known."""
    source_href: str
    contents: tuple[ContentsEntry, ...]
    runs: tuple[PassageRun, ...]


def plan_page(desk: Desk) -> PlanPage:
    """The plan, passage by passage, with what is known of each clause."""
    plan = desk.results.archive.plan
    title = desk.say("plan_text.title")
    finding = desk.say(
        "plan_text.finding",
        number=plan.number,
        signed=desk.words.date(plan.signed),
        issuer=plan.issuer[desk.language],
    )
    first = desk.site.languages[0]
    translated = any(each.text.spoken(desk.language) != first for each in desk.results.archive.text)
    return PlanPage(
        head=head(desk, title=title, description=finding, group=1),
        kicker=plan.short[desk.language],
        title=title,
        finding=finding,
        translated=desk.say("plan_text.translated") if translated else "",
        source=desk.say("plan_text.source" if plan.document else "plan_text.no-source"),
        source_href=plan.document,
        contents=tuple(_contents(desk)),
        runs=tuple(_runs(desk)),
    )


def _contents(desk: Desk) -> Iterator[ContentsEntry]:
    """The headings of the first level, with those right below them."""
    headings = [
        each
        for each in desk.results.archive.text
        if each.kind is PassageKind.HEADING and each.clause
    ]
    for first in headings:
        if "." not in first.clause:
            yield ContentsEntry(
                link=_entry(desk, first),
                below=tuple(
                    _entry(desk, each)
                    for each in headings
                    if each.clause.startswith(f"{first.clause}.") and each.clause.count(".") == 1
                ),
            )


def _entry(desk: Desk, passage: Passage) -> Link:
    return Link(text=passage.text[desk.language], href=f"#{clause_anchor(passage.clause)}")


def _runs(desk: Desk) -> Iterator[PassageRun]:
    """The text in runs: a heading each, a list each, and what is alike and follows each other."""
    for (style, tag, _), run in groupby(_placed(desk), key=lambda each: each[0]):
        shown = tuple(passage for _, passage in run)
        is_list = style in {PassageKind.ITEM.value, PassageKind.RECIPIENT.value}
        yield PassageRun(
            tag=tag,
            style=style,
            headings=shown if tag else (),
            items=shown if is_list else (),
            others=() if tag or is_list else shown,
        )


def _placed(desk: Desk) -> Iterator[tuple[tuple[str, str, int], PassageShown]]:
    """Each passage with its style, a heading's tag, and what parts it from the one before."""
    archive = desk.results.archive
    passages = clauses(archive)
    last = {clause: place for place, (clause, _) in enumerate(passages)}
    titled = next((each.position for each in archive.text if each.kind is PassageKind.TITLE), 0)
    for place, (clause, passage) in enumerate(passages):
        shown = _shown(desk, passage)
        # What is known of a clause stands after the last of its passages.
        if place == last[clause] and clause in standing(archive):
            shown = replace(shown, known=tuple(_known(desk, clause)))
        style, tag = passage.kind.value, ""
        if passage.kind is PassageKind.HEADING:
            parent = clause.partition("-")[0]
            tag = f"h{min(2 + parent.count('.') + (not passage.clause), DEEPEST)}"
        elif passage.kind is PassageKind.PARAGRAPH and passage.position < titled:
            style = "letterhead"
        yield (style, tag, place if tag else 0), shown


def _shown(desk: Desk, passage: Passage) -> PassageShown:
    return PassageShown(
        id=clause_anchor(passage.clause) if passage.clause else "",
        text=passage.text[desk.language],
        language=passage.text.spoken(desk.language),
        known=(),
        note=passage.note[desk.language],
        note_source=passage.note_source,
    )


def _known(desk: Desk, clause: str) -> Iterator[KnownOf]:
    """What is known of a clause: targets and actions with their states, who owes its duties."""
    found = standing(desk.results.archive)[clause]
    for target in found.targets:
        yield _target(desk, target)
    states = latest_states(desk)
    for action in found.actions:
        yield _action(desk, action, states.get(action.action))
    by_duty: dict[str, list[Duty]] = {}
    for duty in found.duties:
        by_duty.setdefault(duty.duty, []).append(duty)
    for duties in by_duty.values():
        for link in agency_links(desk, [duty.agency for duty in duties]):
            yield KnownOf(link=link, mark=None, value="", detail=due_words(desk, duties[0]))


def _target(desk: Desk, target: Target) -> KnownOf:
    """An indicator with the state of this very target."""
    indicator = desk.indicators[target.indicator]
    key = (target.indicator, target.area or desk.scope)
    judged = next(
        (each for each in desk.results.assessments.get(key, ()) if each.target == target), None
    )
    link = indicator_link(desk, indicator)
    if target.area is not None:
        area = desk.area_within(target.area)
        link = replace(link, text=desk.say("plan_text.of-area", name=link.text, area=area))
    if judged is None:
        return KnownOf(link=Link(text=link.text), mark=None, value="", detail="")
    latest = judged.latest if judged.latest and judged.latest.low is not None else None
    detail = desk.say("plan_text.target", year=target.year)
    if latest is not None:
        detail = desk.say("plan_text.target-as-of", year=target.year, latest=latest.year)
    return KnownOf(
        link=link,
        mark=mark(desk, judged),
        value=figure_said(desk, latest) if latest is not None else "",
        detail=detail,
    )


def _action(desk: Desk, action: Action, state: ActionState | None) -> KnownOf:
    """An action with its state in the newest edition."""
    return KnownOf(
        link=Link(
            text=desk.say("plan_text.action", action=action.action),
            href=desk.href(addresses.of_action(action.action)),
        ),
        mark=Mark(kind=state.value, word=desk.say(f"action_state.{state.value}.word"))
        if state is not None
        else None,
        value="",
        detail=desk.say("plan_text.as-of", year=desk.results.editions[-1].year)
        if state is not None
        else "",
    )


PAGE = Page(
    id="plan",
    address=addresses.PLAN,
    build=lambda at, _material, _: plan_page(at),
    subjects=lambda results, _: ("",) if results.archive.text else (),
    menu="delivery",
)
