"""Tables that compare: sorted by a press on a head, filtered by name, and whole without a script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect
from site_at_hand import DESK, PHONE, sideways

pytestmark = pytest.mark.browser

MATRIX, RANKING = "bang-tong-hop/", "chi-tieu/boi-xa/"
LONG_RANKING = "chi-tieu/nl-thong-tin/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window; whatever a page complains of is a fault."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    made = context.new_page()
    faults: list[str] = []
    made.on("pageerror", lambda error: faults.append(str(error)))
    yield made
    context.close()
    assert faults == []


def names(table: Locator) -> list[str]:
    """The areas, from above, as one sees them."""
    return table.locator("tbody tr:visible > th > a").all_inner_texts()


WHOLE, LAU, CHE, XANH = "Tỉnh Mây Trắng", "Huyện Bến Lau", "Huyện Đồi Chè", "Thị xã Sông Xanh"


@pytest.mark.parametrize(
    ("path", "head", "orders"),
    [
        (
            MATRIX,
            "Sắp xếp theo Học sinh biết bơi",
            # 41.9, 42.9, 45.1; the whole province is no row among the others.
            [[WHOLE, CHE, LAU, XANH], [WHOLE, XANH, LAU, CHE], [WHOLE, LAU, CHE, XANH]],
        ),
        (
            MATRIX,
            "Sắp xếp theo Học sinh bơi được 200 m",
            # Without a figure one is last, whichever way round.
            [[WHOLE, LAU, XANH, CHE], [WHOLE, XANH, LAU, CHE], [WHOLE, LAU, CHE, XANH]],
        ),
        (
            RANKING,
            "Sắp xếp theo Địa bàn",
            [[LAU, CHE, XANH], [XANH, CHE, LAU], [XANH, LAU, CHE]],
        ),
        (
            RANKING,
            "Sắp xếp theo So với năm trước",
            [[LAU, XANH, CHE], [XANH, LAU, CHE], [XANH, LAU, CHE]],
        ),
        (
            f"en/{RANKING}",
            "Sort by Result",
            [
                ["Bến Lau District", "Sông Xanh Town", "Đồi Chè District"],
                ["Sông Xanh Town", "Bến Lau District", "Đồi Chè District"],
                ["Sông Xanh Town", "Bến Lau District", "Đồi Chè District"],
            ],
        ),
    ],
)
def test_a_head_sorts_its_column_both_ways_and_gives_the_first_order_back(
    page: Page, small_server: str, path: str, head: str, orders: list[list[str]]
) -> None:
    page.goto(small_server + path)
    table = page.locator("table[data-sort]").first
    button = table.get_by_role("button", name=head, exact=True)
    cell = button.locator("xpath=..")
    for order, said in zip(orders, ("ascending", "descending", None), strict=True):
        button.press("Enter")
        assert names(table) == order
        assert cell.get_attribute("aria-sort") == said


def test_who_stands_on_the_target_is_sorted_between_those_above_and_those_below(
    page: Page, server: str
) -> None:
    page.goto(server + "chi-tieu/cong-dan-ht/")
    table = page.locator("table[data-sort]").first
    ranked = names(table)
    on = table.get_by_role("row", name="Phường Chu Văn An")
    assert on.locator(".td-cards__gap").inner_text() == "0,0"
    button = table.get_by_role("button", name="Sắp xếp theo So với mục tiêu (điểm)", exact=True)
    button.press("Enter")
    button.press("Enter")
    assert names(table) == ranked


FINGER = 44


@pytest.mark.parametrize(
    ("path", "heads"),
    [
        # The change since the year before is not seen on a phone.
        (RANKING, ["Địa bàn", "Kết quả"]),
        (LONG_RANKING, ["Địa bàn", "Kết quả", "So với mục tiêu (điểm)"]),
        (f"en/{LONG_RANKING}", ["Area", "Result", "Against the target (points)"]),
    ],
)
def test_on_a_phone_a_ranking_is_sorted_from_one_line_above_it(
    page: Page, server: str, small_server: str, path: str, heads: list[str]
) -> None:
    page.set_viewport_size(PHONE)
    page.goto((small_server if path == RANKING else server) + path)
    table = page.locator("table[data-sort]").first
    seen = table.locator("thead th:has(button:visible)").all()
    assert [head.inner_text().strip() for head in seen] == heads
    boxes = [head.get_by_role("button").bounding_box() for head in seen]
    assert all(box and min(box["width"], box["height"]) >= FINGER for box in boxes)
    assert len({(box["y"], box["height"]) for box in boxes if box}) == 1
    assert table.locator("thead").evaluate("(all) => all.offsetHeight") <= FINGER + 1
    ranked = names(table)
    seen[1].get_by_role("button").click()
    assert names(table) != ranked
    assert seen[1].get_attribute("aria-sort") == "ascending"
    assert sideways(page) == []


@pytest.mark.parametrize("window", [PHONE, DESK])
def test_the_head_of_the_table_of_all_areas_stays_while_one_reads_down(
    page: Page, server: str, window: ViewportSize
) -> None:
    page.set_viewport_size(window)
    page.goto(server + MATRIX)
    table = page.locator("table[data-sort]").first
    table.locator("tbody tr").nth(40).scroll_into_view_if_needed()
    table.locator("tbody tr").nth(20).scroll_into_view_if_needed()
    for head in table.locator("thead th").all()[:3]:
        assert head.evaluate(
            """(head) => {
                const box = head.getBoundingClientRect();
                const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                return head.contains(there);
            }"""
        )


def test_without_a_script_a_table_is_as_it_is_written(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    for path in (MATRIX, LONG_RANKING):
        page.goto(server + path)
        assert page.locator("main table[data-sort]").first.is_visible()
        assert page.locator(".td-filter:visible, .td-sort").count() == 0
    context.close()


@pytest.mark.parametrize("path", [MATRIX, LONG_RANKING])
@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("tu ky", ["Xã Tứ Kỳ"]),
        ("Tứ Kỳ", ["Xã Tứ Kỳ"]),
        ("dai", ["Phường Lê Đại Hành", "Phường Nguyễn Đại Năng", "Xã Đại Sơn"]),
        ("nowhere", []),
    ],
)
def test_a_long_table_is_filtered_by_name_with_or_without_accents(
    page: Page, server: str, path: str, typed: str, left: list[str]
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(server + path)
    table = page.locator("table[data-sort]").first
    whole = names(table)
    box = page.get_by_role("searchbox", name="Lọc theo tên", exact=True)
    box.fill(typed)
    status = page.locator(".td-filter [role=status]")
    expect(status).to_have_text(f"Còn {len(left)} dòng")
    assert sorted(set(names(table)) - {"Tỉnh Hải Dương"}) == sorted(left)
    assert page.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]
    box.fill("")
    expect(status).to_be_empty()
    assert names(table) == whole


def test_the_divider_stands_once_where_the_target_falls_and_not_in_another_order(
    page: Page, server: str
) -> None:
    page.goto(server + LONG_RANKING)
    table = page.locator("table[data-sort]").first
    dashed = """(table) => [...table.querySelectorAll("tbody tr")].filter(
        (row) => getComputedStyle(row.cells[1]).borderTopStyle === "dashed"
    ).length"""
    assert table.evaluate(dashed) == 1
    table.get_by_role("button", name="Sắp xếp theo Địa bàn", exact=True).click()
    assert table.evaluate(dashed) == 0
