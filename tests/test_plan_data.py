"""data/plan/ against the plan's own text, which stands beside in plan/.

Words are compared with runs of white space as one space: the plan breaks one sentence in two.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package

FOLDER = Path(__file__).parent.parent / "data" / "plan"
PLAN = Path(__file__).parent / "plan" / "ke-hoach-4206-kh-ubnd.txt"
TABLES = ("goals", "indicators", "targets", "agencies", "duties", "actions", "changes", "text")
DISTRICTS = {
    "tp-hai-duong",
    "chi-linh",
    "nam-sach",
    "kinh-mon",
    "kim-thanh",
    "thanh-ha",
    "cam-giang",
    "binh-giang",
    "gia-loc",
    "tu-ky",
    "ninh-giang",
    "thanh-mien",
}


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines, strict=True))


def column(table: str, name: str) -> list[str]:
    return [row[name] for row in rows(table)]


@cache
def descriptor() -> Any:
    return json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))


@cache
def plan_lines() -> tuple[str, ...]:
    """The plan's paragraphs in order, empty lines dropped, the one broken sentence joined."""
    joined: list[str] = []
    for line in PLAN.read_text(encoding="utf-8").splitlines():
        text = " ".join(line.split())
        if text and joined and text[0].islower():
            joined[-1] += f" {text}"
        elif text:
            joined.append(text)
    return tuple(joined)


def between(first: str, last: str) -> list[str]:
    lines = plan_lines()
    start = lines.index(first)
    end = next(at for at in range(start, len(lines)) if lines[at].startswith(last))
    return list(lines[start + 1 : end])


def bullets(clause: str) -> list[str]:
    first, last = {
        "II.2.1": ("2.1. Mục tiêu đến năm 2025", "2.2. "),
        "II.2.2": ("2.2. Mục tiêu đến năm 2030", "III. "),
    }[clause]
    return [line.removeprefix("+ ") for line in between(first, last) if line.startswith("+ ")]


def promises(first: str, last: str) -> list[str]:
    """Each promise of a section: dash lines, lines like 3.2., and lines without any mark."""
    found = []
    for line in between(first, last):
        heading = re.match(r"\d+\. ", line) or line.endswith(":")
        if not heading:
            found.append(re.sub(r"^(- |\d\.\d\. )", "", line))
    return found


def quotes(clause: str, bullet: str) -> list[dict[str, str]]:
    return [
        row for row in rows("targets") if row["clause"] == clause and row["wording_vi"] in bullet
    ]


def percentages(words: str) -> set[str]:
    return set(re.findall(r"(\d+)%", words))


def values_of(cell: str) -> list[str]:
    return cell.split(";") if cell else []


# The words


def test_every_quoted_target_stands_word_for_word_in_one_bullet_of_its_clause() -> None:
    found = {
        (row["indicator"], row["year"]): sum(
            row["wording_vi"] in bullet for bullet in bullets(row["clause"])
        )
        for row in rows("targets")
    }
    assert found == dict.fromkeys(found, 1)


def test_the_clause_of_a_target_is_the_one_of_its_year() -> None:
    assert {(row["year"], row["clause"]) for row in rows("targets")} == {
        ("2025", "II.2.1"),
        ("2030", "II.2.2"),
    }


@pytest.mark.parametrize(("clause", "count"), [("II.2.1", 11), ("II.2.2", 12)])
def test_the_quotes_leave_no_word_of_a_bullet_out(clause: str, count: int) -> None:
    assert len(bullets(clause)) == count
    for bullet in bullets(clause):
        rest = bullet
        for row in sorted(quotes(clause, bullet), key=lambda row: -len(row["wording_vi"])):
            rest = rest.replace(row["wording_vi"], "")
        assert rest.strip() == ""


def test_the_percentage_in_the_words_is_the_value() -> None:
    of_the_whole_province = [row for row in rows("targets") if row["indicator"] != "tinh-ht"]
    assert len(of_the_whole_province) == 26
    for row in of_the_whole_province:
        assert percentages(row["wording_vi"]) == {row["value"]}
        assert percentages(row["wording_en"]) == {row["value"]}


def test_the_title_of_the_province_is_a_target_of_2030_alone() -> None:
    assert [
        (row["year"], row["value"]) for row in rows("targets") if row["indicator"] == "tinh-ht"
    ] == [("2030", "1")]


def test_every_other_indicator_has_a_target_for_2025_and_one_for_2030() -> None:
    years = Counter(column("targets", "indicator"))
    assert years == dict.fromkeys(column("indicators", "indicator"), 2) | {"tinh-ht": 1}


def test_the_targets_are_those_of_the_whole_plan() -> None:
    assert set(column("targets", "area")) == {""}


