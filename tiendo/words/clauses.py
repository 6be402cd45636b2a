"""Clauses of the plan in words, and the way to where they stand."""

from __future__ import annotations

from tiendo.judge.clauses import Quoted, kinds, of_duty
from tiendo.terms import Duty, PassageKind
from tiendo.words import addresses
from tiendo.words.desk import Desk
from tiendo.words.parts import Link


def clause_link(desk: Desk, clause: str) -> Link:
    """A clause by its number ("Clause II.2.1, item 3"), with its place where the text is given."""
    numbered, _, item = clause.partition("-")
    known = kinds(desk.results.archive)
    if not item:
        text = desk.say("clause.whole", clause=clause)
    elif known.get(clause) is PassageKind.PARAGRAPH:
        text = desk.say("clause.paragraph", clause=numbered, item=item)
    else:
        text = desk.say("clause.item", clause=numbered, item=item)
    return Link(text=text, href=desk.href(addresses.of_clause(clause)) if clause in known else "")


def duty_link(desk: Desk, duty: Duty) -> Link:
    """The clause that a duty stands in; what its table names where the text has none such."""
    return clause_link(desk, of_duty(desk.results.archive, duty).clause or duty.clause)


def as_quoted(desk: Desk, found: Quoted, words: str) -> str:
    """A quotation with a sign where the passage says more: "… Of which, 12% of the population"."""
    if found.begins_before:
        words = desk.say("clause.begins_before", words=words)
    return desk.say("clause.goes_on", words=words) if found.goes_on else words
