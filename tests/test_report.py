from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

from tiendo.terms import Place, Problem
from tiendo.words.problems import ONE_CODE_AT_MOST, reported, summary
from tiendo.words.wording import words

VI, EN = words("vi"), words("en")

UNKNOWN_AREA = Problem(
    code="area-unknown",
    place=Place(file="results/2024/v1/observations.csv", row=14, column="area", value="Tứ Kỳ"),
    facts={"nearest": "tu-ky"},
)
BLANK = Problem(
    code="row-blank", place=Place(file="results/2024/v1/observations.csv", row=9), stops=False
)


def test_a_problem_is_told_with_its_place_what_is_wrong_and_what_to_do() -> None:
    assert reported([UNKNOWN_AREA], "text", VI) == (
        "LỖI results/2024/v1/observations.csv, dòng 14, cột area\n"
        "    Không có địa bàn “Tứ Kỳ”.\n"
        "    → Có phải “tu-ky” không? Dùng mã trong areas/areas.csv. [area-unknown]\n"
    )


def test_a_problem_is_told_in_english_too() -> None:
    assert reported([BLANK], "text", EN) == (
        "WARNING results/2024/v1/observations.csv, row 9\n"
        "    The row is empty.\n"
        "    → Remove it. [row-blank]\n"
    )


def test_nothing_is_suggested_where_nothing_is_near() -> None:
    problem = Problem(code="area-unknown", place=UNKNOWN_AREA.place, facts={"nearest": ""})

    assert "Có phải" not in reported([problem], "text", VI)


def test_a_place_in_a_descriptor_is_a_property() -> None:
    problem = Problem(
        code="edition-lacks",
        place=Place(file="results/2024/v1/datapackage.json", column="geography"),
        facts={"name": "geography"},
    )

    assert reported([problem], "text", VI).startswith(
        "LỖI results/2024/v1/datapackage.json, mục geography\n"
    )


def test_what_can_not_be_seen_is_shown_by_its_number() -> None:
    place = Place(file="a.csv", row=2, column="note_vi", value="Nam\u00a0Sách\u202e\n")

    text = reported([Problem(code="letters-invisible", place=place)], "text", VI)

    assert "“Nam⟨U+00A0⟩Sách⟨U+202E⟩⟨U+000A⟩”" in text
    assert len(text.splitlines()) == 3


def test_a_long_value_is_cut() -> None:
    place = Place(file="a.csv", row=2, column="note_vi", value="=" + "a" * 10_000)

    assert len(reported([Problem(code="cell-formula", place=place)], "text", VI)) < 500


def test_braces_in_a_value_are_shown_as_they_are() -> None:
    place = Place(file="a.csv", row=2, column="note_vi", value="={0}{value}")

    assert "“={0}{value}”" in reported([Problem(code="cell-formula", place=place)], "text", VI)


def dates(rows: Iterable[int], file: str = "a.csv") -> list[Problem]:
    """Cells that Excel turned, as one hand does it to a whole column."""
    return [
        Problem(code="cell-date", place=Place(file=file, row=row, column="on", value="12/12/2026"))
        for row in rows
    ]


def test_a_fault_in_every_cell_of_a_column_is_told_once_with_all_rows() -> None:
    found = [*dates(range(2, 57)), *dates([60, 62, 63])]

    assert reported(found, "text", VI) == (
        "LỖI a.csv, cột on, các dòng 2–56, 60, 62–63\n"
        "    “12/12/2026” không phải ngày. (58 ô cùng một lỗi.)\n"
        "    → Viết năm-tháng-ngày: 2024-12-31. [cell-date]\n"
    )


def test_a_few_cells_with_one_fault_are_told_one_by_one() -> None:
    text = reported(dates([2, 3, 9]), "text", EN)

    assert [line for line in text.splitlines() if line.startswith("ERROR")] == [
        f"ERROR a.csv, row {row}, column on" for row in (2, 3, 9)
    ]


