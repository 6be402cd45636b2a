"""The rules that plan, areas and calendar must keep, before any figure is looked at.

Each rule is a generator whose docstring is the rule as a statement.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

from tiendo.check.meaning import meaning_problems
from tiendo.check.plan_text import text_problems
from tiendo.ids import anchor, is_taken
from tiendo.judge.editions import release_of
from tiendo.judge.scale import scale_of
from tiendo.letters import folded, nearest
from tiendo.terms import Aggregation, Archive, Level, Measure, Place, Problem, Release


def plan_problems(archive: Archive) -> Iterator[Problem]:
    """What the plan names exists, and no area's name could be taken for another's."""
    yield from _plan_names(archive)
    yield from _indicators_fit(archive)
    yield from _targets_fit(archive)
    yield from _terms_are_days(archive)
    yield from _time_runs_forward(archive)
    yield from _no_circles(archive)
    yield from _confusable_names(archive)
    yield from _ids_free(archive)
    yield from _ids_joined(archive)
    yield from _tiles_fit(archive)
    yield from text_problems(archive)
    yield from meaning_problems(archive)


def _plan_names(archive: Archive) -> Iterator[Problem]:
    """Goals, agencies, areas and indicators that the plan and the areas name exist."""
    agencies = {agency.agency for agency in archive.agencies}
    indicators = {indicator.indicator for indicator in archive.indicators}
    goals = {goal.goal for goal in archive.goals}
    known: Mapping[str, Iterable[str]] = {
        "goal": goals,
        "parent": indicators,
        "successor": indicators,
        "requires": indicators,
        "indicator": indicators,
        "reporter": agencies,
        "agency": agencies,
        "recipient": agencies,
        "lead": agencies,
        "successors": agencies,
        "area": archive.areas,
        "scope": archive.areas,
    }
    for file, row, column, name in _plan_references(archive):
        if name and name not in known[column]:
            yield Problem(
                code="name-unknown",
                place=Place(file=f"plan/{file}", row=row, column=column, value=name),
                facts={"nearest": nearest(name, known[column])},
            )
    for area in archive.areas.values():
        if area.parent and area.parent not in archive.areas:
            yield _unknown_area(archive, "areas.csv", area.row, "parent", area.parent)
    for change in archive.area_changes:
        for column, name in (("from_area", change.from_area), ("to_area", change.to_area)):
            if name not in archive.areas:
                yield _unknown_area(archive, "changes.csv", change.row, column, name)


def _plan_references(archive: Archive) -> Iterator[tuple[str, int | None, str, str]]:
    """File, row, column and name, for all that the plan names."""
    yield "datapackage.json", None, "scope", archive.plan.scope
    for indicator in archive.indicators:
        file, row = "indicators.csv", indicator.row
        yield file, row, "goal", indicator.goal
        yield file, row, "parent", indicator.parent or ""
        yield file, row, "reporter", indicator.reporter
        yield file, row, "successor", indicator.successor
        yield from ((file, row, "requires", need.indicator) for need in indicator.requires)
    for target in archive.targets:
        yield "targets.csv", target.row, "indicator", target.indicator
        yield "targets.csv", target.row, "area", target.area or ""
    for agency in archive.agencies:
        yield "agencies.csv", agency.row, "area", agency.area or ""
        yield from (("agencies.csv", agency.row, "successors", n) for n in agency.successors)
    for duty in archive.duties:
        yield "duties.csv", duty.row, "agency", duty.agency
        yield from (("duties.csv", duty.row, "recipient", each) for each in duty.recipients)
    for action in archive.actions:
        yield from (("actions.csv", action.row, "lead", lead) for lead in action.leads)


def _unknown_area(archive: Archive, file: str, row: int, column: str, name: str) -> Problem:
    return Problem(
        code="name-unknown",
        place=Place(file=f"areas/{file}", row=row, column=column, value=name),
        facts={"nearest": nearest(name, archive.areas)},
    )


def _indicators_fit(archive: Archive) -> Iterator[Problem]:
    """What is said of an indicator fits together, and says all that its measure needs."""
    for indicator in archive.indicators:
        file, row, name = "plan/indicators.csv", indicator.row, indicator.indicator
        if (indicator.level, indicator.aggregation) not in SHAPES[indicator.measure]:
            value = indicator.aggregation.value
            yield Problem(
                code="indicator-misfit",
                place=Place(file=file, row=row, column="aggregation", value=value),
                facts={
                    "indicator": name,
                    "measure": indicator.measure.value,
                    "level": indicator.level.value,
                },
            )
        if indicator.measure is Measure.STANDARD and indicator.threshold is None:
            yield Problem(
                code="threshold-missing",
                place=Place(file=file, row=row, column="threshold", value=""),
                facts={"indicator": name},
            )
        if indicator.aggregation is Aggregation.COUNT and not indicator.counts:
            yield Problem(
                code="counts-missing",
                place=Place(file=file, row=row, column="counts", value=""),
                facts={"indicator": name},
            )
        if indicator.successor and indicator.until is None:
            yield Problem(
                code="successor-too-early",
                place=Place(file=file, row=row, column="successor", value=indicator.successor),
                facts={"indicator": name},
            )


def _targets_fit(archive: Archive) -> Iterator[Problem]:
    """A target lies in the plan's years; it is a level for a title and for an area's standard.

    It is of no year before its indicator's first; what ended may have had targets for later.
    """
    indicators = {indicator.indicator: indicator for indicator in archive.indicators}
    for target in archive.targets:
        own = indicators.get(target.indicator)
        if own is None:
            continue
        scale = scale_of(archive.plan, own, target.area or archive.plan.scope)
        start = max(archive.plan.start, own.since or archive.plan.start)
        if (
            not start <= target.year <= archive.plan.end
            or (own.level is Level.WHOLE and target.area)
            or (scale.is_held and target.value not in range(1, int(scale.highest or 0) + 1))
        ):
            cells = (target.indicator, target.area or "–", str(target.year), f"{target.value:f}")
            yield Problem(
                code="target-misfit",
                place=Place(
                    file="plan/targets.csv",
                    row=target.row,
                    column="indicator, area, year, value",
                    value=", ".join(cells),
                ),
                facts={"start": str(start), "end": str(archive.plan.end)},
            )


def _terms_are_days(archive: Archive) -> Iterator[Problem]:
    """A duty's term is one that a calendar knows, and a lead says what it is based on."""
    for duty in archive.duties:
        for due in filter(None, (part.strip() for part in duty.due.split(";"))):
            if not _is_due(due):
                yield Problem(
                    code="due-wrong",
                    place=Place(file="plan/duties.csv", row=duty.row, column="due", value=due),
                )
    for action in archive.actions:
        if action.leads and not action.lead_basis:
            place = Place(file="plan/actions.csv", row=action.row, column="lead_basis", value="")
            yield Problem(code="lead-basis-missing", place=place)


