"""The tables for those who collect data sets: DCAT, CSV on the Web, and everything in one zip.

All of it is said already in the descriptor of the data package, which stays the one that tools
for tables read; here it is in the words of data portals and of the web.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tiendo.licences import licence_of
from tiendo.words import addresses
from tiendo.words.desk import Desk, released_on, released_words
from tiendo.words.downloads import (
    CATALOGUE,
    MEDIA_TYPES,
    QUALITY,
    RESTATED,
    VERDICTS,
    WHOLE,
    WORKBOOK,
    column_meaning,
    fits,
    workbook_file,
)

Node = dict[str, object]

README = "README.txt"

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""A zip knows no earlier day; one that tells nothing, so that the same files give the same zip."""
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"
_LANGUAGE = "http://id.loc.gov/vocabulary/iso639-1/"
_TABLES = {
    "so-lieu": ("downloads.whole", WHOLE),
    "ket-luan": ("downloads.verdicts", VERDICTS),
    "chat-luong": ("quality_page.download", QUALITY),
    "tinh-lai": ("restate.download", RESTATED),
}
"""What each table of the descriptor is called, and its forms."""


# DCAT ---------------------------------------------------------------------------------------


def catalogue(desks: Sequence[Desk], descriptor: Mapping[str, Any]) -> Node:
    """The tables as a catalogue in DCAT, for data portals; ``desks`` are one a language."""
    desk = desks[0]
    here = desk.site.address + CATALOGUE
    return {
        "@context": _CONTEXT,
        "@id": f"{here}#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": _told(desks, lambda one: one.site.name[one.language]),
        "dct:description": _told(desks, lambda one: _noted(one, _about(one))),
        "foaf:homepage": {"@id": desk.site.address, "@type": "foaf:Document"},
        **_common(desks),
        "dcat:dataset": [
            _dataset(desks, resource["name"], here, descriptor["version"])
            for resource in descriptor["resources"]
        ],
    }


def _dataset(desks: Sequence[Desk], table: str, catalogue_address: str, version: str) -> Node:
    desk = desks[0]
    key, forms = _TABLES[table]
    return {
        "@id": f"{catalogue_address}#{table}",
        "@type": "dcat:Dataset",
        "dct:identifier": table,
        "dcat:version": version,
        "dct:title": _told(desks, lambda one: f"{_plan(one)}: {one.say(key)}"),
        "dct:description": _told(desks, lambda one: _noted(one, f"{one.say(key)}. {_about(one)}")),
        "dcat:landingPage": {"@id": desk.absolute(addresses.DATA), "@type": "foaf:Document"},
        **_common(desks),
        **_covered(desks),
        "dcat:distribution": [
            one for form, path in forms for one in _distributions(desks, form, path)
        ],
    }


def _covered(desks: Sequence[Desk]) -> Node:
    """Of which time and which place the figures are."""
    desk = desks[0]
    editions = desk.results.editions
    where: Node = {
        "dct:spatial": {
            "@type": "dct:Location",
            "dct:identifier": desk.area(desk.scope).code,
            "skos:prefLabel": _told(desks, lambda one: one.area_name(one.scope)),
        }
    }
    if not editions:
        return where
    period = {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": _day(date(editions[0].year, 1, 1)),
        "dcat:endDate": _day(editions[-1].as_of),
    }
    return {"dct:temporal": period, **where}


def _distributions(desks: Sequence[Desk], form: str, path: str) -> Iterator[Node]:
    """A file of figures; of a workbook one for each language, which it names."""
    if path == WORKBOOK:
        for one in desks if fits(desks[0].results) else ():
            own = workbook_file(one.site, path, one.language)
            yield _distribution(desks, form, own) | _in_languages([one])
    elif form in MEDIA_TYPES:
        yield _distribution(desks, form, path)


def _in_languages(desks: Sequence[Desk]) -> Node:
    return {
        "dct:language": [
            {"@id": _LANGUAGE + one.language, "@type": "dct:LinguisticSystem"} for one in desks
        ]
    }


def _distribution(desks: Sequence[Desk], form: str, path: str) -> Node:
    desk = desks[0]
    return {
        "@type": "dcat:Distribution",
        "dct:title": _told(desks, lambda one: one.say(f"downloads.form.{form}")),
        "dcat:mediaType": {"@id": _MEDIA + MEDIA_TYPES[form], "@type": "dct:MediaType"},
        "dcat:accessURL": {"@id": desk.absolute(addresses.DATA)},
        "dcat:downloadURL": {"@id": desk.site.address + path},
        "dct:license": _licence(desk),
    }


