"""Who owed a report by when, and what came: the rule, and its rows and cells.

A plan that says "before 15 December" means strictly before: the last moment is the end of
14 December where the site stands, so a report received on the 15th is one day late.  The data
gives days, no hours, so days are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from tiendo.pages.contexts import Cell, Link, ReportRow
from tiendo.pages.desk import Desk, unit_of
from tiendo.terms import Agency, Archive, Duty, Edition, Report, Results

MOST_HEIRS = 3
"""More committees than this are told by their number; their areas have pages."""

BEFORE = "before:"
"""How a duty's ``due`` begins where it is owed before a day of each year."""


class Outcome(StrEnum):
    """What became of a report; the values are the kinds of cells."""

    ON_TIME = "on-time"
    LATE = "late"
    NONE = "none"
    """Owed, past its date, and not among what came in."""
    NOT_DUE = "not-due"


class Excuse(StrEnum):
    """Why no report was owed."""

    TOO_EARLY = "too-early"
    """The plan's first report was for a later year."""
    ENDED = "ended"
    """The body ended before the date; its successors are not called late."""
    NOT_YET = "not-yet"
    """The body, or its duty, began only after the date."""
    PENDING = "pending"
    """The date has not come."""
    NEVER = "never"
    """The plan asks no report of this body."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reporting:
    """One body's report for one year."""

    agency: Agency
    year: int
    due: date | None
    """The day before which it was owed; ``None``: the plan asks none."""
    outcome: Outcome
    excuse: Excuse | None
    """Only where none was due."""
    days_late: int
    """1 for a report received on the day before which it was owed; 0 unless late."""
    report: Report | None
    """What came in: the body's own; where it had ended and one body alone had taken over, that
    one's."""
    further: tuple[Report, ...] = ()
    """What the body sent besides, in the order in which it came."""
    heirs: tuple[Agency, ...] = ()
    """Of a body that had ended: those that had taken over by then, and had not ended themselves."""
    heard: tuple[Agency, ...] = ()
    """Those of them that sent a report."""


def terms_of(duty: Duty) -> tuple[str, ...]:
    """When a duty is due, term by term: one cell may hold several."""
    return tuple(term.strip() for term in duty.due.split(";") if term.strip())


def deadline(duty: Duty, year: int) -> date | None:
    """The day of a year before which a duty is owed; None where it has no such day."""
    before = next((term for term in terms_of(duty) if term.startswith(BEFORE)), None)
    if before is None:
        return None
    month, day = (int(part) for part in before.removeprefix(BEFORE).split("-"))
    # Before 29 February, in a year without one, is before 1 March.
    return date(year, month, 1) + timedelta(days=day - 1)


@lru_cache(maxsize=4)
def reporting_duties(archive: Archive) -> Mapping[str, Duty]:
    """The duty to report of each body that has one, in the plan's order."""
    found: dict[str, Duty] = {}
    for duty in archive.duties:
        if any(term.startswith(BEFORE) for term in terms_of(duty)):
            found.setdefault(duty.agency, duty)
    return found


@lru_cache(maxsize=4)
def bodies(archive: Archive) -> Mapping[str, Agency]:
    """The agencies by their ids."""
    return {agency.agency: agency for agency in archive.agencies}


def heirs_of(archive: Archive, agency: Agency) -> tuple[Agency, ...]:
    """Who took over from an agency, and from those again, nearest first."""
    known = bodies(archive)
    found: dict[str, Agency] = {}
    waiting = list(agency.successors)
    while waiting:
        name = waiting.pop(0)
        if name in known and name not in found and name != agency.agency:
            found[name] = known[name]
            waiting.extend(known[name].successors)
    return tuple(found.values())


@lru_cache(maxsize=4)
def _received(results: Results) -> Mapping[tuple[int, str], tuple[Report, ...]]:
    """The reports of each body for each year, the first first: what came later is no delay."""
    found: dict[tuple[int, str], tuple[Report, ...]] = {}
    for edition in results.editions:
        in_order = sorted(edition.reports, key=lambda each: (each.received_on, each.document))
        for report in in_order:
            key = (edition.year, report.reporter)
            found[key] = (*found.get(key, ()), report)
    return found


