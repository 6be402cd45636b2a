"""What a slip of the hand does to a whole file is told as that, and not by all that follows from it.

On the shipped data, whose last year is taken as a draft that a clerk saved with Excel.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from makers_at_hand import an_edition
from packages_at_hand import SITE, inspect, table, write_table

from tiendo.config import ROOT
from tiendo.judge.unread import may_stand
from tiendo.terms import Problem
from tiendo.words.problems import reported
from tiendo.words.wording import words

YEAR = 2025
NOW = datetime(2026, 11, 24, tzinfo=SITE.timezone)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped data, the newest year of which is not signed off."""
    folder = Path(shutil.copytree(ROOT / "data", tmp_path_factory.mktemp("one") / "data"))
    releases = folder / "results" / "releases.csv"
    write_table(releases, [row for row in table(releases) if row["year"] != str(YEAR)])
    return folder


def found_with(data: Path, name: str, change: Callable[[str], str]) -> tuple[Problem, ...]:
    """What is found with one of the draft's files changed; the file is put back."""
    file = data / f"results/{YEAR}/v1/{name}"
    sound = file.read_bytes()
    changed = change(sound.decode())
    assert changed != sound.decode()
    try:
        file.write_bytes(changed.encode())
        return tuple(each for each in inspect(data, now=NOW).problems if each.stops)
    finally:
        file.write_bytes(sound)


def turned(text: str) -> str:
    """Dates as Excel in Vietnamese shows and saves them."""
    return re.sub(r"\b(20\d\d)-(\d\d)-(\d\d)\b", r"\3/\2/\1", text)


def blocks(problems: tuple[Problem, ...]) -> list[str]:
    text = reported(problems, "text", words("vi"))
    return re.findall(r"\[([a-z-]+)\]$", text, re.MULTILINE)


def test_the_draft_itself_is_sound(data: Path) -> None:
    assert [each for each in inspect(data, now=NOW).problems if each.stops] == []


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        pytest.param("reports.csv", turned, ["cell-date"], id="dates of the reports"),
        pytest.param(
            "reports.csv", lambda text: text.replace(",", ";"), ["file-separator"], id="semicolons"
        ),
        pytest.param("reports.csv", lambda _: "", ["file-empty"], id="reports emptied"),
        pytest.param(
            "reports.csv",
            lambda text: text.replace("received_on", "received"),
            ["header-wrong"],
            id="a head of the reports",
        ),
        pytest.param(
            "reports.csv",
            lambda text: text.replace("minh họa của", "minh  họa của"),
            ["cell-spaces"],
            id="double spaces in documents",
        ),
        pytest.param(
            "observations.csv",
            lambda text: text.replace(",", ";"),
            ["file-separator"],
            id="figures with semicolons",
        ),
        pytest.param(
            "observations.csv",
            lambda text: re.sub(r",A,", ",a,", text),
            ["cell-enum"],
            id="status in small letters",
        ),
        pytest.param(
            "actions.csv",
            lambda text: text.replace("under-way", "đang làm"),
            ["cell-enum"],
            id="states in words",
        ),
        pytest.param("actions.csv", lambda _: "", ["file-empty"], id="actions emptied"),
    ],
)
def test_a_slip_that_reaches_every_row_is_told_once(
    data: Path, name: str, change: Callable[[str], str], told: list[str]
) -> None:
    assert blocks(found_with(data, name, change)) == told


def test_of_turned_dates_of_the_figures_only_those_are_told(data: Path) -> None:
    found = found_with(data, "observations.csv", turned)

    assert {each.code for each in found} == {"cell-date"}
    assert {each.place.column for each in found} == {"as_of", "decided_on"}


def test_a_cause_stands_before_what_a_rule_finds(data: Path) -> None:
    found = found_with(
        data,
        "observations.csv",
        lambda text: turned(text).replace("Báo cáo minh họa", "Bao cao", 1),
    )

    codes = [each.code for each in found]
    assert codes[0] == "cell-date"
    assert codes.index("source-unknown") == len(codes) - 1


@pytest.mark.parametrize(
    ("table", "cells", "may"),
    [
        ("observations", {"indicator": "biet-boi", "area": "ben-lau"}, True),
        ("observations", {"indicator": "biet-boi", "area": "doi-che"}, True),
        ("observations", {"indicator": "boi-xa", "area": "doi-che"}, True),
        ("observations", {"indicator": "boi-xa", "area": "ben-lau"}, False),
        # Letters that only look alike may be what is wrong with it.
        ("observations", {"indicator": "BIET-BOI", "area": "ben-lau"}, True),
        # A table of which no row could be read; one of which every row could be.
        ("reports", {"reporter": "so-giao-duc"}, True),
        ("actions", {"action": "II.1.1"}, False),
    ],
)
def test_a_row_that_could_not_be_read_may_be_any_that_its_cells_do_not_rule_out(
    table: str, cells: dict[str, str], *, may: bool
) -> None:
    rows = ({"indicator": "biet-boi", "area": None}, {"indicator": "", "area": "doi-che"})
    edition = an_edition(unread={"observations": rows, "reports": None})

    assert may_stand(edition, table, **cells) is may
