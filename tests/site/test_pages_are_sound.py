"""What every page has around its content, and where its links lead."""

from __future__ import annotations

import csv
import io
import json
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import openpyxl
import pytest
from paper_at_hand import asked

from tiendo.pages.help import codes
from tiendo.words.wording import words

ADDRESS = "https://tiendo.example/"
NOTICE = {"vi": "Số liệu minh họa", "en": "Illustrative data"}
NO_STATE_SITE = {
    "vi": "Đây không phải trang của cơ quan nhà nước.",
    "en": "This is not a government website.",
}
LOST = ("404.html", "en/404.html")
FRAMED = re.compile(r"(en/)?nhung/")
"""Pages that only frames in other people's pages show; what they must be is tested with those."""
PINNED = re.compile(r"(en/)?bieu-do/\d{4}-v\d+/")
"""Pictures for other people's pages, which the snippets to be copied name."""
DOWNLOADS = ("du-lieu/", "en/du-lieu/", "api/", "bieu-do/")
LEADS_OUT = ("href", "src", "action", "data", "poster", "data-spec", "data-vega")
NAMESPACES = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "https://schema.org"}


@dataclass(slots=True)
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass(slots=True)
class Parsed(HTMLParser):
    """The elements of a page in order, each with the text that follows its start."""

    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        if self.elements:
            self.elements[-1].text += data

    def all(self, tag: str, **wanted: str) -> list[Element]:
        """The elements with a tag whose attributes have the words that are wanted."""
        return [
            element
            for element in self.elements
            if element.tag == tag
            and all(
                value in element.attributes.get(name, "").split() for name, value in wanted.items()
            )
        ]


@pytest.fixture(scope="module")
def pages(contents: Mapping[str, bytes]) -> Mapping[str, Parsed]:
    """Every page by the path of its file."""
    parsed = {}
    for path, content in contents.items():
        if path.endswith(".html") and not FRAMED.match(path):
            parsed[path] = Parsed()
            parsed[path].feed(content.decode())
    return parsed


def language_of(path: str) -> str:
    return "en" if path.startswith("en/") else "vi"


def address_of(path: str) -> str:
    return ADDRESS + path.removesuffix("index.html")


def meta(page: Parsed, name: str) -> str:
    (element,) = page.all("meta", name=name)
    return element.attributes["content"]


def test_the_two_languages_have_the_same_pages(pages: Mapping[str, Parsed]) -> None:
    vi = {path for path in pages if language_of(path) == "vi"}
    en = {path.removeprefix("en/") for path in pages if language_of(path) == "en"}
    assert vi == en
    help_pages = {path for path in vi if path.startswith("tro-giup/")}
    assert len(help_pages) == 1 + len(codes(words("vi")))
    assert len(vi - help_pages) == 1 + 14 + (12 + 64) + 5 + 2 + 14 + 4 + 1


