"""A plan in its years: it gains, ends, renames and redefines indicators, and changes its rules.

What was signed stays valid, what is open follows today's plan, a change that no row tells of is
told with the row that would, and a series breaks exactly where a row says so.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest
from packages_at_hand import NOW, SITE, line, observed, problems, sign_again, small, table, told
from pages_at_hand import desk_of

from tiendo.cli import main
from tiendo.config import ROOT
from tiendo.files.open_data import open_data
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.pages.area import area_page
from tiendo.pages.handwritten import handwritten_page
from tiendo.pages.home import home_page
from tiendo.pages.indicator import indicator_page
from tiendo.pages.table import table_page
from tiendo.pages.year import year_page
from tiendo.read.archive import read
from tiendo.read.manuscripts import written
from tiendo.terms import Obstacle, Results, Verdict
from tiendo.words.wording import words

Cells = Mapping[str, str]

SINCE = ("since", "until", "successor")
SCHEMA = {name: {"name": name, "type": "integer"} for name in SINCE[:2]} | {
    "successor": {"name": "successor", "type": "string"},
    "breaks": {"name": "breaks", "type": "string", "constraints": {"enum": ["yes", "no"]}},
}
DAY = "2025-02-01"
"""A day after all that is signed in the small case: the editions of 2023 and 2024."""


# A plan that can be changed ------------------------------------------------------------------


def widened(package: Path, name: str, *columns: str) -> None:
    """Give a table of a package more columns, empty ones."""
    descriptor = json.loads((package / "datapackage.json").read_text())
    resource = next(each for each in descriptor["resources"] if each["name"] == name)
    there = [each["name"] for each in resource["schema"]["fields"]]
    added = [column for column in columns if column not in there]
    resource["schema"]["fields"] += [SCHEMA[column] for column in added]
    (package / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False))
    put(package / f"{name}.csv", [*there, *added], table(package / f"{name}.csv"))


def put(file: Path, names: list[str], rows: list[dict[str, str]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    file.write_text(text.getvalue())


def changed(data: Path, indicator: str, **cells: str) -> None:
    """Change cells of an indicator; one that is not there is added, as a copy of the first."""
    file = data / "plan/indicators.csv"
    rows = table(file)
    own = next((row for row in rows if row["indicator"] == indicator), None)
    if own is None:
        own = {**rows[0], "indicator": indicator, "position": str(len(rows) + 1)}
        rows.append(own)
    own.update(cells)
    put(file, [*rows[0]], rows)


def recorded(data: Path, *rows: str) -> None:
    """Add rows to plan/changes.csv: on, resource, key, column, old, new, reason, breaks."""
    file = data / "plan/changes.csv"
    names = table_names(file)
    given = [next(csv.reader([row])) for row in rows]
    columns = ("on", "resource", "key", "column", "old", "new", "reason_vi", "breaks")
    put(file, names, [*table(file), *(dict(zip(columns, row, strict=True)) for row in given)])


def table_names(file: Path) -> list[str]:
    return next(csv.reader([file.read_text().split("\n", 1)[0]]))


def living(folder: Path) -> Path:
    """The small case, whose tables have the columns for what changes."""
    data = small(folder)
    widened(data / "plan", "indicators", *SINCE)
    widened(data / "plan", "changes", "breaks")
    return data


def known(data: Path) -> Results:
    archive, found = read(data)
    assert archive is not None
    assert [line(each) for each in found] == []
    return results(published(archive, NOW), NOW)


def series(data: Path, indicator: str, area: str) -> list[tuple[int, Fraction | None, bool]]:
    """Year, figure, and whether it can't be compared with the year before."""
    return [
        (each.year, each.value, each.breaks)
        for each in known(data).figures.get((indicator, area), ())
    ]


# Every kind of change ------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A change of the plan, what is told without its row, and the row that tells it."""

    name: str
    change: Callable[[Path], None]
    told: tuple[str, ...]
    """Codes and keys of what is told where no row says why."""
    rows: tuple[str, ...]


def indicator(name: str, **cells: str) -> Callable[[Path], None]:
    return lambda data: changed(data, name, **cells)


def together(*changes: Callable[[Path], None]) -> Callable[[Path], None]:
    def change(data: Path) -> None:
        for each in changes:
            each(data)

    return change


