"""What every builder writes from: results, words and the page at hand; links and datelines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tiendo.config import Site
from tiendo.judge.bodies import bodies, group_of
from tiendo.judge.editions import first_release, last_correction
from tiendo.judge.once import once
from tiendo.judge.plan_then import holding
from tiendo.judge.scale import scale_of
from tiendo.terms import Area, Edition, Indicator, Release, Results, Scale
from tiendo.words import addresses
from tiendo.words.linked_data import Node, breadcrumbs, embedded
from tiendo.words.parts import Head, Link, OtherLanguage
from tiendo.words.wording import Words, own_name, words


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """All that a builder writes from: what is known, in which words, and on which page."""

    results: Results
    site: Site
    words: Words
    here: str
    """Address of the page being written, without its language's folder."""
    indicators: Mapping[str, Indicator]

    @property
    def holding(self) -> Mapping[str, Indicator]:
        """The indicators that the plan asks for in the newest edition; where it has ended, all."""
        results = self.results
        names = [each.indicator for each in holding(results.archive, results.editions)]
        return {name: self.indicators[name] for name in names} or self.indicators

    @property
    def preview(self) -> bool:
        """Whether more is shown than is public."""
        return self.results.preview

    @property
    def notice(self) -> str:
        """What every picture says of its figures: that they are invented, or not yet public."""
        said = {"preview": self.preview, "short": self.results.illustrative}
        return " · ".join(self.say(f"notice.{name}") for name, is_so in said.items() if is_so)

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.words.language

    def say(self, key: str, **facts: object) -> str:
        """A sentence of the wording, with facts."""
        return self.words.say(key, **facts)

    def href(self, page: str) -> str:
        """The way from this page to another in the same language."""
        return addresses.relative(addresses.named(page, self.site), self.here)

    def file_href(self, file: str) -> str:
        """The way from this page to a file that all languages share."""
        deeper = "" if self.language == self.site.languages[0] else "x/"
        return addresses.relative(file, deeper + self.here)

    def absolute(self, page: str, language: str | None = None) -> str:
        """A page's full address."""
        return self.site.address + addresses.in_language(page, language or self.language, self.site)

    def area(self, name: str) -> Area:
        """An area by its id."""
        return self.results.archive.areas[name]

    def area_name(self, name: str) -> str:
        """An area's full name."""
        return self.area(name).name[self.language]

    def area_within(self, name: str) -> str:
        """An area's full name as it stands within a sentence: "huyện", not "Huyện"."""
        full = self.area_name(name)
        kind = self.say(f"area_type.{self.area(name).type}")
        return kind.lower() + full.removeprefix(kind) if full.startswith(f"{kind} ") else full

    def areas_listed(self, names: Iterable[str]) -> str:
        """Areas as the beginning of a sentence: "Xã Lai Khê và xã Tân An"."""
        text = self.words.listed(map(self.area_within, names))
        return text[:1].upper() + text[1:]

    def scale(self, indicator: str, area: str) -> Scale:
        """What a value of an indicator in an area is measured in."""
        return scale_of(self.results.archive.plan, self.indicators[indicator], area)

    @property
    def scope(self) -> str:
        """The id of the whole area."""
        return self.results.archive.plan.scope


