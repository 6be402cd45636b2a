"""The rules that data must keep, beyond what its schemas say.

Each rule is a generator whose docstring is the rule as a statement.  It yields a `Problem` for
each place that breaks it and never stops at the first.  A problem that warns can be answered by a
note in the data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from tiendo.check.drafts import draft_problems
from tiendo.check.hidden import confidential_problems
from tiendo.check.plan import calendar_problems, plan_problems
from tiendo.check.reports import duty_problems, report_problems
from tiendo.check.versions import version_problems, withdrawal_problems
from tiendo.judge.areas import (
    existed,
    local_on,
    rest_on,
    territory,
)
from tiendo.judge.editions import is_signed_off
from tiendo.judge.figure_facts import asked_facts, room_told, whole_told
from tiendo.judge.lineage import Lineage, lineage, predecessor
from tiendo.judge.measure import parts_of, rows_of
from tiendo.judge.observations import observations
from tiendo.judge.owed import FigureKey, allowed, is_measurable, owing
from tiendo.judge.plan_then import breaking, broken_between, checked_by, in_force, is_signed
from tiendo.judge.questions import Year, asked, exceeds
from tiendo.judge.rounding import kept_apart
from tiendo.judge.scale import bounded, local_scale, scale_of
from tiendo.judge.unread import may_stand
from tiendo.judge.wholes import contradicts, room
from tiendo.letters import mended, nearest
from tiendo.terms import (
    Archive,
    Difference,
    Edition,
    Figure,
    Indicator,
    Level,
    Observation,
    Place,
    Problem,
    Question,
    Unit,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Case:
    """One edition with what its rules need."""

    archive: Archive
    edition: Edition
    rows: tuple[Observation, ...]
    indicators: Mapping[str, Indicator]
    here: tuple[str, ...]
    """The local areas that report in this edition."""
    rest: tuple[str, ...]
    given: Mapping[FigureKey, Figure]
    """The figures in its rows."""
    before: Mapping[FigureKey, Figure]
    """The figures of the year before, in its newest version, of who held the same land then."""
    jump_points: int

    def place(
        self, row: Observation | None, column: str | None = None, value: str | None = None
    ) -> Place:
        """A place in this edition's observations."""
        return Place(
            file=f"{self.edition.folder}/observations.csv",
            row=row.row if row else None,
            column=column,
            value=value,
        )


Rule = Callable[[_Case], Iterator[Problem]]


def problems(archive: Archive, now: datetime, *, jump_points: int) -> list[Problem]:
    """Everything in an archive that breaks a rule, in the order of files and rows."""
    found = [
        *plan_problems(archive),
        *calendar_problems(archive, now),
        *version_problems(archive),
        *report_problems(archive, now),
        *duty_problems(archive),
        *withdrawal_problems(archive),
    ]
    if archive.plan.scope in archive.areas:
        found += draft_problems(archive)
        found += _edition_problems(archive, jump_points)
    return sorted(
        found,
        key=lambda p: (p.place.file, p.place.row or 0, p.place.column or "", p.code),
    )


def _edition_problems(archive: Archive, jump_points: int) -> Iterator[Problem]:
    last = {edition.year: edition for edition in archive.editions}
    known = lineage(archive.areas, archive.area_changes)
    latest: _Case | None = None
    for edition in archive.editions:
        # A version answers to what is signed with it; what is open to today's plan.
        then = checked_by(archive, edition)
        given = rows_of(archive, edition)
        case = _Case(
            archive=then,
            edition=edition,
            rows=tuple(observations(archive, edition)),
            indicators={indicator.indicator: indicator for indicator in then.indicators},
            here=local_on(then, edition.geography, edition.as_of),
            rest=rest_on(then, edition.as_of),
            given=given,
            before=_a_year_ago(known, edition, given, latest),
            jump_points=jump_points,
        )
        for rule in EDITION_RULES:
            yield from rule(case)
        if edition is last[edition.year]:
            # In a version that was replaced nothing can be answered any more.
            for rule in NEWEST_RULES:
                yield from rule(case)
            yield from confidential_problems(case.archive, edition)
            latest = case