def target(*cells: str) -> Callable[[Path], None]:
    def add(data: Path) -> None:
        file = data / "plan/targets.csv"
        names = table_names(file)
        put(file, names, [*table(file), dict(zip(names, cells, strict=False))])

    return add


def retargeted(data: Path) -> None:
    file = data / "plan/targets.csv"
    rows = table(file)
    next(row for row in rows if row["indicator"] == "bo-sach")["value"] = "70"
    put(file, table_names(file), rows)


def closed_agency(data: Path) -> None:
    file = data / "plan/agencies.csv"
    rows = table(file)
    rows[0]["until"] = "2025-03-31"
    put(file, table_names(file), rows)


KINDS = (
    Kind(
        name="a threshold",
        change=indicator("bo-sach", threshold="1"),
        told=("meaning-changed bo-sach threshold",),
        rows=(f"{DAY},indicators,bo-sach,threshold,2,1,Chuẩn mới.,",),
    ),
    Kind(
        name="a requirement that what was reported does not meet",
        change=indicator("bo-sach", requires="be-boi>=2"),
        told=("meaning-changed bo-sach requires",),
        rows=(f"{DAY},indicators,bo-sach,requires,be-boi>=1,be-boi>=2,Chuẩn mới.,",),
    ),
    Kind(
        name="a direction",
        change=indicator("dong-cua", direction="hold"),
        told=("meaning-changed dong-cua direction",),
        rows=(f"{DAY},indicators,dong-cua,direction,down,hold,Nghị quyết mới.,",),
    ),
    Kind(
        name="an aggregation",
        change=indicator("biet-boi", aggregation="none"),
        told=("meaning-changed biet-boi aggregation",),
        rows=(f"{DAY},indicators,biet-boi,aggregation,sum,none,Không cộng nữa.,",),
    ),
    Kind(
        name="a reporter",
        change=indicator("biet-boi", reporter="ubnd-doi-che"),
        told=("meaning-changed biet-boi reporter",),
        rows=(f"{DAY},indicators,biet-boi,reporter,so-giao-duc,ubnd-doi-che,Chuyển giao.,",),
    ),
    Kind(
        name="a parent that was smaller",
        change=indicator("biet-boi", parent="dong-cua"),
        told=("meaning-changed biet-boi parent",),
        rows=(f"{DAY},indicators,biet-boi,parent,,dong-cua,Gộp nhóm.,",),
    ),
    Kind(
        name="an indicator that came, with its first year",
        change=indicator("lop-boi", since="2025"),
        told=("meaning-came lop-boi",),
        rows=(f"{DAY},indicators,lop-boi,,,lop-boi,Bổ sung.,",),
    ),
    Kind(
        name="an indicator that came, without a year, with its targets",
        change=together(
            indicator("lop-boi"), target("lop-boi", "", "2028", "40", "Đạt 40%.", "", "I")
        ),
        told=("meaning-came lop-boi",),
        rows=(f"{DAY},indicators,lop-boi,indicator,,lop-boi,Bổ sung.,",),
    ),
    Kind(
        name="an indicator that ended",
        change=indicator("boi-xa", until="2024"),
        told=("meaning-changed boi-xa until",),
        rows=(f"{DAY},indicators,boi-xa,until,,2024,Không đo nữa.,",),
    ),
    Kind(
        name="an indicator that another one follows",
        change=together(
            indicator("boi-xa", until="2024", successor="lop-boi"),
            indicator("lop-boi", since="2025"),
        ),
        told=(
            "meaning-came lop-boi",
            "meaning-changed boi-xa successor",
            "meaning-changed boi-xa until",
        ),
        rows=(
            f"{DAY},indicators,boi-xa,until,,2024,Thay chỉ tiêu.,",
            f"{DAY},indicators,boi-xa,successor,,lop-boi,Thay chỉ tiêu.,",
            f"{DAY},indicators,lop-boi,,,lop-boi,Thay chỉ tiêu.,",
        ),
    ),
    Kind(
        name="a definition, whose series goes on",
        change=indicator("biet-boi", definition_vi="Học sinh tự bơi được 25 m."),
        told=("definition-changed biet-boi definition_vi",),
        rows=(f"{DAY},indicators,biet-boi,definition,,Học sinh tự bơi được 25 m.,Viết rõ.,no",),
    ),
    Kind(
        name="a denominator, whose series breaks",
        change=indicator("biet-boi", denominator_vi="Học sinh tiểu học"),
        told=("definition-changed biet-boi denominator_vi",),
        rows=(f"{DAY},indicators,biet-boi,denominator_vi,Học sinh,Học sinh tiểu học,Đổi mẫu.,yes",),
    ),
    Kind(
        name="a target",
        change=retargeted,
        told=("meaning-changed bo-sach;;2025 value",),
        rows=(f"{DAY},targets,bo-sach;;2025,value,60,70,Nâng mức.,",),
    ),
    Kind(
        name="an area's own target",
        change=target("biet-boi", "doi-che", "2025", "45", "Đồi Chè: 45%.", "", "I"),
        told=("meaning-came biet-boi;doi-che;2025",),
        rows=(f"{DAY},targets,biet-boi;doi-che;2025,,,45,Giao riêng.,",),
    ),
    Kind(
        name="a name",
        change=indicator("biet-boi", name_vi="Trẻ em biết bơi", short_vi="Trẻ biết bơi"),
        told=(),
        rows=(),
    ),
    Kind(name="an agency that ended", change=closed_agency, told=(), rows=()),
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_changed_in_the_plan_asks_nothing_of_what_is_signed_but_its_row(
    kind: Kind, tmp_path: Path
) -> None:
    data = living(tmp_path)
    kind.change(data)

    found = problems(data)

    assert (
        tuple(
            sorted(
                " ".join(filter(None, (each.code, each.facts["which"], each.place.column)))
                for each in found
            )
        )
        == kind.told
    )
    recorded(data, *kind.rows)
    assert told(data) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_row_that_is_asked_for_is_told_as_it_is_to_be_written(
    kind: Kind, tmp_path: Path
) -> None:
    data = living(tmp_path)
    kind.change(data)

    recorded(data, *(f"{DAY},{each.facts['line']},Lý do.,no" for each in problems(data)))

    assert [each for each in problems(data) if each.code != "breaks-misplaced"] == []


def test_a_definition_whose_row_says_not_whether_the_series_breaks_is_asked_about(
    tmp_path: Path,
) -> None:
    data = living(tmp_path)
    changed(data, "biet-boi", numerator_vi="Trẻ em biết bơi")
    recorded(data, f"{DAY},indicators,biet-boi,numerator,Học sinh biết bơi,Trẻ em biết bơi,Đổi.,")

    assert told(data) == ["breaks-missing plan/changes.csv:2 breaks"]


def test_a_row_that_was_told_of_must_stay_told(tmp_path: Path) -> None:
    """Between two signed versions, too: or a break would vanish once the next one is signed."""
    data = living(tmp_path)
    changed(data, "biet-boi", numerator_vi="Trẻ em biết bơi")
    shutil.copy(data / "plan/indicators.csv", data / "results/2024/v1/indicators.csv")
    widened_copy(data)

    assert [each.code for each in problems(data)] == ["definition-changed"]


def widened_copy(data: Path) -> None:
    """Sign 2024 again with the plan of today."""
    version = data / "results/2024/v1"
    descriptor = json.loads((version / "datapackage.json").read_text())
    plan = json.loads((data / "plan/datapackage.json").read_text())
    schema = next(each for each in plan["resources"] if each["name"] == "indicators")["schema"]
    copy = next(each for each in descriptor["resources"] if each["name"] == "indicators")
    copy["schema"] = {"fields": schema["fields"], "missingValues": [""]}
    (version / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False))
    sign_again(data)


