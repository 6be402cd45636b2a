"""The page of terms: each word in one sentence, and the way to it from where it first stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest
from packages_at_hand import NOW, SITE, SMALL, inspect
from pages_at_hand import pages
from test_pages_finding import desk_of

from tiendo.config import ROOT
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.pages.contents import PAGES
from tiendo.pages.glossary import glossary_page, terms
from tiendo.pages.search import entries
from tiendo.pages.term_links import linking
from tiendo.terms import Missing, Verdict
from tiendo.words.wording import words

both_languages = pytest.mark.parametrize("language", ["vi", "en"])


@both_languages
def test_each_term_is_told_in_one_short_sentence(language: str) -> None:
    for term in terms(words(language)):
        assert re.fullmatch(r"[^.!?]+\.", term.meaning), term.id
        assert len(term.meaning.split()) <= 25, term.id


@both_languages
def test_a_term_stands_once_and_has_a_place_of_its_own_that_is_the_same_in_both_languages(
    language: str,
) -> None:
    found = terms(words(language))
    for of in ([term.id for term in found], [term.word for term in found]):
        assert [each for each, count in Counter(of).items() if count > 1] == []
    assert [term.id for term in found] == [term.id for term in terms(words("vi"))]
    spellings = Counter(each for term in found for each in term.linked)
    assert [each for each, count in spellings.items() if count > 1] == []


@both_languages
def test_every_verdict_and_every_reason_for_a_gap_is_told_in_the_words_of_its_legend(
    language: str,
) -> None:
    told = words(language)
    meanings = {term.meaning for term in terms(told)}
    for verdict in Verdict:
        assert told.say(f"verdict.{verdict.value}.meaning") in meanings
    for reason in Missing:
        assert told.say(f"missing.{reason.value}.meaning") in meanings


@both_languages
def test_a_term_is_found_where_it_stands(language: str) -> None:
    desk = desk_of(ROOT / "data", language)
    placed = {term.id for group in glossary_page(desk).groups for term in group.terms}
    found = {entry.address for entry in entries(desk, PAGES) if entry.group == "term"}
    assert found <= {f"glossary/#{each}" for each in placed}
    assert {"glossary/#mau-so", "glossary/#so-ket"} <= found


# From other pages ---------------------------------------------------------------------------

LINK = re.compile(r'<a class="td-term" href="(?:\.\./)*thuat-ngu/#([^"]+)">([^<]+)</a>')


def linked(html: str, language: str = "vi") -> str:
    """The text with its links as "[word](term)"."""
    put = linking(words(language))(html, replace(desk_of(SMALL, language), here="year/2024/"))
    return LINK.sub(r"[\2](\1)", put)


@cache
def small_pages() -> Mapping[str, str]:
    found = inspect(SMALL)
    assert found.archive is not None
    known = results(published(found.archive, NOW), NOW)
    return {
        path: content.decode() for path, content in pages(known, SITE, {}) if path.endswith(".md")
    }


def test_a_term_leads_to_its_sentence_where_it_first_stands_and_there_alone() -> None:
    told = linked("<p>Tử số chia cho mẫu số.</p><p>Mẫu số là 40, <b>tử số</b> là 30.</p>")
    assert told == (
        "<p>[Tử số](tu-so) chia cho [mẫu số](mau-so).</p><p>Mẫu số là 40, <b>tử số</b> là 30.</p>"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Mẫu số</h2>",
        "<p><a href='x'>Mẫu số</a></p>",
        '<blockquote lang="vi"><p>Mẫu số</p></blockquote>',
        '<li><span lang="vi">mẫu số</span></li>',
        "<table><tr><th>Mẫu số</th><td><p>mẫu số</p></td></tr></table>",
        '<div class="td-figure"><p>mẫu số</p></div>',
        '<p class="td-cite">mẫu số</p>',
        "<details><summary>mẫu số</summary><p>mẫu số</p></details>",
        "title: 'mẫu số'",
        "<p>Gửi biểu mẫu số liệu. Nêu tổng kết quả của các nơi.</p>",
    ],
)
def test_no_term_is_linked_in_others_words_or_in_what_is_no_sentence_or_inside_other_words(
    html: str,
) -> None:
    assert linked(html) == html


def test_in_english_a_word_is_no_part_of_another() -> None:
    told = linked("<p>Codenominators and numerators.</p>", "en")
    assert told == "<p>Codenominators and [numerators](tu-so).</p>"


def test_every_link_of_a_site_leads_to_a_term_that_there_is_and_each_once_from_a_page() -> None:
    leading = 0
    for path, html in small_pages().items():
        language = "en" if path.startswith("en/") else "vi"
        to = [id_ for id_, _ in LINK.findall(html)]
        assert [each for each, count in Counter(to).items() if count > 1] == [], path
        there = set(
            re.findall(r'<dt id="([^"]+)"', small_pages()[f"{language}/thuat-ngu/index.md"])
        )
        assert set(to) <= there, path
        leading += len(to) > 0
        # Not so many that a page is hard to read.
        assert len(to) <= 8, path
    assert leading > 20


@pytest.mark.parametrize("path", ["thuat-ngu", "tim-kiem", "tro-giup"])
def test_lists_of_words_and_codes_lead_nowhere(path: str) -> None:
    assert 'class="td-term"' not in small_pages()[f"vi/{path}/index.md"]
