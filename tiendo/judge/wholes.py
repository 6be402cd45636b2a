"""What the parts leave possible for the whole area's own figure, and whether it lies in it.

A whole that its parts contradict is wrong, or they are: `tiendo.check.results` stops on it, and
where it comes from history all the same, no verdict rests on it (`tiendo.judge.assess`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median_low

from tiendo.judge.scale import local_scale
from tiendo.terms import Aggregation, Figure, Indicator, Missing

FULL = Fraction(100)
"""All of a whole, in per cent."""
LARGEST = 10
"""How many times the median denominator a missing part has at the most, as far as is likely."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """What is certain of a whole by its known parts, and what the others may add.

    With N of D certain, a whole of n' of d' is possible where its rest, n' - N of d' - D, can be
    what the others have: 0 of 0 where there are none; else 0 <= n' - N <= d' - D, and between the
    least and the greatest of their rates where rates are all that is known of them.  A count has
    its denominator for certain, and one more for each of the others at the most.
    """

    counted: bool
    """Whether areas are counted, instead of summed."""
    numerator: int
    denominator: int
    blank: int
    """How many parts have no figure at all."""
    rates: tuple[tuple[Fraction, Fraction], ...]
    """Of each part that gives a rate without its parts: what it may be, before rounding."""
    usual: int
    """The median of the known denominators; 0 where there are none."""

    @property
    def open(self) -> bool:
        """Whether the parts leave anything but one figure possible."""
        return bool(self.blank or self.rates)

    def ends(self, rest: int | None = None) -> tuple[Fraction, Fraction]:
        """Between which rates, in per cent, a whole can lie that does not give its parts.

        ``rest`` is the most people that the blank ones may have; None: any number.
        """
        if self.counted:
            return (
                FULL * self.numerator / self.denominator,
                FULL * (self.numerator + self.blank) / self.denominator,
            )
        if not self.blank:
            own = FULL * self.numerator / self.denominator if self.denominator else None
            known = [*self.rates, *([] if own is None else [(own, own)])]
            return min(low for low, _ in known), max(high for _, high in known)
        if rest is None or self.rates or not self.denominator:
            return Fraction(0), FULL
        return (
            FULL * self.numerator / (self.denominator + rest),
            FULL * (self.numerator + rest) / (self.denominator + rest),
        )

    def allows(self, whole: Figure) -> bool:
        """Whether a whole's own figure can be true beside its parts."""
        if whole.low is None:
            return True
        if whole.numerator is None or whole.denominator is None:
            return _meet((whole.low, whole.low), self.ends(), whole.rounding)
        held, people = whole.numerator - self.numerator, whole.denominator - self.denominator
        if self.counted:
            return people == 0 and 0 <= held <= self.blank
        if not self.open or not 0 <= held <= people or people < len(self.rates):
            return not self.open and held == 0 == people
        ends = [end for rate in self.rates for end in rate] if not self.blank else []
        return not ends or min(ends) * people <= FULL * held <= max(ends) * people

    def is_likely(self, whole: Figure) -> bool:
        """Whether the missing parts would be no giants, if a sum is true.

        Any part may be of any size; what asks for parts of more than ten times the usual size is
        likely to be wrong.
        """
        if whole.low is None or self.counted or not self.usual or not self.blank:
            return True
        rest = LARGEST * self.usual * self.blank
        if whole.denominator is not None:
            return whole.denominator - self.denominator <= rest
        return _meet((whole.low, whole.low), self.ends(rest), whole.rounding)


def room(indicator: Indicator, parts: Sequence[Figure]) -> Room | None:
    """What the parts of one edition leave possible; None where nothing follows from them."""
    if indicator.aggregation is Aggregation.NONE:
        return None
    counted = [part for part in parts if part.missing is not Missing.NOT_APPLICABLE]
    if not counted:
        return None
    known = [part for part in counted if is_known(indicator, part)]
    others = [part for part in counted if not is_known(indicator, part)]
    if indicator.aggregation is Aggregation.COUNT:
        return Room(
            counted=True,
            numerator=sum(1 for part in known if holds(indicator, part)),
            denominator=len(counted),
            blank=len(others),
            rates=(),
            usual=0,
        )
    return Room(
        counted=False,
        numerator=sum(part.numerator or 0 for part in known),
        denominator=sum(part.denominator or 0 for part in known),
        blank=sum(1 for part in others if part.low is None),
        rates=tuple(
            (max(part.low - part.rounding, Fraction(0)), min(part.low + part.rounding, FULL))
            for part in others
            if part.low is not None
        ),
        usual=median_low([part.denominator or 0 for part in known]) if known else 0,
    )


def contradicts(indicator: Indicator, whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a whole's own figure can't be true beside its parts."""
    left = room(indicator, parts)
    return left is not None and not left.allows(whole)


def is_known(indicator: Indicator, part: Figure) -> bool:
    """Whether a part can be added up or counted."""
    if indicator.aggregation is Aggregation.SUM:
        return part.numerator is not None and bool(part.denominator)
    return part.low is not None


def holds(indicator: Indicator, part: Figure) -> bool:
    """Whether a part counts as holding a standard."""
    return part.low is not None and part.low >= local_scale(indicator).held_from


def _meet(
    one: tuple[Fraction, Fraction], other: tuple[Fraction, Fraction], tolerance: Fraction
) -> bool:
    """Whether two ranges share a number, within half of a last decimal."""
    return one[0] - tolerance <= other[1] and other[0] <= one[1] + tolerance
