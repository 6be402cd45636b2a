"""Pages written by hand: what may stand in them, what may not, and that nothing of them runs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages_at_hand import CASES, NOW, SITE, SMALL, small

from tiendo.config import ROOT, Run
from tiendo.read.manuscripts import BLOCKS, WORDS, Surroundings, faults, problems, written
from tiendo.site.inspection import inspected, surroundings
from tiendo.words.addresses import HANDWRITTEN
from tiendo.words.problems import reported, summary
from tiendo.words.wording import words

Golden = Callable[[Path, str], None]

AROUND = Surroundings(
    pages={"": "", "data/": "so-lieu/"},
    files={"assets/guide/form.png", "feed.xml"},
    site="https://here.example/",
    folders=("en/",),
    depending=("nam/",),
)


def found(text: str) -> list[tuple[str, int | None, str | None]]:
    told = faults(text, "docs/vi/x.md", AROUND, {})
    return [(each.code, each.place.row, each.place.value) for each in told]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_all_that_a_page_may_not_have_is_told_at_once(
    tmp_path: Path, language: str, golden: Golden
) -> None:
    data = small(tmp_path)
    shutil.copytree(CASES / "bad-pages" / "docs", tmp_path / "docs")
    (tmp_path / "docs" / "vi" / "tiep-can.md").write_bytes(b"# Trang \xff\n")
    (tmp_path / "docs" / "vi" / "huong-dan.md").symlink_to(ROOT / "requirements.txt")
    run = Run(data=data, site=tmp_path / "site", now=NOW, language=language)
    said = words(language)

    told = inspected(run, replace(SITE, languages=(*SITE.languages, "fr"))).problems
    own = [each for each in told if each.code.startswith("page-")]
    text = reported(own, "text", said) + summary(own, said) + "\n"

    golden(CASES / "bad-pages" / "expected" / f"problems.{language}.txt", text)


def test_a_language_without_a_page_is_told_so(tmp_path: Path) -> None:
    told = [*problems([tmp_path, ROOT / "docs"], ("vi", "fr"), HANDWRITTEN, surroundings(SITE))]

    assert {(each.code, each.place.file) for each in told} == {
        ("page-missing", f"docs/fr/{name}") for name in HANDWRITTEN.values()
    }


def test_the_shipped_pages_have_no_faults() -> None:
    assert [*problems([ROOT / "docs"], SITE.languages, HANDWRITTEN, surroundings(SITE))] == []


def test_a_page_beside_the_data_takes_the_place_of_the_programs_own(tmp_path: Path) -> None:
    data = small(tmp_path)
    (tmp_path / "docs" / "vi").mkdir(parents=True)
    (tmp_path / "docs" / "vi" / "gioi-thieu.md").write_text("# Của chúng tôi {{ plan.password }}\n")
    run = Run(data=data, site=tmp_path / "site", now=NOW, language="vi")

    (problem,) = inspected(run, SITE).problems

    assert (problem.code, problem.place.file, problem.place.row) == (
        "page-name-unknown",
        "docs/vi/gioi-thieu.md",
        1,
    )
    assert inspected(replace(run, data=SMALL), SITE).problems == ()


@pytest.mark.parametrize("language", SITE.languages)
def test_whoever_takes_a_name_that_is_not_there_is_told_all_that_are(language: str) -> None:
    said = words(language).sentences["problem.page-name-unknown.do"]

    assert f" {', '.join(sorted([*WORDS, *BLOCKS]))}." in said


@pytest.mark.parametrize(
    "text",
    [
        "# Tên { #ma-so }\n\nChữ **đậm**, `mã` và [một trang](../so-lieu/index.md).",
        "[Trang chủ](../index.md), [tệp](../feed.xml), [chỗ](#a)\n\n## A { #a }",
        "[ngoài](https://tiendo.example/?a=1&b=2), [thư](mailto:a@tiendo.example), [số](tel:+84)",
        '<p class="td-lead">Chữ {{ plan.number }}</p>\n\n{{ verdicts }}\n\n<!-- một lời ghi -->',
        '![Biểu](../assets/guide/form.png "Biểu")',
        "| a | b |\n| --- | --- |\n| 1 | 2 |\n\n1. một\n2. hai\n\n```\n<script>mã</script>\n```",
        "{#chỗ không phải lệnh",
        "Giá trị { a: 1 } và x < y & z > 1, “{” rồi “}”.",
    ],
)
def test_text_is_let_through(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("\n\n{{ 7*7 }}", "page-name-unknown", 3),
        ("{{plan.title.__class__}}", "page-name-unknown", 1),
        ("{{ say('x') }}", "page-name-unknown", 1),
        ("{% include 'x' %}", "page-name-unknown", 1),
        ("{# x #}", "page-name-unknown", 1),
        ("{{\nplan.title }}", "page-name-unknown", 1),
        ("a {{ gaps }}", "page-name-misplaced", 1),
        ("    {{ gaps }}", "page-name-misplaced", 1),
        ("a\n{{ gaps }}", "page-name-misplaced", 2),
        ("a\n\n<ScRiPt src=x></sCrIpT>", "page-html", 3),
        ("<img src=x onerror=alert(1)>", "page-html", 1),
        ("<p onclick=x>a</p>", "page-html", 1),
        ("<p style='position:fixed'>a</p>", "page-html", 1),
        ("<p class=md-overlay>a</p>", "page-html", 1),
        ("a { style=x }\n{: onclick=x }", "page-html", None),
        ("# a { onclick=x }", "page-html", 1),
        ("<div markdown onmouseover=x>a</div>", "page-html", 1),
        ("<meta http-equiv=refresh content='0;url=//x'>", "page-html", 1),
        ("<base href=//tiendo.example/>", "page-html", 1),
        ("<svg><a xlink:href=javascript:x>a</a></svg>", "page-html", 1),
        ("<math><mtext></mtext></math>", "page-html", 1),
        ("<p id=__drawer>a</p>", "page-html", 1),
        ("<p title='{{ contact }}'>a</p>", "page-html", 1),
        ("![{{ contact }}](../assets/guide/form.png)", "page-html", None),
        ("[a](JaVaScRiPt:alert)", "page-address", 1),
        ("<a href=' javascript:alert(1)'>a</a>", "page-address", 1),
        ("<a href='java\tscript:alert(1)'>a</a>", "page-address", None),
        ("<a href='&#106;avascript:alert(1)'>a</a>", "page-address", None),
        ("[a](vbscript:x)", "page-address", 1),
        ("[a](data:text/html,x)", "page-address", 1),
        ("[a](//tiendo.example)", "page-address", 1),
        ("[a](/\\tiendo.example)", "page-address", None),
        ("[a]({{ operator }})", "page-address", None),
        ("[a](../so-lieu/index.md#khong-biet)", "page-address", 1),
        ("[a](https://here.example/khong-co/)", "page-link-dead", 1),
        ("\n\n[a]\n\n[a]: https://here.example/en/khong-co/?x#y", "page-link-dead", 5),
        ("[a](so-lieu/index.md)", "page-address", 1),
        ("![a](https://tiendo.example/x.png)", "page-address", 1),
        ("<javascript:alert(1)>", "page-html", 1),
        ("<http://tiendo.example/><script>", "page-html", 1),
    ],
)
def test_what_is_no_text_is_refused(text: str, code: str, row: int | None) -> None:
    told = found(text)

    assert code in {each[0] for each in told}
    if row is not None:
        assert row in {at for kind, at, _ in told if kind == code}


class _Dangers(HTMLParser):
    """Whatever could run, load or lead away."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "iframe", "object", "embed", "form", "style", "meta", "base", "svg"}:
            self.seen.append(tag)
        for key, value in attrs:
            scheme = (value or "").strip().lower().partition(":")[0]
            if (
                key.startswith("on")
                or key == "style"
                or scheme in {"javascript", "data", "vbscript"}
            ):
                self.seen.append(f"{tag} {key}={value}")


