"""The files that can be taken away, by what is in them; their addresses and their names."""

from __future__ import annotations

from collections.abc import Iterable

from tiendo.config import Site
from tiendo.judge.once import once
from tiendo.terms import Edition, Indicator, Results
from tiendo.words import addresses
from tiendo.words.desk import Desk, released_on, released_words, with_sheet
from tiendo.words.parts import Download, Link
from tiendo.words.wording import Words

DESCRIPTOR = "datapackage.json"
FIGURES = "observations.csv"
"""The table of an edition's package that its figures stand in."""

WORKBOOK = f"{addresses.FILES}so-lieu.xlsx"
ARCHIVE = f"{addresses.FILES}so-lieu.zip"
CATALOGUE = f"{addresses.FILES}catalog.jsonld"
CSV_METADATA = f"{addresses.FILES}csv-metadata.json"
"""Where CSV on the Web looks for it from any table of the folder."""

WHOLE = (
    ("xlsx", WORKBOOK),
    ("csv", f"{addresses.FILES}so-lieu.csv"),
    ("excel", f"{addresses.FILES}so-lieu-excel.csv"),
    ("json", f"{addresses.API}so-lieu.json"),
    ("zip", ARCHIVE),
    ("package", f"{addresses.FILES}{DESCRIPTOR}"),
    ("csvw", CSV_METADATA),
    ("catalogue", CATALOGUE),
)
"""The forms of all figures and their addresses; a workbook only where it `fits`, and of that the
one in the site's first language."""

MOST_WORKBOOKS = 300
"""With figures of more areas than that, no area has a workbook of its own."""
MOST_ROWS = 1_048_575
"""So many rows of figures has a sheet of Excel, below its headings."""

VERDICTS = (
    ("csv", f"{addresses.FILES}ket-luan.csv"),
    ("excel", f"{addresses.FILES}ket-luan-excel.csv"),
    ("json", f"{addresses.API}ket-luan.json"),
)
"""The forms of all verdicts and their addresses."""

QUALITY = (
    ("csv", f"{addresses.FILES}chat-luong.csv"),
    ("excel", f"{addresses.FILES}chat-luong-excel.csv"),
    ("json", f"{addresses.API}chat-luong.json"),
)
"""The forms of who has given what, and their addresses."""

RESTATED = (
    ("csv", f"{addresses.FILES}tinh-lai.csv"),
    ("excel", f"{addresses.FILES}tinh-lai-excel.csv"),
    ("json", f"{addresses.API}tinh-lai.json"),
)
"""The forms of the figures on other borders, and their addresses."""


Forms = tuple[tuple[str, str], ...]
"""The forms of some figures, and their addresses."""


def column_label(words: Words, column: str) -> str:
    """What heads a column of open data; of words in another language, with that language."""
    if words.knows(f"column_label.{column}"):
        return words.say(f"column_label.{column}")
    stem, _, language = column.rpartition("_")
    label = words.say(f"column_label.{stem}_")
    if language == words.language:
        return label
    return words.say("language.beside", label=label, language=words.called(language))


def column_meaning(words: Words, column: str) -> str:
    """What a column of open data holds."""
    if words.knows(f"column.{column}"):
        return words.say(f"column.{column}")
    stem, _, language = column.rpartition("_")
    return words.say(f"column.{stem}_", language=words.called(language))


def workbook_file(site: Site, workbook: str, language: str) -> str:
    """Where a workbook stands in a language: people read it, so that each has its own."""
    return addresses.in_language(workbook, language, site)


def whole_files(desk: Desk) -> Forms:
    """The forms of all figures for the readers of a language."""
    return _in_language(desk, WHOLE)


def indicator_files(desk: Desk, indicator: str) -> Forms:
    """The forms of one indicator's figures and their addresses."""
    return _in_language(desk, _forms("chi-tieu", indicator, workbook=True))


def area_files(desk: Desk, area: str) -> Forms:
    """The forms of one area's figures and their addresses."""
    has_workbook = areas_have_workbooks(desk.results)
    return _in_language(desk, _forms("dia-ban", area, workbook=has_workbook))


@once
def areas_have_workbooks(results: Results) -> bool:
    """Whether there are few enough areas for one each."""
    return len({area for _, area in results.figures}) <= MOST_WORKBOOKS


@once
def most_rows(results: Results) -> int:
    """The rows of the longest sheet in a workbook of everything."""
    tables = (results.figures.values(), results.assessments.values())
    return max(sum(len(rows) for rows in table) for table in tables)


def fits(results: Results) -> bool:
    """Whether a workbook can hold everything."""
    return most_rows(results) <= MOST_ROWS


def edition_file(edition: Edition, name: str) -> str:
    """The address of a file of an edition, as it was signed off."""
    return version_file(edition.year, edition.version, name)


def edition_note(edition: Edition) -> str:
    """The address of what is told of an edition beside its package."""
    return version_note(edition.year, edition.version)


def version_file(year: int, version: int, name: str) -> str:
    """The address of a file of a version, whether or not it still has it."""
    return f"{addresses.FILES}nam/{year}/v{version}/{name}"


def version_note(year: int, version: int) -> str:
    """The address of what is told of a version beside its package."""
    return f"{addresses.FILES}nam/{year}/v{version}.txt"


def superseded_words(desk: Desk, edition: Edition) -> str:
    """By which version, and when, another has taken a version's place; empty for the newest."""
    newer = [
        each
        for each in desk.results.archive.editions
        if each.year == edition.year and each.version > edition.version
    ]
    if not newer:
        return ""
    day = released_on(desk, newer[0])
    return desk.say(
        "downloads.superseded",
        version=newer[0].version,
        date=desk.words.date(day) if day is not None else desk.say("notice.preview"),
    )


