"""What looks wrong is asked about where it matters, and nowhere else: data in, problems out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from makers_at_hand import an_archive, an_area, an_indicator
from packages_at_hand import CASES, draft, inspect, observed, table, write_table

from tiendo.check import results as check
from tiendo.config import ROOT, site_settings
from tiendo.judge.assess import results
from tiendo.judge.editions import with_editions
from tiendo.judge.measure import rows_of
from tiendo.judge.questions import QUESTIONS, Year, asked, questions
from tiendo.read.archive import OBSERVATION_COLUMNS
from tiendo.terms import NO_WORDS, Archive, Figure, Measure, Problem, Results, Text
from tiendo.words.problems import reported
from tiendo.words.wording import words

LATER = datetime(2027, 1, 1, tzinfo=timezone(timedelta(hours=7)))
POINTS = site_settings().jump_points

Row = dict[str, Any]
"""A row of observations as it was read."""
Rows = dict[tuple[str, str], Row]
Plant = Callable[[Rows, Rows], None]
"""Spoils the rows of a year; the second are those of the year before."""


@cache
def known() -> Archive:
    archive = inspect(ROOT / "data", now=LATER).archive
    assert archive is not None
    return archive


def rows_until(year: int) -> tuple[Archive, list[Row]]:
    """The shipped data, in their first versions up to a year that is not signed off yet."""
    archive = known()
    archive = replace(
        with_editions(
            archive,
            [each for each in archive.editions if each.year <= year and each.version == 1],
        ),
        releases=tuple(each for each in archive.releases if each.year < year),
    )
    table = archive.observations
    plain = table.astype(object).where(table.notna(), None)
    return archive, [
        dict(zip(table.columns, cells, strict=True))
        for cells in plain.itertuples(index=False, name=None)
    ]


def by_key(rows: list[Row], year: int) -> Rows:
    return {(row["indicator"], row["area"]): row for row in rows if row["year"] == year}


def problems_after(year: int, plant: Plant) -> tuple[list[Problem], dict[int, tuple[str, str]]]:
    """What is wrong with a spoilt year's rows, and which row is whose."""
    archive, rows = rows_until(year)
    here = by_key(rows, year)
    plant(here, by_key(rows, year - 1))
    table = pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype=dtype)
            for name, dtype in OBSERVATION_COLUMNS.items()
        }
    )
    spoilt = replace(archive, observations=table)
    found = [
        each
        for each in check.problems(spoilt, LATER, jump_points=POINTS)
        if each.place.row is not None and each.place.file.endswith(f"{year}/v1/observations.csv")
    ]
    return found, {row["row"]: key for key, row in here.items()}


def found_after(year: int, plant: Plant) -> dict[str, list[tuple[str, str]]]:
    """The codes of a spoilt year's problems, each with the rows that it stands at."""
    problems, keys = problems_after(year, plant)
    found: dict[str, list[tuple[str, str]]] = {}
    for each in problems:
        found.setdefault(each.code, []).append(keys[each.place.row or 0])
    return found


def times(key: tuple[str, str], held: Fraction | int, people: Fraction | int) -> Plant:
    def plant(rows: Rows, _: Rows) -> None:
        row = rows[key]
        row["numerator"] = int(row["numerator"] * held)
        row["denominator"] = int(row["denominator"] * people)

    return plant


def cells(key: tuple[str, str], **changed: object) -> Plant:
    def plant(rows: Rows, _: Rows) -> None:
        rows[key].update(changed)

    return plant


def others(key: tuple[str, str]) -> Plant:
    """Those who do not, where those who do were asked for."""

    def plant(rows: Rows, _: Rows) -> None:
        rows[key]["numerator"] = rows[key]["denominator"] - rows[key]["numerator"]

    return plant


def exchanged(one: tuple[str, str], other: tuple[str, str]) -> Plant:
    def plant(rows: Rows, _: Rows) -> None:
        first, second = rows[one], rows[other]
        for name in ("numerator", "denominator"):
            first[name], second[name] = second[name], first[name]

    return plant


def copied(*areas: str) -> Plant:
    """Last year's ratios again; of some areas, or of all."""

    def plant(rows: Rows, before: Rows) -> None:
        for key, row in rows.items():
            then = before.get(key)
            here = not areas or key[1] in areas
            if here and then is not None and (row["denominator"] or then["denominator"]):
                for name in ("numerator", "denominator", "status", "missing", "note"):
                    row[name] = then[name]

    return plant


