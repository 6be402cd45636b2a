"""Pages in the reader's own colours, on a printer without colours, and with larger letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import Any

import pytest
from paper_at_hand import asked
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from site_at_hand import lettered, unfolded

from tiendo.terms import Verdict

pytestmark = pytest.mark.browser

KINDS = {
    "home": "",
    "indicator-ratio": "chi-tieu/nl-thong-tin/",
    "indicator-standard": "chi-tieu/pcgd-thcs-md3/",
    "district": "dia-ban/tu-ky/",
    "table": "bang-tong-hop/",
    "compare": "so-sanh/?a=tu-ky&a=chi-linh",
}
NARROWEST: ViewportSize = {"width": 320, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 900}

every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def opened(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """Opens an address of the site in a fresh window, with any setting of Playwright's."""
    contexts: list[BrowserContext] = []

    def open_(address: str, **settings: Any) -> Page:
        contexts.append(browser.new_context(**{"viewport": DESK, **settings}))
        page = contexts[-1].new_page()
        page.goto(server + address)
        lettered(page)
        return page

    yield open_
    for context in contexts:
        context.close()


PIXELS = """async (kinds) => {
    const drawn = {};
    for (const kind of kinds) {
        const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
        svg.setAttribute("class", "td-glyph");
        svg.setAttribute("style", "width:32px;height:32px;color:#000;--td-paper:#fff");
        svg.innerHTML = `<use href="#td-${kind}"/>`;
        const symbol = document.getElementById(`td-${kind}`).cloneNode(true);
        for (const part of symbol.querySelectorAll(".td-line")) {
            part.setAttribute("fill", "none"); part.setAttribute("stroke", "#000");
            part.setAttribute("stroke-width", "2");
        }
        for (const part of symbol.querySelectorAll(".td-cut")) {
            part.setAttribute("fill", "none"); part.setAttribute("stroke", "#fff");
            part.setAttribute("stroke-width", "2");
        }
        const text = `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"
            viewBox="0 0 16 16" color="#000">${symbol.innerHTML}</svg>`;
        const image = new Image();
        image.src = "data:image/svg+xml," + encodeURIComponent(text);
        await image.decode();
        const canvas = document.createElement("canvas");
        canvas.width = canvas.height = 32;
        const context = canvas.getContext("2d");
        context.fillStyle = "#fff";
        context.fillRect(0, 0, 32, 32);
        context.drawImage(image, 0, 0);
        const all = context.getImageData(0, 0, 32, 32).data;
        drawn[kind] = Array.from({ length: 1024 }, (_, at) => (all[4 * at] < 128 ? 1 : 0));
    }
    return drawn;
}"""


def test_the_signs_of_verdicts_differ_when_they_are_black(opened: Callable[..., Page]) -> None:
    """As a printer without colours has them, at the size of a line of text twice over."""
    page = opened("")
    drawn: dict[str, list[int]] = page.evaluate(PIXELS, [verdict.value for verdict in Verdict])
    assert min(sum(pixels) for pixels in drawn.values()) > 60
    close = {
        (one, other): sum(a != b for a, b in zip(drawn[one], drawn[other], strict=True))
        for one, other in combinations(drawn, 2)
    }
    # A stroke through a circle is the least that tells two of them apart.
    assert {pair: count for pair, count in close.items() if count < 70} == {}


FORCED = """() => {
    const probe = document.createElement("span");
    document.body.append(probe);
    const system = {};
    for (const name of ["Canvas", "CanvasText", "LinkText", "GrayText", "ButtonText",
        "ButtonFace", "ButtonBorder", "Field", "FieldText", "Highlight", "VisitedText"]) {
        probe.style.color = name;
        system[getComputedStyle(probe).color] = name;
    }
    probe.remove();
    const found = new Set();
    for (const part of document.querySelectorAll(
        "main .td-mark, main .td-cell, main .td-glyph, main svg.td-chart [fill],"
        + " main svg.td-chart [stroke], main .td-tiles a")) {
        if (part.closest("details:not([open])")) continue;
        const style = getComputedStyle(part);
        const names = part.closest("svg.td-chart") ? ["fill", "stroke"] : ["color"];
        for (const name of names) {
            const colour = style[name];
            if (colour !== "none" && !(colour in system)) found.add(`${part.tagName} ${name} ${colour}`);
        }
    }
    return [...found];
}"""


@every_kind
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_only_the_readers_own_colours_are_left_where_they_are_forced(
    opened: Callable[..., Page], kind: str, scheme: str
) -> None:
    page = opened(KINDS[kind], forced_colors="active", color_scheme=scheme)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(FORCED) == []


