"""One year of an office, played from the first form to the correction in March.

The plan that ships, as it stood at the end of 2024; the figures are those of its edition of 2024.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from excel_at_hand import as_reported, csv_of, filled
from office_at_hand import ROOT, SERVER, Office, opened_office, read_on_the_site
from packages_at_hand import plan_until, table, write_table
from playwright.sync_api import Browser
from site_at_hand import unfolded

CANARY = "91317"
"""A numerator that stands nowhere else: the new figure of Tứ Kỳ, before it is released."""


class Clerk:
    """Somebody at a desk of the department, on some day."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.data = office.clerk / "data"

    def does(self, day: str, *arguments: object) -> tuple[int, str]:
        """How a command of the program ended, and what the clerk saw."""
        return self.office.ran(sys.executable, "build.py", *arguments, "--today", day, now=day)

    def pushes(self, day: str, message: str) -> tuple[int, str]:
        self.office.run("git", "add", "--all", "data")
        self.office.run("git", "commit", "--quiet", "--message", message)
        return self.office.ran("git", "push", "origin", "main", now=day)

    def comes(self, moment: str) -> str:
        """What the server's timer says at a moment."""
        return self.office.ran(SERVER / "tiendo-publish", now=moment)[1]

    def writes(self, file: str, indicator: str, area: str, **cells: str) -> None:
        """Change one row of a table by hand."""
        rows = table(self.data / file)
        (row,) = (each for each in rows if (each["indicator"], each["area"]) == (indicator, area))
        row.update(cells)
        write_table(self.data / file, rows)


def says_anywhere(office: Office, text: str) -> list[str]:
    """The files of the live site that hold a text."""
    live = office.home / "live"
    return sorted(
        path.relative_to(live).as_posix()
        for path in live.rglob("*")
        if path.is_file() and text.encode() in path.read_bytes()
    )


def filled_forms(folder: Path) -> Mapping[str, Path]:
    """The forms of a folder by reporter, with what the shipped edition says in them."""
    found = {}
    for path in sorted(folder.iterdir()):
        rows = as_reported(path.read_bytes(), ROOT / "data", 2024)
        if ("kn-song", "tu-ky") in rows:
            rows["kn-song", "tu-ky"] |= {"numerator": int(CANARY)}
        path.write_bytes(filled(path.read_bytes(), rows, document=f"Báo cáo minh họa {path.stem}"))
        found[path.stem.removeprefix("bieu-2024-")] = path
    return found


@pytest.mark.browser
def test_a_year_from_the_first_form_to_a_correction_in_march(
    tmp_path: Path, browser: Browser
) -> None:
    before = plan_until(tmp_path / "2023", 2023)
    calendar = before / "results" / "releases.csv"
    planned = (
        "2024,1,2025-01-16T09:00:00+07:00,,Ngày dự kiến minh họa.,Illustrative planned date.\n"
    )
    calendar.write_text(calendar.read_text() + planned)
    clerk = Clerk(opened_office(tmp_path / "office", before, now="2024-11-18"))

    forms_go_out_and_come_back_badly(clerk)
    the_draft_is_pushed_with_a_slip_and_then_without(clerk)
    it_is_released_at_its_hour_and_not_before(clerk)
    what_is_released_is_closed(clerk)
    a_correction_needs_its_reason_and_leaves_a_trace(clerk, browser)


FIRST = "results/2024/v1/observations.csv"
SECOND = "results/2024/v2/observations.csv"


def forms_go_out_and_come_back_badly(clerk: Clerk) -> None:
    assert clerk.does("2024-11-20", "new", "2024")[0] == 0
    assert "Đã có 16 biểu" in clerk.does("2024-11-20", "form", "2024")[1]
    sent = filled_forms(clerk.office.clerk / "build" / "forms" / "2024")
    good = {name: path.read_bytes() for name, path in sent.items()}
    bad = {
        "ubnd-chi-linh": filled(
            good["ubnd-chi-linh"], {("kn-song", "chi-linh"): {"numerator": "khoảng 60%"}}
        ),
        "ubnd-nam-sach": filled(
            good["ubnd-nam-sach"], {("tthtcd-cntt", "nam-sach"): {"numerator": 99}}
        ),
        "ubnd-gia-loc": b"%PDF-1.7\nscan",
        "ubnd-cam-giang": csv_of(
            [["Đơn vị", "Chỉ tiêu", "Tử số", "Mẫu số"], ["Cẩm Giang", "kn-song", "1", "2"]]
        ),
    }
    for name, content in bad.items():
        sent[name].write_bytes(content)
    untouched = (clerk.data / FIRST).read_bytes()

    code, said = clerk.does("2024-12-16", "import", "build/forms/2024", "--year", "2024")

    told = [
        "bieu-2024-ubnd-chi-linh.xlsx [Biểu số liệu], ô H17",
        "“khoảng 60%” chỉ là số ước chừng.",
        "Tử số 99 lớn hơn mẫu số 15.",
        "Đây là tệp PDF, chỉ mang tên bảng tính.",
        "Có phải “Huyện Cẩm Giàng” không?",
        "Có 4 lỗi phải sửa.",
        "Chưa nhận gì; mọi tệp giữ nguyên.",
    ]
    assert (code, [each for each in told if each not in said]) == (1, [])
    assert (clerk.data / FIRST).read_bytes() == untouched

    for name in bad:
        sent[name].write_bytes(good[name])
    code, said = clerk.does("2024-12-18", "import", "build/forms/2024", "--year", "2024")
    assert (code, "Đã đủ mọi dòng." in said) == (0, True)


