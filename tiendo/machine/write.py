"""Bytes into folders: only into folders of our own, and all of them or none.

A folder of ours holds an empty file ``.tiendo``.  A folder that does not, and is not empty, is
somebody else's, and nothing here touches it.

What is made is a mapping from paths to bytes.  A path is relative to the folder, with ``/``
between its parts whatever the system.  A path that leaves the folder, two paths that some disk
would take for one, and a path that is taken already are faults of the program, not of the data.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from tiendo.machine.outputs import Taken

MARK = ".tiendo"
"""The name of the empty file that says that a folder is ours."""


class NotOurs(Exception):
    """Something stands at a path that this program has not made, and it will not be replaced."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path


class Hindrance(StrEnum):
    """Why a disk does not take what is written; a person can do something about each."""

    FULL = "full"
    """No room is left on the disk, or in the quota."""
    FORBIDDEN = "forbidden"
    """The folder, or the disk, is not ours to write to."""
    MOUNTED = "mounted"
    """The folder is the root of a disk or of a container's volume, so it can't be renamed."""
    NO_FOLDER = "no-folder"
    """A part of the path is a file."""
    IS_FOLDER = "is-folder"
    """A folder stands where a file is wanted."""
    NAME = "name"
    """The path is too long for the disk, or it leads in a circle."""
    BROKEN = "broken"
    """The disk, or the way to it, fails."""
    LIMIT = "limit"
    """No more memory, files or processes are allowed."""


class CannotWrite(Exception):
    """The disk does not take what is written at `path`; what stood there stands."""

    def __init__(self, path: Path, hindrance: Hindrance) -> None:
        super().__init__(path, hindrance)
        self.path = path
        self.hindrance = hindrance


_HINDRANCES = {
    errno.ENOSPC: Hindrance.FULL,
    errno.EDQUOT: Hindrance.FULL,
    errno.EFBIG: Hindrance.FULL,
    errno.EACCES: Hindrance.FORBIDDEN,
    errno.EPERM: Hindrance.FORBIDDEN,
    errno.EROFS: Hindrance.FORBIDDEN,
    errno.EBUSY: Hindrance.MOUNTED,
    errno.EXDEV: Hindrance.MOUNTED,
    errno.ENOTDIR: Hindrance.NO_FOLDER,
    errno.EISDIR: Hindrance.IS_FOLDER,
    errno.ENAMETOOLONG: Hindrance.NAME,
    errno.ELOOP: Hindrance.NAME,
    errno.EIO: Hindrance.BROKEN,
    errno.ENXIO: Hindrance.BROKEN,
    errno.ENODEV: Hindrance.BROKEN,
    errno.ESTALE: Hindrance.BROKEN,
    errno.ETIMEDOUT: Hindrance.BROKEN,
    errno.ENOMEM: Hindrance.LIMIT,
    errno.EMFILE: Hindrance.LIMIT,
    errno.ENFILE: Hindrance.LIMIT,
    errno.EAGAIN: Hindrance.LIMIT,
}


@contextmanager
def hindrances_told(path: Path) -> Iterator[None]:
    """Inside, an `OSError` that a person can mend becomes `CannotWrite`; others go on."""
    try:
        yield
    except OSError as error:
        hindrance = hindrance_of(error)
        if hindrance is None:
            raise
        raise CannotWrite(path, hindrance) from error


