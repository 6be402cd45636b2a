"""What a shared link shows: figure and verdict in one look, and nothing cut off or covered."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from pages_at_hand import desk_of

from tiendo.charts.draw import KINDS, Card, Sign, card_svg, signs_of
from tiendo.charts.draw.card import HEIGHT, WIDTH
from tiendo.charts.draw.labels import Box, width_of
from tiendo.config import ROOT, site_settings
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.pages.cards import cards
from tiendo.read.archive import read
from tiendo.terms import Results, Verdict
from tiendo.words.desk import Desk
from tiendo.words.figures import figure_text
from tiendo.words.verdicts import verdict_word
from tiendo.words.wording import words

SITE = site_settings()
STYLES = ROOT / "site_config" / "assets" / "tiendo.css"


@cache
def known() -> Results:
    """What the shipped data show at the end of November 2026."""
    archive, _ = read(ROOT / "data", SITE.languages)
    assert archive is not None
    now = datetime(2026, 11, 24, tzinfo=SITE.timezone)
    return results(published(archive, now), now)


def desk(language: str) -> Desk:
    return desk_of(known(), SITE, words(language))


def signs() -> dict[str, Sign]:
    marks = ROOT / "site_config" / "theme" / "partials" / "marks.html"
    return dict(signs_of(marks.read_text("utf-8")))


def boxes(svg: str) -> dict[str, Box]:
    """Where each text of a card stands."""
    found = {}
    for text in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):  # noqa: S314 - ours
        said, size = text.text or "", float(text.get("font-size", ""))
        left, base = float(text.get("x", "")), float(text.get("y", ""))
        wide = width_of(said, size, bold=text.get("font-weight") == "600")
        found[f"{said} ({left}, {base})"] = Box(left, base - 0.72 * size, left + wide, base)
    return found


@pytest.mark.parametrize("language", SITE.languages)
def test_no_text_of_a_card_is_cut_off_or_covers_another(language: str) -> None:
    wrong = {}
    for path, card in cards(desk(language)):
        placed = boxes(card_svg(card, signs()))
        outside = [said for said, box in placed.items() if box.right > WIDTH or box.bottom > HEIGHT]
        covered = [
            (one, other)
            for one, other in combinations(placed, 2)
            if placed[one].shared_with(placed[other]) > 0
        ]
        if outside or covered:
            wrong[path] = (outside, covered)
    assert wrong == {}


def test_a_long_name_a_range_and_the_longest_verdict_find_their_places() -> None:
    card = Card(
        site="Tiến độ",
        kicker="Kế hoạch",
        title="Trung tâm học tập cộng đồng ứng dụng công nghệ thông tin trong quản lý và dạy học",
        finding="Câu này dài đến mức không đứng hết trên tấm hình được, dù cắt đi bao nhiêu lần. "
        * 4,
        dateline="Số liệu đến 31/12/2025, công bố ngày 15/01/2026; " * 3,
        notice="Số liệu minh họa",
        figure="91,6–100,0%",
        kind="not-measurable",
        word="Không còn đo được (tạm tính)",
        bullet="<path/>",
    )
    placed = boxes(card_svg(card, signs()))
    assert [said for said, box in placed.items() if box.right > WIDTH] == []
    assert not any(a.shared_with(b) > 0 for a, b in combinations(placed.values(), 2))


@pytest.mark.parametrize("language", SITE.languages)
def test_an_indicators_card_shows_its_figure_and_verdict_and_an_areas_how_many_have_which(
    language: str,
) -> None:
    at = desk(language)
    shown = dict(cards(at))
    for name in at.indicators:
        headline = known().headlines[name, at.scope]
        (card,) = (card for path, card in shown.items() if path.endswith(f"--{name}.png"))
        latest = headline.latest
        assert card.figure == ("" if latest is None else figure_text(at, latest))
        assert (card.kind, card.word) == (headline.verdict.value, verdict_word(at, headline))
        svg = card_svg(card, signs())
        assert (card.figure in svg, card.word in svg, KINDS[card.kind] in svg) == (True,) * 3
    (ward,) = (card for path, card in shown.items() if path.endswith("--phuong-tu-minh.png"))
    assert {share.kind: share.count for share in ward.shares} == {"met": 4, "missed": 1}


def test_every_verdict_has_a_shape_and_the_colour_of_the_pages() -> None:
    css = STYLES.read_text("utf-8")
    variables = dict(re.findall(r"--td-([a-z-]+): (#[0-9a-f]{3,6})", css.partition("@media")[0]))
    kinds: dict[str, str] = {}
    for selectors, variable in re.findall(r"(?m)^(\S.*) \{ --k: var\(--td-([a-z]+)\)", css):
        for kind in re.findall(r"td-k-([a-z-]+)", selectors):
            kinds.setdefault(kind, variables[variable])
    expected = {verdict.value: kinds.get(verdict.value, variables["muted"]) for verdict in Verdict}
    assert dict(KINDS) == expected
    assert {verdict.value for verdict in Verdict} <= {*signs()}
