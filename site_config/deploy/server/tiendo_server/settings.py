"""What is set for this server: ``/etc/tiendo/server.toml``, the property of root."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path("/etc/tiendo/server.toml")
SHIPPED = Path(__file__).resolve().parents[3] / "site.toml"
"""The settings of a site that come with the program; those of one's own go before them."""

MEGABYTE = 2**20


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """One site on one server."""

    home: Path = Path("/srv/tiendo")
    """The repository, and the sites that were live."""
    sockets: Path = Path("/run/tiendo")
    program: Path = Path("/opt/tiendo/current")
    """The installed program that builds, a folder with build.py."""
    python: Path
    """The Python that has the packages of that program."""
    work: Path = Path("/var/cache/tiendo-build")
    """Where is built; charts that are drawn once stay there."""
    config: Path | None = None
    """Settings and wording of one's own, for ``--config``."""
    languages: tuple[str, ...]
    timezone: str
    language: str = "vi"
    """Of the messages."""
    branch: str = "main"
    """The one that is published."""
    options: tuple[str, ...] = ()
    """Of check and build, such as ``--official``."""
    keep: int = 10
    """Sites that were live before."""
    limit: int = 1800
    """Seconds that all work on a push may take, and that a push waits for another."""
    most_files: int = 20_000
    largest_file: int = 50 * MEGABYTE
    largest_push: int = 200 * MEGABYTE
    """Of the files that are taken from a push, in bytes when unpacked."""
    now: str = ""
    """For drills: the moment that the clock is taken to show, in the site's time zone."""

    @property
    def repository(self) -> Path:
        """The folder that people push to; all that their account owns."""
        return self.home / "plan.git"

    @property
    def live(self) -> Path:
        """What the web server shows."""
        return self.home / "live"


def settings() -> Settings:
    """The settings of this server.

    Raises:
        OSError, ValueError, TypeError, KeyError: they are not there, or wrong.

    """
    # Who connects with a key can't set a variable; who tries the server out on a desk can.
    file = Path(os.environ.get("TIENDO_SETTINGS") or FILE)
    raw = tomllib.loads(file.read_text("utf-8"))
    own = raw.get("config")
    site = _table(SHIPPED)
    if own and (Path(own) / "site.toml").is_file():
        site |= _table(Path(own) / "site.toml")
    program = Path(raw.get("program", "/opt/tiendo/current"))
    paths: dict[str, Any] = {
        name: Path(raw[name]) for name in ("home", "sockets", "work", "config") if raw.get(name)
    }
    plain = ("language", "branch", "keep", "limit", "now")
    limits = ("most_files", "largest_file", "largest_push")
    return Settings(
        program=program,
        python=Path(raw.get("python", program / "environment" / "bin" / "python")),
        languages=tuple(site["languages"]),
        timezone=site["timezone"],
        options=tuple(raw.get("options", ())),
        **paths,
        **{name: raw[name] for name in (*plain, *limits) if name in raw},
    )


def _table(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))