def _a_year_ago(
    known: Lineage, edition: Edition, given: Mapping[FigureKey, Figure], latest: _Case | None
) -> dict[FigureKey, Figure]:
    """What was reported a year ago of the land that each area has now, by the areas of now.

    The scope is a territory, which stays the same.
    """
    if latest is None or latest.edition.year != edition.year - 1:
        return {}
    then = frozenset(latest.here)
    breaks = breaking(latest.archive)
    same: dict[tuple[str, date], str | None] = {}
    found = {}
    for (indicator, area), figure in given.items():
        if area not in known.areas or broken_between(
            breaks, indicator, latest.edition.as_of, edition.as_of
        ):
            continue
        key = (area, figure.as_of)
        if key not in same:
            same[key] = (
                area
                if area == latest.archive.plan.scope
                else predecessor(known, area, figure.as_of, latest.edition.as_of, then)
            )
        other = latest.given.get((indicator, same[key] or ""))
        if other is not None:
            found[indicator, area] = other
    return found


def refused(archive: Archive) -> Iterator[Problem]:
    """An official site shows no invented figure."""
    for edition in archive.editions:
        if edition.illustrative:
            yield Problem(
                code="official-illustrative",
                place=Place(
                    file=f"{edition.folder}/datapackage.json", column="illustrative", value="true"
                ),
            )


def exposed(archive: Archive, now: datetime) -> Iterator[Problem]:
    """Where everyone can read the data, no real figure stands in it before its hour."""
    public = {
        (row.year, row.version) for row in archive.releases if row.sha256 and row.released <= now
    }
    for edition in archive.editions:
        if not edition.illustrative and (edition.year, edition.version) not in public:
            yield Problem(
                code="release-exposed", place=Place(file=f"{edition.folder}/datapackage.json")
            )


# Rows of one edition ------------------------------------------------------------------------


def _known_names(case: _Case) -> Iterator[Problem]:
    """An observation is of an indicator of the plan and of an area that there is."""
    areas = case.archive.areas
    spelt = {
        name: area
        # Where two have the same name, the one that reports is meant.
        for area in (*areas, *case.rest, case.archive.plan.scope, *case.here)
        for name in (area, areas[area].name.first, *areas[area].aliases)
    }
    near: dict[str, str] = {}
    for row in case.rows:
        if row.indicator and row.indicator not in case.indicators:
            if row.indicator not in near:
                near[row.indicator] = nearest(row.indicator, case.indicators)
            yield Problem(
                code="indicator-unknown",
                place=case.place(row, "indicator", row.indicator),
                facts={"nearest": near[row.indicator]},
            )
        if row.area and row.area not in areas:
            if row.area not in near:
                near[row.area] = spelt.get(nearest(row.area, spelt), "")
            yield Problem(
                code="area-unknown",
                place=case.place(row, "area", row.area),
                facts={"nearest": near[row.area]},
            )


def _geography_known(case: _Case) -> Iterator[Problem]:
    """An edition is reported by a level of areas that lie in the plan's territory."""
    levels = {case.archive.areas[name].level for name in territory(case.archive)}
    if case.edition.geography not in levels:
        yield Problem(
            code="name-unknown",
            place=Place(
                file=f"{case.edition.folder}/datapackage.json",
                column="geography",
                value=case.edition.geography,
            ),
            facts={"nearest": nearest(case.edition.geography, levels)},
        )


def _areas_then(case: _Case) -> Iterator[Problem]:
    """An area has a row only in an edition in which it existed."""
    for row in _sound(case):
        area = case.archive.areas[row.area]
        on = row.as_of or case.edition.as_of
        if row.area == case.archive.plan.scope:
            continue
        if not existed(area, on):
            yield Problem(
                code="area-not-then",
                place=case.place(row, "area", row.area),
                facts={
                    "name": area.name.first,
                    "on": on.isoformat(),
                    "since": area.since.isoformat() if area.since else "…",
                    "until": area.until.isoformat() if area.until else "…",
                },
            )


