"""What was withdrawn, in words; and what stands at the addresses where it was.

An address that was public stays: it says that its figures were taken back, when and why, and
nothing of what they were.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from tiendo.areas import in_territory, remainders
from tiendo.contract import DESCRIPTOR, EDITION
from tiendo.draw import notice_svg
from tiendo.pages import addresses
from tiendo.pages.contexts import Note, Sheet, WithdrawnPage
from tiendo.pages.desk import Desk, card_file, head, home_link, with_pages, with_sheet
from tiendo.pages.downloads import sheet_file, version_file, version_note
from tiendo.pages.embeds import pin_of, pinned_charts_of, pinned_name, with_pins
from tiendo.pages.parts import EmbedPage, EmbedPart, Link
from tiendo.pages.pictures import MOST_WITH_PIXELS, by_area_name, course_name
from tiendo.pages.plates import picture_file
from tiendo.pages.quotes import figures_address
from tiendo.past import as_once_published
from tiendo.terms import Edition, Level, Measure, Results, Withdrawal


def withdrawal_day(desk: Desk, one: Withdrawal) -> str:
    """The day on which something was withdrawn, where the site stands."""
    return desk.words.date(one.withdrawn.astimezone(desk.site.timezone).date())


def withdrawal_words(desk: Desk, one: Withdrawal) -> str:
    """What was withdrawn, when and why, and what stands in its place."""
    facts: dict[str, object] = {
        "year": one.year,
        "version": one.version,
        "day": withdrawal_day(desk, one),
        "reason": one.reason[desk.language],
    }
    if not one.of_version:
        indicator = desk.indicators.get(one.indicator)
        areas = desk.results.archive.areas
        return desk.say(
            "withdrawn.figure",
            indicator=indicator.short[desk.language] if indicator else one.indicator,
            area=desk.area_within(one.area) if one.area in areas else one.area,
            **facts,
        )
    return f"{desk.say('withdrawn.version', **facts)} {_in_its_place(desk, one)}".strip()


def _in_its_place(desk: Desk, one: Withdrawal) -> str:
    """Which version stands for the year now; empty where one did already."""
    now = next((each for each in desk.results.editions if each.year == one.year), None)
    if now is None:
        return desk.say("withdrawn.none-stands", year=one.year)
    if now.version > one.version:
        return desk.say("withdrawn.later", version=now.version)
    return desk.say("withdrawn.stands-again", instead=now.version)


def withdrawal_notes(desk: Desk, *, year: int | None = None) -> tuple[Note, ...]:
    """What was withdrawn, newest first; of a year, or of all."""
    return tuple(
        Note(
            about="",
            text=withdrawal_words(desk, one),
            id=addresses.withdrawal_id(one.year, one.version, one.indicator, one.area),
        )
        for one in reversed(desk.results.archive.withdrawals)
        if year is None or one.year == year
    )


def withdrawn_page(desk: Desk, title: str) -> WithdrawnPage:
    """What stands at the address of a page that had figures of withdrawn versions alone."""
    told = desk.say("withdrawn.page", title=title)
    lead = desk.say("withdrawn.page-lead")
    return WithdrawnPage(
        head=head(desk, title=told, description=lead, group=0),
        trail=(home_link(desk),),
        title=told,
        lead=lead,
        notes=tuple(
            Note(about="", text=withdrawal_words(desk, one))
            for one in reversed(desk.results.archive.withdrawals)
            if one.of_version
        ),
        corrections=Link(
            text=desk.say("corrections_page.title"), href=desk.href(addresses.CORRECTIONS)
        ),
    )


def withdrawn_pictures(desk: Desk, there: Container[str]) -> Iterator[tuple[str, bytes]]:
    """A notice at each address where a picture of withdrawn figures stood, and none does now."""
    told = " ".join(note.text for note in withdrawal_notes(desk))
    svg = notice_svg(f"{desk.say('withdrawn.picture')} {told}", language=desk.language).encode()
    names = [name for name, _ in _once_live(desk)]
    for edition in desk.results.archive.withdrawn:
        names += [pinned_name(name, edition) for name in _of_indicators(desk)]
    for name in dict.fromkeys(names):
        file = picture_file(desk, name, "svg")
        if file not in there:
            yield file, svg
    if as_once_published(desk.results) is not None:
        for name in _of_indicators(desk):
            file = picture_file(desk, name, "vl.json")
            if file not in there:
                yield file, notice_file(file, [desk.say("withdrawn.picture"), told])


def withdrawn_bitmaps(desk: Desk, there: Container[str]) -> Iterator[tuple[str, str]]:
    """The same for pictures of dots: charts, and cards for links; as SVG to be drawn as PNG."""
    once = as_once_published(desk.results)
    if once is None:
        return
    then = replace(desk, results=once)
    told = " ".join(note.text for note in withdrawal_notes(desk))
    svg = notice_svg(f"{desk.say('withdrawn.picture')} {told}", language=desk.language)
    few = len(with_pages(once)) <= MOST_WITH_PIXELS
    of_indicators = {*_of_indicators(desk)}
    files = [
        picture_file(desk, name, "png")
        for name, _ in _once_live(desk)
        if few or name in of_indicators
    ]
    files += [card_file(then, addresses.of_indicator(name)) for name in desk.indicators]
    files += [card_file(then, addresses.of_area(area)) for area in sorted(with_pages(once))]
    for file in dict.fromkeys(files):
        if file not in there:
            yield file, svg


def withdrawn_sheets(desk: Desk) -> Iterator[tuple[str, Sheet]]:
    """The same on paper, for each area that had a sheet and has none."""
    once = as_once_published(desk.results)
    if once is None:
        return
    then = replace(desk, results=once)
    for area in sorted(with_pages(once)):
        if with_sheet(then, area) and not with_sheet(desk, area):
            yield sheet_file(desk, area), _notice_sheet(desk, area)


def _notice_sheet(desk: Desk, area: str) -> Sheet:
    title = desk.say("withdrawn.page", title=desk.area_name(area))
    return Sheet(
        language=desk.language,
        title=title,
        author=desk.site.name[desk.language],
        warnings=tuple(filter(None, (desk.notice,))),
        kicker=desk.results.archive.plan.short[desk.language],
        name=title,
        finding=desk.say("withdrawn.page-lead"),
        remarks=tuple(note.text for note in withdrawal_notes(desk)),
        facts=(),
        caption="",
        columns=(),
        rows=(),
        parts=(),
        footing=(desk.say("theme.not_official"),),
        address=desk.absolute(addresses.of_area(area)),
    )


def withdrawn_embeds(desk: Desk, there: Container[str]) -> Iterator[tuple[str, EmbedPage]]:
    """A notice at each address that frames in other pages show, where the figures are gone."""
    once = as_once_published(desk.results)
    if once is None:
        return
    pages: dict[str, tuple[Edition | None, str]] = {
        figures_address(area): (None, page) for area, page in _areas_once(desk, once)
    }
    pages |= {f"{addresses.EMBEDS}{name}/": (None, page) for name, page in _once_live(desk)}
    for edition in desk.results.archive.withdrawn:
        pages |= {
            f"{addresses.EMBEDS}{name}/{pin_of(edition)}/": (edition, addresses.CORRECTIONS)
            for name in _of_indicators(desk)
        }
        if with_pins(desk):
            pages |= {
                pinned_charts_of(area, edition): (edition, addresses.of_area(area))
                for area in once.locals_.get(edition.year, ())
            }
    for address, (of, page) in pages.items():
        here = addresses.in_language(address, desk.language, desk.site.languages[0])
        if here not in there:
            yield here, _notice_page(desk, of, here, desk.absolute(page))


def _areas_once(desk: Desk, once: Results) -> Iterator[tuple[str, str]]:
    """The areas that had figures before versions were withdrawn, with their pages."""
    yield desk.scope, addresses.HOME
    for area in sorted(with_pages(once)):
        yield area, addresses.of_area(area)


def _of_indicators(desk: Desk) -> Iterator[str]:
    """The names that the pictures of the indicators' pages can have."""
    for indicator in desk.indicators.values():
        if indicator.measure is not Measure.TITLE:
            yield course_name(indicator, desk.scope)
        if indicator.level is Level.LOCAL:
            yield by_area_name(indicator)


