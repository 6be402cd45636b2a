"""Why a page was made again by a build, or was not: ``--explain``.

A page is made in two steps, each with reasons of its own: its words, then its frame.  A build
writes down what each page followed from, every part as a hash; the next one tells the difference.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path

from tiendo.config import Site
from tiendo.words.wording import Words

STEPS = ("words", "frame")


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One of the two steps of a page."""

    parts: Mapping[str, str]
    """What it followed from: a hash by the name of each part."""
    made: bool
    """Whether it was made; else it was kept."""


@dataclass(kw_only=True, slots=True)
class Reasons:
    """What the pages of a build followed from: by language and path, then by step."""

    pages: dict[str, dict[str, Step]] = field(default_factory=dict)

    def note(self, page: str, step: str, parts: Mapping[str, str], *, made: bool) -> None:
        """Write down a step of a page, given by language and path."""
        hashed = {name: sha256(part.encode()).hexdigest() for name, part in parts.items()}
        self.pages.setdefault(page, {})[step] = Step(parts=hashed, made=made)

    def write(self, file: Path) -> None:
        """For the next build."""
        told = {
            page: {step: asdict(each) for step, each in steps.items()}
            for page, steps in self.pages.items()
        }
        file.write_text(json.dumps(told), "utf-8")


def reasons_of(file: Path) -> Reasons:
    """What an earlier build wrote down; nothing where there was none, or it can't be read."""
    try:
        told = json.loads(file.read_text("utf-8"))
        return Reasons(
            pages={
                page: {step: Step(**each) for step, each in steps.items()}
                for page, steps in told.items()
            }
        )
    except (OSError, ValueError, TypeError, AttributeError):
        return Reasons()


def page_meant(said: str, site: Site) -> str:
    """The page that somebody means: by its address, whole or in part, or by its file."""
    path = said.removeprefix(site.address).lstrip("/").partition("#")[0].partition("?")[0]
    path = path.removesuffix("index.html")
    if path and not path.endswith(("/", ".html")):
        path += "/"
    for language in site.languages[1:]:
        if path.startswith(f"{language}/"):
            return f"{language} {_file(path.removeprefix(f'{language}/'))}"
    return f"{site.languages[0]} {_file(path)}"


def _file(address: str) -> str:
    return address if address.endswith(".html") else f"{address}index.html"


def explained(page: str, now: Reasons, before: Reasons, words: Words) -> Iterator[str]:
    """What became of a page in a build, and why: a sentence for each step."""
    steps = now.pages.get(page)
    if steps is None:
        yield words.say("explain.unknown")
        return
    for step in STEPS:
        if step not in steps:
            continue
        old = before.pages.get(page, {}).get(step)
        names = (
            []
            if old is None
            else [name for name, part in steps[step].parts.items() if old.parts.get(name) != part]
        )
        why = "new" if old is None else "changed" if names else "same"
        told = words.listed(words.say(f"explain.part.{name}") for name in names)
        done = "made" if steps[step].made else "kept"
        yield words.say(f"explain.{step}.{done}.{why}", **({"parts": told} if names else {}))
