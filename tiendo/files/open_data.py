"""Figures and verdicts for other programs: CSV, JSON and a data package, at addresses that stay.

Machine forms have ISO dates, decimal points and codes; the form for a Vietnamese Excel has
semicolons, decimal commas, dd/mm/yyyy and a byte order mark, since Excel decides by these.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from tiendo.config import Site
from tiendo.files.catalogue import catalogue, csv_metadata, packed
from tiendo.files.withdrawn import withdrawn_files
from tiendo.judge.as_shown import ONLY_NOTHING, apart_from, target_level
from tiendo.judge.completeness import State, entries
from tiendo.judge.editions import first_release, last_correction
from tiendo.judge.heard import heard
from tiendo.judge.owed import reporter_of
from tiendo.judge.plan_then import asked as asked_of
from tiendo.judge.reporting import reporting_of
from tiendo.judge.rounding import kept_apart
from tiendo.judge.scale import scale_of
from tiendo.judge.steps import rests_on_corrected
from tiendo.licences import licence_of
from tiendo.terms import (
    NO_WORDS,
    Aggregation,
    Assessment,
    Figure,
    Indicator,
    Question,
    Release,
    Restated,
    Results,
    Status,
    Text,
)
from tiendo.words import addresses
from tiendo.words.desk import Desk
from tiendo.words.downloads import (
    ARCHIVE,
    CATALOGUE,
    CSV_METADATA,
    DESCRIPTOR,
    column_label,
    column_meaning,
    edition_file,
    edition_note,
    version_told,
)
from tiendo.words.questions import all_questions
from tiendo.words.wording import Words

VALUE_DECIMALS = 4
"""Values are written with so many decimals; numerator and denominator give them exactly."""

COLUMNS: tuple[tuple[str, str], ...] = (
    ("indicator", "string"),
    ("indicator_name_*", "string"),
    ("area", "string"),
    ("area_code", "string"),
    ("area_name_*", "string"),
    ("year", "integer"),
    ("as_of", "date"),
    ("numerator", "integer"),
    ("numerator_high", "integer"),
    ("denominator", "integer"),
    ("value", "number"),
    ("value_high", "number"),
    ("unit", "string"),
    ("obs_status", "string"),
    ("missing", "string"),
    ("aggregated", "boolean"),
    ("break", "string"),
    ("break_*", "string"),
    ("decision", "string"),
    ("decided_on", "date"),
    ("valid_until", "date"),
    ("source", "string"),
    ("note_*", "string"),
    ("version", "integer"),
    ("illustrative", "boolean"),
    ("notice", "string"),
    ("first_released", "date"),
    ("last_corrected", "date"),
    ("revised", "boolean"),
    ("revised_on", "date"),
    ("revised_from", "number"),
    ("revised_from_high", "number"),
    ("revised_from_numerator", "integer"),
    ("revised_from_denominator", "integer"),
    ("revised_from_status", "string"),
    ("revised_from_missing", "string"),
    ("revised_from_version", "integer"),
    ("revision_kind", "string"),
    ("revision_follows_from", "string"),
    ("revision_reason_*", "string"),
    ("indicator_since", "integer"),
    ("indicator_until", "integer"),
    ("indicator_successor", "string"),
)
"""Columns of the table of figures: name and type in Table Schema.

