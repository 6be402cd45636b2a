"""A site has as many languages as its settings say: one, two, three; each page leads to its twins."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from packages_at_hand import SMALL, line, sign_again, small, swap, table, write_table

from tiendo.config import OWN, ROOT, site_settings
from tiendo.read.archive import read
from tiendo.words.wording import own_name, words

ADDRESS = "https://tiendo.example/"
FRENCH = "FR: "
"""How each sentence of the made-up French wording begins."""


OLD = site_settings().names
"""What pages are called in a site whose first language is Vietnamese."""


def _by_its_id(found: re.Match[str]) -> str:
    return f'{found[1]} = "{found[1]}"' if OLD.get(found[1]) == found[2] else found[0]


def old_addresses(site: Path) -> set[tuple[str, str]]:
    """Where something stands at, or leads to, an address with a name that the site does not use.

    Files for programs are called the same on every site.
    """
    names = "|".join(OLD.values())
    leads = re.compile(rf"""["'(/](?<!du-lieu/)(?<!api/v1/)({names})(?:/|\.ics)""")
    texts = {".html", ".xml", ".json", ".ics", ".txt", ".jsonld", ".csv", ".js"}
    found = set()
    for path in filter(Path.is_file, site.rglob("*")):
        place = path.relative_to(site)
        if place.parts[0] != "du-lieu":
            found |= {(place.as_posix(), name) for name in {*place.parts[:2]} & {*OLD.values()}}
        if path.suffix in texts:
            said = leads.findall(path.read_text("utf-8"))
            found |= {(place.as_posix(), name) for name in said}
    return found


UNTRANSLATED = {"dong-cua", "song-xanh", "biet-boi;2028", "II.1-2"}
"""Rows that the French columns leave empty, by their ids."""


def french(words: str) -> str:
    """What words of the data are in the made-up French."""
    return f"{words}, bien sûr"


def with_french(data: Path) -> Path:
    """The small case with a third column beside each pair, and none of the first ones empty."""
    for file in data.rglob("*.csv"):
        rows = table(file)
        names = file.read_text().split("\n", 1)[0].split(",")
        stems = [name[:-3] for name in names if name.endswith("_en")]
        for row in rows:
            keys = {row.get(name, "") for name in ("indicator", "area", "clause")}
            keys.add(f"{row.get('indicator')};{row.get('year')}")
            for stem in stems:
                row[f"{stem}_en"] = row[f"{stem}_en"] or row[f"{stem}_vi"]
                is_left = not row[f"{stem}_en"] or keys & UNTRANSLATED
                row[f"{stem}_fr"] = "" if is_left else french(row[f"{stem}_en"])
        file.write_text(",".join([*names, *(f"{stem}_fr" for stem in stems)]) + "\n")
        write_table(file, rows)
    for file in data.rglob("datapackage.json"):
        descriptor = json.loads(file.read_text())
        for resource in descriptor["resources"]:
            fields = resource["schema"]["fields"]
            fields += [
                {"name": each["name"][:-3] + "_fr", "type": "string"}
                for each in list(fields)
                if each["name"].endswith("_en")
            ]
        if "plan" in descriptor:
            descriptor["plan"]["short_fr"] = french(descriptor["plan"]["short_en"])
        file.write_text(json.dumps(descriptor, ensure_ascii=False))
    sign_again(data, ("en", "vi", "fr"))
    return data


def of_french_first(data: Path) -> Path:
    """The small case with French in the place of Vietnamese; its English columns stay."""
    for file in (each for each in data.rglob("*") if each.suffix in {".csv", ".json"}):
        file.write_text(re.sub(r"\b([a-z_]+)_vi\b", r"\1_fr", file.read_text()))
    sign_again(data, ("fr",))
    return data


CHANGED = {("en", "vi", "fr"): with_french, ("fr",): of_french_first}
"""What becomes of the small case's data in some languages."""


