"""The page of data quality: what is missing, what is asked, and what of it nobody may know yet."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from packages_at_hand import NOW, SITE, draft, inspect, observed, small, swap

from tiendo.config import ROOT
from tiendo.files.open_data import open_data
from tiendo.judge.assess import results
from tiendo.judge.completeness import State, entries
from tiendo.judge.editions import published
from tiendo.pages.area import area_page
from tiendo.pages.page_end import notes
from tiendo.pages.quality import QualityPage, quality_page
from tiendo.pages.quality_edition import QualityEdition, quality_edition
from tiendo.pages.year import year_page
from tiendo.read.archive import read
from tiendo.terms import Archive, Results
from tiendo.words.desk import Desk
from tiendo.words.parts import Cell
from tiendo.words.questions import all_questions
from tiendo.words.wording import words

CANARY = "Chim hoàng yến 99417"
LATER = datetime(2025, 2, 1, tzinfo=SITE.timezone)


def newest() -> QualityEdition:
    found = page().newest
    assert found is not None
    return found


def desk_of(known: Results, here: str = "quality/", language: str = "vi") -> Desk:
    return Desk(
        results=known,
        site=SITE,
        words=words(language),
        here=here,
        indicators={each.indicator: each for each in known.archive.indicators},
    )


def seen(archive: Archive | None, now: datetime) -> Results:
    assert archive is not None
    return results(published(archive, now), now)


@cache
def shipped() -> Results:
    found, _ = read(ROOT / "data")
    return seen(found, LATER)


@cache
def page() -> QualityPage:
    return quality_page(desk_of(shipped()))


def of_case(data: Path, *, now: datetime = NOW) -> Results:
    """What is public of a data folder that may be edited, whatever was signed."""
    archive, _ = read(data)
    return seen(archive, now)


def at_hand(data: Path) -> Desk:
    return desk_of(of_case(data))


def jumped(data: Path, note_vi: str = "", break_vi: str = "") -> None:
    observed(
        data,
        "biet-boi",
        "doi-che",
        numerator="155",
        denominator="310",
        note_vi=note_vi,
        break_vi=break_vi,
    )


# Completeness -------------------------------------------------------------------------------


def test_the_finding_says_who_was_in_time_how_many_cells_are_filled_and_why_others_are_not() -> (
    None
):
    assert page().finding == (
        "Năm 2024 có 15 cơ quan phải gửi báo cáo: 13 đúng hạn và 2 muộn. "
        "Đã có báo cáo hoặc số liệu của cả 12 huyện. "
        "Đã có 121 trên 124 số liệu cần thiết. Trong số đã có: 37 sơ bộ và 2 ước tính. "
        "Còn thiếu 3: 3 chưa báo cáo."
    )


def test_the_counts_of_areas_add_up_to_those_of_indicators_and_to_the_finding() -> None:
    for edition in shipped().editions:
        cells = entries(shipped(), edition).values()
        told = quality_edition(desk_of(shipped()), edition)
        by_area = [row.count.split(" trên ") for row in told.areas if " trên " in row.count]
        by_indicator = [row.count.split(" trên ") for row in told.indicators]
        owed = sum(each.expected and each.state is not State.NOT_APPLICABLE for each in cells)
        for rows in (by_area, by_indicator):
            # An indicator that is applicable nowhere owes nothing.
            assert sum(int(pair[-1]) for pair in rows if len(pair) == 2) == owed


def test_an_area_says_what_it_lacks_why_and_when_its_report_came() -> None:
    (row,) = (row for row in newest().areas if row.name.text == "Huyện Nam Sách")
    assert row.report == Cell(kind="late", word="Muộn 1 ngày", text="15/12")
    assert (row.count, row.gaps) == (
        "9 trên 10",
        ("Phổ cập mầm non trẻ 5 tuổi: chưa báo cáo. Minh họa: huyện chưa gửi hồ sơ công nhận.",),
    )


def test_an_indicator_says_how_many_areas_gave_it_and_which_did_not() -> None:
    (row,) = (row for row in newest().indicators if row.name.text == "Kỹ năng sống")
    assert (row.count, row.softer) == ("11 trên 12", "11 sơ bộ")
    assert row.gaps == (
        "Huyện Kim Thành: chưa báo cáo.",
        "Chưa tính được số chung của tỉnh Hải Dương.",
    )


def test_what_no_area_has_given_is_told_once_and_not_again_under_each() -> None:
    oldest = page().earlier[-1]
    assert oldest.common == (
        (
            "Công dân học tập: chưa thu thập ở cả 12 huyện. "
            "Minh họa: chưa thu thập, vì tiêu chí có từ năm 2022."
        ),
        (
            "Huyện học tập: chưa thu thập ở cả 12 huyện. Minh họa: chưa thu thập, "
            "vì Thông tư 25/2023/TT-BGDĐT có hiệu lực từ ngày 12/02/2024."
        ),
    )
    assert {row.gaps for row in oldest.areas[1:]} == {()}


def test_of_many_areas_only_those_with_something_to_tell_are_listed() -> None:
    told = quality_edition(desk_of(shipped()), shipped().editions[-1], most_areas=5)
    assert [row.name.text for row in told.areas] == [
        "Tỉnh Hải Dương",
        "Huyện Nam Sách",
        "Huyện Kim Thành",
        "Huyện Bình Giang",
    ]
    assert told.grid is not None
    assert len(told.grid.rows) == 14
    small_one = quality_edition(desk_of(shipped()), shipped().editions[-1], most_in_grid=13)
    assert small_one.grid is None
    assert told.areas_note == (
        "9 huyện khác không thiếu gì và không báo cáo muộn, nên không liệt kê."
    )


def test_each_cell_has_a_mark_and_a_word_and_the_words_are_explained_by_their_marks() -> None:
    grids = [each.grid for each in (newest(), *page().earlier)]
    cells = {cell for grid in grids if grid for row in grid.rows for cell in row.cells}
    assert {(cell.kind, cell.word) for cell in cells} <= {
        (cell.kind, cell.word) for cell in page().legend
    }
    assert len({cell.kind for cell in cells}) == len({cell.word for cell in cells})


# Questions ----------------------------------------------------------------------------------


def test_what_check_warns_of_is_open_on_the_page_and_leads_to_the_figure(tmp_path: Path) -> None:
    data = draft(tmp_path)
    jumped(data)
    observed(data, "biet-boi", "ben-lau", numerator="", denominator="", value="40")
    observed(data, "boi-xa", "ben-lau", numerator="", denominator="", value="45", break_vi="Đổi.")
    warned = sorted(each.code for each in inspect(data).problems if not each.stops)
    archive, _ = read(data)
    assert archive is not None
    found = quality_page(desk_of(results(archive, NOW)))

    assert sorted(each.code for each in all_questions(desk_of(results(archive, NOW)))) == warned
    assert [(row.indicator.text, row.area.text, row.what, row.answer) for row in found.open] == [
        (
            "Học sinh biết bơi",
            "Huyện Đồi Chè",
            "Biến động lớn: +20,0 điểm so với năm 2023, từ 30,0% thành 50,0%.",
            "Chưa có giải thích.",
        ),
        (
            "Học sinh bơi được 200 m",
            "Huyện Bến Lau",
            "45,0%, cao hơn “Học sinh biết bơi” (40,0%), dù chỉ là một phần của chỉ tiêu ấy.",
            "Chưa có giải thích.",
        ),
    ]
    assert found.open[0].area.href == "../dia-ban/doi-che/"
    assert found.questions_finding == "2 cảnh báo chưa được giải thích."


def test_a_leap_that_a_note_answers_is_shown_with_its_figure_on_every_page_of_it() -> None:
    told = (
        "Biến động lớn: +21,6 điểm so với năm 2022, từ 30,8% thành 52,4%. Giải thích: "
        "Minh họa: huyện rà soát lại toàn bộ, bổ sung lao động tự do."
    )
    desk = desk_of(shipped(), "dia-ban/tu-ky/")
    assert told in [note.text for note in area_page(desk, "tu-ky", {}, {}).closing.notes]
    figures = [
        figure
        for (indicator, _), series in shipped().figures.items()
        if indicator == "nl-thong-tin"
        for figure in series
    ]
    assert told in [note.text for note in notes(desk, figures)]
    assert [f"{row.what} {row.answer}" for row in page().answered][:1] == [told]
    assert page().open == ()
    # One university in four is too few to speak of a leap: its note stands alone.
    noted = year_page(desk_of(shipped(), "nam/2023/"), 2023).closing.notes
    (text,) = [note.text for note in noted if note.about == "Đại học số và học liệu số"]
    assert text.startswith("Minh họa: ")


def test_an_area_shows_an_open_question_beside_its_newest_figure(tmp_path: Path) -> None:
    data = small(tmp_path)
    jumped(data)
    (card,) = (
        card
        for card in area_page(at_hand(data), "doi-che", {}, {}).cards
        if card.id == "the-biet-boi"
    )
    assert card.note == (
        "Biến động lớn: +20,0 điểm so với năm 2023, từ 30,0% thành 50,0%. Chưa có giải thích."
    )


def test_figures_that_cannot_be_compared_have_no_leap(tmp_path: Path) -> None:
    data = small(tmp_path)
    jumped(data, break_vi="Đổi cách tính.")
    assert all_questions(at_hand(data)) == ()


def test_a_release_that_did_not_come_is_told_by_its_date_alone(tmp_path: Path) -> None:
    known = of_case(small(tmp_path), now=datetime(2026, 2, 1, tzinfo=SITE.timezone))
    assert quality_page(desk_of(known)).overdue == (
        "Số liệu năm 2025 hẹn công bố ngày 15/01/2026, đến nay chưa công bố.",
    )


# What nobody may know yet -------------------------------------------------------------------


def test_a_leap_a_gap_and_a_note_of_a_version_to_come_leave_no_trace(tmp_path: Path) -> None:
    data = small(tmp_path)
    jumped(data, note_vi=CANARY)
    observed(
        data,
        "boi-xa",
        "song-xanh",
        numerator="",
        denominator="",
        status="",
        source="",
        missing="c",
        note_vi=CANARY,
    )
    file = data / "results" / "2024" / "v1" / "reports.csv"
    swap(file, "2024-12-16", "2024-12-29")
    released = datetime(2025, 1, 15, 9, tzinfo=SITE.timezone)
    before, after = (
        of_case(data, now=moment) for moment in (released - timedelta(seconds=1), released)
    )
    plain = of_case(small(tmp_path / "as-signed"), now=released - timedelta(seconds=1))

    assert CANARY in str(quality_page(desk_of(after)))
    for language in SITE.languages:
        told = quality_page(desk_of(before, language=language))
        assert CANARY not in str(told)
        assert told == quality_page(desk_of(plain, language=language))
    told_words = {language: words(language) for language in SITE.languages}
    files, others = (open_data(known, SITE, told_words) for known in (before, plain))
    assert files["du-lieu/chat-luong.csv"] == others["du-lieu/chat-luong.csv"]


def test_before_anything_is_public_the_page_says_so(tmp_path: Path) -> None:
    nothing = of_case(small(tmp_path), now=datetime(2023, 1, 1, tzinfo=SITE.timezone))
    told = quality_page(desk_of(nothing))
    assert (told.finding, told.newest, told.earlier) == ("Chưa công bố kỳ số liệu nào.", None, ())


# The file -----------------------------------------------------------------------------------


def rows() -> list[dict[str, str]]:
    told = {language: words(language) for language in SITE.languages}
    content = open_data(shipped(), SITE, told)["du-lieu/chat-luong.csv"]
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_the_file_says_of_each_expected_cell_its_state_its_reason_and_the_report_of_who_owes_it() -> (
    None
):
    (row,) = (
        row
        for row in rows()
        if (row["indicator"], row["area"], row["year"]) == ("pcgd-mn5t", "nam-sach", "2024")
    )
    assert {name: row[name] for name in ("expected", "state", "missing", "reporter", "report")} == {
        "expected": "true",
        "state": "not-reported",
        "missing": "x",
        "reporter": "ubnd-nam-sach",
        "report": "late",
    }
    assert row["received_on"] == "2024-12-15"
    assert row["notice"] == "Số liệu minh họa / Illustrative data"
    assert sum(row["year"] == "2024" and row["expected"] == "true" for row in rows()) == 124


def test_who_owes_a_figure_is_a_body_that_there_was_when_the_figures_stand_for() -> None:
    known = seen(read(ROOT / "data")[0], datetime(2026, 7, 1, tzinfo=SITE.timezone))
    told = {language: words(language) for language in SITE.languages}
    content = open_data(known, SITE, told)["du-lieu/chat-luong.csv"]
    agencies = {each.agency: each for each in known.archive.agencies}
    days = {str(each.year): each.as_of for each in known.editions}
    owed = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    for row in owed:
        if row["reporter"]:
            body, on = agencies[row["reporter"]], days[row["year"]]
            assert body.since is None or body.since <= on, row
            assert body.until is None or body.until >= on, row
        else:
            # Of those that took over from a district's committee nobody owes it alone.
            assert row["expected"] == "false", row
    whole = {row["reporter"] for row in owed if (row["area"], row["year"]) == ("hai-duong", "2025")}
    assert "so-gddt-hai-phong" in whole
    assert "so-gddt" not in whole


def test_the_file_names_what_is_asked_and_whether_it_was_answered() -> None:
    assert [
        (row["indicator"], row["area"], row["year"], row["question"], row["answered"])
        for row in rows()
        if row["question"]
    ] == [
        ("nl-thong-tin", "tu-ky", "2023", "jump", "true"),
    ]


def test_more_points_asked_about_are_fewer_questions() -> None:
    stricter = replace(SITE, jump_points=22)
    desk = replace(desk_of(shipped()), site=stricter)
    assert [each.figure.area for each in all_questions(desk_of(shipped()))] == ["tu-ky"]
    assert all_questions(desk) == ()
