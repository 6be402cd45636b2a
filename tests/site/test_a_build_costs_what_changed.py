"""What an earlier build made is used again, and never instead of what is new."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random

import pytest
from edits_at_hand import (
    Edit,
    a_figure,
    a_page_by_hand,
    a_part_of_templates,
    a_sentence,
    a_setting,
    a_style,
    a_template,
    the_frame,
    the_program,
    what_is_kept_is_damaged,
)
from packages_at_hand import draft

Run = Callable[..., subprocess.CompletedProcess[str]]

ROUNDS: Sequence[tuple[Sequence[Edit], Sequence[str]]] = (
    ((), ("viết mới", "dựng mới")),
    ((the_program, a_setting, a_style), ("chương trình", "cấu hình", "thực đơn")),
    ((the_frame, a_template, a_part_of_templates), ("mẫu trang", "mẫu khung")),
    ((a_sentence,), ("vì đã đổi câu chữ dùng chung.",)),
    ((a_figure, a_page_by_hand), ()),
    ((what_is_kept_is_damaged,), ("không có gì thay đổi.",)),
)
"""Each is built over what the ones before it left, what changes most of the pages first; with what
is told of the home page; whether one figure of an area reaches it depends on rounding."""


def files(folder: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("seed", [2030])
def test_whatever_changes_the_site_is_the_one_that_is_built_from_nothing(
    run: Run, copy: Path, tmp_path: Path, seed: int
) -> None:
    random = Random(seed)  # noqa: S311 - it draws edits, no secrets
    shutil.rmtree(copy / "data")
    draft(copy)
    built = ("build", "--preview", "--today", "2025-06-01", "--site")

    for edits, reasons in ROUNDS:
        for edit in edits:
            edit(copy, random)
        told = run(*built, tmp_path / "site", "--explain", "", of=copy)
        assert told.returncode == 0, told.stdout + told.stderr
        assert [reason for reason in reasons if reason not in told.stderr] == []
    told = run(*built, tmp_path / "fresh", "--fresh", of=copy)
    assert told.returncode == 0, told.stdout + told.stderr

    same = [run(*built, tmp_path / "site", of=copy).stderr for _ in range(2)]
    assert "giữ nguyên" in same[-1]

    kept, fresh = files(tmp_path / "site"), files(tmp_path / "fresh")
    assert sorted(kept) == sorted(fresh)
    assert [path for path in kept if kept[path] != fresh[path]] == []
