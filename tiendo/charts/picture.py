"""A chart that is to be drawn, with its words and the files that it has."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tiendo.charts.draw import Chart as Drawable
from tiendo.words import addresses
from tiendo.words.desk import Desk, citation, edition_of, editions_beside
from tiendo.words.parts import Link


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A chart that is to be drawn, with its words."""

    name: str
    """Unique in its language; the stem of its files where it has any."""
    drawable: Drawable
    caption: str = ""
    summary: str = ""
    narrow: Drawable | None = None
    """The same chart laid out for a phone, where one layout does not serve both."""
    published: bool = False
    """Whether it has files of its own."""
    interactive: bool = True
    """Whether one that has files can be pointed at in the reader's browser."""
    pixels: bool = True
    """Whether one that has files is there as PNG too."""
    area: str = ""
    """The area on whose page it stands; empty: it stands on its indicator's."""


def page_of(picture: Picture) -> str:
    """The address of the page that a picture belongs to."""
    if picture.area:
        return addresses.of_area(picture.area)
    return addresses.of_indicator(indicator_of(picture))


def indicator_of(picture: Picture) -> str:
    """The id of the indicator that a picture shows."""
    return picture.name.partition("--")[0]


def source_of(desk: Desk, picture: Picture) -> str:
    """The citation that stands in and under a picture."""
    at = replace(desk, here=page_of(picture))
    if not picture.area:
        return citation(at, picture.caption)
    beside = editions_beside(desk, picture.area, (indicator_of(picture),))
    return citation(at, picture.caption, edition_of(desk, picture.area), beside=beside)


def picture_files(desk: Desk, plan: Picture | None) -> tuple[Link, ...]:
    """A picture to take along, in its forms."""
    if plan is None or not plan.published:
        return ()
    forms = ("svg", "png") if plan.pixels else ("svg",)
    return tuple(
        Link(text=form.upper(), href=desk.file_href(picture_file(desk, plan.name, form)))
        for form in forms
    )


def picture_file(desk: Desk, name: str, form: str) -> str:
    """Where the file of a picture stands."""
    return addresses.in_language(f"{addresses.CHARTS}{name}.{form}", desk.language, desk.site)
