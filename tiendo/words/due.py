"""What falls due when, in words."""

from __future__ import annotations

from tiendo.judge.due import Due
from tiendo.words.clauses import duty_link
from tiendo.words.desk import Desk


def when_words(desk: Desk, due: Due) -> str:
    """By when: "trước ngày 15/12/2026", "trong năm 2030"."""
    if due.before is not None:
        return desk.say("due_page.before", day=desk.words.date(due.before))
    return desk.say("due_page.within", year=due.year)


def what_words(desk: Desk, due: Due) -> str:
    """What is due, in short: a report, or what a clause asks."""
    if due.before is not None:
        return desk.say("due_page.report")
    return desk.say("due_page.duty", clause=duty_link(desk, due.duties[0]).text)