def reporting_of(desk: Desk, agency: Agency, year: int) -> Reporting:
    """What one body owed for a year whose edition is public, and what came of it."""
    received = _received(desk.results)
    own, *further = received.get((year, agency.agency), (None,))
    plan = desk.results.archive.plan
    duty = reporting_duties(desk.results.archive).get(agency.agency)
    due = deadline(duty, year) if duty is not None else None
    on = desk.results.now.astimezone(desk.site.timezone).date()
    if duty is None or due is None:
        excuse: Excuse | None = Excuse.NEVER
    elif year < plan.first_report_year:
        excuse = Excuse.TOO_EARLY
    elif _over(agency.until, due) or _over(duty.until, due):
        excuse = Excuse.ENDED
    elif _not_begun(agency.since, due) or _not_begun(duty.since, due):
        excuse = Excuse.NOT_YET
    elif own is None and on < due:
        excuse = Excuse.PENDING
    else:
        excuse = None
    heirs: tuple[Agency, ...] = ()
    if excuse is Excuse.ENDED and due is not None:
        heirs = tuple(
            each for each in heirs_of(desk.results.archive, agency) if is_active(each, due)
        )
    heard = tuple(each for each in heirs if (year, each.agency) in received)
    days_late = 0
    if excuse is not None:
        outcome = Outcome.NOT_DUE
    elif own is None:
        outcome = Outcome.NONE
    elif due is not None and own.received_on >= due:
        outcome = Outcome.LATE
        days_late = (own.received_on - due).days + 1
    else:
        outcome = Outcome.ON_TIME
    return Reporting(
        agency=agency,
        year=year,
        due=due,
        outcome=outcome,
        excuse=excuse,
        days_late=days_late,
        # What several took over is none's alone: no report stands for it.
        report=own
        or (received[year, heard[0].agency][0] if len(heirs) == len(heard) == 1 else None),
        further=tuple(filter(None, further)),
        heirs=heirs,
        heard=heard,
    )


def is_active(agency: Agency, on: date) -> bool:
    """Whether a body had begun by a day and had not ended before it."""
    return not _over(agency.until, on) and (agency.since is None or agency.since <= on)


def reportings(desk: Desk, year: int) -> tuple[Reporting, ...]:
    """What all bodies with a duty to report made of a year, in the plan's order."""
    known = bodies(desk.results.archive)
    return tuple(
        reporting_of(desk, known[name], year)
        for name in reporting_duties(desk.results.archive)
        if name in known
    )


def unasked(desk: Desk, edition: Edition) -> tuple[Reporting, ...]:
    """What came in for an edition from bodies of which the plan asked nothing."""
    known = bodies(desk.results.archive)
    owing = reporting_duties(desk.results.archive)
    senders = dict.fromkeys(report.reporter for report in edition.reports)
    return tuple(
        reporting_of(desk, known[sender], edition.year)
        for sender in senders
        if sender in known and sender not in owing
    )


def _over(until: date | None, due: date) -> bool:
    return until is not None and until < due


def _not_begun(since: date | None, due: date) -> bool:
    return since is not None and since >= due


# In words -----------------------------------------------------------------------------------


def rule(desk: Desk) -> str:
    """The rule on reports in full; one sentence for each date that the plan gives."""
    duties = reporting_duties(desk.results.archive).values()
    days = sorted({day for duty in duties if (day := deadline(duty, _LEAP_YEAR)) is not None})
    if not days:
        return desk.say("reporting.rule-none")
    sentences = [
        desk.say(
            "reporting.rule",
            day=day_text(desk, day),
            last=day_text(desk, day - timedelta(days=1)),
        )
        for day in days
    ]
    first = desk.results.archive.plan.first_report_year
    return " ".join([*sentences, desk.say("reporting.rule-first", year=first)])


def caption(desk: Desk, year: int) -> str:
    """What a list of a year's reports shows, with the date."""
    days = {
        day
        for duty in reporting_duties(desk.results.archive).values()
        if (day := deadline(duty, year)) is not None
    }
    if not days:
        return desk.say("reporting.caption-undated", year=year)
    told = desk.words.listed(day_text(desk, day) for day in sorted(days))
    return desk.say("reporting.caption", year=year, day=told)


_LEAP_YEAR = 2024
"""For days that stand for every year's."""


def day_text(desk: Desk, day: date) -> str:
    """A day of any year: 15/12, 15 December."""
    return desk.say("reporting.day", day=day.day, month=desk.say(f"month.{day.month}"))


def outcome_words(desk: Desk, reporting: Reporting) -> str:
    """How it went, short: "muộn 3 ngày", "không còn hoạt động"."""
    if reporting.outcome is Outcome.LATE:
        return desk.say("reporting.late-by", count=reporting.days_late)
    if reporting.heard and _own(reporting) is None:
        if len(reporting.heirs) == 1:
            return desk.say("reporting.sent-by-heir")
        return desk.say("reporting.sent-by-heirs", **_heard(desk, reporting))
    if reporting.excuse is not None:
        return desk.say(f"reporting.excuse.{reporting.excuse.value}")
    return desk.say(f"reporting.{reporting.outcome.value}.word")


