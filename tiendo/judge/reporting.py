"""Who owed a report by when, and what came.

A plan that says "before 15 December" means strictly before: the last moment is the end of
14 December where the site stands, so a report received on the 15th is one day late.  The data
gives days, no hours, so days are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tiendo.judge.bodies import bodies, in_office, is_over
from tiendo.judge.once import once
from tiendo.terms import Agency, Archive, Duty, Edition, Report, Results

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


def owed(all_: Iterable[Reporting]) -> tuple[Reporting, ...]:
    """Those that were to be sent, whether they came or not."""
    return tuple(each for each in all_ if each.outcome is not Outcome.NOT_DUE)


def terms_of(duty: Duty) -> tuple[str, ...]:
    """When a duty is due, term by term: one cell may hold several."""
    return tuple(term.strip() for term in duty.due.split(";") if term.strip())


def is_to_report(duty: Duty) -> bool:
    """Whether a duty is owed before a day of each year."""
    return any(term.startswith(BEFORE) for term in terms_of(duty))


def deadline(duty: Duty, year: int) -> date | None:
    """The day of a year before which a duty is owed; None where it has no such day."""
    before = next((term for term in terms_of(duty) if term.startswith(BEFORE)), None)
    if before is None:
        return None
    month, day = (int(part) for part in before.removeprefix(BEFORE).split("-"))
    # Before 29 February, in a year without one, is before 1 March.
    return date(year, month, 1) + timedelta(days=day - 1)


@once
def reporting_duties(archive: Archive) -> Mapping[str, Duty]:
    """The duty to report of each body that has one, in the plan's order."""
    found: dict[str, Duty] = {}
    for duty in archive.duties:
        if is_to_report(duty):
            found.setdefault(duty.agency, duty)
    return found


@once
def _received(results: Results) -> Mapping[tuple[int, str], tuple[Report, ...]]:
    """The reports of each body for each year, the first first: what came later is no delay."""
    found: dict[tuple[int, str], tuple[Report, ...]] = {}
    for edition in results.editions:
        in_order = sorted(edition.reports, key=lambda each: (each.received_on, each.document))
        for report in in_order:
            key = (edition.year, report.reporter)
            found[key] = (*found.get(key, ()), report)
    return found


def reporting_of(results: Results, agency: Agency, year: int) -> Reporting:
    """What one body owed for a year whose edition is public, and what came of it."""
    received = _received(results)
    own, *further = received.get((year, agency.agency), (None,))
    plan = results.archive.plan
    duty = reporting_duties(results.archive).get(agency.agency)
    due = deadline(duty, year) if duty is not None else None
    on = results.now.date()
    if duty is None or due is None:
        excuse: Excuse | None = Excuse.NEVER
    elif year < plan.first_report_year:
        excuse = Excuse.TOO_EARLY
    elif is_over(agency.until, due) or is_over(duty.until, due):
        excuse = Excuse.ENDED
    elif _not_begun(agency.since, due) or _not_begun(duty.since, due):
        excuse = Excuse.NOT_YET
    elif own is None and on < due:
        excuse = Excuse.PENDING
    else:
        excuse = None
    heirs: tuple[Agency, ...] = ()
    if due is not None and excuse is Excuse.ENDED and is_over(agency.until, due):
        heirs = in_office(results.archive, agency.agency, due)
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


def reportings(results: Results, year: int) -> tuple[Reporting, ...]:
    """What all bodies with a duty to report made of a year, in the plan's order."""
    known = bodies(results.archive)
    return tuple(
        reporting_of(results, known[name], year)
        for name in reporting_duties(results.archive)
        if name in known
    )


def unasked(results: Results, edition: Edition) -> tuple[Reporting, ...]:
    """What came in for an edition from bodies of which the plan asked nothing."""
    known = bodies(results.archive)
    owing = reporting_duties(results.archive)
    senders = dict.fromkeys(report.reporter for report in edition.reports)
    return tuple(
        reporting_of(results, known[sender], edition.year)
        for sender in senders
        if sender in known and sender not in owing
    )


def _not_begun(since: date | None, due: date) -> bool:
    return since is not None and since >= due


@once
def owing_by_area(archive: Archive) -> Mapping[str, tuple[Agency, ...]]:
    """The bodies with a duty to report, by their areas, in the plan's order."""
    agencies = bodies(archive)
    found: dict[str, tuple[Agency, ...]] = {}
    for name in reporting_duties(archive):
        agency = agencies.get(name)
        if agency is not None and agency.area is not None:
            found[agency.area] = (*found.get(agency.area, ()), agency)
    return found


def owing_bodies(results: Results) -> tuple[Agency, ...]:
    """The bodies with a duty to report, in the plan's order."""
    known = bodies(results.archive)
    return tuple(known[name] for name in reporting_duties(results.archive) if name in known)
