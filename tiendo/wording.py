"""Words, numbers and dates as people write them, in each language of the site.

Sentences stand in ``site_config/wording/<language>/*.toml``; numbers and dates follow CLDR through
Babel.  Nothing else in the program makes text that a person reads.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

from tiendo.config import ROOT, config_folders

MINUS = "\u2212"
MOST_DECIMALS = 6


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
            form = Locale.parse(self.language).plural_form(count)
            other = self.sentences[f"{key}.other"]
            sentence = self.sentences.get(f"{key}.{form}", other)
        return sentence.format(**facts) if facts else sentence

    def knows(self, key: str) -> bool:
        """Whether there is a sentence under this key."""
        return key in self.sentences or f"{key}.other" in self.sentences

    def number(self, number: Fraction | Decimal | int, decimals: int = 0) -> str:
        """The number with exactly so many decimals, rounded half up, thousands grouped."""
        return _number(Fraction(number), decimals, self.language)

    def percent(
        self, points: Fraction | Decimal, decimals: int = 1, against: Fraction | None = None
    ) -> str:
        """Per cent; whole numbers without decimals.

        Where rounding would put the number on the other side of ``against`` (a target), or on it,
        it is written with as many decimals as keep it apart.
        """
        number = Fraction(points)
        if number.denominator == 1:
            return self.number(number) + "%"
        if against is not None:
            decimals = decimals_apart(number, decimals, against)
        return self.number(number, decimals) + "%"

    def change(self, points: Fraction, decimals: int = 1) -> str:
        """A change in points with its sign, as a bare number."""
        text = self.number(abs(points), 0 if points.denominator == 1 else decimals)
        if points == 0:
            return text
        return (MINUS if points < 0 else "+") + text

    def points(self, points: Fraction, decimals: int = 1) -> str:
        """An amount of points without a sign, as a bare number; never 0 where it is not 0."""
        number = abs(points)
        if number.denominator == 1:
            return self.number(number)
        while _rounded(number, decimals) == 0 and decimals < MOST_DECIMALS:
            decimals += 1
        return self.number(number, decimals)

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
        return {"month_name": str(Locale.parse(self.language).months["format"]["wide"][day.month])}


@lru_cache(maxsize=100_000)
def _number(number: Fraction, decimals: int, language: str) -> str:
    """A country writes the same counts and rates many times over, and Babel takes its time."""
    rounded = _rounded(number, decimals)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = str(format_decimal(rounded, format=pattern, locale=language))
    return text.replace("-", MINUS)


def decimals_apart(number: Fraction, decimals: int, against: Fraction) -> int:
    """So many decimals, or as many more as keep a rounded number on its side of another."""
    while decimals < MOST_DECIMALS:
        rounded = Fraction(_rounded(number, decimals))
        if (rounded < against) == (number < against) and (rounded > against) == (number > against):
            break
        decimals += 1
    return decimals


def _rounded(number: Fraction, decimals: int) -> Decimal:
    """Half up, away from zero, exactly: Decimal division alone could land on the wrong side."""
    scaled = abs(number) * 10**decimals
    whole = int(scaled)
    if scaled - whole >= Fraction(1, 2):
        whole += 1
    rounded = Decimal(whole).scaleb(-decimals)
    return (-rounded if number < 0 else rounded).quantize(
        Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP
    )


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
        raise FileNotFoundError(shipped)
    sentences = _sentences(shipped)
    for folder in own:
        for key, sentence in _sentences(folder).items():
            if key not in sentences or not _facts(sentence) <= _facts(sentences[key]):
                raise ValueError(f"{folder}: {key}")
            sentences[key] = sentence
    return Words(language=language, sentences=sentences)


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
