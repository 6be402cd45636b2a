"""What is set for one site, and for one run of the program."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tiendo.terms import Text

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds build.py, templates, docs and site_config."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """`site_config/site.toml`: what belongs to the publisher, not to the plan."""

    address: str
    """Where the site is published, with a slash at the end."""
    name: Text
    short: Text
    description: Text
    publisher: Text
    contact: Text
    """How to reach the publisher, in words."""
    contact_address: str
    """Where those words lead: "mailto:…", "https://…"; empty while there is no such address."""
    languages: tuple[str, ...]
    """The first is published at the root, each other one in a folder of its name."""
    timezone: ZoneInfo
    jump_points: int
    """A change against last year from which on a figure is asked about, in percentage points."""
    license: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """What one call of the program works on."""

    data: Path
    site: Path
    now: datetime
    """Always with a time zone."""
    language: str
    """Of the messages, not of the site."""
    official: bool = False
    preview: bool = False


def site_settings(root: Path = ROOT) -> Site:
    """The settings in ``site_config/site.toml``.

    Raises:
        KeyError, ValueError: a setting is missing or wrong; the file belongs to the program's
            operator, so this is not a Problem of the data.

    """
    raw = tomllib.loads((root / "site_config" / "site.toml").read_text(encoding="utf-8"))
    return Site(
        address=raw["address"].rstrip("/") + "/",
        name=Text(**raw["name"]),
        short=Text(**raw["short"]),
        description=Text(**raw["description"]),
        publisher=Text(**raw["publisher"]),
        contact=Text(**raw["contact"]),
        contact_address=raw.get("contact_address", ""),
        languages=tuple(raw["languages"]),
        timezone=ZoneInfo(raw["timezone"]),
        jump_points=int(raw["jump_points"]),
        license=raw["license"],
    )
