"""What a reporter takes along from the site: citations, charts, sheets, embeds, shared links."""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from site_at_hand import lettered, unfolded

ADDRESS = "https://tiendo.example/"
NOTICE = {"vi": "Số liệu minh họa", "en": "Illustrative data"}
PAGES = {"vi": "dia-ban/tu-ky/", "en": "en/dia-ban/tu-ky/"}


@pytest.fixture
def opened(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """Opens an address of the site; whatever a page complains of is a fault."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_(address: str, **settings: Any) -> Page:
        contexts.append(browser.new_context(**settings))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(server + address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []


# Citing -------------------------------------------------------------------------------------


def cited(contents: Mapping[str, bytes], address: str) -> list[str]:
    page = contents[f"{address}index.html"].decode()
    found = re.findall(r'<p class="td-cite[^>]*>(.*?)</p>', page, re.DOTALL)
    return [html.unescape(text) for text in found]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_is_cited_in_both_languages_with_date_version_and_address(
    contents: Mapping[str, bytes], language: str
) -> None:
    lines = cited(contents, PAGES[language])
    lines = [line for line in lines if not line.startswith("<")]
    # To the page, to its own edition, to the edition from which the site restated figures.
    assert len(lines) == 6
    own, other = (lines[:3], lines[3:]) if language == "vi" else (lines[3:], lines[:3])
    for line, title, date, notice, address in (
        (own[0], "“Huyện Tứ Kỳ”", "31/12/2024", NOTICE["vi"], PAGES["vi"]),
        (other[0], "“Tứ Kỳ District”", "31 December 2024", NOTICE["en"], PAGES["en"]),
    ):
        assert title in line
        assert date in line
        assert notice in line
        assert line.endswith(f" {ADDRESS}{address}")
    for line, version in ((own[1], "phiên bản 2"), (other[1], "version 2")):
        assert version in line
        assert line.endswith(f" {ADDRESS}du-lieu/nam/2024/v2/observations.csv")


BESIDE = {
    "vi": "Có dùng thêm số liệu kỳ 2025 (phiên bản 1).",
    "en": "Also uses figures of edition 2025 (version 1).",
}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("area", ["chi-linh", "nam-sach", "tu-ky"])
def test_the_citation_of_an_area_that_ended_covers_both_editions_that_its_page_shows(
    contents: Mapping[str, bytes], area: str, language: str
) -> None:
    folder = {"vi": "", "en": "en/"}[language]
    lines = [line for line in cited(contents, f"{folder}dia-ban/{area}/") if "<" not in line]
    page, own, other = lines[:3]
    assert BESIDE[language] in page
    told = {"vi": "kỳ {}, phiên bản {}", "en": "edition {}, version {}"}[language]
    for line, year, version, not_that in ((own, 2024, 2, 2025), (other, 2025, 1, 2024)):
        assert told.format(year, version) in line
        assert str(not_that) not in re.sub(r"(16/01|20/05|16 January|20 May)[/ ]2025", "", line)
        assert line.endswith(f" {ADDRESS}du-lieu/nam/{year}/v{version}/observations.csv")


def test_the_citation_of_an_area_that_goes_on_names_its_newest_edition_alone(
    contents: Mapping[str, bytes],
) -> None:
    lines = cited(contents, "dia-ban/phuong-chi-linh/")
    assert [line for line in lines if "dùng thêm" in line] == []


@pytest.mark.parametrize(
    ("area", "level", "indicator"),
    [("chi-linh", "Mức độ 2", "xmc-md2"), ("nam-sach", "Mức độ 3", "pcgd-thcs-md3")],
)
def test_what_is_of_another_edition_says_so_where_it_stands(
    contents: Mapping[str, bytes], texts: Mapping[str, str], area: str, level: str, indicator: str
) -> None:
    page = contents[f"dia-ban/{area}/index.html"].decode()
    assert (
        "thuộc kỳ 2024, phiên bản 2. Số liệu lấy từ kỳ khác đều có ghi rõ."
        in texts[f"dia-ban/{area}/"]
    )
    outcome = f"Kết quả cuối cùng: {level}, theo kỳ 2025, phiên bản 1."
    rows = {
        "chuan": r'aria-labelledby="chuan".*?</section>',
        "bang": rf'data-indicator="{indicator}".*?</tr>',
    }
    for section, row in rows.items():
        (found,) = re.findall(row, page, re.DOTALL)
        assert outcome in found, section
    assert page.count(outcome) == len(rows), "no other row has one"
    (restated,) = re.findall(r'<div id="dia-gioi">.*?</details>', page, re.DOTALL)
    assert "Số liệu dùng để tính lại: kỳ 2025 (phiên bản 1)." in restated
    for card in re.findall(r"<article.*?</article>", page, re.DOTALL):
        # A chart with a bar of 2025 says where that is from; one without has nothing to say.
        drawn = "Trang tự tính lại" in card
        assert ("Phần tính lại trong biểu đồ: kỳ 2025 (phiên bản 1)." in card) == drawn


def test_every_address_that_a_citation_gives_is_there(contents: Mapping[str, bytes]) -> None:
    pages = [name.removesuffix("index.html") for name in contents if name.endswith("index.html")]
    given = {
        line.rsplit(" ", 1)[1].removeprefix(ADDRESS)
        for page in pages
        for line in cited(contents, page)
        if not line.startswith("<")
    }
    assert len(given) > 20
    assert [
        path
        for path in sorted(given)
        if path not in contents and f"{path}index.html" not in contents
    ] == []


@pytest.mark.parametrize(("path", "shared"), [("", "Chia sẻ"), ("en/dia-ban/tu-ky/", "Share")])
def test_a_page_is_handed_on_by_the_browser_s_own_way_or_its_address_is_copied(
    opened: Callable[..., Page], path: str, shared: str
) -> None:
    page = opened(path, permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("() => { Navigator.prototype.share = undefined; }")
    button = page.get_by_role("button", name=shared, exact=True)
    button.click()
    page.get_by_text(
        {"Chia sẻ": "Đã sao chép địa chỉ", "Share": "Address copied"}[shared]
    ).wait_for()
    assert page.evaluate("() => navigator.clipboard.readText()") == page.url
    page.evaluate("() => { navigator.share = async (given) => { window.given = given; }; }")
    button.click()
    assert page.evaluate("() => window.given.url") == page.url


@pytest.mark.browser
def test_a_citation_is_copied_by_its_button(opened: Callable[..., Page]) -> None:
    page = opened(PAGES["vi"], permissions=["clipboard-read", "clipboard-write"])
    unfolded(page)
    section = page.locator("#trich-dan")
    section.locator(".td-copy").first.click()
    page.get_by_text("Đã sao chép").first.wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == section.locator(".td-cite").first.inner_text()


# Charts -------------------------------------------------------------------------------------


def test_each_chart_is_there_as_svg_and_png_with_title_date_and_notice(
    contents: Mapping[str, bytes],
) -> None:
    for folder, language in (("bieu-do/", "vi"), ("en/bieu-do/", "en")):
        named = [name for name in contents if re.fullmatch(rf"{folder}[a-z0-9-]+\.svg", name)]
        # The dots that pages share have no text but their title: a page's own words stand beside.
        fields = [name for name in named if name.endswith("--cham.svg")]
        titles = [re.findall("<title>(.*)</title>", contents[name].decode()) for name in fields]
        assert len(fields) == 5
        assert all(NOTICE[language] in title for (title,) in titles)
        pictures = [name for name in named if name not in fields]
        assert len(pictures) > 80
        for name in pictures:
            text = html.unescape(contents[name].decode())
            joined = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", text))
            assert NOTICE[language] in joined, name
            assert re.search(
                {"vi": r"31/12/20\d\d", "en": r"31 December 20\d\d"}[language], joined
            ), name
            assert contents[name.replace(".svg", ".png")].startswith(b"\x89PNG"), name


def test_what_an_ended_area_shows_is_dated_by_its_own_last_edition(
    contents: Mapping[str, bytes], texts: Mapping[str, str]
) -> None:
    assert "Số liệu đến 31/12/2024" in texts["dia-ban/tu-ky/"]
    chart = contents["bieu-do/kn-song--tu-ky.svg"].decode()
    said = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", chart))
    assert "Số liệu đến 31/12/2024, kỳ 2024, phiên bản 2" in said
    assert "Có dùng thêm số liệu kỳ 2025 (phiên bản 1)." in said, "its last mark is restated"


def test_every_chart_of_an_area_can_be_taken_along_from_its_page(
    contents: Mapping[str, bytes],
) -> None:
    page = contents["dia-ban/tu-ky/index.html"].decode()
    charts = page.count("td-card__chart")
    assert charts > 3
    assert len(re.findall(r'href="../../bieu-do/[a-z0-9-]+--tu-ky\.png"', page)) == charts


# Embedding ----------------------------------------------------------------------------------


def snippets(contents: Mapping[str, bytes], address: str) -> list[str]:
    """What an indicator's page offers of its charts: live, pinned, picture."""
    lines = cited(contents, address)
    return [
        line for line in lines if line.startswith(("<iframe", "<figure")) and "con-so" not in line
    ]


VERSION = {"vi": "phiên bản 1", "en": "version 1"}
CHART = {"vi": "chi-tieu/xmc-md2/", "en": "en/chi-tieu/xmc-md2/"}


@pytest.mark.browser
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_foreign_page_shows_the_chart_with_its_source_and_without_any_script(
    browser: Browser, server: str, contents: Mapping[str, bytes], language: str
) -> None:
    live, pinned, picture, *_ = snippets(contents, CHART[language])
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 900})
    page = context.new_page()
    # The page that it is put into has another origin: none.
    body = "".join(each.replace(ADDRESS, server) for each in (live, pinned, picture))
    page.set_content(f"<!doctype html><title>Another site</title>{body}")
    frames = page.frames[1:]
    assert len(frames) == 2
    for frame in frames:
        picture_there = frame.locator("svg:visible")
        picture_there.scroll_into_view_if_needed()
        text = frame.locator("main").inner_text()
        assert NOTICE[language] in text
        # The live one carries the version of its figures, too: it is part of the source.
        assert VERSION[language] in text
        link = frame.locator("a")
        assert link.get_attribute("href") == f"{ADDRESS}{CHART[language]}"
        assert frame.locator("script").count() == 0
        box = picture_there.bounding_box()
        assert box is not None
        assert box["width"] > 300
        assert box["height"] > 150
    caption = page.locator("figcaption").inner_text()
    assert NOTICE[language] in caption
    assert page.locator("figure img").evaluate("image => image.naturalWidth") > 300
    context.close()


