"""Pictures as PNG: those made before come from the folder of drawings, the rest on all cores."""

from __future__ import annotations

import hashlib
import os
import struct
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib.metadata import version
from pathlib import Path

from tiendo.draw.render import png, register_fonts
from tiendo.workers import uninterrupted, workers

_FEW = 40
_CHUNK = 16
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_END = b"IEND\xaeB`\x82"
_TOUCHED_AGAIN_AFTER = 86_400.0


def pixels(
    pictures: Mapping[str, str],
    *,
    fonts: Path,
    cache: Path,
    scale: float = 2.0,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Each stand-alone SVG as PNG under its name, one by one: all together may be large.

    `cache` holds a file for each, named by what it is made of and with; one that was cut off is
    made again, and `drawn` removes those that no build used for long.
    """
    cache.mkdir(parents=True, exist_ok=True)
    world = f"{version('vl-convert-python')} {scale} {_sums(fonts)}"
    files = {name: cache / f"{_sum(world, svg)}.png" for name, svg in pictures.items()}
    missing: dict[str, str] = {}
    for name, file in files.items():
        kept = _kept(file)
        if kept is None:
            missing[name] = pictures[name]
        else:
            yield name, kept
    for done, (name, content) in enumerate(_made(missing, fonts, scale), start=1):
        fresh = files[name].with_suffix(f".{os.getpid()}.new")
        fresh.write_bytes(content)
        fresh.replace(files[name])
        yield name, content
        if progress:
            progress(done, len(missing))


def _sum(world: str, svg: str) -> str:
    return hashlib.sha256(f"{world}\n{svg}".encode()).hexdigest()


def _sums(fonts: Path) -> str:
    files = sorted(fonts.glob("*.ttf"))
    return " ".join(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)


def _kept(file: Path) -> bytes | None:
    """The picture in a file, which is marked as used; None where it is not whole."""
    try:
        content = file.read_bytes()
        if not (content.startswith(_SIGNATURE) and content.endswith(_END)):
            return None
        if time.time() - file.stat().st_mtime > _TOUCHED_AGAIN_AFTER:
            os.utime(file)
    except OSError:
        return None
    return content


def _made(svgs: Mapping[str, str], fonts: Path, scale: float) -> Iterator[tuple[str, bytes]]:
    make = partial(_packed_png, fonts=fonts, scale=scale)
    if len(svgs) <= _FEW:
        yield from ((name, make(svg)) for name, svg in svgs.items())
        return
    with workers(prepare=partial(register_fonts, fonts)) as pool:
        with uninterrupted():
            made = pool.map(make, svgs.values(), chunksize=_CHUNK)
        yield from zip(svgs, made, strict=True)


def _packed_png(svg: str, *, fonts: Path, scale: float) -> bytes:
    return packed(png(svg, fonts=fonts, scale=scale))


def packed(content: bytes) -> bytes:
    """The same PNG in fewer bytes: vl-convert compresses for speed, readers have slow lines."""
    parts: list[tuple[bytes, bytes]] = []
    at = len(_SIGNATURE)
    while at < len(content):
        (length,) = struct.unpack_from(">I", content, at)
        parts.append((content[at + 4 : at + 8], content[at + 8 : at + 8 + length]))
        at += 12 + length
    image = b"".join(body for kind, body in parts if kind == b"IDAT")
    squeezed = zlib.compress(zlib.decompress(image), 6)
    first = next(place for place, (kind, _) in enumerate(parts) if kind == b"IDAT")
    kept = [part for part in parts if part[0] != b"IDAT"]
    kept.insert(first, (b"IDAT", squeezed))
    return _SIGNATURE + b"".join(_chunk(kind, body) for kind, body in kept)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
