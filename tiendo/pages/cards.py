"""What a link to a page shows where it is shared: the finding, its date, and the notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tiendo.charts.draw import Card
from tiendo.pages.area import finding_of_area
from tiendo.pages.home import finding_of
from tiendo.words import addresses
from tiendo.words.desk import Desk, card_file, dateline, edition_of, with_card, with_pages
from tiendo.words.figures import corrections_of
from tiendo.words.verdicts import area_headlines, sentences, verdict_word


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
    yield card_file(desk, addresses.HOME), general
    for name, indicator in desk.indicators.items():
        headline = desk.results.headlines.get((name, desk.scope))
        if headline is not None:
            word = verdict_word(desk, headline)
            is_changed = bool(corrections_of(desk, headline.latest))
            changed = desk.say("corrected.card") if is_changed else ""
            card = replace(
                general,
                kicker=plan,
                title=indicator.short[desk.language],
                finding=" ".join(
                    filter(None, (f"{word}. {sentences(desk, headline)[0]}", changed))
                ),
            )
            yield card_file(desk, addresses.of_indicator(name)), card
    for area in sorted(with_pages(desk.results)):
        if with_card(desk, addresses.of_area(area)):
            card = replace(
                general,
                kicker=plan,
                title=desk.area_name(area),
                finding=finding_of_area(desk, area, area_headlines(desk, area)),
                dateline=dateline(desk, edition_of(desk, area)),
            )
            yield card_file(desk, addresses.of_area(area)), card
