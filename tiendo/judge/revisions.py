"""What differs between two versions of an edition, and which row of its changes says why.

One comparison for all: the check that asks for reasons, the mark at a figure that was corrected,
the page of corrections, the differences that are told before a change is taken in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tiendo.judge.editions import newest, release_of, with_editions
from tiendo.judge.measure import figures_of, rows_of
from tiendo.judge.owed import FigureKey
from tiendo.terms import (
    AREA_LEVELS_WITHOUT_RANK,
    NO_WORDS,
    ActionReport,
    ActionState,
    Archive,
    Corrected,
    Edition,
    Figure,
    Report,
    Revision,
)

Thing = Figure | Report | ActionReport | Edition
"""What a version can say otherwise than the one before."""

OF_THE_EDITION = ("as_of", "geography")
"""The descriptor's properties whose change needs a reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One row, or one property of the descriptor, that says something else than before."""

    resource: str
    """``observations``, ``reports``, ``actions``, or ``edition`` for the descriptor."""
    indicator: str
    area: str
    key: str
    """The reporter, the action or the property; empty for observations.

    Of a body that sent several reports, the reporter and the document: ``reporter; document``.
    """
    old: Thing | None
    new: Thing | None
    columns: tuple[str, ...]
    """What of it differs; empty where the row came or went."""

    @property
    def keys(self) -> tuple[str, ...]:
        """What a row of changes may call it by, nearest first: a body stands for all it sent."""
        return tuple(dict.fromkeys((self.key, *reporter_and_document(self.key)[:1])))

    @property
    def was_missing(self) -> bool:
        """Whether nothing was known before: only then can what is known now be late."""
        if isinstance(self.old, Figure):
            return self.old.low is None
        if isinstance(self.old, ActionReport):
            return self.old.state is ActionState.UNKNOWN
        return self.old is None


def said(what: Figure | Report | ActionReport | None, as_of: date | None = None) -> object:
    """What two versions are compared by: what is said, not by whom or in which row.

    ``as_of`` is the edition's: a figure that stands for that day says nothing of its own about
    it, so an edition whose day was corrected has not changed all of its figures.
    """
    return None if what is None else _aspects(what, as_of)


def _aspects(what: Figure | Report | ActionReport, as_of: date | None) -> Mapping[str, object]:
    if isinstance(what, Report):
        return {
            "received_on": what.received_on,
            "document": what.document,
            "note": what.note,
        }
    if isinstance(what, ActionReport):
        return {"state": what.state, "summary": what.summary, "evidence": what.evidence}
    return {
        "numerator": (what.numerator, what.numerator_high),
        "denominator": what.denominator,
        "value": (what.low, what.high),
        "status": what.status,
        "missing": what.missing,
        "as_of": None if what.as_of == as_of else what.as_of,
        "valid_until": what.valid_until,
        "break": what.break_.first,
    }


def differences(archive: Archive, before: Edition, after: Edition) -> Iterator[Difference]:
    """All that a version says otherwise than another one of the same year, as its rows stand."""
    for name in OF_THE_EDITION:
        if getattr(before, name) != getattr(after, name):
            yield Difference(
                resource="edition",
                indicator="",
                area="",
                key=name,
                old=before,
                new=after,
                columns=(name,),
            )
    old, new = rows_of(archive, before), rows_of(archive, after)
    for indicator, area in dict.fromkeys([*old, *new]):
        was, now = old.get((indicator, area)), new.get((indicator, area))
        if said(was, before.as_of) != said(now, after.as_of):
            columns: tuple[str, ...] = ()
            if was is not None and now is not None:
                columns = _apart(_aspects(was, before.as_of), _aspects(now, after.as_of))
            yield Difference(
                resource="observations",
                indicator=indicator,
                area=area,
                key="",
                old=was,
                new=now,
                columns=columns,
            )
    yield from between(before, after)


BETWEEN_REPORTER_AND_DOCUMENT = "; "
"""What no id of a body has in it."""


def reporter_and_document(key: str) -> tuple[str, str]:
    """The two parts of the key of a report; the second is empty where the body sent but one."""
    reporter, _, document = key.partition(BETWEEN_REPORTER_AND_DOCUMENT)
    return reporter, document


