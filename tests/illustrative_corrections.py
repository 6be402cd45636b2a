"""The second version of the invented results of 2024: what was changed after they came out.

One of each kind: a correction with its reason, a figure that came late, and a scheduled revision
(preliminary to official).  Told in ``docs/developers/illustrative-data.md``.  It is made of the
first version as it stands in the folder, which is closed and stays as it is::

    python tests/illustrative_corrections.py [--data data]
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tiendo.read.archive import seal  # noqa: E402  (the script runs from a checkout, not installed)

YEAR = 2024
VERSION = 2
RELEASED = "2025-05-20T09:00:00+07:00"
NOTE = ("Số liệu minh họa năm 2024, đã đính chính.", "Illustrative figures for 2024, corrected.")
REASON = (
    "Minh họa: sửa một số ghi nhầm, bổ sung một số nộp muộn, thay số sơ bộ bằng số chính thức.",
    "Illustrative: a wrong figure corrected, a late one added, preliminary ones made official.",
)

Row = dict[str, str]

KEY_OF_LIFE_SKILLS = ("kn-song", "kim-thanh")
CHANGED: Mapping[tuple[str, str], Row] = {
    ("pcgd-thcs-md3", "hai-duong"): {"status": "A"},
    ("pcgd-thcs-md3", "nam-sach"): {
        "status": "A",
        "note_vi": "Minh họa: lần đầu đạt mức độ 3.",
        "note_en": "Illustrative: level 3 for the first time.",
    },
    KEY_OF_LIFE_SKILLS: {
        "numerator": "28700",
        "denominator": "79500",
        "status": "A",
        "missing": "",
        "source": "Báo cáo minh họa của UBND huyện Kim Thành năm 2024",
        "note_vi": "Minh họa: huyện nộp bổ sung biểu còn thiếu.",
        "note_en": "Illustrative: the district sent the missing table later.",
    },
    ("tthtcd-cntt", "tu-ky"): {
        "numerator": "12",
    },
}
"""What rows say since, by indicator and area."""

_SCHEDULED = (
    "Minh họa: số sơ bộ nay là số chính thức, như đã báo trước trong lịch công bố.",
    "Illustrative: preliminary so far, official now, as the calendar had announced.",
)
CHANGES: tuple[tuple[str, str, str, tuple[str, str]], ...] = (
    ("pcgd-thcs-md3", "hai-duong", "scheduled", _SCHEDULED),
    ("pcgd-thcs-md3", "nam-sach", "scheduled", _SCHEDULED),
    (
        *KEY_OF_LIFE_SKILLS,
        "late",
        (
            "Minh họa: huyện Kim Thành nộp bổ sung biểu còn thiếu.",
            "Illustrative: Kim Thành district sent the missing table later.",
        ),
    ),
    (
        "tthtcd-cntt",
        "tu-ky",
        "correction",
        (
            "Minh họa: một trung tâm bị đếm hai lần.",
            "Illustrative: one centre had been counted twice.",
        ),
    ),
)
COLUMNS = ("indicator", "area", "resource", "key", "kind", "reason_vi", "reason_en")


def second_version(first: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of the second version, from those of the first."""
    table = csv.DictReader(io.StringIO(first["observations.csv"].decode()))
    rows = [row | CHANGED.get((row["indicator"], row["area"]), {}) for row in table]
    changes = [
        dict(zip(COLUMNS, (indicator, area, "", "", kind, *reason), strict=True))
        for indicator, area, kind, reason in CHANGES
    ]
    descriptor = json.loads(first["datapackage.json"])
    resources = descriptor.pop("resources")
    descriptor |= {"version": str(VERSION), "reason_vi": REASON[0], "reason_en": REASON[1]}
    at = next(place for place, each in enumerate(resources) if each["name"] == "actions") + 1
    descriptor["resources"] = [*resources[:at], _resource(), *resources[at:]]
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    return {
        **first,
        "datapackage.json": text.encode(),
        "observations.csv": _as_csv(table.fieldnames or (), rows),
        "changes.csv": _as_csv(COLUMNS, changes),
    }


def release(files: Mapping[str, bytes]) -> Row:
    """The second version's row of the calendar."""
    return {
        "year": str(YEAR),
        "version": str(VERSION),
        "released": RELEASED,
        "sha256": seal(files),
        "note_vi": NOTE[0],
        "note_en": NOTE[1],
    }


def _as_csv(columns: Sequence[str], rows: list[Row]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _resource() -> dict[str, Any]:
    def field(name: str, title: str, **constraints: object) -> dict[str, Any]:
        made: dict[str, Any] = {"name": name, "type": "string", "title": title}
        return made | ({"constraints": constraints} if constraints else {})

    return {
        "name": "changes",
        "type": "table",
        "path": "changes.csv",
        "title": "Những gì đã sửa",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [
                field("indicator", "Chỉ tiêu"),
                field("area", "Địa bàn"),
                field("resource", "Bảng"),
                field("key", "Dòng"),
                field("kind", "Loại sửa", required=True, enum=["correction", "scheduled", "late"]),
                field("reason_vi", "Lý do", required=True),
                field("reason_en", "Lý do (tiếng Anh)"),
            ],
            "primaryKey": ["indicator", "area", "resource", "key"],
            "missingValues": [""],
        },
    }


def main() -> None:
    """Write the second version, and its row of the calendar where that is not there yet."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    results: Path = parser.parse_args().data / "results"
    first = {path.name: path.read_bytes() for path in (results / f"{YEAR}/v1").iterdir()}
    made = second_version(first)
    folder = results / f"{YEAR}/v{VERSION}"
    folder.mkdir(exist_ok=True)
    for name, content in made.items():
        (folder / name).write_bytes(content)
    calendar = results / "releases.csv"
    table = csv.DictReader(io.StringIO(calendar.read_text(encoding="utf-8")))
    row = release(made)
    key = (row["year"], row["version"])
    rows = [each for each in table if (each["year"], each["version"]) != key]
    rows = sorted([*rows, row], key=lambda each: (each["year"], each["version"]))
    calendar.write_bytes(_as_csv(table.fieldnames or (), rows))


if __name__ == "__main__":
    main()
