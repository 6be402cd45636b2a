"""The life of a version: made to be filled in, signed off, corrected, and closed for ever."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from history_at_hand import committed, git
from packages_at_hand import (
    CASES,
    NOW,
    SITE,
    draft,
    observed,
    problems,
    sign_again,
    small,
    swap,
    table,
    told,
    write_table,
)

from tiendo.check.versions import history_problems
from tiendo.cli import main
from tiendo.config import Run
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.judge.steps import steps
from tiendo.machine.write import CannotWrite, put
from tiendo.read.archive import read
from tiendo.read.history import History, Past, signed_before
from tiendo.site.inspection import inspected
from tiendo.terms import Edition, Text
from tiendo.words.problems import reported, summary
from tiendo.words.wording import words

Golden = Callable[[Path, str], None]

TODAY = "2025-06-01"


def command(data: Path, *arguments: str, today: str = TODAY) -> int:
    return main([*arguments, "--data", str(data), "--today", today, "--lang", "en"])


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


def descriptor(data: Path, folder: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((data / folder / "datapackage.json").read_text())
    return found


def described(data: Path, folder: str, **properties: Any) -> None:
    """Set properties of a version's descriptor."""
    text = json.dumps(descriptor(data, folder) | properties, ensure_ascii=False, indent=2)
    (data / folder / "datapackage.json").write_text(text + "\n")


def corrected(folder: Path) -> Path:
    """The small case with a second version of 2024 that says why it is there, and nothing new."""
    data = small(folder)
    assert command(data, "correct", "2024") == 0
    described(data, "results/2024/v2", reason_vi="Sửa theo báo cáo mới.")
    return data


def changed(data: Path, indicator: str, area: str, **cells: str) -> None:
    file = data / "results/2024/v2/observations.csv"
    rows = table(file)
    for row in rows:
        if (row["indicator"], row["area"]) == (indicator, area):
            row.update(cells)
    write_table(file, rows)


def explained(data: Path, *lines: str) -> None:
    file = data / "results/2024/v2/changes.csv"
    header = file.read_text().split("\n", 1)[0]
    file.write_text("\n".join([header, *lines]) + "\n")


# A new year ---------------------------------------------------------------------------------


def test_a_new_year_has_a_blank_row_for_every_figure_that_will_be_owed(tmp_path: Path) -> None:
    data = small(tmp_path)

    assert command(data, "new", "2025") == 0

    rows = table(data / "results/2025/v1/observations.csv")
    before = table(data / "results/2024/v1/observations.csv")
    owed = {(row["indicator"], row["area"]) for row in rows}
    assert owed >= {(row["indicator"], row["area"]) for row in before}
    assert len(owed) == len(rows)
    assert {value for row in rows for name, value in list(row.items())[2:]} == {""}
    found = problems(data)
    assert {problem.code for problem in found} == {"draft-lacks"}
    assert sum(int(problem.facts["count"]) for problem in found) == len(rows)


def test_a_new_year_says_of_itself_what_the_newest_one_does(tmp_path: Path) -> None:
    data = small(tmp_path)

    command(data, "new", "2025")

    made = descriptor(data, "results/2025/v1")
    assert {name: value for name, value in made.items() if name != "resources"} == {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "results-2025",
        "title": "Số liệu minh họa năm 2025",
        "version": "1",
        "year": 2025,
        "as_of": "2025-12-31",
        "illustrative": True,
        "geography": "district",
        "licenses": [{"name": "CC-BY-4.0"}],
        "contributors": [{"title": "Dự án tiendo (số liệu minh họa)"}],
        "sources": [],
    }
    assert [each["name"] for each in made["resources"]] == ["observations", "reports", "actions"]
    actions = table(data / "results/2025/v1/actions.csv")
    assert {row["state"] for row in actions} == {"unknown"}
    assert table(data / "results/2025/v1/reports.csv") == []


def test_a_year_that_is_there_is_not_made_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = small(tmp_path)
    before = everything(data)

    assert command(data, "new", "2024") == 2

    assert capsys.readouterr().err == "results/2024 is there already and is not overwritten.\n"
    assert everything(data) == before


