"""The page of actions: the tasks of the plan and how far they have come."""

from __future__ import annotations

from dataclasses import dataclass

from tiendo.judge.clauses import of_action
from tiendo.pages.agencies import agency_links, taken_over
from tiendo.pages.page import Page
from tiendo.pages.page_end import Closing, closing
from tiendo.terms import Action, ActionReport, ActionState, Edition
from tiendo.words import addresses
from tiendo.words.clauses import clause_link
from tiendo.words.desk import Desk, dateline, head
from tiendo.words.downloads import edition_table
from tiendo.words.parts import Head, Link

STATE_ORDER = (
    ActionState.DONE,
    ActionState.UNDER_WAY,
    ActionState.NOT_STARTED,
    ActionState.STOPPED,
    ActionState.UNKNOWN,
)
"""The order in which counts are told."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionYear:
    """What was said of an action in an edition."""

    year: str
    kind: str
    """A value of `tiendo.terms.ActionState`."""
    word: str
    """"under way"."""
    summary: str
    evidence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionRow:
    """A task of the plan."""

    id: str
    """"iii-1-2"."""
    code: str
    """"III.1.2"."""
    text: str
    clause: Link
    """Where in the plan it stands."""
    recurrence: str
    """"every year"."""
    leads: tuple[Link, ...]
    """The agencies in the lead, linked to their place on the agencies' page."""
    taken_over: tuple[Link, ...]
    """Who took over from those that are no more."""
    lead_basis: str
    """"inferred by this site" or "named by the plan"."""
    named_by: Link | None
    """The clause that names the lead."""
    inferred_from: Link | None
    """The clause from which it is inferred."""
    lead_reason: str
    """From what it is inferred; empty where the plan names it."""
    latest: ActionYear | None
    earlier: tuple[ActionYear, ...]
    """Newest first, without ``latest``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionSection:
    """The tasks of one section of the plan."""

    id: str
    name: str
    rows: tuple[ActionRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionCount:
    """How many actions are in a state."""

    kind: str
    word: str
    count: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionsPage:
    """The tasks of the plan and how far they have come."""

    head: Head
    title: str
    finding: str
    dateline: str
    notice: str
    """That leads are inferred, and what that means."""
    counts: tuple[ActionCount, ...]
    sections: tuple[ActionSection, ...]
    closing: Closing


def actions_page(desk: Desk) -> ActionsPage:
    """The tasks of the plan, by its sections, with their state in each edition."""
    title = desk.say("actions_page.title")
    actions = desk.results.archive.actions
    finding = _finding(desk)
    sections: dict[str, list[Action]] = {}
    for action in actions:
        sections.setdefault(action.section, []).append(action)
    inferred = any(action.lead_basis != "plan" for action in actions)
    return ActionsPage(
        head=head(desk, title=title, description=finding, group=1),
        title=title,
        finding=finding,
        dateline=dateline(desk),
        notice=desk.say("actions_page.inferred") if inferred else "",
        counts=_counts(desk),
        sections=tuple(
            ActionSection(
                id=f"muc-{addresses.anchor(section)}",
                name=_section_name(desk, section),
                rows=tuple(_row(desk, action) for action in members),
            )
            for section, members in sections.items()
        ),
        closing=closing(
            desk,
            title=lambda at: at.say("actions_page.title"),
            downloads=tuple(
                table
                for edition in reversed(desk.results.editions)
                if (table := edition_table(desk, edition, "actions.csv")) is not None
            ),
        ),
    )


def latest_states(desk: Desk) -> dict[str, ActionState]:
    """Each action's state in the newest edition; unknown where that says nothing of it.

    Empty before the first edition.
    """
    if not desk.results.editions:
        return {}
    said = {report.action: report.state for report in desk.results.editions[-1].actions}
    return {
        action.action: said.get(action.action, ActionState.UNKNOWN)
        for action in desk.results.archive.actions
    }


def _counts(desk: Desk) -> tuple[ActionCount, ...]:
    states = list(latest_states(desk).values())
    return tuple(
        ActionCount(
            kind=state.value,
            word=desk.say(f"action_state.{state.value}.word"),
            count=desk.words.number(states.count(state)),
        )
        for state in STATE_ORDER
        if state in states
    )


def _finding(desk: Desk) -> str:
    states = list(latest_states(desk).values())
    count = len(desk.results.archive.actions)
    if not states:
        return desk.say("actions_page.finding-none", count=count)
    return desk.say(
        "actions_page.finding",
        count=count,
        year=desk.results.editions[-1].year,
        states=desk.words.listed(
            desk.say(f"action_state.{state.value}.count", count=states.count(state))
            for state in STATE_ORDER
            if state in states
        ),
    )


def _section_name(desk: Desk, section: str) -> str:
    name = desk.results.archive.plan.sections.get(section)
    if name is None:
        return desk.say("actions_page.section", section=section)
    return desk.say("actions_page.section-named", section=section, name=name[desk.language])


def _row(desk: Desk, action: Action) -> ActionRow:
    told = [_year(desk, edition, action) for edition in reversed(desk.results.editions)]
    lead_clause = clause_link(desk, action.lead_clause) if action.lead_clause else None
    return ActionRow(
        id=addresses.anchor(action.action),
        code=action.action,
        text=action.text[desk.language],
        clause=clause_link(desk, of_action(desk.results.archive, action).clause or action.section),
        recurrence=desk.say(f"recurrence.{action.recurrence}"),
        leads=agency_links(desk, action.leads),
        taken_over=taken_over(desk, action.leads),
        lead_basis=desk.say(f"lead_basis.{action.lead_basis}") if action.leads else "",
        named_by=None if action.lead_reason else lead_clause,
        inferred_from=lead_clause if action.lead_reason else None,
        lead_reason=action.lead_reason[desk.language],
        latest=told[0] if told else None,
        earlier=tuple(told[1:]),
    )


def _year(desk: Desk, edition: Edition, action: Action) -> ActionYear:
    said: ActionReport | None = next(
        (report for report in edition.actions if report.action == action.action), None
    )
    state = said.state if said is not None else ActionState.UNKNOWN
    return ActionYear(
        year=str(edition.year),
        kind=state.value,
        word=desk.say(f"action_state.{state.value}.word"),
        summary=said.summary[desk.language] if said is not None else "",
        evidence=said.evidence if said is not None else "",
    )


PAGE = Page(
    id="actions",
    address=addresses.ACTIONS,
    build=lambda at, _material, _: actions_page(at),
    menu="delivery",
)
