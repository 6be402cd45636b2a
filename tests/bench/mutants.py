"""Small faults put into `tiendo/judge` and `tiendo/check`, one at a time: does a test see each?

    pip install mutmut==3.8.1 coverage==7.17.5                     # beside requirements-dev.txt
    python tests/bench/mutants.py cover                            # which test reaches which line
    python tests/bench/mutants.py trust                            # no fault: all pass; planted: seen
    python tests/bench/mutants.py run [--seed 4206] [--draw 1000]  # goes on where it was stopped
    python tests/bench/mutants.py again                            # what survived, once more
    python tests/bench/mutants.py told                             # the figures, and what survived

By hand; what was found stands in docs/developers/mutants.md.  The faults are mutmut's
(`mutmut.mutation.mutators`), in decorated functions and at the top of a module too, where mutmut
itself makes none.  One process has all tests collected; for each fault it forks, puts the changed
code into the function that has it, and runs the tests that reach its statement up to the first
that fails: those first that saw most faults of that module, then the quick ones, then one of each
file in turn.  What stands outside of functions is imported anew.  A fault that takes far longer
than its tests counts as seen.
All is kept in build/mutants/.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import gc
import hashlib
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import json
import os
import pickle
import random
import re
import resource
import select
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache, partial
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, FunctionType, ModuleType
from typing import Any, cast

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "mutants"
ROOMS = ("judge", "check")
MEMORY = 6 << 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Mutant:
    """A fault: which lines of the source are which instead."""

    file: str
    line: int
    before: str
    after: str
    source: str

    @property
    def name(self) -> str:
        told = f"{self.file}\n{self.source}"
        return f"{self.file}:{self.line}:{hashlib.sha256(told.encode()).hexdigest()[:8]}"


# The faults ---------------------------------------------------------------------------------------


def faults_of(path: Path) -> Iterator[Callable[[], Mutant]]:
    """Every fault of a module; its whole source is only written for those that are drawn."""
    cst = importlib.import_module("libcst")
    metadata = importlib.import_module("libcst.metadata")
    made = importlib.import_module("mutmut.mutation.file_mutation")
    ignored = importlib.import_module("mutmut.mutation.pragma_handling").IgnoredCode
    operators = importlib.import_module("mutmut.mutation.mutators").mutation_operators

    class Everywhere(made.MutationVisitor):  # type: ignore[misc,name-defined]
        """Mutmut's own visitor, which does not shun what is decorated."""

        def _skip_node_and_children(self, node: Any) -> bool:
            decorated = isinstance(node, cst.FunctionDef) and node.decorators
            return not decorated and bool(super()._skip_node_and_children(node))

    text = path.read_text("utf-8")
    wrapped = metadata.MetadataWrapper(cst.parse_module(text))
    visitor = Everywhere(operators, ignored(set(), set(), set()))
    module = wrapped.visit(visitor)

    def fault(each: Any) -> Mutant:
        source = module.deep_replace(each.original_node, each.mutated_node).code
        old, new = text.splitlines(), source.splitlines()
        first = next(at for at, pair in enumerate(zip(old, new, strict=False)) if len({*pair}) > 1)
        same = next(
            at
            for at, pair in enumerate(zip(reversed(old), reversed(new), strict=False))
            if len({*pair}) > 1
        )
        return Mutant(
            file=path.relative_to(ROOT).as_posix(),
            line=first + 1,
            before=_code(old[first : max(first + 1, len(old) - same)]),
            after=_code(new[first : max(first + 1, len(new) - same)]),
            source=source,
        )

    yield from (partial(fault, each) for each in visitor.mutations)


def _code(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines)


def drawn(seed: int, count: int) -> list[Mutant]:
    """Faults drawn by a seed; drawn again only where the modules have changed since."""
    paths = [path for room in ROOMS for path in sorted((ROOT / "tiendo" / room).glob("*.py"))]
    texts = hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()
    file = KEPT / f"{seed}-{count}-{texts[:16]}.pickle"
    if file.is_file():
        return [Mutant(**each) for each in pickle.loads(file.read_bytes())]  # noqa: S301 - our own
    found = [fault for path in paths for fault in faults_of(path)]
    print(len(found), "faults can be made", file=sys.stderr)
    random.Random(seed).shuffle(found)  # noqa: S311 - the same seed draws the same
    made = [fault() for fault in found[:count]]
    KEPT.mkdir(parents=True, exist_ok=True)
    file.write_bytes(pickle.dumps([asdict(each) for each in made]))
    return made


