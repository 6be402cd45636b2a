"""What a column's head says: its words, and its brackets, which are part of their meaning.

"(%)" and "(số TT)" under the same words are two different columns.  A bracket whose unit or year is
known says it; of any other it is asked what it means, since without it the head says another thing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from tiendo.forms.cells import Cell, Fault, Found
from tiendo.forms.names import Names, area_of, indicator_of
from tiendo.forms.vocabulary import key, spaced
from tiendo.letters import mended
from tiendo.terms import Place

KEYS = frozenset({"indicator", "area", "code"})
"""Fields that say what a row is about."""

DAYS = frozenset({"as_of", "decided_on", "valid_until"})
"""Fields of days."""

LONGEST_HEAD = 400
"""What is longer is a paragraph."""

UNKNOWN_BRACKET = "import-head-bracket"

_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2}|19[0-9]{2})(?![0-9])")
_SCHOOL_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})\s*[-–/]\s*(20[0-9]{2})(?![0-9])")
_BRACKET = re.compile(r"\(([^()]*)\)")
_SIGNS = {"Ps": "(", "Pe": ")"}
"""Unicode's categories of signs that open and close."""
_QUOTES = "\u201a\u201e"
"""Of those signs, the ones that open what is quoted."""
_NOWHERE = Place(file="")


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """In what something is counted, as far as it is known."""

    text: str
    kinds: frozenset[str]
    """Of the vocabulary's units; empty where it is none of them."""
    place: Place = _NOWHERE
    """Where it is said."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Role:
    """What a head says of its column, as far as it says it."""

    field: str = ""
    indicator: str = ""
    area: str | None = None
    year: int | None = None
    unit: Unit | None = None


def head(text: str, names: Names) -> Role | Fault | None:
    """What a text says as the head of a column; None: nothing that is known here."""
    plain = mended(text)
    if not plain or len(plain) > LONGEST_HEAD:
        return None
    if has_school_year(plain):
        return Fault(code="import-school-year")
    if field := names.words.headers.get(key(plain)):
        return Role(field=field)
    rest, inner = brackets(plain)
    if inner and not isinstance(indicator_of(plain, names.quiet), Found):
        return _bracketed(rest, inner, names)
    years = years_in(plain)
    if len(years) == 1:
        rest = _without_year(plain, names)
        found = head(rest, names) if rest else Role()
        if isinstance(found, Role):
            return replace(found, year=years.pop())
    return _named(plain, names)


def brackets(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without its brackets, and what stands in them.

    >>> brackets("Tỷ lệ (%) [năm 2024]")
    ('Tỷ lệ', ('%', 'năm 2024'))
    >>> brackets("Tỷ lệ (số TT")
    ('Tỷ lệ', ('số TT',))
    """
    rest = "".join(
        sign if sign in _QUOTES else _SIGNS.get(unicodedata.category(sign), sign) for sign in text
    )
    inner: list[str] = []
    while found := _BRACKET.search(rest):
        inner.append(found[1].strip())
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    if cut := re.search(r"[()]", rest):
        # One that is not closed goes on to the end; one that is not opened comes from the start.
        before, after = rest[: cut.start()], rest[cut.end() :]
        opened = cut[0] == "("
        inner.append((after if opened else before).strip("() "))
        rest = before if opened else after.translate({40: None, 41: None})
    return " ".join(rest.split()), tuple(each for each in inner if each)


def unit_of(text: str, names: Names) -> Unit | None:
    """The unit that a text names; None for none that is known."""
    words = names.words
    said = key(text)
    kinds = words.units.get(said)
    for word in words.unit_words:
        rest = said.removeprefix(word)
        if kinds is None and rest != said and rest[:1] in {" ", ":"}:
            kinds = words.units.get(key(rest))
    if kinds is None and said and all(_types(each, names) for each in _pieces(said, names)):
        kinds = frozenset({"places"})
    return Unit(text=mended(text), kinds=kinds) if kinds else None


def has_school_year(text: str) -> bool:
    """Whether a text speaks of a school year, which is two years with a sign between them."""
    return any(int(last) == int(first) + 1 for first, last in _SCHOOL_YEAR.findall(text))


def years_in(text: str) -> set[int]:
    """The years that a text names."""
    return {int(year) for year in _YEAR.findall(text)}


def is_year(text: str) -> bool:
    """Whether a text is a year and nothing else."""
    return bool(_YEAR.fullmatch(text))