def test_a_pinned_chart_goes_on_showing_the_figures_of_its_version(
    contents: Mapping[str, bytes],
) -> None:
    pins = [name for name in contents if re.match(r"nhung/[a-z0-9-]+/\d{4}-v\d+/index", name)]
    assert len(pins) > 20
    for name in pins:
        year, version = re.findall(r"/(\d{4})-v(\d+)/", name)[0]
        file = f"bieu-do/{year}-v{version}/{name.split('/')[1]}.svg"
        for shown in (name, file):
            words = re.findall(r"<text[^>]*>([^<]*)</text>", contents[shown].decode())
            assert f"kỳ {year}, phiên bản {version}," in " ".join(words), shown
            assert NOTICE["vi"] in " ".join(words), shown
            later = [word for word in words if re.search(rf"kỳ (?!{year})", word)]
            assert later == [], shown


FIGURES = {"vi": "dia-ban/chi-linh/", "en": "en/dia-ban/chi-linh/"}
FIGURE = {
    "vi": (
        *("Công dân học tập, thành phố Chí Linh", "35,2%", "55.500 trên 157.500", "tạm tính"),
        *("Mục tiêu chung của tỉnh đến năm 2025: 40%", "Đánh giá: Đúng tiến độ (tạm tính)"),
        *("Nguồn: Báo cáo minh họa của UBND thành phố Chí Linh năm 2024.", "31/12/2024"),
        *("kỳ 2024, phiên bản 2", "16/01/2025", "Số liệu minh họa", "không phải trang của cơ quan"),
    ),
    "en": (
        *("Learning citizens, Chí Linh City", "35.2%", "55,500 of 157,500", "provisional"),
        *("The province's target for 2025: 40%", "Verdict: On track (provisional)"),
        *("Source: Báo cáo minh họa của UBND thành phố Chí Linh năm 2024.", "31 December 2024"),
        *("edition 2024, version 2", "16 January 2025", "Illustrative data", "not a government"),
    ),
}
"""A figure's words as they reach the reader of another page."""