def _expected_rows(case: _Case) -> Iterator[Problem]:
    """Each indicator has a row for each area that owes one, and none for any other.

    A draft may lack rows: `tiendo.check.drafts` tells which.
    """
    given = {(row.indicator, row.area) for row in case.rows}
    ended = {
        name
        for name in territory(case.archive)
        if (until := case.archive.areas[name].until)
        and until.year == case.edition.year
        and until < case.edition.as_of
    }
    signed = is_signed_off(case.archive, case.edition)
    for indicator in _in_force(case) if case.rows and signed else ():
        for area in owing(case.archive, case.edition, indicator):
            if (indicator.indicator, area) not in given and not may_stand(
                case.edition, "observations", indicator=indicator.indicator, area=area
            ):
                yield Problem(
                    code="row-missing",
                    place=case.place(None, "indicator, area", f"{indicator.indicator}, {area}"),
                    facts={"area": case.archive.areas[area].name.first},
                )
    names = {indicator.indicator for indicator in _in_force(case)}
    for row in _sound(case):
        if row.indicator not in names:
            continue
        indicator = case.indicators[row.indicator]
        may = {*allowed(case.archive, case.edition, indicator)}
        may |= ended if indicator.level is Level.LOCAL else set()
        if row.area not in may and existed(
            case.archive.areas[row.area], row.as_of or case.edition.as_of
        ):
            counted = not is_measurable(indicator, case.edition)
            yield Problem(
                code="row-not-counted" if counted else "row-unexpected",
                place=case.place(row, "area", row.area),
                facts={
                    "indicator": row.indicator,
                    "counts": indicator.counts or "–",
                    "geography": case.edition.geography,
                },
            )


def _in_force(case: _Case) -> Iterator[Indicator]:
    """The indicators that are asked of this edition."""
    return (each for each in case.archive.indicators if in_force(each, case.edition.year))


def _rows_in_force(case: _Case) -> Iterator[Problem]:
    """An indicator has no rows in an edition before its first year, or after its last."""
    names = {indicator.indicator for indicator in _in_force(case)}
    for row in _sound(case):
        if row.indicator not in names:
            indicator = case.indicators[row.indicator]
            yield Problem(
                code="row-not-in-force",
                place=case.place(row, "indicator", row.indicator),
                facts={
                    "year": str(case.edition.year),
                    "since": str(indicator.since or "…"),
                    "until": str(indicator.until or "…"),
                    "successor": indicator.successor or "–",
                },
            )


def _figure_or_reason(case: _Case) -> Iterator[Problem]:
    """A row holds a figure with its status, or a reason why there is none; never both."""
    for row in case.rows:
        if not row.sound:
            continue
        has_figure = row.has_figure
        if has_figure and row.missing:
            yield Problem(code="figure-and-reason", place=case.place(row, "missing", row.missing))
        elif not has_figure and not row.missing and is_signed_off(case.archive, case.edition):
            yield Problem(code="figure-or-reason", place=case.place(row, "value", ""))
        elif has_figure and not row.status:
            yield Problem(code="status-missing", place=case.place(row, "status", ""))
        elif row.missing and row.status:
            yield Problem(code="status-without-figure", place=case.place(row, "status", row.status))


def _parts_fit(case: _Case) -> Iterator[Problem]:
    """A numerator has a denominator that is not 0 and not smaller than it."""
    for row in _sound(case):
        if (row.numerator is None) != (row.denominator is None):
            column = "denominator" if row.denominator is None else "numerator"
            yield Problem(code="part-missing", place=case.place(row, column, ""))
        elif row.numerator is not None and row.denominator is not None:
            if row.denominator == 0:
                yield Problem(code="denominator-zero", place=case.place(row, "denominator", "0"))
            elif row.numerator > row.denominator:
                yield Problem(
                    code="numerator-above",
                    place=case.place(row, "numerator", str(row.numerator)),
                    facts={"denominator": str(row.denominator)},
                )


