"""The page of data: all files to take away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tiendo.licences import licence_of
from tiendo.pages.codes import CodeList, code_lists
from tiendo.pages.datasets import dataset
from tiendo.pages.page import Page
from tiendo.words import addresses
from tiendo.words.desk import Desk, head, release_of
from tiendo.words.downloads import (
    QUALITY,
    RESTATED,
    VERDICTS,
    area_download,
    area_files,
    column_meaning,
    edition_download,
    edition_file,
    every_version,
    indicator_download,
    quality_download,
    restated_download,
    verdicts_download,
    whole_download,
    whole_files,
)
from tiendo.words.parts import Download, Fact, Head, Link

MOST_AREAS = 100
"""With more areas than that, their files are told by a pattern instead of a list."""

Files = Mapping[str, tuple[int, str]]
"""What is published: address of each file, its size in bytes and its SHA-256."""

_KILO = 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class DownloadGroup:
    """Downloads of one kind: everything, by indicator, by area, by edition."""

    id: str
    name: str
    note: str
    rows: tuple[Download, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DictionaryRow:
    """A column of the data."""

    column: str
    type: str
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Checksum:
    """A file and its SHA-256."""

    file: Link
    size: str
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DataPage:
    """All files to take away."""

    head: Head
    title: str
    introduction: str
    groups: tuple[DownloadGroup, ...]
    """The first holds everything and stands out."""
    forms: tuple[Fact, ...]
    """What each form is good for: term "CSV for Excel", text "semicolons, decimal commas …"."""
    licence: str
    licence_link: Link
    """Its text; ``href`` may be empty (pages name no third party's address)."""
    dictionary: tuple[DictionaryRow, ...]
    codes: tuple[CodeList, ...]
    """What every code means that a file may hold."""
    checksums: tuple[Checksum, ...]


def data_page(desk: Desk, *, files: Files, columns: tuple[tuple[str, str], ...]) -> DataPage:
    """All files to take away, with what their columns mean.

    ``columns`` are name and type of the columns of the published table.  Files that are not
    among ``files`` are not offered.
    """
    title = desk.say("data_page.title")
    introduction = desk.say("data_page.introduction")
    return DataPage(
        head=head(
            desk,
            title=title,
            description=introduction,
            group=2,
            things=(
                dataset(
                    desk,
                    name=desk.results.archive.plan.short[desk.language],
                    description=desk.say(
                        "dataset.whole-description",
                        plan=desk.results.archive.plan.title[desk.language],
                    ),
                    place=desk.scope,
                    years=(edition.year for edition in desk.results.editions),
                    files=[(form, path) for form, path in whole_files(desk) if path in files],
                    variables=desk.indicators.values(),
                ),
            ),
        ),
        title=title,
        introduction=introduction,
        # What is told beside a group has nothing to tell before the first release.
        groups=tuple(
            group
            for group in _groups(desk, files)
            if group.rows or (group.note and desk.results.editions)
        ),
        forms=tuple(
            Fact(
                term=desk.say(f"downloads.form.{form}"),
                text=desk.say(f"data_page.form.{form}"),
            )
            for form, path in whole_files(desk)
            if path in files
        ),
        licence=licence_terms(desk),
        licence_link=Link(text=desk.site.license),
        dictionary=tuple(
            DictionaryRow(column=name, type=kind, meaning=column_meaning(desk.words, name))
            for name, kind in columns
        ),
        codes=code_lists(desk),
        checksums=_checksums(desk, files),
    )


def licence_terms(desk: Desk) -> str:
    """What the licence allows; its name stands behind it."""
    terms = desk.say(f"licence.terms.{licence_of(desk.site.license).terms}")
    return f"{terms} {desk.say('data_page.licence')}"


def size_text(desk: Desk, size: int) -> str:
    """A file's size, in the unit in which it has few digits."""
    if size < _KILO:
        return desk.say("data_page.bytes", number=desk.words.number(size))
    if size < _KILO * _KILO:
        return desk.say("data_page.kilobytes", number=desk.words.number(Fraction(size, _KILO)))
    number = desk.words.number(Fraction(size, _KILO * _KILO), 1)
    return desk.say("data_page.megabytes", number=number)


def _groups(desk: Desk, files: Files) -> tuple[DownloadGroup, ...]:
    archive = desk.results.archive
    areas = _areas(desk)
    listed = areas if len(areas) <= MOST_AREAS else ()
    pattern = "" if listed or not areas else _pattern(desk, areas)
    return (
        _group(
            desk,
            files,
            "tat-ca",
            "whole",
            (
                whole_download(desk),
                verdicts_download(desk),
                quality_download(desk),
                *((restated_download(desk),) if desk.results.restated else ()),
            ),
        ),
        _group(
            desk,
            files,
            "theo-chi-tieu",
            "indicators",
            (indicator_download(desk, each) for each in archive.indicators),
        ),
        _group(
            desk,
            files,
            "theo-dia-ban",
            "areas",
            (area_download(desk, area) for area in listed),
            more=pattern,
        ),
        _group(
            desk,
            files,
            "theo-nam",
            "editions",
            (edition_download(desk, edition) for edition in every_version(desk)),
        ),
    )


def _group(
    desk: Desk, files: Files, id_: str, key: str, rows: Iterable[Download], *, more: str = ""
) -> DownloadGroup:
    here = {desk.file_href(path): size for path, (size, _) in files.items()}
    offered = (_offered(desk, here, row) for row in rows)
    return DownloadGroup(
        id=id_,
        name=desk.say(f"data_page.{key}.name"),
        note=more or desk.say(f"data_page.{key}.note"),
        rows=tuple(row for row in offered if row.files),
    )


def _offered(desk: Desk, here: Mapping[str, int], row: Download) -> Download:
    """A row with those of its files that are published, and their sizes.

    ``here`` are the sizes of all published files by the way to them from this page.
    """
    return Download(
        name=row.name,
        note=row.note,
        files=tuple(
            Link(
                text=desk.say(
                    "data_page.file", form=file.text, size=size_text(desk, here[file.href])
                ),
                href=file.href,
            )
            for file in row.files
            if file.href in here
        ),
    )


def _areas(desk: Desk) -> tuple[str, ...]:
    """The whole area, all areas that have a page, the newest first, then others with figures."""
    found: dict[str, None] = {desk.scope: None}
    for year in sorted(desk.results.locals_, reverse=True):
        found |= dict.fromkeys(desk.results.locals_[year])
    return tuple(found | dict.fromkeys(sorted({area for _, area in desk.results.figures})))


def _pattern(desk: Desk, areas: tuple[str, ...]) -> str:
    """Where the files of an area stand, by the example of the last one."""
    address = next(path for form, path in area_files(desk, areas[-1]) if form == "csv")
    return desk.say(
        "data_page.areas.pattern",
        count=len(areas),
        address=desk.site.address + address,
        area=areas[-1],
        name=desk.area_within(areas[-1]),
    )


def _checksums(desk: Desk, files: Files) -> tuple[Checksum, ...]:
    """The sums of the whole data set's files and of the editions', and each edition's seal."""
    rows = [
        _checksum(desk, files, path)
        for _, path in (*whole_files(desk), *VERDICTS, *QUALITY, *RESTATED)
        if path in files
    ]
    for edition in reversed(desk.results.archive.editions):
        release = release_of(desk, edition)
        if release is not None and release.sha256 is not None:
            name = desk.say("data_page.seal", year=edition.year, version=edition.version)
            href = desk.href(addresses.CALENDAR)
            rows.append(Checksum(file=Link(text=name, href=href), size="", sha256=release.sha256))
        paths = (edition_file(edition, name) for name in sorted(edition.files))
        rows.extend(_checksum(desk, files, path) for path in paths if path in files)
    return tuple(rows)


def _checksum(desk: Desk, files: Files, path: str) -> Checksum:
    size, sha256 = files[path]
    return Checksum(
        file=Link(text=path, href=desk.file_href(path)),
        size=size_text(desk, size),
        sha256=sha256,
    )


PAGE = Page(
    id="data",
    address=addresses.DATA,
    build=lambda at, material, _: data_page(at, files=material.files, columns=material.columns),
    menu="data",
)