# The tests ----------------------------------------------------------------------------------------

TESTS = (
    *("a_plan_s_life", "areas", "areas_data", "as_shown", "assess", "at_the_edge", "bodies"),
    *("cases", "check", "corrected_figures", "disclosure", "drafts", "due", "editions"),
    *("golden_pages", "heard", "illustrative_results", "lineage", "measure"),
    *("once_for_each_moment", "one_cause_is_told_once", "pages_agencies", "pages_corrections"),
    *("pages_quality", "pages_reports", "pages_verdicts", "plan_data", "plan_text", "plan_then"),
    *("questions", "ranking", "read", "report", "reports_received", "reshaped_plan", "restate"),
    *("scale", "several_reports", "versions", "wholes", "withdrawn", "wording"),
)
"""Files of tests that start no process; those of a finished site are left out."""
SLOW = 40.0
"""Seconds from which on a test is left out."""
QUICK = 0.15
"""Seconds of tests that are asked before all others."""
ARGUMENTS = (
    *("-q", "-p", "no:xdist", "-p", "no:cacheprovider", "-p", "no:faulthandler"),
    *("-o", "addopts=", "--import-mode=importlib", "-k", "not finished_site"),
)


def tested(plugin: object, *chosen: str) -> int:
    """Run tests; what they write goes with them."""
    with TemporaryDirectory() as folder:
        return int(pytest.main([*chosen, *ARGUMENTS, f"--basetemp={folder}/t"], plugins=[plugin]))


READ = KEPT / "read.pickle"


def remember_what_is_read() -> dict[str, bytes]:
    """Have the same files read once: reading comes before `judge` and `check`, and costs most."""
    from tiendo.read import manuscripts, packages  # noqa: PLC0415 - not where it is imported anew

    known: dict[str, bytes] = pickle.loads(READ.read_bytes()) if READ.is_file() else {}  # noqa: S301
    reads = packages._tables

    def tables(data: Path, folder: str, *more: Any, **named: Any) -> packages.PackageRead:
        paths = sorted(path for path in (data / folder).iterdir() if not path.is_dir())
        if any(path.is_symlink() or not path.is_file() for path in paths):
            return reads(data, folder, *more, **named)
        told = repr((folder, more[0], sorted(more[2]), named))
        parts = [
            told.encode(),
            *(part for path in paths for part in (os.fsencode(path.name), path.read_bytes())),
        ]
        key = hashlib.sha256(b"\0".join(parts)).hexdigest()
        if key not in known:
            known[key] = pickle.dumps(reads(data, folder, *more, **named))
        return cast("packages.PackageRead", pickle.loads(known[key]))  # noqa: S301

    packages._tables = tables
    for name in ("_html", "_cleaned"):
        setattr(manuscripts, name, cache(getattr(manuscripts, name)))
    return known


def files() -> list[str]:
    return [f"tests/test_{name}.py" for name in TESTS]


