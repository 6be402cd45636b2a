from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tiendo.machine import write as writing
from tiendo.machine.write import (
    CannotWrite,
    Hindrance,
    NotOurs,
    hindrances_told,
    replacing,
    update,
    write,
)

PROJECT = Path(__file__).parent.parent


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the mark."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".tiendo"
    }


def test_files_are_written_as_they_are_given_in_folders_made_for_them(tmp_path: Path) -> None:
    files = {"index.html": b"a\nb\r\n", "du-lieu/gdmn.csv": b"\xef\xbb\xbfn\n"}

    write(files, tmp_path / "site")

    assert files == contents(tmp_path / "site")


@pytest.mark.parametrize(
    "path",
    ["../a", "a/../../b", "/etc/passwd", "", "a//b", "a/", "./a", "a\\b", "C:/a", "a\0"],
)
def test_a_path_that_is_not_plainly_inside_the_folder_is_refused(path: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a path inside a folder"):
        write({path: b""}, tmp_path / "site")

    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tu-ky.json", "Tu-ky.json"),
        ("t\u1ee9.json", "tu\u031b\u0301.json"),
        ("a/x.json", "A/y.json"),
        ("stra\u00dfe", "strasse"),
    ],
    ids=["case", "normalisation", "case of a folder", "folding"],
)
def test_two_paths_that_some_disk_takes_for_one_are_refused(
    one: str, other: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="one path spelt in two ways"):
        write({one: b"", other: b""}, tmp_path / "site")


def test_a_path_can_not_be_both_a_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a file and a folder: 'nam'"):
        write({"nam": b"", "nam/2024": b""}, tmp_path / "site")


def test_a_file_does_not_replace_one_that_was_written_before(tmp_path: Path) -> None:
    write({"index.html": b"first"}, tmp_path)

    with pytest.raises(FileExistsError):
        write({"index.html": b"second"}, tmp_path)

    assert contents(tmp_path) == {"index.html": b"first"}


def test_a_folder_of_somebody_else_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")

    for attempt in (write, update):
        with pytest.raises(NotOurs):
            attempt({"index.html": b""}, tmp_path)

    assert contents(tmp_path) == {"thesis.docx": b"years of work"}


def test_an_update_leaves_untouched_what_is_the_same_and_removes_what_is_gone(
    tmp_path: Path,
) -> None:
    update({"same.md": b"1", "new/old.md": b"2", "other.md": b"3"}, tmp_path)
    long_ago = 1_000_000_000
    os.utime(tmp_path / "same.md", (long_ago, long_ago))

    changed = update({"same.md": b"1", "new": b"4", "other.md": b"5"}, tmp_path)

    assert changed == {"new/old.md", "new", "other.md"}
    assert contents(tmp_path) == {"same.md": b"1", "new": b"4", "other.md": b"5"}
    assert (tmp_path / "same.md").stat().st_mtime == long_ago


