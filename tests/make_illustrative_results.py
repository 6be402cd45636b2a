"""The invented results of 2021 to 2025, as they were made once: ``data/results/``.

The CSV files are the truth from then on; this script stays as the record of what was invented and
how, and is needed neither to build the site nor to test it.  Run again, it gives the same bytes
(its seed is fixed) and overwrites what stands in the folder, corrections by hand included::

    python tests/make_illustrative_results.py [--data data]

It needs ``data/plan`` and ``data/areas``, because a version that is signed off carries copies of
the plan's indicators and targets and of the areas that it reported for.  What was invented is told
in ``docs/developers/illustrative-data.md``.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import illustrative_communes as communes_of_2025  # noqa: E402  (beside this script)
import illustrative_corrections as corrected  # noqa: E402  (beside this script)

from tiendo.read.archive import seal  # noqa: E402  (the script runs from a checkout, not installed)

SEED = 4206
YEARS = (2021, 2022, 2023, 2024)
FIRST_REPORT_YEAR = 2022
SCOPE = "hai-duong"
REMAINDER = "truc-thuoc-tinh"

Row = dict[str, str]
Cell = tuple[int, int] | str
"""A numerator and a denominator, or the reason why there is none."""

DISTRICTS = {
    "tp-hai-duong": "thành phố Hải Dương",
    "chi-linh": "thành phố Chí Linh",
    "nam-sach": "huyện Nam Sách",
    "kinh-mon": "thị xã Kinh Môn",
    "kim-thanh": "huyện Kim Thành",
    "thanh-ha": "huyện Thanh Hà",
    "cam-giang": "huyện Cẩm Giàng",
    "binh-giang": "huyện Bình Giang",
    "gia-loc": "huyện Gia Lộc",
    "tu-ky": "huyện Tứ Kỳ",
    "ninh-giang": "huyện Ninh Giang",
    "thanh-mien": "huyện Thanh Miện",
}
"""In the order of their official codes, 288 to 300."""

AGENCIES = {
    "so-ldtbxh": "Sở Lao động – Thương binh và Xã hội",
    "ldld-tinh": "Liên đoàn Lao động tỉnh",
    "hoi-khuyen-hoc": "Hội Khuyến học tỉnh",
}
"""The bodies besides the committees that owe a report each year."""

INDICATORS = (
    "xmc-md2",
    "pcgd-mn5t",
    "pcgd-th-md3",
    "pcgd-thcs-md3",
    "nl-thong-tin",
    "kn-song",
    "dt-cmkt-15t",
    "dh-tro-len-15t",
    "dai-hoc-so",
    "csgd-moi-truong-so",
    "tthtcd-cntt",
    "cong-dan-ht",
    "huyen-ht",
    "tinh-ht",
)

# Standards and titles -----------------------------------------------------------------------

USUAL_LEVEL = {"xmc-md2": 2, "pcgd-mn5t": 1, "pcgd-th-md3": 3, "pcgd-thcs-md3": 2}
"""The level of a district that `LEVELS` does not name."""
TOP_LEVEL = {"pcgd-thcs-md3": 3}
"""The level that the province's own row counts."""

LEVELS: Mapping[str, Mapping[str, tuple[int | str, ...]]] = {
    "xmc-md2": {"kim-thanh": (2, 1, 2, 2)},
    "pcgd-mn5t": {"nam-sach": (1, 1, 1, "x")},
    "pcgd-th-md3": {"ninh-giang": (3, 3, 2, 2)},
    "pcgd-thcs-md3": {
        "tp-hai-duong": (3, 3, 3, 3),
        "chi-linh": (3, 3, 3, 3),
        "nam-sach": (2, 2, 2, 3),
        "kinh-mon": (2, 3, 3, 3),
        "thanh-ha": (3, 3, 2, 2),
        "cam-giang": (2, 2, 3, 3),
        "binh-giang": (3, 2, 3, 3),
        "gia-loc": (2, 2, 3, 3),
        "tu-ky": (3, 3, 3, 3),
        "ninh-giang": (1, 2, 2, 2),
    },
}

DECISION_SERIAL = {"xmc-md2": 1, "pcgd-mn5t": 2, "pcgd-th-md3": 3, "pcgd-thcs-md3": 4}
DECISION_DAY = {"xmc-md2": 13, "pcgd-mn5t": 14, "pcgd-th-md3": 20, "pcgd-thcs-md3": 27}
"""Day of December: a province recognises its districts before the 30th."""

LEARNING_DISTRICTS = {
    "tp-hai-duong": (1, 5, date(2024, 11, 8)),
    "thanh-mien": (2, 6, date(2024, 11, 15)),
}
"""Level, serial and date of the districts recognised in 2024, the first year of the circular."""

# Ratios -------------------------------------------------------------------------------------

WORKING_AGE = (180, 135, 75, 123, 78, 81, 90, 69, 75, 90, 87, 78)
"""Thousands of persons of working age in 2021, by district."""
WORKING_AGE_GROWTH = (1000, 1000, 500, 500, 500, 500, 1000, 500, 500, 500, 500, 500)
"""Persons a year."""

CITIZENS = (210, 157, 87, 143, 91, 94, 105, 80, 87, 105, 101, 91)
"""Thousands of citizens of 18 and older in 2023, by district."""
REGISTERED = (52, 40, 21, 36, 25, 22, 26, 18, 21, 26, 22, 28)
"""Thousands of persons who had registered in 2022, by district: the older way of counting."""