def test_the_level_that_reports_is_the_one_in_force_on_the_last_day(tmp_path: Path) -> None:
    data = small(tmp_path)
    schema = data / "areas" / "datapackage.json"
    schema.write_text(schema.read_text().replace('"district",', '"district", "commune",'))
    file = data / "areas" / "areas.csv"
    areas = table(file)
    for row in areas:
        if row["level"] == "district":
            row["until"] = "2025-06-30"
    commune = areas[1] | {"area": "xa-moi", "level": "commune", "type": "commune", "aliases": ""}
    write_table(file, [*areas, commune | {"name_vi": "Xã Mới", "since": "2025-07-01", "until": ""}])

    assert command(data, "new", "2025") == 0

    assert descriptor(data, "results/2025/v1")["geography"] == "commune"
    rows = table(data / "results/2025/v1/observations.csv")
    assert "ben-lau" not in {row["area"] for row in rows}
    # What counted districts can't be measured any more.
    assert "be-boi" not in {row["indicator"] for row in rows}


def test_the_first_year_of_all_asks_whether_its_figures_are_real(tmp_path: Path) -> None:
    data = small(tmp_path)
    for year in ("2023", "2024"):
        (data / "results" / year).rename(tmp_path / year)
    write_table(data / "results" / "releases.csv", [])

    assert command(data, "new", "2025") == 0

    assert [line for line in told(data) if "draft-lacks" not in line] == [
        "illustrative-missing 2025/v1/datapackage.json"
    ]
    described(data, "results/2025/v1", illustrative=False)
    assert {problem.code for problem in problems(data)} == {"draft-lacks"}


# A correction -------------------------------------------------------------------------------


def test_a_correction_starts_from_the_signed_files_without_what_was_signed_with_them(
    tmp_path: Path,
) -> None:
    data = small(tmp_path)

    assert command(data, "correct", "2024") == 0

    old, new = (everything(data / f"results/2024/{name}") for name in ("v1", "v2"))
    assert sorted(new) == [
        "actions.csv",
        "changes.csv",
        "datapackage.json",
        "observations.csv",
        "reports.csv",
    ]
    for name in ("actions.csv", "observations.csv"):
        assert new[name] == old[name]
    # A note on a report may be translated: the column came to the contract later.
    reports = [table(data / f"results/2024/{name}/reports.csv") for name in ("v1", "v2")]
    assert reports[1] == [{**row, "note_en": ""} for row in reports[0]]
    assert new["changes.csv"] == b"indicator,area,resource,key,kind,reason_vi,reason_en\n"
    assert told(data) == ["edition-lacks 2024/v2/datapackage.json reason_vi"]


def test_a_draft_is_changed_where_it_is(tmp_path: Path) -> None:
    data = draft(tmp_path)
    before = everything(data)

    assert [command(data, "correct", "2024"), command(data, "correct", "2022")] == [2, 2]

    assert everything(data) == before


# Reasons ------------------------------------------------------------------------------------


def test_a_correction_that_changes_nothing_needs_no_row(tmp_path: Path) -> None:
    assert told(corrected(tmp_path)) == []


def test_every_change_has_its_row_and_every_row_its_change(tmp_path: Path) -> None:
    data = corrected(tmp_path)
    changed(data, "biet-boi", "ben-lau", numerator="182")
    changed(data, "boi-xa", "doi-che", numerator="9", denominator="310", status="A", missing="")
    changed(data, "boi-xa", "doi-che", source="Báo cáo minh họa của Sở Giáo dục")
    swap(data / "results/2024/v2/actions.csv", "II.1.1,under-way", "II.1.1,done")
    explained(
        data,
        "biet-boi,ben-lau,,,correction,Cộng sót.,",
        "boi-xa,doi-che,,,late,Báo cáo đến muộn.,",
        ",,actions,II.1.1,scheduled,Đã xong.,",
    )

    assert told(data) == []


