"""Areas compared: the choice stands in the address, and nothing but the page is needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from site_at_hand import unfolded

pytestmark = pytest.mark.browser

PAGES = {"vi": "so-sanh/", "en": "en/so-sanh/"}
NOTICE = {"vi": "Số liệu minh họa", "en": "Illustrative data"}


@pytest.fixture
def opened(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """Opens an address of the site; whatever a page complains of is a fault."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_(address: str, **settings: Any) -> Page:
        contexts.append(browser.new_context(**settings))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(server + address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []


def compared(page: Page) -> list[str]:
    """The areas that are shown side by side, once there are any."""
    return page.locator(".td-compared thead th a").all_inner_texts()


def after(page: Page, names: list[str]) -> None:
    """Wait until exactly these areas are shown."""
    page.wait_for_function(
        """(names) => JSON.stringify([...document.querySelectorAll(".td-compared thead th a")]
            .map((link) => link.textContent)) === JSON.stringify(names)""",
        arg=names,
    )


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("vi", ["Huyện Tứ Kỳ", "Thành phố Chí Linh"]),
        ("en", ["Tứ Kỳ District", "Chí Linh City"]),
    ],
)
def test_the_address_says_which_areas_are_shown(
    opened: Callable[..., Page], language: str, names: list[str]
) -> None:
    page = opened(f"{PAGES[language]}?a=tu-ky&a=chi-linh")
    after(page, names)
    said = page.locator(".td-compare__said").inner_text()
    assert [name for name in names if name not in said] == []
    assert NOTICE[language] in page.locator(".td-banner:visible").inner_text()


def test_what_is_shown_is_what_the_whole_table_says(opened: Callable[..., Page]) -> None:
    page = opened("so-sanh/?a=tu-ky&a=chi-linh")
    after(page, ["Huyện Tứ Kỳ", "Thành phố Chí Linh"])
    unfolded(page)
    for at, area in enumerate(("tu-ky", "chi-linh")):
        row = page.locator(f"tr[data-area={area}] td").all_inner_texts()
        column = page.locator(f".td-compared tbody td:nth-of-type({at + 1})").all_inner_texts()
        assert len(row) == 10
        assert column == row


def test_an_area_is_added_and_removed_by_the_keyboard_alone(opened: Callable[..., Page]) -> None:
    page = opened("so-sanh/?a=tu-ky")
    after(page, ["Huyện Tứ Kỳ"])
    page.get_by_label("Chọn địa bàn").focus()
    # Chí Linh is the last but ten of all: the communes stand before the districts that ended.
    page.keyboard.press("End")
    for _ in range(10):
        page.keyboard.press("ArrowUp")
    assert page.get_by_label("Chọn địa bàn").input_value() == "chi-linh"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    after(page, ["Huyện Tứ Kỳ", "Thành phố Chí Linh"])
    assert page.url.endswith("so-sanh/?a=tu-ky&a=chi-linh")
    assert (
        page.locator(".td-compare__said").inner_text()
        == "So sánh Huyện Tứ Kỳ và Thành phố Chí Linh"
    )

    page.get_by_role("button", name="Bỏ Huyện Tứ Kỳ").press("Enter")
    after(page, ["Thành phố Chí Linh"])
    assert page.url.endswith("so-sanh/?a=chi-linh")
    # The button is gone; who presses keys is not left nowhere.
    assert page.evaluate("() => document.activeElement.id") == "them"


def test_back_leads_to_the_choice_before(opened: Callable[..., Page]) -> None:
    page = opened("so-sanh/?a=tu-ky")
    after(page, ["Huyện Tứ Kỳ"])
    page.get_by_label("Chọn địa bàn").select_option("nam-sach")
    page.get_by_role("button", name="Thêm vào so sánh").click()
    after(page, ["Huyện Tứ Kỳ", "Huyện Nam Sách"])
    page.go_back()
    after(page, ["Huyện Tứ Kỳ"])


