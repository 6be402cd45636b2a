"""What a reader without JavaScript gets: everything but the search as one types and the interactive charts."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize

pytestmark = pytest.mark.browser

HOMES = {"vi": "", "en": "en/"}
PHONE: ViewportSize = {"width": 360, "height": 740}

both_languages = pytest.mark.parametrize("language", HOMES)


@pytest.fixture
def opened(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """Opens an address of the site on a phone that runs no script."""
    contexts: list[BrowserContext] = []

    def open_(address: str, **settings: Any) -> Page:
        contexts.append(browser.new_context(java_script_enabled=False, viewport=PHONE, **settings))
        page = contexts[-1].new_page()
        page.goto(server + address)
        return page

    yield open_
    for context in contexts:
        context.close()


def column(project: Path, table: str, name: str) -> list[str]:
    with (project / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return [row[name] for row in csv.DictReader(lines)]


@pytest.mark.parametrize(
    ("language", "counts"),
    [
        (
            "vi",
            {
                "Đã đạt": "4",
                "Không đạt": "3",
                "Chưa đủ số liệu": "1",
                "Không còn đo được": "5",
            },
        ),
        (
            "en",
            {
                "Met": "4",
                "Missed": "3",
                "Too little data": "1",
                "Not measurable": "5",
            },
        ),
    ],
)
def test_the_home_page_counts_the_verdicts(
    opened: Callable[..., Page], language: str, counts: dict[str, str]
) -> None:
    entries = opened(HOMES[language]).locator(".td-counts").first.locator("li")
    shown = {
        entry.locator(".td-mark__word").inner_text(): entry.locator(".td-counts__n").inner_text()
        for entry in entries.all()
    }
    assert shown == counts


@both_languages
def test_the_home_page_has_every_indicator_with_figure_target_and_verdict(
    opened: Callable[..., Page], project: Path, language: str
) -> None:
    page = opened(HOMES[language])
    names = column(project, "plan/indicators", f"short_{language}")
    for name in names:
        row = page.get_by_role("row").filter(
            has=page.get_by_role("rowheader", name=name, exact=True)
        )
        assert row.is_visible(), name
        text = row.inner_text()
        assert re.search(r"202[345]", text), name
        assert "2030" in text, name
        assert row.locator(".td-mark__word").first.inner_text() != "", name
    assert len(names) == 14


@pytest.mark.parametrize(
    ("language", "moment"),
    [("vi", "09:00 ngày 14/01/2027"), ("en", "09:00, 14 January 2027")],
)
def test_the_home_page_says_when_the_next_figures_come(
    opened: Callable[..., Page], language: str, moment: str
) -> None:
    assert moment in opened(HOMES[language]).locator(".td-hero").inner_text()


@both_languages
def test_the_home_page_has_a_map_of_every_commune_and_one_of_every_district_in_words(
    opened: Callable[..., Page], project: Path, language: str
) -> None:
    page = opened(HOMES[language])
    fold = page.locator("details:has(.td-tiles) > summary")
    assert re.search("30/06/2025|30 June 2025", fold.inner_text())
    fold.click()
    maps = page.locator("main .td-tiles:visible").all()
    leads = [
        {(link.get_attribute("href") or "").split("/")[-2] for link in tiles.locator("a").all()}
        for tiles in maps
    ]
    rows = zip(
        *(column(project, "areas/areas", name) for name in ("area", "level", "until")), strict=True
    )
    there = [(area, level) for area, level, until in rows if level == "district" or not until]
    assert leads == [
        {area for area, level in there if level == kind} for kind in ("commune", "district")
    ]


@pytest.mark.parametrize(("language", "word"), [("vi", "Đúng tiến độ"), ("en", "On track")])
def test_a_district_page_says_its_verdicts(
    opened: Callable[..., Page], language: str, word: str
) -> None:
    page = opened(f"{HOMES[language]}dia-ban/tu-ky/")
    entries = page.locator(".td-counts").first.locator("li")
    counts = [int(number) for number in entries.locator(".td-counts__n").all_inner_texts()]
    words = page.locator("main .td-mark__word:visible").all_inner_texts()
    assert sum(counts) == 10
    assert word in words
    assert len(words) >= 10 + len(counts)


@both_languages
def test_a_district_page_has_charts_with_words_and_tables(
    opened: Callable[..., Page], language: str
) -> None:
    page = opened(f"{HOMES[language]}dia-ban/tu-ky/")
    charts = page.locator("main svg[role=img]:visible")
    labels = [chart.get_attribute("aria-label") or "" for chart in charts.all()]
    assert len(labels) >= 5
    assert [label for label in labels if "2024" not in label or "%" not in label] == []
    tables = page.locator("main table")
    assert tables.count() > 0
    assert [t for t in tables.all() if t.locator("tbody tr").count() == 0] == []
    assert page.locator("main").get_by_text("2021").count() > 0


@both_languages
def test_an_indicator_page_shows_its_charts_as_pictures(
    opened: Callable[..., Page], language: str
) -> None:
    page = opened(f"{HOMES[language]}chi-tieu/nl-thong-tin/")
    figures = page.locator("figure.td-figure")
    assert figures.count() > 0
    # What is folded opens without a script.
    for fold in page.locator("details:has(figure) > summary:visible").all():
        fold.click()
    for figure in figures.all():
        assert figure.get_by_role("button").count() == 0
        if (figure.get_attribute("id") or "").endswith("--dia-ban"):
            # Sixty-four areas: the page lists them, and the picture is a file.
            assert page.locator(".td-cards--areas tbody tr:visible").count() == 64
            figure.locator("summary").first.click()
            assert figure.get_by_role("link", name="SVG").is_visible()
        else:
            assert figure.locator("svg[role=img]:visible").count() > 0


@pytest.mark.parametrize(
    "address", ["chi-tieu/pcgd-thcs-md3/", "en/chi-tieu/nl-thong-tin/", "dia-ban/tu-ky/"]
)
def test_the_page_is_dark_where_the_reader_wants_it_dark(
    opened: Callable[..., Page], address: str
) -> None:
    shades = {}
    for scheme in ("light", "dark"):
        page = opened(address, color_scheme=scheme)
        shades[scheme] = {
            name: page.evaluate(
                """([selector, property]) => getComputedStyle(document.querySelector(selector))
                    .getPropertyValue(property).match(/[0-9.]+/g).slice(0, 3).map(Number)""",
                [selector, style],
            )
            for name, selector, style in (
                ("paper", "body", "background-color"),
                ("ink", "h1", "color"),
                ("ink of a chart", "main svg[role=img] text", "fill"),
            )
        }
    assert min(shades["light"]["paper"]) > 230
    assert max(shades["dark"]["paper"]) < 60
    assert max(shades["light"]["ink"]) < 100
    assert min(shades["dark"]["ink"]) > 180
    assert max(shades["light"]["ink of a chart"]) < 130
    assert min(shades["dark"]["ink of a chart"]) > 130


def test_a_map_of_tiles_shows_the_year_that_is_chosen_by_keyboard(
    opened: Callable[..., Page],
) -> None:
    page = opened("chi-tieu/nl-thong-tin/")
    page.locator("details:has(.td-map) > summary").click()
    shown = page.locator(".td-map__year:visible")
    assert shown.count() == 1
    assert shown.get_by_role("link", name="Phường Tứ Minh").is_visible()
    page.get_by_role("radio", name="2025").focus()
    page.keyboard.press("ArrowLeft")
    assert shown.get_by_role("link", name="Huyện Tứ Kỳ").inner_text().split("\n")[0] == (
        "Huyện Tứ Kỳ"
    )
    assert "57,5%" in shown.inner_text()
    page.keyboard.press("ArrowLeft")
    assert page.get_by_role("radio", name="2023").is_checked()
    assert shown.count() == 1
    assert "52,4%" in shown.inner_text()
    assert "57,5%" not in shown.inner_text()


def seen(part: Locator) -> str:
    """The text of a part without what is only read aloud."""
    text: str = part.evaluate(
        """(node) => {
            const copy = node.cloneNode(true);
            copy.querySelectorAll(".td-hidden").forEach((each) => each.remove());
            return copy.textContent;
        }"""
    )
    return text


@both_languages
def test_every_tile_has_its_words_and_the_table_beside_has_them_too(
    opened: Callable[..., Page], language: str
) -> None:
    page = opened(f"{HOMES[language]}chi-tieu/kn-song/")
    for folded in page.locator("details:has(:is(.td-map, #kn-song-grid)) > summary").all():
        folded.click()
    tiles = page.locator(".td-map__year:visible li")
    ranking = page.locator(".td-cards--areas")
    assert tiles.count() == 64
    for tile in tiles.all()[:12]:
        name, said = tile.locator("b").first.text_content(), seen(tile.locator("a > span"))
        assert said.split()[0] in ranking.locator("tr", has_text=name).first.inner_text()
    table = page.locator("#kn-song-grid")
    page.get_by_role("radio", name="2024").check()
    assert tiles.count() == 12
    for tile in tiles.all():
        name, said = tile.locator("b").first.inner_text(), seen(tile.locator("a > span"))
        row = table.get_by_role("row").filter(
            has=page.get_by_role("rowheader", name=name, exact=True)
        )
        newest = seen(row.get_by_role("cell").nth(3))
        assert said.split() == newest.split()
        assert len(said.split()) >= 2


def test_the_courses_of_all_areas_stand_side_by_side(opened: Callable[..., Page]) -> None:
    page = opened("chi-tieu/nl-thong-tin/")
    charts = page.locator(".td-multiples svg[role=img]")
    assert charts.count() == 12
    page.locator(".td-multiples summary").click()
    assert charts.first.is_visible()
    ticks = [chart.locator("text").all_text_contents()[:3] for chart in charts.all()]
    assert [each for each in ticks if each != ticks[0]] == []
