"""The whole way, from a data folder to a website that stands."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from zlib import ZLIB_RUNTIME_VERSION

from tiendo.charts.draw import (
    Chart,
    Drawing,
    card_svg,
    drawn,
    interactive_json,
    javascript_bundle,
    signs_of,
    standalone_svg,
)
from tiendo.charts.embeds import embed_page, pinned_name
from tiendo.charts.picture import Picture, picture_file, source_of
from tiendo.charts.pictures import pictures
from tiendo.charts.pinned import Pin, pins
from tiendo.charts.strips import fields
from tiendo.check.plan import ids_of
from tiendo.config import BUILD, ROOT, Run, Site
from tiendo.files.open_data import COLUMNS, in_languages
from tiendo.files.producers import FILES, FILES_AMID_PAGES, each_file, listing
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.judge.past import known_by
from tiendo.machine.cache import Cache, checksums, forget, sweep
from tiendo.machine.outputs import Taken, only
from tiendo.machine.write import hindrances_told, locked, replacing, update, write
from tiendo.pages.cards import cards
from tiendo.pages.contents import PAGES
from tiendo.pages.page import Material, menu
from tiendo.pages.paper import sheets
from tiendo.pages.quotes import quote_pages
from tiendo.pages.rendering import embedded, rendered
from tiendo.pages.withdrawn import (
    withdrawn_bitmaps,
    withdrawn_embeds,
    withdrawn_pictures,
    withdrawn_sheets,
)
from tiendo.read import manuscripts
from tiendo.site import standing
from tiendo.site.frame import language_config
from tiendo.site.inspection import ASSETS, Inspected, frame_files
from tiendo.site.progress import Teller
from tiendo.site.publish import BrokenPages, publish
from tiendo.site.reasons import Reasons, explained, page_meant, reasons_of
from tiendo.site.typesetting import Bitmap, pixels, press, printed
from tiendo.terms import Archive, Place, Problem, Results
from tiendo.words import addresses
from tiendo.words.desk import Desk
from tiendo.words.parts import EmbedPage
from tiendo.words.problems import closing, reported
from tiendo.words.wording import Words, words

CHARTS, PAPER, PAGES_KEPT, FILES_KEPT = (
    BUILD / name for name in ("charts", "paper", "pages", "files")
)
"""What is made once and kept."""
VEGA = "vega"
"""The folder of the interactive charts' script."""

FONTS = ASSETS / "fonts"
SHEET = ROOT / "templates" / "area.typ"
SIGNS = ROOT / "site_config" / "theme" / "partials" / "marks.html"
FIRST_SHEET = "frame.css"
"""The style sheet that all others build on."""


def build_if_sound(found: Inspected, run: Run, site: Site, teller: Teller) -> bool:
    """Tell all problems and build the site, unless one of them stops; whether it was built.

    Raises:
        NotOurs, CannotWrite, BrokenPages: as `build_site`.

    """
    teller.plain(reported(found.problems, "text", teller.words).removesuffix("\n"))
    if found.archive is None or found.stops:
        for line in closing(found.problems, teller.words, site):
            teller.plain(line)
        teller.line("command.nothing-published", site=str(run.site))
        return False
    try:
        build_site(found.archive, run, site, teller)
    except BrokenPages as broken:
        late = _in_manuscripts(broken, run, site)
        if not late:
            raise
    except Taken as taken:
        late = tuple(_in_data(taken, found.archive))
        if not late:
            raise
    else:
        return True
    teller.plain(reported(late, "text", teller.words).removesuffix("\n"))
    for line in closing(late, teller.words, site):
        teller.plain(line)
    teller.line("command.nothing-published", site=str(run.site))
    return False


def _in_data(taken: Taken, archive: Archive) -> Iterator[Problem]:
    """The ids of the data that a path is made of which two outputs would have, with their places.

    The check refuses what it knows to collide; this is what it did not know.
    """
    names = {*re.split(r"/|--|\.", taken.path)}
    names |= {name.removesuffix("-excel") for name in names}
    for file, column, ids in ids_of(archive):
        for name, row in ids:
            if name in names:
                place = Place(file=file, row=row, column=column, value=name)
                yield Problem(code="id-taken", place=place)


