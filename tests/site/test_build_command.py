"""The command as people and their scripts meet it: what it says, what it answers, what it leaves.

Builds that could disturb one another run in a copy of the project.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from packages_at_hand import plan_until
from paper_at_hand import asked

from tiendo.machine.write import locked

Run = Callable[..., subprocess.CompletedProcess[str]]

OLD_SITE = {".tiendo": b"", "index.html": "Trang cũ".encode(), "nam/2020/index.html": b"2020"}
"""A site that this program made once, as far as it can tell."""

PATIENCE = 3600
"""Seconds after which something hangs; whatever a busy machine takes is less."""

SMALL = (
    "--data",
    Path(__file__).parent.parent / "cases" / "small" / "data",
    "--today",
    "2025-06-01",
)
"""What a small site is built of, where it is the moment that counts and not the size."""

EARLIER = "2023-06-01"
"""A day on which the results of 2021 and 2022 were public and those of 2023 were not."""


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def old_site(folder: Path) -> Path:
    for path, content in OLD_SITE.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def different(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The paths whose bytes are not the same in both."""
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))


def test_the_shipped_data_have_no_problem(run: Run, today: str) -> None:
    checked = run("check", "--today", today)
    assert checked.returncode == 0
    assert (checked.stdout, checked.stderr) == ("", "Không có lỗi.\n")


def test_an_official_site_refuses_illustrative_data(run: Run, tmp_path: Path, today: str) -> None:
    site = old_site(tmp_path / "site")
    refused = run("build", "--official", "--today", today, "--site", site)
    assert refused.returncode == 1
    assert "[official-illustrative]" in refused.stderr
    assert "results/2024/v1/datapackage.json, mục illustrative" in refused.stderr
    assert "Thay bằng số liệu thật" in refused.stderr
    assert files(site) == OLD_SITE


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["bild"], "bild"),
        (["build", "--today", "30/2/2025"], "30/2/2025"),
        (["build", "--today", "2025-02-30"], "2025-02-30"),
        (["check", "--lang", "fr"], "fr"),
        (["check", "--format", "xml"], "xml"),
        (["serve", "--port", "tám"], "tám"),
        (["build", "--sitte", "x"], "--sitte"),
        (["check", "--data", "khong/co"], "khong/co"),
    ],
)
def test_a_command_that_is_wrong_is_told_so(run: Run, arguments: list[str], named: str) -> None:
    answered = run(*arguments)
    assert answered.returncode == 2
    assert named in answered.stderr
    assert "Traceback" not in answered.stderr
    assert answered.stdout == ""


def test_a_folder_of_somebody_else_is_left_alone(run: Run, tmp_path: Path, today: str) -> None:
    site = tmp_path / "Tài liệu"
    site.mkdir()
    (site / "luận văn.txt").write_text("của tôi", encoding="utf-8")
    refused = run("build", "--today", today, "--site", site)
    assert refused.returncode == 2
    assert str(site) in refused.stderr
    assert "Traceback" not in refused.stderr
    assert files(tmp_path) == {"Tài liệu/luận văn.txt": "của tôi".encode()}


def test_help_is_in_the_language_that_is_asked_for(run: Run) -> None:
    vi, en = run("--help"), run("build", "--help", "--lang", "en")
    assert (vi.returncode, en.returncode) == (0, 0)
    assert "kiểm tra rồi dựng toàn bộ trang" in vi.stdout
    assert "check, then build the whole site" in en.stdout


@pytest.fixture
def broken(project: Path, tmp_path: Path) -> Path:
    """The shipped data with one cell that is written as people write numbers."""
    folder = tmp_path / "số liệu"
    shutil.copytree(project / "data", folder)
    table = folder / "results/2024/v1/observations.csv"
    text = table.read_text(encoding="utf-8")
    changed = text.replace("nl-thong-tin,tu-ky,52600,", "nl-thong-tin,tu-ky,52.600,")
    assert changed != text
    table.write_text(changed, encoding="utf-8", newline="")
    return folder


STOPPED = {
    "vi": (
        "LỖI results/2024/v1/observations.csv, dòng {row}, cột numerator",
        "“52.600” không phải số nguyên.",
        "→ Chỉ viết chữ số, không dấu chấm, không dấu phẩy, không đơn vị: 1250.",
        "Chưa công bố gì",
    ),
    "en": (
        "ERROR results/2024/v1/observations.csv, row {row}, column numerator",
        "“52.600” is not a whole number.",
        "→ Write digits only, without separators or units: 1250.",
        "Nothing was published",
    ),
}


@pytest.mark.parametrize("language", STOPPED)
def test_a_broken_cell_stops_the_build_and_the_site_that_stands_stays(
    run: Run, broken: Path, tmp_path: Path, language: str
) -> None:
    site = old_site(tmp_path / "site")
    lines = (broken / "results/2024/v1/observations.csv").read_text(encoding="utf-8").splitlines()
    (row,) = [at for at, line in enumerate(lines, start=1) if "52.600" in line]
    stopped = run("build", "--data", broken, "--site", site, "--lang", language)
    assert stopped.returncode == 1
    assert [s for s in STOPPED[language] if s.format(row=row) not in stopped.stderr] == []
    assert "Traceback" not in stopped.stderr
    assert files(site) == OLD_SITE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "số liệu"]


