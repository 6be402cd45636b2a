"""Chromium for all tests: one for each process, since Playwright can't be started twice in one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, expect, sync_playwright

CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but the tests' own server can be reached, whatever a page asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)

PATIENCE = 240_000
"""Milliseconds that a page may take: a busy machine is slow, and no page is wrong for that."""


@contextmanager
def opened_browser() -> Iterator[Browser]:
    """Chromium, of the system if there is one."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(CHROMIUM)
        )
        expect.set_options(timeout=PATIENCE)
        for name in ("new_context", "new_page"):
            setattr(chromium, name, _patient(getattr(chromium, name)))
        yield chromium
        chromium.close()


def _patient(opened: Callable[..., Any]) -> Callable[..., Any]:
    """The same, but what it opens waits as long as it takes."""

    def waits(**settings: object) -> Any:
        one = opened(**settings)
        one.set_default_timeout(PATIENCE)
        return one

    return waits
