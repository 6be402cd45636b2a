"""What the git history of a data folder knows; the one door to git.

Where there is no git, no repository, or not enough of it (a shallow clone), nothing is known, and
nothing is said.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
import tarfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

PATIENCE = 60
"""Seconds that git may take."""

TARGETS = ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "TIENDO_BRANCH")
"""Variables in which whoever runs a check names the branch that a change is meant for."""

MAIN = ("HEAD", "main", "master")


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """The rows of the calendar that were signed off in an earlier state of the data."""

    revision: str
    """The commit, short."""
    signed: Mapping[tuple[int, int], tuple[datetime, str]]
    """Moment and hash by year and version."""


def signed_before(data: Path) -> tuple[Past, ...]:
    """What had been signed off where this change began; nothing where that can't be known.

    That is the last commit shared with the branch that the change is meant for.  Where no such
    branch is known, or its newest commit is the one at hand, the commit at hand and its parent.
    """
    prefix = _git(data, "rev-parse", "--show-prefix")
    if prefix is None:
        return ()
    here = _commit(data, "HEAD")
    bases = _bases(data)
    if not bases or here in bases:
        bases = [*bases, here, _commit(data, "HEAD~1")]
    path = f"{prefix.decode().strip()}results/releases.csv"
    found = []
    for base in dict.fromkeys(filter(None, bases)):
        raw = _git(data, "cat-file", "blob", f"{base}:{path}")
        if raw is not None:
            found.append(Past(revision=base[:10], signed=_signed(raw)))
    return tuple(found)


def commit_of(data: Path, revision: str) -> str | None:
    """The hash of the commit that a name stands for; None where git knows none."""
    return _commit(data, revision)


def extracted(data: Path, commit: str, folder: Path) -> bool:
    """Whether the data folder as it was in a commit now stands in ``folder``, which is empty."""
    raw = _git(data, "archive", "--format=tar", commit, ".")
    if raw is None:
        return False
    with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
        for member in archive:
            path = PurePosixPath(member.name)
            content = archive.extractfile(member) if member.isfile() else None
            if content is None or path.is_absolute() or ".." in path.parts:
                continue
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.read())
    return True


def _bases(data: Path) -> list[str | None]:
    names = [*filter(None, (os.environ.get(name) for name in TARGETS)), *MAIN]
    refs = [f"refs/remotes/origin/{name}" for name in dict.fromkeys(names)]
    tips = _git(data, "for-each-ref", "--format=%(objectname)", *refs)
    found = []
    for tip in dict.fromkeys((tips or b"").decode().split()):
        base = _git(data, "merge-base", "HEAD", tip)
        if base is not None:
            found.append(base.decode().strip())
    return [*dict.fromkeys(found)]


def _commit(data: Path, revision: str) -> str | None:
    raw = _git(
        data, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    return raw.decode().strip() if raw is not None else None


def _signed(raw: bytes) -> dict[tuple[int, int], tuple[datetime, str]]:
    """The signed rows of a calendar; rows that can't be read had never been signed by us."""
    found = {}
    for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig", "replace"), newline="")):
        with suppress(KeyError, TypeError, ValueError):
            if row["sha256"]:
                key = int(row["year"]), int(row["version"])
                found[key] = datetime.fromisoformat(row["released"]), row["sha256"]
    return found


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git answers; None where there is no git, or it does not know."""
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and no argument that is an option
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - whichever git there is
            capture_output=True,
            check=False,
            timeout=PATIENCE,
            env=os.environ | {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"},
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None