def built(folder: Path, languages: tuple[str, ...]) -> Path:
    """The small case in these languages; what the program does not ship is made up."""
    config = folder / "config"
    config.mkdir()
    settings = (ROOT / "site_config" / "site.toml").read_text(encoding="utf-8")
    settings = re.sub('^(en = "(.*)")$', r'\1\nfr = "\2"', settings, flags=re.MULTILINE)
    listed = ", ".join(f'"{language}"' for language in languages)
    changed = settings.replace('languages = ["vi", "en"]', f"languages = [{listed}]")
    if languages[0] != "vi":
        # A site in another language names its pages in it: here by the ids, which are English.
        changed = re.sub(r'^([a-z]+) = "([a-z-]+)"$', _by_its_id, changed, flags=re.MULTILINE)
    (config / "site.toml").write_text(changed, encoding="utf-8")
    shutil.copytree(SMALL, folder / "data")
    CHANGED.get(languages, Path)(folder / "data")
    for language in languages:
        if not (ROOT / "site_config" / "wording" / language).exists():
            shutil.copytree(ROOT / "site_config" / "wording" / "en", config / "wording" / language)
            shutil.copytree(ROOT / "docs" / "en", folder / "docs" / language)
            frame = config / "wording" / language / "pages.toml"
            text = frame.read_text(encoding="utf-8")
            frame.write_text(text.replace('skip = "', f'skip = "{FRENCH}'), encoding="utf-8")
    site = folder / "site"
    ran = subprocess.run(
        [
            *(sys.executable, ROOT / "build.py", "build", "--data", folder / "data"),
            *("--config", config, "--site", site, "--today", "2025-06-01"),
        ],
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stderr
    return site


@pytest.fixture(scope="module")
def site_in(tmp_path_factory: pytest.TempPathFactory) -> Callable[[tuple[str, ...]], Path]:
    """The site in these languages, built once."""
    return cache(lambda languages: built(tmp_path_factory.mktemp("site"), languages))


SiteIn = Callable[[tuple[str, ...]], Path]


@pytest.mark.parametrize("languages", [("vi",), ("fr",), ("en", "vi", "fr")], ids=",".join)
def test_every_page_leads_to_the_same_page_in_every_other_language(
    languages: tuple[str, ...], site_in: SiteIn
) -> None:
    site = site_in(languages)
    folders = {
        language: "" if language == languages[0] else f"{language}/" for language in languages
    }
    pages = {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
        for path in site.rglob("index.html")
        if not {"nhung", "embed"} & {*path.parts}
    }
    assert len(pages) > 20 * len(languages)

    for name, html in pages.items():
        language = next(
            (each for each in languages[1:] if name.startswith(f"{each}/")), languages[0]
        )
        plain = name.removeprefix(folders[language])
        if plain.startswith("404"):
            continue
        assert f'<html lang="{language}"' in html
        found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html)
        twins = {
            each: f"{ADDRESS}{folders[each]}{plain}".removesuffix("index.html")
            for each in languages
        }
        if len(languages) == 1:
            assert found == []
            assert "td-language" not in html
            continue
        assert dict(found) == {**twins, "x-default": twins[languages[0]]}
        assert len(found) == len(languages) + 1
        for each in languages:
            assert folders[each] + plain in pages, (name, each)
        others = re.findall(
            r'class="td-language" href="[^"]+" hreflang="([^"]+)"[^>]*>([^<]+)<', html
        )
        assert others == [(each, own_name(each)) for each in languages if each != language]
        assert (FRENCH in html) is (language == "fr")

    assert (languages[0] == "vi") is bool(old_addresses(site))

    map_ = (site / "sitemap.xml").read_text(encoding="utf-8")
    named = re.findall("<loc>(.*?)</loc>", map_)
    assert len(named) == len(set(named))
    for folder in folders.values():
        assert f"{ADDRESS}{folder}" in named


THREE = ("en", "vi", "fr")


