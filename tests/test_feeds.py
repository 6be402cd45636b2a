"""What is new, as a feed reader gets it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from functools import cache
from xml.etree import ElementTree as ET

import pytest
from packages_at_hand import CASES, NOW, SITE, small, swap, table, write_table

from tiendo.cli import main
from tiendo.config import ROOT
from tiendo.files.feeds import feeds
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.read.archive import read
from tiendo.words.wording import words

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGES = ("vi", "en")
LATER = datetime(2026, 11, 24, tzinfo=SITE.timezone)
MUST = ("id", "title", "updated")
"""What RFC 4287 asks of a feed and of each entry (4.1.1, 4.1.2), once."""


@cache
def files(folder: str, now: datetime) -> dict[str, bytes]:
    archive, _ = read(ROOT / folder)
    assert archive is not None
    known = results(published(archive, now), now)
    return dict(feeds(known, SITE, {name: words(name) for name in LANGUAGES}))


@cache
def feed(address: str, folder: str = "data", now: datetime = LATER) -> ET.Element:
    return parsed(files(folder, now)[address])


def parsed(content: bytes) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314 - our own


def entries(of: ET.Element, kind: str = "") -> list[ET.Element]:
    return [
        entry
        for entry in of.iter(f"{ATOM}entry")
        if not kind or entry.find(f"{ATOM}category").attrib["term"] == kind  # type: ignore[union-attr]
    ]


def said(node: ET.Element, name: str) -> str:
    return node.findtext(f"{ATOM}{name}") or ""


@pytest.mark.parametrize("address", ["feed.xml", "en/feed.xml", "dia-ban/tu-ky/feed.xml"])
def test_a_feed_has_what_the_standard_asks_for(address: str) -> None:
    found = feed(address)
    for node in (found, *entries(found)):
        assert [len(node.findall(f"{ATOM}{name}")) for name in MUST] == [1, 1, 1]
        assert all(said(node, name) for name in MUST)
        assert datetime.fromisoformat(said(node, "updated")).tzinfo is not None
    assert said(found.find(f"{ATOM}author") or found, "name") != ""
    links = {link.attrib["rel"]: link.attrib["href"] for link in found.findall(f"{ATOM}link")}
    assert links["self"] == SITE.address + address
    assert len(entries(found)) > 0
    assert all(entry.find(f"{ATOM}link").attrib["href"] for entry in entries(found))  # type: ignore[union-attr]


def test_what_a_feed_says_was_updated_is_its_newest_entry() -> None:
    moments = [said(entry, "updated") for entry in entries(feed("feed.xml"))]
    assert said(feed("feed.xml"), "updated") == max(moments)
    assert moments == sorted(moments, reverse=True)


def test_an_id_stands_for_one_thing_in_one_language() -> None:
    meant: dict[str, set[str]] = {}
    for address, content in files("data", LATER).items():
        found = entries(parsed(content))
        ids = Counter(said(entry, "id") for entry in found)
        assert [name for name, count in ids.items() if count > 1] == [], address
        for entry in found:
            meant.setdefault(said(entry, "id"), set()).add(said(entry, "summary"))
    assert [name for name, summaries in meant.items() if len(summaries) > 1] == []


def test_an_entry_stays_as_it_was_when_more_comes_out() -> None:
    before = datetime(2025, 1, 1, tzinfo=SITE.timezone)
    for address in ("feed.xml", "en/dia-ban/tu-ky/feed.xml"):
        then = {ET.tostring(entry) for entry in entries(feed(address, now=before))}
        now = {ET.tostring(entry) for entry in entries(feed(address))}
        assert len(then) > 0
        assert then < now


def test_nothing_of_a_release_to_come_is_told() -> None:
    before = datetime(2025, 1, 16, 8, 59, tzinfo=SITE.timezone)
    for content in files("data", before).values():
        assert b"nam/2024" not in content
        assert b"2025-01-16" not in content


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The feeds of the small case after a figure of 2024 was corrected."""
    data = small(tmp_path_factory.mktemp("corrected"))
    told = ["--data", str(data), "--today", "2025-06-01", "--lang", "vi"]
    assert main(["correct", "2024", *told]) == 0
    folder = data / "results" / "2024" / "v2"
    swap(folder / "datapackage.json", '"reason_vi": ""', '"reason_vi": "Sửa theo báo cáo mới."')
    rows = table(folder / "observations.csv")
    for row in rows:
        if (row["indicator"], row["area"]) == ("biet-boi", "doi-che"):
            row["numerator"] = "60"
    write_table(folder / "observations.csv", rows)
    with (folder / "changes.csv").open("a", encoding="utf-8") as reasons:
        reasons.write("biet-boi,doi-che,,,correction,Đếm hai lần.,\n")
    assert main(["release", "2024", *told]) == 0
    archive, _ = read(data)
    assert archive is not None
    now = datetime(2025, 6, 2, tzinfo=SITE.timezone)
    known = results(published(archive, now), now)
    return dict(feeds(known, SITE, {name: words(name) for name in LANGUAGES}))