``_*`` stands for one in each language of the site, ``_1`` for one in its first language.  A column
keeps its name and place for ever: new ones come at the end."""

VERDICT_COLUMNS: tuple[tuple[str, str], ...] = (
    ("indicator", "string"),
    ("area", "string"),
    ("milestone", "integer"),
    ("target", "number"),
    ("own_target", "boolean"),
    ("verdict", "string"),
    ("provisional", "boolean"),
    ("headline", "boolean"),
    ("year", "integer"),
    ("value", "number"),
    ("value_high", "number"),
    ("gap", "number"),
    ("needed_count", "integer"),
    ("gap_count", "integer"),
    ("pace", "number"),
    ("needed_pace", "number"),
    ("leads_to", "number"),
    ("illustrative", "boolean"),
    ("notice", "string"),
    ("revised", "boolean"),
)
"""Columns of the table of verdicts."""

QUALITY_COLUMNS: tuple[tuple[str, str], ...] = (
    ("indicator", "string"),
    ("indicator_name_1", "string"),
    ("area", "string"),
    ("area_name_1", "string"),
    ("year", "integer"),
    ("expected", "boolean"),
    ("state", "string"),
    ("missing", "string"),
    ("note_*", "string"),
    ("reporter", "string"),
    ("report", "string"),
    ("received_on", "date"),
    ("question", "string"),
    ("answered", "boolean"),
    ("version", "integer"),
    ("illustrative", "boolean"),
    ("notice", "string"),
    ("area_reported", "boolean"),
)
"""Columns of the table of who has given what."""

RESTATED_COLUMNS: tuple[tuple[str, str], ...] = (
    ("indicator", "string"),
    ("indicator_name_1", "string"),
    ("area", "string"),
    ("area_name_1", "string"),
    ("year", "integer"),
    ("as_of", "date"),
    ("value", "number"),
    ("value_high", "number"),
    ("basis", "string"),
    ("obs_status", "string"),
    ("provisional", "boolean"),
    ("break", "string"),
    ("numerator", "integer"),
    ("denominator", "integer"),
    ("straddling_numerator", "integer"),
    ("straddling_denominator", "integer"),
    ("inside", "string"),
    ("straddling", "string"),
    ("obstacle", "string"),
    ("absent", "string"),
    ("version", "integer"),
    ("illustrative", "boolean"),
    ("notice", "string"),
    ("revised", "boolean"),
)
"""Columns of the table of figures on the borders of other years."""

Row = Mapping[str, object]
Columns = tuple[tuple[str, str], ...]
Key = tuple[str, str]
"""An indicator and an area."""


def in_languages(columns: Columns, languages: Sequence[str]) -> Columns:
    """The columns of a table as a site has them that speaks these languages."""
    ends = {"_*": languages, "_1": languages[:1]}
    return tuple(
        (f"{name[:-1]}{end}" if name[-2:] in ends else name, kind)
        for name, kind in columns
        for end in ends.get(name[-2:], ("",))
    )


def open_data(results: Results, site: Site, words: Mapping[str, Words]) -> dict[str, bytes]:
    """Every file of figures by its path in the site.

    ``words`` are those of all languages; the labels of the form for Excel are in the site's first
    language.
    """
    return dict(figure_files(results, site, words))


def figure_files(
    results: Results, site: Site, words: Mapping[str, Words]
) -> Iterator[tuple[str, bytes]]:
    """The files of `open_data` one by one: in a country, all of them are half a gigabyte."""
    notice = _notice(results, site, words)
    head = _head(results, site, notice)
    labels = words[site.languages[0]]
    desks = _desks(results, site, words)
    reported = reported_keys(results)
    judged = list(results.assessments)
    tables = [
        ("so-lieu", COLUMNS, figure_rows(results, site, words, reported)),
        ("ket-luan", VERDICT_COLUMNS, verdict_rows(results, site, words, judged)),
        *_other_tables(desks[0], notice),
    ]
    resources: dict[str, bytes] = {}
    tabular: dict[str, bytes] = {}
    for name, columns, lines in tables:
        whole = _whole(name, in_languages(columns, site.languages), lines, head, labels)
        yield from whole.items()
        resources[name] = whole[f"{addresses.FILES}{name}.csv"]
        tabular |= {path: content for path, content in whole.items() if path.endswith(".csv")}
    del whole
    descriptor = _descriptor(results, site, words, resources)
    described = {f"{addresses.FILES}{DESCRIPTOR}": _json(descriptor, indent=2)}
    yield from described.items()
    yield ARCHIVE, packed({**tabular, **described}, desks, descriptor)
    del resources, tabular
    yield CATALOGUE, _json(catalogue(desks, descriptor), indent=2)
    yield CSV_METADATA, _json(csv_metadata(desks[0], descriptor), indent=2)
    figures = in_languages(COLUMNS, site.languages)
    for kind, part in (("chi-tieu", 0), ("dia-ban", 1)):
        verdict_keys = grouped(judged, part)
        restated_keys = grouped(results.restated, part)
        for name, keys in grouped(reported, part).items():
            rows = list(figure_rows(results, site, words, keys))
            if rows:
                yield from _csv(f"{addresses.FILES}{kind}/{name}", figures, rows, labels).items()
                verdicts = verdict_rows(results, site, words, verdict_keys.get(name, ()))
                content = {
                    **head,
                    ("indicator", "area")[part]: name,
                    "figures": rows,
                    "verdicts": list(verdicts),
                }
                if name in restated_keys:
                    on_borders = _restated_rows(desks[0], notice, restated_keys[name])
                    content["restated"] = list(on_borders)
                yield f"{addresses.API}{kind}/{name}.json", _json(content)
    yield from _packages(desks).items()


def reported_keys(results: Results) -> list[Key]:
    """What there are figures of, in the order of the plan's indicators."""
    order = {each.indicator: place for place, each in enumerate(results.archive.indicators)}
    return sorted(results.figures, key=lambda key: order[key[0]])