def test_the_goals_are_the_dash_lines_of_both_lists_of_targets() -> None:
    names = [name.casefold().split() for name in column("goals", "name_vi")]
    for first, last in (
        ("2.1. Mục tiêu đến năm 2025", "2.2. "),
        ("2.2. Mục tiêu đến năm 2030", "III. "),
    ):
        lines = [line.casefold() for line in between(first, last) if line.startswith("- ")]
        # A label may leave words of the line out, but adds none and changes no order.
        left = [iter(re.findall(r"\w+", line)) for line in lines]
        assert len(lines) == len(names)
        assert all(word in words for name, words in zip(names, left, strict=True) for word in name)


def test_the_indicators_come_in_the_order_of_the_plan() -> None:
    text = " ".join(plan_lines())
    quoted = {
        row["indicator"]: text.index(row["wording_vi"]) + len(row["wording_vi"])
        for row in rows("targets")
        if row["year"] == "2030"
    }
    assert sorted(quoted, key=quoted.__getitem__) == column("indicators", "indicator")
    assert column("indicators", "position") == [str(at) for at in range(1, 15)]


def test_the_26_actions_are_all_that_section_iii_promises_word_for_word() -> None:
    promised = promises("III. NHIỆM VỤ VÀ GIẢI PHÁP", "IV. ")
    assert len(promised) == 26
    assert column("actions", "text_vi") == promised


def test_an_action_stands_in_the_section_that_its_id_names() -> None:
    for row in rows("actions"):
        assert row["action"].startswith(f"{row['section']}.")
    sections = between("III. NHIỆM VỤ VÀ GIẢI PHÁP", "IV. ")
    for number, section in enumerate(descriptor()["plan"]["sections"], start=1):
        assert section["section"] == f"III.{number}"
        assert f"{number}. {section['title_vi']}" in sections


def test_the_33_duties_are_all_that_section_v_promises_word_for_word() -> None:
    promised = promises("V. TỔ CHỨC THỰC HIỆN KẾ HOẠCH", "Các sở, ngành, địa phương và các đơn vị")
    texts = {row["duty"]: row["text_vi"] for row in rows("duties") if row["duty"][0] == "V"}
    assert len(promised) == 33
    assert list(texts.values()) == promised


def test_a_duty_says_the_same_to_every_agency_that_has_it() -> None:
    alike = {
        (row["duty"], row["role"], row["text_vi"], row["text_en"], row["due"])
        for row in rows("duties")
    }
    assert len(alike) == 33 + 1


def test_the_duties_of_section_v_belong_to_the_agency_that_heads_them() -> None:
    names = {row["agency"]: row["name_vi"] for row in rows("agencies")}
    headings = dict(
        line.split(". ", 1)
        for line in between("V. TỔ CHỨC THỰC HIỆN KẾ HOẠCH", "Nơi nhận:")
        if re.match(r"\d+\. ", line)
    )
    assert headings.pop("11") == "Ủy ban nhân dân các huyện, thị xã, thành phố"
    named = {
        row["clause"].removeprefix("V."): names[row["agency"]]
        for row in rows("duties")
        if row["clause"] not in {"V.11", "IV.1"}
    }
    assert named == headings


def test_the_four_duties_of_the_districts_fall_to_each_of_the_twelve_committees() -> None:
    committees = {f"ubnd-{area}" for area in DISTRICTS}
    for duty in ("V11.1", "V11.2", "V11.3", "V11.4"):
        assert {row["agency"] for row in rows("duties") if row["duty"] == duty} == committees
    assert len(rows("duties")) == 29 + 4 * 12 + 18


def test_every_department_sector_and_locality_with_duties_makes_its_estimate_each_year() -> None:
    """IV.1 names "các sở, ngành, địa phương", not the mass organisations."""
    estimates = [row for row in rows("duties") if row["clause"] == "IV.1"]
    organisations = {"ldld-tinh", "hoi-khuyen-hoc", "tinh-doan", "hoi-lhpn"}
    with_duties = {row["agency"] for row in rows("duties") if row["clause"] != "IV.1"}
    assert {row["agency"] for row in estimates} == with_duties - organisations
    assert {row["due"] for row in estimates} == {"yearly"}
    assert estimates[0]["text_vi"] in plan_lines()


def test_fifteen_bodies_report_before_the_15th_of_december() -> None:
    reporting = [row for row in rows("duties") if row["due"] == "before:12-15"]
    assert {row["duty"] for row in reporting} == {"V2.4", "V7.3", "V8.5", "V11.4"}
    assert {row["role"] for row in reporting} == {"report"}
    assert len({row["agency"] for row in reporting}) == len(reporting) == 15


def test_a_duty_is_due_before_the_15th_of_december_exactly_where_the_plan_says_so() -> None:
    for row in rows("duties"):
        said = "trước ngày 15 tháng 12" in row["text_vi"]
        assert (row["due"] == "before:12-15") == said