def report_cell(desk: Desk, reporting: Reporting) -> Cell:
    """A report in a grid of bodies and years, with the day on which it came."""
    text = ""
    if reporting.report is not None:
        day = reporting.report.received_on
        text = day_text(desk, day) if day.year == reporting.year else desk.words.date(day)
    return Cell(kind=reporting.outcome.value, word=outcome_words(desk, reporting), text=text)


def report_row(desk: Desk, reporting: Reporting, name: Link) -> ReportRow:
    """A report in a list, under the name of its body or of its year."""
    report = reporting.report
    notes = []
    if reporting.excuse is Excuse.ENDED:
        notes.append(ending(desk, reporting.agency))
        if reporting.heard and _own(reporting) is None:
            notes.append(_senders(desk, reporting))
    if report is not None and report.note:
        notes.append(desk.say("reporting.note", note=report.note))
    for each in reporting.further:
        notes.append(_further(desk, each))
        if each.note:
            notes.append(desk.say("reporting.note", note=each.note))
    return ReportRow(
        name=name,
        received=desk.words.date(report.received_on) if report is not None else "",
        cell=Cell(kind=reporting.outcome.value, word=outcome_words(desk, reporting)),
        document=report.document if report is not None else "",
        note=" ".join(notes),
    )


def _further(desk: Desk, report: Report) -> str:
    """Another report of the same body, with the day on which it came."""
    return desk.say(
        "reporting.further",
        document=report.document or desk.say("reporting.unnamed"),
        on=desk.words.date(report.received_on),
    )


def _own(reporting: Reporting) -> Report | None:
    """The report that a body sent itself."""
    report = reporting.report
    return report if report is not None and report.reporter == reporting.agency.agency else None


def _heard(desk: Desk, reporting: Reporting) -> dict[str, str]:
    """How many of those who took over sent a report."""
    return {
        "sent": desk.words.number(len(reporting.heard)),
        "all": desk.words.number(len(reporting.heirs)),
    }


def _senders(desk: Desk, reporting: Reporting) -> str:
    """Who of those that took over sent a report: by name, or how many of many."""
    names = _heirs_words(desk, reporting.heard)
    if len(reporting.heirs) == 1:
        return desk.say("reporting.sent-by", body=names)
    return desk.say("reporting.sent-by-some", bodies=names, **_heard(desk, reporting))


def ending(desk: Desk, agency: Agency) -> str:
    """When a body ended and what it became; empty while it goes on."""
    if agency.until is None:
        return ""
    until = desk.words.date(agency.until)
    known = bodies(desk.results.archive)
    heirs = [known[name] for name in agency.successors if name in known]
    if not heirs:
        return desk.say("reporting.ended", until=until)
    return desk.say("reporting.ended-heirs", until=until, heirs=_heirs_words(desk, heirs))


def _heirs_words(desk: Desk, heirs: Sequence[Agency]) -> str:
    """Several bodies by name; committees of many areas by their number."""
    areas = [each.area for each in heirs if each.area is not None]
    levels = {desk.area(area).level for area in areas}
    if len(heirs) <= MOST_HEIRS or len(levels) != 1 or len(areas) < len(heirs):
        return desk.words.listed(each.name[desk.language] for each in heirs)
    return desk.say("agencies_page.committees", count=len(heirs), unit=unit_of(desk, areas))


def counts_words(desk: Desk, all_: Iterable[Reporting]) -> str:
    """How many reports came in time, late and not at all: "12 đúng hạn, 2 muộn"."""
    outcomes = [reporting.outcome for reporting in all_]
    return desk.words.listed(
        desk.say(f"reporting.{outcome.value}.count", count=outcomes.count(outcome))
        for outcome in (Outcome.ON_TIME, Outcome.LATE, Outcome.NONE)
        if outcome in outcomes
    )


def year_words(desk: Desk, year: int) -> str:
    """How the reporting of a year went, in a sentence."""
    all_ = reportings(desk, year)
    owed = [reporting for reporting in all_ if reporting.outcome is not Outcome.NOT_DUE]
    if not all_:
        return desk.say("reporting.rule-none")
    if not owed:
        excuses = {reporting.excuse for reporting in all_}
        key = excuses.pop() if len(excuses) == 1 else None
        first = desk.results.archive.plan.first_report_year
        if key is Excuse.TOO_EARLY:
            return desk.say("reporting.year-too-early", year=year, first=first)
        return desk.say("reporting.year-none-owed", year=year)
    told = desk.say("reporting.year", year=year, owed=len(owed), counts=counts_words(desk, owed))
    edition = next(each for each in desk.results.editions if each.year == year)
    owing = {reporting.agency.agency for reporting in owed}
    more = sum(report.reporter not in owing for report in edition.reports)
    return f"{told} {desk.say('reporting.beside', count=more)}" if more else told