def of_card(contents: Mapping[str, bytes], address: str, place: str) -> list[str]:
    """What a card or section of a page offers for other pages."""
    page = contents[f"{address}index.html"].decode()
    inside = page.partition(f'id="{place}"')[2]
    (details, *_) = re.findall(r"<details.*?</details>", inside, re.DOTALL)
    found = re.findall(r'<p class="td-cite[^>]*>(.*?)</p>', details, re.DOTALL)
    return [html.unescape(text) for text in found]


@pytest.mark.browser
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_foreign_page_shows_a_figure_of_an_area_with_its_source_and_without_any_script(
    browser: Browser, server: str, contents: Mapping[str, bytes], language: str
) -> None:
    address = FIGURES[language]
    offered = of_card(contents, address, "the-cong-dan-ht")
    live, quoted, chart, pinned = (code.replace(ADDRESS, server) for code in offered)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 700})
    page = context.new_page()
    space = '<p style="height:3000px">Another text</p>'
    page.set_content(f"<!doctype html><title>Another site</title>{space}{live}{quoted}{pinned}")
    page.locator("iframe").first.scroll_into_view_if_needed()
    page.locator("iframe").last.scroll_into_view_if_needed()
    figure, old = page.frames[1:]
    figure.locator("section:visible").wait_for()
    old.locator("svg:visible").wait_for()
    assert figure.locator("section:visible").count() == old.locator("section:visible").count() == 1
    told = {
        "frame": " ".join(figure.locator("section:visible").inner_text().split()),
        "quotation": " ".join(page.locator("blockquote").inner_text().split()),
    }
    for where, text in told.items():
        assert [words for words in FIGURE[language] if words not in text] == [], where
    place = f"{ADDRESS}{address}#the-cong-dan-ht"
    assert figure.locator("section:visible a").get_attribute("href") == place
    to_version, to_page = page.locator("blockquote a").all()
    assert to_version.get_attribute("href") == f"{server}du-lieu/nam/2024/v2.txt"
    assert to_page.get_attribute("href") == place.replace(ADDRESS, server)
    assert page.locator("blockquote").get_attribute("lang") == language
    assert figure.locator("script").count() == 0
    words = old.locator("svg:visible text").all_text_contents()
    assert FIGURE[language][0].split(",")[0] in " ".join(words)
    assert {"vi": "kỳ 2024, phiên bản 2", "en": "edition 2024, version 2"}[language] in " ".join(
        words
    )
    assert chart.startswith("<iframe")
    context.close()


