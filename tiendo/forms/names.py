"""What people call an area, an indicator, an agency: which one it is, or what is to be asked.

Accents decide: a name without any may stand for the one name that it fits, but a name with a wrong
accent stands for none, since two areas may differ by one ("Cẩm Giang" and "Cẩm Giàng").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from tiendo.forms.cells import Cell, Fault, Found
from tiendo.forms.vocabulary import Vocabulary, key, spaced
from tiendo.judge.areas import existed, local_on, rest_on
from tiendo.judge.plan_then import asked
from tiendo.judge.scale import local_scale
from tiendo.letters import folded, mended, nearest
from tiendo.terms import Archive, Edition, Indicator

WHOLE = ""
"""A row of totals: the whole area, without its name."""

MOST_HINTS = 200
"""So many names that are not known come with the nearest; who has more has another table."""

_NUMBERED = re.compile(r"^(?:[0-9]{1,3}|[ivx]{1,5})\s*[.)/\-]+\s*(?=\D)", re.IGNORECASE)
_CODE = re.compile(r"0*([0-9]{1,5})(?:[.,]0+)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Spellings:
    """Names by how they are written; a spelling of several is a question."""

    exact: Mapping[str, frozenset[str]]
    folded: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """As ``exact``, without accents."""
    bare: Mapping[str, frozenset[str]] = field(default_factory=dict)
    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    """What each id is called, for questions."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """The names of one edition: what reports in it, and what else exists."""

    words: Vocabulary
    areas: _Spellings
    others: Mapping[str, str]
    """Full names of areas that do not report in this edition, and their other names, to what they
    are called."""
    past: Mapping[str, str]
    """Names without a kind of ended areas that reported before: one of today may be called so."""
    types: Mapping[str, str]
    indicators: _Spellings
    agencies: _Spellings
    scope: str
    levels: frozenset[str] = frozenset()
    """Indicators whose figures in an area are levels."""
    hints: bool = True
    """Whether what is not known comes with the nearest name, which takes its time to find."""
    found: dict[str, str] = field(default_factory=dict)
    """Nearest names that were looked for already."""

    @property
    def quiet(self) -> Names:
        """The same without hints."""
        return replace(self, hints=False)


def names_of(archive: Archive, edition: Edition, words: Vocabulary) -> Names:
    """The names that an edition's tables may use: its areas, the plan's indicators and agencies."""
    scope = archive.plan.scope
    here = [
        *local_on(archive, edition.geography, edition.as_of),
        *rest_on(archive, edition.as_of),
        scope,
    ]
    exact: dict[str, set[str]] = defaultdict(set)
    bare: dict[str, set[str]] = defaultdict(set)
    codes: dict[str, set[str]] = defaultdict(set)
    for name in here:
        area = archive.areas[name]
        for text in (name, *area.name.all, *area.aliases):
            exact[_area_key(text)].add(name)
        _, rest = prefix_and_rest(area.name.first, words)
        bare[rest].add(name)
        if area.code:
            codes[area.code.lstrip("0")].add(name)
    for text in {*exact} & {*bare}:
        # An alias of one is no name of one where another is called the same.
        exact[text] |= bare[text]
    elsewhere = [area for area in archive.areas.values() if area.area not in here]
    others = {
        **{_area_key(each): area.name.first for area in elsewhere for each in area.aliases},
        **{_area_key(area.name.first): area.name.first for area in elsewhere},
    }
    reported = {
        name
        for each in archive.editions
        if each.year < edition.year
        for name in local_on(archive, each.geography, each.as_of)
    }
    past = {
        prefix_and_rest(area.name.first, words)[1]: area.name.first
        for area in elsewhere
        if area.area in reported
    }
    return Names(
        words=words,
        areas=_Spellings(
            exact=_frozen(exact),
            folded=_folded(exact),
            bare=_frozen(bare),
            codes=_frozen(codes),
            shown={name: archive.areas[name].name.first for name in here},
        ),
        others=others,
        past=past,
        types={name: archive.areas[name].type for name in here},
        indicators=_spelt(
            (indicator.indicator, text)
            for indicator, texts in _indicators(archive, edition)
            for text in texts
        ),
        agencies=_spelt(
            (agency.agency, text)
            for agency in archive.agencies
            if existed(agency, edition.as_of)
            for text in (agency.agency, *agency.name.all, *agency.short.all)
        ),
        scope=scope,
        levels=frozenset(
            indicator.indicator
            for indicator in archive.indicators
            if local_scale(indicator).is_held
        ),
    )


def _indicators(archive: Archive, edition: Edition) -> Iterator[tuple[Indicator, tuple[str, ...]]]:
    """The indicators and what each is called: what is asked for has its names for itself."""
    names = {each.indicator for each in asked(archive, edition)}
    taken: set[str] = set()
    for indicator in sorted(archive.indicators, key=lambda each: each.indicator not in names):
        called = (*indicator.name.all, *indicator.short.all)
        own = {key(text) for text in called}
        if indicator.indicator in names:
            taken |= own
            yield indicator, (indicator.indicator, *called)
        else:
            yield indicator, (indicator.indicator, *(t for t in called if key(t) not in taken))


def area_of(cell: Cell, names: Names) -> Found[str] | Fault | None:
    """The area that a cell names; `WHOLE` for a total; None for an empty cell."""
    text = mended(cell.text)
    if not text:
        return None
    if cell.error or isinstance(cell.value, bool):
        return Fault(code="import-area-unknown")
    if not isinstance(cell.value, str) or _CODE.fullmatch(text):
        return _by_code(text, names)
    found = _by_name(text, names)
    if isinstance(found, Fault) and (rest := _NUMBERED.sub("", text)) != text:
        again = _by_name(rest, names)
        found = again if isinstance(again, Found) else found
    if isinstance(found, Found) and not found.repair and _has_odd_letters(cell.text):
        return Found(value=found.value, repair="letters")
    return found


def indicator_of(text: str, names: Names) -> Found[str] | Fault | None:
    """The indicator that a text names; None where it names none, nor nearly one."""
    found = _unique(text, names.indicators, hints=False)
    plain = mended(text)
    rest = _NUMBERED.sub("", plain)
    if not isinstance(found, Found) and rest != plain:
        again = _unique(rest, names.indicators, hints=False)
        found = again if isinstance(again, Found) else found
    if found is None and names.hints:
        found = _unique(text, names.indicators, hints=True)
    if isinstance(found, Fault):
        return Fault(code="import-indicator-unknown", facts=found.facts)
    return found


def agency_of(text: str, names: Names) -> str | None:
    """The agency that a text names; None where it names none."""
    found = _unique(text, names.agencies, hints=False)
    return found.value if isinstance(found, Found) else None


def is_known(text: str, names: Names) -> bool:
    """Whether a text is, letter by letter, a name or a column's head that such a table holds."""
    plain = key(text)
    _, rest = prefix_and_rest(text, names.words)
    return (
        _area_key(text) in names.areas.exact
        or (rest in names.areas.bare and bool(rest))
        or plain in names.indicators.exact
        or plain in names.words.headers
        or plain in names.words.totals
    )


