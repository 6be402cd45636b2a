"""What people type into the search, on a phone's keyboard or at a desk, and what must come first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

pytestmark = pytest.mark.browser

DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}

TU_KY, TP_HAI_DUONG = "dia-ban/tu-ky/", "dia-ban/tp-hai-duong/"
CAM_GIANG, CHI_LINH = "dia-ban/cam-giang/", "dia-ban/chi-linh/"
XA_TU_KY, PHUONG_HAI_DUONG = "dia-ban/xa-tu-ky/", "dia-ban/phuong-hai-duong/"
COMMUNE_GIANG, COMMUNE_GIANGF = "dia-ban/xa-cam-giang-10888/", "dia-ban/xa-cam-giang-10903/"
"""Xã Cẩm Giang, and xã Cẩm Giàng."""
LITERACY, DEGREE = "chi-tieu/xmc-md2/", "chi-tieu/dh-tro-len-15t/"
PRESCHOOL, PRIMARY = "chi-tieu/pcgd-mn5t/", "chi-tieu/pcgd-th-md3/"
SECONDARY, DIGITAL = "chi-tieu/pcgd-thcs-md3/", "chi-tieu/dai-hoc-so/"
CITIZENS, CENTRES = "chi-tieu/cong-dan-ht/", "chi-tieu/tthtcd-cntt/"
VERDICTS = "phuong-phap/#muc-danh-gia"
PLAN, DUE = "ke-hoach/", "viec-den-han/"
BODIES, ACTIONS = "co-quan/#", "nhiem-vu/#"
ANYTHING = ("",)
"""Where there is no answer at all: every address begins so."""

IN_VIETNAMESE: tuple[tuple[str, tuple[str, ...]], ...] = (
    # Districts, with marks and without, in all the ways that they are spelt.
    ("hai duong", ("", PHUONG_HAI_DUONG, TP_HAI_DUONG)),
    ("HAI DUONG", ("", PHUONG_HAI_DUONG, TP_HAI_DUONG)),
    ("Hải Dương", ("", PHUONG_HAI_DUONG, TP_HAI_DUONG)),
    ("hải dương", ("", PHUONG_HAI_DUONG, TP_HAI_DUONG)),
    ("haiduong", ("", PHUONG_HAI_DUONG, TP_HAI_DUONG)),
    ("tp hai duong", (TP_HAI_DUONG,)),
    ("TP. Hải Dương", (TP_HAI_DUONG,)),
    ("TPHD", (TP_HAI_DUONG,)),
    ("thanh pho hai duong", (TP_HAI_DUONG,)),
    ("tinh hai duong", ("",)),
    ("tu ky", (XA_TU_KY, TU_KY)),
    ("Tứ Kỳ", (XA_TU_KY, TU_KY)),
    ("Tứ Kì", (XA_TU_KY, TU_KY)),
    ("tứ kì", (XA_TU_KY, TU_KY)),
    ("TỨ KỲ", (XA_TU_KY, TU_KY)),
    ("tu ki", (XA_TU_KY, TU_KY)),
    ("tuky", (XA_TU_KY, TU_KY)),
    ("  tứ   kỳ ", (XA_TU_KY, TU_KY)),
    ("huyện Tứ Kỳ", (TU_KY,)),
    ("h. tu ky", (TU_KY,)),
    (unicodedata.normalize("NFD", "Tứ Kỳ"), (XA_TU_KY, TU_KY)),
    ("UBND huyện Tứ Kỳ", (TU_KY,)),
    ("298", (TU_KY,)),
    ("tứ kỳy", (XA_TU_KY, TU_KY)),
    ("cam giang", (COMMUNE_GIANG, COMMUNE_GIANGF, CAM_GIANG)),
    ("Cẩm Giàng", (COMMUNE_GIANGF, CAM_GIANG)),
    ("Cẩm Giang", (COMMUNE_GIANG,)),
    ("chi linh", ("dia-ban/phuong-chi-linh/", CHI_LINH)),
    ("tx chi linh", (CHI_LINH,)),
    ("kinh mon", ("dia-ban/phuong-kinh-mon/", "dia-ban/kinh-mon/")),
    ("thị xã Kinh Môn", ("dia-ban/kinh-mon/",)),
    ("gia loc", ("dia-ban/xa-gia-loc/", "dia-ban/gia-loc/")),
    ("thanh mien", ("dia-ban/xa-thanh-mien/", "dia-ban/thanh-mien/")),
    ("Thanh Hà", ("dia-ban/xa-thanh-ha/", "dia-ban/thanh-ha/")),
    ("nam sach", ("dia-ban/xa-nam-sach/", "dia-ban/nam-sach/")),
    ("bình giamg", ("dia-ban/xa-binh-giang/", "dia-ban/binh-giang/")),
    # Indicators.
    ("pho cap", (PRESCHOOL, PRIMARY, SECONDARY)),
    ("phổ cập", (PRESCHOOL, PRIMARY, SECONDARY)),
    ("phổ cập mầm non", (PRESCHOOL,)),
    ("pho cap tieu hoc", (PRIMARY,)),
    ("PCGD THCS", (SECONDARY,)),
    ("phổ cập giáo dục trung học cơ sở", (SECONDARY,)),
    ("dai hoc", (DEGREE, DIGITAL)),
    ("đại học", (DEGREE, DIGITAL)),
    ("Đại Học", (DEGREE, DIGITAL)),
    ("đại học số", (DIGITAL,)),
    ("xoá mù chữ", (LITERACY,)),
    ("xóa mù chữ", (LITERACY,)),
    ("xoa mu chu", (LITERACY,)),
    ("mù chữ", (LITERACY,)),
    (unicodedata.normalize("NFD", "xoá mù chữ"), (LITERACY,)),
    ("xmc-md2", (LITERACY,)),
    ("kỹ năng sống", ("chi-tieu/kn-song/",)),
    ("kĩ năng sống", ("chi-tieu/kn-song/",)),
    ("ki nang song", ("chi-tieu/kn-song/",)),
    ("nang luc thong tin", ("chi-tieu/nl-thong-tin/",)),
    ("công dân học tập", (CITIZENS,)),
    ("cong dan hoc tam", (CITIZENS,)),
    ("huyện học tập", ("chi-tieu/huyen-ht/",)),
    ("tinh hoc tap", ("chi-tieu/tinh-ht/",)),
    ("trung tam hoc tap cong dong", (CENTRES,)),
    ("trung tâm học tập cộng đồng", (CENTRES,)),
    ("chuyên môn kỹ thuật", ("chi-tieu/dt-cmkt-15t/",)),
    ("công dân học tập tứ kỳ", (CITIZENS,)),
    # Years, pages, verdicts, agencies, actions.
    ("2024", ("nam/2024/",)),
    ("2025", ("moc/2025/", "nam/2025/")),
    ("2030", ("moc/2030/",)),
    ("mốc 2030", ("moc/2030/",)),
    ("muc tieu 2030", ("moc/2030/",)),
    ("so sánh", ("so-sanh/",)),
    ("sap nhap", ("dia-ban/",)),
    ("phuong hai duong", ("dia-ban/phuong-hai-duong/",)),
    ("phường Tứ Minh", ("dia-ban/phuong-tu-minh/",)),
    ("năm 2021", ("nam/2021/",)),
    ("ket qua tu ky nam 2024", ("nam/2024/", XA_TU_KY, TU_KY)),
    ("dinh chinh", ("dinh-chinh/",)),
    ("sửa số liệu", ("dinh-chinh/",)),
    ("tai so lieu", ("so-lieu/",)),
    ("lịch công bố", ("lich-cong-bo/",)),
    ("khi nào công bố", ("lich-cong-bo/",)),
    ("bảng tổng hợp", ("bang-tong-hop/",)),
    ("phuong phap", ("phuong-phap/",)),
    ("cách tính", ("phuong-phap/",)),
    ("chậm tiến độ", (VERDICTS,)),
    ("mat chuan", (VERDICTS,)),
    ("liên hệ", ("gioi-thieu/",)),
    ("khiếm thị", ("tiep-can/",)),
    ("so giao duc", ("co-quan/#so-gddt",)),
    ("Sở GDĐT", ("co-quan/#so-gddt",)),
    ("hoi khuyen hoc", ("co-quan/#hoi-khuyen-hoc",)),
    ("tuần lễ học tập", ("nhiem-vu/#iii-1-2",)),
    # The plan itself, and what is due.
    ("4206", (PLAN, "gioi-thieu/")),
    ("4206/KH-UBND", (PLAN, "gioi-thieu/")),
    ("kế hoạch 4206", (PLAN,)),
    ("ke hoach 4206", (PLAN,)),
    ("kế hoạch", (PLAN,)),
    ("toàn văn", (PLAN,)),
    ("toan van", (PLAN,)),
    ("nguyên văn", (PLAN,)),
    ("kinh phí", (PLAN,)),
    ("kinh phi", (PLAN,)),
    ("ngân sách", (PLAN,)),
    ("nơi nhận", (PLAN,)),
    ("sơ kết", (DUE,)),
    ("so ket", (DUE,)),
    ("báo cáo sơ kết", (DUE,)),
    ("tổng kết", (DUE,)),
    ("việc đến hạn", (DUE,)),
    ("viec den han", (DUE,)),
    ("hạn báo cáo", ("bao-cao/", DUE)),
    ("han bao cao", ("bao-cao/", DUE)),
    ("thời hạn", (DUE,)),
    ("pdf", ("so-lieu/",)),
    ("nhúng", ("so-lieu/",)),
    ("trích dẫn", ("so-lieu/",)),
    ("trich dan", ("so-lieu/",)),
    ("excel", ("so-lieu/",)),
    ("tải về", ("so-lieu/",)),
    ("tai ve", ("so-lieu/",)),
    # What stands in the plan: its clauses, its actions, what it asks of whom.
    ("kinh phí thực hiện", (f"{PLAN}#muc-iv",)),
    ("quan điểm chỉ đạo", (f"{PLAN}#muc-i",)),
    ("mục tiêu chung", (f"{PLAN}#muc-ii-1",)),
    ("tai tro", (f"{PLAN}#muc-iv-2",)),
    ("quan diem", (PLAN, f"{PLAN}#muc-i")),
    ("thư viện công cộng", (f"{BODIES}so-vhttdl",)),
    ("thu vien", (f"{BODIES}so-vhttdl",)),
    ("phụ nữ", (f"{BODIES}hoi-lhpn",)),
    ("thanh nien", (f"{BODIES}tinh-doan",)),
    ("cong an", (f"{BODIES}cong-an-tinh",)),
    ("truyền hình", (f"{BODIES}dai-ptth", f"{ACTIONS}iii-3-2")),
    ("học liệu mở", (f"{ACTIONS}iii-3-3",)),
    ("đào tạo từ xa", (f"{ACTIONS}iii-3-1a",)),
    ("ngày sách", (f"{ACTIONS}iii-1-2",)),
    ("khen thưởng", (f"{ACTIONS}iii-1-4",)),
    ("hop tac quoc te", (f"{ACTIONS}iii-6-1", f"{ACTIONS}iii-6-2")),
    ("doanh nghiệp", (f"{ACTIONS}iii-5-3",)),
    # What the pages are about.
    ("rss", ("lich-cong-bo/",)),
    ("theo dõi", ("lich-cong-bo/",)),
    ("người khuyết tật", ("tiep-can/",)),
    ("bao chi", ("so-lieu/",)),
    ("mất chuẩn", (VERDICTS,)),
    ("không đạt", (VERDICTS,)),
    ("cong dan", (CITIZENS,)),
    # What the words of the site mean.
    ("thuật ngữ", ("thuat-ngu/",)),
    ("nghĩa là gì", ("thuat-ngu/",)),
    ("tử số", ("thuat-ngu/#tu-so",)),
    ("mau so", ("thuat-ngu/#mau-so",)),
    ("minh họa", ("thuat-ngu/#minh-hoa",)),
    ("ngắt chuỗi", ("thuat-ngu/#ngat-chuoi",)),
    ("điểm phần trăm", ("thuat-ngu/#diem-phan-tram",)),
    ("uoc tinh", ("thuat-ngu/#uoc-tinh",)),
)
"""What is typed, and the addresses that must come first, in whatever order among themselves."""

IN_ENGLISH: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("tu ky", (XA_TU_KY, TU_KY)),
    ("Tứ Kỳ District", (TU_KY,)),
    ("huyen tu ky", (TU_KY,)),
    ("people's committee of tu ky", (XA_TU_KY, TU_KY)),
    ("hai duong", ("", PHUONG_HAI_DUONG, TP_HAI_DUONG)),
    ("hai duong city", (TP_HAI_DUONG,)),
    ("tp hai duong", (TP_HAI_DUONG,)),
    ("cam giang", (COMMUNE_GIANG, COMMUNE_GIANGF, CAM_GIANG)),
    ("chi linh city", (CHI_LINH,)),
    ("literacy", (LITERACY,)),
    ("xoa mu chu", (LITERACY,)),
    ("preschool", (PRESCHOOL,)),
    ("five-year-olds", (PRESCHOOL,)),
    ("lower secondary", (SECONDARY,)),
    ("university", (DEGREE, DIGITAL)),
    ("universites", (DIGITAL,)),
    ("learning citizens", (CITIZENS,)),
    ("learning citizens tu ky", (CITIZENS, XA_TU_KY, TU_KY)),
    ("life skills", ("chi-tieu/kn-song/",)),
    ("learning province", ("chi-tieu/tinh-ht/",)),
    ("2024", ("nam/2024/",)),
    ("corrections", ("dinh-chinh/",)),
    ("download data", ("so-lieu/",)),
    ("release calendar", ("lich-cong-bo/",)),
    ("how calculated", ("phuong-phap/",)),
    ("on track", (VERDICTS,)),
    ("department of education", ("co-quan/#so-gddt",)),
    ("who runs this site", ("gioi-thieu/",)),
    ("screen reader", ("tiep-can/",)),
    ("4206", (PLAN, "gioi-thieu/")),
    ("plan 4206", (PLAN,)),
    ("full text", (PLAN,)),
    ("budget", (PLAN,)),
    ("deadline", (DUE,)),
    ("what is due", (DUE,)),
    ("final review", (DUE,)),
    ("pdf", ("so-lieu/",)),
    ("embed", ("so-lieu/",)),
    ("citation", ("so-lieu/",)),
    ("excel", ("so-lieu/",)),
    ("rss", ("lich-cong-bo/",)),
    ("public libraries", (f"{BODIES}so-vhttdl",)),
    ("guiding viewpoints", (f"{PLAN}#muc-i",)),
    ("general objective", (f"{PLAN}#muc-ii-1",)),
    ("disability", ("tiep-can/",)),
    ("lost", (VERDICTS,)),
    ("glossary", ("thuat-ngu/",)),
    ("denominator", ("thuat-ngu/#mau-so",)),
)

NOTHING_WRONG: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("tu ky", ("chi-tieu/kn-song/", "chi-tieu/dt-cmkt-15t/")),
    ("cong dan", ("huong-dan/",)),
    ("tong ket", (VERDICTS,)),
    ("sơ kết", ("nam/2024/", "nam/2025/")),
    ("ngân sách", ("dia-ban/nam-sach/",)),
    ("hà nội", ANYTHING),
    ("giá vàng", ANYTHING),
    ("thời tiết", ANYTHING),
    ("tuyển sinh", ANYTHING),
    ("học phí", ANYTHING),
    ("đất đai", ANYTHING),
    ("quảng ninh", ANYTHING),
)
"""What is typed, and the addresses that may not be among the answers."""

TABLES = {"vi": IN_VIETNAMESE, "en": IN_ENGLISH}
FOLDERS = {"vi": "", "en": "en/"}

both_languages = pytest.mark.parametrize("language", FOLDERS)


@pytest.fixture
def opened(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """Opens an address of the site in a fresh window."""
    contexts: list[BrowserContext] = []

    def open_(address: str = "", **settings: Any) -> Page:
        contexts.append(browser.new_context(**{"viewport": DESK, **settings}))
        page = contexts[-1].new_page()
        page.goto(server + address)
        return page

    yield open_
    for context in contexts:
        context.close()


def typed(page: Page, text: str) -> None:
    """Put a text into the box and wait for the answer to it."""
    box = page.get_by_role("combobox")
    box.fill("")
    expect(page.locator(".td-find__panel")).to_be_hidden()
    box.fill(text)
    expect(page.locator(".td-find__status")).not_to_be_empty()
    expect(page.locator(".td-find__panel")).to_be_visible()


def shown(page: Page, folder: str = "") -> list[str]:
    """Where the results under the box lead, from the language's root."""
    links = page.locator(".td-find__list a:not(.td-found--all)").evaluate_all(
        "(all) => all.map((one) => one.pathname + one.hash)"
    )
    return [str(link).removeprefix(f"/{folder}") for link in links]


