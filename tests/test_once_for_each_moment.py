"""What was known at a moment is worked out once for each, whoever asks for it and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from packages_at_hand import CASES, NOW, inspect

from tiendo.judge import assess, revisions
from tiendo.judge.editions import published
from tiendo.judge.past import as_once_published, changed_at, days, known_by, then
from tiendo.judge.steps import steps
from tiendo.terms import Results


def everybody_asks(known: Results) -> None:
    """What pages, pictures of the past, tables and feeds ask of one site's results."""
    steps(known)
    as_once_published(known)
    for _, moment in days(known):
        then(known, moment)
    for edition in known.editions:
        known_by(known, edition.year)
        changed_at(known, edition.year)


def test_the_whole_is_judged_once_for_each_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()

    def counted(module: object, name: str) -> None:
        work: Callable[..., Any] = getattr(module, name)

        def counting(*facts: object, **named: object) -> object:
            asked[name] += 1
            return work(*facts, **named)

        monkeypatch.setattr(module, name, counting)

    counted(assess, "_judged")
    counted(assess, "figures_of")
    counted(revisions, "figures_of")
    archive = inspect(CASES / "corrected" / "data").archive
    assert archive is not None
    known = assess.results(published(archive, NOW), NOW)
    for _ in range(2):
        everybody_asks(known)

    moments = len(tuple(days(known)))
    earlier = len(known.editions) - 1
    assert moments == 3
    # Now, at each release, and by the end of each year but the newest; two versions are compared.
    assert asked == {"_judged": 1 + moments + earlier, "figures_of": 1 + moments + 2}