def test_a_day_that_was_corrected_is_one_change_and_not_one_for_each_figure(
    tmp_path: Path,
) -> None:
    data = corrected(tmp_path)
    described(data, "results/2024/v2", as_of="2024-12-30")

    assert told(data) == ["revision-missing 2024/v2/datapackage.json as_of 2024-12-30"]
    explained(data, ",,edition,as_of,correction,Ghi nhầm ngày.,")
    assert told(data) == []


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("observations", "biet-boi,doi-che"),
        ("reports", "ubnd-doi-che"),
        ("actions", "II.1.1"),
    ],
)
def test_what_stands_in_a_row_that_could_not_be_read_is_not_told_as_changed(
    name: str, begins: str, tmp_path: Path
) -> None:
    data = corrected(tmp_path)
    file = data / f"results/2024/v2/{name}.csv"
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(f"{begins}\n" if each.startswith(begins) else each for each in lines))

    assert [each.code for each in problems(data)] == ["row-cells"]


def test_what_was_unknown_of_an_action_may_be_late(tmp_path: Path) -> None:
    data = corrected(tmp_path)
    swap(data / "results/2024/v2/reports.csv", "\nubnd-ben-lau", "\nubnd-song-xanh")
    explained(
        data,
        ",,reports,ubnd-song-xanh,late,Báo cáo đến muộn.,",
        ",,reports,ubnd-ben-lau,correction,Ghi nhầm nơi gửi.,",
    )

    assert told(data) == []


def bad_correction(folder: Path) -> tuple[Path, History]:
    """Everything that can be wrong with a correction, and a past that says otherwise."""
    data = corrected(folder)
    described(data, "results/2024/v2", as_of="2024-12-30", illustrative=False)
    changed(data, "biet-boi", "ben-lau", numerator="182")
    changed(data, "biet-boi", "doi-che", status="P")
    changed(data, "boi-xa", "song-xanh", numerator="", denominator="", status="", missing="x")
    changed(data, "boi-xa", "song-xanh", source="")
    changed(data, "boi-xa", "ben-lau", numerator="", denominator="", status="", missing="c")
    changed(data, "boi-xa", "ben-lau", source="")
    changed(data, "be-boi", "doi-che", valid_until="2024-07-31")
    changed(data, "dong-cua", "may-trang", break_vi="Từ 2024 tính cả thư viện xã.")
    observed(
        data,
        "biet-boi",
        "may-trang",
        numerator="560",
        denominator="1300",
        status="A",
        source="Danh mục minh họa",
    )
    sign_again(data)
    rows = data / "results/2024/v2/observations.csv"
    write_table(rows, [*table(rows), table(data / "results/2024/v1/observations.csv")[-1]])
    swap(data / "results/2024/v2/actions.csv", "II.1.1,under-way", "II.1.1,done")
    swap(data / "results/2024/v2/reports.csv", "doi-che,2024-12-16", "doi-che,2024-12-15")
    swap(data / "results/2024/v2/reports.csv", "\nubnd-ben-lau", "\nubnd-song-xanh")
    explained(
        data,
        "biet-boi,doi-che,,,late,Báo cáo đến muộn.,",
        "biet-boi,song-xanh,,,correction,Không có gì.,",
        ",,actions,II.1.2,correction,Không có gì.,",
    )
    when = datetime(2024, 1, 15, 8, tzinfo=SITE.timezone)

    def past(year: int, digit: str, plan: str) -> Past:
        return Past(
            year=year,
            version=1,
            released=when,
            sha256=digit * 64,
            revision="0123456789",
            recent=True,
            illustrative=False,
            plan=plan,
        )

    signed = (past(2021, "2", "12/KH-UBND"), past(2023, "0", ""), past(2022, "1", ""))
    archive, _ = read(data)
    assert archive is not None
    release = next(each for each in archive.releases if each.year == 2024 and each.sha256)
    assert release.sha256 is not None
    known = replace(past(2024, "3", ""), released=release.released, sha256=release.sha256)
    gone = {(2024, 1, "biet-boi", "ben-lau"): "0123456789"}
    return data, History(signed=(*signed, known), shallow=True, withdrawn=gone)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_all_that_is_wrong_with_a_correction_is_told_at_once(
    tmp_path: Path, language: str, golden: Golden
) -> None:
    data, past = bad_correction(tmp_path)
    run = Run(data=data, site=tmp_path / "site", now=NOW, language=language, exposed=True)
    found = inspected(run, SITE, past=past).problems
    said = words(language)

    text = reported(found, "text", said) + summary(found, said) + "\n"

    golden(CASES / "bad-versions" / "expected" / f"problems.{language}.txt", text)
    golden(
        CASES / "bad-versions" / "expected" / "problems.json", reported(found, "json", words("en"))
    )


