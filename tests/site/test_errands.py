"""Five errands of somebody who has nothing but the home page: each ends on the third page at the latest.

Every step is a box that is seen, or a link by the words that are read on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from site_at_hand import DESK, PHONE, unfolded

pytestmark = pytest.mark.browser

MOST = 3
"""Pages of an errand, the home page among them."""


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def walked(
    request: pytest.FixtureRequest, browser: Browser, server: str
) -> Iterator[Callable[[str], Page]]:
    """A visitor's window, opened at the home page of a language; the pages are counted."""
    window: ViewportSize = request.param
    context = browser.new_context(viewport=window, accept_downloads=True)
    page = context.new_page()
    seen: list[str] = []
    page.on("framenavigated", lambda frame: seen.append(frame.url.partition("#")[0]))

    def begin(language: str) -> Page:
        page.goto(server + language)
        return page

    yield begin
    pages = [url for at, url in enumerate(seen) if at == 0 or url != seen[at - 1]]
    assert len(pages) <= MOST, pages
    context.close()


def found(page: Page, box: str, words: str, answer: str) -> None:
    """Type words into a box and follow an answer by its name."""
    page.get_by_label(box).last.fill(words)
    page.get_by_label(box).last.press("Enter")
    page.locator("main .td-found", has_text=answer).first.click()
    page.wait_for_load_state()


def test_from_the_old_name_of_a_ward_to_how_its_land_fares_today(
    walked: Callable[[str], Page],
) -> None:
    page = walked("")
    found(page, "Nơi bạn sống", "cam thuong", "Phường Thành Đông")
    assert page.locator("h1").inner_text() == "Phường Thành Đông"
    assert page.locator("main .td-bar").first.is_visible()
    assert "chỉ tiêu" in page.locator("main .td-lead").first.inner_text()


def test_which_communes_miss_a_target_by_how_much_with_a_picture(
    walked: Callable[[str], Page],
) -> None:
    page = walked("")
    page.locator("main").get_by_role("link", name="Công dân học tập").first.click()
    page.wait_for_url("**/chi-tieu/cong-dan-ht/")
    missed = page.locator(".td-cards--areas tr.td-k-missed")
    assert missed.count() == 54
    assert missed.first.locator(".td-cards__gap").is_visible()
    assert missed.first.locator(".td-cards__gap").inner_text() == "−0,3"
    unfolded(page)
    picture = page.locator("figure#cong-dan-ht--dia-ban").get_by_role("link", name="PNG")
    address = picture.get_attribute("href") or ""
    answer = page.request.get(page.evaluate("(href) => new URL(href, location.href).href", address))
    assert answer.body().startswith(b"\x89PNG")


def test_what_the_finance_department_owes_under_section_iv(walked: Callable[[str], Page]) -> None:
    page = walked("")
    found(page, "Nơi bạn sống", "sở tài chính", "Sở Tài chính")
    unfolded(page)
    said = page.locator("main").inner_text()
    assert "Sở Tài chính" in said
    assert "dự toán" in said
    assert page.get_by_role("link", name="IV", exact=False).count() > 0


def test_the_exact_words_of_the_target_on_digital_universities(
    walked: Callable[[str], Page],
) -> None:
    page = walked("")
    page.locator("main").get_by_role("link", name="Đại học số và học liệu số").first.click()
    page.wait_for_url("**/chi-tieu/dai-hoc-so/")
    unfolded(page)
    quoted = page.locator("main blockquote").all_inner_texts()
    words = "70% các trường đại học triển khai đại học số"
    assert any(words in " ".join(quote.split()) for quote in quoted), quoted
    assert page.locator("#ket-luan .td-mark__word").inner_text() == "Không đạt"


def test_the_whole_in_english_for_who_reads_nothing_else(walked: Callable[[str], Page]) -> None:
    page = walked("")
    page.get_by_role("link", name="English").first.click()
    page.wait_for_url("**/en/")
    assert page.locator("h1").inner_text() == "4 of 13 targets for 2025 met and 3 missed"
    page.locator("main").get_by_role("link", name="Digital universities").first.click()
    page.wait_for_url("**/en/chi-tieu/dai-hoc-so/")
    assert page.locator("#ket-luan .td-mark__word").inner_text() == "Missed"
    assert "20.0 percentage points short" in page.locator("main").inner_text()
