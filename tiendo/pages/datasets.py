"""The data behind a page, described for catalogues: `Dataset` of schema.org.

Only what the site knows: who made the site, not who counted; the plan that set the targets; the
files that can be taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tiendo.terms import Indicator
from tiendo.words import addresses
from tiendo.words.desk import Desk, first_released_on, released_on
from tiendo.words.downloads import MEDIA_TYPES
from tiendo.words.linked_data import Node


def dataset(
    desk: Desk,
    *,
    name: str,
    description: str,
    place: str,
    years: Iterable[int],
    files: Sequence[tuple[str, str]],
    variables: Iterable[Indicator],
) -> Node | None:
    """The figures that can be taken away from the page at hand; None before the first edition.

    ``place`` is the area that they are about, ``files`` their forms and addresses.
    """
    results, language = desk.results, desk.language
    covered = sorted(set(years))
    if not results.editions or not covered:
        return None
    maker = {"@type": "Organization", "name": desk.site.publisher[language]}
    released = [day for each in results.editions if (day := released_on(desk, each))]
    first = [day for each in results.editions if (day := first_released_on(desk, each.year))]
    plan = results.archive.plan
    found: dict[str, object] = {
        "@type": "Dataset",
        "name": name,
        "description": " ".join(
            filter(None, (f"{desk.notice}." if desk.notice else "", description))
        ),
        "url": desk.absolute(desk.here),
        "inLanguage": language,
        "isAccessibleForFree": True,
        "license": {
            "@type": "CreativeWork",
            "name": desk.site.license,
            "url": desk.absolute(addresses.DATA) + "#giay-phep",
        },
        "creator": maker,
        "publisher": maker,
        "isBasedOn": {
            "@type": "CreativeWork",
            "name": f"{plan.number}: {plan.title[language]}",
            "author": {"@type": "Organization", "name": plan.issuer[language]},
            "dateCreated": plan.signed.isoformat(),
        },
        "temporalCoverage": f"{covered[0]}/{covered[-1]}",
        "spatialCoverage": {"@type": "Place", "name": desk.area_name(place)},
        "variableMeasured": [
            {"@type": "PropertyValue", "name": each.short[language]} for each in variables
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": desk.say(f"downloads.form.{form}"),
                "encodingFormat": MEDIA_TYPES[form],
                "contentUrl": desk.site.address + path,
                # All other files are the same for everyone.
                **({"inLanguage": language} if form == "xlsx" else {}),
            }
            for form, path in files
            if form in MEDIA_TYPES
        ],
    }
    if first:
        found["datePublished"] = min(first).isoformat()
    if released:
        found["dateModified"] = max(released).isoformat()
    return found
