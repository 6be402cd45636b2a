"""The end of every page with figures: notes, sources, files, how to cite."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tiendo.judge.bodies import bodies_by_area
from tiendo.judge.once import once
from tiendo.terms import Edition, Figure, Results
from tiendo.words import addresses
from tiendo.words.desk import Desk, citation, in_language
from tiendo.words.downloads import FIGURES, edition_file
from tiendo.words.figures import break_reason, correction_legend
from tiendo.words.parts import Download, Link, Note, Source
from tiendo.words.questions import note_texts

Title = Callable[[Desk], str]
"""A page's title in the language of a desk."""

MOST_NOTES = 60
MOST_SOURCES = 12
"""More than that nobody reads on a page; the files hold all of them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """A line that a reporter copies: what, of which date and version, where."""

    label: str
    """What it leads to: always the newest figures, or this version for ever."""
    language: str
    """The language that it is written in."""
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Closing:
    """The end of every page with figures: notes, sources, files, how to cite."""

    corrected: Link | None = None
    """What the sign at a corrected figure means, and the way to all corrections; None: there are
    none."""
    notes_heading: str = ""
    """Above both; empty where there is neither."""
    notes: tuple[Note, ...] = ()
    sources: tuple[Source, ...] = ()
    downloads: tuple[Download, ...] = ()
    key: Link = Link(text="")
    """To what the columns and codes of the files mean."""
    citations: tuple[Citation, ...] = ()
    """In the page's language."""
    others: tuple[Citation, ...] = ()
    """To the other editions whose figures the page shows; normally empty."""
    translated: tuple[Citation, ...] = ()
    """All of them in the other languages."""


def closing(
    desk: Desk,
    *,
    title: Title,
    figures: Iterable[Figure] = (),
    downloads: tuple[Download, ...] = (),
    sources: Iterable[tuple[str, int]] = (),
    edition: Edition | None = None,
    beside: Sequence[Edition] = (),
) -> Closing:
    """The end of a page that shows these figures.

    ``title`` gives the page's title in the language of a desk: it is cited in all of them.
    ``sources`` are titles and years of what the page rests on beside its figures' own sources;
    ``edition`` is the one that it is about, None where it is about all; ``beside`` are others
    whose figures it shows too.
    """
    shown = tuple(figures)
    titles = [(figure.source, figure.year) for figure in shown if figure.source]
    corrected, noted = correction_legend(desk, shown), notes(desk, shown)
    return Closing(
        corrected=corrected,
        notes_heading=desk.say("common.notes") if corrected or noted else "",
        notes=noted,
        sources=_sources(desk, [*sources, *titles]),
        downloads=downloads,
        key=Link(text=desk.say("downloads.key"), href=f"{desk.href(addresses.DATA)}#ma"),
        citations=tuple(_citations(desk, title, edition, beside)),
        others=tuple(_others(desk, title, beside)),
        translated=tuple(
            cited
            for language in desk.site.languages
            if language != desk.language
            for at in (in_language(desk, language),)
            for cited in (*_citations(at, title, edition, beside), *_others(at, title, beside))
        ),
    )


def _citations(
    desk: Desk, title: Title, edition: Edition | None, beside: Sequence[Edition]
) -> Iterator[Citation]:
    """The line that leads to the newest figures, and the one that leads to this version."""
    yield Citation(
        label=desk.say("cite.latest"),
        language=desk.language,
        text=citation(desk, title(desk), edition, beside=beside),
    )
    quoted = edition or next(reversed(desk.results.editions), None)
    if quoted is not None:
        yield from _pinned(desk, title, quoted, "cite.pinned")


def _others(desk: Desk, title: Title, beside: Sequence[Edition]) -> Iterator[Citation]:
    """The lines that lead to the other editions, the newest first."""
    for edition in reversed(beside):
        yield from _pinned(desk, title, edition, "cite.beside")


def _pinned(desk: Desk, title: Title, edition: Edition, label: str) -> Iterator[Citation]:
    """The line that leads to a version's own table; none where it has no such file."""
    if FIGURES in edition.files:
        address = desk.site.address + edition_file(edition, FIGURES)
        yield Citation(
            label=desk.say(label, year=edition.year, version=edition.version),
            language=desk.language,
            text=citation(desk, title(desk), edition, pinned=address),
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
            parts.append((desk.area_within if parts else desk.area_name)(figure.area))
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


def source_text(desk: Desk, figure: Figure | None) -> str:
    """The document that a known figure comes from, with the day on which it came in."""
    if figure is None or figure.low is None:
        return ""
    if not figure.source:
        return desk.say("tell.indicator.own-sum") if figure.aggregated else ""
    received = _received_on(desk, figure)
    if received is None:
        return figure.source
    return desk.say("source.received", source=figure.source, on=desk.words.date(received))


def sources_of(desk: Desk, figures: Iterable[Figure]) -> str:
    """Where the known figures of a series come from: "2021–2022: …; 2023: …"."""
    years: dict[str, list[int]] = {}
    for figure in figures:
        if text := source_text(desk, figure):
            years.setdefault(text, []).append(figure.year)
    return "; ".join(
        desk.say("source.years", years=year_ranges(covered), source=text)
        for text, covered in years.items()
    )


@once
def _received(results: Results) -> Mapping[tuple[int, str], Mapping[str, date]]:
    """When the documents of reports came in, by the edition's year and their titles, by sender."""
    found: dict[tuple[int, str], dict[str, date]] = {}
    for edition in results.editions:
        for report in edition.reports:
            if report.document:
                senders = found.setdefault((edition.year, report.document), {})
                senders[report.reporter] = report.received_on
    return found


def _received_on(desk: Desk, figure: Figure) -> date | None:
    """When the document that a figure names came in.

    Several bodies may call what they send alike: the area's own is meant, and where it sent none,
    a day is known if all came on the same.
    """
    senders = _received(desk.results).get((figure.year, figure.source), {})
    own = {each.agency for each in bodies_by_area(desk.results.archive).get(figure.area, ())}
    days = {day for sender, day in senders.items() if sender in own} or set(senders.values())
    return days.pop() if len(days) == 1 else None


def _texts(desk: Desk, figure: Figure) -> tuple[str, ...]:
    broken = break_reason(desk, figure)
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
