"""How programs find their way: feeds, robots, structured data."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
import shutil
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from xml.etree import ElementTree as ET

ADDRESS = "https://tiendo.example/"
LOST = ("404.html", "en/404.html")
NOTICE = {"vi": "Số liệu minh họa", "en": "Illustrative data"}
ATOM = "{http://www.w3.org/2005/Atom}"

KNOWN = {
    "Dataset": {
        *("name", "description", "url", "inLanguage", "isAccessibleForFree", "license", "creator"),
        *("publisher", "isBasedOn", "temporalCoverage", "spatialCoverage", "variableMeasured"),
        *("distribution", "datePublished", "dateModified"),
    },
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "WebSite": {"name", "description", "url", "inLanguage"},
    "CreativeWork": {"name", "url", "author", "dateCreated"},
    "Organization": {"name"},
    "Place": {"name"},
    "PropertyValue": {"name"},
    "DataDownload": {"name", "encodingFormat", "contentUrl", "inLanguage"},
}
"""Properties that schema.org (30.0) knows of each of its types, as far as they are used here."""


def things(html: bytes) -> list[dict[str, Any]]:
    """What a page says of itself in the words of schema.org."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html.decode())
    assert len(found) == 1
    document = json.loads(found[0])
    assert document["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = document["@graph"]
    return graph


def nodes(thing: object) -> list[dict[str, Any]]:
    """A thing and all things in it."""
    if isinstance(thing, dict):
        return [thing, *(node for each in thing.values() for node in nodes(each))]
    if isinstance(thing, list):
        return [node for each in thing for node in nodes(each)]
    return []


def pages(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """The pages that stand for themselves; those that stand in frames of others are not looked for."""
    return {
        path: html
        for path, html in contents.items()
        if path.endswith(".html") and path not in LOST and not re.match(r"(en/)?nhung/", path)
    }


def test_every_page_but_the_home_page_says_the_way_to_it(contents: Mapping[str, bytes]) -> None:
    for path, html in pages(contents).items():
        ways = [thing for thing in things(html) if thing["@type"] == "BreadcrumbList"]
        if path in {"index.html", "en/index.html"}:
            assert ways == []
            continue
        (way,) = ways
        steps = way["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert steps[0]["item"] == ADDRESS + ("en/" if path.startswith("en/") else "")
        assert steps[-1]["item"] == ADDRESS + path.removesuffix("index.html")
        for step in steps:
            file = step["item"].removeprefix(ADDRESS).partition("#")[0] + "index.html"
            assert file in contents, path


def test_only_words_of_schema_org_are_used(contents: Mapping[str, bytes]) -> None:
    unknown = set()
    for html in pages(contents).values():
        for node in nodes(things(html)):
            kind = node["@type"]
            unknown |= {(kind, name) for name in set(node) - {"@type"} - KNOWN.get(kind, set())}
    assert unknown == set()


def test_pages_with_files_of_figures_describe_them_for_catalogues(
    contents: Mapping[str, bytes],
) -> None:
    kinds = re.compile(r"(en/)?((chi-tieu|dia-ban)/[^/]+|so-lieu)/")
    described = 0
    for path, html in pages(contents).items():
        own = [thing for thing in things(html) if thing["@type"] == "Dataset"]
        if not kinds.match(path):
            assert own == [], path
            continue
        (data,) = own
        language = "en" if path.startswith("en/") else "vi"
        assert 50 <= len(data["description"]) <= 5000
        assert NOTICE[language] in data["description"]
        assert data["url"] == ADDRESS + path.removesuffix("index.html")
        first, last = data["temporalCoverage"].split("/")
        assert "2021" <= first <= last <= "2025", path
        assert "4206/KH-UBND" in data["isBasedOn"]["name"]
        files = [each["contentUrl"].removeprefix(ADDRESS) for each in data["distribution"]]
        # All tables together are in one more file, the zip.
        assert len(files) == (5 if "du-lieu/so-lieu.zip" in files else 4)
        assert [file for file in files if file not in contents] == []
        described += 1
    assert described == 2 * (14 + 12 + 64 + 1)


def test_a_word_that_would_end_the_script_does_not(contents: Mapping[str, bytes]) -> None:
    for html in pages(contents).values():
        (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html.decode())
        assert re.findall("[<>&']", text) == []


def test_every_page_leads_to_the_feed_of_its_language_and_an_area_to_its_own(
    contents: Mapping[str, bytes],
) -> None:
    for path, html in pages(contents).items():
        found = [
            unescape(href)
            for href in re.findall(
                r'<link rel="alternate ?" type="application/atom\+xml"[^>]* href="([^"]*)"',
                html.decode(),
            )
        ]
        resolved = [posixpath.normpath(posixpath.join(posixpath.dirname(path), h)) for h in found]
        home = "en/feed.xml" if path.startswith("en/") else "feed.xml"
        area = re.fullmatch(r"((?:en/)?dia-ban/[^/]+/)index\.html", path)
        assert resolved == ([f"{area[1]}feed.xml"] if area else []) + [home], path
        assert [each for each in resolved if each not in contents] == []


def test_an_entry_leads_to_a_page_of_the_site_and_a_place_in_it(
    contents: Mapping[str, bytes],
) -> None:
    read = 0
    for path, content in contents.items():
        if not path.endswith("feed.xml"):
            continue
        for link in ET.fromstring(content).iter(f"{ATOM}link"):  # noqa: S314
            address, _, place = link.attrib["href"].partition("#")
            assert address.startswith(ADDRESS)
            file = address.removeprefix(ADDRESS)
            page = contents[file if file.endswith(".xml") else f"{file}index.html"].decode()
            assert not place or re.search(rf'id="?{re.escape(place)}[">\s]', page), place
            read += 1
    assert read > 100


def test_what_can_not_ask_search_engines_to_stay_away_is_forbidden_them(
    contents: Mapping[str, bytes],
) -> None:
    """Pages ask for it themselves, and must be read for that."""
    assert contents["robots.txt"].decode().splitlines() == [
        *("User-agent: *", "Disallow: /api/v1/", "Disallow: /du-lieu/", "Disallow: /en/du-lieu/"),
        "Allow: /",
    ]


def signature(package: Path) -> str:
    """The hash that a release signs a version with, as the data files' contract tells it."""
    sums = sorted(
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n"
        for file in package.iterdir()
    )
    lines = "".join(sorted(sums, key=lambda line: line.partition("  ")[2].encode()))
    return hashlib.sha256(lines.encode()).hexdigest()


def test_a_site_of_real_figures_may_be_listed_and_shows_its_map(
    copy: Path, tmp_path: Path, run: Callable[..., CompletedProcess[str]]
) -> None:
    data = tmp_path / "data"
    shutil.copytree(Path(__file__).parent.parent / "cases" / "small" / "data", data)
    releases = data / "results" / "releases.csv"
    for package in sorted((data / "results").glob("*/v*")):
        descriptor = package / "datapackage.json"
        old = signature(package)
        text = descriptor.read_text(encoding="utf-8")
        descriptor.write_text(text.replace('"illustrative": true', '"illustrative": false'))
        assert old in releases.read_text(encoding="utf-8")
        releases.write_text(
            releases.read_text(encoding="utf-8").replace(old, signature(package)), encoding="utf-8"
        )
    built = run(
        *("build", "--data", data, "--site", tmp_path / "site", "--today", "2025-06-01"), of=copy
    )

    assert built.returncode == 0, built.stderr
    robots = (tmp_path / "site" / "robots.txt").read_text(encoding="utf-8")
    assert robots == f"User-agent: *\nAllow: /\n\nSitemap: {ADDRESS}sitemap.xml\n"
    assert 'name="robots"' not in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
