"""What falls due when, who owes it, and what is known of it.

A duty that is owed "before 15 December" is in time until the end of the day before; one that names
a year until the end of that year.  What is owed each year without a day has no date here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tiendo.judge.bodies import bodies, heirs_of, is_over
from tiendo.judge.once import once
from tiendo.judge.reporting import (
    Outcome,
    Reporting,
    deadline,
    owed,
    reporting_duties,
    reportings,
    terms_of,
)
from tiendo.terms import Agency, Archive, Duty, DutyReport, DutyState, Results


class DueState(StrEnum):
    """What is known of a duty with a date; the values are the kinds of marks."""

    AHEAD = "not-due"
    DONE = "on-time"
    LATE = "late"
    """Done, after its last day."""
    LACKING = "none"
    """Of reports that were owed some did not come."""
    UNKNOWN = "unknown"
    """Its last day is past, and nothing that is public says that it was done."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """One date of the plan, with those who owe the same by it."""

    year: int
    last: date
    """The last day on which it is in time."""
    before: date | None
    """The day before which it is owed; ``None``: within the year."""
    duties: tuple[Duty, ...]
    """One for each body that owes it, in the plan's order."""
    owing: tuple[Agency, ...]
    """The bodies that are there on that day."""
    ended: tuple[Agency, ...]
    """Those that had the duty and are no more by then; whether it passed on, the plan may say."""
    ahead: bool
    """Whether its last day is still to come."""
    state: DueState
    told: DutyReport | None = None
    """What an edition says of it; ``None`` also where reports say it."""
    reports: tuple[Reporting, ...] = ()
    """What came of a report whose year is public, body by body."""


@once
def dues(results: Results) -> tuple[Due, ...]:
    """The dates of the plan, the earliest first: all that are past, and of each duty the next ones.

    Of what is owed each year before a day only the next date is ahead.
    """
    found = [*_reports_due(results), *_years_due(results)]
    return tuple(sorted(found, key=lambda each: (each.last, each.duties[0].row)))


def undated(archive: Archive) -> tuple[Duty, ...]:
    """The duties that are owed each year and have no day."""
    return tuple(duty for duty in archive.duties if "yearly" in terms_of(duty))


def _reports_due(results: Results) -> Iterator[Due]:
    plan, today = results.archive.plan, results.now.date()
    public = {edition.year for edition in results.editions}
    for year in range(plan.first_report_year, plan.end + 1):
        by_day: dict[tuple[date, tuple[str, ...]], list[Duty]] = {}
        for duty in reporting_duties(results.archive).values():
            day = deadline(duty, year)
            if day is not None:
                by_day.setdefault((day, duty.recipients), []).append(duty)
        ahead = False
        for (day, _), duties in by_day.items():
            last = day - timedelta(days=1)
            ahead = ahead or last >= today
            names = {duty.agency for duty in duties}
            told = tuple(
                each
                for each in (reportings(results, year) if year in public else ())
                if each.agency.agency in names
            )
            yield _due(results, duties, year, last, before=day, reports=told)
        if ahead:
            return


def _years_due(results: Results) -> Iterator[Due]:
    by_term: dict[tuple[str, int], list[Duty]] = {}
    for duty in results.archive.duties:
        for year in years_of(duty):
            by_term.setdefault((duty.duty, year), []).append(duty)
    for (_, year), duties in by_term.items():
        yield _due(results, duties, year, date(year, 12, 31))


def years_of(duty: Duty) -> tuple[int, ...]:
    """The years that a duty names."""
    return tuple(int(term) for term in terms_of(duty) if term.isdecimal())


def _due(
    results: Results,
    duties: list[Duty],
    year: int,
    last: date,
    *,
    before: date | None = None,
    reports: tuple[Reporting, ...] = (),
) -> Due:
    known = bodies(results.archive)
    all_ = [known[duty.agency] for duty in duties if duty.agency in known]
    ended = tuple(each for each in all_ if is_over(each.until, last))
    told = _told(results, duties[0], year) if before is None else None
    ahead = last >= results.now.date()
    return Due(
        year=year,
        last=last,
        before=before,
        duties=tuple(duties),
        owing=tuple(each for each in all_ if each not in ended),
        ended=ended,
        ahead=ahead,
        state=_state(last, told, reports, ahead=ahead),
        told=told,
        reports=reports,
    )


def _state(
    last: date, told: DutyReport | None, reports: tuple[Reporting, ...], *, ahead: bool
) -> DueState:
    if told is not None and told.state is DutyState.DONE and told.on is not None:
        return DueState.LATE if told.on > last else DueState.DONE
    outcomes = {each.outcome for each in owed(reports)}
    if Outcome.NONE in outcomes:
        return DueState.LACKING
    if outcomes:
        return DueState.LATE if Outcome.LATE in outcomes else DueState.DONE
    return DueState.AHEAD if ahead else DueState.UNKNOWN


def able_to(archive: Archive, duty: Duty) -> frozenset[str]:
    """Who can tell of a duty: the body that has it, and who took over from that."""
    owner = bodies(archive).get(duty.agency)
    heirs = heirs_of(archive, owner) if owner is not None else ()
    return frozenset({duty.agency, *(heir.agency for heir in heirs)})


def _told(results: Results, duty: Duty, year: int) -> DutyReport | None:
    """What the newest edition says of a duty's year: of the last one named up to its own year."""
    able = able_to(results.archive, duty)
    for edition in reversed(results.editions):
        meant = max((each for each in years_of(duty) if each <= edition.year), default=None)
        for report in edition.duties:
            if meant == year and report.duty == duty.duty and report.agency in able:
                return report
    return None
