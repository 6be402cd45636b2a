"""Every kind of page in Chromium, in both languages, on a phone and on a desk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Literal

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    ViewportSize,
)
from site_at_hand import (
    DESK,
    KINDS,
    LANGUAGES,
    NARROWEST,
    PHONE,
    lettered,
    settled,
    sideways,
    unfolded,
    violations,
)

pytestmark = pytest.mark.browser

PAPER: ViewportSize = {"width": 688, "height": 1017}
"""An A4 sheet with margins of 14 mm, at the 96 px an inch of CSS."""

every_kind = pytest.mark.parametrize("kind", KINDS)
both_languages = pytest.mark.parametrize("language", LANGUAGES)


@dataclass
class Watched:  # without slots: Playwright notes its listeners in the object
    """A page, and everything that went wrong in it since it was opened."""

    page: Page
    server: str
    requested: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        self.page.on("request", self._asked)
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    def go(self, address: str) -> None:
        """Open an address of the site and wait until it stands."""
        self.page.goto(self.server + address)
        lettered(self.page)

    def _said(self, message: ConsoleMessage) -> None:
        # That the lost page itself was not found is what it is for.
        lost = "404" in message.text and "khong-co-trang-nay" in message.location["url"]
        if message.type in {"error", "warning"} and not lost:
            self.faults.append(f"console {message.type}: {message.text} {message.location}")

    def _asked(self, request: Request) -> None:
        self.requested.append(request.url)
        if not request.url.startswith((self.server, "data:", "blob:")):
            self.faults.append(f"request to another host: {request.url}")

    def _failed(self, request: Request) -> None:
        self.faults.append(f"request failed: {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        wanted = "khong-co-trang-nay" not in response.url
        if response.status >= HTTPStatus.BAD_REQUEST and wanted:
            self.faults.append(f"answer {response.status}: {response.url}")


@pytest.fixture
def opened(browser: Browser, server: str) -> Iterator[Callable[..., Watched]]:
    """Opens an address of the site in a fresh window, with any setting of Playwright's."""
    contexts: list[BrowserContext] = []

    def open_(address: str, **settings: Any) -> Watched:
        settings = {"viewport": DESK, "reduced_motion": "reduce", **settings}
        contexts.append(browser.new_context(**settings))
        watched = Watched(contexts[-1].new_page(), server)
        watched.go(address)
        return watched

    yield open_
    for context in contexts:
        context.close()


FRAMES = {
    "chart": "nhung/kn-song--tu-ky/",
    "chart-of-areas": "nhung/xmc-md2--dia-ban/",
    "pinned-chart": "nhung/kn-song--hai-duong/2024-v1/",
    "pinned-chart-of-an-area": "nhung/bieu-do/tu-ky/2024-v1/#kn-song",
    "all-charts-of-an-area": "nhung/bieu-do/tu-ky/2024-v1/",
    "figure": "nhung/con-so/tu-ky/#cong-dan-ht",
    "all-figures": "nhung/con-so/hai-duong/",
}


@both_languages
@pytest.mark.parametrize("kind", FRAMES)
def test_every_kind_of_page_for_frames_is_sound(
    opened: Callable[..., Watched], kind: str, language: str
) -> None:
    watched = opened(LANGUAGES[language] + FRAMES[kind])
    found = []
    for window in (NARROWEST, PHONE, DESK):
        watched.page.set_viewport_size(window)
        for scheme in ("light", "dark"):
            watched.page.emulate_media(color_scheme=scheme)
            found += sideways(watched.page) + violations(watched.page)
    assert watched.page.locator("h1").count() == 1
    assert watched.faults + found == []


@dataclass(frozen=True)
class Look:
    """A screen, and the colours that its reader asked for."""

    language: str
    scheme: Literal["light", "dark"]
    settings: Mapping[str, Any]


ON_A_PHONE = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
LOOKS = {
    "desk-light": Look("vi", "light", {"viewport": DESK}),
    "phone-dark": Look("vi", "dark", ON_A_PHONE),
    "desk-dark": Look("en", "dark", {"viewport": DESK}),
    "phone-light": Look("en", "light", ON_A_PHONE),
}
"""Every screen in both colours; the languages share structure and colours, and share them out."""


