"""The rows of one version, out of the table that all of them stand in.

Observations are a table (`tiendo.read.archive.OBSERVATION_COLUMNS`) until they are figures: what a
version says is taken out of it by its columns, one version at a time, and not kept.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from tiendo.judge.once import once
from tiendo.terms import Archive, Edition, Observation


@once
def _places(archive: Archive) -> Mapping[Hashable, Any]:
    """Where in the table the rows of each version stand, in their order."""
    return archive.observations.groupby(["year", "version"], sort=False).indices


def observations(archive: Archive, edition: Edition) -> Iterator[Observation]:
    """The rows of a version in the order of their file, readable or not."""
    table = archive.observations.take(_places(archive).get((edition.year, edition.version), ()))
    # What is empty is None, whether pandas has it as NA, NaN or NaT.
    cells = (
        table[name].astype(object).where(table[name].notna(), None).tolist()
        for name in Observation._fields
    )
    return map(Observation._make, zip(*cells, strict=True))


def row_numbers(archive: Archive, edition: Edition) -> dict[tuple[str, str], int]:
    """The lines that the rows of a version stand in, as Excel counts, by indicator and area."""
    return {(each.indicator, each.area): each.row for each in observations(archive, edition)}
