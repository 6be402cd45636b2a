"""An area's page: its indicators against the plan's targets, what is missing, who reported."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from tiendo.charts.draw import StripChart
from tiendo.charts.embeds import snippets
from tiendo.charts.picture import picture_files
from tiendo.charts.pictures import course_name, small
from tiendo.judge.areas import heirs
from tiendo.judge.bodies import committees
from tiendo.judge.ranking import ranked
from tiendo.judge.years import in_year
from tiendo.pages.area_findings import beside as beside_the_verdicts
from tiendo.pages.area_findings import opening
from tiendo.pages.area_history import (
    OriginGroup,
    index,
    lies_in,
    namesakes,
    origins,
    origins_finding,
    same_code,
)
from tiendo.pages.borders import Borders, borders, restated_from
from tiendo.pages.compare import compare_link
from tiendo.pages.corrections import correction_notes
from tiendo.pages.datasets import dataset
from tiendo.pages.indicator import level_cell, rank_of
from tiendo.pages.milestone import milestone_links
from tiendo.pages.overview import Drawings, Plans
from tiendo.pages.page import Page
from tiendo.pages.page_end import Closing, closing, source_text, sources_of
from tiendo.pages.quotes import card_id, quote_snippets, strip_id
from tiendo.pages.reporting import ReportRow
from tiendo.pages.reports import reports_of_area
from tiendo.terms import Assessment, Figure, Missing, Results, Unit, Verdict
from tiendo.words import addresses
from tiendo.words.desk import (
    Desk,
    agency_link,
    area_link,
    dateline,
    edition_of,
    editions_beside,
    feed_link,
    first_without,
    head,
    home_link,
    indicator_link,
    scope_word,
    unit_of,
)
from tiendo.words.downloads import area_download, area_files, sheet_download
from tiendo.words.figures import figure_said, gap, latest_or_reason, level_text, shown
from tiendo.words.linked_data import Node
from tiendo.words.parts import (
    Cell,
    DescribedLink,
    Embed,
    Fact,
    Gap,
    Head,
    Link,
    LinkedNote,
    Mark,
    Note,
    Shown,
    VerdictCount,
)
from tiendo.words.questions import asked_texts
from tiendo.words.verdicts import (
    area_headlines,
    counts_sentence,
    gap_words,
    mark,
    marks,
    named_counts,
    sentences,
    target_of,
    target_words,
)
from tiendo.words.wording import Words

MOST_NEIGHBOURS = 80
"""More areas than this are not all named on each area's page: in a country these lists alone would
be nine million links."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaCard:
    """A ratio in an area."""

    id: str
    name: Link
    mark: Mark
    value: Shown
    year: str
    target: str
    """"Province's target 2025: 60%"."""
    sentence: str
    """The arithmetic in a sentence."""
    standing: str
    """"5.5 points over, 4th of 12"; empty where neither is known."""
    whole: str = ""
    """"Province 57.3%": the whole area's figure of the same year."""
    source: str = ""
    """Where the figure comes from: document and day."""
    note: str = ""
    """What is asked of the figure, with its answer; normally empty."""
    chart: Markup = Markup("")  # noqa: RUF009 - a constant, nothing is called for each instance
    """A small chart with its own text alternative."""
    files: tuple[Link, ...] = ()
    """The chart to take along: "SVG", "PNG"."""
    borders: Link | None = None
    """To why its line is cut: years in which the land was under other borders."""
    restated_from: str = ""
    """From which editions those years were worked out."""
    embeds: tuple[Embed, ...] = ()
    """What to put into another page to show the figure or its chart there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaStrip:
    """A standard in an area: held or not, year by year."""

    id: str
    name: Link
    mark: Mark
    target: str
    """"Target: level 3"."""
    sentence: str
    """By which decision it is held, and where the newest figure comes from."""
    cells: tuple[Cell, ...]
    """One for each year, in the order of ``AreaPage.years``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaTableRow:
    """An indicator in an area with all its years."""

    id: str
    """The indicator's."""
    name: Link
    child: bool
    values: tuple[Shown, ...]
    """One for each year, in the order of ``AreaPage.years``."""
    values_back: tuple[Shown, ...]
    """The same, the newest first."""
    after: Link | None
    """Where the area is no more: that the series ends, and the way to why."""
    target: str
    mark: Mark
    outcome: str = ""
    """The last result after its last year, with edition and version; normally empty."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MissingRow:
    """A figure that is missing, and why."""

    indicator: Link
    year: str
    gap: Gap
    text: str
    """The note of the data, or the meaning of the reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """What became of an area that is no more."""

    notice: str
    """"The district ended on 30 June 2025. Its last figures stand here, dated."."""
    act: str
    """The legal act as the data names it; empty if it names none."""
    successors: tuple[DescribedLink, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaPage:
    """Everything on one area."""

    head: Head
    trail: tuple[Link, ...]
    kicker: str
    """"District · Hai Duong province"."""
    name: str
    dates: str
    """"Until 30 June 2025"; empty for one that goes on and was always there."""
    not_that: tuple[LinkedNote, ...]
    """What else has this name, or this code in another time; one sentence each."""
    origins: tuple[OriginGroup, ...]
    """Empty for an area that did not begin with a change."""
    origins_finding: str
    lead: str
    """"6 of 10 indicators are met": what ``counts`` says in full; empty without any."""
    finding: str
    """"Of 10 indicators, Tu Ky meets 6 and is behind in 2."."""
    dateline: str
    own_edition: str
    """Which edition its figures are of, where others are shown too; else empty."""
    against: str
    """"Compared with the province's targets: the plan sets none for single districts."."""
    body: Link | None
    """The committee that answers for the area, linked to its duties."""
    ended: Ended | None
    counts: tuple[VerdictCount, ...]
    opening: tuple[Fact, ...]
    """The findings: what is met, what is not, what changed, how it stands, what lacks."""
    facts: tuple[Fact, ...]
    """Those of them that ``counts`` does not say."""
    years: tuple[str, ...]
    years_back: tuple[str, ...]
    """The same, the newest first."""
    cards: tuple[AreaCard, ...]
    dots: str
    """What the dots of the cards are; empty where there are none."""
    strips: tuple[AreaStrip, ...]
    strips_caption: str
    strips_embeds: tuple[Embed, ...]
    """What to put into another page to show a standard there."""
    table_caption: str
    table_after: str
    """Heads what stands for the time after the area's end: "From 1 July 2025"; empty: none."""
    table: tuple[AreaTableRow, ...]
    borders: Borders | None
    sources: tuple[Note, ...]
    """Where each figure comes from, by indicator."""
    missing: tuple[MissingRow, ...]
    reports_caption: str
    """"Reports handed in; due before 15 December each year"; empty: owes none."""
    reports: tuple[ReportRow, ...]
    compare: Link
    """To this area beside others."""
    feed: Link
    """What is new of this area."""
    neighbours: tuple[Link, ...]
    """The other areas of its kind, for going on."""
    corrections: tuple[Note, ...]
    milestones: tuple[Link, ...]
    """The pages of the plan's milestones, behind and ahead."""
    closing: Closing


def area_page(desk: Desk, area: str, plans: Plans, drawings: Drawings) -> AreaPage:
    """Everything on one area."""
    place = desk.area(area)
    judged = area_headlines(desk, area)
    finding = finding_of_area(desk, area, judged)
    made_of = origins(desk, area)
    own, beside = edition_of(desk, area), editions_beside(desk, area)
    gone = first_without(desk, area)
    years = tuple(
        edition.year
        for edition in desk.results.editions
        if area in desk.results.locals_[edition.year]
    )
    figures = [
        figure for name in desk.indicators for figure in desk.results.figures.get((name, area), ())
    ]
    return AreaPage(
        head=head(
            desk,
            title=place.name[desk.language],
            description=finding,
            group=0,
            things=(_dataset(desk, area, figures),),
            feeds=(feed_link(desk, area),),
        ),
        trail=(home_link(desk),),
        kicker=desk.say(
            "tell.area.kicker",
            type=desk.say(f"area_type.{place.type}"),
            scope=lies_in(desk, area),
        ),
        name=place.name[desk.language],
        dates=_dates(desk, area),
        not_that=tuple(
            note
            for note in (namesakes(desk, area), LinkedNote(text=same_code(desk, area), links=()))
            if note.text
        ),
        origins=made_of,
        origins_finding=origins_finding(desk, area),
        lead=_lead(desk, area, judged) or finding,
        finding=finding,
        dateline=dateline(desk, own),
        own_edition=desk.say("tell.area.own-edition", year=own.year, version=own.version)
        if own and beside
        else "",
        against=desk.say("tell.area.against", scope=scope_word(desk))
        if not any(each.own_target for each in judged)
        else desk.say("tell.area.against-own", scope=scope_word(desk)),
        body=_body(desk, area),
        ended=_ended(desk, area),
        counts=named_counts(desk, judged),
        opening=opening(desk, area, judged),
        facts=beside_the_verdicts(desk, area, judged),
        years=tuple(str(year) for year in years),
        years_back=tuple(str(year) for year in reversed(years)),
        cards=tuple(
            _card(desk, each, plans, drawings) for each in judged if not _is_standard(desk, each)
        ),
        dots=_dots(desk, area, plans),
        strips=tuple(_strip(desk, each, years) for each in judged if _is_standard(desk, each)),
        strips_embeds=tuple(
            one
            for each in judged
            if _is_standard(desk, each)
            for one in quote_snippets(desk, each, named=True)
        ),
        strips_caption=_until(
            desk, area, desk.say("tell.area.strips", area=desk.area_within(area))
        ),
        table_caption=_until(desk, area, desk.say("tell.area.table", area=desk.area_within(area))),
        table_after=desk.say("reform.from", on=desk.words.date(gone)) if gone else "",
        table=tuple(_table_row(desk, each, years) for each in judged),
        sources=tuple(
            Note(about=desk.indicators[each.indicator].short[desk.language], text=text)
            for each in judged
            if (text := sources_of(desk, desk.results.figures.get((each.indicator, area), ())))
        ),
        borders=borders(desk, area),
        missing=tuple(
            _missing(desk, figure, figure.missing) for figure in figures if figure.missing
        ),
        reports_caption=desk.say("tell.area.reports", area=desk.area_within(area)),
        reports=reports_of_area(desk, area),
        compare=compare_link(desk, area),
        feed=Link(text=desk.say("feeds.follow"), href=feed_link(desk, area).href),
        neighbours=_neighbours(desk, area, desk.results.locals_[years[-1]] if years else ()),
        corrections=correction_notes(desk, area=area),
        milestones=milestone_links(desk, short=True),
        closing=closing(
            desk,
            title=lambda at: at.area_name(area),
            figures=figures,
            downloads=(area_download(desk, area), *sheet_download(desk, area)),
            edition=own,
            beside=beside,
        ),
    )


def _dataset(desk: Desk, area: str, figures: list[Figure]) -> Node | None:
    names = {figure.indicator for figure in figures}
    return dataset(
        desk,
        name=desk.say("dataset.area", area=desk.area_name(area)),
        description=desk.say(
            "dataset.area-description",
            area=desk.area_within(area),
            plan=desk.results.archive.plan.short[desk.language],
        ),
        place=area,
        years=(figure.year for figure in figures),
        files=area_files(desk, area),
        variables=(each for name, each in desk.indicators.items() if name in names),
    )


def _neighbours(desk: Desk, area: str, others: tuple[str, ...]) -> tuple[Link, ...]:
    """The other areas; of many those next to it by their codes, and the way to all."""
    if len(others) <= MOST_NEIGHBOURS:
        return tuple(area_link(desk, other) for other in others if other != area)
    at = others.index(area)
    first = max(0, min(at - MOST_NEIGHBOURS // 2, len(others) - MOST_NEIGHBOURS - 1))
    near = others[first : first + MOST_NEIGHBOURS + 1]
    all_ = Link(text=desk.say("home.other_areas"), href=desk.href(addresses.HOME))
    return (*(area_link(desk, other) for other in near if other != area), all_)


def _is_standard(desk: Desk, assessment: Assessment) -> bool:
    return desk.scale(assessment.indicator, assessment.area).unit is Unit.LEVEL


def finding_of_area(desk: Desk, area: str, judged: list[Assessment]) -> str:
    """How many indicators carry which verdict, in a sentence."""
    if not judged:
        return desk.say("tell.area.finding-none", area=desk.area_within(area))
    return desk.say(
        "tell.area.finding" if desk.area(area).until is None else "tell.area.finding-last",
        area=desk.area_within(area),
        count=len(judged),
        counts=counts_sentence(desk, marks(desk, judged)),
    )


def _lead(desk: Desk, area: str, judged: list[Assessment]) -> str:
    """How many indicators are met, in a sentence; the others stand under it by name."""
    met = sum(each.verdict is Verdict.MET for each in judged)
    if not judged:
        return ""
    key = "lead" if desk.area(area).until is None else "lead-last"
    return desk.say(
        f"tell.area.{key}" if met else f"tell.area.{key}-none",
        met=desk.words.number(met),
        all=desk.words.number(len(judged)),
        unit=desk.say("unit.indicator", count=len(judged)),
    )


def _body(desk: Desk, area: str) -> Link | None:
    committee = committees(desk.results.archive).get(area)
    return agency_link(desk, committee.agency) if committee is not None else None


def _dates(desk: Desk, area: str) -> str:
    place = desk.area(area)
    if place.since and place.until:
        return desk.say(
            "tell.area.from-to",
            since=desk.words.date(place.since),
            until=desk.words.date(place.until),
        )
    if place.until:
        return desk.say("tell.area.until", until=desk.words.date(place.until))
    if place.since:
        return desk.say("tell.area.since", since=desk.words.date(place.since))
    return ""


def _until(desk: Desk, area: str, caption: str) -> str:
    """A table's caption, with the day that its figures end on where the area is no more."""
    until = desk.area(area).until
    if until is None:
        return caption
    return desk.say("reform.caption-until", caption=caption, until=desk.words.date(until))


def _ended(desk: Desk, area: str) -> Ended | None:
    """What became of an area that is no more; an end to come is not in what may be seen."""
    place = desk.area(area)
    if place.until is None:
        return None
    archive = desk.results.archive
    found = heirs(archive.areas, archive.area_changes, area)
    heirs_of = {heir.area.area for heir in found}
    acts = {
        change.act
        for change in archive.area_changes
        if change.to_area in heirs_of and change.on > place.until and change.act
    }
    return Ended(
        notice=desk.say(
            "tell.area.ended",
            area=place.name[desk.language],
            until=desk.words.date(place.until),
            number=desk.words.number(len(found)),
            unit=unit_of(desk, [heir.area.area for heir in found]),
        )
        if found
        else desk.say(
            "tell.area.ended-alone",
            area=place.name[desk.language],
            until=desk.words.date(place.until),
        ),
        act=desk.words.listed(sorted(acts)),
        successors=tuple(
            DescribedLink(
                link=area_link(desk, heir.area.area),
                text="" if heir.whole else _others(desk, heir.area.area, area),
            )
            for heir in found
        ),
    )


def _others(desk: Desk, heir: str, area: str) -> str:
    """The other areas of the same kind that an heir took parts from."""
    archive = desk.results.archive
    level = desk.area(area).level
    others = set()
    for change in index(archive).into.get(heir, ()):
        if change.from_area == heir:
            continue
        name: str | None = change.from_area
        while name and desk.area(name).level != level:
            name = desk.area(name).parent
        if name and name != area:
            others.add(name)
    if not others:
        return desk.say("tell.area.partly")
    return desk.say(
        "tell.area.also-from",
        areas=desk.words.listed(desk.area_within(name) for name in sorted(others)),
    )


# Indicators ---------------------------------------------------------------------------------


def _card(desk: Desk, assessment: Assessment, plans: Plans, drawings: Drawings) -> AreaCard:
    indicator = desk.indicators[assessment.indicator]
    latest = assessment.latest
    plan = plans.get(course_name(indicator, assessment.area))
    return AreaCard(
        id=card_id(indicator.indicator),
        name=indicator_link(desk, indicator),
        mark=mark(desk, assessment),
        value=shown(desk, latest_or_reason(desk, assessment)),
        year=str(latest.year) if latest else "",
        target=target_words(desk, assessment),
        sentence=" ".join(sentences(desk, assessment)),
        standing=" · ".join(filter(None, (gap_words(desk, assessment), _rank(desk, assessment)))),
        whole=_whole(desk, assessment),
        source=_from(desk, latest),
        note=" ".join(asked_texts(desk, latest)) if latest else "",
        chart=small(desk, course_name(indicator, assessment.area), plans, drawings),
        files=picture_files(desk, plan),
        embeds=(
            *quote_snippets(desk, assessment),
            *(snippets(desk, plan, drawings[plan.name]) if plan is not None else ()),
        ),
        borders=_why(desk, assessment, desk.say("restate.why")),
        restated_from=restated_from(desk, assessment.area, "chart", (indicator.indicator,))
        if plan is not None
        else "",
    )


def _dots(desk: Desk, area: str, plans: Plans) -> str:
    """What the dots of the area's strips are."""
    drawn = (plans.get(course_name(each, area)) for each in desk.indicators.values())
    if not any(plan is not None and isinstance(plan.drawable, StripChart) for plan in drawn):
        return ""
    year = edition_of(desk, area)
    others = desk.results.locals_[year.year] if year is not None else ()
    return desk.say("tell.area.dots", unit=unit_of(desk, list(others)), area=desk.area_within(area))


def _why(desk: Desk, assessment: Assessment, text: str) -> Link | None:
    """The way to why a series breaks: what became of it, or of its area; None where it goes on."""
    if (assessment.indicator, assessment.area) in desk.results.restated:
        return Link(text=text, href="#dia-gioi")
    gone = first_without(desk, assessment.area)
    return Link(text=text, href="#sap-xep") if gone is not None else None


def _after(desk: Desk, assessment: Assessment) -> Link | None:
    """What stands for the time after an area's end: that there is no more, and the way to why."""
    if first_without(desk, assessment.area) is None:
        return None
    is_restated = (assessment.indicator, assessment.area) in desk.results.restated
    key = "restate.chart.break" if is_restated else "reform.ended-cell"
    return _why(desk, assessment, desk.say(key))


def _whole(desk: Desk, assessment: Assessment) -> str:
    """The whole area's figure of the same year."""
    latest = assessment.latest
    if latest is None or latest.value is None:
        return ""
    whole = in_year(desk.results, assessment.indicator, desk.scope, latest.year)
    if whole is None or whole.low is None:
        return ""
    scope = desk.area_name(desk.scope)
    return desk.say("tell.area.whole", scope=scope, value=figure_said(desk, whole))


def _rank(desk: Desk, assessment: Assessment) -> str:
    """The area's place among the others; none where its figure is of another year than theirs."""
    latest, among = assessment.latest, ranked(desk.results, desk.indicators[assessment.indicator])
    if latest is None or latest.value is None or latest.year != among.year:
        return ""
    if assessment.area not in among.places or among.count < 2:  # noqa: PLR2004 - nobody else
        return ""
    rank = rank_of(assessment.area, among)
    key = "rank-shared" if rank.endswith("=") else "rank" if rank else "all-alike"
    return desk.say(
        f"tell.area.{key}",
        rank=rank.rstrip("="),
        all=desk.words.number(among.count),
        unit=unit_of(desk, list(among.places)),
    )


def _strip(desk: Desk, assessment: Assessment, years: tuple[int, ...]) -> AreaStrip:
    indicator = desk.indicators[assessment.indicator]
    return AreaStrip(
        id=strip_id(indicator.indicator),
        name=indicator_link(desk, indicator),
        mark=mark(desk, assessment),
        target=desk.say(
            "tell.area.level",
            level=level_text(desk, indicator, int(assessment.level)),
        ),
        sentence=". ".join(
            filter(
                None,
                (
                    _decision(desk, assessment.latest),
                    _from(desk, assessment.latest),
                    _outcome(desk, assessment),
                ),
            )
        ),
        cells=tuple(level_cell(desk, indicator, assessment.area, year) for year in years),
    )


def _from(desk: Desk, figure: Figure | None) -> str:
    text = source_text(desk, figure)
    return desk.say("source.of", source=text) if text else ""


def _outcome(desk: Desk, assessment: Assessment) -> str:
    """A last result after an area's last edition, with the one it is from; normally empty."""
    latest, own = assessment.latest, edition_of(desk, assessment.area)
    if latest is None or own is None or latest.year <= own.year:
        return ""
    edition = next(each for each in desk.results.editions if each.year == latest.year)
    return desk.say(
        "tell.area.outcome",
        value=figure_said(desk, latest),
        year=edition.year,
        version=edition.version,
    )


def _decision(desk: Desk, figure: Figure | None) -> str:
    """The decision by which a standard is held, with its dates."""
    if figure is None or not figure.decision:
        return ""
    text = figure.decision
    if figure.decided_on:
        text = desk.say("tell.area.decided", decision=text, on=desk.words.date(figure.decided_on))
    if figure.valid_until:
        text = desk.say("tell.area.valid", decision=text, until=desk.words.date(figure.valid_until))
    return text


def _table_row(desk: Desk, assessment: Assessment, years: tuple[int, ...]) -> AreaTableRow:
    indicator = desk.indicators[assessment.indicator]
    series = {
        figure.year: figure
        for figure in desk.results.figures.get((indicator.indicator, assessment.area), ())
    }
    values = tuple(shown(desk, series.get(year)) for year in years)
    return AreaTableRow(
        id=indicator.indicator,
        name=indicator_link(desk, indicator),
        child=indicator.parent is not None,
        values=values,
        values_back=values[::-1],
        after=_after(desk, assessment),
        target=f"{assessment.target.year}: {target_of(desk, assessment)}",
        mark=mark(desk, assessment),
        outcome=_outcome(desk, assessment),
    )


def _missing(desk: Desk, figure: Figure, missing: Missing) -> MissingRow:
    reason = gap(desk, missing)
    return MissingRow(
        indicator=indicator_link(desk, desk.indicators[figure.indicator]),
        year=str(figure.year),
        gap=reason,
        text=figure.note[desk.language] or desk.say(f"missing.{reason.kind}.meaning"),
    )


def _subjects(results: Results, _: Words) -> dict[str, None]:
    """The areas that an edition is about."""
    return dict.fromkeys(
        area for edition in results.editions for area in results.locals_[edition.year]
    )


PAGE = Page(
    id="area",
    address=addresses.AREAS,
    build=lambda at, material, name: area_page(at, name, material.plans, material.drawings),
    subjects=_subjects,
    withdrawn=lambda desk, name: desk.area_name(name),
)
