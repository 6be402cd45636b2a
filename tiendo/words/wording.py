"""Words, numbers and dates as people write them, in each language of the site.

Sentences stand in ``site_config/wording/<language>/*.toml``; numbers and dates follow CLDR through
Babel.  Nothing else in the program makes text that a person reads.

In a sentence ``{site.first}`` is the code of the site's first language, in which columns of the
data end, ``{site.original}`` what it is called, ``{site.translations}`` what the others are,
``{site.language}`` what the sentence's own is called, and ``{site.others}`` what all but this one.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

from tiendo.config import ROOT, config_folders
from tiendo.judge.rounding import as_given, half_up

MINUS = "\u2212"

_OF_SITE = re.compile(r"\{site\.(first|original|translations|others|language)\}")

MOST_NAMED = 5
"""So many keys are named where a language lacks more."""


def own_name(language: str) -> str:
    """What a language calls itself, as it begins a line.

    >>> own_name("vi"), own_name("en"), own_name("fr")
    ('Tiếng Việt', 'English', 'Français')
    """
    name: str = Locale.parse(language).get_language_name(language) or language
    return name[:1].upper() + name[1:]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: str
    sentences: Mapping[str, str]
    """By dotted key; plural forms have a key each: ``key.one``, ``key.other``."""

    def say(self, key: str, **facts: object) -> str:
        """The sentence with its facts put in; a fact named ``count`` chooses the plural form.

        Raises:
            KeyError: there is no such sentence, or a fact that it wants was not given.

        """
        sentence = self.sentences.get(key)
        if sentence is None:
            count = facts.get("count")
            if not isinstance(count, int):
                raise KeyError(key)
            form = _locale(self.language).plural_form(count)
            other = self.sentences[f"{key}.other"]
            sentence = self.sentences.get(f"{key}.{form}", other)
        return sentence.format(**facts) if facts else sentence

    def knows(self, key: str) -> bool:
        """Whether there is a sentence under this key."""
        return key in self.sentences or f"{key}.other" in self.sentences

    def called(self, language: str) -> str:
        """What these words call a language within a sentence; else what Unicode calls it."""
        key = f"language.{language}"
        if self.knows(key):
            return self.say(key)
        return Locale.parse(language).get_language_name(self.language) or language

    def number(self, number: Fraction | Decimal | int, decimals: int = 0) -> str:
        """The number with exactly so many decimals, rounded half up, thousands grouped."""
        return self.written(half_up(Fraction(number), decimals))

    def written(self, shown: Decimal) -> str:
        """A number that was already rounded to be shown: with its own decimals, noughts too."""
        return _text(shown, self.language)

    def percent(self, shown: Decimal) -> str:
        """Per cent, as it is shown."""
        return self.written(shown) + "%"

    def change(self, shown: Decimal) -> str:
        """A change with its sign, as a bare number; none has no sign."""
        sign = "" if shown == 0 else MINUS if shown < 0 else "+"
        return sign + self.written(shown.copy_abs())

    def date(self, day: dt.date) -> str:
        """A day, short: 31/12/2024 or 31 December 2024."""
        return self.say(
            "date.short", day=day.day, month=day.month, year=day.year, **self._month(day)
        )

    def long_date(self, day: dt.date) -> str:
        """A day in the administrative form: ngày 05 tháng 02 năm 2024."""
        return self.say(
            "date.long", day=day.day, month=day.month, year=day.year, **self._month(day)
        )

    def moment(self, moment: dt.datetime) -> str:
        """A day and time of day, in the time zone that the moment carries."""
        return self.say("date.moment", date=self.date(moment.date()), time=moment.strftime("%H:%M"))

    def listed(self, words: Iterable[str]) -> str:
        """Words as an enumeration in a sentence: a, b và c."""
        return format_list(list(words), locale=self.language)

    def _month(self, day: dt.date) -> dict[str, str]:
        return {"month_name": _month(self.language, day.month)}


@lru_cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)


@lru_cache
def _month(language: str, month: int) -> str:
    return str(_locale(language).months["format"]["wide"][month])


def _text(shown: Decimal, language: str) -> str:
    # Decimals are equal whatever noughts they end in: the text tells them apart in the cache.
    return _of_digits(f"{as_given(shown):f}", language)


@lru_cache(maxsize=100_000)
def _of_digits(digits: str, language: str) -> str:
    """A country writes the same counts and rates many times over, and Babel takes its time."""
    decimals = len(digits.partition(".")[2])
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = str(format_decimal(Decimal(digits), format=pattern, locale=language))
    return text.replace("-", MINUS)


def words(language: str, root: Path = ROOT) -> Words:
    """The words of a language, read from its folder of TOML files; one's own go before.

    Raises:
        FileNotFoundError: the site has no such language.
        ValueError: two files give the same key; or a sentence of one's own can't stand in the
            place of ours.

    """
    return _words(language, config_folders(root))


def forget() -> None:
    """Read all words afresh the next time."""
    _words.cache_clear()


@cache
def _words(language: str, folders: tuple[Path, ...]) -> Words:
    shipped, *own = (folder / "wording" / language for folder in folders)
    if not shipped.is_dir():
        return _of_this_site(language, _of_ones_own(shipped, own, folders[0]), folders)
    sentences = _sentences(shipped)
    for folder in own:
        for key, sentence in _sentences(folder).items():
            if key not in sentences or not _facts(sentence) <= _facts(sentences[key]):
                raise ValueError(f"{folder}: {key}")
            sentences[key] = sentence
    return _of_this_site(language, sentences, folders)


def _of_this_site(language: str, sentences: dict[str, str], folders: Sequence[Path]) -> Words:
    """The words of a language, with what they say of the languages of the site."""
    plain = Words(language=language, sentences=sentences)
    spoken = _spoken(folders)
    facts = {
        "first": spoken[0],
        "original": plain.called(spoken[0]),
        "translations": format_list(
            [plain.called(each) for each in spoken[1:]], style="or", locale=language
        ),
        "others": plain.listed(plain.called(each) for each in spoken if each != language),
        "language": plain.called(language),
    }
    for key, sentence in sentences.items():
        sentences[key] = _OF_SITE.sub(lambda found: facts[found[1]], sentence)
    return plain


def _spoken(folders: Sequence[Path]) -> Sequence[str]:
    """The languages that the settings name; settings that can't be read are told elsewhere."""
    for folder in reversed(folders):
        with suppress(OSError, ValueError, LookupError, TypeError):
            given = tomllib.loads((folder / "site.toml").read_text(encoding="utf-8"))["languages"]
            return [str(given[0]), *map(str, given[1:])]
    raise FileNotFoundError(folders[0] / "site.toml")


