"""What the parts leave possible for a whole: by the numbers, and from a data folder to its pages."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages_at_hand import (
    NOW,
    SITE,
    draft,
    inspect,
    observed,
    problems,
    sign_again,
    small,
    swap,
    table,
    write_table,
)
from pages_at_hand import markdown, plans_of
from test_measure import COUNTED, SUMMED, archive

from tiendo.config import ROOT
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.judge.measure import figures_of, parts_of, rows_of
from tiendo.judge.wholes import room
from tiendo.read.archive import read
from tiendo.terms import Figure, Results, Verdict
from tiendo.words.wording import words

ROWS = "2024/v1/observations.csv"
SOURCE = "Báo cáo minh họa của Sở Giáo dục"
LATER = datetime(2026, 6, 1, tzinfo=timezone(timedelta(hours=7)))


def is_contradicted(whole: str, *parts: str, counted: bool = False) -> bool:
    """Whether a whole can't be true beside its parts; each as the figure in a row, or why none."""
    names = ("an", "binh", "chau")
    rows = [f"2024 {name} {part}" for name, part in zip(names, parts, strict=True)]
    data = archive(COUNTED if counted else SUMMED, [f"2024 tinh {whole}", *rows])
    return figures_of(data, data.editions)["chi-tieu", "tinh"][0].contradicted


@pytest.mark.parametrize(
    ("whole", "parts", "wrong"),
    [
        # All known: exactly what they make.
        ("30/60", ("10/20", "10/20", "10/20"), False),
        ("31/60", ("10/20", "10/20", "10/20"), True),
        ("60/120", ("10/20", "10/20", "10/20"), True),
        # What does not apply leaves both parts.
        ("20/40", ("10/20", "10/20", "z"), False),
        ("20/41", ("10/20", "10/20", "z"), True),
        # One is missing: its rest must be possible.
        ("20/40", ("10/20", "10/20", "x"), False),
        ("45/64", ("20/30", "23/33", "x"), True),
        ("43/64", ("20/30", "23/33", "x"), False),
        ("44/64", ("20/30", "23/33", "x"), False),
        ("10/64", ("20/30", "23/33", "x"), True),
        ("43/62", ("20/30", "23/33", "c"), True),
        ("50/80", ("20/30", "n", "x"), False),
        ("81/80", ("20/30", "n", "x"), True),
        # A rate without parts says how many of its people there may be.
        ("30/60", ("10/20", "10/20", "50.0"), False),
        ("40/60", ("10/20", "10/20", "50.0"), True),
        ("20/40", ("10/20", "10/20", "50.0"), True),
        ("32/60", ("10/20", "50.0", "60.0"), False),
        ("39/60", ("10/20", "50.0", "60.0"), True),
        # Whoever gives a rate has somebody: two of them have two at the least.
        ("11/22", ("10/20", "50.0", "50.0"), False),
        ("11/21", ("10/20", "50.0", "100"), True),
        # A whole without parts lies between the least and the greatest of its parts.
        ("50.0", ("10/20", "10/20", "50.0"), False),
        ("55.0", ("40.0", "50.0", "60.0"), False),
        ("61.0", ("40.0", "50.0", "60.0"), True),
        ("39.8", ("40.0", "50.0", "60.0"), True),
        ("39.9", ("40.0", "50.0", "60.0"), False),
        ("33.3", ("1/3", "1/3", "1/3"), False),
        ("33.4", ("1/3", "1/3", "1/3"), True),
        ("70.0", ("10/20", "10/20", "x"), False),
    ],
)
def test_a_sum_is_held_against_what_its_parts_leave_possible(
    whole: str, parts: tuple[str, ...], *, wrong: bool
) -> None:
    assert is_contradicted(whole, *parts) == wrong


@pytest.mark.parametrize(
    ("whole", "parts", "wrong"),
    [
        ("1/3", ("3", "2", "x"), False),
        ("2/3", ("3", "2", "x"), False),
        ("0/3", ("3", "2", "x"), True),
        ("3/3", ("3", "2", "x"), True),
        ("1/4", ("3", "2", "x"), True),
        ("1/2", ("3", "2", "x"), True),
        ("1/2", ("3", "2", "z"), False),
        ("2/2", ("3", "2", "z"), True),
        ("2/3", ("x", "x", "c"), False),
        ("4/4", ("x", "x", "c"), True),
    ],
)
def test_a_count_lies_between_certain_and_possible_over_all_areas(
    whole: str, parts: tuple[str, ...], *, wrong: bool
) -> None:
    assert is_contradicted(whole, *parts, counted=True) == wrong


