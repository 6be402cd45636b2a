"""The pages of a site as Markdown, without a build: what the words on them follow from, and nothing else.

A drawing is left blank, as drawings have tests of their own; files are listed with one size and
one hash, so that a page changes only where its own words do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tiendo.charts.draw import Drawing
from tiendo.charts.picture import Picture
from tiendo.charts.pictures import pictures
from tiendo.config import Site
from tiendo.files.open_data import COLUMNS, in_languages
from tiendo.pages.contents import PAGES
from tiendo.pages.page import Material
from tiendo.pages.rendering import rendered
from tiendo.site.build import _before
from tiendo.terms import Results
from tiendo.words.desk import Desk
from tiendo.words.wording import Words, words

BLANK = Drawing(width=1, height=1, body="")
Listing = Mapping[str, tuple[int, str]]
SHORTER = (
    (r'<svg class="td-glyph[^>]*><use href="#td-([a-z-]+)"/></svg>', r"⟨\1⟩"),
    (r"(?<=>)\s*(?=<(?:t[dhr]|li|dt|dd|div|details|summary|p)\b)", "\n"),
    (r"\n{3,}", "\n\n"),
)


def readable(text: str) -> str:
    """A cell, an item, a paragraph a line, signs by their names: for whoever reads the diff."""
    for pattern, instead in SHORTER:
        text = re.sub(pattern, instead, text)
    return text


def desk_of(known: Results, site: Site, told: Words, here: str = "") -> Desk:
    return Desk(
        results=known,
        site=site,
        words=told,
        here=here,
        indicators={each.indicator: each for each in known.archive.indicators},
    )


def plans_of(known: Results, site: Site, told: Words) -> dict[str, Picture]:
    return {plan.name: plan for plan in pictures(desk_of(known, site, told))}


def markdown(
    known: Results, site: Site, told: Words, plans: Mapping[str, Picture], listed: Listing
) -> dict[str, bytes]:
    """Every page of a language, and what its search looks through: content by path."""
    return rendered(material_of(known, site, told, plans, listed))


def material_of(
    known: Results, site: Site, told: Words, plans: Mapping[str, Picture], listed: Listing
) -> Material:
    return Material(
        results=known,
        before=_before(known),
        site=site,
        words=told,
        plans=plans,
        drawings={
            name: BLANK for plan in plans.values() for name in (plan.name, f"{plan.name}--narrow")
        },
        files=listed,
        columns=in_languages(COLUMNS, site.languages),
        pages=PAGES,
    )


def pages(known: Results, site: Site, files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Every page of every language, by language and path."""
    listed = dict.fromkeys(files, (1000, "0" * 64))
    for language in site.languages:
        told = words(language)
        plans = plans_of(known, site, told)
        for path, content in markdown(known, site, told, plans, listed).items():
            yield f"{language}/{path}", content
