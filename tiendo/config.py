"""What is set for one site, and for one run of the program."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tiendo.licences import licence_of
from tiendo.terms import Text

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds build.py, templates, docs and site_config."""
BUILD = ROOT / "build"
"""What the program keeps for itself between two runs."""

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""What lies beyond is a slip of the hand."""

OWN = "TIENDO_CONFIG"
"""The variable with the folder of one's own settings and wording (``--config``): processes that
this one starts read the same."""


NAMES_TAKEN = frozenset(
    {
        *("404", "api", "assets", "bieu-do", "du-lieu", "feed", "index", "manifest", "robots"),
        *("security", "sitemap", "vega"),
    }
)
"""What stands beside the pages under names of the program's own."""


class WrongNameError(ValueError):
    """A name in addresses that can't be used: the key of the sentence that says so, its facts."""

    def __init__(self, sentence: str, **facts: str) -> None:
        super().__init__(sentence, facts)
        self.sentence, self.facts = sentence, facts


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
    mistake_address: str
    """Where a mistake on a page is told of, with ``{page}`` for its address; may be empty."""
    languages: tuple[str, ...]
    """The first is published at the root, each other one in a folder of its name."""
    timezone: ZoneInfo
    jump_points: int
    """A change against last year from which on a figure is asked about, in percentage points."""
    license: str
    """The short name of one of `tiendo.licences`, under which all figures may be used again."""
    names: Mapping[str, str]
    """What pages are called in their addresses, by their ids."""
    security_contact: str = ""
    """Whom to tell of a hole in the security; empty: nobody is named."""
    security_expires: datetime | None = None
    """Until when that holds; always with a time zone."""


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
    fresh: bool = False
    """Whether a build takes nothing that an earlier one made."""
    explain: str | None = None
    """The page of which a build tells why it was made again, or was not."""
    exposed: bool = False
    """Whether the data stand in a repository that everyone can read."""

    @property
    def docs(self) -> tuple[Path, ...]:
        """Folders of pages written by hand: those beside the data, then the program's own."""
        return (self.data.parent / "docs", ROOT / "docs")


def with_own(folder: Path | None) -> None:
    """From here on, settings and wording of this folder go before the program's own."""
    if folder is None:
        os.environ.pop(OWN, None)
    else:
        os.environ[OWN] = str(folder.absolute())


def config_folders(root: Path = ROOT) -> tuple[Path, ...]:
    """Where settings and wording stand; what a later folder says goes before."""
    own = os.environ.get(OWN)
    return (root / "site_config", *((Path(own),) if own else ()))


def languages_known() -> frozenset[str]:
    """The languages that there are sentences in, whether the site speaks them or not."""
    folders = (folder / "wording" for folder in config_folders())
    return frozenset(
        each.name for folder in folders if folder.is_dir() for each in folder.iterdir()
    )


def program_version(root: Path = ROOT) -> str:
    """The version of this program, as ``pyproject.toml`` says it."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def as_numbers(version: str) -> tuple[int, ...] | None:
    """A version for comparing; None for what is none."""
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,4}){0,2}", version):
        return None
    numbers = [int(number) for number in version.split(".")]
    return tuple(numbers + [0] * (3 - len(numbers)))


def site_settings(root: Path = ROOT) -> Site:
    """The settings in ``site.toml``, the program's and before it one's own.

    Raises:
        KeyError, ValueError: a setting is missing or wrong; the file belongs to the program's
            operator, so this is not a Problem of the data.

    """
    raw: dict[str, Any] = {}
    names: dict[str, str] = {}
    for folder in config_folders(root):
        file = folder / "site.toml"
        if file.is_file():
            given = tomllib.loads(file.read_text(encoding="utf-8"))
            if raw and (unknown := sorted(given.keys() - raw.keys())):
                raise ValueError(f"{file}: {', '.join(unknown)}")
            raw |= given
            names = _names(file, names, given.get("names", {}), raw["languages"])
    return Site(
        address=raw["address"].rstrip("/") + "/",
        name=_text(raw, "name"),
        short=_text(raw, "short"),
        description=_text(raw, "description"),
        publisher=_text(raw, "publisher"),
        contact=_text(raw, "contact"),
        contact_address=_address("contact_address", raw.get("contact_address", "")),
        mistake_address=_mistake_address(raw),
        languages=tuple(raw["languages"]),
        timezone=ZoneInfo(raw["timezone"]),
        jump_points=int(raw["jump_points"]),
        license=licence_of(raw["license"]).short,
        names=names,
        security_contact=_address("security_contact", raw.get("security_contact", "")),
        security_expires=_expires(raw),
    )


def _text(raw: Mapping[str, Any], name: str) -> Text:
    """Words in each language of the site.

    Raises:
        KeyError: they are not given in its first language.

    """
    first, *others = raw["languages"]
    if not raw[name].get(first):
        raise KeyError(f"{name}.{first}")
    return Text(**{each: raw[name].get(each, "") for each in (first, *others)})


def _names(
    file: Path, before: Mapping[str, str], given: Mapping[str, Any], languages: Sequence[str]
) -> dict[str, str]:
    """The names in addresses with those that a file gives.

    Raises:
        WrongNameError: one of them can't be used.

    """
    names = {**before, **given}
    for page, name in names.items():
        others = {other: each for each, other in names.items() if each != page}
        if before and page not in before:
            wrong = "unknown"
        elif not isinstance(name, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            wrong = "letters"
        elif name in NAMES_TAKEN or name in languages:
            wrong = "taken"
        elif name in others or (name in names and name != page):
            wrong = "twice"
        else:
            continue
        raise WrongNameError(
            f"command.wrong-name.{wrong}", file=str(file), setting=f"names.{page}", name=str(name)
        )
    return names


def _address(name: str, text: str) -> str:
    """An address that a page may lead to: nothing that runs, and nothing that breaks a line."""
    if text and not re.fullmatch(r"(https?://|mailto:|tel:)[!-~]+", text):
        raise ValueError(f"{name}: {text!r}")
    return text


def _mistake_address(raw: dict[str, Any]) -> str:
    own = _address("mistake_address", raw.get("mistake_address", ""))
    contact: str = raw.get("contact_address", "")
    if own or not contact.startswith("mailto:") or "?" in contact:
        return own or contact
    return f"{contact}?subject={{page}}"


def _expires(raw: dict[str, Any]) -> datetime | None:
    if not raw.get("security_contact"):
        return None
    moment = datetime.fromisoformat(raw.get("security_expires", ""))
    if moment.tzinfo is None:
        raise ValueError("security_expires: no time zone")
    return moment