def measured(text: str, names: Names) -> tuple[Found[str] | Fault | None, Unit | None]:
    """The indicator that a row's name names, and the unit in its brackets."""
    found = indicator_of(text, names)
    rest, inner = brackets(mended(text))
    if isinstance(found, Found) or not inner:
        return found, None
    known = indicator_of(rest, names)
    if not isinstance(known, Found):
        return (known or found), None
    units = [unit_of(each, names) for each in inner]
    unknown = next((each for each, unit in zip(inner, units, strict=True) if unit is None), "")
    if unknown:
        return Fault(code=UNKNOWN_BRACKET, facts={"bracket": unknown, "first": rest}), None
    return known, units[0]


# Brackets -----------------------------------------------------------------------------------


def _bracketed(rest: str, inner: tuple[str, ...], names: Names) -> Role | Fault | None:
    base = head(rest, names) if rest else Role()
    if not isinstance(base, Role) or base.field == "ignored":
        return base
    role = base
    for each in inner:
        said = _said(each, role, names)
        if said is None and base == Role():
            return None
        if said is None:
            return Fault(code=UNKNOWN_BRACKET, facts={"bracket": each, "first": rest})
        role = said
    return role


def _said(text: str, role: Role, names: Names) -> Role | None:
    """A role with what a bracket says of it; None where that is not known, or does not fit."""
    years = years_in(text)
    if len(years) == 1 and not _without_year(text, names):
        year = years.pop()
        return replace(role, year=year) if role.year in {None, year} else None
    unit = unit_of(text, names)
    if unit is not None:
        return _in_unit(unit, role, names)
    pieces = [each for each in re.split("[,;]", text) if key(each)]
    said: Role | None = role if len(pieces) > 1 else None
    for each in pieces:
        said = _said(each, said, names) if said is not None else None
    return said


def _in_unit(unit: Unit, role: Role, names: Names) -> Role | None:
    """A role whose figures are in a unit; None where it does not fit."""
    types = _all_types(unit.text, names)
    fitting = unit.kinds & _fitting(role.field)
    if role.area and types:
        fits = names.types.get(role.area) in types
    elif "optional" in unit.kinds or (role.field == "area" and types):
        fits = True
    elif fitting and (role.unit is None or role.unit.kinds == fitting):
        is_rate = fitting == {"percent"} and not role.field
        field = "value" if is_rate else role.field
        return replace(role, field=field, unit=replace(unit, kinds=fitting))
    else:
        fits = False
    return role if fits else None


def _fitting(field: str) -> frozenset[str]:
    """The units that a column of a kind can have; whether they fit its indicator is seen later."""
    if field in {"numerator", "denominator"}:
        return frozenset({"count"})
    if field == "parts":
        return frozenset({"count", "parts"})
    if field in {"", "value"}:
        return frozenset({"percent", "count", "level", "parts"})
    return frozenset({"day"}) if field in DAYS else frozenset()


def _pieces(text: str, names: Names) -> list[str]:
    """The parts of a list in a key."""
    for word in names.words.joins:
        text = text.replace(f" {word} ", ",")
    return re.split("[,;/&]", text)


def _types(text: str, names: Names) -> frozenset[str]:
    return names.words.prefixes.get(spaced(key(text)), frozenset())


def _all_types(text: str, names: Names) -> frozenset[str]:
    """The types of area that a text lists; none where it lists anything else."""
    found = [_types(each, names) for each in _pieces(key(text), names)]
    return frozenset().union(*found) if all(found) else frozenset()


# Words --------------------------------------------------------------------------------------


def _named(text: str, names: Names) -> Role | Fault | None:
    """The indicator or area that heads a column."""
    found = indicator_of(text, names)
    if isinstance(found, Found):
        return Role(indicator=found.value, field="value" if "%" in text else "")
    if re.fullmatch(r"[\d., ]*", text):
        return None
    there = area_of(Cell(value=text, place=Place(file="")), names)
    if isinstance(there, Found):
        return Role(area=there.value)
    return found


def _without_year(text: str, names: Names) -> str:
    rest = " ".join(_YEAR.sub(" ", text).split())
    said = key(rest)
    for word in sorted(names.words.years, key=len, reverse=True):
        if said == word:
            return ""
        if said.startswith(f"{word} "):
            return rest[len(word) :].strip(" -–:,.")
        if said.endswith(f" {word}"):
            return rest[: -len(word)].strip(" -–:,.")
    return rest.strip(" -–:,.")


def together(upper: Role, lower: Role) -> Role:
    """What two heads of a column say, one over the other."""
    unit = lower.unit or (None if lower.field in {"numerator", "denominator"} else upper.unit)
    return Role(
        field=lower.field or upper.field,
        indicator=lower.indicator or upper.indicator,
        area=lower.area if lower.area is not None else upper.area,
        year=lower.year or upper.year,
        unit=unit,
    )