INFORMATION_SHARES = {
    "tp-hai-duong": (44, 51, 58, 65),
    "chi-linh": (40, 46, 52.5, 59),
    "nam-sach": (35, 41, 47.5, 54.5),
    "kinh-mon": (37, 43, 50, 57),
    "kim-thanh": (33, 36, 40, 44),
    "thanh-ha": (37, 37.5, 36.5, 36),
    "cam-giang": (38, 45, 52, 59.2),
    "binh-giang": (35, 41.5, 48, 54),
    "gia-loc": (34, 40.5, 47, 53),
    "tu-ky": (29, 31, 52.5, 57.5),
    "ninh-giang": (30, 33.5, 37.5, 41),
    "thanh-mien": (34, 41, 48.5, 56),
}
LIFE_SKILL_SHARES = {
    "tp-hai-duong": (44, 44.5, 45.5, 46.5),
    "chi-linh": (41, 40, 38.5, 39),
    "nam-sach": (39, 38.5, 38, 38.5),
    "kinh-mon": (40, 39, 38, 38.5),
    "kim-thanh": (37, 36.5, 36, 36),
    "thanh-ha": (38, 37, 36.5, 37.5),
    "cam-giang": (42, 43.5, 45, 46.5),
    "binh-giang": (36, 35.5, 35, 34.5),
    "gia-loc": (37, 36.5, 35.5, 36),
    "tu-ky": (39, 38, 37.5, 38),
    "ninh-giang": (35, 34, 33.5, 33),
    "thanh-mien": (46, 50, 54.5, 58.5),
}
LEARNING_CITIZEN_SHARES = {
    "tp-hai-duong": (58, 33, 36.5),
    "chi-linh": (55, 30.5, 35),
    "nam-sach": (49, 28, 30.5),
    "kinh-mon": (52, 29.5, 32.5),
    "kim-thanh": (50, 27.5, 27),
    "thanh-ha": (47, 26, 28.5),
    "cam-giang": (54, 31, 35.5),
    "binh-giang": (45, 25, 27.5),
    "gia-loc": (48, 26.5, 29.5),
    "tu-ky": (51, 29, 32.5),
    "ninh-giang": (41, 21.5, 22.5),
    "thanh-mien": (60, 37, 41.5),
}
"""2022 by the older way of counting, 2023 and 2024 by the new one."""

SCHOOLS_ONLINE = {
    "tp-hai-duong": (80, (46, 52, 57, 63)),
    "chi-linh": (60, (30, 33, 37, 40)),
    "nam-sach": (50, (23, 26, 28, 31)),
    "kinh-mon": (70, (34, 38, 42, 46)),
    "kim-thanh": (50, (20, 22, 25, 27)),
    "thanh-ha": (55, (24, 27, 30, 33)),
    "cam-giang": (50, (26, 29, 32, 34)),
    "binh-giang": (45, (18, 20, 22, 24)),
    "gia-loc": (50, (22, 25, 27, 30)),
    "tu-ky": (60, (25, 29, 32, 36)),
    "ninh-giang": (55, (22, 22, 21, 22)),
    "thanh-mien": (50, (21, 24, 27, 29)),
    REMAINDER: (50, (30, 34, 38, 42)),
}
"""Institutions, and those that manage, teach and learn online."""

CENTRES = {
    "tp-hai-duong": (25, 24, (15, 17, 19, 19)),
    "chi-linh": (19, 19, (10, 11, 12, 13)),
    "nam-sach": (19, 15, (8, 9, 10, 10)),
    "kinh-mon": (23, 22, (10, 11, 13, 14)),
    "kim-thanh": (18, 14, (5, 6, 7, 7)),
    "thanh-ha": (20, 16, (8, 9, 9, 9)),
    "cam-giang": (17, 15, (8, 9, 10, 11)),
    "binh-giang": (16, 15, (6, 7, 8, 9)),
    "gia-loc": (18, 14, (7, 8, 9, 9)),
    "tu-ky": (23, 20, (8, 10, 12, 13)),
    "ninh-giang": (20, 16, (6, 7, 8, 8)),
    "thanh-mien": (17, 17, (6, 7, 8, 9)),
}
"""Communes up to 2023 and at the end of 2024, one centre each, and the centres that use IT.

The numbers of communes are real: 235 and 207.
"""

HIDDEN: Mapping[tuple[str, str, int], str] = {
    ("nl-thong-tin", "binh-giang", 2022): "c",
    ("nl-thong-tin", "thanh-mien", 2022): "c",
    ("kn-song", "kim-thanh", 2024): "x",
    ("csgd-moi-truong-so", "gia-loc", 2023): "x",
    ("cong-dan-ht", "binh-giang", 2024): "x",
}
"""Figures that were invented and then withheld, and why."""

OWN_ROWS = {
    ("nl-thong-tin", 2022),
    ("csgd-moi-truong-so", 2023),
    ("cong-dan-ht", 2023),
    ("cong-dan-ht", 2024),
    ("pcgd-thcs-md3", 2024),
}
"""Where the province's own row stands beside its districts' rows."""

WHOLE: Mapping[str, tuple[Cell, ...]] = {
    "dt-cmkt-15t": ("26.3", (396_000, 1_460_000), (410_000, 1_470_000), (425_000, 1_480_000)),
    "dh-tro-len-15t": ("9.5", (148_000, 1_460_000), (159_000, 1_470_000), (171_000, 1_480_000)),
    "dai-hoc-so": ((1, 4), (1, 4), (2, 4), (2, 4)),
}
"""What is reported for the province only; a text is a rate published without its parts."""

PRELIMINARY_2024 = {"nl-thong-tin", "kn-song", "cong-dan-ht", "dai-hoc-so"}
ESTIMATED_2024 = {"dt-cmkt-15t", "dh-tro-len-15t"}
PRELIMINARY_ROWS_2024 = {
    ("xmc-md2", "chi-linh"),
    ("pcgd-thcs-md3", "nam-sach"),
    ("pcgd-thcs-md3", SCOPE),
}

# Words --------------------------------------------------------------------------------------

Words = tuple[str, str]
"""Vietnamese and English."""

REACHED: Words = ("Minh họa: lần đầu đạt mức độ 3.", "Illustrative: level 3 for the first time.")
LOWER_SECONDARY_LOST: Words = (
    "Minh họa: một xã không đạt mức độ 3; chuẩn này đòi hỏi mọi xã đều đạt.",
    "Illustrative: one commune fell short of level 3; this standard asks it of every commune.",
)
CRITERIA_2024: Words = (
    "Minh họa: chưa thu thập, vì Thông tư 25/2023/TT-BGDĐT có hiệu lực từ ngày 12/02/2024.",
    "Illustrative: not collected, as Circular 25/2023/TT-BGDĐT is in force from 12 February 2024.",
)
ONLY_A_RATE: Words = (
    "Minh họa: chỉ có tỷ lệ, không có số người.",
    "Illustrative: only the rate was published, without its parts.",
)
ESTIMATE: Words = ("Minh họa: số ước tính.", "Illustrative: an estimate.")
TABLE_MISSING: Words = (
    "Minh họa: báo cáo của huyện thiếu biểu này.",
    "Illustrative: this table is missing from the district's report.",
)
SMALL_SAMPLE: Words = (
    "Minh họa: không công bố vì mẫu khảo sát quá nhỏ.",
    "Illustrative: not published, as the survey's sample is too small.",
)
SECOND_HIDDEN: Words = (
    "Minh họa: không công bố để không suy ra được số liệu của Bình Giang.",
    "Illustrative: not published, so that the figure of Bình Giang can't be worked out.",
)

