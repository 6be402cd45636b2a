"""Numbers as people see them: targets as the plan has them, figures that stay on their side of them.

What goes in is a plan with its data, what comes out are sentences, tables and files.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from packages_at_hand import NOW, SITE, observed, small, table, write_table

from tiendo.charts.pictures import course_words, ranking_words
from tiendo.files.open_data import open_data
from tiendo.files.producers import each_file
from tiendo.files.workbooks import workbook_files
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.judge.ranking import ranked
from tiendo.pages.area import AreaCard, area_page
from tiendo.pages.home import home_page
from tiendo.pages.indicator import indicator_page
from tiendo.read.archive import read
from tiendo.terms import NO_WORDS, Archive, Direction, Results
from tiendo.words.desk import Desk
from tiendo.words.figures import change_text, figure_text
from tiendo.words.verdicts import pace_facts, pace_sentence, sentences, target_text
from tiendo.words.wording import words

NUMBER = re.compile(r"[+−]?\d+(?:,\d+)?")
WHOLE, CHILD = "dong-cua", "biet-boi"
"""A rate that is reported for the whole area alone, and one that each district reports."""
DISTRICTS = ("ben-lau", "doi-che", "song-xanh")


@cache
def small_archive() -> Archive:
    archive, problems = read(Path(__file__).parent / "cases" / "small" / "data")
    assert archive is not None
    assert problems == []
    return published(archive, NOW)


def desk_of(found: Results, language: str = "vi") -> Desk:
    return Desk(
        results=found,
        site=SITE,
        words=words(language),
        here="",
        indicators={each.indicator: each for each in found.archive.indicators},
    )


def world(
    indicator: str,
    reported: Mapping[tuple[int, str], tuple[int, int] | None],
    *,
    target: str = "50",
    decimals: int = 1,
    direction: Direction = Direction.UP,
) -> Results:
    """The small case with other figures of one rate, each a numerator and a denominator or none.

    Its only target, of the whole plan, is at the end of 2025.
    """
    archive = small_archive()
    rows = archive.observations.copy()
    for (year, area), parts in reported.items():
        at = (rows["indicator"] == indicator) & (rows["area"] == area) & (rows["year"] == year)
        assert at.sum() == 1
        for column, part in zip(("numerator", "denominator"), parts or (None, None), strict=True):
            rows.loc[at, column] = part
        rows.loc[at, "missing"] = "" if parts else "x"
        rows.loc[at, "status"] = "A" if parts else ""
        rows["break_"] = rows["break_"].mask(at, NO_WORDS)
    old = next(each for each in archive.targets if each.indicator == indicator)
    changed = replace(
        archive,
        observations=rows,
        indicators=tuple(
            replace(each, decimals=decimals, direction=direction)
            if each.indicator == indicator
            else each
            for each in archive.indicators
        ),
        targets=(
            *(each for each in archive.targets if each.indicator != indicator),
            replace(old, area=None, year=2025, value=Decimal(target)),
        ),
    )
    return results(changed, NOW)


def read_number(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", ".").replace("−", "-"))


def decimals_of(text: str) -> int:
    return len(text.rstrip("%").partition(",")[2])


def side(number: Fraction | Decimal, other: Fraction | Decimal) -> int:
    return (Fraction(number) > Fraction(other)) - (Fraction(number) < Fraction(other))


# One figure against its target --------------------------------------------------------------

PARTS = st.integers(1, 20_000).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d)))
TARGETS = st.decimals(min_value=Decimal("0.001"), max_value=100, allow_nan=False, places=3).flatmap(
    lambda exact: st.sampled_from([f"{exact:.{places}f}" for places in range(4)])
)


@given(
    before=PARTS,
    now=PARTS,
    target=TARGETS,
    decimals=st.integers(0, 3),
    direction=st.sampled_from([Direction.UP, Direction.DOWN]),
)
@example((1, 2), (9996, 10_000), "70", 1, Direction.UP)
@example((1, 2), (9996, 10_000), "99.95", 1, Direction.UP)
@example((1, 2), (9994, 10_000), "99.95", 1, Direction.UP)
@example((13_331, 20_000), (13_330, 20_000), "70", 1, Direction.UP)
@example((1, 20_000), (0, 1), "33.50", 1, Direction.DOWN)
@example((1333, 2000), (1333, 2000), "70", 1, Direction.UP)
def test_the_words_of_a_verdict_say_what_is_so_and_add_up(
    before: tuple[int, int],
    now: tuple[int, int],
    target: str,
    decimals: int,
    direction: Direction,
) -> None:
    assume(Decimal(target) > 0)
    found = world(
        WHOLE,
        {(2023, "may-trang"): before, (2024, "may-trang"): now},
        target=target,
        decimals=decimals,
        direction=direction,
    )
    desk = desk_of(found)
    series = found.figures[WHOLE, "may-trang"]
    judged = found.headlines[WHOLE, "may-trang"]
    exact = Fraction(100 * now[0], now[1])

    value, aim = figure_text(desk, series[-1]), target_text(desk, judged.target)
    shown = read_number(value.rstrip("%"))
    assert aim == f"{target.replace('.', ',')}%"

    # On its own side of nothing, of all and of its target, and with more decimals only for that.
    apart = (Fraction(0), Fraction(100), Fraction(target))
    assert [side(shown, other) for other in apart] == [side(exact, other) for other in apart]
    assert abs(Fraction(shown) - exact) <= Fraction(1, 2 * 10 ** decimals_of(value))
    assert decimals_of(value) >= decimals
    if decimals_of(value) > decimals:
        with_fewer = words("vi").number(exact, decimals_of(value) - 1)
        assert any(side(read_number(with_fewer), other) != side(exact, other) for other in apart)

    # The sentence gives value, target and gap, and these add up.
    sentence = sentences(desk, judged)[0]
    assert f"2024: {value}. " in sentence
    said = re.search(r"(?:là|quá) ([\d,]+)%(?:.*?([\d,]+) điểm)?", sentence)
    assert said is not None
    gap = read_number(said[2]) if said[2] else Decimal(0)
    assert gap == abs(read_number(said[1]) - shown)
    assert (gap == 0) == (exact == Fraction(target))

    # The change against the year before is what the two figures as shown differ by.
    change, old = change_text(desk, series[-1], series[-2]), figure_text(desk, series[-2])
    differs = exact - Fraction(100 * before[0], before[1])
    if not differs:
        assert change == "không đổi"
    else:
        (number,) = NUMBER.findall(change)
        assert (number[0] == "+") == (differs > 0)
        assert read_number(number) != 0
        if value != old:
            assert read_number(number) == shown - read_number(old.rstrip("%"))

    pace = pace_sentence(desk, judged)
    if pace and differs:
        assert f" {number[1:]} điểm" in pace
    if pace and judged.needed_pace is not None:
        assert f" {said[2]} điểm trong năm 2025" in pace

    texts = [*sentences(desk, judged), *(fact.text for fact in pace_facts(desk, judged))]
    texts += [change, course_words(desk, desk.indicators[WHOLE], "may-trang", series)]
    assert not re.search(r"[+−]0(?:,0*)?(?![\d,])", " ".join(texts))
    numbers = re.findall(r"([\d,]+)%", " ".join(texts))
    assert {*map(read_number, numbers)} >= {shown, read_number(target.replace(".", ","))}


@given(now=PARTS, target=TARGETS, decimals=st.integers(0, 3))
def test_where_a_pace_leads_is_never_rounded_onto_the_target(
    now: tuple[int, int], target: str, decimals: int
) -> None:
    assume(Decimal(target) > 0)
    parts = {(2023, "may-trang"): (1, 3), (2024, "may-trang"): now}
    found = world(WHOLE, parts, target=target, decimals=decimals)
    judged = found.headlines[WHOLE, "may-trang"]
    told = pace_sentence(desk_of(found), judged)
    lead = re.search(r"(?:được|còn) khoảng ([\d,]+)%", told)

    if lead is not None and judged.leads_to is not None:
        exact = min(max(judged.leads_to, Fraction(0)), Fraction(100))
        assert side(read_number(lead[1]), Decimal(target)) == side(exact, Decimal(target))


# Ranges -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decimals", "shown"), [(0, "33–67%"), (1, "33,3–66,7%"), (2, "33,33–66,67%")]
)
def test_the_ends_of_a_range_are_rounded_outwards(decimals: int, shown: str) -> None:
    archive = small_archive()
    indicators = tuple(replace(each, decimals=decimals) for each in archive.indicators)
    found = results(replace(archive, indicators=indicators), NOW)

    figure = found.figures["bo-sach", "may-trang"][-1]

    assert (figure.low, figure.high) == (Fraction(100, 3), Fraction(200, 3))
    assert figure_text(desk_of(found), figure) == shown


# Ranks --------------------------------------------------------------------------------------


@given(
    numerators=st.tuples(*[st.integers(0, 2000)] * 3),
    target=TARGETS,
    decimals=st.integers(0, 2),
    missing=st.sets(st.sampled_from(DISTRICTS), max_size=3),
)
@example((1000, 1000, 1000), "50", 1, set())
@example((1000, 1000, 1000), "50", 1, {"doi-che", "song-xanh"})
@example((999, 1000, 1001), "50", 0, set())
@example((800, 801, 1400), "90", 0, set())
def test_ranks_go_by_figures_as_shown_and_alike_is_said_of_what_is_alike(
    numerators: tuple[int, int, int], target: str, decimals: int, missing: set[str]
) -> None:
    assume(Decimal(target) > 0)
    parts = dict(zip(DISTRICTS, numerators, strict=True))
    given_parts = {
        (2024, area): None if area in missing else (numerator, 2000)
        for area, numerator in parts.items()
    }
    found = world(CHILD, given_parts, target=target, decimals=decimals)
    desk = desk_of(found)
    among = ranked(desk.results, desk.indicators[CHILD])
    if len(missing) == len(DISTRICTS):
        return  # the newest year with figures is an older one
    shown = {
        area: read_number(figure_text(desk, figure).rstrip("%"))
        for area, figure in among.rows.items()
        if figure is not None and figure.low is not None
    }
    known = sorted(shown.values(), reverse=True)
    assert among.places == {
        area: (known.index(number) + 1, known.count(number)) for area, number in shown.items()
    }

    told = ranking_words(desk, desk.indicators[CHILD], tuple(among.rows.items()))
    alike = len(set(known)) == 1
    assert ("Cao nhất" in told, "Thấp nhất" in told) == (not alike, not alike)
    assert ("đều bằng nhau" in told) == (alike and len(known) > 1)
    assert ("Chỉ " in told) == (len(known) == 1)
    if not alike:
        highest = re.search(r"Cao nhất: (.*?) \(", told)
        assert highest is not None
        first = {area for area, number in shown.items() if number == known[0]}
        named = {area for area in DISTRICTS if desk.area_within(area) in highest[1]}
        assert named == first

    # The place on a district's page and in the table of the indicator.
    page = indicator_page(desk, desk.indicators[CHILD], {}, {})
    ranks = [row.rank for row in page.areas]
    if alike:
        assert set(ranks) == {""}
        assert not any("hạng" in card.standing for area in DISTRICTS for card in cards(desk, area))
    compared = [card.standing for area in shown for card in cards(desk, area)]
    assert sum("đều bằng nhau" in text for text in compared) == (
        len(shown) if alike and len(known) > 1 else 0
    )


def cards(desk: Desk, area: str) -> list[AreaCard]:
    """The cards of one rate on an area's page."""
    page = area_page(replace(desk, here=f"area/{area}/"), area, {}, {})
    name = desk.indicators[CHILD].short[desk.language]
    return [card for card in page.cards if card.name.text == name]


