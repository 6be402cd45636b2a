"""Who owed a report, by when, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pandas as pd
import pytest
from makers_at_hand import a_plan, an_archive, an_area, an_edition

from tiendo.command_line import moment_said
from tiendo.config import site_settings
from tiendo.judge.reporting import (
    Excuse,
    Outcome,
    Reporting,
    deadline,
    reporting_of,
    reportings,
    unasked,
)
from tiendo.pages.reporting import outcome_words, report_row
from tiendo.pages.reports import reports_of_area, reports_page
from tiendo.terms import NO_WORDS, Agency, Duty, Edition, Release, Report, Results, Text
from tiendo.words.desk import Desk
from tiendo.words.parts import Link
from tiendo.words.wording import words

HERE = timezone(timedelta(hours=7))
LATER = datetime(2026, 1, 20, 9, tzinfo=HERE)


def duty(agency: str, due: str = "before:12-15") -> Duty:
    return Duty(
        duty="V1.1",
        agency=agency,
        role="report",
        text=Text(vi="Gửi báo cáo."),
        clause="V.1",
        due=due,
        since=None,
        until=None,
    )


def agency(
    name: str, until: date | None = None, *successors: str, since: date | None = None
) -> Agency:
    return Agency(
        agency=name,
        area="tu-ky" if name == "ubnd-tu-ky" else None,
        name=Text(vi=name.upper()),
        short=NO_WORDS,
        since=since,
        until=until,
        successors=successors,
    )


def edition(year: int, *reports: tuple[str, date]) -> Edition:
    return an_edition(
        year=year,
        reports=tuple(
            (
                Report(reporter=who, received_on=day, document=f"Báo cáo {who}", note=NO_WORDS)
                for who, day in reports
            )
        ),
    )


def desk(
    *editions: Edition,
    agencies: tuple[Agency, ...] = (agency("ubnd-tu-ky"),),
    duties: tuple[Duty, ...] = (duty("ubnd-tu-ky"),),
    releases: tuple[Release, ...] = (),
    now: datetime = LATER,
) -> Desk:
    areas = {
        name: an_area(area=name, level=level, parent=parent, name=Text(vi=name), type=level)
        for name, level, parent in (
            ("hai-duong", "province", None),
            ("tu-ky", "district", "hai-duong"),
        )
    }
    archive = an_archive(
        plan=a_plan(
            title=Text(vi="Kế hoạch"),
            short=Text(vi="Kế hoạch"),
            issuer=Text(vi="Tỉnh"),
            scope="hai-duong",
            first_report_year=2022,
        ),
        agencies=agencies,
        duties=duties,
        areas=areas,
        releases=releases,
        editions=editions,
        observations=pd.DataFrame(),
    )
    return Desk(
        results=Results(
            archive=archive,
            now=now,
            editions=editions,
            calendar=releases,
            figures={},
            assessments={},
            headlines={},
            locals_={each.year: ("tu-ky",) for each in editions},
            illustrative=True,
        ),
        site=site_settings(),
        words=words("vi"),
        here="reports/",
        indicators={},
    )


def of(at: Desk, year: int = 2024) -> Reporting:
    return reporting_of(at.results, at.results.archive.agencies[0], year)


def test_a_report_received_on_14_december_is_in_time() -> None:
    got = of(desk(edition(2024, ("ubnd-tu-ky", date(2024, 12, 14)))))
    assert (got.outcome, got.days_late, got.due) == (Outcome.ON_TIME, 0, date(2024, 12, 15))


def test_a_report_received_on_15_december_is_one_day_late() -> None:
    at = desk(edition(2024, ("ubnd-tu-ky", date(2024, 12, 15))))
    assert (of(at).outcome, of(at).days_late) == (Outcome.LATE, 1)
    assert outcome_words(at, of(at)) == "Muộn 1 ngày"


def test_a_report_received_in_the_next_year_counts_its_days_across_new_year() -> None:
    assert of(desk(edition(2024, ("ubnd-tu-ky", date(2025, 1, 2))))).days_late == 19


def test_a_body_that_owes_a_report_and_has_no_row_has_none() -> None:
    assert of(desk(edition(2024))).outcome is Outcome.NONE


def test_before_the_first_report_year_nothing_is_due() -> None:
    got = of(desk(edition(2021)), 2021)
    assert (got.outcome, got.excuse) == (Outcome.NOT_DUE, Excuse.TOO_EARLY)


def test_a_report_that_is_not_due_yet_is_not_missing() -> None:
    early = datetime(2024, 12, 14, 23, 59, tzinfo=HERE)
    got = of(desk(edition(2024), now=early))
    assert (got.outcome, got.excuse) == (Outcome.NOT_DUE, Excuse.PENDING)


def test_the_day_is_that_of_the_site_and_not_that_of_greenwich() -> None:
    midnight_here = moment_said("2024-12-14T17:00:00+00:00", site_settings())
    assert of(desk(edition(2024), now=midnight_here)).outcome is Outcome.NONE


def test_a_body_that_ended_before_the_date_owes_nothing_and_names_its_successor() -> None:
    at = desk(
        edition(2025),
        agencies=(agency("so-cu", date(2025, 2, 28), "so-moi"), agency("so-moi")),
        duties=(duty("so-cu"),),
    )
    got = of(at, 2025)
    assert (got.outcome, got.excuse) == (Outcome.NOT_DUE, Excuse.ENDED)
    note = report_row(at, got, Link(text="2025")).note
    assert note == "Hoạt động đến hết 28/02/2025; việc chuyển cho SO-MOI."


def test_a_successors_report_after_the_date_is_shown_but_not_called_late() -> None:
    at = desk(
        edition(2025, ("so-moi", date(2025, 12, 20))),
        agencies=(agency("so-cu", date(2025, 2, 28), "so-moi"), agency("so-moi")),
        duties=(duty("so-cu"),),
    )
    row = report_row(at, of(at, 2025), Link(text="2025"))
    assert (row.cell.kind, row.received, row.document) == (
        "not-due",
        "20/12/2025",
        "Báo cáo so-moi",
    )


@pytest.mark.parametrize(
    ("heirs", "sent", "word", "note"),
    [
        (1, 0, "Không còn hoạt động", ""),
        (1, 1, "Cơ quan tiếp nhận đã gửi", "XA-1 gửi báo cáo này."),
        (2, 0, "Không còn hoạt động", ""),
        (2, 1, "1 trên 2 cơ quan tiếp nhận đã gửi", "đã gửi báo cáo: XA-1."),
        (3, 3, "3 trên 3 cơ quan tiếp nhận đã gửi", "đã gửi báo cáo: XA-1, XA-2 và XA-3."),
    ],
)
def test_that_successors_sent_reports_is_told_of_one_as_of_many(
    heirs: int, sent: int, word: str, note: str
) -> None:
    names = [f"xa-{number}" for number in range(1, heirs + 1)]
    at = desk(
        edition(2025, *((name, date(2025, 12, 3)) for name in names[:sent])),
        agencies=(
            agency("huyen-cu", date(2025, 6, 30), *names),
            *(agency(name, since=date(2025, 7, 1)) for name in names),
        ),
        duties=(duty("huyen-cu"),),
    )
    row = report_row(at, of(at, 2025), Link(text="2025"))
    assert (row.cell.kind, row.cell.word) == ("not-due", word)
    assert row.note.endswith(
        note or f"việc chuyển cho {at.words.listed(n.upper() for n in names)}."
    )
    # What several took over is none's alone.
    assert bool(row.document) == (heirs == sent == 1)


def test_a_successor_that_ended_too_hands_on_to_those_that_go_on() -> None:
    at = desk(
        edition(2025, ("so-moi", date(2025, 12, 3))),
        agencies=(
            agency("so-cu", date(2025, 2, 28), "so-giua"),
            agency("so-giua", date(2025, 6, 30), "so-moi", since=date(2025, 3, 1)),
            agency("so-moi", since=date(2025, 7, 1)),
        ),
        duties=(duty("so-cu"),),
    )
    got = of(at, 2025)
    assert [each.agency for each in got.heirs] == ["so-moi"]
    assert outcome_words(at, got) == "Cơ quan tiếp nhận đã gửi"


def test_a_body_that_ended_on_the_day_itself_still_owed_its_report() -> None:
    at = desk(edition(2024), agencies=(agency("ubnd-tu-ky", date(2024, 12, 15)),))
    assert of(at).outcome is Outcome.NONE


def test_a_body_that_began_after_the_date_owes_nothing() -> None:
    at = desk(edition(2024), agencies=(agency("ubnd-tu-ky", since=date(2024, 12, 15)),))
    assert of(at).excuse is Excuse.NOT_YET


def test_only_a_duty_with_a_day_makes_a_body_owe_a_report() -> None:
    at = desk(
        edition(2024),
        agencies=(agency("so-gddt"), agency("ubnd-tu-ky")),
        duties=(duty("so-gddt", "yearly"), duty("ubnd-tu-ky")),
    )
    assert [each.agency.agency for each in reportings(at.results, 2024)] == ["ubnd-tu-ky"]


def test_a_report_that_nobody_asked_for_is_shown_as_such() -> None:
    given = edition(2024, ("so-tttt", date(2024, 12, 20)))
    at = desk(given, agencies=(agency("ubnd-tu-ky"), agency("so-tttt")))
    (got,) = unasked(at.results, given)
    assert (got.outcome, got.excuse) == (Outcome.NOT_DUE, Excuse.NEVER)


def test_before_29_february_is_before_1_march_in_other_years() -> None:
    assert deadline(duty("ubnd-tu-ky", "before:02-29"), 2023) == date(2023, 3, 1)


def test_a_year_without_a_public_edition_is_told_only_as_awaited() -> None:
    planned = Release(
        year=2025,
        version=1,
        released=datetime(2026, 3, 1, 9, tzinfo=HERE),
        sha256=None,
        note=Text(vi=""),
    )
    page = reports_page(desk(edition(2024, ("ubnd-tu-ky", date(2024, 12, 1))), releases=(planned,)))
    assert [year.year.text for year in page.years] == ["2024"]
    assert page.finding == (
        "Năm 2024 có 1 cơ quan phải gửi báo cáo, đã gửi đúng hạn. Đã có báo cáo hoặc số liệu của tu-ky. "
        "Hạn gửi báo cáo năm 2025 đã qua; cơ quan nào gửi đúng hạn sẽ được nêu khi công bố kỳ 2025, dự kiến ngày 01/03/2026."
    )


def test_an_areas_own_body_has_its_reports_newest_first() -> None:
    at = desk(
        edition(2023, ("ubnd-tu-ky", date(2023, 12, 20))),
        edition(2024, ("ubnd-tu-ky", date(2024, 12, 1))),
    )
    rows = [(row.name.text, row.cell.kind) for row in reports_of_area(at, "tu-ky")]
    assert rows == [("2024", "on-time"), ("2023", "late")]
    assert reports_of_area(replace(at), "hai-duong") == ()