def head(
    desk: Desk,
    *,
    title: str,
    description: str,
    group: int,
    trail: Sequence[Link] = (),
    things: Sequence[Node | None] = (),
    feeds: Sequence[Link] = (),
) -> Head:
    """What a page says about itself.

    ``trail`` is the way to it (none: straight from the home page), ``things`` what it holds in
    the words of schema.org, ``feeds`` are those of its own.
    """
    languages = desk.site.languages
    others = [name for name in languages if name != desk.language]
    here = addresses.in_language(desk.here, desk.language, desk.site)
    # The home page is where every way begins: it has none.
    way = (trail or (home_link(desk),)) if desk.here != addresses.HOME else ()
    return Head(
        language=desk.language,
        title=title,
        description=description,
        canonical=desk.absolute(desk.here),
        card=desk.site.address + card_file(desk, desk.here),
        card_alt=" ".join(part for part in (f"{title}.", description, desk.notice) if part)
        if with_card(desk, desk.here)
        else f"{desk.results.archive.plan.short[desk.language]}. {desk.notice}",
        alternates=tuple(
            Link(text=name, href=desk.absolute(desk.here, name)) for name in languages if others
        ),
        switches=tuple(
            OtherLanguage(
                code=name,
                name=own_name(name),
                href=addresses.relative(addresses.in_language(desk.here, name, desk.site), here),
            )
            for name in others
        ),
        group=group,
        noindex=desk.results.illustrative or desk.preview,
        banner=desk.say("notice.illustrative") if desk.results.illustrative else "",
        watermark=desk.say("notice.preview") if desk.preview else "",
        feeds=(*feeds, feed_link(desk)),
        structured=embedded(
            [
                *(thing for thing in things if thing is not None),
                *(
                    [breadcrumbs(way, title=title, canonical=desk.absolute(desk.here))]
                    if way
                    else ()
                ),
            ]
        ),
    )


def feed_link(desk: Desk, area: str = "") -> Link:
    """The feed of what is new, or of what is new of an area."""
    return Link(
        text=desk.say("feed.of", area=desk.area_name(area), site=desk.site.name[desk.language])
        if area
        else desk.say("feed.title", site=desk.site.name[desk.language]),
        href=desk.href(addresses.feed_of_area(area) if area else addresses.FEED),
    )


def unit(desk: Desk, level: str, count: int) -> str:
    """What areas of a level are called, for a count of them."""
    return desk.say(f"level.{level}", count=count)


KINDS = ("commune", "ward", "township", "special-zone")
"""The kinds of the smallest areas, in the order in which they are told."""


def unit_of(desk: Desk, areas: Sequence[str]) -> str:
    """What these areas of one level are called together, for their number: "xã, phường".

    The smallest by the kinds that there are among them; above them the level's own word, which is
    the plan's ("huyện" for towns and cities too).
    """
    kinds = {desk.area(area).type for area in areas}
    if not kinds or not kinds <= {*KINDS}:
        return unit(desk, desk.area(areas[0]).level, len(areas)) if areas else ""
    told = [desk.say(f"kind.{kind}", count=len(areas)) for kind in KINDS if kind in kinds]
    if len(told) == 1:
        return told[0]
    return desk.say("kind.several", first=", ".join(told[:-1]), last=told[-1])


def past_areas(desk: Desk, areas: Sequence[str], otherwise: str = "") -> str:
    """What areas of one level are called once they have ended: "12 former districts (until …)".

    ``otherwise`` stands for the day where none of them has one.
    """
    until = max((u for area in areas if (u := desk.area(area).until)), default=None)
    return desk.say(
        "reform.past-table",
        count=desk.words.number(len(areas)),
        unit=unit_of(desk, areas),
        until=desk.words.date(until) if until is not None else otherwise,
    )


def ended_word(desk: Desk, area: str, year: int) -> str:
    """That an area was no more when the figures of a year were taken; empty while it was."""
    until = desk.area(area).until
    as_of = next((each.as_of for each in desk.results.editions if each.year == year), None)
    return desk.say("reform.ended-cell") if until and as_of and until < as_of else ""


def first_without(desk: Desk, area: str) -> date | None:
    """The first day without an area; None while it is there.  The scope's land is followed on."""
    until = desk.area(area).until
    return None if until is None or area == desk.scope else until + timedelta(days=1)


def scope_word(desk: Desk) -> str:
    """What the whole area is called in passing: "tỉnh", "the province"."""
    return desk.say(f"scope.{desk.area(desk.scope).level}")


def release_of(desk: Desk, edition: Edition) -> Release | None:
    """The calendar's row of an edition; None for a draft in a preview."""
    for release in desk.results.calendar:
        if (release.year, release.version) == (edition.year, edition.version):
            return release
    return None


def released_on(desk: Desk, edition: Edition) -> date | None:
    """The day of an edition's release, where the site stands."""
    release = release_of(desk, edition)
    return release.released.astimezone(desk.site.timezone).date() if release else None


