from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tiendo.machine.cache import Cache
from tiendo.machine.write import CannotWrite, Hindrance, update, write
from tiendo.site.frame import language_config
from tiendo.site.links import broken_links
from tiendo.site.publish import BrokenPages, publish

PROJECT = Path(__file__).parent.parent
SITE_URL = "https://example.test/tien-do/"
DATED = datetime(2025, 1, 10, 2, 0, tzinfo=UTC)

VI = {
    "index.md": "# Tiến độ\n\n## Đã đạt { #met }\n\n[Tứ Kỳ](dia-ban/tu-ky/index.md#figures)\n",
    "dia-ban/tu-ky/index.md": "# Tứ Kỳ\n\n## Số liệu { #figures }\n\n"
    '<a href="../../du-lieu/tu-ky.csv">CSV</a>\n\n| Năm | % |\n|---|---|\n| 2024 | 66,7 |\n',
}
EN = {
    "index.md": "# Progress\n\n[Tứ Kỳ](dia-ban/tu-ky/index.md)\n",
    "dia-ban/tu-ky/index.md": "# Tứ Kỳ district\n",
}
ASSETS = {f"docs/assets/{name}": b"" for name in ("charts.css", "tiendo.css", "favicon.svg")}
FRAME = {
    "main.html": """<!doctype html>
<html lang="{{ config.theme.language }}"><title>{{ page.title }}</title>
<link rel="stylesheet" href="{{ 'assets/tiendo.css' | url }}">
<a href="{{ nav.homepage.url | url }}">{{ config.site_name }}</a>
{{ page.content }}
</html>
""",
    "404.html": "<!doctype html>\n<title>404</title>\n",
}
"""A frame that asks for nothing: what the theme brings along is not sent."""
BESIDE = {"du-lieu/tu-ky.csv": b"year,value\n2024,66.7\n"}


def staged(folder: Path, **languages: Mapping[str, str]) -> dict[str, Path]:
    """Write the pages of each language to a folder of its own, as the program does."""
    update({name: text.encode() for name, text in FRAME.items()}, folder / "theme")
    for language, pages in languages.items():
        home = SITE_URL if language == "vi" else f"{SITE_URL}{language}/"
        config = language_config(
            folder / language,
            inherits=PROJECT / "mkdocs.yml",
            language=language,
            site_name="Tiến độ",
            site_url=home,
            nav=[("Tiến độ", [("Trang chủ", "index.md")])],
            custom_dir=folder / "theme",
        )
        files = {f"docs/{path}": text.encode() for path, text in pages.items()}
        update({"mkdocs.yml": config, **files, **ASSETS}, folder / language)
    return {language: folder / language for language in languages}


def published(
    folder: Path, beside: Mapping[str, bytes] = BESIDE, **languages: Mapping[str, str]
) -> Path:
    """The site made of the pages of each language."""
    site = folder / "site"
    publish(
        staged(folder / "build", **languages),
        site,
        default="vi",
        site_url=SITE_URL,
        dated=DATED,
        beside=beside,
        cache=folder / "pages",
    )
    return site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("thư mục có dấu"), vi=VI, en=EN)


def names(site: Path) -> Iterator[str]:
    return (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())


def test_the_default_language_is_at_the_root_and_the_other_in_its_folder(site: Path) -> None:
    pages = {name for name in names(site) if name.endswith(".html")}

    assert pages == {
        "index.html",
        "404.html",
        "dia-ban/tu-ky/index.html",
        "en/index.html",
        "en/404.html",
        "en/dia-ban/tu-ky/index.html",
    }
    assert '<html lang="vi"' in (site / "index.html").read_text("utf-8")
    assert '<html lang="en"' in (site / "en" / "index.html").read_text("utf-8")


def test_files_that_no_language_owns_stand_beside_the_pages(site: Path) -> None:
    assert (site / "du-lieu" / "tu-ky.csv").read_bytes() == BESIDE["du-lieu/tu-ky.csv"]


