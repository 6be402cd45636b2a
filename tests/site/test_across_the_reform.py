"""Two ways across 1 July 2025, as people go them: from a new ward back, from an old district on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from site_at_hand import unfolded

pytestmark = pytest.mark.browser

PHONE: ViewportSize = {"width": 360, "height": 740}


@pytest.fixture
def opened(browser: Browser, server: str) -> Iterator[Callable[[str], Page]]:
    """Opens an address of the site on a phone that runs no script."""
    contexts: list[BrowserContext] = []

    def open_(address: str) -> Page:
        contexts.append(browser.new_context(java_script_enabled=False, viewport=PHONE))
        page = contexts[-1].new_page()
        page.goto(server + address)
        return page

    yield open_
    for context in contexts:
        context.close()


def title(page: Page, text: str) -> None:
    expect(page.locator("h1")).to_have_text(text)


def test_from_tu_minh_to_what_is_known_of_the_place_before_2025(
    opened: Callable[[str], Page],
) -> None:
    page = opened("")
    page.locator(".td-tiles").first.get_by_role("link", name="Phường Tứ Minh").click()
    title(page, "Phường Tứ Minh")
    head = page.locator("header.td-title")
    # It is in Hải Phòng today, is not the ward that had its name, and its code was another's.
    expect(head.locator(".td-kicker")).to_have_text("Phường · Thành phố Hải Phòng")
    expect(head).to_contain_text("không phải phường Tứ Minh (mã 10540, đến 30/06/2025)")
    expect(head).to_contain_text("mã của thị trấn Lai Cách (đến 30/06/2025)")
    expect(page.locator("main")).not_to_contain_text("Năm 2024:")

    head.get_by_role("link", name="Lập ngày 01/07/2025 từ một phần phường Tứ Minh cũ").click()
    origins = page.locator("#dia-ban-nay")
    expect(origins).to_contain_text("xã Cẩm Đoài (mã 10942, đến 30/06/2025): toàn bộ")
    expect(origins.get_by_role("link", name="Thành phố Hải Dương (đến 30/06/2025)")).to_be_visible()

    # An old commune has no figures: its line says what it belonged to and where its land lies now.
    origins.get_by_role("link", name="phường Tứ Minh (mã 10540, đến 30/06/2025)").click()
    line = page.locator("#phuong-tu-minh-10540")
    expect(line).to_be_in_viewport()
    expect(line).to_contain_text("mã 10540, đến 30/06/2025")
    expect(line.get_by_role("link")).to_have_text(["Phường Việt Hòa", "Phường Tứ Minh"])
    page.go_back()

    unfolded(page)
    origins.get_by_role("link", name="Huyện Cẩm Giàng (đến 30/06/2025)").click()
    title(page, "Huyện Cẩm Giàng")
    expect(page.locator("header.td-title")).to_contain_text("hoạt động đến hết ngày 30/06/2025")
    expect(page.locator("header.td-title")).to_contain_text("Số liệu đến 31/12/2024")
    expect(page.locator("#the-nl-thong-tin")).to_contain_text("Năm 2024: 59,2%")


def test_from_cam_giangs_record_to_what_came_after(opened: Callable[[str], Page]) -> None:
    page = opened("dia-ban/cam-giang/")
    title(page, "Huyện Cẩm Giàng")
    head = page.locator("header.td-title")
    expect(head).to_contain_text("huyện Cẩm Giàng (mã 295, đến 30/06/2025)")
    expect(head).to_contain_text("xã Cẩm Giàng (mã 10903, từ 01/07/2025)")
    expect(head).to_contain_text("xã Cẩm Giang (mã 10888, từ 01/07/2025)")
    # Nothing of its record is of a time when it was no more.
    years = page.locator("#bang thead th.td-num")
    expect(years).to_have_text(["2024", "2023", "2022", "2021"])
    expect(page.locator("main")).not_to_contain_text("Không đạt")

    head.get_by_role("link", name="Xem các đơn vị mới").click()
    heirs = page.locator("#sap-xep li")
    expect(heirs).to_have_count(6)
    expect(heirs.filter(has_text="Phường Tứ Minh")).to_contain_text("thành phố Hải Dương")
    straddling = heirs.filter(has_text="gồm cả phần đất trước đây thuộc")
    assert straddling.count() == 2

    heirs.get_by_role("link", name="Xã Cẩm Giàng", exact=True).click()
    title(page, "Xã Cẩm Giàng")
    head = page.locator("header.td-title")
    expect(head).to_contain_text("đây là xã Cẩm Giàng (mã 10903, từ 01/07/2025)")
    expect(head).to_contain_text("huyện Cẩm Giàng (mã 295, đến 30/06/2025)")
    expect(head).to_contain_text("Lập ngày 01/07/2025 từ toàn bộ xã Cẩm Hưng")
    assert page.url.endswith("/dia-ban/xa-cam-giang-10903/")
    years = page.locator("#bang thead th.td-num")
    expect(years).to_have_text(["2025"])


def test_what_counted_districts_is_told_as_an_outcome_and_not_as_missed(
    opened: Callable[[str], Page],
) -> None:
    page = opened("")
    page.locator(".td-hero").get_by_role("link", name="Mốc 2025").click()
    title(page, "Mốc 2025: mục tiêu nào đạt, mục tiêu nào không")
    row = page.get_by_role("row").filter(has_text="Phổ cập THCS mức độ 3")
    expect(row).to_contain_text("Không còn đo được")
    expect(row).to_contain_text("8 trên 12 huyện")
    expect(row).to_contain_text("12 huyện được đếm chỉ hoạt động đến hết ngày 30/06/2025")

    page.get_by_role("link", name="Vì sao mục tiêu tính theo huyện không còn đo được").click()
    expect(page.locator("#doi-dia-gioi")).to_be_in_viewport()

    page.locator("main").get_by_role("link", name="Địa bàn cũ và mới").click()
    title(page, "Địa bàn cũ và mới")


def test_no_page_is_wider_than_the_narrowest_phone(opened: Callable[[str], Page]) -> None:
    for address in ("dia-ban/", "moc/2025/", "dia-ban/phuong-hai-duong/", "en/dia-ban/"):
        page = opened(address)
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_within_its_old_borders_cam_giang_goes_on_as_a_range_that_names_who_straddles(
    opened: Callable[[str], Page],
) -> None:
    page = opened("dia-ban/cam-giang/")
    card = page.locator("#the-nl-thong-tin")
    card.locator("summary").click()
    card.get_by_role("link", name="Vì sao chuỗi số liệu").click()
    section = page.locator("#dia-gioi")
    expect(page.locator("details", has=section).get_by_role("heading")).to_be_in_viewport()
    expect(section).to_contain_text("không phải số liệu chính thức")
    expect(section).to_contain_text("Số liệu minh họa")
    row = section.locator("tbody tr").filter(has_text="Năng lực thông tin")
    expect(row.locator(".td-restated__cell em")).to_have_text("57,8–72,4%")
    # What was reported stands apart, with its year, and its verdict is of that.
    expect(row).to_contain_text("59,2%")
    expect(page.locator("#the-nl-thong-tin")).to_contain_text("Năm 2024: 59,2%")

    section.get_by_role("link", name="Phường Tứ Minh").click()
    title(page, "Phường Tứ Minh")


def test_where_a_commune_has_not_reported_the_old_district_has_no_figure_and_says_why(
    opened: Callable[[str], Page],
) -> None:
    page = opened("dia-ban/ninh-giang/")
    cells = page.locator("#dia-gioi .td-restated__cell")

    # The record ends in sight, in the chart and in the table, and why is one tap away.
    card = page.locator("#the-nl-thong-tin")
    expect(card.locator(".td-card__chart")).to_contain_text("đổi địa giới 01/07/2025")
    card.locator("summary").click()
    card.get_by_role("link", name="Vì sao chuỗi số liệu").click()
    expect(page.locator("#dia-gioi")).to_be_in_viewport()
    unfolded(page)
    caption = page.locator("#bang caption")
    box = caption.bounding_box()
    assert box is not None
    assert box["width"] <= PHONE["width"]
    ended = page.locator("tr[data-indicator=nl-thong-tin] .td-after")
    expect(ended.get_by_role("link", name="đổi địa giới")).to_have_attribute("href", "#dia-gioi")

    expect(cells.first).to_contain_text("Không tính được: thiếu số của xã Tân An")
    expect(page.locator("#dia-gioi em")).to_have_count(0)
