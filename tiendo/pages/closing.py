"""The end of every page with figures: notes, sources, files, how to cite."""

from __future__ import annotations

from collections.abc import Iterable

from tiendo.pages.contexts import Closing, Download, Note, Source
from tiendo.pages.desk import Desk, citation
from tiendo.pages.question_words import note_texts
from tiendo.terms import Edition, Figure

MOST_NOTES = 60
MOST_SOURCES = 12
"""More than that nobody reads on a page; the files hold all of them."""


def closing(
    desk: Desk,
    *,
    title: str,
    figures: Iterable[Figure] = (),
    downloads: tuple[Download, ...] = (),
    sources: Iterable[tuple[str, int]] = (),
    edition: Edition | None = None,
) -> Closing:
    """The end of a page that shows these figures.

    ``sources`` are titles and years of what the page rests on beside its figures' own sources;
    ``edition`` is the one that it is about, None where it is about all.
    """
    shown = tuple(figures)
    titles = [(figure.source, figure.year) for figure in shown if figure.source]
    return Closing(
        notes=notes(desk, shown),
        sources=_sources(desk, [*sources, *titles]),
        downloads=downloads,
        citation=citation(desk, title, edition),
    )


def notes(desk: Desk, figures: Iterable[Figure]) -> tuple[Note, ...]:
    """The notes and breaks of figures; each says what of its figures' circumstances differs.

    The same words on several figures are one note about all of them.
    """
    shown = tuple(figures)
    several_indicators = len({figure.indicator for figure in shown}) > 1
    several_areas = len({figure.area for figure in shown}) > 1
    several_years = len({figure.year for figure in shown}) > 1
    about: dict[str, list[str]] = {}
    for figure in shown:
        parts = []
        if several_indicators:
            parts.append(desk.indicators[figure.indicator].short[desk.language])
        if several_areas:
            parts.append(desk.area_name(figure.area))
        if several_years:
            parts.append(str(figure.year))
        where = ", ".join(parts)
        for text in _texts(desk, figure):
            places = about.setdefault(text, [])
            if where not in places:
                places.append(where)
    found = [Note(about="; ".join(places), text=text) for text, places in about.items()]
    if len(found) <= MOST_NOTES:
        return tuple(found)
    more = desk.say("closing.more-notes", count=len(found) - MOST_NOTES)
    return (*found[:MOST_NOTES], Note(about="", text=more))


def year_ranges(years: Iterable[int]) -> str:
    """Years as people write them.

    >>> year_ranges([2024, 2021, 2022])
    '2021–2022, 2024'
    """
    runs: list[tuple[int, int]] = []
    for year in sorted(set(years)):
        if runs and runs[-1][1] == year - 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)


def _texts(desk: Desk, figure: Figure) -> tuple[str, ...]:
    broken = figure.break_[desk.language]
    said = (desk.say("closing.break", reason=broken),) if broken else ()
    return (*said, *note_texts(desk, figure))


def _sources(desk: Desk, titles: Iterable[tuple[str, int]]) -> tuple[Source, ...]:
    years: dict[str, set[int]] = {}
    for title, year in titles:
        years.setdefault(title, set()).add(year)
    found = [Source(text=title, years=year_ranges(covered)) for title, covered in years.items()]
    if len(found) <= MOST_SOURCES:
        return tuple(found)
    more = desk.say("closing.more-sources", count=len(found) - MOST_SOURCES)
    return (*found[:MOST_SOURCES], Source(text=more))
