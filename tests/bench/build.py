"""What a whole build costs, by hand: time, memory, size.

    python tests/bench/build.py [--areas 100 1000 3000] [--editions 4] [--runs 3] [--profile]

For the plan in ``data/`` and for countries made by ``country.py``, each in a copy of the program
with a build folder of its own: a cold build (no charts drawn yet), the same once more, and one
after a single figure changed.  Each is a process of its own, looked at from outside: its time by
the clock and that of all cores, the steps as it tells them, and the most memory that all of its
processes held together (Linux only).  Of several runs the median stands; a build that took longer
than a minute is not repeated.

``--profile`` shows instead where the main process of a rebuild of each spends its time.
"""

from __future__ import annotations

import argparse
import os
import platform
import pstats
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent))

from bench.country import FIRST_YEAR, Country, change_a_figure, make  # noqa: E402  (a script beside it)

PROGRAM = ("build.py", "mkdocs.yml", "pyproject.toml", "tiendo", "templates", "docs", "site_config")
LISTS = "requirements*"
LONG = 60.0
"""Seconds from which on a build is run once only."""
SAMPLED_EVERY = 0.1
MEGA = 1_000_000
STEP = re.compile(r"\s*([0-9.]+) s  (.+)")
LIBRARIES = ("mkdocs", "mkdocs-material", "altair", "vl-convert-python", "pandas", "frictionless")


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """One run of the program."""

    seconds: float
    busy: float
    """Seconds that all cores together worked for it: what is left of it on a machine of others."""
    memory: int
    """Bytes that its processes held together, at most; 0 where that can't be seen."""
    steps: dict[str, float]
    """Seconds of each step that it told, under the name of the step; reading comes before all."""


def build(program: Path, data: Path, today: str, *extra: str) -> Built:
    """Build a site in a process of its own; raises where it was not built."""
    command = [sys.executable, *extra, "build.py", "build", "--lang", "en"]
    command += ["--data", str(data), "--site", str(program / "site"), "--today", today]
    start, idle = time.monotonic(), _busy()
    with subprocess.Popen(command, cwd=program, stderr=subprocess.PIPE, text=True) as process:
        most = [0]
        watcher = threading.Thread(target=_watch, args=(process, most), daemon=True)
        watcher.start()
        lines = list(process.stderr or ())
    watcher.join()
    seconds = time.monotonic() - start
    if process.returncode:
        raise RuntimeError("".join(lines))
    told = [(float(m[1]), m[2]) for m in map(STEP.match, lines) if m]
    starts = [at for at, _ in told]
    names = ["Reading and checking", *(name for _, name in told[:-1])]
    # What comes before the program's own clock starts is Python's, and the libraries'.
    spans = [starts[0] + seconds - starts[-1]]
    spans += [after - before for before, after in pairwise(starts)]
    return Built(
        seconds=seconds,
        busy=_busy() - idle,
        memory=most[0],
        steps=dict(zip(names, spans, strict=True)),
    )


def _busy() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def _watch(process: subprocess.Popen[str], most: list[int]) -> None:
    while process.poll() is None:
        most[0] = max(most[0], sum(_held(process.pid)))
        time.sleep(SAMPLED_EVERY)


