"""What falls due when, who owes it, and what is known of it."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from packages_at_hand import (
    NOW,
    SITE,
    SMALL,
    draft,
    inspect,
    signed_again,
    small,
    told,
    write_table,
)
from pages_at_hand import desk_of

from tiendo.files.calendar import calendar_files
from tiendo.judge.assess import results
from tiendo.judge.due import DueState, dues
from tiendo.judge.editions import published
from tiendo.pages.due import due_page
from tiendo.read.contract import contract, resource_of
from tiendo.terms import Results
from tiendo.words.wording import words

DUTIES = contract(("vi", "en")).edition["duties"]


def known(data: Path, now: datetime = NOW) -> Results:
    archive = inspect(data, now=now).archive
    assert archive is not None
    return results(published(archive, now), now)


def with_duties(data: Path, *rows: dict[str, str]) -> Path:
    """A draft whose edition of 2024 tells of duties."""
    folder = data / "results/2024/v1"
    descriptor = json.loads((folder / "datapackage.json").read_text())
    descriptor["resources"].append(resource_of("duties", DUTIES))
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False))
    empty = dict.fromkeys(DUTIES.columns, "")
    (folder / "duties.csv").write_text(",".join(empty) + "\n")
    write_table(folder / "duties.csv", [{**empty, **row} for row in rows])
    return data


def state_of(data: Path, year: int) -> DueState:
    """The state of the review that the small case asks for by the end of a year."""
    (found,) = [
        each for each in dues(known(data)) if each.year == year and each.duties[0].duty == "III.3"
    ]
    return found.state


REVIEW = {"duty": "III.3", "agency": "so-giao-duc", "state": "done"}


def test_a_report_is_due_the_day_before_and_of_those_ahead_only_the_next_is_told() -> None:
    reports = [each for each in dues(known(SMALL)) if each.before]
    assert [each.last for each in reports] == [
        date(2023, 12, 14),
        date(2024, 12, 14),
        date(2025, 12, 14),
    ]
    assert [len(each.owing) for each in reports] == [3, 3, 3]
    assert reports[-1].state is DueState.AHEAD


def test_a_year_that_a_duty_names_is_over_at_its_end_and_nothing_said_is_not_known() -> None:
    assert state_of(SMALL, 2024) is DueState.UNKNOWN
    assert state_of(SMALL, 2028) is DueState.AHEAD


@pytest.mark.parametrize(
    ("on", "state"), [("2024-12-31", DueState.DONE), ("2025-01-01", DueState.LATE)]
)
def test_what_was_done_after_the_last_day_was_late(
    on: str, state: DueState, tmp_path: Path
) -> None:
    data = signed_again(with_duties(draft(tmp_path), {**REVIEW, "on": on}))
    assert state_of(data, 2024) is state
    assert state_of(data, 2028) is DueState.AHEAD


def test_of_a_duty_only_its_own_body_tells_and_only_of_a_year_that_has_come(tmp_path: Path) -> None:
    data = with_duties(
        draft(tmp_path),
        {**REVIEW, "on": ""},
        {**REVIEW, "agency": "ubnd-ben-lau", "on": "2024-11-20"},
        {**REVIEW, "duty": "III.1", "on": "2024-11-20"},
    )
    assert [line.split(" ")[0] for line in told(data) if "duties.csv" in line] == [
        "duty-undated",
        "duty-of-another",
        "duty-unknown",
    ]


def test_a_body_that_ended_owes_nothing_and_it_is_not_said_that_another_does(
    tmp_path: Path,
) -> None:
    data = small(tmp_path)
    agencies = data / "plan" / "agencies.csv"
    text = agencies.read_text()
    agencies.write_text(text.replace("UBND Bến Lau,,,", "UBND Bến Lau,,2025-06-30,ubnd-doi-che"))
    now = known(data, datetime(2025, 7, 2, tzinfo=SITE.timezone))
    (report,) = [each for each in dues(now) if each.before and each.state is DueState.AHEAD]
    assert [each.agency for each in report.owing] == ["ubnd-doi-che", "ubnd-song-xanh"]
    row = due_page(desk_of(now, SITE, words("vi"), "viec-den-han/")).ahead[0]
    assert "Kế hoạch không nói nơi nào làm thay" in row.passed
    assert [link.text for link in row.heirs] == ["Ủy ban nhân dân huyện Đồi Chè"]


def test_the_page_says_who_owes_what_to_whom_by_which_clause_and_what_is_known() -> None:
    page = due_page(desk_of(known(SMALL), SITE, words("vi"), "viec-den-han/"))
    first = page.ahead[0]
    assert first.when == "Trước ngày 15/12/2025"
    assert [link.text for link in first.who] == ["Ủy ban nhân dân 3 huyện"]
    assert [link.text for link in first.to] == ["Sở Giáo dục tỉnh Mây Trắng"]
    assert first.clause.href == "../ke-hoach/#muc-iii-2"
    assert page.finding.startswith("Tiếp theo, trước ngày 15/12/2025")
    assert [(row.when, row.mark.word) for row in page.past][:1] == [("Trong năm 2024", "Chưa rõ")]


def test_the_dates_ahead_are_a_calendar_of_whole_days() -> None:
    files = dict(calendar_files(known(SMALL), SITE, {each: words(each) for each in SITE.languages}))
    lines = files["viec-den-han.ics"].decode().replace("\r\n ", "").splitlines()
    assert [line for line in lines if line.startswith("DTSTART")] == [
        "DTSTART;VALUE=DATE:20251214",
        "DTSTART;VALUE=DATE:20281231",
    ]
