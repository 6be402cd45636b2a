"""One order everywhere: `position` says it, and the order of rows in a file says nothing."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from packages_at_hand import NOW, SITE, draft, inspect, table, write_table
from pages_at_hand import pages

from tiendo.files.calendar import calendar_files
from tiendo.files.feeds import feeds
from tiendo.files.open_data import open_data
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.terms import Results
from tiendo.words.wording import words

TOLD = {language: words(language) for language in SITE.languages}
SHUFFLED = (
    "plan/goals.csv",
    "plan/indicators.csv",
    "plan/targets.csv",
    "areas/areas.csv",
    "results/2024/v1/observations.csv",
)
AS_THEY_ARE = "du-lieu/nam/"
"""Where the files of a version are handed on as they were brought."""


def known(data: Path) -> Results:
    found = inspect(data)
    assert [problem for problem in found.problems if problem.stops] == []
    assert found.archive is not None
    return results(published(found.archive, NOW, preview=True), NOW, preview=True)


def everything(data: Path) -> Mapping[str, bytes]:
    """All pages, and all files that are text."""
    given = known(data)
    files = {
        **open_data(given, SITE, TOLD),
        **dict(feeds(given, SITE, TOLD)),
        **dict(calendar_files(given, SITE, TOLD)),
    }
    shown = {path: content for path, content in files.items() if not path.startswith(AS_THEY_ARE)}
    # Packed together, the files of a version are in it.
    return {**dict(pages(given, SITE, files)), **shown}


def test_the_order_of_rows_in_a_file_changes_no_byte_of_any_page_or_file(tmp_path: Path) -> None:
    data = draft(tmp_path)
    before = everything(data)
    for name in SHUFFLED:
        rows = table(data / name)
        random.Random(name).shuffle(rows)  # noqa: S311 - any other order will do
        write_table(data / name, rows)
    after = everything(data)

    assert before.keys() == after.keys()
    assert [path for path in before if before[path] != after[path]] == []


@pytest.fixture
def turned(tmp_path: Path) -> Path:
    """The small case with its goals, and the indicators of each, in the opposite order."""
    data = draft(tmp_path)
    for name in ("goals", "indicators"):
        file = data / "plan" / f"{name}.csv"
        rows = table(file)
        for row in rows:
            row["position"] = str(len(rows) + 1 - int(row["position"]))
        write_table(file, rows)
    # What was signed had the other order; what is looked at here is a plan that begins with it.
    shutil.rmtree(data / "results" / "2023")
    releases = data / "results" / "releases.csv"
    write_table(releases, [row for row in table(releases) if row["year"] == "2025"])
    return data


LISTS = {
    "home": ("index.md", r'href="chi-tieu/([a-z-]+)/'),
    "table": ("bang-tong-hop/index.md", r'href="\.\./chi-tieu/([a-z-]+)/'),
    "an area": ("dia-ban/ben-lau/index.md", r'href="\.\./\.\./chi-tieu/([a-z-]+)/'),
    "a year": ("nam/2024/index.md", r'href="\.\./\.\./chi-tieu/([a-z-]+)/'),
}


@pytest.mark.parametrize("page", LISTS)
def test_every_list_of_indicators_is_in_the_plans_order(page: str, turned: Path) -> None:
    path, link = LISTS[page]
    content = everything(turned)[f"vi/{path}"].decode()
    archive = inspect(turned).archive
    assert archive is not None

    lists = [
        list(dict.fromkeys(re.findall(link, section)))
        for section in re.split('<section|<details class="td-fold|<li class="td-k', content)
    ]
    met = {name for each in lists for name in each}

    assert len(met) > 3
    for each in lists:  # by verdict; and rates apart from standards on an area's page
        assert each == [one.indicator for one in archive.indicators if one.indicator in each]
