"""What must stay true of the invented results in ``data/results/``, whoever corrects them by hand."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import illustrative_corrections
import pytest
from frictionless import Package, system

from tiendo.check.meaning import MEANING, WORDS
from tiendo.config import site_settings

DATA = Path(__file__).resolve().parent.parent / "data"
RESULTS = DATA / "results"
KEYS = {"indicators": ("indicator",), "targets": ("indicator", "area", "year"), "areas": ("area",)}
YEARS = (2021, 2022, 2023, 2024, 2025)
BY_DISTRICT = YEARS[:-1]
"""The editions that districts reported; communes have done so since."""
SCOPE = "hai-duong"
REMAINDER = "truc-thuoc-tinh"
CENTRES = {2021: 235, 2022: 235, 2023: 235, 2024: 207}
JUMP_POINTS = 10

FIGURES = "observations.csv"

Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def folder(year: int) -> Path:
    return RESULTS / str(year) / "v1"


def descriptor(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((path / "datapackage.json").read_text("utf-8"))
    return read


@cache
def observed(year: int) -> dict[tuple[str, str], Row]:
    return {(row["indicator"], row["area"]): row for row in rows(folder(year) / "observations.csv")}


def indicators() -> dict[str, Row]:
    return {row["indicator"]: row for row in rows(DATA / "plan" / "indicators.csv")}


def districts() -> list[str]:
    areas = rows(DATA / "areas" / "areas.csv")
    return [row["area"] for row in areas if row["level"] == "district" and row["parent"] == SCOPE]


def level(year: int, indicator: str, area: str) -> int | None:
    row = observed(year).get((indicator, area))
    return int(row["value"]) if row and row["value"] else None


def communes() -> list[str]:
    """Those of today, by code."""
    found = [
        row
        for row in rows(DATA / "areas" / "areas.csv")
        if row["level"] == "commune" and not row["until"]
    ]
    return [row["area"] for row in sorted(found, key=lambda row: (row["code"], row["area"]))]


def holders(year: int, indicator: str) -> int:
    threshold = int(indicators()[indicator]["threshold"])
    return sum((level(year, indicator, area) or 0) >= threshold for area in districts())


def summed(year: int, indicator: str) -> tuple[int, int] | None:
    """Of the local rows; None where a part is lacking."""
    parts = [
        row
        for (name, area), row in observed(year).items()
        if name == indicator and area != SCOPE and row["missing"] != "z"
    ]
    if not all(row["numerator"] for row in parts):
        return None
    return sum(int(row["numerator"]) for row in parts), sum(
        int(row["denominator"]) for row in parts
    )


def percent(row: Row) -> Fraction | None:
    if row["denominator"]:
        return Fraction(100 * int(row["numerator"]), int(row["denominator"]))
    return Fraction(row["value"]) if row["value"] else None


# What they are --------------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_every_edition_says_that_it_is_illustrative(year: int) -> None:
    package = descriptor(folder(year))
    assert package["illustrative"] is True
    assert "minh họa" in package["title"].lower()
    assert all("minh họa" in source["title"] for source in package["sources"])


@pytest.mark.parametrize("year", YEARS)
def test_every_word_that_could_pass_for_real_says_that_it_is_illustrative(year: int) -> None:
    words = [
        row[column]
        for row in observed(year).values()
        for column in ("decision", "source", "break_vi", "note_vi")
    ]
    words += [row["document"] for row in rows(folder(year) / "reports.csv")]
    words += [row["note_vi"] for row in rows(folder(year) / "reports.csv")]
    words += [row["summary_vi"] for row in rows(folder(year) / "actions.csv")]
    assert [text for text in words if text and "minh họa" not in text.lower()] == []
    english = [row[column] for row in observed(year).values() for column in ("break_en", "note_en")]
    english += [row["summary_en"] for row in rows(folder(year) / "actions.csv")]
    assert [text for text in english if text and not text.startswith("Illustrative")] == []


@pytest.mark.parametrize("year", YEARS)
def test_a_decision_has_a_serial_that_no_decision_has(year: int) -> None:
    decisions = {row["decision"] for row in observed(year).values()} - {""}
    assert all(text.startswith("Quyết định minh họa MH-20") for text in decisions)


@pytest.mark.parametrize("year", YEARS)
def test_persons_are_counted_in_round_hundreds(year: int) -> None:
    persons = ("nl-thong-tin", "kn-song", "dt-cmkt-15t", "dh-tro-len-15t", "cong-dan-ht")
    parts = [
        int(row[column])
        for (indicator, _), row in observed(year).items()
        for column in ("numerator", "denominator")
        if indicator in persons and row[column]
    ]
    assert [part for part in parts if part % 100] == []


@pytest.mark.parametrize("year", YEARS)
def test_every_translated_text_has_both_languages(year: int) -> None:
    for row in observed(year).values():
        assert bool(row["note_vi"]) == bool(row["note_en"])
        assert bool(row["break_vi"]) == bool(row["break_en"])


# Packages -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [RESULTS, *(folder(year) for year in YEARS)], ids=str)
def test_every_package_is_valid(path: Path) -> None:
    with system.use_context(trusted=True):
        report = Package(str(path / "datapackage.json")).validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []


@pytest.mark.parametrize("year", YEARS)
def test_an_edition_says_what_it_is(year: int) -> None:
    package = descriptor(folder(year))
    told = {name: package[name] for name in ("name", "version", "year", "as_of", "geography")}
    assert told == {
        "name": f"results-{year}",
        "version": "1",
        "year": year,
        "as_of": f"{year}-12-31",
        "geography": "district" if year in BY_DISTRICT else "commune",
    }
    assert package["licenses"][0]["name"] == "CC-BY-4.0"


@pytest.mark.parametrize("year", YEARS)
def test_a_folder_holds_its_package_and_nothing_else(year: int) -> None:
    named = {resource["path"] for resource in descriptor(folder(year))["resources"]}
    assert {path.name for path in folder(year).iterdir()} == {*named, "datapackage.json"}


@pytest.mark.parametrize("year", YEARS)
def test_tables_are_utf_8_with_line_feeds(year: int) -> None:
    for path in folder(year).glob("*.csv"):
        content = path.read_bytes()
        assert b"\r" not in content
        assert not content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\n")


# Releases -------------------------------------------------------------------------------------


def test_each_edition_is_signed_with_its_hash() -> None:
    signed = {
        RESULTS / row["year"] / f"v{row['version']}": row["sha256"]
        for row in rows(RESULTS / "releases.csv")
        if row["sha256"]
    }
    assert set(signed) == set(RESULTS.glob("*/v*"))
    for version, sha256 in signed.items():
        names = ["datapackage.json", *(r["path"] for r in descriptor(version)["resources"])]
        lines = "".join(
            f"{hashlib.sha256((version / name).read_bytes()).hexdigest()}  {name}\n"
            for name in sorted(names, key=str.encode)
        )
        assert sha256 == hashlib.sha256(lines.encode()).hexdigest()


def test_the_second_version_of_2024_shows_every_kind_of_revision() -> None:
    later = RESULTS / "2024" / "v2"
    first = {path.name: path.read_bytes() for path in folder(2024).iterdir()}
    made = illustrative_corrections.second_version(first)
    assert {path.name: path.read_bytes() for path in later.iterdir()} == made
    calendar = rows(RESULTS / "releases.csv")
    assert illustrative_corrections.release(made) in calendar
    changes = rows(later / "changes.csv")
    assert {row["kind"] for row in changes} == {"correction", "late", "scheduled"}
    assert all(row["reason_vi"].startswith("Minh họa") for row in changes)
    before = {(row["indicator"], row["area"]): row for row in rows(folder(2024) / FIGURES)}
    for change in changes:
        was = before[change["indicator"], change["area"]]
        assert bool(was["missing"]) == (change["kind"] == "late")
        assert (was["status"] == "P") == (change["kind"] == "scheduled")


def test_one_release_is_planned_and_comes_last() -> None:
    releases = rows(RESULTS / "releases.csv")
    assert [int(row["year"]) for row in releases if not row["sha256"]] == [YEARS[-1] + 1]
    moments = [datetime.fromisoformat(row["released"]) for row in releases]
    assert moments == sorted(moments)
    assert {moment.utcoffset() for moment in moments} == {timedelta(hours=7)}


@pytest.mark.parametrize("year", YEARS)
def test_a_signed_edition_carries_what_it_was_measured_by(year: int) -> None:
    for name, source in (("indicators", "plan"), ("targets", "plan"), ("areas", "areas")):
        copied = rows(folder(year) / f"{name}.csv")
        original = rows(DATA / source / f"{name}.csv")
        if name == "areas":
            reported = {area for _, area in observed(year)}
            original = [row for row in original if row["area"] in reported]
        assert meant(name, copied) == meant(name, as_signed(name, original))


def as_signed(name: str, table: list[dict[str, str]]) -> list[dict[str, str]]:
    """A table before what the plan's rows of changes say was changed since."""
    before = {
        (row["key"], row["column"]): row["old"]
        for row in rows(DATA / "plan" / "changes.csv")
        if row["resource"] == name
    }
    return [
        {column: before.get((row[KEYS[name][0]], column), cell) for column, cell in row.items()}
        for row in table
    ]


