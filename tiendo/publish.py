"""Markdown into a website: the one door to MkDocs.

A language is built from a folder that holds ``mkdocs.yml`` (see `language_config`) and
``docs/``; its pages go to ``site/`` beside them, each language in a process of its own, and are
then put together.  Pages in the default language stand at the root, the others in a folder named
after their language.
"""

from __future__ import annotations

import logging
import os
import posixpath
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from datetime import datetime
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from tiendo.workers import uninterrupted, workers
from tiendo.write import hindrances_told, write

CONFIG = "mkdocs.yml"
DOCS = "docs"


class BrokenPages(Exception):
    """Pages that must not be published: each complaint is a sentence for a developer."""

    def __init__(self, complaints: Sequence[str]) -> None:
        super().__init__(tuple(complaints))
        self.complaints = tuple(complaints)

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
    `FileExistsError` if a language, or a file beside, claims an address that is taken.
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
    if complaints := sorted(broken_links(into, site_url=site_url)):
        raise BrokenPages(complaints)


def broken_links(site: Path, *, site_url: str) -> Iterator[str]:
    """A sentence for each address in a page that is inside the site and leads nowhere.

    `site_url` is where the root of `site` will stand.  A link to a folder must end in a slash:
    a page has one address.
    """
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    known = dict.fromkeys(names, frozenset[str]())
    pages = {}
    for name in names:
        if name.endswith(".html"):
            text = (site / name).read_text("utf-8")
            known[name] = frozenset(_ID.findall(text))
            pages[name] = frozenset(_ADDRESS.findall(text))
    for name, addresses in pages.items():
        for address in sorted(addresses):
            target = _target(unescape(address), page=name, site_url=site_url)
            if target is None:
                continue
            path, fragment = target
            if path not in known:
                yield f"{name}: no such page or file: {address}"
            elif fragment and path.endswith(".html") and fragment not in known[path]:
                yield f"{name}: no such place in the page: {address}"


_ID = re.compile(r"""\s(?:id|name)=["']?([^"'\s>]+)""")
_ADDRESS = re.compile(
    r"""<(?:a|img|link|script|source|iframe|object)\s[^>]*?\b(?:href|src|data)=["']?([^"'\s>]*)"""
)
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
    with workers(len(staged)) as pool:
        with uninterrupted():
            builds = {
                pool.submit(_complaints, str(folder / CONFIG), moment): language
                for language, folder in staged.items()
            }
        for built in as_completed(builds):
            complaints += (f"[{builds[built]}] {line}" for line in built.result())
            done(builds[built])
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
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    except MkDocsException as error:
        collected.lines.append(str(error))
    finally:
        log.removeHandler(collected)
    return collected.lines


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


def _move(source: Path, target: Path) -> None:
    """Move what is in `source` into `target`; raises `FileExistsError` for a name taken there."""
    target.mkdir(exist_ok=True)
    for entry in sorted(source.iterdir()):
        if (target / entry.name).exists():
            raise FileExistsError(target / entry.name)
        shutil.move(entry, target / entry.name)


def _relative(path: Path, folder: Path) -> str:
    return Path(os.path.relpath(path, folder)).as_posix()
