"""What all files say together: each row once, totals compared, parts against wholes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tiendo.forms.cells import Repair
from tiendo.forms.entries import Key
from tiendo.forms.reading import Reading
from tiendo.forms.rows import FIGURE, Row
from tiendo.judge.observations import observations
from tiendo.judge.owed import is_optional
from tiendo.judge.scale import local_scale
from tiendo.read.contract import Table, contract
from tiendo.terms import Aggregation, Level, Observation, Place, Problem


def one_row(name: Key, rows: list[Row], reading: Reading) -> dict[str, str] | None:
    """What the rows of one indicator and area say together; None where they leave a question."""
    filled = [row for row in rows if not row.empty]
    for row in filled:
        reading.problems += row.problems
        reading.repairs += row.repairs
    if not filled:
        _ask_figure(name, rows, reading)
        return None
    if any(row.problems for row in filled):
        return None
    first = min(filled, key=lambda row: order_of(row.place))
    columns: dict[str, str] = {}
    for row in sorted(filled, key=lambda row: order_of(row.place)):
        twice = row is not first and row.place.file == first.place.file
        for column, value in row.columns.items():
            if columns.setdefault(column, value) != value or twice:
                reading.problems.append(
                    Problem(
                        code="import-twice",
                        place=replace(row.place, value=value),
                        facts={
                            "first": f"{first.place.file}, {first.place.column}{first.place.row}",
                            "indicator": reading.indicators[name[0]].short.first,
                            "area": reading.archive.areas[name[1]].name.first,
                            "other": columns[column],
                        },
                    )
                )
                return None
    return columns


def _ask_figure(name: Key, rows: Sequence[Row], reading: Reading) -> None:
    """An empty row asks for its figure or a reason, unless it may stay empty."""
    indicator = reading.indicators[name[0]]
    if is_optional(indicator, name[1], reading.edition, reading.archive):
        return
    place = min((row.place for row in rows), key=order_of)
    reading.problems.append(
        Problem(
            code="import-blank",
            place=place,
            facts={
                "indicator": indicator.short.first,
                "area": reading.archive.areas[name[1]].name.first,
            },
        )
    )


def add_total(
    row: Row,
    new: dict[Key, dict[str, str]],
    places: dict[Key, Place],
    standing: Mapping[Key, Mapping[str, str]],
    reading: Reading,
) -> None:
    """A row of totals that only adds up is passed over; one that does not is asked about.

    Where the areas' rows have no parts to add up, it is the whole area's own figure.
    """
    if row.empty:
        return
    name = row.said.key
    indicator = reading.indicators[name[0]]
    parts = [
        columns
        for area in (*reading.here, *reading.rest)
        if (columns := new.get((name[0], area)) or standing.get((name[0], area))) is not None
    ]
    given = (row.columns.get("numerator", ""), row.columns.get("denominator", ""))
    if indicator.aggregation is Aggregation.COUNT:
        held = [part for part in parts if part.get("value")]
        made = (
            str(sum(int(part["value"]) >= local_scale(indicator).held_from for part in held)),
            str(len(reading.here)),
        )
        complete = len(held) == len(reading.here)
    else:
        held = [part for part in parts if part.get("numerator") and part.get("denominator")]
        made = (
            str(sum(int(part["numerator"]) for part in held)),
            str(sum(int(part["denominator"]) for part in held)),
        )
        owing = [part for part in parts if part.get("value") and not part.get("numerator")]
        complete = bool(held) and not owing
    if row.problems and indicator.aggregation is Aggregation.COUNT and complete:
        # Under levels people write a bare count, which is no form that a row can have.
        figure = row.said.cells.get("figure") or row.said.cells.get("value")
        given = (figure.text if figure is not None else "", made[1])
    elif row.problems:
        reading.problems += row.problems
        return
    if complete and given == made:
        reading.repairs.append(Repair(kind="total", place=row.place, old="/".join(given), new=""))
    elif complete:
        reading.problems.append(
            Problem(
                code="import-total-disagrees",
                place=replace(row.place, value="/".join(filter(None, given)) or row.place.value),
                facts={"made": "/".join(made), "indicator": indicator.short.first},
            )
        )
    elif name in new:
        reading.repairs.append(Repair(kind="total", place=row.place, old="/".join(given), new=""))
    else:
        reading.repairs += row.repairs
        if row.lacks_status:
            reading.problems.append(
                Problem(code="import-status-nowhere", place=Place(file=row.place.file))
            )
        new[name], places[name] = row.columns, row.place


def _table(reading: Reading, name: str) -> Table:
    """A table of the package as the contract has it."""
    return contract(reading.archive.languages).edition[name]


def standing_rows(reading: Reading) -> dict[Key, dict[str, str]]:
    """The rows of the package as they are, as text."""
    table = _table(reading, "observations")
    return {
        (row.indicator, row.area): _cells(row, table)
        for row in observations(reading.archive, reading.edition)
    }


def _cells(row: Observation, table: Table) -> dict[str, str]:
    said = {"break": row.break_, "note": row.note}
    words = {
        column: said[stem].given(language)
        for stem, columns in table.texts.items()
        for language, column in columns.items()
    }
    return {
        name: words[name] if name in words else _as_text(getattr(row, name))
        for name in table.columns
    }


def _as_text(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def whole_row(
    name: Key,
    columns: Mapping[str, str],
    standing: Mapping[Key, Mapping[str, str]],
    reading: Reading,
) -> dict[str, str]:
    """A row with all its columns: what is not spoken of stays, but for the figure's own."""
    table = _table(reading, "observations")
    old = standing.get(name, {})
    row = {column: old.get(column, "") for column in table.columns}
    row |= dict.fromkeys(FIGURE, "") | dict(columns)
    for stem, (first, *others) in ((stem, each.values()) for stem, each in table.texts.items()):
        # A translation is of the words that stood there.
        if stem in columns and columns[stem] != row[first]:
            row |= {first: columns[stem], **dict.fromkeys(others, "")}
    row["indicator"], row["area"] = name
    return {column: row[column] for column in table.columns}


