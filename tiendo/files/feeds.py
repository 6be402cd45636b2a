"""What is new, as Atom feeds (RFC 4287): one of the whole site, one of each area.

An entry is what happened once and stays so: a release, a figure that was changed, a verdict that
changed.  Its id is made of the host's name, the day of the release and what the entry is about
(RFC 4151), so that it never changes and no reader meets it twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from tiendo.config import Site
from tiendo.judge.editions import is_public
from tiendo.judge.past import as_once_published
from tiendo.judge.steps import Step, steps
from tiendo.terms import Assessment, Release, Results, Withdrawal
from tiendo.words import addresses
from tiendo.words.corrections import correction_row
from tiendo.words.desk import Desk, feed_link, has_page, release_of
from tiendo.words.parts import Correction
from tiendo.words.releases import release_title
from tiendo.words.verdicts import verdict_word
from tiendo.words.withdrawals import withdrawal_words
from tiendo.words.wording import Words

MOST_ENTRIES = 100
"""The newest of them; the pages of corrections and of the calendar have all."""

_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Entry:
    """One thing that happened."""

    name: str
    """What it is about, for its id: unique among the entries of its day."""
    at: datetime
    title: str
    sentences: tuple[str, ...]
    href: str
    """Absolute."""
    kind: str
    """``release``, ``correction``, ``verdict`` or ``withdrawal``."""


def feeds(results: Results, site: Site, words: Mapping[str, Words]) -> Iterator[tuple[str, bytes]]:
    """Every feed in each language, by address."""
    for language in site.languages:
        desk = Desk(
            results=results,
            site=site,
            words=words[language],
            here=addresses.HOME,
            indicators={each.indicator: each for each in results.archive.indicators},
        )
        whole: list[_Entry] = []
        by_area: dict[str, list[_Entry]] = defaultdict(list)
        for step in steps(results):
            release = release_of(desk, step.edition)
            if release is not None and is_public(release, desk.results.now):
                _tell(desk, step, release, whole, by_area)
        for one in results.archive.withdrawals:
            entry = _withdrawal(desk, one)
            whole.append(entry)
            for area in _areas(desk) if one.of_version else (one.area,):
                by_area[area].append(entry)
        for entries in (whole, *by_area.values()):
            # Of one moment in the order in which they were told.
            entries.sort(key=lambda entry: entry.at, reverse=True)
        yield _address(desk, addresses.FEED), _feed(desk, addresses.HOME, addresses.FEED, whole)
        for area in _areas(desk):
            page, address = addresses.of_area(area), addresses.feed_of_area(area)
            yield _address(desk, address), _feed(desk, page, address, by_area[area], area=area)


def _address(desk: Desk, feed: str) -> str:
    return addresses.in_language(feed, desk.language, desk.site)


def _areas(desk: Desk) -> Iterable[str]:
    """The areas that have a feed, those too whose figures are all withdrawn."""
    known = as_once_published(desk.results) or desk.results
    return dict.fromkeys(area for here in known.locals_.values() for area in here)


def _tell(
    desk: Desk,
    step: Step,
    release: Release,
    whole: list[_Entry],
    by_area: dict[str, list[_Entry]],
) -> None:
    """Put what a version brought into the feeds that it belongs to: first it, then the details."""
    elsewhere = [old.area for old, _ in step.verdicts if old.area != desk.scope]
    year = addresses.of_year(release.year)
    whole.append(_release(desk, step, release, page=year, about="", elsewhere=elsewhere))
    for area in desk.results.locals_.get(release.year, ()):
        page = addresses.of_area(area)
        by_area[area].append(_release(desk, step, release, page=page, about=page, elsewhere=()))
    corrected = {
        (change.indicator, change.area) for change in step.changes if change.verdicts is not None
    }
    for change in step.changes:
        entry = _correction(desk, correction_row(desk, change), release)
        whole.append(entry)
        if change.area and has_page(desk, change.area):
            by_area[change.area].append(entry)
    for old, new in step.verdicts:
        # Where a correction changed it, the correction says so.
        if (new.indicator, new.area) in corrected:
            continue
        if new.area == desk.scope:
            whole.append(_verdict(desk, old, new, release))
        elif has_page(desk, new.area):
            by_area[new.area].append(_verdict(desk, old, new, release))


def _known_as(desk: Desk, address: str) -> str:
    """A part of what an entry is known by for ever: the public address."""
    return addresses.named(address, desk.site)


def _release(
    desk: Desk, step: Step, release: Release, *, page: str, about: str, elsewhere: Sequence[str]
) -> _Entry:
    edition = step.edition
    facts = {"title": release_title(desk, release), "version": release.version}
    year = _known_as(desk, addresses.of_year(release.year))
    return _Entry(
        name=f"{_known_as(desk, about)}{year}v{release.version}",
        at=release.released,
        title=desk.say("feed.later" if release.version > 1 else "feed.first", **facts),
        sentences=(
            desk.say("feed.as-of", as_of=desk.words.date(edition.as_of)),
            release.note[desk.language],
            edition.reason[desk.language],
            desk.say("feed.verdicts-elsewhere", count=len(elsewhere)) if elsewhere else "",
        ),
        href=desk.absolute(page),
        kind="release",
    )


def _correction(desk: Desk, row: Correction, release: Release) -> _Entry:
    facts = {
        "what": ", ".join(filter(None, (row.what.text, row.area.text))),
        "edition": row.edition.text,
    }
    verdicts = ""
    if row.verdict_old is not None and row.verdict_new is not None:
        verdicts = desk.say("feed.verdict", old=row.verdict_old.word, new=row.verdict_new.word)
    return _Entry(
        name=_known_as(desk, f"{addresses.CORRECTIONS}{row.id}"),
        at=release.released,
        title=desk.say("feed.correction", **facts),
        sentences=(
            desk.say("feed.old-new", old=row.old, new=row.new),
            verdicts,
            desk.say("feed.reason", kind=row.kind_word, reason=row.reason),
        ),
        href=f"{desk.absolute(addresses.CORRECTIONS)}#{row.id}",
        kind="correction",
    )


def _withdrawal(desk: Desk, one: Withdrawal) -> _Entry:
    place = addresses.withdrawal_id(one.year, one.version, one.indicator, one.area)
    return _Entry(
        name=f"rut-lai/{place}",
        at=one.withdrawn,
        title=desk.say("withdrawn.news", year=one.year, version=one.version),
        sentences=(withdrawal_words(desk, one),),
        href=f"{desk.absolute(addresses.CORRECTIONS)}#{place}",
        kind="withdrawal",
    )


def _verdict(desk: Desk, old: Assessment, new: Assessment, release: Release) -> _Entry:
    indicator = desk.indicators[new.indicator]
    is_whole = new.area == desk.scope
    words = [verdict_word(desk, each) for each in (old, new)]
    page = addresses.of_indicator(new.indicator) if is_whole else addresses.of_area(new.area)
    return _Entry(
        name=f"danh-gia/{new.indicator}/{new.area}/{new.target.year}",
        at=release.released,
        title=desk.say(
            "feed.verdict-changed",
            indicator=indicator.short[desk.language],
            area=desk.area_within(new.area),
            new=words[1],
        ),
        sentences=(
            desk.say(
                "feed.verdict-sentence",
                target=new.target.year,
                old=words[0],
                new=words[1],
                year=release.year,
            ),
        ),
        href=desk.absolute(page),
        kind="verdict",
    )


# As a file ----------------------------------------------------------------------------------


def _feed(
    desk: Desk, page: str, address: str, entries: Sequence[_Entry], *, area: str = ""
) -> bytes:
    plan = desk.results.archive.plan
    begun = datetime.combine(plan.signed, time(), desk.site.timezone)
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": desk.language})
    here = desk.absolute(address)
    _text(root, "id", here)
    _text(root, "title", feed_link(desk, area).text)
    _text(root, "subtitle", " · ".join(filter(None, (desk.notice, plan.short[desk.language]))))
    _text(root, "updated", _moment(desk, max((each.at for each in entries), default=begun)))
    _link(root, "self", here, "application/atom+xml")
    _link(root, "alternate", desk.absolute(page), "text/html")
    author = ET.SubElement(root, "author")
    _text(author, "name", desk.site.publisher[desk.language])
    _text(root, "rights", desk.site.license)
    _text(root, "generator", "tiendo")
    for entry in entries[:MOST_ENTRIES]:
        node = ET.SubElement(root, "entry")
        _text(node, "id", _id(desk, entry))
        _text(node, "title", entry.title)
        _text(node, "updated", _moment(desk, entry.at))
        _text(node, "published", _moment(desk, entry.at))
        _link(node, "alternate", entry.href, "text/html")
        label = desk.say(f"feed.kind.{entry.kind}")
        ET.SubElement(node, "category", {"term": entry.kind, "label": label})
        notice = f"{desk.notice}." if desk.notice else ""
        _text(node, "summary", " ".join(filter(None, (*entry.sentences, notice))))
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _id(desk: Desk, entry: _Entry) -> str:
    host = urlsplit(desk.site.address).hostname
    day = entry.at.astimezone(desk.site.timezone).date()
    return f"tag:{host},{day.isoformat()}:{desk.language}/{entry.name}"


def _moment(desk: Desk, moment: datetime) -> str:
    return moment.astimezone(desk.site.timezone).isoformat(timespec="seconds")


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _link(parent: ET.Element, relation: str, address: str, kind: str) -> None:
    ET.SubElement(parent, "link", {"rel": relation, "type": kind, "href": address})
