"""What no text, id, pattern, tile or file may be: told by `check`, and nothing else comes of it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from packages_at_hand import (
    CASES,
    SITE,
    draft,
    inspect,
    line,
    observed,
    problems,
    swap,
    table,
    told,
    write_table,
)

from tiendo.config import ROOT
from tiendo.ids import OWN, is_taken
from tiendo.read import packages, tables
from tiendo.words import addresses
from tiendo.words.problems import reported
from tiendo.words.wording import words

Golden = Callable[[Path, str], None]


# Texts ---------------------------------------------------------------------------------------

UNSEEN = {
    "a zero-width space": "\u200b",
    "a mark of direction": "\u202e",
    "a tag": "\U000e0041",
    "a selector of the supplement": "\U000e0100",
    "a selector of how a sign looks": "\ufe0f",
    "a private letter": "\ue000",
    "a private letter of plane 15": "\U000f0000",
    "a letter that Unicode has not given": "\u0378",
    "no letter for ever": "\U0001ffff",
    "a filler": "\u115f",
    "a blank of braille": "\u2800",
    "a joiner of nothing": "\u034f",
    "a control of music": "\U0001d173",
    "a separator of lines": "\u2028",
}


@pytest.mark.parametrize("sign", UNSEEN.values(), ids=UNSEEN)
def test_what_nobody_sees_is_told_wherever_it_stands(sign: str, tmp_path: Path) -> None:
    data = draft(tmp_path)
    observed(data, "biet-boi", "ben-lau", note_vi=f"Nam{sign}Sách")
    swap(data / "plan" / "goals.csv", "Sông nước", f"Sông{sign}nước")
    swap(data / "plan" / "datapackage.json", '"number": "', f'"number": "x{sign}y')

    found = {line(each).partition(" ")[2] for each in problems(data) if "letters-inv" in each.code}

    assert f"2024/v1/observations.csv:2 note_vi Nam{sign}Sách" in found
    assert f"plan/goals.csv:2 name_vi Sông{sign}nước" in found
    assert any(f"plan/datapackage.json plan.number x{sign}y" in each for each in found)


def test_a_text_without_end_is_told_and_only_its_beginning_repeated(tmp_path: Path) -> None:
    data = draft(tmp_path)
    observed(data, "biet-boi", "ben-lau", note_vi="dài " * 1_250_000)
    swap(data / "plan" / "goals.csv", "Sông nước", "Sông" * 100)

    found = inspect(data)

    assert [line(each)[:60] for each in found.problems if each.code == "cell-length"] == [
        "cell-length plan/goals.csv:2 name_vi " + ("Sông" * 6)[:23],
        "cell-length 2024/v1/observations.csv:2 note_vi dài dài dài d",
    ]
    assert all(
        len(reported(found.problems, form, words("vi"))) < 9_000 for form in ("text", "json")
    )


def test_a_text_of_the_greatest_length_is_taken(tmp_path: Path) -> None:
    data = draft(tmp_path)
    observed(data, "biet-boi", "ben-lau", note_vi="d" * 5_000)

    assert problems(data) == ()


# Ids -----------------------------------------------------------------------------------------

TAKEN = (
    "con",
    "nul",
    "com1",
    "spark",
    "cham",
    "trong-tu-ky",
    "dia-ban",
    "chung",
    "top",
    "td-met",
    "2024-v1",
    "a-excel",
)


@pytest.mark.parametrize("name", TAKEN)
def test_an_id_that_the_program_or_a_system_uses_otherwise_is_refused(
    name: str, tmp_path: Path
) -> None:
    data = draft(tmp_path)
    for file in data.rglob("*.csv"):
        if "2023" not in file.parts:
            text = re.sub(r"\b(tinh-doc|ben-lau)\b(?!-)", name, file.read_text())
            file.write_text(re.sub(rf"ubnd-{name}", "ubnd-ben-lau", text))

    found = [each for each in told(data) if each.startswith("id-taken")]

    assert f"id-taken areas/areas.csv:3 area {name}" in found
    assert f"id-taken plan/indicators.csv:7 indicator {name}" in found


def test_an_id_is_short_enough_for_the_names_of_files(tmp_path: Path) -> None:
    data = draft(tmp_path)
    long = "x" * 300
    agencies = data / "plan" / "agencies.csv"
    write_table(agencies, [*table(agencies), {"agency": long, "name_vi": "Sở", "short_vi": "Sở"}])

    assert [each[:40] for each in told(data)] == [
        "cell-length plan/agencies.csv:6 agency x" + "x" * 0
    ]


def test_whatever_addresses_and_pages_name_is_no_id() -> None:
    own = {
        part.partition(".")[0]
        for name, value in vars(addresses).items()
        if name.isupper() and isinstance(value, str)
        for part in re.split("[/#]", addresses.named(value, SITE))
        if part
    } - {"v1"}
    named = {
        name
        for folder in ("templates", "site_config/theme", "docs/vi", "docs/en")
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and file.suffix in {".jinja", ".html", ".md"}
        for name in re.findall(r'(?:\bid="|\{ ?#)([a-z][a-z0-9-]*)["\s}]', file.read_text("utf-8"))
    }

    assert sorted(name for name in own | named if not is_taken(name)) == []
    assert len(OWN) > 50


def test_ids_that_lead_to_one_place_are_told(tmp_path: Path) -> None:
    data = draft(tmp_path)
    actions = data / "plan" / "actions.csv"
    first = table(actions)[0]
    write_table(actions, [*table(actions), {**first, "action": first["action"].replace(".", "-")}])

    assert [each.partition(" ")[0] for each in told(data) if "id-" in each] == ["id-alike"]


# Patterns ------------------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", ["(a+)+b", "(.*)*x", "^(a|a)*$", "[0-9", ".*", "a{1,99999}"])
def test_a_pattern_that_is_not_of_the_programs_list_is_never_run(
    pattern: str, tmp_path: Path
) -> None:
    data = draft(tmp_path)
    file = data / "results" / "2024" / "v1" / "datapackage.json"
    descriptor = json.loads(file.read_text())
    (note,) = (
        each
        for resource in descriptor["resources"]
        for each in resource["schema"]["fields"]
        if (resource["name"], each["name"]) == ("observations", "note_vi")
    )
    note["constraints"] = {"pattern": pattern}
    file.write_text(json.dumps(descriptor))
    # A text on which the first of them takes longer than the world has stood.
    observed(data, "biet-boi", "ben-lau", note_vi="a" * 4000)

    found = told(data)

    at = f"resources[0].schema.fields[{_place(descriptor)}].constraints.pattern"
    assert [each for each in found if each.startswith("schema-pattern")] == [
        f"schema-pattern 2024/v1/datapackage.json {at} {pattern}"
    ]


def _place(descriptor: dict[str, list[dict[str, dict[str, list[dict[str, str]]]]]]) -> int:
    fields = descriptor["resources"][0]["schema"]["fields"]
    return [each["name"] for each in fields].index("note_vi")


# Tiles ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (("1", "1"), "tile-taken"),
        (("1", ""), "tile-half"),
        (("", "2"), "tile-half"),
        (("1", "7"), "tile-wide"),
        (("9", "6"), None),
    ],
)
def test_each_area_has_a_tile_of_its_own_on_a_map_that_fits_on_a_phone(
    place: tuple[str, str], code: str | None, tmp_path: Path
) -> None:
    data = draft(tmp_path)
    file = data / "areas" / "areas.csv"
    rows = table(file)
    rows[1] |= {"tile_row": "1", "tile_col": "1"}
    rows[2] |= dict(zip(("tile_row", "tile_col"), place, strict=True))
    write_table(file, rows)

    assert [each.code for each in problems(data)] == ([code] if code else [])


# Files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["vi", "en"])
def test_files_that_are_too_large_too_long_or_too_many_are_told(
    language: str, tmp_path: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = draft(tmp_path)
    monkeypatch.setattr(tables, "MOST_ROWS", 10)
    monkeypatch.setattr(packages, "LARGEST_DESCRIPTOR", 2_000_000)
    with (data / "areas" / "datapackage.json").open("a") as file:
        file.write(" " * 2_000_000)
    swap(data / "results" / "datapackage.json", "[0-9a-f]{64}", "(a+)+b")
    for number in range(30):
        (data / "plan" / f"{number:02}\n.txt").touch()

    found = inspect(data)

    golden(
        CASES / "bad-limits" / "expected" / f"problems.{language}.txt",
        reported(found.problems, "text", words(language)),
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_file_name_with_a_line_break_stays_on_its_line(tmp_path: Path) -> None:
    data = draft(tmp_path)
    (data / "plan" / "a\nLỖI b.txt").touch()
    (data / "results" / "20\r\n24").mkdir()

    text = reported(inspect(data).problems, "text", words("vi"))

    assert [each for each in text.splitlines() if not each.startswith(" ")] == [
        "LỖI plan/a⟨U+000A⟩LỖI b.txt",
        "LỖI results/20⟨U+000D⟩⟨U+000A⟩24",
    ]
