"""Problems in words: for a person, for an annotated pull request, for another program."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from tiendo.terms import Place, Problem
from tiendo.wording import Words

FORMATS = ("text", "github", "json")

ONE_CODE_AT_MOST = 50
"""So many problems of one code in one file are told; the rest is counted."""


def reported(problems: Sequence[Problem], form: str, words: Words) -> str:
    """All problems in one of the `FORMATS`; empty for none, but for JSON, which is always whole."""
    if form == "json":
        entries = [_entry(problem, words) for problem in problems]
        return json.dumps({"problems": entries}, ensure_ascii=False, indent=2) + "\n"
    if form == "github":
        return "".join(f"{_annotation(problem, words)}\n" for problem in problems)
    return "".join(f"{text}\n" for text in _texts(problems, words))


def summary(problems: Iterable[Problem], words: Words) -> str:
    """How many problems stop and how many warn."""
    stops = sum(problem.stops for problem in problems)
    warns = sum(not problem.stops for problem in problems)
    if not stops and not warns:
        return words.say("summary.none")
    parts = []
    if stops:
        parts.append(words.say("summary.stops", count=stops))
    if warns:
        parts.append(words.say("summary.warns", count=warns))
    return words.say("summary.some", parts=words.listed(parts))


def sentence(problem: Problem, words: Words) -> str:
    """What is wrong."""
    facts = _facts(problem)
    return words.say(f"problem.{problem.code}.what", **facts)


def remedy(problem: Problem, words: Words) -> str:
    """What to do about it, with the nearest valid name where one is known."""
    facts = _facts(problem)
    text = words.say(f"problem.{problem.code}.do", **facts)
    if problem.facts.get("nearest"):
        text = f"{words.say('problem.nearest', **facts)} {text}"
    return text


def where(place: Place, words: Words) -> str:
    """A place as a person finds it: file, row, column."""
    parts = [place.file]
    if place.row:
        parts.append(words.say("place.row", row=place.row))
    if place.column:
        parts.append(words.say("place.column", column=place.column))
    return ", ".join(parts)


def _facts(problem: Problem) -> dict[str, object]:
    facts: dict[str, object] = dict(problem.facts)
    facts["value"] = problem.place.value if problem.place.value is not None else ""
    facts["file"] = problem.place.file
    facts["column"] = facts.get("column") or problem.place.column or ""
    facts["row"] = problem.place.row or ""
    return facts


def _texts(problems: Sequence[Problem], words: Words) -> Iterable[str]:
    told: dict[tuple[str, str], int] = {}
    for problem in problems:
        key = (problem.code, problem.place.file)
        told[key] = told.get(key, 0) + 1
        if told[key] > ONE_CODE_AT_MOST:
            continue
        kind = words.say("problem.stops" if problem.stops else "problem.warns")
        yield f"{kind} {where(problem.place, words)}"
        yield f"    {sentence(problem, words)}"
        yield f"    → {remedy(problem, words)} [{problem.code}]"
    for (code, file), count in told.items():
        if count > ONE_CODE_AT_MOST:
            more = count - ONE_CODE_AT_MOST
            yield words.say("problem.more", count=more, file=file, code=code)


def _annotation(problem: Problem, words: Words) -> str:
    """A workflow command of GitHub Actions; the file is relative to the data folder."""
    level = "error" if problem.stops else "warning"
    place = [f"file={_property(problem.place.file)}"]
    if problem.place.row:
        place.append(f"line={problem.place.row}")
    title = _property(problem.code)
    message = f"{sentence(problem, words)} → {remedy(problem, words)}"
    escaped = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{level} {','.join([*place, f'title={title}'])}::{escaped}"


def _property(text: str) -> str:
    for sign, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        text = text.replace(sign, code)
    return text


def _entry(problem: Problem, words: Words) -> dict[str, object]:
    return {
        "code": problem.code,
        "stops": problem.stops,
        "file": problem.place.file,
        "row": problem.place.row,
        "column": problem.place.column,
        "value": problem.place.value,
        "facts": dict(problem.facts),
        "what": sentence(problem, words),
        "do": remedy(problem, words),
    }
