"""In words: of how many areas anything has come, and which sent nothing."""

from __future__ import annotations

from tiendo.judge.heard import heard
from tiendo.words.desk import Desk, area_link, unit_of
from tiendo.words.parts import LinkedNote

MOST_IN_SENTENCE = 3
"""More areas than this are told by their number, and named behind a fold."""


def heard_words(desk: Desk, year: int) -> str:
    """Of how many of all areas a report or figures came; empty where no area is asked for any."""
    found = heard(desk.results).get(year)
    if found is None:
        return ""
    facts = {"all": desk.words.number(len(found.areas)), "unit": unit_of(desk, found.areas)}
    if not found.silent:
        if len(found.areas) == 1:
            (only,) = found.areas
            return desk.say("reporting.heard-only", area=desk.area_within(only))
        return desk.say("reporting.heard-all", **facts)
    number, of_them = desk.words.number(len(found.silent)), unit_of(desk, found.silent)
    if len(found.silent) == len(found.areas):
        return desk.say("reporting.heard-none", number=number, unit=of_them)
    silent = f"{number} {of_them}"
    if len(found.silent) <= MOST_IN_SENTENCE:
        silent = desk.words.listed(map(desk.area_within, found.silent))
    return desk.say(
        "reporting.heard-some", heard=desk.words.number(found.count), **facts, silent=silent
    )


def silent_areas(desk: Desk, year: int) -> LinkedNote | None:
    """The areas that sent nothing, by name; None where the sentence names them, or none is so."""
    found = heard(desk.results).get(year)
    if found is None or not found.silent:
        return None
    if len(found.silent) <= MOST_IN_SENTENCE and len(found.silent) < len(found.areas):
        return None
    return LinkedNote(
        text=desk.say(
            "reporting.silent",
            year=year,
            number=desk.words.number(len(found.silent)),
            unit=unit_of(desk, found.silent),
        ),
        links=tuple(area_link(desk, area) for area in found.silent),
    )