cells = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda c: (c[0], c[0] + c[1] + 1))


@given(st.lists(cells, min_size=3, max_size=3), st.sets(st.integers(0, 2)))
def test_no_whole_that_is_true_is_held_against_anybody(
    truth: list[tuple[int, int]], hidden: set[int]
) -> None:
    """Law: hide any parts of what really adds up, and the true whole stays possible."""
    parts = [
        "x" if place in hidden else f"{held}/{people}" for place, (held, people) in enumerate(truth)
    ]
    held, people = (sum(column) for column in zip(*truth, strict=True))

    assert not is_contradicted(f"{held}/{people}", *parts)
    assert not is_contradicted(f"{float(round(Fraction(100 * held, people), 2)):.2f}", *parts)


@given(st.lists(cells, min_size=2, max_size=2), st.integers(0, 3000), st.integers(1, 3000))
def test_what_is_possible_can_be_filled_in_and_nothing_else_can(
    known: list[tuple[int, int]], held: int, people: int
) -> None:
    """Law: a whole is possible exactly where some third part makes it."""
    rest = held - sum(part[0] for part in known), people - sum(part[1] for part in known)
    can_be = 0 <= rest[0] <= rest[1]

    found = is_contradicted(f"{held}/{people}", *(f"{n}/{d}" for n, d in known), "x")

    assert found == (not can_be)


@pytest.mark.parametrize(
    ("whole", "likely"),
    [
        # 20 of 40 are known of two parts of 20; a third of ten times as many has 200 at the most:
        # from 20 of 240, 8.33 per cent, to 220 of 240, 91.67.
        ("8.3", True),
        ("8.2", False),
        ("91.7", True),
        ("91.8", False),
        ("130/240", True),
        ("130/241", False),
        ("x", True),
    ],
)
def test_a_part_that_is_missing_is_likely_to_be_no_giant(whole: str, *, likely: bool) -> None:
    lines = [f"2024 tinh {whole}", "2024 an 10/20", "2024 binh 10/20", "2024 chau x"]
    data = archive(SUMMED, lines)
    (edition,) = data.editions
    given = rows_of(data, edition)

    left = room(SUMMED, parts_of(data, edition, SUMMED, given))

    assert left is not None
    assert left.is_likely(given["chi-tieu", "tinh"]) is likely


def test_nothing_follows_from_no_parts() -> None:
    assert room(SUMMED, ()) is None


# From a data folder -------------------------------------------------------------------------


def shipped(folder: Path) -> Path:
    """The shipped data with 2025 not signed off: it may be edited."""
    data = Path(shutil.copytree(ROOT / "data", folder / "data"))
    for version in (data / "results" / "2025").glob("v[2-9]"):
        shutil.rmtree(version)
    releases = data / "results" / "releases.csv"
    kept = [
        line for line in releases.read_text().splitlines(True) if line[:4] < "2025" or "y" in line
    ]
    releases.write_text("".join(kept))
    return data


@pytest.mark.parametrize(
    ("held", "people", "code"),
    [
        ("10", "64", "whole-impossible"),
        ("47", "64", "whole-impossible"),
        ("45", "62", "whole-impossible"),
    ],
)
def test_a_published_total_that_its_communes_contradict_stops(
    held: str, people: str, code: str, tmp_path: Path
) -> None:
    data = shipped(tmp_path)
    observed(data, "tthtcd-cntt", "hai-duong", 2025, numerator=held, denominator=people)

    (found,) = [each for each in problems(data, now=LATER) if each.stops]

    assert (found.code, found.place.value) == (code, held)


def corrected(data: Path, rows: list[tuple[str, str, dict[str, str]]]) -> None:
    """A second version of 2024 of the small case, not signed off, with its reasons."""
    first, second = (data / "results" / "2024" / name for name in ("v1", "v2"))
    shutil.copytree(first, second)
    for name in ("indicators", "targets", "areas"):
        (second / f"{name}.csv").unlink(missing_ok=True)
    descriptor = second / "datapackage.json"
    swap(descriptor, '"version": "1"', '"version": "2"')
    file = second / "observations.csv"
    lines = table(file)
    for indicator, area, cells in rows:
        for line in lines:
            if (line["indicator"], line["area"]) == (indicator, area):
                line.update(cells)
    write_table(file, lines)


