"""Charts as they are shown: no text hides a mark or another text, and none is too small to read.

The boxes are those of the browser; a text's is taken without the room above and below its letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from site_at_hand import DESK, PHONE, lettered

from tiendo.config import ROOT
from tiendo.site.typesetting import Bitmap, pixels

FONTS = ROOT / "site_config" / "assets" / "fonts"

pytestmark = pytest.mark.browser

SMALLEST = 13
"""Pixels of a letter's size, as shown."""

LOOKED_AT = """() => {
    const found = [];
    const shared = (a, b) =>
        Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1
        && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 1;
    // One path may hold many marks: each piece of it is looked at by itself.
    const pieces = (path) => path.getAttribute("d").split(/(?=M)/).map((d) => {
        const one = path.cloneNode();
        one.setAttribute("d", d);
        path.after(one);
        const box = one.getBBox();
        one.remove();
        return box;
    });
    for (const svg of document.querySelectorAll("svg.td-chart, svg[xmlns][role=img]")) {
        const shown = svg.getBoundingClientRect();
        if (!shown.width || !shown.height) continue;
        const scale = shown.width / svg.viewBox.baseVal.width;
        const about = (svg.getAttribute("aria-label") || svg.closest("[id]")?.id || "").slice(0, 60);
        const texts = [...svg.querySelectorAll("text")].map((text) => {
            const { x, y, width, height } = text.getBBox();
            const size = parseFloat(getComputedStyle(text).fontSize);
            if (size * scale < SMALLEST - 0.05) found.push(`${about}: “${text.textContent}” is ${size * scale} px`);
            const room = (height - size * 0.8) / 2;
            return { x, y: y + room, width, height: height - 2 * room, said: text.textContent };
        });
        const view = svg.viewBox.baseVal;
        texts.forEach((one, at) => {
            if (one.x < view.x - 1 || one.x + one.width > view.x + view.width + 1)
                found.push(`${about}: “${one.said}” is cut off`);
            for (const other of texts.slice(at + 1))
                if (shared(one, other)) found.push(`${about}: “${one.said}” on “${other.said}”`);
        });
        const dots = [...svg.querySelectorAll("circle")].map((dot) => dot.getBBox());
        const diamonds = [...svg.querySelectorAll('path[fill="#b0480a"]')].flatMap(pieces);
        const bars = [...svg.querySelectorAll('path[stroke="#1d5f9e"][opacity]')].flatMap(pieces);
        const rules = [...svg.querySelectorAll('path[stroke="#7f8b97"][stroke-dasharray]')].flatMap(pieces);
        const ranges = bars.map((bar) => ({ x: bar.x - 7, y: bar.y, width: bar.width + 14, height: bar.height }));
        for (const one of texts)
            for (const [kind, marks] of Object.entries({ dot: dots, diamond: diamonds, range: ranges }))
                if (marks.some((mark) => shared(one, mark)))
                    found.push(`${about}: “${one.said}” on a ${kind}`);
        const unsaid = rules.length - texts.filter((one) => BREAKS.some((word) => one.said.startsWith(word))).length;
        if (unsaid > 0) found.push(`${about}: ${unsaid} rules of a break without a word`);
    }
    return found;
}"""
BREAKS = ("đổi cách tính", "đổi địa giới", "method changed", "borders changed")
"""What stands at the rule where a series is cut."""


def looked_at(page: Page) -> list[str]:
    """What is wrong with the charts that a page shows."""
    names = "[" + ", ".join(f'"{each}"' for each in BREAKS) + "]"
    looked = LOOKED_AT.replace("SMALLEST", str(SMALLEST)).replace("BREAKS", names)
    return list(page.evaluate(looked))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def charts_of(page: Page, site: Path, server: str) -> list[str]:
    """What is wrong with any chart on the pages of areas and indicators, in both windows."""
    found = []
    for path in sorted(site.glob("**/index.html")):
        folder = path.parent.relative_to(site).as_posix()
        if 'class="td-chart' not in path.read_text(encoding="utf-8") or folder.startswith("nhung"):
            continue
        for window in (PHONE, DESK):
            page.set_viewport_size(window)
            page.goto(f"{server}{folder}/".replace("/./", "/"))
            lettered(page)
            found += [f"{folder} {window['width']}: {each}" for each in looked_at(page)]
    return found


def test_no_text_of_a_chart_hides_anything_in_the_small_case(
    page: Page, made_small: Path, small_server: str
) -> None:
    assert charts_of(page, made_small / "site", small_server) == []


def test_no_text_of_a_former_area_s_chart_hides_anything(page: Page, server: str) -> None:
    areas = ("tu-ky", "gia-loc", "thanh-ha", "kim-thanh", "nam-sach", "kinh-mon", "cam-giang")
    found = []
    for area in (*areas, "chi-linh"):
        for window in (PHONE, DESK):
            page.set_viewport_size(window)
            page.goto(f"{server}dia-ban/{area}/")
            lettered(page)
            found += [f"{area} {window['width']}: {each}" for each in looked_at(page)]
    assert found == []


def test_each_png_is_drawn_from_the_svg_beside_it(made_small: Path, tmp_path: Path) -> None:
    site = made_small / "site"
    pictures = sorted(site.glob("**/bieu-do/**/*.png"))
    twins = {
        path.relative_to(site).as_posix(): Bitmap(
            svg=path.with_suffix(".svg").read_text("utf-8"), scale=2
        )
        for path in pictures
    }
    again = dict(pixels(twins, fonts=FONTS, cache=tmp_path))
    assert len(again) > 10
    assert [name for name, content in again.items() if (site / name).read_bytes() != content] == []