def test_the_tables_ask_at_least_sixty_things() -> None:
    assert len(IN_VIETNAMESE) >= 60
    assert len(dict(IN_VIETNAMESE)) == len(IN_VIETNAMESE)


@both_languages
def test_what_people_type_finds_what_they_mean(opened: Callable[..., Page], language: str) -> None:
    folder = FOLDERS[language]
    page = opened(folder)
    wrong = {}
    for text, wanted in TABLES[language]:
        typed(page, text)
        first = shown(page, folder)[: len(wanted)]
        if set(first) != set(wanted):
            wrong[text] = first
    assert wrong == {}


def test_nothing_wrong_is_found(opened: Callable[..., Page]) -> None:
    page = opened()
    wrong = {}
    for text, never in NOTHING_WRONG:
        typed(page, text)
        found = shown(page)
        if any(address.startswith(never) for address in found):
            wrong[text] = found
    assert wrong == {}


@both_languages
def test_a_result_says_what_kind_of_page_it_is(opened: Callable[..., Page], language: str) -> None:
    kinds = {
        "vi": {
            "huyện tứ kỳ": "Cấp huyện",
            "công dân học tập": "Chỉ tiêu",
            "2024": "Năm",
            "sở giáo dục": "Cơ quan",
            "đính chính": "Trang",
            "chậm tiến độ": "Đánh giá",
            "tuần lễ học tập": "Nhiệm vụ",
        },
        "en": {"tu ky district": "District level", "literacy": "Indicator", "2024": "Year"},
    }
    page = opened(FOLDERS[language])
    said = {}
    for text in kinds[language]:
        typed(page, text)
        said[text] = page.locator(".td-found__kind").first.inner_text()
    assert said == kinds[language]