@pytest.mark.parametrize("resource", ["indicators", "areas"])
def test_what_figures_were_signed_for_is_never_taken_out(resource: str, tmp_path: Path) -> None:
    data = living(tmp_path)
    file = data / ("plan" if resource == "indicators" else "areas") / f"{resource}.csv"
    name = "tinh-doc" if resource == "indicators" else "song-xanh"
    put(
        file,
        table_names(file),
        [row for row in table(file) if row[resource.removesuffix("s")] != name],
    )
    targets = data / "plan/targets.csv"
    put(
        targets,
        table_names(targets),
        [row for row in table(targets) if row["indicator"] != name],
    )
    recorded(data, f"{DAY},{resource},{name},,{name},,Bỏ.,")

    assert f"row-taken-out {file.parent.name}/{resource}.csv {name}" in told(data)


# Where a series breaks -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "breaks", "broken"),
    [
        ("2024-12-31", "yes", [2024]),
        ("2024-01-01", "yes", [2024]),
        ("2023-12-31", "yes", []),
        ("2025-01-01", "yes", []),
        ("2024-06-01", "no", []),
    ],
)
def test_a_series_breaks_in_the_first_edition_that_stands_for_the_day_of_the_change(
    on: str, breaks: str, broken: list[int], tmp_path: Path
) -> None:
    data = living(tmp_path)
    changed(data, "biet-boi", numerator_vi="Trẻ em biết bơi")
    recorded(
        data, f"{on},indicators,biet-boi,numerator,Học sinh biết bơi,Trẻ em biết bơi,Đổi.,{breaks}"
    )

    assert told(data) == []
    for area in ("may-trang", "doi-che", "truong-cua-tinh"):
        assert [year for year, _, breaks in series(data, "biet-boi", area) if breaks] == broken
    assert [year for year, _, breaks in series(data, "boi-xa", "doi-che") if breaks] == []