def figure_rows(
    results: Results, site: Site, words: Mapping[str, Words], keys: Iterable[Key]
) -> Iterator[Row]:
    """The table of figures: those of some indicators and areas."""
    notice = _notice(results, site, words)
    indicators = {each.indicator: each for each in results.archive.indicators}
    invented, reshaped = _invented(results), _reshaped(site, words)
    dates = _dates(results, site.timezone)
    for key in keys:
        for figure in results.figures[key]:
            yield _figure_row(
                results,
                figure,
                indicators[key[0]],
                notice,
                invented=invented,
                reshaped=reshaped,
                dates=dates,
                zone=site.timezone,
            )


def verdict_rows(
    results: Results, site: Site, words: Mapping[str, Words], keys: Iterable[Key]
) -> Iterator[Row]:
    """The table of verdicts: those on some indicators and areas."""
    notice = _notice(results, site, words)
    indicators = {each.indicator: each for each in results.archive.indicators}
    for key in keys:
        for assessment in results.assessments[key]:
            yield _verdict_row(results, assessment, indicators[key[0]], notice)


def _desks(results: Results, site: Site, words: Mapping[str, Words]) -> list[Desk]:
    """What pages are made from, in each language."""
    indicators = {each.indicator: each for each in results.archive.indicators}
    return [
        Desk(results=results, site=site, words=words[name], here="", indicators=indicators)
        for name in site.languages
    ]


def _other_tables(desk: Desk, notice: str) -> Iterator[tuple[str, Columns, Iterator[Row]]]:
    """Tables of what is neither reported nor judged; an empty one would be no table."""
    yield "chat-luong", QUALITY_COLUMNS, _quality_rows(desk, notice)
    if desk.results.restated:
        rows = _restated_rows(desk, notice, desk.results.restated)
        yield "tinh-lai", RESTATED_COLUMNS, rows


def _invented(results: Results) -> set[tuple[int, int]]:
    """The editions, by year and version, whose figures are illustrative."""
    return {(each.year, each.version) for each in results.editions if each.illustrative}


def _reshaped(site: Site, words: Mapping[str, Words]) -> dict[str, str]:
    """What breaks a series where an area has other borders than before, by language."""
    return {name: words[name].say("restate.reshaped") for name in site.languages}


def _told(stem: str, text: Text, languages: Iterable[str]) -> Row:
    """Words in a column for each language; of one that they were not translated into, none."""
    return {f"{stem}_{language}": text.given(language) or None for language in languages}


# Rows ---------------------------------------------------------------------------------------


