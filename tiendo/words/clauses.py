"""Clauses of the plan in words, and the way to where they stand."""

from __future__ import annotations

from tiendo.judge.clauses import Quoted, clauses
from tiendo.terms import PassageKind
from tiendo.words import addresses
from tiendo.words.desk import Desk
from tiendo.words.parts import Link


def clause_link(desk: Desk, clause: str) -> Link:
    """A clause by its number ("Clause II.2.1, item 3"), with its place where the text is given."""
    numbered, _, item = clause.partition("-")
    kinds = {
        known: passage.kind for known, passage in clauses(desk.results.archive) if passage.clause
    }
    if not item:
        text = desk.say("clause.whole", clause=clause)
    elif kinds.get(clause) is PassageKind.PARAGRAPH:
        text = desk.say("clause.paragraph", clause=numbered, item=item)
    else:
        text = desk.say("clause.item", clause=numbered, item=item)
    return Link(text=text, href=desk.href(addresses.of_clause(clause)) if clause in kinds else "")


def as_quoted(desk: Desk, found: Quoted, words: str) -> str:
    """A quotation with a sign where the passage says more: "… Of which, 12% of the population"."""
    if found.begins_before:
        words = desk.say("clause.begins_before", words=words)
    return desk.say("clause.goes_on", words=words) if found.goes_on else words
