"""What is asked of one archive or one set of results again and again is worked out once.

It is kept with what it was worked out of, and goes with it: nothing stands in a module.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast


class Known(Protocol):
    """What never changes, and has room for what follows from it."""

    @property
    def worked_out(self) -> dict[object, object]:
        """What was asked of it already, by question."""


K = TypeVar("K", bound=Known)
P = ParamSpec("P")
T = TypeVar("T")


def once(work: Callable[Concatenate[K, P], T]) -> Callable[Concatenate[K, P], T]:
    """The same question, which is worked out at its first asking."""

    @wraps(work)
    def asked(of: K, /, *more: P.args, **named: P.kwargs) -> T:
        question = (work, more, tuple(sorted(named.items())))
        if question not in of.worked_out:
            of.worked_out[question] = work(of, *more, **named)
        return cast("T", of.worked_out[question])

    return asked