# Signing off --------------------------------------------------------------------------------


def test_a_version_is_signed_off_with_what_it_was_measured_by(tmp_path: Path) -> None:
    data = draft(tmp_path)
    observed(data, "biet-boi", "ben-lau", numerator="181")

    assert command(data, "release", "2024", "--at", "2025-05-15 09:00") == 0

    assert told(data) == []
    archive, _ = read(data)
    assert archive is not None
    (row,) = (each for each in archive.releases if each.year == 2024)
    assert row.released == datetime(2025, 5, 15, 9, tzinfo=SITE.timezone)
    assert row.sha256 == archive.editions[-1].sha256
    for name in ("indicators", "targets"):
        copy = (data / f"results/2024/v1/{name}.csv").read_bytes()
        assert copy == (data / f"plan/{name}.csv").read_bytes()
    years = [(each["year"], each["version"]) for each in table(data / "results/releases.csv")]
    assert years == [("2023", "1"), ("2024", "1"), ("2025", "1")]


def test_signing_off_shows_what_it_changes_figures_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = corrected(tmp_path)
    changed(data, "biet-boi", "doi-che", numerator="60")
    explained(data, "biet-boi,doi-che,,,correction,Đếm hai lần.,")

    assert command(data, "release", "2024") == 0

    out, err = capsys.readouterr()
    assert (
        out
        == """\
# 2024, version 2: changes against what was signed off

## Figures: 2 changes

- Mây Trắng Province, Pupils who can swim, 2024: 43.1% (560 of 1,300) → 37.7% (490 of 1,300)
- Đồi Chè District, Pupils who can swim, 2024: 41.9% (130 of 310) → 19.4% (60 of 310)

## Verdicts: 4 changes

- Mây Trắng Province, Pupils who can swim, target 2025: from On track (provisional) to Behind (provisional)
- Mây Trắng Province, Pupils who can swim, target 2028: from On track (provisional) to Behind (provisional)
- Đồi Chè District, Pupils who can swim, target 2025: from On track to Not moving
- Đồi Chè District, Pupils who can swim, target 2028: from On track to Not moving

## Versions and calendar: 2 changes

- 2024: version 2 is new
- 2024, version 2: signed off, released 00:00, 1 June 2025
"""
    )
    assert err.splitlines()[-1].startswith("Signed results/2024/v2, released 00:00")
    assert told(data) == []


def test_nothing_is_signed_off_while_something_stops(tmp_path: Path) -> None:
    data = corrected(tmp_path)
    changed(data, "biet-boi", "doi-che", numerator="60")
    before = everything(data)

    assert command(data, "release", "2024") == 1

    assert everything(data) == before


def test_a_correction_without_a_reason_is_not_signed_off(tmp_path: Path) -> None:
    data = small(tmp_path)
    command(data, "correct", "2024")
    before = everything(data)

    assert command(data, "release", "2024") == 1

    assert everything(data) == before


def test_a_version_that_would_come_out_before_its_day_is_not_signed_off(tmp_path: Path) -> None:
    data = draft(tmp_path)
    before = everything(data)

    assert command(data, "release", "2024", "--at", "2024-06-01 09:00") == 1

    assert everything(data) == before


