"""A data folder as large as one likes, by hand: what the program costs in a country, not a province.

    python tests/bench/country.py FOLDER [--areas 3000] [--indicators 14] [--editions 4]
        [--provinces 0]

One territory holds all areas, called ``Xã 0001`` and so on, in so many provinces of its own if they
are asked for; every name and every figure is invented.
The indicators go round the kinds of the real plan in its proportions: five standards, five ratios
of each area, two ratios, a share and a title of the whole.  Each area has a committee with four
duties that reports each year.  One row in a hundred has a reason in place of a figure, one in
fifty a note.  All editions are signed off; the schemas are those of ``data/``, which must be there.

The same arguments give the same bytes, and each figure hangs on its own indicator, area and year:
a larger country holds the figures of a smaller one.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tiendo.read.archive import seal  # noqa: E402  (the script runs from a checkout, not installed)

SEED = 4206
FIRST_YEAR, LAST_YEAR = 2021, 2030
FIRST_REPORT_YEAR = 2022
SCOPE = "tinh-mau"
DEPARTMENT = "so-mau"
FIRST_CODE = 10_001
MOST_AREAS = 9_999
MOST_EDITIONS = LAST_YEAR - FIRST_YEAR + 1
TABLE = "Bảng tổng hợp minh họa"
"""The source of the standards, and of what is reported for the whole province."""

Row = dict[str, str]
Tables = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """What an indicator is like; a plan goes round `KINDS`."""

    measure: str
    direction: str
    level: str
    aggregation: str
    threshold: int = 0
    targets: tuple[int, int]
    """For the middle and the end of the plan; 0: none."""
    is_child: bool = False
    """Whether it is part of the indicator before it."""


_STANDARD = Kind(
    measure="standard",
    direction="hold",
    level="local",
    aggregation="count",
    threshold=1,
    targets=(100, 100),
)
_LOCAL = Kind(measure="ratio", direction="up", level="local", aggregation="sum", targets=(60, 70))
_WHOLE = replace(_LOCAL, level="whole", aggregation="none")

KINDS = (
    replace(_STANDARD, threshold=2),
    _STANDARD,
    replace(_STANDARD, threshold=3),
    replace(_STANDARD, threshold=3, direction="up", targets=(70, 90)),
    _LOCAL,
    _LOCAL,
    replace(_WHOLE, targets=(33, 43)),
    replace(_WHOLE, targets=(12, 15), is_child=True),
    replace(_WHOLE, targets=(70, 90)),
    replace(_LOCAL, targets=(60, 80)),
    replace(_LOCAL, targets=(70, 90)),
    replace(_LOCAL, targets=(40, 60)),
    replace(_STANDARD, direction="up", targets=(25, 50)),
    replace(_WHOLE, measure="title", direction="reach", targets=(0, 1)),
)
"""In the order of the real plan's indicators."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Country:
    """What is asked for."""

    areas: int
    indicators: int = 14
    editions: int = 4
    provinces: int = 0
    """How many provinces lie between the whole territory and its areas; 0: it is one itself."""

    @property
    def years(self) -> range:
        """The years that have an edition."""
        return range(FIRST_YEAR, FIRST_YEAR + self.editions)

    @property
    def kinds(self) -> dict[str, Kind]:
        """The indicators by their ids, in the plan's order."""
        return {
            f"chi-tieu-{place:02}": KINDS[(place - 1) % len(KINDS)]
            for place in range(1, self.indicators + 1)
        }

    @property
    def communes(self) -> list[str]:
        """The ids of the areas."""
        return [f"xa-{number:04}" for number in range(1, self.areas + 1)]

    @property
    def figures(self) -> int:
        """How many rows of observations all editions have, whole areas' own rows aside."""
        local = sum(kind.level == "local" for kind in self.kinds.values())
        return self.editions * (local * self.areas + self.indicators - local)


