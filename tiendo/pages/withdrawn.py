"""What was withdrawn, in words; and what stands at the addresses where it was.

An address that was public stays: it says that its figures were taken back, when and why, and
nothing of what they were.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from tiendo.charts.draw import notice_svg
from tiendo.charts.embeds import pin_of, pinned_charts_of, pinned_name, with_pins
from tiendo.charts.picture import picture_file
from tiendo.charts.pictures import MOST_WITH_PIXELS, by_area_name, course_name
from tiendo.charts.strips import field_name, has_field
from tiendo.judge.past import as_once_published
from tiendo.judge.scale import local_scale, whole_scale
from tiendo.pages.paper import Sheet
from tiendo.pages.quotes import figures_address
from tiendo.terms import Edition, Level, Results
from tiendo.words import addresses
from tiendo.words.desk import Desk, card_file, head, home_link, with_pages, with_sheet
from tiendo.words.downloads import sheet_file
from tiendo.words.parts import EmbedPage, EmbedPart, Head, Link, Note
from tiendo.words.withdrawals import notice_file, withdrawal_notes, withdrawal_words


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawnPage:
    """What stands where a page had nothing but figures that were withdrawn."""

    head: Head
    trail: tuple[Link, ...]
    title: str
    lead: str
    notes: tuple[Note, ...]
    """What was withdrawn, when and why."""
    corrections: Link


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
    if (once := as_once_published(desk.results)) is not None:
        names += [field_name(name) for name, each in desk.indicators.items() if has_field(each)]
    for edition in desk.results.archive.withdrawn:
        names += [pinned_name(name, edition) for name in _of_indicators(desk)]
    for name in dict.fromkeys(names):
        file = picture_file(desk, name, "svg")
        if file not in there:
            yield file, svg
    if once is not None:
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
        here = addresses.in_language(address, desk.language, desk.site)
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
        if whole_scale(indicator).has_pace:
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
        if indicator.level is Level.LOCAL and local_scale(indicator).has_pace:
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