def test_what_is_not_there_is_said_to_be_not_there(opened: Callable[..., Page]) -> None:
    page = opened()
    typed(page, "zzzz")
    assert "Không tìm thấy" in page.locator(".td-find__status").inner_text()
    assert shown(page) == []
    assert page.get_by_role("combobox").get_attribute("aria-expanded") == "false"


# The keyboard, and what a screen reader is told --------------------------------------------------


@both_languages
def test_the_keyboard_leads_from_the_box_to_a_page(
    opened: Callable[..., Page], language: str
) -> None:
    page = opened(f"{FOLDERS[language]}chi-tieu/xmc-md2/")
    box = page.get_by_role("combobox")
    box.focus()
    page.keyboard.type("hai duong")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("role") == "option"
    assert chosen.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{FOLDERS[language]}{PHUONG_HAI_DUONG}")


def test_escape_closes_the_results_and_leaves_what_was_typed(opened: Callable[..., Page]) -> None:
    page = opened()
    typed(page, "tu ky")
    page.keyboard.press("Escape")
    expect(page.locator(".td-find__panel")).to_be_hidden()
    assert page.get_by_role("combobox").input_value() == "tu ky"
    page.keyboard.press("ArrowDown")
    expect(page.locator(".td-find__panel")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".td-find__panel")).to_be_hidden()