def test_a_correction_tells_old_new_why_and_the_verdicts(corrected: dict[str, bytes]) -> None:
    (own,) = entries(parsed(corrected["dia-ban/doi-che/feed.xml"]), "correction")
    assert said(own, "title") == (
        "Sửa số liệu: Học sinh biết bơi, Huyện Đồi Chè (Năm 2024, phiên bản 2)"
    )
    assert said(own, "summary") == (
        "41,9% (130 trên 310) → 19,4% (60 trên 310). Đánh giá: Đúng tiến độ → Chưa chuyển biến. "
        "Lý do (sửa sai): Đếm hai lần. Số liệu minh họa."
    )
    verdicts = entries(parsed(corrected["dia-ban/doi-che/feed.xml"]), "verdict")
    assert [each for each in verdicts if said(each, "updated") == said(own, "updated")] == []


def test_a_correction_of_an_area_is_the_same_entry_in_both_feeds(
    corrected: dict[str, bytes],
) -> None:
    (own,) = entries(parsed(corrected["dia-ban/doi-che/feed.xml"]), "correction")
    both = entries(parsed(corrected["feed.xml"]), "correction")
    assert len(both) == 2  # the area's figure, and the whole area's that follows from it
    assert ET.tostring(own) in {ET.tostring(entry) for entry in both}
    assert entries(parsed(corrected["dia-ban/ben-lau/feed.xml"]), "correction") == []


def test_a_verdict_that_changed_says_from_what_to_what() -> None:
    titles = {said(e, "title"): said(e, "summary") for e in entries(feed("feed.xml"), "verdict")}
    unchanged = [text for text in titles.values() if re.search(r"từ “(.*?)” thành “\1”", text)]
    assert unchanged == []
    summary = titles["Đại học số và học liệu số, tỉnh Hải Dương: nay là “Chậm tiến độ (tạm tính)”"]
    assert "từ “Đúng tiến độ” thành “Chậm tiến độ (tạm tính)” khi có số liệu năm 2024" in summary


@pytest.mark.parametrize(
    ("language", "notice"), [("", "Số liệu minh họa"), ("en/", "Illustrative")]
)
def test_every_entry_says_that_figures_are_invented(language: str, notice: str) -> None:
    for address, content in files("data", LATER).items():
        if address.startswith("en/") is bool(language):
            found = parsed(content)
            assert notice in said(found, "subtitle")
            assert [e for e in entries(found) if notice not in said(e, "summary")] == [], address


def test_a_plan_without_an_edition_has_an_empty_feed() -> None:
    found = feed("feed.xml", now=datetime(2021, 12, 1, tzinfo=SITE.timezone))
    assert entries(found) == []
    assert said(found, "updated") == "2021-11-15T00:00:00+07:00"


def test_another_plan_has_feeds_of_its_own_areas() -> None:
    folder = (CASES / "small" / "data").relative_to(ROOT).as_posix()
    assert "dia-ban/ben-lau/feed.xml" in files(folder, NOW)
