"""The rules on the reports that came in: a day on which one could have come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from tiendo.judge.editions import is_signed_off, release_of
from tiendo.terms import Archive, Edition, Place, Problem, Report


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
