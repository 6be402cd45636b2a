"""The small case as people and programs get it: every page in both languages, every table and feed.

Whatever changes on a page is seen here first, in a diff; ``pytest --accept`` takes it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from packages_at_hand import CASES, NOW, SITE, SMALL, inspect
from pages_at_hand import pages, readable

from tiendo.files.calendar import calendar_files
from tiendo.files.feeds import feeds
from tiendo.files.open_data import open_data
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.terms import Results
from tiendo.words import addresses
from tiendo.words.wording import words

Golden = Callable[[Path, str], None]

EXPECTED = CASES / "small" / "expected"
TOLD = {language: words(language) for language in SITE.languages}
AS_THEY_WERE_SIGNED = "du-lieu/nam/"


@cache
def known() -> Results:
    found = inspect(SMALL)
    assert found.archive is not None
    return results(published(found.archive, NOW), NOW)


@cache
def files() -> Mapping[str, bytes]:
    return {
        **open_data(known(), SITE, TOLD),
        **dict(feeds(known(), SITE, TOLD)),
        **dict(calendar_files(known(), SITE, TOLD)),
    }


@cache
def rendered() -> Mapping[str, bytes]:
    return {path: content for path, content in pages(known(), SITE, files()) if _is_of_plan(path)}


def _is_of_plan(path: str) -> bool:
    """Whether a page says something of the plan: help on a problem is the same for every one."""
    return (
        not path.partition("/")[2].startswith(addresses.named(addresses.HELP, SITE))
        or path.count("/") < 3
    )


def golden_files(of: Path, suffixes: tuple[str, ...]) -> set[str]:
    return {
        file.relative_to(of).as_posix() for file in of.rglob("*") if file.name.endswith(suffixes)
    }


@pytest.mark.parametrize("language", SITE.languages)
def test_the_small_case_gives_these_pages(
    language: str, golden: Golden, request: pytest.FixtureRequest
) -> None:
    folder = EXPECTED / "pages"
    given = {
        path: content.decode()
        for path, content in rendered().items()
        if path.startswith(f"{language}/") and path.endswith(".md")
    }
    surplus = golden_files(folder / language, (".md",)) - {
        path.removeprefix(f"{language}/") for path in given
    }
    if request.config.getoption("--accept"):
        for path in surplus:
            (folder / language / path).unlink()
        surplus = set()

    assert surplus == set(), "pages that are no longer made"
    for path, text in given.items():
        golden(folder / path, readable(text))


@pytest.mark.parametrize("language", SITE.languages)
def test_the_small_case_is_found_by_these_words(language: str, golden: Golden) -> None:
    content = rendered()[f"{language}/{addresses.named(addresses.FIND_INDEX, SITE)}"]
    text = json.dumps(json.loads(content), ensure_ascii=False, indent=0)

    golden(EXPECTED / "pages" / language / "find.json", text + "\n")


def test_the_small_case_gives_these_files(golden: Golden) -> None:
    for path, content in files().items():
        if path.endswith((".csv", ".xml", ".ics")) and not path.startswith(AS_THEY_WERE_SIGNED):
            golden(EXPECTED / "files" / path, content.decode("utf-8-sig").replace("\r\n", "\n"))