NAM_SACH = ("nl-thong-tin", "nam-sach")
SKILLED, DEGREES = ("dt-cmkt-15t", "hai-duong"), ("dh-tro-len-15t", "hai-duong")
HUNDREDTH, THOUSANDTH = Fraction(1, 100), Fraction(1, 1000)

PLANTED: dict[str, tuple[int, Plant, str, tuple[str, str]]] = {
    "both ten times": (2024, times(NAM_SACH, 10, 10), "denominator-jump", NAM_SACH),
    "a zero too many below": (2024, times(NAM_SACH, 1, 10), "denominator-jump", NAM_SACH),
    "a hundredth below": (2024, times(NAM_SACH, 1, HUNDREDTH), "numerator-above", NAM_SACH),
    "a zero too many above": (2024, times(NAM_SACH, 10, 1), "numerator-above", NAM_SACH),
    "in thousands": (2024, times(NAM_SACH, THOUSANDTH, THOUSANDTH), "denominator-jump", NAM_SACH),
    "per cent as a count": (
        2024,
        cells(NAM_SACH, numerator=54, denominator=100),
        "denominator-jump",
        NAM_SACH,
    ),
    "above and below exchanged": (
        2024,
        cells(NAM_SACH, numerator=76500, denominator=41700),
        "numerator-above",
        NAM_SACH,
    ),
    "digits transposed above": (2024, cells(NAM_SACH, numerator=14700), "jump", NAM_SACH),
    "digits transposed below": (
        2024,
        cells(NAM_SACH, denominator=56700),
        "denominator-jump",
        NAM_SACH,
    ),
    "those who do not": (2024, others(("kn-song", "nam-sach")), "jump", ("kn-song", "nam-sach")),
    "two districts exchanged": (
        2024,
        exchanged(NAM_SACH, ("nl-thong-tin", "tp-hai-duong")),
        "denominator-jump",
        NAM_SACH,
    ),
    "two indicators exchanged": (
        2024,
        exchanged(NAM_SACH, ("cong-dan-ht", "nam-sach")),
        "jump",
        ("cong-dan-ht", "nam-sach"),
    ),
    "a part as large as its whole": (
        2024,
        cells(DEGREES, numerator=424000, note=NO_WORDS),
        "child-share",
        DEGREES,
    ),
    "a part larger than its whole": (
        2024,
        cells(DEGREES, numerator=426000),
        "child-above-parent",
        DEGREES,
    ),
    "0 for what is not known": (
        2024,
        cells(DEGREES, numerator=0, note=NO_WORDS),
        "figure-zero",
        DEGREES,
    ),
    "a level two lower": (
        2024,
        cells(("pcgd-th-md3", "nam-sach"), value=Decimal(1)),
        "level-fall",
        ("pcgd-th-md3", "nam-sach"),
    ),
    "a level that there is none of": (
        2024,
        cells(("pcgd-th-md3", "nam-sach"), value=Decimal("2.5")),
        "level-wrong",
        ("pcgd-th-md3", "nam-sach"),
    ),
    "a decimal point lost": (
        2024,
        cells(SKILLED, numerator=None, denominator=None, value=Decimal(287)),
        "percent-range",
        SKILLED,
    ),
    "a report of last year": (2024, copied("nam-sach"), "report-copied", NAM_SACH),
    "a year of last year": (2024, copied(), "year-copied", ("nl-thong-tin", "tp-hai-duong")),
    "a total ten times": (
        2024,
        cells(("cong-dan-ht", "hai-duong"), numerator=4375000, denominator=13570000, note=NO_WORDS),
        "whole-unlikely",
        ("cong-dan-ht", "hai-duong"),
    ),
    "a total below its areas": (
        2025,
        cells(("tthtcd-cntt", "hai-duong"), numerator=10),
        "whole-impossible",
        ("tthtcd-cntt", "hai-duong"),
    ),
    "a first figure a hundred times": (
        2025,
        times(("cong-dan-ht", "xa-tu-ky"), 100, 100),
        "denominator-size",
        ("cong-dan-ht", "xa-tu-ky"),
    ),
    "a first figure in thousands": (
        2025,
        times(("kn-song", "xa-tu-ky"), THOUSANDTH, THOUSANDTH),
        "denominator-size",
        ("kn-song", "xa-tu-ky"),
    ),
    "a first figure twice": (
        2025,
        times(("kn-song", "xa-tu-ky"), 2, 2),
        "denominator-apart",
        ("kn-song", "xa-tu-ky"),
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_absurdity_is_found(name: str) -> None:
    year, plant, code, at = PLANTED[name]

    found = found_after(year, plant)

    assert at in found.get(code, ()), found


def everything_odd(rows: Rows, before: Rows) -> None:
    """One of each kind, in a year that else is as it was."""
    copied("kinh-mon")(rows, before)
    for plant in (
        times(NAM_SACH, 10, 10),
        times(("csgd-moi-truong-so", "gia-loc"), 100, 100),
        cells(
            ("kn-song", "chi-linh"),
            numerator=109000,
            denominator=276000,
            break_=Text(vi="Cách mới."),
        ),
        others(("kn-song", "nam-sach")),
        cells(SKILLED, numerator=172000, note=NO_WORDS),
        cells(DEGREES, note=NO_WORDS),
        cells(("csgd-moi-truong-so", "truc-thuoc-tinh"), numerator=0, note=NO_WORDS),
        cells(("pcgd-th-md3", "nam-sach"), value=Decimal(1)),
        cells(("cong-dan-ht", "hai-duong"), numerator=4375000, denominator=13570000, note=NO_WORDS),
    ):
        plant(rows, before)
    before["csgd-moi-truong-so", "truc-thuoc-tinh"]["numerator"] = 6


@pytest.mark.parametrize("language", ["vi", "en"])
def test_all_that_is_odd_is_asked_in_words(language: str, golden: Callable[..., None]) -> None:
    said = words(language)
    found = [problems_after(2024, plant)[0] for plant in (everything_odd, copied())]

    text = "".join(reported(each, "text", said) for each in found)

    golden(CASES / "bad-questions" / "expected" / f"problems.{language}.txt", text)


def test_a_year_that_is_copied_is_asked_about_once() -> None:
    found = found_after(2024, copied())

    assert [len(found.get(code, ())) for code in ("year-copied", "report-copied")] == [1, 0]


@pytest.mark.parametrize(
    ("then", "now", "asks"), [("", "Không đổi.", False), ("Như cũ.", "Như cũ.", True)]
)
def test_a_new_note_answers_for_a_whole_report_and_one_copied_along_does_not(
    then: str, now: str, *, asks: bool
) -> None:
    def with_notes(rows: Rows, before: Rows) -> None:
        copied("nam-sach")(rows, before)
        rows[NAM_SACH]["note"], before[NAM_SACH]["note"] = Text(vi=now), Text(vi=then)

    assert ("report-copied" in found_after(2024, with_notes)) == asks


def test_the_shipped_figures_are_asked_less_than_two_questions() -> None:
    """There were two: one of them of a university in four, which is too few to take a rate of."""
    found = inspect(ROOT / "data", now=LATER)
    assert [each for each in found.problems if each.code in QUESTIONS] == []

    assert {
        key: [one.code for one in every] for key, every in questions(shipped(), POINTS).items()
    } == {("nl-thong-tin", "tu-ky", 2023): ["jump"]}


@cache
def shipped() -> Results:
    return results(known(), LATER)


@pytest.mark.parametrize(
    ("before", "now", "codes"),
    [
        ("0/1", "1/1", []),
        ("4/4", "0/4", []),
        ("1/2", "3/4", []),
        ("0/5", "5/5", ["jump"]),
        ("3/4", "300/400", ["denominator-jump"]),
        ("300/400", "3/4", ["denominator-jump"]),
        ("50/100", "60/125", []),
        ("50/100", "60/126", ["denominator-jump"]),
        ("50/100", "40/75", []),
        ("50/100", "40/74", ["denominator-jump"]),
        ("5/100", "0/100", ["figure-zero"]),
        ("4/100", "0/100", []),
    ],
)
def test_where_there_are_few_no_rate_is_asked_about(
    before: str, now: str, codes: list[str]
) -> None:
    def few(rows: Rows, then: Rows) -> None:
        for which, figure in ((then, before), (rows, now)):
            held, people = (int(number) for number in figure.split("/"))
            row = which["tthtcd-cntt", "nam-sach"]
            row |= {"numerator": held, "denominator": people, "note": NO_WORDS, "break_": NO_WORDS}

    found = found_after(2024, few)

    assert [code for code in QUESTIONS for _ in found.get(code, ())] == codes


# A part and its whole -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now", "codes"),
    [
        # From a third of the whole to two thirds; from two fifths to three, and a little less.
        (("30/100", "10/100"), ("30/100", "20/100"), ["child-share"]),
        (("50/100", "20/100"), ("50/100", "30/100"), ["child-share"]),
        (("50/100", "20/100"), ("50/100", "29/100"), []),
        (("50/100", "30/100"), ("50/100", "20/100"), ["child-share"]),
        # Over another denominator it is a share of nothing, now or then.
        (("30/100", "10/100"), ("30/100", "20/99"), []),
        (("30/100", "10/99"), ("30/100", "20/100"), []),
        # Of fewer than five nobody takes a share.
        (("4/100", "1/100"), ("4/100", "3/100"), []),
        (("5/100", "1/100"), ("5/100", "3/100"), ["child-share"]),
        (("4/100", "1/100"), ("5/100", "3/100"), []),
        # Rates without parts are compared as they are.
        (("30", "25"), ("30", "31"), ["child-above-parent"]),
        (("30", "25"), ("30", "30"), []),
        (("30/100", "25/100"), ("30/100", "31"), []),
    ],
)
def test_a_part_is_asked_about_where_its_share_of_the_whole_leaps(
    before: tuple[str, str], now: tuple[str, str], codes: list[str]
) -> None:
    whole = an_indicator(indicator="ca")
    part = an_indicator(indicator="phan", parent="ca")

    def figures(given: tuple[str, str]) -> dict[tuple[str, str], Figure]:
        return {
            (each.indicator, "tinh"): a_rate(each.indicator, figure)
            for each, figure in zip((whole, part), given, strict=True)
        }

    found = asked(
        Year(
            archive=an_archive(areas={"tinh": an_area()}),
            indicators=(whole, part),
            given=figures(now),
            before=figures(before),
            points=20,
        )
    )

    assert [one.code for one in found] == codes
    assert {*codes} <= {*QUESTIONS}


def a_rate(indicator: str, given: str) -> Figure:
    """A figure from "held/people", or from a rate alone."""
    held, _, people = given.partition("/")
    value = Fraction(100 * int(held), int(people)) if people else Fraction(held)
    parts = {"numerator": int(held), "denominator": int(people)} if people else {}
    return Figure(
        indicator=indicator,
        area="tinh",
        year=2024,
        version=1,
        as_of=date(2024, 12, 31),
        low=value,
        high=value,
        **parts,  # type: ignore[arg-type]
    )


# Ordinary growth ----------------------------------------------------------------------------


def rows_then(archive: Archive, year: int) -> dict[tuple[str, str], Figure]:
    edition = next(each for each in archive.editions if each.year == year)
    return rows_of(archive, edition)


growth = st.tuples(st.integers(1, 20) | st.integers(-12, -1), st.integers(-12, 15))
"""By how many per cent a denominator grows, and by how many points a rate changes."""


@settings(max_examples=25, deadline=None)
@given(st.data(), st.sampled_from([2023, 2024, 2025]))
def test_ordinary_growth_asks_nothing(data: st.DataObject, year: int) -> None:
    """Law: people come and go by up to a fifth, rates move by up to 15 points, no one asks."""
    archive = known()
    before = rows_then(archive, year)
    by_area = {area: data.draw(growth) for area in sorted({area for _, area in before})}
    now = {}
    for (name, area), figure in before.items():
        more, points = by_area[area]
        held, people = figure.numerator, figure.denominator
        if held is None or not people or people < 100:
            now[name, area] = figure
            continue
        grown = people * (100 + more) // 100
        rate = min(
            max(Fraction(held, people) + Fraction(points, 100), Fraction(1, 50)), Fraction(1)
        )
        kept = int(grown * rate)
        now[name, area] = replace(
            figure,
            numerator=kept,
            denominator=grown,
            low=Fraction(100 * kept, grown),
            high=Fraction(100 * kept, grown),
        )
    # The part keeps about the share that it has in its whole.
    for part, of in ((key, (each.parent or "", key[1])) for each in archive.indicators for key in now if key[0] == each.indicator and each.parent):  # fmt: skip
        share = Fraction(before[part].numerator or 0, before[of].numerator or 1)
        kept = int((now[of].numerator or 0) * share)
        rate = Fraction(100 * kept, now[of].denominator or 1)
        now[part] = replace(
            now[part], numerator=kept, denominator=now[of].denominator, low=rate, high=rate
        )
    found = asked(
        Year(
            archive=archive,
            indicators=archive.indicators,
            given=now,
            before=before,
            points=POINTS,
        )
    )

    assert [(one.code, one.figure.indicator, one.figure.area) for one in found] == []


def test_every_question_is_planted_or_has_its_own_test() -> None:
    planted = {code for _, _, code, _ in PLANTED.values()}
    assert set(QUESTIONS) - planted == set()
    assert len(PLANTED) >= 10
    assert {each.measure for each in known().indicators} >= {Measure.RATIO}


# In numbers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (
            (9996, 10000),
            (7000, 10000),
            "Thay đổi -29,96 điểm: năm trước {} là 99,96%, nay là 70,0%",
        ),
        ((4, 10000), (3000, 10000), "Thay đổi +29,96 điểm: năm trước {} là 0,04%, nay là 30,0%"),
        (
            (7996, 10000),
            (9996, 10000),
            "Thay đổi +20,00 điểm: năm trước {} là 79,96%, nay là 99,96%",
        ),
        ((3333, 10000), (5444, 10000), "Thay đổi +21,1 điểm: năm trước {} là 33,3%, nay là 54,4%"),
    ],
)
def test_what_is_told_of_a_jump_is_so_and_adds_up(
    tmp_path: Path, before: tuple[int, int], now: tuple[int, int], told: str
) -> None:
    text = problems_of_rates(tmp_path, before, now)
    assert told.format("Huyện Đồi Chè") in text