def meant(name: str, table: list[dict[str, str]]) -> list[dict[str, str]]:
    """What a change of which would be one of meaning; wording may become better later on."""
    columns = {f"{each}_vi" if each in WORDS else each for each in (*MEANING[name], *KEYS[name])}
    return [{key: cell for key, cell in row.items() if key in columns} for row in table]


# Figures --------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", BY_DISTRICT)
def test_the_matrix_is_complete(year: int) -> None:
    expected = {
        (row["indicator"], area)
        for row in indicators().values()
        for area in (districts() if row["level"] == "local" else [SCOPE])
    }
    extra = set(observed(year)) - expected
    assert expected - set(observed(year)) == set()
    assert {area for _, area in extra} <= {SCOPE, REMAINDER}
    assert len(expected) == 10 * 12 + 4


@pytest.mark.parametrize("year", YEARS)
def test_rows_stand_in_the_order_of_the_plan(year: int) -> None:
    order = list(indicators())
    areas = [SCOPE, *districts(), *communes(), REMAINDER]
    keys = list(observed(year))
    assert keys == sorted(keys, key=lambda key: (order.index(key[0]), areas.index(key[1])))


@pytest.mark.parametrize("year", YEARS)
def test_a_row_has_a_figure_with_status_and_source_or_a_reason(year: int) -> None:
    titles = {source["title"] for source in descriptor(folder(year))["sources"]}
    titles |= {row["document"] for row in rows(folder(year) / "reports.csv")}
    for row in observed(year).values():
        has_figure = bool(row["value"] or row["numerator"])
        assert has_figure != bool(row["missing"])
        assert has_figure == bool(row["status"])
        assert bool(row["numerator"]) == bool(row["denominator"])
        assert not has_figure or row["source"] in titles


