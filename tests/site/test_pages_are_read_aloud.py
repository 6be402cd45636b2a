"""What a page gives to those who hear it, and to those who go through it by keyboard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

pytestmark = pytest.mark.browser

KINDS = {
    "home": "",
    "indicator-ratio": "chi-tieu/nl-thong-tin/",
    "indicator-standard": "chi-tieu/pcgd-thcs-md3/",
    "district": "dia-ban/tu-ky/",
    "table": "bang-tong-hop/",
    "compare": "so-sanh/?a=tu-ky&a=chi-linh",
    "corrections": "dinh-chinh/",
    "calendar": "lich-cong-bo/",
}
LANGUAGES = {"vi": "", "en": "en/"}
WINDOWS: dict[str, ViewportSize] = {
    "desk": {"width": 1280, "height": 900},
    "phone": {"width": 360, "height": 740},
}
MOST_STOPS = 400

every_kind = pytest.mark.parametrize("kind", KINDS)
both_languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def opened(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """Opens an address of the site in a fresh window, with any setting of Playwright's."""
    contexts: list[BrowserContext] = []

    def open_(address: str, **settings: Any) -> Page:
        contexts.append(browser.new_context(**settings))
        page = contexts[-1].new_page()
        page.goto(server + address)
        page.wait_for_load_state("networkidle")
        return page

    yield open_
    for context in contexts:
        context.close()


@both_languages
@every_kind
def test_landmarks_are_there_once_or_have_names_of_their_own(
    opened: Callable[..., Page], kind: str, language: str
) -> None:
    page = opened(LANGUAGES[language] + KINDS[kind])
    for role in ("banner", "main", "contentinfo"):
        assert page.get_by_role(role).count() == 1, role
    for role in ("navigation", "region"):
        names = page.evaluate(
            """(role) => {
                const kinds = { navigation: "nav, [role=navigation]",
                    region: "section[aria-labelledby], [role=region]" };
                return [...document.querySelectorAll(kinds[role])]
                    .filter((each) => each.checkVisibility())
                    .map((each) => each.getAttribute("aria-label")
                        || document.getElementById(each.getAttribute("aria-labelledby"))
                            ?.textContent.trim() || "");
            }""",
            role,
        )
        assert "" not in names, role
        assert [name for name, count in Counter(names).items() if count > 1] == [], role


@both_languages
@every_kind
def test_every_table_has_a_caption_and_headers_for_its_columns_and_rows(
    opened: Callable[..., Page], kind: str, language: str
) -> None:
    faults = opened(LANGUAGES[language] + KINDS[kind]).evaluate(
        """() => [...document.querySelectorAll("main table")].flatMap((table) => {
            const faults = [];
            const name = table.caption?.textContent.trim() || "";
            if (!name) faults.push("no caption");
            if ([...table.querySelectorAll("th")].some((head) => !head.textContent.trim()))
                faults.push(`${name}: an empty header`);
            if ([...table.querySelectorAll("th")].some((head) => !head.scope))
                faults.push(`${name}: a header of nothing`);
            if ([...table.tBodies].some((body) => [...body.rows].some((row) =>
                !row.querySelector("th")))) faults.push(`${name}: a row without a header`);
            return faults;
        })"""
    )
    assert faults == []


@both_languages
@every_kind
def test_every_picture_has_a_name_that_no_other_has(
    opened: Callable[..., Page], kind: str, language: str
) -> None:
    names = opened(LANGUAGES[language] + KINDS[kind]).evaluate(
        """() => [...document.querySelectorAll("main svg, main img")]
            .filter((each) => each.getAttribute("aria-hidden") !== "true")
            .filter((each) => getComputedStyle(each).display !== "none")
            .map((each) => each.getAttribute("aria-label") || "")"""
    )
    assert "" not in names
    # The beginning is what tells them apart by ear.
    assert [name for name, count in Counter(name[:60] for name in names).items() if count > 1] == []


@both_languages
@every_kind
def test_a_link_says_where_it_leads(opened: Callable[..., Page], kind: str, language: str) -> None:
    """The same words lead to the same place; of files, the row's header says whose they are."""
    links: list[list[str]] = opened(LANGUAGES[language] + KINDS[kind]).evaluate(
        """() => [...document.querySelectorAll("main a[href]")]
            .filter((link) => !link.closest(".td-files, .td-figure__foot"))
            .map((link) => [
                (link.getAttribute("aria-label") ?? link.textContent).trim().replace(/\\s+/g, " "),
                link.href,
            ])"""
    )
    assert [href for text, href in links if len(text) < 2] == []
    leads: dict[str, set[str]] = {}
    for text, href in links:
        leads.setdefault(text, set()).add(href)
    vague = {text for text, hrefs in leads.items() if len(hrefs) > 1}
    # An indicator is named where it has a page and where its tile stands; a year likewise.
    assert vague == set()


@pytest.mark.parametrize("window", WINDOWS)
@every_kind
def test_every_stop_of_the_tab_key_is_seen_and_shows_the_focus(
    opened: Callable[..., Page], kind: str, window: str
) -> None:
    page = opened(KINDS[kind], viewport=WINDOWS[window])
    unseen, count = [], 0
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
                const here = document.activeElement;
                if (!here || here === document.body) return null;
                const box = here.getBoundingClientRect();
                const style = getComputedStyle(here);
                // The search field shows it by its whole box; a radio button by itself.
                const marked = style.outlineStyle !== "none" || here.matches("input");
                return [here.outerHTML.slice(0, 90), box.width > 0 && box.height > 0 && marked];
            }"""
        )
        if stop is None:
            break
        count += 1
        if not stop[1]:
            unseen.append(stop[0])
    assert unseen == []
    assert count > 15


@both_languages
def test_what_changes_without_a_new_page_is_said(
    opened: Callable[..., Page], language: str
) -> None:
    page = opened(f"{LANGUAGES[language]}so-sanh/")
    region = page.locator(".td-compare__said")
    before = region.inner_text()
    assert before != ""
    page.locator("#them").select_option("tu-ky")
    page.locator("form.td-compare button").click()
    page.wait_for_function(
        "(before) => document.querySelector('.td-compare__said').textContent !== before", arg=before
    )
    assert "Tứ Kỳ" in region.inner_text()
