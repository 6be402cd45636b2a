"""What the page of data offers and explains."""

from __future__ import annotations

import pytest

from tiendo.files.open_data import COLUMNS, QUALITY_COLUMNS, VERDICT_COLUMNS
from tiendo.pages.page_end import year_ranges
from tiendo.words.wording import words


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "column", sorted({name for name, _ in (*COLUMNS, *VERDICT_COLUMNS, *QUALITY_COLUMNS)})
)
def test_every_published_column_has_a_meaning_and_a_label(column: str, language: str) -> None:
    told = words(language)
    assert told.knows(f"column.{column}")
    assert told.knows(f"column_label.{column}")


def test_years_that_follow_each_other_are_one_range() -> None:
    assert year_ranges([2024, 2021, 2022, 2022]) == "2021–2022, 2024"
