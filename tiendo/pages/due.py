"""The page of what falls due: the plan's dates, who owes what by then, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tiendo.judge.bodies import in_office
from tiendo.judge.due import Due, dues, undated
from tiendo.judge.reporting import owed
from tiendo.pages.agencies import agency_links
from tiendo.pages.page import Page
from tiendo.pages.release_calendar import Release, coming
from tiendo.pages.reporting import counts_words
from tiendo.terms import Agency, Duty
from tiendo.words import addresses
from tiendo.words.clauses import duty_link
from tiendo.words.desk import Desk, head
from tiendo.words.due import what_words, when_words
from tiendo.words.parts import Head, Link, Mark


@dataclass(frozen=True, kw_only=True, slots=True)
class DueRow:
    """A date of the plan."""

    when: str
    """"Before 15 December 2026", "In 2030"."""
    datetime: str
    """The last day on which it is in time."""
    quote: str
    """The duty in the plan's words."""
    quote_language: str
    clause: Link
    who: tuple[Link, ...]
    to: tuple[Link, ...]
    mark: Mark
    told: str
    """What is known of it: how many reports came, what was done and when."""
    passed: str
    """Whose bodies are no more by then, and that the plan does not say who owes it now."""
    heirs: tuple[Link, ...]
    """Who took over from those."""
    more: Link | None
    """The year's reports, one by one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class YearlyRow:
    """What is owed each year and has no day."""

    quote: str
    quote_language: str
    clause: Link
    who: tuple[Link, ...]
    to: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DuePage:
    """What falls due: ahead, past, and each year without a day."""

    head: Head
    title: str
    finding: str
    file: Link
    """The dates ahead as a file to subscribe to."""
    ahead: tuple[DueRow, ...]
    releases: tuple[Release, ...]
    past: tuple[DueRow, ...]
    """The latest first."""
    yearly: tuple[YearlyRow, ...]


def due_page(desk: Desk) -> DuePage:
    """The plan's dates, the next one first."""
    title = desk.say("due_page.title")
    finding = next_sentence(desk) or desk.say("due_page.nothing")
    all_ = dues(desk.results)
    return DuePage(
        head=head(desk, title=title, description=finding, group=1),
        title=title,
        finding=finding,
        file=Link(text=desk.say("due_page.subscribe"), href=desk.href(addresses.DUE_FILE)),
        ahead=tuple(_row(desk, each) for each in all_ if each.ahead),
        releases=coming(desk),
        past=tuple(_row(desk, each) for each in reversed(all_) if not each.ahead),
        yearly=_yearly(desk),
    )


def next_due(desk: Desk) -> Due | None:
    """The next date of the plan; None where none is ahead."""
    return next((each for each in dues(desk.results) if each.ahead), None)


def next_sentence(desk: Desk) -> str:
    """What falls due next, who owes it; empty where nothing is ahead."""
    found = next_due(desk)
    if found is None:
        return ""
    return desk.say(
        "due_page.next" if found.owing else "due_page.next-nobody",
        when=when_words(desk, found),
        what=what_words(desk, found),
        who=_names(desk, found.owing),
    )


def _names(desk: Desk, agencies: Iterable[Agency]) -> str:
    links = agency_links(desk, (each.agency for each in agencies))
    return desk.words.listed(link.text for link in links)


def _row(desk: Desk, due: Due) -> DueRow:
    duty = due.duties[0]
    words = when_words(desk, due)
    return DueRow(
        when=words[:1].upper() + words[1:],
        datetime=due.last.isoformat(),
        quote=duty.text[desk.language],
        quote_language=duty.text.spoken(desk.language),
        clause=duty_link(desk, duty),
        who=agency_links(desk, (each.agency for each in (due.owing or due.ended))),
        to=agency_links(desk, duty.recipients),
        mark=_mark(desk, due),
        told=_told(desk, due),
        passed=_passed(desk, due),
        heirs=_heirs(desk, due),
        more=Link(
            text=desk.say("due_page.one-by-one", year=due.year),
            href=f"{desk.href(addresses.of_year(due.year))}#bao-cao",
        )
        if due.reports
        else None,
    )


def _mark(desk: Desk, due: Due) -> Mark:
    return Mark(kind=due.state.value, word=desk.say(f"due_page.state.{due.state.value}"))


def _told(desk: Desk, due: Due) -> str:
    """What is known: of reports how many came, of another duty what an edition says."""
    asked = owed(due.reports)
    if asked:
        return desk.say("due_page.reports", counts=counts_words(desk, asked), count=len(asked))
    if due.told is None:
        return ""
    parts = [desk.say("due_page.done", on=desk.words.date(due.told.on))] if due.told.on else []
    parts += [due.told.summary[desk.language], due.told.evidence]
    return " ".join(filter(None, parts))


def _passed(desk: Desk, due: Due) -> str:
    """That bodies which had the duty are no more by then, and who has it is not said."""
    if not due.ended:
        return ""
    key = "due_page.some-ended" if due.owing else "due_page.all-ended"
    return desk.say(key, names=_names(desk, due.ended), count=len(due.ended))


def _heirs(desk: Desk, due: Due) -> tuple[Link, ...]:
    archive = desk.results.archive
    heirs = {
        heir.agency: None
        for each in due.ended
        for heir in in_office(archive, each.agency, due.last)
    }
    return agency_links(desk, heirs)


def _yearly(desk: Desk) -> tuple[YearlyRow, ...]:
    by_duty: dict[str, list[str]] = {}
    duties: dict[str, Duty] = {}
    for duty in undated(desk.results.archive):
        by_duty.setdefault(duty.duty, []).append(duty.agency)
        duties.setdefault(duty.duty, duty)
    return tuple(
        YearlyRow(
            quote=duty.text[desk.language],
            quote_language=duty.text.spoken(desk.language),
            clause=duty_link(desk, duty),
            who=agency_links(desk, by_duty[name]),
            to=agency_links(desk, duty.recipients),
        )
        for name, duty in duties.items()
    )


PAGE = Page(
    id="due",
    address=addresses.DUE,
    build=lambda at, _material, _: due_page(at),
    menu="delivery",
)