@pytest.mark.browser
def test_a_frame_that_chooses_a_figure_does_not_move_the_page_that_it_stands_in(
    browser: Browser, server: str, contents: Mapping[str, bytes]
) -> None:
    live, *_ = of_card(contents, FIGURES["vi"], "the-cong-dan-ht")
    page = browser.new_page(viewport={"width": 360, "height": 700})
    code = live.replace(ADDRESS, server).replace(' loading="lazy"', "")
    page.set_content(f'<p style="height:3000px">Another text</p>{code}')
    page.frames[1].locator("section:visible").wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.scrollY") == 0
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_a_frame_shows_fits_into_it(
    browser: Browser, server: str, contents: Mapping[str, bytes], language: str
) -> None:
    folder = {"vi": "", "en": "en/"}[language]
    pages = ("dia-ban/tp-hai-duong/", "dia-ban/xa-nguyen-luong-bang/", "chi-tieu/dt-cmkt-15t/")
    codes = [
        code
        for address in pages
        for code in cited(contents, folder + address)
        if code.startswith("<iframe")
    ]
    assert len(codes) > 30
    page = browser.new_page()
    clipped = []
    for code in codes:
        (source, width, height) = re.findall(r'src="([^"]+)".* width="(\d+)" height="(\d+)"', code)[
            0
        ]
        for narrow in {min(int(width), 320), int(width)}:
            page.set_viewport_size({"width": narrow, "height": int(height)})
            page.goto(source.replace(ADDRESS, server))
            lettered(page)
            needed = page.evaluate("() => document.scrollingElement.scrollHeight")
            if needed > int(height):
                clipped.append((source, narrow, needed, height))
    page.close()
    assert clipped == []


