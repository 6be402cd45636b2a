"""Every page of one language as Markdown: the one door to Jinja.

A template gets two names: ``page``, a frozen dataclass of ready strings, and ``say``, which gives
a fixed label by its key.  It places and never decides.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from tiendo.config import ROOT
from tiendo.judge.past import as_once_published
from tiendo.machine.cache import Cache, checksums
from tiendo.machine.outputs import only
from tiendo.pages import year
from tiendo.pages.page import Material
from tiendo.pages.search import find_index
from tiendo.pages.term_links import linking
from tiendo.pages.withdrawn import withdrawn_page
from tiendo.words import addresses
from tiendo.words.desk import Desk
from tiendo.words.parts import EmbedPage
from tiendo.words.wording import Words

Heard = Callable[[str, Mapping[str, str], bool], None]
"""Is told of each page by its file: what it follows from, by name, and whether it was made now."""


def rendered(
    material: Material,
    root: Path = ROOT,
    cache: Path | None = None,
    heard: Heard = lambda *_: None,
) -> dict[str, bytes]:
    """Every page of a language, and what its search looks through: content by path.

    What a template makes of what it is given is kept in `cache`, a folder; None: nothing is.
    """
    environment = _environment(material.words, root)
    desk = _desk(material)
    explained = any(page.address == addresses.GLOSSARY for page in material.pages)
    linked = linking(material.words) if explained else lambda html, _: html
    world = {**_world(material, root), "glossary": str(explained)}
    kept = cache and Cache(folder=cache, ending=".md", world="\n".join(world.values()))

    def placed(address: str, template: str, page: object) -> bytes:
        # A page is a frozen class of ready strings: its text tells all of it.
        given = f"{address}\n{template}\n{page!r}"
        content = kept.kept(given) if kept else None
        heard(_file(desk, address), {"given": given, **world}, content is None)
        if content is None:
            html = environment.get_template(template).render(page=page)
            content = linked(html, replace(desk, here=address)).encode()
            if kept:
                kept.keep(given, content)
        return content

    pages = ((_file(desk, each[0]), placed(*each)) for each in _pages(material, desk))
    index = addresses.named(addresses.FIND_INDEX, desk.site)
    return only([*pages, (index, find_index(desk, material.pages))])


def _world(material: Material, root: Path) -> dict[str, str]:
    """What every page depends on besides what its template is given, by name."""
    libraries = (*(version(package) for package in ("Jinja2", "MarkupSafe")), sys.version)
    return {
        "templates": checksums(root / "templates", "**/*.jinja"),
        "program": checksums(ROOT / "tiendo", "**/*.py"),
        "settings": repr(material.site),
        # As a hash: whoever hears of a page is told this with each.
        "wording": sha256(repr(sorted(material.words.sentences.items())).encode()).hexdigest(),
        "libraries": "\n".join(libraries),
    }


def embedded(
    pages: Iterable[tuple[str, EmbedPage]], words: Words, root: Path = ROOT
) -> Iterator[tuple[str, bytes]]:
    """The pages for frames in other pages, ready as they are: HTML by path."""
    template = _environment(words, root).get_template("embed.html.jinja")
    for address, page in pages:
        yield f"{address}index.html", template.render(page=page).encode()


class _Compiled(BytecodeCache):
    """Templates that this process has compiled: they are the same in every language."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what the same source became before."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a source became."""
        self._kept[bucket.key, bucket.checksum] = bucket.code


@lru_cache
def _compiled() -> _Compiled:
    return _Compiled()


def _environment(words: Words, root: Path) -> Environment:
    environment = Environment(
        bytecode_cache=_compiled(),
        loader=FileSystemLoader(root / "templates"),
        autoescape=True,
        finalize=_plain,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["say"] = words.say
    return environment


_SIGNS = {
    **{ord(sign): f"&#{ord(sign)};" for sign in "\\`*[]{}\n\r"},
    # What may not stand in front matter, nor in HTML; no cell of a table has it.
    **dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160), 8232, 8233, 65534), "�"),
}
"""Signs that mean something in Markdown, as HTML writes them: there they are nothing but signs."""

_EMPHASIS = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
"""Underscores, save those inside a word, which mean nothing in Markdown."""


def _plain(value: object) -> object:
    """A text of the data as what it is: no HTML, no Markdown, whatever stands in it."""
    if isinstance(value, str) and not isinstance(value, Markup):
        text = _EMPHASIS.sub("&#95;", str(escape(value)).translate(_SIGNS))
        return Markup(text)  # noqa: S704 - it has just been escaped
    return value


def _desk(material: Material) -> Desk:
    archive = material.results.archive
    return Desk(
        results=material.results,
        site=material.site,
        words=material.words,
        here="",
        indicators={each.indicator: each for each in archive.indicators},
    )


def _file(desk: Desk, address: str) -> str:
    """Where the Markdown of a page stands: MkDocs gives it the address again."""
    return f"{addresses.named(address, desk.site)}index.md"


def _withdrawn(material: Material, desk: Desk) -> Iterator[tuple[str, str, object]]:
    """A page of notice at each address that had figures of withdrawn versions alone."""
    once = as_once_published(material.results)
    there = {
        address
        for page in material.pages
        for _, address in page.addresses(material.results, material.words)
    }
    was = {
        address: (page, subject)
        for page in material.pages
        if once is not None and page.withdrawn is not None
        for subject, address in page.addresses(once, material.words)
    }
    years = [str(one.year) for one in material.results.archive.withdrawals]
    was |= {year.PAGE.of(each): (year.PAGE, each) for each in years}
    for address, (page, subject) in was.items():
        if address not in there and page.withdrawn is not None:
            at = replace(desk, here=address)
            title = page.withdrawn(desk, subject)
            yield address, "withdrawn.md.jinja", withdrawn_page(at, title)


def _pages(material: Material, desk: Desk) -> Iterator[tuple[str, str, object]]:
    """Address, template and context of every page."""
    yield from _withdrawn(material, desk)
    for page in material.pages:
        for subject, address in page.addresses(material.results, material.words):
            at = replace(desk, here=address)
            yield address, page.placed_by, page.build(at, material, subject)
