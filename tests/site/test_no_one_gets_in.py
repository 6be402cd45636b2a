"""Texts of people are text wherever the site shows them, and the pages let nothing else run.

A small plan is built in which every text that may be free is hostile: names, titles, notes and
reasons of the data, the settings, the words of the frame.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from packages_at_hand import program_copied, sign_again, small, table, write_table
from playwright.sync_api import Browser, Page, Route

from tiendo.machine.write import locked

HERE = Path(__file__).resolve().parent.parent.parent

HOSTILE = (
    """<script>window.pwned=1</script>'"><img class=pwned src=x onerror=window.pwned=1>"""
    """<a class=pwned style=position:fixed href=//e/>x</a>[x](javascript:pwned){ onclick=x }"""
    """![x](//e/x) &lt;script&gt; ]]>--> {{ 7*7 }}{% x %}</title></style></svg>"""
)
"""What closes whatever it may stand in, and then runs, loads, covers or leads away."""

SHORT = """<b class=pwned onclick=x>'"[](x)"""
"""The same for names of at most 34 letters."""

FREE = re.compile(r".*_(vi|en)")
"""Columns and properties that hold free text."""

NOT_THERE = "khong-co-trang-nay/"
KINDS = (
    "",
    "chi-tieu/biet-boi/",
    "dia-ban/ben-lau/",
    "bang-tong-hop/",
    "so-lieu/",
    "nhiem-vu/",
    "gioi-thieu/",
    "phuong-phap/",
    "tim-kiem/",
    "en/",
    NOT_THERE,
)


def hostile(data: Path) -> None:
    """Put it into every text of plan, areas, results and calendar."""
    for file in sorted(data.rglob("*.csv")):
        rows = table(file)
        for at, row in enumerate(rows):
            for column, cell in row.items():
                if FREE.fullmatch(column) and cell:
                    short = file.stem == "indicators" and column.startswith("short_")
                    row[column] = f"{at}{SHORT}" if short else f"{cell} {HOSTILE}"
        write_table(file, rows)
    for file in sorted(data.rglob("datapackage.json")):
        text = json.dumps(planted_in(json.loads(file.read_text())), ensure_ascii=False, indent=2)
        file.write_text(text + "\n")
    sign_again(data)