def test_an_update_does_not_write_through_a_link(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.md").write_bytes(b"theirs")
    ours = tmp_path / "ours"
    update({}, ours)
    (ours / "docs").symlink_to(elsewhere)

    update({"docs/a.md": b"ours"}, ours)

    assert contents(elsewhere) == {"a.md": b"theirs"}
    assert contents(ours) == {"docs/a.md": b"ours"}


def test_a_new_site_replaces_the_old_one_and_leaves_nothing_else(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for number in (b"1", b"2"):
        with replacing(site) as fresh:
            write({"index.html": number, f"{number.decode()}.html": number}, fresh)

    assert contents(site) == {"index.html": b"2", "2.html": b"2"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_where_folders_can_not_be_exchanged_the_site_is_replaced_in_two_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "other")
    site = tmp_path / "site"
    for number in (b"1", b"2"):
        with replacing(site) as fresh:
            write({"index.html": number}, fresh)

    assert contents(site) == {"index.html": b"2"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_build_killed_between_the_two_steps_has_its_old_site_put_back(tmp_path: Path) -> None:
    site, workplace = tmp_path / "site", tmp_path / ".site.tiendo"
    write({"index.html": b"old"}, workplace / "old")
    write({"index.html": b"new, perhaps half"}, workplace / "fresh")

    with pytest.raises(ZeroDivisionError), replacing(site):
        raise ZeroDivisionError

    assert contents(site) == {"index.html": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_build_that_fails_leaves_the_site_that_stands(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with replacing(site) as fresh:
        write({"index.html": b"old"}, fresh)

    with pytest.raises(ValueError, match="a file and a folder"), replacing(site) as fresh:
        write({"index.html": b"new", "index.html/a": b"new"}, fresh)

    assert contents(site) == {"index.html": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_site_of_somebody_else_is_not_replaced_and_nothing_is_made_beside_it(
    tmp_path: Path,
) -> None:
    documents = tmp_path / "Documents"
    documents.mkdir()
    (documents / "thesis.docx").write_bytes(b"years of work")

    with pytest.raises(NotOurs), replacing(documents):
        pass

    assert contents(tmp_path) == {"Documents/thesis.docx": b"years of work"}
    assert [path.name for path in tmp_path.iterdir()] == ["Documents"]


def test_a_site_that_was_made_into_a_repository_is_no_longer_ours(tmp_path: Path) -> None:
    write({"index.html": b""}, tmp_path / "site")
    (tmp_path / "site" / ".git").mkdir()

    with pytest.raises(NotOurs), replacing(tmp_path / "site"):
        pass


def test_an_empty_folder_may_become_the_site(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()

    with replacing(tmp_path / "site") as fresh:
        write({"index.html": b"1"}, fresh)

    assert contents(tmp_path / "site") == {"index.html": b"1"}


def test_a_site_that_is_a_link_stays_one_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "disk" / "www")

    for number in (b"1", b"2"):
        with replacing(tmp_path / "site") as fresh:
            write({"index.html": number}, fresh)

    assert (tmp_path / "site").is_symlink()
    assert contents(tmp_path / "disk" / "www") == {"index.html": b"2"}


def test_a_web_server_that_runs_as_somebody_else_can_read_the_site(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with replacing(tmp_path / "site") as fresh:
            write({"a/index.html": b"1"}, fresh)
    finally:
        os.umask(before)

    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "site" / "a" / "index.html").stat().st_mode & 0o777 == 0o644


def test_a_full_disk_is_told_as_such() -> None:
    with pytest.raises(CannotWrite) as told, hindrances_told(Path("site")):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    assert told.value.hindrance is Hindrance.FULL
    assert told.value.path == Path("site")


@pytest.mark.skipif(not os.access("/dev/full", os.W_OK), reason="only Linux has a full disk to try")
def test_a_disk_that_fills_up_while_building_leaves_the_site_that_stands(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with replacing(site) as fresh:
        write({"index.html": b"old"}, fresh)

    with pytest.raises(CannotWrite) as told, replacing(site) as fresh, hindrances_told(site):
        Path("/dev/full").write_bytes(b"new")

    assert told.value.hindrance is Hindrance.FULL
    assert contents(site) == {"index.html": b"old"}


def test_a_path_through_a_file_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(CannotWrite) as told, replacing(tmp_path / "file" / "site"):
        pass

    assert told.value.hindrance is Hindrance.NO_FOLDER


ONE_SITE_AFTER_ANOTHER = """
import sys
from pathlib import Path
from tiendo.machine import write as writing

site, exchanges = Path(sys.argv[1]), sys.argv[2] == "exchanges"
if not exchanges:
    writing._exchanged = lambda one, other: False
number = 0
while True:
    number += 1
    with writing.replacing(site) as fresh:
        writing.write({f"{i}.html": b"%d" % number for i in range(20)}, fresh)
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere folders can't be exchanged")
def test_killed_at_any_moment_a_whole_site_stands(tmp_path: Path) -> None:
    for _ in range(25):
        site = tmp_path / "site"
        _kill_while_replacing(site, "exchanges")

        numbers = {int(text) for text in contents(site).values()}
        assert len(contents(site)) == 20
        assert len(numbers) == 1


def test_killed_at_any_moment_without_exchange_a_whole_site_stands_at_the_next_start(
    tmp_path: Path,
) -> None:
    for _ in range(25):
        site = tmp_path / "site"
        _kill_while_replacing(site, "does not")
        with pytest.raises(ZeroDivisionError), replacing(site):
            raise ZeroDivisionError

        numbers = {int(text) for text in contents(site).values()}
        assert len(contents(site)) == 20
        assert len(numbers) == 1
        assert [path.name for path in tmp_path.iterdir()] == ["site"]


def _kill_while_replacing(site: Path, exchange: str) -> None:
    """Start a process that replaces `site` for ever, and kill it at some moment or other."""
    with subprocess.Popen(
        [sys.executable, "-c", ONE_SITE_AFTER_ANOTHER, str(site), exchange],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(random.uniform(0, 0.02))  # noqa: S311
        child.send_signal(signal.SIGKILL)


def test_two_builds_of_one_site_take_turns_and_the_second_says_that_it_waits(
    tmp_path: Path,
) -> None:
    program = """
import sys
from pathlib import Path
from tiendo.machine.write import replacing, write
with replacing(Path(sys.argv[1]), waiting=lambda: print("waits", flush=True)) as fresh:
    write({"index.html": b"second"}, fresh)
"""
    site = tmp_path / "site"
    with replacing(site) as fresh:
        write({"index.html": b"first"}, fresh)
        second = subprocess.Popen(
            [sys.executable, "-c", program, str(site)], cwd=PROJECT, stdout=subprocess.PIPE
        )
        assert second.stdout is not None
        assert second.stdout.readline() == b"waits\n"
        assert not site.exists()
    second.stdout.close()

    assert second.wait() == 0
    assert contents(site) == {"index.html": b"second"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_mark_is_not_a_file_that_a_page_may_take() -> None:
    with pytest.raises(ValueError, match="a meaning of its own"):
        writing.write({".tiendo": b""}, Path("nowhere"))