def _value_fits(case: _Case) -> Iterator[Problem]:
    """A value is what its parts make within rounding, and lies in its indicator's range."""
    for row in _sound(case):
        value = row.exact
        if value is None:
            continue
        indicator = case.indicators[row.indicator]
        scale = scale_of(case.archive.plan, indicator, row.area)
        possible = bounded(scale, value) == value
        place = case.place(row, "value", row.text)
        if scale.is_held:
            if value.denominator != 1 or not possible:
                yield Problem(code="level-wrong", place=place)
        elif not possible:
            yield Problem(code="percent-range", place=place)
        elif row.numerator is not None and row.denominator:
            made = Fraction(100 * row.numerator, row.denominator)
            places = len(row.text.partition(".")[2])
            if abs(made - value) > Fraction(1, 2 * 10**places):
                yield Problem(
                    code="value-not-quotient",
                    place=place,
                    facts={
                        "numerator": str(row.numerator),
                        "denominator": str(row.denominator),
                        "quotient": f"{kept_apart(made, 2, (value,)):f}",
                    },
                )


def _levels_stand_alone(case: _Case) -> Iterator[Problem]:
    """An area's standard, and a title, is a level: it has no numerator and no denominator."""
    for row in _sound(case):
        indicator = case.indicators[row.indicator]
        scale = scale_of(case.archive.plan, indicator, row.area)
        if scale.is_held and row.numerator is not None:
            yield Problem(
                code="level-with-parts", place=case.place(row, "numerator", str(row.numerator))
            )
        elif (
            scale.difference is Difference.AREAS and row.value is not None and row.numerator is None
        ):
            yield Problem(code="count-without-parts", place=case.place(row, "value", row.text))


def _recognition_valid(case: _Case) -> Iterator[Problem]:
    """A recognition that had run out on the day it is reported for is level 0."""
    for row in _sound(case):
        on = row.as_of or case.edition.as_of
        if row.valid_until and row.valid_until < on and row.value:
            yield Problem(
                code="recognition-expired",
                place=case.place(row, "valid_until", row.valid_until.isoformat()),
                facts={"on": on.isoformat(), "value_held": row.text},
            )


def _row_dates(case: _Case) -> Iterator[Problem]:
    """A row's date is not after the edition's; a ratio's lies in the edition's year."""
    for row in _sound(case):
        if row.as_of is None:
            continue
        late = row.as_of > case.edition.as_of
        other_year = (
            not local_scale(case.indicators[row.indicator]).is_held
            and row.as_of.year != case.edition.year
        )
        if late or other_year:
            yield Problem(
                code="row-date",
                place=case.place(row, "as_of", row.as_of.isoformat()),
                facts={"as_of": case.edition.as_of.isoformat(), "year": str(case.edition.year)},
            )


def _sources_named(case: _Case) -> Iterator[Problem]:
    """A figure names its source: a document of the reports, or a source of the descriptor."""
    known = {report.document for report in case.edition.reports if report.document}
    known |= {source for source in case.edition.sources if source}
    meant = {mended(name) for name in known if mended(name) != name}
    for row in _sound(case):
        if row.missing or not row.has_figure:
            continue
        if not row.source:
            yield Problem(code="source-missing", place=case.place(row, "source", ""))
        elif row.source not in known and not (
            may_stand(case.edition, "reports", document=row.source)
            # Its letters are told of where they stand.
            or mended(row.source) in meant
        ):
            yield Problem(
                code="source-unknown",
                place=case.place(row, "source", row.source),
                facts={"nearest": nearest(row.source, known)},
            )


