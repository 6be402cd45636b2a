"""What is taken from a push: the files below ``data/`` and ``docs/<language>/`` as git has them.

Git's plumbing gives the bytes of a commit as they were committed: no attribute, filter, link or
setting of the commit has a say in it, and nothing of it is ever written into a working folder.
What could mean one thing here and another on the machine of who pushed is refused.
"""

from __future__ import annotations

import os
import subprocess
import tarfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from tiendo_server.settings import Settings
from tiendo_server.telling import Refused

ATTRIBUTES = ".gitattributes"
MEANINGS = ("export-ignore", "export-subst", "filter", "ident", "working-tree-encoding")
"""Attributes by which a file is not what was committed."""
MOST_ATTRIBUTES = 2**16
"""Bytes of a file of attributes."""
POINTERS = (
    b"version https://git-lfs.github.com/spec/",
    b"/annex/objects/",
    b"version https://hawser",
)
"""What stands in a file whose content lies elsewhere."""

LONGEST_PART = 120
LONGEST_PATH = 240
FORBIDDEN = frozenset('\\:*?"<>|')
"""Letters that not every disk has in a name."""
LINK, MODULE = "120000", "160000"
PROGRAM_OF_ONE_LEVEL = 10_000
"""Names at the top of a repository, of which there are a dozen."""

REMEMBERED = ("data/results/releases.csv", ":(glob)data/**/datapackage.json")
"""What the program looks up in earlier commits: what had been signed, and for which plan."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A file of a commit."""

    path: str
    mode: str
    name: str
    """The hash of its content."""
    size: int


def git(*arguments: str, repository: Path) -> list[str]:
    """A command of git on the repository, by which nothing of a commit is obeyed."""
    return [
        "git",
        "--no-replace-objects",
        f"--git-dir={repository}",
        "-c",
        "core.attributesFile=/dev/null",
        *arguments,
    ]


def environment() -> dict[str, str]:
    """The environment for git: in a hook it says where the objects of the push lie."""
    return {
        **os.environ,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C.UTF-8",
    }


