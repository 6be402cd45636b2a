"""What the page of data offers and explains."""

from __future__ import annotations

import pytest

from tiendo.files.open_data import COLUMNS, QUALITY_COLUMNS, VERDICT_COLUMNS, in_languages
from tiendo.pages.page_end import year_ranges
from tiendo.words.downloads import column_label, column_meaning
from tiendo.words.wording import words


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "column",
    sorted(
        name
        for name, _ in in_languages(
            (*COLUMNS, *VERDICT_COLUMNS, *QUALITY_COLUMNS), ("vi", "en", "fr")
        )
    ),
)
def test_every_published_column_has_a_meaning_and_a_label(column: str, language: str) -> None:
    told = words(language)
    assert column_meaning(told, column).endswith(".")
    assert column_label(told, column)


def test_years_that_follow_each_other_are_one_range() -> None:
    assert year_ranges([2024, 2021, 2022, 2022]) == "2021–2022, 2024"