def test_every_address_of_the_contract_stands(project: Path, contents: Mapping[str, bytes]) -> None:
    with (project / "data/plan/indicators.csv").open(encoding="utf-8", newline="") as lines:
        indicators = [row["indicator"] for row in csv.DictReader(lines)]
    with (project / "data/areas/areas.csv").open(encoding="utf-8", newline="") as lines:
        districts = [row["area"] for row in csv.DictReader(lines) if row["level"] == "district"]
    both = [
        "",
        *(f"chi-tieu/{indicator}/" for indicator in indicators),
        *(f"dia-ban/{area}/" for area in districts),
        *(f"nam/{year}/" for year in (2021, 2022, 2023, 2024)),
        *("bang-tong-hop/", "nhiem-vu/", "co-quan/", "bao-cao/", "so-lieu/", "dinh-chinh/"),
        *("so-sanh/", "chat-luong/", "lich-cong-bo/", "phuong-phap/", "gioi-thieu/", "tim-kiem/"),
    ]
    files = [
        *(f"{prefix}{page}index.html" for prefix in ("", "en/") for page in both),
        *("api/v1/so-lieu.json", "api/v1/ket-luan.json"),
        *("du-lieu/so-lieu.csv", "du-lieu/so-lieu-excel.csv", "du-lieu/datapackage.json"),
        *("du-lieu/so-lieu.xlsx", "du-lieu/so-lieu.zip", "du-lieu/catalog.jsonld"),
        *(f"du-lieu/chi-tieu/{indicator}.xlsx" for indicator in indicators),
        *(f"du-lieu/dia-ban/{area}.xlsx" for area in districts),
        "en/du-lieu/so-lieu.xlsx",
        *(f"en/du-lieu/chi-tieu/{indicator}.xlsx" for indicator in indicators),
        *(f"en/du-lieu/dia-ban/{area}.xlsx" for area in districts),
        *("api/v1/chat-luong.json", "du-lieu/chat-luong.csv", "du-lieu/chat-luong-excel.csv"),
        *(f"api/v1/chi-tieu/{indicator}.json" for indicator in indicators),
        *(f"du-lieu/chi-tieu/{indicator}.csv" for indicator in indicators),
        *(f"api/v1/dia-ban/{area}.json" for area in districts),
        *(f"du-lieu/dia-ban/{area}.csv" for area in districts),
        *(
            f"bieu-do/{indicator}--hai-duong.svg"
            for indicator in indicators
            if indicator[:2] != "ti"
        ),
    ]
    assert [path for path in files if path not in contents] == []


def test_every_page_says_its_language(pages: Mapping[str, Parsed]) -> None:
    said = {path: page.all("html")[0].attributes.get("lang") for path, page in pages.items()}
    assert said == {path: language_of(path) for path in pages}


def test_every_page_has_one_heading_of_the_first_level(pages: Mapping[str, Parsed]) -> None:
    assert {path: len(page.all("h1")) for path, page in pages.items()} == dict.fromkeys(pages, 1)


def test_no_page_skips_a_level_of_headings(pages: Mapping[str, Parsed]) -> None:
    skipped = []
    for path, page in pages.items():
        levels = [int(e.tag[1]) for e in page.elements if re.fullmatch("h[1-6]", e.tag)]
        skipped += [
            (path, before, after) for before, after in pairwise(levels) if after > before + 1
        ]
    assert skipped == []


def test_a_title_is_that_of_one_page_only(pages: Mapping[str, Parsed]) -> None:
    titles = Counter(
        (language_of(path), page.all("title")[0].text.strip()) for path, page in pages.items()
    )
    assert [title for title, count in titles.items() if count > 1 or not title[1]] == []


def test_every_page_has_a_description_of_its_own(pages: Mapping[str, Parsed]) -> None:
    described = {
        path: meta(page, "description") for path, page in pages.items() if path not in LOST
    }
    assert [path for path, text in described.items() if len(text) < 30] == []
    twice = Counter((language_of(path), text) for path, text in described.items())
    assert [text for text, count in twice.items() if count > 1] == []


def test_every_page_names_its_address_and_that_in_the_other_language(
    pages: Mapping[str, Parsed],
) -> None:
    for path, page in pages.items():
        if path in LOST:
            continue
        (canonical,) = page.all("link", rel="canonical")
        assert canonical.attributes["href"] == address_of(path)
        vi = path.removeprefix("en/")
        assert {
            link.attributes["hreflang"]: link.attributes["href"]
            for link in page.all("link", rel="alternate")
            if "hreflang" in link.attributes
        } == {"vi": address_of(vi), "x-default": address_of(vi), "en": address_of(f"en/{vi}")}


def test_a_link_leads_to_the_same_page_in_the_other_language(pages: Mapping[str, Parsed]) -> None:
    for path, page in pages.items():
        if path in LOST:
            continue
        other = path.removeprefix("en/") if path.startswith("en/") else f"en/{path}"
        switches = [link for link in page.all("a") if "hreflang" in link.attributes]
        assert {target(link.attributes["href"], path)[0] for link in switches} == {other}