def answered(repository: Path, *arguments: str) -> str | None:
    """What git says, without the last line end; None where it can't."""
    done = subprocess.run(
        git(*arguments, repository=repository),
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    return done.stdout.decode("utf-8", "replace").rstrip("\n") if done.returncode == 0 else None


def room_of(settings: Settings) -> Path:
    """The folder for what is under way, with its rights, whatever became of it."""
    room = settings.repository / "prepared"
    room.mkdir(mode=0o700, exist_ok=True)
    room.chmod(0o700)
    return room


def taken(settings: Settings, commit: str) -> list[Entry]:
    """The files that are taken from a commit.

    Raises:
        Refused: something among them is not what it seems.

    """
    top = _top(settings, commit)
    folders = [name for name in ("data", *_pages(settings)) if name.split("/")[0] in top]
    if "data" not in top:
        raise Refused("refused.no-data")
    for name in top:
        if name not in {"data", "docs"} and _folded(name) in {"data", "docs"}:
            raise Refused("refused.twins", one=_folded(name), other=name)
    entries: list[Entry] = []
    total = 0
    spelt: dict[str, str] = {}
    for entry in _listed(settings, "ls-tree", "-r", "-l", "-z", "--full-tree", commit, *folders):
        _look_at(entry, spelt, settings)
        total += entry.size
        if total > settings.largest_push:
            raise Refused("refused.too-large", limit=_megabytes(settings.largest_push))
        entries.append(entry)
        if len(entries) > settings.most_files:
            raise Refused("refused.too-many", limit=settings.most_files)
    # A folder in whose place a file stands is none.
    if any(entry.path in {"data", "docs", *_pages(settings)} for entry in entries):
        raise Refused("refused.no-data")
    own = _listed(settings, "ls-tree", "-l", "-z", "--full-tree", commit, ATTRIBUTES, "docs/")
    attributes = [each for each in own if each.path in {ATTRIBUTES, f"docs/{ATTRIBUTES}"}]
    _look_at_attributes(settings, [*attributes, *entries])
    return entries


def packed(settings: Settings, entries: Sequence[Entry], to: tarfile.TarFile, below: str) -> None:
    """Put the files of a commit into an archive, under a folder's name.

    Raises:
        Refused: one of them only points to its content.

    """
    with _contents(settings) as content_of:
        for entry in entries:
            content = content_of(entry)
            if content.startswith(POINTERS):
                raise Refused("refused.pointer", path=entry.path)
            _add(to, f"{below}{entry.path}", content)


def archive(settings: Settings, commit: str, base: str | None) -> IO[bytes]:
    """All that the builder needs of a commit, as a tar archive at its beginning.

    Beside the files: the data of ``base``, to say what changes, and all commits with what is looked
    up in them, for the rule that what is signed stays.

    Raises:
        Refused: the commit holds something that is not taken.

    """
    made = TemporaryFile(dir=room_of(settings))  # noqa: SIM115 - the caller reads it
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as tar:
        packed(settings, taken(settings, commit), tar, "")
        if base is not None:
            before = _listed(settings, "ls-tree", "-r", "-l", "-z", "--full-tree", base, "data")
            files = [each for each in before if each.mode not in {LINK, MODULE}]
            packed(settings, files[: settings.most_files], tar, "base/")
        _add(tar, "history.pack", _history(settings, [commit, *([base] if base else [])]))
    made.seek(0)
    return made


def others(settings: Settings, commit: str, base: str | None) -> list[str]:
    """The names of what a push changes and nobody looks at: at the top, and in ``docs/``."""
    repository = settings.repository
    mine = {"data", "docs"}
    pages = {name.partition("/")[2] for name in _pages(settings)}
    if base is None:
        found = [*_top(settings, commit)]
        inner = [each.path for each in _listed(settings, "ls-tree", "-z", "-l", f"{commit}:docs")]
    else:
        found = _names(repository, "diff-tree", "--name-only", "-z", base, commit)
        pair = (f"{base}:docs", f"{commit}:docs")
        inner = _names(repository, "diff-tree", "--name-only", "-z", *pair)
    return [
        *(name for name in found if name not in mine),
        *(f"docs/{name}" for name in inner if name not in pages),
    ]


def _pages(settings: Settings) -> list[str]:
    return [f"docs/{language}" for language in settings.languages]


def _top(settings: Settings, commit: str) -> list[str]:
    found = []
    for entry in _listed(settings, "ls-tree", "-z", "-l", "--full-tree", commit):
        found.append(entry.path)
        if len(found) > PROGRAM_OF_ONE_LEVEL:
            raise Refused("refused.too-many", limit=PROGRAM_OF_ONE_LEVEL)
    return found


def _listed(settings: Settings, *arguments: str) -> Iterator[Entry]:
    """What ``git ls-tree`` lists, one by one: a tree of a hundred objects can list for years."""
    with subprocess.Popen(
        git(*arguments, repository=settings.repository),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
    ) as listing:
        assert listing.stdout is not None  # noqa: S101 - as asked for
        try:
            for record in _records(listing.stdout):
                head, _, raw = record.partition(b"\t")
                mode, _, name, size = head.decode("ascii").split()
                try:
                    path = raw.decode("utf-8")
                except UnicodeDecodeError:
                    shown = raw.decode("utf-8", "backslashreplace")
                    raise Refused("refused.name", path=shown) from None
                yield Entry(path=path, mode=mode, name=name, size=0 if size == "-" else int(size))
        finally:
            listing.kill()


def _records(stream: IO[bytes]) -> Iterator[bytes]:
    """What stands between zero bytes."""
    rest = b""
    while piece := stream.read(2**16):
        *whole, rest = (rest + piece).split(b"\0")
        yield from whole
        if len(rest) > 2**16:
            raise Refused("refused.name", path=rest[:80].decode("utf-8", "backslashreplace"))


def _names(repository: Path, *arguments: str) -> list[str]:
    return [name for name in (answered(repository, *arguments) or "").split("\0") if name]


def _look_at(entry: Entry, spelt: dict[str, str], settings: Settings) -> None:
    """Refuse what is no plain file with a name of its own; ``spelt`` are the names before it."""
    _look_at_name(entry.path)
    if entry.mode == LINK:
        raise Refused("refused.link", path=entry.path)
    if entry.mode == MODULE:
        raise Refused("refused.module", path=entry.path)
    parts = entry.path.split("/")
    for end in range(1, len(parts) + 1):
        path = "/".join(parts[:end])
        if spelt.setdefault(_folded(path), path) != path:
            raise Refused("refused.twins", one=spelt[_folded(path)], other=path)
    if entry.size > settings.largest_file:
        raise Refused("refused.large", path=entry.path, limit=_megabytes(settings.largest_file))


def _look_at_name(path: str) -> None:
    for part in path.split("/"):
        strange = any(unicodedata.category(letter)[0] == "C" for letter in part)
        lines = any(unicodedata.category(letter) in {"Zl", "Zp"} for letter in part)
        if strange or lines or FORBIDDEN & set(part) or part != part.strip() or part.endswith("."):
            raise Refused("refused.name", path=path)
        if (
            part in {"", ".", ".."}
            or _folded(part).startswith((".git/", "git~"))
            or (_folded(part) == ".git")
        ):
            raise Refused("refused.name", path=path)
        if len(part.encode()) > LONGEST_PART:
            raise Refused("refused.name", path=path)
    if len(path.encode()) > LONGEST_PATH:
        raise Refused("refused.name", path=path)


def _folded(path: str) -> str:
    """What some disks, and people, take for the same name."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", path).casefold())


def _look_at_attributes(settings: Settings, entries: Sequence[Entry]) -> None:
    """Refuse attributes by which files would not be what was committed."""
    files = [each for each in entries if each.path.split("/")[-1] == ATTRIBUTES]
    with _contents(settings) as content_of:
        for file in files:
            if file.mode == LINK:
                raise Refused("refused.link", path=file.path)
            if file.size > MOST_ATTRIBUTES:
                raise Refused("refused.large", path=file.path, limit=_megabytes(MOST_ATTRIBUTES))
            lines = content_of(file).decode("utf-8", "replace").splitlines()
            for number, line in enumerate(lines, 1):
                if line.lstrip().startswith("#"):
                    continue
                for given in line.split()[1:]:
                    if given.partition("=")[0] in MEANINGS:
                        raise Refused(
                            "refused.attribute", path=file.path, line=number, attribute=given
                        )


@contextmanager
def _contents(settings: Settings) -> Iterator[Callable[[Entry], bytes]]:
    """A function that gives the content of a file of a commit."""
    with subprocess.Popen(
        git("cat-file", "--batch", repository=settings.repository),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
    ) as reading:
        assert reading.stdin is not None  # noqa: S101 - as asked for
        assert reading.stdout is not None  # noqa: S101 - as asked for
        asked, given = reading.stdin, reading.stdout

        def content_of(entry: Entry) -> bytes:
            asked.write(f"{entry.name}\n".encode("ascii"))
            asked.flush()
            head = given.readline().split()
            if len(head) != 3 or head[1] != b"blob" or int(head[2]) != entry.size:  # noqa: PLR2004
                raise Refused("refused.name", path=entry.path)
            content = given.read(entry.size)
            given.read(1)
            return content

        try:
            yield content_of
        finally:
            reading.kill()


def _history(settings: Settings, commits: Sequence[str]) -> bytes:
    """A pack of all commits and folders, and of what of their content is looked up."""
    wanted = subprocess.run(
        git(
            *("rev-list", "--objects", "--no-object-names", "--filter=blob:none", *commits),
            repository=settings.repository,
        ),
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env=environment(),
    ).stdout
    changed = answered(
        settings.repository,
        *("log", "--format=", "--raw", "--no-abbrev", "--no-renames", "-m", "--root"),
        *("--full-history", *commits, "--", *REMEMBERED),
    )
    blobs = set()
    for line in (changed or "").splitlines():
        fields = line.split()
        # :<mode> <mode> <hash before> <hash after> <what happened>
        if len(fields) > 4 and fields[1] not in {LINK, MODULE, "000000"}:  # noqa: PLR2004
            blobs.add(fields[3])
    return subprocess.run(
        git("pack-objects", "--stdout", "-q", repository=settings.repository),
        check=True,
        input=wanted + "".join(f"{blob}\n" for blob in sorted(blobs)).encode("ascii"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
    ).stdout


def _add(tar: tarfile.TarFile, path: str, content: bytes) -> None:
    member = tarfile.TarInfo(path)
    member.size = len(content)
    member.mode = 0o644
    tar.addfile(member, BytesIO(content))


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.3g} MB"