def test_every_figure_of_an_area_and_of_the_whole_area_is_offered_live_and_pinned(
    contents: Mapping[str, bytes],
) -> None:
    for language, folder in (("vi", ""), ("en", "en/")):
        whole = contents[f"{folder}nhung/con-so/hai-duong/index.html"].decode()
        for area in ("chi-linh", "nam-sach", "phuong-chi-linh", "xa-tu-ky"):
            page = contents[f"{folder}dia-ban/{area}/index.html"].decode()
            codes = [line for line in cited(contents, f"{folder}dia-ban/{area}/") if line[0] == "<"]
            known = set(
                re.findall(
                    r'<(?:article class="td-card[^"]*"|tr role="row") id="(?:the|chuan)-([^"]+)"',
                    page,
                )
            )
            assert len(known) >= 5
            frames = contents[f"{folder}nhung/con-so/{area}/index.html"].decode()
            for name in known:
                live = [code for code in codes if f"nhung/con-so/{area}/#{name}" in code]
                quoted = [
                    code
                    for code in codes
                    if code.startswith("<blockquote")
                    and re.search(rf"dia-ban/{area}/#(the|chuan)-{name}\"", code)
                ]
                there = f'<i id="{name}" hidden></i>' in frames
                assert len(live) == len(quoted) == there, (area, name)
        for name in ("xmc-md2", "kn-song", "tinh-ht"):
            *_, followed, kept = cited(contents, f"{folder}chi-tieu/{name}/")
            assert f"{ADDRESS}{folder}nhung/con-so/hai-duong/#{name}" in followed
            assert f'<i id="{name}" hidden></i>' in whole
            assert f'lang="{language}"' in kept
            assert f'href="{ADDRESS}{folder}chi-tieu/{name}/"' in kept


def test_whatever_an_embed_asks_for_is_there(contents: Mapping[str, bytes]) -> None:
    """Every page that a snippet shows or leads to, and the place on it."""
    pages = [
        name.removesuffix("index.html")
        for name in contents
        if re.match(r"(en/)?(dia-ban|chi-tieu)/[^/]+/index.html", name)
    ]
    asked = {
        address.removeprefix(ADDRESS)
        for page in pages
        for code in cited(contents, page)
        if code.startswith("<")
        for address in re.findall(r'(?:src|href|cite)="([^"]+)"', code)
    }
    assert len(asked) > 2_000
    lost = []
    for address in sorted(asked):
        path, _, place = address.partition("#")
        content = contents.get(path) or contents.get(f"{path}index.html")
        if content is None or (place and f'id="{place}"' not in content.decode()):
            lost.append(address)
    assert lost == []


def test_a_pinned_chart_of_an_area_shows_the_figures_of_its_version_alone(
    contents: Mapping[str, bytes],
) -> None:
    pins = [name for name in contents if re.match(r"nhung/bieu-do/", name)]
    # Four years, one of them in two versions.  One of the 64 communes, xã Tân An, has not
    # reported: it has no chart.
    assert len(pins) == 12 * 5 + 63
    for name in pins:
        year, version = re.findall(r"/(\d{4})-v(\d+)/", name)[0]
        page = contents[name].decode()
        for chart in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
            words = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", chart))
            assert f"kỳ {year}, phiên bản {version}," in words, name
            assert "tự tính lại" not in words or year == "2025", name
        assert f"Kỳ {year}, phiên bản {version}" in page
        assert NOTICE["vi"] in page


def test_a_page_for_frames_is_small_and_finds_its_typeface(contents: Mapping[str, bytes]) -> None:
    pages = [name for name in contents if re.match(r"(en/)?nhung/", name)]
    assert len(pages) > 200
    for name in pages:
        assert len(gzip.compress(contents[name])) < 5_000, name
        for source in re.findall(r"url\(([^)]+)\)", contents[name].decode()):
            assert source.count("../") == name.count("/")
            assert source.replace("../", "") in contents, name


# Shared links -------------------------------------------------------------------------------


def test_a_shared_link_shows_a_picture_of_its_own_with_the_notice(
    contents: Mapping[str, bytes],
) -> None:
    shown = {}
    for path in (
        "index.html",
        "so-lieu/index.html",
        *(
            f"{page}index.html"
            for page in (
                "dia-ban/tu-ky/",
                "dia-ban/chi-linh/",
                "chi-tieu/xmc-md2/",
                "en/dia-ban/tu-ky/",
            )
        ),
    ):
        head = contents[path].decode()
        (image,) = re.findall(r'property="og:image" content="([^"]+)"', head)
        (alt,) = re.findall(r'property="og:image:alt" content="([^"]+)"', head)
        content = contents[image.removeprefix(ADDRESS)]
        assert content.startswith(b"\x89PNG")
        width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
        assert (width, height) == (1200, 630)
        assert f'property="og:image:width" content="{width}"' in head
        assert f'property="og:image:height" content="{height}"' in head
        assert 'name="twitter:card" content="summary_large_image"' in head
        assert NOTICE["en" if path.startswith("en/") else "vi"] in alt
        shown[path] = image
    assert len(set(shown.values())) == len(shown) - 1, "only the general one is shared"
