"""The page of corrections, and what other pages note of it: changes of what was published."""

from __future__ import annotations

from dataclasses import dataclass

from tiendo.judge.steps import changes
from tiendo.pages.page import Page
from tiendo.words import addresses
from tiendo.words.corrections import correction_row
from tiendo.words.desk import Desk, feed_link, head
from tiendo.words.parts import Correction, Head, Link, Note
from tiendo.words.withdrawals import withdrawal_notes


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionsPage:
    """What was changed after it was published."""

    head: Head
    title: str
    finding: str
    """"No published figure has been changed so far."."""
    introduction: str
    withdrawals: tuple[Note, ...]
    """What was taken back, newest first."""
    feed: Link
    rows: tuple[Correction, ...]


def corrections_page(desk: Desk) -> CorrectionsPage:
    """Everything that was changed after it was published, newest first."""
    title = desk.say("corrections_page.title")
    found = changes(desk.results)
    gone = withdrawal_notes(desk)
    finding = " ".join(
        desk.say(key, count=len(told))
        for key, told in (("corrections_page.finding", found), ("withdrawn.finding", gone))
        if told
    )
    finding = finding or desk.say("corrections_page.none")
    return CorrectionsPage(
        head=head(desk, title=title, description=f"{title}: {finding}", group=2),
        title=title,
        finding=finding,
        introduction=desk.say("corrections_page.introduction"),
        feed=Link(text=desk.say("feeds.follow"), href=feed_link(desk).href),
        withdrawals=gone,
        rows=tuple(correction_row(desk, change) for change in found),
    )


def correction_notes(
    desk: Desk, *, indicator: str = "", area: str = "", year: int | None = None
) -> tuple[Note, ...]:
    """The corrections of an indicator, an area or a year's edition, newest first, as notes."""
    return tuple(
        Note(about=row.released, text=_note(desk, row), id=row.id)
        for change in changes(desk.results)
        if (not indicator or change.indicator == indicator)
        and (not area or change.area == area)
        and (year is None or change.after.year == year)
        for row in (correction_row(desk, change),)
    )


# In words -----------------------------------------------------------------------------------


def _note(desk: Desk, row: Correction) -> str:
    what = ", ".join(filter(None, (row.what.text, row.area.text)))
    return desk.say(
        "corrections_page.note",
        what=what,
        edition=row.edition.text,
        old=row.old,
        new=row.new,
        reason=row.reason,
    )


PAGE = Page(
    id="corrections",
    address=addresses.CORRECTIONS,
    build=lambda at, _material, _: corrections_page(at),
    menu="data",
)
