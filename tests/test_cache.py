"""What takes long to make is made once, and again where what was kept is not whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tiendo.machine.cache import Cache, checksums, sweep

Made = tuple[dict[str, bytes], list[str], list[tuple[int, int]]]
"""What came, what had to be made for it, and what was told meanwhile."""


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., Made]:
    """Asks a cache for texts in capitals."""

    def asked(wanted: Mapping[str, str], *, world: str = "") -> Made:
        made: list[str] = []
        told: list[tuple[int, int]] = []

        def shouted(text: str) -> bytes:
            made.append(text)
            return text.upper().encode()

        kept = Cache(folder=tmp_path / "kept", ending=".txt", world=world)
        came = kept.all(
            wanted, shouted, recipe=str, progress=lambda done, of: told.append((done, of))
        )
        return dict(came), made, told

    return asked


@pytest.fixture
def only(tmp_path: Path) -> Callable[[], Path]:
    """The one file that is kept."""

    def the_only() -> Path:
        (file,) = (tmp_path / "kept").iterdir()
        return file

    return the_only


def test_what_is_kept_is_not_made_again(ask: Callable[..., Made]) -> None:
    assert ask({"a": "tứ kỳ"}) == ({"a": "TỨ KỲ".encode()}, ["tứ kỳ"], [(1, 1)])
    assert ask({"a": "tứ kỳ"}) == ({"a": "TỨ KỲ".encode()}, [], [])
    assert ask({"a": "gia lộc", "b": "tứ kỳ"})[1:] == (["gia lộc"], [(1, 1)])


def test_equal_things_under_two_names_are_made_once(ask: Callable[..., Made]) -> None:
    assert ask({"a": "x", "b": "y", "c": "x"}) == (
        {"a": b"X", "b": b"Y", "c": b"X"},
        ["x", "y"],
        [(1, 2), (2, 2)],
    )


def test_what_depends_on_something_else_is_something_else(ask: Callable[..., Made]) -> None:
    assert [ask({"a": "x"}, world=world)[1] for world in ("1", "2", "1")] == [["x"], ["x"], []]


@pytest.mark.parametrize(
    "spoiled",
    [b"", b"\n", b"TU KY", b"\xff\xfe\n", None],
    ids=["empty", "no-sum", "no-line", "no-text", "cut-short"],
)
def test_a_file_that_is_not_what_was_written_is_made_again(
    ask: Callable[..., Made], only: Callable[[], Path], spoiled: bytes | None
) -> None:
    first = ask({"a": "tu ky"})
    only().write_bytes(only().read_bytes()[:-1] if spoiled is None else spoiled)
    assert ask({"a": "tu ky"}) == first
    assert ask({"a": "tu ky"})[1] == []


def test_one_thing_alone_is_made_once(tmp_path: Path) -> None:
    kept = Cache(folder=tmp_path, ending=".txt", world="")
    assert kept.once("recipe", lambda: b"first") == b"first"
    assert kept.once("recipe", lambda: b"second") == b"first"
    assert kept.once("another", lambda: b"second") == b"second"


def test_a_whole_file_in_the_place_of_another_is_made_again(tmp_path: Path) -> None:
    kept = Cache(folder=tmp_path, ending=".txt", world="")
    kept.keep("one", b"1")
    (file,) = tmp_path.iterdir()
    kept.keep("other", b"2")
    (other,) = {*tmp_path.iterdir()} - {file}

    other.write_bytes(file.read_bytes())
    assert kept.kept("other") is None
    assert kept.once("other", lambda: b"2") == b"2"


def test_what_no_build_used_for_two_weeks_is_removed(
    ask: Callable[..., Made], only: Callable[[], Path]
) -> None:
    ask({"a": "x"})
    os.utime(only(), (0, 0))
    sweep(only().parent)
    assert ask({"a": "x"})[1] == ["x"]


def test_what_a_build_just_used_is_kept_however_old_it_is(
    ask: Callable[..., Made], only: Callable[[], Path]
) -> None:
    ask({"a": "x"})
    os.utime(only(), (0, 0))
    ask({"a": "x"})
    sweep(only().parent)
    assert ask({"a": "x"})[1] == []


def test_where_nothing_is_kept_there_is_nothing_to_remove(tmp_path: Path) -> None:
    sweep(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_what_files_hold_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(b"one")
    one = checksums(tmp_path, "*.ttf")
    (tmp_path / "b.txt").write_bytes(b"not asked for")
    assert checksums(tmp_path, "*.ttf") == one
    (tmp_path / "b.ttf").write_bytes(b"two")
    assert checksums(tmp_path, "*.ttf") != one
    with pytest.raises(FileNotFoundError):
        checksums(tmp_path, "*.otf")
