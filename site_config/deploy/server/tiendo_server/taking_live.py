"""Who takes a site live: what a socket starts, the only one that may write what the public sees.

It runs no program of anybody's and no part of the one that builds.  It takes an archive of plain
files, makes them its own, and moves one link.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from filecmp import cmp
from pathlib import Path
from typing import IO, Any

from tiendo_server import moments
from tiendo_server.frames import Bounded, Broken, heard, say
from tiendo_server.settings import Settings
from tiendo_server.unpacking import Unfit, files_of, unpacked

DONE, HINDERED = 0, 2
COMMIT = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")
NAME = re.compile(r"[0-9]{8}T[0-9]{6}\.[0-9]{3}Z-([0-9a-f]{40}|[0-9a-f]{64})")
"""A site that was live: when it became so, and of which commit it is."""
MARK = ".tiendo"
"""What the program puts into every site that it makes."""
MOST_FILES = 500_000
MOST_BYTES = 8 * 2**30


def main(settings: Settings) -> int:
    """Answer one question; gives the exit code of the service itself."""
    os.umask(0o022)
    with os.fdopen(os.dup(0), "rb") as source, os.fdopen(os.dup(1), "wb") as to:
        os.dup2(2, 1)
        try:
            question = heard(source)
            with _alone(settings):
                if question.get("do") == "show":
                    answer = _shown(settings, str(question.get("name")))
                else:
                    answer = _placed(settings, question, source)
            say(to, **answer)
        except (Unfit, ValueError, KeyError, TypeError) as error:
            say(to, exit=HINDERED, why=str(error))
        except OSError as error:
            with suppress(OSError):
                say(to, exit=HINDERED, why=error.strerror or str(error))
        except Broken:
            return 1
    return 0


def kept(settings: Settings) -> list[str]:
    """The names of the sites that were live and are there, the newest first."""
    with suppress(FileNotFoundError):
        names = (path.name for path in (settings.home / "sites").iterdir())
        return sorted(filter(NAME.fullmatch, names), reverse=True)
    return []


def live_name(settings: Settings) -> str:
    """The name of the site that is shown; empty where there is none."""
    with suppress(OSError):
        return settings.live.readlink().name
    return ""


def live_commit(settings: Settings) -> str:
    """The commit whose site is shown; empty where there is none."""
    return live_name(settings).rpartition("-")[2]


def adopted(settings: Settings, name: str, source: IO[bytes]) -> None:
    """Make a site of an older server this one's own: its plain files, from an archive of them.

    Raises:
        Unfit, OSError: it can't be.

    """
    if not NAME.fullmatch(name):
        raise Unfit(f"{name!r} is no name of a site")
    os.umask(0o022)
    with _alone(settings):
        fresh = settings.home / "sites" / ".fresh"
        unpacked(source, fresh, most_files=MOST_FILES, most_bytes=MOST_BYTES)
        fresh.rename(settings.home / "sites" / name)


def _placed(settings: Settings, question: Mapping[str, Any], source: IO[bytes]) -> dict[str, Any]:
    """Take a site, and show it unless it is the very one that is shown."""
    commit, size = question["commit"], question["size"]
    if not (isinstance(commit, str) and COMMIT.fullmatch(commit)):
        raise Unfit("no commit")
    if not (isinstance(size, int) and 0 <= size <= MOST_BYTES):
        raise Unfit("no size")
    moment = datetime.fromisoformat(question["moment"])
    if moment.tzinfo is None:
        raise Unfit("no moment")
    # Not before what was shown once, and not before its hour.
    latest = moments.to_build_for(settings, moments.clock(settings))
    known = moments.remembered(settings)
    if moment > latest or (known is not None and moment < known):
        return {"exit": HINDERED, "why": "moment"}
    sites = settings.home / "sites"
    fresh = sites / ".fresh"
    unpacked(Bounded(source, size), fresh, most_files=MOST_FILES, most_bytes=MOST_BYTES)
    if not ((fresh / MARK).is_file() and (fresh / "index.html").is_file()):
        raise Unfit("no site")
    if live_commit(settings) == commit and _same(fresh, settings.live):
        shutil.rmtree(fresh)
        moments.remember(settings, moment)
        return {"exit": DONE, "same": True}
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}"[:-3] + f"Z-{commit}"
    fresh.rename(sites / name)
    # A power cut must not leave a link to files without content.
    os.sync()
    # Before it is shown: broken off in between, nothing is taken back by a clock.
    moments.remember(settings, moment)
    _show(settings, name)
    for old in kept(settings)[settings.keep + 1 :]:
        if old != name:
            shutil.rmtree(sites / old, ignore_errors=True)
    return {"exit": DONE, "same": False}


def _shown(settings: Settings, name: str) -> dict[str, Any]:
    if name not in kept(settings):
        raise Unfit("no such site")
    _show(settings, name)
    return {"exit": DONE, "same": False}


def _show(settings: Settings, name: str) -> None:
    """Make a folder of ``sites/`` the live one, in one step."""
    fresh = settings.home / "live.next"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(f"sites/{name}")
    fresh.rename(settings.live)


def _same(one: Path, other: Path) -> bool:
    """Whether two sites have the same files."""
    files = [{path.relative_to(site): path for path in files_of(site)} for site in (one, other)]
    return files[0].keys() == files[1].keys() and all(
        cmp(path, files[1][name], shallow=False) for name, path in files[0].items()
    )


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """The folder of sites, with its rights, for this process alone; nothing half made in it."""
    sites = settings.home / "sites"
    sites.mkdir(exist_ok=True)
    sites.chmod(0o755)
    handle = os.open(sites, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        shutil.rmtree(sites / ".fresh", ignore_errors=True)
        yield
    finally:
        shutil.rmtree(sites / ".fresh", ignore_errors=True)
        os.close(handle)
