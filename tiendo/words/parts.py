"""Parts of pages and files, as strings that are ready to be placed."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """Words that lead somewhere; words alone where ``href`` is empty."""

    text: str
    href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DescribedLink:
    """A link, and what is to be said of it; nothing where ``text`` is empty."""

    link: Link
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkGroup:
    """Links of one kind, in the order in which one looks for them."""

    id: str
    title: str
    entries: tuple[DescribedLink, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkedNote:
    """A remark, and where it leads."""

    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherLanguage:
    """A page in another language."""

    code: str
    """``en``."""
    name: str
    """What the language calls itself."""
    href: str
    """Relative."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """What the page says about itself: front matter, head of the HTML, banner and menus."""

    language: str
    """``vi`` or ``en``."""
    title: str
    """For the browser's tab and search engines, without the site's name: "Lower secondary 3"."""
    description: str
    """One or two sentences, at most some 160 characters, with the finding where there is one."""
    canonical: str
    """Absolute address of this page; empty where the site's own address is not configured."""
    card: str
    """Absolute address of the picture that a shared link shows."""
    card_alt: str
    """What that picture says."""
    alternates: tuple[Link, ...]
    """The page's absolute address in each language of the site, the default language first, with
    the language's code as text; empty where there is but one."""
    switches: tuple[OtherLanguage, ...]
    """The same page in the other languages, for the language switch."""
    group: int
    """Group of the menu that this page belongs to, from 0: progress, delivery, data, about."""
    noindex: bool
    """Whether search engines are asked to stay away (illustrative data, previews)."""
    banner: str
    """The slim notice over every page: "Illustrative figures: not real results."; or empty."""
    watermark: str = ""
    """Word that a preview shows on every page ("Preview: not released"); normally empty."""
    feeds: tuple[Link, ...] = ()
    """Feeds of what is new, for programs that look for them: title and the way there."""
    structured: Markup = Markup("")  # noqa: RUF009 - a constant, nothing is called for each instance
    """What the page is, for machines (JSON-LD of schema.org), in one line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A verdict as it is shown: shape and colour from ``kind``, and always its word."""

    kind: str
    """A value of `tiendo.terms.Verdict`: ``met``, ``on-track``, ``behind``, ``not-moving``,
    ``lost``, ``missed``, ``not-held``, ``too-little-data``, ``not-measurable``."""
    word: str
    """"Behind"."""
    provisional: str = ""
    """"provisional", where a figure behind the verdict is preliminary or estimated; of a count
    of verdicts: "2 provisional"."""
    dated: str = ""
    """"on the result of 2023", where the newest figures have none to judge by."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """Why there is no figure, short enough for a cell."""

    kind: str
    """``z``, ``x``, ``c`` or ``n``, as in `tiendo.terms.Missing`; it is shown as a letter too."""
    word: str
    """"not reported"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionMark:
    """The sign at a figure that was changed after it was published."""

    sign: str
    name: str
    """What is read aloud of it: the sign, whose figure it is, and the label."""
    label: str
    """When and why it was changed, and what stood there before."""
    href: str
    """Where that is told: on the same page, else on the page of corrections."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A figure, or why there is none: exactly one of ``text`` and ``gap`` is there."""

    text: str = ""
    """"66.7%", "11-12 of 12", "Level 3", "Not recognised"."""
    detail: str = ""
    """What it was worked out from: "8 of 12 districts", "184,210 of 306,500 people"."""
    gap: Gap | None = None
    provisional: str = ""
    """"preliminary" or "estimated", also for aggregates that contain such a figure."""
    corrected: CorrectionMark | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One cell of a grid (a district in a year, a body in a year): shape, word, perhaps figure.

    Kinds beside the verdicts' and the four reasons: ``held`` and ``not-held`` for a standard in a
    year, ``on-time``, ``late``, ``none`` (nothing came) and ``not-due`` for reports, ``empty``
    for what is not expected at all.
    """

    kind: str
    word: str
    """"held", "not held", "late", "not reported"; short: cells are narrow."""
    text: str = ""
    """The figure, where the cell has one: "66.7%", "Level 3", "17 Dec"."""
    provisional: str = ""
    href: str = ""
    corrected: CorrectionMark | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Embed:
    """HTML to be copied into another page."""

    label: str
    """What it shows there: "always the newest figures"."""
    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """A chart with its words; the table beside it is the page's own."""

    id: str
    svg: Markup
    """The inline SVG, with its own text alternative (``role="img"`` and ``aria-label``)."""
    caption: str
    """What is shown, of which area and years, in which unit."""
    summary: str
    """What the chart shows, in one or two sentences worked out from the same figures; stands
    under it for everybody."""
    notice: str = ""
    """Small print: "Drawn to 100%", "Illustrative figures", "No map of borders"."""
    spec_href: str = ""
    """Address of the chart's specification for the interactive form; empty: none offered."""
    label: str = ""
    """Label of the button that asks for the interactive form."""
    downloads: tuple[Link, ...] = ()
    """The picture as files: "SVG", "PNG"."""
    embeds: tuple[Embed, ...] = ()
    """What to put into another page to show the figure or its chart there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Download:
    """A row of files that hold the same thing in several forms."""

    name: str
    """What is in it: "All years of this indicator"."""
    files: tuple[Link, ...]
    """"CSV", "CSV for Excel", "JSON"; the text says the form and may say the size."""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A term with what is to be said of it; a row of a list of facts."""

    term: str
    text: str
    href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class VerdictCount:
    """How many indicators (or areas) carry a verdict; those with none are left out."""

    mark: Mark
    count: str
    """"5"."""
    unit: str
    """"indicators"; may be singular."""
    names: tuple[DescribedLink, ...] = ()
    """Which ones, and what each falls short by; empty where each stands in a list below."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """One figure, report or action state that differs from the version before."""

    id: str
    released: str
    datetime: str
    edition: Link
    what: Link
    """The indicator, report or action."""
    area: Link
    old: str
    new: str
    kind: str
    """``correction``, ``scheduled`` or ``late``."""
    kind_word: str
    reason: str
    verdict_old: Mark | None
    """Both marks only where the verdict changed too."""
    verdict_new: Mark | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """A figure as others quote it: what it is, what it is measured by, where it is from."""

    title: str
    """"Learning citizens, Tứ Kỳ District"."""
    value: str
    """"35.2%"."""
    detail: str
    """"2024 · 55,500 of 157,500 · provisional"."""
    target: str
    """"Province's target for 2025: 40%"."""
    verdict: str
    """"Verdict: On track"."""
    source: str
    """"Source: …"; empty where the data name none."""
    dated: str
    """"Figures up to 31 December 2024, "; what follows is the version."""
    version: str
    """"edition 2024, version 1"."""
    version_href: str
    """Absolute: to what is told of that version, also once another took its place."""
    released: str
    """", released on 16 January 2025."."""
    corrected: str
    """That the figure was changed, when and why, and what stood there; normally empty."""
    judged: str
    """Up to when figures count in the verdict: "Verdict on what was released by …"."""
    remarks: str
    """What always goes with it: the notice, and that this is no site of the state."""
    href: str
    """Absolute: to the place on the page that explains the figure."""
    link_text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EmbedPart:
    """One of the things that a page for frames shows: a chart, or a figure."""

    id: str
    """By which a frame's address chooses it; empty where a page has nothing else."""
    pictures: tuple[Markup, ...] = ()
    """The chart with title, source, date and notice; a second one for narrow frames, if any."""
    quote: Quote | None = None
    href: str
    """Absolute: it leads out of the frame."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EmbedPage:
    """Charts or figures alone, for frames in other pages; without the site's look and scripts."""

    language: str
    title: str
    parts: tuple[EmbedPart, ...]
    assets: str
    """The way to the site's icon and to the typeface with which the pictures were measured."""
    pinned: str
    """Which version it stands for; empty: always the newest."""
    replaced: str
    """That another version took its place; normally empty."""
    notice: str
    link_text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where figures come from, and for which years."""

    text: str
    """Title of the document or data set."""
    years: str = ""
    """"2021-2024"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """A note on one year or area, or on all (``about`` empty)."""

    about: str
    """"2023", "Gia Loc, 2024", or empty."""
    text: str
    id: str = ""
    """By which a sign beside a figure leads here; empty where none does."""
