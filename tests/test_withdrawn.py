"""What was published is withdrawn in the open: it is gone, and that it is gone is told.

The case ``corrected`` (2024 in two versions) with a file of withdrawals.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from shutil import copytree, rmtree
from zipfile import ZipFile

import pytest
from history_at_hand import committed
from openpyxl import load_workbook
from packages_at_hand import CASES, NOW, SITE, inspect, sign_again, swap, told
from pages_at_hand import desk_of, pages

from tiendo.charts.pinned import pins
from tiendo.check.versions import history_problems
from tiendo.cli import main
from tiendo.files.feeds import feeds
from tiendo.files.open_data import open_data
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.judge.past import subjects_gone
from tiendo.office.versions import correction
from tiendo.pages.withdrawn import withdrawn_pictures
from tiendo.read.archive import read
from tiendo.read.history import signed_before
from tiendo.site import build as building
from tiendo.site.build import _embed_files
from tiendo.terms import Results, Text
from tiendo.words.wording import words

TOLD = {language: words(language) for language in SITE.languages}
HEADER = "year,version,indicator,area,withdrawn,instead,reason_vi,reason_en\n"
WHEN = "2025-04-10T09:00:00+07:00"
WHY = "Minh họa: lộ thông tin cá nhân.,Illustrative: personal data."
VERSION = f"2024,2,,,{WHEN},,{WHY}\n"
BACK = f"2024,2,,,{WHEN},1,{WHY}\n"
OLDER = f"2024,1,,,{WHEN},,{WHY}\n"
FIGURE = f"2024,2,biet-boi,ben-lau,{WHEN},,{WHY}\n"
BEFORE = datetime(2025, 4, 1, tzinfo=SITE.timezone)


def data_with(folder: Path, *rows: str) -> Path:
    data = Path(copytree(CASES / "corrected" / "data", folder / "data"))
    (data / "results" / "withdrawals.csv").write_text(HEADER + "".join(rows))
    return data


def known_in(data: Path, now: datetime = NOW) -> Results:
    found = inspect(data)
    assert [problem for problem in found.problems if problem.stops] == []
    assert found.archive is not None
    return results(published(found.archive, now), now)


@cache
def files_of_case() -> frozenset[str]:
    known = known_in(CASES / "corrected" / "data")
    return frozenset(everything(known))


def everything(known: Results) -> Mapping[str, bytes]:
    """Pages, tables, packages, feeds, and what is embedded elsewhere, by address."""
    files = open_data(known, SITE, TOLD)
    found = {path: content for path, content in files.items() if not path.endswith(".zip")}
    with ZipFile(BytesIO(files["du-lieu/so-lieu.zip"])) as packed:
        found |= {f"so-lieu.zip/{name}": packed.read(name) for name in packed.namelist()}
    found |= dict(pages(known, SITE, files))
    found |= dict(feeds(known, SITE, TOLD))
    at = desk_of(known, SITE, TOLD["vi"])
    found |= _embed_files(at, {}, (), {})
    found |= {f"nhung/{pin.edition.version}/{pin.picture.name}": b"" for pin in pins(at)}
    return found


@pytest.mark.parametrize(
    ("rows", "gone"),
    [
        ((VERSION,), ("40,5%", "42,3%", "43,1%", "42,9%")),
        ((VERSION, OLDER), ("40,5%", "42,3%", "43,1%", "42,9%")),
        ((FIGURE,), ("40,5%", "42,3%")),
        ((BACK,), ("40,5%", "42,3%")),
        ((OLDER,), ("43,1%", "42,9%")),
    ],
    ids=["version", "every-version", "figure", "rolled-back", "older-version"],
)
def test_what_is_withdrawn_stands_nowhere_and_every_address_stays(
    tmp_path: Path, rows: tuple[str, ...], gone: tuple[str, ...]
) -> None:
    known = known_in(data_with(tmp_path, *rows))
    found = everything(known)
    for path, content in found.items():
        text = content.decode()
        if path.startswith("du-lieu/nam/2024/v1"):
            continue  # a version that is not withdrawn itself, as it was signed
        for value in gone:
            assert value not in text, f"{path}: {value}"
    raw = {path: text for path, text in found.items() if path.endswith("observations.csv")}
    assert b"biet-boi,ben-lau,170" not in b"".join(raw.values()) or rows == (OLDER,)
    kept = {path for path in files_of_case() if not path.startswith("nhung/")}
    assert kept - set(found) == set()


def test_a_figure_is_there_until_the_moment_of_its_withdrawal(tmp_path: Path) -> None:
    known = known_in(data_with(tmp_path, VERSION), BEFORE)
    assert known.archive.withdrawals == ()
    assert [edition.version for edition in known.editions] == [1, 2]


def test_an_older_version_does_not_come_back_by_itself(tmp_path: Path) -> None:
    known = known_in(data_with(tmp_path, VERSION))
    assert [edition.year for edition in known.editions] == [2023]
    again = results(published(known.archive, NOW), NOW)
    assert [edition.year for edition in again.editions] == [2023]


def test_an_older_version_stands_again_where_the_row_says_so(tmp_path: Path) -> None:
    known = known_in(data_with(tmp_path, BACK))
    assert [(edition.year, edition.version) for edition in known.editions] == [(2023, 1), (2024, 1)]
    text = dict(pages(known, SITE, {}))["vi/nam/2024/index.md"].decode()
    assert "phiên bản 2, đã rút lại ngày 10/04/2025" in text
    assert "Phiên bản 1 được dùng lại." in text


def test_the_year_the_corrections_the_home_page_the_calendar_and_the_feeds_tell(
    tmp_path: Path,
) -> None:
    found = everything(known_in(data_with(tmp_path, VERSION)))
    reason = "Minh họa: lộ thông tin cá nhân."
    for path in ("vi/nam/2024/index.md", "vi/dinh-chinh/index.md", "feed.xml"):
        assert reason in found[path].decode(), path
    assert "Illustrative: personal data." in found["en/nam/2024/index.md"].decode()
    assert "Rút lại số liệu năm 2024 (phiên bản 2)" in found["vi/index.md"].decode()
    assert "đã rút lại ngày 10/04/2025" in found["vi/lich-cong-bo/index.md"].decode()
    assert reason in found["dia-ban/ben-lau/feed.xml"].decode()


def test_the_package_of_a_withdrawn_version_is_a_notice_at_the_same_addresses(
    tmp_path: Path,
) -> None:
    found = everything(known_in(data_with(tmp_path, VERSION)))
    here = {path: text for path, text in found.items() if path.startswith("du-lieu/nam/2024/v2")}
    assert {path.rpartition("/")[2] for path in here} >= {"observations.csv", "datapackage.json"}
    for path, content in here.items():
        assert "Minh họa: lộ thông tin cá nhân." in content.decode(), path
        assert "Bến Lau" not in content.decode()


def test_a_figure_that_was_withdrawn_is_told_as_that_and_so_is_the_whole_that_lacks_it(
    tmp_path: Path,
) -> None:
    known = known_in(data_with(tmp_path, FIGURE))
    told = {
        area: [
            (
                one.kind,
                one.before,
                one.version,
                one.on,
                one.hidden,
                one.reason.first,
                one.follows_from,
            )
            for one in known.corrected["biet-boi", area, 2024]
            if one.kind == "withdrawn"
        ]
        for area in ("ben-lau", "may-trang")
    }
    when = datetime.fromisoformat(WHEN)
    assert told == {
        "ben-lau": [("withdrawn", 2, 2, when, True, "Minh họa: lộ thông tin cá nhân.", ())],
        "may-trang": [("withdrawn", 2, 2, when, True, "", ("ben-lau",))],
    }
    for area in told:
        one = known.corrected["biet-boi", area, 2024][-1]
        assert one.old is None
        assert one.new is not None
        assert one.new.low is None


def test_after_a_withdrawn_version_the_next_tells_its_figures_and_reasons_alone(
    tmp_path: Path,
) -> None:
    known = known_in(data_with(tmp_path, OLDER))
    release = datetime(2025, 3, 20, 9, tzinfo=SITE.timezone)
    told = {
        key[:2]: (one.before, one.version, one.on, one.old, one.new.numerator, one.kind, one.hidden)
        for key, (one,) in known.corrected.items()
        if one.new is not None
    }
    assert told == {
        ("biet-boi", "ben-lau"): (1, 2, release, None, 170, "correction", True),
        ("biet-boi", "song-xanh"): (1, 2, release, None, 230, "scheduled", True),
        ("boi-xa", "doi-che"): (1, 2, release, None, 20, "late", True),
    }


def test_a_withdrawn_row_keeps_its_names_and_says_why_in_every_language(tmp_path: Path) -> None:
    known = known_in(data_with(tmp_path, FIGURE))
    before = {each.version: each for each in known_in(CASES / "corrected" / "data").archive.editions if each.year == 2024}  # fmt: skip
    after = {each.version: each for each in known.archive.editions if each.year == 2024}
    blank = (
        "biet-boi,ben-lau,,,,,c,,,,,,,,Minh họa: lộ thông tin cá nhân.,Illustrative: personal data."
    )
    for version in (1, 2):
        was, now = (
            each[version].files["observations.csv"].decode().splitlines()
            for each in (before, after)
        )
        changed = [(old, new) for old, new in zip(was, now, strict=True) if old != new]
        assert [new for _, new in changed] == ([blank] if version == 2 else [])
    rows = known.archive.observations
    mine = rows[(rows["indicator"] == "biet-boi") & (rows["area"] == "ben-lau")]
    told = mine[mine["year"] == 2024].sort_values("version").to_dict("records")
    assert [each["numerator"] for each in told][:1] == [180]
    said = {name: told[1][name] for name in ("status", "source", "decision", "missing", "note")}
    assert said == {
        "status": "",
        "source": "",
        "decision": "",
        "missing": "c",
        "note": Text(vi="Minh họa: lộ thông tin cá nhân.", en="Illustrative: personal data."),
    }


def test_of_a_withdrawn_version_the_files_are_empty_and_nobodys_report_is_left(
    tmp_path: Path,
) -> None:
    (gone,) = known_in(data_with(tmp_path, VERSION)).archive.withdrawn
    assert (gone.year, gone.version) == (2024, 2)
    assert {name: content for name, content in gone.files.items() if content} == {}
    assert "observations.csv" in gone.files
    assert (gone.reports, gone.actions) == ((), ())


def test_what_had_figures_and_has_none_left_keeps_its_address(tmp_path: Path) -> None:
    everything_gone = (VERSION, OLDER, f"2023,1,,,{WHEN},,{WHY}\n")
    names = ("be-boi", "biet-boi", "bo-sach", "boi-xa", "dong-cua", "tinh-doc")
    areas = ("ben-lau", "doi-che", "may-trang", "song-xanh", "truong-cua-tinh")

    gone = [*subjects_gone(known_in(data_with(tmp_path / "all", *everything_gone)))]

    assert gone == [
        *(("chi-tieu", name) for name in names),
        *(("dia-ban", area) for area in areas),
    ]
    assert [*subjects_gone(known_in(data_with(tmp_path / "one", VERSION)))] == []


def test_pictures_and_frames_of_a_withdrawn_version_are_notices(tmp_path: Path) -> None:
    known = known_in(data_with(tmp_path, VERSION))
    at = desk_of(known, SITE, TOLD["vi"])
    pictures = dict(withdrawn_pictures(at, ()))
    picture = pictures["bieu-do/2024-v2/biet-boi--may-trang.svg"].decode()
    assert "lộ thông tin" in picture
    frames = _embed_files(at, {}, (), {})
    for path in (
        "nhung/biet-boi--may-trang/2024-v2/index.html",
        "nhung/bieu-do/ben-lau/2024-v2/index.html",
    ):
        assert "lộ thông tin cá nhân" in frames[path].decode(), path


def test_a_withdrawn_figure_is_empty_in_its_table_and_its_sum_is_not_made(
    tmp_path: Path,
) -> None:
    known = known_in(data_with(tmp_path, FIGURE))
    part, whole = (
        known.figures["biet-boi", area][-1] for area in ("ben-lau", known.archive.plan.scope)
    )
    assert (part.low, part.missing, part.note.first) == (
        None,
        "c",
        "Minh họa: lộ thông tin cá nhân.",
    )
    assert (whole.low, whole.absent) == (None, ("ben-lau",))
    table = open_data(known, SITE, TOLD)
    signed = table["du-lieu/nam/2024/v2/observations.csv"].decode().splitlines()
    (row,) = (line for line in signed if line.startswith("biet-boi,ben-lau"))
    assert row == (
        "biet-boi,ben-lau,,,,,c,,,,,,,,Minh họa: lộ thông tin cá nhân.,Illustrative: personal data."
    )
    assert "khác bản đã ký" in table["du-lieu/nam/2024/v2.txt"].decode()
    kinds = {key[:2]: changed[-1].kind for key, changed in known.corrected.items()}
    assert kinds["biet-boi", "ben-lau"] == kinds["biet-boi", "may-trang"] == "withdrawn"
    page = dict(pages(known, SITE, {}))["vi/dia-ban/ben-lau/index.md"].decode()
    assert 'href="../../dinh-chinh/#rut-2024-v2-biet-boi-ben-lau"' in page


def test_a_correction_of_a_withdrawn_version_does_not_tell_what_was_withdrawn(
    tmp_path: Path,
) -> None:
    known = known_in(data_with(tmp_path, OLDER))
    (one,) = known.corrected["biet-boi", "ben-lau", 2024]
    assert (one.old, one.hidden, one.reason.first) == (None, True, "Mười em được tính hai lần.")
    page = dict(pages(known, SITE, {}))["vi/dinh-chinh/index.md"].decode()
    assert "<del>số đã rút lại</del>" in page
    assert "Phiên bản 2 đã thay." in page


def test_a_withdrawn_version_may_leave_the_folder_and_its_addresses_stay(tmp_path: Path) -> None:
    data = data_with(tmp_path, VERSION)
    rmtree(data / "results" / "2024" / "v2")
    found = everything(known_in(data))
    assert "đã rút lại" in found["vi/nam/2024/index.md"].decode()
    assert "lộ thông tin" in found["du-lieu/nam/2024/v2/observations.csv"].decode()


def test_the_next_version_after_one_that_left_the_folder_has_a_number_of_its_own(
    tmp_path: Path,
) -> None:
    data = data_with(tmp_path, VERSION)
    rmtree(data / "results" / "2024" / "v2")
    archive, _ = read(data)
    assert archive is not None
    edition = next(each for each in archive.editions if each.year == 2024)
    assert {Path(path).parent.name for path in correction(archive, edition)} == {"v3"}


def test_a_withdrawal_is_never_taken_back_silently(tmp_path: Path) -> None:
    data = data_with(tmp_path, VERSION, FIGURE)
    committed(tmp_path)
    assert _codes(data) == []
    swap(data / "results" / "withdrawals.csv", FIGURE, "")
    assert _codes(data) == ["withdrawal-removed"]
    committed(tmp_path)
    assert _codes(data) == ["withdrawal-removed"]


def _codes(data: Path) -> list[str]:
    archive, _ = read(data)
    assert archive is not None
    return [problem.code for problem in history_problems(archive, signed_before(data))]


def test_the_same_figure_in_another_version_is_asked_about(tmp_path: Path) -> None:
    data = data_with(tmp_path, f"2024,2,biet-boi,doi-che,{WHEN},,{WHY}\n")
    assert told(data) == ["withdrawal-elsewhere withdrawals.csv:2 biet-boi, doi-che"]


def test_what_is_withdrawn_can_not_be_worked_out_from_what_stays(tmp_path: Path) -> None:
    data = data_with(tmp_path, f"2023,1,biet-boi,ben-lau,{WHEN},,{WHY}\n")
    assert told(data) == []
    rows = data / "results" / "2023" / "v1" / "observations.csv"
    own = "biet-boi,may-trang,370,1250,,A,,,,,,Báo cáo minh họa của Sở Giáo dục,,,,\n"
    rows.write_text(rows.read_text() + own)
    sign_again(data)
    (stops,) = told(data)
    assert stops.startswith("confidential-follows 2023/v1/observations.csv")
    more = f"2023,1,biet-boi,doi-che,{WHEN},,{WHY}\n"
    with (data / "results" / "withdrawals.csv").open("a") as file:
        file.write(more)
    assert [each for each in told(data) if each.startswith("confidential-follows")] == []


@pytest.mark.parametrize(
    "rows",
    [(VERSION, OLDER, f"2023,1,,,{WHEN},,{WHY}\n"), (VERSION,), (FIGURE,)],
    ids=["all", "version", "figure"],
)
def test_no_address_of_a_finished_site_is_lost_whatever_is_withdrawn(
    rows: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "BUILD", tmp_path / "build")
    data = data_with(tmp_path, *rows)
    (before, then), (after, now) = (
        (tmp_path / name, moment) for name, moment in (("before", BEFORE), ("after", NOW))
    )
    for site, moment in ((before, then), (after, now)):
        command = ["--data", str(data), "--site", str(site)]
        assert main([*command, "--today", moment.strftime("%Y-%m-%dT%H:%M")]) == 0
    was, stands = (
        {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
        for site in (before, after)
    )
    assert {path for path in was - stands if "styles." not in path} == set()
    if len(rows) == 3:  # nothing is left
        book = load_workbook(after / "en" / "du-lieu" / "chi-tieu" / "boi-xa.xlsx")
        told = " ".join(str(cell.value) for cell in book.worksheets[0]["A"])
        assert "Illustrative: personal data." in told
        assert len(book.worksheets) == 1
