"""What a link to a page shows where it is shared: figure and verdict, or the bar of verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tiendo.charts.draw import BULLET, KINDS, Card, Share
from tiendo.charts.pictures import bullet_in
from tiendo.pages.area import finding_of_area
from tiendo.pages.home import finding_of, in_question
from tiendo.terms import Assessment
from tiendo.words import addresses
from tiendo.words.desk import Desk, card_file, dateline, edition_of, with_card, with_pages
from tiendo.words.figures import corrections_of, figure_text
from tiendo.words.verdicts import area_headlines, counted, marks, sentences, verdict_word


def cards(desk: Desk) -> Iterator[tuple[str, Card]]:
    """The cards of a language by their files: the site's own, each indicator's, each area's."""
    plan = desk.results.archive.plan.short[desk.language]
    general = Card(
        site=desk.site.name[desk.language],
        kicker=desk.site.short[desk.language],
        title=plan,
        finding=finding_of(desk) if desk.results.editions else "",
        dateline=dateline(desk),
        notice=desk.notice,
    )
    shares = _shares(desk, in_question(desk)[1]) if desk.results.editions else ()
    yield card_file(desk, addresses.HOME), replace(general, shares=shares)
    for name, indicator in desk.indicators.items():
        headline = desk.results.headlines.get((name, desk.scope))
        if headline is not None:
            card = replace(general, kicker=plan, title=indicator.short[desk.language])
            yield (
                card_file(desk, addresses.of_indicator(name)),
                _with_verdict(desk, card, headline),
            )
    for area in sorted(with_pages(desk.results)):
        if with_card(desk, addresses.of_area(area)):
            judged = area_headlines(desk, area)
            card = replace(
                general,
                kicker=plan,
                title=desk.area_name(area),
                finding=finding_of_area(desk, area, judged),
                dateline=dateline(desk, edition_of(desk, area)),
                shares=_shares(desk, judged),
            )
            yield card_file(desk, addresses.of_area(area)), card


def _shares(desk: Desk, judged: Iterable[Assessment]) -> tuple[Share, ...]:
    return tuple(
        Share(
            kind=verdict.value,
            count=count,
            word=desk.say(f"verdict.{verdict.value}.count", count=count),
        )
        for verdict, count, _ in counted(marks(desk, judged))
    )


def _with_verdict(desk: Desk, card: Card, headline: Assessment) -> Card:
    """A card with the figure that was judged, the verdict and the targets beside it."""
    kind, latest = headline.verdict.value, headline.latest
    is_known = latest is not None and latest.low is not None
    changed = desk.say("corrected.card") if corrections_of(desk, latest) else ""
    return replace(
        card,
        figure=figure_text(desk, latest) if latest is not None and is_known else "",
        kind=kind,
        word=verdict_word(desk, headline),
        bullet=bullet_in(
            desk,
            desk.indicators[headline.indicator],
            latest,
            size=BULLET,
            look=f'fill="{KINDS[kind]}"',
        ),
        finding=" ".join(filter(None, (sentences(desk, headline)[0], changed))),
    )
