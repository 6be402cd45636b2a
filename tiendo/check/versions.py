"""The rules on the life of a version: every change has its reason, and what was signed stands.

As in `tiendo.check.results`, each rule is a generator: a `Problem` for each place that breaks it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from fractions import Fraction

from tiendo.judge.observations import row_numbers
from tiendo.judge.revisions import Difference, Thing, differences, reason_of, reporter_and_document
from tiendo.judge.rounding import kept_apart
from tiendo.judge.unread import may_stand
from tiendo.read.contract import contract
from tiendo.read.history import CALENDAR, History
from tiendo.terms import ActionReport, Archive, Edition, Figure, Place, Problem, Report, Withdrawal

NOTHING = "–"


def version_problems(archive: Archive) -> Iterator[Problem]:
    """What a version says otherwise than the one before has its row in changes.csv, and only that.

    A figure that was known before is not late.
    """
    editions = {(edition.year, edition.version): edition for edition in archive.editions}
    for (year, version), after in editions.items():
        before = editions.get((year, version - 1))
        if before is None:
            continue
        rows = row_numbers(archive, after)
        answered = set()
        for difference in differences(archive, before, after):
            if _is_hidden(before, difference) or _is_hidden(after, difference):
                continue
            revision = reason_of(after, difference)
            if revision is None and _may_be_told(after, difference):
                continue
            if revision is None:
                yield Problem(
                    code="revision-missing",
                    place=_place(archive, after, difference, rows),
                    facts={
                        "before": f"v{before.version}",
                        "old": _told(difference.old, difference),
                        "new": _told(difference.new, difference),
                        "line": _line(difference),
                    },
                )
                continue
            answered.add(revision.row)
            if revision.kind == "late" and not difference.was_missing:
                yield Problem(
                    code="revision-not-late",
                    place=Place(
                        file=f"{after.folder}/changes.csv",
                        row=revision.row,
                        column="kind",
                        value=revision.kind,
                    ),
                    facts={
                        "before": f"v{before.version}",
                        "old": _told(difference.old, difference),
                    },
                )
        for revision in after.revisions:
            if revision.row not in answered:
                parts = (revision.indicator, revision.area, revision.resource, revision.key)
                yield Problem(
                    code="revision-without-change",
                    place=Place(
                        file=f"{after.folder}/changes.csv",
                        row=revision.row,
                        value=", ".join(filter(None, parts)),
                    ),
                    facts={"before": f"v{before.version}"},
                )


def _is_hidden(edition: Edition, difference: Difference) -> bool:
    """Whether one side of a difference may stand in a row that could not be read."""
    match difference.resource:
        case "observations":
            names = {"indicator": difference.indicator, "area": difference.area}
        case "reports":
            reporter, document = reporter_and_document(difference.key)
            names = {"reporter": reporter} | ({"document": document} if document else {})
        case "actions":
            names = {"action": difference.key}
        case _:
            return False
    return may_stand(edition, difference.resource, **names)


def _may_be_told(edition: Edition, difference: Difference) -> bool:
    """Whether the reason may stand in a row that could not be read."""
    return any(
        may_stand(edition, "changes", indicator=difference.indicator, area=difference.area, key=key)
        for key in difference.keys
    )


def history_problems(archive: Archive, history: History) -> Iterator[Problem]:
    """A row of the calendar that was ever signed off in the git history stands as it was signed.

    It may have been put back.  Invented figures bind no one but those who go on with them: whoever
    puts real ones, or those of another plan, in their place begins a history.
    """
    if history.shallow:
        yield Problem(code="history-shallow", place=Place(file=CALENDAR), stops=False)
    now = {(release.year, release.version): release for release in archive.releases}
    invented = any(edition.illustrative for edition in archive.editions)
    told: set[object] = set()
    for past in sorted(history.signed, key=lambda past: not past.recent):
        key = past.year, past.version
        here = now.get(key)
        state = (here.released, here.sha256) if here is not None else None
        ours = past.plan in {"", archive.plan.number}
        if past.illustrative and not (past.recent and invented and ours):
            continue
        if state == (past.released, past.sha256) or state in past.after:
            continue
        if not ours:
            if "plan" not in told:
                told.add("plan")
                yield Problem(
                    code="history-of-another-plan",
                    place=Place(file="plan/datapackage.json", value=archive.plan.number),
                    facts={"revision": past.revision, "number": past.plan},
                )
            continue
        if key in told:
            continue
        told.add(key)
        yield Problem(
            code="release-removed" if here is None else "release-rewritten",
            place=Place(
                file=CALENDAR,
                row=here.row if here is not None else None,
                column="year, version",
                value=f"{past.year}, {past.version}",
            ),
            facts={
                "revision": past.revision,
                "line": f"{past.year},{past.version},{past.released.isoformat()},{past.sha256}",
            },
        )
    yield from _withdrawals_stand(archive, history)


def _withdrawals_stand(archive: Archive, history: History) -> Iterator[Problem]:
    """What was withdrawn in the git history does not come back silently.

    Of the very versions that were signed then: others have nothing to do with it.
    """
    there = {(each.year, each.version, each.indicator, each.area) for each in archive.withdrawals}
    now = {
        (each.year, each.version, each.released, each.sha256)
        for each in archive.releases
        if each.sha256
    }
    same = {
        (past.year, past.version)
        for past in history.signed
        if (past.year, past.version, past.released, past.sha256) in now
    }
    for key, revision in sorted(history.withdrawn.items()):
        year, version, *figure = key
        if key not in there and (year, version) in same:
            yield Problem(
                code="withdrawal-removed",
                place=Place(
                    file="results/withdrawals.csv",
                    value=", ".join(filter(None, (str(year), f"v{version}", *figure))),
                ),
                facts={"revision": revision},
            )


def withdrawal_problems(archive: Archive) -> Iterator[Problem]:
    """What is withdrawn was published before, and what stands again was published and still is."""
    signed = {(each.year, each.version): each for each in archive.releases if each.sha256}
    gone = {(each.year, each.version) for each in archive.withdrawals if each.of_version}
    for one in archive.withdrawals:
        release = signed.get((one.year, one.version))
        if release is None or not _is_known_figure(archive, one, gone):
            parts = (str(one.year), f"v{one.version}", one.indicator, one.area)
            yield Problem(
                code="withdrawal-unknown",
                place=_withdrawal_place(one, value=", ".join(filter(None, parts))),
            )
            continue
        if one.withdrawn <= release.released:
            yield Problem(
                code="withdrawal-before",
                place=_withdrawal_place(one, "withdrawn", one.withdrawn.isoformat()),
                facts={"released": release.released.isoformat()},
            )
        if one.instead is not None and (
            not one.of_version
            or one.instead >= one.version
            or (one.year, one.instead) not in signed
            or (one.year, one.instead) in gone
        ):
            yield Problem(
                code="withdrawal-instead",
                place=_withdrawal_place(one, "instead", str(one.instead)),
                facts={"year": str(one.year), "version": f"v{one.version}"},
            )
        yield from _stands_elsewhere(archive, one, gone)


def _is_known_figure(archive: Archive, one: Withdrawal, gone: set[tuple[int, int]]) -> bool:
    """Whether there is such a figure to take back; of a whole version there need be no folder."""
    if one.of_version:
        return not one.area
    rows = archive.observations
    here = (rows["year"] == one.year) & (rows["version"] == one.version)
    here &= (rows["indicator"] == one.indicator) & (rows["area"] == one.area)
    return bool(here.any()) or (one.year, one.version) in gone


def _stands_elsewhere(
    archive: Archive, one: Withdrawal, gone: set[tuple[int, int]]
) -> Iterator[Problem]:
    """Other versions of the year that go on saying the figure that is taken back from one."""
    if one.of_version:
        return
    taken = {(each.year, each.version, each.indicator, each.area) for each in archive.withdrawals}
    rows = archive.observations
    rows = rows[(rows["indicator"] == one.indicator) & (rows["area"] == one.area)]
    rows = rows[(rows["year"] == one.year) & (rows["missing"] == "")]
    said = {
        int(version): (numerator, denominator, value)
        for version, numerator, denominator, value in zip(
            rows["version"], rows["numerator"], rows["denominator"], rows["value"], strict=True
        )
    }
    for version, figure in said.items():
        key = (one.year, version, one.indicator, one.area)
        same = str(figure) == str(said.get(one.version))
        if version != one.version and same and key not in taken and key[:2] not in gone:
            yield Problem(
                code="withdrawal-elsewhere",
                place=_withdrawal_place(one, value=f"{one.indicator}, {one.area}"),
                facts={
                    "version": f"v{version}",
                    "line": f"{one.year},{version},{one.indicator},{one.area}",
                },
                stops=False,
            )


def _withdrawal_place(
    one: Withdrawal, column: str | None = None, value: str | None = None
) -> Place:
    return Place(file="results/withdrawals.csv", row=one.row, column=column, value=value)


def _place(
    archive: Archive, after: Edition, difference: Difference, rows: Mapping[tuple[str, str], int]
) -> Place:
    """Where the new version says it; of a row that is gone, only its file and its key."""
    key = difference.key or f"{difference.indicator}, {difference.area}"
    if difference.resource == "edition":
        value = _told(difference.new, difference)
        return Place(file=f"{after.folder}/datapackage.json", column=difference.key, value=value)
    new = difference.new
    texts = contract(archive.languages).edition[difference.resource].texts
    # A value that its parts make does not stand in the file.
    columns = [
        f"{name}_{archive.languages[0]}" if name in texts else name
        for name in difference.columns
        if name != "value" or "numerator" not in difference.columns
    ]
    if difference.resource == "observations":
        row = rows.get((difference.indicator, difference.area)) if new is not None else None
    else:
        row = new.row if isinstance(new, Report | ActionReport) else None
    return Place(
        file=f"{after.folder}/{difference.resource}.csv",
        row=row,
        column=", ".join(columns) or None,
        value=key,
    )


def _line(difference: Difference) -> str:
    """How the row that is asked for begins."""
    resource = "" if difference.resource == "observations" else difference.resource
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(
        [difference.indicator, difference.area, resource, difference.key]
    )
    return text.getvalue()


def _told(what: Thing | None, difference: Difference) -> str:
    """One side of a difference as it stands in the data."""
    if what is None:
        return NOTHING
    if isinstance(what, Edition):
        return str(getattr(what, difference.key))
    if isinstance(what, Report):
        cells = {
            "received_on": what.received_on.isoformat(),
            "document": what.document,
            "note": what.note.first,
        }
        parts = [cells[name] for name in difference.columns or cells]
    elif isinstance(what, ActionReport):
        cells = {
            "state": what.state.value,
            "summary": what.summary.first,
            "evidence": what.evidence,
        }
        parts = [cells[name] for name in difference.columns or cells]
    else:
        parts = _figure_parts(what, difference.columns)
    return ", ".join(filter(None, parts)) or NOTHING


def _figure_parts(figure: Figure, columns: tuple[str, ...]) -> list[str]:
    if figure.numerator is not None:
        parts = [f"{figure.numerator}/{figure.denominator}"]
    elif figure.low is not None:
        parts = [_number(figure.low)]
    else:
        parts = [figure.missing.value if figure.missing else ""]
    if "status" in columns and figure.status is not None:
        parts.append(figure.status.value)
    if "as_of" in columns:
        parts.append(figure.as_of.isoformat())
    if "valid_until" in columns and figure.valid_until is not None:
        parts.append(figure.valid_until.isoformat())
    if "break" in columns:
        parts.append(figure.break_.first)
    return parts


def _number(number: Fraction) -> str:
    """A number of a cell, with all of its decimals."""
    return str(kept_apart(number, 0, (number,)))
