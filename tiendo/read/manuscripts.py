"""Pages written by hand: Markdown, names of a closed list, and nothing that runs.

The one door to Markdown and nh3.  A manuscript is text of people who may write pages and may not
write the program: a name in double braces stands for a value, HTML passes through lists of
elements, attributes, classes and addresses, and whatever is in none of them is a `Problem` with
its line.  What is published has been through nh3 as well, whose reading is that of browsers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import nh3
from markdown import Markdown

from tiendo.terms import Place, Problem

LONGEST = 200_000
"""Bytes that a manuscript may have."""

_NESTING = re.compile(r"(?:[ \t]*(?:>|[-+*][ \t]|\d+\.[ \t])){40}")
"""The start of a line that is quotes and lists inside each other, deeper than anyone reads."""

WORDS = (
    "areas.count",
    "areas.unit",
    "contact",
    "indicators.count",
    "licence",
    "milestones",
    "operator",
    "plan.issuer",
    "plan.number",
    "plan.period",
    "plan.signed",
    "plan.title",
    "report.rule",
    "scope",
)
"""Names that stand for some words inside a line."""

BLOCKS = ("area.verdicts", "changes", "example", "gaps", "notice", "verdicts")
"""Names that stand for a table or a paragraph, alone on their line."""

_EVERYWHERE = frozenset({"class", "id", "lang", "title"})
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset({"href", "hreflang"}),
    "img": frozenset({"alt", "height", "loading", "src", "width"}),
    "ol": frozenset({"start"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}
_ELEMENTS = frozenset(
    re.findall(
        r"\w+",
        """
    a abbr b blockquote br caption cite code dd del details div dl dt em figcaption figure
    h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol p pre q samp small span strong sub summary sup
    table tbody td tfoot th thead time tr ul
""",
    )
)
_CLASSES = frozenset(
    re.findall(
        r"[\w-]+",
        """
    td-detail td-example td-facts td-facts--wide td-kicker td-lead td-links td-notice
    td-picture td-picture--phone td-rules td-small td-table td-words
""",
    )
)
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_VALUES = {
    "height": re.compile(r"\d{1,4}"),
    "width": re.compile(r"\d{1,4}"),
    "id": re.compile(r"[a-z][a-z0-9-]*"),
    "loading": re.compile(r"lazy|eager"),
    "scope": re.compile(r"col|row|colgroup|rowgroup"),
}
"""What may stand in attributes that mean something to the frame around the page."""

_NAME = re.compile(r"\{\{(.*?)\}\}")
_PROGRAM = re.compile(r"\{\{|\}\}|\{%|%\}|#\}")
_MARKED = re.compile("\ue000([0-9]+)\ue001")
_OURS = re.compile("[\ue000\ue001]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ODD = re.compile(r"[\x00-\x20\x7f\\\ue000\ue001]")

_EXTENSIONS = ("attr_list", "fenced_code", "md_in_html", "tables", "toc")


@dataclass(frozen=True, kw_only=True, slots=True)
class Manuscript:
    """One page as it was written, as HTML in which the names are still to be filled in."""

    pieces: tuple[str, ...]
    """HTML, and at every second place the name of a block."""
    names: tuple[str, ...]
    """What the marks in the HTML stand for, by their numbers."""
    ids: frozenset[str]
    """The places in it that can be led to."""

    def filled(self, piece: str, values: Mapping[str, str]) -> str:
        """A piece of HTML with its names filled in; the values are HTML themselves."""
        return _MARKED.sub(lambda mark: values.get(self.names[int(mark[1])], ""), piece)


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What a manuscript may lead to, from where it will stand."""

    pages: Mapping[str, str]
    """Public addresses of pages, such as ``so-lieu/``, by those with the pages' ids, ``data/``;
    the home page's are empty.  Either may be written."""
    files: Collection[str]
    """Files of the frame, such as ``assets/guide/form.png``."""
    site: str = ""
    """Where the site will stand, ending in a slash; whole addresses below it are its own."""
    folders: tuple[str, ...] = ()
    """Those of the languages that don't stand at the root, such as ``en/``."""
    depending: tuple[str, ...] = ()
    """Folders of the site whose pages depend on the data: only a build knows them."""


def chosen(folders: Sequence[Path], language: str, name: str) -> Path | None:
    """The file of a page: the first that one of the folders has for a language; None: none."""
    paths = (folder / language / name for folder in folders)
    return next((path for path in paths if path.is_symlink() or path.exists()), None)


def strangers(folders: Sequence[Path], language: str, names: Collection[str]) -> list[Path]:
    """Markdown files in a language's folders that no page is made from."""
    return sorted(
        path
        for folder in folders
        for path in (folder / language).glob("*.md")
        if path.name not in names
    )


