"""The frame that the theme puts around each page of a language: the one door to MkDocs.

A language is built from a folder that holds ``mkdocs.yml`` (see `language_config`) and ``docs/``.
A page in its frame follows from its Markdown, its path, the language's settings and the templates;
it is kept under these, and MkDocs sees those pages alone of which something is new.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from math import ceil
from pathlib import Path
from typing import Protocol

import yaml
from markupsafe import Markup
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from tiendo.machine.cache import Cache, checksums
from tiendo.machine.workers import side_by_side

CONFIG = "mkdocs.yml"
DOCS = "docs"
LOST = "404.html"
"""The page for addresses that do not exist: it has no Markdown, the theme alone makes it."""

_MADE_BY = ("mkdocs", "mkdocs-material", "Markdown", "Jinja2", "MarkupSafe", "PyYAML")
"""The packages that a page in its frame depends on."""

_PART = 100
"""So many pages are built before another process would stand."""


class Complained(Exception):
    """MkDocs or the theme has something to say against the pages: a sentence each."""

    def __init__(self, complaints: Sequence[str]) -> None:
        super().__init__(tuple(complaints))
        self.complaints = tuple(complaints)


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


Heard = Callable[[str, str, Mapping[str, str], bool], None]
"""Is told of each page, by language and path: what its frame follows from, by name, and whether it
was made now."""


def framed(
    staged: Mapping[str, Path], *, moment: int, cache: Path, heard: Heard = lambda *_: None
) -> Iterator[tuple[str, str, bytes]]:
    """Each page in its frame: language, path from the language's root, HTML.

    `staged` are the folders of the languages, `moment` is the only one that the pages may tell,
    in seconds since 1970; `cache` is a folder.  Those that are kept come first.

    Raises:
        Complained: nothing of what is new has been kept.

    """
    missing: dict[str, dict[str, str]] = {}
    worlds = {language: _world(folder, moment) for language, folder in staged.items()}
    caches = {
        language: Cache(folder=cache, ending=".html", world="\n".join(world.values()))
        for language, world in worlds.items()
    }
    for language, folder in staged.items():
        for path, recipe in _recipes(folder / DOCS):
            content = caches[language].kept(recipe)
            heard(language, path, {"markdown": recipe, **worlds[language]}, content is None)
            if content is None:
                missing.setdefault(language, {})[path] = recipe
            else:
                yield language, path, content
    parts = [
        part
        for language, recipes in missing.items()
        for part in _parts(staged[language], language, [*recipes], len(missing), moment)
    ]
    complaints: set[str] = set()
    for place, said in side_by_side(_complaints, parts):
        complaints |= {f"[{parts[place].language}] {line}" for line in said}
    if complaints:
        raise Complained(sorted(complaints))
    for part in parts:
        for path in part.pages:
            content = (part.site / path).read_bytes()
            caches[part.language].keep(missing[part.language][path], content)
            yield part.language, path, content


def assets(folder: Path) -> Iterator[tuple[str, bytes]]:
    """What a language has beside its pages: path from the language's root, content."""
    docs = folder / DOCS
    for path in sorted(docs.rglob("*")):
        if path.is_file() and path.suffix != ".md":
            yield path.relative_to(docs).as_posix(), path.read_bytes()


def _recipes(docs: Path) -> Iterator[tuple[str, str]]:
    """Where each page of a language will stand, and what it alone is made from."""
    yield LOST, LOST
    for source in sorted(docs.rglob("*.md")):
        if source.name != "index.md":
            raise ValueError(source)  # only a folder is an address
        path = source.relative_to(docs).with_suffix(".html").as_posix()
        yield path, f"{path}\n{source.read_text('utf-8')}"


def _world(folder: Path, moment: int) -> dict[str, str]:
    """What every page of a language depends on besides its Markdown, by name."""
    config = (folder / CONFIG).read_bytes()
    told = yaml.safe_load(config)
    custom = told["theme"].get("custom_dir")
    return {
        "menu": config.decode(),
        "mkdocs": (folder / told["INHERIT"]).read_text("utf-8"),
        "theme": checksums(folder / custom, "**/*") if custom else "",
        "program": checksums(Path(__file__).parent, Path(__file__).name),
        "libraries": "\n".join((*map(version, _MADE_BY), sys.version)),
        "moment": str(moment),
    }


@dataclass(frozen=True, kw_only=True, slots=True)
class _Part:
    """Pages of a language that one process builds."""

    language: str
    config: Path
    site: Path
    """Where they are built."""
    pages: tuple[str, ...]
    moment: int


def _parts(
    folder: Path, language: str, pages: Sequence[str], languages: int, moment: int
) -> Iterator[_Part]:
    """What is new of a language, cut so that all cores have work."""
    count = min(ceil(len(pages) / _PART), ceil((os.cpu_count() or 1) / languages))
    for number in range(count):
        yield _Part(
            language=language,
            config=folder / CONFIG,
            site=folder / f"site-{number}",
            pages=tuple(pages[number::count]),
            moment=moment,
        )


def _complaints(part: _Part) -> list[str]:
    """Build some pages of a language; gives what MkDocs and its theme have to say against it."""
    # MkDocs reads the moment from here and from nowhere else.
    os.environ["SOURCE_DATE_EPOCH"] = str(part.moment)
    log = logging.getLogger("mkdocs")
    log.propagate = False
    log.setLevel(logging.WARNING)
    collected = _Collected()
    log.addHandler(collected)
    try:
        config = load_config(str(part.config), site_dir=str(part.site))
        config.theme.static_templates = {LOST}
        config.plugins.events["nav"].append(_these(frozenset(part.pages)))
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


def _these(pages: frozenset[str]) -> Callable[..., Navigation]:
    """Let MkDocs know every page, for links and menu, and build these alone."""

    def chosen(nav: Navigation, *, files: Files, **_: object) -> Navigation:
        for file in files.documentation_pages():
            if file.dest_uri not in pages:
                file.inclusion = InclusionLevel.EXCLUDED
        return nav

    return chosen


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


def _relative(path: Path, folder: Path) -> str:
    return Path(os.path.relpath(path, folder)).as_posix()