def first_released_on(desk: Desk, year: int) -> date | None:
    """The day on which a year's figures were published first; None: they are not public."""
    release = first_release(desk.results.calendar, year, desk.results.now)
    return release.released.astimezone(desk.site.timezone).date() if release else None


def corrected_on(desk: Desk, year: int) -> date | None:
    """The day of the last correction of a year's figures; None: they stand as published."""
    release = last_correction(desk.results.archive, year, desk.results.now)
    return release.released.astimezone(desk.site.timezone).date() if release else None


def released_words(desk: Desk, edition: Edition) -> str:
    """When an edition was published, as the end of a sentence; of a later version, and first."""
    calendar, now = desk.results.calendar, desk.results.now
    own, first = release_of(desk, edition), first_release(calendar, edition.year, now)
    day = released_on(desk, edition)
    if own is None or day is None:
        return desk.say("released.once", released=desk.say("notice.preview"))
    if first is None or first.version == own.version:
        return desk.say("released.once", released=desk.words.date(day))
    since = first_released_on(desk, edition.year) or day
    return desk.say("released.twice", first=desk.words.date(since), released=desk.words.date(day))


def _corrected_elsewhere(desk: Desk, edition: Edition) -> str:
    """The last correction, where it is of another year than the one at hand; else empty."""
    days = {
        day: each.year for each in desk.results.editions if (day := corrected_on(desk, each.year))
    }
    newest = max(days, default=None)
    if newest is None or newest == corrected_on(desk, edition.year):
        return ""
    return desk.say("released.elsewhere", released=desk.words.date(newest), year=days[newest])


MOST_WITH_CARDS = 300
"""Of more areas than this each shows the site's own card: one costs some 60 ms and 30 kB."""


MOST_WITH_SHEETS = 300
"""Of more areas than this none has a printed sheet: one is some 34 kB a language, and
who prints one of a thousand areas has the browser for it."""


def with_sheet(desk: Desk, area: str) -> bool:
    """Whether an area has a printed sheet."""
    return has_page(desk, area) and len(with_pages(desk.results)) <= MOST_WITH_SHEETS


ROOMY = 3
"""So many tiles stand beside each other on a phone in letters of their usual size."""


def columns_of(desk: Desk, areas: Iterable[str]) -> int:
    """How many tiles the grid of some areas has beside each other; 0 without any tile."""
    return max((desk.area(area).tile_col or 0 for area in areas), default=0)


def with_card(desk: Desk, page: str) -> bool:
    """Whether a page has a card of its own for where it is shared."""
    folder, _, name = page.removesuffix("/").partition("/")
    if addresses.of_indicator(name) == page:
        return (name, desk.scope) in desk.results.headlines
    return (
        addresses.of_area(name) == page
        and bool(folder)
        and has_page(desk, name)
        and len(with_pages(desk.results)) <= MOST_WITH_CARDS
    )


def card_file(desk: Desk, page: str) -> str:
    """Where the card of a page stands; the site's own where the page has none."""
    public = addresses.named(page, desk.site)
    name = public.removesuffix("/").replace("/", "--") if with_card(desk, page) else "chung"
    return addresses.in_language(f"{addresses.CARDS}{name}.png", desk.language, desk.site)


def edition_of(desk: Desk, area: str) -> Edition | None:
    """The newest edition that an area reported for; for one that ended, its last."""
    return next(
        (
            edition
            for edition in reversed(desk.results.editions)
            if area in _reporting(desk.results)[edition.year]
        ),
        None,
    )


def editions_beside(
    desk: Desk, area: str, indicators: Iterable[str] = (), *, restated: bool = True
) -> tuple[Edition, ...]:
    """The editions that an area did not report for, but whose figures its page shows: oldest first.

    They hold its outcomes after its end, and what the site restated on its borders.
    ``indicators`` are those that are asked about; none: all.
    """
    results = desk.results
    years: set[int] = set()
    for name in tuple(indicators) or desk.indicators:
        years |= {each.year for each in results.figures.get((name, area), ())}
        if restated:
            rows = results.restated.get((name, area), ())
            years |= {row.year for row in rows if row.low is not None}
    return tuple(
        edition
        for edition in results.editions
        if edition.year in years and area not in _reporting(results)[edition.year]
    )


