"""The rule on confidential figures: none can be worked out from what is published.

What would be found is in no fact of a problem: they stand in logs that others read.
"""

from __future__ import annotations

from collections.abc import Iterator

from tiendo.judge.disclosure import Leak, disclosures
from tiendo.judge.editions import without_withdrawn_figures
from tiendo.judge.observations import row_numbers
from tiendo.judge.owed import FigureKey
from tiendo.terms import Archive, Edition, Place, Problem

_CODES = {
    Leak.FOLLOWS: "confidential-follows",
    Leak.BOUNDED: "confidential-bounded",
    Leak.PUBLISHED: "confidential-published",
}


def confidential_problems(archive: Archive, edition: Edition) -> Iterator[Problem]:
    """A confidential figure of the newest version does not follow from what is published.

    Nor does one that was withdrawn; that an earlier version has one of its own is no secret then.
    """
    gone = {(each.year, each.version) for each in archive.withdrawals if each.of_version}
    if (edition.year, edition.version) in gone:
        return
    taken = {
        (each.indicator, each.area)
        for each in archive.withdrawals
        if (each.year, each.version) == (edition.year, edition.version)
    }
    signed = {(each.year, each.version) for each in archive.releases if each.sha256}
    before = [
        each
        for each in archive.editions
        if each.year == edition.year
        and each.version < edition.version
        and (each.year, each.version) in signed - gone
    ]
    rows = row_numbers(archive, edition)
    for one in disclosures(without_withdrawn_figures(archive), edition, before):
        if (one.indicator, one.area) in taken and one.version is not None:
            continue
        yield Problem(
            code=_CODES[Leak.PUBLISHED if one.version is not None else one.leak],
            place=Place(
                file=f"{edition.folder}/observations.csv",
                row=rows.get((one.indicator, one.area)),
                column="missing",
                value="c",
            ),
            facts={
                "indicator": one.indicator,
                "area": archive.areas[one.area].name.first,
                "also": "; ".join(_named(archive, key) for key in one.hide_too) or "–",
                "version": f"v{one.version or edition.version}",
            },
        )


def _named(archive: Archive, key: FigureKey) -> str:
    return f"{archive.areas[key[1]].name.first} ({key[0]})"
