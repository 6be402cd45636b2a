"""What is confidential can't be worked out from what is published: from a data folder to problems."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packages_at_hand import draft, observed, problems, sign_again, small, swap, table, write_table
from test_measure import AREAS_OF_ALL, COUNTED, SCOPE, SUMMED, archive

from tiendo.judge.disclosure import Leak, Sum, disclosures, narrowed
from tiendo.terms import Archive, Edition, Indicator, Problem

SOURCE = "Báo cáo minh họa của Sở Giáo dục"
GONE = {"numerator": "", "denominator": "", "value": "", "status": "", "source": "", "missing": "c"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return draft(tmp_path)


def put(
    data: Path, indicator: str, area: str, figure: str, *, year: int = 2024, note: str = "Minh họa."
) -> None:
    """One row: "180/420", "43.1", or the reason why there is none."""
    cells = dict(GONE)
    if figure in {"c", "x", "z", "n"}:
        cells["missing"] = figure
    else:
        held, _, people = figure.partition("/")
        cells |= {"missing": "", "status": "A", "source": SOURCE, "note_vi": note}
        cells |= {"numerator": held, "denominator": people} if people else {"value": held}
    observed(data, indicator, area, year, **cells)


def given_away(data: Path) -> list[Problem]:
    return [each for each in problems(data) if each.code.startswith("confidential")]


def codes(data: Path) -> list[tuple[str, int | None]]:
    return [(each.code.removeprefix("confidential-"), each.place.row) for each in given_away(data)]


Cells = dict[tuple[str, str], str]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        # One beside a total that is known.
        ({("biet-boi", "ben-lau"): "c", ("biet-boi", "may-trang"): "560/1300"}, ["follows"]),
        # No total: a sum that lacks a part has none.
        ({("biet-boi", "ben-lau"): "c"}, []),
        # Two, of whom either may have all of it.
        (
            {
                ("biet-boi", "ben-lau"): "c",
                ("biet-boi", "doi-che"): "c",
                ("biet-boi", "may-trang"): "560/1300",
            },
            [],
        ),
        # Two, but the rest is nothing, or everything.
        (
            {
                ("biet-boi", "ben-lau"): "c",
                ("biet-boi", "doi-che"): "c",
                ("boi-xa", "ben-lau"): "0/420",
                ("biet-boi", "may-trang"): "250/1300",
            },
            ["follows", "follows"],
        ),
        (
            {
                ("biet-boi", "ben-lau"): "c",
                ("biet-boi", "doi-che"): "c",
                ("biet-boi", "may-trang"): "980/1300",
            },
            ["follows", "follows"],
        ),
        # What nobody has reported hides as well.
        (
            {
                ("biet-boi", "ben-lau"): "c",
                ("biet-boi", "doi-che"): "x",
                ("biet-boi", "may-trang"): "560/1300",
            },
            [],
        ),
        # A total that is hidden beside all of its parts.
        ({("biet-boi", "may-trang"): "c"}, ["follows"]),
        # One that is at least what is part of it, and at most what the other's part leaves.
        (
            {
                ("biet-boi", "ben-lau"): "c",
                ("biet-boi", "doi-che"): "c",
                ("boi-xa", "ben-lau"): "300/420",
                ("boi-xa", "doi-che"): "10/310",
                ("biet-boi", "may-trang"): "564/1300",
            },
            ["bounded"],
        ),
        # Between its own part and its whole.
        ({("boi-xa", "ben-lau"): "c", ("biet-boi", "ben-lau"): "0/420"}, ["follows"]),
        ({("biet-boi", "ben-lau"): "c", ("boi-xa", "ben-lau"): "420/420"}, ["follows"]),
        ({("boi-xa", "ben-lau"): "c"}, []),
    ],
)
def test_a_figure_that_follows_from_others_stops(
    cells: Cells, found: list[str], data: Path
) -> None:
    for (indicator, area), figure in cells.items():
        put(data, indicator, area, figure)

    told = given_away(data)

    assert sorted(each.code.removeprefix("confidential-") for each in told) == sorted(found)
    assert all(each.stops for each in told)


def test_what_must_be_hidden_too_is_named_and_is_enough(data: Path) -> None:
    put(data, "biet-boi", "ben-lau", "c")
    put(data, "biet-boi", "may-trang", "560/1300")

    (found,) = given_away(data)

    assert found.facts["also"] == "Trường thuộc tỉnh (biet-boi)"
    put(data, "biet-boi", "truong-cua-tinh", "c")
    assert given_away(data) == []


def test_what_would_be_found_stands_in_no_message(data: Path) -> None:
    put(data, "biet-boi", "ben-lau", "c")
    put(data, "biet-boi", "may-trang", "560/1300")

    (found,) = given_away(data)

    assert not {"180", "420"} & {*found.facts.values(), found.place.value}
    assert not any(character.isdigit() for fact in found.facts.values() for character in fact[2:])


@pytest.mark.parametrize(
    ("rate", "found"), [("43.1", ["follows"]), ("43", ["bounded"]), ("40", [])]
)
def test_a_rate_gives_away_as_much_as_its_decimals_do(
    rate: str, found: list[str], data: Path
) -> None:
    """The denominators stand under the other indicator that has the same."""
    put(data, "biet-boi", "may-trang", rate)
    put(data, "biet-boi", "doi-che", "c")
    put(data, "boi-xa", "doi-che", "31/310")
    put(data, "boi-xa", "truong-cua-tinh", "6/60")

    assert sorted(code for code, _ in codes(data)) == found


def test_a_standard_is_given_away_where_it_is_certain_who_holds_it(data: Path) -> None:
    """In the small case one library is confidential: the count alone does not tell."""
    assert given_away(data) == []
    for held, found in (("1/3", 1), ("2/3", 1)):
        put(data, "bo-sach", "may-trang", held)
        assert [code for code, _ in codes(data)] == ["follows"] * found, held


def test_a_standard_is_given_away_by_those_that_imply_it(data: Path) -> None:
    put(data, "be-boi", "song-xanh", "0")
    assert [code for code, _ in codes(data)] == ["follows"]

    put(data, "be-boi", "song-xanh", "1")
    put(data, "be-boi", "ben-lau", "c")
    assert [code for code, _ in codes(data)] == ["follows"]


def second(data: Path) -> Path:
    """A second version of 2024, to be hidden in."""
    first, after = (data / "results" / "2024" / name for name in ("v1", "v2"))
    shutil.copytree(first, after)
    swap(after / "datapackage.json", '"version": "1"', '"version": "2"')
    return after / "observations.csv"


def hide(rows: Path, indicator: str, area: str) -> None:
    lines = table(rows)
    for line in lines:
        if (line["indicator"], line["area"]) == (indicator, area):
            line.update(GONE)
    write_table(rows, lines)


def test_an_earlier_version_that_was_published_says_it(tmp_path: Path) -> None:
    data = small(tmp_path)
    hide(second(data), "biet-boi", "ben-lau")

    (found,) = given_away(data)

    assert (found.code, found.facts["version"]) == ("confidential-published", "v1")


def test_a_draft_that_was_never_published_says_nothing(data: Path) -> None:
    hide(second(data), "biet-boi", "ben-lau")

    assert given_away(data) == []


def test_an_earlier_version_that_gives_it_away_is_named(tmp_path: Path) -> None:
    """It was hidden there too, beside a total that the later version has dropped."""
    data = small(tmp_path)
    put(data, "biet-boi", "ben-lau", "c")
    put(data, "biet-boi", "may-trang", "560/1300")
    sign_again(data)
    rows = second(data)
    write_table(
        rows,
        [
            line
            for line in table(rows)
            if (line["indicator"], line["area"]) != ("biet-boi", "may-trang")
        ],
    )

    (found,) = given_away(data)

    assert (found.code, found.facts["version"]) == ("confidential-published", "v1")


# Laws ---------------------------------------------------------------------------------------

cells = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda c: (c[0], c[0] + c[1] + 1))


def leaks(truth: list[tuple[int, int]], hidden: set[int]) -> dict[str, Leak]:
    """What is given away of three areas beside their published total, some of them hidden."""
    rows = [
        f"2024 {area} " + ("c" if place in hidden else f"{held}/{people}")
        for place, (area, (held, people)) in enumerate(zip(AREAS_OF_ALL, truth, strict=True))
    ]
    held, people = (sum(column) for column in zip(*truth, strict=True))
    data = archive(SUMMED, [f"2024 {SCOPE} {held}/{people}", *rows])
    return {each.area: each.leak for each in disclosures(data, data.editions[0], ())}


def possible(truth: list[tuple[int, int]], hidden: set[int], area: int) -> set[int]:
    """All numerators that a hidden area may have, by trying every way to share out the rest."""
    held = sum(truth[place][0] for place in hidden)
    others = sum(truth[place][1] - truth[place][0] for place in hidden)
    assert area in hidden
    return {held} if len(hidden) == 1 else set(range(held + 1)) if others >= 0 else set()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(cells, min_size=3, max_size=3),
    st.sets(st.integers(0, 2), min_size=1, max_size=3),
)
def test_beside_a_total_exactly_what_can_be_worked_out_is_found(
    truth: list[tuple[int, int]], hidden: set[int]
) -> None:
    """Law: one hidden area always, several exactly where all that is left is one way to be."""
    found = leaks(truth, hidden)

    for place, area in enumerate(AREAS_OF_ALL):
        if place not in hidden:
            assert area not in found
            continue
        ways = possible(truth, hidden, place)
        others = sum(truth[each][1] - truth[each][0] for each in hidden)
        assert (area in found) == (len(ways) == 1 or others == 0)


numbers = st.integers(0, 6)


@settings(max_examples=60, deadline=None)
@given(st.lists(numbers, min_size=3, max_size=3), st.lists(st.booleans(), min_size=3, max_size=3))
def test_a_span_holds_all_that_is_possible_and_no_more_beside_one_total(
    truth: list[int], known: list[bool]
) -> None:
    """Law: by trying everything, the ends of each span are the least and the greatest possible."""
    names = [("n", ("i", area)) for area in "abc"]
    whole = ("n", ("i", "whole"))
    ends = [(number, number) if sure else (0, 4) for number, sure in zip(truth, known, strict=True)]
    total = sum(truth)
    ways = [
        way
        for way in itertools.product(*(range(low, high + 1) for low, high in ends))
        if sum(way) == total
    ]

    found = narrowed(
        {**dict(zip(names, ends, strict=True)), whole: (total, total)}, [(whole, tuple(names))]
    )

    if not ways:
        assert found is None
    else:
        assert found is not None
        assert [found[name] for name in names] == [
            (min(column), max(column)) for column in zip(*ways, strict=True)
        ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(numbers, numbers), min_size=4, max_size=4),
    st.lists(st.booleans(), min_size=8, max_size=8),
)
def test_no_span_loses_the_truth_however_constraints_are_joined(
    truth: list[tuple[int, int]], known: list[bool]
) -> None:
    """Law: two sums over each other's parts, and each part no larger than its parent's."""
    areas = "abcd"
    child = {("n", ("child", area)): min(pair) for area, pair in zip(areas, truth, strict=True)}
    parent = {("n", ("parent", area)): max(pair) for area, pair in zip(areas, truth, strict=True)}
    rest = {
        ("rest", ("child", area)): abs(pair[0] - pair[1])
        for area, pair in zip(areas, truth, strict=True)
    }
    sums: list[Sum] = [
        (("n", ("parent", area)), (("n", ("child", area)), ("rest", ("child", area))))
        for area in areas
    ]
    numbers_ = child | parent | rest
    for name, parts in (("child", child), ("parent", parent)):
        numbers_["n", (name, "whole")] = sum(parts.values())
        sums.append((("n", (name, "whole")), tuple(parts)))
    open_ = [name for name, sure in zip([*child, *parent], known, strict=True) if not sure]
    spans = {
        name: (0, None) if name in open_ or name[0] == "rest" else (number, number)
        for name, number in numbers_.items()
    }

    found = narrowed(spans, sums)

    assert found is not None
    for key, number in numbers_.items():
        low, high = found[key]
        assert low <= number
        assert high is None or number <= high


def in_two_versions(
    indicator: Indicator, then: Sequence[str], now: Sequence[str]
) -> tuple[Archive, Edition, Edition]:
    """A year whose second version says something else, and both of its versions."""
    both = archive(indicator, (*then, *now))
    first = both.editions[0]
    last = replace(first, version=2)
    table = both.observations.assign(version=[1] * len(then) + [2] * len(now))
    return replace(both, editions=(first, last), observations=table), first, last


def test_of_a_standard_what_an_earlier_version_says_can_not_be_hidden_any_more() -> None:
    """One of three holds it; the first version said that it is binh, and the second does not."""
    then = (f"2024 {SCOPE} 1/3", "2024 an c", "2024 binh 3", "2024 chau 2")
    now = (f"2024 {SCOPE} 1/3", "2024 an c", "2024 binh x", "2024 chau 2")
    both, first, last = in_two_versions(COUNTED, then, now)

    (found,) = disclosures(both, last, (first,))

    assert (found.area, found.leak, found.version) == ("an", Leak.FOLLOWS, 1)
    assert found.hide_too == ()
    (alone,) = disclosures(replace(both, editions=(first,)), first, ())
    assert alone.hide_too == (("chi-tieu", "binh"),)


def test_of_a_standard_that_nobody_holds_the_whole_has_to_be_hidden() -> None:
    """Without the whole's 0 it would be open; hiding another area leaves it as certain."""
    one = archive(COUNTED, (f"2024 {SCOPE} 0/3", "2024 an c", "2024 binh 2", "2024 chau 2"))

    (found,) = disclosures(one, one.editions[0], ())

    assert (found.area, found.hide_too) == ("an", (("chi-tieu", SCOPE),))


def test_what_an_earlier_version_says_of_others_gives_away_what_is_hidden_later() -> None:
    """30 of 60 less 10 of 20, which the first version said, less 10 of 20, which the second says."""
    then = ("2024 an x", "2024 binh 10/20", "2024 chau x")
    now = (f"2024 {SCOPE} 30/60", "2024 an c", "2024 binh x", "2024 chau 10/20")
    both, first, last = in_two_versions(SUMMED, then, now)

    (found,) = disclosures(both, last, (first,))

    assert (found.area, found.leak, found.version) == ("an", Leak.FOLLOWS, None)
    assert [*disclosures(both, last, ())] == []
