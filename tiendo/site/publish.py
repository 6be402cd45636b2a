"""Markdown into a website: the one door to MkDocs.

A language is built from a folder that holds ``mkdocs.yml`` (see `language_config`) and
``docs/``; its pages go to ``site/`` beside them, each language in a process of its own, and are
then put together.  Pages in the default language stand at the root, the others in a folder named
after their language.
"""

from __future__ import annotations

import errno
import logging
import os
import posixpath
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import yaml
from markupsafe import Markup
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from tiendo.machine.outputs import Taken
from tiendo.machine.workers import side_by_side
from tiendo.machine.write import hindrances_told, write

CONFIG = "mkdocs.yml"
DOCS = "docs"


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


class BrokenPages(Exception):
    """Pages that must not be published: each complaint is a sentence for a developer."""

    def __init__(self, complaints: Sequence[str], dead: Sequence[DeadLink] = ()) -> None:
        super().__init__(tuple(complaints))
        self.complaints = tuple(complaints)
        self.dead = tuple(dead)
        """The links among them that lead nowhere."""

    def __str__(self) -> str:
        return "\n".join(self.complaints)


def language_config(
    folder: Path,
    *,
    inherits: Path,
    language: str,
    site_name: str,
    site_url: str,
    nav: Sequence[tuple[str, Sequence[tuple[str, str]]]],
    custom_dir: Path | None = None,
    theme: Mapping[str, object] | None = None,
    extra: Mapping[str, object] | None = None,
    **settings: object,
) -> bytes:
    """The ``mkdocs.yml`` of one language, to be written to `folder`.

    `inherits` is the ``mkdocs.yml`` of all.  `site_url` is where this language's home page
    stands, and ends in a slash.  `nav` has for each group of the menu its title and
    its pages, each a title and a path in ``docs/``.  `custom_dir` holds templates of our own;
    None: there are none.
    `settings` are any others that MkDocs knows, such as ``extra_css``.
    """
    themed: dict[str, object] = {**(theme or {}), "language": language}
    if custom_dir is not None:
        themed["custom_dir"] = _relative(custom_dir, folder)
    config: dict[str, object] = {
        "INHERIT": _relative(inherits, folder),
        "site_name": site_name,
        "site_url": site_url,
        "docs_dir": DOCS,
        "site_dir": "site",
        "theme": themed,
        "nav": [{group: [{title: path} for title, path in pages]} for group, pages in nav],
        "extra": dict(extra or {}),
        **settings,
    }
    text: str = yaml.safe_dump(config, allow_unicode=True, sort_keys=False, width=100)
    return text.encode()


def publish(
    staged: Mapping[str, Path],
    into: Path,
    *,
    default: str,
    site_url: str,
    dated: datetime,
    beside: Mapping[str, bytes] | None = None,
    leave_out: Sequence[str] = (),
    done: Callable[[str], None] = lambda _: None,
) -> None:
    """Build each language from its folder and put the whole site into `into`, a fresh folder.

    `site_url` is where the default language's home page will stand, and ends in a slash.
    `dated` is the only moment that the site knows of: it is the date of its site map.  `beside`
    are files that no language owns; `leave_out` are folders, from a language's root, of files
    that the theme brings along and no page asks for.  `done` is called with each language that is
    built.

    Raises `BrokenPages`, also for a link inside the site that leads nowhere; `CannotWrite`;
    `Taken` if a language, or a file beside, claims an address that is taken.
    """
    write({}, into)
    with hindrances_told(into):
        _build_all(staged, int(dated.timestamp()), done)
        _write_sitemap([staged[name] / "site" for name in sorted(staged, key=default.__ne__)])
        for language, folder in staged.items():
            for name in leave_out:
                shutil.rmtree(folder / "site" / name)
            _move(folder / "site", into if language == default else into / language)
    write(beside or {}, into)
    if dead := sorted(broken_links(into, site_url=site_url), key=str):
        raise BrokenPages([str(link) for link in dead], dead)


def broken_links(site: Path, *, site_url: str) -> Iterator[DeadLink]:
    """Each address in a page that is inside the site and leads nowhere.

    `site_url` is where the root of `site` will stand.  A link to a folder must end in a slash:
    a page has one address.
    """
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    known = dict.fromkeys(names, frozenset[str]())
    pages = {page.name: page for page in _pages_read(site, names)}
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

