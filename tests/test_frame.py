"""A page in its frame is made again when something of it is new, and only then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from test_publish import ASSETS, DATED, EN, FRAME, VI, staged

from tiendo.machine import workers
from tiendo.machine.write import update
from tiendo.site import frame
from tiendo.site.frame import Complained, framed

MOMENT = int(DATED.timestamp())


class Told:
    """The folders of two languages, what is kept of them, and what MkDocs was asked for."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.pages = {"vi": dict(VI), "en": dict(EN)}
        self.frame = dict(FRAME)
        self.moment = MOMENT
        self.asked: set[str] = set()

        def heard(
            do: Callable[..., object], parts: Sequence[frame._Part], **more: object
        ) -> object:
            self.asked |= {f"{part.language} {page}" for part in parts for page in part.pages}
            return workers.side_by_side(do, parts, **more)  # type: ignore[arg-type]

        monkeypatch.setattr(frame, "side_by_side", heard)

    def made(self, *, kept: str = "kept") -> dict[str, bytes]:
        """Every page by language and path."""
        self.asked.clear()
        folders = staged(self.folder / "build", **self.pages)
        update(
            {name: text.encode() for name, text in self.frame.items()},
            self.folder / "build" / "theme",
        )
        found = framed(folders, moment=self.moment, cache=self.folder / kept)
        return {f"{language} {path}": html for language, path, html in found}


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    found = Told(tmp_path, monkeypatch)
    assert {*found.made()} == found.asked  # from nothing, all of it
    return found


def test_where_nothing_is_new_mkdocs_is_not_asked(told: Told) -> None:
    before = told.made(kept="elsewhere")

    assert told.made() == before
    assert told.asked == set()


def test_a_page_that_is_new_is_built_alone_and_finds_the_others(told: Told) -> None:
    told.pages["vi"]["index.md"] += "\n[Tứ Kỳ](dia-ban/tu-ky/index.md)\n"
    now = told.made()

    assert told.asked == {"vi index.html"}
    assert b'<a href="dia-ban/tu-ky/">' in now["vi index.html"]


def a_page(told: Told) -> None:
    told.pages["en"]["dia-ban/tu-ky/index.md"] = "# Tứ Kỳ\n\nA word more.\n"


def a_new_page(told: Told) -> None:
    told.pages["en"]["nam/2024/index.md"] = "# 2024\n\n[Home](../../index.md)\n"


def a_page_that_goes(told: Told) -> None:
    told.pages["en"] = {"index.md": "# Progress\n"}


def a_page_that_moves(told: Told) -> None:
    told.pages["en"]["nam/2024/index.md"] = told.pages["en"].pop("dia-ban/tu-ky/index.md")
    told.pages["en"]["index.md"] = "# Progress\n"


def the_frame(told: Told) -> None:
    told.frame["main.html"] += "<!-- new -->\n"


def a_part_of_the_frame(told: Told) -> None:
    told.frame |= {"main.html": '{% include "foot.html" %}{{ page.content }}', "foot.html": "foot"}


def a_part_by_another_name(told: Told) -> None:
    a_part_of_the_frame(told)
    told.made()
    told.frame |= {"404.html": told.frame["foot.html"], "foot.html": told.frame["404.html"]}


def the_moment(told: Told) -> None:
    told.frame["main.html"] += "{{ build_date_utc }}"
    told.made()
    told.moment += 86_400


EDITS = (a_page, a_new_page, a_page_that_goes, a_page_that_moves, the_frame, a_part_of_the_frame,
         a_part_by_another_name, the_moment)  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_whatever_changes_the_pages_are_those_made_from_nothing(
    told: Told, edit: Callable[[Told], None]
) -> None:
    edit(told)

    now = told.made()
    assert told.asked
    assert now == told.made(kept="elsewhere")


def test_a_setting_of_a_language_makes_its_pages_again_and_no_other(told: Told) -> None:
    folders = staged(told.folder / "build", **told.pages)
    config = folders["en"] / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "copyright: 'ours'\n", "utf-8")
    told.asked.clear()

    assert len(list(framed(folders, moment=MOMENT, cache=told.folder / "kept"))) == 6
    assert {page.split(" ")[0] for page in told.asked} == {"en"}


def test_pages_that_are_complained_of_are_not_kept(told: Told) -> None:
    told.pages["vi"]["index.md"] = "# 1\n\n[nowhere](nam-sach/index.md)\n"

    for _ in range(2):
        with pytest.raises(Complained, match="nam-sach"):
            told.made()


def test_a_page_that_is_no_folder_s_is_a_fault_of_the_program(told: Told) -> None:
    told.pages["vi"]["gioi-thieu.md"] = "# 1\n"

    with pytest.raises(ValueError, match="gioi-thieu"):
        told.made()


def test_files_beside_pages_are_no_pages(told: Told) -> None:
    folders = staged(told.folder / "build", **told.pages)

    assert {path for path, _ in frame.assets(folders["vi"])} == {
        name.removeprefix("docs/") for name in ASSETS
    }
