"""What stands beside a verdict: its year, whether it is provisional, what it lacks, its source."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import pytest

from tiendo.config import site_settings
from tiendo.files.open_data import open_data
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.pages.area import AreaPage, area_page
from tiendo.pages.codes import code_lists
from tiendo.pages.handwritten import handwritten_page
from tiendo.pages.home import home_page
from tiendo.pages.indicator import indicator_page
from tiendo.pages.milestone import milestone_page
from tiendo.pages.paper import sheet_of
from tiendo.read.archive import read
from tiendo.read.manuscripts import written
from tiendo.terms import Results
from tiendo.words.desk import Desk, unit_of
from tiendo.words.verdicts import gap_words, pace_facts, sentences
from tiendo.words.wording import words

DATA = Path(__file__).parent.parent / "data"
NOW = datetime(2026, 7, 1, 9, tzinfo=timezone(timedelta(hours=7)))

PRESCHOOL, LIFE_SKILLS = "pcgd-mn5t", "kn-song"
"""Nam Sách did not report the one for 2024; the other has no figure of the whole area in 2025."""


@cache
def known() -> Results:
    archive, _ = read(DATA)
    assert archive is not None
    return results(published(archive, NOW), NOW)


def desk(here: str = "", language: str = "vi") -> Desk:
    return Desk(
        results=known(),
        site=site_settings(),
        words=words(language),
        here=here,
        indicators={each.indicator: each for each in known().archive.indicators},
    )


def nam_sach(language: str = "vi") -> AreaPage:
    return area_page(desk("area/nam-sach/", language), "nam-sach", {}, {})


# Of which year ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "dated"), [("vi", "theo kết quả 2023"), ("en", "on the 2023 result")]
)
def test_a_verdict_by_an_older_figure_says_of_which_year_wherever_it_stands(
    language: str, dated: str
) -> None:
    page = nam_sach(language)
    (row,) = (row for row in page.table if row.id == PRESCHOOL)
    assert (row.values[-1].gap is not None, row.mark.kind, row.mark.dated) == (True, "met", dated)
    (strip,) = (strip for strip in page.strips if strip.id == f"chuan-{PRESCHOOL}")
    assert strip.mark == row.mark
    name = desk().indicators[PRESCHOOL].short[language]
    met = page.opening[0].text.split("; ")
    assert f"{name} ({dated})" in met
    sheet = sheet_of(desk("area/nam-sach/", language), "nam-sach", page)
    assert row.mark in {each.mark for each in sheet.rows}


def test_a_verdict_by_the_newest_figure_names_no_year() -> None:
    dated = {row.id: row.mark.dated for row in nam_sach().table}
    assert dated["nl-thong-tin"] == dated["xmc-md2"] == ""


def test_the_grid_of_a_standard_dates_the_verdict_of_who_did_not_report() -> None:
    page = indicator_page(desk("indicator/x/"), desk().indicators[PRESCHOOL], {}, {})
    assert page.grid is not None
    (row,) = (row for row in page.grid.rows if row.name.text == "Huyện Nam Sách")
    assert [cell.word for cell in row.cells][-2:] == ["chưa báo cáo", "Đã đạt (theo kết quả 2023)"]


def test_the_map_says_that_it_counts_by_the_nearest_results() -> None:
    page = home_page(desk(), None)
    shown = page.maps[-1]
    assert "không có kết quả của chính năm 2024 thì tính theo kết quả gần nhất" in shown.notice


# What is provisional ------------------------------------------------------------------------


def test_the_home_page_counts_how_many_verdicts_are_provisional() -> None:
    page = home_page(desk(), None)
    told = {count.mark.kind: (count.count, count.mark.provisional) for count in page.counts}
    rows = [row.mark for goal in page.goals for row in goal.rows if len(row.targets) > 1]
    for kind, (count, provisional) in told.items():
        soft = sum(bool(mark.provisional) for mark in rows if mark.kind == kind)
        assert int(count) == sum(mark.kind == kind for mark in rows)
        assert provisional == (f"{soft} tạm tính" if soft else "")
    assert page.finding == "4 trên 13 mục tiêu đến năm 2025 đã đạt và 3 không đạt"
    assert page.besides.endswith(" 3 đánh giá còn là tạm tính.")
    assert "4 đã đạt (1 tạm tính), 3 không đạt (2 tạm tính)" in page.head.description


def test_each_verdict_on_the_whole_names_its_indicators() -> None:
    page = home_page(desk(), None)
    assert [int(count.count) for count in page.counts] == [len(each.names) for each in page.counts]
    rows = {row.name.text: row.mark.kind for goal in page.goals for row in goal.rows}
    named = {one.link.text: each.mark.kind for each in page.counts for one in each.names}
    assert {name: rows[name] for name in named} == named


def test_a_figure_is_preliminary_or_estimated_and_a_verdict_on_it_provisional() -> None:
    rows = {row.name.text: row for goal in home_page(desk(), None).goals for row in goal.rows}
    told = {name: (row.value.provisional, row.mark.provisional) for name, row in rows.items()}
    assert told["Công dân học tập"] == ("sơ bộ", "tạm tính")
    assert told["Đào tạo chuyên môn kỹ thuật"] == ("ước tính", "tạm tính")
    assert told["Năng lực thông tin"] == ("", "")


# What it lacks, and its pace ----------------------------------------------------------------


def test_what_an_older_year_lacked_does_not_stand_beside_too_little_data() -> None:
    headline = known().headlines[LIFE_SKILLS, known().archive.plan.scope]
    assert (headline.verdict.value, headline.gap is not None) == ("too-little-data", True)
    assert gap_words(desk(), headline) == ""
    assert "So với mục tiêu" not in {fact.term for fact in pace_facts(desk(), headline)}
    assert "còn thiếu" in sentences(desk(), headline)[0]  # which names its year
    assert sentences(desk(), headline)[0].startswith("Năm 2024:")


def test_the_change_of_one_year_is_called_no_mean() -> None:
    headline = known().headlines["cong-dan-ht", "nam-sach"]
    pace = sentences(desk(), headline)[1]
    assert "Từ năm 2023 đến năm 2024, tăng 2,7 điểm." in pace
    # The district ended: nothing can be made up for any more.
    assert "phải tăng" not in pace
    assert "đến hết ngày 30/06/2025, nên đây là đánh giá cuối cùng" in pace
    terms = {fact.term for fact in pace_facts(desk(), headline)}
    assert {"Thay đổi từ năm 2023 đến năm 2024", "Cần thay đổi để kịp năm 2025"} <= terms


def test_the_change_of_several_years_is_their_mean() -> None:
    pace = sentences(desk(), known().headlines["nl-thong-tin", "nam-sach"])[1]
    assert "Từ năm 2021 đến năm 2024, bình quân mỗi năm tăng 6,5 điểm" in pace


# Where it comes from, and what changed -----------------------------------------------------


def test_a_figure_of_an_area_carries_its_source_with_the_day() -> None:
    page = nam_sach()
    (card,) = (card for card in page.cards if card.id == "the-nl-thong-tin")
    assert card.source == (
        "Nguồn: Báo cáo minh họa của UBND huyện Nam Sách năm 2024, nhận ngày 15/12/2024"
    )
    (strip,) = (strip for strip in page.strips if strip.id == f"chuan-{PRESCHOOL}")
    assert "ngày 14/12/2023. Nguồn: Danh mục minh họa quyết định" in strip.sentence
    told = {note.about: note.text for note in page.sources}
    assert re.match(r"2021: .+; 2022: .+ nhận ngày 02/12/2022; 2023: ", told["Năng lực thông tin"])


def test_an_indicator_tells_the_source_of_each_area_s_figures() -> None:
    page = indicator_page(desk("indicator/x/"), desk().indicators["nl-thong-tin"], {}, {})
    told = {note.about: note.text for note in page.sources}
    with_figures = {row.area.text for row in page.areas if row.value.text}
    assert with_figures <= told.keys()
    assert "UBND huyện Nam Sách năm 2024, nhận ngày 15/12/2024" in told["Huyện Nam Sách"]


def test_the_news_of_changed_verdicts_leads_to_the_list_of_them() -> None:
    page = home_page(desk(), before())
    (news,) = (one for one in page.news if "đánh giá ở mốc này thay đổi" in one.text)
    changes = milestone_page(desk("milestone/2025/"), 2025).changes
    assert news.href == "moc/2025/#thay-doi"
    assert f": {len(changes)} đánh giá" in news.text
    assert ("Công dân học tập", "từ “Chậm tiến độ (tạm tính)” thành “Không đạt (tạm tính)”") in {
        (change.about, change.text) for change in changes
    }


def before() -> Results:
    from tiendo.judge.past import known_by  # noqa: PLC0415 - for this alone

    return known_by(known(), 2024)


def test_the_home_page_says_at_its_top_when_the_next_figures_come() -> None:
    assert "kết quả năm 2026, dự kiến 09:00 ngày 14/01/2027" in home_page(desk(), None).next_release


# What areas, codes and the publisher are called --------------------------------------------


@pytest.mark.parametrize(
    ("areas", "vi", "en"),
    [
        (["xa-tu-ky", "xa-tan-ky"], "xã", "communes"),
        (["phuong-hai-duong"], "phường", "ward"),
        (["xa-tu-ky", "phuong-hai-duong"], "xã, phường", "communes and wards"),
        (["tu-ky", "tp-hai-duong"], "huyện", "districts"),
    ],
)
def test_areas_are_called_what_they_are(areas: list[str], vi: str, en: str) -> None:
    assert (unit_of(desk(), areas), unit_of(desk("", "en"), areas)) == (vi, en)


def test_the_communes_that_ended_are_called_by_all_of_their_kinds() -> None:
    ended = [
        area.area
        for area in known().archive.areas.values()
        if area.level == "commune" and area.until is not None
    ]
    assert len(ended) == 207
    assert unit_of(desk(), ended) == "xã, phường, thị trấn"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_code_in_a_published_table_is_explained(language: str) -> None:
    files = open_data(known(), site_settings(), {"vi": words("vi"), "en": words("en")})
    explained = {
        one.column: {code.term for code in one.codes} for one in code_lists(desk("", language))
    }
    found: dict[str, set[str]] = {}
    for name in ("so-lieu", "ket-luan", "chat-luong", "tinh-lai"):
        for row in csv.DictReader(io.StringIO(files[f"du-lieu/{name}.csv"].decode())):
            for column in row.keys() & explained.keys():
                found.setdefault(column, set()).update(filter(None, row[column].split(";")))
    assert len(found) == 10
    assert {column: codes - explained[column] for column, codes in found.items()} == {
        column: set() for column in found
    }


def told_of_the_contact(at: Desk) -> str:
    (part,) = handwritten_page(at, "about", written("Hỏi {{ contact }}.")).parts
    return str(part.html)


def test_the_contact_leads_where_the_settings_say() -> None:
    at = desk("about/")
    assert "<a " not in told_of_the_contact(at)
    at = replace(at, site=replace(at.site, contact_address="mailto:ai-do@tiendo.example"))
    assert '<a href="mailto:ai-do@tiendo.example">' in told_of_the_contact(at)