def problems(
    folders: Sequence[Path],
    languages: Sequence[str],
    names: Mapping[str, str],
    around: Surroundings,
) -> Iterator[Problem]:
    """What is wrong with the pages written by hand.

    ``folders`` are looked through in their order; ``names`` are the pages' files by address.
    """
    for language in languages:
        for path in strangers(folders, language, names.values()):
            yield Problem(
                code="page-unknown",
                place=Place(file=f"docs/{language}/{path.name}"),
                facts={"names": ", ".join(sorted(names.values()))},
                stops=False,
            )
        texts: dict[str, str] = {}
        for address, name in names.items():
            file = f"docs/{language}/{name}"
            there = chosen(folders, language, name)
            text = text_of(there) if there is not None else ""
            if there is None:
                yield Problem(code="page-missing", place=Place(file=file))
            elif text is None or any(map(_NESTING.match, text.split("\n"))):
                yield Problem(code="page-unreadable", place=Place(file=file))
            else:
                texts[address] = text
        try:
            ids = {address: written(text).ids for address, text in texts.items()}
            ids |= {around.pages.get(address, address): found for address, found in ids.items()}
            for address, text in texts.items():
                yield from faults(text, f"docs/{language}/{names[address]}", around, ids)
        except RecursionError:
            yield Problem(code="page-unreadable", place=Place(file=f"docs/{language}"))


def text_of(path: Path) -> str | None:
    """What stands in a file; None: it is no text, too long, or a way out of its folder."""
    try:
        if any(part.is_symlink() for part in (path, *path.parents[:2])) or not path.is_file():
            return None
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        return None
    return text if len(raw) <= LONGEST and "\0" not in text else None


def with_names(text: str, names: Mapping[str, str]) -> str:
    """A text whose links to pages by their ids (``../data/``) lead to what the site calls them.

    >>> with_names("[Data](../data/index.md#files)", {"data": "so-lieu"})
    '[Data](../so-lieu/index.md#files)'
    """
    return re.sub(r"(?<=\.\./)[a-z-]+(?=/)", lambda found: names.get(found[0], found[0]), text)


def written(text: str) -> Manuscript:
    """The page that a text without problems makes; of one with problems, what may be shown."""
    names: list[str] = []

    def mark(found: re.Match[str]) -> str:
        names.append(found[1].strip())
        return f"\ue000{len(names) - 1}\ue001"

    known = {*WORDS, *BLOCKS}
    marked = _NAME.sub(
        lambda found: mark(found) if found[1].strip() in known else "",
        _OURS.sub("", text),
    )
    html = _cleaned(_led(_html(marked)))
    blocks = "|".join(str(at) for at, name in enumerate(names) if name in BLOCKS)
    parts = re.split(f"<p>\ue000({blocks})\ue001</p>", html) if blocks else [html]
    pieces = [names[int(part)] if at % 2 else part for at, part in enumerate(parts)]
    ids = frozenset(re.findall(r'\sid="([^"]*)"', html))
    return Manuscript(pieces=tuple(pieces), names=tuple(names), ids=ids)


def _led(html: str) -> str:
    """Links to Markdown files become links to the pages that they make."""
    return re.sub(r'(\shref="[^":]*?)index\.md(?=["#])', r"\1", html)


