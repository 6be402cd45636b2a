"""The clerk's guide says what the program does: its commands are understood, its pictures are there."""

from __future__ import annotations

import re
import shlex
import struct
from pathlib import Path

import pytest

from tiendo.command_line import COMMANDS, parser_of
from tiendo.config import ROOT
from tiendo.words.wording import words

LANGUAGES = ("vi", "en")
PICTURES = ROOT / "site_config" / "assets" / "guide"


def guide(language: str) -> str:
    return (ROOT / "docs" / language / "huong-dan.md").read_text("utf-8")


def commands(language: str) -> list[str]:
    """The commands of this program that a clerk is told to type."""
    return re.findall(r"^    python3 build\.py (.+)$", guide(language), re.MULTILINE)


def size(picture: Path) -> tuple[int, int]:
    """Width and height in pixels, from the header of a PNG."""
    found: tuple[int, int] = struct.unpack(">II", picture.read_bytes()[16:24])
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_of_the_guide_is_understood(language: str) -> None:
    typed = commands(language)

    parsed = [parser_of(words(language)).parse_args(shlex.split(line)) for line in typed]

    assert [one.command for one in parsed] == [line.split()[0] for line in typed]
    clerks = {*COMMANDS} - {"build"}
    assert {one.command for one in parsed} == clerks


def test_both_languages_tell_the_same_steps() -> None:
    assert commands("vi") == commands("en")
    anchors = [re.findall(r"^## .*\{ #(\S+) \}$", guide(name), re.MULTILINE) for name in LANGUAGES]
    assert anchors[0] == anchors[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_there_in_the_size_that_the_page_keeps_free(language: str) -> None:
    shown = re.findall(
        r'<img src="\.\./assets/guide/(\S+)" width="(\d+)" height="(\d+)" loading="lazy" alt="[^"]{40,}">',
        guide(language),
    )

    assert {name for name, *_ in shown} == {path.name for path in PICTURES.iterdir()}
    for name, *sides in shown:
        assert size(PICTURES / name) == tuple(map(int, sides)), name