def _common(desks: Sequence[Desk]) -> Node:
    """Who publishes it, under which licence, in which languages, since when."""
    desk = desks[0]
    days = [day for each in desk.results.archive.editions if (day := released_on(desk, each))]
    since = {"dct:issued": _day(min(days)), "dct:modified": _day(max(days))} if days else {}
    return {
        "dct:publisher": {
            "@type": "foaf:Agent",
            "foaf:name": _told(desks, lambda one: one.site.publisher[one.language]),
        },
        "dct:license": _licence(desk),
        **_in_languages(desks),
        **since,
    }


def _licence(desk: Desk) -> Node:
    """The licence; DCAT-AP wants the class of what is named, for those who have no list of them."""
    return {"@id": licence_of(desk.site.license).address, "@type": "dct:LicenseDocument"}


def _told(desks: Sequence[Desk], what: Callable[[Desk], str]) -> list[Node]:
    """A text in each language."""
    return [{"@language": one.language, "@value": what(one)} for one in desks]


def _day(day: date) -> Node:
    return {"@type": "xsd:date", "@value": day.isoformat()}


def _plan(desk: Desk) -> str:
    return desk.results.archive.plan.short[desk.language]


def _about(desk: Desk) -> str:
    return desk.say(
        "dataset.whole-description", plan=desk.results.archive.plan.title[desk.language]
    )


def _noted(desk: Desk, text: str) -> str:
    """With what is to be said of the figures before everything else."""
    return f"{desk.notice}. {text}" if desk.notice else text


# CSV on the Web -----------------------------------------------------------------------------


def csv_metadata(desk: Desk, descriptor: Mapping[str, Any]) -> Node:
    """The tables in the words of CSV on the Web, which reads what stands beside a table."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": desk.language}],
        "dc:title": descriptor["title"],
        "dc:description": descriptor["description"],
        "dc:publisher": desk.site.publisher[desk.language],
        "dc:license": {"@id": licence_of(desk.site.license).address},
        "tables": [
            {
                "url": resource["path"],
                "dc:title": desk.say(_TABLES[resource["name"]][0]),
                "tableSchema": {
                    "columns": [
                        {
                            "name": column["name"],
                            "titles": column["name"],
                            "datatype": column["type"],
                            "dc:title": column["title"],
                            "dc:description": column["description"],
                        }
                        for column in resource["schema"]["fields"]
                    ],
                    "primaryKey": resource["schema"]["primaryKey"],
                },
            }
            for resource in descriptor["resources"]
        ],
    }


# Everything in one --------------------------------------------------------------------------


def packed(
    files: Mapping[str, bytes], desks: Sequence[Desk], descriptor: Mapping[str, Any]
) -> bytes:
    """Files in one zip, with a text in each language that says what they are.

    The same files give the same bytes: in their order, without the hour.
    """
    told = "\r\n\r\n".join(_readme(desk, descriptor) for desk in desks)
    inside = {path.rpartition("/")[2]: content for path, content in files.items()}
    # Notepad knows by the mark that it is UTF-8.
    inside[README] = b"\xef\xbb\xbf" + told.encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in sorted(inside.items()):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _PLAIN_FILE
            target.writestr(entry, content)
    return made.getvalue()


def _readme(desk: Desk, descriptor: Mapping[str, Any]) -> str:
    plan = desk.results.archive.plan
    lines = [
        f"{desk.site.name[desk.language]}: {_plan(desk)}",
        desk.notice,
        desk.say("sheets.illustrative") if desk.results.illustrative else "",
        "",
        desk.say("sheets.plan", number=plan.number, title=plan.title[desk.language]),
        *edition_lines(desk),
        desk.say("sheets.publisher", name=desk.site.publisher[desk.language]),
        licence_line(desk),
        desk.say("sheets.address", address=desk.absolute(addresses.DATA)),
        "",
        desk.say("sheets.readme.forms"),
        "",
    ]
    for resource in descriptor["resources"]:
        lines += [f"{resource['path']}: {desk.say(_TABLES[resource['name']][0])}"]
        for column in resource["schema"]["fields"]:
            meaning = column_meaning(desk.words, column["name"])
            lines.append(f"  {column['name']} ({column['type']}): {meaning}")
        lines.append("")
    return "\r\n".join(lines)


def licence_line(desk: Desk) -> str:
    """Under what licence the figures are, and what that allows."""
    terms = desk.say(f"licence.terms.{licence_of(desk.site.license).terms}")
    return f"{desk.say('sheets.licence', licence=desk.site.license)} {terms}"


def edition_lines(desk: Desk) -> list[str]:
    """Which editions the figures are of: year, version, as of when."""
    return [
        desk.say(
            "sheets.edition",
            year=edition.year,
            version=edition.version,
            date=desk.words.date(edition.as_of),
            out=released_words(desk, edition),
        )
        for edition in desk.results.editions
    ]