_AT_ONCE = 100
"""Pages that a process reads at a time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _PageRead:
    """What the links of a site depend on in one page."""

    name: str
    places: frozenset[str]
    """Where in the page a link can lead."""
    addresses: frozenset[str]
    """Where it leads, in whatever element."""


def _pages_read(site: Path, names: Sequence[str]) -> Iterator[_PageRead]:
    """All pages of a site; many are read on all cores."""
    pages = [name for name in names if name.endswith(".html")]
    parts = [pages[at : at + _AT_ONCE] for at in range(0, len(pages), _AT_ONCE)]
    read = partial(_read_in, site)
    if len(parts) <= 2 * _FEW_PARTS:
        yield from (page for part in parts for page in read(part))
        return
    for _, found in side_by_side(read, parts):
        yield from found


_FEW_PARTS = 5
"""So many are read before a second process would stand."""


def _read_in(site: Path, names: Sequence[str]) -> list[_PageRead]:
    found = []
    for name in names:
        reader = _Reader()
        reader.feed((site / name).read_text("utf-8"))
        reader.close()
        found.append(
            _PageRead(
                name=name,
                places=frozenset(reader.places),
                addresses=frozenset(reader.addresses),
            )
        )
    return found


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

_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


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


def _build_all(staged: Mapping[str, Path], moment: int, done: Callable[[str], None]) -> None:
    """Build every language, side by side; raises `BrokenPages` with the complaints of all."""
    complaints: list[str] = []
    languages = list(staged)
    configs = [str(staged[language] / CONFIG) for language in languages]
    build_one = partial(_complaints, moment=moment)
    for place, said in side_by_side(build_one, configs, count=len(configs)):
        complaints += (f"[{languages[place]}] {line}" for line in said)
        done(languages[place])
    if complaints:
        raise BrokenPages(sorted(complaints))


def _complaints(config_file: str, moment: int) -> list[str]:
    """Build one language; gives what MkDocs and its theme have to say against it."""
    # MkDocs reads the moment from here and from nowhere else.
    os.environ["SOURCE_DATE_EPOCH"] = str(moment)
    log = logging.getLogger("mkdocs")
    log.propagate = False
    log.setLevel(logging.WARNING)
    collected = _Collected()
    log.addHandler(collected)
    try:
        config = load_config(config_file)
        config.plugins.events["env"].append(_escaping)
        config.plugins.events["page_content"].append(_as_markup)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    except MkDocsException as error:
        collected.lines.append(str(error))
    finally:
        log.removeHandler(collected)
    return collected.lines


class _Templates(Protocol):
    autoescape: bool


def _escaping(env: _Templates, **_: object) -> _Templates:
    """Templates of the theme, ours and those it builds on, escape what they are given."""
    env.autoescape = True
    return env


def _as_markup(html: str, **_: object) -> Markup:
    """What a page's Markdown became is markup already: the one thing not to be escaped."""
    return Markup(html)  # noqa: S704 - pages are ours; what people wrote in them is escaped


class _Collected(logging.Handler):
    """Keeps what is logged instead of showing it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def _write_sitemap(sites: Sequence[Path]) -> None:
    """Join the site maps of all languages in that of the first one.

    The compressed twins go: they hold a path and a moment, and servers compress by themselves.
    """
    ET.register_namespace("", _SITEMAP.strip("{}"))
    first = ET.Element(f"{_SITEMAP}urlset")
    for site in sites:
        (site / "sitemap.xml.gz").unlink()
        # MkDocs has just written it: nothing that a stranger could have made.
        first.extend(ET.parse(site / "sitemap.xml").getroot())  # noqa: S314
        (site / "sitemap.xml").unlink()
    ET.indent(first)
    text = ET.tostring(first, encoding="utf-8", xml_declaration=True)
    (sites[0] / "sitemap.xml").write_bytes(text + b"\n")


def _move(source: Path, target: Path, root: Path | None = None) -> None:
    """Move what is in `source` into `target`; raises `Taken` for a name taken there.

    `root` is where the whole move goes, where that is above `target`.

    File by file where they lie on two disks: what does not find room is told by its own error.
    """
    target.mkdir(exist_ok=True)
    for entry in sorted(source.iterdir()):
        moved = target / entry.name
        if moved.exists():
            raise Taken(_clash(entry, moved).relative_to(root or target).as_posix())
        try:
            entry.rename(moved)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            if entry.is_dir():
                _move(entry, moved, root or target)
            else:
                shutil.copyfile(entry, moved)


def _clash(source: Path, target: Path) -> Path:
    """The first path below `target` that `source` would take; `target` where only folders clash."""
    if source.is_dir() and target.is_dir():
        for file in sorted(path for path in source.rglob("*") if path.is_file()):
            if (target / file.relative_to(source)).exists():
                return target / file.relative_to(source)
    return target


def _relative(path: Path, folder: Path) -> str:
    return Path(os.path.relpath(path, folder)).as_posix()
