"""The plan's own text: optional, read whole or not at all, and named by its clauses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from packages_at_hand import (
    NOW,
    SITE,
    SMALL,
    inspect,
    small,
    table,
    told,
    without_text,
    write_table,
)
from pages_at_hand import pages

from tiendo.judge.assess import results
from tiendo.judge.clauses import of_action, of_duty, of_target, quoted, standing
from tiendo.judge.editions import published
from tiendo.terms import Archive, PassageKind


def test_the_text_is_read_in_its_order() -> None:
    archive = inspect(SMALL).archive
    assert archive is not None
    assert [passage.position for passage in archive.text] == [*range(1, 23)]
    assert archive.text[4].clause == "I-1"
    assert archive.text[4].kind is PassageKind.ITEM
    assert archive.text[4].text["en"] == "By 2025: 50% of pupils can swim. By 2028: 80%."


def test_a_plan_without_its_text_is_as_sound(tmp_path: Path) -> None:
    data = without_text(small(tmp_path))
    found = inspect(data)
    assert found.problems == ()
    assert found.archive is not None
    assert found.archive.text == ()


def test_no_clause_is_called_unknown_where_a_passage_could_not_be_read(tmp_path: Path) -> None:
    data = small(tmp_path)
    file = data / "plan" / "text.csv"
    write_table(
        file, [{**row, "kind": row["kind"].replace("title", "tilte")} for row in table(file)]
    )
    assert {line.split(" ")[0] for line in told(data)} == {"cell-enum"}


# Where things stand


def test_what_the_plan_asks_stands_at_the_passage_that_holds_its_words() -> None:
    archive = an_archive_with_text()
    at = {target.indicator: of_target(archive, target).clause for target in archive.targets}
    assert (at["biet-boi"], at["tinh-doc"]) == ("I", "I-6")
    assert [of_action(archive, each).clause for each in archive.actions] == ["II.1-1", "II.1-2"]
    assert {of_duty(archive, each).clause for each in archive.duties} == {"III.1", "III.2"}


def test_a_quotation_is_cut_where_the_passage_says_more_and_its_number_is_no_word_of_it() -> None:
    archive = an_archive_with_text()
    begins = quoted(archive, "I", "Đến năm 2025: 50% học sinh biết bơi.")
    ends = quoted(archive, "I", "Đến năm 2028: 80%.")
    assert (begins.begins_before, begins.goes_on) == (False, True)
    assert (ends.begins_before, ends.goes_on) == (True, False)
    numbered = quoted(archive, "II", "Sông nước")
    assert (numbered.clause, numbered.begins_before, numbered.goes_on) == ("II.1", False, False)


def test_without_a_text_nothing_stands_anywhere(tmp_path: Path) -> None:
    archive = inspect(without_text(small(tmp_path))).archive
    assert archive is not None
    assert standing(archive) == {}
    assert of_target(archive, archive.targets[0]).clause == ""


# The page


@pytest.mark.parametrize("language", SITE.languages)
def test_every_place_that_a_page_leads_to_in_the_plan_is_there(language: str) -> None:
    pages = pages_of(SMALL)
    text = pages[f"{language}/ke-hoach/index.md"]
    led = {
        place
        for page in pages.values()
        for place in re.findall(r'href="(?:\.\./)*ke-hoach/#([^"]+)"', page)
    }
    assert len(led) == 14
    assert led <= set(re.findall(r' id="([^"]+)"', text))


def test_a_remark_of_the_site_is_marked_as_one_and_names_its_source() -> None:
    text = pages_of(SMALL)["vi/ke-hoach/index.md"]
    (first, _) = re.findall(r"<aside.*?</aside>", text, re.DOTALL)
    assert "Ghi chú của trang:" in first
    assert "Nguồn: Dự án tiendo" in first


def test_a_plan_without_its_text_has_no_page_of_it_and_leads_to_none(tmp_path: Path) -> None:
    pages = pages_of(without_text(small(tmp_path)))
    assert [path for path, page in pages.items() if "ke-hoach/" in path + page] == []


def an_archive_with_text() -> Archive:
    archive = inspect(SMALL).archive
    assert archive is not None
    return archive


def pages_of(data: Path) -> dict[str, str]:
    archive = inspect(data).archive
    assert archive is not None
    known = results(published(archive, NOW), NOW)
    return {
        path: content.decode() for path, content in pages(known, SITE, {}) if path.endswith(".md")
    }
