"""Charts inside other people's pages: what is put there, and the pages that it shows.

A frame shows a page of ours that is nothing but the chart, its words and the way to its source; a
picture is the file itself with its caption.  Both work without a script.  A pinned one stands for
a version: it goes on showing what was published with it, and says when another took its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from markupsafe import Markup

from tiendo.charts.draw import Drawing
from tiendo.charts.picture import Picture, indicator_of, page_of, picture_file, source_of
from tiendo.terms import Edition
from tiendo.words import addresses
from tiendo.words.desk import Desk, edition_of, release_of, with_pages
from tiendo.words.downloads import superseded_words
from tiendo.words.parts import Embed, EmbedPage, EmbedPart

_AROUND = 20
"""Pixels that a stand-alone picture adds to the width of its drawing."""
_BELOW = 240
"""Pixels for a title of two lines, a source of six, and the lines under the picture."""
_REPLACED = 44
"""And for what a pinned one says once another version took its place."""


MOST_WITH_PINS = 300
"""Of the charts of more areas than this only the newest can be shown elsewhere."""


def embed_of(picture: Picture, edition: Edition | None = None) -> str:
    """The address of a chart in a page for frames: the newest figures, or those of a version.

    The charts of an area in a version share a page; the part after the sign # chooses one.
    """
    if edition is None:
        return f"{addresses.EMBEDS}{picture.name}/"
    if picture.area:
        place = addresses.anchor(indicator_of(picture))
        return f"{pinned_charts_of(picture.area, edition)}#{place}"
    return f"{addresses.EMBEDS}{picture.name}/{pin_of(edition)}/"


def pinned_charts_of(area: str, edition: Edition) -> str:
    """The address of the page for frames with the charts of an area in a version."""
    return f"{addresses.EMBEDS}bieu-do/{area}/{pin_of(edition)}/"


def with_pins(desk: Desk) -> bool:
    """Whether there are few enough areas for charts of each version of them."""
    return len(with_pages(desk.results)) <= MOST_WITH_PINS


def pinned_name(name: str, edition: Edition) -> str:
    """The stem of the file of a picture as it was published with a version."""
    return f"{pin_of(edition)}/{name}"


def pin_of(edition: Edition) -> str:
    """A version in the addresses of what is pinned to it."""
    return f"{edition.year}-v{edition.version}"


def snippets(desk: Desk, picture: Picture, drawing: Drawing) -> tuple[Embed, ...]:
    """What to put into another page, in its forms."""
    if not picture.published:
        return ()
    return tuple(_snippets(desk, picture, drawing))


def _snippets(desk: Desk, picture: Picture, drawing: Drawing) -> Iterator[Embed]:
    yield Embed(label=desk.say("embed.live"), code=_frame(desk, picture, drawing, None))
    newest = _to_be_pinned(desk, picture)
    if newest is None:
        return
    yield Embed(
        label=desk.say("embed.pinned", year=newest.year, version=newest.version),
        code=_frame(desk, picture, drawing, newest),
    )
    if not picture.area:
        yield Embed(
            label=desk.say("embed.picture", year=newest.year, version=newest.version),
            code=_image(desk, picture, drawing, newest),
        )


def _to_be_pinned(desk: Desk, picture: Picture) -> Edition | None:
    """The version that a chart shows the figures of; None where that is not kept."""
    if picture.area and not with_pins(desk):
        return None
    newest = next(reversed(desk.results.editions), None)
    edition = edition_of(desk, picture.area) if picture.area else newest
    release = release_of(desk, edition) if edition is not None else None
    return edition if release is not None and release.released <= desk.results.now else None


def _frame(desk: Desk, picture: Picture, drawing: Drawing, edition: Edition | None) -> str:
    width, height = round(drawing.width) + _AROUND, round(drawing.height) + _BELOW
    height += _REPLACED if edition is not None else 0
    return (
        f'<iframe src="{desk.absolute(embed_of(picture, edition))}"'
        f' title="{escape(picture.caption)}" width="{width}" height="{height}"'
        ' style="border:0;max-width:100%" loading="lazy"></iframe>'
    )


def _image(desk: Desk, picture: Picture, drawing: Drawing, edition: Edition) -> str:
    """The picture of a version: the caption under it names one, and must not outlive it."""
    page = desk.absolute(page_of(picture))
    file = desk.site.address + picture_file(desk, pinned_name(picture.name, edition), "svg")
    words = escape(f"{picture.caption}. {picture.summary}")
    source = escape(source_of(desk, picture))
    return (
        f'<figure><img src="{file}" alt="{words}" width="{round(drawing.width) + _AROUND}"'
        ' style="max-width:100%;height:auto" loading="lazy">'
        f'<figcaption><a href="{page}">{source}</a></figcaption></figure>'
    )


def embed_page(
    desk: Desk, edition: Edition | None, charts: Sequence[tuple[Picture, Sequence[str]]]
) -> tuple[str, EmbedPage]:
    """A page that is nothing but charts, with its address.

    ``edition`` is the version that it stands for.  ``charts`` are one, or those of an area; each
    with the picture that stands alone, wide first.
    """
    first = charts[0][0]
    address = embed_of(first, edition)
    chosen = "#" in address
    here = addresses.in_language(address.partition("#")[0], desk.language, desk.site)
    replaced = superseded_words(desk, edition) if edition is not None else ""
    return here, EmbedPage(
        language=desk.language,
        title=desk.say("embed.charts", area=desk.area_within(first.area))
        if chosen
        else first.caption,
        parts=tuple(
            EmbedPart(
                id=addresses.anchor(indicator_of(picture)) if chosen else "",
                pictures=tuple(map(Markup, svgs)),  # our own, from escaped text
                href=desk.absolute(page_of(picture)),
            )
            for picture, svgs in charts
        ),
        assets=addresses.relative(addresses.ASSETS, here),
        pinned=desk.say("embed.of", year=edition.year, version=edition.version) if edition else "",
        replaced=replaced,
        notice=desk.notice,
        link_text=desk.say("embed.source", site=desk.site.name[desk.language]),
    )