def _standards_imply(case: _Case) -> Iterator[Problem]:
    """A standard that implies others is held only where those are."""
    levels = {(row.indicator, row.area): row for row in _sound(case) if row.value is not None}
    for row in levels.values():
        indicator = case.indicators[row.indicator]
        scale = scale_of(case.archive.plan, indicator, row.area)
        if scale.unit is not Unit.LEVEL or not row.value or row.value < 1:
            continue
        for need in indicator.requires:
            other = levels.get((need.indicator, row.area))
            if other is not None and other.value is not None and other.value < need.at_least:
                yield Problem(
                    code="standard-implies",
                    place=case.place(row, "value", row.text),
                    facts={
                        "indicator": row.indicator,
                        "other": need.indicator,
                        "at_least": str(need.at_least),
                        "found": other.text,
                        "other_row": str(other.row),
                    },
                )


def _child_within_parent(case: _Case) -> Iterator[Problem]:
    """What is part of another indicator is never more than that one."""
    rows = {(row.indicator, row.area): row for row in _sound(case)}
    for (name, area), row in rows.items():
        parent = case.indicators[name].parent
        other = rows.get((parent, area)) if parent else None
        if other is None:
            continue
        more_people = (
            row.numerator is not None
            and other.numerator is not None
            and row.numerator > other.numerator
        )
        higher_rate = (
            row.denominator is None
            and other.denominator is None
            and exceeds(row.exact, other.exact)
            and not row.note
        )
        if more_people or higher_rate:
            column = "numerator" if more_people else "value"
            yield Problem(
                code="child-above-parent",
                place=case.place(row, column, str(row.numerator) if more_people else row.text),
                facts={
                    "parent": parent or "",
                    "parent_value": str(other.numerator) if more_people else other.text,
                    "parent_row": str(other.row),
                },
                stops=more_people,
            )


def _whole_agrees(case: _Case) -> Iterator[Problem]:
    """The whole area's own row is what its parts make, or lies in what they leave possible."""
    scope = case.archive.plan.scope
    rows = {row.indicator: row for row in _sound(case) if row.area == scope}
    for indicator in case.archive.indicators:
        row = rows.get(indicator.indicator)
        own = case.given.get((indicator.indicator, scope))
        if row is None or own is None or not is_measurable(indicator, case.edition):
            continue
        left = room(indicator, parts_of(case.archive, case.edition, indicator, case.given))
        if left is None or (left.allows(own) and (left.is_likely(own) or row.note)):
            continue
        scale = scale_of(case.archive.plan, indicator, scope)
        code = "whole-unlikely" if left.allows(own) else "whole-disagrees"
        if not left.allows(own) and left.open and own.numerator is not None and not left.counted:
            code = "whole-impossible"
        facts = {
            "given": whole_told(own, row.text),
            "made": room_told(left, own, scale, _decimals(row.text)),
            "rest": f"{(own.numerator or 0) - left.numerator}/"
            f"{(own.denominator or 0) - left.denominator}",
            "missing": str(left.blank),
            "usual": str(left.usual),
            "before": "",
            "areas": "",
        }
        if not left.allows(own) and (changed := _changed_parts(case, indicator, own)):
            code = "whole-not-corrected"
            facts |= {"before": f"v{case.edition.version - 1}", "areas": ", ".join(changed)}
        yield Problem(
            code=code,
            place=case.place(
                row,
                "value" if row.numerator is None else "numerator",
                row.text if row.numerator is None else str(row.numerator),
            ),
            facts=facts,
            stops=not left.allows(own),
        )


def _decimals(given: str) -> int:
    return len(given.partition(".")[2])


def _changed_parts(case: _Case, indicator: Indicator, own: Figure) -> tuple[str, ...]:
    """The areas whose correction made a whole impossible that stood before; by name."""
    key = (case.edition.year, case.edition.version - 1)
    before = next(
        (each for each in case.archive.editions if (each.year, each.version) == key), None
    )
    if before is None:
        return ()
    then = rows_of(case.archive, before)
    stood = then.get((own.indicator, own.area))
    parts = parts_of(case.archive, before, indicator, then)
    if stood is None or _parts(stood) != _parts(own) or contradicts(indicator, stood, parts):
        return ()
    now = parts_of(case.archive, case.edition, indicator, case.given)
    known = {part.area: _parts(part) for part in parts}
    return tuple(
        case.archive.areas[part.area].name.first
        for part in now
        if known.get(part.area) != _parts(part)
    )


