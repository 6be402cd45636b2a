"""The page of data quality: who has given what, why cells are empty, what is asked of figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tiendo.pages.page import Page
from tiendo.pages.page_end import Closing, closing
from tiendo.pages.quality_edition import MOST_AREAS, QualityEdition, legend, quality_edition
from tiendo.terms import Question
from tiendo.words import addresses
from tiendo.words.desk import Desk, area_link, head, indicator_link
from tiendo.words.downloads import quality_download
from tiendo.words.parts import Cell, Head, Link
from tiendo.words.questions import all_questions, answer_text, question_text

MOST_IN_GRID = 100
"""The newest edition has a grid up to so many areas; earlier ones up to fewer."""

MOST_QUESTIONS = 100
"""More than that nobody reads on a page; the file holds all of them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionRow:
    """A warning: which figure, what looks wrong, and what was said to it."""

    indicator: Link
    area: Link
    year: Link
    what: str
    answer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class QualityPage:
    """Who has given what, why cells are empty, what is asked of figures."""

    head: Head
    title: str
    finding: str
    introduction: str
    newest: QualityEdition | None
    """None where nothing is public yet."""
    earlier: tuple[QualityEdition, ...]
    questions_finding: str
    questions_rule: str
    overdue: tuple[str, ...]
    """Announced releases whose hour passed without one."""
    open: tuple[QuestionRow, ...]
    open_more: str
    answered: tuple[QuestionRow, ...]
    answered_more: str
    legend: tuple[Cell, ...]
    """The states that occur in the grids."""
    closing: Closing


def quality_page(desk: Desk) -> QualityPage:
    """Completeness, edition by edition, and the warnings, open and answered."""
    title = desk.say("quality_page.title")
    editions = tuple(
        quality_edition(desk, each, most_in_grid=MOST_AREAS if place else MOST_IN_GRID)
        for place, each in enumerate(reversed(desk.results.editions))
    )
    asked = all_questions(desk)
    still = [one for one in asked if not one.answer]
    done = [one for one in asked if one.answer]
    finding = editions[0].finding if editions else desk.say("quality_page.nothing")
    return QualityPage(
        head=head(desk, title=title, description=desk.say("quality_page.description"), group=2),
        title=title,
        finding=finding,
        introduction=desk.say("quality_page.introduction"),
        newest=editions[0] if editions else None,
        earlier=editions[1:],
        questions_finding=_questions_finding(desk, len(still), len(done)),
        questions_rule=desk.say("quality_page.rule", points=desk.site.jump_points),
        overdue=_overdue(desk),
        open=_rows(desk, still),
        open_more=_more(desk, still),
        answered=_rows(desk, done),
        answered_more=_more(desk, done),
        legend=legend(desk),
        closing=closing(
            desk,
            title=lambda at: at.say("quality_page.title"),
            downloads=(quality_download(desk),),
        ),
    )


def _questions_finding(desk: Desk, still: int, done: int) -> str:
    if not still and not done:
        return desk.say("quality_page.none-asked")
    parts = [
        desk.say("quality_page.still", count=still) if still else desk.say("quality_page.none-open")
    ]
    if done:
        parts.append(desk.say("quality_page.done", count=done))
    return " ".join(parts)


def _rows(desk: Desk, asked: Sequence[Question]) -> tuple[QuestionRow, ...]:
    return tuple(
        QuestionRow(
            indicator=indicator_link(desk, desk.indicators[one.figure.indicator]),
            area=area_link(desk, one.figure.area),
            year=Link(
                text=str(one.figure.year), href=desk.href(addresses.of_year(one.figure.year))
            ),
            what=question_text(desk, one),
            answer=answer_text(desk, one),
        )
        for one in asked[:MOST_QUESTIONS]
    )


def _more(desk: Desk, asked: Sequence[Question]) -> str:
    """That not all are listed, where it is so."""
    if len(asked) <= MOST_QUESTIONS:
        return ""
    return desk.say("quality_page.more-questions", count=len(asked) - MOST_QUESTIONS)


def _overdue(desk: Desk) -> tuple[str, ...]:
    """The announced releases whose hour passed without a signature: their dates are public."""
    return tuple(_overdue_words(desk))


def _overdue_words(desk: Desk) -> Iterator[str]:
    for release in desk.results.calendar:
        if release.sha256 is None and release.released <= desk.results.now:
            when = release.released.astimezone(desk.site.timezone)
            yield desk.say(
                "quality_page.overdue", year=release.year, when=desk.words.date(when.date())
            )


PAGE = Page(
    id="quality",
    address=addresses.QUALITY,
    build=lambda at, _material, _: quality_page(at),
    menu="data",
)