def _held(root: int) -> Iterator[int]:
    """Bytes of each process below and including one, as Linux counts them."""
    below: dict[int, list[int]] = {}
    # A glob would look at each of them, and fail at one that ends meanwhile.
    for name in (entry.name for entry in Path("/proc").iterdir()):
        if not name.isdigit():
            continue
        try:
            parent = int(Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it has ended
        below.setdefault(parent, []).append(int(name))
    page = os.sysconf("SC_PAGE_SIZE")
    found = [root]
    for pid in found:
        found += below.get(pid, [])
        try:
            yield int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * page
        except OSError:
            continue


def repeated(runs: int, program: Path, data: Path, today: str, *, cold: bool) -> Built:
    """The run with the median time of several, or the only one of a long build."""
    found: list[Built] = []
    while len(found) < runs and not (found and found[0].seconds > LONG):
        if cold:
            shutil.rmtree(program / "build", ignore_errors=True)
        found.append(build(program, data, today))
    middle = median(run.seconds for run in found)
    return min(found, key=lambda run: abs(run.seconds - middle))


def copied(into: Path) -> Path:
    """A copy of the program with a build folder of its own."""
    into.mkdir()
    for path in (*(ROOT / name for name in PROGRAM), *ROOT.glob(LISTS)):
        if path.is_dir():
            shutil.copytree(path, into / path.name)
        else:
            shutil.copy(path, into)
    return into


def size(folder: Path, pattern: str = "*") -> tuple[int, int]:
    """How many files of a folder fit a pattern, and their bytes."""
    sizes = [path.stat().st_size for path in folder.rglob(pattern) if path.is_file()]
    return len(sizes), sum(sizes)


def measured(name: str, program: Path, data: Path, today: str, runs: int) -> None:
    """Print what the three builds of one plan cost."""
    print(f"\n## {name}\n")
    builds = {"cold": repeated(runs, program, data, today, cold=True)}
    builds["again"] = repeated(runs, program, data, today, cold=False)
    change_a_figure(data)
    # The second time the change would be in the cache: one run, whatever it takes.
    builds["one figure changed"] = build(program, data, today)
    for kind, run in builds.items():
        print(f"{kind:20} {run.seconds:8.1f} s {run.busy:8.1f} s busy {run.memory / MEGA:8.0f} MB")
        for step, seconds in run.steps.items():
            print(f"    {step:26} {seconds:8.1f} s")
    for what, folder, pattern in (
        ("site", program / "site", "*"),
        ("of which pages", program / "site", "*.html"),
        ("of which data", program / "site" / "du-lieu", "*"),
        ("of which interface", program / "site" / "api", "*"),
        ("search index, vi", program / "site" / "tim-kiem", "*.json"),
        ("chart cache", program / "build" / "charts", "*.svg"),
    ):
        files, total = size(folder, pattern)
        print(f"{what:20} {files:8} files {total / MEGA:10.1f} MB")
    longest = max((p.stat().st_size, p) for p in (program / "site").rglob("*.html"))
    print(f"longest page         {longest[0] / MEGA:8.2f} MB {longest[1].parent.name}", flush=True)


def profiled(name: str, program: Path, data: Path, today: str) -> None:
    """Print where the main process of a rebuild spends its time."""
    build(program, data, today)
    file = program / "profile"
    build(program, data, today, "-m", "cProfile", "-o", str(file))
    print(f"\n## {name}\n", flush=True)
    pstats.Stats(str(file)).sort_stats("cumulative").print_stats("tiendo", 60)


def cases(options: argparse.Namespace, work: Path) -> Iterator[tuple[str, Path, str]]:
    """Each plan by its name, with its data and a day on which all of it is public."""
    own = work / "own"
    shutil.copytree(ROOT / "data", own)
    last = max(path.parent.name for path in (own / "results").glob("*/v1"))
    yield "data/", own, f"{int(last) + 1}-02-01"
    for areas in options.areas:
        country = Country(areas=areas, editions=options.editions)
        folder = work / f"areas-{areas}"
        make(country, folder)
        name = f"{areas:,} areas, {options.editions} editions, {country.figures:,} figures"
        yield name, folder, f"{FIRST_YEAR + options.editions}-02-01"


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--areas", type=int, nargs="*", default=[100, 1000, 3000])
    parser.add_argument("--editions", type=int, default=4)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.platform()}")
    print(", ".join(f"{name} {version(name)}" for name in LIBRARIES))
    with tempfile.TemporaryDirectory(prefix="tiendo-bench-") as folder:
        for number, (name, data, today) in enumerate(cases(options, Path(folder))):
            program = copied(Path(folder) / f"program-{number}")
            if options.profile:
                profiled(name, program, data, today)
            else:
                measured(name, program, data, today, options.runs)
            shutil.rmtree(program)


if __name__ == "__main__":
    main()
