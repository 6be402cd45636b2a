"""What is named in an import: folders with whatever lies in them, and files that are none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from excel_at_hand import LANGUAGES, csv_of, xlsx_of
from packages_at_hand import plan_until, table

from tiendo.cli import main
from tiendo.config import ROOT
from tiendo.forms.sheets import MOST_BYTES
from tiendo.office.collecting import MOST_FILES, brought
from tiendo.office.versions import Refused
from tiendo.words.problems import remedy, sentence

TODAY, YEAR = "2024-12-20", "2024"
HEADS = [
    ["Đơn vị báo cáo:", "Hội Khuyến học tỉnh"],
    ["Văn bản báo cáo: Báo cáo minh họa số 9"],
    ["Ngày gửi báo cáo", "12/12/2024"],
    ["Địa bàn", "Công dân học tập"],
]
ROWS = [*HEADS, ["Tứ Kỳ", 60]]
OTHER_ROWS = [*HEADS, ["Gia Lộc", 50]]

LITTER = [
    "Thumbs.db",
    "thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    "Desktop.ini",
    ".DS_Store",
    "._bieu.xlsx",
    ".localized",
    "Icon\r",
    ".directory",
    "~$bieu.xlsx",
    "~$u tứ kỳ.xlsx",
    ".~lock.bieu.xlsx#",
    "~WRL0003.tmp",
    "5A1B2C3D.tmp",
    "bieu.xlsx.crdownload",
    ".gitignore",
]

Says = Callable[..., tuple[int, str]]


@pytest.fixture
def says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Says:
    data = plan_until(tmp_path, 2023)
    assert main(["new", YEAR, "--data", str(data), "--today", TODAY]) == 0

    def called(*paths: Path, language: str = "vi") -> tuple[int, str]:
        capsys.readouterr()
        names = [str(path) for path in paths]
        options = ["--year", YEAR, "--status", "A", "--data", str(data), "--today", TODAY]
        code = main(["import", *names, *options, "--lang", language])
        told = capsys.readouterr()
        return code, told.out + told.err

    return called


def given(folder: Path) -> dict[str, str]:
    """The areas that have a figure in the draft."""
    rows = table(folder / f"data/results/{YEAR}/v1/observations.csv")
    return {row["area"]: row["value"] for row in rows if row["value"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "biểu nhận về"
    made.mkdir()
    (made / "tứ kỳ.csv").write_bytes(csv_of(ROWS))
    return made


def told(folder: Path) -> dict[str, str]:
    return {problem.place.file: problem.code for problem in brought([folder]).told}


@pytest.mark.parametrize("name", LITTER)
def test_what_systems_and_programs_leave_in_a_folder_is_known_by_name_and_told(
    folder: Path, name: str
) -> None:
    (folder / name).write_bytes(b"\0\1\2 nothing of ours")

    came = brought([folder])

    assert set(came.files) == {"tứ kỳ.csv"}
    (problem,) = came.told
    assert (problem.code, problem.stops) == ("import-file-ignored", False)
    assert name.rstrip("\r") in problem.place.file
    assert all(sentence(problem, each) and remedy(problem, each) for each in LANGUAGES)


@pytest.mark.parametrize(
    "name", ["bieu.tmp.xlsx", "Thumbs.xlsx", "desktop.csv", ".biểu.csv", "20241210", "~biểu.csv"]
)
def test_what_only_looks_like_that_is_read(folder: Path, name: str) -> None:
    (folder / name).write_bytes(csv_of(OTHER_ROWS))

    assert set(brought([folder]).files) == {"tứ kỳ.csv", name}
    assert told(folder) == {}


def test_folders_in_a_folder_are_entered_and_their_files_told_apart(folder: Path) -> None:
    for below in ("quý 4", "quý 4/bổ sung"):
        (folder / below).mkdir()
        (folder / below / "tứ kỳ.csv").write_bytes(csv_of(ROWS))

    names = set(brought([folder]).files)

    assert len(names) == 3
    assert {name.removeprefix(folder.as_posix()) for name in names} == {
        "/tứ kỳ.csv",
        "/quý 4/tứ kỳ.csv",
        "/quý 4/bổ sung/tứ kỳ.csv",
    }


@pytest.mark.parametrize("name", ["__MACOSX", ".git", "$RECYCLE.BIN", ".Trash-1000"])
def test_a_program_s_own_folder_is_not_entered_and_told(folder: Path, name: str) -> None:
    (folder / name).mkdir()
    (folder / name / "a.csv").write_bytes(b"x")

    assert set(brought([folder]).files) == {"tứ kỳ.csv"}
    assert told(folder) == {(folder / name).as_posix(): "import-folder-passed-over"}


def test_a_link_to_a_folder_is_not_followed_so_that_no_circle_hangs(folder: Path) -> None:
    (folder / "vòng").symlink_to(folder, target_is_directory=True)
    (folder / "mất").symlink_to(folder / "không có")

    assert set(brought([folder]).files) == {"tứ kỳ.csv"}
    assert sorted(told(folder).values()) == ["import-file-ignored", "import-folder-passed-over"]


def test_a_pipe_in_a_folder_is_told_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "ống")

    assert told(folder) == {(folder / "ống").as_posix(): "import-file-ignored"}


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    assert len(brought([folder, folder / "tứ kỳ.csv", folder]).files) == 1


def test_a_name_that_is_no_text_and_one_with_a_line_break_can_be_told(folder: Path) -> None:
    for name in (b"b\xe1o c\xe1o.csv", "hai\ndòng.csv".encode()):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(csv_of(OTHER_ROWS))

    for told_as in brought([folder]).files:
        assert told_as.encode()
        assert told_as.isprintable()


def test_of_a_file_of_any_size_no_more_is_read_than_shows_it(folder: Path) -> None:
    with (folder / "lớn.csv").open("wb") as file:
        file.truncate(2**40)

    assert len(brought([folder]).files["lớn.csv"]) == MOST_BYTES + 1


@pytest.mark.parametrize("what", ["nothing", "an empty folder", "litter alone", "a pipe"])
def test_where_nothing_is_to_be_read_that_is_said(tmp_path: Path, what: str) -> None:
    path = tmp_path / "x"
    if what == "a pipe":
        os.mkfifo(path)
    elif what != "nothing":
        path.mkdir()
    if what == "litter alone":
        (path / "Thumbs.db").write_bytes(b"x")

    with pytest.raises(Refused):
        brought([path])


def test_the_wrong_folder_is_not_read_to_its_end(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 1):
        (tmp_path / f"{number}.csv").touch()

    with pytest.raises(Refused, match="too-many-files"):
        brought([tmp_path])


@pytest.mark.parametrize("name", ["x" * 300, "a\0b", "/" + "a/" * 3000])
def test_a_path_that_no_disk_has_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        brought([Path(name)])


@pytest.mark.skipif(os.name != "posix", reason="the rights of POSIX")
@pytest.mark.parametrize("what", ["folder", "file", "folder in it"])
def test_what_may_not_be_read_is_a_sentence(tmp_path: Path, what: str) -> None:
    """As another account, since the tests may run as one that may read everything."""
    folder = tmp_path / "biểu"
    (folder / "trong").mkdir(parents=True)
    (folder / "a.csv").write_bytes(csv_of(ROWS))
    (folder / {"folder": ".", "file": "a.csv", "folder in it": "trong"}[what]).chmod(0)
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from tiendo.office.collecting import brought\n"
        "from tiendo.office.versions import Refused\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "try: brought([Path(sys.argv[1])])\n"
        "except Refused as error: print(error.args[0])\n"
    )
    for above in (tmp_path, *tmp_path.parents):
        if above.stat().st_uid == os.geteuid() and above != Path("/"):
            above.chmod(above.stat().st_mode | 0o555)

    ran = subprocess.run(
        [sys.executable, "-c", script, folder],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    (folder / "trong").chmod(0o755) if what == "folder in it" else folder.chmod(0o755)

    assert ran.stderr == ""
    assert ran.stdout.strip() == "collecting.unreadable"


def test_an_import_of_such_a_folder_takes_its_tables_and_tells_the_rest(
    says: Says, folder: Path, tmp_path: Path
) -> None:
    for name in ("Thumbs.db", "desktop.ini", "~$tứ kỳ.csv"):
        (folder / name).write_bytes(b"\0\1\2")
    (folder / "quý 4").mkdir()
    (folder / "quý 4" / "gia lộc.xlsx").write_bytes(xlsx_of(OTHER_ROWS))

    code, said = says(folder)

    assert code == 0, said
    assert given(tmp_path) == {"tu-ky": "60", "gia-loc": "50"}
    assert all(name in said for name in ("Thumbs.db", "desktop.ini", "~$tứ kỳ.csv"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"PK\x03\x04 no zip"),
        ("a.xlsx", b""),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("a.xls", "<html><table>".encode("utf-16")),
        ("a.csv", "Năm: ²\r\nĐịa bàn;Công dân học tập\r\nTứ Kỳ;½\r\n".encode()),
        ("a.csv", b"\xff\xfe\xff"),
        ("a.csv", b'"' + b"x" * 300_000),
        ("a.csv", b"a" * 300_000 + b";b\r\n"),
    ],
)
def test_a_bad_file_among_good_ones_is_a_sentence_with_its_name(
    says: Says, folder: Path, tmp_path: Path, name: str, content: bytes
) -> None:
    (folder / name).write_bytes(content)

    code, said = says(folder, language="en")

    assert code == 1
    assert name in said
    assert "Traceback" not in said
    assert given(tmp_path) == {}