def prefix_and_rest(text: str, words: Vocabulary) -> tuple[frozenset[str] | None, str]:
    """The types of area that a name's beginning says, None for none, and the name without it."""
    said = _area_key(text)
    for prefix, types in words.prefixes.items():
        if said.startswith(prefix):
            rest = said[len(prefix) :]
            if rest[:1] in {" ", "."} and (bare := rest.strip(" .")):
                return types, bare
    return None, said


# By code, by name ---------------------------------------------------------------------------


def _by_code(text: str, names: Names) -> Found[str] | Fault:
    found = _CODE.fullmatch(text)
    known = names.areas.codes.get(found[1].lstrip("0"), frozenset()) if found else frozenset()
    if len(known) != 1:
        return Fault(code="import-code-unknown")
    return Found(value=next(iter(known)))


def _by_name(text: str, names: Names) -> Found[str] | Fault:
    if key(text) in names.words.totals:
        return Found(value=WHOLE)
    exact = names.areas.exact.get(_area_key(text), frozenset())
    types, rest = prefix_and_rest(text, names.words)
    bare = names.areas.bare.get(rest, frozenset())
    fitting = (
        bare if types is None else frozenset(name for name in bare if names.types[name] in types)
    )
    past = (names.past[rest],) if types is None and not exact and rest in names.past else ()
    for candidates in (exact, fitting):
        if len(candidates) > 1 or (candidates and past):
            return _ambiguous(candidates, names, *past)
        if len(candidates) == 1 and (candidates is exact or types is not None or len(bare) == 1):
            return Found(value=next(iter(candidates)))
    other = names.others.get(_area_key(text))
    if other is not None and (types is not None or not bare):
        return Fault(code="import-area-not-here", facts=_near(text, names, other))
    if mended(text).isascii():
        return _without_accents(types, rest, text, names)
    return Fault(code="import-area-unknown", facts=_near(text, names))


