"""What a phone shows before anything is scrolled: little of the frame, and the page's heading."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page
from site_at_hand import KINDS, LANGUAGES, PHONE, sideways

pytestmark = pytest.mark.browser

HEADING = 200
"""Pixels from the window's upper edge at which a page's heading starts at the latest."""
HEADER_ROW = 56


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    """A phone's window without a script: the frame is plain HTML and CSS."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


def top(of: Locator) -> float:
    box = of.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_heading_stands_high_on_every_kind_of_page(
    phone: Page, server: str, language: str
) -> None:
    tops = {}
    for kind, path in KINDS.items():
        phone.goto(server + LANGUAGES[language] + path)
        tops[kind] = top(phone.locator("h1"))
    assert {kind: y for kind, y in tops.items() if y > HEADING} == {}


@pytest.mark.parametrize("path", ["", "so-lieu/", "404.html", "en/dia-ban/doi-che/"])
def test_the_frame_above_it_is_two_rows(phone: Page, small_server: str, path: str) -> None:
    phone.goto(small_server + path)
    row = phone.locator(".td-header__inner").bounding_box()
    assert row is not None
    assert row["height"] <= HEADER_ROW
    inside = [phone.locator(each) for each in (".td-brand", ".td-find input", ".td-language")]
    assert all(row["y"] <= top(each) < row["y"] + row["height"] for each in inside if each.count())
    assert len({top(link) for link in phone.locator(".td-menu a:visible").all()}) == 1
    assert top(phone.locator("h1")) <= HEADING
    assert sideways(phone) == []


def test_every_entry_of_the_menu_is_reached_by_keyboard(phone: Page, small_server: str) -> None:
    phone.goto(small_server)
    links = phone.locator(".td-menu a:visible")
    names = links.all_inner_texts()
    for link in links.all():
        link.focus()
        box = link.bounding_box()
        assert box is not None
        assert 0 <= box["x"] + box["width"] / 2 <= PHONE["width"]
    groups = phone.locator(".td-footer__group").all_inner_texts()
    assert set(groups[1:]) < set(names)


def test_the_page_at_hand_is_seen_in_the_menu(phone: Page, small_server: str) -> None:
    phone.goto(small_server + "lich-cong-bo/")
    here = phone.locator(".td-menu [aria-current=page]").bounding_box()
    assert here is not None
    assert 0 <= here["x"] <= PHONE["width"] - here["width"]


ROW = 44
"""Pixels of an area's line in a ranking at the most."""


@pytest.mark.parametrize("width", [360, 1280])
def test_an_area_is_one_line_of_its_indicator_s_ranking(
    browser: Browser, small_server: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 740})
    page.goto(small_server + "chi-tieu/biet-boi/")
    rows = page.locator(".td-cards--areas tbody tr")
    boxes = [row.bounding_box() for row in rows.all()]
    assert len(boxes) > 1
    assert all(box is not None and box["height"] <= ROW for box in boxes)
    # The word is heard where only the mark is seen.
    assert all("td-mark__word" in row.inner_html() for row in rows.all())
    page.close()
