"""Who owed a report by when, and what came, in words: the rule, and its rows and cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tiendo.judge.bodies import bodies
from tiendo.judge.reporting import (
    Excuse,
    Outcome,
    Reporting,
    deadline,
    owed,
    reporting_duties,
    reportings,
)
from tiendo.terms import Agency, Report, Text
from tiendo.words.desk import Desk, unit_of
from tiendo.words.parts import Cell, Link

MOST_HEIRS = 3
"""More committees than this are told by their number; their areas have pages."""


# In words -----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportRow:
    """A year's report of a body."""

    name: Link
    """The year on an area's page, the body on a year's page."""
    received: str
    """"12 December 2024"; empty where none came."""
    cell: Cell
    """``on-time``, ``late``, ``none`` or ``not-due``, with its word ("2 days late")."""
    document: str
    note: str = ""


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


def _noted(desk: Desk, note: Text) -> str:
    """A note on a report; where it was not translated, with the language that it is in."""
    words, spoken = note[desk.language], note.spoken(desk.language)
    if spoken == desk.language:
        return words
    return desk.say("reporting.note", language=desk.words.called(spoken), note=words)


def report_row(desk: Desk, reporting: Reporting, name: Link) -> ReportRow:
    """A report in a list, under the name of its body or of its year."""
    report = reporting.report
    notes = []
    if reporting.excuse is Excuse.ENDED:
        notes.append(ending(desk, reporting.agency))
        if reporting.heard and _own(reporting) is None:
            notes.append(_senders(desk, reporting))
    if report is not None and report.note:
        notes.append(_noted(desk, report.note))
    for each in reporting.further:
        notes.append(_further(desk, each))
        if each.note:
            notes.append(_noted(desk, each.note))
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
    all_ = reportings(desk.results, year)
    asked = owed(all_)
    if not all_:
        return desk.say("reporting.rule-none")
    if not asked:
        excuses = {reporting.excuse for reporting in all_}
        key = excuses.pop() if len(excuses) == 1 else None
        first = desk.results.archive.plan.first_report_year
        if key is Excuse.TOO_EARLY:
            return desk.say("reporting.year-too-early", year=year, first=first)
        return desk.say("reporting.year-none-owed", year=year)
    on_time = all(each.outcome is Outcome.ON_TIME for each in asked)
    told = desk.say(
        "reporting.year-on-time" if on_time else "reporting.year",
        year=year,
        count=len(asked),
        counts=counts_words(desk, asked),
    )
    edition = next(each for each in desk.results.editions if each.year == year)
    owing = {reporting.agency.agency for reporting in asked}
    more = sum(report.reporter not in owing for report in edition.reports)
    return f"{told} {desk.say('reporting.beside', count=more)}" if more else told
