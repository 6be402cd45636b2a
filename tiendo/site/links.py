"""The links of a finished site: every address inside it leads somewhere.

What a page says of places and addresses is kept under what it holds, so that a page that is the
same is not read again; where its addresses lead is asked anew in every build.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tiendo.machine.cache import Cache, checksums


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadLink:
    """An address in a page that is inside the site and leads nowhere."""

    page: str
    """The page's file, from the site's root."""
    address: str
    """As it stands in the page."""
    place: bool
    """Whether the page that it leads to is there, and only the place in it is not."""

    def __str__(self) -> str:
        missing = "place in the page" if self.place else "page or file"
        return f"{self.page}: no such {missing}: {self.address}"


def broken_links(site: Path, *, site_url: str, cache: Path | None = None) -> Iterator[DeadLink]:
    """Each address in a page that is inside the site and leads nowhere.

    `site_url` is where the root of `site` will stand.  A link to a folder must end in a slash:
    a page has one address.  `cache` is a folder for what was read of pages; None: all are read.
    """
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    pages = _pages_read({name: site / name for name in names if name.endswith(".html")}, cache)
    known = dict.fromkeys(names, frozenset[str]())
    known |= {name: page.places for name, page in pages.items()}
    for name, page in pages.items():
        for address in sorted(page.addresses):
            target = _target(address, page=name, site_url=site_url)
            if target is None:
                continue
            path, fragment = target
            if path not in known:
                yield DeadLink(page=name, address=address, place=False)
            elif fragment and path.endswith(".html") and fragment not in known[path]:
                yield DeadLink(page=name, address=address, place=True)


_LEADING = {"href", "src", "data", "poster"}
"""Attributes that hold an address."""

_FEW = 1000
"""So many pages are read before a second process would stand."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _PageRead:
    """What the links of a site depend on in one page."""

    places: frozenset[str]
    """Where in the page a link can lead."""
    addresses: frozenset[str]
    """Where it leads, in whatever element."""


def _pages_read(pages: Mapping[str, Path], cache: Path | None) -> dict[str, _PageRead]:
    if cache is None:
        return {name: _unpacked(_packed(page)) for name, page in pages.items()}
    world = checksums(Path(__file__).parent, Path(__file__).name)
    kept = Cache(folder=cache, ending=".links", world=world)
    told = kept.all(pages, _packed, recipe=_recipe, few=_FEW)
    return {name: _unpacked(content) for name, content in told}


def _recipe(page: Path) -> str:
    return sha256(page.read_bytes()).hexdigest()


def _packed(page: Path) -> bytes:
    reader = _Reader()
    reader.feed(page.read_text("utf-8"))
    reader.close()
    return json.dumps([sorted(reader.places), sorted(reader.addresses)]).encode()


def _unpacked(content: bytes) -> _PageRead:
    places, addresses = json.loads(content)
    return _PageRead(places=frozenset(places), addresses=frozenset(addresses))


class _Reader(HTMLParser):
    """Finds the places and addresses of a page as a browser does: by its elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.places: set[str] = set()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at each attribute of an element."""
        for name, value in attrs:
            if not value:
                continue
            if name == "id" or (name == "name" and tag == "a"):
                self.places.add(value)
            elif name in _LEADING:
                self.addresses.add(value.strip())
            elif name == "srcset":
                self.addresses.update(each.split()[0] for each in value.split(",") if each.strip())


_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def _target(address: str, *, page: str, site_url: str) -> tuple[str, str] | None:
    """The file of the site, and the place in it, that `address` in `page` leads to.

    None if it leads out of the site.
    """
    address, _, fragment = address.partition("#")
    path = unquote(address.partition("?")[0])
    root = urlsplit(site_url).path
    if not address:
        return page, unquote(fragment)
    if address.startswith(site_url):
        path = path.removeprefix(site_url)
    elif _ELSEWHERE.match(address):
        return None
    elif path.startswith(root):
        path = path.removeprefix(root)
    else:
        path = posixpath.join(posixpath.dirname(page), path)
    if posixpath.basename(path) in {"", ".", ".."}:
        path = posixpath.join(path, "index.html")
    return posixpath.normpath(path), unquote(fragment)