def planted_in(part: Any, name: str = "") -> Any:
    if isinstance(part, dict):
        return {key: planted_in(value, key) for key, value in part.items()}
    if isinstance(part, list):
        return [planted_in(each, name) for each in part]
    return f"{part} {HOSTILE}" if isinstance(part, str) and FREE.fullmatch(name) else part


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The site of the hostile plan: one for all workers."""
    shared = tmp_path_factory.getbasetemp()
    folder = (shared if worker_id == "master" else shared.parent) / "planted"
    with locked(folder):
        if not (folder / "site").exists():
            project = folder / "project"
            program_copied(HERE, project)
            data = small(project)
            hostile(data)
            quoted = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
            in_words = quoted.replace("{", "{{").replace("}", "}}").replace("\\", "\\\\")
            settings = project / "site_config" / "site.toml"
            text = settings.read_text("utf-8")
            settings.write_text(
                re.sub(r'(?m)^((?:vi|en) = ".*)"$', lambda m: f'{m[1]} {quoted}"', text)
            )
            for words in (project / "site_config" / "wording").glob("*/pages.toml"):
                head, mark, rest = words.read_text("utf-8").partition("[theme]\n")
                theme, end, others = rest.partition("\n[")
                theme = re.sub(r'(?m)^((?!\w+_code)\w+ = ".*)"$', rf'\1 {in_words}"', theme)
                words.write_text(head + mark + theme + end + others)
            command = [sys.executable, "build.py", "--today", "2025-06-01", "--site", "../site"]
            built = subprocess.run(
                command, check=False, capture_output=True, cwd=project, encoding="utf-8"
            )
            assert built.returncode == 0, built.stderr
    return folder / "site"


class _Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {key: value or "" for key, value in attrs}))


def elements(site: Path) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    for path in sorted(site.rglob("*.html")):
        for tag, attributes in _Elements(path.read_text("utf-8")).found:
            yield path.relative_to(site).as_posix(), tag, attributes


def test_no_text_of_data_settings_or_wording_becomes_an_element(planted: Path) -> None:
    wrong = []
    shown = 0
    for page, tag, attributes in elements(planted):
        shown += any("window.pwned" in value for value in attributes.values())
        inline = tag == "script" and "src" not in attributes
        if (
            attributes.get("class") == "pwned"
            or any(key.startswith("on") for key in attributes)
            or re.match(
                r"\s*(javascript|data|vbscript):", attributes.get("href", ""), re.IGNORECASE
            )
            or attributes.get("href", "").startswith("//")
            or re.search(r"position|inset", attributes.get("style", ""))
            or (inline and attributes.get("type") != "application/ld+json")
        ):
            wrong.append((page, tag, dict(attributes)))
    assert wrong[:3] == []
    # It does stand there, as text: or nothing was tried.
    assert shown > 50
    assert "&lt;script&gt;window.pwned" in (planted / "index.html").read_text("utf-8")
    assert "&lt;script&gt;window.pwned" in (planted / "404.html").read_text("utf-8")


def test_every_page_says_what_it_may_do_before_anything_else(planted: Path) -> None:
    policies = {}
    for path in sorted(planted.rglob("*.html")):
        head = path.read_text("utf-8").partition("</head>")[0]
        found = re.findall(
            r'<meta charset="utf-8">\s*<meta http-equiv="Content-Security-Policy" content="([^"]+)">',
            head,
        )
        policies[path.relative_to(planted).as_posix()] = found

    assert {name for name, found in policies.items() if len(found) != 1} == set()
    for policy in {found[0] for found in policies.values()}:
        rules = dict(each.strip().split(" ", 1) for each in policy.split(";"))
        assert rules["default-src"] == "'none'"
        assert rules["base-uri"] == "'none'"
        assert rules.get("script-src", "'none'") in {"'none'", "'self'"}
        # From nowhere else, and no script that stands in a page.
        assert {*policy.replace(";", " ").split()} & {
            "*",
            "https:",
            "http:",
            "'unsafe-eval'",
        } == set()


@pytest.fixture(scope="module")
def at(planted: Path) -> Iterator[str]:
    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def send_error(self, code: int, *_: Any) -> None:
            self.send_response(code)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write((planted / "404.html").read_bytes())

    Handler.extensions_map = {**Handler.extensions_map, ".js": "text/javascript"}
    handler: Any = partial(Handler, directory=str(planted))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}/"
        listening.shutdown()


def pwned(page: Page) -> bool:
    page.wait_for_load_state("networkidle")
    found: bool = page.evaluate("() => 'pwned' in window || !!document.querySelector('.pwned')")
    return found


@pytest.mark.browser
def test_nothing_runs_loads_or_covers_on_any_kind_of_page(at: str, browser: Browser) -> None:
    """And nothing even tries: the policy has nothing to stop."""
    faults: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("request", lambda request: faults.append(f"asked: {request.url}"))
        page.on("console", lambda message: faults.append(f"{message.type}: {message.text}"))
        for kind in KINDS:
            page.goto(f"{at}{kind}")
            if pwned(page):
                faults.append(f"pwned: {kind}")
        page.goto(f"{at}tim-kiem/?q=boi")
        page.locator("input[type=search]").last.fill("b")
        if pwned(page):
            faults.append("pwned: search")
    known = (
        f"asked: {at}",
        "asked: data:",
        "error: Failed to load resource: the server responded with a status of 404",
    )
    assert [fault for fault in faults if not fault.startswith(known)] == []


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["", NOT_THERE, "frame"])
def test_what_gets_into_a_page_all_the_same_does_not_run(
    at: str, planted: Path, browser: Browser, kind: str
) -> None:
    frame = next(iter(sorted((planted / "nhung").iterdir()))).name
    address = f"{at}nhung/{frame}/" if kind == "frame" else f"{at}{kind}"
    planting = (
        "<script>window.pwned=1</script><img src=x onerror='window.pwned=1'>"
        "<script src='http://127.0.0.1:9/x.js'></script><base href='//evil.example/'>"
        "<iframe src='http://127.0.0.1:9/'></iframe><img src='http://127.0.0.1:9/x.png'>"
        "<form id=f action='http://127.0.0.1:9/'></form>"
    )
    asked: list[str] = []
    policies = True

    def plant(route: Route) -> None:
        answer = route.fetch()
        body = answer.text().replace("</body>", f"{planting}</body>")
        if not policies:
            body = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", body)
        route.fulfill(response=answer, body=body)

    with browser.new_context() as context:
        page = context.new_page()
        page.route(address, plant)
        page.on("requestfinished", lambda request: asked.append(request.url))
        page.on("requestfailed", lambda request: asked.append(f"{request.url} {request.failure}"))
        page.goto(address)
        assert page.locator("#f").count() == 1
        assert page.evaluate("() => 'pwned' in window") is False
        page.wait_for_load_state("networkidle")
        page.evaluate("() => document.getElementById('f').submit()")
        page.wait_for_timeout(200)
        assert page.url == address
        assert page.evaluate("() => document.baseURI") == address
        away = [url for url in asked if not url.startswith(at) and "csp" not in url.lower()]
        assert away == []
        # Nothing but the policy keeps it from running.
        policies = False
        page.goto(address)
        page.wait_for_function("() => 'pwned' in window")


@pytest.mark.browser
def test_a_release_that_did_not_come_is_told_by_the_page_itself(at: str, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(at)
        moment = page.locator("[data-due]").get_attribute("data-due")
        assert moment
        due, hour = datetime.fromisoformat(moment), timedelta(hours=1)
        for passed, told in ((-hour, False), (25 * hour, False), (27 * hour, True)):
            page.clock.set_fixed_time(due + passed)
            page.goto(f"{at}dia-ban/ben-lau/")
            page.wait_for_load_state("networkidle")
            assert page.locator("[data-due]").is_visible() == told, passed
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(at)
        assert not page.locator("[data-due]").is_visible()
        assert "Quá giờ ấy mà trang chưa đổi" in page.locator("footer").inner_text()
