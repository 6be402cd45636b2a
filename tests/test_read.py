"""Whatever stands in a data folder is read, or told about; nothing of it ends the program."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from packages_at_hand import (
    SMALL,
    draft,
    inspect,
    observed,
    problems,
    sign_again,
    small,
    swap,
    told,
    write_table,
)
from packages_at_hand import table as rows_of

from tiendo.cli import main
from tiendo.read.archive import OBSERVATION_COLUMNS, read, seal
from tiendo.read.descriptor import descriptor_faults
from tiendo.words.problems import FORMATS, reported
from tiendo.words.wording import words

EDITION = "results/2024/v1"
OBSERVATIONS = f"{EDITION}/observations.csv"
RELEASES = "results/releases.csv"


def only(found: list[str]) -> str:
    assert len(found) == 1, found
    return found[0]


# What is read --------------------------------------------------------------------------------


def test_the_small_case_is_read_as_it_stands() -> None:
    archive, found = read(SMALL)

    assert found == []
    assert archive is not None
    assert (archive.plan.start, archive.plan.end, archive.plan.scope) == (2022, 2028, "may-trang")
    assert [edition.as_of for edition in archive.editions] == [
        date(2023, 12, 31),
        date(2024, 12, 31),
    ]
    assert archive.areas["ben-lau"].aliases == ("Bến Lau", "H. Bến Lau")
    assert archive.actions[1].leads == ("ubnd-ben-lau", "ubnd-doi-che")


def test_observations_have_the_columns_and_types_that_are_promised() -> None:
    archive, _ = read(SMALL)
    assert archive is not None

    types = {name: str(dtype) for name, dtype in archive.observations.dtypes.items()}

    assert types == OBSERVATION_COLUMNS
    value = archive.observations.query("indicator == 'dong-cua' and year == 2023")["value"].item()
    assert value == Decimal("40.0")


def test_a_row_is_numbered_as_excel_numbers_it() -> None:
    archive, _ = read(SMALL)
    assert archive is not None

    rows = archive.observations.query("year == 2024")["row"]

    assert (rows.iloc[0], rows.iloc[-1]) == (2, 16)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: b"\xef\xbb\xbf" + content,
        lambda content: content.replace(b"\n", b"\r\n"),
        lambda content: content.rstrip(b"\n"),
        lambda content: content.replace(
            "Danh mục minh họa".encode(), '"Danh mục minh họa"'.encode()
        ),
    ],
    ids=["byte order mark", "CRLF", "no last line end", "quotes that need not be"],
)
def test_what_excel_does_to_a_file_without_harm_is_accepted(
    change: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    data = draft(tmp_path)
    file = data / OBSERVATIONS
    file.write_bytes(change(file.read_bytes()))

    assert told(data) == []


def test_line_ends_of_windows_leave_a_signed_version_as_it_was_signed(tmp_path: Path) -> None:
    data = small(tmp_path)
    for file in (data / EDITION).iterdir():
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    assert told(data) == []


def test_a_seal_is_over_names_and_contents_in_byte_order() -> None:
    sealed = seal({"b.csv": b"2\r\n", "a.csv": b"1\n"})

    assert sealed == seal({"a.csv": b"1\n", "b.csv": b"2\n"})
    lines = "".join(
        f"{sha256(c).hexdigest()}  {n}\n" for n, c in (("a.csv", b"1\n"), ("b.csv", b"2\n"))
    )
    assert sealed == sha256(lines.encode()).hexdigest()


def test_columns_that_came_later_may_be_absent(tmp_path: Path) -> None:
    data = draft(tmp_path)
    drop_column(data, "observations", "note_en")

    assert told(data) == []


def drop_column(data: Path, table: str, column: str) -> None:
    descriptor = json.loads((data / EDITION / "datapackage.json").read_text())
    for resource in descriptor["resources"]:
        if resource["name"] == table:
            fields = resource["schema"]["fields"]
            fields[:] = [each for each in fields if each["name"] != column]
    (data / EDITION / "datapackage.json").write_text(json.dumps(descriptor))
    file = data / EDITION / f"{table}.csv"
    rows = [{k: v for k, v in row.items() if k != column} for row in rows_of(file)]
    swap(file, f",{column}\n", "\n")
    write_table(file, rows)


# Files ---------------------------------------------------------------------------------------


def encoded(name: str) -> Callable[[bytes], bytes]:
    return lambda content: content.decode().encode(name, "replace")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (encoded("utf-16"), "file-encoding"),
        (encoded("utf-16-le"), "file-encoding"),
        (encoded("utf-32"), "file-encoding"),
        (lambda content: content + "Hải".encode("utf-16-le"), "file-encoding"),
        (lambda content: content + b"Da\xf2t chu\xe2\xd2n\n", "file-encoding"),  # cp1258
        (lambda content: content + b"H\xb6i D\xad\xacng\n", "file-encoding"),  # TCVN3
        (lambda content: content.replace(b",", b";"), "file-separator"),
        (lambda content: content.replace(b",", b"\t"), "file-separator"),
        (lambda content: b"sep=;\n" + content.replace(b",", b";"), "file-separator"),
        (lambda content: b"sep=,\n" + content, "header-wrong"),
        (lambda content: b"B\xe1\xbb\x9da\n" + content, "header-wrong"),
        (lambda content: b"\n" + content, "header-wrong"),
        (lambda content: content.replace(b"\n", b"\r"), "file-line-ends"),
        (lambda _: b"", "file-empty"),
        (lambda _: b"\xef\xbb\xbf\n", "file-empty"),
        (lambda content: content.split(b"\n")[0] + b"\n", "table-empty"),
        (lambda _: b"PK\x03\x04\x14\x00\x06\x00", "file-workbook"),
        (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file-workbook"),
        (lambda content: content.replace(b"numerator", b"Numerator", 1), "header-wrong"),
        (lambda content: content.replace(b"numerator", b" numerator", 1), "header-wrong"),
        (lambda content: content.replace(b"numerator,denominator", b"numerator,numerator", 1), "header-wrong"),
        (lambda content: content.replace(b"numerator,denominator", b"numerator,", 1), "header-wrong"),
        (lambda content: content.replace(b"note_en\n", b"note_en,\n", 1), "header-wrong"),
        (lambda content: content.replace(b"indicator,area", b"area,indicator", 1), "header-order"),
        (lambda content: content + b'biet-boi,"ben-lau\n', "row-quotes"),
        (lambda content: content + b'biet-boi,"ben"-lau\n', "row-quotes"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_of_the_contract_is_told_by_what_it_is(
    change: Callable[[bytes], bytes], code: str, tmp_path: Path
) -> None:
    data = draft(tmp_path)
    file = data / OBSERVATIONS
    file.write_bytes(change(file.read_bytes()))

    found = problems(data)

    assert [(each.code, each.place.file) for each in found] == [(code, OBSERVATIONS)]
    assert found[0].stops


def test_a_doubled_header_names_the_column_that_is_there_twice(tmp_path: Path) -> None:
    data = draft(tmp_path)
    swap(data / OBSERVATIONS, "numerator,denominator", "numerator,numerator")

    facts = problems(data)[0].facts

    assert (facts["missing"], facts["extra"]) == ("denominator", "numerator")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    data = draft(tmp_path)
    (data / EDITION / "reports.csv").unlink()

    assert told(data)[-1] == "file-missing 2024/v1/reports.csv"


@pytest.mark.parametrize("kind", ["folder", "pipe", "circle"])
def test_what_is_no_file_is_told_and_not_waited_for(kind: str, tmp_path: Path) -> None:
    data = draft(tmp_path)
    path = data / EDITION / "actions.csv"
    path.unlink()
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(path.name)

    assert "file-unreadable 2024/v1/actions.csv" in told(data)


def test_a_link_out_of_the_data_folder_is_not_followed(tmp_path: Path) -> None:
    data = draft(tmp_path)
    file = data / EDITION / "actions.csv"
    outside = file.rename(tmp_path / "actions.csv")
    file.symlink_to(outside)

    assert "file-outside 2024/v1/actions.csv" in told(data)


def test_a_data_folder_may_itself_be_a_link(tmp_path: Path) -> None:
    small(tmp_path)
    (tmp_path / "linked").symlink_to(tmp_path / "data")

    assert told(tmp_path / "linked") == []


@pytest.mark.parametrize(
    "path",
    [
        "results/ghi-chu.txt",
        "results/20a4/v1/observations.csv",
        "results/２０２４/v1/observations.csv",
        "results/2024/v0/datapackage.json",
        "results/2024/v01/datapackage.json",
        "results/2024/V2/datapackage.json",
        "results/2024/notes.md",
        "results/2024/v1/~$observations.csv",
        "results/2024/v1/.DS_Store",
        "results/2024/v1/báo cáo.xlsx",
        "plan/draft.csv",
        "areas/map.geojson",
    ],
)
def test_a_stray_file_is_told(path: str, tmp_path: Path) -> None:
    data = draft(tmp_path)
    (data / path).parent.mkdir(parents=True, exist_ok=True)
    (data / path).write_bytes(b"x")

    assert [line.split(" ", 1)[0] for line in told(data)] == ["file-stray"]


def test_a_stray_file_with_a_name_that_is_no_text_can_be_told(tmp_path: Path) -> None:
    data = draft(tmp_path)
    Path(os.fsdecode(os.fsencode(data / EDITION) + b"/H\xb6i.csv")).write_bytes(b"")

    text = reported(problems(data), "text", words("vi"))

    assert text.encode().count(b"file-stray") == 1


def test_an_empty_data_folder_is_told_and_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()

    assert told(tmp_path / "data") == [
        "file-missing areas/datapackage.json",
        "file-missing plan/datapackage.json",
        "file-missing datapackage.json",
    ]


# Cells ---------------------------------------------------------------------------------------


REFUSED = [
    ("numerator", "1.234", "cell-integer"),
    ("numerator", "1,234", "cell-integer"),
    ("numerator", "1 234", "cell-integer"),
    ("numerator", "1\u00a0234", "cell-integer"),
    ("numerator", " 120", "cell-integer"),
    ("numerator", "1_000", "cell-integer"),
    ("numerator", "+120", "cell-integer"),
    ("numerator", "120.0", "cell-integer"),
    ("numerator", "1e3", "cell-integer"),
    ("numerator", "１２", "cell-integer"),
    ("numerator", "١٢", "cell-integer"),
    ("numerator", "−5", "cell-integer"),
    ("numerator", "12/12", "cell-integer"),
    ("numerator", "=B3*100", "cell-integer"),
    ("numerator", "-", "cell-integer"),
    ("numerator", "…", "cell-integer"),
    ("numerator", "...", "cell-integer"),
    ("numerator", "N/A", "cell-integer"),
    ("numerator", "khoảng 60", "cell-integer"),
    ("numerator", "-5", "cell-range"),
    ("numerator", "1" + "0" * 30, "cell-range"),
    ("numerator", "9" * 5000, "cell-integer"),
    ("value", "70,5", "cell-number"),
    ("value", "1.234,5", "cell-number"),
    ("value", "1.971.326", "cell-number"),
    ("value", "60%", "cell-number"),
    ("value", "60 %", "cell-number"),
    ("value", "70,5％", "cell-number"),
    ("value", "1e3", "cell-number"),
    ("value", "33.", "cell-number"),
    ("value", ".5", "cell-number"),
    ("value", "NaN", "cell-number"),
    ("value", "nan", "cell-number"),
    ("value", "Infinity", "cell-number"),
    ("value", "-inf", "cell-number"),
    ("value", ">60", "cell-number"),
    ("value", "~60", "cell-number"),
    ("value", "７０．５", "cell-number"),
    ("value", "7\u00a00", "cell-number"),
    ("value", "-0.1", "cell-range"),
    ("value", "0x10", "cell-number"),
    ("decided_on", "15/12/2024", "cell-date"),
    ("decided_on", "2024-02-30", "cell-date"),
    ("decided_on", "24-12-15", "cell-date"),
    ("decided_on", "2024-1-5", "cell-date"),
    ("decided_on", "20241215", "cell-date"),
    ("decided_on", "2024-W50-7", "cell-date"),
    ("decided_on", "45641", "cell-date"),
    ("decided_on", "2024", "cell-date"),
    ("decided_on", "2024-12-15T00:00:00", "cell-date"),
    ("decided_on", "２０２４-12-15", "cell-date"),
    ("decided_on", "ngày 15 tháng 12 năm 2024", "cell-date"),
    ("decided_on", "9999-12-31", "cell-range"),
    ("decided_on", "0001-01-01", "cell-range"),
    ("status", "a", "cell-enum"),
    ("status", "A ", "cell-enum"),
    ("missing", "-", "cell-enum"),
]
"""Column, what stands in it, and what is told of that."""


def test_a_cell_that_is_not_written_as_agreed_is_refused_and_never_guessed_at(
    tmp_path: Path,
) -> None:
    data = draft(tmp_path)
    file = data / OBSERVATIONS
    write_table(
        file,
        [
            {"indicator": "biet-boi", "area": f"noi-{place}", column: cell}
            for place, (column, cell, _) in enumerate(REFUSED)
        ],
    )

    found = {
        (each.place.row, each.place.column, each.place.value, each.code)
        for each in problems(data)
        if each.code.startswith("cell-") and each.code != "cell-formula"
    }

    assert found == {
        (row, column, cell, code) for row, (column, cell, code) in enumerate(REFUSED, start=2)
    }


def test_a_cell_that_may_not_be_empty_is_told(tmp_path: Path) -> None:
    data = draft(tmp_path)
    swap(data / OBSERVATIONS, "biet-boi,ben-lau,", "biet-boi,,")

    assert "cell-required 2024/v1/observations.csv:2 area" in told(data)


@pytest.mark.parametrize("cell", ["30", "30.0", "30.00", "030"])
def test_a_number_with_a_decimal_point_is_a_number(cell: str, tmp_path: Path) -> None:
    data = draft(tmp_path)
    observed(data, "dong-cua", "may-trang", value=cell)

    assert told(data) == []


def test_a_decimal_comma_that_splits_a_cell_in_two_is_told_as_such(tmp_path: Path) -> None:
    data = draft(tmp_path)
    swap(data / OBSERVATIONS, "be-boi,ben-lau,,,1,A,", "be-boi,ben-lau,,,70,5,A,")

    assert told(data) == ["row-cells 2024/v1/observations.csv:9"]
    assert problems(data)[0].facts == {"found": "17", "expected": "16"}


@pytest.mark.parametrize("line", ["", ",,,", "," * 15, "," * 30])
def test_a_blank_row_is_told_and_does_not_stop(line: str, tmp_path: Path) -> None:
    data = draft(tmp_path)
    file = data / OBSERVATIONS
    file.write_text(file.read_text() + line + "\n")

    found = problems(data)

    assert [(each.code, each.place.row, each.stops) for each in found] == [("row-blank", 17, False)]


def test_a_footer_under_the_table_is_told(tmp_path: Path) -> None:
    data = draft(tmp_path)
    file = data / OBSERVATIONS
    file.write_text(file.read_text() + "Người lập biểu\n")

    assert told(data)[0] == "row-cells 2024/v1/observations.csv:17"


def test_a_cell_over_several_lines_is_told_and_rows_after_it_keep_their_numbers(
    tmp_path: Path,
) -> None:
    data = draft(tmp_path)
    observed(data, "biet-boi", "ben-lau", note_vi="dòng một\ndòng hai")
    observed(data, "biet-boi", "song-xanh", status="?")

    assert told(data) == [
        "cell-lines 2024/v1/observations.csv:2 note_vi dòng một\ndòng hai",
        "cell-enum 2024/v1/observations.csv:4 status ?",
    ]


def test_the_same_row_twice_is_told_with_the_row_that_was_first(tmp_path: Path) -> None:
    data = draft(tmp_path)
    file = data / OBSERVATIONS
    file.write_text(file.read_text() + file.read_text().splitlines()[1] + "\n")

    assert told(data) == ["row-twice 2024/v1/observations.csv:17 indicator, area biet-boi, ben-lau"]
    assert problems(data)[0].facts == {"first": "2"}


def test_a_translation_without_its_vietnamese_is_told(tmp_path: Path) -> None:
    data = draft(tmp_path)
    observed(data, "biet-boi", "ben-lau", note_en="Counted in May.")

    assert told(data) == ["translation-alone 2024/v1/observations.csv:2 note_vi"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("=1+1", "cell-formula"),
        ("@tinh", "cell-formula"),
        ("Có  hai dấu cách", "cell-spaces"),
        ("cuối ", "cell-spaces"),
        ("Ðạt", "letters-look-alike"),
        ("Ha\u0309i", "letters-decomposed"),
    ],
)
def test_texts_that_spread_harm_are_told(text: str, code: str, tmp_path: Path) -> None:
    data = draft(tmp_path)
    observed(data, "biet-boi", "ben-lau", note_vi=text)

    assert only(told(data)) == f"{code} 2024/v1/observations.csv:2 note_vi {text}"


def test_names_in_a_descriptor_are_looked_at_like_cells(tmp_path: Path) -> None:
    data = draft(tmp_path)
    swap(data / EDITION / "datapackage.json", "Danh mục minh họa", "Danh mục minh ho\u0323a")

    assert "letters-decomposed 2024/v1/datapackage.json sources[0].title" in " ".join(told(data))


def test_a_problem_in_the_plan_does_not_hide_those_in_the_results(tmp_path: Path) -> None:
    data = draft(tmp_path)
    swap(data / "plan" / "goals.csv", "Sông nước", "Sông nước ")
    observed(data, "biet-boi", "ben-lau", numerator="500")

    assert [line.split(" ", 1)[0] for line in told(data)] == ["cell-spaces", "numerator-above"]


# Descriptors ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file-empty"),
        ("{", "descriptor-json"),
        ("{'name': 'x'}", "descriptor-json"),
        ("[]", "descriptor-invalid"),
        ("null", "descriptor-invalid"),
        ("3", "descriptor-invalid"),
        ('"x"', "descriptor-invalid"),
        ("{}", "descriptor-invalid"),
        ('{"resources": []}', "descriptor-invalid"),
        ('{"resources": {}}', "descriptor-invalid"),
        ('{"resources": ["observations.csv"]}', "descriptor-invalid"),
        ('{"resources": "https://example.org/resources.json"}', "descriptor-invalid"),
        ('{"year": 2024, "year": 2023}', "descriptor-invalid"),
        ('{"year": NaN}', "descriptor-invalid"),
        ('{"title": "\\ud800"}', "descriptor-invalid"),
        ('{"year": ' + "9" * 5000 + "}", "descriptor-invalid"),
        ("[" * 100_000, "descriptor-invalid"),
    ],
)  # fmt: skip
def test_a_descriptor_that_is_none_is_told(text: str, code: str, tmp_path: Path) -> None:
    data = draft(tmp_path)
    (data / EDITION / "datapackage.json").write_text(text)

    found = problems(data)

    assert {(each.code, each.place.file) for each in found} == {
        (code, f"{EDITION}/datapackage.json")
    }


def put(at: str, value: object) -> Callable[[Any], None]:
    """A change of a descriptor: a value under a path such as ``resources.0.path``."""

    def changed(descriptor: Any) -> None:
        *way, last = [int(step) if step.isdigit() else step for step in at.split(".")]
        for step in way:
            descriptor = descriptor[step]
        descriptor[last] = value

    return changed


FIELD = "resources.0.schema.fields.2"


@pytest.mark.parametrize(
    ("at", "value", "told_as"),
    [
        ("resources.0.path", "../../2023/v1/observations.csv", "resources[0].path"),
        ("resources.0.path", "/etc/passwd", "resources[0].path"),
        ("resources.0.path", "https://example.org/observations.csv", "resources[0].path"),
        ("resources.0.path", "Observations.CSV", "resources[0].path"),
        ("resources.0.path", ["observations.csv"], "resources[0].path"),
        ("resources.0.path", None, "resources[0].path"),
        ("resources.0.path", "reports.csv", "path: reports.csv ×2"),
        ("resources.0.name", "reports", "name: reports ×2"),
        ("resources.0.name", 5, "resources[0].name"),
        ("resources.0.data", [], "resources[0].data"),
        ("resources.0.dialect", {"csv": {"delimiter": ";"}}, "resources[0].dialect"),
        ("resources.0.dialect", "https://example.org/dialect.json", "resources[0].dialect"),
        ("resources.0.encoding", "cp1258", "resources[0].encoding"),
        ("resources.0.compression", "zip", "resources[0].compression"),
        ("resources.0.format", "xlsx", "resources[0].format"),
        ("resources.0.schema", "https://example.org/schema.json", "resources[0].schema"),
        ("resources.0.schema", {}, "resources[0].schema.fields"),
        ("resources.0.schema.fields", {}, "resources[0].schema.fields"),
        ("resources.0.schema.missingValues", ["", "-"], "resources[0].schema.missingValues"),
        ("resources.0.schema.primaryKey", ["vung"], "resources[0].schema.primaryKey"),
        ("resources.0.schema.primaryKey", 5, "resources[0].schema.primaryKey"),
        ("resources.0.schema.foreignKeys", "x", "resources[0].schema.foreignKeys"),
        ("resources.0.schema.foreignKeys", [5], "resources[0].schema.foreignKeys[0]"),
        (
            "resources.0.schema.foreignKeys",
            [{"fields": ["area"], "reference": {"resource": "areas", "fields": ["khu-vuc"]}}],
            "resources[0].schema.foreignKeys[0]",
        ),
        (
            "resources.0.schema.foreignKeys",
            [{"fields": ["area"], "reference": {"resource": "vung", "fields": ["area"]}}],
            "resources[0].schema.foreignKeys[0]",
        ),
        (FIELD, "numerator", "resources[0].schema.fields[2]"),
        (f"{FIELD}.type", "whole number", "resources[0].schema.fields[2].type"),
        (f"{FIELD}.type", ["integer"], "resources[0].schema.fields[2].type"),
        (f"{FIELD}.name", "area", "resources[0].schema.fields: area ×2"),
        (f"{FIELD}.name", "", "resources[0].schema.fields[2].name"),
        (f"{FIELD}.bareNumber", False, "resources[0].schema.fields[2].bareNumber"),
        (f"{FIELD}.constraints", [], "resources[0].schema.fields[2].constraints"),
        (f"{FIELD}.constraints.minimum", "0", "resources[0].schema.fields[2].constraints.minimum"),
        (f"{FIELD}.constraints.required", "yes", "resources[0].schema.fields[2].constraints.required"),
        (f"{FIELD}.constraints.pattern", "[0-9", "resources[0].schema.fields[2].constraints.pattern"),
        (f"{FIELD}.constraints.enum", [], "resources[0].schema.fields[2].constraints.enum"),
        (f"{FIELD}.constraints.oddly", 1, "resources[0].schema.fields[2].constraints.oddly"),
        ("sources", "Danh mục", "sources: array"),
        ("sources", ["Danh mục"], "sources[0]: object"),
        ("sources", [{"title": 5}], "sources[0].title"),
        ("sources", [{}], "sources[0].title"),
        ("licenses", [{"title": "CC"}], "licenses[0].name"),
        ("title", ["Số liệu"], "title: string"),
        ("geography", 3, "geography: string"),
        ("$schema", "https://example.org/profile.json", "$schema"),
        ("profile", "https://example.org/profile.json", "profile"),
    ],
)  # fmt: skip
def test_a_descriptor_says_only_what_can_be_read(at: str, value: object, told_as: str) -> None:
    descriptor = json.loads((SMALL / EDITION / "datapackage.json").read_text())
    assert list(descriptor_faults(descriptor)) == []
    put(at, value)(descriptor)

    faults = list(descriptor_faults(descriptor))

    assert any(fault.startswith(told_as) for fault in faults), faults


def test_what_a_descriptor_may_not_say_is_told_with_its_path(tmp_path: Path) -> None:
    data = draft(tmp_path)
    file = data / EDITION / "datapackage.json"
    swap(file, '"path": "observations.csv"', '"path": "../../2023/v1/observations.csv"')

    note = r"resources[0].path: [a-z0-9_-]+\.csv"
    assert told(data) == [f"descriptor-invalid 2024/v1/datapackage.json {note}"]


@pytest.mark.parametrize(
    ("at", "value", "line"),
    [
        ("resources.0.name", "so-lieu", "resource-unknown 2024/v1/datapackage.json so-lieu"),
        (f"{FIELD}.type", "number", "schema-type 2024/v1/datapackage.json observations.csv: numerator"),
        ("name", "results-2023", "edition-name 2024/v1/datapackage.json name results-2023"),
        ("year", [2024], "edition-name 2024/v1/datapackage.json year [2024]"),
        ("year", "twenty", "edition-name 2024/v1/datapackage.json year twenty"),
        ("version", 2, "edition-name 2024/v1/datapackage.json version 2"),
        ("as_of", 20241231, "edition-as-of 2024/v1/datapackage.json as_of 20241231"),
        ("as_of", "20241231", "edition-as-of 2024/v1/datapackage.json as_of 20241231"),
        ("as_of", "31/12/2024", "edition-as-of 2024/v1/datapackage.json as_of 31/12/2024"),
        ("as_of", None, "edition-as-of 2024/v1/datapackage.json as_of"),
        ("illustrative", "yes", "illustrative-missing 2024/v1/datapackage.json"),
        ("illustrative", 1, "illustrative-missing 2024/v1/datapackage.json"),
        ("geography", "", "edition-lacks 2024/v1/datapackage.json geography"),
        ("licenses", [], "edition-lacks 2024/v1/datapackage.json licenses"),
        ("geography", "districts", "name-unknown 2024/v1/datapackage.json geography districts"),
    ],
)  # fmt: skip
def test_an_edition_says_what_it_is_in_the_agreed_words(
    at: str, value: object, line: str, tmp_path: Path
) -> None:
    data = draft(tmp_path)
    file = data / EDITION / "datapackage.json"
    descriptor = json.loads(file.read_text())
    put(at, value)(descriptor)
    file.write_text(json.dumps(descriptor))

    assert line in told(data)


def test_an_edition_that_does_not_say_whether_it_is_illustrative_is_told(tmp_path: Path) -> None:
    data = draft(tmp_path)
    swap(data / EDITION / "datapackage.json", '"illustrative": true,', "")

    assert told(data) == ["illustrative-missing 2024/v1/datapackage.json"]


@pytest.mark.parametrize(
    ("at", "value", "named"),
    [
        ("plan", [], "number, issuer_vi, scope"),
        ("plan.start", "2022", "start"),
        ("plan.end", True, "end"),
        ("plan.first_report_year", 20233, "first_report_year"),
        ("plan.signed", "01/03/2022", "signed"),
        ("plan.scope", None, "scope"),
        ("plan.title_en", 5, "title_en"),
        ("plan.sections", {"II.1": "Sông nước"}, "sections"),
        ("plan.sections", ["II.1"], "sections"),
        ("plan.sections", [{"section": "II.1"}], "sections"),
        ("plan.sections", [{"section": 2, "title_vi": "Sông nước"}], "sections"),
    ],
)
def test_a_plan_lacks_nothing_in_its_descriptor(
    at: str, value: object, named: str, tmp_path: Path
) -> None:
    data = draft(tmp_path)
    file = data / "plan" / "datapackage.json"
    descriptor = json.loads(file.read_text())
    put(at, value)(descriptor)
    file.write_text(json.dumps(descriptor))

    found = [each for each in problems(data) if each.code == "descriptor-plan"]

    assert named in found[0].facts["names"]


def test_a_schema_may_not_be_wider_than_the_contract(tmp_path: Path) -> None:
    data = draft(tmp_path)
    for at, value in (
        ("resources.0.schema.primaryKey", []),
        (f"{FIELD}.constraints", {}),
        ("resources.0.schema.fields.5.constraints", {"enum": ["A", "P", "E", "Q"]}),
        ("resources.0.schema.fields.6.constraints", {}),
    ):
        file = data / EDITION / "datapackage.json"
        descriptor = json.loads(file.read_text())
        put(at, value)(descriptor)
        file.write_text(json.dumps(descriptor))
    observed(data, "biet-boi", "ben-lau", numerator="-1", status="Q")
    observed(data, "boi-xa", "doi-che", missing="?")
    file = data / OBSERVATIONS
    file.write_text(file.read_text() + file.read_text().splitlines()[3] + "\n")

    assert told(data) == [
        "cell-range 2024/v1/observations.csv:2 numerator -1",
        "cell-enum 2024/v1/observations.csv:2 status Q",
        "cell-enum 2024/v1/observations.csv:7 missing ?",
        "row-twice 2024/v1/observations.csv:17 indicator, area biet-boi, song-xanh",
    ]


def test_a_column_that_the_program_does_not_know_is_told_and_left_out(tmp_path: Path) -> None:
    data = draft(tmp_path)
    swap(data / EDITION / "reports.csv", "document,note_vi\n", "dokument,note_vl\n")
    descriptor = data / EDITION / "datapackage.json"
    content = json.loads(descriptor.read_text())
    content["resources"][1]["schema"]["fields"][2:] = [{"name": "dokument"}, {"name": "note_vl"}]
    descriptor.write_text(json.dumps(content))

    found = [each for each in problems(data) if each.code.startswith("schema-")]

    assert [(each.code, each.stops, each.facts["columns"]) for each in found] == [
        ("schema-lacks", True, "document"),
        ("schema-unknown", False, "dokument, note_vl"),
    ]


@pytest.mark.parametrize(
    "moment",
    [
        "2025-01-15",
        "2025-01-15T09:00:00",
        "2025-01-15T09:00:00Z",
        "2025-01-15T09:00:00+08:00",
        "15/01/2025 09:00",
        "2025-02-30T09:00:00+07:00",
        "2025-01-15T25:00:00+07:00",
        "20250115T090000+0700",
    ],
)
def test_a_release_has_a_moment_in_the_time_of_vietnam(moment: str, tmp_path: Path) -> None:
    data = small(tmp_path)
    swap(data / "results" / "releases.csv", "2026-01-15T09:00:00+07:00", moment)

    assert told(data) == [f"release-moment releases.csv:4 released {moment}"]


# Whatever happens ----------------------------------------------------------------------------


JUNK = (
    b"",
    b"\x00",
    b"\xff\xfe",
    b'"',
    b"\r",
    b",",
    b"\n\n",
    b"{}",
    b"[",
    b"null",
    b"1e999",
    b"-1",
    b"9" * 40,
    b"2024-02-30",
    b"9999-12-31",
    "Ð\u200b=".encode(),
    b"../..",
    b"may-trang",
    b"ben-lau",
    b"x",
    b";",
    b">=",
)


def mutate(data: Path, chance: random.Random) -> None:
    """Do a few things to a data folder that people, programs and disks do."""
    files = sorted(path for path in data.rglob("*") if path.is_file())
    for _ in range(chance.randint(1, 3)):
        file = chance.choice(files)
        if not file.is_file():
            continue
        content = file.read_bytes()
        lines = content.splitlines(keepends=True)
        deed = chance.randrange(8)
        if deed == 0:
            place = chance.randrange(len(content) + 1)
            content = content[:place] + chance.choice(JUNK) + content[place + chance.randrange(4) :]
        elif deed == 1 and lines:
            del lines[chance.randrange(len(lines))]
            content = b"".join(lines)
        elif deed == 2 and lines:
            chance.shuffle(lines)
            content = b"".join(lines)
        elif deed == 3:
            file.unlink()
            continue
        elif deed == 4 and file.suffix == ".json":
            with suppress(ValueError):  # it may have been hit before
                content = json.dumps(mutated(json.loads(content), chance)).encode()
        elif deed == 5:
            content = content[: chance.randrange(len(content) + 1)]
        else:  # a cell, most of all
            cells = [line.split(b",") for line in lines]
            if not cells:
                continue
            row = chance.choice(cells)
            row[chance.randrange(len(row))] = chance.choice(JUNK)
            content = b"\n".join(b",".join(row).rstrip(b"\n") for row in cells)
        file.write_bytes(content)


def mutated(node: Any, chance: random.Random) -> Any:
    """A descriptor with one of its values another one, or gone."""
    if isinstance(node, dict) and node and chance.random() < 0.9:
        name = chance.choice(sorted(node))
        if chance.random() < 0.1:
            return {key: value for key, value in node.items() if key != name}
        return {**node, name: mutated(node[name], chance)}
    if isinstance(node, list) and node and chance.random() < 0.9:
        place = chance.randrange(len(node))
        return [*node[:place], mutated(node[place], chance), *node[place + 1 :]]
    return chance.choice([None, "", "x", 0, -1, 2.5, True, [], {}, ["x"], [[]], {"x": 1}, "2024"])


@pytest.mark.parametrize("share", range(4))  # one for each core
@settings(
    max_examples=25,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_no_data_folder_ends_in_a_traceback(
    share: int, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("data")
    chance = random.Random(4 * seed + share)  # noqa: S311 - nothing is secret
    data = chance.choice([small, draft])(folder)
    calendar = (data / RELEASES).read_bytes()
    mutate(data, chance)
    as_before = (data / RELEASES).is_file() and (data / RELEASES).read_bytes() == calendar
    if as_before and chance.random() < 0.25 and inspect(data).archive is not None:
        sign_again(data)

    found = inspect(data)

    for form in FORMATS:
        for language in ("vi", "en"):
            reported(found.problems, form, words(language)).encode()


@pytest.mark.parametrize(("case", "code"), [("small", 0), ("bad-files", 1)])
def test_check_says_by_its_exit_code_whether_there_are_problems_and_leaves_the_site_alone(
    case: str, code: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("as it was")
    data = SMALL.parent.parent / case / "data"

    exit_code = main(["check", "--data", str(data), "--site", str(site), "--today", "2025-06-01"])

    assert exit_code == code
    assert [path.name for path in site.iterdir()] == ["index.html"]
    assert (capfd.readouterr().out == "") == (code == 0)


def test_a_build_of_data_with_problems_leaves_the_site_alone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    data = draft(tmp_path)
    observed(data, "biet-boi", "ben-lau", numerator="1,234")

    exit_code = main(["build", "--data", str(data), "--site", str(site), "--today", "2025-06-01"])

    assert (exit_code, site.exists()) == (1, False)