def faults(
    text: str, file: str, around: Surroundings, others: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """What a manuscript may not have, each with its line.

    ``others`` are the pages written by hand, by address, with the places in them.
    """
    lines = text.split("\n")
    yield from _of_names(lines, file)
    html = _html(_NAME.sub("\ue000\ue001", text))
    found = _elements(html)
    told: set[tuple[str, str]] = set()
    for code, value, clue in _of_elements(found, around, others):
        if (code, value) not in told:
            told.add((code, value))
            rows = (at for at, line in enumerate(lines, 1) if clue.lower() in line.lower())
            yield Problem(code=code, place=Place(file=file, row=next(rows, None), value=value))
    if not told and _differs(html):
        yield Problem(code="page-html", place=Place(file=file, value="<…>"))


def dead(text: str, file: str, addresses: Collection[str]) -> Iterator[Problem]:
    """The links of a manuscript that lead nowhere in the site that was made from it.

    ``addresses`` are those that do so in its page, from whatever they came.
    """
    manuscript = written(text)
    own = {
        value
        for piece in manuscript.pieces[::2]
        for _, given in _elements(piece)
        for key, value in given
        if key in {"href", "src"}
    }
    lines = text.split("\n")
    for address in sorted(own & {*addresses}):
        # As it may stand in the text: `_led` took the name of the file away.
        as_written = (address, address.replace("#", "index.md#"), f"{address}index.md")
        rows = (
            at
            for at, line in enumerate(lines, 1)
            if any(each in unescape(line) for each in as_written)
        )
        place = Place(file=file, row=next(rows, None), value=address)
        yield Problem(code="page-link-dead", place=place)


def _of_names(lines: Sequence[str], file: str) -> Iterator[Problem]:
    for row, line in enumerate(lines, 1):
        beside = (*lines[max(row - 2, 0) : row - 1], *lines[row : row + 1])
        for found in _NAME.finditer(line):
            name = found[1].strip()
            if name not in {*WORDS, *BLOCKS}:
                place = Place(file=file, row=row, value=found[0])
                yield Problem(code="page-name-unknown", place=place)
            elif name in BLOCKS and (line != found[0] or any(map(str.strip, beside))):
                place = Place(file=file, row=row, value=found[0])
                yield Problem(code="page-name-misplaced", place=place)
        if rest := _PROGRAM.search(_NAME.sub("", line)):
            place = Place(file=file, row=row, value=rest[0])
            yield Problem(code="page-name-unknown", place=place)


Element = tuple[str, list[tuple[str, str]]]
"""A tag and its attributes."""


class _Elements(HTMLParser):
    """Every element of a page with its attributes, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.found.append((tag, [(key, value or "") for key, value in attrs]))

    def handle_decl(self, decl: str) -> None:
        """No page has a declaration of its own."""
        self.found.append((f"!{decl[:20]}", []))

    def handle_pi(self, data: str) -> None:
        """Nor an instruction to some program."""
        self.found.append((f"?{data[:20]}", []))

    def unknown_decl(self, data: str) -> None:
        """Nor anything else of that kind."""
        self.found.append((f"![{data[:20]}", []))


def _elements(html: str) -> list[Element]:
    seen = _Elements()
    seen.feed(html)
    seen.close()
    return seen.found


def _of_elements(
    found: Sequence[Element], around: Surroundings, others: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, str, str]]:
    """Code, value and what to look for in the text, of each thing that may not stand there."""
    ids = {value for _, given in found for key, value in given if key == "id"}
    for tag, given in found:
        if tag not in _ELEMENTS:
            yield "page-html", f"<{tag}>", f"<{tag}"
            continue
        for key, value in given:
            if key in {"href", "src"} and key in _ATTRIBUTES.get(tag, ()):
                if key == "href" and _is_dead(value, around):
                    yield "page-link-dead", value, value
                elif not _leads(key, value, ids, around, others):
                    yield "page-address", value.replace("\ue000\ue001", "{{…}}"), value
            elif not _allowed(tag, key, value):
                yield "page-html", f'<{tag} {key}="{value}">', key


def _allowed(tag: str, key: str, value: str) -> bool:
    if "\ue000" in value:  # a value may be HTML
        return False
    if key == "class":
        return {*value.split()} <= _CLASSES
    known = key in _EVERYWHERE | _ATTRIBUTES.get(tag, frozenset())
    return known and (key not in _VALUES or bool(_VALUES[key].fullmatch(value)))


def _is_dead(address: str, around: Surroundings) -> bool:
    """Whether a whole address is that of a page of the site itself, and there is none.

    Of places in pages, of files and of pages that depend on the data the build tells.
    """
    if not around.site or not address.startswith(around.site):
        return False
    path = unquote(re.split("[?#]", address.removeprefix(around.site))[0])
    folder = next(filter(path.startswith, around.folders), "")
    path = path.removeprefix(folder)
    is_page = path.endswith("/") or not path
    return is_page and path not in around.pages.values() and not path.startswith(around.depending)


def _leads(
    key: str,
    address: str,
    ids: Collection[str],
    around: Surroundings,
    others: Mapping[str, Collection[str]],
) -> bool:
    """Whether a link or a picture leads somewhere, and to no place where something runs."""
    if _ODD.search(address) or address.startswith(("/", "?")):
        return False
    path, _, place = address.partition("#")
    target = path.removeprefix("../")
    if key == "src":
        return not place and target != path and target in around.files
    if scheme := _SCHEME.match(address):
        return scheme[1].lower() in _SCHEMES
    if not path:
        return place in ids
    page = target.removesuffix("index.md")
    known = {*around.pages, *around.pages.values()}
    if place:
        return target != path and page in known and place in others.get(page, ())
    return target != path and (page in known or target in around.files)


def _differs(html: str) -> bool:
    """Whether a browser, whose reading nh3 has, makes something else of it than was looked at."""

    def told(elements: Sequence[Element]) -> list[tuple[str, list[tuple[str, str]]]]:
        return [(tag, sorted((key, value) for key, value in given)) for tag, given in elements]

    return told(_elements(html)) != told(_elements(_cleaned(html)))


def _cleaned(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(_ELEMENTS),
        attributes={
            tag: set((_EVERYWHERE | _ATTRIBUTES.get(tag, frozenset())) - {"class"})
            for tag in _ELEMENTS
        },
        allowed_classes={tag: set(_CLASSES) for tag in _ELEMENTS},
        url_schemes=set(_SCHEMES),
        link_rel=None,
    )


def _html(text: str) -> str:
    """Markdown as HTML, nothing of it looked at yet.

    Raises:
        RecursionError: elements inside each other, deeper than anything that is meant to be read.

    """
    return Markdown(extensions=list(_EXTENSIONS), output_format="html").convert(text)