def test_every_page_asks_search_engines_not_to_list_illustrative_figures(
    pages: Mapping[str, Parsed],
) -> None:
    assert {path: meta(page, "robots") for path, page in pages.items()} == dict.fromkeys(
        pages, "noindex"
    )


def test_every_page_says_that_it_is_illustrative_and_not_official(
    pages: Mapping[str, Parsed], texts: Mapping[str, str]
) -> None:
    for path in pages:
        text, language = texts[path.removesuffix("index.html")], language_of(path)
        assert NO_STATE_SITE[language] in text, path
        if path not in LOST:
            assert NOTICE[language] in text, path


def test_every_page_names_whom_to_write_to_with_a_link(
    contents: Mapping[str, bytes],
) -> None:
    """To the page that says how, as long as the settings give no address."""
    pages = {path: html.decode() for path, html in contents.items() if path.endswith(".html")}
    pages = {path: html for path, html in pages.items() if not FRAMED.match(path)}
    assert len(pages) > 100
    led = {
        path: re.search(r'(?:Liên hệ|Contact): <a href="?([^" >]+)', html)
        for path, html in pages.items()
    }
    assert {path for path, found in led.items() if found is None} == set()
    assert {found[1].rpartition("/")[2] for found in led.values() if found} == {"#lien-he"}


def test_an_id_stands_once_in_a_page(pages: Mapping[str, Parsed]) -> None:
    twice = {}
    for path, page in pages.items():
        ids = Counter(e.attributes["id"] for e in page.elements if "id" in e.attributes)
        if found := [name for name, count in ids.items() if count > 1]:
            twice[path] = found
    assert twice == {}


def target(address: str, page: str) -> tuple[str, str]:
    """The file that an address inside the site leads to, and the place in it."""
    path, _, fragment = address.partition("#")
    path = unquote(path.partition("?")[0])
    if path.startswith(ADDRESS):
        path = "/" + path.removeprefix(ADDRESS)
    path = posixpath.join("/", posixpath.dirname(page), path) if path else f"/{page}"
    whole = posixpath.normpath(path).lstrip("/")
    if path.endswith(("/", "/.", "/..")):
        whole = posixpath.join(whole, "index.html").removeprefix("./")
    return whole.removeprefix("./"), unquote(fragment)


def references(page: Parsed) -> list[tuple[Element, str]]:
    """All that a page leads to or loads, with the element that does."""
    found = []
    for element in page.elements:
        found += [
            (element, element.attributes[name])
            for name in LEADS_OUT
            if element.attributes.get(name) and not (element.tag == "object" and name == "data")
        ]
        for part in element.attributes.get("srcset", "").split(","):
            if part.strip():
                found.append((element, part.split()[0]))
    return found


def test_nothing_leads_to_a_third_party_or_loads_from_one(pages: Mapping[str, Parsed]) -> None:
    outside = [
        (path, element.tag, address)
        for path, page in pages.items()
        for element, address in references(page)
        if urlsplit(address).scheme not in {"", "data"} or address.startswith("//")
        if not address.startswith(ADDRESS)
    ]
    assert outside == []


def test_no_page_holds_an_address_of_a_third_party(contents: Mapping[str, bytes]) -> None:
    outside: dict[str, set[str]] = {}
    for path, content in contents.items():
        if path.endswith((".html", ".svg", "muc-luc.json", "robots.txt", ".css")):
            found = set(
                re.findall(r"""(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}[^\s"'<>)]*""", content.decode())
            )
            rest = {each for each in found if not each.startswith(ADDRESS)} - NAMESPACES
            if rest:
                outside[path] = rest
    assert outside == {}


def test_styles_load_nothing_that_is_not_there(contents: Mapping[str, bytes]) -> None:
    missing = []
    for path, content in contents.items():
        if path.endswith(".css"):
            for address in re.findall(
                r"""url\(["']?([^"')]+)|@import\s+["']([^"']+)""", content.decode()
            ):
                wanted = address[0] or address[1]
                inside = wanted.startswith(("data:", "#"))
                if not inside and target(wanted, path)[0] not in contents:
                    missing.append((path, wanted))
    assert missing == []