def _figure_row(
    results: Results,
    figure: Figure,
    indicator: Indicator,
    notice: str,
    *,
    invented: Container[tuple[int, int]],
    reshaped: Mapping[str, str],
    dates: Mapping[int, Row],
    zone: ZoneInfo,
) -> Row:
    area = results.archive.areas[figure.area]
    illustrative = (figure.year, figure.version) in invented
    broken = figure.break_ if figure.break_ or not figure.reshaped else Text(**reshaped)
    is_range = figure.low != figure.high
    value, value_high = _ends(results, indicator, figure)
    return {
        "indicator": figure.indicator,
        **_told("indicator_name", indicator.short, reshaped),
        "area": figure.area,
        "area_code": area.code,
        **_told("area_name", area.name, reshaped),
        "year": figure.year,
        "as_of": figure.as_of,
        "numerator": figure.numerator,
        "numerator_high": figure.numerator_high if is_range else None,
        "denominator": figure.denominator,
        "value": value,
        "value_high": value_high,
        "unit": scale_of(results.archive.plan, indicator, figure.area).unit.value,
        "obs_status": figure.status.value if figure.status else None,
        "missing": figure.missing.value if figure.missing else None,
        "aggregated": figure.aggregated,
        "break": "B" if figure.breaks else None,
        **_told("break", broken, reshaped),
        "decision": figure.decision or None,
        "decided_on": figure.decided_on,
        "valid_until": figure.valid_until,
        "source": figure.source or None,
        **_told("note", figure.note, reshaped),
        "version": figure.version,
        "illustrative": illustrative,
        "notice": (notice or None) if illustrative or results.preview else None,
        **dates[figure.year],
        **_revised(results, figure, zone, reshaped),
        "indicator_since": indicator.since,
        "indicator_until": indicator.until,
        "indicator_successor": indicator.successor or None,
    }


def _dates(results: Results, zone: ZoneInfo) -> dict[int, Row]:
    """When the figures of each year were published first, and corrected last."""

    def day(release: Release | None) -> date | None:
        return release.released.astimezone(zone).date() if release is not None else None

    return {
        each.year: {
            "first_released": day(first_release(results.calendar, each.year, results.now)),
            "last_corrected": day(last_correction(results.archive, each.year, results.now)),
        }
        for each in results.editions
    }


def _revised(results: Results, figure: Figure, zone: ZoneInfo, languages: Iterable[str]) -> Row:
    """How a figure was changed last after it was published; empty cells where it was not."""
    changed = results.corrected.get((figure.indicator, figure.area, figure.year), ())
    one = changed[-1] if changed else None
    old = one.old if one is not None else None
    return {
        "revised": one is not None,
        "revised_on": one.on.astimezone(zone).date() if one and one.on else None,
        "revised_from": _number(old.low) if old else None,
        "revised_from_high": _number(old.high) if old and old.low != old.high else None,
        "revised_from_numerator": old.numerator if old else None,
        "revised_from_denominator": old.denominator if old else None,
        "revised_from_status": old.status.value if old and old.status else None,
        "revised_from_missing": old.missing.value if old and old.missing else None,
        "revised_from_version": one.before if one else None,
        "revision_kind": one.kind if one else None,
        "revision_follows_from": (";".join(one.follows_from) or None) if one else None,
        **_told("revision_reason", one.reason if one else NO_WORDS, languages),
    }


def _verdict_row(
    results: Results, assessment: Assessment, indicator: Indicator, notice: str
) -> Row:
    latest = assessment.latest
    value, value_high = _ends(results, indicator, latest)
    others = apart_from(results, indicator, assessment.area)
    is_count = indicator.aggregation is Aggregation.COUNT
    headline = results.headlines.get((assessment.indicator, assessment.area))
    return {
        "indicator": assessment.indicator,
        "area": assessment.area,
        "milestone": assessment.target.year,
        "target": target_level(results, indicator, assessment),
        "own_target": assessment.own_target,
        "verdict": assessment.verdict.value,
        "provisional": assessment.provisional,
        "headline": headline is assessment,
        "year": latest.year if latest else None,
        "value": value,
        "value_high": value_high,
        "gap": _number(assessment.gap, ONLY_NOTHING),
        "needed_count": assessment.needed_count if is_count else None,
        "gap_count": assessment.gap_count if is_count else None,
        "pace": _number(assessment.pace, ONLY_NOTHING),
        "needed_pace": _number(assessment.needed_pace, ONLY_NOTHING),
        "leads_to": _number(assessment.leads_to, others),
        "illustrative": results.illustrative,
        "notice": notice or None,
        "revised": latest is not None
        and (latest.indicator, latest.area, latest.year) in results.corrected,
    }