def make(country: Country, folder: Path) -> None:
    """Write the country into a folder, which must not exist."""
    folder.mkdir(parents=True)
    plan, areas = _plan(country), _areas(country)
    head = {
        "number": "THU-TOC-DO",
        "signed": f"{FIRST_YEAR}-11-15",
        "issuer_vi": "Cơ quan minh họa",
        "issuer_en": "An illustrative body",
        "start": FIRST_YEAR,
        "end": LAST_YEAR,
        "scope": SCOPE,
        "first_report_year": FIRST_REPORT_YEAR,
        "title_vi": "Kế hoạch minh họa để đo tốc độ",
        "title_en": "An illustrative plan to measure speed by",
        "short_vi": "Kế hoạch để đo tốc độ",
        "short_en": "A plan to measure speed by",
        "sections": [
            {"section": "III.1", "title_vi": "Mục minh họa", "title_en": "Illustrative section"}
        ],
    }
    _package(folder / "plan", _descriptor("plan", plan=head), plan)
    _package(folder / "areas", _descriptor("areas"), {"areas": areas, "changes": ()})
    releases = []
    for year in country.years:
        tables = {**_edition(country, year), **_copies(plan, areas)}
        descriptor = _edition_descriptor(country, year)
        sealed = _package(folder / "results" / str(year) / "v1", descriptor, tables)
        releases.append(
            {
                "year": str(year),
                "version": "1",
                "released": f"{year + 1}-01-20T09:00:00+07:00",
                "sha256": sealed,
            }
        )
    _package(folder / "results", _descriptor("results"), {"releases": releases})


def change_a_figure(folder: Path) -> None:
    """Give the first ratio of the newest edition one more in its numerator, and sign it anew."""
    descriptor = json.loads((folder / "plan" / "datapackage.json").read_text("utf-8"))
    scope = descriptor["plan"]["scope"]
    version = max((folder / "results").glob("*/v1"))
    file = version / "observations.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))
    row = next(row for row in rows if row["numerator"] and row["area"] != scope)
    row["numerator"] = str(int(row["numerator"]) + 1)
    whole = [r for r in rows if r["area"] == scope and r["indicator"] == row["indicator"]]
    for own in whole:
        own["numerator"] = str(int(own["numerator"]) + 1)
    file.write_bytes(_csv(list(rows[0]), rows))
    sealed = seal({path.name: path.read_bytes() for path in version.iterdir()})
    calendar = folder / "results" / "releases.csv"
    releases = list(csv.DictReader(io.StringIO(calendar.read_text("utf-8"))))
    for release in releases:
        if release["year"] == version.parent.name:
            release["sha256"] = sealed
    calendar.write_bytes(_csv(list(releases[0]), releases))


# Plan and areas -----------------------------------------------------------------------------


def _plan(country: Country) -> dict[str, Sequence[Row]]:
    return {
        "goals": [
            {
                "goal": f"nhom-{place}",
                "position": str(place),
                "name_vi": f"Nhóm mục tiêu {place}",
                "name_en": f"Group of targets {place}",
            }
            for place in range(1, 5)
        ],
        "indicators": list(_indicators(country)),
        "targets": list(_targets(country)),
        "agencies": [
            {
                "agency": DEPARTMENT,
                "name_vi": "Sở minh họa",
                "name_en": "An illustrative department",
                "short_vi": "Sở minh họa",
            },
            *(
                {
                    "agency": _committee(area),
                    "area": area,
                    "name_vi": f"Ủy ban nhân dân {_name(area, 'vi')}",
                    "name_en": f"People's Committee of {_name(area, 'en')}",
                    "short_vi": f"UBND {_name(area, 'vi')}",
                }
                for area in country.communes
            ),
        ],
        "duties": [
            {
                "duty": f"V1.{number}",
                "agency": agency,
                "role": role,
                "text_vi": f"Nhiệm vụ minh họa số {number}.",
                "text_en": f"Illustrative duty {number}.",
                "clause": "V.1",
                "due": due,
            }
            for number, role, due in (
                (1, "implement", "yearly"),
                (2, "organise", ""),
                (3, "coordinate", ""),
                (4, "report", "before:12-15"),
            )
            for agency in (DEPARTMENT, *map(_committee, country.communes))
        ],
        "actions": [
            {
                "action": f"III.1.{number}",
                "section": "III.1",
                "text_vi": f"Giải pháp minh họa số {number}.",
                "text_en": f"Illustrative action {number}.",
                "recurrence": "yearly",
                "lead": DEPARTMENT,
                "lead_basis": "plan",
            }
            for number in range(1, 27)
        ],
        "changes": (),
    }