@every_kind
def test_a_cell_and_a_tile_on_paper_have_ink_that_stands_without_its_tint(
    opened: Callable[..., Page], kind: str
) -> None:
    """Printers leave grounds out: signs and words are as dark as text must be on white."""
    page = opened(KINDS[kind], color_scheme="dark")
    page.wait_for_load_state("networkidle")
    page.emulate_media(media="print")
    page.evaluate("() => document.getAnimations().forEach((each) => each.finish())")
    faint = page.evaluate(
        """() => {
            const luminance = (colour) => {
                const [r, g, b] = colour.match(/[0-9.]+/g).map(Number).map((part) => {
                    const each = part / 255;
                    return each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4;
                });
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const parts = document.querySelectorAll(
                "main .td-mark, main .td-cell, main .td-cell__word, main .td-glyph, main .td-tiles b, main .td-tag");
            return [...new Set([...parts]
                // The bar of counts has its ground printed; the counts stand under it in words.
                .filter((part) => part.checkVisibility() && !part.closest(".td-bar"))
                .map((part) => [part.className.baseVal ?? part.className, getComputedStyle(part).color])
                .filter(([, colour]) => 1.05 / (luminance(colour) + 0.05) < 4.5)
                .map(String))];
        }"""
    )
    assert faint == []


def sideways(page: Page) -> int:
    """By how many pixels a page is wider than its window."""
    found: int = page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return found


CUT = """() => [...document.querySelectorAll("main *")]
    .filter((part) => part.checkVisibility() && part.children.length === 0
        && part.textContent.trim() && !part.closest("svg, .td-hidden, .td-scroll, select"))
    .filter((part) => part.scrollWidth > part.clientWidth + 1
        && part.clientWidth > 1 // what is for screen readers alone is a pixel wide
        && ["hidden", "clip"].includes(getComputedStyle(part).overflowX))
    .map((part) => part.textContent.trim().slice(0, 40))"""


@every_kind
def test_text_of_twice_the_size_cuts_nothing_off(opened: Callable[..., Page], kind: str) -> None:
    """Success criterion 1.4.4, by the browser's own setting for the size of letters."""
    page = opened(KINDS[kind])
    page.wait_for_load_state("networkidle")
    letters = page.evaluate("() => getComputedStyle(document.querySelector('main p')).fontSize")
    page.context.new_cdp_session(page).send(
        "Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}}
    )
    larger = page.evaluate("() => getComputedStyle(document.querySelector('main p')).fontSize")
    assert float(larger.removesuffix("px")) == 2 * float(letters.removesuffix("px"))
    assert sideways(page) <= 0
    assert page.evaluate(CUT) == []


@every_kind
def test_everything_flows_in_320_pixels(opened: Callable[..., Page], kind: str) -> None:
    """Success criterion 1.4.10; wide tables scroll in a region of their own."""
    page = opened("khong-co-trang-nay/", viewport=NARROWEST)
    # The system's letters stand in until ours have come, and may be wider.
    page.route("**/*.woff2", lambda route: route.abort())
    page.goto(f"{page.url.removesuffix('khong-co-trang-nay/')}{KINDS[kind]}")
    page.wait_for_load_state("networkidle")
    for summary in page.locator("main summary").all():
        summary.click()
    assert sideways(page) <= 0
    assert page.evaluate(CUT) == []


@every_kind
def test_room_between_lines_and_letters_cuts_nothing_off(
    opened: Callable[..., Page], kind: str
) -> None:
    """Success criterion 1.4.12, Text Spacing."""
    page = opened(KINDS[kind], viewport={"width": 360, "height": 740})
    page.wait_for_load_state("networkidle")
    page.add_style_tag(
        content="""* { line-height: 1.5 !important; letter-spacing: .12em !important;
            word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""
    )
    assert sideways(page) <= 0
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_area_prints_on_one_sheet_of_a4_with_all_figures_and_their_citation(
    opened: Callable[..., Page], texts: Mapping[str, str], language: str
) -> None:
    """The areas with most to say, in dark as on a phone that is set so."""
    root = "" if language == "vi" else "en/"
    areas = [
        each
        for each in texts
        if each.startswith(f"{root}dia-ban/") and each.count("/") == 2 + root.count("/")
    ]
    areas.sort(key=lambda each: len(texts[each]), reverse=True)
    for address in areas[:14]:
        page = opened(address, color_scheme="dark")
        indicators = page.locator("tr[data-indicator]").count()
        printed = asked("pdftotext", page.pdf(prefer_css_page_size=True), "-layout")
        assert printed.count("\f") == 1, address
        unfolded(page)
        rows = page.locator("tr[data-indicator] th").all_inner_texts()
        assert len(rows) == indicators > 0, address
        said = "".join(printed.split())
        for words in (
            *rows,
            page.locator("h1").inner_text(),
            page.locator(".td-banner:visible").first.inner_text(),
            page.locator("#trich-dan .td-cite").first.inner_text(),
            page.locator(".td-footer__who strong").inner_text(),
        ):
            assert "".join(words.split()) in said, (address, words)