NOTES: Mapping[tuple[str, str, int], Words] = {
    ("xmc-md2", "kim-thanh", 2022): (
        "Minh họa: hai xã chưa đạt mức độ 2 nên huyện chỉ đạt mức độ 1.",
        "Illustrative: two communes fell short of level 2, so the district holds level 1 only.",
    ),
    ("xmc-md2", "kim-thanh", 2023): (
        "Minh họa: huyện đạt lại mức độ 2.",
        "Illustrative: the district holds level 2 again.",
    ),
    ("xmc-md2", "chi-linh", 2024): (
        "Minh họa: chưa có quyết định năm 2024, ghi theo lần công nhận năm 2023.",
        "Illustrative: not yet decided in 2024; this is the recognition of 2023.",
    ),
    ("pcgd-mn5t", "nam-sach", 2024): (
        "Minh họa: huyện chưa gửi hồ sơ công nhận.",
        "Illustrative: the district has not yet sent its file for recognition.",
    ),
    ("pcgd-th-md3", "ninh-giang", 2023): (
        "Minh họa: ba xã không giữ được mức độ 3 nên huyện xuống mức độ 2.",
        "Illustrative: three communes lost level 3, so the district fell to level 2.",
    ),
    ("pcgd-th-md3", "ninh-giang", 2024): (
        "Minh họa: huyện chưa đạt lại mức độ 3.",
        "Illustrative: the district has not regained level 3.",
    ),
    ("pcgd-thcs-md3", "ninh-giang", 2022): (
        "Minh họa: huyện từ mức độ 1 lên mức độ 2.",
        "Illustrative: the district rose from level 1 to level 2.",
    ),
    ("pcgd-thcs-md3", "kinh-mon", 2022): REACHED,
    ("pcgd-thcs-md3", "cam-giang", 2023): REACHED,
    ("pcgd-thcs-md3", "gia-loc", 2023): REACHED,
    ("pcgd-thcs-md3", "nam-sach", 2024): (
        "Minh họa: lần đầu đạt mức độ 3, số liệu sơ bộ.",
        "Illustrative: level 3 for the first time; preliminary.",
    ),
    ("pcgd-thcs-md3", "binh-giang", 2022): LOWER_SECONDARY_LOST,
    ("pcgd-thcs-md3", "thanh-ha", 2023): LOWER_SECONDARY_LOST,
    ("pcgd-thcs-md3", "binh-giang", 2023): (
        "Minh họa: mọi xã đã đạt lại mức độ 3.",
        "Illustrative: every commune holds level 3 again.",
    ),
    ("pcgd-thcs-md3", SCOPE, 2024): (
        "Minh họa: khớp với số huyện đạt mức độ 3 trong bảng.",
        "Illustrative: agrees with the districts at level 3 in the table.",
    ),
    ("nl-thong-tin", "binh-giang", 2022): SMALL_SAMPLE,
    ("nl-thong-tin", "thanh-mien", 2022): SECOND_HIDDEN,
    ("nl-thong-tin", SCOPE, 2022): (
        "Minh họa: số chung của tỉnh, gồm cả hai huyện không công bố riêng.",
        "Illustrative: the province's total, with the two districts not published on their own.",
    ),
    ("nl-thong-tin", "tu-ky", 2023): (
        "Minh họa: huyện rà soát lại toàn bộ, bổ sung lao động tự do.",
        "Illustrative: the district counted anew and added the self-employed.",
    ),
    ("kn-song", "kim-thanh", 2024): TABLE_MISSING,
    ("csgd-moi-truong-so", "gia-loc", 2023): TABLE_MISSING,
    ("cong-dan-ht", "binh-giang", 2024): TABLE_MISSING,
    ("cong-dan-ht", SCOPE, 2024): (
        "Minh họa: số chung do Hội Khuyến học tỉnh tổng hợp, gồm cả Bình Giang.",
        "Illustrative: the association's own total, with Bình Giang.",
    ),
    ("csgd-moi-truong-so", SCOPE, 2023): (
        "Minh họa: số chung do Sở Giáo dục và Đào tạo tổng hợp, gồm cả Gia Lộc.",
        "Illustrative: the department's own total, with Gia Lộc.",
    ),
    ("dai-hoc-so", SCOPE, 2023): (
        "Minh họa: thêm một trường triển khai cả đại học số và học liệu số.",
        "Illustrative: one more university has both the digital university and its materials.",
    ),
    ("dt-cmkt-15t", SCOPE, 2021): ONLY_A_RATE,
    ("dh-tro-len-15t", SCOPE, 2021): ONLY_A_RATE,
    ("dt-cmkt-15t", SCOPE, 2024): ESTIMATE,
    ("dh-tro-len-15t", SCOPE, 2024): ESTIMATE,
    **{
        ("tthtcd-cntt", district, 2024): (
            f"Minh họa: số trung tâm từ {before} còn {after} do sắp xếp xã cuối năm 2024.",
            f"Illustrative: {before} centres became {after} as communes merged in late 2024.",
        )
        for district, (before, after, _) in CENTRES.items()
        if before != after
    },
    **{
        ("cong-dan-ht", district, 2021): (
            "Minh họa: chưa thu thập, vì tiêu chí có từ năm 2022.",
            "Illustrative: not collected, as the criteria date from 2022.",
        )
        for district in DISTRICTS
    },
    **{
        ("huyen-ht", district, year): CRITERIA_2024
        for district in DISTRICTS
        for year in (2021, 2022, 2023)
    },
    **{
        ("tinh-ht", SCOPE, year): (
            "Minh họa: không áp dụng, vì chưa có tiêu chí công nhận cấp tỉnh.",
            "Illustrative: not applicable, as there were no criteria for a province yet.",
        )
        for year in (2021, 2022, 2023)
    },
    ("tinh-ht", SCOPE, 2024): (
        "Minh họa: tỉnh chưa được công nhận.",
        "Illustrative: the province has not been recognised.",
    ),
}

BREAK_2023: Words = (
    "Minh họa: từ năm 2023 tính trên mọi công dân từ 18 tuổi; trước đó chỉ tính người đã đăng ký.",
    "Illustrative: over all citizens of 18 and older since 2023, over those registered before.",
)