def _quality_rows(desk: Desk, notice: str) -> Iterator[Row]:
    """Who has given what of each edition: every cell that is expected, and others with a row."""
    results, first = desk.results, desk.site.languages[:1]
    asked: dict[tuple[str, str, int], list[Question]] = {}
    for one in all_questions(desk):
        key = (one.figure.indicator, one.figure.area, one.figure.year)
        asked.setdefault(key, []).append(one)
    for edition in results.editions:
        then = {each.indicator: each for each in asked_of(results.archive, edition)}
        there = heard(results).get(edition.year)
        for entry in entries(results, edition).values():
            if entry.state is State.NOT_EXPECTED:
                continue
            figure, indicator = entry.figure, desk.indicators[entry.indicator]
            asked_then = then.get(entry.indicator, indicator)
            body = reporter_of(results.archive, asked_then, entry.area, edition.as_of)
            reporting = reporting_of(desk.results, body, edition.year) if body is not None else None
            report = reporting.report if reporting is not None else None
            here = asked.get((entry.indicator, entry.area, edition.year), [])
            yield {
                "indicator": entry.indicator,
                **_told("indicator_name", indicator.short, first),
                "area": entry.area,
                **_told("area_name", desk.area(entry.area).name, first),
                "year": edition.year,
                "expected": entry.expected,
                "state": entry.state.value,
                "missing": figure.missing.value if figure and figure.missing else None,
                **_told("note", figure.note if figure else NO_WORDS, desk.site.languages),
                "reporter": body.agency if body is not None else None,
                "report": reporting.outcome.value if reporting is not None else None,
                "received_on": report.received_on if report is not None else None,
                "area_reported": entry.area not in there.silent
                if there is not None and entry.area in there.areas
                else None,
                "question": ";".join(one.code for one in here) or None,
                "answered": all(bool(one.answer) for one in here) if here else None,
                "version": edition.version,
                "illustrative": edition.illustrative,
                "notice": (notice or None) if edition.illustrative or results.preview else None,
            }


def _restated_rows(desk: Desk, notice: str, keys: Iterable[Key]) -> Iterator[Row]:
    """What the figures make on other borders, or why that can't be had."""
    results, indicators, first = desk.results, desk.indicators, desk.site.languages[:1]
    invented = _invented(results)
    for name, area in keys:
        for row in results.restated[name, area]:
            certain, across = row.certain or (None, None), row.straddling_parts or (None, None)
            value, value_high = _ends(results, indicators[name], row)
            illustrative = (row.year, row.version) in invented
            yield {
                "indicator": name,
                **_told("indicator_name", indicators[name].short, first),
                "area": area,
                **_told("area_name", desk.area(area).name, first),
                "year": row.year,
                "as_of": row.as_of,
                "value": value,
                "value_high": value_high,
                "basis": "none" if row.obstacle else "exact" if row.low == row.high else "range",
                # Worked out, not reported: of the code list's terms that is an estimate, and so
                # provisional; whether what it is made of is, the table of figures tells.
                "obs_status": None if row.obstacle else Status.ESTIMATED.value,
                "provisional": row.obstacle is None,
                "break": "B" if row.breaks else None,
                "numerator": certain[0],
                "denominator": certain[1],
                "straddling_numerator": across[0],
                "straddling_denominator": across[1],
                "inside": ";".join(row.inside) or None,
                "straddling": ";".join(row.straddling) or None,
                "obstacle": row.obstacle.value if row.obstacle else None,
                "absent": ";".join(row.absent) or None,
                "version": row.version,
                "illustrative": illustrative,
                "notice": (notice or None) if illustrative or results.preview else None,
                "revised": rests_on_corrected(results, row),
            }


