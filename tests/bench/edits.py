"""Random changes, for as long as one likes: a site built over what is kept is the one from nothing.

Run by hand, with the environment that ``build.py`` makes:

    python tests/bench/edits.py --minutes 60 --seed 1

Two copies of the project are changed alike; one builds over what its earlier builds kept, the other
with ``--fresh``.  Every file is compared.  Ends with 1, and says which paths differ and what was
changed, at the first difference.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from edits_at_hand import EDITS, what_is_kept_is_damaged  # noqa: E402
from packages_at_hand import draft, program_copied  # noqa: E402

DAYS = ("2025-06-01", "2025-06-02", "2026-02-01")
"""The days that a build may be asked for."""


def main() -> int:
    """Change, build twice, compare, until the time is over."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=60)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    end = time.monotonic() + 60 * chosen.minutes
    random = Random(chosen.seed)  # noqa: S311 - it draws edits, no secrets
    with TemporaryDirectory() as name:
        kept, fresh = Path(name) / "kept", Path(name) / "fresh"
        for project in (kept, fresh):
            program_copied(ROOT, project)
            draft(project)
        rounds = 0
        while time.monotonic() < end:
            edits = random.sample(EDITS, random.randint(0, 3))
            day = random.choice(DAYS)
            for edit in edits:
                seed = random.random()
                edit(kept, Random(seed))  # noqa: S311
                if edit is not what_is_kept_is_damaged:
                    edit(fresh, Random(seed))  # noqa: S311
            told = [_built(kept, day), _built(fresh, day, "--fresh")]
            rounds += 1
            said = ", ".join(edit.__name__ for edit in edits) or "nothing"
            differing = _different(kept / "site", fresh / "site")
            print(f"{rounds}: {day}, {said}: {told[0]}, {len(differing)} differ", flush=True)
            if differing or told[0] != told[1]:
                print(told, *differing, sep="\n")
                return 1
    return 0


def _built(project: Path, day: str, *more: str) -> int:
    command = [
        sys.executable,
        str(project / "build.py"),
        "build",
        "--preview",
        "--today",
        day,
        *more,
    ]
    return subprocess.run(command, cwd=project, capture_output=True, check=False).returncode


def _different(one: Path, other: Path) -> list[str]:
    found = [
        {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        for folder in (one, other)
    ]
    return sorted(
        path for path in {*found[0], *found[1]} if found[0].get(path) != found[1].get(path)
    )


if __name__ == "__main__":
    sys.exit(main())