def test_one_site_map_names_every_page_by_its_whole_address_and_the_date_asked_for(
    site: Path,
) -> None:
    text = (site / "sitemap.xml").read_text("utf-8")

    assert re.findall("<loc>(.*)</loc>", text) == [
        SITE_URL,
        f"{SITE_URL}dia-ban/tu-ky/",
        f"{SITE_URL}en/",
        f"{SITE_URL}en/dia-ban/tu-ky/",
    ]
    assert set(re.findall("<lastmod>(.*)</lastmod>", text)) == {"2025-01-10"}
    assert [name for name in names(site) if "sitemap" in name] == ["sitemap.xml"]


def test_a_page_of_the_site_names_no_other_host(site: Path) -> None:
    for name in names(site):
        if name.endswith(".html"):
            text = (site / name).read_text("utf-8")
            addresses = re.findall(r'(?:src|href)="(https?:[^"]*)', text)
            assert [address for address in addresses if not address.startswith(SITE_URL)] == []


def test_two_builds_in_different_folders_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    again = published(tmp_path, vi=VI, en=EN)

    assert sorted(names(site)) == sorted(names(again))
    assert [
        name for name in names(site) if (site / name).read_bytes() != (again / name).read_bytes()
    ] == []


def test_no_page_holds_a_path_of_the_machine_it_was_built_on(site: Path) -> None:
    roots = (str(PROJECT).encode(), str(site.parent).encode())

    assert [
        name for name in names(site) if any(root in (site / name).read_bytes() for root in roots)
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        "[Nam Sách](dia-ban/nam-sach/index.md)",
        "[Tứ Kỳ](dia-ban/tu-ky/index.md#charts)",
        "[CSV](/du-lieu/tu-ky.csv)",
    ],
    ids=["no such page", "no such place in the page", "from the root of the server"],
)
def test_a_broken_link_is_a_fault_of_the_program(text: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenPages, match=re.escape("[vi] ")):
        published(tmp_path, vi={**VI, "index.md": f"# Tiến độ\n\n{text}\n"})


def test_a_broken_link_that_mkdocs_does_not_look_at_is_a_fault_too(tmp_path: Path) -> None:
    with pytest.raises(BrokenPages) as told:
        published(tmp_path, {}, vi=VI)

    assert told.value.complaints == (
        "dia-ban/tu-ky/index.html: no such page or file: ../../du-lieu/tu-ky.csv",
    )


def test_links_are_followed_by_folder_place_root_and_whole_address(tmp_path: Path) -> None:
    good = '<a href="..">1</a> <a href="#here" id="here">2</a> <a href="/tien-do/">3</a> <a href="https://a.test/x">4</a> <link href="https://example.test/tien-do/nam/2024/">'
    bad = '<a href="../dia-ban">5</a> <a href="#there">6</a> <a href="/">7</a> <img src="a.png">'
    pages = {"index.html": b"<p>", "dia-ban/index.html": b"<p>", "nam/2024/index.html": b"<p>"}
    write({**pages, "nam/index.html": f"<p>{good}{bad}</p>".encode()}, tmp_path)

    assert sorted(map(str, broken_links(tmp_path, site_url=SITE_URL))) == [
        "nam/index.html: no such page or file: ../dia-ban",
        "nam/index.html: no such page or file: /",
        "nam/index.html: no such page or file: a.png",
        "nam/index.html: no such place in the page: #there",
    ]


def test_what_is_kept_of_a_page_is_what_it_holds_and_not_where_it_leads(tmp_path: Path) -> None:
    cache = tmp_path / "kept"

    def dead(site: str, **pages: str) -> list[str]:
        files = {name.replace("_", "/") + ".html": text.encode() for name, text in pages.items()}
        write(files, tmp_path / site)
        return sorted(map(str, broken_links(tmp_path / site, site_url=SITE_URL, cache=cache)))

    link = '<a href="a.html#here">1</a>'
    missing, moved = "no such page or file: a.html#here", "no such place in the page: a.html#here"

    assert dead("1", index=link, a="<p id=here>") == []
    assert dead("2", index=link) == [f"index.html: {missing}"]
    assert dead("3", index=link, a="<p id=there>") == [f"index.html: {moved}"]
    assert dead("4", index=link, a="<p id=here>", b_index=link) == [f"b/index.html: {missing}"]
    assert dead("5", index="<a href=b>2</a>") == ["index.html: no such page or file: b"]