def test_what_a_file_lacks_is_told_in_one_place() -> None:
    found = [
        Problem(code="action-missing", place=Place(file="a.csv", column="action", value=name))
        for name in ("I.1", "I.2")
    ]

    assert reported(found, "text", VI) == (
        "LỖI a.csv, cột action\n"
        "    Thiếu dòng của nhiệm vụ “I.1”.\n"
        "    Thiếu dòng của nhiệm vụ “I.2”.\n"
        "    → Thêm dòng; chưa biết thì ghi unknown. [action-missing]\n"
    )


def test_files_do_not_mix_and_an_annotation_stands_for_all_cells_of_its_column() -> None:
    found = [*dates(range(2, 12)), *dates(range(2, 12), "b.csv")]

    lines = reported(found, "github", EN).splitlines()

    assert [line.partition(",")[0] for line in lines] == [
        "::error file=a.csv",
        "::error file=b.csv",
    ]
    assert "rows 2–11: " in lines[0]


def test_many_different_faults_of_one_kind_are_counted() -> None:
    found = [
        Problem(
            code="area-unknown",
            place=Place(file="a.csv", row=row, column="area", value=str(row)),
            facts={"nearest": str(row)},
        )
        for row in range(2, 1002)
    ]

    lines = reported(found, "text", VI).splitlines()

    assert len(lines) == 3 * ONE_CODE_AT_MOST + 1
    assert lines[-1] == "… và 950 chỗ cùng loại nữa trong a.csv [area-unknown]"


def test_an_annotation_for_github_has_its_signs_escaped() -> None:
    problem = Problem(
        code="percent-range",
        place=Place(file="plan/a,b:c%.csv", row=3, column="value", value="120"),
    )

    assert reported([problem], "github", VI, folder="data") == (
        "::error file=data/plan/a%2Cb%3Ac%25.csv,line=3,title=percent-range::"
        "“120” không nằm trong khoảng 0–100%25. → Kiểm tra dấu thập phân.\n"
    )


def test_a_warning_is_annotated_as_one() -> None:
    assert reported([BLANK], "github", EN).startswith(
        "::warning file=results/2024/v1/observations.csv,line=9,title=row-blank::"
    )


def test_json_holds_everything_that_is_known_of_a_problem() -> None:
    assert json.loads(reported([UNKNOWN_AREA], "json", EN)) == {
        "problems": [
            {
                "code": "area-unknown",
                "stops": True,
                "file": "results/2024/v1/observations.csv",
                "row": 14,
                "column": "area",
                "value": "Tứ Kỳ",
                "facts": {"nearest": "tu-ky"},
                "what": "There is no area “Tứ Kỳ”.",
                "do": "Did you mean “tu-ky”? Use an id of areas/areas.csv.",
                "help": None,
            }
        ]
    }


def test_json_leaves_empty_what_is_not_known() -> None:
    entry = json.loads(reported([Problem(code="file-missing", place=Place(file="a"))], "json", VI))

    assert [entry["problems"][0][name] for name in ("row", "column", "value")] == [None] * 3


@pytest.mark.parametrize(("form", "text"), [("text", ""), ("github", "")])
def test_where_nothing_is_wrong_nothing_is_said(form: str, text: str) -> None:
    assert reported([], form, VI) == text


def test_json_is_whole_also_where_nothing_is_wrong() -> None:
    assert json.loads(reported([], "json", VI)) == {"problems": []}


def test_the_summary_counts_what_stops_and_what_warns() -> None:
    said = [
        summary([], VI),
        summary([BLANK], VI),
        summary([UNKNOWN_AREA, UNKNOWN_AREA, BLANK], VI),
        summary([UNKNOWN_AREA, BLANK], EN),
    ]

    assert said == [
        "Không có lỗi.",
        "Có 1 điều cần xem lại.",
        "Có 2 lỗi phải sửa và 1 điều cần xem lại.",
        "There are 1 error to fix and 1 warning.",
    ]