@pytest.fixture
def small(run: Run, copy: Path, tmp_path: Path) -> Mapping[str, bytes]:
    """The files of the small site."""
    site = tmp_path / "small"
    built = run("build", *SMALL, "--site", site, of=copy)
    assert built.returncode == 0, built.stderr
    # From nothing again: there is something to draw when the signal comes.
    shutil.rmtree(copy / "build")
    return files(site)


def test_two_builds_at_once_elsewhere_from_nothing_give_the_same_bytes_and_draw_once(
    small: Mapping[str, bytes], copy: Path, tmp_path: Path
) -> None:
    # A name with spaces and Vietnamese letters, and one that is there already.
    sites = [tmp_path / "trang web của tôi" / "tiến độ", old_site(tmp_path / "site")]
    at_once = [started(copy, *SMALL, "--site", site) for site in sites]
    for build in at_once:
        told, _ = build.communicate(timeout=PATIENCE)
        assert build.returncode == 0, told
    assert [different(files(site), small) for site in sites] == [[], []]

    # The second found everything drawn: nothing is younger than the site of the first.
    first_stood = min((site / "index.html").stat().st_mtime_ns for site in sites)
    drawn = list(os.scandir(copy / "build" / "charts"))
    assert len(drawn) > 100
    assert [entry.name for entry in drawn if entry.stat().st_mtime_ns > first_stood] == []


def test_a_build_that_is_killed_leaves_the_old_site_whole(
    run: Run, small: Mapping[str, bytes], copy: Path, tmp_path: Path
) -> None:
    around = tmp_path / "web"
    site = old_site(around / "site")
    for step, seconds in (
        ("Vẽ biểu đồ", 0.1),
        ("Viết các trang", 0.1),
        ("Dựng trang web", 0.1),
        ("Dựng trang web", 1.0),
    ):
        build = started(copy, *SMALL, "--site", site)
        until(build, step)
        time.sleep(seconds)
        build.kill()
        build.communicate(timeout=PATIENCE)
        # A machine may be so fast that the new one stands already.
        assert files(site) in (OLD_SITE, small), step

    assert run("build", *SMALL, "--site", site, of=copy).returncode == 0
    assert different(files(site), small) == []
    assert [path.name for path in around.iterdir()] == ["site"]


def test_a_build_that_is_interrupted_ends_without_a_traceback(
    small: Mapping[str, bytes], copy: Path, tmp_path: Path
) -> None:
    around = tmp_path / "web"
    for step, seconds in (
        ("Vẽ biểu đồ", 0.1),
        ("Dựng trang web", 0.1),
        ("Dựng trang web", 0.4),
        ("Dựng trang web", 1.0),
    ):
        site = old_site(around / f"{step} {seconds}")
        build = started(copy, *SMALL, "--site", site)
        until(build, step)
        time.sleep(seconds)
        # As a terminal does: to everything that the command has started.
        os.killpg(build.pid, signal.SIGINT)
        told, _ = build.communicate(timeout=PATIENCE)
        # It may have come a step further before the signal did; nothing else is told.
        others = [line for line in told.splitlines() if not re.match(r" *\d+\.\d s  ", line)]
        # A machine may be so fast that the new one stands already.
        stands = {130: OLD_SITE, 0: small}
        assert (different(files(site), stands[build.returncode]), others) == ([], [])
    # Another one that waits for its turn can't have come to its end before the signal.
    site = old_site(around / "waiting")
    with locked(copy / "build"):
        build = started(copy, *SMALL, "--site", site)
        until(build, "đang đợi")
        os.killpg(build.pid, signal.SIGINT)
        told, _ = build.communicate(timeout=PATIENCE)
    assert (build.returncode, told) == (130, "")
    assert different(files(site), OLD_SITE) == []
    assert len(list(around.iterdir())) == 5


def started(project: Path, *arguments: object) -> subprocess.Popen[str]:
    """A build in a process group of its own; what it tells comes in one stream."""
    return subprocess.Popen(
        [sys.executable, str(project / "build.py"), "build", *map(str, arguments)],
        cwd=project,
        encoding="utf-8",
        start_new_session=True,
        stderr=subprocess.STDOUT,
        stdout=subprocess.PIPE,
    )


def until(build: subprocess.Popen[str], step: str) -> None:
    """Wait for the line of a step."""
    assert build.stdout is not None
    assert any(step in line for line in build.stdout), step


def only_later(project: Path) -> tuple[set[str], set[str]]:
    """Numbers, as data and as people write them, and texts of the editions of 2023 and 2024 alone."""
    cells: dict[int, set[str]] = {year: set() for year in (2021, 2022, 2023, 2024)}
    for year, found in cells.items():
        folder = project / f"data/results/{year}/v1"
        for table in ("observations", "reports"):
            with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
                for row in csv.DictReader(lines):
                    numbers = {row.get("numerator", ""), row.get("denominator", "")}
                    found |= {number for number in numbers if len(number) > 3}
                    found |= {row.get(name, "") for name in ("decision", "source", "document")}
    later = (cells[2023] | cells[2024]) - cells[2021] - cells[2022]
    numbers = {cell for cell in later if cell.isdigit()}
    grouped = {f"{int(number):,}" for number in numbers}
    return numbers | grouped | {each.replace(",", ".") for each in grouped}, later - numbers