def test_every_address_inside_the_site_leads_somewhere(
    pages: Mapping[str, Parsed], contents: Mapping[str, bytes]
) -> None:
    ids = {
        path: {e.attributes["id"] for e in page.elements if "id" in e.attributes}
        for path, page in pages.items()
    }
    nowhere = []
    for path, page in pages.items():
        for element, address in references(page):
            if address.startswith("data:"):
                continue
            file, place = target(address, path)
            in_page = place and file in ids and place not in ids[file]
            if file not in contents or in_page:
                nowhere.append((path, element.tag, address))
    assert nowhere == []


def test_every_page_can_be_reached_from_the_home_page_in_its_language(
    pages: Mapping[str, Parsed],
) -> None:
    for language, home in (("vi", "index.html"), ("en", "en/index.html")):
        reached, waiting = {home}, [home]
        while waiting:
            page = waiting.pop()
            for link in pages[page].all("a"):
                file, _ = target(link.attributes.get("href", ""), page)
                if file in pages and language_of(file) == language and file not in reached:
                    reached.add(file)
                    waiting.append(file)
        assert {path for path in pages if language_of(path) == language} - reached == {
            LOST[language == "en"]
        }


def test_every_download_is_linked_from_a_page(
    pages: Mapping[str, Parsed], contents: Mapping[str, bytes]
) -> None:
    linked = {
        target(address, path)[0]
        for path, page in pages.items()
        for element, address in references(page)
        if not address.startswith("data:")
    }
    downloads = {path for path in contents if path.startswith(DOWNLOADS)}
    # The figures of an edition as they were signed: its descriptor leads to them.
    for path in [each for each in downloads if each.endswith("datapackage.json")]:
        for resource in json.loads(contents[path])["resources"]:
            linked.add(posixpath.join(posixpath.dirname(path), resource["path"]))
    assert sorted(path for path in downloads - linked if not PINNED.match(path)) == []


def test_the_site_map_names_every_page_once(
    pages: Mapping[str, Parsed], contents: Mapping[str, bytes]
) -> None:
    named = re.findall(r"<loc>(.*?)</loc>", contents["sitemap.xml"].decode())
    assert sorted(named) == sorted(address_of(path) for path in pages if path not in LOST)


def test_every_table_of_figures_says_in_each_row_that_it_is_illustrative(
    contents: Mapping[str, bytes],
) -> None:
    tables = [
        path
        for path in contents
        if path.startswith("du-lieu/") and path.endswith(".csv") and "/nam/" not in path
    ]
    assert len(tables) == 2 * (4 + 14 + 14 + 64)
    for path in tables:
        text = contents[path].decode("utf-8-sig")
        header, *rows = csv.reader(io.StringIO(text), delimiter=";" if "-excel" in path else ",")
        assert len(rows) > 0, path
        (place,) = (at for at, name in enumerate(header) if name in {"illustrative", "Minh họa"})
        for row in rows:
            assert row[place : place + 2] == ["true", f"{NOTICE['vi']} / {NOTICE['en']}"], path


def words_in(path: str, content: bytes) -> str:
    """What opens first for whoever opens a file: a cover, a README, a description."""
    if path.endswith(".xlsx"):
        cover = openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
        return "\n".join(str(row[0]) for row in cover.iter_rows(values_only=True))
    if path.endswith(".zip"):
        return zipfile.ZipFile(io.BytesIO(content)).read("README.txt").decode()
    return content.decode()


