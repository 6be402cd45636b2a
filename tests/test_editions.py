"""Which versions are public, to the second; of the others nothing is left but a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pandas as pd
import pytest
from makers_at_hand import EMPTY, EMPTY_CELLS, an_archive, an_area, an_edition

from tiendo.judge.assess import results
from tiendo.judge.editions import is_public, newest, published, release_of
from tiendo.read.archive import OBSERVATION_COLUMNS
from tiendo.terms import Agency, Archive, Area, AreaChange, Duty, Edition, Release, Text

HERE = timezone(timedelta(hours=7))
NINE = datetime(2025, 1, 16, 9, tzinfo=HERE)
SECOND = timedelta(seconds=1)
SEAL = "0" * 64
CANARY = "hoang-yen"


def edition(year: int, version: int = 1) -> Edition:
    return an_edition(
        year=year,
        version=version,
        folder=f"results/{year}/v{version}",
        illustrative=version > 1,
        sha256=SEAL,
    )


def release(
    year: int, released: datetime = NINE, *, version: int = 1, sha256: str | None = SEAL
) -> Release:
    return Release(
        year=year, version=version, released=released, sha256=sha256, note=Text(vi=CANARY)
    )


def archive(editions: list[Edition], releases: list[Release]) -> Archive:
    """An archive with one row of observations in each edition."""
    rows = [{"year": each.year, "version": each.version, "sound": True} for each in editions]
    return an_archive(
        areas={"tinh": an_area()},
        releases=tuple(releases),
        editions=tuple(editions),
        observations=pd.DataFrame(
            {
                name: [row.get(name, 1 if dtype == "int64" else EMPTY_CELLS[name]) for row in rows]
                for name, dtype in OBSERVATION_COLUMNS.items()
            }
        ),
    )


def versions(known: Archive) -> list[tuple[int, int]]:
    rows = known.observations
    kept = sorted(zip(rows["year"].tolist(), rows["version"].tolist(), strict=True))
    assert kept == [(each.year, each.version) for each in known.editions]
    return kept


ONE = archive([edition(2024)], [release(2024)])


@pytest.mark.parametrize(
    ("moment", "seen"),
    [
        (NINE - SECOND, []),
        (NINE, [(2024, 1)]),
        (NINE + SECOND, [(2024, 1)]),
    ],
)
def test_a_version_is_public_from_the_second_of_its_release_on(
    moment: datetime, seen: list[tuple[int, int]]
) -> None:
    assert versions(published(ONE, moment)) == seen


def test_a_release_is_an_instant_whatever_the_zone_it_is_asked_in() -> None:
    instant = datetime(2025, 1, 16, 2, tzinfo=UTC)
    assert versions(published(ONE, instant)) == [(2024, 1)]
    assert versions(published(ONE, instant - SECOND)) == []


def test_a_version_that_is_not_signed_off_is_never_public() -> None:
    unsigned = replace(ONE, releases=(release(2024, sha256=None),))
    assert versions(published(unsigned, NINE + timedelta(days=9999))) == []


def test_a_draft_without_a_row_in_the_calendar_is_never_public() -> None:
    draft = replace(ONE, releases=(release(2023), release(2024, version=2)))
    assert versions(published(draft, NINE + timedelta(days=9999))) == []
    assert release_of(draft, edition(2024)) is None
    assert not is_public(None, NINE)


def test_an_earlier_version_stays_public_until_the_next_ones_hour() -> None:
    known = archive(
        [edition(2024), edition(2024, 2)],
        [release(2024), release(2024, NINE + SECOND, version=2)],
    )
    assert versions(published(known, NINE)) == [(2024, 1)]
    assert versions(published(known, NINE + SECOND)) == [(2024, 1), (2024, 2)]


def test_the_newest_version_of_each_year_stands_for_it() -> None:
    editions = [edition(2024, 10), edition(2023), edition(2024, 9), edition(2024)]
    found = [(each.year, each.version) for each in newest(editions)]
    assert found == [(2023, 1), (2024, 10)]


def test_a_preview_sees_everything() -> None:
    unsigned = replace(ONE, releases=(release(2024, NINE + SECOND, sha256=None),))
    seen = published(unsigned, NINE, preview=True)
    assert (versions(seen), seen.releases) == ([(2024, 1)], unsigned.releases)


def test_of_a_release_to_come_nothing_is_known_but_its_date() -> None:
    (row,) = published(ONE, NINE - SECOND).releases
    assert row == replace(release(2024), sha256=None, note=EMPTY)


def test_a_planned_release_that_is_overdue_still_tells_nothing_but_its_date() -> None:
    overdue = replace(ONE, releases=(release(2024, sha256=None),))
    (row,) = published(overdue, NINE + timedelta(days=1)).releases
    assert (row.released, row.note) == (NINE, EMPTY)


def test_a_release_that_is_out_keeps_its_note() -> None:
    assert published(ONE, NINE).releases == (release(2024),)


def test_whether_figures_are_invented_is_said_of_those_that_may_be_seen() -> None:
    known = archive(
        [edition(2024), edition(2024, 2)],
        [release(2024), release(2024, NINE + SECOND, version=2)],
    )
    known = replace(known, observations=known.observations[:0])
    assert results(published(known, NINE), NINE).illustrative is False
    assert results(published(known, NINE + SECOND), NINE).illustrative is True


def test_the_rows_that_are_left_are_numbered_from_the_start() -> None:
    known = archive(
        [edition(2023), edition(2024)], [release(2023, NINE + SECOND), release(2024, NINE)]
    )
    rows = published(known, NINE).observations
    assert rows.index.tolist() == [0]
    assert rows.columns.tolist() == known.observations.columns.tolist()


# Areas and bodies of the day ----------------------------------------------------------------

LAST = date(2025, 6, 30)
FIRST = date(2025, 7, 1)


def area(name: str, since: date | None = None, until: date | None = None, parent: str = "") -> Area:
    return replace(
        ONE.areas["tinh"], area=name, level="district", parent=parent, since=since, until=until
    )


def body(name: str, since: date | None, until: date | None, *heirs: str) -> Agency:
    return Agency(
        agency=name, area=None, name=EMPTY, short=EMPTY, since=since, until=until, successors=heirs
    )


def duty(agency: str, until: date | None = None) -> Duty:
    return Duty(
        duty="vi-1", agency=agency, role="", text=EMPTY, clause="", due="", since=None, until=until
    )


REFORMED = replace(
    ONE,
    areas={
        "tinh": ONE.areas["tinh"],
        "cu": area("cu", until=LAST, parent="tinh"),
        "moi": area("moi", since=FIRST, parent="tinh"),
        "con-day": area("con-day", parent="tinh-sau"),
        "tinh-sau": area("tinh-sau", since=FIRST),
    },
    area_changes=(AreaChange(on=FIRST, from_area="cu", to_area="moi", part="whole", act=""),),
    agencies=(body("uy-ban-cu", None, LAST, "uy-ban-moi"), body("uy-ban-moi", FIRST, None)),
    duties=(duty("uy-ban-cu", LAST), duty("uy-ban-moi")),
)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=HERE)


def test_until_its_last_day_is_over_an_area_is_told_without_its_end_and_its_heir_not_at_all() -> (
    None
):
    seen = published(replace(REFORMED, editions=()), at(LAST))

    # What a table gives as the parent of an area that is there stays, or it would lie nowhere.
    assert sorted(seen.areas) == ["con-day", "cu", "tinh", "tinh-sau"]
    assert (seen.areas["cu"].until, seen.area_changes) == (None, ())
    assert [(each.agency, each.until, each.successors) for each in seen.agencies] == [
        ("uy-ban-cu", None, ())
    ]
    assert [(each.agency, each.until) for each in seen.duties] == [("uy-ban-cu", None)]


def test_from_the_day_after_on_the_area_has_ended_and_its_heir_is_there() -> None:
    seen = published(replace(REFORMED, editions=()), at(FIRST))

    assert (seen.areas, seen.area_changes) == (REFORMED.areas, REFORMED.area_changes)
    assert (seen.agencies, seen.duties) == (REFORMED.agencies, REFORMED.duties)


def test_a_preview_knows_the_areas_of_the_newest_edition_that_it_shows() -> None:
    draft = archive([edition(2025)], [])
    later = replace(REFORMED, editions=draft.editions, observations=draft.observations)

    assert published(later, at(LAST)).areas["cu"].until is None
    assert published(later, at(LAST), preview=True).areas["cu"].until == LAST