def _of_ones_own(shipped: Path, own: Sequence[Path], program: Path) -> dict[str, str]:
    """The sentences of a language that the program does not ship: all that its own languages have.

    Plural forms are those of the language, ``other`` at least.
    """
    if not any(folder.is_dir() for folder in own):
        raise FileNotFoundError(shipped)
    found = {key: each for folder in own for key, each in _sentences(folder).items()}
    wanted = _sentences(next(iter(sorted((program / "wording").iterdir()))))
    known = found.keys() | _stems(found)
    lacking = [key for key in wanted if key.removesuffix(".one") not in known]
    more = [key for key in found if key in wanted and not _facts(found[key]) <= _facts(wanted[key])]
    if lacking or more:
        raise ValueError(f"{own[-1]}: {', '.join((lacking + more)[:MOST_NAMED])}")
    return found


def _stems(sentences: Iterable[str]) -> set[str]:
    """The keys without their plural forms."""
    return {key.rpartition(".")[0] for key in sentences if key.endswith(".other")}


def _sentences(folder: Path) -> dict[str, str]:
    sentences: dict[str, str] = {}
    for file in sorted(folder.glob("*.toml")):
        for key, sentence in _flat(tomllib.loads(file.read_text(encoding="utf-8")), ""):
            if key in sentences:
                message = f"{file.name}: {key}"
                raise ValueError(message)
            sentences[key] = sentence
    return sentences


def _facts(sentence: str) -> set[str]:
    """The facts that a sentence wants."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def _flat(table: Mapping[str, object], prefix: str) -> Iterable[tuple[str, str]]:
    for name, entry in table.items():
        if isinstance(entry, Mapping):
            yield from _flat(entry, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(entry)