def _once_live(desk: Desk) -> Iterator[tuple[str, str]]:
    """The names of all pictures that there can have been, each with the page it stood on."""
    once = as_once_published(desk.results)
    if once is None:
        return
    for name in _of_indicators(desk):
        yield name, addresses.of_indicator(name.partition("--")[0])
    for indicator in desk.indicators.values():
        if indicator.measure is Measure.RATIO and indicator.level is Level.LOCAL:
            for area, page in _areas_once(desk, once):
                yield course_name(indicator, area), page


def _notice_page(desk: Desk, edition: Edition | None, here: str, href: str) -> EmbedPage:
    year = edition.year if edition is not None else None
    told = " ".join(note.text for note in withdrawal_notes(desk, year=year))
    return EmbedPage(
        language=desk.language,
        title=desk.say("withdrawn.title"),
        parts=(EmbedPart(id="", href=href),),
        assets=addresses.relative(addresses.ASSETS, here),
        pinned=desk.say("embed.of", year=edition.year, version=edition.version) if edition else "",
        replaced=told,
        notice=desk.notice,
        link_text=desk.say("embed.source", site=desk.site.name[desk.language]),
    )


def withdrawn_files(desks: Sequence[Desk]) -> Iterator[tuple[str, bytes]]:
    """A notice at each address where a file of a withdrawn version stood, in all languages."""
    archive = desks[0].results.archive
    names = {(each.year, each.version): tuple(each.files) for each in archive.withdrawn}
    for one in archive.withdrawals:
        if one.of_version:
            told = [f"{each.say('withdrawn.file')} {withdrawal_words(each, one)}" for each in desks]
            # Of a version whose folder is gone too, what every version has.
            usual = (DESCRIPTOR, *(f"{name}.csv" for name in EDITION))
            for name in names.get((one.year, one.version), usual):
                yield version_file(one.year, one.version, name), notice_file(name, told)
            yield version_note(one.year, one.version), notice_file("", told)
    yield from _files_of_subjects(desks)