def test_a_correction_comes_out_after_what_it_corrects(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = corrected(tmp_path)
    before = everything(data)
    capsys.readouterr()

    assert command(data, "release", "2024", "--at", "2025-01-15 09:00") == 2

    said = "Version 1 is released 09:00, 15 January 2025; this one has to come after it.\n"
    assert capsys.readouterr().err == said
    assert everything(data) == before


def test_what_is_signed_off_is_not_signed_again_even_before_its_hour(tmp_path: Path) -> None:
    data = draft(tmp_path)
    assert command(data, "release", "2024", "--at", "2025-07-01 09:00") == 0
    before = everything(data)

    assert command(data, "release", "2024", "--at", "2025-08-01 09:00") == 2

    assert everything(data) == before


@pytest.mark.parametrize(
    ("today", "released"),
    [
        ("2025-06-01T08:30", "2025-06-05T09:00:00+07:00"),
        ("2025-06-07T08:30", "2025-06-07T08:30:00+07:00"),
    ],
)
def test_a_release_keeps_its_planned_hour_unless_that_has_passed(
    tmp_path: Path, today: str, released: str
) -> None:
    data = draft(tmp_path)
    file = data / "results" / "releases.csv"
    planned = {"year": "2024", "version": "1", "released": "2025-06-05T09:00:00+07:00"}
    write_table(file, [*table(file), planned | {"note_vi": "Ngày dự kiến."}])

    assert command(data, "release", "2024", today=today) == 0

    (row,) = (each for each in table(file) if each["year"] == "2024")
    assert (row["released"], row["note_vi"]) == (released, "")


def test_a_moment_that_is_none_is_asked_for_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(draft(tmp_path), "release", "2024", "--at", "mai") == 2

    assert capsys.readouterr().err.startswith("“mai” is not a valid date or time.")


@pytest.mark.parametrize("arguments", [["new"], ["new", "abc"], ["release", "20250"]])
def test_a_year_is_a_year(tmp_path: Path, arguments: list[str]) -> None:
    assert command(small(tmp_path), *arguments) == 2


def test_files_take_their_places_all_or_none(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "b").mkdir()

    with pytest.raises(CannotWrite):
        put({"a": b"new", "new/folder/c": b"new", "b": b"new"}, tmp_path)

    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "b"]
    assert (tmp_path / "a").read_text() == "old"


# The git history ----------------------------------------------------------------------------


def rewritten(data: Path) -> list[str]:
    archive, _ = read(data)
    assert archive is not None
    return [problem.code for problem in history_problems(archive, signed_before(data))]


def test_a_signed_row_is_never_rewritten(tmp_path: Path) -> None:
    data = small(tmp_path)
    committed(tmp_path)
    assert rewritten(data) == []

    swap(data / "results" / "releases.csv", "2025-01-15T09", "2025-01-15T10")

    assert rewritten(data) == ["release-rewritten"]
    committed(tmp_path)
    assert rewritten(data) == ["release-rewritten"]


def test_a_signed_row_is_never_removed_and_a_planned_one_may_be(tmp_path: Path) -> None:
    data = small(tmp_path)
    committed(tmp_path)
    file = data / "results" / "releases.csv"

    write_table(file, [row for row in table(file) if row["year"] == "2024"])

    assert rewritten(data) == ["release-removed"]


def test_a_change_of_several_commits_is_held_against_the_branch_it_is_meant_for(
    tmp_path: Path,
) -> None:
    data = small(tmp_path)
    committed(tmp_path)
    git(tmp_path, "update-ref", "refs/remotes/origin/main", "HEAD")
    swap(data / "results" / "releases.csv", "2025-01-15T09", "2025-01-15T10")
    committed(tmp_path)
    committed(tmp_path)
    committed(tmp_path)

    assert rewritten(data) == ["release-rewritten"]


def real(folder: Path) -> Path:
    """The small case as if its figures were real: what was signed binds for ever."""
    data = small(folder)
    for year in (2023, 2024):
        described(data, f"results/{year}/v1", illustrative=False)
    sign_again(data)
    return data


def signed_anew(data: Path, numerator: str) -> None:
    """Another figure in a signed version, and its hash made to fit."""
    observed(data, "biet-boi", "ben-lau", numerator=numerator)
    sign_again(data)


def test_a_figure_signed_again_is_found_however_many_commits_ago(tmp_path: Path) -> None:
    data = real(tmp_path)
    committed(tmp_path)
    signed_anew(data, "181")
    committed(tmp_path)
    for _ in range(3):
        committed(tmp_path)
    git(tmp_path, "update-ref", "refs/remotes/origin/main", "HEAD")

    assert rewritten(data) == ["release-rewritten"]