def words(path: str, content: bytes) -> str:
    """What a reader of the file reads: no bytes of a compressed stream, no place in a file."""
    # The digits of styles and programs mean nothing; a picture's words are in its drawing (SVG).
    if path.startswith(("assets/", "en/assets/", "vega/")) or path.endswith(".png"):
        return ""
    if path.endswith(".pdf"):
        return asked("pdftotext", content)
    if path.endswith((".xlsx", ".zip")):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = {f"{path}/{name}": packed.read(name) for name in packed.namelist()}
        return "\n".join(words(part, inside) for part, inside in parts.items())
    text = content.decode()
    # In the parts of a workbook the cells' addresses and widths are digits, too.
    return re.sub("<[^>]*>", " ", text) if ".xlsx/" in path else text


def test_on_an_earlier_day_nothing_that_came_later_is_in_any_word_save_in_a_preview(
    run: Run, contents: Mapping[str, bytes], project: Path, copy: Path, tmp_path: Path
) -> None:
    data = plan_until(tmp_path, 2024)
    folders = {"public": tmp_path / "công bố", "preview": tmp_path / "xem trước"}
    for name, folder in folders.items():
        preview = ["--preview"] if name == "preview" else []
        arguments = [*preview, "--data", data, "--site", folder]
        built = run("build", "--today", EARLIER, *arguments, of=copy)
        assert built.returncode == 0, built.stderr
    public, preview_ = files(folders["public"]), files(folders["preview"])
    numbers, sentences = only_later(project)
    assert len(numbers) > 100

    def telling(site: Mapping[str, bytes]) -> set[str]:
        """The paths of the files that hold any of it."""
        found = set()
        for path, content in site.items():
            text = words(path, content)
            shown = {each.rstrip(".,") for each in re.findall(r"\d[\d.,]*", text)}
            if shown & numbers or any(sentence in text for sentence in sentences):
                found.add(path)
        return found

    assert telling(public) == set()
    assert [path for path in public if "2023" in path or "2024" in path] == []
    # Whatever kind of file tells figures, it is found where they may be told.
    assert {
        "chi-tieu/nl-thong-tin/index.html",
        "du-lieu/dia-ban/kim-thanh.pdf",
        "du-lieu/dia-ban/kim-thanh.xlsx",
        "du-lieu/so-lieu.csv",
    } <= telling(preview_)

    # An area that is yet to come is in no list, nor is the end of one that is still there.
    by_area = ("dia-ban/", "co-quan/", "bao-cao/", "so-sanh/", "tim-kiem/", "bang-tong-hop/")
    ends = {
        name: {
            path
            for path, content in site.items()
            if path.startswith(by_area)
            and path.endswith(".html")
            and any(day in content.decode() for day in ("30/06/2025", "01/07/2025"))
        }
        for name, site in (("then", public), ("now", contents))
    }
    assert ends["then"] == set()
    assert {"dia-ban/ninh-giang/index.html", "co-quan/index.html"} <= ends["now"]
    assert b"T\xe1\xbb\xa9 Minh" not in public["dia-ban/index.html"]

    marks = {"vi": "Bản xem trước, chưa công bố", "en": "Preview, not released"}
    pages = {path: content.decode() for path, content in preview_.items() if "index.html" in path}
    assert "nam/2024/index.html" in pages
    assert [
        path
        for path, text in pages.items()
        if marks["en" if path.startswith("en/") else "vi"] not in text
    ] == []
    # Files too, whoever opens them; a package is closed, so what it is stands beside it.
    plain = re.compile(
        r"(en/)?(assets|vega)/|(en/)?(bieu-do|nhung/[^/]+)/\d{4}-v\d+/|.*muc-luc\.json|sitemap|robots|du-lieu/nam/\d+/v\d+/|\.tiendo|.*404"
    )
    taken_away = {
        path: content.decode().replace("\r\n ", "").replace("\\,", ",")
        for path, content in preview_.items()
        if not plain.match(path) and not path.endswith((".png", ".pdf", ".xlsx", ".zip"))
    }
    kinds = {Path(path).suffix for path in taken_away}
    assert {".html", ".csv", ".json", ".svg", ".ics", ".txt"} <= kinds
    assert [
        path
        for path, text in taken_away.items()
        if not any(mark in text for mark in marks.values())
    ] == []
    assert "du-lieu/nam/2024/v1.txt" in taken_away
    assert not any(
        mark.encode() in content for content in public.values() for mark in marks.values()
    )


def test_before_the_first_release_a_site_without_figures_stands(run: Run, tmp_path: Path) -> None:
    data = Path(__file__).parent.parent / "cases" / "small" / "data"
    built = run("build", "--data", data, "--site", tmp_path / "site", "--today", "2023-01-01")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "site" / "feed.xml").is_file()