REPORT_DAYS: Mapping[tuple[str, int], tuple[date | None, str]] = {
    ("ubnd-binh-giang", 2022): (date(2022, 12, 19), "Minh họa: nộp muộn."),
    ("ubnd-ninh-giang", 2022): (None, ""),
    ("hoi-khuyen-hoc", 2023): (date(2023, 12, 15), "Minh họa: nộp đúng ngày 15/12, tức là muộn."),
    ("ldld-tinh", 2023): (None, ""),
    ("ubnd-gia-loc", 2023): (date(2023, 12, 29), "Minh họa: nộp muộn, thiếu một biểu."),
    ("ubnd-thanh-ha", 2024): (date(2024, 12, 14), "Minh họa: nộp vào ngày cuối cùng còn hạn."),
    ("ubnd-nam-sach", 2024): (date(2024, 12, 15), "Minh họa: nộp đúng ngày 15/12, tức là muộn."),
    ("ubnd-kim-thanh", 2024): (date(2024, 12, 23), "Minh họa: nộp muộn, thiếu một biểu."),
}
"""Reports that were not simply on time; None: never handed in."""

STATES = {"n": "not-started", "u": "under-way", "d": "done", "s": "stopped", "?": "unknown"}
USUAL_SUMMARY: Mapping[str, Words] = {
    "n": ("Minh họa: chưa triển khai.", "Illustrative: not begun."),
    "?": ("Minh họa: chưa có thông tin.", "Illustrative: nothing is known."),
}
ACTIONS: Mapping[str, tuple[str, Mapping[str, Words]]] = {
    "III.1.1": (
        "uuuuu",
        {
            "u": (
                "phát tin, bài trên báo, đài và hệ thống truyền thanh cơ sở.",
                "items in the press, on air and on the communes' loudspeakers.",
            )
        },
    ),
    "III.1.2": (
        "ddddd",
        {
            "d": (
                "đã tổ chức Tuần lễ và Ngày sách năm {year}.",
                "the Week and the Book Day of {year} were held.",
            )
        },
    ),
    "III.1.3": (
        "nuddd",
        {
            "u": ("đang chuẩn bị chuyên mục.", "the programme is being prepared."),
            "d": (
                "chuyên mục đã lên sóng và được duy trì.",
                "the programme is on air and kept up.",
            ),
        },
    ),
    "III.1.4": (
        "ndddd",
        {
            "d": (
                "đã khen thưởng và xét danh hiệu năm {year}.",
                "the commendations and titles of {year} were decided.",
            )
        },
    ),
    "III.2.1": (
        "nuuud",
        {
            "u": ("đang xây dựng, một phần tiêu chí đã có.", "in work; some criteria are there."),
            "d": ("bộ tiêu chí đã được ban hành.", "the criteria were issued."),
        },
    ),
    "III.2.2": (
        "nuudd",
        {
            "u": ("đang lấy ý kiến về chính sách hỗ trợ.", "the support is being consulted on."),
            "d": ("chính sách hỗ trợ đã được thông qua.", "the support was adopted."),
        },
    ),
    "III.2.3": (
        "nnuuu",
        {"u": ("đang nghiên cứu cơ chế.", "the arrangements are being studied.")},
    ),
    "III.3.1a": (
        "uuuuu",
        {"u": ("một số học phần đã có bản học từ xa.", "some courses can be taken remotely.")},
    ),
    "III.3.1b": (
        "nuuuu",
        {"u": ("một số nghề đã học kết hợp trực tuyến.", "some trades are taught partly online.")},
    ),
    "III.3.1c": (
        "uuuuu",
        {"u": ("các trung tâm mở thêm lớp trực tuyến.", "the centres open more online classes.")},
    ),
    "III.3.1d": (
        "nuuuu",
        {"u": ("thư viện tỉnh đang số hóa tài liệu.", "the provincial library is digitising.")},
    ),
    "III.3.2": (
        "uuuuu",
        {"u": ("duy trì chương trình hằng tuần.", "a weekly programme is kept up.")},
    ),
    "III.3.3": (
        "nuudd",
        {
            "u": ("đang xây dựng kho học liệu.", "the collection is being built."),
            "d": ("kho học liệu đã mở cho mọi người.", "the collection is open to all."),
        },
    ),
    "III.3.4": (
        "nnuuu",
        {"u": ("đang bồi dưỡng giảng viên.", "lecturers are being trained.")},
    ),
    "III.4.1": (
        "uuuuu",
        {"u": ("các huyện liên kết mở lớp tại trung tâm.", "districts hold classes jointly.")},
    ),
    "III.4.2": (
        "uuuuu",
        {
            "u": (
                "duy trì lớp xóa mù chữ và lớp nghề ngắn hạn.",
                "literacy classes and short courses go on.",
            )
        },
    ),
    "III.4.3": (
        "uuuuu",
        {"u": ("đang bổ sung trang thiết bị cho trung tâm.", "the centres are being equipped.")},
    ),
    "III.4.4": (
        "nuudd",
        {
            "u": ("đang thí điểm tại một số xã.", "a pilot runs in some communes."),
            "d": ("đã tổng kết thí điểm và nhân rộng.", "the pilot was reviewed and extended."),
        },
    ),
    "III.5.1": (
        "uuuuu",
        {"u": ("các cấp hội vận động hội viên tự học.", "the associations encourage learning.")},
    ),
    "III.5.2": (
        "uuuuu",
        {"u": ("phong trào thi đua được phát động hằng năm.", "a campaign starts every year.")},
    ),
    "III.5.3": (
        "nuu?u",
        {"u": ("một số doanh nghiệp mở lớp cho công nhân.", "some firms teach their workers.")},
    ),
    "III.5.4": (
        "nuuuu",
        {"u": ("đang mở rộng mô hình công dân học tập.", "the model is being extended.")},
    ),
    "III.6.1": (
        "nnuuu",
        {"u": ("đang trao đổi kinh nghiệm với đối tác.", "experience is shared with partners.")},
    ),
    "III.6.2": (
        "nusss",
        {
            "u": ("đang tìm đối tác.", "partners are being sought."),
            "s": ("tạm dừng vì chưa có đối tác.", "stopped for want of a partner."),
        },
    ),
    "III.6.3": ("n????", {}),
    "III.6.4": (
        "nuuus",
        {"u": ("thành phố đang chuẩn bị hồ sơ.", "the city is preparing its application.")},
    ),
}
"""State in each year, and a summary for each state, without its first word."""