SHAPES: Mapping[Measure, frozenset[tuple[Level, Aggregation]]] = {
    Measure.RATIO: frozenset(
        {
            (Level.LOCAL, Aggregation.SUM),
            (Level.LOCAL, Aggregation.NONE),
            (Level.WHOLE, Aggregation.NONE),
        }
    ),
    Measure.STANDARD: frozenset({(Level.LOCAL, Aggregation.COUNT)}),
    Measure.TITLE: frozenset({(Level.WHOLE, Aggregation.NONE)}),
}
"""Who reports a measure, and what its figures make for the whole area."""


def _is_due(text: str) -> bool:
    """Whether a term is ``yearly``, a year, or ``before:MM-DD``, a day that every year has."""
    if text == "yearly" or re.fullmatch("(19|20|21)[0-9]{2}", text):
        return True
    day = re.fullmatch("before:([0-9]{2}-[0-9]{2})", text)
    try:
        return day is not None and bool(date.fromisoformat(f"2023-{day[1]}"))
    except ValueError:
        return False


def _time_runs_forward(archive: Archive) -> Iterator[Problem]:
    """Nothing ends before it begins."""
    dated: list[tuple[str, int, date | int | None, date | int | None]] = [
        *(("plan/indicators.csv", i.row, i.since, i.until) for i in archive.indicators),
        *(("areas/areas.csv", a.row, a.since, a.until) for a in archive.areas.values()),
        *(("plan/agencies.csv", a.row, a.since, a.until) for a in archive.agencies),
        *(("plan/duties.csv", d.row, d.since, d.until) for d in archive.duties),
    ]
    for file, row, since, until in dated:
        if since and until and str(until) < str(since):
            yield Problem(
                code="dates-reversed",
                place=Place(file=file, row=row, column="until", value=str(until)),
                facts={"since": str(since)},
            )
    if archive.plan.end < archive.plan.start:
        yield Problem(
            code="dates-reversed",
            place=Place(
                file="plan/datapackage.json", column="plan.end", value=str(archive.plan.end)
            ),
            facts={"since": str(archive.plan.start)},
        )


