"""What one state of the data changes against another, told in words."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from history_at_hand import committed, git
from packages_at_hand import draft, observed, small, swap, table, write_table

from tiendo.cli import main
from tiendo.office import diff

Said = pytest.CaptureFixture[str]


def told(said: Said, data: Path, *arguments: str, lang: str = "vi") -> tuple[int, str]:
    """The exit code and what stands on stdout."""
    common = ["--data", str(data), "--today", "2025-06-01", "--lang", lang]
    said.readouterr()
    code = main(["diff", *arguments, *common])
    return code, said.readouterr().out


def apart(folder: Path) -> tuple[Path, Path]:
    """Two states that are the same."""
    old, new = folder / "old", folder / "new"
    old.mkdir()
    new.mkdir()
    return draft(old), draft(new)


def test_where_nothing_changes_a_quiet_sentence_says_so(tmp_path: Path, capsys: Said) -> None:
    old, new = apart(tmp_path)

    assert told(capsys, new, str(old)) == (
        0,
        f"# Thay đổi so với {old}\n\nKhông có gì thay đổi.\n",
    )


def test_figures_come_first_then_verdicts_then_what_is_counted(
    tmp_path: Path, capsys: Said
) -> None:
    old, new = apart(tmp_path)
    observed(
        new, "bo-sach", "song-xanh", missing="", value="2", status="A", source="Danh mục minh họa"
    )
    swap(new / "results/2024/v1/actions.csv", "II.1.1,under-way", "II.1.1,done")
    swap(new / "results/2024/v1/reports.csv", "doi-che,2024-12-16", "doi-che,2024-12-15")
    swap(new / "plan/duties.csv", "yearly", "2028")
    swap(new / "results/releases.csv", "2026-01-15T09", "2026-01-16T09")

    code, text = told(capsys, new, str(old))

    assert code == 0
    assert (
        text
        == f"""\
# Thay đổi so với {old}

## Số liệu: 2 thay đổi

- Tỉnh Mây Trắng, Huyện đạt chuẩn thư viện mức 2, 2024: 33,3–66,7% (1–2 trên 3 huyện) → 66,7% (2 trên 3 huyện)
- Thị xã Sông Xanh, Huyện đạt chuẩn thư viện mức 2, 2024: không công bố → Mức độ 2

## Đánh giá: 2 thay đổi

- Tỉnh Mây Trắng, Huyện đạt chuẩn thư viện mức 2, mục tiêu 2025: từ Chưa đủ số liệu sang Đã đạt
- Thị xã Sông Xanh, Huyện đạt chuẩn thư viện mức 2, mục tiêu 2025: từ Chưa đủ số liệu sang Đã đạt

## Phiên bản và lịch công bố: 1 thay đổi

- Năm 2025, phiên bản 1: dự kiến công bố lúc 09:00 ngày 16/01/2026

## Phần khác: 3 bảng thay đổi