RELEASES = (
    (2021, "2022-01-20T09:00:00+07:00"),
    (2022, "2023-01-18T09:00:00+07:00"),
    (2023, "2024-01-18T09:00:00+07:00"),
    (2024, "2025-01-16T09:00:00+07:00"),
    (2025, "2026-01-15T09:00:00+07:00"),
)
NEXT_RELEASE = (2026, "2027-01-14T09:00:00+07:00")

# Figures ------------------------------------------------------------------------------------


def ratios(chance: random.Random) -> dict[tuple[str, str, int], tuple[int, int]]:
    """Numerator and denominator of every local ratio, before any is withheld."""
    figures: dict[tuple[str, str, int], tuple[int, int]] = {}
    for position, district in enumerate(DISTRICTS):
        for number, year in enumerate(YEARS):
            people = WORKING_AGE[position] * 1000 + number * WORKING_AGE_GROWTH[position]
            for indicator, shares in (
                ("nl-thong-tin", INFORMATION_SHARES),
                ("kn-song", LIFE_SKILL_SHARES),
            ):
                figures[indicator, district, year] = _persons(
                    shares[district][number], people, chance
                )
        for number, year in enumerate((2022, 2023, 2024)):
            people = 1000 * (REGISTERED if year == 2022 else CITIZENS)[position]
            people += 500 if year == 2024 else 0
            figures["cong-dan-ht", district, year] = _persons(
                LEARNING_CITIZEN_SHARES[district][number], people, chance
            )
        before, after, centres = CENTRES[district]
        for number, year in enumerate(YEARS):
            figures["tthtcd-cntt", district, year] = (
                centres[number],
                after if year == 2024 else before,
            )
    for area, (schools, online) in SCHOOLS_ONLINE.items():
        for number, year in enumerate(YEARS):
            figures["csgd-moi-truong-so", area, year] = online[number], schools
    return figures


def _persons(share: float, people: int, chance: random.Random) -> tuple[int, int]:
    """Persons in round hundreds, near a share in per cent: nobody takes them for a count."""
    return round(people * (share + chance.uniform(-0.3, 0.3)) / 10_000) * 100, people


def observations(
    year: int, figures: Mapping[tuple[str, str, int], tuple[int, int]], documents: Mapping[str, str]
) -> list[Row]:
    """The rows of an edition: by indicator as the plan has them, the province before its areas."""
    rows: list[Row] = []
    for indicator in INDICATORS:
        if indicator in WHOLE:
            rows.append(_ratio_row(indicator, SCOPE, year, WHOLE[indicator][year - YEARS[0]]))
        elif indicator == "tinh-ht":
            rows.append(_row(indicator, SCOPE, year))
            if year < 2024:
                rows[-1] |= {"missing": "z"}
            else:
                rows[-1] |= {"value": "0", "status": "A"}
        elif indicator in USUAL_LEVEL or indicator == "huyen-ht":
            rows += _standard_rows(indicator, year)
        else:
            rows += _ratio_rows(indicator, year, figures)
    for row in rows:
        if not row["missing"]:
            row["source"] = _source(row, year, documents)
    return rows


def _row(indicator: str, area: str, year: int) -> Row:
    """An observation with nothing but its key and its note."""
    row = dict.fromkeys(FIELDS["observations"], "")
    note = NOTES.get((indicator, area, year), ("", ""))
    return row | {"indicator": indicator, "area": area, "note_vi": note[0], "note_en": note[1]}


def _status(indicator: str, area: str, year: int) -> str:
    if year < 2024:
        return "A"
    if indicator in ESTIMATED_2024:
        return "E"
    return (
        "P" if indicator in PRELIMINARY_2024 or (indicator, area) in PRELIMINARY_ROWS_2024 else "A"
    )


def _ratio_row(indicator: str, area: str, year: int, cell: Cell) -> Row:
    row = _row(indicator, area, year)
    if isinstance(cell, str) and cell.isalpha():
        return row | {"missing": cell}
    row["status"] = _status(indicator, area, year)
    if isinstance(cell, str):
        return row | {"value": cell}
    return row | {"numerator": str(cell[0]), "denominator": str(cell[1])}


def _ratio_rows(
    indicator: str, year: int, figures: Mapping[tuple[str, str, int], tuple[int, int]]
) -> list[Row]:
    areas = [*DISTRICTS, *([REMAINDER] if indicator == "csgd-moi-truong-so" else [])]
    rows: list[Row] = []
    for area in areas:
        key = indicator, area, year
        cell: Cell = HIDDEN[key] if key in HIDDEN else figures.get(key, "n")
        rows.append(_ratio_row(indicator, area, year, cell))
    if (indicator, year) in OWN_ROWS:
        parts = [figures[indicator, area, year] for area in areas]
        total = sum(part for part, _ in parts), sum(whole for _, whole in parts)
        rows.insert(0, _ratio_row(indicator, SCOPE, year, total))
    if (indicator, year) == ("cong-dan-ht", 2023):
        for row in rows:
            row["break_vi"], row["break_en"] = BREAK_2023
    return rows


def _standard_rows(indicator: str, year: int) -> list[Row]:
    rows = [_standard_row(indicator, district, year) for district in DISTRICTS]
    if (indicator, year) in OWN_ROWS:
        held = sum(row["value"] == str(TOP_LEVEL[indicator]) for row in rows)
        rows.insert(0, _ratio_row(indicator, SCOPE, year, (held, len(rows))))
    return rows


def _standard_row(indicator: str, district: str, year: int) -> Row:
    row = _row(indicator, district, year)
    if indicator == "huyen-ht":
        if year < 2024:
            return row | {"missing": "n"}
        if district not in LEARNING_DISTRICTS:
            return row | {"value": "0", "status": "A"}
        level, serial, on = LEARNING_DISTRICTS[district]
        return row | {
            "value": str(level),
            "status": "A",
            "decision": _decision(year, serial),
            "decided_on": on.isoformat(),
            "valid_until": date(year + 3, 12, 31).isoformat(),
        }
    levels = LEVELS[indicator].get(district, (USUAL_LEVEL[indicator],) * len(YEARS))
    level_held = levels[year - YEARS[0]]
    if isinstance(level_held, str):
        return row | {"missing": level_held}
    row |= {"value": str(level_held), "status": _status(indicator, district, year)}
    decided = year
    if (indicator, district, year) == ("xmc-md2", "chi-linh", 2024):
        decided = 2023
        row["as_of"] = "2023-12-31"
    return row | {
        "decision": _decision(decided, DECISION_SERIAL[indicator]),
        "decided_on": _working_day(date(decided, 12, DECISION_DAY[indicator])).isoformat(),
    }