def the_draft_is_pushed_with_a_slip_and_then_without(clerk: Clerk) -> None:
    public = clerk.office.live()
    right = next(
        row["numerator"]
        for row in table(clerk.data / FIRST)
        if (row["indicator"], row["area"]) == ("kn-song", "thanh-ha")
    )
    clerk.writes(FIRST, "kn-song", "thanh-ha", numerator=f"{right[:-1]}O")

    code, said = clerk.pushes("2024-12-18", "Số liệu năm 2024")

    assert (code != 0, "CHƯA NHẬN" in said, f"“{right[:-1]}O”" in said) == (True, True, True)
    assert clerk.office.live() == public

    clerk.writes(FIRST, "kn-song", "thanh-ha", numerator=right)
    code, said = clerk.pushes("2024-12-18", "Sửa một ô")
    assert (code, "ĐÃ LÊN TRANG" in said) == (0, True)
    assert says_anywhere(clerk.office, CANARY) == []


def it_is_released_at_its_hour_and_not_before(clerk: Clerk) -> None:
    code, said = clerk.does("2024-12-20", "release", "2024")
    assert (code, "Số liệu được công bố lúc 09:00" in said) == (0, True), said
    assert clerk.pushes("2024-12-20", "Ký số liệu năm 2024")[0] == 0
    assert says_anywhere(clerk.office, CANARY) == []
    assert "lich-cong-bo/index.html" in says_anywhere(clerk.office, "16/01/2025")

    clerk.comes("2025-01-16T08:59")
    assert says_anywhere(clerk.office, CANARY) == []

    assert "ĐÃ LÊN TRANG" in clerk.comes("2025-01-16T09:00")
    assert "dia-ban/tu-ky/index.html" in says_anywhere(clerk.office, "91.317")


def what_is_released_is_closed(clerk: Clerk) -> None:
    public = clerk.office.live()
    clerk.writes(FIRST, "kn-song", "tu-ky", numerator="60000")

    code, said = clerk.pushes("2025-02-03", "Sửa lén")

    assert (code != 0, "[signed-changed]" in said) == (True, True), said
    assert clerk.office.live() == public
    clerk.office.run("git", "reset", "--quiet", "--hard", "origin/main")


def a_correction_needs_its_reason_and_leaves_a_trace(clerk: Clerk, browser: Browser) -> None:
    assert clerk.does("2025-03-10", "correct", "2024")[0] == 0
    clerk.writes(SECOND, "kn-song", "tu-ky", numerator="52000")
    code, said = clerk.pushes("2025-03-10", "Sửa số của Tứ Kỳ")
    assert (code != 0, "[revision-missing]" in said) == (True, True), said

    descriptor = clerk.data / "results/2024/v2/datapackage.json"
    reason = '"reason_vi": "Huyện Tứ Kỳ đếm lại (minh họa)."'
    descriptor.write_text(descriptor.read_text().replace('"reason_vi": ""', reason))
    with (clerk.data / "results/2024/v2/changes.csv").open("a") as changes:
        changes.write("kn-song,tu-ky,,,correction,Đếm trùng một lớp (minh họa).,\n")
    code, said = clerk.does("2025-03-10", "release", "2024", "--at", "2025-03-11 09:00")
    assert (code, "Tứ Kỳ" in said) == (0, True), said
    code, said = clerk.pushes("2025-03-10", "Đính chính năm 2024")
    assert (code, says_anywhere(clerk.office, "Đếm trùng một lớp")) == (0, []), said

    assert "ĐÃ LÊN TRANG" in clerk.comes("2025-03-11T09:00")
    with read_on_the_site(clerk.office, browser) as (page, address):
        for path in ("dinh-chinh", "dia-ban/tu-ky", "chi-tieu/kn-song"):
            page.goto(f"{address}/{path}/")
            unfolded(page)
            text = page.locator("main").inner_text()
            told = ("91.317", "52.000", "11/03/2025", "Đếm trùng một lớp (minh họa).")
            assert [each for each in told if each not in text] == [], (path, text)
        assert page.request.get(f"{address}/du-lieu/nam/2024/v1/observations.csv").ok
