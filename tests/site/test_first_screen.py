"""What stands there before anything is scrolled: on a phone the answer, at a desk the whole width."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from packages_at_hand import table
from playwright.sync_api import Browser, Locator, Page, ViewportSize
from site_at_hand import DESK, KINDS, LANGUAGES, PHONE, lettered, sideways

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
    lettered(page)
    rows = page.locator(".td-cards--areas tbody tr")
    boxes = [row.bounding_box() for row in rows.all()]
    assert len(boxes) > 1
    assert all(box is not None and box["height"] <= ROW for box in boxes)
    # The word is heard where only the mark is seen.
    assert all("td-mark__word" in row.inner_html() for row in rows.all())
    page.close()


@pytest.mark.parametrize("window", [PHONE, DESK])
def test_a_ranking_is_cut_once_where_the_target_falls_and_says_how_far_each_is_off(
    browser: Browser, server: str, window: ViewportSize
) -> None:
    page = browser.new_page(viewport=window)
    page.goto(server + "chi-tieu/nl-thong-tin/")
    cuts = page.evaluate(
        """() => [...document.querySelectorAll(".td-cards--areas tbody tr")].filter((row) =>
            [row, row.cells[0]].some((each) => getComputedStyle(each).borderTopStyle === "dashed"))
            .map((row) => [row.previousElementSibling.className, row.className])"""
    )
    assert cuts == [["td-k-met", "td-k-missed"]]
    gap = page.locator(".td-cards--areas tr:has-text('Phường Nam Đồng') td.td-cards__gap")
    assert gap.is_visible()
    assert gap.inner_text() == "+11,1"
    page.close()


# The answer first, and little behind it ----------------------------------------------------

SCREENS = {"home": 8, "commune": 4, "district": 8, "indicator": 6, "place": 8}
"""How many of a phone's screens a page may be long while nothing is unfolded."""

FIRST_DRAWING = """() => {
    const drawn = [...document.querySelectorAll("main .td-bar, main .td-figure__picture")]
        .map((each) => each.getBoundingClientRect()).filter((box) => box.height > 0);
    return drawn.length ? drawn[0].bottom : 0;
}"""


def pages_of_kind(project: Path, site: Path) -> Iterator[tuple[str, str]]:
    """Every area's and indicator's page and the long lists, each with what it is."""
    levels = {row["area"]: row["level"] for row in table(project / "data/areas/areas.csv")}
    for path in sorted((site / "dia-ban").glob("*/index.html")):
        yield levels[path.parent.name], f"dia-ban/{path.parent.name}/"
    for path in sorted((site / "chi-tieu").glob("*/index.html")):
        yield "indicator", f"chi-tieu/{path.parent.name}/"
    yield from (
        ("place", f"{each}/") for each in ("dia-ban", "so-lieu", "so-sanh", "bang-tong-hop")
    )
    yield "home", ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_short_and_its_answer_stands_whole_on_the_first_screen(
    phone: Page, server: str, project: Path, site: Path, language: str
) -> None:
    height = PHONE["height"]
    long, late, seen = {}, {}, set()
    for kind, path in pages_of_kind(project, site):
        seen.add(kind)
        phone.goto(server + LANGUAGES[language] + path)
        size = phone.evaluate("() => document.documentElement.scrollHeight")
        if size > SCREENS[kind] * height:
            long[path] = size
        drawn = phone.evaluate(FIRST_DRAWING)
        if kind != "place" and drawn > height:
            late[path] = drawn
    assert (long, late, seen) == ({}, {}, set(SCREENS))


FILLED = """() => {
    const room = document.querySelector("main :is(.md-content__inner, .td-lost)").getBoundingClientRect();
    const seen = [...document.querySelectorAll("main :is(svg, img, input, select, button, .td-bar)")];
    const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        if (walk.currentNode.data.trim()) {
            seen.push(document.createRange());
            seen.at(-1).selectNodeContents(walk.currentNode);
        }
    }
    const ends = seen
        // The heading may be long and its button always stands at the edge.
        .filter((one) => {
            const element = one.startContainer?.parentElement ?? one;
            return element.checkVisibility() && !element.closest("h1, .td-kicker, .td-trail, .td-hidden");
        })
        .flatMap((one) => [...one.getClientRects()])
        .filter((box) => box.width > 1 && box.height > 1 && box.top < innerHeight)
        .map((box) => box.right);
    return (Math.max(...ends) - room.left) / room.width;
}"""
"""The part of the width that has something to read in the first screen; a column of text fills 0.61."""

OF_MORE_KINDS = ("ke-hoach/", "viec-den-han/", "moc/2030/", "thuat-ngu/")


def test_no_page_at_a_desk_is_one_narrow_column_beside_an_empty_half(
    browser: Browser, server: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 740})
    narrow = {}
    for path in (*KINDS.values(), *OF_MORE_KINDS):
        page.goto(server + path)
        lettered(page)
        filled = page.evaluate(FILLED)
        if filled < 2 / 3:
            narrow[path] = round(filled, 2)
    page.close()
    assert narrow == {}


SAID = """() => {
    const found = {};
    for (const part of document.querySelectorAll("main :is(p, li, dd, h1, h2, h3)")) {
        // Quotations, cells and notes are the plan's and the data's own words.
        if (part.closest("blockquote, q, td, th, .td-notes, .td-news, details:not([open])")) continue;
        if (part.querySelector("p, li, dd") || !part.checkVisibility()) continue;
        for (const each of part.innerText.split(/(?<=[.!?])\\s+/)) {
            const said = each.trim().replace(/\\s+/g, " ");
            if (/[.!?]$/.test(said) && said.split(" ").length >= 6) found[said] = (found[said] ?? 0) + 1;
        }
    }
    return Object.keys(found).filter((said) => found[said] > 1);
}"""


OF_ENTRIES = {"agencies", "corrections", "help-index", "search"}
"""Pages of entries that each speak for themselves, to whom a link leads into the middle."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_stands_twice_on_a_page(phone: Page, server: str, language: str) -> None:
    twice = {}
    for kind, path in KINDS.items():
        if kind not in OF_ENTRIES:
            phone.goto(server + LANGUAGES[language] + path)
            twice[kind] = phone.evaluate(SAID)
    assert {kind: said for kind, said in twice.items() if said} == {}


def test_what_is_folded_opens_for_whom_a_link_leads_into_it(phone: Page, small_server: str) -> None:
    phone.goto(small_server + "dia-ban/ben-lau/#trich-dan")
    assert phone.locator("#trich-dan .td-cite").first.is_visible()
    phone.goto(small_server + "dia-ban/ben-lau/")
    assert not phone.locator("#trich-dan .td-cite").first.is_visible()


def test_what_is_folded_at_the_end_of_a_page_is_printed(phone: Page, small_server: str) -> None:
    phone.goto(small_server + "chi-tieu/biet-boi/")
    quoted = phone.locator("#muc-tieu blockquote").first
    assert not quoted.is_visible()
    phone.emulate_media(media="print")
    assert quoted.is_visible()
    phone.emulate_media(media="screen")


def test_a_place_that_is_typed_on_the_home_page_is_looked_for(
    browser: Browser, small_server: str
) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(small_server)
    page.get_by_label("Nơi bạn sống").fill("doi che")
    page.get_by_role("button", name="Tìm", exact=True).last.click()
    page.locator("main .td-found").first.click()
    page.wait_for_url("**/dia-ban/doi-che/")
    page.close()