def _decision(year: int, serial: int) -> str:
    return f"Quyết định minh họa MH-{year}-{serial:02}"


def _working_day(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


# Sources and reports ------------------------------------------------------------------------


def sources(year: int) -> dict[str, str]:
    """Titles of what an edition says it rests on, besides the reports handed in."""
    department = "Sở Giáo dục và Đào tạo"
    if year not in YEARS:
        department += " thành phố Hải Phòng"
    return {
        "standards": f"Danh mục minh họa quyết định công nhận phổ cập, xóa mù chữ năm {year}",
        "titles": f"Danh mục minh họa danh hiệu học tập năm {year}",
        "skills": f"Bảng ước tính minh họa về trình độ chuyên môn kỹ thuật năm {year}",
        "summary": f"Bảng tổng hợp minh họa của {department} năm {year}",
    }


def _source(row: Row, year: int, documents: Mapping[str, str]) -> str:
    titles = sources(year)
    if row["indicator"] in {"huyen-ht", "tinh-ht"}:
        return titles["titles"]
    if row["indicator"] in USUAL_LEVEL and row["area"] != SCOPE:
        return titles["standards"]
    if row["indicator"] in {"dt-cmkt-15t", "dh-tro-len-15t"}:
        return titles["skills"]
    if row["indicator"] == "cong-dan-ht" and row["area"] == SCOPE:
        return documents["hoi-khuyen-hoc"]
    return documents.get(f"ubnd-{row['area']}", titles["summary"])


# 2025 ---------------------------------------------------------------------------------------


def observations_of_2025(data: Path, documents: Mapping[str, str]) -> list[Row]:
    """The rows of the first edition by communes, in the same order as those before."""
    names = communes_of_2025.communes(data)
    figures = _figures_of_2025(data)
    rows: list[Row] = []
    for indicator in INDICATORS:
        if indicator in WHOLE:
            rows.append(_cell_of_2025(indicator, SCOPE, communes_of_2025.WHOLE[indicator]))
        elif indicator == "tinh-ht":
            rows.append(_cell_of_2025(indicator, SCOPE, "z"))
        elif indicator in USUAL_LEVEL or indicator == "huyen-ht":
            rows += _outcomes(indicator)
        else:
            rows += _summed_rows(indicator, (*names, REMAINDER), figures)
    for row in rows:
        if not row["missing"]:
            row["source"] = _source(row, communes_of_2025.YEAR, documents)
    return rows


def _summed_rows(
    indicator: str, areas: Sequence[str], figures: Mapping[tuple[str, str], tuple[int, int]]
) -> list[Row]:
    there = [area for area in areas if (indicator, area) in figures]
    rows: list[Row] = []
    for area in there:
        hidden = communes_of_2025.HIDDEN.get((indicator, area), "")
        if area == communes_of_2025.SILENT:
            hidden = "x"
        rows.append(_cell_of_2025(indicator, area, hidden or figures[indicator, area]))
    if indicator in communes_of_2025.OWN_ROWS:
        parts = [figures[indicator, area] for area in there]
        total = sum(part for part, _ in parts), sum(whole for _, whole in parts)
        rows.insert(0, _cell_of_2025(indicator, SCOPE, total))
        if indicator == "tthtcd-cntt":
            rows[0]["break_vi"], rows[0]["break_en"] = communes_of_2025.CENTRES_ANEW
    return rows


def _figures_of_2025(data: Path) -> dict[tuple[str, str], tuple[int, int]]:
    by_district: dict[str, dict[str, tuple[int, float, int]]] = {}
    for position, district in enumerate(DISTRICTS):
        people = WORKING_AGE[position] * 1000 + 4 * WORKING_AGE_GROWTH[position]
        citizens = 1000 * CITIZENS[position] + 1000
        schools, online = SCHOOLS_ONLINE[district]
        for indicator, whole, share, unit in (
            ("nl-thong-tin", people, INFORMATION_SHARES[district][-1] + 6.2, 100),
            ("kn-song", people, LIFE_SKILL_SHARES[district][-1] + 0.2, 100),
            ("csgd-moi-truong-so", schools, 100 * online[-1] / schools + 3.5, 1),
            ("cong-dan-ht", citizens, LEARNING_CITIZEN_SHARES[district][-1] + 2.8, 100),
        ):
            by_district.setdefault(indicator, {})[district] = whole, share, unit
    figures = communes_of_2025.handed_out(data, by_district)
    figures["csgd-moi-truong-so", REMAINDER] = communes_of_2025.REMAINDER_SCHOOLS
    for commune in communes_of_2025.communes(data):
        uses_it = commune not in communes_of_2025.WITHOUT_IT
        figures["tthtcd-cntt", commune] = int(uses_it), 1
    return figures


def _cell_of_2025(indicator: str, area: str, cell: Cell) -> Row:
    note = communes_of_2025.NOTES.get((indicator, area), ("", ""))
    row = _row(indicator, area, communes_of_2025.YEAR)
    row |= {"note_vi": note[0], "note_en": note[1]}
    if isinstance(cell, str):
        return row | {"missing": cell}
    status = "P" if (indicator, area) in communes_of_2025.PRELIMINARY else "A"
    status = "E" if indicator in communes_of_2025.ESTIMATED else status
    return row | {"numerator": str(cell[0]), "denominator": str(cell[1]), "status": status}


def _outcomes(indicator: str) -> list[Row]:
    """What districts still reached in the year in which they ended."""
    return [
        _row(indicator, area, communes_of_2025.YEAR)
        | {
            "value": level,
            "status": "A",
            "as_of": communes_of_2025.LAST_DAY,
            "decision": _decision(communes_of_2025.YEAR, serial),
            "decided_on": on.isoformat(),
            "note_vi": communes_of_2025.NOTES[indicator, area][0],
            "note_en": communes_of_2025.NOTES[indicator, area][1],
        }
        for (each, area), (level, serial, on) in communes_of_2025.OUTCOMES.items()
        if each == indicator
    ]


def reports_of_2025(data: Path) -> list[Row]:
    """The reports of the communes' committees and of the bodies that took over."""
    chance = random.Random(communes_of_2025.YEAR)  # noqa: S311  (invented dates, no secret)
    year = communes_of_2025.YEAR
    names = dict(communes_of_2025.CITY_REPORTERS)
    for area, name in communes_of_2025.communes(data).items():
        if area != communes_of_2025.SILENT:
            names[f"ubnd-{area}"] = f"UBND {communes_of_2025.within(name)}"
    return [
        {
            "reporter": reporter,
            "received_on": _working_day(date(year, 12, chance.randint(2, 13))).isoformat(),
            "document": f"Báo cáo minh họa của {name} năm {year}",
            "note_vi": "",
        }
        for reporter, name in names.items()
    ]


def reports(year: int, chance: random.Random) -> list[Row]:
    """Who handed in a report, when, and what it is called; nobody had to before 2022."""
    if year < FIRST_REPORT_YEAR:
        return []
    names = AGENCIES | {f"ubnd-{area}": f"UBND {name}" for area, name in DISTRICTS.items()}
    rows: list[Row] = []
    for reporter, name in names.items():
        usual = _working_day(date(year, 12, chance.randint(2, 13)))
        received, note = REPORT_DAYS.get((reporter, year), (usual, ""))
        if received is not None:
            rows.append(
                {
                    "reporter": reporter,
                    "received_on": received.isoformat(),
                    "document": f"Báo cáo minh họa của {name} năm {year}",
                    "note_vi": note,
                }
            )
    return rows


def actions(year: int) -> list[Row]:
    """The state of every action of the plan at the end of a year."""
    rows: list[Row] = []
    for action, (states, summaries) in ACTIONS.items():
        state = states[year - YEARS[0]]
        words = USUAL_SUMMARY.get(state)
        if words is None:
            vi, en = summaries.get(state, ("", ""))
            words = f"Minh họa: {vi}", f"Illustrative: {en}"
        if year == communes_of_2025.YEAR:
            words = communes_of_2025.SUMMARIES.get(action, words)
        rows.append(
            {
                "action": action,
                "state": STATES[state],
                "summary_vi": words[0].format(year=year),
                "summary_en": words[1].format(year=year),
                "evidence": "",
            }
        )
    return rows


# Descriptors --------------------------------------------------------------------------------

ID = "^[a-z0-9]+(-[a-z0-9]+)*$"


def _field(name: str, kind: str, title: str, description: str = "", **constraints: object) -> Any:
    made: dict[str, object] = {"name": name, "type": kind, "title": title}
    if description:
        made["description"] = description
    if constraints:
        made["constraints"] = constraints
    return made


SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    "observations": {
        "fields": [
            _field(
                "indicator",
                "string",
                "Chỉ tiêu",
                "Định danh trong data/plan/indicators.csv.",
                required=True,
                pattern=ID,
            ),
            _field(
                "area",
                "string",
                "Địa bàn",
                "Định danh trong data/areas/areas.csv.",
                required=True,
                pattern=ID,
            ),
            _field(
                "numerator",
                "integer",
                "Tử số",
                "Số người, số cơ sở; ở dòng của cả tỉnh thuộc chỉ tiêu đếm huyện: số huyện đạt.",
                minimum=0,
            ),
            _field("denominator", "integer", "Mẫu số", "Không nhỏ hơn tử số.", minimum=0),
            _field(
                "value",
                "number",
                "Giá trị",
                "Tỷ lệ phần trăm khi nguồn không có tử số và mẫu số; mức độ đạt chuẩn hoặc danh "
                "hiệu, 0 là không đạt.",
                minimum=0,
            ),
            _field(
                "status",
                "string",
                "Tình trạng",
                "Danh mục CL_OBS_STATUS của SDMX. A: chính thức. P: sơ bộ. E: ước tính.",
                enum=["A", "P", "E"],
            ),
            _field(
                "missing",
                "string",
                "Lý do thiếu",
                "z: không áp dụng. x: chưa báo cáo. c: không công bố. n: chưa thu thập. Mỗi dòng "
                "có đúng một trong hai: số liệu hoặc lý do thiếu.",
                enum=["z", "x", "c", "n"],
            ),
            _field("as_of", "date", "Tính đến ngày", "Chỉ ghi khi khác as_of của cả gói dữ liệu."),
            _field("decision", "string", "Quyết định", "Quyết định công nhận mức độ ở cột value."),
            _field("decided_on", "date", "Ngày quyết định"),
            _field("valid_until", "date", "Có giá trị đến ngày", "Ngày cuối cùng còn giá trị."),
            _field(
                "source",
                "string",
                "Nguồn",
                "Cột document của reports.csv, hoặc tên một nguồn trong sources của gói.",
            ),
            _field(
                "break_vi",
                "string",
                "Không so được với trước",
                "Vì sao không so được với các năm trước; bỏ trống: so được.",
            ),
            _field("break_en", "string", "Không so được với trước (tiếng Anh)"),
            _field("note_vi", "string", "Ghi chú"),
            _field("note_en", "string", "Ghi chú (tiếng Anh)"),
        ],
        "primaryKey": ["indicator", "area"],
        "missingValues": [""],
    },
    "reports": {
        "fields": [
            _field(
                "reporter",
                "string",
                "Nơi báo cáo",
                "Định danh trong data/plan/agencies.csv.",
                required=True,
                pattern=ID,
            ),
            _field("received_on", "date", "Ngày nhận", required=True),
            _field("document", "string", "Tên báo cáo", required=True),
            _field("note_vi", "string", "Ghi chú"),
        ],
        "primaryKey": ["reporter"],
        "missingValues": [""],
    },
    "actions": {
        "fields": [
            _field(
                "action",
                "string",
                "Nhiệm vụ",
                "Định danh trong data/plan/actions.csv.",
                required=True,
                pattern=r"^[IVX]+(\.[0-9]+)+[a-z]?$",
            ),
            _field(
                "state",
                "string",
                "Tình hình",
                "not-started: chưa làm. under-way: đang làm. done: đã xong (việc hằng năm: xong "
                "trong năm). stopped: đã dừng. unknown: chưa rõ.",
                required=True,
                enum=list(STATES.values()),
            ),
            _field("summary_vi", "string", "Tóm tắt", required=True),
            _field("summary_en", "string", "Tóm tắt (tiếng Anh)"),
            _field("evidence", "string", "Căn cứ"),
        ],
        "primaryKey": ["action"],
        "missingValues": [""],
    },
    "releases": {
        "fields": [
            _field("year", "integer", "Năm số liệu", required=True, minimum=2021),
            _field("version", "integer", "Phiên bản", required=True, minimum=1),
            _field(
                "released",
                "datetime",
                "Thời điểm công bố",
                "Giờ Việt Nam, ghi rõ +07:00.",
                required=True,
            ),
            _field(
                "sha256",
                "string",
                "Mã băm",
                "Có: phiên bản đã được ký duyệt. Bỏ trống: mới là dự kiến. Tính trên các dòng "
                "«mã SHA-256 của tệp, xuống dòng kiểu LF», hai dấu cách, «tên tệp», LF; xếp theo "
                "byte của tên; gồm datapackage.json và các tệp mà nó kê.",
                pattern="^[0-9a-f]{64}$",
            ),
            _field("note_vi", "string", "Ghi chú"),
            _field("note_en", "string", "Ghi chú (tiếng Anh)"),
        ],
        "primaryKey": ["year", "version"],
        "missingValues": [""],
    },
}
FIELDS = {name: [field["name"] for field in schema["fields"]] for name, schema in SCHEMAS.items()}
TITLES = {
    "observations": "Số liệu",
    "reports": "Báo cáo đã nhận",
    "actions": "Tình hình nhiệm vụ",
    "releases": "Lịch công bố",
}
LICENSES = [{"name": "CC-BY-4.0", "title": "Creative Commons Ghi công 4.0 Quốc tế"}]
CONTRIBUTORS = [{"title": "Dự án tiendo (số liệu minh họa)", "roles": ["creator"]}]