def _files_of_subjects(desks: Sequence[Desk]) -> Iterator[tuple[str, bytes]]:
    """The same for the tables of an indicator or an area of which no figure is left."""
    known = desks[0].results
    once = as_once_published(known)
    if once is None:
        return
    told = [
        " ".join([each.say("withdrawn.file"), *(note.text for note in withdrawal_notes(each))])
        for each in desks
    ]
    for kind, name in subjects_gone(known):
        for path in (
            f"{addresses.FILES}{kind}/{name}.csv",
            f"{addresses.FILES}{kind}/{name}-excel.csv",
            f"{addresses.API}{kind}/{name}.json",
        ):
            yield path, notice_file(path, told)


def subjects_gone(known: Results) -> Iterator[tuple[str, str]]:
    """The indicators and areas that had figures and have none left: folder and name."""
    once = as_once_published(known)
    if once is None:
        return
    for part, kind in enumerate(("chi-tieu", "dia-ban")):
        had, has = (
            {key[part] for key, series in each.figures.items() if series} for each in (once, known)
        )
        if kind == "dia-ban":
            had |= _remainders(known)
        for name in sorted(had - has):
            yield kind, name


def _remainders(known: Results) -> set[str]:
    """What lies in no local area, on the days that withdrawn versions stand for.

    Only rows would tell whether it had figures, and those are gone; an address too many does no
    harm.
    """
    archive = known.archive
    territory = in_territory(archive.areas, archive.area_changes, archive.plan.scope)
    return {
        area
        for edition in archive.withdrawn
        for area in remainders(archive.areas, territory, edition.as_of)
    }


def notice_file(name: str, told: Sequence[str]) -> bytes:
    """A notice in the form that a file's name promises: a table of one column, JSON, or text."""
    if name.endswith(".json"):
        content = {"withdrawn": True, "notice": list(told)}
        return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
    if name.endswith(".csv"):
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows([["notice"], *([line] for line in told)])
        return out.getvalue().encode()
    return "".join(f"{line}\n" for line in told).encode()
