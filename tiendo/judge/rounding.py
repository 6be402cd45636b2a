"""Numbers as people see them: exact fractions become decimals, each with as many as it is shown by.

A ``Decimal`` from here carries its own number of decimals, noughts at the end among them: what is
written of it is what it is, so that what is worked out of numbers as shown adds up as shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction

Rounding = Callable[[Fraction, int], Decimal]
"""A number with so many decimals."""

NOTHING_AND_ALL = (Fraction(0), Fraction(100))
"""What a rate is kept apart from: "none" and "all" are said of none and of all alone."""


def half_up(number: Fraction, decimals: int) -> Decimal:
    """Half up, away from zero, exactly: Decimal division alone could land on the wrong side."""
    top, bottom = number.numerator, number.denominator
    whole = (abs(top) * 10**decimals * 2 + bottom) // (bottom * 2)
    return _decimal(-whole if top < 0 else whole, decimals)


def downwards(number: Fraction, decimals: int) -> Decimal:
    """The next lower one: the lower end of a range."""
    return _decimal(number.numerator * 10**decimals // number.denominator, decimals)


def upwards(number: Fraction, decimals: int) -> Decimal:
    """The next higher one: the upper end of a range."""
    return _decimal(-(-number.numerator * 10**decimals // number.denominator), decimals)


def kept_apart(
    number: Fraction,
    decimals: int,
    others: Iterable[Fraction] = NOTHING_AND_ALL,
    rounding: Rounding = half_up,
) -> Decimal:
    """With so many decimals, or as many more as keep it on its own side of each of the others.

    A number that equals one of them stands on it.
    """
    asked = tuple(others)
    sides = _sides(number, asked)
    shown = rounding(number, decimals)
    while _sides(Fraction(shown), asked) != sides:
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


def _sides(number: Fraction, others: Iterable[Fraction]) -> list[int]:
    """On which side of each of the others a number stands: 1 above, -1 below, 0 on it."""
    # In whole numbers, as each figure of each page asks for it.
    top, bottom = number.numerator, number.denominator
    apart = [top * other.denominator - other.numerator * bottom for other in others]
    return [(each > 0) - (each < 0) for each in apart]


def _decimal(whole: int, decimals: int) -> Decimal:
    # From its digits: arithmetic on decimals ends at a number of digits, fractions don't.
    return Decimal(f"{whole}E-{decimals}")