def test_no_pace_is_read_across_a_change_that_breaks(tmp_path: Path) -> None:
    data = living(tmp_path)
    before = known(data).headlines["biet-boi", "doi-che"]
    assert before.pace is not None
    changed(data, "biet-boi", numerator_vi="Trẻ em biết bơi")
    recorded(
        data,
        "2024-06-01,indicators,biet-boi,numerator,Học sinh biết bơi,Trẻ em biết bơi,Đổi.,yes",
    )

    after = known(data).headlines["biet-boi", "doi-che"]

    assert (after.verdict, after.pace) == (Verdict.TOO_LITTLE_DATA, None)
    assert str(known(data).figures["biet-boi", "doi-che"][-1].break_.first) == "Đổi."


# What is measured ----------------------------------------------------------------------------


def test_nobody_owes_what_the_plan_had_not_yet(tmp_path: Path) -> None:
    data = living(tmp_path)
    changed(data, "lop-boi")
    recorded(data, f"{DAY},indicators,lop-boi,,,lop-boi,Bổ sung.,")

    assert series(data, "lop-boi", "doi-che") == []
    assert series(data, "lop-boi", "may-trang") == []


def test_what_ended_keeps_its_record_and_promises_nothing(tmp_path: Path) -> None:
    data = living(tmp_path)
    changed(data, "biet-boi", until="2025")
    recorded(data, f"{DAY},indicators,biet-boi,until,,2025,Không đo nữa.,")

    found = known(data)

    assert [each.target.year for each in found.assessments["biet-boi", "may-trang"]] == [2025]
    assert found.headlines["biet-boi", "may-trang"].target.year == 2025
    assert [each.year for each in found.figures["biet-boi", "may-trang"]] == [2023, 2024]


def test_files_say_from_when_till_when_an_indicator_is_asked_for_and_what_follows(
    tmp_path: Path,
) -> None:
    data = living(tmp_path)
    changed(data, "boi-xa", until="2025", successor="bo-sach")
    changed(data, "bo-sach", since="2023")
    files = open_data(known(data), SITE, {name: words(name) for name in SITE.languages})
    names = ("indicator_since", "indicator_until", "indicator_successor")
    for path in ("du-lieu/so-lieu.csv", "du-lieu/dia-ban/ben-lau.csv"):
        rows = list(csv.DictReader(io.StringIO(files[path].decode())))
        said = {row["indicator"]: tuple(row[name] for name in names) for row in rows}
        assert said["boi-xa"] == ("", "2025", "bo-sach")
        assert said["bo-sach"] == ("2023", "", "")
        assert said["biet-boi"] == ("", "", "")
    described = json.loads(files["du-lieu/datapackage.json"])
    (figures,) = (each for each in described["resources"] if each["name"] == "so-lieu")
    kinds = {each["name"]: each["type"] for each in figures["schema"]["fields"]}
    assert [kinds[name] for name in names] == ["integer", "integer", "string"]


