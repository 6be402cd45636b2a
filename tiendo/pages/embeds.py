"""Charts inside other people's pages: what is put there, and the pages that it shows.

A frame shows a page of ours that is nothing but the chart, its words and the way to its source; a
picture is the file itself with its caption.  Both work without a script.  A pinned one stands for
a version: it goes on showing what was published with it, and says when another took its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from markupsafe import Markup

from tiendo.draw import Drawing
from tiendo.pages import addresses
from tiendo.pages.contexts import Embed, EmbedPage
from tiendo.pages.desk import Desk
from tiendo.pages.downloads import superseded_words
from tiendo.pages.plates import Picture, page_of, picture_file, source_of
from tiendo.terms import Edition

_AROUND = 20
"""Pixels that a stand-alone picture adds to the width of its drawing."""
_BELOW = 200
"""Pixels for a title of two lines, a source of five, and the line under the picture."""


def embed_of(name: str, edition: Edition | None = None) -> str:
    """The address of a chart's page for frames: the newest figures, or those of a version."""
    pin = f"{_pin(edition)}/" if edition is not None else ""
    return f"{addresses.EMBEDS}{name}/{pin}"


def pinned_name(name: str, edition: Edition) -> str:
    """The stem of the file of a picture as it was published with a version."""
    return f"{_pin(edition)}/{name}"


def _pin(edition: Edition) -> str:
    return f"{edition.year}-v{edition.version}"


def snippets(desk: Desk, picture: Picture, drawing: Drawing) -> tuple[Embed, ...]:
    """What to put into another page, in its forms; those of areas' charts follow the newest."""
    if not picture.published:
        return ()
    return tuple(_snippets(desk, picture, drawing))


def _snippets(desk: Desk, picture: Picture, drawing: Drawing) -> Iterator[Embed]:
    yield Embed(label=desk.say("embed.live"), code=_frame(desk, picture, drawing, None))
    newest = next(reversed(desk.results.editions), None)
    if newest is not None and not picture.area:
        yield Embed(
            label=desk.say("embed.pinned", year=newest.year, version=newest.version),
            code=_frame(desk, picture, drawing, newest),
        )
        yield Embed(
            label=desk.say("embed.picture", year=newest.year, version=newest.version),
            code=_image(desk, picture, drawing, newest),
        )


def _frame(desk: Desk, picture: Picture, drawing: Drawing, edition: Edition | None) -> str:
    width, height = round(drawing.width) + _AROUND, round(drawing.height) + _BELOW
    return (
        f'<iframe src="{desk.absolute(embed_of(picture.name, edition))}"'
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
    desk: Desk, picture: Picture, edition: Edition | None, *, here: str, svgs: Sequence[str]
) -> EmbedPage:
    """A page that is nothing but a chart; ``edition``: the version that it stands for.

    ``here`` is its address, ``svgs`` the picture that stands alone, wide first.
    """
    replaced = superseded_words(desk, edition) if edition is not None else ""
    return EmbedPage(
        language=desk.language,
        title=picture.caption,
        pictures=tuple(Markup(svg) for svg in svgs),  # noqa: S704 - our own, from escaped text
        fonts=addresses.relative(f"{addresses.ASSETS}fonts/", here),
        pinned=desk.say("embed.of", year=edition.year, version=edition.version) if edition else "",
        replaced=replaced,
        notice=desk.notice,
        link_text=desk.say("embed.source", site=desk.site.name[desk.language]),
        href=desk.absolute(page_of(picture)),
    )