PIECES = st.sampled_from(
    [
        *(
            "<",
            ">",
            '"',
            "'",
            "=",
            "/",
            "`",
            "[",
            "]",
            "(",
            ")",
            "{",
            "}",
            "{{ ",
            " }}",
            "\n",
            "\n\n",
        ),
        *("    ", "&#x6a;", "&lt;", "javascript:alert(1)", "data:text/html,x", "onerror=x", "//e/"),
        *("<script>", "</script>", "<img src=x ", "<a href=", "<svg>", "<style>", "<math>", "<!--"),
        *(
            "-->",
            "<![CDATA[",
            "]]>",
            "<?x ",
            "?>",
            "<table>",
            "<p>",
            "</p>",
            "<div markdown=1>",
            "# ",
        ),
        *(
            "- ",
            "> ",
            "| a | b |\n| - | - |\n",
            "```",
            "contact",
            "verdicts",
            "chữ",
            "\ue000",
            "\ue001",
        ),
        *("{: onclick=x }", "![x](", "<noscript>", "<title>", "</title>", "<textarea>", "\\", "&"),
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_nothing_runs_in_what_a_page_makes_whatever_is_written(text: str) -> None:
    """Also of a page that is refused: the second wall stands by itself."""
    page = written(text)
    values = dict.fromkeys(WORDS, "chữ")

    html = "".join(page.filled(each, values) for each in page.pieces[::2])

    assert _Dangers(html).seen == []
    assert {*page.pieces[1::2]} <= {*BLOCKS}
    assert all(each.code.startswith("page-") for each in faults(text, "x.md", AROUND, {}))