def child_problems(
    whole: Mapping[Key, Mapping[str, str]],
    places: Mapping[Key, Place],
    standing: Mapping[Key, Mapping[str, str]],
    reading: Reading,
) -> Iterable[Problem]:
    """A part is not larger than what it is part of."""
    for name, row in whole.items():
        for child in reading.archive.indicators:
            if child.parent is None or name[0] not in {child.indicator, child.parent}:
                continue
            parent_key, child_key = (child.parent, name[1]), (child.indicator, name[1])
            parent = whole.get(parent_key) or standing.get(parent_key)
            part = whole.get(child_key) or standing.get(child_key)
            if not parent or not part or not (parent["numerator"] and part["numerator"]):
                continue
            if int(part["numerator"]) > int(parent["numerator"]):
                yield Problem(
                    code="import-child-above-parent",
                    place=replace(places[name], value=row["numerator"]),
                    facts={
                        "child": child.short.first,
                        "child_value": part["numerator"],
                        "parent": reading.indicators[child.parent].short.first,
                        "parent_value": parent["numerator"],
                    },
                )


def absent_areas(
    plain: Iterable[str],
    whole: Mapping[Key, Mapping[str, str]],
    standing: Mapping[Key, Mapping[str, str]],
    reading: Reading,
) -> Iterable[Problem]:
    """Areas that a table of people's own making leaves out; a form can't."""
    local = [name for name in plain if reading.indicators[name].level is Level.LOCAL]
    missing = [
        reading.archive.areas[area].name.first
        for area in reading.here
        if any(
            (name, area) not in whole and not _has_something(standing.get((name, area), {}))
            for name in local
        )
    ]
    if missing and not any(problem.stops for problem in reading.problems):
        yield Problem(
            code="import-areas-absent",
            place=Place(file=reading.edition.folder),
            facts={"count": str(len(missing)), "names": "; ".join(missing)},
            stops=False,
        )


def _has_something(row: Mapping[str, str]) -> bool:
    return any(row.get(column) for column in ("numerator", "value", "missing"))


def reports_once(reading: Reading) -> tuple[Mapping[str, str], ...]:
    """Each report once; the same document on two days is a question."""
    found: dict[tuple[str, str], tuple[Place, Mapping[str, str]]] = {}
    for place, row in sorted(reading.reports, key=lambda pair: order_of(pair[0])):
        name = (row["reporter"], row["document"])
        first = found.setdefault(name, (place, row))
        if first[1] != row:
            reading.problems.append(
                Problem(
                    code="import-report-twice",
                    place=replace(place, value=row["received_on"]),
                    facts={"first": first[0].file, "other": first[1]["received_on"]},
                )
            )
    names = _table(reading, "reports").columns
    return tuple({column: row.get(column, "") for column in names} for _, row in found.values())


def order_of(place: Place) -> tuple[str, int, int, str]:
    """Where a place stands among others: by file, row, column."""
    column = place.column or ""
    return place.file, place.row or 0, len(column), column


def problem_order(problem: Problem) -> tuple[tuple[str, int, int, str], str, str]:
    """Where a problem stands among others."""
    return order_of(problem.place), problem.code, str(sorted(problem.facts.items()))


def problem_key(problem: Problem) -> tuple[str, Place, tuple[tuple[str, str], ...]]:
    """What makes two problems the same."""
    return problem.code, problem.place, tuple(sorted(problem.facts.items()))


def sorted_repairs(repairs: Iterable[Repair]) -> tuple[Repair, ...]:
    """Repairs in the order of their places, each once."""
    return tuple(sorted({*repairs}, key=lambda each: (order_of(each.place), each.kind, each.new)))