def test_the_number_of_results_is_told_to_whoever_can_not_see_them(
    opened: Callable[..., Page],
) -> None:
    page = opened()
    typed(page, "pho cap")
    status = page.locator(".td-find__status")
    assert status.inner_text() == "Có 9 kết quả"
    typed(page, "huyện tứ kỳ")
    assert status.inner_text() == "Có 1 kết quả"
    box = page.get_by_role("combobox")
    assert box.get_attribute("aria-label") == "Tìm kiếm"
    listed = page.locator(f"#{box.get_attribute('aria-controls')}")
    assert listed.get_attribute("role") == "listbox"
    assert listed.get_attribute("aria-label") != ""


# The page of the search --------------------------------------------------------------------------


@both_languages
@pytest.mark.parametrize("window", [DESK, PHONE])
def test_enter_leads_to_all_results_on_a_page(
    opened: Callable[..., Page], language: str, window: ViewportSize
) -> None:
    page = opened(f"{FOLDERS[language]}dia-ban/tu-ky/", viewport=window)
    typed(page, "xoa mu chu")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{FOLDERS[language]}tim-kiem/?q=xoa+mu+chu")
    first = page.locator(".td-results a").first
    first.wait_for()
    assert LITERACY in str(first.get_attribute("href"))
    assert page.get_by_role("combobox").input_value() == "xoa mu chu"
    assert re.search(r"\d+", page.locator(".td-results__count").inner_text())


