"""A plan whose areas split, merge, are renamed, give land away and change level, year after year."""

from __future__ import annotations

import json
import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from packages_at_hand import NOW, SITE, inspect, small, swap, table, write_table

from tiendo.files.open_data import figure_files
from tiendo.judge.areas import heirs
from tiendo.judge.assess import results
from tiendo.pages.area import area_page
from tiendo.pages.borders import borders
from tiendo.terms import Obstacle, Restated, Results
from tiendo.words.desk import Desk
from tiendo.words.questions import all_questions, question_text
from tiendo.words.wording import words

INDICATOR = "biet-boi"
LATER = NOW.replace(year=2028)
ENDED = {"ben-lau": "2024-12-31", "doi-che": "2024-12-31"}
CAME = {
    # In 2025: Bến Lau is split, Đồi Chè renamed, Sông Xanh gives land to one part of Bến Lau.
    "ben-dong": ("903a", "Huyện Bến Đông", "2025-01-01", "2025-12-31"),
    "ben-tay": ("903b", "Huyện Bến Tây", "2025-01-01", "2026-12-31"),
    "doi-tra": ("902", "Huyện Đồi Trà", "2025-01-01", "2025-12-31"),
    # In 2026 three become one, with a code that was used before.
    "ba-song": ("901", "Thị xã Ba Sông", "2026-01-01", "2026-12-31"),
    # In 2027 there are communes alone: one is the former district whole, two are parts of another.
    "xa-ben-tay": ("91001", "Xã Bến Tây", "2027-01-01", ""),
    "phuong-ba-song": ("91002", "Phường Ba Sông", "2027-01-01", ""),
    "xa-dong-xanh": ("91003", "Xã Đồng Xanh", "2027-01-01", ""),
}
COMMUNES = {"xa-ben-tay", "phuong-ba-song", "xa-dong-xanh"}
CHANGES = (
    ("2025-01-01", "ben-lau", "ben-dong", "partial"),
    ("2025-01-01", "ben-lau", "ben-tay", "partial"),
    ("2025-01-01", "doi-che", "doi-tra", "whole"),
    ("2025-01-01", "song-xanh", "song-xanh", "partial"),
    ("2025-01-01", "song-xanh", "ben-tay", "partial"),
    ("2026-01-01", "ben-dong", "ba-song", "whole"),
    ("2026-01-01", "doi-tra", "ba-song", "whole"),
    ("2026-01-01", "song-xanh", "ba-song", "whole"),
    ("2027-01-01", "ben-tay", "xa-ben-tay", "whole"),
    ("2027-01-01", "ba-song", "phuong-ba-song", "partial"),
    ("2027-01-01", "ba-song", "xa-dong-xanh", "partial"),
)
REPORTED = {
    2025: {
        "ben-dong": (90, 200),
        "ben-tay": (120, 260),
        "doi-tra": (140, 310),
        "song-xanh": (200, 470),
    },
    2026: {"ben-tay": (130, 260), "ba-song": (450, 980)},
    # Of 100 pupils in Bến Tây 50 could swim, in the commune of the same land 76 can.
    2027: {"xa-ben-tay": (209, 275), "phuong-ba-song": (200, 480), "xa-dong-xanh": (260, 500)},
}

TYPES = {"Huyện": "district", "Thị": "town", "Xã": "commune", "Phường": "ward"}