def version_told(desk: Desk, edition: Edition) -> str:
    """What a version is, in lines: which, of when, whether another has taken its place."""
    out = released_words(desk, edition)
    lines = [
        desk.say("downloads.edition", year=edition.year, version=edition.version),
        desk.notice,
        withdrawn_words(desk, edition),
        superseded_words(desk, edition),
        desk.say("downloads.edition-note", as_of=desk.words.date(edition.as_of)),
        f"{out[:1].upper()}{out[1:]}." if released_on(desk, edition) else "",
        edition.reason[desk.language],
        desk.absolute(addresses.of_year(edition.year)),
    ]
    return "".join(f"{line}\n" for line in lines if line)


def whole_download(desk: Desk) -> Download:
    """All figures of all indicators, areas and years; told where Excel can't hold them."""
    note = (
        ""
        if fits(desk.results)
        else desk.say("sheets.too-long", count=desk.words.number(most_rows(desk.results)))
    )
    return _download(desk, desk.say("downloads.whole"), whole_files(desk), note=note)


def verdicts_download(desk: Desk) -> Download:
    """All verdicts with their arithmetic."""
    return _download(desk, desk.say("downloads.verdicts"), VERDICTS)


def quality_download(desk: Desk) -> Download:
    """Who has given what, when, and why cells are empty."""
    return _download(desk, desk.say("quality_page.download"), QUALITY)


def restated_download(desk: Desk) -> Download:
    """Figures on the borders of other years: the site's own working."""
    return _download(desk, desk.say("restate.download"), RESTATED)


def indicator_download(desk: Desk, indicator: Indicator) -> Download:
    """All areas and years of an indicator."""
    files = indicator_files(desk, indicator.indicator)
    return _download(desk, indicator.short[desk.language], files)


def area_download(desk: Desk, area: str) -> Download:
    """All indicators and years of an area."""
    return _download(desk, desk.area_name(area), area_files(desk, area))


def sheet_file(desk: Desk, area: str) -> str:
    """Where an area's printed sheet stands."""
    return addresses.in_language(addresses.sheet_of_area(area), desk.language, desk.site)


def sheet_download(desk: Desk, area: str) -> tuple[Download, ...]:
    """An area's figures on one sheet of paper, where there is one."""
    if not with_sheet(desk, area):
        return ()
    link = Link(text=desk.say("paper.form"), href=desk.file_href(sheet_file(desk, area)))
    return (Download(name=desk.say("paper.download", area=desk.area_name(area)), files=(link,)),)


def every_version(desk: Desk) -> tuple[Edition, ...]:
    """Every version that is or was public, the newest first; of withdrawn ones the names alone."""
    archive = desk.results.archive
    every = (*archive.editions, *archive.withdrawn)
    return tuple(sorted(every, key=lambda each: (each.year, each.version), reverse=True))


def withdrawn_words(desk: Desk, edition: Edition) -> str:
    """That a version, or some of its figures, was withdrawn, and when; normally empty."""
    mine = [
        one
        for one in desk.results.archive.withdrawals
        if (one.year, one.version) == (edition.year, edition.version)
    ]
    if not mine:
        return ""
    newest = mine[-1].withdrawn.astimezone(desk.site.timezone).date()
    told = desk.say("withdrawn.short", day=desk.words.date(newest))
    if any(one.of_version for one in mine):
        return f"{told[:1].upper()}{told[1:]}."
    return desk.say("withdrawn.altered")


def edition_download(desk: Desk, edition: Edition) -> Download:
    """The package of an edition, file by file, as it was signed off."""
    names = sorted(edition.files, key=lambda name: (name != DESCRIPTOR, name))
    files = tuple(
        Link(text=name, href=desk.file_href(edition_file(edition, name))) for name in names
    )
    told = Link(text=desk.say("downloads.form.told"), href=desk.file_href(edition_note(edition)))
    return Download(
        name=desk.say("downloads.edition", year=edition.year, version=edition.version),
        files=(*files, told),
        note=" ".join(
            filter(
                None,
                (
                    withdrawn_words(desk, edition),
                    superseded_words(desk, edition),
                    desk.say("downloads.edition-note", as_of=desk.words.date(edition.as_of)),
                ),
            )
        ),
    )


def edition_table(desk: Desk, edition: Edition, name: str) -> Download | None:
    """One table of an edition's package; None where the edition has none."""
    if name not in edition.files:
        return None
    return Download(
        name=desk.say("downloads.edition", year=edition.year, version=edition.version),
        files=(
            Link(
                text=desk.say("downloads.form.csv"),
                href=desk.file_href(edition_file(edition, name)),
            ),
        ),
        note=superseded_words(desk, edition),
    )


def _in_language(desk: Desk, forms: Forms) -> Forms:
    return tuple(
        (form, workbook_file(desk.site, path, desk.language) if form == "xlsx" else path)
        for form, path in forms
    )


def _forms(folder: str, name: str, *, workbook: bool) -> Forms:
    return (
        *((("xlsx", f"{addresses.FILES}{folder}/{name}.xlsx"),) if workbook else ()),
        ("csv", f"{addresses.FILES}{folder}/{name}.csv"),
        ("excel", f"{addresses.FILES}{folder}/{name}-excel.csv"),
        ("json", f"{addresses.API}{folder}/{name}.json"),
    )


def _download(
    desk: Desk, name: str, files: Iterable[tuple[str, str]], *, note: str = ""
) -> Download:
    return Download(
        name=name,
        note=note,
        files=tuple(
            Link(text=desk.say(f"downloads.form.{form}"), href=desk.file_href(path))
            for form, path in files
        ),
    )


MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "excel": "text/csv",
    "json": "application/json",
    "zip": "application/zip",
}
"""By the form of a download; the others describe the tables, and are without figures."""
