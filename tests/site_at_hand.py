"""What tests of the finished site have in common: its kinds of pages, the windows they are seen in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page, ViewportSize

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}
NARROWEST: ViewportSize = {"width": 320, "height": 640}
"""What 1280 px are at a zoom of 400%: success criterion 1.4.10, Reflow."""
KINDS = {
    "home": "",
    "indicator-ratio": "chi-tieu/nl-thong-tin/",
    "indicator-ratio-whole": "chi-tieu/dh-tro-len-15t/",
    "indicator-standard": "chi-tieu/pcgd-thcs-md3/",
    "indicator-title": "chi-tieu/tinh-ht/",
    "district": "dia-ban/tu-ky/",
    "year": "nam/2024/",
    "year-first": "nam/2021/",
    "table": "bang-tong-hop/",
    "places": "dia-ban/",
    "milestone": "moc/2025/",
    "commune": "dia-ban/phuong-tu-minh/",
    "compare": "so-sanh/",
    "compare-chosen": "so-sanh/?a=tu-ky&a=chi-linh",
    "actions": "nhiem-vu/",
    "agencies": "co-quan/",
    "reports": "bao-cao/",
    "data": "so-lieu/",
    "corrections": "dinh-chinh/",
    "quality": "chat-luong/",
    "calendar": "lich-cong-bo/",
    "help": "tro-giup/jump/",
    "help-index": "tro-giup/",
    "method": "phuong-phap/",
    "about": "gioi-thieu/",
    "accessibility": "tiep-can/",
    "guide": "huong-dan/",
    "search": "tim-kiem/",
    "not-found": "khong-co-trang-nay/",
}
LANGUAGES = {"vi": "", "en": "en/"}
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


def lettered(page: Page) -> None:
    """Wait until our letters are there: a page that has not asked for them yet is ready too."""
    page.evaluate(
        """() => Promise.all([400, 600].map((weight) =>
            document.fonts.load(`${weight} 1em "Tiendo Sans"`)))
            .then(() => document.fonts.ready).then(() => null)"""
    )


def unfolded(page: Page) -> None:
    """Open whatever a page keeps folded."""
    page.locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")


def sideways(page: Page) -> list[str]:
    """What makes the document wider than the window; empty if nothing does."""
    return list(
        page.evaluate(
            """() => {
                const width = window.innerWidth;
                if (document.scrollingElement.scrollWidth <= width) return [];
                const inside = (e) => {
                    for (let up = e.parentElement; up; up = up.parentElement)
                        if (up !== document.documentElement && up !== document.body
                            && getComputedStyle(up).overflowX !== "visible") return true;
                    return false;
                };
                const wide = [...document.body.querySelectorAll("*")].filter(
                    (e) => e.getBoundingClientRect().right > width + 0.5 && !inside(e));
                const total = document.scrollingElement.scrollWidth;
                return [`the document is ${total} px wide in a window of ${width} px: ` +
                    wide.slice(0, 5).map((e) => e.outerHTML.slice(0, 120)).join(" | ")];
            }"""
        )
    )


def settled(page: Page) -> None:
    """Wait until no colour changes any more."""
    page.evaluate(
        "() => Promise.all(document.getAnimations().map((a) => a.finished.catch(() => null)))"
    )


def violations(page: Page, rules: Sequence[str] = LEVELS) -> list[str]:
    """What axe-core finds against WCAG 2.2, level A and AA, or against single rules."""
    settled(page)
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        """(rules) => axe.run(document, {
            runOnly: rules,
            // Off unless asked for, although it carries the tag of WCAG 2.2.
            rules: { "target-size": { enabled: true } },
            resultTypes: ["violations"],
        })""",
        list(rules),
    )
    return [
        f"{rule['id']}: {rule['help']}: {node['target']} {node['html'][:160]} "
        f"{node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"][:3]
    ]