def _resource(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "title": TITLES[name],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": SCHEMAS[name],
    }


def _descriptor(year: int, copies: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"results-{year}",
        "title": f"Số liệu minh họa về việc thực hiện Kế hoạch số 4206/KH-UBND, năm {year}",
        "description": "Số liệu minh họa: mọi con số, báo cáo và quyết định trong gói này là hư "
        "cấu, không phải số liệu của cơ quan nào.",
        "version": "1",
        "year": year,
        "as_of": f"{year}-12-31",
        "illustrative": True,
        "geography": "district" if year in YEARS else "commune",
        "licenses": LICENSES,
        "contributors": CONTRIBUTORS,
        "sources": [{"title": title} for title in sources(year).values()],
        "resources": [
            *(_resource(name) for name in ("observations", "reports", "actions")),
            *copies,
        ],
    }


def _releases_descriptor() -> dict[str, Any]:
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "releases",
        "title": "Lịch công bố số liệu minh họa về việc thực hiện Kế hoạch số 4206/KH-UBND",
        "licenses": LICENSES,
        "contributors": CONTRIBUTORS,
        "resources": [_resource("releases")],
    }


# Signing off --------------------------------------------------------------------------------


def signed_copies(data: Path, rows: Sequence[Row]) -> list[tuple[dict[str, Any], str]]:
    """The resources that a signed version carries, each with the text of its file.

    A foreign key stays only where what it refers to is copied too.
    """
    reported = {row["area"] for row in rows}
    copies: list[tuple[dict[str, Any], str]] = []
    carried = {"", "indicators", "targets", "areas"}
    for package, name in (("plan", "indicators"), ("plan", "targets"), ("areas", "areas")):
        descriptor = json.loads((data / package / "datapackage.json").read_text("utf-8"))
        resource = next(entry for entry in descriptor["resources"] if entry["name"] == name)
        text = (data / package / resource["path"]).read_text("utf-8")
        if name == "areas":
            header, *lines = csv.reader(io.StringIO(text))
            kept = [dict(zip(header, line, strict=True)) for line in lines if line[0] in reported]
            text = _as_csv(header, kept)
            if not {row["parent"] for row in kept} <= reported | {""}:
                carried = carried - {""}
        schema = dict(resource["schema"])
        keys = [
            key
            for key in schema.pop("foreignKeys", [])
            if key["reference"].get("resource", "") in carried
        ]
        if keys:
            schema["foreignKeys"] = keys
        copies.append((resource | {"path": f"{name}.csv", "schema": schema}, text))
    return copies