def _no_circles(archive: Archive) -> Iterator[Problem]:
    """Nothing is part of itself, or follows itself."""
    indicators = {i.indicator: (i.parent, i.row) for i in archive.indicators}
    followers = {i.indicator: (i.successor or None, i.row) for i in archive.indicators}
    areas = {a.area: (a.parent, a.row) for a in archive.areas.values()}
    for file, column, parents in (
        ("plan/indicators.csv", "parent", indicators),
        ("plan/indicators.csv", "successor", followers),
        ("areas/areas.csv", "parent", areas),
    ):
        for name, (parent, row) in parents.items():
            above, seen = parent, {name}
            while above in parents and above not in seen:
                seen.add(above)
                above = parents[above][0]
            if above == name:
                place = Place(file=file, row=row, column=column, value=name)
                yield Problem(code="circle", place=place)


def _confusable_names(archive: Archive) -> Iterator[Problem]:
    """No alias of an area is the name or alias of another one that exists beside it."""
    spelt: dict[str, set[str]] = defaultdict(set)
    for area in archive.areas.values():
        for name in (area.name.first, *area.aliases):
            spelt[folded(name)].add(area.area)
    for area in archive.areas.values():
        for alias in area.aliases:
            others = {
                other
                for other in spelt[folded(alias)] - {area.area}
                if _overlap(archive, area.area, other)
            }
            for other in sorted(others):
                yield Problem(
                    code="alias-taken",
                    place=Place(
                        file="areas/areas.csv", row=area.row, column="aliases", value=alias
                    ),
                    facts={"other": archive.areas[other].name.first},
                )


def ids_of(archive: Archive) -> Iterator[tuple[str, str, list[tuple[str, int]]]]:
    """The ids that addresses are made of, with their rows, by file and column."""
    yield "plan/goals.csv", "goal", [(each.goal, each.row) for each in archive.goals]
    indicators = [(each.indicator, each.row) for each in archive.indicators]
    yield "plan/indicators.csv", "indicator", indicators
    yield "plan/agencies.csv", "agency", [(each.agency, each.row) for each in archive.agencies]
    yield "plan/duties.csv", "duty", [(each.duty, each.row) for each in archive.duties]
    yield "plan/actions.csv", "action", [(each.action, each.row) for each in archive.actions]
    areas = [(name, each.row) for name, each in archive.areas.items()]
    yield "areas/areas.csv", "area", areas


def _ids_joined(archive: Archive) -> Iterator[Problem]:
    """An indicator and an area name one place together: `a-b` in `c` is not `a` in `b-c`.

    What a version changed is led to by both, joined with a hyphen.
    """
    rows = {each.indicator: each.row for each in archive.indicators}
    for longer, row in rows.items():
        for shorter in rows:
            if not longer.startswith(f"{shorter}-"):
                continue
            rest = longer.removeprefix(f"{shorter}-")
            for area in archive.areas:
                other = f"{rest}-{area}"
                if other in archive.areas:
                    yield Problem(
                        code="id-joined",
                        place=Place(
                            file="plan/indicators.csv",
                            row=row,
                            column="indicator",
                            value=longer,
                        ),
                        facts={"area": area, "indicator": shorter, "other": other},
                    )


def _ids_free(archive: Archive) -> Iterator[Problem]:
    """An id leads to one thing: the program has no such name, and no other id leads there."""
    for file, column, ids in ids_of(archive):
        led: dict[str, str] = {}
        for name, row in ids:
            place = Place(file=file, row=row, column=column, value=name)
            if is_taken(name) or name in archive.languages:
                yield Problem(code="id-taken", place=place)
            first = led.setdefault(anchor(name), name)
            if first != name:
                yield Problem(code="id-alike", place=place, facts={"other": first})


WIDEST_GRID = 6
"""So many tiles stand beside each other on a phone and can still be read."""


