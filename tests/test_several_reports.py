"""A body may send several reports of a year: none overwrites another, wherever they are read."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from packages_at_hand import CASES, NOW, SITE, inspect, sign_again, table, told, write_table
from pages_at_hand import pages

from tiendo.files.open_data import open_data
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.office.versions import correction
from tiendo.words import addresses
from tiendo.words.wording import words

TOLD = {language: words(language) for language in SITE.languages}
V2 = "results/2024/v2"
ONE, OTHER, RENAMED = "Báo cáo 6 tháng", "Báo cáo cả năm", "Báo cáo năm 2024"
BODY = "ubnd-ben-lau"

Sent = dict[str, str]
"""A body's reports: the day of each document."""


def corrected(folder: Path) -> Path:
    """The corrected case, whose second version of 2024 is a draft."""
    data = Path(shutil.copytree(CASES / "corrected" / "data", folder / "data"))
    releases = data / "results" / "releases.csv"
    kept = [row for row in table(releases) if (row["year"], row["version"]) != ("2024", "2")]
    write_table(releases, kept)
    return data


def send(data: Path, version: str, sent: Sent) -> None:
    file = data / "results/2024" / version / "reports.csv"
    others = [row for row in table(file) if row["reporter"] != BODY]
    own = [
        {"reporter": BODY, "received_on": day, "document": document}
        for document, day in sent.items()
    ]
    write_table(file, [*others, *own])


def explain(data: Path, *keys: str) -> None:
    file = data / V2 / "changes.csv"
    more = [
        {"resource": "reports", "key": key, "kind": "correction", "reason_vi": "Ghi nhầm ngày."}
        for key in keys
    ]
    write_table(file, [*table(file), *more])


CHANGES = [
    pytest.param({ONE: "2024-07-05", OTHER: "2024-12-10"}, {}, id="nothing"),
    pytest.param(
        {ONE: "2024-07-06", OTHER: "2024-12-10"},
        {f"{BODY}; {ONE}": "received_on"},
        id="the first one's day",
    ),
    pytest.param(
        {OTHER: "2024-12-11", ONE: "2024-07-05"},
        {f"{BODY}; {OTHER}": "received_on"},
        id="the second one's day, in another order",
    ),
    pytest.param(
        {ONE: "2024-07-05", RENAMED: "2024-12-10"},
        {f"{BODY}; {RENAMED}": "document"},
        id="one renamed",
    ),
    pytest.param({ONE: "2024-07-05"}, {f"{BODY}; {OTHER}": ""}, id="one gone"),
    pytest.param(
        {ONE: "2024-07-05", OTHER: "2024-12-10", RENAMED: "2024-12-12"},
        {f"{BODY}; {RENAMED}": ""},
        id="a third one",
    ),
    pytest.param(
        {ONE: "2024-07-06", OTHER: "2024-12-11"},
        {f"{BODY}; {ONE}": "received_on", f"{BODY}; {OTHER}": "received_on"},
        id="both",
    ),
]


@pytest.mark.parametrize(("after", "expected"), CHANGES)
@pytest.mark.parametrize("explained", ["each", "by body"])
def test_each_report_that_says_something_else_needs_a_reason(
    after: Sent, expected: dict[str, str], explained: str, tmp_path: Path
) -> None:
    data = corrected(tmp_path)
    send(data, "v1", {ONE: "2024-07-05", OTHER: "2024-12-10"})
    sign_again(data)
    send(data, "v2", after)

    missing = [each for each in inspect(data).problems if each.code == "revision-missing"]
    assert {each.place.value: each.place.column or "" for each in missing} == expected

    explain(data, *([BODY] if expected and explained == "by body" else expected))
    assert [each for each in told(data) if "release" not in each] == []


def test_the_only_report_of_a_body_is_called_by_its_body_as_before(tmp_path: Path) -> None:
    data = corrected(tmp_path)
    send(data, "v2", {"Báo cáo minh họa của Bến Lau": "2024-12-11"})

    assert told(data) == ["revision-missing 2024/v2/reports.csv:4 received_on ubnd-ben-lau"]

    explain(data, BODY)
    assert told(data) == []


def test_one_document_twice_is_told(tmp_path: Path) -> None:
    data = corrected(tmp_path)
    file = data / V2 / "reports.csv"
    write_table(file, [*table(file), table(file)[-1]])

    assert [each.code for each in inspect(data).problems] == ["row-twice"]


@pytest.mark.parametrize("rows", ["in order", "reversed"])
def test_a_body_reported_when_its_first_report_came(rows: str, tmp_path: Path) -> None:
    data = corrected(tmp_path)
    sent = {ONE: "2024-12-10", OTHER: "2025-01-05"}
    send(data, "v1", dict(reversed(sent.items())) if rows == "reversed" else sent)
    sign_again(data)
    archive = inspect(data).archive
    assert archive is not None
    known = results(published(archive, NOW), NOW)
    shown = dict(pages(known, SITE, open_data(known, SITE, TOLD)))

    year = shown[f"vi/{addresses.named(addresses.of_year(2024), SITE)}index.md"].decode()
    assert "05/01/2025" in year
    assert ONE in year
    assert f"Gửi thêm: {OTHER}, nhận ngày 05/01/2025." in year
    english = shown[f"en/{addresses.named(addresses.of_year(2024), SITE)}index.md"].decode()
    assert f"Also sent: {OTHER}, received 5 January 2025." in english


def test_each_corrected_report_has_a_place_of_its_own_on_the_page(tmp_path: Path) -> None:
    data = corrected(tmp_path)
    send(data, "v1", {ONE: "2024-07-05", OTHER: "2024-12-10"})
    sign_again(data)
    send(data, "v2", {ONE: "2024-07-06", OTHER: "2024-12-11"})
    explain(data, BODY)
    archive = inspect(data).archive
    assert archive is not None
    known = results(published(archive, NOW, preview=True), NOW, preview=True)
    shown = dict(pages(known, SITE, open_data(known, SITE, TOLD)))

    page = shown[f"vi/{addresses.named(addresses.CORRECTIONS, SITE)}index.md"].decode()
    places = re.findall(r' id="(sua-2024-v2[^"]*)"', page)
    assert len(places) == len(set(places))
    assert [each for each in places if not re.fullmatch(r"[a-z0-9-]+", each)] == []
    for document in (ONE, OTHER):
        assert page.count(document) == 1


def test_what_is_begun_and_corrected_is_told_apart_by_body_and_document(tmp_path: Path) -> None:
    archive = inspect(corrected(tmp_path)).archive
    assert archive is not None
    newest = archive.editions[-2]
    files = correction(archive, newest)
    descriptor = json.loads(next(v for k, v in files.items() if k.endswith("datapackage.json")))
    keys = {each["name"]: each["schema"]["primaryKey"] for each in descriptor["resources"]}
    assert keys["reports"] == ["reporter", "document"]