def _reports_apart(
    old: Sequence[Report], new: Sequence[Report]
) -> Iterator[tuple[str, Report | None, Report | None]]:
    """The reports of two versions side by side, each under the key that a row of changes names.

    Reports are told apart by body and document.  Where of all that a body sent one document is
    left on either side, it was given another name.
    """
    before, after = _by_sender(old), _by_sender(new)
    for body in dict.fromkeys([*before, *after]):
        was, now = before.get(body, {}), after.get(body, {})
        gone = [document for document in was if document not in now]
        fresh = [document for document in now if document not in was]
        if len(gone) == len(fresh) == 1:
            was[fresh[0]] = was.pop(gone[0])
        documents = sorted({*was, *now})
        for document in documents:
            several = BETWEEN_REPORTER_AND_DOCUMENT + document if len(documents) > 1 else ""
            yield f"{body}{several}", was.get(document), now.get(document)


def _by_sender(reports: Sequence[Report]) -> dict[str, dict[str, Report]]:
    """What each body sent, by document."""
    found: dict[str, dict[str, Report]] = {}
    for report in reports:
        found.setdefault(report.reporter, {})[report.document] = report
    return found


def _row_differences(
    resource: str,
    pairs: Iterable[tuple[str, Report | ActionReport | None, Report | ActionReport | None]],
) -> Iterator[Difference]:
    """The rows of reports or actions that came, went or say something else."""
    for key, was, now in pairs:
        if said(was) != said(now):
            columns: tuple[str, ...] = ()
            if was is not None and now is not None:
                columns = _apart(_aspects(was, None), _aspects(now, None))
            yield Difference(
                resource=resource,
                indicator="",
                area="",
                key=key,
                old=was,
                new=now,
                columns=columns,
            )


def between(before: Edition | None, after: Edition) -> tuple[Difference, ...]:
    """The rows of reports and actions that differ; all of them where there was no edition."""
    reports = () if before is None else before.reports
    was = {} if before is None else _actions(before)
    now = _actions(after)
    actions = ((key, was.get(key), now.get(key)) for key in dict.fromkeys([*was, *now]))
    return (
        *_row_differences("reports", _reports_apart(reports, after.reports)),
        *_row_differences("actions", actions),
    )


def revision_of(
    edition: Edition,
    *,
    indicator: str = "",
    area: str = "",
    resource: str = "",
    keys: frozenset[str] = frozenset(),
) -> Revision | None:
    """The row that says why; None where the data gives none.

    With ``keys`` a row about one of them, in this resource or, without one, in any; otherwise the
    row about an indicator's figure in an area.
    """
    for revision in edition.revisions:
        if keys:
            if revision.key in keys and (not resource or revision.resource == resource):
                return revision
        elif revision.indicator == indicator and revision.area == area and not revision.key:
            return revision
    return None


def reason_of(edition: Edition, difference: Difference) -> Revision | None:
    """The row of an edition's changes that says why it differs; None where there is none."""
    if difference.resource == "observations":
        return revision_of(edition, indicator=difference.indicator, area=difference.area)
    resource = "" if difference.resource == "edition" else difference.resource
    named = (
        revision_of(edition, resource=resource, keys=frozenset({key})) for key in difference.keys
    )
    return next(filter(None, named), None)


CorrectedKey = tuple[str, str, int]
"""An indicator, an area and a year."""


def corrected(archive: Archive) -> dict[CorrectedKey, tuple[Corrected, ...]]:
    """Every figure that a later version of its year says otherwise, oldest change first.

    Compared are the figures as the public met them, aggregates among them: where a local figure
    moves the whole area's, that one is corrected too.  Of what was withdrawn nothing is told but
    that it was, and why.
    """
    found: dict[CorrectedKey, list[Corrected]] = {}
    for one in _all_corrected(archive):
        found.setdefault((one.indicator, one.area, one.year), []).append(one)
    return {key: tuple(sorted(each, key=lambda one: one.version)) for key, each in found.items()}


def _all_corrected(archive: Archive) -> Iterator[Corrected]:
    there = {(each.year, each.version): each for each in archive.editions}
    gone = {(each.year, each.version) for each in archive.withdrawn}
    for (year, version), edition in there.items():
        if (year, version - 1) in there:
            yield from _between(archive, there[year, version - 1], edition)
        elif (year, version - 1) in gone:
            yield from _after_withdrawn(archive, edition)
        yield from _taken_back(archive, edition)