def _parts(figure: Figure) -> tuple[int | None, int | None, Fraction | None]:
    return figure.numerator, figure.denominator, figure.low


def _asked(case: _Case) -> Iterator[Problem]:
    """What looks wrong is answered by a note."""
    rows = {(row.indicator, row.area): row for row in _sound(case)}
    year = Year(
        archive=case.archive,
        indicators=case.archive.indicators,
        given={key: figure for key, figure in case.given.items() if key in rows},
        before=case.before,
        points=case.jump_points,
    )
    for one in asked(year):
        row = rows[one.figure.indicator, one.figure.area]
        # A part above its whole has its own rule, which stops where people are counted.
        if one.answer or one.code == "child-above-parent":
            continue
        column, text = _asked_about(one, row)
        yield Problem(
            code=one.code,
            place=case.place(row, column, text),
            facts=asked_facts(case.archive, case.edition.year, one, case.jump_points),
            stops=False,
        )


def _asked_about(one: Question, row: Observation) -> tuple[str, str]:
    """The cell that looks wrong."""
    if one.code.startswith("denominator"):
        return "denominator", str(row.denominator)
    if row.numerator is not None:
        return "numerator", str(row.numerator)
    return "value", row.text


def _reports_known(case: _Case) -> Iterator[Problem]:
    """Whoever reported is an agency of the plan, and an action that is told of is the plan's."""
    agencies = {agency.agency for agency in case.archive.agencies}
    actions = {action.action for action in case.archive.actions}
    edition = case.edition
    reports = [(each.reporter, each.row) for each in edition.reports]
    states = [(each.action, each.row) for each in edition.actions]
    for code, table, column, known, found in (
        ("reporter-unknown", "reports", "reporter", agencies, reports),
        ("action-unknown", "actions", "action", actions, states),
    ):
        for name, row in found:
            if name not in known:
                file = f"{edition.folder}/{table}.csv"
                place = Place(file=file, row=row, column=column, value=name)
                yield Problem(code=code, place=place, facts={"nearest": nearest(name, known)})
    told = {report.action for report in edition.actions}
    for name in sorted(actions - told - _unasked(case, actions)):
        if may_stand(case.edition, "actions", action=name):
            continue
        yield Problem(
            code="action-missing",
            place=Place(file=f"{case.edition.folder}/actions.csv", column="action", value=name),
            stops=is_signed_off(case.archive, case.edition),
        )


def _unasked(case: _Case, actions: set[str]) -> set[str]:
    """The actions that the plan may have gained since: those that what is signed is silent on."""
    if is_signed(case.archive, case.edition):
        return actions
    before = [
        each
        for each in case.archive.editions
        if each.year == case.edition.year
        and each.version < case.edition.version
        and is_signed(case.archive, each)
    ]
    return actions - {state.action for state in before[-1].actions} if before else set()


EDITION_RULES: tuple[Rule, ...] = (
    _known_names,
    _geography_known,
    _areas_then,
    _expected_rows,
    _rows_in_force,
    _figure_or_reason,
    _parts_fit,
    _value_fits,
    _levels_stand_alone,
    _recognition_valid,
    _row_dates,
    _sources_named,
    _standards_imply,
    _child_within_parent,
    _reports_known,
)
NEWEST_RULES: tuple[Rule, ...] = (_whole_agrees, _asked)
"""The rules that the newest version of a year alone must keep: they put it right."""


# Rows ---------------------------------------------------------------------------------------


def _sound(case: _Case) -> Iterator[Observation]:
    """The rows that could be read and are of known indicators and areas."""
    for row in case.rows:
        if row.sound and row.indicator in case.indicators and row.area in case.archive.areas:
            yield row