def test_a_year_in_which_a_duty_is_due_stands_in_its_words() -> None:
    years = {
        (row["duty"], due)
        for row in rows("duties")
        for due in values_of(row["due"])
        if due.isdigit()
    }
    assert years == {("V1.4", "2025"), ("V1.4", "2030")}
    words = next(row["text_vi"] for row in rows("duties") if row["duty"] == "V1.4")
    assert "sơ kết vào năm 2025, tổng kết vào năm 2030" in words


def test_an_action_is_yearly_where_the_plan_says_each_year() -> None:
    yearly = {row["action"] for row in rows("actions") if row["recurrence"] == "yearly"}
    said = {row["action"] for row in rows("actions") if "Hằng năm" in row["text_vi"]}
    assert said <= yearly


# The text


def test_the_text_is_all_that_the_plan_says_in_its_order_word_for_word() -> None:
    said = [re.sub(r"^[-+] ", "", line) for line in plan_lines() if set(line) != {"-"}]
    assert column("text", "text_vi") == said
    assert column("text", "position") == [str(at) for at in range(1, len(said) + 1)]


def test_a_clause_has_the_number_that_the_plan_gives_it() -> None:
    """`II.2.1` begins with 2.1., `III.1` with 1., and items are counted within their clause."""
    counted: Counter[str] = Counter()
    for row in rows("text"):
        parent, _, item = row["clause"].partition("-")
        if item:
            counted[parent] += 1
            assert int(item) == counted[parent]
            assert row["kind"] == ("paragraph" if row["clause"] == "V-1" else "item")
        elif row["clause"]:
            number = row["text_vi"].split(" ")[0].rstrip(".")
            assert row["clause"] == number or row["clause"].endswith(f".{number}")
    assert (counted["II.2.1"], counted["II.2.2"]) == (11, 12)


def test_what_quotes_the_plan_elsewhere_has_its_words_and_their_translation_from_the_text() -> None:
    translated = {row["text_vi"]: row["text_en"] for row in rows("text")}
    for table in ("duties", "actions"):
        for row in rows(table):
            whole = next(text for text in translated if text.endswith(row["text_vi"]))
            assert translated[whole].endswith(row["text_en"])


def test_a_remark_on_the_text_names_its_source_in_both_languages() -> None:
    for row in rows("text"):
        assert bool(row["note_vi"]) == bool(row["note_en"]) == bool(row["note_source"])


# The shape


def test_the_package_is_valid() -> None:
    report = Package(str(FOLDER / "datapackage.json")).validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []


def test_the_package_names_the_plan_by_number_and_date() -> None:
    plan = descriptor()["plan"]
    assert plan["number"] == "4206/KH-UBND"
    assert f"Số: {plan['number']}" in plan_lines()
    assert plan["signed"] == "2021-11-15"
    assert "Hải Dương, ngày 15 tháng 11 năm 2021" in plan_lines()
    assert (plan["start"], plan["end"], plan["first_report_year"]) == (2021, 2030, 2022)
    assert plan["scope"] == "hai-duong"
    assert plan["title_vi"].upper() in " ".join(plan_lines())


def test_the_schema_has_the_columns_of_the_tables_in_order() -> None:
    assert [resource["name"] for resource in descriptor()["resources"]] == list(TABLES)
    for resource in descriptor()["resources"]:
        header = (FOLDER / resource["path"]).read_text(encoding="utf-8").splitlines()[0]
        assert [field["name"] for field in resource["schema"]["fields"]] == header.split(",")


