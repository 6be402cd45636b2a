"""Of a page is told what became of its words and of its frame, and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from packages_at_hand import SITE

from tiendo.site.reasons import Reasons, explained, page_meant, reasons_of
from tiendo.words.wording import words

TU_KY = "vi dia-ban/tu-ky/index.html"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("dia-ban/tu-ky/", TU_KY),
        ("dia-ban/tu-ky", TU_KY),
        ("/dia-ban/tu-ky/", TU_KY),
        ("dia-ban/tu-ky/index.html", TU_KY),
        ("dia-ban/tu-ky/#so-lieu", TU_KY),
        (f"{SITE.address}dia-ban/tu-ky/", TU_KY),
        (f"{SITE.address}en/dia-ban/tu-ky/?a=1", "en dia-ban/tu-ky/index.html"),
        ("en", "en index.html"),
        ("", "vi index.html"),
        (SITE.address, "vi index.html"),
        ("404.html", "vi 404.html"),
        ("entry/", "vi entry/index.html"),
    ],
)
def test_a_page_is_named_as_people_have_it(said: str, meant: str) -> None:
    assert page_meant(said, SITE) == meant


def built(given: str, theme: str, *, made: tuple[bool, bool] = (True, True)) -> Reasons:
    found = Reasons()
    found.note(TU_KY, "words", {"given": given, "program": "1"}, made=made[0])
    found.note(TU_KY, "frame", {"markdown": given, "theme": theme}, made=made[1])
    return found


NOTHING = Reasons()


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (NOTHING, built("a", "b"), ["Chữ của trang: viết mới.", "Khung của trang: dựng mới."]),
        (
            built("a", "b"),
            built("a", "c", made=(False, True)),
            [
                "Chữ của trang: giữ nguyên, vì không có gì thay đổi.",
                "Khung của trang: dựng lại, vì đã đổi mẫu khung.",
            ],
        ),
        (
            built("a", "b"),
            built("c", "d"),
            [
                "Chữ của trang: viết lại, vì đã đổi nội dung của trang.",
                "Khung của trang: dựng lại, vì đã đổi chữ của trang và mẫu khung.",
            ],
        ),
        (
            built("a", "b"),
            built("c", "b", made=(False, False)),
            [
                "Chữ của trang: dùng bản đã có; so với lần trước đã đổi nội dung của trang.",
                "Khung của trang: dùng bản đã có; so với lần trước đã đổi chữ của trang.",
            ],
        ),
        (
            built("a", "b"),
            built("a", "b"),
            [
                "Chữ của trang: viết lại, vì bản cũ không còn.",
                "Khung của trang: dựng lại, vì bản cũ không còn.",
            ],
        ),
        (built("a", "b"), NOTHING, ["Trang web không có trang này."]),
    ],
)
def test_what_became_of_a_page_is_told_with_its_reasons(
    before: Reasons, now: Reasons, said: list[str], tmp_path: Path
) -> None:
    before.write(tmp_path / "reasons.json")

    assert [*explained(TU_KY, now, reasons_of(tmp_path / "reasons.json"), words("vi"))] == said


@pytest.mark.parametrize("text", ["", "{", "[]", '{"vi a": []}', '{"vi a": {"words": {"x": 1}}}'])
def test_what_was_written_down_and_is_damaged_is_as_good_as_nothing(
    text: str, tmp_path: Path
) -> None:
    (tmp_path / "reasons.json").write_text(text, "utf-8")

    assert reasons_of(tmp_path / "reasons.json") == Reasons()
    assert reasons_of(tmp_path / "nowhere.json") == Reasons()
