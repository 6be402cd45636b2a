"""Numbers as people see them: exact fractions become decimals, each with as many as it is shown by.

A ``Decimal`` from here carries its own number of decimals, noughts at the end among them: what is
written of it is what it is, so that what is worked out of numbers as shown adds up as shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

Rounding = Callable[[Fraction, int], Decimal]
"""A number with so many decimals."""

NOTHING_AND_ALL = (Fraction(0), Fraction(100))
"""What a rate is kept apart from: "none" and "all" are said of none and of all alone."""


def half_up(number: Fraction, decimals: int) -> Decimal:
    """Half up, away from zero, exactly: Decimal division alone could land on the wrong side."""
    whole = floor(abs(number) * 10**decimals + Fraction(1, 2))
    return _decimal(-whole if number < 0 else whole, decimals)


def downwards(number: Fraction, decimals: int) -> Decimal:
    """The next lower one: the lower end of a range."""
    return _decimal(floor(number * 10**decimals), decimals)


def upwards(number: Fraction, decimals: int) -> Decimal:
    """The next higher one: the upper end of a range."""
    return _decimal(ceil(number * 10**decimals), decimals)


def kept_apart(
    number: Fraction,
    decimals: int,
    others: Iterable[Fraction] = NOTHING_AND_ALL,
    rounding: Rounding = half_up,
) -> Decimal:
    """With so many decimals, or as many more as keep it on its own side of each of the others.

    A number that equals one of them stands on it.
    """
    sides = [(other, _side(number, other)) for other in others]
    shown = rounding(number, decimals)
    while any(_side(Fraction(shown), other) != side for other, side in sides):
        decimals += 1
        shown = rounding(number, decimals)
    return shown


def told_apart(one: Fraction, other: Fraction, decimals: int) -> tuple[Decimal, Decimal]:
    """Two numbers with so many decimals, or as many more as show that they are not the same."""
    shown = half_up(one, decimals), half_up(other, decimals)
    while one != other and shown[0] == shown[1]:
        decimals += 1
        shown = half_up(one, decimals), half_up(other, decimals)
    return shown


def as_given(number: Decimal) -> Decimal:
    """A number of the data with the decimals that it has there, never as a power of ten."""
    sign, digits, exponent = number.as_tuple()
    if isinstance(exponent, int) and exponent > 0:
        return Decimal((sign, (*digits, *[0] * exponent), 0))
    return number


def _side(number: Fraction, other: Fraction) -> int:
    return (number > other) - (number < other)


def _decimal(whole: int, decimals: int) -> Decimal:
    # From its digits: arithmetic on decimals ends at a number of digits, fractions don't.
    return Decimal((whole < 0, tuple(map(int, str(abs(whole)))), -decimals))