def _in_manuscripts(broken: BrokenPages, run: Run, site: Site) -> tuple[Problem, ...]:
    """The dead links as faults of the pages written by hand, where all of them stand there."""
    found: list[Problem] = []
    told: set[tuple[str, str]] = set()
    by_page = {
        f"{addresses.in_language(address, language, site)}index.html": (language, name)
        for language in site.languages
        for address, name in addresses.HANDWRITTEN.items()
    }
    for page, links in groupby(broken.dead, key=lambda link: link.page):
        if page not in by_page:
            return ()
        language, name = by_page[page]
        path = manuscripts.chosen(run.docs, language, name)
        text = (manuscripts.text_of(path) if path is not None else None) or ""
        text = manuscripts.with_names(text, site.names)
        own = [link.address for link in links]
        faults = tuple(manuscripts.dead(text, f"docs/{language}/{name}", own))
        found += faults
        told |= {(page, each.place.value or "") for each in faults}
    return tuple(found) if len(told) == len(broken.complaints) else ()


def build_site(archive: Archive, run: Run, site: Site, teller: Teller) -> None:
    """Build the site of a sound archive and put it in its place in one step.

    Raises:
        NotOurs, CannotWrite: the place can't be written to; what stood there stands.
        BrokenPages: a fault of the program's own pages.

    """

    def waiting() -> None:
        teller.line("progress.waiting")

    with locked(BUILD, waiting=waiting):
        key = standing.key_of(archive, run, site)
        if run.fresh:
            with hindrances_told(BUILD):
                for kept in _kept():
                    forget(kept)
        elif standing.stands(run.site, key, BUILD / "standing"):
            teller.step("progress.same", site=str(run.site))
            return
        reasons = Reasons()
        with replacing(run.site, waiting=waiting) as fresh:
            _build_into(fresh, archive, (run, site), teller, reasons)
        if run.explain is not None:
            before, page = reasons_of(BUILD / "reasons.json"), page_meant(run.explain, site)
            for line in explained(page, reasons, before, teller.words):
                teller.plain(line)
        with hindrances_told(BUILD):
            reasons.write(BUILD / "reasons.json")
            again = standing.key_of(archive, run, site)
            standing.remember(run.site, key if key == again else None, BUILD / "standing")
    teller.step("progress.done", site=str(run.site))


def _build_into(
    fresh: Path, archive: Archive, asked: tuple[Run, Site], teller: Teller, reasons: Reasons
) -> None:
    """Build the site of a sound archive in an empty folder, and write down why it is as it is."""
    run, site = asked
    teller.step("progress.measure")
    seen = published(archive, run.now, preview=run.preview)
    known = results(seen, run.now, preview=run.preview)
    before = _before(known)
    all_words = {language: words(language) for language in site.languages}
    teller.step("progress.draw")
    plans = {
        language: only((plan.name, plan) for plan in pictures(_desk(known, site, told)))
        for language, told in all_words.items()
    }
    pinned = {
        language: tuple(pins(_desk(known, site, told))) for language, told in all_words.items()
    }
    drawings = drawn(
        {**_drawables(plans), **_drawables_then(pinned)},
        fonts=FONTS,
        cache=CHARTS,
        progress=teller.progress,
    )
    teller.step("progress.files")
    listed: dict[str, tuple[int, str]] = {}
    for path, content in each_file(FILES, known, site, all_words, _workbooks_kept().once):
        write({path: content}, fresh)
        listed |= listing({path: content})
    script, bundle = javascript_bundle(CHARTS)
    amid = each_file(FILES_AMID_PAGES, known, site, all_words)
    beside = only([(f"{VEGA}/{script}", bundle), *amid])
    teller.step("progress.pages")
    staged = {}
    bitmaps: dict[str, Bitmap] = {}
    papers: dict[str, str] = {}
    for language, told in all_words.items():
        own = {name: drawings[f"{language}/{name}"] for name in _names(plans[language])}
        desk = _desk(known, site, told)
        charts = _chart_files(desk, plans[language], own)
        beside |= only(charts.items(), beside)
        embeds = _embed_files(desk, plans[language], pinned[language], drawings)
        beside |= only(embeds.items(), beside)
        beside |= only(withdrawn_pictures(desk, {*beside}), beside)
        bitmaps |= only(_bitmaps(desk, plans[language], charts).items(), bitmaps)
        for path, svg in withdrawn_bitmaps(desk, {*bitmaps}):
            bitmaps |= only([(path, Bitmap(svg=svg, scale=2))], bitmaps)
        on_paper = (*sheets(desk), *withdrawn_sheets(desk))
        papers |= only(((path, json.dumps(asdict(sheet))) for path, sheet in on_paper), papers)
        material = Material(
            results=known,
            before=before,
            site=site,
            words=told,
            plans=plans[language],
            drawings=own,
            files=listed,
            columns=in_languages(COLUMNS, site.languages),
            pages=PAGES,
            docs=run.docs,
        )
        staged[language] = _staged(material, vega=f"{VEGA}/{script}", reasons=reasons)
    teller.step("progress.pictures")
    with hindrances_told(BUILD):
        for path, content in pixels(bitmaps, fonts=FONTS, cache=CHARTS, progress=teller.progress):
            write({path: content}, fresh)
        for path, content in printed(
            papers,
            press(SHEET, signs=SIGNS, fonts=FONTS),
            cache=PAPER,
            progress=teller.progress,
        ):
            write({path: content}, fresh)
    teller.step("progress.publish")
    publish(
        staged,
        fresh,
        default=site.languages[0],
        site_url=site.address,
        dated=_dated(known, run),
        beside=beside
        | only(
            [
                *_security(site, run).items(),
                ("robots.txt", _robots(site, listed=not _is_unlisted(known))),
            ],
            beside,
        ),
        cache=PAGES_KEPT,
        heard=lambda language, path, parts, made: reasons.note(
            f"{language} {path}", "frame", parts, made=made
        ),
    )
    for kept in (*_kept(), BUILD / "standing"):
        sweep(kept)


