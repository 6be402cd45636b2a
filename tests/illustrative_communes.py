"""What was invented for 2025, the year in which districts ended and communes began to report.

Each old district's figure was carried forward one year, handed out at random to the communes that
lay in it, and added up in the communes of today, which may have parts of several.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

SEED = 2025
YEAR = 2025
REFORM = "2025-07-01"
LAST_DAY = "2025-06-30"

Words = tuple[str, str]
Parts = Mapping[tuple[str, str], tuple[int, int]]
"""Numerator and denominator by indicator and area."""

SILENT = "xa-tan-an"
"""The commune that has reported nothing."""

HIDDEN: Mapping[tuple[str, str], str] = {
    ("nl-thong-tin", "xa-ha-tay"): "c",
    ("nl-thong-tin", "xa-ha-dong"): "c",
    ("kn-song", "xa-lai-khe"): "x",
    ("kn-song", "phuong-tran-lieu"): "n",
    ("cong-dan-ht", "xa-duong-an"): "x",
}
"""Figures that were invented and then withheld, and why."""

OWN_ROWS = ("nl-thong-tin", "csgd-moi-truong-so", "tthtcd-cntt", "cong-dan-ht")
PRELIMINARY = {("cong-dan-ht", "hai-duong"), ("csgd-moi-truong-so", "xa-cam-giang-10903")}
ESTIMATED = {"dt-cmkt-15t", "dh-tro-len-15t"}

WITHOUT_IT = {
    "phuong-nguyen-trai",
    "phuong-le-dai-hanh",
    "xa-an-phu",
    "phuong-nguyen-dai-nang",
    "xa-an-thanh",
    "xa-ha-bac",
    "xa-ha-nam",
    "xa-mao-dien",
    "xa-thuong-hong",
    "xa-gia-phuc",
    "xa-truong-tan",
    "xa-dai-son",
    "xa-chi-minh",
    "xa-lac-phuong",
    "xa-vinh-lai",
    "xa-hong-chau",
    "xa-khuc-thua-du",
    "xa-nam-thanh-mien",
}
"""The communes whose learning centre does not use IT yet; each has one centre."""

WHOLE: Mapping[str, tuple[int, int]] = {
    "dt-cmkt-15t": (440_000, 1_490_000),
    "dh-tro-len-15t": (183_000, 1_490_000),
    "dai-hoc-so": (2, 4),
}
REMAINDER_SCHOOLS = (45, 50)

OUTCOMES: Mapping[tuple[str, str], tuple[str, int, date]] = {
    ("xmc-md2", "chi-linh"): ("2", 1, date(2025, 3, 14)),
    ("pcgd-thcs-md3", "nam-sach"): ("3", 2, date(2025, 2, 21)),
}
"""The last state of two districts, decided before they ended: level, serial and day."""

TABLE_MISSING: Words = (
    "Minh họa: báo cáo của xã thiếu biểu này.",
    "Illustrative: this table is missing from the commune's report.",
)
CONFIDENTIAL: Words = (
    "Minh họa: không công bố vì mẫu khảo sát quá nhỏ.",
    "Illustrative: not published, as the survey's sample is too small.",
)

NOTES: Mapping[tuple[str, str], Words] = {
    ("nl-thong-tin", "xa-ha-tay"): CONFIDENTIAL,
    ("nl-thong-tin", "xa-ha-dong"): CONFIDENTIAL,
    ("kn-song", "xa-lai-khe"): TABLE_MISSING,
    ("kn-song", "phuong-tran-lieu"): (
        "Minh họa: phường chưa khảo sát kỹ năng sống năm 2025.",
        "Illustrative: the ward has not surveyed life skills in 2025.",
    ),
    ("cong-dan-ht", "xa-duong-an"): TABLE_MISSING,
    ("csgd-moi-truong-so", "xa-cam-giang-10903"): (
        "Minh họa: số liệu sơ bộ.",
        "Illustrative: preliminary.",
    ),
    **{
        (indicator, SILENT): (
            "Minh họa: xã chưa gửi báo cáo năm 2025.",
            "Illustrative: the commune has not sent its report for 2025.",
        )
        for indicator in (
            "nl-thong-tin",
            "kn-song",
            "csgd-moi-truong-so",
            "tthtcd-cntt",
            "cong-dan-ht",
        )
    },
    ("nl-thong-tin", "hai-duong"): (
        "Minh họa: số chung do Sở Giáo dục và Đào tạo tổng hợp, gồm cả các xã không có số riêng.",
        "Illustrative: the department's own total, with the communes not shown on their own.",
    ),
    ("csgd-moi-truong-so", "hai-duong"): (
        "Minh họa: số chung do Sở Giáo dục và Đào tạo tổng hợp, gồm cả xã Tân An.",
        "Illustrative: the department's own total, with Tân An Commune.",
    ),
    ("cong-dan-ht", "hai-duong"): (
        "Minh họa: số chung do Hội Khuyến học tổng hợp, gồm cả xã Đường An và xã Tân An.",
        "Illustrative: the association's own total, with Đường An and Tân An Communes.",
    ),
    ("dt-cmkt-15t", "hai-duong"): ("Minh họa: số ước tính.", "Illustrative: an estimate."),
    ("dh-tro-len-15t", "hai-duong"): ("Minh họa: số ước tính.", "Illustrative: an estimate."),
    ("xmc-md2", "chi-linh"): (
        "Minh họa: kết quả cuối cùng trước khi thành phố Chí Linh kết thúc ngày 30/06/2025.",
        "Illustrative: the last result before Chí Linh City ended on 30 June 2025.",
    ),
    ("pcgd-thcs-md3", "nam-sach"): (
        "Minh họa: kết quả cuối cùng trước khi huyện Nam Sách kết thúc ngày 30/06/2025.",
        "Illustrative: the last result before Nam Sách District ended on 30 June 2025.",
    ),
    ("tinh-ht", "hai-duong"): (
        "Minh họa: không áp dụng, vì tỉnh Hải Dương kết thúc ngày 30/06/2025.",
        "Illustrative: not applicable, as Hải Dương Province ended on 30 June 2025.",
    ),
}

CENTRES_ANEW: Words = (
    (
        "Minh họa: từ ngày 01/07/2025 mỗi xã, phường mới có một trung tâm; 207 trung tâm còn 64 nên "
        "không so được với trước."
    ),
    (
        "Illustrative: since 1 July 2025 each new commune has one centre; 207 became 64, so figures "
        "can't be compared with earlier ones."
    ),
)

SUMMARIES: Mapping[str, Words] = {
    "III.4.1": (
        "Minh họa: các xã, phường liên kết mở lớp tại trung tâm.",
        "Illustrative: communes hold classes jointly.",
    ),
    "III.6.4": (
        "Minh họa: dừng, vì thành phố Hải Dương kết thúc ngày 30/06/2025.",
        "Illustrative: stopped, as Hải Dương City ended on 30 June 2025.",
    ),
}
"""Where the year's summary is not that of its state in other years."""

