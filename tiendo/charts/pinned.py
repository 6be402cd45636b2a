"""The charts as they were published with each version: what a pinned embed goes on showing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tiendo.charts.embeds import with_pins
from tiendo.charts.picture import Picture
from tiendo.charts.pictures import area_pictures, indicator_pictures
from tiendo.judge.past import days, then
from tiendo.terms import Edition
from tiendo.words.desk import Desk


@dataclass(frozen=True, kw_only=True, slots=True)
class Pin:
    """A chart as it was on the day that a version came out."""

    edition: Edition
    desk: Desk
    """What was known that day."""
    picture: Picture


def pins(desk: Desk) -> Iterator[Pin]:
    """The charts of every version that is public, in the order in which versions came out.

    Those of the areas that reported for it too, where they are few enough, each area's together.
    """
    for edition, released in days(desk.results):
        known = then(desk.results, released)
        at = replace(desk, results=known)
        of_areas: list[Picture] = []
        if with_pins(desk):
            areas = frozenset(known.locals_[edition.year])
            of_areas += [each for each in area_pictures(at) if each.area in areas]
            of_areas.sort(key=lambda picture: picture.area)
        for picture in (*indicator_pictures(at), *of_areas):
            if picture.published:
                yield Pin(edition=edition, desk=at, picture=picture)
