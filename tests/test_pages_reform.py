"""Old areas and new ones, a milestone that has come, names and codes that are the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import pytest

from tiendo.charts.draw import SeriesChart, StripChart
from tiendo.charts.pictures import course_words, pictures
from tiendo.config import site_settings
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.pages.area import area_page
from tiendo.pages.area_history import (
    namesakes,
    origins,
    origins_finding,
    same_code,
    scope_ended,
    told,
)
from tiendo.pages.contents import PAGES
from tiendo.pages.home import home_page
from tiendo.pages.indicator import indicator_page
from tiendo.pages.milestone import MilestonePage, ahead, milestone_page, milestones
from tiendo.pages.page import menu
from tiendo.pages.places import PlacesPage, places_page
from tiendo.pages.reports import reports_page
from tiendo.pages.table import table_page
from tiendo.pages.year import year_page
from tiendo.read.archive import read
from tiendo.terms import Assessment, Results, Text, Withdrawal
from tiendo.words.desk import Desk
from tiendo.words.parts import Link
from tiendo.words.verdicts import is_other_ground, sentences
from tiendo.words.wording import words

DATA = Path(__file__).parent.parent / "data"
HERE = timezone(timedelta(hours=7))
NOW = datetime(2026, 7, 1, 9, tzinfo=HERE)
BEFORE = datetime(2025, 6, 1, 9, tzinfo=HERE)


@cache
def known(now: datetime = NOW) -> Results:
    archive, _ = read(DATA)
    assert archive is not None
    return results(published(archive, now), now)


def desk(here: str = "", language: str = "vi", now: datetime = NOW) -> Desk:
    return Desk(
        results=known(now),
        site=site_settings(),
        words=words(language),
        here=here,
        indicators={each.indicator: each for each in known(now).archive.indicators},
    )


def places() -> PlacesPage:
    return places_page(desk("area/"))


def midterm() -> MilestonePage:
    return milestone_page(desk("milestone/2025/"), 2025)


# Where an area comes from -------------------------------------------------------------------


def test_a_ward_of_parts_of_two_districts_names_each_part_under_its_district() -> None:
    made = origins(desk("area/phuong-tu-minh/"), "phuong-tu-minh")
    told_parts = {
        (group.name.text, group.share): [(part.link.text, part.text) for part in group.parts]
        for group in made
    }
    assert told_parts == {
        ("Thành phố Hải Dương (đến 30/06/2025)", "một phần ở đây"): [
            ("phường Tứ Minh (mã 10540, đến 30/06/2025)", "một phần"),
        ],
        ("Huyện Cẩm Giàng (đến 30/06/2025)", "một phần ở đây"): [
            ("thị trấn Lai Cách (mã 10891, đến 30/06/2025)", "một phần"),
            ("xã Cẩm Đoài (mã 10942, đến 30/06/2025)", "toàn bộ"),
        ],
    }


def test_a_commune_that_lies_in_one_district_says_so() -> None:
    (group,) = origins(desk(), "xa-cam-giang-10903")
    assert group.share == "nằm trọn trong địa bàn này"
    assert origins_finding(desk(), "xa-cam-giang-10903") == (
        "Lập ngày 01/07/2025 từ toàn bộ xã Cẩm Hưng, toàn bộ xã Ngọc Liên, toàn bộ xã Lương Điền "
        "và một phần xã Phúc Điền."
    )


def test_a_district_that_did_not_begin_with_a_change_has_no_origin() -> None:
    assert origins(desk(), "cam-giang") == ()
    assert origins_finding(desk(), "cam-giang") == ""


def test_each_commune_of_today_has_an_origin_in_a_former_district() -> None:
    for area in known().locals_[2025]:
        groups = origins(desk(), area)
        assert groups, area
        assert all("đến 30/06/2025" in group.name.text for group in groups), area


# Names and codes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("area", "others"),
    [
        ("phuong-hai-duong", ("tỉnh Hải Dương (mã 30", "thành phố Hải Dương (mã 288")),
        ("tp-hai-duong", ("tỉnh Hải Dương (mã 30", "phường Hải Dương (mã 10525")),
        (
            "xa-cam-giang-10903",
            ("huyện Cẩm Giàng (mã 295", "xã Cẩm Giang (mã 10888", "thị trấn Cẩm Giang (mã 10888"),
        ),
        (
            "xa-cam-giang-10888",
            ("huyện Cẩm Giàng (mã 295", "xã Cẩm Giàng (mã 10903", "thị trấn Cẩm Giang (mã 10888"),
        ),
        ("phuong-tu-minh", ("phường Tứ Minh (mã 10540, đến 30/06/2025)",)),
    ],
)
def test_a_page_says_in_one_line_what_else_is_called_alike(
    area: str, others: tuple[str, ...]
) -> None:
    said = namesakes(desk(), area)
    assert told(desk(), area) in said.text
    named = {link.text: link.href for link in said.links}
    assert all(any(other in text for text in named) for other in others), named
    assert "\n" not in said.text
    # Whoever meant another one is led to it.
    assert all(named.values()), named


def test_a_name_that_nothing_else_has_is_told_apart_from_nothing() -> None:
    assert namesakes(desk(), "xa-tue-tinh").text == ""


def test_a_code_that_was_used_again_is_shown_with_whose_it_was_and_when() -> None:
    assert same_code(desk(), "phuong-tu-minh") == (
        "Mã 10891 trước đây là mã của thị trấn Lai Cách (đến 30/06/2025)."
    )
    assert same_code(desk(), "cam-giang") == ""


# Where a series ends -----------------------------------------------------------------------


def chart_of(area: str, indicator: str, language: str = "vi") -> tuple[SeriesChart, str]:
    (found,) = (
        each
        for each in pictures(desk(language=language))
        if each.name == f"{indicator}--{area}" and isinstance(each.drawable, SeriesChart)
    )
    assert isinstance(found.drawable, SeriesChart)
    return found.drawable, found.summary


@pytest.mark.parametrize(
    ("language", "label", "said"),
    [
        ("vi", "đổi địa giới 01/07/2025", "từ ngày 01/07/2025 địa giới đã đổi."),
        ("en", "new borders 1 July 2025", "the borders changed on 1 July 2025."),
    ],
)
@pytest.mark.parametrize("area", ["ninh-giang", "cam-giang"])
def test_a_chart_is_cut_where_its_area_ended_whether_or_not_it_can_be_restated(
    area: str, language: str, label: str, said: str
) -> None:
    chart, summary = chart_of(area, "nl-thong-tin", language)
    before, after = chart.points[-2:]

    assert (before.year, after.year) == (2024, 2025)
    assert (after.break_text, after.segment > before.segment) == (label, True)
    # Ninh Giang has no figure on its old borders: nothing but the cut is drawn there.
    assert (after.high is None) == (area == "ninh-giang")
    assert said in summary


def test_a_chart_of_an_area_that_goes_on_is_not_cut() -> None:
    name = "nl-thong-tin--phuong-tu-minh"
    (found,) = (each for each in pictures(desk()) if each.name == name)
    assert isinstance(found.drawable, StripChart)
    assert found.drawable.own.break_text == ""
    assert "địa giới" not in found.summary
    assert "địa giới" not in course_words(desk(), known().archive.indicators[0], "hai-duong", ())


def test_a_table_says_where_it_ends_and_leads_to_why() -> None:
    page = area_page(desk("area/ninh-giang/"), "ninh-giang", {}, {})
    after = {row.id: row.after for row in page.table}

    assert page.table_caption.endswith("đến hết ngày 30/06/2025 thì đổi địa giới")
    assert page.strips_caption.endswith("đến hết ngày 30/06/2025 thì đổi địa giới")
    assert page.table_after == "Từ 01/07/2025"
    assert after["nl-thong-tin"] == Link(text="đổi địa giới", href="#dia-gioi")
    # A standard was a decision on the district: it ended with it.
    assert after["pcgd-thcs-md3"] == Link(text="không còn", href="#sap-xep")
    assert {card.borders.href for card in page.cards if card.borders} == {"#dia-gioi"}

    today = area_page(desk("area/phuong-tu-minh/"), "phuong-tu-minh", {}, {})
    assert (today.table_after, {row.after for row in today.table}) == ("", {None})
    assert "30/06/2025" not in today.table_caption


# The page of all areas ----------------------------------------------------------------------


def test_every_area_that_ended_is_listed_once_with_what_it_is_part_of_now() -> None:
    listed = [place for group in places().former for place in group.places]
    archive = known().archive
    ended = {
        name
        for name, area in archive.areas.items()
        if area.until is not None and area.level in {"district", "commune"}
    }
    assert sorted(place.id for place in listed) == sorted(ended)
    assert len(ended) == 12 + 207
    communes = [place for place in listed if archive.areas[place.id].level == "commune"]
    assert all(place.successors for place in communes)
    (tu_minh,) = [place for place in listed if place.id == "phuong-tu-minh-10540"]
    assert tu_minh.detail == "mã 10540, đến 30/06/2025"
    (within,) = [group.name for group in places().former if tu_minh in group.places]
    assert within == "Thành phố Hải Dương: 24 xã, phường"
    assert [(each.link.text, each.text) for each in tu_minh.successors] == [
        ("Phường Việt Hòa", "một phần"),
        ("Phường Tứ Minh", "một phần"),
    ]


def test_a_commune_that_straddles_stands_under_each_of_its_districts_and_is_marked() -> None:
    under = [
        (group.name.text, each.text)
        for group in places().today
        for each in group.areas
        if each.link.text == "Phường Tứ Minh"
    ]
    assert under == [
        ("Thành phố Hải Dương (đến 30/06/2025)", "một phần"),
        ("Huyện Cẩm Giàng (đến 30/06/2025)", "một phần"),
    ]
    assert places().straddling.startswith("13 xã, phường")


def test_former_areas_stand_under_what_they_lay_in_by_their_names_without_kinds_and_tones() -> None:
    groups = places().former
    assert [group.name for group in groups][:2] == [
        "Tỉnh Hải Dương: 12 huyện",
        "Thành phố Hải Dương: 24 xã, phường",
    ]
    under = {group.id: [place.id for place in group.places] for group in groups}
    assert under["trong-tp-hai-duong"][0] == "phuong-ai-quoc-10660"
    assert "xa-duc-chinh-10912" in under["trong-cam-giang"]
    assert len({place for places_ in under.values() for place in places_}) == 12 + 207


def test_before_the_change_the_page_of_areas_knows_of_nothing_that_ended() -> None:
    page = places_page(desk("area/", now=BEFORE))
    assert page.former == ()
    assert page.straddling == ""
    assert page.acts == ""
    assert page.today_heading == "12 huyện"
    assert len(page.today) == 1


def test_an_area_ends_on_its_page_on_the_day_after_its_last_and_not_before() -> None:
    pages = [
        area_page(desk("area/cam-giang/", now=now), "cam-giang", {}, {})
        for now in (
            datetime(2025, 6, 30, 23, 59, tzinfo=HERE),
            datetime(2025, 7, 1, 0, 0, tzinfo=HERE),
        )
    ]
    assert [(page.dates, page.ended is not None) for page in pages] == [
        ("", False),
        ("Hoạt động đến hết 30/06/2025", True),
    ]
    # What was called alike and came later is no other place yet.
    others = [{link.text for note in page.not_that for link in note.links} for page in pages]
    assert [any("10903" in text for text in those) for those in others] == [
        False,
        True,
    ]


# The milestone ------------------------------------------------------------------------------


def test_a_milestone_is_ahead_until_its_own_figures_are_public() -> None:
    assert (milestones(known(BEFORE)), ahead(known(BEFORE))) == ((), (2025, 2030))
    assert (milestones(known()), ahead(known())) == ((2025,), (2030,))


def test_a_milestone_whose_figures_were_all_taken_back_is_not_ahead() -> None:
    archive = known(BEFORE).archive
    gone = Withdrawal(
        year=2025,
        version=1,
        indicator="",
        area="",
        withdrawn=BEFORE,
        instead=None,
        reason=Text(vi="Sai nguồn"),
    )
    assert ahead(replace(known(BEFORE), archive=replace(archive, withdrawals=(gone,)))) == (2030,)


def test_a_milestone_ahead_says_state_pace_and_need_by_indicator_and_by_area() -> None:
    page = milestone_page(desk("milestone/2030/"), 2030)
    assert page.title == "Mốc 2030: còn bao xa"
    assert page.finding.startswith("Trong 14 mục tiêu đến năm 2030: ")
    rows = {row.name.text: row for group in page.groups for row in group.rows}
    why = rows["Trình độ đại học trở lên"].why
    assert "bình quân mỗi năm tăng 0,7 điểm; muốn kịp phải tăng 0,5 điểm mỗi năm" in why
    assert len(page.areas) == 64
    assert (page.changes, page.later) == ((), "")
    assert [link.href for link in page.links] == [
        "../../nam/2025/",
        "../../phuong-phap/#doi-dia-gioi",
    ]
    # While everything can be measured there is no reason to be told.
    now = milestone_page(desk("milestone/2030/", now=BEFORE), 2030)
    assert [link.href for link in now.links] == ["../../nam/2024/"]


def test_the_menu_leads_to_the_newest_milestone_behind_or_else_to_the_next_one() -> None:
    there = [dict(menu(PAGES, known(now), words("vi")))["Tiến độ"] for now in (BEFORE, NOW)]
    assert [[name for name in group if name.startswith("Mốc")] for group in there] == [
        ["Mốc 2025"],
        ["Mốc 2025"],
    ]


@pytest.mark.parametrize("area", ["tu-ky", "phuong-tu-minh"])
def test_an_area_leads_to_every_milestone(area: str) -> None:
    page = area_page(desk(f"area/{area}/"), area, {}, {})
    assert [link.href for link in page.milestones] == ["../../moc/2025/", "../../moc/2030/"]


def test_the_midterm_says_what_was_met_missed_and_cannot_be_measured() -> None:
    shown = {group.id: [row.name.text for row in group.rows] for group in midterm().groups}
    assert shown == {
        "muc-met": [
            "Năng lực thông tin",
            "Trình độ đại học trở lên",
            "Cơ sở giáo dục trên môi trường số",
            "Trung tâm học tập dùng CNTT",
        ],
        "muc-missed": [
            "Đào tạo chuyên môn kỹ thuật",
            "Đại học số và học liệu số",
            "Công dân học tập",
        ],
        "muc-too-little-data": ["Kỹ năng sống"],
        "muc-not-measurable": [
            "Xóa mù chữ mức độ 2",
            "Phổ cập mầm non trẻ 5 tuổi",
            "Phổ cập tiểu học mức độ 3",
            "Phổ cập THCS mức độ 3",
            "Huyện học tập",
        ],
    }
    assert midterm().later.endswith("Tỉnh học tập.")


def test_what_cannot_be_measured_keeps_its_last_result_with_its_date_and_why() -> None:
    (group,) = [group for group in midterm().groups if group.id == "muc-not-measurable"]
    row = group.rows[3]
    assert (row.value.text, row.value.detail, row.when) == (
        "66,7%",
        "8 trên 12 huyện",
        "31/12/2024",
    )
    assert "12 huyện được đếm chỉ hoạt động đến hết ngày 30/06/2025" in row.why
    assert "không dùng để đánh giá mốc này" in row.why
    assert "Không đạt" not in row.why


def test_a_sum_without_a_figure_names_who_is_missing() -> None:
    (group,) = [group for group in midterm().groups if group.id == "muc-too-little-data"]
    assert "phường Trần Liễu, xã Lai Khê và xã Tân An" in group.rows[0].why


def test_the_page_of_2025_shows_the_last_count_under_its_own_year() -> None:
    page = year_page(desk("year/2025/"), 2025)
    rows = {row.name.text: row for group in page.goals for row in group.rows}
    row = rows["Phổ cập THCS mức độ 3"]
    assert (row.value.text, row.value.detail, row.year) == ("66,7%", "8 trên 12 huyện", "2024")
    assert row.value.gap is None
    # The page of 2025's milestone counts 13: why not 14 is said.
    assert "trong 14 chỉ tiêu" in page.finding
    assert page.finding.endswith("1 chỉ tiêu không có mục tiêu năm 2025: Tỉnh học tập.")
    assert rows["Kỹ năng sống"].value.gap is not None


# Other pages --------------------------------------------------------------------------------


def test_the_home_page_leads_to_the_milestone_and_has_a_map_of_today_and_one_of_before() -> None:
    page = home_page(desk(), None)
    assert [link.href for link in page.milestones] == ["moc/2025/", "moc/2030/"]
    today, before = page.maps
    assert (len(today.tiles), len(before.tiles)) == (64, 12)
    assert "30/06/2025" in before.name
    assert page.areas == ()
    named = {tile.name.text: (tile.name.before, tile.shade) for tile in today.tiles}
    assert named["Hải Dương"][0] == "Phường"
    assert page.scope_ended == scope_ended(desk())
    assert "thành phố Hải Phòng" in page.scope_ended


def test_before_the_change_the_home_page_speaks_of_no_end() -> None:
    page = home_page(desk(now=BEFORE), None)
    assert page.scope_ended == ""
    assert [link.text for link in page.milestones] == [
        "Mốc 2025: từng mục tiêu còn bao xa",
        "Mốc 2030: từng mục tiêu còn bao xa",
    ]
    (shown,) = page.maps
    assert len(shown.tiles) == 12


def test_the_table_has_the_communes_and_below_it_the_districts_with_their_last_results() -> None:
    page = table_page(desk("table/"))
    assert len(page.grid.rows) == 1 + 64
    (past,) = page.past
    assert [len(past.rows), len(past.columns)] == [12, 10]
    assert "đến 30/06/2025" in past.caption
    assert len(page.grid.columns) == 5


def test_a_district_committee_is_not_late_after_its_end_and_nothing_stands_for_its_report() -> None:
    rows = {row.name.text: row for row in reports_page(desk("reports/")).grid.rows}
    cell = rows["Ủy ban nhân dân huyện Cẩm Giàng"].cells[-1]
    # That those who took over sent reports is told; none of them stands for the committee's.
    assert (cell.kind, cell.word, cell.text) == ("not-due", "6 trên 6 cơ quan tiếp nhận đã gửi", "")
    labour = rows["Sở Lao động - Thương binh và Xã hội"].cells[-1]
    assert (labour.kind, labour.word) == ("not-due", "1 trên 2 cơ quan tiếp nhận đã gửi")
    # What it became is told on the page of the bodies: here is a narrow column.
    assert rows["Ủy ban nhân dân huyện Cẩm Giàng"].note == "đến 30/06/2025"


# Who fell back ------------------------------------------------------------------------------


def test_a_year_names_who_fell_back_against_the_year_before_with_both_figures() -> None:
    fell = year_page(desk("year/2024/"), 2024).movement

    assert fell is not None
    assert [
        (one.indicator.text, [(row.link.text, row.text) for row in one.areas]) for one in fell.fell
    ] == [
        ("Năng lực thông tin", [("Huyện Thanh Hà", "từ 36,3% xuống 36,1%")]),
        (
            "Kỹ năng sống",
            [
                ("Huyện Bình Giang", "từ 35,0% xuống 34,6%"),
                ("Huyện Ninh Giang", "từ 33,3% xuống 32,9%"),
            ],
        ),
        ("Công dân học tập", [("Huyện Kim Thành", "từ 27,5% xuống 27,1%")]),
    ]


def test_a_standard_that_was_lost_stands_at_the_year_in_which_it_was() -> None:
    fell = year_page(desk("year/2023/"), 2023).movement

    assert fell is not None
    lost = {
        (one.indicator.text, row.link.text, row.text)
        for one in fell.fell
        for row in one.areas
        if "mức độ" in row.text
    }
    assert lost == {
        ("Phổ cập tiểu học mức độ 3", "Huyện Ninh Giang", "từ mức độ 3 xuống mức độ 2"),
        ("Phổ cập THCS mức độ 3", "Huyện Thanh Hà", "từ mức độ 3 xuống mức độ 2"),
    }


def test_nobody_fell_back_where_other_areas_reported_than_in_the_year_before() -> None:
    apart = year_page(desk("year/2025/"), 2025).movement

    assert apart is not None
    assert (apart.fell, "Không so sánh được" in apart.note) == ((), True)
    assert apart.last is not None
    assert apart.last.text == "Lần so sánh được gần nhất: năm 2024 so với năm 2023"
    assert apart.last.href == "../../nam/2024/#lui"
    compared = year_page(desk("year/2024/"), 2024).movement
    assert compared is not None
    assert compared.last is None
    assert year_page(desk("year/2021/"), 2021).movement is None


def test_an_ended_area_s_older_figure_carries_its_year_in_the_table() -> None:
    grids = table_page(desk("table/")).past
    (nam_sach,) = (row for grid in grids for row in grid.rows if row.name.text == "Huyện Nam Sách")

    assert [cell.text for cell in nam_sach.cells][:2] == ["Mức độ 2", "Đạt (năm 2023)"]


# Rates that are compared across the change ----------------------------------------------------


def test_a_denominator_that_the_reform_made_another_is_told_beside_the_rates() -> None:
    page = area_page(desk("area/tu-ky/"), "tu-ky", {}, {})
    assert page.borders is not None
    assert page.borders.unlike == (
        "Lưu ý khi so trước với sau, vì mẫu số đổi nhiều:"
        " Trung tâm học tập dùng CNTT (20 thành 5–6)."
    )


def test_a_pace_between_very_different_denominators_says_so() -> None:
    told = results_of("tu-ky", "nl-thong-tin")
    assert told.first is not None
    assert not any("mẫu số" in sentence for sentence in sentences(desk(), told))
    far = replace(told, first=replace(told.first, denominator=10_000))
    assert sentences(desk(), far)[-1] == (
        "Lưu ý khi so sánh: mẫu số năm 2021 là 10.000, năm 2024 là 91.500."
    )


@pytest.mark.parametrize(
    ("before", "after", "far"), [(2, 3, False), (2, 4, True), (31, 20, True), (5, 5, False)]
)
def test_a_denominator_is_another_when_it_changed_by_more_than_half(
    before: int, after: int, *, far: bool
) -> None:
    assert is_other_ground(before, after) is far


def test_an_indicators_page_follows_it_in_the_former_districts() -> None:
    name = {each.indicator: each for each in known().archive.indicators}["nl-thong-tin"]
    page = indicator_page(desk("indicator/nl-thong-tin/"), name, {}, {})
    assert page.former is not None
    rows = {row.name.text: row for row in page.former.rows}
    assert len(rows) == 12
    tu_ky, ninh_giang = rows["Huyện Tứ Kỳ"], rows["Huyện Ninh Giang"]
    assert tu_ky.name.href == "../../dia-ban/tu-ky/"
    assert tu_ky.reported is not None
    assert (tu_ky.reported.text, tu_ky.reported_year) == ("57,5%", "2024")
    own = area_page(desk("area/tu-ky/"), "tu-ky", {}, {}).borders
    assert own is not None
    assert tu_ky.cells == next(row.cells for row in own.rows if row.name.text == name.short["vi"])
    assert ninh_giang.cells[0].reason == "Không tính được: thiếu số của xã Tân An."
    assert page.former.unlike == ""
    centres = {each.indicator: each for each in known().archive.indicators}["tthtcd-cntt"]
    counted = indicator_page(desk("indicator/tthtcd-cntt/"), centres, {}, {}).former
    assert counted is not None
    assert "huyện Tứ Kỳ (20 thành 5–6)" in counted.unlike
    # A standard was a decision on a district: there is nothing to add up.
    standard = {each.indicator: each for each in known().archive.indicators}["pcgd-thcs-md3"]
    assert indicator_page(desk("indicator/x/"), standard, {}, {}).former is None


def results_of(area: str, indicator: str) -> Assessment:
    return known().headlines[indicator, area]


def test_before_the_change_a_namesake_that_has_no_page_and_no_line_is_words_alone() -> None:
    """A township of that time reports nothing of its own and has not ended yet."""
    note = namesakes(desk(now=BEFORE), "tu-ky")
    assert [(link.text, link.href) for link in note.links] == [("thị trấn Tứ Kỳ (mã 11074)", "")]
    later = [link for link in namesakes(desk(), "tu-ky").links if link.text.startswith("thị trấn")]
    assert [link.href for link in later] == ["dia-ban/#thi-tran-tu-ky-11074"]
