"""A short sample of `tests/bench/fuzz.py`: whatever `check` lets through is built, and read as text."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from fuzz_at_hand import (
    MARKUP,
    REFUSED,
    cells,
    complaints,
    copies,
    made,
    mutations,
    of_all_scripts,
    outcome,
    planted,
    settled,
)
from packages_at_hand import small

SEED = 13


def test_texts_of_every_script_and_markup_of_every_format_stand_in_the_site_as_they_are(
    tmp_path: Path,
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - any sample will do
    scripts = list(of_all_scripts(chance))
    texts = [*MARKUP, *chance.sample(scripts, len(cells()) - len(MARKUP))]
    chance.shuffle(texts)
    done = planted(tmp_path, texts)

    assert settled(done) == ()
    assert len(done.texts) > len(texts) * 9 // 10
    made(done.data, tmp_path / "site", tmp_path / "kept")
    wrong, met = complaints(tmp_path / "site", done.texts)

    assert wrong == []
    assert len(met) > len(done.texts) // 2


def test_what_is_refused_is_told_with_its_place_and_the_rest_is_built(tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311
    done = planted(tmp_path, [chance.choice(REFUSED) for _ in cells()], marked=False)

    assert settled(done) == ()
    assert len(done.refused) > len(done.texts)
    made(done.data, tmp_path / "site", tmp_path / "kept", whole=False)


@pytest.mark.parametrize("part", range(2))
def test_a_number_an_id_or_a_property_that_nobody_thought_of_is_refused_or_built(
    part: int, tmp_path: Path
) -> None:
    chance = random.Random(SEED + part)  # noqa: S311
    counted = {"refused": 0, "built": 0}
    for number, (told, change) in enumerate(chance.sample(list(mutations(chance)), 8)):
        data = small(tmp_path / str(number))
        change(data)
        copies(data)
        how, wrong = outcome(data, tmp_path / f"site {number}", tmp_path / "kept", whole=False)
        counted[how] += 1
        assert (told, wrong) == (told, [])
    assert counted["refused"] > 1
