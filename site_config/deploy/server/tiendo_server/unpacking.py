"""An archive that somebody else has made becomes plain files in plain folders, or nothing."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Protocol, cast

DEEPEST = 20


class Unfit(Exception):
    """An archive holds what is no plain file inside of its folder, or too much."""


class Readable(Protocol):
    """What can be read to its end."""

    def read(self, size: int = -1, /) -> bytes:
        """Read at most so many bytes."""


def unpacked(source: Readable, folder: Path, *, most_files: int, most_bytes: int) -> None:
    """Write the files of a tar archive into a folder, which does not exist yet.

    They belong to whoever calls this, with the rights that the process gives to new files.

    Raises:
        Unfit: and what is written so far is no whole.
        OSError: the disk does not take it.

    """
    folder.mkdir()
    count = size = 0
    made = {folder}
    try:
        with tarfile.open(fileobj=cast("IO[bytes]", source), mode="r|") as tar:
            for member in tar:
                parts = member.name.split("/")
                if not member.isreg() or member.issparse():
                    raise Unfit(f"{member.name!r} is no plain file")
                if any(not part or part in {".", ".."} or "\0" in part for part in parts):
                    raise Unfit(f"{member.name!r} is no path inside of a folder")
                count, size = count + 1, size + member.size
                if count > most_files or size > most_bytes or len(parts) > DEEPEST:
                    raise Unfit(f"{member.name!r} is too much")
                path = folder.joinpath(*parts)
                if path.parent not in made:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    made.add(path.parent)
                content = tar.extractfile(member)
                with path.open("xb") as file:
                    while content is not None and (piece := content.read(2**20)):
                        file.write(piece)
    except tarfile.TarError as error:
        raise Unfit(str(error)) from error
    # A reader that stops at the archive's end leaves padding behind that others wait to be read.
    while source.read(2**16):
        pass


def files_of(folder: Path) -> Iterator[Path]:
    """The plain files below a folder, in the order of their paths; links lead nowhere."""
    for name, folders, files in os.walk(folder):
        folders.sort()
        for file in sorted(files):
            path = Path(name) / file
            if path.is_file() and not path.is_symlink():
                yield path
