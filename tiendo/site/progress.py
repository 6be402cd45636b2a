"""What a person is told while the program works: one line a step, moving only on a terminal."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TextIO

from tiendo.words.wording import Words


class Unheard(Exception):
    """What is said does not come out: whoever was to get it has closed, or its disk is full."""


class Outlet(io.TextIOBase):
    """A stream that says of a failure that it is its own; any other `OSError` is about a file."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    def writable(self) -> bool:
        """It is for nothing else."""
        return True

    def isatty(self) -> bool:
        """Whether a person looks on."""
        return self._stream.isatty()

    def write(self, text: str) -> int:
        """Write all of a text; raises `Unheard`."""
        with self._own_failures():
            return self._stream.write(text)

    def flush(self) -> None:
        """Let everything come out; raises `Unheard`."""
        if not self.closed:
            with self._own_failures():
                self._stream.flush()

    def close(self) -> None:
        """Let go of the stream, which stays open."""
        with suppress(Unheard):
            super().close()

    @contextmanager
    def _own_failures(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            # What waits in it would be tried once more at the end, and fail with a traceback.
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, self._stream.fileno())
                os.close(nowhere)
            raise Unheard from error


REDRAWN_AFTER = 0.1
"""Seconds between two redrawings of a moving line."""


@dataclass(slots=True)
class Teller:
    """Tells steps and how far they have come; the one object here that changes."""

    words: Words
    stream: TextIO | Outlet
    _started: float = field(default_factory=time.monotonic)
    _drawn: float = 0.0
    _open: bool = False

    def line(self, key: str, **facts: object) -> None:
        """A sentence on a line of its own."""
        self.plain(self.words.say(key, **facts))

    def plain(self, text: str) -> None:
        """A text on a line of its own."""
        self._close()
        if text:
            print(text, file=self.stream, flush=True)

    def step(self, key: str, **facts: object) -> None:
        """A new step, with the seconds since the start."""
        seconds = time.monotonic() - self._started
        self.line("progress.step", seconds=f"{seconds:5.1f}", what=self.words.say(key, **facts))

    def progress(self, done: int, total: int) -> None:
        """How much of a step is done; drawn over itself on a terminal, silent elsewhere."""
        now = time.monotonic()
        if not self.stream.isatty() or (now - self._drawn < REDRAWN_AFTER and done < total):
            return
        self._drawn = now
        self._open = True
        text = self.words.say("progress.of", done=done, total=total)
        print(f"\r         {text}", end="", file=self.stream, flush=True)
        if done == total:
            self._close()

    def _close(self) -> None:
        if self._open:
            print(file=self.stream)
            self._open = False