CITY_REPORTERS = {
    "so-noi-vu-hai-phong": "Sở Nội vụ thành phố Hải Phòng",
    "ldld-hai-phong": "Liên đoàn Lao động thành phố Hải Phòng",
    "hoi-khuyen-hoc": "Hội Khuyến học tỉnh",
}
"""Who reported for 2025 besides the communes' committees."""


def communes(data: Path) -> dict[str, str]:
    """Today's communes with their names, by code."""
    found = [row for row in _rows(data / "areas" / "areas.csv") if _is_commune_of_today(row)]
    found.sort(key=lambda row: (row["code"], row["area"]))
    return {row["area"]: row["name_vi"] for row in found}


def within(name: str) -> str:
    """An area's name as it stands within a sentence."""
    return name[0].lower() + name[1:]


def handed_out(
    data: Path, districts: Mapping[str, Mapping[str, tuple[int, float, int]]]
) -> dict[tuple[str, str], tuple[int, int]]:
    """Numerator and denominator of each indicator in each commune of today.

    ``districts`` has for each indicator and old district the denominator, the share in per cent
    and the unit in which both parts are counted.
    """
    chance = random.Random(SEED)  # noqa: S311  (invented figures, no secret)
    lay_in: dict[str, list[str]] = defaultdict(list)
    for row in _rows(data / "areas" / "areas.csv"):
        if row["level"] == "commune" and row["until"] == LAST_DAY:
            lay_in[row["parent"]].append(row["area"])
    heirs: dict[str, list[str]] = defaultdict(list)
    for row in _rows(data / "areas" / "changes.csv"):
        if row["on"] == REFORM:
            heirs[row["from_area"]].append(row["to_area"])
    made: dict[tuple[str, str], tuple[int, int]] = {}
    for indicator, by_district in districts.items():
        whole: dict[str, int] = defaultdict(int)
        held: dict[str, float] = defaultdict(float)
        units = 1
        for district, (denominator, share, unit) in by_district.items():
            units = unit
            old = lay_in[district]
            # The same people stand under every indicator that is asked of them.
            lots = random.Random(f"{SEED} {district}")  # noqa: S311  (as above)
            parts = _split(denominator // unit, len(old), lots)
            for commune, part in zip(old, parts, strict=True):
                near = share + chance.uniform(-4, 4)
                to = heirs[commune]
                for heir, piece in zip(to, _split(part, len(to), lots), strict=True):
                    whole[heir] += piece
                    held[heir] += piece * near / 100
        for heir, total in whole.items():
            made[indicator, heir] = min(round(held[heir]), total) * units, total * units
    return made


def _split(total: int, count: int, chance: random.Random) -> Sequence[int]:
    """A whole number in parts of about the same size."""
    weights = [chance.uniform(0.6, 1.4) for _ in range(count)]
    edges = [round(total * sum(weights[:n]) / sum(weights)) for n in range(count + 1)]
    return [after - before for before, after in pairwise(edges)]


def _is_commune_of_today(row: Mapping[str, str]) -> bool:
    return row["level"] == "commune" and not row["until"] and row["since"] == REFORM


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