def test_a_change_of_more_than_a_quarter_is_told_as_more(tmp_path: Path) -> None:
    text = problems_of_rates(tmp_path, (500, 1000), (626, 1252))
    assert "Mẫu số thay đổi +25,2%: năm trước Huyện Đồi Chè là 1000, nay là 1252" in text


@pytest.mark.parametrize(
    ("given", "parts", "told"),
    [
        (
            "43.2",
            {"ben-lau": "43.26", "doi-che": "43.26", "song-xanh": "50.00"},
            "Số chung của toàn vùng là 43,2%, nhưng cộng các địa bàn lại được 43,25–50,1%.",
        ),
        (
            "99.9",
            {"ben-lau": "99.98", "doi-che": "99.98", "song-xanh": "99.98"},
            "Số chung của toàn vùng là 99,9%, nhưng cộng các địa bàn lại được 99,97–99,99%.",
        ),
    ],
)
def test_what_parts_leave_possible_is_never_told_as_the_whole_that_it_refuses(
    tmp_path: Path, given: str, parts: dict[str, str], told: str
) -> None:
    data = draft(tmp_path)

    def rate(area: str, value: str) -> None:
        report = "Báo cáo minh họa của Sở Giáo dục"
        blank = {"numerator": "", "denominator": "", "missing": ""}
        file = data / "results/2024/v1/observations.csv"
        rows = [row for row in table(file) if (row["indicator"], row["area"]) != ("biet-boi", area)]
        own = {"indicator": "biet-boi", "area": area, "value": value, "status": "A"}
        write_table(file, [*rows, {**blank, **own, "source": report}])

    for area, value in (*parts.items(), ("truong-cua-tinh", parts["ben-lau"])):
        rate(area, value)
    rate("may-trang", given)
    assert told in reported(inspect(data).problems, "text", words("vi"))


def problems_of_rates(folder: Path, before: tuple[int, int], now: tuple[int, int]) -> str:
    """What is told of a district whose pupils who can swim changed from one year to the next."""
    data = draft(folder)
    for year, (numerator, denominator) in ((2023, before), (2024, now)):
        observed(
            data,
            "biet-boi",
            "doi-che",
            year,
            numerator=str(numerator),
            denominator=str(denominator),
        )
    return reported(inspect(data).problems, "text", words("vi"))
