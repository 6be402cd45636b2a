from __future__ import annotations

import ast
import re
import string
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.config import ROOT, site_settings
from tiendo.judge.completeness import State
from tiendo.judge.due import DueState
from tiendo.judge.reporting import Excuse, Outcome
from tiendo.letters import letter_faults
from tiendo.words.wording import Words, words

FOLDER = ROOT / "site_config" / "wording"
VI, EN = words("vi"), words("en")
PLURALS = re.compile(r"\.(zero|one|two|few|many|other)$")


def stems(told: Words) -> dict[str, set[str]]:
    """The facts that each sentence wants, plural forms of a sentence taken together."""
    found: dict[str, set[str]] = {}
    for key, sentence in told.sentences.items():
        facts = {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}
        found.setdefault(PLURALS.sub("", key), set()).update(facts)
    return found


@pytest.mark.parametrize("told", [VI, EN], ids=["vi", "en"])
@pytest.mark.parametrize(
    ("states", "key"),
    [
        (DueState, "due_page.state.{}"),
        (Outcome, "reporting.{}.word"),
        (Excuse, "reporting.excuse.{}"),
        (State, "quality_state.{}.word"),
    ],
)
def test_whatever_is_judged_of_a_date_a_report_or_a_cell_has_its_word(
    states: type[StrEnum], key: str, told: Words
) -> None:
    assert [each for each in states if key.format(each.value) not in told.sentences] == []


def test_every_language_of_the_site_has_its_folder_of_words() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir()}

    assert folders == set(site_settings().languages)


def test_both_languages_have_the_same_files() -> None:
    files = [sorted(path.name for path in (FOLDER / name).iterdir()) for name in ("vi", "en")]

    assert files[0] == files[1]


def test_both_languages_have_the_same_sentences() -> None:
    vi, en = set(stems(VI)), set(stems(EN))

    assert (vi - en, en - vi) == (set(), set())


def test_a_sentence_wants_no_fact_in_english_that_it_does_not_get_in_vietnamese() -> None:
    vi, en = stems(VI), stems(EN)

    differing = {key: (vi[key], en[key]) for key in vi if vi[key] ^ en[key] - {"month_name"}}

    # A date names its month in English and numbers it in Vietnamese.
    assert {key for key in differing if not key.startswith("date.")} == set()


def test_every_placeholder_has_a_plain_name() -> None:
    names = {name for told in (VI, EN) for facts in stems(told).values() for name in facts}

    assert {name for name in names if not name.isidentifier()} == set()


def all_sentences() -> Iterator[tuple[str, str]]:
    for told in (VI, EN):
        for key, sentence in told.sentences.items():
            yield f"{told.language}.{key}", sentence


def test_no_sentence_is_empty_or_has_spaces_at_its_ends() -> None:
    assert [
        key for key, sentence in all_sentences() if sentence != sentence.strip() or not sentence
    ] == []


def test_all_sentences_are_composed_and_have_no_letters_of_other_alphabets() -> None:
    # A problem about letters may show one.
    wrong = {
        key: letter_faults(sentence)
        for key, sentence in all_sentences()
        if letter_faults(sentence.replace("\u00a0", " ")) and ".problem.letters-" not in key
    }

    assert wrong == {}
    assert all(unicodedata.is_normalized("NFC", sentence) for _, sentence in all_sentences())