def test_more_than_four_and_the_same_twice_are_refused_in_words(
    opened: Callable[..., Page],
) -> None:
    page = opened("so-sanh/?a=tu-ky&a=TU-KY&a=nam-sach&a=gia-loc&a=thanh-ha&a=chi-linh")
    four = ["Huyện Tứ Kỳ", "Huyện Nam Sách", "Huyện Gia Lộc", "Huyện Thanh Hà"]
    after(page, four)
    add = page.get_by_role("button", name="Thêm vào so sánh")
    page.get_by_label("Chọn địa bàn").select_option("chi-linh")
    add.click()
    assert "Đã đủ bốn địa bàn" in page.locator(".td-compare__said").inner_text()
    page.get_by_label("Chọn địa bàn").select_option("tu-ky")
    add.click()
    assert "đã có trong bảng" in page.locator(".td-compare__said").inner_text()
    assert compared(page) == four


@pytest.mark.parametrize("wrong", ["khong-co", "%3Cimg%20src%3Dx%3E", "..%2F..%2F"])
def test_an_area_that_does_not_exist_harms_nothing(opened: Callable[..., Page], wrong: str) -> None:
    page = opened(f"so-sanh/?a={wrong}&a=tu-ky")
    after(page, ["Huyện Tứ Kỳ"])
    assert page.locator("main img").count() == 0
    if wrong == "khong-co":
        assert "Không có địa bàn “khong-co”." in page.locator(".td-compare__said").inner_text()


def test_an_area_without_a_row_is_read_from_its_own_page(browser: Browser, server: str) -> None:
    """In a country the table is cut off."""
    context = browser.new_context()
    page = context.new_page()

    def cut(route: Route) -> None:
        answer = route.fetch()
        less, count = re.subn(r'(?s)<tr data-area="tu-ky">.*?</tr>', "", answer.text())
        assert count == 1
        route.fulfill(response=answer, body=less)

    page.route(re.compile(r"/so-sanh/"), cut)
    page.goto(f"{server}so-sanh/?a=tu-ky&a=nam-sach")
    after(page, ["Huyện Tứ Kỳ", "Huyện Nam Sách"])
    cells = page.locator(".td-compared tbody td:nth-of-type(1)").all_inner_texts()
    assert len(cells) == 10
    assert [text for text in cells if not re.search(r"(Đ|C)\S+ \S+", text)] == []
    assert any("57,5%" in text and "Đúng tiến độ" in text for text in cells)
    context.close()


@pytest.mark.parametrize("language", PAGES)
def test_without_a_script_the_whole_table_stands_there(
    opened: Callable[..., Page], language: str
) -> None:
    page = opened(f"{PAGES[language]}?a=tu-ky", java_script_enabled=False)
    page.locator("main summary").first.click()
    # The whole area, the communes of today, the districts that ended.
    assert page.locator("tr[data-area]:visible").count() == 1 + 64 + 12
    assert page.locator("form.td-compare:visible").count() == 0
    assert page.locator("#ket-qua").is_hidden()
    empty = [t for t in page.locator("tr[data-area] td").all_inner_texts() if not t.strip()]
    assert empty == []


def test_the_page_of_an_area_leads_to_it_beside_others(opened: Callable[..., Page]) -> None:
    page = opened("dia-ban/tu-ky/")
    page.get_by_role("link", name="So sánh với địa bàn khác").click()
    after(page, ["Huyện Tứ Kỳ"])
    assert "Chọn thêm địa bàn để so sánh" in page.locator(".td-compare__said").inner_text()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("so-sanh/?a=tu-ky&a=chi-linh", "en/so-sanh/?a=tu-ky&a=chi-linh"),
        ("en/so-sanh/?a=tu-ky", "so-sanh/?a=tu-ky"),
        ("tim-kiem/?q=tu+ky", "en/tim-kiem/?q=tu+ky"),
        ("phuong-phap/#nhip", "en/phuong-phap/#nhip"),
    ],
)
def test_the_other_language_keeps_what_the_address_asks_for(
    opened: Callable[..., Page], server: str, address: str, kept: str
) -> None:
    page = opened(address)
    page.locator(".td-language").click()
    expect(page).to_have_url(server + kept)


def test_an_area_chosen_on_the_page_is_kept_in_the_other_language(
    opened: Callable[..., Page], server: str
) -> None:
    page = opened("so-sanh/?a=tu-ky")
    page.locator("form[data-compare] select").select_option("chi-linh")
    page.get_by_role("button", name="Thêm vào so sánh").click()
    page.locator(".td-language").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{server}en/so-sanh/?a=tu-ky&a=chi-linh")
    after(page, ["Tứ Kỳ District", "Chí Linh City"])
