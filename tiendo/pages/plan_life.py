"""What became of the plan's indicators: since when one is asked for, until when, what followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tiendo.judge.plan_then import predecessors
from tiendo.terms import Indicator, MeaningChange
from tiendo.words.desk import Desk, indicator_link
from tiendo.words.parts import Link, LinkedNote, Note

WHOLE_ROWS = frozenset({"", "indicator", "area"})
"""What stands for the column where a whole row came or went."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IndicatorLife:
    """What the plan's years did to an indicator."""

    notes: tuple[LinkedNote, ...]
    """Since when it is asked for and until when, what it follows and what follows it."""
    changes: tuple[Note, ...]
    """What was changed of it after figures were published on it; empty: nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MeaningChangeRow:
    """A change in what the plan or an area means, after figures were published on it."""

    when: str
    what: str
    old: str
    new: str
    reason: str


def life(desk: Desk, indicator: Indicator) -> IndicatorLife:
    """When an indicator is asked for, what it follows, what follows it, and what changed of it."""
    return IndicatorLife(
        notes=tuple(_notes(desk, indicator)),
        changes=tuple(_note(desk, change) for change in _changes(desk, indicator)),
    )


def _notes(desk: Desk, indicator: Indicator) -> Iterator[LinkedNote]:
    if indicator.until is not None:
        yield LinkedNote(text=desk.say("life.until", year=indicator.until), links=())
        if links := _links(desk, [indicator.successor]):
            text = desk.say("life.successor", year=indicator.until + 1)
            yield LinkedNote(text=text, links=links)
    if indicator.since is not None:
        yield LinkedNote(text=desk.say("life.since", year=indicator.since), links=())
    before = predecessors(desk.indicators.values(), indicator.indicator)
    if links := _links(desk, [each.indicator for each in before]):
        yield LinkedNote(text=desk.say("life.follows"), links=links)


def beside(desk: Desk) -> tuple[LinkedNote, ...]:
    """The indicators that the plan asks for no more, or not yet, where it holds others."""
    away = [each for name, each in desk.indicators.items() if name not in desk.holding]
    newest = max((each.year for each in desk.results.editions), default=0)
    groups = (
        ("life.coming", [each for each in away if each.since and each.since > newest]),
        ("life.ended", [each for each in away if not (each.since and each.since > newest)]),
    )
    return tuple(
        LinkedNote(text=desk.say(key), links=_links(desk, [each.indicator for each in found]))
        for key, found in groups
        if found
    )


def changes_in_order(desk: Desk) -> list[MeaningChange]:
    """What the plan changed, day by day, wherever the rows stand in their file."""
    return sorted(
        desk.results.archive.meaning_changes,
        key=lambda each: (each.on, each.resource, each.key, each.column),
    )


def changed_row(desk: Desk, change: MeaningChange) -> MeaningChangeRow:
    """A change of the plan or of an area, with what it means for the series."""
    resource = f"meaning.{change.resource}"
    series = desk.say(f"meaning.breaks.{change.breaks}") if change.breaks else ""
    return MeaningChangeRow(
        when=desk.words.date(change.on),
        what=desk.say(
            "meaning.what",
            resource=desk.say(resource) if desk.words.knows(resource) else change.resource,
            row=", ".join(_key_part(desk, part) for part in change.key.split(";") if part),
            column=_column(desk, change),
        ),
        old=_value(desk, change.old),
        new=_value(desk, change.new),
        reason=" ".join(filter(None, (change.reason[desk.language], series))),
    )


def _note(desk: Desk, change: MeaningChange) -> Note:
    """A change as it is told on its indicator's own page."""
    row = changed_row(desk, change)
    is_row = change.column in WHOLE_ROWS
    parts = [
        desk.say("life.was", old=row.old.rstrip(".")) if row.old and not is_row else "",
        desk.say("life.is", new=row.new.rstrip(".")) if row.new and not is_row else "",
        row.reason,
    ]
    return Note(
        about=desk.say("life.on", when=row.when, what=_what(desk, change)),
        text=" ".join(filter(None, parts)),
    )


def _what(desk: Desk, change: MeaningChange) -> str:
    """What of the indicator changed; of a target its year too."""
    column = _column(desk, change)
    if change.resource != "targets":
        return column
    parts = [_key_part(desk, part) for part in change.key.split(";")[1:] if part]
    return desk.say(
        "meaning.what", resource=desk.say("meaning.targets"), row=", ".join(parts), column=column
    )


def _changes(desk: Desk, indicator: Indicator) -> Iterator[MeaningChange]:
    return (
        each
        for each in changes_in_order(desk)
        if each.resource in {"indicators", "targets"}
        and each.key.partition(";")[0] == indicator.indicator
    )


def _column(desk: Desk, change: MeaningChange) -> str:
    """What changed, as people call it; a whole row came or went."""
    if change.column in WHOLE_ROWS:
        return desk.say("meaning.went" if change.old else "meaning.came")
    key = f"meaning.column.{change.column.removesuffix(f'_{desk.site.languages[0]}')}"
    return desk.say(key) if desk.words.knows(key) else change.column


def _value(desk: Desk, text: str) -> str:
    """A value as it stands; an indicator by its name."""
    return _key_part(desk, text) if text else ""


def _key_part(desk: Desk, part: str) -> str:
    """A part of a key as people call it: an indicator's or an area's name, else as it is."""
    if part in desk.indicators:
        return desk.indicators[part].short[desk.language]
    if part in desk.results.archive.areas:
        return desk.area_name(part)
    return part


def _links(desk: Desk, names: Iterable[str]) -> tuple[Link, ...]:
    """Indicators by their names, with the way to those that have a page."""
    return tuple(
        indicator_link(desk, desk.indicators[name])
        if (name, desk.scope) in desk.results.headlines
        else Link(text=desk.indicators[name].short[desk.language])
        for name in names
        if name in desk.indicators
    )
