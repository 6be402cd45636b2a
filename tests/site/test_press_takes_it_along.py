"""What a reporter takes along from the site: citations, charts, sheets, embeds, shared links."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

ADDRESS = "https://tiendo.example/"
NOTICE = {"vi": "Số liệu minh họa", "en": "Illustrative data"}
PAGES = {"vi": "dia-ban/tu-ky/", "en": "en/dia-ban/tu-ky/"}


@pytest.fixture
def opened(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """Opens an address of the site; whatever a page complains of is a fault."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_(address: str, **settings: Any) -> Page:
        contexts.append(browser.new_context(**settings))
        contexts[-1].set_default_timeout(10_000)
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(server + address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []


# Citing -------------------------------------------------------------------------------------


def cited(contents: Mapping[str, bytes], address: str) -> list[str]:
    page = contents[f"{address}index.html"].decode()
    found = re.findall(r'<p class="td-cite"[^>]*>(.*?)</p>', page, re.DOTALL)
    return [html.unescape(text) for text in found]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_is_cited_in_both_languages_with_date_version_and_address(
    contents: Mapping[str, bytes], language: str
) -> None:
    lines = cited(contents, PAGES[language])
    assert len(lines) == 4
    own, other = (lines[:2], lines[2:]) if language == "vi" else (lines[2:], lines[:2])
    for line, title, date, notice, address in (
        (own[0], "“Huyện Tứ Kỳ”", "31/12/2024", NOTICE["vi"], PAGES["vi"]),
        (other[0], "“Tứ Kỳ District”", "31 December 2024", NOTICE["en"], PAGES["en"]),
    ):
        assert title in line
        assert date in line
        assert notice in line
        assert line.endswith(f" {ADDRESS}{address}")
    for line, version in ((own[1], "phiên bản 1"), (other[1], "version 1")):
        assert version in line
        assert line.endswith(f" {ADDRESS}du-lieu/nam/2024/v1/observations.csv")


def test_every_address_that_a_citation_gives_is_there(contents: Mapping[str, bytes]) -> None:
    pages = [name.removesuffix("index.html") for name in contents if name.endswith("index.html")]
    given = {
        line.rsplit(" ", 1)[1].removeprefix(ADDRESS)
        for page in pages
        for line in cited(contents, page)
    }
    assert len(given) > 20
    assert [
        path for path in sorted(given) if path not in contents and f"{path}index.html" not in contents
    ] == []


@pytest.mark.browser
def test_a_citation_is_copied_by_its_button(opened: Callable[..., Page]) -> None:
    page = opened(PAGES["vi"], permissions=["clipboard-read", "clipboard-write"])
    page.locator(".td-cite + .td-copy").first.click()
    page.get_by_text("Đã chép").first.wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".td-cite").first.inner_text()


# Charts -------------------------------------------------------------------------------------


def test_each_chart_is_there_as_svg_and_png_with_title_date_and_notice(
    contents: Mapping[str, bytes],
) -> None:
    for folder, language in (("bieu-do/", "vi"), ("en/bieu-do/", "en")):
        pictures = [name for name in contents if name.startswith(folder) and name.endswith(".svg")]
        assert len(pictures) > 80
        for name in pictures:
            text = html.unescape(contents[name].decode())
            joined = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", text))
            assert NOTICE[language] in joined, name
            assert {"vi": "31/12/2024", "en": "31 December 2024"}[language] in joined, name
            assert contents[name.replace(".svg", ".png")].startswith(b"\x89PNG"), name


def test_every_chart_of_an_area_can_be_taken_along_from_its_page(
    contents: Mapping[str, bytes],
) -> None:
    page = contents["dia-ban/tu-ky/index.html"].decode()
    charts = page.count("td-card__chart")
    assert charts > 3
    assert len(re.findall(r'href="../../bieu-do/[a-z0-9-]+--tu-ky\.png"', page)) == charts
