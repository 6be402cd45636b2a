"""What was withdrawn, in words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from tiendo.terms import Withdrawal
from tiendo.words import addresses
from tiendo.words.desk import Desk
from tiendo.words.parts import Note


def withdrawal_day(desk: Desk, one: Withdrawal) -> str:
    """The day on which something was withdrawn, where the site stands."""
    return desk.words.date(one.withdrawn.astimezone(desk.site.timezone).date())


def withdrawal_words(desk: Desk, one: Withdrawal) -> str:
    """What was withdrawn, when and why, and what stands in its place."""
    facts: dict[str, object] = {
        "year": one.year,
        "version": one.version,
        "day": withdrawal_day(desk, one),
        "reason": one.reason[desk.language],
    }
    if not one.of_version:
        indicator = desk.indicators.get(one.indicator)
        areas = desk.results.archive.areas
        return desk.say(
            "withdrawn.figure",
            indicator=indicator.short[desk.language] if indicator else one.indicator,
            area=desk.area_within(one.area) if one.area in areas else one.area,
            **facts,
        )
    return f"{desk.say('withdrawn.version', **facts)} {_in_its_place(desk, one)}".strip()


def _in_its_place(desk: Desk, one: Withdrawal) -> str:
    """Which version stands for the year now; empty where one did already."""
    now = next((each for each in desk.results.editions if each.year == one.year), None)
    if now is None:
        return desk.say("withdrawn.none-stands", year=one.year)
    if now.version > one.version:
        return desk.say("withdrawn.later", version=now.version)
    return desk.say("withdrawn.stands-again", instead=now.version)


def withdrawal_notes(desk: Desk, *, year: int | None = None) -> tuple[Note, ...]:
    """What was withdrawn, newest first; of a year, or of all."""
    return tuple(
        Note(
            about="",
            text=withdrawal_words(desk, one),
            id=addresses.withdrawal_id(one.year, one.version, one.indicator, one.area),
        )
        for one in reversed(desk.results.archive.withdrawals)
        if year is None or one.year == year
    )


def notice_file(name: str, told: Sequence[str]) -> bytes:
    """A notice in the form that a file's name promises: a table of one column, JSON, or text."""
    if name.endswith(".json"):
        content = {"withdrawn": True, "notice": list(told)}
        return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
    if name.endswith(".csv"):
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows([["notice"], *([line] for line in told)])
        return out.getvalue().encode()
    return "".join(f"{line}\n" for line in told).encode()
