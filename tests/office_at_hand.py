"""An office's own server and a clerk's clone beside it, on this machine."""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import mkdtemp

from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
SERVER = ROOT / "site_config" / "deploy" / "server"
ABOUT = "docs/vi/gioi-thieu.md"
BEFORE_2024, AT_2024 = "2025-01-15T08:59", "2025-01-15T09:00"
"""The small case's edition of 2024 comes out at nine on that day."""

MANY = 1800
"""Seconds that a thing may take which takes its time."""

OWN_SETTINGS = "settings"
"""A folder of the server's: sites of offices speak one language and are built in half the time."""

SERVICES = {"build.sock": "build-service", "live.sock": "live-service"}
"""What answers at each socket: for each connection a process of its own, as systemd starts it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Office:
    """A server's folder, and one clerk's clone of its repository; one account does everything.

    What answers is what ships, started by sockets of our own instead of systemd's.
    """

    home: Path
    clerk: Path
    bounds: tuple[str, ...] = ()
    """What the builder is started by, such as ``prlimit``."""
    options: tuple[str, ...] = ()
    sockets: Path = field(init=False)

    def __post_init__(self) -> None:
        # The path of a socket is short on every system.
        sockets = Path(mkdtemp(prefix="tiendo-"))
        atexit.register(shutil.rmtree, sockets, ignore_errors=True)
        object.__setattr__(self, "sockets", sockets)
        for name, service in SERVICES.items():
            listening = socket.socket(socket.AF_UNIX)
            listening.bind(str(sockets / name))
            listening.listen()
            serve = partial(self._serves, listening, service)
            threading.Thread(target=serve, daemon=True).start()

    def _serves(self, listening: socket.socket, service: str) -> None:
        bounds = self.bounds if service == "build-service" else ()
        while True:
            connection, _ = listening.accept()
            with connection, (self.home.parent / "services.log").open("ab") as log:
                process = subprocess.Popen(
                    [*bounds, str(SERVER / "tiendo-server"), service],
                    cwd="/",
                    env={"PATH": os.environ["PATH"], "TIENDO_SETTINGS": str(self.settings)},
                    stdin=connection.fileno(),
                    stdout=connection.fileno(),
                    stderr=log,
                )
            threading.Thread(target=process.wait, daemon=True).start()

    @property
    def settings(self) -> Path:
        return self.home.parent / "server.toml"

    @property
    def work(self) -> Path:
        """Where the builder is at work on a push."""
        return self.home / "cache" / "work"

    def set(self, **more: object) -> None:
        """Write the server's settings."""
        given = {
            "home": str(self.home),
            "sockets": str(self.sockets),
            "work": str(self.work.parent),
            "program": str(ROOT),
            "python": sys.executable,
            "options": list(self.options),
            "config": str(self.home / OWN_SETTINGS),
            **more,
        }
        fresh = self.settings.with_suffix(".next")
        # JSON's texts, numbers and lists are TOML's.
        lines = [f"{name} = {json.dumps(value)}\n" for name, value in given.items()]
        fresh.write_text("".join(lines), "utf-8")
        fresh.replace(self.settings)

    def environment(self) -> dict[str, str]:
        inherited = {name: text for name, text in os.environ.items() if "GIT_" not in name}
        return {
            **inherited,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_AUTHOR_NAME": "Lan",
            "GIT_AUTHOR_EMAIL": "lan@tiendo.example",
            "GIT_COMMITTER_NAME": "Lan",
            "GIT_COMMITTER_EMAIL": "lan@tiendo.example",
            "TIENDO_SETTINGS": str(self.settings),
        }

    def begun(self, *command: object, now: str = BEFORE_2024) -> subprocess.Popen[str]:
        self.set(now=now)
        return subprocess.Popen(
            list(map(str, command)),
            cwd=self.clerk,
            env=self.environment(),
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
        folders = (self.home / "plan.git" / "prepared", self.work.parent, self.home / "sites")
        found = [path.name for folder in folders for path in folder.iterdir()]
        sites = {path.name for path in (self.home / "sites").glob("2*Z-*")}
        return sorted({*found} - sites - {"held", "kept", "lock"})


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    said, _ = process.communicate(timeout=MANY)
    return process.returncode, re.sub(r"(?m) +$", "", said)


def opened_office(folder: Path, data: Path, *, now: str = BEFORE_2024) -> Office:
    """A server's folder and a clerk's, after the first push of this project with some data."""
    office = Office(home=folder / "srv", clerk=folder / "clerk")
    own = office.home / OWN_SETTINGS / "site.toml"
    own.parent.mkdir(parents=True)
    own.write_text('languages = ["vi"]\n', "utf-8")
    leave_out = shutil.ignore_patterns("__pycache__", "deploy", "developers")
    for name in ("docs", "site_config", "templates", "tiendo"):
        shutil.copytree(ROOT / name, office.clerk / name, ignore=leave_out)
    shutil.copytree(data, office.clerk / "data")
    for pattern in (
        "build.py",
        "mkdocs.yml",
        "pyproject.toml",
        "requirements*",
        ".gitattributes",
        ".gitignore",
    ):
        for path in ROOT.glob(pattern):
            shutil.copy2(path, office.clerk)
    repository = office.home / "plan.git"
    office.run("git", "init", "--quiet", "--bare", "--initial-branch=main", repository)
    office.run("git", "-C", repository, "config", "core.hooksPath", SERVER / "hooks")
    office.run("git", "-C", repository, "config", "receive.fsckObjects", "true")
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