@pytest.mark.parametrize("path", [PLAN, *sorted(FOLDER.iterdir())], ids=lambda path: path.name)
def test_the_text_is_composed_and_has_no_letter_that_looks_like_another(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    # Eth, African D, no-break and zero-width spaces, a mark of byte order, a carriage return.
    strange = "\u00d0\u00f0\u0189\u0256\u00a0\u202f\u2009\u200b\u200c\u200d\ufeff\r\t"
    assert [mark for mark in strange if mark in text] == []
    assert text.endswith("\n") or path == PLAN


def test_no_cell_starts_like_a_formula_or_has_space_at_its_ends() -> None:
    for table in TABLES:
        for row in rows(table):
            for cell in row.values():
                assert cell == " ".join(cell.split())
                assert not cell.startswith(("=", "+", "-", "@"))


def test_ids_are_unique() -> None:
    for table, name in (
        ("goals", "goal"),
        ("indicators", "indicator"),
        ("agencies", "agency"),
        ("actions", "action"),
    ):
        assert [value for value, times in Counter(column(table, name)).items() if times > 1] == []
    assert len({(row["duty"], row["agency"]) for row in rows("duties")}) == len(rows("duties"))
    assert len({(row["indicator"], row["year"]) for row in rows("targets")}) == 27


def test_everything_is_said_in_both_languages() -> None:
    for table in TABLES:
        for row in rows(table):
            for name, cell in row.items():
                if name.endswith(("_vi", "_en")) and "note" not in name and name[:6] != "lead_r":
                    assert cell, (table, name, row)


def test_a_short_name_fits_a_table_on_a_phone() -> None:
    for name in ("short_vi", "short_en"):
        assert [short for short in column("indicators", name) if len(short) > 34] == []


# How it is measured


def test_a_counted_indicator_counts_districts_that_reach_its_threshold() -> None:
    assert {
        row["indicator"]: (row["aggregation"], row["counts"], row["threshold"])
        for row in rows("indicators")
        if row["measure"] == "standard"
    } == {
        "xmc-md2": ("count", "district", "2"),
        "pcgd-mn5t": ("count", "district", "1"),
        "pcgd-th-md3": ("count", "district", "3"),
        "pcgd-thcs-md3": ("count", "district", "3"),
        "huyen-ht": ("count", "district", "1"),
    }


def test_what_is_measured_locally_has_a_sum_or_a_count_and_the_rest_has_none() -> None:
    assert {(row["measure"], row["level"], row["aggregation"]) for row in rows("indicators")} == {
        ("standard", "local", "count"),
        ("ratio", "local", "sum"),
        ("ratio", "whole", "none"),
        ("title", "whole", "none"),
    }


def test_the_three_standards_that_the_plan_keeps_at_100_per_cent_are_held() -> None:
    held = {row["indicator"] for row in rows("indicators") if row["direction"] == "hold"}
    at_100 = {row["indicator"] for row in rows("targets") if row["value"] == "100"}
    assert held == at_100 == {"xmc-md2", "pcgd-mn5t", "pcgd-th-md3"}


def test_a_part_is_smaller_than_its_whole_and_shares_its_denominator() -> None:
    by_id = {row["indicator"]: row for row in rows("indicators")}
    parts = [row for row in rows("indicators") if row["parent"]]
    assert [(row["indicator"], row["parent"]) for row in parts] == [
        ("dh-tro-len-15t", "dt-cmkt-15t"),
    ]
    targets = {(row["indicator"], row["year"]): int(row["value"]) for row in rows("targets")}
    for row in parts:
        assert row["denominator_vi"] == by_id[row["parent"]]["denominator_vi"]
        for year in ("2025", "2030"):
            assert targets[row["indicator"], year] < targets[row["parent"], year]


def test_what_a_standard_requires_is_a_level_of_another_standard() -> None:
    standards = {row["indicator"] for row in rows("indicators") if row["measure"] == "standard"}
    required = {
        row["indicator"]: [tuple(part.split(">=")) for part in values_of(row["requires"])]
        for row in rows("indicators")
        if row["requires"]
    }
    assert required == {"pcgd-thcs-md3": [("pcgd-th-md3", "1"), ("xmc-md2", "1")]}
    assert {name for parts in required.values() for name, _ in parts} <= standards


# Who


def test_leads_and_successors_are_agencies() -> None:
    agencies = set(column("agencies", "agency"))
    for cell in column("actions", "lead") + column("agencies", "successors"):
        assert set(values_of(cell)) <= agencies


def test_a_lead_is_named_by_a_clause_of_the_plan_or_inferred_for_a_reason() -> None:
    """V.1 names who organises international cooperation, V.8 who leads the component schemes."""
    named = {row["action"]: row for row in rows("actions") if row["lead_basis"] == "plan"}
    assert {name: (row["lead"], row["lead_clause"]) for name, row in named.items()} == {
        "III.5.4": ("hoi-khuyen-hoc", "V.8-2"),
        "III.6.1": ("so-gddt", "V.1-5"),
    }
    for row in rows("actions"):
        is_named = row["action"] in named
        assert bool(row["lead_reason_vi"]) == bool(row["lead_reason_en"]) == (not is_named)


def test_a_successor_begins_no_later_than_the_day_after_and_outlives_what_it_succeeds() -> None:
    by_id = {row["agency"]: row for row in rows("agencies")}
    for row in rows("agencies"):
        for successor in values_of(row["successors"]):
            assert row["until"]
            assert by_id[successor]["since"] <= "2025-07-01"
            assert by_id[successor]["until"] > row["until"] or by_id[successor]["until"] == ""


def test_every_committee_of_a_district_ended_with_the_district_level() -> None:
    ended = {row["area"]: row["until"] for row in rows("agencies") if row["area"] in DISTRICTS}
    assert ended == dict.fromkeys(DISTRICTS, "2025-06-30")