def _as_csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def editions(data: Path) -> dict[tuple[int, int], dict[str, bytes]]:
    """The files of every edition by name, by year and version."""
    chance = random.Random(SEED)  # noqa: S311  (invented figures, no secret)
    figures = ratios(chance)
    made: dict[tuple[int, int], dict[str, bytes]] = {}
    for year in (*YEARS, communes_of_2025.YEAR):
        by_districts = year in YEARS
        handed_in = reports(year, chance) if by_districts else reports_of_2025(data)
        documents = {row["reporter"]: row["document"] for row in handed_in}
        if by_districts:
            rows = observations(year, figures, documents)
        else:
            rows = observations_of_2025(data, documents)
        copies = signed_copies(data, rows)
        texts = {
            "datapackage.json": _as_json(_descriptor(year, (resource for resource, _ in copies))),
            "observations.csv": _as_csv(FIELDS["observations"], rows),
            "reports.csv": _as_csv(FIELDS["reports"], handed_in),
            "actions.csv": _as_csv(FIELDS["actions"], actions(year)),
            **{resource["path"]: text for resource, text in copies},
        }
        made[year, 1] = {name: text.encode() for name, text in texts.items()}
    later = (corrected.YEAR, corrected.VERSION)
    made[later] = corrected.second_version(made[corrected.YEAR, 1])
    return dict(sorted(made.items()))


def releases(made: Mapping[tuple[int, int], Mapping[str, bytes]]) -> list[Row]:
    """The calendar: what was signed off, and the next release planned."""
    rows = [
        {
            "year": str(year),
            "version": "1",
            "released": released,
            "sha256": seal(made[year, 1]),
            "note_vi": f"Số liệu minh họa năm {year}.",
            "note_en": f"Illustrative figures for {year}.",
        }
        for year, released in RELEASES
    ]
    rows.append(corrected.release(made[corrected.YEAR, corrected.VERSION]))
    rows.sort(key=lambda row: (row["year"], row["version"]))
    year, released = NEXT_RELEASE
    planned = {
        "year": str(year),
        "version": "1",
        "released": released,
        "sha256": "",
        "note_vi": "Ngày dự kiến minh họa.",
        "note_en": "Illustrative planned date.",
    }
    return [*rows, planned]


def main() -> None:
    """Write the folder ``results`` of a data folder."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    data: Path = parser.parse_args().data
    made = editions(data)
    files = {
        f"{year}/v{version}/{name}": content
        for (year, version), part in made.items()
        for name, content in part.items()
    }
    files["datapackage.json"] = _as_json(_releases_descriptor()).encode()
    files["releases.csv"] = _as_csv(FIELDS["releases"], releases(made)).encode()
    for name, content in files.items():
        path = data / "results" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
