"""The glossary is made from the docstrings of `tiendo.terms`; accepted with ``pytest --accept``."""

from __future__ import annotations

import enum
import inspect
from pathlib import Path

import pytest

from tiendo import terms

GLOSSARY = Path(__file__).parent.parent / "docs" / "developers" / "glossary.md"

VIETNAMESE = {
    "Plan": "kế hoạch",
    "Goal": "nhóm mục tiêu",
    "Indicator": "chỉ tiêu",
    "Unit": "đơn vị tính",
    "Difference": "đơn vị của mức chênh lệch",
    "Scale": "thang đo",
    "Target": "mục tiêu",
    "Agency": "cơ quan",
    "Duty": "trách nhiệm được giao",
    "Action": "nhiệm vụ",
    "Area": "địa bàn",
    "AreaChange": "thay đổi địa giới",
    "Edition": "kỳ số liệu",
    "Release": "đợt công bố",
    "Withdrawal": "rút lại",
    "Report": "báo cáo",
    "Observation": "dòng số liệu",
    "Revision": "đính chính",
    "Figure": "số liệu",
    "Corrected": "số liệu đã sửa",
    "Obstacle": "lý do không tính lại được",
    "Restated": "số liệu tính lại",
    "Question": "cảnh báo",
    "Assessment": "phép tính của một đánh giá",
    "Verdict": "đánh giá",
    "Missing": "lý do thiếu số",
    "Status": "tình trạng số liệu",
    "Problem": "lỗi",
    "Place": "chỗ sai",
    "Measure": "cách đo",
    "Direction": "chiều mong muốn",
    "Level": "cấp báo cáo",
    "Aggregation": "cách cộng",
    "ActionState": "tình trạng nhiệm vụ",
    "ActionReport": "báo cáo về một nhiệm vụ",
    "Requirement": "chuẩn kéo theo",
    "MeaningChange": "thay đổi ý nghĩa",
    "Signed": "bản sao lúc ký",
    "Archive": "toàn bộ dữ liệu đã đọc",
    "Results": "toàn bộ kết quả đã tính",
    "DutyState": "tình trạng phần việc",
    "DutyReport": "báo cáo về một phần việc",
    "Passage": "đoạn của văn bản",
    "PassageKind": "loại đoạn",
    "Text": "lời bằng các ngôn ngữ của trang",
}


def glossary() -> str:
    """All terms in the order of the module, each with its sentence and its Vietnamese."""
    lines = [
        "# Glossary",
        "",
        "One word for one thing, the field's own.",
        "Made from the docstrings of `tiendo/terms.py` by `python3 build.py test --accept`.",
        "",
        "| Term | Vietnamese | Meaning |",
        "| --- | --- | --- |",
    ]
    for name, term in vars(terms).items():
        if not (inspect.isclass(term) and term.__module__ == terms.__name__):
            continue
        meaning = " ".join((inspect.getdoc(term) or "").split("\n\n")[0].split())
        if issubclass(term, enum.Enum):
            meaning += " Values: " + ", ".join(f"`{member.value}`" for member in term) + "."
        lines.append(f"| **{name}** | {VIETNAMESE[name]} | {meaning} |")
    return "\n".join(lines) + "\n"


def test_the_glossary_holds_every_term_with_its_sentence(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--accept"):
        GLOSSARY.write_text(glossary(), encoding="utf-8")

    assert GLOSSARY.read_text(encoding="utf-8") == glossary()


def test_every_term_has_a_sentence_that_is_not_its_signature() -> None:
    without = [
        name
        for name, term in vars(terms).items()
        if inspect.isclass(term)
        and term.__module__ == terms.__name__
        and (term.__doc__ or f"{name}(").startswith(f"{name}(")
    ]

    assert without == []
