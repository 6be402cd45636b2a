"""What a page weighs on its way to a reader: every byte over the wire, counted where it is sent.

The server compresses as the shipped nginx.conf has nginx do; sizes are those of the shipped data
and don't vary from run to run.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

FIRST_VISIT = 75_000
NEXT_PAGE = 25_000
"""Bytes, of everything that a page asks for, headers included."""
FINDER = 5_000
"""Of the search before anyone has typed: half a kilobyte more than when it knew names alone."""
FIRST_QUERY = 30_000
"""Of what the search looks through."""

PAGES = {
    "home": "",
    "district": "dia-ban/tu-ky/",
    "ratio": "chi-tieu/nl-thong-tin/",
    "standard": "chi-tieu/pcgd-thcs-md3/",
    "table": "bang-tong-hop/",
    "year": "nam/2024/",
    "search": "tim-kiem/",
}
FOLDERS = {"vi": "", "en": "en/"}

COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".csv", ".ics"}
SMALLEST = 1024
LEVEL = 6
"""As in site_config/deploy/server/nginx.conf."""

both_languages = pytest.mark.parametrize("language", FOLDERS)


class Scales:
    """Whatever a server sends, by the path that was asked for."""

    def __init__(self) -> None:
        self.sent: dict[str, int] = {}

    def emptied(self) -> dict[str, int]:
        """What was sent since this was last asked."""
        sent, self.sent = self.sent, {}
        return sent


@pytest.fixture(scope="module")
def scales() -> Scales:
    return Scales()


@pytest.fixture(scope="module")
def address(site: Path, scales: Scales) -> Iterator[str]:
    """The site on a server that compresses, lets pages be kept, and weighs what it sends."""

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(site))

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            file = Path(self.translate_path(self.path))
            file = file / "index.html" if file.is_dir() else file
            body = file.read_bytes()
            answer = BytesIO()
            sent, self.wfile = self.wfile, answer
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(str(file)))
            self.send_header("Cache-Control", "public, max-age=60")
            if file.suffix in COMPRESSED and len(body) >= SMALLEST:
                body = gzip.compress(body, LEVEL, mtime=0)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile = sent
            whole = answer.getvalue() + body
            scales.sent[self.path] = scales.sent.get(self.path, 0) + len(whole)
            self.wfile.write(whole)

    Handler.extensions_map = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".woff2": "font/woff2",
    }
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        listening.daemon_threads = True
        listening.block_on_close = False
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}/"
        listening.shutdown()


@pytest.fixture
def visited(browser: Browser, address: str, scales: Scales) -> Iterator[Callable[[str], int]]:
    """Goes to one page after another, as one reader does; gives what each one cost."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()

    def visit(path: str) -> int:
        scales.emptied()
        page.goto(address + path, wait_until="networkidle")
        scrolled_through(page)
        return sum(scales.emptied().values())

    yield visit
    context.close()


def scrolled_through(page: Page) -> None:
    """To the end, for whatever is loaded only once it comes into sight."""
    page.evaluate("() => window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")


@both_languages
@pytest.mark.parametrize("kind", PAGES)
def test_a_first_visit_is_light(visited: Callable[[str], int], kind: str, language: str) -> None:
    cost = visited(FOLDERS[language] + PAGES[kind])
    assert 10_000 < cost <= FIRST_VISIT


@both_languages
def test_every_further_page_is_lighter_still(visited: Callable[[str], int], language: str) -> None:
    first, *further = PAGES.values()
    visited(FOLDERS[language] + first)
    costs = {page: visited(FOLDERS[language] + page) for page in further}
    assert {page: cost for page, cost in costs.items() if not 1_000 < cost <= NEXT_PAGE} == {}


@both_languages
def test_a_first_search_is_light(
    browser: Browser, address: str, scales: Scales, language: str
) -> None:
    page = browser.new_page()
    page.goto(address + FOLDERS[language], wait_until="networkidle")
    before = scales.emptied()
    (finder,) = (size for path, size in before.items() if path.endswith("/find.js"))
    assert finder <= FINDER
    page.get_by_role("combobox").fill("tu ky")
    page.locator(".td-found").first.wait_for()
    sent = scales.emptied()
    page.close()
    assert set(sent) == {f"/{FOLDERS[language]}tim-kiem/muc-luc.json"}
    assert sum(sent.values()) <= FIRST_QUERY


UNSEEN = 0.001
"""A column that gains three pixels while the last rows of a long table come is less."""


@pytest.mark.parametrize("width", [360, 412])
def test_nothing_moves_while_a_page_comes(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 823})
    page.add_init_script(
        """window.moved = 0;
        new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) window.moved += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    moved = {}
    for kind, path in PAGES.items():
        page.goto(address + path, wait_until="networkidle")
        scrolled_through(page)
        moved[kind] = page.evaluate("() => window.moved")
    page.close()
    assert {kind: by for kind, by in moved.items() if by > UNSEEN} == {}