def _kept() -> tuple[Path, ...]:
    """The folders of what is made once and kept."""
    return CHARTS, PAPER, PAGES_KEPT, FILES_KEPT


def _workbooks_kept() -> Cache:
    by = f"{version('XlsxWriter')} {ZLIB_RUNTIME_VERSION} {sys.version}"
    drawing = checksums(ROOT / "tiendo" / "machine", "workbook.py")
    return Cache(folder=FILES_KEPT, ending=".xlsx", world=f"{by} {drawing}")


def _before(known: Results) -> Results | None:
    """What was known of the whole area without the newest edition; None where there is only one."""
    if len(known.editions) < 2:  # noqa: PLR2004 - a pair to compare
        return None
    return known_by(known, known.editions[-1].year - 1)


def _desk(known: Results, site: Site, told: Words) -> Desk:
    return Desk(
        results=known,
        site=site,
        words=told,
        here="",
        indicators={each.indicator: each for each in known.archive.indicators},
    )


def _names(plans: Mapping[str, Picture]) -> list[str]:
    return [
        name
        for plan in plans.values()
        for name in (plan.name, *((f"{plan.name}--narrow",) if plan.narrow else ()))
    ]


def _drawables(plans: Mapping[str, Mapping[str, Picture]]) -> dict[str, Chart]:
    """Everything to be drawn, by language and name."""
    charts: dict[str, Chart] = {}
    for language, pictures_ in plans.items():
        for plan in pictures_.values():
            charts[f"{language}/{plan.name}"] = plan.drawable
            if plan.narrow is not None:
                charts[f"{language}/{plan.name}--narrow"] = plan.narrow
    return charts


def _drawables_then(pinned: Mapping[str, Sequence[Pin]]) -> dict[str, Chart]:
    """What is to be drawn as it was with earlier versions; most of it is drawn already."""
    return {
        name: chart
        for language, of_language in pinned.items()
        for pin in of_language
        for name, chart in _drawn_then(language, pin).items()
    }


def _drawn_then(language: str, pin: Pin) -> dict[str, Chart]:
    stem = f"{language}/{pinned_name(pin.picture.name, pin.edition)}"
    narrow = {f"{stem}--narrow": pin.picture.narrow} if pin.picture.narrow else {}
    return {stem: pin.picture.drawable, **narrow}


