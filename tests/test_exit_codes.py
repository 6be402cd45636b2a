"""How a command ends: data, command, machine and program are told apart by the exit code.

A hook or a pipeline never tells a clerk to mend data for what is none of the clerk's doing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tiendo.cli import main
from tiendo.site import build as building

PROJECT = Path(__file__).resolve().parent.parent
CASES = PROJECT / "tests" / "cases"
SMALL = CASES / "small" / "data"

NEEDS_FULL = pytest.mark.skipif(
    not os.access("/dev/full", os.W_OK), reason="only Linux has a full disk to try"
)
NEEDS_SHELL = pytest.mark.skipif(os.name == "nt", reason="Windows has another shell")


def answered(
    *arguments: object, environment: Mapping[str, str] | None = None, of: Path = PROJECT
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(of / "build.py"), *map(str, arguments)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
    )


def in_a_shell(line: str) -> subprocess.CompletedProcess[str]:
    """What a line of a shell answers; `$build` stands for the command."""
    command = f"build() {{ '{sys.executable}' '{PROJECT / 'build.py'}' \"$@\"; }}\n{line}"
    return subprocess.run(
        ["bash", "-c", command],
        check=False,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )


# A fault of the program ------------------------------------------------------------------------


def stub(folder: Path, program: str) -> Path:
    """A project whose program is a few lines and whose environment needs nothing."""
    project = folder / "Tiến độ"
    (project / "tiendo").mkdir(parents=True)
    shutil.copy(PROJECT / "build.py", project)
    (project / "tiendo" / "__init__.py").touch()
    (project / "tiendo" / "cli.py").write_text(program, "utf-8")
    for name in ("requirements.in", "requirements.txt"):
        (project / name).touch()
    return project


FAULTS = {
    "in a command": "def main(arguments):\n    return {}['không có']\n",
    "on the way to it": "import khong_co_goi_nay\n",
    "without end": "def main(arguments):\n    return main(arguments)\n",
    "in its own files": "def main(arguments):\n    open('khong-co-tep-nay')\n",
}


@pytest.mark.parametrize("program", FAULTS.values(), ids=FAULTS)
def test_a_fault_of_the_program_is_a_sentence_and_a_file_with_the_details(
    program: str, tmp_path: Path
) -> None:
    project = stub(tmp_path, program)

    ended = answered("check", "--data", "số liệu", of=project)

    assert ended.returncode == 3
    assert "Traceback" not in ended.stdout + ended.stderr
    (log,) = (project / "build").glob("fault-*.log")
    assert [line.endswith(str(log)) for line in ended.stderr.splitlines()] == [True, True]
    details = log.read_text("utf-8")
    assert "Traceback" in details
    assert "'số liệu'" in details


def test_the_details_go_where_a_service_keeps_them_or_wherever_there_is_room(
    tmp_path: Path,
) -> None:
    project = stub(tmp_path, FAULTS["in a command"])
    kept, spare = tmp_path / "log", tmp_path / "tmp"
    spare.mkdir()

    of_a_service = answered("check", of=project, environment={"LOGS_DIRECTORY": str(kept)})
    (project / "build").write_text("no folder")
    elsewhere = answered("check", of=project, environment={"TMPDIR": str(spare)})

    assert (of_a_service.returncode, elsewhere.returncode) == (3, 3)
    assert len(list(kept.glob("fault-*.log"))) == 1
    assert len(list(spare.glob("fault-*.log"))) == 1


# The machine -----------------------------------------------------------------------------------

CLOSED = "nơi nhận đã đóng hoặc ổ đĩa của nó đã đầy"
DATA = f"--data '{SMALL}' --today 2025-06-01"
BAD = f"--data '{CASES / 'bad' / 'data'}'"

SHUT = {
    "a result that nobody takes": f"build check {BAD} >&-",
    "a result on a full disk": f"build check {BAD} >/dev/full",
    "a result whose reader has gone": f"build check {BAD} | true; exit ${{PIPESTATUS[0]}}",
    "json on a full disk": f"build check --format json {DATA} >/dev/full",
    "help on a full disk": "build --help >/dev/full",
}


@NEEDS_FULL
@NEEDS_SHELL
@pytest.mark.parametrize("line", SHUT.values(), ids=SHUT)
def test_a_result_that_can_not_be_told_ends_with_2_and_a_sentence(line: str) -> None:
    ended = in_a_shell(line)

    assert ended.returncode == 2
    assert CLOSED in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr


@NEEDS_FULL
@NEEDS_SHELL
@pytest.mark.parametrize("shut", ["2>/dev/full", ">/dev/full 2>&1", "2>&1 >/dev/full | true"])
def test_where_nothing_at_all_can_be_told_the_exit_code_still_tells_it(shut: str) -> None:
    ended = in_a_shell(f"build check {BAD} {shut}; exit ${{PIPESTATUS[0]}}")

    assert ended.returncode == 2
    assert "Traceback" not in ended.stdout + ended.stderr


@NEEDS_SHELL
def test_a_command_whose_messages_nobody_wants_does_its_work() -> None:
    quiet = in_a_shell(f"build check {DATA} 2>&-")
    closed = in_a_shell(f"build check {DATA} >&- 2>&- <&-")

    assert (quiet.returncode, closed.returncode) == (0, 0)
    assert quiet.stderr == ""


FULL = {
    "a new year": "new 2025",
    "a form": "form 2025 --out forms",
    "a correction": "correct 2024",
}


@NEEDS_SHELL
@pytest.mark.parametrize("command", FULL.values(), ids=FULL)
def test_a_disk_without_room_for_what_a_command_writes_is_told(
    command: str, tmp_path: Path
) -> None:
    data = Path(shutil.copytree(SMALL, tmp_path / "data"))
    before = {file: file.read_bytes() for file in data.rglob("*") if file.is_file()}

    # No file may have a single byte: the limit is there before the program is.
    ended = in_a_shell(
        f"cd '{tmp_path}'; ulimit -f 0; build {command} --data '{data}' --today 2025-06-01"
    )

    assert "Traceback" not in ended.stderr
    assert ended.returncode == 2
    assert "Ổ đĩa đã đầy" in ended.stderr
    assert {file: file.read_bytes() for file in data.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize("place", ["site", "build", "build/charts"])
def test_a_file_where_a_folder_is_wanted_is_told_and_nothing_is_left(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(building, "BUILD", tmp_path / "build")
    monkeypatch.setattr(building, "CHARTS", tmp_path / "build/charts")
    file = tmp_path / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("here I stand")

    code = main(["--data", str(SMALL), "--today", "2023-01-01", "--site", str(tmp_path / "site")])

    assert (code, file.read_text()) == (2, "here I stand")
    told = capsys.readouterr().err
    assert str(file) in told
    assert "Traceback" not in told
    assert [path.name for path in tmp_path.iterdir() if path.name not in {"site", "build"}] == []
    assert place == "site" or not (tmp_path / "site").exists()


def test_a_file_where_a_command_wants_a_folder_for_its_files_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = Path(shutil.copytree(SMALL, tmp_path / "data"))
    (data / "results" / "2025").write_text("here I stand")
    common = ["--data", str(data), "--today", "2025-06-01"]

    codes = [
        main(["form", "2025", "--out", str(data / "results" / "2025"), *common]),
        main(["new", "2025", *common]),
    ]

    assert codes == [2, 2]
    assert capsys.readouterr().err.count("là tệp, không phải thư mục") == 2


# The command -----------------------------------------------------------------------------------

ABSURD = (
    ("check", "--today", "0001-01-01T00:00+14:00"),
    ("check", "--today", "9999-12-31T23:59-14:00"),
    ("check", "--today", "0001-01-01"),
    ("check", "--today", "1899-12-31"),
    ("check", "--today", "2200-01-01"),
    ("check", "--today", "2025-01-01T00:00:60"),
    ("check", "--today", ""),
    ("check", "--today", "2025-W01-1T25"),
    ("serve", "--port", "65536"),
    ("serve", "--port", "-1"),
    ("serve", "--port", "9" * 5000),
    ("new", "9" * 5000),
    ("new", "-1"),
    ("check", "--data", "/dev/null"),
    ("check", "--data", "x" * 5000),
    ("check", "--data", "a/" * 3000),
    ("check", "--data", "\udcff"),
    ("diff", "--other"),
    ("diff", "--data", str(SMALL), "-O/dev/null"),
    ("release", "2024", "--at", "0001-01-01T00:00+14:00", "--data", str(SMALL)),
    ("", ""),
    ("\n",),
)


@pytest.mark.parametrize("arguments", ABSURD, ids=range(len(ABSURD)))
def test_an_absurd_command_is_told_so(arguments: tuple[str, ...]) -> None:
    ended = answered(*arguments)

    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) < 4
    assert ended.stdout == ""


@NEEDS_SHELL
def test_links_that_lead_in_a_circle_are_told_so(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")

    ended = answered("check", "--data", tmp_path / "a")

    assert ended.returncode == 2
    assert str(tmp_path / "a") in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_dead_link_in_a_page_written_by_hand_is_told_with_its_line(tmp_path: Path) -> None:
    data = shutil.copytree(SMALL, tmp_path / "data")
    site = tmp_path / "site"
    given = ("--data", data, "--site", site, "--today", "2025-06-01", "--lang", "en")
    for language in ("vi", "en"):
        page = tmp_path / "docs" / language / "gioi-thieu.md"
        page.parent.mkdir(parents=True)
        links = (
            "[a](https://tiendo.example/chi-tieu/biet-boi/)",
            "[b](https://tiendo.example/chi-tieu/khong-co/)",
            "[c](https://tiendo.example/du-lieu/khong-co.csv) [d][e]",
            "[e]: https://tiendo.example/so-lieu/#khong&#45;co",
        )
        page.write_text("# Giới thiệu {#lien-he}\n\n" + "\n\n".join(links) + "\n")
    built = answered("build", *given)
    assert built.returncode == 1, built.stderr
    assert not site.exists()
    for language in ("vi", "en"):
        for row, address in (
            (5, "chi-tieu/khong-co/"),
            (7, "du-lieu/khong-co.csv"),
            (9, "so-lieu/#khong-co"),
        ):
            assert f"docs/{language}/gioi-thieu.md, row {row}" in built.stderr
            assert f"“https://tiendo.example/{address}” leads to no page" in built.stderr
    assert "Traceback" not in built.stderr


@pytest.mark.parametrize(
    ("maker", "path"),
    [
        ("feeds", "bieu-do/biet-boi--may-trang.svg"),
        ("calendar_files", "du-lieu/chi-tieu/biet-boi-excel.csv"),
        ("_embed_files", "dia-ban/ben-lau/feed.xml"),
        ("cards", "bieu-do/biet-boi--may-trang.png"),
        ("sheets", "du-lieu/dia-ban/ben-lau.pdf"),
        ("workbook_files", "dia-ban/ben-lau/index.html"),
    ],
)
def test_two_outputs_of_one_path_are_told_with_the_id_and_none_overwrites_the_other(
    maker: str,
    path: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(building, "BUILD", tmp_path / "build")

    def doubled(usual: Callable[..., Any]) -> Callable[..., Any]:
        def again(*arguments: object) -> object:
            made = usual(*arguments)
            pairs = list(made.items() if isinstance(made, Mapping) else made)
            pairs.append((path, pairs[0][1]))
            return dict(pairs) if isinstance(made, Mapping) else pairs

        return again

    if hasattr(building, maker):
        monkeypatch.setattr(building, maker, doubled(getattr(building, maker)))
    for table in ("FILES", "FILES_AMID_PAGES"):
        producers = [
            doubled(each) if each.__name__ == maker else each for each in getattr(building, table)
        ]
        monkeypatch.setattr(building, table, producers)
    site = tmp_path / "site"
    code = main(["--data", str(SMALL), "--today", "2025-06-01", "--site", str(site)])
    told = capsys.readouterr().err
    assert (code, site.exists()) == (1, False), told
    name = "biet-boi" if "biet-boi" in path else "ben-lau"
    file = "plan/indicators.csv, dòng 2" if name == "biet-boi" else "areas/areas.csv, dòng 3"
    assert file in told
    assert f"Mã “{name}” trùng với tên" in told