def _number(value: Fraction | None, others: Iterable[Fraction] = ()) -> float | int | None:
    """A value as other programs read it: whole where it is, else with `VALUE_DECIMALS`.

    With more where it would be rounded onto one of the others.  Both ends of a range are the
    nearest such numbers: numerator and denominator give them exactly.
    """
    if value is None:
        return None
    # Half up and exactly, as on the pages; a float's own rounding could differ in the last digit.
    shown = kept_apart(value, VALUE_DECIMALS, others)
    return int(shown) if shown == int(shown) else float(shown)


def _ends(
    results: Results, indicator: Indicator, figure: Figure | Restated | None
) -> tuple[float | int | None, float | int | None]:
    """A figure and nothing, or both ends of a range."""
    if figure is None:
        return None, None
    others = apart_from(results, indicator, figure.area)
    low, high = _number(figure.low, others), _number(figure.high, others)
    return low, high if figure.low != figure.high else None


def grouped(keys: Iterable[Key], part: int) -> dict[str, list[Key]]:
    """The keys of each indicator (part 0) or of each area (part 1)."""
    groups: dict[str, list[Key]] = {}
    for key in keys:
        groups.setdefault(key[part], []).append(key)
    return groups


# Forms --------------------------------------------------------------------------------------


class _Table:
    """A table in the making, in both forms of CSV; it keeps what is written, not the rows."""

    def __init__(self, columns: Columns, labels: Words) -> None:
        self.names = [name for name, _ in columns]
        self._texts = (io.StringIO(newline=""), io.StringIO(newline=""))
        plain, excel = self._texts
        self._plain = csv.writer(plain, lineterminator="\r\n")
        self._excel = csv.writer(excel, delimiter=";", lineterminator="\r\n")
        self._plain.writerow(self.names)
        self._excel.writerow([column_label(labels, name) for name in self.names])

    def add(self, row: Row) -> None:
        """Write one more row."""
        self._plain.writerow([_plain(row[name]) for name in self.names])
        self._excel.writerow([_for_excel(row[name]) for name in self.names])

    def files(self, stem: str) -> dict[str, bytes]:
        """Both files."""
        plain, excel = (text.getvalue().encode() for text in self._texts)
        return {f"{stem}.csv": plain, f"{stem}-excel.csv": b"\xef\xbb\xbf" + excel}


def _csv(stem: str, columns: Columns, rows: Iterable[Row], labels: Words) -> dict[str, bytes]:
    """A table in both forms of CSV."""
    table = _Table(columns, labels)
    for row in rows:
        table.add(row)
    return table.files(stem)


def _whole(
    stem: str, columns: Columns, rows: Iterable[Row], head: Mapping[str, object], labels: Words
) -> dict[str, bytes]:
    """A whole table as CSV, and as JSON in arrays: no name is repeated in each of many rows."""
    table = _Table(columns, labels)
    arrays = []
    for row in rows:
        table.add(row)
        arrays.append(_json_text([row[name] for name in table.names]))
    start = _json_text({**head, "columns": table.names}).removesuffix("}")
    return {
        **table.files(f"{addresses.FILES}{stem}"),
        f"{addresses.API}{stem}.json": f'{start},"rows":[{",".join(arrays)}]}}\n'.encode(),
    }


def _plain(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float | Decimal):
        # A float's own text of what is very small is a power of ten.
        return f"{Decimal(str(cell)):f}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _in_json(cell: object) -> object:
    """What JSON has no form of: a number as the same number, the rest as in a table."""
    if isinstance(cell, Decimal):
        return int(cell) if cell == int(cell) else float(cell)
    return _plain(cell)


def _for_excel(cell: object) -> str:
    """A cell as a Vietnamese Excel reads it: decimal comma, day before month."""
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, float | Decimal):
        return _plain(cell).replace(".", ",")
    return _plain(cell)


def _json(content: object, indent: int | None = None) -> bytes:
    return (_json_text(content, indent) + "\n").encode()


def _json_text(content: object, indent: int | None = None) -> str:
    separators = (",", ": ") if indent else (",", ":")
    return json.dumps(
        content, ensure_ascii=False, indent=indent, separators=separators, default=_in_json
    )


