"""Every page of one language as Markdown: the one door to Jinja.

A template gets two names: ``page``, a frozen dataclass of ready strings, and ``say``, which gives
a fixed label by its key.  It places and never decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from tiendo.config import ROOT, Site
from tiendo.judge.past import as_once_published
from tiendo.machine.outputs import only
from tiendo.pages.actions import actions_page
from tiendo.pages.agencies import agencies_page
from tiendo.pages.area import area_page
from tiendo.pages.compare import compare_page
from tiendo.pages.corrections import corrections_page
from tiendo.pages.data import data_page
from tiendo.pages.due import due_page
from tiendo.pages.handwritten import handwritten_page
from tiendo.pages.help import codes, help_index, help_page
from tiendo.pages.home import home_page
from tiendo.pages.indicator import indicator_page
from tiendo.pages.milestone import milestone_page, milestones
from tiendo.pages.overview import Drawings, Plans
from tiendo.pages.places import places_page
from tiendo.pages.plan_text import plan_page
from tiendo.pages.quality import quality_page
from tiendo.pages.release_calendar import calendar_page
from tiendo.pages.reports import reports_page
from tiendo.pages.search import find_index, find_page
from tiendo.pages.table import table_page
from tiendo.pages.withdrawn import withdrawn_page
from tiendo.pages.year import year_page
from tiendo.read.manuscripts import Manuscript, chosen, text_of, written
from tiendo.terms import Results
from tiendo.words import addresses
from tiendo.words.desk import Desk
from tiendo.words.parts import EmbedPage
from tiendo.words.wording import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """All that the pages of one language are made from."""

    results: Results
    before: Results | None
    """What was known without the newest edition, for what is new."""
    site: Site
    words: Words
    plans: Plans
    drawings: Drawings
    files: Mapping[str, tuple[int, str]]
    """The published files that are no pages: size in bytes and SHA-256 by path."""
    columns: tuple[tuple[str, str], ...]
    """The columns of the published tables: name and type."""
    docs: tuple[Path, ...] = (ROOT / "docs",)
    """Folders of pages written by hand, the first that has one wins."""


def rendered(material: Material, root: Path = ROOT) -> dict[str, bytes]:
    """Every page of a language, and what its search looks through: content by path."""
    environment = _environment(material.words, root)
    desk = _desk(material)
    pages = (
        (_file(address), environment.get_template(template).render(page=page).encode())
        for address, template, page in _pages(material, desk)
    )
    return only([*pages, (addresses.FIND_INDEX, find_index(desk))])


def embedded(
    pages: Iterable[tuple[str, EmbedPage]], words: Words, root: Path = ROOT
) -> Iterator[tuple[str, bytes]]:
    """The pages for frames in other pages, ready as they are: HTML by path."""
    template = _environment(words, root).get_template("embed.html.jinja")
    for address, page in pages:
        yield f"{address}index.html", template.render(page=page).encode()


def _environment(words: Words, root: Path) -> Environment:
    environment = Environment(
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


def _file(address: str) -> str:
    """Where the Markdown of a page stands: MkDocs gives it the address again."""
    return f"{address}index.md"


def _plan(results: Results, words: Words) -> Iterator[tuple[str, str, str]]:
    """Address, kind and subject of every page."""
    yield addresses.HOME, "home", ""
    for indicator in results.archive.indicators:
        if (indicator.indicator, results.archive.plan.scope) in results.headlines:
            yield addresses.of_indicator(indicator.indicator), "indicator", indicator.indicator
    for area in dict.fromkeys(
        area for edition in results.editions for area in results.locals_[edition.year]
    ):
        yield addresses.of_area(area), "area", area
    for edition in results.editions:
        yield addresses.of_year(edition.year), "year", str(edition.year)
    for year in milestones(results):
        yield addresses.of_milestone(year), "milestone", str(year)
    yield addresses.PLACES, "places", ""
    yield addresses.TABLE, "table", ""
    yield addresses.COMPARE, "compare", ""
    if results.archive.text:
        yield addresses.PLAN, "plan", ""
    yield addresses.ACTIONS, "actions", ""
    yield addresses.AGENCIES, "agencies", ""
    yield addresses.REPORTS, "reports", ""
    yield addresses.DUE, "due", ""
    yield addresses.DATA, "data", ""
    yield addresses.CORRECTIONS, "corrections", ""
    yield addresses.QUALITY, "quality", ""
    yield addresses.CALENDAR, "calendar", ""
    yield addresses.FIND, "find", ""
    yield addresses.HELP, "problems", ""
    for code in codes(words):
        yield addresses.of_problem(code), "problem", code
    for address in addresses.HANDWRITTEN:
        yield address, "handwritten", address


def _withdrawn(material: Material, desk: Desk) -> Iterator[tuple[str, str, object]]:
    """A page of notice at each address that had figures of withdrawn versions alone."""
    once = as_once_published(material.results)
    there = {address for address, _, _ in _plan(material.results, material.words)}
    was = [] if once is None else list(_plan(once, material.words))
    was += [
        (addresses.of_year(one.year), "year", str(one.year))
        for one in material.results.archive.withdrawals
    ]
    for address, kind, subject in dict.fromkeys(was):
        if address not in there:
            at = replace(desk, here=address)
            yield address, "withdrawn.md.jinja", withdrawn_page(at, _title(at, kind, subject))


def _title(desk: Desk, kind: str, subject: str) -> str:
    """What a page is called whose figures are gone."""
    titles: dict[str, Callable[[], str]] = {
        "indicator": lambda: desk.indicators[subject].short[desk.language],
        "area": lambda: desk.area_name(subject),
        "year": lambda: desk.say("year_page.title", year=subject),
        "milestone": lambda: desk.say("reform.milestone.title", year=subject),
    }
    return titles[kind]()


def _pages(material: Material, desk: Desk) -> Iterator[tuple[str, str, object]]:
    """Address, template and context of every page."""
    plans, drawings = material.plans, material.drawings
    builders: dict[str, Callable[[Desk, str], object]] = {
        "home": lambda at, _: home_page(at, material.before, plans, drawings),
        "indicator": lambda at, name: indicator_page(at, at.indicators[name], plans, drawings),
        "area": lambda at, name: area_page(at, name, plans, drawings),
        "year": lambda at, name: year_page(at, int(name)),
        "milestone": lambda at, name: milestone_page(at, int(name)),
        "places": lambda at, _: places_page(at),
        "table": lambda at, _: table_page(at),
        "compare": lambda at, _: compare_page(at),
        "plan": lambda at, _: plan_page(at),
        "actions": lambda at, _: actions_page(at),
        "agencies": lambda at, _: agencies_page(at),
        "due": lambda at, _: due_page(at),
        "reports": lambda at, _: reports_page(at),
        "data": lambda at, _: data_page(at, files=material.files, columns=material.columns),
        "corrections": lambda at, _: corrections_page(at),
        "quality": lambda at, _: quality_page(at),
        "calendar": lambda at, _: calendar_page(at),
        "find": lambda at, _: find_page(at),
        "problems": lambda at, _: help_index(at),
        "problem": help_page,
        "handwritten": lambda at, name: handwritten_page(at, name, _manuscript(material, name)),
    }
    yield from _withdrawn(material, desk)
    for address, kind, subject in _plan(material.results, material.words):
        yield address, f"{kind}.md.jinja", builders[kind](replace(desk, here=address), subject)


def _manuscript(material: Material, address: str) -> Manuscript:
    """A page written by hand.  Whether it may be published has been looked at by `check`."""
    path = chosen(material.docs, material.words.language, addresses.HANDWRITTEN[address])
    return written((text_of(path) if path is not None else None) or "")