def test_all_four_reasons_for_a_gap_occur() -> None:
    reasons = {row["missing"] for year in YEARS for row in observed(year).values()}
    assert reasons == {"", "z", "x", "c", "n"}


def test_figures_are_official_but_for_the_last_years() -> None:
    by_year = {year: {row["status"] for row in observed(year).values()} - {""} for year in YEARS}
    some = {"A", "P", "E"}
    assert by_year == {2021: {"A"}, 2022: {"A"}, 2023: {"A"}, 2024: some, 2025: some}


@pytest.mark.parametrize("year", YEARS)
def test_no_part_exceeds_its_whole(year: int) -> None:
    for row in observed(year).values():
        if row["numerator"]:
            assert int(row["numerator"]) <= int(row["denominator"])


@pytest.mark.parametrize("year", YEARS)
def test_no_child_exceeds_its_parent(year: int) -> None:
    parent, child = (observed(year)[name, SCOPE] for name in ("dt-cmkt-15t", "dh-tro-len-15t"))
    assert parent["denominator"] == child["denominator"]
    whole, part = percent(parent), percent(child)
    assert whole is not None
    assert part is not None
    assert part <= whole


@pytest.mark.parametrize("year", BY_DISTRICT)
def test_standards_that_others_require_are_held(year: int) -> None:
    for area in districts():
        if level(year, "pcgd-thcs-md3", area):
            assert (level(year, "pcgd-th-md3", area) or 0) >= 1
            assert (level(year, "xmc-md2", area) or 0) >= 1