def _embed_files(
    desk: Desk,
    plans: Mapping[str, Picture],
    pinned: Sequence[Pin],
    drawings: Mapping[str, Drawing],
) -> dict[str, bytes]:
    """The pages for frames in other pages, and the pictures that pinned ones show."""
    pages: list[tuple[str, EmbedPage]] = list(quote_pages(desk))
    files: dict[str, bytes] = {}
    for plan in plans.values():
        if plan.published:
            svgs = [
                _standing_alone(desk, plan, drawings[f"{desk.language}/{name}"]).decode()
                for name in _names({plan.name: plan})
            ]
            pages.append(embed_page(desk, None, [(plan, svgs)]))
    for _, together in groupby(pinned, key=lambda pin: (pin.edition, pin.picture.area or pin)):
        charts = []
        for pin in together:
            then = [
                _standing_alone(pin.desk, pin.picture, drawings[name]).decode()
                for name in _drawn_then(desk.language, pin)
            ]
            charts.append((pin.picture, then))
            if not pin.picture.area:
                file = picture_file(desk, pinned_name(pin.picture.name, pin.edition), "svg")
                files |= only([(file, then[0].encode())], files)
        pages.append(embed_page(desk, pin.edition, charts))
    pages += withdrawn_embeds(desk, {address for address, _ in pages})
    return files | only(embedded(pages, desk.words), files)


def _standing_alone(desk: Desk, plan: Picture, drawing: Drawing) -> bytes:
    return standalone_svg(
        drawing,
        alt=f"{plan.caption}. {plan.summary}",
        title=plan.caption,
        source=source_of(desk, plan),
        language=desk.language,
    ).encode()


def _chart_files(
    desk: Desk, plans: Mapping[str, Picture], drawings: Mapping[str, Drawing]
) -> dict[str, bytes]:
    """The charts that have files of their own: a picture that explains itself, and the spec."""
    files: list[tuple[str, bytes]] = []
    for plan in plans.values():
        if not plan.published:
            continue
        own = _standing_alone(desk, plan, drawings[plan.name])
        files.append((picture_file(desk, plan.name, "svg"), own))
        if plan.interactive:
            spec = interactive_json(plan.drawable, cache=CHARTS)
            files.append((picture_file(desk, plan.name, "vl.json"), spec))
    return only([*files, *fields(desk)])


def _bitmaps(
    desk: Desk, plans: Mapping[str, Picture], charts: Mapping[str, bytes]
) -> dict[str, Bitmap]:
    """What is there as PNG too, by the path of the PNG: charts, and cards for links."""
    of_charts = (
        (
            picture_file(desk, plan.name, "png"),
            Bitmap(svg=charts[picture_file(desk, plan.name, "svg")].decode(), scale=2),
        )
        for plan in plans.values()
        if plan.published and plan.pixels
    )
    signs = signs_of(SIGNS.read_text("utf-8"))
    of_cards = ((path, Bitmap(svg=card_svg(card, signs), scale=1)) for path, card in cards(desk))
    return only([*of_charts, *of_cards])


def _is_unlisted(known: Results) -> bool:
    """Whether search engines are asked to stay away: the figures are invented or not yet public."""
    return known.illustrative or known.preview


def _robots(site: Site, *, listed: bool) -> bytes:
    """What search engines may look at.

    A site that may be listed shows its map.  Pages of one that may not be ask for that themselves
    and must be read for it, so that they are not forbidden; files of figures can't ask, and are;
    first, for readers that go by the first line that fits.
    """
    if listed:
        return f"User-agent: *\nAllow: /\n\nSitemap: {site.address}sitemap.xml\n".encode()
    sheets_of = [addresses.in_language(addresses.FILES, other, site) for other in site.languages]
    folders = (addresses.API, *dict.fromkeys(sheets_of))
    forbidden = "".join(f"Disallow: /{folder}\n" for folder in folders)
    return f"User-agent: *\n{forbidden}Allow: /\n".encode()


def _security(site: Site, run: Run) -> dict[str, bytes]:
    """Whom to tell of a hole (RFC 9116), while that holds.

    It stands at the root as well: hosts leave out folders whose names begin with a dot.
    """
    if site.security_expires is None or site.security_expires <= run.now:
        return {}
    lines = (
        f"Contact: {site.security_contact}",
        f"Expires: {site.security_expires.isoformat()}",
        f"Preferred-Languages: {', '.join(site.languages)}",
        f"Canonical: {site.address}.well-known/security.txt",
        f"Canonical: {site.address}security.txt",
    )
    content = "".join(f"{line}\n" for line in lines).encode()
    return {".well-known/security.txt": content, "security.txt": content}


