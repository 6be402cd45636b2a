"""An office's own server and a clerk's clone beside it, on this machine."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
SERVER = ROOT / "site_config" / "deploy" / "server"
ABOUT = "docs/vi/gioi-thieu.md"
BEFORE_2024, AT_2024 = "2025-01-15T08:59", "2025-01-15T09:00"
"""The small case's edition of 2024 comes out at nine on that day."""

MANY = 240
"""Seconds that a thing may take which takes its time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Office:
    """A server's folder, and one clerk's clone of its repository."""

    home: Path
    clerk: Path

    def environment(self, now: str) -> dict[str, str]:
        inherited = {name: text for name, text in os.environ.items() if "GIT_" not in name}
        return {
            **inherited,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_AUTHOR_NAME": "Lan",
            "GIT_AUTHOR_EMAIL": "lan@tiendo.example",
            "GIT_COMMITTER_NAME": "Lan",
            "GIT_COMMITTER_EMAIL": "lan@tiendo.example",
            "TIENDO_HOME": str(self.home),
            "TIENDO_PYTHON": sys.executable,
            "TIENDO_OPTIONS": f"--today {now}",
        }

    def begun(self, *command: object, now: str = BEFORE_2024) -> subprocess.Popen[str]:
        return subprocess.Popen(
            list(map(str, command)),
            cwd=self.clerk,
            env=self.environment(now),
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def ran(self, *command: object, now: str = BEFORE_2024) -> tuple[int, str]:
        """How a command ended, and what a person saw of it without the ends of lines."""
        return ended(self.begun(*command, now=now))

    def run(self, *command: object) -> str:
        """What a command that has to succeed said."""
        status, said = self.ran(*command)
        assert status == 0, said
        return said

    def commit(self, path: str, old: str, new: str, *, clone: Path | None = None) -> str:
        """Change one text in one file and commit it; gives the commit."""
        clone = clone or self.clerk
        text = (clone / path).read_bytes().decode()
        assert text.count(old) == 1
        (clone / path).write_bytes(text.replace(old, new).encode())
        self.run("git", "-C", clone, "commit", "--quiet", "--all", "--message", f"Sửa {path}")
        return self.run("git", "-C", clone, "rev-parse", "HEAD").strip()

    def introduce(self, words: str, *, clone: Path | None = None) -> str:
        """Commit a change of a page that the site shows."""
        clone = clone or self.clerk
        first = (clone / ABOUT).read_text("utf-8").partition("\n\n")[0]
        return self.commit(ABOUT, first, f"{first}\n\n{words}", clone=clone)

    def push(self, *refs: str) -> tuple[int, str]:
        return self.ran("git", "push", "origin", *(refs or ("main",)))

    def live(self) -> Mapping[str, str]:
        """A checksum of each file that is shown, and which folder it is."""
        return {
            "": str((self.home / "live").readlink()),
            **{
                path.relative_to(self.home / "live").as_posix(): hashlib.sha256(
                    path.read_bytes()
                ).hexdigest()
                for path in sorted((self.home / "live").rglob("*"))
                if path.is_file()
            },
        }

    def shows(self, words: str) -> bool:
        return words in (self.home / "live" / "gioi-thieu" / "index.html").read_text("utf-8")

    def leftovers(self) -> list[str]:
        """What a push has left over save what the next build uses again."""
        found = [*(self.home / "prepared").iterdir(), *(self.home / "tree").iterdir()]
        return sorted(path.name for path in found if path.name not in {".venv", "build"})


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    said, _ = process.communicate(timeout=MANY)
    return process.returncode, re.sub(r"(?m) +$", "", said)


def opened_office(folder: Path, data: Path, *, now: str = BEFORE_2024) -> Office:
    """A server's folder and a clerk's, after the first push of this project with some data."""
    office = Office(home=folder / "srv", clerk=folder / "clerk")
    leave_out = shutil.ignore_patterns("__pycache__", "deploy", "developers")
    for name in ("docs", "site_config", "templates", "tiendo"):
        shutil.copytree(ROOT / name, office.clerk / name, ignore=leave_out)
    shutil.copytree(data, office.clerk / "data")
    for pattern in ("build.py", "mkdocs.yml", "requirements*", ".gitattributes", ".gitignore"):
        for path in ROOT.glob(pattern):
            shutil.copy2(path, office.clerk)
    office.run(SERVER / "new-office")
    office.run("git", "init", "--quiet", "--initial-branch=main")
    office.run("git", "add", "--all")
    office.run("git", "commit", "--quiet", "--message", "Bản đầu tiên")
    office.run("git", "remote", "add", "origin", "../srv/plan.git")
    status, said = office.ran("git", "push", "origin", "main", now=now)
    assert status == 0, said
    return office


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
        """Say nothing."""


@contextmanager
def read_on_the_site(office: Office, browser: Browser) -> Iterator[tuple[Page, str]]:
    """A phone, and the address of the site that is live."""
    site = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(_Quiet, directory=str(office.home / "live"))
    )
    threading.Thread(target=site.serve_forever, daemon=True).start()
    page = browser.new_page(viewport={"width": 360, "height": 740})
    yield page, f"http://127.0.0.1:{site.server_port}"
    page.close()
    site.shutdown()
    site.server_close()
