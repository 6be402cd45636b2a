"""What a screen reader is given of a page, and where the Tab key leads: the evidence of
docs/developers/accessibility-walkthrough.md, made again from a built site.

    python3 build.py
    .venv/bin/python tests/bench/walkthrough.py
"""

from __future__ import annotations

import argparse
import re
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "developers" / "accessibility-walkthrough.md"
TREES = ROOT / "docs" / "developers" / "accessibility-trees"
WALKS = {"home": "", "district": "dia-ban/tu-ky/", "indicator": "chi-tieu/nl-thong-tin/"}
STOPS = 24
"""As many presses of the Tab key are told."""

STOP = """() => {
    const here = document.activeElement;
    if (!here || here === document.body) return "";
    const label = here.labels?.[0]?.textContent || here.getAttribute("aria-label");
    const name = (label || here.textContent || here.value || "").trim().replace(/\\s+/g, " ");
    const kind = here.getAttribute("role") || { A: "link", BUTTON: "button", SUMMARY: "summary",
        SELECT: "combobox", INPUT: here.type || "input" }[here.tagName] || here.tagName.toLowerCase();
    const landmark = here.closest("header, nav, main, footer, [role=search]");
    const seen = here.getBoundingClientRect();
    const shown = seen.width > 0 && seen.height > 0 ? "" : " (not to be seen)";
    return `${kind} “${name}” in ${landmark?.getAttribute("aria-label") || landmark?.tagName.toLowerCase()}${shown}`;
}"""


class Quiet(SimpleHTTPRequestHandler):
    """A server that says nothing."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}  # noqa: RUF012 - as in its base

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def stops(page: Page) -> list[str]:
    """Where the first presses of the Tab key lead."""
    found = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        found.append(page.evaluate(STOP))
    return found


def outline(tree: str) -> list[str]:
    """The headings of a tree, indented by their levels."""
    found = re.findall(r"heading \"(.*?)\" \[level=(\d)\]", tree)
    return [f"{'    ' * (int(level) - 1)}{level} {text}" for text, level in found]


def landmarks(tree: str) -> list[str]:
    """The landmarks of a tree, in order."""
    wanted = "complementary|banner|navigation|search|main|region|contentinfo|form"
    return [
        f"{'    ' * (len(indent) // 4)}{kind}{f' “{name}”' if name else ''}"
        for indent, kind, name in re.findall(
            rf'^( *)- \'?({wanted})(?: "(.*?)")?\'?:', tree, re.MULTILINE
        )
    ]


def fenced(title: str, lines: list[str]) -> str:
    """Lines as they stand, under a title."""
    return f"{title}\n\n```text\n" + "\n".join(lines) + "\n```\n"


def main() -> None:
    """Walk, and write down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    chosen = parser.parse_args()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(chosen.site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    text = PAGE.read_text(encoding="utf-8")
    TREES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, address in WALKS.items():
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(f"http://127.0.0.1:{server.server_port}/{address}")
            page.wait_for_load_state("networkidle")
            tree = page.locator("body").aria_snapshot()
            (TREES / f"{name}.yml").write_text(tree + "\n", encoding="utf-8")
            evidence = "\n".join(
                [
                    fenced("Landmarks:", landmarks(tree)),
                    fenced("Headings:", outline(tree)),
                    fenced(f"The first {STOPS} stops of the Tab key:", stops(page)),
                ]
            )
            begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
            before, _, rest = text.partition(begin)
            text = f"{before}{begin}\n{evidence}{end}{rest.partition(end)[2]}"
            page.close()
        browser.close()
    server.shutdown()
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
