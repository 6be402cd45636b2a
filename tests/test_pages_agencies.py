"""The plan's agencies, duties and actions on their pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import pytest

from tiendo.config import site_settings
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.pages.actions import actions_page
from tiendo.pages.agencies import agencies_page
from tiendo.pages.handwritten import AREA_RULES, RULES, handwritten_page
from tiendo.read.archive import read
from tiendo.read.manuscripts import written
from tiendo.terms import Results, Verdict
from tiendo.words.desk import Desk
from tiendo.words.wording import words

NOW = datetime(2026, 7, 1, 9, tzinfo=timezone(timedelta(hours=7)))
DATA = Path(__file__).parent.parent / "data"


BEFORE_THE_REFORM = datetime(2025, 6, 1, 9, tzinfo=timezone(timedelta(hours=7)))


@cache
def known(now: datetime = NOW) -> Results:
    archive, _ = read(DATA)
    assert archive is not None
    return results(published(archive, now), now)


def desk(here: str, language: str = "vi", now: datetime = NOW) -> Desk:
    return Desk(
        results=known(now),
        site=site_settings(),
        words=words(language),
        here=here,
        indicators={each.indicator: each for each in known().archive.indicators},
    )


def test_every_duty_stands_on_the_page_once_at_each_body_that_has_it() -> None:
    page = agencies_page(desk("agencies/"))
    told = [duty.code for agency in page.agencies for duty in agency.duties]
    assert {*told} == {duty.duty for duty in known().archive.duties}
    assert {duty for duty in told if told.count(duty) > 1} == {"IV.1"}
    assert told.count("IV.1") == 7


def test_committees_with_the_same_duties_are_one_block_that_names_them_all() -> None:
    page = agencies_page(desk("agencies/"))
    (block,) = [agency for agency in page.agencies if agency.members and agency.duties]
    assert block.name == "Ủy ban nhân dân 12 huyện"
    assert len(block.members) == 12


def test_the_communes_committees_that_took_over_are_one_block_and_no_report_is_asked() -> None:
    page = agencies_page(desk("agencies/"))
    (before,) = [agency for agency in page.agencies if agency.members and agency.duties]
    (after,) = [agency for agency in page.agencies if agency.members and not agency.duties]
    assert before.dates == "hoạt động đến hết 30/06/2025"
    assert [link.text for link in before.successors] == ["Ủy ban nhân dân 64 xã, phường"]
    assert (after.name, after.dates) == ("Ủy ban nhân dân 64 xã, phường", "từ 01/07/2025")
    assert len(after.members) == 64
    assert [link.text for link in after.before] == ["Ủy ban nhân dân 12 huyện"]
    assert "không nói việc nào ở Mục V.11 và Mục IV.1 nay thuộc về cơ quan này" in after.passed
    (member,) = [each for each in after.members if each.id == "ubnd-phuong-tu-minh"]
    assert [link.text for link in member.before] == ["Thành phố Hải Dương", "Huyện Cẩm Giàng"]


def test_a_duty_to_report_says_to_whom_and_what_came_of_it_year_by_year() -> None:
    blocks = {block.id: block for block in agencies_page(desk("co-quan/")).agencies}
    (duty,) = [each for each in blocks["hoi-khuyen-hoc"].duties if each.code == "V8.5"]
    assert [link.text for link in duty.to] == ["Sở Giáo dục và Đào tạo"]
    assert [line[:4] for line in duty.came][-1] == "2022"
    (review,) = [each for each in blocks["so-gddt"].duties if each.code == "V1.4"]
    assert "2030: Chưa đến hạn" in review.came


def test_agencies_stand_in_the_plans_order_and_those_without_duties_last() -> None:
    blocks = agencies_page(desk("agencies/")).agencies
    with_duties = [bool(block.duties) for block in blocks]
    assert with_duties == sorted(with_duties, reverse=True)
    assert blocks[0].id == "so-gddt"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_link_to_an_agency_leads_to_a_block(language: str) -> None:
    agencies = agencies_page(desk("agencies/", language)).agencies
    actions = actions_page(desk("actions/", language))
    links = [link for agency in agencies for link in agency.successors]
    links += [lead for part in actions.sections for row in part.rows for lead in row.leads]
    ids = {agency.id for agency in agencies}
    ids |= {member.id for agency in agencies for member in agency.members}
    assert {link.href.partition("#")[2] for link in links} <= ids


def test_an_action_names_who_does_now_what_an_agency_did_that_is_no_more() -> None:
    def heirs(now: datetime) -> dict[str, list[str]]:
        sections = actions_page(desk("actions/", now=now)).sections
        rows = [row for section in sections for row in section.rows]
        return {row.code: [link.text for link in row.taken_over] for row in rows}

    by_code = heirs(NOW)
    # By way of two mergers; a committee that fell into many is followed on its area's page.
    assert by_code["III.2.1"] == ["Sở Giáo dục và Đào tạo thành phố Hải Phòng"]
    assert by_code["III.4.2"] == []
    ended = {"Sở Thông tin và Truyền thông", "Sở Giáo dục và Đào tạo", "Sở Khoa học và Công nghệ"}
    assert {name for names in by_code.values() for name in names} & ended == set()
    assert set(map(tuple, heirs(datetime(2025, 1, 31, tzinfo=UTC)).values())) == {()}


def test_a_group_that_leads_with_all_its_members_is_named_once() -> None:
    sections = actions_page(desk("actions/")).sections
    rows = {row.code: row for section in sections for row in section.rows}
    assert [lead.text for lead in rows["III.4.2"].leads] == ["Ủy ban nhân dân 12 huyện"]


def test_every_action_stands_in_its_section_with_its_title() -> None:
    sections = actions_page(desk("actions/")).sections
    assert [row.code for section in sections for row in section.rows] == [
        action.action for action in known().archive.actions
    ]
    assert sections[3].name == "III.4. Đẩy mạnh hoạt động của trung tâm học tập cộng đồng"


def test_the_method_page_has_a_rule_for_every_verdict() -> None:
    assert set(RULES) | set(AREA_RULES) == set(Verdict)


def example_at(desk: Desk) -> tuple[str, ...]:
    (part,) = handwritten_page(desk, "method", written("{{ example }}")).parts[1:2]
    return part.example


def test_the_example_is_a_counted_indicator_with_something_still_missing() -> None:
    example = example_at(desk("method/", now=BEFORE_THE_REFORM))
    assert "còn thiếu" in example[0]


def test_the_example_still_has_its_arithmetic_when_nothing_is_counted_any_more() -> None:
    example = example_at(desk("method/"))
    assert "Mục tiêu 2030 là" in example[0]
    assert "còn thiếu" in example[0]
    assert "muốn kịp phải tăng" in example[1]
    assert "Nếu giữ nhịp này, năm 2030" in example[1]