def _head(results: Results, site: Site, notice: str) -> dict[str, object]:
    return {
        "plan": results.archive.plan.number,
        "illustrative": results.illustrative,
        **({"preview": True} if results.preview else {}),
        "notice": notice,
        "license": site.license,
        "editions": [
            {
                "year": edition.year,
                "version": edition.version,
                "as_of": edition.as_of.isoformat(),
                **_dates(results, site.timezone)[edition.year],
            }
            for edition in results.editions
        ],
    }


def _notice(results: Results, site: Site, words: Mapping[str, Words]) -> str:
    """What is to be said of the figures in all languages, since files belong to none."""
    said = {"preview": results.preview, "short": results.illustrative}
    return " / ".join(
        words[name].say(f"notice.{key}")
        for key, is_so in said.items()
        if is_so
        for name in site.languages
    )


# The data package ---------------------------------------------------------------------------


def package_version(results: Results) -> str:
    """The version of the package of all figures: ``<year>.<number>``.

    The newest public year, and how many releases there have been since its first one, which is
    the first of them: a new year and each correction, of whichever year, make another version,
    and a later one is never smaller.  ``0`` before the first release.
    """
    if not results.editions:
        return "0"
    year = results.editions[-1].year
    out = [each for each in results.calendar if each.sha256 and each.released <= results.now]
    first = min((each.released for each in out if each.year == year), default=None)
    number = sum(each.released >= first for each in out) if first is not None else 0
    return f"{year}.{number}" + ("-preview" if results.preview else "")


def _descriptor(
    results: Results, site: Site, words: Mapping[str, Words], files: Mapping[str, bytes]
) -> dict[str, Any]:
    """A Data Package (v2) of the figures and the verdicts, with a schema for each."""
    plan, licence = results.archive.plan, licence_of(site.license)
    first = words[site.languages[0]]
    sources = dict.fromkeys(source for edition in results.editions for source in edition.sources)
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "tiendo",
        "title": f"{site.name.first}: {plan.short.first}",
        "description": _notice(results, site, words) or site.description.first,
        "version": package_version(results),
        "homepage": site.address,
        "illustrative": results.illustrative,
        **({"preview": True} if results.preview else {}),
        "licenses": [{"name": licence.spdx, "title": licence.title, "path": licence.address}],
        "contributors": [{"title": site.publisher.first, "roles": ["publisher"]}],
        # The specification has no empty list of sources.
        **({"sources": [{"title": source} for source in sources]} if sources else {}),
        "resources": [
            _resource(name, in_languages(columns, site.languages), files, first, key)
            for name, columns, key in (
                ("so-lieu", COLUMNS, ["indicator", "area", "year"]),
                ("ket-luan", VERDICT_COLUMNS, ["indicator", "area", "milestone"]),
                ("chat-luong", QUALITY_COLUMNS, ["indicator", "area", "year"]),
                ("tinh-lai", RESTATED_COLUMNS, ["indicator", "area", "year"]),
            )
            if name in files
        ],
    }


def _resource(
    name: str,
    columns: tuple[tuple[str, str], ...],
    files: Mapping[str, bytes],
    labels: Words,
    key: list[str],
) -> dict[str, Any]:
    content = files[name]
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"lineTerminator": "\r\n"},
        "schema": {
            "fields": [
                {
                    "name": column,
                    "type": kind,
                    "title": column_label(labels, column),
                    "description": column_meaning(labels, column),
                }
                for column, kind in columns
            ],
            "missingValues": [""],
            "primaryKey": key,
        },
    }


def _packages(desks: Sequence[Desk]) -> dict[str, bytes]:
    """The packages of all public versions, as they were signed, and beside each what it is.

    A package itself can't say that another one has taken its place: it is closed.
    """
    editions = desks[0].results.archive.editions
    return (
        dict(withdrawn_files(desks))
        | {
            edition_file(edition, name): content
            for edition in editions
            for name, content in edition.files.items()
        }
        | {
            edition_note(edition): "\n".join(version_told(desk, edition) for desk in desks).encode()
            for edition in editions
        }
    )
