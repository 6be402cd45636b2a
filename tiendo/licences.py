"""The licences that figures may be given under: one table for pages, files and catalogues.

Names and addresses are those of the SPDX license list and of the licences' own makers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ATTRIBUTION, SHARE_ALIKE, FREE = "attribution", "share-alike", "free"
"""What a licence asks: sentences of the wording, under `licence.terms`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Licence:
    """Under what terms figures may be used again."""

    spdx: str
    """Its id in the SPDX license list."""
    short: str
    """As people write it."""
    title: str
    address: str
    """Where its text stands."""
    terms: str
    """What it asks of whoever uses the figures."""


LICENCES = (
    Licence(
        spdx="CC-BY-4.0",
        short="CC BY 4.0",
        title="Creative Commons Attribution 4.0 International",
        address="https://creativecommons.org/licenses/by/4.0/",
        terms=ATTRIBUTION,
    ),
    Licence(
        spdx="CC-BY-SA-4.0",
        short="CC BY-SA 4.0",
        title="Creative Commons Attribution Share Alike 4.0 International",
        address="https://creativecommons.org/licenses/by-sa/4.0/",
        terms=SHARE_ALIKE,
    ),
    Licence(
        spdx="CC0-1.0",
        short="CC0 1.0",
        title="Creative Commons Zero v1.0 Universal",
        address="https://creativecommons.org/publicdomain/zero/1.0/",
        terms=FREE,
    ),
    Licence(
        spdx="ODC-By-1.0",
        short="ODC-By 1.0",
        title="Open Data Commons Attribution License v1.0",
        address="https://opendatacommons.org/licenses/by/1-0/",
        terms=ATTRIBUTION,
    ),
    Licence(
        spdx="ODbL-1.0",
        short="ODbL 1.0",
        title="Open Data Commons Open Database License v1.0",
        address="https://opendatacommons.org/licenses/odbl/1-0/",
        terms=SHARE_ALIKE,
    ),
    Licence(
        spdx="PDDL-1.0",
        short="PDDL 1.0",
        title="Open Data Commons Public Domain Dedication & License 1.0",
        address="https://opendatacommons.org/licenses/pddl/1-0/",
        terms=FREE,
    ),
)


class UnknownLicenceError(ValueError):
    """The settings name a licence that is not in the table."""

    def __init__(self, name: object) -> None:
        known = ", ".join(each.spdx for each in LICENCES)
        super().__init__(f'license = "{name}" ({known})')


def licence_of(name: object) -> Licence:
    """The licence of this name: its SPDX id, its short name or its title, in whatever case.

    A version may be left out where there is one alone.

    Raises:
        UnknownLicenceError: none is called that.

    """
    wanted = _folded(str(name))
    for each in LICENCES:
        names = {_folded(text) for text in (each.spdx, each.short, each.title)}
        if wanted and wanted in names | {re.sub(r"\d\.0$", "", text) for text in names}:
            return each
    raise UnknownLicenceError(name)


def _folded(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum() or letter == ".")