@pytest.mark.parametrize("look", LOOKS)
@every_kind
def test_every_kind_of_page_is_sound(opened: Callable[..., Watched], kind: str, look: str) -> None:
    on = LOOKS[look]
    address = LANGUAGES[on.language] + KINDS[kind]
    watched = opened(address, color_scheme=on.scheme, **on.settings)
    assert watched.faults + sideways(watched.page) + violations(watched.page) == []


@pytest.mark.parametrize("kind", ["quality", "actions"])
def test_what_is_folded_away_is_sound_when_it_is_opened(
    opened: Callable[..., Watched], kind: str
) -> None:
    watched = opened(KINDS[kind], viewport=PHONE, color_scheme="dark")
    folded = watched.page.locator("details")
    assert folded.count() > 0
    unfolded(watched.page)
    assert watched.faults + sideways(watched.page) + violations(watched.page) == []


def test_a_link_to_an_earlier_year_opens_it(opened: Callable[..., Watched]) -> None:
    page = opened(KINDS["year-first"]).page
    page.locator("a[href$='chat-luong/#nam-2021']").click()
    page.locator("#nam-2021").wait_for()
    assert page.locator("details[open]").count() == 1


def test_the_instrument_finds_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page(viewport=PHONE)
    page.set_content(
        """<html><body style="margin:0"><p style="width:900px;color:#999;background:#fff">Tứ Kỳ</p>
        <a href="#a" style="font-size:8px;display:inline-block">a</a><a href="#b"
        style="font-size:8px;display:inline-block">b</a></body></html>"""
    )
    found = " ".join(violations(page))
    assert "color-contrast" in found
    assert "target-size" in found
    assert "document-title" in found
    assert "900 px" in sideways(page)[0]
    page.close()


@both_languages
@pytest.mark.parametrize("kind", ["home", "indicator-standard", "district", "quality"])
def test_a_page_flows_in_320_pixels(
    opened: Callable[..., Watched], kind: str, language: str
) -> None:
    watched = opened(LANGUAGES[language] + KINDS[kind], viewport=NARROWEST)
    assert watched.faults + sideways(watched.page) == []


@pytest.mark.parametrize("kind", ["home", "indicator-standard", "district", "table"])
def test_marks_keep_their_words_in_forced_colours(
    opened: Callable[..., Watched], kind: str
) -> None:
    watched = opened(KINDS[kind], forced_colors="active")
    unfolded(watched.page)
    marks = watched.page.locator(".td-mark, .td-cell")
    texts = [text.strip() for text in marks.all_inner_texts()]
    assert len(texts) > 0
    assert "" not in texts


@both_languages
@every_kind
def test_paper_shows_the_content_without_the_menu_and_cuts_nothing_off(
    opened: Callable[..., Watched], kind: str, language: str
) -> None:
    page = opened(LANGUAGES[language] + KINDS[kind], viewport=PAPER, color_scheme="dark").page
    page.emulate_media(media="print")
    settled(page)
    assert page.locator("h1").is_visible()
    for menu in (".td-menu", ".td-header__tools", ".td-footer__menu"):
        assert not page.locator(menu).is_visible(), menu
    # What is invented is so on paper, too, and paper is white whatever the screen is.
    assert kind == "not-found" or page.locator(".td-banner:visible").is_visible()
    assert min(background(page)) > 240
    assert sideways(page) == []


def background(page: Page) -> tuple[int, int, int]:
    """The colour behind the text of a page: 0 to 255; white where none is set."""
    colour: Mapping[str, int] = page.evaluate(
        """() => {
            for (let e = document.querySelector("h1"); e; e = e.parentElement) {
                const [r, g, b, a = 1] = getComputedStyle(e).backgroundColor
                    .match(/[0-9.]+/g).map(Number);
                if (a > 0) return { r, g, b };
            }
            return { r: 255, g: 255, b: 255 };
        }"""
    )
    return colour["r"], colour["g"], colour["b"]