def test_what_stands_in_the_address_is_never_run(opened: Callable[..., Page]) -> None:
    page = opened("tim-kiem/?q=<img src=x onerror=alert(1)>")
    page.locator(".td-results__count:not(:empty)").wait_for()
    assert page.locator("img").count() == 0


@both_languages
def test_without_javascript_the_box_leads_to_a_list_of_everything(
    opened: Callable[..., Page], language: str
) -> None:
    page = opened(f"{FOLDERS[language]}chi-tieu/xmc-md2/", java_script_enabled=False)
    page.locator(".td-find input").fill("tứ kỳ")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{FOLDERS[language]}tim-kiem/?q=*")
    assert not page.locator(".td-results").is_visible()
    page.locator(f"main a[href$='{TU_KY}']").click()
    page.wait_for_url(f"**/{FOLDERS[language]}{TU_KY}")


def test_every_page_is_in_the_list_of_everything(opened: Callable[..., Page], site: Path) -> None:
    listed = set(
        opened("tim-kiem/").locator("main a").evaluate_all("(all) => all.map((a) => a.pathname)")
    )
    pages = {
        f"/{path.parent.relative_to(site).as_posix()}/".replace("/./", "/")
        for path in site.rglob("index.html")
        if path.relative_to(site).parts[0] != "en"
    }
    not_for_everybody = {page for page in pages if page.startswith(("/tro-giup/", "/nhung/"))}
    assert pages - not_for_everybody - listed == {"/tim-kiem/"}
    assert "/tro-giup/" in listed