@pytest.mark.parametrize("year", YEARS)
def test_a_level_held_has_its_decision_of_that_time(year: int) -> None:
    for (indicator, area), row in observed(year).items():
        if indicators()[indicator]["measure"] != "standard" or area == SCOPE or not row["value"]:
            continue
        assert bool(row["decision"]) == bool(row["decided_on"]) == (row["value"] != "0")
        if row["decided_on"]:
            assert row["decided_on"] <= (row["as_of"] or f"{year}-12-31")


def test_a_learning_district_is_recognised_for_36_months_after_its_year() -> None:
    held = [
        row for (name, _), row in observed(2024).items() if name == "huyen-ht" and row["decision"]
    ]
    assert {row["valid_until"] for row in held} == {"2027-12-31"}
    assert all(row["decided_on"] >= "2024-02-12" for row in held)
    before = [row for year in YEARS[:3] for row in observed(year).values() if row["valid_until"]]
    assert before == []


@pytest.mark.parametrize("year", BY_DISTRICT)
def test_each_commune_has_one_learning_centre(year: int) -> None:
    total = summed(year, "tthtcd-cntt")
    assert total is not None
    assert total[1] == CENTRES[year]


@pytest.mark.parametrize("year", YEARS)
def test_the_provinces_own_row_agrees_with_its_districts(year: int) -> None:
    for (indicator, area), row in observed(year).items():
        plan = indicators()[indicator]
        if area != SCOPE or plan["level"] != "local":
            continue
        own = int(row["numerator"]), int(row["denominator"])
        if plan["aggregation"] == "count":
            assert own == (holders(year, indicator), len(districts()))
        elif (parts := summed(year, indicator)) is not None:
            assert own == parts


def test_life_skills_do_not_move() -> None:
    first, last = summed(2021, "kn-song"), summed(2023, "kn-song")
    assert first is not None
    assert last is not None
    assert Fraction(*last) < Fraction(*first)


def test_a_hidden_figure_cannot_be_worked_out_from_the_provinces_own() -> None:
    for year in YEARS:
        hidden = Counter(
            indicator for (indicator, _), row in observed(year).items() if row["missing"] == "c"
        )
        assert all(count != 1 for count in hidden.values())


def test_a_leap_of_a_ratio_is_explained() -> None:
    unexplained = []
    for older, newer in pairwise(YEARS):
        for key, row in observed(newer).items():
            if indicators()[key[0]]["measure"] != "ratio" or key not in observed(older):
                continue
            before, after = percent(observed(older)[key]), percent(row)
            if before is None or after is None or row["break_vi"] or row["note_vi"]:
                continue
            if abs(after - before) >= JUMP_POINTS:
                unexplained.append((newer, *key))
    assert unexplained == []


def test_a_leap_that_a_note_answers_is_there() -> None:
    before, after = (observed(year)["nl-thong-tin", "tu-ky"] for year in (2022, 2023))
    lower, higher = percent(before), percent(after)
    assert lower is not None
    assert higher is not None
    assert higher - lower >= site_settings().jump_points
    assert after["note_vi"]


