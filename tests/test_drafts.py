"""A draft may be unfinished: checked, pushed, shared and previewed; only its release insists."""

from __future__ import annotations

from pathlib import Path

import pytest
from history_at_hand import committed
from packages_at_hand import (
    NOW,
    SITE,
    draft,
    inspect,
    observed,
    small,
    swap,
    table,
    told,
    unobserved,
    write_table,
)

from tiendo.cli import main
from tiendo.command_line import DONE, PROBLEMS
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.words.problems import reported
from tiendo.words.wording import words

Said = pytest.CaptureFixture[str]
ROWS = "2024/v1/observations.csv"


def run(*arguments: str, data: Path) -> int:
    return main([*arguments, "--data", str(data), "--today", "2025-06-01"])


def text_of(data: Path) -> str:
    return reported(inspect(data).problems, "text", words("vi"))


def test_a_draft_that_lacks_rows_is_told_body_by_body_and_stops_nothing(tmp_path: Path) -> None:
    data = draft(tmp_path)
    for indicator in ("biet-boi", "be-boi", "bo-sach"):
        unobserved(data, indicator, "doi-che")
    observed(data, "boi-xa", "ben-lau", numerator="", denominator="", status="", source="")
    unobserved(data, "dong-cua", "may-trang")

    found = inspect(data)

    assert not found.stops
    assert text_of(data).splitlines()[:4] == [
        "CẦN XEM LẠI results/2024/v1/observations.csv",
        "    Huyện Đồi Chè: còn thiếu 3 số.",
        "    Huyện Bến Lau: còn thiếu 1 số.",
        "    Sở Giáo dục: còn thiếu 1 số.",
    ]


def test_a_fresh_year_can_be_pushed_as_it_is(tmp_path: Path) -> None:
    data = draft(tmp_path)

    assert run("new", "2025", data=data) == DONE
    assert run("check", data=data) == DONE
    assert {line.split()[0] for line in told(data)} == {"draft-lacks"}


def test_a_correction_is_signed_off_while_the_next_year_is_half_full(tmp_path: Path) -> None:
    data = small(tmp_path)
    committed(data)
    assert run("new", "2025", data=data) == DONE
    year = data / "results/2025/v1/observations.csv"
    rows = table(year)
    half = [
        {**row, "value": "1", "status": "A", "source": "x"} if row["indicator"] == "be-boi" else row
        for row in rows
    ]
    write_table(year, half)
    swap(data / "results/2025/v1/datapackage.json", '"sources": []', '"sources": [{"title": "x"}]')
    assert run("correct", "2024", data=data) == DONE
    corrected = data / "results/2024/v2"
    observations = corrected / "observations.csv"
    write_table(
        observations,
        [
            {**row, "numerator": "181"} if row["numerator"] == "180" else row
            for row in table(observations)
        ],
    )
    was = {row["area"]: row for row in table(observations) if row["numerator"] == "181"}
    assert len(was) == 1, "the case has one figure of 180"
    write_table(
        corrected / "changes.csv",
        [
            {
                "indicator": row["indicator"],
                "area": row["area"],
                "kind": "correction",
                "reason_vi": "Đếm sót một người.",
            }
            for row in was.values()
        ],
    )
    swap(corrected / "datapackage.json", '"reason_vi": ""', '"reason_vi": "Đếm sót."')

    assert run("check", data=data) == DONE
    assert run("release", "2024", data=data) == DONE
    assert run("diff", data=data) == DONE


def test_a_release_insists_and_says_what_the_gaps_cost(tmp_path: Path, capsys: Said) -> None:
    data = draft(tmp_path)
    unobserved(data, "biet-boi", "doi-che")
    unobserved(data, "be-boi", "doi-che")
    before = (data / "results" / "releases.csv").read_bytes()

    assert run("release", "2024", data=data) == PROBLEMS

    said = capsys.readouterr().err
    assert "Huyện Đồi Chè: còn thiếu 2 số." in said
    assert "2 số tổng của Tỉnh Mây Trắng" in said
    assert "[draft-lacks]" not in said
    assert (data / "results" / "releases.csv").read_bytes() == before


def test_with_a_reason_for_each_gap_it_is_signed_off(tmp_path: Path) -> None:
    data = draft(tmp_path)
    for indicator in ("biet-boi", "be-boi", "bo-sach", "boi-xa"):
        unobserved(data, indicator, "doi-che")
        observed(data, indicator, "doi-che", missing="x")

    assert run("release", "2024", data=data) == DONE


def test_actions_of_which_nothing_is_known_are_asked_about_at_the_release(
    tmp_path: Path, capsys: Said
) -> None:
    data = draft(tmp_path)
    actions = data / "results/2024/v1/actions.csv"
    write_table(actions, [{**row, "state": "unknown"} for row in table(actions)])

    assert "release-actions-unknown" not in " ".join(told(data))
    assert run("release", "2024", data=data) == DONE
    assert "[release-actions-unknown]" in capsys.readouterr().err


def test_what_a_draft_lacks_is_shown_in_a_preview_as_not_reported(tmp_path: Path) -> None:
    data = draft(tmp_path)
    assert run("new", "2025", data=data) == DONE
    archive = inspect(data).archive
    assert archive is not None

    known = results(published(archive, NOW, preview=True), NOW, preview=True)

    newest = {
        key: figures[-1] for key, figures in known.figures.items() if figures[-1].year == 2025
    }
    assert newest
    assert {figure.missing for figure in newest.values()} == {"x"}
    public = results(published(archive, NOW), NOW)
    assert {edition.year for edition in public.editions} == {2023}


def test_the_finished_site_of_a_half_full_draft_is_built_as_a_preview(tmp_path: Path) -> None:
    data = draft(tmp_path)
    unobserved(data, "biet-boi", "doi-che")
    assert run("new", "2025", data=data) == DONE

    site = tmp_path / "site"
    assert run("build", "--preview", "--site", str(site), data=data) == DONE
    assert (site / "nam" / "2025" / "index.html").is_file()
    assert SITE.languages[0] == "vi"