def hindrance_of(error: OSError | MemoryError) -> Hindrance | None:
    """What hinders the machine; None where it is no hindrance that a person could remove."""
    if isinstance(error, shutil.Error):
        # One for all that could not be copied, each with its own reason, as a text.
        numbers = re.findall(r"\[Errno (\d+)\]", str(error))
        return next(filter(None, (_HINDRANCES.get(int(number)) for number in numbers)), None)
    if isinstance(error, MemoryError):
        return Hindrance.LIMIT
    return _HINDRANCES.get(error.errno or 0)


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Add `files` to `folder`, which is ours or does not exist or is empty.

    Raises `NotOurs`, `CannotWrite`; `ValueError` for a path that leaves the folder; `Taken` for
    paths that can't stand together in a folder, and for one that is taken.
    """
    _refuse_impossible(files)
    with hindrances_told(folder):
        _claim(folder)
        for path in _with_parents(files, folder):
            try:
                file = (folder / path).open("xb")
            except FileExistsError as error:
                raise Taken(path) from error
            with file:
                file.write(files[path])


def update(files: Mapping[str, bytes], folder: Path) -> frozenset[str]:
    """Make `folder` hold `files` and nothing else; what is the same already is left untouched.

    Gives the paths that were written or removed.  Raises what `write` raises, save
    `FileExistsError`.
    """
    _refuse_impossible(files)
    with hindrances_told(folder):
        _claim(folder)
        changed = _removed(folder, keep=files)
        for path in _with_parents(files, folder):
            target = folder / path
            if not (target.is_file() and target.read_bytes() == files[path]):
                target.write_bytes(files[path])
                changed.add(path)
    return frozenset(changed)


def put(files: Mapping[str, bytes], folder: Path) -> None:
    """Let each of `files` stand in `folder`, a person's own, one after another in their order.

    All are written beside it before the first takes its place; if one can't take it, those
    before it are as they were.  Killed in the middle, the last of them does not stand.
    Raises `CannotWrite`; `ValueError` for paths that can't stand together in a folder.
    """
    _refuse_impossible(files)
    done: list[tuple[Path, bytes | None]] = []
    with hindrances_told(folder), TemporaryDirectory(prefix=f"{MARK}-", dir=folder) as name:
        for number, content in enumerate(files.values()):
            (Path(name) / str(number)).write_bytes(content)
        try:
            for number, path in enumerate(files):
                target = folder / path
                stand(target.parent)
                done.append((target, target.read_bytes() if target.is_file() else None))
                (Path(name) / str(number)).replace(target)
        except OSError:
            for target, before in reversed(done):
                with suppress(OSError):
                    if before is None:
                        target.unlink(missing_ok=True)
                        for parent in target.relative_to(folder).parents[:-1]:
                            (folder / parent).rmdir()
                    else:
                        target.write_bytes(before)
            raise


@contextmanager
def replacing(site: Path, *, waiting: Callable[[], None] = lambda: None) -> Iterator[Path]:
    """A fresh folder to fill; once the block has ended well, it stands at `site`.

    Until then, and for ever if the block ends in an exception, what stood at `site` stands
    there.  Killed at any moment, a whole old or a whole new site stands; where the system can't
    exchange two folders in one step (it can on Linux), there is an instant with none, and
    the next call puts the old one back.  What a killed build left over is removed by the next.

    A `site` that is a symbolic link is followed.  `waiting` is called if another process is
    replacing the same site, before waiting for it to end.  Raises `NotOurs`, `CannotWrite`.
    """
    site = Path(os.path.realpath(site))
    _refuse_strangers(site)
    # Beside the site, not in the build folder: a rename does not go from one disk to another.
    workplace = site.with_name(f".{site.name}{MARK}")
    fresh, old = workplace / "fresh", workplace / "old"
    with locked(workplace, waiting=waiting):
        try:
            with hindrances_told(site):
                _restore(site, old)
                _refuse_strangers(site)
                _remove(fresh, old)
                _claim(fresh)
            yield fresh
            with hindrances_told(site):
                _put(fresh, site, old)
        finally:
            _restore(site, old)
            with suppress(OSError):
                _remove(fresh, old)
                (workplace / _LOCK).unlink()
                workplace.rmdir()


@contextmanager
def locked(folder: Path, *, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Holds `folder`, which is made if need be, for this process alone.

    The lock ends with the process, however it ends.  `waiting` is called if another process
    holds it, before waiting for that one to end.
    """
    lock = None
    while lock is None:
        with hindrances_told(folder), suppress(FileNotFoundError):
            stand(folder)
            lock = _taken(folder / _LOCK, waiting)
    with lock:
        yield