def test_a_threshold_measures_every_year_by_todays_rule(tmp_path: Path) -> None:
    """Also where the whole area's own row counted by the rule of its time."""
    data = living(tmp_path)
    before = known(data).figures["be-boi", "may-trang"]
    changed(data, "be-boi", threshold="2")
    recorded(data, f"{DAY},indicators,be-boi,threshold,1,2,Chuẩn mới.,")

    after = known(data).figures["be-boi", "may-trang"]

    assert told(data) == []
    assert [each.numerator for each in before] != [each.numerator for each in after]
    assert all(each.numerator == 0 for each in after if each.low is not None)


def test_a_sum_of_a_year_that_was_summed_stays_one(tmp_path: Path) -> None:
    data = living(tmp_path)
    before = series(data, "biet-boi", "may-trang")
    changed(data, "biet-boi", aggregation="none")
    recorded(data, f"{DAY},indicators,biet-boi,aggregation,sum,none,Không cộng nữa.,")

    assert series(data, "biet-boi", "may-trang") == before


# What is open --------------------------------------------------------------------------------


def reopened(data: Path, year: int) -> Path:
    """A second version of a year, to correct: what was signed with the first is not in it."""
    first, second = data / f"results/{year}/v1", data / f"results/{year}/v2"
    shutil.copytree(first, second)
    descriptor = json.loads((second / "datapackage.json").read_text())
    copies = {"indicators", "targets", "areas"}
    descriptor |= {"version": "2", "reason_vi": "Sửa một số."}
    descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] not in copies]
    (second / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False))
    for name in copies:
        (second / f"{name}.csv").unlink()
    return second


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_old_year_can_be_corrected_under_a_newer_plan(kind: Kind, tmp_path: Path) -> None:
    """A rule is asked of no day before it came, an indicator of no year before its first."""
    data = living(tmp_path)
    kind.change(data)
    recorded(data, *kind.rows)

    reopened(data, 2023)

    assert told(data) == []


def test_what_is_open_is_checked_by_todays_plan(tmp_path: Path) -> None:
    data = living(tmp_path)
    changed(data, "boi-xa", until="2023", successor="lop-boi")
    changed(data, "lop-boi", since="2024", level="whole", aggregation="none")
    recorded(
        data,
        "2024-02-01,indicators,boi-xa,until,,2023,Thay chỉ tiêu.,",
        "2024-02-01,indicators,boi-xa,successor,,lop-boi,Thay chỉ tiêu.,",
        "2024-02-01,indicators,lop-boi,,,lop-boi,Thay chỉ tiêu.,",
    )
    assert told(data) == []

    reopened(data, 2024)

    found = told(data)
    assert {each.split(" ")[0] for each in found} == {"draft-lacks", "row-not-in-force"}
    # The open version is asked for lop-boi now.
    assert any(each.startswith("draft-lacks 2024/v2/observations.csv") for each in found)
    assert [each for each in found if each.startswith("row-not-in-force")] == [
        f"row-not-in-force 2024/v2/observations.csv:{row} indicator boi-xa" for row in (6, 7, 8)
    ]


def test_an_action_that_came_later_is_asked_of_no_version_that_is_signed(tmp_path: Path) -> None:
    data = living(tmp_path)
    file = data / "plan/actions.csv"
    rows = table(file)
    put(file, table_names(file), [*rows, {**rows[0], "action": "II.9"}])

    assert told(data) == []
    reopened(data, 2023)
    assert told(data) == []


def test_a_leap_across_a_break_is_asked_of_nobody(tmp_path: Path) -> None:
    data = living(tmp_path)
    releases = data / "results/releases.csv"
    put(
        releases,
        table_names(releases),
        [row for row in table(releases) if row["year"] != "2024"],
    )
    observed(data, "biet-boi", "doi-che", numerator="300", denominator="310", note_vi="")
    assert "jump" in {each.code for each in problems(data)}
    changed(data, "biet-boi", numerator_vi="Trẻ em biết bơi")
    recorded(
        data,
        "2024-06-01,indicators,biet-boi,numerator,Học sinh biết bơi,Trẻ em biết bơi,Đổi.,yes",
    )

    assert "jump" not in {each.code for each in problems(data)}