def edition_words(desk: Desk, editions: Iterable[Edition]) -> str:
    """Editions with their versions, in a sentence; empty where there are none."""
    return desk.words.listed(
        desk.say("citation.edition", year=each.year, version=each.version) for each in editions
    )


@once
def _reporting(results: Results) -> Mapping[int, frozenset[str]]:
    """The areas of each edition, for looking up."""
    return {year: frozenset(areas) for year, areas in results.locals_.items()}


def dateline(desk: Desk, edition: Edition | None = None) -> str:
    """How old the figures are, since when they are public, and when they were corrected last.

    None: of all figures, the newest edition's date and release, and the last correction of any.
    """
    if not desk.results.editions:
        return desk.say("dateline.none")
    of_all = edition is None
    edition = edition or desk.results.editions[-1]
    as_of = desk.words.date(edition.as_of)
    if released_on(desk, edition) is None:
        return desk.say("dateline.draft", as_of=as_of)
    told = [desk.say("dateline.released", as_of=as_of, out=released_words(desk, edition))]
    if of_all and (elsewhere := _corrected_elsewhere(desk, edition)):
        told.append(elsewhere)
    return "; ".join(told)


def citation(
    desk: Desk,
    title: str,
    edition: Edition | None = None,
    *,
    beside: Sequence[Edition] = (),
    pinned: str = "",
) -> str:
    """One line to copy: what, of which plan, which figures in which version, where.

    ``edition`` is the one that is quoted; None: the newest.  ``beside`` are others whose figures
    are shown too.  ``pinned`` is the absolute address where that very version stays; empty: the
    line leads to the page, which shows the newest.
    """
    plan = desk.results.archive.plan
    facts: dict[str, object] = {
        "title": title,
        "plan": plan.number,
        "site": desk.site.name[desk.language],
        "address": pinned or desk.absolute(desk.here),
        "notice": desk.say("citation.notice") if desk.results.illustrative else "",
        "also": desk.say("citation.also", editions=edition_words(desk, beside)) if beside else "",
    }
    if not desk.results.editions:
        return " ".join(desk.say("citation.nothing", **facts).split())
    edition = edition or desk.results.editions[-1]
    facts |= {
        "year": edition.year,
        "version": edition.version,
        "as_of": desk.words.date(edition.as_of),
        "out": released_words(desk, edition),
    }
    key = "citation.pinned" if pinned else "citation.text"
    return " ".join(desk.say(key, **facts).split())


def in_language(desk: Desk, language: str) -> Desk:
    """The same page in another language."""
    return desk if language == desk.language else replace(desk, words=words(language))


def home_link(desk: Desk) -> Link:
    """The way home, for trails."""
    return Link(text=desk.say("trail.home"), href=desk.href(addresses.HOME))


def indicator_link(desk: Desk, indicator: Indicator) -> Link:
    """An indicator by its short name."""
    return Link(
        text=indicator.short[desk.language],
        href=desk.href(addresses.of_indicator(indicator.indicator)),
    )


def area_link(desk: Desk, name: str) -> Link:
    """An area by its full name; without a page where it never reported."""
    href = desk.href(addresses.of_area(name)) if has_page(desk, name) else ""
    return Link(text=desk.area_name(name), href=href)


@once
def with_pages(results: Results) -> frozenset[str]:
    """The areas that have a page."""
    return frozenset(area for here in results.locals_.values() for area in here)


def has_page(desk: Desk, name: str) -> bool:
    """Whether an area has a page: the local areas of some edition that may be seen."""
    return name in with_pages(desk.results)


def agency_link(desk: Desk, name: str) -> Link:
    """An agency by its name, with its place on the page of agencies if it has one."""
    archive = desk.results.archive
    agency = bodies(archive).get(name)
    if agency is None:
        return Link(text=name)
    group = group_of(archive).get(name)
    return Link(
        text=agency.name[desk.language],
        href=desk.href(addresses.of_agency(name)) if group is not None else "",
    )