# In every output ----------------------------------------------------------------------------


@cache
def near_all(folder: Path) -> Results:
    """A data folder: 9,996 of 10,000 against 99.95, and its districts near and on their target."""
    data = small(folder)
    targets = data / "plan" / "targets.csv"
    rows = [row for row in table(targets) if row["area"] != "ben-lau"]
    for row in rows:
        if row["indicator"] in {WHOLE, CHILD}:
            row["value"] = {WHOLE: "99.95", CHILD: "33.50"}[row["indicator"]]
    write_table(targets, rows)
    observed(data, WHOLE, "may-trang", numerator="9996", denominator="10000")
    for area, numerator in zip(DISTRICTS, ("3349", "3350", "3351"), strict=True):
        observed(data, CHILD, area, numerator=numerator, denominator="10000")
    archive, _ = read(data)
    assert archive is not None
    return results(published(archive, NOW), NOW)


@pytest.fixture(scope="module")
def near(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return near_all(tmp_path_factory.mktemp("near"))


@pytest.mark.parametrize(("language", "comma"), [("vi", ","), ("en", ".")])
def test_pages_have_the_target_as_the_plan_has_it(near: Results, language: str, comma: str) -> None:
    desk = desk_of(near, language)
    for page in (
        repr(indicator_page(desk, desk.indicators[WHOLE], {}, {})),
        repr(home_page(desk, None)),
        repr(area_page(replace(desk, here="area/doi-che/"), "doi-che", {}, {})),
    ):
        assert f"100{comma}0%" not in page
        if WHOLE in page and "doi-che" not in page:
            assert f"99{comma}95%" in page
            assert f"99{comma}96%" in page
    assert f"33{comma}50%" in repr(indicator_page(desk, desk.indicators[CHILD], {}, {}))


def test_files_have_the_target_as_the_plan_has_it(near: Results) -> None:
    files = open_data(near, SITE, {name: words(name) for name in SITE.languages})
    verdicts = csv.DictReader(io.StringIO(files["du-lieu/ket-luan.csv"].decode()))
    of_whole = [row for row in verdicts if row["indicator"] == WHOLE]
    assert {(row["target"], row["value"]) for row in of_whole} == {("99.95", "99.96")}
    told = json.loads(files[f"api/v1/chi-tieu/{CHILD}.json"])
    targets = {each["target"] for each in told["verdicts"]}
    assert targets == {33.5}
    excel = files["du-lieu/ket-luan-excel.csv"].decode("utf-8-sig")
    assert "33,50" in excel
    assert "99,95" in excel


def test_workbooks_show_the_target_as_the_plan_has_it(near: Results) -> None:
    files = dict(
        each_file((workbook_files,), near, SITE, {name: words(name) for name in SITE.languages})
    )
    name = next(path for path in files if WHOLE in path)
    sheet = load_workbook(io.BytesIO(files[name])).worksheets[-1]
    heads = [cell.value for cell in sheet[1]]
    cells = [(sheet.cell(2, heads.index(head) + 1)) for head in ("Mục tiêu", "Giá trị")]
    assert [(cell.value, cell.number_format) for cell in cells] == [
        (99.95, "0.00"),
        (99.96, "0.00"),
    ]


def test_a_file_never_rounds_a_figure_onto_all() -> None:
    found = world(WHOLE, {(2024, "may-trang"): (9_999_999, 10_000_000)}, decimals=1)
    files = open_data(found, SITE, {name: words(name) for name in SITE.languages})
    rows = csv.DictReader(io.StringIO(files["du-lieu/so-lieu.csv"].decode()))
    values = {row["year"]: row["value"] for row in rows if row["indicator"] == WHOLE}
    assert values["2024"] == "99.99999"
