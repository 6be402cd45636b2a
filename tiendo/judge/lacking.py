"""What a body is asked for, with what was known of it a year before, and what lacks yet."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tiendo.judge.measure import rows_of
from tiendo.judge.owed import edition_of, is_optional, reporter_of, rows_asked
from tiendo.judge.unread import may_stand
from tiendo.terms import Agency, Archive, Area, Edition, Figure, Indicator

FORM_VERSION = "1"
"""Raised whenever a form that was sent out can no longer be read as it was meant."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """One row that an agency is asked for."""

    indicator: Indicator
    area: Area
    optional: bool
    """Whether it may stay empty (`tiendo.judge.owed`)."""
    before: Figure | None
    """What was given for it in the edition of the year before."""


def owed(archive: Archive, edition: Edition, reporter: str, known: Archive) -> tuple[Owed, ...]:
    """The rows that an agency is asked for, in the plan's order.

    ``known`` is what may be seen of other years: a form is no way around an embargo.
    """
    last = edition_of(known, edition.year - 1)
    before = rows_of(known, last) if last is not None else {}
    return tuple(
        Owed(
            indicator=indicator,
            area=archive.areas[area],
            optional=is_optional(indicator, area, edition, archive),
            before=before.get((indicator.indicator, area)),
        )
        for indicator, area in rows_asked(archive, edition)
        if (body := reporter_of(archive, indicator, area, edition.as_of)) is not None
        and body.agency == reporter
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """A row that is owed and has neither a figure nor a reason."""

    indicator: Indicator
    area: str
    reporter: Agency | None
    """Who owes it; None where the plan names nobody who is there on that day."""


def gaps(archive: Archive, edition: Edition) -> tuple[Gap, ...]:
    """What an edition lacks, in the plan's order.  A row that can't be read is no gap."""
    there = rows_of(archive, edition)
    return tuple(
        Gap(
            indicator=indicator,
            area=area,
            reporter=reporter_of(archive, indicator, area, edition.as_of),
        )
        for indicator, area in rows_asked(archive, edition)
        if is_empty(there.get((indicator.indicator, area)))
        and not is_optional(indicator, area, edition, archive)
        and not may_stand(edition, "observations", indicator=indicator.indicator, area=area)
    )


def is_empty(figure: Figure | None) -> bool:
    """Whether a row says nothing yet: neither a figure nor why there is none."""
    return figure is None or (
        figure.low is None and figure.numerator is None and figure.missing is None
    )


def lacking(archive: Archive, edition: Edition) -> Mapping[str, int]:
    """How many rows that are owed have neither a figure nor a reason, by who owes them."""
    return Counter(gap.reporter.agency for gap in gaps(archive, edition) if gap.reporter)


def stamp(rows: Iterable[Owed]) -> str:
    """A hash of what is asked and how: another one means that the plan was changed since."""
    lines = "".join(
        f"{row.indicator.indicator}|{row.area.area}|{row.indicator.name.first}|{row.indicator.measure}"
        f"|{row.indicator.threshold}|{row.optional}\n"
        for row in rows
    )
    return hashlib.sha256(lines.encode()).hexdigest()[:16]
