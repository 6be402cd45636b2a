"""A site is left as it stands only where all that it follows from is what it was."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from edits_at_hand import EDITS, Edit, what_is_kept_is_damaged
from packages_at_hand import NOW, SITE, draft, inspect, program_copied, small

from tiendo import config
from tiendo.config import ROOT, Run, Site
from tiendo.machine.write import write
from tiendo.site import standing
from tiendo.terms import Archive


@dataclass
class Asked:
    """What a key is asked for: each may be changed."""

    project: Path
    archive: Archive
    run: Run
    site: Site

    @property
    def key(self) -> str | None:
        return standing.key_of(self.archive, self.run, self.site)


def aged(folder: Path) -> None:
    """Let every file be of an hour ago."""
    then = time.time() - 3600
    for path in folder.rglob("*"):
        os.utime(path, (then, then))


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asked:
    program_copied(ROOT, tmp_path)
    data = draft(tmp_path)
    aged(tmp_path)
    for module in (standing, config):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(standing, "config_folders", lambda: (tmp_path / "site_config",))
    archive = inspect(data).archive
    assert archive is not None
    run = Run(data=data, site=tmp_path / "site", now=NOW, language="vi")
    return Asked(tmp_path, archive, run, SITE)


@pytest.mark.parametrize("edit", [edit for edit in EDITS if edit is not what_is_kept_is_damaged])
def test_whatever_a_site_is_made_from_changes_its_key(asked: Asked, edit: Edit) -> None:
    before = asked.key
    edit(asked.project, Random(1))  # noqa: S311 - it draws an edit, no secret

    assert asked.key is None  # it has only just been written
    aged(asked.project)
    assert before is not None
    assert asked.key not in {None, before}


def a_preview(asked: Asked, _: pytest.MonkeyPatch) -> None:
    asked.run = replace(asked.run, preview=True)


def a_day(asked: Asked, _: pytest.MonkeyPatch) -> None:
    asked.run = replace(asked.run, now=asked.run.now + timedelta(days=1))


def a_setting(asked: Asked, _: pytest.MonkeyPatch) -> None:
    asked.site = replace(asked.site, address="https://example.org/")


def a_library(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    del asked
    newer = SimpleNamespace(name="mkdocs", version="9.9")
    monkeypatch.setattr(standing, "distributions", lambda: [*metadata.distributions(), newer])


def a_file_by_another_name(asked: Asked, _: pytest.MonkeyPatch) -> None:
    path = asked.project / "templates" / "area.md.jinja"
    path.rename(path.with_name("areas.md.jinja"))


def a_link_to_a_folder(asked: Asked, _: pytest.MonkeyPatch) -> None:
    (asked.project / "templates" / "more").symlink_to(asked.project / "docs")


Change = Callable[[Asked, pytest.MonkeyPatch], None]
CHANGES: tuple[Change, ...] = (
    a_preview,
    a_day,
    a_setting,
    a_library,
    a_file_by_another_name,
    a_link_to_a_folder,
)


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_build_is_asked_for_changes_its_key(
    asked: Asked, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = asked.key
    change(asked, monkeypatch)

    assert before is not None
    assert asked.key != before


def test_of_the_moment_counts_the_day_and_which_hours_have_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "_BEGAN", time.time() + 3600)
    data = small(tmp_path)
    archive = inspect(data).archive
    assert archive is not None
    released = archive.releases[-1].released

    def key(now: datetime) -> str | None:
        run = Run(data=data, site=tmp_path / "site", now=now, language="vi")
        return standing.key_of(archive, run, SITE)

    minute = timedelta(minutes=1)
    keys = [key(released + each * minute) for each in (-2, -1, 0, 1)]
    assert None not in keys
    assert keys[0] == keys[1] != keys[2] == keys[3]


def built(folder: Path) -> Path:
    write({"index.html": b"1", "nam/2024/index.html": b"2024"}, folder / "site")
    standing.remember(folder / "site", "key", folder / "notes")
    return folder / "site"


def test_a_site_stands_that_was_built_so(tmp_path: Path) -> None:
    site = built(tmp_path)

    assert standing.stands(site, "key", tmp_path / "notes")
    assert not standing.stands(site, "another", tmp_path / "notes")
    assert not standing.stands(site, None, tmp_path / "notes")
    assert not standing.stands(tmp_path / "elsewhere", "key", tmp_path / "notes")


def changed(site: Path) -> None:
    (site / "index.html").write_bytes(b"2")


def gone(site: Path) -> None:
    (site / "nam" / "2024" / "index.html").unlink()


def more(site: Path) -> None:
    (site / "nam" / "more.html").write_bytes(b"")


def forgotten(site: Path) -> None:
    for note in (site.parent / "notes").iterdir():
        note.write_bytes(note.read_bytes()[:-9])


def never(site: Path) -> None:
    standing.remember(site, None, site.parent / "notes")


@pytest.mark.parametrize("what", [changed, gone, more, forgotten, never])
def test_a_site_that_is_another_does_not_stand(
    tmp_path: Path, what: Callable[[Path], None]
) -> None:
    site = built(tmp_path)
    what(site)

    assert not standing.stands(site, "key", tmp_path / "notes")