def test_a_correction_of_parts_names_the_whole_that_it_makes_impossible(tmp_path: Path) -> None:
    data = draft(tmp_path)
    observed(data, "boi-xa", "may-trang", numerator="170", denominator="1240", status="A", source=SOURCE)  # fmt: skip
    assert problems(data) == ()
    corrected(data, [("boi-xa", "song-xanh", {"numerator": "130", "denominator": "530"})])

    found = [each for each in problems(data) if each.code.startswith("whole")]

    assert [(each.code, each.place.file, each.stops) for each in found] == [
        ("whole-not-corrected", "results/2024/v2/observations.csv", True)
    ]
    assert found[0].facts["areas"] == "Thị xã Sông Xanh"
    assert found[0].facts["before"] == "v1"


def test_a_version_that_was_replaced_is_put_right_by_the_next(tmp_path: Path) -> None:
    data = draft(tmp_path)
    observed(data, "boi-xa", "may-trang", numerator="900", denominator="910", status="A", source=SOURCE)  # fmt: skip
    assert [each.code for each in problems(data)] == ["whole-impossible"]
    corrected(data, [("boi-xa", "may-trang", {"numerator": "170", "denominator": "1240"})])

    assert [each.code for each in problems(data) if each.code.startswith("whole")] == []


def judged(data: Path) -> Results:
    archive_, _ = read(data)
    assert archive_ is not None
    return results(published(archive_, NOW), NOW)


def whole_of(known: Results, indicator: str) -> Figure:
    return known.figures[indicator, "may-trang"][-1]


@pytest.mark.parametrize(
    ("indicator", "numerator", "denominator"),
    [("boi-xa", "900", "910"), ("be-boi", "3", "3"), ("biet-boi", "1100", "1300")],
)
def test_no_verdict_rests_on_a_whole_that_its_own_parts_contradict(
    indicator: str, numerator: str, denominator: str, tmp_path: Path
) -> None:
    """A signed version that an older program let pass, measured by this one."""
    data = small(tmp_path)
    observed(data, indicator, "may-trang", numerator=numerator, denominator=denominator, status="A", source=SOURCE)  # fmt: skip
    sign_again(data)

    known = judged(data)

    assert whole_of(known, indicator).contradicted
    verdicts = known.assessments[indicator, "may-trang"]
    assert {each.verdict for each in verdicts} == {Verdict.TOO_LITTLE_DATA}
    assert {(each.gap, each.pace, each.leads_to) for each in verdicts} == {(None, None, None)}


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("vi", "Số chung năm 2024 không khớp với số của chính các địa bàn"),
        ("en", "The figure of 2024 can't be true beside those of its own areas"),
    ],
)
def test_the_page_says_why_a_contradicted_whole_gives_no_verdict(
    language: str, reason: str, tmp_path: Path
) -> None:
    data = small(tmp_path)
    observed(data, "boi-xa", "may-trang", numerator="900", denominator="910", status="A", source=SOURCE)  # fmt: skip
    sign_again(data)
    known = judged(data)
    told = words(language)

    pages = markdown(known, SITE, told, plans_of(known, SITE, told), {})

    telling = {path for path, page in pages.items() if reason in unescape(page.decode())}
    assert "chi-tieu/boi-xa/index.md" in telling


def test_a_pace_starts_at_no_whole_that_its_own_parts_contradict(tmp_path: Path) -> None:
    data = small(tmp_path)
    observed(data, "biet-boi", "may-trang", 2023, numerator="10", denominator="1250", status="A", source=SOURCE)  # fmt: skip
    sign_again(data)

    verdicts = judged(data).assessments["biet-boi", "may-trang"]

    assert {each.first.year for each in verdicts if each.first} == {2024}


def test_the_shipped_wholes_are_possible() -> None:
    archive_ = inspect(ROOT / "data", now=LATER).archive
    assert archive_ is not None
    known = results(archive_, LATER)

    assert [
        (figure.indicator, figure.year)
        for series in known.figures.values()
        for figure in series
        if figure.contradicted
    ] == []
