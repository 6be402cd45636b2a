"""A website put together: pages in their frames, files beside them, one site map.

Pages in the default language stand at the root, the others in a folder named after their language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

from tiendo.machine.write import hindrances_told, write
from tiendo.site.frame import LOST, Complained, Heard, assets, framed
from tiendo.site.links import DeadLink, broken_links


class BrokenPages(Exception):
    """Pages that must not be published: each complaint is a sentence for a developer."""

    def __init__(self, complaints: Sequence[str], dead: Sequence[DeadLink] = ()) -> None:
        super().__init__(tuple(complaints))
        self.complaints = tuple(complaints)
        self.dead = tuple(dead)
        """The links among them that lead nowhere."""

    def __str__(self) -> str:
        return "\n".join(self.complaints)


def publish(
    staged: Mapping[str, Path],
    into: Path,
    *,
    default: str,
    site_url: str,
    dated: datetime,
    cache: Path,
    beside: Mapping[str, bytes] | None = None,
    heard: Heard = lambda *_: None,
) -> None:
    """Build each language from its folder and put the whole site into `into`, a fresh folder.

    `site_url` is where the default language's home page will stand, and ends in a slash.
    `dated` is the only moment that the site knows of: it is the date of its site map.  `cache` is
    a folder for what is kept from build to build.  `beside` are files that no language owns.
    `heard` is told of each page.

    Raises `BrokenPages`, also for a link inside the site that leads nowhere; `CannotWrite`;
    `Taken` if a language, or a file beside, claims an address that is taken.
    """
    roots = {
        language: "" if language == default else f"{language}/"
        for language in sorted(staged, key=default.__ne__)
    }
    pages: dict[str, list[str]] = {language: [] for language in roots}
    moment = int(dated.timestamp())
    write({}, into)
    with hindrances_told(cache):
        try:
            for language, path, html in framed(staged, moment=moment, cache=cache, heard=heard):
                write({roots[language] + path: html}, into)
                pages[language].append(path)
        except Complained as error:
            raise BrokenPages(error.complaints) from error
    for language, folder in staged.items():
        for path, content in assets(folder):
            write({roots[language] + path: content}, into)
    addresses = [
        quote(root + address)
        for language, root in roots.items()
        for address in _addresses(pages[language])
    ]
    write({"sitemap.xml": _sitemap(site_url, addresses, dated), **(beside or {})}, into)
    with hindrances_told(cache):
        dead = sorted(broken_links(into, site_url=site_url, cache=cache), key=str)
    if dead:
        raise BrokenPages([str(link) for link in dead], dead)


def _addresses(pages: Sequence[str]) -> list[str]:
    """The addresses of pages that have one, a folder before what is in it."""
    found = [page.removesuffix("index.html") for page in pages if page != LOST]
    return sorted(found, key=lambda address: address.split("/"))


def _sitemap(site_url: str, addresses: Sequence[str], dated: datetime) -> bytes:
    """Every page of all languages, by its whole address."""
    root = ET.Element("urlset", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    for address in addresses:
        page = ET.SubElement(root, "url")
        ET.SubElement(page, "loc").text = site_url + address
        ET.SubElement(page, "lastmod").text = dated.astimezone(UTC).date().isoformat()
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"
