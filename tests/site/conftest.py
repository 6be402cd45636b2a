"""The finished site, built once for a whole run of the tests, as files and as addresses.

The shipped data are built as on the day given here, so that what the tests expect does not change
with the calendar.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tiendo.write import locked

PROJECT = Path(__file__).resolve().parent.parent.parent
TODAY = "2026-11-24"
PARTS_OF_THE_PROJECT = ("data", "docs", "site_config", "templates", "tiendo")

CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but the tests' own server can be reached, whatever a page asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder of the program and its data."""
    return PROJECT


@pytest.fixture(scope="session")
def today() -> str:
    """The day that the site is built for."""
    return TODAY


@pytest.fixture(scope="session")
def run() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Calls build.py, that of the project or that of the folder `of`, with arguments."""

    def called(*arguments: object, of: Path = PROJECT) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(of / "build.py"), *map(str, arguments)],
            check=False,
            capture_output=True,
            cwd=of,
            encoding="utf-8",
            timeout=300,
        )

    return called


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory,
    run: Callable[..., subprocess.CompletedProcess[str]],
    worker_id: str,
) -> Path:
    """The folder of the site: one build, shared by all workers of this run."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    folder = shared / "the-site" / "site"
    with locked(folder.parent):
        if not folder.exists():
            built = run("build", "--today", TODAY, "--site", folder)
            assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture(scope="session")
def contents(site: Path) -> Mapping[str, bytes]:
    """Every file of the site by its path."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Path:
    """A copy of the project in another place, with the charts that are drawn already.

    What a build does to its own folder is tried there; nobody else builds in it.
    """
    assert site.exists()
    # Spaces and Vietnamese letters, as in the names of people's own folders.
    folder = tmp_path / "Bản sao của tôi"
    leave_out = shutil.ignore_patterns("__pycache__", "*.new")
    for name in PARTS_OF_THE_PROJECT:
        shutil.copytree(PROJECT / name, folder / name, ignore=leave_out)
    for pattern in ("build.py", "mkdocs.yml", "requirements*"):
        for path in PROJECT.glob(pattern):
            shutil.copy2(path, folder / path.name)
    shutil.copytree(PROJECT / "build" / "charts", folder / "build" / "charts", ignore=leave_out)
    return folder


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address of the site on a server that answers as a plain web server does."""

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(site))

        def log_message(self, *_: object) -> None:
            pass

        def send_error(
            self, code: int, message: str | None = None, explain: str | None = None
        ) -> None:
            if code != HTTPStatus.NOT_FOUND:
                super().send_error(code, message, explain)
                return
            lost = site / ("en/404.html" if self.path.startswith("/en/") else "404.html")
            body = lost.read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    Handler.extensions_map = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".woff2": "font/woff2",
    }
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        listening.daemon_threads = True
        listening.block_on_close = False
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}/"
        listening.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, of the system if there is one."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(CHROMIUM)
        )
        yield chromium
        chromium.close()
