"""The page of terms: each word in one sentence."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from test_pages_finding import desk_of

from tiendo.config import ROOT
from tiendo.pages.contents import PAGES
from tiendo.pages.glossary import glossary_page, terms
from tiendo.pages.search import entries
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
