"""What takes long to make, made once: a folder of files that are named by what they are made of."""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tiendo.machine.workers import side_by_side

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Is told how many of the things to be made are done, and how many they are."""

_FEW = 50
"""So many are made before the first of several processes would stand."""
_DAY = 86_400.0
_KEPT_FOR = 14 * _DAY


@dataclass(frozen=True, kw_only=True, slots=True)
class Cache:
    """Files of one kind in a folder; one that is not whole is as good as none."""

    folder: Path
    ending: str
    """What their names end in, with the dot."""
    world: str
    """What they all depend on besides their recipes: versions, typeface, template."""

    def once(self, recipe: str, make: Callable[[], bytes]) -> bytes:
        """What is kept under a recipe; made now, and kept, where there is nothing."""
        file = self._file(recipe)
        content = _kept(file)
        if content is None:
            content = make()
            _keep(file, content)
        return content

    def kept(self, recipe: str) -> bytes | None:
        """What is kept under a recipe, which is marked as used; None where there is nothing."""
        return _kept(self._file(recipe))

    def keep(self, recipe: str, content: bytes) -> None:
        """Keep what was made by a recipe."""
        _keep(self._file(recipe), content)

    def all(
        self,
        wanted: Mapping[str, T],
        make: Callable[[T], bytes],
        *,
        recipe: Callable[[T], str],
        prepare: Callable[[], None] | None = None,
        progress: Progress | None = None,
        few: int = _FEW,
    ) -> Iterator[tuple[str, bytes]]:
        """Each thing under its name, one by one, since all together may be large.

        Those that are kept come first, the others are made on all cores where they are more than
        `few`; equal ones are made once.  `recipe` says all that a thing is made from.  `prepare`
        is called in each process that makes something.  `progress` is not called where nothing
        is to be made, and no process is started.
        """
        names: dict[Path, list[str]] = defaultdict(list)
        missing: dict[Path, T] = {}
        for name, each in wanted.items():
            file = self._file(recipe(each))
            content = None if file in missing else _kept(file)
            if content is not None:
                yield name, content
                continue
            missing.setdefault(file, each)
            names[file].append(name)
        for done, (file, content) in enumerate(_made(missing, make, prepare, few), start=1):
            _keep(file, content)
            for name in names[file]:
                yield name, content
            if progress:
                progress(done, len(missing))

    def _file(self, recipe: str) -> Path:
        return self.folder / f"{_sum(self.world.encode(), recipe.encode())}{self.ending}"


def sweep(folder: Path) -> None:
    """Remove what no build used for 14 days: the clock decides about space alone."""
    if not folder.is_dir():
        return
    now = time.time()
    for entry in os.scandir(folder):
        if now - entry.stat().st_mtime > _KEPT_FOR:
            Path(entry.path).unlink(missing_ok=True)


def forget(folder: Path) -> None:
    """Remove all that is kept in a folder."""
    if folder.is_dir():
        for entry in os.scandir(folder):
            Path(entry.path).unlink(missing_ok=True)


def checksums(folder: Path, pattern: str) -> str:
    """What files of a folder are called and hold, said in a few letters.

    Raises:
        FileNotFoundError: there is none.

    """
    files = sorted(path for path in folder.glob(pattern) if path.is_file())
    if not files:
        raise FileNotFoundError(folder / pattern)
    names = (file.relative_to(folder).as_posix().encode() for file in files)
    return _sum(*names, *(file.read_bytes() for file in files))


def _sum(*parts: bytes) -> str:
    return hashlib.sha256(b"\n".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _kept(file: Path) -> bytes | None:
    """What a file keeps, which is marked as used; None where it is not what was written."""
    try:
        checksum, _, content = file.read_bytes().partition(b"\n")
        # With its name: a whole file in another's place is as wrong as a damaged one.
        if checksum.decode() != _sum(file.name.encode(), content):
            return None
        if time.time() - file.stat().st_mtime > _DAY:
            os.utime(file)
    except (OSError, ValueError):
        return None
    return content


def _keep(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, error.strerror, str(file.parent)) from error
    fresh = file.with_suffix(f".{os.getpid()}.new")
    fresh.write_bytes(_sum(file.name.encode(), content).encode() + b"\n" + content)
    fresh.replace(file)


def _made(
    missing: Mapping[Path, T],
    make: Callable[[T], bytes],
    prepare: Callable[[], None] | None,
    few: int,
) -> Iterator[tuple[Path, bytes]]:
    if len(missing) <= few:
        if missing and prepare:
            prepare()
        yield from ((file, make(each)) for file, each in missing.items())
        return
    files = list(missing)
    made = side_by_side(make, list(missing.values()), prepare=prepare)
    yield from ((files[place], content) for place, content in made)
