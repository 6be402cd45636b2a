"""What the git history of a data folder knows; the one door to git.

Where there is no git and no repository nothing is known, and nothing is said; that a clone is
shallow, so that not all can be known, is told.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

PATIENCE = 60
"""Seconds that git may take."""

TARGETS = ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "TIENDO_BRANCH")
"""Variables in which whoever runs a check names the branch that a change is meant for."""

MAIN = ("HEAD", "main", "master")

CALENDAR = "results/releases.csv"
WITHDRAWALS = "results/withdrawals.csv"

Key = tuple[int, int]
"""Year and version."""

State = tuple[datetime, str]
"""Moment and hash."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """A row of the calendar as it was signed off in some earlier state of the data."""

    year: int
    version: int
    released: datetime
    sha256: str
    revision: str
    """The first commit that has it so, short."""
    recent: bool
    """Whether it stood so where this change began."""
    illustrative: bool
    """Whether the figures that were signed were invented ones."""
    plan: str
    """The number of the plan that it was signed for; empty where that can't be known."""
    after: frozenset[State] = frozenset()
    """What had been signed for the same version before, wherever this was."""


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """What had been signed off, in all that git has of the data."""

    signed: tuple[Past, ...] = ()
    shallow: bool = False
    """Whether git has only the newest part of it."""
    withdrawn: Mapping[tuple[int, int, str, str], str] = field(default_factory=dict)
    """What was ever withdrawn (year, version, and of a single figure indicator and area), with the
    first commit that has it so, short."""


def signed_before(data: Path) -> History:
    """Every row that was ever signed off, in the history of what is at hand and of its target.

    The target is the branch that the change is meant for.  A row is recent where the last commit
    shared with that branch has it; where no such branch is known, or its newest commit is the one
    at hand, where the commit at hand or its parent has it.
    """
    prefix = _git(data, "rev-parse", "--show-prefix")
    here = _commit(data, "HEAD")
    if prefix is None or here is None:
        return History()
    tips, bases = _bases(data)
    if not bases or here in bases:
        bases = [*bases, here, *filter(None, [_commit(data, "HEAD~1")])]
    folder = prefix.decode().strip()
    parents = _touched(data, (here, *tips, *bases), f"{folder}{CALENDAR}", f"{folder}{WITHDRAWALS}")
    commits = [*dict.fromkeys((*parents, *bases))]
    files = _contents(
        data,
        [f"{commit}:{folder}{name}" for commit in commits for name in (CALENDAR, WITHDRAWALS)],
    )
    states = {commit: _signed(files[f"{commit}:{folder}{CALENDAR}"] or b"") for commit in commits}
    withdrawn: dict[tuple[int, int, str, str], str] = {}
    for commit in commits:
        for key in _withdrawn(files[f"{commit}:{folder}{WITHDRAWALS}"] or b""):
            withdrawn.setdefault(key, commit[:10])
    shallow = _git(data, "rev-parse", "--is-shallow-repository")
    return History(
        withdrawn=withdrawn,
        signed=tuple(_pasts(data, folder, parents, states, bases)),
        shallow=(shallow or b"").strip() == b"true" and any(states.values()),
    )


def _pasts(
    data: Path,
    folder: str,
    parents: Mapping[str, Sequence[str]],
    states: Mapping[str, Mapping[Key, State]],
    bases: Sequence[str],
) -> Iterable[Past]:
    """Each row in each of its states once, with what came before it."""
    signed_by: dict[str, dict[Key, frozenset[State]]] = {}
    first: dict[tuple[Key, State], str] = {}
    after: dict[tuple[Key, State], frozenset[State]] = {}
    for commit, older in parents.items():  # parents come first
        before: dict[Key, frozenset[State]] = {}
        for parent in older:
            for key, known in signed_by.get(parent, {}).items():
                before[key] = before.get(key, frozenset()) | known
        for key, state in states[commit].items():
            earlier = before.get(key, frozenset())
            first.setdefault((key, state), commit)
            after[key, state] = after.get((key, state), earlier) & earlier
            before[key] = earlier | {state}
        signed_by[commit] = before
    recent = {(key, state) for base in bases for key, state in states[base].items()}
    for base in bases:
        for row in states[base].items():
            first.setdefault(row, base)
    plans = {commit: f"{commit}:{folder}plan/datapackage.json" for commit in {*first.values()}}
    folders = {
        (key, state): f"{commit}:{folder}results/{key[0]}/v{key[1]}/datapackage.json"
        for (key, state), commit in first.items()
    }
    found = _contents(data, [*plans.values(), *folders.values()])
    for (key, state), commit in first.items():
        plan = _described(found[plans[commit]]).get("plan")
        yield Past(
            year=key[0],
            version=key[1],
            released=state[0],
            sha256=state[1],
            revision=commit[:10],
            recent=(key, state) in recent,
            illustrative=_described(found[folders[key, state]]).get("illustrative") is True,
            plan=str(plan.get("number", "")) if isinstance(plan, dict) else "",
            after=after.get((key, state), frozenset()) - {state},
        )