def _without_accents(
    types: frozenset[str] | None, rest: str, text: str, names: Names
) -> Found[str] | Fault:
    """The one area that a name typed without any accents fits."""
    plain = folded(rest)
    fitting = {
        name
        for known, candidates in names.areas.bare.items()
        if folded(known) == plain
        for name in candidates
        if types is None or names.types[name] in types
    } | names.areas.folded.get(folded(text), frozenset())
    past = next((shown for bare, shown in names.past.items() if folded(bare) == plain), "")
    if len(fitting) == 1 and types is None and past:
        return _ambiguous(frozenset(fitting), names, past)
    if len(fitting) == 1:
        return Found(value=fitting.pop(), repair="name")
    if fitting:
        return _ambiguous(frozenset(fitting), names)
    # "TP" and "H" may be left of a prefix that had accents.
    for prefix, prefix_types in names.words.prefixes.items():
        start = folded(prefix) + " "
        if types is None and folded(text).startswith(start):
            return _without_accents(prefix_types, folded(text)[len(start) :], text, names)
    return Fault(code="import-area-unknown", facts=_near(text, names))


def _ambiguous(candidates: frozenset[str], names: Names, *more: str) -> Fault:
    shown = "; ".join(sorted([*(names.areas.shown[name] for name in candidates), *more]))
    return Fault(code="import-area-two", facts={"names": shown})


def _near(text: str, names: Names, other: str = "") -> dict[str, str]:
    if text not in names.found and names.hints and len(names.found) < MOST_HINTS:
        names.found[text] = _nearest_area(text, names)
    near = names.found.get(text, "")
    return {"nearest": near} | ({"other": other} if other else {})


def _nearest_area(text: str, names: Names) -> str:
    _, rest = prefix_and_rest(text, names.words)
    known = {
        **{bare: name for bare, found in names.areas.bare.items() for name in found},
        **{exact: name for exact, found in names.areas.exact.items() for name in found},
    }
    like = nearest(rest, known) or nearest(_NUMBERED.sub("", text), known)
    return names.areas.shown[known[like]] if like else ""


def _unique(text: str, spellings: _Spellings, *, hints: bool) -> Found[str] | Fault | None:
    plain = key(text)
    found = spellings.exact.get(plain, frozenset())
    if len(found) == 1:
        return Found(value=next(iter(found)))
    if not plain:
        return None
    if plain.isascii():
        fitting = spellings.folded.get(plain, frozenset())
        if len(fitting) == 1:
            return Found(value=next(iter(fitting)), repair="name")
    if not hints:
        return None
    near = nearest(plain, spellings.exact)
    if not near:
        return None
    return Fault(code="import-name-unknown", facts={"nearest": spellings.shown.get(near, near)})


def _area_key(text: str) -> str:
    return spaced(key(text))


def _spelt(pairs: Iterable[tuple[str, str]]) -> _Spellings:
    exact: dict[str, set[str]] = defaultdict(set)
    shown: dict[str, str] = {}
    for name, text in pairs:
        if key(text):
            exact[key(text)].add(name)
            shown.setdefault(key(text), text)
    return _Spellings(exact=_frozen(exact), folded=_folded(exact), shown=shown)


def _folded(exact: Mapping[str, set[str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for text, candidates in exact.items():
        found[folded(text)] |= candidates
    return _frozen(found)


def _frozen(found: Mapping[str, set[str]]) -> Mapping[str, frozenset[str]]:
    return {text: frozenset(names) for text, names in found.items()}


def _has_odd_letters(text: str) -> bool:
    return text.strip(" \t\r\n") != mended(text)