class Covered:
    """Keeps which test reaches which lines, and how long each takes."""

    def __init__(self, coverage: Any) -> None:
        self.coverage = coverage
        self.seconds: dict[str, float] = defaultdict(float)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.coverage.switch_context(nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration


def cover(chosen: Sequence[str]) -> None:
    """Run all, or some files anew, and keep which test reaches which lines in what time."""
    coverage = importlib.import_module("coverage")
    KEPT.mkdir(parents=True, exist_ok=True)
    watched = coverage.Coverage(
        data_file=None, include=[str(ROOT / "tiendo" / room / "*.py") for room in ROOMS]
    )
    watch = Covered(watched)
    watched.start()
    known = remember_what_is_read()
    outcome = tested(watch, *(chosen or files()))
    watched.stop()
    READ.write_bytes(pickle.dumps(known))
    data = watched.get_data()
    file = KEPT / "cover.json"
    kept = json.loads(file.read_text()) if file.is_file() else {"reached": {}, "seconds": {}}
    kept["seconds"] |= watch.seconds
    for name in watch.seconds:
        kept["reached"][name] = {}
    for path in sorted(data.measured_files()):
        for line, names in sorted(data.contexts_by_lineno(path).items()):
            for name in filter(None, names):
                lines = kept["reached"][name].setdefault(
                    Path(path).relative_to(ROOT).as_posix(), []
                )
                lines.append(line)
    file.write_text(json.dumps(kept))
    print(f"{len(watch.seconds)} tests, {sum(watch.seconds.values()):.0f} s, pytest says {outcome}")


class Reach:
    """Which tests reach a statement, and in which order they are asked."""

    def __init__(self) -> None:
        kept = json.loads((KEPT / "cover.json").read_text())
        self.seconds: dict[str, float] = kept["seconds"]
        self.saw: dict[str, Counter[str]] = defaultdict(Counter)
        self.by_file: dict[str, dict[str, set[int]]] = defaultdict(dict)
        for test, reached in kept["reached"].items():
            for file, lines in reached.items():
                if self.seconds[test] < SLOW:
                    self.by_file[file][test] = set(lines)

    def tests(self, mutant: Mutant, most: float, first: str) -> list[str]:
        """As many as run in some seconds; of what runs at import, of all that reach the module."""
        start, end, inside = statement(mutant)
        wanted = set(range(start, end + 1))
        reached = self.by_file[mutant.file]
        seen = self.saw[mutant.file]
        near = [test for test, lines in reached.items() if not inside or wanted & lines]
        if first and not inside:  # what only names a thing of a module reaches no line of it
            near += [
                test for test in self.seconds if test not in reached and re.search(first, test)
            ]
        near.sort(key=lambda test: (self.seconds[test], test))
        place: Counter[str] = Counter()
        turn: dict[str, tuple[bool, int, int]] = {}
        for test in near:
            file = test.partition("::")[0]
            later = not (first and re.search(first, test))
            turn[test] = (later, -seen[test], place[file] if self.seconds[test] > QUICK else -1)
            place[file] += 1
        near.sort(key=lambda test: turn[test])
        sums = accumulate(self.seconds[test] for test in near)
        return [test for test, total in zip(near, sums, strict=True) if total <= most]

    def limit(self, tests: Sequence[str]) -> float:
        return 30 + 6 * sum(self.seconds[test] for test in tests)


def statement(mutant: Mutant) -> tuple[int, int, bool]:
    """The first and last line of the statement a fault is in, and whether a function runs it."""
    found = (mutant.line, mutant.line, False)
    nodes: list[tuple[ast.AST, bool]] = [
        (ast.parse((ROOT / mutant.file).read_text("utf-8")), False)
    ]
    for node, inside in nodes:
        for child in ast.iter_child_nodes(node):
            lines = [each.lineno for each in getattr(child, "decorator_list", [])]
            first = min([getattr(child, "lineno", 0), *lines])
            if not first <= mutant.line <= (getattr(child, "end_lineno", None) or 0):
                continue
            within = inside
            if isinstance(child, ast.stmt):
                last = child.end_lineno or first
                first -= isinstance(child, ast.Continue)  # is jumped over where it is compiled
                body = getattr(child, "body", None)
                if isinstance(body, list) and mutant.line < body[0].lineno:
                    last = max(first, body[0].lineno - 1)  # its head alone
                elif isinstance(child, ast.FunctionDef):
                    within = True
                found = (first, last, within)
            nodes.append((child, within))
    return found


# One fault ----------------------------------------------------------------------------------------


def put_in(mutant: Mutant) -> bool:
    """Give the functions that stand there already the changed code; False where that can't be."""
    name = mutant.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    module = sys.modules[name]
    changed = _functions(compile(mutant.source, module.__file__ or "", "exec"))
    now = {
        (function.__qualname__, function.__code__.co_firstlineno): function
        for function in _living(module)
    }
    different = [
        (function, changed[key])
        for key, function in now.items()
        if key in changed and changed[key] != function.__code__
    ]
    if len(different) != 1 or different[0][0].__code__.co_freevars != different[0][1].co_freevars:
        return False
    function, code = different[0]
    function.__code__ = code
    return True


def _functions(code: CodeType) -> dict[tuple[str, int], CodeType]:
    found = {}
    for each in code.co_consts:
        if isinstance(each, CodeType):
            found[each.co_qualname, each.co_firstlineno] = each
            found |= _functions(each)
    return found


def _living(module: ModuleType) -> Iterator[FunctionType]:
    """The functions and methods of a module, without what they are wrapped in."""
    for thing in vars(module).values():
        mine = getattr(thing, "__module__", None) == module.__name__
        for each in [thing, *(vars(thing).values() if isinstance(thing, type) and mine else ())]:
            bare = inspect.unwrap(getattr(each, "fget", None) or getattr(each, "__func__", each))
            if isinstance(bare, FunctionType) and bare.__module__ == module.__name__:
                yield bare


class Anew(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module out of another source; everything of the project is imported anew."""

    def __init__(self, mutant: Mutant) -> None:
        self.path = ROOT / mutant.file
        self.source = mutant.source
        name = mutant.file.removesuffix(".py").removesuffix("/__init__")
        self.name = name.replace("/", ".")
        for known, module in list(sys.modules.items()):
            file = getattr(module, "__file__", None) or "/"
            if Path(file).is_relative_to(ROOT) and known != "__main__":
                del sys.modules[known]
        sys.meta_path.insert(0, self)

    def find_spec(
        self, name: str, _path: object = None, _target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        folder = [str(self.path.parent)] if self.path.stem == "__init__" else None
        return importlib.util.spec_from_file_location(
            name, self.path, loader=self, submodule_search_locations=folder
        )

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.source, str(self.path), "exec"), module.__dict__)  # noqa: S102


class FirstFailure:
    """Runs chosen tests in an order of ours, up to the first that fails."""

    def __init__(self, chosen: Sequence[str]) -> None:
        self.chosen = {name: at for at, name in enumerate(chosen)}
        self.failed = ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        kept = [item for item in items if item.nodeid in self.chosen]
        items[:] = sorted(kept, key=lambda item: self.chosen[item.nodeid])

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed = self.failed or f"import of {report.nodeid}"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed = self.failed or report.nodeid


class Session:
    """All tests, collected once; each fault has a fork of it."""

    def __init__(self, work: Callable[[Session], None]) -> None:
        self.work = work
        self.items: dict[str, pytest.Item] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        remember_what_is_read()
        gc.freeze()
        self.work(self)
        return True

    def seen_by(self, mutant: Mutant, tests: Sequence[str], limit: float) -> tuple[str, str]:
        """``killed``, ``timeout`` or ``survived``, and the first test that failed."""
        reads, writes = os.pipe()
        folder = TemporaryDirectory()
        child = os.fork()
        if child == 0:
            os.close(reads)
            self._child(mutant, tests, writes, folder.name)
        os.close(writes)
        ready, _, _ = select.select([reads], [], [], limit)
        told = os.read(reads, 65536).decode() if ready else "timeout"
        os.close(reads)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        folder.cleanup()
        outcome, _, by = (told or "killed process ended").partition(" ")
        return outcome, by

    def _child(self, mutant: Mutant, tests: Sequence[str], writes: int, folder: str) -> None:
        told = "killed"
        tempfile.tempdir = folder
        try:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            nothing = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nothing, stream)
            first = FirstFailure(tests)
            if not mutant.source or put_in(mutant):
                self._run(first, tests)
            else:
                Anew(mutant)
                remember_what_is_read()
                outcome = tested(
                    first, "-x", *dict.fromkeys(test.partition("::")[0] for test in tests)
                )
                first.failed = first.failed or ("" if outcome == 0 else f"pytest says {outcome}")
            told = f"killed {first.failed}" if first.failed else "survived"
        except BaseException as wrong:  # noqa: BLE001 - whatever it is, the fault was seen
            told = f"killed {type(wrong).__name__}"
        os.write(writes, told.encode())
        os._exit(0)

    def _run(self, first: FirstFailure, tests: Sequence[str]) -> None:
        items = [self.items[test] for test in tests]
        items[0].config.pluginmanager.register(first)
        factory = items[0].config._tmp_path_factory  # type: ignore[attr-defined]
        factory._basetemp = Path(tempfile.mkdtemp())
        for item, after in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if first.failed:
                return


# All of them --------------------------------------------------------------------------------------


def run(mutants: Sequence[Mutant], log: Path, most: float, first: str) -> None:
    """Each fault that the log does not know yet, to the end of the log."""
    reach = Reach()
    for row in [row for each in KEPT.glob("*.jsonl") for row in rows(each)]:
        reach.saw[row["file"]][row["by"]] += 1
    names = {row["name"] for row in rows(log)}

    def work(session: Session) -> None:
        for number, mutant in enumerate(mutants, 1):
            if mutant.name in names:
                continue
            begun = time.monotonic()
            tests = [test for test in reach.tests(mutant, most, first) if test in session.items]
            outcome, by = "not reached", ""
            if tests:
                outcome, by = session.seen_by(mutant, tests, reach.limit(tests))
            reach.saw[mutant.file][by] += bool(by)
            told = {key: value for key, value in asdict(mutant).items() if key != "source"}
            told |= {"name": mutant.name, "outcome": outcome, "by": by, "tests": len(tests)}
            told["seconds"] = round(time.monotonic() - begun, 1)
            with log.open("a", encoding="utf-8") as kept:
                kept.write(json.dumps(told, ensure_ascii=False) + "\n")
            print(number, mutant.name, outcome, told["seconds"], by, file=sys.stderr, flush=True)

    tested(Session(work), "-s", *files())


def rows(log: Path) -> list[dict[str, Any]]:
    if not log.is_file():
        return []
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def trust() -> None:
    """Without a fault all that is chosen passes; planted ones are seen, in a function and outside."""
    reach = Reach()
    quick = sorted(test for test, seconds in reach.seconds.items() if seconds < SLOW)
    file = "tiendo/judge/assess.py"
    text = (ROOT / file).read_text("utf-8")
    planted = (
        ("no fault", ""),
        ("in a function", text.replace("return value >= case.level", "return value > case.level")),
        (
            "without end",
            text.replace("value >= case.level", "[*iter(int, 1)]"),
        ),
        ("at the top", text.replace("{Verdict.ON_TRACK, Verdict.BEHIND,", "{Verdict.BEHIND,")),
        ("nothing, anew", text + "\nNOTHING = 0\n"),
    )

    def work(session: Session) -> None:
        for name, source in planted:
            assert source != text
            mutant = Mutant(file=file, line=1, before="", after="", source=source)
            tests = quick if not source else [each for each in quick if "assess" in each]
            print(
                name, len(tests), *session.seen_by(mutant, tests, 30 + 3 * len(tests)), flush=True
            )

    tested(Session(work), "-s", *files())


def told(*logs: Path) -> None:
    """The figures, and what survived the last time it was tried."""
    last = {row["name"]: row for log in logs for row in rows(log)}
    print(len(last), "tried:", dict(Counter(row["outcome"] for row in last.values())))
    for row in sorted(last.values(), key=lambda row: (row["file"], row["line"])):
        if row["outcome"] in {"survived", "not reached"}:
            print(f"{row['name']} [{row['outcome']}, {row['tests']} tests]")
            print("  - " + row["before"] + "\n  + " + row["after"])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=("cover", "trust", "run", "again", "told"))
    parser.add_argument("files", nargs="*", help="of tests, for cover: those that changed")
    parser.add_argument("--seed", type=int, default=4206)
    parser.add_argument("--draw", type=int, default=1000)
    parser.add_argument("--only", default="", help="a part of the names of modules")
    parser.add_argument("--first", default="", help="a part of the names of tests to ask first")
    parser.add_argument("--most", type=float, default=30, help="seconds of tests for each fault")
    options = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ["CI"] = "1"  # the same examples of every law each time
    found = drawn(options.seed, options.draw) if options.what in {"run", "again"} else []
    found = [each for each in found if re.search(options.only, each.file)]
    log, more = KEPT / f"{options.seed}.jsonl", KEPT / f"{options.seed}-again.jsonl"
    if options.what == "cover":
        cover(options.files)
    elif options.what == "trust":
        trust()
    elif options.what == "told":
        told(log, more)
    elif options.what == "run":
        run(found, log, options.most, options.first)
    else:
        left = {row["name"] for row in rows(log) if row["outcome"] in {"survived", "not reached"}}
        run([each for each in found if each.name in left], more, options.most, options.first)


if __name__ == "__main__":
    main()