def page(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text(encoding="utf-8")


def heading(html: str) -> str:
    found = re.search("<h1[^>]*>([^<]*)", html)
    return found[1].strip() if found else ""


def test_the_plans_words_stand_on_the_pages_of_a_third_language(site_in: SiteIn) -> None:
    site = site_in(THREE)

    indicator = page(site, "fr/indicator/biet-boi")
    assert heading(indicator) == french("Pupils who can swim")
    assert f'<blockquote lang="fr"><p>{french("By 2025: 50% of pupils can swim.")}' in indicator
    assert '<q lang="en">By 2025: 50% of pupils can swim.</q>' in indicator
    assert heading(page(site, "fr/area/ben-lau")) == french("Bến Lau District")
    assert french("Illustrative figures for 2024.") in page(site, "fr/calendar")
    assert french("Swimming 200 m is not taught.") in page(site, "fr/indicator/boi-xa")
    plan = page(site, "fr/plan")
    assert f'lang="fr">{french("PLAN FOR SWIMMING AND READING")}' in plan
    assert french("Neither this province nor its plan is real.") in plan
    assert "bien sûr" not in page(site, "plan") + page(site, "vi/plan")


def test_where_a_third_language_is_silent_the_first_one_speaks(site_in: SiteIn) -> None:
    site = site_in(THREE)

    for address, name in (
        ("indicator/dong-cua", "Libraries closed at weekends"),
        ("area/song-xanh", "Sông Xanh Town"),
    ):
        assert heading(page(site, f"fr/{address}")) == name
    assert '<blockquote lang="en"><p>… By 2028: 80%.' in page(site, "fr/indicator/biet-boi")
    assert '<span lang="en">Hold a swimming day.</span>' in page(site, "fr/plan")


def test_files_have_a_column_for_each_language_of_the_site(site_in: SiteIn) -> None:
    """As the descriptors say; a cell that was not translated is empty."""
    site = site_in(THREE)

    rows = table(site / "du-lieu" / "so-lieu.csv")
    for stem in ("indicator_name", "area_name", "break", "note", "revision_reason"):
        in_words = [name for name in rows[0] if re.fullmatch(f"{stem}_[a-z]+", name)]
        assert in_words == [f"{stem}_{language}" for language in THREE]
    names = {row["indicator"]: row["indicator_name_fr"] for row in rows}
    assert names["biet-boi"] == french("Pupils who can swim")
    assert names["dong-cua"] == ""
    of_one = json.loads((site / "api/v1/chi-tieu/boi-xa.json").read_text())["figures"]
    assert french("Swimming 200 m is not taught.") in {row["note_fr"] for row in of_one}
    descriptor = json.loads((site / "du-lieu" / "datapackage.json").read_text())
    fields = {each["name"]: each for each in descriptor["resources"][0]["schema"]["fields"]}
    assert list(fields) == list(rows[0])
    assert fields["note_fr"]["title"] == "Note (French)"
    assert fields["note_en"]["title"] == "Note"
    columns = json.loads((site / "du-lieu" / "csv-metadata.json").read_text())["tables"][0]
    assert [each["name"] for each in columns["tableSchema"]["columns"]] == list(rows[0])
    assert not {name[-3:] for name in table(site_in(("fr",)) / "du-lieu/so-lieu.csv")[0]} & {
        "_vi",
        "_en",
    }


@pytest.mark.parametrize("languages", [("vi",), ("vi", "en")], ids=",".join)
def test_a_column_of_a_language_that_the_site_does_not_speak_is_passed_over(
    languages: tuple[str, ...],
) -> None:
    archive, found = read(SMALL, languages)

    assert (found, archive is not None) == ([], True)


def test_what_the_first_language_lacks_is_told_by_its_column(tmp_path: Path) -> None:
    data = of_french_first(small(tmp_path))
    swap(data / "plan" / "goals.csv", "song-nuoc,1,Sông nước,", "song-nuoc,1,,")
    swap(data / "results" / "releases.csv", ",Ngày dự kiến.,", ",,")

    _, found = read(data, ("fr", "en"))

    assert [line(each) for each in found] == [
        "cell-required plan/goals.csv:2 name_fr",
        "translation-alone plan/goals.csv:2 name_fr",
        "translation-alone releases.csv:4 note_fr",
    ]


def test_sentences_say_the_languages_of_the_site(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said = [
        words(each).say("problem.translation-alone.what", other="name_en") for each in ("vi", "en")
    ]
    assert said == [
        "Có bản tiếng Anh (name_en) nhưng chưa có bản tiếng Việt.",
        "There is an English text (name_en) and no Vietnamese one.",
    ]

    monkeypatch.setenv(OWN, str(tmp_path))
    (tmp_path / "site.toml").write_text('languages = ["fr", "en", "vi"]')
    told = words("en")

    assert told.sentences["problem.jump.do"].endswith("say why in note_fr; if not, fix it.")
    assert told.say("cite.translated") == "To cite in French and Vietnamese"
    lone = told.say("problem.translation-alone.do")
    assert lone == "Fill in the French; it is the English or Vietnamese that may be empty."


def test_a_site_says_what_it_is_in_its_first_language(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(OWN, str(tmp_path))
    (tmp_path / "site.toml").write_text('languages = ["fr"]')

    with pytest.raises(KeyError, match=r"name\.fr"):
        site_settings()


def test_a_language_that_lacks_sentences_is_told_by_their_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wording = tmp_path / "wording" / "fr"
    shutil.copytree(ROOT / "site_config" / "wording" / "en", wording)
    pages = wording / "pages.toml"
    kept = [line for line in pages.read_text().splitlines() if not line.startswith("skip = ")]
    pages.write_text("\n".join(kept))
    monkeypatch.setenv(OWN, str(tmp_path))

    with pytest.raises(ValueError, match=r"theme\.skip"):
        words("fr")
