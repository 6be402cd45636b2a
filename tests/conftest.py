"""What all tests share: golden files, and the way to the module that edits cases."""

from __future__ import annotations

import difflib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

# A law holds however slow the machine is; and what is to be merged is judged by the same examples.
settings.register_profile(
    "project",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("project")

# A shell that puts the tests into its background has them, and what they start, ignore Ctrl+C.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

sys.path.append(str(Path(__file__).parent))  # for packages_at_hand

Golden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept",
        action="store_true",
        help="write what the golden cases give now into their expected files",
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a text with the file it is expected in, or writes it there with --accept."""

    def compared(expected: Path, text: str) -> None:
        if request.config.getoption("--accept"):
            expected.parent.mkdir(parents=True, exist_ok=True)
            expected.write_bytes(text.encode())
            return
        known = expected.read_bytes().decode() if expected.is_file() else ""
        if known != text:
            lines = difflib.unified_diff(
                known.splitlines(), text.splitlines(), "expected", "given", lineterm="", n=1
            )
            pytest.fail(
                f"{expected.name} (pytest --accept takes what is given)\n" + "\n".join(lines),
                pytrace=False,
            )

    return compared


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of all tests that run in a process."""
    from browser_at_hand import opened_browser  # noqa: PLC0415 - its folder was put on the path above

    with opened_browser() as chromium:
        yield chromium
