"""Whether the site that stands is the one that would be built: then nothing is made.

A site follows from files, settings, program, libraries and the moment that is asked for.  After a
build their hash is written down with those of all files of the site; before the next one both are
asked for again.  Of the moment counts the day, and which of the hours that the data name have come.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

from tiendo.config import ROOT, Run, Site, config_folders
from tiendo.terms import Archive

_BEGAN = time.time()
_SURELY_READ = 10.0
"""Seconds before this process began: what has changed since may have been read as it was."""


def key_of(archive: Archive, run: Run, site: Site) -> str | None:
    """All that a site follows from, in a few letters; None where that can't be said for sure."""
    said = sha256()
    try:
        for file in _sources(run):
            if file.stat().st_mtime > _BEGAN - _SURELY_READ:
                return None
            said.update(f"{file}\n{sha256(file.read_bytes()).hexdigest()}\n".encode())
    except OSError:
        return None
    hours = [
        *(each.released for each in archive.releases),
        *(each.withdrawn for each in archive.withdrawals),
        site.security_expires,
    ]
    parts = (
        repr(site),
        repr(run.preview),
        run.now.isoformat()[:10],
        run.now.astimezone(site.timezone).isoformat()[:10],
        repr([hour is not None and hour <= run.now for hour in hours]),
        *sorted(f"{each.name} {each.version}" for each in distributions()),
        sys.version,
    )
    said.update("\n".join(parts).encode())
    return said.hexdigest()


def stands(site: Path, key: str | None, notes: Path) -> bool:
    """Whether a site was built with this key, and no file of it is another since then.

    `notes` is the folder where it was written down.
    """
    if key is None:
        return False
    try:
        told = json.loads(_note(site, notes).read_text("utf-8"))
        return bool(told == {"key": key, "files": _files(site)})
    except (OSError, ValueError):
        return False


def remember(site: Path, key: str | None, notes: Path) -> None:
    """Write down what a site that has just been built follows from, and what it holds."""
    note = _note(site, notes)
    if key is None:
        note.unlink(missing_ok=True)
        return
    notes.mkdir(parents=True, exist_ok=True)
    fresh = note.with_suffix(".new")
    fresh.write_text(json.dumps({"key": key, "files": _files(site)}), "utf-8")
    fresh.replace(note)


def _note(site: Path, notes: Path) -> Path:
    return notes / f"{sha256(os.path.realpath(site).encode()).hexdigest()}.json"


def _files(site: Path) -> dict[str, str]:
    return {
        file.relative_to(site).as_posix(): sha256(file.read_bytes()).hexdigest()
        for file in _below(site)
    }


def _sources(run: Run) -> Iterator[Path]:
    """The files that enter a site, in a fixed order."""
    yield from _below(run.data)
    for folder in (*run.docs, ROOT / "templates", *config_folders()):
        yield from _below(folder)
    yield from _ending(_below(ROOT / "tiendo"), ".py")
    yield ROOT / "mkdocs.yml"


def _below(folder: Path) -> list[Path]:
    """All files of a folder, but for its history; a link to a folder stands for no file."""
    found = []
    for where, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != ".git"]
        links = [name for name in folders if (Path(where) / name).is_symlink()]
        found += [Path(where) / name for name in (*files, *links)]
    return sorted(found)


def _ending(files: Iterable[Path], ending: str) -> Iterator[Path]:
    return (file for file in files if file.suffix == ending)
