"""The plan's own text: optional, read whole or not at all, and named by its clauses."""

from __future__ import annotations

import json
from pathlib import Path

from packages_at_hand import SMALL, inspect, small, table, told, write_table

from tiendo.terms import PassageKind


def test_the_text_is_read_in_its_order() -> None:
    archive = inspect(SMALL).archive
    assert archive is not None
    assert [passage.position for passage in archive.text] == [*range(1, 22)]
    assert archive.text[4].clause == "I-1"
    assert archive.text[4].kind is PassageKind.ITEM
    assert archive.text[4].text["en"] == "By 2025: 50% of pupils can swim. By 2028: 80%."


def test_a_plan_without_its_text_is_as_sound(tmp_path: Path) -> None:
    data = without_text(small(tmp_path))
    found = inspect(data)
    assert found.problems == ()
    assert found.archive is not None
    assert found.archive.text == ()


def test_no_clause_is_called_unknown_where_a_passage_could_not_be_read(tmp_path: Path) -> None:
    data = small(tmp_path)
    file = data / "plan" / "text.csv"
    write_table(
        file, [{**row, "kind": row["kind"].replace("title", "tilte")} for row in table(file)]
    )
    assert {line.split(" ")[0] for line in told(data)} == {"cell-enum"}


def without_text(data: Path) -> Path:
    """The same folder, its plan without a text."""
    (data / "plan" / "text.csv").unlink()
    file = data / "plan" / "datapackage.json"
    descriptor = json.loads(file.read_text())
    descriptor["resources"] = [each for each in descriptor["resources"] if each["name"] != "text"]
    file.write_text(json.dumps(descriptor, ensure_ascii=False))
    return data
