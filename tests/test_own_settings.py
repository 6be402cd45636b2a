"""Settings and wording of one's own, and data that need a newer program: what a command answers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tiendo.cli import main
from tiendo.config import program_version, site_settings, with_own
from tiendo.words.wording import words

SMALL = Path(__file__).parent / "cases" / "small" / "data"
TODAY = ("--today", "2025-06-01")


@pytest.fixture(autouse=True)
def _nobodys_settings() -> Iterator[None]:
    yield
    with_own(None)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "của tôi"
    (folder / "wording" / "vi").mkdir(parents=True)
    return folder


def checked(*arguments: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main(["check", "--data", str(SMALL), *TODAY, *map(str, arguments)])
    told = capsys.readouterr()
    return code, told.out + told.err


def test_what_is_set_goes_before_and_what_is_not_set_is_the_programs(own: Path) -> None:
    shipped = site_settings()
    (own / "site.toml").write_text('address = "https://so-lieu.example/"\n', "utf-8")

    with_own(own)

    assert site_settings().address == "https://so-lieu.example/"
    assert site_settings().name == shipped.name


def test_a_sentence_of_ones_own_is_said(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own / "wording" / "vi" / "mine.toml").write_text('[summary]\nnone = "Tốt cả."\n', "utf-8")
    broken = own / "data"
    shutil.copytree(SMALL, broken)

    assert "Tốt cả." not in checked(capsys=capsys)[1]
    told = checked("--config", own, capsys=capsys)[1]

    assert ("Tốt cả." in told) == (words("vi").say("summary.none") in told)
    with_own(own)
    assert words("vi").say("summary.none") == "Tốt cả."
    assert words("en").say("summary.none") != "Tốt cả."


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("site.toml", "address = \n"),
        ("site.toml", 'adress = "https://so-lieu.example/"\n'),
        ("site.toml", 'timezone = "Asia/Hai_Duong"\n'),
        ("wording/vi/mine.toml", '[summary]\nnome = "Tốt cả."\n'),
        ("wording/vi/mine.toml", '[summary]\nnone = "Tốt cả {count}."\n'),
        ("wording/vi/mine.toml", '[summary]\nnone = "Tốt cả {"\n'),
        ("wording/vi/mine.toml", "[summary\n"),
    ],
)
def test_settings_that_can_not_be_used_are_no_fault_of_the_data(
    own: Path, file: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (own / file).write_text(text, "utf-8")

    code, told = checked("--config", own, capsys=capsys)

    assert (code, "Cài đặt không dùng được" in told) == (2, True)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ('table = ""', "names.table: “” không dùng làm địa chỉ được"),
        ('table = "bảng"', "names.table: “bảng” không dùng làm địa chỉ được"),
        ('table = "bang/tong-hop"', "names.table: “bang/tong-hop” không dùng làm địa chỉ được"),
        ('table = "Bang"', "names.table: “Bang” không dùng làm địa chỉ được"),
        ("table = 7", "names.table: “7” không dùng làm địa chỉ được"),
        ('table = "du-lieu"', "names.table: “du-lieu” đã là tên thư mục hoặc tệp khác"),
        ('table = "api"', "names.table: “api” đã là tên thư mục hoặc tệp khác"),
        ('table = "en"', "names.table: “en” đã là tên thư mục hoặc tệp khác"),
        ('table = "so-sanh"', "names.table: “so-sanh” đã là tên hoặc mã của một trang khác"),
        ('table = "data"', "names.table: “data” đã là tên hoặc mã của một trang khác"),
        ('tables = "bang"', "names.tables: không có trang nào mang mã này"),
    ],
)
def test_a_name_in_addresses_that_can_not_be_used_is_told_with_file_and_key(
    own: Path, name: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (own / "site.toml").write_text(f"[names]\n{name}\n", "utf-8")

    code, told = checked("--config", own, capsys=capsys)

    assert (code, f"{own / 'site.toml'}, {why}" in told) == (2, True), told


def test_a_name_of_ones_own_leaves_the_others_as_they_are(own: Path) -> None:
    shipped = site_settings().names
    (own / "site.toml").write_text('[names]\ntable = "bang"\n', "utf-8")

    with_own(own)

    assert site_settings().names == {**shipped, "table": "bang"}


def test_a_folder_of_settings_that_is_not_there_is_told(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = checked(f"--config={own}/không", capsys=capsys)

    assert (code, "Không thấy thư mục cài đặt" in told) == (2, True)


@pytest.mark.parametrize("package", ["plan", "areas", "results", "results/2024/v1"])
def test_data_for_a_newer_program_are_refused_with_both_versions(
    package: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    shutil.copytree(SMALL, data)
    descriptor = data / package / "datapackage.json"
    known = json.loads(descriptor.read_text("utf-8"))
    # What came with that version is nothing that this one could judge.
    known["resources"][0]["schema"]["fields"].append({"name": "tomorrow", "type": "string"})
    descriptor.write_text(json.dumps(known | {"needs": {"tiendo": "98.7"}}), "utf-8")

    code, told = checked("--data", data, capsys=capsys)

    assert code == 2
    assert f"từ bản 98.7; ở đây là bản {program_version()}" in told
    assert "lỗi phải sửa" not in told


@pytest.mark.parametrize(
    ("needs", "code"),
    [
        ({"tiendo": program_version()}, 0),
        ({"tiendo": "0.1"}, 0),
        ({"tiendo": "mới nhất"}, 1),
        ({"tiendo": 2}, 1),
        ("2", 1),
        ({}, 1),
    ],
)
def test_what_this_program_reads_it_reads_and_what_is_no_version_is_told(
    needs: object, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    shutil.copytree(SMALL, data)
    descriptor = data / "plan" / "datapackage.json"
    known = json.loads(descriptor.read_text("utf-8"))
    descriptor.write_text(json.dumps(known | {"needs": needs}), "utf-8")

    found, told = checked("--data", data, capsys=capsys)

    assert (found, "needs" in told) == (code, code == 1), told


@pytest.mark.parametrize(
    ("set_", "leads"),
    [
        ("", ""),
        ('contact_address = "https://a.example/"', "https://a.example/"),
        ('contact_address = "mailto:a@b.example"', "mailto:a@b.example?subject={page}"),
        (
            'contact_address = "mailto:a@b.example"\nmistake_address = "https://c.example/?p={page}"',
            "https://c.example/?p={page}",
        ),
    ],
)
def test_a_mistake_is_told_of_where_the_settings_say_with_the_page_that_has_it(
    own: Path, set_: str, leads: str
) -> None:
    (own / "site.toml").write_text(set_, "utf-8")

    with_own(own)

    assert site_settings().mistake_address == leads