# A life on the shipped plan ------------------------------------------------------------------

COMMUNE_STANDARDS = {
    "xmc-md2": "xa-xmc-md2",
    "pcgd-mn5t": "xa-pcgd-mn5t",
    "pcgd-th-md3": "xa-pcgd-th-md3",
    "pcgd-thcs-md3": "xa-pcgd-thcs-md3",
    "huyen-ht": "xa-ht",
}
"""What districts were counted by until 2025, and communes are from 2026 on."""

YEARS = (
    # on, indicator, column, old, new, breaks: the plan as the years changed it; all invented.
    *(
        row
        for old, new in COMMUNE_STANDARDS.items()
        for row in (
            ("2026-02-01", old, "until", "", "2025", ""),
            ("2026-02-01", old, "successor", "", new, ""),
            ("2026-02-01", new, "", "", new, ""),
        )
    ),
    ("2026-06-01", "cong-dan-ht", "numerator_vi", None, "Số công dân từ 15 tuổi đạt danh hiệu", "yes"),
    ("2026-06-01", "kn-song", "denominator_vi", None, "Dân số trong độ tuổi lao động", "no"),
    ("2026-11-01", "dai-hoc-so", "until", "", "2026", ""),
    ("2027-02-01", "xa-ht", "threshold", "1", "2", ""),
    ("2027-02-01", "hoc-tap-so", "", "", "hoc-tap-so", ""),
)  # fmt: skip


@dataclass(frozen=True)
class Office:
    """The shipped data in a clerk's hands."""

    data: Path

    def does(self, *arguments: str, now: str) -> None:
        assert main([*arguments, "--data", str(self.data), "--today", now, "--lang", "en"]) == 0

    def changes(self, on: str) -> None:
        """What the plan changed on a day, in the plan and in its table of changes."""
        for day, name, column, old, new, breaks in YEARS:
            if day != on:
                continue
            rows = {row["indicator"]: row for row in table(self.data / "plan/indicators.csv")}
            if column:
                before = rows[name][column] if old is None else old
                assert rows[name][column] == before
                changed(self.data, name, **{column: new})
            else:
                before = ""
                self.adds(name, rows)
            text = io.StringIO()
            csv.writer(text, lineterminator="").writerow(
                [on, "indicators", name, column, before, new, "Minh họa: sửa kế hoạch.", breaks]
            )
            recorded(self.data, text.getvalue())

    def adds(self, name: str, rows: Mapping[str, Cells]) -> None:
        model = next((old for old, new in COMMUNE_STANDARDS.items() if new == name), None)
        if model is None:
            cells = {**rows["kn-song"], "since": "2027"}
            self.promises(name, "2030", "50")
        else:
            cells = {**rows[model], "counts": "commune", "until": "", "successor": ""}
            cells |= {"since": "2026", "requires": ""}
            self.promises(name, "2030", "60")
        cells.pop("indicator")
        cells |= {
            "position": str(len(rows) + 1),
            "name_vi": f"Minh họa {name}",
            "name_en": f"Illustrative {name}",
            "short_vi": f"Minh họa {name}",
            "short_en": f"Illustrative {name}",
        }
        changed(self.data, name, **cells)

    def promises(self, name: str, year: str, value: str) -> None:
        target(name, "", year, value, f"Minh họa: {value}%.", f"Illustrative: {value}%.", "II")(
            self.data
        )

    def fills(self, year: int) -> None:
        """Figures as in the year before, where there were some; a standard is held by every other."""
        before = {
            (row["indicator"], row["area"]): row
            for row in table(self.data / f"results/{year - 1}/v1/observations.csv")
        }
        folder = self.data / f"results/{year}/v1"
        rows = table(folder / "observations.csv")
        for at, row in enumerate(rows):
            last = before.get((row["indicator"], row["area"]), {"missing": "x"})
            row |= {
                name: last.get(name, "")
                for name in ("numerator", "denominator", "value", "missing", "status")
            }
            if row["indicator"] in COMMUNE_STANDARDS.values():
                row |= {"value": str(at % 2 * 3), "missing": "", "status": "A"}
            if not row["missing"]:
                row["source"] = "Danh mục minh họa"
            row["note_vi"] = "Minh họa."
        put(folder / "observations.csv", [*rows[0]], rows)
        file = folder / "datapackage.json"
        descriptor = json.loads(file.read_text())
        descriptor |= {
            "illustrative": True,
            "sources": [{"title": "Danh mục minh họa", "path": "https://example.org/"}],
        }
        file.write_text(json.dumps(descriptor, ensure_ascii=False, indent=2))


