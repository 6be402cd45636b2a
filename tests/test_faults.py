"""`docs/developers/faults.md`: whether the tests that it names are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

PROJECT = Path(__file__).parent.parent
PAGE = PROJECT / "docs" / "developers" / "faults.md"
STATES = {"open", "held"}


def rows() -> dict[str, tuple[str, str]]:
    """State and tests of each fault."""
    found = re.findall(
        r"^\| ([A-E]\d+) \| .* \| ([a-z]+) \| (.*) \|$", PAGE.read_text("utf-8"), re.MULTILINE
    )
    assert len(dict.fromkeys(name for name, _, _ in found)) == len(found), "a fault stands twice"
    return {name: (state, tests) for name, state, tests in found}


def test_every_fault_that_was_found_has_its_row() -> None:
    kinds = {"A": 23, "B": 12, "C": 7, "D": 12, "E": 6}
    assert sorted(rows()) == sorted(
        f"{kind}{number}" for kind, count in kinds.items() for number in range(1, count + 1)
    )


def test_a_fault_is_held_by_tests_that_are_there() -> None:
    wrong = []
    for name, (state, tests) in rows().items():
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", tests)
        if state not in STATES or (state == "held" and not named):
            wrong.append(f"{name}: {state}, by no test")
        wrong += [f"{name}: {file}::{test}" for file, test in named if not stands(file, test)]
    assert wrong == []


def stands(file: str, test: str) -> bool:
    path = PROJECT / file
    return (
        test.startswith("test_")
        and path.is_file()
        and any(
            isinstance(node, ast.FunctionDef) and node.name == test
            for node in ast.parse(path.read_text("utf-8")).body
        )
    )
