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
from contextlib import contextmanager
from html.parser import HTMLParser
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from packages_at_hand import program_copied

from tiendo.machine.write import locked

HERE = Path(__file__).resolve().parent.parent.parent
TODAY = "2026-11-24"
PATIENCE = 3600
"""Seconds after which something hangs; whatever a busy machine takes is less."""
SMALL = HERE / "tests" / "cases" / "small" / "data"


@pytest.fixture(scope="session")
def today() -> str:
    """The day that the site is built for."""
    return TODAY


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder with a copy of the project and the site that it gives: one for all workers.

    It is a copy so that work that goes on while the tests run changes nothing, and so that
    neither the site nor the build folder of the project is touched.
    """
    return built_once(tmp_path_factory, worker_id, "made")


@pytest.fixture(scope="session")
def made_small(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The same with the small case in place of the shipped data: a site in a fraction of the time."""
    return built_once(tmp_path_factory, worker_id, "made-small", "--data", SMALL)


def built_once(
    temporary: pytest.TempPathFactory, worker: str, name: str, *arguments: object
) -> Path:
    """A folder with a copy of the project and the site that it gives with these arguments."""
    shared = temporary.getbasetemp()
    if worker != "master":
        shared = shared.parent
    folder = shared / name
    with locked(folder):
        if not (folder / "site").exists():
            copied(HERE, folder / "project")
            here = ("--today", TODAY, "--site", folder / "site")
            built = called("build", *here, *arguments, of=folder / "project")
            assert built.returncode == 0, built.stderr
    return folder


def copied(project: Path, to: Path) -> None:
    """Copy what a build needs, with the charts, sheets and pages that are made already."""
    leave_out = shutil.ignore_patterns("__pycache__", "*.new")
    program_copied(project, to)
    shutil.copytree(project / "data", to / "data", dirs_exist_ok=True)
    for kept in (Path("build", name) for name in ("charts", "paper", "pages", "files")):
        if (project / kept).exists():
            shutil.copytree(project / kept, to / kept, ignore=leave_out, dirs_exist_ok=True)


def called(*arguments: object, of: Path) -> subprocess.CompletedProcess[str]:
    """What build.py of a project answers to arguments."""
    return subprocess.run(
        [sys.executable, str(of / "build.py"), *map(str, arguments)],
        check=False,
        capture_output=True,
        cwd=of,
        encoding="utf-8",
        timeout=PATIENCE,
    )


@pytest.fixture(scope="session")
def project(made: Path) -> Path:
    """The project that the site was built from; it is for reading."""
    return made / "project"


@pytest.fixture(scope="session")
def site(made: Path) -> Path:
    """The folder of the site."""
    return made / "site"


@pytest.fixture(scope="session")
def run(project: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Calls build.py of the project, or of the copy `of`, with arguments."""
    return lambda *arguments, of=project: called(*arguments, of=of)


@pytest.fixture(scope="session")
def contents(site: Path) -> Mapping[str, bytes]:
    """Every file of the site by its path."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


class _Words(HTMLParser):
    """The words of a page that can be read: no script, no style, no drawing."""

    UNSEEN = frozenset({"head", "script", "style", "svg", "template"})
    INSIDE_A_LINE = frozenset({"a", "b", "em", "small", "span", "strong", "time"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._unseen = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, _: object) -> None:
        self._unseen += tag in self.UNSEEN
        self._space(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in self.UNSEEN
        self._space(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(data)

    def _space(self, tag: str) -> None:
        if tag not in self.INSIDE_A_LINE:
            self.found.append(" ")


@pytest.fixture(scope="session")
def texts(contents: Mapping[str, bytes]) -> Mapping[str, str]:
    """What can be read on each page, by its address, with single spaces."""
    return {
        path.removesuffix("index.html"): " ".join("".join(_Words(html.decode()).found).split())
        for path, html in contents.items()
        if path.endswith(".html")
    }


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> Path:
    """A copy of the project in another place, where nobody else builds."""
    # Spaces and Vietnamese letters, as in the names of people's own folders.
    folder = tmp_path / "Bản sao của tôi"
    copied(project, folder)
    return folder


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address of the site on a server that answers as a plain web server does."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def small_server(made_small: Path) -> Iterator[str]:
    """The address of the small case's site."""
    with served(made_small / "site") as address:
        yield address


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a folder as a website."""

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