def test_a_figure_signed_again_is_found_on_a_side_that_was_merged(tmp_path: Path) -> None:
    data = real(tmp_path)
    committed(tmp_path)
    git(tmp_path, "branch", "-M", "main")
    git(tmp_path, "checkout", "--quiet", "-b", "side")
    signed_anew(data, "181")
    committed(tmp_path)
    git(tmp_path, "checkout", "--quiet", "main")
    (tmp_path / "other").write_text("x")
    committed(tmp_path)
    git(tmp_path, "merge", "--quiet", "--no-ff", "--message", "x", "side")
    committed(tmp_path)

    assert rewritten(data) == ["release-rewritten"]


def test_a_history_brought_in_from_elsewhere_is_no_older_truth(tmp_path: Path) -> None:
    data = real(tmp_path)
    committed(tmp_path)
    git(tmp_path, "branch", "-M", "main")
    git(tmp_path, "checkout", "--quiet", "--orphan", "other")
    signed_anew(data, "181")
    committed(tmp_path)
    ours = ("--strategy", "ours", "--allow-unrelated-histories")
    git(tmp_path, "merge", "--quiet", *ours, "--message", "x", "main")
    committed(tmp_path)

    assert rewritten(data) == ["release-rewritten"]


def test_what_was_signed_again_can_be_put_back(tmp_path: Path) -> None:
    data = real(tmp_path)
    committed(tmp_path)
    before = table(data / "results/2024/v1/observations.csv")
    signed_anew(data, "181")
    committed(tmp_path)
    committed(tmp_path)
    assert rewritten(data) == ["release-rewritten"]

    write_table(data / "results/2024/v1/observations.csv", before)
    sign_again(data)

    assert rewritten(data) == []
    committed(tmp_path)
    committed(tmp_path)
    assert rewritten(data) == []


def test_a_signed_version_taken_away_long_ago_is_missed(tmp_path: Path) -> None:
    data = real(tmp_path)
    committed(tmp_path)
    file = data / "results" / "releases.csv"
    write_table(file, [row for row in table(file) if row["year"] != "2024"])
    for _ in range(3):
        committed(tmp_path)

    assert rewritten(data) == ["release-removed"]


def test_real_figures_may_take_the_place_of_invented_ones(tmp_path: Path) -> None:
    data = small(tmp_path)
    committed(tmp_path)
    for year in (2023, 2024):
        described(data, f"results/{year}/v1", illustrative=False)
    signed_anew(data, "181")

    assert rewritten(data) == []
    committed(tmp_path)
    assert rewritten(data) == []
    # From then on they stand.
    signed_anew(data, "182")
    assert rewritten(data) == ["release-rewritten"]


def test_who_puts_another_plan_in_the_place_of_a_real_one_is_told_to_begin_a_history(
    tmp_path: Path,
) -> None:
    data = real(tmp_path)
    committed(tmp_path)
    swap(data / "plan/datapackage.json", '"number": "Kế hoạch minh họa"', '"number": "12/KH-UBND"')
    # A number that was mistyped: the history goes on.
    assert rewritten(data) == []

    signed_anew(data, "181")

    assert rewritten(data) == ["history-of-another-plan"]


def test_what_git_was_told_to_show_instead_of_a_commit_is_not_looked_at(tmp_path: Path) -> None:
    data = real(tmp_path)
    committed(tmp_path)
    git(tmp_path, "branch", "first")
    signed_anew(data, "181")
    committed(tmp_path)
    committed(tmp_path)

    git(tmp_path, "replace", "first", "HEAD")

    assert rewritten(data) == ["release-rewritten"]