def _tiles_fit(archive: Archive) -> Iterator[Problem]:
    """An area's tile has a row and a column, fits on a phone, and is no other area's."""
    tiles: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for area in archive.areas.values():
        row, column = area.tile_row, area.tile_col
        if row is None and column is None:
            continue
        place = Place(file="areas/areas.csv", row=area.row, column="tile_row, tile_col")
        if row is None or column is None:
            yield Problem(code="tile-half", place=place)
            continue
        place = replace(place, value=f"{row}, {column}")
        if column > WIDEST_GRID:
            yield Problem(code="tile-wide", place=place, facts={"limit": str(WIDEST_GRID)})
        beside = tiles[area.level, row, column]
        for other in beside:
            if _overlap(archive, area.area, other):
                yield Problem(
                    code="tile-taken", place=place, facts={"other": archive.areas[other].name.first}
                )
                break
        beside.append(area.area)


def _overlap(archive: Archive, one: str, other: str) -> bool:
    a, b = archive.areas[one], archive.areas[other]
    return (a.since or date.min) <= (b.until or date.max) and (b.since or date.min) <= (
        a.until or date.max
    )


def calendar_problems(archive: Archive, now: datetime) -> Iterator[Problem]:
    """Signed versions stand as they were signed, in order, each in its place in the calendar."""
    yield from _signed_stand(archive)
    yield from _versions_in_order(archive)
    yield from _dates_of_editions(archive)
    for release in archive.releases:
        if release.sha256 is None and release.released <= now:
            yield Problem(
                code="release-overdue",
                place=_calendar_place(release, "released", release.released.isoformat()),
                facts={"year": str(release.year)},
                stops=False,
            )


def _signed_stand(archive: Archive) -> Iterator[Problem]:
    """A version that is signed off is never edited, and holds what it was measured by."""
    folders = {(edition.year, edition.version): edition for edition in archive.editions}
    for release in archive.releases:
        edition = folders.get((release.year, release.version))
        if release.sha256 is None or edition is None:
            continue
        if edition.sha256 != release.sha256:
            yield Problem(
                code="signed-changed",
                place=_calendar_place(release, "sha256", release.sha256),
                facts={"folder": edition.folder, "found": edition.sha256},
            )
        elif edition.signed is None:
            yield Problem(
                code="signed-without-copies",
                place=Place(file=f"{edition.folder}/datapackage.json"),
            )


def _versions_in_order(archive: Archive) -> Iterator[Problem]:
    """Versions of a year are numbered from 1, and signed off and released in that order."""
    for earlier, later in pairwise(archive.releases):
        if earlier.year == later.year and earlier.released >= later.released:
            yield Problem(
                code="release-order",
                place=_calendar_place(later, "released", later.released.isoformat()),
                facts={
                    "year": str(later.year),
                    "version": str(later.version),
                    "at": f"{later.released:%Y-%m-%d %H:%M}",
                    "earlier": str(earlier.version),
                    "earlier_at": f"{earlier.released:%Y-%m-%d %H:%M}",
                },
            )
    signed = {(release.year, release.version) for release in archive.releases if release.sha256}
    for release in archive.releases:
        before = (release.year, release.version - 1)
        if release.sha256 and release.version > 1 and before not in signed:
            yield Problem(
                code="release-skips",
                place=_calendar_place(release, "version", str(release.version)),
                facts={"missing": f"v{before[1]}", "year": str(release.year)},
            )
    known = {(edition.year, edition.version) for edition in archive.editions}
    gone = {(each.year, each.version) for each in archive.withdrawals if each.of_version}
    for year, version in sorted(known):
        if version > 1 and (year, version - 1) not in known | gone:
            yield Problem(
                code="version-gap",
                place=Place(file=f"results/{year}/v{version}"),
                facts={"missing": f"v{version - 1}"},
            )


def _dates_of_editions(archive: Archive) -> Iterator[Problem]:
    """Figures stand for a day of their year, and are not released before it."""
    for edition in archive.editions:
        if edition.as_of.year != edition.year:
            yield Problem(
                code="edition-year",
                place=Place(
                    file=f"{edition.folder}/datapackage.json",
                    column="as_of",
                    value=edition.as_of.isoformat(),
                ),
                facts={"year": str(edition.year)},
            )
        release = release_of(archive, edition)
        if release is not None and release.sha256 and release.released.date() < edition.as_of:
            yield Problem(
                code="release-before",
                place=_calendar_place(release, "released", release.released.isoformat()),
                facts={"as_of": edition.as_of.isoformat()},
            )


def _calendar_place(release: Release, column: str, value: str | None = None) -> Place:
    return Place(file="results/releases.csv", row=release.row, column=column, value=value)