def _touched(data: Path, tips: Iterable[str], *paths: str) -> dict[str, list[str]]:
    """Every commit that changed one of some files, oldest first, each with those before it."""
    raw = _git(
        data,
        *("log", "--full-history", "--parents", "--topo-order", "--reverse"),
        *("--format=%H %P", *dict.fromkeys(tips), "--", *(f":(top){path}" for path in paths)),
    )
    lines = (line.split() for line in (raw or b"").decode().splitlines())
    return {commit: older for commit, *older in lines}


def _contents(data: Path, names: Sequence[str]) -> dict[str, bytes | None]:
    """What stands under names like ``commit:path``, asked for all at once; None: nothing."""
    asked = [name for name in dict.fromkeys(names) if "\n" not in name]
    ids = _git(
        data,
        "cat-file",
        "--batch-check=%(objectname) %(objecttype)",
        given="".join(f"{name}\n" for name in asked).encode(),
    )
    found: dict[str, bytes | None] = dict.fromkeys(names)
    blobs = {}
    for name, line in zip(
        asked, (ids or b"").decode("utf-8", "replace").splitlines(), strict=False
    ):
        if line.endswith(" blob"):
            blobs[name] = line.split()[0]
    raw = _git(
        data, "cat-file", "--batch", given="".join(f"{i}\n" for i in {*blobs.values()}).encode()
    )
    by_id = {}
    stream = io.BytesIO(raw or b"")
    while head := stream.readline().split():
        by_id[head[0].decode()] = stream.read(int(head[2]))
        stream.read(1)
    return found | {name: by_id.get(blob) for name, blob in blobs.items()}


def _described(raw: bytes | None) -> dict[str, object]:
    """A descriptor; nothing where it can't be read."""
    with suppress(ValueError, RecursionError):
        read = json.loads((raw or b"").decode("utf-8-sig"))
        if isinstance(read, dict):
            return read
    return {}


def commit_of(data: Path, revision: str) -> str | None:
    """The hash of the commit that a name stands for; None where git knows none."""
    return _commit(data, revision)


def other_state(data: Path) -> str:
    """The name of the state that a change is told against where nobody names one.

    What was pushed last, so that all that is about to be pushed is told; where nothing is, the
    commit at hand; and where that holds all of the data too, the one before their last change.
    """
    pushed = _git(data, "rev-parse", "--abbrev-ref", "--symbolic-full-name", "@{push}")
    names = [pushed.decode().strip()] if pushed is not None else []
    names += [f"origin/{name}" for name in MAIN if _commit(data, f"refs/remotes/origin/{name}")]
    untracked = _git(data, "ls-files", "--others", "--exclude-standard", "--", ".")
    for name in (*names, "HEAD"):
        if untracked or _git(data, "diff", "--quiet", name, "--", ".") is None:
            return name
    # The parents of the last commit that changed the data, short.
    parents = (_git(data, "log", "-1", "--format=%p", "--", ".") or b"").decode().split()
    return parents[0] if parents else "HEAD"


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


def _bases(data: Path) -> tuple[list[str], list[str]]:
    """The newest commits of the target, and the last ones shared with each of them."""
    names = [*filter(None, (os.environ.get(name) for name in TARGETS)), *MAIN]
    refs = [f"refs/remotes/origin/{name}" for name in dict.fromkeys(names)]
    raw = _git(data, "for-each-ref", "--format=%(objectname)", *refs)
    tips = [*dict.fromkeys((raw or b"").decode().split())]
    shared = [_git(data, "merge-base", "HEAD", tip) for tip in tips]
    return tips, [*dict.fromkeys(base.decode().strip() for base in shared if base is not None)]


def _commit(data: Path, revision: str) -> str | None:
    raw = _git(
        data, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    return raw.decode().strip() if raw is not None else None


def _signed(raw: bytes) -> dict[Key, State]:
    """The signed rows of a calendar; rows that can't be read had never been signed by us."""
    found = {}
    for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig", "replace"), newline="")):
        with suppress(KeyError, TypeError, ValueError):
            if row["sha256"]:
                key = int(row["year"]), int(row["version"])
                found[key] = datetime.fromisoformat(row["released"]), row["sha256"]
    return found


def _withdrawn(raw: bytes) -> frozenset[tuple[int, int, str, str]]:
    """What the rows take back; rows that can't be read never took anything back."""
    found = set()
    for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig", "replace"), newline="")):
        with suppress(KeyError, TypeError, ValueError):
            figure = (row["indicator"] or "", row["area"] or "")
            found.add((int(row["year"]), int(row["version"]), *figure))
    return frozenset(found)


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """What git answers; None where there is no git, or it does not know."""
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and no argument that is an option
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - whichever git there is
            capture_output=True,
            check=False,
            timeout=PATIENCE,
            input=given,
            # What was committed, not what someone put in its place afterwards.
            env=os.environ
            | {
                "GIT_OPTIONAL_LOCKS": "0",
                "GIT_TERMINAL_PROMPT": "0",
                "GIT_NO_REPLACE_OBJECTS": "1",
            },
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None
