"""What people at the other end are told; the sentences stand in ``words/<language>.toml``."""

from __future__ import annotations

import sys
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "words"
MOST_NAMED = 6
"""Names in one sentence; of the others, how many they are."""


class Refused(Exception):
    """A push is not accepted; its sentence and the facts for it."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts


class Teller:
    """Says sentences in one language to whoever has called."""

    def __init__(self, language: str) -> None:
        self.words = sentences(language)

    def tell(self, key: str, **facts: object) -> None:
        """Say a sentence with its facts put in."""
        self.plain(self.words[key].format(**{name: harmless(str(f)) for name, f in facts.items()}))

    def plain(self, text: str) -> None:
        """Pass on what the program says, as it is but for what could steer a terminal."""
        for line in text.split("\n"):
            print(harmless(line), file=sys.stderr, flush=True)  # noqa: T201 - who has called reads it

    def listed(self, names: Iterable[str]) -> str:
        """Some names for one line."""
        every = list(names)
        shown = ", ".join(every[:MOST_NAMED])
        if len(every) > MOST_NAMED:
            return self.words["told.and-more"].format(names=shown, count=len(every) - MOST_NAMED)
        return shown


@cache
def sentences(language: str) -> Mapping[str, str]:
    """The sentences of a language by their keys."""
    return {
        f"{group}.{name}": sentence
        for group, table in tomllib.loads((WORDS / f"{language}.toml").read_text("utf-8")).items()
        for name, sentence in table.items()
    }


def harmless(text: str) -> str:
    """A text without anything that moves a cursor, hides, or turns the reading direction."""
    return "".join(
        letter
        if letter == "\t" or unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        else "\N{REPLACEMENT CHARACTER}"
        for letter in text
    )