TEXTS = (
    "<td title='a src=x href=y'>",
    '<td title="a > b <img src=x">',
    '<p data-name="<a href=nowhere>">',
    "<p>img src=x, &lt;a href=x&gt;</p>",
    "<!-- <a href=x> --><script>'<a href=x>'</script><style>/* <a href=x> */</style>",
    "<textarea title=' id=here '></textarea>",
)


@pytest.mark.parametrize("text", TEXTS)
def test_what_only_looks_like_a_link_is_none(text: str, tmp_path: Path) -> None:
    write({"index.html": f'{text}<a href="&#x61;.html">1</a>'.encode(), "a.html": b""}, tmp_path)

    assert list(broken_links(tmp_path, site_url=SITE_URL)) == []


LINKS = (
    "<a\nhref\n=\n'x'>",
    "<A HREF=x>",
    '<a title=">" href="x">',
    "<a data-x='<' href=x>",
    '<img alt="a" srcset="x 2x">',
    '<svg><use href="x"></use></svg>',
    '<a href=" x ">',
)


@pytest.mark.parametrize("link", LINKS)
def test_a_link_is_followed_however_it_is_written(link: str, tmp_path: Path) -> None:
    write({"index.html": link.encode()}, tmp_path)

    assert [*map(str, broken_links(tmp_path, site_url=SITE_URL))] == [
        "index.html: no such page or file: x",
    ]


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="a second file system is needed")  # noqa: S108
def test_a_site_is_put_together_across_two_disks_and_a_full_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TemporaryDirectory(dir="/dev/shm") as name:  # another disk than tmp_path's
        pages = staged(Path(name), vi=VI, en=EN)

        def put_together(site: Path) -> None:
            publish(
                pages,
                site,
                default="vi",
                site_url=SITE_URL,
                dated=DATED,
                beside=BESIDE,
                cache=Path(name) / "pages",
            )

        put_together(tmp_path / "site")

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(Cache, "kept", full)
        with pytest.raises(CannotWrite) as told:
            put_together(tmp_path / "full")

    assert {"index.html", "en/dia-ban/tu-ky/index.html"} <= {*names(tmp_path / "site")}
    assert told.value.hindrance is Hindrance.FULL


def test_a_page_that_takes_the_address_of_a_language_is_a_fault_of_the_program(
    tmp_path: Path,
) -> None:
    with pytest.raises(FileExistsError):
        published(tmp_path, vi={**VI, "en/index.md": "# Anh\n"}, en=EN)


def test_a_file_beside_does_not_replace_a_page(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        published(tmp_path, {**BESIDE, "index.html": b""}, vi=VI)


def test_templates_of_our_own_are_used_where_there_are_any(tmp_path: Path) -> None:
    theme = tmp_path / "giao diện"
    write({"main.html": b'{% extends "base.html" %}{% block footer %}ours{% endblock %}'}, theme)
    build = tmp_path / "build" / "vi"
    config = language_config(
        build,
        inherits=PROJECT / "mkdocs.yml",
        language="vi",
        site_name="Tiến độ",
        site_url=SITE_URL,
        nav=[("Tiến độ", [("Trang chủ", "index.md")])],
        custom_dir=theme,
    )
    update({"mkdocs.yml": config, "docs/index.md": b"# 1\n", **ASSETS}, build)

    with pytest.raises(BrokenPages):  # the theme's own files, which are not sent
        publish(
            {"vi": build},
            tmp_path / "site",
            default="vi",
            site_url=SITE_URL,
            dated=DATED,
            cache=tmp_path / "pages",
        )

    assert "ours" in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_a_language_names_its_folders_by_where_they_are_from_its_own(tmp_path: Path) -> None:
    config = language_config(
        tmp_path / "build" / "en",
        inherits=tmp_path / "mkdocs.yml",
        language="en",
        site_name="Progress",
        site_url=f"{SITE_URL}en/",
        nav=[],
        custom_dir=tmp_path / "site_config" / "theme",
        extra_css=["assets/tiendo.css"],
    ).decode()

    assert "INHERIT: ../../mkdocs.yml\n" in config
    assert "custom_dir: ../../site_config/theme\n" in config
    assert "extra_css:\n- assets/tiendo.css\n" in config
    assert str(tmp_path) not in config


def test_the_moment_of_the_build_does_not_leak_into_this_process(site: Path) -> None:
    assert site.exists()
    assert "SOURCE_DATE_EPOCH" not in os.environ
