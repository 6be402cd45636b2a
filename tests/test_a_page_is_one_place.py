"""A page and a file format are each added in one place: tried with one that nobody needs."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from packages_at_hand import NOW, SITE, SMALL, inspect
from pages_at_hand import material_of, plans_of

from tiendo.config import ROOT
from tiendo.files.producers import FILES, each_file
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.pages.contents import PAGES
from tiendo.pages.page import Page, menu
from tiendo.pages.rendering import rendered
from tiendo.terms import Results
from tiendo.words.wording import words


@dataclass(frozen=True, kw_only=True, slots=True)
class TrialPage:
    title: str


TRIAL = Page(
    id="trial",
    address="thu/",
    build=lambda at, _material, _: TrialPage(title=at.say("trial.title")),
    menu="about",
)
WORDS = {
    "menu.trial": "Trang thử",
    "find.page.trial": "Trang thử",
    "find.words.trial": "một hai ba",
    "trial.title": "Đây là trang thử",
}


def known() -> Results:
    found = inspect(SMALL)
    assert found.archive is not None
    return results(published(found.archive, NOW), NOW)


def test_a_page_is_a_module_a_template_its_words_and_one_line(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "templates" / "trial.md.jinja").write_text("# {{ page.title }}\n", "utf-8")
    told = words("vi")
    told = replace(told, sentences={**told.sentences, **WORDS})
    now = known()
    material = replace(
        material_of(now, SITE, told, plans_of(now, SITE, told), {}), pages=(*PAGES, TRIAL)
    )

    made = rendered(material, tmp_path)

    assert made["thu/index.md"].decode() == "# Đây là trang thử\n"
    group, pages = menu(material.pages, material.results, told)[-1]
    assert (group, pages["Trang thử"]) == ("Giới thiệu", "thu/")
    (found,) = (
        entry
        for entry in json.loads(made["tim-kiem/muc-luc.json"])["entries"]
        if entry[2] == "thu/"
    )
    assert (found[0], found[4]) == ("Trang thử", "một hai ba")
    assert "../thu/" in made["tim-kiem/index.md"].decode()


def test_a_file_format_is_a_module_and_one_line() -> None:
    told = {language: words(language) for language in SITE.languages}

    found = each_file((*FILES[-1:], lambda *_: iter([("thu.txt", b"1")])), known(), SITE, told)

    assert dict(found).keys() > {"lich-cong-bo.ics", "thu.txt"}


def test_each_page_has_an_address_of_its_own_and_an_id_of_its_own() -> None:
    known_, told = known(), words("vi")
    every = [address for page in PAGES for _, address in page.addresses(known_, told)]
    assert len(every) == len(set(every))
    assert len({page.id for page in PAGES}) == len(PAGES)


def test_a_page_of_a_year_stands_in_the_menu_for_the_newest_alone() -> None:
    groups = dict(menu(PAGES, known(), words("vi")))
    assert [name for name in groups["Tiến độ"] if name.startswith("Năm")] == ["Năm 2024"]


def test_every_name_in_the_settings_is_of_a_page_and_every_page_but_home_has_one() -> None:
    folders = {page.address.removesuffix("/") for page in PAGES} - {""}
    assert {*SITE.names} == folders | {"embed", "card"}
