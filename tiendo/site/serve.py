"""The site on this machine, built again when a file changes."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tiendo.config import ROOT, Run, Site, site_settings
from tiendo.site.build import build_if_sound
from tiendo.site.inspection import inspected
from tiendo.site.progress import Teller
from tiendo.words.wording import forget

WATCHED = ("templates", "docs", "site_config", "mkdocs.yml")
EVERY = 1.0
"""Seconds between two looks at the files."""


class PortTakenError(Exception):
    """Another program listens on the port."""


def serve(run: Run, site: Site, teller: Teller, *, port: int) -> int:
    """Serve until interrupted; a version with problems leaves the last good one standing.

    Raises:
        PortTakenError: before anything is built.

    """
    handler = partial(_Quiet, directory=str(run.site))
    try:
        listening = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise PortTakenError from error
    with listening as server:
        state = _seen(run.data)
        _built(run, site, teller)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        teller.line("progress.serving", address=f"http://127.0.0.1:{server.server_port}/")
        pause = threading.Event()
        while not pause.wait(EVERY):
            now = _seen(run.data)
            if now != state:
                state = now
                forget()
                _built(run, site_settings(), teller)
    return 0


def _built(run: Run, site: Site, teller: Teller) -> None:
    build_if_sound(inspected(run, site), run, site, teller)


def _seen(data: Path) -> dict[str, tuple[int, int]]:
    """Time of change and size of every file that the site is made from."""
    files = [path for path in data.rglob("*") if path.is_file()]
    for name in WATCHED:
        root = ROOT / name
        files += [root] if root.is_file() else [p for p in root.rglob("*") if p.is_file()]
    seen = {}
    for path in files:
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue
        seen[str(path)] = (stat.st_mtime_ns, stat.st_size)
    return seen


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without a line for each request; unknown addresses get the site's own page."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code == 404 and page.is_file():  # noqa: PLR2004 - HTTP
            content = page.read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            return
        super().send_error(code, message, explain)