def test_every_other_download_says_that_it_is_illustrative(contents: Mapping[str, bytes]) -> None:
    said = []
    for path, content in contents.items():
        if path.endswith((".xlsx", ".zip", ".jsonld", "csv-metadata.json")):
            assert NOTICE[language_of(path)] in words_in(path, content), path
            said.append(path)
        elif path.startswith(("api/", "du-lieu/")) and path.endswith(".json"):
            assert json.loads(content)["illustrative"] is True, path
            said.append(path)
        if "bieu-do/" in path:
            # The charts' own pages for frames are among them.
            # A picture of dots is drawn from the drawing beside it, whose words can be read.
            told = path.removesuffix(".png") + ".svg" if path.endswith(".png") else path
            assert NOTICE[language_of(path)] in contents[told].decode(), path
            said.append(path)
    kinds = {path.rpartition(".")[2] for path in said}
    assert kinds == {"html", "json", "jsonld", "svg", "png", "xlsx", "zip"}


def test_every_sheet_of_paper_says_first_that_it_is_illustrative(
    contents: Mapping[str, bytes],
) -> None:
    sheets = {path: content for path, content in contents.items() if path.endswith(".pdf")}
    assert len(sheets) == 2 * (12 + 64)
    for path, content in sheets.items():
        read = asked("pdftotext", content)
        assert read.startswith(NOTICE[language_of(path)]), path


def test_every_picture_of_figures_in_a_page_has_words_and_the_notice_beside_it(
    contents: Mapping[str, bytes], pages: Mapping[str, Parsed]
) -> None:
    figures = 0
    for path in pages:
        html = contents[path].decode()
        for figure in re.findall(r'<figure class="td-figure".*?</figure>', html, re.DOTALL):
            figures += 1
            assert NOTICE[language_of(path)] in figure, path
            for picture in re.findall(r"<svg[^>]*td-chart[^>]*>", figure):
                label = re.search(r'aria-label="([^"]*)"', picture)
                assert 'role="img"' in picture, path
                assert label is not None, path
                assert len(label[1]) > 20, path
    assert figures > 2 * 14


def test_every_table_has_a_caption_and_a_heading(
    contents: Mapping[str, bytes], pages: Mapping[str, Parsed]
) -> None:
    bare = [
        (path, table[:120])
        for path in pages
        for table in re.findall(r"<table.*?</table>", contents[path].decode(), re.DOTALL)
        if "<caption" not in table or "<th" not in table
    ]
    assert bare == []


def test_no_file_holds_the_path_of_a_machine(
    site: Path, project: Path, contents: Mapping[str, bytes]
) -> None:
    private = [str(site).encode(), str(project).encode(), str(Path.home()).encode()]
    assert [
        path for path, content in contents.items() if any(folder in content for folder in private)
    ] == []


def test_text_is_written_in_whole_letters(texts: Mapping[str, str]) -> None:
    """No combining marks, no stand-in for Đ, no sign of a wrong encoding."""
    wrong = re.compile("[\u0300-\u0309\u0323Ð\ufffd]|á»|(?<![A-ZĐ])Ã[ -\xbf]")
    of_such_letters = ("tro-giup/", "tro-giup/letters-look-alike/")
    read = {a: text for a, text in texts.items() if not a.endswith(of_such_letters)}
    assert {a: wrong.findall(text)[:3] for a, text in read.items() if wrong.search(text)} == {}


def test_no_page_shows_what_a_program_left_behind(texts: Mapping[str, str]) -> None:
    left = re.compile(r"\{\{|\{%|\bnan\b|\bNaN\b|\bundefined\b|&[a-z]+;|\{ #|\{: ")
    assert {a: left.findall(text)[:3] for a, text in texts.items() if left.search(text)} == {}


def test_every_page_leads_to_where_a_mistake_on_it_is_told_of(
    contents: Mapping[str, bytes],
) -> None:
    without = [
        path
        for path, html in contents.items()
        if path.endswith("index.html")
        and b'class="td-footer' in html
        and b'class="td-mistake" href="' not in html
    ]
    assert without == []
    assert b'class="td-mistake" href="../../gioi-thieu/' in contents["dia-ban/tu-ky/index.html"]
