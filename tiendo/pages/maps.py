"""Areas where they lie: how many targets each has met, and an indicator's figures year by year.

Where the data have outlines of the areas of a year, they are drawn; else each area is a tile in
the place that the table of areas gives it; areas without either stand in the table alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tiendo.charts.draw import by_area, outlines_svg
from tiendo.charts.pictures import MOST_RANKED
from tiendo.judge.assess import known_of
from tiendo.judge.once import once
from tiendo.judge.years import in_year
from tiendo.terms import Assessment, Edition, Indicator, Missing, Results, Verdict
from tiendo.words import addresses
from tiendo.words.desk import ROOMY, Desk, area_link, columns_of, past_areas, scope_word
from tiendo.words.figures import correction_mark, figure_text, gap, status_tag
from tiendo.words.parts import Cell
from tiendo.words.verdicts import area_headlines, dated


@dataclass(frozen=True, kw_only=True, slots=True)
class TileName:
    """An area's name on its tile; what its type adds to it is heard alone where room is scarce."""

    before: str
    text: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MetTile:
    """An area, and how many of its targets are met."""

    row: str
    """From "1", for CSS grid."""
    column: str
    """From "1"."""
    name: TileName
    href: str
    words: str
    """"7 of 10 met"."""
    shade: str
    """"0" (none met) to "4" (all met): the step of the fill; the words say the same."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MetMap:
    """The areas of an edition where they lie, roughly: a list of links that a grid arranges."""

    id: str
    name: str
    """What they are called behind those of today: "12 former districts (until 30 June 2025)"."""
    caption: str
    notice: str
    """That it shows no borders and no scale."""
    columns: str
    """How many tiles stand beside each other."""
    crowded: bool
    """Whether they are so many that a phone needs smaller letters."""
    tiles: tuple[MetTile, ...]
    """In the order in which they should be read without the grid (alphabet)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MapTile:
    """An area on an indicator's tile map."""

    row: str
    """From "1", for CSS grid."""
    column: str
    name: TileName
    href: str
    cell: Cell
    """Its figure of the year, with the verdict by then."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MapYear:
    """The areas of one year: as tiles, or as they lie."""

    id: str
    year: str
    chosen: bool
    """Whether it is the one that is seen first."""
    columns: str
    """How many tiles stand beside each other."""
    crowded: bool
    """Whether they are so many that a phone needs smaller letters."""
    tiles: tuple[MapTile, ...]
    svg: Markup
    """The outlines, with their own text alternative; empty where there are tiles."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaMap:
    """An indicator's areas where they lie, year by year."""

    caption: str
    choose: str
    """Words over the choice of years."""
    years: tuple[MapYear, ...]
    notice: str
    """That figures are illustrative, that it shows no borders, and whose verdict is shown."""


STEPS = 4
"""Into so many parts the share of targets met is cut for the fill of a tile, besides "all"."""


def met_maps(desk: Desk) -> tuple[MetMap, ...]:
    """The areas that have places: of today first, then of editions whose areas are others."""
    seen: set[str] = set()
    found = []
    for edition in reversed(desk.results.editions):
        areas = [
            area
            for area in desk.results.locals_[edition.year]
            if desk.area(area).tile_row is not None
        ]
        if areas and seen.isdisjoint(areas):
            found.append(_met_map(desk, edition.year, areas))
        seen.update(areas)
    return tuple(found)


def shades(desk: Desk) -> tuple[str, ...]:
    """What each step of the fill means, from that of the fewest targets met."""
    return tuple(desk.say(f"map.shade.{step}") for step in range(STEPS + 1))


def _met_map(desk: Desk, year: int, areas: Sequence[str]) -> MetMap:
    names = _tile_names(desk, areas)
    return MetMap(
        id=f"ban-do-{year}",
        name=past_areas(desk, areas, str(year)),
        caption=desk.say("tell.home.map", scope=scope_word(desk)),
        notice=" ".join([desk.say("tell.home.map-notice"), *_by_another_year(desk, year, areas)]),
        columns=str(columns_of(desk, areas)),
        crowded=columns_of(desk, areas) > ROOMY,
        tiles=tuple(_met_tile(desk, area, names[area]) for area in areas),
    )


def _by_another_year(desk: Desk, year: int, areas: Iterable[str]) -> tuple[str, ...]:
    """That some of what counts as met on the map is met by a figure of another year."""
    met = (
        headline
        for area in areas
        for headline in area_headlines(desk, area)
        if headline.verdict is Verdict.MET
    )
    if not any(dated(desk, headline) for headline in met):
        return ()
    return (desk.say("tell.home.map-dated", year=year),)


