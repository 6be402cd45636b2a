"""All that the plan promises can be found on the site, in its own words."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

HOMES = {"vi": "", "en": "en/"}

both_languages = pytest.mark.parametrize("language", HOMES)


def rows(project: Path, table: str) -> list[dict[str, str]]:
    with (project / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def said(text: str) -> str:
    return " ".join(text.split())


@both_languages
def test_each_of_the_14_indicators_has_its_page_and_stands_on_the_home_page(
    project: Path, texts: Mapping[str, str], language: str
) -> None:
    indicators = rows(project, "plan/indicators")
    home = HOMES[language]
    assert len(indicators) == 14
    for row in indicators:
        page = texts[f"{home}chi-tieu/{row['indicator']}/"]
        for column in ("name", "numerator", "denominator", "definition", "caveat"):
            assert said(row[f"{column}_{language}"]) in page, (row["indicator"], column)
        assert said(row[f"short_{language}"]) in texts[home]


@both_languages
def test_each_indicator_quotes_both_of_its_targets_in_the_words_of_the_plan(
    project: Path, texts: Mapping[str, str], language: str
) -> None:
    targets = rows(project, "plan/targets")
    assert {row["year"] for row in targets} == {"2025", "2030"}
    for row in targets:
        page = texts[f"{HOMES[language]}chi-tieu/{row['indicator']}/"]
        assert said(row["wording_vi"]) in page
        assert said(row[f"wording_{language}"]) in page
        assert row["clause"] in page


@both_languages
def test_each_of_the_12_districts_has_its_page_and_stands_in_the_table(
    project: Path, texts: Mapping[str, str], language: str
) -> None:
    districts = [row for row in rows(project, "areas/areas") if row["level"] == "district"]
    home = HOMES[language]
    assert len(districts) == 12
    for row in districts:
        name = said(row[f"name_{language}"])
        assert name in texts[f"{home}dia-ban/{row['area']}/"]
        assert name in texts[f"{home}bang-tong-hop/"]


@both_languages
def test_a_district_page_names_each_unit_that_has_taken_its_place(
    project: Path, texts: Mapping[str, str], language: str
) -> None:
    areas = {row["area"]: row for row in rows(project, "areas/areas")}
    page = texts[f"{HOMES[language]}dia-ban/tu-ky/"]
    inside = {area for area, row in areas.items() if row["parent"] == "tu-ky"}
    today = {
        row["to_area"]
        for row in rows(project, "areas/changes")
        if row["from_area"] in inside and not areas[row["to_area"]]["until"]
    }
    assert len(today) > 0
    assert [area for area in today if said(areas[area][f"name_{language}"]) not in page] == []


@both_languages
def test_each_of_the_26_actions_stands_in_the_words_of_the_plan(
    project: Path, texts: Mapping[str, str], language: str
) -> None:
    actions = rows(project, "plan/actions")
    page = texts[f"{HOMES[language]}nhiem-vu/"]
    assert len(actions) == 26
    for row in actions:
        assert row["action"] in page
        assert said(row[f"text_{language}"]) in page


@both_languages
def test_each_of_the_34_duties_stands_in_the_words_of_the_plan_beside_its_agency(
    project: Path, texts: Mapping[str, str], language: str
) -> None:
    duties = rows(project, "plan/duties")
    agencies = {row["agency"]: row for row in rows(project, "plan/agencies")}
    areas = {row["area"]: row for row in rows(project, "areas/areas")}
    page = texts[f"{HOMES[language]}co-quan/"]
    assert len({row["duty"] for row in duties}) == 34
    for row in duties:
        agency = agencies[row["agency"]]
        # The committees of the districts have the same duties: there the districts are named.
        named = areas[agency["area"]] if agency["area"] else agency
        assert row["duty"] in page
        assert said(row[f"text_{language}"]) in page
        assert said(named[f"name_{language}"]) in page


@both_languages
def test_each_of_the_15_reporting_bodies_stands_among_the_reports(
    project: Path, texts: Mapping[str, str], language: str
) -> None:
    owing = {row["agency"] for row in rows(project, "plan/duties") if "before:" in row["due"]}
    names = [
        said(row[f"name_{language}"])
        for row in rows(project, "plan/agencies")
        if row["agency"] in owing
    ]
    page = texts[f"{HOMES[language]}bao-cao/"]
    assert len(names) == 15
    assert [name for name in names if name not in page] == []


MISSING = {
    "vi": {
        "x": "chưa báo cáo",
        "c": "không công bố",
        "n": "chưa thu thập",
        "z": "không áp dụng",
    },
    "en": {
        "x": "not reported",
        "c": "confidential",
        "n": "not collected",
        "z": "not applicable",
    },
}


@both_languages
def test_a_figure_that_is_missing_says_why_on_the_page_of_its_area(
    project: Path, texts: Mapping[str, str], language: str
) -> None:
    silent = set()
    used = set()
    home = HOMES[language]
    districts = {row["area"] for row in rows(project, "areas/areas") if row["level"] == "district"}
    for year in (2021, 2022, 2023, 2024):
        for row in rows(project, f"results/{year}/v1/observations"):
            if row["missing"]:
                used.add(row["missing"])
                word = MISSING[language][row["missing"]]
                # The whole area has no page of its own: its figures are those of the indicator.
                of_area, of_indicator = f"dia-ban/{row['area']}/", f"chi-tieu/{row['indicator']}/"
                page = home + (of_area if row["area"] in districts else of_indicator)
                if word not in texts[page].lower():
                    silent.add((page, word))
    assert used == {"c", "n", "x", "z"}
    assert silent == set()