- Báo cáo đã nhận: 1 dòng
- Tình hình nhiệm vụ: 1 dòng
- Kế hoạch, phần việc: 1 dòng
"""
    )


def test_a_change_below_rounding_is_not_told_as_none(tmp_path: Path, capsys: Said) -> None:
    old, new = apart(tmp_path)
    observed(old, "dong-cua", "may-trang", numerator="", denominator="", value="30.02")
    observed(new, "dong-cua", "may-trang", numerator="", denominator="", value="30.04")

    _, text = told(capsys, new, str(old), lang="en")

    assert "2024: 30.02% → 30.04%\n" in text


def test_it_is_told_against_any_revision(tmp_path: Path, capsys: Said) -> None:
    data = draft(tmp_path)
    committed(tmp_path)
    observed(data, "biet-boi", "ben-lau", numerator="182")
    committed(tmp_path)

    assert told(capsys, data, "HEAD", lang="en") == (
        0,
        "# Changes against HEAD\n\nNothing changes.\n",
    )
    code, text = told(capsys, data, "HEAD~1", lang="en")
    assert code == 0
    assert "Pupils who can swim, 2024: 42.9% (180 of 420) → 43.3% (182 of 420)\n" in text


@pytest.mark.parametrize("other", ["no-such-branch", "--upload-pack=x", ""])
def test_what_is_no_state_of_the_data_is_said_to_be_none(
    tmp_path: Path, capsys: Said, other: str
) -> None:
    data = small(tmp_path)
    committed(tmp_path)

    assert told(capsys, data, other) == (2, "")


def test_data_with_errors_here_is_told_as_such(tmp_path: Path, capsys: Said) -> None:
    old, new = apart(tmp_path)
    observed(new, "biet-boi", "ben-lua", numerator="1", denominator="2")

    assert told(capsys, new, str(old)) == (1, "")
    assert told(capsys, old, str(old), "--official") == (1, "")


def test_errors_in_what_is_compared_with_hinder_no_one(tmp_path: Path, capsys: Said) -> None:
    old, new = apart(tmp_path)
    observed(old, "biet-boi", "ben-lua", numerator="1", denominator="2")

    code, text = told(capsys, new, str(old), lang="en")

    assert code == 0
    assert text.endswith("so the differences can't be worked out.\n")


def test_a_version_that_was_changed_after_it_was_signed_can_still_be_compared_with(
    tmp_path: Path, capsys: Said
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    before, after = small(old), small(new)
    observed(before, "biet-boi", "ben-lau", numerator="182")

    code, text = told(capsys, after, str(before), lang="en")

    assert code == 0
    assert "43.3% (182 of 420) → 42.9% (180 of 420)\n" in text


def test_names_mean_nothing_in_markdown(tmp_path: Path, capsys: Said) -> None:
    old, new = apart(tmp_path)
    file = new / "areas" / "areas.csv"
    rows = table(file)
    rows[1]["name_vi"] = "Huyện [Bến](x) *Lau*"
    write_table(file, rows)
    observed(new, "biet-boi", "ben-lau", numerator="182")

    _, text = told(capsys, new, str(old))

    assert "- Huyện \\[Bến\\](x) \\*Lau\\*, Học sinh biết bơi, 2024:" in text


def test_more_changes_than_a_person_reads_are_counted(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = apart(tmp_path)
    monkeypatch.setattr(diff, "AT_MOST", 1)
    observed(
        new, "bo-sach", "song-xanh", missing="", value="2", status="A", source="Danh mục minh họa"
    )

    _, text = told(capsys, new, str(old), lang="en")

    assert "## Figures: 2 changes\n" in text
    assert "\n- … and 1 more change\n\n## Verdicts" in text


def short_name(data: Path, revision: str) -> str:
    given = ["git", "-C", str(data), "rev-parse", "--short", revision]
    return subprocess.run(given, check=True, capture_output=True, text=True).stdout.strip()


def title(text: str) -> str:
    return text.splitlines()[0].removeprefix("# Thay đổi so với ")


def test_what_it_is_compared_with_is_what_was_pushed_last(tmp_path: Path, capsys: Said) -> None:
    data = draft(tmp_path)
    committed(data)
    server = tmp_path / "server.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(data), str(server))
    branch = (server / "HEAD").read_text().strip().rpartition("/")[2]
    git(data, "remote", "add", "origin", str(server))
    git(data, "fetch", "--quiet", "origin")
    git(data, "branch", f"--set-upstream-to=origin/{branch}")
    observed(data, "biet-boi", "ben-lau", numerator="201")
    committed(data)
    observed(data, "biet-boi", "doi-che", numerator="101")

    code, text = told(capsys, data)

    assert code == 0
    assert title(text) == f"origin/{branch}"
    assert "Huyện Bến Lau" in text
    assert "Huyện Đồi Chè" in text


def test_with_nothing_pushed_it_is_the_last_commit_and_then_the_one_before(
    tmp_path: Path, capsys: Said
) -> None:
    data = draft(tmp_path)
    committed(data)
    observed(data, "biet-boi", "ben-lau", numerator="201")

    assert title(told(capsys, data)[1]) == "HEAD"

    committed(data)
    code, text = told(capsys, data)

    assert code == 0
    assert title(text) == short_name(data, "HEAD~1")
    assert "Huyện Bến Lau" in text


def test_a_new_folder_that_git_does_not_know_yet_is_a_change_too(
    tmp_path: Path, capsys: Said
) -> None:
    data = draft(tmp_path)
    committed(data)
    assert main(["new", "2025", "--data", str(data), "--today", "2025-06-01"]) == 0

    assert title(told(capsys, data)[1]) == "HEAD"
