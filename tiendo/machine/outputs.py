"""What is made, by its path in the site: two outputs of one path are refused, never overwritten."""

from __future__ import annotations

import errno
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from typing import TypeVar


class Taken(FileExistsError, ValueError):
    """Two things would stand at one path, or at two that some disk takes for one."""

    def __init__(self, path: str, why: str = "two files at one path") -> None:
        super().__init__(errno.EEXIST, why, path)
        self.path = path


@dataclass(frozen=True, kw_only=True, slots=True)
class Making:
    """A file that is yet to be made, where that takes long."""

    recipe: str
    """All that it is made from."""
    make: Callable[[], bytes]


Made = TypeVar("Made")
"""What is made for a path: bytes, or what they will be made from."""


def only(files: Iterable[tuple[str, Made]], beside: Container[str] = ()) -> dict[str, Made]:
    """What is made, by path; none of it overwrites another, nor what stands beside it.

    Raises `Taken`.
    """
    found: dict[str, Made] = {}
    for path, content in files:
        if path in found or path in beside:
            raise Taken(path)
        found[path] = content
    return found