def _after_withdrawn(archive: Archive, after: Edition) -> Iterator[Corrected]:
    """The figures that a version gives a reason for, where the one before was withdrawn."""
    figures = rows_of(archive, after)
    release = release_of(archive, after)
    for revision in after.revisions:
        figure = figures.get((revision.indicator, revision.area))
        if figure is not None:
            yield Corrected(
                indicator=revision.indicator,
                area=revision.area,
                year=after.year,
                before=after.version - 1,
                version=after.version,
                on=release.released if release is not None else None,
                old=None,
                new=figure,
                kind=revision.kind,
                reason=revision.reason,
                hidden=True,
            )


def _taken_back(archive: Archive, edition: Edition) -> Iterator[Corrected]:
    """The figures of a version that were withdrawn, and the whole area's that lack them."""
    scope = archive.plan.scope
    mine = [
        each
        for each in archive.withdrawals
        if not each.of_version and (each.year, each.version) == (edition.year, edition.version)
    ]
    if not mine:
        return
    met = _as_met(archive, edition)
    for each in mine:
        whole = met.get((each.indicator, scope))
        follows = each.area != scope and whole is not None and whole.aggregated
        for area in (each.area, *((scope,) if follows else ())):
            yield Corrected(
                indicator=each.indicator,
                area=area,
                year=edition.year,
                before=edition.version,
                version=edition.version,
                on=each.withdrawn,
                old=None,
                new=met.get((each.indicator, area)),
                kind="withdrawn",
                reason=each.reason if area == each.area else NO_WORDS,
                follows_from=() if area == each.area else (each.area,),
                hidden=True,
            )


def _between(archive: Archive, before: Edition, after: Edition) -> Iterator[Corrected]:
    """The figures that one version says otherwise than another; the whole area's last."""
    old, new = _as_met(archive, before), _as_met(archive, after)
    scope = archive.plan.scope
    release = release_of(archive, after)
    differing = [
        (key, old.get(key), new.get(key))
        for key in sorted(dict.fromkeys([*old, *new]), key=lambda key: key[1] == scope)
        if said(old.get(key), before.as_of) != said(new.get(key), after.as_of)
    ]
    moved: dict[str, list[str]] = {}
    for (indicator, area), _, _ in differing:
        if area != scope:
            moved.setdefault(indicator, []).append(area)
    for (indicator, area), was, now in differing:
        revision = revision_of(after, indicator=indicator, area=area)
        is_derived = revision is None and area == scope
        if revision is not None:
            kind, reason = revision.kind, revision.reason
        else:
            kind = _common_kind(after, indicator)
            reason = NO_WORDS if is_derived else after.reason
        yield Corrected(
            indicator=indicator,
            area=area,
            year=after.year,
            before=before.version,
            version=after.version,
            on=release.released if release is not None else None,
            old=was,
            new=now,
            kind=kind,
            reason=reason,
            follows_from=tuple(moved.get(indicator, ())) if is_derived else (),
        )


def _as_met(archive: Archive, edition: Edition) -> dict[FigureKey, Figure]:
    """An edition's figures with what its rows make for the whole area.

    Earlier years bear on them only by what belongs to no local area: it is awaited from its first
    figure on.
    """
    levels = {area.level for area in archive.areas.values()}
    is_alone = not levels & AREA_LEVELS_WITHOUT_RANK
    earlier = () if is_alone else (each for each in archive.editions if each.year < edition.year)
    editions = (*newest(earlier), edition)
    figures = figures_of(with_editions(archive, editions), editions)
    return {
        key: figure
        for key, series in figures.items()
        for figure in series
        if figure.year == edition.year
    }


def _common_kind(edition: Edition, indicator: str) -> str:
    """The kind of the local changes that a whole area's figure follows from."""
    kinds = {each.kind for each in edition.revisions if each.indicator == indicator}
    return kinds.pop() if len(kinds) == 1 else "correction"


def _actions(edition: Edition) -> dict[str, ActionReport]:
    return {report.action: report for report in edition.actions}


def _apart(old: Mapping[str, object], new: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(name for name in new if old[name] != new[name])
