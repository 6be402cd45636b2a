"""Data folders for tests: copies of the golden cases that can be edited, and what is found in them."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import datetime
from pathlib import Path

from tiendo.config import ROOT, Run, site_settings
from tiendo.read.archive import read
from tiendo.site.inspection import Inspected, inspected
from tiendo.terms import Problem

CASES = Path(__file__).parent / "cases"
SMALL = CASES / "small" / "data"
SITE = site_settings()
NOW = datetime(2025, 6, 1, tzinfo=SITE.timezone)
"""When the golden cases are looked at: 2023 and 2024 are public, 2025 is announced."""


def program_copied(project: Path, to: Path, *, leave_out: tuple[str, ...] = ()) -> None:
    """Copy all of a project that a build needs but its data."""
    ignored = shutil.ignore_patterns("__pycache__", *leave_out)
    for name in ("docs", "site_config", "templates", "tiendo"):
        shutil.copytree(project / name, to / name, ignore=ignored, dirs_exist_ok=True)
    for pattern in ("build.py", "mkdocs.yml", "pyproject.toml", "requirements*"):
        for path in project.glob(pattern):
            shutil.copy2(path, to / path.name)


def small(folder: Path) -> Path:
    """A copy of the small case, as it was signed off."""
    return Path(shutil.copytree(SMALL, folder / "data"))


def without_text(data: Path) -> Path:
    """The same folder, its plan without a text."""
    (data / "plan" / "text.csv").unlink()
    file = data / "plan" / "datapackage.json"
    descriptor = json.loads(file.read_text())
    descriptor["resources"] = [each for each in descriptor["resources"] if each["name"] != "text"]
    file.write_text(json.dumps(descriptor, ensure_ascii=False))
    return data


def draft(folder: Path) -> Path:
    """A copy of the small case whose edition of 2024 is not signed off: it may be edited."""
    data = small(folder)
    releases = data / "results" / "releases.csv"
    kept = [line for line in releases.read_text().splitlines(keepends=True) if line[:4] != "2024"]
    releases.write_text("".join(kept))
    return data


def signed_again(data: Path) -> Path:
    """A draft of 2024, signed off as it stands: the same folder."""
    releases = data / "results" / "releases.csv"
    row = {"year": "2024", "version": "1", "released": "2025-01-15T09:00:00+07:00"}
    write_table(releases, [*table(releases), {**row, "sha256": "0" * 64}])
    sign_again(data)
    return data


def inspect(data: Path, *, official: bool = False, now: datetime = NOW) -> Inspected:
    run = Run(data=data, site=data.parent / "site", now=now, language="vi", official=official)
    return inspected(run, SITE)


def problems(data: Path, *, now: datetime = NOW) -> tuple[Problem, ...]:
    return inspect(data, now=now).problems


def told(data: Path, *, now: datetime = NOW) -> list[str]:
    """What is found, as ``code file:row column value``, without the parts that are not known."""
    return [line(problem) for problem in problems(data, now=now)]


def line(problem: Problem) -> str:
    place = problem.place
    where = place.file.rpartition("results/")[2] + (f":{place.row}" if place.row else "")
    return " ".join(filter(None, (problem.code, where, place.column, place.value)))


def swap(file: Path, old: str, new: str) -> None:
    """Put a text in the place of another one that occurs once."""
    text = file.read_bytes().decode()
    assert text.count(old) == 1, f"{file.name}: {text.count(old)} × {old!r}"
    file.write_bytes(text.replace(old, new).encode())


def table(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text())))


def write_table(file: Path, rows: list[dict[str, str]]) -> None:
    """Write rows under the header that the file has."""
    names = file.read_text().split("\n", 1)[0].split(",")
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    file.write_text(text.getvalue())


def observed(data: Path, indicator: str, area: str, year: int = 2024, **cells: str) -> None:
    """Change cells of one observation; a row that is not there is added."""
    file = data / f"results/{year}/v1/observations.csv"
    rows = table(file)
    for row in rows:
        if (row["indicator"], row["area"]) == (indicator, area):
            row.update(cells)
            break
    else:
        rows.append({"indicator": indicator, "area": area, **cells})
    write_table(file, rows)


def unobserved(data: Path, indicator: str, area: str, year: int = 2024) -> None:
    """Take one observation away."""
    file = data / f"results/{year}/v1/observations.csv"
    write_table(
        file, [row for row in table(file) if (row["indicator"], row["area"]) != (indicator, area)]
    )


def sign_again(data: Path, languages: tuple[str, ...] = SITE.languages) -> None:
    """Put the hashes of the files as they are now into the calendar."""
    archive, _ = read(data, languages)
    assert archive is not None
    hashes = {(edition.year, edition.version): edition.sha256 for edition in archive.editions}
    file = data / "results" / "releases.csv"
    rows = table(file)
    for row in rows:
        if row["sha256"]:
            key = (int(row["year"]), int(row["version"]))
            row["sha256"] = hashes.get(key, row["sha256"])
    write_table(file, rows)


def plan_until(folder: Path, year: int) -> Path:
    """A copy of the shipped data as it stood when a year was the newest edition."""
    data = Path(shutil.copytree(ROOT / "data", folder / "data"))
    for version in data.glob("results/2*"):
        if int(version.name) > year:
            shutil.rmtree(version)
    releases = data / "results" / "releases.csv"
    header, *rows = releases.read_text().splitlines(keepends=True)
    releases.write_text("".join([header, *(row for row in rows if int(row[:4]) <= year)]))
    return data