def test_a_plan_lives_through_the_years(tmp_path: Path) -> None:
    """Every edition stays valid, whatever the plan became; what is told is by the rule of its day."""
    office = Office(Path(shutil.copytree(ROOT / "data", tmp_path / "data")))
    widened(office.data / "plan", "indicators", *SINCE)
    signed = {row["sha256"] for row in table(office.data / "results/releases.csv")} - {""}

    office.changes("2026-02-01")
    office.does("check", now="2026-02-02")
    office.changes("2026-06-01")
    office.does("check", now="2026-06-02")
    office.changes("2026-11-01")
    office.does("new", "2026", now="2026-12-31")
    asked_for = {
        row["indicator"] for row in table(office.data / "results/2026/v1/observations.csv")
    }
    assert {*COMMUNE_STANDARDS.values()} <= asked_for
    assert not {*COMMUNE_STANDARDS} & asked_for
    office.fills(2026)
    office.does("release", "2026", now="2027-01-14")

    # An old year is corrected under the newer plan: nobody is asked for what it knew not.
    office.does("correct", "2023", now="2027-01-20")
    corrects(office.data, 2023)
    office.does("release", "2023", now="2027-01-21")

    office.changes("2027-02-01")
    office.does("check", now="2027-02-02")
    assert signed <= {row["sha256"] for row in table(office.data / "results/releases.csv")}

    now = datetime(2027, 2, 3, tzinfo=SITE.timezone)
    archive, _ = read(office.data)
    assert archive is not None
    found = results(published(archive, now), now)
    ended, follows = (
        found.headlines["xmc-md2", "hai-duong"],
        found.headlines["xa-xmc-md2", "hai-duong"],
    )
    assert (ended.target.year, ended.latest and ended.latest.year) == (2025, 2024)
    assert (follows.target.year, follows.latest and follows.latest.denominator) == (2030, 64)
    assert {f.year for f in found.figures["xa-xmc-md2", "hai-duong"]} == {2026}
    assert {f.year for f in found.figures["huyen-ht", "tu-ky"]} == {2021, 2022, 2023, 2024}
    assert broken_years(found, "cong-dan-ht") == {2026}
    assert broken_years(found, "kn-song") == set()
    assert found.figures["xa-ht", "hai-duong"][-1].numerator == 32
    assert [each.target.year for each in found.assessments["dai-hoc-so", "hai-duong"]] == [2025]
    assert found.figures["hoc-tap-so", "hai-duong"] == ()
    # On other borders no year is put beside those that count something else.
    assert {row.year for row in found.restated["cong-dan-ht", "tu-ky"]} == {2025, 2026}
    assert found.restated["cong-dan-ht", "tu-ky"][-1].obstacle is Obstacle.REDEFINED
    says_it_on_its_pages(found)