def reshaped(folder: Path) -> Path:
    """The small case with two years more, under other borders each."""
    data = small(folder)
    schema = data / "areas/datapackage.json"
    swap(schema, '"district", "remainder"]', '"district", "commune", "remainder"]')
    swap(schema, '"town", "remainder"]', '"town", "commune", "ward", "remainder"]')
    areas = table(data / "areas/areas.csv")
    for row in areas:
        row["until"] = {**ENDED, "song-xanh": "2025-12-31"}.get(row["area"], row["until"])
    areas += [
        {
            "area": name,
            "level": "commune" if name in COMMUNES else "district",
            "parent": "may-trang",
            "code": code.rstrip("ab"),
            "name_vi": told,
            "type": TYPES[told.split(" ", 1)[0]],
            "since": since,
            "until": until,
        }
        for name, (code, told, since, until) in CAME.items()
    ]
    write_table(data / "areas/areas.csv", areas)
    names = ("on", "from_area", "to_area", "part", "act")
    write_table(
        data / "areas/changes.csv",
        [dict(zip(names, (*row, "Nghị quyết minh họa"), strict=True)) for row in CHANGES],
    )
    write_table(
        data / "plan/changes.csv",
        [
            {
                "on": "2025-01-01",
                "resource": "areas",
                "key": name,
                "column": "until",
                "old": "",
                "new": until,
                "reason_vi": "Sắp xếp minh họa.",
            }
            for name, until in {**ENDED, "song-xanh": "2025-12-31"}.items()
        ],
    )
    for year, reported in REPORTED.items():
        version = data / f"results/{year}/v1"
        shutil.copytree(data / "results/2024/v1", version)
        descriptor = json.loads((version / "datapackage.json").read_text())
        copies = {"indicators", "targets", "areas"}
        descriptor |= {"name": f"results-{year}", "year": year, "as_of": f"{year}-12-31"}
        descriptor["geography"] = "commune" if COMMUNES & set(reported) else "district"
        descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] not in copies]
        (version / "datapackage.json").write_text(json.dumps(descriptor))
        for name in copies:
            (version / f"{name}.csv").unlink()
        rows = [
            {
                "indicator": INDICATOR,
                "area": area,
                "numerator": str(n),
                "denominator": str(d),
                "status": "A",
                "source": "Danh mục minh họa",
            }
            for area, (n, d) in {**reported, "truong-cua-tinh": (20, 60)}.items()
        ]
        rows += [
            {"indicator": indicator, "area": area, "missing": "n"}
            for indicator in ("boi-xa", "be-boi", "bo-sach")
            for area in reported
            # What counts districts has no row of a commune.
            if indicator == "boi-xa" or area not in COMMUNES
        ]
        rows += [
            {"indicator": indicator, "area": "may-trang", "missing": "n"}
            for indicator in ("dong-cua", "tinh-doc")
        ]
        write_table(version / "observations.csv", rows)
        write_table(version / "reports.csv", [])
    return data


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Results:
    data = reshaped(tmp_path_factory.mktemp("reshaped"))
    found = inspect(data, now=LATER)
    assert [each for each in found.problems if each.stops] == []
    assert found.archive is not None
    return results(found.archive, LATER)


def desk(known: Results, language: str = "vi", area: str = "ben-lau") -> Desk:
    return Desk(
        results=known,
        site=SITE,
        words=words(language),
        here=f"area/{area}/",
        indicators={each.indicator: each for each in known.archive.indicators},
    )


def year_of(known: Results, area: str, year: int) -> Restated:
    return next(row for row in known.restated[INDICATOR, area] if row.year == year)


def test_each_area_has_its_successors(known: Results) -> None:
    def became(area: str) -> list[tuple[str, bool]]:
        archive = known.archive
        return [
            (heir.area.area, heir.whole)
            for heir in heirs(archive.areas, archive.area_changes, area)
        ]

    assert became("ben-lau") == [("ben-dong", True), ("ben-tay", False)]
    assert became("doi-che") == [("doi-tra", True)]
    assert became("doi-tra") == [("ba-song", False)]
    assert became("ben-dong") == [("ba-song", False)]
    # Three that became one, and which fell into two; one that is another level's area whole.
    assert became("ba-song") == [("phuong-ba-song", True), ("xa-dong-xanh", True)]
    assert became("ben-tay") == [("xa-ben-tay", True)]


def test_a_split_area_is_a_range_where_a_part_of_it_took_in_other_land(known: Results) -> None:
    row = year_of(known, "ben-lau", 2025)

    assert (row.inside, row.straddling) == (("ben-dong",), ("ben-tay",))
    # 90 of 200 are certain; of 120 with and 140 without in Bến Tây any may live inside.
    assert (row.low, row.high) == (Fraction(9000, 340), Fraction(21000, 320))


def test_after_the_second_change_nothing_of_it_is_certain_any_more(known: Results) -> None:
    row = year_of(known, "ben-lau", 2026)

    assert (row.straddling, row.obstacle) == (("ba-song", "ben-tay"), Obstacle.ALL_STRADDLE)


