"""Pictures as PNG: all of it there, in our own typeface, made once."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from tiendo.config import ROOT
from tiendo.site.typesetting import Bitmap, pixels

FONTS = ROOT / "site_config" / "assets" / "fonts"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="24" viewBox="0 0 80 24">'
    '<rect width="80" height="24" fill="#fff"/>'
    '<text x="2" y="18" font-family="{family}" font-size="16">{text}</text></svg>'
)


def picture(text: str = "Tứ Kỳ ẫ", *, family: str = "Tiendo Sans", scale: float = 2) -> Bitmap:
    return Bitmap(svg=SVG.format(text=text, family=family), scale=scale)


def size(content: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">2I", content, 16)
    return width, height


def image(content: bytes) -> bytes:
    """The pixels of a PNG, as they stand in it before they are compressed."""
    at, data = 8, b""
    while at < len(content):
        (length,) = struct.unpack_from(">I", content, at)
        if content[at + 4 : at + 8] == b"IDAT":
            data += content[at + 8 : at + 8 + length]
        at += 12 + length
    return zlib.decompress(data)


def made(cache: Path, **bitmaps: Bitmap) -> dict[str, bytes]:
    return dict(pixels(bitmaps, fonts=FONTS, cache=cache))


def test_a_picture_is_as_large_as_it_was_asked_for(tmp_path: Path) -> None:
    both = made(tmp_path, one=picture(scale=1), two=picture(scale=2))
    assert {name: size(content) for name, content in both.items()} == {
        "one": (80, 24),
        "two": (160, 48),
    }


def test_every_letter_shows(tmp_path: Path) -> None:
    others = {"empty": "", "plain": "Tu Ky", "marks": "Tứ Kỳ", "other": "Từ Kỳ", "last": "Tứ Kỷ"}
    images = made(tmp_path, **{name: picture(text) for name, text in others.items()})
    assert len({image(content) for content in images.values()}) == len(others)


def test_a_typeface_of_the_machine_is_not_looked_for(tmp_path: Path) -> None:
    images = made(
        tmp_path,
        nothing=picture(""),
        serif=picture(family="DejaVu Serif"),
        ours=picture(family="DejaVu Serif, Tiendo Sans"),
        plain=picture(),
    )
    assert image(images["serif"]) in {image(images["nothing"]), image(images["plain"])}
    assert image(images["ours"]) == image(images["plain"])


def test_a_picture_is_made_once_and_always_the_same(tmp_path: Path) -> None:
    told: list[int] = []

    def one(cache: Path) -> bytes:
        told.clear()
        ((_, content),) = pixels(
            {"it": picture()}, fonts=FONTS, cache=cache, progress=lambda done, _: told.append(done)
        )
        return content

    first = one(tmp_path / "a")
    assert told == [1]
    assert one(tmp_path / "a") == first
    assert told == []
    assert one(tmp_path / "b") == first


def test_without_our_typeface_there_is_no_picture(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        dict(pixels({"it": picture()}, fonts=tmp_path, cache=tmp_path))