# Areas that are called alike ---------------------------------------------------------------------


def test_areas_that_differ_by_a_mark_are_all_shown_and_told_apart(
    opened: Callable[..., Page],
) -> None:
    page = opened()
    typed(page, "cam giang")
    assert shown(page)[:3] == [COMMUNE_GIANG, COMMUNE_GIANGF, CAM_GIANG]
    told = [text.split("\n") for text in page.locator(".td-found").all_inner_texts()[:3]]
    assert told == [
        ["Xã Cẩm Giang", "Cấp xã", "từ 01/07/2025 · mã 10888"],
        ["Xã Cẩm Giàng", "Cấp xã", "từ 01/07/2025 · mã 10903"],
        ["Huyện Cẩm Giàng", "Cấp huyện", "đã kết thúc ngày 30/06/2025"],
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Cẩm Giang", [COMMUNE_GIANG]),
        ("Cẩm Giàng", [COMMUNE_GIANGF, CAM_GIANG]),
        ("xã Cẩm Giàng", [COMMUNE_GIANGF, COMMUNE_GIANG]),
        ("xã cẩm giang", [COMMUNE_GIANG, COMMUNE_GIANGF]),
        ("10903", [COMMUNE_GIANGF]),
        ("phuong hai duong", ["dia-ban/phuong-hai-duong/"]),
        ("hải dương", ["", PHUONG_HAI_DUONG, TP_HAI_DUONG]),
        ("tứ kỳ", [XA_TU_KY, TU_KY]),
        ("tứ minh", ["dia-ban/phuong-tu-minh/"]),
    ],
)
def test_what_has_the_same_marks_stands_first(
    opened: Callable[..., Page], text: str, first: list[str]
) -> None:
    page = opened()
    typed(page, text)
    assert shown(page)[: len(first)] == first


def test_an_area_that_ended_leads_to_what_it_became(opened: Callable[..., Page]) -> None:
    page = opened()
    typed(page, "phường Cẩm Thượng")
    told = page.locator(".td-found").first.inner_text().split("\n")
    assert told == [
        "Phường Cẩm Thượng",
        "Cấp xã",
        "đã kết thúc ngày 30/06/2025, nay thuộc phường Thành Đông",
    ]
    assert shown(page)[0] == "dia-ban/phuong-thanh-dong/"
