"""What a data folder holds and all that is wrong with it, before anything is made of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tiendo.check import results as check
from tiendo.check.versions import history_problems
from tiendo.config import ROOT, Run, Site
from tiendo.machine.write import put
from tiendo.read import manuscripts
from tiendo.read.archive import read
from tiendo.read.history import History
from tiendo.terms import Archive, Problem
from tiendo.words import addresses

ASSETS = ROOT / "site_config" / "assets"


@dataclass(frozen=True, kw_only=True, slots=True)
class Inspected:
    """What a data folder holds, and what is wrong with it."""

    archive: Archive | None
    """None where plan or areas could not be read."""
    problems: tuple[Problem, ...]

    @property
    def stops(self) -> bool:
        """Whether nothing may be published from it."""
        return self.archive is None or any(problem.stops for problem in self.problems)


def inspected(run: Run, site: Site, *, past: History | None = None) -> Inspected:
    """The data with all of its problems; ``past`` is what had been signed off before."""
    archive, unreadable = read(run.data, site.languages)
    broken: list[Problem] = []
    if archive is not None:
        broken += check.problems(archive, run.now, jump_points=site.jump_points)
        if run.official:
            broken += check.refused(archive)
        if run.exposed:
            broken += check.exposed(archive, run.now)
        broken += history_problems(archive, past or History())
    broken += manuscripts.problems(
        run.docs, site.languages, addresses.HANDWRITTEN, surroundings(site)
    )
    # What can't be read may be the cause of what a rule finds: it is told first.
    ordered = [*_in_order(unreadable), *_in_order(broken)]
    unique = {(p.place, p.code, tuple(sorted(p.facts.items()))): p for p in reversed(ordered)}
    return Inspected(archive=archive, problems=tuple(reversed(unique.values())))


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    """By file, row and column."""
    return sorted(
        problems, key=lambda p: (p.place.file, p.place.row or 0, p.place.column or "", p.code)
    )


def frame_files() -> list[Path]:
    """The files of the frame that every language has; style sheets are put together."""
    return sorted(
        path for path in ASSETS.rglob("*") if path.is_file() and path.suffix not in {".css", ".ttf"}
    )


def surroundings(site: Site) -> manuscripts.Surroundings:
    """What pages written by hand may lead to, whatever the data are."""
    return manuscripts.Surroundings(
        site=site.address,
        folders=tuple(f"{language}/" for language in site.languages[1:]),
        depending=tuple(addresses.named(folder, site) for folder in addresses.DEPENDING),
        pages={
            addresses.HOME: addresses.HOME,
            **{
                f"{page}/": f"{name}/"
                for page, name in site.names.items()
                if f"{page}/" not in addresses.KINDS
            },
        },
        files={
            addresses.named(addresses.CALENDAR_FILE, site),
            addresses.FEED,
            *(f"{addresses.ASSETS}{path.relative_to(ASSETS).as_posix()}" for path in frame_files()),
        },
    )


def inspected_with(files: Mapping[str, bytes], run: Run, site: Site) -> Inspected:
    """The data as it would be with some files in it; the data itself is left as it is."""
    with TemporaryDirectory() as folder:
        staged = replace(run, data=Path(folder) / "data")
        shutil.copytree(run.data, staged.data, symlinks=True, ignore=shutil.ignore_patterns(".git"))
        put(files, staged.data)
        return inspected(staged, site)
