"""What an edition answers to and is asked for, when the plan has changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from makers_at_hand import EMPTY, an_archive, an_area, an_edition, an_indicator

from tiendo.judge.plan_then import (
    asked,
    breaking,
    broken_between,
    checked_by,
    held_on,
    holding,
    in_force,
    is_counted_anew,
)
from tiendo.terms import (
    Aggregation,
    Archive,
    Area,
    Direction,
    Edition,
    Indicator,
    Level,
    MeaningChange,
    Measure,
    Release,
    Requirement,
    Signed,
    Target,
    Text,
)

HERE = timezone(timedelta(hours=7))
END_OF_2024 = date(2024, 12, 31)
TODAY = an_indicator(
    parent="me",
    measure=Measure.STANDARD,
    direction=Direction.HOLD,
    level=Level.LOCAL,
    aggregation=Aggregation.COUNT,
    counts="district",
    threshold=3,
    requires=(Requirement(indicator="khac", at_least=1),),
    reporter="so-moi",
)


def change(column: str, old: str, *, on: date = date(2025, 2, 1), **more: str) -> MeaningChange:
    told = {"resource": "indicators", "key": "chi-tieu", "new": "x"} | more
    return MeaningChange(on=on, column=column, old=old, reason=EMPTY, **told)  # type: ignore[arg-type]


def target(value: int) -> Target:
    return Target(
        indicator="chi-tieu", area=None, year=2025, value=Decimal(value), wording=EMPTY, clause=""
    )


def signed_edition(
    *indicators: Indicator, areas: tuple[Area, ...] = (), targets: tuple[Target, ...] = ()
) -> Edition:
    return an_edition(signed=Signed(indicators=indicators, targets=targets, areas=areas))


def archive(*indicators: Indicator, edition: Edition, out: bool = True, **more: object) -> Archive:
    """An archive of one edition, which is signed off or not."""
    release = Release(
        year=edition.year,
        version=edition.version,
        released=datetime(2025, 1, 15, 9, tzinfo=HERE),
        sha256="0" * 64 if out else None,
        note=EMPTY,
    )
    return an_archive(indicators=indicators, editions=(edition,), releases=(release,), **more)


@pytest.mark.parametrize(
    ("column", "old", "then"),
    [
        ("parent", "ba", {"parent": "ba"}),
        ("parent", "", {"parent": None}),
        ("measure", "title", {"measure": Measure.TITLE}),
        ("direction", "up", {"direction": Direction.UP}),
        ("level", "whole", {"level": Level.WHOLE}),
        ("aggregation", "none", {"aggregation": Aggregation.NONE}),
        ("counts", "commune", {"counts": "commune"}),
        ("counts", "", {"counts": None}),
        ("threshold", "2", {"threshold": 2}),
        ("threshold", "", {"threshold": None}),
        ("requires", "a>=1;b>=2", {"requires": (Requirement(indicator="a", at_least=1), Requirement(indicator="b", at_least=2))}),
        ("requires", "", {"requires": ()}),
        ("reporter", "so-cu", {"reporter": "so-cu"}),
        # No rule: told in today's words, and years say themselves from when on they count.
        ("numerator", "Người", {}),
        ("since", "2020", {}),
        # What was never a rule.
        ("threshold", "ba", {}),
    ],
)  # fmt: skip
def test_a_rule_that_changed_later_is_as_it_was_on_the_day(
    column: str, old: str, then: dict[str, object]
) -> None:
    known = an_archive(indicators=(TODAY,), meaning_changes=(change(column, old),))

    assert held_on(known, END_OF_2024) == (replace(TODAY, **then),)  # type: ignore[arg-type]
    assert held_on(known, date(2025, 2, 1)) == (TODAY,)


def test_of_several_changes_the_first_after_the_day_says_how_it_was() -> None:
    rows = (
        change("threshold", "2", on=date(2026, 2, 1)),
        change("threshold", "1", on=date(2025, 2, 1)),
        change("threshold", "5", key="khac"),
        change("threshold", "6", resource="targets"),
    )
    known = an_archive(indicators=(TODAY,), meaning_changes=rows)

    assert [held_on(known, date(year, 12, 31))[0].threshold for year in (2024, 2025, 2026)] == [
        1,
        2,
        3,
    ]


@pytest.mark.parametrize(
    ("row", "since", "there"),
    [
        (change("", "", new="chi-tieu"), None, False),
        (change("indicator", "", new="chi-tieu"), None, False),
        (change("", "", new="chi-tieu"), 2025, True),
        (change("", "chi-tieu", new=""), None, True),
        (change("", "", new="chi-tieu", resource="targets"), None, True),
    ],
)
def test_an_indicator_that_came_later_without_a_year_of_its_own_was_not_there(
    row: MeaningChange, since: int | None, *, there: bool
) -> None:
    known = an_archive(indicators=(replace(TODAY, since=since),), meaning_changes=(row,))

    assert bool(held_on(known, END_OF_2024)) is there


def test_what_is_signed_answers_to_its_copies_and_a_draft_to_today() -> None:
    then = replace(TODAY, threshold=2)
    edition = signed_edition(then, targets=(target(50),))
    plan = (target(60),)

    held = checked_by(archive(TODAY, edition=edition, targets=plan), edition)
    assert (held.indicators, held.targets) == ((then,), (target(50),))
    held = checked_by(archive(TODAY, edition=edition, out=False, targets=plan), edition)
    assert (held.indicators, held.targets) == ((TODAY,), (target(60),))


def test_an_area_of_its_level_that_a_signed_version_did_not_know_has_come_later() -> None:
    kept = an_area(area="an", level="district")
    areas = {
        "an": replace(kept, code="2"),
        "moi": an_area(area="moi", level="district"),
        "tinh": an_area(),
        "cu": an_area(area="cu", level="district", until=date(2023, 12, 31)),
    }
    edition = signed_edition(TODAY, areas=(kept,))

    held = checked_by(archive(TODAY, edition=edition, areas=areas), edition)

    assert set(held.areas) == {"an", "tinh", "cu"}
    assert held.areas["an"] == kept


def test_an_edition_is_asked_in_the_form_that_it_knew_and_by_todays_names_and_rules() -> None:
    then = an_indicator(reporter="so-cu", name=Text(vi="Tên cũ"), decimals=2)
    edition = signed_edition(then)

    (found,) = asked(archive(TODAY, edition=edition), edition)

    assert found == replace(
        TODAY,
        measure=Measure.RATIO,
        level=Level.WHOLE,
        aggregation=Aggregation.NONE,
        counts=None,
        reporter="so-cu",
    )


@pytest.mark.parametrize(
    ("then", "today", "is_asked"),
    [
        ((None, None), (None, None), True),
        ((2024, 2024), (2024, 2024), True),
        ((2025, None), (None, None), False),
        ((None, None), (2025, None), False),
        ((None, 2023), (None, None), False),
        ((None, None), (None, 2023), False),
    ],
)
def test_nobody_owes_what_the_plan_had_not_yet_or_no_more_then_or_now(
    then: tuple[int | None, int | None], today: tuple[int | None, int | None], *, is_asked: bool
) -> None:
    edition = signed_edition(replace(TODAY, since=then[0], until=then[1]))
    known = archive(replace(TODAY, since=today[0], until=today[1]), edition=edition)

    assert bool(asked(known, edition)) is is_asked
    assert asked(archive(TODAY, edition=signed_edition()), signed_edition()) == ()


def test_a_count_by_another_rule_than_then_is_counted_anew_and_a_sum_never() -> None:
    for then, today, anew in (
        (replace(TODAY, threshold=2), TODAY, True),
        (TODAY, TODAY, False),
        (an_indicator(threshold=2), an_indicator(threshold=3), False),
    ):
        edition = signed_edition(then)
        assert is_counted_anew(archive(today, edition=edition), edition, today) is anew
    unknown = signed_edition()
    assert is_counted_anew(archive(TODAY, edition=unknown), unknown, TODAY) is False


def test_the_plan_holds_what_it_asks_for_in_the_newest_edition_else_in_its_first_year() -> None:
    """The plan of `makers_at_hand` is first reported of in 2021."""
    old = an_indicator(indicator="cu", until=2021)
    new = an_indicator(indicator="moi", since=2024)
    known = an_archive(indicators=(old, new))

    assert holding(known, ()) == (old,)
    assert holding(known, (an_edition(year=2022), an_edition(year=2024))) == (new,)
    assert [in_force(old, year) for year in (2020, 2021, 2022)] == [True, True, False]
    assert [in_force(new, year) for year in (2023, 2024)] == [False, True]


def test_figures_before_a_change_and_from_its_day_on_are_not_compared() -> None:
    first, last = change("numerator", "a", on=date(2024, 6, 1)), change("measure", "ratio")
    changes = {"chi-tieu": (first, last)}

    def between(one: date, other: date) -> MeaningChange | None:
        return broken_between(changes, "chi-tieu", one, other)

    assert between(date(2024, 5, 31), date(2024, 6, 1)) is first
    assert between(date(2024, 6, 1), date(2024, 12, 31)) is None
    assert between(date(2025, 12, 31), date(2023, 12, 31)) is last
    assert broken_between(changes, "khac", date(2023, 1, 1), date(2026, 1, 1)) is None


def test_series_break_where_a_row_says_so_in_the_order_of_the_days() -> None:
    late = change("measure", "title", breaks="yes")
    early = change("definition", "a", on=date(2024, 1, 1), breaks="yes")
    rows = (late, change("numerator", "a", breaks="no"), change("denominator", "a"), early)
    other = change("value", "1", breaks="yes", resource="targets")

    assert breaking(an_archive(meaning_changes=(*rows, other))) == {"chi-tieu": (early, late)}