def _dated(known: Results, run: Run) -> datetime:
    """The moment of the newest release: the only date in the site's own files."""
    past = [release.released for release in known.calendar if release.released <= run.now]
    return max(past, default=run.now.replace(hour=0, minute=0, second=0, microsecond=0))


def _staged(material: Material, *, vega: str, reasons: Reasons) -> Path:
    """One language's folder for MkDocs: configuration, pages, assets.

    ``vega`` is where the interactive charts' script stands, from the site's root.
    """
    told, site = material.words, material.site
    folder = BUILD / told.language

    def heard(file: str, parts: Mapping[str, str], made: bool) -> None:  # noqa: FBT001
        page = f"{told.language} {file.removesuffix('.md')}.html"
        reasons.note(page, "words", parts, made=made)

    made = rendered(material, cache=PAGES_KEPT, heard=heard)
    pages = {f"docs/{path}": content for path, content in made.items()}
    assets = {
        f"docs/assets/{path.relative_to(ASSETS).as_posix()}": _sent(path) for path in frame_files()
    }
    sheet, styles = _styles()
    assets[f"docs/{sheet}"] = styles
    config = language_config(
        folder,
        inherits=ROOT / "mkdocs.yml",
        language=told.language,
        site_name=site.name[told.language],
        site_url=site.address + addresses.in_language("", told.language, site),
        nav=[
            (
                group,
                [
                    (name, f"{addresses.named(address, site)}index.md")
                    for name, address in entries.items()
                ],
            )
            for group, entries in menu(material.pages, material.results, told)
        ],
        custom_dir=ROOT / "site_config" / "theme",
        extra={
            "words": {
                key.removeprefix("theme."): told.say(key)
                for key in sorted(told.sentences)
                if key.startswith("theme.")
            },
            "plan": material.results.archive.plan.short[told.language],
            "operator": site.publisher[told.language],
            "contact": site.contact[told.language],
            "contact_href": site.contact_address or addresses.named(addresses.CONTACT, site),
            "mistake": site.mistake_address or addresses.named(addresses.CONTACT, site),
            "find": addresses.named(addresses.FIND, site),
            "find_index": addresses.named(addresses.FIND_INDEX, site),
            "licence": site.license,
            "noindex": _is_unlisted(material.results),
            **_due(material),
            "vega": vega if told.language == site.languages[0] else f"../{vega}",
        },
        site_description=site.description[told.language],
        extra_css=[sheet],
    )
    update({**pages, **assets, "mkdocs.yml": config}, folder)
    return folder


def _due(material: Material) -> dict[str, str]:
    """The next release, and what a page says once its hour has passed without a new build."""
    known = material.results
    ahead = [row.released for row in known.calendar if row.released > known.now]
    if not ahead:
        return {}
    moment = min(ahead)
    words = material.words.moment(moment.astimezone(material.site.timezone))
    return {
        "due": moment.isoformat(),
        "due_past": material.words.say("due.past", moment=words),
        "due_next": material.words.say("due.next", moment=words),
    }


_REMARKS = {
    ".js": re.compile(rb"^[ \t]*//.*\n", re.MULTILINE),
    ".css": re.compile(rb"^[ \t]*/\*[^*]*\*/\n", re.MULTILINE),
}
"""Lines that are for who works on our scripts and styles: a reader's line is slow."""


def _sent(path: Path) -> bytes:
    """A file of our own as it is sent."""
    remarks = _REMARKS.get(path.suffix)
    content = path.read_bytes()
    return content if remarks is None else remarks.sub(b"", content)


def _styles() -> tuple[str, bytes]:
    """All style sheets as one, which is asked for once and kept: its name changes with it."""
    sheets = sorted(ASSETS.glob("*.css"), key=lambda path: (path.name != FIRST_SHEET, path.name))
    content = b"".join(_sent(sheet) for sheet in sheets)
    return f"assets/styles.{sha256(content).hexdigest()[:12]}.css", content
