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
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

from tiendo.config import ROOT, Run, Site, config_folders
from tiendo.machine.cache import Cache
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
    told = _notes(notes).kept(os.path.realpath(site))
    return told is not None and key is not None and told == _said(site, key)


def remember(site: Path, key: str | None, notes: Path) -> None:
    """Write down what a site that has just been built follows from, and what it holds."""
    _notes(notes).keep(os.path.realpath(site), _said(site, key) if key is not None else b"")


def _notes(folder: Path) -> Cache:
    return Cache(folder=folder, ending=".json", world="")


def _said(site: Path, key: str) -> bytes:
    return json.dumps({"key": key, "files": _files(site)}).encode()


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
    yield from (file for file in _below(ROOT / "tiendo") if file.suffix == ".py")
    yield ROOT / "mkdocs.yml"


def _below(folder: Path) -> list[Path]:
    """All files of a folder, but for its history; a link to a folder stands for no file."""
    found = []
    for where, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != ".git"]
        links = [name for name in folders if (Path(where) / name).is_symlink()]
        found += [Path(where) / name for name in (*files, *links)]
    return sorted(found)
