"""Every format of files, one line each: what gives its bytes by path from Results."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from tiendo.config import Site
from tiendo.files.calendar import calendar_files
from tiendo.files.feeds import feeds
from tiendo.files.open_data import figure_files
from tiendo.files.workbooks import workbook_files
from tiendo.machine.outputs import Making
from tiendo.terms import Results
from tiendo.words.wording import Words

Producer = Callable[[Results, Site, Mapping[str, Words]], Iterator[tuple[str, bytes | Making]]]
"""Gives content by path, one by one: all files of a country together are half a gigabyte."""

FILES: tuple[Producer, ...] = (figure_files, workbook_files, calendar_files)
"""What stands in folders of its own, and is written before the pages that offer it."""

FILES_AMID_PAGES: tuple[Producer, ...] = (feeds,)
"""What stands in the folders of pages, and is few."""


def made_now(recipe: str, make: Callable[[], bytes]) -> bytes:
    """What is made by a recipe, without asking whether it was made before."""
    del recipe
    return make()


def each_file(
    producers: Sequence[Producer],
    results: Results,
    site: Site,
    words: Mapping[str, Words],
    once: Callable[[str, Callable[[], bytes]], bytes] = made_now,
) -> Iterator[tuple[str, bytes]]:
    """What they produce, content by path; ``words`` are those of all languages of the site.

    ``once`` makes what takes long, or has it already.
    """
    for produced in producers:
        for path, content in produced(results, site, words):
            yield (
                path,
                content if isinstance(content, bytes) else once(content.recipe, content.make),
            )


def listing(files: Mapping[str, bytes]) -> dict[str, tuple[int, str]]:
    """Size in bytes and SHA-256 of each file."""
    return {
        name: (len(content), hashlib.sha256(content).hexdigest()) for name, content in files.items()
    }
