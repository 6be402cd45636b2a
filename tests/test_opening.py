"""Every claim in the opening of an area's page, worked out again from the published tables."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import datetime
from fractions import Fraction
from functools import cache
from math import floor
from pathlib import Path

import pytest
from packages_at_hand import SITE, small, write_table
from packages_at_hand import table as table_of

from tiendo.config import ROOT
from tiendo.files.open_data import open_data
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.pages.area_findings import opening
from tiendo.read.archive import read
from tiendo.terms import Archive, Results
from tiendo.words.desk import Desk
from tiendo.words.verdicts import area_headlines
from tiendo.words.wording import words

LATER = datetime(2025, 2, 1, tzinfo=SITE.timezone)


def seen(archive: Archive | None, now: datetime) -> Results:
    assert archive is not None
    return results(published(archive, now), now)


@cache
def shipped() -> Results:
    return seen(read(ROOT / "data")[0], LATER)


def desk_of(known: Results) -> Desk:
    return Desk(
        results=known,
        site=SITE,
        words=words("vi"),
        here="",
        indicators={each.indicator: each for each in known.archive.indicators},
    )


def said(known: Results, area: str) -> dict[str, str]:
    desk = desk_of(known)
    return {fact.term: fact.text for fact in opening(desk, area, area_headlines(desk, area))}


@cache
def table(known: Results, name: str) -> tuple[dict[str, str], ...]:
    content = open_data(known, SITE, {"vi": words("vi"), "en": words("en")})[f"du-lieu/{name}.csv"]
    return tuple(csv.DictReader(io.StringIO(content.decode())))


def areas() -> list[str]:
    return list(shipped().locals_[shipped().editions[-1].year])


def verdicts() -> dict[str, dict[str, str]]:
    """The headline of each area and indicator, by area, from the published table."""
    found: dict[str, dict[str, str]] = {}
    for row in table(shipped(), "ket-luan"):
        if row["headline"] == "true" and row["area"] in areas():
            found.setdefault(row["area"], {})[row["indicator"]] = row["verdict"]
    return found


def names() -> dict[str, str]:
    return {each.indicator: each.short.first for each in shipped().archive.indicators}


def percent(row: dict[str, str]) -> Fraction | None:
    """A rate exactly, from its counts where it has them."""
    if row["numerator"] and row["denominator"]:
        return Fraction(100 * int(row["numerator"]), int(row["denominator"]))
    return Fraction(row["value"]) if row["value"] else None


def of_year(area: str, year: int) -> dict[str, dict[str, str]]:
    return {
        row["indicator"]: row
        for row in table(shipped(), "so-lieu")
        if row["area"] == area and row["year"] == str(year)
    }


@pytest.mark.parametrize("area", areas())
def test_each_indicator_is_named_under_its_verdict_and_under_no_other(area: str) -> None:
    told = said(shipped(), area)
    for verdict, count in Counter(verdicts()[area].values()).items():
        text = told[words("vi").say(f"verdict.{verdict}.word")]
        listed = [part.split(" (")[0] for part in text.split("; ")]
        expected = [names()[name] for name in names() if verdicts()[area].get(name) == verdict]
        if count <= 6:
            assert listed == expected
        else:
            assert listed[:5] == expected[:5]
            assert listed[5] == f"{count - 5} chỉ tiêu khác"


@pytest.mark.parametrize("area", areas())
def test_what_is_missing_to_a_target_is_the_distance_in_the_published_table(area: str) -> None:
    gaps = {
        names()[row["indicator"]]: Fraction(row["gap"])
        for row in table(shipped(), "ket-luan")
        if row["area"] == area and row["headline"] == "true" and row["gap"]
    }
    text = "; ".join(said(shipped(), area).values())
    found = re.findall(r"(?:^|; )([^;()]+) \(còn thiếu ([\d,]+) điểm[,)]", text)
    assert found
    for name, gap in found:
        assert abs(gaps[name] - Fraction(gap.replace(",", "."))) <= Fraction(1, 20)


@pytest.mark.parametrize("area", areas())
def test_how_many_areas_meet_more_as_many_and_fewer_adds_up_with_the_verdicts(area: str) -> None:
    met = {name: list(each.values()).count("met") for name, each in verdicts().items()}
    own, others = met[area], [count for name, count in met.items() if name != area]
    text = said(shipped(), area)[f"Trong {len(met)} huyện"]
    assert text.startswith(f"Đạt {own} chỉ tiêu. ")
    assert counted(text) == {
        "nhiều hơn": sum(c > own for c in others),
        "bằng": others.count(own),
        "ít hơn": sum(c < own for c in others),
    }


def counted(text: str) -> dict[str, int]:
    """How many areas meet more, as many and fewer: whoever is not named is none."""
    found = dict.fromkeys(("nhiều hơn", "bằng", "ít hơn"), 0)
    for number, which in re.findall(r"(\d+) huyện đạt (nhiều hơn|bằng|ít hơn)", text):
        found[which] = int(number)
    assert ("Không huyện nào đạt nhiều hơn" in text) is (found["nhiều hơn"] == 0)
    return found


@pytest.mark.parametrize("area", areas())
def test_it_is_the_best_or_the_weakest_only_where_no_other_area_has_a_better_or_weaker_rate(
    area: str,
) -> None:
    year = shipped().editions[-1].year
    first: dict[bool, list[str]] = {False: [], True: []}
    last: dict[bool, list[str]] = {False: [], True: []}
    for each in shipped().archive.indicators:
        values = {
            other: value
            for other in areas()
            if each.measure.value == "ratio"
            and (row := of_year(other, year).get(each.indicator))
            and (value := percent(row)) is not None
        }
        if area not in values:
            continue
        # As they are shown: what rounding hides puts nobody first.
        shown = {
            other: floor(value * 10**each.decimals + Fraction(1, 2))
            for other, value in values.items()
        }
        own, sharing = shown[area], list(shown.values()).count(shown[area])
        if sharing * 4 <= len(shown):
            if own == max(shown.values()):
                first[sharing > 1].append(each.short.first)
            elif own == min(shown.values()):
                last[sharing > 1].append(each.short.first)
    text = said(shipped(), area)["Trong 12 huyện"]
    for start, expected in (
        ("Cao nhất về ", first[False]),
        ("Cùng cao nhất về ", first[True]),
        ("Thấp nhất về ", last[False]),
        ("Cùng thấp nhất về ", last[True]),
    ):
        found = re.search(rf"{start}(.+?)\.(?: |$)", text)
        assert (found[1].split("; ") if found else []) == expected


def test_a_place_that_many_share_is_no_distinction() -> None:
    known = seen(read(ROOT / "data")[0], datetime(2026, 2, 1, tzinfo=SITE.timezone))
    said_of = {area: " ".join(said(known, area).values()) for area in known.locals_[2025]}
    # 45 of 63 communes have the one learning centre that they have, and it uses computers.
    assert [area for area, text in said_of.items() if "nhất về Trung tâm học tập" in text] == []
    assert sum("Cao nhất về" in text for text in said_of.values()) > 0


@pytest.mark.parametrize("area", areas())
def test_what_rose_fell_and_stayed_is_what_two_years_of_the_table_say(area: str) -> None:
    before, now = (edition.year for edition in shipped().editions[-2:])
    old, new = of_year(area, before), of_year(area, now)
    rates: dict[str, Fraction] = {}
    levels: dict[str, Fraction] = {}
    apart = 0
    for each in shipped().archive.indicators:
        row, earlier = new.get(each.indicator), old.get(each.indicator)
        value = percent(row) if row else None
        if row is None or value is None:
            continue
        was = percent(earlier) if earlier else None
        if was is None or row["break"]:
            apart += 1
            continue
        (rates if each.measure.value == "ratio" else levels)[each.short.first] = value - was
    text = said(shipped(), area)[f"So với năm {before}"]
    for way, sign in (("tăng", 1), ("giảm", -1)):
        moved = {name: change for name, change in rates.items() if change * sign > 0}
        found = re.search(rf"(\d+) tỷ lệ {way}(?:, nhiều nhất là|:) (.+?) \(", text)
        assert (int(found[1]) if found else 0) == len(moved)
        if found:
            most = max(abs(change) for change in moved.values())
            assert found[2].split("; ") == [n for n, c in moved.items() if abs(c) == most]
    stayed = [change for change in (*rates.values(), *levels.values()) if change == 0]
    found = re.search(r"(\d+) chỉ tiêu không đổi", text)
    assert (int(found[1]) if found else 0) == len(stayed)
    found = re.search(r"(\d+) chỉ tiêu không so sánh được", text)
    assert (int(found[1]) if found else 0) == apart
    for way, sign in (("Lên mức độ cao", 1), ("Xuống mức độ thấp", -1)):
        found = re.search(rf"{way} hơn: (.+?)\.(?: |$)", text)
        expected = [name for name, change in levels.items() if change * sign > 0]
        assert (found[1].split("; ") if found else []) == expected


@pytest.mark.parametrize("area", areas())
def test_what_lacks_and_what_is_provisional_is_what_the_table_marks(area: str) -> None:
    year = shipped().editions[-1].year
    rows = of_year(area, year)
    lacking = [name for name in names() if name in rows and rows[name]["missing"]]
    soft = [row for row in rows.values() if row["obs_status"] in {"P", "E"}]
    text = said(shipped(), area)[f"Số liệu năm {year}"]
    if lacking:
        found = re.search(r"Chưa có: (.+?)\.(?: |$)", text)
        assert found
        assert [part.split(" (")[0] for part in found[1].split("; ")] == [
            names()[name] for name in lacking
        ]
    else:
        assert text.startswith(f"Có đủ cả {len(rows)} chỉ tiêu.")
    found = re.search(r"(\d+) con số sơ bộ hoặc ước tính", text)
    assert (int(found[1]) if found else 0) == len(soft)


def test_an_area_that_nobody_reported_for_has_no_findings() -> None:
    assert said(shipped(), shipped().archive.plan.scope) == {}


def without(tmp_path: Path, *areas: str) -> Results:
    """The small case whose areas did not report anything for 2024."""
    data = small(tmp_path)
    file = data / "results/2024/v1/observations.csv"
    rows = table_of(file)
    for row in rows:
        if row["area"] in areas:
            row.update(dict.fromkeys(("numerator", "denominator", "value", "status"), ""))
            row["missing"] = "x"
    write_table(file, rows)
    return seen(read(data)[0], LATER)


@pytest.mark.parametrize("silent", [("doi-che",), ("doi-che", "song-xanh")])
def test_an_area_that_reported_nothing_stands_nowhere(
    tmp_path: Path, silent: tuple[str, ...]
) -> None:
    known = without(tmp_path, *silent)
    for area in known.locals_[2024]:
        text = " ".join(f"{term}: {text}" for term, text in said(known, area).items())
        told = re.search(r"Trong (\d) huyện có số liệu: Đạt", text)
        if area in silent or len(silent) == 2:
            assert told is None
            assert "nhiều hơn" not in text
            assert not re.search(r"(?:Cao|Thấp|cao|thấp) nhất", text)
        else:
            assert told is not None
            assert told[1] == str(3 - len(silent))
            assert sum(counted(text).values()) == 3 - len(silent) - 1


def test_what_is_not_known_of_the_others_is_told_beside_who_meets_more(tmp_path: Path) -> None:
    known = without(tmp_path, "doi-che")
    text = said(known, "ben-lau")["Trong 2 huyện có số liệu"]
    # The other gave no figure of one indicator.
    assert "Còn thiếu số liệu của 1 huyện, nên những nơi ấy có thể đạt thêm." in text