def _indicators(country: Country) -> Iterator[Row]:
    names = list(country.kinds)
    for place, (name, kind) in enumerate(country.kinds.items(), start=1):
        words = {
            f"{stem}_{language}": f"{word} {place}"
            for stem, vi, en in (
                ("name", "Chỉ tiêu minh họa số", "Illustrative indicator"),
                ("short", "Chỉ tiêu", "Indicator"),
                ("numerator", "Tử số của chỉ tiêu", "Numerator of indicator"),
                ("denominator", "Mẫu số của chỉ tiêu", "Denominator of indicator"),
                ("definition", "Cách đo của chỉ tiêu", "Measurement of indicator"),
                ("caveat", "Lưu ý về chỉ tiêu", "Caveat of indicator"),
            )
            for language, word in (("vi", vi), ("en", en))
        }
        yield {
            **words,
            "indicator": name,
            "goal": f"nhom-{1 + (place - 1) * 4 // country.indicators}",
            "position": str(place),
            "parent": names[place - 2] if kind.is_child else "",
            "measure": kind.measure,
            "direction": kind.direction,
            "level": kind.level,
            "aggregation": kind.aggregation,
            "counts": "commune" if kind.aggregation == "count" else "",
            "threshold": str(kind.threshold or ""),
            "reporter": DEPARTMENT,
            "decimals": "1",
        }


def _targets(country: Country) -> Iterator[Row]:
    for name, kind in country.kinds.items():
        for year, value in zip((2025, LAST_YEAR), kind.targets, strict=True):
            if value:
                yield {
                    "indicator": name,
                    "year": str(year),
                    "value": str(value),
                    "wording_vi": f"Mục tiêu minh họa năm {year}: {value}.",
                    "wording_en": f"Illustrative target for {year}: {value}.",
                    "clause": "II.2",
                }


