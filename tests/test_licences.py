"""The licence of the figures: one name in the settings, the same in every output."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from packages_at_hand import NOW, SITE, SMALL

from tiendo.config import ROOT, Site, site_settings
from tiendo.files.feeds import feeds
from tiendo.files.open_data import COLUMNS, in_languages, open_data
from tiendo.files.producers import each_file
from tiendo.files.workbooks import workbook_files
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.licences import LICENCES, Licence, UnknownLicenceError, licence_of
from tiendo.pages.data import data_page
from tiendo.read.archive import read
from tiendo.terms import Results
from tiendo.words.desk import Desk
from tiendo.words.downloads import ARCHIVE, edition_file
from tiendo.words.wording import words

TOLD = {language: words(language) for language in SITE.languages}


@cache
def known() -> Results:
    archive, _ = read(SMALL)
    assert archive is not None
    return results(published(archive, NOW), NOW)


def site_with(folder: Path, licence: str) -> Site:
    """The settings of a site whose figures are under another licence."""
    shutil.copytree(ROOT / "site_config", folder / "site_config", dirs_exist_ok=True)
    file = folder / "site_config" / "site.toml"
    text = file.read_text()
    assert text.count('\nlicense = "CC BY 4.0"\n') == 1
    file.write_text(text.replace('\nlicense = "CC BY 4.0"\n', f'\nlicense = "{licence}"\n'))
    return site_settings(folder)


def named_in(text: str) -> set[str]:
    """The licences that a text names, by whatever name, each by its id."""
    lines = text.splitlines()
    found = set()
    for each in LICENCES:
        names = (f'"{each.spdx}"', each.short, each.title, each.address)
        if any(name in line for line in lines for name in names):
            found.add(each.spdx)
    return found


@pytest.mark.parametrize("licence", LICENCES, ids=lambda each: each.spdx)
def test_every_output_names_the_licence_of_the_settings_and_no_other(
    tmp_path: Path, licence: Licence
) -> None:
    site = site_with(tmp_path, licence.spdx)
    files = open_data(known(), site, TOLD)
    # What was signed stays as it was.
    closed = {edition_file(each, name) for each in known().archive.editions for name in each.files}
    told = {
        path: data.decode()
        for path, data in files.items()
        if path.endswith((".json", ".jsonld")) and path not in closed
    }
    with zipfile.ZipFile(io.BytesIO(files[ARCHIVE])) as packed:
        told["README"] = packed.read("README.txt").decode()
    for path, book in each_file((workbook_files,), known(), site, TOLD):
        sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
        told[path] = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    told |= {path: feed.decode() for path, feed in feeds(known(), site, TOLD)}
    for language in site.languages:
        desk = Desk(
            results=known(),
            site=site,
            words=words(language),
            here="data/",
            indicators={each.indicator: each for each in known().archive.indicators},
        )
        page = data_page(desk, files={}, columns=in_languages(COLUMNS, desk.site.languages))
        told[f"page.{language}"] = f"{page.licence} {page.licence_link.text}"
        assert words(language).say(f"licence.terms.{licence.terms}") in page.licence
    naming = {path: named_in(text) for path, text in told.items()}
    assert set.union(*naming.values()) == {licence.spdx}
    assert [path for path in ("README", "page.vi", "page.en") if not naming[path]] == []
    assert len([path for path, names in naming.items() if names]) >= 10

    descriptor = json.loads(files["du-lieu/datapackage.json"])
    assert descriptor["licenses"] == [
        {"name": licence.spdx, "title": licence.title, "path": licence.address}
    ]
    index = json.loads(files["api/v1/so-lieu.json"])
    assert licence_of(index["license"]) is licence


@pytest.mark.parametrize(
    ("name", "spdx"),
    [
        ("CC0", "CC0-1.0"),
        ("cc0 1.0", "CC0-1.0"),
        ("CC BY 4.0", "CC-BY-4.0"),
        ("cc-by-4.0", "CC-BY-4.0"),
        ("CC BY-SA 4.0", "CC-BY-SA-4.0"),
        ("Open Data Commons Open Database License v1.0", "ODbL-1.0"),
    ],
)
def test_a_licence_is_known_by_any_of_its_names(name: str, spdx: str) -> None:
    assert licence_of(name).spdx == spdx


@pytest.mark.parametrize("name", ["CC BY-NC 4.0", "MIT", "", "free", "4.0", "CC BY 3.0"])
def test_settings_with_an_unknown_licence_are_wrong_and_say_which_are_known(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(UnknownLicenceError) as wrong:
        site_with(tmp_path, name)
    assert f'license = "{name}"' in str(wrong.value)
    assert all(each.spdx in str(wrong.value) for each in LICENCES)