def test_a_renamed_area_goes_on_exactly_until_it_is_merged(known: Results) -> None:
    row = year_of(known, "doi-che", 2025)

    assert (row.certain, row.straddling, row.low) == ((140, 310), (), Fraction(14000, 310))
    assert year_of(known, "doi-che", 2026).obstacle is Obstacle.ALL_STRADDLE


def test_an_area_of_three_has_their_past_of_the_year_before(known: Results) -> None:
    row = year_of(known, "ba-song", 2025)

    assert row.inside == ("ben-dong", "doi-tra", "song-xanh")
    assert row.certain == (90 + 140 + 200, 200 + 310 + 470)


def test_before_that_its_past_is_a_range_over_what_gave_land_away(known: Results) -> None:
    row = year_of(known, "ba-song", 2024)

    assert (row.inside, row.straddling) == (("doi-che",), ("ben-lau", "song-xanh"))


def test_what_another_level_took_over_whole_goes_on_exactly_and_has_its_past(
    known: Results,
) -> None:
    after = year_of(known, "ben-tay", 2027)
    past = known.restated[INDICATOR, "xa-ben-tay"]

    assert known.locals_[2027] == ("xa-ben-tay", "phuong-ba-song", "xa-dong-xanh")
    assert (after.inside, after.straddling, after.certain) == (("xa-ben-tay",), (), (209, 275))
    assert after.low == after.high == Fraction(20900, 275)
    # Before Bến Tây there was no area of just this land.
    assert [(row.year, row.certain) for row in past] == [(2025, (120, 260)), (2026, (130, 260))]


def test_what_was_split_into_another_level_goes_on_as_its_parts_together(known: Results) -> None:
    row = year_of(known, "ba-song", 2027)

    assert (row.inside, row.straddling) == (("phuong-ba-song", "xa-dong-xanh"), ())
    assert (row.certain, row.low) == ((460, 980), Fraction(46000, 980))
    assert (INDICATOR, "phuong-ba-song") not in known.restated
    assert year_of(known, "song-xanh", 2027).obstacle is Obstacle.ALL_STRADDLE


def test_what_counts_districts_counts_no_communes(known: Results) -> None:
    years = [figure.year for figure in known.figures["be-boi", "may-trang"]]

    assert years == [2023, 2024, 2025, 2026]
    assert ("be-boi", "xa-ben-tay") not in known.figures


def test_a_leap_is_asked_of_who_held_the_same_land_whatever_its_level(tmp_path: Path) -> None:
    data = reshaped(tmp_path)
    warned = [
        (each.code, each.facts["name"], each.facts["before"])
        for each in inspect(data, now=LATER).problems
        if each.code == "jump"
    ]

    assert warned == [("jump", "Huyện Bến Tây", "50.0")]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_of_quality_asks_the_same_and_says_of_whom(known: Results, language: str) -> None:
    (asked,) = all_questions(desk(known, language))
    told = question_text(desk(known, language), asked)

    assert asked.other is not None
    assert (asked.figure.area, asked.other.area) == ("xa-ben-tay", "ben-tay")
    assert {"vi": "huyện Bến Tây năm 2026", "en": "Huyện Bến Tây"}[language] in told


def test_a_series_breaks_where_an_area_goes_on_with_other_borders(known: Results) -> None:
    broken = {
        area: [figure.year for figure in series if figure.breaks]
        for (indicator, area), series in known.figures.items()
        if indicator == INDICATOR
    }

    assert {area: years for area, years in broken.items() if years} == {"song-xanh": [2025]}


def test_the_whole_area_goes_on_as_one_series_with_all_of_its_parts(known: Results) -> None:
    series = {f.year: f for f in known.figures[INDICATOR, "may-trang"]}

    assert not any(figure.breaks for figure in series.values())
    for year, reported in REPORTED.items():
        assert (series[year].numerator, series[year].denominator) == (
            20 + sum(n for n, _ in reported.values()),
            60 + sum(d for _, d in reported.values()),
        )


def test_an_ended_area_keeps_the_verdict_of_its_last_reported_figure(known: Results) -> None:
    verdict = known.headlines[INDICATOR, "ben-lau"]

    assert verdict.latest is not None
    assert verdict.latest.year == 2024