def says_it_on_its_pages(found: Results) -> None:
    """Pages show what holds; what ended keeps its page, says so, and leads on; and back."""
    indicators = {each.indicator: each for each in found.archive.indicators}
    at = desk_of(found, SITE, words("vi"))

    def notes(name: str) -> list[tuple[str, list[str]]]:
        page = indicator_page(at, indicators[name], {}, {})
        return [(note.text, [link.href for link in note.links]) for note in page.life.notes]

    assert notes("xmc-md2") == [
        (
            (
                "Chỉ tiêu này áp dụng đến hết kỳ số liệu năm 2025; từ đó không còn ai phải báo cáo "
                "và không có mục tiêu nào được đánh giá thêm."
            ),
            [],
        ),
        ("Từ năm 2026 thay bằng:", ["chi-tieu/xa-xmc-md2/"]),
    ]
    assert notes("xa-xmc-md2") == [
        ("Chỉ tiêu này áp dụng từ kỳ số liệu năm 2026.", []),
        ("Thay cho:", ["chi-tieu/xmc-md2/"]),
    ]
    told_of = indicator_page(at, indicators["cong-dan-ht"], {}, {}).life.changes[0]
    assert told_of.about == "01/06/2026, tử số"
    assert told_of.text.startswith("Trước: “Số người đạt danh hiệu")
    assert told_of.text.endswith("Số liệu trước và sau ngày này không so sánh được.")

    home = home_page(at, None)
    held = [row.name.href for group in home.goals for row in group.rows]
    assert "chi-tieu/xmc-md2/" not in held
    assert "chi-tieu/xa-xmc-md2/" in held
    assert [(note.text, len(note.links)) for note in home.beside] == [
        ("Sắp áp dụng:", 1),
        ("Không còn áp dụng:", 5),
    ]
    for year, asked in ((2024, "Xóa mù chữ mức độ 2"), (2026, "Minh họa xa-xmc-md2")):
        shown = [row.name.text for group in year_page(at, year).goals for row in group.rows]
        assert asked in shown
        assert len(shown) == 14
    columns = {link.text for link in table_page(at).grid.columns}
    assert columns & {"Xóa mù chữ mức độ 2", "Minh họa xa-xmc-md2"} == {"Minh họa xa-xmc-md2"}
    assert "trong 10 chỉ tiêu" in area_page(at, "tu-ky", {}, {}).finding
    assert "Trong 10 chỉ tiêu" in area_page(at, "phuong-hai-duong", {}, {}).finding
    method = handwritten_page(at, "method", written("{{ changes }}"))
    assert {row.when for part in method.parts for row in part.changes} > {
        "01/02/2026",
        "01/06/2026",
        "01/11/2026",
    }


def broken_years(found: Results, name: str) -> set[int]:
    """The years in which the whole's series, or that of an area that went on, breaks by the plan."""
    return {
        figure.year
        for (indicator, _), series in found.figures.items()
        if indicator == name
        for figure in series
        if figure.break_.first == "Minh họa: sửa kế hoạch."
    }


def corrects(data: Path, year: int) -> None:
    """A figure more by one, with its reason."""
    folder = data / f"results/{year}/v2"
    rows = table(folder / "observations.csv")
    own = next(r for r in rows if (r["indicator"], r["area"]) == ("kn-song", "tu-ky"))
    own["numerator"] = str(int(own["numerator"]) + 1)
    whole = next((r for r in rows if (r["indicator"], r["area"]) == ("kn-song", "hai-duong")), None)
    if whole is not None and whole["numerator"]:
        whole["numerator"] = str(int(whole["numerator"]) + 1)
    put(folder / "observations.csv", [*rows[0]], rows)
    file = folder / "datapackage.json"
    descriptor = json.loads(file.read_text()) | {"reason_vi": "Minh họa: cộng lại."}
    file.write_text(json.dumps(descriptor, ensure_ascii=False, indent=2))
    names = table_names(folder / "changes.csv")
    areas = ["tu-ky", *(["hai-duong"] if whole is not None and whole["numerator"] else [])]
    put(
        folder / "changes.csv",
        names,
        [
            {"indicator": "kn-song", "area": area, "kind": "correction", "reason_vi": "Cộng lại."}
            for area in areas
        ],
    )


def test_no_indicator_follows_itself_by_way_of_another(tmp_path: Path) -> None:
    data = living(tmp_path)
    changed(data, "dong-cua", until="2030", successor="tinh-doc")
    changed(data, "tinh-doc", until="2030", successor="dong-cua")

    assert [each for each in told(data) if each.startswith("circle")] == [
        "circle plan/indicators.csv:6 successor dong-cua",
        "circle plan/indicators.csv:7 successor tinh-doc",
    ]


@pytest.mark.parametrize(("column", "new"), [("since", "2022"), ("until", "2030")])
def test_a_year_of_an_indicator_that_changed_is_told(column: str, new: str, tmp_path: Path) -> None:
    data = living(tmp_path)
    changed(data, "dong-cua", **{column: new})

    assert told(data) == [f"meaning-changed plan/indicators.csv {column} {new}"]
