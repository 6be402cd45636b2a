"""What changed between versions: worked out from the figures, told with the data's reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pandas as pd
from makers_at_hand import EMPTY, a_plan, an_archive, an_area, an_edition, an_indicator

from tiendo.config import site_settings
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.pages.corrections import correction_notes, corrections_page
from tiendo.terms import (
    Action,
    ActionReport,
    ActionState,
    Aggregation,
    Area,
    Edition,
    Level,
    Measure,
    Release,
    Report,
    Revision,
    Target,
    Text,
)
from tiendo.words.desk import Desk
from tiendo.words.wording import words

HERE = timezone(timedelta(hours=7))
FIRST, SECOND = (datetime(2025, month, 10, 9, tzinfo=HERE) for month in (1, 3))
DISTRICTS = ("gia-loc", "nam-sach", "tu-ky")


def area(name: str, level: str, parent: str | None) -> Area:
    return an_area(area=name, level=level, parent=parent, code=name, name=Text(vi=name), type=level)


PHO_CAP = an_indicator(
    indicator="pho-cap",
    name=Text(vi="Phổ cập"),
    short=Text(vi="Phổ cập"),
    measure=Measure.STANDARD,
    level=Level.LOCAL,
    aggregation=Aggregation.COUNT,
    counts="district",
    threshold=3,
)


def edition(version: int, **changed: Any) -> Edition:
    made = an_edition(
        version=version, reason=Text(vi="Sửa theo quyết định mới.") if version > 1 else EMPTY
    )
    return replace(made, **changed)


def row(version: int, place: str, level: int | None, **changed: object) -> dict[str, object]:
    return {
        "year": 2024,
        "version": version,
        "row": 2,
        "sound": True,
        "indicator": "pho-cap",
        "area": place,
        "numerator": None,
        "denominator": None,
        "value": None if level is None else Decimal(level),
        "status": "" if level is None else "A",
        "missing": "x" if level is None else "",
        "as_of": None,
        "decision": "",
        "decided_on": None,
        "valid_until": None,
        "source": "",
        "break_": EMPTY,
        "note": EMPTY,
    } | changed


def desk(
    first: Edition,
    second: Edition,
    rows: list[dict[str, object]],
    *,
    now: datetime = SECOND,
) -> Desk:
    archive = an_archive(
        plan=a_plan(
            title=Text(vi="Kế hoạch"),
            short=Text(vi="Kế hoạch"),
            issuer=Text(vi="Tỉnh"),
            scope="hai-duong",
            first_report_year=2022,
        ),
        indicators=(PHO_CAP,),
        targets=(
            Target(
                indicator="pho-cap",
                area=None,
                year=2025,
                value=Decimal(60),
                wording=EMPTY,
                clause="",
            ),
        ),
        actions=(
            Action(
                action="III.1.1",
                section="III.1",
                text=Text(vi="Tuyên truyền."),
                recurrence="once",
                leads=(),
                lead_basis="plan",
            ),
        ),
        areas={
            "hai-duong": area("hai-duong", "province", None),
            **{name: area(name, "district", "hai-duong") for name in DISTRICTS},
        },
        releases=tuple(
            (
                Release(year=2024, version=version, released=when, sha256="0" * 64, note=EMPTY)
                for version, when in ((1, FIRST), (2, SECOND))
            )
        ),
        editions=(first, second),
        observations=pd.DataFrame(rows),
    )
    return Desk(
        results=results(published(archive, now), now),
        site=site_settings(),
        words=words("vi"),
        here="corrections/",
        indicators={"pho-cap": PHO_CAP},
    )


def rows(version: int, *levels: int | None) -> list[dict[str, object]]:
    return [row(version, place, level) for place, level in zip(DISTRICTS, levels, strict=True)]


BECAUSE = Revision(
    indicator="pho-cap",
    area="tu-ky",
    resource="",
    key="",
    kind="correction",
    reason=Text(vi="Nhập nhầm."),
)


def corrected() -> Desk:
    return desk(
        edition(1),
        edition(2, revisions=(BECAUSE,)),
        [*rows(1, 3, 2, 2), *rows(2, 3, 2, 3)],
    )


def test_a_corrected_district_is_told_and_so_is_the_whole_areas_figure_that_follows() -> None:
    page = corrections_page(corrected())
    assert [(each.area.text, each.old, each.new, each.reason) for each in page.rows] == [
        ("tu-ky", "Mức độ 2", "Mức độ 3", "Nhập nhầm."),
        (
            "hai-duong",
            "33,3% (1 trên 3 huyện)",
            "66,7% (2 trên 3 huyện)",
            "Tính lại vì số liệu của tu-ky đã sửa.",
        ),
    ]


def test_a_verdict_that_a_correction_changes_is_shown_before_and_after() -> None:
    (district, _) = corrections_page(corrected()).rows
    assert district.verdict_old is not None
    assert district.verdict_new is not None
    assert (district.verdict_old.kind, district.verdict_new.kind) == ("not-held", "met")


def test_a_version_that_is_not_out_yet_has_changed_nothing() -> None:
    at = desk(
        edition(1),
        edition(2),
        [*rows(1, 3, 2, 2), *rows(2, 3, 2, 3)],
        now=SECOND - timedelta(minutes=1),
    )
    assert corrections_page(at).rows == ()
    assert corrections_page(at).finding == "Đến nay chưa có số liệu nào đã công bố bị sửa."


def test_a_figure_that_was_missing_tells_why_it_was() -> None:
    late = replace(BECAUSE, kind="late", reason=Text(vi="Huyện gửi muộn."))
    page = corrections_page(
        desk(edition(1), edition(2, revisions=(late,)), [*rows(1, 3, 2, None), *rows(2, 3, 2, 2)])
    )
    told = page.rows[0]
    assert (told.old, told.new, told.kind) == ("chưa báo cáo", "Mức độ 2, chính thức", "late")


def test_a_status_alone_is_told_without_repeating_the_figure() -> None:
    before = [*rows(1, 3, 2, 2)[:2], row(1, "tu-ky", 2, status="P")]
    page = corrections_page(desk(edition(1), edition(2), [*before, *rows(2, 3, 2, 2)]))
    told = page.rows[0]
    assert (told.old, told.new) == ("sơ bộ", "chính thức")
    assert told.reason == "Sửa theo quyết định mới."


def test_reports_and_actions_that_changed_are_told_too() -> None:
    report = Report(reporter="so", received_on=date(2024, 12, 10), document="Báo cáo", note=EMPTY)
    action = ActionReport(action="III.1.1", state=ActionState.UNDER_WAY, summary=EMPTY, evidence="")
    page = corrections_page(
        desk(
            edition(1, reports=(report,), actions=(action,)),
            edition(
                2,
                reports=(replace(report, received_on=date(2024, 12, 16)),),
                actions=(replace(action, state=ActionState.DONE),),
            ),
            [*rows(1, 3, 2, 2), *rows(2, 3, 2, 2)],
        )
    )
    assert [(each.what.text, each.old, each.new) for each in page.rows] == [
        ("Báo cáo của so", "nhận ngày 10/12/2024", "nhận ngày 16/12/2024"),
        ("Nhiệm vụ III.1.1", "Đang làm", "Đã làm"),
    ]


def test_an_indicators_page_gets_its_corrections_as_notes() -> None:
    notes = correction_notes(corrected(), indicator="pho-cap", area="tu-ky")
    assert [(note.about, note.text) for note in notes] == [
        ("10/03/2025", "Phổ cập, tu-ky (Năm 2024, phiên bản 2): Mức độ 2 → Mức độ 3. Nhập nhầm.")
    ]