def test_only_what_is_counted_has_plural_forms() -> None:
    def tables(table: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
        yield table
        for entry in table.values():
            if isinstance(entry, dict):
                yield from tables(entry)

    for language in ("vi", "en"):
        for file in (FOLDER / language).iterdir():
            for table in tables(tomllib.loads(file.read_text(encoding="utf-8"))):
                assert ("one" not in table) or ("other" in table), (file.name, sorted(table))


@pytest.mark.parametrize(
    ("number", "decimals", "vi", "en"),
    [
        (1971326, 0, "1.971.326", "1,971,326"),
        (Decimal("1234.5"), 1, "1.234,5", "1,234.5"),
        (Fraction(2, 3), 3, "0,667", "0.667"),
        (Fraction(-5, 2), 0, "−3", "−3"),
        (Fraction(5, 2), 0, "3", "3"),
        (0, 0, "0", "0"),
    ],
)
def test_numbers_are_written_as_people_write_them(
    number: Fraction | Decimal | int, decimals: int, vi: str, en: str
) -> None:
    assert (VI.number(number, decimals), EN.number(number, decimals)) == (vi, en)


@pytest.mark.parametrize(
    ("shown", "vi", "en"),
    [
        ("66.7", "66,7%", "66.7%"),
        ("70", "70%", "70%"),
        ("70.0", "70,0%", "70.0%"),
        ("33.50", "33,50%", "33.50%"),
        ("7E+1", "70%", "70%"),
        ("0.0000004", "0,0000004%", "0.0000004%"),
    ],
)
def test_a_number_that_was_rounded_is_written_with_its_own_decimals(
    shown: str, vi: str, en: str
) -> None:
    assert (VI.percent(Decimal(shown)), EN.percent(Decimal(shown))) == (vi, en)


@given(
    st.fractions(min_value=-(10**15), max_value=10**15, max_denominator=1000),
    st.integers(min_value=0, max_value=6),
)
def test_a_number_is_rounded_by_no_more_than_half_of_its_last_decimal(
    number: Fraction, decimals: int
) -> None:
    written = VI.number(number, decimals).replace(".", "").replace(",", ".").replace("−", "-")

    assert abs(Fraction(written) - number) <= Fraction(1, 2 * 10**decimals)


def test_a_change_carries_its_sign() -> None:
    changes = [Decimal(text) for text in ("2.5", "-2.5", "0", "-0.0", "3.0")]

    assert [VI.change(change) for change in changes] == ["+2,5", "−2,5", "0", "0,0", "+3,0"]


def test_dates_are_written_as_the_administration_writes_them() -> None:
    day = date(2024, 2, 5)

    assert VI.long_date(day) == "ngày 05 tháng 02 năm 2024"
    assert [VI.date(day), VI.date(date(2024, 12, 31))] == ["05/02/2024", "31/12/2024"]
    assert [EN.date(day), EN.long_date(day)] == ["5 February 2024", "5 February 2024"]


def test_a_moment_is_told_in_the_time_zone_that_it_carries() -> None:
    moment = datetime(2025, 12, 15, 17, 30, tzinfo=UTC).astimezone(timezone(timedelta(hours=7)))

    assert "00:30" in VI.moment(moment)
    assert "16/12/2025" in VI.moment(moment)


def test_an_enumeration_ends_with_and() -> None:
    assert [VI.listed(["a", "b", "c"]), EN.listed(["a", "b"])] == ["a, b và c", "a and b"]


def test_a_count_chooses_its_plural_form() -> None:
    said = [EN.say("summary.stops", count=count) for count in (1, 2)]

    assert said == ["1 error to fix", "2 errors to fix"]


def test_a_sentence_that_is_not_there_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        VI.say("problem.no-such-problem.what")


def test_a_fact_that_a_sentence_wants_is_a_fault_of_the_program_where_it_is_not_given() -> None:
    with pytest.raises(KeyError):
        VI.say("problem.row-missing.what", value="x")


def said_in_the_program() -> tuple[set[str], list[re.Pattern[str]]]:
    """The texts of program, templates and theme that may be keys, and the shapes of those made."""
    texts: set[str] = set()
    shapes: set[str] = set()
    for path in (*ROOT.glob("tiendo/**/*.py"), *ROOT.glob("site_config/deploy/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                first = node.values[0]
                # What begins with a name that is put in could be anything.
                if isinstance(first, ast.Constant) and "." in str(first.value):
                    shapes.add(
                        "".join(
                            re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
                            for part in node.values
                        )
                    )
    for path in (*ROOT.glob("templates/**/*.j*"), *ROOT.glob("templates/*.typ")):
        texts |= set(re.findall(r'say\("([^"]+)"', path.read_text(encoding="utf-8")))
    for path in ROOT.glob("site_config/theme/**/*.html"):
        html = path.read_text(encoding="utf-8")
        texts |= {f"theme.{name}" for name in re.findall(r"\bwords\.(\w+)", html)}
    return texts, [re.compile(shape) for shape in shapes]


MADE = re.compile(
    r"(area_rule|rule|code\.\w+|excel\.(header|label)|sheets\.unit|gap)\.[\w-]+", re.ASCII
)
"""Keys whose beginning is put in too: rules by kind, codes of the tables, columns of forms."""


def test_there_is_no_sentence_that_nobody_says() -> None:
    texts, shapes = said_in_the_program()
    idle = [
        key
        for key in (PLURALS.sub("", each) for each in VI.sentences)
        if key not in texts
        and not MADE.fullmatch(key)
        and not any(shape.fullmatch(key) for shape in shapes)
    ]
    assert idle == []
