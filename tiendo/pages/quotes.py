"""A single figure inside other people's pages: with target, verdict, source, date and version.

What stays as it is needs no file of ours: all of its words stand in the quotation itself.  What
follows the newest figures is a frame: one page for each area, whose address chooses the figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from tiendo.terms import Assessment, Edition, Figure, Unit
from tiendo.words import addresses
from tiendo.words.desk import Desk, released_on, released_words, with_pages
from tiendo.words.downloads import FIGURES, edition_file, edition_note
from tiendo.words.figures import correction_footnote, figure_detail, figure_said, status_tag
from tiendo.words.parts import Embed, EmbedPage, EmbedPart, Quote
from tiendo.words.verdicts import target_of, target_words

_FRAME = (360, 300)
"""Pixels for a frame; the longest words of the shipped plan have room in it at 320 of width too."""


def figures_address(area: str) -> str:
    """The page for frames that holds the newest figures of an area."""
    return f"{addresses.EMBEDS}con-so/{area}/"


def card_id(indicator: str) -> str:
    """Where a rate stands on an area's page."""
    return f"the-{indicator}"


def strip_id(indicator: str) -> str:
    """Where a standard stands on an area's page."""
    return f"chuan-{indicator}"


def quote(desk: Desk, assessment: Assessment) -> Quote | None:
    """The latest figure of an indicator in an area; None where there is none."""
    figure = assessment.latest
    if figure is None or figure.low is None:
        return None
    edition = next(each for each in desk.results.editions if each.year == figure.year)
    indicator = desk.indicators[figure.indicator]
    days = [out for each in desk.results.editions if (out := released_on(desk, each))]
    return Quote(
        title=desk.say(
            "quote.title",
            indicator=indicator.short[desk.language],
            area=desk.area_within(figure.area),
        ),
        value=figure_said(desk, figure),
        detail=" · ".join(
            filter(
                None,
                (
                    desk.say("quote.year", year=figure.year),
                    figure_detail(desk, figure),
                    status_tag(desk, figure),
                ),
            )
        ),
        target=_target(desk, assessment),
        verdict=desk.say(
            "quote.provisional" if assessment.provisional else "quote.verdict",
            verdict=desk.say(f"verdict.{assessment.verdict.value}.word"),
        ),
        source=_source(desk, figure),
        dated=desk.say("quote.dated", as_of=desk.words.date(figure.as_of)),
        version=desk.say("quote.version", year=edition.year, version=edition.version),
        version_href=desk.site.address + edition_note(edition),
        released=desk.say("quote.released", out=released_words(desk, edition)),
        corrected=correction_footnote(desk, figure),
        judged=desk.say("quote.judged", day=desk.words.date(max(days))) if days else "",
        remarks=" ".join(
            filter(None, (f"{desk.notice}." if desk.notice else "", desk.say("theme.not_official")))
        ),
        href=_place(desk, assessment),
        link_text=desk.say("embed.source", site=desk.site.name[desk.language]),
    )


def _target(desk: Desk, assessment: Assessment) -> str:
    if assessment.area != desk.scope:
        return target_words(desk, assessment)
    facts = {"year": assessment.target.year, "target": target_of(desk, assessment)}
    return desk.say("quote.target", **facts)


def _source(desk: Desk, figure: Figure) -> str:
    if figure.source:
        return desk.say("quote.source", source=figure.source)
    return desk.say("quote.aggregated") if figure.aggregated else ""


def _place(desk: Desk, assessment: Assessment) -> str:
    """The page that explains a figure, and where on it."""
    name = assessment.indicator
    if assessment.area == desk.scope:
        return desk.absolute(addresses.of_indicator(name))
    is_strip = desk.scale(name, assessment.area).unit is Unit.LEVEL
    place = strip_id(name) if is_strip else card_id(name)
    return f"{desk.absolute(addresses.of_area(assessment.area))}#{place}"


# What is put into other pages ---------------------------------------------------------------


def quote_snippets(desk: Desk, assessment: Assessment, *, named: bool = False) -> tuple[Embed, ...]:
    """What to put into another page for a figure: the newest, or the one that stands now.

    ``named``: the labels name the indicator.
    """
    found = quote(desk, assessment)
    if found is None or assessment.latest is None:
        return ()
    year = assessment.latest.year
    edition = next(each for each in desk.results.editions if each.year == year)
    facts: dict[str, object] = {"year": year, "version": edition.version}
    name = desk.indicators[assessment.indicator].short[desk.language]

    def label(key: str) -> str:
        words = desk.say(key, **facts)
        return desk.say("quote.of", indicator=name, label=words) if named else words

    return (
        Embed(label=label("quote.live"), code=_frame(desk, assessment, found)),
        Embed(label=label("quote.pinned"), code=_blockquote(desk, found, edition)),
    )


def _frame(desk: Desk, assessment: Assessment, found: Quote) -> str:
    address = desk.absolute(figures_address(assessment.area))
    place = addresses.anchor(assessment.indicator)
    width, height = _FRAME
    return (
        f'<iframe src="{address}#{place}" title="{escape(found.title)}"'
        f' width="{width}" height="{height}"'
        ' style="border:0;max-width:100%" loading="lazy"></iframe>'
    )


def _blockquote(desk: Desk, found: Quote, edition: Edition) -> str:
    """Everything in words: it needs nothing of ours, and says what it stood on."""
    table = FIGURES in edition.files
    cited = desk.site.address + edition_file(edition, FIGURES) if table else found.href
    words = {
        name: escape(str(getattr(found, name)), quote=False)
        for name in (
            *("title", "value", "detail", "target", "verdict", "source", "dated", "version"),
            *("released", "corrected", "judged", "remarks", "link_text"),
        )
    }
    source = f"{words['source']} " if found.source else ""
    changed = f" {words['corrected']}" if found.corrected else ""
    return (
        f'<blockquote cite="{cited}" lang="{desk.language}">'
        f"<p><strong>{words['title']}: {words['value']}</strong> ({words['detail']})."
        f" {words['target']}. {words['verdict']}.</p>"
        f"<p><small>{source}{words['dated']} "
        f'<a href="{found.version_href}">{words["version"]}</a>{words["released"]}{changed}'
        f" {words['judged']} {words['remarks']}"
        f' <a href="{found.href}">{words["link_text"]}</a></small></p></blockquote>'
    )


# The pages for frames -----------------------------------------------------------------------


def quote_pages(desk: Desk) -> Iterator[tuple[str, EmbedPage]]:
    """A page for frames for the whole area and each area with a page, by its address."""
    results = desk.results
    for area in (desk.scope, *sorted(with_pages(results) - {desk.scope})):
        parts = [
            EmbedPart(id=addresses.anchor(name), quote=found, href=found.href)
            for name in desk.indicators
            if (name, area) in results.headlines
            and (found := quote(desk, results.headlines[name, area])) is not None
        ]
        if not parts:
            continue
        here = addresses.in_language(figures_address(area), desk.language, desk.site)
        at = replace(desk, here=here)
        yield (
            here,
            EmbedPage(
                language=desk.language,
                title=desk.say("quote.page", area=desk.area_within(area)),
                parts=tuple(parts),
                assets=addresses.relative(addresses.ASSETS, here),
                pinned="",
                replaced="",
                notice=at.notice,
                link_text=desk.say("embed.source", site=desk.site.name[desk.language]),
            ),
        )
