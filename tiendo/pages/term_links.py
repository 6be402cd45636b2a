"""The way from a word in a page's running text to the sentence that says what it means.

Only where it first stands on the page, and only in sentences of the site's own: never in a heading,
a link, a table, a picture, a quotation or a citation.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import escape

from tiendo.pages.glossary import spellings, terms
from tiendo.words import addresses
from tiendo.words.desk import Desk
from tiendo.words.wording import Words

WITHOUT = (addresses.GLOSSARY, addresses.FIND, addresses.HELP)
"""Pages that list words or codes, and whose text is none to read on in."""

_RUNNING = frozenset({"p", "li"})
_SHUT = frozenset(
    {
        *("h1", "h2", "h3", "h4", "h5", "h6", "a", "button", "form", "nav", "details", "dl"),
        *("blockquote", "q", "code", "time", "figure", "svg", "table", "script", "style"),
    }
)
_SHUT_CLASSES = re.compile(
    r"td-(cite|cell|detail|figure|files|gap|kicker|links|mark|news|notes|remark|tag|value)\b"
)
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "use", "wbr"})

_TAG = re.compile(r"(<[^<>]+>)")
_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
_CLASS = re.compile(r'class="([^"]*)"')


def linking(words: Words) -> Callable[[str, Desk], str]:
    """What puts the links into a page, by the terms of a language."""
    places = {spelling.casefold(): term.id for term in terms(words) for spelling in term.linked}
    # What only looks like a term ("biểu mẫu số liệu") is read first, and left alone.
    passed = spellings(words, "terms_page.unlinked")
    read = sorted((*places, *passed), key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, read))})(?!\w)", re.IGNORECASE)

    def link(html: str, desk: Desk) -> str:
        if not places or desk.here.startswith(WITHOUT) or not pattern.search(html):
            return html
        linked: set[str] = set()

        def replaced(match: re.Match[str]) -> str:
            term = places.get(match[1].casefold())
            if term is None or term in linked:
                return match[0]
            linked.add(term)
            href = escape(desk.href(addresses.of_term(term)))
            return f'<a class="td-term" href="{href}">{match[1]}</a>'

        return "".join(
            pattern.sub(replaced, piece) if running else piece for piece, running in _pieces(html)
        )

    return link


def _pieces(html: str) -> list[tuple[str, bool]]:
    """The tags of a page and the texts between them, and whether each is running text."""
    found: list[tuple[str, bool]] = []
    around: list[str] = []
    shut = 0  # how many of the elements around hold no running text, or one in others' words
    closes: list[bool] = []
    for at, piece in enumerate(_TAG.split(html)):
        if at % 2 == 0:
            found.append((piece, shut == 0 and not _RUNNING.isdisjoint(around)))
            continue
        found.append((piece, False))
        named = _NAME.match(piece)
        if named is None or named[1] in _VOID or piece.endswith("/>"):
            continue
        if piece.startswith("</"):
            while around:
                shut -= closes.pop()
                if around.pop() == named[1]:
                    break
        else:
            around.append(named[1])
            closes.append(_is_shut(named[1], piece))
            shut += closes[-1]
    return found


def _is_shut(name: str, tag: str) -> bool:
    classes = _CLASS.search(tag)
    return (
        name in _SHUT
        or " lang=" in tag
        or (classes is not None and _SHUT_CLASSES.search(classes[1]) is not None)
    )
