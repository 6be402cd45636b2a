"""Pictures as PNG: all of it there, in our own typeface, made once."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import oxipng
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


COLOURED = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="24" viewBox="0 0 80 24">'
    '<rect width="80" height="24" fill="#fff"/><circle cx="20" cy="12" r="9" fill="#2b6b4f"/>'
    '<text x="34" y="18" font-family="Tiendo Sans" font-size="16" fill="#b3261e">Kỳ</text></svg>'
)


def size(content: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">2I", content, 16)
    return width, height


def parts(content: bytes) -> dict[bytes, bytes]:
    """What a PNG holds, by kind; those of one kind joined."""
    at, found = 8, dict[bytes, bytes]()
    while at < len(content):
        (length,) = struct.unpack_from(">I", content, at)
        kind = content[at + 4 : at + 8]
        found[kind] = found.get(kind, b"") + content[at + 8 : at + 8 + length]
        at += 12 + length
    return found


def paeth(left: int, above: int, corner: int) -> int:
    near = left + above - corner
    return min((left, above, corner), key=lambda each: abs(near - each))


def image(content: bytes) -> list[bytes]:
    """The colours of a PNG's pixels, row by row: RGBA, whatever they are packed as."""
    held = parts(content)
    width, height, depth, kind = struct.unpack_from(">IIBB", held[b"IHDR"])
    samples = {0: 1, 2: 3, 3: 1, 6: 4}[kind]
    step, length = max(1, samples * depth // 8), (width * samples * depth + 7) // 8
    data = zlib.decompress(held[b"IDAT"])
    rows, before = [], bytes(length)
    for number in range(height):
        at = number * (length + 1)
        row = bytearray(data[at + 1 : at + 1 + length])
        for place in range(length):
            left, corner = (row[place - step], before[place - step]) if place >= step else (0, 0)
            above = before[place]
            row[place] = (
                row[place]
                + (0, left, above, (left + above) // 2, paeth(left, above, corner))[data[at]]
            ) % 256
        before = bytes(row)
        rows.append(_colours(before, width, depth, kind, held))
    return rows


def _colours(row: bytes, width: int, depth: int, kind: int, held: dict[bytes, bytes]) -> bytes:
    if kind == 6:
        return row
    if kind == 2:
        return b"".join(row[at : at + 3] + b"\xff" for at in range(0, len(row), 3))
    values = [
        row[at * depth // 8] >> (8 - depth - at * depth % 8) & (1 << depth) - 1
        for at in range(width)
    ]
    if kind == 0:
        return b"".join(bytes([each * 255 // ((1 << depth) - 1)]) * 3 + b"\xff" for each in values)
    palette, clear = held[b"PLTE"], held.get(b"tRNS", b"")
    return b"".join(
        palette[3 * each : 3 * each + 3] + (clear[each : each + 1] or b"\xff") for each in values
    )


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
    assert len({tuple(image(content)) for content in images.values()}) == len(others)


def test_a_typeface_of_the_machine_is_not_looked_for(tmp_path: Path) -> None:
    images = made(
        tmp_path,
        nothing=picture(""),
        serif=picture(family="DejaVu Serif"),
        ours=picture(family="DejaVu Serif, Tiendo Sans"),
        plain=picture(),
    )
    assert image(images["serif"]) in [image(images["nothing"]), image(images["plain"])]
    assert image(images["ours"]) == image(images["plain"])


def test_a_picture_is_shrunk_and_every_pixel_of_it_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = {"grey": picture(), "coloured": Bitmap(svg=COLOURED, scale=2)}
    small = made(tmp_path / "small", **drawn)
    monkeypatch.setattr(oxipng, "optimize_from_memory", lambda content, **_: content)
    large = made(tmp_path / "large", **drawn)

    for name, content in small.items():
        assert image(content) == image(large[name])
        assert len(content) < 0.8 * len(large[name])
    assert struct.unpack_from(">B", parts(small["coloured"])[b"IHDR"], 9) == (3,)  # a palette


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
