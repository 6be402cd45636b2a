"""The switch at the foot of each page: light, dark, high contrast, or as the device is set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page
from site_at_hand import PHONE, violations

from tiendo.config import ROOT

pytestmark = pytest.mark.browser

STYLES = ROOT / "site_config" / "assets" / "tiendo.css"
DARK, LIGHT = "rgb(20, 25, 31)", "rgb(255, 255, 255)"
PAGES = ["", "chi-tieu/biet-boi/", "dia-ban/ben-lau/", "bang-tong-hop/", "ke-hoach/", "so-lieu/"]


def paper(page: Page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


@pytest.fixture
def unscripted(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("device", "chosen", "seen"),
    [
        ("light", "Tối", DARK),
        ("light", "Theo máy", LIGHT),
        ("dark", "Theo máy", DARK),
        ("dark", "Sáng", LIGHT),
        ("dark", "Tương phản cao", LIGHT),
    ],
)
def test_colours_are_chosen_without_a_script_and_paper_stays_light(
    unscripted: Page,
    small_server: str,
    device: Literal["light", "dark"],
    chosen: str,
    seen: str,
) -> None:
    unscripted.emulate_media(color_scheme=device)
    unscripted.goto(small_server)
    unscripted.get_by_label(chosen, exact=True).check()
    assert paper(unscripted) == seen
    unscripted.emulate_media(color_scheme=device, media="print")
    assert paper(unscripted) in {LIGHT, "rgba(0, 0, 0, 0)"}


def test_what_was_chosen_holds_on_the_next_page(browser: Browser, small_server: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme="light")
    page = context.new_page()
    page.goto(small_server)
    page.get_by_label("Tối", exact=True).check()
    page.goto(small_server + "chi-tieu/biet-boi/")
    page.wait_for_function(
        "getComputedStyle(document.body).backgroundColor != 'rgb(255, 255, 255)'"
    )
    assert paper(page) == DARK
    page.get_by_label("Theo máy", exact=True).check()
    page.goto(small_server + "en/")
    assert paper(page) == LIGHT
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_with_high_contrast_all_text_is_seven_times_as_light_or_dark(
    browser: Browser, small_server: str, path: str
) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(small_server + path)
    page.get_by_label("Tương phản cao", exact=True).check()
    found = violations(page, ["color-contrast-enhanced"])
    page.close()
    assert found == []


def test_the_colours_to_choose_are_those_of_the_device() -> None:
    """Written twice, as CSS can't say "this or that" of a device and a choice at once."""
    blocks = re.findall(
        r'\[data-md-color-scheme="tiendo"\]((?::has\([^)]*\))?) \{\n(\s*color-scheme: \w+;[^}]*)\}',
        STYLES.read_text("utf-8"),
    )
    colours = [(chosen, " ".join(said.split())) for chosen, said in blocks]
    (_, light), (_, dark), *chosen, (_, asked) = colours
    assert [said for _, said in chosen] == [light, dark, asked]
    assert len({light, dark, asked}) == 3
