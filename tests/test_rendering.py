"""A page's Markdown is kept with all that it follows from."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import Environment
from packages_at_hand import NOW, SITE, SMALL, inspect
from pages_at_hand import material_of, plans_of

from tiendo.config import ROOT
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.pages.page import Material
from tiendo.pages.rendering import rendered
from tiendo.words.wording import words


@pytest.fixture(scope="module")
def material() -> Material:
    """What the pages of the small case are made from, without the help on problems."""
    found = inspect(SMALL)
    assert found.archive is not None
    known = results(published(found.archive, NOW), NOW)
    told = words("vi")
    made = material_of(known, SITE, told, plans_of(known, SITE, told), {})
    return replace(made, pages=tuple(page for page in made.pages if page.id != "help"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with the templates, to be changed."""
    shutil.copytree(ROOT / "templates", tmp_path / "root" / "templates")
    return tmp_path / "root"


def a_sentence(material: Material, _: Path) -> Material:
    sentences = {**material.words.sentences, "page.skip": "Bỏ qua"}
    key = next(key for key in sentences if key.startswith("area.") and "{" not in sentences[key])
    return replace(material, words=replace(material.words, sentences={**sentences, key: "Khác"}))


def a_term(material: Material, _: Path) -> Material:
    sentences = {
        key: f"{said}; nào" if key.endswith(".linked") else said
        for key, said in material.words.sentences.items()
    }
    return replace(material, words=replace(material.words, sentences=sentences))


def a_template(material: Material, root: Path) -> Material:
    path = root / "templates" / "area.md.jinja"
    path.write_text(path.read_text("utf-8") + "\n<p>1</p>\n", "utf-8")
    return material


def a_part(material: Material, root: Path) -> Material:
    path = root / "templates" / "parts" / "head.md.jinja"
    path.write_text(path.read_text("utf-8").replace("title:", "title_:", 1), "utf-8")
    return material


def the_address(material: Material, _: Path) -> Material:
    return replace(material, site=replace(material.site, address="https://example.org/a/"))


def a_name_in_addresses(material: Material, _: Path) -> Material:
    names = {**material.site.names, "glossary": "tu-dien"}
    return replace(material, site=replace(material.site, names=names))


def the_glossary(material: Material, _: Path) -> Material:
    return replace(material, pages=tuple(p for p in material.pages if p.id != "glossary"))


def nothing(material: Material, _: Path) -> Material:
    return material


@pytest.mark.parametrize(
    "edit",
    [
        a_sentence,
        a_term,
        a_template,
        a_part,
        the_address,
        a_name_in_addresses,
        the_glossary,
        nothing,
    ],
)
def test_what_is_kept_is_what_would_be_made(
    material: Material, root: Path, tmp_path: Path, edit: Callable[[Material, Path], Material]
) -> None:
    before = rendered(material, root, tmp_path / "kept")
    changed = edit(material, root)

    now = rendered(changed, root, tmp_path / "kept")

    assert now == rendered(changed, root)
    assert (now == before) == (edit is nothing)


def test_a_page_that_says_what_it_said_is_not_rendered_again(
    material: Material, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rendered(material, root, tmp_path / "kept")

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Environment, "get_template", never)
    assert rendered(material, root, tmp_path / "kept") == before
