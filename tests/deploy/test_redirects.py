"""An address of the site leads only to the site, whatever stands in it.

Seen from outside: what the shipped configuration of nginx answers, and where Chromium ends up on
the page for addresses that do not exist.
"""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent.parent
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
PATIENCE = 240

PREFIXES = ("//", "///", "/\\", "/\\/", "\\\\", "/%2F", "/%2f%2F", "/%5C", "/%5c/", "/.//", "/..//")
OTHER = "evil.example"

ENDINGS = ("/A", "/index.html?next=//evil.example/", "@evil.example/A/#x")
REQUESTS = [
    f"{prefix}{OTHER}{rest}"
    for prefix in PREFIXES
    for rest in (
        "",
        "/index.html",
        "/index.html?next=//evil.example/",
        "/A",
        "/A/index.html#x",
        "/a,",
        "/nam/2023).",
        ":80/index.html",
        "%20/index.html",
        "@evil.example/index.html",
    )
]
"""What strangers put into links to send people away."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with its page for lost addresses, at the root and below a folder."""
    folder = tmp_path_factory.mktemp("site")
    for root in (folder, folder / "ke-hoach"):
        (root / "assets").mkdir(parents=True)
        (root / "nam" / "2023").mkdir(parents=True)
        shutil.copy(ROOT / "site_config/assets/lost.js", root / "assets")
        at = "/ke-hoach/" if root != folder else "/"
        lost = f'<!doctype html><title>lost</title><script type=module src="{at}assets/lost.js">'
        (root / "404.html").write_text(f"{lost}</script>")
        (root / "index.html").write_text("<!doctype html><title>home</title>")
        (root / "nam/2023/index.html").write_text("<!doctype html><title>2023</title>")
    return folder


@pytest.fixture(scope="module")
def nginx(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of an nginx with the configuration that ships."""
    assert NGINX, "these tests need nginx: apt install nginx"
    own = tmp_path_factory.mktemp("nginx")
    own.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    shipped = (ROOT / "site_config/deploy/server/nginx.conf").read_text("utf-8")
    shipped = shipped.replace("  listen 80;\n  listen [::]:80;\n", f"  listen 127.0.0.1:{port};\n")
    shipped = shipped.replace("root /srv/tiendo/live;", f'root "{site}";')
    assert str(port) in shipped
    assert str(site) in shipped
    (own / "site.conf").write_text(shipped, "utf-8")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {own / kind};\n" for kind in kinds)
    account = "user root;" if os.geteuid() == 0 else ""
    (own / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {own}/pid; {account}\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}include {own}/site.conf;\n}}\n"
    )
    running = subprocess.Popen([NGINX, "-p", own, "-e", own / "log", "-c", own / "nginx.conf"])
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except ConnectionRefusedError:
            assert running.poll() is None, (own / "log").read_text()
            assert time.monotonic() < until
            time.sleep(0.02)
    yield port
    running.terminate()
    running.wait(PATIENCE)


def asked_raw(port: int, target: str) -> tuple[int, str]:
    """Status and Location for a target that is sent as it is written here."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        request = f"GET {target} HTTP/1.1\r\nHost: tiendo.example\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        return answer.status, answer.getheader("Location") or ""


def as_browsers_read(location: str, at: str) -> str:
    """The host that a browser goes to: backslashes are slashes to it, blanks at the ends nothing."""
    cleaned = "".join(sign for sign in location.strip() if sign not in "\t\r\n")
    return urlsplit(urljoin(f"http://tiendo.example{at}", cleaned.replace("\\", "/"))).netloc


def test_the_web_server_sends_nobody_to_another_host(nginx: int) -> None:
    targets = [target for target in REQUESTS if "#" not in target]
    answers = {target: asked_raw(nginx, target) for target in targets}

    away = {
        target: location
        for target, (_, location) in answers.items()
        if location and as_browsers_read(location, "/") != "tiendo.example"
    }
    assert away == {}
    # Some are sent on, within: or the test would hold of a server that sends nobody anywhere.
    assert any(location for _, location in answers.values())
    assert asked_raw(nginx, "/nam/2023/index.html?a=1") == (301, "/nam/2023/?a=1")


class _Plain(SimpleHTTPRequestHandler):
    """Files, and the page for lost addresses, as Pages hosts answer."""

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        folder = Path(self.directory)
        below = self.path.startswith("/ke-hoach/")
        path = folder / urlsplit(self.path).path.lstrip("/")
        if ".." in self.path or "\\" in self.path or not path.resolve().is_file():
            body = (folder / ("ke-hoach/404.html" if below else "404.html")).read_bytes()
            self.send_response(404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return
        super().do_GET()


@pytest.fixture(scope="module")
def plain(site: Path) -> Iterator[str]:
    handler: Any = partial(_Plain, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()


@pytest.mark.browser
def test_the_page_for_lost_addresses_sends_nobody_to_another_host(
    plain: str, browser: Browser
) -> None:
    away: list[tuple[str, str]] = []
    with browser.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for root in ("", "/ke-hoach"):
            for target in [f"{prefix}{OTHER}{rest}" for prefix in PREFIXES for rest in ENDINGS]:
                asked.clear()
                page.goto(f"{plain}{root}{target.replace(OTHER, OTHER.upper())}")
                # A request that another host would have got has been made by then, if any.
                page.evaluate("() => new Promise(done => setTimeout(done))")
                strangers = [url for url in asked if not url.startswith(f"{plain}/")]
                if root and "/.." not in target and "/%2F" in target:
                    strangers += [u for u in asked if not u.startswith(f"{plain}{root}/")]
                away += ((target, url) for url in strangers)
    assert away == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("typed", "led"),
    [
        ("/Nam/2023/?x=1#y", "/nam/2023/?x=1#y"),
        ("/Đia_Ban/Bến Lâu", "/dia-ban/ben-lau"),
        ("/ke-hoach/NĂM/2023/", "/ke-hoach/nam/2023/"),
        ("/khong-co/", "/khong-co/"),
        ("/%E0%A4%A", "/%E0%A4%A"),
        ("/%2F..%2F", "/%2F..%2F"),
    ],
)
def test_an_address_typed_with_capitals_and_marks_leads_to_the_page(
    plain: str, browser: Browser, typed: str, led: str
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{plain}{typed}")
        page.wait_for_url(f"{plain}{led}")
        page.wait_for_load_state("networkidle")
        assert (page.url, faults) == (f"{plain}{led}", [])
