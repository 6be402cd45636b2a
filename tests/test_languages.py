"""A site has as many languages as its settings say: one, two, three; each page leads to its twins."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from packages_at_hand import SMALL

from tiendo.config import OWN, ROOT, site_settings
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


def built(folder: Path, languages: Sequence[str]) -> Path:
    """The small case in these languages; what the program does not ship is made up."""
    config = folder / "config"
    config.mkdir()
    settings = (ROOT / "site_config" / "site.toml").read_text(encoding="utf-8")
    listed = ", ".join(f'"{language}"' for language in languages)
    changed = settings.replace('languages = ["vi", "en"]', f"languages = [{listed}]")
    if languages[0] != "vi":
        # A site in another language names its pages in it: here by the ids, which are English.
        changed = re.sub(r'^([a-z]+) = "([a-z-]+)"$', _by_its_id, changed, flags=re.MULTILINE)
    (config / "site.toml").write_text(changed, encoding="utf-8")
    shutil.copytree(SMALL, folder / "data")
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


@pytest.mark.parametrize("languages", [("vi",), ("en", "vi", "fr")], ids=",".join)
def test_every_page_leads_to_the_same_page_in_every_other_language(
    languages: Sequence[str], tmp_path: Path
) -> None:
    site = built(tmp_path, languages)
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