def test_the_interactive_chart_comes_when_it_is_asked_for(opened: Callable[..., Watched]) -> None:
    watched = opened(KINDS["indicator-ratio"])
    page = watched.page
    figure = page.locator("figure.td-figure[data-spec]").first
    button = figure.get_by_role("button")
    assert button.inner_text().strip() != ""
    assert [url for url in watched.requested if "vega" in url or url.endswith(".vl.json")] == []
    picture = figure.locator(".td-figure__picture svg.td-chart:visible").first
    assert picture.is_visible()

    button.click()
    drawn = figure.locator(".td-figure__live svg")
    drawn.wait_for()
    assert drawn.bounding_box() is not None
    assert "%" in (drawn.text_content() or "")
    # What a screen reader says stays what the picture said.
    live = figure.locator(".td-figure__live")
    label = figure.locator("svg.td-chart[aria-label]").first.get_attribute("aria-label")
    assert (live.get_attribute("role"), live.get_attribute("aria-label")) == ("slider", label)
    assert button.get_attribute("aria-pressed") == "true"
    assert len([url for url in watched.requested if "/vega." in url]) == 1
    assert watched.faults + violations(page) + sideways(page) == []

    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert not drawn.is_visible()
    assert picture.is_visible()


@pytest.mark.parametrize("kind", ["indicator-ratio", "indicator-standard"])
def test_the_interactive_chart_is_walked_by_keyboard_point_by_point(
    opened: Callable[..., Watched], kind: str
) -> None:
    watched = opened(KINDS[kind])
    figure = watched.page.locator("figure.td-figure[data-spec]:visible").first
    figure.get_by_role("button").click()
    chart = figure.get_by_role("slider")
    chart.focus()
    assert chart.get_attribute("aria-valuetext") == "Bấm phím mũi tên để xem từng điểm."
    heard = []
    for _ in range(int(chart.get_attribute("aria-valuemax") or 0)):
        chart.press("ArrowRight")
        heard.append(chart.get_attribute("aria-valuetext") or "")
        assert figure.locator(".td-figure__said").inner_text() == heard[-1]
        assert figure.locator(".td-figure__here").count() == 1
    years = [int(year) for said in heard for year in re.findall(r"20[23][0-9]", said)[:1]]
    assert len({*heard}) == len(heard) > 3
    assert years == sorted(years)
    # There is no further than the last, and the first is one key away.
    chart.press("ArrowRight")
    assert chart.get_attribute("aria-valuetext") == heard[-1]
    chart.press("Home")
    assert chart.get_attribute("aria-valuetext") == heard[0]
    assert watched.faults + violations(watched.page) == []


def test_every_interactive_chart_of_a_page_can_be_drawn_on_a_phone(
    opened: Callable[..., Watched],
) -> None:
    for kind in ("indicator-ratio", "indicator-standard"):
        watched = opened(LANGUAGES["en"] + KINDS[kind], viewport=PHONE, color_scheme="dark")
        unfolded(watched.page)
        figures = watched.page.locator("figure.td-figure[data-spec]")
        buttons = figures.get_by_role("button", name="Show the interactive chart")
        assert buttons.count() > 0
        for button in buttons.all():
            button.click()
        watched.page.wait_for_function(
            "(count) => document.querySelectorAll('.td-figure__live svg').length === count",
            arg=buttons.count(),
        )
        assert watched.faults + sideways(watched.page) == []


@both_languages
def test_the_first_key_leads_past_the_menu(opened: Callable[..., Watched], language: str) -> None:
    page = opened(LANGUAGES[language] + KINDS["district"]).page
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.get_attribute("href") == "#noi-dung"
    assert link.is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('article') !== null")


@pytest.mark.parametrize("window", [DESK, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@both_languages
def test_the_results_of_a_search_are_sound(
    opened: Callable[..., Watched], language: str, scheme: str, window: ViewportSize
) -> None:
    watched = opened(LANGUAGES[language], viewport=window, color_scheme=scheme)
    page = watched.page
    page.get_by_role("combobox").fill("hoc" if language == "vi" else "commune")
    page.locator(".td-found--all").wait_for()
    page.keyboard.press("ArrowDown")
    found = violations(page) + sideways(page)
    page.locator(".td-found--all").click()
    page.locator(".td-results a").first.wait_for()
    assert watched.faults + found + violations(page) + sideways(page) == []
