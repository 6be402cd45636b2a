"""Of all areas that an edition stands for: which ones anything has come from, and which sent nothing.

The plan's duty to report may name one body alone; that says nothing of the others.
"""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path

import pytest
from packages_at_hand import (
    NOW,
    SITE,
    draft,
    sign_again,
    signed_again,
    small,
    table,
    write_table,
)
from pages_at_hand import pages

from tiendo.files.open_data import open_data
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.read.archive import read
from tiendo.terms import Results
from tiendo.words.wording import words

TOLD = {language: words(language) for language in SITE.languages}
LOCAL = ("biet-boi", "boi-xa", "be-boi", "bo-sach")
"""The small case's indicators that its districts report."""

TELLING = ("bao-cao/index.md", "chat-luong/index.md", "nam/2024/index.md")
"""The pages that tell how the reporting of 2024 went."""

NO_FIGURE = {"numerator": "", "denominator": "", "value": "", "status": "", "source": ""}
FORMER = ("song-xanh", "ben-lau", "doi-che")


def only_one_owes(data: Path) -> None:
    """The duty to report names the department alone."""
    file = data / "plan" / "duties.csv"
    rows = [row for row in table(file) if row["agency"] == "so-giao-duc"]
    write_table(file, [{**row, "due": "before:12-25"} for row in rows])


def without_report(data: Path, *areas: str) -> None:
    file = data / "results/2024/v1/reports.csv"
    gone = {f"ubnd-{area}" for area in areas}
    write_table(file, [row for row in table(file) if row["reporter"] not in gone])


def without_figures(data: Path, area: str, missing: str = "x") -> None:
    file = data / "results/2024/v1/observations.csv"
    gone = {**NO_FIGURE, "missing": missing}
    write_table(
        file,
        [
            {**row, **gone} if row["area"] == area and row["indicator"] in LOCAL else row
            for row in table(file)
        ],
    )


def known_in(data: Path) -> Results:
    archive, _ = read(data)
    assert archive is not None
    return results(published(archive, NOW), NOW)


def told_in(data: Path) -> dict[str, str]:
    known = known_in(data)
    return {path: content.decode() for path, content in pages(known, SITE, {})}


def area_reported(data: Path) -> dict[str, set[str]]:
    """What the table of who gave what says of each area in 2024."""
    text = open_data(known_in(data), SITE, TOLD)["du-lieu/chat-luong.csv"].decode()
    found: dict[str, set[str]] = {}
    for row in csv.DictReader(StringIO(text)):
        if row["year"] == "2024":
            found.setdefault(row["area"], set()).add(row["area_reported"])
    return found


def test_whoever_sent_nothing_is_named_though_the_duty_names_another(tmp_path: Path) -> None:
    data = draft(tmp_path)
    only_one_owes(data)
    without_report(data, "song-xanh")
    without_figures(data, "song-xanh")
    signed_again(data)
    found = told_in(data)
    for page in TELLING:
        vietnamese, english = found[f"vi/{page}"], found[f"en/{page}"]
        assert "1 cơ quan phải gửi báo cáo, đã gửi đúng hạn" in vietnamese
        told = "Đã có báo cáo hoặc số liệu của 2 trên 3 huyện; chưa có gì của thị xã Sông Xanh."
        assert told in vietnamese, page
        told = "Reports or figures have come from 2 of 3 districts; nothing from Sông Xanh Town."
        assert told in english, page
    assert area_reported(data) == {
        "may-trang": {""},
        "ben-lau": {"true"},
        "doi-che": {"true"},
        "song-xanh": {"false"},
        "truong-cua-tinh": {""},
    }


@pytest.mark.parametrize("missing", ["c", "z"])
def test_who_answers_that_there_is_no_figure_to_show_has_answered(
    tmp_path: Path, missing: str
) -> None:
    data = draft(tmp_path)
    without_report(data, "song-xanh")
    without_figures(data, "song-xanh", missing)
    signed_again(data)
    assert area_reported(data)["song-xanh"] == {"true"}


def test_a_report_is_heard_where_no_figure_stands_and_a_figure_where_no_report_does(
    tmp_path: Path,
) -> None:
    data = draft(tmp_path)
    without_report(data, "doi-che")
    without_figures(data, "ben-lau")
    signed_again(data)
    assert area_reported(data)["doi-che"] == {"true"}
    assert area_reported(data)["ben-lau"] == {"true"}
    told = "Đã có báo cáo hoặc số liệu của cả 3 huyện."
    assert told in told_in(data)["vi/bao-cao/index.md"]


def test_many_that_sent_nothing_are_counted_and_named_behind_a_fold(tmp_path: Path) -> None:
    data = small(tmp_path)
    file = data / "areas" / "areas.csv"
    rows = table(file)
    like = next(row for row in rows if row["area"] == "ben-lau")
    more = [
        {
            **like,
            "area": f"xa-them-{number}",
            "code": f"9{number:02}",
            "name_vi": f"Huyện Thêm {number}",
            "name_en": f"Added {number} District",
            "since": "2024-06-01",
            "tile_row": "",
            "tile_col": "",
        }
        for number in range(1, 11)
    ]
    write_table(file, [*rows, *more])
    sign_again(data)
    found = told_in(data)
    for page in ("bao-cao/index.md", "chat-luong/index.md"):
        text = found[f"vi/{page}"]
        assert "Đã có báo cáo hoặc số liệu của 3 trên 13 huyện; chưa có gì của 10 huyện." in text
        folds = re.findall(r"<details.*?</details>", text, re.DOTALL)
        fold = next(each for each in folds if "10 huyện chưa có báo cáo" in each)
        for number in range(1, 11):
            assert f"Thêm {number}<" in fold, (page, number)
        assert "10 districts with neither" in found[f"en/{page}"]


def test_where_no_area_is_asked_for_anything_nothing_is_said_of_areas(tmp_path: Path) -> None:
    data = draft(tmp_path)
    only_one_owes(data)
    without_report(data, *FORMER)
    write_table(data / "results/2024/v1/observations.csv", [])
    file = data / "plan" / "indicators.csv"
    whole = {"measure": "ratio", "level": "whole", "aggregation": "none", "counts": ""}
    write_table(file, [{**row, **whole} for row in table(file)])
    signed_again(data)
    assert "báo cáo hoặc số liệu" not in told_in(data)["vi/nam/2024/index.md"]