def test_a_long_history_is_asked_for_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git is called as often for two thousand releases as for two: a dozen times at most."""
    data = real(tmp_path)
    committed(tmp_path)
    releases = (data / "results/releases.csv").read_text()
    commits = "".join(
        f"commit refs/heads/long\ncommitter x <x@example.org> {n} +0000\ndata 1\nx\n"
        + ("from HEAD^0\n" if n == 1 else "")
        + f"M 100644 inline data/results/releases.csv\ndata <<E\n{releases}2030,{n},,,,\nE\n\n"
        for n in range(1, 2001)
    )
    importing = ["git", "-C", str(tmp_path), "fast-import", "--quiet"]
    subprocess.run(importing, input=commits, check=True, encoding="utf-8")
    git(tmp_path, "update-ref", "refs/remotes/origin/main", "long")
    signed_anew(data, "181")
    calls = tmp_path / "calls"
    monkeypatch.setenv("GIT_TRACE2_EVENT", str(calls))

    assert rewritten(data) == ["release-rewritten"]
    assert calls.read_text().count('"event":"start"') <= 12


def test_where_there_is_no_history_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = small(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    assert signed_before(data) == History()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert signed_before(data) == History()


def test_a_shallow_clone_says_that_it_does_not_know_all(tmp_path: Path) -> None:
    data = small(tmp_path)
    committed(tmp_path)
    swap(data / "results" / "releases.csv", "2025-01-15T09", "2025-01-15T10")
    committed(tmp_path)
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{tmp_path}", f"{tmp_path}/clone")

    assert rewritten(tmp_path / "clone" / "data") == ["history-shallow"]


# A repository that everyone can read -----------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "kind", "code"),
    [
        ("TIENDO_VISIBILITY=public", "real, signed for 2025-08-01 09:00", 1),
        ("CI_PROJECT_VISIBILITY=public", "real, signed for 2025-08-01 09:00", 1),
        ("CI_PROJECT_VISIBILITY=public", "real", 1),
        ("CI_PROJECT_VISIBILITY=internal", "real", 0),
        ("TIENDO_VISIBILITY=private", "real", 0),
        ("TIENDO_VISIBILITY=public", "invented", 0),
        ("TIENDO_VISIBILITY=public", "real, signed for 2025-05-01 09:00", 0),
    ],
)
def test_no_real_figure_waits_for_its_hour_where_everyone_can_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, kind: str, code: int
) -> None:
    data = draft(tmp_path)
    described(data, "results/2024/v1", illustrative=kind == "invented")
    _, signed, moment = kind.partition(", signed for ")
    if signed:
        assert command(data, "release", "2024", "--at", moment, today="2025-04-30") == 0
    monkeypatch.setenv(*said.split("="))
    run = Run(data=data, site=tmp_path / "site", now=NOW, language="vi", exposed=bool(code))

    told = [each.code for each in inspected(run, SITE).problems]

    assert command(data, "check") == code
    assert ("release-exposed" in told) == bool(code)


def test_that_the_day_of_a_version_was_corrected_is_told_among_what_it_changed(
    tmp_path: Path,
) -> None:
    data = corrected(tmp_path)
    described(data, "results/2024/v2", as_of="2024-12-30")
    explained(data, ",,edition,as_of,scheduled,Ghi nhầm ngày.,")
    archive, _ = read(data)
    assert archive is not None
    known = results(published(archive, NOW, preview=True), NOW, preview=True)

    (change,) = (each for each in steps(known)[0].changes if each.resource == "edition")

    assert (change.kind, change.reason) == ("scheduled", Text(vi="Ghi nhầm ngày."))
    days = [
        each.as_of.isoformat() for each in (change.old, change.new) if isinstance(each, Edition)
    ]
    assert days == ["2024-12-31", "2024-12-30"]


def test_of_a_row_signed_twice_the_newest_commit_is_told(tmp_path: Path) -> None:
    archive, _ = read(small(tmp_path))
    assert archive is not None
    old = Past(
        year=2022,
        version=1,
        released=datetime(2023, 1, 15, 9, tzinfo=SITE.timezone),
        sha256="0" * 64,
        revision="1111111",
        recent=False,
        illustrative=False,
        plan="",
    )
    new = replace(old, sha256="1" * 64, revision="2222222", recent=True)

    (found,) = history_problems(archive, History(signed=(old, new)))

    assert (found.code, found.facts["revision"]) == ("release-removed", "2222222")


@pytest.mark.parametrize(
    ("short", "found"),
    [("biet-boi,ben-lau", ["row-cells"]), ("biet-boi,doi-che", ["row-cells", "revision-missing"])],
)
def test_the_reason_for_a_change_may_stand_in_a_row_that_could_not_be_read(
    short: str, found: list[str], tmp_path: Path
) -> None:
    data = corrected(tmp_path)
    changed(data, "biet-boi", "ben-lau", numerator="182")
    explained(data, short)

    assert [each.code for each in problems(data)] == found
