"""Problems in words: for a person, for an annotated pull request, for another program."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tiendo.config import Site
from tiendo.terms import Place, Problem
from tiendo.words import addresses
from tiendo.words.wording import Words

FORMATS = ("text", "github", "json")

ONE_CODE_AT_MOST = 50
"""So many problems of one code in one file are told; the rest is counted."""

ALIKE = 6
"""From so many on, cells of one column with one fault are told together: one hand did them all."""


SPOKEN = {
    "jump": ("before", "now", "change"),
    "figure-zero": ("before",),
    "child-share": ("before", "now"),
    "denominator-jump": ("change",),
    "whole-disagrees": ("given", "made"),
    "whole-impossible": ("given", "made"),
    "whole-not-corrected": ("given", "made"),
    "whole-unlikely": ("given", "made"),
}
"""Facts that no cell holds, so they are written as people write numbers; by code."""

NUMBER = re.compile(r"\d+\.\d+")
"""A number with decimals, as files have it."""

CELL = re.compile(r"[A-Z]{1,3}")
"""The column of a cell as spreadsheets name it; our own columns have names."""

LONGEST = 160
"""So many letters of a value are shown."""


def help_at(site: Site, language: str) -> str:
    """Where the help pages of a language stand, with a slash at the end."""
    return site.address + addresses.in_language(addresses.HELP, language, site)


def reported(
    problems: Sequence[Problem], form: str, words: Words, folder: str = "", helped: str = ""
) -> str:
    """All problems in one of the `FORMATS`; empty for none, but for JSON, which is always whole.

    ``folder`` is the data folder as seen from the repository's root, for annotations in it;
    ``helped`` is where the help pages stand, for programs and annotations.
    """
    if form == "json":
        entries = [_entry(problem, words, helped) for problem in problems]
        return json.dumps({"problems": entries}, ensure_ascii=False, indent=2) + "\n"
    if form == "github":
        return "".join(f"{line}\n" for line in _annotations(problems, words, folder, helped))
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


def closing(problems: Sequence[Problem], words: Words, site: Site) -> Iterable[str]:
    """The last lines after problems: how many there are, and where help is."""
    yield summary(problems, words)
    if problems:
        yield words.say("tell.help-at", address=help_at(site, words.language))


def sentence(problem: Problem, words: Words) -> str:
    """What is wrong."""
    facts = _facts(problem, words)
    return words.say(f"problem.{problem.code}.what", **facts)


def remedy(problem: Problem, words: Words) -> str:
    """What to do about it, with the nearest valid name where one is known."""
    facts = _facts(problem, words)
    text = words.say(f"problem.{problem.code}.do", **facts)
    if problem.facts.get("nearest"):
        text = f"{words.say('problem.nearest', **facts)} {text}"
    return text


def where(place: Place, words: Words) -> str:
    """A place as a person finds it: file, row, column."""
    parts = [_shown(place.file)]
    if place.row and place.column and CELL.fullmatch(place.column):
        return f"{_shown(place.file)}, {words.say('place.cell', cell=f'{place.column}{place.row}')}"
    if place.row:
        parts.append(words.say("place.row", row=place.row))
    if place.column:
        kind = "problem.property" if place.file.endswith("json") else "place.column"
        parts.append(words.say(kind, column=_shown(place.column)))
    return ", ".join(parts)


def _facts(problem: Problem, words: Words) -> dict[str, object]:
    facts: dict[str, object] = {name: _shown(text) for name, text in problem.facts.items()}
    for name in SPOKEN.get(problem.code, ()):
        # It was rounded where the fact was made, and is not again.
        given = problem.facts[name]
        facts[name] = NUMBER.sub(lambda found: words.written(Decimal(found[0])), given)
    facts["value"] = _shown(problem.place.value or "")
    facts["file"] = _shown(problem.place.file)
    facts["column"] = facts.get("column") or _shown(problem.place.column or "")
    facts["row"] = problem.place.row or ""
    return facts


def _shown(text: str) -> str:
    """A text on one line, with what can't be seen by its number, and cut where it is long."""
    seen = "".join(sign if sign.isprintable() else f"⟨U+{ord(sign):04X}⟩" for sign in text)
    return seen if len(seen) <= LONGEST else f"{seen[:LONGEST]}…"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Group:
    """Problems that are told together: of one code, in one file, mended in one way."""

    first: Problem
    all: tuple[Problem, ...]

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows of a group in one column; none where no row is known."""
        return tuple(sorted({each.place.row for each in self.all if each.place.row}))


def _groups(problems: Sequence[Problem], words: Words) -> Iterator[_Group]:
    """Problems in their order; those that are alike stand with the first of them.

    Alike are many cells of a column with one fault, and whatever is said of a file as a whole in
    one way of several things.
    """
    alike: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        place = problem.place
        key = (problem.code, place.file, place.column, problem.stops, remedy(problem, words))
        alike.setdefault((*key, place.row is None), []).append(problem)
    for of_one, found in alike.items():
        if of_one[-1] or len(found) >= ALIKE:
            yield _Group(first=found[0], all=tuple(found))
        else:
            yield from (_Group(first=each, all=(each,)) for each in found)


def _texts(problems: Sequence[Problem], words: Words) -> Iterable[str]:
    told: dict[tuple[str, str], int] = {}
    places = {id(problem): at for at, problem in enumerate(problems)}
    for group in sorted(_groups(problems, words), key=lambda group: places[id(group.first)]):
        problem = group.first
        key = (problem.code, problem.place.file)
        told[key] = told.get(key, 0) + 1
        if told[key] > ONE_CODE_AT_MOST:
            continue
        kind = words.say("problem.stops" if problem.stops else "problem.warns")
        yield f"{kind} {_where_all(group, words)}"
        for line in _sentences(group, words):
            yield f"    {line}"
        yield f"    → {remedy(problem, words)} [{problem.code}]"
    for (code, file), count in told.items():
        if count > ONE_CODE_AT_MOST:
            more = count - ONE_CODE_AT_MOST
            yield words.say("problem.more", count=more, file=_shown(file), code=code)


def _where_all(group: _Group, words: Words) -> str:
    """The place of a group: its one row, or all of them as a person reads them."""
    place = group.first.place
    if len(group.rows) <= 1:
        return where(place, words)
    rows = words.say("place.rows", rows=_as_spans(group.rows))
    if place.column and CELL.fullmatch(place.column):
        return f"{place.file}, {words.say('place.column', column=place.column)}, {rows}"
    return f"{where(replace(place, row=None), words)}, {rows}"


def _as_spans(rows: Sequence[int]) -> str:
    """Row numbers as a person writes them: 2–17, 19."""
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][-1] + 1:
            spans[-1][1:] = [row]
        else:
            spans.append([row])
    return ", ".join("–".join(map(str, span)) for span in spans)


def _sentences(group: _Group, words: Words) -> Iterator[str]:
    """What is wrong: of cells in one column the first for all, else each thing in its line."""
    if len(group.rows) > 1:
        yield f"{sentence(group.first, words)} {words.say('problem.alike', count=len(group.all))}"
        return
    told = list(dict.fromkeys(sentence(each, words) for each in group.all))
    yield from told[:ONE_CODE_AT_MOST]
    if len(told) > ONE_CODE_AT_MOST:
        yield words.say("problem.and-more", count=len(told) - ONE_CODE_AT_MOST)


def _annotations(
    problems: Sequence[Problem], words: Words, folder: str, helped: str
) -> Iterator[str]:
    """A workflow command of GitHub Actions for each group: of a step it shows ten at most."""
    for group in _groups(problems, words):
        yield _annotation(group, words, folder, helped)


def _annotation(group: _Group, words: Words, folder: str, helped: str) -> str:
    problem = group.first
    level = "error" if problem.stops else "warning"
    file = problem.place.file
    if folder and not file.startswith("docs/"):  # pages written by hand stand beside the data
        file = f"{folder}/{file}"
    place = [f"file={_property(file)}"]
    if problem.place.row:
        place.append(f"line={problem.place.row}")
    title = _property(problem.code)
    message = f"{' '.join(_sentences(group, words))} → {remedy(problem, words)}"
    if len(group.rows) > 1:
        message = f"{words.say('place.rows', rows=_as_spans(group.rows))}: {message}"
    if helped:
        message += f" {helped}{problem.code}/"
    escaped = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{level} {','.join([*place, f'title={title}'])}::{escaped}"


def _property(text: str) -> str:
    for sign, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        text = text.replace(sign, code)
    return text


def _entry(problem: Problem, words: Words, helped: str) -> dict[str, object]:
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
        "help": f"{helped}{problem.code}/" if helped else None,
    }