def _areas(country: Country) -> list[Row]:
    return [
        {
            "area": SCOPE,
            "level": "province",
            "code": "99",
            "name_vi": "Tỉnh Mẫu",
            "name_en": "Sample Province",
            "type": "province",
        },
        *(
            {
                "area": _province(number),
                "level": "province",
                "parent": SCOPE,
                "code": f"{number:02}",
                "name_vi": f"Tỉnh {number:02}",
                "name_en": f"Province {number:02}",
                "type": "province",
            }
            for number in range(1, country.provinces + 1)
        ),
        *(
            {
                "area": area,
                "level": "commune",
                "parent": _province(1 + place * country.provinces // country.areas)
                if country.provinces
                else SCOPE,
                "code": str(FIRST_CODE + place),
                "name_vi": _name(area, "vi"),
                "name_en": _name(area, "en"),
                "type": "commune",
            }
            for place, area in enumerate(country.communes)
        ),
    ]


def _name(area: str, language: str) -> str:
    return f"{'Xã' if language == 'vi' else 'Commune'} {area.removeprefix('xa-')}"


def _province(number: int) -> str:
    return f"tinh-{number:02}"


def _committee(area: str) -> str:
    return f"ubnd-{area}"


# Editions -----------------------------------------------------------------------------------


def _edition(country: Country, year: int) -> Tables:
    return {
        "observations": [
            row
            for name, kind in country.kinds.items()
            for row in (
                _local_rows(country, name, kind, year)
                if kind.level == "local"
                else [_whole_row(country, name, kind, year)]
            )
        ],
        "reports": [
            {
                "reporter": agency,
                "received_on": f"{year}-12-{_chance(agency, year).randint(1, 16):02}",
                "document": _document(agency, year),
            }
            for agency in (DEPARTMENT, *map(_committee, country.communes))
        ]
        if year >= FIRST_REPORT_YEAR
        else [],
        "actions": [
            {
                "action": f"III.1.{number}",
                "state": "under-way",
                "summary_vi": "Tình hình minh họa.",
                "summary_en": "Illustrative state.",
            }
            for number in range(1, 27)
        ],
    }


def _local_rows(country: Country, name: str, kind: Kind, year: int) -> Iterator[Row]:
    """The rows of all areas; the province's own where its sum lacks one of them."""
    total = [0, 0]
    lacks = False
    for area in country.communes:
        chance = _chance(name, area)
        numerator, denominator, levels = _course(kind, chance)
        once = _chance(name, area, year)
        row = {"indicator": name, "area": area}
        if once.random() < 0.01:
            lacks = True
            yield {**row, "missing": once.choice("xcn")}
        elif kind.measure == "standard":
            held = levels[year - FIRST_YEAR]
            decision = {
                "decision": f"Quyết định minh họa {area}-{year}",
                "decided_on": f"{year}-12-10",
            }
            source = {"status": "A", "source": f"{TABLE} {year}"}
            yield row | source | {"value": str(held)} | (decision if held else {})
        else:
            part = numerator[year - FIRST_YEAR]
            total = [total[0] + part, total[1] + denominator]
            note = {"note_vi": f"Ghi chú minh họa của {area}, {year}."}
            agency = _committee(area) if year >= FIRST_REPORT_YEAR else ""
            yield (
                row
                | {"numerator": str(part), "denominator": str(denominator), "status": "A"}
                | {"source": _document(agency, year) if agency else f"{TABLE} {year}"}
                # Without a note, a large change would be asked about.
                | (note if once.random() < 0.02 else {})
            )
    if lacks and kind.aggregation == "sum":
        yield {
            "indicator": name,
            "area": SCOPE,
            "numerator": str(total[0]),
            "denominator": str(total[1]),
            "status": "A",
            "source": f"{TABLE} {year}",
        }


def _course(kind: Kind, chance: random.Random) -> tuple[list[int], int, list[int]]:
    """An area's numerators with their denominator, and its levels, for every year of the plan."""
    people = chance.randrange(2_000, 20_000)
    share, slope = chance.uniform(0.2, 0.6), chance.uniform(-0.01, 0.05)
    years = range(LAST_YEAR - FIRST_YEAR + 1)
    counts = [int(people * min(1.0, share + slope * year)) for year in years]
    highest = kind.threshold
    start = highest if kind.direction == "hold" else chance.randint(0, highest)
    turn = chance.randrange(20)
    after = start - 1 if kind.direction == "hold" else min(highest, start + 1)
    return counts, people, [start if year < turn else after for year in years]


def _whole_row(country: Country, name: str, kind: Kind, year: int) -> Row:
    row = {"indicator": name, "area": SCOPE, "status": "A", "source": f"{TABLE} {year}"}
    if kind.measure == "title":
        return {**row, "value": "0"}
    people = 1_000 * country.areas
    share = kind.targets[0] / 100 - 0.02 * (2025 - year)
    return {**row, "numerator": str(int(people * share)), "denominator": str(people)}


def _document(agency: str, year: int) -> str:
    return f"Báo cáo minh họa của {agency} năm {year}"


def _chance(*about: object) -> random.Random:
    """Chance that hangs on what it is about, and on nothing drawn before."""
    return random.Random(f"{SEED} {about}")  # noqa: S311 - figures of an example


def _copies(plan: Tables, areas: Sequence[Row]) -> Tables:
    """What a version was measured by, as it is signed off with it."""
    return {"indicators": plan["indicators"], "targets": plan["targets"], "areas": areas}


def _edition_descriptor(country: Country, year: int) -> dict[str, Any]:
    documents = [{"title": f"{TABLE} {year}"}]
    return _descriptor(
        "edition",
        name=f"results-{year}",
        title=f"Số liệu minh họa năm {year}, {country.areas} xã",
        year=year,
        as_of=f"{year}-12-31",
        illustrative=True,
        geography="commune",
        sources=documents,
    )


# Files --------------------------------------------------------------------------------------


def _descriptor(kind: str, **head: object) -> dict[str, Any]:
    """The descriptor of a kind of package in ``data/`` with another head."""
    data = ROOT / "data"
    folder = max((data / "results").glob("*/v1")) if kind == "edition" else data / kind
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    plain = {"title": "Số liệu minh họa", "description": "Số liệu minh họa để đo tốc độ."}
    return {**found, **plain, **head}


def _package(folder: Path, descriptor: Mapping[str, Any], tables: Tables) -> str:
    """Write a package, without resources that may be left out and are; gives its seal."""
    there = [each for each in descriptor["resources"] if each["name"] in tables]
    descriptor = {**descriptor, "resources": there}
    files = {
        "datapackage.json": (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode()
    }
    for resource in descriptor["resources"]:
        columns = [field["name"] for field in resource["schema"]["fields"]]
        files[resource["path"]] = _csv(columns, tables[resource["name"]])
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return seal(files)


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def main() -> None:
    """Make a country from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--areas", type=int, default=3000)
    parser.add_argument("--indicators", type=int, default=14)
    parser.add_argument("--editions", type=int, default=4)
    parser.add_argument("--provinces", type=int, default=0)
    options = parser.parse_args()
    country = Country(
        areas=options.areas,
        indicators=options.indicators,
        editions=options.editions,
        provinces=options.provinces,
    )
    make(country, options.folder)
    print(f"{country.figures} figures in {options.folder}")


if __name__ == "__main__":
    main()
