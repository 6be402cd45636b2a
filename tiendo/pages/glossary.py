"""The page of terms: what the words of this site mean, each in a sentence.

The terms and their sentences are the wording's: ``term.<group>.<id>``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from tiendo.pages.page import Page
from tiendo.words import addresses
from tiendo.words.desk import Desk, head
from tiendo.words.parts import Head, Link
from tiendo.words.wording import Words

VERDICTS = f"{addresses.METHOD}#muc-danh-gia"
"""Where the method tells of the verdicts."""

_MENU = 3
_PARTS = 4
"""Of a key: ``term``, its group, its id, what of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A word of this site."""

    group: str
    id: str
    word: str
    meaning: str
    elsewhere: bool
    """Whether word and sentence are those of something else: a verdict, a reason for a gap."""
    linked: tuple[str, ...]
    """Its spellings that lead to its sentence from other pages; most have none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TermGroup:
    """Terms of one kind."""

    id: str
    title: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class GlossaryPage:
    """All terms."""

    head: Head
    title: str
    lead: str
    groups: tuple[TermGroup, ...]
    method: Link


def terms(words: Words) -> tuple[Term, ...]:
    """Every term that the wording explains, in its order."""
    return tuple(_terms(words))


def _terms(words: Words) -> Iterator[Term]:
    keys = [key.split(".") for key in words.sentences if key.startswith("term.")]
    for group, id_ in dict.fromkeys((key[1], key[2]) for key in keys if len(key) == _PARTS):
        own = f"{group}.{id_}"
        elsewhere = words.knows(f"term.{own}.says")
        told = words.say(f"term.{own}.says") if elsewhere else f"term.{own}"
        word = words.sentences[f"{told}.word"]
        yield Term(
            group=group,
            id=id_,
            word=word[:1].upper() + word[1:],
            meaning=words.sentences[f"{told}.meaning"],
            elsewhere=elsewhere,
            linked=spellings(words, f"term.{own}.linked"),
        )


def spellings(words: Words, key: str) -> tuple[str, ...]:
    """What stands in a list of the wording; none where it has no such list."""
    return tuple(filter(None, words.sentences.get(key, "").split("|")))


def glossary_page(desk: Desk) -> GlossaryPage:
    """All terms, by kind."""
    title = desk.say("terms_page.title")
    return GlossaryPage(
        head=head(desk, title=title, description=desk.say("terms_page.description"), group=_MENU),
        title=title,
        lead=desk.say("terms_page.lead"),
        groups=tuple(
            TermGroup(id=group, title=desk.say(f"terms_page.group.{group}"), terms=tuple(members))
            for group, members in groupby(terms(desk.words), key=lambda term: term.group)
        ),
        method=Link(text=desk.say("terms_page.method"), href=desk.href(VERDICTS)),
    )


PAGE = Page(
    id="glossary",
    address=addresses.GLOSSARY,
    build=lambda at, _material, _: glossary_page(at),
    menu="about",
)