def stand(folder: Path) -> None:
    """Make a folder if need be; raises `NotADirectoryError` where a file stands in its place."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, error.strerror, str(folder)) from error


_LOCK = "lock"

_FROM_HERE = -100
_EXCHANGE = 2
"""``AT_FDCWD`` and ``RENAME_EXCHANGE`` of Linux, see renameat2(2)."""

_CANNOT_EXCHANGE = frozenset({errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EXDEV})
"""What renameat2(2) and file systems answer that have no exchange."""


def _refuse_impossible(files: Mapping[str, bytes]) -> None:
    """Raise `ValueError` for a path that leaves the folder or clashes with another."""
    spelt: dict[str, str] = {}
    folders: set[str] = set()
    for path in files:
        parts = path.split("/")
        if any(part in {"", ".", ".."} for part in parts) or set(path) & set('\\:*?"<>|\0'):
            raise ValueError(f"not a path inside a folder: {path!r}")
        for end in range(1, len(parts) + 1):
            name = "/".join(parts[:end])
            if end < len(parts):
                folders.add(name)
            # macOS and Windows take these for one; so do people.
            folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
            if spelt.setdefault(folded, name) != name:
                raise Taken(name, f"one path spelt in two ways: {spelt[folded]!r}, {name!r}")
    if MARK in files or MARK in folders:
        raise ValueError(f"a path with a meaning of its own: {MARK!r}")
    if both := folders & files.keys():
        raise Taken(min(both), f"a file and a folder: {min(both)!r}")


def _refuse_strangers(folder: Path) -> None:
    """Raise `NotOurs` unless `folder` is missing, empty, or ours.

    One that somebody has made a repository of has become theirs.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise NotOurs(folder)
    names = {entry.name for entry in folder.iterdir()}
    if names and (MARK not in names or ".git" in names):
        raise NotOurs(folder)


def _claim(folder: Path) -> None:
    _refuse_strangers(folder)
    stand(folder)
    (folder / MARK).touch()


def _with_parents(files: Mapping[str, bytes], folder: Path) -> Iterator[str]:
    """The paths of `files` in order, each once the folder that it lies in stands."""
    standing = set()
    for path in sorted(files):
        parent = path.rpartition("/")[0]
        if parent not in standing:
            (folder / parent).mkdir(parents=True, exist_ok=True)
            standing.add(parent)
        yield path


def _removed(folder: Path, *, keep: Mapping[str, bytes]) -> set[str]:
    """Remove every file but those kept, and every folder left empty; gives the files' paths."""
    removed = set()
    for name, folders, files in os.walk(folder, topdown=False):
        here = Path(name)
        links = {entry for entry in folders if (here / entry).is_symlink()}
        for entry in {*files, *links}:
            target = here / entry
            path = target.relative_to(folder).as_posix()
            # A link is never ours: writing through it could leave the folder.
            if path != MARK and (path not in keep or target.is_symlink()):
                target.unlink()
                removed.add(path)
        if here != folder and not any(here.iterdir()):
            here.rmdir()
    return removed


def _remove(*folders: Path) -> None:
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)


def _put(fresh: Path, site: Path, old: Path) -> None:
    """Put `fresh` in the place of `site`."""
    if not site.exists():
        fresh.rename(site)
    elif not _exchanged(fresh, site):
        site.rename(old)
        fresh.rename(site)


def _restore(site: Path, old: Path) -> None:
    """Put the old site back where a swap in two steps has ended after the first."""
    if old.exists() and not site.exists():
        old.rename(site)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the two folders have changed places, in one step that can't be seen half done."""
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    # The flags are unsigned, and the paths are not wide characters.
    renameat2.argtypes = (
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_uint,
    )
    ends = (_FROM_HERE, os.fsencode(one), _FROM_HERE, os.fsencode(other))
    if renameat2(*ends, _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


def _taken(path: Path, waiting: Callable[[], None]) -> BinaryIO | None:
    """The lock file at `path`, locked; None if another process removed it in the meantime."""
    with ExitStack() as on_failure:
        lock = on_failure.enter_context(path.open("ab"))
        _lock(lock, waiting)
        if os.path.samestat(path.stat(), os.fstat(lock.fileno())):
            on_failure.pop_all()
            return lock
    return None


if sys.platform == "win32":
    import msvcrt
    import time

    def _lock(lock: BinaryIO, waiting: Callable[[], None]) -> None:
        """Lock the first byte: Windows has no call that waits for as long as it takes."""
        told = False
        while True:
            try:
                msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                if not told:
                    waiting()
                told = True
                time.sleep(0.2)
            else:
                return

else:
    import fcntl

    def _lock(lock: BinaryIO, waiting: Callable[[], None]) -> None:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(lock, fcntl.LOCK_EX)
