"""Charts: what a picture shows, what it must not show, and how few are drawn."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tiendo.charts.draw import (
    COLOURS,
    Axis,
    CellState,
    Chart,
    Drawing,
    Lead,
    LevelCell,
    LevelGrid,
    LevelRow,
    Point,
    RankedArea,
    RankingChart,
    SeriesChart,
    Size,
    Target,
    bullet_svg,
    drawn,
    inline_svg,
    interactive_spec,
    spec_of,
    standalone_svg,
)
from tiendo.charts.draw.charts import CellState as State
from tiendo.charts.draw.labels import Box, Label, placed, width_of
from tiendo.charts.draw.series import frame_of
from tiendo.charts.draw.svg import drawing_of

ASSETS = Path(__file__).parents[1] / "site_config" / "assets"
FONTS = ASSETS / "fonts"
LETTERS = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
)
PERCENT = Axis(lowest=0.0, highest=100.0, pattern="{}%")
GOALS = (
    Target(year=2025, value=70.0, text="2025: 70%", tip="Mục tiêu 2025"),
    Target(year=2030, value=90.0, text="2030: 90%", tip="Mục tiêu 2030"),
)


def points(*values: float | None, start: int = 2021) -> tuple[Point, ...]:
    return tuple(
        Point(year=start + i, value=value, label="" if value is None else f"{value:g}%")
        for i, value in enumerate(values)
    )


def series(
    figures: tuple[Point, ...],
    *,
    targets: tuple[Target, ...] = GOALS,
    size: Size = Size.NARROW,
    notice: str = "",
) -> SeriesChart:
    return SeriesChart(
        size=size,
        axis=PERCENT,
        points=figures,
        targets=targets,
        start=2021,
        end=2030,
        notice=notice,
    )


def ranking(rows: tuple[RankedArea, ...]) -> RankingChart:
    return RankingChart(size=Size.NARROW, rows=rows, target=70.0, target_text="Mục tiêu 70%")


def grid(*states: State) -> LevelGrid:
    cells = tuple(LevelCell(text=str(i), state=state) for i, state in enumerate(states))
    years = tuple(str(2021 + i) for i in range(len(states)))
    return LevelGrid(size=Size.NARROW, columns=years, rows=(LevelRow(name="Tứ Kỳ", cells=cells),))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("charts")


def picture(chart: Chart, kept: Path) -> Drawing:
    return drawn({"it": chart}, fonts=FONTS, cache=kept)["it"]


def texts(drawing: Drawing) -> list[str]:
    return [text.text or "" for text in elements(drawing, "text")]


def elements(drawing: Drawing, tag: str) -> list[ET.Element]:
    return list(ET.fromstring(f"<svg>{drawing.body}</svg>").iter(tag))  # noqa: S314


def line(drawing: Drawing) -> str:
    """The path through the figures: the only one that rounds its corners."""
    (found,) = re.findall(r'<path[^>]* stroke-linejoin="round" d="([^"]*)"/>', drawing.body)
    return str(found)


# Over the years -----------------------------------------------------------------------------


def test_a_missing_year_leaves_a_gap_in_the_line(kept: Path) -> None:
    drawing = picture(series(points(50.0, 55.0, None, 60.0, 65.0)), kept)
    assert line(drawing).count("M") == 2


def test_a_year_that_is_not_listed_leaves_a_gap_too(kept: Path) -> None:
    figures = (*points(50.0, 55.0), *points(60.0, 65.0, start=2024))
    assert line(picture(series(figures), kept)).count("M") == 2


def test_a_line_without_gaps_is_one_piece_and_ends_at_the_newest_figure(kept: Path) -> None:
    drawing = picture(series(points(50.0, 55.0, 60.0)), kept)
    assert (line(drawing).count("M"), line(drawing).count("L")) == (1, 2)


def test_a_new_segment_cuts_the_line_and_is_marked_with_its_reason(kept: Path) -> None:
    later = Point(year=2023, value=40.0, segment=1, break_text="đổi cách tính")
    last = Point(year=2024, value=45.0, segment=1)
    drawing = picture(series((*points(50.0, 55.0), later, last)), kept)
    assert line(drawing).count("M") == 2
    assert "đổi cách tính" in texts(drawing)


def test_a_preliminary_figure_is_hollow_and_the_others_are_filled(kept: Path) -> None:
    new = Point(year=2022, value=55.0, provisional=True)
    drawing = picture(series((*points(50.0), new)), kept)
    fills = [circle.get("fill") for circle in elements(drawing, "circle")]
    assert fills == [COLOURS["series"], COLOURS["paper"]]


def test_each_target_has_its_mark_and_its_text(kept: Path) -> None:
    drawing = picture(series(points(50.0)), kept)
    diamonds = re.findall(rf'<path fill="{COLOURS["target"]}" d="([^"]*)"/>', drawing.body)
    assert "".join(diamonds).count("Z") == 2
    assert {"2025: 70%", "2030: 90%"} <= set(texts(drawing))


def test_a_target_whose_text_is_wider_than_its_room_is_still_told(kept: Path) -> None:
    long = "2030: ít nhất 90% số huyện của tỉnh"
    goal = Target(year=2030, value=90.0, text=long)
    drawing = picture(series(points(50.0), targets=(goal,), size=Size.SMALL), kept)
    assert long in texts(drawing)


def test_a_range_without_a_figure_is_a_bar_with_two_ends_and_joins_no_line(kept: Path) -> None:
    unsure = Point(year=2023, value=None, low=60.0, high=70.0, label="60–70%")
    drawing = picture(series((*points(50.0, 55.0), unsure)), kept)
    assert line(drawing).count("L") == 1
    assert "60–70%" in texts(drawing)
    assert len(elements(drawing, "circle")) == 2


@pytest.mark.parametrize("size", Size)
def test_the_newest_figure_is_written_in_every_size(size: Size, kept: Path) -> None:
    drawing = picture(series(points(50.0, 58.3, 66.7), size=size), kept)
    assert "66.7%" in texts(drawing)


def test_the_axis_starts_at_0_and_ends_at_100(kept: Path) -> None:
    drawing = picture(series(points(50.0)), kept)
    assert [t for t in texts(drawing) if re.fullmatch(r"\d+%", t)][:6] == [
        "0%",
        "20%",
        "40%",
        "60%",
        "80%",
        "100%",
    ]


def test_the_axis_ends_nearer_where_all_figures_and_targets_are_small(kept: Path) -> None:
    drawing = picture(series(points(8.4), targets=(Target(year=2030, value=15.0),)), kept)
    assert "20%" in texts(drawing)
    assert "100%" not in texts(drawing)


def test_the_axis_goes_as_far_as_the_scale_does() -> None:
    of_ten = replace(series(points(63.0)), axis=Axis(lowest=0.0, highest=70.0, pattern="{}"))
    unbounded = replace(series(points(133.0)), axis=Axis(lowest=0.0, highest=None, pattern="{}"))
    assert frame_of(replace(of_ten, targets=())).ceiling == 70
    assert frame_of(unbounded).ceiling == 140


def test_the_axis_is_written_as_the_language_writes_it(kept: Path) -> None:
    chart = SeriesChart(
        size=Size.SMALL,
        points=(),
        targets=GOALS,
        start=2021,
        end=2030,
        axis=Axis(lowest=0.0, highest=100.0, pattern="{} %"),
    )
    assert "50 %" in texts(picture(chart, kept))


def test_years_are_written_in_whole_and_the_plans_ends_are_among_them(kept: Path) -> None:
    drawing = picture(series(points(50.0)), kept)
    years = [text for text in texts(drawing) if re.fullmatch(r"20\d\d", text)]
    assert (years[0], years[-1]) == ("2021", "2030")


def test_nothing_is_drawn_beyond_the_newest_figure(kept: Path) -> None:
    one = line(picture(series(points(50.0, 55.0)), kept))
    wide = [float(x) for x in re.findall(r"[ML]([\d.]+),", one)]
    axis = [float(x) for x in re.findall(r"M([\d.]+),", picture(series(()), kept).body)]
    assert max(wide) < max(axis) / 2


def test_where_the_pace_leads_is_dashed_has_open_marks_and_joins_no_line(kept: Path) -> None:
    ahead = (
        Lead(year=2025, value=70.0, text="giữ nhịp này: 70%"),
        Lead(year=2028.5, value=100.0),
        Lead(year=2030, value=100.0, text="giữ nhịp này: 100%"),
    )
    plain = series(points(50.0, 55.0), size=Size.WIDE)
    drawing = picture(replace(plain, leads=ahead), kept)
    assert line(drawing) == line(picture(plain, kept))
    (dashed,) = re.findall(
        rf'<path[^>]*stroke="{COLOURS["missing"]}"[^>]*stroke-dasharray="2,3"[^>]* d="([^"]*)"',
        drawing.body,
    )
    assert len(re.findall("[ML]", dashed)) == 1 + len(ahead)
    rings = [c for c in elements(drawing, "circle") if c.get("r") == "3.6"]
    assert len(elements(drawing, "circle")) == 2 + 2
    assert len(rings) <= 2
    assert "giữ nhịp này: 100%" in texts(drawing)


def test_charts_side_by_side_have_one_scale(kept: Path) -> None:
    small_targets = (Target(year=2025, value=4.0, text="4%"),)
    low = replace(series(points(3.0), targets=small_targets), highest=60.0)
    high = series(points(60.0), targets=small_targets)
    assert texts(picture(low, kept))[:3] == texts(picture(high, kept))[:3]


def test_the_notice_stands_inside_every_picture_that_has_text(kept: Path) -> None:
    words = "Số liệu minh họa"
    charts = (
        series(points(50.0), notice=words),
        RankingChart(size=Size.WIDE, rows=(), notice=words),
        LevelGrid(size=Size.WIDE, columns=(), rows=(), notice=words),
    )
    assert [words in texts(picture(chart, kept)) for chart in charts] == [True, True, True]


def test_a_bullet_is_filled_up_to_its_figure_and_has_a_tick_for_each_target() -> None:
    drawing = bullet_svg(PERCENT, 100.0, points(55.0)[0], GOALS)
    assert "<text" not in drawing
    assert 'class="td-own" d="M1.0,6H60.4' in drawing
    assert 'd="M76.6,1V17M98.2,1V17"' in drawing
    range_ = Point(year=2025, value=None, low=50.0, high=100.0)
    assert bullet_svg(PERCENT, 100.0, range_, ()).count('class="td-own"') == 2
    # What falls below 0 goes to the left of it.
    growth = Axis(lowest=-100.0, highest=None, pattern="{}")
    assert 'd="M28.0,6H55.0' in bullet_svg(growth, 100.0, points(-50.0)[0], ())


def test_a_small_chart_names_its_ranges_and_every_rule_of_a_break(kept: Path) -> None:
    figures = (
        Point(year=2022, value=52.0, label="52%"),
        Point(year=2023, value=29.2, segment=1, break_text="đổi cách tính"),
        Point(year=2024, value=32.7, label="32,7%", segment=1, provisional=True),
        Point(
            year=2025,
            value=None,
            low=21.0,
            high=48.5,
            label="21,0–48,5%",
            segment=2,
            break_text="đổi địa giới 01/07/2025",
            reported=False,
        ),
    )
    goals = (replace(GOALS[0], value=40.0, text="2025: 40%"), replace(GOALS[1], value=60.0))
    told = texts(picture(series(figures, targets=goals, size=Size.SMALL), kept))
    assert {"32,7%", "21,0–48,5%", "đổi cách tính", "đổi địa giới 01/07/2025"} <= set(told)


def test_a_label_stands_nearer_to_its_own_mark_than_to_any_other() -> None:
    mark = Label(text="32,7%", x=100.0, y=100.0, size=13.0, colour="#000", needed=True)
    earlier = (76.0, 96.0)
    crowd = [Box(90.0, 60.0, 200.0, 93.0), Box(104.0, 60.0, 200.0, 140.0)]
    (found,) = placed(
        [mark],
        taken=[*crowd, Box(71.0, 91.0, 81.0, 101.0)],
        frame=Box(0, 0, 300, 200),
        anchors=[earlier, (100.0, 100.0)],
    )
    box = Box(found.x - 18, found.y - 6.5, found.x + 18, found.y + 6.5)
    assert box.away_from(100.0, 100.0) <= box.away_from(*earlier)


def test_where_remark_and_notice_have_no_room_side_by_side_they_stand_in_two_lines(
    kept: Path,
) -> None:
    short = replace(series(points(50.0), notice="Số liệu minh họa"), remark="○ chưa chính thức")
    long = replace(short, remark="○ chưa chính thức · * đã sửa sau công bố · vạch: tính lại")
    heights = [picture(chart, kept).height for chart in (short, long)]
    assert heights[1] > heights[0]


# By area ------------------------------------------------------------------------------------


def test_areas_without_a_figure_are_listed_with_their_reason(kept: Path) -> None:
    rows = (
        RankedArea(name="Tứ Kỳ", value=88.0, label="88%"),
        RankedArea(name="Nam Sách", value=None, label="chưa báo cáo"),
    )
    drawing = picture(ranking(rows), kept)
    assert {"Tứ Kỳ", "88%", "Nam Sách", "chưa báo cáo", "Mục tiêu 70%"} == set(texts(drawing))


def test_a_short_name_is_written_in_full(kept: Path) -> None:
    rows = (RankedArea(name="A", value=88.0, label="88%"),)
    assert "A" in texts(picture(ranking(rows), kept))


def test_a_preliminary_bar_is_hollow(kept: Path) -> None:
    rows = (RankedArea(name="Tứ Kỳ", value=88.0, label="88%", provisional=True),)
    body = picture(ranking(rows), kept).body
    assert f'fill="{COLOURS["paper"]}" stroke="{COLOURS["series"]}"' in body


def test_a_ranking_grows_with_its_areas(kept: Path) -> None:
    rows = tuple(RankedArea(name=f"Xã {i}", value=90.0 - i, label=f"{i}") for i in range(64))
    few, many = picture(ranking(rows[:12]), kept), picture(ranking(rows), kept)
    assert few.width == many.width
    assert few.height < many.height


def test_a_cell_tells_its_state_by_shape_and_text(kept: Path) -> None:
    drawing = picture(grid(CellState.MET, CellState.BELOW, CellState.MISSING), kept)
    assert {"0", "1", "2"} <= set(texts(drawing))
    paths = [(path.get("fill"), path.get("stroke")) for path in elements(drawing, "path")]
    assert (COLOURS["met"], None) in paths
    assert (COLOURS["paper"], COLOURS["below"]) in paths


def test_headings_that_would_run_into_each_other_are_thinned_from_the_last(kept: Path) -> None:
    drawing = picture(grid(*[CellState.MET] * 20), kept)
    headings = [text for text in texts(drawing) if len(text) == 4]
    assert headings[-1] == "2040"
    assert len(headings) < 20


# Labels -------------------------------------------------------------------------------------


def test_two_labels_never_cover_each_other() -> None:
    labels = [Label(text="66,7%", x=50.0, y=50.0, size=13.0, colour="") for _ in range(9)]
    found = placed(labels, taken=[], frame=Box(0.0, 0.0, 200.0, 200.0))
    assert 1 < len(found) < 9
    assert len({(one.x, one.y) for one in found}) == len(found)


def test_marks_on_letters_take_no_width() -> None:
    assert width_of("Tỷ lệ huyện", 13.0) == width_of("Ty le huyen", 13.0)


# The picture in a page and as a file ----------------------------------------------------------


def test_an_inline_picture_scales_is_named_and_stands_in_one_line(kept: Path) -> None:
    svg = inline_svg(picture(series(points(50.0)), kept), alt='A "B" & C', classes="td-wide")
    head = svg.partition(">")[0]
    assert 'class="td-chart td-wide" role="img" aria-label="A &quot;B&quot; &amp; C"' in head
    assert "viewBox=" in head
    assert " width=" not in head
    assert "\n" not in svg


def test_a_picture_without_an_alternative_is_passed_over_by_the_ear(kept: Path) -> None:
    assert 'aria-hidden="true"' in inline_svg(picture(series(()), kept), alt="")


def test_pictures_have_no_ids_so_that_many_may_stand_in_one_page(kept: Path) -> None:
    charts = (series(points(50.0)), ranking(()), grid(CellState.MET))
    assert [" id=" in picture(chart, kept).body for chart in charts] == [False, False, False]


def test_no_mark_has_a_name_or_a_role_of_its_own(kept: Path) -> None:
    body = picture(series(points(50.0)), kept).body
    assert re.findall(r"aria-|role=|class=", body) == []


def test_figures_of_a_picture_have_one_decimal(kept: Path) -> None:
    body = picture(series(points(50.0, 58.333, 66.667)), kept).body
    assert re.findall(r"\d\.\d\d", re.sub(r">[^<]*<", "><", body)) == []


def test_a_file_of_its_own_has_title_source_and_typeface(kept: Path) -> None:
    drawing = picture(series(points(50.0)), kept)
    title = "Huyện đạt chuẩn phổ cập giáo dục trung học cơ sở mức độ 3, tỉnh Hải Dương"
    svg = standalone_svg(drawing, alt="Mô tả", title=title, language="vi", source="Nguồn: ví dụ")
    root = ET.fromstring(svg)  # noqa: S314
    said = [text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert " ".join(said).startswith(f"{title} Nguồn: ví dụ")
    assert "Tiendo Sans" in root.get("font-family", "")
    assert float(root.get("height", "0")) > drawing.height


def letters_in(font: Path) -> set[str]:
    """The characters of a TrueType font, from its table `cmap` (format 4)."""
    data = font.read_bytes()
    count = struct.unpack_from(">H", data, 4)[0]
    names = {
        data[at : at + 4]: struct.unpack_from(">8x2I", data, at)
        for at in range(12, 12 + 16 * count, 16)
    }
    start = names[b"cmap"][0]
    offset = start + struct.unpack_from(">I", data, start + 8)[0]
    kind, _, _, double = struct.unpack_from(">4H", data, offset)
    assert kind == 4
    ends = struct.unpack_from(f">{double // 2}H", data, offset + 14)
    begins = struct.unpack_from(f">{double // 2}H", data, offset + 16 + double)
    return {chr(c) for low, high in zip(begins, ends, strict=True) for c in range(low, high + 1)}


@pytest.mark.parametrize("weight", [400, 600])
def test_the_fonts_have_every_vietnamese_letter_and_the_marks_of_the_site(weight: int) -> None:
    wanted = {*LETTERS, *LETTERS.upper(), *"0123456789%–—“”‘’…·×−≥≤→←↑↓▲▼●○✓✗"}
    assert wanted - letters_in(FONTS / f"tiendo-sans-{weight}.ttf") == set()


def test_marks_that_no_chart_here_has_are_refused() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><image/></svg>'
    with pytest.raises(ValueError, match="image"):
        drawing_of(svg)


# Colours ------------------------------------------------------------------------------------


def test_the_stylesheet_knows_exactly_the_colours_of_the_pictures() -> None:
    css = (ASSETS / "charts.css").read_text(encoding="utf-8")
    for paint in ("fill", "stroke"):
        rules = re.findall(rf'\[{paint}="(#\w+)"\] {{ {paint}: var\(--td-(\w+), (#\w+)\);', css)
        assert {name: value for value, name, _ in rules} == dict(COLOURS)
        assert [value for value, _, _ in rules] == [default for _, _, default in rules]


def test_on_paper_the_light_colours_hold() -> None:
    css = (ASSETS / "charts.css").read_text(encoding="utf-8")
    printed = css.partition("@media print")[2].partition("@media")[0]
    assert dict(re.findall(r"--td-(\w+): (#\w+);", printed)) == dict(COLOURS)


def test_no_two_colours_are_one() -> None:
    assert len(set(COLOURS.values())) == len(COLOURS)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def dark() -> dict[str, str]:
    css = (ASSETS / "charts.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--td-(\w+): (#\w+);", css.partition("*/")[0]))


@pytest.mark.parametrize("scheme", [dict(COLOURS), dark()], ids=["light", "dark"])
def test_texts_and_marks_can_be_told_from_the_paper(scheme: dict[str, str]) -> None:
    paper = scheme["paper"]
    texts_on_paper = [contrast(scheme[name], paper) for name in ("ink", "muted", "target", "met")]
    marks = [contrast(scheme[name], paper) for name in ("series", "below", "missing", "axis")]
    assert scheme.keys() == COLOURS.keys()
    assert min(texts_on_paper) >= 4.5
    assert min(marks) >= 3.0


# The interactive form -------------------------------------------------------------------------


def test_the_interactive_form_has_the_same_figures_with_tips_and_takes_its_container() -> None:
    chart = series(points(50.0))
    spec = interactive_spec(chart)
    still = spec_of(chart).whole()
    tips = [layer for layer in spec["layer"] if "tooltip" in layer["encoding"]]
    assert spec["datasets"]["points"] == still["datasets"]["points"]
    assert spec["width"] == "container"
    assert len(tips) == 4
    assert not any("tooltip" in layer["encoding"] for layer in still["layer"])


def test_the_interactive_form_names_no_address_but_the_schemas() -> None:
    text = spec_of(series(points(50.0))).template
    assert re.findall(r"https?://[^\"]*", text) == [
        "https://vega.github.io/schema/vega-lite/v6.4.1.json"
    ]


# Many charts --------------------------------------------------------------------------------


def counted(
    charts: dict[str, Chart], kept: Path
) -> tuple[dict[str, Drawing], list[tuple[int, int]]]:
    told: list[tuple[int, int]] = []
    drawings = drawn(
        charts, fonts=FONTS, cache=kept, progress=lambda done, of: told.append((done, of))
    )
    return drawings, told


def test_what_was_drawn_before_is_not_drawn_again(tmp_path: Path) -> None:
    charts: dict[str, Chart] = {"a": series(points(50.0)), "b": series(points(60.0))}
    first, told_first = counted(charts, tmp_path)
    second, told_second = counted(charts, tmp_path)
    assert first == second
    assert (told_first, told_second) == ([(1, 2), (2, 2)], [])


def test_one_figure_that_changed_is_one_chart_to_draw(tmp_path: Path) -> None:
    counted({"a": series(points(50.0)), "b": series(points(60.0))}, tmp_path)
    _, told = counted({"a": series(points(50.1)), "b": series(points(60.0))}, tmp_path)
    assert told == [(1, 1)]


SCRIPT = """
import sys
from dataclasses import replace
from pathlib import Path
from tiendo.charts.draw import Axis, SeriesChart, Point, Size, drawn

if __name__ == "__main__":
    charts = {
        str(i): SeriesChart(size=Size.SMALL, axis=Axis(lowest=0.0, highest=100.0, pattern="{}%"),
                            points=(Point(year=2021, value=float(i), label="Tỷ lệ"),),
                            targets=(), start=2021, end=2030)
        for i in range(80)
    }
    drawings = drawn(charts, fonts=Path(sys.argv[1]), cache=Path(sys.argv[2]))
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write("".join(d.body for d in drawings.values()))
"""


def test_the_same_charts_give_the_same_bytes_in_another_process_and_on_all_cores(
    tmp_path: Path,
) -> None:
    script = tmp_path / "many.py"
    script.write_text(SCRIPT, encoding="utf-8")
    root = Path(__file__).parents[1]
    seen = [
        subprocess.run(
            [sys.executable, str(script), str(FONTS), str(tmp_path / f"kept{turn}")],
            env={**os.environ, "PYTHONPATH": str(root), "PYTHONHASHSEED": str(turn)},
            capture_output=True,
            check=True,
        ).stdout
        for turn in (1, 2)
    ]
    assert seen[0] == seen[1]
    assert seen[0].count("Tỷ lệ".encode()) == 80