def _met_tile(desk: Desk, area: str, name: TileName) -> MetTile:
    verdicts = [headline.verdict for headline in area_headlines(desk, area)]
    met = verdicts.count(Verdict.MET)
    place = desk.area(area)
    return MetTile(
        row=str(place.tile_row),
        column=str(place.tile_col),
        name=name,
        href=desk.href(addresses.of_area(area)),
        words=desk.say("tell.home.tile", met=met, total=len(verdicts)),
        shade=str(STEPS * met // len(verdicts)) if verdicts else "0",
    )


def _tile_names(desk: Desk, areas: Sequence[str]) -> dict[str, TileName]:
    """Full names where there is room; else those that are told apart without their types."""
    full = {area: TileName(before="", text=desk.area_name(area), after="") for area in areas}
    if columns_of(desk, areas) <= ROOMY:
        return full
    short = {area: _short(desk, area) for area in areas}
    times = Counter(name.text for name in short.values())
    return {area: short[area] if times[short[area].text] == 1 else full[area] for area in areas}


def _short(desk: Desk, area: str) -> TileName:
    name = desk.area_name(area)
    kind = desk.say(f"area_type.{desk.area(area).type}")
    if name.startswith(f"{kind} "):
        return TileName(before=kind, text=name.removeprefix(f"{kind} "), after="")
    if name.endswith(f" {kind}"):
        return TileName(before="", text=name.removesuffix(f" {kind}"), after=kind)
    return TileName(before="", text=name, after="")


def area_map(desk: Desk, indicator: Indicator) -> AreaMap | None:
    """The map of an indicator with all years in it; None where no area has a place."""
    years = tuple(
        year
        for edition in desk.results.editions
        if (year := _year(desk, indicator, edition)) is not None
    )
    if not years:
        return None
    newest = desk.results.editions[-1].year
    absent = years[-1].year != str(newest)
    is_drawn = any(year.svg for year in years)
    return AreaMap(
        caption=desk.say(
            "map.caption-drawn" if is_drawn else "map.caption",
            indicator=indicator.short[desk.language],
        ),
        choose=desk.say("map.choose"),
        years=(
            *years[:-1],
            MapYear(
                id=years[-1].id,
                year=years[-1].year,
                chosen=True,
                columns=years[-1].columns,
                crowded=years[-1].crowded,
                tiles=years[-1].tiles,
                svg=years[-1].svg,
            ),
        ),
        notice=" ".join(
            filter(
                None,
                (
                    f"{desk.notice}." if desk.notice else "",
                    desk.say("map.drawn" if is_drawn else "map.tiles"),
                    desk.say("map.verdict"),
                    desk.say("map.absent", year=newest) if absent else "",
                ),
            )
        ),
    )


def _year(desk: Desk, indicator: Indicator, edition: Edition) -> MapYear | None:
    areas = desk.results.locals_[edition.year]
    figures = desk.results.figures
    outlines = desk.results.archive.boundaries
    drawn = [area for area in areas if area in outlines]
    placed = drawn or [area for area in areas if desk.area(area).tile_row is not None]
    cells = {area: year_cell(desk, indicator, area, edition.year) for area in placed}
    if not any(
        (indicator.indicator, area) in figures and cells[area].kind != "empty" for area in placed
    ):
        return None
    caption = desk.say("map.of-year", indicator=indicator.short[desk.language], year=edition.year)
    return MapYear(
        id=f"ban-do-{edition.year}",
        year=str(edition.year),
        chosen=False,
        columns=str(columns_of(desk, placed)),
        crowded=columns_of(desk, placed) > ROOMY,
        tiles=() if drawn else _tiles(desk, cells),
        svg=Markup(  # noqa: S704 - made by our own program from escaped text
            outlines_svg(
                by_area(
                    outlines,
                    {area: (cell.kind, _told(desk, area, cell)) for area, cell in cells.items()},
                ),
                alt=desk.say("map.alt", caption=caption),
            )
        ),
    )


def _told(desk: Desk, area: str, cell: Cell) -> str:
    label = cell.corrected.label if cell.corrected is not None else ""
    parts = filter(None, (cell.text, cell.word, cell.provisional, label))
    return desk.say("map.tip", area=desk.area_name(area), said=" · ".join(parts))


def _tiles(desk: Desk, cells: Mapping[str, Cell]) -> tuple[MapTile, ...]:
    names = _tile_names(desk, [*cells])
    return tuple(
        MapTile(
            row=str(desk.area(area).tile_row),
            column=str(desk.area(area).tile_col),
            name=names[area],
            href=area_link(desk, area).href,
            cell=cell,
        )
        for area, cell in cells.items()
    )


def year_cell(desk: Desk, indicator: Indicator, area: str, year: int) -> Cell:
    """An area's figure of a year, with the verdict as it was when no later year was known."""
    figure = in_year(desk.results, indicator.indicator, area, year)
    if figure is None:
        return Cell(kind="empty", word=desk.say("grid.not-expected"))
    if figure.low is None:
        reason = gap(desk, figure.missing or Missing.NOT_REPORTED)
        return Cell(kind=reason.kind, word=reason.word, corrected=correction_mark(desk, figure))
    judged = _verdicts_by(desk.results, year).get((indicator.indicator, area))
    if judged is None:
        return Cell(
            kind="empty",
            word=status_tag(desk, figure),
            text=figure_text(desk, figure),
            corrected=correction_mark(desk, figure),
        )
    return Cell(
        kind=judged.verdict.value,
        word=desk.say(f"verdict.{judged.verdict.value}.word"),
        text=figure_text(desk, figure),
        provisional=desk.say("status.provisional") if judged.provisional else "",
        corrected=correction_mark(desk, figure),
    )


@once
def _verdicts_by(results: Results, year: int) -> Mapping[tuple[str, str], Assessment]:
    """The verdicts on all areas that are shown with a year's figures; of a country's not all."""
    if results.editions[-1].year <= year:
        return results.headlines
    areas = {
        name
        for edition in results.editions
        for name in results.locals_[edition.year]
        if len(results.locals_[edition.year]) <= MOST_RANKED
        or results.archive.areas[name].tile_row is not None
        or name in results.archive.boundaries
    }
    return known_of(results, year, frozenset(areas)).headlines
