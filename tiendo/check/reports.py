"""The rules on what came in: reports on a day that could be, duties that the plan dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from tiendo.judge.due import able_to, years_of
from tiendo.judge.editions import is_signed_off, release_of
from tiendo.letters import nearest
from tiendo.terms import Archive, DutyReport, DutyState, Edition, Place, Problem, Report


def report_problems(archive: Archive, now: datetime) -> Iterator[Problem]:
    """A report on a year comes in after that year has begun, and before it is told of.

    Of a draft a day to come is asked about, as the clock that checks may be behind; what was
    signed off can't hold what came in later.
    """
    for edition in archive.editions:
        last = _last_day(archive, edition, now)
        signed = is_signed_off(archive, edition)
        for report in edition.reports:
            if report.received_on < date(edition.year, 1, 1):
                yield _problem(edition, report, "report-too-early", year=str(edition.year))
            elif report.received_on > last:
                yield _problem(
                    edition, report, "report-not-yet", stops=signed, last=last.isoformat()
                )


def duty_problems(archive: Archive) -> Iterator[Problem]:
    """What is told of a duty is told of one that names a year, by who had it or took it over.

    What was done was done on a day.
    """
    dated = dict.fromkeys(duty.duty for duty in archive.duties if years_of(duty))
    for edition in archive.editions:
        for told in edition.duties:
            meant = [each for each in archive.duties if each.duty == told.duty and years_of(each)]
            if not any(min(years_of(duty)) <= edition.year for duty in meant):
                found = _duty_problem(edition, told, "duty-unknown", duty=told.duty)
                yield replace(
                    found,
                    facts={
                        "nearest": nearest(told.duty, (each for each in dated if each != told.duty))
                    },
                )
            elif not any(told.agency in able_to(archive, duty) for duty in meant):
                yield _duty_problem(edition, told, "duty-of-another", agency=told.agency)
            if told.state is DutyState.DONE and told.on is None:
                yield _duty_problem(edition, told, "duty-undated", on="")


def _duty_problem(edition: Edition, told: DutyReport, code: str, **cell: str) -> Problem:
    ((column, value),) = cell.items()
    file = f"{edition.folder}/duties.csv"
    return Problem(code=code, place=Place(file=file, row=told.row, column=column, value=value))


def _last_day(archive: Archive, edition: Edition, now: datetime) -> date:
    """The last day on which a report can have come in: that of the release, or today."""
    release = release_of(archive, edition)
    if release is not None and release.sha256 is not None:
        return release.released.astimezone(now.tzinfo).date()
    return now.date()


def _problem(
    edition: Edition, report: Report, code: str, *, stops: bool = True, **facts: str
) -> Problem:
    return Problem(
        code=code,
        place=Place(
            file=f"{edition.folder}/reports.csv",
            row=report.row,
            column="received_on",
            value=report.received_on.isoformat(),
        ),
        facts=facts,
        stops=stops,
    )