# Stories that the site has to tell ------------------------------------------------------------


def test_eight_of_twelve_districts_hold_lower_secondary_level_3() -> None:
    assert [holders(year, "pcgd-thcs-md3") for year in BY_DISTRICT] == [5, 5, 7, 8]


def test_one_district_loses_a_standard_in_2023_and_another_regains_it() -> None:
    told = {
        area: [level(year, "pcgd-thcs-md3", area) for year in BY_DISTRICT]
        for area in ("thanh-ha", "binh-giang")
    }
    assert told == {"thanh-ha": [3, 3, 2, 2], "binh-giang": [3, 2, 3, 3]}


def test_a_standard_to_be_held_is_lost_by_the_province() -> None:
    assert [holders(year, "pcgd-th-md3") for year in BY_DISTRICT] == [12, 12, 11, 11]


def test_a_count_becomes_a_range_where_one_district_has_not_reported() -> None:
    assert holders(2024, "pcgd-mn5t") == 11
    assert observed(2024)["pcgd-mn5t", "nam-sach"]["missing"] == "x"
    assert ("pcgd-mn5t", SCOPE) not in observed(2024)


def test_a_sum_has_no_figure_where_one_district_has_not_reported() -> None:
    assert summed(2024, "kn-song") is None
    assert ("kn-song", SCOPE) not in observed(2024)


@pytest.mark.parametrize(
    ("year", "indicator"),
    [(2022, "nl-thong-tin"), (2023, "csgd-moi-truong-so"), (2024, "cong-dan-ht")],
)
def test_a_sum_with_a_gap_is_answered_by_the_provinces_own_row(year: int, indicator: str) -> None:
    assert summed(year, indicator) is None
    assert observed(year)[indicator, SCOPE]["numerator"]


def test_two_series_break_where_the_counting_changed() -> None:
    broken = {
        (year, indicator, area)
        for year in YEARS
        for (indicator, area), row in observed(year).items()
        if row["break_vi"]
    }
    citizens = {(2023, "cong-dan-ht", area) for area in [SCOPE, *districts()]}
    assert broken == citizens | {(2025, "tthtcd-cntt", SCOPE)}


def test_a_standard_last_looked_at_a_year_ago_says_so() -> None:
    dated = {
        (year, *key): row["as_of"]
        for year in YEARS
        for key, row in observed(year).items()
        if row["as_of"]
    }
    assert dated == {
        (2024, "xmc-md2", "chi-linh"): "2023-12-31",
        (2025, "xmc-md2", "chi-linh"): "2025-06-30",
        (2025, "pcgd-thcs-md3", "nam-sach"): "2025-06-30",
    }


# The year of the reform -----------------------------------------------------------------------


def test_the_communes_of_today_report_what_is_summed_and_districts_only_their_outcome() -> None:
    summed_ones = [name for name, row in indicators().items() if row["aggregation"] == "sum"]
    whole = [name for name, row in indicators().items() if row["level"] == "whole"]
    expected = {(name, area) for name in summed_ones for area in communes()}
    expected |= {(name, SCOPE) for name in whole}
    extra = set(observed(2025)) - expected
    assert expected - set(observed(2025)) == set()
    assert len(communes()) == 64
    assert {key for key in extra if key[1] in districts()} == {
        ("xmc-md2", "chi-linh"),
        ("pcgd-thcs-md3", "nam-sach"),
    }
    assert {area for _, area in extra} - {*districts()} == {SCOPE, REMAINDER}


def test_a_learning_centre_for_each_commune_is_a_break() -> None:
    own = observed(2025)["tthtcd-cntt", SCOPE]
    assert (own["numerator"], own["denominator"]) == ("46", "64")
    assert "207" in own["break_vi"]


def test_the_same_people_stand_under_each_indicator_that_is_asked_of_them() -> None:
    for area in communes():
        one, other = (observed(2025)[name, area] for name in ("nl-thong-tin", "kn-song"))
        if one["denominator"] and other["denominator"]:
            assert one["denominator"] == other["denominator"]


