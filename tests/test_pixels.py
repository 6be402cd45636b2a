"""Pictures as PNG: the same picture in fewer bytes, made once, in our own typeface."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from tiendo.config import ROOT
from tiendo.draw import pixels, png
from tiendo.draw.pixels import packed

FONTS = ROOT / "site_config" / "assets" / "fonts"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="24" viewBox="0 0 80 24">'
    '<rect width="80" height="24" fill="#fff"/>'
    '<text x="2" y="18" font-family="Tiendo Sans" font-size="16">Tứ Kỳ ẫ</text></svg>'
)


def image(content: bytes) -> bytes:
    """The pixels of a PNG, as they stand in it before they are compressed."""
    at, data = 8, b""
    while at < len(content):
        (length,) = struct.unpack_from(">I", content, at)
        if content[at + 4 : at + 8] == b"IDAT":
            data += content[at + 8 : at + 8 + length]
        at += 12 + length
    return zlib.decompress(data)


def test_fewer_bytes_show_the_same_picture() -> None:
    plain = png(SVG, fonts=FONTS)
    assert image(packed(plain)) == image(plain)
    assert len(packed(plain)) < len(plain)


def test_a_picture_is_made_once_and_made_again_when_it_was_cut_off(tmp_path: Path) -> None:
    told: list[int] = []

    def make() -> bytes:
        told.clear()
        ((_, content),) = pixels(
            {"it": SVG}, fonts=FONTS, cache=tmp_path, progress=lambda done, _: told.append(done)
        )
        return content

    first = make()
    assert told == [1]
    assert make() == first
    assert told == []
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(first[:-9])
    assert make() == first
    assert told == [1]


def test_another_text_is_another_picture(tmp_path: Path) -> None:
    two = dict(pixels({"a": SVG, "b": SVG.replace("Tứ", "Từ")}, fonts=FONTS, cache=tmp_path))
    assert image(two["a"]) != image(two["b"])
