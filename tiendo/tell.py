"""What a person is told while the program works: one line a step, moving only on a terminal."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TextIO

from tiendo.wording import Words

REDRAWN_AFTER = 0.1
"""Seconds between two redrawings of a moving line."""


@dataclass(slots=True)
class Teller:
    """Tells steps and how far they have come; the one object here that changes."""

    words: Words
    stream: TextIO
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