def test_each_page_leads_to_what_came_after_and_says_what_came_before(known: Results) -> None:
    areas = ("song-xanh", *ENDED, *CAME)
    pages = {area: area_page(desk(known, area=area), area, {}, {}) for area in areas}
    after = {
        area: [(one.link.text, one.text) for one in page.ended.successors]
        for area, page in pages.items()
        if page.ended
    }
    before = {
        area: [(part.link.text, part.text) for group in page.origins for part in group.parts]
        for area, page in pages.items()
        if page.origins
    }

    assert after == {
        "ben-lau": [
            ("Huyện Bến Đông", ""),
            ("Huyện Bến Tây", "gồm cả phần đất trước đây thuộc thị xã Sông Xanh"),
        ],
        "doi-che": [("Huyện Đồi Trà", "")],
        "ben-dong": [
            (
                "Thị xã Ba Sông",
                "gồm cả phần đất trước đây thuộc huyện Đồi Trà và thị xã Sông Xanh",
            )
        ],
        "ben-tay": [("Xã Bến Tây", "")],
        "doi-tra": [
            (
                "Thị xã Ba Sông",
                "gồm cả phần đất trước đây thuộc huyện Bến Đông và thị xã Sông Xanh",
            )
        ],
        "song-xanh": [
            (
                "Thị xã Ba Sông",
                "gồm cả phần đất trước đây thuộc huyện Bến Đông và huyện Đồi Trà",
            )
        ],
        "ba-song": [("Phường Ba Sông", ""), ("Xã Đồng Xanh", "")],
    }
    assert {area: [share for _, share in parts] for area, parts in before.items()} == {
        "ben-dong": ["một phần"],
        "ben-tay": ["một phần", "một phần"],
        "doi-tra": ["toàn bộ"],
        "ba-song": ["toàn bộ", "toàn bộ", "toàn bộ"],
        "xa-ben-tay": ["toàn bộ"],
        "phuong-ba-song": ["một phần"],
        "xa-dong-xanh": ["một phần"],
    }
    assert before["xa-ben-tay"][0][0].startswith("huyện Bến Tây (")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_its_page_names_who_straddles_and_why_there_is_no_figure(
    known: Results, language: str
) -> None:
    told = words(language)
    section = borders(desk(known, language), "ben-lau")

    assert section is not None
    assert section.title == told.say("restate.title.old")
    assert "ben-tay" in {link.href.strip("/").rpartition("/")[2] for link in section.straddling}
    row = next(row for row in section.rows if row.cells[0].text)
    assert row.cells[0].text == {"vi": "26,4–65,7%", "en": "26.4–65.7%"}[language]
    assert row.cells[1].reason == told.say("restate.obstacle.all-straddle", areas="")
    assert borders(desk(known, language), "truong-cua-tinh") is None


def test_the_file_says_how_each_was_made_and_where_a_series_breaks(known: Results) -> None:
    told = {name: words(name) for name in SITE.languages}
    files = dict(figure_files(known, SITE, told))
    lines = files["du-lieu/tinh-lai.csv"].decode().splitlines()
    head = lines[0].split(",")
    rows = [dict(zip(head, line.split(","), strict=True)) for line in lines[1:]]
    mine = {
        row["year"]: row
        for row in rows
        if (row["indicator"], row["area"]) == (INDICATOR, "ben-lau")
    }

    assert [mine["2025"][name] for name in ("basis", "obs_status", "break", "straddling")] == [
        "range",
        "E",
        "",
        "ben-tay",
    ]
    assert (mine["2025"]["value"], mine["2025"]["value_high"]) == ("26.4706", "65.625")
    assert [mine["2026"][name] for name in ("basis", "obs_status", "break", "obstacle")] == [
        "none",
        "",
        "",
        "all-straddle",
    ]
    # The file of one area says so too, for whoever takes it alone.
    alone = json.loads(files["api/v1/dia-ban/ben-lau.json"])["restated"]
    here = [row for row in alone if row["indicator"] == INDICATOR]
    assert [(row["year"], row["basis"], row["break"]) for row in here] == [
        (2025, "range", None),
        (2026, "none", None),
        (2027, "none", None),
    ]
    assert "restated" not in json.loads(files["api/v1/dia-ban/truong-cua-tinh.json"])
    broken = [
        line for line in files["du-lieu/so-lieu.csv"].decode().splitlines() if ",song-xanh," in line
    ]
    assert any(",B,Địa giới đã thay đổi" in line and ",2025," in line for line in broken)