def test_one_commune_has_reported_nothing_and_its_figures_are_told_as_missing() -> None:
    sent = {row["reporter"] for row in rows(folder(2025) / "reports.csv")}
    silent = [area for area in communes() if f"ubnd-{area}" not in sent]
    assert silent == ["xa-tan-an"]
    gaps = {row["missing"] for (_, area), row in observed(2025).items() if area in silent}
    assert gaps == {"x"}


def test_results_met_missed_and_unknown_at_the_midterm_are_there_to_be_told() -> None:
    reached = {
        name: percent(observed(2025)[name, SCOPE])
        for name in indicators()
        if (name, SCOPE) in observed(2025)
    }
    targets = {
        row["indicator"]: Fraction(row["value"])
        for row in rows(DATA / "plan" / "targets.csv")
        if row["year"] == "2025"
    }
    met = {name for name, value in reached.items() if value and value >= targets[name]}
    assert met == {"nl-thong-tin", "dh-tro-len-15t", "csgd-moi-truong-so", "tthtcd-cntt"}
    missed = {name for name, value in reached.items() if value and value < targets[name]}
    assert missed == {"dt-cmkt-15t", "dai-hoc-so", "cong-dan-ht"}
    assert summed(2025, "kn-song") is None


def test_nobody_who_had_ended_reports() -> None:
    ended = {row["agency"]: row["until"] for row in rows(DATA / "plan" / "agencies.csv")}
    for year in YEARS:
        for row in rows(folder(year) / "reports.csv"):
            assert row["received_on"] <= (ended[row["reporter"]] or "9999")


# Reports and actions --------------------------------------------------------------------------


def test_nobody_had_to_report_in_the_first_year() -> None:
    assert rows(folder(2021) / "reports.csv") == []


def test_reports_come_in_on_time_late_or_never() -> None:
    told = {
        year: Counter(
            "on time" if date.fromisoformat(row["received_on"]) < date(year, 12, 15) else "late"
            for row in rows(folder(year) / "reports.csv")
        )
        for year in YEARS[1:]
    }
    assert told == {
        2022: {"on time": 13, "late": 1},
        2023: {"on time": 12, "late": 2},
        2024: {"on time": 13, "late": 2},
        2025: {"on time": 66},
    }


def test_a_report_on_15_december_itself_is_there_to_be_told_as_late() -> None:
    days = {row["reporter"]: row["received_on"] for row in rows(folder(2024) / "reports.csv")}
    assert days["ubnd-nam-sach"] == "2024-12-15"
    assert days["ubnd-thanh-ha"] == "2024-12-14"


def test_only_agencies_of_the_plan_report() -> None:
    known = {row["agency"] for row in rows(DATA / "plan" / "agencies.csv")}
    for year in YEARS:
        assert {row["reporter"] for row in rows(folder(year) / "reports.csv")} <= known


@pytest.mark.parametrize("year", YEARS)
def test_every_action_of_the_plan_has_its_state(year: int) -> None:
    actions = [row["action"] for row in rows(DATA / "plan" / "actions.csv")]
    assert [row["action"] for row in rows(folder(year) / "actions.csv")] == actions


def test_all_states_of_actions_occur() -> None:
    states = {row["state"] for row in rows(folder(2024) / "actions.csv")}
    assert states == {"under-way", "done", "stopped", "unknown"}
    assert "not-started" in {row["state"] for row in rows(folder(2021) / "actions.csv")}


def test_nothing_that_was_done_once_is_undone() -> None:
    recurrence = {row["action"]: row["recurrence"] for row in rows(DATA / "plan" / "actions.csv")}
    done: set[str] = set()
    for year in YEARS:
        states = {row["action"]: row["state"] for row in rows(folder(year) / "actions.csv")}
        assert {action for action in done if states[action] != "done"} == set()
        done |= {a for a, state in states.items() if state == "done" and recurrence[a] == "once"}
