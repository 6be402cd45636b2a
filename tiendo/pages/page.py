"""What a page is: where it stands, what fills it, how one comes to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tiendo.config import ROOT, Site
from tiendo.pages.overview import Drawings, Plans
from tiendo.terms import Results
from tiendo.words.desk import Desk
from tiendo.words.wording import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """All that the pages of one language are made from."""

    results: Results
    before: Results | None
    """What was known without the newest edition, for what is new."""
    site: Site
    words: Words
    plans: Plans
    drawings: Drawings
    files: Mapping[str, tuple[int, str]]
    """The published files that are no pages: size in bytes and SHA-256 by path."""
    columns: tuple[tuple[str, str], ...]
    """The columns of the published tables: name and type."""
    pages: tuple[Page, ...]
    """Those that there are."""
    docs: tuple[Path, ...] = (ROOT / "docs",)
    """Folders of pages written by hand, the first that has one wins."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page, or all pages of one kind: one for each indicator, area, year."""

    id: str
    """By which the wording knows it: ``menu.<id>``, ``find.page.<id>``, ``find.words.<id>``."""
    address: str
    """From the site's root, ending in a slash; those of a kind stand in this folder."""
    build: Callable[[Desk, Material, str], object]
    """What its template places, of one of its subjects, by the desk of its address."""
    template: str = ""
    """Its file in ``templates/`` without the ending; empty: the id."""
    subjects: Callable[[Results, Words], Iterable[str]] | None = None
    """What pages of one kind are about, one each, or nothing ("") where there is one or none;
    None: there is always one page, about nothing else."""
    menu: str = ""
    """The group of the menu that it stands in, of a kind its last one; empty: in none."""
    searched: bool = True
    """Whether the search knows it by its name, where it is there; those of a kind it knows by their
    subjects."""
    withdrawn: Callable[[Desk, str], str] | None = None
    """How one of a kind is called after its figures were withdrawn; None: none depends on any."""

    @property
    def placed_by(self) -> str:
        """The file of its template."""
        return f"{self.template or self.id}.md.jinja"

    def addresses(self, results: Results, words: Words) -> Iterator[tuple[str, str]]:
        """Subject and address of each of its pages."""
        if self.subjects is None:
            yield "", self.address
            return
        for subject in self.subjects(results, words):
            yield subject, self.of(subject)

    def of(self, subject: str) -> str:
        """The address of one of a kind; without a subject, of the one that there may be."""
        return f"{self.address}{subject}/" if subject else self.address


def menu(pages: Sequence[Page], results: Results, words: Words) -> list[tuple[str, dict[str, str]]]:
    """The groups of the menu with their pages: names, and of pages the addresses by them.

    It names no indicator and no area; there may be thousands.
    """
    groups: dict[str, dict[str, str]] = {page.menu: {} for page in pages if page.menu}
    for page in pages:
        if page.menu:
            for subject, address in [*page.addresses(results, words)][-1:]:
                groups[page.menu][words.say(f"menu.{page.id}", year=subject)] = address
    return [(words.say(f"menu.group.{group}"), found) for group, found in groups.items()]
